//! What words do in an English sentence: the lists under `words/`, and the forms that verbs have.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use crate::document::Fnv;

/// A set of groups that a word is in.
pub(super) type Class = u128;

/// A set of forms that a verb may be in.
pub(super) type Forms = u8;

/// `delete`
pub(super) const BASE: Forms = 1;
/// `deletes`
pub(super) const THIRD: Forms = 2;
/// `deleted`, of the verb that has a subject.
pub(super) const PAST: Forms = 4;
/// `deleted`, behind *have* and *be*.
pub(super) const PART: Forms = 8;
/// `deleting`
pub(super) const GERUND: Forms = 16;

macro_rules! classes {
    ($($name:ident $word:literal),* $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "they number the constants below")]
        enum Index { $($name),* }
        /// The groups, one bit each.
        pub(super) mod class {
            $(pub(in crate::blame) const $name: super::Class = 1 << super::Index::$name as u32;)*
        }
        /// The groups by the names that the lists have.
        const CLASSES: &[(&str, Class)] = &[$(($word, class::$name)),*];
    };
}

classes! {
    BE "be", HAVE "have", DO "do", SHOULD "should", COULD "could", WOULD "would", MAYBE "maybe", WILL "will", NOT "not",
    NEGATES "negates", I "i", WE "we", HE_SHE "heshe", THEY "they", YOU "you", IT "it", SOMEONE "someone",
    NOBODY "nobody", THEM "them", WHOSE "whose", MY "my", DET "det", PREP "prep", CONJ "conj", BECAUSE "because",
    WHO "who", PRONOUN "pronoun", ADVERB "adverb", SLIPLY "sliply", RASHLY "rashly", TENSE "tense", ROLE "role",
    ROLE_PART "rolepart", ROLEISH "roleish", MANY "many", TEAM "team", TEAM_NAME "teamname", ADVERSARY "adversary",
    INDEFINITE "indefinite", TOOL "tool", GERUND_NOUN "gerundnoun", COMPLIANCE "compliance",
    NEGLECTED "neglected", DETECT "detect", JUDGE "judge", JUDGE_OF "judgeof", STATE "state", UNABLE "unable",
    DECISION "decision", BAD "bad", FAULT "fault", BLAME "blame", ERROR_WORD "errorword",
    MISTAKE_WORD "mistakeword", MIND_WORD "mindword", OPERATORISH "operatorish", HEDGE "hedge", CAUSAL "causal",
    TOO "too", HASTE "haste", MUCH "much", TOOK "took", WHAT_IF "whatif", WHY "why", HOW "how",
    HINDSIGHT "hindsight", POSSESS "possess", SHOWN "shown", MUST_BE "mustbe", ADJECTIVAL "adjectival",
    CODE "code", TIME "time", GIVEN "given", ACRONYM "acronym", PRODUCT "product", CHANGE "change", SOFT "soft",
    MEND "mend", CAUSE "cause", SLIP "slip", OMIT "omit", BELIEF "belief", PERCEIVE "perceive", CARE "care",
    CHORE "chore", AVERT "avert", HUMAN "human", TELL "tell", DEED "deed", PART_OF "partof",
    PARTICLE "particle", ENGLISH "english", SAYING "saying", REMEDY "remedy", WRONG "wrong", LEFT_OPEN "leftopen", PAPER "paper", WORK "work",
    PROMISED "promised", LOOKED_AT "lookedat", CONDUCT "conduct", NAME "name", INITIALS "initials",
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    /// Its groups.
    pub(super) class: Class,
    /// As a verb: its forms.
    pub(super) forms: Forms,
    /// As a verb: its place in the list of verbs.
    pub(super) verb: u16,
}

/// A verb by its forms that messages need.
#[derive(Debug)]
pub(super) struct Verb {
    /// `delete`
    pub(super) base: String,
    /// `deleted`
    pub(super) part: String,
}

/// Every known word.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: HashMap<String, Word, BuildHasherDefault<Fnv>>,
    verbs: Vec<Verb>,
    longest: usize,
}

/// The lists that ship, taken apart when the first document is read.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    lexicon.verbs.push(Verb { base: String::new(), part: String::new() });
    lexicon.read(include_str!("words/verbs.txt"), Lexicon::add_verbs);
    lexicon.read(include_str!("words/words.txt"), Lexicon::add_words);
    lexicon.read(include_str!("words/names.txt"), Lexicon::add_words);
    lexicon.longest = lexicon.words.keys().map(String::len).max().unwrap_or(0);
    lexicon
});

impl Lexicon {
    /// What is known of a folded word.
    pub(super) fn look_up(&self, folded: &str) -> Word {
        if folded.len() > self.longest {
            return Word::default();
        }
        self.words.get(folded).copied().unwrap_or_else(|| unlisted(folded))
    }

    /// The verb that a word is a form of.
    pub(super) fn verb(&self, word: u16) -> &Verb {
        &self.verbs[usize::from(word).min(self.verbs.len() - 1)]
    }

    fn read(&mut self, list: &str, add: fn(&mut Self, Class, Forms, &str)) {
        let (mut class, mut forms) = (0, 0);
        for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(names) => (class, forms) = group(names),
                None => add(self, class, forms, line),
            }
        }
    }

    fn add_words(&mut self, class: Class, forms: Forms, line: &str) {
        for word in line.split_whitespace() {
            let known = self.words.entry(word.to_owned()).or_default();
            known.class |= class;
            known.forms |= forms;
        }
    }

    fn add_verbs(&mut self, class: Class, _: Forms, line: &str) {
        for entry in line.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            let mut parts = entry.split_whitespace();
            let base = parts.next().unwrap_or_default();
            let (base, doubles) = base.strip_suffix('+').map_or((base, false), |base| (base, true));
            let past = parts.next().map_or_else(|| with_ending(base, "ed", doubles), str::to_owned);
            let part = parts.next().map_or_else(|| past.clone(), str::to_owned);
            // Its base form leads to a verb of an earlier group, unless another verb has that form too.
            let earlier = self.words.get(base).map_or(0, |word| word.verb);
            let verb = if self.verb(earlier).base == base {
                earlier
            } else {
                self.verbs.push(Verb { base: base.to_owned(), part: part.clone() });
                u16::try_from(self.verbs.len() - 1).unwrap_or(0)
            };
            let all = [
                (base.to_owned(), BASE),
                (third(base), THIRD),
                (past, PAST),
                (part, PART),
                (with_ending(base, "ing", doubles), GERUND),
            ];
            for (form, forms) in all {
                let known = self.words.entry(form).or_default();
                known.class |= class;
                known.forms |= forms;
                known.verb = verb;
            }
        }
    }
}

/// What the ending tells of a word that no list has.
fn unlisted(folded: &str) -> Word {
    let forms = match folded {
        _ if folded.len() < 5 => 0,
        _ if folded.ends_with("ing") => GERUND,
        _ if folded.ends_with("ed") && !folded.ends_with("eed") => PAST | PART,
        _ => 0,
    };
    Word { class: 0, forms, verb: 0 }
}

/// The groups and forms that the heading of a list names; a misspelt one is found by a test.
fn group(names: &str) -> (Class, Forms) {
    let (mut class, mut forms) = (0, 0);
    for name in names.split_whitespace() {
        match name {
            "base" => forms |= BASE,
            "third" => forms |= THIRD,
            "past" => forms |= PAST,
            "part" => forms |= PART,
            "gerund" => forms |= GERUND,
            _ => class |= CLASSES.iter().find(|(known, _)| *known == name).map_or(0, |(_, class)| *class),
        }
    }
    (class, forms)
}

/// `delete` + `ed`: `deleted`; `drop` that doubles: `dropped`; `copy`: `copied`.
fn with_ending(base: &str, ending: &str, doubles: bool) -> String {
    let last = base.chars().next_back().unwrap_or(' ');
    let before = base.chars().rev().nth(1).unwrap_or(' ');
    let is_vowel = |c: char| "aeiou".contains(c);
    match last {
        _ if doubles => format!("{base}{last}{ending}"),
        'e' if ending == "ed" => format!("{base}d"),
        'e' if !"eoy".contains(before) => format!("{}{ending}", &base[..base.len() - 1]),
        'y' if ending == "ed" && !is_vowel(before) => format!("{}ied", &base[..base.len() - 1]),
        'c' if base == "panic" => format!("{base}k{ending}"),
        _ => format!("{base}{ending}"),
    }
}

fn third(base: &str) -> String {
    let before = base.chars().rev().nth(1).unwrap_or(' ');
    match base {
        "have" => "has".to_owned(),
        "be" => "is".to_owned(),
        _ if base.ends_with('y') && !"aeiou".contains(before) => {
            format!("{}ies", &base[..base.len() - 1])
        }
        _ if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") => {
            format!("{base}es")
        }
        _ => format!("{base}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_names_a_group_that_exists() {
        for list in [
            include_str!("words/verbs.txt"),
            include_str!("words/words.txt"),
            include_str!("words/names.txt"),
        ] {
            for names in list.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')) {
                for name in names.split_whitespace() {
                    let (class, forms) = group(name);
                    assert!(class != 0 || forms != 0, "[{names}]: {name}");
                }
            }
        }
    }

    #[test]
    fn every_word_is_written_as_it_is_looked_up() {
        for word in LEXICON.words.keys() {
            let is_folded = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
            assert!(is_folded, "{word}: lower case, no apostrophe, no hyphen");
        }
    }

    #[test]
    fn verbs_have_the_forms_that_english_gives_them() {
        for (word, base, forms) in [
            ("deleted", "delete", PAST | PART),
            ("dropped", "drop", PAST | PART),
            ("copies", "copy", THIRD),
            ("copied", "copy", PAST | PART),
            ("forgotten", "forget", PART),
            ("panicked", "panic", PAST | PART),
            ("ran", "run", PAST),
            ("pushes", "push", THIRD),
            ("merging", "merge", GERUND),
            ("seeing", "see", GERUND),
        ] {
            let known = LEXICON.look_up(word);
            assert_eq!((LEXICON.verb(known.verb).base.as_str(), known.forms), (base, forms), "{word}");
        }
    }
}
