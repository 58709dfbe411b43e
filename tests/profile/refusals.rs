//! What is refused, and what is accepted with a remark.

use super::json_patch;
use super::samples::{Samples, file, read_definition};
use bewijs::model::FieldError;
use bewijs::profile::parse_organisation;
use serde_json::Value;

pub fn patched(samples: &Samples, case: &Value) -> Value {
    let base = case["base"].as_str().expect("base");
    let mut document = match case["target"].as_str().expect("target") {
        "organisation" => Samples::named(&samples.organisations, "slug", base),
        "definition" => Samples::named(&samples.definitions, "key", base),
        "award" => samples.award(base),
        other => panic!("unknown target {other}"),
    }
    .clone();
    json_patch::apply(&mut document, &case["patch"]);
    document
}

/// Errors, or the warnings of what was accepted.
fn outcome(samples: &Samples, case: &Value) -> Result<Vec<FieldError>, Vec<FieldError>> {
    let document = patched(samples, case);
    match case["target"].as_str().expect("target") {
        "organisation" => parse_organisation(&document).map(|checked| checked.warnings),
        "definition" => read_definition(samples, &document).map(|checked| checked.warnings),
        _ => samples.check(&document).map(|checked| checked.warnings),
    }
}

#[test]
fn every_rejected_sample_is_refused_with_its_code_and_pointer() {
    let samples = Samples::load();
    let cases = file("negative.json");
    let cases = cases["rejected"].as_array().expect("array");
    assert_eq!(cases.len(), 87);
    let (mut wrong, mut several) = (Vec::new(), Vec::new());
    for case in cases {
        let (id, expected) = (&case["id"], &case["expect"]);
        let found: Vec<(String, String)> = match outcome(&samples, case) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.into_iter().map(|e| (e.code.to_owned(), e.pointer)).collect(),
        };
        let wanted = (
            expected["code"].as_str().expect("code").to_owned(),
            expected["field"].as_str().expect("field").to_owned(),
        );
        if !found.contains(&wanted) {
            wrong.push(format!("{id}: wanted {wanted:?}, found {found:?}"));
        }
        if found.len() != 1 {
            several.push(id.as_str().expect("id"));
        }
    }
    // One thing is wrong, so one thing is reported, but for these, whose patch breaks more rules.
    assert_eq!(several, ["D30", "A28", "A36"]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_warned_sample_is_accepted_with_its_warning() {
    let samples = Samples::load();
    let cases = file("negative.json");
    for case in cases["warnings"].as_array().expect("array") {
        // W06 needs an installed ESCO release; it has a test of its own.
        if case["id"] == "W06" {
            assert_eq!(outcome(&samples, case), Ok(Vec::new()));
            continue;
        }
        let warnings = outcome(&samples, case).expect("accepted");
        let codes: Vec<&str> = warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(codes, [case["warning"].as_str().expect("code")], "{}", case["id"]);
    }
}
