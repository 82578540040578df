//! What brackets and dashes say of an item: who, until when, whether it is done.

use super::*;

#[test]
fn a_bracket_says_who_and_until_when_without_a_year() {
    let read = |text: &str| {
        let text = format!("# X\n\n**Date**: 2026-03-08\n\n## Action items\n\n- [ ] {text}\n");
        let item = read("x.md", &text).actions.remove(0);
        (item.text, item.owner.unwrap_or_default(), item.due.map(|due| due.to_string()).unwrap_or_default())
    };
    let expected = |text: &str| (text.to_owned(), "@kai".to_owned(), "2026-07-14".to_owned());
    for text in [
        "Refuse to start without a limit (@kai, Jul 14)",
        "Refuse to start without a limit (@kai, 14 July)",
        "Refuse to start without a limit [@kai; July 14]",
        "Refuse to start without a limit (@kai, P1, Jul 14)",
    ] {
        assert_eq!(read(text), expected("Refuse to start without a limit"), "{text}");
    }
    let kept = "Refuse the limits of spring (March 12, Jul 14)";
    assert_eq!(read(kept), (kept.to_owned(), String::new(), String::new()));
}

#[test]
fn brackets_say_what_is_done() {
    for (text, expected) in [
        ("- Rotate the deploy keys (done during the incident)", "done"),
        ("- **Rotate the deploy keys (2026-03-10 done)** - all of them", "done"),
        ("- Rotate the deploy keys (all that are done for)", "open"),
        ("- Rotate the deploy keys (2026-03-10 talk)", "open"),
        ("- [N/A] Rotate the deploy keys", "cancelled"),
    ] {
        assert!(items(text)[0].contains(&format!(" {expected} ")), "{text}: {:?}", items(text));
    }
}

#[test]
fn behind_dashes_stand_owner_day_and_ticket_also_of_short_texts() {
    let found = items(
        "- [ ] Refuse small snapshots - @priya, 2026-03-19, SRCH-221\n- [ ] Add check - @anna - 2026-03-25\n\
         - [ ] Teach bo about UTF-8 - 2026-03-25\n- [ ] Alert (@kai, #45)\n- [ ] Ping - done\n",
    );
    assert_eq!(
        found,
        [
            "1* @priya 2026-03-19 open Refuse small snapshots",
            "2* @anna 2026-03-25 open Add check",
            "3* - 2026-03-25 open Teach bo about UTF-8",
            "4* @kai - open Alert",
            "5* - - done Ping - done",
        ]
    );
}
