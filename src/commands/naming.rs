//! The names of new documents.

use chrono::NaiveDate;

use crate::archive::Entry;
use crate::config::Config;
use crate::model::PostmortemId;

/// The number after the highest one that a file of the documents has where `documents.output` puts `{number}`.
#[must_use]
pub fn free_number(config: &Config, entries: &[Entry]) -> u32 {
    let output = &config.documents.output;
    let file = output.rsplit('/').next().unwrap_or(output);
    let Some((lead, _)) = file.split_once("{number}") else { return 1 };
    let numbers = entries.iter().filter_map(|entry| {
        let name = entry.path.rsplit('/').next()?.strip_prefix(lead)?;
        let digits = name.split(|c: char| !c.is_ascii_digit()).next()?;
        // `2026-03-08-api.md` begins with a day, not with the number 2026.
        let is_day = name.get(..10).is_some_and(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok());
        digits.parse::<u32>().ok().filter(|_| !is_day)
    });
    numbers.max().map_or(1, |number| number.saturating_add(1))
}

/// The id of a document that will stand at a path; for `README` and `index` files, `otherwise`.
#[must_use]
pub fn id_of_path(path: &str, otherwise: &str) -> PostmortemId {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let generic = ["readme", "index", "_index"].iter().any(|name| stem.eq_ignore_ascii_case(name));
    let name = if generic { otherwise } else { stem };
    PostmortemId::new(name).or_else(|_| PostmortemId::new(otherwise)).expect("a day is part of every name")
}
