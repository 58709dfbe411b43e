//! Where a request comes from: the peer, or what the proxies in front say of it, as far as they are
//! trusted (`trusted_proxies`). `X-Forwarded-For` counts, and where that is absent `Forwarded` (RFC
//! 7239). What stands before the last address that no trusted proxy has anybody can write, and it is
//! not looked at.

use crate::config::Network;
use actix_web::HttpRequest;
use std::net::{IpAddr, SocketAddr};

/// The address of who called; `None` at a socket that has none.
pub fn address(request: &HttpRequest, trusted: &[Network]) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    let all = |name: &str| -> Vec<&str> {
        request.headers().get_all(name).filter_map(|value| value.to_str().ok()).collect()
    };
    let told = all("x-forwarded-for");
    if !told.is_empty() {
        return Some(origin(peer, told.join(",").rsplit(','), trusted));
    }
    let told = all("forwarded").join(",");
    Some(origin(peer, told.rsplit(',').map(of_element), trusted))
}

/// What an element of `Forwarded` says of `for`; empty when it says nothing.
fn of_element(element: &str) -> &str {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    named.next().map_or("", |(_, value)| value.trim().trim_matches('"'))
}

/// The last address that no trusted proxy has; `told` begins with what was said last.
fn origin<'a>(peer: IpAddr, told: impl Iterator<Item = &'a str>, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut last = peer.to_canonical();
    for entry in told.map(str::trim) {
        if !is_trusted(last) {
            break;
        }
        let bare = entry.trim_start_matches('[').trim_end_matches(']');
        let said = bare.parse().ok().or_else(|| entry.parse().ok().map(|a: SocketAddr| a.ip()));
        let Some(said) = said else { break };
        last = said.to_canonical();
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn of(peer: &str, header: &str, told: &str, trusted: &[Network]) -> IpAddr {
        let mut request = TestRequest::default().peer_addr(SocketAddr::new(ip(peer), 4711));
        if !told.is_empty() {
            request = request.insert_header((header, told));
        }
        address(&request.to_http_request(), trusted).expect("it has a peer")
    }

    #[test]
    fn a_visitor_is_who_came_to_the_first_trusted_proxy() {
        let trusted = ["10.0.0.0/8".parse().expect("a network"), "fd00::/8".parse().expect("one")];
        for (peer, told, expected) in [
            ("192.0.2.1", "", "192.0.2.1"),
            ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
            ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
            ("10.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
            ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
            ("10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
            ("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
            ("10.0.0.1", "[2001:db8::1]", "2001:db8::1"),
            ("10.0.0.1", "203.0.113.9, unknown", "10.0.0.1"),
            ("fd00::1", "203.0.113.9,fd00::2", "203.0.113.9"),
        ] {
            let found = of(peer, "x-forwarded-for", told, &trusted);
            assert_eq!(found, ip(expected), "{peer} {told}");
        }
        assert_eq!(of("10.0.0.1", "x-forwarded-for", "203.0.113.9", &[]), ip("10.0.0.1"));
    }

    #[test]
    fn the_standard_header_is_read_where_the_usual_one_is_absent() {
        let trusted = ["10.0.0.0/8".parse().expect("a network")];
        for (peer, told, expected) in [
            ("192.0.2.1", "for=203.0.113.9", "192.0.2.1"),
            ("10.0.0.1", "for=203.0.113.9", "203.0.113.9"),
            (
                "10.0.0.1",
                "For=198.51.100.7, by=10.0.0.1;FOR=203.0.113.9;proto=https",
                "203.0.113.9",
            ),
            ("10.0.0.1", "for=\"[2001:db8::1]:4711\", for=10.0.0.2", "2001:db8::1"),
            ("10.0.0.1", "for=_hidden", "10.0.0.1"),
            ("10.0.0.1", "proto=https", "10.0.0.1"),
            ("10.0.0.1", ";;==,", "10.0.0.1"),
        ] {
            assert_eq!(of(peer, "forwarded", told, &trusted), ip(expected), "{peer} {told}");
        }
        let both = TestRequest::default()
            .peer_addr(SocketAddr::new(ip("10.0.0.1"), 1))
            .insert_header(("forwarded", "for=198.51.100.7"))
            .insert_header(("x-forwarded-for", "203.0.113.9"));
        assert_eq!(address(&both.to_http_request(), &trusted), Some(ip("203.0.113.9")));
    }
}
