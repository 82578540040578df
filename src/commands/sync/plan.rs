//! What both branches of drafts become together, draft by draft.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{Files, beside, pick, spare};
use super::told::{Told, What};
use super::units::{Unit, stems, units};
use crate::archive::draft_id;
use crate::commands::beside::follow;
use crate::document::edit::add_formerly;
use crate::document::merge::{Policy, Sides as Texts, merge};
use crate::document::{Source, parse};
use crate::error::CliError;
use crate::git::{DraftTree, ObjectId, Sides};
use crate::model::Former;
use crate::session::Project;

/// The outcome, before anything is written but blobs.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// What the joined branch holds.
    pub(super) files: DraftTree,
    /// What was decided.
    pub(super) told: Vec<Told>,
}

/// The names of both branches, as marks and messages call them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'n> {
    pub(super) ours: &'n str,
    pub(super) theirs: &'n str,
}

/// Joins what both sides hold.
///
/// # Errors
/// git's, where a text cannot be read or written.
pub(super) fn plan(project: &Project, sides: &Sides, names: Names<'_>) -> Result<Plan, CliError> {
    let mut planner = Planner { project, sides, names, plan: Plan::default(), reserved: BTreeSet::new() };
    let units = units(project, sides)?;
    for side in &sides.files {
        planner.reserved.extend(stems(side).map(str::to_owned));
    }
    let folders: BTreeSet<String> = planner.reserved.clone();
    for unit in &units {
        planner.unit(unit)?;
    }
    planner.loose(&folders);
    Ok(planner.plan)
}

struct Planner<'p> {
    project: &'p Project,
    sides: &'p Sides,
    names: Names<'p>,
    plan: Plan,
    /// Names of drafts that are in use.
    reserved: BTreeSet<String>,
}

impl Planner<'_> {
    fn unit(&mut self, unit: &Unit) -> Result<(), CliError> {
        let [base, ours, theirs] = &self.sides.files;
        let doc = |side: &DraftTree, stem: &Option<String>| {
            stem.as_ref().and_then(|stem| side.get(&format!("{stem}.md")).copied())
        };
        let (was, mine, other) = (doc(base, &unit.base), doc(ours, &unit.ours), doc(theirs, &unit.theirs));
        let any =
            [&unit.base, &unit.theirs, &unit.ours].into_iter().flatten().next().cloned().unwrap_or_default();
        let folder =
            |stem: &Option<String>| stem.clone().or(unit.base.clone()).unwrap_or_else(|| any.clone());
        let files = Files {
            base: beside(base, &folder(&unit.base)),
            ours: beside(ours, &folder(&unit.ours)),
            theirs: beside(theirs, &folder(&unit.theirs)),
        };
        let (ours_changed, theirs_changed) =
            (mine != was || files.ours != files.base, other != was || files.theirs != files.base);
        match (mine, other) {
            (None, None) => {}
            (Some(mine), None) if unit.base.is_none() => self.put(&folder(&unit.ours), mine, &files.ours),
            (None, Some(other)) if unit.base.is_none() => {
                self.put(&folder(&unit.theirs), other, &files.theirs);
            }
            (Some(mine), Some(other)) if unit.base.is_none() => {
                self.two_of_one_name(&any, (mine, &files.ours), (other, &files.theirs))?;
            }
            (None, Some(other)) if theirs_changed => {
                self.kept(&folder(&unit.theirs), What::KeptTheirs);
                self.put(&folder(&unit.theirs), other, &files.theirs);
            }
            (Some(mine), None) if ours_changed => {
                self.kept(&folder(&unit.ours), What::KeptOurs);
                self.put(&folder(&unit.ours), mine, &files.ours);
            }
            (None, Some(_)) | (Some(_), None) => {}
            (Some(mine), Some(other)) => {
                let stem = self.target(unit);
                let blob = self.text(unit, &stem, (was, mine, other))?;
                let together = self.files_of(&stem, &files);
                self.put(&stem, blob, &together);
            }
        }
        Ok(())
    }

    /// The name that a draft of both sides has: the new one, where one side gave it one; theirs, where both did.
    fn target(&mut self, unit: &Unit) -> String {
        let (base, ours, theirs) = (&unit.base, &unit.ours, &unit.theirs);
        let name = if theirs == base { ours } else { theirs };
        let name = name.clone().unwrap_or_default();
        let is_theirs = theirs.as_ref() == Some(&name);
        if is_theirs || !self.sides.files[2].contains_key(&format!("{name}.md")) {
            return name;
        }
        self.free(&name)
    }

    fn text(
        &mut self,
        unit: &Unit,
        stem: &str,
        (was, mine, other): (Option<ObjectId>, ObjectId, ObjectId),
    ) -> Result<ObjectId, CliError> {
        let repo = &self.project.repo;
        let both_named = unit.ours != unit.base && unit.theirs != unit.base && unit.ours != unit.theirs;
        if !both_named && (mine == other || Some(mine) == was) {
            return Ok(other);
        }
        if !both_named && Some(other) == was {
            return Ok(mine);
        }
        let name = format!("{stem}.md");
        let base = was.map(|was| repo.read(&was)).transpose()?.unwrap_or_default();
        let (ours, theirs) = (repo.read(&mine)?, repo.read(&other)?);
        let policy = Policy::Mark { ours: self.names.ours, theirs: self.names.theirs };
        let texts = Texts { name: &name, base: &base, ours: &ours, theirs: &theirs };
        let Some(merged) = merge(&texts, policy, &self.project.vocabulary) else {
            let spare = self.free(stem);
            self.tell(stem, What::Renamed(spare.clone()));
            self.put(&spare, mine, &BTreeMap::new());
            return Ok(other);
        };
        let mut bytes = merged.bytes;
        if let Some(old) = unit.ours.as_ref().filter(|_| both_named) {
            let document = parse(&Source { name: &name, bytes: &bytes }, &self.project.vocabulary);
            if let Ok(edits) = add_formerly(&document, &self.project.vocabulary, &[Former::renamed(old)]) {
                bytes = document.edited(&bytes, &edits);
            }
        }
        let what = if merged.conflicts.is_empty() { What::Joined } else { What::Conflict(merged.conflicts) };
        self.plan.told.push(Told { id: shown(stem), what, remarks: merged.remarks });
        Ok(repo.write_blob(&bytes)?)
    }

    /// The same name was given twice, to two texts that never were one: ours steps aside.
    fn two_of_one_name(
        &mut self,
        stem: &str,
        (mine, our_files): (ObjectId, &DraftTree),
        (other, their_files): (ObjectId, &DraftTree),
    ) -> Result<(), CliError> {
        let is_same =
            mine == other && our_files.iter().all(|(path, blob)| their_files.get(path) == Some(blob));
        self.put(stem, other, their_files);
        if is_same {
            return Ok(());
        }
        if mine == other {
            let files =
                Files { base: DraftTree::new(), ours: our_files.clone(), theirs: their_files.clone() };
            let together = self.files_of(stem, &files);
            self.put(stem, other, &together);
            return Ok(());
        }
        let spare = self.free(stem);
        self.tell(stem, What::Renamed(spare.clone()));
        let text = self.project.repo.read(&mine)?;
        let moved =
            follow((&format!("{stem}.md"), text), &self.project.vocabulary, (stem, &spare), str::to_owned);
        self.put(&spare, self.project.repo.write_blob(&moved)?, our_files);
        Ok(())
    }

    /// A name like one that is taken: `<id>-2`.
    fn free(&mut self, stem: &str) -> String {
        let names = (2_u32..).map(|number| format!("{stem}-{number}"));
        let free = names.into_iter().find(|name| !self.reserved.contains(name)).unwrap_or_default();
        self.reserved.insert(free.clone());
        free
    }

    fn put(&mut self, stem: &str, blob: ObjectId, files: &DraftTree) {
        self.plan.files.insert(format!("{stem}.md"), blob);
        let files = files.iter().map(|(rest, blob)| (format!("{stem}{rest}"), *blob));
        self.plan.files.extend(files);
    }

    /// What is attached on either side; of a file that both changed, both.
    fn files_of(&mut self, stem: &str, files: &Files) -> DraftTree {
        let (together, apart) = files.together();
        for (rest, spare) in apart {
            self.tell(
                stem,
                What::File {
                    name: rest.trim_start_matches('/').to_owned(),
                    spare: spare.trim_start_matches('/').to_owned(),
                },
            );
        }
        together
    }

    /// Files that belong to no draft.
    fn loose(&mut self, folders: &BTreeSet<String>) {
        let is_loose = |path: &String| {
            let top = path.split('/').next().unwrap_or(path);
            let is_draft =
                !path.contains('/') && path.strip_suffix(".md").is_some_and(|stem| !stem.is_empty());
            !(is_draft || path.contains('/') && folders.contains(top))
        };
        let of = |side: &DraftTree| -> DraftTree {
            side.iter().filter(|(path, _)| is_loose(path)).map(|(path, blob)| (path.clone(), *blob)).collect()
        };
        let [base, ours, theirs] = &self.sides.files;
        let (base, ours, theirs) = (of(base), of(ours), of(theirs));
        let paths: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        for path in paths {
            let (was, mine, other) =
                (base.get(path).copied(), ours.get(path).copied(), theirs.get(path).copied());
            match pick(was, mine, other) {
                Ok(Some(blob)) => drop(self.plan.files.insert(path.clone(), blob)),
                Ok(None) => {}
                Err((mine, other)) => {
                    let name = spare(path, |name| ours.contains_key(name) || theirs.contains_key(name));
                    self.plan.files.insert(path.clone(), other);
                    self.plan.files.insert(name.clone(), mine);
                    self.tell("", What::File { name: path.clone(), spare: name });
                }
            }
        }
    }

    fn kept(&mut self, stem: &str, what: What) {
        self.tell(stem, what);
    }

    fn tell(&mut self, stem: &str, what: What) {
        self.plan.told.push(Told { id: shown(stem), what, remarks: Vec::new() });
    }
}

/// The id of a draft of that name.
pub(super) fn shown(stem: &str) -> String {
    draft_id(stem).map_or_else(|| stem.to_owned(), |id| id.to_string())
}
