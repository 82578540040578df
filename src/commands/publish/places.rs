//! Where the lines of a text stand in the one that it was made from by taking something out.

/// How far a line may have moved by what was taken out before it.
const FARTHEST: usize = 400;

/// Where a line of a shorter text stands in the one that it was made from; both are counted from 1. A line that was
/// changed on the way stands behind the one before it.
pub(super) fn origin(text: &str, whole: &str, line: u32) -> u32 {
    let whole: Vec<&str> = whole.lines().collect();
    let mut at = 0;
    let mut found = 0;
    for own in text.lines().take(line as usize) {
        let ahead = whole.get(at..).unwrap_or_default().iter().take(FARTHEST);
        found = at + ahead.into_iter().position(|other| *other == own).unwrap_or(0);
        at = found + 1;
    }
    u32::try_from(found + 1).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn a_line_is_told_where_its_author_has_it() {
        let whole = "# x\n<!-- one\ntwo -->\n\n## Summary\n\n<!-- say it -->\nIt broke.\n[a](x.md)\nend\n";
        let text = "# x\n\n## Summary\n\nIt broke.\n[a](y.md)\nend\n";
        let lines: Vec<u32> = (1..=7).map(|line| origin(text, whole, line)).collect();
        assert_eq!(lines, [1, 4, 5, 6, 8, 9, 10]);
        assert_eq!(origin("", "", 1), 1);
    }
}
