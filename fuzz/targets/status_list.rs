//! Any text as an encoded list: bounded expansion, or refused.
#![no_main]
use bewijs::status::Bitstring;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(bits) = Bitstring::decode(text, 1 << 20) {
        let again = Bitstring::decode(&bits.encode(), 1 << 20).expect("what we encode we decode");
        assert_eq!(again, bits);
    }
});
