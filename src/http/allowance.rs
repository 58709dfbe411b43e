//! How often somebody who needs no account may ask: per visitor and per certificate, counted in
//! memory and forgotten after an hour. An address is used for this alone, and is neither logged nor
//! kept.

use super::forwarded::address;
use super::problem::{Fault, Kind};
use crate::clock;
use crate::config::{Concerns, Network};
use actix_web::HttpRequest;
use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::fmt;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// So many visitors and certificates are counted at one time; beyond that nobody new is let in.
const MOST_COUNTED: usize = 50_000;
const HOUR: Duration = Duration::from_secs(3_600);

/// The service's clock, as the counters take it.
#[derive(Clone)]
struct Ticks(Arc<dyn clock::Clock>);

impl Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.0.now().unix()).unwrap_or(0))
    }
}

type Counter<K> = RateLimiter<K, HashMapStateStore<K>, Ticks, NoOpMiddleware<Duration>>;

/// One address, or one IPv6 network of 64 bits, which is what one visitor has.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Visitor(IpAddr);

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
}

/// What visitors may still do.
pub struct Allowances {
    visitors: Counter<Visitor>,
    certificates: Counter<Uuid>,
}

impl fmt::Debug for Allowances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Allowances(..)")
    }
}

fn counter<K: Hash + Eq + Clone>(most: u32, clock: &Arc<dyn clock::Clock>) -> Counter<K> {
    let most = NonZeroU32::new(most).unwrap_or(NonZeroU32::MIN);
    let each = HOUR.checked_div(most.get()).filter(|each| !each.is_zero()).unwrap_or(HOUR);
    let quota = Quota::with_period(each).expect("no period of zero").allow_burst(most);
    RateLimiter::hashmap_with_clock(quota, Ticks(Arc::clone(clock)))
}

fn take<K: Hash + Eq + Clone>(counter: &Counter<K>, key: &K) -> Result<(), Duration> {
    if counter.len() >= MOST_COUNTED {
        counter.retain_recent();
        if counter.len() >= MOST_COUNTED {
            return Err(HOUR);
        }
    }
    counter.check_key(key).map_err(|not| not.wait_time_from(counter.clock().now()))
}

impl Allowances {
    /// So much is allowed.
    pub fn new(limits: &Concerns, clock: &Arc<dyn clock::Clock>) -> Self {
        Self {
            visitors: counter(limits.per_visitor_hour, clock),
            certificates: counter(limits.per_certificate_hour, clock),
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
        take(&self.visitors, &visitor)
            .and_then(|()| take(&self.certificates, &certificate))
            .map_err(too_many)
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

    #[test]
    fn what_was_used_comes_back_with_time() {
        let clock = Arc::new(FixedClock::at(Timestamp::from_unix(1_000_000).expect("a moment")));
        let shared: Arc<dyn clock::Clock> = Arc::clone(&clock) as _;
        let counter = counter::<u8>(2, &shared);
        assert!(take(&counter, &1).is_ok() && take(&counter, &1).is_ok());
        assert_eq!(take(&counter, &1), Err(Duration::from_secs(1_800)));
        assert!(take(&counter, &2).is_ok(), "another one has its own");
        clock.set(Timestamp::from_unix(1_001_799).expect("a moment"));
        assert_eq!(take(&counter, &1), Err(Duration::from_secs(1)));
        clock.set(Timestamp::from_unix(1_001_800).expect("a moment"));
        assert!(take(&counter, &1).is_ok());
        assert!(take(&counter, &1).is_err());
        // A clock that is set back is no way in.
        clock.set(Timestamp::from_unix(999_000).expect("a moment"));
        assert!(take(&counter, &1).is_err());
    }
}
