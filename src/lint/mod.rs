//! What is wrong with a document, told as findings: rules over a document and values about its surroundings. Pure.
//!
//! A rule is a file below `rules/`, and says everything about itself there: its code and name, its level, what its pages
//! say, and how it looks. What is on disk, in git or in other documents comes in as [`Surroundings`].

mod blamed;
mod finding;
mod rule;
mod rules;
mod surroundings;

pub use finding::{Finding, Level, Note};
pub use rule::{Look, Rule};
pub use rules::ALL;
pub use surroundings::{Closed, Older, OlderAction, Revision, Standing, Surroundings};

/// What every rule says about a document, by place and then by code; levels are those of the rules themselves.
#[must_use]
pub fn check(look: &Look<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in ALL {
        let mut notes = Vec::new();
        (rule.check)(look, &mut notes);
        findings.extend(notes.into_iter().map(|note| Finding::new(rule, note)));
    }
    findings.sort_by(|a, b| (a.span.start, a.span.end, &a.code).cmp(&(b.span.start, b.span.end, &b.code)));
    findings
}
