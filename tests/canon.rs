//! Strict JSON, RFC 8785 and the bundled contexts, on the public vectors.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::collections::BTreeSet;
use std::path::Path;

use base64::Engine as _;
use bewijs::canon::bundled::{CONTEXTS, ContextRole};
use bewijs::canon::jcs;
use bewijs::canon::json::{self, JsonError, JsonLimits};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn vectors(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(text: &str) -> Result<Value, JsonError> {
    json::parse(text.as_bytes(), &JsonLimits::default())
}

#[test]
fn jcs_documents_of_the_standard() {
    let vectors = vectors("jcs-rfc8785.json");
    for document in vectors["documents"].as_array().unwrap() {
        let input = base64::engine::general_purpose::STANDARD
            .decode(document["inputBase64"].as_str().unwrap())
            .unwrap();
        let value = json::parse(&input, &JsonLimits::default()).unwrap();
        let text = jcs::to_string(&value).unwrap();
        assert_eq!(text, document["outputText"].as_str().unwrap(), "{}", document["id"]);
        assert_eq!(hex(text.as_bytes()), document["outputHex"].as_str().unwrap());
    }
}

#[test]
fn jcs_numbers_of_the_standard() {
    let vectors = vectors("jcs-rfc8785.json");
    let cases = vectors["numbers"].as_array().unwrap();
    assert_eq!(cases.len(), 165);
    for case in cases {
        let bits = u64::from_str_radix(case["ieee754Hex"].as_str().unwrap(), 16).unwrap();
        let value = json!(f64::from_bits(bits));
        assert_eq!(jcs::to_string(&value).unwrap(), case["expected"].as_str().unwrap());
    }
}

#[test]
fn what_the_standard_refuses_is_refused() {
    let vectors = vectors("jcs-rfc8785.json");
    for case in vectors["mustFail"].as_array().unwrap() {
        if let Some(text) = case["inputText"].as_str() {
            assert!(read(text).is_err(), "{text}");
        } else {
            let bits = u64::from_str_radix(case["ieee754Hex"].as_str().unwrap(), 16).unwrap();
            let double = f64::from_bits(bits);
            assert!(serde_json::Number::from_f64(double).is_none());
        }
    }
}

#[test]
fn a_fault_names_its_place() {
    let duplicate = read(r#"{"a":[{"b/c":1,"b/c":2}]}"#).unwrap_err();
    assert_eq!(duplicate.pointer(), Some("/a/0/b~1c"));
    assert_eq!(duplicate.code(), "json-duplicate-member");
    let offset = duplicate.offset().unwrap();
    assert!((15..=22).contains(&offset), "{offset}");
    let escaped = read(r#"{"name":1,"n\u0061me":2}"#).unwrap_err();
    assert_eq!(escaped.pointer(), Some("/name"));
    let inexact = read("{\"n\":\n [9007199254740993]}").unwrap_err();
    assert_eq!(inexact.pointer(), Some("/n/0"));
    assert_eq!(inexact.code(), "json-inexact-integer");
    let syntax = read("{\"a\":\n  tru}").unwrap_err();
    assert!(matches!(syntax, JsonError::Syntax { offset: 7..=12, .. }), "{syntax:?}");
}

#[test]
fn texts_that_two_readers_could_read_differently_are_refused() {
    let cases: &[(&str, &[u8])] = &[
        ("json-syntax", b""),
        ("json-syntax", b"{} {}"),
        ("json-syntax", b"[1,]"),
        ("json-syntax", b"{\"a\":01}"),
        ("json-syntax", b"{\"a\":1e999}"),
        ("json-syntax", b"{\"a\":-1e999}"),
        ("json-syntax", b"{\"a\":NaN}"),
        ("json-syntax", b"{'a':1}"),
        ("json-syntax", b"\"\x01\""),
        ("json-syntax", b"\"\xff\""),
        ("json-syntax", b"\"\xed\xa0\x80\""),
        ("json-syntax", b"\"\\ud800\""),
        ("json-syntax", b"\"\\udc00\\ud800\""),
        ("json-syntax", b"\"\\x41\""),
        ("json-syntax", b"\xef\xbb\xbf{}"),
        ("json-duplicate-member", b"{\"\":1,\"\":1}"),
        ("json-inexact-integer", b"-9007199254740993"),
        ("json-inexact-integer", b"18446744073709551615"),
    ];
    for (code, bytes) in cases {
        let error = json::parse(bytes, &JsonLimits::default()).unwrap_err();
        assert_eq!(error.code(), *code, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn size_and_depth_are_bounded() {
    let limits = JsonLimits { max_bytes: 20, max_depth: 3 };
    assert_eq!(json::parse(b"[[[]]]", &limits), Ok(json!([[[]]])));
    let deep = json::parse(b"[[{\"a\":[]}]]", &limits).unwrap_err();
    assert_eq!((deep.code(), deep.pointer()), ("json-too-deep", Some("/0/0/a")));
    let large = json::parse(b"[                    ]", &limits).unwrap_err();
    assert_eq!(large.code(), "json-too-large");
    let bottomless = vec![b'['; 1 << 19];
    let error = json::parse(&bottomless, &JsonLimits { max_bytes: 1 << 20, max_depth: 1 << 20 });
    assert_eq!(error.unwrap_err().code(), "json-too-deep");
}

#[test]
fn jcs_refuses_what_it_cannot_write() {
    let mut deep = json!([]);
    for _ in 0..200 {
        deep = json!([deep]);
    }
    assert_eq!(jcs::to_string(&deep).unwrap_err().code(), "json-too-deep");
    assert!(jcs::to_string(&json!(9_007_199_254_740_993_u64)).is_err());
    assert_eq!(jcs::to_string(&json!(9_007_199_254_740_992_u64)).unwrap(), "9007199254740992");
    assert_eq!(jcs::to_string(&json!(-0.0)).unwrap(), "0");
}

#[test]
fn reading_the_canonical_text_gives_the_same_text() {
    let mc1 = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/expected/mc1.json"),
    )
    .unwrap();
    let value = json::parse(&mc1, &JsonLimits::default()).unwrap();
    let text = jcs::to_string(&value).unwrap();
    let again = json::parse(text.as_bytes(), &JsonLimits::default()).unwrap();
    assert_eq!(again, value);
    assert_eq!(jcs::to_string(&again).unwrap(), text);
}

#[test]
fn bundled_contexts_are_what_the_manifest_says() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/contexts");
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(directory.join("manifest.json")).unwrap()).unwrap();
    let lines = manifest["contexts"].as_array().unwrap();
    assert_eq!(lines.len(), CONTEXTS.len());
    let mut listed = BTreeSet::from(["manifest.json".to_owned()]);
    for line in lines {
        let file = line["file"].as_str().unwrap();
        let bytes = std::fs::read(directory.join(file)).unwrap();
        assert_eq!(hex(&Sha256::digest(&bytes)), line["sha256"].as_str().unwrap(), "{file}");
        assert_eq!(bytes.len() as u64, line["size"].as_u64().unwrap(), "{file}");
        for member in ["origin", "path", "firstUse"] {
            assert!(line[member].as_str().is_some_and(|text| !text.is_empty()), "{file}: {member}");
        }
        let bundled = CONTEXTS
            .iter()
            .find(|context| context.sha256 == line["sha256"].as_str().unwrap())
            .unwrap_or_else(|| panic!("{file} is not in the binary"));
        assert_eq!(bundled.url, line["url"].as_str().unwrap());
        assert_eq!(bundled.text.as_bytes(), bytes);
        let role = match bundled.role {
            ContextRole::Issue => "issue",
            ContextRole::Verify => "verify",
            ContextRole::Conformance => "conformance",
        };
        assert_eq!(role, line["role"].as_str().unwrap(), "{file}");
        assert!(listed.insert(file.to_owned()), "{file} is listed twice");
    }
    let found: BTreeSet<String> = std::fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, listed, "files and manifest disagree");
}

#[test]
fn only_two_contexts_may_be_signed_with() {
    let issue: Vec<&str> = CONTEXTS
        .iter()
        .filter(|context| context.role == ContextRole::Issue)
        .map(|context| context.url)
        .collect();
    assert_eq!(
        issue,
        [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        ]
    );
}
