//! What a certificate refers to: definition versions, selections of their competences, mandates,
//! and the installation's own concepts. Each answers at its own address, for ever (story X3).

use super::documents::json;
use crate::http::front::Call;
use crate::http::negotiation::{self, PageOr};
use crate::http::pages;
use crate::http::problem::{Fault, Kind};
use crate::model::{DefinitionRef, Slug};
use actix_web::HttpResponse;
use serde_json::{Value, json as value};

/// A published version does not change; a new key or label must still reach readers some day.
const KEEP: u32 = 86_400;

fn not_found() -> Fault {
    Fault::new(Kind::NotFound)
}

/// `GET /issuers/{issuer}/achievements/{slug}/{version}`.
pub fn achievement(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let document = call.front.parts.desk.achievement(&name(call)?, None)?;
    shown(call, document)
}

/// `GET /issuers/{issuer}/achievements/{slug}/{version}/selection/{codes}`.
pub fn selection(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let codes: Vec<&str> = call.segment("codes").split('-').take(64).collect();
    let document = call.front.parts.desk.achievement(&name(call)?, Some(&codes))?;
    // One selection has one address: codes in the order of the definition, and not all of them.
    let address = format!(
        "{}{}",
        call.front.parts.settings.public_url,
        call.request.path().trim_end_matches('/')
    );
    shown(call, document.filter(|d| d.get("id").and_then(Value::as_str) == Some(&address)))
}

fn name(call: &Call<'_>) -> Result<DefinitionRef, Fault> {
    let [issuer, slug, version] = ["issuer", "slug", "version"].map(|name| call.segment(name));
    format!("{issuer}/{slug}/{version}").parse().map_err(|_| not_found())
}

fn shown(call: &Call<'_>, document: Option<Value>) -> Result<HttpResponse, Fault> {
    let document = document.ok_or_else(not_found)?;
    let as_json = call.request.query_string().split('&').any(|pair| pair == "format=json");
    match negotiation::page_or_json(call.request) {
        PageOr::Page if !as_json => pages::definition::definition(call, &document),
        PageOr::Page | PageOr::Json => Ok(json(call, "application/json", KEEP, &document)),
    }
}

/// `GET /issuers/{issuer}/mandates/{reference}`.
pub fn mandate(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let issuer: Slug = call.segment("issuer").parse().map_err(|_| not_found())?;
    let organisation = call.front.parts.desk.organisation(&issuer)?.ok_or_else(not_found)?;
    let reference = call.segment("reference");
    let mandate = organisation
        .mandates
        .iter()
        .find(|mandate| mandate.reference == reference)
        .ok_or_else(not_found)?;
    let installation = call.front.parts.desk.installation();
    let mut document = value!({
        "id": installation.mandate_url(&issuer, &mandate.reference),
        "reference": mandate.reference,
        "sealer": issuer,
        "onBehalfOf": mandate.on_behalf_of,
        "from": mandate.from,
        "kinds": mandate.kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>(),
    });
    if let Some(until) = mandate.until {
        document["until"] = value!(until);
    }
    Ok(json(call, "application/json", KEEP, &document))
}

/// `GET /vocabulary/{list}/{code}`.
pub fn concept(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (list, code) = (call.segment("list"), call.segment("code"));
    let vocabulary = call.front.parts.desk.labels()?;
    let concept = vocabulary.concept(list, code).ok_or_else(not_found)?;
    let document = value!({
        "id": vocabulary.url(call.front.parts.desk.installation(), list, code),
        "list": list,
        "code": code,
        "label": concept.label,
    });
    Ok(json(call, "application/json", KEEP, &document))
}
