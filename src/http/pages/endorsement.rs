//! Endorsements as people see them: the page of one, and what stands on the page of the definition
//! that is endorsed. What is shown is said by the signed statement; whether it counts is said by an
//! examination made now.

use super::catalogue::fact;
use super::report::{self, BesideView};
use super::sheet::{Fact, Sheet, Value};
use super::{Link, certificate, page, public_url};
use crate::http::api::submission::Submission;
use crate::http::api::verify::examine;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::Fault;
use crate::model::{CredentialId, DefinitionRef, Timestamp};
use crate::profile::{EndorsementView, read_endorsement};
use crate::store::EndorsementTarget;
use crate::texts::{CatalogueText, CertificateText, Label, Language, PageText, date};
use crate::verification::{Outcome, Verdict};
use actix_web::HttpResponse;
use actix_web::web::Bytes;
use serde_json::Value as Json;

/// So many endorsements are examined for one page of a definition.
const MOST_EXAMINED: usize = 16;

/// `GET /endorsements/{uuid}` for people.
pub async fn endorsement(
    call: &Call<'_>,
    id: CredentialId,
    document: Bytes,
) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    let report = examine(call, Submission::of(document, Some("application/vc".to_owned()))).await?;
    let file = Link {
        href: format!("{}/endorsements/{id}?format=json", public_url(call)),
        text: PageText::DownloadJson.to(language).into_owned(),
    };
    let place = certificate::Place::Other(file);
    Ok(page(certificate::render(call, &report, language, place)?))
}

/// Whether a document is an endorsement.
pub(super) fn is_endorsement(document: &Json) -> bool {
    document
        .get("type")
        .and_then(Json::as_array)
        .is_some_and(|types| types.iter().any(|kind| kind == "EndorsementCredential"))
}

/// What an endorsement says.
pub(super) fn sheet(document: &Json, language: Language) -> Sheet {
    let view = read_endorsement(document);
    let day = |member: &str| {
        let moment: Timestamp = document.get(member)?.as_str()?.parse().ok()?;
        Some(Value::plain(date(moment.date(), language)))
    };
    let label = |label: Label<'_>, value: Option<Value>| {
        value.map(|value| Fact {
            label: label.to(language).into_owned(),
            values: vec![value],
            help: None,
        })
    };
    let target = view.target.as_deref();
    let about = target.map(|target| Value::plain(target).linked(Some(target)));
    let who = [
        fact(CatalogueText::Endorsed, language, about.into_iter().collect()),
        label(Label::IssuedOn, day("validFrom")),
        label(Label::EndDate, day("validUntil")),
    ];
    let name = view.endorser.clone().unwrap_or_default();
    Sheet {
        language: language.tag(),
        family: "other",
        logo: None,
        kind: PageText::Endorsement.to(language).into_owned(),
        kind_lead: CertificateText::KindEndorsement.to(language).into_owned(),
        title: Value::plain(PageText::EndorsementFrom { name: &name }.to(language)),
        who: who.into_iter().flatten().collect(),
        description: comment(&view, language),
        lists: Vec::new(),
        groups: Vec::new(),
        age_note: None,
        inconsistent: false,
        inconsistent_text: String::new(),
    }
}

/// The statement, in its own language.
pub(super) fn comment(view: &EndorsementView, language: Language) -> Option<Value> {
    let written = view.language.map(|written| written.code());
    let lang = written.filter(|written| *written != language.tag()).map(str::to_owned);
    Some(Value::plain(view.comment.as_deref()?).in_language(lang))
}

/// The endorsements of a definition version, each examined now; those that stand come first.
pub(super) async fn of_definition(
    call: &Call<'_>,
    name: &DefinitionRef,
    address: &str,
    language: Language,
) -> Result<Option<BesideView>, Fault> {
    let store = &call.front.parts.store;
    let target = EndorsementTarget::Definition(name.clone());
    let mut records = store.endorsements_of(&target)?;
    if records.is_empty() {
        return Ok(None);
    }
    records.sort_by_key(|record| record.state != crate::model::CredentialState::Valid);
    let more = records.len() > MOST_EXAMINED;
    let mut lines = Vec::new();
    for record in records.iter().take(MOST_EXAMINED) {
        let Some(document) = store.endorsement_document(record.id)? else { continue };
        let bytes = Bytes::from_owner(document);
        let report =
            examine(call, Submission::of(bytes, Some("application/vc".to_owned()))).await?;
        let about_this = report.document().is_some_and(|document| {
            is_endorsement(document)
                && document.pointer("/credentialSubject/id").and_then(Json::as_str) == Some(address)
        });
        let outcome = match report.verdict() {
            Verdict::Verified if about_this => Outcome::Pass,
            Verdict::Verified | Verdict::Failed => Outcome::Fail,
            Verdict::Indeterminate => Outcome::Indeterminate,
        };
        lines.push(report::endorsement_line(&report, outcome, None, language));
    }
    let mut help = PageText::DefinitionEndorsementsHelp.to(language).into_owned();
    if more {
        help.push(' ');
        help.push_str(&PageText::MoreEndorsements.to(language));
    }
    Ok(Some(BesideView {
        id: "endorsements",
        heading: PageText::Endorsements.to(language).into_owned(),
        help,
        lines,
    }))
}
