//! Turns the folder of languages into one text of plain lines, so that no run of the program reads a data file, and none
//! has a table of pointers to set right at its start.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// All languages, English first, for it is what the others fall back to, then by code. A line of a code alone begins a
/// language; the others are a table's name, a key of it and the words under that key, with tabs between.
pub(crate) fn tables(folder: &Path) -> String {
    let mut files: BTreeMap<(bool, String), toml::Table> = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder of languages exists") {
        let path = entry.expect("a folder's entry can be read").path();
        let code = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path).expect("a file that was just listed can be read");
            let table = text.parse().unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
            files.insert((code != "en", code), table);
        }
    }
    let mut out = String::new();
    for ((_, code), file) in files {
        let _ = writeln!(out, "{code}");
        for (section, keys) in &file {
            let keys = keys.as_table().unwrap_or_else(|| panic!("{code}: {section} is no table"));
            for (key, words) in keys {
                lists(&mut out, section, key, words);
            }
        }
    }
    out
}

/// A list of words; a list of lists is as many lists, by number; a single word is a list of one.
fn lists(out: &mut String, section: &str, key: &str, words: &toml::Value) {
    match words {
        toml::Value::Array(lists) if lists.iter().any(toml::Value::is_array) => {
            for (number, list) in lists.iter().enumerate() {
                row(out, key, &number.to_string(), list.as_array().map_or(&[], Vec::as_slice));
            }
        }
        toml::Value::Array(words) => row(out, section, key, words),
        word => row(out, section, key, std::slice::from_ref(word)),
    }
}

fn row(out: &mut String, section: &str, key: &str, words: &[toml::Value]) {
    let words = words.iter().filter_map(toml::Value::as_str);
    let line: Vec<&str> = [section, key].into_iter().chain(words).collect();
    assert!(
        line.iter().all(|word| !word.contains(['\t', '\n'])),
        "{section}.{key}: a word has a tab or a line end"
    );
    let _ = writeln!(out, "{}", line.join("\t"));
}
