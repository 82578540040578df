//! The cases in `tests/rules`: which lines each rule speaks of, and how often it is right.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::surroundings::{Told, findings};

/// A case: a text without its margin, and the lines that the rule has to speak of.
struct Case {
    told: Told,
    text: String,
    wanted: BTreeSet<u32>,
}

impl Case {
    fn read(path: &Path) -> Self {
        let source = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
        let whence = path.display().to_string();
        let is_told = |line: &&str| line.starts_with("% ") || line.trim_end() == "%";
        let told: String = source.split_inclusive('\n').take_while(is_told).map(|line| &line[1..]).collect();
        let mut case =
            Self { told: Told::read(&told, &whence), text: String::new(), wanted: BTreeSet::new() };
        let lines = source.split_inclusive('\n').skip_while(is_told).enumerate();
        for (at, line) in lines {
            let number = u32::try_from(at).unwrap() + 1;
            match line.get(..2) {
                Some("! ") => {
                    case.wanted.insert(number);
                    case.text.push_str(&line[2..]);
                }
                Some("  ") => case.text.push_str(&line[2..]),
                _ if line.trim().is_empty() => case.text.push_str(line.trim_start_matches(' ')),
                _ => panic!("{whence}: line {number} of the text has no margin: {line:?}"),
            }
        }
        case
    }

    /// The lines that a rule speaks of, with its words.
    fn found(&self, code: &str, name: &str) -> BTreeMap<u32, String> {
        let config = self.told.config(code);
        let around = self.told.surroundings(name, &config);
        let own =
            findings(name, &self.text, &config, &around).into_iter().filter(|(_, found)| found.code == code);
        own.map(|(line, found)| (line, found.message)).collect()
    }
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_rule_speaks_where_its_cases_say_and_nowhere_else() {
    let (mut misses, mut table) = (String::new(), String::new());
    for folder in sorted(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")) {
        let code = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let (mut cases, mut hits, mut wanted, mut reported) = (0, 0, 0, 0);
        for path in sorted(&folder).iter().filter(|path| path.extension().is_some_and(|end| end == "md")) {
            let case = Case::read(path);
            let own = path.file_name().unwrap().to_str().unwrap();
            let found = case.found(&code, case.told.file.as_deref().unwrap_or(own));
            cases += 1;
            wanted += case.wanted.len();
            reported += found.len();
            for (line, message) in &found {
                hits += usize::from(case.wanted.contains(line));
                if !case.wanted.contains(line) {
                    let _ =
                        writeln!(misses, "{code}/{own}: false alarm in line {line} of the text: {message}");
                }
            }
            for line in case.wanted.iter().filter(|line| !found.contains_key(line)) {
                let words = case.text.lines().nth(*line as usize - 1).unwrap_or_default();
                let _ = writeln!(misses, "{code}/{own}: silent about line {line} of the text: {words}");
            }
        }
        assert!(cases > 0, "tests/rules/{code} has no case");
        let of = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        let (precision, recall) = (of(hits, reported), of(hits, wanted));
        let _ = writeln!(
            table,
            "{code}  {cases:3} cases  {wanted:3} hits  precision {precision:.2}  recall {recall:.2}"
        );
    }
    eprintln!("{table}");
    assert!(misses.is_empty(), "\n{misses}\n{table}");
}

#[test]
fn a_margin_is_taken_off_and_line_ends_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.md");
    std::fs::write(&path, "% today = 2026-03-20\n%\n  # x\r\n! one\r\n\r\n    two\n").unwrap();
    let case = Case::read(&path);
    assert_eq!(case.text, "# x\r\none\r\n\r\n  two\n");
    assert_eq!(case.wanted, BTreeSet::from([2]));
}

#[test]
fn every_rule_has_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let without: Vec<&str> = git_postmortem::lint::ALL
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !folder.join(code).is_dir())
        .collect();
    assert!(without.is_empty(), "no folder in tests/rules: {without:?}");
}
