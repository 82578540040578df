//! Lines of text, merged as git merges them, but for lines that each name what they say.

use super::arrange::arrange;
use super::words::{folded, label};
use super::{Joiner, diff};
use crate::document::FieldKind;

impl Joiner<'_> {
    /// Merges lines.
    pub(super) fn prose(&mut self, base: &[&str], ours: &[&str], theirs: &[&str], out: &mut Vec<String>) {
        if settled(base, ours, theirs, out) {
            return;
        }
        for hunk in diff::hunks(base, ours, theirs) {
            let (base, ours, theirs) = (&base[hunk.base], &ours[hunk.ours], &theirs[hunk.theirs]);
            if hunk.same {
                add(theirs, out);
            } else {
                self.hunk(base, ours, theirs, out);
            }
        }
    }

    /// Lines that one side changed, or both.
    fn hunk(&mut self, base: &[&str], ours: &[&str], theirs: &[&str], out: &mut Vec<String>) {
        let is_blank = |lines: &[&str]| lines.iter().all(|line| line.trim().is_empty());
        if settled(base, ours, theirs, out) {
            return;
        }
        if is_blank(base) && is_blank(ours) {
            return add(theirs, out);
        }
        if is_blank(base) && is_blank(theirs) {
            return add(ours, out);
        }
        let lead = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
        let (mine, other) = (&ours[lead..], &theirs[lead..]);
        let tail = mine.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
        let (mine, other) = (&mine[..mine.len() - tail], &other[..other.len() - tail]);
        add(&theirs[..lead], out);
        if is_blank(mine) || is_blank(other) {
            let (stays, gone) = if is_blank(other) { (mine, theirs) } else { (other, ours) };
            if is_blank(gone) {
                self.kept(format!("{}, which the other side took away", lines(stays)));
            }
            add(stays, out);
        } else if lead + tail > 0
            || !self.fields(base, ours, theirs, out) && !self.each(base, ours, theirs, out)
        {
            self.both(mine, other, lines(if mine.len() > other.len() { mine } else { other }), out);
        }
        add(&theirs[theirs.len() - tail..], out);
    }

    /// As many lines on all sides, and no line that both changed.
    fn each(&mut self, base: &[&str], ours: &[&str], theirs: &[&str], out: &mut Vec<String>) -> bool {
        let same = base.len() == ours.len() && base.len() == theirs.len();
        let one = |at: usize| ours[at] == base[at] || theirs[at] == base[at] || ours[at] == theirs[at];
        if !same || !(0..base.len()).all(one) {
            return false;
        }
        let pick = |at: usize| if theirs[at] == base[at] { ours[at] } else { theirs[at] };
        out.extend((0..base.len()).map(|at| pick(at).to_owned()));
        true
    }

    /// Lines that each open with a label of their own: `**Severity**: SEV-2`.
    fn fields(&mut self, base: &[&str], ours: &[&str], theirs: &[&str], out: &mut Vec<String>) -> bool {
        let (Some(was), Some(mine), Some(other)) = (labels(base), labels(ours), labels(theirs)) else {
            return false;
        };
        let origins = |side: &[String]| -> Vec<Option<usize>> {
            side.iter().map(|name| was.iter().position(|known| known == name)).collect()
        };
        let (from_ours, from_theirs) = (origins(&mine), origins(&other));
        let new = mine.iter().enumerate().filter(|(at, _)| from_ours[*at].is_none());
        let same: Vec<(usize, usize)> =
            new.filter_map(|(at, name)| Some((at, other.iter().position(|known| known == name)?))).collect();
        for slot in arrange(&from_ours, &from_theirs, &same) {
            let base = slot.base.map(|at| base[at]);
            match (slot.ours.map(|at| ours[at]), slot.theirs.map(|at| theirs[at])) {
                (Some(ours), Some(theirs)) => self.field(base, ours, theirs, out),
                (Some(one), None) | (None, Some(one)) if base != Some(one) => {
                    if base.is_some() {
                        let name = label(one).map_or("", |(name, _)| name);
                        self.kept(format!("{name}, which the other side took away"));
                    }
                    out.push(one.to_owned());
                }
                _ => {}
            }
        }
        true
    }

    fn field(&mut self, base: Option<&str>, ours: &str, theirs: &str, out: &mut Vec<String>) {
        if ours == theirs || Some(ours) == base {
            out.push(theirs.to_owned());
        } else if Some(theirs) == base {
            out.push(ours.to_owned());
        } else if let Some(joined) = self.people(base, ours, theirs) {
            out.push(joined);
        } else {
            let (name, value) = label(ours).unwrap_or(("", 0));
            let other = label(theirs).map_or("", |(_, at)| &theirs[at..]);
            // A value that waits to be filled in is none.
            if self.vocabulary.is_placeholder(&ours[value..]) {
                out.push(theirs.to_owned());
            } else if self.vocabulary.is_placeholder(other) {
                out.push(ours.to_owned());
            } else {
                let name = name.to_owned();
                self.both(&[ours], &[theirs], name, out);
            }
        }
    }

    /// A line that lists people has those of both sides, without those that one side took out.
    pub(super) fn people(&self, base: Option<&str>, ours: &str, theirs: &str) -> Option<String> {
        let (name, at) = label(theirs)?;
        let kind = self.vocabulary.field(name)?;
        let is_list = matches!(
            kind,
            FieldKind::Authors | FieldKind::Reviewers | FieldKind::People | FieldKind::Formerly
        );
        let of = |line: &str| -> Vec<String> {
            let value = label(line).map_or("", |(_, at)| &line[at..]);
            let names = value.split(',').map(|name| name.trim().to_owned());
            names.filter(|name| !self.vocabulary.is_placeholder(name)).collect()
        };
        let (was, mine, other) = (base.map(of).unwrap_or_default(), of(ours), of(theirs));
        let stays = |name: &&String, side: &[String]| !was.contains(name) || side.contains(name);
        let mut all: Vec<String> = other.iter().filter(|name| stays(name, &mine)).cloned().collect();
        all.extend(mine.iter().filter(|name| !other.contains(name) && !was.contains(name)).cloned());
        is_list.then(|| format!("{} {}", theirs[..at].trim_end(), all.join(", ")))
    }
}

/// Writes what needs no decision: one side changed nothing, or both did the same.
fn settled(base: &[&str], ours: &[&str], theirs: &[&str], out: &mut Vec<String>) -> bool {
    if ours == theirs || ours == base {
        add(theirs, out);
    } else if theirs == base {
        add(ours, out);
    } else {
        return false;
    }
    true
}

pub(super) fn add(lines: &[&str], out: &mut Vec<String>) {
    out.extend(lines.iter().map(|line| (*line).to_owned()));
}

/// The labels of lines, where each has one of its own.
pub(super) fn labels(lines: &[&str]) -> Option<Vec<String>> {
    let names: Vec<String> =
        lines.iter().map(|line| label(line).map(|(name, _)| folded(name))).collect::<Option<_>>()?;
    let is_alone = |at: usize| names.iter().filter(|name| **name == names[at]).count() == 1;
    (0..names.len()).all(is_alone).then_some(names)
}

fn lines(lines: &[&str]) -> String {
    match lines.iter().filter(|line| !line.trim().is_empty()).count() {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    }
}
