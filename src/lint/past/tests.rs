//! What is known of older post-mortems, and how little of it is kept.

use super::*;

fn item(label: &str, text: &str, status: Status) -> ActionItem {
    ActionItem {
        label: label.to_owned(),
        numbered: true,
        text: text.to_owned(),
        owner: None,
        due: None,
        unclear_due: None,
        priority: None,
        effort: None,
        status,
        state: None,
        refs: Vec::new(),
        line: 1,
        inferred: Vec::new(),
    }
}

fn day(day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 3, day)
}

#[test]
fn what_was_told_of_each_comes_back_with_its_own_names() {
    let queue = [
        item("1", "Drain the queue at night", Status::Done),
        item("AI-22", "Alert on the length of the upload queue", Status::Doing),
        item("3", "Rotate the certificates of the gateway", Status::Open),
    ];
    let cause =
        "The upload service took the limit to be zero since a release had renamed the setting.\n".repeat(2);
    let mut telling = Telling::default();
    let untitled = telling.add(&Older { id: "a", ..Older::default() });
    let stalled = telling.add(&Older { id: "queue", title: "Queue stalled", date: day(2), actions: &queue });
    let other = telling.add(&Older { id: "größe", title: "Größe", date: day(3), actions: &[] });
    telling.cause(untitled, "too short to say anything");
    telling.cause(stalled, &cause);
    telling.cause(other, &"Something quite different broke the certificates of another machine.".repeat(2));
    let past = telling.end();
    let found: Vec<_> = past.promised("Alert on the length of the upload queue", &[], 0.7).collect();
    let [promised] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((promised.id().as_str(), promised.owed.status), ("queue#AI-22", Status::Doing));
    assert_eq!(promised.of, Known { id: "queue", title: "Queue stalled", date: day(2) });
    assert_eq!(past.promised("Drain the queue at night", &[], 0.7).count(), 0, "that was done");
    let found: Vec<_> = past.caused(&cause, 0.5).map(|(_, known)| known.title).collect();
    assert_eq!(found, ["Queue stalled"]);
    assert_eq!(past.known(0), Known { id: "a", title: "", date: None });
}

/// Post-mortems with causes of 1,000 bytes and three promises each, of words that come again and some that do not.
fn told(documents: usize) -> Past {
    let word = |at: usize| format!("{:03}words", at * 7919 % 613);
    let mut telling = Telling::default();
    let mut places = Vec::new();
    for at in 0..documents {
        let promise = |nth: usize| {
            let words: Vec<String> = (0..10).map(|word_at| word(at * 31 + nth * 11 + word_at)).collect();
            item(&nth.to_string(), &format!("{} of part{at}", words.join(" ")), Status::Open)
        };
        let actions: Vec<ActionItem> = (1..4).map(promise).collect();
        let (id, title) =
            (format!("2026-03-02-machine-{at:05}-stopped"), format!("Machine {at} stopped at noon"));
        places.push(telling.add(&Older { id: &id, title: &title, date: day(2), actions: &actions }));
    }
    for (at, place) in places.into_iter().enumerate() {
        let words: Vec<String> = (0..124).map(|word_at| word(at * 37 + word_at)).collect();
        telling.cause(place, &format!("{} m{at:x}", words.join(" ")));
    }
    telling.end()
}

#[test]
fn of_each_post_mortem_less_than_a_kibibyte_and_a_half_is_kept() {
    let bytes = |past: &Past| {
        let own = past.names.capacity() + past.labels.capacity() + past.causing.capacity() * 4;
        let own = own + past.all.capacity() * size_of::<Named>() + past.owed.capacity() * size_of::<Owed>();
        own + past.promises.bytes() + past.causes.bytes()
    };
    let (few, many) = (bytes(&told(500)), bytes(&told(2_000)));
    let each = (many - few) / 1_500;
    assert!(each < 1_536, "{each} bytes for each of 1,500 more");
}
