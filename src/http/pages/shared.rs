//! `/shared/{token}`: a certificate as its holder shares it, whole or in part, until the link ends;
//! and the same view for the holder alone. The page says what a verification made now says. A file
//! is never given out here, because it would hold everything and outlive the link (story L8 in
//! words: another file with less in it is not made).

use super::report::{self, BesideView, CheckLine, ChecksView, VerdictView};
use super::sheet::{Sheet, Value};
use super::{Frame, Link, facts, fill, page, public_url};
use crate::http::api::shared_bytes;
use crate::http::api::submission::Submission;
use crate::http::api::verify::examine;
use crate::http::dossier::Dossier;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use crate::http::wording;
use crate::profile::{self, CertificateView, OutcomeView};
use crate::texts::{Language, LearnerText, PageText, date};
use crate::verification::{Check, Kind as Examined};
use actix_web::HttpResponse;
use actix_web::web::Bytes;
use askama::Template;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "shared.html")]
struct SharedPage<'a> {
    frame: Frame<'a>,
    beside: Beside,
    verdict: VerdictView,
    sheet: Option<Sheet>,
    others: Vec<BesideView>,
    untitled: String,
    nothing_more: String,
    checks: ChecksView,
}

/// What stands around the certificate.
pub(super) struct Beside {
    pub notes: Vec<String>,
    pub back: Option<Link>,
}

/// What is to be shown.
pub(super) struct Shown {
    pub document: Bytes,
    /// Only what has one of these codes.
    pub only: Option<Vec<String>>,
    pub language: Language,
    pub beside: Beside,
}

/// A competence or outcome that can be shown without the others.
pub(super) struct Choice {
    pub code: String,
    pub text: Value,
}

/// `GET /shared/{token}`.
pub async fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let parts = &call.front.parts;
    let found = parts.desk.shared(call.segment("token"), parts.clock.now())?;
    let (record, share) = found.ok_or_else(|| Fault::new(Kind::NotFound))?;
    let document = parts.store.document(record.id)?.ok_or_else(|| Fault::new(Kind::NotFound))?;
    // In the language of who reads, else in that in which the holder made the link.
    let language = negotiation::asked_language(call.request)
        .or_else(|| share.language.parse().ok())
        .unwrap_or_default();
    let until = date(share.expires.date(), language);
    let mut notes = vec![LearnerText::SharedUntil { date: &until }.to(language).into_owned()];
    if !share.codes.is_empty() {
        notes.push(LearnerText::SharedChosen.to(language).into_owned());
    }
    notes.push(LearnerText::SharedNoFile.to(language).into_owned());
    let only = (!share.codes.is_empty()).then(|| share.codes.clone());
    let beside = Beside { notes, back: None };
    page_of(call, Shown { document: shared_bytes(document), only, language, beside }).await
}

/// What a holder can choose from: what has a code that may stand in a form; with translations by
/// the signed text.
pub(super) fn choices(
    view: &CertificateView,
    translations: &BTreeMap<String, String>,
    language: Language,
) -> Vec<Choice> {
    let foreign = facts::foreign(view, language);
    view.competences
        .iter()
        .chain(&view.outcomes)
        .filter_map(|outcome| {
            let name = &outcome.concept.name;
            let note = translations
                .get(name)
                .filter(|_| foreign.is_some())
                .map(|text| PageText::TranslationFor { text }.to(language).into_owned());
            let text = Value::plain(name).in_language(foreign.clone()).noted(note);
            Some(Choice { code: code(outcome)?.to_owned(), text })
        })
        .collect()
}

fn code(outcome: &OutcomeView) -> Option<&str> {
    let code = outcome.concept.code.as_deref()?;
    let sound = (1..=16).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    sound.then_some(code)
}

/// The page of what is to be shown, from a verification made now.
pub(super) async fn page_of(call: &Call<'_>, shown: Shown) -> Result<HttpResponse, Fault> {
    let Shown { document, only, language, beside } = shown;
    let desk = &call.front.parts.desk;
    let report = examine(call, Submission::of(document, Some("application/vc".to_owned()))).await?;
    // The document is in the report only when its signature is right.
    let signed = report.document().filter(|_| report.input().kind == Some(Examined::Credential));
    let whole = signed.map(|document| profile::read(document));
    let name = whole.as_ref().and_then(|view| facts::definition_name(view, public_url(call)));
    let definition = name.map(|name| desk.definition(&name)).transpose()?.flatten();
    let view = whole.map(|view| match &only {
        Some(codes) => part(view, codes),
        None => view,
    });
    let vocabulary = desk.labels()?;
    let definition = definition.as_deref();
    // What was chosen is shown without what leads to the rest.
    let dossier = view
        .as_ref()
        .filter(|_| only.is_none())
        .map(|view| Dossier::new(&report, view, call.front.parts.sources.as_ref()));
    let dossier = dossier.as_ref();
    let wording = facts::Wording { vocabulary: &vocabulary, language, definition, dossier };
    let sheet = view.as_ref().map(|view| facts::sheet(view, wording, report.checked_at()));
    let names = view.as_ref().map(facts::names).unwrap_or_default();
    let mut verdict = report::verdict(&report, language);
    let mut checks = report::checks(&report, language, names);
    // Who sees a page has no file that the register could know.
    checks.register = None;
    let mut others = report::beside(&report, language);
    if only.is_some() {
        verdict.successor = None;
        others.clear();
        without_hints(&mut checks, language);
    }
    let untitled = PageText::VerifyReport.to(language).into_owned();
    let title = sheet.as_ref().map_or_else(|| untitled.clone(), |s| s.title.text.clone());
    Ok(page(fill(&SharedPage {
        frame: Frame::new(language, &title, public_url(call)),
        beside,
        verdict,
        sheet,
        others,
        untitled,
        nothing_more: PageText::NothingMore.to(language).into_owned(),
        checks,
    })))
}

/// Of what a document says only what goes with these codes, and what is true of the certificate
/// whatever is chosen. What is not named here is not shown: no size, no grade, no evidence, no
/// address of what else could be achieved, nothing from which the rest could be told.
fn part(whole: CertificateView, codes: &[String]) -> CertificateView {
    let chosen = |outcomes: Vec<OutcomeView>| -> Vec<OutcomeView> {
        let is = |o: &OutcomeView| code(o).is_some_and(|code| codes.iter().any(|c| c == code));
        outcomes.into_iter().filter(is).collect()
    };
    CertificateView {
        id: whole.id,
        kind: whole.kind,
        kind_concept: whole.kind_concept,
        achievement_type: whole.achievement_type,
        language: whole.language,
        test: whole.test,
        title: whole.title,
        issuer: whole.issuer,
        awarding_bodies: whole.awarding_bodies,
        training_providers: whole.training_providers,
        assessed_by: whole.assessed_by,
        holder: whole.holder,
        issued: whole.issued,
        valid_until: whole.valid_until,
        decided: whole.decided,
        outcomes: chosen(whole.outcomes),
        competences: chosen(whole.competences),
        level: whole.level,
        assessment: whole.assessment,
        supervision: whole.supervision,
        holder_identification: whole.holder_identification,
        assessors: whole.assessors,
        guide_separation: whole.guide_separation,
        quality_assurance: whole.quality_assurance,
        framework: whole.framework,
        recognition_note: whole.recognition_note,
        mandate: whole.mandate,
        inconsistencies: whole.inconsistencies,
        ..CertificateView::default()
    }
}

/// Without the lines that speak of parts and of what else is in the document, and without the
/// technical block, whose pointers count.
fn without_hints(checks: &mut ChecksView, language: Language) {
    let hidden = [Check::Parts, Check::Contained, Check::Endorsements, Check::Completeness]
        .map(|check| wording::name(check).to(language).into_owned());
    for lines in [&mut checks.deciding, &mut checks.informing] {
        lines.retain(|line: &CheckLine| !hidden.contains(&line.name));
    }
    checks.problems.clear();
}
