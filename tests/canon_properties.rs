//! Canonical forms of generated badges: unmoved by what has no meaning, moved by what has, and equal
//! to what another implementation makes of them.

#![expect(clippy::unwrap_used, reason = "a test stops at what should not happen")]

use bewijs::canon::bundled::CONTEXTS;
use bewijs::canon::{Canonical, ContextSet, HashAlgorithm, View, json, nquads};
use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm as OtherHash};
use oxrdf::{BlankNode, Dataset, GraphName, Literal, NamedNode, Quad};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn canonical(document: &Value) -> Canonical {
    ContextSet::issuing().canonicalize(document, View::default()).unwrap()
}

fn text() -> impl Strategy<Value = String> {
    "[ -~à-ÿ€😀\n\t]{0,12}"
}

fn iri() -> impl Strategy<Value = String> {
    prop_oneof![
        "https://a\\.example/[a-z0-9/é-]{0,8}#?[a-c]{0,2}",
        "urn:uuid:[0-9a-f]{4}",
        "did:web:[a-z]{3}"
    ]
}

fn object(members: Vec<(&str, Option<Value>)>) -> Value {
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<_, _>>())
}

fn some(value: impl Into<Value>) -> Option<Value> {
    Some(value.into())
}

fn alignment() -> impl Strategy<Value = Value> {
    (text(), iri(), option::of("[a-c]")).prop_map(|(name, url, code)| {
        object(vec![
            ("type", some(vec!["Alignment"])),
            ("targetType", some("ext:Skill")),
            ("targetName", some(name)),
            ("targetUrl", some(url)),
            ("targetCode", code.map(Into::into)),
        ])
    })
}

fn identifier() -> impl Strategy<Value = Value> {
    ("[ab]{1,2}", any::<bool>(), option::of(text())).prop_map(|(hash, hashed, salt)| {
        object(vec![
            ("type", some("IdentityObject")),
            ("hashed", some(hashed)),
            ("identityHash", some(hash)),
            ("identityType", some("name")),
            ("salt", salt.map(Into::into)),
        ])
    })
}

fn result_description() -> impl Strategy<Value = Value> {
    (iri(), text(), vec(text(), 0..4), vec(("[xy]", text()), 0..3)).prop_map(
        |(id, name, allowed, levels)| {
            let levels: Vec<Value> = levels
                .into_iter()
                .map(|(level, name)| {
                    json!({
                        "id": format!("https://a.example/level/{level}"),
                        "type": ["RubricCriterionLevel"],
                        "level": level,
                        "name": name,
                    })
                })
                .collect();
            object(vec![
                ("id", some(id)),
                ("type", some(vec!["ResultDescription"])),
                ("name", some(name)),
                ("resultType", some("RubricCriterionLevel")),
                ("allowedValue", Some(json!(allowed))),
                ("rubricCriterionLevel", Some(json!(levels))),
            ])
        },
    )
}

fn profile() -> impl Strategy<Value = Value> {
    (iri(), text(), option::of(("[A-Z]{2}", option::of((-90_i32..90, 0_u8..4))))).prop_map(
        |(id, name, address)| {
            let address = address.map(|(country, geo)| {
                let geo = geo.map(|(degrees, quarters)| {
                    let latitude = f64::from(degrees) + f64::from(quarters) / 4.0;
                    json!({"type": "GeoCoordinates", "latitude": latitude, "longitude": degrees})
                });
                object(vec![
                    ("type", some(vec!["Address"])),
                    ("addressCountryCode", some(country)),
                    ("geo", geo),
                ])
            });
            object(vec![
                ("id", some(id)),
                ("type", some(vec!["Profile"])),
                ("name", some(name)),
                ("address", address),
            ])
        },
    )
}

fn achievement() -> impl Strategy<Value = Value> {
    (
        (iri(), text(), text(), option::of(profile())),
        (vec(alignment(), 0..5), vec(result_description(), 0..3), vec(text(), 0..3)),
        (vec(identifier(), 0..2), 0_u32..60, 0_u8..4),
    )
        .prop_map(|((id, name, narrative, creator), (alignments, results, tags), rest)| {
            let (others, credits, quarters) = rest;
            let other: Vec<Value> = others
                .iter()
                .map(|other| {
                    json!({
                        "type": "IdentifierEntry",
                        "identifier": other["identityHash"],
                        "identifierType": "ext:CaseNumber",
                    })
                })
                .collect();
            object(vec![
                ("id", some(id)),
                ("type", some(vec!["Achievement"])),
                ("name", some(name.clone())),
                ("description", some(name)),
                ("criteria", Some(json!({ "narrative": narrative }))),
                ("creator", creator),
                ("alignment", Some(json!(alignments))),
                ("resultDescription", Some(json!(results))),
                ("tag", Some(json!(tags))),
                ("otherIdentifier", Some(json!(other))),
                ("creditsAvailable", some(f64::from(credits) + f64::from(quarters) / 4.0)),
            ])
        })
}

fn badge() -> impl Strategy<Value = Value> {
    (
        (iri(), profile(), text(), achievement(), vec(identifier(), 0..4)),
        (vec((iri(), text(), vec(alignment(), 0..3)), 0..4), option::of((iri(), 0_u32..9))),
    )
        .prop_map(|((id, issuer, name, achievement, identifiers), (results, status))| {
            let results: Vec<Value> = results
                .into_iter()
                .map(|(description, value, alignments)| {
                    object(vec![
                        ("type", some(vec!["Result"])),
                        ("resultDescription", some(description)),
                        ("value", some(value)),
                        ("alignment", Some(json!(alignments))),
                    ])
                })
                .collect();
            let status = status.map(|(id, index)| {
                json!({
                    "id": id,
                    "type": "BitstringStatusListEntry",
                    "statusPurpose": "revocation",
                    "statusListIndex": index.to_string(),
                    "statusListCredential": "https://a.example/status/1",
                })
            });
            object(vec![
                (
                    "@context",
                    Some(json!([
                        "https://www.w3.org/ns/credentials/v2",
                        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
                    ])),
                ),
                ("id", some(id)),
                ("type", some(vec!["VerifiableCredential", "OpenBadgeCredential"])),
                ("name", some(name)),
                ("issuer", Some(issuer)),
                ("validFrom", some("2026-03-01T09:00:00Z")),
                (
                    "credentialSubject",
                    Some(json!({
                        "type": ["AchievementSubject"],
                        "identifier": identifiers,
                        "result": results,
                        "achievement": achievement,
                    })),
                ),
                ("credentialStatus", status),
            ])
        })
}

/// The same value with the members of each object in another order.
fn turned(value: &Value, by: usize) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| turned(item, by)).collect(),
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members
                .iter()
                .map(|(name, value)| (name.clone(), turned(value, by.wrapping_mul(7) + 1)))
                .collect();
            let middle = by % members.len().max(1);
            members.rotate_left(middle);
            if by.is_multiple_of(2) {
                members.reverse();
            }
            Value::Object(members.into_iter().collect())
        }
        other => other.clone(),
    }
}

/// The same value with its sets reversed; lists and `@context` as they are.
fn sets_reversed(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().rev().map(sets_reversed).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| match name.as_str() {
                "@context" | "allowedValue" => (name.clone(), value.clone()),
                _ => (name.clone(), sets_reversed(value)),
            })
            .collect(),
        other => other.clone(),
    }
}

/// JSON text with other white space and every character of its strings escaped.
fn escaped_text(value: &Value, out: &mut String) {
    let string = |text: &str, out: &mut String| {
        out.push('"');
        for unit in text.encode_utf16() {
            out.push_str(&format!("\\u{unit:04X}"));
        }
        out.push('"');
    };
    match value {
        Value::String(text) => string(text, out),
        Value::Array(items) => {
            out.push_str("[\r\n");
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "\t,  " } else { "" });
                escaped_text(item, out);
            }
            out.push_str(" ]");
        }
        Value::Object(members) => {
            out.push_str("{ ");
            for (index, (name, value)) in members.iter().enumerate() {
                out.push_str(if index > 0 { " ,\n" } else { "" });
                string(name, out);
                out.push_str(" :\t");
                escaped_text(value, out);
            }
            out.push_str("\n}");
        }
        other => out.push_str(&other.to_string()),
    }
}

/// What `oxjsonld` makes of a document; nothing when it refuses it.
fn other_dataset(document: &Value) -> Option<Dataset> {
    let bytes = serde_json::to_vec(document).unwrap();
    let mut dataset = Dataset::new();
    let parser = JsonLdParser::new().for_slice(&bytes).with_load_document_callback(|url, _| {
        let context = CONTEXTS.iter().find(|context| context.url == url);
        Ok(JsonLdRemoteDocument {
            document: context.ok_or("unknown context")?.text.as_bytes().to_vec(),
            document_url: url.to_owned(),
        })
    });
    for quad in parser {
        dataset.insert(&quad.ok()?);
    }
    Some(dataset)
}

fn other_canonical(mut dataset: Dataset, hash_algorithm: OtherHash) -> String {
    dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm });
    let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort();
    lines.concat()
}

/// What `oxjsonld` and `oxrdf` make of a document.
fn other_implementation(document: &Value) -> String {
    other_canonical(other_dataset(document).unwrap(), OtherHash::Sha256)
}

/// The same graph, for the other implementation.
fn graph(edges: &[(u8, u8, u8)], marked: Option<u8>) -> Dataset {
    let node = |number: u8| BlankNode::new(format!("n{number}")).unwrap();
    let predicate = |number: u8| NamedNode::new(format!("urn:p:{number}")).unwrap();
    let mut dataset = Dataset::new();
    for (from, by, to) in edges {
        let quad = Quad::new(node(*from), predicate(*by), node(*to), GraphName::DefaultGraph);
        dataset.insert(&quad);
    }
    if let Some(number) = marked {
        let text = Literal::new_simple_literal("marked");
        dataset.insert(&Quad::new(node(number), predicate(0), text, GraphName::DefaultGraph));
    }
    dataset
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_has_no_meaning_does_not_move_the_form(badge in badge(), by in 0_usize..1000) {
        let form = canonical(&badge);
        prop_assert_eq!(&canonical(&turned(&badge, by)), &form);
        prop_assert_eq!(&canonical(&sets_reversed(&badge)), &form);
        let mut escaped = String::new();
        escaped_text(&badge, &mut escaped);
        let read = json::parse(escaped.as_bytes(), &Default::default()).unwrap();
        prop_assert_eq!(&canonical(&read), &form);
        // Canonicalising is idempotent.
        let again = bewijs::canon::nquads::canonicalize(&form.nquads).unwrap();
        prop_assert_eq!(&again, &form);
    }

    #[test]
    fn another_implementation_agrees(badge in badge()) {
        prop_assert_eq!(canonical(&badge).nquads, other_implementation(&badge));
        let view = View::default();
        let form = ContextSet::issuing().canonicalize_with(&badge, view, HashAlgorithm::Sha384);
        let other = other_canonical(other_dataset(&badge).unwrap(), OtherHash::Sha384);
        prop_assert_eq!(form.unwrap().nquads, other);
    }

    /// Blank nodes that only their neighbours tell apart, with either hash.
    #[test]
    fn another_implementation_numbers_graphs_alike(
        edges in vec((0_u8..5, 0_u8..2, 0_u8..5), 1..9),
        marked in option::of(0_u8..5),
    ) {
        let mut text = String::new();
        for (from, by, to) in &edges {
            text += &format!("_:n{from} <urn:p:{by}> _:n{to} .\n");
        }
        if let Some(node) = marked {
            text += &format!("_:n{node} <urn:p:0> \"marked\" .\n");
        }
        let parsed = graph(&edges, marked);
        for (ours, theirs) in [
            (HashAlgorithm::Sha256, OtherHash::Sha256),
            (HashAlgorithm::Sha384, OtherHash::Sha384),
        ] {
            let form = nquads::canonicalize_with(&text, ours).unwrap().nquads;
            prop_assert_eq!(&form, &other_canonical(parsed.clone(), theirs));
            // The numbers of the input say nothing.
            let renamed = text.replace("_:n", "_:other");
            prop_assert_eq!(&nquads::canonicalize_with(&renamed, ours).unwrap().nquads, &form);
        }
    }

    #[test]
    fn a_changed_list_moves_the_form(values in vec("[a-d]", 1..5), at in 0_usize..5) {
        let document = |values: &[String]| json!({
            "@context": ["https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:x:1",
            "type": "ResultDescription",
            "allowedValue": values,
        });
        let form = canonical(&document(&values));
        let mut changed = values.clone();
        let at = at % values.len();
        changed[at].push('e');
        prop_assert_ne!(&canonical(&document(&changed)), &form);
        let mut shorter = values.clone();
        shorter.remove(at);
        prop_assert_ne!(&canonical(&document(&shorter)), &form);
        let mut reversed = values.clone();
        reversed.reverse();
        prop_assert_eq!(canonical(&document(&reversed)) == form, reversed == values);
        prop_assert_eq!(form.nquads, other_implementation(&document(&values)));
    }

    #[test]
    fn any_other_string_moves_the_form(badge in badge(), pick in 0_usize..1000) {
        let mut places = Vec::new();
        strings(&badge, String::new(), &mut places);
        places.retain(|place| !place.starts_with("/@context") && !place.contains("/type"));
        let place = &places[pick % places.len()];
        let mut changed = badge.clone();
        let value = changed.pointer_mut(place).unwrap();
        *value = format!("{}~", value.as_str().unwrap()).into();
        prop_assert_ne!(canonical(&changed), canonical(&badge), "{}", place);
    }
}

fn strings(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::String(_) => places.push(place),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                strings(item, format!("{place}/{index}"), places);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                strings(value, format!("{place}/{name}"), places);
            }
        }
        _ => {}
    }
}

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const V1: &str = "https://www.w3.org/2018/credentials/v1";
const OB_303: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const OB_301: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json";
const CLR: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
const INTEGRITY: &str = "https://w3id.org/security/data-integrity/v2";

/// Each with a value of its own: the other implementation numbers equal proofs differently from
/// the standard's algorithm, in which what is related twice counts twice.
fn proof(value: &str) -> Value {
    json!({
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-01T00:00:00Z", "verificationMethod": "did:web:e.example#key",
        "proofPurpose": "assertionMethod", "proofValue": format!("z{value}"),
    })
}

/// An endorsement with contexts and a proof of its own.
fn endorsement(context: &Value, from: &str) -> Value {
    json!({
        "@context": context, "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "EndorsementCredential"], "name": "Endorsement",
        "issuer": {"id": "did:web:e.example", "type": ["Profile"], "name": "E"},
        (from): "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "https://a.example/1", "type": ["EndorsementSubject"],
            "endorsementComment": "good",
        },
        "proof": proof("1"),
    })
}

/// A badge with endorsements of itself, of its issuer and of its achievement.
fn endorsed(context: &Value, from: &str, endorsement: &Value) -> Value {
    let endorsement = |value: &str| {
        let mut endorsement = endorsement.clone();
        endorsement["proof"] = proof(value);
        endorsement
    };
    json!({
        "@context": context, "id": "https://a.example/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Badge",
        "issuer": {
            "id": "did:web:a.example", "type": ["Profile"], "name": "A",
            "endorsement": [endorsement("2")],
        },
        (from): "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:7", "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://a.example/achievement", "type": ["Achievement"], "name": "N",
                "description": "D", "criteria": {"narrative": "C"}, "endorsement": [endorsement("3")],
            },
        },
        "endorsement": [endorsement("4")],
        "proof": proof("5"),
    })
}

/// Story R1: what others vouch for travels inside the badge.
#[test]
fn embedded_credentials_with_contexts_of_their_own_read_as_elsewhere() {
    let (new, old) = (json!([V2, OB_303]), json!([V1, OB_301, INTEGRITY]));
    let inner = endorsement(&new, "validFrom");
    let badge = endorsed(&new, "validFrom", &inner);
    let old_badge = endorsed(&old, "issuanceDate", &endorsement(&old, "issuanceDate"));
    let presentation = json!({
        "@context": V2, "type": "VerifiablePresentation", "holder": "did:web:h.example",
        "verifiableCredential": [
            badge,
            {"@context": V2, "type": "EnvelopedVerifiableCredential",
                "id": "data:application/vc+jwt,a.b.c"},
        ],
        "proof": proof("6"),
    });
    let record = json!({
        "@context": [V2, CLR, OB_303], "id": "urn:uuid:3", "name": "Record",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": "did:web:a.example", "type": ["Profile"], "name": "A"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:7", "type": ["ClrSubject"], "verifiableCredential": [badge],
        },
        "proof": proof("6"),
    });
    let old_presentation = json!({
        "@context": [V1, INTEGRITY], "type": "VerifiablePresentation",
        "verifiableCredential": [old_badge], "proof": proof("6"),
    });
    for document in [&inner, &badge, &old_badge, &presentation, &record, &old_presentation] {
        let form = ContextSet::verifying().canonicalize(document, View::default()).unwrap();
        assert_eq!(form.nquads, other_implementation(document));
        assert!(
            ContextSet::issuing().canonicalize(document, View::default()).is_err()
                == (document != &inner)
        );
    }
    // What is said inside is signed outside: each of the places counts.
    let whole = ContextSet::verifying().canonicalize(&badge, View::default()).unwrap();
    for place in ["/endorsement/0", "/issuer/endorsement/0"] {
        let mut changed = badge.clone();
        let comment = format!("{place}/credentialSubject/endorsementComment");
        *changed.pointer_mut(&comment).unwrap() = "excellent".into();
        let form = ContextSet::verifying().canonicalize(&changed, View::default()).unwrap();
        assert_ne!(form, whole, "{place}");
    }
}

#[test]
fn an_embedded_context_that_redefines_protected_terms_is_refused_here_and_elsewhere() {
    let new = json!([V2, OB_303]);
    let old = json!([V1, OB_301, INTEGRITY]);
    let mixed = [
        endorsed(&old, "issuanceDate", &endorsement(&new, "validFrom")),
        endorsed(&new, "validFrom", &endorsement(&old, "issuanceDate")),
        endorsed(
            &new,
            "validFrom",
            &endorsement(&json!([new[0], new[1], {"name": "urn:n"}]), "validFrom"),
        ),
        endorsed(&new, "validFrom", &endorsement(&json!([null, V2, OB_303]), "validFrom")),
        json!({"@context": [V1], "type": "VerifiablePresentation",
            "verifiableCredential": [endorsement(&new, "validFrom")]}),
    ];
    for document in &mixed {
        let error = ContextSet::verifying().canonicalize(document, View::default()).unwrap_err();
        assert_eq!(error.code(), "json-ld-processing");
        assert!(error.pointer().ends_with("@context"), "{}", error.pointer());
        assert!(other_dataset(document).is_none(), "{document}");
    }
    // The same definition again is no redefinition.
    let again =
        json!([V2, OB_303, {"name": {"@id": "https://schema.org/name", "@protected": true}}]);
    let document = endorsed(&new, "validFrom", &endorsement(&again, "validFrom"));
    let form = ContextSet::verifying().canonicalize(&document, View::default()).unwrap();
    assert_eq!(form.nquads, other_implementation(&document));
}
