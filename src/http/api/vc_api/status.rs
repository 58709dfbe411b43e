//! `POST /credentials/status`: sets or clears a bit of a credential of the conformance issuer. There
//! only where that issuer is; elsewhere the address is as unknown as any other.

use super::request::{data_model, malformed};
use crate::canon::json::{self, JsonLimits};
use crate::conformance::{StatusRefusal, StatusUpdate};
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::model::Problem;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::{Map, Value, json};

/// Changes what the list says. 200 with the entry; 404 when there is none such.
pub fn update(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let Some(issuer) = &call.front.parts.conformance else {
        return Err(Fault::new(Kind::NotFound));
    };
    super::require_json(call)?;
    let asked = read(&call.body, call.front.parts.settings.max_body);
    let outcome = match asked.as_ref().map(|asked| (asked, issuer.update_status(asked))) {
        Ok((asked, Ok(entry))) => Ok(json!({
            "credentialId": asked.credential,
            "credentialStatus": entry,
            "status": asked.status,
        })),
        Ok((_, Err(StatusRefusal::Unknown))) => return Err(Fault::new(Kind::NotFound)),
        Ok((_, Err(StatusRefusal::Ambiguous))) => Err(malformed(
            "/credentialStatus/statusListIndex",
            "More than one entry fits: name its statusListIndex.",
        )),
        Err(problem) => Err(problem.clone()),
    };
    let (mut response, media_type, body) = match outcome {
        Ok(body) => (HttpResponse::Ok(), "application/json", body.to_string()),
        Err(mut problem) => {
            problem.status = Some(400);
            let body = json!(problem.with("requestId", call.request_id)).to_string();
            (HttpResponse::BadRequest(), "application/problem+json", body)
        }
    };
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(response.content_type(media_type).body(body))
}

fn read(body: &[u8], max: usize) -> Result<StatusUpdate, Problem> {
    let limits = JsonLimits { max_bytes: max, max_depth: super::request::MAX_DEPTH };
    let members = match json::parse(body, &limits) {
        Ok(Value::Object(members)) => members,
        Ok(_) => return Err(data_model("PARSING_ERROR", "The body is no JSON object.")),
        Err(error) => {
            let problem = data_model("PARSING_ERROR", format!("{error}."));
            return Err(problem.with("code", error.code()));
        }
    };
    const MEMBERS: [&str; 4] = ["credentialId", "credentialStatus", "status", "indexAllocator"];
    known(&members, &MEMBERS, "")?;
    let Some(Value::String(credential)) = members.get("credentialId") else {
        return Err(malformed("/credentialId", "The id of a credential is needed here."));
    };
    let Some(Value::Bool(status)) = members.get("status") else {
        return Err(malformed("/status", "true or false is needed here."));
    };
    let Some(Value::Object(entry)) = members.get("credentialStatus") else {
        return Err(malformed("/credentialStatus", "An object is needed here."));
    };
    let text = |name: &str| match entry.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(malformed(&format!("/credentialStatus/{name}"), "A text is needed here.")),
    };
    const ENTRY: [&str; 5] =
        ["id", "type", "statusPurpose", "statusListIndex", "statusListCredential"];
    known(entry, &ENTRY, "/credentialStatus")?;
    text("id")?;
    if text("type")?.as_deref() != Some("BitstringStatusListEntry") {
        let detail = "Only BitstringStatusListEntry is known here.";
        return Err(malformed("/credentialStatus/type", detail));
    }
    let purpose = text("statusPurpose")?;
    let purpose = purpose
        .ok_or_else(|| malformed("/credentialStatus/statusPurpose", "The purpose is needed."))?;
    Ok(StatusUpdate {
        credential: credential.clone(),
        purpose,
        index: text("statusListIndex")?,
        list: text("statusListCredential")?,
        status: *status,
    })
}

/// Refuses members that would be passed over.
fn known(members: &Map<String, Value>, names: &[&str], at: &str) -> Result<(), Problem> {
    match members.keys().find(|name| !names.contains(&name.as_str())) {
        Some(_) => Err(malformed(at, "A member is not known here.")),
        None => Ok(()),
    }
}
