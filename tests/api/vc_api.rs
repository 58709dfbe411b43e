//! `POST /credentials/verify` and `POST /presentations/verify`, as clients of VCALM ask.

use crate::app::{Answer, MAX_BODY, shared};
use serde_json::{Value, json};

const CREDENTIALS: &str = "/credentials/verify";
const PRESENTATIONS: &str = "/presentations/verify";

fn issued() -> Value {
    serde_json::from_slice(&shared().issued().1).expect("JSON")
}

/// A presentation that another program signed for the challenge `c-1` and `verifier.example`.
fn presented() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/others-presentation.json");
    let case: Value = serde_json::from_slice(&std::fs::read(path).expect("a case")).expect("JSON");
    case["document"].clone()
}

fn ask(path: &str, body: &Value) -> Answer {
    shared().post(path, body).send()
}

/// The names of the problems.
fn problems(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    let listed = body["problemDetails"].as_array().expect("problems");
    let name = |problem: &Value| {
        let uri = problem["type"].as_str().expect("a type");
        uri.rsplit(['#', '/', ':']).next().expect("a name").to_owned()
    };
    listed.iter().map(name).collect()
}

#[test]
fn a_certificate_is_verified_and_each_part_is_told() {
    let credential = issued();
    let answer = ask(CREDENTIALS, &json!({"verifiableCredential": credential}));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let body = answer.json();
    assert_eq!((&body["verified"], &body["problemDetails"]), (&json!(true), &json!([])));
    let results = &body["results"];
    assert_eq!(results["validFrom"], json!({"verified": true, "input": credential["validFrom"]}));
    assert_eq!(results["credentialSchema"], json!([]));
    let input = &credential["credentialStatus"];
    assert_eq!(
        results["credentialStatus"],
        json!([{"verified": true, "value": 0, "input": input}])
    );
    assert_eq!(results["proof"], json!([{"verified": true, "input": credential["proof"]}]));
    assert_eq!(body["credential"], credential);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[test]
fn the_client_chooses_what_comes_back() {
    let credential = issued();
    let options = json!({
        "returnResults": false, "returnProblemDetails": false, "returnCredential": false,
        "checks": ["proof"], "type": "VerifiableCredential", "cryptosuite": "eddsa-rdfc-2022",
    });
    let body = json!({"verifiableCredential": credential, "options": options});
    let answer = shared()
        .call("POST", CREDENTIALS)
        .body("application/ld+json; charset=utf-8", body.to_string().into_bytes())
        .send();
    assert_eq!((answer.status, answer.json()), (200, json!({"verified": true})));
}

#[test]
fn what_is_not_verified_is_400_with_the_result() {
    let good = issued();
    let changed = |pointer: &str, value: Value| {
        let mut changed = good.clone();
        *changed.pointer_mut(pointer).expect("it is there") = value;
        changed
    };
    let without = |member: &str| {
        let mut without = good.clone();
        without.as_object_mut().expect("an object").remove(member);
        without
    };
    let with = |member: &str, value: Value| {
        let mut with = good.clone();
        with[member] = value;
        with
    };
    let cases = [
        (changed("/credentialSubject/achievement/name", json!("x")), "PROOF_VERIFICATION_ERROR"),
        (changed("/proof/proofValue", json!("z1")), "PROOF_VERIFICATION_ERROR"),
        (changed("/proof/proofPurpose", json!("authentication")), "PROOF_VERIFICATION_ERROR"),
        (without("proof"), "PROOF_VERIFICATION_ERROR"),
        (without("type"), "MALFORMED_VALUE_ERROR"),
        (without("issuer"), "MALFORMED_VALUE_ERROR"),
        (without("credentialSubject"), "MALFORMED_VALUE_ERROR"),
        (changed("/type", json!(["VerifiablePresentation"])), "MALFORMED_VALUE_ERROR"),
        (changed("/id", json!("not a url")), "MALFORMED_VALUE_ERROR"),
        (changed("/id", json!(null)), "MALFORMED_VALUE_ERROR"),
        (changed("/issuer", json!("did example")), "MALFORMED_VALUE_ERROR"),
        (changed("/validFrom", json!("2026-02-31T00:00:00Z")), "MALFORMED_VALUE_ERROR"),
        (changed("/@context/0", json!("https://a.example/v2")), "MALFORMED_VALUE_ERROR"),
        (with("termsOfUse", json!({"id": "https://a.example/"})), "MALFORMED_VALUE_ERROR"),
        (with("credentialSchema", json!({"type": "JsonSchema"})), "MALFORMED_VALUE_ERROR"),
        (with("relatedResource", json!([{"id": "https://a.example/"}])), "MALFORMED_VALUE_ERROR"),
        (with("evidence", json!("x")), "MALFORMED_VALUE_ERROR"),
        (with("undefinedTerm", json!("x")), "DATA_LOSS_DETECTION_ERROR"),
        (with("credentialStatuses", json!({"type": "X"})), "DATA_LOSS_DETECTION_ERROR"),
        (json!({}), "MALFORMED_VALUE_ERROR"),
        (json!({"type": "VerifiableCredential"}), "MALFORMED_VALUE_ERROR"),
    ];
    for (credential, named) in cases {
        for options in [json!({}), json!({"checks": ["proof"]})] {
            let body = json!({"verifiableCredential": credential, "options": options});
            let answer = ask(CREDENTIALS, &body);
            assert_eq!(answer.status, 400, "{named}: {credential}");
            assert_eq!(answer.json()["verified"], false, "{named}");
            let found = problems(&answer);
            assert!(!found.is_empty(), "{named}: {credential}");
            let fits = found.iter().any(|name| name == named) || named == "MALFORMED_VALUE_ERROR";
            assert!(fits, "{named} is not in {found:?}: {credential}");
        }
    }
}

#[test]
fn a_revoked_certificate_is_not_verified_and_its_bit_is_told() {
    let app = shared();
    let (uuid, bytes) = app.issued();
    let change = json!({"action": "revoke", "reason": "issued-in-error"});
    let answer = app.change(&uuid, &change);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let credential: Value = serde_json::from_slice(&bytes).expect("JSON");
    let answer = ask(CREDENTIALS, &json!({"verifiableCredential": credential}));
    assert_eq!(answer.status, 400);
    let status = &answer.json()["results"]["credentialStatus"][0];
    assert_eq!((&status["verified"], &status["value"]), (&json!(false), &json!(1)));
    assert_eq!(problems(&answer), ["revoked"]);
}

#[test]
fn what_could_not_be_checked_is_not_verified() {
    let text = issued().to_string();
    let foreign = text.replace("badges.voorbeeld-hogeschool.example", "badges.elsewhere.example");
    let credential: Value = serde_json::from_str(&foreign).expect("JSON");
    let answer = ask(CREDENTIALS, &json!({"verifiableCredential": credential}));
    assert_eq!((answer.status, answer.json()["verified"].clone()), (400, json!(false)));
    assert!(problems(&answer).contains(&"key-unreachable".to_owned()), "{:?}", problems(&answer));
}

#[test]
fn a_presentation_is_verified_with_all_that_it_contains() {
    let presentation = presented();
    let options = json!({"challenge": "c-1", "domain": "verifier.example"});
    let body = json!({"verifiablePresentation": presentation, "options": options});
    let answer = ask(PRESENTATIONS, &body);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let body = answer.json();
    let results = &body["results"];
    assert_eq!(results["presentation"]["challenge"], json!({"verified": true, "input": "c-1"}));
    assert_eq!(
        results["presentation"]["domain"],
        json!({"verified": true, "input": ["verifier.example"]})
    );
    assert_eq!(
        results["presentation"]["holder"],
        json!({"verified": true, "input": presentation["holder"]})
    );
    let each = results["credentials"].as_array().expect("credentials");
    assert_eq!(each.len(), 2);
    assert!(each.iter().all(|one| one["verified"] == true), "{each:?}");
    assert_eq!(body["presentation"], presentation);
    assert!(body.get("type").is_none(), "a good answer is no problem");

    let unsigned = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [issued()],
    });
    let answer = ask(PRESENTATIONS, &json!({"presentation": unsigned}));
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[test]
fn a_presentation_that_does_not_fit_is_400() {
    let good = presented();
    let mut changed = good.clone();
    changed["verifiableCredential"][1]["name"] = json!("Iemand anders");
    let mut holder = good.clone();
    holder["holder"] = json!("did:example:b");
    let mut text = good.clone();
    text["verifiableCredential"] = json!(["https://a.example/1"]);
    let mut bare = good.clone();
    bare.as_object_mut().expect("an object").remove("proof");
    let mut purpose = good.clone();
    purpose["proof"]["proofPurpose"] = json!("assertionMethod");
    let signed = "verifiablePresentation";
    let asked = json!({"challenge": "c-1", "domain": ["verifier.example"]});
    let cases = [
        (signed, &good, json!({"challenge": "c-2"}), "INVALID_CHALLENGE_ERROR"),
        (signed, &good, json!({"domain": "other.example"}), "INVALID_DOMAIN_ERROR"),
        (signed, &good, json!({"domain": ["verifier.example", "b"]}), "INVALID_DOMAIN_ERROR"),
        (signed, &changed, asked.clone(), "PROOF_VERIFICATION_ERROR"),
        (signed, &holder, asked.clone(), "PROOF_VERIFICATION_ERROR"),
        (signed, &purpose, asked.clone(), "PROOF_VERIFICATION_ERROR"),
        (signed, &text, asked.clone(), "DATA_LOSS_DETECTION_ERROR"),
        (signed, &bare, json!({}), "PROOF_VERIFICATION_ERROR"),
        (signed, &bare, asked.clone(), "PROOF_VERIFICATION_ERROR"),
        ("presentation", &good, json!({}), "MALFORMED_VALUE_ERROR"),
        ("presentation", &bare, asked, "PROOF_VERIFICATION_ERROR"),
    ];
    for (member, presentation, options, named) in cases {
        let answer = ask(PRESENTATIONS, &json!({member: presentation, "options": options}));
        assert_eq!(answer.status, 400, "{named}");
        let body = answer.json();
        assert_eq!((&body["verified"], &body["status"]), (&json!(false), &json!(400)), "{named}");
        assert_eq!(body["type"], body["problemDetails"][0]["type"], "{named}");
        let found = problems(&answer);
        assert!(found.iter().any(|name| name == named), "{named} is not in {found:?}");
    }
    let answer = ask(PRESENTATIONS, &json!({signed: issued()}));
    assert_eq!((answer.status, problems(&answer)[0].as_str()), (400, "MALFORMED_VALUE_ERROR"));
    let answer = ask(CREDENTIALS, &json!({"verifiableCredential": good}));
    assert_eq!((answer.status, problems(&answer)[0].as_str()), (400, "MALFORMED_VALUE_ERROR"));
}

#[test]
fn a_request_is_read_strictly() {
    let credential = issued();
    let cases = [
        (json!({}), "MALFORMED_VALUE_ERROR"),
        (json!([]), "PARSING_ERROR"),
        (json!({"verifiableCredential": "a.b.c"}), "MALFORMED_VALUE_ERROR"),
        (json!({"verifiableCredential": [credential]}), "MALFORMED_VALUE_ERROR"),
        (json!({"verifiableCredential": credential, "option": {}}), "MALFORMED_VALUE_ERROR"),
        (json!({"verifiableCredential": credential, "options": []}), "MALFORMED_VALUE_ERROR"),
        (
            json!({"verifiableCredential": credential, "options": {"check": ["proof"]}}),
            "UNKNOWN_OPTION_PROVIDED",
        ),
        (
            json!({"verifiableCredential": credential, "options": {"challenge": "c"}}),
            "UNKNOWN_OPTION_PROVIDED",
        ),
        (
            json!({"verifiableCredential": credential, "options": {"checks": "proof"}}),
            "MALFORMED_VALUE_ERROR",
        ),
        (
            json!({"verifiableCredential": credential, "options": {"returnResults": "yes"}}),
            "MALFORMED_VALUE_ERROR",
        ),
    ];
    for (body, named) in cases {
        let answer = ask(CREDENTIALS, &body);
        assert_eq!((answer.status, problems(&answer)), (400, vec![named.to_owned()]), "{body}");
    }
    for options in [json!({"domain": []}), json!({"domain": [1]}), json!({"challenge": 1})] {
        let body = json!({"verifiablePresentation": presented(), "options": options});
        let answer = ask(PRESENTATIONS, &body);
        assert_eq!((answer.status, problems(&answer)[0].as_str()), (400, "MALFORMED_VALUE_ERROR"));
    }
    for broken in [&b""[..], b"{", b"{\"options\":{},\"options\":{}}", b"\xff"] {
        for path in [CREDENTIALS, PRESENTATIONS] {
            let call = shared().call("POST", path).body("application/json", broken.to_vec());
            let answer = call.send();
            assert_eq!((answer.status, problems(&answer)), (400, vec!["PARSING_ERROR".to_owned()]));
        }
    }
}

#[test]
fn the_front_refuses_what_it_refuses_everywhere() {
    let app = shared();
    for path in [CREDENTIALS, PRESENTATIONS] {
        let large = vec![b' '; MAX_BODY + 1];
        assert_eq!(app.call("POST", path).body("application/json", large).send().status, 413);
        let other = app.call("POST", path).body("text/plain", b"{}".to_vec()).send();
        assert_eq!(other.status, 415);
        let call = app.call("POST", path).body("application/json", b"{}".to_vec());
        assert_eq!(call.header("content-encoding", "gzip").send().status, 415);
        for method in ["GET", "PUT", "DELETE"] {
            assert_eq!(app.call(method, path).send().status, 405, "{method} {path}");
        }
        assert_eq!(app.call("OPTIONS", path).send().status, 204);
    }
}
