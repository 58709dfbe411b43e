//! Key documents and status lists from the network: did:web and https (with `allow_loopback` also
//! http to the machine itself), guarded, bounded in time and size, cached.
//!
//! Not for use on an async worker: it blocks. Nothing of the credential is sent; only addresses
//! that it names are asked.

use super::breaker::{Breaker, LeftAlone};
use super::cache::{Cache, Freshness, Held, Validators};
use super::flight::Flights;
use super::guard::{self, Exempt, GuardedResolver, Lookup, Permits};
use super::lifetime::{self, Directives};
use super::{Now, did_web};
use crate::model::Timestamp;
use crate::verification::{Fetched, Recognition, RegisterEntry, SourceError, Sources};
use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use reqwest::header::{
    ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    LOCATION,
};
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
    /// Failures in a row after which a host is left alone.
    pub host_failures: u32,
    /// For how long; then it is asked once, to see whether it is back.
    pub host_pause: Duration,
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
            host_failures: 5,
            host_pause: Duration::from_secs(30),
        }
    }
}

/// Answers from the network.
pub struct NetworkSources {
    limits: NetworkLimits,
    permits: Permits,
    lookup: Lookup,
    now: Now,
    client: OnceLock<Result<Client, String>>,
    cache: Cache,
    flights: Flights,
    breaker: Breaker,
}

impl std::fmt::Debug for NetworkSources {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetworkSources")
            .field("limits", &self.limits)
            .field("allow_loopback", &self.permits.loopback)
            .finish_non_exhaustive()
    }
}

/// Longer addresses are not asked.
const MAX_URL: usize = 2048;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    KeyDocument,
    StatusList,
}

impl Asked {
    fn accept(self) -> &'static str {
        match self {
            Self::KeyDocument => {
                "application/did+json, application/did+ld+json;q=0.9, \
                 application/jwk-set+json;q=0.9, application/ld+json;q=0.8, application/json;q=0.8"
            }
            Self::StatusList => {
                "application/vc, application/vc+ld+json;q=0.9, application/ld+json;q=0.8, \
                 application/json;q=0.8, application/vc+jwt;q=0.5"
            }
        }
    }

    /// The two are kept apart: one address may answer each with something else.
    fn key(self, url: &str) -> String {
        let kind = match self {
            Self::KeyDocument => 'k',
            Self::StatusList => 's',
        };
        format!("{kind} {url}")
    }
}

/// What came back.
enum Answer {
    New {
        held: Held,
        directives: Directives,
    },
    /// What was held still holds.
    NotModified(Directives),
}

/// Why nothing came back. A host that does not answer as a server should is left alone in the end.
enum Failure {
    OfHost(SourceError),
    Other(SourceError),
}

impl NetworkSources {
    /// Sources within these bounds. `allow_loopback` is for demonstrations and tests: it permits
    /// the machine itself, also by plain http.
    pub fn new(limits: NetworkLimits, allow_loopback: bool, now: Now) -> Self {
        Self {
            cache: Cache::new(limits.max_cached),
            breaker: Breaker::new(limits.host_failures, limits.host_pause, limits.timeout),
            flights: Flights::default(),
            limits,
            permits: Permits { loopback: allow_loopback, exempt: None },
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

    /// With addresses that are not public and may be asked by https all the same.
    #[must_use]
    pub fn with_exempt(mut self, exempt: Exempt) -> Self {
        self.permits.exempt = Some(exempt);
        self
    }

    /// A signed JSON document at an address, asked for as a status list is. Nothing is judged.
    pub fn signed_document(&self, url: &str) -> Result<Fetched, SourceError> {
        self.ask(url, Asked::StatusList)
    }

    /// The client is made at the first question, on the thread that asks: it may not be made on an
    /// async worker, and whoever stays offline needs none.
    fn client(&self) -> Result<&Client, SourceError> {
        let made = self.client.get_or_init(|| {
            Client::builder()
                .user_agent(concat!("bewijs/", env!("CARGO_PKG_VERSION")))
                .dns_resolver(Arc::new(GuardedResolver::new(
                    Arc::clone(&self.lookup),
                    self.permits.clone(),
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

    fn ask(&self, url: &str, asked: Asked) -> Result<Fetched, SourceError> {
        if url.len() > MAX_URL {
            return Err(SourceError::Refused { detail: "an address that is too long".to_owned() });
        }
        let mut target = Url::parse(url)
            .map_err(|_| SourceError::Refused { detail: "not an absolute URL".to_owned() })?;
        target.set_fragment(None);
        // Before anything else: what is refused opens no flight and closes no host.
        guard::check(&target, &self.permits).map_err(refused)?;
        let key = asked.key(target.as_str());
        if let Some(Freshness::Fresh(answer)) = self.cache.look_up(&key, (self.now)()) {
            return answer;
        }
        let patience = self.limits.timeout.saturating_add(Duration::from_secs(1));
        self.flights.share(&key, patience, || self.ask_alone(&key, &target, asked))
    }

    fn ask_alone(&self, key: &str, target: &Url, asked: Asked) -> Result<Fetched, SourceError> {
        let now = (self.now)();
        let held = match self.cache.look_up(key, now) {
            Some(Freshness::Fresh(answer)) => return answer,
            Some(Freshness::Kept(held)) => Some(held),
            None => None,
        };
        let host = target.origin().ascii_serialization();
        if let Err(alone) = self.breaker.admit(&host, now) {
            let LeftAlone { failures, seconds } = alone;
            let detail = format!(
                "the host did not answer {failures} times in a row; it is asked again in \
                 {seconds} seconds"
            );
            return stale(held).ok_or(SourceError::Unreachable { detail });
        }
        let validators = held.as_ref().map(|held| &held.validators);
        let answer = self.fetch(target.clone(), asked, validators, now);
        match &answer {
            Err(Failure::OfHost(_)) => self.breaker.failed(&host, now),
            Ok(_) | Err(Failure::Other(_)) => self.breaker.answered(&host),
        }
        let (fresh, directives) = match (answer, held) {
            (Ok(Answer::New { held, directives }), _) => (held, directives),
            (Ok(Answer::NotModified(directives)), Some(mut held)) => {
                held.fetched.fetched_at = now;
                (held, directives)
            }
            (Ok(Answer::NotModified(_)), None) => {
                return Err(unreachable("answered that nothing changed, to nobody who asked that"));
            }
            (Err(Failure::OfHost(error) | Failure::Other(error)), held) => {
                if !matches!(error, SourceError::Unreachable { .. }) {
                    // What is gone or wrong now is not covered by what was said before.
                    self.cache.forget(key);
                    return Err(error);
                }
                if let Some(fetched) = stale(held) {
                    return Ok(fetched);
                }
                self.cache.keep_failure(key, &error, now, self.limits.failure_ttl);
                return Err(error);
            }
        };
        self.keep(key, fresh, directives, asked, now)
    }

    fn keep(
        &self,
        key: &str,
        mut held: Held,
        directives: Directives,
        asked: Asked,
        now: Timestamp,
    ) -> Result<Fetched, SourceError> {
        let mut ttl = directives.lifetime;
        if asked == Asked::StatusList {
            let stated = lifetime::stated_by_list(&held.fetched.bytes, now);
            ttl = match (ttl, stated) {
                (Some(headers), Some(list)) => Some(headers.min(list)),
                (headers, list) => headers.or(list),
            };
        }
        if directives.no_store {
            self.cache.forget(key);
        } else {
            let ttl = ttl.unwrap_or(self.limits.default_ttl).min(self.limits.max_ttl);
            held.may_be_stale = !directives.no_stale;
            self.cache.keep(key, &held, now, ttl, self.limits.max_stale);
        }
        Ok(held.fetched)
    }

    fn fetch(
        &self,
        mut url: Url,
        asked: Asked,
        validators: Option<&Validators>,
        now: Timestamp,
    ) -> Result<Answer, Failure> {
        let deadline = Instant::now() + self.limits.timeout;
        let first = url.clone();
        let mut redirects = 0;
        let other =
            |detail: &str| Failure::Other(SourceError::Refused { detail: detail.to_owned() });
        loop {
            guard::check(&url, &self.permits).map_err(|r| Failure::Other(refused(r)))?;
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Failure::OfHost(unreachable("no answer in time")));
            }
            let mut request = self
                .client()
                .map_err(Failure::Other)?
                .get(url.clone())
                .header(ACCEPT, asked.accept())
                .timeout(left);
            if let Some(validators) = validators.filter(|validators| validators.any()) {
                if let Some(etag) = &validators.etag {
                    request = request.header(IF_NONE_MATCH, etag);
                }
                if let Some(moment) = &validators.last_modified {
                    request = request.header(IF_MODIFIED_SINCE, moment);
                }
            }
            let response = request.send().map_err(|error| failed(&error))?;
            let status = response.status();
            if status == StatusCode::NOT_MODIFIED {
                return Ok(Answer::NotModified(lifetime::directives(response.headers())));
            }
            if !status.is_redirection() {
                return self.read(response, now, deadline);
            }
            redirects += 1;
            if redirects > self.limits.max_redirects {
                return Err(other("too many redirects"));
            }
            let next = response
                .headers()
                .get(LOCATION)
                .and_then(|location| location.to_str().ok())
                .and_then(|location| url.join(location).ok())
                .ok_or_else(|| Failure::Other(unreachable("a redirect that leads nowhere")))?;
            let same_place = next.host() == first.host()
                && next.port_or_known_default() == first.port_or_known_default()
                && next.scheme() == first.scheme();
            if !same_place {
                return Err(other("a redirect to another host"));
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
    ) -> Result<Answer, Failure> {
        let status = response.status();
        let answered = || format!("answered {}", status.as_u16());
        match status {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::GONE => {
                return Err(Failure::Other(SourceError::NotFound { detail: answered() }));
            }
            _ if status.is_server_error() => {
                return Err(Failure::OfHost(unreachable(&answered())));
            }
            _ => return Err(Failure::Other(unreachable(&answered()))),
        }
        let invalid =
            |detail: &str| Failure::Other(SourceError::Invalid { detail: detail.to_owned() });
        let headers = response.headers();
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let media_type = text(CONTENT_TYPE)
            .map(|value| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        let directives = lifetime::directives(headers);
        let validators = Validators {
            etag: text(ETAG).map(str::to_owned),
            last_modified: text(LAST_MODIFIED).map(str::to_owned),
        };
        if media_type.as_deref().is_some_and(|media_type| !is_data(media_type)) {
            return Err(invalid("answered with another media type than asked for"));
        }
        // Nothing is decompressed, so that nothing can swell.
        if text(CONTENT_ENCODING).is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
            return Err(invalid("answered compressed, which was not asked for"));
        }
        const TOO_LARGE: &str = "answered with more bytes than are taken";
        let max = self.limits.max_bytes;
        if response.content_length().is_some_and(|length| length > max as u64) {
            return Err(invalid(TOO_LARGE));
        }
        let mut bytes = Vec::new();
        let mut chunk = [0; 16_384];
        loop {
            // Each read waits at most the client's time; together they end at the deadline.
            if Instant::now() >= deadline {
                return Err(Failure::OfHost(unreachable("the answer did not end in time")));
            }
            let read = response.read(&mut chunk).map_err(|_| {
                Failure::OfHost(unreachable("the connection broke during the answer"))
            })?;
            if read == 0 {
                break;
            }
            bytes.extend_from_slice(chunk.get(..read).unwrap_or_default());
            if bytes.len() > max {
                return Err(invalid(TOO_LARGE));
            }
        }
        let fetched = Fetched { bytes: bytes.into(), media_type, fetched_at: now, stale: false };
        Ok(Answer::New { held: Held { fetched, validators, may_be_stale: true }, directives })
    }
}

/// What is given, with its age, when nothing newer can be had.
fn stale(held: Option<Held>) -> Option<Fetched> {
    let mut fetched = held.filter(|held| held.may_be_stale)?.fetched;
    fetched.stale = true;
    Some(fetched)
}

impl Sources for NetworkSources {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        match did_web::document_url(url) {
            Some(Ok(mut document)) => {
                // Plain http only where the guard would take it: the machine itself.
                if self.permits.loopback && document.starts_with("https://localhost") {
                    let http = document.replacen("https://", "http://", 1);
                    let url = Url::parse(&http).ok();
                    if url.is_some_and(|url| guard::check(&url, &self.permits).is_ok()) {
                        document = http;
                    }
                }
                self.ask(&document, Asked::KeyDocument)
            }
            Some(Err(fault)) => Err(SourceError::Invalid { detail: fault.to_owned() }),
            None if url.starts_with("did:") => Err(SourceError::Refused {
                detail: "a DID method that is not supported".to_owned(),
            }),
            None => self.ask(url, Asked::KeyDocument),
        }
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.ask(url, Asked::StatusList)
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

fn failed(error: &reqwest::Error) -> Failure {
    if let Some(refusal) = guard::refusal_in(error) {
        return Failure::Other(refused(refusal));
    }
    Failure::OfHost(unreachable(if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "no answer"
    }))
}
