//! The command as a client of the API of a running service. One request, no redirects, no cookies;
//! the token goes to the address that the user named and nowhere else.

use super::Fault;
use super::verify::printable;
use reqwest::Method;
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{
    ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, HeaderValue, LOCATION,
};
use reqwest::redirect::Policy;
use serde_json::Value;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

const MOST_BYTES: u64 = 16 * 1_048_576;

/// A running service, as one client sees it.
pub(super) struct Service {
    pub(super) base: crate::config::PublicUrl,
    authorization: HeaderValue,
    client: Client,
}

/// What the service answered.
pub(super) struct Answer {
    pub status: u16,
    location: Option<String>,
    claim: Option<String>,
    pub body: Vec<u8>,
}

/// What was signed.
pub(super) struct Sealed {
    /// Its address.
    pub url: String,
    /// The link for its holder; of certificates.
    pub claim: Option<String>,
    /// The exact signed bytes.
    pub document: Vec<u8>,
}

impl Service {
    pub(super) fn at(base: &str, token_file: &Path) -> Result<Self, Fault> {
        let base: crate::config::PublicUrl = base.parse().map_err(|error| {
            Fault::usage(format_args!("--url {base}: {error}"), "give the address of the service")
        })?;
        let authorization = authorization(token_file)?;
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .map_err(|error| unreachable(&base, &error))?;
        Ok(Self { base, authorization, client })
    }

    /// A request with the token.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.base))
            .header(AUTHORIZATION, self.authorization.clone())
            .header(ACCEPT_LANGUAGE, "en")
    }

    /// Sends one request and reads the whole answer.
    pub(super) fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        idempotency_key: Option<&str>,
    ) -> Result<Answer, Fault> {
        let mut request = self
            .request(method, path)
            .header(ACCEPT, "application/vc, application/json, application/problem+json");
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        }
        if let Some(key) = idempotency_key {
            request = request.header("Idempotency-Key", key);
        }
        let response = request.send().map_err(|error| unreachable(&self.base, &error))?;
        let status = response.status().as_u16();
        let header = |name: &str| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.map(str::to_owned)
        };
        let (location, claim) = (header(LOCATION.as_str()), header("claim-url"));
        let body = read(response).map_err(|error| {
            Fault::new(
                format_args!("the answer of {} broke off: {error}", self.base),
                "repeat it; a certificate with the same --idempotency-key",
            )
        })?;
        Ok(Answer { status, location, claim, body })
    }
}

/// The service does not answer.
pub(super) fn unreachable(base: &crate::config::PublicUrl, error: &reqwest::Error) -> Fault {
    Fault::new(
        format_args!("{base} does not answer: {}", cause(error)),
        "see that the service runs and that --url is its address; with --idempotency-key a \
         repetition is harmless",
    )
}

/// Has something signed through the API.
pub(super) fn sealed(
    service: &Service,
    path: &str,
    request: &Value,
    idempotency_key: Option<&str>,
    scopes: &str,
) -> Result<Sealed, Fault> {
    let answer = service.call(Method::POST, path, Some(request), idempotency_key)?;
    match (answer.status, answer.location) {
        (200 | 201, Some(url)) => Ok(Sealed { url, claim: answer.claim, document: answer.body }),
        _ => Err(told(answer.status, &answer.body, scopes)),
    }
}

/// The header with the token, marked so that it is never shown.
fn authorization(path: &Path) -> Result<HeaderValue, Fault> {
    let fault = |what: String| {
        Fault::usage(what, "write the token of `bewijs client create` into that file")
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| fault(format!("cannot read {}: {error}", path.display())))?;
    let mut value = HeaderValue::from_str(&format!("Bearer {}", text.trim()))
        .map_err(|_| fault(format!("{} holds no token", path.display())))?;
    value.set_sensitive(true);
    Ok(value)
}

fn read(response: Response) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    response.take(MOST_BYTES).read_to_end(&mut body)?;
    Ok(body)
}

/// The problem that the service told (RFC 9457), each fault of the input on its own line.
pub(super) fn told(status: u16, body: &[u8], scope: &str) -> Fault {
    let problem: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let text =
        |value: &Value, member: &str| value[member].as_str().map(printable).unwrap_or_default();
    let mut what = format!("the service answered {status} {}", text(&problem, "title"));
    let detail = text(&problem, "detail");
    if !detail.is_empty() {
        what.push_str(&format!(": {detail}"));
    }
    let state = text(&problem, "state");
    if !state.is_empty() {
        what.push_str(&format!("; it is {state}"));
    }
    let since = text(&problem, "stateSince");
    if !since.is_empty() {
        what.push_str(&format!(" since {since}"));
    }
    for fault in problem["errors"].as_array().into_iter().flatten() {
        what.push_str(&format!(
            "\n  {}: {} {} ({})",
            text(fault, "pointer"),
            text(fault, "detail"),
            text(fault, "remedy"),
            text(fault, "code")
        ));
    }
    let needed = format!("give a client with the scope {scope}");
    let issuing = scope.starts_with("credentials:issue");
    let remedy = match status {
        401 => "give the token of a client that is not revoked",
        403 => needed.as_str(),
        404 => "give the issuer that the token belongs to, and what is its own",
        409 if issuing => "wait a moment, or give another --idempotency-key",
        409 => "nothing was changed; what was asked may have been done already",
        422 if issuing => "mend the award at these places; nothing was issued",
        422 => "mend what was given at these places; nothing was changed",
        503 => "repeat it in a moment",
        _ if issuing => "look at the award and at --url; nothing was issued",
        _ => "look at what was given and at --url; nothing was changed",
    };
    Fault::new(what.trim_end(), remedy)
}

/// The innermost cause, which says most; without the address.
fn cause(error: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}
