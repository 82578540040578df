//! Keys of `[context]`.

use super::{Key, Slot, Taken, each, list, no_blanks, one, text};
use crate::config::Config;
use crate::config::context::{PROVIDERS, seconds};
use crate::config::fault::Refusal;

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "context.providers",
        doc: "Who is asked: gjalla, where it is configured and trusted, and the repository, which always is.",
        sample: "",
        slot: Slot::List(|config, _, words| providers(config, words)),
        show: |config| one(list(&config.context.providers)),
    },
    Key {
        name: "context.documents",
        doc: "Patterns of pages about the architecture, of decisions and runbooks: `context` tells which of them name the files of an incident.",
        sample: "",
        slot: Slot::List(|config, _, patterns| {
            no_blanks(&patterns)?;
            config.context.documents = patterns;
            Ok(())
        }),
        show: |config| one(list(&config.context.documents)),
    },
    Key {
        name: "context.dashboards",
        doc: "Dashboards and logs to look at, a line each.",
        sample: "dashboards = [\"Checkout: https://grafana.example.org/d/checkout\"]",
        slot: Slot::List(|config, _, lines| {
            no_blanks(&lines)?;
            config.context.dashboards = lines;
            Ok(())
        }),
        show: |config| one(list(&config.context.dashboards)),
    },
    Key {
        name: "context.runbooks",
        doc: "Runbooks, a line each.",
        sample: "runbooks = [\"Rollback: docs/runbooks/rollback.md\"]",
        slot: Slot::List(|config, _, lines| {
            no_blanks(&lines)?;
            config.context.runbooks = lines;
            Ok(())
        }),
        show: |config| one(list(&config.context.runbooks)),
    },
    Key {
        name: "context.gjalla.command",
        doc: "The program that starts gjalla's server: a name on PATH, or a path from the top of the work tree. Without it, `.mcp.json` \
              and `.cursor/mcp.json` are looked at. It runs only where `git postmortem config --trust` allowed it.",
        sample: "command = \"gjalla\"",
        slot: Slot::Text(|config, _, command| {
            if command.trim().is_empty() {
                return Err("it names no program".to_owned().into());
            }
            config.context.gjalla.command = Some(command);
            Ok(())
        }),
        show: |config| config.context.gjalla.command.as_deref().map(|own| one(text(own))).unwrap_or_default(),
    },
    Key {
        name: "context.gjalla.args",
        doc: "Its arguments.",
        sample: "",
        slot: Slot::List(|config, _, args| {
            config.context.gjalla.args = args;
            Ok(())
        }),
        show: |config| one(list(&config.context.gjalla.args)),
    },
    Key {
        name: "context.gjalla.timeout",
        doc: "How long asking it may take, its start included: seconds or minutes.",
        sample: "",
        slot: Slot::Text(|config, _, span| match seconds(&span) {
            Some(seconds) => {
                config.context.gjalla.timeout = seconds;
                Ok(())
            }
            None => {
                Err(format!("'{span}' is no limit; write seconds or minutes, 10m at most: 10s, 2m").into())
            }
        }),
        show: |config| one(text(&format!("{}s", config.context.gjalla.timeout))),
    },
    Key {
        name: "context.gjalla.env.*",
        doc: "Variables that gjalla's server gets; `${NAME}` stands for one of yours, `${NAME:-otherwise}` for one that may be missing.",
        sample: "GJALLA_API_KEY = \"${GJALLA_API_KEY}\"",
        slot: Slot::Text(|config, names, value| {
            if names[0].is_empty() || names[0].contains('=') {
                return Err(format!("'{}' is no name of a variable", names[0]).into());
            }
            config.context.gjalla.env.insert(names[0].to_owned(), value);
            Ok(())
        }),
        show: |config| each(&config.context.gjalla.env, |value| text(value)),
    },
];

fn providers(config: &mut Config, words: Vec<String>) -> Taken {
    if let Some(word) = words.iter().find(|word| !PROVIDERS.contains(&word.as_str())) {
        let message = format!("'{word}' is none of {}", PROVIDERS.join(", "));
        return Err(Refusal::of(message, word, &PROVIDERS));
    }
    if !words.iter().any(|word| word == "repository") {
        return Err("the repository is always asked: name it too".to_owned().into());
    }
    config.context.providers = words;
    Ok(())
}
