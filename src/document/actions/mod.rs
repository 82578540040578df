//! Promised follow-ups: which parts of a document hold them, and what they are called.

mod columns;
mod details;
mod inline;
mod labels;
mod list;
mod names;
mod owners;
mod placeholders;
mod refs;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use columns::Columns;

use super::Span;
use super::blocks::BlockKind;
use super::dates::Calendar;
use super::fold::fold;
use super::plain::Page;
use super::sections::Section;
use super::tables::Table;
use super::vocabulary::Vocabulary;
use crate::model::{ActionItem, Grade, SectionKind, Status};

/// How much of a text is searched for the other uses of a word.
const LOOKED_AT: usize = 1 << 16;

/// How an item is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionForm {
    /// A row of a table.
    Row,
    /// A list item.
    Item,
    /// A paragraph.
    Paragraph,
    /// A heading, with the fields below it.
    Heading,
}

/// An action item and where its parts stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it says.
    pub item: ActionItem,
    /// How it is written.
    pub form: ActionForm,
    /// The row, the list item with what is nested in it, or the paragraph.
    pub span: Span,
    /// The cell of the status, or the brackets of the checkbox.
    pub status: Option<Span>,
    /// The cell of the number, where there is one; empty cells too.
    pub number: Option<Span>,
    /// The cell of the owner, where there is one; empty cells too.
    pub owner: Option<Span>,
    /// The cell of the due date.
    pub due: Option<Span>,
    /// The cell of the priority.
    pub priority: Option<Span>,
    /// The cell of the effort.
    pub effort: Option<Span>,
    /// The cell or run of the text.
    pub text: Span,
}

/// An item before it has a name.
struct Found {
    action: Action,
    /// The document's own label.
    label: Option<String>,
    /// The number in an ordered list.
    ordinal: Option<u64>,
}

/// What the headings and labels above an item say about it.
#[derive(Debug, Clone, Default)]
struct Group {
    owner: Option<String>,
    status: Option<Status>,
    priority: Option<Grade>,
}

struct Reader<'d> {
    page: Page<'d>,
    vocabulary: &'d Vocabulary,
    calendar: Calendar<'d>,
    /// Who is named as a person of the document.
    people: &'d [String],
    found: Vec<Found>,
}

/// Reads every item of a document, in its order.
pub(crate) fn read<'d>(
    page: Page<'d>,
    sections: &[Section],
    people: &'d [String],
    calendar: Calendar<'d>,
    vocabulary: &'d Vocabulary,
) -> Vec<Action> {
    let mut reader = Reader { page, vocabulary, calendar, people, found: Vec::with_capacity(8) };
    let before = sections.first().map_or(page.blocks().len(), |section| section.own_blocks.0 - 1);
    reader.stray_tables((0, before));
    for section in sections {
        match standing(sections, section, vocabulary) {
            Standing::Items => {
                let group = reader.group(&section.name, false);
                let is_below = section.kind.is_none();
                if !is_below || !reader.heading_item(section, &group) {
                    reader.blocks(section.own_blocks, &group);
                }
            }
            Standing::Outside => reader.stray_tables(section.own_blocks),
            Standing::Other => {}
        }
    }
    names::around(&mut reader.found, people, vocabulary);
    labels::named(page.text, reader.found)
}

/// What a section is to action items.
enum Standing {
    Items,
    /// Not theirs; but a table that can be nothing else counts.
    Outside,
    /// The timeline and the like.
    Other,
}

fn standing(sections: &[Section], section: &Section, vocabulary: &Vocabulary) -> Standing {
    use SectionKind::{ActionItems, Attestation, LinkedCommits, Timeline};
    let parent = |section: &Section| section.parent.map(|parent| &sections[parent]);
    // `Immediate actions` below `Resolution`: what was done to be over it.
    if section.kind == Some(ActionItems)
        && parent(section).is_some_and(|above| above.foreign)
        && vocabulary.repairs.look_up(&section.name).is_some()
    {
        return Standing::Other;
    }
    let mut above = Some(section);
    let mut aside = false;
    while let Some(section) = above {
        match section.kind {
            Some(ActionItems) if aside => return Standing::Other,
            Some(ActionItems) => return Standing::Items,
            Some(Attestation | LinkedCommits | Timeline) => return Standing::Other,
            Some(_) => return Standing::Outside,
            None => aside |= vocabulary.asides.look_up(&section.name).is_some(),
        }
        above = parent(section);
    }
    Standing::Outside
}

impl Reader<'_> {
    /// Tables of action items that stand under no heading of theirs.
    fn stray_tables(&mut self, (from, to): (usize, usize)) {
        let mut at = from;
        while at < to {
            if self.page.blocks()[at].kind != (BlockKind::Row { head: true }) {
                at += 1;
                continue;
            }
            let table = Table::read(self.page, at);
            at = table.end;
            if let Some(columns) = self.columns(&table).filter(Columns::are_sure) {
                self.table(&table, &columns, &Group::default());
            }
        }
    }

    /// What a heading or label above items says about them.
    fn group(&self, name: &str, may_be_a_name: bool) -> Group {
        let bracket = name.rsplit_once(['(', '（']);
        let (head, inner) = bracket.unzip();
        let parts = [Some(name), inner, head];
        let status = parts.into_iter().flatten().find_map(|part| self.vocabulary.status.look_up(part));
        let folded = fold(name);
        let bare = folded.strip_suffix(" priority").unwrap_or(&folded);
        let bare = bare.strip_suffix(" actions").unwrap_or(bare);
        let bare = Some(bare).filter(|bare| bare.len() < folded.len());
        let parts = [Some(name), bare, inner];
        let priority = parts.into_iter().flatten().find_map(|part| self.vocabulary.priority(part));
        let untold = may_be_a_name && status.is_none() && priority.is_none();
        // `Corrective & Preventive Actions`, `Prevention/Detection` are no names.
        let mut parts = name.split(['/', '&', '+', ',']).map(str::trim);
        let mut is_topic = || {
            crate::document::sections::recognise(&folded, self.vocabulary).is_some()
                || parts.any(|part| self.vocabulary.topics.look_up(part).is_some())
        };
        let owner = owners::label(name)
            .filter(|_| !is_topic())
            .or_else(|| self.named_owner(name))
            .or_else(|| self.known_person(name))
            .or_else(|| self.name_alone(name).filter(|_| untold));
        Group { owner, status, priority }
    }

    /// Somebody whom the document names elsewhere: `Ana Lee:` above a list.
    fn known_person(&self, label: &str) -> Option<String> {
        let name = label.trim().trim_end_matches([':', '：']).trim();
        let same =
            |known: &String| known.trim_start_matches('@').eq_ignore_ascii_case(name.trim_start_matches('@'));
        (!name.is_empty() && self.people.iter().any(same)).then(|| name.to_owned())
    }

    /// `Owner: Ana` above a list.
    fn named_owner(&self, label: &str) -> Option<String> {
        let (word, name) = label.split_once([':', '：'])?;
        let is_owner = self.vocabulary.marks.look_up(word) == Some(super::language::Mark::Owner);
        let (name, _) = owners::value(name.trim());
        (is_owner && !self.vocabulary.is_placeholder(name)).then(|| name.to_owned())
    }

    /// Whether a word stands in lower case too: a thing may, a person never does.
    fn is_written_small(&self, word: &str) -> bool {
        let small = word.to_lowercase();
        let end = self.page.text.len().min(LOOKED_AT);
        let end = (0..=end).rev().find(|at| self.page.text.is_char_boundary(*at)).unwrap_or(0);
        let text = &self.page.text[..end];
        let is_whole = |at: usize| {
            let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '@' | '.');
            !text[..at].ends_with(letter) && !text[at + small.len()..].starts_with(char::is_alphanumeric)
        };
        text.match_indices(&small).any(|(at, _)| is_whole(at))
    }

    /// A single capitalised word that is no topic: a person or a team.
    fn name_alone(&self, label: &str) -> Option<String> {
        let word = label.trim();
        let mut chars = word.chars();
        let is_name = word.is_ascii()
            && (2..=14).contains(&word.len())
            && chars.next().is_some_and(char::is_uppercase)
            && chars.all(char::is_lowercase);
        // Nouns of doing and being are topics in any text.
        let is_noun = ["ing", "ion", "ment", "ity", "ance", "ence", "ness", "ics", "ure", "als", "ies"]
            .iter()
            .any(|ending| word.ends_with(ending));
        let known = self.vocabulary.topics.look_up(word).is_some() || self.vocabulary.section(word).is_some();
        let is_team = self.vocabulary.teams.look_up(word).is_some();
        let is_person = || !is_noun && !known && !self.is_written_small(word);
        (is_name && (is_team || is_person())).then(|| word.to_owned())
    }
}

/// An open item with nothing known but its text.
fn blank(text: String) -> ActionItem {
    ActionItem {
        label: String::new(),
        numbered: false,
        text,
        owner: None,
        due: None,
        unclear_due: None,
        priority: None,
        effort: None,
        status: Status::Open,
        state: None,
        refs: Vec::new(),
        line: 0,
        inferred: Vec::new(),
    }
}
