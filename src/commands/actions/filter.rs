//! Which items are asked for, and in which order: pure over what was read.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::arguments::{ActionsArgs, Field, Sort, StatusWord};
use crate::archive::{Entry, Standing, tracker};
use crate::commands::words;
use crate::config::{Config, fold_owner};
use crate::error::CliError;
use crate::model::{ActionItem, Grade, Promise, Scale, Status};
use crate::promise::Tracker;

/// One item with the document that holds it.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub(super) entry: &'a Entry,
    pub(super) action: &'a ActionItem,
    pub(super) promise: Promise,
    /// Where its history says that it stands, as far as that was asked.
    pub(super) standing: Option<&'a Standing>,
    /// Only its issue tracker knows.
    pub(super) tracked: bool,
    /// Why it looks forgotten, where that is asked.
    pub(super) stale: Option<String>,
    /// Why it stands where it stands, where items are ranked.
    pub(super) reason: Option<String>,
    /// Promises of other documents that say the same, where items are ranked.
    pub(super) recurs: Vec<String>,
}

/// What an item must be to be listed; empty lists ask nothing.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    today: NaiveDate,
    overdue: bool,
    slipped: bool,
    due_by: Option<NaiveDate>,
    owners: Vec<String>,
    priorities: Vec<String>,
    severities: Vec<String>,
    services: Vec<String>,
    statuses: Vec<StatusWord>,
    since: Option<NaiveDate>,
    missing: Vec<Field>,
    priority: Scale,
    severity: Scale,
    tracker: Tracker,
}

/// The days and names behind typed words.
pub(super) struct Meant {
    pub(super) due_by: Option<NaiveDate>,
    pub(super) since: Option<NaiveDate>,
    /// Every spelling of every owner asked for, folded.
    pub(super) owners: Vec<String>,
}

impl Filter {
    pub(super) fn new(args: &ActionsArgs, meant: Meant, config: &Config, today: NaiveDate) -> Self {
        Self {
            today,
            overdue: args.overdue,
            slipped: args.slipped,
            due_by: meant.due_by,
            owners: meant.owners,
            priorities: args.priority.clone(),
            severities: args.severity.clone(),
            services: args.service.clone(),
            statuses: args.status.clone(),
            since: meant.since,
            missing: args.missing.clone(),
            priority: config.priority_scale(),
            severity: config.severity_scale(),
            tracker: tracker(config),
        }
    }

    /// Where nothing but the day tells what is asked for from what is owed: the same for all that is owed.
    pub(super) fn without_day(&self) -> Option<Self> {
        let is_late = (self.overdue && self.statuses.is_empty()) || self.statuses == [StatusWord::Overdue];
        (is_late && self.due_by.is_none()).then(|| Self {
            overdue: false,
            statuses: Vec::new(),
            ..self.clone()
        })
    }

    /// Whether each severity and priority asked for is on the scale or at least written somewhere: a word that
    /// cannot fit anything must not read as "nothing is open".
    ///
    /// # Errors
    /// The first word that is neither.
    pub(super) fn check(&self, entries: &[&Entry]) -> Result<(), CliError> {
        let severities = || entries.iter().filter_map(|entry| entry.postmortem.severity.as_ref());
        let actions = || entries.iter().flat_map(|entry| &entry.postmortem.actions);
        let written = |grade: &Grade, word: &String| grade.written.eq_ignore_ascii_case(word);
        let severity = |word: &&String| {
            self.severity.rank(word).is_none() && !severities().any(|grade| written(grade, word))
        };
        let priority = |word: &&String| {
            self.priority.rank(word).is_none()
                && !actions().filter_map(|action| action.priority.as_ref()).any(|grade| written(grade, word))
        };
        if let Some(word) = self.severities.iter().find(severity) {
            return Err(words::no_level("severity", word, &self.severity));
        }
        match self.priorities.iter().find(priority) {
            Some(word) => Err(words::no_level("priority", word, &self.priority)),
            None => Ok(()),
        }
    }

    /// The items of the entries that are asked for.
    pub(super) fn rows<'a>(&self, entries: &[&'a Entry]) -> Vec<Row<'a>> {
        // A document owes about one: to move what was found to larger and larger rooms takes longer than finding it.
        let mut rows = Vec::with_capacity(entries.len());
        for entry in entries.iter().filter(|entry| self.wants_document(entry)) {
            for action in &entry.postmortem.actions {
                let standing = entry.standing(&action.label);
                let tracked = self.tracker.tracks(action);
                let row = Row {
                    entry,
                    action,
                    promise: action.promise(self.today),
                    standing,
                    tracked,
                    stale: None,
                    reason: None,
                    recurs: Vec::new(),
                };
                if self.wants(&row) {
                    rows.push(row);
                }
            }
        }
        rows
    }

    /// The typed states that can be among what is asked for, where not all can.
    pub(super) fn statuses(words: &[StatusWord]) -> Option<Vec<Status>> {
        let owed = [Status::Open, Status::Doing];
        let mut statuses = Vec::new();
        for word in words {
            match word {
                StatusWord::All => return None,
                StatusWord::Overdue | StatusWord::Tracked => statuses.extend(owed),
                StatusWord::Released | StatusWord::Unreleased => statuses.push(Status::Done),
                word => statuses.extend(Status::ALL.into_iter().filter(|is| is_typed(*word, *is))),
            }
        }
        Some(if words.is_empty() { owed.to_vec() } else { statuses })
    }

    fn wants_document(&self, entry: &Entry) -> bool {
        let postmortem = &entry.postmortem;
        let severity = self.severities.is_empty()
            || postmortem.severity.as_ref().is_some_and(|is| graded(&self.severity, &self.severities, is));
        let service = self.services.is_empty()
            || postmortem.service.as_ref().is_some_and(|is| {
                self.services
                    .iter()
                    .any(|wanted| is.split(',').any(|one| one.trim().eq_ignore_ascii_case(wanted)))
            });
        let since = self.since.is_none_or(|day| postmortem.date.is_some_and(|date| date >= day));
        severity && service && since
    }

    fn wants(&self, row: &Row<'_>) -> bool {
        let action = row.action;
        let late = matches!(row.promise, Promise::Overdue(_));
        let status = match self.statuses.as_slice() {
            [] => action.status.is_owed(),
            words => words.iter().any(|word| has_status(*word, row)),
        };
        let due = self.due_by.is_none_or(|day| action.due.is_some_and(|due| due <= day));
        let owner = self.owners.is_empty()
            || action.owner.as_ref().is_some_and(|is| owners(is).any(|one| self.owners.contains(&one)));
        let priority = self.priorities.is_empty()
            || action.priority.as_ref().is_some_and(|is| graded(&self.priority, &self.priorities, is));
        let missing = self.missing.is_empty() || self.missing.iter().any(|field| lacks(action, *field));
        let slipped = || row.standing.is_some_and(|standing| !standing.put_off.is_empty());
        status
            && (!self.overdue || late)
            && (!self.slipped || slipped())
            && due
            && owner
            && priority
            && missing
    }
}

/// Whether a row is in a state. What is released or not only history tells: of a draft neither is said.
fn has_status(word: StatusWord, row: &Row<'_>) -> bool {
    let release =
        row.standing.filter(|_| row.action.status == Status::Done).map(|it| it.released_in.is_some());
    match word {
        StatusWord::Overdue => matches!(row.promise, Promise::Overdue(_)),
        StatusWord::Released => release == Some(true),
        StatusWord::Unreleased => release == Some(false),
        StatusWord::Tracked => row.tracked,
        StatusWord::All => true,
        typed => is_typed(typed, row.action.status),
    }
}

/// Whether a word is that of a typed status.
fn is_typed(word: StatusWord, status: Status) -> bool {
    match status {
        Status::Proposed => word == StatusWord::Proposed,
        Status::Open => word == StatusWord::Open,
        Status::Doing => word == StatusWord::Doing,
        Status::Done => word == StatusWord::Done,
        Status::Cancelled => word == StatusWord::Cancelled,
    }
}

fn lacks(action: &ActionItem, field: Field) -> bool {
    match field {
        Field::Owner => action.owner.is_none(),
        Field::Due => action.due.is_none(),
        Field::Priority => action.priority.is_none(),
        Field::Effort => action.effort.is_none(),
    }
}

/// Whether a grade is one of the wanted words: by rank where the scale knows both, else by spelling.
fn graded(scale: &Scale, wanted: &[String], is: &Grade) -> bool {
    wanted.iter().any(|word| match (scale.rank(word), is.rank) {
        (Some(wanted), Some(rank)) => wanted == rank,
        _ => is.written.eq_ignore_ascii_case(word),
    })
}

/// The single owners of a cell, folded: `@Ana, @acme/platform` are two, and the second also goes by its parts.
pub(super) fn owners(cell: &str) -> impl Iterator<Item = String> {
    let each = cell.split([',', ';', '&', '+']);
    let names = each.flat_map(|one| std::iter::once(one).chain(one.split('/')));
    names.map(fold_owner).filter(|owner| !owner.is_empty())
}

/// Sorts rows; equal ones stay in the order of documents and items.
pub(super) fn sort(rows: &mut [Row<'_>], by: Sort) {
    match by {
        // The usual order, of all rows there are: each is asked once.
        Sort::Due => rows.sort_by_cached_key(|row| {
            let (due, priority) = (row.action.due, rank_of(row.action.priority.as_ref()));
            (due.is_none(), due, priority.is_none(), priority)
        }),
        Sort::Priority => rows.sort_by(|a, b| priority(a, b).then_with(|| due(a, b))),
        Sort::Severity => rows.sort_by(|a, b| severity(a, b).then_with(|| due(a, b))),
        Sort::Owner => rows.sort_by(|a, b| owner(a, b).then_with(|| due(a, b))),
        Sort::Effort => rows.sort_by(|a, b| effort(a, b).then_with(|| due(a, b))),
        Sort::Postmortem => {}
    }
}

fn due(a: &Row<'_>, b: &Row<'_>) -> Ordering {
    last_if_none(a.action.due, b.action.due)
}

fn priority(a: &Row<'_>, b: &Row<'_>) -> Ordering {
    last_if_none(rank_of(a.action.priority.as_ref()), rank_of(b.action.priority.as_ref()))
}

fn severity(a: &Row<'_>, b: &Row<'_>) -> Ordering {
    let severity = |row: &Row<'_>| rank_of(row.entry.postmortem.severity.as_ref());
    last_if_none(severity(a), severity(b))
}

fn owner(a: &Row<'_>, b: &Row<'_>) -> Ordering {
    let name = |row: &Row<'_>| row.action.owner.as_deref().map(fold_owner);
    last_if_none(name(a), name(b))
}

fn effort(a: &Row<'_>, b: &Row<'_>) -> Ordering {
    last_if_none(a.action.effort, b.action.effort)
}

fn rank_of(grade: Option<&Grade>) -> Option<u8> {
    grade.map(|grade| grade.rank.unwrap_or(u8::MAX))
}

fn last_if_none<T: Ord>(a: Option<T>, b: Option<T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
