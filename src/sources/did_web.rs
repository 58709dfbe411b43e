//! did:web (W3C CCG): from the identifier to the https URL of its document.
//!
//! Nothing is fetched here. IP addresses are no hosts of a did:web; a path segment is one file or
//! folder name and cannot climb.

/// The URL of the document; `None` when this is no did:web.
pub(super) fn document_url(did: &str) -> Option<Result<String, &'static str>> {
    did.strip_prefix("did:web:").map(url)
}

fn url(identifier: &str) -> Result<String, &'static str> {
    let mut segments = identifier.split(':');
    let host = segments.next().unwrap_or_default();
    let (name, port) = match split_port(host) {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    let name_shaped = !name.is_empty()
        && name.len() <= 253
        && name.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        });
    if !name_shaped {
        return Err("the host of the did:web is no domain name");
    }
    // A last label of digits makes browsers and resolvers read an IPv4 address, also in odd forms.
    let last = name.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|b| b.is_ascii_digit()) || last.starts_with("0x") || last.starts_with("0X")
    {
        return Err("the host of a did:web must not be an IP address");
    }
    let mut url = format!("https://{}", name.to_ascii_lowercase());
    if let Some(port) = port {
        let number: u16 = port.parse().map_err(|_| "the port of the did:web is no port")?;
        if number == 0 || port.starts_with('+') {
            return Err("the port of the did:web is no port");
        }
        url.push_str(&format!(":{number}"));
    }
    let mut path = String::new();
    for segment in segments {
        if !is_segment(segment) {
            return Err("a path segment of the did:web is not allowed");
        }
        path.push('/');
        path.push_str(segment);
    }
    if path.is_empty() {
        path.push_str("/.well-known");
    }
    Ok(format!("{url}{path}/did.json"))
}

fn split_port(host: &str) -> Option<(&str, &str)> {
    host.split_once("%3A").or_else(|| host.split_once("%3a"))
}

/// `1*idchar` of DID Core; a percent sign only for characters that change nothing of the path.
fn is_segment(segment: &str) -> bool {
    let bytes = segment.as_bytes();
    if bytes.is_empty() || bytes.iter().all(|b| *b == b'.') {
        return false;
    }
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'%' => {
                let hex = segment
                    .get(at + 1..at + 3)
                    .filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
                let Some(value) = hex.and_then(|h| u8::from_str_radix(h, 16).ok()) else {
                    return false;
                };
                if value < b' ' || matches!(value, b'/' | b'\\' | b'.' | b'%' | b'?' | b'#' | 0x7f)
                {
                    return false;
                }
                at += 3;
            }
            b if b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_') => at += 1,
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_leads_to_its_document() {
        for (did, url) in [
            ("did:web:badges.example", "https://badges.example/.well-known/did.json"),
            ("did:web:badges.example:issuers:a", "https://badges.example/issuers/a/did.json"),
            ("did:web:localhost%3A8443:a", "https://localhost:8443/a/did.json"),
            ("did:web:Badges.Example", "https://badges.example/.well-known/did.json"),
            ("did:web:badges.example:a%20b", "https://badges.example/a%20b/did.json"),
        ] {
            assert_eq!(document_url(did), Some(Ok(url.to_owned())), "{did}");
        }
        assert_eq!(document_url("did:key:z6Mk"), None);
    }

    #[test]
    fn what_is_no_domain_or_climbs_is_refused() {
        for did in [
            "did:web:",
            "did:web:127.0.0.1",
            "did:web:0x7f.1",
            "did:web:2130706433",
            "did:web:[::1]",
            "did:web:a.example%3A0",
            "did:web:a.example%3A99999",
            "did:web:a.example%3A",
            "did:web:a.example%3A80%3A80",
            "did:web:a.example:",
            "did:web:a.example::b",
            "did:web:a.example:..",
            "did:web:a.example:%2e%2e",
            "did:web:a.example:a%2Fb",
            "did:web:a.example:a%",
            "did:web:a.example:a%é",
            "did:web:a.example/x",
            "did:web:u@a.example",
            "did:web:a.example:x?y",
            "did:web:a.example:x#y",
            "did:web:a..example",
            "did:web:-a.example",
            "did:web:a.example%40b",
        ] {
            assert!(matches!(document_url(did), Some(Err(_))), "{did}");
        }
    }
}
