//! The achievement: everything a definition version says, as the object `A` of every credential
//! issued under it (mapping, sections 4 to 7). Equal `A.id` means equal `A`, so nothing of an award
//! or of the sealer reaches this file.

use super::catalogue::{Catalogue, Installation};
use super::definition::{Definition, EscoConcept, Framework, Level, Outcome};
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

/// An alignment (mapping, section 3). Members without value are left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Alignment<'a> {
    pub target_type: &'a str,
    pub name: &'a str,
    pub url: &'a str,
    pub code: Option<&'a str>,
    pub framework: Option<&'a str>,
    pub description: Option<&'a str>,
}

impl Alignment<'_> {
    pub fn write(self) -> Value {
        let mut map = Map::with_capacity(7);
        map.insert("type".into(), json!(["Alignment"]));
        map.insert("targetType".into(), format!("ext:{}", self.target_type).into());
        map.insert("targetName".into(), self.name.into());
        map.insert("targetUrl".into(), self.url.into());
        for (member, value) in [
            ("targetCode", self.code),
            ("targetFramework", self.framework),
            ("targetDescription", self.description),
        ] {
            if let Some(value) = value {
                map.insert(member.into(), value.into());
            }
        }
        Value::Object(map)
    }
}

const EQF: &str = "European Qualifications Framework";
const VKS: &str = "Vlaamse kwalificatiestructuur";

struct Writer<'a> {
    mapping: &'a Mapping<'a>,
    definition: &'a Definition,
    competences: Vec<&'a Outcome>,
    /// `A.id`.
    id: String,
    /// `D`.
    url: String,
    words: &'static Words,
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

    fn label<'b>(&'b self, list: &str, code: &'b str) -> &'b str {
        self.mapping.vocabulary.label(list, code, self.definition.language)
    }

    fn organisation(&self, slug: &str) -> Result<Arc<Organisation>, MappingError> {
        organisation(self.mapping, slug)
    }

    fn other(&self, name: &DefinitionRef) -> Result<Arc<Definition>, MappingError> {
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

    fn alignments(&self) -> Result<Vec<Value>, MappingError> {
        let d = self.definition;
        let mut all = Vec::with_capacity(32);
        self.concept(&mut all, "CertificateKind", "kind", d.kind.code());
        for (target_type, slugs) in
            [("AwardingBody", &d.awarding_bodies), ("TrainingProvider", &d.training_providers)]
        {
            for slug in slugs {
                let body = self.organisation(slug.as_str())?;
                let number = body.identifiers.first();
                let alignment = Alignment {
                    target_type,
                    name: body.name(d.language),
                    url: &body.url,
                    code: number.map(|number| number.number.as_str()),
                    framework: number.map(|number| number.register.as_str()),
                    description: Some(&body.place()),
                };
                all.push(alignment.write());
            }
        }
        for outcome in &d.learning_outcomes {
            all.push(self.outcome("LearningOutcome", outcome, None, None));
        }
        let framework = d.framework.as_ref().map(|framework| self.framework_name(framework));
        for competence in &self.competences {
            let cluster = competence.cluster.as_deref();
            all.push(self.outcome("Competence", competence, framework.as_deref(), cluster));
        }
        self.esco(&mut all);
        if let Some(framework) = &d.framework {
            let alignment = Alignment {
                target_type: "CompetenceFramework",
                name: &framework.name,
                url: &framework.url,
                code: Some(&framework.version),
                ..Alignment::default()
            };
            all.push(alignment.write());
        }
        if let Some(qualification) = &d.qualification {
            let alignment = Alignment {
                target_type: "Qualification",
                name: d.text(&qualification.name),
                url: &qualification.url,
                code: Some(&qualification.code),
                ..Alignment::default()
            };
            all.push(alignment.write());
        }
        if self.id != self.url {
            let alignment = Alignment {
                target_type: "SelectedFrom",
                name: d.text(&d.title),
                url: &self.url,
                code: Some(&d.name.version),
                ..Alignment::default()
            };
            all.push(alignment.write());
        }
        if let Some(level) = &d.level {
            self.level(&mut all, level);
        }
        self.workload(&mut all);
        self.conditions(&mut all);
        self.stacking(&mut all)?;
        for (target_type, text) in [("Procedure", &d.procedure), ("LegalBasis", &d.legal_basis)] {
            if let Some(linked) = text {
                let name = d.text(&linked.text);
                all.push(
                    Alignment { target_type, name, url: &linked.url, ..Alignment::default() }
                        .write(),
                );
            }
        }
        if let Some(note) = &d.recognition_note {
            all.push(self.anchored("RecognitionNote", d.text(note), "recognition", None));
        }
        Ok(all)
    }

    /// A concept of a closed list.
    fn concept(&self, all: &mut Vec<Value>, target_type: &str, list: &str, code: &str) {
        all.push(concept(self.mapping, self.definition, target_type, list, code));
    }

    /// A text with its anchor on the definition.
    fn anchored(&self, target_type: &str, name: &str, anchor: &str, code: Option<&str>) -> Value {
        let url = format!("{}#{anchor}", self.url);
        Alignment { target_type, name, url: &url, code, ..Alignment::default() }.write()
    }

    fn outcome(
        &self,
        target_type: &str,
        outcome: &Outcome,
        framework: Option<&str>,
        description: Option<&str>,
    ) -> Value {
        let alignment = Alignment {
            target_type,
            name: self.definition.text(&outcome.text),
            url: &format!("{}#{}", self.url, outcome.code),
            code: Some(&outcome.code),
            framework,
            description,
        };
        alignment.write()
    }

    fn framework_name(&self, framework: &Framework) -> String {
        format!("{}, {} {}", framework.name, self.words.version, framework.version)
    }

    /// Each skill once, with the codes it belongs to.
    fn esco(&self, all: &mut Vec<Value>) {
        let mut skills: Vec<(&EscoConcept, Vec<&str>)> = Vec::new();
        let outcomes =
            self.definition.learning_outcomes.iter().chain(self.competences.iter().copied());
        for outcome in outcomes {
            for skill in &outcome.esco_skills {
                match skills.iter_mut().find(|(known, _)| known.uri == skill.uri) {
                    Some((_, codes)) => codes.push(&outcome.code),
                    None => skills.push((skill, vec![&outcome.code])),
                }
            }
        }
        for (skill, codes) in skills {
            all.push(esco("ESCOSkill", skill, Some(&codes.join(", "))));
        }
        for occupation in &self.definition.esco_occupations {
            all.push(esco("ESCOOccupation", occupation, None));
        }
    }

    fn level(&self, all: &mut Vec<Value>, level: &Level) {
        match level {
            Level::Placed { cycle, .. } => {
                all.extend(self.level_numbers(level));
                if let Some(code) = cycle {
                    let alignment = Alignment {
                        target_type: "QFEHEACycle",
                        name: self.label("cycle", code),
                        url: &self.mapping.vocabulary.url(self.mapping.installation, "cycle", code),
                        code: Some(code),
                        framework: Some("QF-EHEA"),
                        ..Alignment::default()
                    };
                    all.push(alignment.write());
                }
            }
            Level::NotApplicable { reason } => {
                all.push(self.not_applicable("level", Some(self.definition.text(reason))));
            }
        }
    }

    fn level_numbers(&self, level: &Level) -> Vec<Value> {
        let number = |target_type, list, level: Option<u8>, framework| {
            let code = level?.to_string();
            let alignment = Alignment {
                target_type,
                name: self.label(list, &code),
                url: &self.mapping.vocabulary.url(self.mapping.installation, list, &code),
                code: Some(&code),
                framework: Some(framework),
                ..Alignment::default()
            };
            Some(alignment.write())
        };
        [number("EQFLevel", "eqf", level.eqf(), EQF), number("VKSLevel", "vks", level.vks(), VKS)]
            .into_iter()
            .flatten()
            .collect()
    }

    fn not_applicable(&self, code: &str, description: Option<&str>) -> Value {
        let alignment = Alignment {
            target_type: "NotApplicable",
            name: self.label("not-applicable", code),
            url: &self.mapping.vocabulary.url(self.mapping.installation, "not-applicable", code),
            code: Some(code),
            description,
            ..Alignment::default()
        };
        alignment.write()
    }

    fn workload(&self, all: &mut Vec<Value>) {
        let Some(workload) = &self.definition.workload else { return };
        if workload.ects.is_some() {
            self.concept(all, "CreditSystem", "credit-system", "ECTS");
        } else if self.definition.kind != CertificateKind::Participation {
            let reason = workload.not_applicable.as_ref().map(|text| self.definition.text(text));
            all.push(self.not_applicable("ects", reason));
        }
        let hours = workload.hours.in_language(self.definition.language);
        let name = format!("{hours} {}", self.words.hours_of_study);
        let duration = format!("PT{}H", workload.hours);
        all.push(self.anchored("Workload", &name, "workload", Some(&duration)));
    }

    fn conditions(&self, all: &mut Vec<Value>) {
        let d = self.definition;
        for (target_type, list, codes) in [
            ("AssessmentType", "assessment", &d.assessment_types),
            ("ParticipationForm", "participation", &d.participation),
            ("Schedule", "schedule", &d.schedule),
            ("LanguageOfInstruction", "language", &d.languages_of_instruction),
        ] {
            for code in codes {
                self.concept(all, target_type, list, code);
            }
        }
        for (target_type, list, code) in [
            ("LearningSetting", "learning-setting", &d.learning_setting),
            ("Supervision", "supervision", &d.supervision),
        ] {
            if let Some(code) = code {
                self.concept(all, target_type, list, code);
            }
        }
        if let Some(quality) = &d.quality_assurance {
            let list = "quality-assurance";
            let text = d.text(&quality.text);
            let alignment = Alignment {
                target_type: "QualityAssurance",
                name: self.label(list, &quality.r#type),
                url: &self.mapping.vocabulary.url(self.mapping.installation, list, &quality.r#type),
                code: Some(&quality.r#type),
                description: Some(text),
                ..Alignment::default()
            };
            all.push(alignment.write());
            if let Some(url) = &quality.url {
                let target_type = "QualityAssuranceReport";
                all.push(
                    Alignment { target_type, name: text, url, ..Alignment::default() }.write(),
                );
            }
        }
        if let Some(code) = &d.isced_f {
            let alignment = Alignment {
                target_type: "ISCEDF",
                name: self.label("isced-f", code),
                url: &self.mapping.vocabulary.url(self.mapping.installation, "isced-f", code),
                code: Some(code),
                framework: Some("ISCED-F 2013"),
                ..Alignment::default()
            };
            all.push(alignment.write());
        }
        if let Some(text) = &d.prerequisites {
            all.push(self.anchored("Prerequisites", d.text(text), "prerequisites", None));
        }
    }

    fn stacking(&self, all: &mut Vec<Value>) -> Result<(), MappingError> {
        if let Some(stackability) = &self.definition.stackability {
            self.concept(all, "Stackability", "stackability", &stackability.option);
            for name in &stackability.into {
                let larger = self.other(name)?;
                let alignment = Alignment {
                    target_type: "StacksInto",
                    name: larger.title.nearest(self.definition.language),
                    url: &self.mapping.installation.definition_url(name),
                    code: Some(&larger.code),
                    ..Alignment::default()
                };
                all.push(alignment.write());
            }
        }
        let Some(parts) = &self.definition.parts else { return Ok(()) };
        let (code, number) = (parts.rule.code(), parts.rule.number());
        let alignment = Alignment {
            target_type: "StackRule",
            name: self.label("stack-rule", code),
            url: &self.mapping.vocabulary.url(self.mapping.installation, "stack-rule", code),
            code: Some(code),
            description: number.as_deref(),
            ..Alignment::default()
        };
        all.push(alignment.write());
        for part in &parts.items {
            let definition = self.other(&part.definition)?;
            all.push(self.part_achievement(&part.code, &definition));
        }
        Ok(())
    }

    fn part_achievement(&self, code: &str, definition: &Definition) -> Value {
        let alignment = Alignment {
            target_type: "PartAchievement",
            name: definition.title.nearest(self.definition.language),
            url: &self.mapping.installation.definition_url(&definition.name),
            code: Some(code),
            ..Alignment::default()
        };
        alignment.write()
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

    /// The echo for displayers that ignore `ext:` (mapping, ground rule 7). Generated, never read.
    fn narrative(&self) -> Result<String, MappingError> {
        let d = self.definition;
        let mut blocks = Vec::new();
        let list = |title: &str, entries: Vec<(&str, &str)>| {
            let lines: Vec<String> = entries
                .iter()
                .map(|(code, text)| format!("- {}: {}", code.to_uppercase(), one_line(text)))
                .collect();
            format!("**{title}**\n\n{}", lines.join("\n"))
        };
        let texts = |outcome: &'_ Outcome| -> (String, String) {
            (outcome.code.clone(), d.text(&outcome.text).to_owned())
        };
        for (title, outcomes) in [
            (self.words.outcomes, d.learning_outcomes.iter().map(texts).collect::<Vec<_>>()),
            (self.words.competences, self.competences.iter().map(|c| texts(c)).collect()),
        ] {
            if !outcomes.is_empty() {
                let entries = outcomes.iter().map(|(c, t)| (c.as_str(), t.as_str())).collect();
                blocks.push(list(title, entries));
            }
        }
        if let Some(parts) = &d.parts {
            let mut titles = Vec::new();
            for part in &parts.items {
                titles.push((part.code.as_str(), self.other(&part.definition)?));
            }
            let entries = titles.iter().map(|(code, p)| (*code, p.title.nearest(d.language)));
            blocks.push(list(self.words.parts, entries.collect()));
        }
        blocks.push(self.facts().join("\n"));
        Ok(blocks.join("\n\n"))
    }

    fn facts(&self) -> Vec<String> {
        let (d, w) = (self.definition, self.words);
        let labels = |list: &str, codes: &[String]| {
            let labels: Vec<&str> = codes.iter().map(|code| self.label(list, code)).collect();
            labels.join("; ")
        };
        let mut facts: Vec<(&str, String)> = Vec::new();
        if d.kind == CertificateKind::Participation {
            facts.push((w.assessment, w.not_assessed.to_owned()));
        }
        if !d.assessment_types.is_empty() {
            facts.push((w.assessment, labels("assessment", &d.assessment_types)));
        }
        if let Some(code) = &d.supervision {
            facts.push((w.supervision, self.label("supervision", code).to_owned()));
        }
        if !d.participation.is_empty() {
            let forms = labels("participation", &d.participation);
            let schedule = labels("schedule", &d.schedule);
            facts.push((w.participation, format!("{forms} ({schedule})")));
        }
        if let Some(workload) = &d.workload {
            let hours = format!("{} {}", workload.hours.in_language(d.language), w.hours);
            let credits = workload
                .ects
                .map(|ects| format!("{} {}, ", ects.in_language(d.language), w.ects))
                .unwrap_or_default();
            facts.push((w.workload, format!("{credits}{hours}")));
        }
        match &d.level {
            Some(Level::Placed { vks, eqf, .. }) => {
                let levels: Vec<String> = [("VKS", vks), ("EQF", eqf)]
                    .into_iter()
                    .filter_map(|(name, level)| level.map(|level| format!("{name} {level}")))
                    .collect();
                facts.push((w.level, levels.join(", ")));
            }
            Some(Level::NotApplicable { reason }) => {
                facts.push((w.level, one_line(d.text(reason))));
            }
            None => {}
        }
        for (title, text) in [
            (w.prerequisites, d.prerequisites.as_ref()),
            (w.quality_assurance, d.quality_assurance.as_ref().map(|quality| &quality.text)),
            (w.usage, d.recognition_note.as_ref()),
        ] {
            if let Some(text) = text {
                facts.push((title, one_line(d.text(text))));
            }
        }
        facts.into_iter().map(|(title, text)| format!("- {title}: {text}")).collect()
    }
}

/// Keeps an entry of the narrative on its line.
fn one_line(text: &str) -> String {
    text.replace('\n', " ")
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

fn esco(target_type: &str, concept: &EscoConcept, description: Option<&str>) -> Value {
    let alignment = Alignment {
        target_type,
        name: &concept.label,
        url: &concept.uri,
        code: None,
        framework: Some("ESCO"),
        description,
    };
    alignment.write()
}

/// An alignment with a concept of a closed list, labelled in the definition's language.
pub(super) fn concept(
    mapping: &Mapping<'_>,
    definition: &Definition,
    target_type: &str,
    list: &str,
    code: &str,
) -> Value {
    let alignment = Alignment {
        target_type,
        name: mapping.vocabulary.label(list, code, definition.language),
        url: &mapping.vocabulary.url(mapping.installation, list, code),
        code: Some(code),
        ..Alignment::default()
    };
    alignment.write()
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
