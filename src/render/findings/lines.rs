//! Forms of a line a finding: for editors, and as GitHub's workflow commands.

use super::FindingRow;
use crate::model::Level;
use crate::render::clean;

/// `file:line:column: level CODE message`.
#[must_use]
pub fn line(row: &FindingRow) -> String {
    let (file, message) = (clean(&row.file), clean(&row.message));
    format!("{file}:{}:{}: {} {} {message}\n", row.line, row.column, row.level, clean(&row.code))
}

/// A workflow command, by which GitHub shows a finding beside its line.
#[must_use]
pub fn annotation(row: &FindingRow) -> String {
    let command = match row.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Off => "notice",
    };
    let title = property(&format!("{} {}", row.code, row.name));
    let help = row.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    // A draft is in no file of the commit: what is said of it belongs to the run.
    if row.is_draft {
        let said = format!("{}, line {}: {}{help}", row.shown, row.line, row.message);
        return format!("::{command} title={title}::{}\n", data(&said));
    }
    let mut place = format!("file={},line={},col={}", property(&row.path), row.line, row.column);
    // Columns are about one line alone.
    if row.end_line == row.line && row.end_column > row.column {
        place.push_str(&format!(",endLine={},endColumn={}", row.end_line, row.end_column));
    }
    format!("::{command} {place},title={title}::{}\n", data(&format!("{}{help}", row.message)))
}

/// A text behind the second pair of colons, as GitHub's toolkit escapes it.
fn data(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            c => escaped.push(c),
        }
    }
    crate::render::clean_lines(&escaped).into_owned()
}

/// The value of a property: there a comma and a colon end it too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
