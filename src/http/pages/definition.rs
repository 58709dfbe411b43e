//! The page of a definition version: what a kind of certificate says, with the anchors that
//! certificates refer to; its other versions and languages; whether it is still used.

use super::catalogue::{as_json, fact, group};
use super::report::BesideView;
use super::sheet::{Group, Sheet, Value};
use super::{Frame, Link, endorsement, facts, fill, page, public_url};
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::Fault;
use crate::model::DefinitionRef;
use crate::profile::{self, Language as Written};
use crate::store::DefinitionRecord;
use crate::texts::{CatalogueText, Label, Language, PageText, date};
use actix_web::HttpResponse;
use askama::Template;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Anchors in one document; far more than a definition can have.
const MOST_ANCHORS: usize = 512;

#[derive(Template)]
#[template(path = "definition.html")]
struct DefinitionPage<'a> {
    frame: Frame<'a>,
    notices: Vec<Value>,
    anchors: BTreeSet<String>,
    sheet: Sheet,
    around: Vec<Group>,
    beside: Vec<BesideView>,
    help: String,
    json: Link,
}

/// What a page of a definition version is made from.
pub struct Shown<'a> {
    /// The version.
    pub record: &'a DefinitionRecord,
    /// Every version of the definition, in order of publication.
    pub versions: &'a [Arc<DefinitionRecord>],
    /// The achievement, of the whole version or of a selection, in the language of the edition.
    pub achievement: &'a Json,
    /// The authoritative achievement's address.
    pub address: &'a str,
    /// The edition's language, when it is a translation.
    pub edition: Option<Written>,
}

/// The page for an achievement.
pub async fn definition(call: &Call<'_>, shown: &Shown<'_>) -> Result<HttpResponse, Fault> {
    let language = match (negotiation::chosen_language(call.request), shown.edition) {
        (None, Some(edition)) => edition.code().parse().unwrap_or_default(),
        _ => negotiation::language(call.request),
    };
    let vocabulary = call.front.parts.desk.labels()?;
    let view = profile::read(&json!({ "credentialSubject": { "achievement": shown.achievement } }));
    let own = call.front.parts.desk.definition(&shown.record.name)?;
    // An edition is a translation itself.
    let texts = own.as_deref().filter(|_| shown.edition.is_none());
    let wording =
        facts::Wording { vocabulary: &vocabulary, language, definition: texts, dossier: None };
    let mut sheet = facts::sheet(&view, wording, call.front.parts.clock.now());
    if shown.edition.is_some() {
        sheet.title.note = Some(CatalogueText::ForInformation.to(language).into_owned());
    }
    // They are about the version itself, not about a selection or a translation of it.
    let name = &shown.record.name;
    let beside = match call.front.parts.desk.installation().definition_url(name) {
        whole if shown.edition.is_none() && whole == shown.address => {
            endorsement::of_definition(call, name, &whole, language).await?
        }
        _ => None,
    };
    let around = Around { call, shown, language };
    let title = sheet.title.text.clone();
    Ok(page(fill(&DefinitionPage {
        frame: Frame::new(language, &title, public_url(call)).branded(&name.issuer),
        notices: around.notices(),
        anchors: anchors(shown.achievement, &sheet),
        around: [around.languages(own.as_deref()), around.versions()]
            .into_iter()
            .flatten()
            .collect(),
        sheet,
        beside: beside.into_iter().collect(),
        help: PageText::DefinitionHelp.to(language).into_owned(),
        json: as_json(call, language),
    })))
}

struct Around<'a> {
    call: &'a Call<'a>,
    shown: &'a Shown<'a>,
    language: Language,
}

impl Around<'_> {
    fn url(&self, name: &DefinitionRef) -> String {
        self.call.front.parts.desk.installation().definition_url(name)
    }

    fn notices(&self) -> Vec<Value> {
        let record = self.shown.record;
        let mut notices = Vec::new();
        if self.shown.edition.is_some() {
            notices.push(
                Value::plain(CatalogueText::IsTranslation.to(self.language))
                    .linked(Some(self.shown.address)),
            );
        }
        if let Some(since) = record.withdrawn {
            let date = &date(since.date(), self.language);
            notices.push(Value::plain(CatalogueText::Withdrawn { date }.to(self.language)));
        }
        let later = self.shown.versions.iter().rev().take_while(|v| v.name != record.name);
        if let Some(newer) = later.into_iter().find(|version| version.withdrawn.is_none()) {
            let version = &newer.name.version;
            notices.push(
                Value::plain(CatalogueText::NewerVersion { version }.to(self.language))
                    .linked(Some(&self.url(&newer.name))),
            );
        }
        notices
    }

    fn versions(&self) -> Option<Group> {
        let facts = self.shown.versions.iter().map(|record| {
            let day = |at: crate::model::Timestamp| date(at.date(), self.language);
            let published = CatalogueText::PublishedOn { date: &day(record.published) };
            let mut notes = vec![published.to(self.language).into_owned()];
            if let Some(since) = record.withdrawn {
                let withdrawn = CatalogueText::WithdrawnOn { date: &day(since) };
                notes.push(withdrawn.to(self.language).into_owned());
            }
            if record.name == self.shown.record.name {
                notes.push(CatalogueText::ThisVersion.to(self.language).into_owned());
            }
            let version = Label::DefinitionVersion { version: &record.name.version };
            Value::plain(version.to(self.language))
                .linked(Some(&self.url(&record.name)))
                .noted(Some(notes.join(", ")))
        });
        let versions = fact(CatalogueText::Versions, self.language, facts.collect());
        group("versions", CatalogueText::Versions, self.language, vec![versions])
    }

    /// The authoritative text first; a language without an edition is shown as missing.
    fn languages(&self, definition: Option<&profile::Definition>) -> Option<Group> {
        let definition = definition?;
        let mut all = vec![definition.language];
        all.extend(Written::ALL.into_iter().filter(|other| *other != definition.language));
        let values = all.into_iter().map(|other| {
            let name = other.code().parse().unwrap_or(self.language).own_name();
            let lang = (other.code() != self.language.tag()).then(|| other.code().to_owned());
            let (href, note) = if other == definition.language {
                (Some(self.shown.address.to_owned()), CatalogueText::Authoritative)
            } else if definition.language_editions.contains(&other) {
                let edition = format!("{}/{other}", self.shown.address);
                (Some(edition), CatalogueText::ForInformation)
            } else {
                (None, CatalogueText::NoTranslation)
            };
            Value::plain(name)
                .in_language(lang)
                .linked(href.as_deref())
                .noted(Some(note.to(self.language).into_owned()))
        });
        let languages = fact(CatalogueText::LanguagesOfText, self.language, values.collect());
        group("languages", CatalogueText::LanguagesOfText, self.language, vec![languages])
    }
}

/// The anchors that certificates name and that nothing else on the page carries.
fn anchors(achievement: &Json, sheet: &Sheet) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    fragments(achievement, &mut found);
    for item in sheet.lists.iter().flat_map(|list| &list.items) {
        found.remove(&item.code);
    }
    for list in &sheet.lists {
        found.remove(list.id);
    }
    for group in &sheet.groups {
        found.remove(group.id);
    }
    found
}

/// Fragments of addresses, as far as they may be anchors.
fn fragments(value: &Json, found: &mut BTreeSet<String>) {
    match value {
        Json::String(text) => {
            let fragment = text.split_once('#').map_or("", |(_, fragment)| fragment);
            let sound = !fragment.is_empty()
                && fragment.len() <= 64
                && fragment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if sound && text.starts_with("https://") && found.len() < MOST_ANCHORS {
                found.insert(fragment.to_owned());
            }
        }
        Json::Array(items) => items.iter().for_each(|item| fragments(item, found)),
        Json::Object(members) => members.values().for_each(|member| fragments(member, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
