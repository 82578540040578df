//! Something was to be filled in and was not.

use crate::document::{Passage, PassageKind, Span};
use crate::lint::{Level, Look, Note, Rule};

/// What is longer is no value that waits.
const LONGEST: usize = 60;

/// Words in capitals that say so wherever they stand.
const PENDING: [&str; 4] = ["TBD", "TBC", "TBA", "FIXME"];

pub(super) static RULE: Rule = Rule {
    code: "PM203",
    name: "placeholder-left",
    level: Level::Error,
    docs: "\
### What it checks

No value is still to come: `…`, TBD, TODO, FIXME and the like in the languages that are read, `YYYY-MM-DD`,
`{{ summary }}`, `[Describe the impact]`, `<what happened>`, lorem ipsum. Code, quotes and comments are not looked at; of
action items, only those that say nothing else (who and until when is asked by rules of their own). \"None\",
\"unknown\" and \"N/A\" are answers.

### Why

What is published is read as finished. A reader cannot tell \"we do not know\" from \"nobody came back to it\".

### Bad

```markdown
## Root Cause

The release opened a new connection for every request and the pool ran dry. Why the limit was not reached in the test
environment: TBD
```

### Good

```markdown
## Root Cause

The release opened a new connection for every request and the pool ran dry. Why the limit was not reached in the test
environment is unknown; action 1 finds out.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    let actions: Vec<&Span> = document.actions().iter().map(|action| &action.span).collect();
    let signs = Signs::new(document.text());
    let mut found = Vec::new();
    let mut passages = document.passages().peekable();
    while let Some(passage) = passages.next() {
        // `todo` above a list is its name.
        let is_name = passage.kind() == PassageKind::Paragraph
            && passages.peek().is_some_and(|next| matches!(next.kind(), PassageKind::Item { .. }))
            && look.vocabulary.section(passage.text().trim_end_matches([':', ' '])).is_some();
        if is_name
            || passage.is_quoted()
            || matches!(passage.kind(), PassageKind::Code | PassageKind::Row { .. })
        {
            continue;
        }
        let start = passage.whole().start;
        let before = actions.partition_point(|action| action.start <= start);
        if before == 0 || start >= actions[before - 1].end {
            left(look, &passage, &signs, &mut found);
        }
    }
    found.sort_by_key(|span| (span.start, span.end));
    let mut last = 0;
    for span in found {
        // One word for a row or a line is enough.
        let line = document.line_of(span.start);
        if line != last {
            let what = document.text()[span.clone()].trim();
            let note = Note::new(span.clone(), format!("'{what}' is still to be filled in"));
            notes.push(note.help("write what is known, or that it is not known"));
            last = line;
        }
    }
}

/// Where a passage holds places for something.
fn left(look: &Look<'_>, passage: &Passage<'_>, signs: &Signs, found: &mut Vec<Span>) {
    match passage.kind() {
        PassageKind::Html => return found.extend(tag(look, passage.whole())),
        PassageKind::Heading => {
            let start = passage.whole().start;
            // `## TODO` is a section's name.
            let sections = look.document.sections();
            let at = sections.binary_search_by_key(&start, |section| section.heading.start);
            if at.is_ok_and(|at| sections[at].kind.is_some()) {
                return;
            }
        }
        _ => {}
    }
    let text = look.document.text();
    // What is nested in an item is a passage of its own.
    let is_item = matches!(passage.kind(), PassageKind::Item { .. });
    let span = if is_item { passage.span() } else { passage.whole() };
    let mut start = span.start;
    for line in text[span.clone()].split_inclusive('\n') {
        found.extend(value(look, passage, start, line));
        start += line.len();
    }
    if signs.any() {
        for (at, said) in passage.spoken() {
            found.extend(spoken(said, passage, signs).map(|span| at + span.start..at + span.end));
        }
    }
    if text[span].starts_with('[') {
        found.extend(brackets(look, passage));
    }
    found.extend(passage.tags().filter_map(|span| tag(look, span)));
}

/// Which of the signs in running text the document has at all.
struct Signs {
    pending: Vec<&'static str>,
    todo: bool,
    braces: bool,
    lorem: bool,
}

impl Signs {
    fn new(text: &str) -> Self {
        Self {
            pending: PENDING.into_iter().filter(|word| text.contains(word)).collect(),
            todo: text.contains("TODO"),
            braces: text.contains("{{"),
            lorem: text.contains("orem ipsum"),
        }
    }

    fn any(&self) -> bool {
        !self.pending.is_empty() || self.todo || self.braces || self.lorem
    }
}

/// A line that is nothing but a value that waits, or ends in one behind its label.
fn value(look: &Look<'_>, passage: &Passage<'_>, start: usize, line: &str) -> Option<Span> {
    let colon = [':', '：'].into_iter().filter_map(|colon| Some(line.rfind(colon)? + colon.len_utf8())).max();
    // `HH:MM` has its colon inside.
    let at = colon.filter(|at| line.len() - at > LONGEST || !look.vocabulary.is_pending(line)).unwrap_or(0);
    let (label, value) = line.split_at(at);
    // Most lines are longer than any value that waits.
    if value.len() > LONGEST {
        return None;
    }
    let is_markup = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|' | '>');
    let lead = value.len() - value.trim_start_matches(is_markup).len();
    let value = value.trim_matches(is_markup);
    if value.is_empty() || !look.vocabulary.is_pending(value) {
        return None;
    }
    let has_words = value.chars().any(char::is_alphanumeric);
    // Statuses are called so.
    let is_cell = matches!(passage.kind(), PassageKind::Cell { .. });
    if label.is_empty() && is_cell && look.vocabulary.status_of(value).is_some() {
        return None;
    }
    let span = start + at + lead..start + at + lead + value.len();
    // Three dots between two paragraphs stand for what was left out.
    let is_elision = label.is_empty() && !has_words && passage.kind() == PassageKind::Paragraph;
    (!is_elision || !is_in_filled(look, &span)).then_some(span)
}

/// Whether the section that a place stands in, down to the next heading, says something else.
fn is_in_filled(look: &Look<'_>, span: &Span) -> bool {
    let sections = look.document.sections();
    let behind = sections.partition_point(|section| section.own.start <= span.start);
    behind > 0 && sections[behind - 1].filled
}

/// The first word in running text that says that something is missing.
fn spoken(said: &str, passage: &Passage<'_>, signs: &Signs) -> Option<Span> {
    for word in &signs.pending {
        let is_gap = |at: usize| is_word(said, at, word) && !is_mentioned(said, at, word);
        let found = said.match_indices(word).find(|(at, _)| is_gap(*at));
        if let Some((at, _)) = found {
            return Some(at..at + word.len());
        }
    }
    // A to-do list is a thing; `TODO: the numbers` is a gap.
    let todo = said.match_indices("TODO").filter(|_| signs.todo).find(|(at, word)| {
        let behind = &said[at + word.len()..];
        is_word(said, *at, word)
            && passage.kind() != (PassageKind::Cell { head: true })
            && (behind.starts_with([':', ')', ']'])
                || said[..*at].trim_end().is_empty() && !behind.trim().is_empty())
            && !behind.trim_start().starts_with("list")
    });
    if let Some((at, word)) = todo {
        return Some(at..at + word.len());
    }
    if let Some(at) = said.find("{{")
        && let Some(end) = said[at..].find("}}")
    {
        return Some(at..at + end + 2);
    }
    let at = said.find("orem ipsum").filter(|at| said[..*at].ends_with(['L', 'l']))? - 1;
    if said[..at].ends_with(QUOTES) {
        return None;
    }
    Some(at..at + "lorem ipsum".len())
}

/// What opens a quotation.
const QUOTES: [char; 6] = ['"', '\'', '“', '‘', '«', '„'];

/// `The label said "TBD"`, `the TBD column`: the word is spoken of.
fn is_mentioned(said: &str, at: usize, word: &str) -> bool {
    let (before, behind) = (&said[..at], &said[at + word.len()..]);
    let article = before.split_whitespace().next_back().is_some_and(|last| {
        ["the", "a", "an", "this", "that", "every", "each"].iter().any(|one| last.eq_ignore_ascii_case(one))
    });
    let names = before.ends_with(' ')
        && behind.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_alphabetic));
    before.ends_with(QUOTES) || article && names
}

/// Whether a word at a place is no part of a longer one or of a name.
fn is_word(said: &str, at: usize, word: &str) -> bool {
    let is_joined = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '#');
    let behind = &said[at + word.len()..];
    !said[..at].ends_with(is_joined) && !behind.starts_with(is_joined)
}

/// `[Describe the impact]`: a passage that is one bracket of several words, and no link.
fn brackets(look: &Look<'_>, passage: &Passage<'_>) -> Option<Span> {
    let span = passage.span();
    let text = &look.document.text()[span.clone()];
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let is_told = inner.split_whitespace().count() > 1 && !inner.contains(['[', ']', '@', '`', '.']);
    (is_told && !passage.has_link()).then_some(span)
}

/// `<what happened>`: words in angles, which are a tag to markdown and to nobody else.
fn tag(look: &Look<'_>, span: Span) -> Option<Span> {
    let text = look.document.text()[span.clone()].trim_end();
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let is_words = inner.contains(' ')
        && !look.document.is_html()
        && inner.starts_with(char::is_alphabetic)
        && inner.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | '\'' | '?' | '.'));
    is_words.then(|| span.start..span.start + text.len())
}
