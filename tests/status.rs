//! Bitstring Status List 1.0: bits, encoding, entries, checks against a list.

#![expect(clippy::unwrap_used, reason = "a test stops at what should not happen")]

use bewijs::model::{StatusPurpose, Timestamp};
use bewijs::status::{
    Bitstring, BitstringError, MALFORMED_VALUE_ERROR, MAXIMUM_BYTES, MINIMUM_ENTRIES, RANGE_ERROR,
    STATUS_LIST_LENGTH_ERROR, STATUS_VERIFICATION_ERROR, StatusEntryView, StatusListFacts,
    check_list, check_list_period, list_credential,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;

const LIST: &str = "https://badges.example/status/r1";

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/bitstring-status-list.json")).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn entry(index: &str) -> Value {
    json!({
        "id": format!("{LIST}#{index}"), "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": LIST
    })
}

fn list_of(encoded: &str) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "credentialSubject": {
            "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": encoded
        }
    })
}

fn list(set: &[u64]) -> Value {
    let mut bits = Bitstring::new(MINIMUM_ENTRIES);
    for index in set {
        assert!(bits.set(*index, true));
    }
    list_of(&bits.encode())
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn check(list: &Value, entry: &Value) -> Result<u32, String> {
    let entry = StatusEntryView::parse(entry).map_err(|problem| problem.r#type)?;
    check_list(list, &entry).map(|value| value.status).map_err(|problem| problem.r#type)
}

#[test]
fn every_valid_vector_expands_to_its_bits() {
    let vectors = vectors();
    let cases = vectors["valid"].as_array().unwrap();
    assert!(cases.len() >= 7);
    for case in cases {
        let bits = Bitstring::decode(case["encodedList"].as_str().unwrap(), MAXIMUM_BYTES).unwrap();
        let length = case["lengthBits"].as_u64().unwrap();
        assert_eq!(bits.bits(), length, "{}", case["id"]);
        assert_eq!(hex(&Sha256::digest(bits.as_bytes())), case["expandedSha256"]);
        let set: Vec<u64> = (0..length).filter(|i| bits.get(*i) == Some(true)).collect();
        assert_eq!(json!(set), case["set"], "{}", case["id"]);
        if let Some(first) = case["firstByteHex"].as_str() {
            assert_eq!(hex(&bits.as_bytes()[..1]), first);
            assert_eq!(hex(&bits.as_bytes()[bits.as_bytes().len() - 1..]), case["lastByteHex"]);
        }
        // The same bits built by us read back the same.
        let mut ours = Bitstring::new(u32::try_from(length).unwrap());
        set.iter().for_each(|index| assert!(ours.set(*index, true)));
        assert_eq!(ours, bits);
        assert_eq!(Bitstring::decode(&ours.encode(), MAXIMUM_BYTES).unwrap(), bits);
    }
}

#[test]
fn every_invalid_vector_is_refused_with_the_problem_of_the_standard() {
    let vectors = vectors();
    let cases = vectors["invalid"].as_array().unwrap();
    assert!(cases.len() >= 8);
    for case in cases {
        let list = list_of(case["encodedList"].as_str().unwrap());
        let outcome = check(&list, &entry("0"));
        assert_eq!(outcome.unwrap_err(), case["expect"], "{}", case["id"]);
    }
}

#[test]
fn every_index_vector_has_its_outcome() {
    let vectors = vectors();
    let cases = vectors["indexes"]["cases"].as_array().unwrap();
    assert!(cases.len() >= 9);
    for case in cases {
        let mut entry = entry("0");
        entry["statusListIndex"] = case["statusListIndex"].clone();
        match case.get("error") {
            None => assert_eq!(check(&list(&[]), &entry), Ok(0)),
            Some(error) => assert_eq!(check(&list(&[]), &entry).unwrap_err(), *error, "{case}"),
        }
    }
}

#[test]
fn a_set_bit_is_seen_at_its_index_and_nowhere_else() {
    let list = list(&[8, 131_071]);
    for (index, expected) in [("7", 0), ("8", 1), ("9", 0), ("131070", 0), ("131071", 1)] {
        assert_eq!(check(&list, &entry(index)), Ok(expected), "{index}");
    }
}

#[test]
fn a_bit_can_be_cleared_and_no_bit_outside_is_touched() {
    let mut bits = Bitstring::new(1);
    assert_eq!(bits.bits(), u64::from(MINIMUM_ENTRIES));
    assert!(bits.set(9, true) && bits.set(9, false));
    assert_eq!(bits, Bitstring::new(MINIMUM_ENTRIES));
    assert!(!bits.set(u64::from(MINIMUM_ENTRIES), true));
    assert!(!bits.set(u64::MAX, true));
    assert_eq!(bits.get(u64::MAX), None);
}

#[test]
fn a_list_that_expands_without_end_is_cut_off() {
    let bomb = |bytes: usize| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let block = vec![0; 1 << 20];
        for _ in 0..bytes >> 20 {
            gzip.write_all(&block).unwrap();
        }
        use base64::Engine;
        let packed = gzip.finish().unwrap();
        format!("u{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(packed))
    };
    let large = bomb(64 << 20);
    assert!(large.len() < 100_000);
    let refused = Bitstring::decode(&large, MAXIMUM_BYTES);
    assert_eq!(refused, Err(BitstringError::TooLarge { limit: MAXIMUM_BYTES }));
    assert_eq!(check(&list_of(&large), &entry("0")).unwrap_err(), STATUS_VERIFICATION_ERROR);
    // Exactly the limit is taken, one byte less room is not.
    assert!(Bitstring::decode(&bomb(1 << 20), 1 << 20).is_ok());
    assert!(Bitstring::decode(&bomb(1 << 20), (1 << 20) - 1).is_err());
}

#[test]
fn nothing_may_follow_the_gzip_stream() {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let good = Bitstring::new(MINIMUM_ENTRIES).encode();
    let mut packed = URL_SAFE_NO_PAD.decode(&good[1..]).unwrap();
    packed.push(0);
    let trailing = format!("u{}", URL_SAFE_NO_PAD.encode(&packed));
    assert_eq!(Bitstring::decode(&trailing, MAXIMUM_BYTES), Err(BitstringError::Compression));
}

#[test]
fn a_malformed_entry_names_the_member() {
    let cases = [
        ("/type", json!("StatusList2021Entry")),
        ("/statusPurpose", json!(["revocation"])),
        ("/statusPurpose", json!("")),
        ("/statusPurpose", Value::Null),
        ("/statusListIndex", json!("+1")),
        ("/statusListIndex", json!(" 1")),
        ("/statusListIndex", json!("١")),
        ("/statusListIndex", json!("1".repeat(65))),
        ("/statusListCredential", json!("status/r1")),
        ("/statusListCredential", json!([LIST])),
        ("/id", json!(LIST)),
        ("/id", json!("#1")),
        ("/id", Value::Null),
        ("/statusSize", json!(0)),
        ("/statusSize", json!("1")),
        ("/statusSize", json!(1.5)),
        ("/statusSize", json!(17)),
        ("/statusMessage", json!("0x0")),
        ("/statusMessage", json!([{"status": "0x0", "message": "a"}])),
        (
            "/statusMessage",
            json!([{"status": "0x0", "message": "a"}, {"status": "0x0", "message": "b"}]),
        ),
        (
            "/statusMessage",
            json!([{"status": "0x0", "message": "a"}, {"status": "0x2", "message": "b"}]),
        ),
        (
            "/statusMessage",
            json!([{"status": "0", "message": "a"}, {"status": "0x1", "message": "b"}]),
        ),
    ];
    for (pointer, value) in cases {
        let mut entry = entry("5");
        entry[&pointer[1..]] = value.clone();
        let problem = StatusEntryView::parse(&entry).unwrap_err();
        assert_eq!(problem.r#type, MALFORMED_VALUE_ERROR, "{pointer} {value}");
        assert_eq!(problem.extensions["pointer"], pointer, "{value}");
    }
    assert!(StatusEntryView::parse(&json!("entry")).is_err());
    let mut without_messages = entry("5");
    without_messages["statusSize"] = json!(2);
    assert!(StatusEntryView::parse(&without_messages).is_err());
}

#[test]
fn a_list_of_something_else_tells_nothing() {
    let cases: [(&str, Value, &str); 8] = [
        ("/type", json!(["VerifiableCredential"]), STATUS_VERIFICATION_ERROR),
        ("/id", json!("https://badges.example/status/r2"), STATUS_VERIFICATION_ERROR),
        ("/credentialSubject/type", json!("StatusList2021"), STATUS_VERIFICATION_ERROR),
        ("/credentialSubject/statusPurpose", json!("suspension"), STATUS_VERIFICATION_ERROR),
        ("/credentialSubject/statusPurpose", json!(["suspension"]), STATUS_VERIFICATION_ERROR),
        ("/credentialSubject/statusPurpose", Value::Null, MALFORMED_VALUE_ERROR),
        ("/credentialSubject/encodedList", json!(7), MALFORMED_VALUE_ERROR),
        ("/credentialSubject", json!([]), MALFORMED_VALUE_ERROR),
    ];
    for (pointer, value, expected) in cases {
        let mut list = list(&[]);
        *list.pointer_mut(pointer).unwrap() = value;
        assert_eq!(check(&list, &entry("1")).unwrap_err(), expected, "{pointer}");
    }
    let mut several = list(&[1]);
    several["credentialSubject"]["statusPurpose"] = json!(["suspension", "revocation"]);
    assert_eq!(check(&several, &entry("1")), Ok(1));
}

#[test]
fn entries_of_several_bits_are_read_with_their_message() {
    let mut bits = Bitstring::new(MINIMUM_ENTRIES * 2);
    bits.set(10, true); // entry 5 of two bits: 10
    let list = list_of(&bits.encode());
    let mut entry = entry("5");
    entry["statusSize"] = json!(2);
    entry["statusMessage"] = json!([
        {"status": "0x0", "message": "none"}, {"status": "0x1", "message": "one"},
        {"status": "0x2", "message": "two"}, {"status": "0x3", "message": "three"}
    ]);
    let view = StatusEntryView::parse(&entry).unwrap();
    let value = check_list(&list, &view).unwrap();
    assert_eq!((value.status, value.message.as_deref()), (2, Some("two")));
    // Two bits each halve the number of entries: the minimum is counted in entries.
    let short = list_of(&Bitstring::new(MINIMUM_ENTRIES).encode());
    assert_eq!(check_list(&short, &view).unwrap_err().r#type, STATUS_LIST_LENGTH_ERROR);
    entry["statusListIndex"] = json!(u64::MAX.to_string());
    assert_eq!(check(&list, &entry).unwrap_err(), RANGE_ERROR);
}

#[test]
fn the_list_credential_says_what_the_standard_asks_and_reads_back() {
    let mut bits = Bitstring::new(MINIMUM_ENTRIES);
    bits.set(48_211, true);
    let facts = StatusListFacts {
        url: LIST,
        issuer: "did:web:badges.example:issuers:voorbeeld",
        purpose: StatusPurpose::Revocation,
        valid_from: moment("2026-02-02T09:15:00Z"),
        valid_until: moment("2026-02-03T09:15:00Z"),
        ttl: 300_000,
    };
    let list = list_credential(&facts, &bits);
    assert_eq!(list["id"], LIST);
    assert_eq!(list["credentialSubject"]["statusPurpose"], "revocation");
    assert_eq!(list["credentialSubject"]["ttl"], 300_000);
    assert_eq!(list["validUntil"], "2026-02-03T09:15:00Z");
    assert_eq!(check(&list, &entry("48211")), Ok(1));
    assert_eq!(check(&list, &entry("48210")), Ok(0));
    for (now, usable) in [
        ("2026-02-02T09:14:59Z", false),
        ("2026-02-02T09:15:00Z", true),
        ("2026-02-03T09:15:00Z", true),
        ("2026-02-03T09:15:01Z", false),
    ] {
        assert_eq!(check_list_period(&list, moment(now)).is_ok(), usable, "{now}");
    }
    let mut odd = list;
    odd["validUntil"] = json!("tomorrow");
    let problem = check_list_period(&odd, moment("2026-02-02T10:00:00Z")).unwrap_err();
    assert_eq!(problem.r#type, MALFORMED_VALUE_ERROR);
}
