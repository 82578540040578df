//! Log entries of PagerDuty's REST API, version 2. Their summaries name people; the sentences are made from the type.

use serde_json::Value;

use super::json::{first, text};
use super::sink::{Said, Sink};
use crate::model::EventKind;

/// Takes one log entry.
pub(super) fn read(entry: &Value, sink: &mut Sink<'_>) {
    let kind = text(entry, "/type").trim_end_matches("_log_entry").trim_end_matches("_reference");
    if kind.is_empty() {
        return sink.unread("it has no type");
    }
    let title = first(
        entry,
        &[
            "/incident/title",
            "/incident/summary",
            "/event_details/description",
            "/channel/description",
            "/channel/subject",
            "/channel/summary",
        ],
    );
    let (number, title) = numbered(entry, title);
    let incident = number.as_ref().map_or_else(|| "the incident".to_owned(), |n| format!("incident #{n}"));
    let note = first(entry, &["/channel/content", "/channel/summary", "/note", "/message"]);
    let sentence = match kind {
        "trigger" if title.is_empty() => format!("PagerDuty triggered {incident}"),
        "trigger" => format!("PagerDuty triggered {incident}: {title}"),
        "annotate" if note.is_empty() => return sink.pass_over("notes without words"),
        "annotate" => note.to_owned(),
        "notify" => format!("on-call was notified of {incident}"),
        kind => format!("{incident} {}", deed(kind)),
    };
    let summary = text(entry, "/summary").trim();
    let said = if sink.asked.names && !summary.is_empty() { summary.to_owned() } else { capital(&sentence) };
    let source = number.map_or_else(|| "PagerDuty".to_owned(), |number| format!("PagerDuty #{number}"));
    let kind = match kind {
        "trigger" => Some(EventKind::Detected),
        "acknowledge" => Some(EventKind::Acknowledged),
        "resolve" => Some(EventKind::Resolved),
        _ => None,
    };
    let time = text(entry, "/created_at");
    sink.event(&Said { time, text: &said, kind, implied: true, source: &source, ..Said::default() });
}

/// The incident's number and its title without it: `[#1234] Checkout is down`.
fn numbered<'v>(entry: &Value, title: &'v str) -> (Option<String>, &'v str) {
    let behind = title.strip_prefix("[#").and_then(|rest| rest.split_once(']'));
    let digits = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    match behind.filter(|(number, _)| digits(number)) {
        Some((number, rest)) => (Some(number.to_owned()), rest.trim()),
        None => (entry.pointer("/incident/incident_number").map(ToString::to_string), title.trim()),
    }
}

/// What happened to an incident, without who did it.
fn deed(kind: &str) -> String {
    let known = match kind {
        "acknowledge" => "was acknowledged",
        "unacknowledge" => "lost its acknowledgement",
        "resolve" => "was resolved",
        "escalate" => "was escalated",
        "assign" | "delegate" => "was assigned",
        "snooze" => "was snoozed",
        "merge" | "link" => "was joined with another",
        "urgency_change" => "changed its urgency",
        "priority_change" => "changed its priority",
        "exhaust_escalation_path" => "ran out of people to call",
        "repeat_escalation_path" => "called everyone again",
        "reach_trigger_limit" => "reached the limit of alerts",
        "responder_request" | "add_responder" => "called for more responders",
        "status_update" => "had a status update",
        other => return format!("had an entry of type {}", other.replace('_', " ")),
    };
    known.to_owned()
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
