//! Published definition versions: what a certificate of this kind says for everybody who gets it.
//! Values only; [`super::parse_definition`] makes them from a request.

use super::decimal::Hundredths;
use super::language::{Language, LocalizedText};
use crate::model::{CertificateKind, DefinitionRef, FrameworkRef};

/// A definition version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// `issuer/slug/version`.
    pub name: DefinitionRef,
    /// The version before, where this one is the same for most purposes.
    pub previous_version: Option<String>,
    /// What certificates under it are.
    pub kind: CertificateKind,
    /// Short name for people, for example `MC1`.
    pub code: String,
    /// The authoritative language: that of the signed document.
    pub language: Language,
    /// Other languages in which every text is promised.
    pub language_editions: Vec<Language>,
    /// The title.
    pub title: LocalizedText,
    /// What it is about.
    pub description: LocalizedText,
    /// Who decides and stands for the outcome; the first one is the creator.
    pub awarding_bodies: Vec<crate::model::Slug>,
    /// Who gives the training.
    pub training_providers: Vec<crate::model::Slug>,
    /// Learning outcomes of a microcredential or microdegree.
    pub learning_outcomes: Vec<Outcome>,
    /// Competences of a proof of prior learning.
    pub competences: Vec<Outcome>,
    /// Credits and hours.
    pub workload: Option<Workload>,
    /// Levels, or why there is none; a proof of participation has neither.
    pub level: Option<Level>,
    /// How it is assessed; codes of `assessment`.
    pub assessment_types: Vec<String>,
    /// Supervision and identity check; code of `supervision`.
    pub supervision: Option<String>,
    /// Modes of participation; codes of `participation`.
    pub participation: Vec<String>,
    /// When; codes of `schedule`.
    pub schedule: Vec<String>,
    /// Codes of `language`.
    pub languages_of_instruction: Vec<String>,
    /// Code of `learning-setting`.
    pub learning_setting: Option<String>,
    /// Field of education; code of `isced-f`.
    pub isced_f: Option<String>,
    /// How quality is assured.
    pub quality_assurance: Option<QualityAssurance>,
    /// What is asked beforehand.
    pub prerequisites: Option<LocalizedText>,
    /// A scale of grades; `None` is pass or fail.
    pub grading: Option<Scale>,
    /// Whether it is part of something larger.
    pub stackability: Option<Stackability>,
    /// The parts of a microdegree.
    pub parts: Option<Parts>,
    /// What the certificate does not give.
    pub recognition_note: Option<LocalizedText>,
    /// The framework against which competences are judged.
    pub framework: Option<Framework>,
    /// Levels of proficiency, low to high; empty is demonstrated or not.
    pub proficiency_scale: Vec<Proficiency>,
    /// The procedure that is followed.
    pub procedure: Option<LinkedText>,
    /// The legal basis.
    pub legal_basis: Option<LinkedText>,
    /// ESCO occupations.
    pub esco_occupations: Vec<EscoConcept>,
    /// The vocational qualification.
    pub qualification: Option<Qualification>,
    /// How the test centre of a vocational kind is recognised.
    pub test_centre_recognition: Option<LinkedText>,
}

impl Definition {
    /// A text in the authoritative language.
    pub fn text<'a>(&self, text: &'a LocalizedText) -> &'a str {
        text.nearest(self.language)
    }

    /// The competence with this code.
    pub fn competence(&self, code: &str) -> Option<&Outcome> {
        self.competences.iter().find(|competence| competence.code == code)
    }

    /// The part of a microdegree with this code.
    pub fn part(&self, code: &str) -> Option<&Part> {
        self.parts.iter().flat_map(|parts| &parts.items).find(|part| part.code == code)
    }

    /// Credits, if it has any.
    pub fn ects(&self) -> Option<Hundredths> {
        self.workload.as_ref().and_then(|workload| workload.ects)
    }
}

/// A learning outcome or a competence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// `lo1`, `c1`...
    pub code: String,
    /// The issuer's own wording, never replaced by a label.
    pub text: LocalizedText,
    /// Skills of ESCO beside it.
    pub esco_skills: Vec<EscoConcept>,
    /// The cluster of the framework it belongs to.
    pub cluster: Option<String>,
}

/// A concept of ESCO with the label it was chosen by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EscoConcept {
    /// Its address.
    pub uri: String,
    /// Its label.
    pub label: String,
    /// The language of the label.
    pub label_language: String,
}

/// Study load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload {
    /// ECTS credits.
    pub ects: Option<Hundredths>,
    /// Hours of study.
    pub hours: Hundredths,
    /// Why there are no credits.
    pub not_applicable: Option<LocalizedText>,
}

/// Levels in frameworks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Level {
    /// Placed; at least one of the two numbers is there.
    Placed {
        /// Flemish framework, 1 to 8.
        vks: Option<u8>,
        /// European framework, 1 to 8.
        eqf: Option<u8>,
        /// Code of `cycle`.
        cycle: Option<String>,
    },
    /// Not placed at a level.
    NotApplicable {
        /// Why not.
        reason: LocalizedText,
    },
}

impl Level {
    /// Level in the Flemish framework.
    pub fn vks(&self) -> Option<u8> {
        match self {
            Self::Placed { vks, .. } => *vks,
            Self::NotApplicable { .. } => None,
        }
    }

    /// Level in the European framework.
    pub fn eqf(&self) -> Option<u8> {
        match self {
            Self::Placed { eqf, .. } => *eqf,
            Self::NotApplicable { .. } => None,
        }
    }
}

/// Quality assurance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualityAssurance {
    /// Code of `quality-assurance`.
    pub r#type: String,
    /// In words.
    pub text: LocalizedText,
    /// A public report.
    pub url: Option<String>,
}

/// A scale of grades; all three are decimals as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The lowest grade.
    pub min: String,
    /// The highest grade.
    pub max: String,
    /// The lowest grade that passes.
    pub pass: String,
}

/// Whether it is part of something larger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stackability {
    /// Code of `stackability`.
    pub option: String,
    /// Microdegrees it stacks into.
    pub into: Vec<DefinitionRef>,
}

/// The parts of a microdegree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Which of them are needed.
    pub rule: StackRule,
    /// How old a part's decision may be, in years.
    pub maximum_age_years: Option<u16>,
    /// The parts.
    pub items: Vec<Part>,
}

/// Which parts of a microdegree are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StackRule {
    /// Every part.
    AllOf,
    /// So many parts.
    NumberOf(u16),
    /// Parts of at least so many credits together.
    MinimumEcts(Hundredths),
}

impl StackRule {
    /// Code of `stack-rule`.
    pub fn code(self) -> &'static str {
        match self {
            Self::AllOf => "all-of",
            Self::NumberOf(_) => "n-of",
            Self::MinimumEcts(_) => "minimum-ects",
        }
    }

    /// The number of the last two rules.
    pub fn number(self) -> Option<String> {
        match self {
            Self::AllOf => None,
            Self::NumberOf(number) => Some(number.to_string()),
            Self::MinimumEcts(ects) => Some(ects.to_string()),
        }
    }
}

/// A part of a microdegree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `p1`...
    pub code: String,
    /// The definition version certificates of this part are issued under.
    pub definition: DefinitionRef,
}

/// A framework of competences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framework {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its page.
    pub url: String,
    /// The version in the register that it is, if it is there.
    pub reference: Option<FrameworkRef>,
}

/// A level of proficiency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proficiency {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: LocalizedText,
}

/// A text with the page that explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedText {
    /// The text.
    pub text: LocalizedText,
    /// The page.
    pub url: String,
}

/// A vocational qualification; for a proof of partial qualification, the whole it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualification {
    /// Its name.
    pub name: LocalizedText,
    /// Its code in the register of qualifications.
    pub code: String,
    /// Its page.
    pub url: String,
}
