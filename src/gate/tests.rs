use super::*;
use crate::config::GateState;
use crate::model::Status;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn item(id: &str) -> Item {
    Item {
        id: id.to_owned(),
        status: Status::Open,
        is_tracked: false,
        is_draft: false,
        due: Some(day("2026-11-20")),
        owner: Some("@ana".into()),
        priority: Some("P1".into()),
        severity: Some("SEV-1".into()),
        services: vec!["payments".into()],
        incident: Some(day("2026-03-08")),
        promised: Some(day("2026-03-10")),
        put_off: 0,
        first_due: None,
        stale: None,
        carried: None,
    }
}

fn scale(levels: &[&str]) -> Scale {
    Scale::new(levels.iter().map(|level| (*level).to_owned()).collect(), &[("high".into(), "P1".into())])
}

/// Judges items on 2026-11-23.
fn judge(rules: &[GateRule], items: &[Item], waivers: &[(usize, Waiver)], touched: &[usize]) -> Verdict {
    let (priorities, severities) = (scale(&["P0", "P1", "P2"]), scale(&["SEV-1", "SEV-2"]));
    let question = Question {
        rules,
        items,
        waivers,
        day: day("2026-11-23"),
        since: Some(day("2026-01-01")),
        priorities: &priorities,
        severities: &severities,
    };
    settle(&question, &hits(&question), touched)
}

fn blocked(rule: &GateRule, item: &Item) -> bool {
    !judge(std::slice::from_ref(rule), std::slice::from_ref(item), &[], &[]).is_open()
}

fn rule(states: &[GateState]) -> GateRule {
    GateRule { states: states.to_vec(), ..GateRule::default() }
}

fn waiver(until: &str) -> Waiver {
    let text = |text: &str| text.to_owned();
    Waiver { action: text("a#1"), until: day(until), reason: text("why"), who: None, place: text("here") }
}

#[test]
fn a_rule_without_a_word_takes_what_is_overdue() {
    let rule = GateRule::default();
    assert!(blocked(&rule, &item("a#1")));
    assert!(blocked(&rule, &Item { status: Status::Doing, ..item("a#1") }));
    for status in [Status::Done, Status::Cancelled, Status::Proposed] {
        assert!(!blocked(&rule, &Item { status, ..item("a#1") }), "{status:?}");
    }
    assert!(!blocked(&rule, &Item { due: None, ..item("a#1") }));
    assert!(!blocked(&rule, &Item { due: Some(day("2026-11-23")), ..item("a#1") }), "its day is not over");
    assert!(!blocked(&rule, &Item { is_tracked: true, ..item("a#1") }), "only the tracker knows");
}

#[test]
fn grace_counts_days_after_the_due_day() {
    let rule = GateRule { grace: 3, ..GateRule::default() };
    assert!(!blocked(&rule, &item("a#1")), "three days over");
    assert!(blocked(&rule, &Item { due: Some(day("2026-11-19")), ..item("a#1") }));
}

#[test]
fn each_state_takes_its_own() {
    use GateState::{Doing, Open, Slipped, Stale, Undated, Unowned};
    let calm = Item { due: Some(day("2027-01-01")), ..item("a#1") };
    assert!(blocked(&rule(&[Open]), &calm) && !blocked(&rule(&[Doing]), &calm));
    assert!(blocked(&rule(&[Open, Doing]), &Item { status: Status::Doing, ..calm.clone() }));
    assert!(
        blocked(&rule(&[Slipped]), &Item { put_off: 1, ..calm.clone() })
            && !blocked(&rule(&[Slipped]), &calm)
    );
    assert!(blocked(&rule(&[Stale]), &Item { stale: Some("gone".into()), ..calm.clone() }));
    assert!(!blocked(&rule(&[Stale]), &calm));
    assert!(
        blocked(&rule(&[Unowned]), &Item { owner: None, ..calm.clone() })
            && !blocked(&rule(&[Unowned]), &calm)
    );
    assert!(
        blocked(&rule(&[Undated]), &Item { due: None, ..calm.clone() }) && !blocked(&rule(&[Undated]), &calm)
    );
    let done = Item { status: Status::Done, owner: None, ..calm };
    assert!(!blocked(&rule(&[Unowned]), &done), "nobody owes it any more");
}

#[test]
fn levels_are_compared_on_the_scale() {
    let by = |priority: &str, severity: &str| GateRule {
        priority: vec![priority.into()],
        severity: vec![severity.into()],
        ..GateRule::default()
    };
    assert!(blocked(&by("high", "sev 1"), &item("a#1")));
    assert!(!blocked(&by("P2", "SEV-1"), &item("a#1")) && !blocked(&by("P1", "SEV-2"), &item("a#1")));
    assert!(!blocked(&by("P1", "SEV-1"), &Item { priority: None, ..item("a#1") }));
}

#[test]
fn age_and_service_narrow_a_rule() {
    let old = |days| GateRule { older_than: Some(days), ..GateRule::default() };
    assert!(blocked(&old(258), &item("a#1")) && !blocked(&old(259), &item("a#1")));
    let undated = Item { promised: None, incident: None, ..item("a#1") };
    assert!(!blocked(&old(1), &undated), "of unknown age");
    let of = |service: &str| GateRule { service: vec![service.into()], ..GateRule::default() };
    assert!(blocked(&of("Payments"), &item("a#1")) && !blocked(&of("shop"), &item("a#1")));
}

#[test]
fn a_waiver_counts_to_the_end_of_its_day() {
    let rules = [GateRule::default()];
    let items = [item("a#1"), item("a#2")];
    let verdict = judge(&rules, &items, &[(0, waiver("2026-11-23"))], &[]);
    assert_eq!(verdict.waived, [Waived { hit: Hit { item: 0, rule: 0 }, waiver: 0 }]);
    assert_eq!(verdict.blockers.len(), 1, "the other one is not waived");
    let verdict = judge(&rules, &items[..1], &[(0, waiver("2026-11-22")), (0, waiver("2026-11-01"))], &[]);
    assert_eq!(
        verdict.blockers[0].waived_until,
        Some(day("2026-11-22")),
        "it closes again, and that is told"
    );
    assert_eq!(verdict.blockers[0].days_over, Some(3));
    assert!(
        judge(&rules, &items[..1], &[(0, waiver("2026-11-22")), (0, waiver("2026-12-01"))], &[]).is_open()
    );
}

#[test]
fn what_the_release_keeps_itself_passes_and_is_told() {
    let carried = Some(Carried { commit: "abc".into() });
    let verdict = judge(&[GateRule::default()], &[Item { carried, ..item("a#1") }], &[], &[]);
    assert!(verdict.is_open());
    assert_eq!(verdict.carried, [Hit { item: 0, rule: 0 }]);
}

#[test]
fn drafts_and_old_incidents_close_nothing() {
    let draft = Item { is_draft: true, ..item("a#1") };
    let old = Item { incident: Some(day("2025-12-31")), ..item("b#1") };
    let verdict = judge(&[GateRule::default()], &[draft, old], &[], &[]);
    assert!(verdict.is_open());
    assert_eq!((verdict.drafts.len(), verdict.not_judged.len()), (1, 1));
}

#[test]
fn a_rule_for_what_is_touched_leaves_the_rest() {
    let touched = GateRule { scope: GateScope::Touched, ..GateRule::default() };
    let items = [item("a#1"), item("a#2")];
    let verdict = judge(std::slice::from_ref(&touched), &items, &[], &[1]);
    assert_eq!(verdict.blockers.iter().map(|blocker| blocker.hit.item).collect::<Vec<_>>(), [1]);
    assert_eq!(verdict.untouched, [Hit { item: 0, rule: 0 }]);
    let both = [touched, GateRule { priority: vec!["P1".into()], ..GateRule::default() }];
    let verdict = judge(&both, &items[..1], &[], &[]);
    assert_eq!(verdict.blockers[0].hit.rule, 1, "the rule that takes it whatever is touched");
}

proptest::proptest! {
    #[test]
    fn a_later_day_never_opens_what_is_overdue(due in 0u64..400, grace in 0u32..30, later in 1u64..100) {
        let rules = [GateRule { grace, ..GateRule::default() }];
        let promise = Item { due: Some(day("2026-01-01") + chrono::Days::new(due)), ..item("a#1") };
        let is_open = |days: u64| {
            let scale = scale(&["P1"]);
            let items = [promise.clone()];
            let question = Question { rules: &rules, items: &items, waivers: &[], day: day("2026-06-01") + chrono::Days::new(days), since: None, priorities: &scale, severities: &scale };
            settle(&question, &hits(&question), &[]).is_open()
        };
        proptest::prop_assert!(is_open(0) || !is_open(later));
    }
}
