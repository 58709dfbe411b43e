//! The register of an issuer: lists, exports, who saw names, and what is to be registered
//! elsewhere (stories R6 and A9). Lists and exports show what the signed documents say and the
//! state; names only in an export that was asked for with a reason.

mod disclosures;
mod export;
pub(super) mod query;
mod registrations;
mod rows;

pub use disclosures::list as disclosures;
pub use export::{csv, jsonl, places, with_names};
pub use registrations::{due, due_csv, mark};

use super::answer;
use crate::http::front::Call;
use crate::http::problem::Fault;
use crate::issuance::Listing;
use crate::model::Scope;
use actix_web::HttpResponse;
use actix_web::http::header;
use rows::{Names, Row};
use serde_json::{Value, json};

/// `GET /v1/issuers/{issuer}/credentials`.
pub fn list(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::RegisterRead)?;
    let asked = query::asked(call)?;
    let desk = &call.front.parts.desk;
    let listing = desk.register(&caller.issuer, &asked.filter, asked.after, asked.limit)?;
    page(call, listing, |row| row.value())
}

/// A page of rows as an answer, with the cursor of the next one, and its address as `Link`.
fn page(
    call: &Call<'_>,
    listing: Listing,
    shown: impl Fn(Row) -> Value,
) -> Result<HttpResponse, Fault> {
    let desk = &call.front.parts.desk;
    let mut rows = Vec::with_capacity(listing.records.len());
    for record in listing.records {
        let listed = desk.listed(record)?;
        rows.push(shown(Row::of(&listed, desk.installation(), Names::Without)));
    }
    let mut document = json!({ "credentials": rows });
    let mut response = HttpResponse::Ok();
    if let Some(cursor) = &listing.next {
        let next = query::next(call, cursor);
        response.insert_header((header::LINK, format!("<{next}>; rel=\"next\"")));
        document["next"] = Value::String(cursor.to_string());
    }
    Ok(answer(response, &document))
}
