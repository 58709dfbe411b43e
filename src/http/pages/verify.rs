//! `/verify`: check a file without an account and without a script. The file is not kept.

use super::{Frame, Link, certificate, fill, page, public_url};
use crate::http::api::submission::Submission;
use crate::http::api::verify::examine;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::Fault;
use crate::texts::{Language, PageText};
use actix_web::HttpResponse;
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
    recipient_label: String,
    recipient_help: String,
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
        recipient_label: PageText::VerifyRecipient.to(language).into_owned(),
        recipient_help: PageText::VerifyRecipientHelp.to(language).into_owned(),
        button: PageText::VerifyButton.to(language).into_owned(),
    }))
}

/// `POST /verify`: the report as a page.
pub async fn check(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    let Some(submission) = Submission::from_form(call)? else {
        return Ok(empty(call, language, Some(PageText::VerifyNothing)));
    };
    let report = examine(call, submission).await?;
    let again = Link {
        href: format!("/verify?lang={language}"),
        text: PageText::VerifyAgain.to(language).into_owned(),
    };
    Ok(page(certificate::render(call, &report, language, None, Some(again))?))
}
