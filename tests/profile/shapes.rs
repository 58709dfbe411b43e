//! What varies from award to award: any accepted request gives a credential that passes safe mode
//! and reads back; two awards of one shape differ only at the variable places.

use super::kinds::canonical;
use super::samples::Samples;
use super::*;
use bewijs::canon::compiled::{self, CompiledDocument, FillError, Hole};
use bewijs::canon::{ContextSet, View};
use bewijs::profile::{Award, HoleKind, read, shape_key, variable_pointers, variable_values};
use proptest::prelude::*;
use serde_json::json;
use std::collections::HashMap;
use std::sync::LazyLock;

static SAMPLES: LazyLock<Samples> = LazyLock::new(Samples::load);

/// Everything about one issue.
struct Issue {
    credential: Value,
    award: Award,
    values: Vec<String>,
    key: String,
}

fn issue(sample: &Value, suspension: bool) -> Issue {
    let samples = &*SAMPLES;
    let award = samples.check(sample).unwrap_or_else(|e| panic!("refused: {e:?}")).value;
    let (request, mut generated) = Samples::request(sample);
    if suspension {
        generated.status.push(StatusEntry {
            list: "s1".to_owned(),
            index: 7,
            purpose: StatusPurpose::Suspension,
        });
    }
    let facts = samples.facts(sample["key"].as_str().expect("key"), &request);
    let definition = samples.definition(&request).expect("published");
    let sealer = samples.sealer("voorbeeld-hogeschool");
    let mapping = samples.mapping();
    let credential = to_credential(&mapping, &definition, &award, &sealer, &facts, &generated)
        .expect("what was checked can be written");
    let installation = &samples.installation;
    let values = variable_values(installation, &definition, &award, &facts, &generated);
    let purposes: Vec<StatusPurpose> = generated.status.iter().map(|e| e.purpose).collect();
    let key = format!("{}|{}", definition.name, shape_key(&award, &purposes));
    Issue { credential, values: values.expect("facts"), key, award }
}

/// The credential with every variable place blanked, and what stood there.
fn skeleton(credential: &Value) -> (String, Vec<String>) {
    let mut blank = credential.clone();
    let mut values = Vec::new();
    for (pointer, kind) in variable_pointers(credential) {
        let place = blank.pointer_mut(&pointer).expect("the place is there");
        let value = place.take();
        let value = value.as_str().expect("a variable place holds text").to_owned();
        if kind == HoleKind::Iri {
            assert!(value.contains(':'), "{pointer}");
        }
        values.push(value);
        // Places differ from one another, so that a place at the wrong spot shows.
        *place = format!("<{pointer}>").into();
    }
    (blank.to_string(), values)
}

/// Compiles the form of one credential, fills it for another issue of the same shape, and holds
/// the result against the general engine. Whether it could be filled.
fn prepared(example: &Value, issue: &Issue) -> bool {
    let holes = variable_pointers(example).into_iter().map(|(pointer, kind)| Hole {
        pointer,
        kind: match kind {
            HoleKind::Iri => compiled::HoleKind::Iri,
            HoleKind::Text => compiled::HoleKind::Text,
        },
    });
    let contexts = ContextSet::issuing();
    let compiled = CompiledDocument::compile(contexts, example, holes.collect());
    let values: Vec<&str> = issue.values.iter().map(String::as_str).collect();
    let filled = match compiled.expect("a credential can be compiled").fill(&values) {
        Ok(filled) => filled,
        Err(FillError::NeedsGeneralEngine) => return false,
        Err(error) => panic!("{error}"),
    };
    let general = contexts.canonicalize(&issue.credential, View::default()).expect("safe");
    assert_eq!(filled.sha256, general.sha256());
    assert_eq!(format!("{}}}", filled.json), issue.credential.to_string());
    true
}

#[test]
fn the_values_of_the_variable_places_are_those_of_the_document() {
    for sample in &SAMPLES.awards {
        let issue = issue(sample, false);
        let (_, values) = skeleton(&issue.credential);
        assert_eq!(values, issue.values, "{}", sample["key"]);
    }
}

#[test]
fn every_text_that_an_award_may_choose_is_a_variable_place() {
    for sample in &SAMPLES.awards {
        let original = issue(sample, false);
        let mut other = sample.clone();
        other["fixed"] = json!({
            "credentialUuid": "00000000-0000-4000-8000-000000000001",
            "subjectId": "urn:uuid:00000000-0000-4000-8000-000000000002",
            "emailSalt": "00000000000000000000000000000003",
            "statusList": "r2", "statusListIndex": 4, "issuedAt": "2027-01-01T00:00:00Z",
        });
        if other["learner"].get("holderDid").is_some() {
            other["learner"]["holderDid"] = "did:web:holder.example".into();
        }
        other["certificateNumber"] = "NR-1".into();
        other["activity"] = json!({"start": "2020-01-01", "end": "2020-01-02"});
        other["academicYear"] = "2019-2020".into();
        other["decision"]["date"] = "2026-09-01".into();
        if other.get("grade").is_some() {
            other["grade"] = "19.5".into();
        }
        for competence in
            other.get_mut("competences").and_then(Value::as_array_mut).into_iter().flatten()
        {
            for (i, basis) in
                competence["basis"].as_array_mut().expect("basis").iter_mut().enumerate()
            {
                basis["text"] = format!("Andere tekst {i}").into();
            }
        }
        for evidence in
            other.get_mut("evidence").and_then(Value::as_array_mut).into_iter().flatten()
        {
            evidence["name"] = "Iets".into();
            evidence["narrative"] = "Iets anders".into();
        }
        if other["learner"].get("name").is_some() {
            other["learner"]["name"] = "Naam Anders".into();
        }
        let other = issue(&other, false);
        assert_eq!(original.key, other.key);
        assert!(prepared(&original.credential, &other), "{}: prepared form", sample["key"]);
        let (left, before) = skeleton(&original.credential);
        let (right, after) = skeleton(&other.credential);
        assert_eq!(left, right, "{}", sample["key"]);
        // Only what another certificate determines is the same: parts and the replaced one.
        let same = before.iter().zip(&after).filter(|(a, b)| a == b).count();
        let fixed = 3 * other.award.parts.len() + 3 * usize::from(other.award.replaces.is_some());
        assert_eq!(same, fixed, "{}", sample["key"]);
    }
}

prop_compose! {
    /// A request that must be accepted: a sample with members left out, added, reordered, reworded.
    fn accepted()(
        base in 0_usize..7,
        choices in prop::collection::vec(any::<u8>(), 24),
        words in "[a-zA-Zé\"\\\\<>&' \t\n€😀-]{0,20}",
    ) -> (Value, bool) {
        let mut sample = SAMPLES.awards[base].clone();
        let yes = |i: usize| choices[i] & 1 == 1;
        let pick = |i: usize, n: usize| usize::from(choices[i]) % n;
        let kind_evc = sample.get("competences").is_some();
        let words = format!("x{words}");
        let map = sample.as_object_mut().expect("object");
        if yes(0) { map.remove("academicYear"); }
        if yes(1) { map.remove("caseNumber"); }
        if yes(2) && !kind_evc { map.remove("activity"); }
        if yes(3) {
            map.insert("validUntil".into(), "2040-01-01".into());
            map.insert("validUntilReason".into(), "De wet vraagt het".into());
        }
        if yes(4) {
            map["learner"]["name"] = words.clone().into();
        } else {
            map["learner"].as_object_mut().expect("object").remove("name");
        }
        if yes(5) && map["learner"].get("holderDid").is_none() {
            map["learner"]["holderDid"] = "did:web:holder.example:users:1".into();
        }
        if map.contains_key("grade") { map["grade"] = ["10", "12.5", "20"][pick(6, 3)].into(); }
        if let Some(competences) = map.get_mut("competences").and_then(Value::as_array_mut) {
            if yes(7) { competences.reverse(); }
            let keep = 1 + pick(8, competences.len());
            competences.truncate(keep);
            for (i, competence) in competences.iter_mut().enumerate() {
                if competence.get("proficiency").is_some() {
                    competence["proficiency"] =
                        ["competent", "proficient", "expert"][pick(9 + i, 3)].into();
                }
                if yes(12 + i) { competence.as_object_mut().expect("object").remove("experience"); }
                let basis = competence["basis"].as_array_mut().expect("basis");
                if yes(15 + i) { basis.truncate(1); }
                basis[0]["text"] = words.clone().into();
            }
        }
        if let Some(evidence) = map.get_mut("evidence").and_then(Value::as_array_mut) {
            let keep = pick(18, evidence.len() + 1);
            evidence.truncate(keep);
            if yes(19) && let Some(first) = evidence.first_mut() {
                first.as_object_mut().expect("object").remove("narrative");
                first["digestMultibase"] = "zQmWvQxTqbG2Z9HPJgG57jjwR154cKhbtJenbyYTWkjgF3e".into();
            }
        }
        if let Some(assessment) = map.get_mut("assessment").and_then(Value::as_object_mut) {
            if yes(20) { assessment.remove("organisation"); }
            if yes(21) { assessment.remove("holderIdentification"); }
            assessment.insert("assessors".into(), (0..=pick(22, 3)).map(|i| {
                json!({"role": (if i % 2 == 0 { "programme" } else { "external-field" })})
            }).collect());
        } else if yes(20) {
            map.insert("assessment".into(), json!({"methods": ["quiz"], "supervision": "supervised-no-id"}));
        }
        (sample, yes(23))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_accepted_request_passes_safe_mode_and_reads_back((sample, suspension) in accepted()) {
        let issue = issue(&sample, suspension);
        canonical(&issue.credential);
        let (_, values) = skeleton(&issue.credential);
        prop_assert_eq!(&values, &issue.values);
        let view = read(&issue.credential);
        prop_assert_eq!(&view.other, &[]);
        prop_assert_eq!(&view.inconsistencies, &[]);
        prop_assert_eq!(view.certificate_number.as_deref(), Some(&*issue.award.certificate_number));
        prop_assert_eq!(&view.holder.name, &issue.award.learner.name);
        prop_assert_eq!(view.decided, Some(issue.award.decision_date));
        prop_assert_eq!(view.competences.len(), issue.award.competences.len());
        for asked in &issue.award.competences {
            let read = view.competences.iter().find(|c| c.concept.code.as_ref() == Some(&asked.code));
            let result = read.and_then(|c| c.result.as_ref()).expect("judged");
            prop_assert_eq!(&result.level, &asked.proficiency);
            let basis: Vec<_> = result.basis.iter().map(|b| (b.code.clone(), b.name.clone())).collect();
            let wanted: Vec<_> =
                asked.basis.iter().map(|b| (Some(b.method.clone()), b.text.clone())).collect();
            prop_assert_eq!(basis, wanted);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_prepared_document_is_filled_as_the_general_engine_would_write_it(
        requests in prop::collection::vec(accepted(), 8),
    ) {
        let mut examples: HashMap<String, Value> = HashMap::new();
        for (sample, suspension) in requests {
            let issue = issue(&sample, suspension);
            let example = examples.entry(issue.key.clone()).or_insert_with(|| issue.credential.clone());
            prepared(example, &issue);
        }
    }

    #[test]
    fn one_shape_is_one_skeleton(
        requests in prop::collection::vec(accepted(), 12),
    ) {
        let mut by_key: HashMap<String, String> = HashMap::new();
        let mut by_skeleton: HashMap<String, String> = HashMap::new();
        for (sample, suspension) in requests {
            let issue = issue(&sample, suspension);
            let (mut skeleton, values) = skeleton(&issue.credential);
            let subject = values.iter().any(|value| value.starts_with("did:"));
            skeleton.push_str(if subject { " did" } else { " urn" });
            let known = by_key.entry(issue.key.clone()).or_insert_with(|| skeleton.clone());
            prop_assert_eq!(&*known, &skeleton);
            let known = by_skeleton.entry(skeleton).or_insert_with(|| issue.key.clone());
            prop_assert_eq!(&*known, &issue.key);
        }
    }
}
