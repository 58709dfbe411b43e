//! `dateTimeStamp` (XML Schema 1.1 part 2), as VCDM 2.0 writes moments: shape and real date.
//!
//! Not `model::Timestamp`: a foreign credential may carry fractions, offsets, `24:00:00` and years
//! of any length, and comparing must not fail on them.

use crate::model::Timestamp;

/// A moment: seconds since 1970-01-01T00:00:00Z and nanoseconds, which compare as instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Instant {
    seconds: i64,
    nanos: u32,
}

impl Instant {
    pub(super) fn from_timestamp(moment: Timestamp) -> Self {
        Self { seconds: moment.unix(), nanos: 0 }
    }

    /// In whole seconds; `None` outside the years 1 to 9999.
    pub(super) fn timestamp(self) -> Option<Timestamp> {
        Timestamp::from_unix(self.seconds).ok()
    }
}

/// Reads a dateTimeStamp; `None` when it has not that shape or is no real date.
pub(super) fn parse(text: &str) -> Option<Instant> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let year_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    // `[1-9][0-9]{3,}|0[0-9]{3}`; nine digits are more years than any calendar here needs.
    if !(4..=9).contains(&year_digits) || (year_digits > 4 && rest.starts_with('0')) {
        return None;
    }
    let (year, rest) = rest.split_at_checked(year_digits)?;
    let year = year.parse::<i64>().ok()? * if negative { -1 } else { 1 };
    let mut cursor = Cursor(rest.as_bytes());
    cursor.literal(b'-')?;
    let month = cursor.two_digits(1, 12)?;
    cursor.literal(b'-')?;
    let day = cursor.two_digits(1, days_in_month(year, month))?;
    cursor.literal(b'T')?;
    let hour = cursor.two_digits(0, 24)?;
    cursor.literal(b':')?;
    let minute = cursor.two_digits(0, 59)?;
    cursor.literal(b':')?;
    let second = cursor.two_digits(0, 59)?;
    let nanos = cursor.fraction()?;
    if hour == 24
        && (minute, second, nanos) != (0, 0, Some(0))
        && (minute, second, nanos) != (0, 0, None)
    {
        return None;
    }
    let offset = cursor.offset()?;
    if !cursor.0.is_empty() {
        return None;
    }
    let seconds = days_from_civil(year, month, day) * 86_400
        + i64::from(hour) * 3600
        + i64::from(minute) * 60
        + i64::from(second)
        - offset;
    Some(Instant { seconds, nanos: nanos.unwrap_or(0) })
}

struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn literal(&mut self, expected: u8) -> Option<()> {
        (self.next()? == expected).then_some(())
    }

    fn two_digits(&mut self, low: u8, high: u8) -> Option<u8> {
        let (tens, ones) = (self.next()?, self.next()?);
        if !tens.is_ascii_digit() || !ones.is_ascii_digit() {
            return None;
        }
        let value = (tens - b'0') * 10 + (ones - b'0');
        (low..=high).contains(&value).then_some(value)
    }

    /// `(\.[0-9]+)?`; digits after the ninth do not count. Inner `None`: no fraction.
    fn fraction(&mut self) -> Option<Option<u32>> {
        if self.0.first() != Some(&b'.') {
            return Some(None);
        }
        self.next()?;
        let (mut nanos, mut digits) = (0u32, 0u32);
        while let Some(digit) = self.0.first().copied().filter(u8::is_ascii_digit) {
            self.next()?;
            if digits < 9 {
                nanos = nanos * 10 + u32::from(digit - b'0');
            }
            digits += 1;
        }
        (digits > 0).then(|| Some(nanos * 10u32.pow(9 - digits.min(9))))
    }

    /// `Z` or `(+|-)hh:mm` up to 14:00, in seconds.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.next()? {
            b'Z' => return Some(0),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = self.two_digits(0, 14)?;
        self.literal(b':')?;
        let minutes = self.two_digits(0, if hours == 14 { 0 } else { 59 })?;
        Some(sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60))
    }
}

fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar (March-based years).
fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_instants() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-02-02T10:15:00+01:00", 1_770_023_700),
            ("2026-02-02T09:15:00.250Z", 1_770_023_700),
            ("2026-02-01T24:00:00Z", 1_769_990_400),
            ("2026-02-02T00:00:00Z", 1_769_990_400),
            ("2024-02-29T00:00:00-14:00", 1_709_215_200),
            ("0001-01-01T00:00:00Z", -62_135_596_800),
        ] {
            assert_eq!(parse(text).map(|i| i.seconds), Some(seconds), "{text}");
        }
        assert!(parse("2026-02-02T09:15:00.250Z") > parse("2026-02-02T09:15:00Z"));
        assert!(parse("12026-02-02T09:15:00Z") > parse("2026-02-02T09:15:00Z"));
        assert!(parse("-0001-02-02T09:15:00Z") < parse("2026-02-02T09:15:00Z"));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2026-02-02",
            "2026-02-02T09:15:00",
            "2026-02-31T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T25:00:00Z",
            "2026-01-01T24:00:01Z",
            "2026-01-01T24:00:00.5Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+14:30",
            "2026-01-01T00:00:00+15:00",
            "2026-01-01T00:00:00+1:00",
            "2026-01-01t00:00:00Z",
            "2026-01-01T00:00:00z",
            "2026-01-01 00:00:00Z",
            " 2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00Z ",
            "02026-01-01T00:00:00Z",
            "226-01-01T00:00:00Z",
            "2026-01-01T00:00:00Zé",
            "２026-01-01T00:00:00Z",
            "99999999999999999999-01-01T00:00:00Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
