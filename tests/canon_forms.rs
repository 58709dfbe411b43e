//! Canonical forms: every published vector, every sample, and what must be refused.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::path::Path;

use bewijs::canon::{CanonError, Canonical, ContextSet, View};
use serde_json::{Value, json};

const VC2: &str = "https://www.w3.org/ns/credentials/v2";
const OB3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

fn read(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn whole(set: &ContextSet, document: &Value) -> Result<Canonical, CanonError> {
    set.canonicalize(document, View::default())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn both_forms(vector: &Value) {
    let set = ContextSet::conformance();
    let id = &vector["id"];
    let document = whole(set, &vector["unsigned"]).unwrap();
    assert_eq!(document.nquads, text(&vector["canonicalDocument"]), "{id}");
    assert_eq!(hex(&document.sha256()), text(&vector["documentHash"]), "{id}");
    let config = whole(set, &vector["proofConfig"]).unwrap();
    assert_eq!(config.nquads, text(&vector["canonicalProofConfig"]), "{id}");
    assert_eq!(hex(&config.sha256()), text(&vector["proofConfigHash"]), "{id}");
    let omit =
        set.canonicalize(&vector["signed"], View { omit: &["proof"], context: None }).unwrap();
    assert_eq!(omit, document, "{id}: the signed document without its proof");
}

#[test]
fn data_integrity_vectors() {
    for file in ["eddsa-rdfc-2022.json", "ob3-eddsa-rdfc-2022.json"] {
        let vectors = read(&format!("vectors/{file}"));
        for vector in vectors["vectors"].as_array().unwrap() {
            both_forms(vector);
        }
    }
}

#[test]
fn proof_sets_and_chains() {
    let vectors = read("vectors/proof-sets-and-chains.json");
    let set = ContextSet::conformance();
    let mut seen = 0;
    for vector in vectors["vectors"].as_array().unwrap() {
        let signed = &vector["signed"];
        let all = match &signed["proof"] {
            Value::Array(proofs) => proofs.clone(),
            one => vec![one.clone()],
        };
        for expected in vector["proofs"].as_array().unwrap() {
            let proof = all.iter().find(|proof| proof["id"] == expected["id"]).unwrap();
            // What a proof signs: the document with the proofs that it names as previous.
            let matching = expected["matchingProofIds"].as_array().unwrap();
            let before: Vec<Value> =
                all.iter().filter(|proof| matching.contains(&proof["id"])).cloned().collect();
            let mut document = signed.clone();
            let members = document.as_object_mut().unwrap();
            members.remove("proof");
            if !before.is_empty() {
                members.insert("proof".into(), before.into());
            }
            let canonical = whole(set, &document).unwrap();
            assert_eq!(canonical.nquads, text(&expected["canonicalDocument"]));
            assert_eq!(hex(&canonical.sha256()), text(&expected["documentHash"]));
            let view = View { omit: &["proofValue"], context: Some(&signed["@context"]) };
            let config = set.canonicalize(proof, view).unwrap();
            assert_eq!(config.nquads, text(&expected["canonicalProofConfig"]));
            assert_eq!(hex(&config.sha256()), text(&expected["proofConfigHash"]));
            seen += 1;
        }
    }
    assert_eq!(seen, 10);
}

#[test]
fn samples() {
    let expected = read("samples/canonical.json");
    let documents = expected["documents"].as_object().unwrap();
    assert_eq!(documents.len(), 7);
    for (name, form) in documents {
        let document = read(&format!("samples/expected/{name}.json"));
        for set in [ContextSet::issuing(), ContextSet::verifying()] {
            let canonical = whole(set, &document).unwrap();
            assert_eq!(hex(&canonical.sha256()), text(&form["sha256"]), "{name}");
            assert_eq!(canonical.quads as u64, form["quads"].as_u64().unwrap(), "{name}");
            assert_eq!(canonical.nquads.lines().count(), canonical.quads);
        }
    }
}

#[test]
fn probes_of_datatypes_and_shapes() {
    let probes = read("vectors/jsonld-probes.json");
    for probe in probes["positive"].as_array().unwrap() {
        let canonical = whole(ContextSet::verifying(), &probe["document"])
            .unwrap_or_else(|error| panic!("{}: {error}", probe["id"]));
        assert_eq!(canonical.nquads, text(&probe["canonical"]), "{}", probe["id"]);
        assert_eq!(hex(&canonical.sha256()), text(&probe["sha256"]), "{}", probe["id"]);
    }
}

#[test]
fn probes_that_safe_mode_refuses() {
    let codes = [
        ("undefined-property", "undefined-term"),
        ("undefined-property-nested", "undefined-term"),
        ("undefined-type", "undefined-type"),
        ("undefined-nested-type", "undefined-term"),
        ("relative-id", "relative-iri"),
        ("language-map", "undefined-term"),
        ("schema-type-without-extensions", "undefined-type"),
        ("protected-term-redefinition", "json-ld-processing"),
        ("invalid-language-tag", "invalid-language"),
        ("null-id", "null-value"),
        ("keyword-like-property", "reserved-name"),
        ("keyword-like-id", "reserved-name"),
        ("relative-type-with-inline-base", "context-refused"),
        ("unknown-context", "context-not-bundled"),
    ];
    let probes = read("vectors/jsonld-probes.json");
    let negative = probes["negative"].as_array().unwrap();
    assert_eq!(negative.len(), codes.len());
    for (probe, (id, code)) in negative.iter().zip(codes) {
        assert_eq!(text(&probe["id"]), id);
        let error = whole(ContextSet::verifying(), &probe["document"]).unwrap_err();
        assert_eq!(error.code(), code, "{id}: {error}");
        assert!(whole(ContextSet::issuing(), &probe["document"]).is_err(), "{id}");
    }
}

#[test]
fn number_table() {
    let probes = read("vectors/jsonld-probes.json");
    for case in probes["numbers"]["cases"].as_array().unwrap() {
        let number =
            bewijs::canon::json::parse(text(&case["json"]).as_bytes(), &Default::default());
        let document = json!({
            "@context": [VC2, OB3],
            "id": "urn:x:1",
            "type": ["AchievementSubject"],
            "creditsEarned": number.unwrap(),
        });
        let canonical = whole(ContextSet::issuing(), &document).unwrap();
        let literal =
            format!("\"{}\"^^<https://www.w3.org/2001/XMLSchema#float>", text(&case["lexical"]));
        assert!(canonical.nquads.contains(&literal), "{case}: {}", canonical.nquads);
    }
}
