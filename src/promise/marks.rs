//! Words about action items in the messages of commits.

use serde::{Deserialize, Serialize};

use super::Tracker;
use super::block::{Block, blocks};

/// What a message says about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Word {
    /// It is done.
    Closes,
    /// It is owed again.
    Reopens,
}

impl Word {
    /// The other one.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Closes => Self::Reopens,
            Self::Reopens => Self::Closes,
        }
    }

    /// The line that says so, up to the ids.
    #[must_use]
    pub fn line(self) -> &'static str {
        match self {
            Self::Closes => "Closes-Action:",
            Self::Reopens => "Reopens-Action:",
        }
    }
}

/// Something in a message that bears on items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// A word on the item that an id names, as it was typed.
    Item(Word, String),
    /// A word on whatever item carries a reference to an issue.
    Reference(Word, String),
    /// It takes back a commit; of a merge, what came in beside `mainline`.
    Reverts {
        /// The commit, maybe abbreviated.
        commit: String,
        /// The parent that stayed.
        mainline: Option<String>,
    },
    /// It is a copy of a commit elsewhere.
    Copies(String),
}

const REVERTS: &str = "This reverts commit ";
const COPIES: &str = "(cherry picked from commit ";

/// Whether a message can have marks at all: a look at its bytes, for histories are long.
#[must_use]
pub fn may_mark(message: &[u8], tracker: &Tracker) -> bool {
    let ends = |at: usize, word: &str| {
        message.get(..at).is_some_and(|before| {
            before.len() >= word.len()
                && before[before.len() - word.len()..].eq_ignore_ascii_case(word.as_bytes())
        })
    };
    let has = message.iter().enumerate().any(|(at, byte)| match byte {
        b':' => ends(at, "closes-action") || ends(at, "reopens-action"),
        b'v' => ends(at, "this re") && message[at..].starts_with(b"verts commit "),
        _ => false,
    });
    has || tracker.may_close(message)
}

/// The marks of a message, in the order in which they were said.
#[must_use]
pub fn read(message: &str, tracker: &Tracker) -> Vec<Mark> {
    let blocks = blocks(message);
    let mut read: Vec<(&Block<'_>, Vec<Mark>)> = Vec::with_capacity(blocks.len());
    for block in &blocks {
        let mut marks = Vec::new();
        for (at, line) in block.lines.iter().enumerate() {
            if let Some((word, ids)) = item_line(line) {
                let ids = ids.split([',', ' ', '\t']).filter(|id| !id.is_empty());
                marks.extend(ids.map(|id| Mark::Item(word, id.to_owned())));
            } else if let Some(rest) = line.strip_prefix(REVERTS) {
                let next = block.lines.get(at + 1).copied().unwrap_or_default();
                marks.extend(reverted(block, rest, next, &read));
            } else if let Some(rest) = line.strip_prefix(COPIES) {
                marks.extend(hex(rest).map(|commit| Mark::Copies(commit.to_owned())));
            } else {
                let found = tracker.closed_in(line).into_iter();
                marks.extend(found.map(|reference| Mark::Reference(Word::Closes, reference)));
            }
        }
        read.push((block, marks));
    }
    read.into_iter().flat_map(|(_, marks)| marks).collect()
}

/// The word of a line, and its ids.
fn item_line(line: &str) -> Option<(Word, &str)> {
    [Word::Closes, Word::Reopens].into_iter().find_map(|word| {
        let name = word.line();
        let head = line.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name))?;
        Some((word, &line[head.len()..]))
    })
}

/// What a line `This reverts commit …` takes back. A commit that was squashed into the same message is in no history: what
/// it said is taken back here.
fn reverted(block: &Block<'_>, rest: &str, next: &str, before: &[(&Block<'_>, Vec<Mark>)]) -> Vec<Mark> {
    let Some(commit) = hex(rest) else { return Vec::new() };
    let subject = block.subject.strip_prefix("Revert \"").and_then(|subject| subject.strip_suffix('"'));
    let again = block.subject.strip_prefix("Reapply \"").and_then(|subject| subject.strip_suffix('"'));
    let again = again.map(|subject| format!("Revert \"{subject}\""));
    let subject = subject.or(again.as_deref());
    let is_it = |earlier: &Block<'_>| match earlier.commit {
        Some(own) => own.starts_with(commit),
        None => Some(earlier.subject) == subject,
    };
    // The message's own first paragraph names a commit of the history, unless it is a list of commits itself.
    if let Some((_, marks)) = before.iter().rev().find(|(earlier, _)| is_it(earlier)) {
        return marks.iter().filter_map(taken_back).collect();
    }
    let mainline = [rest, next].into_iter().find_map(|text| hex(text.split_once("changes made to ")?.1));
    let mainline = mainline.filter(|_| rest.contains("reversing")).map(str::to_owned);
    vec![Mark::Reverts { commit: commit.to_owned(), mainline }]
}

fn taken_back(mark: &Mark) -> Option<Mark> {
    match mark {
        Mark::Item(word, id) => Some(Mark::Item(word.inverse(), id.clone())),
        Mark::Reference(word, reference) => Some(Mark::Reference(word.inverse(), reference.clone())),
        Mark::Reverts { .. } | Mark::Copies(_) => None,
    }
}

/// The name of a commit at the start of a text; git abbreviates to four digits at least.
fn hex(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(text.len());
    (4..=64).contains(&end).then(|| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "1111111111111111111111111111111111111111";
    const B: &str = "2222222222222222222222222222222222222222";

    /// The marks in short: `+id` closes, `-id` reopens, `^commit` reverts, `=commit` copies.
    fn marks(message: &str) -> Vec<String> {
        let tracker =
            Tracker::new(&["#[0-9]*".into(), "PAY-[0-9]*".into()], None, &["fixes".into(), "closes".into()]);
        let sign = |word| if word == Word::Closes { '+' } else { '-' };
        let short = |mark| match mark {
            Mark::Item(word, id) => format!("{}{id}", sign(word)),
            Mark::Reference(word, id) => format!("{}ref {id}", sign(word)),
            Mark::Reverts { commit, mainline: None } => format!("^{}", &commit[..4]),
            Mark::Reverts { commit, mainline: Some(mainline) } => {
                format!("^{}..{}", &mainline[..4], &commit[..4])
            }
            Mark::Copies(commit) => format!("={}", &commit[..4]),
        };
        read(message, &tracker).into_iter().map(short).collect()
    }

    #[test]
    fn a_line_names_items_wherever_it_stands() {
        let table: &[(&str, &[&str])] = &[
            ("fix\n\nCloses-Action: api-outage#3\n", &["+api-outage#3"]),
            ("fix\n\n  \tCloses-Action: a#1, b:2 c#AI-4,d#5\n", &["+a#1", "+b:2", "+c#AI-4", "+d#5"]),
            ("fix\n\nReopens-Action: a#1\nmore text\n", &["-a#1"]),
            ("Closes-Action: a#1", &["+a#1"]),
            ("fix\n\ncloses-action:a#1\r\n", &["+a#1"]),
            ("fix\n\nSee Closes-Action: a#1\n", &[]),
            ("fix\n\n> Closes-Action: a#1\n  > Closes-Action: a#2\n", &[]),
            ("fix\n\n```\nCloses-Action: a#1\n```\nCloses-Action: a#2\n", &["+a#2"]),
            ("fix\n\n  ~~~~ text\n~~~\nCloses-Action: a#1\n~~~~~\n\nCloses-Action: a#2\n", &["+a#2"]),
            ("fix\n\nCloses-Action:\n", &[]),
            ("fix\n\nNot-Closes-Action: a#1\n", &[]),
            ("fix\n\nThis reverts commit 1111111111111111111111111111111111111111.\n", &["^1111"]),
            ("fix\n\nIt says that this reverts commit 1111111111111111111111111111111111111111.\n", &[]),
            ("fix\n\n(cherry picked from commit 1111111111111111111111111111111111111111)\n", &["=1111"]),
        ];
        for (message, expected) in table {
            assert_eq!(marks(message), *expected, "{message:?}");
        }
    }

    #[test]
    fn reverts_are_read_as_git_writes_them() {
        let merge = format!(
            "Revert \"Merge branch 'x'\"\n\nThis reverts commit {A}, reversing\nchanges made to {B}.\n"
        );
        assert_eq!(marks(&merge), ["^2222..1111"]);
        let short = "Revert \"Fix\"\n\nThis reverts commit 1111111 (Fix, 2026-03-08).\n";
        assert_eq!(marks(short), ["^1111"]);
        let bullet = format!("Two things (#9)\n\n* Tidy\n\n* Revert \"Fix\"\n\n  This reverts commit {A}.\n");
        assert_eq!(marks(&bullet), ["^1111"]);
    }

    #[test]
    fn a_squash_of_github_and_gitlab_counts() {
        let github = "Limit retries (#12)\n\n* Add a limit\n\nCloses-Action: api#1\n\n* Wire it up\n\nbody\n\nCloses-Action: api#2\n\n---------\n\nCo-authored-by: Ana <ana@example.org>\n";
        assert_eq!(marks(github), ["+api#1", "+api#2"]);
        assert_eq!(marks("Merge (#1)\n\n* Closes-Action: api#1\n"), ["+api#1"], "a subject becomes a bullet");
        let gitlab =
            "Limit retries\n\n* Add a limit\n\n  Closes-Action: api#1\n\nSee merge request acme/shop!12\n";
        assert_eq!(marks(gitlab), ["+api#1"]);
        let undone = format!(
            "Try (#3)\n\n* Fix it\n\nCloses-Action: api#1\n\n* Revert \"Fix it\"\n\nThis reverts commit {A}.\n"
        );
        assert_eq!(marks(&undone), ["+api#1", "-api#1"], "what was squashed is taken back in the squash");
    }

    #[test]
    fn a_squash_of_git_is_told_the_newest_first_and_read_the_oldest_first() {
        let git = format!(
            "Squashed commit of the following:\n\ncommit {B}\nAuthor: Ana <ana@example.org>\nDate:   Mon Nov 23 2026\n\n    Revert \"Fix\"\n    \n    This reverts commit {A}.\n\ncommit {A}\nAuthor: Ana <ana@example.org>\nDate:   Mon Nov 23 2026\n\n    Fix\n    \n    ```\n    Closes-Action: api#9\n    Closes-Action: api#8\n"
        );
        assert_eq!(marks(&git), [] as [&str; 0]);
        let plain = git.replace("    ```\n", "");
        assert_eq!(marks(&plain), ["+api#9", "+api#8", "-api#9", "-api#8"]);
    }

    #[test]
    fn words_of_a_tracker_close_what_carries_the_reference() {
        assert_eq!(marks("Fixes PAY-12, PAY-13 and closes #45."), ["+ref PAY-12", "+ref PAY-13", "+ref #45"]);
        assert_eq!(marks("This prefixes PAY-12"), [] as [&str; 0]);
        assert_eq!(marks("Fixes: PAY-12\n> Fixes #3"), ["+ref PAY-12"]);
    }

    proptest::proptest! {
        #[test]
        fn what_has_marks_is_never_passed_over(message in "(?s)([ >*`]|\n|Closes-Action: a#1|reopens-ACTION:b:2|This reverts commit abcd1234|Fixes #7|x){0,12}") {
            let tracker = Tracker::new(&["#[0-9]*".into()], None, &["fixes".into()]);
            let found = read(&message, &tracker).iter().any(|mark| !matches!(mark, Mark::Copies(_)));
            assert!(!found || may_mark(message.as_bytes(), &tracker), "{message:?}");
        }
    }
}
