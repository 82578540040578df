//! Payloads that Prometheus Alertmanager sends to a webhook, and the alerts that its API lists.

use serde_json::Value;

use super::json::{first, text};
use super::sink::{Said, Sink};
use crate::model::EventKind;

/// Takes a payload or an alert.
pub(super) fn read(value: &Value, sink: &mut Sink<'_>) {
    match value.get("alerts").and_then(Value::as_array) {
        Some(alerts) => {
            let truncated = value.get("truncatedAlerts").and_then(Value::as_u64).unwrap_or_default();
            if truncated > 0 {
                sink.partial = Some(format!("{truncated} alerts were left out by Alertmanager itself"));
            }
            alerts.iter().for_each(|alert| one(alert, sink));
        }
        None => one(value, sink),
    }
}

fn one(alert: &Value, sink: &mut Sink<'_>) {
    let name = text(alert, "/labels/alertname").trim();
    let told = first(
        alert,
        &["/annotations/summary", "/annotations/description", "/annotations/message", "/annotations/title"],
    );
    let told = if told.is_empty() { place(alert) } else { told.to_owned() };
    let called = if name.is_empty() { "An alert".to_owned() } else { format!("Alert {name}") };
    let behind = if told.is_empty() { String::new() } else { format!(": {told}") };
    let (start, end) = (text(alert, "/startsAt"), text(alert, "/endsAt"));
    let begun = format!("{called} fired{behind}");
    let said = |time, text, kind| Said {
        time,
        text,
        kind: Some(kind),
        implied: true,
        source: "Alertmanager",
        ..Said::default()
    };
    if is_unset(start) {
        sink.unread("the alert has no startsAt");
    } else {
        sink.event(&said(start, &begun, EventKind::Detected));
    }
    let ended = format!("{called} ended{behind}");
    if is_over(alert) && !is_unset(end) {
        sink.event(&said(end, &ended, EventKind::Resolved));
    }
}

/// Whether an alert has ended: one that fires has no end, or one that is only expected.
fn is_over(alert: &Value) -> bool {
    alert.get("status").and_then(Value::as_str) == Some("resolved")
}

/// No date: Go's zero time stands for none.
fn is_unset(stamp: &str) -> bool {
    stamp.trim().is_empty() || stamp.starts_with("0001-01-01")
}

/// What an alert without words is about.
fn place(alert: &Value) -> String {
    let labels = ["service", "job", "instance", "namespace", "pod"];
    let said = labels.iter().map(|label| (label, text(alert, &format!("/labels/{label}"))));
    let said = said.filter(|(_, value)| !value.is_empty()).map(|(label, value)| format!("{label} {value}"));
    said.collect::<Vec<_>>().join(", ")
}
