//! What shape a document has: a small one's, the points of a section, the chain of its whys.

use super::rule::Look;
use crate::document::{Passage, PassageKind, Section, Span};
use crate::model::{Kind, SectionKind};

/// A longer label is a sentence.
const LONGEST_LABEL: usize = 60;

/// Among so many passages at its head, a document is told in labels.
const HEAD: usize = 80;

/// A point of a list, a row or a paragraph: where it begins, and all that it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Point {
    /// Its first words.
    pub(super) span: Span,
    /// Its words with those nested in it, a line each.
    pub(super) text: String,
}

impl Look<'_> {
    /// Where it is told what the whole document lacks: at its end.
    pub(super) fn end(&self) -> Span {
        let end = self.document.text().len();
        end..end
    }

    /// Where it is told what the whole document is about: its title, else its first line.
    pub(super) fn head(&self) -> Span {
        if let Some(title) = self.document.title() {
            return title.span.clone();
        }
        let (text, front) = (self.document.text(), self.document.front());
        let start = front.end + (text[front.end..].len() - text[front.end..].trim_start().len());
        start..start + text[start..].lines().next().map_or(0, str::len)
    }
}

/// Whether a place is, or has, a line of metadata.
#[must_use]
pub(super) fn is_field(look: &Look<'_>, place: &Span) -> bool {
    let fields = look.document.fields();
    let behind = fields.partition_point(|field| field.line.start < place.end);
    // Lines of fields do not reach over many others.
    fields[behind.saturating_sub(3)..behind].iter().any(|field| place.start < field.line.end)
}

/// Whether it is told as small incidents are, or as what nearly happened: no impact, nothing that went well is asked for.
#[must_use]
pub(super) fn is_brief(look: &Look<'_>) -> bool {
    use SectionKind::{ContributingFactors, Impact, LessonsLearned, WentWell, WentWrong};
    let has = |kind| look.document.section(kind).is_some();
    look.postmortem.kind == Kind::NearMiss
        || ![Impact, ContributingFactors, WentWell, WentWrong, LessonsLearned].into_iter().any(has)
}

/// Whether a label or the first cell of a row is called as a section of a kind is: `**Impact**: 300 customers`.
#[must_use]
pub(super) fn is_labelled(look: &Look<'_>, kind: SectionKind) -> bool {
    let text = look.document.text();
    let names_it = |label: &str| {
        // `Timeline, UTC:`, `Impact (customers):`
        let bare = label.split([',', '(', '（', '、']).next().unwrap_or(label);
        let names = |label: &str| look.vocabulary.section(label) == Some(kind);
        label.len() <= LONGEST_LABEL && (names(label) || names(bare))
    };
    let labels = |line: &str| line.split_once([':', '：']).is_some_and(|(label, _)| names_it(label));
    look.document.passages().take(HEAD).filter(Passage::is_prose).any(|passage| {
        let said = &text[passage.span()];
        matches!(passage.kind(), PassageKind::Cell { .. }) && names_it(said) || said.lines().any(labels)
    })
}

/// The points that a section makes: the items of its outermost lists, else rows, else paragraphs.
#[must_use]
pub(super) fn points<'d>(passages: impl Iterator<Item = Passage<'d>>) -> Vec<Point> {
    let all: Vec<Passage<'d>> = passages.filter(|passage| !passage.is_quoted()).collect();
    let is_item = |passage: &Passage<'_>| matches!(passage.kind(), PassageKind::Item { .. });
    let outermost = all.iter().filter(|one| is_item(one)).map(Passage::depth).min();
    let begins = |passage: &Passage<'_>| match outermost {
        Some(depth) => is_item(passage) && passage.depth() == depth,
        None => matches!(passage.kind(), PassageKind::Paragraph | PassageKind::Row { head: false }),
    };
    gather(&all, begins)
}

/// Points that begin where something is so; what stands between them belongs to the one before.
fn gather(all: &[Passage<'_>], begins: impl Fn(&Passage<'_>) -> bool) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for passage in all {
        if begins(passage) {
            points.push(Point { span: passage.span(), text: String::new() });
        }
        let is_told = !matches!(passage.kind(), PassageKind::Html | PassageKind::Cell { head: true });
        if let Some(last) = points.last_mut().filter(|_| is_told) {
            if matches!(passage.kind(), PassageKind::Cell { .. }) && last.text.is_empty() {
                last.span = passage.span();
            }
            last.text.push_str(&passage.text());
            last.text.push('\n');
        }
    }
    points.retain(|point| point.text.chars().any(char::is_alphanumeric));
    points
}

/// The chains of whys, each a point a why.
#[must_use]
pub(super) fn whys(look: &Look<'_>) -> Vec<Vec<Point>> {
    let document = look.document;
    let sections = document.sections();
    let Some(first) = document.section(SectionKind::FiveWhys) else { return Vec::new() };
    let inside = |section: &&Section| {
        section.heading.start >= first.heading.start && section.heading.start < first.body.end
    };
    let own = |section: &Section| chain(document.own_passages(section));
    let chains: Vec<Vec<Point>> =
        sections.iter().filter(inside).map(own).filter(|chain| !chain.is_empty()).collect();
    // `### Why 1`, `### Why 2`: a heading a why.
    if chains.len() > 1 && chains.iter().all(|chain| chain.len() == 1) {
        return vec![chains.concat()];
    }
    chains
}

/// The whys of one chain: numbered items, else what asks something, else the points.
fn chain<'d>(passages: impl Iterator<Item = Passage<'d>>) -> Vec<Point> {
    let all: Vec<Passage<'d>> = passages.filter(|passage| !passage.is_quoted()).collect();
    let is_numbered = |passage: &Passage<'_>| passage.kind() == PassageKind::Item { numbered: true };
    if let Some(depth) = all.iter().filter(|one| is_numbered(one)).map(Passage::depth).min() {
        let numbered = gather(&all, |passage| is_numbered(passage) && passage.depth() == depth);
        if numbered.len() > 1 {
            return numbered;
        }
    }
    let asks = |passage: &Passage<'_>| passage.is_prose() && passage.text().contains(['?', '？']);
    if all.iter().filter(|passage| asks(passage)).count() > 1 {
        // A row that asks in one cell and answers in the next begins with the question.
        return gather(&all, asks);
    }
    points(all.into_iter())
}
