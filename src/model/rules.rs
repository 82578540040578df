//! What lint's rules are called, for all who speak of them: each has a code and a readable name, and either will do.

/// Made from the names of the files in `src/lint/rules`: a line a rule.
const NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.txt"));

/// Every rule's code and name, in the order of codes: `PM201`, `missing-section`.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.lines().filter_map(|line| line.split_once(' '))
}

/// The code and name of the rule that a typed code or name means, in any case.
#[must_use]
pub fn find(typed: &str) -> Option<(&'static str, &'static str)> {
    all().find(|(code, name)| code.eq_ignore_ascii_case(typed) || name.eq_ignore_ascii_case(typed))
}

/// The code or name of a rule that is likest to what was typed, where one is like enough to be meant.
#[must_use]
pub fn nearest(typed: &str) -> Option<&'static str> {
    let folded = typed.to_lowercase();
    // Codes differ in digits alone: of these only a slip of one sign is likely.
    let code = |code: &str| (strsim::levenshtein(&code.to_lowercase(), &folded) <= 1).then_some(0.9);
    let name = |name: &str| Some(strsim::jaro_winkler(name, &folded)).filter(|likeness| *likeness >= 0.8);
    let known = all().flat_map(|(c, n)| [(code(c), c), (name(n), n)]);
    let likely = known.filter_map(|(likeness, word)| Some((likeness?, word)));
    likely.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_known_by_code_and_by_name() {
        let rule = Some(("PM201", "missing-section"));
        assert_eq!((find("PM201"), find("pm201"), find("Missing-Section")), (rule, rule, rule));
        assert_eq!((find("PM9999"), find("")), (None, None));
    }

    #[test]
    fn the_likest_is_named() {
        assert_eq!(nearest("mising-section"), Some("missing-section"));
        assert!(nearest("PM2O1").is_some_and(|word| word.starts_with("PM2")));
        assert_eq!(nearest("colour"), None);
    }
}
