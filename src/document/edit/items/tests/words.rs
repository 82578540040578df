//! What is written: in the words and bytes of the document, and read back whatever it is.

use super::layouts::LAYOUTS;
use super::{NAME, day, document, grade, items, reading};
use crate::document::edit::items::{
    ItemChange, ItemError, ItemPart, Reading, add_item, change_item, says_already,
};
use crate::document::{Source, Vocabulary, Wording, parse};
use crate::model::{Effort, Status};

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
fn a_reason_takes_the_place_of_another_whatever_signs_are_in_it() {
    for section in ["- [ ] Alert on the disk\n", "- Alert on the disk\n", LAYOUTS[0].1] {
        let mut bytes = document(section).into_bytes();
        for reason in ["too dear", "two) signs", "open ( and [ both", "x: y | z"] {
            let change = ItemChange {
                status: Some(Status::Cancelled),
                reason: Some(reason.to_owned()),
                ..ItemChange::default()
            };
            bytes = change_item(reading(), &bytes, 0, &change).unwrap();
            assert!(says_already(&items(&bytes)[0], &change));
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert_eq!(text.matches("ancelled").count(), 1, "{text}");
        }
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

#[test]
fn signs_of_several_bytes_part_words_too() {
    let item = items(
        document("- 次の対応：期限 - 担当：期限：2024-05-01\n- |---|（中止：理由） P1 RK\n").as_bytes(),
    );
    assert_eq!(item.len(), 2);
}
