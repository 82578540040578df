//! Keys of `[lint]` that say what a document is to have.

use super::{Key, Slot, Value, one, text};
use crate::config::fault::Refusal;
use crate::config::written::{self, Required};
use crate::model::SectionKind;

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "lint.sections",
        doc: "Sections that every document has, by their keys (`missing-section`).",
        sample: "",
        slot: Slot::List(|config, _, keys| {
            config.lint.written.sections = named(&keys, &SectionKind::ALL, SectionKind::key)?;
            Ok(())
        }),
        show: |config| one(words(&config.lint.written.sections, SectionKind::key)),
    },
    Key {
        name: "lint.fields",
        doc: "Metadata that every document has besides its date (`missing-field`): duration, severity, authors, status, service.",
        sample: "",
        slot: Slot::List(|config, _, keys| {
            config.lint.written.fields = named(&keys, &Required::ALL, Required::word)?;
            Ok(())
        }),
        show: |config| one(words(&config.lint.written.fields, Required::word)),
    },
    Key {
        name: "lint.summary-sentences",
        doc: "How many sentences a summary has, at least and at most (`summary-length`).",
        sample: "",
        slot: Slot::Text(|config, _, range| match written::range(&range) {
            Some(range) => {
                config.lint.written.summary_sentences = range;
                Ok(())
            }
            None => Err(format!("'{range}' is no range; write it as 2-3").into()),
        }),
        show: |config| {
            let (least, most) = config.lint.written.summary_sentences;
            one(text(&format!("{least}-{most}")))
        },
    },
    Key {
        name: "lint.root-cause-words",
        doc: "With fewer words a root cause is too thin to be one (`thin-root-cause`).",
        sample: "",
        slot: Slot::Number(|config, _, number| config.lint.written.root_cause_words = number),
        show: |config| one(Value::Number(config.lint.written.root_cause_words)),
    },
    Key {
        name: "lint.whys",
        doc: "With fewer whys a chain stops early (`whys-stop-early`).",
        sample: "",
        slot: Slot::Number(|config, _, number| config.lint.written.whys = number),
        show: |config| one(Value::Number(config.lint.written.whys)),
    },
    Key {
        name: "lint.timeline-events",
        doc: "With fewer entries a timeline is too short to tell what happened (`thin-timeline`).",
        sample: "",
        slot: Slot::Number(|config, _, number| config.lint.written.timeline_events = number),
        show: |config| one(Value::Number(config.lint.written.timeline_events)),
    },
    Key {
        name: "lint.timeline-gap",
        doc: "While an incident lasts, nothing said for longer than this is a gap (`timeline-gap`): minutes, hours or \
              days.",
        sample: "",
        slot: Slot::Text(|config, _, span| {
            config.lint.written.timeline_gap = minutes(&span)?;
            Ok(())
        }),
        show: |config| one(text(&written::span(config.lint.written.timeline_gap))),
    },
    Key {
        name: "lint.duration-tolerance",
        doc: "By how much the stated duration and the timeline may differ (`duration-disagrees`), and by a tenth of the \
              duration in any case.",
        sample: "",
        slot: Slot::Text(|config, _, span| {
            config.lint.written.duration_tolerance = minutes(&span)?;
            Ok(())
        }),
        show: |config| one(text(&written::span(config.lint.written.duration_tolerance))),
    },
];

fn minutes(span: &str) -> Result<u32, Refusal> {
    written::minutes(span)
        .ok_or_else(|| format!("'{span}' is no span; write minutes, hours or days: 15m, 4h, 2d").into())
}

/// What words of a list stand for.
fn named<T: Copy>(typed: &[String], all: &[T], word: impl Fn(T) -> &'static str) -> Result<Vec<T>, Refusal> {
    let known: Vec<&'static str> = all.iter().map(|one| word(*one)).collect();
    let find = |typed: &String| {
        let place = known.iter().position(|word| word == typed);
        let refusal = || Refusal::of(format!("'{typed}' is none of {}", known.join(", ")), typed, &known);
        Ok(all[place.ok_or_else(refusal)?])
    };
    typed.iter().map(find).collect()
}

fn words<T: Copy>(list: &[T], word: impl Fn(T) -> &'static str) -> Value {
    Value::List(list.iter().map(|one| word(*one).to_owned()).collect())
}
