//! Any bytes: parsed strictly, canonicalised by JCS and to RDF, or refused. What JCS writes must
//! parse back to the same JCS; a number beyond 2^53 that had a fraction is written without one and
//! is then refused as an integer that a double does not hold.
#![no_main]
use bewijs::canon::json::{JsonError, JsonLimits, parse};
use bewijs::canon::{ContextSet, View, jcs};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = parse(bytes, &JsonLimits::default()) else { return };
    if let Ok(text) = jcs::to_string(&value) {
        match parse(text.as_bytes(), &JsonLimits::default()) {
            Ok(again) => assert_eq!(jcs::to_string(&again).ok(), Some(text)),
            Err(JsonError::InexactInteger { .. }) => {}
            Err(error) => panic!("JCS is JSON: {error}"),
        }
    }
    let _ = ContextSet::verifying().canonicalize(&value, View::default());
});
