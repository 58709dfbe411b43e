//! What a certificate states for who decides on an exemption (guide, section 15.4; stories X1, X2,
//! X4 and X5): is it authentic, is it current, is it relevant. One value, from which the page and
//! the JSON are made.
//!
//! It never says that somebody has a right to an exemption, holds nothing against a course unit and
//! counts no points. The holder's name stays on the certificate.

use super::wording::{self, Names};
use crate::model::{Date, Timestamp};
use crate::profile::{
    AssessorView, CertificateView, ConceptView, DefinitionView, Hundredths, MandateView,
    OrganisationView, OutcomeView,
};
use crate::texts::{CertificateText, Language};
use crate::verification::{
    Check, Outcome, RecognitionFact, RegisterState, Report, Sources, State, Verdict,
};
use serde::Serialize;

/// Parts that are looked up; what a microdegree has more is not checked.
const MOST_PARTS: usize = 50;

/// The facts of one certificate at one moment.
#[derive(Clone, Debug)]
pub(super) struct Dossier<'a> {
    /// The examination.
    pub report: &'a Report,
    /// What the signed document says; nothing of it when the signature is not right.
    pub view: &'a CertificateView,
    /// What the register knows of each part, in the order of the document.
    pub parts: Vec<Outcome>,
    /// Whole years since the issue.
    pub age: Option<i16>,
}

impl<'a> Dossier<'a> {
    /// Gathers the facts. The register is asked about the parts.
    pub fn new(report: &'a Report, view: &'a CertificateView, sources: &dyn Sources) -> Self {
        let parts = view.parts.iter().enumerate().map(|(at, part)| {
            let url = part.credential.as_ref().map(|credential| credential.url.as_str());
            // A file of others may name any address; it learns nothing of ours.
            let ours = at < MOST_PARTS && report.register().is_some();
            let entry = url.filter(|_| ours).and_then(|url| sources.register(url));
            match entry.map(|entry| entry.state) {
                Some(RegisterState::Valid) => Outcome::Pass,
                Some(
                    RegisterState::Revoked | RegisterState::Suspended | RegisterState::Superseded,
                ) => Outcome::Fail,
                None => Outcome::Indeterminate,
            }
        });
        let parts = parts.collect();
        let age = view.issued.map(|issued| years(issued.date(), report.checked_at().date()));
        Self { report, view, parts, age }
    }

    /// What to write down to find the certificate again: number, address and hash of the file.
    pub fn citation(&self, language: Language) -> String {
        let hash = &self.report.input().sha256;
        let address = self.view.id.as_deref();
        let text = match (self.view.certificate_number.as_deref(), address) {
            (Some(number), Some(address)) => CertificateText::Citation { number, address, hash },
            (None, Some(address)) => CertificateText::CitationOfAddress { address, hash },
            (_, None) => CertificateText::CitationOfFile { hash },
        };
        text.to(language).into_owned()
    }

    /// The same as JSON.
    pub fn facts(&self, language: Language, names: Names<'_>) -> Facts<'_> {
        let (report, view) = (self.report, self.view);
        let shown = report.document().is_some();
        Facts {
            credential: view.id.as_deref(),
            language: language.tag(),
            checked_at: report.checked_at(),
            citation: self.citation(language),
            authentic: Authentic {
                verdict: report.verdict(),
                state: report.state(),
                state_since: report.state_since(),
                replaced_by: report.replaced_by(),
                test: report.check(Check::Test).outcome == Outcome::Fail,
                sentence: wording::told(report, language),
                checks: report
                    .checks()
                    .iter()
                    .map(|result| CheckFact {
                        check: result.check.as_str(),
                        outcome: result.outcome,
                        meaning: wording::meaning(report, result, language, names),
                    })
                    .collect(),
                sealed_by: view.issuer.as_ref(),
                awarding_bodies: &view.awarding_bodies,
                mandate: view.mandate.as_ref(),
                recognised: report
                    .credential()
                    .issuer
                    .as_ref()
                    .map_or(&[], |issuer| issuer.recognised.as_slice()),
                certificate_number: view.certificate_number.as_deref(),
                sha256: &report.input().sha256,
            },
            current: shown.then(|| self.current()),
            relevant: shown.then(|| self.relevant()),
        }
    }

    fn current(&self) -> Current<'_> {
        let view = self.view;
        Current {
            activity_start: view.activity_start,
            activity_end: view.activity_end,
            academic_year: view.academic_year.as_deref(),
            decided: view.decided,
            issued: view.issued,
            valid_until: view.valid_until,
            age_in_years: self.age,
            definition: &view.definition,
            framework: view.framework.as_ref(),
            replaces: view.replaces.as_ref(),
        }
    }

    fn relevant(&self) -> Relevant<'_> {
        let view = self.view;
        Relevant {
            kind: view.kind.map(crate::model::CertificateKind::code),
            title: view.title.as_deref(),
            language: view.language.as_deref(),
            level: Level {
                vks: number(view.level.vks.as_ref()),
                eqf: number(view.level.eqf.as_ref()),
                cycle: view.level.cycle.as_ref(),
                not_applicable: view.level.not_applicable.as_ref(),
            },
            credits: view.credits_earned.or(view.credits_available).map(|number| Credits {
                number,
                unit: view.credit_system.as_ref().and_then(|system| system.code.as_deref()),
            }),
            hours: view.workload.as_ref().and_then(|workload| workload.hours),
            grade: view.grade.as_ref().map(|grade| Grade {
                value: &grade.value,
                max: grade.max.as_deref(),
                pass: grade.pass.as_deref(),
            }),
            outcomes: &view.outcomes,
            competences: &view.competences,
            other_skills: &view.other_skills,
            occupations: &view.occupations,
            parts: view
                .parts
                .iter()
                .zip(&self.parts)
                .map(|(part, outcome)| Part {
                    code: part.concept.code.as_deref(),
                    title: &part.concept.name,
                    definition: &part.concept.url,
                    credits: part.credits,
                    vks: number(part.vks.as_ref()),
                    eqf: number(part.eqf.as_ref()),
                    credential: part.credential.as_ref().map(|credential| credential.url.as_str()),
                    certificate_number: part.credential.as_ref().and_then(|c| c.code.as_deref()),
                    outcome: *outcome,
                })
                .collect(),
            stack_rule: view.stack_rule.as_ref(),
            assessment: &view.assessment,
            supervision: view.supervision.as_ref(),
            holder_identification: view.holder_identification.as_ref(),
            assessors: &view.assessors,
            assessed_by: view.assessed_by.as_ref(),
            guide_separation: view.guide_separation.as_ref(),
            quality_assurance: &view.quality_assurance,
            field_of_education: view.field_of_education.as_ref(),
            prerequisites: view.prerequisites.as_deref(),
            recognition_note: view.recognition_note.as_deref(),
        }
    }
}

/// Whole years between two days.
pub(super) fn years(from: Date, to: Date) -> i16 {
    let (year, month, day) = from.parts();
    let (this_year, this_month, today) = to.parts();
    this_year - year - i16::from((this_month, today) < (month, day))
}

fn number(level: Option<&ConceptView>) -> Option<u8> {
    level?.code.as_deref()?.parse().ok()
}

/// The facts as JSON, `schemas/openapi.yaml`: `ExemptionFacts`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Facts<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<&'a str>,
    language: &'static str,
    checked_at: Timestamp,
    citation: String,
    authentic: Authentic<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Current<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relevant: Option<Relevant<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Authentic<'a> {
    verdict: Verdict,
    state: State,
    #[serde(skip_serializing_if = "Option::is_none")]
    state_since: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<&'a str>,
    test: bool,
    sentence: String,
    checks: Vec<CheckFact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed_by: Option<&'a OrganisationView>,
    awarding_bodies: &'a [OrganisationView],
    #[serde(skip_serializing_if = "Option::is_none")]
    mandate: Option<&'a MandateView>,
    recognised: &'a [RecognitionFact],
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_number: Option<&'a str>,
    sha256: &'a str,
}

#[derive(Debug, Serialize)]
struct CheckFact {
    check: &'static str,
    outcome: Outcome,
    meaning: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Current<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    activity_start: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity_end: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    academic_year: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age_in_years: Option<i16>,
    definition: &'a DefinitionView,
    #[serde(skip_serializing_if = "Option::is_none")]
    framework: Option<&'a ConceptView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<&'a ConceptView>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Relevant<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    level: Level<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credits: Option<Credits<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<Hundredths>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<Grade<'a>>,
    outcomes: &'a [OutcomeView],
    competences: &'a [OutcomeView],
    other_skills: &'a [ConceptView],
    occupations: &'a [ConceptView],
    parts: Vec<Part<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stack_rule: Option<&'a ConceptView>,
    assessment: &'a [ConceptView],
    #[serde(skip_serializing_if = "Option::is_none")]
    supervision: Option<&'a ConceptView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holder_identification: Option<&'a ConceptView>,
    assessors: &'a [AssessorView],
    #[serde(skip_serializing_if = "Option::is_none")]
    assessed_by: Option<&'a OrganisationView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guide_separation: Option<&'a ConceptView>,
    quality_assurance: &'a [ConceptView],
    #[serde(skip_serializing_if = "Option::is_none")]
    field_of_education: Option<&'a ConceptView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prerequisites: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recognition_note: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Level<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    vks: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eqf: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cycle: Option<&'a ConceptView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_applicable: Option<&'a ConceptView>,
}

#[derive(Debug, Serialize)]
struct Credits<'a> {
    number: Hundredths,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Grade<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pass: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Part<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    title: &'a str,
    definition: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    credits: Option<Hundredths>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vks: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eqf: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_number: Option<&'a str>,
    outcome: Outcome,
}
