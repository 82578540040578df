//! What stands in commits themselves: their trees and messages, read in process.

use git2::ErrorCode;

use super::Walked;
use super::folders::FolderScan;
use crate::git::packs::{Kind, Objects};
use crate::git::{CommitId, Error, IdMap, ObjectId, Repo};

/// What was found of one commit.
pub(super) struct Seen {
    /// Its place in the walk.
    pub(super) at: usize,
    /// What stood in the folders, a place among the states of its reader; none where a tree on the way is not at hand.
    pub(super) state: Option<u32>,
    /// The message, where it is wanted.
    pub(super) message: Option<String>,
    /// The message is wanted, and in another encoding.
    pub(super) is_foreign: bool,
}

/// A look at commits, one by one.
pub(super) struct Records<'r> {
    pub(super) replaced: &'r IdMap<ObjectId, Vec<u8>>,
    pub(super) wanted: &'r (dyn Fn(&[u8]) -> bool + Sync),
}

impl Records<'_> {
    /// Looks at the commit of a place.
    ///
    /// # Errors
    /// [`Error::MissingObject`] and [`Error::Object`] where it cannot be read: a history is told whole or not at all.
    pub(super) fn look(
        &self,
        at: usize,
        commit: &CommitId,
        objects: &mut Objects<'_>,
        scan: &mut FolderScan<'_>,
    ) -> Result<Seen, Error> {
        let id = commit.object();
        let told = match self.replaced.get(&id) {
            Some(other) => self.tell(id, other),
            None => {
                let object = objects.read(id, Kind::Commit).map_err(|error| match error.code() {
                    ErrorCode::NotFound => Error::MissingObject { id, partial: false },
                    _ => Error::object(format!("read object {id}"), &error),
                })?;
                self.tell(id, &object)
            }
        };
        let (tree, message, is_foreign) = told?;
        Ok(Seen { at, state: scan.state(tree, objects), message, is_foreign })
    }

    /// A commit's tree, its message where that is wanted, and whether it is in another encoding.
    fn tell(&self, id: ObjectId, commit: &[u8]) -> Result<(ObjectId, Option<String>, bool), Error> {
        let broken = || Error::object(format!("read object {id}"), &git2::Error::from_str("it is no commit"));
        let record = Record::read(commit).ok_or_else(broken)?;
        let is_wanted = (self.wanted)(record.message);
        let message = is_wanted.then(|| String::from_utf8_lossy(record.message).into_owned());
        Ok((record.tree, message, is_wanted && record.is_foreign))
    }
}

/// The parts of a commit that matter here.
struct Record<'c> {
    tree: ObjectId,
    /// It says that its message is in an encoding of its own.
    is_foreign: bool,
    message: &'c [u8],
}

impl<'c> Record<'c> {
    fn read(commit: &'c [u8]) -> Option<Self> {
        let rest = commit.strip_prefix(b"tree ")?;
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let tree = std::str::from_utf8(&rest[..end]).ok()?.parse().ok()?;
        let mut is_foreign = false;
        let mut rest = &rest[end + 1..];
        // Headers end at the first empty line; what goes on in a second line begins with a blank.
        loop {
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let (line, behind) = (&rest[..end], rest.get(end + 1..).unwrap_or_default());
            is_foreign |= line.starts_with(b"encoding ");
            rest = behind;
            if line.is_empty() {
                return Some(Self { tree, is_foreign, message: rest });
            }
        }
    }
}

impl Repo {
    /// Commits that are to be read as others, as git reads them; mostly none.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub(super) fn replacements(&self) -> Result<IdMap<ObjectId, Vec<u8>>, Error> {
        let mut replaced = IdMap::default();
        if !self.has_replacements() {
            return Ok(replaced);
        }
        let refs = self.refs(&["refs/replace"])?;
        let names: String = refs
            .iter()
            .filter_map(|found| found.name.rsplit('/').next())
            .map(|id| format!("{id}\n"))
            .collect();
        // Whether replacements count, and what they come to, is git's to say.
        let output = self.git().args(["cat-file", "--batch", "--buffer"]).input(names).run()?;
        let mut rest = output.stdout.as_slice();
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest = &rest[end + 1..];
            let words: Vec<&str> = head.split(' ').collect();
            // What is not at hand has no content behind its line.
            let [id, kind, size] = words[..] else { continue };
            let Some((content, behind)) = size.parse().ok().and_then(|size| rest.split_at_checked(size))
            else {
                continue;
            };
            rest = behind.strip_prefix(b"\n").unwrap_or(behind);
            if let (Ok(id), "commit") = (id.parse(), kind) {
                replaced.insert(id, content.to_vec());
            }
        }
        Ok(replaced)
    }

    /// Has git put the messages of some commits into UTF-8.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub(super) fn translate(&self, commits: &mut [Walked], which: &[usize]) -> Result<(), Error> {
        if which.is_empty() {
            return Ok(());
        }
        let names: String = which.iter().map(|at| format!("{}\n", commits[*at].id)).collect();
        let options = [
            "log",
            "--stdin",
            "--no-walk=unsorted",
            "-z",
            "--format=%B",
            "--encoding=UTF-8",
            "--no-show-signature",
            "--no-patch",
            "--no-color",
            "--no-notes",
        ];
        let output = self.git().args(options).input(names).run()?;
        for (at, message) in which.iter().zip(output.stdout.split(|byte| *byte == 0)) {
            commits[*at].message = Some(String::from_utf8_lossy(message).into_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_go_on_are_no_headers_of_their_own() {
        let tree = "1".repeat(40);
        let read = |rest: &str| {
            let text = format!("tree {tree}\nauthor A <a@example.org> 1 +0000\n{rest}");
            let record = Record::read(text.as_bytes()).unwrap();
            assert_eq!(record.tree.to_string(), tree);
            (record.is_foreign, String::from_utf8_lossy(record.message).into_owned())
        };
        let plain = "gpgsig -----BEGIN\n encoding x\n \n -----END\n\nsubject\n\nencoding ISO-8859-1\n";
        assert_eq!(read(plain), (false, "subject\n\nencoding ISO-8859-1\n".to_owned()));
        assert_eq!(read("encoding ISO-8859-1\n\nx"), (true, "x".to_owned()));
        assert_eq!(read("\n"), (false, String::new()));
        assert_eq!(read("x y"), (false, String::new()), "a commit without a message");
        assert!(Record::read(b"blob").is_none() && Record::read(b"tree 12\n\n").is_none());
    }
}
