//! What is known beside documents: people, past, linked revisions, files that are gone, what commits closed.

use std::path::Path;

use git_postmortem::commands::surround::{Beside, Published, Surround};
use git_postmortem::lint::{Standing, Surroundings};
use git_postmortem::model::{State, Status};
use git_postmortem::session::{Examine, Options, Session, Surroundings as Process};

use crate::sandbox::Sandbox;

const OLD: &str = "# Post-Mortem: The queue stalled\n\n**Date**: 2025-11-02\n\n## Root Cause\n\nA lock of the queue was taken by the nightly job, and held until the lease of the broker ran out at dawn.\n\n## Action Items\n\n\
                   | # | Action | Owner | Status |\n|---|---|---|---|\n| 1 | Cap the retries | @ana | open |\n\
                   | 2 | Alert on the queue | @ana | open |\n| 3 | Refuse zero in src/limit.rs | @ana | open |\n";

/// What surrounds each published document of a repository, by id, oldest name first.
fn beside(folder: &Path) -> Vec<Surroundings> {
    let session = Session::begin(Process::read(), Options::default());
    let told = session.examine_each(&[folder.to_owned()], &Examine::default(), |_, project| {
        let archive = project.published()?;
        let published = Published::read(&project)?;
        let surround = Surround::new(&project, &published)?;
        let mut entries: Vec<_> = archive.entries.iter().collect();
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        let documents: Vec<Beside<'_>> = entries
            .iter()
            .map(|entry| Beside {
                file: &entry.path,
                id: Some(entry.id.as_str()),
                state: Some(State::Published),
                postmortem: &entry.postmortem,
            })
            .collect();
        surround.of(&documents)
    });
    told.into_iter().next().unwrap().unwrap()
}

fn linked(rows: &[(&str, &str, &str)]) -> String {
    let rows =
        rows.iter().map(|(role, revision, commit)| format!("| {role} | {revision} | {commit} |  |  |\n"));
    format!(
        "# Post-Mortem: Uploads failed\n\n**Date**: 2026-03-08\n\n## Linked Commits\n\n\
         | Role | Revision | Commit | Date (UTC) | Subject |\n|---|---|---|---|---|\n{}",
        rows.collect::<String>()
    )
}

#[test]
fn people_the_past_gone_files_and_closed_items_are_told() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.at_time("2025-10-01T10:00:00Z");
    sandbox.commit(".github/CODEOWNERS", "* @cy @acme/core\n", "owners");
    sandbox.commit(".mailmap", "Ana Lee <ana@example.org> aleelee <old@example.org>\n", "names");
    sandbox.commit("src/limit.rs", "0\n", "limit");
    sandbox.at_time("2025-11-03T10:00:00Z");
    sandbox.commit("docs/post-mortems/2025-11-02-queue.md", OLD, "publish");
    sandbox.git(&["rm", "-q", "src/limit.rs"]);
    sandbox.git(&["commit", "-q", "-m", "Cap them\n\nCloses-Action: 2025-11-02-queue#1"]);
    let told = beside(&sandbox.repo());
    let [one] = told.as_slice() else { panic!("{told:?}") };
    for name in ["Ana Lee", "aleelee", "@cy"] {
        assert!(one.names.contains(name), "{name} is not among {:?}", one.names);
    }
    assert!(!one.names.contains("@acme/core"), "a team is nobody");
    assert_eq!(one.gone.as_ref().unwrap().iter().collect::<Vec<_>>(), ["src/limit.rs"]);
    assert_eq!(one.closed.keys().collect::<Vec<_>>(), ["1"]);
    assert_eq!(one.closed["1"].status, Status::Done);
    let past = one.older.as_ref().unwrap();
    let caused = past.caused("A lock of the queue was held until the lease of the broker ran out.", 0.5);
    assert_eq!(caused.map(|(_, one)| one.id).collect::<Vec<_>>(), ["2025-11-02-queue"]);
    let texts = ["Cap the retries", "Alert on the queue", "Refuse zero in src/limit.rs"];
    let owed: Vec<_> = texts
        .into_iter()
        .flat_map(|text| past.promised(text, &[], 0.9))
        .map(|promised| (promised.id(), promised.owed.status))
        .collect();
    assert_eq!(
        owed,
        [("2025-11-02-queue#2".to_owned(), Status::Open), ("2025-11-02-queue#3".to_owned(), Status::Open),],
        "the status in force, not the row's"
    );
}

#[test]
fn linked_revisions_are_there_alone_or_missing() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.at_time("2026-03-01T10:00:00Z");
    sandbox.commit("a", "1\n", "one");
    sandbox.git(&["tag", "pay-v1.4.0"]);
    sandbox.git(&["checkout", "-q", "-b", "side"]);
    sandbox.commit("a", "2\n", "lost");
    let lost = sandbox.git(&["rev-parse", "HEAD"]).trim().to_owned();
    sandbox.git(&["checkout", "-q", "-"]);
    sandbox.git(&["branch", "-q", "-D", "side"]);
    let text = linked(&[
        ("deploy", "pay-v1.4.0", ""),
        ("suspect", "1.4.0", ""),
        ("fix", &lost[..12], &lost),
        ("introduced", "v9", ""),
        ("introduced", "v9..pay-v1.4.0", ""),
        ("introduced", "pay-v1.4.0..pay-v1.4.0", ""),
        ("suspect", "#12", ""),
        ("suspect", "payments:v1", ""),
        ("suspect", "--all; -rf", ""),
        ("suspect", "HEAD^{tree}", ""),
        ("url", "https://chat.example.org/7", ""),
    ]);
    sandbox.commit("docs/post-mortems/2026-03-08-uploads.md", text, "publish");
    let told = beside(&sandbox.repo());
    let standings: Vec<(&str, Standing)> =
        told[0].revisions.iter().map(|(name, found)| (name.as_str(), found.standing)).collect();
    assert_eq!(
        standings,
        [
            ("--all; -rf", Standing::Missing),
            ("1.4.0", Standing::Reachable),
            (&lost[..12], Standing::Unreachable),
            ("HEAD^{tree}", Standing::Missing),
            ("pay-v1.4.0", Standing::Reachable),
            ("pay-v1.4.0..pay-v1.4.0", Standing::Reachable),
            ("v9", Standing::Missing),
            ("v9..pay-v1.4.0", Standing::Missing),
        ]
        .into_iter()
        .collect::<std::collections::BTreeMap<_, _>>()
        .into_iter()
        .collect::<Vec<_>>()
    );
    let day = told[0].revisions["pay-v1.4.0"].day.unwrap();
    assert_eq!(day.to_string(), "2026-03-01");
}

#[test]
fn a_shallow_clone_calls_nothing_missing() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit("a", "1\n", "one");
    sandbox.commit("docs/post-mortems/2026-03-08-uploads.md", linked(&[("deploy", "v9", "")]), "publish");
    let from = format!("file://{}", sandbox.repo().display());
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "--depth", "1", &from, "shallow"]);
    let told = beside(&sandbox.at("shallow"));
    assert!(told[0].revisions.is_empty(), "{:?}", told[0].revisions);
}

#[test]
fn nothing_is_known_before_the_first_commit() {
    let sandbox = Sandbox::with_repository();
    assert!(beside(&sandbox.repo()).is_empty());
}

#[test]
fn causes_are_kept_and_follow_the_documents() {
    let sandbox = Sandbox::with_repository();
    for day in 1..=28 {
        for month in 1..=2 {
            let text =
                OLD.replace("A lock of the queue", &format!("Lock {month}z{day:02}q of {month}h{day:02}q"));
            sandbox
                .write(&format!("docs/post-mortems/2025-{month:02}-{day:02}-queue-{month}-{day}.md"), text);
        }
    }
    sandbox.git(&["add", "-A"]);
    sandbox.git(&["commit", "-q", "-m", "publish"]);
    let caused = |told: &str| {
        let told =
            format!("{told} was taken by the nightly job, and held until the lease of the broker ran out");
        let past = beside(&sandbox.repo())[0].older.clone().unwrap();
        let alike = past.caused(&told, 0.9);
        alike.map(|(_, one)| one.id.to_string()).collect::<Vec<_>>()
    };
    let third = ["2025-01-03-queue-1-3".to_owned()];
    assert_eq!(caused("Lock 1z03q of 1h03q"), third);
    assert!(sandbox.repo().join(".git/postmortem/causes.bin").is_file());
    assert_eq!(caused("Lock 1z03q of 1h03q"), third, "from what was kept");
    sandbox.commit(
        "docs/post-mortems/2025-01-01-queue-1-1.md",
        OLD.replace("2025-11-02", "2025-01-01").replace("A lock of the queue", "A flood in the cellar"),
        "again",
    );
    let first = ["2025-01-01-queue-1-1".to_owned()];
    assert_eq!(caused("A flood in the cellar"), first, "what was changed is read anew");
    std::fs::write(sandbox.repo().join(".git/postmortem/causes.bin"), b"rubbish").unwrap();
    assert_eq!(beside(&sandbox.repo())[0].older.as_ref().unwrap().all().count(), 56);
}
