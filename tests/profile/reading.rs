//! From credential back to what the request said, from the document alone.

use super::samples::{Samples, file};
use bewijs::model::CertificateKind;
use bewijs::profile::{
    Completeness, ConceptView, Language, MandateCheck, OutcomeView, Vocabulary, completeness, read,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const AWARDS: [&str; 7] = ["mc1", "mc2", "mc3", "md1", "evc1", "evc2", "evc2-correction"];

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().map(|v| v.as_str().expect("text").to_owned()).collect()
}

fn codes(concepts: &[ConceptView]) -> BTreeSet<String> {
    concepts.iter().filter_map(|concept| concept.code.clone()).collect()
}

fn code(concept: &Option<ConceptView>) -> Option<&str> {
    concept.as_ref()?.code.as_deref()
}

fn string<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer).and_then(Value::as_str)
}

fn outcomes_equal(read: &[OutcomeView], requested: &Value, selection: Option<&BTreeSet<String>>) {
    let wanted: Vec<&Value> = requested
        .as_array()
        .into_iter()
        .flatten()
        .filter(|o| selection.is_none_or(|s| s.contains(o["code"].as_str().expect("code"))))
        .collect();
    assert_eq!(read.len(), wanted.len());
    for outcome in wanted {
        let found = read
            .iter()
            .find(|found| found.concept.code.as_deref() == outcome["code"].as_str())
            .expect("every outcome is read back");
        assert_eq!(Some(found.concept.name.as_str()), string(outcome, "/text/nl"));
        let skills: BTreeSet<&str> = found.skills.iter().map(|s| s.url.as_str()).collect();
        let asked: BTreeSet<&str> = outcome["escoSkills"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|s| s["uri"].as_str().expect("uri"))
            .collect();
        assert_eq!(skills, asked);
        assert_eq!(found.concept.description.as_deref(), string(outcome, "/cluster"));
    }
}

#[test]
fn reading_back_gives_every_fact_of_the_request() {
    let samples = Samples::load();
    let issuers = &samples.organisations;
    for key in AWARDS {
        let (request, generated) = Samples::request(samples.award(key));
        let view = read(&file(&format!("expected/{key}.json")));
        let name = request["definition"].as_str().expect("name");
        let definition = samples
            .definitions
            .iter()
            .find(|d| {
                format!(
                    "{}/{}/{}",
                    d["issuer"].as_str().expect("t"),
                    d["slug"].as_str().expect("t"),
                    d["version"].as_str().expect("t")
                ) == name
            })
            .expect("published");

        // the certificate
        let kind: CertificateKind = definition["kind"].as_str().expect("kind").parse().expect("k");
        assert_eq!(view.kind, Some(kind), "{key}");
        assert_eq!(view.issued, Some(generated.issued_at));
        assert_eq!(
            view.decided.map(|d| d.to_string()).as_deref(),
            string(&request, "/decision/date")
        );
        assert_eq!(
            view.activity_start.map(|d| d.to_string()).as_deref(),
            string(&request, "/activity/start")
        );
        assert_eq!(
            view.activity_end.map(|d| d.to_string()).as_deref(),
            string(&request, "/activity/end")
        );
        assert_eq!(view.certificate_number.as_deref(), string(&request, "/certificateNumber"));
        assert_eq!(view.academic_year.as_deref(), string(&request, "/academicYear"));
        assert_eq!(view.holder.name.as_deref(), string(&request, "/learner/name"));
        assert!(view.holder.has_address);
        assert_eq!(view.valid_until, None);
        assert_eq!(view.inconsistencies, []);
        assert_eq!(view.other, []);
        assert_eq!(view.other_skills, []);

        // the definition
        assert_eq!(view.title.as_deref(), string(definition, "/title/nl"));
        assert_eq!(view.description.as_deref(), string(definition, "/description/nl"));
        assert_eq!(view.language.as_deref(), string(definition, "/language"));
        assert_eq!(view.definition.version.as_deref(), string(definition, "/version"));
        assert_eq!(view.definition.code.as_deref(), string(definition, "/code"));
        let url = samples.installation.definition_url(&name.parse().expect("name"));
        assert_eq!(view.definition.url.as_deref(), Some(url.as_str()));
        for (found, member) in [
            (&view.awarding_bodies, "awardingBodies"),
            (&view.training_providers, "trainingProviders"),
        ] {
            let urls: BTreeSet<_> = found.iter().map(|o| o.url.clone().expect("url")).collect();
            let asked: BTreeSet<_> = texts(&definition[member])
                .iter()
                .map(|slug| {
                    Samples::named(issuers, "slug", slug)["url"].as_str().expect("u").into()
                })
                .collect();
            assert_eq!(urls, asked, "{key} {member}");
            assert!(found.iter().all(|o| o.country.as_deref() == Some("BE")));
            assert!(found.iter().all(|o| o.region.as_deref() == Some("BE-BRU")));
        }
        let demonstrated: BTreeSet<String> = request["competences"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|c| c["code"].as_str().expect("code").to_owned())
            .collect();
        outcomes_equal(&view.outcomes, &definition["learningOutcomes"], None);
        outcomes_equal(&view.competences, &definition["competences"], Some(&demonstrated));
        assert_eq!(code(&view.level.vks), digit(definition, "/level/vks").as_deref());
        assert_eq!(code(&view.level.eqf), digit(definition, "/level/eqf").as_deref());
        assert_eq!(code(&view.level.cycle), string(definition, "/level/cycle"));
        assert_eq!(
            view.level.not_applicable.and_then(|n| n.description).as_deref(),
            string(definition, "/level/notApplicable/nl")
        );
        let credits = definition.pointer("/workload/ects").map(ToString::to_string);
        assert_eq!(view.credits_available.map(|c| c.to_string()), credits);
        assert_eq!(view.credits_earned.map(|c| c.to_string()), credits);
        assert_eq!(view.credit_system.is_some(), credits.is_some());
        let hours = view.workload.and_then(|w| w.hours).map(|h| h.to_string());
        assert_eq!(hours, definition.pointer("/workload/hours").map(ToString::to_string));
        let used = request.pointer("/assessment/methods");
        assert_eq!(codes(&view.assessment), texts(used.unwrap_or(&definition["assessmentTypes"])));
        assert_eq!(code(&view.supervision), string(definition, "/supervision"));
        assert_eq!(codes(&view.participation), texts(&definition["participation"]));
        assert_eq!(codes(&view.schedule), texts(&definition["schedule"]));
        assert_eq!(
            codes(&view.languages_of_instruction),
            texts(&definition["languagesOfInstruction"])
        );
        assert_eq!(code(&view.learning_setting), string(definition, "/learningSetting"));
        assert_eq!(code(&view.field_of_education), string(definition, "/iscedF"));
        let quality = &view.quality_assurance[0];
        assert_eq!(quality.code.as_deref(), string(definition, "/qualityAssurance/type"));
        assert_eq!(quality.description.as_deref(), string(definition, "/qualityAssurance/text/nl"));
        let report = &view.quality_reports[0];
        assert_eq!(Some(report.url.as_str()), string(definition, "/qualityAssurance/url"));
        assert_eq!(view.prerequisites.as_deref(), string(definition, "/prerequisites/text/nl"));
        assert_eq!(code(&view.stackability), string(definition, "/stackability/option"));
        assert_eq!(
            view.stacks_into.len(),
            definition.pointer("/stackability/into").and_then(Value::as_array).map_or(0, Vec::len)
        );
        assert_eq!(view.recognition_note.as_deref(), string(definition, "/recognitionNote/nl"));
        let framework = view.framework.as_ref();
        assert_eq!(framework.map(|f| f.name.as_str()), string(definition, "/framework/name"));
        assert_eq!(code(&view.framework), string(definition, "/framework/version"));
        assert_eq!(framework.map(|f| f.url.as_str()), string(definition, "/framework/url"));
        let linked = |concept: &Option<ConceptView>| {
            concept.as_ref().map(|c| (c.name.clone(), c.url.clone()))
        };
        for (found, member, text) in
            [(&view.procedure, "procedure", "name"), (&view.legal_basis, "legalBasis", "text")]
        {
            let asked = definition.get(member).map(|asked| {
                let name = string(asked, &format!("/{text}/nl")).expect("text").to_owned();
                (name, asked["url"].as_str().expect("url").to_owned())
            });
            assert_eq!(linked(found), asked, "{key} {member}");
        }
        let occupations: BTreeSet<_> = view.occupations.iter().map(|o| o.url.clone()).collect();
        let asked: BTreeSet<_> = definition["escoOccupations"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|o| o["uri"].as_str().expect("uri").to_owned())
            .collect();
        assert_eq!(occupations, asked);

        // the judgement
        assert_eq!(view.grade.as_ref().map(|g| g.value.as_str()), string(&request, "/grade"));
        if let Some(grade) = &view.grade {
            assert_eq!(grade.min.as_deref(), string(definition, "/grading/min"));
            assert_eq!(grade.max.as_deref(), string(definition, "/grading/max"));
            assert_eq!(grade.pass.as_deref(), string(definition, "/grading/pass"));
        }
        assert_eq!(
            code(&view.holder_identification),
            string(&request, "/assessment/holderIdentification")
        );
        let assessed_by = string(&request, "/assessment/organisation")
            .map(|slug| Samples::named(issuers, "slug", slug)["url"].as_str().expect("url"));
        assert_eq!(view.assessed_by.as_ref().and_then(|o| o.url.as_deref()), assessed_by);
        let count: usize = view.assessors.iter().map(|role| role.count).sum();
        let asked = request.pointer("/assessment/assessors").and_then(Value::as_array);
        assert_eq!(count, asked.map_or(0, Vec::len));
        for role in &view.assessors {
            let same = asked
                .into_iter()
                .flatten()
                .filter(|a| a["role"].as_str() == role.role.code.as_deref())
                .count();
            assert_eq!(role.count, same);
        }
        assert_eq!(view.guide_separation.is_some(), kind.is_evc());
        for asked in request["competences"].as_array().into_iter().flatten() {
            let result = view
                .competences
                .iter()
                .find(|c| c.concept.code.as_deref() == asked["code"].as_str())
                .and_then(|c| c.result.as_ref())
                .expect("judged");
            let basis: BTreeSet<(Option<&str>, &str)> =
                result.basis.iter().map(|b| (b.code.as_deref(), b.name.as_str())).collect();
            let wanted: BTreeSet<(Option<&str>, &str)> = asked["basis"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|b| (b["method"].as_str(), b["text"].as_str().expect("text")))
                .collect();
            assert_eq!(basis, wanted);
            assert_eq!(codes(&result.experience), texts(&asked["experience"]));
            assert_eq!(result.level.as_deref(), string(asked, "/proficiency"));
            let graded = result.level.is_some();
            assert_eq!(result.status.as_deref(), (!graded).then_some("Completed"));
        }
        let evidence: Vec<(Option<&str>, Option<&str>, Option<&str>)> = view
            .evidence
            .iter()
            .map(|e| (e.genre.as_deref(), e.name.as_deref(), e.narrative.as_deref()))
            .collect();
        let wanted: Vec<(Option<&str>, Option<&str>, Option<&str>)> = request["evidence"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|e| (e["genre"].as_str(), e["name"].as_str(), e["narrative"].as_str()))
            .collect();
        assert_eq!(evidence, wanted);
        assert_eq!(
            view.mandate.as_ref().and_then(|m| m.concept.code.as_deref()),
            string(&request, "/mandate")
        );
        let replaced = string(&request, "/replaces")
            .map(|old| samples.award(old)["certificateNumber"].as_str().expect("number"));
        assert_eq!(code(&view.replaces), replaced);
        let parts = request["parts"].as_array().map_or(0, Vec::len);
        assert_eq!(view.parts.len(), parts);
        for part in &view.parts {
            let credential = part.credential.as_ref().expect("stacked");
            let asked = request["parts"].as_array().expect("parts");
            let asked = asked.iter().find(|p| p["code"].as_str() == part.concept.code.as_deref());
            let award = samples.award(asked.expect("part")["award"].as_str().expect("key"));
            assert_eq!(credential.code.as_deref(), award["certificateNumber"].as_str());
            assert_eq!(credential.description.as_deref(), string(award, "/decision/date"));
        }
    }
}

fn digit(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer).and_then(Value::as_i64).map(|level| level.to_string())
}

/// Stories R8 and X4.
#[test]
fn a_stack_can_be_summed_again_from_the_document_alone() {
    let view = read(&file("expected/md1.json"));
    let sum = view.parts.iter().filter_map(|part| part.credits).map(|c| c.count()).sum::<i64>();
    assert_eq!(Some(sum), view.credits_earned.map(|credits| credits.count()));
    assert!(view.parts.iter().all(|part| part.eqf.is_some() && part.vks.is_some()));
    assert_eq!(view.stack_rule.and_then(|rule| rule.code).as_deref(), Some("all-of"));
}

#[test]
fn the_mandate_check_needs_a_period_that_covers_the_decision() {
    assert_eq!(read(&file("expected/mc1.json")).mandate_check(), MandateCheck::NotApplicable);
    let mut document = file("expected/evc1.json");
    assert_eq!(read(&document).mandate_check(), MandateCheck::Pass);
    document["awardedDate"] = "2024-06-16T00:00:00Z".into();
    assert_eq!(read(&document).mandate_check(), MandateCheck::Fail);
    let decision = document["credentialSubject"]["result"][0]["alignment"].as_array_mut();
    decision.expect("alignments").pop();
    assert_eq!(read(&document).mandate_check(), MandateCheck::Indeterminate);
    for period in ["2025-09-01", "2025-09-01/soon", "/2030-08-31", ""] {
        let mut document = file("expected/evc1.json");
        let alignments = &mut document["credentialSubject"]["result"][0]["alignment"];
        alignments[10]["targetDescription"] = period.into();
        assert_eq!(read(&document).mandate_check(), MandateCheck::Fail, "{period}");
    }
}

#[test]
fn every_sample_is_complete_and_every_missing_element_is_told_by_number() {
    for key in AWARDS {
        let view = read(&file(&format!("expected/{key}.json")));
        assert_eq!(completeness(&view), Completeness::Complete, "{key}");
    }
    for (key, target_type, number) in [
        ("mc1", "ext:AwardingBody", 4),
        ("mc1", "ext:LearningOutcome", 6),
        ("mc1", "ext:Workload", 7),
        ("mc1", "ext:CreditSystem", 7),
        ("mc1", "ext:AssessmentType", 9),
        ("mc1", "ext:ParticipationForm", 10),
        ("mc1", "ext:QualityAssurance", 11),
        ("evc2", "ext:NotApplicable", 4),
        ("evc1", "ext:AwardingBody", 2),
        ("evc1", "ext:LegalBasis", 3),
        ("evc1", "ext:CompetenceFramework", 4),
        ("evc1", "ext:RecognitionNote", 8),
        ("evc1", "ext:Procedure", 9),
    ] {
        let mut document = file(&format!("expected/{key}.json"));
        let alignments = document["credentialSubject"]["achievement"]["alignment"].as_array_mut();
        alignments.expect("alignments").retain(|a| a["targetType"] != target_type);
        let view = read(&document);
        assert_eq!(completeness(&view), Completeness::Missing(vec![number]), "{key} {target_type}");
    }
    let mut document = file("expected/evc1.json");
    let results = document["credentialSubject"]["result"].as_array_mut().expect("results");
    results[1].as_object_mut().expect("object").remove("alignment");
    assert_eq!(completeness(&read(&document)), Completeness::Missing(vec![5]));
    results_without(&mut document, "ext:AssessorRole");
    assert_eq!(completeness(&read(&document)), Completeness::Missing(vec![5, 6]));
    assert_eq!(completeness(&read(&json!({}))), Completeness::NotApplicable);
}

fn results_without(document: &mut Value, target_type: &str) {
    for result in document["credentialSubject"]["result"].as_array_mut().expect("results") {
        if let Some(alignments) = result.get_mut("alignment").and_then(Value::as_array_mut) {
            alignments.retain(|a| a["targetType"] != target_type);
        }
    }
}

#[test]
fn the_order_of_the_document_means_nothing() {
    fn reverse(value: &mut Value) {
        match value {
            Value::Array(elements) => {
                elements.reverse();
                elements.iter_mut().for_each(reverse);
            }
            Value::Object(map) => map.values_mut().for_each(reverse),
            _ => {}
        }
    }
    for key in AWARDS {
        let document = file(&format!("expected/{key}.json"));
        let mut reversed = document.clone();
        reverse(&mut reversed);
        let sorted = |document: &Value| {
            fn sort(value: &mut Value) {
                if let Value::Array(elements) = value {
                    elements.iter_mut().for_each(sort);
                    elements.sort_by_key(Value::to_string);
                } else if let Value::Object(map) = value {
                    map.values_mut().for_each(sort);
                }
            }
            let mut view = serde_json::to_value(read(document)).expect("a view is JSON");
            sort(&mut view);
            view
        };
        assert_eq!(sorted(&reversed), sorted(&document), "{key}");
    }
}

#[test]
fn labels_come_from_the_vocabulary_and_unknown_concepts_stay_as_written() {
    let vocabulary = Vocabulary::bundled();
    let view = read(&file("expected/evc1.json"));
    let label = |concept: &ConceptView| concept.label(vocabulary, Language::Fr);
    assert_eq!(
        view.kind_concept.as_ref().and_then(label),
        Some("Certificat d'aptitude (acquis de l'expérience)")
    );
    let role = view.assessors.iter().find(|r| r.count == 2).expect("two of the programme");
    assert_eq!(label(&role.role), Some("Assesseur de la formation"));
    let vks = view.level.vks.as_ref().expect("a level");
    assert_eq!(label(vks), Some("Niveau 6 du cadre flamand (VKS)"));
    // A European list is known by address alone: our code at a foreign address proves nothing.
    let mut foreign = view.assessment.iter().find(|a| a.code.as_deref() == Some("oral")).cloned();
    let foreign = foreign.as_mut().expect("oral");
    assert_eq!(label(foreign), Some("Évaluation orale ou entretien"));
    foreign.url = "https://elsewhere.example/oral".to_owned();
    assert_eq!(label(foreign), None);
    // A European address under another type is not that concept.
    foreign.url = "http://data.europa.eu/snb/eqf/5".to_owned();
    assert_eq!(label(foreign), None);
}

#[test]
fn a_foreign_badge_is_shown_natively() {
    let view = read(&json!({
        "id": "urn:uuid:1",
        "type": "VerifiableCredential",
        "issuer": "https://issuer.example",
        "issuanceDate": "2020-01-01T00:00:00Z",
        "credentialSubject": [{"id": "did:example:1", "achievement": {
            "name": "Diploma", "achievementType": "Diploma", "creditsAvailable": 4.5,
            "alignment": {"targetType": "CFItem", "targetName": "x", "targetUrl": "https://x.example"},
        }, "result": [{"resultDescription": "urn:uuid:2", "value": "5"}]}],
    }));
    assert_eq!(view.kind, None);
    assert_eq!(view.title.as_deref(), Some("Diploma"));
    assert_eq!(view.issuer.and_then(|i| i.id).as_deref(), Some("https://issuer.example"));
    assert_eq!(view.other.len(), 1);
    assert_eq!(view.credits_available.map(|c| c.to_string()).as_deref(), Some("4.5"));
    assert_eq!(view.inconsistencies.len(), 1);
    assert_eq!(view.inconsistencies[0].code, "result-without-description");
}

#[test]
fn two_results_for_one_description_are_an_inconsistency() {
    let mut document = file("expected/mc2.json");
    let results = document["credentialSubject"]["result"].as_array_mut().expect("results");
    results.push(json!({"type": ["Result"], "resultDescription": results[1]["resultDescription"],
        "value": "20"}));
    let view = read(&document);
    assert_eq!(view.inconsistencies.len(), 1);
    assert_eq!(view.inconsistencies[0].code, "two-results");
    assert_eq!(view.grade.map(|grade| grade.value).as_deref(), Some("14"));
}

/// Replaces the value at the n-th place of a document.
fn replace_at(value: &mut Value, n: &mut usize, with: &Value) {
    if *n == 0 {
        *value = with.clone();
        *n = usize::MAX;
        return;
    }
    *n -= 1;
    let children: Vec<&mut Value> = match value {
        Value::Array(elements) => elements.iter_mut().collect(),
        Value::Object(map) => map.values_mut().collect(),
        _ => return,
    };
    for child in children {
        if *n == usize::MAX {
            return;
        }
        replace_at(child, n, with);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whatever_stands_anywhere_reading_does_not_fail(
        key in 0..AWARDS.len(),
        at in 0_usize..600,
        with in prop_oneof![
            Just(Value::Null), Just(json!([])), Just(json!({})), Just(json!(true)),
            Just(json!(-1.5e300)), Just(json!([[1]])), "\\PC{0,12}".prop_map(Value::from),
        ],
    ) {
        let mut document = file(&format!("expected/{}.json", AWARDS[key]));
        replace_at(&mut document, &mut { at }, &with);
        let view = read(&document);
        let _ = completeness(&view);
        let _ = view.mandate_check();
    }
}

/// What one document makes the reader hold is bounded by the document, not by its square or cube.
#[test]
fn many_codes_of_many_outcomes_make_no_more_copies_than_are_taken() {
    let alignment = |kind: &str, code: &str, description: String| {
        json!({"type": ["Alignment"], "targetType": format!("ext:{kind}"), "targetName": "n",
            "targetUrl": "https://a.example/n", "targetCode": code,
            "targetDescription": description})
    };
    let document = |codes: usize, outcomes: usize| {
        let mut all = vec![alignment("ESCOSkill", "s", "a,A ,".repeat(codes))];
        all.extend((0..outcomes).map(|_| alignment("LearningOutcome", "a", String::new())));
        json!({"credentialSubject": {"achievement": {"alignment": all}}})
    };
    let few = read(&document(500, 10));
    assert!(few.outcomes.iter().all(|outcome| outcome.skills.len() == 1));
    assert!(few.other_skills.is_empty());
    let many = read(&document(50_000, 2_000));
    assert_eq!(many.outcomes.len(), 2_000);
    let copies = many.outcomes.iter().flat_map(|outcome| &outcome.skills);
    let bytes: usize = copies.filter_map(|skill| skill.description.as_ref()).map(String::len).sum();
    assert!(bytes <= 1 << 20, "{bytes}");
}

#[test]
fn text_with_a_language_is_read_as_text() {
    let document = json!({
        "issuer": {"id": "https://a.example", "name": {"@value": "Naam", "@language": "nl"}},
        "credentialSubject": {"achievement": {"name": ["Titel"]}},
    });
    let view = read(&document);
    assert_eq!(view.issuer.map(|issuer| issuer.name).as_deref(), Some("Naam"));
    assert_eq!(view.title.as_deref(), Some("Titel"));
}
