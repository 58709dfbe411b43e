//! Attempts to have something said that was not verified: other spellings of what was signed, names
//! that resemble the right ones, headers and entries of odd forms, knowledge that is out of date.

use super::examination::{Scene, good, issuer_of, patch};
use super::signers::TestSigner;
use super::{examine, examiner, statements};
use bewijs::proof::Signer;
use bewijs::verification::{Check, Outcome, Report, Verdict};
use serde_json::{Map, Value, json};

/// The same statements, another spelling: what verification reads by name must still be found, or
/// the document refused.
#[test]
fn a_signed_document_that_is_spelled_otherwise_is_not_verified() {
    const CRED: &str = "https://www.w3.org/2018/credentials#";
    type Respelling = Box<dyn Fn(&mut Value)>;
    let rename = |pointer: &'static str, from: &'static str, to: String| -> Respelling {
        Box::new(move |document: &mut Value| {
            let members = document.pointer_mut(pointer).expect("a place").as_object_mut();
            let members = members.expect("an object");
            let value = members.shift_remove(from).expect(from);
            members.insert(to.clone(), value);
        })
    };
    let typed = |from: &'static str| -> Respelling {
        Box::new(move |document: &mut Value| {
            let members = document.as_object_mut().expect("an object");
            let value = members.shift_remove(from).expect(from);
            let datatype = "http://www.w3.org/2001/XMLSchema#dateTime";
            members.insert(format!("{CRED}{from}"), json!({"@value": value, "@type": datatype}));
        })
    };
    let status = "https://www.w3.org/ns/credentials/status#";
    let badge = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#";
    let respellings: Vec<(&str, Respelling)> = vec![
        ("status under its IRI", rename("", "credentialStatus", format!("{CRED}credentialStatus"))),
        ("end under its IRI", typed("validUntil")),
        ("start under its IRI", typed("validFrom")),
        ("@id of the document", rename("", "id", "@id".to_owned())),
        ("@type of the document", rename("", "type", "@type".to_owned())),
        ("@id of the status", rename("/credentialStatus", "id", "@id".to_owned())),
        ("@id of the issuer", rename("/issuer", "id", "@id".to_owned())),
        (
            "purpose under its IRI",
            rename("/credentialStatus", "statusPurpose", format!("{status}statusPurpose")),
        ),
        ("name under its IRI", rename("/issuer", "name", "https://schema.org/name".to_owned())),
        (
            "type of badge by IRI",
            Box::new(move |document| {
                document["type"] =
                    json!(["VerifiableCredential", format!("{badge}OpenBadgeCredential")]);
            }),
        ),
        (
            "content as a set",
            Box::new(|document| {
                document["credentialStatus"] = json!({"@set": [document["credentialStatus"]]});
            }),
        ),
        (
            "status as a list within a list",
            Box::new(|document| {
                document["credentialStatus"] = json!([[document["credentialStatus"]]]);
            }),
        ),
        (
            "everything in a graph",
            Box::new(|document| {
                let mut inner = document.clone();
                let members = inner.as_object_mut().expect("an object");
                let context = members.shift_remove("@context");
                let proof = members.shift_remove("proof");
                *document = json!({"@context": context, "@graph": [inner], "proof": proof});
            }),
        ),
    ];
    let scene = Scene::of(&json!({"before": [["add", "/validUntil", "2027-01-01T00:00:00Z"]]}));
    let examiner = examiner();
    let signed: Value = serde_json::from_slice(&scene.bytes).expect("JSON");
    assert_eq!(examine(&examiner, &scene, &scene.bytes).verdict(), Verdict::Verified);
    let mut open = Vec::new();
    let mut same = 0;
    for (name, respell) in respellings {
        let mut changed = signed.clone();
        respell(&mut changed);
        same += usize::from(statements(&changed) == statements(&signed));
        let report = examine(&examiner, &scene, changed.to_string().as_bytes());
        if report.verdict() == Verdict::Verified {
            open.push(name);
        }
    }
    assert!(same >= 9, "only {same} respellings say the same");
    assert!(open.is_empty(), "verified all the same: {open:?}");
}

/// One node may stand in several places. What decides about the document counts only where it is
/// looked for.
#[test]
fn what_is_said_of_the_document_in_another_place_is_refused() {
    let id = "urn:uuid:3d2f1b06-0000-4000-8000-000000000001";
    let evidence = json!({"id": id, "type": ["VerifiableCredential"]});
    let status = json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": "7", "statusListCredential": "https://a.example/1"});
    let scene = Scene::of(&json!({
        "base": "plain",
        "before": [
            ["add", "/evidence", evidence],
            ["add", "/credentialStatus", status],
            ["add", "/validUntil", "2026-02-01T00:00:00Z"],
        ],
    }));
    let signed: Value = serde_json::from_slice(&scene.bytes).expect("JSON");
    assert_eq!(examine(&examiner(), &scene, &scene.bytes).verdict(), Verdict::Failed);
    let mut moved = signed.clone();
    for member in ["credentialStatus", "validUntil"] {
        let value = moved.as_object_mut().expect("an object").shift_remove(member).expect(member);
        moved["evidence"][member] = value;
    }
    assert_eq!(statements(&moved), statements(&signed), "the signature holds");
    let report = examine(&examiner(), &scene, moved.to_string().as_bytes());
    assert_eq!(report.verdict(), Verdict::Failed);
    let problem = report.check(Check::Conformance).problem.as_ref().expect("a reason");
    assert!(problem.r#type.ends_with("MALFORMED_VALUE_ERROR"), "{}", problem.r#type);
}

/// A list is read by name as well: respelled, an old one would be young and another one this one.
#[test]
fn a_list_that_is_spelled_otherwise_is_not_believed() {
    let url = "https://badges.voorbeeld-hogeschool.example/status/r1";
    for (member, spelled) in [
        ("id", "@id"),
        ("validUntil", "https://www.w3.org/2018/credentials#validUntil"),
        ("validFrom", "https://www.w3.org/2018/credentials#validFrom"),
    ] {
        let mut scene = good();
        let list = scene.world.lists.get_mut(url).expect("a list").as_mut().expect("an answer");
        let signed: Value = serde_json::from_slice(&list.bytes).expect("JSON");
        let mut changed = signed.clone();
        let members = changed.as_object_mut().expect("an object");
        let mut value = members.shift_remove(member).expect(member);
        if member != "id" {
            let datatype = "http://www.w3.org/2001/XMLSchema#dateTime";
            value = json!({"@value": value, "@type": datatype});
        }
        members.insert(spelled.to_owned(), value);
        assert_eq!(statements(&changed), statements(&signed), "the signature holds");
        list.bytes = changed.to_string().into_bytes().into();
        let report = scene.examine(&examiner());
        assert_eq!(report.check(Check::Status).outcome, Outcome::Indeterminate, "{spelled}");
        assert_eq!(report.verdict(), Verdict::Indeterminate, "{spelled}");
    }
}

#[test]
fn a_key_document_that_could_not_be_had_anew_verifies_nothing() {
    let mut scene = good();
    scene.world.stale_documents = true;
    let report = scene.examine(&examiner());
    assert_eq!(report.check(Check::VerificationMethod).outcome, Outcome::Indeterminate);
    assert_eq!(report.verdict(), Verdict::Indeterminate);
    let json = serde_json::to_value(&report).expect("JSON");
    assert_eq!(json["evidence"][0]["stale"], true, "it is said what was looked at");
}

/// A test issuer's name may be written with a language, or stand where the issuer is the creator.
#[test]
fn a_test_issuer_is_told_wherever_its_name_stands() {
    let named = json!([
        ["replace", "/issuer/name", "TEST – Voorbeeld"],
        ["replace", "/credentialSubject/achievement/creator/name", "TEST – Voorbeeld"]
    ]);
    let scene = Scene::of(&json!({"before": named}));
    let signed: Value = serde_json::from_slice(&scene.bytes).expect("JSON");
    let mut moved = signed.clone();
    moved["issuer"].as_object_mut().expect("an object").shift_remove("name").expect("a name");
    let mut wrapped = signed.clone();
    wrapped["issuer"]["name"] = json!({"@value": "TEST – Voorbeeld"});
    for document in [&signed, &moved, &wrapped] {
        assert_eq!(statements(document), statements(&signed), "the signature holds");
        let report = examine(&examiner(), &scene, document.to_string().as_bytes());
        assert_eq!(report.check(Check::Test).outcome, Outcome::Fail);
    }
}

/// What was found right once is not right for ever.
#[test]
fn a_list_whose_proof_ends_is_not_believed_beyond_its_end() {
    let end = "2026-03-01T12:00:30Z";
    let scene = Scene::of(&json!({"list": {"sign": {
        "suite": "eddsa-jcs-2022", "expires": end, "created": "2026-02-28T00:00:00Z",
    }}}));
    let examiner = examiner();
    assert_eq!(scene.examine(&examiner).verdict(), Verdict::Verified);
    let later = scene.now.plus_seconds(60);
    let report = examiner.examine(&scene.bytes, None, &scene.world, later);
    assert_eq!(report.check(Check::Status).outcome, Outcome::Indeterminate);
}

/// Whatever says the same to RDF is refused or read as the same: nothing that a report or a page
/// says rests on a spelling that the signature does not cover.
#[test]
fn what_says_the_same_to_rdf_is_refused_or_read_the_same() {
    let names = [
        "https://www.w3.org/2018/credentials#",
        "https://www.w3.org/ns/credentials/status#",
        "https://w3id.org/security#",
        "https://schema.org/",
        "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
    ];
    let examiner = examiner();
    let (mut respelled, mut verified) = (0, 0);
    for base in ["mc1"] {
        let scene = Scene::of(&json!({"base": base}));
        let signed: Value = serde_json::from_slice(&scene.bytes).expect("JSON");
        let said = statements(&signed);
        let shown = shown(&examiner.examine(&scene.bytes, None, &scene.world, scene.now));
        let mut places = Vec::new();
        members(&signed, String::new(), &mut places);
        for (parent, member) in places {
            let mut documents = Vec::new();
            let mut change = |to: Option<&str>, value: &dyn Fn(Value) -> Value| {
                let mut changed = signed.clone();
                let object = changed.pointer_mut(&parent).expect("a place").as_object_mut();
                let object = object.expect("an object");
                let old = object.shift_remove(&member).expect("a member");
                if let Some(to) = to {
                    object.insert(to.to_owned(), value(old));
                }
                documents.push((to.map(str::to_owned), changed));
            };
            change(None, &|value| value);
            for name in names {
                change(Some(&format!("{name}{member}")), &|value| value);
            }
            change(Some(&format!("@{member}")), &|value| value);
            change(Some(&member), &|value| json!([value]));
            change(Some(&member), &|value| json!([value, value]));
            change(Some(&member), &|value| json!({"@value": value}));
            change(Some(&member), &|value| json!({"@set": [value]}));
            change(Some(&member), &|value| json!({"id": value}));
            change(Some(&member), &|value| match value {
                Value::Array(mut items) if items.len() == 1 => items.remove(0),
                Value::Array(items) => items.into_iter().rev().collect(),
                Value::String(text) => text.parse::<f64>().map_or(json!([[text]]), |n| json!(n)),
                other => json!(other.to_string()),
            });
            for (to, changed) in documents {
                if statements(&changed) != said {
                    continue;
                }
                respelled += 1;
                let bytes = changed.to_string();
                let report = examiner.examine(bytes.as_bytes(), None, &scene.world, scene.now);
                if report.verdict() == Verdict::Verified {
                    verified += 1;
                    assert_eq!(self::shown(&report), shown, "{base}: {parent}/{member} as {to:?}");
                }
            }
        }
    }
    assert!(respelled > 400 && verified > 15, "{respelled}, {verified}");
}

/// What a page shows, and every outcome. Order and repetition mean nothing, to RDF and here.
fn shown(report: &Report) -> Value {
    fn as_sets(value: Value) -> Value {
        match value {
            Value::Array(items) => {
                let mut items: Vec<Value> = items.into_iter().map(as_sets).collect();
                items.sort_by_key(Value::to_string);
                items.dedup();
                Value::Array(items)
            }
            Value::Object(members) => {
                members.into_iter().map(|(name, value)| (name, as_sets(value))).collect()
            }
            other => other,
        }
    }
    let view = report.document().map(|document| bewijs::profile::read(document));
    let report = serde_json::to_value(report).expect("JSON");
    let members = ["verdict", "state", "status", "credential", "checks"];
    let said = members.map(|member| (member.to_owned(), report[member].clone()));
    as_sets(json!({"view": view, "report": said.into_iter().collect::<Map<String, Value>>()}))
}

/// Every member of every object: where, and its name. The context and the proof aside.
fn members(value: &Value, pointer: String, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(object) => {
            for (member, value) in object {
                if matches!(member.as_str(), "@context" | "proof") {
                    continue;
                }
                found.push((pointer.clone(), member.clone()));
                members(value, format!("{pointer}/{member}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                members(item, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Names of keys and lists that are not quite theirs.
#[test]
fn names_that_only_resemble_the_right_one_verify_nothing() {
    let issuer = "did:web:badges.voorbeeld-hogeschool.example:issuers:voorbeeld-hogeschool";
    let real = issuer_of(&serde_json::from_slice(&good().bytes).expect("JSON"));
    assert!(real.starts_with("did:web:"), "{issuer} {real}");
    let key = TestSigner::ed25519(&[1; 32]);
    let multikey = key.public_key().to_multikey().expect("Ed25519");
    let upper = real.to_ascii_uppercase().replace("DID:WEB:", "did:web:");
    let methods = [
        format!("{real}#{multikey}#"),
        format!("{real}##{multikey}"),
        format!("{real}#{multikey} "),
        format!("{real}?a=b#{multikey}"),
        format!("{real}/#{multikey}"),
        format!("{real}%20#{multikey}"),
        format!("{real}:#{multikey}"),
        format!("{real}#"),
        real.clone(),
        format!("{upper}#{multikey}"),
        format!("{}#{multikey}", real.replace("voorbeeld", "%76oorbeeld")),
        format!("DID{}#{multikey}", real.trim_start_matches("did")),
        format!("#{multikey}"),
        multikey.clone(),
        key.method(),
        format!("{}?x#{multikey}", key.did()),
        format!("https://a.example/keys#{multikey}"),
        format!("data:application/json,{{}}#{multikey}"),
    ];
    for method in methods {
        for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
            let mut scene = good();
            let mut document: Value = serde_json::from_slice(&scene.bytes).expect("JSON");
            document["proof"]["verificationMethod"] = json!(method);
            document["proof"]["cryptosuite"] = json!(suite);
            scene.bytes = document.to_string().into_bytes();
            let report = scene.examine(&examiner());
            assert_ne!(report.verdict(), Verdict::Verified, "{method}");
        }
        let jws = json!({"sign": {"jwt": "vc", "key": "issuer", "header": [["replace", "/kid", method]]}});
        let report = Scene::of(&jws).examine(&examiner());
        assert_ne!(report.verdict(), Verdict::Verified, "{method}");
    }
    let whole = json!({"sign": {"jwt": "vc", "key": "issuer", "header": []}});
    assert_eq!(Scene::of(&whole).examine(&examiner()).verdict(), Verdict::Verified);
}

/// Whatever a token's header says, only its `kid` and the algorithm of that key count.
#[test]
fn headers_of_tokens_do_not_loosen_anything() {
    let other = TestSigner::ed25519(&[2; 32]).public_key().to_jwk();
    let by = |changes: Value, key: &str| {
        let case = json!({"sign": {"jwt": "vc", "key": key, "header": changes,
            "kid": "thumbprint"}});
        Scene::of(&case).examine(&examiner()).verdict()
    };
    assert_eq!(by(json!([]), "issuer"), Verdict::Verified);
    for changes in [
        json!([["replace", "/alg", "eddsa"]]),
        json!([["replace", "/alg", "ES256"]]),
        json!([["replace", "/alg", "none"]]),
        json!([["replace", "/alg", ["EdDSA"]]]),
        json!([["remove", "/alg"]]),
        json!([["remove", "/kid"]]),
        json!([["add", "/crit", []]]),
        json!([["add", "/crit", ["b64"]], ["add", "/b64", false]]),
        json!([["add", "/cty", "vp"]]),
        json!([["replace", "/typ", "vp+jwt"]]),
        json!([["replace", "/typ", "vc+sd-jwt"]]),
        json!([["remove", "/kid"], ["add", "/jwk", other]]),
        json!([["add", "/x", "y".repeat(9000)]]),
    ] {
        assert_ne!(by(changes.clone(), "issuer"), Verdict::Verified, "{changes}");
    }
    // Signed by somebody else, who shows the key beside the issuer's `kid`.
    let issuers = TestSigner::ed25519(&[1; 32]).public_key().thumbprint();
    let kid =
        format!("{}#{issuers}", issuer_of(&serde_json::from_slice(&good().bytes).expect("JSON")));
    let shown = json!([["replace", "/kid", kid], ["add", "/jwk", other]]);
    assert_ne!(by(shown, "other"), Verdict::Verified);
}

/// Forms of an entry that readers could understand in different ways.
#[test]
fn odd_status_entries_never_pass() {
    let entry = |changes: Value| {
        let mut entry = json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": "7", "statusListCredential": "https://a.example/1"});
        patch(&mut entry, &changes);
        entry
    };
    let status = |value: Value| {
        let case = json!({"base": "plain", "before": [["add", "/credentialStatus", value]],
            "sign": {"suite": "eddsa-jcs-2022"}});
        Scene::of(&case).examine(&examiner())
    };
    let report = status(entry(json!([])));
    assert_eq!(report.check(Check::Status).outcome, Outcome::Pass);
    let index = |value: Value| entry(json!([["replace", "/statusListIndex", value]]));
    for value in [
        json!([]),
        json!({}),
        json!("https://a.example/1"),
        json!([[entry(json!([]))]]),
        json!([entry(json!([])), "https://a.example/1"]),
        index(json!("+7")),
        index(json!(" 7")),
        index(json!("7 ")),
        index(json!("7.0")),
        index(json!("0x7")),
        index(json!("-0")),
        index(json!("")),
        index(json!("٧")),
        index(json!(["7"])),
        index(json!("18446744073709551616")),
        index(json!("131072")),
        entry(json!([["replace", "/statusPurpose", ["revocation"]]])),
        entry(json!([["replace", "/statusPurpose", "Revocation"]])),
        entry(json!([["replace", "/statusPurpose", "suspension "]])),
        entry(json!([["add", "/statusSize", 2]])),
        entry(json!([["add", "/statusSize", 0]])),
        entry(json!([["add", "/statusSize", "1"]])),
        entry(json!([["replace", "/type", "BitstringStatusListCredential"]])),
        entry(json!([["replace", "/type", "bitstringStatusListEntry"]])),
        entry(json!([["replace", "/statusListCredential", ["https://a.example/1"]]])),
    ] {
        let report = status(value.clone());
        assert_ne!(report.check(Check::Status).outcome, Outcome::Pass, "{value}");
        assert_ne!(report.verdict(), Verdict::Verified, "{value}");
    }
}

#[test]
fn the_end_of_a_proof_is_found_or_the_proof_refused() {
    let case = |expires: &str| {
        Scene::of(
            &json!({"base": "plain", "sign": {"suite": "eddsa-jcs-2022", "expires": expires}}),
        )
    };
    assert_eq!(case("2026-03-01T12:00:01Z").examine(&examiner()).verdict(), Verdict::Verified);
    assert_eq!(case("2026-03-01T12:00:00Z").examine(&examiner()).verdict(), Verdict::Failed);
    let mut scene = good();
    let mut document: Value = serde_json::from_slice(&scene.bytes).expect("JSON");
    for hidden in ["https://w3id.org/security#expiration", "sec:expiration", "@expires"] {
        let mut changed = document.clone();
        changed["proof"][hidden] = json!("2020-01-01T00:00:00Z");
        scene.bytes = changed.to_string().into_bytes();
        let report = scene.examine(&examiner());
        assert_eq!(report.check(Check::Conformance).outcome, Outcome::Fail, "{hidden}");
    }
    document["proof"] = json!([document["proof"]]);
    scene.bytes = document.to_string().into_bytes();
    assert_eq!(scene.examine(&examiner()).verdict(), Verdict::Verified, "one in an array");
}

/// The holder of a derived proof may have left out the place of the status and the end: it is said.
#[test]
fn what_a_holder_may_have_left_out_is_named() {
    let report = |name: &str| {
        let path = format!("{}/tests/cases/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let case: Value = serde_json::from_slice(&std::fs::read(path).expect("readable"))
            .expect("a case is JSON");
        serde_json::to_value(Scene::of(&case).examine(&examiner())).expect("a report is JSON")
    };
    let derived = report("others-ecdsa-sd-2023");
    let expected = ["credentialStatus", "validUntil", "relatedResource", "termsOfUse"];
    assert_eq!(derived["possiblyWithheld"], json!(expected));
    for whole in ["good-badge", "good-vc-jwt-eddsa"] {
        let report = report(whole);
        assert!(report.get("possiblyWithheld").is_none(), "{whole}: {report:#}");
    }
}
