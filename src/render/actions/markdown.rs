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
    for (at, group) in groups.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        if !group.heading.is_empty() {
            writeln!(out, "### {}\n", escape::markdown(&group.heading))?;
        }
        writeln!(out, "| Id | Action | Owner | Priority | Due | Status | Post-mortem |")?;
        writeln!(out, "|---|---|---|---|---|---|---|")?;
        for row in &group.rows {
            let cells = [
                row.id.clone(),
                row.text.to_string(),
                row.owner.as_deref().unwrap_or_default().to_owned(),
                row.priority.as_deref().unwrap_or_default().to_owned(),
                row.due.map(|due| due.to_string()).unwrap_or_default(),
                status(row),
                about(row),
            ];
            writeln!(out, "| {} |", cells.map(|cell| escape::markdown(&cell)).join(" | "))?;
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
