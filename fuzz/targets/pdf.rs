//! Any bytes as a PDF: an attached credential within its bounds, or refused.
#![no_main]
use bewijs::baked::{Limits, extract};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { max_inflated_bytes: 1 << 20, ..Limits::default() };
    if let Ok(Some(found)) = extract(bytes, &limits) {
        assert!(found.credential.len() <= limits.max_credential_bytes);
    }
});
