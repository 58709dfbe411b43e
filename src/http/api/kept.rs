//! What an institution that closed left, at the addresses it had: key documents, last status lists,
//! definitions, the page that names the keeper. At the institution's own host when that leads here,
//! and what begins with its name also at ours.
//!
//! Nothing of this installation's own is shown at another's host where it could be taken for theirs.

use super::documents::tag;
use super::{kept, shared_bytes};
use crate::http::front::Call;
use crate::http::negotiation::{self, PageOr};
use crate::http::pages;
use crate::http::problem::{Fault, Kind};
use crate::institution::Adopted;
use actix_web::HttpResponse;
use actix_web::http::{Method, header};

const KEEP_KEYS: u32 = 300;
const KEEP: u32 = 86_400;

/// Addresses that belong to whoever has the host.
const OF_THE_HOST: [&str; 6] =
    ["/issuers/", "/status/", "/credentials/", "/endorsements/", "/.well-known/", "/v1/issuers/"];

/// The answer for an institution that is kept here; `None` when the request is not about one.
pub fn answer(call: &Call<'_>) -> Option<Result<HttpResponse, Fault>> {
    let adopted = &call.front.parts.adopted;
    if adopted.all().is_empty() || !matches!(*call.request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    // As the routes read it: however it is spelt, one thing has one address.
    let path = call.request.match_info().as_str();
    if let Some(host) = other_host(call) {
        let mut all = adopted.at_host(host).peekable();
        if all.peek().is_some() {
            let theirs = all.find_map(|one| read(call, one, path).transpose());
            return match theirs {
                Some(answer) => Some(answer),
                None if OF_THE_HOST.iter().any(|own| path.starts_with(own)) => {
                    Some(Err(Fault::new(Kind::NotFound)))
                }
                None => None,
            };
        }
    }
    let named = path.strip_prefix("/issuers/")?.split('/').next()?;
    let one = adopted.named(&named.parse().ok()?)?;
    let answer = read(call, one, path).transpose();
    Some(answer.unwrap_or_else(|| Err(Fault::new(Kind::NotFound))))
}

/// The host that the request names, when it is not ours.
fn other_host<'a>(call: &Call<'a>) -> Option<&'a str> {
    let named = call.request.headers().get(header::HOST)?.to_str().ok()?;
    let named = named.strip_suffix(":443").or(named.strip_suffix(":80")).unwrap_or(named);
    let ours = call.front.parts.settings.public_url.split_once("://")?.1;
    (!named.eq_ignore_ascii_case(ours)).then_some(named)
}

fn read(call: &Call<'_>, one: &Adopted, path: &str) -> Result<Option<HttpResponse>, Fault> {
    let unreadable = |error| Fault::new(Kind::Internal).cause(error);
    let Some(bytes) = one.bundle.public(path).map_err(unreadable)? else { return Ok(None) };
    let page = format!("/issuers/{}", one.record.slug) == path
        && call.query("format") != Some("json")
        && negotiation::page_or_json(call.request) == PageOr::Page;
    if page {
        return Ok(Some(pages::kept::institution(call, one)));
    }
    let (media_type, seconds) = if path.starts_with("/status/") {
        let named = negotiation::signed(call.request);
        let seconds = call.front.parts.settings.status_ttl_seconds;
        (named.ok_or_else(|| Fault::new(Kind::NotAcceptable))?, seconds)
    } else if path.starts_with("/endorsements/") {
        ("application/vc", KEEP)
    } else if path.ends_with("/did.json") || path.ends_with("/jwks.json") {
        ("application/json", KEEP_KEYS)
    } else {
        ("application/json", KEEP)
    };
    Ok(Some(kept(call, &tag(&bytes), seconds, media_type, shared_bytes(bytes))))
}
