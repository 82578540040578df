//! Waivers, and how they are written into the message of a release tag.

use std::fmt;

use chrono::NaiveDate;

/// A promise that closes no gate until a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The action item as it was typed.
    pub action: String,
    /// The last day on which it counts.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub who: Option<String>,
    /// Where it stands, in words.
    pub place: String,
}

/// A line that wants to be a waiver and is none. It opens nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadWaiver {
    /// The line.
    pub line: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl fmt::Display for BadWaiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' waives nothing: {}", self.line, self.why)
    }
}

/// The word that such a line begins with.
const TRAILER: &str = "Postmortem-Waiver:";

/// The waivers in the message of an annotated tag: `Postmortem-Waiver: <action id> until <date>: <reason>`, a line each;
/// one that is indented goes on with the line above.
pub fn in_message(message: &str, who: Option<&str>, place: &str) -> Vec<Result<Waiver, BadWaiver>> {
    let mut lines: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in message.lines().map(str::trim_end) {
        // A signature ends the message.
        if line.starts_with("-----BEGIN ") {
            break;
        }
        let begins = line.get(..TRAILER.len()).is_some_and(|head| head.eq_ignore_ascii_case(TRAILER));
        if begins {
            lines.push(line.to_owned());
        } else if let (true, true, Some(last)) = (is_open, line.starts_with([' ', '\t']), lines.last_mut()) {
            last.push(' ');
            last.push_str(line.trim());
            continue;
        }
        is_open = begins;
    }
    let read = |line: String| read(&line[TRAILER.len()..], who, place).map_err(|why| BadWaiver { line, why });
    lines.into_iter().map(read).collect()
}

fn read(text: &str, who: Option<&str>, place: &str) -> Result<Waiver, &'static str> {
    const FORM: &str = "write Postmortem-Waiver: 2026-03-08-api-outage#3 until 2026-05-31: the reason";
    let (action, rest) = text.split_once(" until ").ok_or(FORM)?;
    let (day, reason) = rest.split_once(':').ok_or("it has no reason behind the day")?;
    let (action, reason) = (action.trim(), reason.trim());
    if !action.contains(['#', ':']) || action.contains(char::is_whitespace) {
        return Err(FORM);
    }
    let until = day.trim().parse().map_err(|_| "its day is no date like 2026-05-31")?;
    if reason.is_empty() {
        return Err("it has no reason behind the day");
    }
    let (who, place) = (who.map(str::to_owned), place.to_owned());
    Ok(Waiver { action: action.to_owned(), until, reason: reason.to_owned(), who, place })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(message: &str) -> Vec<String> {
        let read = in_message(message, Some("Ana"), "v1");
        let say = |read: Result<Waiver, BadWaiver>| match read {
            Ok(waiver) => format!("{} | {} | {}", waiver.action, waiver.until, waiver.reason),
            Err(bad) => format!("bad: {}", bad.why),
        };
        read.into_iter().map(say).collect()
    }

    #[test]
    fn trailers_are_read_wherever_they_stand() {
        let message = "Release 1.4\n\nPostmortem-Waiver: api-outage#3 until 2026-05-31: the vendor's fix: in May\n\
            and words\npostmortem-waiver:  incidents:api-outage:4 until 2026-06-01 : a reason that\n  goes on\n\
            -----BEGIN PGP SIGNATURE-----\nPostmortem-Waiver: a#1 until 2026-05-31: no\n";
        assert_eq!(
            told(message),
            [
                "api-outage#3 | 2026-05-31 | the vendor's fix: in May",
                "incidents:api-outage:4 | 2026-06-01 | a reason that goes on"
            ]
        );
    }

    #[test]
    fn what_is_not_whole_waives_nothing() {
        for line in [
            "api-outage#3",
            "api-outage#3 until May: soon",
            "api-outage#3 until 2026-05-31",
            "api-outage#3 until 2026-05-31:",
            "api-outage until 2026-05-31: which one",
            "api-outage#3 until 2w: soon",
            "the rest until 2026-05-31: a#1",
        ] {
            let told = told(&format!("Postmortem-Waiver: {line}"));
            assert!(told.len() == 1 && told[0].starts_with("bad: "), "{line}: {told:?}");
        }
        assert!(told("A Postmortem-Waiver: a#1 until 2026-05-31: quoted in a sentence").is_empty());
    }
}
