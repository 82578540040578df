//! Which name each document of one revision has.

use std::collections::{HashMap, HashSet};

use crate::model::PostmortemId;

/// The ids of paths of one revision, in their order: the slugified stem; for `README` and `index`, and where two
/// paths share a stem, the path below the documents folder. Two paths never share an id: where even those agree
/// once slugified, a number is added in path order.
pub(super) fn ids<'a>(paths: impl Iterator<Item = &'a str> + Clone, folders: &[String]) -> Vec<PostmortemId> {
    let stems: Vec<Option<PostmortemId>> = paths.clone().map(own_name).collect();
    let mut uses: HashMap<&str, u32> = HashMap::with_capacity(stems.len());
    for id in stems.iter().flatten() {
        *uses.entry(id.as_str()).or_default() += 1;
    }
    let alone: Vec<bool> = stems.iter().map(|id| is_alone(id.as_ref(), &uses)).collect();
    // Of names that several share, none may come to stand on one that is somebody's own.
    let mut taken: HashSet<PostmortemId> = HashSet::new();
    if alone.contains(&false) {
        taken.extend(stems.iter().zip(&alone).filter(|(_, alone)| **alone).filter_map(|(id, _)| id.clone()));
    }
    let named = paths.zip(stems).zip(alone).map(|((path, stem), alone)| match stem {
        Some(id) if alone => id,
        _ => free(&path_name(path, folders), &mut taken),
    });
    named.collect()
}

fn is_alone(id: Option<&PostmortemId>, uses: &HashMap<&str, u32>) -> bool {
    id.is_some_and(|id| uses.get(id.as_str()) == Some(&1))
}

/// The name of the draft that a post-mortem is, was or becomes: drafts stand side by side, and a folder of one's name
/// holds its attachments, so the `/` of an id is written as in a URL.
#[must_use]
pub fn draft_name(id: &PostmortemId) -> String {
    id.as_str().replace('/', "%2F")
}

/// The path of that draft.
#[must_use]
pub fn draft_path(id: &PostmortemId) -> String {
    format!("{}.md", draft_name(id))
}

/// The id of the draft of that name; none for a name without letter or digit.
#[must_use]
pub fn draft_id(name: &str) -> Option<PostmortemId> {
    PostmortemId::new(&name.replace("%2F", "/")).ok()
}

/// Whether a file of that name can be the document of an id: one named after it, or the page of its folder.
pub(super) fn may_be(name: &str, id: &PostmortemId) -> bool {
    let last = id.as_str().rsplit('/').next();
    own_name(name).is_none_or(|own| Some(own.as_str()) == last)
}

/// The ids that a path alone can give its document: by its name, and by its place below the documents folder.
pub(super) fn possible_ids(path: &str, folders: &[String]) -> impl Iterator<Item = PostmortemId> {
    own_name(path).into_iter().chain([path_name(path, folders)])
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

/// The name, or the name with the first number that nobody has.
fn free(wanted: &PostmortemId, taken: &mut HashSet<PostmortemId>) -> PostmortemId {
    let numbered = (2..).map(|number| {
        PostmortemId::new(&format!("{wanted}-{number}")).expect("an id with a number is an id")
    });
    let names = std::iter::once(wanted.clone()).chain(numbered);
    let free = names.into_iter().find(|name| !taken.contains(name)).expect("numbers do not end");
    taken.insert(free.clone());
    free
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
    fn the_name_of_a_draft_reads_back_as_its_id() {
        for name in ["2026-03-08-api-outage", "a/db", "2026/03/api"] {
            let id = PostmortemId::new(name).unwrap();
            assert!(!draft_name(&id).contains('/'));
            assert_eq!(draft_id(&draft_name(&id)), Some(id));
        }
    }

    #[test]
    fn a_dotted_version_is_no_extension() {
        assert_eq!(stem("x/v1.2.3 rollback of everything"), "v1.2.3 rollback of everything");
        assert_eq!(stem("x/plain"), "plain");
        assert_eq!(stem("x/.md"), ".md");
    }
}
