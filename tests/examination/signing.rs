//! Signs what a case describes, as the case says: right, wrong, or in odd ways.

use super::*;

/// The bytes that are handed in.
pub(super) fn input(case: &Value, document: Value, issuer: &str) -> Vec<u8> {
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

pub(super) fn with_proofs(document: Value, sign: &Value, issuer: &str) -> Value {
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

pub(super) fn token(sign: &Map<String, Value>, document: &Value, issuer: &str) -> String {
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
