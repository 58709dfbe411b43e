//! `GET /v1/issuers/{issuer}/disclosures`: who took names out of the register, when and why.

use super::query::Parameters;
use crate::http::api::answer;
use crate::http::front::Call;
use crate::http::problem::Fault;
use crate::model::Scope;
use actix_web::HttpResponse;
use serde_json::{Value, json};

/// The newest first.
pub fn list(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::IssuerAdmin)?;
    Parameters::read(call, &[]).check()?;
    let disclosures = call.front.parts.store.disclosures(&caller.issuer)?;
    let list: Vec<Value> = disclosures
        .iter()
        .rev()
        .map(|disclosure| {
            json!({
                "client": disclosure.origin.actor,
                "at": disclosure.origin.at,
                "requestId": disclosure.origin.request_id,
                "reason": disclosure.reason,
                "filter": disclosure.query,
                "records": disclosure.records,
            })
        })
        .collect();
    Ok(answer(HttpResponse::Ok(), &json!({ "disclosures": list })))
}
