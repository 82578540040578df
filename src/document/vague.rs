//! Items that promise nothing one could check, in the words of every language.

use std::sync::LazyLock;

use super::fold::fold;
use super::language::LANGUAGES;

/// What an item only wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vague {
    /// Something better: `improve monitoring`.
    Better,
    /// People more careful: `be more careful`.
    Attitude,
    /// People taught, and nothing else: `train the team`.
    Training,
    /// A look at something, without an end: `investigate the latency`.
    Probing,
    /// A phrase of the team's own list.
    Listed,
}

/// Up to so many words an item that begins or ends with such a phrase says nothing more.
const SHORT: [(Vague, usize); 4] =
    [(Vague::Attitude, 14), (Vague::Training, 8), (Vague::Better, 6), (Vague::Probing, 10)];
/// The same where the phrase is one adjective: `better alerts`, `more tests`.
const SHORT_ADJECTIVE: usize = 3;
/// Signs that a word of a script without blanks counts for.
const SIGNS: usize = 3;

/// The phrases of all languages, folded.
struct Phrases {
    by_kind: [(Vague, Vec<String>); 4],
    leads: Vec<String>,
    means: Vec<String>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let of = |key: &str| -> Vec<String> {
        let words = LANGUAGES.iter().flat_map(|language| language.words("vague", key));
        let mut folded: Vec<String> = words.map(|word| fold(word)).collect();
        // `should` would hide `we should`.
        folded.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        folded
    };
    Phrases {
        by_kind: [
            (Vague::Attitude, of("attitude")),
            (Vague::Training, of("training")),
            (Vague::Better, of("improve")),
            (Vague::Probing, of("probing")),
        ],
        leads: of("leads"),
        means: of("means"),
    }
});

/// Whether an item's text only wants something that nobody can check off, and the phrase by which it does, folded. A
/// number, a quotation or a word on the means makes it more than that. `listed`: further phrases.
#[must_use]
pub fn vague(text: &str, listed: &[String]) -> Option<(Vague, String)> {
    let folded = fold(text);
    let listed = listed.iter().map(|phrase| fold(phrase));
    let own = listed.into_iter().find(|phrase| begins(&folded, phrase) || ends(&folded, phrase));
    if let Some(phrase) = own.filter(|phrase| !phrase.is_empty()) {
        return Some((Vague::Listed, phrase));
    }
    let mut said = folded.as_str();
    while let Some(lead) = PHRASES.leads.iter().find(|lead| begins(said, lead) && said.len() > lead.len()) {
        said = said[lead.len()..].trim_start();
    }
    let words = length(said);
    for (kind, phrases) in &PHRASES.by_kind {
        let most = SHORT.iter().find(|(known, _)| known == kind).map_or(0, |(_, most)| *most);
        let fits = |phrase: &&String| {
            let is_adjective =
                matches!(phrase.as_str(), "better" | "more" | "besser" | "bessere" | "besseres" | "mieux");
            (begins(said, phrase) || (!is_adjective && ends(said, phrase)))
                && words <= if is_adjective { SHORT_ADJECTIVE } else { most }
        };
        let Some(phrase) = phrases.iter().find(fits) else { continue };
        let rest = said.strip_prefix(phrase.as_str()).or(said.strip_suffix(phrase.as_str())).unwrap_or(said);
        let is_more = text.contains(['"', '“', '„', '«', '「', '`', ':', '>', '%'])
            || text.bytes().any(|byte| byte.is_ascii_digit())
            || (*kind != Vague::Attitude && PHRASES.means.iter().any(|means| has(rest, means)));
        return (!is_more).then(|| (*kind, phrase.clone()));
    }
    None
}

/// Whether an item is about the document that it stands in: `write an incident report`.
#[must_use]
pub fn is_about_itself(text: &str) -> bool {
    static TITLES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let titles = LANGUAGES.iter().flat_map(|language| language.words("placeholders", "titles"));
        let folded = titles.map(|title| fold(title));
        // A single word may be the thing itself: `outage`.
        folded.filter(|title| title.contains([' ', 'm']) && title.len() > 8).collect()
    });
    let folded = fold(text);
    TITLES.iter().any(|title| has(&folded, title))
}

/// Whether a folded text begins with a phrase as whole words.
fn begins(text: &str, phrase: &str) -> bool {
    let rest = text.strip_prefix(phrase);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || is_unspaced(phrase))
}

fn ends(text: &str, phrase: &str) -> bool {
    let rest = text.strip_suffix(phrase);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(' ') || is_unspaced(phrase))
}

fn has(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + phrase.len()..]);
        is_unspaced(phrase)
            || ((before.is_empty() || before.ends_with(' '))
                && (behind.is_empty() || behind.starts_with(' ')))
    })
}

/// The words of a folded text; a script without blanks is counted by its signs.
fn length(text: &str) -> usize {
    let signs = text.chars().filter(|c| is_sign(*c)).count();
    text.split(' ').filter(|word| !word.is_empty()).count() + signs / SIGNS
}

fn is_unspaced(phrase: &str) -> bool {
    phrase.chars().any(is_sign)
}

fn is_sign(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0eff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_check_off_is_told() {
        for (text, kind) in [
            ("Improve monitoring", Vague::Better),
            ("We should improve the monitoring of the queue.", Vague::Better),
            ("Better alerts", Vague::Better),
            ("Be more careful with migrations", Vague::Attitude),
            ("Please double-check the settings before every deployment", Vague::Attitude),
            ("Train the support team", Vague::Training),
            ("Remind everyone of the checklist", Vague::Training),
            ("Investigate the latency of the gateway", Vague::Probing),
            ("Monitoring verbessern", Vague::Better),
            ("Vorsichtiger sein", Vague::Attitude),
            ("Wir müssen das Team schulen", Vague::Training),
            ("Améliorer la surveillance", Vague::Better),
            ("Mejorar la monitorización", Vague::Better),
            ("Melhorar o monitoramento", Vague::Better),
            ("監視を強化する", Vague::Better),
            ("リリース手順の確認を徹底する", Vague::Attitude),
        ] {
            assert_eq!(vague(text, &[]).map(|(kind, _)| kind), Some(kind), "{text}");
        }
    }

    #[test]
    fn what_is_about_the_document_itself_is_told() {
        for text in [
            "Write an incident report",
            "Publish the post-mortem",
            "Publish the postmortem",
            "Rapport d’incident rédigé",
        ] {
            assert!(is_about_itself(text), "{text}");
        }
        for text in
            ["Alert on the length of the queue", "Declare an incident earlier", "Add an outage banner"]
        {
            assert!(!is_about_itself(text), "{text}");
        }
    }

    #[test]
    fn what_says_how_or_how_far_is_a_promise() {
        for text in [
            "Improve the p99 of checkout to 300 ms",
            "Improve monitoring by alerting on the queue's depth",
            "Improve the error message so that it names the missing setting",
            "Alert on the error rate of uploads",
            "Train the model again every night with the new labels",
            "Explore \"retry budgets\" in the gateway",
            "Betterment of the cache",
            "Moreover, page the team",
            "Refuse to start while a setting is missing",
            "Investigate why the health check of the gateway answered while all of its three backends were gone",
            "Add more replicas of the consumer",
            "キューの長さにアラートを追加する",
        ] {
            assert_eq!(vague(text, &[]), None, "{text}");
        }
        let listed = ["Keep an eye on".to_owned()];
        assert_eq!(vague("Keep an eye on 3 nodes", &listed).map(|(kind, _)| kind), Some(Vague::Listed));
    }
}
