//! Any bytes as the credential within a presentation: a report, and never a green one.
#![no_main]
use bewijs::model::Timestamp;
use bewijs::sources::Layered;
use bewijs::verification::{Examiner, Verdict};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut text = br#"{"@context":["https://www.w3.org/ns/credentials/v2"],
        "type":["VerifiablePresentation"],"verifiableCredential":["#
        .to_vec();
    text.extend_from_slice(bytes);
    text.extend_from_slice(b"]}");
    let now = Timestamp::from_unix(1_800_000_000).expect("in range");
    let report = Examiner::default().examine(&text, None, &Layered::new(Vec::new()), now);
    assert_ne!(report.verdict(), Verdict::Verified);
});
