//! What was understood of a document, for people.

use super::row::{Action, Row, line_of_field};
use crate::document::{Document, FieldKind};
use crate::model::Fact;
use crate::render::{Look, Tone, clean, count, labelled, minutes};

/// The document in labelled lines; with `-v`, where each value comes from.
pub(super) fn text(row: &Row, document: &Document<'_>, look: Look) -> String {
    let place =
        |kind| line_of_field(document, kind).map_or("not stated".to_owned(), |line| format!("line {line}"));
    let concluded = |fact, kind| {
        document.whence(fact).map_or_else(|| place(kind), |from| format!("inferred from the {from}"))
    };
    let mut lines: Vec<(&str, String)> = Vec::new();
    let mut say = |label: &'static str, value: Option<String>, whence: String| {
        let value = value.map(|value| clean(&value).replace('\n', " "));
        match (value, look.verbose) {
            (Some(value), true) => lines.push((label, format!("{value}   ({whence})"))),
            (Some(value), false) => lines.push((label, value)),
            (None, _) => lines.push((label, look.paint(Tone::Dim, "-").into_owned())),
        }
    };
    let title = document.title().map(|title| format!("line {}", document.line_of(title.span.start)));
    say("title", row.title.clone(), title.unwrap_or_default());
    say("date", row.date.clone(), concluded(Fact::Date, FieldKind::Date));
    let severity = match (&row.severity, &row.severity_level) {
        (Some(written), Some(level)) if written != level => Some(format!("{written} = {level}")),
        (Some(written), None) => Some(format!("{written}   not on the configured scale")),
        (written, _) => written.clone(),
    };
    say("severity", severity, concluded(Fact::Severity, FieldKind::Severity));
    say("duration", row.duration_minutes.map(minutes), concluded(Fact::Duration, FieldKind::Duration));
    say("authors", list(&row.authors), place(FieldKind::Authors));
    say("reviewers", list(&row.reviewers), place(FieldKind::Reviewers));
    say("status", row.status.clone(), place(FieldKind::Status));
    let parts: Vec<String> = row.sections.iter().map(part).collect();
    lines.push(("sections", if parts.is_empty() { "none recognised".to_owned() } else { parts.join(", ") }));
    lines.push(("timeline", count(row.timeline_events, "event", "events")));
    lines.push(("actions", count(row.actions.len(), "action item", "action items")));
    if !says_something(row) {
        let nothing = "was understood: no title, no date, no sections, no action items";
        lines = vec![("nothing", nothing.to_owned())];
    }
    for item in &row.actions {
        lines.push(("", action(item, look)));
    }
    for (at, unclear) in row.unclear.iter().enumerate() {
        lines.push((if at == 0 { "unclear" } else { "" }, clean(&unclear.to_string()).into_owned()));
    }
    if row.encoding != "UTF-8" {
        lines.push(("encoding", format!("{}, not UTF-8", row.encoding)));
    }
    format!("{}\n{}", look.paint(Tone::Strong, &clean(&row.file)), labelled(&lines, look.width))
}

fn says_something(row: &Row) -> bool {
    let head = [&row.title, &row.date, &row.severity].into_iter().any(Option::is_some);
    head || !row.sections.is_empty() || !row.actions.is_empty() || row.timeline_events > 0
}

fn list(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}

fn part(part: &super::row::Part) -> String {
    let heading = clean(&part.heading);
    if part.filled { heading.into_owned() } else { format!("{heading} (empty)") }
}

fn action(item: &Action, look: Look) -> String {
    let id = if item.numbered { format!("#{}", item.id) } else { format!("#{} (position)", item.id) };
    let mut words = vec![id, item.state.to_owned(), clean(&item.text).replace('\n', " ")];
    words.extend(item.owner.as_ref().map(|owner| clean(owner).into_owned()));
    words.extend(item.priority.clone());
    words.extend(item.due.clone());
    let mut line = words.join("  ");
    if look.verbose {
        let inferred: Vec<String> =
            item.inferred.iter().map(|field| format!("{field:?}").to_lowercase()).collect();
        line.push_str(&format!("   (line {}", item.line));
        if !inferred.is_empty() {
            line.push_str(&format!("; inferred: {}", inferred.join(", ")));
        }
        line.push(')');
    }
    line
}
