//! Whether the process lives and whether it can work. For machines of the operator; no details.

use crate::http::front::Call;
use crate::http::problem::Fault;
use actix_web::HttpResponse;
use actix_web::http::header;

/// `GET /healthz`: the process answers.
pub fn health() -> HttpResponse {
    said("ok")
}

/// `GET /readyz`: the store takes writes.
pub fn ready(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    call.front.parts.store.ready()?;
    Ok(said("ready"))
}

fn said(status: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(format!("{{\"status\":\"{status}\"}}"))
}
