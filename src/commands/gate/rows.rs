//! A verdict as it is shown.

use super::promises::{Promise, Promises};
use crate::archive::Place;
use crate::gate::{Blocker, Hit, Question, Verdict, Waived};
use crate::promise::Word;
use crate::render::clean;
use crate::render::escape::shell;
use crate::render::gate::{PromiseRow, WaiverRow};

/// What showing a verdict needs besides it.
pub(super) struct Shower<'s> {
    pub(super) question: &'s Question<'s>,
    pub(super) promises: &'s Promises<'s>,
}

/// The rows of a verdict.
pub(super) struct Rows {
    pub(super) blockers: Vec<PromiseRow>,
    pub(super) waived: Vec<PromiseRow>,
    pub(super) carried: Vec<PromiseRow>,
    pub(super) drafts: Vec<PromiseRow>,
}

impl Shower<'_> {
    pub(super) fn rows(&self, verdict: &Verdict) -> Rows {
        let plain = |hits: &[Hit]| hits.iter().map(|hit| self.row(*hit)).collect();
        let carried = |hit: &Hit| {
            let carried = self.question.items[hit.item].carried.as_ref();
            PromiseRow { closed_by: carried.map(|carried| carried.commit.clone()), ..self.row(*hit) }
        };
        Rows {
            blockers: verdict.blockers.iter().map(|blocker| self.blocker(blocker)).collect(),
            waived: verdict.waived.iter().map(|waived| self.waived(waived)).collect(),
            carried: verdict.carried.iter().map(carried).collect(),
            drafts: plain(&verdict.drafts),
        }
    }

    fn row(&self, hit: Hit) -> PromiseRow {
        let item = &self.question.items[hit.item];
        let Promise { entry, action, .. } = &self.promises.all[hit.item];
        PromiseRow {
            id: item.id.clone(),
            short_id: self.promises.short_id(hit.item, '#'),
            rule: self.question.rules[hit.rule].title(),
            text: action.text.clone(),
            owner: item.owner.clone(),
            priority: item.priority.clone(),
            severity: item.severity.clone(),
            status: action.status.word(),
            due: item.due,
            days_over: item.due.map(|due| (self.question.day - due).num_days()).filter(|days| *days > 0),
            slipped: item.put_off,
            first_due: item.first_due,
            stale: item.stale.clone(),
            postmortem: entry.name(),
            path: entry.path.clone(),
            line: action.line,
            closed_by: None,
            waiver: None,
            waived_until: None,
            closes: None,
            waive: None,
        }
    }

    fn blocker(&self, blocker: &Blocker) -> PromiseRow {
        let hit = blocker.hit;
        let Promise { entry, .. } = &self.promises.all[hit.item];
        debug_assert!(entry.place == Place::Tree, "drafts close nothing");
        let typed = self.promises.short_id(hit.item, ':');
        PromiseRow {
            days_over: blocker.days_over,
            waived_until: blocker.waived_until,
            closes: Some(
                clean(&format!("{} {}", Word::Closes.line(), self.question.items[hit.item].id)).into_owned(),
            ),
            waive: Some(format!("git postmortem gate waive {} --until 2w --reason \"…\"", shell(&typed))),
            ..self.row(hit)
        }
    }

    fn waived(&self, waived: &Waived) -> PromiseRow {
        let (_, waiver) = &self.question.waivers[waived.waiver];
        let waiver = WaiverRow {
            until: waiver.until,
            reason: waiver.reason.clone(),
            who: waiver.who.clone(),
            place: waiver.place.clone(),
        };
        PromiseRow { waiver: Some(waiver), ..self.row(waived.hit) }
    }
}
