//! Any bytes as a bundle of an institution, as its manifest, and as its register: refused, or read
//! within bounds. No bytes that a fuzzer finds are signed.
#![no_main]
use bewijs::institution::{InstitutionBundle, Manifest, check_register, find_row};
use bewijs::model::CredentialId;
use std::io::Cursor;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    match kind % 3 {
        0 => {
            assert!(InstitutionBundle::read(Box::new(Cursor::new(bytes.to_vec()))).is_err());
        }
        1 => {
            let _ = Manifest::read(bytes);
        }
        _ => {
            let id: CredentialId =
                "7a1c0000-0000-4000-8000-000000000007".parse().expect("an identifier");
            let in_order = check_register(&mut &*bytes).is_ok();
            let found = find_row(&mut Cursor::new(bytes), (0, bytes.len() as u64), id);
            assert!(!in_order || found.is_ok());
        }
    }
});
