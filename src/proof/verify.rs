//! Verifying the proofs of a document: one, a set, a chain (Data Integrity 1.0, sections 4.4 and
//! 4.5). Every proof gets its own outcome. Which of them has to be the issuer's, others decide.

use super::derived::{self, Derived, Unproven};
use super::error::Untransformed;
use super::method::{in_force, is_absolute_url, unresolved};
use super::suite::{self, CONTEXT, Hash, PROOF};
use super::{
    Cryptosuite, MethodResolver, ProofError, ProofOutcome, ProofReport, VerifyOptions, moment,
    problem,
};
use crate::canon::{ContextSet, Fault, HashAlgorithm};
use crate::encoding::PublicKey;
use crate::model::Timestamp;
use serde_json::{Map, Value};

/// Checks every proof of a document.
///
/// A proof is *verified* when its signature is right and every proof that it refers to with
/// `previousProof` is verified too.
///
/// # Errors
/// [`ProofError`] when there is nothing to report on: the document or a proof is not an object,
/// there is no proof, or there are too many.
pub fn verify_proofs(
    document: &Value,
    options: &VerifyOptions<'_>,
    resolver: &dyn MethodResolver,
    contexts: &ContextSet,
) -> Result<Vec<ProofReport>, ProofError> {
    let Value::Object(members) = document else {
        return Err(ProofError::Parsing("the document is not a JSON object"));
    };
    let proofs: &[Value] = match members.get(PROOF) {
        None => return Err(ProofError::Parsing("the document has no proof")),
        Some(Value::Array(proofs)) if proofs.is_empty() => {
            return Err(ProofError::Parsing("the document has no proof"));
        }
        Some(Value::Array(proofs)) => proofs,
        Some(proof) => std::slice::from_ref(proof),
    };
    if proofs.len() > options.max_proofs {
        return Err(ProofError::TooManyProofs { limit: options.max_proofs });
    }
    if !proofs.iter().all(Value::is_object) {
        return Err(ProofError::Parsing("a proof is not a JSON object"));
    }
    let mut check =
        Check { document, members, proofs, options, resolver, contexts, rdfc: [None, None] };
    Ok(check.all())
}

struct Check<'a> {
    document: &'a Value,
    members: &'a Map<String, Value>,
    proofs: &'a [Value],
    options: &'a VerifyOptions<'a>,
    resolver: &'a dyn MethodResolver,
    contexts: &'a ContextSet,
    /// The hash of the document without any proof, for the RDFC suites: one for all proofs by
    /// keys of the same strength.
    rdfc: [Option<Result<Hash, Untransformed>>; 2],
}

/// What a `proofValue` holds.
enum ProofValue {
    Signature(Vec<u8>),
    Derived(Box<Derived>),
}

/// What came of one proof, and whose method it was.
struct Outcome {
    controller: Option<String>,
    outcome: ProofOutcome,
}

impl From<ProofOutcome> for Outcome {
    fn from(outcome: ProofOutcome) -> Self {
        Self { controller: None, outcome }
    }
}

fn failed(detail: impl Into<String>) -> ProofOutcome {
    ProofOutcome::Failed(problem::proof_verification(detail))
}

impl Check<'_> {
    /// Proofs in an order in which what is referred to comes first; what is then left is a cycle.
    fn all(&mut self) -> Vec<ProofReport> {
        let previous: Vec<Result<Vec<usize>, &'static str>> =
            self.proofs.iter().map(|proof| self.previous(proof)).collect();
        let mut outcomes: Vec<Option<Outcome>> = self.proofs.iter().map(|_| None).collect();
        loop {
            let mut progress = false;
            for (index, previous) in previous.iter().enumerate() {
                if outcomes.get(index).is_none_or(Option::is_some) {
                    continue;
                }
                let outcome = match previous {
                    Err(fault) => Some(failed(*fault).into()),
                    Ok(previous) => self.after(index, previous, &outcomes),
                };
                if let (Some(outcome), Some(place)) = (outcome, outcomes.get_mut(index)) {
                    *place = Some(outcome);
                    progress = true;
                }
            }
            if !progress {
                break;
            }
        }
        self.proofs
            .iter()
            .zip(outcomes)
            .map(|(proof, outcome)| {
                let Outcome { controller, outcome } = outcome
                    .unwrap_or_else(|| failed("previousProof leads back to this proof").into());
                let text = |name: &str| proof.get(name).and_then(Value::as_str).map(str::to_owned);
                ProofReport {
                    id: text("id"),
                    cryptosuite: text("cryptosuite").or_else(|| text("type")),
                    verification_method: text("verificationMethod"),
                    controller,
                    created: text("created"),
                    purpose: text("proofPurpose"),
                    domain: domains(proof),
                    challenge: text("challenge"),
                    outcome,
                }
            })
            .collect()
    }

    /// The proofs that `previousProof` names.
    fn previous(&self, proof: &Value) -> Result<Vec<usize>, &'static str> {
        if let Some(id) = proof.get("id") {
            let Value::String(id) = id else { return Err("the id of a proof must be a URL") };
            if !is_absolute_url(id) {
                return Err("the id of a proof must be a URL");
            }
            if self.named(id).nth(1).is_some() {
                return Err("two proofs have the same id");
            }
        }
        let names: &[Value] = match proof.get("previousProof") {
            None => return Ok(Vec::new()),
            Some(Value::Array(names)) => names,
            Some(name) => std::slice::from_ref(name),
        };
        if names.is_empty() || names.len() > self.proofs.len() {
            return Err("previousProof must name proofs of this document");
        }
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            let Value::String(name) = name else {
                return Err("previousProof must be a string or a list of strings");
            };
            let mut named = self.named(name);
            match (named.next(), named.next()) {
                (Some(index), None) if found.contains(&index) => {
                    return Err("previousProof names a proof twice");
                }
                (Some(index), None) => found.push(index),
                (Some(_), Some(_)) => return Err("previousProof names more than one proof"),
                (None, _) => return Err("previousProof names no proof"),
            }
        }
        // In the order in which they stand in the document.
        found.sort_unstable();
        Ok(found)
    }

    fn named<'b>(&'b self, id: &'b str) -> impl Iterator<Item = usize> + 'b {
        self.proofs
            .iter()
            .enumerate()
            .filter(move |(_, proof)| proof.get("id").and_then(Value::as_str) == Some(id))
            .map(|(index, _)| index)
    }

    /// The outcome of a proof, once the outcomes that it depends on are known.
    fn after(
        &mut self,
        index: usize,
        previous: &[usize],
        outcomes: &[Option<Outcome>],
    ) -> Option<Outcome> {
        let mut unknown = false;
        for &index in previous {
            match &outcomes.get(index)?.as_ref()?.outcome {
                ProofOutcome::Verified(_) => {}
                ProofOutcome::Failed(_) => {
                    return Some(failed("a proof that previousProof names is not verified").into());
                }
                ProofOutcome::Indeterminate(_) | ProofOutcome::Unsupported(_) => unknown = true,
            }
        }
        if unknown {
            let detail = "a proof that previousProof names could not be checked";
            return Some(ProofOutcome::Indeterminate(problem::not_checkable(detail)).into());
        }
        let proof = self.proofs.get(index)?;
        Some(self.one(proof, previous))
    }

    /// Verify Proof (Data Integrity 1.0, section 4.4), from step 3.
    fn one(&mut self, proof: &Value, previous: &[usize]) -> Outcome {
        let Value::Object(members) = proof else {
            return failed("the proof is not an object").into();
        };
        let (suite, method_url, created) = match self.shape(members) {
            Ok(shape) => shape,
            Err(outcome) => return outcome.into(),
        };
        let proof_value = match suite {
            Cryptosuite::EcdsaSd2023 => {
                derived::parse(members).map(|value| ProofValue::Derived(Box::new(value)))
            }
            _ => suite::decode_proof_value(suite, members).map(ProofValue::Signature),
        };
        let proof_value = match proof_value {
            Ok(value) => value,
            Err(fault) => return failed(fault).into(),
        };
        let method = match self.resolver.resolve(method_url, self.options.purpose) {
            Ok(method) => method,
            Err(error) => return unresolved(error).into(),
        };
        let controller = Some(method.controller.clone());
        if let Err(problem) = in_force(&method, created) {
            return Outcome { controller, outcome: ProofOutcome::Failed(problem) };
        }
        if !suite.takes(&method.key) {
            let outcome = failed("the key of the verification method is not for this cryptosuite");
            return Outcome { controller, outcome };
        }
        let hash = suite::hash_algorithm(&method.key);
        let outcome = match proof_value {
            ProofValue::Derived(value) => self.derived(&value, &method.key, proof, previous),
            ProofValue::Signature(signature) => {
                match self.hash_data(suite, hash, proof, members, previous) {
                    Err(outcome) => outcome,
                    Ok(data) => match suite::verify(&method.key, &data, &signature) {
                        Some(verified) => ProofOutcome::Verified(verified),
                        None => failed("the signature does not fit the document and the proof"),
                    },
                }
            }
        };
        Outcome { controller, outcome }
    }

    /// A derived proof of `ecdsa-sd-2023`.
    fn derived(
        &self,
        value: &Derived,
        key: &PublicKey,
        proof: &Value,
        previous: &[usize],
    ) -> ProofOutcome {
        if !previous.is_empty() {
            let detail = "selective disclosure in a chain of proofs is not supported";
            return ProofOutcome::Unsupported(problem::unsupported(detail));
        }
        let verified = value
            .verify_data(self.document, proof, self.members.get(CONTEXT), self.contexts)
            .and_then(|data| value.verify(key, &data));
        match verified {
            Ok(verified) => ProofOutcome::Verified(verified),
            Err(Unproven::Untransformed(error)) => unsigned(&error, ""),
            Err(Unproven::Configuration(error)) => unsigned(&error, "/proof"),
            Err(Unproven::Failed(fault)) => failed(fault),
            Err(Unproven::TooMuch) => {
                let detail = "more disclosed statements than one proof may have";
                ProofOutcome::Indeterminate(problem::not_checkable(detail))
            }
        }
    }

    /// The members of a proof that must be there and must have certain values.
    fn shape<'p>(
        &self,
        proof: &'p Map<String, Value>,
    ) -> Result<(Cryptosuite, &'p str, Option<Timestamp>), ProofOutcome> {
        let text = |name: &str| match proof.get(name) {
            Some(Value::String(text)) => Ok(Some(text.as_str())),
            Some(_) => Err(failed(format!("{name} must be a string"))),
            None => Ok(None),
        };
        let required = |name: &str| text(name)?.ok_or_else(|| failed(format!("{name} is missing")));
        let kind = required("type")?;
        let method = required("verificationMethod")?;
        let purpose = required("proofPurpose")?;
        let unsupported = |detail: &str| ProofOutcome::Unsupported(problem::unsupported(detail));
        let suite = if kind == Cryptosuite::Ed25519Signature2020.as_str() {
            if proof.contains_key("cryptosuite") {
                return Err(failed("a proof of this type has no cryptosuite"));
            }
            Cryptosuite::Ed25519Signature2020
        } else if kind == "DataIntegrityProof" {
            Cryptosuite::from_name(required("cryptosuite")?)
                .ok_or_else(|| unsupported("the cryptosuite of the proof is not supported"))?
        } else {
            return Err(unsupported("the type of the proof is not supported"));
        };
        // The configuration is read with the context of the document: another one is not signed,
        // and whoever reads the proof as a part of the document would read something else.
        let own = proof.get(CONTEXT);
        if !suite.is_jcs() && own.is_some() && own != self.members.get(CONTEXT) {
            return Err(failed("the proof has an @context of its own, which is not signed"));
        }
        if purpose != self.options.purpose.as_str() {
            let expected = self.options.purpose;
            return Err(failed(format!("proofPurpose must be {expected}")));
        }
        let moment = |name: &str| match text(name)? {
            None => Ok(None),
            Some(stamp) => match moment::parse(stamp) {
                Some(moment) => Ok(Some(moment)),
                None => Err(failed(format!("{name} must be a date and time with an offset"))),
            },
        };
        let created = moment("created")?;
        if moment("expires")?.is_some_and(|expires| expires <= self.options.now) {
            return Err(failed("the proof has expired"));
        }
        if !self.options.domain.is_empty() && !same_domains(proof, self.options.domain) {
            let detail = "the proof is for another domain";
            return Err(ProofOutcome::Failed(problem::invalid_domain(detail)));
        }
        if let Some(challenge) = self.options.challenge
            && text("challenge")? != Some(challenge)
        {
            let detail = "the proof answers another challenge";
            return Err(ProofOutcome::Failed(problem::invalid_challenge(detail)));
        }
        if !is_absolute_url(method) {
            let detail = "verificationMethod is not an absolute URL";
            return Err(ProofOutcome::Failed(problem::invalid_method_url(detail)));
        }
        Ok((suite, method, created))
    }

    /// What this proof must have signed.
    fn hash_data(
        &mut self,
        suite: Cryptosuite,
        hash: HashAlgorithm,
        proof: &Value,
        members: &Map<String, Value>,
        previous: &[usize],
    ) -> Result<Vec<u8>, ProofOutcome> {
        let document_context = self.members.get(CONTEXT);
        // Section 3.3.2 step 4: the document may have gained contexts after those of the proof.
        let context = match members.get(CONTEXT) {
            Some(own) if suite.is_jcs() && Some(own) != document_context => {
                if !starts_with(document_context, own) {
                    return Err(failed(
                        "the @context of the document does not start with that of the proof",
                    ));
                }
                Some(own)
            }
            _ => None,
        };
        let (whole, contexts) = (self.document, self.contexts);
        let document = if !previous.is_empty() {
            self.chained(suite, hash, context, previous)
        } else if suite.is_jcs() {
            suite::document_hash(suite, hash, whole, context, contexts)
        } else {
            let [sha256, sha384] = &mut self.rdfc;
            let known = match hash {
                HashAlgorithm::Sha256 => sha256,
                HashAlgorithm::Sha384 => sha384,
            };
            known
                .get_or_insert_with(|| suite::document_hash(suite, hash, whole, None, contexts))
                .clone()
        };
        let document = document.map_err(|error| unsigned(&error, ""))?;
        let config = suite::config_hash(suite, hash, proof, document_context, contexts)
            .map_err(|error| unsigned(&error, "/proof"))?;
        Ok(suite::hash_data(&config, &document))
    }

    /// The document hash of a proof in a chain: `proof` is the list of the complete proofs that
    /// it refers to (Data Integrity 1.0, section 4.5).
    fn chained(
        &self,
        suite: Cryptosuite,
        hash: HashAlgorithm,
        context: Option<&Value>,
        previous: &[usize],
    ) -> Result<Hash, Untransformed> {
        let mut members = self.members.clone();
        let proofs = previous.iter().filter_map(|&index| self.proofs.get(index)).cloned();
        members.insert(PROOF.to_owned(), Value::Array(proofs.collect()));
        suite::chained_hash(suite, hash, &Value::Object(members), context, self.contexts)
    }
}

/// A document or proof that has no canonical form: it fails, unless only a context is missing or
/// the work would be too much, which says nothing about the proof.
fn unsigned(error: &Untransformed, prefix: &str) -> ProofOutcome {
    let error = match error {
        Untransformed::Canon(error) => error,
        Untransformed::Jcs(error) => {
            return ProofOutcome::Failed(
                problem::proof_transformation(error.to_string()).with("code", error.code()),
            );
        }
    };
    let pointer = format!("{prefix}{}", error.pointer());
    match error.fault {
        Fault::ContextNotBundled { .. } | Fault::Limit(_) => ProofOutcome::Indeterminate(
            problem::not_checkable(error.to_string())
                .with("pointer", pointer)
                .with("code", error.code()),
        ),
        _ => ProofOutcome::Failed(
            problem::data_loss(&pointer, error.to_string()).with("code", error.code()),
        ),
    }
}

/// Whether the `@context` of the document starts with all values of that of the proof, in order.
fn starts_with(document: Option<&Value>, proof: &Value) -> bool {
    fn values(context: &Value) -> &[Value] {
        match context {
            Value::Array(values) => values,
            one => std::slice::from_ref(one),
        }
    }
    document.is_some_and(|document| values(document).starts_with(values(proof)))
}

/// The strings of `domain`.
fn domains(proof: &Value) -> Vec<String> {
    let stated: &[Value] = match proof.get("domain") {
        None => &[],
        Some(Value::Array(domains)) => domains,
        Some(domain) => std::slice::from_ref(domain),
    };
    stated.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Whether `domain` holds exactly the expected strings, in whatever order.
fn same_domains(proof: &Map<String, Value>, expected: &[&str]) -> bool {
    let stated: &[Value] = match proof.get("domain") {
        None => return false,
        Some(Value::Array(domains)) => domains,
        Some(domain) => std::slice::from_ref(domain),
    };
    stated.iter().all(|domain| domain.as_str().is_some_and(|text| expected.contains(&text)))
        && expected.iter().all(|text| stated.iter().any(|domain| domain == text))
}
