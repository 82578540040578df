use chrono::TimeZone;

use super::*;
use crate::model::Promise;
use crate::render::Look;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn row(short: &str, text: &str, due: &str, days: i64) -> ActionRow<'static> {
    let (postmortem, _) = short.split_once('#').unwrap();
    ActionRow {
        id: format!("2026-03-08-{short}"),
        short_id: short.into(),
        text: text.to_owned().into(),
        owner: Some("@platform".into()),
        due: Some(day(due)),
        priority: Some("P1".into()),
        effort: Some(Effort::Large),
        status: Status::Open,
        overdue: days > 0,
        promise: if days > 0 { Promise::Overdue(days) } else { Promise::Due(-days) },
        closed_by: None,
        released_in: None,
        postmortem: format!("2026-03-08-{postmortem}").into(),
        title: "API outage".into(),
        severity: Some("SEV-1".into()),
        date: Some(day("2026-03-08")),
        service: None,
        state: State::Published,
        path: format!("docs/post-mortems/2026-03-08-{postmortem}.md").into(),
        line: 61,
        numbered: true,
        inferred: &[],
        due_unclear: None,
        refs: &[],
        reason: None,
        recurs: &[],
        tracked: false,
        stale: None,
        reopened_by: None,
        promised: None,
        first_due: None,
        slipped: None,
    }
}

fn rows() -> Vec<ActionRow<'static>> {
    let mut done = row("cache-stampede#2", "Alert on a hit rate below 80 %", "2026-11-20", 0);
    done.status = Status::Done;
    done.promise = Promise::Settled;
    done.released_in = Some("v2.4.0".into());
    vec![
        row(
            "api-outage#1",
            "Add an integration test for migrations with more than 100,000 rows",
            "2026-10-30",
            24,
        ),
        row("api-outage#4", "Freeze deployments at peak hours", "2026-11-25", -2),
        done,
    ]
}

fn counted(rows: &[ActionRow<'_>]) -> Summary {
    let postmortems: std::collections::HashSet<&str> =
        rows.iter().map(|row| row.postmortem.as_ref()).collect();
    Summary::of(rows.iter().map(|row| (row.status, row.overdue)), postmortems.len())
}

fn group(rows: Vec<ActionRow<'_>>) -> Vec<ActionGroup<'_>> {
    vec![ActionGroup { heading: String::new(), rows }]
}

#[test]
fn open_promises_need_no_status() {
    let open = rows().into_iter().take(2).collect();
    insta::assert_snapshot!(table(&group(open), Look { width: Some(110), ..Look::default() }), @r"
    ACTION                                           OWNER      PRI  DUE                       POST-MORTEM
    api-outage#1  Add an integration test for        @platform  P1   2026-10-30  24 days over  SEV-1 API outage
                  migrations with more than 100,000
                  rows
    api-outage#4  Freeze deployments at peak hours   @platform  P1   2026-11-25     in 2 days  SEV-1 API outage
    ");
}

#[test]
fn a_status_shows_where_it_tells_something() {
    insta::assert_snapshot!(table(&group(rows()), Look { width: Some(100), ..Look::default() }), @r"
    ACTION                                         OWNER      PRI  STATUS    DUE
    api-outage#1      Add an integration test for  @platform  P1   open      2026-10-30  24 days over
                      migrations with more than
                      100,000 rows
    api-outage#4      Freeze deployments at peak   @platform  P1   open      2026-11-25     in 2 days
                      hours
    cache-stampede#2  Alert on a hit rate below    @platform  P1   done, in  2026-11-20
                      80 %                                         v2.4.0
    ");
}

#[test]
fn a_phone_still_shows_ids_and_due_dates() {
    insta::assert_snapshot!(table(&group(rows()), Look { width: Some(50), ..Look::default() }), @r"
      ACTION                       PRI  DUE
    api-outage#1
      Add an integration test for  P1   2026-10-30
      migrations with more than         24 days over
      100,000 rows
    api-outage#4
      Freeze deployments at peak   P1   2026-11-25
      hours                             in 2 days
    cache-stampede#2
      Alert on a hit rate below    P1   2026-11-20
      80 %
    ");
}

/// Columns that are shown: by their headings, or by what the first row has in them.
fn shown(width: u16) -> Vec<&'static str> {
    let drawn = table(&group(rows()), Look { width: Some(width), ..Look::default() });
    for id in ["api-outage#1", "api-outage#4", "cache-stampede#2"] {
        assert!(drawn.contains(id), "{width}:\n{drawn}");
    }
    assert!(drawn.lines().all(|line| crate::render::width(line) <= usize::from(width)), "{width}:\n{drawn}");
    let columns = ["2026-10-30", "24 days over", "OWNER", "PRI", "STATUS", "POST-MORTEM"];
    columns.into_iter().filter(|column| drawn.contains(column)).collect()
}

#[test]
fn the_due_date_is_the_last_to_go_and_everything_comes_back() {
    assert_eq!(shown(44), ["2026-10-30", "24 days over"]);
    assert_eq!(shown(60), ["2026-10-30", "24 days over", "OWNER", "PRI"]);
    assert_eq!(shown(80), ["2026-10-30", "24 days over", "OWNER", "PRI"]);
    assert_eq!(shown(130), ["2026-10-30", "24 days over", "OWNER", "PRI", "STATUS", "POST-MORTEM"]);
    for width in 40..=160 {
        let shown = shown(width);
        assert!(shown.starts_with(&["2026-10-30", "24 days over"]), "{width}: {shown:?}");
    }
}

#[test]
fn csv_has_a_line_a_row_and_no_formula() {
    let mut out = Vec::new();
    let mut evil = row("a#1", "=cmd|' /C calc'!A0", "2026-11-20", 3);
    evil.owner = Some("-2+3".into());
    csv(&mut out, &[evil]).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
    id,text,owner,due,priority,effort,status,overdue,closed_by,released_in,postmortem,title,severity,date,service,path,line,reason
    2026-03-08-a#1,'=cmd|' /C calc'!A0,'-2+3,2026-11-20,P1,large,open,true,,,2026-03-08-a,API outage,SEV-1,2026-03-08,,docs/post-mortems/2026-03-08-a.md,61,
    ");
}

#[test]
fn markdown_stays_a_table() {
    let mut out = Vec::new();
    let mut groups = group(rows());
    groups[0].heading = "@platform".into();
    groups[0].rows[1].text = "a | b".into();
    markdown(&mut out, &groups).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
    ### @platform

    | Id | Action | Owner | Priority | Due | Status | Post-mortem |
    |---|---|---|---|---|---|---|
    | 2026-03-08-api-outage#1 | Add an integration test for migrations with more than 100,000 rows | @platform | P1 | 2026-10-30 | open, 24 days over | SEV-1 API outage |
    | 2026-03-08-api-outage#4 | a \| b | @platform | P1 | 2026-11-25 | open | SEV-1 API outage |
    | 2026-03-08-cache-stampede#2 | Alert on a hit rate below 80 % | @platform | P1 | 2026-11-20 | done, in v2.4.0 | SEV-1 API outage |
    ");
}

#[test]
fn a_calendar_has_what_is_owed_and_dated() {
    let mut out = Vec::new();
    let mut rows = rows();
    rows[1].due = None;
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap();
    assert_eq!(ics(&mut out, &rows, now).unwrap(), 1);
    insta::assert_snapshot!(String::from_utf8(out).unwrap().replace('\r', ""), @r"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//git-postmortem//actions//EN
    CALSCALE:GREGORIAN
    BEGIN:VEVENT
    UID:2026-03-08-api-outage#1@git-postmortem
    DTSTAMP:20261123T090000Z
    DTSTART;VALUE=DATE:20261030
    DTEND;VALUE=DATE:20261031
    SUMMARY:@platform: Add an integration test for migrations with more than 10
     0\,000 rows
    DESCRIPTION:2026-03-08-api-outage#1\nSEV-1 API outage\ndocs/post-mortems/20
     26-03-08-api-outage.md:61
    TRANSP:TRANSPARENT
    END:VEVENT
    END:VCALENDAR
    ");
}

use chrono::Utc;

#[test]
fn json_has_the_fields_of_an_action() {
    let mut out = Vec::new();
    let rows = rows();
    let summary = counted(&rows);
    json(&mut out, &rows, Clone::clone, summary, day("2026-11-23"), &[]).unwrap();
    let read: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(read["summary"], serde_json::json!({"open": 2, "overdue": 1, "settled": 1, "postmortems": 2}));
    let first = read["actions"][0].as_object().unwrap();
    for field in [
        "id",
        "text",
        "owner",
        "due",
        "priority",
        "effort",
        "status",
        "overdue",
        "closed_by",
        "released_in",
        "postmortem",
        "path",
        "line",
    ] {
        assert!(first.contains_key(field), "{field}");
    }
    assert_eq!((first["due"].as_str(), first["days_over"].as_i64()), (Some("2026-10-30"), Some(24)));
    assert_eq!(read["actions"][2]["status"], "done");
}

#[test]
fn the_summary_is_one_line() {
    assert_eq!(counted(&rows()).to_string(), "2 open, 1 overdue, 1 settled, in 2 post-mortems");
    assert_eq!(counted(&[]).to_string(), "0 open, 0 overdue, in 0 post-mortems");
}

#[test]
fn days_are_written_as_chrono_writes_them() {
    let days = ["0000-01-01", "0999-10-09", "2026-03-08", "9999-12-31"];
    for text in days {
        let mut out = Vec::new();
        iso(&Some(day(text)), &mut serde_json::Serializer::new(&mut out)).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("\"{text}\""));
    }
    let mut out = Vec::new();
    let far = NaiveDate::from_ymd_opt(12_026, 3, 8);
    iso(&far, &mut serde_json::Serializer::new(&mut out)).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), format!("\"{}\"", far.unwrap()));
}
