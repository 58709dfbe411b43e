//! `/verify`: check a file without an account and without a script. The file is not kept.

use super::{Frame, Link, certificate, fill, page, public_url};
use crate::http::api::verify::examine;
use crate::http::body;
use crate::http::form::{self, Field};
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use crate::texts::{Language, PageText, ProblemDetail};
use actix_web::HttpResponse;
use actix_web::web::Bytes;
use askama::Template;

#[derive(Template)]
#[template(path = "verify.html")]
struct VerifyPage<'a> {
    frame: Frame<'a>,
    heading: &'a str,
    lead: String,
    fault: Option<String>,
    file_label: String,
    paste_label: String,
    button: String,
}

/// `GET /verify`.
pub fn form(call: &Call<'_>) -> HttpResponse {
    empty(call, negotiation::language(call.request), None)
}

fn empty(call: &Call<'_>, language: Language, fault: Option<PageText<'_>>) -> HttpResponse {
    let heading = PageText::VerifyTitle.to(language);
    page(fill(&VerifyPage {
        frame: Frame::new(language, &heading, public_url(call)),
        heading: &heading,
        lead: PageText::VerifyLead.to(language).into_owned(),
        fault: fault.map(|text| text.to(language).into_owned()),
        file_label: PageText::VerifyFile.to(language).into_owned(),
        paste_label: PageText::VerifyPaste.to(language).into_owned(),
        button: PageText::VerifyButton.to(language).into_owned(),
    }))
}

/// `POST /verify`: the report as a page.
pub async fn check(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    let Some(bytes) = handed_in(call)? else {
        return Ok(empty(call, language, Some(PageText::VerifyNothing)));
    };
    let report = examine(call, bytes, None).await?;
    let again = Link {
        href: format!("/verify?lang={language}"),
        text: PageText::VerifyAgain.to(language).into_owned(),
    };
    Ok(page(certificate::render(call, &report, language, None, Some(again))?))
}

/// The chosen file, or else the pasted text.
fn handed_in(call: &Call<'_>) -> Result<Option<Bytes>, Fault> {
    body::require_identity(call.request)?;
    let unsupported = || {
        Fault::new(Kind::UnsupportedMediaType).detail(ProblemDetail::MediaTypes {
            types: "multipart/form-data, application/x-www-form-urlencoded",
        })
    };
    let stated = body::media_type(call.request).ok_or_else(unsupported)?;
    let fields: Vec<Field> = match stated.as_str() {
        "multipart/form-data" => {
            let boundary = form::boundary(call.request).ok_or_else(unsupported)?;
            form::multipart(&call.body, &boundary)
                .ok_or_else(|| Fault::new(Kind::BadRequest).detail(ProblemDetail::FormUnreadable))?
        }
        "application/x-www-form-urlencoded" => form::urlencoded(&call.body),
        _ => return Err(unsupported()),
    };
    let of = |name: &str| {
        fields
            .iter()
            .find(|f| f.name == name && !f.value.iter().all(u8::is_ascii_whitespace))
            .map(|f| f.value.clone())
    };
    Ok(of("file").or_else(|| of("text").map(trimmed)))
}

/// Pasted text often brings blank lines along.
fn trimmed(text: Bytes) -> Bytes {
    let start = text.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    let end = text.iter().rposition(|b| !b.is_ascii_whitespace()).map_or(start, |at| at + 1);
    text.slice(start..end)
}
