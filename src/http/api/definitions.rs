//! `/v1/issuers/{issuer}/definitions`: the catalogue as an institution keeps it. A version is
//! published once; it can be withdrawn, never changed and never taken away.

use super::answer;
use super::issuing::object;
use super::paging::page;
use crate::http::body;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::issuance::IssueError;
use crate::model::{DefinitionRef, FieldError, Scope, Slug, Timestamp};
use crate::store::DefinitionRecord;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use serde_json::{Value, json};

/// Who may read the catalogue of the issuer.
pub(super) const READERS: &[Scope] =
    &[Scope::CredentialsRead, Scope::CredentialsIssue, Scope::CatalogueWrite];

/// A definition version in a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    id: String,
    definition: String,
    slug: &'a Slug,
    version: &'a str,
    kind: &'a Value,
    title: &'a Value,
    language: &'a Value,
    published: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<Timestamp>,
    links: Links,
}

#[derive(Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
    withdraw: String,
}

fn entry<'a>(call: &Call<'_>, record: &'a DefinitionRecord) -> Entry<'a> {
    let name = &record.name;
    let base = &call.front.parts.settings.public_url;
    let this =
        format!("{base}/v1/issuers/{}/definitions/{}/{}", name.issuer, name.slug, name.version);
    let member = |member: &str| record.document.get(member).unwrap_or(&Value::Null);
    Entry {
        id: call.front.parts.desk.installation().definition_url(name),
        definition: name.to_string(),
        slug: &name.slug,
        version: &name.version,
        kind: member("kind"),
        title: member("title"),
        language: member("language"),
        published: record.published,
        withdrawn: None,
        links: Links { withdraw: format!("{this}/withdraw"), this },
    }
}

/// The entry with the whole document.
fn whole(call: &Call<'_>, record: &DefinitionRecord, warnings: &[FieldError]) -> Value {
    let mut value = json!(entry(call, record));
    value["document"] = record.document.clone();
    value["warnings"] = super::faults(warnings);
    value
}

/// `GET /v1/issuers/{issuer}/definitions`.
pub fn list(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize_any(READERS)?;
    let records = call.front.parts.desk.definition_records(&caller.issuer)?;
    listed(call, records)
}

/// `GET /v1/issuers/{issuer}/definitions/{slug}`: every version, in order of publication.
pub fn versions(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize_any(READERS)?;
    let slug = call.segment("slug");
    let mut records = call.front.parts.desk.definition_records(&caller.issuer)?;
    records.retain(|record| record.name.slug.as_str() == slug);
    if records.is_empty() {
        return Err(Fault::new(Kind::NotFound));
    }
    listed(call, records)
}

fn listed(
    call: &Call<'_>,
    records: Vec<std::sync::Arc<DefinitionRecord>>,
) -> Result<HttpResponse, Fault> {
    let (records, next) = page(call)?.of(records, |record| record.name.to_string())?;
    let entries: Vec<_> = records.iter().map(|record| entry(call, record)).collect();
    let mut value = json!({ "definitions": entries });
    if let Some(next) = next {
        value["next"] = next.into();
    }
    Ok(answer(HttpResponse::Ok(), &value))
}

fn name(call: &Call<'_>, issuer: &Slug) -> Result<DefinitionRef, Fault> {
    let [slug, version] = ["slug", "version"].map(|name| call.segment(name));
    format!("{issuer}/{slug}/{version}").parse().map_err(|_| Fault::new(Kind::NotFound))
}

/// `GET /v1/issuers/{issuer}/definitions/{slug}/{version}`.
pub fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize_any(READERS)?;
    let record = call.front.parts.desk.definition_record(&name(call, &caller.issuer)?)?;
    let record = record.ok_or_else(|| Fault::new(Kind::NotFound))?;
    Ok(answer(HttpResponse::Ok(), &whole(call, &record, &[])))
}

/// `PUT /v1/issuers/{issuer}/definitions/{slug}/{version}`: 201 when it was not there, 200 when it
/// was there with this content, 409 when with another.
pub async fn publish(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CatalogueWrite)?;
    body::require_json(call.request)?;
    let mut document = object(&call.body, call.front.parts.settings.max_body)?;
    let [slug, version] = ["slug", "version"].map(|name| call.segment(name));
    let given = [("issuer", caller.issuer.as_str()), ("slug", slug), ("version", version)];
    addressed(&mut document, &given)?;
    let desk = &call.front.parts.desk;
    let published = desk
        .publish_definition(&caller.issuer, document, call.origin(&caller.client))
        .await
        .map_err(frozen)?;
    let value = whole(call, &published.record, &published.warnings);
    let mut response = if published.fresh { HttpResponse::Created() } else { HttpResponse::Ok() };
    if published.fresh {
        response.insert_header((header::LOCATION, value["links"]["self"].as_str().unwrap_or("")));
    }
    Ok(answer(response, &value))
}

/// Fills in what the address says already; refuses a document that says something else.
pub(super) fn addressed(document: &mut Value, given: &[(&str, &str)]) -> Result<(), Fault> {
    let mut faults = Vec::new();
    for (member, value) in given {
        match document.get(*member) {
            None => document[*member] = (*value).into(),
            Some(Value::String(text)) if text == value => {}
            Some(_) => faults.push(FieldError::new(
                format!("/{member}"),
                "address-mismatch",
                "The address says something else.",
                "Leave the member out, or give what stands in the address.",
            )),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Fault::invalid(faults)) }
}

/// A published version that was to get other content is a conflict, not a fault of the content.
pub(super) fn frozen(error: IssueError) -> Fault {
    match error {
        IssueError::Invalid(faults)
            if faults.len() == 1 && faults.iter().all(|f| f.code == "version-frozen") =>
        {
            Fault::new(Kind::VersionFrozen)
        }
        error => Fault::from(error),
    }
}

/// `POST /v1/issuers/{issuer}/definitions/check`: what publishing would say.
pub fn check(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CatalogueWrite)?;
    body::require_json(call.request)?;
    let mut document = object(&call.body, call.front.parts.settings.max_body)?;
    addressed(&mut document, &[("issuer", caller.issuer.as_str())])?;
    let outcome = call.front.parts.desk.check_definition(&caller.issuer, &document)?;
    let value = json!({
        "acceptable": outcome.faults.is_empty(),
        "errors": super::faults(&outcome.faults),
        "warnings": super::faults(&outcome.warnings),
    });
    Ok(answer(HttpResponse::Ok(), &value))
}
