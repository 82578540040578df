//! Bytes to a [`Document`]: what the text says, with the place of everything.

use std::borrow::Cow;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::actions::{self, Action};
use super::blocks::{self, Blocks};
use super::dates::{Calendar, Habit};
use super::edit::Edit;
use super::encoding::{self, Decoded, Encoding};
use super::facts::{self, Facts};
use super::language::{self, FieldKind};
use super::metadata::{self, Field};
use super::plain::Page;
use super::sections::{self, Section};
use super::timeline::{self, TimelineEntry};
use super::title;
use super::told;
use super::vocabulary::Vocabulary;
use super::{Span, Spanned, frontmatter, html, lead, links, purpose};
use crate::model::{Fact, Link, Postmortem, SectionKind};

/// A longer document is read to here; places are kept in 32 bits.
pub(crate) const LONGEST: usize = 1 << 30;

/// A file to be read.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Its path, as far as it is known; only the file's name counts.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// What a text says, with byte spans. What it means is its [`Postmortem`].
#[derive(Debug, Clone)]
pub struct Document<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) layout: Blocks,
    encoding: Encoding,
    is_html: bool,
    /// Where the text is longer than its bytes: [`encoding::Decoded`].
    longer: Vec<(usize, usize)>,
    /// Where lines end, once somebody asks for a line.
    newlines: OnceLock<Vec<usize>>,
    front: Span,
    title: Option<Spanned<String>>,
    bare_title: String,
    fields: Vec<Field>,
    sections: Vec<Section>,
    /// Its entries, once somebody asks for them: what is kept of most documents tells nothing of them.
    timeline: OnceLock<Vec<TimelineEntry>>,
    /// The words by which it is read.
    vocabulary: Vocabulary,
    /// The day in the file's name.
    named: Option<NaiveDate>,
    actions: Vec<Action>,
    links: Vec<Spanned<Link>>,
    facts: Facts,
}

/// Reads a document. Total: any bytes give one.
#[must_use]
pub fn parse<'a>(source: &Source<'a>, vocabulary: &Vocabulary) -> Document<'a> {
    let bytes = &source.bytes[..source.bytes.len().min(LONGEST)];
    let Decoded { text, encoding, longer } = encoding::decode(bytes);
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let front = frontmatter::find(&text, start);
    let is_html = html::is_html(source.name, &text);
    let mut layout = if is_html { html::read(&text, front.end) } else { blocks::read(&text, front.end) };
    lead::part(&text, &mut layout, vocabulary);
    let page = Page { text: &text, layout: &layout };
    let sections = sections::read(page, vocabulary);
    let fields = metadata::read(page, &sections, front.clone(), vocabulary);
    let title = title::read(page, &sections, &fields);
    let written = title.as_ref().map_or("", |title| title.value.as_str());
    let named = title::date_of_name(source.name, vocabulary);
    let habit = Habit::new(&text, named);
    let calendar = Calendar::new(vocabulary, named).of_document(&habit);
    let mut facts = facts::read(&fields, written, calendar, vocabulary);
    // A field that waits for its value, or is unclear, is not answered by other words.
    if facts.date.is_none()
        && !fields.iter().any(|field| field.kind == FieldKind::Date)
        && let Some((day, place)) = told::day(page, &sections, calendar)
    {
        facts.infer_date(day, place);
    }
    // A file may be called after the day that it was written; the timeline's own heading knows better.
    if facts.whence(Fact::Date) == Some(facts::FILE_NAME)
        && let Some(day) = told::headed(&sections, calendar)
    {
        facts.infer_date(day, "timeline");
    }
    let calendar = calendar.about(facts.date.or(named)).lenient(facts.date);
    // A template promises nothing, whatever its rows suggest.
    let promises = !purpose::is_template_name(source.name);
    let actions = promises.then(|| actions::read(page, &sections, &facts.people, calendar, vocabulary));
    Document {
        bare_title: title::bare(written, vocabulary),
        links: links::read(page, &sections),
        layout,
        encoding,
        is_html,
        longer,
        newlines: OnceLock::new(),
        front,
        title,
        fields,
        sections,
        timeline: OnceLock::new(),
        vocabulary: vocabulary.clone(),
        named,
        actions: actions.unwrap_or_default(),
        facts,
        text,
    }
}

impl Document<'_> {
    /// The text that the bytes spell.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn page(&self) -> Page<'_> {
        Page { text: &self.text, layout: &self.layout }
    }

    /// The title without `Post-Mortem:` and without a leading date; empty where there is none.
    #[must_use]
    pub fn bare_title(&self) -> &str {
        &self.bare_title
    }

    /// The code of the language that most of its words are of; `None` where too little tells.
    #[must_use]
    pub fn language(&self) -> Option<&'static str> {
        language::detect(&self.text).map(|language| language.code)
    }

    /// How the bytes spell the text.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Whether it is a page of HTML, which is read and never edited.
    #[must_use]
    pub fn is_html(&self) -> bool {
        self.is_html
    }

    /// The bytes that the document was read from, with edits made: in their own encoding, every other byte kept.
    #[must_use]
    pub fn edited(&self, bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
        encoding::write(bytes, &self.text, self.encoding, &self.longer, edits)
    }

    /// Whether the document's encoding has every character of some edits; else the file would have two encodings.
    #[must_use]
    pub fn spells(&self, edits: &[Edit]) -> bool {
        encoding::spells(self.encoding, edits)
    }

    /// The front matter, with its marks; empty where there is none.
    #[must_use]
    pub fn front(&self) -> Span {
        self.front.clone()
    }

    /// The title as the document has it, prefix and all.
    #[must_use]
    pub fn title(&self) -> Option<&Spanned<String>> {
        self.title.as_ref()
    }

    /// Every metadata field, in the document's order.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of a kind that counts: the first that says something, else the first.
    #[must_use]
    pub fn field(&self, kind: FieldKind) -> Option<&Field> {
        let mut of = self.fields.iter().filter(|field| field.kind == kind);
        let first = of.clone().next();
        of.find(|field| field.value.value.chars().any(char::is_alphanumeric)).or(first)
    }

    /// Every heading's section, in the document's order.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The first section of a kind.
    #[must_use]
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == Some(kind))
    }

    /// The section that a typed name means: its heading as written, else the kind that it is a name of.
    #[must_use]
    pub fn section_named(&self, name: &str, vocabulary: &Vocabulary) -> Option<&Section> {
        let wanted = super::fold::fold(name);
        let same = |section: &&Section| super::fold::fold(&section.name) == wanted;
        self.sections.iter().find(same).or_else(|| self.section(vocabulary.section(name)?))
    }

    /// Every entry of the timeline.
    #[must_use]
    pub fn timeline(&self) -> &[TimelineEntry] {
        self.timeline.get_or_init(|| {
            let (habit, date) = (Habit::new(&self.text, self.named), self.facts.date);
            let calendar = Calendar::new(&self.vocabulary, date.or(self.named)).of_document(&habit);
            timeline::read(self.page(), &self.sections, date, calendar.lenient(date), &self.vocabulary)
        })
    }

    /// Every action item.
    #[must_use]
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// Everybody whom the metadata names, authors and reviewers among them.
    pub(crate) fn people(&self) -> &[String] {
        &self.facts.people
    }

    /// Every linked revision.
    #[must_use]
    pub fn links(&self) -> &[Spanned<Link>] {
        &self.links
    }

    /// Where a fact comes from that no field states: `title`; `None` for a fact that was read or is not there.
    #[must_use]
    pub fn whence(&self, fact: Fact) -> Option<&'static str> {
        self.facts.whence(fact)
    }

    /// The line that an offset stands on, from 1.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> u32 {
        let newlines = self.newlines.get_or_init(|| {
            self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect()
        });
        let before = newlines.partition_point(|newline| *newline < offset.min(self.text.len()));
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// What the document means.
    #[must_use]
    pub fn postmortem(&self) -> Postmortem {
        self.clone().into_postmortem()
    }

    /// What the document means, without keeping its text.
    #[must_use]
    pub fn into_postmortem(self) -> Postmortem {
        let mut sections: Vec<(SectionKind, bool)> = Vec::with_capacity(SectionKind::ALL.len());
        for section in &self.sections {
            let Some(kind) = section.kind else { continue };
            match sections.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, filled)) => *filled |= section.filled,
                None => sections.push((kind, section.filled)),
            }
        }
        Postmortem {
            title: self.bare_title,
            date: self.facts.date,
            unclear_date: self.facts.unclear_date,
            severity: self.facts.severity,
            kind: self.facts.kind,
            duration_minutes: self.facts.duration_minutes,
            authors: self.facts.authors,
            reviewers: self.facts.reviewers,
            status: self.facts.status,
            service: self.facts.service,
            formerly: self.facts.formerly,
            sections,
            actions: self.actions.into_iter().map(|action| action.item).collect(),
            links: self.links.into_iter().map(|link| link.value).collect(),
            inferred: self.facts.inferred.into_iter().map(|(fact, _)| fact).collect(),
        }
    }

    /// The same document, with a text of its own.
    #[must_use]
    pub fn into_owned(self) -> Document<'static> {
        Document { text: Cow::Owned(self.text.into_owned()), ..self }
    }
}
