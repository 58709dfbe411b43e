//! How long a share link works: the periods that a holder can choose from, never more than a year.

use crate::model::Timestamp;
use crate::texts::LearnerText;

/// A period on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expiry {
    SevenDays,
    ThirtyDays,
    ThreeMonths,
    OneYear,
}

impl Expiry {
    /// Every period, the shortest first.
    pub const ALL: [Self; 4] =
        [Self::SevenDays, Self::ThirtyDays, Self::ThreeMonths, Self::OneYear];
    /// The one that is chosen at first.
    pub const DEFAULT: Self = Self::ThirtyDays;

    /// As in the form.
    pub fn code(self) -> &'static str {
        match self {
            Self::SevenDays => "7d",
            Self::ThirtyDays => "30d",
            Self::ThreeMonths => "3m",
            Self::OneYear => "1y",
        }
    }

    /// The period with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|expiry| expiry.code() == code)
    }

    /// In words.
    pub fn label(self) -> LearnerText<'static> {
        match self {
            Self::SevenDays => LearnerText::SevenDays,
            Self::ThirtyDays => LearnerText::ThirtyDays,
            Self::ThreeMonths => LearnerText::ThreeMonths,
            Self::OneYear => LearnerText::OneYear,
        }
    }

    /// When it ends: at the same time of day, months by the calendar. Near the end of the calendar
    /// it ends with it.
    pub fn after(self, now: Timestamp) -> Timestamp {
        let today = now.date();
        let day = match self {
            Self::SevenDays => today.plus_days(7),
            Self::ThirtyDays => today.plus_days(30),
            Self::ThreeMonths => today.plus_months(3),
            Self::OneYear => today.plus_months(12),
        };
        let days = day.map_or(0, |day| day.midnight().unix() - today.midnight().unix());
        now.plus_seconds(days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_the_calendar_and_no_period_is_longer_than_a_year() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
        let after = |expiry: Expiry, from: &str| expiry.after(at(from)).to_string();
        assert_eq!(after(Expiry::SevenDays, "2026-12-28T23:59:59Z"), "2027-01-04T23:59:59Z");
        assert_eq!(after(Expiry::ThirtyDays, "2026-01-30T10:00:00Z"), "2026-03-01T10:00:00Z");
        assert_eq!(after(Expiry::ThreeMonths, "2026-11-30T10:00:00Z"), "2027-02-28T10:00:00Z");
        assert_eq!(after(Expiry::OneYear, "2028-02-29T10:00:00Z"), "2029-02-28T10:00:00Z");
        for expiry in Expiry::ALL {
            assert_eq!(Expiry::of(expiry.code()), Some(expiry));
            let now = at("2027-03-01T00:00:00Z");
            let seconds = expiry.after(now).unix() - now.unix();
            assert!(seconds > 0 && seconds <= 366 * 86_400, "{expiry:?}");
        }
        for code in ["", "2y", "7D", "7d "] {
            assert_eq!(Expiry::of(code), None);
        }
    }
}
