//! The command as a client of the API of a running service. One request, no redirects, no cookies;
//! the token goes to the address that the user named and nowhere else.

use super::Fault;
use super::verify::printable;
use crate::model::Slug;
use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, LOCATION};
use reqwest::redirect::Policy;
use serde_json::Value;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

const MOST_BYTES: u64 = 16 * 1_048_576;

/// Issues through the API; gives the address and the signed bytes.
pub(super) fn issue(
    base: &str,
    token_file: &Path,
    issuer: &Slug,
    award: &Value,
    idempotency_key: Option<&str>,
) -> Result<(String, Vec<u8>), Fault> {
    let base: crate::config::PublicUrl = base.parse().map_err(|error| {
        Fault::usage(format_args!("--url {base}: {error}"), "give the address of the service")
    })?;
    let authorization = authorization(token_file)?;
    let unreachable = |error: reqwest::Error| {
        Fault::new(
            format_args!("{base} does not answer: {}", cause(&error)),
            "see that the service runs and that --url is its address; with --idempotency-key a \
             repetition is harmless",
        )
    };
    let client = Client::builder()
        .redirect(Policy::none())
        .timeout(Duration::from_secs(60))
        .build()
        .map_err(unreachable)?;
    let mut request = client
        .post(format!("{base}/v1/issuers/{issuer}/credentials"))
        .header(AUTHORIZATION, authorization)
        .header(CONTENT_TYPE, "application/json")
        .header(ACCEPT, "application/vc, application/problem+json")
        .body(award.to_string());
    if let Some(key) = idempotency_key {
        request = request.header("Idempotency-Key", key);
    }
    let response = request.send().map_err(unreachable)?;
    let status = response.status().as_u16();
    let location =
        response.headers().get(LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let body = read(response).map_err(|error| {
        Fault::new(
            format_args!("the answer of {base} broke off: {error}"),
            "repeat it with the same --idempotency-key",
        )
    })?;
    match (status, location) {
        (200 | 201, Some(url)) => Ok((url, body)),
        _ => Err(told(status, &body)),
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
fn told(status: u16, body: &[u8]) -> Fault {
    let problem: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let text =
        |value: &Value, member: &str| value[member].as_str().map(printable).unwrap_or_default();
    let mut what = format!("the service answered {status} {}", text(&problem, "title"));
    let detail = text(&problem, "detail");
    if !detail.is_empty() {
        what.push_str(&format!(": {detail}"));
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
    let remedy = match status {
        401 => "give the token of a client that is not revoked",
        403 => "give a client with the scope credentials:issue",
        404 => "give the issuer that the token belongs to",
        409 => "wait a moment, or give another --idempotency-key",
        422 => "mend the award at these places; nothing was issued",
        503 => "repeat it in a moment",
        _ => "look at the award and at --url; nothing was issued",
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
