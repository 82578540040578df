//! The files beside a draft, each taken whole: a picture has no lines to merge.

use std::collections::BTreeSet;

use crate::git::{DraftTree, ObjectId};

/// The files beside one draft on each side, by their path from its folder on.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) base: DraftTree,
    pub(super) ours: DraftTree,
    pub(super) theirs: DraftTree,
}

/// The files in the folder of a draft's name.
pub(super) fn beside(side: &DraftTree, stem: &str) -> DraftTree {
    let rest = |path: &str| path.strip_prefix(stem).filter(|rest| rest.starts_with('/')).map(str::to_owned);
    side.iter().filter_map(|(path, blob)| Some((rest(path)?, *blob))).collect()
}

/// The content that stays of a file; both where both sides changed it. What one side removed and the other changed
/// stays.
pub(super) fn pick(
    base: Option<ObjectId>,
    ours: Option<ObjectId>,
    theirs: Option<ObjectId>,
) -> Result<Option<ObjectId>, (ObjectId, ObjectId)> {
    match (ours, theirs) {
        _ if ours == theirs || ours == base => Ok(theirs),
        _ if theirs == base => Ok(ours),
        (Some(ours), Some(theirs)) => Err((ours, theirs)),
        (one, other) => Ok(one.or(other)),
    }
}

/// A name like that of a file that is taken: `graph-2.png`.
pub(crate) fn spare(path: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (folder, name) = path.rsplit_once('/').map_or((None, path), |(folder, name)| (Some(folder), name));
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let lead = folder.map(|folder| format!("{folder}/")).unwrap_or_default();
    let names = (2_u32..).map(|number| format!("{lead}{stem}-{number}{extension}"));
    names.into_iter().find(|name| !is_taken(name)).unwrap_or_else(|| path.to_owned())
}

impl Files {
    /// What is beside the draft in the end, and which files both changed: its name, and the one that ours has now.
    pub(super) fn together(&self) -> (DraftTree, Vec<(String, String)>) {
        let (mut together, mut apart) = (DraftTree::new(), Vec::new());
        let paths: BTreeSet<&String> = self.ours.keys().chain(self.theirs.keys()).collect();
        for path in paths {
            let of = |side: &DraftTree| side.get(path).copied();
            match pick(of(&self.base), of(&self.ours), of(&self.theirs)) {
                Ok(kept) => together.extend(kept.map(|blob| (path.clone(), blob))),
                Err((ours, theirs)) => {
                    let is_taken =
                        |name: &str| self.ours.contains_key(name) || self.theirs.contains_key(name);
                    let name = spare(path, is_taken);
                    together.insert(path.clone(), theirs);
                    together.insert(name.clone(), ours);
                    apart.push((path.clone(), name));
                }
            }
        }
        (together, apart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_both_changed_is_there_twice() {
        let id = |n: u8| ObjectId::from_bytes(&[n; 20]).unwrap();
        let tree =
            |files: &[(&str, u8)]| files.iter().map(|(path, n)| ((*path).to_owned(), id(*n))).collect();
        let files = Files {
            base: tree(&[("/a.png", 1), ("/b", 1), ("/gone", 1), ("/kept", 1)]),
            ours: tree(&[("/a.png", 2), ("/b", 1), ("/kept", 2), ("/ours", 5)]),
            theirs: tree(&[("/a.png", 3), ("/b", 4), ("/gone", 1), ("/a-2.png", 9)]),
        };
        let (together, apart) = files.together();
        let expected =
            [("/a-2.png", 9), ("/a-3.png", 2), ("/a.png", 3), ("/b", 4), ("/kept", 2), ("/ours", 5)];
        assert_eq!(together, tree(&expected));
        assert_eq!(apart, [("/a.png".to_owned(), "/a-3.png".to_owned())]);
    }

    #[test]
    fn names_without_an_extension_get_a_number_too() {
        assert_eq!(spare("x/log", |_| false), "x/log-2");
        assert_eq!(spare(".env", |name| name == ".env-2"), ".env-3");
    }
}
