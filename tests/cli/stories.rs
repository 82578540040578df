//! Repositories with something in them.

use crate::sandbox::Sandbox;

/// A post-mortem in the template's layout with two action items.
pub(crate) fn document(title: &str, date: &str, severity: &str) -> String {
    format!(
        "# Post-Mortem: {title}\n\n**Date**: {date}\n**Severity**: {severity}\n**Author**: Ana\n\n\
         ## Summary\n\nIt broke. It was mended.\n\n\
         ## Action Items\n\n\
         | # | Action | Owner | Priority | Effort | Due Date | Status |\n\
         |---|---|---|---|---|---|---|\n\
         | 1 | Add a test for {title} | @platform | P1 | large | 2026-10-30 | Open |\n\
         | 2 | Freeze at peak hours | @ops | P3 | small | 2026-12-16 | Done |\n"
    )
}

/// Three published post-mortems, and the drafts branch with one draft.
pub(crate) fn three_published_and_a_draft() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    for (date, slug, title, severity) in [
        ("2025-04-01", "dns", "DNS", "SEV-3"),
        ("2026-03-08", "api-outage", "API outage", "SEV-1"),
        ("2026-11-19", "cache-stampede", "Cache stampede", "SEV-2"),
    ] {
        let path = format!("docs/post-mortems/{date}-{slug}.md");
        sandbox.commit(&path, document(title, date, severity), &format!("post-mortem: {title}"));
    }
    draft(&sandbox, "2026-11-22-queue-stuck", &document("Queue stuck", "2026-11-22", "SEV-4"), "draft");
    sandbox
}

/// Puts a draft on the branch of drafts by git's own means.
pub(crate) fn draft(sandbox: &Sandbox, id: &str, text: &str, message: &str) {
    sandbox.write("draft.tmp", text);
    let blob = sandbox.git(&["hash-object", "-w", "draft.tmp"]);
    std::fs::remove_file(sandbox.repo().join("draft.tmp")).unwrap();
    let mut listing = sandbox.try_git_in(&sandbox.repo(), &["ls-tree", "postmortem/drafts"]).stdout;
    listing = listing
        .lines()
        .filter(|line| !line.ends_with(&format!("\t{id}.md")))
        .map(|line| format!("{line}\n"))
        .collect();
    listing.push_str(&format!("100644 blob {blob}\t{id}.md\n"));
    let mut command = sandbox.command("git", &sandbox.repo());
    let tree = crate::sandbox::answer(command.arg("mktree"), Some(&listing)).ok().stdout;
    let mut arguments = vec!["commit-tree", tree.trim(), "-m", message];
    let parent =
        sandbox.try_git_in(&sandbox.repo(), &["rev-parse", "--verify", "-q", "refs/heads/postmortem/drafts"]);
    if parent.code == 0 {
        arguments.extend(["-p", parent.stdout.trim()]);
    }
    let commit = sandbox.git(&arguments);
    sandbox.git(&["update-ref", "refs/heads/postmortem/drafts", &commit]);
}
