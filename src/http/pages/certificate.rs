//! The page of a certificate: the verdict of a verification made now, from the signed bytes as
//! they are stored, and what the signed document says. Nothing else is shown.

use super::report::{self, BesideView, ChecksView, VerdictView};
use super::sheet::{Fact, Sheet, Value};
use super::{Frame, Link, endorsement, facts, fill, page, public_url};
use crate::http::api::submission::Submission;
use crate::http::api::verify::examine;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::Fault;
use crate::http::wording::Names;
use crate::profile;
use crate::store::IssuedRecord;
use crate::texts::{Language, PageText};
use crate::verification::{Kind, Report};
use actix_web::HttpResponse;
use actix_web::web::Bytes;
use askama::Template;

#[derive(Template)]
#[template(path = "certificate.html")]
pub(super) struct CertificatePage<'a> {
    frame: Frame<'a>,
    preview: Option<Preview>,
    verdict: VerdictView,
    sheet: Option<Sheet>,
    untitled: String,
    nothing_more: String,
    beside: Vec<BesideView>,
    checks: ChecksView,
    keep: Option<Keep>,
    again: Option<Link>,
}

/// What a link preview shows: title and issuer, never the holder (guide, section 12).
pub(super) struct Preview {
    title: String,
    issuer: String,
}

/// What one can keep.
pub(super) struct Keep {
    heading: String,
    help: String,
    downloads: Vec<Link>,
    facts: Vec<Fact>,
}

/// `GET /credentials/{uuid}` for people.
pub async fn certificate(
    call: &Call<'_>,
    record: &IssuedRecord,
    document: Bytes,
) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    let report = examine(call, Submission::of(document, Some("application/vc".to_owned()))).await?;
    let address = format!("{}/credentials/{}", public_url(call), record.id);
    let keep = Keep {
        heading: PageText::Keep.to(language).into_owned(),
        help: PageText::KeepHelp.to(language).into_owned(),
        downloads: vec![
            Link {
                href: format!("{address}?format=json"),
                text: PageText::DownloadJson.to(language).into_owned(),
            },
            Link {
                href: format!("{address}?format=jwt"),
                text: PageText::DownloadJwt.to(language).into_owned(),
            },
        ],
        facts: vec![
            Fact {
                label: PageText::Address.to(language).into_owned(),
                values: vec![Value::plain(&address).linked(Some(&address))],
                help: None,
            },
            Fact {
                label: PageText::FileHash.to(language).into_owned(),
                values: vec![Value::plain(&report.input().sha256)],
                help: None,
            },
        ],
    };
    Ok(page(render(call, &report, language, Some(keep), None)?))
}

/// The page for a report on any certificate.
pub(super) fn render(
    call: &Call<'_>,
    report: &Report,
    language: Language,
    keep: Option<Keep>,
    again: Option<Link>,
) -> Result<String, Fault> {
    let desk = &call.front.parts.desk;
    let vocabulary = desk.labels()?;
    // The document is in the report only when its signature is right.
    let shown = report.document().filter(|_| report.input().kind == Some(Kind::Credential));
    let view = shown.map(|document| profile::read(document));
    let definition = match &view {
        Some(view) => facts::definition_name(view, public_url(call)),
        None => None,
    };
    let definition = definition.map(|name| desk.definition(&name)).transpose()?.flatten();
    let definition = definition.as_deref();
    let wording = facts::Wording { vocabulary: &vocabulary, language, definition };
    let sheet = match shown.filter(|document| endorsement::is_endorsement(document)) {
        Some(document) => Some(endorsement::sheet(document, language)),
        None => view.as_ref().map(|view| facts::sheet(view, wording, report.checked_at())),
    };
    let names = view.as_ref().map_or_else(Names::default, facts::names);
    let untitled = PageText::VerifyReport.to(language).into_owned();
    let title = sheet.as_ref().map_or_else(|| untitled.clone(), |s| s.title.text.clone());
    let preview = view
        .as_ref()
        .map(|view| Preview { title: title.clone(), issuer: facts::issuer_name(view) });
    Ok(fill(&CertificatePage {
        frame: Frame::new(language, &title, public_url(call)),
        preview,
        verdict: report::verdict(report, language),
        sheet,
        untitled,
        nothing_more: PageText::NothingMore.to(language).into_owned(),
        beside: report::beside(report, language),
        checks: report::checks(report, language, names),
        keep,
        again,
    }))
}
