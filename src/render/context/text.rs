//! The answer as tables for a terminal.

use std::fmt::Write as _;

use super::Answer;
use crate::render::{Cell, Column, Look, Table, Tone, clean, count};

/// Rows of a table before "and N more".
const LISTED: usize = 20;

impl Answer<'_> {
    /// Draws it for a terminal.
    #[must_use]
    pub fn text(&self, all: bool, look: Look) -> String {
        let listed = if all { usize::MAX } else { LISTED };
        let told = self.system.map(|system| super::system::text(system, listed, look));
        let mut out = told.unwrap_or_default();
        let mut part = |title: &str, table: Table, more: usize| {
            let _ = write!(out, "\n{title}\n{}", table.indent(2).draw(look));
            if more > 0 {
                let _ = writeln!(out, "  and {more} more (--all lists them)");
            }
        };
        if !self.files.is_empty() {
            let title = format!("{}, from git", count(self.files.len(), "file", "files"));
            part(&title, self.file_table(listed), self.files.len().saturating_sub(listed));
        }
        if !self.companions.is_empty() {
            let mut table = Table::new(vec![Column::whole("FILE"), Column::flowing("CHANGES IN", 30, 8)]);
            for row in self.companions.iter().take(listed) {
                table.row(vec![Cell::from(row.path.as_str()), Cell::from(Self::how_often(row))]);
            }
            let title = format!("usually changed too, and not this time, from git ({})", self.rule());
            part(&title, table, self.companions.len().saturating_sub(listed));
        }
        if !self.incidents.is_empty() {
            let mut table = Table::new(vec![
                Column::whole("ID"),
                Column::flowing("TITLE", 20, 4),
                Column::flowing("FILES", 20, 6),
            ]);
            for row in self.incidents.iter().take(listed) {
                let files = row.files.join(", ");
                table.row(vec![
                    Cell::from(row.id.as_str()),
                    Cell::from(row.title.as_str()),
                    Cell::from(files),
                ]);
            }
            part(
                "incidents in the same files, from the post-mortems",
                table,
                self.incidents.len().saturating_sub(listed),
            );
        }
        if !self.documents.is_empty() {
            let mut table = Table::new(vec![Column::whole("PAGE"), Column::flowing("NAMES", 20, 6)]);
            for row in self.documents.iter().take(listed) {
                table.row(vec![Cell::from(row.path.as_str()), Cell::from(row.names.join(", "))]);
            }
            let title = "pages that name them, from the repository";
            part(title, table, self.documents.len().saturating_sub(listed));
        }
        for (title, lines) in [("dashboards", self.dashboards), ("runbooks", self.runbooks)] {
            if !lines.is_empty() {
                let _ = write!(out, "\n{title}, from the configuration\n");
                for line in lines {
                    let _ = writeln!(out, "  {}", clean(line));
                }
            }
        }
        out
    }

    fn file_table(&self, listed: usize) -> Table {
        let days = self.limits.days;
        let mut table = Table::new(vec![
            Column::whole("FILE"),
            Column::flowing("CHANGED BY", 16, 4),
            Column::flowing("OWNERS", 14, 4),
            Column::flowing("CHANGES", 14, 3),
            Column::flowing("INCIDENTS", 14, 5),
        ]);
        for row in self.files.iter().take(listed) {
            let recent = match row.recent {
                0 => String::new(),
                recent => format!(", {recent} in {days} days by {}", count(row.people, "person", "people")),
            };
            let owners = match &row.owners {
                None => String::new(),
                Some(owners) if owners.is_empty() => "nobody".to_owned(),
                Some(owners) => owners.join(", "),
            };
            let tone = if row.incidents.is_empty() { Tone::Plain } else { Tone::Strong };
            table.row(vec![
                Cell::new(&row.path, tone),
                Cell::from(row.by.join(", ")),
                Cell::from(owners),
                Cell::from(format!("{}{recent}", row.changes)),
                Cell::from(row.incidents.join(", ")),
            ]);
        }
        table
    }
}
