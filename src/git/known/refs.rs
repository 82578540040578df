//! Refs of an ordinary repository, read from its files: a few names, where git would have to be started for as many.
//!
//! The layout is that of git's `gitrepository-layout` and `git pack-refs`: a file for each ref that was moved lately, and
//! `packed-refs` with a line for each of the others. git removes the file of a ref only when `packed-refs` has it, so that who
//! looks for the files first misses none. Names for other refs, and folders where a ref was looked for, are git's to judge.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use super::packed::{self, id_of};
use super::stand::is_absent;
use crate::git::ObjectId;

/// What a revision may begin with to name a ref, in the order of `gitrevisions`; the full name is another matter.
const KINDS: [&str; 4] = ["refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];

/// The refs of an ordinary repository.
#[derive(Debug, Clone)]
pub(in crate::git) struct RefFiles {
    git_dir: PathBuf,
    /// Digits of an object's name.
    digits: usize,
}

/// What HEAD says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::git) enum HeadFile {
    /// A branch, by its full name.
    Branch(String),
    /// An object.
    Object(ObjectId),
}

impl RefFiles {
    pub(in crate::git) fn new(git_dir: PathBuf, digits: usize) -> Self {
        Self { git_dir, digits }
    }

    /// What HEAD says; `None` where git alone can tell.
    pub(in crate::git) fn head(&self) -> Option<HeadFile> {
        let text = fs::read_to_string(self.git_dir.join("HEAD")).ok()?;
        match text.strip_prefix("ref:") {
            Some(name) => {
                let name = name.trim();
                is_plain(name.strip_prefix("refs/")?).then(|| HeadFile::Branch(name.to_owned()))
            }
            None => id_of(text.as_bytes(), self.digits).map(HeadFile::Object),
        }
    }

    /// Whether other work trees share the refs, and may have some of them checked out.
    pub(in crate::git) fn has_work_trees(&self) -> bool {
        !is_absent(&self.git_dir.join("worktrees"))
    }

    /// The objects that full names stand for, none where there is no such ref; `None` where git alone can tell.
    pub(in crate::git) fn look(&self, names: &[&str]) -> Option<Vec<Option<ObjectId>>> {
        let files: Vec<Option<ObjectId>> = names.iter().map(|name| self.file(name)).collect::<Option<_>>()?;
        let unknown: Vec<&str> =
            names.iter().zip(&files).filter(|(_, file)| file.is_none()).map(|(name, _)| *name).collect();
        let file = self.git_dir.join("packed-refs");
        let mut packed = packed::look(&file, self.digits, &unknown)?.into_iter();
        let one = |file: Option<ObjectId>| file.map_or_else(|| packed.next(), |id| Some(Some(id)));
        files.into_iter().map(one).collect()
    }

    /// The objects of HEAD, if its branch has any, and of a typed revision, if that is a full id or the name of one ref: one
    /// look for both. `None` where HEAD is for git to tell; a revision that names nothing here may mean something to git.
    pub(in crate::git) fn at_opening(
        &self,
        typed: Option<&str>,
    ) -> Option<(Option<ObjectId>, Option<ObjectId>)> {
        let (mut head, branch) = match self.head()? {
            HeadFile::Object(id) => (Some(id), None),
            HeadFile::Branch(name) => (None, Some(name)),
        };
        let id = typed.filter(|typed| typed.len() == self.digits).map(str::parse);
        let candidates = match (typed, &id) {
            (Some(typed), None) => self.candidates(typed),
            _ => Vec::new(),
        };
        let names: Vec<&str> = branch.iter().chain(&candidates).map(String::as_str).collect();
        let mut found = self.look(&names)?.into_iter();
        if branch.is_some() {
            head = found.next()?;
        }
        // Two of one name are for git to choose from, and to warn about.
        let mut named = found.flatten();
        let named = named.next().filter(|_| named.next().is_none());
        Some((head, id.map_or(named, Result::ok)))
    }

    /// The full names of the refs that a text may mean.
    fn candidates(&self, typed: &str) -> Vec<String> {
        // A file of any kind comes before all refs.
        if !is_plain(typed) || !is_absent(&self.git_dir.join(typed)) && !typed.starts_with("refs/") {
            return Vec::new();
        }
        let kinds = KINDS.iter().map(|kind| format!("{kind}{typed}"));
        kinds.chain([format!("refs/remotes/{typed}/HEAD"), typed.to_owned()]).collect()
    }

    /// The object that the file of a ref names; `Some(None)` where there is none.
    fn file(&self, name: &str) -> Option<Option<ObjectId>> {
        match fs::read(self.git_dir.join(name)) {
            Ok(text) => id_of(&text, self.digits).map(Some),
            Err(error) => {
                matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory).then_some(None)
            }
        }
    }
}

/// Whether a text can only be the name of a ref, or a part of one: it means no look into a reflog, no parent, no description,
/// and no path out of the folder of refs.
fn is_plain(text: &str) -> bool {
    let is_letter =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/' | b'+');
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    text.bytes().all(is_letter)
        && !text.starts_with('-')
        && !text.contains("..")
        && text.split('/').all(is_part)
        && !may_be_digits(text)
}

/// Whether a text may be the first digits of an id: where a ref has such a name, git warns, and is asked.
fn may_be_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new(files: &[(&str, &str)]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            for (path, text) in files {
                let path = folder.path().join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            Self(folder)
        }

        fn refs(&self) -> RefFiles {
            RefFiles::new(self.0.path().to_owned(), 40)
        }

        fn look(&self, name: &str) -> Option<Option<ObjectId>> {
            self.refs().look(&[name]).map(|found| found[0])
        }
    }

    fn id(text: &str) -> ObjectId {
        text.parse().unwrap()
    }

    fn packed() -> String {
        format!(
            "# pack-refs with: peeled fully-peeled sorted \n{A} refs/heads/main\n{A} refs/heads/x/y\n{B} refs/tags/v1\n^{A}\n{B} refs/tags/v10\n"
        )
    }

    #[test]
    fn a_file_comes_before_the_packed_line() {
        let folder = Folder::new(&[("packed-refs", &packed()), ("refs/heads/main", &format!("{B}\n"))]);
        assert_eq!(folder.look("refs/heads/main"), Some(Some(id(B))));
        assert_eq!(
            folder.look("refs/tags/v1"),
            Some(Some(id(B))),
            "the tag itself, and not what is behind it"
        );
        assert_eq!(folder.look("refs/tags/v"), Some(None));
        assert_eq!(folder.look("refs/heads/main/x"), Some(None), "a file where a folder would be");
        assert_eq!(folder.look("refs/heads/x"), None, "refs below the name");
        assert_eq!(Folder::new(&[]).look("refs/heads/main"), Some(None));
    }

    #[test]
    fn what_is_no_plain_ref_is_for_git() {
        let folder = Folder::new(&[
            ("refs/heads/link", "ref: refs/heads/main\n"),
            ("refs/heads/torn", "aaaa"),
            ("refs/heads/empty", ""),
            ("refs/heads/folder/x", A),
            ("refs/heads/long", &format!("{A}{B}")),
        ]);
        for name in ["link", "torn", "empty", "folder", "long"] {
            assert_eq!(folder.look(&format!("refs/heads/{name}")), None, "{name}");
        }
        let replaced = Folder::new(&[("packed-refs", &format!("{A} refs/replace/{B}\n"))]);
        assert_eq!(replaced.look("refs/heads/main"), None);
        let torn = Folder::new(&[("packed-refs", "aaaa refs/heads/main\n")]);
        assert_eq!(torn.look("refs/heads/main"), None);
    }

    #[test]
    fn head_is_on_a_branch_or_at_an_object() {
        let head = |text: &str| Folder::new(&[("HEAD", text)]).refs().head();
        assert_eq!(head("ref: refs/heads/main\n"), Some(HeadFile::Branch("refs/heads/main".into())));
        assert_eq!(head(&format!("{A}\n")), Some(HeadFile::Object(id(A))));
        for text in ["", "ref: ../x\n", "ref: refs/../../x\n", "ref: refs/heads/grün\n", "x"] {
            assert_eq!(head(text), None, "{text:?}");
        }
        assert_eq!(Folder::new(&[]).refs().head(), None);
    }

    #[test]
    fn head_and_a_revision_are_told_at_once() {
        let told = |head: &str, typed| {
            Folder::new(&[("HEAD", head), ("packed-refs", &packed())]).refs().at_opening(typed)
        };
        assert_eq!(told("ref: refs/heads/main\n", None), Some((Some(id(A)), None)));
        assert_eq!(told("ref: refs/heads/main\n", Some("v1")), Some((Some(id(A)), Some(id(B)))));
        assert_eq!(told("ref: refs/heads/new\n", Some(B)), Some((None, Some(id(B)))));
        assert_eq!(told(&format!("{B}\n"), Some("main")), Some((Some(id(B)), Some(id(A)))));
        assert_eq!(told("ref: refs/heads/x\n", None), None);
        assert_eq!(told("", Some("main")), None);
    }

    #[test]
    fn a_revision_is_a_full_id_or_the_one_ref_of_that_name() {
        let folder = Folder::new(&[
            ("HEAD", "ref: refs/heads/main\n"),
            ("packed-refs", &packed()),
            ("config", ""),
            ("refs/heads/v10", A),
            ("refs/remotes/origin/main", A),
        ]);
        let typed = |text: &str| folder.refs().at_opening(Some(text)).unwrap().1;
        assert_eq!(typed(A), Some(id(A)));
        assert_eq!(typed("v1"), Some(id(B)));
        assert_eq!(typed("main"), Some(id(A)));
        assert_eq!(typed("refs/tags/v1"), Some(id(B)));
        assert_eq!(typed("heads/main"), Some(id(A)));
        assert_eq!(typed("origin/main"), Some(id(A)));
        for text in
            ["v10", "v2", "config", "HEAD~1", "main@{1}", "v1^{}", "@", "../config", "abcdef1", "-x", ""]
        {
            assert_eq!(typed(text), None, "{text}");
        }
        assert_eq!(
            folder.refs().at_opening(Some("origin")),
            None,
            "a folder of refs, where git looks for its HEAD"
        );
    }
}
