//! What was understood of documents that somebody else laid out, as lines for people and as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::json::{self, Envelope};
use super::{Look, clean, count, labelled};

/// A document, and how much of it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AdoptionRow {
    /// Its name.
    pub id: String,
    /// Where it stands.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The day of the incident.
    pub date: Option<NaiveDate>,
    /// Its severity's name on the scale, else as written.
    pub severity: Option<String>,
    /// How its action items are written.
    pub layouts: Vec<LayoutCount>,
    /// How many action items it has.
    pub actions: usize,
    /// Of these, open and doing.
    pub open: usize,
    /// What the document does not say: `date`, `severity`.
    pub missing: Vec<&'static str>,
    /// How many items do not say what.
    pub without: Without,
    /// What stands in it and cannot be told.
    pub unclear: Vec<UnclearRow>,
    /// How many items get a place for what, once the edits are made.
    pub gains: GainRow,
    /// Items that stay as they are.
    pub left: Vec<LeftRow>,
}

/// How many action items get a place for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct GainRow {
    /// A number of their own.
    pub number: usize,
    /// A cell for the owner.
    pub owner: usize,
    /// A cell for the priority.
    pub priority: usize,
    /// A cell for the due date.
    pub due: usize,
    /// A cell for the status.
    pub status: usize,
}

impl GainRow {
    /// All of them together.
    fn sum(rows: &[AdoptionRow]) -> Self {
        rows.iter().map(|row| row.gains).fold(Self::default(), |sum, gains| Self {
            number: sum.number + gains.number,
            owner: sum.owner + gains.owner,
            priority: sum.priority + gains.priority,
            due: sum.due + gains.due,
            status: sum.status + gains.status,
        })
    }
}

impl std::fmt::Display for GainRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let columns = [
            ("owner", self.owner),
            ("priority", self.priority),
            ("due date", self.due),
            ("status", self.status),
        ];
        let columns: Vec<&str> =
            columns.iter().filter(|(_, items)| *items > 0).map(|(column, _)| *column).collect();
        let numbers = (self.number > 0).then(|| count(self.number, "number", "numbers"));
        let columns = match columns.as_slice() {
            [] => None,
            [only] => Some(format!("a column for {only}")),
            [most @ .., last] => Some(format!("columns for {} and {last}", most.join(", "))),
        };
        f.write_str(&numbers.into_iter().chain(columns).collect::<Vec<_>>().join(", "))
    }
}

/// Action items that stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftRow {
    /// The line of the first.
    pub line: u32,
    /// How many.
    pub actions: usize,
    /// Why, in words.
    pub why: String,
}

impl AdoptionRow {
    /// `3 numbers, columns for owner and status`.
    #[must_use]
    pub fn gained(&self) -> String {
        self.gains.to_string()
    }

    /// The places of items that stay as they are, and why.
    #[must_use]
    pub fn left_lines(&self) -> Vec<String> {
        let say = |left: &LeftRow| {
            let items = count(left.actions, "item", "items");
            format!("{}:{}   {items}: {}", clean(&self.path), left.line, left.why)
        };
        self.left.iter().map(say).collect()
    }
}

/// How many items are written in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LayoutCount {
    /// `table`, `task-list`, `numbered-list`, `list`, `paragraph`, `heading` or `html`.
    pub layout: &'static str,
    /// The items.
    pub actions: usize,
}

/// How many action items do not say what. Nobody asks who owns, or until when, of what is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Without {
    /// Items without a label of their own.
    pub number: usize,
    /// Open items that nobody owns.
    pub owner: usize,
    /// Open items without a priority.
    pub priority: usize,
    /// Open items without a due date.
    pub due: usize,
    /// Items that do not say where they stand.
    pub status: usize,
}

/// Something that stands in a document and cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnclearRow {
    /// `date` or `due`.
    pub field: &'static str,
    /// The line it stands on.
    pub line: u32,
    /// As written.
    pub written: String,
}

/// Writes the rows as one object.
///
/// # Errors
/// Whatever the writer says.
pub fn json(out: &mut dyn Write, rows: &[AdoptionRow], incomplete: &[String]) -> io::Result<()> {
    json::write(out, &Envelope { name: "adoptions", incomplete, ..Envelope::default() }, rows)
}

/// Says what was understood of all of them together.
#[must_use]
pub fn text(rows: &[AdoptionRow], look: Look) -> String {
    let sum = |of: fn(&AdoptionRow) -> usize| rows.iter().map(of).sum::<usize>();
    let (actions, open) = (sum(|row| row.actions), sum(|row| row.open));
    let documents = count(rows.len(), "post-mortem", "post-mortems");
    let items = match count(actions, "action item", "action items") {
        none if actions == 0 => none,
        items => format!("{items}, {open} open"),
    };
    let mut lines = vec![("read", format!("{documents}, {items}"))];
    add(&mut lines, "layout", layouts(rows));
    add(&mut lines, "missing", missing(rows, actions, open));
    let unclear = rows.iter().flat_map(|row| row.unclear.iter().map(|unclear| said(row, unclear)));
    add(&mut lines, "unclear", unclear.collect());
    let changed = rows.iter().filter(|row| row.gains != GainRow::default()).count();
    let some = (changed > 0).then(|| {
        let documents = count(changed, "post-mortem", "post-mortems");
        let what = GainRow::sum(rows);
        format!("{what} in {documents}")
    });
    add(&mut lines, "to gain", some.into_iter().collect());
    add(&mut lines, "stays", rows.iter().flat_map(AdoptionRow::left_lines).collect());
    if changed > 0 {
        lines.push(("next", "git postmortem adopt --dry-run".to_owned()));
    } else if rows.iter().any(|row| row.without.owner + row.without.due > 0) {
        lines.push(("next", "git postmortem actions --missing owner,due".to_owned()));
    }
    labelled(&lines, look.width)
}

fn add(lines: &mut Vec<(&'static str, String)>, label: &'static str, texts: Vec<String>) {
    let labels = std::iter::once(label).chain(std::iter::repeat(""));
    lines.extend(labels.zip(texts));
}

/// The ways in which items are written, the commonest first.
fn layouts(rows: &[AdoptionRow]) -> Vec<String> {
    let mut known: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for layout in rows.iter().flat_map(|row| &row.layouts) {
        let entry = known.entry(layout.layout).or_default();
        *entry = (entry.0 + layout.actions, entry.1 + 1);
    }
    let mut known: Vec<_> = known.into_iter().collect();
    known.sort_by_key(|(_, (actions, _))| std::cmp::Reverse(*actions));
    let say = |(layout, (actions, documents)): (&str, (usize, usize))| {
        let items = count(actions, "item", "items");
        let documents = count(documents, "post-mortem", "post-mortems");
        format!("{:<14} {items} in {documents}", layout.replace('-', " "))
    };
    known.into_iter().map(say).collect()
}

fn missing(rows: &[AdoptionRow], actions: usize, open: usize) -> Vec<String> {
    let of = |field: &str| rows.iter().filter(|row| row.missing.contains(&field)).count();
    let sum = |of: fn(&Without) -> usize| rows.iter().map(|row| of(&row.without)).sum::<usize>();
    let documents = count(rows.len(), "post-mortem", "post-mortems");
    let open = count(open, "open item", "open items");
    let actions = count(actions, "item", "items");
    let counts = [
        ("date", of("date"), &documents),
        ("severity", of("severity"), &documents),
        ("owner", sum(|without| without.owner), &open),
        ("due date", sum(|without| without.due), &open),
        ("priority", sum(|without| without.priority), &open),
        ("status", sum(|without| without.status), &actions),
        ("number", sum(|without| without.number), &actions),
    ];
    let some = counts.into_iter().filter(|(_, missing, _)| *missing > 0);
    some.map(|(what, missing, of)| format!("{what:<14} {missing} of {of}")).collect()
}

fn said(row: &AdoptionRow, unclear: &UnclearRow) -> String {
    let what = if unclear.field == "due" { "due date" } else { "date" };
    format!("{}:{}   {what} '{}'", clean(&row.path), unclear.line, clean(&unclear.written))
}
