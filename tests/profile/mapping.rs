//! From request to credential.

use super::samples::{Samples, file};
use serde_json::Value;

const AWARDS: [&str; 7] = ["mc1", "mc2", "mc3", "md1", "evc1", "evc2", "evc2-correction"];

/// The first place where two values differ.
fn difference(left: &Value, right: &Value, at: &str) -> Option<String> {
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => a.keys().chain(b.keys()).find_map(|k| {
            difference(
                a.get(k).unwrap_or(&Value::Null),
                b.get(k).unwrap_or(&Value::Null),
                &format!("{at}/{k}"),
            )
        }),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            (0..a.len()).find_map(|i| difference(&a[i], &b[i], &format!("{at}/{i}")))
        }
        _ if left == right => None,
        _ => Some(format!("{at}: {left} is not {right}")),
    }
}

#[test]
fn every_sample_award_becomes_the_expected_credential_in_the_same_order() {
    let samples = Samples::load();
    assert_eq!(samples.awards.len(), AWARDS.len());
    for key in AWARDS {
        let written = samples.credential(samples.award(key));
        let expected = file(&format!("expected/{key}.json"));
        assert_eq!(difference(&written, &expected, key), None);
        assert_eq!(written.to_string(), expected.to_string(), "{key}: order of members");
    }
}
