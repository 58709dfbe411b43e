//! Presentations (VCDM 2.0, section 4.13; VCDM 1.1, section 4.10): who presents, with which
//! credentials, each of which has a report of its own.
//!
//! A presentation without proof is an unsigned bundle: nobody vouches for it, and it is worth as
//! much as what it contains.

use super::conformance::{self, Fault};
use super::endorsing;
use super::evidence::Resolver;
use super::examination::{Examination, Findings, conforms};
use super::input;
use super::problem;
use super::reading::{facts, holder, known_contexts};
use super::report::{Check, Outcome};
use super::securing::{self, Ended, Secured};
use crate::canon::ContextSet;
use crate::proof::ProofPurpose;
use serde_json::Value;
use std::sync::Arc;

impl Examination<'_, '_, '_> {
    /// A presentation with proofs in itself, or with none.
    pub(super) fn presentation(&mut self, document: Value) -> Findings {
        if document.get("proof").is_none() {
            let contexts = self.scope.examiner.contexts();
            let safe_mode = safe_mode(&document, contexts);
            return self.presented(document, None, safe_mode);
        }
        let resolver = Resolver::new(self.scope.evidence);
        let secured = self.against(ProofPurpose::Authentication, |against| {
            if let Err(url) = known_contexts(&document, against.contexts) {
                return Err(problem::context_not_bundled(&url));
            }
            Ok(securing::embedded(&document, holder(&document), &resolver, against))
        });
        match secured {
            Ok(mut secured) => {
                let safe_mode = std::mem::replace(&mut secured.safe_mode, Ended::pass());
                self.presented(document, Some(secured), safe_mode)
            }
            Err(problem) => {
                self.set(Check::Proof, Ended::indeterminate(problem.clone()));
                self.presented(document, None, Ended::indeterminate(problem))
            }
        }
    }

    /// Everything that follows once there is a presentation.
    pub(super) fn presented(
        &mut self,
        document: Value,
        secured: Option<Secured>,
        safe_mode: Ended,
    ) -> Findings {
        let Value::Object(members) = &document else {
            return self.unreadable(problem::parsing("The document is no JSON object."));
        };
        let mut findings =
            Findings { credential: facts(&document), presentation: true, ..Findings::default() };
        let contexts = self.scope.examiner.contexts();
        findings.contexts = known_contexts(&document, contexts).unwrap_or_default();
        let mut faults: Vec<Fault> = conformance::presentation_faults(members);
        if contexts.is_conformance() {
            faults.retain(|fault| !conformance::taken_in_tests(fault, &document));
        }
        self.set(Check::Conformance, conforms(&faults, safe_mode));
        let signed = secured.is_some();
        if let Some(secured) = secured {
            findings.proofs = secured.proofs;
            self.set(Check::VerificationMethod, secured.method);
            self.set(Check::Proof, secured.proof);
            self.marker = secured.marker;
        } else if members.get("proof").is_none() && self.input.securing.is_none() {
            self.unsigned();
        }
        let places = vec![(String::new(), &document)];
        self.contained(places, "verifiableCredential", &mut findings);
        if !signed && self.marker.is_none() && members.get("proof").is_none() {
            // Nobody vouches for the bundle; what it contains has been found right, or not.
            self.marker = findings.contained.iter().find_map(|report| report.marker.clone());
        }
        let test = findings.contained.iter().map(|report| report.check(Check::Test));
        let test = test.into_iter().find(|result| result.outcome == Outcome::Fail);
        self.set(
            Check::Test,
            test.map_or_else(Ended::pass, |result| Ended {
                outcome: result.outcome,
                problem: result.problem.clone(),
            }),
        );
        if self.passed_gate(&[Check::Conformance]) {
            if self.outcome(Check::Contained) == Outcome::NotRun {
                self.set(Check::Contained, Ended::not_applicable());
            }
            for check in [
                Check::ValidityPeriod,
                Check::Status,
                Check::RelatedResource,
                Check::IssuerRecognised,
                Check::IssuerRecognisedToday,
                Check::Endorsements,
                Check::Mandate,
                Check::Completeness,
                Check::Parts,
                Check::Recipient,
            ] {
                self.set(check, Ended::not_applicable());
            }
        }
        if self.marker.is_some() {
            findings.document = Some(Arc::new(document));
        }
        findings
    }

    /// A proof that is expected and not there has failed; one that nobody asked for does not apply.
    fn unsigned(&mut self) {
        let expected = self.scope.expected;
        if expected.challenge.is_some() || !expected.domain.is_empty() {
            let detail = "A challenge or a domain is expected, and the presentation has no proof.";
            self.set(Check::Proof, Ended::fail(problem::proof_verification(detail)));
        } else {
            self.set(Check::VerificationMethod, Ended::not_applicable());
            self.set(Check::Proof, Ended::not_applicable());
        }
    }
}

/// Safe mode over the presentation. A token that stands in it as text (VCDM 1.1) is no JSON-LD and
/// is left out: its own report says what it is.
pub(super) fn safe_mode(document: &Value, contexts: &ContextSet) -> Ended {
    let has_tokens = |all: &Vec<Value>| all.iter().any(Value::is_string);
    let listed = document.get("verifiableCredential").and_then(Value::as_array);
    let single = document.get("verifiableCredential").is_some_and(Value::is_string);
    if !input::is_v1(document) || !(single || listed.is_some_and(has_tokens)) {
        return securing::safe_mode(document, contexts);
    }
    let mut without = document.clone();
    if let Some(members) = without.as_object_mut() {
        match members.get_mut("verifiableCredential") {
            Some(Value::Array(all)) => all.retain(|one| !one.is_string()),
            _ => {
                members.shift_remove("verifiableCredential");
            }
        }
    }
    endorsing::drop_empty(&mut without, "verifiableCredential");
    securing::safe_mode(&without, contexts)
}
