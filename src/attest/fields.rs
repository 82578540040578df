//! What each field of an attestation says, from what was gathered and from the document. What nobody provided is `None`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::address::references;
use super::impact::impact;
use crate::context::{SystemContext, SystemRule};
use crate::document::{Document, Vocabulary, literal};
use crate::lint::is_private;
use crate::model::ReferenceKind;

/// So many of a list are written out.
const MOST: usize = 50;
/// So many lines of an impact, or parts of a system.
pub(super) const MOST_LINES: usize = 12;
/// A longer line is told as being there.
const LONGEST: usize = 160;

/// A field of an attestation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// How the system was when it broke.
    Context,
    /// The files that were looked at.
    Files,
    /// Whom it hit.
    Impact,
    /// What the team could not do.
    Gaps,
    /// What the system was meant to keep and did not.
    Rules,
    /// What was promised.
    Actions,
    /// What stands elsewhere.
    References,
}

impl Field {
    /// Every field, in the order in which they are written.
    pub const ALL: [Self; 7] =
        [Self::Context, Self::Files, Self::Impact, Self::Gaps, Self::Rules, Self::Actions, Self::References];

    /// The key on the command line, in JSON and in language files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Files => "files",
            Self::Impact => "impact",
            Self::Gaps => "gaps",
            Self::Rules => "rules",
            Self::Actions => "actions",
            Self::References => "references",
        }
    }
}

/// What was gathered beside the document.
#[derive(Debug, Clone, Default)]
pub struct Given<'a> {
    /// The commit as of which it was gathered, why that one, and its day.
    pub at: Option<(String, String, String)>,
    /// The files that the linked revisions changed.
    pub files: Vec<&'a str>,
    /// Who owned them, with how many files.
    pub owners: Vec<(&'a str, usize)>,
    /// Files that usually change too.
    pub companions: Vec<&'a str>,
    /// Ids of earlier incidents in the same files.
    pub incidents: Vec<&'a str>,
    /// Pages that describe them.
    pub pages: Vec<&'a str>,
    /// What a provider told.
    pub system: Option<&'a SystemContext>,
    /// The team's own patterns of addresses.
    pub links: BTreeMap<ReferenceKind, Vec<String>>,
}

/// The fields with their values, a line each with nested lines below it; `None` is what nobody provided.
#[must_use]
pub fn fields(
    document: &Document<'_>,
    names: &Vocabulary,
    given: &Given<'_>,
) -> Vec<(Field, Option<String>)> {
    let value = |field| match field {
        Field::Context => context(names, given),
        Field::Files => files(names, given),
        Field::Impact => impact(document, names),
        Field::Gaps => None,
        Field::Rules => rules(names, given.system),
        Field::Actions => Some(actions(document, names)),
        Field::References => addresses(document, names, given),
    };
    Field::ALL.into_iter().map(|field| (field, value(field))).collect()
}

/// A text of the language with its braces filled in.
pub(super) fn filled(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// A name as code, whatever signs it has.
pub(super) fn code(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let longest = plain.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if plain.starts_with('`') || plain.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{plain}{gap}{fence}")
}

/// A sentence of somebody else's in one line without markup; none where it is not to be repeated.
pub(super) fn sentence(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_kept = !text.is_empty() && text.len() <= LONGEST && !text.contains("://") && !is_private(&text);
    is_kept.then(|| literal(&text, false))
}

/// The first of many, and how many more.
fn some(names: &Vocabulary, all: &[String], most: usize) -> String {
    let mut told = all.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    if all.len() > most {
        let more = (all.len() - most).to_string();
        let _ = write!(told, ", {}", filled(names.attested("more"), &[("count", &more)]));
    }
    told
}

pub(super) fn nested(value: &mut String, label: &str, text: &str) {
    let _ = write!(value, "\n  - {label}: {text}");
}

fn context(names: &Vocabulary, given: &Given<'_>) -> Option<String> {
    let (commit, why, day) = given.at.as_ref()?;
    if given.files.is_empty() && given.system.is_none() {
        return None;
    }
    let short = code(commit.get(..12).unwrap_or(commit));
    let why = literal(why, false);
    let values = [("commit", short.as_str()), ("why", why.as_str()), ("day", day.as_str())];
    let mut value = filled(names.attested("as-of"), &values);
    if let Some(system) = given.system {
        told_by(names, system, &mut value);
    }
    let codes = |all: &[&str]| all.iter().map(|one| code(one)).collect::<Vec<_>>();
    let owners: Vec<String> =
        given.owners.iter().map(|(owner, files)| format!("{} ({files})", literal(owner, false))).collect();
    for (key, all) in [
        ("owners", owners),
        ("pages", codes(&given.pages)),
        ("companions", codes(&given.companions)),
        ("incidents", given.incidents.iter().map(|id| literal(id, false)).collect()),
    ] {
        if !all.is_empty() {
            nested(&mut value, names.attested(key), &some(names, &all, MOST_LINES));
        }
    }
    Some(value)
}

/// What a provider told of the system.
fn told_by(names: &Vocabulary, system: &SystemContext, value: &mut String) {
    let provider = literal(&system.provider, false);
    let state: Vec<String> =
        system.state.iter().map(|(name, state)| literal(&format!("{name} {state}"), false)).collect();
    let parts: Vec<String> =
        system.parts.iter().map(|(name, count)| literal(&format!("{name} {count}"), false)).collect();
    let from = filled(names.attested("provided"), &[("provider", &provider)]);
    let told: Vec<String> = [state, parts].concat().into_iter().filter(|part| !is_private(part)).collect();
    if !told.is_empty() {
        nested(value, &from, &some(names, &told, MOST_LINES));
    }
    for element in system.elements.iter().take(MOST_LINES) {
        let facts: Vec<String> = element.facts.iter().take(2).filter_map(|fact| sentence(fact)).collect();
        let facts = if facts.is_empty() { String::new() } else { format!(": {}", facts.join(" ")) };
        nested(value, names.attested("part"), &format!("{}{facts}", code(&element.name)));
    }
    if system.elements.len() > MOST_LINES {
        let more = (system.elements.len() - MOST_LINES).to_string();
        nested(value, names.attested("part"), &filled(names.attested("more"), &[("count", &more)]));
    }
    let unknown: Vec<String> = system.unknown_files.iter().map(|file| code(file)).collect();
    if !unknown.is_empty() {
        let label = filled(names.attested("unknown"), &[("provider", &provider)]);
        nested(value, &label, &some(names, &unknown, MOST_LINES));
    }
}

fn files(names: &Vocabulary, given: &Given<'_>) -> Option<String> {
    let all: Vec<String> = given.files.iter().map(|file| code(file)).collect();
    (!all.is_empty()).then(|| format!("{}\n  - {}", all.len(), some(names, &all, MOST)))
}

/// Nobody tells what was broken but the team; what holds for the files is known.
fn rules(names: &Vocabulary, system: Option<&SystemContext>) -> Option<String> {
    let system = system.filter(|system| !system.rules.is_empty())?;
    let provider = literal(&system.provider, false);
    let from = filled(names.attested("provided"), &[("provider", &provider)]);
    let label = format!("{} ({from})", names.attested("in-force"));
    let mut value = names.attested("not-recorded").to_owned();
    let told = |rule: &SystemRule| {
        let kind =
            if rule.kind.is_empty() { String::new() } else { format!(" ({})", literal(&rule.kind, false)) };
        let says = sentence(&rule.label).filter(|_| rule.label != rule.name);
        format!("{}{kind}{}", code(&rule.name), says.map(|says| format!(": {says}")).unwrap_or_default())
    };
    system.rules.iter().take(MOST_LINES).for_each(|rule| nested(&mut value, &label, &told(rule)));
    if system.rules.len() > MOST_LINES {
        let more = (system.rules.len() - MOST_LINES).to_string();
        nested(&mut value, &label, &filled(names.attested("more"), &[("count", &more)]));
    }
    Some(value)
}

fn actions(document: &Document<'_>, names: &Vocabulary) -> String {
    let items = document.actions();
    if items.is_empty() {
        return names.attested("none").to_owned();
    }
    let whole =
        items.iter().filter(|action| action.item.owner.is_some() && action.item.due.is_some()).count();
    let (count, whole) = (items.len().to_string(), whole.to_string());
    filled(names.attested("counted"), &[("count", &count), ("whole", &whole)])
}

fn addresses(document: &Document<'_>, names: &Vocabulary, given: &Given<'_>) -> Option<String> {
    let all = references(document, &given.links);
    let count = all.found.len();
    if count + all.withheld == 0 {
        return None;
    }
    let mut value = count.to_string();
    for kind in ReferenceKind::ALL {
        let own = all.found.iter().filter(|one| one.kind == kind);
        let told: Vec<String> = own.map(|one| spelled(&one.address)).collect();
        if !told.is_empty() {
            nested(&mut value, names.reference_name(kind), &told.join(", "));
        }
    }
    if all.withheld > 0 {
        let withheld = filled(names.attested("withheld"), &[("count", &all.withheld.to_string())]);
        let _ = write!(value, "\n  - {withheld}");
    }
    Some(value)
}

/// An address as a link, an issue as code.
fn spelled(address: &str) -> String {
    if address.contains("://") { format!("<{address}>") } else { code(address) }
}
