//! Keys of `[gate]`, with its rules and waivers.

use super::judged::shown;
use super::{Key, Shown, Slot, Value, list, no_blanks, one, text};
use crate::config::Config;
use crate::config::fault::Refusal;
use crate::config::gate::{GateRule, GateScope, GateState, GateWaiver};
use crate::config::names::days;

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "gate.tags",
        doc: "Patterns of the tags that are judged, as in `git tag --list`; without any, those of `deploy.tags`. Tags of \
              services are judged too.",
        sample: "tags = [\"v[0-9]*\"]",
        slot: Slot::List(|config, _, patterns| {
            no_blanks(&patterns)?;
            config.gate.tags = patterns;
            Ok(())
        }),
        show: |config| some_list(&config.gate.tags).map(one).unwrap_or_default(),
    },
    Key {
        name: "gate.since",
        doc: "Promises of earlier incidents close no gate. `git postmortem adopt --write` sets it.",
        sample: "since = 2026-03-08",
        slot: Slot::Day(|config, _, day| config.gate.since = Some(day)),
        show: |config| shown(config.gate.since),
    },
    Key {
        name: "gate.documents",
        doc: "The repository that the documents are in, where it is another one: a name of `[repos]` or a path, and maybe \
              `@` and a revision.",
        sample: "documents = \"incidents@origin/main\"",
        slot: Slot::Text(|config, _, place| {
            if place.trim().is_empty() {
                return Err("it names no repository".to_owned().into());
            }
            config.gate.documents = Some(place);
            Ok(())
        }),
        show: |config| config.gate.documents.as_deref().map(|place| one(text(place))).unwrap_or_default(),
    },
    Key {
        name: "gate.rules.[].name",
        doc: "A rule: promises that are all of what it says close the gate. Its name stands in refusals.",
        sample: "name = \"no overdue P1\"",
        slot: Slot::Text(|config, names, name| {
            rule(config, names).name = Some(name);
            Ok(())
        }),
        show: |config| rules(config, |rule| rule.name.as_deref().map(text)),
    },
    Key {
        name: "gate.rules.[].state",
        doc: "Where they stand, one or several of: overdue (the default), open, doing, stale, slipped, unowned, undated.",
        sample: "state = \"overdue\"",
        slot: Slot::Texts(|config, names, words| {
            rule(config, names).states = words.iter().map(|word| state(word)).collect::<Result<_, _>>()?;
            Ok(())
        }),
        show: |config| {
            rules(config, |rule| {
                let words = rule.states.iter().map(|state| state.word().to_owned());
                some_list(&words.collect::<Vec<_>>())
            })
        },
    },
    Key {
        name: "gate.rules.[].priority",
        doc: "Their priority.",
        sample: "priority = [\"P1\"]",
        slot: Slot::Texts(|config, names, levels| {
            no_blanks(&levels)?;
            rule(config, names).priority = levels;
            Ok(())
        }),
        show: |config| rules(config, |rule| some_list(&rule.priority)),
    },
    Key {
        name: "gate.rules.[].severity",
        doc: "The severity of their incident.",
        sample: "severity = [\"SEV-1\", \"SEV-2\"]",
        slot: Slot::Texts(|config, names, levels| {
            no_blanks(&levels)?;
            rule(config, names).severity = levels;
            Ok(())
        }),
        show: |config| rules(config, |rule| some_list(&rule.severity)),
    },
    Key {
        name: "gate.rules.[].service",
        doc: "The service that their incident is about, by its name in `[services]`.",
        sample: "service = [\"payments\"]",
        slot: Slot::Texts(|config, names, services| {
            no_blanks(&services)?;
            rule(config, names).service = services;
            Ok(())
        }),
        show: |config| rules(config, |rule| some_list(&rule.service)),
    },
    Key {
        name: "gate.rules.[].older-than",
        doc: "How long ago they were published, at least.",
        sample: "older-than = \"30d\"",
        slot: Slot::Text(|config, names, typed| {
            rule(config, names).older_than = Some(span(&typed)?);
            Ok(())
        }),
        show: |config| rules(config, |rule| rule.older_than.map(|days| Value::Text(format!("{days}d")))),
    },
    Key {
        name: "gate.rules.[].grace",
        doc: "How long after its due date a promise is not yet called overdue.",
        sample: "grace = \"7d\"",
        slot: Slot::Text(|config, names, typed| {
            rule(config, names).grace = span(&typed)?;
            Ok(())
        }),
        show: |config| {
            rules(config, |rule| (rule.grace > 0).then(|| Value::Text(format!("{}d", rule.grace))))
        },
    },
    Key {
        name: "gate.rules.[].scope",
        doc: "Which releases they close: `all`, or `touched`, those that change what the promise is about.",
        sample: "scope = \"touched\"",
        slot: Slot::Word(&["all", "touched"], |config, names, word| {
            rule(config, names).scope = if word == "touched" { GateScope::Touched } else { GateScope::All };
        }),
        show: |config| rules(config, |rule| (rule.scope == GateScope::Touched).then(|| text("touched"))),
    },
    Key {
        name: "gate.waivers.[].action",
        doc: "A promise that closes no gate for a while. `git postmortem gate waive` adds one.",
        sample: "action = \"2026-03-08-api-outage#3\"",
        slot: Slot::Text(|config, names, action| {
            if !action.contains(['#', ':']) {
                return Err(
                    format!("'{action}' is no id of an action item; write 2026-03-08-api-outage#3").into()
                );
            }
            waiver(config, names).action = action;
            Ok(())
        }),
        show: |config| waivers(config, |waiver| Some(text(&waiver.action))),
    },
    Key {
        name: "gate.waivers.[].reason",
        doc: "Why.",
        sample: "reason = \"the vendor's fix lands in May\"",
        slot: Slot::Text(|config, names, reason| {
            if reason.trim().is_empty() {
                return Err("a waiver needs a reason".to_owned().into());
            }
            waiver(config, names).reason = reason;
            Ok(())
        }),
        show: |config| waivers(config, |waiver| Some(text(&waiver.reason))),
    },
    Key {
        name: "gate.waivers.[].until",
        doc: "The last day on which it counts.",
        sample: "until = 2026-05-31",
        slot: Slot::Day(|config, names, day| waiver(config, names).until = Some(day)),
        show: |config| waivers(config, |waiver| waiver.until.map(|day| text(&day.to_string()))),
    },
    Key {
        name: "gate.waivers.[].who",
        doc: "Who decided it.",
        sample: "who = \"release board\"",
        slot: Slot::Text(|config, names, who| {
            waiver(config, names).who = Some(who);
            Ok(())
        }),
        show: |config| waivers(config, |waiver| waiver.who.as_deref().map(text)),
    },
];

/// The rule at a place in the list, made where it is new.
fn rule<'c>(config: &'c mut Config, names: &[&str]) -> &'c mut GateRule {
    at(&mut config.gate.rules, names)
}

fn waiver<'c>(config: &'c mut Config, names: &[&str]) -> &'c mut GateWaiver {
    at(&mut config.gate.waivers, names)
}

pub(super) fn at<'l, T: Default>(list: &'l mut Vec<T>, names: &[&str]) -> &'l mut T {
    let place = names.first().and_then(|number| number.parse::<usize>().ok()).unwrap_or(1).max(1) - 1;
    while list.len() <= place {
        list.push(T::default());
    }
    &mut list[place]
}

fn rules(config: &Config, value: impl Fn(&GateRule) -> Option<Value>) -> Shown {
    numbered(&config.gate.rules, value)
}

fn waivers(config: &Config, value: impl Fn(&GateWaiver) -> Option<Value>) -> Shown {
    numbered(&config.gate.waivers, value)
}

pub(super) fn numbered<T>(list: &[T], value: impl Fn(&T) -> Option<Value>) -> Shown {
    let said = list.iter().enumerate().filter_map(|(at, one)| Some((at, value(one)?)));
    said.map(|(at, value)| (vec![(at + 1).to_string()], value)).collect()
}

fn some_list(texts: &[String]) -> Option<Value> {
    (!texts.is_empty()).then(|| list(texts))
}

fn state(word: &str) -> Result<GateState, Refusal> {
    let known = GateState::ALL.map(GateState::word);
    let unknown = || Refusal::of(format!("'{word}' is none of {}", known.join(", ")), word, &known);
    GateState::ALL.into_iter().find(|state| state.word() == word).ok_or_else(unknown)
}

fn span(typed: &str) -> Result<u32, Refusal> {
    days(typed).ok_or_else(|| format!("'{typed}' is no span of days; write 14d or 2w").into())
}
