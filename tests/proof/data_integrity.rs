//! Data Integrity proofs: the official vectors with each intermediate value, sets and chains, and
//! what must never be called verified.

use crate::signers::{TestResolver, TestSigner, hex, kind, method, moment, vectors};
use bewijs::canon::json::{self, JsonLimits};
use bewijs::canon::{ContextSet, View, jcs};
use bewijs::encoding::{PublicKey, multibase};
use bewijs::model::KeyAlgorithm;
use bewijs::proof::{
    Cryptosuite, PreparedProof, ProofError, ProofOptions, ProofOutcome, ProofPurpose, ProofReport,
    ResolveError, SignError, Signer, VerifyOptions, add_proof, problem, verify_proofs,
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

const NOW: &str = "2026-06-01T00:00:00Z";

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().expect(member)
}

fn without(value: &Value, member: &str) -> Value {
    let mut value = value.clone();
    value.as_object_mut().expect("object").shift_remove(member);
    value
}

fn suite(name: &str) -> Cryptosuite {
    Cryptosuite::from_name(name).expect("a supported suite")
}

fn options_of(proof: &Value) -> ProofOptions {
    ProofOptions {
        cryptosuite: suite(text(proof, "cryptosuite")),
        verification_method: text(proof, "verificationMethod").to_owned(),
        created: moment(text(proof, "created")),
        proof_purpose: ProofPurpose::AssertionMethod,
    }
}

fn verify_with(document: &Value, resolver: &TestResolver) -> Result<Vec<ProofReport>, ProofError> {
    let options = VerifyOptions::credential(moment(NOW));
    verify_proofs(document, &options, resolver, ContextSet::conformance())
}

fn verify(document: &Value) -> Result<Vec<ProofReport>, ProofError> {
    verify_with(document, &TestResolver::default())
}

/// Whether there is a proof and every proof is verified.
fn verified(document: &Value) -> bool {
    verify(document).is_ok_and(|reports| {
        !reports.is_empty() && reports.iter().all(|report| report.outcome.is_verified())
    })
}

/// The one proof's problem.
fn fails(document: &Value) -> String {
    let reports = verify(document).expect("reports");
    assert_eq!(reports.len(), 1);
    match &reports[0].outcome {
        ProofOutcome::Failed(problem) => {
            format!("{} {}", kind(problem), problem.detail.as_deref().unwrap_or_default())
        }
        other => format!("{other:?}"),
    }
}

fn signer() -> TestSigner {
    TestSigner::ed25519(&[7; 32])
}

fn sample(name: &str) -> Value {
    let path = format!("{}/tests/samples/expected/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let document = serde_json::from_slice(&std::fs::read(path).expect("sample")).expect("JSON");
    without(&document, "proof")
}

fn signed(document: &Value, cryptosuite: Cryptosuite) -> Value {
    let signer = signer();
    let options = ProofOptions {
        cryptosuite,
        verification_method: signer.method(),
        created: moment("2026-02-02T09:15:00Z"),
        proof_purpose: ProofPurpose::AssertionMethod,
    };
    let mut document = document.clone();
    add_proof(&mut document, &options, &signer, ContextSet::conformance()).expect("signed");
    document
}

const SUITES: [Cryptosuite; 2] = [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022];

/// The canonical text that a suite hashes.
fn canonical(cryptosuite: Cryptosuite, document: &Value) -> String {
    match cryptosuite {
        Cryptosuite::EddsaJcs2022 => jcs::to_string(document).expect("canonical text"),
        _ => {
            let view = View { omit: &[], context: None };
            ContextSet::conformance().canonicalize(document, view).expect("canonical form").nquads
        }
    }
}

fn sha256(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

#[test]
fn every_value_of_every_official_vector_is_reproduced() {
    let mut seen = 0;
    for file in ["eddsa-jcs-2022.json", "eddsa-rdfc-2022.json", "ob3-eddsa-rdfc-2022.json"] {
        let file = vectors(file);
        let cryptosuite = suite(text(&file, "cryptosuite"));
        for vector in file["vectors"].as_array().expect("vectors") {
            let id = text(vector, "id");
            let contexts = ContextSet::conformance();
            let unsigned = &vector["unsigned"];
            let config = &vector["proofConfig"];

            assert_eq!(canonical(cryptosuite, unsigned), text(vector, "canonicalDocument"), "{id}");
            let document_hash = cryptosuite.document_hash(unsigned, contexts).expect("hash");
            assert_eq!(document_hash.to_vec(), hex(text(vector, "documentHash")), "{id}");
            assert_eq!(
                canonical(cryptosuite, config),
                text(vector, "canonicalProofConfig"),
                "{id}"
            );
            let options = options_of(config);
            let prepared = PreparedProof::new(unsigned.get("@context"), &options, contexts)
                .expect("proof configuration");
            assert_eq!(
                prepared.config_hash().to_vec(),
                hex(text(vector, "proofConfigHash")),
                "{id}"
            );
            let hash_data = [&prepared.config_hash()[..], &document_hash].concat();
            assert_eq!(hash_data, hex(text(vector, "hashData")), "{id}");

            let signer = TestSigner::ed25519(&hex(text(&vector["key"], "secretSeedHex")));
            assert_eq!(
                signer.public_key().to_multikey().as_deref(),
                Ok(text(&vector["key"], "publicKeyMultibase"))
            );
            let signature = signer.sign(&hash_data).expect("signature");
            assert_eq!(signature, hex(text(vector, "signatureHex")), "{id}");
            let proof = prepared.sign(&document_hash, &signer).expect("proof");
            assert_eq!(proof["proofValue"], vector["proofValue"], "{id}");
            let mut document = unsigned.clone();
            add_proof(&mut document, &options, &signer, contexts).expect("signed");
            assert_eq!(document, vector["signed"], "{id}");

            // Verified, by a method whose controller is not the issuer: that is not decided here.
            let url = &options.verification_method;
            let controller = url.split_once('#').expect("fragment").0;
            let resolver = TestResolver::default().knows(url, controller, signer.public_key());
            let reports = verify_with(&vector["signed"], &resolver).expect("reports");
            assert_eq!(reports.len(), 1);
            assert!(reports[0].outcome.is_verified(), "{id}: {:?}", reports[0].outcome);
            assert_eq!(reports[0].controller.as_deref(), Some(controller));
            assert_eq!(reports[0].verification_method.as_ref(), Some(url));
            assert_eq!(reports[0].cryptosuite.as_deref(), Some(cryptosuite.as_str()));
            assert_eq!(reports[0].created.as_deref(), Some(text(config, "created")));
            seen += 1;
        }
    }
    assert_eq!(seen, 4);
}

#[test]
fn every_value_of_the_proof_sets_and_chains_is_reproduced() {
    let file = vectors("proof-sets-and-chains.json");
    let cases = file["vectors"].as_array().expect("vectors");
    assert_eq!(cases.len(), 4);
    for case in cases {
        let id = text(case, "id");
        let document = &case["signed"];
        let signed_proofs = match &document["proof"] {
            Value::Array(proofs) => proofs.clone(),
            one => vec![one.clone()],
        };
        let proofs = case["proofs"].as_array().expect("proofs");
        assert_eq!(proofs.len(), signed_proofs.len(), "{id}");
        for (proof, signed) in proofs.iter().zip(&signed_proofs) {
            let matching: Vec<Value> = signed_proofs
                .iter()
                .filter(|other| {
                    other.get("id").is_some_and(|id| {
                        proof["matchingProofIds"].as_array().expect("ids").contains(id)
                    })
                })
                .cloned()
                .collect();
            let mut hashed = without(document, "proof");
            if !matching.is_empty() {
                hashed["proof"] = Value::Array(matching);
            }
            let mut config = without(signed, "proofValue");
            config["@context"] = document["@context"].clone();
            let canonical_document = canonical(Cryptosuite::EddsaRdfc2022, &hashed);
            assert_eq!(canonical_document, text(proof, "canonicalDocument"), "{id}");
            assert_eq!(sha256(&canonical_document), hex(text(proof, "documentHash")), "{id}");
            let canonical_config = canonical(Cryptosuite::EddsaRdfc2022, &config);
            assert_eq!(canonical_config, text(proof, "canonicalProofConfig"), "{id}");
            assert_eq!(sha256(&canonical_config), hex(text(proof, "proofConfigHash")), "{id}");
            let both = text(proof, "proofConfigHash").to_owned() + text(proof, "documentHash");
            assert_eq!(both, text(proof, "hashData"));
            let keys = file["keys"].as_object().expect("keys");
            let key = keys
                .values()
                .find(|key| key["publicKeyMultibase"] == proof["publicKeyMultibase"])
                .expect("key");
            let signer = TestSigner::ed25519(&hex(text(key, "secretSeedHex")));
            let signature = signer.sign(&hex(&both)).expect("signature");
            assert_eq!(multibase::encode_base58btc(&signature), text(proof, "proofValue"), "{id}");
            assert_eq!(signed["proofValue"], proof["proofValue"], "{id}");
        }
        let reports = verify(document).expect("reports");
        assert_eq!(reports.len(), proofs.len(), "{id}");
        for report in &reports {
            assert!(report.outcome.is_verified(), "{id}: {report:?}");
        }
    }
}

#[test]
fn each_negative_of_the_proof_chains_fails_where_it_must_and_nowhere_else() {
    let file = vectors("proof-sets-and-chains.json");
    let cases = file["negatives"].as_array().expect("negatives");
    assert_eq!(cases.len(), 4);
    for case in cases {
        let id = text(case, "id");
        let proofs = case["signed"]["proof"].as_array().expect("proofs");
        // A proof fails by itself, or because it depends on one that fails.
        let mut failing: Vec<bool> = (0..proofs.len())
            .map(|index| case["proofsThatFail"].as_array().expect("list").contains(&json!(index)))
            .collect();
        for _ in proofs {
            for (index, proof) in proofs.iter().enumerate() {
                failing[index] |= proofs.iter().enumerate().any(|(other, earlier)| {
                    let depends = match &proof["previousProof"] {
                        Value::Array(ids) => ids.contains(&earlier["id"]),
                        one => !one.is_null() && *one == earlier["id"],
                    };
                    depends && failing[other]
                });
            }
        }
        let reports = verify(&case["signed"]).expect("reports");
        for (index, report) in reports.iter().enumerate() {
            match &report.outcome {
                ProofOutcome::Verified(_) => assert!(!failing[index], "{id} {index}"),
                ProofOutcome::Failed(problem) => {
                    assert!(failing[index], "{id} {index}");
                    assert_eq!(kind(problem), "PROOF_VERIFICATION_ERROR", "{id}");
                }
                other => unreachable!("{id} {index} {other:?}"),
            }
        }
    }
}

fn chain() -> Value {
    let file = vectors("proof-sets-and-chains.json");
    let cases = file["vectors"].as_array().expect("vectors");
    cases.iter().find(|case| case["id"] == "signedProofChain2").expect("chain")["signed"].clone()
}

#[test]
fn cycles_doubles_and_too_many_proofs_are_refused() {
    let chain = chain();
    assert!(verified(&chain));
    let first = chain["proof"][0]["id"].clone();
    let third = chain["proof"][2]["id"].clone();

    let changed = |change: &dyn Fn(&mut Value)| {
        let mut chain = chain.clone();
        change(&mut chain["proof"]);
        let reports = verify(&chain).expect("reports");
        reports.iter().map(|report| report.outcome.is_verified()).collect::<Vec<_>>()
    };
    // A cycle takes with it what depends on it, and no more.
    let itself = |proofs: &mut Value| proofs[0]["previousProof"] = first.clone();
    assert_eq!(changed(&itself), [false, true, false, false]);
    let cycle = |proofs: &mut Value| proofs[0]["previousProof"] = third.clone();
    assert_eq!(changed(&cycle), [false, true, false, false]);
    let double = |proofs: &mut Value| proofs[1]["id"] = first.clone();
    assert_eq!(changed(&double), [false; 4]);
    for bad in [json!([]), json!(null), json!(7), json!({}), json!([7]), json!([[]]), json!("")] {
        let odd = |proofs: &mut Value| proofs[3]["previousProof"] = bad.clone();
        assert_eq!(changed(&odd), [true, true, true, false], "{bad}");
    }
    let twice = |proofs: &mut Value| proofs[3]["previousProof"] = json!([third, third]);
    assert_eq!(changed(&twice), [true, true, true, false]);
    let one_less = |proofs: &mut Value| proofs[2]["previousProof"] = json!([first]);
    assert_eq!(changed(&one_less), [true, true, false, false]);
    for bad in [json!(7), json!(null), json!(""), json!("not a url")] {
        let odd = |proofs: &mut Value| proofs[3]["id"] = bad.clone();
        assert_eq!(changed(&odd), [true, true, true, false], "{bad}");
    }
    // In whatever order the proofs stand.
    let reversed = |proofs: &mut Value| proofs.as_array_mut().expect("list").reverse();
    assert_eq!(changed(&reversed), [true; 4]);

    let options = VerifyOptions { max_proofs: 3, ..VerifyOptions::credential(moment(NOW)) };
    let resolver = TestResolver::default();
    let result = verify_proofs(&chain, &options, &resolver, ContextSet::conformance());
    assert_eq!(result.err(), Some(ProofError::TooManyProofs { limit: 3 }));
    let mut many = chain.clone();
    let proof = many["proof"][0].clone();
    many["proof"] = Value::Array(vec![proof; 10_000]);
    assert!(verify(&many).is_err());
}

#[test]
fn a_proof_after_one_that_could_not_be_checked_is_not_verified_either() {
    let chain = chain();
    let second = text(&chain["proof"][1], "verificationMethod").to_owned();
    let unreachable = ResolveError::Unreachable { detail: "no answer".to_owned() };
    for error in [unreachable, ResolveError::Deferred] {
        let resolver = TestResolver::default().fails(&second, error);
        let reports = verify_with(&chain, &resolver).expect("reports");
        let [first, second, third, fourth] = &reports[..] else { unreachable!("four proofs") };
        assert!(first.outcome.is_verified());
        for report in [second, third, fourth] {
            assert!(matches!(report.outcome, ProofOutcome::Indeterminate(_)), "{report:?}");
        }
    }
    let mut unknown = chain.clone();
    unknown["proof"][1]["cryptosuite"] = json!("bbs-2023");
    let reports = verify(&unknown).expect("reports");
    assert!(matches!(reports[1].outcome, ProofOutcome::Unsupported(_)));
    assert!(matches!(reports[2].outcome, ProofOutcome::Indeterminate(_)));
}

#[test]
fn chains_of_jcs_proofs_verify() {
    let mut document = signed(&sample("mc1"), Cryptosuite::EddsaJcs2022);
    let mut first = document["proof"].clone();
    first["id"] = json!("urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544");
    let unsigned = without(&document, "proof");
    let sign = |config: &Value, document: &Value| {
        let hash = [
            sha256(&jcs::to_string(config).expect("text")),
            sha256(&jcs::to_string(document).expect("text")),
        ]
        .concat();
        multibase::encode_base58btc(&signer().sign(&hash).expect("signature"))
    };
    first["proofValue"] = json!(sign(&without(&first, "proofValue"), &unsigned));
    let mut second = without(&without(&first, "proofValue"), "id");
    second["previousProof"] = first["id"].clone();
    document["proof"] = json!([first]);
    second["proofValue"] = json!(sign(&second, &document));
    document["proof"] = json!([second, first]);
    assert!(verified(&document));
    document["proof"][1]["created"] = json!("2026-02-02T09:15:01Z");
    let reports = verify(&document).expect("reports");
    assert!(reports.iter().all(|report| !report.outcome.is_verified()));
}

#[test]
fn the_samples_are_signed_and_verified_with_both_suites() {
    for name in ["mc1", "mc2", "mc3", "md1", "evc1", "evc2", "evc2-correction"] {
        for cryptosuite in SUITES {
            let document = signed(&sample(name), cryptosuite);
            assert!(verified(&document), "{name} {cryptosuite}");
            let expected: &[&str] = match cryptosuite {
                Cryptosuite::EddsaJcs2022 => &["@context"],
                _ => &[],
            };
            let members: Vec<&str> =
                document["proof"].as_object().expect("one object").keys().map(|k| &**k).collect();
            let rest = ["type", "cryptosuite", "created", "verificationMethod", "proofPurpose"];
            assert_eq!(members, [expected, &rest, &["proofValue"]].concat());
        }
    }
}

#[test]
fn order_of_members_and_white_space_do_not_matter() {
    fn reversed(value: &Value) -> Value {
        match value {
            Value::Object(members) => Value::Object(
                members.iter().rev().map(|(k, v)| (k.clone(), reversed(v))).collect::<Map<_, _>>(),
            ),
            Value::Array(items) => Value::Array(items.iter().map(reversed).collect()),
            other => other.clone(),
        }
    }
    for cryptosuite in SUITES {
        let document = signed(&sample("mc1"), cryptosuite);
        let pretty = serde_json::to_vec_pretty(&reversed(&document)).expect("text");
        let read = json::parse(&pretty, &JsonLimits::default()).expect("JSON");
        assert!(verified(&read), "{cryptosuite}");
    }
}

#[test]
fn a_changed_byte_anywhere_is_not_verified() {
    for (name, cryptosuite, step) in [
        ("mc1", Cryptosuite::EddsaRdfc2022, 67),
        ("mc1", Cryptosuite::EddsaJcs2022, 67),
        ("evc1", Cryptosuite::EddsaRdfc2022, 307),
    ] {
        let document = signed(&sample(name), cryptosuite);
        let bytes = serde_json::to_vec(&document).expect("text");
        assert!(verified(&json::parse(&bytes, &JsonLimits::default()).expect("JSON")));
        for at in (0..bytes.len()).step_by(step) {
            for other in [b'b', b' ', b'"'] {
                let mut changed = bytes.clone();
                if changed[at] == other {
                    continue;
                }
                changed[at] = other;
                if let Ok(read) = json::parse(&changed, &JsonLimits::default()) {
                    assert!(!verified(&read), "{name} {cryptosuite} byte {at} to {other}");
                }
            }
        }
    }
}

/// Every place in a document that holds a plain value.
fn leaves(value: &Value, pointer: String, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                leaves(value, format!("{pointer}/{name}"), out);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                leaves(value, format!("{pointer}/{index}"), out);
            }
        }
        _ => out.push(pointer),
    }
}

#[test]
fn each_value_of_the_document_is_signed_also_those_in_lists() {
    // A scale of results is an ordered list, which linked data keeps in a list of its own.
    let mut unsigned = sample("mc1");
    unsigned["credentialSubject"]["achievement"]["resultDescription"] = json!([{
        "id": "https://badges.example/results/1",
        "type": ["ResultDescription"],
        "name": "Cijfer",
        "resultType": "GradePointAverage",
        "allowedValue": ["5", "6", "7"],
    }]);
    for cryptosuite in SUITES {
        let document = signed(&unsigned, cryptosuite);
        let (mut places, mut unnoticed) = (Vec::new(), Vec::new());
        leaves(&document, String::new(), &mut places);
        assert!(places.len() > 100);
        assert!(places.iter().any(|place| place.contains("/allowedValue/")), "a list value");
        for place in places {
            let mut changed = document.clone();
            let leaf = changed.pointer_mut(&place).expect("a leaf");
            *leaf = match &*leaf {
                Value::String(text) => json!(format!("{text}x")),
                Value::Number(number) => json!(number.as_f64().expect("number") + 1.0),
                Value::Bool(truth) => json!(!truth),
                other => unreachable!("{other}"),
            };
            assert!(!verified(&changed), "{place}");
            // And taken away, with whatever it stood in.
            let (parent, last) = place.rsplit_once('/').expect("pointer");
            let mut changed = document.clone();
            match changed.pointer_mut(parent).expect("a parent") {
                Value::Object(members) => {
                    members.shift_remove(&last.replace("~1", "/").replace("~0", "~"));
                }
                Value::Array(items) => {
                    items.remove(last.parse().expect("index"));
                }
                other => unreachable!("{other}"),
            }
            if verified(&changed) {
                unnoticed.push(place);
            }
        }
        // The sample states these facts about the same organisation twice, as issuer and as
        // creator. A set of statements does not know how often each was made, a JSON text does.
        let twice: &[&str] = match cryptosuite {
            Cryptosuite::EddsaRdfc2022 => &[
                "/issuer/name",
                "/issuer/url",
                "/credentialSubject/achievement/creator/type/0",
                "/credentialSubject/achievement/creator/name",
                "/credentialSubject/achievement/creator/url",
            ],
            _ => &[],
        };
        assert_eq!(unnoticed, twice);
    }
}

#[test]
fn a_term_without_meaning_is_refused_by_name_when_signing_and_when_verifying() {
    let document = signed(&sample("mc1"), Cryptosuite::EddsaRdfc2022);
    for (place, member) in [("", "favourite"), ("/credentialSubject", "favourite")] {
        let mut changed = document.clone();
        changed.pointer_mut(place).expect("object")[member] = json!("colour");
        let reports = verify(&changed).expect("reports");
        let ProofOutcome::Failed(problem) = &reports[0].outcome else { unreachable!("failed") };
        assert_eq!(kind(problem), "DATA_LOSS_DETECTION_ERROR");
        assert_eq!(problem.extensions["pointer"], format!("{place}/{member}"));

        for cryptosuite in SUITES {
            let signer = signer();
            let mut unsigned = without(&changed, "proof");
            let before = unsigned.clone();
            let options = ProofOptions { cryptosuite, ..options_of(&document["proof"]) };
            let result = add_proof(&mut unsigned, &options, &signer, ContextSet::conformance());
            let Err(ProofError::Canon(error)) = result else { unreachable!("{result:?}") };
            assert_eq!(error.pointer(), format!("{place}/{member}"));
            assert_eq!(unsigned, before, "nothing was added");
        }
    }
}

#[test]
fn members_of_the_proof_that_are_missing_or_odd_fail() {
    for cryptosuite in SUITES {
        let document = signed(&sample("mc1"), cryptosuite);
        let with = |member: &str, value: Value| {
            let mut document = document.clone();
            document["proof"][member] = value;
            document
        };
        for member in ["type", "verificationMethod", "proofPurpose", "cryptosuite", "proofValue"] {
            let mut missing = document.clone();
            missing["proof"] = without(&document["proof"], member);
            let why = fails(&missing);
            assert!(why.starts_with("PROOF_VERIFICATION_ERROR"), "{member}: {why}");
            for odd in [json!(null), json!(7), json!(["x"]), json!({}), json!(true)] {
                let why = fails(&with(member, odd.clone()));
                assert!(why.starts_with("PROOF_VERIFICATION_ERROR"), "{member} {odd}: {why}");
            }
        }
        for purpose in
            ["authentication", "assertionmethod", "", "https://w3id.org/security#assertionMethod"]
        {
            let why = fails(&with("proofPurpose", json!(purpose)));
            assert!(why.contains("proofPurpose"), "{purpose}: {why}");
        }
        for created in
            [json!("2026-02-02"), json!("2026-02-02T09:15:00"), json!("x"), json!(5), json!(null)]
        {
            assert!(fails(&with("created", created.clone())).contains("created"), "{created}");
        }
        assert!(fails(&with("created", json!("2026-02-02T09:15:01Z"))).contains("does not fit"));
        assert!(fails(&with("expires", json!("2026-06-01T00:00:00Z"))).contains("expired"));
        assert!(fails(&with("expires", json!("soon"))).contains("expires"));
        assert!(fails(&with("expires", json!("2027-06-01T00:00:00Z"))).contains("does not fit"));
        for url in ["key-1", "#key-1", "did:", "did:key:z6Mk x#y", ""] {
            let why = fails(&with("verificationMethod", json!(url)));
            assert!(why.starts_with("INVALID_VERIFICATION_METHOD_URL"), "{url}: {why}");
        }
        let good = text(&document["proof"], "proofValue").to_owned();
        for value in [
            String::new(),
            "z".to_owned(),
            good[1..].to_owned(),
            format!("u{}", &good[1..]),
            format!("f{}", hex_of(&good)),
            format!("{good}1"),
            format!("z1{}", &good[1..]),
            format!("{good} "),
            format!(" {good}"),
            good.to_lowercase(),
            multibase::encode_base58btc(&[1; 63]),
            multibase::encode_base58btc(&[1; 65]),
            "z".repeat(1_000_000),
        ] {
            let why = fails(&with("proofValue", json!(value)));
            assert!(why.contains("proofValue must be"), "{value:.90}: {why}");
        }
        for (member, value) in [
            ("type", "RsaSignature2018"),
            ("cryptosuite", "bbs-2023"),
            ("cryptosuite", "eddsa-rdf-2022"),
        ] {
            let reports = verify(&with(member, json!(value))).expect("reports");
            assert!(matches!(reports[0].outcome, ProofOutcome::Unsupported(_)), "{value}");
        }
        // One suite's signature under the other's name.
        let other = SUITES.into_iter().find(|other| *other != cryptosuite).expect("two suites");
        assert!(fails(&with("cryptosuite", json!(other.as_str()))).contains("does not fit"));
        // Another's key.
        let other = TestSigner::ed25519(&[8; 32]).method();
        assert!(fails(&with("verificationMethod", json!(other))).contains("does not fit"));
    }
}

fn hex_of(proof_value: &str) -> String {
    let bytes = multibase::decode_signature(proof_value).expect("signature");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_has_no_proof_at_all_is_an_error_of_parsing() {
    let document = signed(&sample("mc1"), Cryptosuite::EddsaRdfc2022);
    for proof in
        [json!(null), json!("x"), json!(7), json!([]), json!([[]]), json!(["x"]), json!([{}, 1])]
    {
        let mut document = document.clone();
        document["proof"] = proof.clone();
        assert!(matches!(verify(&document), Err(ProofError::Parsing(_))), "{proof}");
    }
    for document in [without(&document, "proof"), json!([]), json!("x"), json!(null)] {
        assert!(matches!(verify(&document), Err(ProofError::Parsing(_))));
    }
}

#[test]
fn domain_and_challenge_are_held_against_what_is_expected() {
    let contexts = ContextSet::conformance();
    let document = signed(&sample("mc1"), Cryptosuite::EddsaJcs2022);
    // Signs a proof with further members.
    let with = |members: Value| {
        let mut document = document.clone();
        let mut proof = without(&document["proof"], "proofValue");
        for (name, value) in members.as_object().expect("members") {
            proof[name] = value.clone();
        }
        let hash = [
            sha256(&jcs::to_string(&proof).expect("text")),
            sha256(&jcs::to_string(&without(&document, "proof")).expect("text")),
        ];
        let signature = signer().sign(&hash.concat()).expect("signature");
        proof["proofValue"] = json!(multibase::encode_base58btc(&signature));
        document["proof"] = proof;
        document
    };
    let outcome = |document: &Value, domain: &[&str], challenge: Option<&str>| {
        let options = VerifyOptions { domain, challenge, ..VerifyOptions::credential(moment(NOW)) };
        let reports =
            verify_proofs(document, &options, &TestResolver::default(), contexts).expect("reports");
        reports[0].outcome.problem().map_or("verified".to_owned(), |p| kind(p).to_owned())
    };
    let one = with(json!({"domain": "a.example", "challenge": "c"}));
    let two = with(json!({"domain": ["a.example", "b.example"]}));
    assert_eq!(outcome(&one, &["a.example"], Some("c")), "verified");
    assert_eq!(outcome(&one, &[], None), "verified");
    assert_eq!(outcome(&two, &["b.example", "a.example"], None), "verified");
    for (document, domain) in [
        (&one, &["b.example"][..]),
        (&one, &["a.example", "b.example"]),
        (&two, &["a.example"]),
        (&document, &["a.example"]),
        (&with(json!({"domain": 7})), &["a.example"]),
        (&with(json!({"domain": ["a.example", 7]})), &["a.example"]),
    ] {
        assert_eq!(outcome(document, domain, None), "INVALID_DOMAIN_ERROR");
    }
    for document in [&one, &two, &document] {
        assert_eq!(outcome(document, &[], Some("d")), "INVALID_CHALLENGE_ERROR");
    }
}

#[test]
fn a_jcs_proof_binds_the_contexts_in_their_order() {
    let document = signed(&sample("mc1"), Cryptosuite::EddsaJcs2022);
    let contexts = document["@context"].as_array().expect("list").clone();
    assert_eq!(document["proof"]["@context"], document["@context"]);
    let with = |document_context: Value, proof_context: Option<Value>| {
        let mut document = document.clone();
        document["@context"] = document_context;
        match proof_context {
            Some(context) => document["proof"]["@context"] = context,
            None => document["proof"] = without(&document["proof"], "@context"),
        }
        document
    };
    let own = Some(json!(contexts));
    // The document gained a context after signing: allowed by the suite, and read without it.
    let mut longer = contexts.clone();
    longer.push(json!("https://w3id.org/security/data-integrity/v2"));
    assert!(verified(&with(json!(longer), own.clone())));
    let mut reversed = contexts.clone();
    reversed.reverse();
    for (document_context, proof_context) in [
        (json!(reversed), own.clone()),
        (json!(contexts[..1]), own.clone()),
        (json!(contexts[0]), own.clone()),
        (json!([]), own.clone()),
        (json!([longer[2], contexts[0], contexts[1]]), own.clone()),
        (json!(contexts), Some(json!(contexts[..1]))),
        (json!(contexts), Some(json!(contexts[0]))),
        (json!(contexts), Some(json!([]))),
        (json!(contexts), Some(json!(null))),
        (json!(contexts), None),
    ] {
        let why = fails(&with(document_context, proof_context));
        assert!(why.starts_with("PROOF_VERIFICATION_ERROR"), "{why}");
    }
    let mut without_context = with(json!([]), own);
    without_context = self::without(&without_context, "@context");
    assert!(!verified(&without_context));
}

#[test]
fn signatures_that_only_a_lenient_verifier_takes_are_refused() {
    for cryptosuite in SUITES {
        let document = signed(&sample("mc1"), cryptosuite);
        let signature =
            multibase::decode_signature(text(&document["proof"], "proofValue")).expect("signature");
        let with = |bytes: [u8; 64]| {
            let mut document = document.clone();
            document["proof"]["proofValue"] = json!(multibase::encode_signature(&bytes));
            document
        };
        assert!(verified(&with(signature)));
        // S + L: the same scalar, written in another way.
        let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        let mut sum = signature;
        let mut carry = 0u16;
        for (byte, add) in sum[32..].iter_mut().zip(&order) {
            carry += u16::from(*byte) + u16::from(*add);
            *byte = carry as u8;
            carry >>= 8;
        }
        assert_ne!(sum, signature);
        assert!(fails(&with(sum)).contains("does not fit"));
        // R of small order or not canonical, S zero.
        for point in [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        ] {
            let mut bytes = [0; 64];
            bytes[..32].copy_from_slice(&hex(point));
            assert!(fails(&with(bytes)).contains("does not fit"), "{point}");
        }
        // A key of small order would fit every message; it is no key.
        let weak = [&[0xed, 0x01, 0x01][..], &[0; 31]].concat();
        assert!(PublicKey::from_multikey(&multibase::encode_base58btc(&weak)).is_err());
    }
}

#[test]
fn only_an_ed25519_key_signs_or_verifies() {
    let [_, rsa, p256] = TestSigner::jose();
    let document = signed(&sample("mc1"), Cryptosuite::EddsaRdfc2022);
    let options = options_of(&document["proof"]);
    for other in [&rsa, &p256] {
        let mut unsigned = without(&document, "proof");
        let result = add_proof(&mut unsigned, &options, other, ContextSet::conformance());
        assert!(matches!(result, Err(ProofError::Generation(_))));
        let resolver = TestResolver::default().knows(
            &options.verification_method,
            "did:web:badges.example",
            other.public_key(),
        );
        let reports = verify_with(&document, &resolver).expect("reports");
        let ProofOutcome::Failed(problem) = &reports[0].outcome else { unreachable!("failed") };
        assert!(problem.detail.as_deref().expect("detail").contains("not for this cryptosuite"));
    }
}

#[derive(Debug)]
struct Broken(PublicKey, Result<Vec<u8>, SignError>);

impl Signer for Broken {
    fn algorithm(&self) -> KeyAlgorithm {
        KeyAlgorithm::Ed25519
    }
    fn public_key(&self) -> &PublicKey {
        &self.0
    }
    fn sign(&self, _message: &[u8]) -> Result<Vec<u8>, SignError> {
        self.1.clone()
    }
}

#[test]
fn nothing_is_added_when_no_proof_can_be_made() {
    let contexts = ContextSet::conformance();
    let signed = signed(&sample("mc1"), Cryptosuite::EddsaRdfc2022);
    let options = options_of(&signed["proof"]);
    let key = signer().public_key().clone();
    let unavailable = SignError::Unavailable { detail: "locked".to_owned() };
    for answer in [Err(unavailable), Ok(vec![]), Ok(vec![0; 63]), Ok(vec![0; 65])] {
        let mut document = without(&signed, "proof");
        let result = add_proof(&mut document, &options, &Broken(key.clone(), answer), contexts);
        assert!(matches!(result, Err(ProofError::Sign(_))), "{result:?}");
        assert_eq!(document, without(&signed, "proof"));
    }
    let refused = |document: &Value, options: &ProofOptions| {
        let mut changed = document.clone();
        let result = add_proof(&mut changed, options, &signer(), contexts);
        assert!(
            matches!(result, Err(ProofError::Generation(_) | ProofError::Parsing(_))),
            "{result:?}"
        );
        assert_eq!(changed, *document);
    };
    refused(&signed, &options);
    for proof in [json!(null), json!([]), json!("x")] {
        let mut document = without(&signed, "proof");
        document["proof"] = proof;
        refused(&document, &options);
    }
    for no_document in [json!([]), json!("x"), json!(null)] {
        refused(&no_document, &options);
    }
    for url in ["", "key-1", "#key", "did:web:x y", ":x"] {
        let options = ProofOptions { verification_method: url.to_owned(), ..options.clone() };
        refused(&without(&signed, "proof"), &options);
    }
}

#[test]
fn a_prepared_proof_serves_every_document_with_its_contexts_and_no_other() {
    let contexts = ContextSet::conformance();
    for cryptosuite in SUITES {
        let expected = signed(&sample("mc1"), cryptosuite);
        let options = options_of(&expected["proof"]);
        let prepared =
            PreparedProof::new(expected.get("@context"), &options, contexts).expect("prepared");
        for name in ["mc1", "evc1"] {
            let mut document = sample(name);
            prepared.add_to(&mut document, &signer(), contexts).expect("signed");
            assert_eq!(document, signed(&sample(name), cryptosuite));
            assert!(verified(&document));
        }
        let mut other = sample("mc1");
        other["@context"].as_array_mut().expect("list").pop();
        let result = prepared.add_to(&mut other, &signer(), contexts);
        assert!(matches!(result, Err(ProofError::Generation(_))), "{result:?}");
    }
}

#[test]
fn the_resolver_decides_what_is_known_about_a_key() {
    let document = signed(&sample("mc1"), Cryptosuite::EddsaRdfc2022);
    let url = text(&document["proof"], "verificationMethod").to_owned();
    let outcome = |resolver: TestResolver| {
        verify_with(&document, &resolver).expect("reports").remove(0).outcome
    };
    let fails = |error| outcome(TestResolver::default().fails(&url, error));
    let unreachable = ResolveError::Unreachable { detail: "no answer".to_owned() };
    assert!(matches!(fails(unreachable), ProofOutcome::Indeterminate(_)));
    assert!(matches!(fails(ResolveError::Deferred), ProofOutcome::Indeterminate(_)));
    let unsupported = ResolveError::Unsupported { detail: "did:example".to_owned() };
    assert!(matches!(fails(unsupported), ProofOutcome::Unsupported(_)));
    let invalid = ResolveError::Invalid(problem::invalid_relationship("x"));
    let ProofOutcome::Failed(problem) = fails(invalid) else { unreachable!("failed") };
    assert_eq!(kind(&problem), "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD");

    // `created` is 2026-02-02T09:15:00Z.
    for revoked in [true, false] {
        for (end, verified) in [
            ("2026-02-02T09:15:01Z", true),
            ("2026-02-02T09:15:00Z", false),
            ("2020-01-01T00:00:00Z", false),
        ] {
            let mut method = method(&url, "did:web:x.example", signer().public_key());
            if revoked {
                method.revoked = Some(moment(end));
            } else {
                method.expires = Some(moment(end));
            }
            let outcome = outcome(TestResolver::default().knows_method(method));
            assert_eq!(outcome.is_verified(), verified, "{end}");
        }
    }
}

#[test]
fn a_context_that_is_not_at_hand_leaves_the_proof_unchecked() {
    let mut document = signed(&sample("mc1"), Cryptosuite::EddsaRdfc2022);
    document["@context"].as_array_mut().expect("list").push(json!("https://other.example/v1"));
    let reports = verify(&document).expect("reports");
    let ProofOutcome::Indeterminate(problem) = &reports[0].outcome else {
        unreachable!("{:?}", reports[0].outcome)
    };
    assert_eq!(problem.extensions["code"], "context-not-bundled");
}
