//! Bundles of institutions that somebody made by hand, each whole and rightly signed: what they
//! claim is not believed all the same (story R11).

use super::succession::Installation;
use bewijs::institution::{InstitutionBundle, InstitutionError};
use bewijs::keys::{did_document, did_web, seeded_signer};
use bewijs::model::{IssuerKey, KeyAlgorithm, KeyState, Slug, Timestamp};
use bewijs::proof::Signer;
use bewijs::proof::jose::sign_typed_jws;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::sync::Arc;

const BASE: &str = "https://badges.gesloten.example";
const AS_OF: &str = "2026-01-31T12:00:00Z";

/// A bundle to be made.
struct Forged {
    seed: u8,
    slug: &'static str,
    did: String,
    base: &'static str,
    as_of: &'static str,
    closed: &'static str,
    /// Another thumbprint, public key and so on than the key has.
    record: Value,
}

fn signer(seed: u8) -> Arc<dyn Signer> {
    seeded_signer(&[seed; 32], KeyAlgorithm::Ed25519).expect("a key")
}

fn did_key(seed: u8) -> String {
    format!("did:key:{}", signer(seed).public_key().to_multikey().expect("it has one"))
}

fn forged(seed: u8, slug: &'static str) -> Forged {
    let did = did_web(BASE, &["issuers", slug]).expect("a host");
    Forged { seed, slug, did, base: BASE, as_of: AS_OF, closed: AS_OF, record: json!({}) }
}

impl Forged {
    fn key(&self) -> String {
        signer(self.seed).public_key().thumbprint()
    }

    fn bytes(&self) -> Vec<u8> {
        let signer = signer(self.seed);
        let public = signer.public_key();
        let as_of: Timestamp = self.as_of.parse().expect("a moment");
        let key = IssuerKey {
            issuer: self.slug.parse::<Slug>().expect("a slug"),
            thumbprint: self.key(),
            algorithm: KeyAlgorithm::Ed25519,
            public_jwk: public.to_jwk(),
            public_key_multibase: public.to_multikey().ok(),
            state: KeyState::Active,
            created: "2025-01-01T00:00:00Z".parse().expect("a moment"),
            test: false,
        };
        let mut record = serde_json::to_value(&key).expect("JSON");
        for (member, value) in self.record.as_object().expect("members") {
            record[member] = value.clone();
        }
        let told: IssuerKey = serde_json::from_value(record.clone()).expect("a record");
        let document = did_document(&self.did, &[told]);
        let mut members = vec![
            ("keys.json".to_owned(), json!([record]).to_string()),
            (format!("public/issuers/{}/did.json", self.slug), document.to_string()),
            ("register.jsonl".to_owned(), String::new()),
            ("status-lists.json".to_owned(), "[]".to_owned()),
        ];
        let listed: Vec<Value> = members
            .iter()
            .map(|(path, text)| {
                let sha256: String =
                    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
                json!({ "path": path, "length": text.len(), "sha256": sha256 })
            })
            .collect();
        let manifest = json!({
            "format": "bewijs-institution", "version": 1, "issuer": self.slug, "did": self.did,
            "name": { "nl": "Gesloten School" }, "baseUrl": self.base, "test": false,
            "asOf": self.as_of,
            "succession": {
                "closed": self.closed, "listsUntil": "2036-01-31T12:00:00Z",
                "keeper": "Bewaarhogeschool", "keeperUrl": "https://bewaarhogeschool.example",
                "statement": "It closed.",
            },
            "certificates": 0, "key": self.key(), "members": listed,
        })
        .to_string();
        let types = ("bewijs-institution+jws", "json");
        let token = sign_typed_jws(manifest.as_bytes(), types, None, signer.as_ref());
        members.push(("manifest.json".to_owned(), manifest));
        members.push(("manifest.jws".to_owned(), token.expect("signed")));
        tar(&members, as_of.unix())
    }

    fn write(&self, at: &Installation, name: &str) -> String {
        std::fs::write(at.path(name), self.bytes()).expect("written");
        name.to_owned()
    }

    /// Why it is not read.
    fn fault(&self) -> String {
        match InstitutionBundle::read(Box::new(Cursor::new(self.bytes()))) {
            Err(InstitutionError::Malformed(detail)) => detail,
            other => format!("{other:?}"),
        }
    }
}

/// The one spelling of an archive.
fn tar(members: &[(String, String)], moment: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (path, text) in members {
        let mut block = [0_u8; 512];
        let mut put = |at: usize, text: &str| {
            block[at..at + text.len()].copy_from_slice(text.as_bytes());
        };
        put(0, path);
        put(100, "0000644");
        put(108, "0000000");
        put(116, "0000000");
        put(124, &format!("{:011o}", text.len()));
        put(136, &format!("{moment:011o}"));
        put(148, "        ");
        put(156, "0");
        put(257, "ustar");
        put(263, "00");
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        bytes.extend(block);
        bytes.extend(text.as_bytes());
        bytes.resize(bytes.len().div_ceil(512) * 512, 0);
    }
    bytes.extend([0; 1024]);
    bytes
}

#[test]
fn a_bundle_speaks_only_for_a_did_that_is_its_own() {
    // What is made here the same way is read, or the refusals would say nothing.
    let school = || forged(1, "gesloten-school");
    let well = school().fault();
    assert!(well.starts_with("Ok("), "{well}");
    let well = Forged { did: did_key(1), ..school() }.fault();
    assert!(well.starts_with("Ok("), "{well}");

    let none = "its DID is none of its keys";
    let web = "its DID is not that of this issuer at this address";
    for (did, expected) in [
        (did_key(2), none),
        (format!("{}#x", did_key(1)), none),
        ("did:key:".to_owned(), none),
        ("did:jwk:abc".to_owned(), none),
        ("https://badges.gesloten.example/issuers/gesloten-school".to_owned(), none),
        (String::new(), none),
        ("did:web:badges.andere.example:issuers:gesloten-school".to_owned(), web),
        ("did:web:badges.gesloten.example:issuers:andere-school".to_owned(), web),
        ("did:web:badges.gesloten.example".to_owned(), web),
        ("did:web:badges.gesloten.example%3A8443:issuers:gesloten-school".to_owned(), web),
        ("did:web:BADGES.gesloten.example:issuers:gesloten-school".to_owned(), web),
    ] {
        assert_eq!(Forged { did: did.clone(), ..school() }.fault(), expected, "{did}");
    }
    // A key under another one's name would be published as that one.
    let another = signer(2);
    let another = another.public_key();
    for record in [
        json!({ "public_key_multibase": another.to_multikey().expect("one") }),
        json!({ "public_key_multibase": null }),
        json!({ "algorithm": "P256" }),
    ] {
        let fault = Forged { record: record.clone(), ..school() }.fault();
        assert!(fault.contains("keys"), "{record}: {fault}");
    }
}

#[test]
fn the_address_of_a_bundle_is_a_host_and_nothing_more() {
    for base in [
        "https://badges.gesloten.example/",
        "https://badges.gesloten.example/pad",
        "https://badges.gesloten.example?x",
        "https://badges.gesloten.example#x",
        "https://iemand@badges.gesloten.example",
        "https://badges.gesloten.example:443",
        "https://BADGES.gesloten.example",
        "https://",
        "https://badges.gesloten.example\u{0}",
        "ftp://badges.gesloten.example",
        "badges.gesloten.example",
        "",
    ] {
        let fault = Forged { base, did: did_key(1), ..forged(1, "gesloten-school") }.fault();
        assert!(fault.contains("baseUrl"), "{base}: {fault}");
    }
}

#[test]
fn a_bundle_takes_nobodys_place_and_comes_not_from_the_future() {
    let keeper = Installation::new().issuing();
    let school = forged(1, "gesloten-school");
    let key = school.key();
    for (name, forged) in [
        ("as-of", Forged { as_of: "2200-01-01T00:00:00Z", ..forged(1, "gesloten-school") }),
        ("closed", Forged { closed: "2200-01-01T00:00:00Z", ..forged(1, "gesloten-school") }),
    ] {
        let file = forged.write(&keeper, name);
        let said = keeper.refused(&["issuer", "adopt", &file, "--expect-key", &key]);
        assert!(said.contains("2200-01-01T00:00:00Z, which has not come yet"), "{said}");
    }
    assert!(!keeper.done(&["issuer", "list"]).contains("gesloten-school"));

    let file = school.write(&keeper, "school.tar");
    keeper.done(&["issuer", "adopt", &file, "--expect-key", &key]);
    let same = Forged { did: did_key(2), ..forged(2, "andere-school") };
    let file = same.write(&keeper, "andere.tar");
    keeper.done(&["issuer", "adopt", &file, "--expect-key", &same.key()]);
    let twin = Forged { did: did_key(2), ..forged(2, "derde-school") };
    let file = twin.write(&keeper, "derde.tar");
    let said = keeper.refused(&["issuer", "adopt", &file, "--expect-key", &twin.key()]);
    assert!(said.contains("under another name has this DID"), "{said}");

    // On the word of a file alone nothing that was confirmed is replaced.
    let later = Forged { as_of: "2026-02-01T12:00:00Z", ..forged(9, "gesloten-school") };
    let file = later.write(&keeper, "later.tar");
    let said = keeper.refused(&["issuer", "adopt", &file, "--trust-file"]);
    assert!(said.contains("a key that was confirmed"), "{said}");
    keeper.done(&["issuer", "adopt", &file, "--expect-key", &later.key()]);
}

#[test]
fn an_adopted_host_has_its_own_addresses_however_they_are_spelt() {
    let keeper = Installation::new().issuing();
    let own = keeper.issue("N-1", "own.json");
    let own = super::running::path_of(&own).to_owned();
    let school = forged(1, "gesloten-school");
    let file = school.write(&keeper, "school.tar");
    keeper.done(&["issuer", "adopt", &file, "--expect-key", &school.key()]);
    let _server = keeper.serve();
    let theirs = Some("badges.gesloten.example");
    let plain = keeper.get("/issuers/gesloten-school/did.json", theirs);
    assert_eq!((plain.status, plain.json()["id"].clone()), (200, json!(school.did)));
    for spelt in ["/%69ssuers/gesloten-school/did.json", "/issuers/gesloten%2Dschool/did.json"] {
        let answer = keeper.get(spelt, theirs);
        assert_eq!((answer.status, answer.body), (200, plain.body.clone()), "{spelt}");
    }
    // What is ours is at our host, and nowhere at theirs.
    let rest = own.strip_prefix("/credentials/").expect("a certificate");
    assert_ne!(keeper.get(&own, None).status, 404);
    let ours = "/issuers/voorbeeld-hogeschool/did.json";
    assert_eq!(keeper.get(ours, None).status, 200);
    for path in [
        own.clone(),
        format!("/%63redentials/{rest}"),
        format!("/%43redentials/{rest}"),
        format!("/credential%73/{rest}"),
        ours.to_owned(),
        ours.replacen("/i", "/%69", 1),
        "/.well%2Dknown/did.json".to_owned(),
        "/%2Ewell-known/jwks.json".to_owned(),
    ] {
        let answer = keeper.get(&path, theirs);
        assert_eq!(answer.status, 404, "{path}: {}", String::from_utf8_lossy(&answer.body));
    }
}

#[test]
fn what_a_file_says_of_its_own_key_makes_nobody_recognised() {
    let keeper = Installation::new();
    let school = forged(1, "gesloten-school");
    let file = school.write(&keeper, "school.tar");
    let said = keeper.run(&["issuer", "adopt", &file, "--trust-file"]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("warning"), "{said:?}");
    assert_eq!(recognised(&keeper, &school.did), 0);
    // The same file, once its key is known from elsewhere.
    keeper.done(&["issuer", "adopt", &file, "--expect-key", &school.key()]);
    assert_eq!(recognised(&keeper, &school.did), 1);
}

/// How many say so, of what the keeper took over.
fn recognised(keeper: &Installation, did: &str) -> usize {
    use bewijs::store::{EmbeddedStore, Store};
    use bewijs::verification::Sources;
    let store = EmbeddedStore::open(&keeper.path("data")).expect("it opens");
    let mut adopted = bewijs::institution::AdoptedIssuers::default();
    for record in store.adopted().expect("readable") {
        adopted.open(&keeper.path("data/adopted"), &record).expect("as it was adopted");
    }
    assert!(adopted.key_document(did).is_ok(), "its keys are told either way");
    store.close();
    adopted.recognised(did).len()
}
