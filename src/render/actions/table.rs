//! Action items for people.

use super::{ActionGroup, ActionRow, about};
use crate::model::{Promise, Status};
use crate::render::{Cell, Column, Look, Table, Tone, due};

/// Within how many days a due date counts as soon.
const SOON: i64 = 7;

/// Draws the rows, group by group: overdue stands out, ids are never cut.
#[must_use]
pub fn table(groups: &[ActionGroup<'_>], look: Look) -> String {
    let mut table = Table::new(columns()).indent(2);
    let plain =
        groups.iter().flat_map(|group| &group.rows).all(|row| row.status == Status::Open && !row.tracked);
    for group in groups {
        if !group.heading.is_empty() {
            table.group(&group.heading);
        }
        for row in &group.rows {
            table.row(cells(row, plain));
        }
    }
    table.draw(look)
}

fn columns() -> Vec<Column> {
    vec![
        // What was promised until when is what is asked for: both stay, and before the owner goes, the id gets a
        // line of its own.
        Column::whole("ACTION").above(5),
        Column::flowing("", 24, 3),
        Column::flowing("OWNER", 9, 2).whole_words().spare(3),
        Column::whole("PRI").spare(6),
        Column::flowing("STATUS", 9, 2).spare(7),
        Column::whole("DUE"),
        Column::whole("").right().under(8),
        Column::flowing("WHY", 18, 3).spare(2),
        Column::flowing("POST-MORTEM", 14, 2).spare(9),
    ]
}

/// `plain` leaves the status out: every row is open.
fn cells(row: &ActionRow<'_>, plain: bool) -> Vec<Cell> {
    let tone = match row.promise {
        Promise::Overdue(_) => Tone::Over,
        Promise::Due(days) if days <= SOON => Tone::Soon,
        _ => Tone::Plain,
    };
    let settled = if row.status.is_owed() { Tone::Plain } else { Tone::Dim };
    let status = match row.status {
        _ if plain => String::new(),
        _ if row.tracked => "tracked".into(),
        Status::Done => match &row.released_in {
            Some(tag) => format!("done, in {tag}"),
            None => "done".into(),
        },
        other => other.word().into(),
    };
    vec![
        Cell::new(&row.short_id, if settled == Tone::Dim { Tone::Dim } else { Tone::Strong }),
        Cell::new(&row.text, settled),
        Cell::new(row.owner.as_deref().unwrap_or_default(), settled),
        Cell::new(row.priority.as_deref().unwrap_or_default(), settled),
        Cell::new(&status, if row.status == Status::Done { Tone::Kept } else { settled }),
        Cell::new(&row.due.map(|due| due.to_string()).unwrap_or_default(), tone),
        Cell::new(&due(row.promise), tone),
        Cell::new(row.reason.as_deref().unwrap_or_default(), Tone::Plain),
        Cell::new(&about(row), Tone::Dim),
    ]
}
