//! Reads documents, asks the rules about them, and hands on what was found: many at a time on all cores, and no more of
//! them in memory than that.

use super::around::{Around, Beside};
use super::ground::Ground;
use super::target::{Content, Meant, Target};
use crate::config::Config;
use crate::document::{Document, Purpose, Source, Vocabulary, parse, purpose};
use crate::error::CliError;
use crate::git::{ObjectId, Repo, is_binary, side_by_side};
use crate::lint::{self, Look, Rules, Surroundings};
use crate::model::Postmortem;
use crate::render::findings::FindingRow;
use crate::session::read_at;

/// Documents that are in memory together.
const TOGETHER: usize = 128;

/// What became of a document.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It was linted.
    Judged(Judged),
    /// It is none: a contents page or a template that nobody named.
    LeftOut,
    /// It could not be read, and why.
    Unread(String),
}

/// What was found in a document.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) findings: Vec<FindingRow>,
    /// The document mended, where that was asked for and something could be.
    pub(super) mended: Option<Box<Mended>>,
}

/// A document before and after.
#[derive(Debug)]
pub(super) struct Mended {
    pub(super) before: Vec<u8>,
    pub(super) after: Vec<u8>,
    pub(super) count: usize,
    /// What it was mended by, for a newer text of it.
    pub(super) around: Surroundings,
}

/// What documents are asked by.
pub(super) struct Judge<'p> {
    pub(super) rules: Rules,
    pub(super) config: &'p Config,
    pub(super) vocabulary: &'p Vocabulary,
    /// Whether what is mechanical is mended, and whether findings are then those that are left.
    pub(super) fix: Option<Left>,
}

/// Which findings are told where something is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Those that are left.
    After,
    /// Those that are there before.
    Before,
}

impl Judge<'_> {
    /// Asks about all that is meant and tells what became of each, in order, until nobody hears any more.
    ///
    /// # Errors
    /// git's, and the hearer's own.
    pub(super) fn each(
        &self,
        (ground, around): (&Ground, &Around<'_>),
        meant: &[Meant<'_>],
        mut tell: impl FnMut(&Target<'_>, Outcome) -> Result<bool, CliError>,
    ) -> Result<(), CliError> {
        let repo = ground.project().ok().map(|project| &project.repo);
        for batch in meant.chunks(TOGETHER) {
            let targets: Vec<Target<'_>> = batch.iter().map(|meant| ground.target(meant)).collect();
            let outcomes = self.batch(repo, around, &targets)?;
            for (target, outcome) in targets.iter().zip(outcomes) {
                if !tell(target, outcome)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn batch(
        &self,
        repo: Option<&Repo>,
        around: &Around<'_>,
        targets: &[Target<'_>],
    ) -> Result<Vec<Outcome>, CliError> {
        let contents = contents(repo, targets)?;
        let read: Vec<Option<(Document<'_>, Postmortem)>> = side_by_side(targets.len(), |at| {
            let bytes = contents[at].as_ref().ok()?;
            let document = parse(&Source { name: &targets[at].name, bytes }, self.vocabulary);
            let postmortem = document.postmortem();
            Some((document, postmortem))
        });
        let is_one = |at: &usize| {
            let Some((document, _)) = &read[*at] else { return false };
            targets[*at].is_named || purpose(&targets[*at].name, document) == Purpose::Postmortem
        };
        let asked: Vec<usize> = (0..targets.len()).filter(is_one).collect();
        let beside = asked.iter().filter_map(|at| {
            let (target, (_, postmortem)) = (&targets[*at], read[*at].as_ref()?);
            let id = target.of.names().map(|(id, _)| id);
            Some(Beside { file: &target.name, id, state: target.state, postmortem })
        });
        let around = around.of(&beside.collect::<Vec<_>>())?;
        let mut judged = side_by_side(asked.len(), |place| {
            let at = asked[place];
            let (document, postmortem) = read[at].as_ref()?;
            let bytes = contents[at].as_ref().ok()?;
            Some(self.one(&targets[at], bytes, (document, postmortem), &around[place]))
        })
        .into_iter();
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(targets.len());
        for (at, content) in contents.iter().enumerate() {
            outcomes.push(match content {
                Err(why) => Outcome::Unread(why.clone()),
                Ok(_) if asked.contains(&at) => match judged.next().flatten() {
                    Some(judged) => Outcome::Judged(judged),
                    None => Outcome::LeftOut,
                },
                Ok(_) => Outcome::LeftOut,
            });
        }
        Ok(outcomes)
    }

    fn one(
        &self,
        target: &Target<'_>,
        bytes: &[u8],
        (document, postmortem): (&Document<'_>, &Postmortem),
        around: &Surroundings,
    ) -> Judged {
        let rows = |document: &Document<'_>, postmortem: &Postmortem| -> Vec<FindingRow> {
            let look = Look::new(document, postmortem, self.vocabulary, self.config, around);
            FindingRow::all(&target.named, document, self.rules.check(&look))
        };
        let findings = rows(document, postmortem);
        let Some(left) = self.fix.filter(|_| findings.iter().any(|row| row.fixable)) else {
            return Judged { findings, mended: None };
        };
        let source = Source { name: &target.name, bytes };
        let fixed = lint::fix(&self.rules, &source, (self.vocabulary, self.config, around));
        if fixed.mended == 0 {
            return Judged { findings, mended: None };
        }
        let findings = match left {
            Left::Before => findings,
            Left::After => {
                let document = parse(&Source { name: &target.name, bytes: &fixed.bytes }, self.vocabulary);
                rows(&document, &document.postmortem())
            }
        };
        let (before, around) = (bytes.to_vec(), around.clone());
        let mended = Mended { before, after: fixed.bytes, count: fixed.mended, around };
        Judged { findings, mended: Some(Box::new(mended)) }
    }
}

/// The bytes of targets, each or why there are none.
fn contents(repo: Option<&Repo>, targets: &[Target<'_>]) -> Result<Vec<Result<Vec<u8>, String>>, CliError> {
    let blobs = targets.iter().enumerate().filter_map(|(at, target)| match target.content {
        Content::Blob(blob) => Some((at, blob)),
        _ => None,
    });
    let (places, blobs): (Vec<usize>, Vec<ObjectId>) = blobs.unzip();
    let mut contents: Vec<Result<Vec<u8>, String>> =
        side_by_side(targets.len(), |at| match &targets[at].content {
            Content::File(path) => {
                read_at(path).map_err(|error| cannot_read(&targets[at], &error.to_string()))
            }
            Content::Bytes(bytes) => Ok(bytes.clone()),
            Content::Blob(_) => Ok(Vec::new()),
        });
    if let Some(repo) = repo.filter(|_| !blobs.is_empty()) {
        let read = repo.map_blobs(&blobs, |_, bytes| bytes.to_vec())?;
        for (at, bytes) in places.into_iter().zip(read) {
            contents[at] = bytes.map_err(|error| cannot_read(&targets[at], &error.to_string()));
        }
    }
    for (target, content) in targets.iter().zip(&mut contents) {
        // Sixteen bits a character have noughts in them, and a mark in front that says so.
        let has_noughts = |bytes: &Vec<u8>| {
            is_binary(bytes) && !bytes.starts_with(&[0xff, 0xfe]) && !bytes.starts_with(&[0xfe, 0xff])
        };
        if content.as_ref().is_ok_and(has_noughts) {
            *content = Err(format!("{} is no text", target.named.shown));
        }
    }
    Ok(contents)
}

fn cannot_read(target: &Target<'_>, why: &str) -> String {
    // The system's number says nothing to people.
    let why = why.split(" (os error ").next().unwrap_or(why);
    format!("cannot read {}: {why}", target.named.shown)
}
