//! A language is added by a file alone: what the build makes of a folder holds every file that is in it.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "../build/languages.rs"]
mod languages;

use git_postmortem::document::Vocabulary;

#[test]
fn a_seventh_file_is_a_seventh_language() {
    let folder = tempfile::tempdir().unwrap();
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/src/document/languages");
    for file in std::fs::read_dir(ours).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let before = languages::tables(folder.path());
    let words =
        "[sections]\naction-items = [\"Azioni\"]\n\n[dates]\nmonths = [[\"gennaio\"], [\"febbraio\"]]\n";
    std::fs::write(folder.path().join("it.toml"), words).unwrap();
    let after = languages::tables(folder.path());
    let codes = |text: &str| text.lines().filter(|line| !line.contains('\t')).count();
    assert_eq!(codes(&before), Vocabulary::languages().count());
    assert_eq!(codes(&after), 1 + Vocabulary::languages().count());
    for line in ["it", "sections\taction-items\tAzioni", "months\t1\tfebbraio"] {
        assert!(after.lines().any(|written| written == line), "{line}");
    }
}

#[test]
fn english_is_what_others_fall_back_to() {
    let folder = tempfile::tempdir().unwrap();
    for code in ["de", "en", "fr"] {
        std::fs::write(folder.path().join(format!("{code}.toml")), "").unwrap();
    }
    let text = languages::tables(folder.path());
    assert_eq!(text.lines().collect::<Vec<_>>(), ["en", "de", "fr"]);
}
