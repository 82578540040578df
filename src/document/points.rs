//! The points that a section makes, and the chain of its whys.

use super::Span;
use super::parse::Document;
use super::passages::{Passage, PassageKind};
use super::sections::Section;
use crate::model::SectionKind;

/// A point of a list, a row or a paragraph: where it begins, and all that it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its first words.
    pub span: Span,
    /// Its words with those nested in it, a line each.
    pub text: String,
}

/// The points that a section makes: the items of its outermost lists, else rows, else paragraphs.
#[must_use]
pub fn points<'d>(passages: impl Iterator<Item = Passage<'d>>) -> Vec<Point> {
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

impl Document<'_> {
    /// The chains of whys, each a point a why.
    #[must_use]
    pub fn whys(&self) -> Vec<Vec<Point>> {
        let sections = self.sections();
        let Some(first) = self.section(SectionKind::FiveWhys) else { return Vec::new() };
        let inside = |section: &&Section| {
            section.heading.start >= first.heading.start && section.heading.start < first.body.end
        };
        let own = |section: &Section| chain(self.own_passages(section));
        let chains: Vec<Vec<Point>> =
            sections.iter().filter(inside).map(own).filter(|chain| !chain.is_empty()).collect();
        // `### Why 1`, `### Why 2`: a heading a why.
        if chains.len() > 1 && chains.iter().all(|chain| chain.len() == 1) {
            return vec![chains.concat()];
        }
        chains
    }
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
