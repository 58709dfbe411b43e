//! The operations of the API, one file per kind of resource.

pub(super) mod batch;
pub(super) mod catalogue;
pub(super) mod concerns;
pub(super) mod counts;
pub(super) mod credentials;
pub(super) mod definitions;
pub(super) mod documents;
pub(super) mod downloads;
pub(super) mod endorsements;
pub(super) mod erasure;
pub(super) mod exemption;
pub(super) mod frameworks;
pub(super) mod health;
pub(super) mod issuing;
pub(super) mod kept;
pub(super) mod lists;
pub(super) mod mail;
pub(super) mod management;
pub(super) mod organisations;
pub(super) mod pictures;
pub(super) mod profiles;
pub(super) mod register;
pub(super) mod submission;
pub(super) mod vc_api;
pub(super) mod verify;

mod members;
mod paging;

use super::front::Call;
use crate::http::negotiation::language_for_programs;
use crate::http::problem::worded;
use crate::model::FieldError;
use crate::store::RegisterCursor;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde_json::Value;
use std::sync::Arc;

/// An answer to a client, which nobody else may keep.
pub(super) fn answer(mut response: HttpResponseBuilder, value: &Value) -> HttpResponse {
    let worded = |member| value[member].as_array().is_some_and(|list| !list.is_empty());
    if worded("warnings") || worded("errors") {
        response.insert_header((header::VARY, "Accept-Language"));
    }
    response
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .content_type("application/json")
        .body(value.to_string())
}

/// A page of a list, with the cursor of the next one, and its address as `Link`.
pub(super) fn paged(
    call: &Call<'_>,
    mut list: Value,
    next: Option<&RegisterCursor>,
) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if let Some(cursor) = next {
        let next = register::query::next(call, cursor);
        response.insert_header((header::LINK, format!("<{next}>; rel=\"next\"")));
        list["next"] = Value::String(cursor.to_string());
    }
    answer(response, &list)
}

/// Faults or warnings as they stand in answers, in the language of the client.
pub(super) fn faults(call: &Call<'_>, faults: &[FieldError]) -> Value {
    worded(faults, language_for_programs(call.request)).into()
}

/// Bytes of the store as a body, without a copy.
pub(super) fn shared_bytes(bytes: Arc<[u8]>) -> Bytes {
    Bytes::from_owner(bytes)
}

/// Whether the client already has the representation with this entity tag (RFC 9110, 13.1.2).
pub(super) fn has_it(call: &Call<'_>, etag: &str) -> bool {
    call.request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| {
            tags.split(',').take(32).any(|tag| {
                let tag = tag.trim();
                tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
            })
        })
}

/// `200` with bytes that everyone may keep for `seconds`, or `304` to who has them.
pub(super) fn kept(
    call: &Call<'_>,
    etag: &str,
    seconds: u32,
    media_type: &str,
    body: Bytes,
) -> HttpResponse {
    let mut response =
        if has_it(call, etag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, format!("public, max-age={seconds}")))
        .insert_header((header::VARY, "Accept"));
    if has_it(call, etag) {
        response.finish()
    } else {
        response.content_type(media_type).body(body)
    }
}
