//! The achievement: everything a definition version says, as the object `A` of every credential
//! issued under it (mapping, sections 4 to 7). Equal `A.id` means equal `A`, so nothing of an award
//! or of the sealer reaches this file.

use super::catalogue::{Catalogue, Installation};
use super::definition::{Definition, Outcome};
use super::organisation::Organisation;
use super::vocabulary::Vocabulary;
use super::wording::{Words, words};
use crate::model::{CertificateKind, DefinitionRef};
use serde_json::{Map, Value, json};
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
}

/// The achievement of a definition version, or of some of its competences, in definition order.
pub fn achievement(
    mapping: &Mapping<'_>,
    definition: &Definition,
    selection: Option<&[&str]>,
) -> Result<Value, MappingError> {
    let competences = selected(definition, selection)?;
    let id = match competences.len() == definition.competences.len() {
        true => mapping.installation.definition_url(&definition.name),
        false => mapping
            .installation
            .selection_url(&definition.name, competences.iter().map(|c| c.code.as_str())),
    };
    let url = mapping.installation.definition_url(&definition.name);
    Writer { mapping, definition, competences, id, url, words: words(definition.language) }
        .achievement()
}

fn selected<'a>(
    definition: &'a Definition,
    selection: Option<&[&str]>,
) -> Result<Vec<&'a Outcome>, MappingError> {
    let Some(codes) = selection else { return Ok(definition.competences.iter().collect()) };
    let found: Vec<&Outcome> =
        definition.competences.iter().filter(|c| codes.contains(&c.code.as_str())).collect();
    if found.is_empty() || found.len() != codes.len() {
        return Err(MappingError::NotASelection);
    }
    Ok(found)
}

pub(super) struct Writer<'a> {
    pub mapping: &'a Mapping<'a>,
    pub definition: &'a Definition,
    pub competences: Vec<&'a Outcome>,
    /// `A.id`.
    pub id: String,
    /// `D`.
    pub url: String,
    pub words: &'static Words,
}

impl Writer<'_> {
    fn achievement(&self) -> Result<Value, MappingError> {
        let definition = self.definition;
        let mut a = Map::with_capacity(16);
        a.insert("id".into(), self.id.as_str().into());
        a.insert("type".into(), json!(["Achievement"]));
        a.insert("achievementType".into(), achievement_type(definition.kind).into());
        a.insert("name".into(), definition.text(&definition.title).into());
        a.insert("description".into(), definition.text(&definition.description).into());
        let narrative = self.narrative()?;
        a.insert(
            "criteria".into(),
            json!({"id": format!("{}#criteria", self.url), "narrative": narrative}),
        );
        a.insert("creator".into(), self.creator()?);
        a.insert("inLanguage".into(), definition.language.code().into());
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
        let related: Vec<Value> = definition
            .language_editions
            .iter()
            .map(|edition| {
                json!({
                    "id": format!("{}/{edition}", self.id),
                    "type": ["Related"],
                    "inLanguage": edition.code(),
                    "version": definition.name.version,
                })
            })
            .collect();
        if !related.is_empty() {
            a.insert("related".into(), Value::Array(related));
        }
        Ok(Value::Object(a))
    }

    pub fn label<'b>(&'b self, list: &str, code: &'b str) -> &'b str {
        self.mapping.vocabulary.label(list, code, self.definition.language)
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
        Ok(profile(&body, self.definition, own && body.test, !own))
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
        for competence in &self.competences {
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
                "name": definition.title.nearest(d.language),
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
            "name": d.text(&competence.text),
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
                        "name": d.text(&level.label),
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
    definition: &Definition,
    test: bool,
    address: bool,
) -> Value {
    let name = organisation.name(definition.language);
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
