//! Action items in the layouts that teams use.

mod brackets;

use crate::document::{Source, Vocabulary, parse};
use crate::model::Postmortem;

fn read(name: &str, text: &str) -> Postmortem {
    parse(&Source { name, bytes: text.as_bytes() }, &Vocabulary::default()).into_postmortem()
}

/// Each line: label, text, owner, due, status.
fn items(text: &str) -> Vec<String> {
    let text = format!("# 2026-03-08 outage\n\n## Action Items\n\n{text}");
    let show = |item: &crate::model::ActionItem| {
        let owner = item.owner.as_deref().unwrap_or("-");
        let due = item.due.map_or("-".to_owned(), |due| due.to_string());
        format!(
            "{}{} {owner} {due} {} {}",
            item.label,
            if item.numbered { "" } else { "*" },
            item.status.word(),
            item.text
        )
    };
    read("x.md", &text).actions.iter().map(show).collect()
}

#[test]
fn action_items_are_read_in_common_layouts() {
    for (text, expected) in [
        (
            "- [ ] Mend the checkout cache\n- [x] Test every migration",
            vec!["1* - - open Mend the checkout cache", "2* - - done Test every migration"],
        ),
        (
            "1. Mend the checkout cache\n2. Test every migration",
            vec!["1 - - open Mend the checkout cache", "2 - - open Test every migration"],
        ),
        (
            "### Process\n\n1. Mend the checkout cache\n\n### Tools\n\n1. Test every migration",
            vec!["1* - - open Mend the checkout cache", "2* - - open Test every migration"],
        ),
        (
            "- Mend the checkout cache (@ana, due 2026-03-20)",
            vec!["1* @ana 2026-03-20 open Mend the checkout cache"],
        ),
        ("- Mend the checkout cache. Owner: @ana", vec!["1* @ana - open Mend the checkout cache."]),
        ("- Mend the checkout cache — @ana", vec!["1* @ana - open Mend the checkout cache"]),
        ("- @ana: Mend the checkout cache", vec!["1* @ana - open Mend the checkout cache"]),
        (
            "- Mend the checkout cache (DONE)\n- Test every migration - done\n- ✅ Ship the new release",
            vec![
                "1* - - done Mend the checkout cache",
                "2* - - done Test every migration",
                "3* - - done Ship the new release",
            ],
        ),
        (
            "- ~~Mend the checkout cache~~\n- [ ] ~~Test every migration~~",
            vec!["1* - - done Mend the checkout cache", "2* - - cancelled Test every migration"],
        ),
        (
            "**RK**\n\n- Mend the checkout cache\n\n**AC/JG**\n\n- Test every migration",
            vec!["1* RK - open Mend the checkout cache", "2* AC/JG - open Test every migration"],
        ),
    ] {
        assert_eq!(items(text), expected, "{text}");
    }
}

#[test]
fn groups_labels_and_tables_are_read() {
    for (text, expected) in [
        (
            "- Tools:\n  - Mend the checkout cache\n  - Test every migration",
            vec!["1* - - open Mend the checkout cache", "2* - - open Test every migration"],
        ),
        ("- Mend the checkout cache\n  - a detail\n  - another", vec!["1* - - open Mend the checkout cache"]),
        ("- [ ] **AI-4** Mend the checkout cache", vec!["AI-4 - - open Mend the checkout cache"]),
        (
            "- Mend the checkout cache\n  by 20 March",
            vec!["1* - 2026-03-20 open Mend the checkout cache by 20 March"],
        ),
        (
            "### Short-term (completed)\n\n- Mend the checkout cache",
            vec!["1* - - done Mend the checkout cache"],
        ),
        (
            "| Action item | Type | Assignee | Bug |\n|--|--|--|--|\n| Mend the checkout cache | prevent | Ana | TODO |\n| Test every migration | detect | — | DONE |",
            vec!["1* Ana - open Mend the checkout cache", "2* - - done Test every migration"],
        ),
        (
            "| Id | Task | Who | Deadline |\n|--|--|--|--|\n| P-1 | Mend the checkout cache | Ana | Mar 20 |",
            vec!["P-1 Ana 2026-03-20 open Mend the checkout cache"],
        ),
    ] {
        assert_eq!(items(text), expected, "{text}");
    }
}

#[test]
fn what_is_a_detail_and_what_is_an_item_is_told() {
    for (text, expected) in [
        (
            "1. **Better alerts**\nWe add:\n\n- Lag per partition\n- Throughput\n\n2. **Runbooks**\n",
            vec!["1 - - open Better alerts We add:", "2 - - open Runbooks"],
        ),
        (
            "**AC** Reduce alerts so that they come:\n- at the start of a day\n- when states change\n",
            vec!["1* AC - open Reduce alerts so that they come:"],
        ),
        (
            "**Natalie**\n\n- Tell the support team - done, in chat\n\n**Monitoring**\n\n- Alert on the lag\n",
            vec!["1* Natalie - done Tell the support team - done, in chat", "2* - - open Alert on the lag"],
        ),
        (
            "We keep it in tubes.\n\n**Tubes**\n\n- Alert on the lag\n\n**Kafka**\n\n- Alert on the age\n",
            vec!["1* - - open Alert on the lag", "2* - - open Alert on the age"],
        ),
        (
            "**Team**\nInvestigate\n- replication across regions\n",
            vec!["1* Team - open replication across regions"],
        ),
        (
            "- Switch the feature off for security WONTDO\n",
            vec!["1* - - cancelled Switch the feature off for security"],
        ),
        (
            "### Detection\n\n- Alert on the lag\n\n### Notes\n\n- no item\n",
            vec!["1* - - open Alert on the lag"],
        ),
        ("**In progress (next 2 weeks):**\n\n- Alert on the lag\n", vec!["1* - - doing Alert on the lag"]),
    ] {
        assert_eq!(items(text), expected, "{text}");
    }
}

#[test]
fn a_file_called_template_promises_nothing() {
    let text = "# Incident\n\n## Action Items\n\n- Do immediately what [the issue] needs\n";
    assert!(read("docs/incident-template.md", text).actions.is_empty());
    assert_eq!(read("docs/2026-03-08-broken-template.md", text).actions.len(), 1);
}

#[test]
fn a_template_holds_no_promises() {
    for text in [
        "- [ ] \n- [ ] TBD",
        "1. {{ summary }} [link to issue]",
        "| # | Action | Owner |\n|--|--|--|\n| 1 | | |\n| 2 | TBD | TBD |\n| 3 | [Action to take] | [Owner] |",
        "No actions.",
        "- None",
        "- <what is to be done>",
        "<!-- - [ ] Mend the checkout cache -->",
        "```\n- [ ] Mend the checkout cache\n```",
        "> - [ ] Mend the checkout cache",
    ] {
        assert_eq!(items(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_table_of_promises_counts_wherever_it_stands() {
    let text = "# Outage\n\n| Action item | Owner | Status |\n|--|--|--|\n| Mend the checkout cache | Ana | open |\n\n## Impact\n\n| Action | Count |\n|--|--|\n| login | 3 |\n";
    let read = read("x.md", text);
    assert_eq!(read.actions.len(), 1);
}

#[test]
fn a_label_that_stands_twice_names_nobody() {
    let rows = "| # | Action |\n|--|--|\n| 1 | Mend the checkout cache |\n| 1 | Test every migration |\n| 2 | Ship the new release |";
    assert_eq!(
        items(rows),
        [
            "1* - - open Mend the checkout cache",
            "2* - - open Test every migration",
            "3* - - open Ship the new release"
        ]
    );
    let mixed = "- Mend the checkout cache\n\n| # | Action |\n|--|--|\n| 1 | Test every migration |\n| 2 | Ship the new release |";
    assert_eq!(
        items(mixed),
        [
            "3* - - open Mend the checkout cache",
            "1 - - open Test every migration",
            "2 - - open Ship the new release"
        ]
    );
}

#[test]
fn fields_may_stand_beside_the_text_of_an_item() {
    let expected = ["1* @ana 2026-04-01 doing Mend the checkout cache"];
    for text in [
        "- Mend the checkout cache\n  - owner: @ana\n  - due: 2026-04-01\n  - status: in progress",
        "- Mend the checkout cache\n  - **Owner:** @ana, **Due:** 2026-04-01\n  - Status: in progress",
        "- Mend the checkout cache\n  Owner: @ana\n  Due: 2026-04-01\n  Status: in progress",
        "- Mend the checkout cache\n\n  Owner: @ana / Due: 2026-04-01 / Status: in progress",
        "- Mend the checkout cache Owner: @ana | Due: 2026-04-01 | Status: in progress",
        "- Mend the checkout cache (Owner: @ana, Due: 2026-04-01, Status: in progress)",
        "- Mend the checkout cache\n- Owner: @ana\n- Due: 2026-04-01\n- Status: in progress",
        "- Mend the checkout cache (@ana due 2026-04-01) - in progress",
        "- Mend the checkout cache [@ana] — in progress — due 2026-04-01",
        "- Mend the checkout cache — @ana — due by the 1st of April, 2026 [in progress]",
        "- Mend the checkout cache → @ana → 2026-04-01 → in progress",
        "- Mend the checkout cache | @ana | 2026-04-01 | in progress",
        "- Mend the checkout cache @ana 📅 2026-04-01 (in progress)",
        "- Mend the checkout cache @ana (due ~~2026-03-10~~ 2026-04-01) - in progress",
        "- [@ana] Mend the checkout cache - ~~2026-03-10~~ 2026-04-01 - in progress",
        "### Mend the checkout cache\n\n**Owner**: @ana\n**Due**: 2026-04-01\n\n**Status**: in progress\n\nIt stampedes.",
        "### Mend the checkout cache\n\n- Owner: @ana\n- Due: 2026-04-01\n- Status: in progress\n- It stampedes.",
        "| Action | Owner | Due | Ticket |\n|--|--|--|--|\n| Mend the checkout cache | ~~@bo~~ @ana | ~~10 March 2026~~ 1 April 2026 | **In progress** |",
    ] {
        assert_eq!(items(text), expected, "{text}");
    }
}

#[test]
fn priorities_are_no_ids() {
    let priority = |text: &str| {
        let text = format!("## Actions\n\n{text}\n");
        let [item] = <[crate::model::ActionItem; 1]>::try_from(read("x.md", &text).actions).unwrap();
        (item.text, item.priority.and_then(|grade| grade.rank), item.numbered)
    };
    for text in [
        "- **P3** Rotate the deploy keys",
        "- **[P3]** Rotate the deploy keys",
        "- P3: Rotate the deploy keys",
        "- [P3] Rotate the deploy keys",
        "- P3 - Rotate the deploy keys",
        "- @ana P3: Rotate the deploy keys",
        "- Rotate the deploy keys (P3)",
        "- Rotate the deploy keys\n  - priority: P3",
    ] {
        assert_eq!(priority(text), ("Rotate the deploy keys".to_owned(), Some(3), false), "{text}");
    }
    assert!(priority("- **P-3** Rotate the deploy keys").2, "the third of the preventing ones");
}

#[test]
fn nobody_and_ideas_and_dates_that_are_none_are_told() {
    let item = |text: &str| {
        let text = format!("# 2026-03-08 x\n\n## Actions\n\n- Rotate the deploy keys{text}\n");
        read("x.md", &text).actions.remove(0)
    };
    for nobody in ["n/a", "N/A", "TBD", "-", "@owner"] {
        assert_eq!(item(&format!(". Owner: {nobody}")).owner, None, "{nobody}");
    }
    assert_eq!(item(". Owner: @na").owner.as_deref(), Some("@na"));
    let unclear = |text: &str| item(text).unclear_due.map(|date| date.to_string());
    assert_eq!(unclear("\n  - Due: next sprint").as_deref(), Some("'next sprint' is no date"));
    assert_eq!(unclear(". Due: 03/04/2026").as_deref(), Some("'03/04/2026' may be 2026-04-03 or 2026-03-04"));
    assert_eq!(unclear(" by 03/04/2026").as_deref(), Some("'03/04/2026' may be 2026-04-03 or 2026-03-04"));
    for clear in ["", ". Due: TBD", ". Due: 2026-04-03", ". Due: done", " (25/03/2026 or so), due 03/04/2026"]
    {
        assert_eq!(unclear(clear), None, "{clear}");
    }
    let ideas = items("- Maybe rotate the deploy keys\n- Rotate the deploy keys (maybe)");
    assert!(ideas.iter().all(|idea| idea.contains("proposed")), "{ideas:?}");
}

#[test]
fn what_is_struck_through_is_settled_or_replaced() {
    for (text, expected) in [
        ("- ~~Rotate the deploy keys~~ won't do, no keys left", "cancelled"),
        ("- ~~Rotate the deploy keys~~ done in #12", "done"),
        ("- [ ] ~~Rotate the deploy keys~~ (superseded)", "cancelled"),
        ("- Rotate the ~~host~~ deploy keys", "open"),
    ] {
        assert!(items(text)[0].contains(&format!(" {expected} ")), "{text}: {:?}", items(text));
    }
}
