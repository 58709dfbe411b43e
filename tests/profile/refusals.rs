//! What is refused, and what is accepted with a remark.

use super::json_patch;
use super::samples::{Samples, file, read_definition};
use bewijs::model::FieldError;
use bewijs::profile::{Vocabulary, parse_organisation, read_award};
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
pub fn outcome(samples: &Samples, case: &Value) -> Result<Vec<FieldError>, Vec<FieldError>> {
    let document = patched(samples, case);
    match case["target"].as_str().expect("target") {
        "organisation" => parse_organisation(&document).map(|checked| checked.warnings),
        "definition" => read_definition(samples, &document).map(|checked| checked.warnings),
        _ => samples.check(&document).map(|checked| checked.warnings),
    }
}

/// Stories A2, A3, A4, A5, R2 and P2.
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

#[test]
fn a_certificates_address_is_no_personal_data_whatever_its_random_digits() {
    let awards = file("awards.json");
    let samples = awards["awards"].as_array().unwrap();
    let mut degree = samples.iter().find(|award| award["key"] == "md1").unwrap().clone();
    let members = degree.as_object_mut().unwrap();
    members.shift_remove("key");
    members.shift_remove("fixed");
    let mut codes = |address: &str| -> Vec<(&'static str, String)> {
        degree["parts"][0]["award"] = address.into();
        degree["replaces"] = address.into();
        let reading = read_award(&degree, Vocabulary::bundled());
        reading.faults().iter().map(|fault| (fault.code, fault.pointer.clone())).collect()
    };
    // The last eleven digits have the check digits of a national number.
    let id = "00000000-0000-4000-8000-a90010100123";
    assert_eq!(codes(&format!("https://badges.example/credentials/{id}")), []);
    let refused = ["/parts/0/award", "/replaces"];
    for address in [
        "https://badges.example/credentials/90010100123",
        "https://badges.example/credentials/00.00.00-000.97",
        "https://badges.example/90010100123/00000000-0000-4000-8000-a90010100123",
        "https://badges.example/credentials/00000000-0000-4000-8000-A90010100123",
    ] {
        let found = codes(address);
        for pointer in refused {
            let expected = ("personal-data-in-text", pointer.to_owned());
            assert!(found.contains(&expected), "{address}: {found:?}");
        }
    }
}
