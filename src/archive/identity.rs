//! Which name each document of one revision has.

use std::collections::HashSet;

use super::cores::on_all_cores;
use crate::model::PostmortemId;

/// As many names are worth a thread.
const MANY: usize = 1_000;

/// The ids of paths of one revision, in their order: the slugified stem; for `README` and `index`, and where two
/// paths share a stem, the path below the documents folder. Two paths never share an id: where even those agree
/// once slugified, one keeps the name and the others add a mark of their own path, so that a further one changes none.
pub(super) fn ids<'a>(paths: impl Iterator<Item = &'a str> + Clone, folders: &[String]) -> Vec<PostmortemId> {
    let names: Vec<&str> = paths.clone().collect();
    let stems: Vec<Option<PostmortemId>> = match names.len() {
        0..MANY => names.into_iter().map(own_name).collect(),
        _ => on_all_cores(&names, |path| own_name(path)),
    };
    let mut known: HashSet<&str> = HashSet::with_capacity(stems.len());
    let again: HashSet<&str> =
        stems.iter().flatten().map(PostmortemId::as_str).filter(|stem| !known.insert(stem)).collect();
    let is_alone = |id: &PostmortemId| again.is_empty() || !again.contains(id.as_str());
    let alone: Vec<bool> = stems.iter().map(|id| id.as_ref().is_some_and(is_alone)).collect();
    // Of names that several share, none may come to stand on one that is somebody's own.
    let mut taken: HashSet<PostmortemId> = HashSet::new();
    if alone.contains(&false) {
        taken.extend(stems.iter().zip(&alone).filter(|(_, alone)| **alone).filter_map(|(id, _)| id.clone()));
    }
    let mut ids: Vec<Option<PostmortemId>> =
        stems.into_iter().zip(&alone).map(|(stem, alone)| stem.filter(|_| *alone)).collect();
    let mut rest: Vec<(usize, &str)> = paths.enumerate().filter(|(at, _)| ids[*at].is_none()).collect();
    // A file that is called just as its id is has the first claim.
    rest.sort_by_key(|(_, path)| !is_plain(path));
    for (at, path) in rest {
        ids[at] = Some(free(&path_name(path, folders), path, &mut taken));
    }
    ids.into_iter().flatten().collect()
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

/// Whether a file is markdown and its name a slug already.
fn is_plain(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let own = own_name(path);
    name.strip_suffix(".md").is_some_and(|stem| own.is_none_or(|id| id.as_str() == stem))
}

/// The name, or the name with a mark that its path gives.
fn free(wanted: &PostmortemId, path: &str, taken: &mut HashSet<PostmortemId>) -> PostmortemId {
    let mark = mark(path);
    let marks = std::iter::once(format!("{wanted}-{mark:04x}"));
    // Two marks may agree, too.
    let marks = marks.chain((2..).map(|number| format!("{wanted}-{mark:04x}-{number}")));
    let marked = marks.map(|name| PostmortemId::new(&name).expect("an id with digits is an id"));
    let names = std::iter::once(wanted.clone()).chain(marked);
    let free = names.into_iter().find(|name| !taken.contains(name)).expect("numbers do not end");
    taken.insert(free.clone());
    free
}

/// Sixteen bits of FNV-1a over a path: the same on every machine and in every version.
fn mark(path: &str) -> u32 {
    let hash =
        path.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 16) ^ (hash & 0xffff)
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
        let ids = named(&paths);
        assert_eq!(ids[1], "a/db", "the file that is called so");
        assert!(ids[0].starts_with("a/db-") && ids[2].starts_with("a/db-"), "{ids:?}");
        let fewer = named(&paths[1..]);
        assert_eq!((&fewer[0], &fewer[1]), (&ids[1], &ids[2]), "the others do not change with one more");
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
