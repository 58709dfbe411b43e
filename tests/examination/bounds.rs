//! Inputs made to be much work: each is examined within bounds, and what was left out is said.

use super::examination::Scene;
use super::examiner;
use bewijs::verification::{Check, Limits, Outcome, Report, Verdict};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

fn signed(case: Value) -> Value {
    let bytes = Scene::of(&case).bytes;
    let written = String::from_utf8(bytes).expect("UTF-8");
    serde_json::from_str(&written).unwrap_or(Value::String(written))
}

/// Without a proof: whoever makes it need not hold any key.
fn bundle(contained: Value) -> Value {
    json!({"@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"], "verifiableCredential": contained})
}

fn envelope(token: &Value) -> Value {
    let token = token.as_str().expect("a token");
    json!({"@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential", "id": format!("data:application/vc+jwt,{token}")})
}

fn examined(document: &Value) -> (Report, usize) {
    let mut scene = Scene::of(&json!({}));
    scene.bytes = document.to_string().into_bytes();
    let report = scene.examine(&examiner());
    (report, scene.world.asked.load(Ordering::SeqCst))
}

fn reports(report: &Report) -> usize {
    let inner: usize = report.contained().iter().map(reports).sum();
    1 + inner + report.endorsements().iter().map(|one| reports(&one.report)).sum::<usize>()
}

#[test]
fn thousands_of_contained_credentials_are_not_all_examined_and_that_is_said() {
    let one = signed(json!({"base": "plain"}));
    for count in [65, 1200] {
        let (report, _) = examined(&bundle(Value::Array(vec![one.clone(); count])));
        assert_eq!(report.verdict(), Verdict::Indeterminate, "{count}");
        assert_eq!(report.check(Check::Contained).outcome, Outcome::Indeterminate);
        assert!(report.contained().len() <= Limits::default().max_contained);
    }
    let (report, _) = examined(&bundle(Value::Array(vec![one; 64])));
    assert_eq!(report.verdict(), Verdict::Verified, "as many as are taken");
}

#[test]
fn what_is_contained_cannot_make_the_verifier_ask_without_end() {
    let entry = |list: usize| {
        json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": "1", "statusListCredential": format!("https://a.example/{list}")})
    };
    let many: Vec<Value> = (0..20)
        .map(|one| {
            let entries: Vec<Value> = (0..20).map(|other| entry(one * 20 + other)).collect();
            signed(json!({"base": "plain", "before": [["add", "/credentialStatus", entries]]}))
        })
        .collect();
    let (report, asked) = examined(&bundle(Value::Array(many)));
    assert_ne!(report.verdict(), Verdict::Verified);
    assert!(asked <= Limits::default().max_questions + 20 * 4, "{asked}");
}

#[test]
fn presentations_within_presentations_end_somewhere() {
    let mut document = bundle(json!([signed(json!({"base": "plain"}))]));
    for _ in 0..3 {
        document = bundle(json!([document]));
    }
    assert_eq!(examined(&document).0.verdict(), Verdict::Verified, "as deep as is taken");
    for deep in [4, 20] {
        let mut document = document.clone();
        for _ in 3..deep {
            document = bundle(json!([document]));
        }
        let (report, _) = examined(&document);
        assert_ne!(report.verdict(), Verdict::Verified, "{deep}");
        assert!(reports(&report) <= 6, "{deep}: {}", reports(&report));
    }
}

#[test]
fn tokens_within_tokens_end_somewhere() {
    let token = |before: Value| {
        signed(json!({"base": "plain", "before": before,
            "sign": {"jwt": "vc", "key": "issuer", "kid": "did:key"}}))
    };
    let clr = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
    let badges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
    let around = |inner: &Value| {
        token(json!([
            ["add", "/@context/-", clr],
            ["add", "/@context/-", badges],
            ["add", "/credentialSubject/type", ["ClrSubject"]],
            ["add", "/credentialSubject/verifiableCredential", [envelope(inner)]],
        ]))
    };
    let mut inner = token(json!([]));
    for depth in 1..9 {
        inner = around(&inner);
        let (report, _) = examined(&bundle(json!([envelope(&inner)])));
        assert!(reports(&report) <= 6, "{depth}");
        if depth > 3 {
            assert_ne!(report.verdict(), Verdict::Verified, "{depth}");
        }
    }
}

#[test]
fn thousands_of_endorsements_are_not_all_examined_and_that_is_said() {
    let endorsement = signed(json!({"base": "endorsement"}));
    let token = signed(json!({"base": "endorsement",
        "sign": {"jwt": "vc", "key": "endorser", "kid": "did:key"}}));
    for (member, one, count) in [
        ("endorsement", &endorsement, 33),
        ("endorsementJwt", &token, 33),
        ("endorsementJwt", &token, 400),
    ] {
        let place = format!("/credentialSubject/achievement/{member}");
        let scene = Scene::of(&json!({"sign": {"suite": "eddsa-jcs-2022"},
            "before": [["add", place, vec![one.clone(); count]]]}));
        let report = scene.examine(&examiner());
        assert!(report.endorsements().len() <= Limits::default().max_endorsements, "{member}");
        let check = report.check(Check::Endorsements).outcome;
        assert!(matches!(check, Outcome::Indeterminate | Outcome::NotRun), "{member} {check:?}");
    }
}

#[test]
fn thousands_of_proofs_are_refused_also_on_what_is_contained() {
    let one = signed(json!({"base": "plain"}));
    let mut many = one.clone();
    many["proof"] = Value::Array(vec![one["proof"].clone(); 1500]);
    for document in [many.clone(), bundle(json!([many.clone()]))] {
        assert_eq!(examined(&document).0.verdict(), Verdict::Failed);
    }
    let mut presentation =
        signed(json!({"base": "presentation", "parts": {"one": {"base": "plain"}}}));
    presentation["proof"] = Value::Array(vec![presentation["proof"].clone(); 1500]);
    assert_eq!(examined(&presentation).0.verdict(), Verdict::Failed);
}

/// The worst graphs, many of them: as tokens, so that each is a graph of its own.
#[test]
fn many_poisoned_graphs_are_not_all_worked_through() {
    let token = signed(json!({"base": "poison",
        "sign": {"jwt": "vc", "key": "issuer", "kid": "did:key"}}));
    let (report, _) = examined(&bundle(Value::Array(vec![envelope(&token); 60])));
    assert_eq!(report.verdict(), Verdict::Indeterminate);
    assert!(report.contained().len() <= 3, "{}", report.contained().len());
    let embedded = signed(json!({"base": "poison", "sign": {"suite": "eddsa-jcs-2022"}}));
    let (report, _) = examined(&bundle(Value::Array(vec![embedded; 60])));
    assert_eq!(report.verdict(), Verdict::Indeterminate);
    assert!(report.contained().len() <= 3, "{}", report.contained().len());
}
