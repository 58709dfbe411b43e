//! Any two lines as header and payload of a token: a report, and never a green one.
#![no_main]
use bewijs::encoding::encode_base64url;
use bewijs::model::Timestamp;
use bewijs::sources::Layered;
use bewijs::verification::{Examiner, Verdict};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut lines = bytes.splitn(2, |byte| *byte == b'\n');
    let (header, payload) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let signature = encode_base64url(&[1; 64]);
    let token = format!("{}.{}.{signature}", encode_base64url(header), encode_base64url(payload));
    let now = Timestamp::from_unix(1_800_000_000).expect("in range");
    let report =
        Examiner::default().examine(token.as_bytes(), None, &Layered::new(Vec::new()), now);
    assert_ne!(report.verdict(), Verdict::Verified);
});
