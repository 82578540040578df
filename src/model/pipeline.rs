//! The names that pipelines give to what they record of a deploy: one object with plain members, whoever wrote it.

/// Members that say what was deployed.
pub const REVISIONS: [&str; 8] = ["revision", "commit", "sha", "tag", "version", "ref", "rev", "release"];
/// Members that say where to.
pub const ENVIRONMENTS: [&str; 4] = ["environment", "env", "stage", "target"];
/// Members that say which service.
pub const SERVICES: [&str; 4] = ["service", "app", "application", "component"];
/// Members that say what came of it.
pub const OUTCOMES: [&str; 4] = ["status", "state", "result", "outcome"];

/// Whether a word for what came of a deploy says that it put nothing live.
#[must_use]
pub fn has_failed(outcome: &str) -> bool {
    const FAILED: [&str; 9] = [
        "failed",
        "failure",
        "error",
        "cancelled",
        "canceled",
        "aborted",
        "skipped",
        "pending",
        "in_progress",
    ];
    FAILED.iter().any(|word| outcome.eq_ignore_ascii_case(word))
}
