//! `/verify`: check a file, or find a certificate by its number or address, without an account and
//! without a script. The file is not kept, and what is typed stands in no address and in no log.
//!
//! By a number only certificates are found that their holder has opened. Closed, erased, unknown
//! and misspelt get one and the same answer, so trying numbers tells nothing about what is closed.

use super::{Frame, Link, certificate, fill, page, public_url};
use crate::http::api::submission::Submission;
use crate::http::api::verify::examine;
use crate::http::body;
use crate::http::form;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::Fault;
use crate::model::CredentialId;
use crate::store::{StoreError, Visibility};
use crate::texts::{CertificateText, Language, PageText, Sentence};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

/// Longest number or address that is looked up.
const MOST_TYPED: usize = 512;
/// So many certificates are listed under one number.
const MOST_FOUND: usize = 20;

#[derive(Template)]
#[template(path = "verify.html")]
struct VerifyPage<'a> {
    frame: Frame<'a>,
    heading: &'a str,
    lead: String,
    fault: Option<String>,
    found: Vec<Link>,
    find_heading: String,
    find_label: String,
    find_help: String,
    find_button: String,
    file_heading: String,
    file_label: String,
    file_help: String,
    paste_label: String,
    recipient_label: String,
    recipient_help: String,
    button: String,
}

/// `GET /verify`.
pub fn form(call: &Call<'_>) -> HttpResponse {
    let language = negotiation::language(call.request);
    answer(call, language, StatusCode::OK, None, Vec::new())
}

fn answer(
    call: &Call<'_>,
    language: Language,
    status: StatusCode,
    fault: Option<String>,
    found: Vec<Link>,
) -> HttpResponse {
    let heading = PageText::VerifyTitle.to(language);
    let page_text = |text: PageText<'_>| text.to(language).into_owned();
    let text = |text: CertificateText<'_>| text.to(language).into_owned();
    let mut response = page(fill(&VerifyPage {
        frame: Frame::new(language, &heading, public_url(call)),
        heading: &heading,
        lead: page_text(PageText::VerifyLead),
        fault,
        found,
        find_heading: text(CertificateText::FindTitle),
        find_label: text(CertificateText::FindLabel),
        find_help: text(CertificateText::FindHelp),
        find_button: text(CertificateText::FindButton),
        file_heading: text(CertificateText::FileTitle),
        file_label: page_text(PageText::VerifyFile),
        file_help: text(CertificateText::FileHelp),
        paste_label: page_text(PageText::VerifyPaste),
        recipient_label: page_text(PageText::VerifyRecipient),
        recipient_help: page_text(PageText::VerifyRecipientHelp),
        button: page_text(PageText::VerifyButton),
    }));
    *response.status_mut() = status;
    response
}

/// `POST /verify`: the report as a page, or the way to the certificate.
pub async fn check(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    if let Some(typed) = typed(call)? {
        return find(call, language, &typed);
    }
    let Some(submission) = Submission::from_form(call)? else {
        let fault = PageText::VerifyNothing.to(language).into_owned();
        return Ok(answer(call, language, StatusCode::OK, Some(fault), Vec::new()));
    };
    let report = examine(call, submission).await?;
    let again = Link {
        href: format!("/verify?lang={language}"),
        text: PageText::VerifyAgain.to(language).into_owned(),
    };
    let place = certificate::Place::Other(again);
    Ok(page(certificate::render(call, &report, language, place)?))
}

/// What was typed into the first form of the page; that form has one field.
fn typed(call: &Call<'_>) -> Result<Option<String>, Fault> {
    let urlencoded = body::media_type(call.request);
    if urlencoded.as_deref() != Some("application/x-www-form-urlencoded") {
        return Ok(None);
    }
    let fields = form::urlencoded(&call.body);
    match fields.as_slice() {
        [field] if field.name == "number" => {
            body::require_identity(call.request)?;
            let text = std::str::from_utf8(&field.value).map_err(|_| Submission::unreadable())?;
            Ok(Some(text.trim().to_owned()))
        }
        _ => Ok(None),
    }
}

/// Where something typed leads.
#[derive(Debug, PartialEq, Eq)]
enum Typed<'a> {
    Nothing,
    /// An address of this service: its path.
    Here(&'a str),
    Elsewhere,
    Number(&'a str),
}

fn sort<'a>(text: &'a str, base: &str) -> Typed<'a> {
    if text.is_empty() {
        return Typed::Nothing;
    }
    if text.len() > MOST_TYPED {
        return Typed::Number("");
    }
    let host = base.split_once("://").map_or(base, |(_, host)| host);
    let scheme = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let path = scheme.unwrap_or(text).strip_prefix(host).filter(|rest| rest.starts_with('/'));
    match (path, scheme) {
        (Some(path), _) => {
            Typed::Here(path.split(['?', '#']).next().unwrap_or(path).trim_end_matches('/'))
        }
        (None, Some(_)) => Typed::Elsewhere,
        (None, None) => Typed::Number(text),
    }
}

fn find(call: &Call<'_>, language: Language, text: &str) -> Result<HttpResponse, Fault> {
    let refused = |status, text: String| Ok(answer(call, language, status, Some(text), Vec::new()));
    let unavailable = || Sentence::NotAvailable.to(language).into_owned();
    match sort(text, public_url(call)) {
        Typed::Nothing => {
            refused(StatusCode::OK, CertificateText::FindNothing.to(language).into_owned())
        }
        Typed::Elsewhere => {
            refused(StatusCode::OK, CertificateText::FindElsewhere.to(language).into_owned())
        }
        Typed::Here(path) => match own_page(path) {
            Some(path) => Ok(go_to(&format!("{path}?lang={language}"))),
            None => refused(StatusCode::NOT_FOUND, unavailable()),
        },
        Typed::Number(text) => {
            if let Ok(id) = text.parse::<CredentialId>() {
                return Ok(go_to(&format!("/credentials/{id}?lang={language}")));
            }
            let found = by_number(call, text)?;
            match found.as_slice() {
                [] => refused(StatusCode::NOT_FOUND, unavailable()),
                [(_, id)] => Ok(go_to(&format!("/credentials/{id}?lang={language}"))),
                several => {
                    let link = |(name, id): &(String, CredentialId)| Link {
                        href: format!("/credentials/{id}?lang={language}"),
                        text: name.clone(),
                    };
                    let fault = CertificateText::FindSeveral.to(language).into_owned();
                    let links = several.iter().map(link).collect();
                    Ok(answer(call, language, StatusCode::OK, Some(fault), links))
                }
            }
        }
    }
}

/// The path of a page that shows one certificate, or nothing.
fn own_page(path: &str) -> Option<String> {
    let (room, name) = path.strip_prefix('/')?.split_once('/')?;
    let sound = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (["credentials", "endorsements", "shared"].contains(&room) && sound)
        .then(|| format!("/{room}/{name}"))
}

fn go_to(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// The certificates with this number that their holder shows, with the names of their issuers.
fn by_number(call: &Call<'_>, number: &str) -> Result<Vec<(String, CredentialId)>, StoreError> {
    let store = &call.front.parts.store;
    let mut found = Vec::new();
    if number.is_empty() {
        return Ok(found);
    }
    for organisation in store.organisations()? {
        if organisation.sealer.is_none() || found.len() == MOST_FOUND {
            continue;
        }
        let Some(id) = store.by_certificate_number(&organisation.slug, number)? else { continue };
        let Some(record) = store.issued(id)? else { continue };
        if record.visibility == Visibility::Open && record.erased.is_none() {
            let names = &organisation.document["legalName"];
            let name = ["nl", "fr", "en"].iter().find_map(|tag| names[tag].as_str());
            found.push((name.unwrap_or(organisation.slug.as_str()).to_owned(), id));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_an_address_here_or_elsewhere_or_a_number() {
        let base = "https://badges.example";
        for (text, typed) in [
            ("", Typed::Nothing),
            ("VHS-MC-2026-000117", Typed::Number("VHS-MC-2026-000117")),
            ("https://badges.example/credentials/x?lang=fr#y", Typed::Here("/credentials/x")),
            ("badges.example/credentials/x/", Typed::Here("/credentials/x")),
            ("http://badges.example/shared/a_b-c", Typed::Here("/shared/a_b-c")),
            ("https://badges.example.evil/credentials/x", Typed::Elsewhere),
            ("https://badges.example", Typed::Elsewhere),
            ("https://elsewhere.example/credentials/x", Typed::Elsewhere),
            ("badges.example.evil/x", Typed::Number("badges.example.evil/x")),
        ] {
            assert_eq!(sort(text, base), typed, "{text}");
        }
        assert_eq!(sort(&"x".repeat(MOST_TYPED + 1), base), Typed::Number(""));
    }

    #[test]
    fn only_pages_of_one_certificate_are_gone_to() {
        assert_eq!(own_page("/credentials/a-1"), Some("/credentials/a-1".to_owned()));
        for path in [
            "",
            "/",
            "/credentials",
            "/credentials/",
            "/credentials/a/b",
            "/v1/x",
            "/learner/x",
            "//evil.example/x",
            "/credentials/a\r\nx",
            "/credentials/%0d",
            "/shared/../x",
        ] {
            assert_eq!(own_page(path), None, "{path}");
        }
    }
}
