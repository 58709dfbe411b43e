//! Concerns about certificates: reported by anybody, read and handled by the issuer (story E10).

use super::members::{chosen, flag, members, optional_text, text};
use super::register::query::{self, Parameters};
use super::{answer, paged};
use crate::http::auth::Caller;
use crate::http::front::Call;
use crate::http::negotiation::language_for_programs;
use crate::http::pages::concern::{KINDS, MOST_CONTACT, MOST_TEXT, take, words};
use crate::http::problem::{Fault, Kind};
use crate::issuance::ConcernWords;
use crate::model::{FilterFault, Scope, Slug};
use crate::store::{ConcernKind, ConcernRecord, IssuedRecord};
use actix_web::HttpResponse;
use serde_json::{Value, json};
use uuid::Uuid;

/// A report as JSON; its certificate was looked up.
pub(in crate::http) async fn report(
    call: &Call<'_>,
    record: &IssuedRecord,
) -> Result<HttpResponse, Fault> {
    let members = members(call, &["kind", "text", "contact"])?;
    let mut faults = members.unknown;
    let codes = KINDS.map(|(code, _)| code);
    let kind: Option<ConcernKind> = chosen(&members.known, "kind", &codes, &mut faults);
    let said = text(&members.known, "text", 1..=MOST_TEXT, &mut faults);
    let contact = optional_text(&members.known, "contact", 1..=MOST_CONTACT, &mut faults);
    let (Some(kind), Some(said), true) = (kind, said, faults.is_empty()) else {
        return Err(Fault::invalid(faults));
    };
    let words = words(&said, contact.as_deref());
    let recorded = take(call, record, kind, &words, language_for_programs(call.request)).await?;
    let told = json!({ "id": recorded.id, "at": recorded.at });
    Ok(answer(HttpResponse::Accepted(), &told))
}

fn view(base: &str, concern: &ConcernRecord) -> Value {
    let mut view = json!({
        "id": concern.id,
        "credential": format!("{base}/credentials/{}", concern.credential),
        "kind": concern.kind,
        "at": concern.at,
        "language": concern.language,
    });
    if let Some(handled) = &concern.handled {
        view["handled"] = json!({ "at": handled.at, "by": handled.by });
    }
    view
}

fn whole(base: &str, concern: &ConcernRecord, words: Option<&ConcernWords>) -> Value {
    let mut view = view(base, concern);
    if let Some(words) = words {
        view["text"] = json!(words.text);
        if let Some(contact) = &words.contact {
            view["contact"] = json!(contact);
        }
    }
    view
}

/// `GET /v1/issuers/{issuer}/concerns`: without their words.
pub fn list(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CredentialsStatus)?;
    let mut parameters = Parameters::read(call, &["handled", "limit", "after"]);
    let handled = parameters.value("handled", FilterFault::NotABoolean);
    let (after, limit) = query::paging(&mut parameters);
    parameters.check()?;
    let parts = &call.front.parts;
    let page = parts.store.concerns(&caller.issuer, handled, after, limit)?;
    let concerns: Vec<Value> =
        page.records.iter().map(|c| view(&parts.settings.public_url, c)).collect();
    Ok(paged(call, json!({ "concerns": concerns }), page.next.as_ref()))
}

fn named(call: &Call<'_>) -> Result<(Caller, Uuid), Fault> {
    let caller = call.authorize(Scope::CredentialsStatus)?;
    let id = Uuid::try_parse(call.segment("id")).map_err(|_| Fault::new(Kind::NotFound))?;
    Ok((caller, id))
}

fn told(call: &Call<'_>, issuer: &Slug, id: Uuid) -> Result<HttpResponse, Fault> {
    let parts = &call.front.parts;
    let (concern, words) = parts.desk.concern(issuer, id)?;
    let view = whole(&parts.settings.public_url, &concern, words.as_ref());
    Ok(answer(HttpResponse::Ok(), &view))
}

/// `GET /v1/issuers/{issuer}/concerns/{id}`: with its words.
pub fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, id) = named(call)?;
    told(call, &caller.issuer, id)
}

/// `POST /v1/issuers/{issuer}/concerns/{id}/handled`. With `forget` its words are taken away too.
pub async fn handle(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, id) = named(call)?;
    let mut forget = false;
    if !call.body.is_empty() {
        let members = members(call, &["forget"])?;
        let mut faults = members.unknown;
        forget = flag(&members.known, "forget", &mut faults).unwrap_or(false);
        if !faults.is_empty() {
            return Err(Fault::invalid(faults));
        }
    }
    let desk = &call.front.parts.desk;
    desk.handle_concern(&caller.issuer, id, call.origin(&caller.client)).await?;
    if forget {
        desk.forget_concern(&caller.issuer, id, call.origin(&caller.client)).await?;
    }
    told(call, &caller.issuer, id)
}
