//! Comments that silence one rule at one place, with a reason; and which of them nothing needs.

use super::engine::{Rules, finding};
use super::finding::Finding;
use super::rule::Look;
use super::rules::{ALL, pm003_unused_comment as unused};
use crate::document::{Allowance, allowances, secrets};

/// Takes out what comments silence, and adds those comments that silence nothing.
pub(super) fn silence(rules: &Rules, look: &Look<'_>, findings: &mut Vec<Finding>) {
    let text = look.document.text();
    let comments = allowances(text);
    for comment in comments.iter().filter(|comment| !comment.reason.is_empty()) {
        let Some((code, is_asked)) = rules.named(&comment.rule.value) else { continue };
        let before = findings.len();
        findings.retain(|finding| finding.code != code || !comment.is_about(&finding.span));
        let is_used = findings.len() < before || passes_secret(text, code, comment);
        let unused = unused::RULE.code;
        if let (false, true, Some(level)) = (is_used, is_asked && is_judged(code, look), rules.level(unused))
        {
            let rule = ALL.iter().find(|rule| rule.code == unused).expect("it is a rule");
            findings.push(finding(rule, level, look, self::unused::note(text, comment)));
        }
    }
}

/// Two comments about one place may both be needed, and a secret is passed over before a rule speaks of it.
fn passes_secret(text: &str, code: &str, comment: &Allowance) -> bool {
    code == secrets::RULE && secrets::every(text).iter().any(|found| comment.is_about(&found.span))
}

/// Whether a rule had all that it looks at: people, history and other post-mortems are known in a repository alone.
fn is_judged(code: &str, look: &Look<'_>) -> bool {
    let needs_a_repository = ["PM1", "PM5", "PM6"].iter().any(|family| code.starts_with(family));
    !needs_a_repository || look.around.older.is_some()
}
