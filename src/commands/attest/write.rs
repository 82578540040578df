//! Writing the section: what is gathered, and the document as it is when it is saved.

use std::cell::RefCell;

use super::AttestArgs;
use crate::archive::{Archive, Entry};
use crate::attest::{self, AttestError, By, Field, Given, Made, Outcome, Taken, Wanted};
use crate::commands::context::everything;
use crate::commands::context::gather::{Gathered, day};
use crate::commands::context::subject::Question;
use crate::commands::keep::{Keeping, Kept};
use crate::commands::languages::Languages;
use crate::commands::subject;
use crate::document::{Document, Source, is_not_recorded, parse};
use crate::error::{CliError, ExitStatus};
use crate::model::Postmortem;
use crate::render::attest::{Attested, FieldRow};
use crate::render::clean;
use crate::session::{Project, Session};

/// What is known beside the document.
struct Known {
    gathered: Gathered,
    /// The commit as of which it was gathered, why that one, and its day.
    at: Option<(String, String, String)>,
}

/// Writes it.
///
/// # Errors
/// As [`super::run`].
pub(super) fn run(session: &Session, args: &AttestArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let archive = project.everything()?;
    let entry = subject::choose(&project, &archive.entries, args.ids.first().map(String::as_str))?;
    let mut known = know(session, args, (&project, &archive), entry)?;
    let before = project.repo.read(&entry.blob)?;
    known.gathered.notes.extend(forgotten(&project, entry, &known, &before));
    let last = RefCell::new(None);
    let change = |bytes: &[u8]| {
        let (made, outcome, new) = attested(&project, entry, &known, args, bytes)?;
        last.replace(Some((made, outcome)));
        Ok(new)
    };
    let kept = if args.dry_run {
        let changed = change(&before)? != before;
        Kept { changed, blob: None, place: "nothing is written".to_owned() }
    } else {
        let keeping =
            Keeping { project: &project, entry, verb: "attest", strict: false, no_commit: args.no_commit };
        let kept = keeping.keep(&[], change)?;
        subject::remember(&project, &entry.id);
        kept
    };
    let (made, outcome) = last.into_inner().ok_or_else(|| CliError::new("nothing was attested"))?;
    tell(session, args, (entry, &known), (&made, &outcome, &kept))?;
    Ok(ExitStatus::Done)
}

/// Gathers what the context knows. Where nothing is linked, it is told as of the day of the incident.
fn know(
    session: &Session,
    args: &AttestArgs,
    (project, archive): (&Project, &Archive),
    entry: &Entry,
) -> Result<Known, CliError> {
    if project.commit.is_none() {
        return Ok(Known { gathered: Gathered::default(), at: None });
    }
    let mut question = Question::of_entry(project, entry)?;
    if question.changes.is_empty()
        && let (Some(head), Some(date)) = (project.commit, entry.postmortem.date)
    {
        let end = date.and_hms_opt(23, 59, 59).map(|end| end.and_utc().timestamp()).unwrap_or_default();
        match project.repo.first_parent_before(&head, end)? {
            Some(at) => {
                (question.at, question.why) = (at, "the newest by the day of the incident".to_owned());
            }
            // The code is not here, or not yet.
            None => {
                let gathered = Gathered { notes: question.notes.clone(), ..Gathered::default() };
                return Ok(Known { gathered, at: None });
            }
        }
    }
    let gathered = everything(session, (project, archive), &question, !args.no_gjalla)?;
    let commit = project.repo.commit(&question.at)?;
    let at = (question.at.to_string(), question.why.clone(), day(commit.committed));
    Ok(Known { gathered, at: Some(at) })
}

/// What is to be said where the section has what a provider told, and it tells nothing this time.
fn forgotten(project: &Project, entry: &Entry, known: &Known, bytes: &[u8]) -> Option<String> {
    let document = parse(&Source { name: &entry.path, bytes }, &project.vocabulary);
    let told = |(field, value, by): &(Field, String, By)| {
        matches!(field, Field::Context | Field::Rules) && *by == By::Tool && value.contains("gjalla")
    };
    let has_told = attest::recorded(&document)?.fields.iter().any(told);
    (known.gathered.system.is_none() && has_told)
        .then(|| "what gjalla told before goes: it told nothing this time".to_owned())
}

/// The document with its attestation, what that was made from, and what it says.
fn attested(
    project: &Project,
    entry: &Entry,
    known: &Known,
    args: &AttestArgs,
    bytes: &[u8],
) -> Result<(Made, Outcome, Vec<u8>), CliError> {
    let vocabulary = &project.vocabulary;
    let document = parse(&Source { name: &entry.path, bytes }, vocabulary);
    if document.is_html() {
        return Err(CliError::new(format!(
            "{} is a page of HTML, which is read and never edited",
            clean(&entry.path)
        ))
        .hint(format!("git postmortem adopt --twin {} prints it as markdown", clean(&entry.path))));
    }
    let mut languages = Languages::new(vocabulary);
    let taken = Taken::of(&document).text();
    // Guidance is English in every language, and no word of the author's.
    let own = parse(&Source { name: &entry.path, bytes: taken.as_bytes() }, vocabulary).language();
    let names = languages.names(own);
    let repo = &project.repo;
    // Whoever reads the id can look at what was attested, as long as git keeps it.
    let taken =
        if args.dry_run { repo.hash_blob(taken.as_bytes()) } else { repo.write_blob(taken.as_bytes()) }?;
    let made =
        Made { document: taken.to_string(), commit: known.at.as_ref().map(|(commit, ..)| commit.clone()) };
    let found = attest::fields(&document, names, &given(project, known));
    let said = args.set.iter().filter_map(|(name, text)| {
        let field = Field::ALL.into_iter().find(|field| field.key() == name)?;
        Some((field, text.as_str()))
    });
    let wanted = Wanted { found, said: said.collect() };
    let outcome = attest::write(&document, names, &wanted, &made).map_err(|error| refused(entry, &error))?;
    if !document.spells(&outcome.edits) {
        return Err(CliError::new(format!(
            "{} is in {}, which lacks a character of the attestation",
            clean(&entry.path),
            document.encoding()
        ))
        .hint("convert it to UTF-8 first"));
    }
    let new = document.edited(bytes, &outcome.edits);
    let after = parse(&Source { name: &entry.path, bytes: &new }, vocabulary);
    if !means_the_same(document, after) {
        return Err(CliError::new(format!(
            "the attestation of {} would be read as something else in a document of this layout",
            entry.id
        ))
        .because("nothing was written")
        .hint(format!(
            "git postmortem edit {} -e: give it a heading of its own, level two",
            entry.id.short()
        )));
    }
    Ok((made, outcome, new))
}

/// Whether only the sections differ in what two texts mean.
fn means_the_same(before: Document<'_>, after: Document<'_>) -> bool {
    let bare = |document: Document<'_>| {
        let mut meant: Postmortem = document.into_postmortem();
        meant.sections.clear();
        meant.actions.iter_mut().for_each(|item| item.line = 0);
        meant
    };
    bare(before) == bare(after)
}

fn given<'k>(project: &Project, known: &'k Known) -> Given<'k> {
    let gathered = &known.gathered;
    Given {
        at: known.at.clone(),
        files: gathered.files.iter().map(|file| file.path.as_str()).collect(),
        owners: gathered.owners.iter().map(|(owner, files)| (owner.as_str(), *files)).collect(),
        companions: gathered.companions.iter().map(|companion| companion.path.as_str()).collect(),
        incidents: gathered.incidents.iter().map(|incident| incident.id.as_str()).collect(),
        pages: gathered.documents.iter().map(|page| page.path.as_str()).collect(),
        system: gathered.system.as_ref(),
        links: project.config.attest.links.clone(),
    }
}

fn refused(entry: &Entry, error: &AttestError) -> CliError {
    let refusal = CliError::new(format!("{}: {error}", entry.id));
    match error {
        AttestError::Torn => refusal.hint(format!(
            "git postmortem edit {} -e: keep one of them, or none, and attest again",
            entry.id.short()
        )),
        AttestError::Edit(_) => refusal.hint(format!("git postmortem edit {} -e", entry.id.short())),
    }
}

fn tell(
    session: &Session,
    args: &AttestArgs,
    (entry, known): (&Entry, &Known),
    (made, outcome, kept): (&Made, &Outcome, &Kept),
) -> Result<(), CliError> {
    let row = |(field, value, by): &(Field, String, By)| FieldRow {
        field: field.key(),
        value: (*by != By::Nobody).then(|| value.clone()),
        by: match by {
            By::Tool => "tool",
            By::Hand => "hand",
            By::Nobody => "nobody",
        },
    };
    let rows: Vec<FieldRow> = outcome.fields.iter().map(row).collect();
    let attested = Attested {
        postmortem: entry.name(),
        path: entry.path.clone(),
        changed: kept.changed,
        document: &made.document,
        commit: made.commit.as_deref(),
        notes: &known.gathered.notes,
    };
    let ui = &session.ui;
    if args.json {
        let written = ui.out_with(|out| attested.json(out, &rows));
        return written
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()));
    }
    if args.dry_run {
        ui.out(&format!("{}\n", crate::render::clean_lines(&outcome.body)));
        ui.status(if kept.changed { "nothing is written (--dry-run)" } else { "it says so already" });
        return Ok(());
    }
    let mut lines = match kept.changed {
        true => vec![("attested", format!("{}   {}", entry.id, kept.place))],
        false => vec![("unchanged", format!("{}   says so already", entry.id))],
    };
    lines.push(("document", made.document.chars().take(12).collect()));
    if let Some((commit, why, day)) = &known.at {
        lines.push(("as of", format!("{}   {}, {day}", commit.get(..7).unwrap_or(commit), clean(why))));
    }
    // A reminder of the rules in force tells of none that was broken.
    let is_open = |row: &FieldRow| {
        let first = row.value.as_deref().and_then(|value| value.lines().next());
        row.by == "nobody" || row.by == "tool" && first.is_some_and(is_not_recorded)
    };
    let open: Vec<&str> = rows.iter().filter(|row| is_open(row)).map(|row| row.field).collect();
    let hand: Vec<&str> = rows.iter().filter(|row| row.by == "hand").map(|row| row.field).collect();
    for (label, fields) in [("by hand", &hand), ("missing", &open)] {
        if !fields.is_empty() {
            lines.push((label, fields.join(", ")));
        }
    }
    for (at, note) in known.gathered.notes.iter().enumerate() {
        lines.push((if at == 0 { "note" } else { "" }, clean(note).into_owned()));
    }
    // What only the team can say.
    let asked = [Field::Gaps, Field::Rules, Field::Impact].map(Field::key);
    if let Some(field) = asked.into_iter().find(|key| open.contains(key)) {
        lines.push(("next", format!("git postmortem attest {} --set {field}=\"…\"", entry.id.short())));
    }
    ui.lines(&lines);
    Ok(())
}
