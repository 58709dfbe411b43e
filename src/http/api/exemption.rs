//! `GET /credentials/{uuid}/facts`: what who decides on an exemption wants to know, as JSON and as
//! page, from a verification made now. As open or closed as the certificate.

use super::credentials::released;
use super::shared_bytes;
use super::submission::Submission;
use super::verify::examine;
use crate::http::dossier::Dossier;
use crate::http::front::Call;
use crate::http::negotiation::{self, PageOr};
use crate::http::pages;
use crate::http::problem::Fault;
use crate::profile;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::Value;

/// `GET /credentials/{uuid}/facts`.
pub async fn facts(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (record, document) = released(call)?;
    let submission = Submission::of(shared_bytes(document), Some("application/vc".to_owned()));
    let report = examine(call, submission).await?;
    let view = report
        .document()
        .map_or_else(|| profile::read(&Value::Null), |document| profile::read(document));
    let dossier = Dossier::new(&report, &view, call.front.parts.sources.as_ref());
    let language = negotiation::language(call.request);
    let wants_page = call.query("format") != Some("json")
        && negotiation::page_or_json(call.request) == PageOr::Page;
    if wants_page {
        return pages::officer::sheet(call, &dossier, &record.issuer, language);
    }
    let facts = dossier.facts(language, pages::names(&view));
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "Accept, Accept-Language"))
        .json(&facts))
}
