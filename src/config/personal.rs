//! What one person says: `git config postmortem.*` and `GIT_POSTMORTEM_*`.

use super::fault::{Fault, nearest};
use super::keys::{self, Slot};
use super::layers::{Layer, Origin, Said, Trial};
use super::value::Value;

/// Keys of git's configuration under `postmortem.` that other parts read themselves: which repositories to look
/// at, and which commands are trusted.
const ELSEWHERE: [&str; 2] = ["repos", "trust"];

/// Reads git's settings: key, value and scope, in git's order. Other keys than `postmortem.*` are passed over.
/// A list is a key said several times; an empty value empties it, as elsewhere in git.
///
/// # Errors
/// Every fault, not only the first.
pub fn from_git<'a>(
    settings: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
) -> Result<Layer, Vec<Fault>> {
    let mut layer = Layer::default();
    let (mut faults, mut trial) = (Vec::new(), Trial::default());
    for (name, value, scope) in settings {
        let Some(name) = strip(name, "postmortem.") else { continue };
        let segments = segments_of(name);
        if ELSEWHERE.iter().any(|other| segments[0] == *other && (segments.len() == 1 || *other != "repos")) {
            continue;
        }
        let origin = Origin::Git { scope: scope.to_owned() };
        let source = format!("{origin} postmortem.{name}");
        let found = keys::find(&segments);
        if let Some(list) = found.as_ref().and_then(|(key, _)| key.list()) {
            let message = format!("'{list}' is said in .postmortem.toml alone, as [[{list}]]");
            faults.push(Fault { file: source, place: None, message, nearest: None });
            continue;
        }
        let Some((key, _)) = found else {
            let nearest = keys::likest(&segments).map(|key| format!("postmortem.{key}"));
            faults.push(Fault {
                file: origin.to_string(),
                place: None,
                message: format!("unknown key 'postmortem.{name}'"),
                nearest,
            });
            continue;
        };
        let earlier = layer.values.iter().rposition(|said: &Said| said.key == segments);
        let read = match (&key.slot, earlier) {
            (Slot::List(_), Some(at)) => longer(&layer.values[at].value, value),
            (Slot::List(_), None) => longer(&Value::List(Vec::new()), value),
            (Slot::Flag(_), _) => flag(value),
            (Slot::Number(_), _) => number(value),
            _ => Value::from(value),
        };
        match trial.check(Said { key: segments, value: read, origin, place: None }, &source) {
            Ok(said) => layer.values.push(said),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(layer) } else { Err(faults) }
}

/// Reads the environment. A list is separated by commas or line ends. Variables that are like no key are other
/// parts' own; one that is nearly a key is a slip of the finger, and a fault.
///
/// # Errors
/// Every fault, not only the first.
pub fn from_environment<'a>(
    variables: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Layer, Vec<Fault>> {
    let mut layer = Layer::default();
    let (mut faults, mut trial) = (Vec::new(), Trial::default());
    let own: Vec<(&str, &str)> =
        variables.into_iter().filter(|(name, _)| name.starts_with("GIT_POSTMORTEM_")).collect();
    if own.is_empty() {
        return Ok(layer);
    }
    let known: Vec<(String, &keys::Key)> =
        keys::all().filter(|key| !key.is_open()).map(|key| (variable(key.name), key)).collect();
    for (name, value) in own {
        let Some((_, key)) = known.iter().find(|(variable, _)| variable == name) else {
            let likest = nearest(name, known.iter().map(|(variable, _)| variable.as_str()));
            if let Some(likest) = likest.filter(|likest| strsim::levenshtein(likest, name) <= 2) {
                let message = "no such variable".to_owned();
                faults.push(Fault { file: name.to_owned(), place: None, message, nearest: Some(likest) });
            }
            continue;
        };
        let read = match key.slot {
            Slot::List(_) => {
                let texts = value.split([',', '\n']).map(str::trim).filter(|text| !text.is_empty());
                Value::List(texts.map(str::to_owned).collect())
            }
            Slot::Flag(_) => flag(value),
            Slot::Number(_) => number(value),
            _ => Value::from(value),
        };
        let origin = Origin::Environment(name.to_owned());
        match trial.check(Said { key: key.filled(&[]), value: read, origin, place: None }, name) {
            Ok(said) => layer.values.push(said),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(layer) } else { Err(faults) }
}

/// `drafts.branch` is `GIT_POSTMORTEM_DRAFTS_BRANCH`.
fn variable(key: &str) -> String {
    format!("GIT_POSTMORTEM_{}", key.replace(['.', '-'], "_").to_uppercase())
}

/// The segments of a key in git's spelling: sections in any case, `repo.NAME` for `repos.NAME`.
fn segments_of(name: &str) -> Vec<String> {
    let mut segments: Vec<String> = name.split('.').map(str::to_owned).collect();
    segments[0] = segments[0].to_lowercase();
    if segments[0] == "repo" {
        segments[0] = "repos".into();
    }
    // A name of the team's may have dots in it, the last word never has: git allows none there.
    if matches!(segments[0].as_str(), "services") && segments.len() > 3 {
        let last = segments.len() - 1;
        segments = vec![segments[0].clone(), segments[1..last].join("."), segments[last].clone()];
    }
    segments
}

fn strip<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let head = name.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &name[prefix.len()..])
}

fn longer(list: &Value, value: &str) -> Value {
    match list {
        _ if value.is_empty() => Value::List(Vec::new()),
        Value::List(texts) => Value::List(texts.iter().cloned().chain([value.to_owned()]).collect()),
        _ => Value::List(vec![value.to_owned()]),
    }
}

/// git's words for yes and no; another word stays a text and is refused as one.
fn flag(value: &str) -> Value {
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Value::Flag(true),
        "false" | "no" | "off" | "0" | "" => Value::Flag(false),
        _ => Value::from(value),
    }
}

/// A number; anything else stays a text and is refused as one.
fn number(value: &str) -> Value {
    value.trim().parse().map_or_else(|_| Value::from(value), Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::resolve;

    #[test]
    fn a_key_said_twice_is_a_list_and_an_empty_one_empties_it() {
        let settings = [
            ("postmortem.deploy.tags", "v*", "system"),
            ("postmortem.deploy.tags", "", "global"),
            ("postmortem.deploy.tags", "rel-*", "global"),
            ("postmortem.deploy.tags", "r/*", "local"),
            ("user.name", "Ana", "global"),
        ];
        let config = resolve(vec![from_git(settings).unwrap()]).unwrap().config;
        assert_eq!(config.deploy.tags, ["rel-*", "r/*"]);
    }

    #[test]
    fn git_spells_keys_in_its_own_case() {
        let settings = [
            ("postmortem.DRAFTS.branch", "pm", "local"),
            ("postmortem.repo.payments", "../payments", "global"),
            ("postmortem.services.a.b.team", "@ana", "global"),
            ("postmortem.actions.sla.p1", "2w", "global"),
            ("postmortem.repos", "/srv/git", "global"),
        ];
        let config = resolve(vec![from_git(settings).unwrap()]).unwrap().config;
        assert_eq!(config.drafts.branch, "pm");
        assert_eq!(config.repos["payments"], "../payments");
        assert_eq!(config.services["a.b"].team.as_deref(), Some("@ana"));
        assert_eq!(config.sla(&config.priority_scale().grade("high")).map(|sla| sla.days), Some(14));
    }

    #[test]
    fn an_unknown_key_of_git_names_its_scope() {
        let faults = from_git([("postmortem.drafts.brunch", "x", "global")]).unwrap_err();
        assert_eq!(
            faults[0].to_string(),
            "git config (global): unknown key 'postmortem.drafts.brunch' (nearest is 'postmortem.drafts.branch')"
        );
    }

    #[test]
    fn a_list_of_tables_is_no_personal_setting() {
        let faults = from_git([("postmortem.gate.rules.1.state", "open", "local")]).unwrap_err();
        assert_eq!(
            faults[0].to_string(),
            "git config (local) postmortem.gate.rules.1.state: 'gate.rules' is said in .postmortem.toml alone, as [[gate.rules]]"
        );
    }

    #[test]
    fn the_environment_sets_texts_lists_and_flags() {
        let variables = [
            ("GIT_POSTMORTEM_DRAFTS_BRANCH", "pm"),
            ("GIT_POSTMORTEM_DEPLOY_TAGS", "v*, rel-*"),
            ("GIT_POSTMORTEM_DRAFTS_SIGN", "on"),
            ("GIT_POSTMORTEM_NOW", "2026-01-01"),
            ("HOME", "/root"),
        ];
        let config = resolve(vec![from_environment(variables).unwrap()]).unwrap().config;
        assert_eq!((config.drafts.branch.as_str(), config.drafts.sign), ("pm", true));
        assert_eq!(config.deploy.tags, ["v*", "rel-*"]);
    }

    #[test]
    fn a_slip_in_a_variable_is_told() {
        let faults = from_environment([("GIT_POSTMORTEM_DRAFT_BRANCH", "pm")]).unwrap_err();
        assert_eq!(faults[0].nearest.as_deref(), Some("GIT_POSTMORTEM_DRAFTS_BRANCH"));
        let faults = from_environment([("GIT_POSTMORTEM_DRAFTS_SIGN", "maybe")]).unwrap_err();
        assert!(faults[0].message.contains("expected true or false"), "{}", faults[0]);
    }
}
