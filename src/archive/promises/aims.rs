//! From an id in a message to documents of today: by its name at that commit, else by a name that it had or got.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::Entry;
use super::super::find::wanted;
use super::super::identity::possible_ids;
use super::facts::Facts;
use super::views::{Named, Views, pick};
use crate::git::Error;
use crate::model::ActionId;
use crate::promise::{Node, Word};

/// A word of a message, and the documents that it can be about.
pub(super) struct Aim<'m> {
    pub(super) node: Node,
    pub(super) word: Word,
    pub(super) typed: &'m str,
    /// The label in that document, where it took in the one that is named.
    pub(super) label: Cow<'m, str>,
    pub(super) target: Target,
}

impl<'m> Aim<'m> {
    fn unknown((node, word, typed): (Node, Word, &'m str)) -> Self {
        Self { node, word, typed, label: Cow::Borrowed(""), target: Target::Unknown }
    }
}

/// What an id in a message comes to, before items are looked at.
pub(super) enum Target {
    /// The document that lay at a path of that commit is one of these, if it is still there.
    At(String, Vec<usize>),
    /// No document had that name there; this one had it at another time.
    Once(usize),
    /// Nothing ever had it.
    Unknown,
    /// Several had it.
    Ambiguous,
}

/// The documents of today by every name that they ever had.
pub(super) struct Names<'n> {
    entries: &'n [&'n Entry],
    by_path: HashMap<&'n str, usize>,
    by_name: HashMap<String, Vec<usize>>,
    aliases: &'n HashMap<&'n str, Vec<&'n str>>,
}

impl<'n> Names<'n> {
    pub(super) fn new(
        entries: &'n [&'n Entry],
        folders: &[String],
        aliases: &'n HashMap<&'n str, Vec<&'n str>>,
    ) -> Self {
        let by_path = entries.iter().enumerate().map(|(at, entry)| (entry.path.as_str(), at)).collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let others = aliases.get(entry.path.as_str()).into_iter().flatten();
            let former = others.flat_map(|path| possible_ids(path, folders)).map(|id| id.to_string());
            for name in former
                .chain(entry.postmortem.formerly.iter().map(|former| former.id.clone()))
                .chain([entry.id.to_string()])
            {
                let known = by_name.entry(name).or_default();
                if !known.contains(&at) {
                    known.push(at);
                }
            }
        }
        Self { entries, by_path, by_name, aliases }
    }

    /// What messages mean by ids, in their order.
    ///
    /// # Errors
    /// Git's, where the tree of a commit cannot be read.
    pub(super) fn aims<'m>(
        &self,
        facts: &Facts,
        views: &Views<'_>,
        said: &[(Node, Word, &'m str)],
    ) -> Result<Vec<Aim<'m>>, Error> {
        // Commits with the same documents are asked together, in the order of history, in which little changes.
        let mut order: Vec<usize> = (0..said.len()).collect();
        order.sort_by_key(|at| (facts.state[said[*at].0 as usize], *at));
        let state = |at: &usize| facts.state[said[*at].0 as usize];
        let groups: Vec<&[usize]> = order.chunk_by(|one, next| state(one) == state(next)).collect();
        let nodes: Vec<Node> = groups.iter().map(|group| said[group[0]].0).collect();
        let found = views.each(facts, &nodes, |group, view| -> Vec<(usize, Named<String>)> {
            let name = |at: &usize| Some((*at, ActionId::split(said[*at].2).ok()?.0));
            let named = groups[group].iter().filter_map(name);
            named.map(|(at, name)| (at, view.find(name).to_owned())).collect()
        })?;
        let mut aims: Vec<Aim<'m>> = said.iter().map(|said| Aim::unknown(*said)).collect();
        for (at, named) in found.into_iter().flatten() {
            if let Some(aim) = self.aim(said[at], named) {
                aims[at] = aim;
            }
        }
        Ok(aims)
    }

    /// What a message means by an id whose name came to something at its commit; none where nothing has that label.
    fn aim<'m>(&self, (node, word, typed): (Node, Word, &'m str), named: Named<String>) -> Option<Aim<'m>> {
        let (name, label) = ActionId::split(typed).ok()?;
        let target = match named {
            Named::One(path) => {
                let others = self.aliases.get(path.as_str()).into_iter().flatten().copied();
                let all = std::iter::once(path.as_str()).chain(others);
                let documents = all.filter_map(|path| self.by_path.get(path).copied()).collect();
                Target::At(path, documents)
            }
            Named::Several => Target::Ambiguous,
            Named::None => self.once(name),
        };
        let label = match &target {
            Target::Once(document) => self.entries[*document].postmortem.label_here(&wanted(name), label),
            _ => Some(label),
        };
        let label = Cow::Owned(label?.to_owned());
        Some(Aim { node, word, typed, label, target })
    }

    fn once(&self, name: &str) -> Target {
        match self.by_name.get(&wanted(name)).map(Vec::as_slice) {
            Some([one]) => return Target::Once(*one),
            Some([_, ..]) => return Target::Ambiguous,
            _ => {}
        }
        let today = self.entries.iter().map(|entry| (entry.path.as_str(), &entry.id));
        match pick(today, name) {
            Named::One(path) => self.by_path.get(path).map_or(Target::Unknown, |at| Target::Once(*at)),
            Named::Several => Target::Ambiguous,
            Named::None => Target::Unknown,
        }
    }
}

impl Target {
    /// The documents to be traced for it.
    pub(super) fn documents(&self) -> &[usize] {
        match self {
            Self::At(_, documents) => documents,
            Self::Once(document) => std::slice::from_ref(document),
            Self::Unknown | Self::Ambiguous => &[],
        }
    }
}
