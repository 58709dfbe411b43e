//! The pages: made on the server, without scripts, from templates that the compiler checks.
//!
//! A page shows what the report and the signed document say, in words of `texts`; it decides
//! nothing. Nothing is loaded from elsewhere.

pub(in crate::http) mod brand;
pub(super) mod catalogue;
pub(super) mod certificate;
pub(super) mod concern;
pub(super) mod counts;
pub(super) mod definition;
pub(super) mod endorsement;
pub(super) mod information;
pub(super) mod issuer;
pub(super) mod kept;
pub(super) mod learner;
pub(super) mod officer;
pub(super) mod problem;
pub(super) mod refusal;
pub(super) mod shared;
pub(super) mod start;
pub(super) mod verify;

mod facts;
mod report;
mod sheet;
pub(super) mod translations;

pub(super) use facts::{definition_name, names};

use super::front::Call;
use crate::model::Slug;
use crate::texts::{CertificateText, Language, PageText};
use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::LazyLock;

/// The media type of every page.
pub(super) const HTML: &str = "text/html; charset=utf-8";

const STYLE: &str = include_str!("../../../templates/style.css");

/// The address of the style sheet; it changes with its content, so it can be kept for ever.
static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(STYLE.as_bytes());
    digest.iter().take(6).fold("/style.css?v=".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
});

/// What surrounds the content of every page.
struct Frame<'a> {
    language: Language,
    title: &'a str,
    style: &'static str,
    host: &'a str,
    skip: String,
    service: String,
    languages_label: String,
    languages: [LanguageChoice; 3],
    /// The style sheet with the issuer's colour.
    brand: Option<String>,
    footer: &'static [Link],
    footer_text: String,
}

struct LanguageChoice {
    tag: &'static str,
    name: &'static str,
    current: bool,
}

/// Somewhere to go.
struct Link {
    href: String,
    text: String,
}

impl<'a> Frame<'a> {
    fn new(language: Language, title: &'a str, public_url: &'a str) -> Self {
        Self {
            language,
            title,
            style: &STYLE_ADDRESS,
            host: public_url.split_once("://").map_or(public_url, |(_, host)| host),
            skip: PageText::SkipToContent.to(language).into_owned(),
            service: PageText::ServiceName.to(language).into_owned(),
            languages_label: PageText::Languages.to(language).into_owned(),
            languages: Language::ALL.map(|choice| LanguageChoice {
                tag: choice.tag(),
                name: choice.own_name(),
                current: choice == language,
            }),
            brand: None,
            footer: footer(language),
            footer_text: CertificateText::FooterPrivacy.to(language).into_owned(),
        }
    }

    /// In the colour of this issuer.
    fn branded(mut self, issuer: &Slug) -> Self {
        self.brand = Some(brand::address(issuer));
        self
    }
}

/// The pages that every page leads to; made once.
static FOOTERS: LazyLock<[Vec<Link>; 3]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let mut links = vec![Link {
            href: format!("/verify?lang={language}"),
            text: PageText::VerifyTitle.to(language).into_owned(),
        }];
        links.extend(information::links(language));
        links
    })
});

fn footer(language: Language) -> &'static [Link] {
    let at = Language::ALL.iter().position(|known| *known == language);
    at.and_then(|at| FOOTERS.get(at)).map_or(&[], Vec::as_slice)
}

/// A passage, with its language where that is not the page's.
struct Paragraph {
    text: String,
    lang: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage<'a> {
    frame: Frame<'a>,
    heading: &'a str,
    paragraphs: Vec<Paragraph>,
    links: Vec<Link>,
}

/// Fills a template.
fn fill(page: &impl Template) -> String {
    page.render().expect("a compiled template that writes to memory cannot fail")
}

/// A page that is made anew for each reader.
fn page(html: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept, Accept-Language"))
        .content_type(HTML)
        .body(html)
}

/// `GET /style.css`.
pub(super) fn style_sheet() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type("text/css; charset=utf-8")
        .body(STYLE)
}

fn public_url<'a>(call: &Call<'a>) -> &'a str {
    &call.front.parts.settings.public_url
}
