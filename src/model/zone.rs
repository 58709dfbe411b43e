//! Time zones: on which calendar day a moment falls. The database is compiled in, so that two
//! machines agree. Deliberately nothing is written in local time; documents are in UTC.

use super::{Date, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A time zone of the IANA database, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(jiff::tz::TimeZone);

/// A text that names no time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time zone of the IANA database, such as Europe/Brussels")]
pub struct ZoneError;

impl Zone {
    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The calendar date of a moment there.
    pub fn date(&self, at: Timestamp) -> Date {
        match jiff::Timestamp::from_second(at.unix()) {
            Ok(moment) => Date::from_civil(self.0.to_datetime(moment).date()),
            // The last day of the calendar, which the library's moments do not reach.
            Err(_) => at.date(),
        }
    }
}

impl Default for Zone {
    /// `Europe/Brussels`.
    fn default() -> Self {
        "Europe/Brussels".parse().expect("the bundled database has this zone, a test reads it")
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(s: &str) -> Result<Self, ZoneError> {
        let database = jiff::tz::TimeZoneDatabase::bundled();
        database.get(s).map(Self).map_err(|_| ZoneError)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_where_people_are() {
        let brussels = Zone::default();
        assert_eq!(brussels.name(), "Europe/Brussels");
        for (moment, day) in [
            ("2026-06-23T21:59:59Z", "2026-06-23"),
            ("2026-06-23T22:00:00Z", "2026-06-24"),
            ("2026-01-30T22:30:00Z", "2026-01-30"),
            ("2026-01-30T23:00:00Z", "2026-01-31"),
            ("0001-01-01T00:00:00Z", "0001-01-01"),
        ] {
            assert_eq!(brussels.date(moment.parse().expect("a moment")).to_string(), day);
        }
        let end: Timestamp = "9999-12-31T23:59:59Z".parse().expect("a moment");
        assert_eq!(brussels.date(end).to_string(), "9999-12-31");
    }

    #[test]
    fn what_is_no_zone_is_refused() {
        for text in ["", "Brussels", "Europe/Brussel", "../etc/passwd", "+02:00"] {
            assert_eq!(text.parse::<Zone>(), Err(ZoneError), "{text}");
        }
    }
}
