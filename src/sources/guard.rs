//! The guard at the door outward: which URLs are asked, and to which addresses is connected.
//!
//! A name is resolved once, by [`GuardedResolver`], and the connection goes to an address from that
//! answer and no other: a name that resolves differently a moment later (DNS rebinding) gains
//! nothing. IP addresses written in a URL never reach a resolver and are judged in [`check`].

use super::address;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use url::{Host, Url};

/// Looks a host name up; blocking.
pub type Lookup = Arc<dyn Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync>;

/// Addresses that are not public and may be connected to all the same, because the operator said so.
pub type Exempt = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// What may be connected to beside what is public.
#[derive(Clone)]
pub(super) struct Permits {
    /// The machine itself, also by plain http.
    pub(super) loopback: bool,
    /// By https.
    pub(super) exempt: Option<Exempt>,
}

impl Permits {
    fn allows(&self, address: IpAddr, loopback: bool) -> bool {
        address::allowed(address, loopback)
            || self.exempt.as_ref().is_some_and(|exempt| exempt(address.to_canonical()))
    }
}

/// An address that is never asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refusal(pub(super) &'static str);

/// Whether this URL may be asked, as far as its text tells.
pub(super) fn check(url: &Url, permits: &Permits) -> Result<(), Refusal> {
    let loopback = permits.loopback;
    let host = url.host().ok_or(Refusal("an address without host"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal("an address with user or password"));
    }
    let itself = match &host {
        Host::Domain(name) => is_localhost(name),
        Host::Ipv4(v4) => v4.is_loopback(),
        Host::Ipv6(v6) => v6.is_loopback(),
    };
    match url.scheme() {
        "https" => {}
        "http" if loopback && itself => {}
        "http" => return Err(Refusal("only https is asked")),
        _ => return Err(Refusal("not an https address")),
    }
    let allowed = match host {
        Host::Domain(name) => !is_localhost(name) || loopback,
        Host::Ipv4(v4) => permits.allows(IpAddr::V4(v4), loopback),
        Host::Ipv6(v6) => permits.allows(IpAddr::V6(v6), loopback),
    };
    if allowed { Ok(()) } else { Err(Refusal("an address that is not public")) }
}

fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

/// Resolves a name once and hands on only addresses that may be connected to.
pub(super) struct GuardedResolver {
    lookup: Lookup,
    permits: Permits,
}

impl GuardedResolver {
    pub(super) fn new(lookup: Lookup, permits: Permits) -> Self {
        Self { lookup, permits }
    }
}

impl fmt::Debug for GuardedResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GuardedResolver(loopback: {})", self.permits.loopback)
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, permits) = (Arc::clone(&self.lookup), self.permits.clone());
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let addresses =
                tokio::task::spawn_blocking(move || permitted(&lookup, &host, &permits))
                    .await
                    .map_err(|_| Refusal("the look-up of the name ended"))??;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

type Boxed = Box<dyn std::error::Error + Send + Sync>;

/// All or nothing: a name with one address that is not public is refused whole.
fn permitted(lookup: &Lookup, host: &str, permits: &Permits) -> Result<Vec<SocketAddr>, Boxed> {
    let addresses = lookup(host)?;
    let itself = is_localhost(host);
    // `localhost` means the machine itself and nothing else; other names never do.
    let allowed = |address: &IpAddr| {
        if itself {
            permits.loopback && is_loopback(*address)
        } else {
            permits.allows(*address, false)
        }
    };
    if addresses.iter().all(allowed) {
        Ok(addresses.into_iter().map(|address| SocketAddr::new(address, 0)).collect())
    } else {
        Err(Box::new(Refusal("the name leads to an address that is not public")))
    }
}

fn is_loopback(address: IpAddr) -> bool {
    address.is_loopback()
}

/// The system's own look-up.
pub(super) fn system_lookup() -> Lookup {
    Arc::new(|host: &str| Ok((host, 0).to_socket_addrs()?.map(|address| address.ip()).collect()))
}

/// The refusal inside a client's error, if the guard was its cause.
pub(super) fn refusal_in(error: &(dyn std::error::Error + 'static)) -> Option<Refusal> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(refusal) = error.downcast_ref::<Refusal>() {
            return Some(*refusal);
        }
        cause = error.source();
    }
    None
}
