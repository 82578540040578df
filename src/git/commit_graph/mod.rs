//! git's commit-graph, read here: parents, levels and dates of commits without a process and without unpacking one.
//!
//! Whatever is damaged, or of a form that is not known here, is no commit-graph, and git is asked: nothing here fails. What
//! stands in it is believed as git believes it, and a bit more narrowly.

mod between;
mod layer;
mod reach;

use std::cell::{OnceCell, RefCell};
use std::path::Path;

use self::layer::Layer;
use self::reach::Reach;
use super::{CommitId, IdMap, ObjectId, Repo};

/// The place of a commit in a commit-graph: those of the files that another one builds on come first.
type Place = u32;

/// Commits of a commit-graph whose names take a millisecond or two to read.
const LARGE: u32 = 1 << 18;
/// Files of a commit-graph that are read at most: git makes a new one of all long before.
const LAYERS: usize = 512;

/// The commit-graph of an object directory.
#[derive(Debug)]
pub(super) struct CommitGraph {
    layers: Vec<Layer>,
    /// Where commits were found before: tips are asked for their dates, and then where they lead.
    places: RefCell<IdMap<CommitId, Place>>,
}

/// The commit-graph of a repository, opened when it is asked for first; none where there is none to rely on.
#[derive(Debug, Default)]
pub(super) struct Opened(OnceCell<Option<CommitGraph>>);

impl CommitGraph {
    /// Opens the one of an object directory: the single file, else the chain of them.
    fn open(objects: &Path, hash: usize) -> Option<Self> {
        let info = objects.join("info");
        let single = info.join("commit-graph");
        // A file that is there and damaged is not passed over for a chain that may be older.
        if single.try_exists().ok()? {
            return Some(Self { layers: vec![Layer::open(&single, hash, &[])?], places: RefCell::default() });
        }
        let folder = info.join("commit-graphs");
        let chain = std::fs::read_to_string(folder.join("commit-graph-chain")).ok()?;
        let (mut layers, mut below) = (Vec::new(), Vec::new());
        for line in chain.lines() {
            let name: ObjectId = line.parse().ok()?;
            let layer = Layer::open(&folder.join(format!("graph-{name}.graph")), hash, &below)?;
            if layers.len() == LAYERS || layer.name() != name {
                return None;
            }
            below.push((name, layer.end()));
            layers.push(layer);
        }
        (!layers.is_empty()).then_some(Self { layers, places: RefCell::default() })
    }

    /// How many commits it has: each place is below.
    fn count(&self) -> u32 {
        self.layers.last().map_or(0, Layer::end)
    }

    /// The place of a commit; none where it has it not.
    fn find(&self, commit: &CommitId) -> Option<Place> {
        if let Some(place) = self.places.borrow().get(commit) {
            return Some(*place);
        }
        let place = self.layers.iter().rev().find_map(|layer| layer.find(&commit.object()))?;
        self.places.borrow_mut().insert(*commit, place);
        Some(place)
    }

    /// Whether some commits that are not found are surely not there, and nothing is damaged.
    fn lacks(&self, commits: &[ObjectId]) -> bool {
        commits.is_empty() || self.layers.iter().all(|layer| layer.lacks(commits))
    }

    /// The level of the commit at a place, one more than that of its highest parent, 0 where whoever wrote it knew none; its
    /// parents go behind those in a list. Nothing where it is damaged.
    fn read(&self, place: Place, parents: &mut Vec<Place>) -> Option<u32> {
        self.layer(place)?.read(place, parents)
    }

    /// The level of the commit at a place.
    fn level(&self, place: Place) -> Option<u32> {
        self.layer(place)?.level(place)
    }

    /// The name of the commit at a place.
    fn name(&self, place: Place) -> Option<CommitId> {
        self.layer(place)?.name_of(place).map(CommitId::new)
    }

    fn layer(&self, place: Place) -> Option<&Layer> {
        self.layers.iter().rev().find(|layer| layer.begin() <= place)
    }

    /// When a commit was committed, in seconds of Unix time; nothing where that is not known here.
    pub(super) fn date(&self, commit: &CommitId) -> Option<i64> {
        let place = self.find(commit)?;
        // A date of nothing is one that git could not read, or from before its time.
        self.layer(place)?.date(place).filter(|date| *date > 0)
    }
}

impl Repo {
    /// The commit-graph, where one is to be relied on: as git, none where a commit's past is more than its name says.
    pub(super) fn commit_graph(&self) -> Option<&CommitGraph> {
        let open = || {
            let is_off = self.settings().ok()?.is_on("core.commitgraph") == Some(false);
            let is_sure = !is_off && self.has_plain_history();
            is_sure.then(|| CommitGraph::open(self.object_folder(), self.object_format_digits() / 2))?
        };
        self.graph.0.get_or_init(open).as_ref()
    }

    /// For each of some tips, which of some commits it reaches, out of the commit-graph. Nothing where that cannot tell.
    pub(super) fn reached(&self, tips: &[CommitId], commits: &[CommitId]) -> Option<Vec<Vec<bool>>> {
        let graph = self.commit_graph()?;
        let read = |id: &CommitId| self.parents_of(id);
        let mut reached = vec![Vec::with_capacity(commits.len()); tips.len()];
        for some in commits.chunks(reach::MOST) {
            let masks = Reach::new(graph, &read, some)?.of_each(tips)?;
            for (reached, mask) in reached.iter_mut().zip(masks) {
                reached.extend((0..some.len()).map(|at| mask >> at & 1 == 1));
            }
        }
        Some(reached)
    }

    /// The commits that one reaches and another does not, itself first, where they are not more than so many. Nothing where
    /// the commit-graph cannot tell.
    pub(super) fn between(&self, from: &CommitId, to: &CommitId, most: usize) -> Option<Vec<CommitId>> {
        let (graph, read) = (self.commit_graph()?, |id: &CommitId| self.parents_of(id));
        // Whether a large commit-graph surely lacks a commit takes longer to see than git takes to list a few.
        let is_quick = |commit: &&CommitId| graph.count() < LARGE || graph.find(commit).is_some();
        [from, to].iter().all(is_quick).then_some(())?;
        between::between(Reach::new(graph, &read, &[*from, *to])?, from, to, most)
    }

    fn parents_of(&self, id: &CommitId) -> Option<Vec<CommitId>> {
        let commit = self.handle().and_then(|handle| handle.find_commit(id.object().to_git2())).ok()?;
        Some(commit.parent_ids().map(|id| CommitId::new(ObjectId::from_git2(id))).collect())
    }
}

#[cfg(test)]
mod between_tests;
#[cfg(test)]
pub(super) mod story_tests;
#[cfg(test)]
mod tests;
