//! The alignments of the achievement: every fact of a definition that has no native property,
//! under `ext:` (mapping, sections 3 to 6). Facts of an award are written elsewhere.

use super::achievement::{Mapping, MappingError, Writer};
use super::definition::{Definition, EscoConcept, Framework, Level, Outcome};
use super::language::Language;
use crate::model::CertificateKind;
use serde_json::{Map, Value, json};

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

/// An alignment with a concept of a closed list, labelled in this language.
pub(super) fn concept(
    mapping: &Mapping<'_>,
    language: Language,
    target_type: &str,
    list: &str,
    code: &str,
) -> Value {
    let alignment = Alignment {
        target_type,
        name: mapping.vocabulary.label(list, code, language),
        url: &mapping.vocabulary.url(mapping.installation, list, code),
        code: Some(code),
        ..Alignment::default()
    };
    alignment.write()
}

impl Writer<'_> {
    pub fn alignments(&self) -> Result<Vec<Value>, MappingError> {
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
                    name: body.name(self.language),
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
        for competence in &d.competences {
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
                name: self.text(&qualification.name),
                url: &qualification.url,
                code: Some(&qualification.code),
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
        for (target_type, text) in [
            ("Procedure", &d.procedure),
            ("LegalBasis", &d.legal_basis),
            ("TestCentreRecognition", &d.test_centre_recognition),
        ] {
            if let Some(linked) = text {
                let name = self.text(&linked.text);
                all.push(
                    Alignment { target_type, name, url: &linked.url, ..Alignment::default() }
                        .write(),
                );
            }
        }
        if let Some(note) = &d.recognition_note {
            all.push(self.anchored("RecognitionNote", self.text(note), "recognition", None));
        }
        Ok(all)
    }

    /// A concept of a closed list.
    fn concept(&self, all: &mut Vec<Value>, target_type: &str, list: &str, code: &str) {
        all.push(concept(self.mapping, self.language, target_type, list, code));
    }

    /// A text with its anchor on the definition.
    fn anchored(&self, target_type: &str, name: &str, anchor: &str, code: Option<&str>) -> Value {
        let url = format!("{}#{anchor}", self.url);
        Alignment { target_type, name, url: &url, code, ..Alignment::default() }.write()
    }

    pub fn outcome(
        &self,
        target_type: &str,
        outcome: &Outcome,
        framework: Option<&str>,
        description: Option<&str>,
    ) -> Value {
        let alignment = Alignment {
            target_type,
            name: self.text(&outcome.text),
            url: &format!("{}#{}", self.url, outcome.code),
            code: Some(&outcome.code),
            framework,
            description,
        };
        alignment.write()
    }

    pub fn framework_name(&self, framework: &Framework) -> String {
        format!("{}, {} {}", framework.name, self.words.version, framework.version)
    }

    /// Each skill once, with the codes it belongs to.
    fn esco(&self, all: &mut Vec<Value>) {
        let mut skills: Vec<(&EscoConcept, Vec<&str>)> = Vec::new();
        let outcomes = self.definition.learning_outcomes.iter().chain(&self.definition.competences);
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
                all.push(self.not_applicable("level", Some(self.text(reason))));
            }
        }
    }

    pub fn level_numbers(&self, level: &Level) -> Vec<Value> {
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
            let reason = workload.not_applicable.as_ref().map(|text| self.text(text));
            all.push(self.not_applicable("ects", reason));
        }
        let hours = workload.hours.in_language(self.language);
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
            let text = self.text(&quality.text);
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
            all.push(self.anchored("Prerequisites", self.text(text), "prerequisites", None));
        }
    }

    fn stacking(&self, all: &mut Vec<Value>) -> Result<(), MappingError> {
        if let Some(stackability) = &self.definition.stackability {
            self.concept(all, "Stackability", "stackability", &stackability.option);
            for name in &stackability.into {
                let larger = self.other(name)?;
                let alignment = Alignment {
                    target_type: "StacksInto",
                    name: larger.title.nearest(self.language),
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

    pub fn part_achievement(&self, code: &str, definition: &Definition) -> Value {
        let alignment = Alignment {
            target_type: "PartAchievement",
            name: definition.title.nearest(self.language),
            url: &self.mapping.installation.definition_url(&definition.name),
            code: Some(code),
            ..Alignment::default()
        };
        alignment.write()
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
