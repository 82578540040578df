//! What recurs in a reason's words: where else an idea was promised.

use std::cmp::Reverse;

use chrono::NaiveDate;

/// The same idea in another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Echo {
    /// The id of the promise there.
    pub id: String,
    /// The day of that document's incident.
    pub date: Option<NaiveDate>,
}

/// The echoes of a promise whose incident was on a day: earlier ones first, and of these the latest first.
pub(super) fn sort(echoes: &mut [Echo], day: Option<NaiveDate>) {
    echoes.sort_by_key(|echo| {
        let is_earlier = is_before(echo, day);
        (!is_earlier, Reverse(echo.date.filter(|_| is_earlier)), echo.date)
    });
}

/// The words about sorted echoes: `promised before in 2026-03-08-api-outage#3 and 2 more`; none where there are none.
#[must_use]
pub(super) fn words(echoes: &[Echo], day: Option<NaiveDate>) -> Option<String> {
    let first = echoes.first()?;
    let when = match first.date.zip(day) {
        Some(_) if is_before(first, day) => "before",
        Some((date, day)) if date > day => "again",
        _ => "also",
    };
    let more = match echoes.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("promised {when} in {}{more}", first.id))
}

fn is_before(echo: &Echo, day: Option<NaiveDate>) -> bool {
    echo.date.zip(day).is_some_and(|(date, day)| date < day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_one_before_is_named_else_the_next_one_after() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 3, day);
        let echo = |id: &str, date: Option<NaiveDate>| Echo { id: id.to_owned(), date };
        let mut echoes =
            vec![echo("d#1", day(20)), echo("a#1", day(1)), echo("b#1", day(5)), echo("c#1", None)];
        let told = |echoes: &mut [Echo], day| {
            sort(echoes, day);
            words(echoes, day)
        };
        assert_eq!(told(&mut echoes, day(8)).as_deref(), Some("promised before in b#1 and 3 more"));
        assert_eq!(told(&mut echoes[2..3], day(8)).as_deref(), Some("promised also in c#1"));
        assert_eq!(told(&mut [echo("d#1", day(20))], day(8)).as_deref(), Some("promised again in d#1"));
        assert_eq!(told(&mut [], day(8)), None);
    }
}
