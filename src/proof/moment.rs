//! `dateTimeStamp` as proofs write it (XML Schema 1.1 part 2, section 3.4.28): a date, a time and
//! an offset. Years before 1 and the hour 24 are not taken.

use crate::model::Timestamp;

/// The moment that a `dateTimeStamp` names, in whole seconds.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let date_time = bytes.get(..19)?;
    let shaped = date_time.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        10 => *byte == b'T',
        13 | 16 => *byte == b':',
        _ => byte.is_ascii_digit(),
    });
    let rest = bytes.get(19..)?;
    let zone = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 || digits > 9 {
                return None;
            }
            fraction.get(digits..)?
        }
        other => other,
    };
    let zoned = match zone {
        [b'Z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            [h1, h2, m1, m2].iter().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    };
    // A leap second has no place in a count of seconds, and XML Schema does not know it.
    let seconds = bytes.get(17..19)?;
    if shaped && zoned && seconds != b"60" { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn takes_date_time_stamps_only() {
        for good in [
            "2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05.1Z",
            "2026-01-02T03:04:05.123456789+14:00",
            "2024-02-29T23:59:59-05:30",
        ] {
            assert!(parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "2026-01-02",
            "2026-01-02T03:04:05",
            "2026-01-02 03:04:05Z",
            "2026-01-02T03:04:05z",
            "2026-01-02t03:04:05Z",
            "2026-01-02T03:04Z",
            "2026-01-02T03:04:05.Z",
            "2026-01-02T03:04:05+01",
            "2026-01-02T03:04:05+0100",
            "2026-01-02T03:04:05Z[Europe/Amsterdam]",
            "2026-01-02T03:04:60Z",
            "2026-02-31T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-02T25:00:00Z",
            " 2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05Z ",
            "٢٠٢٦-01-02T03:04:05Z",
        ] {
            assert!(parse(bad).is_none(), "{bad}");
        }
    }
}
