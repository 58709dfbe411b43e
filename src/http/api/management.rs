//! `/v1/issuers/{issuer}/credentials/{uuid}`: what the institution sees and may change.

use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::model::{CredentialId, CredentialState, Date, Scope, Slug, StatusEntry, Timestamp};
use crate::store::{IssuedRecord, ReasonCode, Visibility};
use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use std::sync::Arc;

/// The management view. It holds no personal data of the learner.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ManagementView<'a> {
    id: String,
    issuer: &'a Slug,
    kind: &'static str,
    definition: String,
    certificate_number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    case_number: Option<&'a str>,
    issued_at: Timestamp,
    decision_date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<Timestamp>,
    state: CredentialState,
    #[serde(skip_serializing_if = "Option::is_none")]
    state_since: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<ReasonCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<String>,
    visibility: Visibility,
    warnings: &'a [String],
    sha256: &'a str,
    length: u32,
    key: &'a str,
    status: &'a [StatusEntry],
    links: Links,
}

#[derive(Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
    credential: String,
    status: String,
    visibility: String,
}

/// The address of a certificate's management view.
pub fn address(public_url: &str, issuer: &Slug, id: CredentialId) -> String {
    format!("{public_url}/v1/issuers/{issuer}/credentials/{id}")
}

/// The management view of a record as an answer.
pub fn view(call: &Call<'_>, record: &IssuedRecord) -> HttpResponse {
    let base = &call.front.parts.settings.public_url;
    let credential = |id: CredentialId| format!("{base}/credentials/{id}");
    let this = address(base, &record.issuer, record.id);
    let view = ManagementView {
        id: credential(record.id),
        issuer: &record.issuer,
        kind: record.kind.code(),
        definition: record.definition.to_string(),
        certificate_number: &record.certificate_number,
        case_number: record.case_number.as_deref(),
        issued_at: record.issued_at,
        decision_date: record.decision_date,
        valid_until: record.valid_until,
        state: record.state,
        state_since: record.state_since,
        reason: record.reason,
        note: record.note.as_deref(),
        replaced_by: record.replaced_by.map(credential),
        replaces: record.replaces.map(credential),
        visibility: record.visibility,
        warnings: &record.warnings,
        sha256: &record.sha256,
        length: record.length,
        key: &record.key,
        status: &record.status,
        links: Links {
            credential: credential(record.id),
            status: format!("{this}/status"),
            visibility: format!("{this}/visibility"),
            this,
        },
    };
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .content_type("application/json")
        .body(serde_json::to_vec(&view).expect("a record of plain values is always JSON"))
}

/// The record that the address names, when it is the caller's.
fn own_record(
    call: &Call<'_>,
    scope: Scope,
) -> Result<(crate::http::auth::Caller, Arc<IssuedRecord>), Fault> {
    let caller = call.authorize(scope)?;
    let record = call
        .segment("uuid")
        .parse::<CredentialId>()
        .ok()
        .map(|id| call.front.parts.store.issued(id))
        .transpose()?
        .flatten()
        .filter(|record| record.issuer == caller.issuer)
        .ok_or_else(|| Fault::new(Kind::NotFound))?;
    Ok((caller, record))
}

/// `GET /v1/issuers/{issuer}/credentials/{uuid}`.
pub fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (_, record) = own_record(call, Scope::CredentialsRead)?;
    Ok(view(call, &record))
}
