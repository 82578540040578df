//! A call: what the client says becomes the arguments of the command, and what the command says the answer.

use clap::Command;
use serde_json::{Map, Value};

use super::fence;
use super::schema::{argument, command, takes_many};
use super::tools::{Deed, Fence, Stands, Take};
use crate::cli;
use crate::error::{CliError, ExitStatus};
use crate::mcp::serve::Reply;
use crate::session::{Session, Surroundings};

/// Bytes of the longest text that is taken for a value.
const LONGEST: usize = 4 << 20;

/// Runs a tool.
pub(super) fn run(surroundings: &Surroundings, deed: &Deed, arguments: &Map<String, Value>) -> Reply {
    let typed = Typed::read(deed, arguments);
    let input = typed.as_ref().ok().and_then(|typed| typed.input.clone()).unwrap_or_default();
    let (mut session, captured) = Session::unattended(surroundings, input);
    let answer = typed.and_then(|typed| {
        typed.check(&session)?;
        cli::run_in(&mut session, &typed.words(deed))
    });
    let status = session.end(answer);
    let (said, talk) = (captured.out(), captured.talk());
    let failed = status == ExitStatus::CouldNot;
    let structured = if failed { None } else { serde_json::from_str(&said).ok() };
    let texts = if failed { [talk, said] } else { [said, talk] };
    let texts = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    Reply { structured, texts, failed }
}

/// What a client said, as it would be typed.
#[derive(Debug, Default)]
struct Typed {
    options: Vec<String>,
    positionals: Vec<String>,
    input: Option<Vec<u8>>,
    fenced: Vec<(Fence, String)>,
}

impl Typed {
    fn read(deed: &Deed, arguments: &Map<String, Value>) -> Result<Self, CliError> {
        let known: Vec<&str> = deed.takes.iter().map(|take| take.name).collect();
        if let Some(name) = arguments.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(CliError::new(format!("{} takes no argument '{name}'", deed.name))
                .hint(format!("it takes {}", known.join(", "))));
        }
        let command = command(deed);
        let mut typed = Self::default();
        for take in deed.takes {
            match arguments.get(take.name).filter(|value| !value.is_null()) {
                Some(value) => typed.add(&command, take, value)?,
                None if take.needed => {
                    return Err(CliError::new(format!("{} needs the argument '{}'", deed.name, take.name)));
                }
                None => {}
            }
        }
        Ok(typed)
    }

    fn add(&mut self, command: &Command, take: &Take, value: &Value) -> Result<(), CliError> {
        let arg = argument(command, take);
        let long = arg.get_long();
        let values = match (take.stands, value) {
            (Stands::Input(_), _) => {
                self.input = Some(text(take, value)?.into_bytes());
                vec!["-".to_owned()]
            }
            (Stands::Fields(_), Value::Object(fields)) => {
                fields.iter().map(|(name, value)| field(take, name, value)).collect::<Result<_, _>>()?
            }
            (Stands::Fields(_), _) => return Err(misfit(take, "an object of fields")),
            (Stands::Words, _) => vec![text(take, value)?],
            (Stands::Arg, Value::Bool(said)) if !arg.get_action().takes_values() => {
                self.options.extend(long.filter(|_| *said).map(|long| format!("--{long}")));
                return Ok(());
            }
            (Stands::Arg, _) if !arg.get_action().takes_values() => {
                return Err(misfit(take, "true or false"));
            }
            (Stands::Arg, Value::Array(values)) if takes_many(arg) => {
                values.iter().map(|value| text(take, value)).collect::<Result<_, _>>()?
            }
            (Stands::Arg, Value::Array(_)) => return Err(misfit(take, "one value")),
            (Stands::Arg, _) => vec![text(take, value)?],
        };
        self.fenced.extend(values.iter().map(|value| (take.fence, value.clone())));
        match long {
            Some(long) => self.options.extend(values.iter().map(|value| format!("--{long}={value}"))),
            None => self.positionals.extend(values),
        }
        Ok(())
    }

    /// Refuses what leads where it must not.
    fn check(&self, session: &Session) -> Result<(), CliError> {
        for (fence, value) in &self.fenced {
            match fence {
                Fence::None => {}
                Fence::Inside => fence::inside(session, value)?,
                Fence::OnlyId => fence::only_id(session, value)?,
            }
        }
        Ok(())
    }

    /// The command line, in which no value can be taken for an option.
    fn words(&self, deed: &Deed) -> Vec<String> {
        let fixed = deed.command.iter().chain(deed.always).map(|word| (*word).to_owned());
        let options = self.options.iter().cloned();
        fixed.chain(options).chain(["--".to_owned()]).chain(self.positionals.iter().cloned()).collect()
    }
}

/// One value as text; a number stands for its digits.
fn text(take: &Take, value: &Value) -> Result<String, CliError> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return Err(misfit(take, "text")),
    };
    if text.len() > LONGEST {
        let words = format!("the argument '{}' is longer than {} MiB", take.name, LONGEST >> 20);
        return Err(
            CliError::new(words).hint("a post-mortem is read by people: attach what is long, or link it")
        );
    }
    if text.contains('\0') {
        return Err(CliError::new(format!("the argument '{}' has a character NUL in it", take.name)));
    }
    Ok(text)
}

fn field(take: &Take, name: &str, value: &Value) -> Result<String, CliError> {
    let value = match value {
        Value::Array(values) => {
            values.iter().map(|value| text(take, value)).collect::<Result<Vec<_>, _>>()?.join(",")
        }
        value => text(take, value)?,
    };
    if name.contains('=') {
        return Err(CliError::new(format!("there is no field '{name}'")));
    }
    Ok(format!("{name}={value}"))
}

fn misfit(take: &Take, wanted: &str) -> CliError {
    CliError::new(format!("the argument '{}' takes {wanted}", take.name))
}
