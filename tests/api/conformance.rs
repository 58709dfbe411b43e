//! `POST /credentials/issue`: there only where the conformance issuer is. What the public suites ask of
//! an issuer, in requests of our own.

use crate::app::{Answer, MAX_BODY, Options, TestApp, conformance_issuer, shared};
use serde_json::{Value, json};
use std::sync::OnceLock;

const ISSUE: &str = "/credentials/issue";
const V2: &str = "https://www.w3.org/ns/credentials/v2";
const EXAMPLES: &str = "https://www.w3.org/ns/credentials/examples/v2";

fn app() -> &'static TestApp {
    static APP: OnceLock<TestApp> = OnceLock::new();
    APP.get_or_init(|| TestApp::start(Options { conformance: true, ..Options::default() }))
}

fn did(index: usize) -> String {
    conformance_issuer().dids().nth(index).expect("three keys").to_owned()
}

fn credential() -> Value {
    json!({
        "@context": [V2, EXAMPLES],
        "type": ["VerifiableCredential"],
        "issuer": did(0),
        "credentialSubject": {"id": "did:example:subject", "name": "Wie leert"},
    })
}

fn with(members: Value) -> Value {
    let mut credential = credential();
    for (member, value) in members.as_object().expect("members") {
        credential[member] = value.clone();
    }
    credential
}

fn issue(credential: &Value, options: Value) -> Answer {
    app().post(ISSUE, &json!({"credential": credential, "options": options})).send()
}

fn issued(credential: &Value, options: Value) -> Value {
    let answer = issue(credential, options);
    assert_eq!(answer.status, 201, "{credential}: {}", answer.text());
    answer.json()["verifiableCredential"].clone()
}

fn verified(secured: &Value) -> Answer {
    app().post("/credentials/verify", &json!({"verifiableCredential": secured})).send()
}

fn assert_verified(secured: &Value) {
    let answer = verified(secured);
    assert_eq!(answer.status, 200, "{secured}: {}", answer.text());
}

#[test]
fn without_the_configuration_the_address_is_unknown() {
    for body in [json!({}), json!({"credential": credential()})] {
        let answer = shared().post(ISSUE, &body).send();
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not-found"));
    }
}

#[test]
fn every_suite_signs_what_the_verifier_takes() {
    for (key, suite, length) in [
        (0, None, "eddsa-rdfc-2022"),
        (0, Some("eddsa-rdfc-2022"), "eddsa-rdfc-2022"),
        (0, Some("eddsa-jcs-2022"), "eddsa-jcs-2022"),
        (1, None, "ecdsa-rdfc-2019"),
        (1, Some("ecdsa-jcs-2019"), "ecdsa-jcs-2019"),
        (2, Some("ecdsa-rdfc-2019"), "ecdsa-rdfc-2019"),
    ] {
        let unsigned = with(json!({"issuer": did(key)}));
        let options = suite.map_or(json!({}), |suite| json!({"cryptosuite": suite}));
        let secured = issued(&unsigned, options);
        assert_eq!(secured["proof"]["cryptosuite"], length);
        assert_eq!(secured["proof"]["proofPurpose"], "assertionMethod");
        let method = secured["proof"]["verificationMethod"].as_str().expect("a method");
        assert!(method.starts_with(&format!("{}#", did(key))), "{method}");
        assert_verified(&secured);
        let mut changed = secured.clone();
        changed["credentialSubject"]["name"] = json!("Iemand anders");
        assert_eq!(verified(&changed).status, 400);
    }
    for kind in ["vc+jwt", "EnvelopedVerifiableCredential"] {
        for key in 0..3 {
            let unsigned = with(json!({"issuer": {"id": did(key), "name": "Voorbeeld"}}));
            let envelope = issued(&unsigned, json!({"type": kind}));
            assert_eq!(envelope["type"], "EnvelopedVerifiableCredential");
            assert_verified(&envelope);
        }
    }
}

#[test]
fn a_credential_of_vcdm_1_1_gets_the_context_of_its_proof() {
    let v1 = json!({
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential"],
        "issuer": did(0),
        "issuanceDate": "2020-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:subject"},
    });
    let mut claim = v1.clone();
    claim["credentialSubject"] = json!({});
    let mut two = v1.clone();
    two["@context"] =
        json!(["https://www.w3.org/2018/credentials/v1", {"@vocab": "https://a.example/#"}]);
    two["credentialSubject"]["skill"] = json!("x");
    let secured = issued(&two, json!({}));
    assert_eq!(secured["@context"][2], "https://w3id.org/security/data-integrity/v2");
    assert_verified(&secured);
    // A subject without a claim, a date of the other model, no date.
    assert_eq!(issue(&claim, json!({})).status, 400);
    let mut mixed = two.clone();
    mixed["validFrom"] = json!("2020-01-01T00:00:00Z");
    assert_eq!(issue(&mixed, json!({})).status, 400);
    let mut undated = two.clone();
    undated.as_object_mut().expect("an object").remove("issuanceDate");
    assert_eq!(issue(&undated, json!({})).status, 400);
    assert_eq!(issue(&two, json!({"type": "vc+jwt"})).status, 400);
}

#[test]
fn what_the_data_model_allows_is_signed() {
    let typed = json!({"id": "https://a.example/1", "type": "ExampleThing"});
    let text = json!({"@value": "Naam", "@language": "nl", "@direction": "ltr"});
    for members in [
        json!({"id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33"}),
        json!({"issuer": {"id": did(0), "name": "Voorbeeld", "description": [text]}}),
        json!({"type": ["ExampleCredential", "VerifiableCredential"]}),
        json!({"type": ["VerifiableCredential", "https://a.example/Type"]}),
        json!({"name": "Naam", "description": text}),
        json!({"name": [text, {"@value": "Name", "@language": "en"}]}),
        json!({"credentialSubject": [{"name": "a"}, {"id": "did:example:b", "name": "b"}]}),
        json!({"validFrom": "2020-01-01T00:00:00.123Z", "validUntil": "2120-01-01T00:00:00+02:00"}),
        json!({"validFrom": "2120-01-01T00:00:00Z"}),
        json!({"credentialStatus": typed}),
        json!({"credentialSubject": {"id": "did:example:a"}}),
        json!({"credentialSchema": [typed, typed]}),
        json!({"termsOfUse": {"type": "ExamplePolicy"}, "evidence": [typed]}),
        json!({"refreshService": typed}),
        json!({"@context": [V2, {"own": "https://a.example/own"}], "own": "x"}),
        json!({"relatedResource": {"id": "https://a.example/r", "digestSRI": "sha384-AAAA"}}),
    ] {
        let secured = issued(&with(members), json!({}));
        assert_eq!(secured["proof"]["type"], "DataIntegrityProof");
    }
    assert_verified(&issued(
        &with(json!({"@context": [V2, {"own": "https://a.example/own"}], "own": "x"})),
        json!({}),
    ));
}

#[test]
fn what_the_data_model_forbids_is_400() {
    let secured = issued(&credential(), json!({}));
    let without = |member: &str| {
        let mut without = credential();
        without.as_object_mut().expect("an object").remove(member);
        without
    };
    let undefined = with(json!({"@context": [V2], "undefinedTerm": "x"}));
    let cases = [
        secured,
        without("@context"),
        without("type"),
        without("issuer"),
        without("credentialSubject"),
        undefined,
        with(json!({"@context": V2})),
        with(json!({"@context": [EXAMPLES, V2]})),
        with(json!({"@context": [V2, 7]})),
        with(json!({"@context": [V2, null]})),
        with(json!({"@context": [V2, "https://a.example/unknown"]})),
        with(json!({"@context": [V2, {"@base": "https://a.example/"}]})),
        with(json!({"@context": [V2, {"name": "https://a.example/name"}]})),
        with(json!({"@context": [V2, {"type": "https://a.example/type"}]})),
        with(json!({"@context": [V2, {"own": "own"}], "own": "x"})),
        with(json!({"type": ["ExampleCredential"]})),
        with(json!({"type": []})),
        with(json!({"@context": [V2], "type": ["VerifiableCredential", "Unmapped"]})),
        with(json!({"id": "no url"})),
        with(json!({"id": null})),
        with(json!({"id": ["urn:a:1", "urn:a:2"]})),
        with(json!({"issuer": "did:example:other"})),
        with(json!({"issuer": {"name": "Voorbeeld"}})),
        with(json!({"issuer": null})),
        with(json!({"issuer": [did(0)]})),
        with(json!({"credentialSubject": {}})),
        with(json!({"credentialSubject": []})),
        with(json!({"credentialSubject": [{"name": "a"}, {}]})),
        with(json!({"credentialSubject": {"id": "a b", "name": "a"}})),
        with(json!({"credentialSubject": "did:example:a"})),
        with(json!({"validFrom": "2020-01-01"})),
        with(json!({"validUntil": "2020-13-01T00:00:00Z"})),
        with(json!({"validFrom": "2021-01-01T00:00:00Z", "validUntil": "2020-01-01T00:00:00Z"})),
        with(json!({"name": {"@value": "a", "extra": "b"}})),
        with(json!({"name": {"@language": "nl"}})),
        with(json!({"description": 7})),
        with(json!({"issuer": {"id": did(0), "name": {"@value": "a", "url": "b"}}})),
        with(json!({"credentialStatus": {"id": "https://a.example/1"}})),
        with(json!({"credentialStatus": {"id": "no url", "type": "ExampleStatus"}})),
        with(json!({"credentialStatus": {"type": "BitstringStatusListEntry"}})),
        with(json!({"credentialSchema": {"type": "JsonSchema"}})),
        with(json!({"credentialSchema": {"id": "https://a.example/1"}})),
        with(json!({"credentialSchema": {"id": "no url", "type": "JsonSchema"}})),
        with(json!({"termsOfUse": {"id": "https://a.example/1"}})),
        with(json!({"evidence": [{"id": "https://a.example/1"}]})),
        with(json!({"refreshService": {"id": "https://a.example/1"}})),
        with(json!({"relatedResource": {"digestSRI": "sha384-AAAA"}})),
        with(json!({"relatedResource": {"id": "https://a.example/r"}})),
        with(json!({"relatedResource": [
            {"id": "https://a.example/r", "digestSRI": "sha384-AAAA"},
            {"id": "https://a.example/r", "digestSRI": "sha384-AAAA"},
        ]})),
        with(json!({"relatedResource": {"id": V2, "digestSRI": "sha384-AAAA"}})),
        with(json!({"vc": {}, "@context": [V2]})),
    ];
    for (index, credential) in cases.iter().enumerate() {
        let answer = issue(credential, json!({}));
        assert_eq!(answer.status, 400, "{index}: {credential}: {}", answer.text());
        assert_eq!(answer.json()["status"], 400);
    }
}

#[test]
fn options_are_read_strictly() {
    for options in [
        json!([]),
        json!({"cryptosuite": "eddsa-2022"}),
        json!({"cryptosuite": "ecdsa-sd-2023"}),
        json!({"cryptosuite": "ecdsa-rdfc-2019"}),
        json!({"cryptosuite": 1}),
        json!({"type": "Ed25519Signature2020"}),
        json!({"credentialId": 1}),
        json!({"mandatoryPointers": ["/issuer"]}),
        json!({"domain": "a.example"}),
    ] {
        let answer = issue(&credential(), options.clone());
        assert_eq!(answer.status, 400, "{options}: {}", answer.text());
    }
    let id = "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33";
    let named = with(json!({"id": id}));
    assert_eq!(issue(&named, json!({"credentialId": id})).status, 201);
    assert_eq!(issue(&named, json!({"credentialId": "urn:a:b"})).status, 400);
    for body in [json!({}), json!([]), json!({"credential": []}), json!({"credential": {}, "x": 1})]
    {
        assert_eq!(app().post(ISSUE, &body).send().status, 400, "{body}");
    }
    let large = vec![b' '; MAX_BODY + 1];
    let send = |kind: &str, body: Vec<u8>| app().call("POST", ISSUE).body(kind, body).send().status;
    assert_eq!(send("application/json", large), 413);
    assert_eq!(send("text/plain", b"{}".to_vec()), 415);
    assert_eq!(send("application/json", b"{".to_vec()), 400);
    assert_eq!(app().get(ISSUE).send().status, 405);
}

#[test]
fn whose_key_it_is_is_told_and_decides_unless_only_the_proof_is_asked() {
    // Signed by one of the keys in the name of another.
    let mut secured = issued(&credential(), json!({"cryptosuite": "eddsa-jcs-2022"}));
    let check = |secured: &Value, options: Value| {
        let body = json!({"verifiableCredential": secured, "options": options});
        app().post("/credentials/verify", &body).send()
    };
    assert_eq!(check(&secured, json!({"checks": ["proof"]})).status, 200);
    secured["issuer"] = json!(did(1));
    assert_eq!(check(&secured, json!({})).status, 400);
    assert_eq!(check(&secured, json!({"checks": ["proof"]})).status, 400, "the signature is wrong");
}

const STATUS: &str = "/credentials/status";

fn update(id: &str, entry: &Value, status: bool) -> Answer {
    let body = json!({"credentialId": id, "credentialStatus": entry, "status": status});
    app().post(STATUS, &body).send()
}

#[test]
fn a_status_is_given_changed_and_told() {
    let asked = json!([
        {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"},
        {"type": "BitstringStatusListEntry", "statusPurpose": "suspension"},
    ]);
    for key in 0..3 {
        let id = format!("urn:example:status-{key}");
        let members = json!({"id": id, "issuer": did(key), "credentialStatus": asked});
        let secured = issued(&with(members), json!({}));
        let entries = secured["credentialStatus"].as_array().expect("two").clone();
        assert_verified(&secured);
        for entry in &entries {
            let list = entry["statusListCredential"].as_str().expect("an address");
            let path = &list[list.find("/status/").expect("ours")..];
            let answer = app().get(path).send();
            assert_eq!((answer.status, answer.json()["issuer"].as_str()), (200, Some(&*did(key))));
            let named = json!({
                "type": "BitstringStatusListEntry",
                "statusPurpose": entry["statusPurpose"],
            });
            let changed = update(&id, &named, true);
            assert_eq!(changed.status, 200, "{}", changed.text());
            let answer = verified(&secured);
            assert_eq!(answer.status, 400);
            let results = answer.json();
            assert_eq!(results["verified"], false);
            // By its place, and back.
            assert_eq!(update(&id, entry, false).status, 200);
            assert_verified(&secured);
        }
        // A second credential with the same id has places of its own.
        let members = json!({"id": id, "issuer": did(key), "credentialStatus": asked});
        let second = issued(&with(members), json!({}));
        let ambiguous = json!({
            "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        });
        assert_eq!(update(&id, &ambiguous, true).status, 400);
        assert_eq!(update(&id, &second["credentialStatus"][0], true).status, 200);
        assert_verified(&secured);
        assert_eq!(verified(&second).status, 400);
    }
}

#[test]
fn what_has_no_place_here_has_no_status_to_change() {
    let entry = json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation"});
    let unknown = update("urn:example:never", &entry, true);
    assert_eq!((unknown.status, unknown.problem().as_str()), (404, "not-found"));
    let elsewhere = with(json!({"id": "urn:example:elsewhere", "credentialStatus": {
        "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": "1", "statusListCredential": "https://other.example/1",
    }}));
    let secured = issued(&elsewhere, json!({}));
    assert_eq!(secured["credentialStatus"], elsewhere["credentialStatus"]);
    assert_eq!(update("urn:example:elsewhere", &entry, true).status, 404);
    assert_eq!(app().get("/status/conformance-9-revocation").send().status, 404);
    let body = json!({"credentialId": "a", "credentialStatus": entry, "status": true});
    let without = shared().post(STATUS, &body).send();
    assert_eq!((without.status, without.problem().as_str()), (404, "not-found"));
    assert_eq!(shared().get("/status/conformance-0-revocation").send().status, 404);
}

#[test]
fn a_change_of_status_is_read_strictly() {
    let good = json!({
        "credentialId": "urn:example:a",
        "credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"},
        "status": true,
    });
    for (pointer, value) in [
        ("/credentialId", json!(1)),
        ("/status", json!("true")),
        ("/credentialStatus", json!([])),
        ("/credentialStatus/type", json!("StatusList2021Entry")),
        ("/credentialStatus/statusPurpose", json!(null)),
    ] {
        let mut body = good.clone();
        *body.pointer_mut(pointer).expect("there") = value;
        let answer = app().post(STATUS, &body).send();
        assert_eq!(answer.status, 400, "{pointer}: {}", answer.text());
        assert_eq!(answer.json()["pointer"], pointer);
    }
    for member in ["/surplus", "/credentialStatus/surplus"] {
        let mut body = good.clone();
        let (parent, name) = member.rsplit_once('/').expect("a pointer");
        body.pointer_mut(parent).expect("there")[name] = json!(1);
        assert_eq!(app().post(STATUS, &body).send().status, 400, "{member}");
    }
}
