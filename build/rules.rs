//! Lists lint's rules by the names of their files, so that the configuration knows them without knowing lint.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A line for each `pm201_missing_section.rs`: `PM201 missing-section`, in the order of codes.
pub(crate) fn names(folder: &Path) -> String {
    let files = fs::read_dir(folder).expect("the folder of rules exists");
    let names = files.map(|file| file.expect("a folder's entry can be read").file_name());
    let mut stems: Vec<String> =
        names.filter_map(|name| Some(name.to_str()?.strip_suffix(".rs")?.to_owned())).collect();
    stems.sort();
    let mut out = String::new();
    for stem in stems {
        if let Some((code, name)) = stem.split_once('_').filter(|(code, _)| code.starts_with("pm")) {
            let _ = writeln!(out, "{} {}", code.to_uppercase(), name.replace('_', "-"));
        }
    }
    out
}
