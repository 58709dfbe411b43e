//! `GET /status/{id}`: a status list as it was last signed (Bitstring Status List 1.0). Never
//! signed per request, no authentication, and nobody is told who fetches it.

use super::documents::tag;
use super::{kept, shared_bytes};
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use actix_web::HttpResponse;

/// The stored bytes, to keep for the list's time to live.
pub fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let Some(list) = call.front.parts.store.status_list(call.segment("id"))? else {
        return conformance(call);
    };
    let media_type =
        negotiation::signed(call.request).ok_or_else(|| Fault::new(Kind::NotAcceptable))?;
    let etag = format!("\"{}\"", list.sha256);
    let document = shared_bytes(list.document.clone());
    Ok(kept(call, &etag, call.front.parts.settings.status_ttl_seconds, media_type, document))
}

/// A list of the conformance issuer, where there is one. Suites want the last bit: keep it not.
fn conformance(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let parts = &call.front.parts;
    let not_found = || Fault::new(Kind::NotFound);
    let issuer = parts.conformance.as_ref().ok_or_else(not_found)?;
    let list = issuer.status_list(call.segment("id"), parts.clock.now()).ok_or_else(not_found)?;
    let list = list.map_err(|problem| Fault::new(Kind::Internal).cause(problem.title))?;
    let media_type =
        negotiation::signed(call.request).ok_or_else(|| Fault::new(Kind::NotAcceptable))?;
    Ok(kept(call, &tag(&list), 0, media_type, shared_bytes(list)))
}
