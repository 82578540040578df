//! Keys of `[services]`, `[repos]`, `[deploy]` and `[commit]`.

use super::{Key, Shown, Slot, Taken, Value, each, list, no_blanks, one, text};
use crate::config::commit::PLACEHOLDERS;
use crate::config::names::is_inner_path;
use crate::config::path::check_words;
use crate::config::settings::{Config, ServiceConfig};

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "services.*.tags",
        doc: "Patterns of its release tags, as in `git tag --list`.",
        sample: "# [services.payments]\n# tags = [\"payments-v[0-9]*\"]",
        slot: Slot::List(|config, names, patterns| {
            no_blanks(&patterns)?;
            service(config, names[0]).tags = patterns;
            Ok(())
        }),
        show: |config| {
            // A service that says nothing yet is still one.
            services(config, |service| {
                let shown = !service.tags.is_empty() || *service == ServiceConfig::default();
                shown.then(|| list(&service.tags))
            })
        },
    },
    Key {
        name: "services.*.paths",
        doc: "Folders or patterns of its code.",
        sample: "# paths = [\"services/payments\"]",
        slot: Slot::List(|config, names, paths| {
            if let Some(path) = paths.iter().find(|path| !is_inner_path(path)) {
                return Err(format!("'{path}' is no folder or pattern below the root").into());
            }
            service(config, names[0]).paths = paths;
            Ok(())
        }),
        show: |config| services(config, |service| (!service.paths.is_empty()).then(|| list(&service.paths))),
    },
    Key {
        name: "services.*.team",
        doc: "Who owns it.",
        sample: "# team = \"@payments\"",
        slot: Slot::Text(|config, names, team| {
            service(config, names[0]).team = Some(team);
            Ok(())
        }),
        show: |config| services(config, |service| service.team.as_deref().map(text)),
    },
    Key {
        name: "repos.*",
        doc: "A URL, or a path beside this repository. Where yours is elsewhere: `git config postmortem.repo.payments PATH`",
        sample: "payments = \"https://git.example.com/payments.git\"",
        slot: Slot::Text(|config, names, place| {
            if names[0].contains([':', '#', '/']) || names[0].trim().is_empty() {
                return Err(format!("'{}' is no name for a repository: no ':', '#' or '/'", names[0]).into());
            }
            config.repos.insert(names[0].to_owned(), place);
            Ok(())
        }),
        show: |config| each(&config.repos, |entry: &String| text(entry)),
    },
    Key {
        name: "deploy.tags",
        doc: "Patterns of release tags, as in `git tag --list`.",
        sample: "",
        slot: Slot::List(|config, _, patterns| {
            no_blanks(&patterns)?;
            config.deploy.tags = patterns;
            Ok(())
        }),
        show: |config| one(list(&config.deploy.tags)),
    },
    Key {
        name: "deploy.environments",
        doc: "The environments that count as production in imported deploys, and in names of tags that have one.",
        sample: "",
        slot: Slot::List(|config, _, environments| {
            no_blanks(&environments)?;
            config.deploy.environments = environments;
            Ok(())
        }),
        show: |config| one(list(&config.deploy.environments)),
    },
    Key {
        name: "deploy.log",
        doc: "The file of deploys that your pipeline writes, where there is one: an object a line with time, environment, \
              revision and maybe service.",
        sample: "",
        slot: Slot::Text(|config, _, path| {
            if !is_inner_path(&path) {
                return Err(format!("'{path}' is no file below the root").into());
            }
            config.deploy.log = path;
            Ok(())
        }),
        show: |config| one(text(&config.deploy.log)),
    },
    Key {
        name: "commit.message",
        doc: "The first line. Placeholders: {verb} {id} {title} {date} {severity} {service} {key}.",
        sample: "",
        slot: Slot::Text(|config, _, template| {
            check_words(&template, &PLACEHOLDERS)?;
            if template.trim().is_empty() || template.contains('\n') {
                return Err("the first line of a commit message is one line, and not empty"
                    .to_owned()
                    .into());
            }
            config.commit.message = template;
            Ok(())
        }),
        show: |config| one(text(&config.commit.message)),
    },
    Key {
        name: "commit.trailers",
        doc: "Trailers below the message, like `Post-Mortem: {id}`. One that names what is not known is left out.",
        sample: "",
        slot: Slot::List(|config, _, trailers| {
            trailers.iter().try_for_each(|trailer| check_trailer(trailer))?;
            config.commit.trailers = trailers;
            Ok(())
        }),
        show: |config| one(list(&config.commit.trailers)),
    },
];

/// The service of a name, made where it is new.
fn service<'a>(config: &'a mut Config, name: &str) -> &'a mut ServiceConfig {
    config.services.entry(name.to_owned()).or_default()
}

fn services(config: &Config, value: fn(&ServiceConfig) -> Option<Value>) -> Shown {
    let said = config.services.iter().filter_map(|(name, service)| Some((name, value(service)?)));
    said.map(|(name, value)| (vec![name.clone()], value)).collect()
}

/// What `git interpret-trailers` would take for a trailer.
fn check_trailer(trailer: &str) -> Taken {
    check_words(trailer, &PLACEHOLDERS)?;
    let is_token =
        |token: &str| !token.is_empty() && token.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match trailer.split_once(": ") {
        Some((token, value)) if is_token(token) && !value.trim().is_empty() && !value.contains('\n') => {
            Ok(())
        }
        _ => Err(format!("'{trailer}' is no trailer; write `Word: value`").into()),
    }
}
