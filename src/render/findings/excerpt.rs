//! The line that a finding is about, cut around what is meant: lines may be longer than any screen.

use unicode_width::UnicodeWidthChar;

use crate::document::Span;
use crate::model::is_hidden;

/// Characters that are kept in front of what is meant, and altogether.
const BEFORE: usize = 120;
const KEPT: usize = 400;

/// A tab in so many blanks.
const TAB: &str = "    ";

/// Where something is left out.
const CUT: char = '…';

/// A line of a document as it can be shown, and which columns of it are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// Without control characters, tabs as blanks.
    text: String,
    /// The bytes of `text` that are meant.
    meant: Span,
}

impl Excerpt {
    /// The line on which a span begins; of a span over several lines, its part on the first.
    pub(crate) fn new(text: &str, line: Span, span: Span) -> Self {
        let start = line.start;
        let end = start + text[line].trim_end().len();
        let first = back(text, span.start.min(end), BEFORE).max(start);
        let last = forth(text, first, KEPT).min(end);
        let mut excerpt = Self::default();
        let whole = first == start || text[start..first].trim().is_empty();
        if !whole {
            excerpt.text.push(CUT);
        }
        for (at, c) in text[first..last].char_indices().map(|(at, c)| (first + at, c)) {
            if at <= span.start {
                excerpt.meant.start = excerpt.text.len();
            }
            match c {
                '\t' => excerpt.text.push_str(TAB),
                c if c.is_control() || is_hidden(c) => {}
                c => excerpt.text.push(c),
            }
            if at < span.end {
                excerpt.meant.end = excerpt.text.len();
            }
        }
        if span.start >= last {
            excerpt.meant.start = excerpt.text.len();
        }
        excerpt.meant.end = excerpt.meant.end.max(excerpt.meant.start);
        if last < end {
            excerpt.text.push(CUT);
        }
        excerpt
    }

    /// The line in at most so many columns around the beginning of what is meant; then how many blanks stand in front of
    /// that, and how many columns it takes.
    pub(crate) fn fitted(&self, columns: usize) -> (String, usize, usize) {
        let columns = columns.max(16);
        let (before, behind) = self.text.split_at(self.meant.start);
        let meant = width(&self.text[self.meant.clone()]);
        if width(&self.text) <= columns {
            return (self.text.clone(), width(before), meant.max(1));
        }
        // What stands in front gets what is left behind, and at least a third.
        let room = columns.saturating_sub(width(behind)).max(columns / 3);
        let mut line = String::new();
        let front = tail(before, room);
        if front.len() < before.len() {
            line.push(CUT);
        }
        line.push_str(front);
        let lead = width(&line);
        if width(behind) <= columns.saturating_sub(lead) {
            line.push_str(behind);
        } else {
            line.push_str(head(behind, columns.saturating_sub(lead + 1)));
            line.push(CUT);
        }
        let marked = meant.min(width(&line).saturating_sub(lead));
        (line, lead, marked.max(1))
    }
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The end of a text that takes at most so many columns.
fn tail(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    let fits = |c: &char| {
        taken += c.width().unwrap_or(0);
        taken < columns
    };
    let length: usize = text.chars().rev().take_while(fits).map(char::len_utf8).sum();
    &text[text.len() - length..]
}

/// The beginning of a text that takes at most so many columns.
fn head(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    let fits = |c: &char| {
        taken += c.width().unwrap_or(0);
        taken <= columns
    };
    let length: usize = text.chars().take_while(fits).map(char::len_utf8).sum();
    &text[..length]
}

/// So many characters back.
fn back(text: &str, at: usize, count: usize) -> usize {
    text[..at].char_indices().rev().take(count).last().map_or(at, |(place, _)| place)
}

/// So many characters forth.
fn forth(text: &str, at: usize, count: usize) -> usize {
    text[at..].char_indices().nth(count).map_or(text.len(), |(place, _)| at + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(text: &str, span: Span) -> Excerpt {
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
        Excerpt::new(text, start..end, span)
    }

    /// The line with what is meant between brackets, in so many columns.
    fn shown(text: &str, meant: &str, columns: usize) -> String {
        let at = text.find(meant).unwrap();
        let (line, lead, length) = new(text, at..at + meant.len()).fitted(columns);
        assert!(width(&line) <= columns.max(16), "{line}");
        let mut out = String::new();
        let mut column = 0;
        for c in line.chars() {
            if column == lead {
                out.push('[');
            }
            out.push(c);
            column += c.width().unwrap_or(0);
            if column == lead + length {
                out.push(']');
            }
        }
        out
    }

    #[test]
    fn a_line_is_shown_as_it_is_where_it_fits() {
        assert_eq!(shown("one\ntwo three\n", "three", 80), "two [three]");
        assert_eq!(shown("\ta\tb\r\n", "b", 80), "    a    [b]");
        assert_eq!(shown("日本 caf\u{e9} x", "café", 80), "日本 [café] x");
        assert_eq!(shown("a\u{1b}[31mred\u{202e}\n", "red", 80), "a[31m[red]");
        assert_eq!(shown("first\nsecond", "first\nsec", 80), "[first]");
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_meant() {
        let text = format!("{} here {}", "before ".repeat(30), "after ".repeat(30));
        assert_eq!(shown(&text, "here", 40), "…ore before  [here] after after after aft…");
        assert_eq!(shown("here and a long way to the end of it", "here", 20), "[here] and a long way…");
        assert_eq!(shown("a long way to the end of it here", "here", 20), "… the end of it [here]");
    }

    #[test]
    fn a_line_without_end_costs_no_more_than_its_part() {
        let text = format!("{}here{}", "é".repeat(100_000), "é".repeat(100_000));
        let at = text.find("here").unwrap();
        let excerpt = new(&text, at..at + 4);
        assert!(excerpt.text.chars().count() <= KEPT + 2);
        assert_eq!(&excerpt.text[excerpt.meant.clone()], "here");
    }

    proptest::proptest! {
        #[test]
        fn any_place_of_any_text_can_be_shown(text in "(é|\\t|\\n|\\r\\n|日|\u{301}|[a-z ]{1,30}|\\PC){0,40}", a in 0_usize..200, b in 0_usize..200, columns in 0_usize..120) {
            let floor = |mut at: usize| { at = at.min(text.len()); while !text.is_char_boundary(at) { at -= 1; } at };
            let (start, end) = (floor(a.min(b)), floor(a.max(b)));
            let (line, lead, length) = new(&text, start..end).fitted(columns);
            proptest::prop_assert!(width(&line) <= columns.max(16));
            proptest::prop_assert!(length >= 1 && lead <= width(&line));
            proptest::prop_assert!(!line.contains('\n') && !line.contains('\t'));
        }
    }
}
