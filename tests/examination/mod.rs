//! Builds what a case describes: a credential signed with published test keys, and a world of key
//! documents, status lists and a register that answers as the case says.

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
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

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
                from: day(&period["from"]),
                until: day(&period["until"]),
                by: text(period, "by").map(str::to_owned),
                source: text(period, "source").map(str::to_owned),
            })
            .collect(),
        Some(_) => Vec::new(),
    }
}

/// The bytes that are handed in.
fn input(case: &Value, document: Value, issuer: &str) -> Vec<u8> {
    if let Some(raw) = text(case, "raw") {
        return raw.as_bytes().to_vec();
    }
    if let Some(repeated) = case["repeat"].as_array() {
        let unit = repeated[0].as_str().expect("a text");
        return unit
            .repeat(usize::try_from(repeated[1].as_u64().expect("times")).expect("fits"))
            .into();
    }
    let sign = case.get("sign").cloned().unwrap_or(json!({}));
    let mut written = match &sign {
        Value::String(none) if none == "none" => {
            let mut document = document;
            patch(&mut document, &case["after"]);
            document.to_string()
        }
        Value::Object(one) if one.contains_key("jwt") => token(one, &document, issuer),
        one_or_more => {
            let mut signed = with_proofs(document, one_or_more, issuer);
            patch(&mut signed, &case["after"]);
            signed.to_string()
        }
    };
    for change in case["text"].as_array().into_iter().flatten() {
        let (from, to) = (change[0].as_str().expect("from"), change[1].as_str().expect("to"));
        assert!(written.contains(from), "nothing to change: {from}");
        written = written.replacen(from, to, 1);
    }
    written.into_bytes()
}

fn method_url(name: Option<&str>, key: &TestSigner, issuer: &str) -> String {
    match name {
        None if issuer.starts_with("did:key:") => key.method(),
        None => format!("{issuer}#{}", key.public_key().to_multikey().expect("Ed25519")),
        Some("did:key") => key.method(),
        Some("thumbprint") => format!("{issuer}#{}", key.public_key().thumbprint()),
        Some(url) => resolve_names(&json!(url)).as_str().expect("a text").to_owned(),
    }
}

fn with_proofs(document: Value, sign: &Value, issuer: &str) -> Value {
    let wanted: Vec<&Value> = sign.as_array().map_or(vec![sign], |all| all.iter().collect());
    let mut proofs = Vec::new();
    for one in &wanted {
        let presents = document.get("issuer").is_none() && document.get("holder").is_some();
        let whose = match text(&document["issuer"], "id") {
            Some(id) if id == signer("endorser").did() => "endorser",
            _ if presents => "holder",
            _ => "issuer",
        };
        let key = signer(text(one, "key").unwrap_or(whose));
        let suite = text(one, "suite").unwrap_or("eddsa-rdfc-2022");
        let options = ProofOptions {
            cryptosuite: Cryptosuite::from_name(suite).expect("a suite"),
            verification_method: method_url(text(one, "method"), &key, issuer),
            created: moment(text(one, "created").unwrap_or("2026-02-02T09:15:00Z")),
            proof_purpose: match text(one, "purpose") {
                Some("authentication") => ProofPurpose::Authentication,
                None if presents => ProofPurpose::Authentication,
                _ => ProofPurpose::AssertionMethod,
            },
        };
        let more: Map<String, Value> = ["expires", "challenge", "domain"]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), one.get(name)?.clone())))
            .collect();
        if !more.is_empty() {
            proofs.push(jcs_proof(&document, &options, &key, &more));
            continue;
        }
        let mut signed = document.clone();
        let mut proof = match add_proof(&mut signed, &options, &key, ContextSet::conformance()) {
            Ok(()) => signed["proof"].take(),
            // What our own signer refuses, others may sign.
            Err(_) if suite == "eddsa-jcs-2022" => jcs_proof(&document, &options, &key, &more),
            Err(error) => panic!("does not sign: {error}"),
        };
        patch(&mut proof, &one["after"]);
        proofs.push(proof);
    }
    let mut signed = document;
    signed["proof"] = if proofs.len() == 1 { proofs.remove(0) } else { Value::Array(proofs) };
    signed
}

/// `eddsa-jcs-2022` without the checks before it, and with an end.
fn jcs_proof(
    document: &Value,
    options: &ProofOptions,
    key: &TestSigner,
    more: &Map<String, Value>,
) -> Value {
    let mut proof = json!({
        "@context": document["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": options.created.to_string(),
        "verificationMethod": options.verification_method,
        "proofPurpose": options.proof_purpose.as_str(),
    });
    for (name, value) in more {
        proof[name] = value.clone();
    }
    let hash = |value: &Value| {
        Sha256::digest(bewijs::canon::jcs::to_string(value).expect("JCS").as_bytes()).to_vec()
    };
    let data = [hash(&proof), hash(document)].concat();
    let signature = key.sign(&data).expect("signs");
    proof["proofValue"] = json!(format!("z{}", bs58::encode(signature).into_string()));
    proof
}

/// A token that our own signer does not make: a presentation, or one of VCDM 1.1.
fn other_token(sign: &Map<String, Value>, document: &Value) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
    let kind = sign["jwt"].as_str().expect("a kind");
    let presents = kind.starts_with("vp");
    let whose = if presents { "holder" } else { "issuer" };
    let key = signer(sign.get("key").and_then(Value::as_str).unwrap_or(whose));
    let typ = if kind == "vp" { "vp+jwt" } else { "JWT" };
    let mut header = json!({"alg": "EdDSA", "typ": typ, "kid": key.method()});
    let mut claims = match kind {
        "vp" => document.clone(),
        "vp-1.1" => json!({"iss": document["holder"], "vp": document}),
        _ => json!({"iss": issuer_of(document), "jti": document["id"], "vc": document}),
    };
    patch(&mut header, &sign.get("header").cloned().unwrap_or_default());
    patch(&mut claims, &sign.get("claims").cloned().unwrap_or_default());
    let message =
        format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let signature = key.sign(message.as_bytes()).expect("signs");
    format!("{message}.{}", BASE64.encode(signature))
}

fn token(sign: &Map<String, Value>, document: &Value, issuer: &str) -> String {
    if matches!(sign["jwt"].as_str(), Some("vp" | "vp-1.1" | "vc-1.1")) {
        return other_token(sign, document);
    }
    let profile = match sign["jwt"].as_str() {
        Some("open-badges") => JwtProfile::OpenBadges,
        _ => JwtProfile::VcJwt,
    };
    let key = signer(sign.get("key").and_then(Value::as_str).unwrap_or("p256"));
    let kid = match sign.get("kid").and_then(Value::as_str) {
        Some(kid) => Some(method_url(Some(kid), &key, issuer)),
        None if profile == JwtProfile::OpenBadges => None,
        None => Some(method_url(Some("thumbprint"), &key, issuer)),
    };
    let made = sign_credential(document, profile, &key, kid.as_deref()).expect("signs");
    if !sign.contains_key("header") && !sign.contains_key("claims") {
        return made;
    }
    // Written by hand, to say what no signer would.
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
    let parts: Vec<&str> = made.split('.').collect();
    let read = |part: &str| -> Value {
        serde_json::from_slice(&BASE64.decode(part).expect("base64")).expect("JSON")
    };
    let (mut header, mut claims) = (read(parts[0]), read(parts[1]));
    if let Some(changes) = sign.get("header") {
        patch(&mut header, changes);
    }
    if let Some(changes) = sign.get("claims") {
        patch(&mut claims, changes);
    }
    let message =
        format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let signature = match sign.get("signature").and_then(Value::as_str) {
        Some("none") => Vec::new(),
        Some("hmac-of-public-key") => {
            let key = aws_lc_rs::hmac::Key::new(
                aws_lc_rs::hmac::HMAC_SHA256,
                key.public_key().to_jwk().to_string().as_bytes(),
            );
            aws_lc_rs::hmac::sign(&key, message.as_bytes()).as_ref().to_vec()
        }
        _ => key.sign(message.as_bytes()).expect("signs"),
    };
    format!("{message}.{}", BASE64.encode(signature))
}

fn error(how: &str) -> Result<Vec<u8>, SourceError> {
    let detail = "as the case says".to_owned();
    Err(match how {
        "unreachable" => SourceError::Unreachable { detail },
        "refused" => SourceError::Refused { detail },
        "not-found" => SourceError::NotFound { detail },
        "invalid" => SourceError::Invalid { detail },
        "deferred" => SourceError::Deferred,
        text => return Ok(text.as_bytes().to_vec()),
    })
}

/// A status list as the case describes it.
fn list_answer(
    case: &Value,
    url: &str,
    entry: &Value,
    issuer: &str,
    now: Timestamp,
) -> Result<Listed, SourceError> {
    let listed = |bytes: Vec<u8>| Listed {
        bytes: bytes.into(),
        fetched_at: text(case, "fetchedAt").map_or(now, moment),
        stale: case["stale"] == true,
    };
    if let Some(how) = case.as_str() {
        return error(how).map(listed);
    }
    let mut bits = Bitstring::new(131_072);
    for index in case["set"].as_array().into_iter().flatten() {
        assert!(bits.set(index.as_u64().expect("an index"), true));
    }
    if let Some(length) = case["bytes"].as_u64() {
        bits = Bitstring::from_bytes(vec![0; usize::try_from(length).expect("fits")]);
    }
    let list_issuer = text(case, "issuer").unwrap_or(issuer).to_owned();
    let list_issuer = resolve_names(&json!(list_issuer)).as_str().expect("text").to_owned();
    let facts = StatusListFacts {
        url,
        issuer: &list_issuer,
        purpose: match entry["statusPurpose"].as_str() {
            Some("suspension") => StatusPurpose::Suspension,
            _ => StatusPurpose::Revocation,
        },
        valid_from: now.plus_seconds(-86_400 * 28),
        valid_until: now.plus_seconds(86_400 * 7),
        ttl: 300_000,
    };
    let mut list = list_credential(&facts, &bits);
    patch(&mut list, &case["before"]);
    let sign = case.get("sign").cloned().unwrap_or(json!({"created": "2026-02-28T00:00:00Z"}));
    if sign == "none" {
        return Ok(listed(list.to_string().into_bytes()));
    }
    if let Some(one) = sign.as_object().filter(|one| one.contains_key("jwt")) {
        return Ok(listed(token(one, &list, &list_issuer).into_bytes()));
    }
    let mut signed = with_proofs(list, &sign, &list_issuer);
    patch(&mut signed, &case["after"]);
    Ok(listed(signed.to_string().into_bytes()))
}

fn register(case: &Value, document: &Value, issuer: &str, bytes: &[u8]) -> RegisterEntry {
    let digest = hex_of(bytes);
    RegisterEntry {
        state: match text(case, "state") {
            Some("revoked") => CredentialState::Revoked,
            Some("superseded") => CredentialState::Superseded,
            Some("suspended") => CredentialState::Suspended,
            _ => CredentialState::Valid,
        },
        since: text(case, "since").map(moment),
        replaced_by: text(case, "replacedBy").map(str::to_owned),
        issuer: text(case, "issuer").unwrap_or(issuer).to_owned(),
        test: case["test"] == true,
        sha256: text(case, "sha256").map_or(digest, str::to_owned),
        recorded: moment(
            text(case, "recorded")
                .unwrap_or_else(|| document["validFrom"].as_str().expect("a start")),
        ),
    }
}

#[derive(Clone)]
pub struct Listed {
    pub bytes: std::sync::Arc<[u8]>,
    pub fetched_at: Timestamp,
    pub stale: bool,
}

/// Answers from memory.
#[derive(Default)]
pub struct World {
    pub documents: HashMap<String, Result<Vec<u8>, SourceError>>,
    /// Nothing newer than these documents can be had.
    pub stale_documents: bool,
    pub lists: HashMap<String, Result<Listed, SourceError>>,
    pub register: Option<RegisterEntry>,
    /// What the register knows of every credential but the one with this id.
    pub others: Option<(String, RegisterEntry)>,
    pub recognised: Vec<Recognition>,
    pub renditions: Vec<String>,
    pub endorsements: HashMap<String, Vec<Vec<u8>>>,
    pub asked: AtomicUsize,
}

impl Sources for World {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match self.documents.get(url) {
            None => Err(SourceError::NotFound { detail: "not in this world".to_owned() }),
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(bytes)) => Ok(Fetched {
                bytes: bytes.clone().into(),
                media_type: Some("application/did+json".to_owned()),
                fetched_at: moment(NOW),
                stale: self.stale_documents,
            }),
        }
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match self.lists.get(url) {
            None => Err(SourceError::NotFound { detail: "not in this world".to_owned() }),
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(list)) => Ok(Fetched {
                bytes: list.bytes.clone(),
                media_type: Some("application/vc".to_owned()),
                fetched_at: list.fetched_at,
                stale: list.stale,
            }),
        }
    }

    fn register(&self, credential: &str) -> Option<RegisterEntry> {
        match &self.others {
            Some((own, entry)) if own != credential => Some(entry.clone()),
            _ => self.register.clone(),
        }
    }

    fn recognised(&self, _issuer: &str) -> Vec<Recognition> {
        self.recognised.clone()
    }

    fn rendition(&self, _credential: &str, sha256: &str) -> bool {
        self.renditions.iter().any(|known| known == sha256)
    }

    fn endorsements(&self, target: &str) -> Vec<std::sync::Arc<[u8]>> {
        let known = self.endorsements.get(target).cloned().unwrap_or_default();
        known.into_iter().map(Into::into).collect()
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
