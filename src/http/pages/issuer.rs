//! The public page of an issuer: who it is, what it may seal for whom, since when it seals here and
//! with which keys, what it awards and how much of it.

use super::catalogue::{
    Content, fact, facts_of, group, in_languages, mandate_url, nearest, period, written,
};
use super::sheet::{Fact, Group, Item, ItemList, Value};
use super::{brand, public_url};
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::Fault;
use crate::model::{KeyAlgorithm, KeyState, Timestamp};
use crate::profile::{Installation, Language as Written, Organisation, Vocabulary};
use crate::store::{DefinitionRecord, KeyRecord, OrganisationRecord};
use crate::texts::{CatalogueText, CertificateText, Label, Language, date, place};
use actix_web::HttpResponse;
use serde_json::Value as Json;
use std::sync::Arc;

/// What the page of an issuer is made from.
pub struct Shown<'a> {
    /// The register's record.
    pub record: &'a OrganisationRecord,
    /// The organisation as parsed.
    pub organisation: &'a Organisation,
    /// The definitions under which it issues.
    pub definitions: &'a [Arc<DefinitionRecord>],
    /// The labels of the closed lists.
    pub vocabulary: &'a Vocabulary,
}

/// The page of an issuer.
pub fn issuer(call: &Call<'_>, shown: &Shown<'_>) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    let page = Page { call, shown, language };
    let mut keys = call.front.parts.store.keys(&shown.record.slug)?.to_vec();
    keys.sort_by_key(|key| key.created);
    let sealer = shown.record.sealer.as_ref();
    let mut paragraphs = vec![CatalogueText::IssuerLead.to(language).into_owned()];
    if sealer.is_some_and(|sealer| sealer.test) {
        paragraphs.insert(0, CatalogueText::IssuerIsTest.to(language).into_owned());
    }
    let name = nearest(&shown.organisation.legal_name, language).text;
    let store = call.front.parts.store.as_ref();
    let logo = brand::logo(store, &shown.record.slug, name)?;
    Ok(facts_of(
        call,
        language,
        Content {
            heading: nearest(&shown.organisation.legal_name, language),
            paragraphs,
            groups: [page.about()?, page.sealing(&keys)?, page.keys(&keys)]
                .into_iter()
                .flatten()
                .collect(),
            lists: page.definitions().into_iter().collect(),
        },
        Some(&shown.record.slug),
        logo,
    ))
}

struct Page<'a> {
    call: &'a Call<'a>,
    shown: &'a Shown<'a>,
    language: Language,
}

impl Page<'_> {
    fn day(&self, at: Timestamp) -> String {
        date(at.date(), self.language)
    }

    fn fact(&self, label: CatalogueText<'_>, values: Vec<Value>) -> Option<Fact> {
        fact(label, self.language, values)
    }

    fn named(&self, label: CertificateText<'_>, values: Vec<Value>) -> Option<Fact> {
        let label = label.to(self.language).into_owned();
        (!values.is_empty()).then_some(Fact { label, values, help: None })
    }

    /// Who it is.
    fn about(&self) -> Result<Option<Group>, Fault> {
        let organisation = self.shown.organisation;
        let names = Written::ALL.into_iter().filter_map(|other| {
            let lang = (other != written(self.language)).then(|| other.code().to_owned());
            Some(Value::plain(organisation.legal_name.get(other)?).in_language(lang))
        });
        let code = organisation.region.as_deref().unwrap_or(&organisation.country);
        let numbers = organisation
            .identifiers
            .iter()
            .map(|number| Value::plain(format!("{} {}", number.register, number.number)));
        let mut memberships = Vec::new();
        for member in &organisation.member_of {
            let other = self.call.front.parts.desk.organisation(&member.organisation)?;
            let name = match &other {
                Some(other) => nearest(&other.legal_name, self.language).linked(Some(&other.url)),
                None => Value::plain(member.organisation.as_str()),
            };
            let start = &date(member.from, self.language);
            let period = match member.until {
                Some(until) => {
                    Label::From { start, end: &date(until, self.language) }.to(self.language)
                }
                None => CatalogueText::MandateFrom { start }.to(self.language),
            };
            memberships.push(name.noted(Some(period.into_owned())));
        }
        let url = &organisation.url;
        let contact = organisation.contact.iter().map(Value::plain);
        let facts = vec![
            self.fact(CatalogueText::LegalName, names.collect()),
            self.fact(CatalogueText::Place, vec![Value::plain(place(code, self.language))]),
            self.fact(CatalogueText::Homepage, vec![Value::plain(url).linked(Some(url))]),
            self.named(CertificateText::Contact, contact.collect()),
            self.fact(CatalogueText::RegisterNumbers, numbers.collect()),
            self.named(CertificateText::MemberOf, memberships),
        ];
        Ok(group("organisation", CatalogueText::Organisation, self.language, facts))
    }

    /// What it may seal, since when, and who says so.
    fn sealing(&self, keys: &[KeyRecord]) -> Result<Option<Group>, Fault> {
        let record = self.shown.record;
        let desk = &self.call.front.parts.desk;
        let since = keys.first().map(|key| Value::plain(self.day(key.created)));
        let did = record.sealer.as_ref().map(|sealer| sealer.id.as_str());
        let recognised = did.map(|did| self.call.front.parts.sources.recognised(did));
        let recognised = recognised.into_iter().flatten().map(|recognition| {
            let here = || CertificateText::ThisRegister.to(self.language).into_owned();
            let start = recognition.from.map(|from| date(from, self.language));
            let note = match (&start, recognition.until) {
                (Some(start), Some(until)) => {
                    let end = &date(until, self.language);
                    Some(Label::From { start, end }.to(self.language).into_owned())
                }
                (Some(start), None) => {
                    Some(CatalogueText::MandateFrom { start }.to(self.language).into_owned())
                }
                (None, _) => None,
            };
            Value::plain(recognition.by.unwrap_or_else(here))
                .linked(recognition.source.as_deref())
                .noted(note)
        });
        let mut mandates = Vec::new();
        for mandate in &self.shown.organisation.mandates {
            let url = mandate_url(desk.installation(), &record.slug, mandate);
            let from = desk.organisation(&mandate.on_behalf_of)?;
            let name = match &from {
                Some(from) => nearest(&from.legal_name, self.language),
                None => Value::plain(mandate.on_behalf_of.as_str()),
            };
            let note = format!("{}, {}", mandate.reference, period(mandate, self.language));
            mandates.push(name.linked(Some(&url)).noted(Some(note)));
        }
        let counts = format!("{}/issuers/{}/counts", public_url(self.call), record.slug);
        let how_many = CertificateText::HowMany.to(self.language);
        let counts = Value::plain(how_many).linked(Some(&counts));
        let facts = vec![
            self.named(CertificateText::SealsSince, since.into_iter().collect()),
            self.named(CertificateText::RecognisedBy, recognised.collect()),
            self.fact(CatalogueText::Mandates, mandates),
            self.fact(CatalogueText::Identifier, did.map(Value::plain).into_iter().collect()),
            self.named(CertificateText::Figures, vec![counts]),
        ];
        Ok(group("sealing", CatalogueText::Sealer, self.language, facts))
    }

    /// Every key that ever sealed (story E4).
    fn keys(&self, keys: &[KeyRecord]) -> Option<Group> {
        let document =
            format!("{}/issuers/{}/did.json", public_url(self.call), self.shown.record.slug);
        let history = keys.iter().map(|key| {
            let from = &self.day(key.created);
            let until;
            let life = match key.state {
                KeyState::Active => CertificateText::KeyActive { date: from },
                KeyState::Retired { at } => {
                    until = self.day(at);
                    CertificateText::KeyRetired { from, until: &until }
                }
                KeyState::Compromised { from } => {
                    until = self.day(from);
                    CertificateText::KeyCompromised { date: &until }
                }
            };
            let name = format!("{} {}", algorithm(key.algorithm), key.thumbprint);
            Value::plain(name).noted(Some(life.to(self.language).into_owned()))
        });
        let facts = vec![
            self.named(CertificateText::KeyHistory, history.collect()),
            self.fact(CatalogueText::Keys, vec![Value::plain(&document).linked(Some(&document))]),
        ];
        let mut group = group("keys", CatalogueText::Keys, self.language, facts)?;
        group.help = Some(Value::plain(CertificateText::KeyHistoryHelp.to(self.language)));
        Some(group)
    }

    fn definitions(&self) -> Option<ItemList> {
        let installation = self.call.front.parts.desk.installation();
        let items: Vec<Item> = self
            .shown
            .definitions
            .iter()
            .map(|record| {
                definition_item(installation, record, self.shown.vocabulary, self.language)
            })
            .collect();
        (!items.is_empty()).then(|| ItemList {
            id: "definitions",
            heading: CatalogueText::Definitions.to(self.language).into_owned(),
            items,
        })
    }
}

fn algorithm(algorithm: KeyAlgorithm) -> &'static str {
    match algorithm {
        KeyAlgorithm::Ed25519 => "Ed25519",
        KeyAlgorithm::P256 => "P-256",
        KeyAlgorithm::P384 => "P-384",
        KeyAlgorithm::Rsa => "RSA",
    }
}

fn definition_item(
    installation: &Installation,
    record: &DefinitionRecord,
    vocabulary: &Vocabulary,
    language: Language,
) -> Item {
    let member = |member: &str| record.document.get(member);
    let text = |value: Option<&Json>| value.and_then(Json::as_str).unwrap_or_default().to_owned();
    let kind = text(member("kind"));
    let url = installation.definition_url(&record.name);
    let title = in_languages(&record.document["title"], language);
    let published = date(record.published.date(), language);
    let version = Label::DefinitionVersion { version: &record.name.version };
    let about = [
        fact(
            CatalogueText::Version,
            language,
            vec![Value::plain(version.to(language)).noted(Some(
                CatalogueText::PublishedOn { date: &published }.to(language).into_owned(),
            ))],
        ),
        fact(
            CatalogueText::MandateKinds,
            language,
            vec![Value::plain(vocabulary.label("kind", &kind, written(language)))],
        ),
    ];
    Item {
        code: String::new(),
        text: title.linked(Some(&url)),
        facts: about.into_iter().flatten().collect(),
    }
}
