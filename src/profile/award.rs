//! Awards: the outcome of a decision about one learner, as an institution hands it over, and how a
//! request is read. The member set is closed: nothing that is not needed is accepted (guide,
//! section 12). What depends on the definition, the catalogue or the register is in `award_rules`.

use super::language::Language;
use crate::model::{Date, DefinitionRef, FieldError, Slug};
use std::fmt;

/// A positive decision about one learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// The definition version.
    pub definition: DefinitionRef,
    /// Who seals, if the request says so.
    pub sealed_by: Option<Slug>,
    /// Reference of the mandate to seal.
    pub mandate: Option<String>,
    /// The institution's own case; stays in the register.
    pub case_number: Option<String>,
    /// Number of the certificate, unique per issuer.
    pub certificate_number: String,
    /// The certificate that this one corrects, as the request names it.
    pub replaces: Option<String>,
    /// The learner.
    pub learner: Learner,
    /// Period of learning or of the procedure.
    pub activity: Option<Activity>,
    /// `2025-2026`.
    pub academic_year: Option<String>,
    /// Date of the decision.
    pub decision_date: Date,
    /// The grade, as text.
    pub grade: Option<String>,
    /// How it was judged this time.
    pub assessment: Option<Assessment>,
    /// Demonstrated competences.
    pub competences: Vec<CompetenceResult>,
    /// What was handed in, in words.
    pub evidence: Vec<Evidence>,
    /// Certificates of the parts.
    pub parts: Vec<AwardedPart>,
    /// End date, only with a reason.
    pub valid_until: Option<Date>,
    /// Why it ends; stays in the register.
    pub valid_until_reason: Option<String>,
}

/// The learner. Its `Debug` shows nothing of the person.
#[derive(Clone, PartialEq, Eq)]
pub struct Learner {
    /// Address; only its salted hash is published.
    pub email: Option<String>,
    /// Name as it is to stand on the certificate.
    pub name: Option<String>,
    /// The holder's own identifier.
    pub holder_did: Option<String>,
    /// Language in which to address the learner.
    pub language: Option<Language>,
}

impl fmt::Debug for Learner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Learner").finish_non_exhaustive()
    }
}

/// A period of learning or of the procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    /// First day.
    pub start: Date,
    /// Last day; for prior learning the day of the assessment.
    pub end: Date,
}

/// How it was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// Who carried it out.
    pub organisation: Option<Slug>,
    /// Codes of `assessment`.
    pub methods: Vec<String>,
    /// Code of `supervision`.
    pub supervision: Option<String>,
    /// Code of `holder-identification`.
    pub holder_identification: Option<String>,
    /// The role of each assessor; codes of `assessor-role`.
    pub assessors: Vec<String>,
    /// Whether the guide judged.
    pub guide_was_assessor: Option<bool>,
    /// Whether the guide decided.
    pub guide_took_part_in_decision: Option<bool>,
}

/// A demonstrated competence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompetenceResult {
    /// Its code in the definition.
    pub code: String,
    /// Code of the definition's proficiency scale.
    pub proficiency: Option<String>,
    /// On what it was judged.
    pub basis: Vec<Basis>,
    /// Where it was learnt; codes of `experience`.
    pub experience: Vec<String>,
}

/// On what a competence was judged.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Basis {
    /// Code of `assessment`.
    pub method: String,
    /// In the issuer's own words.
    pub text: String,
}

/// What was handed in, in words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// Code of `assessment`.
    pub genre: String,
    /// Its name.
    pub name: String,
    /// What happened with it.
    pub narrative: Option<String>,
    /// Digest made by the institution (`digestMultibase`).
    pub digest: Option<String>,
}

/// The certificate of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardedPart {
    /// The part's code in the definition.
    pub code: String,
    /// The certificate, as the request names it.
    pub award: String,
}

/// What an award refers to, read as far as it can be read, so that the caller can look it up before
/// the award is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwardReferences {
    /// The definition version.
    pub definition: Option<DefinitionRef>,
    /// The certificates of the parts, each as the request names it, with the part it is to be.
    pub parts: Vec<AwardedPart>,
    /// The certificate that is replaced, as the request names it.
    pub replaces: Option<String>,
    /// The number that must be free.
    pub certificate_number: Option<String>,
}

/// An award while it is read and checked: what was at fault has a stand-in.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub award: Award,
    pub definition_known: bool,
    pub decision_known: bool,
}

/// An award as far as it could be read, with the faults found so far.
#[derive(Clone, Debug)]
pub struct AwardReading {
    pub(super) draft: Draft,
    pub(super) faults: Vec<FieldError>,
}

impl AwardReading {
    /// What to look up before [`AwardReading::check`].
    pub fn references(&self) -> AwardReferences {
        let award = &self.draft.award;
        AwardReferences {
            definition: self.draft.definition_known.then(|| award.definition.clone()),
            parts: award.parts.clone(),
            replaces: award.replaces.clone(),
            certificate_number: Some(award.certificate_number.clone()).filter(|n| !n.is_empty()),
        }
    }

    /// The learner, as far as it could be read; for matching holders.
    pub fn learner(&self) -> &Learner {
        &self.draft.award.learner
    }

    /// Faults found so far.
    pub fn faults(&self) -> &[FieldError] {
        &self.faults
    }
}
