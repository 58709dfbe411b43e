//! The page of an institution that closed: who keeps what it left, since when, and how old the last
//! status is (story R11).

use super::catalogue::{Content, facts, group};
use super::sheet::{Fact, Value};
use crate::http::front::Call;
use crate::http::negotiation;
use crate::institution::Adopted;
use crate::texts::{CatalogueText, InstitutionText, date, moment};
use actix_web::HttpResponse;

/// The page.
pub fn institution(call: &Call<'_>, one: &Adopted) -> HttpResponse {
    let language = negotiation::language(call.request);
    let manifest = &one.bundle.manifest;
    let keeper = one.keeper();
    let day = |moment: crate::model::Timestamp| date(moment.date(), language);
    let text = |text: InstitutionText<'_>| text.to(language).into_owned();
    let fact = |label: InstitutionText<'_>, value: Value| {
        Some(Fact { label: text(label), values: vec![value], help: None })
    };
    let name = manifest.name.get(language.tag()).map_or_else(|| manifest.name(), String::as_str);
    let mut paragraphs = vec![
        text(InstitutionText::Closed { date: &day(keeper.closed) }),
        text(InstitutionText::Kept { keeper: &keeper.name, since: &day(keeper.since) }),
        text(InstitutionText::Stays),
    ];
    if manifest.test {
        paragraphs.insert(0, CatalogueText::IssuerIsTest.to(language).into_owned());
    }
    let check = format!("{}/verify", call.front.parts.settings.public_url);
    let did = CatalogueText::Identifier.to(language).into_owned();
    let about = vec![
        fact(InstitutionText::Keeper, Value::plain(&keeper.name).linked(Some(&keeper.url))),
        fact(InstitutionText::LastStatus, Value::plain(moment(keeper.status_as_of, language))),
        fact(InstitutionText::Certificates, Value::plain(manifest.certificates.to_string())),
        Some(Fact { label: did, values: vec![Value::plain(&manifest.did)], help: None }),
        fact(InstitutionText::Check, Value::plain(&check).linked(Some(&check))),
    ];
    facts(
        call,
        language,
        Content {
            heading: Value::plain(name),
            paragraphs,
            groups: group("organisation", CatalogueText::Organisation, language, about)
                .into_iter()
                .collect(),
            lists: Vec::new(),
        },
    )
}
