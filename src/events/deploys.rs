//! `deploys.jsonl`: what a pipeline wrote down, a deploy a line with its time, environment and revision.

use serde_json::Value;

use super::json::first;
use super::record::time;
use super::sink::{Said, Sink};

/// Members that name the revision.
pub(super) const REVISION: [&str; 8] =
    ["/revision", "/sha", "/commit", "/ref", "/tag", "/version", "/release", "/rev"];
/// Members that name the environment.
pub(super) const ENVIRONMENT: [&str; 4] = ["/environment", "/env", "/stage", "/target"];
/// Words of a status that say that nothing was deployed.
const FAILED: [&str; 8] =
    ["failure", "failed", "error", "cancelled", "canceled", "aborted", "pending", "skipped"];

/// Takes one deploy.
pub(super) fn read(deploy: &Value, sink: &mut Sink<'_>) {
    let environment = first(deploy, &ENVIRONMENT).trim();
    let counts = |known: &String| known.eq_ignore_ascii_case(environment);
    if !environment.is_empty() && !sink.asked.environments.iter().any(counts) {
        return sink.pass_over(&format!("deploys to {environment}"));
    }
    let status = first(deploy, &["/status", "/state", "/result", "/outcome"]).to_lowercase();
    if FAILED.contains(&status.as_str()) {
        return sink.pass_over(&format!("deploys with the status {status}"));
    }
    let revision = first(deploy, &REVISION).trim();
    if revision.is_empty() {
        return sink.unread("it has no revision");
    }
    let is_hash = revision.len() >= 40 && revision.bytes().all(|byte| byte.is_ascii_hexdigit());
    let revision = if is_hash { &revision[..7] } else { revision };
    let service = first(deploy, &["/service", "/app", "/application", "/component"]).trim();
    let service = if service.is_empty() { String::new() } else { format!("{service} ") };
    let place = if environment.is_empty() { String::new() } else { format!(" to {environment}") };
    let said = format!("Deployed {service}{revision}{place}");
    let time = time(deploy, sink.asked.vocabulary).unwrap_or_default();
    sink.event(&Said { time: &time, text: &said, source: sink.asked.name, ..Said::default() });
}
