//! Credentials as tokens: the vectors of the RFCs, both profiles, and what must be refused.

use crate::signers::{TestResolver, TestSigner, kind, method, moment, vectors};
use bewijs::canon::json::JsonLimits;
use bewijs::encoding::{PublicKey, decode_base64url, encode_base64url};
use bewijs::proof::jose::{
    JoseError, JwtOptions, JwtProfile, JwtReport, sign_credential, sign_jws, verify_jws, verify_jwt,
};
use bewijs::proof::{ProofOutcome, ResolveError, Signer, problem};
use serde_json::{Value, json};

const ISSUER: &str = "did:web:badges.example:issuers:voorbeeld";

fn credential() -> Value {
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        ],
        "id": "https://badges.example/credentials/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Voorbeeld"},
        "validFrom": "2026-02-02T09:15:00Z",
        "validUntil": "2031-02-02T00:00:00+01:00",
        "credentialSubject": {"id": "urn:uuid:5f0d8fbb-92c7-4f4e-8a64-2b8a0c8d0a11"}
    })
}

fn kid(signer: &TestSigner) -> String {
    format!("{ISSUER}#{}", signer.public_key().thumbprint())
}

fn resolver(signer: &TestSigner) -> TestResolver {
    TestResolver::default().knows(&kid(signer), ISSUER, signer.public_key())
}

fn options() -> JwtOptions {
    JwtOptions::at(moment("2026-06-01T00:00:00Z"))
}

/// Signs whatever header and payload, with the key it is given.
fn forge(header: &Value, payload: &Value, signer: &dyn Signer) -> String {
    let part = |value: &Value| encode_base64url(value.to_string());
    forge_text(&part(header), &part(payload), signer)
}

fn forge_text(header: &str, payload: &str, signer: &dyn Signer) -> String {
    let message = format!("{header}.{payload}");
    let signature = signer.sign(message.as_bytes()).expect("signature");
    format!("{message}.{}", encode_base64url(signature))
}

fn json_part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).expect("part");
    serde_json::from_slice(&decode_base64url(part).expect("base64url")).expect("JSON")
}

/// The payload as the product writes it.
fn payload(signer: &TestSigner) -> Value {
    let token = sign_credential(&credential(), JwtProfile::VcJwt, signer, Some(&kid(signer)));
    json_part(&token.expect("token"), 1)
}

fn check(token: &str, signer: &TestSigner) -> JwtReport {
    verify_jwt(token, &options(), &resolver(signer)).expect("a token")
}

/// Fails, for the given reason, and shows nothing of the payload unless the signature was right.
fn refused(token: &str, signer: &TestSigner, because: &str) {
    let report = check(token, signer);
    assert!(matches!(report.outcome, ProofOutcome::Failed(_)), "{because}: {:?}", report.outcome);
    let problem = report.outcome.problem().expect("of a failure");
    let detail = problem.detail.as_deref().unwrap_or_default();
    assert!(detail.contains(because), "{because}: {problem:?}");
}

#[test]
fn the_signatures_of_the_rfcs_verify_and_the_deterministic_ones_are_reproduced() {
    let file = vectors("jose-basics.json");
    let cases = file["signatures"].as_array().expect("cases");
    assert_eq!(cases.len(), 3);
    for case in cases {
        let key = PublicKey::from_jwk(&case["publicJwk"]).expect("key");
        let compact = case["compact"].as_str().expect("compact");
        let payload = verify_jws(compact, &key).expect("verified");
        assert_eq!(payload, case["payloadText"].as_str().expect("text").as_bytes());

        let signer = TestSigner::from_jwk(&case["privateJwk"]);
        let header = json_part(compact, 0);
        let again = sign_jws(&payload, header["kid"].as_str(), &signer).expect("signed");
        if case["deterministic"] == true {
            assert_eq!(again, compact);
        }
        assert_eq!(verify_jws(&again, &key).as_ref(), Ok(&payload));

        // Any changed character of it is refused.
        for at in 0..compact.len() {
            let mut changed = compact.as_bytes().to_vec();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("ASCII");
            assert!(verify_jws(&changed, &key).is_err(), "{at}");
        }
        // And so is every other key.
        for other in cases.iter().filter(|other| other["id"] != case["id"]) {
            let other = PublicKey::from_jwk(&other["publicJwk"]).expect("key");
            assert!(matches!(verify_jws(compact, &other), Err(JoseError::NotVerified(_))));
        }
    }
}

#[test]
fn vc_jwt_is_made_and_verified_with_each_kind_of_key() {
    for (signer, alg) in TestSigner::jose().iter().zip(["EdDSA", "RS256", "ES256"]) {
        let kid = kid(signer);
        let token =
            sign_credential(&credential(), JwtProfile::VcJwt, signer, Some(&kid)).expect("signed");
        assert_eq!(json_part(&token, 0), json!({"typ": "vc+jwt", "alg": alg, "kid": kid}));
        let mut expected = credential();
        expected["iss"] = json!(ISSUER);
        expected["jti"] = expected["id"].clone();
        expected["sub"] = expected["credentialSubject"]["id"].clone();
        expected["nbf"] = json!(1_770_023_700);
        expected["exp"] = json!(1_927_753_200);
        assert_eq!(json_part(&token, 1), expected);

        let report = check(&token, signer);
        assert!(report.outcome.is_verified(), "{:?}", report.outcome);
        assert_eq!(report.profile, Some(JwtProfile::VcJwt));
        assert_eq!(report.algorithm.as_deref(), Some(alg));
        assert_eq!(report.typ.as_deref(), Some("vc+jwt"));
        assert_eq!(report.verification_method.as_deref(), Some(kid.as_str()));
        assert_eq!(report.controller.as_deref(), Some(ISSUER));
        assert_eq!(report.payload.as_ref(), Some(&expected));
        assert_eq!(report.credential.as_ref(), Some(&credential()), "without claims");
        assert!(report.warnings.is_empty());
    }
}

#[test]
fn open_badges_tokens_are_made_and_verified_and_their_key_must_be_the_issuers() {
    let [ed25519, rsa, p256] = TestSigner::jose();
    for (signer, alg) in [(&rsa, "RS256"), (&p256, "ES256")] {
        let token =
            sign_credential(&credential(), JwtProfile::OpenBadges, signer, None).expect("signed");
        let jwk = signer.public_key().to_jwk();
        assert_eq!(json_part(&token, 0), json!({"typ": "JWT", "alg": alg, "jwk": jwk}));
        let vc_jwt = sign_credential(&credential(), JwtProfile::VcJwt, signer, Some(&kid(signer)));
        let same = json_part(&vc_jwt.expect("signed"), 1);
        assert_eq!(json_part(&token, 1), same, "the same payload as vc+jwt");

        let report = check(&token, signer);
        assert!(report.outcome.is_verified(), "{:?}", report.outcome);
        assert_eq!(report.profile, Some(JwtProfile::OpenBadges));
        assert_eq!(report.verification_method, Some(kid(signer)));
        assert_eq!(report.controller.as_deref(), Some(ISSUER));

        // The key document of the issuer decides whose key it is.
        let other = TestResolver::default().knows(&kid(signer), ISSUER, ed25519.public_key());
        let report = verify_jwt(&token, &options(), &other).expect("a token");
        assert!(matches!(report.outcome, ProofOutcome::Failed(_)));
        let unreachable = ResolveError::Unreachable { detail: "no answer".to_owned() };
        let silent = TestResolver::default().fails(&kid(signer), unreachable);
        let report = verify_jwt(&token, &options(), &silent).expect("a token");
        assert!(matches!(report.outcome, ProofOutcome::Indeterminate(_)));
        assert!(report.credential.is_some(), "the signature was right");
        let report = verify_jwt(&token, &options(), &TestResolver::default()).expect("a token");
        assert!(matches!(report.outcome, ProofOutcome::Failed(_)));
    }
    // A kid that leads to one JWK is the other way.
    let url = "https://badges.example/keys/1";
    let header = json!({"alg": "ES256", "kid": url, "typ": "JWT"});
    let token = forge(&header, &payload(&p256), &p256);
    let resolver = TestResolver::default().knows(url, ISSUER, p256.public_key());
    let report = verify_jwt(&token, &options(), &resolver).expect("a token");
    assert!(report.outcome.is_verified(), "{:?}", report.outcome);
    assert_eq!(report.profile, Some(JwtProfile::OpenBadges));
}

#[test]
fn an_open_badges_token_may_carry_the_key_that_its_did_jwk_is() {
    let [_, rsa, p256] = TestSigner::jose();
    let did = bewijs::encoding::did_jwk::from_key(p256.public_key());
    let url = format!("{did}#0");
    let mut credential = credential();
    credential["issuer"] = json!({"id": did, "type": ["Profile"], "name": "School"});
    let resolver = TestResolver::default().knows(&url, &did, p256.public_key());
    for (signer, good) in [(&p256, true), (&rsa, false)] {
        let token =
            sign_credential(&credential, JwtProfile::OpenBadges, signer, None).expect("signed");
        let report = verify_jwt(&token, &options(), &resolver).expect("a token");
        assert_eq!(report.outcome.is_verified(), good, "{:?}", report.outcome);
        assert_eq!(report.verification_method.as_deref(), Some(url.as_str()));
    }
}

#[test]
fn what_suits_no_profile_is_not_signed() {
    let [ed25519, rsa, _] = TestSigner::jose();
    let refused = |credential: &Value, profile, signer: &TestSigner, kid: Option<&str>| {
        let result = sign_credential(credential, profile, signer, kid);
        assert!(
            matches!(result, Err(JoseError::Generation(_) | JoseError::Parsing(_))),
            "{result:?}"
        );
    };
    let kid = kid(&rsa);
    refused(&credential(), JwtProfile::VcJwt, &rsa, None);
    refused(&credential(), JwtProfile::VcJwt, &rsa, Some("key-1"));
    refused(&credential(), JwtProfile::VcJwt, &rsa, Some(""));
    refused(&credential(), JwtProfile::VcJwt, &rsa, Some("did:web:x y#1"));
    refused(&credential(), JwtProfile::OpenBadges, &rsa, Some(&kid));
    refused(&credential(), JwtProfile::OpenBadges, &ed25519, None);
    for no_credential in [json!([]), json!("x"), json!(null)] {
        refused(&no_credential, JwtProfile::VcJwt, &rsa, Some(&kid));
    }
    for claim in ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "vc", "vp"] {
        let mut credential = credential();
        credential[claim] = json!("x");
        refused(&credential, JwtProfile::VcJwt, &rsa, Some(&kid));
    }
    for member in ["id", "issuer", "credentialSubject", "validFrom"] {
        let mut credential = credential();
        credential.as_object_mut().expect("object").remove(member);
        refused(&credential, JwtProfile::OpenBadges, &rsa, None);
    }
    for (member, value) in [("validFrom", json!("2026-02-02")), ("validUntil", json!(5))] {
        let mut credential = credential();
        credential[member] = value;
        refused(&credential, JwtProfile::VcJwt, &rsa, Some(&kid));
    }
}

#[test]
fn the_algorithm_is_that_of_the_key_whatever_the_token_says() {
    let signers = TestSigner::jose();
    for signer in &signers {
        let payload = payload(signer);
        for alg in ["none", "None", "NONE", "nOnE", "HS256", "HS384", "HS512", "", "eddsa"] {
            let header = json!({"alg": alg, "typ": "vc+jwt", "kid": kid(signer)});
            let report = check(&forge(&header, &payload, signer), signer);
            assert!(!report.outcome.is_verified(), "{alg}");
            assert!(report.payload.is_none(), "{alg}");
        }
        for (other, alg) in signers.iter().zip(["EdDSA", "RS256", "ES256"]) {
            if other.public_key() == signer.public_key() {
                continue;
            }
            // The right key with another's algorithm, and another's key under this kid.
            let header = json!({"alg": alg, "typ": "vc+jwt", "kid": kid(signer)});
            refused(&forge(&header, &payload, signer), signer, "alg is not the algorithm");
            refused(&forge(&header, &payload, other), signer, "alg is not the algorithm");
        }
        for alg in ["ES384", "ES512", "RS512", "PS256", "ES256K"] {
            let header = json!({"alg": alg, "typ": "vc+jwt", "kid": kid(signer)});
            let report = check(&forge(&header, &payload, signer), signer);
            assert!(!report.outcome.is_verified(), "{alg}");
        }
    }
    let [_, rsa, p256] = &signers;
    // The classic: an HMAC with the public key as its secret.
    let header = json!({"alg": "HS256", "typ": "vc+jwt", "kid": kid(rsa)});
    let message = forge(&header, &payload(rsa), rsa).rsplit_once('.').expect("parts").0.to_owned();
    let PublicKey::Rsa(key) = rsa.public_key() else { panic!("RSA") };
    let secret = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, key.modulus());
    let tag = aws_lc_rs::hmac::sign(&secret, message.as_bytes());
    refused(&format!("{message}.{}", encode_base64url(tag)), rsa, "not a signature by a public");
    // No signature at all.
    let token = forge(&json!({"alg": "none", "kid": kid(p256)}), &payload(p256), p256);
    let unsigned = format!("{}.", token.rsplit_once('.').expect("parts").0);
    refused(&unsigned, p256, "not a signature by a public");
    let header = json!({"alg": "ES256", "kid": kid(p256)});
    let token = forge(&header, &payload(p256), p256);
    let unsigned = format!("{}.", token.rsplit_once('.').expect("parts").0);
    refused(&unsigned, p256, "does not fit");
}

#[test]
fn headers_that_are_refused() {
    let [_, rsa, p256] = TestSigner::jose();
    let body = payload(&p256);
    let id = kid(&p256);
    let good = json!({"alg": "ES256", "typ": "vc+jwt", "kid": id});
    assert!(check(&forge(&good, &body, &p256), &p256).outcome.is_verified());
    let with = |name: &str, value: Value| {
        let mut header = good.clone();
        header[name] = value;
        forge(&header, &body, &p256)
    };
    for typ in ["JWT", "jwt", "VC+JWT", "application/vc+jwt"] {
        assert!(check(&with("typ", json!(typ)), &p256).outcome.is_verified(), "{typ}");
    }
    for typ in ["bad+jwt", "vp+jwt", "vc+ld+jwt", "dc+sd-jwt", "vc", ""] {
        refused(&with("typ", json!(typ)), &p256, "typ must be");
    }
    refused(&with("typ", json!(["vc+jwt"])), &p256, "must be a string");
    assert!(check(&with("cty", json!("vc")), &p256).outcome.is_verified());
    for cty in ["vp", "JWT", ""] {
        refused(&with("cty", json!(cty)), &p256, "cty must be vc");
    }
    for crit in [json!(["exp"]), json!(["b64"]), json!([]), json!("b64"), json!(null)] {
        refused(&with("crit", crit), &p256, "critical extensions");
    }
    for b64 in [json!(false), json!("false"), json!(null), json!(0)] {
        refused(&with("b64", b64), &p256, "not encoded");
    }
    // Others are ignored, as the standard says, and lead nowhere.
    for (name, value) in [
        ("jku", json!("https://evil.example/jwks.json")),
        ("x5u", json!("https://evil.example/cert")),
        ("b64", json!(true)),
        ("jwk", rsa.public_key().to_jwk()),
        ("made-up", json!({"a": 1})),
    ] {
        let resolver = resolver(&p256);
        let report = verify_jwt(&with(name, value), &options(), &resolver).expect("a token");
        assert!(report.outcome.is_verified(), "{name}");
        assert_eq!(*resolver.asked.borrow(), [id.as_str()]);
    }
    refused(&with("kid", json!("key-1")), &p256, "not an absolute URL");
    refused(
        &with("kid", json!(id.rsplit_once('#').expect("fragment").1)),
        &p256,
        "not an absolute",
    );
    refused(&with("kid", json!(7)), &p256, "must be a string");
    let without = |name: &str| {
        let mut header = good.clone();
        header.as_object_mut().expect("object").remove(name);
        forge(&header, &body, &p256)
    };
    refused(&without("alg"), &p256, "no alg");
    refused(&without("kid"), &p256, "which key signed");
    assert!(check(&without("typ"), &p256).outcome.is_verified());
    // A vc+jwt with a key by value and none by name says nothing about whose it is.
    let header = json!({"alg": "ES256", "typ": "vc+jwt", "jwk": p256.public_key().to_jwk()});
    refused(&forge(&header, &body, &p256), &p256, "which key signed");

    // The Open Badges profile allows less.
    let good = json!({"alg": "ES256", "typ": "JWT", "jwk": p256.public_key().to_jwk()});
    let with = |name: &str, value: Value| {
        let mut header = good.clone();
        header[name] = value;
        forge(&header, &body, &p256)
    };
    assert!(check(&forge(&good, &body, &p256), &p256).outcome.is_verified());
    for (name, value) in [
        ("cty", json!("vc")),
        ("jku", json!("https://badges.example/jwks.json")),
        ("x5c", json!([])),
        ("made-up", json!(1)),
    ] {
        refused(&with(name, value), &p256, "no header but");
    }
    refused(&with("kid", json!("https://badges.example/key")), &p256, "not both");
    refused(&with("typ", json!("jwt")), &p256, "typ must be JWT");
    refused(&with("crit", json!(["exp"])), &p256, "critical");
    let mut private = p256.public_key().to_jwk();
    private["d"] = json!("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
    refused(&with("jwk", private), &p256, "is private");
    refused(&with("jwk", rsa.public_key().to_jwk()), &p256, "alg is not the algorithm");
    refused(&with("jwk", json!({"kty": "oct"})), &p256, "jwk of the header is refused");
    refused(&with("jwk", json!("x")), &p256, "jwk of the header is refused");
}

#[test]
fn claims_that_contradict_the_credential_are_refused() {
    let [_, _, p256] = TestSigner::jose();
    let vc = json!({"alg": "ES256", "typ": "vc+jwt", "kid": kid(&p256)});
    let badge = json!({"alg": "ES256", "typ": "JWT", "jwk": p256.public_key().to_jwk()});
    let body = payload(&p256);
    let with = |header: &Value, name: &str, value: Value| {
        let mut body = body.clone();
        body[name] = value;
        forge(header, &body, &p256)
    };
    let without = |header: &Value, name: &str| {
        let mut body = body.clone();
        body.as_object_mut().expect("object").shift_remove(name);
        forge(header, &body, &p256)
    };
    for header in [&vc, &badge] {
        refused(&with(header, "iss", json!("did:web:other.example")), &p256, "iss is not");
        refused(&with(header, "iss", json!(7)), &p256, "iss is not");
        refused(&with(header, "iss", json!(null)), &p256, "iss is not");
        refused(&with(header, "jti", json!("urn:x:y")), &p256, "jti is not");
        refused(&with(header, "sub", json!("urn:x:y")), &p256, "sub is not");
        refused(&with(header, "vc", json!({})), &p256, "the payload is the credential");
        refused(&with(header, "vp", json!(null)), &p256, "the payload is the credential");
        for bad in [json!("1770023700"), json!(1_770_023_700.5), json!(1e300), json!([1])] {
            refused(&with(header, "nbf", bad.clone()), &p256, "whole seconds");
            refused(&with(header, "exp", bad.clone()), &p256, "whole seconds");
            refused(&with(header, "iat", bad), &p256, "whole seconds");
        }
        for claim in ["aud", "iat"] {
            let report = check(&with(header, claim, json!(1_770_023_700)), &p256);
            assert!(report.outcome.is_verified(), "{claim}");
            assert!(report.credential.expect("credential").get(claim).is_none());
        }
    }
    // vc+jwt: claims may be absent; exp and nbf of their own are about the signature.
    for claim in ["iss", "jti", "sub", "nbf", "exp"] {
        assert!(check(&without(&vc, claim), &p256).outcome.is_verified(), "{claim}");
    }
    let now = moment("2026-06-01T00:00:00Z").unix();
    refused(&with(&vc, "exp", json!(now)), &p256, "signature has expired");
    refused(&with(&vc, "nbf", json!(now + 1)), &p256, "signature is not valid yet");
    assert!(check(&with(&vc, "exp", json!(now + 1)), &p256).outcome.is_verified());
    assert!(check(&with(&vc, "nbf", json!(now)), &p256).outcome.is_verified());
    // Equal to the validity period: an expired credential has a right signature all the same.
    let late = JwtOptions::at(moment("2040-01-01T00:00:00Z"));
    let token = forge(&vc, &body, &p256);
    let report = verify_jwt(&token, &late, &resolver(&p256)).expect("a token");
    assert!(report.outcome.is_verified());

    // Open Badges: all but sub must be there, and say the same as the credential.
    for claim in ["iss", "jti", "nbf"] {
        refused(&without(&badge, claim), &p256, "must be there");
    }
    refused(&without(&badge, "exp"), &p256, "exp is not validUntil");
    refused(&without(&badge, "validUntil"), &p256, "exp is not validUntil");
    refused(&with(&badge, "exp", json!(now + 1)), &p256, "exp is not validUntil");
    refused(&with(&badge, "nbf", json!(now)), &p256, "nbf is not validFrom");
    let report = check(&without(&badge, "sub"), &p256);
    assert!(report.outcome.is_verified());
    assert_eq!(report.warnings, ["the token has no claim sub"]);
    let report = check(&with(&badge, "aud", json!("x")), &p256);
    assert_eq!(report.warnings, ["the token has a claim aud"]);
}

#[test]
fn a_profile_that_is_asked_for_is_held_to() {
    let [_, _, p256] = TestSigner::jose();
    let vc = sign_credential(&credential(), JwtProfile::VcJwt, &p256, Some(&kid(&p256)));
    let badge = sign_credential(&credential(), JwtProfile::OpenBadges, &p256, None);
    let as_profile = |token: &str, profile| {
        let options = JwtOptions { profile: Some(profile), ..options() };
        verify_jwt(token, &options, &resolver(&p256)).expect("a token").outcome.is_verified()
    };
    let (vc, badge) = (vc.expect("signed"), badge.expect("signed"));
    assert!(as_profile(&vc, JwtProfile::VcJwt));
    assert!(as_profile(&badge, JwtProfile::OpenBadges));
    assert!(!as_profile(&vc, JwtProfile::OpenBadges));
    assert!(!as_profile(&badge, JwtProfile::VcJwt));
}

#[test]
fn what_is_no_token_is_told_apart_from_a_token_that_fails() {
    let [_, _, p256] = TestSigner::jose();
    let token = sign_credential(&credential(), JwtProfile::VcJwt, &p256, Some(&kid(&p256)))
        .expect("signed");
    let (head, rest) = token.split_once('.').expect("parts");
    let (body, signature) = rest.split_once('.').expect("parts");
    let duplicate = encode_base64url(format!(
        r#"{{"alg":"ES256","alg":"none","typ":"vc+jwt","kid":"{}"}}"#,
        kid(&p256)
    ));
    let huge = encode_base64url(format!(r#"{{"alg":"ES256","x":"{}"}}"#, "x".repeat(9000)));
    let deep =
        encode_base64url(format!(r#"{{"alg":"ES256","x":{}1{}}}"#, "[".repeat(9), "]".repeat(9)));
    for bad in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        head.to_owned(),
        format!("{head}.{body}"),
        format!("{token}.{signature}"),
        format!("{token}~"),
        format!("{token}="),
        format!(" {token}"),
        format!("{token}\n"),
        format!("{head}=.{body}.{signature}"),
        format!("{head}.{body}+.{signature}"),
        format!("{}.{body}.{signature}", encode_base64url("[]")),
        format!("{}.{body}.{signature}", encode_base64url("{")),
        format!("{}.{body}.{signature}", encode_base64url([0xff])),
        format!("{duplicate}.{body}.{signature}"),
        format!("{huge}.{body}.{signature}"),
        format!("{deep}.{body}.{signature}"),
        format!("é{token}"),
        "x".repeat(3 << 20),
    ] {
        let result = verify_jwt(&bad, &options(), &resolver(&p256));
        assert!(matches!(result, Err(JoseError::Parsing(_))), "{:.80}", bad);
    }
    let small = JwtOptions { limits: JsonLimits { max_bytes: 100, max_depth: 64 }, ..options() };
    let report = verify_jwt(&token, &small, &resolver(&p256)).expect("a token");
    assert!(!report.outcome.is_verified(), "payload over the limit");

    // A right signature over something that is not strict JSON.
    let header =
        encode_base64url(json!({"alg": "ES256", "typ": "vc+jwt", "kid": kid(&p256)}).to_string());
    for payload in ["", "[]", "{", "\"x\"", r#"{"id":"a","id":"b"}"#, r#"{"a":"\ud800"}"#] {
        let token = forge_text(&header, &encode_base64url(payload), &p256);
        let report = check(&token, &p256);
        let ProofOutcome::Failed(problem) = report.outcome else { panic!("{payload}") };
        assert_eq!(kind(&problem), "PARSING_ERROR", "{payload}");
        assert!(report.credential.is_none());
    }
}

#[test]
fn a_changed_character_anywhere_is_refused() {
    for signer in &TestSigner::jose() {
        let token = sign_credential(&credential(), JwtProfile::VcJwt, signer, Some(&kid(signer)))
            .expect("signed");
        for at in (0..token.len()).step_by(3) {
            let mut changed = token.as_bytes().to_vec();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("ASCII");
            let verified = verify_jwt(&changed, &options(), &resolver(signer))
                .is_ok_and(|report| report.outcome.is_verified() || report.payload.is_some());
            assert!(!verified, "{at}");
        }
    }
}

#[test]
fn a_method_that_cannot_be_had_or_has_ended_is_never_verified() {
    let [_, _, p256] = TestSigner::jose();
    let id = kid(&p256);
    let header = json!({"alg": "ES256", "typ": "vc+jwt", "kid": id});
    let mut body = payload(&p256);
    body["iat"] = json!(moment("2026-03-01T00:00:00Z").unix());
    let token = forge(&header, &body, &p256);
    let outcome = |resolver: TestResolver| {
        verify_jwt(&token, &options(), &resolver).expect("a token").outcome
    };
    let fails = |error| outcome(TestResolver::default().fails(&id, error));
    let unreachable = ResolveError::Unreachable { detail: "no answer".to_owned() };
    assert!(matches!(fails(unreachable), ProofOutcome::Indeterminate(_)));
    assert!(matches!(fails(ResolveError::Deferred), ProofOutcome::Indeterminate(_)));
    let unsupported = ResolveError::Unsupported { detail: "did:example".to_owned() };
    assert!(matches!(fails(unsupported), ProofOutcome::Unsupported(_)));
    let invalid = ResolveError::Invalid(problem::invalid_method("x"));
    assert!(matches!(fails(invalid), ProofOutcome::Failed(_)));

    let ends = |at: &str, revoked: bool| {
        let mut method = method(&id, ISSUER, p256.public_key());
        let end = Some(moment(at));
        if revoked {
            method.revoked = end
        } else {
            method.expires = end
        }
        TestResolver::default().knows_method(method)
    };
    for revoked in [true, false] {
        assert!(outcome(ends("2026-03-01T00:00:01Z", revoked)).is_verified());
        assert!(matches!(outcome(ends("2026-03-01T00:00:00Z", revoked)), ProofOutcome::Failed(_)));
        // A token that does not say when it was signed cannot show that it was before.
        let token = forge(&header, &payload(&p256), &p256);
        let resolver = ends("2026-03-01T00:00:01Z", revoked);
        let report = verify_jwt(&token, &options(), &resolver).expect("a token");
        assert!(matches!(report.outcome, ProofOutcome::Failed(_)));
    }
}
