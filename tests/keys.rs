//! The vault and the public key documents.

#![expect(clippy::unwrap_used, reason = "a test stops at what should not happen")]

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bewijs::keys::{
    KeyError, KeyProvider, SecretString, TestKeys, Unlock, Vault, did_document, did_web,
    jwk_method, jwks, multikey_method,
};
use bewijs::model::{IssuerKey, KeyAlgorithm, KeyState, Slug, Timestamp};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

#[path = "keys/access.rs"]
mod access;

const DID: &str = "did:web:badges.example:issuers:voorbeeld";

fn slug() -> Slug {
    "voorbeeld".parse().unwrap()
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    moment("2026-01-01T00:00:00Z")
}

/// A directory with a key file beside the vault's own directory.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.key_file("unlock", &[7; 32], 0o600);
        place
    }

    fn key_file(&self, name: &str, bytes: &[u8], mode: u32) -> Unlock {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        Unlock::KeyFile(path)
    }

    fn keys(&self) -> PathBuf {
        self.0.path().join("keys")
    }

    fn open(&self, test_keys: TestKeys) -> Result<Vault, KeyError> {
        Vault::open(&self.keys(), Unlock::KeyFile(self.0.path().join("unlock")), test_keys)
    }

    fn file_of(&self, key: &IssuerKey) -> PathBuf {
        self.keys().join(format!("{}.json", key.thumbprint))
    }

    fn edit(&self, key: &IssuerKey, change: impl FnOnce(&mut Value)) {
        let path = self.file_of(key);
        let mut file: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        change(&mut file);
        fs::write(&path, file.to_string()).unwrap();
    }
}

fn generate(vault: &Vault, algorithm: KeyAlgorithm) -> IssuerKey {
    vault.generate(&slug(), algorithm, now(), false).unwrap()
}

fn member(key: &IssuerKey, name: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(key.public_jwk[name].as_str().unwrap()).unwrap()
}

/// Verifies with another code path than the one that signed.
fn verifies(key: &IssuerKey, message: &[u8], signature: &[u8]) -> bool {
    match key.algorithm {
        KeyAlgorithm::Ed25519 => {
            let bytes = member(key, "x").try_into().unwrap();
            let public = ed25519_dalek::VerifyingKey::from_bytes(&bytes).unwrap();
            let signature = ed25519_dalek::Signature::from_slice(signature).unwrap();
            public.verify_strict(message, &signature).is_ok()
        }
        KeyAlgorithm::P256 | KeyAlgorithm::P384 => {
            let point = [vec![4], member(key, "x"), member(key, "y")].concat();
            let curve = match key.algorithm {
                KeyAlgorithm::P384 => &ECDSA_P384_SHA384_FIXED,
                _ => &ECDSA_P256_SHA256_FIXED,
            };
            UnparsedPublicKey::new(curve, point).verify(message, signature).is_ok()
        }
        KeyAlgorithm::Rsa => RsaPublicKeyComponents { n: member(key, "n"), e: member(key, "e") }
            .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            .is_ok(),
    }
}

#[test]
fn every_kind_of_key_signs_and_signs_the_same_after_reopening() {
    let place = Place::new();
    let vault = place.open(TestKeys::Refuse).unwrap();
    let kinds = [KeyAlgorithm::Ed25519, KeyAlgorithm::P256, KeyAlgorithm::P384, KeyAlgorithm::Rsa];
    let keys = kinds.map(|kind| generate(&vault, kind));
    let again = place.open(TestKeys::Refuse).unwrap();
    for (key, kind) in keys.iter().zip(kinds) {
        for vault in [&vault, &again] {
            let signer = vault.signer(key).unwrap();
            let signature = signer.sign(b"exactly these bytes").unwrap();
            assert_eq!(signer.algorithm(), kind);
            assert!(verifies(key, b"exactly these bytes", &signature), "{kind:?}");
            assert!(!verifies(key, b"exactly these byte", &signature), "{kind:?}");
        }
        assert_eq!(key.public_key_multibase.is_none(), kind == KeyAlgorithm::Rsa);
        assert!(key.public_jwk.get("d").is_none());
    }
    let mut names: Vec<_> = again.keys().into_iter().map(|key| key.thumbprint).collect();
    let mut made: Vec<_> = keys.iter().map(|key| key.thumbprint.clone()).collect();
    names.sort();
    made.sort();
    assert_eq!(names, made);
}

#[test]
fn a_key_made_by_another_process_is_found() {
    let place = Place::new();
    let first = place.open(TestKeys::Refuse).unwrap();
    let second = place.open(TestKeys::Refuse).unwrap();
    let key = generate(&second, KeyAlgorithm::Ed25519);
    assert!(first.signer(&key).is_ok());
}

#[test]
fn a_passphrase_opens_the_vault_and_another_does_not() {
    let place = Place::new();
    let phrase = |text: &str| Unlock::Passphrase(SecretString::new(text.to_owned()));
    let vault = Vault::open(&place.keys(), phrase("juist"), TestKeys::Refuse).unwrap();
    let key = generate(&vault, KeyAlgorithm::Ed25519);
    let other = generate(&vault, KeyAlgorithm::Ed25519);
    let again = Vault::open(&place.keys(), phrase("juist"), TestKeys::Refuse).unwrap();
    assert!(again.signer(&key).is_ok() && again.signer(&other).is_ok());
    let wrong = Vault::open(&place.keys(), phrase("fout"), TestKeys::Refuse);
    assert!(matches!(wrong, Err(KeyError::Sealed { .. })), "{wrong:?}");
    let empty = Vault::open(&place.keys(), phrase(""), TestKeys::Refuse);
    assert_eq!(empty.err(), Some(KeyError::EmptyPassphrase));
    // The other way of opening does not open it either.
    assert!(matches!(place.open(TestKeys::Refuse), Err(KeyError::Sealed { .. })));
}

#[test]
fn a_key_file_is_32_bytes_or_their_hexadecimal_and_private() {
    let place = Place::new();
    let key = generate(&place.open(TestKeys::Refuse).unwrap(), KeyAlgorithm::Ed25519);
    let open = |unlock| Vault::open(&place.keys(), unlock, TestKeys::Refuse);
    let hex = format!("{}\n", "07".repeat(32));
    assert!(open(place.key_file("hex", hex.as_bytes(), 0o400)).unwrap().signer(&key).is_ok());
    let wrong = open(place.key_file("wrong", &[8; 32], 0o600));
    assert!(matches!(wrong, Err(KeyError::Sealed { .. })));
    for bytes in [&b""[..], &[7; 31], &[7; 33], "zz".repeat(32).as_bytes(), &[0xff; 64]] {
        let refused = open(place.key_file("odd", bytes, 0o600));
        assert!(matches!(refused, Err(KeyError::UnlockFile { .. })), "{bytes:?}");
    }
    let readable = open(place.key_file("readable", &[7; 32], 0o640));
    assert!(matches!(readable, Err(KeyError::Permissions { .. })));
    let missing = open(Unlock::KeyFile(place.0.path().join("nowhere")));
    assert!(matches!(missing, Err(KeyError::Storage { .. })));
}

#[test]
fn files_are_private_and_what_others_can_read_is_refused() {
    let place = Place::new();
    let key = generate(&place.open(TestKeys::Refuse).unwrap(), KeyAlgorithm::P256);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    assert_eq!(mode(&place.keys()), 0o700);
    assert_eq!(mode(&place.file_of(&key)), 0o600);
    for others in [0o640, 0o604, 0o620, 0o602] {
        set(&place.file_of(&key), others);
        let refused = place.open(TestKeys::Refuse);
        assert!(matches!(refused, Err(KeyError::Permissions { .. })), "{others:o}");
        // A real key is not excused by example keys being allowed.
        assert!(matches!(place.open(TestKeys::Allow), Err(KeyError::Permissions { .. })));
    }
    set(&place.file_of(&key), 0o600);
    set(&place.keys(), 0o755);
    assert!(matches!(place.open(TestKeys::Refuse), Err(KeyError::Permissions { .. })));
    set(&place.keys(), 0o700);
    assert!(place.open(TestKeys::Refuse).is_ok());
}

#[test]
fn example_keys_are_refused_in_production_and_the_mark_cannot_be_taken_off() {
    let place = Place::new();
    let vault = place.open(TestKeys::Allow).unwrap();
    let key = vault.generate(&slug(), KeyAlgorithm::Ed25519, now(), true).unwrap();
    assert!(key.test && vault.signer(&key).is_ok());
    // Example keys lie open in a repository.
    fs::set_permissions(place.file_of(&key), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(place.open(TestKeys::Allow).is_ok());
    fs::set_permissions(place.file_of(&key), fs::Permissions::from_mode(0o600)).unwrap();
    let refused = KeyError::TestKey { thumbprint: key.thumbprint.clone() };
    assert_eq!(place.open(TestKeys::Refuse).err(), Some(refused));
    // A record that says otherwise does not help.
    let unmarked = IssuerKey { test: false, ..key.clone() };
    assert!(matches!(vault.signer(&unmarked), Err(KeyError::Mismatch { .. })));
    place.edit(&key, |file| file["test"] = json!(false));
    assert!(matches!(place.open(TestKeys::Refuse), Err(KeyError::Sealed { .. })));
    assert!(matches!(place.open(TestKeys::Allow), Err(KeyError::Sealed { .. })));
}

#[test]
fn production_makes_no_example_keys() {
    let place = Place::new();
    let vault = place.open(TestKeys::Refuse).unwrap();
    let refused = vault.generate(&slug(), KeyAlgorithm::Ed25519, now(), true);
    assert!(matches!(refused, Err(KeyError::TestKey { .. })));
    assert_eq!(fs::read_dir(place.keys()).unwrap().count(), 0);
}

#[test]
fn a_changed_key_file_does_not_open() {
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 9] = [
        ("issuer", |file| file["issuer"] = json!("ander")),
        ("created", |file| file["created"] = json!("2026-01-01T00:00:01Z")),
        ("algorithm", |file| file["algorithm"] = json!("P256")),
        ("nonce", |file| file["nonce"] = json!("00".repeat(12))),
        ("secret", |file| file["secret"] = json!("00".repeat(48))),
        ("short", |file| file["secret"] = json!("00")),
        ("cipher", |file| file["cipher"] = json!("aes-128-gcm")),
        ("format", |file| file["format"] = json!("bewijs-key/2")),
        ("unknown member", |file| file["comment"] = json!("hello")),
    ];
    for (what, change) in changes {
        let place = Place::new();
        let key = generate(&place.open(TestKeys::Refuse).unwrap(), KeyAlgorithm::Ed25519);
        place.edit(&key, change);
        let refused = place.open(TestKeys::Refuse);
        assert!(
            matches!(refused, Err(KeyError::Sealed { .. } | KeyError::Malformed { .. })),
            "{what}: {refused:?}"
        );
    }
}

#[test]
fn a_key_file_under_another_name_is_refused() {
    let place = Place::new();
    let key = generate(&place.open(TestKeys::Refuse).unwrap(), KeyAlgorithm::Ed25519);
    fs::rename(place.file_of(&key), place.keys().join("other.json")).unwrap();
    assert!(matches!(place.open(TestKeys::Refuse), Err(KeyError::Malformed { .. })));
}

#[test]
fn a_file_cannot_make_the_derivation_cost_without_end() {
    let place = Place::new();
    let key = generate(&place.open(TestKeys::Refuse).unwrap(), KeyAlgorithm::Ed25519);
    let unlock = || Unlock::Passphrase(SecretString::new("juist".to_owned()));
    for (memory, passes, lanes, salt) in [
        (u32::MAX, 1, 1, 16),
        (64, u32::MAX, 1, 16),
        (64, 1, u32::MAX, 16),
        (64, 1, 1, 4),
        (0, 0, 0, 16),
    ] {
        place.edit(&key, |file| {
            file["derivation"] = json!({
                "name": "argon2id", "memory": memory, "passes": passes, "lanes": lanes,
                "salt": "00".repeat(salt)
            });
        });
        let refused = Vault::open(&place.keys(), unlock(), TestKeys::Refuse);
        assert!(matches!(refused, Err(KeyError::Malformed { .. })), "{refused:?}");
    }
}

#[test]
fn a_half_written_file_of_a_crash_is_passed_over() {
    let place = Place::new();
    let vault = place.open(TestKeys::Refuse).unwrap();
    fs::write(place.keys().join(".abc.new"), "{").unwrap();
    fs::write(place.keys().join(".abc.json"), "{").unwrap();
    assert!(vault.keys().is_empty());
    assert!(place.open(TestKeys::Refuse).is_ok());
}

#[test]
fn retired_and_compromised_keys_give_no_signer() {
    let place = Place::new();
    let vault = place.open(TestKeys::Refuse).unwrap();
    let key = generate(&vault, KeyAlgorithm::Ed25519);
    for state in [KeyState::Retired { at: now() }, KeyState::Compromised { from: now() }] {
        let ended = IssuerKey { state, ..key.clone() };
        let refused = KeyError::NotActive { thumbprint: key.thumbprint.clone() };
        assert_eq!(vault.signer(&ended).unwrap_err(), refused);
    }
    assert!(vault.signer(&key).is_ok());
}

#[test]
fn a_record_that_does_not_match_the_secret_gives_no_signer() {
    let place = Place::new();
    let vault = place.open(TestKeys::Refuse).unwrap();
    let key = generate(&vault, KeyAlgorithm::Ed25519);
    let other = generate(&vault, KeyAlgorithm::Ed25519);
    let swapped = IssuerKey { public_jwk: other.public_jwk, ..key.clone() };
    let elsewhere = IssuerKey { issuer: "ander".parse().unwrap(), ..key.clone() };
    for record in [swapped, elsewhere] {
        assert!(matches!(vault.signer(&record), Err(KeyError::Mismatch { .. })));
    }
    for thumbprint in ["", "x", "../unlock", &"a".repeat(43), &format!("../{}", "a".repeat(40))] {
        let unknown = IssuerKey { thumbprint: thumbprint.to_owned(), ..key.clone() };
        assert!(matches!(vault.signer(&unknown), Err(KeyError::Missing { .. })), "{thumbprint}");
    }
}

#[test]
fn nothing_secret_is_shown() {
    let place = Place::new();
    let phrase = Unlock::Passphrase(SecretString::new("zeer-geheim".to_owned()));
    assert!(!format!("{phrase:?}").contains("geheim"));
    let vault = Vault::open(&place.keys(), phrase, TestKeys::Refuse).unwrap();
    let key = generate(&vault, KeyAlgorithm::Ed25519);
    let shown = format!("{vault:?} {:?}", vault.signer(&key).unwrap());
    assert!(shown.contains("not shown") && !shown.contains("geheim"));
    let file = fs::read_to_string(place.file_of(&key)).unwrap();
    assert!(!file.contains("geheim"));
}

fn fixed_key() -> IssuerKey {
    let secret = [1; 32];
    let public = ed25519_dalek::SigningKey::from_bytes(&secret).verifying_key();
    let key = bewijs::encoding::PublicKey::from_ed25519(&public.to_bytes()).unwrap();
    IssuerKey {
        issuer: slug(),
        thumbprint: key.thumbprint(),
        algorithm: KeyAlgorithm::Ed25519,
        public_jwk: key.to_jwk(),
        public_key_multibase: key.to_multikey().ok(),
        state: KeyState::Active,
        created: now(),
        test: false,
    }
}

#[test]
fn the_did_document_lists_a_key_in_both_forms() {
    let key = fixed_key();
    let multikey = key.public_key_multibase.clone().unwrap();
    let thumbprint = &key.thumbprint;
    assert!(multikey.starts_with("z6Mk"));
    let expected = json!({
        "@context": [
            "https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/jwk/v1"
        ],
        "id": DID,
        "verificationMethod": [
            { "id": format!("{DID}#{multikey}"), "type": "Multikey", "controller": DID,
              "publicKeyMultibase": multikey },
            { "id": format!("{DID}#{thumbprint}"), "type": "JsonWebKey", "controller": DID,
              "publicKeyJwk": { "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA",
                                "kid": thumbprint, "x": key.public_jwk["x"] } }
        ],
        "assertionMethod": [format!("{DID}#{multikey}"), format!("{DID}#{thumbprint}")]
    });
    assert_eq!(did_document(DID, std::slice::from_ref(&key)), expected);
    assert_eq!(multikey_method(DID, &key).unwrap(), format!("{DID}#{multikey}"));
    assert_eq!(jwk_method(DID, &key), format!("{DID}#{thumbprint}"));
}

#[test]
fn retired_keys_stay_and_compromised_ones_leave_the_assertion_methods() {
    let place = Place::new();
    let vault = place.open(TestKeys::Refuse).unwrap();
    let from = moment("2026-03-01T12:00:00Z");
    let mut keys: Vec<_> = (0..3).map(|_| generate(&vault, KeyAlgorithm::Ed25519)).collect();
    keys[0].state = KeyState::Retired { at: from };
    keys[1].state = KeyState::Compromised { from };
    let document = did_document(DID, &keys);
    let methods = document["verificationMethod"].as_array().unwrap();
    let assertion = document["assertionMethod"].as_array().unwrap();
    assert_eq!((methods.len(), assertion.len()), (6, 4));
    for (key, asserted) in keys.iter().zip([true, false, true]) {
        for id in [multikey_method(DID, key).unwrap(), jwk_method(DID, key)] {
            let method = methods.iter().find(|method| method["id"] == *id).unwrap();
            assert_eq!(assertion.contains(&json!(id)), asserted);
            let revoked =
                if asserted { None } else { Some(&json!("2026-03-01T12:00:00Z")).cloned() };
            assert_eq!(method.get("revoked").cloned(), revoked);
        }
    }
    // Nothing tells them from one another in a JWK set, so it has the believable ones only.
    let set = jwks([(DID, keys.as_slice())]);
    let kids: Vec<_> = set["keys"].as_array().unwrap().iter().map(|jwk| &jwk["kid"]).collect();
    assert_eq!(kids, [&json!(keys[0].thumbprint), &json!(keys[2].thumbprint)]);
}

#[test]
fn rsa_keys_have_the_jwk_form_only() {
    let place = Place::new();
    let key = generate(&place.open(TestKeys::Refuse).unwrap(), KeyAlgorithm::Rsa);
    let document = did_document(DID, std::slice::from_ref(&key));
    let methods = document["verificationMethod"].as_array().unwrap();
    assert_eq!(methods.len(), 1);
    assert_eq!(methods[0]["type"], "JsonWebKey");
    assert_eq!(methods[0]["publicKeyJwk"]["alg"], "RS256");
    assert_eq!(methods[0]["publicKeyJwk"]["e"], "AQAB");
    assert_eq!(multikey_method(DID, &key), None);
}

#[test]
fn a_jwk_set_names_whose_each_key_is_and_never_a_private_member() {
    let mut key = fixed_key();
    key.public_jwk["d"] = json!("secret");
    let other = [IssuerKey { issuer: "ander".parse().unwrap(), ..key.clone() }];
    let set = jwks([(DID, std::slice::from_ref(&key)), ("did:web:badges.example", &other)]);
    let keys = set["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    assert_eq!((&keys[0]["iss"], &keys[1]["iss"]), (&json!(DID), &json!("did:web:badges.example")));
    assert!(keys.iter().all(|jwk| jwk["use"] == "sig" && jwk["alg"] == "EdDSA"));
    assert!(!set.to_string().contains("secret"));
    assert!(!did_document(DID, &[key]).to_string().contains("secret"));
}

#[test]
fn a_did_web_is_made_from_an_address_with_a_host_name() {
    let of = |base| did_web(base, &["issuers", "voorbeeld"]);
    assert_eq!(of("https://badges.example").as_deref(), Some(DID));
    assert_eq!(
        of("https://badges.example:8443/").as_deref(),
        Some("did:web:badges.example%3A8443:issuers:voorbeeld")
    );
    assert_eq!(did_web("https://badges.example", &[]).as_deref(), Some("did:web:badges.example"));
    for base in ["https://192.0.2.1", "http://[::1]:8080", "badges.example", "", "data:x"] {
        assert_eq!(of(base), None, "{base}");
    }
    let bare = did_document("did:web:badges.example", &[]);
    assert!(bare.get("verificationMethod").is_none() && bare.get("assertionMethod").is_none());
}
