//! Key documents and status lists from the network: did:web and https (with `allow_loopback` also
//! http to the machine itself), guarded, bounded in time and size, cached.
//!
//! Not for use on an async worker: it blocks. Nothing of the credential is sent; only addresses
//! that it names are asked.

use super::cache::{Cache, Freshness};
use super::guard::{self, GuardedResolver, Lookup};
use super::{Now, did_web};
use crate::model::Timestamp;
use crate::verification::{Fetched, Recognition, RegisterEntry, SourceError, Sources};
use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use std::io::Read;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use url::Url;

/// The bounds of going outward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkLimits {
    /// From the question to the last byte of the answer, redirects included.
    pub timeout: Duration,
    /// For a connection to stand.
    pub connect_timeout: Duration,
    /// Largest answer, in bytes.
    pub max_bytes: usize,
    /// How many redirects are followed, all within one host.
    pub max_redirects: usize,
    /// How long an answer is used that does not say.
    pub default_ttl: Duration,
    /// How long an answer is used at most, whatever it says.
    pub max_ttl: Duration,
    /// How long after its time an answer is kept for when nothing newer can be had.
    pub max_stale: Duration,
    /// How long a failure is remembered instead of asking again.
    pub failure_ttl: Duration,
    /// Most answers kept.
    pub max_cached: usize,
}

impl Default for NetworkLimits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(8),
            connect_timeout: Duration::from_secs(3),
            max_bytes: 4 * 1_048_576,
            max_redirects: 3,
            default_ttl: Duration::from_secs(300),
            max_ttl: Duration::from_secs(3600),
            max_stale: Duration::from_secs(86_400),
            failure_ttl: Duration::from_secs(10),
            max_cached: 256,
        }
    }
}

/// Answers from the network.
pub struct NetworkSources {
    limits: NetworkLimits,
    allow_loopback: bool,
    lookup: Lookup,
    now: Now,
    client: OnceLock<Result<Client, String>>,
    cache: Cache,
}

impl std::fmt::Debug for NetworkSources {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetworkSources")
            .field("limits", &self.limits)
            .field("allow_loopback", &self.allow_loopback)
            .finish_non_exhaustive()
    }
}

/// Longer addresses are not asked.
const MAX_URL: usize = 2048;
const KEY_DOCUMENT: &str = "application/did+json, application/did+ld+json;q=0.9, \
     application/jwk-set+json;q=0.9, application/ld+json;q=0.8, application/json;q=0.8";
const STATUS_LIST: &str = "application/vc, application/vc+ld+json;q=0.9, \
     application/ld+json;q=0.8, application/json;q=0.8, application/vc+jwt;q=0.5";

impl NetworkSources {
    /// Sources within these bounds. `allow_loopback` is for demonstrations and tests: it permits
    /// the machine itself, also by plain http.
    pub fn new(limits: NetworkLimits, allow_loopback: bool, now: Now) -> Self {
        Self {
            cache: Cache::new(limits.max_cached),
            limits,
            allow_loopback,
            lookup: guard::system_lookup(),
            now,
            client: OnceLock::new(),
        }
    }

    /// With another way to look names up.
    #[must_use]
    pub fn with_lookup(mut self, lookup: Lookup) -> Self {
        self.lookup = lookup;
        self
    }

    /// The client is made at the first question, on the thread that asks: it may not be made on an
    /// async worker, and whoever stays offline needs none.
    fn client(&self) -> Result<&Client, SourceError> {
        let made = self.client.get_or_init(|| {
            Client::builder()
                .user_agent(concat!("bewijs/", env!("CARGO_PKG_VERSION")))
                .dns_resolver(Arc::new(GuardedResolver::new(
                    Arc::clone(&self.lookup),
                    self.allow_loopback,
                )))
                // A proxy would resolve names behind our back.
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .timeout(self.limits.timeout)
                .connect_timeout(self.limits.connect_timeout)
                .pool_idle_timeout(Duration::from_secs(30))
                .pool_max_idle_per_host(2)
                .build()
                .map_err(|error| error.to_string())
        });
        made.as_ref().map_err(|cause| SourceError::Unreachable {
            detail: format!("this machine cannot open connections: {cause}"),
        })
    }

    fn ask(&self, url: &str, accept: &'static str) -> Result<Fetched, SourceError> {
        let now = (self.now)();
        if url.len() > MAX_URL {
            return Err(SourceError::Refused { detail: "an address that is too long".to_owned() });
        }
        let target = Url::parse(url)
            .map_err(|_| SourceError::Refused { detail: "not an absolute URL".to_owned() })?;
        let cached = self.cache.look_up(url, now);
        if let Some(Freshness::Fresh(answer)) = cached {
            return answer;
        }
        let answer = self.fetch(target, accept, now);
        match &answer {
            Ok((fetched, ttl)) => self.cache.keep(url, fetched, now, *ttl, self.limits.max_stale),
            Err(error @ SourceError::Unreachable { .. }) => {
                if let Some(Freshness::Kept(mut fetched)) = cached {
                    fetched.stale = true;
                    return Ok(fetched);
                }
                self.cache.keep_failure(url, error, now, self.limits.failure_ttl);
            }
            Err(_) => {}
        }
        answer.map(|(fetched, _)| fetched)
    }

    fn fetch(
        &self,
        mut url: Url,
        accept: &'static str,
        now: Timestamp,
    ) -> Result<(Fetched, Duration), SourceError> {
        let deadline = Instant::now() + self.limits.timeout;
        url.set_fragment(None);
        let asked = url.clone();
        let mut redirects = 0;
        loop {
            guard::check(&url, self.allow_loopback).map_err(refused)?;
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(unreachable("no answer in time"));
            }
            let response = self
                .client()?
                .get(url.clone())
                .header(ACCEPT, accept)
                .timeout(left)
                .send()
                .map_err(|error| failed(&error))?;
            let status = response.status();
            if !status.is_redirection() {
                return self.read(response, now, deadline);
            }
            redirects += 1;
            if redirects > self.limits.max_redirects {
                return Err(SourceError::Refused { detail: "too many redirects".to_owned() });
            }
            let next = response
                .headers()
                .get(LOCATION)
                .and_then(|location| location.to_str().ok())
                .and_then(|location| url.join(location).ok())
                .ok_or_else(|| unreachable("a redirect that leads nowhere"))?;
            let same_place = next.host() == asked.host()
                && next.port_or_known_default() == asked.port_or_known_default()
                && next.scheme() == asked.scheme();
            if !same_place {
                let detail = "a redirect to another host".to_owned();
                return Err(SourceError::Refused { detail });
            }
            url = next;
            url.set_fragment(None);
        }
    }

    fn read(
        &self,
        mut response: Response,
        now: Timestamp,
        deadline: Instant,
    ) -> Result<(Fetched, Duration), SourceError> {
        match response.status() {
            StatusCode::OK => {}
            status @ (StatusCode::NOT_FOUND | StatusCode::GONE) => {
                return Err(SourceError::NotFound {
                    detail: format!("answered {}", status.as_u16()),
                });
            }
            status => return Err(unreachable(&format!("answered {}", status.as_u16()))),
        }
        let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let media_type = text(CONTENT_TYPE)
            .map(|value| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        let ttl = self.ttl(text(CACHE_CONTROL).unwrap_or_default());
        if media_type.as_deref().is_some_and(|media_type| !is_data(media_type)) {
            let detail = "answered with another media type than asked for".to_owned();
            return Err(SourceError::Invalid { detail });
        }
        let too_large = || SourceError::Invalid {
            detail: "answered with more bytes than are taken".to_owned(),
        };
        let max = self.limits.max_bytes;
        if response.content_length().is_some_and(|length| length > max as u64) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        let mut chunk = [0; 16_384];
        loop {
            // Each read waits at most the client's time; together they end at the deadline.
            if Instant::now() >= deadline {
                return Err(unreachable("the answer did not end in time"));
            }
            let read = response
                .read(&mut chunk)
                .map_err(|_| unreachable("the connection broke during the answer"))?;
            if read == 0 {
                break;
            }
            bytes.extend_from_slice(chunk.get(..read).unwrap_or_default());
            if bytes.len() > max {
                return Err(too_large());
            }
        }
        Ok((Fetched { bytes: bytes.into(), media_type, fetched_at: now, stale: false }, ttl))
    }

    /// How long an answer with this `Cache-Control` is used.
    fn ttl(&self, cache_control: &str) -> Duration {
        let mut ttl = self.limits.default_ttl;
        for directive in cache_control.split(',').map(str::trim) {
            let directive = directive.to_ascii_lowercase();
            if matches!(directive.as_str(), "no-store" | "no-cache") {
                return Duration::ZERO;
            }
            if let Some(seconds) = directive.strip_prefix("max-age=") {
                ttl = Duration::from_secs(seconds.trim_matches('"').parse().unwrap_or(0));
            }
        }
        ttl.min(self.limits.max_ttl)
    }
}

impl Sources for NetworkSources {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        match did_web::document_url(url) {
            Some(Ok(mut document)) => {
                // Plain http only where the guard would take it: the machine itself.
                if self.allow_loopback && document.starts_with("https://localhost") {
                    let http = document.replacen("https://", "http://", 1);
                    let url = Url::parse(&http).ok();
                    if url.is_some_and(|url| guard::check(&url, true).is_ok()) {
                        document = http;
                    }
                }
                self.ask(&document, KEY_DOCUMENT)
            }
            Some(Err(fault)) => Err(SourceError::Invalid { detail: fault.to_owned() }),
            None if url.starts_with("did:") => Err(SourceError::Refused {
                detail: "a DID method that is not supported".to_owned(),
            }),
            None => self.ask(url, KEY_DOCUMENT),
        }
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.ask(url, STATUS_LIST)
    }

    fn register(&self, _credential: &str) -> Option<RegisterEntry> {
        None
    }

    fn recognised(&self, _issuer: &str) -> Vec<Recognition> {
        Vec::new()
    }
}

/// A page for people is no answer; a host that does not know its types may still have it right.
fn is_data(media_type: &str) -> bool {
    media_type.ends_with("json")
        || media_type.ends_with("jwt")
        || matches!(media_type, "application/vc" | "text/plain" | "application/octet-stream")
}

fn refused(refusal: guard::Refusal) -> SourceError {
    SourceError::Refused { detail: refusal.to_string() }
}

fn unreachable(detail: &str) -> SourceError {
    SourceError::Unreachable { detail: detail.to_owned() }
}

fn failed(error: &reqwest::Error) -> SourceError {
    if let Some(refusal) = guard::refusal_in(error) {
        return refused(refusal);
    }
    unreachable(if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "no answer"
    })
}
