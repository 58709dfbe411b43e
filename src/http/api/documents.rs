//! Documents that others need to check a certificate: DID documents and JWK sets, and the
//! description of the API. Public parts only.

use super::{kept, shared_bytes};
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::model::Slug;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Others may keep a key document for five minutes: a compromised key must be heard of soon.
const KEEP_KEYS: u32 = 300;

const OPENAPI: &str = include_str!("../../../schemas/openapi.yaml");

/// `GET /.well-known/did.json`.
pub fn host_did(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    did(call, call.front.parts.desk.host_did_document()?)
}

/// `GET /issuers/{issuer}/did.json`.
pub fn issuer_did(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    did(call, call.front.parts.desk.did_document(&issuer(call)?)?)
}

/// `GET /.well-known/jwks.json`.
pub fn jwks(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let document = call.front.parts.desk.jwks()?;
    Ok(json(call, "application/json", KEEP_KEYS, &document))
}

/// `GET /issuers/{issuer}/jwks.json`.
pub fn issuer_jwks(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let document = call.front.parts.desk.issuer_jwks(&issuer(call)?)?;
    let document = document.ok_or_else(|| Fault::new(Kind::NotFound))?;
    Ok(json(call, "application/json", KEEP_KEYS, &document))
}

/// `GET /openapi.yaml`.
pub fn openapi(call: &Call<'_>) -> HttpResponse {
    let body = Bytes::from_static(OPENAPI.as_bytes());
    kept(call, &tag(OPENAPI.as_bytes()), 3600, "application/yaml", body)
}

fn did(call: &Call<'_>, document: Option<Value>) -> Result<HttpResponse, Fault> {
    let document = document.ok_or_else(|| Fault::new(Kind::NotFound))?;
    let named = call.request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok());
    let media_type = if named.is_some_and(|accept| accept.contains("application/did+json")) {
        "application/did+json"
    } else {
        "application/json"
    };
    Ok(json(call, media_type, KEEP_KEYS, &document))
}

fn issuer(call: &Call<'_>) -> Result<Slug, Fault> {
    call.segment("issuer").parse().map_err(|_| Fault::new(Kind::NotFound))
}

/// A JSON document that everyone may keep for a while.
pub(super) fn json(
    call: &Call<'_>,
    media_type: &str,
    seconds: u32,
    document: &Value,
) -> HttpResponse {
    let body = serde_json::to_vec(document).expect("a JSON value is always JSON");
    let etag = tag(&body);
    kept(call, &etag, seconds, media_type, shared_bytes(body.into()))
}

/// The entity tag of these bytes.
pub(in crate::http) fn tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut tag = digest.iter().take(16).fold("\"".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    tag.push('"');
    tag
}
