//! `/credentials/{uuid}/concern`: anybody reports a concern about a certificate to its issuer,
//! without an account and without a script (story E10). The form is the same for every certificate
//! and says nothing of it; an unknown or erased one is answered as everywhere.

use super::{Frame, Link, MessagePage, Paragraph, fill, page, public_url};
use crate::http::body;
use crate::http::form;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use crate::issuance::ConcernWords;
use crate::model::CredentialId;
use crate::profile::has_refused_characters;
use crate::store::{ConcernKind, ConcernRecord, IssuedRecord, Origin};
use crate::texts::{ConcernText, Language, PageText, ProblemDetail};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;
use std::sync::Arc;

/// The longest report, in characters.
pub(in crate::http) const MOST_TEXT: usize = 2_000;
/// The longest way to be reached, in characters.
pub(in crate::http) const MOST_CONTACT: usize = 320;
/// What a report can be about.
pub(in crate::http) const KINDS: [(&str, ConcernKind); 4] = [
    ("not-genuine", ConcernKind::NotGenuine),
    ("wrong-content", ConcernKind::WrongContent),
    ("misuse", ConcernKind::Misuse),
    ("other", ConcernKind::Other),
];

#[derive(Template)]
#[template(path = "concern.html")]
struct ConcernPage<'a> {
    frame: Frame<'a>,
    heading: &'a str,
    lead: String,
    action: String,
    faults_heading: String,
    faults: Vec<FieldFault>,
    kind_legend: String,
    kinds: Vec<KindChoice>,
    text_label: String,
    text_help: String,
    most_text: usize,
    text: &'a str,
    text_wrong: bool,
    contact_label: String,
    contact_help: String,
    most_contact: usize,
    contact: &'a str,
    contact_wrong: bool,
    trap_label: String,
    button: String,
}

struct FieldFault {
    field: &'static str,
    text: String,
}

struct KindChoice {
    code: &'static str,
    text: String,
    chosen: bool,
}

/// What a form brought.
#[derive(Default)]
struct Entries {
    kind: String,
    text: String,
    contact: String,
    trapped: bool,
}

/// The certificate that the address names, if a concern about it can be reported.
pub(in crate::http) fn concerned(call: &Call<'_>) -> Result<Arc<IssuedRecord>, Fault> {
    if !call.front.parts.settings.concerns.enabled {
        return Err(Fault::new(Kind::NotFound));
    }
    let id: Option<CredentialId> = call.segment("uuid").parse().ok();
    let id = id.ok_or_else(|| Fault::new(Kind::NotFound))?;
    Ok(call.front.parts.desk.concerned(id)?)
}

/// `GET /credentials/{uuid}/concern`.
pub fn form(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let record = concerned(call)?;
    let language = negotiation::language(call.request);
    if call.query("sent").is_some() {
        return Ok(sent(call, record.id, language));
    }
    Ok(shown(call, record.id, language, &Entries::default(), Vec::new()))
}

fn shown(
    call: &Call<'_>,
    id: CredentialId,
    language: Language,
    entries: &Entries,
    faults: Vec<FieldFault>,
) -> HttpResponse {
    let say = |text: ConcernText<'_>| text.to(language).into_owned();
    let heading = ConcernText::Heading.to(language);
    let most = MOST_TEXT.to_string();
    let refused = !faults.is_empty();
    let wrong = |field: &str| faults.iter().any(|fault| fault.field == field);
    let (text_wrong, contact_wrong) = (wrong("text"), wrong("contact"));
    let mut response = page(fill(&ConcernPage {
        frame: Frame::new(language, &heading, public_url(call)),
        heading: &heading,
        lead: say(ConcernText::Lead),
        action: format!("/credentials/{id}/concern?lang={language}"),
        faults_heading: say(ConcernText::FaultsHeading),
        faults,
        kind_legend: say(ConcernText::KindLegend),
        kinds: KINDS
            .iter()
            .map(|(code, _)| KindChoice {
                code,
                text: say(ConcernText::of(code)),
                chosen: entries.kind == *code,
            })
            .collect(),
        text_label: say(ConcernText::TextLabel),
        text_help: say(ConcernText::TextHelp { most: &most }),
        most_text: MOST_TEXT,
        text: &entries.text,
        text_wrong,
        contact_label: say(ConcernText::ContactLabel),
        contact_help: say(ConcernText::ContactHelp),
        most_contact: MOST_CONTACT,
        contact: &entries.contact,
        contact_wrong,
        trap_label: say(ConcernText::Trap),
        button: say(ConcernText::Button),
    }));
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

fn sent(call: &Call<'_>, id: CredentialId, language: Language) -> HttpResponse {
    let title = ConcernText::ReceivedTitle.to(language);
    let paragraph =
        |text: ConcernText<'_>| Paragraph { text: text.to(language).into_owned(), lang: None };
    let link = |href: String, text: String| Link { href, text };
    page(fill(&MessagePage {
        frame: Frame::new(language, &title, public_url(call)),
        heading: &title,
        paragraphs: vec![paragraph(ConcernText::Received), paragraph(ConcernText::WhatFollows)],
        links: vec![
            link(
                format!("/credentials/{id}?lang={language}"),
                ConcernText::BackToCertificate.to(language).into_owned(),
            ),
            link(format!("/?lang={language}"), PageText::Home.to(language).into_owned()),
        ],
    }))
}

/// `POST /credentials/{uuid}/concern`, as a form or as JSON.
pub async fn report(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let record = concerned(call)?;
    body::require_identity(call.request)?;
    let fields = match body::media_type(call.request).as_deref() {
        Some("application/json") => return crate::http::api::concerns::report(call, &record).await,
        Some("application/x-www-form-urlencoded") => form::urlencoded(&call.body),
        Some("multipart/form-data") => form::boundary(call.request)
            .and_then(|boundary| form::multipart(&call.body, &boundary))
            .ok_or_else(|| Fault::new(Kind::BadRequest))?,
        _ => {
            let types = "application/x-www-form-urlencoded, multipart/form-data, application/json";
            return Err(
                Fault::new(Kind::UnsupportedMediaType).detail(ProblemDetail::MediaTypes { types })
            );
        }
    };
    let mut entries = Entries::default();
    for field in fields {
        let value = String::from_utf8_lossy(&field.value).into_owned();
        match field.name.as_str() {
            "kind" => entries.kind = value,
            // Browsers send lines with CR LF; the limit counts them as one character each.
            "text" => entries.text = value.replace("\r\n", "\n"),
            "contact" => entries.contact = value,
            "website" => entries.trapped = !value.is_empty(),
            _ => {}
        }
    }
    let language = negotiation::language(call.request);
    let kind = KINDS.iter().find(|(code, _)| *code == entries.kind).map(|(_, kind)| *kind);
    let faults = faults(&entries, language);
    let (Some(kind), true) = (kind, faults.is_empty()) else {
        return Ok(shown(call, record.id, language, &entries, faults));
    };
    let words = words(&entries.text, Some(&entries.contact));
    if entries.trapped {
        // No person sees that field. The machine that filled it in learns nothing.
        call.front.allow_concern(call.request, record.id)?;
    } else {
        take(call, &record, kind, &words, language).await?;
    }
    Ok(HttpResponse::SeeOther()
        .insert_header((
            header::LOCATION,
            format!("/credentials/{}/concern?sent=1&lang={language}", record.id),
        ))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish())
}

/// Trimmed; a way to be reached that is empty is none.
pub(in crate::http) fn words(text: &str, contact: Option<&str>) -> ConcernWords {
    let contact = contact.map(str::trim).filter(|contact| !contact.is_empty());
    ConcernWords { text: text.trim().to_owned(), contact: contact.map(str::to_owned) }
}

/// Records a report, if its sender may make another one.
pub(in crate::http) async fn take(
    call: &Call<'_>,
    record: &IssuedRecord,
    kind: ConcernKind,
    words: &ConcernWords,
    language: Language,
) -> Result<Arc<ConcernRecord>, Fault> {
    let parts = &call.front.parts;
    call.front.allow_concern(call.request, record.id)?;
    let origin = Origin {
        actor: "visitor".to_owned(),
        request_id: Some(call.request_id.to_owned()),
        from: None,
        at: parts.clock.now(),
    };
    let language = language.tag().parse().unwrap_or(crate::profile::Language::Nl);
    Ok(parts.desk.report_concern(record, kind, words, language, origin).await?)
}

fn faults(entries: &Entries, language: Language) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |field, text: ConcernText<'_>| {
        faults.push(FieldFault { field, text: text.to(language).into_owned() });
    };
    if KINDS.iter().all(|(code, _)| *code != entries.kind) {
        fault("kind-not-genuine", ConcernText::KindMissing);
    }
    let (text, contact) = (entries.text.trim(), entries.contact.trim());
    if text.is_empty() {
        fault("text", ConcernText::TextMissing);
    } else if text.chars().count() > MOST_TEXT {
        fault("text", ConcernText::TextTooLong { most: &MOST_TEXT.to_string() });
    } else if has_refused_characters(text) {
        fault("text", ConcernText::Characters);
    }
    if contact.chars().count() > MOST_CONTACT {
        fault("contact", ConcernText::ContactTooLong { most: &MOST_CONTACT.to_string() });
    } else if has_refused_characters(contact) {
        fault("contact", ConcernText::Characters);
    }
    faults
}
