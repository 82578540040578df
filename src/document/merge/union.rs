//! Lines of two documents of one incident: both stay, each once.

use super::prose::labels;
use super::words::{folded, label};
use super::{Joiner, Remark};
use crate::document::zones::named_zone;

impl Joiner<'_> {
    /// Their lines, then what ours says more: a field goes to the fields, a paragraph below.
    pub(super) fn union(&mut self, ours: &[&str], theirs: &[&str], out: &mut Vec<String>) {
        let mut lines: Vec<String> = theirs.iter().map(|line| (*line).to_owned()).collect();
        let known: Vec<String> =
            paragraphs(theirs).into_iter().map(|lines| folded(&lines.join(" "))).collect();
        let mut more: Vec<&[&str]> = Vec::new();
        for paragraph in paragraphs(ours) {
            let has_fields = lines.iter().any(|line| label(line).is_some());
            if known.contains(&folded(&paragraph.join(" "))) || is_guidance(paragraph) {
                continue;
            }
            if let (Some(kept), Some(other)) =
                (paragraphs(theirs).into_iter().find_map(zone), zone(paragraph))
            {
                // Two zones for one list of times are none.
                self.remarks.push(Remark::Chosen { what: "times".to_owned(), kept, other });
            } else if has_fields && labels(paragraph).is_some() {
                paragraph.iter().for_each(|line| self.join_field(line, &mut lines));
            } else {
                more.push(paragraph);
            }
        }
        let end = lines.iter().rev().take_while(|line| line.trim().is_empty()).count();
        let blanks = lines.split_off(lines.len() - end);
        for paragraph in more {
            // What begins the text needs no distance; what follows a heading has one.
            if lines.is_empty() || lines.last().is_some_and(|line| !line.trim().is_empty()) {
                lines.push(String::new());
            }
            lines.extend(paragraph.iter().map(|line| (*line).to_owned()));
        }
        let is_longer = blanks.is_empty() && !lines.is_empty() && !theirs.is_empty();
        lines.extend(blanks);
        let trails = ours.last().is_some_and(|line| line.trim().is_empty());
        if !is_longer && trails && lines.last().is_some_and(|line| !line.trim().is_empty()) {
            lines.push(String::new());
        }
        out.extend(lines);
    }

    /// A field that they have too keeps their value, unless that is still to come; people are joined.
    fn join_field(&mut self, line: &str, lines: &mut Vec<String>) {
        let Some((name, at)) = label(line) else { return };
        let value = line[at..].trim();
        let same = |known: &String| label(known).is_some_and(|(known, _)| self.is_same_field(known, name));
        let Some(there) = lines.iter().position(same) else {
            let last =
                lines.iter().rposition(|line| label(line).is_some()).map_or(lines.len(), |last| last + 1);
            lines.insert(last, line.to_owned());
            return;
        };
        let other = lines[there].clone();
        let start = label(&other).map_or(other.len(), |(_, start)| start);
        let kept = other[start..].trim();
        if let Some(joined) = self.people(None, line, &other) {
            lines[there] = joined;
        } else if self.vocabulary.is_placeholder(kept) && !self.vocabulary.is_placeholder(value) {
            lines[there] = format!("{} {value}", other[..start].trim_end());
        } else if kept != value && !self.vocabulary.is_placeholder(value) {
            let (what, kept, other) = (name.to_owned(), kept.to_owned(), value.to_owned());
            self.remarks.push(Remark::Chosen { what, kept, other });
        }
    }

    fn is_same_field(&self, a: &str, b: &str) -> bool {
        folded(a) == folded(b)
            || self.vocabulary.field(a).is_some_and(|kind| self.vocabulary.field(b) == Some(kind))
    }
}

/// Runs of lines that are not blank.
fn paragraphs<'l, 't>(lines: &'l [&'t str]) -> Vec<&'l [&'t str]> {
    lines.split(|line| line.trim().is_empty()).filter(|lines| !lines.is_empty()).collect()
}

/// A paragraph that tells the zone of all times.
fn zone(paragraph: &[&str]) -> Option<String> {
    let text = paragraph.join(" ").trim().to_owned();
    let is_zone =
        text.len() < 80 && !text.bytes().any(|byte| byte.is_ascii_digit()) && named_zone(&text).is_some();
    is_zone.then_some(text)
}

/// What a template says to its author.
fn is_guidance(paragraph: &[&str]) -> bool {
    let text = paragraph.join("\n");
    text.trim_start().starts_with("<!--")
        && text.trim_end().ends_with("-->")
        && text.matches("<!--").count() == 1
}
