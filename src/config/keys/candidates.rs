//! Keys of `[candidates]`.

use super::{Key, Slot, list, no_blanks, one, text};
use crate::config::candidates::hours;

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "candidates.within",
        doc: "How soon after a release a fix of what it changed says that the release went wrong: hours or days.",
        sample: "",
        slot: Slot::Text(|config, _, span| match hours(&span) {
            Some(hours) => {
                config.candidates.within_hours = hours;
                Ok(())
            }
            None => Err(format!("'{span}' is no span; write hours or days: 24h, 3d").into()),
        }),
        show: |config| one(text(&format!("{}h", config.candidates.within_hours))),
    },
    Key {
        name: "candidates.fix-words",
        doc: "Words that the message of a fix begins with, also behind `part: ` and before `(part):`.",
        sample: "",
        slot: Slot::List(|config, _, words| {
            no_blanks(&words)?;
            config.candidates.fix_words = words;
            Ok(())
        }),
        show: |config| one(list(&config.candidates.fix_words)),
    },
    Key {
        name: "candidates.rollback-tags",
        doc: "Patterns of tags that say that something was rolled back, as in `git tag --list`; upper and lower case are alike.",
        sample: "",
        slot: Slot::List(|config, _, patterns| {
            no_blanks(&patterns)?;
            config.candidates.rollback_tags = patterns;
            Ok(())
        }),
        show: |config| one(list(&config.candidates.rollback_tags)),
    },
    Key {
        name: "candidates.hotfix-tags",
        doc: "Patterns of tags of hotfixes.",
        sample: "",
        slot: Slot::List(|config, _, patterns| {
            no_blanks(&patterns)?;
            config.candidates.hotfix_tags = patterns;
            Ok(())
        }),
        show: |config| one(list(&config.candidates.hotfix_tags)),
    },
    Key {
        name: "candidates.release-branches",
        doc: "Patterns of branches that releases are made from: what is picked to one after its release was urgent.",
        sample: "",
        slot: Slot::List(|config, _, patterns| {
            no_blanks(&patterns)?;
            config.candidates.release_branches = patterns;
            Ok(())
        }),
        show: |config| one(list(&config.candidates.release_branches)),
    },
];
