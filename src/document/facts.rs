//! What the fields of a document mean: its day, its severity, its people.

use chrono::NaiveDate;

use super::clock;
use super::dates::Calendar;
use super::durations;
use super::glance;
use super::language::{FieldKind, Unit};
use super::metadata::Field;
use super::span;
use super::vocabulary::Vocabulary;
use crate::model::{Fact, Former, Grade, Kind, UnclearDate};

/// What the day of a file's name is called as the source of a day.
pub(crate) const FILE_NAME: &str = "file name";

/// More names are no list of those who took part.
const MOST_PEOPLE: usize = 200;

/// Values read from the metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) date: Option<NaiveDate>,
    /// The field's own words, where no day could be told of them.
    pub(crate) unclear_date: Option<UnclearDate>,
    /// What no field states, and what it was concluded from.
    pub(crate) inferred: Vec<(Fact, &'static str)>,
    pub(crate) severity: Option<Grade>,
    pub(crate) kind: Kind,
    pub(crate) duration_minutes: Option<u32>,
    pub(crate) authors: Vec<String>,
    pub(crate) reviewers: Vec<String>,
    /// Everybody whom the fields name, authors and reviewers too.
    pub(crate) people: Vec<String>,
    pub(crate) status: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) formerly: Vec<Former>,
}

impl Facts {
    /// What a fact that no field states was concluded from.
    pub(crate) fn whence(&self, fact: Fact) -> Option<&'static str> {
        self.inferred.iter().find(|(known, _)| *known == fact).map(|(_, whence)| *whence)
    }

    /// Concludes the day, in place of what it was concluded from before.
    pub(crate) fn infer_date(&mut self, day: NaiveDate, whence: &'static str) {
        self.date = Some(day);
        self.inferred.retain(|(fact, _)| *fact != Fact::Date);
        self.inferred.push((Fact::Date, whence));
    }
}

/// Reads what the fields, the title and the file's name say.
pub(crate) fn read(
    fields: &[Field],
    written_title: &str,
    calendar: Calendar<'_>,
    vocabulary: &Vocabulary,
) -> Facts {
    let of = |kind: FieldKind| {
        fields.iter().filter(move |field| field.kind == kind).map(|f| f.value.value.as_str())
    };
    let filled = |kind| of(kind).find(|value| !vocabulary.is_placeholder(value));
    let mut facts = Facts::default();
    let named = calendar.near();
    let titled = calendar.find(written_title).map(|found| found.day);
    let titled = titled.or_else(|| calendar.nearest(written_title, named?));
    let calendar = calendar.about(named.or(titled));
    facts.date = of(FieldKind::Date).find_map(|value| calendar.find(value)).map(|found| found.day);
    if facts.date.is_none() {
        facts.unclear_date = of(FieldKind::Date).find_map(|value| calendar.unclear(value));
        facts.date = titled.or(named);
        if facts.date.is_some() {
            facts.inferred.push((Fact::Date, if titled.is_some() { "title" } else { FILE_NAME }));
        }
    }
    facts.severity = filled(FieldKind::Severity).and_then(|value| severity(value, vocabulary));
    if of(FieldKind::Severity).next().is_none()
        && let Some(grade) = severity_in(written_title, vocabulary)
    {
        facts.severity = Some(grade);
        facts.inferred.push((Fact::Severity, "title"));
    }
    facts.kind = of(FieldKind::Kind).find_map(|value| vocabulary.kind_of(value)).unwrap_or_default();
    let stated = of(FieldKind::Duration).find_map(|value| durations::minutes(value, vocabulary));
    let beside = || of(FieldKind::Date).find_map(|value| beside_day(value, calendar, vocabulary));
    facts.duration_minutes = stated.or_else(beside);
    if facts.duration_minutes.is_none() {
        let within = of(FieldKind::Duration).find_map(|value| span::within(value, calendar));
        let ends: Vec<&str> = of(FieldKind::Ended).collect();
        // Where a field is to hold the duration, what it says is all that counts.
        let mut starts = of(FieldKind::Date).filter(|_| of(FieldKind::Duration).next().is_none());
        let between = || starts.find_map(|start| span::lasted(start, &ends, calendar));
        facts.duration_minutes = within.or_else(between);
        if facts.duration_minutes.is_some() {
            facts.inferred.push((Fact::Duration, "beginning and end"));
        }
    }
    facts.authors = of(FieldKind::Authors)
        .map(|value| people(value, vocabulary))
        .find(|p| !p.is_empty())
        .unwrap_or_default();
    facts.reviewers = of(FieldKind::Reviewers)
        .map(|value| people(value, vocabulary))
        .find(|p| !p.is_empty())
        .unwrap_or_default();
    let took_part = of(FieldKind::People).flat_map(|value| people(value, vocabulary));
    facts.people = [&facts.authors[..], &facts.reviewers]
        .concat()
        .into_iter()
        .chain(took_part)
        .take(MOST_PEOPLE)
        .collect();
    facts.status = filled(FieldKind::Status).map(str::to_owned);
    facts.service = filled(FieldKind::Service).map(str::to_owned);
    facts.formerly =
        of(FieldKind::Formerly).flat_map(|value| value.split([',', ' '])).filter_map(Former::read).collect();
    facts
}

/// A severity as written, ranked by the whole of it or by its first words; several at once are a template's choice.
fn severity(written: &str, vocabulary: &Vocabulary) -> Option<Grade> {
    let rank = |text: &str| vocabulary.severity_rank(text);
    let written = written.trim();
    let mut grade = Grade { written: written.to_owned(), rank: rank(written) };
    if grade.rank.is_none() {
        let mut choices: Vec<u8> = written.split(['/', '|', ',']).filter_map(rank).collect();
        choices.dedup();
        if choices.len() > 1 {
            return None;
        }
        let head = written.split(['(', '（', ',', ';', ':', '|', '/', '[']).next().unwrap_or("");
        let dashed =
            head.split([" - ", " – ", " — "].map(|d| d).as_slice().first().copied().unwrap_or(" - ")).next();
        let words: Vec<&str> = head.split_whitespace().collect();
        let starts = (1..=words.len().min(3)).rev().map(|count| words[..count].join(" "));
        let tries = [Some(head.to_owned()), dashed.map(str::to_owned)].into_iter().flatten().chain(starts);
        grade.rank = tries.filter_map(|text| rank(&text)).next();
    }
    Some(grade)
}

/// A level of the scale in a title: `[SEV-2] API outage`, `SEV 2: …`; a word alone (`Major`) may mean anything.
fn severity_in(title: &str, vocabulary: &Vocabulary) -> Option<Grade> {
    let ends = |c: char| !(c.is_alphanumeric() || c == '-');
    let mut before = "";
    for word in title.split(ends).filter(|word| !word.is_empty()) {
        let is_level = |text: &str| {
            text.bytes().any(|byte| byte.is_ascii_digit())
                && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        };
        let joined = format!("{before} {word}");
        for text in [word, joined.trim()] {
            if let Some(rank) = vocabulary.severity_rank(text).filter(|_| is_level(text) && text.len() < 12) {
                return Some(Grade { written: text.to_owned(), rank: Some(rank) });
            }
        }
        before = word;
    }
    None
}

/// `From 10:00 to 10:30 (30 minutes)` is the day and the duration at once; the days of a date are none of it.
fn beside_day(value: &str, calendar: Calendar<'_>, vocabulary: &Vocabulary) -> Option<u32> {
    let behind = calendar.find(value).map_or(0, |found| found.end);
    let bracketed = value.split_once('(').map(|(_, remark)| remark);
    durations::in_words(bracketed.unwrap_or(&without_times(&value[behind..])), vocabulary)
}

/// A text without the times of day in it, which may look like durations: `08h10`.
fn without_times(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let is_start = c.is_ascii_digit() && !out.ends_with(|c: char| c.is_alphanumeric());
        match clock::time_of_day(text, at).filter(|_| is_start) {
            Some((_, end)) => {
                out.push(' ');
                at = end;
            }
            None => {
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
    out
}

/// Names in a value: separated by commas, `and` and the like, without addresses, remarks and placeholders.
pub(crate) fn people(value: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let value = first_sentence(value);
    let names = if glance::may_have(value, [b',', b';', b'&', b'\n', b'/']) {
        let parts = value.split([',', ';', '、', '&', '\n', '，', '・']).flat_map(|part| part.split(" / "));
        parts.flat_map(|part| apart(part, vocabulary)).collect()
    } else {
        apart(value, vocabulary)
    };
    names
        .into_iter()
        .map(person)
        .filter(|name| !vocabulary.is_placeholder(name))
        // `Ana Lee, 2026-03-08`
        .filter(|name| name.chars().any(char::is_alphabetic))
        .collect()
}

/// Names end where a sentence does: `Ana Lee (SRE). Written after the review.`; but not at `J. Doe` or `Prof. Doe`.
fn first_sentence(value: &str) -> &str {
    if !glance::has(value, [b'.']) {
        return value;
    }
    let ends = |at: &usize| {
        let before = &value[..*at];
        let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
        let is_title = ["Prof", "Mag", "Ing", "Dipl", "Hon"].iter().any(|title| before.ends_with(title));
        letters == 0 || (letters > 2 && !is_title)
    };
    let end = value.match_indices(". ").map(|(at, _)| at).find(ends);
    &value[..end.unwrap_or(value.len())]
}

/// The parts of a text around each `and`; handles beside each other are a person each.
fn apart<'t>(text: &'t str, vocabulary: &Vocabulary) -> Vec<&'t str> {
    let words = || text.split_whitespace();
    if words().count() > 1 && words().all(|word| word.starts_with('@')) {
        return words().collect();
    }
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(' ') {
        let word = text[at + 1..].split(' ').next().unwrap_or("");
        if at >= from && vocabulary.units.look_up(word) == Some(Unit::Joins) {
            parts.push(&text[from..at]);
            from = at + 1 + word.len();
        }
    }
    parts.push(&text[from..]);
    parts
}

fn person(written: &str) -> String {
    let name = written
        .split(['(', '（', '<'])
        .next()
        .unwrap_or("")
        .trim()
        .trim_matches(['[', ']', '*', '_', '.', ' ']);
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_mail = |word: &str| !word.starts_with('@') && word.contains('@');
    if words.len() > 1 && words.iter().any(|word| is_mail(word)) {
        return words.into_iter().filter(|word| !is_mail(word)).collect::<Vec<_>>().join(" ");
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_apart() {
        let vocabulary = Vocabulary::default();
        let read = |value| people(value, &vocabulary);
        assert_eq!(read("Ana, Bo and @cy"), ["Ana", "Bo", "@cy"]);
        assert_eq!(read("Ana Lee <ana@example.org>"), ["Ana Lee"]);
        assert_eq!(read("Ana Lee ana@example.org"), ["Ana Lee"]);
        assert_eq!(read("Ana (SRE)"), ["Ana"]);
        assert_eq!(read("Ana Lee (SRE). Written after the review; from then on, others do"), ["Ana Lee"]);
        assert_eq!(read("night shift, 2026-03-08. Review:"), ["night shift"]);
        assert_eq!(read("J. Doe, Prof. Roe"), ["J. Doe", "Prof. Roe"]);
        for none in ["", "TBD", "…", "-", "N/A"] {
            assert_eq!(read(none), Vec::<String>::new(), "{none}");
        }
    }

    #[test]
    fn a_severity_is_ranked_by_its_first_words() {
        let vocabulary = Vocabulary::default();
        for (written, rank) in [
            ("SEV-2", Some(1)),
            ("sev2 (partial outage)", Some(1)),
            ("SEV 3 - degraded", Some(2)),
            ("Enormous", None),
        ] {
            let grade = severity(written, &vocabulary).unwrap();
            assert_eq!((grade.rank, grade.written.as_str()), (rank, written));
        }
        assert_eq!(severity("SEV-1 / SEV-2 / SEV-3", &vocabulary), None);
    }
}
