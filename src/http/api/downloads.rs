//! The things one can hold: the QR code of a certificate's address.
//!
//! Who may have them is decided before: [`open_record`] for everybody, the holder's own link
//! elsewhere. Made by `render`, the same bytes for the same certificate.

use super::documents::tag;
use super::has_it;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use crate::model::CredentialId;
use crate::render::{QrCode, RenderError};
use crate::store::{IssuedRecord, Visibility};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use std::sync::Arc;

impl From<RenderError> for Fault {
    fn from(error: RenderError) -> Self {
        match error {
            error @ (RenderError::AddressTooLong | RenderError::Artwork) => {
                Self::new(Kind::Internal).cause(error)
            }
        }
    }
}

/// The certificate of the address, when everybody may see it. A closed one says nothing of itself;
/// unknown and erased are answered alike (story L2).
pub(super) fn open_record(call: &Call<'_>) -> Result<Arc<IssuedRecord>, Fault> {
    let id: CredentialId = call.segment("uuid").parse().map_err(|_| Fault::new(Kind::NotFound))?;
    let record = call.front.parts.store.issued(id)?.ok_or_else(|| Fault::new(Kind::NotFound))?;
    if record.erased.is_some() {
        return Err(Fault::new(Kind::NotFound));
    }
    if record.visibility == Visibility::Closed {
        return Err(Fault::new(Kind::ClosedByHolder));
    }
    Ok(record)
}

/// `GET /credentials/{uuid}/qr.svg`.
pub fn qr(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let record = open_record(call)?;
    let code = QrCode::of(&address(call, &record))?;
    let svg = code.svg(negotiation::language(call.request));
    Ok(asked_every_time(call, "image/svg+xml", "Accept-Language", svg.into_bytes().into()))
}

/// The certificate's own address, as it is signed.
fn address(call: &Call<'_>, record: &IssuedRecord) -> String {
    format!("{}/credentials/{}", call.front.parts.settings.public_url, record.id)
}

/// A file that others may keep if they ask every time, because its holder may close it.
fn asked_every_time(
    call: &Call<'_>,
    media_type: &str,
    vary: &'static str,
    body: Bytes,
) -> HttpResponse {
    let etag = tag(&body);
    let known = has_it(call, &etag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .insert_header((header::VARY, vary));
    if known { response.finish() } else { response.content_type(media_type).body(body) }
}
