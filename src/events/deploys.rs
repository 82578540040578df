//! `deploys.jsonl`: what a pipeline wrote down, a deploy a line with its time, environment and revision.

use serde_json::Value;

use super::record::time;
use super::sink::{Said, Sink};
use crate::model::pipeline::{ENVIRONMENTS, OUTCOMES, REVISIONS, SERVICES, has_failed};

/// Takes one deploy.
pub(super) fn read(deploy: &Value, sink: &mut Sink<'_>) {
    let environment = member(deploy, &ENVIRONMENTS);
    let counts = |known: &String| known.eq_ignore_ascii_case(environment);
    if !environment.is_empty() && !sink.asked.environments.iter().any(counts) {
        return sink.pass_over(&format!("deploys to {environment}"));
    }
    let outcome = member(deploy, &OUTCOMES);
    if has_failed(outcome) {
        return sink.pass_over(&format!("deploys with the status {}", outcome.to_lowercase()));
    }
    let revision = member(deploy, &REVISIONS);
    if revision.is_empty() {
        return sink.unread("it has no revision");
    }
    let said = deployed(member(deploy, &SERVICES), revision, environment);
    let time = time(deploy, sink.asked.vocabulary).unwrap_or_default();
    sink.event(&Said { time: &time, text: &said, source: sink.asked.name, ..Said::default() });
}

/// What a deploy is told as: the service and the environment as far as they are known.
#[must_use]
pub fn deployed(service: &str, revision: &str, environment: &str) -> String {
    let is_hash = revision.len() >= 40 && revision.bytes().all(|byte| byte.is_ascii_hexdigit());
    let revision = if is_hash { &revision[..7] } else { revision };
    let service = if service.is_empty() { String::new() } else { format!("{service} ") };
    let place = if environment.is_empty() { String::new() } else { format!(" to {environment}") };
    format!("Deployed {service}{revision}{place}")
}

/// The first member that says something.
pub(super) fn member<'v>(deploy: &'v Value, names: &[&str]) -> &'v str {
    let texts = names.iter().filter_map(|name| deploy.get(*name)?.as_str());
    texts.map(str::trim).find(|text| !text.is_empty()).unwrap_or_default()
}
