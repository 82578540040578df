//! Spans of time and numbers of things, in words.

use crate::model::Promise;

/// `1 action`, `2 actions`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// How a promise stands: `12 days over`, `today`, `in 3 days`; nothing where it has no date or is settled.
#[must_use]
pub fn due(promise: Promise) -> String {
    match promise {
        Promise::Overdue(1) => "1 day over".into(),
        Promise::Overdue(days) => format!("{days} days over"),
        Promise::Due(0) => "today".into(),
        Promise::Due(1) => "tomorrow".into(),
        Promise::Due(days) => format!("in {days} days"),
        Promise::Undated | Promise::Settled => String::new(),
    }
}

/// How long ago a day was: `today`, `yesterday`, `12 days ago`.
#[must_use]
pub fn ago(days: i64) -> String {
    match days {
        0 => "today".into(),
        1 => "yesterday".into(),
        days if days < 0 => format!("in {} days", -days),
        days => format!("{days} days ago"),
    }
}

/// A span of minutes: `31 minutes`, `2 h 14 min`, `3 days 4 h`.
#[must_use]
pub fn minutes(minutes: u32) -> String {
    match (minutes / (24 * 60), minutes / 60 % 24, minutes % 60) {
        (0, 0, 1) => "1 minute".into(),
        (0, 0, minutes) => format!("{minutes} minutes"),
        (0, 1, 0) => "1 hour".into(),
        (0, hours, 0) => format!("{hours} hours"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (1, 0, _) => "1 day".into(),
        (1, hours, _) => format!("1 day {hours} h"),
        (days, 0, _) => format!("{days} days"),
        (days, hours, _) => format!("{days} days {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_words() {
        assert_eq!(due(Promise::Overdue(1)), "1 day over");
        assert_eq!(due(Promise::Overdue(12)), "12 days over");
        assert_eq!(
            [due(Promise::Due(0)), due(Promise::Due(1)), due(Promise::Due(9))],
            ["today", "tomorrow", "in 9 days"]
        );
        assert_eq!(ago(1), "yesterday");
        assert_eq!([minutes(31), minutes(134), minutes(120)], ["31 minutes", "2 h 14 min", "2 hours"]);
        assert_eq!([minutes(1440), minutes(4560)], ["1 day", "3 days 4 h"]);
    }
}
