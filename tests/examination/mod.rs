//! Builds what a case describes: a credential signed with published test keys, and a world of key
//! documents, status lists and a register that answers as the case says.

mod signing;
mod world;

use signing::input;
pub use world::World;
use world::{Listed, error, list_answer, register};

use crate::signers::{TestSigner, moment, vectors};
use bewijs::canon::ContextSet;
use bewijs::model::{CredentialState, StatusPurpose, Timestamp};
use bewijs::proof::jose::{JwtProfile, sign_credential};
use bewijs::proof::{Cryptosuite, ProofOptions, ProofPurpose, Signer, add_proof};
use bewijs::status::{Bitstring, StatusListFacts, list_credential};
use bewijs::verification::{
    Examiner, Expected, Fetched, Recognition, RegisterEntry, Report, SourceError, Sources,
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

pub const NOW: &str = "2026-03-01T12:00:00Z";
/// From this moment on the compromised key is not to be believed.
pub const COMPROMISED: &str = "2026-02-10T00:00:00Z";

/// A signed input and the world it is examined in.
pub struct Scene {
    pub bytes: Vec<u8>,
    pub world: World,
    pub now: Timestamp,
    pub media_type: Option<String>,
    pub address: Option<String>,
    pub address_type: Option<String>,
    pub challenge: Option<String>,
    pub domain: Vec<String>,
}

impl Scene {
    /// What a case file describes.
    pub fn of(case: &Value) -> Self {
        let now = moment(text(case, "now").unwrap_or(NOW));
        let mut world = World { recognised: recognitions(case), ..World::default() };
        let parts = parts(case, &mut world);
        let mut document = match case.get("document") {
            Some(document) => document.clone(),
            None => base(text(case, "base").unwrap_or("badge")),
        };
        patch(&mut document, &case["before"]);
        put_parts(&mut document, &parts);
        let issuer = issuer_of(&document);
        let bytes = input(case, document.clone(), &issuer);
        let answer = match &case["issuerDocument"] {
            Value::String(how) => error(how),
            changes => {
                let mut own = issuer_document(&issuer);
                patch(&mut own, changes);
                Ok(own.to_string().into_bytes())
            }
        };
        world.documents.insert(issuer.clone(), answer);
        if let Some(others) = case["documents"].as_object() {
            for (url, other) in others {
                let bytes = match other {
                    Value::String(text) => text.clone(),
                    other => resolve_names(other).to_string(),
                };
                world.documents.insert(url.clone(), Ok(bytes.into_bytes()));
            }
        }
        let entries = match &document["credentialStatus"] {
            Value::Array(all) => all.clone(),
            Value::Null => Vec::new(),
            one => vec![one.clone()],
        };
        let lists = &case["list"];
        for entry in entries {
            if entry["type"] == "1EdTechRevocationList" {
                let url = entry["id"].as_str().unwrap_or_default().to_owned();
                let mut list = json!({"id": url, "issuer": issuer, "revokedCredential": []});
                patch(&mut list, &case["revocationList"]);
                let answer = match &case["revocationList"] {
                    Value::String(how) => error(how),
                    _ => Ok(list.to_string().into_bytes()),
                };
                let listed = |bytes: Vec<u8>| Listed {
                    bytes: bytes.into(),
                    fetched_at: text(case, "revocationListAt").map_or(now, moment),
                    stale: false,
                };
                world.lists.insert(url, answer.map(listed));
                continue;
            }
            let Some(url) = entry["statusListCredential"].as_str() else { continue };
            let own = match lists.get("suspension") {
                Some(suspension) if entry["statusPurpose"] == "suspension" => suspension,
                _ => lists,
            };
            world.lists.insert(url.to_owned(), list_answer(own, url, &entry, &issuer, now));
        }
        for (target, known) in case["known"].as_object().into_iter().flatten() {
            let known = known.as_array().expect("a list").iter().map(|name| {
                let part = &parts[name.as_str().expect("a name")];
                part.as_str().map_or_else(|| part.to_string(), str::to_owned).into_bytes()
            });
            world.endorsements.insert(target.clone(), known.collect());
        }
        if let Some(rendition) = case.get("rendition") {
            let token = rendition == true;
            world.renditions = token.then(|| hex_of(&bytes)).into_iter().collect();
        }
        if let Some(entry) = case.get("register") {
            world.register = Some(register(entry, &document, &issuer, &bytes));
        }
        if let Some(entry) = case.get("registerOthers") {
            let own = document["id"].as_str().unwrap_or_default().to_owned();
            world.others = Some((own, register(entry, &document, &issuer, &bytes)));
        }
        let owned = |name: &str| text(case, name).map(str::to_owned);
        let domain = match &case["domain"] {
            Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let (media_type, address) = (owned("mediaType"), owned("address"));
        let address_type = owned("addressType");
        Self {
            bytes,
            world,
            now,
            media_type,
            address,
            address_type,
            challenge: owned("challenge"),
            domain,
        }
    }

    /// Examines it.
    pub fn examine(&self, examiner: &Examiner) -> Report {
        let domain: Vec<&str> = self.domain.iter().map(String::as_str).collect();
        let expected = Expected {
            media_type: self.media_type.as_deref(),
            carrier: None,
            recipient: self.address.as_deref(),
            recipient_type: self.address_type.as_deref(),
            challenge: self.challenge.as_deref(),
            domain: &domain,
        };
        examiner.examine_with(&self.bytes, &expected, &self.world, self.now)
    }
}

/// The sample microcredential, signed by its issuer and listed as not revoked.
pub fn good() -> Scene {
    Scene::of(&json!({}))
}

pub fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member)?.as_str()
}

/// The test keys by name.
pub fn signer(name: &str) -> TestSigner {
    let seed = match name {
        "issuer" => 1,
        "other" => 2,
        "retired" => 3,
        "compromised" => 4,
        "unlisted" => 5,
        "holder" => 6,
        "endorser" => 7,
        "p256" => {
            let [_, _, p256] = TestSigner::jose();
            return p256;
        }
        "rsa" => {
            let [_, rsa, _] = TestSigner::jose();
            return rsa;
        }
        other => panic!("no test key {other}"),
    };
    TestSigner::ed25519(&[seed; 32])
}

fn base(name: &str) -> Value {
    match name {
        "badge" => sample("mc1"),
        "plain" => json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": "urn:uuid:3d2f1b06-0000-4000-8000-000000000001",
            "type": ["VerifiableCredential"],
            "issuer": signer("issuer").did(),
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {
                "id": "urn:uuid:3d2f1b06-0000-4000-8000-000000000002",
                "name": "Voornaam Familienaam",
            },
        }),
        "poison" => poison(),
        "v1" => json!({
            "@context": ["https://www.w3.org/2018/credentials/v1",
                "https://w3id.org/security/data-integrity/v2"],
            "id": "urn:uuid:3d2f1b06-0000-4000-8000-000000000011",
            "type": ["VerifiableCredential"],
            "issuer": signer("issuer").did(),
            "issuanceDate": "2026-01-01T00:00:00Z",
            "credentialSubject": {
                "id": "urn:uuid:3d2f1b06-0000-4000-8000-000000000002",
                "type": "VerifiableCredential",
            },
        }),
        "presentation" => json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": "urn:uuid:3d2f1b06-0000-4000-8000-000000000021",
            "type": ["VerifiablePresentation"],
            "holder": signer("holder").did(),
            "verifiableCredential": ["{part:one}"],
        }),
        "presentation-v1" => json!({
            "@context": ["https://www.w3.org/2018/credentials/v1",
                "https://w3id.org/security/data-integrity/v2"],
            "type": ["VerifiablePresentation"],
            "holder": signer("holder").did(),
            "verifiableCredential": ["{part:one}"],
        }),
        "endorsement" => json!({
            "@context": ["https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:uuid:3d2f1b06-0000-4000-8000-000000000031",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "Onderschrijving",
            "issuer": {"id": signer("endorser").did(), "type": ["Profile"],
                "name": "Voorbeeld Sectorfonds"},
            "validFrom": "2026-01-15T00:00:00Z",
            "credentialSubject": {
                "id": sample("mc1")["credentialSubject"]["achievement"]["id"],
                "type": ["EndorsementSubject"],
                "endorsementComment": "Sluit aan bij wat de sector vraagt.",
            },
        }),
        "clr" => json!({
            "@context": ["https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:uuid:3d2f1b06-0000-4000-8000-000000000041",
            "type": ["VerifiableCredential", "ClrCredential"],
            "name": "Overzicht",
            "issuer": {"id": signer("issuer").did(), "type": ["Profile"], "name": "Voorbeeld"},
            "validFrom": "2026-02-10T00:00:00Z",
            "credentialSubject": {
                "id": "urn:uuid:3d2f1b06-0000-4000-8000-000000000002",
                "type": ["ClrSubject"],
                "verifiableCredential": ["{part:one}"],
            },
        }),
        sample_name => sample(sample_name),
    }
}

fn sample(name: &str) -> Value {
    let path = format!("{}/tests/samples/expected/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).expect("a sample")).expect("JSON")
}

/// Anonymous nodes that all look alike: the worst that a canonicaliser can be given.
fn poison() -> Value {
    let mut document = base("plain");
    let twin = json!({"type": "VerifiableCredential", "name": "a"});
    let family = json!({"type": "VerifiableCredential", "relatedResource": vec![twin; 10]});
    let evidence = vec![family; 2];
    document["evidence"] = Value::Array(evidence);
    document
}

/// The signed parts of a case by name: JSON objects, or tokens as texts. What they need to be
/// examined joins the world.
fn parts(case: &Value, world: &mut World) -> Map<String, Value> {
    let mut parts = Map::new();
    for (name, part) in case["parts"].as_object().into_iter().flatten() {
        let mut part = part.clone();
        // A part may be made of the parts before it.
        part["made"] = Value::Object(parts.clone());
        let scene = Scene::of(&part);
        let written = String::from_utf8(scene.bytes).expect("UTF-8");
        let value = match written.starts_with('{') {
            true => serde_json::from_str(&written).expect("JSON"),
            false => Value::String(written),
        };
        parts.insert(name.clone(), value);
        world.documents.extend(scene.world.documents);
        world.lists.extend(scene.world.lists);
    }
    if let Some(made) = case["made"].as_object() {
        parts.extend(made.clone());
    }
    parts
}

/// A text `{part:NAME}` stands for that part; within a longer text, for a token.
fn put_parts(value: &mut Value, parts: &Map<String, Value>) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| put_parts(one, parts)),
        Value::Object(members) => members.values_mut().for_each(|one| put_parts(one, parts)),
        Value::String(text) if text.contains("{part:") => {
            for (name, part) in parts {
                let place = format!("{{part:{name}}}");
                if *text == place {
                    *value = part.clone();
                    return;
                }
                if let Some(token) = part.as_str() {
                    *text = text.replace(&place, token);
                }
            }
            assert!(!text.contains("{part:"), "no such part: {text}");
        }
        _ => {}
    }
}

pub fn hex_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Who is to sign: the issuer, or the holder of a presentation.
pub fn issuer_of(document: &Value) -> String {
    let issuer = match document.get("issuer") {
        Some(issuer) => issuer,
        None => &document["holder"],
    };
    issuer.as_str().or_else(|| issuer["id"].as_str()).unwrap_or("none").to_owned()
}

/// The document of an issuer with an active, a retired, a compromised and an unlisted key.
pub fn issuer_document(issuer: &str) -> Value {
    let mut methods = Vec::new();
    let mut asserts = Vec::new();
    for name in ["issuer", "retired", "compromised", "unlisted"] {
        let key = signer(name).public_key().to_multikey().expect("Ed25519");
        let id = format!("{issuer}#{key}");
        let mut method = json!({
            "id": id, "type": "Multikey", "controller": issuer, "publicKeyMultibase": key,
        });
        match name {
            "compromised" => method["revoked"] = json!(COMPROMISED),
            "unlisted" => {}
            _ => asserts.push(json!(id)),
        }
        methods.push(method);
    }
    for name in ["issuer", "p256", "rsa"] {
        let public = signer(name).public_key().clone();
        let id = format!("{issuer}#{}", public.thumbprint());
        methods.push(json!({
            "id": id, "type": "JsonWebKey", "controller": issuer, "publicKeyJwk": public.to_jwk(),
        }));
        asserts.push(json!(id));
    }
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer,
        "verificationMethod": methods,
        "assertionMethod": asserts,
    })
}

/// `{key:NAME}` in a text stands for that key's multibase form, `{did:NAME}` for its did:key.
fn resolve_names(value: &Value) -> Value {
    let mut written = value.to_string();
    for name in ["issuer", "other", "retired", "compromised", "unlisted", "holder", "endorser"] {
        let key = signer(name).public_key().to_multikey().expect("Ed25519");
        written = written
            .replace(&format!("{{key:{name}}}"), &key)
            .replace(&format!("{{did:{name}}}"), &signer(name).did());
    }
    serde_json::from_str(&written).expect("still JSON")
}

/// Who recognises the issuer: nobody when the case says `false`, else the periods that it lists.
fn recognitions(case: &Value) -> Vec<Recognition> {
    let day = |value: &Value| value.as_str().map(|text| text.parse().expect("a date"));
    match case.get("recognised") {
        None => vec![Recognition {
            from: Some("2026-01-01".parse().expect("a date")),
            ..Recognition::default()
        }],
        Some(Value::Array(periods)) => periods
            .iter()
            .map(|period| Recognition {
                name: text(period, "name").map(str::to_owned),
                from: day(&period["from"]),
                until: day(&period["until"]),
                by: text(period, "by").map(str::to_owned),
                source: text(period, "source").map(str::to_owned),
            })
            .collect(),
        Some(_) => Vec::new(),
    }
}

/// A part of RFC 6902: `[op, pointer, value]` with add, replace and remove. A text `{key:NAME}` in
/// a value stands for that key.
pub fn patch(document: &mut Value, changes: &Value) {
    for change in changes.as_array().into_iter().flatten() {
        let op = change[0].as_str().expect("an operation");
        let pointer = change[1].as_str().expect("a pointer");
        let value = resolve_names(change.get(2).unwrap_or(&Value::Null));
        if op == "replace" && pointer.is_empty() {
            *document = value;
            continue;
        }
        if op == "replace" {
            let place = document.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}"));
            *place = value;
            continue;
        }
        let (parent, token) = pointer.rsplit_once('/').expect("a place in something");
        let token = token.replace("~1", "/").replace("~0", "~");
        match (document.pointer_mut(parent), op) {
            (Some(Value::Object(members)), "add") => {
                members.insert(token, value);
            }
            (Some(Value::Object(members)), "remove") => {
                assert!(members.shift_remove(&token).is_some(), "no {pointer}");
            }
            (Some(Value::Array(items)), "add") => match token.as_str() {
                "-" => items.push(value),
                at => items.insert(at.parse().expect("an index"), value),
            },
            (Some(Value::Array(items)), "remove") => {
                items.remove(token.parse().expect("an index"));
            }
            _ => panic!("cannot {op} {pointer}"),
        }
    }
}

/// The official vectors of a suite.
pub fn signed_vectors(file: &str) -> Vec<(String, Value)> {
    let file = vectors(file);
    let all = file["vectors"].as_array().expect("vectors");
    all.iter()
        .map(|one| (one["name"].as_str().unwrap_or("one").to_owned(), one["signed"].clone()))
        .collect()
}
