//! Any bytes as the components (CBOR) of a derived proof of `ecdsa-sd-2023`: a report, and a verified one
//! only for the components that the holder made, in whatever spelling of the signature.
#![no_main]
use bewijs::encoding::encode_base64url;
use bewijs::model::Timestamp;
use bewijs::sources::Layered;
use bewijs::verification::{Check, Examiner, Outcome};
use serde_json::Value;
use std::sync::LazyLock;

static CASE: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../tests/cases/others-ecdsa-sd-2023.json");
    serde_json::from_str::<Value>(text).expect("JSON")["document"].take()
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut document = CASE.clone();
    let value = encode_base64url([&[0xd9, 0x5d, 0x01], bytes].concat());
    document["proof"]["proofValue"] = format!("u{value}").into();
    let now = Timestamp::from_unix(1_800_000_000).expect("in range");
    let text = document.to_string();
    let report = Examiner::default().examine(text.as_bytes(), None, &Layered::new(Vec::new()), now);
    // Five components: nothing shorter is signed by anybody.
    assert!(bytes.len() > 64 || report.check(Check::Proof).outcome != Outcome::Pass);
});
