//! `git postmortem actions`: which promises stand where.

mod closing;
mod formats;
mod links;
mod past;
mod places;
mod rank;
mod unseen;

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

/// Items in every state, of every owner and priority, in two documents of two services.
pub(crate) fn promises() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(
        "docs/post-mortems/2026-03-08-api-outage.md",
        "# Post-Mortem: API outage\n\n**Date**: 2026-03-08\n**Severity**: SEV-1\n**Service**: payments\n\n\
         ## Action Items\n\n\
         | # | Action | Owner | Priority | Effort | Due Date | Status |\n\
         |---|---|---|---|---|---|---|\n\
         | 1 | Test migrations | @acme/platform | P1 | large | 2026-10-30 | Open |\n\
         | 2 | Freeze at peak hours | @ops, @ana | P3 | small | 2026-12-16 | In progress |\n\
         | 3 | Alert on errors | | P2 | medium | | Open |\n\
         | 4 | Rewrite it | Ana Author | | | 2026-11-22 | Proposed |\n\
         | 5 | Raise the limit | @bob | P0 | | 2026-01-01 | Done |\n\
         | 6 | Buy more disks | @bob | P0 | | 2026-01-01 | Cancelled |\n\
         | 7 | Page the right team | @bob | urgent | | 2026-11-23 | Open |\n",
        "one",
    );
    sandbox.commit(
        "docs/post-mortems/2026-08-02-latency.md",
        "# Post-Mortem: Latency\n\n**Date**: 2026-08-02\n**Severity**: SEV-3\n**Service**: search, payments\n\n\
         ## Action Items\n\n- [ ] Cache the search index (@eve, due 2026-11-20)\n- [x] Split the queue (@bob)\n",
        "two",
    );
    sandbox
}

/// The labels of the items that are listed, as `api#1`.
#[track_caller]
fn ids(sandbox: &Sandbox, arguments: &[&str]) -> Vec<String> {
    let answer = sandbox.run(&[&["actions", "--ids"], arguments].concat()).ok();
    let short = |id: &str| id.replace("2026-03-08-api-outage", "api").replace("2026-08-02-latency", "lat");
    answer.stdout.lines().map(short).collect()
}

#[test]
fn without_a_filter_what_is_owed_is_listed_soonest_first() {
    let sandbox = promises();
    let answer = sandbox.run(&["actions"]).ok();
    insta::assert_snapshot!(answer.stdout, @r"
    ACTION                                OWNER           PRI  STATUS  DUE                       POST-MORTEM
    api-outage#1  Test migrations         @acme/platform  P1   open    2026-10-30  24 days over  SEV-1 API outage
    latency#1     Cache the search index  @eve                 open    2026-11-20   3 days over  SEV-3 Latency
    api-outage#7  Page the right team     @bob            P0   open    2026-11-23         today  SEV-1 API outage
    api-outage#2  Freeze at peak hours    @ops, @ana      P3   doing   2026-12-16    in 23 days  SEV-1 API outage
    api-outage#3  Alert on errors                         P2   open                              SEV-1 API outage
    ");
    assert_eq!(answer.stderr, "\n5 open, 2 overdue, in 2 post-mortems\n");
}

#[test]
fn every_filter_keeps_what_it_names() {
    let sandbox = promises();
    for (arguments, expected) in [
        (&["--overdue"][..], &["api#1", "lat#1"][..]),
        (&["--due-within", "2w"], &["api#1", "lat#1", "api#7"]),
        (&["--due-within", "2026-12-16"], &["api#1", "lat#1", "api#7", "api#2"]),
        (&["--due-within", "fri"], &["api#1", "lat#1", "api#7"]),
        (&["--due-within", "-3d"], &["api#1", "lat#1"]),
        (&["--priority", "p1,3"], &["api#1", "api#2"]),
        (&["--priority", "high"], &["api#1"]),
        (&["--severity", "sev1"], &["api#1", "api#7", "api#2", "api#3"]),
        (&["--severity", "1,3"], &["api#1", "lat#1", "api#7", "api#2", "api#3"]),
        (&["--service", "Search"], &["lat#1"]),
        (&["--service", "payments", "--overdue"], &["api#1", "lat#1"]),
        (&["--status", "doing"], &["api#2"]),
        (&["--status", "done,cancelled"], &["api#5", "api#6", "lat#2"]),
        (&["--status", "proposed"], &["api#4"]),
        (&["--status", "overdue,canceled"], &["api#6", "api#1", "lat#1"]),
        (&["--since", "2026-08-02"], &["lat#1"]),
        (&["--since", "20w"], &["lat#1"]),
        (&["--missing", "owner"], &["api#3"]),
        (&["--missing", "priority,due"], &["lat#1", "api#3"]),
        (
            &["--missing", "effort", "--status", "all", "--owner", "@bob", "--priority", "P0"],
            &["api#5", "api#6", "api#7"],
        ),
        (&["outage", "--overdue"], &["api#1"]),
        (&["2026-08-02-latency", "--status", "all"], &["lat#1", "lat#2"]),
    ] {
        assert_eq!(ids(&sandbox, arguments), expected, "{arguments:?}");
    }
}

#[test]
fn owners_are_found_by_every_name_they_have() {
    let sandbox = promises();
    sandbox.write(
        ".postmortem.toml",
        "[actions.owners]\n\"@sre\" = [\"SRE team\", \"@ops\", \"@eve\"]\n\"@ana\" = [\"Ana Author\"]\n",
    );
    let all = |owner: &str| ids(&sandbox, &["--status", "all", "--owner", owner]);
    assert_eq!(all("@acme/platform"), ["api#1"]);
    assert_eq!(all("platform"), ["api#1"]);
    assert_eq!(all("BOB"), ["api#5", "api#6", "api#7", "lat#2"]);
    assert_eq!(all("me"), ["api#4", "api#2"], "by the name and the mail address that git commits with");
    assert_eq!(all("@ana"), ["api#4", "api#2"], "a person by an other name");
    assert_eq!(all("@sre"), ["lat#1", "api#2"], "a team by its members");
    assert_eq!(all("@eve"), ["lat#1"], "a member, not the other members");
    assert_eq!(all("@acme/platform,eve"), ["api#1", "lat#1"]);
    assert_eq!(all("nobody"), [""; 0]);
}

#[test]
fn me_needs_a_name_that_git_knows() {
    let mut sandbox = promises();
    for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
        sandbox.unset(name);
    }
    sandbox.git(&["config", "user.useConfigOnly", "true"]);
    let answer = sandbox.run(&["actions", "--owner", "me"]).status(2);
    assert!(answer.stderr.contains("user.email"), "{}", answer.stderr);
}

#[test]
fn a_word_that_fits_nothing_is_an_error_and_not_an_all_clear() {
    let sandbox = promises();
    for (arguments, words) in [
        (&["--severity", "enormous"][..], "'enormous' is no severity"),
        (&["--priority", "P7", "--exit-code"], "'P7' is no priority"),
        (&["--status", "opne"], "invalid value 'opne'"),
        (&["--missing", "colour"], "invalid value 'colour'"),
        (&["--due-within", "soonish"], "'soonish' is no day"),
        (&["--since", "2026-13-01"], "'2026-13-01' is no day"),
        (&["--as-of", "whenever"], "'whenever' is no day"),
        (&["--rev", "v9"], "no commit is called 'v9'"),
        (&["chekout"], "no post-mortem matches 'chekout'"),
        (&["2026"], "'2026' names 2 post-mortems"),
        (&["--ids", "--json"], "cannot be used with"),
        (&["--rank", "--sort", "due"], "cannot be used with"),
        (&["--drafts", "--as-of", "2026-01-01"], "drafts are only known as they are now"),
    ] {
        let answer = sandbox.run(&[&["actions"], arguments].concat()).status(2);
        assert!(answer.stderr.contains(words), "{arguments:?}\n{}", answer.stderr);
        assert_eq!(answer.stdout, "", "{arguments:?}");
    }
    // A word that no scale knows but some document has written can be asked for.
    sandbox.commit(
        "docs/post-mortems/2026-09-01-odd.md",
        "# Odd\n\n**Date**: 2026-09-01\n**Severity**: purple\n\n## Action Items\n\n- [ ] Paint it over\n",
        "odd",
    );
    assert_eq!(ids(&sandbox, &["--severity", "Purple"]), ["2026-09-01-odd#1"]);
}

#[test]
fn rows_can_be_sorted_by_each_of_their_columns() {
    let sandbox = promises();
    for (by, expected) in [
        ("due", ["api#1", "lat#1", "api#7", "api#2", "api#3"]),
        ("priority", ["api#7", "api#1", "api#3", "api#2", "lat#1"]),
        ("severity", ["api#1", "api#7", "api#2", "api#3", "lat#1"]),
        ("owner", ["api#1", "api#7", "lat#1", "api#2", "api#3"]),
        ("postmortem", ["lat#1", "api#1", "api#2", "api#3", "api#7"]),
        ("effort", ["api#2", "api#3", "api#1", "lat#1", "api#7"]),
    ] {
        assert_eq!(ids(&sandbox, &["--sort", by]), expected, "{by}");
    }
}

#[test]
fn groups_have_headings_in_the_order_of_the_scale() {
    let sandbox = promises();
    sandbox.write(
        ".postmortem.toml",
        "[actions]\npriorities = [\"Now\", \"Later\"]\n\
         [actions.priority-aliases]\nP1 = \"Now\"\nurgent = \"Now\"\nP2 = \"Later\"\nP3 = \"Later\"\n",
    );
    let headings = |by: &str| -> Vec<String> {
        let out = sandbox.run(&["actions", "--group-by", by]).ok().stdout;
        out.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).map(str::to_owned).collect()
    };
    assert_eq!(headings("priority"), ["Now", "Later", "without a priority"]);
    assert_eq!(headings("severity"), ["SEV-1", "SEV-3"]);
    assert_eq!(headings("service"), ["payments", "search, payments"]);
    assert_eq!(headings("status"), ["overdue", "open", "doing"]);
    assert_eq!(headings("postmortem"), ["2026-03-08-api-outage  API outage", "2026-08-02-latency  Latency"]);
    assert_eq!(headings("owner").last().map(String::as_str), Some("without an owner"));
}

#[test]
fn exit_code_says_whether_something_is_there() {
    let sandbox = promises();
    sandbox.run(&["actions", "--overdue", "--exit-code"]).status(1);
    sandbox.run(&["actions", "--overdue", "--owner", "nobody", "--exit-code"]).status(0);
    sandbox.run(&["actions", "--overdue"]).status(0);
    sandbox.commit("docs/post-mortems/export.rst", "Export", "html");
    sandbox.run(&["actions", "--overdue", "--exit-code", "--owner", "nobody"]).status(2);
    sandbox.run(&["actions", "--overdue", "--exit-code"]).status(1);
}

#[test]
fn ranking_gives_its_reasons() {
    let sandbox = promises();
    let answer = sandbox.run(&["actions", "--rank"]).ok();
    insta::assert_snapshot!(answer.stdout, @r"
    ACTION                                OWNER           PRI  STATUS  DUE                       WHY                                                     POST-MORTEM
    api-outage#7  Page the right team     @bob            P0   open    2026-11-23         today  effort unknown, P0: a quick win if small                SEV-1 API outage
    api-outage#1  Test migrations         @acme/platform  P1   open    2026-10-30  24 days over  P1, large: a big bet                                    SEV-1 API outage
    api-outage#3  Alert on errors                         P2   open                              P2, medium: a fill-in                                   SEV-1 API outage
    api-outage#2  Freeze at peak hours    @ops, @ana      P3   doing   2026-12-16    in 23 days  P3, small: a fill-in                                    SEV-1 API outage
    latency#1     Cache the search index  @eve                 open    2026-11-20   3 days over  effort unknown, no priority, SEV-3: a fill-in if small  SEV-3 Latency
    ");
}

#[test]
fn a_due_day_ends_in_the_zone_of_the_configuration() {
    let mut sandbox = promises();
    // 23 November 23:30 in UTC is the 24th in Berlin, where the 23rd is over.
    sandbox.set("GIT_POSTMORTEM_NOW", "2026-11-23T23:30:00Z");
    assert_eq!(ids(&sandbox, &["--overdue"]), ["api#1", "lat#1"]);
    sandbox.write(".postmortem.toml", "[actions]\ntime-zone = \"Europe/Berlin\"\n");
    assert_eq!(ids(&sandbox, &["--overdue"]), ["api#1", "lat#1", "api#7"]);
    sandbox.set("GIT_POSTMORTEM_NOW", "2026-11-24T05:30:00Z");
    sandbox.write(".postmortem.toml", "[actions]\ntime-zone = \"America/Los_Angeles\"\n");
    assert_eq!(ids(&sandbox, &["--overdue"]), ["api#1", "lat#1"]);
}

#[test]
fn an_agreed_span_gives_undated_items_a_due_date_that_reads_as_inferred() {
    let sandbox = promises();
    sandbox.write(".postmortem.toml", "[actions.sla]\nP2 = \"2w\"\n");
    assert_eq!(ids(&sandbox, &["--overdue"]), ["api#3", "api#1", "lat#1"]);
    let json = sandbox.run(&["actions", "--overdue", "--json"]).ok().stdout;
    let read = crate::schema::assert_fits(&json, "actions");
    assert_eq!(read["actions"][0]["due"], "2026-03-22");
    assert_eq!(read["actions"][0]["inferred"], serde_json::json!(["due"]));
    assert_eq!(read["actions"][1]["inferred"], serde_json::json!([]));
}

#[test]
fn what_is_overdue_is_counted_beside_all_that_is_open() {
    let sandbox = promises();
    for arguments in [&["--overdue"][..], &["--status", "overdue"]] {
        let answer = sandbox.run(&[&["actions"], arguments].concat()).ok();
        assert_eq!(answer.stderr, "\n2 overdue of 5 open, in 2 post-mortems\n", "{arguments:?}");
    }
    let none = sandbox.run(&["actions", "--overdue", "--owner", "@bob"]).ok();
    assert_eq!(none.stderr, "nothing is overdue of 1 open, in 1 post-mortem\n");
    let read = sandbox.run(&["actions", "--overdue", "--json"]).ok().stdout;
    assert_eq!(assert_fits(&read, "actions")["summary"]["open"], 2, "the rows of the answer");
}
