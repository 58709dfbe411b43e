//! `ecdsa-sd-2023` (Data Integrity ECDSA Cryptosuites 1.0, sections 3.5 and 3.6): verifying a derived
//! proof, with which a holder shows some of the statements of a credential and the issuer's
//! signature over each. Making base and derived proofs is not done here.
//!
//! What the holder left out is unknown, not refuted: nothing about it can be said from here. The
//! holder chooses the label map and the mandatory indexes, so that both are held against the
//! document: every blank node has one label and no two have the same, or one subject could be
//! shown as two.

use super::cbor::Reader;
use super::error::Untransformed;
use super::suite::{self, Hash, PROOF, PROOF_VALUE};
use super::{Cryptosuite, ProofVerified};
use crate::canon::{ContextSet, HashAlgorithm, View};
use crate::encoding::{PublicKey, encode_base64url, multibase};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// Statements that one proof may disclose one by one; each costs a verification.
const MAX_SIGNATURES: usize = 4096;

/// The parts of a derived proof (section 3.5.8).
pub(super) struct Derived {
    base_signature: [u8; 64],
    /// The key of this proof alone: Multikey header and compressed point.
    public_key: [u8; 35],
    key: ParsedPublicKey,
    signatures: Vec<[u8; 64]>,
    /// Index: the number of the canonical blank node; value: its label when it was signed.
    labels: Vec<String>,
    mandatory: BTreeSet<usize>,
}

/// Why a derived proof does not hold.
pub(super) enum Unproven {
    Untransformed(Untransformed),
    /// The proof configuration has no canonical form.
    Configuration(Untransformed),
    Failed(&'static str),
    TooMuch,
}

/// Reads a derived proof value. `Err` says what is wrong with it.
pub(super) fn parse(proof: &Map<String, Value>) -> Result<Derived, &'static str> {
    let text = match proof.get(PROOF_VALUE) {
        Some(Value::String(text)) => text,
        Some(_) => return Err("proofValue must be a string"),
        None => return Err("proofValue is missing"),
    };
    let bytes = multibase::decode_base64url(text)
        .map_err(|_| "proofValue must be \"u\" and base64url without padding")?;
    let components = match bytes.split_first_chunk::<3>() {
        Some(([0xd9, 0x5d, 0x01], components)) => components,
        Some(([0xd9, 0x5d, 0x00], _)) => {
            return Err("this is a base proof, which only its holder has and derives others from");
        }
        _ => return Err("proofValue is no derived proof of this cryptosuite"),
    };
    components_of(components).ok_or("the components of proofValue are not those of the cryptosuite")
}

fn components_of(bytes: &[u8]) -> Option<Derived> {
    let mut reader = Reader::new(bytes);
    if reader.array()? != 5 {
        return None;
    }
    let base_signature = *reader.bytes::<64>()?;
    let public_key = *reader.bytes::<35>()?;
    let signatures =
        (0..reader.array()?).map(|_| reader.bytes::<64>().copied()).collect::<Option<_>>()?;
    let pairs = reader.map()?;
    let mut labels = vec![String::new(); pairs];
    let mut seen = BTreeSet::new();
    for _ in 0..pairs {
        let number = usize::try_from(reader.unsigned()?).ok()?;
        let label = reader.bytes::<32>()?;
        let place = labels.get_mut(number)?;
        if !place.is_empty() || !seen.insert(label) {
            return None;
        }
        // Section 3.5.6: decompression.
        *place = format!("u{}", encode_base64url(label));
    }
    let mut mandatory = BTreeSet::new();
    for _ in 0..reader.array()? {
        if !mandatory.insert(usize::try_from(reader.unsigned()?).ok()?) {
            return None;
        }
    }
    if !reader.is_at_end() {
        return None;
    }
    let point = match PublicKey::from_multikey(&multibase::encode_base58btc(&public_key)).ok()? {
        PublicKey::P256(key) => key,
        _ => return None,
    };
    let key = ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point.uncompressed_point()).ok()?;
    Some(Derived { base_signature, public_key, key, signatures, labels, mandatory })
}

/// What a derived proof signs (section 3.5.9).
pub(super) struct VerifyData {
    /// Proof hash, public key, mandatory hash (section 3.5.1).
    base: Vec<u8>,
    non_mandatory: Vec<String>,
}

impl Derived {
    /// Create Verify Data (section 3.5.9).
    pub(super) fn verify_data(
        &self,
        document: &Value,
        proof: &Value,
        document_context: Option<&Value>,
        contexts: &ContextSet,
    ) -> Result<VerifyData, Unproven> {
        if self.signatures.len() > MAX_SIGNATURES {
            return Err(Unproven::TooMuch);
        }
        let suite = Cryptosuite::EcdsaSd2023;
        let hash = HashAlgorithm::Sha256;
        let proof_hash: Hash = suite::config_hash(suite, hash, proof, document_context, contexts)
            .map_err(Unproven::Configuration)?;
        let view = View { omit: &[PROOF], context: None };
        let lines = contexts
            .relabelled(document, view, &self.labels)
            .map_err(|error| Unproven::Untransformed(error.into()))?
            .ok_or(Unproven::Failed("the label map does not fit the blank nodes"))?;
        if self.mandatory.last().is_some_and(|last| *last >= lines.len()) {
            return Err(Unproven::Failed("a mandatory index names no statement"));
        }
        let mut mandatory = Sha256::new();
        let mut non_mandatory = Vec::new();
        for (index, line) in lines.into_iter().enumerate() {
            if self.mandatory.contains(&index) {
                mandatory.update(&line);
            } else {
                non_mandatory.push(line);
            }
        }
        let mandatory_hash: [u8; 32] = mandatory.finalize().into();
        let base = [proof_hash.as_ref(), &self.public_key, &mandatory_hash].concat();
        Ok(VerifyData { base, non_mandatory })
    }

    /// Verify Derived Proof (section 3.6.7): the issuer's key signed the mandatory statements and
    /// the key of the proof, which signed each of the others.
    pub(super) fn verify(
        &self,
        issuer: &PublicKey,
        data: &VerifyData,
    ) -> Result<ProofVerified, Unproven> {
        if self.signatures.len() != data.non_mandatory.len() {
            return Err(Unproven::Failed(
                "there is not one signature for each disclosed statement",
            ));
        }
        let fault = Unproven::Failed("the signature does not fit the document and the proof");
        let Some(verified) = suite::verify(issuer, &data.base, &self.base_signature) else {
            return Err(fault);
        };
        let mut disclosed = self.signatures.iter().zip(&data.non_mandatory);
        if disclosed
            .all(|(signature, line)| self.key.verify_sig(line.as_bytes(), signature).is_ok())
        {
            Ok(verified)
        } else {
            Err(Unproven::Failed("a disclosed statement is not what was signed"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn file() -> Value {
        serde_json::from_str(include_str!("../../tests/vectors/ecdsa-sd-2023.json")).expect("JSON")
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn members(value: &Value) -> &Map<String, Value> {
        value.as_object().expect("an object")
    }

    #[test]
    fn every_intermediate_value_is_that_of_another_implementation() {
        let file = file();
        let vectors = file["vectors"].as_array().expect("vectors");
        assert_eq!(vectors.len(), 3);
        for vector in vectors {
            let proof = &vector["derived"]["proof"];
            let derived = parse(members(proof)).expect("a derived proof");
            assert_eq!(hex(&derived.base_signature), vector["baseSignature"]);
            assert_eq!(hex(&derived.public_key), vector["publicKey"]);
            let signatures: Vec<String> = derived.signatures.iter().map(|s| hex(s)).collect();
            assert_eq!(json!(signatures), vector["signatures"]);
            let labels = derived.labels.iter().enumerate();
            let labels: Map<String, Value> =
                labels.map(|(n, label)| (format!("c14n{n}"), json!(label))).collect();
            assert_eq!(json!(labels), vector["labelMap"]);
            assert_eq!(json!(derived.mandatory), vector["mandatoryIndexes"]);

            let (document, contexts) = (&vector["derived"], ContextSet::verifying());
            let view = View { omit: &[PROOF], context: None };
            let lines = contexts.relabelled(document, view, &derived.labels).expect("canonical");
            assert_eq!(json!(lines.expect("labels that fit")), vector["nquads"]);
            let context = document.get("@context");
            let data = derived.verify_data(document, proof, context, contexts).ok().expect("data");
            let base = [&vector["proofHash"], &vector["publicKey"], &vector["mandatoryHash"]];
            let base: String = base.iter().filter_map(|part| part.as_str()).collect();
            assert_eq!(hex(&data.base), base);
            let all = vector["nquads"].as_array().expect("lines");
            let rest = all.iter().enumerate().filter(|(n, _)| !derived.mandatory.contains(n));
            let rest: Vec<&Value> = rest.map(|(_, line)| line).collect();
            assert_eq!(json!(data.non_mandatory), json!(rest));
            let did = file["verificationMethod"].as_str().expect("a URL");
            let key = did.rsplit('#').next().expect("a fragment");
            let key = PublicKey::from_multikey(key).expect("a key");
            assert!(derived.verify(&key, &data).is_ok());
            assert!(derived.verify(&PublicKey::P256(other_key()), &data).is_err());
        }
    }

    fn other_key() -> crate::encoding::EcPublicKey {
        let file: Value =
            serde_json::from_str(include_str!("../../tests/vectors/jose-basics.json"))
                .expect("JSON");
        let mut jwk = file["signatures"][2]["privateJwk"].clone();
        jwk.as_object_mut().expect("a JWK").remove("d");
        match PublicKey::from_jwk(&jwk).expect("a key") {
            PublicKey::P256(key) => key,
            other => unreachable!("{other:?}"),
        }
    }
}
