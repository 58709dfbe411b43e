//! Mail about certificates, for their issuer: what waits, what was sent, what failed. Never an
//! address: whoever asks knows it, or has no need to.

use super::management::own_record;
use super::members::{members, text};
use super::register::query::{self, Parameters};
use super::{answer, paged};
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::model::{FilterFault, Scope};
use crate::store::{MailRecord, MailState};
use actix_web::HttpResponse;
use serde::Deserialize;
use serde_json::{Value, json};
use std::str::FromStr;
use uuid::Uuid;

const STATES: [&str; 4] = ["queued", "sent", "failed", "cancelled"];

/// A state, as addresses write it.
struct Stage(MailState);

impl FromStr for Stage {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        MailState::deserialize(Value::String(text.to_owned())).map(Self).map_err(|_| ())
    }
}

/// A mail as it is shown.
pub(super) fn view(base: &str, mail: &MailRecord) -> Value {
    let mut view = json!({
        "id": mail.id,
        "credential": format!("{base}/credentials/{}", mail.credential),
        "purpose": mail.purpose,
        "language": mail.language,
        "state": mail.state,
        "attempts": mail.attempts,
        "created": mail.created,
    });
    if mail.state == MailState::Queued {
        view["next"] = json!(mail.next);
    }
    if let Some(last) = &mail.last {
        view["last"] = json!({ "at": last.at, "class": last.class });
        if let Some(code) = last.code {
            view["last"]["code"] = json!(code);
        }
    }
    view
}

/// `GET /v1/issuers/{issuer}/mail`.
pub fn list(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CredentialsRead)?;
    let mut parameters = Parameters::read(call, &["state", "limit", "after"]);
    let known = STATES.join(", ");
    let state: Option<Stage> = parameters.value("state", FilterFault::NotOneOf { known });
    let (after, limit) = query::paging(&mut parameters);
    parameters.check()?;
    let parts = &call.front.parts;
    let page = parts.store.mail(&caller.issuer, state.map(|stage| stage.0), after, limit)?;
    let mail: Vec<Value> =
        page.records.iter().map(|mail| view(&parts.settings.public_url, mail)).collect();
    Ok(paged(call, json!({ "mail": mail }), page.next.as_ref()))
}

/// `POST /v1/issuers/{issuer}/credentials/{uuid}/mail`: the link again, to the holder's address.
pub async fn again(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, record) = own_record(call, Scope::CredentialsIssue)?;
    let members = members(call, &["email"])?;
    let mut faults = members.unknown;
    let email = text(&members.known, "email", 3..=254, &mut faults);
    let (Some(email), true) = (email, faults.is_empty()) else {
        return Err(Fault::invalid(faults));
    };
    let parts = &call.front.parts;
    let origin = call.origin(&caller.client);
    let mail = parts.desk.mail_again(&caller.issuer, record.id, &email, origin).await?;
    Ok(answer(HttpResponse::Accepted(), &view(&parts.settings.public_url, &mail)))
}

/// `POST /v1/issuers/{issuer}/mail/{id}/bounce`: it did not arrive, as the issuer learned.
pub async fn bounced(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::CredentialsStatus)?;
    let id = Uuid::try_parse(call.segment("id")).map_err(|_| Fault::new(Kind::NotFound))?;
    let parts = &call.front.parts;
    let origin = call.origin(&caller.client);
    let mail = parts.desk.mail_bounced(&caller.issuer, id, origin).await?;
    Ok(answer(HttpResponse::Ok(), &view(&parts.settings.public_url, &mail)))
}
