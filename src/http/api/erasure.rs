//! Erasing a learner's data in two steps (story R7): `/erasure`, and later `/purge`. Erasure is not
//! revocation: nothing here touches a status list.

use super::answer;
use super::management::own_record;
use super::members::{members, optional_text};
use crate::http::front::Call;
use crate::http::problem::Fault;
use crate::model::Scope;
use crate::store::IssuedRecord;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::{Value, json};

/// The shortest and the longest reason, in characters.
const REASON: std::ops::RangeInclusive<usize> = 10..=500;

/// What step 1 takes away.
const REMOVED: &[&str] = &[
    "signed document with name and salt",
    "token forms",
    "page",
    "holder mark",
    "case number",
    "notes and reasons of overrides",
    "reference of a registration",
    "digest of the request",
];

/// `POST /v1/issuers/{issuer}/credentials/{uuid}/erasure`.
pub async fn erase(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, record) = own_record(call, Scope::IssuerAdmin)?;
    if !call.body.is_empty() {
        let faults = members(call, &[])?.unknown;
        if !faults.is_empty() {
            return Err(Fault::invalid(faults));
        }
    }
    let desk = &call.front.parts.desk;
    let record = desk.erase(&caller.issuer, record.id, call.origin(&caller.client)).await?;
    let retained_until = desk.retained_until(&record)?;
    let mut document = json!({
        "id": desk.installation().credential_url(record.id),
        "erased": record.erased,
        "removed": REMOVED,
        "remains": remains(&record),
    });
    if let Some(until) = retained_until {
        document["retainedUntil"] = json!(until);
    }
    Ok(answer(HttpResponse::Ok(), &document))
}

fn remains(record: &IssuedRecord) -> Value {
    let mut remains = json!({
        "issuer": record.issuer,
        "kind": record.kind.code(),
        "definition": record.definition.to_string(),
        "certificateNumber": record.certificate_number,
        "issuedAt": record.issued_at,
        "decisionDate": record.decision_date,
        "sha256": record.sha256,
        "length": record.length,
        "key": record.key,
        "state": record.state,
        "status": record.status,
    });
    if let Some(until) = record.valid_until {
        remains["validUntil"] = json!(until);
    }
    remains
}

/// `POST /v1/issuers/{issuer}/credentials/{uuid}/purge`.
pub async fn purge(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, record) = own_record(call, Scope::IssuerAdmin)?;
    let mut reason = None;
    if !call.body.is_empty() {
        let read = members(call, &["reason"])?;
        let mut faults = read.unknown;
        reason = optional_text(&read.known, "reason", REASON, &mut faults);
        if !faults.is_empty() {
            return Err(Fault::invalid(faults));
        }
    }
    let desk = &call.front.parts.desk;
    let origin = call.origin(&caller.client);
    desk.purge(&caller.issuer, record.id, reason.as_deref(), origin).await?;
    Ok(HttpResponse::NoContent()
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .finish())
}
