//! The ECDSA cryptosuites over a whole document, with keys of P-256 and P-384: every intermediate
//! value as another implementation has it, and what must never be called verified.

use crate::signers::{TestResolver, TestSigner, hex, kind, moment, vectors};
use bewijs::canon::{ContextSet, HashAlgorithm, View, jcs};
use bewijs::encoding::{PublicKey, multibase};
use bewijs::model::KeyAlgorithm;
use bewijs::proof::{
    Cryptosuite, PreparedProof, ProofError, ProofOptions, ProofOutcome, ProofPurpose, ProofReport,
    Signer, VerifyOptions, add_proof, verify_proofs,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha384};

const SUITES: [Cryptosuite; 2] = [Cryptosuite::EcdsaRdfc2019, Cryptosuite::EcdsaJcs2019];

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().expect(member)
}

fn without(value: &Value, member: &str) -> Value {
    let mut value = value.clone();
    value.as_object_mut().expect("object").shift_remove(member);
    value
}

fn report(document: &Value) -> ProofReport {
    let options = VerifyOptions::credential(moment("2026-06-01T00:00:00Z"));
    let resolver = TestResolver::default();
    let mut reports = verify_proofs(document, &options, &resolver, ContextSet::verifying())
        .expect("something to report on");
    assert_eq!(reports.len(), 1);
    reports.remove(0)
}

fn verified(document: &Value) -> bool {
    report(document).outcome.is_verified()
}

/// Why a proof failed.
fn fault(document: &Value) -> String {
    match report(document).outcome {
        ProofOutcome::Failed(problem) => {
            format!("{}: {}", kind(&problem), problem.detail.as_deref().unwrap_or_default())
        }
        other => unreachable!("{other:?}"),
    }
}

fn cases() -> Vec<Value> {
    let file = vectors("ecdsa-2019.json");
    let cases = file["vectors"].as_array().expect("vectors").clone();
    assert_eq!(cases.len(), 4);
    cases
}

fn suite(case: &Value) -> Cryptosuite {
    Cryptosuite::from_name(text(case, "cryptosuite")).expect("a suite")
}

fn options(cryptosuite: Cryptosuite, signer: &TestSigner) -> ProofOptions {
    ProofOptions {
        cryptosuite,
        verification_method: signer.method(),
        created: moment("2026-02-02T09:15:00Z"),
        proof_purpose: ProofPurpose::AssertionMethod,
    }
}

fn signed(case: &Value, cryptosuite: Cryptosuite) -> Value {
    let signer = TestSigner::from_jwk(&case["privateJwk"]);
    let mut document = case["unsigned"].clone();
    add_proof(&mut document, &options(cryptosuite, &signer), &signer, ContextSet::issuing())
        .expect("signed");
    document
}

#[test]
fn every_value_of_another_implementation_is_reproduced() {
    for case in cases() {
        let id = text(&case, "id");
        let (algorithm, digest): (HashAlgorithm, fn(&str) -> Vec<u8>) = match text(&case, "curve") {
            "P-256" => (HashAlgorithm::Sha256, |text| Sha256::digest(text).to_vec()),
            _ => (HashAlgorithm::Sha384, |text| Sha384::digest(text).to_vec()),
        };
        let canonical = |value: &Value| match suite(&case) {
            Cryptosuite::EcdsaJcs2019 => jcs::to_string(value).expect("canonical"),
            _ => {
                let set = ContextSet::issuing();
                set.canonicalize_with(value, View::default(), algorithm).expect("canonical").nquads
            }
        };
        assert_eq!(canonical(&case["unsigned"]), text(&case, "canonicalDocument"), "{id}");
        let config = canonical(&case["proofConfig"]);
        assert_eq!(config, text(&case, "canonicalProofConfig"), "{id}");
        let hashes =
            [digest(&config), digest(text(&case, "canonicalDocument"))].map(|hash| hash.to_vec());
        assert_eq!(hashes[0], hex(text(&case, "proofConfigHash")), "{id}");
        assert_eq!(hashes[1], hex(text(&case, "documentHash")), "{id}");
        assert_eq!(hashes.concat(), hex(text(&case, "hashData")), "{id}");
        let value = multibase::decode_base58btc(text(&case, "proofValue")).expect("base58");
        assert_eq!(value, hex(text(&case, "signatureHex")), "{id}");

        let report = report(&case["signed"]);
        assert!(report.outcome.is_verified(), "{id}: {:?}", report.outcome);
        assert_eq!(report.cryptosuite.as_deref(), Some(text(&case, "cryptosuite")));
        let did = text(&case, "verificationMethod").split('#').next();
        assert_eq!(report.controller.as_deref(), did);
        // What we make differs in its signature only.
        let ours = signed(&case, suite(&case));
        assert!(verified(&ours), "{id}");
        assert_eq!(without(&ours, "proof"), case["unsigned"]);
        let (ours, theirs) = (&ours["proof"], &case["signed"]["proof"]);
        assert_eq!(without(ours, "proofValue"), without(theirs, "proofValue"), "{id}");
        assert_ne!(ours["proofValue"], theirs["proofValue"], "{id}");
    }
}

#[test]
fn with_p384_the_blank_nodes_are_told_apart_with_sha384() {
    let case = &cases()[1];
    let set = ContextSet::issuing();
    let form = |hash| {
        set.canonicalize_with(&case["unsigned"], View::default(), hash).expect("canonical").nquads
    };
    assert_ne!(form(HashAlgorithm::Sha256), form(HashAlgorithm::Sha384));
}

#[test]
fn any_other_document_or_configuration_fails() {
    for case in cases() {
        let good = &case["signed"];
        assert!(verified(good));
        for (pointer, value) in [
            ("/name", json!("Krachtgericht communiceren!")),
            ("/validFrom", json!("2026-02-02T09:15:01Z")),
            ("/issuer/name", json!("voorbeeld Hogeschool")),
            ("/credentialSubject/identifier/0/hashed", json!(false)),
            ("/credentialSubject/creditsEarned", json!(4)),
            ("/credentialSubject/achievement/alignment/0/targetName", json!("EQF 6")),
            ("/type", json!(["VerifiableCredential"])),
            ("/proof/created", json!("2026-02-02T09:15:01Z")),
            ("/proof/proofPurpose", json!("authentication")),
        ] {
            let mut changed = good.clone();
            *changed.pointer_mut(pointer).expect(pointer) = value;
            assert!(fault(&changed).starts_with("PROOF_VERIFICATION_ERROR"), "{pointer}");
        }
        for (member, value) in [
            ("expires", json!("2099-01-01T00:00:00Z")),
            ("domain", json!("voorbeeld.example")),
            ("challenge", json!("c")),
            ("nonce", json!("n")),
            ("id", json!("urn:uuid:9")),
        ] {
            let mut changed = good.clone();
            changed["proof"][member] = value;
            assert!(fault(&changed).contains("signature does not fit"), "{member}");
        }
        // What a context does not define is named, or its text is signed.
        let mut unknown = good.clone();
        unknown["gradee"] = json!(1);
        assert!(!verified(&unknown));
        let mut unknown = good.clone();
        unknown["proof"]["gradee"] = json!(1);
        assert!(!verified(&unknown));
        // Members in another order are the same document.
        let mut turned = json!({});
        for (name, value) in good.as_object().expect("object").iter().rev() {
            turned[name] = value.clone();
        }
        assert!(verified(&turned));
    }
}

#[test]
fn a_signature_of_another_form_fails() {
    for case in cases() {
        let good = hex(text(&case, "signatureHex"));
        let size = good.len() / 2;
        let with = |bytes: &[u8]| {
            let mut changed = case["signed"].clone();
            changed["proof"]["proofValue"] = multibase::encode_base58btc(bytes).into();
            changed
        };
        assert!(verified(&with(&good)));
        let mut flipped = good.clone();
        flipped[size] ^= 1;
        assert!(fault(&with(&flipped)).contains("does not fit"));
        assert!(fault(&with(&vec![0; 2 * size])).contains("does not fit"), "zero");
        assert!(fault(&with(&vec![0xff; 2 * size])).contains("does not fit"), "over the order");
        let swapped = [&good[size..], &good[..size]].concat();
        assert!(fault(&with(&swapped)).contains("does not fit"));
        // The length of the other curve, with zeros or cut.
        let other = if size == 32 { [&good[..], &[0; 32]].concat() } else { good[..64].to_vec() };
        assert!(fault(&with(&other)).contains("does not fit"));
        for bytes in [&good[1..], &[&[0][..], &good].concat()] {
            assert!(fault(&with(bytes)).contains("64 or 96 bytes"));
        }
        // As X.509 writes it: DER.
        let der = |part: &[u8]| [&[2, part.len() as u8 + 1, 0][..], part].concat();
        let both = [der(&good[..size]), der(&good[size..])].concat();
        let der = [&[0x30, both.len() as u8][..], &both].concat();
        assert!(fault(&with(&der)).contains("64 or 96 bytes"));
        for value in [json!(null), json!(7), json!(""), json!("z"), json!(["z1"])] {
            let mut changed = case["signed"].clone();
            changed["proof"]["proofValue"] = value;
            assert!(fault(&changed).contains("proofValue"));
        }
        let mut changed = case["signed"].clone();
        changed["proof"]["proofValue"] = multibase::encode_base64url(&good).into();
        assert!(fault(&changed).contains("64 or 96 bytes"), "another base");
        assert!(
            fault(&{
                let mut changed = case["signed"].clone();
                changed["proof"] = without(&changed["proof"], "proofValue");
                changed
            })
            .contains("missing")
        );
    }
}

#[test]
fn the_suite_and_the_curve_are_those_of_the_key() {
    let cases = cases();
    let ed25519 = TestSigner::ed25519(&[7; 32]);
    for case in &cases {
        // The other suite's name over the same signature.
        let mut renamed = case["signed"].clone();
        let other = if suite(case) == SUITES[0] { SUITES[1] } else { SUITES[0] };
        renamed["proof"]["cryptosuite"] = other.as_str().into();
        assert!(fault(&renamed).contains("does not fit"));
        for name in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
            let mut renamed = case["signed"].clone();
            renamed["proof"]["cryptosuite"] = name.into();
            assert!(!verified(&renamed), "{name}");
        }
        let mut renamed = case["signed"].clone();
        renamed["proof"]["verificationMethod"] = ed25519.method().into();
        assert!(fault(&renamed).contains("not for this cryptosuite"));
        // The key of the other curve.
        let other = cases.iter().find(|o| o["curve"] != case["curve"]).expect("two curves");
        let mut renamed = case["signed"].clone();
        renamed["proof"]["verificationMethod"] = other["verificationMethod"].clone();
        assert!(fault(&renamed).contains("does not fit"));
    }
}

#[test]
fn only_a_key_of_the_suite_signs() {
    let case = &cases()[0];
    let (p256, p384) = (
        TestSigner::from_jwk(&cases()[0]["privateJwk"]),
        TestSigner::from_jwk(&cases()[1]["privateJwk"]),
    );
    assert_eq!(p384.algorithm(), KeyAlgorithm::P384);
    assert!(matches!(p384.public_key(), PublicKey::P384(_)));
    let ed25519 = TestSigner::ed25519(&[7; 32]);
    let [_, rsa, _] = TestSigner::jose();
    let set = ContextSet::issuing();
    let refused: [(Cryptosuite, &TestSigner); 8] = [
        (Cryptosuite::EcdsaRdfc2019, &ed25519),
        (Cryptosuite::EcdsaJcs2019, &ed25519),
        (Cryptosuite::EcdsaRdfc2019, &rsa),
        (Cryptosuite::EcdsaJcs2019, &rsa),
        (Cryptosuite::EddsaRdfc2022, &p256),
        (Cryptosuite::EddsaJcs2022, &p256),
        (Cryptosuite::EddsaRdfc2022, &p384),
        (Cryptosuite::EddsaJcs2022, &p384),
    ];
    for (cryptosuite, signer) in refused {
        let mut document = case["unsigned"].clone();
        let options = options(cryptosuite, &p256);
        let error = add_proof(&mut document, &options, signer, set).expect_err("refused");
        assert_eq!(error, ProofError::Generation("the key is not for this cryptosuite"));
        assert_eq!(document, case["unsigned"], "unchanged");
    }
    // A hash that was made beforehand is a SHA-256.
    let document = &case["unsigned"];
    for cryptosuite in SUITES {
        let options = options(cryptosuite, &p256);
        let prepared = PreparedProof::new(document.get("@context"), &options, set).expect("fits");
        let hash = cryptosuite.document_hash(document, set).expect("hash");
        let mut secured = document.clone();
        secured["proof"] = Value::Object(prepared.sign(&hash, &p256).expect("signed"));
        assert!(verified(&secured));
        assert!(matches!(prepared.sign(&hash, &p384), Err(ProofError::Generation(_))));
    }
    // Safe mode comes before any signature, for both suites.
    for cryptosuite in SUITES {
        let mut document = case["unsigned"].clone();
        document["gradee"] = json!(1);
        let options = options(cryptosuite, &p256);
        let error = add_proof(&mut document, &options, &p256, set).expect_err("refused");
        assert!(matches!(error, ProofError::Canon(_)));
    }
}
