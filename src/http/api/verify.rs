//! `POST /v1/verify`: bytes in, report out. The bytes are not kept.

use super::submission::{FORMS, Submission};
use crate::baked;
use crate::http::body;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use crate::http::wording;
use crate::model::Timestamp;
use crate::sources::Patience;
use crate::texts::ProblemDetail;
use crate::verification::{Examiner, Report, Sources};
use actix_web::http::header;
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

/// What is larger is examined on a thread that may block.
pub(super) const AT_ONCE: usize = 65_536;

/// The report on the body, with 200 whatever the verdict.
pub async fn verify(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    body::require_identity(call.request)?;
    let stated = body::media_type(call.request);
    let submission = match &stated {
        Some(form) if FORMS.contains(&form.as_str()) => {
            Submission::from_form(call)?.ok_or_else(Submission::unreadable)?
        }
        Some(other) if !TAKEN.contains(&other.as_str()) => {
            let types = &[TAKEN, &FORMS].concat().join(", ");
            return Err(
                Fault::new(Kind::UnsupportedMediaType).detail(ProblemDetail::MediaTypes { types })
            );
        }
        _ => Submission::of(call.body.clone(), stated),
    };
    let report = examine(call, submission).await?;
    let language = negotiation::language(call.request);
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "Accept-Language"))
        .content_type("application/json")
        .body(wording::worded(&report, language).to_string()))
}

/// Examines on a thread that may block: at home, and where that is not enough also with the network.
pub fn examine_at(
    examiner: &Examiner,
    submission: &Submission,
    home: &dyn Sources,
    outward: Option<&dyn Sources>,
    now: Timestamp,
) -> Report {
    let bytes = &submission.bytes;
    let opened = match baked::extract(bytes, &baked::Limits::default()) {
        Ok(opened) => opened,
        Err(error) => {
            let detail = format!("{error}.");
            return submission.expecting(None, |expected| {
                examiner.unopened(bytes, expected, &detail, home, now)
            });
        }
    };
    let carrier = opened.as_ref().map(|opened| opened.carrier.media_type());
    let bytes = opened.as_ref().map_or(&bytes[..], |opened| &opened.credential);
    submission.expecting(carrier, |expected| {
        let report = examiner.examine_with(bytes, expected, home, now);
        match outward {
            Some(outward) if report.deferred() => {
                examiner.examine_with(bytes, expected, outward, now)
            }
            _ => report,
        }
    })
}

/// Examines what is small and may be answered at home on this thread; everything else, pictures and
/// papers among them, on one that may block. What goes outward ends with the time of the request.
pub async fn examine(call: &Call<'_>, submission: Submission) -> Result<Report, Fault> {
    let parts = &call.front.parts;
    let now = parts.clock.now();
    let carried = !matches!(
        baked::detect(&submission.bytes),
        baked::Kind::Json | baked::Kind::Token | baked::Kind::Unknown
    );
    let limit = parts.settings.max_body;
    if !carried && submission.bytes.len() > limit {
        let limit = &limit.to_string();
        return Err(Fault::new(Kind::TooLarge).detail(ProblemDetail::MostBytes { limit }));
    }
    if !carried && submission.bytes.len() <= AT_ONCE {
        let home = parts.sources.as_ref();
        let report = examine_at(&parts.examiner, &submission, home, None, now);
        if parts.outward.is_none() || !report.deferred() {
            return Ok(report);
        }
    }
    let (examiner, home) = (Arc::clone(&parts.examiner), Arc::clone(&parts.sources));
    let outward = parts.outward.as_ref();
    let outward =
        outward.map(|outward| Patience::new(Arc::clone(outward), parts.settings.work_time));
    web::block(move || {
        let outward = outward.as_ref().map(|outward| outward as &dyn Sources);
        examine_at(&examiner, &submission, home.as_ref(), outward, now)
    })
    .await
    .map_err(|cause| Fault::new(Kind::Unavailable).cause(cause))
}
