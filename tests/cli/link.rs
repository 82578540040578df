//! `link`: every form of a revision, written once, where the document lives, and what became of it since.

mod lost;
mod places;

use crate::drafts::{ID, PATH, TEXT, save};
use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

/// A history with tags, a merge and a squash, and a draft.
fn story() -> Sandbox {
    let mut sandbox = Sandbox::with_repository();
    for (day, name, subject) in [
        ("20", "a", "Add a"),
        ("21", "b", "Add b (#11)"),
        ("22", "c", "Break it (#12)"),
        ("22", "d", "Revert \"Add b (#11)\" (#13)"),
    ] {
        sandbox.at_time(&format!("2026-11-{day}T10:00:00Z"));
        sandbox.commit(name, name, subject);
        match name {
            "a" => sandbox.git(&["tag", "v1.4.0"]),
            "c" => sandbox.git(&["tag", "-a", "-m", "release", "v1.5.0"]),
            _ => String::new(),
        };
    }
    sandbox.at_time("2026-11-23T08:00:00Z");
    sandbox.git(&["switch", "-q", "-c", "topic"]);
    sandbox.commit("e", "e", "On a branch");
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.git(&["merge", "-q", "--no-ff", "-m", "Merge pull request #14 from ana/topic", "topic"]);
    save(&sandbox, ID, TEXT);
    sandbox
}

fn text(sandbox: &Sandbox) -> String {
    sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")])
}

/// The table's rows, their commits as the subjects that git gives them.
fn rows(sandbox: &Sandbox) -> Vec<[String; 3]> {
    let answer = sandbox.run(&["link", "--json"]).ok().stdout;
    let read = assert_fits(&answer, "links");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let links = read["links"].as_array().unwrap();
    links.iter().map(|link| [text(&link["role"]), text(&link["revision"]), text(&link["subject"])]).collect()
}

#[test]
fn each_form_of_a_revision_leads_to_its_commit() {
    let sandbox = story();
    let fix = sandbox.git(&["rev-parse", "main"]);
    for (flag, typed, revision, subject) in [
        ("deploy", "v1.5.0", "v1.5.0", "Break it (#12)"),
        ("suspect", "1.4.0", "v1.4.0", "Add a"),
        ("suspect", "v1.4.0..v1.5.0", "v1.4.0..v1.5.0", "Break it (#12)"),
        ("suspect", "1.4.0..1.5.0", "v1.4.0..v1.5.0", "Break it (#12)"),
        ("suspect", "v1.4.0..", &format!("v1.4.0..{}", &fix[..12]), "Merge pull request #14 from ana/topic"),
        ("introduced", "#11", "#11", "Add b (#11)"),
        ("introduced", "pr#14", "#14", "Merge pull request #14 from ana/topic"),
        ("revert", "!13", "#13", "Revert \"Add b (#11)\" (#13)"),
        ("fix", "HEAD", &fix[..12], "Merge pull request #14 from ana/topic"),
        ("fix", &fix[..7], &fix[..7], "Merge pull request #14 from ana/topic"),
        ("rule-out", "refs/tags/v1.4.0", "v1.4.0", "Add a"),
        (
            "rule-out",
            "topic~1",
            &sandbox.git(&["rev-parse", "topic~1"])[..12],
            "Revert \"Add b (#11)\" (#13)",
        ),
        ("url", "https://chat.example.com/a_b|c?d=1", "https://chat.example.com/a_b|c?d=1", ""),
    ] {
        save(&sandbox, ID, TEXT);
        let said = sandbox.run(&["link", "checkout", &format!("--{flag}"), typed]).ok().stdout;
        assert!(
            said.starts_with(&format!("linked  {ID}   in the drafts\n")) || said.contains("linked  "),
            "{said}"
        );
        let role = if flag == "rule-out" { "ruled-out" } else { flag };
        assert_eq!(rows(&sandbox), [[role.to_owned(), revision.to_owned(), subject.to_owned()]], "{typed}");
    }
}

#[test]
fn several_are_written_at_once_without_anybodys_name_and_twice_changes_nothing() {
    let sandbox = story();
    let words = [
        "link",
        "checkout",
        "--fix",
        "HEAD",
        "--deploy",
        "v1.5.0",
        "--introduced",
        "#12",
        "--fix",
        "#14",
        "--url",
        "https://x.example/1",
    ];
    let said = sandbox.run(&words).ok().stdout;
    let fix = &sandbox.git(&["rev-parse", "HEAD"])[..7];
    let said =
        said.replace(fix, "HEAD_ID").replace(&sandbox.git(&["rev-parse", "v1.5.0^{commit}"])[..7], "TAG_ID");
    insta::assert_snapshot!(said, @r"
    linked      2026-11-23-checkout-returns-5xx   in the drafts
    deploy      v1.5.0   TAG_ID  Break it (#12)
    introduced  #12   TAG_ID  Break it (#12)
    fix         HEAD_ID   Merge pull request #14 from ana/topic
    fix         #14   HEAD_ID  Merge pull request #14 from ana/topic
    url         https://x.example/1
    note        #12 is TAG_ID, by its message
                HEAD is HEAD_ID today
                #14 is HEAD_ID, by its message
    ");
    let written = text(&sandbox);
    assert!(!written.contains("Ana Author") && !written.contains("Carl Committer"), "{written}");
    assert_eq!(written.matches("| fix |").count(), 1, "one commit by two names is one link\n{written}");
    let tip = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    let again = sandbox.run(&words).ok().stdout;
    assert!(again.starts_with("unchanged   2026-11-23-checkout-returns-5xx   says so already\n"), "{again}");
    assert_eq!(sandbox.git(&["rev-parse", "postmortem/drafts"]), tip);
}

#[test]
fn the_links_are_listed_with_where_they_lead() {
    let sandbox = story();
    let none = sandbox.run(&["link", "checkout"]).ok();
    assert_eq!(none.stdout, "");
    assert!(
        none.stderr.contains("has no links\nhint: git postmortem link checkout-returns-5xx --deploy"),
        "{}",
        none.stderr
    );
    sandbox.run(&["link", "checkout", "--deploy", "v1.5.0", "--url", "https://x.example/1"]).ok();
    let said = sandbox.run(&["link"]).ok();
    let said = said.stdout.replace(&sandbox.git(&["rev-parse", "v1.5.0^{commit}"])[..7], "TAG_ID.");
    insta::assert_snapshot!(said, @r"
    ROLE    REVISION             COMMIT   DATE (UTC)        SUBJECT
    deploy  v1.5.0               TAG_ID.  2026-11-22 10:00  Break it (#12)
    url     https://x.example/1
    ");
}

#[test]
fn what_is_taken_away_comes_back_by_the_line_that_is_printed() {
    let sandbox = story();
    sandbox
        .run(&["link", "checkout", "--deploy", "v1.5.0", "--introduced", "#12", "--rule-out", "v1.4.0"])
        .ok();
    let before = text(&sandbox);
    let commit = sandbox.git(&["rev-parse", "v1.5.0^{commit}"]);
    // By the commit's first digits it is both the deploy and what was introduced.
    let said = sandbox.run(&["link", "checkout", "--remove", &commit[..8]]).ok().stdout;
    let undo = said.lines().last().unwrap().strip_prefix("undo        ").unwrap();
    assert_eq!(undo, "git postmortem link checkout-returns-5xx --deploy v1.5.0 --introduced '#12'", "{said}");
    assert_eq!(rows(&sandbox).len(), 1);
    let tip = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    let again = sandbox.run(&["link", "checkout", "--remove", "v1.5.0"]).ok().stdout;
    assert_eq!(again, format!("unchanged  {ID}   has no such link\nnote       it has v1.4.0\n"));
    assert_eq!(sandbox.git(&["rev-parse", "postmortem/drafts"]), tip);
    sandbox.run(&["link", "checkout", "--deploy", "v1.5.0", "--introduced", "#12"]).ok();
    sandbox.run(&["link", "checkout", "--remove", "--rule-out", "1.4.0", "--fix", "#12"]).ok();
    let roles: Vec<String> = rows(&sandbox).into_iter().map(|[role, ..]| role).collect();
    assert_eq!(roles, ["deploy", "introduced"], "a role that is named is the only one meant");
    sandbox.run(&["link", "checkout", "--remove", "v1.5.0", "#12"]).ok();
    let after = text(&sandbox);
    assert_eq!(after.matches("| Role |").count(), 1, "the empty table stays for the next link\n{after}");
    assert!(before.contains("| deploy |") && !after.contains("| deploy |"));
    let refused = sandbox.run(&["link", "checkout", "--remove"]).status(2).stderr;
    assert!(refused.contains("which link shall go?"), "{refused}");
}

#[test]
fn a_suspicion_that_is_settled_is_written_anew_in_its_place() {
    let sandbox = story();
    sandbox.run(&["link", "checkout", "--suspect", "v1.5.0", "--suspect", "v1.4.0"]).ok();
    sandbox.run(&["link", "checkout", "--introduced", "1.5.0", "--rule-out", "v1.4.0"]).ok();
    let roles: Vec<[String; 2]> =
        rows(&sandbox).into_iter().map(|[role, revision, _]| [role, revision]).collect();
    assert_eq!(roles, [["introduced", "v1.5.0"], ["ruled-out", "v1.4.0"]].map(|row| row.map(str::to_owned)));
}

#[test]
fn what_names_no_commit_is_refused_with_the_nearest_and_nothing_is_written() {
    let sandbox = story();
    sandbox.git(&["tag", "blob", "HEAD:a"]);
    sandbox.git(&["tag", "pay-v1.5.0", "v1.4.0^{commit}"]);
    sandbox.git(&["tag", "web-v1.5.0", "main"]);
    let tip = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    for (typed, words) in [
        ("v1.5.1", "error: no commit is called 'v1.5.1'\nhint: nearest are v1.5.0, "),
        ("blob", "error: 'blob' is no commit, but a blob\n"),
        ("9.9.9", "error: no commit is called '9.9.9'\n"),
        ("", "error: --fix names nothing\n"),
        ("v1.5.0..v1.5.0", "holds no commit\n  caused by: both sides are the same commit\n"),
        ("#99", "error: no commit says that it brought '#99'\n"),
        ("pay:v1", "needs 'pay' in [repos]"),
        ("main..v1.4.0", "the older side comes first: v1.4.0.."),
        ("v1.4.0..v1.5.1", "no commit is called 'v1.5.1'"),
    ] {
        let said = sandbox.run(&["link", "checkout", "--deploy", "v1.5.0", "--fix", typed]).status(2).stderr;
        assert!(said.contains(words), "{typed}\n{said}");
    }
    let said = sandbox.run(&["link", "checkout", "--url", "chat"]).status(2).stderr;
    assert!(said.starts_with("error: 'chat' is no address\n"), "{said}");
    assert_eq!(sandbox.git(&["rev-parse", "postmortem/drafts"]), tip);
    // v1.5.0 is a tag of that very name, and 1.5.0 the version of three.
    let said = sandbox.run(&["link", "checkout", "--fix", "1.5.0"]).ok().stdout;
    assert!(said.contains("1.5.0 is the tag v1.5.0"), "a pattern of deploy.tags decides\n{said}");
    sandbox.git(&["tag", "-d", "v1.5.0"]);
    let said = sandbox.run(&["link", "checkout", "--fix", "1.5.0"]).status(2).stderr;
    assert!(said.contains("the version of several tags\nhint: name one: pay-v1.5.0, web-v1.5.0"), "{said}");
}

#[test]
fn a_version_is_of_the_documents_service() {
    let sandbox = story();
    sandbox.git(&["tag", "payments-v1.5.0", "v1.4.0^{commit}"]);
    sandbox.commit(".postmortem.toml", "[services.payments]\ntags = [\"payments-v*\"]\n", "services");
    save(&sandbox, ID, &TEXT.replace("**Reviewers**", "**Service**: payments\n**Reviewers**"));
    sandbox.run(&["link", "checkout", "--deploy", "1.5.0"]).ok();
    assert_eq!(rows(&sandbox)[0][1..], ["payments-v1.5.0".to_owned(), "Add a".to_owned()]);
}

#[test]
fn a_short_id_of_several_commits_is_refused_with_them() {
    let sandbox = story();
    let mut stream = String::new();
    for at in 0..700 {
        stream += &format!(
            "commit refs/heads/many\ncommitter C <c@example.org> {} +0000\ndata 8\nnumber {}\n\n",
            1_700_000_000 + at,
            at % 10
        );
    }
    let mut command = sandbox.command("git", &sandbox.repo());
    crate::sandbox::answer(command.args(["fast-import", "--quiet"]), Some(&stream)).ok();
    let ids = sandbox.git(&["rev-list", "many"]);
    let mut ids: Vec<&str> = ids.lines().collect();
    ids.sort_unstable();
    let pair = ids.windows(2).find(|pair| pair[0][..4] == pair[1][..4]).expect("of 700 two begin alike");
    let said = sandbox.run(&["link", "checkout", "--fix", &pair[0][..4]]).status(2).stderr;
    assert!(said.starts_with(&format!("error: several commits begin with '{}'\n", &pair[0][..4])), "{said}");
    for id in pair {
        assert!(said.contains(&id[..8]), "{said}");
    }
    assert!(said.contains("hint: type more of its digits"), "{said}");
}

#[test]
fn of_many_who_link_none_loses_a_row() {
    for published in [false, true] {
        let sandbox = story();
        if published {
            sandbox.commit(PATH, TEXT, "publish");
        }
        let children: Vec<_> = (0..6)
            .map(|writer| {
                let url = format!("https://x.example/{writer}");
                let mut command = sandbox.binary(&sandbox.repo());
                command
                    .args(["-q", "link", ID, "--url", &url])
                    .stdout(std::process::Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        let text = if published { sandbox.read(PATH) } else { text(&sandbox) };
        assert_eq!(text.matches("| url |").count(), 6, "published: {published}\n{text}");
        sandbox.assert_sound(&sandbox.repo());
    }
}
