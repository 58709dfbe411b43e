//! The identity hash, on the vectors of the standard.

use bewijs::profile::{hash_identity, identity_matches, recipient_matches};
use serde_json::{Value, json};

#[test]
fn every_vector_of_the_identity_hash_holds() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/identity-hash.json");
    let text = std::fs::read_to_string(path).expect("the vectors are there");
    let vectors: Value = serde_json::from_str(&text).expect("JSON");
    let vectors = vectors["vectors"].as_array().expect("array");
    assert_eq!(vectors.len(), 10);
    for vector in vectors {
        let text = |name: &str| vector[name].as_str().unwrap_or_default();
        let object = json!({
            "type": "IdentityObject", "identityType": "emailAddress", "hashed": vector["hashed"],
            "identityHash": vector["identityHash"], "salt": vector["salt"],
        });
        let found = identity_matches(&object, text("identity"));
        let as_typed = hash_identity(text("identity"), text("salt"));
        let plain = vector["hashed"] == false && text("identity") == text("identityHash");
        let exact = plain || as_typed.eq_ignore_ascii_case(text("identityHash"));
        match text("expect") {
            "match" => assert!(found && exact, "{}", vector["id"]),
            "no match" => assert!(!found && !exact, "{}", vector["id"]),
            "no match as typed; match after lower-casing" => {
                assert!(found && !exact, "{}", vector["id"]);
            }
            other => panic!("unknown verdict {other}"),
        }
    }
}

#[test]
fn the_recipient_is_compared_only_with_addresses() {
    let credential = super::samples::file("expected/mc1.json");
    assert_eq!(recipient_matches(&credential, "lerende-1@example.org"), Some(true));
    assert_eq!(recipient_matches(&credential, " Lerende-1@Example.ORG "), Some(true));
    assert_eq!(recipient_matches(&credential, "lerende-2@example.org"), Some(false));
    assert_eq!(recipient_matches(&credential, "Voornaam Familienaam"), Some(false));
    assert_eq!(recipient_matches(&json!({"credentialSubject": {}}), "a@b.example"), None);
    let only_name = json!({"credentialSubject": {"identifier": {
        "type": "IdentityObject", "identityType": "name", "hashed": false, "identityHash": "A"}}});
    assert_eq!(recipient_matches(&only_name, "A"), None);
}
