//! What the name of a folder says about what is in it.

use super::convention::fold;

/// How sure a folder's name makes us, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sureness {
    /// It says post-mortem.
    Named,
    /// It says incident reports or the like; documents must be in it.
    Likely,
    /// It says something that others mean by other things; dated documents must be in it.
    Perhaps,
}

/// What a folder's name says about it; `None` where it says nothing.
pub(super) fn sureness(name: &str) -> Option<Sureness> {
    const LIKELY: [&str; 16] = [
        "s",
        "",
        "report",
        "reports",
        "review",
        "reviews",
        "retro",
        "retros",
        "retrospective",
        "retrospectives",
        "analysis",
        "analyses",
        "log",
        "logs",
        "writeups",
        "history",
    ];
    let folded = fold(name);
    if folded.contains("postmortem") {
        return Some(Sureness::Named);
    }
    match folded.as_str() {
        "rca" | "rcas" | "rootcauseanalysis" | "rootcauseanalyses" | "outagereports" | "outagereport" => {
            Some(Sureness::Likely)
        }
        "outages" | "outage" | "coe" | "coes" | "investigations" | "incidentdocs" => Some(Sureness::Perhaps),
        _ => folded.strip_prefix("incident").filter(|rest| LIKELY.contains(rest)).map(|_| Sureness::Likely),
    }
}
