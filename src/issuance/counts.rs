//! How much was issued, for everybody (guide, section 16; story R12): per issuer, kind and quarter,
//! so that sudden volume is seen and no single person is.
//!
//! A number from 1 to 4 is given as that range. A quarter that still runs is given in steps of five,
//! so that whoever looks every day cannot count along. Sums are made from the published numbers
//! alone, lower and upper ends apart: they add nothing that could be subtracted from.

use super::{Desk, IssueError};
use crate::model::{CertificateKind, Slug, Timestamp};
use crate::store::IssuanceCount;
use std::collections::BTreeMap;

/// Below this, a number is not told.
pub const SMALL: u64 = 5;

/// A published number: exact when both ends are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// At least so many.
    pub from: u64,
    /// At most so many.
    pub to: u64,
}

impl Published {
    /// What may be told of a number of a quarter; `None` of nothing.
    pub fn of(count: u64, over: bool) -> Option<Self> {
        match count {
            0 => None,
            1..SMALL => Some(Self { from: 1, to: SMALL - 1 }),
            _ if over => Some(Self { from: count, to: count }),
            _ => {
                let from = count - count % SMALL;
                Some(Self { from, to: from.saturating_add(SMALL - 1) })
            }
        }
    }

    /// Both ends added.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { from: self.from.saturating_add(other.from), to: self.to.saturating_add(other.to) }
    }
}

/// A quarter of a year, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    /// The year.
    pub year: i16,
    /// 1 to 4.
    pub quarter: u8,
}

impl Quarter {
    /// The quarter of a moment.
    pub fn of(moment: Timestamp) -> Self {
        let (year, month, _) = moment.date().parts();
        // Months are 1 to 12.
        Self { year, quarter: month.unsigned_abs().saturating_sub(1) / 3 + 1 }
    }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.quarter)
    }
}

/// One line of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// When.
    pub quarter: Quarter,
    /// What.
    pub kind: CertificateKind,
    /// Whether the quarter is over.
    pub over: bool,
    /// How many.
    pub count: Published,
}

/// The figures of an issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerFigures {
    /// Whose.
    pub issuer: Slug,
    /// A test issuer: nothing of it counts.
    pub test: bool,
    /// The newest quarter first, then by kind.
    pub figures: Vec<Figure>,
    /// The sum of the published numbers.
    pub total: Published,
}

impl Desk {
    /// The figures of every issuer that seals, by name, also of one that issued nothing yet.
    pub fn counts(&self) -> Result<Vec<IssuerFigures>, IssueError> {
        self.counts_at(self.parts.clock.now())
    }

    /// The same as of a moment, which decides which quarter still runs.
    pub fn counts_at(&self, now: Timestamp) -> Result<Vec<IssuerFigures>, IssueError> {
        let mut counts: BTreeMap<Slug, Vec<IssuanceCount>> = BTreeMap::new();
        for count in self.parts.store.counts()? {
            counts.entry(count.issuer.clone()).or_default().push(count);
        }
        let organisations = self.parts.store.organisations()?;
        let figures = organisations.iter().filter_map(|organisation| {
            let sealer = organisation.sealer.as_ref()?;
            let counts = counts.remove(&organisation.slug).unwrap_or_default();
            Some(figures(organisation.slug.clone(), sealer.test, &counts, now))
        });
        Ok(figures.collect())
    }
}

fn figures(issuer: Slug, test: bool, counts: &[IssuanceCount], now: Timestamp) -> IssuerFigures {
    let running = Quarter::of(now);
    let mut sums: BTreeMap<(Quarter, &'static str), (CertificateKind, u64)> = BTreeMap::new();
    for count in counts {
        let quarter = Quarter { year: count.year, quarter: count.quarter };
        let sum = sums.entry((quarter, count.kind.code())).or_insert((count.kind, 0));
        sum.1 = sum.1.saturating_add(count.count);
    }
    let mut figures: Vec<Figure> = sums
        .into_iter()
        .filter_map(|((quarter, _), (kind, count))| {
            let over = quarter < running;
            Some(Figure { quarter, kind, over, count: Published::of(count, over)? })
        })
        .collect();
    figures.sort_by_key(|figure| std::cmp::Reverse(figure.quarter));
    let total = figures.iter().fold(Published::default(), |sum, figure| sum.plus(figure.count));
    IssuerFigures { issuer, test, figures, total }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(kind: CertificateKind, year: i16, quarter: u8, count: u64) -> IssuanceCount {
        IssuanceCount { issuer: "a".parse().expect("a slug"), kind, year, quarter, count }
    }

    fn of(counts: &[IssuanceCount]) -> IssuerFigures {
        let now = "2026-09-01T10:00:00Z".parse().expect("a moment");
        figures("a".parse().expect("a slug"), false, counts, now)
    }

    /// Story R12.
    #[test]
    fn small_numbers_are_a_range_and_large_ones_exact_when_their_quarter_is_over() {
        let range = |from, to| Some(Published { from, to });
        assert_eq!(Published::of(0, true), None);
        for small in 1..5 {
            assert_eq!(Published::of(small, true), range(1, 4));
            assert_eq!(Published::of(small, false), range(1, 4));
        }
        assert_eq!(Published::of(5, true), range(5, 5));
        assert_eq!(Published::of(5, false), range(5, 9));
        assert_eq!(Published::of(9, false), range(5, 9));
        assert_eq!(Published::of(10, false), range(10, 14));
        assert_eq!(Published::of(u64::MAX, true), range(u64::MAX, u64::MAX));
    }

    /// Story R12: whatever the small number is, everything that is published stays the same.
    #[test]
    fn no_sum_tells_a_small_number() {
        let with = |small: u64| {
            of(&[
                counted(CertificateKind::Microcredential, 2026, 1, 120),
                counted(CertificateKind::Microdegree, 2026, 1, small),
                counted(CertificateKind::Participation, 2026, 3, 6 + small % 4),
            ])
        };
        let published = with(1);
        assert_eq!(published.total, Published { from: 126, to: 133 });
        for small in 2..5 {
            // 6 + small % 4 stays within one step of the running quarter.
            assert_eq!(with(small), published, "{small}");
        }
    }

    #[test]
    fn the_newest_quarter_comes_first() {
        let figures = of(&[
            counted(CertificateKind::Microcredential, 2025, 4, 7),
            counted(CertificateKind::Participation, 2026, 3, 7),
            counted(CertificateKind::Microcredential, 2026, 3, 7),
        ]);
        let lines: Vec<_> =
            figures.figures.iter().map(|f| (f.quarter.to_string(), f.kind, f.over)).collect();
        assert_eq!(
            lines,
            [
                ("2026-Q3".to_owned(), CertificateKind::Microcredential, false),
                ("2026-Q3".to_owned(), CertificateKind::Participation, false),
                ("2025-Q4".to_owned(), CertificateKind::Microcredential, true),
            ]
        );
    }
}
