//! The service's own keys, the access tokens and statements that they sign, and what is refused.

use super::{Place, generate, moment, now};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bewijs::access::{
    Access, AccessError, OVERLAP_SECONDS, Secret, SecretUse, TokenKey, same_secret, secret_digest,
    verify_statement,
};
use bewijs::encoding::PublicKey;
use bewijs::ids::SystemIds;
use bewijs::keys::{KeyError, ServiceKey, TestKeys, Vault};
use bewijs::model::{KeyAlgorithm, Scope, Timestamp};
use serde_json::{Value, json};
use std::fs;

const HOST: &str = "https://badges.voorbeeld-hogeschool.example";

fn token_key(key: ServiceKey) -> TokenKey {
    TokenKey { made: key.made, signer: key.signer }
}

fn access(vault: &Vault) -> Access {
    Access::new(HOST, vault.service_keys().into_iter().map(token_key))
}

fn fresh() -> (Place, Vault, Access) {
    let place = Place::new();
    let vault = place.open(TestKeys::Refuse).unwrap();
    vault.add_service_key(now()).unwrap();
    let access = access(&vault);
    (place, vault, access)
}

fn token(access: &Access, at: Timestamp) -> String {
    let scopes = [Scope::CredentialsIssue, Scope::RegisterRead];
    access.grant("sis", 2, &scopes, "een".to_owned(), at).unwrap().token
}

fn part(token: &str, number: usize) -> Value {
    let text = token.split('.').nth(number).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

/// The token with other claims under another header, signed by this key all the same.
fn signed(key: &ServiceKey, header: &Value, claims: &Value) -> String {
    let text = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", text(header), text(claims));
    let signature = key.signer.sign(message.as_bytes()).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[test]
fn a_token_says_what_rfc_9068_asks_and_is_believed_until_it_is_over() {
    let (_place, _vault, access) = fresh();
    let token = token(&access, now());
    let header = part(&token, 0);
    let kid = access.jwks(now())["keys"][0]["kid"].clone();
    assert_eq!(header, json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": kid }));
    let claims = part(&token, 1);
    assert_eq!(claims["iss"], HOST);
    assert_eq!(claims["aud"], format!("{HOST}/v1"));
    assert_eq!((claims["sub"].clone(), claims["client_id"].clone()), (json!("sis"), json!("sis")));
    assert_eq!(claims["scope"], "credentials:issue register:read");
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 600);
    for seconds in [0, 1, 599] {
        let presented = access.check(&token, now().plus_seconds(seconds)).unwrap();
        assert_eq!((presented.client.as_str(), presented.secret), ("sis", 2));
        assert_eq!(presented.scopes, [Scope::CredentialsIssue, Scope::RegisterRead]);
    }
    for seconds in [600, 601, 86_400] {
        let refused = access.check(&token, now().plus_seconds(seconds));
        assert_eq!(refused, Err(AccessError::Expired), "{seconds}");
    }
    // A clock that is half a minute behind is none that lies.
    assert!(access.check(&token, now().plus_seconds(-30)).is_ok());
    assert_eq!(access.check(&token, now().plus_seconds(-31)), Err(AccessError::NotOurs));
}

#[test]
fn whatever_is_changed_in_a_token_it_is_refused() {
    let (_place, _vault, access) = fresh();
    let token = token(&access, now());
    for at in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        if changed != token {
            assert!(access.check(&changed, now()).is_err(), "byte {at}");
        }
    }
    for text in ["", ".", "..", "a.b.c", "bewijs_abc", &token[..token.len() - 1]] {
        assert_eq!(access.check(text, now()), Err(AccessError::NotOurs), "{text}");
    }
    let long = format!("{token}{}", "A".repeat(4_096));
    assert_eq!(access.check(&long, now()), Err(AccessError::NotOurs));
    assert_eq!(access.check(&format!("{token}.{token}"), now()), Err(AccessError::NotOurs));
}

#[test]
fn a_token_by_the_right_key_with_another_header_or_claim_is_refused() {
    let (_place, vault, access) = fresh();
    let key = vault.service_keys().remove(0);
    let good = token(&access, now());
    let (header, claims) = (part(&good, 0), part(&good, 1));
    // What is signed here the same way is taken, or the refusals below would say nothing.
    assert!(access.check(&signed(&key, &header, &claims), now()).is_ok());
    for (member, value) in [
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("alg", json!("Ed25519")),
        ("typ", json!("JWT")),
        ("typ", json!("bewijs-audit-head+jws")),
        ("kid", json!("another")),
        ("crit", json!(["exp"])),
        ("jwk", json!({})),
    ] {
        let mut other = header.clone();
        other[member] = value.clone();
        let refused = access.check(&signed(&key, &other, &claims), now());
        assert_eq!(refused, Err(AccessError::NotOurs), "{member} {value}");
    }
    let iat = now().unix();
    for (member, value) in [
        ("iss", json!("https://elsewhere.example")),
        ("iss", json!([HOST, "https://elsewhere.example"])),
        ("aud", json!(HOST)),
        ("aud", json!("https://elsewhere.example/v1")),
        ("sub", json!("another")),
        ("exp", json!(iat + 601)),
        ("exp", json!(iat)),
        ("exp", json!(iat - 1)),
        ("exp", json!("2030-01-01")),
        ("exp", json!(i64::MAX)),
        ("iat", json!(i64::MIN)),
        ("iat", json!(iat + 31)),
        ("nbf", json!(iat + 31)),
        ("more", json!(true)),
    ] {
        let mut other = claims.clone();
        other[member] = value.clone();
        let refused = access.check(&signed(&key, &header, &other), now());
        assert_eq!(refused, Err(AccessError::NotOurs), "{member} {value}");
    }
    for member in ["iss", "aud", "sub", "client_id", "exp", "nbf", "iat", "jti", "scope"] {
        let mut other = claims.clone();
        other.as_object_mut().unwrap().shift_remove(member);
        let refused = access.check(&signed(&key, &header, &other), now());
        assert_eq!(refused, Err(AccessError::NotOurs), "without {member}");
    }
    // A scope that this version does not know gives nothing, and takes nothing away.
    let mut other = claims;
    other["scope"] = json!("register:read moon:land");
    let presented = access.check(&signed(&key, &header, &other), now()).unwrap();
    assert_eq!(presented.scopes, [Scope::RegisterRead]);
}

#[test]
fn a_key_that_was_replaced_is_believed_until_its_tokens_are_over() {
    let (place, vault, access) = fresh();
    let rotated = now().plus_seconds(86_400);
    let before = token(&access, rotated);
    access.rotate(token_key(vault.add_service_key(rotated).unwrap()));
    let after = token(&access, rotated);
    assert_ne!(part(&before, 0)["kid"], part(&after, 0)["kid"]);
    let kids = |access: &Access, at| -> Vec<Value> {
        let set = access.jwks(at);
        set["keys"].as_array().unwrap().iter().map(|key| key["kid"].clone()).collect()
    };
    // Reopened, it is the same.
    let again = place.open(TestKeys::Refuse).unwrap();
    for access in [&access, &self::access(&again)] {
        assert!(access.check(&before, rotated.plus_seconds(599)).is_ok());
        assert!(access.check(&after, rotated.plus_seconds(599)).is_ok());
        assert_eq!(kids(access, rotated.plus_seconds(OVERLAP_SECONDS - 1)).len(), 2);
        let over = rotated.plus_seconds(OVERLAP_SECONDS);
        assert_eq!(kids(access, over), [part(&after, 0)["kid"].clone()]);
        assert_eq!(access.check(&before, over), Err(AccessError::NotOurs));
    }
}

#[test]
fn what_a_compromised_key_signed_is_believed_no_more() {
    let (place, vault, access) = fresh();
    let before = token(&access, now());
    let kept = vault.add_service_key(now().plus_seconds(5)).unwrap();
    vault.keep_only_service_key(&kept).unwrap();
    for vault in [&vault, &place.open(TestKeys::Refuse).unwrap()] {
        assert_eq!(vault.service_keys().len(), 1);
        let refused = self::access(vault).check(&before, now().plus_seconds(5));
        assert_eq!(refused, Err(AccessError::NotOurs));
    }
    assert_eq!(fs::read_dir(place.keys().join("service")).unwrap().count(), 1);
}

#[test]
fn the_published_keys_have_no_private_member_and_check_a_token() {
    let (_place, _vault, access) = fresh();
    let set = access.jwks(now());
    let key = &set["keys"][0];
    let members: Vec<_> = key.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["kty", "crv", "x", "alg", "kid", "use"]);
    let token = token(&access, now());
    let (message, signature) = token.rsplit_once('.').unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap().try_into().unwrap();
    let public = ed25519_dalek::VerifyingKey::from_bytes(&bytes).unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let signature = ed25519_dalek::Signature::from_slice(&signature).unwrap();
    assert!(public.verify_strict(message.as_bytes(), &signature).is_ok());
}

#[test]
fn the_services_key_is_no_issuers_key_and_the_other_way_round() {
    let (place, vault, _access) = fresh();
    let issuers = generate(&vault, KeyAlgorithm::Ed25519);
    assert_eq!(vault.keys().len(), 1, "the service's own is not among the issuers'");
    let service = vault.service_keys().remove(0);
    let own = place.keys().join("service").join(format!("{}.json", service.thumbprint()));
    let moved = place.keys().join(own.file_name().unwrap());
    fs::rename(&own, &moved).unwrap();
    assert!(matches!(place.open(TestKeys::Refuse), Err(KeyError::Malformed { .. })));
    // Taking the mark off leaves a file that does not open.
    let mut file: Value = serde_json::from_slice(&fs::read(&moved).unwrap()).unwrap();
    file.as_object_mut().unwrap().shift_remove("purpose").unwrap();
    fs::write(&moved, file.to_string()).unwrap();
    assert!(matches!(place.open(TestKeys::Refuse), Err(KeyError::Sealed { .. })));
    fs::remove_file(&moved).unwrap();
    let issuers = place.file_of(&issuers);
    fs::rename(&issuers, place.keys().join("service").join(issuers.file_name().unwrap())).unwrap();
    assert!(matches!(place.open(TestKeys::Refuse), Err(KeyError::Malformed { .. })));
}

#[test]
fn a_statement_is_checked_without_the_service_and_is_never_a_token() {
    let (_place, vault, access) = fresh();
    let payload = br#"{"count":3}"#;
    let statement = access.sign_statement("audit-head", payload).unwrap();
    let (jwk, made) = access.signing_key().unwrap();
    assert_eq!(made, now());
    assert_eq!(part(&statement, 0)["kid"], jwk["kid"]);
    let key = PublicKey::from_jwk(&jwk).unwrap();
    assert_eq!(verify_statement("audit-head", &statement, &key).unwrap(), payload);
    assert_eq!(access.check_statement("audit-head", &statement).unwrap(), payload);
    assert_eq!(verify_statement("other", &statement, &key), Err(AccessError::NotOurs));
    assert_eq!(access.check(&statement, now()), Err(AccessError::NotOurs));
    let token = token(&access, now());
    assert_eq!(verify_statement("audit-head", &token, &key), Err(AccessError::NotOurs));
    let changed = format!("{}A", &statement[..statement.len() - 1]);
    if changed != statement {
        assert_eq!(verify_statement("audit-head", &changed, &key), Err(AccessError::NotOurs));
    }
    // What was signed before a rotation is still known; another service's is not.
    access.rotate(token_key(vault.add_service_key(now().plus_seconds(9)).unwrap()));
    assert!(access.check_statement("audit-head", &statement).is_ok());
    let (_elsewhere, _, other) = fresh();
    assert_eq!(other.check_statement("audit-head", &statement), Err(AccessError::NotOurs));
}

#[test]
fn a_message_is_signed_unless_it_could_be_read_as_a_token() {
    let (_place, vault, access) = fresh();
    let base = b"\"@method\": POST\n\"@signature-params\": ();keyid=\"x\"";
    let made = access.sign_message(base).unwrap();
    let key = vault.service_keys().remove(0);
    assert_eq!(made.key, key.thumbprint());
    assert_eq!(made.signature, key.signer.sign(base).unwrap());
    let token = token(&access, now());
    let (message, _) = token.rsplit_once('.').unwrap();
    for message in [message.as_bytes(), b"", b"abc"] {
        assert_eq!(access.sign_message(message), Err(AccessError::Ambiguous));
    }
}

#[test]
fn without_a_key_nothing_is_granted_signed_or_believed() {
    let (_place, vault, access) = fresh();
    let granted = token(&access, now());
    let issuers = generate(&vault, KeyAlgorithm::P256);
    let signer = bewijs::keys::KeyProvider::signer(&vault, &issuers).unwrap();
    // A key of another kind is as good as none.
    let none = Access::new(HOST, [TokenKey { made: now(), signer }]);
    let refused = none.grant("sis", 1, &[], "een".to_owned(), now());
    assert_eq!(refused, Err(AccessError::NoKey));
    assert_eq!(none.sign_statement("audit-head", b"{}"), Err(AccessError::NoKey));
    assert_eq!(none.sign_message(b"\"a\": b"), Err(AccessError::NoKey));
    assert_eq!(none.check(&granted, now()), Err(AccessError::NotOurs));
    assert_eq!(none.jwks(moment("2030-01-01T00:00:00Z")), json!({ "keys": [] }));
}

#[test]
fn a_secret_shows_what_it_opens_and_is_known_by_its_digest_alone() {
    let token = Secret::draw(&SystemIds, SecretUse::Token);
    let oauth = Secret::draw(&SystemIds, SecretUse::OAuth);
    assert!(token.expose().starts_with("bewijs_") && oauth.expose().starts_with("bewijs-oauth_"));
    assert_ne!(token.expose(), Secret::draw(&SystemIds, SecretUse::Token).expose());
    assert!(!format!("{token:?}").contains(&token.expose()[7..]));
    assert!(same_secret(&secret_digest(token.expose()), &token.sha256()));
    assert!(!same_secret(&secret_digest(oauth.expose()), &token.sha256()));
    assert!(!same_secret(&secret_digest(token.expose()), ""));
    assert!(!Access::is_access_token(token.expose()) && !Access::is_access_token(oauth.expose()));
}
