//! `/credentials/{uuid}`: a certificate as page or file, as its holder allows.
//!
//! The signed bytes are served as stored, never written anew. A closed certificate shows nothing of
//! itself in any form; an unknown one and an erased one are answered alike (story L2).

use super::documents::tag;
use super::downloads::open_record;
use super::{downloads, has_it, shared_bytes};
use crate::baked::Carrier;
use crate::http::front::Call;
use crate::http::negotiation::{self, Form, jwt_media_type};
use crate::http::pages;
use crate::http::problem::{Fault, Kind};
use crate::model::CredentialId;
use crate::proof::jose::JwtProfile;
use crate::store::IssuedRecord;
use actix_web::HttpResponse;
use actix_web::http::header;
use std::sync::Arc;

/// An open certificate with its signed bytes.
pub fn released(call: &Call<'_>) -> Result<(Arc<IssuedRecord>, Arc<[u8]>), Fault> {
    let record = open_record(call)?;
    let document = call.front.parts.store.document(record.id)?;
    Ok((record, document.ok_or_else(|| Fault::new(Kind::NotFound))?))
}

/// `GET /credentials/{uuid}`.
pub async fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let store = &call.front.parts.store;
    let record = open_record(call)?;
    let form = form(call).ok_or_else(|| Fault::new(Kind::NotAcceptable))?;
    let etag = format!("\"{}\"", record.sha256);
    if matches!(form, Form::Signed(_)) && has_it(call, &etag) {
        return Ok(not_modified(etag));
    }
    let document = store.document(record.id)?.ok_or_else(|| Fault::new(Kind::NotFound))?;
    match form {
        Form::Signed(media_type) => Ok(signed(call, &record, etag, media_type, document)),
        Form::Jwt(profile) => jwt(call, &record, profile).await,
        Form::Carried(carrier) => {
            let file = downloads::make(call, &record, document, carrier).await?;
            let name = format(call).map(|_| record.id);
            Ok(downloads::answer(call, file, name))
        }
        Form::Page => pages::certificate::certificate(call, &record, shared_bytes(document)).await,
    }
}

/// `POST /credentials/{uuid}`: compares an e-mail address, as a page.
pub async fn compare(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (record, document) = released(call)?;
    pages::certificate::compare(call, &record, shared_bytes(document)).await
}

/// The form that was asked for: `?format=` of the page's own links, then `Accept`.
fn form(call: &Call<'_>) -> Option<Form> {
    match format(call) {
        Some("json") => Some(Form::Signed(negotiation::DEFAULT_SIGNED)),
        Some("jwt") => Some(Form::Jwt(JwtProfile::VcJwt)),
        Some("ob3-jwt") => Some(Form::Jwt(JwtProfile::OpenBadges)),
        Some("html") => Some(Form::Page),
        Some("png") => Some(Form::Carried(Carrier::Png)),
        Some("svg") => Some(Form::Carried(Carrier::Svg)),
        Some("pdf") => Some(Form::Carried(Carrier::Pdf)),
        Some(_) => None,
        None => negotiation::form(call.request),
    }
}

fn format<'a>(call: &Call<'a>) -> Option<&'a str> {
    call.request.query_string().split('&').find_map(|pair| pair.strip_prefix("format="))
}

fn not_modified(etag: String) -> HttpResponse {
    HttpResponse::NotModified()
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .insert_header((header::VARY, "Accept"))
        .finish()
}

fn signed(
    call: &Call<'_>,
    record: &IssuedRecord,
    etag: String,
    media_type: &'static str,
    document: Arc<[u8]>,
) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .content_type(media_type)
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .insert_header((header::VARY, "Accept"));
    if format(call).is_some() {
        response.insert_header(attachment(record.id, "json"));
    }
    response.body(shared_bytes(document))
}

async fn jwt(
    call: &Call<'_>,
    record: &IssuedRecord,
    profile: JwtProfile,
) -> Result<HttpResponse, Fault> {
    let token = call.front.parts.desk.jwt(record.id, profile).await?;
    let etag = tag(token.as_bytes());
    if has_it(call, &etag) {
        return Ok(not_modified(etag));
    }
    let mut response = HttpResponse::Ok();
    response
        .content_type(jwt_media_type(profile))
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .insert_header((header::VARY, "Accept"));
    if format(call).is_some() {
        let extension = match profile {
            JwtProfile::VcJwt => "jwt",
            JwtProfile::OpenBadges => "ob3.jwt",
        };
        response.insert_header(attachment(record.id, extension));
    }
    Ok(response.body(token.to_string()))
}

pub(super) fn attachment(id: CredentialId, extension: &str) -> (header::HeaderName, String) {
    (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.{extension}\""))
}
