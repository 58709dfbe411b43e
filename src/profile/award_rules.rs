//! What must hold between an award, its definition, the catalogue and the register at the moment
//! of issue (guide, sections 5 to 11). Nothing here is fetched: what the register knows arrives as
//! facts.

use super::Checked;
use super::award::{Assessment, Award, AwardReading, CompetenceResult, Draft};
use super::catalogue::{Catalogue, RegisterFacts};
use super::decimal::Hundredths;
use super::definition::Definition;
use super::definition_rules::unknown_organisation;
use super::field_profile::{ASKED, AWARD, applies, stated};
use super::house_rules::HouseRules;
use super::organisation::IssuerSettings;
use super::organisation::Organisation;
use super::reader::{Faults, unknown_field};
use crate::model::{
    AwardFault, CertificateKind, CredentialState, Date, FieldError, Slug, Timestamp,
};
use std::sync::Arc;

/// What an award is checked against.
#[derive(Clone, Copy)]
pub struct AwardContext<'a> {
    /// The issuer that is asked to seal.
    pub sealer: &'a Slug,
    /// The published definition version the award names, if there is one.
    pub definition: Option<&'a Definition>,
    /// Organisations and definitions.
    pub catalogue: &'a dyn Catalogue,
    /// What the register knows.
    pub facts: &'a RegisterFacts,
    /// The moment of issue.
    pub now: Timestamp,
    /// What the operator set.
    pub rules: &'a HouseRules,
    /// Why a proof is issued before its appeal period is over, if an authorised client says so. The
    /// refusal becomes the warning `appeal-period-overridden`, and the reason is to be recorded.
    pub hold_override: Option<&'a str>,
}

impl std::fmt::Debug for AwardContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AwardContext").field("sealer", &self.sealer).finish_non_exhaustive()
    }
}

impl AwardReading {
    /// Checks the award against its surroundings. All faults at once, those of its shape included.
    pub fn check(self, context: &AwardContext<'_>) -> Result<Checked<Award>, Vec<FieldError>> {
        let faults = Faults::default();
        Rules { draft: &self.draft, context, faults: &faults }.check();
        let (found, warnings) = faults.into_parts();
        let mut errors = self.faults;
        let seen = errors.len();
        for fault in found {
            // What could not be read is not also reported as missing.
            let covered = errors[..seen].iter().any(|known| {
                fault
                    .pointer
                    .strip_prefix(&known.pointer)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            if !covered {
                errors.push(fault);
            }
        }
        if errors.is_empty() {
            Ok(Checked { value: self.draft.award, warnings })
        } else {
            Err(errors)
        }
    }
}

/// Checks an award that was read before. `Ok` carries what is odd but accepted.
pub fn check_award(
    award: &Award,
    context: &AwardContext<'_>,
) -> Result<Vec<FieldError>, Vec<FieldError>> {
    let draft = Draft { award: award.clone(), definition_known: true, decision_known: true };
    let faults = Faults::default();
    Rules { draft: &draft, context, faults: &faults }.check();
    let (errors, warnings) = faults.into_parts();
    if errors.is_empty() { Ok(warnings) } else { Err(errors) }
}

pub(super) struct Rules<'a> {
    pub draft: &'a Draft,
    pub context: &'a AwardContext<'a>,
    pub faults: &'a Faults,
}

impl Rules<'_> {
    fn check(&self) {
        let award = &self.draft.award;
        let sealer = self.sealer();
        self.dates(award);
        if self.context.facts.certificate_number_taken && !award.certificate_number.is_empty() {
            self.faults.refuse("/certificateNumber", AwardFault::CertificateNumberTaken);
        }
        if let Some(organisation) = award.assessment.as_ref().and_then(|a| a.organisation.as_ref())
            && self.context.catalogue.organisation(organisation.as_str()).is_none()
        {
            unknown_organisation("/assessment/organisation", self.faults);
        }
        let Some(definition) = self.context.definition else {
            if self.draft.definition_known {
                self.faults.refuse("/definition", AwardFault::DefinitionUnknown);
            }
            return;
        };
        self.withdrawn(definition);
        if let Some(sealer) = &sealer {
            self.mandate(definition, sealer);
            self.appeal_period(definition, sealer);
        }
        self.members(definition);
        self.grade(definition);
        if definition.kind.is_evc() {
            self.prior_learning(definition);
        }
        if definition.kind == CertificateKind::Microdegree {
            self.stack(definition);
        }
        self.replaced(definition);
    }

    fn sealer(&self) -> Option<Arc<Organisation>> {
        let named = self.draft.award.sealed_by.as_ref();
        let named_seals = named
            .and_then(|named| self.context.catalogue.organisation(named.as_str()))
            .is_some_and(|named| named.seals);
        let sealer = self
            .context
            .catalogue
            .organisation(self.context.sealer.as_str())
            .filter(|sealer| sealer.seals);
        if sealer.is_none() || (named.is_some() && !named_seals) {
            self.faults.refuse("/sealedBy", AwardFault::NotASealer);
            return None;
        }
        if named.is_some_and(|named| named != self.context.sealer) {
            self.faults.refuse("/sealedBy", AwardFault::SealerMismatch);
        }
        sealer
    }

    fn dates(&self, award: &Award) {
        let today = self.context.rules.zone.date(self.context.now);
        if let Some(until) = award.valid_until
            && until.midnight() <= self.context.now
        {
            self.faults.refuse("/validUntil", AwardFault::EndBeforeIssue);
        }
        if !self.draft.decision_known {
            return;
        }
        if award.decision_date > today {
            self.faults.refuse("/decision/date", AwardFault::DecisionInFuture);
        }
        if let Some(activity) = award.activity
            && activity.end >= activity.start
            && award.decision_date < activity.end
        {
            self.faults.refuse("/decision/date", AwardFault::DecisionBeforeEnd);
        }
    }

    /// A correction of a certificate under the same version is no new award.
    fn withdrawn(&self, definition: &Definition) {
        let replaced = self.context.facts.replaced.as_ref();
        let correction = self.draft.award.replaces.is_some()
            && replaced.is_some_and(|replaced| replaced.definition == definition.name);
        if self.context.facts.definition_withdrawn && !correction {
            self.faults.refuse("/definition", AwardFault::DefinitionWithdrawn);
        }
    }

    fn appeal_period(&self, definition: &Definition, sealer: &Organisation) {
        if !self.draft.decision_known {
            return;
        }
        let (settings, rules) = (&sealer.settings, self.context.rules);
        let decided = self.draft.award.decision_date;
        let first = match first_day_of_issue(definition.kind, settings, rules, decided) {
            FirstDay::AtOnce => return,
            FirstDay::On(day) => Some(day),
            FirstDay::Never => None,
        };
        if first.is_some_and(|first| rules.zone.date(self.context.now) >= first) {
            return;
        }
        let days = settings.appeal_days.unwrap_or(rules.appeal_days);
        if self.context.hold_override.is_some_and(|reason| !reason.trim().is_empty()) {
            self.faults.remark("/decision/date", AwardFault::AppealPeriodOverridden { days });
            return;
        }
        let message = match first {
            Some(first) => AwardFault::AppealPeriodUntil { days, first },
            None => AwardFault::AppealPeriod { days },
        };
        self.faults.refuse("/decision/date", message);
    }

    fn mandate(&self, definition: &Definition, sealer: &Organisation) {
        let awards = definition.awarding_bodies.contains(&sealer.slug);
        let refuse = |message: AwardFault| self.faults.refuse("/mandate", message);
        let Some(reference) = &self.draft.award.mandate else {
            if !awards {
                refuse(AwardFault::MandateRequired);
            }
            return;
        };
        let Some(mandate) = sealer.mandate(reference) else {
            refuse(AwardFault::MandateUnknown);
            return;
        };
        if !definition.awarding_bodies.contains(&mandate.on_behalf_of) {
            refuse(AwardFault::MandateBody);
        }
        if !mandate.kinds.contains(&definition.kind) {
            refuse(AwardFault::MandateKind);
        }
        if self.draft.decision_known && !mandate.covers(self.draft.award.decision_date) {
            refuse(AwardFault::MandatePeriod);
        }
    }

    /// Members that this kind does not have, and those it needs or the operator asks.
    fn members(&self, definition: &Definition) {
        let (award, kind) = (&self.draft.award, definition.kind);
        for row in AWARD.iter().filter(|row| row.path != "grade") {
            let there = stated(award, row.path);
            let pointer = format!("/{}", row.path);
            let within = row.path.split_once('/').map(|(parent, _)| parent);
            if there && !applies(row.allowed, kind) {
                match kind {
                    CertificateKind::Participation if within.is_some() => {}
                    CertificateKind::Participation
                        if ["assessment", "evidence"].contains(&row.path) =>
                    {
                        self.faults.refuse(pointer.clone(), AwardFault::NotAssessed);
                    }
                    _ => unknown_field(&pointer, self.faults),
                }
            }
            // What contains it is reported instead.
            if there || within.is_some_and(|parent| !stated(award, parent)) {
                continue;
            }
            if applies(row.required, kind) {
                self.faults.refuse(pointer, row.missing.clone());
            } else if self.context.rules.asks(kind, "award", row.path) {
                self.faults.refuse(pointer, ASKED);
            }
        }
    }

    fn grade(&self, definition: &Definition) {
        let refuse = |message: AwardFault| self.faults.refuse("/grade", message);
        match (&definition.grading, &self.draft.award.grade) {
            (None, None) => {}
            (None, Some(_)) => refuse(AwardFault::GradeNotExpected),
            (Some(_), None) => refuse(AwardFault::GradeRequired),
            (Some(scale), Some(grade)) => {
                let value = |text: &str| Hundredths::parse(text).unwrap_or_default();
                let grade = value(grade);
                if grade < value(&scale.min) || grade > value(&scale.max) {
                    refuse(AwardFault::GradeRange);
                } else if grade < value(&scale.pass) {
                    refuse(AwardFault::GradeBelowPass);
                }
            }
        }
    }

    fn prior_learning(&self, definition: &Definition) {
        let award = &self.draft.award;
        if let Some(assessment) = &award.assessment {
            self.guide(assessment);
        }
        for (i, result) in award.competences.iter().enumerate() {
            self.competence(definition, i, result);
        }
    }

    fn guide(&self, assessment: &Assessment) {
        if assessment.guide_was_assessor == Some(true) {
            self.faults.refuse("/assessment/guideWasAssessor", AwardFault::GuideIsAssessor);
        }
        if assessment.guide_took_part_in_decision == Some(true) {
            self.faults.refuse("/assessment/guideTookPartInDecision", AwardFault::GuideDecided);
        }
    }

    fn competence(&self, definition: &Definition, i: usize, result: &CompetenceResult) {
        let at = format!("/competences/{i}");
        if !result.code.is_empty() && definition.competence(&result.code).is_none() {
            self.faults.refuse(format!("{at}/code"), AwardFault::UnknownCompetence);
        }
        let pointer = format!("{at}/proficiency");
        let scale = &definition.proficiency_scale;
        match &result.proficiency {
            None if scale.is_empty() => {}
            None => self.faults.refuse(pointer, AwardFault::ProficiencyRequired),
            Some(_) if scale.is_empty() => {
                self.faults.refuse(pointer, AwardFault::ProficiencyNotExpected)
            }
            Some(code) if scale.iter().any(|level| level.code == *code) => {}
            Some(_) => self.faults.refuse(pointer, AwardFault::ProficiencyUnknown),
        }
    }

    fn replaced(&self, definition: &Definition) {
        if self.draft.award.replaces.is_none() {
            return;
        }
        let refuse = |message: AwardFault| self.faults.refuse("/replaces", message);
        let Some(facts) = &self.context.facts.replaced else {
            refuse(AwardFault::ReplacesUnknown);
            return;
        };
        let same_line = facts.definition.issuer == definition.name.issuer
            && facts.definition.slug == definition.name.slug;
        if !same_line || !facts.same_holder {
            refuse(AwardFault::ReplacesMismatch);
        }
        if matches!(facts.state, CredentialState::Revoked | CredentialState::Superseded) {
            refuse(AwardFault::ReplacesNotValid);
        }
    }
}

/// From which day on a certificate may be issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstDay {
    /// It does not wait.
    AtOnce,
    /// From this day on, in the time zone of the installation.
    On(Date),
    /// The period ends after the last day of the calendar.
    Never,
}

/// The first day on which a certificate of this kind may be issued: the day after the last day of
/// the internal appeal period, counted from the decision (guide, section 11).
pub fn first_day_of_issue(
    kind: CertificateKind,
    settings: &IssuerSettings,
    rules: &HouseRules,
    decided: Date,
) -> FirstDay {
    if !kind.is_evc() || !settings.hold_until_appeal_deadline {
        return FirstDay::AtOnce;
    }
    let days = settings.appeal_days.unwrap_or(rules.appeal_days);
    decided.plus_days(i64::from(days) + 1).map_or(FirstDay::Never, FirstDay::On)
}
