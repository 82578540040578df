//! Events and incidents of small histories that are written out.

use super::*;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A commit: its name, when, its message, its parents and its files.
type Line = (String, i64, String, Vec<String>, Vec<String>);

/// Histories are told the oldest first; each commit's parent is the one before, unless it says otherwise.
#[derive(Default)]
struct Story {
    commits: Vec<Line>,
    tags: Vec<Tag>,
}

fn id(number: usize) -> String {
    format!("{number:040x}")
}

impl Story {
    fn commit(&mut self, at: i64, message: &str, files: &[&str]) -> usize {
        let number = self.commits.len() + 1;
        let parents = if number > 1 { vec![id(number - 1)] } else { Vec::new() };
        let files = files.iter().map(|file| (*file).to_owned()).collect();
        self.commits.push((id(number), at, message.to_owned(), parents, files));
        number
    }

    fn tag(&mut self, at: i64, name: &str, commit: usize) {
        let lines = if name.starts_with('v') { vec![String::new()] } else { Vec::new() };
        self.tags.push(Tag { name: name.into(), node: None, commit: id(commit), created: at, lines });
    }

    fn history(mut self) -> History {
        let mut history = History::default();
        for (id, at, message, parents, files) in self.commits.iter().rev() {
            let told = Told { id, author: ("a", *at), committed: *at, message, files };
            history.add(told, parents.clone(), &|_| false);
        }
        for tag in &mut self.tags {
            tag.node = history.node(&tag.commit);
        }
        let newest = (!history.commits.is_empty()).then_some(0);
        history.branches =
            vec![Branch { name: "main".into(), node: newest, is_default: true, is_release: false }];
        history.tags = self.tags;
        history.close();
        history
    }
}

fn rules() -> Rules {
    Rules {
        within: DAY,
        fix_words: vec!["fix".into()],
        rollbacks: vec!["*rollback*".into()],
        hotfixes: vec!["*hotfix*".into()],
        since: 0,
        until: 1000 * DAY,
        has_releases: true,
    }
}

/// The incidents, each as its events' kinds and reasons.
fn found(story: Story, covered: &[(&str, i64)]) -> Vec<String> {
    let history = story.history();
    let events = events(&history, &rules(), &|_| None);
    let day = |seconds: i64| chrono::DateTime::from_timestamp(seconds, 0).map(|at| at.date_naive());
    let by = covered
        .iter()
        .map(|(name, on)| ((*name).to_owned(), vec![("api".to_owned(), day(on * DAY))]))
        .collect();
    let (open, _) = group(&history, &events, &Covered { by });
    let words = |incident: &Incident| {
        let events = incident.events.iter().map(|event| format!("{}: {}", event.kind.word(), event.reason));
        events.collect::<Vec<_>>().join(" | ")
    };
    open.iter().map(words).collect()
}

#[test]
fn a_released_change_that_is_taken_back_is_one_and_an_unreleased_one_is_none() {
    let mut story = Story::default();
    let one = story.commit(DAY, "Add retries (#11)", &["a.rs"]);
    story.tag(2 * DAY, "v1.0.0", one);
    story.commit(
        5 * DAY,
        &format!("Revert \"Add retries (#11)\"\n\nThis reverts commit {}.", id(one)),
        &["a.rs"],
    );
    let two = story.commit(6 * DAY, "Add speed", &["b.rs"]);
    story.commit(7 * DAY, &format!("Revert \"Add speed\"\n\nThis reverts commit {}.", id(two)), &["b.rs"]);
    insta::assert_snapshot!(found(story, &[]).join("\n"), @r#"revert: 0000000 takes back 0000000 "Add retries (#11)", 3 days after v1.0.0 brought it"#);
}

#[test]
fn a_request_that_is_taken_back_is_found_by_its_number_and_put_in_again_it_is_none() {
    let mut story = Story::default();
    let one = story.commit(DAY, "Merge pull request #11 from x/y", &["a.rs"]);
    story.tag(2 * DAY, "v1.0.0", one);
    story.commit(5 * DAY, "Revert \"Faster\" (#12)\n\nReverts acme/shop#11", &["a.rs"]);
    story.commit(6 * DAY, "Reapply \"Faster\" (#13)", &["a.rs"]);
    story.commit(6 * DAY, "Revert \"Revert \"Faster\" (#12)\" (#14)", &["a.rs"]);
    let found = found(story, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("Merge pull request #11"), "{found:?}");
}

#[test]
fn a_fix_is_hard_on_the_release_that_changed_its_files_only() {
    let mut story = Story::default();
    let one = story.commit(DAY, "Add carts", &["cart.rs", "README.md"]);
    story.tag(10 * DAY, "v1.0.0", one);
    story.commit(10 * DAY + 3 * HOUR, "Fix the sum of a cart", &["cart.rs"]);
    story.commit(10 * DAY + 4 * HOUR, "Fix what nobody touched", &["other.rs"]);
    story.commit(10 * DAY + 4 * HOUR, "Fix typo in carts", &["cart.rs"]);
    story.commit(10 * DAY + 5 * HOUR, "Fix the README", &["README.md"]);
    story.commit(10 * DAY + 6 * HOUR, "Fix also the tax of a cart", &["cart.rs"]);
    story.commit(12 * DAY, "Fix carts again", &["cart.rs"]);
    insta::assert_snapshot!(found(story, &[]).join("\n"), @"fix: 0000000 mends cart.rs 3 hours after v1.0.0, which changed it | fix: 0000000 mends cart.rs 6 hours after v1.0.0, which changed it");
}

#[test]
fn tags_tell_of_rollbacks_and_hotfixes_and_join_what_they_bring() {
    let mut story = Story::default();
    let one = story.commit(DAY, "Add carts", &["cart.rs"]);
    story.tag(10 * DAY, "v1.0.0", one);
    let two = story.commit(20 * DAY, "Add more", &["cart.rs"]);
    story.tag(20 * DAY, "v1.1.0", two);
    story.tag(20 * DAY + HOUR, "v1.1.1", one);
    story.tag(60 * DAY, "rollback-payments", one);
    let three = story.commit(90 * DAY, "Fix the sum", &["x.rs"]);
    story.tag(90 * DAY + HOUR, "v1.1.2-hotfix", three);
    let found = found(story, &[]);
    insta::assert_snapshot!(found.join("\n"), @r"
    rollback: v1.1.1 leads back to the commit of v1.0.0, 60 minutes after v1.1.0
    rollback: the tag rollback-payments says that something was rolled back
    hotfix: the tag v1.1.2-hotfix is a hotfix
    ");
}

#[test]
fn what_a_post_mortem_links_is_told() {
    let story = || {
        let mut story = Story::default();
        let one = story.commit(DAY, "Add retries", &["a.rs"]);
        story.tag(2 * DAY, "v1.0.0", one);
        story.commit(5 * DAY, &format!("Revert it\n\nThis reverts commit {}.", id(one)), &["a.rs"]);
        story
    };
    assert_eq!(found(story(), &[]).len(), 1);
    assert!(found(story(), &[(&id(1), 400)]).is_empty());
    assert!(found(story(), &[("v1.0.0", 6)]).is_empty(), "of that day");
    assert_eq!(found(story(), &[("v1.0.0", 40)]).len(), 1, "another incident of that release");
}

#[test]
fn the_line_to_paste_is_safe() {
    let suggestion = Suggestion {
        title: "Don't $(rm -rf /)\n`x`".into(),
        date: "2026-03-08".parse().unwrap(),
        deploy: Some("v1.0.0; x".into()),
        service: None,
        fixes: vec!["3f9c2e1".into()],
    };
    insta::assert_snapshot!(suggestion.command(), @r"git postmortem new --date 2026-03-08 --deploy 'v1.0.0; x' --fix 3f9c2e1 'Don'\''t $(rm -rf /) `x`'");
    let option = Suggestion { title: "--private mode broke".into(), ..suggestion };
    assert!(option.command().ends_with(" -- '--private mode broke'"), "{}", option.command());
}
