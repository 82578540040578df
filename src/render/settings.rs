//! Settings with their origins, as a table and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Envelope};
use super::{Cell, Column, Look, Table, Tone};
use crate::config::{Origin, Setting, Value};

/// Draws the settings: what somebody set stands out from what is built in.
#[must_use]
pub fn table(settings: &[&Setting], look: Look) -> String {
    let mut table = Table::new(vec![
        Column::whole("KEY").above(2),
        Column::flowing("VALUE", 16, 4).whole_words(),
        Column::flowing("FROM", 8, 2).whole_words().spare(1),
    ]);
    for setting in settings {
        let tone = if setting.origin == Origin::Default { Tone::Dim } else { Tone::Plain };
        table.row(vec![
            Cell::new(&setting.key, Tone::Strong),
            Cell::new(&setting.value.to_string(), tone),
            Cell::new(&setting.origin.to_string(), tone),
        ]);
    }
    table.draw(look)
}

#[derive(Serialize)]
struct Row<'a> {
    key: &'a str,
    value: &'a Value,
    origin: &'a str,
    source: String,
    doc: &'a str,
}

/// Writes the settings as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn json(out: &mut dyn Write, settings: &[&Setting]) -> io::Result<()> {
    let rows = settings.iter().map(|setting| Row {
        key: &setting.key,
        value: &setting.value,
        origin: setting.origin.word(),
        source: setting.origin.to_string(),
        doc: setting.doc,
    });
    json::write(out, &Envelope { name: "settings", ..Envelope::default() }, rows)
}
