//! How often somebody who needs no account may ask: per visitor, per larger network of IPv6 and per
//! certificate, counted in memory and forgotten after an hour. An address is used for this alone,
//! and is neither logged nor kept.

use super::forwarded::address;
use super::problem::{Fault, Kind};
use crate::clock;
use crate::config::{Concerns, Network};
use actix_web::HttpRequest;
use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use uuid::Uuid;

/// So many visitors and certificates are counted at one time; beyond that nobody new is let in, and
/// whoever is counted already is counted on.
const MOST_COUNTED: usize = 50_000;
/// A network of 48 bits, which is what a household or an organisation is given, may do as much as so
/// many visitors.
const VISITORS_OF_NETWORK: u32 = 16;
const HOUR: Duration = Duration::from_secs(3_600);
/// How often a counter that is full looks for whom it can forget: that means looking at all.
const BETWEEN_PRUNINGS: Duration = Duration::from_secs(60);

/// The service's clock, as the counters take it.
#[derive(Clone)]
struct Ticks(Arc<dyn clock::Clock>);

impl Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.0.now().unix()).unwrap_or(0))
    }
}

/// What is known of each who was counted.
struct Known<K>(Arc<Mutex<HashMap<K, Nanos>>>);

impl<K> Known<K> {
    fn hold(&self) -> MutexGuard<'_, HashMap<K, Nanos>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Hash + Eq + Clone> StateStore for Known<K> {
    type Key = K;

    fn measure_and_replace<T, F, E>(&self, key: &K, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut known = self.hold();
        let (told, next) = measure(known.get(key).copied())?;
        known.insert(key.clone(), next);
        Ok(told)
    }
}

impl<K: Hash + Eq + Clone> ShrinkableKeyedStateStore<K> for Known<K> {
    fn retain_recent(&self, drop_below: Nanos) {
        self.hold().retain(|_, next| *next > drop_below);
    }

    fn len(&self) -> usize {
        self.hold().len()
    }

    fn is_empty(&self) -> bool {
        self.hold().is_empty()
    }
}

type Limiter<K> = RateLimiter<K, Known<K>, Ticks, NoOpMiddleware<Duration>>;

/// Counts each on its own, and not more than so many.
struct Counter<K: Hash + Eq + Clone> {
    limiter: Limiter<K>,
    known: Known<K>,
    most: usize,
    pruned: Mutex<Option<Duration>>,
}

impl<K: Hash + Eq + Clone> Counter<K> {
    /// Each may do so much in an hour.
    fn new(each: u32, most: usize, clock: &Arc<dyn clock::Clock>) -> Self {
        let each = NonZeroU32::new(each).unwrap_or(NonZeroU32::MIN);
        let pause = HOUR.checked_div(each.get()).filter(|pause| !pause.is_zero()).unwrap_or(HOUR);
        let quota = Quota::with_period(pause).expect("no period of zero").allow_burst(each);
        let known = Known(Arc::default());
        let limiter =
            RateLimiter::new(quota, Known(Arc::clone(&known.0)), Ticks(Arc::clone(clock)));
        Self { limiter, known, most, pruned: Mutex::default() }
    }

    fn knows(&self, key: &K) -> bool {
        self.known.hold().contains_key(key)
    }

    fn take(&self, key: &K) -> Result<(), Duration> {
        if self.known.len() >= self.most && !self.knows(key) {
            self.prune()?;
        }
        self.limiter.check_key(key).map_err(|not| not.wait_time_from(self.limiter.clock().now()))
    }

    /// Forgets whom it can forget, now and then, and says when to come back if it is full after
    /// that.
    fn prune(&self) -> Result<(), Duration> {
        let now = self.limiter.clock().now();
        let mut pruned = self.pruned.lock().unwrap_or_else(PoisonError::into_inner);
        let since = pruned.map(|last| now.abs_diff(last));
        if since.is_none_or(|since| since >= BETWEEN_PRUNINGS) {
            *pruned = Some(now);
            self.limiter.retain_recent();
        }
        if self.known.len() < self.most { Ok(()) } else { Err(BETWEEN_PRUNINGS) }
    }
}

/// One address, or one IPv6 network of 64 bits, which is what one visitor has.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Visitor(IpAddr);

/// The IPv6 network of 48 bits around a visitor.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Around(u128);

impl Visitor {
    fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = address.to_bits() >> 64 << 64;
                IpAddr::V6(network.into())
            }
            address => address,
        })
    }

    fn around(self) -> Option<Around> {
        match self.0 {
            IpAddr::V6(address) => Some(Around(address.to_bits() >> 80)),
            IpAddr::V4(_) => None,
        }
    }
}

/// What visitors may still do.
pub struct Allowances {
    visitors: Counter<Visitor>,
    networks: Counter<Around>,
    certificates: Counter<Uuid>,
}

impl fmt::Debug for Allowances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Allowances(..)")
    }
}

impl Allowances {
    /// So much is allowed.
    pub fn new(limits: &Concerns, clock: &Arc<dyn clock::Clock>) -> Self {
        let of_network = limits.per_visitor_hour.saturating_mul(VISITORS_OF_NETWORK);
        Self {
            visitors: Counter::new(limits.per_visitor_hour, MOST_COUNTED, clock),
            networks: Counter::new(of_network, MOST_COUNTED, clock),
            certificates: Counter::new(limits.per_certificate_hour, MOST_COUNTED, clock),
        }
    }

    /// A network is counted before a visitor who is new, so that walking through it counts nobody
    /// beyond its own limit; after one who is known, so that what is refused to one is not taken
    /// from the neighbours.
    fn visit(&self, visitor: Visitor) -> Result<(), Duration> {
        let network = || visitor.around().map_or(Ok(()), |around| self.networks.take(&around));
        if self.visitors.knows(&visitor) {
            self.visitors.take(&visitor).and_then(|()| network())
        } else {
            network().and_then(|()| self.visitors.take(&visitor))
        }
    }

    /// Counts a report of a concern, or refuses it and says when to come back.
    pub fn report(
        &self,
        request: &HttpRequest,
        trusted: &[Network],
        certificate: Uuid,
    ) -> Result<(), Fault> {
        // Without an address (a socket of this machine) all visitors count as one.
        let unspecified = IpAddr::from([0, 0, 0, 0]);
        let visitor = Visitor::of(address(request, trusted).unwrap_or(unspecified));
        self.visit(visitor).and_then(|()| self.certificates.take(&certificate)).map_err(too_many)
    }
}

fn too_many(wait: Duration) -> Fault {
    let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1);
    let mut fault = Fault::new(Kind::TooManyRequests);
    fault.retry_after = Some(u32::try_from(seconds).unwrap_or(u32::MAX));
    fault
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FixedClock;
    use crate::model::Timestamp;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn one_network_of_64_bits_is_one_visitor() {
        let of = |text| Visitor::of(ip(text));
        assert!(of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9"));
        assert!(of("2001:db8:1:2::1") != of("2001:db8:1:3::1"));
        assert!(of("192.0.2.1") == of("::ffff:192.0.2.1"));
        assert!(of("192.0.2.1") != of("192.0.2.2"));
    }

    fn clock() -> (Arc<FixedClock>, Arc<dyn clock::Clock>) {
        let clock = Arc::new(FixedClock::at(Timestamp::from_unix(1_000_000).expect("a moment")));
        let shared: Arc<dyn clock::Clock> = Arc::clone(&clock) as _;
        (clock, shared)
    }

    fn set(clock: &FixedClock, seconds: i64) {
        clock.set(Timestamp::from_unix(seconds).expect("a moment"));
    }

    #[test]
    fn what_was_used_comes_back_with_time() {
        let (clock, shared) = clock();
        let counter = Counter::<u8>::new(2, 100, &shared);
        assert!(counter.take(&1).is_ok() && counter.take(&1).is_ok());
        assert_eq!(counter.take(&1), Err(Duration::from_secs(1_800)));
        assert!(counter.take(&2).is_ok(), "another one has its own");
        set(&clock, 1_001_799);
        assert_eq!(counter.take(&1), Err(Duration::from_secs(1)));
        set(&clock, 1_001_800);
        assert!(counter.take(&1).is_ok());
        assert!(counter.take(&1).is_err());
        // A clock that is set back is no way in.
        set(&clock, 999_000);
        assert!(counter.take(&1).is_err());
    }

    #[test]
    fn a_counter_that_is_full_counts_those_on_whom_it_knows() {
        let (clock, shared) = clock();
        let counter = Counter::<u32>::new(2, 10, &shared);
        for key in 0..10 {
            assert!(counter.take(&key).is_ok());
        }
        assert_eq!(counter.take(&10), Err(BETWEEN_PRUNINGS), "nobody new");
        assert!(counter.take(&3).is_ok(), "who is known still has what is theirs");
        assert!(counter.take(&3).is_err(), "and not more");
        assert_eq!(counter.known.len(), 10);
        set(&clock, 1_001_800);
        assert!(counter.take(&3).is_ok());
        // All but that one could be forgotten now. That is looked for now and then, not at each call.
        set(&clock, 1_003_601);
        let last =
            |seconds| *counter.pruned.lock().expect("well") = Some(Duration::from_secs(seconds));
        last(1_003_542);
        assert_eq!(counter.take(&11), Err(BETWEEN_PRUNINGS));
        last(1_003_541);
        assert!(counter.take(&11).is_ok());
        assert!(counter.known.len() < 10);
        assert!(counter.take(&3).is_ok() && counter.take(&3).is_err(), "its count stands");
    }

    #[test]
    fn whoever_walks_through_a_network_fills_no_counter() {
        let (_, shared) = clock();
        let limits = Concerns { per_visitor_hour: 2, ..Concerns::default() };
        let allowances = Allowances::new(&limits, &shared);
        let visit = |network: u16, subnet: u16| {
            let text = format!("2001:db8:{network:x}:{subnet:x}::1");
            allowances.visit(Visitor::of(ip(&text)))
        };
        // One of them takes what it has, and what it is refused is nobody else's loss.
        for _ in 0..200 {
            let _ = visit(1, 0);
        }
        let let_in = (1..=2_000).filter(|subnet| visit(1, *subnet).is_ok()).count();
        assert_eq!(let_in, 2 * 16 - 2);
        assert_eq!(allowances.visitors.known.len(), 2 * 16 - 1);
        assert!(visit(2, 0).is_ok(), "another network");
        assert!(allowances.visit(Visitor::of(ip("192.0.2.1"))).is_ok());
    }
}
