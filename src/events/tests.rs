//! Records of every format, broken lines and all; merging; many events; hostile ones.

use proptest::prelude::*;

use super::*;
use crate::document::{StampZone, Vocabulary};

fn environments() -> Vec<String> {
    vec!["production".to_owned()]
}

fn read_as(text: &str, format: Option<Format>, zone: Option<&str>, names: bool) -> Imported {
    let (vocabulary, environments) = (Vocabulary::default(), environments());
    let zone = zone.map(|zone| StampZone::named(zone).unwrap());
    let asked = Asked {
        name: "the file",
        channel: None,
        format,
        vocabulary: &vocabulary,
        about: "2026-11-23".parse().ok(),
        zone: &zone,
        names,
        environments: &environments,
    };
    import(text, &asked).unwrap()
}

fn read(text: &str) -> Imported {
    read_as(text, None, None, false)
}

/// What was read, an event and a fault a line.
fn told(imported: &Imported) -> String {
    let mut lines = vec![format!("read as {}", imported.format.name())];
    lines.extend(imported.events.iter().map(|event| {
        let mark = if event.implied { "?" } else { "" };
        let kind = event.kind.map(|kind| format!(" {}{mark}", kind.word())).unwrap_or_default();
        let sources = event.sources.join(", ");
        format!("{}{kind} | {} | {sources}", event.at.format("%m-%d %H:%M"), event.text)
    }));
    lines.extend(imported.unread.iter().map(|unread| format!("line {}: {}", unread.line, unread.why)));
    lines.extend(imported.passed_over.iter().map(|(why, count)| format!("passed over: {why} ({count})")));
    lines.extend(imported.partial.clone());
    if imported.unzoned + imported.undated + imported.cut > 0 {
        lines.push(format!(
            "unzoned {}, undated {}, cut {}",
            imported.unzoned, imported.undated, imported.cut
        ));
    }
    lines.join("\n")
}

#[test]
fn a_slack_export_is_read_without_the_names_of_people() {
    let read = read(include_str!("../../tests/records/slack.json"));
    insta::assert_snapshot!(told(&read), @r"
    read as a Slack export
    11-23 08:33 | checkout answers 5xx for about one order in five, see the dashboard (https://grafana.harbour.example/d/checkout) | Slack
    11-23 08:35 acknowledged | Acknowledged: someone and I look at the pool & the workers <now> | Slack
    11-23 08:34 | HighErrorRate is firing for checkout | Slack
    11-23 08:52 mitigated | Mitigated: rolled back to v1.3.0, @here | Slack
    11-23 09:02 resolved | Resolved: error rate back to baseline | Slack
    line 41: it has no time
    passed over: messages about the channel itself (1)
    ");
    let named = read_as(include_str!("../../tests/records/slack.json"), None, None, true);
    insta::assert_snapshot!(told(&named), @r"
    read as a Slack export
    11-23 08:33 | ana: checkout answers 5xx for about one order in five, see the dashboard (https://grafana.harbour.example/d/checkout) | Slack
    11-23 08:35 acknowledged | ben: Acknowledged: @ana and I look at the pool & the workers <now> | Slack
    11-23 08:34 | HighErrorRate is firing for checkout | Slack
    11-23 08:52 mitigated | ben: Mitigated: rolled back to v1.3.0, @here | Slack
    11-23 09:02 resolved | ana: Resolved: error rate back to baseline | Slack
    line 41: it has no time
    passed over: messages about the channel itself (1)
    ");
}

#[test]
fn log_entries_of_pagerduty_are_read() {
    insta::assert_snapshot!(told(&read(include_str!("../../tests/records/pagerduty.json"))), @r"
    read as PagerDuty log entries
    11-23 09:02 resolved? | Incident #1234 was resolved | PagerDuty #1234
    11-23 08:36 acknowledged? | Incident #1234 was acknowledged | PagerDuty #1234
    11-23 08:34 | On-call was notified of incident #1234 | PagerDuty #1234
    11-23 08:34 detected? | PagerDuty triggered incident #1234: Checkout 5xx above 5 % | PagerDuty #1234
    11-23 08:50 | The pool is exhausted. | PagerDuty #1234
    line 39: 'yesterday' is no time with a day
    it is one page of several
    ");
}

#[test]
fn payloads_of_alertmanager_are_read() {
    insta::assert_snapshot!(told(&read(include_str!("../../tests/records/alertmanager.jsonl"))), @r"
    read as Alertmanager payloads
    11-23 08:34 detected? | Alert HighErrorRate fired: checkout answers 5xx above 5 % | Alertmanager
    11-23 08:34 detected? | Alert HighErrorRate fired: checkout answers 5xx above 5 % | Alertmanager
    11-23 09:02 resolved? | Alert HighErrorRate ended: checkout answers 5xx above 5 % | Alertmanager
    11-23 08:40 detected? | Alert QueueGrows fired: job mails | Alertmanager
    line 2: it is no JSON: EOF while parsing a list at its character 224
    ");
}

#[test]
fn a_spreadsheet_is_read() {
    insta::assert_snapshot!(told(&read(include_str!("../../tests/records/events.csv"))), @r#"
    read as CSV
    11-23 08:33 impact | Checkout answers 5xx; one order in five fails | status page
    11-23 08:36 detected | The alert "HighErrorRate" | fires | the file
    11-23 08:52 mitigated | Rolled back to v1.3.0 | deploy log
    11-23 09:02 resolved | Error rate at baseline | the file
    line 4: 'soon' is no time with a day
    line 5: it says nothing
    line 8: '2026-11-23 08:59 CST': the zone 'CST' is unknown or means several
    "#);
}

#[test]
fn json_lines_are_read() {
    let text = include_str!("../../tests/records/events.jsonl");
    insta::assert_snapshot!(told(&read_as(text, None, Some("Europe/Berlin"), false)), @r"
    read as JSON lines
    11-23 08:33 impact | Checkout answers 5xx | status page
    11-23 08:52 mitigated | Rolled back to v1.3.0 | the file
    11-23 09:02 | No zone here | the file
    11-23 09:02 resolved | Resolved: error rate at baseline | the file
    line 3: it is no JSON: EOF while parsing a value at its character 46
    line 5: it is no JSON: expected ident at its character 2
    line 6: it is no JSON object
    line 8: it has no time
    unzoned 1, undated 0, cut 0
    ");
}

#[test]
fn deploys_are_read() {
    insta::assert_snapshot!(told(&read(include_str!("../../tests/records/deploys.jsonl"))), @r"
    read as deploys
    11-23 08:11 | Deployed checkout v1.4.0 to production | the file
    11-23 08:52 | Deployed 0123456 to production | the file
    line 4: it has no revision
    line 6: it is no JSON: EOF while parsing an object at its character 68
    passed over: deploys to staging (1)
    passed over: deploys with the status failed (1)
    ");
}

#[test]
fn what_is_cut_off_keeps_what_was_whole() {
    let whole = include_str!("../../tests/records/slack.json");
    let cut = &whole[..whole.find("Mitigated").unwrap()];
    let read = read(cut);
    assert_eq!((read.format, read.events.len(), read.unread.len()), (Format::Slack, 3, 1));
    assert!(read.unread[0].why.starts_with("what follows is no JSON"), "{:?}", read.unread);
    assert!(read.unread[0].line > 30, "{:?}", read.unread);
}

#[test]
fn an_object_that_is_cut_off_keeps_what_was_whole() {
    let whole = include_str!("../../tests/records/pagerduty.json");
    let read = read(&whole[..whole.find("\"R4\"").unwrap()]);
    assert_eq!((read.format, read.events.len()), (Format::PagerDuty, 3));
    assert_eq!(read.unread.len(), 1, "{:?}", read.unread);
}

#[test]
fn a_payload_alone_is_read_whatever_its_form() {
    let one =
        r#"{"status":"firing","alerts":[{"startsAt":"2026-11-23T09:00:00Z","labels":{"alertname":"A"}}]}"#;
    let value: serde_json::Value = serde_json::from_str(one).unwrap();
    let spread = serde_json::to_string_pretty(&value).unwrap();
    for text in [one, &format!("{one}\n"), &spread, &format!("[{one}]"), &format!("{one}\n{one}\n")] {
        let read = read(text);
        assert_eq!((read.format, read.unread.len()), (Format::Alertmanager, 0), "{text}");
        assert_eq!(read.events[0].text, "Alert A fired");
    }
}

#[test]
fn spreadsheets_of_any_make_are_read() {
    for text in [
        "time,event\n2026-11-23 09:00,x\n",
        "Time\tEvent\r\n2026-11-23 09:00\tx\r\n",
        "Zeit;Ereignis\n23.11.2026 09:00;x\n",
        "date,time,description\n2026-11-23,09:00,x\n",
        "日時,内容\n2026年11月23日 09:00,x\n",
        "2026-11-23 09:00,x\n",
        "\"Created At\",\"Summary\",Other\n2026-11-23T09:00:00Z,x,y,too many\n",
        "Time (PT)|Time (UTC)|Event\n01:00|09:00|x\n",
        "\n\nWhen,What\n9:00,x\n",
    ] {
        let read = read(text);
        let told: Vec<String> =
            read.events.iter().map(|e| format!("{} {}", e.at.format("%F %R"), e.text)).collect();
        assert_eq!((told, &read.unread), (vec!["2026-11-23 09:00 x".to_owned()], &vec![]), "{text}");
    }
}

#[test]
fn what_holds_nothing_says_so() {
    let (vocabulary, environments) = (Vocabulary::default(), environments());
    let asked = Asked {
        name: "x",
        channel: None,
        format: None,
        vocabulary: &vocabulary,
        about: None,
        zone: &None,
        names: false,
        environments: &environments,
    };
    assert_eq!(import(" \n", &asked), Err(ImportError::Empty));
    let columns = vec!["who".to_owned(), "where".to_owned()];
    assert_eq!(import("who,where\na,b\n", &asked), Err(ImportError::NoColumn(columns)));
    assert_eq!(import("[]", &asked).unwrap().events, []);
}

#[test]
fn fifty_thousand_events_are_read_and_merged() {
    use std::fmt::Write as _;
    let mut text = String::from("time,event\n");
    for at in 0..50_000 {
        let _ =
            writeln!(text, "2026-11-{:02} {:02}:{:02},event {at}", 1 + at / 2000 % 28, at / 60 % 24, at % 60);
    }
    let read = read(&text);
    assert_eq!((read.events.len(), read.unread.len()), (50_000, 0));
    // All of them in one minute, twice.
    let same = "2026-11-23T09:00:00Z".parse().unwrap();
    let events: Vec<Event> =
        [&read.events[..], &read.events].concat().into_iter().map(|e| Event { at: same, ..e }).collect();
    assert_eq!(merge(events).len(), 50_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_imported_as_anything(text in "([\\[\\]{}\",:;|\\\\<>@!#^a-z0-9\n\t T:Z-]|\"ts\":|\"text\":|\"alerts\":\\[|\"type\":\"x_log_entry\"){0,60}", which in 0usize..7) {
        let (vocabulary, environments) = (Vocabulary::default(), environments());
        let format = Format::ALL.get(which).map(|(format, _)| *format);
        let asked = Asked { name: "x", channel: Some("c"), format, vocabulary: &vocabulary, about: None, zone: &None, names: which % 2 == 0, environments: &environments };
        if let Ok(read) = import(&text, &asked) {
            prop_assert!(read.events.iter().all(|event| !event.text.is_empty() && !event.text.contains(char::is_control)));
        }
    }
}
