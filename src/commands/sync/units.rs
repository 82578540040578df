//! Which draft of one side is which of the other.

use std::collections::BTreeMap;

use crate::archive::draft_name;
use crate::document::{Source, parse};
use crate::error::CliError;
use crate::git::{DraftTree, Sides};
use crate::model::PostmortemId;
use crate::session::Project;

/// One draft by its name on each side.
#[derive(Debug, Clone, Default)]
pub(super) struct Unit {
    pub(super) base: Option<String>,
    pub(super) ours: Option<String>,
    pub(super) theirs: Option<String>,
}

/// The names of drafts that a side has.
pub(super) fn stems(files: &DraftTree) -> impl Iterator<Item = &str> {
    files.keys().filter_map(|path| path.strip_suffix(".md")).filter(|stem| !stem.contains('/'))
}

/// Which draft of one side is which of the other: by its name, or by the one that it had when both last met.
pub(super) fn units(project: &Project, sides: &Sides) -> Result<Vec<Unit>, CliError> {
    let [base, ours, theirs] = &sides.files;
    let (our_names, their_names) = (renamed(project, base, ours)?, renamed(project, base, theirs)?);
    let find = |stem: &str, side: &DraftTree, renamed: &BTreeMap<String, String>| {
        let same = side.contains_key(&format!("{stem}.md")).then(|| stem.to_owned());
        same.or_else(|| renamed.get(stem).cloned())
    };
    let mut units: Vec<Unit> = stems(base)
        .map(|stem| Unit {
            base: Some(stem.to_owned()),
            ours: find(stem, ours, &our_names),
            theirs: find(stem, theirs, &their_names),
        })
        .collect();
    let is_free = |stem: &&str, of: fn(&Unit) -> Option<&String>, units: &[Unit]| {
        units.iter().all(|unit| of(unit).map(String::as_str) != Some(*stem))
    };
    let new_theirs: Vec<String> = stems(theirs)
        .filter(|stem| is_free(stem, |unit| unit.theirs.as_ref(), &units))
        .map(str::to_owned)
        .collect();
    let new_ours: Vec<String> = stems(ours)
        .filter(|stem| is_free(stem, |unit| unit.ours.as_ref(), &units))
        .map(str::to_owned)
        .collect();
    for stem in new_theirs.iter().chain(&new_ours) {
        let of = |side: &[String]| side.contains(stem).then(|| stem.clone());
        let unit = Unit { base: None, ours: of(&new_ours), theirs: of(&new_theirs) };
        if units
            .iter()
            .all(|known| known.base.is_some() || (&known.ours, &known.theirs) != (&unit.ours, &unit.theirs))
        {
            units.push(unit);
        }
    }
    Ok(units)
}

/// Drafts that a side gave another name: the old one, and the new.
fn renamed(
    project: &Project,
    base: &DraftTree,
    side: &DraftTree,
) -> Result<BTreeMap<String, String>, CliError> {
    let mut renamed = BTreeMap::new();
    if stems(base).all(|stem| side.contains_key(&format!("{stem}.md"))) {
        return Ok(renamed);
    }
    for stem in stems(side).filter(|stem| !base.contains_key(&format!("{stem}.md"))) {
        let path = format!("{stem}.md");
        let bytes = project.repo.read(&side[&path])?;
        let said = parse(&Source { name: &path, bytes: &bytes }, &project.vocabulary).into_postmortem();
        // It goes on from one of them; another was merged into it, and is gone.
        let names = said.formerly.iter().filter_map(|name| PostmortemId::new(&name.id).ok());
        let gone = |old: &String| {
            let path = format!("{old}.md");
            base.contains_key(&path) && !side.contains_key(&path) && !renamed.contains_key(old)
        };
        if let Some(old) = names.map(|old| draft_name(&old)).find(gone) {
            renamed.insert(old, stem.to_owned());
        }
    }
    Ok(renamed)
}
