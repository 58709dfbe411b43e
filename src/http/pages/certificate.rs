//! The page of a certificate: the verdict of a verification made now, from the signed bytes as
//! they are stored, and what the signed document says. Nothing else is shown.

use super::officer::{self, OfficerView};
use super::report::{self, BesideView, ChecksView, VerdictView};
use super::sheet::{Fact, Sheet, Value};
use super::{Frame, Link, brand, endorsement, facts, fill, page, public_url};
use crate::http::api::submission::Submission;
use crate::http::api::verify::examine;
use crate::http::dossier::Dossier;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::Fault;
use crate::http::wording::Names;
use crate::profile::CertificateView;
use crate::store::IssuedRecord;
use crate::texts::{CertificateText, Language, PageText, RenderText};
use crate::verification::{Check, Kind, Outcome, Report};
use actix_web::HttpResponse;
use actix_web::web::Bytes;
use askama::Template;

#[derive(Template)]
#[template(path = "certificate.html")]
pub(super) struct CertificatePage<'a> {
    frame: Frame<'a>,
    preview: Option<Preview>,
    verdict: VerdictView,
    scan: Option<Scan>,
    sheet: Option<Sheet>,
    untitled: String,
    nothing_more: String,
    beside: Vec<BesideView>,
    checks: ChecksView,
    whose: Option<Whose>,
    officer: Option<OfficerView>,
    keep: Option<Keep>,
    again: Option<Link>,
}

/// What a link preview shows: title and issuer, never the holder (guide, section 12).
pub(super) struct Preview {
    title: String,
    issuer: String,
}

/// The address of the certificate for who holds it on paper.
pub(super) struct Scan {
    lead: String,
    alternative: String,
    /// The picture with the address.
    code: String,
    address: String,
}

/// Whose the certificate is.
pub(super) struct Whose {
    heading: String,
    lead: String,
    outcome: Option<Compared>,
    form: Option<CompareForm>,
}

/// What came of a comparison.
pub(super) struct Compared {
    tone: &'static str,
    sign: &'static str,
    sentence: String,
}

/// Where an address is typed; it goes into the body of a request and nowhere else.
pub(super) struct CompareForm {
    action: String,
    label: String,
    button: String,
}

/// What one can keep.
pub(super) struct Keep {
    heading: String,
    help: String,
    downloads: Vec<Link>,
    elsewhere: String,
    facts: Vec<Fact>,
    concern: Option<Link>,
}

/// Where a report stands.
pub(super) enum Place<'a> {
    /// On the certificate's own page; with what was asked about its holder.
    Own { record: &'a IssuedRecord, compared: Option<Asked> },
    /// After a file was handed in, or at the address of an endorsement; with where to go on.
    Other(Link),
}

/// What was asked about the holder of a certificate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// An address was compared.
    Address,
    /// The form was sent empty.
    Nothing,
}

fn handed_in(document: Bytes) -> Submission {
    Submission::of(document, Some("application/vc".to_owned()))
}

/// `GET /credentials/{uuid}` for people.
pub async fn certificate(
    call: &Call<'_>,
    record: &IssuedRecord,
    document: Bytes,
) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    let report = examine(call, handed_in(document)).await?;
    Ok(page(render(call, &report, language, Place::Own { record, compared: None })?))
}

/// `POST /credentials/{uuid}`: the same page, with an e-mail address compared with the holder's.
pub async fn compare(
    call: &Call<'_>,
    record: &IssuedRecord,
    document: Bytes,
) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    let (asked, submission) = match Submission::recipient_from_form(call)? {
        Some(address) => (Asked::Address, handed_in(document).with_recipient(address)),
        None => (Asked::Nothing, handed_in(document)),
    };
    let report = examine(call, submission).await?;
    Ok(page(render(call, &report, language, Place::Own { record, compared: Some(asked) })?))
}

/// The page for a report on any certificate.
pub(super) fn render(
    call: &Call<'_>,
    report: &Report,
    language: Language,
    place: Place<'_>,
) -> Result<String, Fault> {
    let desk = &call.front.parts.desk;
    let vocabulary = desk.labels()?;
    // The document is in the report only when its signature is right.
    let shown = report.document().filter(|_| report.input().kind == Some(Kind::Credential));
    let endorsement = shown.filter(|document| endorsement::is_endorsement(document));
    let view = shown.and_then(|_| report.view());
    let definition = match view {
        Some(view) => facts::definition_name(view, public_url(call)),
        None => None,
    };
    let definition = definition.map(|name| desk.definition(&name)).transpose()?.flatten();
    let dossier = view
        .filter(|_| endorsement.is_none())
        .map(|view| Dossier::new(report, view, call.front.parts.sources.as_ref()));
    let wording = facts::Wording {
        vocabulary: &vocabulary,
        language,
        definition: definition.as_deref(),
        dossier: dossier.as_ref(),
    };
    let mut sheet = match endorsement {
        Some(document) => Some(endorsement::sheet(document, language)),
        None => view.map(|view| facts::sheet(view, wording, report.checked_at())),
    };
    let names = view.map_or_else(Names::default, facts::names);
    let untitled = PageText::VerifyReport.to(language).into_owned();
    let title = sheet.as_ref().map_or_else(|| untitled.clone(), |s| s.title.text.clone());
    let preview =
        view.map(|view| Preview { title: title.clone(), issuer: facts::issuer_name(view) });
    if let (Place::Own { record, .. }, Some(sheet), Some(view)) = (&place, &mut sheet, &view) {
        let name = facts::issuer_name(view);
        sheet.logo = brand::logo(call.front.parts.store.as_ref(), &record.issuer, name)?;
    }
    let own = match &place {
        Place::Own { record, .. } => Some(Own::new(call, record, report, language)),
        Place::Other(_) => None,
    };
    let whose =
        dossier.as_ref().map(|dossier| whose(dossier.view, report, language, &place, own.as_ref()));
    let officer = dossier
        .as_ref()
        .map(|dossier| officer::view(dossier, wording, own.as_ref().map(|own| &*own.path)));
    let frame = Frame::new(language, &title, public_url(call));
    Ok(fill(&CertificatePage {
        frame: match &place {
            Place::Own { record, .. } => frame.branded(&record.issuer),
            Place::Other(_) => frame,
        },
        preview,
        verdict: report::verdict(report, language),
        scan: own.as_ref().map(Own::scan),
        sheet,
        untitled,
        nothing_more: PageText::NothingMore.to(language).into_owned(),
        beside: report::beside(report, language),
        checks: report::checks(report, language, names),
        whose,
        officer,
        keep: own.as_ref().map(Own::keep),
        again: match place {
            Place::Own { .. } => None,
            Place::Other(link) => Some(link),
        },
    }))
}

fn whose(
    view: &CertificateView,
    report: &Report,
    language: Language,
    place: &Place<'_>,
    own: Option<&Own<'_>>,
) -> Whose {
    let compared = match (report.check(Check::Recipient).outcome, place) {
        (_, Place::Own { compared: None, .. }) => None,
        (Outcome::Pass, _) => Some(("ok", "✓", CertificateText::WhosePass)),
        (Outcome::Fail, _) => Some(("bad", "✕", CertificateText::WhoseFail)),
        (_, Place::Own { compared: Some(Asked::Nothing), .. }) if view.holder.has_address => {
            Some(("warn", "?", CertificateText::WhoseNothing))
        }
        (_, Place::Own { .. }) => Some(("none", "–", CertificateText::WhoseNone)),
        (_, Place::Other(_)) => None,
    };
    let lead = if view.holder.has_address {
        CertificateText::WhoseLead
    } else {
        CertificateText::WhoseNone
    };
    Whose {
        heading: CertificateText::WhoseTitle.to(language).into_owned(),
        lead: lead.to(language).into_owned(),
        outcome: compared.map(|(tone, sign, sentence)| Compared {
            tone,
            sign,
            sentence: sentence.to(language).into_owned(),
        }),
        form: own.filter(|_| view.holder.has_address).map(|own| CompareForm {
            action: format!("{}?lang={language}#whose", own.path),
            label: CertificateText::WhoseEmail.to(language).into_owned(),
            button: CertificateText::WhoseButton.to(language).into_owned(),
        }),
    }
}

/// The own page of a certificate: its address and what can be had there.
struct Own<'a> {
    record: &'a IssuedRecord,
    report: &'a Report,
    language: Language,
    base: &'a str,
    path: String,
    /// Whether concerns are taken.
    concerns: bool,
}

impl<'a> Own<'a> {
    fn new(
        call: &Call<'a>,
        record: &'a IssuedRecord,
        report: &'a Report,
        language: Language,
    ) -> Self {
        let path = format!("/credentials/{}", record.id);
        let concerns = call.front.parts.settings.concerns.enabled;
        Self { record, report, language, base: public_url(call), path, concerns }
    }

    fn address(&self) -> String {
        format!("{}{}", self.base, self.path)
    }

    fn say(&self, text: CertificateText<'_>) -> String {
        text.to(self.language).into_owned()
    }

    fn scan(&self) -> Scan {
        Scan {
            lead: self.say(CertificateText::ScanToCheck),
            alternative: self.say(CertificateText::CodeOfAddress),
            code: format!("{}/qr.svg", self.path),
            address: self.address(),
        }
    }

    fn keep(&self) -> Keep {
        let language = self.language;
        let fact = |label: String, value: Value| Fact { label, values: vec![value], help: None };
        let address = self.address();
        let issuer = format!("{}/issuers/{}", self.base, self.record.issuer);
        let mut facts = vec![
            fact(
                PageText::Address.to(language).into_owned(),
                Value::plain(&address).linked(Some(&address)),
            ),
            fact(
                PageText::FileHash.to(language).into_owned(),
                Value::plain(&self.report.input().sha256),
            ),
            fact(
                self.say(CertificateText::IssuerKeys),
                Value::plain(&issuer).linked(Some(&issuer)),
            ),
        ];
        let suite = self.report.proofs().iter().find_map(|proof| proof.suite.as_deref());
        if let Some(suite) = suite {
            facts.push(fact(self.say(CertificateText::SealedWith), Value::plain(suite)));
        }
        Keep {
            heading: PageText::Keep.to(language).into_owned(),
            help: PageText::KeepHelp.to(language).into_owned(),
            downloads: self.downloads(),
            elsewhere: self.say(CertificateText::ElsewhereHelp),
            facts,
            concern: self.concerns.then(|| Link {
                href: format!("{}/concern?lang={language}", self.path),
                text: self.say(CertificateText::ReportConcern),
            }),
        }
    }

    fn downloads(&self) -> Vec<Link> {
        let address = self.address();
        let link =
            |format: &str, text: String| Link { href: format!("{address}?format={format}"), text };
        let mut links = Vec::with_capacity(5);
        links.push(link("png", self.say(CertificateText::DownloadPng)));
        links.push(link("svg", self.say(CertificateText::DownloadSvg)));
        let pdf = RenderText::DownloadPdf.to(self.language).into_owned();
        links.push(link(&format!("pdf&lang={}", self.language), pdf));
        links.push(link("json", PageText::DownloadJson.to(self.language).into_owned()));
        links.push(link("jwt", PageText::DownloadJwt.to(self.language).into_owned()));
        links
    }
}
