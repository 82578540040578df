//! Who promised it: handles, initials, names, as people write them.

use crate::document::vocabulary::Vocabulary;

/// The owner in a cell of a table; `None` where it only says that there is none.
pub(super) fn cell(cell: &str, vocabulary: &Vocabulary) -> Option<String> {
    let cell = cell.trim();
    let bare = cell.trim_matches(['(', ')', '[', ']', '<', '>', '{', '}', ' ']);
    let is_template = cell.contains('{') && cell.contains("{{")
        || (cell.starts_with(['<', '[', '{']) && !bare.starts_with('@'));
    let none = vocabulary.is_placeholder(bare) || (is_template && is_role(bare));
    (!none).then(|| if cell.contains('\n') { cell.replace('\n', " ") } else { cell.to_owned() })
}

/// Words between brackets that say what to fill in.
fn is_role(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["name", "owner", "team", "person", "assignee", "who", "handle"].iter().any(|word| lower.contains(word))
}

/// The owner that a label above items names: `**RK**`, `AC/JG:`, `Acme via AG`, `@ana`.
pub(super) fn label(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(':').trim();
    if text.len() > 60 || text.is_empty() {
        return None;
    }
    let joints: &[char] =
        if text.starts_with('@') { &[',', '&', '+', ' '] } else { &['/', ',', '&', '+', ' '] };
    let parts: Vec<&str> = text.split(joints).filter(|part| !part.is_empty()).collect();
    let sure = parts.iter().filter(|part| is_initials(part) || part.starts_with('@')).count();
    let joined = text.contains(['/', '&', '+']);
    let names = parts.iter().all(|part| is_initials(part) || is_name(part) || matches!(*part, "and" | "via"));
    // `Pin MCP` is no person: behind a name, capitals are those of a thing unless something joins the two.
    let is_thing = !joined
        && !text.contains([',', '@'])
        && parts.iter().any(|part| is_name(part))
        && !parts.iter().any(|part| matches!(*part, "and" | "via"));
    let is_owner = names && !is_thing && parts.len() <= 6 && (sure > 0 || (joined && parts.len() >= 2));
    is_owner.then(|| text.to_owned())
}

/// Two to four capitals.
fn is_initials(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()) && !is_acronym(word)
}

/// Capitals that stand for things.
fn is_acronym(word: &str) -> bool {
    const THINGS: [&str; 24] = [
        "API", "AWS", "CDN", "CI", "CD", "CLI", "CPU", "DB", "DNS", "GCP", "GPU", "IO", "OS", "PR", "QA",
        "SDK", "SLA", "SLO", "SQL", "SSL", "TLS", "UI", "UX", "VM",
    ];
    THINGS.contains(&word)
}

/// `@ana`, `@org/team`.
pub(super) fn is_handle(word: &str) -> bool {
    word.strip_prefix('@').is_some_and(|name| {
        name.chars().any(char::is_alphanumeric)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'))
    })
}

/// One capitalised word or a handle.
pub(super) fn is_name(word: &str) -> bool {
    let mut chars = word.chars();
    match chars.next() {
        Some('@') => word.len() > 1,
        Some(first) => first.is_uppercase() && word.len() > 1 && chars.all(|c| c.is_lowercase() || c == '-'),
        None => false,
    }
}

/// A handle at the beginning of a text: `@ana`, `@org/team`, and several of them.
pub(super) fn leading_handles(text: &str) -> Option<(String, &str)> {
    let bracket = text.starts_with(['[', '(']);
    let inner = text.trim_start_matches(['[', '(']);
    if !inner.starts_with('@') {
        return None;
    }
    let end =
        inner.find(|c: char| !(c.is_alphanumeric() || matches!(c, '@' | '-' | '_' | '/' | '.' | ',' | ' ')));
    let mut owners = Vec::new();
    let mut at = 0;
    for word in inner[..end.unwrap_or(inner.len())].split_inclusive([' ', ',']) {
        let handle = word.trim_matches([' ', ',', '.']);
        if handle.is_empty() {
            at += word.len();
            continue;
        }
        if !handle.starts_with('@') || handle.len() < 2 {
            break;
        }
        owners.push(handle.to_owned());
        at += word.len();
    }
    let close: &[char] =
        if bracket { &[']', ')', ':', ' ', '-', '–', '—'] } else { &[':', ' ', '-', '–', '—'] };
    (!owners.is_empty()).then(|| (owners.join(", "), inner[at..].trim_start_matches(close)))
}

/// The value behind `Owner:`, to the end of what can be names.
pub(super) fn value(text: &str) -> (&str, &str) {
    let end = text
        .find([';', '|', '\n', ')', ']', '(', '。', '、', '）', '】', '（', '，', '；', '／'])
        .unwrap_or(text.len());
    // A sentence ends there, unless it is an initial: `S. Kurz`.
    let is_initial = |at: usize| {
        let mut before = text[..at].chars().rev();
        before.next().is_some_and(char::is_uppercase) && before.next().is_none_or(|c| !c.is_alphanumeric())
    };
    let stop = text[..end].match_indices(". ").map(|(at, _)| at).find(|at| !is_initial(*at));
    let end = stop.unwrap_or(end);
    let end = text[..end]
        .find(" - ")
        .or_else(|| text[..end].find(" — "))
        .or_else(|| text[..end].find(" – "))
        .unwrap_or(end);
    let mut value = text[..end].trim();
    // `Owner: @ana, due 8 March`: names end where a sentence begins.
    if let Some((head, tail)) = value.split_once(',')
        && !tail.trim_start().starts_with(|c: char| c == '@' || c.is_uppercase())
    {
        value = head.trim();
    }
    let start = text.find(value).unwrap_or(0);
    let rest = &text[start + value.len()..];
    (value.trim_end_matches(['.', ',']).trim_matches(['*', '_', ' ']), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_above_lists_name_owners() {
        for text in ["RK", "AC/JG:", "Acme via AG", "@ana", "Alex/Jamie", "@org/team, @bo"] {
            assert!(label(text).is_some(), "{text}");
        }
        for text in [
            "Incident response:",
            "Medium-term",
            "Done",
            "Actions",
            "",
            "API:",
            "Pin MCP",
            "We must do more:",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn a_cell_may_say_that_nobody_owns_it() {
        let vocabulary = Vocabulary::default();
        for none in ["", "—", "TBD", "unassigned", "[name]", "{{ owner }}", "<owner>"] {
            assert_eq!(cell(none, &vocabulary), None, "{none}");
        }
        assert_eq!(cell(" @ana ", &vocabulary).as_deref(), Some("@ana"));
        assert_eq!(cell("[platform]", &vocabulary).as_deref(), Some("[platform]"));
    }

    #[test]
    fn handles_lead() {
        assert_eq!(leading_handles("@ana, @bo: mend it"), Some(("@ana, @bo".to_owned(), "mend it")));
        assert_eq!(leading_handles("[@org/team] mend it"), Some(("@org/team".to_owned(), "mend it")));
        assert_eq!(leading_handles("mend @ana"), None);
    }
}
