//! What keeps a release from being tagged: rules, promises with where they stand, waivers and a day in; a verdict out.
//! Pure: it knows no repository and no clock.

mod item;
mod scope;
mod waiver;

use chrono::NaiveDate;

use crate::config::{GateRule, GateScope};
use crate::model::Scale;

pub use item::{Carried, Item};
pub use scope::{Release, Trace, is_touched, own_changes};
pub use waiver::{BadWaiver, Waiver, in_message};

/// What is judged, and by what.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The rules, in their order.
    pub rules: &'q [GateRule],
    /// The promises.
    pub items: &'q [Item],
    /// The waivers, each with the item that it is for.
    pub waivers: &'q [(usize, Waiver)],
    /// The day of judgement.
    pub day: NaiveDate,
    /// Promises of incidents before this day are not judged.
    pub since: Option<NaiveDate>,
    /// The team's priorities.
    pub priorities: &'q Scale,
    /// The team's severities.
    pub severities: &'q Scale,
}

/// A rule that takes an item, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The item.
    pub item: usize,
    /// The rule.
    pub rule: usize,
}

/// A promise that closes the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocker {
    /// Which, and by which rule.
    pub hit: Hit,
    /// Days past the due date, where it is past.
    pub days_over: Option<i64>,
    /// The last day of the waiver that let it pass once.
    pub waived_until: Option<NaiveDate>,
}

/// A promise that would close the gate, but for a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waived {
    /// Which, and by which rule.
    pub hit: Hit,
    /// The waiver's place.
    pub waiver: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What closes the gate; it is open where there is none.
    pub blockers: Vec<Blocker>,
    /// What a waiver lets pass.
    pub waived: Vec<Waived>,
    /// What this release itself keeps.
    pub carried: Vec<Hit>,
    /// What drafts promise: a reminder, never a refusal.
    pub drafts: Vec<Hit>,
    /// What is not judged, because its incident is from before the first day.
    pub not_judged: Vec<Hit>,
    /// What this release does not touch.
    pub untouched: Vec<Hit>,
}

impl Verdict {
    /// Whether the release may be made.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.blockers.is_empty()
    }
}

/// Every rule that takes an item, whatever the release touches, in the order of the items.
#[must_use]
pub fn hits(question: &Question<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (item, promise) in question.items.iter().enumerate() {
        let takes = |rule: &GateRule| promise.is_taken_by(rule, question);
        let own = question.rules.iter().enumerate().filter(|(_, rule)| takes(rule));
        hits.extend(own.map(|(rule, _)| Hit { item, rule }));
    }
    hits
}

/// The items of which it must be known whether the release touches them, each once.
#[must_use]
pub fn in_question(question: &Question<'_>, hits: &[Hit]) -> Vec<usize> {
    let is_judged = |hit: &&Hit| {
        question.rules[hit.rule].scope == GateScope::Touched
            && !question.items[hit.item].is_before(question.since)
    };
    let mut items: Vec<usize> = hits.iter().filter(is_judged).map(|hit| hit.item).collect();
    items.dedup();
    items
}

/// The verdict over what the rules took, given the items that the release touches. Of several rules that take an item the
/// first one is named.
#[must_use]
pub fn settle(question: &Question<'_>, hits: &[Hit], touched: &[usize]) -> Verdict {
    let mut verdict = Verdict::default();
    for own in hits.chunk_by(|a, b| a.item == b.item) {
        let Some(first) = own.first() else { continue };
        let concerns =
            |hit: &&Hit| question.rules[hit.rule].scope == GateScope::All || touched.contains(&hit.item);
        let item = &question.items[first.item];
        let hit = own.iter().find(concerns);
        let list = match hit {
            _ if item.is_before(question.since) => &mut verdict.not_judged,
            None => &mut verdict.untouched,
            Some(_) if item.is_draft => &mut verdict.drafts,
            Some(_) if item.carried.is_some() => &mut verdict.carried,
            Some(hit) => {
                pass_or_block(question, *hit, &mut verdict);
                continue;
            }
        };
        list.push(*hit.unwrap_or(first));
    }
    verdict
}

/// A waiver counts while its end is not before the day; of several the one that lasts longest.
fn pass_or_block(question: &Question<'_>, hit: Hit, verdict: &mut Verdict) {
    let own = question.waivers.iter().enumerate().filter(|(_, (item, _))| *item == hit.item);
    let last = own.max_by_key(|(at, (_, waiver))| (waiver.until, std::cmp::Reverse(*at)));
    match last {
        Some((waiver, (_, found))) if found.until >= question.day => {
            verdict.waived.push(Waived { hit, waiver });
        }
        last => verdict.blockers.push(Blocker {
            hit,
            days_over: question.items[hit.item].days_over(question.day),
            waived_until: last.map(|(_, (_, waiver))| waiver.until),
        }),
    }
}

#[cfg(test)]
mod tests;
