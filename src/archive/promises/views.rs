//! Which documents there were at a commit, by path and by name; commits with the same folders share one look.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::super::find::wanted;
use super::super::identity::ids;
use super::facts::Facts;
use crate::config::Config;
use crate::git::{Error, Folders, ObjectId, Repo, TreeFile};
use crate::model::PostmortemId;
use crate::promise::Node;

/// The documents of one state of the folders.
#[derive(Debug, Default)]
pub(super) struct View {
    /// Path and content, in the order of paths.
    files: Vec<(String, ObjectId)>,
    ids: Vec<PostmortemId>,
}

/// What a name comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named<T> {
    /// One document.
    One(T),
    /// Several.
    Several,
    /// None.
    None,
}

impl View {
    /// The documents among the files of some folders.
    fn new(files: Vec<TreeFile>, config: &Config, folders: &[String]) -> Self {
        let read = files.into_iter().filter(|file| config.reads(&file.path));
        let mut files: Vec<_> = read.map(|file| (file.path, file.blob)).collect();
        files.sort_unstable();
        files.dedup_by(|a, b| a.0 == b.0);
        let ids = ids(files.iter().map(|(path, _)| path.as_str()), folders);
        Self { files, ids }
    }

    /// What stands at a path.
    pub(super) fn blob(&self, path: &str) -> Option<ObjectId> {
        let at = self.files.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
        Some(self.files[at].1)
    }

    /// The one document with a name: its id, its path, its id without the date, else any part of its id.
    pub(super) fn find(&self, typed: &str) -> Named<&str> {
        let all = || self.files.iter().map(|(path, _)| path.as_str()).zip(self.ids.iter());
        pick(all(), typed)
    }
}

impl Named<&str> {
    /// The same with a text of its own.
    pub(super) fn to_owned(self) -> Named<String> {
        match self {
            Self::One(path) => Named::One(path.to_owned()),
            Self::Several => Named::Several,
            Self::None => Named::None,
        }
    }
}

/// Of paths with their ids, the one that is named.
pub(super) fn pick<'d>(
    all: impl Iterator<Item = (&'d str, &'d PostmortemId)> + Clone,
    typed: &str,
) -> Named<&'d str> {
    let name = wanted(typed);
    if name.is_empty() {
        return Named::None;
    }
    let whole = all.clone().find(|(path, id)| id.as_str() == name || *path == typed);
    if let Some((path, _)) = whole {
        return Named::One(path);
    }
    let one = |found: &mut dyn Iterator<Item = &'d str>| match (found.next(), found.next()) {
        (Some(path), None) => Named::One(path),
        (Some(_), Some(_)) => Named::Several,
        (None, _) => Named::None,
    };
    let mut short = all.clone().filter(|(_, id)| id.short() == name).map(|(path, _)| path);
    match one(&mut short) {
        Named::None => one(&mut all.filter(|(_, id)| id.as_str().contains(&name)).map(|(path, _)| path)),
        found => found,
    }
}

/// The looks that were taken.
pub(super) struct Views<'r> {
    pub(super) repo: &'r Repo,
    pub(super) config: &'r Config,
    pub(super) known: RefCell<HashMap<u32, Rc<View>>>,
}

impl Views<'_> {
    /// The documents at a commit.
    ///
    /// # Errors
    /// Git's, where a tree cannot be read.
    pub(super) fn at(&self, facts: &Facts, node: Node) -> Result<Rc<View>, Error> {
        let state = facts.state[node as usize];
        if let Some(known) = self.known.borrow().get(&state) {
            return Ok(Rc::clone(known));
        }
        let mut files = Vec::new();
        let folders = self.config.folders();
        let trees = facts.states.get(state as usize).into_iter().flatten();
        for (folder, _) in folders.iter().zip(trees).filter(|(_, tree)| tree.is_some()) {
            files.extend(self.repo.files(&facts.ids[node as usize], folder)?);
        }
        let view = Rc::new(View::new(files, self.config, &folders));
        self.known.borrow_mut().insert(state, Rc::clone(&view));
        Ok(view)
    }

    /// Looks at the documents of many commits, each with other folders than the rest, one after the other on every core,
    /// and keeps none of the looks: a long history has thousands of them.
    ///
    /// # Errors
    /// As [`Views::at`].
    pub(super) fn each<T: Send>(
        &self,
        facts: &Facts,
        nodes: &[Node],
        look: impl Fn(usize, &View) -> T + Sync,
    ) -> Result<Vec<T>, Error> {
        let (config, folders) = (self.config, self.config.folders());
        let set = |node: &Node| -> Folders<'_> {
            let trees = facts.states.get(facts.state[*node as usize] as usize).into_iter().flatten();
            folders.iter().zip(trees).filter_map(|(folder, tree)| Some(((*tree)?, folder.as_str()))).collect()
        };
        let sets: Vec<_> = nodes.iter().map(set).collect();
        let told = self.repo.map_trees(&sets, |at, files| look(at, &View::new(files, config, &folders)))?;
        // What a partial clone lacks is fetched by the other way.
        let again = |(at, told): (usize, Option<T>)| match told {
            Some(told) => Ok(told),
            None => Ok(look(at, &*self.at(facts, nodes[at])?)),
        };
        told.into_iter().enumerate().map(again).collect()
    }
}
