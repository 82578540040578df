//! Twenty processes that each close another row of one document: twenty rows, twenty commits, nothing lost.

use crate::sandbox::Sandbox;

const PROCESSES: usize = 20;
const PATH: &str = "docs/post-mortems/2026-03-08-api-outage.md";

fn document() -> String {
    let rows: String = (1..=PROCESSES)
        .map(|row| {
            format!(
                "| {row} | Mend the part that is number {row} | @ana | P2 | small | 2026-12-24 | open |\n"
            )
        })
        .collect();
    format!(
        "# API outage\n\n**Date**: 2026-03-08\n\n## Action Items\n\n\
         | # | Action | Owner | Priority | Effort | Due Date | Status |\n|---|---|---|---|---|---|---|\n{rows}"
    )
}

#[test]
fn twenty_rows_of_one_document_at_once() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, document(), "publish");
    sandbox.write("notes.txt", "somebody's work");
    std::thread::scope(|scope| {
        for row in 1..=PROCESSES {
            let sandbox = &sandbox;
            scope.spawn(move || {
                sandbox.run(&["actions", "done", &format!("api-outage#{row}")]).ok();
            });
        }
    });
    assert_eq!(sandbox.read(PATH), document().replace("| open |", "| done |"));
    assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]), (2 + PROCESSES).to_string());
    let messages = sandbox.git(&["log", "--format=%B"]);
    for row in 1..=PROCESSES {
        let line = format!("Closes-Action: 2026-03-08-api-outage#{row}");
        assert_eq!(messages.lines().filter(|known| **known == line).count(), 1, "{line}");
    }
    assert_eq!(sandbox.status(), "?? notes.txt");
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn twenty_rows_of_one_draft_at_once() {
    let sandbox = Sandbox::with_repository();
    crate::drafts::save(&sandbox, "2026-03-08-api-outage", &document());
    std::thread::scope(|scope| {
        for row in 1..=PROCESSES {
            let sandbox = &sandbox;
            scope.spawn(move || {
                let id = format!("api-outage#{row}");
                sandbox.run(&["actions", "set", &id, "--owner", &format!("@bo-{row}")]).ok();
            });
        }
    });
    let draft = sandbox.git(&["show", "postmortem/drafts:2026-03-08-api-outage.md"]);
    for row in 1..=PROCESSES {
        assert!(
            draft.contains(&format!("| {row} | Mend the part that is number {row} | @bo-{row} |")),
            "{draft}"
        );
    }
    assert_eq!(sandbox.git(&["rev-list", "--count", "postmortem/drafts"]), (1 + PROCESSES).to_string());
}
