//! `/v1/issuers/{issuer}/credentials/{uuid}`: what the institution sees and may change.

use super::members::{after_erasure, chosen, members, optional_text};
use crate::http::auth::Caller;
use crate::http::front::Call;
use crate::http::pages::definition_name;
use crate::http::problem::{Fault, Kind};
use crate::issuance::{HolderLink, Listed, StatusRequest};
use crate::model::{CredentialId, CredentialState, Date, Scope, Slug, StatusEntry, Timestamp};
use crate::store::{IssuedRecord, ReasonCode, Registration, StatusAction, Visibility};
use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// The management view. It holds no personal data of the learner.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ManagementView<'a> {
    id: String,
    issuer: &'a Slug,
    kind: &'static str,
    definition: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    certificate_number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    case_number: Option<&'a str>,
    issued_at: Timestamp,
    decision_date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity_start: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity_end: Option<Date>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    erased: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hold_override: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration_due: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration: Option<&'a Registration>,
    visibility: Visibility,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<ConsentView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claimed: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shared_links: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mail: Vec<Value>,
    warnings: &'a [String],
    sha256: &'a str,
    length: u32,
    key: &'a str,
    status: &'a [StatusEntry],
    links: Links,
}

/// What the holder said about being seen, the last time.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConsentView<'a> {
    open: bool,
    text_version: &'a str,
    language: &'a str,
    at: Timestamp,
}

#[derive(Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
    credential: String,
    status: String,
    visibility: String,
    claim: String,
}

/// The address of a certificate's management view.
pub fn address(public_url: &str, issuer: &Slug, id: CredentialId) -> String {
    format!("{public_url}/v1/issuers/{issuer}/credentials/{id}")
}

/// The management view of a record as an answer.
///
/// What the certificate says is read back from its signed bytes; of an erased one the register
/// tells what stays. The holder's link is shown to who may also change the status.
pub fn view(
    call: &Call<'_>,
    caller: &Caller,
    record: Arc<IssuedRecord>,
) -> Result<HttpResponse, Fault> {
    let base = &call.front.parts.settings.public_url;
    let desk = &call.front.parts.desk;
    let Listed { record, signed, .. } = desk.listed(record)?;
    let latest = desk.latest(&record)?;
    let signed = signed.as_ref();
    let definition = match signed {
        Some(signed) => definition_name(signed, base).unwrap_or_else(|| record.definition.clone()),
        None => record.definition.clone(),
    };
    let number = signed.and_then(|signed| signed.certificate_number.as_deref());
    let credential = |id: CredentialId| format!("{base}/credentials/{id}");
    let this = address(base, &record.issuer, record.id);
    let may_claim = caller.client.scopes.contains(&Scope::CredentialsStatus);
    let now = call.front.parts.clock.now();
    let shared_links = match record.erased {
        None => Some(call.front.parts.store.live_shares(record.id, now)?),
        Some(_) => None,
    };
    let claim_url = may_claim.then(|| desk.claim_link(&record)).flatten();
    let mail = call.front.parts.store.mail_of(record.id)?;
    let view = ManagementView {
        id: credential(record.id),
        issuer: &record.issuer,
        kind: signed.and_then(|signed| signed.kind).unwrap_or(record.kind).code(),
        definition: definition.to_string(),
        title: signed.and_then(|signed| signed.title.as_deref()),
        certificate_number: number.unwrap_or(&record.certificate_number),
        case_number: record.case_number.as_deref(),
        issued_at: signed.and_then(|signed| signed.issued).unwrap_or(record.issued_at),
        decision_date: signed.and_then(|signed| signed.decided).unwrap_or(record.decision_date),
        activity_start: signed.and_then(|signed| signed.activity_start),
        activity_end: signed.and_then(|signed| signed.activity_end),
        valid_until: match signed {
            Some(signed) => signed.valid_until,
            None => record.valid_until,
        },
        state: record.state,
        state_since: record.state_since,
        reason: record.reason,
        note: record.note.as_deref(),
        replaced_by: record.replaced_by.map(credential),
        replaces: record.replaces.map(credential),
        latest: latest.map(credential),
        erased: record.erased,
        hold_override: record.hold_override.as_deref(),
        registration_due: record.registration_due,
        registration: record.registration.as_ref(),
        visibility: record.visibility,
        consent: record.consent.as_ref().map(|consent| ConsentView {
            open: consent.open,
            text_version: &consent.text_version,
            language: &consent.language,
            at: consent.at,
        }),
        claimed: record.claimed,
        claim_url: claim_url.as_ref().map(HolderLink::as_str),
        shared_links,
        mail: mail.iter().map(|mail| super::mail::view(base, mail)).collect(),
        warnings: &record.warnings,
        sha256: &record.sha256,
        length: record.length,
        key: &record.key,
        status: &record.status,
        links: Links {
            credential: credential(record.id),
            status: format!("{this}/status"),
            visibility: format!("{this}/visibility"),
            claim: format!("{this}/claim"),
            this,
        },
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .content_type("application/json")
        .body(serde_json::to_vec(&view).expect("a record of plain values is always JSON")))
}

/// The record that the address names, when it is the caller's.
pub fn own_record(call: &Call<'_>, scope: Scope) -> Result<(Caller, Arc<IssuedRecord>), Fault> {
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
    let (caller, record) = own_record(call, Scope::CredentialsRead)?;
    view(call, &caller, record)
}

/// `POST /v1/issuers/{issuer}/credentials/{uuid}/claim`: a new link for the holder; the one there
/// was opens nothing any more.
pub async fn rotate_claim(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, record) = own_record(call, Scope::CredentialsStatus)?;
    if !call.body.is_empty() {
        let unknown = members(call, &[])?.unknown;
        if !unknown.is_empty() {
            return Err(Fault::invalid(unknown));
        }
    }
    let desk = &call.front.parts.desk;
    let changed = desk.rotate_claim(&caller.issuer, record.id, call.origin(&caller.client)).await?;
    view(call, &caller, changed)
}

/// The longest private note, in characters.
const LONGEST_NOTE: usize = 2000;

/// `POST /v1/issuers/{issuer}/credentials/{uuid}/status`.
pub async fn change_status(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, record) = own_record(call, Scope::CredentialsStatus)?;
    let members = members(call, &["action", "reason", "note"])?;
    let mut faults = members.unknown;
    let action: Option<StatusAction> = chosen(&members.known, "action", ACTIONS, &mut faults);
    let reason: Option<ReasonCode> = chosen(&members.known, "reason", REASONS, &mut faults);
    let note = optional_text(&members.known, "note", 0..=LONGEST_NOTE, &mut faults);
    if record.erased.is_some() && note.is_some() {
        faults.push(after_erasure("note"));
    }
    let (Some(action), Some(reason), true) = (action, reason, faults.is_empty()) else {
        return Err(Fault::invalid(faults));
    };
    let changed = call
        .front
        .parts
        .desk
        .change_status(StatusRequest {
            issuer: caller.issuer.clone(),
            credential: record.id,
            action,
            reason,
            note,
            client: caller.client.id.clone(),
            request_id: Some(call.request_id.to_owned()),
            from: call.from(),
        })
        .await;
    match changed {
        Ok(changed) => view(call, &caller, changed),
        Err(error) => Err(told_where_it_stands(call, record.id, Fault::from(error))),
    }
}

/// Adds to a refused change what the state is: a client whose first call was lost then sees that
/// it worked.
fn told_where_it_stands(call: &Call<'_>, id: CredentialId, fault: Fault) -> Fault {
    let refused =
        matches!(fault.kind, Kind::RevocationFinal | Kind::SuspensionNotEnabled | Kind::Conflict);
    // Read anew: the change that stood in the way may have come after the first look.
    match call.front.parts.store.issued(id) {
        Ok(Some(record)) if refused => {
            let fault = fault.member("state", json!(record.state));
            match record.state_since {
                Some(since) => fault.member("stateSince", json!(since)),
                None => fault,
            }
        }
        _ => fault,
    }
}

/// `PUT /v1/issuers/{issuer}/credentials/{uuid}/visibility`.
pub async fn set_visibility(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, record) = own_record(call, Scope::CredentialsStatus)?;
    let members = members(call, &["visibility"])?;
    let mut faults = members.unknown;
    let visibility: Option<Visibility> =
        chosen(&members.known, "visibility", VISIBILITIES, &mut faults);
    let (Some(visibility), true) = (visibility, faults.is_empty()) else {
        return Err(Fault::invalid(faults));
    };
    let origin = call.origin(&caller.client);
    let desk = &call.front.parts.desk;
    let changed = desk.set_visibility(&caller.issuer, record.id, visibility, origin).await?;
    view(call, &caller, changed)
}

/// All that can become of an endorsement.
pub(super) const REVOKE: &[&str] = &["revoke"];
const ACTIONS: &[&str] = &["revoke", "suspend", "reinstate"];
const VISIBILITIES: &[&str] = &["closed", "open"];
pub(super) const REASONS: &[&str] = &[
    "issued-in-error",
    "fraud",
    "decision-annulled",
    "appeal-pending",
    "appeal-closed",
    "key-compromised",
    "holder-request",
    "other",
];

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::Value;

    fn read<T: for<'de> Deserialize<'de>>(code: &str) -> Option<T> {
        T::deserialize(Value::String(code.to_owned())).ok()
    }

    #[test]
    fn every_code_of_the_lists_is_a_value() {
        assert!(ACTIONS.iter().all(|code| read::<StatusAction>(code).is_some()));
        assert!(REASONS.iter().all(|code| read::<ReasonCode>(code).is_some()));
        assert!(VISIBILITIES.iter().all(|code| read::<Visibility>(code).is_some()));
    }
}
