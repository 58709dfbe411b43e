//! How long an answer may be used: what its headers say (RFC 9111, sections 4.2 and 5), and for a
//! status list also what it says itself: `ttl` in milliseconds and `validUntil` (Bitstring Status
//! List 1.0, section 2.2). The shortest counts. Nothing is judged here.

use crate::model::Timestamp;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap};
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;

/// What the headers of an answer say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Directives {
    /// Not to be kept at all.
    pub(super) no_store: bool,
    /// Not to be used past its time, whatever happens.
    pub(super) no_stale: bool,
    /// How long it may be used; `None` when they do not say.
    pub(super) lifetime: Option<Duration>,
}

/// Reads the headers. What cannot be read counts as already over.
pub(super) fn directives(headers: &HeaderMap) -> Directives {
    let mut directives = Directives::default();
    let mut max_age = None;
    for value in headers.get_all(CACHE_CONTROL) {
        for directive in value.to_str().unwrap_or("no-cache").split(',') {
            let directive = directive.trim().to_ascii_lowercase();
            let (name, argument) = directive.split_once('=').unwrap_or((directive.as_str(), ""));
            match name.trim() {
                "no-store" => directives.no_store = true,
                "no-cache" => max_age = Some(Duration::ZERO),
                "must-revalidate" => directives.no_stale = true,
                "max-age" => {
                    let seconds = argument.trim().trim_matches('"').parse().unwrap_or(0);
                    let seconds = Duration::from_secs(seconds);
                    max_age = Some(max_age.map_or(seconds, |known: Duration| known.min(seconds)));
                }
                _ => {}
            }
        }
    }
    let expires = || {
        let stated = headers.get(EXPIRES)?;
        let moment = |value: &reqwest::header::HeaderValue| {
            jiff::fmt::rfc2822::parse(value.to_str().ok()?).ok().map(|zoned| zoned.timestamp())
        };
        let (Some(until), Some(date)) = (moment(stated), headers.get(DATE).and_then(moment)) else {
            return Some(Duration::ZERO);
        };
        let seconds = until.as_second().saturating_sub(date.as_second());
        Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
    };
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let age = text(AGE).map_or(0, |age| age.trim().parse().unwrap_or(u64::MAX));
    directives.lifetime =
        max_age.or_else(expires).map(|lifetime| lifetime.saturating_sub(Duration::from_secs(age)));
    directives
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    credential_subject: Option<Value>,
    valid_until: Option<Value>,
}

/// How long a status list says that it may be used from `now` on, before it is asked for again.
pub(super) fn stated_by_list(bytes: &[u8], now: Timestamp) -> Option<Duration> {
    let text = bytes.trim_ascii();
    let decoded;
    let json = if text.starts_with(b"{") {
        text
    } else {
        decoded = URL_SAFE_NO_PAD.decode(text.split(|byte| *byte == b'.').nth(1)?).ok()?;
        decoded.as_slice()
    };
    let list: List = serde_json::from_slice(json).ok()?;
    let subject = list.credential_subject.as_ref();
    let subject =
        subject.map(|subject| subject.as_array().and_then(|all| all.first()).unwrap_or(subject));
    let ttl = subject.and_then(|subject| subject.get("ttl")?.as_u64()).map(Duration::from_millis);
    let until = list.valid_until.as_ref().and_then(Value::as_str).and_then(|until| {
        let until: jiff::Timestamp = until.parse().ok()?;
        let left = until.as_second().saturating_sub(now.unix());
        Some(Duration::from_secs(u64::try_from(left).unwrap_or(0)))
    });
    match (ttl, until) {
        (Some(ttl), Some(until)) => Some(ttl.min(until)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    fn lifetime(headers: &[(&str, &str)]) -> Option<u64> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a name");
            map.append(name, HeaderValue::from_str(value).expect("a value"));
        }
        directives(&map).lifetime.map(|lifetime| lifetime.as_secs())
    }

    #[test]
    fn headers_say_how_long() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        for (headers, seconds) in [
            (&[][..], None),
            (&[("cache-control", "public")], None),
            (&[("cache-control", "public, max-age=60")], Some(60)),
            (&[("cache-control", "MAX-AGE=\"60\"")], Some(60)),
            (&[("cache-control", "max-age=60"), ("age", "20")], Some(40)),
            (&[("cache-control", "max-age=60"), ("age", "90")], Some(0)),
            (&[("cache-control", "max-age=60"), ("age", "soon")], Some(0)),
            (&[("cache-control", "max-age=60"), ("cache-control", "max-age=10")], Some(10)),
            (&[("cache-control", "no-cache")], Some(0)),
            (&[("cache-control", "max-age=x")], Some(0)),
            (&[("cache-control", "max-age=-1")], Some(0)),
            (&[date, ("expires", "Sun, 06 Nov 1994 08:50:37 GMT")], Some(60)),
            (&[date, ("expires", "Sun, 06 Nov 1994 08:40:37 GMT")], Some(0)),
            (&[date, ("expires", "0")], Some(0)),
            (&[("expires", "Sun, 06 Nov 1994 08:50:37 GMT")], Some(0)),
            (
                &[
                    date,
                    ("expires", "Sun, 06 Nov 1994 08:50:37 GMT"),
                    ("cache-control", "max-age=5"),
                ],
                Some(5),
            ),
        ] {
            assert_eq!(lifetime(headers), seconds, "{headers:?}");
        }
    }

    #[test]
    fn a_list_says_how_long() {
        let now = Timestamp::from_unix(1_770_000_000).expect("a moment");
        let token = |json: &str| format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(json));
        for (text, seconds) in [
            (r#"{"credentialSubject":{"ttl":300000}}"#.to_owned(), Some(300)),
            (token(r#"{"credentialSubject":{"ttl":300000}}"#), Some(300)),
            (r#"{"credentialSubject":[{"ttl":1000}]}"#.to_owned(), Some(1)),
            (r#"{"credentialSubject":{"ttl":"300000"}}"#.to_owned(), None),
            (r#"{"credentialSubject":{"ttl":-1}}"#.to_owned(), None),
            (r#"{"validUntil":"2026-02-02T02:41:00Z"}"#.to_owned(), Some(60)),
            (r#"{"validUntil":"2026-02-02T03:41:00+01:00"}"#.to_owned(), Some(60)),
            (r#"{"validUntil":"2020-01-01T00:00:00Z"}"#.to_owned(), Some(0)),
            (
                r#"{"validUntil":"2026-02-02T02:41:00Z","credentialSubject":{"ttl":5000}}"#
                    .to_owned(),
                Some(5),
            ),
            ("{}".to_owned(), None),
            ("{".to_owned(), None),
            ("no list".to_owned(), None),
            (String::new(), None),
        ] {
            let stated = stated_by_list(text.as_bytes(), now);
            assert_eq!(stated.map(|d| d.as_secs()), seconds, "{text}");
        }
    }
}
