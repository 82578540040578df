//! New commits: a tree made from another one, and who made it, as git itself would say.

use git2::build::TreeUpdateBuilder;
use git2::{FileMode, Signature, Time, Tree};

use super::{CommitId, Error, ObjectId, Repo, cli};

/// A commit to be written; no ref moves with it.
#[derive(Debug, Clone, Default)]
pub struct NewCommit {
    /// The commit whose tree to start from; `None` starts from an empty one.
    pub base: Option<CommitId>,
    /// Paths and their new content; `None` removes the path.
    pub changes: Vec<(String, Option<ObjectId>)>,
    /// Its parents, in order.
    pub parents: Vec<CommitId>,
    /// The whole message.
    pub message: String,
    /// Whether to sign it as the user's git does.
    pub sign: bool,
}

/// Author and committer.
pub(super) struct People {
    author: Signature<'static>,
    committer: Signature<'static>,
}

impl Repo {
    /// Writes a commit object, without any hook.
    ///
    /// # Errors
    /// [`Error::NoIdentity`] where git does not know who is at work; [`Error::Git`] where signing fails.
    pub fn write_commit(&self, new: &NewCommit) -> Result<CommitId, Error> {
        if new.sign {
            let tree = self.write_tree(new.base.as_ref(), &new.changes)?;
            return self.sign_commit(tree, new);
        }
        self.write_commit_by(&self.people()?, new)
    }

    /// Who is at work, as git has it at this moment.
    pub(super) fn people(&self) -> Result<People, Error> {
        Ok(People {
            author: self.person("GIT_AUTHOR_IDENT")?,
            committer: self.person("GIT_COMMITTER_IDENT")?,
        })
    }

    /// [`Repo::write_commit`] by people who were asked for before, so that a second try costs nothing.
    pub(super) fn write_commit_by(&self, people: &People, new: &NewCommit) -> Result<CommitId, Error> {
        let tree = self.write_tree(new.base.as_ref(), &new.changes)?;
        if new.sign { self.sign_commit(tree, new) } else { self.commit_by(people, tree, new) }
    }

    fn commit_by(&self, people: &People, tree: ObjectId, new: &NewCommit) -> Result<CommitId, Error> {
        let fail = |error: &git2::Error| Error::object("write a commit", error);
        let find = |id: &CommitId| self.handle().and_then(|handle| handle.find_commit(id.object().to_git2()));
        let parents = new.parents.iter().map(find).collect::<Result<Vec<_>, _>>().map_err(|e| fail(&e))?;
        let parents: Vec<_> = parents.iter().collect();
        let tree = self
            .handle()
            .and_then(|handle| handle.find_tree(tree.to_git2()))
            .map_err(|error| fail(&error))?;
        let message = git2::message_prettify(&new.message, None).map_err(|error| fail(&error))?;
        let written = self.handle().and_then(|handle| {
            handle.commit(None, &people.author, &people.committer, &message, &tree, &parents)
        });
        let written = ObjectId::from_git2(written.map_err(|error| fail(&error))?);
        self.share_objects([written]);
        Ok(CommitId::new(written))
    }

    /// Whether git knows who is at work.
    ///
    /// # Errors
    /// [`Error::NoIdentity`] with git's words.
    pub fn identity(&self) -> Result<(), Error> {
        self.people().map(drop)
    }

    /// The name of the person at work, as git would write it into a commit.
    ///
    /// # Errors
    /// [`Error::NoIdentity`] with git's words.
    pub fn author_name(&self) -> Result<String, Error> {
        Ok(self.author()?.0)
    }

    /// Name and mail address of the person at work.
    ///
    /// # Errors
    /// [`Error::NoIdentity`] with git's words.
    pub fn author(&self) -> Result<(String, String), Error> {
        let author = self.person("GIT_AUTHOR_IDENT")?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok((text(author.name_bytes()), text(author.email_bytes())))
    }

    /// `git commit-tree -S` honours every signing setting (format, program, key command).
    fn sign_commit(&self, tree: ObjectId, new: &NewCommit) -> Result<CommitId, Error> {
        let parents = new.parents.iter().flat_map(|parent| ["-p".to_owned(), parent.to_string()]);
        let command = self.git().args(["commit-tree", "-S", "-F", "-"]).args(parents).arg(tree.to_string());
        let output = command.input(new.message.as_bytes()).run()?;
        output.text().parse().map_err(|_| Error::Git { deed: "commit-tree".into(), words: output.stderr })
    }

    fn write_tree(
        &self,
        base: Option<&CommitId>,
        changes: &[(String, Option<ObjectId>)],
    ) -> Result<ObjectId, Error> {
        let fail = |error: &git2::Error| Error::object("write a tree", error);
        let base = self.base_tree(base)?;
        let mut builder = TreeUpdateBuilder::new();
        for (path, blob) in changes {
            match blob {
                Some(blob) => builder.upsert(path.as_str(), blob.to_git2(), self.mode_in(&base, path)),
                None if base.get_path(path.as_ref()).is_ok() => builder.remove(path.as_str()),
                // libgit2 fails on the removal of what is not there; the result is the same.
                None => &mut builder,
            };
        }
        let written = self
            .handle()
            .and_then(|handle| builder.create_updated(handle, &base))
            .map_err(|error| fail(&error))?;
        if self.is_shared() {
            self.share_objects(self.trees_on_the_way(written, changes));
        }
        Ok(ObjectId::from_git2(written))
    }

    /// A tree and those below it that changes to some paths made anew.
    fn trees_on_the_way(&self, root: git2::Oid, changes: &[(String, Option<ObjectId>)]) -> Vec<ObjectId> {
        let mut trees = vec![ObjectId::from_git2(root)];
        let Ok(root) = self.handle().and_then(|handle| handle.find_tree(root)) else { return trees };
        for (path, _) in changes {
            let folders =
                path.match_indices('/').filter_map(|(at, _)| root.get_path(path[..at].as_ref()).ok());
            trees.extend(folders.map(|folder| ObjectId::from_git2(folder.id())));
        }
        trees
    }

    fn base_tree(&self, base: Option<&CommitId>) -> Result<Tree<'_>, Error> {
        let fail = |error: &git2::Error| Error::object("read a tree", error);
        let Some(base) = base else {
            let empty =
                self.handle().and_then(|handle| handle.treebuilder(None)).and_then(|builder| builder.write());
            let empty = empty.map_err(|error| fail(&error))?;
            self.share_objects([ObjectId::from_git2(empty)]);
            return self.handle().and_then(|handle| handle.find_tree(empty)).map_err(|error| fail(&error));
        };
        let commit = self
            .handle()
            .and_then(|handle| handle.find_commit(base.object().to_git2()))
            .map_err(|error| fail(&error))?;
        commit.tree().map_err(|error| self.missing(&error, ObjectId::from_git2(commit.tree_id())))
    }

    /// An executable document stays one.
    fn mode_in(&self, tree: &Tree<'_>, path: &str) -> FileMode {
        match tree.get_path(path.as_ref()).map(|entry| entry.filemode()) {
            Ok(0o100_755) => FileMode::BlobExecutable,
            _ => FileMode::Blob,
        }
    }

    /// Who is at work, by `git var`: environment, settings, `git -c` and git's own strictness.
    fn person(&self, variable: &str) -> Result<Signature<'static>, Error> {
        let output = self.git().args(["var", variable]).answer()?;
        let no_identity = || Error::NoIdentity { words: cli::words(&output.stderr) };
        if output.code != 0 {
            return Err(no_identity());
        }
        read_person(&output.text()).ok_or_else(no_identity)
    }
}

/// Reads `Name <mail> seconds +zone`.
fn read_person(line: &str) -> Option<Signature<'static>> {
    let (name, rest) = line.split_once('<')?;
    let (mail, time) = rest.rsplit_once('>')?;
    let (seconds, zone) = time.trim().split_once(' ')?;
    let (sign, digits) = zone.split_at_checked(1)?;
    let number: i32 = digits.parse().ok()?;
    let minutes = (number / 100 * 60 + number % 100) * if sign == "-" { -1 } else { 1 };
    Signature::new(name.trim(), mail, &Time::new(seconds.parse().ok()?, minutes)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_keeps_name_mail_and_zone() {
        let person = read_person("Ana B. <ana@example.org> 1795443415 -0330").unwrap();
        assert_eq!(person.name(), Ok("Ana B."));
        assert_eq!(person.email(), Ok("ana@example.org"));
        assert_eq!((person.when().seconds(), person.when().offset_minutes()), (1_795_443_415, -210));
    }

    #[test]
    fn refuses_a_line_that_is_no_person() {
        for line in ["", "Ana", "Ana <ana", "Ana <a@b> soon", "Ana <a@b> 12 "] {
            assert!(read_person(line).is_none(), "{line}");
        }
    }
}
