//! `/v1/issuers/{issuer}/frameworks`: frameworks of competences that are kept here, published once
//! for each version, to which definitions of every issuer may refer.

use super::answer;
use super::definitions::{READERS, addressed, frozen};
use super::issuing::object;
use super::paging::page;
use crate::http::body;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::model::{FrameworkRef, Scope, Slug};
use crate::store::FrameworkRecord;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::{Value, json};

fn entry(call: &Call<'_>, record: &FrameworkRecord) -> Value {
    let name = &record.name;
    let base = &call.front.parts.settings.public_url;
    json!({
        "id": call.front.parts.desk.framework_url(name),
        "framework": name,
        "slug": name.slug,
        "version": name.version,
        "published": record.published,
        "document": record.document,
        "links": {
            "self": format!(
                "{base}/v1/issuers/{}/frameworks/{}/{}",
                name.issuer, name.slug, name.version
            ),
        },
    })
}

fn name(call: &Call<'_>, issuer: &Slug) -> Result<FrameworkRef, Fault> {
    let [slug, version] = ["slug", "version"].map(|name| call.segment(name));
    format!("{issuer}/{slug}/{version}").parse().map_err(|_| Fault::new(Kind::NotFound))
}

/// `GET /v1/issuers/{issuer}/frameworks`.
pub fn list(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize_any(READERS)?;
    let records = call.front.parts.desk.frameworks(&caller.issuer)?;
    let (records, next) = page(call)?.of(records, |record| record.name.to_string())?;
    let entries: Vec<_> = records.iter().map(|record| entry(call, record)).collect();
    let mut value = json!({ "frameworks": entries });
    if let Some(next) = next {
        value["next"] = next.into();
    }
    Ok(answer(HttpResponse::Ok(), &value))
}

/// `GET /v1/issuers/{issuer}/frameworks/{slug}/{version}`.
pub fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize_any(READERS)?;
    let record = call.front.parts.desk.framework(&name(call, &caller.issuer)?)?;
    let record = record.ok_or_else(|| Fault::new(Kind::NotFound))?;
    Ok(answer(HttpResponse::Ok(), &entry(call, &record)))
}

/// `PUT /v1/issuers/{issuer}/frameworks/{slug}/{version}`: 201 when it was not there, 200 when it
/// was there with this content, 409 when with another.
pub async fn publish(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CatalogueWrite)?;
    let name = name(call, &caller.issuer)?;
    body::require_json(call.request)?;
    let mut document = object(&call.body, call.front.parts.settings.max_body)?;
    let given = [
        ("issuer", name.issuer.as_str()),
        ("slug", name.slug.as_str()),
        ("version", &name.version),
    ];
    addressed(&mut document, &given)?;
    let origin = call.origin(&caller.client);
    let desk = &call.front.parts.desk;
    let published = desk.publish_framework(document, origin).await.map_err(frozen)?;
    let mut value = entry(call, &published.record);
    value["warnings"] = super::faults(call, &published.warnings);
    let mut response = if published.fresh { HttpResponse::Created() } else { HttpResponse::Ok() };
    if published.fresh {
        response.insert_header((header::LOCATION, value["links"]["self"].as_str().unwrap_or("")));
    }
    Ok(answer(response, &value))
}
