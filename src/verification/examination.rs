//! One examination: runs the checks in their order.
//!
//! Conformance, safe mode, verification method and proof always run as far as the document allows.
//! Validity period, status and the rest run only on a document that its issuer signed: of another
//! document they would say nothing. What a document contains is examined in the same way, each on
//! its own, within bounds that hold for all of it together.

use super::conformance::{self, Fault, Version};
use super::datetime::Instant;
use super::endorsing::{self, EndorsementReport};
use super::evidence::Resolver;
use super::informing::{self, NotedFact};
use super::input::{self, Form, Kind, Refusal};
use super::problem;
use super::reading::{day_of_issue, facts, known_contexts, period, withheld};
use super::remembered::sha256_hex;
use super::report::{
    Check, ContextFact, CredentialFacts, EvidenceFact, InputFacts, Outcome, ProofFacts,
    RegisterFact, Report, Securing, State, StatusFact, Verdict,
};
use super::scope::Scope;
use super::securing::{self, Against, Ended, Secured};
use super::sources::{Keeper, RegisterEntry};
use super::status_check::{self, Entry, Found, Lists};
use super::{related, schema};
use crate::canon::json::{self, JsonLimits};
use crate::model::{Problem, Timestamp};
use crate::profile::CertificateView;
use crate::proof::{ProofPurpose, ProofVerified};
use serde_json::Value;
use std::cell::RefCell;
use std::sync::Arc;

/// What a report is made of.
pub(super) struct Draft {
    pub(super) input: InputFacts,
    pub(super) pointer: Option<String>,
    pub(super) findings: Findings,
    pub(super) ended: [Ended; Check::ALL.len()],
    pub(super) marker: Option<ProofVerified>,
    pub(super) checked_at: Timestamp,
    pub(super) evidence: Vec<EvidenceFact>,
    pub(super) deferred: bool,
}

/// What a report says besides its checks.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) state: Option<State>,
    pub(super) state_since: Option<Timestamp>,
    pub(super) replaced_by: Option<String>,
    pub(super) credential: CredentialFacts,
    pub(super) contexts: Vec<ContextFact>,
    pub(super) proofs: Vec<ProofFacts>,
    pub(super) status: Vec<StatusFact>,
    pub(super) register: Option<RegisterFact>,
    pub(super) keeper: Option<Keeper>,
    pub(super) noted: Vec<NotedFact>,
    pub(super) contained: Vec<Report>,
    pub(super) endorsements: Vec<EndorsementReport>,
    pub(super) document: Option<Arc<Value>>,
    pub(super) view: Option<CertificateView>,
    pub(super) presentation: bool,
    pub(super) possibly_withheld: Vec<&'static str>,
}

impl Findings {
    /// The state. A presentation has none of its own: it is as valid as its verdict says.
    pub(super) fn state(&self, verdict: Verdict) -> State {
        match (self.presentation, verdict) {
            (true, Verdict::Verified) => State::Valid,
            (true, Verdict::Failed | Verdict::Indeterminate) => State::Unknown,
            (false, _) => self.state.unwrap_or(State::Unknown),
        }
    }
}

/// The examination of one document.
pub(super) struct Examination<'s, 'e, 'a> {
    pub(super) scope: &'s Scope<'e, 'a>,
    /// How many documents this one is contained in.
    pub(super) depth: usize,
    pub(super) input: InputFacts,
    /// SHA-256 of the document's own bytes, hex: those of the token for what an envelope holds.
    sha256: String,
    /// What the register answered, and of which credential: asked once, so that every check speaks
    /// of the same moment.
    registered: RefCell<Option<(String, Option<RegisterEntry>)>>,
    ended: [Ended; Check::ALL.len()],
    pub(super) marker: Option<ProofVerified>,
}

impl<'s, 'e, 'a> Examination<'s, 'e, 'a> {
    fn new(scope: &'s Scope<'e, 'a>, depth: usize, bytes: &[u8]) -> Self {
        let sha256 = sha256_hex(bytes);
        let input = InputFacts {
            sha256: sha256.clone(),
            length: bytes.len(),
            media_type: None,
            carrier: None,
            kind: None,
            securing: None,
            enveloped: false,
        };
        let ended = Check::ALL.map(|_| Ended::not_run());
        let registered = RefCell::default();
        Self { scope, depth, input, sha256, registered, ended, marker: None }
    }

    /// Of what was handed in.
    pub(super) fn of_bytes(scope: &'s Scope<'e, 'a>, bytes: &[u8]) -> Draft {
        let mut examination = Self::new(scope, 0, bytes);
        examination.input.media_type = scope.expected.media_type.map(str::to_owned);
        examination.input.carrier = scope.expected.carrier.map(str::to_owned);
        let mut findings = examination.run(bytes);
        examination.expect_presentation(&mut findings);
        examination.draft(None, findings, 0)
    }

    /// Only a presentation answers a challenge: a credential by itself may come from anybody who
    /// ever saw it.
    fn expect_presentation(&mut self, findings: &mut Findings) {
        let expected = self.scope.expected;
        if (expected.challenge.is_none() && expected.domain.is_empty())
            || self.input.kind == Some(input::Kind::Presentation)
            || self.outcome(Check::Proof) == Outcome::Fail
        {
            return;
        }
        let detail = "A challenge or a domain is expected, and this is no presentation.";
        let problem = problem::presentation_expected(detail);
        self.set(Check::Proof, Ended::fail(problem));
        self.marker = None;
        findings.state = None;
        findings.document = None;
    }

    /// Of bytes that could not be opened, and why.
    pub(super) fn unopened(scope: &'s Scope<'e, 'a>, bytes: &[u8], detail: &str) -> Draft {
        let mut examination = Self::new(scope, 0, bytes);
        examination.input.media_type = scope.expected.media_type.map(str::to_owned);
        let findings = examination.unreadable(problem::parsing(detail));
        examination.draft(None, findings, 0)
    }

    /// Of an object that stands in another document. Its bytes are its compact JSON text.
    pub(super) fn of_value(
        scope: &'s Scope<'e, 'a>,
        depth: usize,
        value: &Value,
        pointer: Option<String>,
    ) -> Draft {
        let start = scope.evidence.facts_so_far();
        let mut examination = Self::new(scope, depth, value.to_string().as_bytes());
        let findings = match value {
            Value::Object(_) => examination.object(value.clone()),
            Value::String(token) => examination.text(token.as_bytes()),
            _ => {
                let detail = "What is contained is an object or a token.";
                examination.unreadable(problem::parsing(detail))
            }
        };
        examination.draft(pointer, findings, start)
    }

    /// Of bytes that belong to another document.
    pub(super) fn of_part(scope: &'s Scope<'e, 'a>, depth: usize, bytes: &[u8]) -> Draft {
        let start = scope.evidence.facts_so_far();
        let mut examination = Self::new(scope, depth, bytes);
        let findings = examination.run(bytes);
        examination.draft(None, findings, start)
    }

    fn draft(self, pointer: Option<String>, findings: Findings, start: usize) -> Draft {
        let evidence = self.scope.evidence;
        Draft {
            input: self.input,
            pointer,
            findings,
            ended: self.ended,
            marker: self.marker,
            checked_at: evidence.now,
            evidence: evidence.facts_since(start),
            deferred: evidence.was_deferred(),
        }
    }

    pub(super) fn set(&mut self, check: Check, ended: Ended) {
        let problem = ended.problem.as_ref().filter(|_| check == Check::Conformance);
        if problem.is_some_and(problem::is_limit) {
            self.scope.exhaust();
        }
        for (place, slot) in Check::ALL.into_iter().zip(&mut self.ended) {
            if place == check {
                *slot = ended;
                return;
            }
        }
    }

    pub(super) fn outcome(&self, check: Check) -> Outcome {
        let mut both = Check::ALL.into_iter().zip(&self.ended);
        both.find(|(place, _)| *place == check).map_or(Outcome::NotRun, |(_, end)| end.outcome)
    }

    /// Whether these checks are such that more can be said of the document.
    pub(super) fn passed_gate(&self, gate: &[Check]) -> bool {
        let shut = |check| matches!(self.outcome(check), Outcome::Fail | Outcome::NotRun);
        !gate.iter().copied().any(shut)
    }

    pub(super) fn limits(&self) -> JsonLimits {
        let limits = self.scope.examiner.limits();
        JsonLimits { max_bytes: limits.max_bytes, max_depth: limits.max_depth }
    }

    fn run(&mut self, bytes: &[u8]) -> Findings {
        let first = bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace());
        if first == Some(b'{') || first == Some(b'[') {
            return self.json(bytes);
        }
        self.text(bytes)
    }

    fn text(&mut self, bytes: &[u8]) -> Findings {
        match input::compact_token(bytes) {
            Some(token) if token.len() <= self.scope.examiner.limits().max_bytes => {
                self.token(token, None)
            }
            Some(_) => self.unreadable(problem::parsing("The token is longer than is taken.")),
            None => self.refused(input::refuse(bytes)),
        }
    }

    pub(super) fn unreadable(&mut self, problem: Problem) -> Findings {
        self.set(Check::Conformance, Ended::fail(problem));
        Findings::default()
    }

    fn refused(&mut self, refusal: Refusal) -> Findings {
        match refusal {
            Refusal::Wrong(problem) => self.unreadable(problem),
            Refusal::Unsupported(problem) => {
                self.set(Check::Conformance, Ended::indeterminate(problem));
                Findings::default()
            }
        }
    }

    fn json(&mut self, bytes: &[u8]) -> Findings {
        let document = match json::parse(bytes, &self.limits()) {
            Ok(document) => document,
            Err(error) => {
                let mut problem = problem::parsing(format!("{error}.")).with("code", error.code());
                if let Some(pointer) = error.pointer() {
                    problem = problem.with("pointer", pointer);
                }
                return self.unreadable(problem);
            }
        };
        self.object(document)
    }

    /// An object, by what it says it is.
    fn object(&mut self, document: Value) -> Findings {
        let Value::Object(members) = &document else {
            return self.unreadable(problem::parsing("The document is no JSON object."));
        };
        match input::form(members) {
            Ok(Form::Plain(kind)) => self.plain(document, kind),
            Ok(Form::Enveloped(kind)) => match input::enveloped(members) {
                Ok(token) => {
                    self.input.enveloped = true;
                    self.sha256 = sha256_hex(token.as_bytes());
                    self.token(&token, Some(kind))
                }
                Err(refusal) => self.refused(refusal),
            },
            Err(refusal) => {
                let credential = facts(&document);
                Findings { credential, ..self.refused(refusal) }
            }
        }
    }

    /// An object that is secured by proofs in itself.
    fn plain(&mut self, document: Value, kind: Kind) -> Findings {
        self.input.kind = Some(kind);
        let has_proof = document.get("proof").is_some();
        self.input.securing = has_proof.then_some(Securing::DataIntegrity);
        if kind == Kind::Presentation {
            return self.presentation(document);
        }
        let issuer = securing::issuer_id(&document);
        let resolver = Resolver::new(self.scope.evidence);
        let secured = self.against(ProofPurpose::AssertionMethod, |against| {
            if known_contexts(&document, against.contexts).is_err() {
                // No canonical form can be had; do not fetch keys for it.
                return None;
            }
            Some(securing::embedded(&document, issuer, &resolver, against))
        });
        self.document(document, secured)
    }

    /// A token. `kind`: what an envelope says that it holds.
    fn token(&mut self, text: &str, kind: Option<Kind>) -> Findings {
        // What the token says of itself only leads to the right rules; each of them is strict.
        let found = input::token_kind(text, &self.limits());
        if kind.is_some_and(|kind| found.is_some_and(|found| found != kind)) {
            let detail = "The envelope says that it holds another kind of document than it holds.";
            return self.unreadable(problem::malformed(detail));
        }
        let found = found.or(kind).unwrap_or(Kind::Credential);
        self.input.kind = Some(found);
        let resolver = Resolver::new(self.scope.evidence);
        let token = match found {
            Kind::Credential => self.against(ProofPurpose::AssertionMethod, |against| {
                securing::token(text, &resolver, against)
            }),
            Kind::Presentation => self.against(ProofPurpose::Authentication, |against| {
                securing::presentation_token(text, &resolver, against)
            }),
        };
        let token = match token {
            Ok(token) => token,
            Err(problem) => return self.unreadable(problem),
        };
        self.input.securing = Some(token.securing);
        let Some(document) = token.credential else {
            let Secured { proofs, method, proof, .. } = token.secured;
            self.set(Check::VerificationMethod, method);
            self.set(Check::Proof, proof);
            return Findings { proofs, ..Findings::default() };
        };
        if let Some(Err(refusal)) = document.as_object().map(input::form) {
            return self.refused(refusal);
        }
        match found {
            Kind::Credential => self.document(document, Some(token.secured)),
            Kind::Presentation => {
                let mut secured = token.secured;
                let safe_mode = std::mem::replace(&mut secured.safe_mode, Ended::pass());
                self.presented(document, Some(secured), safe_mode)
            }
        }
    }

    /// Calls with what documents are held against. The register is asked only if a withdrawn key
    /// makes its knowledge matter.
    pub(super) fn against<T>(
        &self,
        purpose: ProofPurpose,
        run: impl FnOnce(&Against<'_>) -> T,
    ) -> T {
        let registered_before = |document: &Value, moment: Instant| {
            self.register(document).is_some_and(|entry| {
                Instant::from_timestamp(entry.recorded) < moment
                    && (entry.sha256.eq_ignore_ascii_case(&self.sha256)
                        || self.recorded_rendition(document))
            })
        };
        let expected = self.scope.expected;
        let presenting = purpose == ProofPurpose::Authentication;
        run(&Against {
            now: self.scope.evidence.now,
            contexts: self.scope.examiner.contexts(),
            limits: self.limits(),
            max_proofs: self.scope.examiner.limits().max_proofs,
            purpose,
            challenge: expected.challenge.filter(|_| presenting),
            domain: if presenting { expected.domain } else { &[] },
            registered_before: &registered_before,
        })
    }

    /// Whether this is a token that the register recorded as a rendition of this credential.
    fn recorded_rendition(&self, document: &Value) -> bool {
        let id = document.get("id").and_then(Value::as_str);
        id.is_some_and(|id| self.scope.evidence.sources().rendition(id, &self.sha256))
    }

    /// The register's entry for this credential, if the issuer that recorded it is the one that the
    /// document names.
    fn register(&self, document: &Value) -> Option<RegisterEntry> {
        let id = document.get("id")?.as_str()?;
        let mut registered = self.registered.borrow_mut();
        let entry = match registered.as_ref() {
            Some((of, entry)) if of == id => entry.clone(),
            _ => {
                let entry = self.scope.evidence.sources().register(id);
                *registered = Some((id.to_owned(), entry.clone()));
                entry
            }
        }?;
        (securing::issuer_id(document) == Some(entry.issuer.as_str())).then_some(entry)
    }

    /// The same, once its issuer's proof of this document was verified. Before that anybody may have
    /// written it, and what the register knows is not told.
    pub(super) fn recorded(&self, document: &Value) -> Option<RegisterEntry> {
        self.marker.as_ref().and_then(|_| self.register(document))
    }

    /// Everything that follows once there is a document. `secured` is absent when the document has
    /// contexts that are not known here.
    pub(super) fn document(&mut self, document: Value, secured: Option<Secured>) -> Findings {
        let Value::Object(members) = &document else {
            return self.unreadable(problem::parsing("The document is no JSON object."));
        };
        let mut findings = Findings { credential: facts(&document), ..Findings::default() };
        let (entries, status_faults) = status_check::entries(&document);
        let mut faults = conformance::faults(members);
        if self.scope.examiner.contexts().is_conformance() {
            faults.retain(|fault| !conformance::taken_in_tests(fault, &document));
        }
        faults.extend(status_faults);
        if self.scope.examiner.open_badges_schema()
            && conformance::version(members) == Some(Version::V2)
        {
            faults.extend(schema::faults(&document));
        }
        let safe_mode = match secured {
            Some(secured) => {
                findings.proofs = secured.proofs;
                self.set(Check::VerificationMethod, secured.method);
                self.set(Check::Proof, secured.proof);
                self.marker = secured.marker;
                secured.safe_mode
            }
            None => {
                let url = known_contexts(&document, self.scope.examiner.contexts()).err();
                let problem = problem::context_not_bundled(&url.unwrap_or_default());
                self.set(Check::Proof, Ended::indeterminate(problem.clone()));
                Ended::indeterminate(problem)
            }
        };
        findings.contexts =
            known_contexts(&document, self.scope.examiner.contexts()).unwrap_or_default();
        findings.noted = informing::noted(members);
        findings.possibly_withheld = withheld(members, &findings.proofs);
        self.set(Check::Conformance, conforms(&faults, safe_mode));
        // Whether there is such a certificate, and of a test issuer, is told to who has it.
        let gate = [Check::Conformance, Check::VerificationMethod, Check::Proof];
        let register = self.recorded(&document).filter(|_| self.passed_gate(&gate));
        self.set(Check::Test, informing::test(&document, register.as_ref()));
        // What it contains has proofs of its own.
        let subjects = endorsing::places(&document, "/credentialSubject");
        self.contained(subjects, "verifiableCredential", &mut findings);
        // Of a document that is not the issuer's, nothing more can be said.
        if !self.passed_gate(&gate) {
            return findings;
        }
        if findings.contained.is_empty() && self.outcome(Check::Contained) == Outcome::NotRun {
            self.set(Check::Contained, Ended::not_applicable());
        }
        self.validity_and_status(&document, &entries, &mut findings);
        self.set(Check::RelatedResource, related::check(&document));
        self.inform(&document, &mut findings);
        if self.marker.is_some() {
            findings.document = Some(Arc::new(document));
        }
        findings
    }

    fn validity_and_status(
        &mut self,
        document: &Value,
        entries: &[Entry],
        findings: &mut Findings,
    ) {
        let (period, by_time) = period(document, self.scope.evidence.now);
        self.set(Check::ValidityPeriod, period);
        let register = self.recorded(document);
        let lists = Lists {
            evidence: self.scope.evidence,
            remembered: self.scope.examiner.remembered(),
            contexts: self.scope.examiner.contexts(),
            issuer: securing::issuer_id(document).unwrap_or_default(),
            credential: document.get("id").and_then(Value::as_str),
            max_depth: self.scope.examiner.limits().max_depth,
            max_proofs: self.scope.examiner.limits().max_proofs,
        };
        let status = status_check::check(entries, &lists, register.as_ref());
        // The order of guide 15.2: withdrawn, suspended, past its end, not to be told, valid. While
        // the proof itself is open, so is everything that the document says.
        let (state, since) = match (status.found, by_time) {
            _ if self.marker.is_none() => (State::Unknown, None),
            (Found::Superseded, _) => (State::Superseded, status.since),
            (Found::Revoked, _) => (State::Revoked, status.since),
            (Found::Suspended, _) => (State::Suspended, status.since),
            (Found::Nothing, Some((state, since))) => (state, since),
            (Found::Nothing, None) if status.ended.outcome == Outcome::Indeterminate => {
                (State::Unknown, None)
            }
            (Found::Nothing, None) => (State::Valid, None),
        };
        findings.state = Some(state);
        findings.state_since = since;
        findings.replaced_by = status.replaced_by;
        findings.status = status.facts;
        findings.register = register.map(|entry| RegisterFact {
            same_bytes: entry.sha256.eq_ignore_ascii_case(&self.sha256),
            recorded: entry.recorded,
            erased: entry.erased,
        });
        let mut ended = status.ended;
        if ended.outcome == Outcome::NotApplicable
            && findings.possibly_withheld.contains(&"credentialStatus")
        {
            ended.problem = Some(problem::informing(
                "possibly-withheld",
                "The status may have been left out",
                "The holder shows a part of what was signed, and no status is shown.",
            ));
        }
        self.set(Check::Status, ended);
    }

    fn inform(&mut self, document: &Value, findings: &mut Findings) {
        let sources = self.scope.evidence.sources();
        let issuer = securing::issuer_id(document);
        let known = issuer.map(|issuer| sources.recognised(issuer));
        findings.keeper =
            issuer.filter(|_| self.marker.is_some()).and_then(|issuer| sources.keeper(issuer));
        let today = self.scope.evidence.now.date();
        let recognised =
            informing::recognised(known.unwrap_or_default(), day_of_issue(findings), today);
        if let Some(issuer) = &mut findings.credential.issuer {
            issuer.recognised = recognised.facts;
        }
        self.set(Check::IssuerRecognised, recognised.on_day_of_issue);
        self.set(Check::IssuerRecognisedToday, recognised.today);
        self.endorsements(document, findings);
        let recipient = informing::recipient(document, self.scope.expected);
        self.set(Check::Recipient, recipient);
        let ours = self.recorded(document).is_some();
        let read = informing::read(document, ours.then_some(sources));
        self.set(Check::Mandate, read.mandate);
        self.set(Check::Completeness, read.completeness);
        self.set(Check::Parts, read.parts);
        findings.view = Some(read.view);
    }
}

pub(super) fn conforms(faults: &[Fault], safe_mode: Ended) -> Ended {
    match problem::malformed_all(faults) {
        // What would be lost is named first: it is the graver fault.
        _ if safe_mode.outcome == Outcome::Fail => safe_mode,
        Some(problem) => Ended::fail(problem),
        None => safe_mode,
    }
}
