//! Decimals as whole numbers: credits, hours and grades. Nothing here is floating point, so nothing
//! is compared as floating point (guide, section 9).

use super::language::Language;
use serde::{Serialize, Serializer};
use serde_json::{Number, Value};
use std::fmt;

/// A number with at most two decimals, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(i64);

impl Hundredths {
    /// From a count of hundredths.
    pub const fn new(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// The count of hundredths.
    pub fn count(self) -> i64 {
        self.0
    }

    /// Reads `-?digits(.digits)?` with at most two decimals that matter and at most 9 digits before
    /// the point.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) || whole.len() > 9 {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 2 {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let cents: i64 = match fraction.len() {
            0 => 0,
            1 => fraction.parse::<i64>().ok()? * 10,
            _ => fraction.parse().ok()?,
        };
        let count = whole.checked_mul(100)?.checked_add(cents)?;
        Some(Self(if negative { -count } else { count }))
    }

    /// The sum; saturates.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Whether this is a whole number of steps.
    pub fn is_multiple_of(self, step: Self) -> bool {
        step.0 > 0 && self.0 % step.0 == 0
    }

    /// As JSON writes it: whole numbers without a fraction.
    pub fn to_json(self) -> Value {
        if self.0 % 100 == 0 {
            return Value::from(self.0 / 100);
        }
        // The nearest double to the quotient, which is what the decimal text means in JSON.
        // At most 11 digits, so the count itself is exact in a double.
        let nearest = self.0 as f64 / 100.0;
        Number::from_f64(nearest).map_or(Value::Null, Value::Number)
    }

    /// For people: a decimal comma in Dutch and French.
    pub fn in_language(self, language: Language) -> String {
        match language {
            Language::Nl | Language::Fr => self.to_string().replace('.', ","),
            Language::En => self.to_string(),
        }
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match cents {
            0 => write!(f, "{sign}{whole}"),
            c if c % 10 == 0 => write!(f, "{sign}{whole}.{}", c / 10),
            c => write!(f, "{sign}{whole}.{c:02}"),
        }
    }
}

impl Serialize for Hundredths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_read_and_write_without_needless_fraction() {
        for (text, written) in [
            ("3", "3"),
            ("3.0", "3"),
            ("2.75", "2.75"),
            ("0.5", "0.5"),
            ("-3", "-3"),
            ("4.50", "4.5"),
        ] {
            let value = Hundredths::parse(text).expect(text);
            assert_eq!(value.to_string(), written);
            assert_eq!(value.to_json().to_string(), written);
        }
        for text in ["", "-", ".5", "5.", "1e3", "2.755", "1234567890", "NaN", "+1", " 1"] {
            assert!(Hundredths::parse(text).is_none(), "{text}");
        }
    }
}
