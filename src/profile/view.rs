//! The typed view of a credential, rebuilt from the signed document alone (mapping, section 10).
//! Serves page, report and export alike. Holds what is written, never what could be inferred: no
//! level from a title, no credits from hours, no awarding body from a logo.

use super::decimal::Hundredths;
use super::language::Language;
use super::vocabulary::Vocabulary;
use crate::model::{CertificateKind, Date, Timestamp};
use serde::Serialize;

/// Everything a credential says. Lists are in the order of the document, which means nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateView {
    /// The credential's address.
    pub id: Option<String>,
    /// The kind, when the document names one of ours; else it is shown natively.
    pub kind: Option<CertificateKind>,
    /// The kind as it is written, for its label.
    pub kind_concept: Option<ConceptView>,
    /// `achievementType`.
    pub achievement_type: Option<String>,
    /// Language of the texts.
    pub language: Option<String>,
    /// Marked as issued by a test issuer.
    pub test: bool,
    /// Title of the achievement.
    pub title: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// `criteria.narrative`; only shown where nothing else is there, never parsed.
    pub narrative: Option<String>,
    /// Who sealed.
    pub issuer: Option<OrganisationView>,
    /// Who awarded. Of a document that names none, empty: then the issuer is shown.
    pub awarding_bodies: Vec<OrganisationView>,
    /// Who taught.
    pub training_providers: Vec<OrganisationView>,
    /// Who assessed.
    pub assessed_by: Option<OrganisationView>,
    /// Whose it is.
    pub holder: HolderView,
    /// `licenseNumber`.
    pub certificate_number: Option<String>,
    /// `term`.
    pub academic_year: Option<String>,
    /// `validFrom`.
    pub issued: Option<Timestamp>,
    /// `validUntil`.
    pub valid_until: Option<Timestamp>,
    /// `awardedDate`, as a calendar date.
    pub decided: Option<Date>,
    /// First day of learning or of the procedure.
    pub activity_start: Option<Date>,
    /// Last day; for prior learning the day of the assessment.
    pub activity_end: Option<Date>,
    /// The definition version.
    pub definition: DefinitionView,
    /// Learning outcomes.
    pub outcomes: Vec<OutcomeView>,
    /// Demonstrated competences.
    pub competences: Vec<OutcomeView>,
    /// ESCO skills that belong to no outcome of the document.
    pub other_skills: Vec<ConceptView>,
    /// ESCO occupations.
    pub occupations: Vec<ConceptView>,
    /// Levels.
    pub level: LevelView,
    /// `creditsAvailable`.
    pub credits_available: Option<Hundredths>,
    /// `creditsEarned`.
    pub credits_earned: Option<Hundredths>,
    /// The unit of the credits; absent is "unit not stated".
    pub credit_system: Option<ConceptView>,
    /// Why there are no credits, when that is said.
    pub credits_not_applicable: Option<ConceptView>,
    /// Hours of study.
    pub workload: Option<WorkloadView>,
    /// Types of assessment: those used, else those of the definition.
    pub assessment: Vec<ConceptView>,
    /// Supervision: that of this award, else of the definition.
    pub supervision: Option<ConceptView>,
    /// How the holder was identified.
    pub holder_identification: Option<ConceptView>,
    /// Roles of assessors with their number.
    pub assessors: Vec<AssessorView>,
    /// That the guide did not judge.
    pub guide_separation: Option<ConceptView>,
    /// Forms of participation.
    pub participation: Vec<ConceptView>,
    /// When it was given.
    pub schedule: Vec<ConceptView>,
    /// Languages of instruction.
    pub languages_of_instruction: Vec<ConceptView>,
    /// Setting.
    pub learning_setting: Option<ConceptView>,
    /// Quality assurance; the words are in `description`.
    pub quality_assurance: Vec<ConceptView>,
    /// Public reports on it.
    pub quality_reports: Vec<ConceptView>,
    /// Field of education.
    pub field_of_education: Option<ConceptView>,
    /// What was asked beforehand.
    pub prerequisites: Option<String>,
    /// Standalone or stackable.
    pub stackability: Option<ConceptView>,
    /// Microdegrees it stacks into; the human code is in `code`.
    pub stacks_into: Vec<ConceptView>,
    /// Rule of the stack; its number is in `description`.
    pub stack_rule: Option<ConceptView>,
    /// Parts of a microdegree.
    pub parts: Vec<PartView>,
    /// The framework; its version is in `code`.
    pub framework: Option<ConceptView>,
    /// The vocational qualification.
    pub qualification: Option<ConceptView>,
    /// The procedure.
    pub procedure: Option<ConceptView>,
    /// The legal basis.
    pub legal_basis: Option<ConceptView>,
    /// What the certificate does not give.
    pub recognition_note: Option<String>,
    /// The grade.
    pub grade: Option<GradeView>,
    /// What was handed in.
    pub evidence: Vec<EvidenceView>,
    /// The mandate to seal.
    pub mandate: Option<MandateView>,
    /// The certificate that this one corrects; its number is in `code`.
    pub replaces: Option<ConceptView>,
    /// Alignments of other types, never dropped and never an error.
    pub other: Vec<ConceptView>,
    /// What contradicts itself in the document.
    pub inconsistencies: Vec<Inconsistency>,
}

/// A concept or text with an address, as the document writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConceptView {
    /// `targetType`, with its prefix.
    pub target_type: String,
    /// `targetName`: the issuer's label or text.
    pub name: String,
    /// `targetUrl`.
    pub url: String,
    /// `targetCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `targetFramework`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// `targetDescription`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl ConceptView {
    /// The vocabulary's label in this language. `None` when the concept is not known here: then the
    /// name is shown as written and marked as the issuer's label. A European concept is known by its
    /// address, one of our own by type and code (mapping, ground rule 6).
    pub fn label<'a>(&self, vocabulary: &'a Vocabulary, language: Language) -> Option<&'a str> {
        let list = list_of(&self.target_type)?;
        if let Some((found, code)) = vocabulary.by_uri(&self.url) {
            return (found == list).then(|| vocabulary.concept(list, code))??.label.get(language);
        }
        let code = self.code.as_deref()?;
        // `programme.2` is the second assessor of that role.
        let code = match list {
            "assessor-role" => code.split_once('.').map_or(code, |(role, _)| role),
            _ => code,
        };
        let concept = vocabulary.concept(list, code)?;
        if concept.uri.is_some() { None } else { concept.label.get(language) }
    }
}

/// The closed list that concepts of this type are in.
fn list_of(target_type: &str) -> Option<&'static str> {
    Some(match target_type.strip_prefix("ext:")? {
        "CertificateKind" => "kind",
        "AssessmentType" | "EvidenceBasis" => "assessment",
        "Supervision" => "supervision",
        "ParticipationForm" => "participation",
        "Schedule" => "schedule",
        "LanguageOfInstruction" => "language",
        "LearningSetting" => "learning-setting",
        "QualityAssurance" => "quality-assurance",
        "ISCEDF" => "isced-f",
        "CreditSystem" => "credit-system",
        "EQFLevel" => "eqf",
        "VKSLevel" => "vks",
        "QFEHEACycle" => "cycle",
        "Stackability" => "stackability",
        "StackRule" => "stack-rule",
        "AssessorRole" => "assessor-role",
        "GuideSeparation" => "guide-separation",
        "HolderIdentification" => "holder-identification",
        "NotApplicable" => "not-applicable",
        "ExperienceSource" => "experience",
        _ => return None,
    })
}

/// An organisation as the document names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganisationView {
    /// `id`, of those written as a Profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its homepage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Region code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Public address for questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The register its number is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// Its number in that register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

/// Whose certificate it is. Its `Debug` shows nothing of the person.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HolderView {
    /// `credentialSubject.id`.
    pub id: Option<String>,
    /// The name, where it is stated openly.
    pub name: Option<String>,
    /// Whether there is an e-mail address to compare with.
    pub has_address: bool,
}

impl std::fmt::Debug for HolderView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HolderView").field("has_address", &self.has_address).finish_non_exhaustive()
    }
}

/// The definition version of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DefinitionView {
    /// `A.id`.
    pub achievement: Option<String>,
    /// `D`: `A.id`, or what the selection was made from.
    pub url: Option<String>,
    /// Whether only some competences were demonstrated.
    pub selection: bool,
    /// Version.
    pub version: Option<String>,
    /// Human code.
    pub code: Option<String>,
}

/// A learning outcome or competence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeView {
    /// Code, address, text, framework and cluster (`description`).
    #[serde(flatten)]
    pub concept: ConceptView,
    /// ESCO skills beside it.
    pub skills: Vec<ConceptView>,
    /// How it was judged; of competences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<CompetenceResultView>,
}

/// How a competence was judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CompetenceResultView {
    /// `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Code of the level of proficiency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Name of the level of proficiency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_name: Option<String>,
    /// The names of the scale, as the document lists them; its order is not signed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scale: Vec<String>,
    /// On what it was judged; the issuer's words are in `name`.
    pub basis: Vec<ConceptView>,
    /// Where it was learnt.
    pub experience: Vec<ConceptView>,
}

/// Levels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LevelView {
    /// European framework.
    pub eqf: Option<ConceptView>,
    /// Flemish framework.
    pub vks: Option<ConceptView>,
    /// Cycle of higher education.
    pub cycle: Option<ConceptView>,
    /// Not placed; the reason is in `description`.
    pub not_applicable: Option<ConceptView>,
}

/// Hours of study.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkloadView {
    /// ISO 8601, `PT80H`.
    pub duration: Option<String>,
    /// The hours, when the duration is one in hours.
    pub hours: Option<Hundredths>,
    /// In words.
    pub text: String,
}

/// Assessors of one role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessorView {
    /// The role; its code without the number.
    #[serde(flatten)]
    pub role: ConceptView,
    /// How many.
    pub count: usize,
}

/// A part of a microdegree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PartView {
    /// Code, title and address of the part's definition.
    #[serde(flatten)]
    pub concept: ConceptView,
    /// Credits earned with it, when it was stacked.
    pub credits: Option<Hundredths>,
    /// European level.
    pub eqf: Option<ConceptView>,
    /// Flemish level.
    pub vks: Option<ConceptView>,
    /// Its certificate: number in `code`, date of the decision in `description`.
    pub credential: Option<ConceptView>,
}

/// A grade on its scale, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GradeView {
    /// The grade.
    pub value: String,
    /// Lowest.
    pub min: Option<String>,
    /// Highest.
    pub max: Option<String>,
    /// Lowest that passes.
    pub pass: Option<String>,
}

/// What was handed in, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceView {
    /// Name.
    pub name: Option<String>,
    /// Genre, a code of `assessment` in our documents.
    pub genre: Option<String>,
    /// What happened with it.
    pub narrative: Option<String>,
    /// The institution's digest.
    pub digest: Option<String>,
}

/// The mandate to seal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MandateView {
    /// Reference in `code`, page in `url`, in words in `name`, period in `description`.
    #[serde(flatten)]
    pub concept: ConceptView,
    /// First day.
    pub from: Option<Date>,
    /// Last day; `None` of an open period.
    pub until: Option<Date>,
}

/// Something in a document that contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inconsistency {
    /// Where.
    pub pointer: String,
    /// Which: `result-without-description`, `two-results`, `two-descriptions`, `selection`.
    pub code: &'static str,
}

/// What the mandate check says (mapping, section 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MandateCheck {
    /// The sealer is itself an awarding body, or the document names no awarding body.
    NotApplicable,
    /// A mandate that covers the date of the decision is stated.
    Pass,
    /// The stated mandate does not cover it.
    Fail,
    /// The sealer is no awarding body and no mandate is stated.
    Indeterminate,
}

impl CertificateView {
    /// Whether somebody else's seal is backed by a mandate.
    pub fn mandate_check(&self) -> MandateCheck {
        let url = self.issuer.as_ref().and_then(|issuer| issuer.url.as_deref());
        let awards =
            |url: &str| self.awarding_bodies.iter().any(|body| body.url.as_deref() == Some(url));
        if self.awarding_bodies.is_empty() || url.is_some_and(awards) {
            return MandateCheck::NotApplicable;
        }
        let Some(mandate) = &self.mandate else { return MandateCheck::Indeterminate };
        match (mandate.from, self.decided) {
            (Some(from), Some(day))
                if from <= day && mandate.until.is_none_or(|until| day <= until) =>
            {
                MandateCheck::Pass
            }
            _ => MandateCheck::Fail,
        }
    }
}
