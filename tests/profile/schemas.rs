//! The JSON Schemas of requests say the same as the rules, as far as a schema can say it.

use super::kinds::definition as changed;
use super::refusals::patched;
use super::samples::{Samples, file, read_definition};
use bewijs::profile::{Vocabulary, parse_award, parse_organisation};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn schema(name: &str) -> Validator {
    let path = format!("{}/schemas/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let schema: Value = serde_json::from_str(&text).expect("a schema is JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::meta::validate(&schema).unwrap_or_else(|e| panic!("{name}: {e}"));
    jsonschema::validator_for(&schema).expect("a schema compiles")
}

fn request(target: &str, document: &Value) -> Value {
    match target {
        "award" => Samples::request(document).0,
        _ => document.clone(),
    }
}

/// Rules that a schema cannot say: they look at closed lists, at the catalogue, at the register, at
/// another member, at the calendar, or into a text.
const BEYOND: [&str; 39] = [
    "O03", // the region belongs to the country
    "D12", // the authoritative language
    "D13", // the issuer's step
    "D21", // an empty reason
    "D23", "D24", "D25", // closed lists
    "D28", // unique codes
    "D31", // the pass mark inside the scale
    "D34", "D35", "D37", // the parts
    "A01", "A02", "A03", // statements a kind needs
    "A06", "A07", "A08", "A09", "A10", "A12", "A14", "A15", // what the definition asks
    "A16", "A25", "A26", "A27", // the calendar
    "A18", // personal data in a text
    "A23", // a key inside the identifier
    "A29", "A30", "A31", // the definition's scale
    "A33", "A34", "A35", "A36", "A37", "A38", "A39", // catalogue and register
];

#[test]
fn every_base_sample_satisfies_its_schema() {
    let samples = Samples::load();
    for (target, documents) in [
        ("organisation", &samples.organisations),
        ("definition", &samples.definitions),
        ("award", &samples.awards),
    ] {
        let schema = schema(target);
        for document in documents {
            let request = request(target, document);
            let errors: Vec<String> = schema
                .iter_errors(&request)
                .map(|e| format!("{}: {e}", e.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{target} {errors:?}");
        }
    }
}

#[test]
fn every_refused_sample_is_refused_by_its_schema_or_by_a_rule_beyond_it() {
    let samples = Samples::load();
    let cases = file("negative.json");
    let mut beyond = BTreeSet::new();
    for case in cases["rejected"].as_array().expect("array") {
        let target = case["target"].as_str().expect("target");
        let request = request(target, &patched(&samples, case));
        if schema(target).is_valid(&request) {
            beyond.insert(case["id"].as_str().expect("id").to_owned());
        }
    }
    let stated: BTreeSet<String> = BEYOND.iter().map(|id| (*id).to_owned()).collect();
    assert_eq!(beyond, stated, "left: accepted by the schema, right: stated");
}

/// Every object of a document, as a pointer.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.push(at.to_owned());
            for (name, member) in map {
                objects(member, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(elements) => {
            for (i, element) in elements.iter().enumerate() {
                objects(element, &format!("{at}/{i}"), found);
            }
        }
        _ => {}
    }
}

/// Every value of a document, as a pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(name, member)| places(member, &format!("{at}/{name}"), found));
        }
        Value::Array(elements) => {
            let each = elements.iter().enumerate();
            each.for_each(|(i, element)| places(element, &format!("{at}/{i}"), found));
        }
        _ => {}
    }
}

/// Whether the rules take the shape of a request.
fn refusals(samples: &Samples, target: &str, request: &Value) -> Vec<(String, &'static str)> {
    let errors = match target {
        "organisation" => parse_organisation(request).err(),
        "definition" => read_definition(samples, request).err(),
        _ => parse_award(request, Vocabulary::bundled()).err(),
    };
    errors.unwrap_or_default().into_iter().map(|e| (e.pointer, e.code)).collect()
}

#[test]
fn an_unknown_member_anywhere_is_refused_by_rules_and_schema_alike() {
    let samples = Samples::load();
    let mut tried = 0;
    for (target, documents) in [
        ("organisation", &samples.organisations),
        ("definition", &samples.definitions),
        ("award", &samples.awards),
    ] {
        let schema = schema(target);
        for document in documents {
            let request = request(target, document);
            let mut found = Vec::new();
            objects(&request, "", &mut found);
            for at in found {
                let mut wrong = request.clone();
                let object = wrong.pointer_mut(&at).and_then(Value::as_object_mut).expect("object");
                object.insert("unheard/of".to_owned(), json!(1));
                assert!(!schema.is_valid(&wrong), "{target} {at}");
                let wanted = (format!("{at}/unheard~1of"), "unknown-field");
                assert_eq!(refusals(&samples, target, &wrong), [wanted], "{target} {at}");
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 211);
}

#[test]
fn a_value_of_another_type_anywhere_is_refused_by_rules_and_schema_alike() {
    let samples = Samples::load();
    for (target, documents) in [
        ("organisation", &samples.organisations),
        ("definition", &samples.definitions),
        ("award", &samples.awards),
    ] {
        let schema = schema(target);
        for document in documents {
            let request = request(target, document);
            let mut found = Vec::new();
            places(&request, "", &mut found);
            for at in found {
                // The name of an entry in an import file is not kept, so it is not looked at.
                if at == "/key" {
                    continue;
                }
                for other in [json!([[]]), json!({"a": {}}), json!(false), json!(1.5), json!("")] {
                    let mut wrong = request.clone();
                    let place = wrong.pointer_mut(&at).expect("there");
                    let same = std::mem::discriminant(place) == std::mem::discriminant(&other);
                    if same {
                        continue;
                    }
                    *place = other.clone();
                    let faults = refusals(&samples, target, &wrong);
                    assert_eq!(schema.is_valid(&wrong), faults.is_empty(), "{target} {at} {other}");
                    // `null` and a number stand in the same places.
                    let numeric = other.is_number() && faults.is_empty();
                    assert!(numeric || !faults.is_empty(), "{target} {at} {other}");
                }
            }
        }
    }
}

#[test]
fn any_mandatory_element_left_out_is_refused_by_name() {
    let samples = Samples::load();
    for document in &samples.definitions {
        let kind = document["kind"].as_str().expect("kind");
        let optional = [
            "key",
            "languageEditions",
            "trainingProviders",
            "grading",
            "languagesOfInstruction",
            "learningSetting",
            "prerequisites",
            "stackability",
            "escoOccupations",
            "proficiencyScale",
        ];
        for name in document.as_object().expect("object").keys() {
            let mut without = document.clone();
            without.as_object_mut().expect("object").remove(name);
            let faults = refusals(&samples, "definition", &without);
            let valid = schema("definition").is_valid(&without);
            if optional.contains(&name.as_str())
                || (name == "supervision" && !kind.starts_with("evc"))
            {
                assert_eq!(faults, [], "{kind} {name}");
                assert!(valid, "{kind} {name}");
            } else {
                assert!(!valid, "{kind} {name}");
                assert!(
                    faults.iter().any(|(pointer, _)| *pointer == format!("/{name}")),
                    "{kind} {name}: {faults:?}"
                );
            }
        }
    }
}

#[test]
fn all_faults_come_in_one_answer() {
    let samples = Samples::load();
    let empty = json!({"kind": "microcredential"});
    let codes: BTreeSet<&str> =
        refusals(&samples, "definition", &empty).into_iter().map(|(_, code)| code).collect();
    for code in [
        "required",
        "title-required",
        "description-required",
        "awarding-body-required",
        "outcomes-required",
        "workload-required",
        "level-required",
        "assessment-type-required",
        "participation-required",
        "schedule-required",
        "quality-assurance-required",
        "isced-required",
    ] {
        assert!(codes.contains(code), "{code}");
    }
    for wrong in [json!(null), json!([]), json!("x"), json!(1)] {
        for target in ["organisation", "definition", "award"] {
            assert_eq!(refusals(&samples, target, &wrong), [(String::new(), "type")]);
            assert!(!schema(target).is_valid(&wrong));
        }
    }
    // What is wrong with its shape and what is wrong with its surroundings, together.
    let mut sample = samples.award("evc1").clone();
    sample["surprise"] = json!(1);
    sample["grade"] = json!("14");
    sample["competences"][0]["code"] = json!("C-1");
    sample["competences"][1]["code"] = json!("c9");
    sample["decision"]["date"] = json!("yesterday");
    sample.as_object_mut().expect("object").remove("mandate");
    let errors = samples.check(&sample).expect_err("refused");
    let found: BTreeSet<(&str, &str)> =
        errors.iter().map(|e| (e.pointer.as_str(), e.code)).collect();
    let wanted = BTreeSet::from([
        ("/surprise", "unknown-field"),
        ("/grade", "grade-not-expected"),
        ("/competences/0/code", "code-format"),
        ("/competences/1/code", "unknown-competence"),
        ("/decision/date", "date-format"),
        ("/mandate", "mandate-required"),
    ]);
    assert_eq!(found, wanted);
    assert_eq!(errors.len(), wanted.len());
}

#[test]
fn kinds_without_a_sample_satisfy_the_schema_too() {
    let samples = Samples::load();
    let mut document = Samples::named(&samples.definitions, "key", "md1").clone();
    for rule in [json!({"code": "n-of", "number": 2}), json!({"code": "minimum-ects", "number": 6})]
    {
        document["parts"]["rule"] = rule.clone();
        document["workload"] = json!({"ects": 6, "hours": 160});
        assert!(schema("definition").is_valid(&document));
        changed(&samples, "md1", |d| {
            d["parts"]["rule"] = rule;
            d["workload"] = json!({"ects": 6, "hours": 160});
        });
    }
    let participation = json!({
        "issuer": "voorbeeld-hogeschool", "slug": "studiedag", "version": "1", "code": "SD", "language": "nl",
        "kind": "participation", "title": {"nl": "Studiedag"}, "description": {"nl": "Een dag"},
        "awardingBodies": ["voorbeeld-hogeschool"], "workload": {"hours": 7.5},
    });
    assert!(schema("definition").is_valid(&participation));
    assert_eq!(refusals(&samples, "definition", &participation), []);
    let mut assessed = participation.clone();
    assessed["workload"]["ects"] = json!(1);
    assert!(!schema("definition").is_valid(&assessed));
    let faults = refusals(&samples, "definition", &assessed);
    assert_eq!(faults, [("/kind".to_owned(), "participation-not-assessed")]);
}
