//! `lint --fix`: drafts on their branch, other documents in their files, and nothing else.

use insta::assert_snapshot;

use super::only;
use crate::drafts::save;
use crate::sandbox::Sandbox;
use crate::stories::{document, three_published_and_a_draft};

const COMMENT: &str = "<!-- postmortem: allow PM002 no more -->";
const PATH: &str = "docs/post-mortems/2026-03-08-api-outage.md";

/// A published document and a draft with a comment that nothing needs.
fn commented() -> Sandbox {
    let sandbox = three_published_and_a_draft();
    sandbox.commit(".postmortem.toml", only(&[("PM002", "warning"), ("PM003", "warning")]), "rules");
    let text = document("API outage", "2026-03-08", "SEV-1");
    sandbox.commit(PATH, text.replace("It broke.", &format!("It broke. {COMMENT}")), "a comment");
    let draft = document("Queue stuck", "2026-11-22", "SEV-4");
    save(&sandbox, "2026-11-22-queue-stuck", &format!("{draft}\n{COMMENT}\n"));
    sandbox
}

#[test]
fn a_published_document_is_mended_in_its_file_alone() {
    let sandbox = commented();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.write("README.md", "unsaved work\n");
    let answer = sandbox.run(&["lint", "--fix", "api"]).ok();
    assert_snapshot!(answer.stderr, @"mended  1 finding in docs/post-mortems/2026-03-08-api-outage.md   not committed");
    assert_snapshot!(answer.stdout, @"1 document, nothing found");
    assert_eq!(sandbox.read(PATH), document("API outage", "2026-03-08", "SEV-1"));
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(sandbox.status(), format!(" M README.md\n M {PATH}"));
    let again = sandbox.run(&["lint", "--fix", "api"]).ok();
    assert_eq!(again.stderr, "");
    assert_eq!(sandbox.read(PATH), document("API outage", "2026-03-08", "SEV-1"));
}

#[test]
fn what_is_uncommitted_in_the_document_stays() {
    let sandbox = commented();
    let text = sandbox.read(PATH).replace("It was mended.", "It was mended by a restart.");
    sandbox.write(PATH, &text);
    sandbox.run(&["lint", "--fix", "api"]).ok();
    assert_eq!(sandbox.read(PATH), text.replace(&format!(" {COMMENT}"), ""));
}

#[test]
fn a_draft_is_mended_on_its_branch() {
    let sandbox = commented();
    let status = sandbox.status();
    let answer = sandbox.run(&["lint", "--fix"]).ok();
    assert_snapshot!(answer.stderr, @"mended  1 finding in draft 2026-11-22-queue-stuck   in the drafts");
    let draft = sandbox.git(&["show", "postmortem/drafts:2026-11-22-queue-stuck.md"]);
    assert!(!draft.contains("postmortem: allow"), "{draft}");
    assert_eq!(
        sandbox.git(&["log", "-1", "--format=%s", "postmortem/drafts"]),
        "lint 2026-11-22-queue-stuck"
    );
    assert_eq!(sandbox.status(), status);
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn a_dry_run_shows_the_difference_and_changes_nothing() {
    let sandbox = commented();
    let before = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    let answer = sandbox.run(&["lint", "--fix", "--dry-run", "queue", "api"]).ok();
    assert_snapshot!(answer.stdout, @r"
    --- postmortem/drafts:2026-11-22-queue-stuck.md
    +++ postmortem/drafts:2026-11-22-queue-stuck.md
    @@ -16,3 +16,2 @@
     | 2 | Freeze at peak hours | @ops | P3 | small | 2026-12-16 | Done |
     
    -<!-- postmortem: allow PM002 no more -->

    --- docs/post-mortems/2026-03-08-api-outage.md
    +++ docs/post-mortems/2026-03-08-api-outage.md
    @@ -7,5 +7,5 @@
     ## Summary
     
    -It broke. <!-- postmortem: allow PM002 no more --> It was mended.
    +It broke. It was mended.
     
     ## Action Items

    2 warnings in 1 draft and 1 document (git postmortem lint --rule PM003 explains it)
    ");
    assert_snapshot!(answer.stderr, @"hint: 2 findings would be mended: git postmortem lint --fix does it");
    assert_eq!(sandbox.status(), "");
    assert_eq!(sandbox.git(&["rev-parse", "postmortem/drafts"]), before);
}

#[test]
fn a_file_anywhere_is_mended_where_it_lies() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    let path = sandbox.at("x.md");
    std::fs::write(&path, format!("# x\r\n\r\ngr\u{fc}n {COMMENT}\r\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("x.md", sandbox.at("link.md")).unwrap();
    let answer = sandbox.run_in(&sandbox.root(), &["lint", "--fix", "link.md"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "# x\r\n\r\ngrün\r\n", "{answer:?}");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(std::fs::symlink_metadata(sandbox.at("link.md")).unwrap().is_symlink());
    assert_eq!(std::fs::read_dir(sandbox.root()).unwrap().count(), 4, "no file is left behind");
}

#[test]
fn a_document_with_the_marks_of_a_merge_is_left_to_people() {
    let sandbox = Sandbox::with_repository();
    let text = "# X\n\n## Action Items\n\n| # | Action |\n|---|---|\n<<<<<<< a\n| 1 | One |\n=======\n| 1 | Two |\n>>>>>>> b\n";
    sandbox.write("x.md", text);
    sandbox.run(&["lint", "x.md", "--fix"]);
    assert_eq!(sandbox.read("x.md"), text);
}

#[test]
fn what_is_in_no_file_is_refused() {
    let sandbox = commented();
    assert_snapshot!(sandbox.run(&["lint", "--fix", "--staged"]).status(2).stderr, @r"
    error: --fix cannot change what is staged
    hint: git postmortem lint --fix mends drafts and the files of the work tree; git add stages them again
    ");
    assert_snapshot!(sandbox.run(&["lint", "--fix", "--rev", "HEAD"]).status(2).stderr, @r"
    error: --fix cannot change what HEAD has
    hint: git postmortem lint --fix mends drafts and the files of the work tree
    ");
}

#[test]
fn a_link_to_elsewhere_is_not_written_through() {
    let sandbox = commented();
    let text = format!("# x\n\ntext {COMMENT}\n");
    std::fs::write(sandbox.at("outside.md"), &text).unwrap();
    std::os::unix::fs::symlink("../outside.md", sandbox.repo().join("link.md")).unwrap();
    let answer = sandbox.run(&["lint", "--fix", "link.md"]).status(2);
    let outside = sandbox.at("outside.md").canonicalize().unwrap();
    let outside = outside.display();
    assert_eq!(
        answer.stderr,
        format!(
            "error: link.md is a link to {outside}, which is not mended through it\n\
             hint: git postmortem lint --fix {outside} mends that file\n"
        )
    );
    assert_eq!(std::fs::read_to_string(sandbox.at("outside.md")).unwrap(), text);
    // A published document that is such a link.
    std::fs::write(sandbox.at("api.md"), sandbox.read(PATH)).unwrap();
    std::fs::remove_file(sandbox.repo().join(PATH)).unwrap();
    std::os::unix::fs::symlink("../../../api.md", sandbox.repo().join(PATH)).unwrap();
    let before = std::fs::read_to_string(sandbox.at("api.md")).unwrap();
    sandbox.run(&["lint", "--fix", "api"]);
    assert_eq!(std::fs::read_to_string(sandbox.at("api.md")).unwrap(), before);
}

#[test]
fn a_read_only_file_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = commented();
    let text = format!("# x\n\ntext {COMMENT}\n");
    sandbox.write("guarded.md", &text);
    for path in ["guarded.md", PATH] {
        let before = sandbox.read(path);
        let mode = |mode| std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(sandbox.repo().join(path), mode(0o444)).unwrap();
        let answer = sandbox.run(&["lint", "--fix", path]).status(2);
        assert_eq!(
            answer.stderr,
            format!(
                "error: {path} is read-only, and nothing was written\nhint: chmod u+w {path} allows it\n"
            )
        );
        assert_eq!(sandbox.read(path), before);
        std::fs::set_permissions(sandbox.repo().join(path), mode(0o644)).unwrap();
        sandbox.run(&["lint", "--fix", path]).ok();
        assert_ne!(sandbox.read(path), before);
    }
}

#[test]
fn a_dry_run_shows_the_difference_beside_every_form() {
    let sandbox = commented();
    for format in ["json", "jsonl", "sarif", "github", "short"] {
        let answer = sandbox.run(&["lint", "--fix", "-n", "api", "--format", format]).ok();
        assert!(answer.stdout.contains("PM003"), "{format}: {answer:?}");
        assert!(!answer.stdout.contains("+It broke. It was mended."), "{format}: {answer:?}");
        assert!(answer.stderr.contains("\n+It broke. It was mended.\n"), "{format}: {answer:?}");
    }
    assert!(sandbox.read(PATH).contains(COMMENT));
}
