//! The published forms of keys and tokens, each with the signs that it begins with.

use super::SecretKind;
use crate::document::Span;

/// How one kind of secret is told.
pub(super) struct Form {
    /// What to look for first.
    pub(super) lead: &'static str,
    pub(super) kind: SecretKind,
    /// The secret's place, from where its lead was found; none where that is something else.
    pub(super) read: fn(&str, usize) -> Option<Span>,
}

/// Every form.
pub(super) const FORMS: &[Form] = &[
    Form { lead: "-----BEGIN ", kind: SecretKind::PrivateKey, read: private_key },
    // AWS, "IAM identifiers": a prefix of four and sixteen signs of base 32.
    Form { lead: "AKIA", kind: SecretKind::AwsKey, read: |text, at| aws(text, at) },
    Form { lead: "ASIA", kind: SecretKind::AwsKey, read: |text, at| aws(text, at) },
    // GitHub, "Authentication token format updates": a prefix, then 36 letters, digits and `_`, and more to come.
    Form {
        lead: "ghp_",
        kind: SecretKind::GithubToken,
        read: |text, at| word(text, at, 4, 36..=1000, is_word),
    },
    Form {
        lead: "gho_",
        kind: SecretKind::GithubToken,
        read: |text, at| word(text, at, 4, 36..=1000, is_word),
    },
    Form {
        lead: "ghu_",
        kind: SecretKind::GithubToken,
        read: |text, at| word(text, at, 4, 36..=1000, is_word),
    },
    Form {
        lead: "ghs_",
        kind: SecretKind::GithubToken,
        read: |text, at| word(text, at, 4, 36..=1000, is_word),
    },
    Form {
        lead: "ghr_",
        kind: SecretKind::GithubToken,
        read: |text, at| word(text, at, 4, 36..=1000, is_word),
    },
    Form {
        lead: "github_pat_",
        kind: SecretKind::GithubToken,
        read: |text, at| word(text, at, 11, 60..=255, is_word),
    },
    // GitLab, "Token overview": 20 signs and more behind the prefix.
    Form {
        lead: "glpat-",
        kind: SecretKind::GitlabToken,
        read: |text, at| word(text, at, 6, 20..=300, is_url_sign),
    },
    // Slack, "Token types" and "Sending messages using incoming webhooks".
    Form {
        lead: "xoxb-",
        kind: SecretKind::SlackToken,
        read: |text, at| word(text, at, 5, 20..=300, is_dashed),
    },
    Form {
        lead: "xoxp-",
        kind: SecretKind::SlackToken,
        read: |text, at| word(text, at, 5, 20..=300, is_dashed),
    },
    Form {
        lead: "xoxa-",
        kind: SecretKind::SlackToken,
        read: |text, at| word(text, at, 5, 20..=300, is_dashed),
    },
    Form {
        lead: "xoxr-",
        kind: SecretKind::SlackToken,
        read: |text, at| word(text, at, 5, 20..=300, is_dashed),
    },
    Form {
        lead: "xoxs-",
        kind: SecretKind::SlackToken,
        read: |text, at| word(text, at, 5, 20..=300, is_dashed),
    },
    Form {
        lead: "xapp-",
        kind: SecretKind::SlackToken,
        read: |text, at| word(text, at, 5, 30..=300, is_dashed),
    },
    Form { lead: "hooks.slack.com/services/", kind: SecretKind::SlackToken, read: slack_hook },
    // Google, "Manage API keys": 39 signs in all.
    Form {
        lead: "AIza",
        kind: SecretKind::GoogleKey,
        read: |text, at| word(text, at, 4, 35..=35, is_url_sign),
    },
    // Stripe, "API keys": only live ones matter.
    Form {
        lead: "sk_live_",
        kind: SecretKind::StripeKey,
        read: |text, at| word(text, at, 8, 24..=255, is_plain),
    },
    Form {
        lead: "rk_live_",
        kind: SecretKind::StripeKey,
        read: |text, at| word(text, at, 8, 24..=255, is_plain),
    },
    // npm, "About access tokens", and PyPI, "API tokens": a macaroon that begins with the service's name.
    Form { lead: "npm_", kind: SecretKind::NpmToken, read: |text, at| word(text, at, 4, 36..=36, is_plain) },
    Form {
        lead: "pypi-AgEIcHlwaS5vcmc",
        kind: SecretKind::PypiToken,
        read: |text, at| word(text, at, 20, 50..=500, is_url_sign),
    },
    // RFC 7519 in the compact form of RFC 7515: two objects, `{"` in base 64 is `eyJ`, and a signature.
    Form { lead: "eyJ", kind: SecretKind::Jwt, read: jwt },
    // RFC 3986, 3.2.1.
    Form { lead: "://", kind: SecretKind::UrlPassword, read: url_password },
    // RFC 9110, 11.6.2; the schemes of RFC 6750 and RFC 7617.
    Form { lead: "uthorization:", kind: SecretKind::Authorization, read: authorization },
    Form { lead: "UTHORIZATION:", kind: SecretKind::Authorization, read: authorization },
];

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn is_word(byte: u8) -> bool {
    is_plain(byte) || byte == b'_'
}

fn is_dashed(byte: u8) -> bool {
    is_plain(byte) || byte == b'-'
}

fn is_url_sign(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

/// A token of so many signs behind its prefix, with nothing of a word before or behind it.
fn word(
    text: &str,
    at: usize,
    prefix: usize,
    length: std::ops::RangeInclusive<usize>,
    is_sign: fn(u8) -> bool,
) -> Option<Span> {
    let bytes = text.as_bytes();
    if at > 0 && is_word(bytes[at - 1]) {
        return None;
    }
    let rest = &bytes[at + prefix..];
    let signs = rest.iter().take_while(|byte| is_sign(**byte)).count();
    let span = at..at + prefix + signs;
    (length.contains(&signs) && !is_made_up(&text[at + prefix..span.end])).then_some(span)
}

fn aws(text: &str, at: usize) -> Option<Span> {
    let span = word(text, at, 4, 16..=16, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())?;
    (!text.as_bytes().get(span.end).is_some_and(|byte| is_word(*byte))).then_some(span)
}

/// Whether somebody wrote signs for signs: `xxxxxxxx`, `EXAMPLE`.
fn is_made_up(secret: &str) -> bool {
    let lower = secret.to_ascii_lowercase();
    let mut signs: Vec<u8> = lower.bytes().collect();
    signs.sort_unstable();
    signs.dedup();
    signs.len() < 2
        || ["example", "xxxxx", "redacted", "12345678901234567890"].iter().any(|word| lower.contains(word))
}

/// The line that opens a key, where something of the key follows it.
fn private_key(text: &str, at: usize) -> Option<Span> {
    let line = text[at..].lines().next()?;
    let label = line.strip_prefix("-----BEGIN ")?;
    let kind = label.split("-----").next()?;
    let ends = kind.ends_with("PRIVATE KEY") || kind.ends_with("PRIVATE KEY BLOCK");
    let end = at + "-----BEGIN ".len() + kind.len() + "-----".len();
    let is_whole = ends && text[..end.min(text.len())].ends_with("-----");
    // A heading that is only talked about has no key behind it.
    let rest = text.get(end..)?.trim_start_matches(['\\', 'n', 'r', '\n', '\r', ' ', '>', '|']);
    let signs =
        rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+/=-: ,".contains(byte)).count();
    (is_whole && signs >= 12 && !rest.starts_with("-----END")).then_some(at..end)
}

fn jwt(text: &str, at: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    if at > 0 && (is_url_sign(bytes[at - 1]) || bytes[at - 1] == b'.') {
        return None;
    }
    let part = |from: usize| bytes[from..].iter().take_while(|byte| is_url_sign(**byte)).count();
    let head = at + part(at);
    let body = head + 1;
    if bytes.get(head) != Some(&b'.') || !text.get(body..)?.starts_with("eyJ") || head - at < 12 {
        return None;
    }
    let body_end = body + part(body);
    if bytes.get(body_end) != Some(&b'.') {
        return None;
    }
    let end = body_end + 1 + part(body_end + 1);
    // The shortest signature in use has 32 bytes; half of one is enough to be sure.
    (end - body_end > 20).then_some(at..end)
}

fn slack_hook(text: &str, at: usize) -> Option<Span> {
    let start = at + "hooks.slack.com/services/".len();
    let signs = text[start..].bytes().take_while(|byte| is_plain(*byte) || *byte == b'/').count();
    let parts: Vec<&str> = text[start..start + signs].split('/').collect();
    let [team, hook, secret, ..] = parts[..] else { return None };
    let is_real = team.starts_with('T') && hook.starts_with('B') && secret.len() >= 20 && !is_made_up(secret);
    is_real.then_some(start..start + signs)
}

/// The password of `scheme://user:password@host`.
fn url_password(text: &str, at: usize) -> Option<Span> {
    let scheme =
        text[..at].bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(byte));
    if scheme.count() == 0 {
        return None;
    }
    let start = at + 3;
    let ends = |c: char| c.is_whitespace() || "/?#\"'`<>|()[]{}\\".contains(c);
    let authority = &text[start..start + text[start..].find(ends).unwrap_or(text.len() - start)];
    let (user_and_password, host) = authority.rsplit_once('@')?;
    let (user, password) = user_and_password.split_once(':')?;
    let begins_host = host.chars().next().is_some_and(char::is_alphanumeric);
    let span = start + user.len() + 1..start + user_and_password.len();
    (begins_host && !stands_for(password)).then_some(span)
}

/// Whether a value stands for a secret that is not there.
fn stands_for(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let words =
        ["password", "passwd", "pass", "pwd", "secret", "token", "changeme", "redacted", "user", "hidden"];
    value.len() < 4
        || words.contains(&lower.as_str())
        || is_made_up(value)
        || value.starts_with(['$', '%', '<', '{', '[', '*'])
        || value.contains("...")
        || value.contains('…')
}

/// What stands behind `Authorization: Bearer` or `Basic`.
fn authorization(text: &str, at: usize) -> Option<Span> {
    let lead = at + "uthorization:".len();
    let rest = text.get(lead..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '*']).len();
    let scheme = ["bearer ", "basic ", "token "].iter().find(|scheme| {
        rest.get(blanks..blanks + scheme.len()).is_some_and(|word| word.eq_ignore_ascii_case(scheme))
    })?;
    let start = lead + blanks + scheme.len();
    let start = start + text[start..].len() - text[start..].trim_start_matches(' ').len();
    let is_sign = |byte: u8| is_plain(byte) || b"-._~+/=".contains(&byte);
    let value = &text[start..start + text[start..].bytes().take_while(|byte| is_sign(*byte)).count()];
    let mixed = value.bytes().any(|byte| byte.is_ascii_digit())
        || value.len() >= 24 && value.bytes().any(|byte| byte.is_ascii_uppercase());
    (value.len() >= 12 && mixed && !stands_for(value)).then_some(start..start + value.len())
}
