//! What a release touches, and which release came before it.

use super::{OVERDUE, PAGE, broken, ids, page, verdict};
use crate::sandbox::Sandbox;

const TOUCHED: &str = "[[gate.rules]]\nscope = \"touched\"\n";

/// A repository with a promise in this row, a rule for what is touched, and release v1.0.0.
fn touching(config: &str, head: &str, row: &str) -> Sandbox {
    let sandbox = broken();
    sandbox.commit("src/cache.rs", "//\n", "the cache");
    sandbox.commit("pay/api.rs", "//\n", "payments");
    sandbox.commit(".postmortem.toml", format!("{TOUCHED}{config}"), "the rule");
    sandbox.commit(PAGE, page(head, &[row]), "the document");
    sandbox.git(&["tag", "v1.0.0"]);
    sandbox
}

#[test]
fn a_promise_is_touched_by_the_file_that_it_names() {
    let sandbox = touching("", "", "1 | Limit `src/cache.rs` | @ana | P1 | 2026-11-20 | open");
    sandbox.commit("src/main.rs", "// 2\n", "elsewhere");
    let row = verdict(&sandbox, &["HEAD", "--as", "v1.0.1"], 0);
    assert_eq!((row["untouched"].as_u64(), row["previous"].as_str()), (Some(1), Some("v1.0.0")));
    sandbox.commit("src/cache.rs", "// 2\n", "the cache");
    verdict(&sandbox, &["HEAD", "--as", "v1.0.1"], 1);
    verdict(&sandbox, &["v1.0.0"], 1);
}

#[test]
fn a_promise_without_a_file_is_touched_by_what_its_links_changed() {
    let sandbox = broken();
    let cause = sandbox.commit("src/cache.rs", "//\n", "the cache");
    let links = format!(
        "\n## Linked Commits\n\n| Role | Revision | Commit |\n|---|---|---|\n| introduced | {cause} | {cause} |\n"
    );
    let text = page("", &["1 | Limit it | @ana | P1 | 2026-11-20 | open"]) + &links;
    sandbox.commit(PAGE, text, "the document");
    sandbox.commit(".postmortem.toml", TOUCHED, "the rule");
    sandbox.git(&["tag", "v1.0.0"]);
    sandbox.commit("src/main.rs", "// 2\n", "elsewhere");
    verdict(&sandbox, &["HEAD", "--as", "v1.0.1"], 0);
    sandbox.commit("src/cache.rs", "// 2\n", "the cache");
    verdict(&sandbox, &["HEAD", "--as", "v1.0.1"], 1);
}

#[test]
fn without_files_and_links_the_service_decides_and_without_a_service_it_counts_as_touched() {
    let services = "\n[services.pay]\npaths = [\"pay\"]\n";
    let row = "1 | Limit it | @ana | P1 | 2026-11-20 | open";
    let sandbox = touching(services, "**Service**: pay\n", row);
    sandbox.commit("src/main.rs", "// 2\n", "elsewhere");
    verdict(&sandbox, &["HEAD", "--as", "v1.0.1"], 0);
    sandbox.commit("pay/api.rs", "// 2\n", "payments");
    verdict(&sandbox, &["HEAD", "--as", "v1.0.1"], 1);
    let sandbox = touching(services, "", row);
    sandbox.commit("src/main.rs", "// 2\n", "elsewhere");
    verdict(&sandbox, &["HEAD", "--as", "v1.0.1"], 1);
}

#[test]
fn the_previous_release_is_the_nearest_of_its_kind() {
    let sandbox = touching(
        "\n[services.pay]\ntags = [\"pay-v*\"]\n",
        "",
        "1 | Limit src/cache.rs | @ana | P1 | 2026-11-20 | open",
    );
    let before = |revision: &str, tag: &str| {
        let answer = sandbox.run(&["gate", revision, "--as", tag, "--json"]);
        let read: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        read["gate"][0]["previous"].as_str().map(str::to_owned)
    };
    let next = |file: &str| sandbox.commit(file, "// next\n", file);
    next("a");
    sandbox.git(&["tag", "pay-v7.0.0"]);
    next("b");
    sandbox.git(&["tag", "v1.1.0-rc1"]);
    next("c");
    assert_eq!(before("HEAD", "v1.1.0").as_deref(), Some("v1.0.0"), "not the service's, not the pre-release");
    assert_eq!(
        before("HEAD", "v1.1.0-rc2").as_deref(),
        Some("v1.1.0-rc1"),
        "one pre-release after the other"
    );
    assert_eq!(before("HEAD", "pay-v7.1.0").as_deref(), Some("pay-v7.0.0"));
    sandbox.git(&["tag", "v1.1.0"]);
    sandbox.git(&["tag", "v1.1.1"]);
    assert_eq!(before("HEAD", "v1.2.0").as_deref(), Some("v1.0.0"), "a proper ancestor");
    next("d");
    assert_eq!(before("HEAD", "v1.2.0").as_deref(), Some("v1.1.1"), "two tags on one commit");
    // A branch of fixes that was merged: its tag is newer, the main line's has more commits.
    sandbox.git(&["switch", "-q", "-c", "fixes", "v1.0.0"]);
    next("e");
    sandbox.git(&["tag", "-a", "v1.0.1", "-m", "late"]);
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.git(&["merge", "-q", "--no-edit", "fixes"]);
    assert_eq!(before("HEAD", "v1.2.0").as_deref(), Some("v1.1.1"));
    assert_eq!(before("v1.0.0", "v0.9.0"), None, "the whole history");
}

#[test]
fn each_service_answers_for_its_own() {
    let services: String =
        ["pay", "shop", "mail"].map(|name| format!("\n[services.{name}]\ntags = [\"{name}-v*\"]\n")).concat();
    let sandbox = broken();
    sandbox.commit(".postmortem.toml", format!("{TOUCHED}{services}"), "three services");
    sandbox.commit(
        PAGE,
        page("**Service**: pay, shop\n", &["1 | Limit it | @ana | P1 | 2026-11-20 | open"]),
        "doc",
    );
    for tag in ["pay-v1", "shop-v1", "mail-v1"] {
        sandbox.git(&["tag", tag]);
    }
    sandbox.commit("src/main.rs", "// 2\n", "code");
    for (tag, code) in [("pay-v2", 1), ("shop-v2", 1), ("mail-v2", 0)] {
        let row = verdict(&sandbox, &["HEAD", "--as", tag], code);
        assert_eq!(ids(&row, "blockers").len(), usize::from(code == 1), "{tag}");
    }
    sandbox.commit(".postmortem.toml", format!("{OVERDUE}service = \"shop\"\n{services}"), "one rule");
    verdict(&sandbox, &["HEAD", "--as", "mail-v2"], 1);
}

#[test]
fn a_release_of_one_service_is_not_closed_by_what_another_one_changed() {
    let services = "\n[services.pay]\ntags = [\"pay-v*\"]\npaths = [\"pay\", \"shared\"]\n\
         \n[services.shop]\ntags = [\"shop-v*\"]\npaths = [\"shop\", \"shared\"]\n";
    let row = "1 | Limit it | @ana | P1 | 2026-11-20 | open";
    let sandbox = touching(services, "**Service**: pay\n", row);
    for tag in ["pay-v1", "shop-v1"] {
        sandbox.git(&["tag", tag]);
    }
    // The range of both services has the change, and only one of them ships it.
    sandbox.commit("pay/api.rs", "// 2\n", "payments");
    sandbox.commit("shop/cart.rs", "//\n", "the shop");
    let row = verdict(&sandbox, &["HEAD", "--as", "shop-v2"], 0);
    assert_eq!(row["untouched"], 1);
    verdict(&sandbox, &["HEAD", "--as", "pay-v2"], 1);
    // A release of everything ships everything, and what both claim is in both.
    verdict(&sandbox, &["HEAD", "--as", "v1.1.0"], 1);
    sandbox.commit("shared/log.rs", "//\n", "shared");
    verdict(&sandbox, &["HEAD", "--as", "shop-v2"], 1);
}

#[test]
fn a_branch_of_many_releases_that_was_merged_leaves_the_nearest_one() {
    let sandbox = touching("", "", "1 | Limit src/cache.rs | @ana | P1 | 2026-11-20 | open");
    let next = |file: &str| sandbox.commit(file, "// next\n", file);
    let before = || {
        let answer = sandbox.run(&["gate", "HEAD", "--as", "v9.0.0", "--json"]);
        let read: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        read["gate"][0]["previous"].as_str().map(str::to_owned)
    };
    // Five releases on a branch, of which the last has more commits than the main line.
    sandbox.git(&["switch", "-q", "-c", "fixes"]);
    for patch in 1..=5 {
        next(&format!("fix{patch}"));
        sandbox.git(&["tag", &format!("v1.0.{patch}")]);
    }
    sandbox.git(&["switch", "-q", "main"]);
    for file in ["a", "b"] {
        next(file);
    }
    sandbox.git(&["tag", "v1.1.0"]);
    sandbox.git(&["merge", "-q", "--no-edit", "fixes"]);
    assert_eq!(before().as_deref(), Some("v1.0.5"), "three commits behind, and v1.1.0 six");
    next("c");
    sandbox.git(&["tag", "v0.1.0", "fixes"]);
    assert_eq!(before().as_deref(), Some("v1.0.5"), "of two names the higher");
}
