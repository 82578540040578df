//! Sections and what stands in them, each merged with its like.

use super::arrange::{Slot, arrange};
use super::outline::{Kind, Outline, Part, Piece, Structure};
use super::words::{self, views};
use super::{Joiner, Policy, Remark, Three, diff};

/// What the base, our side and theirs have of something.
type Of<'p, T> = (Option<&'p T>, &'p T, &'p T);

impl Joiner<'_> {
    pub(super) fn document(
        &mut self,
        base: &Outline<'_>,
        ours: &Outline<'_>,
        theirs: &Outline<'_>,
    ) -> Vec<String> {
        let (from_ours, from_theirs) = (ours.origins(base), theirs.origins(base));
        let same = ours.same_parts(&from_ours, theirs, &from_theirs);
        let texts = Three { base, ours, theirs };
        let mut out: Vec<String> = Vec::new();
        let mut gap = 0;
        for slot in arrange(&from_ours, &from_theirs, &same) {
            let parts = (
                slot.base.map(|at| &base.parts[at]),
                slot.ours.map(|at| &ours.parts[at]),
                slot.theirs.map(|at| &theirs.parts[at]),
            );
            let before = out.len();
            // Between two sections of different texts there is a blank line, whatever ended the text.
            let is_head = parts.1.or(parts.2).is_some_and(|part| part.level > 0);
            let blanks = if is_head && before > 0 {
                gap.max(usize::from(slot.ours.is_none() || slot.theirs.is_none()))
            } else {
                gap
            };
            out.resize(before + blanks, String::new());
            let lead = out.len();
            self.part(texts, parts, &mut out);
            if out.len() == lead {
                out.truncate(before);
                continue;
            }
            gap = match parts {
                (_, Some(ours), Some(theirs)) if ours.gap == parts.0.map_or(0, |base| base.gap) => theirs.gap,
                (_, Some(part), _) | (_, None, Some(part)) => part.gap,
                (_, None, None) => 0,
            };
        }
        out.resize(out.len() + gap, String::new());
        out
    }

    /// One heading and what stands below it, as the sides have it; nothing where one took away what the other left
    /// as it was.
    fn part(
        &mut self,
        texts: Three<'_, '_>,
        (base, ours, theirs): (Option<&Part>, Option<&Part>, Option<&Part>),
        out: &mut Vec<String>,
    ) {
        let whole = |outline: &Outline<'_>, part: &Part| -> Vec<String> {
            let lines = outline.of(&part.head).iter().chain(outline.of(&part.body));
            lines.map(|line| (*line).to_owned()).collect()
        };
        let (outline, one, other) = match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                self.enter(theirs);
                self.head(texts, (base, ours, theirs), out);
                self.body(texts, (base, ours, theirs), out);
                return;
            }
            (Some(part), None) => (texts.ours, part, "their"),
            (None, Some(part)) => (texts.theirs, part, "our"),
            (None, None) => return,
        };
        let lines = whole(outline, one);
        if let Some(base) = base {
            if whole(texts.base, base) == lines {
                return;
            }
            self.enter(one);
            self.kept(format!("the section, which {other} side took away"));
        }
        out.extend(lines);
    }

    /// Below the title stands what the whole is about: that is no section.
    fn enter(&mut self, part: &Part) {
        let is_section = part.level > 1;
        self.section = if is_section { part.name.clone() } else { String::new() };
    }

    fn head(&mut self, texts: Three<'_, '_>, (base, ours, theirs): Of<'_, Part>, out: &mut Vec<String>) {
        let before = base.map_or(&[][..], |base| texts.base.of(&base.head));
        let (mine, other) = (texts.ours.of(&ours.head), texts.theirs.of(&theirs.head));
        if self.policy == Policy::Union {
            if ours.level == 1 && words::folded(&ours.name) != words::folded(&theirs.name) {
                let (kept, other) = (theirs.name.clone(), ours.name.clone());
                self.remarks.push(Remark::Chosen { what: "title".to_owned(), kept, other });
            }
            out.extend(other.iter().map(|line| (*line).to_owned()));
            return;
        }
        self.prose(before, mine, other, out);
    }

    fn body(&mut self, texts: Three<'_, '_>, (base, ours, theirs): Of<'_, Part>, out: &mut Vec<String>) {
        let before = base.map_or(&[][..], |base| texts.base.of(&base.body));
        let (mine, other) = (texts.ours.of(&ours.body), texts.theirs.of(&theirs.body));
        if self.policy == Policy::Union && words::is_bare(mine) && !words::is_bare(other) {
            return out.extend(other.iter().map(|line| (*line).to_owned()));
        }
        let nothing = Vec::new();
        let blocks = base.map_or(&nothing, |base| &base.pieces);
        let origins = (origins(&ours.pieces, blocks), origins(&theirs.pieces, blocks));
        let (Some(from_ours), Some(from_theirs)) = origins else {
            return self.prose(before, mine, other, out);
        };
        let same = same_blocks(&ours.pieces, &from_ours, &theirs.pieces, &from_theirs);
        for slot in arrange(&from_ours, &from_theirs, &same) {
            self.piece(
                texts,
                slot,
                (base.map_or(&nothing, |base| &base.pieces), &ours.pieces, &theirs.pieces),
                out,
            );
        }
        let last = |pieces: &[Piece]| pieces.last().map_or(0..0, |piece| piece.text.clone());
        let before = base.map_or(&[][..], |base| texts.base.of(&last(&base.pieces)));
        self.lines(before, texts.ours.of(&last(&ours.pieces)), texts.theirs.of(&last(&theirs.pieces)), out);
    }

    /// Lines, and the table or list behind them.
    fn piece(
        &mut self,
        texts: Three<'_, '_>,
        slot: Slot,
        (base, ours, theirs): (&[Piece], &[Piece], &[Piece]),
        out: &mut Vec<String>,
    ) {
        let text = |outline: &'_ Outline<'_>, pieces: &[Piece], at: Option<usize>| -> Vec<String> {
            let lines = at.map_or(0..0, |at| pieces[at].text.clone());
            outline.of(&lines).iter().map(|line| (*line).to_owned()).collect()
        };
        let lines = (
            text(texts.base, base, slot.base),
            text(texts.ours, ours, slot.ours),
            text(texts.theirs, theirs, slot.theirs),
        );
        let block = |pieces: &[Piece], at: Option<usize>| at.and_then(|at| pieces[at].block.clone());
        let blocks = (block(base, slot.base), block(ours, slot.ours), block(theirs, slot.theirs));
        match blocks {
            (before, Some(mine), Some(other)) => {
                let (base, ours, theirs) = (views(&lines.0), views(&lines.1), views(&lines.2));
                self.lines(&base, &ours, &theirs, out);
                self.structure(texts, (before.as_ref(), &mine, &other), out);
            }
            (_, Some(mine), None) => alone(texts.ours, &lines.1, &mine, out),
            (_, None, Some(other)) => alone(texts.theirs, &lines.2, &other, out),
            (_, None, None) => {}
        }
    }

    fn structure(
        &mut self,
        texts: Three<'_, '_>,
        (base, ours, theirs): Of<'_, Structure>,
        out: &mut Vec<String>,
    ) {
        let before = base.map_or(&[][..], |base| texts.base.of(&base.lines));
        let (mine, other) = (texts.ours.of(&ours.lines), texts.theirs.of(&theirs.lines));
        if mine == other || mine == before {
            out.extend(other.iter().map(|line| (*line).to_owned()));
        } else if other == before {
            out.extend(mine.iter().map(|line| (*line).to_owned()));
        } else if matches!(theirs.kind, Kind::Table(_)) {
            self.table(texts, (base, ours, theirs), out);
        } else {
            self.list(texts, (base, ours, theirs), out);
        }
    }

    /// Lines of text, by the policy.
    fn lines(&mut self, base: &[&str], ours: &[&str], theirs: &[&str], out: &mut Vec<String>) {
        match self.policy {
            Policy::Mark { .. } => self.prose(base, ours, theirs, out),
            Policy::Union => self.union(ours, theirs, out),
        }
    }
}

/// A table or list that one side alone has, with the lines before it.
fn alone(outline: &Outline<'_>, text: &[String], block: &Structure, out: &mut Vec<String>) {
    out.extend(text.iter().cloned());
    let is_apart = out.last().is_none_or(|line| line.trim().is_empty());
    if !is_apart && text.is_empty() {
        out.push(String::new());
    }
    out.extend(outline.of(&block.lines).iter().map(|line| (*line).to_owned()));
}

/// Which table or list of the base each of these was; `None` where one of the base's is gone, so that it cannot be
/// told.
fn origins(pieces: &[Piece], base: &[Piece]) -> Option<Vec<Option<usize>>> {
    let kind = |piece: &Piece| piece.block.as_ref().map(|block| block.kind.clone());
    let mine: Vec<Kind> = pieces.iter().filter_map(kind).collect();
    let known: Vec<Kind> = base.iter().filter_map(kind).collect();
    let pairs = diff::matches(&known, &mine);
    let mut origins = vec![None; mine.len()];
    pairs.iter().for_each(|(at, there)| origins[*there] = Some(*at));
    (pairs.len() == known.len()).then_some(origins)
}

/// New tables and lists that both sides have: of the same kind, behind the same one of the base.
fn same_blocks(
    ours: &[Piece],
    from_ours: &[Option<usize>],
    theirs: &[Piece],
    from_theirs: &[Option<usize>],
) -> Vec<(usize, usize)> {
    let before = |origins: &[Option<usize>], at: usize| origins[..at].iter().rev().flatten().next().copied();
    let kind = |pieces: &[Piece], at: usize| pieces[at].block.as_ref().map(|block| block.kind.clone());
    let mut same: Vec<(usize, usize)> = Vec::new();
    for at in (0..from_ours.len()).filter(|at| from_ours[*at].is_none()) {
        let least = same.last().map_or(0, |(_, there)| there + 1);
        let found = (least..from_theirs.len()).find(|there| {
            from_theirs[*there].is_none()
                && kind(ours, at) == kind(theirs, *there)
                && before(from_ours, at) == before(from_theirs, *there)
        });
        same.extend(found.map(|there| (at, there)));
    }
    same
}
