//! The address under which the world knows this installation. It is signed into every certificate,
//! so it is set apart from the listening address and never guessed from a request.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A text that cannot be a public address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PublicUrlError(&'static str);

/// `https://host` or `https://host:port`, without a path and without the last slash. Plain `http`
/// is taken for loopback addresses only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The text, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nobody can mean it in earnest: this very machine, or a name that is kept for tests and
    /// examples (RFC 2606, RFC 6761).
    pub fn is_for_tests(&self) -> bool {
        let kept = ["localhost", "test", "example", "invalid"];
        let examples = ["example.com", "example.net", "example.org"];
        url::Url::parse(&self.0).is_ok_and(|url| match url.host() {
            Some(url::Host::Domain(name)) => {
                kept.contains(&name.rsplit('.').next().unwrap_or_default())
                    || examples.iter().any(|one| {
                        name.strip_suffix(one)
                            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
                    })
            }
            Some(host) => is_loopback(&host),
            None => false,
        })
    }
}

fn is_loopback(host: &url::Host<&str>) -> bool {
    match host {
        url::Host::Domain(name) => *name == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    }
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let url = url::Url::parse(text).map_err(|_| PublicUrlError("not an absolute URL"))?;
        let host = url.host().ok_or(PublicUrlError("a URL without a host"))?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&host) => {}
            _ => return Err(PublicUrlError("https is required, except for a loopback address")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(PublicUrlError("a name or password has no place in it"));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(PublicUrlError("a path, query or fragment has no place in it"));
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for PublicUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_written_one_way() {
        for (text, written) in [
            ("https://badges.example.org", "https://badges.example.org"),
            ("https://Badges.Example.org:443/", "https://badges.example.org"),
            ("https://badges.example.org:8443", "https://badges.example.org:8443"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().expect(text).as_str(), written);
        }
    }

    #[test]
    fn what_others_could_not_rely_on_is_refused() {
        for text in [
            "",
            "badges.example.org",
            "http://badges.example.org",
            "https://badges.example.org/app",
            "https://badges.example.org/?x=1",
            "https://badges.example.org/#a",
            "https://user:word@badges.example.org",
            "ftp://127.0.0.1",
            "http://127.0.0.1.example.org",
        ] {
            assert!(text.parse::<PublicUrl>().is_err(), "{text}");
        }
    }
}
