//! `/v1/profiles`: what certificates of each kind must state, the same for every issuer, public
//! (story A10). The table is `profile`'s; here it is only shown.

use super::documents::json;
use crate::http::front::Call;
use crate::http::negotiation::{self, PageOr};
use crate::http::pages;
use crate::http::problem::{Fault, Kind};
use crate::model::CertificateKind;
use crate::profile::{FieldProfile, Need, RequestKind, kind_schema};
use actix_web::HttpResponse;
use serde_json::{Value, json as value};

/// An operator may change them; five minutes are soon enough.
const KEEP: u32 = 300;

fn not_found() -> Fault {
    Fault::new(Kind::NotFound)
}

fn address(call: &Call<'_>, kind: CertificateKind) -> String {
    format!("{}/v1/profiles/{}", call.front.parts.settings.public_url, kind.code())
}

/// `GET /v1/profiles`: the kinds.
pub fn list(call: &Call<'_>) -> HttpResponse {
    let one = |kind: CertificateKind| value!({ "kind": kind.code(), "id": address(call, kind) });
    let kinds: Vec<Value> = CertificateKind::ALL.into_iter().map(one).collect();
    json(call, "application/json", KEEP, &value!({ "profiles": kinds }))
}

/// `GET /v1/profiles/{kind}`: the fields of a kind.
pub fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let kind: CertificateKind = call.segment("kind").parse().map_err(|_| not_found())?;
    let rules = &call.front.parts.desk.installation().rules;
    let profile = FieldProfile::of(kind, rules);
    if call.query("format") != Some("json")
        && negotiation::page_or_json(call.request) == PageOr::Page
    {
        return pages::catalogue::profile(call, &profile);
    }
    let mut document = profile.to_json();
    document["id"] = address(call, kind).into();
    for request in RequestKind::ALL {
        document["schemas"][request.code()] =
            format!("{}/{}", address(call, kind), request.code()).into();
    }
    Ok(json(call, "application/json", KEEP, &document))
}

/// `GET /v1/profiles/{kind}/{request}`: the JSON Schema of a definition or an award of a kind.
pub fn schema(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let kind: CertificateKind = call.segment("kind").parse().map_err(|_| not_found())?;
    let request = RequestKind::ALL.into_iter().find(|r| r.code() == call.segment("request"));
    let request = request.ok_or_else(not_found)?;
    let rules = &call.front.parts.desk.installation().rules;
    let document = kind_schema(kind, request, rules);
    Ok(json(call, "application/schema+json", KEEP, &document))
}

/// Which fields that its kind needs a definition states; empty when its kind is not known.
pub(super) fn stated(call: &Call<'_>, document: &Value) -> Vec<Value> {
    let kind = document.get("kind").and_then(Value::as_str);
    let Some(Ok(kind)) = kind.map(str::parse::<CertificateKind>) else { return Vec::new() };
    let profile = FieldProfile::of(kind, &call.front.parts.desk.installation().rules);
    let required = profile.definition.iter().filter(|rule| rule.need == Need::Required);
    required
        .map(|rule| {
            let stated = match document.pointer(&rule.pointer) {
                None | Some(Value::Null) => false,
                Some(Value::Array(list)) => !list.is_empty(),
                Some(Value::String(text)) => !text.trim().is_empty(),
                Some(_) => true,
            };
            value!({ "pointer": rule.pointer, "reason": rule.reason, "stated": stated })
        })
        .collect()
}
