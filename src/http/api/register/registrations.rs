//! What must be registered in the government's register, and by when (story A9): the list, and
//! marking off. Its interface is not ours; the institution registers and says so here.

use super::query::{self, Parameters};
use crate::http::api::{management, members};
use crate::http::front::Call;
use crate::http::problem::Fault;
use crate::issuance::RegisterFilter;
use crate::model::{CatalogueFault, Date, FieldError, FilterFault, Message, Scope, ShapeFault};
use crate::store::Registration;
use actix_web::HttpResponse;
use serde_json::Value;

/// What the lists take.
const KNOWN: &[&str] = &["due-by", "limit", "after"];
/// Nothing falls due later than this, in months from now: no setting allows more.
const LATEST: i64 = 121;
/// The longest reference, in characters.
const REFERENCE: std::ops::RangeInclusive<usize> = 1..=100;

/// `GET /v1/issuers/{issuer}/registrations`.
pub fn due(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::RegisterRead)?;
    let mut parameters = Parameters::read(call, KNOWN);
    let today = call.front.parts.clock.now().date();
    let filter = filter(&mut parameters, today);
    let (after, limit) = query::paging(&mut parameters);
    parameters.check()?;
    let listing = call.front.parts.desk.register(&caller.issuer, &filter, after, limit)?;
    let today = today.to_string();
    super::page(call, listing, |row| {
        let mut value = row.value();
        let overdue = value["registrationDue"].as_str().is_some_and(|due| due < today.as_str());
        value["overdue"] = Value::Bool(overdue);
        value
    })
}

/// `GET /v1/issuers/{issuer}/registrations.csv`.
pub fn due_csv(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::RegisterRead)?;
    let mut parameters = Parameters::read(call, &["due-by"]);
    let filter = filter(&mut parameters, call.front.parts.clock.now().date());
    parameters.check()?;
    super::export::due(call, caller.issuer, filter)
}

/// Without a day: everything that is due some time.
fn filter(parameters: &mut Parameters, today: Date) -> RegisterFilter {
    let due_by = parameters.value::<Date>("due-by", FilterFault::NotADay);
    RegisterFilter {
        due_by: due_by.or_else(|| today.plus_months(LATEST)),
        ..RegisterFilter::default()
    }
}

/// `PUT /v1/issuers/{issuer}/credentials/{uuid}/registration`.
pub async fn mark(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let (caller, record) = management::own_record(call, Scope::CredentialsStatus)?;
    let read = members::members(call, &["on", "reference"])?;
    let mut faults = read.unknown;
    let now = call.front.parts.clock.now();
    let on = members::text(&read.known, "on", 1..=10, &mut faults)
        .and_then(|text| day(&text, record.decision_date, now.date(), &mut faults));
    let reference = match read.known.get("reference") {
        None => None,
        Some(_) => members::text(&read.known, "reference", REFERENCE, &mut faults),
    };
    if record.erased.is_some() && reference.is_some() {
        faults.push(members::after_erasure("reference"));
    }
    let (Some(on), true) = (on, faults.is_empty()) else {
        return Err(Fault::invalid(faults));
    };
    let origin = call.origin(&caller.client);
    let registration = Registration { reference, on, at: now };
    let desk = &call.front.parts.desk;
    let marked = desk.mark_registered(&caller.issuer, record.id, registration, origin).await?;
    management::view(call, &caller, marked)
}

fn day(text: &str, decided: Date, today: Date, faults: &mut Vec<FieldError>) -> Option<Date> {
    let mut refuse = |message: Message| {
        faults.push(FieldError::at("/on", message));
        None
    };
    match text.parse::<Date>() {
        Err(_) => refuse(ShapeFault::NotADate.into()),
        Ok(on) if on > today => refuse(CatalogueFault::RegisteredInFuture.into()),
        Ok(on) if on < decided => refuse(CatalogueFault::RegisteredBeforeDecision.into()),
        Ok(on) => Some(on),
    }
}
