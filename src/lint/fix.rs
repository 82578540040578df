//! Makes the edits that findings offer, until nothing more is to be mended.
//!
//! A text is read anew after each round, so that no edit is made on what another has changed. What does not silence its
//! finding, or gives rise to an error, is not kept.

use std::collections::{HashMap, HashSet};

use super::engine::Rules;
use super::finding::Finding;
use super::rule::Look;
use super::surroundings::Surroundings;
use crate::config::Config;
use crate::document::edit::Edit;
use crate::document::merge::conflict;
use crate::document::{Document, Source, Vocabulary, parse};
use crate::model::Level;

/// So many times a text is read at most: a round mends what it can, and one alone what together would not do.
const READINGS: usize = 200;

/// A text with what could be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The bytes, in the encoding that they had.
    pub bytes: Vec<u8>,
    /// How many findings that silenced.
    pub mended: usize,
}

/// What a finding is known by in another text: its rule, its message, and the line that it stands on.
type Known = (String, String, String);

/// Mends what is mechanical. Nothing outside the spans of edits changes; a page of HTML is left as it is.
#[must_use]
pub fn fix(rules: &Rules, source: &Source<'_>, with: (&Vocabulary, &Config, &Surroundings)) -> Fixed {
    let mut fixed = Fixed { bytes: source.bytes.to_vec(), mended: 0 };
    // Between the marks of a merge stand two texts: which one is right is for people to say.
    if conflict(source.bytes).is_some() {
        return fixed;
    }
    let mut refused: HashSet<Known> = HashSet::new();
    let mut readings = 0;
    let mut look = |bytes: &[u8]| {
        readings += 1;
        (readings <= READINGS).then(|| {
            let document = parse(&Source { name: source.name, bytes }, with.0).into_owned();
            let findings = check(rules, &document, with);
            (document, findings)
        })
    };
    let Some(mut now) = look(&fixed.bytes) else { return fixed };
    'rounds: while !now.0.is_html() {
        let (document, findings) = &now;
        let chosen = choose(document, findings, &refused);
        // All together first; where that does not do, each alone.
        let tries =
            (chosen.len() > 1).then(|| chosen.clone()).into_iter().chain(chosen.iter().map(|one| vec![*one]));
        for chosen in tries {
            let edits: Vec<Edit> = chosen.iter().flat_map(|finding| finding.fix.clone()).collect();
            let bytes = document.edited(&fixed.bytes, &edits);
            let Some(after) = look(&bytes) else { break 'rounds };
            if bytes != fixed.bytes && mends(findings, &chosen, &after.1) {
                fixed = Fixed { bytes, mended: fixed.mended + chosen.len() };
                now = after;
                continue 'rounds;
            }
            if let [alone] = chosen.as_slice() {
                refused.insert(known(document, alone));
            }
        }
        break;
    }
    fixed
}

fn check(
    rules: &Rules,
    document: &Document<'_>,
    with: (&Vocabulary, &Config, &Surroundings),
) -> Vec<Finding> {
    let postmortem = document.postmortem();
    rules.check(&Look::new(document, &postmortem, with.0, with.1, with.2))
}

/// Findings whose edits neither touch one another nor are hopeless, in the order of places.
fn choose<'f>(
    document: &Document<'_>,
    findings: &'f [Finding],
    refused: &HashSet<Known>,
) -> Vec<&'f Finding> {
    let mut made: Vec<&Edit> = Vec::new();
    let mut chosen = Vec::new();
    for finding in findings.iter().filter(|finding| !finding.fix.is_empty()) {
        let is_free = |edit: &Edit| {
            made.iter().all(|other| edit.span.end < other.span.start || other.span.end < edit.span.start)
        };
        let is_possible = is_whole(document.text(), &finding.fix) && document.spells(&finding.fix);
        if is_possible && finding.fix.iter().all(is_free) && !refused.contains(&known(document, finding)) {
            made.extend(&finding.fix);
            chosen.push(finding);
        }
    }
    chosen
}

/// Whether edits that belong together can all be made.
fn is_whole(text: &str, edits: &[Edit]) -> bool {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let is_apart = sorted.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    is_apart && edits.iter().all(|edit| text.get(edit.span.clone()).is_some())
}

/// Whether the chosen findings are gone, and no error is new.
fn mends(before: &[Finding], chosen: &[&Finding], after: &[Finding]) -> bool {
    fn counts<'f>(findings: impl Iterator<Item = &'f Finding>) -> HashMap<(&'f str, &'f str), usize> {
        let mut counts = HashMap::new();
        for finding in findings {
            *counts.entry((finding.code.as_ref(), finding.message.as_str())).or_default() += 1;
        }
        counts
    }
    let (before, after_all) = (counts(before.iter()), counts(after.iter()));
    let are_gone = counts(chosen.iter().copied()).into_iter().all(|(key, count)| {
        after_all.get(&key).copied().unwrap_or(0) + count <= before.get(&key).copied().unwrap_or(0)
    });
    let errors = counts(after.iter().filter(|finding| finding.level == Level::Error));
    are_gone && errors.into_iter().all(|(key, count)| count <= before.get(&key).copied().unwrap_or(0))
}

fn known(document: &Document<'_>, finding: &Finding) -> Known {
    let text = document.text();
    let start = text[..finding.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    (finding.code.to_string(), finding.message.clone(), line.to_owned())
}
