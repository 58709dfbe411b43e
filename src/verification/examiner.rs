//! Runs the checks in their order and makes the report.
//!
//! Conformance, safe mode, verification method and proof always run as far as the document allows.
//! Validity period, status and the rest run only on a document that its issuer signed: of another
//! document they would say nothing.

use super::conformance::{self, Fault, Version};
use super::datetime::{self, Instant};
use super::evidence::{Evidence, Resolver};
use super::informing;
use super::problem;
use super::remembered::{Remembered, sha256_hex};
use super::report::{
    Check, CheckResult, ContextFact, CredentialFacts, InputFacts, IssuerFacts, Outcome, Report,
    Securing, State, Verdict,
};
use super::securing::{self, Against, Ended, Secured};
use super::sources::{RegisterEntry, Sources};
use super::status_check::{self, Entry, Found, Lists};
use super::{related, schema};
use crate::canon::ContextSet;
use crate::canon::json::{self, JsonLimits};
use crate::model::{Date, Problem, Timestamp};
use crate::profile;
use crate::proof::ProofVerified;
use serde_json::{Map, Value};
use std::sync::Arc;

/// The bounds of one examination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest credential, in bytes.
    pub max_bytes: usize,
    /// Deepest nesting of its JSON.
    pub max_depth: usize,
    /// Most proofs on one document.
    pub max_proofs: usize,
    /// Most documents that one credential makes this verifier ask for.
    pub max_questions: usize,
    /// Largest key document, in bytes.
    pub max_key_document_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 1_048_576,
            max_depth: 64,
            max_proofs: 8,
            max_questions: 12,
            max_key_document_bytes: 262_144,
        }
    }
}

/// The examining room. Make one and keep it: it remembers key documents and status lists that it
/// has read, and believes them only as long as its sources answer with the same bytes.
#[derive(Debug)]
pub struct Examiner {
    limits: Limits,
    contexts: &'static ContextSet,
    open_badges_schema: bool,
    remembered: Remembered,
}

impl Default for Examiner {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Examiner {
    /// An examiner within these bounds, with the contexts that may stand in documents of others.
    pub fn new(limits: Limits) -> Self {
        schema::validator();
        Self {
            limits,
            contexts: ContextSet::verifying(),
            open_badges_schema: true,
            remembered: Remembered::default(),
        }
    }

    /// With other contexts; for conformance tests.
    #[must_use]
    pub fn with_contexts(mut self, contexts: &'static ContextSet) -> Self {
        self.contexts = contexts;
        self
    }

    /// Without the Open Badges JSON Schema; for measuring the rest.
    #[must_use]
    pub fn without_open_badges_schema(mut self) -> Self {
        self.open_badges_schema = false;
        self
    }

    /// Its bounds.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Examines the bytes of a credential. Never fails: what cannot be read is a failed report.
    ///
    /// Blocks as long as `sources` do; with sources that never go outward it does no I/O, and
    /// [`Report::deferred`] says whether that left something open.
    pub fn examine(
        &self,
        bytes: &[u8],
        media_type: Option<&str>,
        sources: &dyn Sources,
        now: Timestamp,
    ) -> Report {
        self.examine_for(bytes, media_type, None, sources, now)
    }

    /// Examines, and compares the holder's e-mail address with the one given. The address goes
    /// nowhere: not into the report, not to a source.
    pub fn examine_for(
        &self,
        bytes: &[u8],
        media_type: Option<&str>,
        address: Option<&str>,
        sources: &dyn Sources,
        now: Timestamp,
    ) -> Report {
        let evidence = Evidence::new(
            sources,
            &self.remembered,
            now,
            self.limits.max_key_document_bytes,
            self.limits.max_questions,
        );
        let input = InputFacts {
            sha256: sha256_hex(bytes),
            length: bytes.len(),
            media_type: media_type.map(str::to_owned),
            securing: None,
        };
        let mut examination = Examination {
            examiner: self,
            evidence: &evidence,
            address,
            input,
            ended: Check::ALL.map(|_| Ended::not_run()),
            marker: None,
        };
        let findings = examination.run(bytes);
        let Examination { input, ended, marker, .. } = examination;
        let (facts, deferred) = evidence.into_facts();
        let draft = Draft { input, findings, checked_at: now, evidence: facts, deferred };
        Report::conclude(ended, marker, draft)
    }
}

/// What a report says besides its checks.
#[derive(Debug)]
pub(super) struct Draft {
    input: InputFacts,
    findings: Findings,
    checked_at: Timestamp,
    evidence: Vec<super::report::EvidenceFact>,
    deferred: bool,
}

#[derive(Debug, Default)]
struct Findings {
    state: Option<State>,
    state_since: Option<Timestamp>,
    replaced_by: Option<String>,
    credential: CredentialFacts,
    contexts: Vec<ContextFact>,
    proofs: Vec<super::report::ProofFacts>,
    status: Vec<super::report::StatusFact>,
    document: Option<Arc<Value>>,
}

impl Report {
    /// The verdict, from the checks and the marker. This is the only place that says *verified*,
    /// and it cannot without the marker of the proof room.
    fn conclude(
        ended: [Ended; Check::ALL.len()],
        marker: Option<ProofVerified>,
        draft: Draft,
    ) -> Self {
        let checks: Vec<CheckResult> = Check::ALL
            .into_iter()
            .zip(ended)
            .map(|(check, Ended { outcome, problem })| CheckResult { check, outcome, problem })
            .collect();
        let mut deciding = checks.iter().filter(|result| result.check.decides());
        let verdict = if deciding.clone().any(|result| result.outcome == Outcome::Fail) {
            Verdict::Failed
        } else if deciding
            .all(|result| matches!(result.outcome, Outcome::Pass | Outcome::NotApplicable))
        {
            marker.map_or(Verdict::Indeterminate, Verdict::verified)
        } else {
            Verdict::Indeterminate
        };
        let Draft { input, findings, checked_at, evidence, deferred } = draft;
        Self {
            verdict,
            state: findings.state.unwrap_or(State::Unknown),
            state_since: findings.state_since,
            replaced_by: findings.replaced_by,
            checks,
            checked_at,
            input,
            credential: findings.credential,
            contexts: findings.contexts,
            proofs: findings.proofs,
            status: findings.status,
            evidence,
            document: findings.document,
            deferred,
        }
    }
}

struct Examination<'e, 'a> {
    examiner: &'a Examiner,
    evidence: &'e Evidence<'a>,
    address: Option<&'e str>,
    input: InputFacts,
    ended: [Ended; Check::ALL.len()],
    marker: Option<ProofVerified>,
}

impl<'a> Examination<'_, 'a> {
    fn set(&mut self, check: Check, ended: Ended) {
        for (place, slot) in Check::ALL.into_iter().zip(&mut self.ended) {
            if place == check {
                *slot = ended;
                return;
            }
        }
    }

    fn outcome(&self, check: Check) -> Outcome {
        let mut both = Check::ALL.into_iter().zip(&self.ended);
        both.find(|(place, _)| *place == check).map_or(Outcome::NotRun, |(_, end)| end.outcome)
    }

    fn limits(&self) -> JsonLimits {
        let limits = &self.examiner.limits;
        JsonLimits { max_bytes: limits.max_bytes, max_depth: limits.max_depth }
    }

    fn run(&mut self, bytes: &[u8]) -> Findings {
        let first = bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace());
        if first == Some(b'{') || first == Some(b'[') {
            return self.json(bytes);
        }
        match compact_token(bytes) {
            Some(token) if token.len() <= self.examiner.limits.max_bytes => self.token(token),
            Some(_) => self.unreadable(problem::parsing("The token is longer than is taken.")),
            None => {
                self.unreadable(problem::parsing("Neither a JSON document nor a compact token."))
            }
        }
    }

    fn unreadable(&mut self, problem: Problem) -> Findings {
        self.set(Check::Conformance, Ended::fail(problem));
        Findings::default()
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
        let Value::Object(members) = &document else {
            return self.unreadable(problem::parsing("The document is no JSON object."));
        };
        if let Some(problem) = other_kind(members) {
            self.set(Check::Conformance, Ended::indeterminate(problem));
            return Findings { credential: facts(&document), ..Findings::default() };
        }
        self.input.securing = members.contains_key("proof").then_some(Securing::DataIntegrity);
        let issuer = securing::issuer_id(&document);
        let resolver = Resolver::new(self.evidence);
        let secured = self.against(&document, |against| {
            if known_contexts(&document, against.contexts).is_err() {
                // No canonical form can be had; do not fetch keys for it.
                return None;
            }
            Some(securing::embedded(&document, issuer, &resolver, against))
        });
        self.document(document, secured)
    }

    fn token(&mut self, text: &str) -> Findings {
        let resolver = Resolver::new(self.evidence);
        let token = self.against(&Value::Null, |against| securing::token(text, &resolver, against));
        let token = match token {
            Ok(token) => token,
            Err(problem) => return self.unreadable(problem),
        };
        self.input.securing = Some(token.securing);
        match token.credential {
            Some(document) => self.document(document, Some(token.secured)),
            None => {
                let Secured { proofs, method, proof, .. } = token.secured;
                self.set(Check::VerificationMethod, method);
                self.set(Check::Proof, proof);
                Findings { proofs, ..Findings::default() }
            }
        }
    }

    /// Calls with what documents are held against. The register is asked only if a withdrawn key
    /// makes its knowledge matter.
    fn against<T>(&self, document: &Value, run: impl FnOnce(&Against<'_>) -> T) -> T {
        let registered_before = |moment: Instant| {
            self.register(document).is_some_and(|entry| {
                entry.sha256.eq_ignore_ascii_case(&self.input.sha256)
                    && Instant::from_timestamp(entry.recorded) < moment
            })
        };
        run(&Against {
            now: self.evidence.now,
            contexts: self.examiner.contexts,
            limits: self.limits(),
            max_proofs: self.examiner.limits.max_proofs,
            registered_before: &registered_before,
        })
    }

    /// The register's entry for this credential, if the issuer that recorded it is the one that the
    /// document names.
    fn register(&self, document: &Value) -> Option<RegisterEntry> {
        let entry = self.evidence.sources().register(document.get("id")?.as_str()?)?;
        (securing::issuer_id(document) == Some(entry.issuer.as_str())).then_some(entry)
    }

    /// Everything that follows once there is a document. `secured` is absent when the document has
    /// contexts that are not known here.
    fn document(&mut self, document: Value, secured: Option<Secured>) -> Findings {
        let Value::Object(members) = &document else {
            return self.unreadable(problem::parsing("The document is no JSON object."));
        };
        let mut findings = Findings { credential: facts(&document), ..Findings::default() };
        let (entries, status_faults) = status_check::entries(&document);
        let mut faults = conformance::faults(members);
        faults.extend(status_faults);
        if self.examiner.open_badges_schema
            && schema::applies(members)
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
                let url = known_contexts(&document, self.examiner.contexts).err();
                let problem = problem::context_not_bundled(&url.unwrap_or_default());
                self.set(Check::Proof, Ended::indeterminate(problem.clone()));
                Ended::indeterminate(problem)
            }
        };
        findings.contexts = known_contexts(&document, self.examiner.contexts).unwrap_or_default();
        self.set(Check::Conformance, conforms(&faults, safe_mode));
        self.set(Check::Test, informing::test(&document, self.register(&document).as_ref()));
        // Of a document that is not the issuer's, nothing more can be said.
        let gate = [Check::Conformance, Check::VerificationMethod, Check::Proof];
        if gate
            .into_iter()
            .any(|check| matches!(self.outcome(check), Outcome::Fail | Outcome::NotRun))
        {
            return findings;
        }
        self.validity_and_status(&document, &entries, &mut findings);
        self.set(Check::RelatedResource, related::check(&document));
        self.set(Check::Contained, Ended::not_applicable());
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
        let (period, by_time) = period(document, self.evidence.now);
        self.set(Check::ValidityPeriod, period);
        let register = self.register(document);
        let lists = Lists {
            evidence: self.evidence,
            remembered: &self.examiner.remembered,
            contexts: self.examiner.contexts,
            issuer: securing::issuer_id(document).unwrap_or_default(),
            max_depth: self.examiner.limits.max_depth,
            max_proofs: self.examiner.limits.max_proofs,
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
        self.set(Check::Status, status.ended);
    }

    fn inform(&mut self, document: &Value, findings: &mut Findings) {
        let sources = self.evidence.sources();
        let known = securing::issuer_id(document).map(|issuer| sources.recognised(issuer));
        let today = self.evidence.now.date();
        let recognised =
            informing::recognised(known.unwrap_or_default(), day_of_issue(findings), today);
        if let Some(issuer) = &mut findings.credential.issuer {
            issuer.recognised = recognised.facts;
        }
        self.set(Check::IssuerRecognised, recognised.on_day_of_issue);
        self.set(Check::IssuerRecognisedToday, recognised.today);
        self.set(Check::Endorsements, informing::endorsements(document));
        self.set(Check::Recipient, informing::recipient(document, self.address));
        let read = informing::read(document, sources);
        self.set(Check::Mandate, read.mandate);
        self.set(Check::Completeness, read.completeness);
        self.set(Check::Parts, read.parts);
    }
}

/// The day (UTC) on which the document says that it was issued: the start of its validity, or else
/// the moment that the issuer's proof states.
fn day_of_issue(findings: &Findings) -> Option<Date> {
    let stated = findings.credential.valid_from.as_deref().and_then(datetime::parse);
    let signed = || findings.proofs.iter().find(|proof| proof.by_issuer)?.created;
    stated.and_then(Instant::timestamp).or_else(signed).map(Timestamp::date)
}

fn conforms(faults: &[Fault], safe_mode: Ended) -> Ended {
    match problem::malformed_all(faults) {
        // What would be lost is named first: it is the graver fault.
        _ if safe_mode.outcome == Outcome::Fail => safe_mode,
        Some(problem) => Ended::fail(problem),
        None => safe_mode,
    }
}

/// `validFrom` and `validUntil` against now; and what they make of the state.
fn period(document: &Value, now: Timestamp) -> (Ended, Option<(State, Option<Timestamp>)>) {
    let text = |members: [&str; 2]| {
        members.into_iter().find_map(|member| document.get(member).and_then(Value::as_str))
    };
    let from = text(["validFrom", "issuanceDate"]);
    let until = text(["validUntil", "expirationDate"]);
    let at = Instant::from_timestamp(now);
    let moment = |text: Option<&str>| text.and_then(datetime::parse);
    if let (Some(text), Some(until)) = (until, moment(until))
        && at > until
    {
        return (Ended::fail(problem::expired(text)), Some((State::Expired, until.timestamp())));
    }
    if let (Some(text), Some(from)) = (from, moment(from))
        && at < from
    {
        return (Ended::fail(problem::not_yet_valid(text)), Some((State::NotYetValid, None)));
    }
    let ended =
        if from.is_none() && until.is_none() { Ended::not_applicable() } else { Ended::pass() };
    (ended, None)
}

/// The contexts and their digests, or the first that is not bundled. Inline ones are faults of
/// conformance.
fn known_contexts(document: &Value, contexts: &ContextSet) -> Result<Vec<ContextFact>, String> {
    let items = match document.get("@context") {
        Some(Value::Array(items)) => items.as_slice(),
        _ => &[],
    };
    items
        .iter()
        .filter_map(Value::as_str)
        .map(|url| match contexts.digest_of(url) {
            Some(sha256) => Ok(ContextFact { url: url.to_owned(), sha256: sha256.to_owned() }),
            None => Err(url.to_owned()),
        })
        .collect()
}

/// Documents that are no bare credential and are not examined yet.
fn other_kind(members: &Map<String, Value>) -> Option<Problem> {
    let kind = |name: &str| match members.get("type") {
        Some(Value::Array(all)) => all.iter().any(|one| one == name),
        Some(one) => one == name,
        None => false,
    };
    ["EnvelopedVerifiableCredential", "VerifiablePresentation", "EnvelopedVerifiablePresentation"]
        .into_iter()
        .find(|name| kind(name))
        .map(|name| problem::unsupported_input(format!("{name} is not examined here.")))
}

/// A compact JWS: three parts in base64url. White space around it does not count.
fn compact_token(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?.trim_ascii();
    let part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (text.bytes().all(|b| part(b) || b == b'.') && text.bytes().filter(|b| *b == b'.').count() == 2)
        .then_some(text)
}

fn facts(document: &Value) -> CredentialFacts {
    let text = |member: &str| document.get(member).and_then(Value::as_str).map(str::to_owned);
    let types = match document.get("type") {
        Some(Value::Array(all)) => {
            all.iter().filter_map(Value::as_str).take(20).map(str::to_owned).collect()
        }
        Some(Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    };
    let issuer = profile::issuer(document).and_then(|issuer| {
        let name = Some(issuer.name).filter(|name| !name.is_empty());
        Some(IssuerFacts { id: issuer.id?, name, recognised: Vec::new() })
    });
    CredentialFacts {
        id: text("id"),
        types,
        issuer,
        valid_from: text("validFrom").or_else(|| text("issuanceDate")),
        valid_until: text("validUntil").or_else(|| text("expirationDate")),
    }
}
