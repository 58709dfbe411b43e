//! Endorsements: `/v1/issuers/{issuer}/endorsements` for who endorses, and for everybody
//! `/endorsements/{uuid}` and the lists of a definition's and a certificate's endorsements.
//!
//! An endorsement of a certificate is seen where the certificate is: a closed one hides those of it,
//! and an erased one has none any more. The signed bytes are served as stored.

use super::issuing::{idempotency_key, object};
use super::management::{REASONS, REVOKE};
use super::members::{chosen, members, optional_text};
use super::paging::page;
use super::{answer, has_it, shared_bytes};
use crate::canon::json::{JsonLimits, parse};
use crate::http::auth::Caller;
use crate::http::body;
use crate::http::front::Call;
use crate::http::negotiation::{self, Form};
use crate::http::pages;
use crate::http::problem::{Fault, Kind};
use crate::issuance::{EndorseRequest, StatusRequest};
use crate::model::{CredentialId, DefinitionRef, Scope};
use crate::profile::read_endorsement;
use crate::store::{EndorsementRecord, EndorsementTarget, ReasonCode, StatusAction, Visibility};
use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::{Value, json};
use std::sync::Arc;

/// The longest private note, in characters.
const LONGEST_NOTE: usize = 2000;

/// Who may read an endorser's own list.
const READERS: &[Scope] = &[Scope::CredentialsRead, Scope::CredentialsIssue];

fn not_found() -> Fault {
    Fault::new(Kind::NotFound)
}

/// `POST /v1/issuers/{issuer}/endorsements`: a statement in, a signed and recorded endorsement out.
pub async fn endorse(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CredentialsIssue)?;
    body::require_json(call.request)?;
    let endorsement = object(&call.body, call.front.parts.settings.max_body)?;
    let sealed = call
        .front
        .parts
        .desk
        .endorse(EndorseRequest {
            endorser: caller.issuer,
            endorsement,
            idempotency_key: idempotency_key(call)?,
            client: caller.client.id.clone(),
            request_id: Some(call.request_id.to_owned()),
            from: call.from(),
        })
        .await?;
    let record = &sealed.record;
    let management = address(call, record);
    let media_type = negotiation::signed(call.request).unwrap_or(negotiation::DEFAULT_SIGNED);
    let mut response = HttpResponse::Created();
    response
        .content_type(media_type)
        .insert_header((header::LOCATION, sealed.url.as_str()))
        .insert_header((header::LINK, format!("<{management}>; rel=\"edit\"")))
        .insert_header((header::ETAG, format!("\"{}\"", record.sha256)))
        .insert_header((header::CACHE_CONTROL, "private, no-store"));
    if sealed.replayed {
        response.insert_header(("Idempotency-Replayed", "true"));
    }
    Ok(response.body(shared_bytes(sealed.document)))
}

fn address(call: &Call<'_>, record: &EndorsementRecord) -> String {
    let base = &call.front.parts.settings.public_url;
    format!("{base}/v1/issuers/{}/endorsements/{}", record.endorser, record.id)
}

fn target_url(call: &Call<'_>, target: &EndorsementTarget) -> String {
    let installation = call.front.parts.desk.installation();
    match target {
        EndorsementTarget::Definition(name) => installation.definition_url(name),
        EndorsementTarget::Credential(id) => installation.credential_url(*id),
    }
}

/// What the endorser sees of an endorsement.
fn entry(call: &Call<'_>, record: &EndorsementRecord) -> Value {
    let this = address(call, record);
    let mut entry = json!({
        "id": call.front.parts.desk.installation().endorsement_url(record.id),
        "endorser": record.endorser,
        "endorsed": target_url(call, &record.target),
        "issuedAt": record.issued_at,
        "state": record.state,
        "sha256": record.sha256,
        "key": record.key,
        "status": record.status,
        "links": { "self": this, "status": format!("{this}/status") },
    });
    let optional = [
        ("validUntil", json!(record.valid_until)),
        ("stateSince", json!(record.state_since)),
        ("reason", json!(record.reason)),
        ("note", json!(record.note)),
    ];
    for (member, value) in optional.into_iter().filter(|(_, value)| !value.is_null()) {
        entry[member] = value;
    }
    entry
}

/// `GET /v1/issuers/{issuer}/endorsements`: those by this endorser, oldest first.
pub fn list(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize_any(READERS)?;
    let records = call.front.parts.store.endorsements_by(&caller.issuer)?;
    let (records, next) = page(call)?.of(records, |record| record.id.to_string())?;
    let entries: Vec<_> = records.iter().map(|record| entry(call, record)).collect();
    let mut value = json!({ "endorsements": entries });
    if let Some(next) = next {
        value["next"] = next.into();
    }
    Ok(answer(HttpResponse::Ok(), &value))
}

fn id(call: &Call<'_>) -> Result<CredentialId, Fault> {
    call.segment("uuid").parse().map_err(|_| not_found())
}

/// The endorsement that the address names, when it is the caller's.
fn own(call: &Call<'_>, scopes: &[Scope]) -> Result<(Caller, Arc<EndorsementRecord>), Fault> {
    let caller = call.authorize_any(scopes)?;
    let record = call.front.parts.desk.own_endorsement(&caller.issuer, id(call)?)?;
    Ok((caller, record))
}

/// `GET /v1/issuers/{issuer}/endorsements/{uuid}`.
pub fn read_own(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (_, record) = own(call, READERS)?;
    Ok(answer(HttpResponse::Ok(), &entry(call, &record)))
}

/// `POST /v1/issuers/{issuer}/endorsements/{uuid}/status`: withdraws it. What it endorses stays as
/// it is.
pub async fn change_status(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, record) = own(call, &[Scope::CredentialsStatus])?;
    let members = members(call, &["action", "reason", "note"])?;
    let mut faults = members.unknown;
    let action: Option<StatusAction> = chosen(&members.known, "action", REVOKE, &mut faults);
    let reason: Option<ReasonCode> = chosen(&members.known, "reason", REASONS, &mut faults);
    let note = optional_text(&members.known, "note", 0..=LONGEST_NOTE, &mut faults);
    let (Some(action), Some(reason), true) = (action, reason, faults.is_empty()) else {
        return Err(Fault::invalid(faults));
    };
    let request = StatusRequest {
        issuer: caller.issuer,
        credential: record.id,
        action,
        reason,
        note,
        client: caller.client.id.clone(),
        request_id: Some(call.request_id.to_owned()),
        from: call.from(),
    };
    match call.front.parts.desk.change_endorsement_status(request).await {
        Ok(changed) => Ok(answer(HttpResponse::Ok(), &entry(call, &changed))),
        Err(error) => {
            let fault = Fault::from(error);
            if !matches!(fault.kind, Kind::RevocationFinal | Kind::Conflict) {
                return Err(fault);
            }
            // A client whose first call was lost then sees that it worked.
            let now = call.front.parts.store.endorsement(record.id)?.unwrap_or(record);
            let fault = fault.member("state", json!(now.state));
            Err(match now.state_since {
                Some(since) => fault.member("stateSince", json!(since)),
                None => fault,
            })
        }
    }
}

/// Refuses where the thing itself is not shown: a closed certificate, and one that is erased.
fn shown(call: &Call<'_>, target: &EndorsementTarget) -> Result<(), Fault> {
    let store = &call.front.parts.store;
    match target {
        EndorsementTarget::Definition(name) => {
            store.definition(name)?.ok_or_else(not_found)?;
        }
        EndorsementTarget::Credential(id) => {
            let record = store.issued(*id)?.ok_or_else(not_found)?;
            if record.erased.is_some() {
                return Err(not_found());
            }
            if record.visibility == Visibility::Closed {
                return Err(Fault::new(Kind::ClosedByHolder));
            }
        }
    }
    Ok(())
}

/// `GET /endorsements/{uuid}`: as signed, or as a page with a verification made now.
pub async fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let store = &call.front.parts.store;
    let record = store.endorsement(id(call)?)?.ok_or_else(not_found)?;
    shown(call, &record.target)?;
    let form = match call.query("format") {
        Some("json") => Some(Form::Signed(negotiation::DEFAULT_SIGNED)),
        Some("html") => Some(Form::Page),
        Some(_) => None,
        None => negotiation::form(call.request),
    };
    let etag = format!("\"{}\"", record.sha256);
    let media_type = match form {
        Some(Form::Signed(media_type)) => media_type,
        Some(Form::Page) => {
            let document = store.endorsement_document(record.id)?.ok_or_else(not_found)?;
            return pages::endorsement::endorsement(call, record.id, shared_bytes(document)).await;
        }
        Some(Form::Jwt(_) | Form::Carried(_)) | None => {
            return Err(Fault::new(Kind::NotAcceptable));
        }
    };
    let has = has_it(call, &etag);
    let mut response = if has { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .insert_header((header::VARY, "Accept"));
    if has {
        return Ok(response.finish());
    }
    let document = store.endorsement_document(record.id)?.ok_or_else(not_found)?;
    Ok(response.content_type(media_type).body(shared_bytes(document)))
}

/// `GET /issuers/{issuer}/achievements/{slug}/{version}/endorsements`.
pub fn of_definition(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let [issuer, slug, version] = ["issuer", "slug", "version"].map(|name| call.segment(name));
    let name: DefinitionRef =
        format!("{issuer}/{slug}/{version}").parse().map_err(|_| not_found())?;
    of(call, &EndorsementTarget::Definition(name))
}

/// `GET /credentials/{uuid}/endorsements`.
pub fn of_credential(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    of(call, &EndorsementTarget::Credential(id(call)?))
}

/// The endorsements of a thing in any state, oldest first: what their signed bytes say, and the
/// state that the register knows. Whether each is genuine is for a verifier.
fn of(call: &Call<'_>, target: &EndorsementTarget) -> Result<HttpResponse, Fault> {
    shown(call, target)?;
    let store = &call.front.parts.store;
    let records = store.endorsements_of(target)?;
    let (records, next) = page(call)?.of(records, |record| record.id.to_string())?;
    let mut entries = Vec::new();
    for record in &records {
        let Some(document) = store.endorsement_document(record.id)? else { continue };
        entries.push(public_entry(call, record, &document));
    }
    let mut value = json!({ "endorsed": target_url(call, target), "endorsements": entries });
    if let Some(next) = next {
        value["next"] = next.into();
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(value.to_string()))
}

fn public_entry(call: &Call<'_>, record: &EndorsementRecord, document: &[u8]) -> Value {
    let signed = parse(document, &JsonLimits::default()).unwrap_or_default();
    let view = read_endorsement(&signed);
    let mut entry = json!({
        "id": call.front.parts.desk.installation().endorsement_url(record.id),
        "endorser": { "id": signed.pointer("/issuer/id"), "name": view.endorser },
        "comment": view.comment,
        "issuedAt": record.issued_at,
        "state": record.state,
    });
    let optional = [
        ("language", json!(view.language.map(|language| language.code()))),
        ("validUntil", json!(record.valid_until)),
        ("stateSince", json!(record.state_since)),
    ];
    for (member, value) in optional.into_iter().filter(|(_, value)| !value.is_null()) {
        entry[member] = value;
    }
    entry
}
