//! A definition while it is read: what was at fault is missing, so that one fault does not hide
//! another.

use super::definition::{
    Definition, EscoConcept, Framework, Level, LinkedText, Outcome, Parts, Proficiency,
    Qualification, QualityAssurance, Scale, Stackability, Workload,
};
use super::language::{Language, LocalizedText};
use super::organisation::IssuerSettings;
use crate::model::{CertificateKind, DefinitionRef, Slug};

/// A definition while it is read: what was at fault is missing.
pub(super) struct Draft {
    pub issuer: Option<Slug>,
    pub name: Option<DefinitionRef>,
    pub settings: IssuerSettings,
    pub kind: Option<CertificateKind>,
    pub code: Option<String>,
    pub language: Language,
    pub language_editions: Vec<Language>,
    pub title: Option<LocalizedText>,
    pub description: Option<LocalizedText>,
    pub awarding_bodies: Vec<Slug>,
    pub training_providers: Vec<Slug>,
    pub learning_outcomes: Vec<Outcome>,
    pub competences: Vec<Outcome>,
    pub workload: Option<Workload>,
    pub level: Option<Level>,
    pub assessment_types: Vec<String>,
    pub supervision: Option<String>,
    pub participation: Vec<String>,
    pub schedule: Vec<String>,
    pub languages_of_instruction: Vec<String>,
    pub learning_setting: Option<String>,
    pub isced_f: Option<String>,
    pub quality_assurance: Option<QualityAssurance>,
    pub prerequisites: Option<LocalizedText>,
    pub grading: Option<Scale>,
    pub stackability: Option<Stackability>,
    pub parts: Option<Parts>,
    pub recognition_note: Option<LocalizedText>,
    pub framework: Option<Framework>,
    pub proficiency_scale: Vec<Proficiency>,
    pub procedure: Option<LinkedText>,
    pub legal_basis: Option<LinkedText>,
    pub esco_occupations: Vec<EscoConcept>,
    pub qualification: Option<Qualification>,
}

impl Draft {
    pub fn new(
        name: Option<DefinitionRef>,
        settings: IssuerSettings,
        language: Language,
        language_editions: Vec<Language>,
    ) -> Self {
        Self {
            issuer: None,
            name,
            settings,
            kind: None,
            code: None,
            language,
            language_editions,
            title: None,
            description: None,
            awarding_bodies: Vec::new(),
            training_providers: Vec::new(),
            learning_outcomes: Vec::new(),
            competences: Vec::new(),
            workload: None,
            level: None,
            assessment_types: Vec::new(),
            supervision: None,
            participation: Vec::new(),
            schedule: Vec::new(),
            languages_of_instruction: Vec::new(),
            learning_setting: None,
            isced_f: None,
            quality_assurance: None,
            prerequisites: None,
            grading: None,
            stackability: None,
            parts: None,
            recognition_note: None,
            framework: None,
            proficiency_scale: Vec::new(),
            procedure: None,
            legal_basis: None,
            esco_occupations: Vec::new(),
            qualification: None,
        }
    }

    /// The definition, when nothing that every definition needs is missing.
    pub fn finish(self) -> Option<Definition> {
        Some(Definition {
            name: self.name?,
            kind: self.kind?,
            code: self.code?,
            language: self.language,
            language_editions: self.language_editions,
            title: self.title?,
            description: self.description?,
            awarding_bodies: self.awarding_bodies,
            training_providers: self.training_providers,
            learning_outcomes: self.learning_outcomes,
            competences: self.competences,
            workload: self.workload,
            level: self.level,
            assessment_types: self.assessment_types,
            supervision: self.supervision,
            participation: self.participation,
            schedule: self.schedule,
            languages_of_instruction: self.languages_of_instruction,
            learning_setting: self.learning_setting,
            isced_f: self.isced_f,
            quality_assurance: self.quality_assurance,
            prerequisites: self.prerequisites,
            grading: self.grading,
            stackability: self.stackability,
            parts: self.parts,
            recognition_note: self.recognition_note,
            framework: self.framework,
            proficiency_scale: self.proficiency_scale,
            procedure: self.procedure,
            legal_basis: self.legal_basis,
            esco_occupations: self.esco_occupations,
            qualification: self.qualification,
        })
    }
}
