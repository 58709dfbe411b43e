//! Any bytes: a report, and never a green one, because no signature can be guessed.
#![no_main]
use bewijs::model::Timestamp;
use bewijs::sources::Layered;
use bewijs::verification::{Examiner, Verdict};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let now = Timestamp::from_unix(1_800_000_000).expect("in range");
    let report = Examiner::default().examine(bytes, None, &Layered::new(Vec::new()), now);
    assert_ne!(report.verdict(), Verdict::Verified);
});
