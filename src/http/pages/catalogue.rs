//! The pages of what a certificate refers to besides its definition: concepts, mandates,
//! frameworks, and the issuer itself. Facts with labels, and the same as JSON.

use super::brand::Logo;
use super::sheet::{Fact, Group, Item, ItemList, Value};
use super::{Frame, Link, Paragraph, fill, page, public_url};
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::Fault;
use crate::model::{Date, Slug};
use crate::profile::{
    Concept, FieldProfile, FieldRule, Installation, Language as Written, LocalizedText, Mandate,
    Need, Organisation, Vocabulary,
};
use crate::store::FrameworkRecord;
use crate::texts::{CatalogueText, Label, Language, PageText, date};
use actix_web::HttpResponse;
use askama::Template;
use serde_json::Value as Json;

#[derive(Template)]
#[template(path = "facts.html")]
struct FactsPage<'a> {
    frame: Frame<'a>,
    logo: Option<Logo>,
    heading: Value,
    paragraphs: Vec<Paragraph>,
    groups: Vec<Group>,
    lists: Vec<ItemList>,
    json: Link,
}

/// What stands on one page.
pub(super) struct Content {
    pub heading: Value,
    pub paragraphs: Vec<String>,
    pub groups: Vec<Group>,
    pub lists: Vec<ItemList>,
}

/// A page of facts at the address of the request.
pub(super) fn facts(call: &Call<'_>, language: Language, content: Content) -> HttpResponse {
    facts_of(call, language, content, None, None)
}

/// The same, as an issuer looks.
pub(super) fn facts_of(
    call: &Call<'_>,
    language: Language,
    content: Content,
    issuer: Option<&Slug>,
    logo: Option<Logo>,
) -> HttpResponse {
    let title = content.heading.text.clone();
    let frame = Frame::new(language, &title, public_url(call));
    page(fill(&FactsPage {
        frame: match issuer {
            Some(issuer) => frame.branded(issuer),
            None => frame,
        },
        logo,
        heading: content.heading,
        paragraphs: content
            .paragraphs
            .into_iter()
            .map(|text| Paragraph { text, lang: None })
            .collect(),
        groups: content.groups,
        lists: content.lists,
        json: as_json(call, language),
    }))
}

/// The link to the same as JSON.
pub(super) fn as_json(call: &Call<'_>, language: Language) -> Link {
    Link {
        href: format!("{}?format=json", call.request.path()),
        text: PageText::AsJson.to(language).into_owned(),
    }
}

/// The language of this page as texts of the catalogue name it.
pub(super) fn written(language: Language) -> Written {
    match language {
        Language::Nl => Written::Nl,
        Language::Fr => Written::Fr,
        Language::En => Written::En,
    }
}

/// A text in the page's language, else in the nearest one, marked with its language.
pub(super) fn nearest(text: &LocalizedText, language: Language) -> Value {
    let own = written(language);
    let found = std::iter::once(own).chain(Written::ALL).find(|l| text.get(*l).is_some());
    match found {
        Some(other) if other != own => {
            Value::plain(text.nearest(own)).in_language(Some(other.code().to_owned()))
        }
        _ => Value::plain(text.nearest(own)),
    }
}

/// A label with its values; `None` when there is none.
pub(super) fn fact(
    label: CatalogueText<'_>,
    language: Language,
    values: Vec<Value>,
) -> Option<Fact> {
    let label = label.to(language).into_owned();
    (!values.is_empty()).then_some(Fact { label, values, help: None })
}

/// Facts under a heading.
pub(super) fn group(
    id: &'static str,
    heading: CatalogueText<'_>,
    language: Language,
    facts: Vec<Option<Fact>>,
) -> Option<Group> {
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    (!facts.is_empty()).then(|| Group {
        id,
        heading: heading.to(language).into_owned(),
        help: None,
        facts,
    })
}

/// The page of a concept of the closed lists.
pub fn concept(call: &Call<'_>, list: &str, code: &str, concept: &Concept) -> HttpResponse {
    let language = negotiation::language(call.request);
    let names = Written::ALL.into_iter().filter_map(|other| {
        let lang = (other != written(language)).then(|| other.code().to_owned());
        Some(Value::plain(concept.label.get(other)?).in_language(lang))
    });
    let european = concept.uri.iter().map(|uri| Value::plain(uri).linked(Some(uri))).collect();
    let facts_of = vec![
        fact(CatalogueText::Names, language, names.collect()),
        fact(CatalogueText::List, language, vec![Value::plain(list)]),
        fact(CatalogueText::Code, language, vec![Value::plain(code)]),
        fact(CatalogueText::EuropeanAddress, language, european),
    ];
    facts(
        call,
        language,
        Content {
            heading: nearest(&concept.label, language),
            paragraphs: vec![CatalogueText::ConceptLead.to(language).into_owned()],
            groups: group("names", CatalogueText::Names, language, facts_of).into_iter().collect(),
            lists: Vec::new(),
        },
    )
}

pub(super) fn period(mandate: &Mandate, language: Language) -> String {
    let day = |day: Date| date(day, language);
    let start = &day(mandate.from);
    match mandate.until {
        Some(until) => Label::From { start, end: &day(until) }.to(language).into_owned(),
        None => CatalogueText::MandateFrom { start }.to(language).into_owned(),
    }
}

/// The page of a mandate.
pub fn mandate(
    call: &Call<'_>,
    sealer: &Organisation,
    mandator: Option<&Organisation>,
    mandate: &Mandate,
    vocabulary: &Vocabulary,
) -> HttpResponse {
    let language = negotiation::language(call.request);
    let named = |organisation: &Organisation| {
        nearest(&organisation.legal_name, language).linked(Some(&organisation.url))
    };
    let behalf = match mandator {
        Some(mandator) => named(mandator),
        None => Value::plain(mandate.on_behalf_of.as_str()),
    };
    let kinds = mandate
        .kinds
        .iter()
        .map(|kind| Value::plain(vocabulary.label("kind", kind.code(), written(language))));
    let seals = named(sealer);
    let lead = CatalogueText::MandateLead { mandator: &behalf.text, sealer: &seals.text };
    let lead = lead.to(language).into_owned();
    let reference = &mandate.reference;
    let heading = CatalogueText::MandateTitle { reference }.to(language).into_owned();
    let about = vec![
        fact(CatalogueText::Sealer, language, vec![seals]),
        fact(CatalogueText::Mandator, language, vec![behalf]),
        fact(CatalogueText::MandatePeriod, language, vec![Value::plain(period(mandate, language))]),
        fact(CatalogueText::MandateKinds, language, kinds.collect()),
    ];
    facts(
        call,
        language,
        Content {
            heading: Value::plain(heading),
            paragraphs: vec![lead],
            groups: group("mandate", CatalogueText::MandatePeriod, language, about)
                .into_iter()
                .collect(),
            lists: Vec::new(),
        },
    )
}

/// The page of a framework version, with an anchor for each competence.
pub fn framework(
    call: &Call<'_>,
    record: &FrameworkRecord,
    publisher: Option<&Organisation>,
) -> HttpResponse {
    let language = negotiation::language(call.request);
    let item = |competence: &Json| {
        let cluster = competence["cluster"].as_str().map(str::to_owned);
        Item {
            code: competence["code"].as_str().unwrap_or_default().to_owned(),
            text: in_languages(&competence["text"], language).noted(cluster),
            facts: Vec::new(),
        }
    };
    let competences = record.document["competences"].as_array();
    let items: Vec<Item> = competences.into_iter().flatten().map(item).collect();
    let elsewhere = record.document["source"].as_str();
    let published = date(record.published.date(), language);
    let published = CatalogueText::PublishedOn { date: &published }.to(language).into_owned();
    let mut paragraphs = vec![CatalogueText::FrameworkLead.to(language).into_owned()];
    if record.document["description"].is_object() {
        paragraphs.insert(0, in_languages(&record.document["description"], language).text);
    }
    let level = |name: &str| record.document["level"][name].as_u64();
    let levels = [("VKS", level("vks")), ("EQF", level("eqf"))];
    let levels = levels.into_iter().filter_map(|(name, level)| Some(format!("{name} {}", level?)));
    let licence = record.document["licence"].as_str();
    let about = vec![
        fact(CatalogueText::Level, language, levels.map(Value::plain).collect()),
        fact(CatalogueText::Licence, language, licence.map(Value::plain).into_iter().collect()),
        fact(
            CatalogueText::Version,
            language,
            vec![Value::plain(&record.name.version).noted(Some(published))],
        ),
        fact(
            CatalogueText::Organisation,
            language,
            publisher
                .map(|publisher| {
                    nearest(&publisher.legal_name, language).linked(Some(&publisher.url))
                })
                .into_iter()
                .collect(),
        ),
        fact(
            CatalogueText::Source,
            language,
            elsewhere.map(|url| Value::plain(url).linked(Some(url))).into_iter().collect(),
        ),
    ];
    facts(
        call,
        language,
        Content {
            heading: in_languages(&record.document["title"], language),
            paragraphs,
            groups: group("framework", CatalogueText::Frameworks, language, about)
                .into_iter()
                .collect(),
            lists: (!items.is_empty())
                .then(|| ItemList {
                    id: "competences",
                    heading: CatalogueText::Competences.to(language).into_owned(),
                    items,
                })
                .into_iter()
                .collect(),
        },
    )
}

/// A text of a document in the page's language, else in one it has, marked with its language.
pub(super) fn in_languages(texts: &Json, language: Language) -> Value {
    let tags = [language.tag(), "nl", "fr", "en"];
    let found = tags.iter().find_map(|tag| {
        let lang = (*tag != language.tag()).then(|| (*tag).to_owned());
        Some(Value::plain(texts.get(*tag)?.as_str()?).in_language(lang))
    });
    found.unwrap_or_else(|| Value::plain("–"))
}

/// The page of what certificates of a kind must state.
pub fn profile(call: &Call<'_>, profile: &FieldProfile) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    let vocabulary = call.front.parts.desk.labels()?;
    let kind = vocabulary.label("kind", profile.kind.code(), written(language));
    let english = (language != Language::En).then(|| "en".to_owned());
    let fields = |rules: &[FieldRule], need: Need| -> Vec<Value> {
        let of_need = rules.iter().filter(|rule| rule.need == need);
        of_need
            .map(|rule| {
                Value::plain(rule.pointer.trim_start_matches('/'))
                    .in_language(english.clone())
                    .remarked(Some(rule.reason.to_owned()), english.clone())
            })
            .collect()
    };
    let section = |id, heading, rules: &[FieldRule]| {
        let needs = [
            (CatalogueText::Required, Need::Required),
            (CatalogueText::Optional, Need::Allowed),
            (CatalogueText::Refused, Need::Forbidden),
        ];
        let facts = needs.map(|(label, need)| fact(label, language, fields(rules, need)));
        group(id, heading, language, facts.into())
    };
    let groups = [
        section("definition", CatalogueText::OfDefinition, &profile.definition),
        section("award", CatalogueText::OfAward, &profile.award),
    ];
    Ok(facts(
        call,
        language,
        Content {
            heading: Value::plain(CatalogueText::ProfileTitle { kind }.to(language)),
            paragraphs: vec![CatalogueText::ProfileLead.to(language).into_owned()],
            groups: groups.into_iter().flatten().collect(),
            lists: Vec::new(),
        },
    ))
}

/// Where a mandate is explained.
pub(super) fn mandate_url(installation: &Installation, sealer: &Slug, mandate: &Mandate) -> String {
    mandate.url.clone().unwrap_or_else(|| installation.mandate_url(sealer, &mandate.reference))
}
