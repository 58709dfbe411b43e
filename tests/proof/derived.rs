//! Derived proofs of `ecdsa-sd-2023`: what the holder may do, and what nobody may. The
//! intermediate values are tested where they are made.

use crate::signers::{TestResolver, TestSigner, hex, kind, moment, vectors};
use bewijs::canon::ContextSet;
use bewijs::encoding::{decode_base64url, encode_base64url};
use bewijs::proof::{
    Cryptosuite, ProofError, ProofOptions, ProofOutcome, ProofPurpose, VerifyOptions, add_proof,
    verify_proofs,
};
use serde_json::{Value, json};

fn outcome(document: &Value) -> ProofOutcome {
    let options = VerifyOptions::credential(moment("2026-06-01T00:00:00Z"));
    let resolver = TestResolver::default();
    let mut reports = verify_proofs(document, &options, &resolver, ContextSet::verifying())
        .expect("something to report on");
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].cryptosuite.as_deref(), Some("ecdsa-sd-2023"));
    reports.remove(0).outcome
}

fn verified(document: &Value) -> bool {
    outcome(document).is_verified()
}

fn fault(document: &Value) -> String {
    match outcome(document) {
        ProofOutcome::Failed(problem) => {
            format!("{}: {}", kind(&problem), problem.detail.as_deref().unwrap_or_default())
        }
        other => unreachable!("{other:?}"),
    }
}

fn vector(id: &str) -> Value {
    let file = vectors("ecdsa-sd-2023.json");
    let all = file["vectors"].as_array().expect("vectors");
    all.iter().find(|vector| vector["id"] == id).expect("a vector").clone()
}

fn head(major: u8, value: usize) -> Vec<u8> {
    match value {
        0..24 => vec![major << 5 | value as u8],
        24..256 => vec![major << 5 | 24, value as u8],
        _ => [&[major << 5 | 25][..], &(value as u16).to_be_bytes()].concat(),
    }
}

fn string(bytes: &[u8]) -> Vec<u8> {
    [head(2, bytes.len()), bytes.to_vec()].concat()
}

/// The components of a derived proof, to be changed and written again.
#[derive(Clone)]
struct Parts {
    base: Vec<u8>,
    key: Vec<u8>,
    signatures: Vec<Vec<u8>>,
    labels: Vec<(usize, Vec<u8>)>,
    mandatory: Vec<usize>,
}

impl Parts {
    fn of(vector: &Value) -> Self {
        let text = |value: &Value| hex(value.as_str().expect("hex"));
        let labels = vector["labelMap"].as_object().expect("a map");
        Self {
            base: text(&vector["baseSignature"]),
            key: text(&vector["publicKey"]),
            signatures: vector["signatures"].as_array().expect("a list").iter().map(text).collect(),
            labels: labels
                .iter()
                .map(|(name, label)| {
                    let number = name.strip_prefix("c14n").expect("c14n").parse().expect("n");
                    let label = label.as_str().and_then(|l| l.strip_prefix('u')).expect("u");
                    (number, decode_base64url(label).expect("base64url"))
                })
                .collect(),
            mandatory: serde_json::from_value(vector["mandatoryIndexes"].clone()).expect("numbers"),
        }
    }

    fn components(&self) -> Vec<u8> {
        let signatures: Vec<u8> = self.signatures.iter().flat_map(|s| string(s)).collect();
        let labels = self.labels.iter().flat_map(|(n, l)| [head(0, *n), string(l)].concat());
        let mandatory: Vec<u8> = self.mandatory.iter().flat_map(|n| head(0, *n)).collect();
        [
            head(4, 5),
            string(&self.base),
            string(&self.key),
            head(4, self.signatures.len()),
            signatures,
            head(5, self.labels.len()),
            labels.collect(),
            head(4, self.mandatory.len()),
            mandatory,
        ]
        .concat()
    }
}

fn with_bytes(document: &Value, bytes: &[u8]) -> Value {
    let mut document = document.clone();
    document["proof"]["proofValue"] = format!("u{}", encode_base64url(bytes)).into();
    document
}

fn with_components(document: &Value, components: &[u8]) -> Value {
    with_bytes(document, &[&[0xd9, 0x5d, 0x01][..], components].concat())
}

fn with(document: &Value, parts: &Parts) -> Value {
    with_components(document, &parts.components())
}

#[test]
fn what_a_holder_derived_is_verified_and_the_base_proof_is_not() {
    for id in ["some", "mandatory-only", "all"] {
        let vector = vector(id);
        let derived = &vector["derived"];
        assert!(verified(derived), "{id}: {:?}", outcome(derived));
        // The test writes what the other implementation wrote.
        assert_eq!(with(derived, &Parts::of(&vector)), *derived);
    }
    let base = &vectors("ecdsa-sd-2023.json")["base"];
    assert!(fault(base).contains("base proof"), "{}", fault(base));
}

#[test]
fn any_change_of_what_is_shown_fails() {
    let vector = vector("some");
    let good = &vector["derived"];
    let changes = [
        // Mandatory.
        ("/issuer/name", json!("voorbeeld Hogeschool")),
        ("/issuer/id", json!("https://badges.example/issuers/2")),
        ("/validFrom", json!("2025-02-02T09:15:00Z")),
        ("/credentialSubject/achievement/name", json!("Diploma")),
        // Chosen by the holder.
        ("/name", json!("Diploma")),
        ("/credentialSubject/identifier/0/salt", json!("kosher")),
        ("/credentialSubject/identifier/0/hashed", json!(false)),
        ("/credentialSubject/achievement/alignment/0/targetName", json!("EQF 8")),
        // The proof.
        ("/proof/created", json!("2026-02-02T09:15:01Z")),
    ];
    for (pointer, value) in changes {
        let mut changed = good.clone();
        let place = changed.pointer_mut(pointer).expect(pointer);
        assert_ne!(*place, value, "{pointer}");
        *place = value;
        assert!(fault(&changed).starts_with("PROOF_VERIFICATION_ERROR"), "{pointer}");
    }
    // More, or less, than there are signatures for.
    for (member, value) in [
        ("description", json!("More")),
        ("validUntil", json!("2099-01-01T00:00:00Z")),
        ("type", json!(["VerifiableCredential", "OpenBadgeCredential", "EndorsementCredential"])),
    ] {
        let mut changed = good.clone();
        changed[member] = value;
        assert!(!verified(&changed), "{member}");
    }
    for member in ["name", "validFrom", "issuer", "id", "type", "credentialSubject"] {
        let mut changed = good.clone();
        if changed.as_object_mut().expect("object").shift_remove(member).is_some() {
            assert!(!verified(&changed), "{member}");
        }
    }
    for (member, value) in
        [("expires", json!("2099-01-01T00:00:00Z")), ("challenge", json!("c")), ("nonce", json!(1))]
    {
        let mut changed = good.clone();
        changed["proof"][member] = value;
        assert!(!verified(&changed), "{member}");
    }
    let mut unknown = good.clone();
    unknown["gradee"] = json!(1);
    assert!(fault(&unknown).starts_with("DATA_LOSS_DETECTION_ERROR"));
}

#[test]
fn components_that_do_not_belong_to_the_document_fail() {
    let (some, all) = (vector("some"), vector("all"));
    let (good, parts) = (&some["derived"], Parts::of(&some));
    let mut changes: Vec<(&str, Parts)> = Vec::new();
    let mut change = |name, edit: &dyn Fn(&mut Parts)| {
        let mut changed = parts.clone();
        edit(&mut changed);
        changes.push((name, changed));
    };
    change("base signature", &|p| p.base[5] ^= 1);
    change("one signature", &|p| p.signatures[3][5] ^= 1);
    change("one signature less", &|p| {
        p.signatures.pop();
    });
    change("one signature more", &|p| p.signatures.push(p.signatures[0].clone()));
    change("signatures in another order", &|p| p.signatures.swap(0, 1));
    change("labels of others", &|p| {
        let (first, second) = (p.labels[0].1.clone(), p.labels[1].1.clone());
        (p.labels[0].1, p.labels[1].1) = (second, first);
    });
    change("an unknown label", &|p| p.labels[0].1[0] ^= 1);
    change("the same label twice", &|p| p.labels[0].1 = p.labels[1].1.clone());
    change("one label less", &|p| {
        p.labels.pop();
    });
    change("one label more", &|p| p.labels.push((p.labels.len(), vec![7; 32])));
    change("a number twice", &|p| p.labels[0].0 = p.labels[1].0);
    change("a number far off", &|p| p.labels[0].0 = 60_000);
    change("one index less", &|p| {
        p.mandatory.pop();
    });
    change("an index twice", &|p| p.mandatory.push(p.mandatory[0]));
    change("an index far off", &|p| p.mandatory.push(60_000));
    change("all mandatory", &|p| {
        p.mandatory = (0..p.mandatory.len() + p.signatures.len()).collect();
        p.signatures.clear();
    });
    change("none mandatory", &|p| p.mandatory.clear());
    change("another key", &|p| p.key = hex(&"80".repeat(35)));
    change("a key of another kind", &|p| p.key[0] = 0xed);
    change("a base signature that is longer", &|p| p.base.push(0));
    change("a key that is shorter", &|p| {
        p.key.pop();
    });
    change("a signature that is shorter", &|p| {
        p.signatures[0].pop();
    });
    change("a label that is longer", &|p| p.labels[0].1.push(0));
    change("of another selection", &|p| p.signatures = Parts::of(&all).signatures);
    for (name, parts) in changes {
        assert!(fault(&with(good, &parts)).starts_with("PROOF_VERIFICATION_ERROR"), "{name}");
    }
    assert!(!verified(&with(&all["derived"], &Parts::of(&some))));
}

/// The proof's own key signs nothing that the issuer's key did not sign together with it.
#[test]
fn a_key_of_somebody_else_cannot_sign_statements() {
    let vector = vector("some");
    let parts = Parts::of(&vector);
    let case = &vectors("ecdsa-2019.json")["vectors"][0]["privateJwk"];
    let somebody = TestSigner::from_jwk(case);
    let key = bewijs::encoding::multibase::decode_base58btc(
        &bewijs::proof::Signer::public_key(&somebody).to_multikey().expect("a Multikey"),
    )
    .expect("base58");
    let mut forged = parts.clone();
    forged.key = key;
    let mut rest = (0..).filter(|index| !parts.mandatory.contains(index));
    for signature in &mut forged.signatures {
        let line = &vector["nquads"][rest.next().expect("an index")];
        let line = line.as_str().expect("a line").as_bytes();
        *signature = bewijs::proof::Signer::sign(&somebody, line).expect("signed");
    }
    assert!(fault(&with(&vector["derived"], &forged)).contains("signature does not fit"));
}

#[test]
fn a_proof_value_that_is_not_exactly_its_components_fails() {
    let vector = vector("some");
    let good = &vector["derived"];
    let parts = Parts::of(&vector);
    let components = parts.components();
    assert!(verified(&with_components(good, &components)));
    let mut bad: Vec<Vec<u8>> = vec![
        vec![],
        vec![0xf6],
        vec![0x80],
        vec![0x84],
        [&components[..], &[0]].concat(),
        // Indefinite length, a tag, an array of six, a map for the array.
        [&[0x9f][..], &components[1..], &[0xff]].concat(),
        [&[0xd8, 0x40][..], &components].concat(),
        [&[0x86][..], &components[1..], &[0]].concat(),
        [&[0xa5][..], &components[1..]].concat(),
        [&[0x85, 0xd8, 0x40][..], &components[1..]].concat(),
        // Lengths that only promise.
        [&[0x85][..], &[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]].concat(),
        [&components[..1 + 66 + 37], &[0x9b, 0, 0, 0, 1, 0, 0, 0, 0]].concat(),
        [&components[..1 + 66 + 37], &[0x80, 0xbb, 0, 0, 0, 1, 0, 0, 0, 0]].concat(),
        [&components[..1 + 66 + 37], &[0x80, 0xa0, 0x9a, 0xff, 0xff, 0xff, 0xff]].concat(),
        [&components[..1 + 66 + 37], &[0x80, 0xa1, 0x20, 0x58, 0x20], &[7; 32], &[0x80]].concat(),
    ];
    bad.extend((1..components.len()).step_by(7).map(|end| components[..end].to_vec()));
    for components in bad {
        let changed = with_components(good, &components);
        assert!(fault(&changed).contains("components"), "{components:02x?}");
    }
    for header in [[0xd9, 0x5d, 0x02], [0xd9, 0x5e, 0x01], [0, 0, 0]] {
        let changed = with_bytes(good, &[&header[..], &components].concat());
        assert!(fault(&changed).contains("no derived proof"));
    }
    let value = good["proof"]["proofValue"].as_str().expect("text");
    for text in
        ["", "u", "z", &value[1..], &format!("z{}", &value[1..]), &format!("{value}="), "u2V0"]
    {
        let mut changed = good.clone();
        changed["proof"]["proofValue"] = text.into();
        assert!(fault(&changed).contains("proofValue"), "{text}");
    }
    for value in [json!(null), json!(5), json!([])] {
        let mut changed = good.clone();
        changed["proof"]["proofValue"] = value;
        assert!(fault(&changed).contains("proofValue must be a string"));
    }
}

#[test]
fn the_suite_is_p256_only_and_is_not_signed_with() {
    let vector = vector("some");
    let cases = vectors("ecdsa-2019.json");
    let p384 = TestSigner::from_jwk(&cases["vectors"][1]["privateJwk"]);
    for signer in [&p384, &TestSigner::ed25519(&[7; 32])] {
        let mut changed = vector["derived"].clone();
        changed["proof"]["verificationMethod"] = signer.method().into();
        assert!(fault(&changed).contains("not for this cryptosuite"));
    }
    let p256 = TestSigner::from_jwk(&cases["vectors"][0]["privateJwk"]);
    let options = ProofOptions {
        cryptosuite: Cryptosuite::EcdsaSd2023,
        verification_method: p256.method(),
        created: moment("2026-02-02T09:15:00Z"),
        proof_purpose: ProofPurpose::AssertionMethod,
    };
    let mut document = cases["vectors"][0]["unsigned"].clone();
    let error = add_proof(&mut document, &options, &p256, ContextSet::issuing());
    assert!(matches!(error, Err(ProofError::Generation(_))));
}
