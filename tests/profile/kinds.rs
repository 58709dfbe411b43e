//! Every kind of certificate, also those without a sample; canonical forms; the invariants of the
//! mapping; test issuers.

use super::samples::{Samples, file, read_definition};
use super::*;
use bewijs::canon::{ContextSet, View};
use bewijs::model::CertificateKind;
use bewijs::profile::{
    Award, Catalogue, Completeness, EscoRelease, Language, MappingError, achievement, completeness,
    read,
};
use bewijs::texts::{self, FaultWords};
use serde_json::json;
use std::collections::HashMap;

/// A definition of the samples, changed.
pub fn definition(samples: &Samples, base: &str, change: impl FnOnce(&mut Value)) -> Definition {
    let mut document = Samples::named(&samples.definitions, "key", base).clone();
    change(&mut document);
    let checked = read_definition(samples, &document).expect("accepted");
    assert_eq!(checked.warnings, []);
    checked.value
}

/// An award of the samples, changed, under a definition that is added to the catalogue.
pub fn award(
    samples: &mut Samples,
    base: &str,
    definition: Definition,
    change: impl FnOnce(&mut Value),
) -> Value {
    let mut sample = samples.award(base).clone();
    sample["definition"] = definition.name.to_string().into();
    samples.catalogue.insert_definition(definition);
    change(&mut sample);
    sample
}

fn remove(value: &mut Value, members: &[&str]) {
    let map = value.as_object_mut().expect("an object");
    for member in members {
        map.remove(*member);
    }
}

pub fn set(value: &mut Value, members: Value) {
    let map = value.as_object_mut().expect("an object");
    for (name, member) in members.as_object().expect("an object") {
        map.insert(name.clone(), member.clone());
    }
}

/// Passes safe mode; its canonical form.
pub fn canonical(credential: &Value) -> (String, usize) {
    let canonical = ContextSet::issuing()
        .canonicalize(credential, View::default())
        .unwrap_or_else(|e| panic!("{e} at {}", e.pointer()));
    let hex = canonical.sha256().iter().map(|byte| format!("{byte:02x}")).collect();
    (hex, canonical.quads)
}

#[test]
fn the_canonical_form_of_every_sample_is_the_expected_one() {
    let samples = Samples::load();
    let expected = file("canonical.json");
    let documents = expected["documents"].as_object().expect("object");
    assert_eq!(documents.len(), samples.awards.len());
    for (key, expected) in documents {
        let (sha256, quads) = canonical(&samples.credential(samples.award(key)));
        assert_eq!(json!({"sha256": sha256, "quads": quads}), *expected, "{key}");
    }
}

fn participation(samples: &Samples) -> Definition {
    definition(samples, "mc1", |d| {
        remove(
            d,
            &[
                "learningOutcomes",
                "level",
                "assessmentTypes",
                "supervision",
                "participation",
                "schedule",
                "languagesOfInstruction",
                "learningSetting",
                "iscedF",
                "qualityAssurance",
                "grading",
                "stackability",
            ],
        );
        set(d, json!({"kind": "participation", "slug": "studiedag", "workload": {"hours": 7.5}}));
    })
}

#[test]
fn a_proof_of_participation_never_looks_assessed() {
    let mut samples = Samples::load();
    let definition = participation(&samples);
    let sample = award(&mut samples, "mc1", definition, |_| {});
    let credential = samples.credential(&sample);
    canonical(&credential);
    let achievement = &credential["credentialSubject"]["achievement"];
    assert_eq!(achievement["achievementType"], "CertificateOfCompletion");
    let narrative = achievement["criteria"]["narrative"].as_str().expect("text");
    assert!(narrative.contains("geen; dit bewijs toont deelname"));
    assert!(narrative.contains("7,5 uur"));
    let written = credential.to_string();
    for word in
        ["credits", "ext:EQFLevel", "ext:AssessmentType", "ext:LearningOutcome", "CreditSys"]
    {
        assert!(!written.contains(word), "{word}");
    }
    let view = read(&credential);
    assert_eq!(view.kind, Some(CertificateKind::Participation));
    assert_eq!(view.workload.and_then(|w| w.duration).as_deref(), Some("PT7.5H"));
    assert_eq!(completeness(&read(&credential)), Completeness::NotApplicable);
    for (member, value) in [
        ("assessment", json!({"methods": ["oral"]})),
        ("evidence", json!([{"genre": "oral", "name": "Gesprek"}])),
    ] {
        let mut assessed = sample.clone();
        assessed[member] = value;
        let errors = samples.check(&assessed).expect_err("not assessed");
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].code, "participation-not-assessed");
    }
}

#[test]
fn both_vocational_kinds_state_their_qualification() {
    for kind in ["evc-bewijs-van-beroepskwalificatie", "evc-bewijs-van-deelkwalificatie"] {
        let mut samples = Samples::load();
        let vocational = json!({
            "kind": kind, "slug": "jeugdwerker", "awardingBodies": ["voorbeeld-hogeschool"],
            "qualification": {
                "name": {"nl": "Begeleider", "fr": "Accompagnateur", "en": "Youth worker"},
                "code": "BK-0000-1", "url": "https://kwalificaties.example/BK-0000-1",
            },
        });
        let definition = definition(&samples, "evc1", |d| {
            remove(d, &["legalBasis"]);
            set(d, vocational.clone());
        });
        let sample = award(&mut samples, "evc1", definition, |a| remove(a, &["mandate"]));
        let credential = samples.credential(&sample);
        canonical(&credential);
        let view = read(&credential);
        assert_eq!(view.kind.map(CertificateKind::code), Some(kind));
        let qualification = view.qualification.as_ref().expect("stated");
        assert_eq!(qualification.code.as_deref(), Some("BK-0000-1"));
        assert_eq!(qualification.name, "Begeleider");
        assert_eq!(completeness(&view), Completeness::Complete);

        let base = Samples::named(&samples.definitions, "key", "evc1");
        let mut document = base.clone();
        set(&mut document, vocational);
        for (change, pointer, code) in [
            (json!({"qualification": null}), "/qualification", "type"),
            (json!({"level": {"vks": null, "eqf": 4}}), "/level/vks", "level-required"),
            (
                json!({"level": {"notApplicable": {"nl": "a", "fr": "b", "en": "c"}}}),
                "/level/vks",
                "level-required",
            ),
        ] {
            let mut wrong = document.clone();
            set(&mut wrong, change);
            let errors = read_definition(&samples, &wrong).expect_err("refused");
            let found: Vec<_> = errors.iter().map(|e| (e.pointer.as_str(), e.code)).collect();
            assert_eq!(found, [(pointer, code)]);
        }
        remove(&mut document, &["qualification"]);
        let errors = read_definition(&samples, &document).expect_err("refused");
        assert_eq!(errors[0].code, "qualification-required");
    }
}

#[test]
fn a_microcredential_without_credits_says_so() {
    let mut samples = Samples::load();
    let reason = json!({"nl": "Geen studiepunten", "fr": "Pas de crédits", "en": "No credits"});
    let without = definition(&samples, "mc1", |d| {
        d["slug"] = "zonder".into();
        d["workload"] = json!({"hours": 30, "notApplicable": reason});
    });
    let sample = award(&mut samples, "mc1", without, |_| {});
    let credential = samples.credential(&sample);
    canonical(&credential);
    let view = read(&credential);
    assert_eq!(view.credits_earned, None);
    let said = view.credits_not_applicable.as_ref().and_then(|c| c.description.as_deref());
    assert_eq!(said, Some("Geen studiepunten"));
    assert_eq!(completeness(&view), Completeness::Complete);
}

fn stack(samples: &mut Samples, rule: Value, workload: Value, parts: &[usize]) -> Value {
    let definition = definition(samples, "md1", |d| {
        d["slug"] = "stapel".into();
        d["parts"]["rule"] = rule;
        d["workload"] = workload;
    });
    award(samples, "md1", definition, |a| {
        let all = a["parts"].as_array().expect("parts").clone();
        a["parts"] = parts.iter().map(|i| all[*i].clone()).collect();
    })
}

#[test]
fn a_stack_may_ask_for_some_parts_or_for_a_number_of_credits() {
    let two_of = json!({"code": "n-of", "number": 2});
    let workload = json!({"ects": 6, "hours": 160});
    let mut samples = Samples::load();
    let sample = stack(&mut samples, two_of.clone(), workload.clone(), &[0, 2]);
    let credential = samples.credential(&sample);
    canonical(&credential);
    assert_eq!(credential["credentialSubject"]["creditsEarned"], 6);
    let view = read(&credential);
    assert_eq!(view.stack_rule.and_then(|r| r.description).as_deref(), Some("2"));
    assert_eq!(view.parts.iter().filter(|p| p.credential.is_some()).count(), 2);

    for parts in [&[0][..], &[0, 1, 2]] {
        let sample = stack(&mut samples, two_of.clone(), workload.clone(), parts);
        let errors = samples.check(&sample).expect_err("the rule is not met");
        assert_eq!((errors[0].pointer.as_str(), errors[0].code), ("/parts", "stack-incomplete"));
    }
    // With the part of level 6 in it, level 6 has the largest share: not this microdegree.
    let sample = stack(&mut samples, two_of, workload, &[0, 1]);
    let errors = samples.check(&sample).expect_err("another level");
    assert_eq!(errors[0].code, "level-rule");

    let minimum = json!({"code": "minimum-ects", "number": 6});
    let sample = stack(&mut samples, minimum.clone(), json!({"ects": 6, "hours": 160}), &[0, 1, 2]);
    let credential = samples.credential(&sample);
    canonical(&credential);
    assert_eq!(credential["credentialSubject"]["creditsEarned"], 10);
    let sample = stack(&mut samples, minimum, json!({"ects": 6, "hours": 160}), &[0]);
    assert_eq!(samples.check(&sample).expect_err("3 credits")[0].code, "stack-incomplete");
}

/// Stories R8 and X4: what is missing is a list, part by part.
#[test]
fn r8_x4_every_missing_part_is_named_by_its_code() {
    let samples = Samples::load();
    let mut sample = samples.award("md1").clone();
    let last = sample["parts"][2].clone();
    sample["parts"] = json!([last]);
    let errors = samples.check(&sample).expect_err("incomplete");
    let found: Vec<_> = errors.iter().map(|e| (e.pointer.as_str(), e.code)).collect();
    assert_eq!(found, [("/parts", "stack-incomplete"); 2]);
    let words = [0, 1].map(|i| FaultWords::of(&errors[i], texts::Language::En));
    assert!(words[0].detail.contains("Part p1 ") && words[1].detail.contains("Part p2 "));
    assert!(words[0].remedy.contains("voorbeeld-hogeschool/"), "{}", words[0].remedy);
}

/// Story R8 and situation L05.
#[test]
fn a_part_that_is_not_valid_now_cannot_be_stacked() {
    let samples = Samples::load();
    let sample = samples.award("md1");
    let (request, generated) = Samples::request(sample);
    let definition = samples.definition(&request).expect("published");
    for state in [CredentialState::Revoked, CredentialState::Suspended, CredentialState::Superseded]
    {
        let mut facts = samples.facts("md1", &request);
        facts.parts.get_mut("mc2").expect("a part").state = state;
        let outcome = read_award(&request, Vocabulary::bundled()).check(&AwardContext {
            sealer: &"voorbeeld-hogeschool".parse().expect("slug"),
            definition: Some(&definition),
            catalogue: &samples.catalogue,
            facts: &facts,
            now: generated.issued_at,
            rules: &samples.installation.rules,
            hold_override: None,
        });
        let errors = outcome.expect_err("not valid");
        let found: Vec<_> = errors.iter().map(|e| (e.pointer.as_str(), e.code)).collect();
        assert_eq!(found, [("/parts/1/award", "part-not-valid")]);
    }
}

#[test]
fn one_document_has_one_language_and_it_may_be_french_or_english() {
    for (language, editions, words) in [
        ("fr", ["nl", "en"], ["**Compétences**", "Attestation de compétences", "versie 1"]),
        ("en", ["nl", "fr"], ["**Competences**", "Competence certificate", "versie 1"]),
    ] {
        let mut samples = Samples::load();
        let definition = definition(&samples, "evc2", |d| {
            set(d, json!({"language": language, "languageEditions": editions, "slug": "autre"}));
        });
        let sample = award(&mut samples, "evc2", definition, |_| {});
        let credential = samples.credential(&sample);
        canonical(&credential);
        let written = credential.to_string();
        assert!(written.contains(words[0]) && written.contains(words[1]), "{language}");
        assert!(!written.contains(words[2]), "{language}");
        assert_eq!(read(&credential).language.as_deref(), Some(language));
    }
}

#[test]
fn equal_achievement_ids_mean_equal_achievements() {
    let samples = Samples::load();
    let mut seen: HashMap<String, Value> = HashMap::new();
    let mut variants = Vec::new();
    for sample in &samples.awards {
        variants.push(sample.clone());
        // The same definition awarded to somebody else, in other words, without optional members.
        let mut other = sample.clone();
        other["learner"]["name"] = "Iemand Anders".into();
        other["caseNumber"] = "X".into();
        remove(&mut other, &["academicYear", "evidence"]);
        if let Some(competences) = other.get_mut("competences").and_then(Value::as_array_mut) {
            competences.reverse();
            competences[0]["basis"][0]["text"] = "Andere woorden".into();
        }
        variants.push(other);
    }
    for sample in &variants {
        let credential = samples.credential(sample);
        let achievement = &credential["credentialSubject"]["achievement"];
        let id = achievement["id"].as_str().expect("id").to_owned();
        if let Some(known) = seen.insert(id.clone(), achievement.clone()) {
            assert_eq!(known.to_string(), achievement.to_string(), "{id}");
        }
    }
    assert_eq!(seen.len(), 6);
}

#[test]
fn an_address_rebuilds_the_same_achievement() {
    let samples = Samples::load();
    for key in ["mc1", "md1", "evc1", "evc2"] {
        let expected = file(&format!("expected/{key}.json"));
        let (request, _) = Samples::request(samples.award(key));
        let definition = samples.definition(&request).expect("published");
        let selection = ["c1", "c2", "c3"];
        let selection = (key == "evc1").then_some(selection.as_slice());
        let rebuilt = achievement(&samples.mapping(), &definition, selection).expect("written");
        assert_eq!(rebuilt, expected["credentialSubject"]["achievement"], "{key}");
    }
    let evc = samples.definition(&json!({
        "definition": "voorbeeld-hogeschool/bekwaamheid-sociaal-werk/2026.1"
    }));
    let evc = evc.expect("published");
    for wrong in [&["c9"][..], &[], &["c1", "c1"], &["c1", "c9"]] {
        let outcome = achievement(&samples.mapping(), &evc, Some(wrong));
        assert_eq!(outcome, Err(MappingError::NotASelection), "{wrong:?}");
    }
    // All of them in any order are the definition itself.
    let all = achievement(&samples.mapping(), &evc, Some(&["c4", "c3", "c2", "c1"]));
    assert_eq!(all, achievement(&samples.mapping(), &evc, None));
}

#[test]
fn a_test_issuer_says_test_wherever_its_name_or_a_title_stands() {
    let mut samples = Samples::load();
    let mut issuer = parse_organisation(&samples.organisations[0]).expect("accepted").value;
    issuer.test = true;
    samples.catalogue.insert_organisation(issuer);
    for (key, creator) in [("mc1", "TEST – Voorbeeld Hogeschool"), ("evc1", "Associatie Voorbeeld")]
    {
        let sample = samples.award(key).clone();
        let checked = samples.check(&sample).expect("accepted").value;
        let (request, generated) = Samples::request(&sample);
        let definition = samples.definition(&request).expect("published");
        let sealer = Sealer { test: true, ..samples.sealer("voorbeeld-hogeschool") };
        let facts = RegisterFacts::default();
        let mapping = samples.mapping();
        let credential =
            to_credential(&mapping, &definition, &checked, &sealer, &facts, &generated);
        let credential = credential.expect("written");
        canonical(&credential);
        let title = definition.title.nearest(Language::Nl);
        assert_eq!(credential["name"], format!("TEST – {title}"));
        assert_eq!(credential["issuer"]["name"], "TEST – Voorbeeld Hogeschool");
        let achievement = &credential["credentialSubject"]["achievement"];
        assert_eq!(achievement["name"], title);
        assert!(achievement["creator"]["name"].as_str().expect("text").starts_with(creator));
        assert!(read(&credential).test);
    }
    assert!(!read(&file("expected/mc1.json")).test);
}

#[test]
fn an_installed_esco_release_tells_which_concepts_it_does_not_have() {
    let samples = Samples::load();
    let known = "http://data.europa.eu/esco/skill/a17286c5-238d-4f0b-bc24-29e9121345de";
    let release = EscoRelease::parse(&json!({"release": "1.2.0", "uris": [known]})).expect("read");
    let context = DefinitionContext { esco: Some(&release), ..samples.definition_context() };
    let document = Samples::named(&samples.definitions, "key", "mc1");
    let warnings = parse_definition(document, &context).expect("accepted").warnings;
    let found: Vec<_> = warnings.iter().map(|w| (w.pointer.as_str(), w.code)).collect();
    assert_eq!(found, [("/learningOutcomes/2/escoSkills/0/uri", "esco-not-in-release")]);
    assert!(EscoRelease::parse(&json!({"release": "1", "uris": ["http://x.example"]})).is_err());
}

#[test]
fn what_the_catalogue_or_the_register_lacks_is_an_error_and_not_a_gap() {
    let samples = Samples::load();
    let sample = samples.award("md1");
    let award: Award = samples.check(sample).expect("accepted").value;
    let (request, generated) = Samples::request(sample);
    let definition = samples.definition(&request).expect("published");
    let sealer = samples.sealer("voorbeeld-hogeschool");
    let facts = RegisterFacts::default();
    let mapping = samples.mapping();
    let outcome = to_credential(&mapping, &definition, &award, &sealer, &facts, &generated);
    assert_eq!(outcome, Err(MappingError::NoFacts("part")));
    let empty = CatalogueSnapshot::new();
    let lacking = Mapping { catalogue: &empty, ..mapping };
    assert!(matches!(
        achievement(&lacking, &definition, None),
        Err(MappingError::NotInCatalogue { .. })
    ));
    assert!(samples.catalogue.organisation("voorbeeld-hogeschool").is_some());
}

#[test]
fn a_published_definition_stays_readable_when_its_surroundings_change() {
    use bewijs::profile::read_definition;
    let samples = Samples::load();
    let nowhere = CatalogueSnapshot::new();
    let context = DefinitionContext { catalogue: &nowhere, ..samples.definition_context() };
    for document in &samples.definitions {
        let stored = read_definition(document, &context).expect("stands").value;
        assert_eq!(Some(&stored), samples.catalogue.definition(&stored.name).as_deref());
        assert!(parse_definition(document, &context).is_err());
    }
}
