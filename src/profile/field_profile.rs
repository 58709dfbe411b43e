//! Which fields of definitions and awards each kind of certificate needs, has, and refuses: one
//! table, from which the rules work and which is public (story A10: one procedure for all partners).
//! The operator may ask more of the two vocational kinds, because their official forms were not
//! available (guide, section 6); the same of every issuer. Relations between fields are elsewhere.

use super::award::Award;
use super::house_rules::HouseRules;
use crate::model::{AwardFault, CertificateKind, DefinitionFault, Message, Noun, ShapeFault};
use serde_json::{Value, json};

/// A row of the table. Kinds are written as letters: `m` microcredential, `d` microdegree, `e` proof
/// of prior learning, `b` bewijs van bekwaamheid, `v` the two vocational ones, `p` participation.
#[derive(Debug)]
pub(super) struct Row {
    /// Names of members from the document down, with `/` between them.
    pub path: &'static str,
    pub allowed: &'static str,
    pub required: &'static str,
    /// The fault when it is missing where the kind needs it.
    pub missing: Message,
    /// Where the rule comes from.
    pub reason: &'static str,
}

const ALL: &str = "mdep";

const fn row(
    path: &'static str,
    allowed: &'static str,
    required: &'static str,
    missing: Message,
    reason: &'static str,
) -> Row {
    Row { path, allowed, required, missing, reason }
}

/// The fault of a field that the operator asks for.
pub(super) const ASKED: Message = Message::ShapeFault(ShapeFault::AskedByOperator);

const fn missing(what: Noun) -> Message {
    Message::ShapeFault(ShapeFault::Missing { what })
}

const fn definition(fault: DefinitionFault) -> Message {
    Message::DefinitionFault(fault)
}

const fn award(fault: AwardFault) -> Message {
    Message::AwardFault(fault)
}

const OWN: &str = "identifies the definition version";
const GUIDE: &str = "what a reader compares by; guide, section 6";
const EVC: &str = "prior learning; guide, section 8";

/// Members that are read the same way for every kind.
pub(super) static COMMON: [Row; 11] = [
    row("issuer", ALL, ALL, missing(Noun::Name), OWN),
    row("slug", ALL, ALL, missing(Noun::Name), OWN),
    row("version", ALL, ALL, missing(Noun::Version), OWN),
    row("previousVersion", ALL, "", ASKED, "the same for most purposes"),
    row("kind", ALL, ALL, missing(Noun::Kind), "the list of kinds is closed"),
    row("code", ALL, ALL, missing(Noun::ShortName), OWN),
    row("language", ALL, ALL, missing(Noun::Language), "guide, section 14"),
    row("languageEditions", ALL, "", ASKED, "guide, section 14"),
    row("title", ALL, ALL, definition(DefinitionFault::TitleRequired), "Annex I, element 2"),
    row(
        "description",
        ALL,
        ALL,
        definition(DefinitionFault::DescriptionRequired),
        "Open Badges 3.0",
    ),
    row("prerequisites", ALL, "", ASKED, "Annex I, optional"),
];

/// Members of a definition that some kinds need or refuse.
pub(super) static DEFINITION: [Row; 27] = [
    row(
        "awardingBodies",
        ALL,
        ALL,
        definition(DefinitionFault::AwardingBodyRequired),
        "Annex I, element 4",
    ),
    row("trainingProviders", "mdp", "", ASKED, "guide, section 5"),
    row(
        "learningOutcomes",
        "md",
        "md",
        definition(DefinitionFault::OutcomesRequired),
        "Annex I, element 6",
    ),
    row("competences", "e", "e", definition(DefinitionFault::CompetenceRequired), EVC),
    row(
        "workload",
        "mdp",
        "mdp",
        definition(DefinitionFault::WorkloadRequired),
        "Annex I, element 7",
    ),
    row(
        "workload/ects",
        "md",
        "",
        ASKED,
        "Annex I, element 7; attendance and prior learning carry none",
    ),
    row("level", "mde", "mde", definition(DefinitionFault::LevelRequired), "Annex I, element 8"),
    row(
        "level/vks",
        "mde",
        "v",
        definition(DefinitionFault::VksRequired),
        "a number, or null where that framework has none; vocational qualifications are placed",
    ),
    row(
        "assessmentTypes",
        "mde",
        "mde",
        definition(DefinitionFault::AssessmentTypeRequired),
        "Annex I, element 9",
    ),
    row(
        "participation",
        "md",
        "md",
        definition(DefinitionFault::ParticipationRequired),
        "Annex I, element 10",
    ),
    row("schedule", "md", "md", definition(DefinitionFault::ScheduleRequired), GUIDE),
    row(
        "qualityAssurance",
        "mde",
        "mde",
        definition(DefinitionFault::QualityAssuranceRequired),
        "Annex I, element 11",
    ),
    row("iscedF", "mde", "mde", definition(DefinitionFault::IscedRequired), GUIDE),
    row(
        "supervision",
        "mde",
        "e",
        definition(DefinitionFault::SupervisionRequired),
        "Annex I, optional; guide, section 8",
    ),
    row("languagesOfInstruction", "md", "", ASKED, "further information"),
    row("learningSetting", "md", "", ASKED, "further information"),
    row("grading", "md", "", ASKED, "Annex I, optional"),
    row("stackability", "md", "", ASKED, "Annex I, optional"),
    row("framework", "e", "e", definition(DefinitionFault::FrameworkRequired), EVC),
    row("procedure", "e", "e", definition(DefinitionFault::ProcedureRequired), EVC),
    row(
        "recognitionNote",
        "de",
        "de",
        definition(DefinitionFault::RecognitionNoteRequired),
        "no automatic exemption; not a degree",
    ),
    row("parts", "d", "d", definition(DefinitionFault::PartsRequired), "guide, section 10"),
    row("legalBasis", "e", "b", definition(DefinitionFault::LegalBasisRequired), EVC),
    row(
        "qualification",
        "v",
        "v",
        definition(DefinitionFault::QualificationRequired),
        "vocational qualifications",
    ),
    row("testCentreRecognition", "v", "", ASKED, "vocational qualifications"),
    row("proficiencyScale", "e", "", ASKED, EVC),
    row("escoOccupations", "e", "", ASKED, EVC),
];

/// Members of an award. Those whose rule does not hang on the kind are read elsewhere.
pub(super) static AWARD: [Row; 26] = [
    row("definition", ALL, ALL, missing(Noun::Definition), "what it is awarded under"),
    row("certificateNumber", ALL, ALL, missing(Noun::CertificateNumber), "guide, section 8"),
    row("learner", ALL, ALL, award(AwardFault::LearnerRequired), "Annex I, element 1"),
    row("decision", ALL, ALL, missing(Noun::Decision), "Annex I, element 5"),
    row("decision/date", ALL, ALL, missing(Noun::Date), "Annex I, element 5"),
    row("decision/outcome", ALL, ALL, award(AwardFault::OutcomeMissing), "positive decisions only"),
    row("sealedBy", ALL, "", ASKED, "guide, section 5"),
    row("mandate", ALL, "", ASKED, "needed where the sealer is no awarding body"),
    row("caseNumber", ALL, "", ASKED, "stays in the register"),
    row("replaces", ALL, "", ASKED, "guide, section 11"),
    row("academicYear", ALL, "", ASKED, "further information"),
    row("validUntil", ALL, "", ASKED, "no default expiry: only with a reason"),
    row("validUntilReason", ALL, "", ASKED, "needed with an end date"),
    row("activity", ALL, "ep", award(AwardFault::ActivityRequired), "guide, section 8"),
    row("grade", "md", "", ASKED, "needed where the definition has a scale"),
    row("assessment", "mde", "e", award(AwardFault::AssessmentRequired), EVC),
    row("assessment/organisation", "mde", "", ASKED, "guide, section 5"),
    row("assessment/methods", "mde", "e", award(AwardFault::MethodRequired), EVC),
    row("assessment/supervision", "mde", "e", award(AwardFault::SupervisionRequired), EVC),
    row("assessment/holderIdentification", "mde", "", ASKED, EVC),
    row("assessment/assessors", "e", "e", award(AwardFault::AssessorRequired), EVC),
    row(
        "assessment/guideWasAssessor",
        "e",
        "e",
        award(AwardFault::GuideStatementRequired),
        "guide, section 5",
    ),
    row(
        "assessment/guideTookPartInDecision",
        "e",
        "e",
        award(AwardFault::GuideDecisionStatementRequired),
        "guide, section 5",
    ),
    row("competences", "e", "e", award(AwardFault::CompetenceRequired), EVC),
    row("evidence", "mde", "", ASKED, "guide, section 12"),
    row("parts", "d", "", ASKED, "needed as the stack rule says"),
];

/// The letters under which a kind stands in the table.
pub(super) fn letters(kind: CertificateKind) -> &'static str {
    match kind {
        CertificateKind::Microcredential => "m",
        CertificateKind::Microdegree => "d",
        CertificateKind::EvcBewijsVanBekwaamheid => "eb",
        CertificateKind::EvcCompetentiebewijs => "e",
        CertificateKind::EvcBewijsVanBeroepskwalificatie
        | CertificateKind::EvcBewijsVanDeelkwalificatie => "ev",
        CertificateKind::Participation => "p",
    }
}

/// Whether one of these letters is the kind's.
pub(super) fn applies(kinds: &str, kind: CertificateKind) -> bool {
    letters(kind).chars().any(|letter| kinds.contains(letter))
}

/// Whether an award has something at this place.
pub(super) fn stated(award: &Award, path: &str) -> bool {
    let assessment = award.assessment.as_ref();
    match path {
        "activity" => award.activity.is_some(),
        "academicYear" => award.academic_year.is_some(),
        "caseNumber" => award.case_number.is_some(),
        "mandate" => award.mandate.is_some(),
        "sealedBy" => award.sealed_by.is_some(),
        "replaces" => award.replaces.is_some(),
        "validUntil" => award.valid_until.is_some(),
        "validUntilReason" => award.valid_until_reason.is_some(),
        "grade" => award.grade.is_some(),
        "competences" => !award.competences.is_empty(),
        "evidence" => !award.evidence.is_empty(),
        "parts" => !award.parts.is_empty(),
        "assessment" => assessment.is_some(),
        "assessment/organisation" => assessment.is_some_and(|a| a.organisation.is_some()),
        "assessment/methods" => assessment.is_some_and(|a| !a.methods.is_empty()),
        "assessment/supervision" => assessment.is_some_and(|a| a.supervision.is_some()),
        "assessment/holderIdentification" => {
            assessment.is_some_and(|a| a.holder_identification.is_some())
        }
        "assessment/assessors" => assessment.is_some_and(|a| !a.assessors.is_empty()),
        "assessment/guideWasAssessor" => assessment.is_some_and(|a| a.guide_was_assessor.is_some()),
        "assessment/guideTookPartInDecision" => {
            assessment.is_some_and(|a| a.guide_took_part_in_decision.is_some())
        }
        // The rest is obligatory for every kind, and reported where it is read.
        _ => true,
    }
}

/// What a kind makes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must be there.
    Required,
    /// It may be there.
    Allowed,
    /// It is refused.
    Forbidden,
}

impl Need {
    /// Its name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Allowed => "allowed",
            Self::Forbidden => "forbidden",
        }
    }
}

/// What a kind makes of one field, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRule {
    /// JSON Pointer into the request.
    pub pointer: String,
    /// What the kind makes of it.
    pub need: Need,
    /// The code of the fault otherwise.
    pub code: &'static str,
    /// Where the rule comes from, in English.
    pub reason: &'static str,
    /// Whether the operator of this installation asks for it.
    pub by_operator: bool,
}

/// The fields of a kind: the same for every issuer of an installation, and public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProfile {
    /// The kind.
    pub kind: CertificateKind,
    /// Fields of a definition.
    pub definition: Vec<FieldRule>,
    /// Fields of an award.
    pub award: Vec<FieldRule>,
}

impl FieldProfile {
    /// The fields of this kind under the rules of the installation.
    pub fn of(kind: CertificateKind, rules: &HouseRules) -> Self {
        let rule = |document: &str, row: &Row| {
            let by_operator = rules.asks(kind, document, row.path);
            let need = match (applies(row.required, kind), applies(row.allowed, kind)) {
                (true, _) => Need::Required,
                (false, true) if by_operator => Need::Required,
                (false, true) => Need::Allowed,
                (false, false) => Need::Forbidden,
            };
            let code = match need {
                Need::Required if by_operator => ASKED.code(),
                Need::Required => row.missing.code(),
                Need::Allowed => "",
                Need::Forbidden => forbidden_code(kind, document, row.path),
            };
            let pointer = format!("/{}", row.path);
            FieldRule { pointer, need, code, reason: row.reason, by_operator }
        };
        let definition = COMMON.iter().chain(&DEFINITION);
        Self {
            kind,
            definition: definition.map(|row| rule("definition", row)).collect(),
            award: AWARD.iter().map(|row| rule("award", row)).collect(),
        }
    }

    /// As JSON, for the API and for pages.
    pub fn to_json(&self) -> Value {
        let write = |rules: &[FieldRule]| -> Vec<Value> {
            let one = |rule: &FieldRule| {
                let mut one = json!({
                    "pointer": rule.pointer,
                    "need": rule.need.code(),
                    "reason": rule.reason,
                    "setBy": if rule.by_operator { "operator" } else { "kind" },
                });
                if !rule.code.is_empty() {
                    one["code"] = rule.code.into();
                }
                one
            };
            rules.iter().map(one).collect()
        };
        json!({
            "kind": self.kind.code(),
            "definition": write(&self.definition),
            "award": write(&self.award),
        })
    }
}

/// Members that would make attendance look assessed.
pub(super) const ASSESSED: [&str; 6] =
    ["learningOutcomes", "level", "assessmentTypes", "supervision", "grading", "competences"];

fn forbidden_code(kind: CertificateKind, document: &str, path: &str) -> &'static str {
    let assessed = match document {
        "award" => ["assessment", "evidence"].contains(&path) || path.starts_with("assessment/"),
        _ => ASSESSED.contains(&path) || path == "workload/ects" || path == "level/vks",
    };
    match kind {
        CertificateKind::Participation if assessed => "participation-not-assessed",
        _ if path == "grade" => "grade-not-expected",
        _ if kind.is_evc() && path.starts_with("workload") => "evc-no-ects",
        _ => "unknown-field",
    }
}

/// The row of a field that may be asked for besides: one that the kind has and does not need.
pub(super) fn optional(kind: CertificateKind, document: &str, path: &str) -> Option<&'static Row> {
    let rows: &'static [Row] = match document {
        "definition" => &DEFINITION,
        "award" => &AWARD,
        _ => return None,
    };
    let row = rows.iter().find(|row| row.path == path)?;
    (applies(row.allowed, kind) && !applies(row.required, kind)).then_some(row)
}
