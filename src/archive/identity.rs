//! Which name each document of one revision has.

use std::collections::HashMap;

use crate::model::PostmortemId;

/// The ids of paths of one revision, in their order: the slugified stem; for `README` and `index`, and where two
/// paths share a stem, the path below the documents folder. Two paths never share an id: where even those agree
/// once slugified, a number is added in path order.
pub(super) fn ids<'a>(paths: impl Iterator<Item = &'a str> + Clone, folders: &[String]) -> Vec<PostmortemId> {
    let stems: Vec<Option<PostmortemId>> = paths.clone().map(own_name).collect();
    let mut uses: HashMap<&PostmortemId, u32> = HashMap::new();
    for id in stems.iter().flatten() {
        *uses.entry(id).or_default() += 1;
    }
    let alone = |id: &PostmortemId| uses.get(id) == Some(&1);
    let mut taken: HashMap<PostmortemId, u32> = HashMap::new();
    let mut names = Vec::with_capacity(stems.len());
    for (path, stem) in paths.zip(&stems) {
        let wanted = match stem {
            Some(id) if alone(id) => id.clone(),
            _ => path_name(path, folders),
        };
        names.push(free(wanted, &mut taken));
    }
    names
}

/// The slugified stem, unless the file is named after its folder's purpose.
fn own_name(path: &str) -> Option<PostmortemId> {
    let stem = stem(path);
    let generic = ["readme", "index", "_index"].iter().any(|name| stem.eq_ignore_ascii_case(name));
    if generic { None } else { PostmortemId::new(stem).ok() }
}

/// The file name without its extension; a name that is all extension (`.md`) keeps it.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 8 => stem,
        _ => name,
    }
}

fn path_name(path: &str, folders: &[String]) -> PostmortemId {
    let below = folders.iter().filter_map(|folder| {
        path.strip_prefix(folder.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/'))
    });
    let below = below.min_by_key(|rest| rest.len()).unwrap_or(path);
    let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
    let generic = own_name(path).is_none();
    let text = match (generic, folder) {
        (true, "") => stem(below).to_owned(),
        (true, folder) => folder.to_owned(),
        (false, "") => stem(below).to_owned(),
        (false, folder) => format!("{folder}/{}", stem(below)),
    };
    PostmortemId::new(&text).or_else(|_| PostmortemId::new(path)).unwrap_or_else(|_| nameless())
}

/// A path of only symbols has no letters to be named by.
fn nameless() -> PostmortemId {
    PostmortemId::new("unnamed").expect("a word slugifies to itself")
}

fn free(wanted: PostmortemId, taken: &mut HashMap<PostmortemId, u32>) -> PostmortemId {
    let count = taken.entry(wanted.clone()).or_default();
    *count += 1;
    if *count == 1 {
        return wanted;
    }
    let numbered = PostmortemId::new(&format!("{wanted}-{count}")).expect("an id with a number is an id");
    free(numbered, taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(paths: &[&str]) -> Vec<String> {
        let folders = vec!["docs/post-mortems".to_owned()];
        ids(paths.iter().copied(), &folders).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_document_is_named_by_its_file() {
        assert_eq!(named(&["docs/post-mortems/2026/2026-03-08 API outage.md"]), ["2026-03-08-api-outage"]);
    }

    #[test]
    fn shared_stems_are_named_by_their_path_and_others_keep_their_name() {
        let paths = ["docs/post-mortems/a/db.md", "docs/post-mortems/b/db.md", "docs/post-mortems/b/x.md"];
        assert_eq!(named(&paths), ["a/db", "b/db", "x"]);
    }

    #[test]
    fn readme_and_index_are_named_by_their_folder() {
        let paths = ["docs/post-mortems/2026-03-08-cache/README.md", "docs/post-mortems/db/index.md"];
        assert_eq!(named(&paths), ["2026-03-08-cache", "db"]);
    }

    #[test]
    fn two_paths_never_share_an_id() {
        let paths = ["docs/post-mortems/a/db!.md", "docs/post-mortems/a/db.md", "docs/post-mortems/a/db.txt"];
        assert_eq!(named(&paths), ["a/db", "a/db-2", "a/db-3"]);
        assert_eq!(named(&["docs/post-mortems/???.md", "docs/post-mortems/!!!.md"]).len(), 2);
    }

    #[test]
    fn a_dotted_version_is_no_extension() {
        assert_eq!(stem("x/v1.2.3 rollback of everything"), "v1.2.3 rollback of everything");
        assert_eq!(stem("x/plain"), "plain");
        assert_eq!(stem("x/.md"), ".md");
    }
}
