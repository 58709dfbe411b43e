//! `/v1/counts`: how much was issued, for everybody (story R12). What may be told is decided by the
//! desk; here it is written down.

use super::documents::json;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::issuance::{IssuerFigures, Published};
use crate::model::Slug;
use actix_web::HttpResponse;
use serde_json::{Value, json as value};

/// Readers may keep the figures for an hour.
const KEEP: u32 = 3600;

/// `GET /v1/counts`.
pub fn all(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let figures = call.front.parts.desk.counts()?;
    let issuers: Vec<Value> = figures.iter().map(document).collect();
    Ok(json(call, "application/json", KEEP, &value!({ "issuers": issuers })))
}

/// `GET /v1/issuers/{issuer}/counts`.
pub fn of_issuer(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    Ok(json(call, "application/json", KEEP, &document(&figures(call)?)))
}

/// The figures of the issuer of the address.
pub fn figures(call: &Call<'_>) -> Result<IssuerFigures, Fault> {
    let not_found = || Fault::new(Kind::NotFound);
    let issuer: Slug = call.segment("issuer").parse().map_err(|_| not_found())?;
    let all = call.front.parts.desk.counts()?;
    all.into_iter().find(|figures| figures.issuer == issuer).ok_or_else(not_found)
}

fn document(figures: &IssuerFigures) -> Value {
    let counts: Vec<Value> = figures
        .figures
        .iter()
        .map(|figure| {
            value!({
                "quarter": figure.quarter.to_string(),
                "kind": figure.kind.code(),
                "complete": figure.over,
                "count": number(figure.count),
            })
        })
        .collect();
    value!({
        "issuer": figures.issuer,
        "test": figures.test,
        "counts": counts,
        "total": number(figures.total),
    })
}

/// A number, or the range it lies in.
fn number(published: Published) -> Value {
    if published.from == published.to {
        value!(published.from)
    } else {
        value!({ "from": published.from, "to": published.to })
    }
}
