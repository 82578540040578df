//! Patterns over paths as `.gitignore` and git's globbing pathspecs have them.

/// Whether a path fits a pattern: `*` and `?` stay inside a folder, `**` crosses folders, `[a-z]` is one
/// character of a set.
#[must_use]
pub fn fits(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    segments_fit(&pattern, &path)
}

/// Whether the name of a tag or an issue fits a pattern as `git tag --list` has them: `*` takes everything, slashes too.
#[must_use]
pub fn fits_name(pattern: &str, name: &str) -> bool {
    segment_fits(pattern.as_bytes(), name.as_bytes())
}

/// Whether a text is a pattern at all.
pub(crate) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// The folder in front of the first segment that is a pattern.
#[must_use]
pub fn fixed_folder(pattern: &str) -> String {
    let segments: Vec<&str> = pattern.split('/').collect();
    let fixed = segments.iter().take_while(|segment| !is_pattern(segment)).count();
    segments[..fixed.min(segments.len() - 1)].join("/")
}

/// Goes back only to the last `**`, which is enough: an earlier one could not take more to any avail.
fn segments_fit(pattern: &[&str], path: &[&str]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut stars: Option<(usize, usize)> = None;
    while n < path.len() {
        if pattern.get(p) == Some(&"**") {
            if p + 1 == pattern.len() {
                return true;
            }
            stars = Some((p, n));
            p += 1;
        } else if pattern.get(p).is_some_and(|segment| segment_fits(segment.as_bytes(), path[n].as_bytes())) {
            p += 1;
            n += 1;
        } else if let Some((at, from)) = stars {
            stars = Some((at, from + 1));
            p = at + 1;
            n = from + 1;
        } else {
            return false;
        }
    }
    p == pattern.len()
}

/// Matches one segment, going back only to the last star: linear in practice, whatever the pattern.
fn segment_fits(pattern: &[u8], name: &[u8]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match one_fits(&pattern[p..], name[n]) {
            Some(length) => {
                p += length;
                n += 1;
            }
            None if pattern.get(p) == Some(&b'*') => {
                star = Some((p, n));
                p += 1;
            }
            None => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    n = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

/// Whether the head of a pattern takes a byte, and how long the head is.
fn one_fits(pattern: &[u8], byte: u8) -> Option<usize> {
    match pattern.first()? {
        b'*' => None,
        b'?' => Some(1),
        b'[' => {
            let negated = matches!(pattern.get(1), Some(b'!' | b'^'));
            let start = if negated { 2 } else { 1 };
            let end = start + 1 + pattern.get(start + 1..)?.iter().position(|b| *b == b']')?;
            (in_set(&pattern[start..end], byte) != negated).then_some(end + 1)
        }
        b'\\' => (*pattern.get(1)? == byte).then_some(2),
        other => (*other == byte).then_some(1),
    }
}

fn in_set(set: &[u8], byte: u8) -> bool {
    let mut at = 0;
    while at < set.len() {
        if at + 2 < set.len() && set[at + 1] == b'-' {
            if (set[at]..=set[at + 2]).contains(&byte) {
                return true;
            }
            at += 3;
        } else {
            if set[at] == byte {
                return true;
            }
            at += 1;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_in_its_folder_and_two_cross() {
        assert!(fits("docs/*.md", "docs/a.md"));
        assert!(!fits("docs/*.md", "docs/a/b.md"));
        assert!(fits("docs/**/*.md", "docs/a/b/c.md") && fits("docs/**/*.md", "docs/a.md"));
        assert!(fits("**/drafts/**", "a/drafts/b/c") && !fits("**/drafts/**", "a/drafts"));
    }

    #[test]
    fn sets_and_question_marks_take_one_character() {
        assert!(fits("20[12]?-*.md", "2026-x.md"));
        assert!(!fits("20[!2]?-*.md", "2026-x.md"));
    }

    #[test]
    fn many_stars_end_soon() {
        let pattern = "*a".repeat(40) + "b";
        assert!(!fits(&pattern, &"a".repeat(4000)));
    }

    #[test]
    fn the_fixed_folder_ends_before_the_first_pattern() {
        assert_eq!(fixed_folder("docs/pm/**/*.md"), "docs/pm");
        assert_eq!(fixed_folder("docs/pm/a.md"), "docs/pm");
        assert_eq!(fixed_folder("*.md"), "");
    }
}
