//! Mail addresses of people.

use crate::document::Span;

/// A mail address and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lint) struct Mail {
    /// Where.
    pub(in crate::lint) span: Span,
    /// The part behind the `@`, in lower case.
    pub(in crate::lint) domain: String,
}

/// Words of addresses that belong to a role and not to a person.
const ROLES: [&str; 62] = [
    "abuse",
    "account",
    "accounts",
    "admin",
    "alert",
    "alerts",
    "automation",
    "billing",
    "bot",
    "build",
    "careers",
    "ci",
    "contact",
    "deploy",
    "dev",
    "devops",
    "devs",
    "digital",
    "donotreply",
    "engineering",
    "enquiries",
    "feedback",
    "git",
    "hello",
    "help",
    "helpdesk",
    "hostmaster",
    "hr",
    "incident",
    "incidents",
    "info",
    "infra",
    "it",
    "jobs",
    "legal",
    "mail",
    "mailer",
    "marketing",
    "news",
    "newsletter",
    "noc",
    "noreply",
    "notifications",
    "office",
    "oncall",
    "ops",
    "pagerduty",
    "platform",
    "postmaster",
    "press",
    "privacy",
    "reply",
    "root",
    "sales",
    "security",
    "service",
    "sre",
    "status",
    "support",
    "sysadmin",
    "team",
    "webmaster",
];

/// Domains under which nobody has a letterbox, or that documents use for examples (RFC 2606, RFC 6761).
const NOBODYS: [&str; 16] = [
    "example",
    "test",
    "invalid",
    "localhost",
    "local",
    "internal",
    "lan",
    "corp",
    "home",
    "svc",
    "cluster",
    "example.com",
    "example.org",
    "example.net",
    "noreply.github.com",
    "gserviceaccount.com",
];

/// Every address that may be a person's, in the text's order.
pub(in crate::lint) fn mails(text: &str) -> Vec<Mail> {
    text.match_indices('@').filter_map(|(at, _)| mail(text, at)).collect()
}

fn mail(text: &str, at: usize) -> Option<Mail> {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let local = text.as_bytes()[..at].iter().rev().take_while(|byte| is_local(byte)).count();
    let domain = text.as_bytes()[at + 1..].iter().take_while(|byte| is_domain(byte)).count();
    let start = at - local;
    let domain = text[at + 1..at + 1 + domain].trim_end_matches(['.', '-']);
    let end = at + 1 + domain.len();
    let (before, behind) = (&text[..start], &text[end..]);
    // `https://user@host`, `git@host:path`, `@user@host` and `name@1.2.3` are no letterboxes.
    let is_other = before.ends_with(['/', '@', ':']) && !before.ends_with("mailto:")
        || before.ends_with(|c: char| super::goes_on(c))
        || behind.starts_with(['/', '@'])
        || (behind.starts_with(':') && behind[1..].starts_with(|c: char| c.is_alphanumeric()));
    let local = text[start..at].trim_start_matches(['.', '-', '+']);
    let domain = domain.to_lowercase();
    let (head, top) = domain.rsplit_once('.')?;
    let is_address = !local.is_empty()
        && !head.is_empty()
        && top.len() >= 2
        && top.bytes().all(|byte| byte.is_ascii_lowercase())
        && !is_file(top)
        && !domain.contains("..");
    (is_address && !is_other && !is_role(local) && !is_nobodys(&domain))
        .then_some(Mail { span: start..end, domain })
}

/// `logo@2x.png`.
fn is_file(top: &str) -> bool {
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "ts", "json", "yml", "yaml", "html", "service"]
        .contains(&top)
}

fn is_role(local: &str) -> bool {
    let local = local.to_lowercase();
    let bare: String = local.chars().filter(char::is_ascii_alphabetic).collect();
    let mut words = local.split(|c: char| !c.is_ascii_alphabetic());
    ROLES.binary_search(&bare.as_str()).is_ok() || words.any(|word| ROLES.binary_search(&word).is_ok())
}

fn is_nobodys(domain: &str) -> bool {
    NOBODYS
        .iter()
        .any(|known| domain == *known || domain.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        mails(text).into_iter().map(|mail| &text[mail.span]).collect()
    }

    #[test]
    fn letterboxes_of_people_are_found() {
        assert!(ROLES.is_sorted());
        assert_eq!(found("ask jo.doe@kunde.de, or <mia@shop.co.uk>."), ["jo.doe@kunde.de", "mia@shop.co.uk"]);
        assert_eq!(found("[mail](mailto:jo@kunde.de)"), ["jo@kunde.de"]);
        assert_eq!(found("für jo@kunde.de。"), ["jo@kunde.de"]);
    }

    #[test]
    fn roles_examples_and_other_uses_of_the_sign_are_none() {
        for text in [
            "support@shop.de, no-reply@shop.de, sre-oncall@shop.de, customer.support@shop.de",
            "ana@example.org, x@y.example, root@db.internal, sa@p.iam.gserviceaccount.com",
            "git@github.com:acme/x.git, https://ana@git.shop.de/x, lodash@4.17.21, @ana, logo@2x.png",
            "@ana@chaos.social, ana@, @shop.de, a @ b.de, user@host, docker://u@h.io/x, image@sha256:ab, a@sha.io:1",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
