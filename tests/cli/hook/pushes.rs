//! What is asked at a push, how often, and what an answer does.

use super::World;

const NONE: &str = "0000000000000000000000000000000000000000";

#[test]
fn a_push_that_brings_no_tag_starts_no_process_of_ours() {
    let world = World::new();
    world.install(&[]).ok();
    let sandbox = &world.sandbox;
    sandbox.commit("a.txt", "a\n", "more");
    world.git(&["push", "-q", "origin", "main"]).ok();
    // Nothing new; a branch whose name looks like a tag's; a tag's commit as a branch; a deletion.
    world.git(&["push", "-q", "origin", "main"]).ok();
    world.git(&["push", "-q", "origin", "main:refs/heads/refs/tags/v1"]).ok();
    // As long as that is there, git takes it for what `push origin v1` means.
    world.git(&["push", "-q", "origin", ":refs/heads/refs/tags/v1"]).ok();
    sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "origin", "v1:refs/heads/release"]).ok();
    world.git(&["push", "-q", "origin", ":refs/heads/release"]).ok();
    assert_eq!(world.asked(), "");
    // That it would have been heard: a tag is.
    world.git(&["push", "-q", "origin", "v1"]).ok();
    assert_eq!(world.starts(), 1);
    // A deletion is nothing to judge.
    world.git(&["push", "-q", "origin", ":refs/tags/v1"]).ok();
    assert_eq!(world.asked(), "");
}

#[test]
fn tags_are_asked_about_together_in_one_process_however_they_are_pushed() {
    let world = World::new();
    world.install(&[]).ok();
    let sandbox = &world.sandbox;
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.git(&["tag", "light"]);
    world.git(&["push", "-q", "origin", "light"]).ok();
    assert_eq!(
        world.asked(),
        format!(
            "asked: hook run pre-push origin ../there.git\nrefs/tags/light {head} refs/tags/light {NONE}\n"
        )
    );
    sandbox.git(&["tag", "-a", "-m", "one", "heavy"]);
    let heavy = sandbox.git(&["rev-parse", "heavy"]);
    world.git(&["push", "-q", "origin", "heavy"]).ok();
    assert!(world.asked().contains(&format!("refs/tags/heavy {heavy} refs/tags/heavy {NONE}\n")));
    world.git(&["push", "-q", "origin", "HEAD:refs/tags/direct"]).ok();
    assert!(world.asked().contains(&format!("HEAD {head} refs/tags/direct {NONE}\n")));
    sandbox.commit("b.txt", "b\n", "more");
    sandbox.git(&["tag", "-a", "-m", "two", "followed"]);
    world.git(&["push", "-q", "--follow-tags", "origin", "main"]).ok();
    let asked = world.asked();
    assert!(asked.contains(" refs/tags/followed ") && asked.contains(" refs/heads/main "), "{asked}");
    for name in ["s1", "s2", "s3"] {
        sandbox.git(&["tag", name]);
    }
    world.git(&["push", "-q", "--tags", "origin"]).ok();
    let asked = world.asked();
    assert_eq!(asked.matches("asked: ").count(), 1, "{asked}");
    assert_eq!(asked.matches(" refs/tags/s").count(), 3, "{asked}");
    assert_eq!(world.arrived(), "direct followed heavy light s1 s2 s3");
}

#[test]
fn a_no_and_no_answer_both_stop_the_push() {
    let world = World::new();
    world.install(&[]).ok();
    world.sandbox.git(&["tag", "v1"]);
    for status in [1, 2, 101] {
        world.verdict(status);
        let said = world.git(&["push", "origin", "main", "v1"]).status(1);
        assert!(said.stderr.contains("error: failed to push some refs"), "{}", said.stderr);
        assert_eq!(world.arrived(), "");
    }
    // --dry-run is asked as well, so that one can try.
    world.git(&["push", "--dry-run", "origin", "v1"]).status(1);
    world.verdict(0);
    world.git(&["push", "-q", "origin", "v1"]).ok();
    assert_eq!(world.arrived(), "v1");
}

#[test]
fn without_the_program_tags_wait_and_nothing_else_does() {
    let mut world = World::new();
    world.sandbox.git(&["tag", "old"]);
    world.git(&["push", "-q", "origin", "old"]).ok();
    world.install(&[]).ok();
    world.without_program();
    world.sandbox.commit("a.txt", "a\n", "more");
    world.sandbox.git(&["tag", "v1"]);
    let said = world.git(&["push", "origin", "v1"]).status(1);
    insta::assert_snapshot!(said.stderr, @r"
    error: release tags are judged here by git-postmortem, and it is not on PATH
    hint: install it and try again; only tags wait for it, branches and deletions pass
    error: failed to push some refs to '../there.git'
    ");
    world.git(&["push", "-q", "origin", "main"]).ok();
    world.git(&["push", "-q", "origin", ":refs/tags/old"]).ok();
    assert_eq!(world.arrived(), "");
}

#[test]
fn a_program_that_is_not_on_the_path_of_a_window_manager_is_found_at_home() {
    let mut world = World::new();
    world.install(&[]).ok();
    let home = world.sandbox.at("home/.cargo/bin");
    std::fs::create_dir_all(home.parent().unwrap()).unwrap();
    std::fs::rename(world.sandbox.at("bin"), home).unwrap();
    world.without_program();
    world.sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "origin", "v1"]).ok();
    assert_eq!(world.starts(), 1);
}
