//! `new` finds what was live when the incident began: scripted histories where the right answer is known.

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

/// When every incident of these begins, unless it says another day.
const START: &str = "2026-11-23 09:00";

struct Story(Sandbox);

impl Story {
    fn new() -> Self {
        let mut sandbox = Sandbox::new();
        sandbox.git(&["init", "-q", "-b", "main"]);
        sandbox.at_time("2026-11-01T10:00:00Z");
        sandbox.commit("README.md", "# A project\n", "begin");
        Self(sandbox)
    }

    fn commit(&mut self, when: &str, subject: &str) -> String {
        self.0.at_time(when);
        let path = format!("{}.txt", slug(subject));
        self.0.commit(&path, format!("{subject} {when}\n"), subject)
    }

    /// A lightweight tag.
    fn mark(&self, tag: &str) {
        self.0.git(&["tag", tag]);
    }

    /// An annotated tag.
    fn tag(&mut self, when: &str, tag: &str) {
        self.0.at_time(when);
        self.0.git(&["tag", "-a", "-m", tag, tag]);
    }

    fn config(&self, text: &str) {
        self.0.write(".postmortem.toml", text);
    }

    /// The row of a new draft in JSON; its document holds the suspect alone.
    fn begin(&self, arguments: &[&str]) -> serde_json::Value {
        let answer = self.0.run(&[&["new", "It", "broke", "--json"], arguments].concat()).ok();
        let row = assert_fits(&answer.stdout, "postmortems")["postmortems"][0].clone();
        let links: Vec<&str> =
            row["links"].as_array().unwrap().iter().map(|link| link["role"].as_str().unwrap()).collect();
        let found = row["deploys"].as_array().unwrap();
        assert_eq!(links, if found.is_empty() { vec![] } else { vec!["suspect"] }, "{row}");
        if let Some(first) = found.first() {
            assert_eq!(row["links"][0]["commit"], first["commit"], "{row}");
            let text = self.0.git(&["show", &format!("postmortem/drafts:{}", row["path"].as_str().unwrap())]);
            assert!(
                text.contains(&format!("| suspect | {} |", first["revision"].as_str().unwrap())),
                "{text}"
            );
        }
        row
    }

    /// The candidates' names for an incident that began at [`START`].
    fn candidates(&self, arguments: &[&str]) -> Vec<String> {
        let row = self.begin(&[&["--start", START], arguments].concat());
        names(&row)
    }
}

fn slug(subject: &str) -> String {
    subject.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn names(row: &serde_json::Value) -> Vec<String> {
    let found = row["deploys"].as_array().unwrap();
    found.iter().map(|candidate| candidate["revision"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_annotated_tag_counts_from_when_it_was_made() {
    let mut story = Story::new();
    story.commit("2026-11-20T10:00:00Z", "One");
    story.tag("2026-11-20T11:00:00Z", "v1.0.0");
    story.commit("2026-11-21T10:00:00Z", "Two");
    let early = story.0.git(&["rev-parse", "HEAD"]);
    story.commit("2026-11-22T10:00:00Z", "Three");
    story.tag("2026-11-22T11:00:00Z", "v1.1.0");
    // Released from an older commit, and after the newer one: what counts is the day of the tag.
    story.0.at_time("2026-11-23T08:38:00Z");
    story.0.git(&["tag", "-a", "-m", "hotfix", "v1.0.1", &early]);
    assert_eq!(story.candidates(&[]), ["v1.0.1", "v1.1.0", "v1.0.0"]);
    let said = story.0.run(&["new", "Seen", "--start", START]).ok().stdout;
    insta::assert_snapshot!(said.lines().take(5).collect::<Vec<_>>().join("\n"), @r"
    draft     2026-11-23-seen   (only on this machine)
    times     09:00 local = 2026-11-23 09:00 UTC
    deploy    suspect  v1.0.1   tagged 22 minutes before, a rollback from v1.1.0
              maybe    v1.1.0   tagged 22 hours before
              maybe    v1.0.0   tagged 2 days before
    ");
}

#[test]
fn a_lightweight_tag_counts_from_its_commit() {
    let mut story = Story::new();
    for (when, tag) in [
        ("2026-11-20T10:00:00Z", "v1.0.0"),
        ("2026-11-23T08:00:00Z", "v1.1.0"),
        ("2026-11-23T09:30:00Z", "v1.2.0"),
    ] {
        story.commit(when, tag);
        story.mark(tag);
    }
    let row = story.begin(&["--start", START]);
    assert_eq!(names(&row), ["v1.1.0", "v1.0.0"], "v1.2.0 came after");
    assert_eq!(
        row["deploys"][0]["reasons"],
        serde_json::json!(["committed 60 minutes before", "1 commit, 1 file"])
    );
    assert_eq!(row["deploys"][0]["at"], "2026-11-23T08:00:00Z");
}

#[test]
fn a_release_after_the_beginning_is_no_candidate_and_is_told_where_there_is_none() {
    let mut story = Story::new();
    story.commit("2026-11-23T09:10:00Z", "Late");
    story.mark("v1.0.0");
    let row = story.begin(&["--start", START]);
    assert_eq!(names(&row), [""; 0]);
    assert_eq!(row["deploy_remarks"], serde_json::json!(["v1.0.0 was committed 10 minutes after it began"]));
    let said = story.0.run(&["new", "Seen", "--start", START]).ok();
    assert!(
        said.stdout.contains("deploy    none known: v1.0.0 was committed 10 minutes after it began\n"),
        "{}",
        said.stdout
    );
}

#[test]
fn a_service_is_judged_by_its_own_tags() {
    let mut story = Story::new();
    story.config("[services.payments]\ntags = [\"payments-v*\"]\n[services.web]\n");
    for (when, tag) in [
        ("2026-11-20T10:00:00Z", "payments-v7"),
        ("2026-11-21T10:00:00Z", "v2.0.0"),
        ("2026-11-22T10:00:00Z", "payments-v8"),
    ] {
        story.commit(when, tag);
        story.mark(tag);
    }
    assert_eq!(story.candidates(&["--service", "payments", "--key", "a"]), ["payments-v8", "payments-v7"]);
    let of = |service: &str, title: &str| {
        let answer =
            story.0.run(&["new", title, "--json", "--start", START, "--service", service]).ok().stdout;
        names(&assert_fits(&answer, "postmortems")["postmortems"][0])
    };
    assert_eq!(
        of("web", "Web is down"),
        ["v2.0.0"],
        "a service without tags of its own has those of deploy.tags"
    );
    let answer = story.0.run(&["new", "All", "--json", "--start", START]).ok().stdout;
    let all = names(&assert_fits(&answer, "postmortems")["postmortems"][0]);
    assert_eq!(all, ["payments-v8", "v2.0.0", "payments-v7"], "without a service every release counts");
}

#[test]
fn where_tags_name_environments_those_of_production_count() {
    let mut story = Story::new();
    story.config("[deploy]\ntags = [\"*/*\"]\n");
    for (when, tag) in [
        ("2026-11-20T10:00:00Z", "production/40"),
        ("2026-11-21T10:00:00Z", "staging/41"),
        ("2026-11-22T10:00:00Z", "production/41"),
        ("2026-11-23T08:50:00Z", "staging/42"),
    ] {
        story.commit(when, tag);
        story.mark(tag);
    }
    assert_eq!(story.candidates(&[]), ["production/41", "production/40"]);
}

#[test]
fn a_pipelines_deploys_to_production_count_and_those_elsewhere_do_not() {
    let mut story = Story::new();
    let one = story.commit("2026-11-20T10:00:00Z", "One");
    let two = story.commit("2026-11-21T10:00:00Z", "Two");
    let three = story.commit("2026-11-22T10:00:00Z", "Three");
    let line = |time: &str, environment: &str, revision: &str| {
        format!("{{\"time\":\"{time}\",\"environment\":\"{environment}\",\"revision\":\"{revision}\"}}\n")
    };
    let log = [
        line("2026-11-20T12:00:00Z", "production", &one[..9]),
        line("2026-11-21T12:00:00Z", "production", &two),
        line("2026-11-22T12:00:00Z", "staging", &three),
        line("2026-11-23T09:20:00Z", "production", &three),
    ]
    .concat();
    story.0.write("deploys.jsonl", log);
    let row = story.begin(&["--start", START]);
    assert_eq!(names(&row), [&two[..12], &one[..9]], "a whole id is shortened, a short one stays");
    assert_eq!(row["deploys"][0]["environment"], "production");
    assert_eq!(row["deploys"][0]["reasons"][0], "deployed to production 45 hours before");
    story.config("[deploy]\nenvironments = [\"staging\"]\n");
    let answer = story.0.run(&["new", "Staging", "--json", "--start", START]).ok().stdout;
    assert_eq!(names(&assert_fits(&answer, "postmortems")["postmortems"][0]), [&three[..12]]);
}

#[test]
fn a_rollback_of_the_pipelines_is_what_is_live() {
    let mut story = Story::new();
    story.commit("2026-11-20T10:00:00Z", "One");
    story.mark("v1.0.0");
    story.commit("2026-11-22T10:00:00Z", "Two");
    story.mark("v1.1.0");
    story.0.write(
        "deploys.jsonl",
        "{\"time\":\"2026-11-20T12:00:00Z\",\"env\":\"prod\",\"version\":\"1.0.0\"}\n\
         {\"time\":\"2026-11-22T12:00:00Z\",\"env\":\"prod\",\"version\":\"1.1.0\"}\n\
         {\"time\":\"2026-11-22T13:00:00Z\",\"env\":\"prod\",\"version\":\"1.2.0\",\"status\":\"failed\"}\n\
         {\"time\":\"2026-11-23T08:50:00Z\",\"env\":\"prod\",\"version\":\"1.0.0\"}\n",
    );
    let row = story.begin(&["--start", START]);
    assert_eq!(names(&row), ["v1.0.0", "v1.1.0"]);
    assert_eq!(
        row["deploys"][0]["reasons"],
        serde_json::json!(["deployed to prod 10 minutes before", "a rollback from v1.1.0"])
    );
}

#[test]
fn a_team_without_tags_and_deploys_is_judged_by_what_landed_where_it_asks() {
    let mut story = Story::new();
    story.commit("2026-11-20T10:00:00Z", "One");
    story.0.git(&["switch", "-q", "-c", "topic"]);
    story.commit("2026-11-21T10:00:00Z", "On a branch");
    story.0.git(&["switch", "-q", "main"]);
    story.0.at_time("2026-11-22T10:00:00Z");
    story.0.git(&["merge", "-q", "--no-ff", "-m", "Merge topic", "topic"]);
    let merge = story.0.git(&["rev-parse", "HEAD"]);
    story.commit("2026-11-23T09:10:00Z", "Too late");
    let silent = story.0.run(&["new", "Nothing asked", "--start", START]).ok();
    assert!(!silent.stdout.contains("deploy"), "{}", silent.stdout);
    let row = story.begin(&["--start", START, "--deploy", "auto"]);
    assert_eq!(names(&row)[0], merge[..12]);
    assert_eq!(row["deploys"][0]["evidence"], "landed");
    assert_eq!(
        row["deploys"][0]["reasons"],
        serde_json::json!(["landed 23 hours before", "2 commits, 1 file"])
    );
    assert_eq!(names(&row).len(), 3, "the merge, what landed before it, and the first: {row}");
}

#[test]
fn a_pre_release_counts_only_where_there_is_nothing_else() {
    let mut story = Story::new();
    story.commit("2026-11-21T10:00:00Z", "One");
    story.mark("v2.0.0-rc.1");
    assert_eq!(story.candidates(&[]), ["v2.0.0-rc.1"]);
    story.commit("2026-11-20T10:00:00Z", "Two");
    story.mark("v1.9.0");
    let answer = story.0.run(&["new", "Later", "--json", "--start", START]).ok().stdout;
    assert_eq!(names(&assert_fits(&answer, "postmortems")["postmortems"][0]), ["v1.9.0", "v2.0.0-rc.1"]);
}

#[test]
fn one_commit_is_one_candidate_and_the_version_decides_between_tags_of_one_moment() {
    let mut story = Story::new();
    story.commit("2026-11-20T10:00:00Z", "One");
    story.mark("v1.10.0");
    story.0.git(&["tag", "v1.9.0", "HEAD~1"]);
    story.commit("2026-11-22T10:00:00Z", "Two");
    for tag in ["v1.12.0", "1.12.0", "v1.11.9"] {
        story.tag("2026-11-22T10:05:00Z", tag);
    }
    let found = story.candidates(&[]);
    assert!(found[0].ends_with("1.12.0"), "{found:?}");
    assert_eq!(found[1..], ["v1.10.0", "v1.9.0"]);
}

#[test]
fn where_only_the_day_is_known_its_end_counts() {
    let mut story = Story::new();
    for (when, tag) in [
        ("2026-11-18T10:00:00Z", "v1.0.0"),
        ("2026-11-20T23:00:00Z", "v1.1.0"),
        ("2026-11-21T01:00:00Z", "v1.2.0"),
    ] {
        story.commit(when, tag);
        story.mark(tag);
    }
    let row = story.begin(&["--date", "2026-11-20"]);
    assert_eq!(names(&row), ["v1.1.0", "v1.0.0"]);
    assert_eq!(row["deploys"][0]["reasons"][0], "committed on that day");
    assert_eq!(row["deploys"][1]["reasons"][0], "committed 2 days before that day");
    let now = story.0.run(&["new", "Just", "now"]).ok().stdout;
    assert!(now.contains("suspect  v1.2.0   committed 2 days before"), "{now}");
}

#[test]
fn lines_that_cannot_be_read_are_named_and_the_rest_counts() {
    let mut story = Story::new();
    story.commit("2026-11-20T10:00:00Z", "One");
    story.mark("release-1");
    story.0.write(
        "ops/live.jsonl",
        "no json\n{\"time\":\"2026-11-23T08:00:00Z\"}\n{\"time\":\"2026-11-23 08:00\",\"revision\":\"release-1\"}\n[]\n\n\
         {\"time\":\"2026-11-23T08:00:00Z\",\"revision\":\"release-1\"}\n{\"time\":\"2026-11-23T08:30:00Z\",\"revision\":\"nothing\"}\n",
    );
    story.config("[deploy]\nlog = \"ops/live.jsonl\"\n");
    let row = story.begin(&["--start", START]);
    assert_eq!(names(&row), ["release-1"]);
    let remarks = serde_json::json!([
        "ops/live.jsonl:1 is no JSON",
        "ops/live.jsonl:2 has no revision",
        "ops/live.jsonl:3 has the time '2026-11-23 08:00' without a zone",
        "ops/live.jsonl has 1 line more that cannot be read",
        "ops/live.jsonl deploys 'nothing', which names no commit here"
    ]);
    assert_eq!(row["deploy_remarks"], remarks);
    let said = story.0.run(&["new", "Seen", "--start", START]).ok();
    assert!(said.stdout.contains("suspect  release-1   deployed 60 minutes before\n"), "{}", said.stdout);
    assert!(said.stderr.contains("warning: ops/live.jsonl:1 is no JSON\n"), "{}", said.stderr);
}

#[test]
fn a_branch_that_moved_on_since_is_no_answer_for_a_deploy_of_it() {
    let mut story = Story::new();
    let then = story.commit("2026-11-20T10:00:00Z", "Then");
    story.commit("2026-11-23T08:50:00Z", "Now");
    story.0.write(
        "deploys.jsonl",
        format!(
            "{{\"time\":\"2026-11-21T08:00:00Z\",\"revision\":\"{then}\"}}\n\
             {{\"time\":\"2026-11-22T08:00:00Z\",\"revision\":\"main\"}}\n"
        ),
    );
    let row = story.begin(&["--start", START]);
    assert_eq!(names(&row), [&then[..12]]);
    let remark = "deploys.jsonl deploys 'main', which names a commit made after that by now";
    assert_eq!(row["deploy_remarks"], serde_json::json!([remark]));
}

#[test]
fn nothing_about_deploys_makes_new_fail() {
    let mut story = Story::new();
    story.config("[deploy]\nlog = \"ops/live.jsonl\"\n");
    let row = story.begin(&["--start", START]);
    assert_eq!(
        row["deploy_remarks"],
        serde_json::json!(["there is no ops/live.jsonl, which deploy.log names"])
    );
    std::fs::create_dir_all(story.0.repo().join("ops/live.jsonl")).unwrap();
    let said = story.0.run(&["new", "A folder", "--start", START]).ok().stdout;
    assert!(said.contains("deploy    none known: cannot read ops/live.jsonl"), "{said}");
    story.config("[deploy]\nlog = \"../outside.jsonl\"\n");
    let refused = story.0.run(&["new", "Outside"]).status(2).stderr;
    assert!(refused.contains("'../outside.jsonl' is no file below the root"), "{refused}");
    story.config("");
    story.commit("2026-11-20T10:00:00Z", "One");
    story.0.git(&["tag", "v1.0.0", "HEAD:README.md"]);
    let said = story.0.run(&["new", "A tag of a blob", "--start", START]).ok().stdout;
    assert!(!said.contains("deploy  "), "{said}");
    let unborn = Sandbox::new();
    unborn.git(&["init", "-q"]);
    let said = unborn.run(&["new", "First of all", "--deploy", "auto"]).ok().stdout;
    assert!(said.contains("deploy  none known: nothing is known to have gone live"), "{said}");
}

#[test]
fn none_turns_it_off_and_a_named_deploy_is_the_deploy() {
    let mut story = Story::new();
    story.commit("2026-11-20T10:00:00Z", "One");
    story.mark("v1.0.0");
    let off = story.0.run(&["new", "Off", "--deploy", "none", "--json"]).ok().stdout;
    let off = assert_fits(&off, "postmortems")["postmortems"][0].clone();
    assert_eq!((&off["links"], &off["deploys"]), (&serde_json::json!([]), &serde_json::json!([])));
    let named = story.0.run(&["new", "Named", "--deploy", "1.0.0", "--json"]).ok().stdout;
    let named = assert_fits(&named, "postmortems")["postmortems"][0].clone();
    assert_eq!(
        (&named["links"][0]["role"], &named["links"][0]["revision"]),
        (&"deploy".into(), &"v1.0.0".into())
    );
    assert_eq!(named["links"].as_array().unwrap().len(), 1);
}

#[test]
fn a_shallow_clone_that_ends_before_the_deploy_says_so() {
    let mut story = Story::new();
    story.commit("2026-11-20T10:00:00Z", "One");
    story.mark("v1.0.0");
    story.commit("2026-11-23T09:30:00Z", "Later");
    story.mark("v1.1.0");
    let url = format!("file://{}", story.0.repo().display());
    story.0.git_in(&story.0.root(), &["clone", "-q", "--depth", "1", &url, "shallow"]);
    let shallow = story.0.at("shallow");
    let said = story.0.run_in(&shallow, &["new", "Seen", "--start", START]).ok().stdout;
    assert!(
        said.contains(
            "none known: v1.1.0 was committed 30 minutes after it began; the clone is shallow: git fetch"
        ),
        "{said}"
    );
}
