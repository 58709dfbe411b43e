//! `GET /problems/{name}`: what a kind of problem means, as page and as JSON.

use super::{Frame, MessagePage, Paragraph, fill, page, public_url};
use crate::http::front::Call;
use crate::http::negotiation::{self, PageOr};
use crate::http::problem::{Fault, Kind};
use crate::texts::PageText;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::json;

/// The explanation of a kind.
pub fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let name = call.segment("name");
    let kind = Kind::ALL
        .iter()
        .find(|kind| kind.name() == name)
        .ok_or_else(|| Fault::new(Kind::NotFound))?;
    Ok(match negotiation::page_or_json(call.request) {
        PageOr::Json => {
            let language = negotiation::language_for_programs(call.request);
            HttpResponse::Ok()
                .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
                .insert_header((header::CONTENT_LANGUAGE, language.tag()))
                .insert_header((header::VARY, "Accept, Accept-Language"))
                .content_type("application/json")
                .body(
                    json!({
                        "type": kind.type_uri(public_url(call)),
                        "title": kind.title(language),
                        "status": kind.status(),
                        "meaning": kind.meaning(language),
                    })
                    .to_string(),
                )
        }
        PageOr::Page => {
            let language = negotiation::language(call.request);
            let title = kind.title(language);
            let paragraph = |text: String| Paragraph { text, lang: None };
            page(fill(&MessagePage {
                frame: Frame::new(language, &title, public_url(call)),
                heading: &title,
                paragraphs: vec![
                    paragraph(PageText::ProblemPageLead.to(language).into_owned()),
                    paragraph(kind.meaning(language).into_owned()),
                    paragraph(format!("{}: {}", PageText::HttpStatus.to(language), kind.status())),
                ],
                links: Vec::new(),
            }))
        }
    })
}
