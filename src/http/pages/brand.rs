//! How an issuer looks: its colour as a style sheet of its own, since pages carry no styles, and its
//! logo. A colour changes lines and signs of a page, never what tells a verdict.

use crate::http::api::documents::tag;
use crate::http::api::kept;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::model::Slug;
use crate::render::Colour;
use crate::store::{OrganisationRecord, PictureName, Store, StoreError};
use actix_web::HttpResponse;
use serde_json::Value;

/// Seconds for which others may keep it.
const KEEP: u32 = 3_600;

/// A logo on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Logo {
    pub src: String,
    pub alternative: String,
}

/// The address of the colour of an issuer.
pub(super) fn address(issuer: &Slug) -> String {
    format!("/issuers/{issuer}/brand.css")
}

/// The logo of an issuer that has one.
pub(super) fn logo(
    store: &dyn Store,
    issuer: &Slug,
    name: String,
) -> Result<Option<Logo>, StoreError> {
    let picture = store.picture_record(issuer, &PictureName::Logo)?;
    Ok(picture.map(|picture| Logo {
        // With another picture it is another address.
        src: format!("/issuers/{issuer}/logo?v={}", picture.sha256.get(..12).unwrap_or_default()),
        alternative: name,
    }))
}

/// The colour that an issuer set.
pub(in crate::http) fn chosen(record: &OrganisationRecord) -> Option<&str> {
    record.document.pointer("/settings/colour").and_then(Value::as_str)
}

/// `GET /issuers/{issuer}/brand.css`.
pub fn style(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let not_found = || Fault::new(Kind::NotFound);
    let slug: Slug = call.segment("issuer").parse().map_err(|_| not_found())?;
    let record = call.front.parts.desk.organisation_record(&slug)?;
    let record = record.filter(|record| record.sealer.is_some()).ok_or_else(not_found)?;
    let set = chosen(&record).and_then(Colour::parse);
    let text = rules(set.unwrap_or_else(|| Colour::of(slug.as_str())));
    let etag = tag(text.as_bytes());
    Ok(kept(call, &etag, KEEP, "text/css; charset=utf-8", text.into()))
}

/// The colour on screens; on dark ones so much lighter that it stands out. Paper is black.
fn rules(colour: Colour) -> String {
    let (red, green, blue) = colour.parts();
    let lighter = |part: u8| part + (255 - part) / 5 * 3;
    let (r, g, b) = (lighter(red), lighter(green), lighter(blue));
    format!(
        "@media screen {{ :root {{ --mark: #{red:02x}{green:02x}{blue:02x}; }} }}\n\
         @media screen and (prefers-color-scheme: dark) {{ :root {{ --mark: #{r:02x}{g:02x}{b:02x}; }} }}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_lighter_on_dark_screens_and_never_on_paper() {
        let text = rules(Colour::parse("#1d4e89").expect("dark enough"));
        assert!(text.contains("@media screen { :root { --mark: #1d4e89; } }"), "{text}");
        assert!(text.contains("dark) { :root { --mark: #a4b7ce; } }"), "{text}");
        let black = rules(Colour::parse("#000000").expect("dark enough"));
        assert!(black.contains("--mark: #999999"), "{black}");
        let white = Colour::parse("#ffffff");
        assert_eq!(white, None, "white letters cannot be read on it");
    }
}
