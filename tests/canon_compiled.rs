//! Compiled definitions: equal to the general engine, or they say that they are not.

#![expect(clippy::unwrap_used, reason = "a test stops at what should not happen")]

use std::path::Path;

use bewijs::canon::compiled::{CompileError, CompiledDocument, FillError, Hole, HoleKind};
use bewijs::canon::{ContextSet, View};
use serde_json::{Value, json};

fn sample(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/samples/expected")
        .join(name)
        .with_extension("json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn iri(pointer: &str) -> Hole {
    Hole { pointer: pointer.to_owned(), kind: HoleKind::Iri }
}

fn text(pointer: &str) -> Hole {
    Hole { pointer: pointer.to_owned(), kind: HoleKind::Text }
}

/// What differs between two credentials of one definition, as far as the sample has it.
fn holes(document: &Value) -> Vec<Hole> {
    let candidates = [
        iri("/id"),
        text("/validFrom"),
        text("/awardedDate"),
        iri("/credentialSubject/id"),
        text("/credentialSubject/identifier/0/identityHash"),
        text("/credentialSubject/identifier/0/salt"),
        text("/credentialSubject/identifier/1/identityHash"),
        text("/credentialSubject/activityStartDate"),
        text("/credentialSubject/activityEndDate"),
        text("/credentialSubject/licenseNumber"),
        text("/credentialSubject/term"),
        text("/credentialSubject/result/0/status"),
        text("/credentialSubject/result/0/value"),
        text("/credentialSubject/result/1/status"),
        iri("/credentialStatus/id"),
        text("/credentialStatus/statusListIndex"),
        iri("/credentialStatus/0/id"),
        text("/credentialStatus/0/statusListIndex"),
        iri("/evidence/0/id"),
        text("/evidence/0/description"),
    ];
    candidates.into_iter().filter(|hole| document.pointer(&hole.pointer).is_some()).collect()
}

fn own_values<'d>(document: &'d Value, holes: &[Hole]) -> Vec<&'d str> {
    holes.iter().map(|hole| document.pointer(&hole.pointer).unwrap().as_str().unwrap()).collect()
}

/// A small generator: the same numbers in every run.
fn numbers(mut state: u64) -> impl FnMut() -> u64 {
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[test]
fn every_sample_filled_with_its_own_values_is_itself() {
    let set = ContextSet::issuing();
    for name in ["mc1", "mc2", "mc3", "md1", "evc1", "evc2", "evc2-correction"] {
        let document = sample(name);
        let holes = holes(&document);
        assert!(holes.len() > 5, "{name}");
        let compiled = CompiledDocument::compile(set, &document, holes.clone()).unwrap();
        let values = own_values(&document, &holes);
        let general = set.canonicalize(&document, View::default()).unwrap();
        assert_eq!(compiled.nquads(&values).unwrap(), general.nquads, "{name}");
        let filled = compiled.fill(&values).unwrap();
        assert_eq!(filled.sha256, general.sha256());
        assert_eq!(filled.json + "}", document.to_string());
    }
}

/// `BEWIJS_FILLINGS=20000` for a long run by hand.
#[test]
fn random_fillings_equal_the_general_engine() {
    let set = ContextSet::issuing();
    let rounds = std::env::var("BEWIJS_FILLINGS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    for name in ["mc1", "md1", "evc1", "evc2"] {
        let document = sample(name);
        let compiled = CompiledDocument::compile(set, &document, holes(&document)).unwrap();
        let mut random = numbers(0x5eed);
        let general = compiled.verify_against_general(set, rounds, &mut random).unwrap();
        assert!(general * 10 < rounds, "{name}: {general} of {rounds} needed the general engine");
    }
}

#[test]
fn values_that_make_blank_nodes_tie() {
    let set = ContextSet::issuing();
    let document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:x:1",
        "type": "AchievementSubject",
        "identifier": [
            {"type": "IdentityObject", "identityHash": "a"},
            {"type": "IdentityObject", "identityHash": "b"},
        ],
        "result": [
            {"type": "Result", "status": "c", "alignment": [{"type": "Alignment", "targetName": "d"}]},
            {"type": "Result", "status": "e", "alignment": [{"type": "Alignment", "targetName": "f"}]},
        ],
    });
    let holes = vec![
        text("/identifier/0/identityHash"),
        text("/identifier/1/identityHash"),
        text("/result/0/status"),
        text("/result/1/status"),
        text("/result/0/alignment/0/targetName"),
        text("/result/1/alignment/0/targetName"),
    ];
    let compiled = CompiledDocument::compile(set, &document, holes.clone()).unwrap();
    for bits in 0..64_u32 {
        let values: Vec<&str> =
            (0..6).map(|index| if bits >> index & 1 == 1 { "x" } else { "y" }).collect();
        let mut filled = document.clone();
        for (hole, value) in holes.iter().zip(&values) {
            *filled.pointer_mut(&hole.pointer).unwrap() = json!(value);
        }
        let general = set.canonicalize(&filled, View::default()).unwrap();
        assert_eq!(compiled.nquads(&values).unwrap(), general.nquads, "{values:?}");
    }
}

#[test]
fn values_that_make_quads_equal_need_the_general_engine() {
    let set = ContextSet::issuing();
    let document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:x:1",
        "type": "Achievement",
        "criteria": {"type": "Criteria", "narrative": "n"},
        "tag": ["one", "two"],
        "alignment": [{"type": "Alignment", "targetName": ["p", "q"]}],
    });
    let compiled = CompiledDocument::compile(
        set,
        &document,
        vec![text("/alignment/0/targetName/0"), text("/alignment/0/targetName/1"), text("/tag/0")],
    )
    .unwrap();
    assert!(compiled.fill(&["s", "t", "two"]).is_ok());
    let merged = compiled.nquads(&["s", "t", "two"]).unwrap();
    assert_eq!(merged.matches("\"two\"").count(), 1);
    assert_eq!(compiled.fill(&["s", "s", "one"]), Err(FillError::NeedsGeneralEngine));
}

#[test]
fn what_is_not_a_value_is_not_a_hole() {
    let set = ContextSet::issuing();
    let mc1 = sample("mc1");
    let compile = |hole: Hole| CompiledDocument::compile(set, &mc1, vec![hole]).map(|_| ());
    let misused = |hole: Hole| {
        let pointer = hole.pointer.clone();
        assert_eq!(compile(hole), Err(CompileError::Misused { pointer }));
    };
    misused(iri("/name"));
    misused(iri("/credentialSubject/achievement/alignment/0/targetUrl"));
    for hole in [
        text("/id"),
        text("/type/0"),
        iri("/type/0"),
        iri("/@context/0"),
        text("/credentialSubject"),
        text("/credentialSubject/creditsEarned"),
        text("/nowhere"),
    ] {
        assert!(compile(hole.clone()).is_err(), "{hole:?}");
    }
    let twice = CompiledDocument::compile(set, &mc1, vec![text("/name"), text("/name")]);
    assert!(matches!(twice, Err(CompileError::NotAString { .. })));
}

#[test]
fn an_identifier_keeps_the_scheme_of_the_example() {
    let set = ContextSet::issuing();
    let mc1 = sample("mc1");
    let holes = vec![iri("/id"), iri("/credentialSubject/id")];
    let compiled = CompiledDocument::compile(set, &mc1, holes).unwrap();
    assert!(compiled.fill(&["https://a.example/1", "urn:uuid:1"]).is_ok());
    for values in [
        ["urn:x:1", "urn:uuid:1"],
        ["https://a.example/1", "urn://uuid"],
        ["https:a", "urn:uuid:1"],
        ["https://a.example/ 1", "urn:uuid:1"],
        ["https://a.example/1", "id"],
        ["https://a.example/1", ""],
        ["https://a.example/>", "urn:uuid:1"],
    ] {
        assert!(matches!(compiled.fill(&values), Err(FillError::NotAnIri { .. })), "{values:?}");
    }
    assert_eq!(
        compiled.fill(&["https://a.example/1"]),
        Err(FillError::Count { given: 1, holes: 2 })
    );
}
