//! The days since which documents are judged: debts of earlier years shall not turn everything red.

use chrono::NaiveDate;

use crate::config::{Config, from_toml, resolve};
use crate::error::CliError;
use crate::session::CONFIG_FILE;

/// The sections that have such a day.
const SECTIONS: [&str; 2] = ["lint", "gate"];

/// Which of them have none yet.
pub(super) fn unset(config: &Config) -> Vec<&'static str> {
    let known = [config.lint.since, config.gate.since];
    SECTIONS.into_iter().zip(known).filter(|(_, since)| since.is_none()).map(|(section, _)| section).collect()
}

/// The configuration file with the day in these sections; everything else in it stays.
///
/// # Errors
/// A file into which it cannot be written without another meaning.
pub(super) fn set(text: &str, sections: &[&str], day: NaiveDate) -> Result<String, CliError> {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = text.to_owned();
    for section in sections {
        let line = format!("since = {day}{newline}");
        let heading = format!("[{section}]");
        let mut at = 0;
        let place = text.split_inclusive('\n').find_map(|line| {
            at += line.len();
            (line.split('#').next().unwrap_or("").trim() == heading).then_some(at)
        });
        match place {
            Some(at) if text[..at].ends_with('\n') => text.insert_str(at, &line),
            Some(_) => text.push_str(&format!("{newline}{line}")),
            None => {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push_str(newline);
                }
                let gap = if text.is_empty() { "" } else { newline };
                text.push_str(&format!("{gap}{heading}{newline}{line}"));
            }
        }
    }
    let read = from_toml(CONFIG_FILE, &text).ok().and_then(|layer| resolve(vec![layer]).ok());
    match read.map(|resolved| unset(&resolved.config)) {
        Some(unset) if !unset.iter().any(|section| sections.contains(section)) => Ok(text),
        _ => Err(CliError::new(format!("cannot tell where the days belong in {CONFIG_FILE}"))
            .hint(format!("set lint.since and gate.since to {day} in it yourself, or use --no-since"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    #[test]
    fn the_days_are_added_and_the_rest_stays() {
        assert_eq!(
            set("", &SECTIONS, day()).unwrap(),
            "[lint]\nsince = 2026-11-23\n\n[gate]\nsince = 2026-11-23\n"
        );
        let text = "# ours\r\n[gate] # tags\r\n# later\r\n[drafts]\r\nbranch = \"d\"";
        assert_eq!(
            set(text, &["gate"], day()).unwrap(),
            "# ours\r\n[gate] # tags\r\nsince = 2026-11-23\r\n# later\r\n[drafts]\r\nbranch = \"d\""
        );
    }

    #[test]
    fn a_file_that_would_not_read_back_is_refused() {
        let error = set("gate = {}\n", &["gate"], day()).unwrap_err();
        assert!(error.hints[0].contains("--no-since"), "{error:?}");
    }
}
