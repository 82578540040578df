//! Secrets in a text: keys and tokens that can be told by their published form alone, so that what is found is one.
//!
//! Forms after their makers' documentation; `docs/drafts-together.md` lists each with its source. What has no form of
//! its own (a password in a sentence) is not looked for.

mod forms;

use memchr::memmem;

use super::Span;
use super::allow::{Allowance, allowances};
use crate::model::rules;
use forms::FORMS;

/// What a secret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecretKind {
    /// `-----BEGIN … PRIVATE KEY-----`.
    PrivateKey,
    /// An access key id of AWS: `AKIA…`, `ASIA…`.
    AwsKey,
    /// A token of GitHub: `ghp_…`, `github_pat_…` and their kin.
    GithubToken,
    /// A token of GitLab: `glpat-…`.
    GitlabToken,
    /// A token of Slack: `xoxb-…` and its kin, `xapp-…`, or an incoming webhook.
    SlackToken,
    /// A key of Google's interfaces: `AIza…`.
    GoogleKey,
    /// A live key of Stripe: `sk_live_…`, `rk_live_…`.
    StripeKey,
    /// A token of npm: `npm_…`.
    NpmToken,
    /// A token of PyPI: `pypi-…`.
    PypiToken,
    /// A signed JSON web token.
    Jwt,
    /// A password in an address: `https://user:password@host`.
    UrlPassword,
    /// The value of an `Authorization` header.
    Authorization,
}

/// A secret and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where the secret itself stands, in bytes of the text.
    pub span: Span,
    /// What it is.
    pub kind: SecretKind,
}

/// The rule that a comment names to let a secret pass: `<!-- postmortem: allow PM701 reason -->`.
pub const RULE: &str = "PM701";

impl SecretKind {
    /// What it is, for messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PrivateKey => "a private key",
            Self::AwsKey => "an AWS access key",
            Self::GithubToken => "a GitHub token",
            Self::GitlabToken => "a GitLab token",
            Self::SlackToken => "a Slack token",
            Self::GoogleKey => "a Google API key",
            Self::StripeKey => "a live Stripe key",
            Self::NpmToken => "an npm token",
            Self::PypiToken => "a PyPI token",
            Self::Jwt => "a signed JSON web token",
            Self::UrlPassword => "a password in an address",
            Self::Authorization => "an Authorization header",
        }
    }

    /// The word for machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::PrivateKey => "private-key",
            Self::AwsKey => "aws-key",
            Self::GithubToken => "github-token",
            Self::GitlabToken => "gitlab-token",
            Self::SlackToken => "slack-token",
            Self::GoogleKey => "google-key",
            Self::StripeKey => "stripe-key",
            Self::NpmToken => "npm-token",
            Self::PypiToken => "pypi-token",
            Self::Jwt => "jwt",
            Self::UrlPassword => "url-password",
            Self::Authorization => "authorization",
        }
    }
}

/// Every secret of a text that no comment beside it allows, in the text's order.
#[must_use]
pub fn scan(text: &str) -> Vec<Found> {
    let (mut found, passes) = (every(text), passes(text));
    found.retain(|one| !passes.iter().any(|pass| pass.is_about(&one.span)));
    found
}

/// Every secret of a text that a comment beside it allows.
#[must_use]
pub fn allowed(text: &str) -> Vec<Found> {
    let (mut found, passes) = (every(text), passes(text));
    found.retain(|one| passes.iter().any(|pass| pass.is_about(&one.span)));
    found
}

/// Every secret of a text, whatever comments say, in the text's order.
#[must_use]
pub fn every(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for form in FORMS {
        let mut from = 0;
        while let Some(place) = memmem::find(&text.as_bytes()[from..], form.lead.as_bytes()) {
            let at = from + place;
            from = at + form.lead.len();
            if let Some(span) = (form.read)(text, at) {
                from = from.max(span.end);
                found.push(Found { span, kind: form.kind });
            }
        }
    }
    found.sort_by_key(|one| (one.span.start, one.span.end));
    // A token in a header is one secret.
    let mut alone: Vec<Found> = Vec::with_capacity(found.len());
    for one in found {
        if alone.last().is_none_or(|last| one.span.start >= last.span.end) {
            alone.push(one);
        }
    }
    alone
}

/// A secret so that it can be found and not be used: its beginning, and how long it is.
#[must_use]
pub fn masked(secret: &str) -> String {
    let first = secret.lines().next().unwrap_or_default();
    let length = secret.chars().count();
    let shown: String = first.chars().take((length / 4).min(4)).collect();
    format!("{shown}… ({length} characters)")
}

/// The comments that let secrets pass, with a reason each.
fn passes(text: &str) -> Vec<Allowance> {
    let is_ours = |named: &str| {
        named.eq_ignore_ascii_case(RULE) || rules::find(named).is_some_and(|(code, _)| code == RULE)
    };
    let mut found = allowances(text);
    found.retain(|one| !one.reason.is_empty() && is_ours(&one.rule.value));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A token, put together so that no scanner takes this file for one that leaks.
    fn token(lead: &str, sign: &str, count: usize) -> String {
        format!("{lead}{}", sign.repeat(count))
    }

    fn kinds(text: &str) -> Vec<SecretKind> {
        scan(text).into_iter().map(|found| found.kind).collect()
    }

    #[test]
    fn each_form_is_found_where_it_stands() {
        use SecretKind as S;
        let segment = "eyJhbGciOiJIUzI1NiJ9";
        for (secret, kind) in [
            (token("AKIA", "Q7", 8), S::AwsKey),
            (token("ASIA", "2B", 8), S::AwsKey),
            (token("ghp_", "a1B", 12), S::GithubToken),
            (token("ghs_", "a1B", 12), S::GithubToken),
            (format!("{}_{}", token("github_pat_", "1A", 11), "x7".repeat(29) + "z"), S::GithubToken),
            (token("glpat-", "a1_B", 5), S::GitlabToken),
            (token("xoxb-", "123456789012-", 2) + "AbCdEf1234567890", S::SlackToken),
            (token("AIza", "Sy9_x", 7), S::GoogleKey),
            (token("sk_live_", "4eC", 8), S::StripeKey),
            (token("npm_", "a1B", 12), S::NpmToken),
            (format!("pypi-AgEIcHlwaS5vcmc{}", "a_B-".repeat(15)), S::PypiToken),
            (format!("{segment}.eyJzdWIiOiIxMjM0In0.{}", "dBjftJeZ4CVP".repeat(2)), S::Jwt),
        ] {
            let text = format!("we saw `{secret}` in the logs.\n");
            let found = scan(&text);
            assert_eq!(found.len(), 1, "{secret}");
            assert_eq!((found[0].kind, &text[found[0].span.clone()]), (kind, secret.as_str()));
            assert!(!masked(&secret).contains(&secret[8..]), "{}", masked(&secret));
            for neighbour in [format!("x{text}").replace("`", "Z"), secret[..secret.len() / 2].to_owned()] {
                assert_eq!(kinds(&neighbour), [], "{neighbour}");
            }
        }
        let hook = format!(
            "https://hooks.slack.com/services/T{}/B{}/{}",
            "0".repeat(9),
            "1".repeat(9),
            "xY9".repeat(8)
        );
        assert_eq!(kinds(&format!("posted to {hook}")), [S::SlackToken]);
    }

    #[test]
    fn keys_addresses_and_headers_are_found() {
        use SecretKind as S;
        let key = format!("-----BEGIN OPENSSH {}-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH", "PRIVATE KEY");
        assert_eq!(kinds(&key), [S::PrivateKey]);
        let url = "psql postgres://app:hunter2secret@db.example.org:5432/orders";
        let found = scan(url);
        assert_eq!((found[0].kind, &url[found[0].span.clone()]), (S::UrlPassword, "hunter2secret"));
        let header = "curl -H 'Authorization: Bearer abcDEF123456ghiJKL789' x";
        let found = scan(header);
        assert_eq!(
            (found[0].kind, &header[found[0].span.clone()]),
            (S::Authorization, "abcDEF123456ghiJKL789")
        );
        assert_eq!(kinds("authorization: Basic dXNlcjpodW50ZXIyc2VjcmV0"), [S::Authorization]);
    }

    #[test]
    fn what_stands_for_a_secret_is_none() {
        for text in [
            "Authorization: Bearer <token>",
            "Authorization: Bearer $TOKEN_OF_THE_JOB_12345",
            "the Authorization: Bearer header was missing from requests",
            "https://user:password@host",
            "https://user:***@host",
            "https://user:${PASSWORD}@host",
            "https://user:<password>@example.org",
            "https://user:xxxxxxxx@example.org",
            "https://example.org:8080/a@b",
            "ssh://git@host:22/x",
            "at 10:00 http://x: see a@b",
            "AKIAIOSFODNN7EXAMPLE",
            "AKIA was rotated",
            "ghp_short",
            "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
            "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx",
            "eyJ.a.b",
            "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN PRIVATE KEY-----",
            "skills_live_on, masks_AIza",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn a_comment_with_a_reason_lets_one_pass() {
        let secret = token("AKIA", "Q7", 8);
        let is_found = |text: String| !scan(&text).is_empty();
        assert!(!is_found(format!("{secret} <!-- postmortem: allow PM701 revoked on that day -->")));
        assert!(!is_found(format!("<!-- postmortem: allow PM701 revoked -->\n{secret}")));
        assert!(is_found(format!("<!-- postmortem: allow PM701 -->\n{secret}")), "no reason");
        assert!(is_found(format!("<!-- postmortem: allow PM701 revoked -->\none\n\n{secret}")), "too far");
        assert!(is_found(format!("<!-- postmortem: allow PM702 revoked -->\n{secret}")), "another rule");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_scanned(text in "(AKIA|ghp_|://|:|@|Authorization: |Bearer |eyJ|\\.|xoxb-|-----BEGIN | PRIVATE KEY-----|é|[A-Za-z0-9]{1,20}|\\PC){0,20}") {
            for found in scan(&text) {
                proptest::prop_assert!(!text[found.span].is_empty());
            }
        }
    }
}
