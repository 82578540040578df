//! The parts that a text is merged by: headings with what stands below them, and in there tables, lists and lines.

use std::collections::HashMap;
use std::ops::Range;

use super::words::{folded, likeness};
use crate::document::blocks::{self, Block, BlockKind};
use crate::document::{Source, Vocabulary, parse};

/// So much of what two parts say has to be the same for one to be the other under a new heading.
const SAME: f64 = 0.5;

/// A text, its lines, and the parts that they belong to.
pub(super) struct Outline<'t> {
    pub(super) lines: Vec<&'t str>,
    pub(super) parts: Vec<Part>,
    /// Lines of the timeline, with the instant that each tells, in seconds of Unix time.
    pub(super) instants: HashMap<usize, i64>,
}

/// A heading and the lines below it, up to the next one of any level.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// The heading's words; none for what stands before the first one.
    pub(super) name: String,
    pub(super) level: u8,
    pub(super) head: Range<usize>,
    /// Without the blank lines at its end.
    pub(super) body: Range<usize>,
    /// How many blank lines follow.
    pub(super) gap: usize,
    pub(super) pieces: Vec<Piece>,
    key: String,
}

/// Lines, and the table or list behind them; none behind the last.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    pub(super) text: Range<usize>,
    pub(super) block: Option<Structure>,
}

/// Lines that are merged one element at a time.
#[derive(Debug, Clone)]
pub(super) struct Structure {
    pub(super) kind: Kind,
    pub(super) lines: Range<usize>,
    /// The lines of each row or item.
    pub(super) elements: Vec<Range<usize>>,
}

/// What a structure is, and is paired by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// With the names of its columns.
    Table(Vec<String>),
    List {
        ordered: bool,
    },
}

impl<'t> Outline<'t> {
    /// Reads the parts of a text whose lines end in `\n`; `name` is its file's.
    pub(super) fn read(text: &'t str, name: &str, vocabulary: &Vocabulary) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let starts: Vec<usize> =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let line_of = |at: usize| starts.partition_point(|start| *start <= at).saturating_sub(1);
        let document = parse(&Source { name, bytes: text.as_bytes() }, vocabulary);
        let instants = document
            .timeline()
            .iter()
            .filter_map(|entry| Some((line_of(entry.span.start), entry.event.at?.timestamp())))
            .collect();
        let mut outline = Self { lines, parts: Vec::new(), instants };
        let layout =
            if document.is_html() { Vec::new() } else { blocks::read(text, document.front().end).blocks };
        let within = |block: &Block| {
            // What stands behind the last sign that is no blank is not the block's.
            let end = block.span.start + text[block.span.clone()].trim_end().len();
            line_of(block.span.start)..line_of(end.max(block.span.start + 1) - 1) + 1
        };
        let top: Vec<(&Block, Range<usize>)> = layout.iter().map(|block| (block, within(block))).collect();
        outline.cut(&top);
        outline
    }

    /// Cuts the lines at the headings, and what lies between into pieces.
    fn cut(&mut self, blocks: &[(&Block, Range<usize>)]) {
        let heads: Vec<(usize, u8, Range<usize>)> = blocks
            .iter()
            .enumerate()
            .filter_map(|(at, (block, lines))| match block.kind {
                BlockKind::Heading(level) if block.depth == 0 && !block.quoted => {
                    Some((at, level, lines.clone()))
                }
                _ => None,
            })
            .collect();
        let first = heads.first().map_or((blocks.len(), self.lines.len()), |head| (head.0, head.2.start));
        self.part(0, 0..0, first.1, &blocks[..first.0]);
        for (number, (at, level, head)) in heads.iter().enumerate() {
            let next = heads.get(number + 1);
            let end = next.map_or(self.lines.len(), |next| next.2.start);
            let below = &blocks[at + 1..next.map_or(blocks.len(), |next| next.0)];
            self.part(*level, head.clone(), end, below);
        }
    }

    fn part(&mut self, level: u8, head: Range<usize>, end: usize, blocks: &[(&Block, Range<usize>)]) {
        let is_blank = |at: &usize| self.lines[*at].trim().is_empty();
        let gap = (head.end..end).rev().take_while(is_blank).count();
        let body = head.end..end - gap;
        let name = self.lines.get(head.start).filter(|_| !head.is_empty());
        let name = name.map_or("", |line| line.trim().trim_matches('#').trim()).to_owned();
        let above = self.parts.iter().rev().find(|above| above.level > 0 && above.level < level);
        let is_title = level == 1 && self.parts.iter().all(|part| part.level == 0);
        let lead = above.filter(|above| above.key != "#").map_or("", |above| above.key.as_str());
        let mut key = if is_title { "#".to_owned() } else { format!("{lead}/{}", folded(&name)) };
        if level == 0 {
            key.clear();
        }
        while level > 0 && self.parts.iter().any(|part| part.key == key) {
            // A second one of the same name.
            key.push('+');
        }
        let pieces = pieces(&self.lines, body.clone(), blocks);
        self.parts.push(Part { name, level, head, body, gap, pieces, key });
    }

    pub(super) fn of(&self, lines: &Range<usize>) -> &[&'t str] {
        &self.lines[lines.clone()]
    }

    /// Which part of a base each of these was; a new heading over the same words is a new name.
    pub(super) fn origins(&self, base: &Outline<'_>) -> Vec<Option<usize>> {
        let find = |part: &Part| base.parts.iter().position(|known| known.key == part.key);
        let mut origins: Vec<Option<usize>> = self.parts.iter().map(find).collect();
        for (at, part) in self.parts.iter().enumerate() {
            if origins[at].is_some() {
                continue;
            }
            let alike = |known: &Part| {
                let (mine, other) = (self.of(&part.body).join(" "), base.of(&known.body).join(" "));
                likeness(&mine, &other)
            };
            let left = base.parts.iter().enumerate().filter(|(known, _)| !origins.contains(&Some(*known)));
            let same_level = left.filter(|(_, known)| known.level == part.level && part.level > 1);
            let best =
                same_level.map(|(known, there)| (alike(there), known)).max_by(|a, b| a.0.total_cmp(&b.0));
            origins[at] = best.filter(|(score, _)| *score >= SAME).map(|(_, known)| known);
        }
        origins
    }

    /// The parts that this and another text have by the same name, of those that are new in both.
    pub(super) fn same_parts(
        &self,
        origins: &[Option<usize>],
        other: &Outline<'_>,
        others: &[Option<usize>],
    ) -> Vec<(usize, usize)> {
        let new = |origins: &[Option<usize>], at: usize| origins[at].is_none();
        let mut same = Vec::new();
        for (at, part) in self.parts.iter().enumerate().filter(|(at, _)| new(origins, *at)) {
            let there = other.parts.iter().position(|known| known.key == part.key);
            same.extend(there.filter(|there| new(others, *there)).map(|there| (at, there)));
        }
        same
    }
}

impl Structure {
    /// Whether every line of it is an element's; where elements share a line, or something else stands between them,
    /// lines are merged.
    fn is_whole(&self, lines: &[&str]) -> bool {
        let is_blank = |at: usize| lines.get(at).is_some_and(|line| line.trim().is_empty());
        self.elements.windows(2).all(|two| {
            let between = two[0].end..two[1].start;
            let is_clear = match self.kind {
                Kind::List { .. } => between.clone().all(is_blank),
                Kind::Table(_) => between.is_empty(),
            };
            two[0].end <= two[1].start && is_clear
        })
    }
}

/// Cuts lines into tables, lists, and what stands between.
fn pieces(lines: &[&str], body: Range<usize>, blocks: &[(&Block, Range<usize>)]) -> Vec<Piece> {
    let mut found: Vec<Structure> = Vec::new();
    let mut open = false;
    for (block, span) in blocks {
        let last = found.last_mut().filter(|_| open);
        match (block.kind, last) {
            // What is quoted is text.
            _ if block.quoted => open = false,
            (BlockKind::Row { head: true }, _) if block.depth == 0 => {
                let columns = super::table::cells(lines[span.start]);
                let names = columns.iter().map(|cell| folded(&lines[span.start][cell.clone()])).collect();
                let end = (span.start + 2).min(body.end);
                let kind = Kind::Table(names);
                found.push(Structure { kind, lines: span.start..end, elements: Vec::new() });
                open = true;
            }
            (BlockKind::Row { head: false }, Some(table)) if matches!(table.kind, Kind::Table(_)) => {
                table.elements.push(span.clone());
                table.lines.end = span.end;
            }
            (BlockKind::Item { ordinal }, last) if block.depth == 1 => {
                let kind = Kind::List { ordered: ordinal.is_some() };
                match last.filter(|list| list.kind == kind) {
                    Some(list) => {
                        list.elements.push(span.clone());
                        list.lines.end = span.end;
                    }
                    None => {
                        let elements = vec![span.clone()];
                        found.push(Structure { kind, lines: span.clone(), elements });
                    }
                }
                open = true;
            }
            (BlockKind::Cell { .. }, _) => {}
            (_, _) if block.depth > 0 => {}
            (_, _) => open = false,
        }
    }
    let mut pieces = Vec::new();
    let mut at = body.start;
    for structure in found {
        if structure.lines.start < at || structure.lines.end > body.end || !structure.is_whole(lines) {
            continue;
        }
        let text = at..structure.lines.start;
        at = structure.lines.end;
        pieces.push(Piece { text, block: Some(structure) });
    }
    pieces.push(Piece { text: at..body.end, block: None });
    pieces
}
