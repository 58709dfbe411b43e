//! What a certificate refers to: definition versions, selections of their competences, mandates,
//! and the installation's own concepts. Each answers at its own address, for ever (story X3).

use super::documents::json;
use crate::http::front::Call;
use crate::http::negotiation::{self, PageOr};
use crate::http::pages;
use crate::http::problem::{Fault, Kind};
use crate::model::{DefinitionRef, Slug};
use crate::profile::{Concept, Language};
use actix_web::HttpResponse;
use serde_json::{Map, Value, json as value};

/// A published version does not change; a new key or label must still reach readers some day.
const KEEP: u32 = 86_400;
/// What grows may be kept for five minutes.
const KEEP_LISTS: u32 = 300;
/// Codes in a selection; more than a definition has.
const MOST_CODES: usize = 65;

fn not_found() -> Fault {
    Fault::new(Kind::NotFound)
}

/// `GET /issuers/{issuer}/achievements/{slug}/{version}`.
pub async fn achievement(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    shown(call, None, None).await
}

/// `GET /issuers/{issuer}/achievements/{slug}/{version}/{language}`.
pub async fn edition(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    shown(call, None, Some(language(call)?)).await
}

/// `GET /issuers/{issuer}/achievements/{slug}/{version}/selection/{codes}`.
pub async fn selection(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    shown(call, Some(call.segment("codes")), None).await
}

/// `GET /issuers/{issuer}/achievements/{slug}/{version}/selection/{codes}/{language}`.
pub async fn selection_edition(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    shown(call, Some(call.segment("codes")), Some(language(call)?)).await
}

fn language(call: &Call<'_>) -> Result<Language, Fault> {
    call.segment("language").parse().map_err(|()| not_found())
}

fn name(call: &Call<'_>) -> Result<DefinitionRef, Fault> {
    let [issuer, slug, version] = ["issuer", "slug", "version"].map(|name| call.segment(name));
    format!("{issuer}/{slug}/{version}").parse().map_err(|_| not_found())
}

async fn shown(
    call: &Call<'_>,
    codes: Option<&str>,
    edition: Option<Language>,
) -> Result<HttpResponse, Fault> {
    let desk = &call.front.parts.desk;
    let name = name(call)?;
    let codes: Option<Vec<&str>> = codes.map(|codes| codes.split('-').take(MOST_CODES).collect());
    let achievement = desk.achievement(&name, edition, codes.as_deref())?;
    // One thing has one address: a selection's codes are in the order of the definition and not all
    // of them, and the authoritative text has no language in its address.
    let base = &call.front.parts.settings.public_url;
    let at = format!("{base}{}", call.request.path());
    let achievement = achievement
        .filter(|document| document.get("id").and_then(Value::as_str) == Some(&at))
        .ok_or_else(not_found)?;
    if !wants_page(call) {
        return Ok(json(call, "application/json", KEEP, &achievement));
    }
    let record = desk.definition_record(&name)?.ok_or_else(not_found)?;
    let mut versions = desk.definition_records(&name.issuer)?;
    versions.retain(|version| version.name.slug == name.slug);
    let address = match edition {
        Some(_) => at.rsplit_once('/').map_or(at.as_str(), |(address, _)| address),
        None => at.as_str(),
    };
    let shown = pages::definition::Shown {
        record: &record,
        versions: &versions,
        achievement: &achievement,
        address,
        edition,
    };
    pages::definition::definition(call, &shown).await
}

/// Page or JSON, as the header or the link asks.
fn wants_page(call: &Call<'_>) -> bool {
    call.query("format") != Some("json") && negotiation::page_or_json(call.request) == PageOr::Page
}

/// `GET /issuers/{issuer}/frameworks/{slug}/{version}`.
pub fn framework(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let [issuer, slug, version] = ["issuer", "slug", "version"].map(|name| call.segment(name));
    let name = format!("{issuer}/{slug}/{version}").parse().map_err(|_| not_found())?;
    let desk = &call.front.parts.desk;
    let record = desk.framework(&name)?.ok_or_else(not_found)?;
    if wants_page(call) {
        let publisher = desk.organisation(&name.issuer)?;
        return Ok(pages::catalogue::framework(call, &record, publisher.as_deref()));
    }
    let document = desk.framework_document(&record);
    Ok(json(call, "application/json", KEEP, &document))
}

/// `GET /issuers/{issuer}/mandates/{reference}`.
pub fn mandate(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let issuer: Slug = call.segment("issuer").parse().map_err(|_| not_found())?;
    let desk = &call.front.parts.desk;
    let organisation = desk.organisation(&issuer)?.ok_or_else(not_found)?;
    let reference = call.segment("reference");
    let mandate = organisation
        .mandates
        .iter()
        .find(|mandate| mandate.reference == reference)
        .ok_or_else(not_found)?;
    let document = desk.mandate_document(&issuer, mandate);
    if !wants_page(call) {
        return Ok(json(call, "application/json", KEEP, &document));
    }
    let mandator = desk.organisation(&mandate.on_behalf_of)?;
    let vocabulary = desk.labels()?;
    Ok(pages::catalogue::mandate(call, &organisation, mandator.as_deref(), mandate, &vocabulary))
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
    if wants_page(call) {
        return Ok(pages::catalogue::concept(call, list, code, concept));
    }
    Ok(json(call, "application/json", KEEP, &document))
}

/// `GET /v1/vocabulary`: the closed lists with their labels.
pub fn vocabulary(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let vocabulary = call.front.parts.desk.labels()?;
    let installation = call.front.parts.desk.installation();
    let mut lists = Map::new();
    for list in vocabulary.lists() {
        let concept = |(code, concept): (&str, &Concept)| {
            value!({
                "id": vocabulary.url(installation, list, code),
                "list": list,
                "code": code,
                "label": concept.label,
            })
        };
        lists.insert(list.to_owned(), vocabulary.list(list).map(concept).collect());
    }
    Ok(json(call, "application/json", KEEP_LISTS, &value!({ "lists": lists })))
}

/// `GET /issuers/{issuer}`: what the register knows of an organisation that seals.
pub fn issuer(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let slug: Slug = call.segment("issuer").parse().map_err(|_| not_found())?;
    let desk = &call.front.parts.desk;
    let record = desk.organisation_record(&slug)?;
    let record = record.filter(|record| record.sealer.is_some()).ok_or_else(not_found)?;
    let organisation = desk.organisation(&slug)?.ok_or_else(not_found)?;
    let mut definitions = desk.definition_records(&slug)?;
    definitions.retain(|definition| definition.withdrawn.is_none());
    if wants_page(call) {
        let vocabulary = desk.labels()?;
        let shown = pages::issuer::Shown {
            record: &record,
            organisation: &organisation,
            definitions: &definitions,
            vocabulary: &vocabulary,
        };
        return pages::issuer::issuer(call, &shown);
    }
    let document = desk.issuer_document(&record, &organisation, &definitions);
    Ok(json(call, "application/json", KEEP_LISTS, &document))
}
