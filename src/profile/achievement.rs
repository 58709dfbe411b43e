//! The achievement: everything a definition version says, as the object `A` of every credential
//! issued under it (mapping, sections 4 to 7). Equal `A.id` means equal `A`, so nothing of an award
//! or of the sealer reaches this file, and what was frozen at publication is not written again.

use super::catalogue::{Catalogue, Installation};
use super::definition::{Definition, Outcome};
use super::frozen;
use super::language::{Language, LocalizedText};
use super::organisation::Organisation;
use super::vocabulary::Vocabulary;
use super::wording::{Words, words};
use crate::model::{CertificateKind, DefinitionRef};
use serde_json::{Map, Value, json};
use std::cell::Cell;
use std::sync::Arc;

/// What the mapping writes addresses and labels with.
#[derive(Clone, Copy)]
pub struct Mapping<'a> {
    /// Addresses.
    pub installation: &'a Installation,
    /// Organisations and definitions.
    pub catalogue: &'a dyn Catalogue,
    /// Labels and addresses of concepts.
    pub vocabulary: &'a Vocabulary,
}

impl std::fmt::Debug for Mapping<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mapping").field("installation", &self.installation).finish_non_exhaustive()
    }
}

/// Why a document could not be written. What was checked before is always written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// (issuer's data) The catalogue lacks what the definition or the award names.
    #[error("the catalogue has no {what} {name}")]
    NotInCatalogue {
        /// The kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// (client) The award was not checked: the register's facts lack what it names.
    #[error("the award names a {0} without facts")]
    NoFacts(&'static str),
    /// (client) A selection names a competence that is not there, none at all, or one twice.
    #[error("this is no selection of the definition's competences")]
    NotASelection,
    /// (client) The definition promises no edition in this language.
    #[error("there is no edition in the language {0}")]
    NoEdition(Language),
    /// (service) A frozen achievement is not one that this service wrote.
    #[error("the frozen achievement has no {0} of its own")]
    NotFrozen(&'static str),
}

/// The achievement of a definition version, or of some of its competences, in definition order: the
/// frozen one if the catalogue keeps it, else as it would be frozen now.
pub fn achievement(
    mapping: &Mapping<'_>,
    definition: &Definition,
    selection: Option<&[&str]>,
) -> Result<Value, MappingError> {
    edition(mapping, definition, definition.language, selection)
}

/// The achievement in one of the definition's languages. Other languages than the authoritative one
/// are for information: nothing signed contains them.
pub fn edition(
    mapping: &Mapping<'_>,
    definition: &Definition,
    language: Language,
    selection: Option<&[&str]>,
) -> Result<Value, MappingError> {
    let url = mapping.installation.definition_url(&definition.name);
    // Frozen under another address of this installation, it is another achievement.
    let same = |frozen: &Value| {
        let id = frozen.get("id").and_then(Value::as_str).unwrap_or_default();
        id.strip_prefix(url.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let whole = match mapping.catalogue.frozen(&definition.name, language).filter(same) {
        Some(frozen) => frozen,
        None => write(mapping, definition, language)?,
    };
    match selection {
        None => Ok(whole),
        Some(codes) => frozen::select_from(whole, codes),
    }
}

/// Writes the achievement of all competences anew.
pub(super) fn write(
    mapping: &Mapping<'_>,
    definition: &Definition,
    language: Language,
) -> Result<Value, MappingError> {
    if language != definition.language && !definition.language_editions.contains(&language) {
        return Err(MappingError::NoEdition(language));
    }
    let url = mapping.installation.definition_url(&definition.name);
    let words = words(language);
    Writer { mapping, definition, language, url, words, untranslated: Cell::new(false) }
        .achievement()
}

pub(super) struct Writer<'a> {
    pub mapping: &'a Mapping<'a>,
    pub definition: &'a Definition,
    pub language: Language,
    /// `D`.
    pub url: String,
    pub words: &'static Words,
    /// Whether a text was not there in this language.
    pub untranslated: Cell<bool>,
}

impl Writer<'_> {
    fn achievement(&self) -> Result<Value, MappingError> {
        let definition = self.definition;
        let mut a = Map::with_capacity(16);
        a.insert("id".into(), self.address_in(self.language).into());
        a.insert("type".into(), json!(["Achievement"]));
        a.insert("achievementType".into(), achievement_type(definition.kind).into());
        a.insert("name".into(), self.text(&definition.title).into());
        a.insert("description".into(), self.text(&definition.description).into());
        a.insert("criteria".into(), Value::Null);
        a.insert("creator".into(), self.creator()?);
        a.insert("inLanguage".into(), self.language.code().into());
        a.insert("version".into(), definition.name.version.as_str().into());
        a.insert("humanCode".into(), definition.code.as_str().into());
        if let Some(code) = &definition.isced_f {
            a.insert("fieldOfStudy".into(), self.label("isced-f", code).into());
        }
        if let Some(ects) = definition.ects() {
            a.insert("creditsAvailable".into(), ects.to_json());
        }
        a.insert("alignment".into(), Value::Array(self.alignments()?));
        a.insert("resultDescription".into(), Value::Array(self.result_descriptions()?));
        let related = self.related()?;
        if !related.is_empty() {
            a.insert("related".into(), Value::Array(related));
        }
        // Written last and put in its place, because it tells whether a text was not translated.
        let narrative = self.narrative()?;
        a.insert(
            "criteria".into(),
            json!({"id": format!("{}#criteria", self.url), "narrative": narrative}),
        );
        Ok(Value::Object(a))
    }

    /// `A.id`, or the address of a language edition.
    fn address_in(&self, language: Language) -> String {
        match language == self.definition.language {
            true => self.url.clone(),
            false => format!("{}/{language}", self.url),
        }
    }

    /// The other languages and the version before: all that is "the same for most purposes".
    fn related(&self) -> Result<Vec<Value>, MappingError> {
        let d = self.definition;
        let related = |id: String, language: Language, version: &str| {
            json!({
                "id": id,
                "type": ["Related"],
                "inLanguage": language.code(),
                "version": version,
            })
        };
        let mut all: Vec<Value> = std::iter::once(d.language)
            .chain(d.language_editions.iter().copied())
            .filter(|language| *language != self.language)
            .map(|language| related(self.address_in(language), language, &d.name.version))
            .collect();
        if let Some(version) = &d.previous_version {
            let name = DefinitionRef { version: version.clone(), ..d.name.clone() };
            let previous = self.other(&name)?;
            let url = self.mapping.installation.definition_url(&name);
            all.push(related(url, previous.language, version));
        }
        Ok(all)
    }

    /// A text in the language of this edition, else in the authoritative one.
    pub fn text<'b>(&self, text: &'b LocalizedText) -> &'b str {
        text.get(self.language).unwrap_or_else(|| {
            self.untranslated.set(true);
            self.definition.text(text)
        })
    }

    pub fn label<'b>(&'b self, list: &str, code: &'b str) -> &'b str {
        self.mapping.vocabulary.label(list, code, self.language)
    }

    pub fn organisation(&self, slug: &str) -> Result<Arc<Organisation>, MappingError> {
        organisation(self.mapping, slug)
    }

    pub fn other(&self, name: &DefinitionRef) -> Result<Arc<Definition>, MappingError> {
        self.mapping.catalogue.definition(name).ok_or_else(|| MappingError::NotInCatalogue {
            what: "definition",
            name: name.to_string(),
        })
    }

    /// The first awarding body. Without address when it is the definition's own issuer, because the
    /// issuer object carries it already.
    fn creator(&self) -> Result<Value, MappingError> {
        let Some(first) = self.definition.awarding_bodies.first() else {
            return Err(MappingError::NotInCatalogue {
                what: "awarding body of",
                name: self.definition.name.to_string(),
            });
        };
        let body = self.organisation(first.as_str())?;
        let own = *first == self.definition.name.issuer;
        Ok(profile(&body, self.language, own && body.test, !own))
    }

    fn result_descriptions(&self) -> Result<Vec<Value>, MappingError> {
        let d = self.definition;
        let mut all = vec![json!({
            "id": format!("{}#result-decision", self.url),
            "type": ["ResultDescription"],
            "name": self.words.decision,
            "resultType": "Status",
        })];
        if let Some(scale) = &d.grading {
            all.push(json!({
                "id": format!("{}#result-grade", self.url),
                "type": ["ResultDescription"],
                "name": self.words.score,
                "resultType": "RawScore",
                "valueMin": scale.min,
                "valueMax": scale.max,
                "requiredValue": scale.pass,
            }));
        }
        let framework = d.framework.as_ref().map(|framework| self.framework_name(framework));
        for competence in &d.competences {
            all.push(self.competence_result(competence, framework.as_deref()));
        }
        for part in d.parts.iter().flat_map(|parts| &parts.items) {
            let definition = self.other(&part.definition)?;
            let ects = definition.ects().unwrap_or_default().to_string();
            let mut alignments = vec![self.part_achievement(&part.code, &definition)];
            if let Some(level) = &definition.level {
                alignments.extend(self.level_numbers(level));
            }
            all.push(json!({
                "id": format!("{}#result-{}", self.url, part.code),
                "type": ["ResultDescription"],
                "name": definition.title.nearest(self.language),
                "resultType": "ext:CreditsEarned",
                "valueMax": ects,
                "requiredValue": ects,
                "alignment": alignments,
            }));
        }
        Ok(all)
    }

    fn competence_result(&self, competence: &Outcome, framework: Option<&str>) -> Value {
        let d = self.definition;
        let id = format!("{}#result-{}", self.url, competence.code);
        let graded = !d.proficiency_scale.is_empty();
        let mut description = json!({
            "id": id,
            "type": ["ResultDescription"],
            "name": self.text(&competence.text),
            "resultType": if graded { "RubricCriterionLevel" } else { "Status" },
            "alignment": [self.outcome("Competence", competence, framework, None)],
        });
        if graded {
            let levels: Vec<Value> = d
                .proficiency_scale
                .iter()
                .map(|level| {
                    json!({
                        "id": format!("{id}-{}", level.code),
                        "type": ["RubricCriterionLevel"],
                        "name": self.text(&level.label),
                        "level": level.code,
                    })
                })
                .collect();
            description["rubricCriterionLevel"] = Value::Array(levels);
        }
        description
    }
}

fn achievement_type(kind: CertificateKind) -> &'static str {
    match kind {
        CertificateKind::Microcredential | CertificateKind::Microdegree => "MicroCredential",
        CertificateKind::Participation => "CertificateOfCompletion",
        CertificateKind::EvcBewijsVanBekwaamheid
        | CertificateKind::EvcCompetentiebewijs
        | CertificateKind::EvcBewijsVanBeroepskwalificatie
        | CertificateKind::EvcBewijsVanDeelkwalificatie => "ext:RecognitionOfPriorLearning",
    }
}

/// An organisation of the catalogue.
pub(super) fn organisation(
    mapping: &Mapping<'_>,
    slug: &str,
) -> Result<Arc<Organisation>, MappingError> {
    mapping
        .catalogue
        .organisation(slug)
        .ok_or_else(|| MappingError::NotInCatalogue { what: "organisation", name: slug.to_owned() })
}

/// What stands before names in documents of a test issuer (mapping, ground rule 10).
pub(super) const TEST: &str = "TEST – ";

/// A Profile object of an organisation.
pub(super) fn profile(
    organisation: &Organisation,
    language: Language,
    test: bool,
    address: bool,
) -> Value {
    let name = organisation.name(language);
    let mut profile = json!({
        "id": organisation.id(),
        "type": ["Profile"],
        "name": if test { format!("{TEST}{name}") } else { name.to_owned() },
        "url": organisation.url,
    });
    if address {
        profile["address"] = self::address(organisation);
    }
    profile
}

/// An Address object: country and region, nothing more precise.
pub(super) fn address(organisation: &Organisation) -> Value {
    let mut address = json!({"type": ["Address"], "addressCountryCode": organisation.country});
    if let Some(region) = &organisation.region {
        address["addressRegion"] = region.as_str().into();
    }
    address
}
