//! Pictures of an issuer: `/v1/issuers/{issuer}/logo` and `/v1/issuers/{issuer}/artwork/...` for
//! who administers it, `/issuers/{issuer}/logo` for everybody. What is taken is decided by the
//! issuing desk.

use super::documents::tag;
use super::{answer, kept, shared_bytes};
use crate::http::body;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::model::{Scope, Slug};
use crate::store::PictureName;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::json;
use std::sync::Arc;

/// Others may keep a logo for an hour.
const KEEP: u32 = 3600;
const PNG: &str = "image/png";

/// Which picture the address names.
fn name(call: &Call<'_>) -> Result<PictureName, Fault> {
    let unknown = || Fault::new(Kind::NotFound);
    match call.segment("target") {
        "" => Ok(PictureName::Logo),
        target => format!("{target}/{}", call.segment("name")).parse().map_err(|_| unknown()),
    }
}

fn address(call: &Call<'_>, issuer: &Slug, name: &PictureName) -> String {
    let base = &call.front.parts.settings.public_url;
    match name {
        PictureName::Logo => format!("{base}/v1/issuers/{issuer}/logo"),
        artwork => format!("{base}/v1/issuers/{issuer}/artwork/{artwork}"),
    }
}

/// `PUT`: puts it in place (201) or in the place of the one that was (200).
pub async fn put(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::IssuerAdmin)?;
    let name = name(call)?;
    body::require_type(call.request, PNG)?;
    let (bytes, origin) = (Arc::from(&call.body[..]), call.origin(&caller.client));
    let desk = &call.front.parts.desk;
    let put = desk.put_picture(&caller.issuer, name.clone(), bytes, origin).await?;
    let address = address(call, &caller.issuer, &name);
    let value = json!({
        "name": put.record.name,
        "sha256": put.record.sha256,
        "length": put.record.length,
        "width": put.size.width,
        "height": put.size.height,
        "since": put.record.since,
        "links": { "self": address },
    });
    let mut response = if put.fresh { HttpResponse::Created() } else { HttpResponse::Ok() };
    if put.fresh {
        response.insert_header((header::LOCATION, address));
    }
    Ok(answer(response, &value))
}

/// `GET`: the picture itself.
pub fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::IssuerAdmin)?;
    let found = call.front.parts.desk.picture(&caller.issuer, &name(call)?)?;
    let (_, bytes) = found.ok_or_else(|| Fault::new(Kind::NotFound))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type(PNG)
        .body(shared_bytes(bytes)))
}

/// `DELETE`: takes it away.
pub async fn remove(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::IssuerAdmin)?;
    let origin = call.origin(&caller.client);
    call.front.parts.desk.remove_picture(&caller.issuer, name(call)?, origin).await?;
    Ok(HttpResponse::NoContent().insert_header((header::CACHE_CONTROL, "no-store")).finish())
}

/// `GET /issuers/{issuer}/logo`.
pub fn logo(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let unknown = || Fault::new(Kind::NotFound);
    let issuer: Slug = call.segment("issuer").parse().map_err(|_| unknown())?;
    let found = call.front.parts.desk.picture(&issuer, &PictureName::Logo)?;
    let (_, bytes) = found.ok_or_else(unknown)?;
    Ok(kept(call, &tag(&bytes), KEEP, PNG, shared_bytes(bytes)))
}
