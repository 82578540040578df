//! Documents that name a file or a folder: architecture pages, decisions.

use std::collections::{BTreeSet, HashSet};

/// Names to be looked for, prepared for many texts.
#[derive(Debug, Clone, Default)]
pub struct Named {
    files: HashSet<String>,
    folders: HashSet<String>,
    /// File names that are told from words: with an extension, and not everybody's.
    names: HashSet<String>,
}

/// What a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Files and folders, as the text calls them, the most exact first.
    pub names: Vec<String>,
}

/// Names that every second folder has.
const COMMON: [&str; 12] = [
    "mod.rs",
    "lib.rs",
    "main.rs",
    "index.js",
    "index.ts",
    "__init__.py",
    "main.go",
    "readme.md",
    "package.json",
    "cargo.toml",
    "dockerfile",
    "makefile",
];

impl Named {
    /// For some paths: they, the folders that they are in, and their own names.
    #[must_use]
    pub fn new(paths: &[String]) -> Self {
        let mut named = Self::default();
        for path in paths {
            named.files.insert(path.to_lowercase());
            let mut folder = path.as_str();
            while let Some((above, _)) = folder.rsplit_once('/') {
                // A folder at the top (`src`) is in every sentence.
                if above.contains('/') {
                    named.folders.insert(above.to_lowercase());
                }
                folder = above;
            }
            let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
            let is_own =
                name.rsplit_once('.').is_some_and(|(stem, ending)| stem.len() > 2 && !ending.is_empty());
            if is_own && !COMMON.contains(&name.as_str()) {
                named.names.insert(name);
            }
        }
        named
    }

    /// What a text names of them; none where it names nothing.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Mention> {
        let is_sign = |c: char| !(c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | '@'));
        let mut found: BTreeSet<(u8, String)> = BTreeSet::new();
        for word in text.split(is_sign).filter(|word| word.len() > 2) {
            let word = word.trim_end_matches(['.', '/']).trim_start_matches("./").trim_start_matches('/');
            let folded = word.to_lowercase();
            let rank = if self.files.contains(&folded) {
                0
            } else if self.folders.contains(&folded) {
                1
            } else if self.names.contains(&folded) {
                2
            } else {
                continue;
            };
            found.insert((rank, word.to_owned()));
        }
        (!found.is_empty()).then(|| Mention { names: found.into_iter().map(|(_, name)| name).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_folders_and_own_names_are_found() {
        let named = Named::new(&["src/db/pool.rs".to_owned(), "src/lib.rs".to_owned()]);
        let find = |text: &str| named.find(text).map(|mention| mention.names.join(", "));
        assert_eq!(find("See `src/db/pool.rs`, and src/db/.").as_deref(), Some("src/db/pool.rs, src/db"));
        assert_eq!(find("[the pool](./src/db/pool.rs)").as_deref(), Some("src/db/pool.rs"));
        assert_eq!(find("The logic is in pool.rs.").as_deref(), Some("pool.rs"));
        assert_eq!(find("All of src, lib.rs of another crate, swimming pools"), None);
    }
}
