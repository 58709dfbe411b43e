//! Any bytes as a baked PNG: a credential within its bounds, or refused. What is baked into it is
//! what is taken out.
#![no_main]
use bewijs::baked::{Limits, bake, extract};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { max_inflated_bytes: 1 << 20, ..Limits::default() };
    if let Ok(Some(found)) = extract(bytes, &limits) {
        assert!(found.credential.len() <= limits.max_credential_bytes);
    }
    if bytes.starts_with(b"\x89PNG")
        && let Ok(image) = bake(bytes, b"{\"a\":1}", &limits)
        && let Ok(Some(found)) = extract(&image, &limits)
    {
        // A second credential under the keyword of a container would have been told.
        assert_eq!(found.credential, b"{\"a\":1}");
    }
});
