//! Messages of a Slack channel, as its export has them; people become "someone" unless they are asked for.

use std::collections::HashMap;

use serde_json::Value;

use super::json::{first, text};
use super::sink::{Said, Sink};

/// Subtypes of messages that say something about the incident; all others are about the channel.
const SAID: [&str; 8] = [
    "",
    "bot_message",
    "me_message",
    "thread_broadcast",
    "file_share",
    "file_comment",
    "reply_broadcast",
    "message_changed",
];

/// People by their ids, where names are asked for.
pub(super) type People = HashMap<String, String>;

/// Remembers what a message tells of who wrote it.
pub(super) fn remember(message: &Value, people: &mut People) {
    let id = text(message, "/user");
    let name = first(
        message,
        &["/user_profile/display_name", "/user_profile/real_name", "/user_profile/name", "/username"],
    );
    if !id.is_empty() && !name.is_empty() {
        people.entry(id.to_owned()).or_insert_with(|| name.to_owned());
    }
}

/// Takes one message.
pub(super) fn read(message: &Value, people: &People, sink: &mut Sink<'_>) {
    let subtype = text(message, "/subtype");
    if !matches!(text(message, "/type"), "" | "message") || !SAID.contains(&subtype) {
        return sink.pass_over("messages about the channel itself");
    }
    let message = message.get("message").filter(|_| subtype == "message_changed").unwrap_or(message);
    let time = match message.get("ts") {
        Some(Value::String(ts)) => ts.clone(),
        Some(Value::Number(ts)) => ts.to_string(),
        _ => String::new(),
    };
    let written = match text(message, "/text").trim() {
        "" => first(
            message,
            &["/attachments/0/fallback", "/attachments/0/text", "/attachments/0/title", "/files/0/title"],
        ),
        said => said,
    };
    if written.trim().is_empty() {
        return sink.pass_over("messages without words");
    }
    let names = sink.asked.names.then_some(people);
    let lead = names.and_then(|people| people.get(text(message, "/user"))).map_or("", String::as_str);
    let said = without_stars(&plain(written, names));
    let source = sink.asked.channel.map_or_else(|| "Slack".to_owned(), |name| format!("Slack #{name}"));
    sink.event(&Said { time: &time, text: &said, lead, source: &source, ..Said::default() });
}

/// A text without Slack's markup: mentions, links, entities.
fn plain(written: &str, people: Option<&People>) -> String {
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let behind = &rest[open + 1..];
        match behind.find(['>', '<']).filter(|at| behind.as_bytes()[*at] == b'>') {
            Some(end) => {
                out.push_str(&token(&behind[..end], people));
                rest = &behind[end + 1..];
            }
            None => {
                out.push('<');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    // Slack escapes these three and nothing else; the ampersand last, or it would make others.
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A text without the stars around its bold words.
fn without_stars(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('*') {
        let behind = &rest[open + 1..];
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '*');
        let begins = is_edge(rest[..open].chars().next_back().or(out.chars().next_back()))
            && behind.starts_with(|c: char| !c.is_whitespace() && c != '*');
        let close = behind.find('*').filter(|end| begins && is_edge(behind[end + 1..].chars().next()));
        out.push_str(&rest[..open]);
        match close.filter(|end| !behind[..*end].contains('\n')) {
            Some(end) => {
                out.push_str(&behind[..end]);
                rest = &behind[end + 1..];
            }
            None => {
                out.push('*');
                rest = behind;
            }
        }
    }
    out + rest
}

/// What stands in angle brackets.
fn token(inside: &str, people: Option<&People>) -> String {
    let (target, label) = inside.split_once('|').unwrap_or((inside, ""));
    let label = label.trim();
    let or = |label: &str, other: &str| if label.is_empty() { other.to_owned() } else { label.to_owned() };
    if let Some(id) = target.strip_prefix('@') {
        return match people {
            None => "someone".to_owned(),
            Some(people) => {
                let name = people.get(id).map_or(id, String::as_str);
                format!("@{}", or(label, name).trim_start_matches('@'))
            }
        };
    }
    if target.starts_with('#') {
        return if label.is_empty() {
            "a channel".into()
        } else {
            format!("#{}", label.trim_start_matches('#'))
        };
    }
    if let Some(special) = target.strip_prefix('!') {
        return match special.split('^').next().unwrap_or_default() {
            "subteam" => or(label, "a team"),
            "date" => or(label, "a date"),
            word => or(label, &format!("@{word}")),
        };
    }
    if target.starts_with("mailto:") && people.is_none() {
        return "someone".to_owned();
    }
    let bare =
        |url: &str| url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/').to_owned();
    match label {
        "" => target.trim_start_matches("mailto:").trim_start_matches("tel:").to_owned(),
        label if bare(label) == bare(target) || !target.contains("://") => label.to_owned(),
        label => format!("{label} ({target})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_plain_text_and_people_nobody() {
        for (written, expected) in [
            ("<@U123> rolled back", "someone rolled back"),
            ("<@U123|ana> rolled back", "someone rolled back"),
            ("<!here> see <#C1|incident-42>", "@here see #incident-42"),
            ("<!subteam^S1|@oncall> paged", "@oncall paged"),
            ("<!date^1392734382^{date}|18 Feb> it began", "18 Feb it began"),
            ("see <https://x.test/a?b=1&amp;c=2>", "see https://x.test/a?b=1&c=2"),
            ("see <https://x.test/a|the dashboard>", "see the dashboard (https://x.test/a)"),
            ("see <http://x.test|x.test>", "see x.test"),
            ("write <mailto:ana@x.test|ana@x.test>", "write someone"),
            ("p99 &lt; 2s &amp;&amp; errors &gt; 5 %", "p99 < 2s && errors > 5 %"),
            ("&amp;lt; stays", "&lt; stays"),
            ("a < b and <@U1", "a < b and <@U1"),
            ("", ""),
        ] {
            assert_eq!(plain(written, None), expected, "{written}");
        }
    }

    #[test]
    fn bold_words_lose_their_stars_and_products_do_not() {
        for (written, expected) in [
            ("*Resolved:* all well", "Resolved: all well"),
            ("now *all* is *well*.", "now all is well."),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("a*b*c **d** *", "a*b*c **d** *"),
        ] {
            assert_eq!(without_stars(written), expected);
        }
    }

    #[test]
    fn people_are_named_where_that_is_asked_for() {
        let people = People::from([("U1".to_owned(), "Ana".to_owned())]);
        assert_eq!(plain("<@U1>, <@U2|bo> and <@U3>", Some(&people)), "@Ana, @bo and @U3");
    }
}
