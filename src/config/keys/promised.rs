//! Keys of `[lint]` about promises, links and what is private.

use super::{Key, Slot, Value, list, no_blanks, one};

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "lint.vague-words",
        doc: "Further words and phrases that promise nothing, at the beginning or end of an item (`vague-action`).",
        sample: "vague-words = [\"keep an eye on\"]",
        slot: Slot::List(|config, _, words| {
            no_blanks(&words)?;
            config.lint.promised.vague_words = words;
            Ok(())
        }),
        show: |config| one(list(&config.lint.promised.vague_words)),
    },
    Key {
        name: "lint.most-actions",
        doc: "With more items that are still owed, a document promises too much at once (`too-many-actions`).",
        sample: "",
        slot: Slot::Number(|config, _, number| config.lint.promised.most_actions = number),
        show: |config| one(Value::Number(config.lint.promised.most_actions)),
    },
    Key {
        name: "lint.severe-levels",
        doc: "How many of the gravest severities ask for an action item (`severe-without-action`).",
        sample: "",
        slot: Slot::Number(|config, _, number| config.lint.promised.severe_levels = number),
        show: |config| one(Value::Number(config.lint.promised.severe_levels)),
    },
    Key {
        name: "lint.silent-days",
        doc: "After how many days without a commit an owner is silent (`silent-owner`).",
        sample: "",
        slot: Slot::Number(|config, _, number| config.lint.promised.silent_days = number),
        show: |config| one(Value::Number(config.lint.promised.silent_days)),
    },
    Key {
        name: "lint.link-days",
        doc: "By how many days a linked commit may lie outside the incident (`revision-outside-incident`).",
        sample: "",
        slot: Slot::Number(|config, _, number| config.lint.promised.link_days = number),
        show: |config| one(Value::Number(config.lint.promised.link_days)),
    },
    Key {
        name: "lint.own-domains",
        doc: "Domains whose mail addresses are the team's own, besides those that the history has (`personal-data`).",
        sample: "own-domains = [\"example.com\"]",
        slot: Slot::List(|config, _, domains| {
            no_blanks(&domains)?;
            config.lint.promised.own_domains = domains;
            Ok(())
        }),
        show: |config| one(list(&config.lint.promised.own_domains)),
    },
];
