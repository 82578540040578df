//! Writing links into a document, and taking them out, where it lives.

use std::cell::RefCell;

use super::{Named, Names};
use crate::archive::Entry;
use crate::commands::keep::{Keeping, Kept};
use crate::document::edit::{self, Edit};
use crate::document::{Document, Source, parse};
use crate::error::CliError;
use crate::model::{Link, Role};
use crate::session::Project;

/// What became of it.
pub(super) struct Outcome {
    pub(super) kept: Kept,
    /// The links that it was about.
    pub(super) about: Vec<Link>,
    /// Every link of the document by now.
    pub(super) links: Vec<Link>,
    pub(super) notes: Vec<String>,
}

/// Adds links.
///
/// # Errors
/// Where the document cannot be saved, or is a page that is only read.
pub(super) fn add(
    project: &Project,
    entry: &Entry,
    named: &[Named],
    no_commit: bool,
) -> Result<Outcome, CliError> {
    let links = RefCell::new(Vec::new());
    let kept = keeping(project, entry, "link", no_commit).keep(&[], |bytes| {
        let mut text = bytes.to_vec();
        for named in named {
            text = edited(project, entry, &text, |document| {
                edit::add_link(document, &project.vocabulary, &named.link)
            })?;
        }
        links.replace(read(project, entry, &text));
        Ok(text)
    })?;
    let notes = named.iter().flat_map(|named| named.notes.clone()).collect();
    let about = named.iter().map(|named| named.link.clone()).collect();
    Ok(Outcome { kept, about, links: links.into_inner(), notes })
}

/// Takes away the links that typed names mean: by what the row says, else by the commit that the name leads to.
///
/// # Errors
/// Where the document cannot be saved, or is a page that is only read.
pub(super) fn remove(
    project: &Project,
    entry: &Entry,
    names: &Names<'_>,
    wanted: &[(Option<Role>, &str)],
    no_commit: bool,
) -> Result<Outcome, CliError> {
    // A name is resolved once, and only where no row has it.
    let resolved: Vec<Option<String>> = wanted
        .iter()
        .map(|(_, typed)| {
            let is_said = entry.postmortem.links.iter().any(|link| says(link, typed));
            let found = if is_said { None } else { names.link(Role::Deploy, typed).ok() };
            found.map(|named| named.link.commit).filter(|commit| !commit.is_empty())
        })
        .collect();
    let is_meant = |link: &Link| {
        wanted.iter().zip(&resolved).any(|((role, typed), commit)| {
            role.is_none_or(|role| role == link.role)
                && (says(link, typed) || commit.as_ref().is_some_and(|commit| *commit == link.commit))
        })
    };
    let (gone, links) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let kept = keeping(project, entry, "unlink", no_commit).keep(&[], |bytes| {
        let mut text = bytes.to_vec();
        let meant: Vec<Link> =
            read(project, entry, &text).into_iter().filter(|link| is_meant(link)).collect();
        for link in &meant {
            text = edited(project, entry, &text, |document| edit::remove_link(document, link))?;
        }
        links.replace(read(project, entry, &text));
        gone.replace(meant);
        Ok(text)
    })?;
    let mut notes = Vec::new();
    if !kept.changed {
        let has: Vec<&str> = entry.postmortem.links.iter().map(|link| link.revision.as_str()).collect();
        notes.push(if has.is_empty() {
            "it has none".to_owned()
        } else {
            format!("it has {}", has.join(", "))
        });
    }
    Ok(Outcome { kept, about: gone.into_inner(), links: links.into_inner(), notes })
}

/// Whether a row says a typed name: its revision, or the first digits of its commit.
fn says(link: &Link, typed: &str) -> bool {
    let digits = typed.to_lowercase();
    link.revision == typed
        || (digits.len() >= 4 && link.range().is_none() && link.commit.starts_with(&digits))
}

fn keeping<'p>(project: &'p Project, entry: &'p Entry, verb: &'p str, no_commit: bool) -> Keeping<'p> {
    Keeping { project, entry, verb, strict: false, no_commit }
}

fn edited(
    project: &Project,
    entry: &Entry,
    bytes: &[u8],
    edits: impl FnOnce(&Document<'_>) -> Vec<Edit>,
) -> Result<Vec<u8>, CliError> {
    let document = parse(&Source { name: &entry.path, bytes }, &project.vocabulary);
    if document.is_html() {
        return Err(CliError::new(format!(
            "{} is a page of HTML, which is read and never edited",
            entry.path
        ))
        .hint("links can be kept in a document of markdown"));
    }
    let edits = edits(&document);
    if !document.spells(&edits) {
        let words = format!("{} has an encoding that lacks a character of this link", entry.path);
        return Err(CliError::new(words).hint("write the document anew as UTF-8 first"));
    }
    Ok(document.edited(bytes, &edits))
}

fn read(project: &Project, entry: &Entry, bytes: &[u8]) -> Vec<Link> {
    let document = parse(&Source { name: &entry.path, bytes }, &project.vocabulary);
    document.links().iter().map(|link| link.value.clone()).collect()
}
