//! How commits that change documents are worded.

use super::Config;
use super::path::{Piece, pieces};

/// What `commit.message` and `commit.trailers` can name.
pub(crate) const PLACEHOLDERS: [&str; 7] = ["verb", "id", "title", "date", "severity", "service", "key"];

/// What is known of the change that is committed.
#[derive(Debug, Clone, Copy, Default)]
pub struct MessageParts<'a> {
    /// What is done: `publish`, `rename`, `close action 3 of`.
    pub verb: &'a str,
    /// The post-mortem.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its day, ISO.
    pub date: &'a str,
    /// Its severity.
    pub severity: &'a str,
    /// Its service.
    pub service: &'a str,
    /// Its key in another system.
    pub key: &'a str,
}

impl Config {
    /// The first line of a commit that changes a document.
    #[must_use]
    pub fn commit_subject(&self, parts: &MessageParts<'_>) -> String {
        let filled = fill(&self.commit.message, parts);
        filled.0.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The whole message: subject, body where there is one, and the configured trailers. A trailer that names
    /// what the document does not say is left out.
    #[must_use]
    pub fn commit_message(&self, parts: &MessageParts<'_>, body: &str) -> String {
        self.commit_message_with(parts, body, &[])
    }

    /// The whole message with lines of its own in front of the configured trailers.
    #[must_use]
    pub fn commit_message_with(&self, parts: &MessageParts<'_>, body: &str, lines: &[String]) -> String {
        let filled = self.commit.trailers.iter().map(|trailer| fill(trailer, parts));
        let configured = filled.filter(|(_, complete)| *complete).map(|(line, _)| line);
        let trailers: Vec<String> = lines.iter().cloned().chain(configured).collect();
        self.commit_message_of(parts, body, &trailers)
    }

    /// The message of a change to several documents: trailers name one, so the configured ones are left out.
    #[must_use]
    pub fn commit_message_of(&self, parts: &MessageParts<'_>, body: &str, trailers: &[String]) -> String {
        let mut message = self.commit_subject(parts);
        message.push('\n');
        if !body.trim().is_empty() {
            message.push('\n');
            message.push_str(body.trim_end());
            message.push('\n');
        }
        if !trailers.is_empty() {
            message.push('\n');
            for trailer in trailers {
                message.push_str(trailer);
                message.push('\n');
            }
        }
        message
    }
}

/// The text with its words filled in, and whether each had something to say.
fn fill(template: &str, parts: &MessageParts<'_>) -> (String, bool) {
    let mut filled = String::new();
    let mut complete = true;
    for piece in pieces(template).unwrap_or_else(|_| vec![Piece::Text(template)]) {
        let text = match piece {
            Piece::Text(text) => text,
            Piece::Word("verb") => parts.verb,
            Piece::Word("id") => parts.id,
            Piece::Word("title") => parts.title,
            Piece::Word("date") => parts.date,
            Piece::Word("severity") => parts.severity,
            Piece::Word("service") => parts.service,
            Piece::Word(_) => parts.key,
        };
        complete &= !text.is_empty();
        // A title is one line, whatever it was typed as: a message has no room for a second.
        filled.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
    (filled, complete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_subject_body_and_trailers() {
        let mut config = Config::default();
        config.commit.trailers = vec!["Post-Mortem: {id}".into(), "Incident: {key}".into()];
        let parts = MessageParts { verb: "publish", id: "2026-03-08-api-outage", ..MessageParts::default() };
        let message = config.commit_message(&parts, "Two actions.\n");
        assert_eq!(
            message,
            "post-mortem: publish 2026-03-08-api-outage\n\nTwo actions.\n\nPost-Mortem: 2026-03-08-api-outage\n"
        );
    }
}
