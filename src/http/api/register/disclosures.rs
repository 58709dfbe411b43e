//! `GET /v1/issuers/{issuer}/disclosures`: what an institution must be able to answer for: who took
//! names out of the register or purged before the time, when and why.

use super::query::Parameters;
use crate::http::api::answer;
use crate::http::api::paging::page;
use crate::http::front::Call;
use crate::http::problem::Fault;
use crate::issuance::EARLY_PURGE;
use crate::model::Scope;
use actix_web::HttpResponse;
use serde_json::{Value, json};

/// The newest first, in pages.
pub fn list(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::IssuerAdmin)?;
    Parameters::read(call, &["limit", "after"]).check()?;
    let disclosures = call.front.parts.store.disclosures(&caller.issuer)?;
    let numbered = disclosures.into_iter().enumerate().rev().collect();
    let (disclosures, next) = page(call)?.of(numbered, |(number, _)| number.to_string())?;
    let list: Vec<Value> = disclosures
        .iter()
        .map(|(_, disclosure)| {
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
    let mut value = json!({ "disclosures": list });
    if let Some(next) = next {
        value["next"] = next.into();
    }
    Ok(answer(HttpResponse::Ok(), &value))
}
