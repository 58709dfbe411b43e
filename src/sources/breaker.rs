//! Leaves a host alone for a while that does not answer: after some failures in a row it is not
//! asked until a pause is over, and then once, to see whether it is back. What is not asked is not
//! known: the caller says so, and nothing becomes green by it.

use crate::model::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Most hosts remembered; those that answer are not.
const MAX_HOSTS: usize = 4_096;

#[derive(Clone, Copy, Debug)]
struct Record {
    /// In a row.
    failures: u32,
    last: Timestamp,
    /// Not asked before this moment.
    closed_until: Option<Timestamp>,
}

/// What is known of the hosts that failed.
pub(super) struct Breaker {
    failures: u32,
    pause: i64,
    /// How long the one that looks whether a host is back may take, in seconds.
    patience: i64,
    hosts: Mutex<HashMap<String, Record>>,
}

/// A host that is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LeftAlone {
    pub(super) failures: u32,
    pub(super) seconds: i64,
}

impl Breaker {
    pub(super) fn new(failures: u32, pause: Duration, patience: Duration) -> Self {
        let seconds = |d: Duration| i64::try_from(d.as_secs()).unwrap_or(i64::MAX).max(1);
        Self {
            failures: failures.max(1),
            pause: seconds(pause),
            patience: seconds(patience).saturating_add(1),
            hosts: Mutex::default(),
        }
    }

    /// Whether the host may be asked now. After the pause the first to ask is let through, and the
    /// others wait for what becomes of it.
    pub(super) fn admit(&self, host: &str, now: Timestamp) -> Result<(), LeftAlone> {
        let mut hosts = self.hosts();
        let Some(record) = hosts.get_mut(host) else { return Ok(()) };
        let Some(until) = record.closed_until else { return Ok(()) };
        // A clock that was set back must not close a host for longer than the pause.
        if until.unix().saturating_sub(now.unix()) > self.pause.max(self.patience) {
            record.closed_until = Some(now);
            return Ok(());
        }
        if now < until {
            let seconds = until.unix().saturating_sub(now.unix());
            return Err(LeftAlone { failures: record.failures, seconds });
        }
        record.closed_until = Some(now.plus_seconds(self.patience));
        Ok(())
    }

    /// The host answered, whatever it said.
    pub(super) fn answered(&self, host: &str) {
        self.hosts().remove(host);
    }

    /// The host did not answer, or not as a server that works.
    pub(super) fn failed(&self, host: &str, now: Timestamp) {
        let mut hosts = self.hosts();
        if hosts.len() >= MAX_HOSTS && !hosts.contains_key(host) {
            let oldest = hosts.iter().min_by_key(|(_, record)| record.last);
            if let Some(oldest) = oldest.map(|(host, _)| host.clone()) {
                hosts.remove(&oldest);
            }
        }
        let record = hosts.entry(host.to_owned()).or_insert(Record {
            failures: 0,
            last: now,
            closed_until: None,
        });
        record.failures = record.failures.saturating_add(1);
        record.last = now;
        if record.failures >= self.failures {
            record.closed_until = Some(now.plus_seconds(self.pause));
        }
    }

    /// Every write is whole, so that a panic elsewhere leaves nothing half done.
    fn hosts(&self) -> MutexGuard<'_, HashMap<String, Record>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(1_770_000_000 + seconds).expect("a moment")
    }

    fn breaker() -> Breaker {
        Breaker::new(3, Duration::from_secs(30), Duration::from_secs(5))
    }

    #[test]
    fn a_host_is_left_alone_after_failures_in_a_row_and_then_asked_once() {
        let breaker = breaker();
        for second in 0..3 {
            assert_eq!(breaker.admit("a", at(second)), Ok(()));
            breaker.failed("a", at(second));
        }
        assert_eq!(breaker.admit("a", at(3)), Err(LeftAlone { failures: 3, seconds: 29 }));
        assert_eq!(breaker.admit("b", at(3)), Ok(()), "another host is another matter");
        assert_eq!(breaker.admit("a", at(31)), Err(LeftAlone { failures: 3, seconds: 1 }));
        assert_eq!(breaker.admit("a", at(32)), Ok(()), "to see whether it is back");
        assert!(breaker.admit("a", at(32)).is_err(), "only one goes to see");
        breaker.failed("a", at(33));
        assert_eq!(breaker.admit("a", at(34)), Err(LeftAlone { failures: 4, seconds: 29 }));
        assert_eq!(breaker.admit("a", at(63)), Ok(()));
        breaker.answered("a");
        assert_eq!(breaker.admit("a", at(63)), Ok(()));
        breaker.failed("a", at(64));
        assert_eq!(breaker.admit("a", at(64)), Ok(()), "one failure is none");
    }

    #[test]
    fn an_answer_between_begins_the_count_anew() {
        let breaker = breaker();
        for second in 0..20 {
            breaker.failed("a", at(second));
            breaker.failed("a", at(second));
            assert_eq!(breaker.admit("a", at(second)), Ok(()));
            breaker.answered("a");
        }
    }

    #[test]
    fn one_who_went_to_see_and_never_came_back_does_not_close_it_for_ever() {
        let breaker = breaker();
        (0..3).for_each(|_| breaker.failed("a", at(0)));
        assert_eq!(breaker.admit("a", at(30)), Ok(()));
        assert!(breaker.admit("a", at(35)).is_err());
        assert_eq!(breaker.admit("a", at(36)), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_closes_nothing_for_longer() {
        let breaker = breaker();
        (0..3).for_each(|_| breaker.failed("a", at(100_000)));
        assert_eq!(breaker.admit("a", at(0)), Ok(()));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let breaker = breaker();
        for number in 0..10_000 {
            breaker.failed(&format!("host-{number}"), at(number));
        }
        assert_eq!(breaker.hosts().len(), MAX_HOSTS);
    }
}
