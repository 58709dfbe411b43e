//! Reading a request's body: whole, bounded, and also when the answer is an error, because a body
//! that is left unread costs the client its connection.

use super::problem::{Fault, Kind};
use crate::texts::ProblemDetail;
use actix_web::HttpRequest;
use actix_web::body::{BodyStream, MessageBody};
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut, Payload};
use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

/// So much of a body that is too large is still read, so that the client can hear of it.
const READ_PAST: usize = 4 * 1_048_576;

/// Reads the body of at most `limit` bytes, within `time`.
pub async fn read(
    request: &HttpRequest,
    payload: Payload,
    limit: usize,
    time: Duration,
) -> Result<Bytes, Fault> {
    if !announced(request) {
        return Ok(Bytes::new());
    }
    match tokio::time::timeout(time, collect(payload, limit)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Fault::new(Kind::Timeout)),
    }
}

fn announced(request: &HttpRequest) -> bool {
    let headers = request.headers();
    headers.contains_key(header::TRANSFER_ENCODING)
        || headers.get(header::CONTENT_LENGTH).is_some_and(|length| length != "0")
}

async fn collect(payload: Payload, limit: usize) -> Result<Bytes, Fault> {
    let mut stream = pin!(BodyStream::new(payload));
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let mut length = 0_usize;
    while let Some(chunk) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
        let chunk =
            chunk.map_err(|_| Fault::new(Kind::BadRequest).detail(ProblemDetail::BodyEnded))?;
        length = length.saturating_add(chunk.len());
        if length > limit {
            // Read on and forget, up to a point: then the connection is given up.
            rest = BytesMut::new();
            if length > limit.saturating_add(READ_PAST) {
                break;
            }
        } else if first.is_empty() {
            first = chunk;
        } else {
            if rest.is_empty() {
                rest.extend_from_slice(&first);
            }
            rest.extend_from_slice(&chunk);
        }
    }
    if length > limit {
        let limit = limit.to_string();
        Err(Fault::new(Kind::TooLarge).detail(ProblemDetail::MostBytes { limit: &limit }))
    } else if rest.is_empty() {
        Ok(first)
    } else {
        Ok(rest.freeze())
    }
}

/// Whether the head says that the body has at most so many bytes.
pub fn is_at_most(request: &HttpRequest, limit: usize) -> bool {
    let stated = request.headers().get(header::CONTENT_LENGTH);
    let length = stated.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    match length {
        Some(length) => length <= limit,
        None => !announced(request),
    }
}

/// The media type of the body without parameters, in lower case; `None` when none is stated.
pub fn media_type(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next().unwrap_or(value).trim();
    (!essence.is_empty()).then(|| essence.to_ascii_lowercase())
}

/// Refuses a body that is compressed or otherwise encoded (RFC 9110, section 15.5.16): what is
/// small on the way could be large here.
pub fn require_identity(request: &HttpRequest) -> Result<(), Fault> {
    let plain = request.headers().get_all(header::CONTENT_ENCODING).all(|value| {
        value.to_str().is_ok_and(|codings| {
            codings.split(',').all(|coding| {
                let coding = coding.trim();
                coding.is_empty() || coding.eq_ignore_ascii_case("identity")
            })
        })
    });
    if plain {
        Ok(())
    } else {
        Err(Fault::new(Kind::UnsupportedMediaType)
            .detail(ProblemDetail::NoContentEncoding)
            .header(header::ACCEPT_ENCODING, "identity"))
    }
}

/// Refuses a body that is encoded or is not stated to be JSON.
pub fn require_json(request: &HttpRequest) -> Result<(), Fault> {
    require_type(request, "application/json")
}

/// Refuses a body of another media type than this one.
pub fn require_type(request: &HttpRequest, wanted: &'static str) -> Result<(), Fault> {
    require_identity(request)?;
    match media_type(request) {
        Some(found) if found == wanted => Ok(()),
        _ => Err(Fault::new(Kind::UnsupportedMediaType)
            .detail(ProblemDetail::MediaTypes { types: wanted })),
    }
}
