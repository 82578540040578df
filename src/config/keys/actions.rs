//! Keys of `[actions]`.

use super::severity::{check_levels, insert_alias};
use super::{Key, Slot, Value, each, list, no_blanks, one, text};
use crate::config::fault::Refusal;
use crate::config::names::days;
use crate::config::settings::Sla;
use crate::config::zone::Zone;
use crate::document::DateOrder;
use crate::model::Status;

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "actions.priorities",
        doc: "Names of priorities, most urgent first.",
        sample: "",
        slot: Slot::List(|config, _, levels| {
            check_levels(&levels)?;
            config.actions.priorities = levels;
            Ok(())
        }),
        show: |config| one(list(&config.actions.priorities)),
    },
    Key {
        name: "actions.time-zone",
        doc: "The IANA zone in which a due day ends: a promise is late once that day is over there.",
        sample: "",
        slot: Slot::Text(|config, _, name| {
            let zone = Zone::named(&name).ok_or_else(|| {
                let known: Vec<&str> = Zone::names().collect();
                Refusal::of(format!("unknown time zone '{name}'"), &name, &known)
            })?;
            config.actions.time_zone = zone;
            Ok(())
        }),
        show: |config| one(Value::from(config.actions.time_zone.name())),
    },
    Key {
        name: "actions.date-order",
        doc: "How `03/04/2026` is read: `auto` (from the document's other dates), `day-first` or `month-first`.",
        sample: "",
        slot: Slot::Word(&["auto", "day-first", "month-first"], |config, _, word| {
            config.actions.date_order = match word {
                "day-first" => DateOrder::DayFirst,
                "month-first" => DateOrder::MonthFirst,
                _ => DateOrder::Auto,
            };
        }),
        show: |config| {
            one(Value::from(match config.actions.date_order {
                DateOrder::Auto => "auto",
                DateOrder::DayFirst => "day-first",
                DateOrder::MonthFirst => "month-first",
            }))
        },
    },
    Key {
        name: "actions.priority-aliases.*",
        doc: "Other spellings, and the priority that each means.",
        sample: "",
        slot: Slot::Text(|config, names, level| {
            insert_alias(&mut config.actions.priority_aliases, names[0], level);
            Ok(())
        }),
        show: |config| each(&config.actions.priority_aliases, |entry: &String| text(entry)),
    },
    Key {
        name: "actions.sla.*",
        doc: "Within how many days of the incident a promise without a due date falls due, by priority.",
        sample: "P1 = \"14d\"\nP2 = \"6w\"",
        slot: Slot::Text(|config, names, span| {
            let days = days(&span).ok_or_else(|| format!("'{span}' is no span of days; write 14d or 2w"))?;
            config.actions.sla.insert(names[0].to_owned(), Sla { days });
            Ok(())
        }),
        show: |config| each(&config.actions.sla, |sla| Value::Text(format!("{}d", sla.days))),
    },
    Key {
        name: "actions.owners.*",
        doc: "An owner as it is shown, and its other names; an `@handle` among them is a member of that team.",
        sample: "\"@platform\" = [\"Platform team\", \"@ana\", \"ops@example.com\"]",
        slot: Slot::List(|config, names, others| {
            no_blanks(&others)?;
            config.actions.owners.insert(names[0].to_owned(), others);
            Ok(())
        }),
        show: |config| each(&config.actions.owners, |others: &Vec<String>| list(others)),
    },
    Key {
        name: "actions.status.*",
        doc: "Further words of a status: proposed, open, doing, done, cancelled.",
        sample: "done = [\"shipped\", \"live\"]",
        slot: Slot::List(|config, names, words| {
            no_blanks(&words)?;
            let known = Status::ALL.map(Status::word);
            let status = Status::ALL.into_iter().find(|status| status.word() == names[0]);
            let unknown = || Refusal::of(format!("unknown status '{}'", names[0]), names[0], &known);
            config.actions.status.insert(status.ok_or_else(unknown)?, words);
            Ok(())
        }),
        show: |config| {
            let words = config.actions.status.iter();
            words.map(|(status, words)| (vec![status.word().to_owned()], list(words))).collect()
        },
    },
];
