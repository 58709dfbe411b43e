//! The facts for who decides on an exemption (guide, section 15.4): in short on the page of the
//! certificate, and whole on a page of their own. Both are made from the same value as the JSON.

use super::facts::{self, Wording};
use super::report::{self, VerdictView};
use super::sheet::{Block, Value};
use super::{Frame, Link, fill, page, public_url};
use crate::http::dossier::Dossier;
use crate::http::front::Call;
use crate::http::problem::Fault;
use crate::model::Slug;
use crate::texts::{CertificateText, Language, PageText};
use actix_web::HttpResponse;
use askama::Template;

/// The block on the page of a certificate.
pub(super) struct OfficerView {
    pub heading: String,
    pub lead: String,
    pub blocks: Vec<Block>,
    pub cite: String,
    pub citation: String,
    /// Where all facts are, of a certificate of this register.
    pub links: Vec<Link>,
}

#[derive(Template)]
#[template(path = "officer.html")]
struct OfficerPage<'a> {
    frame: Frame<'a>,
    verdict: VerdictView,
    title: Value,
    officer: OfficerView,
}

/// The facts in short; `path` is that of the certificate when it is one of this register.
pub(super) fn view(dossier: &Dossier<'_>, wording: Wording<'_>, path: Option<&str>) -> OfficerView {
    let language = wording.language;
    let say = |text: CertificateText<'_>| text.to(language).into_owned();
    let links = path.map(|path| {
        [
            Link {
                href: format!("{path}/facts?lang={language}"),
                text: say(CertificateText::AllFacts),
            },
            Link {
                href: format!("{path}/facts?format=json&lang={language}"),
                text: say(CertificateText::FactsJson),
            },
        ]
    });
    OfficerView {
        heading: say(CertificateText::OfficerTitle),
        lead: say(CertificateText::OfficerLead),
        blocks: facts::blocks(dossier, wording, false),
        cite: say(CertificateText::Cite),
        citation: dossier.citation(language),
        links: links.into_iter().flatten().collect(),
    }
}

/// The page with all facts.
pub(in crate::http) fn sheet(
    call: &Call<'_>,
    dossier: &Dossier<'_>,
    issuer: &Slug,
    language: Language,
) -> Result<HttpResponse, Fault> {
    let desk = &call.front.parts.desk;
    let vocabulary = desk.labels()?;
    let name = facts::definition_name(dossier.view, public_url(call));
    let definition = name.map(|name| desk.definition(&name)).transpose()?.flatten();
    let wording = Wording {
        vocabulary: &vocabulary,
        language,
        definition: definition.as_deref(),
        dossier: Some(dossier),
    };
    let path = call.request.path().trim_end_matches("/facts");
    let mut officer = view(dossier, wording, Some(path));
    officer.blocks = facts::blocks(dossier, wording, true);
    officer.links[0] = Link {
        href: format!("{path}?lang={language}"),
        text: CertificateText::BackToCertificate.to(language).into_owned(),
    };
    let title = facts::title(dossier.view, wording);
    let heading = officer.heading.clone();
    Ok(page(fill(&OfficerPage {
        frame: Frame::new(language, &heading, public_url(call)).branded(issuer),
        verdict: report::verdict(dossier.report, language),
        title: match dossier.report.document() {
            Some(_) => title,
            None => Value::plain(PageText::NothingMore.to(language)),
        },
        officer,
    })))
}
