//! Any bytes: parsed strictly, canonicalised by JCS and to RDF, or refused. What JCS writes must
//! parse back to the same JCS.
#![no_main]
use bewijs::canon::json::{JsonLimits, parse};
use bewijs::canon::{ContextSet, View, jcs};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = parse(bytes, &JsonLimits::default()) else { return };
    if let Ok(text) = jcs::to_string(&value) {
        let again = parse(text.as_bytes(), &JsonLimits::default()).expect("JCS is JSON");
        assert_eq!(jcs::to_string(&again).ok(), Some(text));
    }
    let _ = ContextSet::verifying().canonicalize(&value, View::default());
});
