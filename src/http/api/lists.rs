//! `GET /status/{id}`: a status list as it was last signed (Bitstring Status List 1.0). Never
//! signed per request, no authentication, and nobody is told who fetches it.

use super::{kept, shared_bytes};
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use actix_web::HttpResponse;

/// The stored bytes, to keep for the list's time to live.
pub fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let list = call
        .front
        .parts
        .store
        .status_list(call.segment("id"))?
        .ok_or_else(|| Fault::new(Kind::NotFound))?;
    let media_type =
        negotiation::signed(call.request).ok_or_else(|| Fault::new(Kind::NotAcceptable))?;
    let etag = format!("\"{}\"", list.sha256);
    let document = shared_bytes(list.document.clone());
    Ok(kept(call, &etag, call.front.parts.settings.status_ttl_seconds, media_type, document))
}
