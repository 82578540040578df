//! Keys of `[context]`.

use super::{Key, Slot, list, no_blanks, one};

pub(super) const KEYS: &[Key] = &[
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
];
