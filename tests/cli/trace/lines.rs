//! Which commit is found for which fix: moved, renamed and reformatted lines, and fixes that have none.

use super::Story;

/// Twelve lines of code about a cart, long enough for git to know them again.
const CART: &str = "\
fn total_of_cart(cart: &Cart) -> Money {
    let mut total_amount = Money::zero();
    for position in cart.positions() {
        total_amount += position.price() * position.count();
    }
    total_amount
}

fn shipping_costs(cart: &Cart) -> Money {
    let weight_in_grams = cart.weight();
    costs_by_weight(weight_in_grams)
}
";

#[test]
fn the_commit_that_wrote_the_changed_line_is_found() {
    let mut story = Story::new();
    story.commit("src/cart.rs", CART, "Add carts");
    let cause =
        story.commit("src/cart.rs", &CART.replace("position.count()", "position.size()"), "Use sizes");
    story.commit(
        "src/cart.rs",
        &story.sandbox.read("src/cart.rs").replace("weight()", "mass()"),
        "Call it mass",
    );
    let fix =
        story.commit("src/cart.rs", &story.sandbox.read("src/cart.rs").replace("size()", "count()"), "Count");
    story.assert_found(&fix, &cause, "lines");
    assert_eq!(story.origins(&fix).len(), 1);
}

#[test]
fn renames_moves_and_new_layout_are_followed() {
    let mut story = Story::new();
    story.commit("src/cart.rs", CART, "Add carts");
    let cause =
        story.commit("src/cart.rs", &CART.replace("position.count()", "position.size()"), "Use sizes");
    let bad = story.sandbox.read("src/cart.rs");
    // Blanks, a rename with them, a comment on the line, a line broken in three, and the function at another place.
    story.commit("src/cart.rs", &bad.replace("    ", "\t"), "Tabs");
    story.sandbox.git(&["mv", "src/cart.rs", "src/basket.rs"]);
    story.sandbox.write("src/basket.rs", bad.replace("    ", "  "));
    story.commit_all("Call it basket");
    let commented = story.sandbox.read("src/basket.rs").replace("size();", "size(); // in pieces");
    story.commit("src/basket.rs", &commented, "Say what it is");
    let broken = commented
        .replace("position.price() * position.size();", "position.price()\n      *\n      position.size();");
    story.commit("src/basket.rs", &broken, "Break lines");
    let (first, second) = broken.split_once("\n\n").unwrap();
    story.commit("src/basket.rs", &format!("{second}\n{first}\n"), "Sort functions");
    let moved = story.sandbox.read("src/basket.rs");
    let fix = story.commit("src/basket.rs", &moved.replace("size()", "count()"), "Count");
    story.assert_found(&fix, &cause, "lines");
    assert_eq!(story.origins(&fix).len(), 1, "{:?}", story.origins(&fix));
}

#[test]
fn a_function_that_went_to_another_file_is_followed() {
    let mut story = Story::new();
    story.commit("src/other.rs", "fn other() {\n    nothing_at_all();\n}\n", "Begin");
    let cause = story.commit("src/cart.rs", CART, "Add carts");
    let (first, second) = CART.split_once("\n\n").unwrap();
    story.sandbox.write("src/cart.rs", format!("{first}\n"));
    story.sandbox.write("src/other.rs", format!("fn other() {{\n    nothing_at_all();\n}}\n\n{second}"));
    story.commit_all("Put shipping elsewhere");
    let other = story.sandbox.read("src/other.rs");
    let fix =
        story.commit("src/other.rs", &other.replace("cart.weight()", "cart.gross_weight()"), "Weigh all");
    story.assert_found(&fix, &cause, "lines");
}

#[test]
fn commits_that_the_team_leaves_out_are_left_out() {
    let mut story = Story::new();
    let cause = story.commit("src/cart.rs", CART, "Add carts");
    let renamed =
        story.commit("src/cart.rs", &CART.replace("total_amount", "total_sum"), "Rename everywhere");
    let now = story.sandbox.read("src/cart.rs");
    let fix = story.commit("src/cart.rs", &now.replace("total_sum += ", "total_sum -= "), "Subtract");
    story.assert_found(&fix, &renamed, "lines");
    story.commit(".git-blame-ignore-revs", &format!("# renames\n{renamed}\nabc123\n"), "Leave it out");
    story.assert_found(&fix, &cause, "lines");
}

#[test]
fn a_fix_that_only_adds_is_traced_by_what_stands_beside() {
    let mut story = Story::new();
    story.commit("src/cart.rs", CART, "Add carts");
    let cause =
        story.commit("src/cart.rs", &CART.replace("cart.weight();", "cart.weight_of_all();"), "Weigh all");
    let guarded = story.sandbox.read("src/cart.rs").replace(
        "    costs_by_weight(weight",
        "    if weight_in_grams == 0 {\n        return Money::zero();\n    }\n    costs_by_weight(weight",
    );
    let fix = story.commit("src/cart.rs", &guarded, "Nothing costs nothing");
    let found = story.origins(&fix);
    assert!(found.iter().all(|(_, evidence)| evidence == "beside"), "{found:?}");
    assert!(found.iter().any(|(commit, _)| *commit == cause), "{found:?}");
    let said = story.sandbox.run(&["trace", &fix]).ok().stdout;
    assert!(said.contains("beside what the fix adds (weaker)"), "{said}");
}

#[test]
fn imports_tests_and_texts_lead_nowhere_while_there_is_code() {
    let mut story = Story::new();
    story.commit("tests/cart.rs", "fn test() {\n    assert_total(12);\n}\n", "Test it");
    story.commit("CHANGELOG.md", "# Changes\n\nNone.\n", "Say it");
    let cause = story.commit("src/cart.rs", &format!("use money::Money;\n\n{CART}"), "Add carts");
    story.sandbox.write("tests/cart.rs", "fn test() {\n    assert_total(13);\n}\n");
    story.sandbox.write("CHANGELOG.md", "# Changes\n\nThe total.\n");
    story.sandbox.write(
        "src/cart.rs",
        format!("use money::{{Money, Tax}};\n\n{}", CART.replace("weight()", "mass()")),
    );
    let fix = story.commit_all("Mend the total");
    assert_eq!(story.origins(&fix), [(cause, "lines".to_owned())]);
}

#[test]
fn a_revert_leads_to_what_it_takes_back_and_the_revert_of_a_revert_to_the_revert() {
    let mut story = Story::new();
    story.commit("src/cart.rs", CART, "Add carts");
    let cause = story.commit(
        "src/cart.rs",
        &CART.replace("    total_amount\n", "    total_amount.rounded()\n"),
        "Round",
    );
    story.git(&["revert", "--no-edit", "HEAD"]);
    let revert = story.sandbox.git(&["rev-parse", "HEAD"]);
    story.assert_found(&revert, &cause, "named");
    story.git(&["revert", "--no-edit", "HEAD"]);
    let again = story.sandbox.git(&["rev-parse", "HEAD"]);
    story.assert_found(&again, &revert, "named");
}

#[test]
fn a_fix_that_names_what_it_mends_is_believed() {
    let mut story = Story::new();
    let cause = story.commit("src/limits.rs", "const LIMIT: u32 = 10;\n", "Add limits");
    story.commit("src/cart.rs", CART, "Add carts");
    let message = format!("Mend carts\n\nFixes: {} (\"Add limits\")\n", &cause[..12]);
    let fix = story.commit("src/cart.rs", &CART.replace("weight()", "mass()"), &message);
    story.assert_found(&fix, &cause, "named");
    let message = "Mend carts\n\nFixes: 0123456789ab (\"gone\")\n";
    let fix = story.commit("src/cart.rs", CART, message);
    let left = story.traced(&["--fix", &fix])["left_out"].to_string();
    assert!(left.contains("names 0123456789ab, which is not in this repository"), "{left}");
}

#[test]
fn a_merge_is_traced_by_what_it_brought_and_says_so() {
    let mut story = Story::new();
    let cause = story.commit("src/cart.rs", CART, "Add carts");
    story.sandbox.git(&["switch", "-q", "-c", "topic"]);
    story.commit("src/cart.rs", &CART.replace("weight()", "mass()"), "Mend on a branch");
    story.sandbox.git(&["switch", "-q", "main"]);
    story.commit("src/other.rs", "fn other() {}\n", "Go on");
    story.git(&["merge", "-q", "--no-ff", "-m", "Merge topic", "topic"]);
    let answer = story.traced(&["--fix", "HEAD"]);
    assert_eq!(answer["origins"][0]["commit"], cause.as_str());
    assert!(
        answer["left_out"][0]
            .as_str()
            .unwrap()
            .contains("is a merge: all that it brought to its first parent"),
        "{answer}"
    );
}

#[test]
fn what_has_no_lines_is_said() {
    let mut story = Story::new();
    story.sandbox.git(&["init", "-q", "-b", "main", "../lib"]);
    let lib = story.sandbox.at("lib");
    let commit = |story: &Story| {
        story.sandbox.git_in(&lib, &["commit", "-q", "--allow-empty", "-m", "x"]);
        story.sandbox.git_in(&lib, &["rev-parse", "HEAD"])
    };
    let (one, two) = (commit(&story), {
        story.tomorrow();
        commit(&story)
    });
    let link = |story: &Story, id: &str| {
        story.sandbox.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{id},vendor/lib")]);
    };
    story.sandbox.write("logo.png", [0_u8, 1, 2, 3]);
    std::os::unix::fs::symlink("logo.png", story.sandbox.at("repo/link")).unwrap();
    story.sandbox.git(&["add", "logo.png", "link"]);
    link(&story, &one);
    story.git(&["commit", "-q", "-m", "begin"]);
    story.sandbox.write("logo.png", [0_u8, 9, 9]);
    std::fs::remove_file(story.sandbox.at("repo/link")).unwrap();
    std::os::unix::fs::symlink("elsewhere", story.sandbox.at("repo/link")).unwrap();
    story.sandbox.git(&["add", "logo.png", "link"]);
    link(&story, &two);
    story.git(&["commit", "-q", "-m", "mend"]);
    let answer = story.sandbox.run(&["trace", "HEAD"]).ok();
    let said = answer.stdout.replace(&one[..7], "ONE").replace(&two[..7], "TWO");
    let fix = story.sandbox.git(&["rev-parse", "--short=7", "HEAD"]);
    insta::assert_snapshot!(said.replace(&fix, "FIX"), @r"
    fix       FIX  mend   2026-01-04, in no release yet
    left out  link: a symbolic link
              logo.png: not text
              vendor/lib: a submodule that moved from ONE to TWO: git -C vendor/lib log ONE..TWO
    ");
    insta::assert_snapshot!(answer.stderr, @"no commit was found that brought it");
    let first = story.sandbox.run(&["trace", "HEAD~1"]).ok();
    assert!(first.stdout.contains("is a first commit: nothing was there before it"), "{}", first.stdout);
}

#[test]
fn a_shallow_clone_says_where_its_knowledge_ends() {
    let mut story = Story::new();
    story.commit("src/cart.rs", CART, "Add carts");
    let edge = story.commit("src/other.rs", "fn other() {}\n", "Go on");
    let fix = story.commit("src/cart.rs", &CART.replace("weight()", "mass()"), "Mend");
    let url = format!("file://{}", story.sandbox.repo().display());
    story.sandbox.git_in(&story.sandbox.root(), &["clone", "-q", "--depth=2", &url, "shallow"]);
    let shallow = story.sandbox.at("shallow");
    let answer = story.sandbox.run_in(&shallow, &["trace", "HEAD", "--json"]).ok().stdout;
    let read: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(
        (read["complete"].as_bool(), read["origins"][0]["commit"].as_str()),
        (Some(false), Some(edge.as_str()))
    );
    assert!(read["origins"][0]["reasons"].to_string().contains("it, or something before it"), "{answer}");
    let cut = story.sandbox.run_in(&shallow, &["trace", &edge]).ok();
    assert!(cut.stdout.contains("is where this shallow clone begins"), "{}", cut.stdout);
    assert!(cut.stderr.contains("warning: the clone is shallow"), "{}", cut.stderr);
    assert_eq!(fix, story.sandbox.git_in(&shallow, &["rev-parse", "HEAD"]));
}

#[test]
fn indentation_counts_where_it_decides() {
    let mut story = Story::new();
    let text = "def send_all(queue):\n    for message in queue:\n        deliver(message)\n    queue.acknowledge_everything()\n";
    story.commit("src/mail.py", text, "Send mails");
    let bad = text.replace("    queue.acknowledge", "        queue.acknowledge");
    let cause = story.commit("src/mail.py", &bad, "Tidy");
    let fix = story.commit("src/mail.py", text, "Acknowledge once");
    story.assert_found(&fix, &cause, "lines");
}

#[test]
fn names_of_files_that_git_quotes_are_followed() {
    let mut story = Story::new();
    let path = "src/größe \"neu\"\t[1].rs";
    let cause = story.commit(path, CART, "Add carts");
    let fix = story.commit(path, &CART.replace("weight()", "mass()"), "Mend");
    story.assert_found(&fix, &cause, "lines");
}
