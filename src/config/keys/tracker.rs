//! Keys of `[actions.tracker]`.

use super::{Key, Slot, list, no_blanks, one, text};

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "actions.tracker.pattern",
        doc: "What a reference to an issue looks like, as patterns of `git tag --list`; without any, no tracker counts.",
        sample: "",
        slot: Slot::List(|config, _, patterns| {
            no_blanks(&patterns)?;
            config.actions.tracker.pattern = patterns;
            Ok(())
        }),
        show: |config| one(list(&config.actions.tracker.pattern)),
    },
    Key {
        name: "actions.tracker.url",
        doc: "Where an issue is found, with `{id}` for its name: the address and the name are one reference then.",
        sample: "url = \"https://issues.example.com/browse/{id}\"",
        slot: Slot::Text(|config, _, url| {
            if url.matches("{id}").count() != 1 {
                return Err(format!("'{url}' has to say once where {{id}} stands").into());
            }
            config.actions.tracker.url = Some(url);
            Ok(())
        }),
        show: |config| config.actions.tracker.url.as_deref().map_or_else(Vec::new, |url| one(text(url))),
    },
    Key {
        name: "actions.tracker.closing-words",
        doc: "Words in front of a reference in a commit message that close the item which carries it.",
        sample: "",
        slot: Slot::List(|config, _, words| {
            no_blanks(&words)?;
            config.actions.tracker.closing_words = words;
            Ok(())
        }),
        show: |config| one(list(&config.actions.tracker.closing_words)),
    },
];
