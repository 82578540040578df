//! What the fields of a document mean: its day, its severity, its people.

use chrono::NaiveDate;

use super::dates::Calendar;
use super::durations;
use super::language::FieldKind;
use super::metadata::Field;
use super::vocabulary::Vocabulary;
use crate::model::{Grade, Kind, PostmortemId, UnclearDate};

/// Values read from the metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) date: Option<NaiveDate>,
    /// The field's own words, where no day could be told of them.
    pub(crate) unclear_date: Option<UnclearDate>,
    /// The day is not a field: the title or the file's name has it.
    pub(crate) date_inferred: Option<&'static str>,
    pub(crate) severity: Option<Grade>,
    pub(crate) kind: Kind,
    pub(crate) duration_minutes: Option<u32>,
    pub(crate) authors: Vec<String>,
    pub(crate) reviewers: Vec<String>,
    pub(crate) status: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) formerly: Vec<String>,
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
    let calendar = calendar.about(named.or(titled));
    facts.date = of(FieldKind::Date).find_map(|value| calendar.find(value)).map(|found| found.day);
    if facts.date.is_none() {
        facts.unclear_date = of(FieldKind::Date).find_map(|value| calendar.unclear(value));
        facts.date = titled.or(named);
        facts.date_inferred = if titled.is_some() { Some("title") } else { named.map(|_| "file name") };
    }
    facts.severity = filled(FieldKind::Severity).and_then(|value| severity(value, vocabulary));
    facts.kind = of(FieldKind::Kind).find_map(|value| vocabulary.kind_of(value)).unwrap_or_default();
    let stated = of(FieldKind::Duration).find_map(|value| durations::minutes(value, vocabulary));
    // `From 10:00 to 10:30 (30 minutes)` is the day and the duration at once.
    let beside = || of(FieldKind::Date).find_map(|value| durations::in_words(value, vocabulary));
    facts.duration_minutes = stated.or_else(beside);
    facts.authors = of(FieldKind::Authors)
        .map(|value| people(value, vocabulary))
        .find(|p| !p.is_empty())
        .unwrap_or_default();
    facts.reviewers = of(FieldKind::Reviewers)
        .map(|value| people(value, vocabulary))
        .find(|p| !p.is_empty())
        .unwrap_or_default();
    facts.status = filled(FieldKind::Status).map(str::to_owned);
    facts.service = filled(FieldKind::Service).map(str::to_owned);
    facts.formerly = of(FieldKind::Formerly)
        .flat_map(|value| value.split([',', ' ']))
        .filter_map(|id| PostmortemId::new(id).ok())
        .map(|id| id.as_str().to_owned())
        .collect();
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

/// Names in a value: separated by commas and the like, without addresses, remarks and placeholders.
pub(crate) fn people(value: &str, vocabulary: &Vocabulary) -> Vec<String> {
    value
        .split([',', ';', '、', '&', '\n', '，'])
        .flat_map(|part| part.split(" and "))
        .map(person)
        .filter(|name| !vocabulary.is_placeholder(name))
        .collect()
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
