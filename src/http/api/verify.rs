//! `POST /v1/verify`: bytes in, report out. The bytes are not kept.

use crate::baked;
use crate::http::body;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use crate::http::wording;
use crate::model::Timestamp;
use crate::texts::ProblemDetail;
use crate::verification::{Examiner, Expected, Report, Sources};
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use std::sync::Arc;

const TAKEN: &[&str] = &[
    "application/vc",
    "application/vc+ld+json",
    "application/ld+json",
    "application/json",
    "application/vp",
    "application/vp+ld+json",
    "application/vc+jwt",
    "application/vp+jwt",
    "application/jwt",
    "text/plain",
    "image/png",
    "image/svg+xml",
    "application/pdf",
    "application/octet-stream",
];

/// The report on the body, with 200 whatever the verdict.
pub async fn verify(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    body::require_identity(call.request)?;
    let stated = body::media_type(call.request);
    if let Some(media_type) = &stated
        && !TAKEN.contains(&media_type.as_str())
    {
        return Err(Fault::new(Kind::UnsupportedMediaType)
            .detail(ProblemDetail::MediaTypes { types: &TAKEN.join(", ") }));
    }
    let report = examine(call, call.body.clone(), stated).await?;
    let language = negotiation::language(call.request);
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "Accept-Language"))
        .content_type("application/json")
        .body(wording::worded(&report, language).to_string()))
}

/// Examines bytes whose media type nobody stated, on a thread that may block: at home, and where
/// that is not enough also with the network.
pub fn examine_at(
    examiner: &Examiner,
    bytes: Bytes,
    home: &dyn Sources,
    outward: Option<&dyn Sources>,
    now: Timestamp,
) -> Report {
    let opened = match baked::extract(&bytes, &baked::Limits::default()) {
        Ok(opened) => opened,
        Err(error) => {
            let detail = format!("{error}.");
            return examiner.unopened(&bytes, &Expected::default(), &detail, home, now);
        }
    };
    let carrier = opened.as_ref().map(|opened| opened.carrier.media_type());
    let bytes = opened.map_or(bytes, |opened| opened.credential.into());
    let expected = Expected { carrier, ..Expected::default() };
    let report = examiner.examine_with(&bytes, &expected, home, now);
    match outward {
        Some(outward) if report.deferred() => {
            examiner.examine_with(&bytes, &expected, outward, now)
        }
        _ => report,
    }
}

/// Examines bytes: first at home, on this thread; where that is not enough and the operator allows
/// it, again with the network, on a thread that may block.
pub async fn examine(
    call: &Call<'_>,
    bytes: Bytes,
    media_type: Option<String>,
) -> Result<Report, Fault> {
    let parts = &call.front.parts;
    let now = parts.clock.now();
    let opened = match baked::extract(&bytes, &baked::Limits::default()) {
        Ok(opened) => opened,
        Err(error) => {
            let expected = Expected { media_type: media_type.as_deref(), ..Expected::default() };
            let (detail, sources) = (format!("{error}."), parts.sources.as_ref());
            return Ok(parts.examiner.unopened(&bytes, &expected, &detail, sources, now));
        }
    };
    let carrier = opened.as_ref().map(|opened| opened.carrier.media_type());
    let bytes = opened.map_or(bytes, |opened| opened.credential.into());
    let examine = move |examiner: &Examiner, sources: &dyn Sources| {
        let media_type = media_type.as_deref();
        let expected = Expected { media_type, carrier, ..Expected::default() };
        examiner.examine_with(&bytes, &expected, sources, now)
    };
    let report = examine(&parts.examiner, parts.sources.as_ref());
    match &parts.outward {
        Some(outward) if report.deferred() => {
            let (examiner, outward) = (Arc::clone(&parts.examiner), Arc::clone(outward));
            web::block(move || examine(&examiner, outward.as_ref()))
                .await
                .map_err(|cause| Fault::new(Kind::Unavailable).cause(cause))
        }
        _ => Ok(report),
    }
}
