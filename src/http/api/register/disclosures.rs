//! `GET /v1/issuers/{issuer}/disclosures`: what an institution must be able to answer for: who took
//! names out of the register or purged before the time, when and why.

use super::query::Parameters;
use crate::http::api::answer;
use crate::http::front::Call;
use crate::http::problem::Fault;
use crate::issuance::EARLY_PURGE;
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
            let purge = disclosure.query.get(EARLY_PURGE).is_some();
            json!({
                "operation": if purge { "purge" } else { "export" },
                "client": disclosure.origin.actor,
                "at": disclosure.origin.at,
                "requestId": disclosure.origin.request_id,
                "reason": disclosure.reason,
                "filter": if purge { json!({}) } else { disclosure.query.clone() },
                "records": disclosure.records,
            })
        })
        .collect();
    Ok(answer(HttpResponse::Ok(), &json!({ "disclosures": list })))
}
