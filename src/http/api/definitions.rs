//! `/v1/issuers/{issuer}/definitions`: the catalogue as an institution keeps it. A version is
//! published once; it can be withdrawn, never changed and never taken away.

use super::answer;
use super::issuing::object;
use super::paging::page;
use super::profiles::stated;
use crate::http::body;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::issuance::{DefinitionCheck, IssueError};
use crate::model::{CatalogueFault, DefinitionRef, FieldError, Scope, ShapeFault, Slug, Timestamp};
use crate::store::DefinitionRecord;
use crate::texts::ProblemDetail;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use serde_json::{Value, json};

/// Who may read the catalogue of the issuer.
pub(super) const READERS: &[Scope] =
    &[Scope::CredentialsRead, Scope::CredentialsIssue, Scope::CatalogueWrite];

/// The fault of the desk that is a conflict here.
const FROZEN: &str = "version-frozen";
/// Definitions in one request.
const MOST_AT_ONCE: usize = 200;

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
        withdrawn: record.withdrawn,
        links: Links { withdraw: format!("{this}/withdraw"), this },
    }
}

/// The entry with the whole document.
fn whole(call: &Call<'_>, record: &DefinitionRecord, warnings: &[FieldError]) -> Value {
    let mut value = json!(entry(call, record));
    value["document"] = record.document.clone();
    value["warnings"] = super::faults(call, warnings);
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
    let faults = mismatches(document, given, "");
    if faults.is_empty() { Ok(()) } else { Err(Fault::invalid(faults)) }
}

fn mismatches(document: &mut Value, given: &[(&str, &str)], at: &str) -> Vec<FieldError> {
    let mut faults = Vec::new();
    for (member, value) in given {
        match document.get(*member) {
            None => document[*member] = (*value).into(),
            Some(Value::String(text)) if text == value => {}
            Some(_) => faults
                .push(FieldError::at(format!("{at}/{member}"), CatalogueFault::AddressMismatch)),
        }
    }
    faults
}

/// A published version that was to get other content is a conflict, not a fault of the content.
pub(super) fn frozen(error: IssueError) -> Fault {
    match error {
        IssueError::Invalid(faults)
            if !faults.is_empty() && faults.iter().all(|fault| fault.code == FROZEN) =>
        {
            let at: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
            match at.concat().is_empty() {
                true => Fault::new(Kind::VersionFrozen),
                false => Fault::new(Kind::VersionFrozen)
                    .detail(ProblemDetail::VersionFrozenAt { places: &at.join(", ") }),
            }
        }
        error => Fault::from(error),
    }
}

/// `POST /v1/issuers/{issuer}/definitions`: publishes definitions that may refer to one another, all
/// or none. The same content again changes nothing.
pub async fn publish_all(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CatalogueWrite)?;
    body::require_json(call.request)?;
    let body = object(&call.body, call.front.parts.settings.max_body)?;
    let documents = several(body, &caller.issuer)?;
    let names: Vec<DefinitionRef> = documents.iter().filter_map(named).collect();
    let desk = &call.front.parts.desk;
    let published = desk
        .publish_definitions(&caller.issuer, documents, call.origin(&caller.client))
        .await
        .map_err(|error| frozen(listed_error(error)))?;
    let mut entries = Vec::with_capacity(names.len());
    for name in &names {
        let record = desk.definition_record(name)?.ok_or_else(|| Fault::new(Kind::NotFound))?;
        entries.push(json!(entry(call, &record)));
    }
    let warnings = super::faults(call, &listed_faults(published.warnings));
    Ok(answer(HttpResponse::Ok(), &json!({ "definitions": entries, "warnings": warnings })))
}

/// The definitions of a body `{"definitions": [...]}`, each with its issuer.
fn several(mut body: Value, issuer: &Slug) -> Result<Vec<Value>, Fault> {
    let mut faults: Vec<FieldError> = body
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys())
        .filter(|member| *member != "definitions")
        .take(20)
        .map(|member| {
            FieldError::at(
                format!("/{}", member.replace('~', "~0").replace('/', "~1")),
                ShapeFault::UnknownFieldAmong { known: "definitions".to_owned() },
            )
        })
        .collect();
    let documents = match body.get_mut("definitions").map(Value::take) {
        Some(Value::Array(documents)) if (1..=MOST_AT_ONCE).contains(&documents.len()) => documents,
        _ => {
            faults.push(FieldError::at(
                "/definitions",
                CatalogueFault::DefinitionsRequired { most: MOST_AT_ONCE },
            ));
            Vec::new()
        }
    };
    let mut documents = documents;
    for (place, document) in documents.iter_mut().enumerate() {
        if document.is_object() {
            let given = [("issuer", issuer.as_str())];
            faults.extend(mismatches(document, &given, &format!("/definitions/{place}")));
        }
    }
    if faults.is_empty() { Ok(documents) } else { Err(Fault::invalid(faults)) }
}

fn named(document: &Value) -> Option<DefinitionRef> {
    let member = |member: &str| document.get(member).and_then(Value::as_str);
    format!("{}/{}/{}", member("issuer")?, member("slug")?, member("version")?).parse().ok()
}

/// Pointers of a list, as they stand in the body.
fn listed_faults(faults: Vec<FieldError>) -> Vec<FieldError> {
    let listed = |mut fault: FieldError| {
        fault.pointer.insert_str(0, "/definitions");
        fault
    };
    faults.into_iter().map(listed).collect()
}

fn listed_error(error: IssueError) -> IssueError {
    match error {
        IssueError::Invalid(faults) => IssueError::Invalid(listed_faults(faults)),
        error => error,
    }
}

/// `POST /v1/issuers/{issuer}/definitions/check`: what publishing would say of one definition, or of
/// several that may refer to one another.
pub fn check(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CatalogueWrite)?;
    body::require_json(call.request)?;
    let mut body = object(&call.body, call.front.parts.settings.max_body)?;
    let desk = &call.front.parts.desk;
    let mut completeness = Vec::new();
    let outcome = if body.get("definitions").is_some() {
        let documents = several(body, &caller.issuer)?;
        let outcome = desk.check_definitions(Some(&caller.issuer), &documents)?;
        completeness.extend(documents.iter().map(|document| stated(call, document)));
        DefinitionCheck {
            faults: listed_faults(outcome.faults),
            warnings: listed_faults(outcome.warnings),
        }
    } else {
        addressed(&mut body, &[("issuer", caller.issuer.as_str())])?;
        completeness.push(stated(call, &body));
        desk.check_definition(&caller.issuer, &body)?
    };
    let value = json!({
        "acceptable": outcome.faults.is_empty(),
        "errors": super::faults(call, &outcome.faults),
        "warnings": super::faults(call, &outcome.warnings),
        "completeness": completeness,
    });
    Ok(answer(HttpResponse::Ok(), &value))
}

/// `POST /v1/issuers/{issuer}/definitions/{slug}/{version}/withdraw`: nothing is issued under it
/// any more; what was issued stays, and so does its address.
pub async fn withdraw(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CatalogueWrite)?;
    let name = name(call, &caller.issuer)?;
    let desk = &call.front.parts.desk;
    desk.definition_record(&name)?.ok_or_else(|| Fault::new(Kind::NotFound))?;
    let record = desk.withdraw_definition(&name, call.origin(&caller.client)).await?;
    Ok(answer(HttpResponse::Ok(), &whole(call, &record, &[])))
}
