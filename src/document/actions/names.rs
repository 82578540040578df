//! Names around the text of items: `… (Jane)`, `… — Ana Lee`, `… . Bo.`, `Cy: …`. One alone may be anything; who is
//! known as a person of the document, or a habit of the document, tells.

use std::collections::HashSet;

use super::{ActionForm, Found, owners};
use crate::document::vocabulary::Vocabulary;
use crate::model::Inferred;

/// A longer remark is no name.
const LONGEST: usize = 40;

/// What a name would be: the item, the name, and the part of its text that is left.
struct Candidate {
    at: usize,
    name: String,
    text: Left,
}

/// What is left of a text without a name.
#[derive(Clone, Copy)]
enum Left {
    /// All before this place.
    Before(usize),
    /// All from this place on.
    Behind(usize),
    /// Everything: the name is part of the sentence.
    All,
}

/// Gives items the owners that their first or last words name: those who are known as people of the document, and
/// all where most items without an owner are written so.
pub(super) fn around(found: &mut [Found], people: &[String], vocabulary: &Vocabulary) {
    // Most tables name every owner.
    if !found.iter().any(is_open) {
        return;
    }
    let owned = found.iter().filter_map(|found| found.action.item.owner.as_deref());
    let whole: HashSet<String> = people.iter().map(String::as_str).chain(owned).map(plain).collect();
    let first: HashSet<&str> = whole.iter().filter_map(|name| name.split(' ').next()).collect();
    let is_known = |name: &str| {
        let name = plain(name);
        first.contains(name.as_str()) || whole.contains(&name)
    };
    take(found, vocabulary, &is_known, closing, Habit::OfMany);
    // A word with a colon before the text is a topic more often than a person.
    take(found, vocabulary, &is_known, opening, Habit::OfKnown);
}

/// Finds a name at one end of a text; the last argument tells who is known.
type Finder = fn(&str, &Vocabulary, &dyn Fn(&str) -> bool) -> Option<(String, Left)>;

/// When names that nobody knows are people all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// Two thirds of the items without an owner have one.
    OfMany,
    /// All of them have one, and half of those are known.
    OfKnown,
}

fn take(
    found: &mut [Found],
    vocabulary: &Vocabulary,
    is_known: &dyn Fn(&str) -> bool,
    of: Finder,
    habit: Habit,
) {
    let candidates: Vec<Candidate> = found
        .iter()
        .enumerate()
        .filter(|(_, found)| is_open(found))
        .filter_map(|(at, found)| {
            let (name, text) = of(&found.action.item.text, vocabulary, is_known)?;
            Some(Candidate { at, name, text })
        })
        .collect();
    if candidates.is_empty() {
        return;
    }
    let open = found.iter().filter(|found| is_open(found)).count();
    let is_habit = candidates.len() >= 2
        && match habit {
            Habit::OfMany => candidates.len() * 3 >= open * 2,
            Habit::OfKnown => {
                let known = candidates.iter().filter(|one| is_known(&one.name)).count();
                let label = |one: &Candidate| matches!(one.text, Left::Behind(_));
                candidates.len() == open && candidates.iter().all(label) && known * 2 >= open
            }
        };
    for Candidate { at, name, text } in candidates {
        if !is_habit && !is_known(&name) {
            continue;
        }
        let item = &mut found[at].action.item;
        item.owner = Some(name);
        item.inferred.push(Inferred::Owner);
        match text {
            Left::Before(end) => {
                super::inline::cut(&mut item.text, end);
            }
            Left::Behind(start) => item.text = item.text[start..].to_owned(),
            Left::All => {}
        }
    }
}

/// Whether a name around the text may be the owner's.
fn is_open(found: &Found) -> bool {
    let is_text = matches!(found.action.form, ActionForm::Item | ActionForm::Paragraph);
    found.action.item.owner.is_none() && is_text
}

fn plain(name: &str) -> String {
    name.trim_start_matches('@').to_lowercase()
}

/// The name that a text ends with, in brackets, behind a dash or as a sentence of its own.
fn closing(text: &str, vocabulary: &Vocabulary, is_known: &dyn Fn(&str) -> bool) -> Option<(String, Left)> {
    let kept = text.trim_end().trim_end_matches('.');
    let bracket = |open: char| {
        kept.rfind(open).map(|at| (at, kept[at + open.len_utf8()..].trim_end_matches([')', ']', '）'])))
    };
    let (end, name) = match kept.chars().next_back()? {
        ')' => bracket('('),
        ']' => bracket('['),
        '）' => bracket('（'),
        _ => [" — ", " – ", " - ", " / ", ". ", "。"]
            .iter()
            .filter_map(|dash| kept.rfind(dash).map(|at| (at, &kept[at + dash.len()..])))
            .max_by_key(|(at, _)| *at),
    }?;
    let are_names = end > 0 && name.len() <= LONGEST && are_names(name, vocabulary, is_known);
    are_names.then(|| (name.trim().to_owned(), Left::Before(end)))
}

/// The name that a text opens with: `Petra: …`, `[Petra] …`, `Petra - …`, `Petra to …`, `Petra will …`.
fn opening(text: &str, vocabulary: &Vocabulary, is_known: &dyn Fn(&str) -> bool) -> Option<(String, Left)> {
    let head = text.get(..text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at))?;
    let bracketed = head.strip_prefix(['[', '(']).and_then(|rest| rest.split_once([']', ')']));
    if let Some((name, _)) = bracketed.filter(|(name, _)| are_names(name, vocabulary, is_known)) {
        let behind = text[name.len() + 2..].trim_start_matches([':', ' ', '-', '–', '—']);
        return Some((name.to_owned(), Left::Behind(text.len() - behind.len())));
    }
    let dash = [" - ", " – ", " — "].iter().filter_map(|dash| Some((head.find(dash)?, dash.len()))).min();
    if let Some((at, length)) = dash.filter(|(at, _)| are_names(&head[..*at], vocabulary, is_known)) {
        return Some((head[..at].to_owned(), Left::Behind(at + length)));
    }
    if let Some(colon) = head.find([':', '：']) {
        let name = head[..colon].trim();
        let behind = text[colon..].trim_start_matches([':', '：', ' ']);
        let says = behind.chars().any(char::is_alphanumeric) && !behind.starts_with("//");
        return (says && are_names(name, vocabulary, is_known))
            .then(|| (name.to_owned(), Left::Behind(text.len() - behind.len())));
    }
    // Within a sentence only who is known.
    let blanks = head.match_indices(' ').map(|(at, _)| at).take(3);
    blanks.into_iter().find_map(|at| {
        let next = head[at + 1..].split(' ').next()?;
        let promises = vocabulary.pledges.look_up(next).is_some();
        (promises && is_known(&head[..at])).then(|| (head[..at].to_owned(), Left::All))
    })
}

/// Whether all parts of a text are names of people or teams.
pub(super) fn are_names(text: &str, vocabulary: &Vocabulary, is_known: &dyn Fn(&str) -> bool) -> bool {
    let is_other = |word: &str| {
        vocabulary.topics.look_up(word).is_some()
            || vocabulary.sections.look_up(word).is_some()
            || vocabulary.status.look_up(word).is_some()
            || vocabulary.months.look_up(word).is_some()
            || vocabulary.weekdays.look_up(word).is_some()
            || vocabulary.priority(word).is_some()
            || vocabulary.effort.look_up(word).is_some()
            || vocabulary.is_placeholder(word)
    };
    let is_team = |word: &str| vocabulary.teams.look_up(word).is_some();
    // `O. Petrenko`
    let is_initial = |word: &str| {
        let mut chars = word.trim_end_matches('.').chars();
        word.ends_with('.') && chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    };
    let is_name = |name: &str| {
        let words: Vec<&str> = name.split(' ').collect();
        let named = words.iter().filter(|word| owners::is_name(word)).count();
        let fit = |word: &&str| owners::is_name(word) || is_initial(word) || (named > 0 && is_team(word));
        is_known(name)
            || ((1..=3).contains(&words.len()) && named > 0 && words.iter().all(fit) && !is_other(name))
    };
    let parts = text.split(['/', ',', '&', '+', '、']).flat_map(|part| part.split(" and "));
    let mut parts = parts.map(str::trim).peekable();
    parts.peek().is_some() && parts.all(is_name)
}

#[cfg(test)]
mod tests {
    use crate::document::{Source, Vocabulary, parse};

    fn owners(text: &str) -> Vec<(String, String)> {
        let vocabulary = Vocabulary::default();
        let read = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &vocabulary).into_postmortem();
        read.actions.into_iter().map(|item| (item.owner.unwrap_or_default(), item.text)).collect()
    }

    #[test]
    fn a_habit_of_names_names_owners() {
        let cut = |owner: &str, text: &str| (owner.to_owned(), text.to_owned());
        assert_eq!(
            owners(
                "## Actions\n\n- Mend the checkout cache (Jane)\n- Test every migration — Ana Lee\n- Rotate the deploy keys [Bo/Cy]\n"
            ),
            [
                cut("Jane", "Mend the checkout cache"),
                cut("Ana Lee", "Test every migration"),
                cut("Bo/Cy", "Rotate the deploy keys"),
            ]
        );
        assert_eq!(
            owners(
                "## Actions\n\n- Mend the checkout cache. Jane, Bo.\n- Test every migration [A. Lee]\n- Rotate the deploy keys (Platform team)\n"
            ),
            [
                cut("Jane, Bo", "Mend the checkout cache"),
                cut("A. Lee", "Test every migration"),
                cut("Platform team", "Rotate the deploy keys"),
            ]
        );
        let known = "Author: Jane Doe\n\n## Actions\n\n- Mend the checkout cache (Jane)\n- Test every migration\n- Rotate the deploy keys\n";
        assert_eq!(owners(known)[0].0, "Jane");
    }

    #[test]
    fn who_is_known_may_open_a_text() {
        let of = |items: &str| {
            owners(&format!("Author: Petra Vos\nParticipants: bo, Cy\n\n## Actions\n\n{items}\n"))
        };
        let cut = |owner: &str, text: &str| (owner.to_owned(), text.to_owned());
        assert_eq!(
            of("- Petra: mend the checkout cache\n- Ivo: test every migration\n- bo: rotate the keys (soon)"),
            [
                cut("Petra", "mend the checkout cache"),
                cut("Ivo", "test every migration"),
                cut("bo", "rotate the keys (soon)"),
            ]
        );
        assert_eq!(
            of("- Petra to mend the cache\n- Kafka: test every migration\n- Rotate the deploy keys (bo)"),
            [
                cut("Petra", "Petra to mend the cache"),
                cut("", "Kafka: test every migration"),
                cut("bo", "Rotate the deploy keys"),
            ]
        );
    }

    #[test]
    fn one_remark_is_no_owner() {
        for text in [
            "- Mend the checkout cache (Redis)\n- Test every migration\n- Rotate the deploy keys",
            "- Mend the checkout cache (Monitoring)\n- Test every migration (Detection)",
            "- Mend the checkout cache (see the Wiki)\n- Test every migration (with Data)",
            "- Mend the checkout cache (March)\n- Test every migration (Medium)",
            "- Kafka: mend the checkout cache\n- Redis: test every migration",
            "- Mend the cache. Soon.\n- Test every migration. Then ship.\n- Ask",
        ] {
            assert!(
                owners(&format!("## Actions\n\n{text}\n")).iter().all(|(owner, _)| owner.is_empty()),
                "{text}"
            );
        }
    }
}
