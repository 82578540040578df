//! Keeps what was mended: drafts on their branch, published documents and other files where they lie, uncommitted.

use std::borrow::Cow;
use std::path::Path;

use super::judge::{Judge, Mended};
use super::target::{Content, Of, Target};
use crate::archive::{Entry, Place};
use crate::commands::keep::Keeping;
use crate::document::{Source, text_of};
use crate::error::CliError;
use crate::lint;
use crate::render::clean;
use crate::session::{Project, write_at};

/// Writes a mended document; hands back where, in words.
///
/// # Errors
/// A document that changed meanwhile or cannot be written; git's.
pub(super) fn keep(
    project: Option<&Project>,
    judge: &Judge<'_>,
    target: &Target<'_>,
    mended: &Mended,
) -> Result<String, CliError> {
    if let Content::File(path) = &target.content {
        writable(path, target, project)?;
    }
    let own = match &target.of {
        Of::None => None,
        Of::Entry(entry) => Some(Cow::Borrowed(&**entry)),
        Of::Page(page) => page.entry().map(Cow::Owned),
    };
    match (&target.content, own, project) {
        (Content::Bytes(_), ..) => Ok("not written: it came from standard input".to_owned()),
        (_, Some(entry), Some(project)) => kept(project, judge, target, mended, &entry),
        (Content::File(path), ..) => {
            file(path, target, mended)?;
            Ok(format!("{}   not committed", clean(&target.named.shown)))
        }
        (Content::Blob(_), ..) => Err(CliError::new(format!("{} is in no file", target.named.shown))),
    }
}

fn kept(
    project: &Project,
    judge: &Judge<'_>,
    target: &Target<'_>,
    mended: &Mended,
    entry: &Entry,
) -> Result<String, CliError> {
    if entry.place == Place::Tree && project.repo.work_tree().is_none() {
        return Err(crate::git::Error::Bare.into());
    }
    let keeping = Keeping { project, entry, verb: "lint", strict: false, no_commit: true };
    let kept = keeping.keep(&[], |bytes| {
        if bytes == mended.before {
            return Ok(mended.after.clone());
        }
        // Somebody has written meanwhile: what is mechanical is mended in what they wrote.
        let source = Source { name: &target.name, bytes };
        Ok(lint::fix(&judge.rules, &source, (judge.vocabulary, judge.config, &mended.around)).bytes)
    })?;
    let is_draft = matches!(entry.place, Place::Draft { .. });
    Ok(if is_draft { format!("{}   {}", target.named.shown, kept.place) } else { kept.place })
}

/// A file that git does not keep for us: whole, and only over the text that was read.
fn file(path: &Path, target: &Target<'_>, mended: &Mended) -> Result<(), CliError> {
    let failed = |error: std::io::Error| {
        CliError::new(format!("cannot write {}", target.named.shown)).because(error.to_string())
    };
    if std::fs::read(path).map_err(failed)? != mended.before {
        return Err(CliError::new(format!("{} changed meanwhile", target.named.shown))
            .hint("nothing was overwritten; run it again"));
    }
    write_at(path, &mended.after).map_err(failed)
}

/// What nobody meant to be written: behind a link to elsewhere, or guarded against writing.
fn writable(path: &Path, target: &Target<'_>, project: Option<&Project>) -> Result<(), CliError> {
    let shown = &target.named.shown;
    let top = project.and_then(|project| project.repo.work_tree()?.canonicalize().ok());
    let folder = || path.parent().and_then(|folder| folder.canonicalize().ok());
    let is_link = path.symlink_metadata().is_ok_and(|data| data.is_symlink());
    if is_link
        && let (Ok(real), Some(home)) = (path.canonicalize(), top.or_else(folder))
        && !real.starts_with(&home)
    {
        return Err(CliError::new(format!(
            "{shown} is a link to {}, which is not mended through it",
            real.display()
        ))
        .hint(format!("git postmortem lint --fix {} mends that file", real.display())));
    }
    if path.metadata().is_ok_and(|data| data.permissions().readonly()) {
        return Err(CliError::new(format!("{shown} is read-only, and nothing was written"))
            .hint(format!("chmod u+w {shown} allows it")));
    }
    Ok(())
}

/// What would change, line by line.
pub(super) fn difference(target: &Target<'_>, mended: &Mended) -> String {
    let (before, after) = (text_of(&mended.before), text_of(&mended.after));
    crate::render::difference(&target.named.file, &before, &after)
}
