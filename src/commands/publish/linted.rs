//! What lint has to say before a document goes where others read it.

use super::PublishArgs;
use super::prepare::Prepared;
use crate::commands::lint;
use crate::error::CliError;
use crate::model::Level;
use crate::render::findings::FindingRow;
use crate::render::{clean, count};
use crate::session::{Project, Session};

/// Findings that are named at most; the rest is counted.
const SHOWN: usize = 5;

/// Where the document goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    /// Into a commit or the index: an error keeps it.
    Readers,
    /// On a review branch: what is unfinished may be finished there, what must not be seen may not be pushed.
    Reviewers,
}

/// Says what is still open and what lint finds; whether the document may go.
///
/// # Errors
/// git's.
pub(super) fn may_go(
    session: &Session,
    project: &Project,
    prepared: &Prepared,
    args: &PublishArgs,
    to: To,
) -> Result<bool, CliError> {
    if args.no_lint {
        return Ok(true);
    }
    let found = lint::check(project, &prepared.id, &prepared.path, &prepared.text)?;
    let is_in_the_way =
        |row: &&FindingRow| row.level == Level::Error && (to == To::Readers || row.code.starts_with("PM7"));
    let (errors, rest): (Vec<_>, Vec<_>) = found.iter().partition(is_in_the_way);
    if !prepared.gaps.is_empty() {
        let gaps: Vec<_> = prepared.gaps.iter().map(|gap| clean(gap)).collect();
        session.ui.warn(&format!("still to be filled in: {}", gaps.join(", ")));
    }
    // What is not there yet was named just now, in a line for all of it.
    let is_said = |row: &&&FindingRow| row.level < Level::Warning || is_gap(prepared, row);
    let told: Vec<&FindingRow> = rest.into_iter().filter(|row| !is_said(&row)).collect();
    for row in told.iter().take(SHOWN) {
        session.ui.warn(&in_short(prepared, row));
    }
    let id = drafted_id(args, prepared);
    if told.len() > SHOWN {
        let more = count(told.len() - SHOWN, "more finding", "more findings");
        session.ui.warn(&format!("{more} (git postmortem lint {id} shows all)"));
    }
    if errors.is_empty() {
        return Ok(true);
    }
    refuse(session, prepared, &errors, id);
    Ok(false)
}

/// Says what keeps the document, and how to go on.
fn refuse(session: &Session, prepared: &Prepared, errors: &[&FindingRow], id: &str) {
    let (open, others): (Vec<_>, Vec<_>) = errors.iter().partition(|row| is_gap(prepared, row));
    let mut causes: Vec<String> = others.into_iter().map(|row| in_short(prepared, row)).collect();
    if !open.is_empty() {
        let mut lines: Vec<String> =
            open.iter().map(|row| prepared.line_in_draft(row.line).to_string()).collect();
        lines.dedup();
        let word = if lines.len() == 1 { "line" } else { "lines" };
        causes.push(format!("{word} {}: still to be filled in ({})", lines.join(", "), open[0].code));
    }
    let hints = [
        format!("git postmortem lint {id} shows the lines, git postmortem edit {id} -e mends them"),
        "--no-lint publishes it as it is".to_owned(),
    ];
    let many = count(errors.len(), "error", "errors");
    let message = format!("{} is not published: lint finds {many}", prepared.id);
    session.ui.error(&message, &causes, &hints);
}

/// Whether a finding is about what the document leaves open.
fn is_gap(prepared: &Prepared, row: &FindingRow) -> bool {
    row.code.starts_with("PM2") && prepared.gap_lines.contains(&row.line)
}

/// The draft's own id, whatever it will be published as.
fn drafted_id<'a>(args: &'a PublishArgs, prepared: &'a Prepared) -> &'a str {
    args.id.as_deref().unwrap_or(prepared.id.short())
}

/// A finding with its line in the draft, for that is the text that somebody can mend.
fn in_short(prepared: &Prepared, row: &FindingRow) -> String {
    format!("line {}: {} ({})", prepared.line_in_draft(row.line), clean(&row.message), row.code)
}
