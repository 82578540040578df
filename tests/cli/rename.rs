//! `rename`: another title and id, the old id stays valid.

use insta::assert_snapshot;

use crate::drafts::{ID, PATH, busy, left, save, store};

const NEW: &str = "2026-11-23-cart-loses-items";

#[test]
fn a_draft_moves_with_its_attachments_and_keeps_its_old_id() {
    let (sandbox, status) = busy();
    store(&sandbox, &[(format!("{ID}/graph.png"), Some(b"png".to_vec()))], false);
    let text = sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")]);
    save(&sandbox, ID, &format!("{text}\n\n![graph]({ID}/graph.png)\n"));
    let answer = sandbox.run(&["rename", "checkout", "Cart", "loses", "items"]).ok();
    assert_snapshot!(answer.stdout, @r#"
    renamed   2026-11-23-checkout-returns-5xx to 2026-11-23-cart-loses-items
              in the drafts
    formerly  2026-11-23-checkout-returns-5xx   stays valid
    undo      git postmortem rename 2026-11-23-cart-loses-items 'Checkout returns 5xx'
    "#);
    assert_eq!(left(&sandbox), format!("{NEW}.md\n{NEW}/graph.png"));
    let text = sandbox.git(&["show", &format!("postmortem/drafts:{NEW}.md")]);
    assert!(text.starts_with("# Post-Mortem: Cart loses items\n"), "{text}");
    assert!(text.contains(&format!("Formerly**: {ID}")), "{text}");
    assert!(text.contains(&format!("![graph]({NEW}/graph.png)")), "{text}");
    assert_eq!(sandbox.status(), status);
    sandbox.run(&["publish", ID]).ok();
    assert!(sandbox.repo().join(format!("docs/post-mortems/{NEW}/graph.png")).exists());
    // Published, it moves in the same way.
    sandbox.run(&["rename", NEW, "Baskets lose items"]).ok();
    let moved = sandbox.read("docs/post-mortems/2026-11-23-baskets-lose-items.md");
    assert!(moved.contains("![graph](2026-11-23-baskets-lose-items/graph.png)"), "{moved}");
}

#[test]
fn a_document_moves_in_one_commit_and_back() {
    let (sandbox, status) = busy();
    sandbox.run(&["publish"]).ok();
    let answer = sandbox.run(&["rename", "checkout", "Cart loses items"]).ok();
    let moved = sandbox.git(&["show", "-M10", "--format=%s", "--name-status", "HEAD"]);
    assert!(moved.contains(&format!("post-mortem: rename {ID}")), "{moved}");
    assert!(moved.contains(PATH) && moved.contains(NEW), "{moved}");
    assert_eq!(sandbox.status(), status);
    assert!(
        answer.stdout.contains("rename 2026-11-23-cart-loses-items 'Checkout returns 5xx'"),
        "{}",
        answer.stdout
    );
    sandbox.run(&["rename", ID, "Checkout returns 5xx"]).ok();
    assert!(sandbox.repo().join(PATH).exists());
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn a_name_that_is_taken_or_none_is_refused() {
    let (sandbox, _) = busy();
    save(&sandbox, NEW, "# Post-Mortem: Cart loses items\n");
    assert_snapshot!(sandbox.run(&["rename", ID, "Cart loses items"]).status(2).stderr, @r#"
    error: there is a post-mortem 2026-11-23-cart-loses-items already
    hint: choose a title that tells the two apart
    "#);
    assert_snapshot!(sandbox.run(&["rename", ID, "!!!"]).status(2).stderr, @"error: the title '!!!' has no letter or digit to make an id of");
    assert_eq!(left(&sandbox), format!("{NEW}.md\n{ID}.md"));
}
