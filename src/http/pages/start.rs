//! The start page: what one can do here.

use super::{Frame, Link, MessagePage, Paragraph, fill, page, public_url};
use crate::http::front::Call;
use crate::http::negotiation;
use crate::texts::PageText;
use actix_web::HttpResponse;

/// `GET /`.
pub fn start(call: &Call<'_>) -> HttpResponse {
    let language = negotiation::language(call.request);
    let heading = PageText::StartTitle.to(language);
    let texts =
        [PageText::StartLead, PageText::StartLink, PageText::StartFile, PageText::StartPrivacy];
    page(fill(&MessagePage {
        frame: Frame::new(language, &heading, public_url(call)),
        heading: &heading,
        paragraphs: texts
            .map(|text| Paragraph { text: text.to(language).into_owned(), lang: None })
            .into(),
        links: vec![
            Link {
                href: format!("/verify?lang={language}"),
                text: PageText::VerifyTitle.to(language).into_owned(),
            },
            Link {
                href: "/openapi.yaml".to_owned(),
                text: PageText::StartDevelopers.to(language).into_owned(),
            },
        ],
    }))
}
