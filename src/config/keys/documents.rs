//! Keys of `[documents]` and `[drafts]`.

use super::{Key, Slot, Value, each, list, no_blanks, one, text};
use crate::config::fault::Refusal;
use crate::config::names::{is_branch_name, is_inner_path};
use crate::config::path::check_output;
use crate::config::settings::Publish;
use crate::document::Vocabulary;
use crate::model::SectionKind;

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "documents.output",
        doc: "The path of a new document. Placeholders: {date} {year} {month} {slug} {id} {severity} {service} \
              {number} {key}. Where the repository already has post-mortems, their folder and naming are the default.",
        sample: "",
        slot: Slot::Text(|config, _, template| {
            check_output(&template)?;
            config.documents.output = template;
            Ok(())
        }),
        show: |config| one(text(&config.documents.output)),
    },
    Key {
        name: "documents.include",
        doc: "Folders, or patterns like `services/**/post-mortems/*.md`, that are read besides the folder of `output`. \
              Folders that look like post-mortems are the default.",
        sample: "",
        slot: Slot::List(|config, _, places| {
            check_places(&places)?;
            config.documents.include = places;
            Ok(())
        }),
        show: |config| one(list(&config.documents.include)),
    },
    Key {
        name: "documents.exclude",
        doc: "Folders or patterns that are not read.",
        sample: "",
        slot: Slot::List(|config, _, places| {
            check_places(&places)?;
            config.documents.exclude = places;
            Ok(())
        }),
        show: |config| one(list(&config.documents.exclude)),
    },
    Key {
        name: "documents.language",
        doc: "The language of documents that do not tell, as a code like `en`.",
        sample: "",
        slot: Slot::Text(|config, _, code| {
            let known: Vec<&str> = Vocabulary::languages().collect();
            if !known.contains(&code.as_str()) {
                let message = format!("no language '{code}'; there are {}", known.join(", "));
                return Err(Refusal::of(message, &code, &known));
            }
            config.documents.language = code;
            Ok(())
        }),
        show: |config| one(text(&config.documents.language)),
    },
    Key {
        name: "documents.publish",
        doc: "What `publish` does without a flag: `commit` on the checked-out branch, `branch` for review, or `stage`.",
        sample: "",
        slot: Slot::Word(&["commit", "branch", "stage"], |config, _, word| {
            config.documents.publish = match word {
                "branch" => Publish::Branch,
                "stage" => Publish::Stage,
                _ => Publish::Commit,
            };
        }),
        show: |config| {
            one(Value::from(match config.documents.publish {
                Publish::Commit => "commit",
                Publish::Branch => "branch",
                Publish::Stage => "stage",
            }))
        },
    },
    Key {
        name: "documents.templates.*",
        doc: "Your own templates: the name for `new --template`, a severity or a kind, and a file in the repository. \
              `default` replaces the built-in one.",
        sample: "default = \"docs/post-mortems/template.md\"\nnear-miss = \"docs/post-mortems/near-miss.md\"",
        slot: Slot::Text(|config, names, path| {
            if !is_inner_path(&path) || path.ends_with('/') {
                return Err(format!("'{path}' is no path of a file below the root").into());
            }
            config.documents.templates.insert(names[0].to_owned(), path);
            Ok(())
        }),
        show: |config| each(&config.documents.templates, |entry: &String| text(entry)),
    },
    Key {
        name: "documents.synonyms.*",
        doc: "Further headings of a section: summary, impact, timeline, root-cause, five-whys, contributing-factors, \
              went-well, went-wrong, action-items, lessons-learned, linked-commits, attestation.",
        sample: "root-cause = [\"What broke\", \"Why it broke\"]",
        slot: Slot::List(|config, names, headings| {
            no_blanks(&headings)?;
            let known = SectionKind::ALL.map(SectionKind::key);
            let kind = SectionKind::ALL.into_iter().find(|kind| kind.key() == names[0]);
            let unknown = || Refusal::of(format!("unknown section '{}'", names[0]), names[0], &known);
            config.documents.synonyms.insert(kind.ok_or_else(unknown)?, headings);
            Ok(())
        }),
        show: |config| {
            let synonyms = config.documents.synonyms.iter();
            synonyms.map(|(kind, headings)| (vec![kind.key().to_owned()], list(headings))).collect()
        },
    },
    Key {
        name: "drafts.branch",
        doc: "The branch that drafts live on. It has a root of its own and is never checked out.",
        sample: "",
        slot: Slot::Text(|config, _, branch| {
            if !is_branch_name(&branch) {
                return Err(format!("git takes no branch named '{branch}'").into());
            }
            config.drafts.branch = branch;
            Ok(())
        }),
        show: |config| one(text(&config.drafts.branch)),
    },
    Key {
        name: "drafts.remote",
        doc: "The remote that drafts are shared through.",
        sample: "",
        slot: Slot::Text(|config, _, remote| {
            if !is_branch_name(&remote) {
                return Err(format!("git takes no remote named '{remote}'").into());
            }
            config.drafts.remote = remote;
            Ok(())
        }),
        show: |config| one(text(&config.drafts.remote)),
    },
    Key {
        name: "drafts.sign",
        doc: "Whether commits of drafts are signed. Off, so that `new` never waits for a key; `publish` signs as git does.",
        sample: "",
        slot: Slot::Flag(|config, sign| config.drafts.sign = sign),
        show: |config| one(Value::Flag(config.drafts.sign)),
    },
];

/// Folders and patterns must be relative and stay inside.
fn check_places(places: &[String]) -> super::Taken {
    match places.iter().find(|place| !is_inner_path(place.strip_prefix('/').unwrap_or(place))) {
        Some(place) => Err(format!("'{place}' is no folder or pattern below the root").into()),
        None => Ok(()),
    }
}
