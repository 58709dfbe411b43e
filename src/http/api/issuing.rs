//! `POST /v1/issuers/{issuer}/credentials`: an award in, a signed and recorded certificate out.

use super::members::{flag, text};
use super::shared_bytes;
use crate::canon::json::{JsonError, JsonLimits, parse};
use crate::http::auth::{self, Caller};
use crate::http::body;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use crate::issuance::{HOLD_REASON, IssueRequest};
use crate::model::{CatalogueFault, FieldError, Noun, Scope, ShapeFault};
use crate::texts::ProblemDetail;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::Value;

const LONGEST_KEY: usize = 255;
/// The header with the link by which the holder opens the certificate.
const CLAIM_URL: &str = "Claim-Url";

/// Issues what the body awards.
pub async fn issue(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CredentialsIssue)?;
    body::require_json(call.request)?;
    let award = object(&call.body, call.front.parts.settings.max_body)?;
    awarded(call, caller, award).await
}

/// `POST /v1/issuers/{issuer}/credentials/{uuid}/correct`: issues the changed award as the successor
/// of this certificate, which is superseded in the same step (story R3).
pub async fn correct(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, record) = super::management::own_record(call, Scope::CredentialsIssue)?;
    body::require_json(call.request)?;
    let mut award = object(&call.body, call.front.parts.settings.max_body)?;
    let address = call.front.parts.desk.installation().credential_url(record.id);
    if award.get("replaces").is_some_and(|named| *named != Value::String(address.clone())) {
        return Err(Fault::field(FieldError::at("/replaces", CatalogueFault::ReplacesAddress)));
    }
    if let Some(members) = award.as_object_mut() {
        members.insert("replaces".to_owned(), Value::String(address));
    }
    awarded(call, caller, award).await
}

/// Takes the reason for not waiting out of the request: it is not part of the award.
fn hold_override(caller: &Caller, award: &mut Value) -> Result<Option<String>, Fault> {
    let Some(members) = award.as_object_mut() else { return Ok(None) };
    if !members.contains_key("holdOverride") {
        return Ok(None);
    }
    if !caller.client.scopes.contains(&Scope::HoldOverride) {
        return Err(auth::insufficient(Scope::HoldOverride));
    }
    let mut faults = Vec::new();
    let reason = text(members, "holdOverride", HOLD_REASON, &mut faults);
    members.shift_remove("holdOverride");
    if faults.is_empty() { Ok(reason) } else { Err(Fault::invalid(faults)) }
}

/// Takes the wish for a mail out of the request: it is not part of the award.
fn notify(award: &mut Value) -> Result<Option<bool>, Fault> {
    let Some(members) = award.as_object_mut() else { return Ok(None) };
    let mut faults = Vec::new();
    let notify = flag(members, "notify", &mut faults);
    members.shift_remove("notify");
    if faults.is_empty() { Ok(notify) } else { Err(Fault::invalid(faults)) }
}

async fn awarded(call: &Call<'_>, caller: Caller, mut award: Value) -> Result<HttpResponse, Fault> {
    let idempotency_key = idempotency_key(call)?;
    let hold_override = hold_override(&caller, &mut award)?;
    let notify = notify(&mut award)?;
    let issued = call
        .front
        .parts
        .desk
        .issue(IssueRequest {
            issuer: caller.issuer,
            award,
            idempotency_key,
            client: caller.client.id.clone(),
            request_id: Some(call.request_id.to_owned()),
            from: call.from(),
            hold_override,
            notify,
        })
        .await?;
    let record = &issued.record;
    let management = super::management::address(
        &call.front.parts.settings.public_url,
        &record.issuer,
        record.id,
    );
    let media_type = negotiation::signed(call.request).unwrap_or(negotiation::DEFAULT_SIGNED);
    let mut response = HttpResponse::Created();
    response
        .content_type(media_type)
        .insert_header((header::LOCATION, issued.url.as_str()))
        .insert_header((header::LINK, format!("<{management}>; rel=\"edit\"")))
        .insert_header((header::ETAG, format!("\"{}\"", record.sha256)))
        .insert_header((header::CACHE_CONTROL, "private, no-store"));
    // Known to who may issue, and to nobody who only reads.
    if let Some(link) = call.front.parts.desk.claim_link(record) {
        response.insert_header((CLAIM_URL, link.as_str()));
    }
    if issued.replayed {
        response.insert_header(("Idempotency-Replayed", "true"));
    }
    Ok(response.body(shared_bytes(issued.document)))
}

pub(super) fn idempotency_key(call: &Call<'_>) -> Result<Option<String>, Fault> {
    let mut values = call.request.headers().get_all("idempotency-key");
    let Some(value) = values.next() else { return Ok(None) };
    let key = value.to_str().unwrap_or("").trim();
    let sound = (1..=LONGEST_KEY).contains(&key.len())
        && key.bytes().all(|b| b == b' ' || b.is_ascii_graphic())
        && values.next().is_none();
    if sound {
        Ok(Some(key.to_owned()))
    } else {
        let most = LONGEST_KEY.to_string();
        Err(Fault::new(Kind::BadRequest)
            .detail(ProblemDetail::IdempotencyKeyFormat { most: &most }))
    }
}

/// A JSON object read strictly: no member twice, nothing a double cannot hold, bounded nesting.
pub(super) fn object(body: &[u8], max_bytes: usize) -> Result<Value, Fault> {
    let limits = JsonLimits { max_bytes, ..JsonLimits::default() };
    match parse(body, &limits) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => {
            Err(Fault::field(FieldError::at("", ShapeFault::WrongType { expected: Noun::Object })))
        }
        Err(error) => Err(not_json(&error)),
    }
}

/// The refusal of a body that is no JSON as it is taken here.
fn not_json(error: &JsonError) -> Fault {
    let broken = |detail| Fault::new(Kind::BrokenJson).detail(detail);
    match error {
        JsonError::TooLarge { limit, .. } => Fault::new(Kind::TooLarge)
            .detail(ProblemDetail::MostBytes { limit: &limit.to_string() }),
        JsonError::Syntax { offset, .. } => {
            broken(ProblemDetail::JsonSyntax { offset: &offset.to_string() })
        }
        JsonError::DuplicateMember { pointer, offset } => {
            broken(ProblemDetail::JsonDuplicate { pointer, offset: &offset.to_string() })
        }
        JsonError::TooDeep { pointer, limit, .. } => {
            broken(ProblemDetail::JsonTooDeep { pointer, limit: &limit.to_string() })
        }
        JsonError::InexactInteger { pointer, .. } => broken(ProblemDetail::JsonInexact { pointer }),
    }
}
