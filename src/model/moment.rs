//! Moments and calendar dates: whole seconds, UTC, `Z` (mapping, ground rule 8).

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A text that is no moment or no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a {expected}")]
pub struct MomentError {
    expected: &'static str,
}

/// A moment in whole seconds since 1970-01-01T00:00:00Z. Written `2026-02-02T09:15:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(0);

    /// From seconds since the epoch; years 1 to 9999 only.
    pub fn from_unix(seconds: i64) -> Result<Self, MomentError> {
        // -62135596800 is 0001-01-01T00:00:00Z, 253402300799 is 9999-12-31T23:59:59Z.
        if (-62_135_596_800..=253_402_300_799).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(MomentError { expected: "moment between the years 1 and 9999" })
        }
    }

    /// Seconds since the epoch.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// The calendar date in UTC.
    pub fn date(self) -> Date {
        let days = self.0.div_euclid(86_400);
        let date = jiff::civil::date(1970, 1, 1)
            .checked_add(jiff::Span::new().days(days))
            .expect("years 1 to 9999 are in range by construction");
        Date(date)
    }

    /// This moment and so many seconds; saturates at the ends of the calendar.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds).clamp(-62_135_596_800, 253_402_300_799))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = self.0.rem_euclid(86_400);
        write!(
            f,
            "{}T{:02}:{:02}:{:02}Z",
            self.date(),
            of_day / 3600,
            of_day / 60 % 60,
            of_day % 60
        )
    }
}

impl FromStr for Timestamp {
    type Err = MomentError;

    /// Takes RFC 3339 with a zone; a fraction of a second is cut off.
    fn from_str(s: &str) -> Result<Self, MomentError> {
        const WRONG: MomentError = MomentError { expected: "date-time with zone (RFC 3339)" };
        if let Ok(parsed) = s.parse::<jiff::Timestamp>() {
            return Self::from_unix(parsed.as_second());
        }
        // The library's moments end a day before the calendar does; ours do not.
        let pieces = jiff::fmt::temporal::Pieces::parse(s).map_err(|_| WRONG)?;
        if pieces.date() < jiff::civil::date(9999, 12, 30) {
            return Err(WRONG);
        }
        let offset = pieces.to_numeric_offset().ok_or(WRONG)?;
        let time = pieces.time().ok_or(WRONG)?;
        let of_day = 3600 * i64::from(time.hour())
            + 60 * i64::from(time.minute())
            + i64::from(time.second());
        let midnight = Date::from_civil(pieces.date()).midnight().unix();
        Self::from_unix(midnight + of_day - i64::from(offset.seconds()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A calendar date without time zone. Written `2026-01-30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// From the calendar's own value; years 1 to 9999 only, and nearest to them.
    pub(super) fn from_civil(date: jiff::civil::Date) -> Self {
        Self(date.max(jiff::civil::date(1, 1, 1)))
    }

    /// Midnight UTC of this date, as dates are written in signed documents.
    pub fn midnight(self) -> Timestamp {
        let days = jiff::civil::date(1970, 1, 1)
            .until(self.0)
            .expect("two civil dates always have a distance in days")
            .get_days();
        Timestamp(i64::from(days) * 86_400)
    }

    /// So many days later (or, when negative, earlier); `None` outside the calendar.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let span = jiff::Span::new().try_days(days).ok()?;
        self.0.checked_add(span).ok().map(Self)
    }

    /// So many months later, on the last day of the month where the day does not exist.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let span = jiff::Span::new().try_months(months).ok()?;
        self.0.checked_add(span).ok().map(Self)
    }

    /// Year, month (1 to 12), day (1 to 31).
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Date {
    type Err = MomentError;

    /// Takes exactly `YYYY-MM-DD`.
    fn from_str(s: &str) -> Result<Self, MomentError> {
        let error = MomentError { expected: "calendar date YYYY-MM-DD" };
        let b = s.as_bytes();
        let shaped = b.len() == 10
            && b.iter().enumerate().all(|(i, c)| match i {
                4 | 7 => *c == b'-',
                _ => c.is_ascii_digit(),
            });
        if !shaped {
            return Err(error);
        }
        let date: jiff::civil::Date = s.parse().map_err(|_| error.clone())?;
        if date.year() < 1 { Err(error) } else { Ok(Self(date)) }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_whole_seconds_utc() {
        let t: Timestamp = "2026-02-02T10:15:00.9+01:00".parse().expect("valid");
        assert_eq!(t.to_string(), "2026-02-02T09:15:00Z");
        assert_eq!(t.date().to_string(), "2026-02-02");
    }

    #[test]
    fn what_is_written_reads_back_to_the_end_of_the_calendar() {
        for seconds in [-62_135_596_800, 0, 253_402_207_200, 253_402_207_201, 253_402_300_799] {
            let moment = Timestamp::from_unix(seconds).expect("within the calendar");
            assert_eq!(moment.to_string().parse(), Ok(moment));
        }
        let end: Timestamp = "9999-12-31T23:59:59.5+00:30".parse().expect("within the calendar");
        assert_eq!(end.to_string(), "9999-12-31T23:29:59Z");
        for text in [
            "9999-12-31T23:59:59-00:30",
            "9999-12-31T23:59:59",
            "9999-12-31",
            "2026-02-02T10:15:00",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_date_is_midnight_utc_and_reads_back() {
        for text in ["0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"] {
            let d: Date = text.parse().expect("valid");
            assert_eq!(d.to_string(), text);
            assert_eq!(d.midnight().to_string(), format!("{text}T00:00:00Z"));
            assert_eq!(d.midnight().date(), d);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "2026-2-1", "2026-02-30", "2026-02-01T00:00:00Z", "26-02-01", "+2026-01-1"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
