//! What a provider told of the system, as tables and as markdown.

use std::fmt::Write as _;

use super::markdown::{code, list, plain};
use crate::context::{Impact, SystemContext};
use crate::render::{Cell, Column, Look, Table, clean, count, flow};

/// So many facts of a part are shown where not everything is asked for.
const FACTS: usize = 3;

/// `serial 7, commit abc1234; architecture 2, capabilities 1`
fn head(system: &SystemContext) -> String {
    let words = |name: &str| clean(name).replace('_', " ");
    let state = system.state.iter().map(|(name, value)| format!("{} {}", words(name), clean(value)));
    let parts = system.parts.iter().map(|(name, number)| format!("{} {number}", words(name)));
    let told = [state.collect::<Vec<_>>().join(", "), parts.collect::<Vec<_>>().join(", ")];
    let told: Vec<String> = told.into_iter().filter(|told| !told.is_empty()).collect();
    if told.is_empty() { String::new() } else { format!(" ({})", told.join("; ")) }
}

/// The impact, a line each: what, and names.
fn impact(impact: &Impact) -> Vec<(&'static str, &[String])> {
    let all = [
        ("touch", impact.touched.as_slice()),
        ("are held to", impact.rules.as_slice()),
        ("belong to no part", impact.unmapped_files.as_slice()),
    ];
    all.into_iter().filter(|(_, names)| !names.is_empty()).collect()
}

/// Some of the names, and how many more there are.
fn some(names: &[String], most: usize) -> String {
    let shown = names.iter().take(most).map(|name| clean(name)).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// A text in as many lines as it takes, the further ones set in.
fn write_line(out: &mut String, indent: &str, text: &str, look: Look) {
    let columns = look.width.map_or(usize::MAX, |width| usize::from(width).saturating_sub(4));
    for (at, line) in flow(text, columns).iter().enumerate() {
        let _ = writeln!(out, "{indent}{}{}", if at == 0 { "" } else { "  " }, line.trim_start());
    }
}

/// The tables for a terminal.
pub(super) fn text(system: &SystemContext, listed: usize, look: Look) -> String {
    let mut out = String::new();
    let provider = clean(&system.provider);
    out.push('\n');
    write_line(&mut out, "", &format!("how it was meant to work, from {provider}{}", head(system)), look);
    let more = |out: &mut String, all: usize| {
        if all > listed {
            let _ = writeln!(out, "  and {} more (--all lists them)", all - listed);
        }
    };
    if !system.elements.is_empty() {
        let columns =
            [Column::whole("PART"), Column::flowing("FILES", 16, 4), Column::flowing("KNOWN OF IT", 24, 6)];
        let mut table = Table::new(columns.into());
        for element in system.elements.iter().take(listed) {
            let facts =
                &element.facts[..element.facts.len().min(if listed == usize::MAX { listed } else { FACTS })];
            table.row(vec![
                Cell::from(element.name.as_str()),
                Cell::from(some(&element.files, FACTS)),
                Cell::from(facts.join(" ")),
            ]);
        }
        out.push_str(&table.indent(2).draw(look));
        more(&mut out, system.elements.len());
    }
    if !system.rules.is_empty() {
        let _ = writeln!(out, "\nrules that hold for them, from {provider}");
        let columns = [
            Column::whole("RULE"),
            Column::whole("KIND"),
            Column::flowing("SAYS", 24, 6),
            Column::flowing("FILES", 16, 4),
        ];
        let mut table = Table::new(columns.into());
        for rule in system.rules.iter().take(listed) {
            table.row(vec![
                Cell::from(rule.name.as_str()),
                Cell::from(rule.kind.as_str()),
                Cell::from(rule.label.as_str()),
                Cell::from(some(&rule.files, FACTS)),
            ]);
        }
        out.push_str(&table.indent(2).draw(look));
        more(&mut out, system.rules.len());
    }
    if let Some(own) = &system.impact {
        let _ = writeln!(out, "\nchanges that are not committed, from {provider}");
        for (what, names) in impact(own) {
            write_line(&mut out, "  ", &format!("{what:<18} {}", some(names, listed)), look);
        }
    }
    if !system.unknown_files.is_empty() {
        let files = count(system.unknown_files.len(), "file", "files");
        let _ = writeln!(out, "\nunknown to {provider}: {files}");
        write_line(&mut out, "  ", &some(&system.unknown_files, listed), look);
    }
    out
}

/// The same to be pasted.
pub(super) fn markdown(system: &SystemContext, out: &mut String) {
    let provider = plain(&system.provider);
    let codes = |names: &[String]| names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
    let _ = writeln!(out, "\nAs {provider} tells it{}.", plain(&head(system)));
    list(
        out,
        &format!("Parts of the system ({provider})"),
        system.elements.iter().map(|element| {
            let facts = element.facts.iter().map(|fact| plain(fact)).collect::<Vec<_>>().join(" ");
            let facts = if facts.is_empty() { facts } else { format!(": {facts}") };
            format!("{} ({}){facts}", code(&element.name), codes(&element.files))
        }),
    );
    list(
        out,
        &format!("Rules that hold for them ({provider})"),
        system.rules.iter().map(|rule| {
            let kind = if rule.kind.is_empty() { String::new() } else { format!("{}, ", plain(&rule.kind)) };
            format!("{} ({kind}{}): {}", code(&rule.name), codes(&rule.files), plain(&rule.label))
        }),
    );
    let changes = system.impact.as_ref().map(impact).unwrap_or_default();
    list(
        out,
        &format!("Changes that are not committed ({provider})"),
        changes.into_iter().map(|(what, names)| format!("{what}: {}", codes(names))),
    );
    list(out, &format!("Files unknown to {provider}"), system.unknown_files.iter().map(|file| code(file)));
}
