//! Symbolic links in a tree: followed where they lead to something in the same tree, named where they do not.

use std::collections::{HashSet, VecDeque};

use super::objects::{Walked, kind_of};
use super::{CommitId, EntryKind, Error, ObjectId, Repo, TreeFile};

/// As many links in a row as Linux follows before it calls them a loop.
const HOPS: u32 = 40;

/// What a path of a commit comes to when the links on its way are followed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// A folder, by its own path.
    Dir(String),
    /// A file, by its own path.
    File(TreeFile),
    /// Nothing is there, and no link said that there was.
    Nothing,
    /// What stands there is not in this tree, and why.
    Away(String),
}

/// A file as it was come upon, and as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The path that led to it, where links did.
    pub by: Option<String>,
    /// The file, by its own path.
    pub file: TreeFile,
}

/// Every file below a folder, links followed, and what could not be followed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The files; one that several paths lead to is there as often.
    pub files: Vec<Seen>,
    /// Whether there is any link or submodule: what such a path comes to is not decided by the folder's own tree.
    pub has_links: bool,
    /// The paths of links and submodules whose content is not in this tree, each with the reason.
    pub unseen: Vec<(String, String)>,
}

impl Repo {
    /// Every file below a folder of a commit (`""` is the top); links that lead to files and folders of the same tree
    /// are followed.
    ///
    /// # Errors
    /// As [`Repo::list_dir`].
    pub fn listing(&self, commit: &CommitId, folder: &str) -> Result<Listing, Error> {
        let folder = folder.trim_matches('/');
        let mut listing = Listing::default();
        // By path and by own path; a link is followed once, so that no ring of them is run round.
        let mut waiting = VecDeque::from([(folder.to_owned(), folder.to_owned())]);
        let mut followed = HashSet::new();
        while let Some((by, path)) = waiting.pop_front() {
            let target = self.follow(commit, &path)?;
            listing.has_links |= match &target {
                Target::Dir(own) => own != folder,
                Target::Nothing => by != folder,
                Target::File(_) | Target::Away(_) => true,
            };
            let own = match target {
                Target::Nothing if by == folder => continue,
                Target::Nothing => {
                    listing.unseen.push((by, "its name is not UTF-8".to_owned()));
                    continue;
                }
                Target::Away(why) => {
                    listing.unseen.push((by, why));
                    continue;
                }
                Target::File(file) => {
                    listing.files.push(Seen { by: Some(by), file });
                    continue;
                }
                // A folder that holds the link itself: what is below it by rights is read by its own path.
                Target::Dir(own) if path != own && holds(&own, &path) => continue,
                Target::Dir(own) => own,
            };
            let Some(tree) = self.folder_id(commit, &own)? else { continue };
            let start = if own.is_empty() { 0 } else { own.len() + 1 };
            let as_met = |path: &str| join(&by, &path[start..]);
            let Walked { files, others } = self.walk_whole(commit, tree, &join(&own, ""))?;
            let seen = |file: TreeFile| Seen { by: (by != own).then(|| as_met(&file.path)), file };
            listing.files.extend(files.into_iter().map(seen));
            for (path, _) in others {
                if followed.insert(path.clone()) {
                    waiting.push_back((as_met(&path), path));
                }
            }
        }
        Ok(listing)
    }

    /// The own path of a folder that links may lead to; `None` where the path is no folder of this tree.
    ///
    /// # Errors
    /// As [`Repo::list_dir`].
    pub fn real_folder(&self, commit: &CommitId, path: &str) -> Result<Option<String>, Error> {
        Ok(match self.follow(commit, path)? {
            Target::Dir(own) => Some(own),
            _ => None,
        })
    }

    /// Whether a path is a folder, or a link or submodule that may stand for one that is not in this tree.
    ///
    /// # Errors
    /// As [`Repo::list_dir`].
    pub fn may_be_folder(&self, commit: &CommitId, path: &str) -> Result<bool, Error> {
        Ok(matches!(self.follow(commit, path)?, Target::Dir(_) | Target::Away(_)))
    }

    /// Goes along a path as the file system would, in the tree of a commit.
    fn follow(&self, commit: &CommitId, path: &str) -> Result<Target, Error> {
        let mut left: VecDeque<String> = names(path);
        let mut walked: Vec<String> = Vec::new();
        let mut link: Option<String> = None;
        let mut hops = 0;
        while let Some(name) = left.pop_front() {
            if name == ".." {
                if walked.pop().is_none() {
                    return Ok(away(link.as_deref().unwrap_or(path), "leads out of the repository"));
                }
                continue;
            }
            let found = self.name_in(commit, &walked.join("/"), &name)?;
            walked.push(name);
            match found {
                Some((EntryKind::Dir, _)) => {}
                Some((EntryKind::File, blob)) if left.is_empty() => {
                    return Ok(Target::File(TreeFile { path: walked.join("/"), blob }));
                }
                Some((EntryKind::Submodule, _)) => {
                    let path = walked.join("/");
                    return Ok(Target::Away(format!("{path} is a submodule, a repository of its own")));
                }
                Some((EntryKind::Link, blob)) => {
                    walked.pop();
                    let target = match self.read(&blob) {
                        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                        Err(error) => return Ok(Target::Away(error.to_string())),
                    };
                    hops += 1;
                    if target.starts_with('/') {
                        return Ok(away(&target, "leads out of the repository"));
                    }
                    if hops > HOPS {
                        return Ok(away(&target, "leads round in a ring"));
                    }
                    names(&target).into_iter().rev().for_each(|name| left.push_front(name));
                    link = Some(target);
                }
                Some((EntryKind::File, _)) | None => {
                    return Ok(link.map_or(Target::Nothing, |link| away(&link, "is not in this revision")));
                }
            }
        }
        Ok(Target::Dir(walked.join("/")))
    }

    /// What a name in a folder stands for.
    fn name_in(
        &self,
        commit: &CommitId,
        folder: &str,
        name: &str,
    ) -> Result<Option<(EntryKind, ObjectId)>, Error> {
        let found = self.name_below(commit, folder, name.as_bytes())?;
        Ok(found.and_then(|(mode, id)| Some((kind_of(mode)?, id))))
    }
}

fn names(path: &str) -> VecDeque<String> {
    path.split('/').filter(|name| !matches!(*name, "" | ".")).map(str::to_owned).collect()
}

fn away(link: &str, what: &str) -> Target {
    Target::Away(format!("it is a symbolic link, and '{link}' {what}"))
}

fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

fn holds(folder: &str, path: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
