//! The endpoints of VCALM (formerly VC API) for machines: `POST /credentials/verify` and
//! `POST /presentations/verify`, and where the conformance issuer is `POST /credentials/issue` and
//! `POST /credentials/status`. 200
//! when verified, 400 with the same body when not; nothing is kept.
//!
//! Deliberately not here: `GET /credentials/{id}` of that draft (the address is the certificate's
//! own), exchanges, derivation, and any judgement: that is the examining room's.

mod issue;
mod request;
mod result;
mod status;

pub use issue::issue;
pub use status::update;

use super::verify::AT_ONCE;
use crate::http::body;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::sources::Patience;
use crate::texts::ProblemDetail;
use crate::verification::{Examiner, Expected, Report, Sources};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use request::{Asked, Options, Subject};
use serde_json::Value;
use std::sync::Arc;

/// `POST /credentials/verify`.
pub async fn verify_credential(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    verify(call, Subject::Credential).await
}

/// `POST /presentations/verify`.
pub async fn verify_presentation(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    verify(call, Subject::Presentation).await
}

async fn verify(call: &Call<'_>, subject: Subject) -> Result<HttpResponse, Fault> {
    require_json(call)?;
    let asked = match request::read(&call.body, subject, call.front.parts.settings.max_body) {
        Ok(asked) => Arc::new(asked),
        Err(problems) => return Ok(answer(false, &result::refused(&problems, subject))),
    };
    let report = examine(call, &asked).await?;
    let (verified, body) = result::of(&report, &asked);
    Ok(answer(verified, &body))
}

fn answer(verified: bool, body: &Value) -> HttpResponse {
    let mut response = if verified { HttpResponse::Ok() } else { HttpResponse::BadRequest() };
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(body.to_string())
}

/// JSON, also under the name of JSON-LD.
fn require_json(call: &Call<'_>) -> Result<(), Fault> {
    body::require_identity(call.request)?;
    match body::media_type(call.request).as_deref() {
        Some("application/json" | "application/ld+json") => Ok(()),
        _ => Err(Fault::new(Kind::UnsupportedMediaType)
            .detail(ProblemDetail::MediaTypes { types: "application/json, application/ld+json" })),
    }
}

/// First at home; where that is not enough and the operator allows it, again with the network, which
/// ends with the time of the request. What is large or goes outward has a thread that may block.
async fn examine(call: &Call<'_>, asked: &Arc<Asked>) -> Result<Report, Fault> {
    let parts = &call.front.parts;
    let now = parts.clock.now();
    let shared = Arc::clone(asked);
    let examine = move |examiner: &Examiner, sources: &dyn Sources| {
        let Options { challenge, domain, .. } = &shared.options;
        let domain: Vec<&str> = domain.iter().map(String::as_str).collect();
        let expected =
            Expected { challenge: challenge.as_deref(), domain: &domain, ..Expected::default() };
        examiner.examine_with(shared.document.to_string().as_bytes(), &expected, sources, now)
    };
    if call.body.len() <= AT_ONCE {
        let report = examine(&parts.examiner, parts.sources.as_ref());
        if parts.outward.is_none() || !report.deferred() {
            return Ok(report);
        }
    }
    let (examiner, home) = (Arc::clone(&parts.examiner), Arc::clone(&parts.sources));
    let outward = parts.outward.as_ref();
    let outward =
        outward.map(|outward| Patience::new(Arc::clone(outward), parts.settings.work_time));
    web::block(move || {
        let report = examine(&examiner, home.as_ref());
        match &outward {
            Some(outward) if report.deferred() => examine(&examiner, outward),
            _ => report,
        }
    })
    .await
    .map_err(|cause| Fault::new(Kind::Unavailable).cause(cause))
}
