//! `Ed25519Signature2020`: old badges are verified, with every intermediate value as another
//! implementation has it; none is made.

use crate::signers::{TestResolver, TestSigner, hex, kind, moment, vectors};
use bewijs::canon::{ContextSet, View};
use bewijs::encoding::multibase;
use bewijs::proof::{
    Cryptosuite, ProofError, ProofOptions, ProofOutcome, ProofPurpose, Signer, VerifyOptions,
    add_proof, verify_proofs,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

fn outcome(document: &Value) -> ProofOutcome {
    let options = VerifyOptions::credential(moment("2026-06-01T00:00:00Z"));
    let resolver = TestResolver::default();
    let mut reports = verify_proofs(document, &options, &resolver, ContextSet::verifying())
        .expect("something to report on");
    assert_eq!(reports.len(), 1);
    reports.remove(0).outcome
}

fn fault(document: &Value) -> String {
    match outcome(document) {
        ProofOutcome::Failed(problem) => {
            format!("{}: {}", kind(&problem), problem.detail.as_deref().unwrap_or_default())
        }
        other => unreachable!("{other:?}"),
    }
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().expect(member)
}

fn signer() -> TestSigner {
    TestSigner::ed25519(&hex(text(&vectors("ed25519-signature-2020.json"), "secretSeedHex")))
}

fn cases() -> Vec<Value> {
    let file = vectors("ed25519-signature-2020.json");
    let cases = file["vectors"].as_array().expect("vectors").clone();
    assert_eq!(cases.len(), 3);
    cases
}

#[test]
fn old_badges_verify_with_every_intermediate_value() {
    let set = ContextSet::verifying();
    for case in cases() {
        let canonical = |value| set.canonicalize(value, View::default()).expect("canonical").nquads;
        let document = canonical(&case["unsigned"]);
        assert_eq!(document, text(&case, "canonicalDocument"));
        let config = canonical(&case["proofConfig"]);
        assert_eq!(config, text(&case, "canonicalProofConfig"));
        let hashes = [Sha256::digest(config), Sha256::digest(document)].concat();
        assert_eq!(hashes, hex(text(&case, "hashData")));
        // Ed25519 is deterministic.
        let signature = signer().sign(&hashes).expect("signed");
        assert_eq!(multibase::encode_base58btc(&signature), text(&case, "proofValue"));
        let outcome = outcome(&case["signed"]);
        assert!(outcome.is_verified(), "{}: {outcome:?}", text(&case, "id"));
    }
}

#[test]
fn any_change_fails() {
    for case in cases() {
        let good = &case["signed"];
        let from = if good["issuanceDate"].is_null() { "/validFrom" } else { "/issuanceDate" };
        for (pointer, value) in [
            ("/name", json!("Solderen")),
            (from, json!("2024-02-02T09:15:00Z")),
            ("/credentialSubject/id", json!("did:example:other")),
            ("/credentialSubject/achievement/creditsAvailable", json!(30)),
            ("/proof/created", json!("2023-02-02T09:15:01Z")),
            ("/proof/proofPurpose", json!("authentication")),
            ("/proof/verificationMethod", json!(TestSigner::ed25519(&[7; 32]).method())),
        ] {
            let mut changed = good.clone();
            *changed.pointer_mut(pointer).expect(pointer) = value;
            assert!(fault(&changed).starts_with("PROOF_VERIFICATION_ERROR"), "{pointer}");
        }
        let mut flipped = multibase::decode_base58btc(text(&case, "proofValue")).expect("base58");
        flipped[40] ^= 1;
        for value in [
            json!(multibase::encode_base58btc(&flipped)),
            json!(multibase::encode_base58btc(&flipped[1..])),
            json!(multibase::encode_base64url(&flipped)),
            json!(""),
            json!(null),
        ] {
            let mut changed = good.clone();
            changed["proof"]["proofValue"] = value;
            assert!(fault(&changed).starts_with("PROOF_VERIFICATION_ERROR"));
        }
        for (member, value) in [
            ("domain", json!("voorbeeld.example")),
            ("challenge", json!("c")),
            ("nonce", json!("n")),
            ("expires", json!("2099-01-01T00:00:00Z")),
            ("cryptosuite", json!("eddsa-rdfc-2022")),
            // Signatures in the manner of other types.
            ("jws", json!("eyJhbGciOiJFZERTQSJ9..AA")),
            ("signatureValue", json!("AA")),
        ] {
            let mut changed = good.clone();
            changed["proof"][member] = value;
            assert!(!outcome(&changed).is_verified(), "{member}");
        }
        let mut unknown = good.clone();
        unknown["gradee"] = json!(1);
        assert!(fault(&unknown).starts_with("DATA_LOSS_DETECTION_ERROR"));
        // The same signature says nothing under another name, and its context must be there.
        let mut renamed = good.clone();
        renamed["proof"]["type"] = json!("DataIntegrityProof");
        renamed["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022");
        assert!(!outcome(&renamed).is_verified());
        let mut bare = good.clone();
        bare["@context"].as_array_mut().expect("a list").pop();
        assert!(!outcome(&bare).is_verified());
        let mut older = good.clone();
        older["proof"]["type"] = json!("Ed25519Signature2018");
        assert!(matches!(outcome(&older), ProofOutcome::Unsupported(_)));
    }
}

#[test]
fn keys_of_another_kind_and_signing_are_refused() {
    let case = &cases()[0];
    let p256 = TestSigner::from_jwk(&vectors("ecdsa-2019.json")["vectors"][0]["privateJwk"]);
    let mut changed = case["signed"].clone();
    changed["proof"]["verificationMethod"] = p256.method().into();
    assert!(fault(&changed).contains("not for this cryptosuite"));
    let signer = signer();
    let options = ProofOptions {
        cryptosuite: Cryptosuite::Ed25519Signature2020,
        verification_method: signer.method(),
        created: moment("2026-02-02T09:15:00Z"),
        proof_purpose: ProofPurpose::AssertionMethod,
    };
    let mut document = case["unsigned"].clone();
    let error = add_proof(&mut document, &options, &signer, ContextSet::verifying());
    assert!(matches!(error, Err(ProofError::Generation(_))));
    assert_eq!(Cryptosuite::from_name("Ed25519Signature2020"), None, "a type, no cryptosuite");
}

/// An `@context` in a proof that is read with the document's is a member that nobody signed.
#[test]
fn an_own_context_of_a_proof_is_signed_or_refused() {
    let mut proofs: Vec<Value> = cases().iter().map(|case| case["signed"].clone()).collect();
    let file = vectors("ecdsa-2019.json");
    proofs.push(file["vectors"][0]["signed"].clone());
    proofs.push(vectors("ecdsa-sd-2023.json")["vectors"][0]["derived"].clone());
    let signer = signer();
    let options = ProofOptions {
        cryptosuite: Cryptosuite::EddsaRdfc2022,
        verification_method: signer.method(),
        created: moment("2026-02-02T09:15:00Z"),
        proof_purpose: ProofPurpose::AssertionMethod,
    };
    let mut document = file["vectors"][0]["unsigned"].clone();
    add_proof(&mut document, &options, &signer, ContextSet::issuing()).expect("signed");
    proofs.push(document);
    for good in proofs {
        assert!(outcome(&good).is_verified());
        let mut same = good.clone();
        same["proof"]["@context"] = good["@context"].clone();
        assert!(outcome(&same).is_verified(), "the document's own says nothing new");
        for context in [
            json!("https://www.w3.org/ns/credentials/v2"),
            json!("https://w3id.org/security/data-integrity/v2"),
            json!([]),
            json!({"created": "https://evil.example/created"}),
            json!(null),
        ] {
            let mut other = good.clone();
            other["proof"]["@context"] = context;
            assert!(fault(&other).contains("@context of its own"));
        }
    }
}
