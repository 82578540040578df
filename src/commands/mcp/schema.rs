//! What a client may give to a tool, read from the definition of the command that does it.

use std::any::TypeId;

use clap::{Arg, ArgAction, Command};
use serde_json::{Map, Value, json};

use super::tools::{Deed, Stands, Take};
use crate::cli;
use crate::commands::edit;
use crate::mcp::serve::{Hints, Tool};

/// The tool as it is announced.
pub(super) fn announce(deed: &Deed) -> Tool {
    Tool {
        name: deed.name.to_owned(),
        title: deed.title.to_owned(),
        description: deed.description.to_owned(),
        input: input(deed),
        output: output(deed.schema),
        hints: Hints {
            read_only: deed.reads(),
            destructive: deed.is_destructive(),
            idempotent: deed.is_idempotent(),
        },
    }
}

/// The published schema, by itself: a client need not know where it is from.
fn output(schema: &str) -> Map<String, Value> {
    let read: Map<String, Value> =
        serde_json::from_str(schema).expect("the schemas of docs/schema are JSON, which a test holds");
    read.into_iter().filter(|(name, _)| name != "$id" && name != "$schema").collect()
}

fn input(deed: &Deed) -> Map<String, Value> {
    let command = command(deed);
    let properties: Map<String, Value> = deed
        .takes
        .iter()
        .map(|take| (take.name.to_owned(), property(take, argument(&command, take))))
        .collect();
    let required: Vec<&str> = deed.takes.iter().filter(|take| take.needed).map(|take| take.name).collect();
    let schema = json!({
        "type": "object", "properties": properties, "required": required, "additionalProperties": false,
    });
    schema.as_object().cloned().unwrap_or_default()
}

/// The definition of the command.
pub(super) fn command(deed: &Deed) -> Command {
    let mut command = cli::command();
    for word in deed.command {
        command =
            command.find_subcommand(word).cloned().expect("a tool's command is one, which a test holds");
    }
    command
}

/// The argument of the command that a tool's argument stands for.
pub(super) fn argument<'c>(command: &'c Command, take: &Take) -> &'c Arg {
    let name = match take.stands {
        Stands::Arg | Stands::Words => take.name,
        Stands::Input(name) | Stands::Fields(name) => name,
    };
    let same = |arg: &&Arg| {
        let long = arg.get_long().map(|long| long.replace('-', "_"));
        long.as_deref() == Some(name) || (long.is_none() && arg.get_id().as_str() == name)
    };
    command.get_arguments().find(same).expect("a tool takes what its command does, which a test holds")
}

fn property(take: &Take, arg: &Arg) -> Value {
    let help = arg.get_long_help().or_else(|| arg.get_help()).map(ToString::to_string).unwrap_or_default();
    let about = take.about.map_or(help, str::to_owned);
    let mut schema = match take.stands {
        Stands::Input(_) | Stands::Words => json!({"type": "string"}),
        Stands::Fields(_) => fields(),
        Stands::Arg => value(arg),
    };
    schema["description"] = about.into();
    schema
}

/// The shape of a value, as the parser of command lines takes it.
fn value(arg: &Arg) -> Value {
    if matches!(arg.get_action(), ArgAction::SetTrue) {
        return json!({"type": "boolean"});
    }
    let kind = arg.get_value_parser().type_id();
    // A count begins at nothing, a number in a list at one.
    let least =
        [(TypeId::of::<usize>(), 0), (TypeId::of::<u32>(), 1)].into_iter().find(|(own, _)| kind == *own);
    let mut one = json!({"type": if least.is_some() { "integer" } else { "string" }});
    if let Some((_, least)) = least {
        one["minimum"] = least.into();
    }
    let known = arg.get_possible_values();
    let known: Vec<&str> = known
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(clap::builder::PossibleValue::get_name)
        .collect();
    if !known.is_empty() {
        one["enum"] = json!(known);
    }
    if takes_many(arg) { json!({"type": "array", "items": one}) } else { one }
}

/// Whether it may be given several times, or several values at once.
pub(super) fn takes_many(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
        || arg.get_num_args().is_some_and(|range| range.max_values() > 1)
}

/// The fields of a document that can be set.
fn fields() -> Value {
    let text = json!({"type": ["string", "array"], "items": {"type": "string"}});
    let properties: Map<String, Value> = edit::fields().map(|name| (name.to_owned(), text.clone())).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1})
}
