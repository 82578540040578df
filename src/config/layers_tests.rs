use super::*;
use crate::config::{from_environment, from_git, from_toml};

fn file(text: &str) -> Layer {
    from_toml(".postmortem.toml", text).unwrap()
}

fn origin(resolved: &Resolved, key: &str) -> Setting {
    resolved.settings().into_iter().find(|setting| setting.key == key).unwrap()
}

#[test]
fn the_stronger_source_wins_and_is_named() {
    let convention =
        Convention { folders: vec!["docs/incidents".into()], output: "docs/incidents/{slug}.md".into() };
    let git = from_git([("postmortem.drafts.remote", "upstream", "global")]).unwrap();
    let environment = from_environment([("GIT_POSTMORTEM_DRAFTS_SIGN", "yes")]).unwrap();
    let layers = vec![
        Layer::of_convention(&convention),
        file("[drafts]\nbranch = \"pm\"\nremote = \"origin\"\nsign = false\n"),
        git,
        environment,
    ];
    let resolved = resolve(layers).unwrap();
    assert_eq!(resolved.config.documents.output, "docs/incidents/{slug}.md");
    assert_eq!(resolved.config.drafts.branch, "pm");
    assert_eq!(resolved.config.drafts.remote, "upstream");
    assert!(resolved.config.drafts.sign);
    let shown = |key| origin(&resolved, key).origin.to_string();
    assert_eq!(shown("documents.output"), "found in docs/incidents");
    assert_eq!(shown("drafts.branch"), ".postmortem.toml:2");
    assert_eq!(shown("drafts.remote"), "git config (global)");
    assert_eq!(shown("drafts.sign"), "GIT_POSTMORTEM_DRAFTS_SIGN");
    assert_eq!(shown("documents.language"), "default");
}

#[test]
fn the_example_taken_whole_hides_no_documents() {
    let convention =
        Convention { folders: vec!["docs/incidents".into()], output: "docs/incidents/{slug}.md".into() };
    let resolved = resolve(vec![Layer::of_convention(&convention), file(&crate::config::example())]).unwrap();
    assert!(resolved.config.reads("docs/incidents/a.md"));
    assert!(resolved.config.reads("docs/post-mortems/b.md"));
}

#[test]
fn levels_of_the_team_drop_built_in_aliases_of_other_levels() {
    let resolved = resolve(vec![file("[severity]\nlevels = [\"Red\", \"SEV-2\"]\n")]).unwrap();
    let scale = resolved.config.severity_scale();
    assert_eq!((scale.rank("red"), scale.rank("major"), scale.rank("critical")), (Some(0), Some(1), None));
}

#[test]
fn an_alias_of_a_level_that_is_not_there_is_a_fault_at_its_place() {
    let text = "[severity.aliases]\nhuge = \"SEV-1\"\nodd = \"SEV-12\"\n[actions.sla]\nP9 = \"14d\"\n";
    let faults = resolve(vec![file(text)]).unwrap_err();
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(
        shown[0].starts_with(".postmortem.toml:3:1: 'severity.aliases.odd': 'SEV-12' is no severity"),
        "{shown:?}"
    );
    assert!(shown[1].starts_with(".postmortem.toml:5:1: 'actions.sla.P9': 'P9' is no priority"), "{shown:?}");
}

#[test]
fn an_alias_replaces_the_same_spelling_in_other_case() {
    let resolved = resolve(vec![file("[severity.aliases]\nCRITICAL = \"SEV-3\"\n")]).unwrap();
    assert_eq!(resolved.config.severity_scale().rank("critical"), Some(2));
}

#[test]
fn a_flag_is_checked_too() {
    let layer = Layer::of_flag("--branch", "drafts.branch", Value::from("a..b")).unwrap_err();
    assert_eq!(layer[0].to_string(), "--branch: 'drafts.branch': git takes no branch named 'a..b'");
}
