//! Which argument takes which values: by its flag, or by the name that its value has in the help.

use std::ffi::OsStr;

use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use super::candidates;

/// The command with candidates for the values of its arguments.
#[must_use]
pub fn with_values(command: clap::Command) -> clap::Command {
    command.mut_args(with_candidates).mut_subcommands(|below| {
        let name = below.get_name().to_owned();
        let ids = |below: clap::Command, ids: fn(&OsStr) -> Vec<CompletionCandidate>| {
            below.mut_arg("id", |arg| arg.add(ArgValueCompleter::new(ids)))
        };
        let below = with_values(below);
        match name.as_str() {
            // A timeline's kinds are parsed by ourselves, so clap cannot list them.
            "note" => below.mut_arg("kind", |arg| arg.add(ArgValueCandidates::new(candidates::event_kinds))),
            "set" => below.mut_arg("ids", |arg| arg.add(ArgValueCompleter::new(candidates::all_action_ids))),
            "new" => below.mut_arg("deploy", |arg| arg.add(ArgValueCompleter::new(candidates::deploys))),
            "publish" | "discard" => ids(below, candidates::drafts),
            "unpublish" => ids(below, candidates::published),
            "restore" => ids(below, candidates::gone),
            _ => below,
        }
    })
}

fn with_candidates(arg: clap::Arg) -> clap::Arg {
    let value = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    // What has its own list of words needs none of ours, and a switch has no value.
    if !arg.get_possible_values().is_empty() || !arg.get_action().takes_values() {
        return arg;
    }
    match (arg.get_long().unwrap_or_default(), value.as_deref().unwrap_or_default()) {
        ("owner" | "author" | "reviewer", _) => arg.add(ArgValueCandidates::new(candidates::owners)),
        ("severity", _) => arg.add(ArgValueCandidates::new(candidates::severities)),
        ("priority", _) => arg.add(ArgValueCandidates::new(candidates::priorities)),
        ("effort", _) => arg.add(ArgValueCandidates::new(candidates::efforts)),
        ("service", _) => arg.add(ArgValueCandidates::new(candidates::services)),
        ("template", _) => arg.add(ArgValueCandidates::new(candidates::templates)),
        ("zone", _) => arg.add(ArgValueCandidates::new(candidates::zones)),
        ("section", _) => arg.add(ArgValueCandidates::new(candidates::sections)),
        ("deploy" | "for" | "remove", _) | (_, "REV|RANGE" | "RANGE") => {
            arg.add(ArgValueCompleter::new(candidates::ranges))
        }
        ("rev" | "fix" | "base" | "at", "REV") | (_, "REV") => {
            arg.add(ArgValueCandidates::new(candidates::revisions))
        }
        (_, "ID|REV") => arg.add(ArgValueCompleter::new(candidates::ids_and_revisions)),
        ("set", _) => arg.add(ArgValueCompleter::new(fields)),
        ("rule", _) => arg.add(ArgValueCandidates::new(candidates::rules)),
        (_, "ID|PATH") => arg.add(ArgValueCompleter::new(candidates::ids_and_paths)),
        ("remote", _) => arg.add(ArgValueCandidates::new(candidates::remotes)),
        (_, "FROM" | "INTO") => arg.add(ArgValueCompleter::new(candidates::drafts)),
        (_, "ID" | "ID|FILE") => arg.add(ArgValueCompleter::new(candidates::ids)),
        (_, "ACTION-ID") => arg.add(ArgValueCompleter::new(candidates::action_ids)),
        (_, "ID|ACTION-ID") => arg.add(ArgValueCompleter::new(candidates::ids_and_action_ids)),
        (_, "COMMAND") => arg.add(ArgValueCandidates::new(candidates::commands)),
        (_, "KEY") => arg.add(ArgValueCandidates::new(candidates::keys)),
        _ => arg,
    }
}

/// The fields that `edit --set` takes, and severities behind `severity=`.
fn fields(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let all: Vec<CompletionCandidate> = match typed.split_once('=') {
        Some(("severity", _)) => {
            candidates::severities().into_iter().map(|level| level.add_prefix("severity=")).collect()
        }
        Some(_) => Vec::new(),
        None => FIELDS.iter().map(|field| CompletionCandidate::new(format!("{field}="))).collect(),
    };
    all.into_iter().filter(|c| c.get_value().to_string_lossy().starts_with(typed.as_ref())).collect()
}

/// Fields of a document's head.
const FIELDS: [&str; 8] = ["title", "severity", "date", "duration", "author", "reviewers", "service", "kind"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_offered_with_their_sign() {
        let values: Vec<_> = fields(OsStr::new("d")).iter().map(|c| c.get_value().to_owned()).collect();
        assert_eq!(values, ["date=", "duration="]);
        assert!(fields(OsStr::new("title=a")).is_empty());
    }
}
