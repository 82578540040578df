//! The addresses that a document points to, without what opens them.

use std::collections::BTreeMap;

use super::kinds::kind_of;
use crate::document::{Document, PassageKind, Span};
use crate::lint::is_private;
use crate::model::{ReferenceKind, Role, SectionKind};

/// What a document points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it leads to.
    pub kind: ReferenceKind,
    /// The address without whatever lets somebody in, or the number of an issue.
    pub address: String,
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    /// Each once, in the document's order.
    pub found: Vec<Reference>,
    /// How many addresses are not repeated, because they hold a secret or are about a person or a machine.
    pub withheld: usize,
}

/// The addresses of a document, outside of code, comments and the attestation itself, and the issues that its action
/// items name.
#[must_use]
pub fn references(document: &Document<'_>, own: &BTreeMap<ReferenceKind, Vec<String>>) -> References {
    let mut all = References::default();
    for address in addresses(document) {
        match harmless(&address) {
            None => all.withheld += 1,
            Some(address) => {
                let kind = kind_of(&address, own);
                all.add(Reference { kind, address });
            }
        }
    }
    let refs = document.actions().iter().flat_map(|action| &action.item.refs);
    for issue in refs.filter(|issue| !issue.contains("://")) {
        all.add(Reference { kind: ReferenceKind::Ticket, address: issue.clone() });
    }
    all
}

impl References {
    fn add(&mut self, reference: Reference) {
        if !self.found.contains(&reference) {
            self.found.push(reference);
        }
    }
}

/// Every address as it is written, in the document's order.
fn addresses(document: &Document<'_>) -> Vec<String> {
    let text = document.text();
    let apart = apart(document);
    let mut found: Vec<(usize, String)> = Vec::new();
    for scheme in ["https://", "http://"] {
        for (at, _) in text.match_indices(scheme) {
            let is_apart = apart.iter().any(|span| span.contains(&at)) || is_code(text, at);
            if !is_apart && !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
                found.push((at, address(&text[at..], scheme.len())));
            }
        }
    }
    // Rows of links are read, for their cells spell signs in their own way.
    let rows = document.links().iter().filter(|link| link.value.role == Role::Url);
    found.extend(rows.map(|link| (link.span.start, link.value.revision.clone())));
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, address)| address).filter(|address| has_host(address)).collect()
}

/// Where no address counts: blocks of code, comments, the attestation, and the table of links.
fn apart(document: &Document<'_>) -> Vec<Span> {
    let is_apart = |kind| matches!(kind, Some(SectionKind::Attestation | SectionKind::LinkedCommits));
    let sections = document.sections().iter().filter(|section| is_apart(section.kind));
    let mut apart: Vec<Span> =
        sections.map(|section| section.heading.start..section.body.end.max(section.heading.end)).collect();
    let text = document.text();
    let blocks = document.passages().filter(|passage| match passage.kind() {
        PassageKind::Code => true,
        PassageKind::Html => text[passage.whole()].trim_start().starts_with("<!--"),
        _ => false,
    });
    apart.extend(blocks.map(|passage| passage.whole()));
    apart
}

/// Whether a place stands between ticks of its line.
fn is_code(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..at].matches('`').count() % 2 == 1
}

/// The address that a text begins with, without the signs that end a sentence.
fn address(text: &str, scheme: usize) -> String {
    let mut address = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // An escaped sign is the sign.
            '\\' if chars.peek().is_some_and(|next| matches!(next, '_' | '~' | '*' | '&' | '-')) => {}
            c if c.is_whitespace() || c.is_control() => break,
            '<' | '>' | '"' | '`' | '|' | '\\' | ']' | '}' | '“' | '”' | '。' | '、' | '）' | '」' => {
                break;
            }
            ')' if address.matches('(').count() <= address.matches(')').count() => break,
            c => address.push(c),
        }
    }
    let kept = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']).len();
    address.truncate(kept.max(scheme));
    address
}

fn has_host(address: &str) -> bool {
    let host =
        address.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(""));
    host.contains(char::is_alphanumeric) && !host.contains(['{', '$'])
}

/// An address without user, and without the parameters that let somebody in; none where it cannot be made harmless.
fn harmless(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    let (path, fragment) = match rest[end..].split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (&rest[end..], None),
    };
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path, None),
    };
    let mut made = format!("{scheme}://{host}{path}");
    for (sign, part) in [('?', query), ('#', fragment)] {
        let kept = part.map(|part| part.split('&').filter(|pair| !opens(pair)).collect::<Vec<_>>().join("&"));
        if let Some(kept) = kept.filter(|kept| !kept.is_empty()) {
            made.push(sign);
            made.push_str(&kept);
        }
    }
    let is_hook = HOOKS.iter().any(|hook| made.contains(hook));
    (!host.is_empty() && !is_hook && !is_private(&made)).then_some(made)
}

/// Addresses that are a secret as a whole: whoever has one may write to the chat.
const HOOKS: [&str; 6] = [
    "hooks.slack.com/",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    "webhook.office.com/",
    "api.telegram.org/bot",
    "chat.googleapis.com/v1/spaces/",
];

/// Whether a parameter may let in whoever has it, whatever its value is: rather one too many is left out.
fn opens(pair: &str) -> bool {
    let Some((name, _)) = pair.split_once('=') else { return false };
    let name = name.trim_start_matches("amp;").to_ascii_lowercase().replace(['-', '.'], "_");
    let has = |word: &&str| name.contains(word);
    [
        "token",
        "secret",
        "signature",
        "passw",
        "apikey",
        "api_key",
        "authkey",
        "authorization",
        "credential",
        "session",
        "jwt",
    ]
    .iter()
    .any(has)
        || ["sig", "auth", "pass", "pwd", "key", "code", "sid", "sas"].contains(&name.as_str())
        || name.starts_with("auth_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, Vocabulary, parse};

    fn found(text: &str) -> References {
        let document = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &Vocabulary::default());
        references(&document, &BTreeMap::new())
    }

    fn told(text: &str) -> Vec<String> {
        found(text).found.into_iter().map(|one| one.address).collect()
    }

    #[test]
    fn every_form_of_an_address_is_found_once() {
        let text = "# X\n\nSee https://a.example.org/x, <https://b.example.org/y>, [c](https://c.example.org/z_(1)) and\n\
             again https://a.example.org/x.\n\n[d]: https://d.example.org/q?page=2#top\n\n\
             | a | b |\n|---|---|\n| 1 | https://e.example.org/a\\_b |\n";
        let expected = [
            "https://a.example.org/x",
            "https://b.example.org/y",
            "https://c.example.org/z_(1)",
            "https://d.example.org/q?page=2#top",
            "https://e.example.org/a_b",
        ];
        assert_eq!(told(text), expected);
    }

    #[test]
    fn code_comments_and_the_attestation_point_nowhere() {
        let text = "# X\n\n`curl https://a.example.org`\n\n```\nGET https://b.example.org/\n```\n\n\
             <!-- https://c.example.org -->\n\n## Post-Mortem Attestation\n\nhttps://d.example.org\n";
        assert_eq!(told(text), Vec::<String>::new());
    }

    #[test]
    fn what_lets_somebody_in_is_not_repeated() {
        for (address, kept) in [
            ("https://ana:hunter2@x.example.org/a", "https://x.example.org/a"),
            ("https://x.example.org/a?page=2&token=f3a9c1d27b8e44", "https://x.example.org/a?page=2"),
            ("https://x.example.org/a?X-Amz-Signature=9f2c71d3b4e5a6978812", "https://x.example.org/a"),
            ("https://x.example.org/a#access_token=ab12cd34ef56gh", "https://x.example.org/a"),
            ("https://x.example.org/c#/path?session=abcd", "https://x.example.org/c"),
            ("https://x.example.org/a?author=ana&signup=1", "https://x.example.org/a?author=ana&signup=1"),
        ] {
            assert_eq!(told(&format!("# X\n\nSee {address} for more.\n")), [kept]);
        }
        let hook =
            concat!("https://hooks.slack.com/services/T0ABCDEFG/", "B0ABCDEFG/abcdefghijklmnopqrstuvwx");
        let all = found(&format!("# X\n\n{hook} and https://x.example.org\n"));
        assert_eq!((all.found.len(), all.withheld), (1, 1), "{all:?}");
        let all =
            found("# X\n\nhttps://discord.com/api/webhooks/1/ab and https://api.telegram.org/bot1:A/send\n");
        assert_eq!((all.found.len(), all.withheld), (0, 2), "{all:?}");
    }

    #[test]
    fn issues_of_action_items_and_rows_of_links_count() {
        let text = "# X\n\n## Action Items\n\n- Pin the driver (PAY-12) @ana\n\n## Linked Commits\n\n\
             | Role | Revision | Commit | Date (UTC) | Subject |\n|---|---|---|---|---|\n\
             | url | https://acme.slack.com/archives/C1/p\\_1 | | | |\n";
        let all = found(text).found;
        let kinds: Vec<_> = all.iter().map(|one| (one.kind, one.address.as_str())).collect();
        assert_eq!(
            kinds,
            [
                (ReferenceKind::Chat, "https://acme.slack.com/archives/C1/p_1"),
                (ReferenceKind::Ticket, "PAY-12")
            ]
        );
    }
}
