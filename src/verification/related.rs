//! Digests of related resources (VCDM 2.0, section 5.3). Nothing is fetched: the resources whose
//! bytes are at hand are the bundled contexts, and those are always compared. Others are not used
//! here, so that there is nothing to hold against them.

use super::problem;
use super::securing::Ended;
use crate::canon::bundled::CONTEXTS;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Compares what can be compared. Shapes are conformance's business.
pub(super) fn check(document: &Value) -> Ended {
    let all: &[Value] = match document.get("relatedResource") {
        None => return Ended::not_applicable(),
        Some(Value::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
    };
    let mut compared = false;
    for resource in all {
        let Some(url) = resource.get("id").and_then(Value::as_str) else { continue };
        let mut versions = CONTEXTS.iter().filter(|context| context.url == url).peekable();
        if versions.peek().is_none() {
            continue;
        }
        compared = true;
        // Several versions of one context may be bundled; the document means one of them.
        if !versions.any(|context| matches(resource, context.text.as_bytes())) {
            return Ended::fail(problem::digest_mismatch(url));
        }
    }
    if compared { Ended::pass() } else { Ended::not_applicable() }
}

/// Every digest that the entry gives is right.
fn matches(resource: &Value, bytes: &[u8]) -> bool {
    let every = |member: &str, right: fn(&str, &[u8]) -> bool| match resource.get(member) {
        None => true,
        Some(Value::Array(all)) => {
            all.iter().all(|one| one.as_str().is_some_and(|t| right(t, bytes)))
        }
        Some(one) => one.as_str().is_some_and(|text| right(text, bytes)),
    };
    every("digestSRI", sri) && every("digestMultibase", multibase)
}

/// Subresource Integrity: one or more of `sha384-` + base64, separated by spaces.
fn sri(text: &str, bytes: &[u8]) -> bool {
    let mut given = text.split_ascii_whitespace().peekable();
    given.peek().is_some()
        && given.all(|one| match one.split_once('-') {
            Some(("sha256", digest)) => digest == STANDARD.encode(Sha256::digest(bytes)),
            Some(("sha384", digest)) => digest == STANDARD.encode(Sha384::digest(bytes)),
            Some(("sha512", digest)) => digest == STANDARD.encode(Sha512::digest(bytes)),
            _ => false,
        })
}

/// `u` + base64url, or `z` + base58btc, of a multihash of SHA-256, or of the bare digest.
fn multibase(text: &str, bytes: &[u8]) -> bool {
    let decoded = match text.split_at_checked(1) {
        Some(("u", rest)) => URL_SAFE_NO_PAD.decode(rest).ok(),
        // Longer texts hold no SHA-256; decoding base58 takes quadratic time.
        Some(("z", rest)) if rest.len() <= 64 => bs58::decode(rest).into_vec().ok(),
        _ => None,
    };
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    decoded.is_some_and(|decoded| {
        decoded == digest || decoded.strip_prefix(&[0x12, 0x20]) == Some(digest.as_slice())
    })
}
