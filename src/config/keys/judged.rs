//! Keys of `[lint]`. An option of a rule is a flat key here and a field of [`Judged`](crate::config::Judged).

use chrono::NaiveDate;

use super::gate::{at, numbered};
use super::{Key, Shown, Slot, Value, each, list, no_blanks, one, text};
use crate::config::Config;
use crate::config::fault::Refusal;
use crate::config::judged::CustomRule;
use crate::model::{Level, rules};

const LEVELS: &[&str] = &["off", "info", "warning", "error"];

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "lint.since",
        doc: "Documents of earlier incidents are not linted. `git postmortem adopt --write` sets it.",
        sample: "since = 2026-03-08",
        slot: Slot::Day(|config, _, day| config.lint.since = Some(day)),
        show: |config| shown(config.lint.since),
    },
    Key {
        name: "lint.words",
        doc: "Further words and phrases that blame, in any form of case.",
        sample: "words = [\"fat finger\"]",
        slot: Slot::List(|config, _, words| {
            no_blanks(&words)?;
            config.lint.words = words;
            Ok(())
        }),
        show: |config| one(list(&config.lint.words)),
    },
    Key {
        name: "lint.names",
        doc: "Further people, by name or handle, besides those of the history, `.mailmap` and CODEOWNERS.",
        sample: "names = [\"Ana\"]",
        slot: Slot::List(|config, _, names| {
            no_blanks(&names)?;
            config.lint.names = names;
            Ok(())
        }),
        show: |config| one(list(&config.lint.names)),
    },
    Key {
        name: "lint.products",
        doc: "Names that read like a person's and are a product's, a system's or a place's.",
        sample: "products = [\"Jenkins\"]",
        slot: Slot::List(|config, _, names| {
            no_blanks(&names)?;
            config.lint.products = names;
            Ok(())
        }),
        show: |config| one(list(&config.lint.products)),
    },
    Key {
        name: "lint.rules.*",
        doc: "How much the findings of a rule weigh, by its code or its name: off, info, warning or error. `git postmortem \
              lint --list` shows every rule with its level.",
        sample: "missing-section = \"error\"",
        slot: Slot::Text(|config, names, word| {
            let rule = rule(names.first().copied().unwrap_or_default())?;
            config.lint.rules.insert(rule, level(&word)?);
            Ok(())
        }),
        show: |config| each(&config.lint.rules, |level| text(level.word())),
    },
    Key {
        name: "lint.custom.[].name",
        doc: "A rule of the team's own: what it is called in findings and in comments that silence it.",
        sample: "name = \"no-codenames\"",
        slot: Slot::Text(|config, names, name| {
            // One that is refused is said all the same: it is not missing too.
            custom(config, names).name.clone_from(&name);
            word(name).map(drop)
        }),
        show: |config| customs(config, |rule| (!rule.name.is_empty()).then(|| text(&rule.name))),
    },
    Key {
        name: "lint.custom.[].code",
        doc: "Its code, where it shall have one besides its name.",
        sample: "code = \"ACME1\"",
        slot: Slot::Text(|config, names, code| {
            custom(config, names).code = Some(word(code)?);
            Ok(())
        }),
        show: |config| customs(config, |rule| rule.code.as_deref().map(text)),
    },
    Key {
        name: "lint.custom.[].pattern",
        doc: "What it looks for: a regular expression, as the Rust crate regex reads them; `(?i)` ignores case.",
        sample: "pattern = '(?i)\\bproject bluebird\\b'",
        slot: Slot::Text(|config, names, pattern| {
            let read = regex::Regex::new(&pattern);
            custom(config, names).pattern = pattern;
            read.map(drop).map_err(|error| unreadable(&error).into())
        }),
        show: |config| customs(config, |rule| (!rule.pattern.is_empty()).then(|| text(&rule.pattern))),
    },
    Key {
        name: "lint.custom.[].message",
        doc: "What is wrong where it is found; `{match}` stands for what was found.",
        sample: "message = \"'{match}' means nothing to readers outside the team\"",
        slot: Slot::Text(|config, names, message| {
            custom(config, names).message = message;
            Ok(())
        }),
        show: |config| customs(config, |rule| (!rule.message.is_empty()).then(|| text(&rule.message))),
    },
    Key {
        name: "lint.custom.[].help",
        doc: "What to do instead.",
        sample: "help = \"say what the project is about\"",
        slot: Slot::Text(|config, names, help| {
            custom(config, names).help = Some(help);
            Ok(())
        }),
        show: |config| customs(config, |rule| rule.help.as_deref().map(text)),
    },
    Key {
        name: "lint.custom.[].section",
        doc: "The one section that it is asked of, by its heading or its key (`root-cause`); without it, the whole \
              document.",
        sample: "section = \"summary\"",
        slot: Slot::Text(|config, names, section| {
            custom(config, names).section = Some(section);
            Ok(())
        }),
        show: |config| customs(config, |rule| rule.section.as_deref().map(text)),
    },
    Key {
        name: "lint.custom.[].level",
        doc: "How much its findings weigh.",
        sample: "level = \"warning\"",
        slot: Slot::Word(LEVELS, |config, names, word| {
            custom(config, names).level = Level::of(word).unwrap_or(Level::Warning);
        }),
        show: |config| customs(config, |rule| Some(text(rule.level.word()))),
    },
];

pub(super) fn shown(day: Option<NaiveDate>) -> Shown {
    day.map(|day| one(text(&day.to_string()))).unwrap_or_default()
}

/// The code of a rule that a key names.
fn rule(typed: &str) -> Result<&'static str, Refusal> {
    rules::find(typed).map(|(code, _)| code).ok_or_else(|| Refusal {
        message: format!("there is no rule '{typed}'; git postmortem lint --list shows every one"),
        nearest: rules::nearest(typed).map(str::to_owned),
    })
}

fn level(word: &str) -> Result<Level, Refusal> {
    let unknown = || Refusal::of(format!("'{word}' is none of {}", LEVELS.join(", ")), word, LEVELS);
    Level::of(word).ok_or_else(unknown)
}

/// What comments can name: one word.
fn word(name: String) -> Result<String, Refusal> {
    let is_word =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if is_word { Ok(name) } else { Err(format!("'{name}' is no name; write it as no-codenames").into()) }
}

/// The last line of what the reader of expressions says has the reason, the others draw it.
fn unreadable(error: &regex::Error) -> String {
    let said = error.to_string();
    let last = said.lines().last().unwrap_or_default().trim();
    format!("no regular expression: {}", last.trim_start_matches("error: "))
}

fn custom<'c>(config: &'c mut Config, names: &[&str]) -> &'c mut CustomRule {
    at(&mut config.lint.custom, names)
}

fn customs(config: &Config, value: impl Fn(&CustomRule) -> Option<Value>) -> Shown {
    numbered(&config.lint.custom, value)
}
