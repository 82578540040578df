//! Every change in every layout: the item says it, and nothing else in the document says anything else.

use chrono::NaiveDate;

use super::{ItemChange, ItemError, ItemPart, Reading, add_item, change_item, says_already};
use crate::document::{Source, Vocabulary, Wording, parse};
use crate::model::{ActionItem, Effort, Grade, Status};

const NAME: &str = "docs/incidents/2024-02-11-disk-full.md";

/// Sections of action items as teams write them; the second item is the one that is changed.
const LAYOUTS: [(&str, &str); 33] = [
    (
        "canonical",
        "| # | Action | Owner | Priority | Effort | Due Date | Status |\n|---|---|---|---|---|---|---|\n| 1 | Alert on the disk | @ana | P1 | small | 2024-03-01 | open |\n| 2 | Press the red button | | | | | |\n| 3 | Order more disks | @bo | P2 | large | 2024-04-01 | doing |\n",
    ),
    (
        "narrow table",
        "| Action | Owner |\n|:--|--:|\n| Alert on the disk | @ana |\n| Press the `a\\|b` button |  |\n",
    ),
    (
        "table without bars",
        "Action | Who | State\n--- | --- | ---\nAlert on the disk | @ana | Done\nPress the red button | |\n",
    ),
    (
        "ragged rows",
        "| # | Action | Owner | Due | Status |\n|---|---|---|---|---|\n| 1 | Alert on the disk | @ana\n| 2 | Press the red button\n| 3 | Order more disks || |\n",
    ),
    (
        "emphasised status",
        "| ID | Task | Assignee | Status |\n|--|--|--|--|\n| A-1 | Alert on the disk | Ana Lee | **Done** |\n| A-2 | Press the red button | Bo Li | **Open** |\n",
    ),
    ("task list", "- [x] Alert on the disk\n- [ ] Press the red button\n- [ ] Order more disks\n"),
    (
        "task list with marks",
        "- [x] Alert on the disk (@ana)\n- [ ] Press the red button. Owner: @ops, due 2024-03-01\n- [ ] Order more disks\n",
    ),
    ("bullets", "* Alert on the disk - DONE\n* Press the big red button in the hall\n* Order more disks\n"),
    ("short bullets", "- Alert\n- Press it\n- Order\n"),
    ("numbers", "1. Alert on the disk\n2. Press the red button\n3. Order more disks\n"),
    (
        "numbered headings",
        "### Process\n\n1. Alert on the disk\n2. Press the red button\n\n### Technology\n\n1. Order more disks\n",
    ),
    (
        "below names",
        "**RK**\n- Alert on the disk\n- Press the red button\n\n**Alex/Jamie**\n\n- Order more disks\n",
    ),
    (
        "nested fields",
        "- Alert on the disk\n  - with a key for each order\n  - Owner: Bo\n- Press the red button\n  - Owner: Ana\n  - Due: 2024-05-01\n- Order more disks\n",
    ),
    ("paragraphs", "**AC** Alert on the disk at the gateway.\n\n**BD** Press the red button in the hall.\n"),
    (
        "headings",
        "### Alert on the disk\n\n**Owner**: @ana\n**Due**: 2024-08-01\n\n### Press the red button\n\n**Owner**: @bo\n**Due**: 2024-09-01\n",
    ),
    (
        "heading lists",
        "### 1. Alert on the disk\n\n- **Owner:** @ana\n- **Status:** done\n\n### 2. Press the red button\n\n- **Owner:** @bo\n- **Status:** open\n",
    ),
    (
        "labels in bold",
        "- [ ] **AI-P4** Alert on the disk at night — **Owner:** Kim, **Due:** 2024-10-30\n- [ ] **AI-P5** Press the red button at night — **Owner:** Kim, **Due:** 2024-10-31\n",
    ),
    ("struck", "- ~~Alert on the disk~~\n- ~~Press the red button~~\n- Order more disks\n"),
    (
        "handles in front",
        "- @ana to alert on the disk by 2024-05-01\n- @bo to press the red button by 2024-06-01\n- Measure the growth of the disk\n",
    ),
    ("ticks", "- ✅ **Alert**: on the size of the disk\n- **Button**: press the red one\n"),
    ("closing names", "- Alert on the disk (Jane)\n- Press the red button (Ana)\n- Order more disks (Bo)\n"),
    (
        "completed",
        "### Completed\n\n- Alert on the disk\n- Press the red button\n\n### Open\n\n- Order more disks\n",
    ),
    (
        "loose",
        "- [ ] Alert on the disk\n\n- [ ] Press the red button\n  in the hall\n\n- [ ] Order more disks\n",
    ),
    (
        "links",
        "- [ ] Alert on the disk ([#12](https://x.example/12))\n- [ ] Press the **red** button, see [PAY-12](https://x.example/PAY-12)\n",
    ),
    ("given up", "- [-] Alert on the disk\n- [-] Press the red button\n- [ ] Order more disks\n"),
    ("ticked", "- ✅ Alert on the disk\n- ✅ Press the red button in the hall\n- Order more disks\n"),
    ("ticked behind", "- Alert on the disk ✅\n- Press the red button in the hall ✅\n- Order more disks\n"),
    (
        "tickets",
        "| Action | Owner | Ticket |\n|--|--|--|\n| Alert on the disk | @ana | **DONE** |\n| Press the red button | @bo | **DONE** |\n",
    ),
    (
        "emoji cells",
        "| Action | Owner | Status |\n|--|--|--|\n| Alert on the disk | @ana | ✅ |\n| Press the red button | @bo | 🚧 |\n",
    ),
    (
        "done cells",
        "| Action | Owner | Done? |\n|--|--|--|\n| Alert on the disk | @ana | yes |\n| Press the red button | @bo | no |\n",
    ),
    ("in progress", "- Alert on the disk - done\n- Press the red button in the hall - in progress\n"),
    ("pictures", "- [ ] Alert on the disk\n- [ ] Press the red button in the hall 📅 2024-03-20\n"),
    (
        "words in cells",
        "| # | Action | Status |\n|--|--|--|\n| 1 | Alert on the disk (@ana) | Done (commit 3f9c2e1) |\n| 2 | Press the red button. Owner: @bo, due 2024-05-01 | in progress, waits for the vendor |\n",
    ),
];

fn reading() -> Reading<'static> {
    static VOCABULARY: std::sync::OnceLock<Vocabulary> = std::sync::OnceLock::new();
    let vocabulary = VOCABULARY.get_or_init(Vocabulary::default);
    Reading { name: NAME, vocabulary, names: vocabulary }
}

fn document(section: &str) -> String {
    format!(
        "# Disk full\n\n**Severity**: SEV-2\n\n## Action Items\n\n{section}\n## Lessons Learned\n\nNone.\n"
    )
}

fn items(bytes: &[u8]) -> Vec<ActionItem> {
    parse(&Source { name: NAME, bytes }, reading().vocabulary).into_postmortem().actions
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn grade(written: &str) -> Grade {
    reading().vocabulary.priority(written).unwrap()
}

fn changes() -> Vec<(&'static str, ItemChange)> {
    let status = |status| ItemChange { status: Some(status), ..ItemChange::default() };
    vec![
        ("done", status(Status::Done)),
        ("open", status(Status::Open)),
        ("doing", status(Status::Doing)),
        ("proposed", status(Status::Proposed)),
        (
            "cancelled",
            ItemChange {
                reason: Some("the vendor (ACME) is gone, see PAY-9: owner: nobody".into()),
                ..status(Status::Cancelled)
            },
        ),
        ("owner", ItemChange { owner: Some("@platform".into()), ..ItemChange::default() }),
        ("name", ItemChange { owner: Some("Eve Moss".into()), ..ItemChange::default() }),
        ("due", ItemChange { due: Some(Some(day("2024-12-24"))), ..ItemChange::default() }),
        ("priority", ItemChange { priority: Some(Some(grade("P0"))), ..ItemChange::default() }),
        ("effort", ItemChange { effort: Some(Some(Effort::Medium)), ..ItemChange::default() }),
        (
            "text",
            ItemChange { text: Some("Pull the `green` lever | twice a day".into()), ..ItemChange::default() },
        ),
    ]
}

/// A paragraph is an item by the initials or the handle that it opens with: another name there would end it.
fn is_known_to_fail(layout: &str, change: &str) -> bool {
    (layout, change) == ("paragraphs", "name")
}

/// What is left of a text without what the two have in common at both ends.
fn changed<'t>(before: &str, after: &'t str) -> &'t str {
    let start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let rest = before.bytes().rev().zip(after.bytes().rev());
    let end = rest.take_while(|(a, b)| a == b).count().min(after.len() - start);
    after.get(start..after.len() - end).unwrap_or(after)
}

#[test]
fn every_change_reads_back_in_every_layout() {
    let mut faults = Vec::new();
    for (layout, section) in LAYOUTS {
        for crlf in [false, true] {
            let text = document(section);
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            for (name, change) in changes() {
                match change_item(reading(), text.as_bytes(), 1, &change) {
                    Ok(made) => {
                        let made = String::from_utf8(made).unwrap();
                        let (old, new) = (items(text.as_bytes()), items(made.as_bytes()));
                        assert!(says_already(&new[1], &change), "{layout}, {name}:\n{made}");
                        assert_eq!(old.len(), new.len(), "{layout}, {name}:\n{made}");
                        let again = change_item(reading(), made.as_bytes(), 1, &change).unwrap();
                        assert_eq!(again, made.as_bytes(), "{layout}, {name}: a second time");
                        assert!(
                            !crlf || !made.replace("\r\n", "").contains('\n'),
                            "{layout}, {name}: {made:?}"
                        );
                        if !crlf && std::env::var_os("SHOW").is_some() {
                            eprintln!("{layout}, {name}: {:?}", changed(&text, &made));
                        }
                    }
                    Err(error) if is_known_to_fail(layout, name) => {
                        assert_eq!(error, ItemError::NoPlace(ItemPart::Owner));
                    }
                    Err(error) => faults.push(format!("{layout}, {name}: {error}")),
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_change_and_back_again() {
    let mut faults = Vec::new();
    for (layout, section) in LAYOUTS {
        let text = document(section);
        let old = items(text.as_bytes()).swap_remove(1);
        for (name, change) in changes() {
            if is_known_to_fail(layout, name) {
                continue;
            }
            let made = change_item(reading(), text.as_bytes(), 1, &change).unwrap();
            let back = ItemChange {
                text: change.text.as_ref().map(|_| old.text.clone()),
                status: change.status.map(|_| old.status),
                owner: change.owner.as_ref().map(|_| old.owner.clone().unwrap_or_default()),
                due: change.due.map(|_| old.due),
                priority: change.priority.as_ref().map(|_| old.priority.clone()),
                effort: change.effort.map(|_| old.effort),
                reason: None,
            };
            match change_item(reading(), &made, 1, &back) {
                Ok(again) => assert!(says_already(&items(&again)[1], &back), "{layout}, {name}"),
                Err(error) => faults.push(format!(
                    "{layout}, {name}: {error}: {:?}",
                    changed(&text, std::str::from_utf8(&made).unwrap())
                )),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_new_item_follows_the_last_one_in_its_layout() {
    let mut faults = Vec::new();
    let full = ItemChange {
        text: Some("Pull the green | lever".into()),
        owner: Some("@eve".into()),
        due: Some(Some(day("2024-12-24"))),
        priority: Some(Some(grade("P1"))),
        effort: Some(Some(Effort::Small)),
        ..ItemChange::default()
    };
    let bare = ItemChange { text: Some("Pull the green lever".into()), ..ItemChange::default() };
    for (layout, section) in LAYOUTS.into_iter().chain([("nothing", ""), ("prose", "We will see.\n")]) {
        for new in [&full, &bare] {
            let text = document(section);
            match add_item(reading(), text.as_bytes(), new) {
                Ok((made, index)) => {
                    let made = String::from_utf8(made).unwrap();
                    let read = items(made.as_bytes());
                    assert_eq!(read.len(), items(text.as_bytes()).len() + 1, "{layout}:\n{made}");
                    let wanted = ItemChange { status: Some(Status::Open), ..new.clone() };
                    assert!(says_already(&read[index], &wanted), "{layout}:\n{made}");
                    if std::env::var_os("SHOW").is_some() {
                        eprintln!("{layout}: {:?}", changed(&text, &made));
                    }
                }
                Err(error) => faults.push(format!("{layout}: {error}")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn documents_keep_the_words_of_their_language() {
    let names = Vocabulary::new(&Wording { language: "de".to_owned(), ..Wording::default() });
    let reading = Reading { names: &names, ..reading() };
    let done = ItemChange { status: Some(Status::Done), ..ItemChange::default() };
    let cancelled = ItemChange {
        status: Some(Status::Cancelled),
        reason: Some("der Lieferant ist weg".to_owned()),
        ..ItemChange::default()
    };
    let table = "# Platte voll\n\n## Maßnahmen\n\n| Nr | Maßnahme | Verantwortlich | Status |\n|--|--|--|--|\n| 1 | Alarm einrichten | Ana | Offen |\n";
    for (change, expected) in
        [(&done, "| Erledigt |"), (&cancelled, "| Abgebrochen: der Lieferant ist weg |")]
    {
        let made = change_item(reading, table.as_bytes(), 0, change).unwrap();
        assert_eq!(String::from_utf8(made).unwrap(), table.replace("| Offen |", expected));
    }
    let list = "# Platte voll\n\n## Maßnahmen\n\n- Alarm für die Platte einrichten\n";
    let owner = ItemChange { owner: Some("Ana Lee".to_owned()), ..ItemChange::default() };
    let made = change_item(reading, list.as_bytes(), 0, &owner).unwrap();
    assert!(String::from_utf8(made).unwrap().contains("einrichten (Verantwortlich: Ana Lee)"));
    let made = change_item(reading, list.as_bytes(), 0, &done).unwrap();
    assert!(String::from_utf8(made).unwrap().contains("einrichten (erledigt)"));
}

#[test]
fn any_encoding_keeps_its_bytes() {
    let text = document(
        "| # | Action | Owner | Status |\n|--|--|--|--|\n| 1 | Gr\u{f6}\u{df}e | Jos\u{e9} | open |\n",
    );
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = format!("\u{feff}{text}").into_bytes();
    let done =
        ItemChange { status: Some(Status::Done), owner: Some("Ren\u{e9}".into()), ..ItemChange::default() };
    for bytes in [latin, wide, marked] {
        let made = change_item(reading(), &bytes, 0, &done).unwrap();
        assert!(says_already(&items(&made)[0], &done));
        let kept = bytes.iter().zip(&made).take_while(|(a, b)| a == b).count();
        assert!(kept > 100, "{kept}");
        let encoding = |bytes: &[u8]| parse(&Source { name: NAME, bytes }, reading().vocabulary).encoding();
        assert_eq!(encoding(&bytes), encoding(&made));
    }
}

/// Texts with every sign that markdown or a table could take for its own.
const HOSTILE: [&str; 20] = [
    "a | b or the other one",
    "`a|b` and `c` together",
    "ends with a backslash \\",
    "# no heading here",
    "- no list here",
    "1. no number here",
    "[x] no box here at all",
    "two\nlines of words",
    "**bold** and _soft_ words",
    "<b>tag</b> in the text",
    "&amp; as it is written",
    "~~struck~~ but not gone",
    "[link](https://x.example/1) to follow",
    "tick ` alone in the text",
    "| bar in front of it",
    "> no quotation",
    "* star of the show",
    "+ plus of the show",
    "price is $5 * 3 * 2 now",
    "snake_case_names_here stay",
];

#[test]
fn hostile_words_read_back_or_are_refused() {
    for typed in HOSTILE {
        for (layout, section) in LAYOUTS {
            let text = document(section);
            let change = ItemChange { text: Some(typed.to_owned()), ..ItemChange::default() };
            let made = change_item(reading(), text.as_bytes(), 1, &change);
            match &made {
                Ok(made) => assert!(says_already(&items(made)[1], &change), "{layout}: {typed}"),
                Err(error) => assert_eq!(*error, ItemError::NoPlace(ItemPart::Text), "{layout}: {typed}"),
            }
            if ["canonical", "task list", "bullets", "numbers"].contains(&layout) {
                assert!(made.is_ok(), "{layout}: {typed}");
                let added = add_item(reading(), text.as_bytes(), &change);
                let (made, at) = added.unwrap_or_else(|error| panic!("{layout}, {typed}: {error}"));
                assert!(says_already(&items(&made)[at], &change), "{layout}: {typed}");
            }
        }
    }
    for typed in ["a | b", "`x|y`", "@a, @b", "Team \\", "<b>x</b>"] {
        let text = document(LAYOUTS[0].1);
        let change = ItemChange { owner: Some(typed.to_owned()), ..ItemChange::default() };
        let made = change_item(reading(), text.as_bytes(), 1, &change);
        assert!(made.is_err() || says_already(&items(&made.unwrap())[1], &change), "{typed}");
    }
}

#[test]
fn html_is_never_edited() {
    let page = "<html><body><h2>Action Items</h2><table><tr><th>Action</th><th>Owner</th><th>Status</th></tr>\
                <tr><td>Alert on the disk</td><td>@ana</td><td>Open</td></tr></table></body></html>";
    assert_eq!(items(page.as_bytes()).len(), 1);
    let done = ItemChange { status: Some(Status::Done), ..ItemChange::default() };
    assert_eq!(change_item(reading(), page.as_bytes(), 0, &done), Err(ItemError::Html));
    let new = ItemChange { text: Some("Press".into()), ..ItemChange::default() };
    assert_eq!(add_item(reading(), page.as_bytes(), &new), Err(ItemError::Html));
}

#[test]
fn a_reason_is_read_where_it_stands() {
    for (section, reason) in [
        (
            "- Alert on the disk (won't fix: we moved (all of it): due 2024-01-01)\n",
            "won't fix: we moved (all of it): due 2024-01-01",
        ),
        ("- [ ] ~~Alert on the disk~~ (cancelled: gone)\n", "cancelled: gone"),
        (
            "- Alert on the disk\n  - Status: dropped: no budget, owner: nobody\n",
            "dropped: no budget, owner: nobody",
        ),
        (
            "| Action | Owner | Status |\n|--|--|--|\n| Alert on the disk | | Cancelled: gone |\n",
            "Cancelled: gone",
        ),
    ] {
        let item = items(document(section).as_bytes()).remove(0);
        let read = (item.status, item.state.as_deref(), item.text.as_str());
        assert_eq!(read, (Status::Cancelled, Some(reason), "Alert on the disk"), "{section}");
        assert_eq!((item.owner, item.due), (None, None), "{section}");
    }
    let note = items(document("- Alert on the disk (note: see the wiki)\n").as_bytes()).remove(0);
    assert_eq!((note.status, note.text.as_str()), (Status::Open, "Alert on the disk (note: see the wiki)"));
}

#[test]
fn a_row_keeps_the_width_of_its_cells() {
    let head = "| # | Action            | Owner   | Status |\n|---|-------------------|---------|--------|\n";
    let change = ItemChange {
        owner: Some("@ana".into()),
        status: Some(Status::Done),
        text: Some("Alert on it".into()),
        ..ItemChange::default()
    };
    for (row, expected) in [
        ("| 1 | Alert on the disk |         | open   |", "| 1 | Alert on it       | @ana    | done   |"),
        ("| 1 | Alert on the disk | @bo     |        |", "| 1 | Alert on it       | @ana    | done   |"),
        ("|1|Alert on the disk|||", "|1| Alert on it | @ana | done |"),
        ("| 1 | Alert on the disk |  |  |", "| 1 | Alert on it       | @ana | done |"),
    ] {
        let text = document(&format!("{head}{row}\n"));
        let made = String::from_utf8(change_item(reading(), text.as_bytes(), 0, &change).unwrap()).unwrap();
        assert_eq!(made, text.replace(row, expected));
    }
}

#[test]
fn a_mark_that_no_longer_holds_goes_without_a_trace() {
    let text = document("- [ ] Alert on the disk (@ana, due 2024-03-01)\n- [x] Press the red button\n");
    let set =
        |bytes: &[u8], index, change: &ItemChange| change_item(reading(), bytes, index, change).unwrap();
    let status = |status| ItemChange { status: Some(status), ..ItemChange::default() };
    let cancelled = ItemChange { reason: Some("too | dear".into()), ..status(Status::Cancelled) };
    for there in [status(Status::Doing), cancelled, status(Status::Done)] {
        let made = set(text.as_bytes(), 0, &there);
        assert_ne!(made, text.as_bytes());
        assert_eq!(String::from_utf8(set(&made, 0, &status(Status::Open))).unwrap(), text);
    }
    for (index, there) in [
        (1, ItemChange { owner: Some("@bo".into()), ..ItemChange::default() }),
        (1, ItemChange { owner: Some("Bo Li".into()), ..ItemChange::default() }),
        (1, ItemChange { due: Some(Some(day("2024-05-01"))), ..ItemChange::default() }),
        (1, ItemChange { priority: Some(Some(grade("P1"))), ..ItemChange::default() }),
        (1, ItemChange { effort: Some(Some(Effort::Large)), ..ItemChange::default() }),
    ] {
        let made = set(text.as_bytes(), index, &there);
        let back = ItemChange {
            owner: there.owner.as_ref().map(|_| String::new()),
            due: there.due.map(|_| None),
            priority: there.priority.as_ref().map(|_| None),
            effort: there.effort.map(|_| None),
            ..ItemChange::default()
        };
        assert_eq!(String::from_utf8(set(&made, index, &back)).unwrap(), text, "{there:?}");
    }
}
