//! The examining room, by its reports. The cases in `tests/cases` each carry the report that they
//! expect; here stand what holds for all of them, and what a file cannot say.

#![expect(clippy::panic, reason = "a case that cannot be built is a fault of the case")]

#[path = "examination/bounds.rs"]
mod bounds;
mod examination;
#[path = "examination/hostile.rs"]
mod hostile;
#[path = "examination/metamorphic.rs"]
mod metamorphic;
#[allow(dead_code, reason = "each test binary uses its own part")]
#[path = "proof/signers.rs"]
mod signers;

use bewijs::canon::{ContextSet, View};
use bewijs::verification::{Check, Examiner, Limits, Outcome, Report, Verdict};
use examination::{Scene, good, signed_vectors};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::Ordering;

fn examiner() -> Examiner {
    Examiner::new(Limits::default())
}

fn cases() -> Vec<(String, Value)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<(String, Value)> = std::fs::read_dir(directory)
        .expect("the cases")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(name.ends_with(".json"), "{name} is no case: every file here is read");
            let bytes = std::fs::read(&path).expect("readable");
            (name.clone(), serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{name}: {e}")))
        })
        .collect();
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

/// The members of a case that mean something; a misspelled one would test nothing.
const MEMBERS: [&str; 28] = [
    "comment",
    "base",
    "madeBy",
    "document",
    "now",
    "mediaType",
    "address",
    "addressType",
    "before",
    "sign",
    "after",
    "text",
    "raw",
    "repeat",
    "issuerDocument",
    "documents",
    "list",
    "register",
    "registerOthers",
    "rendition",
    "known",
    "recognised",
    "parts",
    "revocationList",
    "revocationListAt",
    "challenge",
    "domain",
    "expect",
];

#[test]
fn every_case_gives_the_report_that_it_expects() {
    let examiner = examiner();
    let mut faults = Vec::new();
    for (name, case) in cases() {
        for member in case.as_object().expect("an object").keys() {
            assert!(MEMBERS.contains(&member.as_str()), "{name}: {member}");
        }
        assert!(case["comment"].is_string(), "{name} says what it is for");
        let report = Scene::of(&case).examine(&examiner);
        let given = serde_json::to_value(&report).expect("a report is JSON");
        let shown = summary(&given);
        for (member, expected) in case["expect"].as_object().expect("an expectation") {
            if shown.get(member) != Some(expected) {
                let mut shown = shown.get(member).cloned().unwrap_or_default();
                let mut expected = expected.clone();
                if let (Value::Object(given), Value::Object(wanted)) = (&mut shown, &mut expected) {
                    let same: Vec<String> = given
                        .iter()
                        .filter(|(name, value)| wanted.get(*name) == Some(value))
                        .map(|(name, _)| name.clone())
                        .collect();
                    for name in same {
                        given.shift_remove(&name);
                        wanted.shift_remove(&name);
                    }
                }
                faults.push(format!("{name}: {member}\n  expected {expected}\n  given    {shown}"));
            }
        }
        for member in ["verdict", "state", "checks"] {
            assert!(case["expect"].get(member).is_some(), "{name} expects no {member}");
        }
    }
    assert!(faults.is_empty(), "{} differ\n{}", faults.len(), faults.join("\n"));
}

/// What cases compare: the outcomes by check, the last part of each problem's type.
fn summary(report: &Value) -> Map<String, Value> {
    let mut summary = Map::new();
    for member in ["verdict", "state", "stateSince", "replacedBy"] {
        summary.insert(member.to_owned(), report.get(member).cloned().unwrap_or_default());
    }
    let (mut checks, mut problems) = (Map::new(), Map::new());
    for result in report["checks"].as_array().expect("checks") {
        let check = result["check"].as_str().expect("a name").to_owned();
        if let Some(kind) = result["problem"]["type"].as_str() {
            let short = kind.rsplit(['#', ':']).next().expect("never empty");
            problems.insert(check.clone(), json!(short));
        }
        checks.insert(check, result["outcome"].clone());
    }
    summary.insert("checks".to_owned(), checks.into());
    summary.insert("problems".to_owned(), problems.into());
    summary.insert("pointer".to_owned(), report["checks"][0]["problem"]["pointer"].clone());
    summary.insert("kind".to_owned(), report["input"]["kind"].clone());
    let short = |problem: &Value| {
        problem["type"].as_str().and_then(|kind| kind.rsplit(['#', ':']).next()).map(str::to_owned)
    };
    let all = |member: &str| report[member].as_array().cloned().unwrap_or_default();
    let contained = all("contained").iter().map(|one| one["verdict"].clone()).collect();
    summary.insert("contained".to_owned(), Value::Array(contained));
    let endorsements = all("endorsements")
        .iter()
        .map(|one| json!([one["origin"], one["outcome"], short(&one["problem"])]))
        .collect();
    summary.insert("endorsements".to_owned(), Value::Array(endorsements));
    let noted = all("noted").iter().map(|one| one["member"].clone()).collect();
    summary.insert("noted".to_owned(), Value::Array(noted));
    summary
}

#[test]
fn the_cases_are_mostly_negative_and_reach_the_outcomes() {
    let cases = cases();
    let verified = cases.iter().filter(|(_, case)| case["expect"]["verdict"] == "verified").count();
    assert!(cases.len() - verified > 2 * verified, "{verified} of {}", cases.len());
    let mut reached = BTreeSet::new();
    for (_, case) in &cases {
        for (check, outcome) in case["expect"]["checks"].as_object().expect("checks") {
            reached.insert((check.clone(), outcome.as_str().expect("text").to_owned()));
        }
    }
    // Every outcome that a check can have, and no other one.
    let expected: &[(&str, &[&str])] = &[
        ("conformance", &["pass", "fail", "indeterminate", "not-run"]),
        ("verification-method", &["pass", "fail", "indeterminate", "not-applicable", "not-run"]),
        ("proof", &["pass", "fail", "indeterminate", "not-applicable", "not-run"]),
        ("validity-period", &["pass", "fail", "not-applicable", "not-run"]),
        ("status", &["pass", "fail", "indeterminate", "not-applicable", "not-run"]),
        ("related-resource", &["pass", "fail", "not-applicable", "not-run"]),
        ("contained", &["pass", "fail", "indeterminate", "not-applicable", "not-run"]),
        ("issuer-recognised", &["pass", "fail", "indeterminate", "not-applicable", "not-run"]),
        (
            "issuer-recognised-today",
            &["pass", "fail", "indeterminate", "not-applicable", "not-run"],
        ),
        ("endorsements", &["pass", "fail", "indeterminate", "not-applicable", "not-run"]),
        ("mandate", &["pass", "fail", "indeterminate", "not-applicable", "not-run"]),
        ("completeness", &["pass", "fail", "not-applicable", "not-run"]),
        ("parts", &["pass", "fail", "indeterminate", "not-applicable", "not-run"]),
        ("recipient", &["pass", "fail", "not-applicable", "not-run"]),
        ("test", &["pass", "fail", "not-run"]),
    ];
    assert!(cases.len() >= 150);
    let mut wanted = BTreeSet::new();
    for (check, outcomes) in expected {
        for outcome in *outcomes {
            wanted.insert(((*check).to_owned(), (*outcome).to_owned()));
        }
    }
    let missing: Vec<_> = wanted.difference(&reached).collect();
    let unforeseen: Vec<_> = reached.difference(&wanted).collect();
    assert!(missing.is_empty() && unforeseen.is_empty(), "{missing:?} {unforeseen:?}");
}

#[test]
fn a_report_has_every_check_in_order_and_the_facts_of_the_input() {
    let scene = good();
    let report = scene.examine(&examiner());
    let checks: Vec<Check> = report.checks().iter().map(|result| result.check).collect();
    assert_eq!(checks, Check::ALL);
    let json = serde_json::to_value(&report).expect("JSON");
    assert_eq!(json["verdict"], "verified");
    assert_eq!(json["state"], "valid");
    assert_eq!(json["checkedAt"], examination::NOW);
    assert_eq!(json["input"]["length"], scene.bytes.len());
    assert_eq!(json["input"]["securing"], "data-integrity");
    assert_eq!(json["credential"]["issuer"]["name"], "Voorbeeld Hogeschool");
    assert_eq!(
        json["contexts"][1]["sha256"],
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"
    );
    assert_eq!(json["proofs"][0]["byIssuer"], true);
    assert_eq!(json["status"][0]["set"], false);
    assert_eq!(json["evidence"].as_array().expect("a list").len(), 2);
    let result = &json["checks"][0];
    assert_eq!(result, &json!({"check": "conformance", "outcome": "pass"}));
}

#[test]
fn no_change_of_any_value_or_name_of_a_signed_document_is_verified() {
    let scene = good();
    let examiner = examiner();
    let signed: Value = serde_json::from_slice(&scene.bytes).expect("JSON");
    let mut places = Vec::new();
    leaves(&signed, String::new(), &mut places);
    assert!(places.len() > 150, "{}", places.len());
    for pointer in places {
        let mut changed = signed.clone();
        let leaf = changed.pointer_mut(&pointer).expect("a leaf");
        *leaf = match leaf.take() {
            Value::String(text) => json!(format!("{text}x")),
            Value::Number(number) => json!(number.as_f64().expect("a number") + 1.0),
            Value::Bool(value) => json!(!value),
            other => other,
        };
        let report = examine(&examiner, &scene, changed.to_string().as_bytes());
        // An unknown suite is not known to be wrong.
        let unknown = pointer == "/proof/cryptosuite";
        let expected = if unknown { Verdict::Indeterminate } else { Verdict::Failed };
        assert_eq!(report.verdict(), expected, "changed {pointer}");
        let mut removed = signed.clone();
        let (parent, name) = pointer.rsplit_once('/').expect("in something");
        match removed.pointer_mut(parent).expect("a parent") {
            Value::Object(members) => {
                members.shift_remove(name);
            }
            Value::Array(items) => {
                items.remove(name.parse().expect("an index"));
            }
            _ => unreachable!("leaves are in something"),
        }
        // What the document says twice of one node (the issuer is also the creator) may be said
        // once: the signed statements are the same.
        if statements(&removed) == statements(&signed) && !pointer.starts_with("/proof") {
            continue;
        }
        let report = examine(&examiner, &scene, removed.to_string().as_bytes());
        assert_ne!(report.verdict(), Verdict::Verified, "removed {pointer}");
    }
}

fn statements(document: &Value) -> Option<String> {
    let view = View { omit: &["proof"], context: None };
    ContextSet::verifying().canonicalize(document, view).ok().map(|canonical| canonical.nquads)
}

fn leaves(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                leaves(value, format!("{pointer}/{member}"), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                leaves(value, format!("{pointer}/{index}"), found);
            }
        }
        _ => found.push(pointer),
    }
}

fn examine(examiner: &Examiner, scene: &Scene, bytes: &[u8]) -> Report {
    examiner.examine(bytes, None, &scene.world, scene.now)
}

#[test]
fn no_flipped_byte_of_a_signed_document_is_verified() {
    let scene = good();
    let examiner = examiner();
    for at in (0..scene.bytes.len()).step_by(41) {
        for bit in [0x01, 0x20, 0x80] {
            let mut bytes = scene.bytes.clone();
            bytes[at] ^= bit;
            let report = examine(&examiner, &scene, &bytes);
            assert_ne!(report.verdict(), Verdict::Verified, "byte {at} ^ {bit:#x}");
        }
    }
}

#[test]
fn the_way_json_is_written_does_not_matter() {
    let scene = good();
    let examiner = examiner();
    let signed: Value = serde_json::from_slice(&scene.bytes).expect("JSON");
    let pretty = serde_json::to_vec_pretty(&signed).expect("JSON");
    let reversed = reverse(&signed).to_string();
    let escaped: String = signed
        .to_string()
        .chars()
        .map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) })
        .collect();
    assert!(escaped.contains("\\u00eb"));
    let spaced = format!("\n\t {} \r\n", signed);
    for bytes in [pretty.as_slice(), reversed.as_bytes(), escaped.as_bytes(), spaced.as_bytes()] {
        let report = examine(&examiner, &scene, bytes);
        assert_eq!(report.verdict(), Verdict::Verified, "{:?}", report.checks());
    }
}

/// The members of every object in the opposite order.
fn reverse(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().rev().map(|(name, value)| (name.clone(), reverse(value))).collect()
        }
        Value::Array(items) => items.iter().map(reverse).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_official_vectors_have_a_right_proof_by_a_key_that_is_not_the_issuers() {
    let examiner = examiner().with_contexts(ContextSet::conformance());
    for file in ["eddsa-rdfc-2022.json", "eddsa-jcs-2022.json"] {
        for (name, signed) in signed_vectors(file) {
            let report = examine(&examiner, &good(), signed.to_string().as_bytes());
            assert_eq!(report.check(Check::Proof).outcome, Outcome::Pass, "{file} {name}");
            let method = report.check(Check::VerificationMethod);
            assert_eq!(method.outcome, Outcome::Fail, "{file} {name}");
            let problem = method.problem.as_ref().expect("a reason");
            assert!(problem.r#type.ends_with("controller-mismatch"), "{}", problem.r#type);
            assert_eq!(report.verdict(), Verdict::Failed, "{file} {name}");
            assert!(report.document().is_none());
        }
    }
}

#[test]
fn a_list_is_verified_once_and_again_when_its_bytes_or_its_key_change() {
    let examiner = examiner();
    let mut scene = good();
    for _ in 0..3 {
        assert_eq!(scene.examine(&examiner).verdict(), Verdict::Verified);
    }
    // The same list, one letter of its proof changed.
    let url = "https://badges.voorbeeld-hogeschool.example/status/r1";
    let list = scene.world.lists.get_mut(url).expect("a list").as_mut().expect("an answer");
    let text = String::from_utf8(list.bytes.to_vec()).expect("UTF-8");
    let mut forged: Value = serde_json::from_str(&text).expect("JSON");
    forged["validUntil"] = json!("2030-01-01T00:00:00Z");
    list.bytes = forged.to_string().into_bytes().into();
    assert_eq!(scene.examine(&examiner).check(Check::Status).outcome, Outcome::Indeterminate);
    // The right list again, but its key has left the issuer's document.
    let mut scene = good();
    let document = scene.world.documents.values_mut().next().expect("one").as_mut().expect("bytes");
    let mut changed: Value = serde_json::from_slice(document).expect("JSON");
    changed["assertionMethod"].as_array_mut().expect("a list").remove(0);
    *document = changed.to_string().into_bytes();
    let report = scene.examine(&examiner);
    assert_eq!(report.verdict(), Verdict::Failed);
}

#[test]
fn what_would_need_the_network_is_said() {
    let scene = Scene::of(&json!({"issuerDocument": "deferred"}));
    let report = scene.examine(&examiner());
    assert!(report.deferred());
    assert_eq!(report.verdict(), Verdict::Indeterminate);
    assert!(!good().examine(&examiner()).deferred());
}

#[test]
fn the_number_of_questions_is_bounded() {
    let entries: Vec<Value> = (0..40)
        .map(|list| {
            json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
                "statusListIndex": "1", "statusListCredential": format!("https://a.example/{list}")})
        })
        .collect();
    let scene =
        Scene::of(&json!({"base": "plain", "before": [["add", "/credentialStatus", entries]]}));
    let report = scene.examine(&examiner());
    assert_eq!(report.check(Check::Status).outcome, Outcome::Indeterminate);
    assert!(scene.world.asked.load(Ordering::SeqCst) <= Limits::default().max_questions);
}

#[test]
fn an_unknown_issuer_and_a_test_certificate_inform_and_do_not_decide() {
    let scene = Scene::of(&json!({"recognised": false, "register": {"test": true}}));
    let report = scene.examine(&examiner());
    assert_eq!(report.verdict(), Verdict::Verified);
    assert_eq!(report.check(Check::IssuerRecognised).outcome, Outcome::Indeterminate);
    assert_eq!(report.check(Check::Test).outcome, Outcome::Fail);
}

#[test]
fn hostile_bytes_are_failed_reports_and_soon() {
    let examiner = examiner();
    let scene = good();
    let inputs: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b" \n".to_vec(),
        b"\0".to_vec(),
        vec![0xff; 1000],
        b"{".repeat(200_000),
        b"[".repeat(900_000),
        b"{\"a\":".repeat(100_000),
        b"..".to_vec(),
        b"a.b.c".to_vec(),
        b"eyJhbGciOiJub25lIn0..".to_vec(),
        vec![b'a'; 2_000_000],
        [b"{\"a\":\"".as_slice(), &vec![b'x'; 2_000_000], b"\"}"].concat(),
        b"{\"a\":1e999}".to_vec(),
        b"{\"a\":\"\\ud800\"}".to_vec(),
        b"\xef\xbb\xbf{}".to_vec(),
        b"null".to_vec(),
        b"{} {}".to_vec(),
    ];
    for bytes in inputs {
        let before = std::time::Instant::now();
        let report = examine(&examiner, &scene, &bytes);
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(20)]).into_owned();
        assert_eq!(report.verdict(), Verdict::Failed, "{start}");
        assert!(before.elapsed().as_secs() < 5, "{start}");
        assert_eq!(report.checks().len(), Check::ALL.len());
    }
}
