//! A year of a made-up shop: twelve incidents, thirty things that only look like some, three that have a post-mortem.

use crate::sandbox::Sandbox;
use crate::stories::draft;

/// A repository whose clock is set by hand.
pub(super) struct Year {
    pub(super) sandbox: Sandbox,
    number: u32,
}

impl Year {
    pub(super) fn new() -> Self {
        let mut sandbox = Sandbox::new();
        sandbox.at_time("2025-12-01T10:00:00Z");
        sandbox.git(&["init", "-q", "-b", "main"]);
        Self { sandbox, number: 0 }
    }

    /// Sets the clock.
    pub(super) fn at(&mut self, when: &str) -> &mut Self {
        self.sandbox.at_time(when);
        self
    }

    /// Changes a file in a way of its own.
    pub(super) fn commit(&mut self, path: &str, message: &str) -> String {
        self.commit_all(&[path], message)
    }

    /// Changes some files in a way of their own.
    pub(super) fn commit_all(&mut self, paths: &[&str], message: &str) -> String {
        self.number += 1;
        for path in paths {
            // Lines of their own, so that nothing conflicts when it is picked or taken back.
            let known = std::fs::read_to_string(self.sandbox.repo().join(path)).unwrap_or_default();
            let lines = format!("step {0}\nis {0}\ntimes {0}\nas {0}\nlong {0}\nas {0}\nall\n", self.number);
            self.sandbox.write(path, format!("{known}{lines}"));
        }
        self.sandbox.git(&["add", "-A"]);
        self.sandbox.git(&["commit", "-q", "-m", message]);
        self.sandbox.git(&["rev-parse", "HEAD"])
    }

    pub(super) fn tag(&mut self, name: &str) {
        self.sandbox.git(&["tag", "-a", "-m", name, name]);
    }

    fn tag_at(&mut self, name: &str, commit: &str) {
        self.sandbox.git(&["tag", "-a", "-m", name, name, commit]);
    }

    fn git(&mut self, words: &[&str]) -> String {
        self.sandbox.git(words);
        self.sandbox.git(&["rev-parse", "HEAD"])
    }

    fn switch(&mut self, branch: &str) {
        self.sandbox.git(&["switch", "-q", branch]);
    }
}

pub(super) fn a_year() -> Year {
    let mut year = Year::new();
    year.at("2025-12-01T10:00:00Z")
        .commit_all(&["src/cart.rs", "src/search.rs", "docs/use.md", "tests/cart.rs"], "Begin");
    year.tag("v1.0.0");
    // Before the year: no incident of it.
    year.at("2025-12-10T10:00:00Z");
    year.git(&["revert", "--no-edit", "HEAD"]);
    year.git(&["revert", "--no-edit", "HEAD"]);
    taken_back(&mut year);
    tagged(&mut year);
    mended(&mut year);
    picked(&mut year);
    harmless(&mut year);
    documented(&mut year);
    year
}

/// Four incidents in which something released was taken back, and five that were none.
fn taken_back(year: &mut Year) {
    // 1: by git's own words, and put in again: one incident.
    let retries = year.at("2026-01-05T10:00:00Z").commit("src/retry.rs", "Add retries");
    year.at("2026-01-06T10:00:00Z").tag("v1.1.0");
    year.at("2026-01-09T10:00:00Z").git(&["revert", "--no-edit", &retries]);
    year.at("2026-01-12T10:00:00Z").git(&["revert", "--no-edit", "HEAD"]);
    // 2: by a request of GitHub's.
    year.at("2026-01-19T10:00:00Z").commit("src/search.rs", "Faster search (#11)");
    year.at("2026-01-20T10:00:00Z").tag("v1.2.0");
    year.at("2026-01-25T10:00:00Z")
        .commit("src/search.rs", "Revert \"Faster search\" (#12)\n\nReverts acme/shop#11");
    // 3: in other words.
    let cache = year.at("2026-02-02T10:00:00Z").commit("src/cache.rs", "Use the new cache");
    year.at("2026-02-03T10:00:00Z").tag("v1.3.0");
    let message = format!("Back out the new cache\n\nThis reverts commit {cache}.");
    year.at("2026-02-08T10:00:00Z").commit("src/cache.rs", &message);
    // 4: a merge.
    year.at("2026-02-16T10:00:00Z").git(&["switch", "-q", "-c", "topic"]);
    year.commit("src/mail.rs", "Send mails at night");
    year.switch("main");
    let merge =
        year.at("2026-02-16T12:00:00Z").git(&["merge", "-q", "--no-ff", "-m", "Merge topic", "topic"]);
    year.at("2026-02-17T10:00:00Z").tag("v1.4.0");
    year.at("2026-02-24T10:00:00Z").git(&["revert", "--no-edit", "-m", "1", &merge]);
    // Decoys 1–5: never released, texts, tests, put in again alone, a subject that only sounds so.
    let speed = year.at("2026-02-25T10:00:00Z").commit("src/speed.rs", "Add speed");
    year.at("2026-02-25T12:00:00Z").git(&["revert", "--no-edit", &speed]);
    let words = year.at("2026-02-26T10:00:00Z").commit("docs/use.md", "Explain carts");
    let tests = year.at("2026-02-26T11:00:00Z").commit("tests/cart.rs", "Test carts");
    year.at("2026-02-27T10:00:00Z").tag("v1.5.0");
    year.at("2026-03-02T10:00:00Z").git(&["revert", "--no-edit", &words]);
    year.at("2026-03-02T11:00:00Z").git(&["revert", "--no-edit", &tests]);
    year.at("2026-03-02T12:00:00Z").commit("src/speed.rs", "Reapply \"Add speed\"");
    year.at("2026-03-02T13:00:00Z").commit("src/revert.rs", "Revertible migrations");
}

/// Three incidents that tags tell of, and four tags that tell nothing.
fn tagged(year: &mut Year) {
    // 5: a rollback by its name.
    year.at("2026-03-10T10:00:00Z").commit("src/index.rs", "Switch the index");
    year.tag("v1.6.0");
    year.at("2026-03-13T10:00:00Z").tag("rollback-2026-03-13");
    // 6: a hotfix with what it brings.
    year.at("2026-04-01T10:00:00Z").commit("src/login.rs", "Check every login");
    year.at("2026-04-20T10:00:00Z").commit("src/session.rs", "Fix sessions that never end");
    year.at("2026-04-20T11:00:00Z").tag("v1.6.1-hotfix");
    // 7: the release before is released again.
    let good = year.at("2026-05-01T10:00:00Z").commit("src/price.rs", "Round prices");
    year.tag("v1.7.0");
    year.at("2026-05-10T10:00:00Z").commit("src/price.rs", "Round prices twice");
    year.tag("v1.8.0");
    year.at("2026-05-12T10:00:00Z").tag_at("v1.8.1", &good);
    // Decoys 6–9: a candidate that becomes the release, a nightly build, a tag for people, a moved mark.
    year.at("2026-05-20T10:00:00Z").commit("src/plan.rs", "Plan ahead");
    year.tag("v1.9.0-rc1");
    year.at("2026-05-22T10:00:00Z").tag("v1.9.0");
    year.tag("nightly-2026-05-22");
    year.tag("demo-for-the-board");
    year.tag_at("last-good", &good);
}

/// Two incidents in which a release was mended at once, and twelve mendings that were none.
fn mended(year: &mut Year) {
    // 8: one fix.
    year.at("2026-06-01T10:00:00Z").commit_all(&["src/tax.rs", "docs/tax.md"], "Compute taxes");
    year.tag("v1.10.0");
    year.at("2026-06-01T13:00:00Z").commit("src/tax.rs", "fix(tax): do not divide by zero");
    // 9: two fixes and the release that has them.
    year.at("2026-06-15T10:00:00Z").commit_all(&["src/stock.rs", "src/cart.rs"], "Count the stock");
    year.tag("v1.11.0");
    year.at("2026-06-15T12:00:00Z").commit("src/stock.rs", "Fix negative stock");
    year.at("2026-06-15T14:00:00Z").commit("src/cart.rs", "cart: fixes empty rows");
    year.at("2026-06-15T15:00:00Z").tag("v1.11.1");
    // Decoys 10–21: words, other files, too late, no fixes.
    year.at("2026-07-01T10:00:00Z").commit_all(&["src/map.rs", "docs/map.md", "tests/map.rs"], "Draw maps");
    year.tag("v1.12.0");
    for (hour, path, message) in [
        ("11", "src/map.rs", "Fix typo in maps"),
        ("11", "src/map.rs", "fix(docs): name the maps"),
        ("12", "src/map.rs", "Fix lint"),
        ("12", "docs/map.md", "Fix the page about maps"),
        ("13", "tests/map.rs", "Fix a test that fails at night"),
        ("13", "src/plan.rs", "Fix plans"),
        ("14", "src/mail.rs", "Fix mails"),
        ("14", "src/map.rs", "Fixture for maps"),
        ("15", "src/map.rs", "Prefix names of maps"),
        ("15", "src/map.rs", "Draw rivers"),
    ] {
        year.at(&format!("2026-07-01T{hour}:00:00Z")).commit(path, message);
    }
    year.at("2026-07-03T10:00:00Z").commit("src/map.rs", "Fix rivers");
    year.at("2026-07-04T10:00:00Z").commit("src/map.rs", "Fix lakes");
}

/// Three incidents in which something was picked to a release, and five picks that were none.
fn picked(year: &mut Year) {
    year.at("2026-08-03T10:00:00Z").commit("src/pay.rs", "Pay by card");
    // Decoy 22: before its first release a branch is made ready.
    let early = year.at("2026-08-04T10:00:00Z").commit("src/card.rs", "Know more cards");
    year.sandbox.git(&["branch", "release/2.0", "HEAD~1"]);
    year.switch("release/2.0");
    year.at("2026-08-05T10:00:00Z").git(&["cherry-pick", "-x", &early]);
    year.at("2026-08-06T10:00:00Z").tag("v2.0.0");
    year.switch("main");
    // 10: with its origin named.
    let one = year.at("2026-08-10T10:00:00Z").commit("src/refund.rs", "Refund once");
    year.switch("release/2.0");
    year.at("2026-08-11T10:00:00Z").git(&["cherry-pick", "-x", &one]);
    // 11: without.
    year.switch("main");
    let two = year.at("2026-08-20T10:00:00Z").commit("src/bill.rs", "Send bills once");
    year.switch("release/2.0");
    year.at("2026-08-21T10:00:00Z").git(&["cherry-pick", &two]);
    // 12: what was taken back on the branch of work, and picked to that of the release.
    year.switch("main");
    let bad = year.at("2026-08-25T10:00:00Z").commit("src/ship.rs", "Ship twice as fast");
    year.at("2026-08-26T10:00:00Z").tag("v2.1.0");
    year.sandbox.git(&["branch", "release/2.1"]);
    let back = year.at("2026-08-30T10:00:00Z").git(&["revert", "--no-edit", &bad]);
    year.switch("release/2.1");
    year.at("2026-08-30T12:00:00Z").git(&["cherry-pick", "-x", &back]);
    year.at("2026-08-30T13:00:00Z").tag("v2.1.1");
    // Decoys 23–26: texts, a branch of somebody's, a change that is no copy, a merge back.
    year.switch("main");
    let text = year.at("2026-09-01T10:00:00Z").commit("docs/use.md", "Explain refunds");
    let code = year.at("2026-09-01T11:00:00Z").commit("src/gift.rs", "Add gifts");
    year.switch("release/2.0");
    year.at("2026-09-02T10:00:00Z").git(&["cherry-pick", "-x", &text]);
    year.at("2026-09-02T11:00:00Z").commit("src/version.rs", "Prepare 2.0.1");
    year.sandbox.git(&["switch", "-q", "-c", "anas-try"]);
    year.at("2026-09-03T10:00:00Z").git(&["cherry-pick", "-x", &code]);
    year.switch("main");
    year.at("2026-09-04T10:00:00Z").git(&[
        "merge",
        "-q",
        "-s",
        "ours",
        "-m",
        "Merge release/2.0",
        "release/2.0^",
    ]);
}

/// Decoys 27–30: ordinary work beside a release.
fn harmless(year: &mut Year) {
    year.at("2026-09-14T10:00:00Z").commit("src/wish.rs", "Add wishes");
    year.tag("v2.2.0");
    year.at("2026-09-14T11:00:00Z").commit("src/wish.rs", "Add more wishes");
    year.at("2026-09-14T12:00:00Z").commit("src/wish.rs", "Affix a label to wishes");
    year.at("2026-09-14T13:00:00Z").commit("README.md", "Fix the README");
    year.at("2026-09-20T13:00:00Z").commit("Cargo.lock", "Fix a version in the lock file");
}

/// Three incidents that a published document or a draft links.
fn documented(year: &mut Year) {
    let page = |title: &str, date: &str, role: &str, revision: &str, commit: &str| {
        format!(
            "# Post-Mortem: {title}\n\n**Date**: {date}\n\n## Linked Commits\n\n\
             | Role | Revision | Commit | Date (UTC) | Subject |\n|---|---|---|---|---|\n| {role} | {revision} | {commit} | | |\n"
        )
    };
    let mail = year.at("2026-10-01T10:00:00Z").commit("src/loop.rs", "Send mails to lists");
    year.at("2026-10-02T10:00:00Z").tag("v2.3.0");
    let back = year.at("2026-10-05T10:00:00Z").git(&["revert", "--no-edit", &mail]);
    year.at("2026-10-12T10:00:00Z").commit("src/door.rs", "Open doors");
    year.tag("v2.4.0");
    let door = year.at("2026-10-12T12:00:00Z").commit("src/door.rs", "Fix doors");
    year.at("2026-10-19T10:00:00Z").commit("src/queue.rs", "Queue up");
    year.tag("v2.5.0");
    year.at("2026-10-19T12:00:00Z").commit("src/queue.rs", "Fix the queue");
    let queue = year.sandbox.git(&["rev-parse", "v2.5.0^{commit}"]);
    year.at("2026-10-26T10:00:00Z");
    for (id, text) in [
        ("2026-10-05-mail-loop", page("Mail loop", "2026-10-05", "revert", &back[..7], &back)),
        ("2026-10-12-login-down", page("Login down", "2026-10-12", "fix", &door[..7], &door)),
    ] {
        year.sandbox.commit(&format!("docs/post-mortems/{id}.md"), text, &format!("post-mortem: {id}"));
    }
    let text = page("Queue stuck", "2026-10-19", "deploy", "v2.5.0", &queue);
    draft(&year.sandbox, "2026-10-19-queue-stuck", &text, "draft");
}
