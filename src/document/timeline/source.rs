//! Where an entry is known from: a mark behind its sentence, where the timeline has no column for it.

/// What opens the mark.
const OPENS: &str = " (source: ";

/// A sentence with its source behind it, as the reader takes it.
#[must_use]
pub fn with_source(text: &str, source: &str) -> String {
    format!("{text}{OPENS}{source})")
}

/// The sentence and its source.
pub(super) fn split(mut text: String) -> (String, Option<String>) {
    let Some(inner) = text.strip_suffix(')') else { return (text, None) };
    let Some(at) = inner.rfind(OPENS).filter(|at| *at > 0) else { return (text, None) };
    let source = inner[at + OPENS.len()..].trim().to_owned();
    if source.is_empty() {
        return (text, None);
    }
    let kept = text[..at].trim_end().len();
    text.truncate(kept);
    (text, Some(source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_reads_back() {
        for (text, source) in [("Deployed v1.4.0", "git tag v1.4.0"), ("a (b)", "export (1).csv"), ("x", "y")]
        {
            assert_eq!(split(with_source(text, source)), (text.to_owned(), Some(source.to_owned())));
        }
        for none in ["", "Deployed (v1.4.0)", " (source: x)", "a (source: )", "a (source: x) and more"] {
            let text = none.to_owned();
            assert_eq!(super::split(text), (none.to_owned(), None), "{none}");
        }
    }
}
