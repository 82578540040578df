//! `git postmortem edit`: in the editor, or without one.

mod editor;
mod fields;

pub(in crate::commands) use fields::names as fields;

use std::path::PathBuf;

use crate::archive::{Entry, Place};
use crate::commands::edited::{self, Edit};
use crate::commands::keep::{Attachment, Keeping, Kept, attachment_path};
use crate::commands::{drafted, subject};
use crate::document::edit::{self, EditError};
use crate::document::{Document, Source, parse};
use crate::error::{CliError, ExitStatus};
use crate::git::ObjectId;
use crate::session::{Project, Session};

/// Edit a draft or a published post-mortem, in the editor or without one
///
/// With -F, --set or --attach no editor is opened. An unchanged text saves nothing. What was typed is never lost: when
/// it cannot be saved, the message says where it is.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct EditArgs {
    /// The post-mortem: any unambiguous part of its id
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Take the text from a file; - is standard input
    #[arg(short = 'F', long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Only this section: its text without the heading
    #[arg(short, long, value_name = "NAME")]
    pub section: Option<String>,
    /// Add the text to the end of the section instead of replacing what it says
    #[arg(short, long, requires = "section", requires = "file")]
    pub append: bool,
    /// Set a field: severity=2, reviewers=@a,@b, title=…; several times
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// Keep a file beside the document; several times
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
    /// Refuse unless the document still is this object (as show -v and edit print it)
    #[arg(long, value_name = "OID")]
    pub base: Option<String>,
    /// Open the editor; with --set too
    #[arg(short, long, conflicts_with = "file")]
    pub edit: bool,
    /// The draft, where a published document has the same id
    #[arg(long, conflicts_with = "no_commit")]
    pub draft: bool,
    /// A published document: change the file and commit nothing
    #[arg(long)]
    pub no_commit: bool,
    /// Answer in JSON, see docs/schema
    #[arg(long, conflicts_with = "edit")]
    pub json: bool,
}

/// Edits it.
///
/// # Errors
/// For a post-mortem that cannot be told, a field or value that is none, an editor that fails, a text that someone else
/// changed meanwhile, and where it cannot be saved.
pub fn run(session: &Session, args: &EditArgs) -> Result<ExitStatus, CliError> {
    let settings = fields::read(&args.set)?;
    let project = session.project()?;
    let entries = if args.draft { drafted::all(&project)? } else { project.everything()?.entries };
    let entry = subject::choose(&project, &entries, args.id.as_deref())?;
    check_base(entry, args.base.as_deref())?;
    let attachments = attachments(session, entry, &args.attach)?;
    let quietly = args.file.is_some() || !settings.is_empty() || !attachments.is_empty();
    let work = Work { session, project: &project, entry, args, settings };
    let text = match &args.file {
        Some(file) => Some(utf8(session.read_file(file)?)?),
        None => None,
    };
    let replaced = work.keeping(false).replaced(&attachments)?;
    let kept = if args.edit || !quietly {
        work.in_editor(&attachments)?
    } else {
        // A whole text replaces what its author read; a field can be set on whatever is newest.
        let strict = args.base.is_some() || (text.is_some() && args.section.is_none());
        work.keep(text.as_deref(), &attachments, strict)?
    };
    subject::remember(&project, &entry.id);
    if args.json {
        let attached = attachments.iter().map(|(path, _)| format!("attached {path}")).collect();
        let undo = replaced.iter().map(|(path, blob)| getting_back(path, blob)).collect();
        let row = Edit { remarks: attached, undo, ..Edit::of("edit", entry.id.to_string(), &kept) };
        return edited::tell(session, &row);
    }
    report(session, entry, &kept, (&attachments, &replaced));
    Ok(ExitStatus::Done)
}

/// One edit of one document.
struct Work<'w> {
    session: &'w Session,
    project: &'w Project,
    entry: &'w Entry,
    args: &'w EditArgs,
    settings: Vec<fields::Setting>,
}

impl Work<'_> {
    fn keep(&self, text: Option<&str>, attachments: &[Attachment], strict: bool) -> Result<Kept, CliError> {
        self.keeping(strict).keep(attachments, |bytes| self.change(bytes, text))
    }

    fn keeping(&self, strict: bool) -> Keeping<'_> {
        let no_commit = self.args.no_commit;
        Keeping { project: self.project, entry: self.entry, verb: "edit", strict, no_commit }
    }

    /// The new bytes: the text or section as typed, then the fields.
    fn change(&self, bytes: &[u8], text: Option<&str>) -> Result<Vec<u8>, CliError> {
        let vocabulary = &self.project.vocabulary;
        if text.is_some_and(|text| text.trim().is_empty()) && self.args.section.is_none() {
            return Err(CliError::new("the text is empty: nothing was saved")
                .hint(format!("git postmortem discard {} throws a draft away", self.entry.id)));
        }
        if let Some(name) = &self.args.section {
            self.check_section(bytes, name)?;
        }
        let mut bytes = match (text, &self.args.section) {
            (None, _) => bytes.to_vec(),
            (Some(text), None) => text.as_bytes().to_vec(),
            (Some(text), Some(name)) => {
                let document = self.parse(bytes);
                let put = if self.args.append { edit::append_section } else { edit::set_section };
                document.edited(bytes, &put(&document, vocabulary, name, text)?)
            }
        };
        for setting in &self.settings {
            let document = self.parse(&bytes);
            let edits = setting.edits(self.session, vocabulary, &document)?;
            bytes = document.edited(&bytes, &edits);
        }
        Ok(bytes)
    }

    /// A section is one that the document has, or one that every post-mortem may have: a typing error makes none.
    fn check_section(&self, bytes: &[u8], name: &str) -> Result<(), CliError> {
        let vocabulary = &self.project.vocabulary;
        let document = self.parse(bytes);
        if document.section_named(name, vocabulary).is_some() || vocabulary.section(name).is_some() {
            return Ok(());
        }
        let known: Vec<&str> = document.sections().iter().map(|section| section.name.as_str()).collect();
        Err(CliError::new(format!("{} has no section '{name}'", self.entry.id))
            .hint(format!("it has {}", known.join(", "))))
    }

    fn parse<'b>(&self, bytes: &'b [u8]) -> Document<'b> {
        parse(&Source { name: "", bytes }, &self.project.vocabulary)
    }

    /// Opens the editor on the document, or on one section of it; what comes back is kept if it differs.
    fn in_editor(&self, attachments: &[Attachment]) -> Result<Kept, CliError> {
        self.keeping(true).check()?;
        let bytes = self.project.repo.read(&self.entry.blob)?;
        let bytes = self.change(&bytes, None)?;
        let shown = match &self.args.section {
            None => bytes.clone(),
            Some(name) => {
                let document = self.parse(&bytes);
                let section = document.section_named(name, &self.project.vocabulary);
                section.map_or_else(Vec::new, |section| {
                    format!("{}\n", super::show::body(&document, section)).into_bytes()
                })
            }
        };
        self.session.ui.flush();
        let section = self.args.section.as_deref();
        let page = editor::open((self.session, self.project), self.entry, section, &shown)?;
        if page.text == shown {
            page.forget();
            return if self.settings.is_empty() && attachments.is_empty() {
                let place = String::new();
                Ok(Kept { changed: false, blob: Some(self.entry.blob), place })
            } else {
                self.keep(None, attachments, false)
            };
        }
        let kept = page.typed().and_then(|text| self.keep(Some(text), attachments, true));
        match kept {
            Ok(kept) => {
                page.forget();
                Ok(kept)
            }
            Err(error) => Err(page.still_there(error, self.entry, section)),
        }
    }
}

/// The document must still be what the caller looked at.
fn check_base(entry: &Entry, base: Option<&str>) -> Result<(), CliError> {
    let Some(base) = base else { return Ok(()) };
    let now = entry.blob.to_string();
    let known = base.len() >= 4 && base.bytes().all(|b| b.is_ascii_hexdigit());
    if !known {
        return Err(
            CliError::new(format!("'{base}' is no object id")).hint("git postmortem show -v prints it")
        );
    }
    if now.starts_with(&base.to_lowercase()) {
        return Ok(());
    }
    Err(CliError::new(format!("{} is not {base} any more, but {now}", entry.id))
        .because("somebody changed it since")
        .hint(format!("git postmortem show {} prints the newer text", entry.id)))
}

fn attachments(session: &Session, entry: &Entry, files: &[PathBuf]) -> Result<Vec<Attachment>, CliError> {
    let mut attachments: Vec<Attachment> = Vec::new();
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| CliError::new(format!("{} is no file", file.display())))?;
        let path = attachment_path(entry, &name).ok_or_else(|| {
            CliError::new(format!("{} is the page of its folder and keeps no files of its own", entry.path))
                .hint("commit the file into the folder")
        })?;
        if attachments.iter().any(|(other, _)| *other == path) {
            return Err(CliError::new(format!("two files to attach are called {name}")).hint("rename one"));
        }
        attachments.push((path, session.read_file(file)?));
    }
    Ok(attachments)
}

fn utf8(bytes: Vec<u8>) -> Result<String, CliError> {
    String::from_utf8(bytes).map_err(|error| {
        CliError::new("the text is not UTF-8")
            .because(error.to_string())
            .hint("iconv -f LATIN1 -t UTF-8 converts it")
    })
}

fn report(
    session: &Session,
    entry: &Entry,
    kept: &Kept,
    (attachments, replaced): (&[Attachment], &[(String, ObjectId)]),
) {
    if !kept.changed {
        session.ui.lines(&[("unchanged", entry.id.to_string())]);
        return;
    }
    let mut lines = vec![("edited", format!("{}   {}", entry.id, kept.place))];
    lines.extend(kept.blob.as_ref().map(|blob: &ObjectId| ("object", blob.to_string())));
    lines.extend(attachments.iter().map(|(path, _)| {
        let link = path.rsplit_once('/').map_or(path.as_str(), |(folder, _)| {
            let from = folder.rsplit_once('/').map_or(0, |(above, _)| above.len() + 1);
            &path[from..]
        });
        // A blank or a bracket would end the target of a link.
        let link = link.replace(' ', "%20").replace('(', "%28").replace(')', "%29");
        ("attached", format!("{path}   link it as ({link})"))
    }));
    lines.extend(replaced.iter().map(|(path, blob)| {
        ("replaced", format!("{path}   {} gets the other back", getting_back(path, blob)))
    }));
    if matches!(entry.place, Place::Draft { .. }) {
        lines.push(("next", format!("git postmortem show {}", entry.id)));
    }
    session.ui.lines(&lines);
}

/// The command that gets a replaced attachment back.
fn getting_back(path: &str, blob: &ObjectId) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    format!("git cat-file blob {} > '{name}'", blob.short())
}

impl From<EditError> for CliError {
    fn from(error: EditError) -> Self {
        Self::new(error.to_string())
    }
}
