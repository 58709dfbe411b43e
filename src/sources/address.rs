//! Which addresses are public. Everything else is refused: loopback, private, link-local (with the
//! metadata services of clouds), carrier-grade NAT, unique local, multicast, documentation,
//! reserved, and IPv6 forms that carry such an IPv4 address.
//!
//! After the special-purpose registries of IANA (RFC 6890). Deliberately a list of what is refused
//! for IPv4 and of what is allowed (`2000::/3` less exceptions) for IPv6.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address may be connected to; `loopback` allows the machine itself as well.
pub(super) fn allowed(address: IpAddr, loopback: bool) -> bool {
    let address = match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(IpAddr::V6(v6), IpAddr::V4),
        v4 @ IpAddr::V4(_) => v4,
    };
    if address.is_loopback() {
        return loopback;
    }
    match address {
        IpAddr::V4(v4) => public_v4(v4),
        IpAddr::V6(v6) => public_v6(v6),
    }
}

fn public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)            // this network, private, loopback
            | (100, 64..=127, _)        // shared address space (carrier-grade NAT)
            | (169, 254, _)             // link-local
            | (172, 16..=31, _)         // private
            | (192, 0, 0 | 2)           // protocol assignments, documentation
            | (192, 31, 196)            // AS112
            | (192, 52, 193)            // AMT
            | (192, 88, 99)             // 6to4 relay
            | (192, 168, _)             // private
            | (192, 175, 48)            // AS112
            | (198, 18..=19, _)         // benchmarking
            | (198, 51, 100)            // documentation
            | (203, 0, 113)             // documentation
            | (224..=255, _, _) // multicast, reserved, broadcast
    )
}

fn public_v6(address: Ipv6Addr) -> bool {
    let [first, second, middle @ .., _, _] = address.segments();
    match (first, second) {
        // NAT64 and 6to4 carry an IPv4 address, which decides. The local-use NAT64 prefix is out.
        (0x64, 0xff9b) => middle == [0; 4] && public_v4(embedded(address, 12)),
        (0x2002, _) => public_v4(embedded(address, 2)),
        (0x2001, 0x0db8) => false,     // documentation
        (0x2001, 0..=0x01ff) => false, // protocol assignments, Teredo, ORCHID
        (0x3fff, 0..=0x0fff) => false, // documentation
        (0x2000..=0x3fff, _) => true,  // global unicast
        _ => false,
    }
}

fn embedded(address: Ipv6Addr, at: usize) -> Ipv4Addr {
    let octets = address.octets();
    let part = |offset: usize| octets.get(at + offset).copied().unwrap_or(0);
    Ipv4Addr::new(part(0), part(1), part(2), part(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_allowed() {
        for text in [
            "1.1.1.1",
            "9.9.9.9",
            "192.0.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2002:0101:0101::1",
        ] {
            let address = text.parse().expect("an address");
            assert!(allowed(address, false), "{text}");
        }
        for text in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "3fff::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1.1.1.1",
            "64:ff9b:0:1::1.1.1.1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "::1.1.1.1",
            "100::1",
            "5f00::1",
            "fec0::1",
        ] {
            let address = text.parse().expect("an address");
            assert!(!allowed(address, false), "{text}");
        }
    }

    #[test]
    fn loopback_is_allowed_only_when_asked_and_opens_nothing_else() {
        for text in ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"] {
            assert!(allowed(text.parse().expect("an address"), true), "{text}");
        }
        for text in ["10.0.0.1", "169.254.169.254", "0.0.0.0", "::", "fe80::1", "2002:7f00:1::"] {
            assert!(!allowed(text.parse().expect("an address"), true), "{text}");
        }
    }
}
