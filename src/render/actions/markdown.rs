//! Action items for issues, chats and pages.

use std::io::{self, Write};

use super::{ActionGroup, ActionRow, about};
use crate::model::Status;
use crate::render::{due, escape};

/// Writes the rows as markdown tables, one a group.
///
/// # Errors
/// Whatever the writer says.
pub fn markdown(out: &mut dyn Write, groups: &[ActionGroup<'_>]) -> io::Result<()> {
    let has_reasons = groups.iter().flat_map(|group| &group.rows).any(|row| row.reason.is_some());
    let (why, line) = if has_reasons { (" Why |", "---|") } else { ("", "") };
    for (at, group) in groups.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        if !group.heading.is_empty() {
            writeln!(out, "### {}\n", escape::markdown(&group.heading))?;
        }
        writeln!(out, "| Id | Action | Owner | Priority | Due | Status | Post-mortem |{why}")?;
        writeln!(out, "|---|---|---|---|---|---|---|{line}")?;
        for row in &group.rows {
            let mut cells = vec![
                row.id.clone(),
                row.text.to_string(),
                row.owner.as_deref().unwrap_or_default().to_owned(),
                row.priority.as_deref().unwrap_or_default().to_owned(),
                row.due.map(|due| due.to_string()).unwrap_or_default(),
                status(row),
                about(row),
            ];
            cells.extend(has_reasons.then(|| row.reason.clone().unwrap_or_default()));
            let cells: Vec<String> = cells.iter().map(|cell| escape::markdown(cell)).collect();
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
    }
    Ok(())
}

fn status(row: &ActionRow<'_>) -> String {
    match (row.status, row.overdue, &row.released_in) {
        (status, true, _) => format!("{}, {}", status.word(), due(row.promise)),
        (Status::Done, _, Some(tag)) => format!("done, in {tag}"),
        (status, ..) => status.word().to_owned(),
    }
}
