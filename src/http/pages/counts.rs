//! `/issuers/{issuer}/counts`: how much an issuer issued, as a page (story R12).

use super::{Frame, Link, fill, page, public_url};
use crate::http::api::counts::figures;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::Fault;
use crate::issuance::Published;
use crate::profile::Language as Written;
use crate::texts::{Language, PageText};
use actix_web::HttpResponse;
use askama::Template;

#[derive(Template)]
#[template(path = "counts.html")]
struct CountsPage<'a> {
    frame: Frame<'a>,
    heading: &'a str,
    issuer: String,
    test: Option<String>,
    lead: String,
    none: String,
    columns: [String; 3],
    lines: Vec<Line>,
    total: Line,
    json: Link,
}

struct Line {
    quarter: String,
    kind: String,
    count: String,
}

/// The page.
pub fn counts(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let figures = figures(call)?;
    let language = negotiation::language(call.request);
    let desk = &call.front.parts.desk;
    let text = |text: PageText<'_>| text.to(language).into_owned();
    let vocabulary = desk.labels()?;
    let heading = text(PageText::CountsTitle);
    let organisation = desk.organisation(&figures.issuer)?;
    let written = match language {
        Language::Nl => Written::Nl,
        Language::Fr => Written::Fr,
        Language::En => Written::En,
    };
    let name = organisation.map(|organisation| organisation.name(written).to_owned());
    let lines = figures.figures.iter().map(|figure| {
        let quarter = if figure.over {
            figure.quarter.to_string()
        } else {
            format!("{} ({})", figure.quarter, text(PageText::CountsRunning))
        };
        Line {
            quarter,
            kind: vocabulary.label("kind", figure.kind.code(), written).to_owned(),
            count: number(figure.count),
        }
    });
    Ok(page(fill(&CountsPage {
        frame: Frame::new(language, &heading, public_url(call)),
        heading: &heading,
        issuer: name.unwrap_or_else(|| figures.issuer.to_string()),
        test: figures.test.then(|| text(PageText::CountsTest)),
        lead: text(PageText::CountsLead),
        none: text(PageText::CountsNone),
        columns: [PageText::CountsQuarter, PageText::CountsKind, PageText::CountsNumber].map(text),
        lines: lines.collect(),
        total: Line {
            quarter: text(PageText::CountsTotal),
            kind: String::new(),
            count: number(figures.total),
        },
        json: Link {
            href: format!("/v1/issuers/{}/counts", figures.issuer),
            text: text(PageText::AsJson),
        },
    })))
}

fn number(published: Published) -> String {
    if published.from == published.to {
        published.from.to_string()
    } else {
        format!("{}–{}", published.from, published.to)
    }
}
