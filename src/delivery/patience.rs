//! When to try again: twice as long each time, a little by chance so that not all come at once, and
//! at some point no more.

use crate::ids::IdGenerator;
use crate::model::Timestamp;

/// How patient we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Seconds until the first repetition.
    pub first: u32,
    /// The longest that one waits, in seconds.
    pub longest: u32,
    /// Seconds after which a mail is given up.
    pub give_up: i64,
}

impl Patience {
    /// Seconds until the next attempt after so many that failed: the doubled time, and up to a
    /// quarter of it more.
    pub fn pause(&self, failed: u32, ids: &dyn IdGenerator) -> u32 {
        let doubled = 1_u64.checked_shl(failed.saturating_sub(1)).unwrap_or(u64::MAX);
        let seconds = u64::from(self.first).saturating_mul(doubled).min(u64::from(self.longest));
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        seconds.saturating_add(ids.below(seconds / 4 + 1))
    }

    /// When to try again; `None` when the mail is too old.
    pub fn next(
        &self,
        created: Timestamp,
        failed: u32,
        now: Timestamp,
        ids: &dyn IdGenerator,
    ) -> Option<Timestamp> {
        let next = now.plus_seconds(i64::from(self.pause(failed, ids)));
        (next <= created.plus_seconds(self.give_up)).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SystemIds;

    const PATIENCE: Patience = Patience { first: 60, longest: 21_600, give_up: 259_200 };

    #[test]
    fn pauses_double_up_to_the_longest() {
        for (failed, least) in [(0, 60), (1, 60), (2, 120), (3, 240), (9, 15_360), (10, 21_600)] {
            for _ in 0..50 {
                let pause = PATIENCE.pause(failed, &SystemIds);
                assert!((least..=least + least / 4).contains(&pause), "{failed}: {pause}");
            }
        }
        assert!(PATIENCE.pause(u32::MAX, &SystemIds) >= 21_600);
        let most = Patience { first: u32::MAX, longest: u32::MAX, give_up: 1 };
        assert_eq!(most.pause(7, &SystemIds), u32::MAX);
    }

    #[test]
    fn a_mail_is_tried_for_three_days_and_then_given_up() {
        let created = Timestamp::EPOCH;
        let (mut now, mut failed) = (created, 0);
        loop {
            failed += 1;
            match PATIENCE.next(created, failed, now, &SystemIds) {
                Some(next) => {
                    assert!(next > now);
                    now = next;
                }
                None => break,
            }
        }
        assert!((15..40).contains(&failed), "{failed} attempts");
        assert!(now.unix() > 259_200 - 30_000, "given up at {now}");
    }
}
