//! `git postmortem new`: a draft in one line, without an editor and without touching the work tree.

mod compose;
mod deploys;
mod links;
mod times;

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use clap::{Args, ValueEnum};

use crate::archive::{Archive, Entry, Place, Reviews};
use crate::commands::deployed::Detected;
use crate::commands::edit::{self, EditArgs};
use crate::commands::{drafted, link, lint, list, naming, subject, words};
use crate::config::{MessageParts, OutputParts, PathError};
use crate::error::{CliError, ExitStatus};
use crate::git::{Drafts, Error};
use crate::model::{Kind, PostmortemId, Role, slug_of};
use crate::render::{clean, json};
use crate::session::{Project, Session};

use compose::Brief;
use times::Times;

/// Drafts of the same day that are named before "and N more".
const SAME_DAY: usize = 3;

/// Begin a draft
///
/// The words of the title need no quotes. The draft is saved on the drafts branch: nothing is checked out, and no
/// editor opens without -e. Times are local unless they end in Z or an offset; what is stored is UTC.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem new Checkout returns 5xx -s SEV-2 --start 02:41 --end 03:12\n  git postmortem new API down --deploy v2.3.1 --fix 3f9c2e1 --template brief\n  some-bot | git postmortem new Queue stuck -F -"
)]
pub struct NewArgs {
    /// What happened, in a few words
    #[arg(value_name = "TITLE", required = true)]
    pub title: Vec<String>,
    /// How grave: SEV-2, or 2
    #[arg(short, long, value_name = "SEV")]
    pub severity: Option<String>,
    /// The day of the incident (default: of its start, else today)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub date: Option<String>,
    /// When users began to feel it
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub start: Option<String>,
    /// When it was over; +40m counts from the start
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub end: Option<String>,
    /// Whether it happened, or nearly
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<KindWord>,
    /// The service that it is about
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// The tag, commit or range that was live; 'auto' looks for it, 'none' does not [default: auto, where there are
    /// release tags or imported deploys]
    #[arg(long, value_name = "REV|RANGE")]
    pub deploy: Vec<String>,
    /// The commit that mended it
    #[arg(long, value_name = "REV|RANGE")]
    pub fix: Vec<String>,
    /// Who writes (default: you)
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub author: Vec<String>,
    /// Who will review
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub reviewer: Vec<String>,
    /// Its key in another system, for the file's name
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// The template: full, brief, or one of your own
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
    /// Keep it off every push
    #[arg(long)]
    pub private: bool,
    /// Take the text from a file, '-' for standard input
    #[arg(short = 'F', long, value_name = "FILE", conflicts_with = "template")]
    pub file: Option<PathBuf>,
    /// Open the editor on it
    #[arg(short, long)]
    pub edit: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// The values of `--kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindWord {
    /// It happened
    Incident,
    /// It nearly did
    NearMiss,
}

impl From<KindWord> for Kind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Incident => Self::Incident,
            KindWord::NearMiss => Self::NearMiss,
        }
    }
}

/// Makes the draft and says where it is.
///
/// # Errors
/// A title, time, severity or revision that is none; an id that exists; git's.
pub fn run(session: &Session, args: &NewArgs) -> Result<ExitStatus, CliError> {
    let title = args.title.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    if slug::slugify(&title).is_empty() {
        return Err(CliError::new(format!("'{title}' has no letter or digit to name the post-mortem by"))
            .hint("say what happened: git postmortem new Checkout returns 5xx"));
    }
    let times = Times::of(session, args)?;
    let tags = deploys::begin(session, args);
    let project = session.project()?;
    let severity = args
        .severity
        .as_deref()
        .map(|typed| words::severity(typed, &project.config.severity_scale()))
        .transpose()?;
    let mut links = links::typed(session, &project, args)?;
    let body = args.file.as_ref().map(|file| text_of(session, file)).transpose()?;
    let archive = project.everything()?;
    let detected = deploys::find(session, &project, args, times, tags);
    links.extend(deploys::suspect(&project, detected.as_ref()));
    let id = free_id(&project, &archive, args, &title, times, severity.as_deref())?;
    let author = if args.author.is_empty() { project.repo.author_name()? } else { args.author.join(", ") };
    let mut brief = Brief {
        title: &title,
        id: &id,
        times,
        severity: severity.as_deref(),
        author: &author,
        links,
        detected,
        body,
    };
    let text = compose::compose(&project, args, &brief)?;
    save(&project, args, &brief, &text)?;
    subject::remember(&project, &id);
    brief.detected.iter_mut().for_each(Detected::count);
    if args.json {
        tell_json(session, &project, &brief)?;
    } else {
        tell(session, args, &brief, (&archive, drafted::only_here(&project)));
    }
    if let Some(remark) = lint::on_title(&project, &format!("{id}.md"), &text) {
        session.ui.hint(&format!("the title: {remark}"));
    }
    if !args.edit {
        return Ok(ExitStatus::Done);
    }
    session.ui.flush();
    edit::run(session, &EditArgs { id: Some(id.to_string()), edit: true, ..EditArgs::default() })
}

fn text_of(session: &Session, file: &std::path::Path) -> Result<String, CliError> {
    let text = String::from_utf8(session.read_file(file)?);
    text.map_err(|_| CliError::new(format!("{} is not UTF-8 text", file.display())))
}

/// The id that the document will have when it is published: the stem of its path.
fn free_id(
    project: &Project,
    archive: &Archive,
    args: &NewArgs,
    title: &str,
    times: Times,
    severity: Option<&str>,
) -> Result<PostmortemId, CliError> {
    let slug = slug_of(title);
    let plain = format!("{}-{slug}", times.day);
    let parts = OutputParts {
        date: Some(times.day),
        slug: &slug,
        id: &plain,
        severity,
        service: args.service.as_deref(),
        number: Some(naming::free_number(&project.config, &archive.entries)),
        key: args.key.as_deref(),
    };
    let path = project.config.output_path(&parts).map_err(|error| no_path(&error))?;
    let id = naming::id_of_path(&path, &plain);
    let formerly = |entry: &&Entry| entry.postmortem.was(id.as_str());
    if let Some(renamed) = archive.entries.iter().find(formerly) {
        return Err(CliError::new(format!("{id} is what {} was called before", renamed.id))
            .hint("a name stays with its post-mortem; another incident needs another title"));
    }
    let Some(existing) = archive.entries.iter().find(|entry| entry.id == id) else { return Ok(id) };
    let error = CliError::new(format!("{id} exists already"));
    Err(match existing.place {
        Place::Draft { .. } => error
            .because("it is a draft")
            .hint(format!("git postmortem edit {id} -e goes on with it"))
            .hint("another incident of that day needs another title"),
        Place::Tree | Place::Branch(_) => error
            .because(format!("it is published as {}", existing.path))
            .hint("another incident of that day needs another title"),
    })
}

fn no_path(error: &PathError) -> CliError {
    let told = CliError::new(error.to_string());
    match error {
        PathError::Missing { placeholder: placeholder @ ("key" | "service" | "severity") } => {
            told.hint(format!("--{placeholder} says it"))
        }
        PathError::Missing { .. } | PathError::Impossible { .. } => told,
    }
}

fn save(project: &Project, args: &NewArgs, brief: &Brief<'_>, text: &str) -> Result<(), CliError> {
    let settings = &project.config.drafts;
    let drafts = if args.private {
        Drafts::private(&project.repo)
    } else {
        Drafts::branch(&project.repo, &settings.branch, &settings.remote, settings.sign)
    };
    let path = format!("{}.md", brief.id);
    let parts =
        MessageParts { verb: "begin", id: brief.id.as_str(), title: brief.title, ..MessageParts::default() };
    let message = project.config.commit_message(&parts, "");
    let saved = drafts.save(&[(path.clone(), Some(text.as_bytes().to_vec()))], &message, &[(path, None)]);
    saved.map(drop).map_err(|error| match error {
        Error::Changed { .. } => {
            CliError::new(format!("{} was begun by somebody else at this moment", brief.id))
                .hint(format!("git postmortem show {} shows it", brief.id))
        }
        error => error.into(),
    })
}

/// The draft as `list` tells of it, with what was understood of the flags.
fn tell_json(session: &Session, project: &Project, brief: &Brief<'_>) -> Result<(), CliError> {
    let archive = project.everything()?;
    let entry = archive.entries.iter().find(|entry| entry.id == *brief.id);
    let rows = entry.map(|entry| {
        let by = (&project.config.severity_scale(), project.today);
        let mut row = serde_json::json!(list::row(entry, &Reviews::default(), &archive, by));
        row["start"] = serde_json::json!(brief.times.start);
        row["end"] = serde_json::json!(brief.times.end);
        row["links"] = serde_json::json!(brief.links);
        row["deploys"] = serde_json::json!(deploys::rows(brief.detected.as_ref()));
        row["deploy_remarks"] =
            serde_json::json!(brief.detected.as_ref().map(|found| &found.remarks[..]).unwrap_or_default());
        row
    });
    let envelope = json::Envelope { name: "postmortems", ..json::Envelope::default() };
    let written = session.ui.out_with(|out| json::write(out, &envelope, rows));
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))
}

fn tell(session: &Session, args: &NewArgs, brief: &Brief<'_>, (archive, only_here): (&Archive, &str)) {
    let ui = &session.ui;
    let where_it_is = if args.private { "private: no push sends it" } else { only_here };
    let mut lines = vec![("draft", format!("{}   ({where_it_is})", brief.id))];
    lines.extend(brief.times.told(session).map(|told| ("times", told)));
    lines.extend(brief.links.iter().filter(|link| link.role != Role::Suspect).map(link::told));
    lines.extend(brief.detected.iter().flat_map(|detected| deploys::told(session, detected)));
    lines.extend(same_day(archive, brief));
    let at = brief
        .times
        .end
        .or(brief.times.start)
        .map_or_else(String::new, |at| format!(" --at {}", typed(session, at)));
    lines.push(("next", format!("git postmortem note \"what happened\"{at}")));
    lines.push(("", "git postmortem edit -e".to_owned()));
    ui.lines(&lines);
}

/// An instant as one would type it now: a clock time alone means the last such moment.
fn typed(session: &Session, at: DateTime<Utc>) -> String {
    let local = session.to_local(at);
    let recent = at <= session.now && session.now - at < TimeDelta::hours(24);
    local.format(if recent { "%H:%M" } else { "'%Y-%m-%d %H:%M'" }).to_string()
}

/// Drafts of incidents of the same day: two people may be writing about one.
fn same_day(archive: &Archive, brief: &Brief<'_>) -> Vec<(&'static str, String)> {
    let drafts = archive.entries.iter().filter(|entry| matches!(entry.place, Place::Draft { .. }));
    let same: Vec<&Entry> = drafts.filter(|entry| entry.postmortem.date == Some(brief.times.day)).collect();
    let mut lines: Vec<_> =
        same.iter().take(SAME_DAY).map(|other| ("", clean(other.id.as_str()).into_owned())).collect();
    if same.len() > SAME_DAY {
        lines.push(("", format!("and {} more", same.len() - SAME_DAY)));
    }
    if let Some(first) = lines.first_mut() {
        first.0 = "same day";
        lines.push(("", format!("git postmortem discard {}   if it is one of these", brief.id)));
    }
    lines
}
