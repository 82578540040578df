//! Comments that let one rule pass at one place: `<!-- postmortem: allow CODE reason -->`.
//!
//! Told from the text alone, so that they work in every layout and language, in pages of HTML, and where nothing but
//! bytes is at hand. A comment behind text is about its own line; one that has its line to itself is about the block
//! below it. In fenced code and between backticks it is text.

mod code;

use super::{Span, Spanned};
use code::{fences, is_code, item_indent};

/// What opens and closes a comment.
const MARKS: (&str, &str) = ("<!--", "-->");

/// A comment that allows something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The comment, with its marks.
    pub span: Span,
    /// The rule as written, by code or by name, and where; empty where none is named.
    pub rule: Spanned<String>,
    /// Why; empty where it does not say.
    pub reason: String,
    /// The lines that it is about.
    pub covers: Span,
}

impl Allowance {
    /// Whether it is about a place: one that begins or ends in its lines.
    #[must_use]
    pub fn is_about(&self, place: &Span) -> bool {
        let last = place.end.max(place.start + 1) - 1;
        // What is missing is missed at the very end.
        let ends_there = place.is_empty() && place.start == self.covers.end;
        self.covers.contains(&place.start) || self.covers.contains(&last) || ends_there
    }
}

/// Every such comment, in the text's order.
#[must_use]
pub fn allowances(text: &str) -> Vec<Allowance> {
    let mut found = Vec::new();
    if !text.contains("postmortem:") {
        return found;
    }
    let fences = fences(text);
    let mut from = 0;
    while let Some(start) = text[from..].find(MARKS.0).map(|at| from + at) {
        let inside = start + MARKS.0.len();
        if fences.iter().any(|fence| fence.contains(&start)) || is_code(text, start) {
            from = inside;
            continue;
        }
        let Some(close) = text[inside..].find(MARKS.1).map(|at| inside + at) else { break };
        from = close + MARKS.1.len();
        if let Some((rule, reason)) = read(text, inside..close) {
            let span = start..from;
            let covers = covered(text, &span, &fences);
            found.push(Allowance { span, rule, reason, covers });
        }
    }
    found
}

/// The rule and the reason of a comment, given without its marks; `None` for any other comment.
fn read(text: &str, inside: Span) -> Option<(Spanned<String>, String)> {
    let behind = |at: usize, word: &str| {
        let rest = &text[at..inside.end];
        let trimmed = rest.trim_start();
        trimmed.strip_prefix(word).map(|behind| inside.end - behind.len())
    };
    let at = behind(behind(inside.start, "postmortem:")?, "allow")?;
    let rest = &text[at..inside.end];
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let start = inside.end - rest.trim_start().len();
    let length = text[start..inside.end].find(char::is_whitespace).unwrap_or(inside.end - start);
    let word = text[start..start + length].trim_end_matches([':', ',', ';']);
    let rule = Spanned { value: word.to_owned(), span: start..start + word.len() };
    let reason = text[start + length..inside.end].split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = reason.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned();
    Some((rule, reason))
}

/// The lines that a comment is about.
fn covered(text: &str, comment: &Span, fences: &[Span]) -> Span {
    let (first, last) = (line_start(text, comment.start), line_end(text, comment.end));
    let is_blank = |part: &str| part.chars().all(|c| c.is_whitespace() || c == '>');
    if !is_blank(&text[first..comment.start]) || !is_blank(&text[comment.end..last]) {
        return first..last;
    }
    let mut at = last;
    loop {
        let rest = &text[at..];
        let start = text.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '>').len();
        if start == text.len() {
            return last..text.len();
        }
        // Of several comments above a block each is about the block.
        let after = text[start..].strip_prefix(MARKS.0).and_then(|inside| inside.find(MARKS.1));
        match after.map(|close| start + MARKS.0.len() + close + MARKS.1.len()) {
            Some(end) if text[end..line_end(text, end)].trim().is_empty() => at = end,
            _ => return line_start(text, start)..block_end(text, start, fences),
        }
    }
}

/// The end of the block whose first line holds `start`.
fn block_end(text: &str, start: usize, fences: &[Span]) -> usize {
    let first = line_start(text, start);
    if let Some(fence) = fences.iter().find(|fence| fence.contains(&start)) {
        return fence.end;
    }
    let mut end = line_end(text, start);
    if text[first..end].trim_start().starts_with('#') {
        return end;
    }
    let own = item_indent(&text[first..end]);
    while end < text.len() {
        let next = end + 1;
        let line = &text[next..line_end(text, next)];
        let is_next_item = own.zip(item_indent(line)).is_some_and(|(own, other)| other <= own);
        let is_over = line.trim().is_empty()
            || line.trim_start().starts_with('#')
            || fences.iter().any(|fence| fence.start == next);
        if is_over || is_next_item {
            break;
        }
        end = next + line.len();
    }
    end
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule, the reason, and what is covered.
    fn told(text: &str) -> Vec<(String, String, &str)> {
        allowances(text)
            .into_iter()
            .map(|one| (one.rule.value, one.reason, text[one.covers].trim_end()))
            .collect()
    }

    fn covers(text: &str) -> &str {
        let told = told(text);
        assert_eq!(told.len(), 1, "{told:?}");
        told[0].2
    }

    #[test]
    fn behind_text_it_is_about_that_line() {
        let text = "one\ntwo <!-- postmortem: allow PM104 a quote --> more\nthree\n";
        assert_eq!(
            told(text),
            [("PM104".into(), "a quote".into(), "two <!-- postmortem: allow PM104 a quote --> more")]
        );
        assert_eq!(
            covers("| a | b <!--postmortem: allow PM104 x--> |\n| c |"),
            "| a | b <!--postmortem: allow PM104 x--> |"
        );
    }

    #[test]
    fn on_a_line_of_its_own_it_is_about_the_block_below() {
        let mark = "<!-- postmortem: allow PM104 why -->";
        for (below, covered) in [
            ("one\ntwo\n\nthree", "one\ntwo"),
            ("\none\n\nthree", "one"),
            ("# Head\ntext", "# Head"),
            ("- one\n  more\n- two", "- one\n  more"),
            ("1. one\n   - below\n2. two", "1. one\n   - below"),
            ("| a |\n|---|\n| b |\n\nx", "| a |\n|---|\n| b |"),
            ("```\na\n\nb\n```\nx", "```\na\n\nb\n```"),
            ("text\n## Next", "text"),
            ("<!-- another -->\n\none\n", "one"),
            ("> quoted\n> more\n", "> quoted\n> more"),
        ] {
            assert_eq!(covers(&format!("{mark}\n{below}")), covered, "{below}");
        }
        assert_eq!(covers(&format!("{mark}\r\none\r\ntwo\r\n\r\nthree")), "one\r\ntwo");
        assert_eq!(covers(&format!("<p>\n {mark}\n <b>x</b>\n</p>")), " <b>x</b>\n</p>");
    }

    #[test]
    fn at_the_end_it_is_about_what_is_missing() {
        let text = "one\n\n<!-- postmortem: allow PM201 small -->\n";
        let found = &allowances(text)[0];
        assert!(found.is_about(&(text.len()..text.len())));
        assert!(!found.is_about(&(0..3)));
    }

    #[test]
    fn of_a_place_one_end_is_enough() {
        let text = "a long\nsentence <!-- postmortem: allow x y -->\nafter\n";
        let found = &allowances(text)[0];
        assert!(found.is_about(&(0..15)) && found.is_about(&(8..9)) && found.is_about(&(8..text.len())));
        assert!(!found.is_about(&(0..6)) && !found.is_about(&(text.len() - 3..text.len())));
    }

    #[test]
    fn a_reason_may_be_missing_or_begin_with_a_sign() {
        let said = |comment: &str| {
            let found = allowances(comment);
            found.into_iter().map(|one| (one.rule.value, one.reason)).collect::<Vec<_>>()
        };
        assert_eq!(said("<!-- postmortem: allow PM104 -->"), [("PM104".into(), String::new())]);
        assert_eq!(
            said("<!-- postmortem: allow PM104: because\n of it -->"),
            [("PM104".into(), "because of it".into())]
        );
        assert_eq!(
            said("<!-- postmortem: allow no-owner — later -->"),
            [("no-owner".into(), "later".into())]
        );
        assert_eq!(said("<!-- postmortem: allow -->"), [(String::new(), String::new())]);
        for other in [
            "<!-- postmortem: allowed PM1 x -->",
            "<!-- allow PM104 x -->",
            "<!-- postmortem: toc -->",
            "<!-- postmortem: allow PM1 x",
        ] {
            assert_eq!(said(other), [], "{other}");
        }
    }

    #[test]
    fn in_code_it_is_text() {
        let mark = "<!-- postmortem: allow PM104 why -->";
        assert_eq!(told(&format!("```\n{mark}\n```\n")), []);
        assert_eq!(told(&format!("write `{mark}` there")), []);
        assert_eq!(told(&format!("~~~~\n```\n~~~\n{mark}\n~~~~\nx {mark}")).len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(<!-- ?|postmortem: |allow |PM104 |why|-->|\n|\r\n|```|~~~|`|- |# |> |é|\\PC){0,30}") {
            for found in allowances(&text) {
                proptest::prop_assert!(text.get(found.span).is_some());
                proptest::prop_assert!(text.get(found.covers).is_some());
                proptest::prop_assert_eq!(text.get(found.rule.span), Some(found.rule.value.as_str()));
            }
        }
    }
}
