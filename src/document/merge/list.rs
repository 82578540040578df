//! Items of lists: each is merged with itself, and numbers run on.

use super::arrange::arrange;
use super::outline::{Kind, Outline, Structure};
use super::words::{folded, label, likeness, views};
use super::{Joiner, Policy, Remark, Three, diff};
use crate::model::SectionKind;

/// So many of its words an item keeps to be the same item, reworded.
const SAME: f64 = 0.5;
/// Among so many items that are new or gone, reworded ones are looked for.
const MOST: usize = 200;

/// An item: its marker, and its lines without it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    lead: String,
    ordinal: Option<u64>,
    lines: Vec<String>,
}

impl Item {
    fn read(lines: &[&str]) -> Self {
        let first = lines.first().copied().unwrap_or_default();
        let text = first.trim_start();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let sign = text[digits..].chars().next().map_or(0, char::len_utf8);
        let rest = &text[digits + sign..];
        let content = rest.trim_start();
        let lead = &first[..first.len() - content.len()];
        let lines = std::iter::once(content).chain(lines.iter().skip(1).copied());
        Self {
            lead: lead.to_owned(),
            ordinal: text[..digits].parse().ok(),
            lines: lines.map(str::to_owned).collect(),
        }
    }

    fn says_nothing(&self) -> bool {
        self.lines.iter().all(|line| line.trim().is_empty())
    }

    fn text(&self) -> String {
        self.lines.join("\n").trim().to_owned()
    }

    /// Its lines behind a marker with another number; what is nested moves with the marker's width.
    fn numbered(&self, ordinal: Option<u64>) -> Vec<String> {
        let mut lead = self.lead.clone();
        if let (Some(new), Some(_)) = (ordinal, self.ordinal) {
            let start = lead.len() - lead.trim_start().len();
            let end = start + lead[start..].bytes().take_while(u8::is_ascii_digit).count();
            lead.replace_range(start..end, &new.to_string());
        }
        let more = lead.len().saturating_sub(self.lead.len());
        let lines = self.lines.iter().enumerate().map(|(at, line)| match at {
            0 => format!("{lead}{line}").trim_end().to_owned(),
            _ if line.starts_with(' ') => format!("{}{line}", " ".repeat(more)),
            _ => line.clone(),
        });
        lines.collect()
    }
}

impl Joiner<'_> {
    pub(super) fn list(
        &mut self,
        texts: Three<'_, '_>,
        (base, ours, theirs): (Option<&Structure>, &Structure, &Structure),
        out: &mut Vec<String>,
    ) {
        let read = |outline: &Outline<'_>, list: &Structure| -> Vec<Item> {
            let items = list.elements.iter().map(|lines| Item::read(outline.of(lines)));
            // What waits to be written is no item that two could differ in.
            items.filter(|item| !item.says_nothing()).collect()
        };
        let was = base.map(|base| read(texts.base, base)).unwrap_or_default();
        let (mine, other) = (read(texts.ours, ours), read(texts.theirs, theirs));
        if mine.is_empty() && other.is_empty() {
            return super::prose::add(texts.theirs.of(&theirs.lines), out);
        }
        let (from_ours, from_theirs) = (origins(&mine, &was), origins(&other, &was));
        let same = same(&mine, &from_ours, &other, &from_theirs);
        let is_loose = |list: &Structure| list.elements.windows(2).any(|two| two[0].end < two[1].start);
        let blanks = is_loose(ours) || is_loose(theirs);
        let mut number = Numbers::of(if other.is_empty() { &mine } else { &other });
        let mut is_first = true;
        for slot in arrange(&from_ours, &from_theirs, &same) {
            let base = slot.base.map(|at| &was[at]);
            let sides = (slot.ours.map(|at| &mine[at]), slot.theirs.map(|at| &other[at]));
            let ordinal = number.now();
            let written = self.item(base, sides, ordinal);
            if written.is_empty() {
                continue;
            }
            if let (None, (Some(item), None)) = (base, sides) {
                self.renumbered(item, ordinal);
            }
            if blanks && !is_first {
                out.push(String::new());
            }
            is_first = false;
            number.step();
            out.extend(written);
        }
        debug_assert!(matches!(theirs.kind, Kind::List { .. }));
    }

    /// The number of a promise is its name.
    fn renumbered(&mut self, item: &Item, ordinal: Option<u64>) {
        let is_promise = self.vocabulary.section(&self.section) == Some(SectionKind::ActionItems);
        if let (Some(old), Some(new), true) = (item.ordinal, ordinal, is_promise)
            && old != new
        {
            let (section, old, new) = (self.section.clone(), old.to_string(), new.to_string());
            self.remarks.push(Remark::Renumbered { section, old, new });
        }
    }

    fn item(
        &mut self,
        base: Option<&Item>,
        sides: (Option<&Item>, Option<&Item>),
        ordinal: Option<u64>,
    ) -> Vec<String> {
        let is = |one: &Item, other: &Item| one.text() == other.text();
        match (base, sides) {
            (_, (Some(ours), Some(theirs))) => {
                let is_alike = base.is_none() && folded(&ours.text()) == folded(&theirs.text());
                if is_alike || is(ours, theirs) || base.is_some_and(|base| is(ours, base)) {
                    theirs.numbered(ordinal)
                } else if base.is_some_and(|base| is(theirs, base)) {
                    ours.numbered(ordinal)
                } else {
                    self.both_items(base, (ours, theirs), ordinal)
                }
            }
            (Some(base), (Some(one), None) | (None, Some(one))) if is(one, base) => Vec::new(),
            (_, (Some(one), None) | (None, Some(one))) => {
                if base.is_some() {
                    let name = super::table::shortened(&one.text());
                    self.kept(format!("the item '{name}', which the other side took away"));
                }
                one.numbered(ordinal)
            }
            (_, (None, None)) => Vec::new(),
        }
    }

    /// An item that both changed: its box and its words are told apart.
    fn both_items(
        &mut self,
        base: Option<&Item>,
        (ours, theirs): (&Item, &Item),
        ordinal: Option<u64>,
    ) -> Vec<String> {
        let mut out = Vec::new();
        if self.policy == Policy::Union {
            // One of two that say the same in other words.
            return [theirs.numbered(ordinal), ours.numbered(ordinal.map(|number| number + 1))].concat();
        }
        let ((our_box, our_rest), (their_box, their_rest)) = (boxed(ours), boxed(theirs));
        let base = base.map(boxed);
        let base_rest = base.as_ref().map(|(_, rest)| rest.clone()).unwrap_or_default();
        let is_changed = base.as_ref().is_some_and(|(known, _)| *known == their_box);
        let the_box = if is_changed { our_box } else { their_box };
        let (was, mine, other) = (views(&base_rest), views(&our_rest), views(&their_rest));
        let first_settled =
            mine.first() == other.first() || was.first() == mine.first() || was.first() == other.first();
        let whole = |lines: Vec<String>| {
            let mut lines = lines;
            if let Some(first) = lines.first_mut() {
                *first = format!("{the_box}{first}");
            }
            Item { lead: theirs.lead.clone(), ordinal: theirs.ordinal, lines }
        };
        if first_settled && !was.is_empty() {
            self.prose(&was, &mine, &other, &mut out);
            return whole(out).numbered(ordinal);
        }
        let (mine, other) =
            (whole(our_rest.clone()).numbered(ordinal), whole(their_rest.clone()).numbered(ordinal));
        let what = format!("the item '{}'", super::table::shortened(&theirs.text()));
        self.both(&mine, &other, what, &mut out);
        out
    }
}

/// A checkbox, and the lines without it.
fn boxed(item: &Item) -> (String, Vec<String>) {
    let mut lines = item.lines.clone();
    let first = lines.first().cloned().unwrap_or_default();
    let is_box = ["[ ] ", "[x] ", "[X] "].iter().any(|known| first.starts_with(known));
    let (the_box, rest) = first.split_at(if is_box { 4 } else { 0 });
    if let Some(line) = lines.first_mut() {
        *line = rest.to_owned();
    }
    (the_box.to_owned(), lines)
}

/// Which item of the base each of these was.
fn origins(side: &[Item], base: &[Item]) -> Vec<Option<usize>> {
    let texts = |items: &[Item]| items.iter().map(Item::text).collect::<Vec<_>>();
    let (mine, known) = (texts(side), texts(base));
    let mut origins = vec![None; side.len()];
    diff::matches(&known, &mine).into_iter().for_each(|(at, there)| origins[there] = Some(at));
    let mut gone: Vec<usize> = (0..base.len()).filter(|at| !origins.contains(&Some(*at))).collect();
    if gone.len() > MOST || side.len() > MOST * 10 {
        return origins;
    }
    let name = |text: &str| label(text.lines().next().unwrap_or_default()).map(|(name, _)| folded(name));
    for at in 0..side.len() {
        if origins[at].is_some() {
            continue;
        }
        let score = |known: &str| match (name(&mine[at]), name(known)) {
            (Some(one), Some(other)) if one == other => 2.0,
            (Some(_), Some(_)) => 0.0,
            _ if known == mine[at] => 3.0,
            _ => likeness(&mine[at], known),
        };
        let best = gone.iter().enumerate().map(|(place, base)| (score(&known[*base]), place));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(score, _)| *score >= SAME);
        if let Some((_, place)) = best {
            origins[at] = Some(gone.remove(place));
        }
    }
    origins
}

/// Items that are new on both sides and say the same.
fn same(
    ours: &[Item],
    from_ours: &[Option<usize>],
    theirs: &[Item],
    from_theirs: &[Option<usize>],
) -> Vec<(usize, usize)> {
    let mut left: Vec<usize> = (0..theirs.len()).filter(|at| from_theirs[*at].is_none()).collect();
    let mut same = Vec::new();
    for at in (0..ours.len()).filter(|at| from_ours[*at].is_none()) {
        let says = folded(&ours[at].text());
        if let Some(place) = left.iter().position(|there| folded(&theirs[*there].text()) == says) {
            same.push((at, left.remove(place)));
        }
    }
    same
}

/// How a list counts.
struct Numbers {
    next: Option<u64>,
    /// Every item has the same number, and the reader's markdown counts.
    still: bool,
}

impl Numbers {
    fn of(items: &[Item]) -> Self {
        let next = items.first().and_then(|item| item.ordinal);
        let still = items.len() > 1 && items.iter().all(|item| item.ordinal == next);
        Self { next, still }
    }

    fn now(&self) -> Option<u64> {
        self.next
    }

    fn step(&mut self) {
        if !self.still {
            self.next = self.next.map(|number| number.saturating_add(1));
        }
    }
}
