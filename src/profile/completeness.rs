//! Which elements a certificate must state and does not: Annex I of Council Recommendation
//! 2022/C 243/02 for microcredentials and microdegrees (mapping, section 5), the ten elements of
//! the guide's section 8 for proofs of prior learning (mapping, section 6). Looks at the view only.

use super::view::{CertificateView, OrganisationView};
use crate::model::CertificateKind;

/// The outcome of the completeness check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// Neither list applies: participation, and badges of others.
    NotApplicable,
    /// Every element is there.
    Complete,
    /// Numbers of the elements that are missing, ascending.
    Missing(Vec<u8>),
}

/// Checks the elements that this kind must state.
pub fn completeness(view: &CertificateView) -> Completeness {
    let stated = match view.kind {
        Some(CertificateKind::Microcredential | CertificateKind::Microdegree) => annex_one(view),
        Some(kind) if kind.is_evc() => prior_learning(view, kind),
        _ => return Completeness::NotApplicable,
    };
    let missing: Vec<u8> =
        (1..).zip(stated).filter(|(_, stated)| !stated).map(|(number, _)| number).collect();
    if missing.is_empty() { Completeness::Complete } else { Completeness::Missing(missing) }
}

fn holder(view: &CertificateView) -> bool {
    let own = view.holder.id.as_deref().is_some_and(|id| id.starts_with("did:"));
    own || view.holder.has_address || view.holder.name.is_some()
}

fn placed(organisation: &OrganisationView) -> bool {
    organisation.country.is_some()
}

fn level(view: &CertificateView) -> bool {
    let level = &view.level;
    level.eqf.is_some() || level.vks.is_some() || level.not_applicable.is_some()
}

fn annex_one(view: &CertificateView) -> Vec<bool> {
    vec![
        holder(view),
        view.title.as_ref().is_some_and(|title| !title.is_empty()),
        view.issuer.as_ref().is_some_and(placed) && view.awarding_bodies.iter().all(placed),
        !view.awarding_bodies.is_empty(),
        view.issued.is_some() && view.decided.is_some(),
        !view.outcomes.is_empty(),
        view.workload.as_ref().is_some_and(|workload| workload.duration.is_some())
            && (view.credits_not_applicable.is_some()
                || (view.credits_earned.is_some() && view.credit_system.is_some())),
        level(view),
        !view.assessment.is_empty(),
        !view.participation.is_empty(),
        !view.quality_assurance.is_empty(),
    ]
}

fn prior_learning(view: &CertificateView, kind: CertificateKind) -> Vec<bool> {
    let legal = kind != CertificateKind::EvcBewijsVanBekwaamheid || view.legal_basis.is_some();
    let judged = |competence: &super::view::OutcomeView| {
        competence.result.as_ref().is_some_and(|result| {
            !result.basis.is_empty() && (result.status.is_some() || result.level.is_some())
        })
    };
    vec![
        holder(view) && view.supervision.is_some(),
        !view.awarding_bodies.is_empty()
            && view.awarding_bodies.iter().all(placed)
            && view.issuer.as_ref().is_some_and(placed),
        view.kind_concept.is_some() && legal,
        view.framework.as_ref().is_some_and(|framework| framework.code.is_some()) && level(view),
        !view.competences.is_empty() && view.competences.iter().all(judged),
        !view.assessment.is_empty()
            && !view.assessors.is_empty()
            && view.guide_separation.is_some()
            && view.activity_end.is_some(),
        view.issued.is_some() && view.decided.is_some() && view.certificate_number.is_some(),
        view.recognition_note.is_some(),
        view.procedure.is_some() && !view.quality_assurance.is_empty(),
        view.id.as_ref().is_some_and(|id| id.starts_with("http")),
    ]
}
