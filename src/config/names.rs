//! Names that git or the world would refuse.

/// Whether git takes a branch of this name (`git check-ref-format --branch`).
pub(crate) fn is_branch_name(name: &str) -> bool {
    let forbidden = |c: char| c.is_control() || matches!(c, ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\');
    !name.is_empty()
        && name != "@"
        && name != "HEAD"
        && !name.starts_with('-')
        && !name.ends_with('.')
        && !name.contains("..")
        && !name.contains("@{")
        && !name.chars().any(forbidden)
        && name
            .split('/')
            .all(|segment| !segment.is_empty() && !segment.starts_with('.') && !segment.ends_with(".lock"))
}

/// Days of a span like `14d` or `2w`.
pub(crate) fn days(text: &str) -> Option<u32> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let number: u32 = number.parse().ok()?;
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        _ => return None,
    };
    // A hundred years, so that a date plus the span stays a date.
    number.checked_mul(factor).filter(|days| (1..=36_525).contains(days))
}

/// Whether a text is the path of a file or folder below the root: relative, without `..`.
pub(crate) fn is_inner_path(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && !path.contains('\\')
        && !path.chars().any(char::is_control)
        && path.trim_end_matches('/').split('/').all(|segment| !matches!(segment, "" | "." | ".."))
        && !path.split('/').any(|segment| segment.eq_ignore_ascii_case(".git"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_the_branch_names_that_git_refuses() {
        for name in
            ["", "a b", "a..b", "-a", "a/", "/a", "a//b", ".a", "a/.b", "a.lock", "a^", "@", "a@{1}", "a."]
        {
            assert!(!is_branch_name(name), "{name}");
        }
        for name in ["postmortem/drafts", "drafts", "größe", "a.b", "user@host"] {
            assert!(is_branch_name(name), "{name}");
        }
    }

    #[test]
    fn spans_are_days_and_weeks() {
        assert_eq!(days("14d"), Some(14));
        assert_eq!(days("2 weeks"), Some(14));
        for wrong in ["", "d", "14", "0d", "2h", "99999999w", "-3d", "soon"] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_path_stays_inside() {
        assert!(is_inner_path("docs/post-mortems/") && is_inner_path("a"));
        for wrong in ["", "/etc", "../x", "a/../b", "a//b", ".git/hooks", "a\\b"] {
            assert!(!is_inner_path(wrong), "{wrong}");
        }
    }
}
