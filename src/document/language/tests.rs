//! Every file is whole, and nothing in it is spelt so that nobody reads it.

use super::*;
use crate::document::fold::fold;
use crate::model::{Effort, EventKind, Kind, SectionKind, Status};

#[test]
fn every_file_of_the_folder_is_a_language() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/document/languages");
    let files = std::fs::read_dir(folder).unwrap();
    let mut codes: Vec<String> =
        files.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    codes.sort_by_key(|code| (code != "en", code.clone()));
    assert_eq!(codes, LANGUAGES.iter().map(|language| language.code).collect::<Vec<_>>());
}

#[test]
fn every_language_says_all_that_is_asked() {
    for language in LANGUAGES.iter() {
        let code = language.code;
        for kind in SectionKind::ALL {
            assert!(!language.words("sections", kind.key()).is_empty(), "{code}: {kind:?}");
        }
        for status in Status::ALL {
            assert!(!language.words("status", status.word()).is_empty(), "{code}: {status:?}");
        }
        assert_eq!(language.table("months").count(), 12, "{code}: months");
        assert_eq!(language.table("weekdays").count(), 7, "{code}: weekdays");
        let english = &LANGUAGES[0];
        for (table, key, words) in english.rows() {
            let has = language.table(table).any(|(known, _)| known == key);
            assert!(has || words.len() < 2, "{code}: nothing under [{table}] {key}");
        }
    }
}

#[test]
fn no_key_is_unknown() {
    for language in LANGUAGES.iter() {
        for (table, key, _) in language.rows() {
            let known = match table {
                "sections" => SectionKind::of(key).is_some(),
                "labels" => FieldKind::of(key).is_some(),
                "columns" => Column::of(key).is_some(),
                "timeline-columns" => TimeColumn::of(key).is_some(),
                "status" => Status::of(key).is_some(),
                "effort" => Effort::of(key).is_some(),
                "kinds" => Kind::of(key).is_some(),
                "events" => EventKind::of(key).is_some(),
                "marks" => Mark::of(key).is_some(),
                "durations" => Unit::of(key).is_some(),
                "telling" => Telling::of(key).is_some(),
                "months" | "weekdays" => key.parse::<u32>().is_ok(),
                _ => LANGUAGES[0].table(table).any(|(known, _)| known == key),
            };
            assert!(known, "{}: [{table}] {key}", language.code);
        }
    }
}

#[test]
fn no_word_is_nothing_but_signs() {
    for language in LANGUAGES.iter() {
        for (table, key, words) in language.rows() {
            assert!(words.iter().all(|word| !fold(word).is_empty()), "{}: [{table}] {key}", language.code);
        }
    }
}

#[test]
fn no_word_means_two_things_in_one_table() {
    let mut faults = Vec::new();
    for language in LANGUAGES.iter() {
        for (table, key, words) in language.tables.iter().filter(|row| {
            !matches!(row.0, "placeholders" | "not-sections" | "groups" | "dates" | "detection")
        }) {
            for (_, other, others) in language.tables.iter().filter(|row| row.0 == *table && row.1 > *key) {
                let shared = words.iter().filter(|word| others.iter().any(|other| fold(other) == fold(word)));
                faults.extend(
                    shared.map(|word| format!("{}: [{table}] {key} and {other}: {word}", language.code)),
                );
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
