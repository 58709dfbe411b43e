//! `/v1/organisations`: the register of organisations, those without a key included. What an
//! issuer may find and change there is decided by the issuing desk.

use super::answer;
use super::definitions::addressed;
use super::issuing::object;
use super::paging::page;
use crate::http::body;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::issuance::Registrar;
use crate::model::{Scope, Slug};
use crate::store::{ClientRecord, OrganisationRecord};
use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::{Value, json};

fn registrar(client: &ClientRecord) -> Registrar {
    match &client.issuer {
        None => Registrar::Operator,
        Some(issuer) => Registrar::Issuer {
            issuer: issuer.clone(),
            admin: client.scopes.contains(&Scope::IssuerAdmin),
        },
    }
}

fn entry(call: &Call<'_>, record: &OrganisationRecord) -> Value {
    let base = &call.front.parts.settings.public_url;
    let mut value = json!({
        "slug": record.slug,
        "sealing": record.sealer.is_some(),
        "document": record.document,
        "links": { "self": format!("{base}/v1/organisations/{}", record.slug) },
    });
    if let Some(sealer) = &record.sealer {
        value["id"] = sealer.id.as_str().into();
        value["links"]["page"] = format!("{base}/issuers/{}", record.slug).into();
    }
    if let Some(issuer) = &record.introduced_by {
        value["introducedBy"] = json!(issuer);
    }
    value
}

/// `GET /v1/organisations`.
pub fn list(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let client = call.authorize_client(Scope::CatalogueWrite)?;
    let registrar = registrar(&client);
    let mut records = call.front.parts.desk.organisation_records()?;
    records.retain(|record| registrar.sees(record));
    let (records, next) = page(call)?.of(records, |record| record.slug.to_string())?;
    let entries: Vec<_> = records.iter().map(|record| entry(call, record)).collect();
    let mut value = json!({ "organisations": entries });
    if let Some(next) = next {
        value["next"] = next.into();
    }
    Ok(answer(HttpResponse::Ok(), &value))
}

/// `GET /v1/organisations/{slug}`.
pub fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let client = call.authorize_client(Scope::CatalogueWrite)?;
    let slug = slug(call)?;
    let record = call.front.parts.desk.organisation_record(&slug)?;
    let record = record.filter(|record| registrar(&client).sees(record));
    let record = record.ok_or_else(|| Fault::new(Kind::NotFound))?;
    Ok(answer(HttpResponse::Ok(), &entry(call, &record)))
}

fn slug(call: &Call<'_>) -> Result<Slug, Fault> {
    call.segment("slug").parse().map_err(|_| Fault::new(Kind::NotFound))
}

/// `PUT /v1/organisations/{slug}`: adds it (201) or replaces its document (200).
pub async fn put(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let client = call.authorize_client(Scope::CatalogueWrite)?;
    let slug = slug(call)?;
    body::require_json(call.request)?;
    let mut document = object(&call.body, call.front.parts.settings.max_body)?;
    addressed(&mut document, &[("slug", slug.as_str())])?;
    let origin = call.origin(&client);
    let desk = &call.front.parts.desk;
    let put = desk.put_organisation(&registrar(&client), document, origin).await?;
    let mut value = entry(call, &put.record);
    value["warnings"] = super::faults(call, &put.warnings);
    let mut response = if put.fresh { HttpResponse::Created() } else { HttpResponse::Ok() };
    if put.fresh {
        response.insert_header((header::LOCATION, value["links"]["self"].as_str().unwrap_or("")));
    }
    Ok(answer(response, &value))
}
