//! Passwords and keys behind a word for them: `password: …`, `API_KEY=…`. They have no form of their own, so only what no
//! word and no name of a thing is written like counts as one.

use crate::document::Span;

/// What a label ends with, in lower case, and whether it is for a key, which machines make and is long.
const LABELS: [(&str, bool); 15] = [
    ("password", false),
    ("passwd", false),
    ("passphrase", false),
    ("pwd", false),
    ("passwort", false),
    ("kennwort", false),
    ("contraseña", false),
    ("senha", false),
    ("パスワード", false),
    ("api_key", true),
    ("apikey", true),
    ("api-key", true),
    ("secret_key", true),
    ("access_token", true),
    ("client_secret", true),
];

/// Values that name how a password is kept, and no password.
const METHODS: [&str; 10] =
    ["sha1", "sha256", "sha512", "argon2", "argon2id", "argon2i", "pbkdf2", "base64", "oauth2", "md5crypt"];

/// The values of such labels, in the text's order.
pub(in crate::lint) fn credentials(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (label, is_key) in LABELS {
        // Nearly every label is written in one of these ways, and a text is searched for them faster than sign by sign.
        let second = label.chars().next().map_or(0, char::len_utf8);
        let (first, rest) = label.split_at(second);
        let upper = rest.to_uppercase();
        let ways = [rest, upper.as_str()].into_iter().take(if upper == rest { 1 } else { 2 });
        let places = ways.flat_map(|rest| memchr::memmem::find_iter(text.as_bytes(), rest.as_bytes()));
        for at in places {
            let begins = |lead: &str| text[..at].ends_with(lead);
            if !begins(first) && !begins(&first.to_uppercase()) {
                continue;
            }
            let end = at + rest.len();
            let Some(span) = value(text, end) else { continue };
            let written = &text[span.clone()];
            if is_written_for_machines(written) && (!is_key || written.len() >= 16) && !is_made_up(written) {
                found.push(span);
            }
        }
    }
    found.sort_by_key(|span: &Span| span.start);
    found.dedup();
    found
}

/// The one word that a label's sign or *is* leads to.
fn value(text: &str, end: usize) -> Option<Span> {
    let rest = text.get(end..)?;
    let quotes = ['"', '\'', '`', '*', ' ', '\t', '“', '”'];
    let behind = rest.trim_start_matches(quotes);
    let behind = ["is", "was"]
        .iter()
        .find_map(|word| behind.strip_prefix(word).filter(|rest| rest.starts_with([' ', ':'])))
        .or_else(|| behind.strip_prefix([':', '=', '：']))?;
    let behind = behind.trim_start_matches('>').trim_start_matches(quotes);
    let start = text.len() - behind.len();
    let length = behind
        .find(|c: char| {
            c.is_whitespace()
                || matches!(c, '"' | '\'' | '`' | ',' | ';' | '|' | '<' | ')' | '”' | '。' | '、')
        })
        .unwrap_or(behind.len());
    let word = behind[..length].trim_end_matches(['.', ':', '*', '_', '!', '?']);
    (word.len() >= 6 && word.len() <= 200).then(|| start..start + word.len())
}

/// Letters and digits in one run, as neither words nor the names of things have them: `hunter2`, not `db-creds-2024`.
fn is_written_for_machines(word: &str) -> bool {
    let is_reference = word.starts_with(['$', '<', '{', '[', '%', '@', '/', '#', '(', '&'])
        || word.contains("://")
        || word.contains("${")
        || word.contains("{{")
        || word.contains('(');
    let has = |test: fn(char) -> bool| word.chars().any(test);
    let is_sign = |c: char| matches!(c, '!' | '@' | '#' | '$' | '%' | '^' | '&' | '*' | '+' | '=' | '~');
    let is_mixed = |part: &str| {
        part.len() >= 5
            && part.chars().any(char::is_alphabetic)
            && part.chars().any(|c| c.is_ascii_digit())
            && !part.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let parts = || word.split(['-', '_', '.', ':', '/']);
    !is_reference
        && has(char::is_alphabetic)
        && has(|c| c.is_ascii_digit())
        && (parts().any(is_mixed) || word.chars().any(is_sign))
        && !parts().any(|part| METHODS.contains(&part.to_ascii_lowercase().as_str()))
}

/// Whether somebody wrote a stand-in: `xxxxxx1`, `example123`.
fn is_made_up(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    ["example", "xxxx", "redact", "changeme", "change-me", "placeholder", "your", "****", "....", "secret123"]
        .iter()
        .any(|stand_in| lower.contains(stand_in))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        credentials(text).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn a_password_behind_its_label_is_found() {
        for (text, word) in [
            ("password: hunter2", "hunter2"),
            ("The Password was `Winter2024!`.", "Winter2024"),
            ("DB_PASSWORD=tr0ub4dor", "tr0ub4dor"),
            ("\"password\": \"k4Wq93xTz\",", "k4Wq93xTz"),
            ("**Passwort:** Sommer24x, bitte", "Sommer24x"),
            ("パスワード：k4Wq93xTz", "k4Wq93xTz"),
            ("API_KEY=9f8e7d6c5b4a39281706", "9f8e7d6c5b4a39281706"),
            ("pwd = p4ss-w0rds1", "p4ss-w0rds1"),
        ] {
            assert_eq!(words(text), [word], "{text}");
        }
    }

    #[test]
    fn what_is_told_of_passwords_is_none() {
        for text in [
            "password: rotated at 14:05",
            "The password was rotated on 2026-03-08.",
            "password: $DB_PASSWORD",
            "password: ${VAULT_1_PASSWORD}",
            "password: <from vault, see kv2/uploads>",
            "password=********",
            "password hash: argon2id",
            "password: sha256-crypt",
            "passwords: 1200 were reset",
            "password: db-creds-2024",
            "password: uploads-v12",
            "api_key: uploads-2024-key",
            "api_key=KEY_2",
            "password: example123",
            "password reset mail 14c was late",
            "the password is 8 signs long",
            "password policy v2026a",
        ] {
            assert_eq!(words(text), Vec::<&str>::new(), "{text}");
        }
    }
}
