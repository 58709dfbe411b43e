//! Signing keys and verification methods for tests. All keys are published test keys.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
    RSA_PKCS1_SHA256, RsaKeyPair,
};
use bewijs::encoding::{PublicKey, decode_base64url, did_key};
use bewijs::model::{KeyAlgorithm, Problem, Timestamp};
use bewijs::proof::{
    MethodResolver, ProofPurpose, ResolveError, ResolvedMethod, SignError, Signer, problem,
};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads a file of test vectors.
pub fn vectors(name: &str) -> Value {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).expect("vector file")).expect("JSON")
}

/// Reads hexadecimal.
pub fn hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).expect("hex"))
        .collect()
}

/// A moment.
pub fn moment(text: &str) -> Timestamp {
    text.parse().expect("moment")
}

enum Secret {
    Ed25519(SigningKey),
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

/// Signs with a published test key.
pub struct TestSigner {
    secret: Secret,
    public: PublicKey,
}

impl std::fmt::Debug for TestSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TestSigner({:?})", self.public)
    }
}

impl TestSigner {
    /// From the seed of an Ed25519 key.
    pub fn ed25519(seed: &[u8]) -> Self {
        let secret = SigningKey::from_bytes(seed.try_into().expect("32 bytes"));
        let public = PublicKey::from_ed25519(secret.verifying_key().as_bytes()).expect("key");
        Self { secret: Secret::Ed25519(secret), public }
    }

    /// From a private JWK.
    pub fn from_jwk(jwk: &Value) -> Self {
        let part =
            |name: &str| decode_base64url(jwk[name].as_str().expect(name)).expect("base64url");
        let mut public = jwk.clone();
        for name in ["d", "p", "q", "dp", "dq", "qi"] {
            public.as_object_mut().expect("JWK").remove(name);
        }
        let public = PublicKey::from_jwk(&public).expect("public JWK");
        let secret = match &public {
            PublicKey::Ed25519(_) => return Self::ed25519(&part("d")),
            PublicKey::P256(key) | PublicKey::P384(key) => {
                let algorithm = match &public {
                    PublicKey::P256(_) => &ECDSA_P256_SHA256_FIXED_SIGNING,
                    _ => &ECDSA_P384_SHA384_FIXED_SIGNING,
                };
                let point = key.uncompressed_point();
                Secret::Ec(
                    EcdsaKeyPair::from_private_key_and_public_key(algorithm, &part("d"), point)
                        .expect("key pair"),
                )
            }
            PublicKey::Rsa(_) => {
                let numbers = ["n", "e", "d", "p", "q", "dp", "dq", "qi"].map(part);
                let mut body = der_integer(&[0]);
                for number in numbers {
                    body.extend(der_integer(&number));
                }
                Secret::Rsa(RsaKeyPair::from_der(&der(0x30, &body)).expect("RSA key pair"))
            }
        };
        Self { secret, public }
    }

    /// The three keys of the JOSE vectors: EdDSA, RS256, ES256.
    pub fn jose() -> [Self; 3] {
        let file = vectors("jose-basics.json");
        [0, 1, 2].map(|index| Self::from_jwk(&file["signatures"][index]["privateJwk"]))
    }

    /// The did:key of this key.
    pub fn did(&self) -> String {
        did_key::from_key(&self.public).expect("did:key")
    }

    /// The verification method of the did:key.
    pub fn method(&self) -> String {
        did_key::method_id(&self.did()).expect("did:key")
    }
}

/// Distinguished encoding rules: lengths and integers are minimal.
fn der(tag: u8, body: &[u8]) -> Vec<u8> {
    let [high, low] = u16::try_from(body.len()).expect("short").to_be_bytes();
    let length = match (high, low) {
        (0, 0..0x80) => vec![low],
        (0, _) => vec![0x81, low],
        _ => vec![0x82, high, low],
    };
    [&[tag][..], &length, body].concat()
}

fn der_integer(number: &[u8]) -> Vec<u8> {
    if number.first().is_some_and(|first| first & 0x80 == 0) {
        der(0x02, number)
    } else {
        der(0x02, &[&[0][..], number].concat())
    }
}

impl Signer for TestSigner {
    fn algorithm(&self) -> KeyAlgorithm {
        self.public.algorithm()
    }

    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        Ok(match &self.secret {
            Secret::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
            Secret::Ec(key) => {
                key.sign(&SystemRandom::new(), message).expect("signature").as_ref().to_vec()
            }
            Secret::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
                    .expect("signature");
                signature
            }
        })
    }
}

/// Knows did:key and whatever it is told.
#[derive(Debug, Default)]
pub struct TestResolver {
    known: BTreeMap<String, Result<Arc<ResolvedMethod>, ResolveError>>,
    /// What was asked for.
    pub asked: RefCell<Vec<String>>,
}

impl TestResolver {
    /// Teaches it a method.
    pub fn knows(mut self, id: &str, controller: &str, key: &PublicKey) -> Self {
        self.known.insert(id.to_owned(), Ok(Arc::new(method(id, controller, key))));
        self
    }

    /// Teaches it a method with an end.
    pub fn knows_method(mut self, method: ResolvedMethod) -> Self {
        self.known.insert(method.id.clone(), Ok(Arc::new(method)));
        self
    }

    /// Teaches it that a method cannot be had.
    pub fn fails(mut self, id: &str, error: ResolveError) -> Self {
        self.known.insert(id.to_owned(), Err(error));
        self
    }
}

/// A method without an end.
pub fn method(id: &str, controller: &str, key: &PublicKey) -> ResolvedMethod {
    ResolvedMethod {
        id: id.to_owned(),
        controller: controller.to_owned(),
        key: key.clone(),
        expires: None,
        revoked: None,
    }
}

impl MethodResolver for TestResolver {
    fn resolve(
        &self,
        url: &str,
        _purpose: ProofPurpose,
    ) -> Result<Arc<ResolvedMethod>, ResolveError> {
        self.asked.borrow_mut().push(url.to_owned());
        if let Some(known) = self.known.get(url) {
            return known.clone();
        }
        let invalid = |detail: &str| ResolveError::Invalid(problem::invalid_method_url(detail));
        let (did, fragment) = url.split_once('#').ok_or_else(|| invalid("no fragment"))?;
        let key = did_key::parse(did).map_err(|error| invalid(error.code()))?;
        if did.strip_prefix("did:key:") != Some(fragment) {
            return Err(invalid("another fragment"));
        }
        Ok(Arc::new(method(url, did, &key)))
    }
}

/// The last part of a problem's type.
pub fn kind(problem: &Problem) -> &str {
    problem.r#type.rsplit(['#', ':']).next().expect("not empty")
}
