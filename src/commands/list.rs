//! `git postmortem list`: drafts, in review and published alike.

mod grep;
mod like;
mod told;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::archive::{Archive, Depth, Entry, Place, Reviews};
use crate::commands::linked::{self, Heard};
use crate::commands::{drafted, words};
use crate::error::{CliError, ExitStatus};
use crate::model::{Scale, State};
use crate::render::postmortems::{ActionCounts, PostmortemRow};
use crate::session::{Examine, Project, Session};

/// List the post-mortems: drafts, in review, published
///
/// Newest incident first. Filters add up; values of one filter are alternatives.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem list --state draft,in-review\n  git postmortem list --severity SEV-1,SEV-2 --since 2026-01-01\n  git postmortem list --grep \"connection pool\"\n  git postmortem list --like checkout-5xx\n  git postmortem list --for v2.3.1\n  git postmortem list --for src/checkout --json"
)]
pub struct ListArgs {
    /// Only those whose id or title has these words
    #[arg(value_name = "WORD")]
    pub words: Vec<String>,
    /// Only in these states: draft, in-review, published
    #[arg(long, value_enum, value_name = "STATE", value_delimiter = ',')]
    pub state: Vec<StateWord>,
    /// Only this grave
    #[arg(long, value_name = "SEV", value_delimiter = ',')]
    pub severity: Vec<String>,
    /// Only of these services
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub service: Vec<String>,
    /// Only of incidents since that day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Only those whose text has this, with the lines; any case unless it has a capital; several: all of them
    #[arg(long, value_name = "TEXT")]
    pub grep: Vec<String>,
    /// Those most like a post-mortem or a file (- is standard input), with the words and files in common
    #[arg(long, value_name = "ID|FILE", conflicts_with = "grep")]
    pub like: Option<String>,
    /// At most so many [default: all; 10 with --like]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Only those that a commit, a range, a tag or a path has to do with, and why
    #[arg(long = "for", value_name = "REV|RANGE|PATH", conflicts_with = "like")]
    pub about: Option<String>,
    /// The documents of another revision
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,
    /// As if it were the end of that day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub as_of: Option<String>,
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    pub format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

/// A state that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StateWord {
    /// On the branch of drafts
    Draft,
    /// A draft that a review branch holds too
    #[value(alias = "review")]
    InReview,
    /// In the examined revision
    Published,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// One object, see docs/schema
    Json,
}

/// Lists post-mortems.
///
/// # Errors
/// A repository, configuration or argument that cannot be read.
pub fn run(session: &Session, args: &ListArgs) -> Result<ExitStatus, CliError> {
    let as_of = args.as_of.as_deref().map(|day| words::day(session, day)).transpose()?;
    let since = args.since.as_deref().map(|day| words::day(session, day)).transpose()?;
    let examine = Examine { rev: args.rev.clone(), as_of, ..Examine::default() };
    // git works at the question while the documents are read.
    let (project, heard) = Heard::open(session, args.about.as_deref(), &examine)?;
    let is_json = args.json || args.format == Format::Json;
    let (mut archive, found) = match &args.about {
        None => (project.load(&linked::present(&project))?, None),
        Some(typed) => {
            // A table of reasons has no promises.
            let (archive, found) = linked::answer(session, &project, typed, heard, is_json)?;
            (archive, Some(found))
        }
    };
    // Asked for at prompts, reasons do without the history of promises; it is kept, and so read of all documents.
    if found.as_ref().is_none_or(|found| is_json && !found.is_empty()) {
        project.settle(&mut archive, Depth::Words, None, Some(&session.ui))?;
    }
    let reasons = found.map(|found| linked::keep(&mut archive, found));
    let drafts: Vec<&Entry> =
        archive.entries.iter().filter(|entry| matches!(entry.place, Place::Draft { .. })).collect();
    let reviewed = project.reviews(&drafts)?;
    let scale = project.config.severity_scale();
    let severities = severities(args, &scale)?;
    let mut listed: Vec<Listed<'_>> = Vec::new();
    for (at, entry) in archive.entries.iter().enumerate() {
        let mut row = row(entry, &reviewed, &archive, (&scale, project.today));
        row.reasons = reasons.as_ref().map(|reasons| reasons[at].clone());
        let ranks = entry.postmortem.severity.as_ref().and_then(|severity| severity.rank);
        let chosen = (args.state.is_empty() || args.state.iter().any(|word| is(*word, row.state)))
            && (severities.is_empty() || ranks.is_some_and(|rank| severities.contains(&rank)))
            && (args.service.is_empty()
                || args.service.iter().any(|name| same(row.service.as_deref(), name)))
            && since.is_none_or(|since| row.date.is_some_and(|date| date >= since))
            && args.words.iter().all(|word| says(&row, word));
        if chosen {
            listed.push(Listed { entry, row });
        }
    }
    let notes = search(session, args, &project, (&archive, &mut listed))?;
    let rows: Vec<PostmortemRow> = listed.into_iter().map(|listed| listed.row).collect();
    told::print(session, args, &rows, (&archive, &notes))?;
    drafted::hint_at_diverged(session, &project, &archive.entries)?;
    Ok(ExitStatus::Done)
}

/// A post-mortem that is listed.
struct Listed<'a> {
    entry: &'a Entry,
    row: PostmortemRow,
}

/// Looks into the documents where that is asked for, and keeps as many as are wanted.
fn search<'a>(
    session: &Session,
    args: &ListArgs,
    project: &Project,
    (archive, listed): (&'a Archive, &mut Vec<Listed<'a>>),
) -> Result<Vec<String>, CliError> {
    let notes = match &args.like {
        Some(typed) => like::narrow(session, project, (typed, &archive.entries), listed)?,
        None if args.grep.is_empty() => Vec::new(),
        None => grep::narrow(project, &args.grep, listed)?,
    };
    let most = args.limit.or(args.like.as_ref().map(|_| 10));
    listed.truncate(most.unwrap_or(usize::MAX));
    Ok(notes)
}

fn severities(args: &ListArgs, scale: &Scale) -> Result<Vec<u8>, CliError> {
    let rank = |word: &String| {
        scale.rank(word).ok_or_else(|| {
            CliError::new(format!("'{word}' is no severity"))
                .hint(format!("there are {}", scale.levels().join(", ")))
        })
    };
    args.severity.iter().map(rank).collect()
}

/// A post-mortem as it is listed, by the team's scale and on a day.
pub(super) fn row(
    entry: &Entry,
    reviews: &Reviews,
    archive: &Archive,
    (scale, today): (&Scale, NaiveDate),
) -> PostmortemRow {
    let postmortem = &entry.postmortem;
    let (private, remote, diverged) = match &entry.place {
        Place::Draft { private, remote, diverged, .. } => (*private, *remote, diverged.as_ref()),
        Place::Tree | Place::Branch(_) => (false, false, None),
    };
    let is_draft = matches!(entry.place, Place::Draft { .. });
    let branch = reviews.of(&entry.id).first().filter(|_| is_draft);
    let copies = archive.ignored.iter().filter(|copy| copy.id == entry.id && copy.differs);
    let mut notes: Vec<String> =
        copies.map(|copy| format!("also {} with other content", copy.place)).collect();
    notes.extend(remote.then(|| "only on the remote".to_owned()));
    if is_draft {
        notes.extend(reviews.remark(&entry.id));
        notes.extend(reviews.landed(&entry.id).map(|branch| format!("{branch} has it already")));
    }
    notes.extend(diverged.map(|name| format!("another text on {name}")));
    PostmortemRow {
        id: entry.name(),
        title: entry.title().to_owned(),
        state: entry.state(branch.is_some()),
        severity: postmortem.severity.as_ref().map(|severity| scale.label(severity).to_owned()),
        date: postmortem.date,
        kind: postmortem.kind,
        service: postmortem.service.clone(),
        duration_minutes: postmortem.duration_minutes,
        authors: postmortem.authors.clone(),
        reviewers: postmortem.reviewers.clone(),
        path: entry.path.clone(),
        branch: branch.map(|review| review.branch.clone()),
        private,
        notes,
        reasons: None,
        actions: ActionCounts {
            total: postmortem.actions.len(),
            open: postmortem.actions.iter().filter(|action| action.status.is_owed()).count(),
            overdue: postmortem.actions.iter().filter(|action| action.is_overdue(today)).count(),
        },
        matches: None,
        likeness: None,
    }
}

fn is(word: StateWord, state: State) -> bool {
    match word {
        StateWord::Draft => state == State::Draft,
        StateWord::InReview => state == State::InReview,
        StateWord::Published => state == State::Published,
    }
}

fn same(service: Option<&str>, name: &str) -> bool {
    service.is_some_and(|service| service.trim().eq_ignore_ascii_case(name.trim()))
}

fn says(row: &PostmortemRow, word: &str) -> bool {
    let word = word.to_lowercase();
    row.id.to_lowercase().contains(&word) || row.title.to_lowercase().contains(&word)
}
