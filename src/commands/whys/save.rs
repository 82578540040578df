//! Putting answers into the document, with the factor and the action item that follow from the last one.

use std::cell::RefCell;

use crate::archive::Entry;
use crate::commands::actions::verbs;
use crate::commands::keep::{Keeping, Kept};
use crate::commands::languages::Languages;
use crate::document::edit::{EditError, ItemChange, add_point, set_whys, whys_said};
use crate::document::{Document, Source, parse};
use crate::error::CliError;
use crate::model::SectionKind;
use crate::render::clean;
use crate::session::Project;

/// What is to be done.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// Which chain, from nought.
    pub(super) chain: usize,
    /// How many whys stay; without it all do, and what the chain ends with is not said twice.
    pub(super) from: Option<usize>,
    pub(super) whys: Vec<String>,
    pub(super) factor: bool,
    pub(super) action: Option<ItemChange>,
}

/// What became of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Saved {
    /// None where nothing was to be kept.
    pub(super) kept: Option<Kept>,
    /// Whether anything was changed, at whichever of several times.
    pub(super) changed: bool,
    /// The chain by now.
    pub(super) whys: Vec<String>,
    pub(super) factor: Option<String>,
    /// The label and text of the action item.
    pub(super) action: Option<(String, String)>,
    /// Somebody stopped before the end.
    pub(super) stopped: bool,
}

impl Plan {
    pub(super) fn is_empty(&self) -> bool {
        self.whys.is_empty() && !self.factor && self.action.is_none()
    }

    /// The chain as it shall be.
    fn chain(&self, known: Vec<String>) -> Result<Vec<String>, CliError> {
        let same = |a: &[String], b: &[String]| a.iter().zip(b).all(|(a, b)| folded(a) == folded(b));
        let (keep, said) = match self.from {
            Some(from) if from > known.len() => {
                return Err(CliError::new(format!(
                    "the chain has {} whys, and --from is {}",
                    known.len(),
                    from + 1
                ))
                .hint(format!("--from {} goes on behind the last", known.len() + 1)));
            }
            // Nothing said takes nothing away.
            Some(from) if !self.whys.is_empty() => (from, 0),
            _ => {
                let most = known.len().min(self.whys.len());
                let shared =
                    (0..=most).rev().find(|count| same(&known[known.len() - count..], &self.whys[..*count]));
                (known.len(), shared.unwrap_or(0))
            }
        };
        let mut chain = known;
        chain.truncate(keep);
        chain.extend(self.whys[said..].iter().cloned());
        Ok(chain)
    }
}

fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Reads a document.
pub(super) fn read<'d>(project: &Project, entry: &'d Entry, bytes: &'d [u8]) -> Document<'d> {
    parse(&Source { name: &entry.path, bytes }, &project.vocabulary)
}

/// The chain that a document has.
pub(super) fn chain_of(project: &Project, entry: &Entry, bytes: &[u8], chain: usize) -> Vec<String> {
    whys_said(&read(project, entry, bytes), chain)
}

/// Saves it, on whatever text is newest.
///
/// # Errors
/// A page of HTML, a chain that is no list, what would not read back; where it cannot be saved.
pub(super) fn save(keeping: &Keeping<'_>, plan: &Plan) -> Result<Saved, CliError> {
    let last = RefCell::new(Saved::default());
    let kept = keeping.keep(&[], |bytes| {
        let (new, saved) = changed(keeping.project, keeping.entry, plan, bytes)?;
        last.replace(saved);
        Ok(new)
    })?;
    Ok(Saved { changed: kept.changed, kept: Some(kept), ..last.into_inner() })
}

fn changed(
    project: &Project,
    entry: &Entry,
    plan: &Plan,
    bytes: &[u8],
) -> Result<(Vec<u8>, Saved), CliError> {
    let document = read(project, entry, bytes);
    if document.is_html() {
        return Err(CliError::new(format!(
            "{} is a page of HTML, which is read and never edited",
            clean(&entry.path)
        ))
        .hint(format!("git postmortem adopt --twin {} prints it as markdown", clean(&entry.path))));
    }
    let mut languages = Languages::new(&project.vocabulary);
    let names = languages.names(document.language());
    let chain = plan.chain(whys_said(&document, plan.chain))?;
    let refused = |error| refused(entry, &error);
    let mut new =
        edited(entry, bytes, &document, &set_whys(&document, names, plan.chain, &chain).map_err(refused)?)?;
    let mut saved = Saved { whys: chain, ..Saved::default() };
    if plan.factor {
        let why = saved.whys.last().ok_or_else(|| {
            CliError::new("there is no why yet that could be a factor").hint("--why \"…\" says one")
        })?;
        let document = read(project, entry, &new);
        let kind = SectionKind::ContributingFactors;
        let edits = add_point(&document, names, kind, answer(why)).map_err(refused)?;
        saved.factor = Some(answer(why).to_owned());
        new = edited(entry, &new, &document, &edits)?;
    }
    if let Some(action) = &plan.action {
        let (made, item) = verbs::with_item(project, entry, &new, action)?;
        saved.action = Some((item.label, item.text));
        new = made;
    }
    Ok((new, saved))
}

/// What answers a why that asks its question too.
fn answer(why: &str) -> &str {
    let answer = why.rsplit(['?', '？']).next().unwrap_or(why).trim();
    if answer.chars().any(char::is_alphanumeric) { answer } else { why }
}

fn edited(
    entry: &Entry,
    bytes: &[u8],
    document: &Document<'_>,
    edits: &[crate::document::edit::Edit],
) -> Result<Vec<u8>, CliError> {
    if !document.spells(edits) {
        return Err(CliError::new(format!(
            "{} is in {}, which lacks a character of what is to be written",
            clean(&entry.path),
            document.encoding()
        ))
        .hint("convert it to UTF-8 first"));
    }
    Ok(document.edited(bytes, edits))
}

fn refused(entry: &Entry, error: &EditError) -> CliError {
    CliError::new(format!("{}: {error}", entry.id))
        .because("nothing was written")
        .hint(format!("git postmortem edit {} -e", entry.id.short()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(known: &[&str], whys: &[&str], from: Option<usize>) -> Result<Vec<String>, String> {
        let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let plan = Plan { whys: own(whys), from, ..Plan::default() };
        plan.chain(own(known)).map_err(|error| error.message)
    }

    #[test]
    fn what_the_chain_ends_with_is_not_said_twice() {
        for (known, whys, after) in [
            (&["a", "b"][..], &["c"][..], &["a", "b", "c"][..]),
            (&["a", "b"], &["a", "b", "c"], &["a", "b", "c"]),
            (&["a", "B."], &["b", "c"], &["a", "B.", "c"]),
            (&["a", "b"], &["b"], &["a", "b"]),
            (&["a", "b"], &["a"], &["a", "b", "a"]),
            (&[], &["a"], &["a"]),
        ] {
            assert_eq!(chain(known, whys, None).unwrap(), after, "{known:?} {whys:?}");
        }
    }

    #[test]
    fn from_says_the_rest_anew() {
        assert_eq!(chain(&["a", "b", "c"], &["x"], Some(1)).unwrap(), ["a", "x"]);
        assert_eq!(chain(&["a"], &["x"], Some(1)).unwrap(), ["a", "x"]);
        assert_eq!(chain(&["a", "b"], &[], Some(1)).unwrap(), ["a", "b"]);
        assert!(chain(&["a"], &["x"], Some(2)).unwrap_err().contains("has 1 whys"));
    }

    #[test]
    fn the_answer_is_what_follows_the_question() {
        assert_eq!(answer("Why did it fail? The pool ran dry."), "The pool ran dry.");
        assert_eq!(answer("The pool ran dry."), "The pool ran dry.");
        assert_eq!(answer("Why?"), "Why?");
    }
}
