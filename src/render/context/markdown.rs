//! The answer as markdown, to be pasted into a document.

use std::fmt::Write as _;

use super::Answer;
use crate::render::clean;

impl Answer<'_> {
    /// Writes it.
    #[must_use]
    pub fn markdown(&self) -> String {
        let (at, why, day) = self.at;
        let short = at.get(..7).unwrap_or(at);
        let mut out = format!("### System context\n\nAs of {} ({}, {day}).\n", code(short), plain(why));
        if let Some(system) = self.system {
            super::system::markdown(system, &mut out);
        }
        self.files(&mut out);
        let codes = |names: &[String]| names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
        list(
            &mut out,
            &format!("Usually changed too, and not this time ({})", self.rule()),
            self.companions.iter().map(|row| {
                let (path, with) = (code(&row.path), code(&row.with));
                format!("{path}: {} of {} commits that changed {with}", row.times, row.of)
            }),
        );
        list(
            &mut out,
            "Incidents in the same files",
            self.incidents
                .iter()
                .map(|row| format!("{}: {} ({})", plain(&row.id), plain(&row.title), codes(&row.files))),
        );
        list(
            &mut out,
            "Pages that name them",
            self.documents.iter().map(|row| format!("{}: {}", code(&row.path), codes(&row.names))),
        );
        list(&mut out, "Dashboards", self.dashboards.iter().map(|line| plain(line)));
        list(&mut out, "Runbooks", self.runbooks.iter().map(|line| plain(line)));
        out
    }

    fn files(&self, out: &mut String) {
        if self.files.is_empty() {
            return;
        }
        out.push_str("\n| File | Changed by | Owners | Changes | Incidents |\n|---|---|---|---|---|\n");
        for row in self.files {
            let owners = match row.owners.as_deref() {
                None => "not recorded".to_owned(),
                Some([]) => "nobody".to_owned(),
                Some(owners) => owners.join(", "),
            };
            let _ = writeln!(
                out,
                "| {} | {} | {} | {}, {} in {} days | {} |",
                code(&row.path).replace('|', "\\|"),
                plain(&row.by.join(", ")),
                plain(&owners),
                row.changes,
                row.recent,
                self.limits.days,
                plain(&row.incidents.join(", "))
            );
        }
    }
}

pub(super) fn list(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = write!(out, "\n**{title}**\n\n");
        for line in lines {
            let _ = writeln!(out, "- {line}");
        }
    }
}

pub(super) fn code(text: &str) -> String {
    format!("`{}`", clean(text).replace('`', "'"))
}

pub(super) fn plain(text: &str) -> String {
    clean(text).replace('|', "\\|")
}
