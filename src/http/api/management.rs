//! `/v1/issuers/{issuer}/credentials/{uuid}`: what the institution sees and may change.

use super::issuing::object;
use crate::http::auth::Caller;
use crate::http::body;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::issuance::StatusRequest;
use crate::model::{
    CredentialId, CredentialState, Date, FieldError, Scope, Slug, StatusEntry, Timestamp,
};
use crate::store::{IssuedRecord, Origin, ReasonCode, StatusAction, Visibility};
use actix_web::HttpResponse;
use actix_web::http::header;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
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
fn own_record(call: &Call<'_>, scope: Scope) -> Result<(Caller, Arc<IssuedRecord>), Fault> {
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

/// The longest private note, in characters.
const LONGEST_NOTE: usize = 2000;

/// `POST /v1/issuers/{issuer}/credentials/{uuid}/status`.
pub async fn change_status(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, record) = own_record(call, Scope::CredentialsStatus)?;
    let members = members(call, &["action", "reason", "note"])?;
    let mut faults = members.unknown;
    let action: Option<StatusAction> = chosen(&members.known, "action", ACTIONS, &mut faults);
    let reason: Option<ReasonCode> = chosen(&members.known, "reason", REASONS, &mut faults);
    let note = note(&members.known, &mut faults);
    let (Some(action), Some(reason), true) = (action, reason, faults.is_empty()) else {
        return Err(Fault::invalid(faults));
    };
    let changed = call
        .front
        .parts
        .desk
        .change_status(StatusRequest {
            issuer: caller.issuer,
            credential: record.id,
            action,
            reason,
            note,
            client: caller.client.id.clone(),
            request_id: Some(call.request_id.to_owned()),
        })
        .await;
    match changed {
        Ok(changed) => Ok(view(call, &changed)),
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
    let origin = Origin {
        actor: caller.client.id.clone(),
        request_id: Some(call.request_id.to_owned()),
        at: call.front.parts.clock.now(),
    };
    let desk = &call.front.parts.desk;
    let changed = desk.set_visibility(&caller.issuer, record.id, visibility, origin).await?;
    Ok(view(call, &changed))
}

const ACTIONS: &[&str] = &["revoke", "suspend", "reinstate"];
const VISIBILITIES: &[&str] = &["closed", "open"];
const REASONS: &[&str] = &[
    "issued-in-error",
    "fraud",
    "decision-annulled",
    "appeal-pending",
    "appeal-closed",
    "key-compromised",
    "holder-request",
    "other",
];

/// The members of a small request, and faults for those that it does not know.
struct Members {
    known: Map<String, Value>,
    unknown: Vec<FieldError>,
}

fn members(call: &Call<'_>, known: &[&str]) -> Result<Members, Fault> {
    body::require_json(call.request)?;
    let Value::Object(members) = object(&call.body, call.front.parts.settings.max_body)? else {
        return Err(Fault::new(Kind::BrokenJson));
    };
    let unknown = members
        .keys()
        .filter(|name| !known.contains(&name.as_str()))
        .take(20)
        .map(|name| {
            FieldError::new(
                format!("/{}", name.replace('~', "~0").replace('/', "~1")),
                "unknown-field",
                "This member is not known here.",
                format!("Known are: {}.", known.join(", ")),
            )
        })
        .collect();
    Ok(Members { known: members, unknown })
}

/// A member that is one of a closed list; a fault when it is missing or another.
fn chosen<T: for<'de> Deserialize<'de>>(
    members: &Map<String, Value>,
    name: &str,
    list: &[&str],
    faults: &mut Vec<FieldError>,
) -> Option<T> {
    let remedy = || format!("Give one of: {}.", list.join(", "));
    let pointer = format!("/{name}");
    let fault = match members.get(name) {
        None => FieldError::new(pointer, "required", format!("{name} is missing."), remedy()),
        Some(Value::String(text)) if list.contains(&text.as_str()) => {
            return T::deserialize(Value::String(text.clone())).ok();
        }
        Some(Value::String(_)) => {
            FieldError::new(pointer, "unknown-code", "This code is not in the list.", remedy())
        }
        Some(_) => FieldError::new(pointer, "type", format!("{name} is not a text."), remedy()),
    };
    faults.push(fault);
    None
}

fn note(members: &Map<String, Value>, faults: &mut Vec<FieldError>) -> Option<String> {
    match members.get("note") {
        None => None,
        Some(Value::String(text)) if text.chars().count() <= LONGEST_NOTE => Some(text.clone()),
        Some(Value::String(_)) => {
            faults.push(FieldError::new(
                "/note",
                "too-long",
                format!("The note has more than {LONGEST_NOTE} characters."),
                "Shorten it, or keep it in your own system.",
            ));
            None
        }
        Some(_) => {
            faults.push(FieldError::new(
                "/note",
                "type",
                "The note is not a text.",
                "Give a text, or leave it out.",
            ));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
