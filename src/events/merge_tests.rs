//! Events of several sources become one timeline.

use chrono::DateTime;
use proptest::prelude::*;

use super::*;

fn event(at: &str, text: &str, source: &str) -> Event {
    Event::offered(DateTime::parse_from_rfc3339(at).unwrap().to_utc(), text, source)
}

#[test]
fn what_is_said_twice_is_one_event_with_both_sources() {
    let mut own = event("2026-11-23T09:00:00Z", "Rolled back to v1.3.0", "the document");
    own.stands = Some(0);
    let merged = merge(vec![
        event("2026-11-23T09:00:40Z", "rolled back to **v1.3.0**.", "Slack"),
        event("2026-11-23T09:00:10Z", "Rolled back to v1.3.1", "Slack"),
        own.clone(),
        event("2026-11-23T09:01:00Z", "Rolled back to v1.3.0", "Slack"),
    ]);
    let told: Vec<_> = merged.iter().map(|e| (e.text.as_str(), e.sources.len(), e.stands)).collect();
    assert_eq!(
        told,
        [
            ("Rolled back to v1.3.0", 2, Some(0)),
            ("Rolled back to v1.3.1", 1, None),
            ("Rolled back to v1.3.0", 1, None)
        ]
    );
}

#[test]
fn of_implied_marks_the_first_and_the_last_stay() {
    let implied = |at, kind| Event { kind: Some(kind), implied: true, ..event(at, at, "PagerDuty") };
    let (detected, resolved) = (EventKind::Detected, EventKind::Resolved);
    let mut events = vec![
        implied("2026-11-23T09:00:00Z", detected),
        implied("2026-11-23T09:05:00Z", resolved),
        implied("2026-11-23T09:10:00Z", detected),
        implied("2026-11-23T09:15:00Z", resolved),
    ];
    settle_marks(&mut events);
    assert_eq!(
        events.iter().map(|event| event.kind).collect::<Vec<_>>(),
        [Some(detected), None, None, Some(resolved)]
    );
    events.push(Event { kind: Some(resolved), ..event("2026-11-23T09:20:00Z", "over", "the document") });
    settle_marks(&mut events);
    assert_eq!(events.iter().filter(|event| event.kind == Some(resolved)).count(), 1);
    let measures = measure(&events);
    assert_eq!(
        (measures.duration(), measures.begin.map(|(_, begin)| begin)),
        (Some(20), Some(Begin::Detected))
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merging_again_changes_nothing(minutes in proptest::collection::vec((0u32..3, 0u8..4), 0..20)) {
        let events = minutes.into_iter().map(|(minute, word)| {
            event(&format!("2026-11-23T09:0{minute}:00Z"), ["alpha one", "alpha two", "Alpha, one", "alhpa one"][usize::from(word)], &word.to_string())
        });
        let once = merge(events.collect());
        prop_assert_eq!(merge(once.clone()), once);
    }
}
