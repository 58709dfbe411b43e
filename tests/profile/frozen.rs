//! Achievements written once and for all: what is signed under a definition version stays the same
//! whatever happens to names and labels, and a selection is made from it.

use super::kinds::{canonical, definition};
use super::samples::{Samples, file, read_definition};
use super::*;
use bewijs::profile::{
    Catalogue, Language, MappingError, achievement, edition, freeze, may_freeze, select,
};
use serde_json::json;
use std::collections::BTreeMap;

const AWARDS: [&str; 7] = ["mc1", "mc2", "mc3", "md1", "evc1", "evc2", "evc2-correction"];

fn named(samples: &Samples, key: &str) -> std::sync::Arc<Definition> {
    let document = Samples::named(&samples.definitions, "key", key);
    let part = |name: &str| document[name].as_str().expect("text");
    let name = format!("{}/{}/{}", part("issuer"), part("slug"), part("version"));
    samples.catalogue.definition(&name.parse().expect("a name")).expect("published")
}

fn frozen(samples: &Samples, definition: &Definition) -> BTreeMap<String, Value> {
    freeze(&samples.mapping(), definition).expect("frozen")
}

/// Everything is frozen, as it is when it is published.
fn freeze_all(samples: &mut Samples) {
    let all: Vec<_> = samples
        .definitions
        .iter()
        .map(|document| document["key"].as_str().expect("key").to_owned())
        .map(|key| named(samples, &key))
        .map(|definition| (definition.name.clone(), frozen(samples, &definition)))
        .collect();
    for (name, achievements) in all {
        samples.catalogue.insert_achievements(name, achievements);
    }
}

/// Renames every organisation and gives every one another number, homepage and place.
fn rename(samples: &mut Samples) {
    for document in samples.organisations.clone() {
        let mut renamed = document.clone();
        renamed["legalName"] = json!({"nl": "Een andere naam", "fr": "Un autre nom"});
        renamed["url"] = json!("https://elders.example/");
        renamed["country"] = json!("NL");
        renamed["region"] = json!("NL-NH");
        renamed["identifiers"] = json!([{"register": "KVK", "number": "12345678"}]);
        let organisation = parse_organisation(&renamed).expect("accepted").value;
        samples.catalogue.insert_organisation(organisation);
    }
}

/// Corrects every label.
fn relabelled() -> Vocabulary {
    let path = format!("{}/schemas/vocabulary.json", env!("CARGO_MANIFEST_DIR"));
    let mut document: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("there")).expect("JSON");
    for list in document.as_object_mut().expect("object").values_mut() {
        for concept in list.as_object_mut().into_iter().flat_map(|list| list.values_mut()) {
            for language in ["nl", "fr", "en"] {
                let label = concept["label"][language].as_str().expect("label").to_owned();
                concept["label"][language] = format!("{label} (verbeterd)").into();
            }
        }
    }
    Vocabulary::parse(&document).expect("a vocabulary")
}

#[test]
fn every_sample_credential_is_literally_the_same_from_frozen_achievements() {
    let mut samples = Samples::load();
    freeze_all(&mut samples);
    for key in AWARDS {
        let written = samples.credential(samples.award(key));
        assert_eq!(written.to_string(), file(&format!("expected/{key}.json")).to_string(), "{key}");
    }
}

/// Stories R1 and X3: equal `A.id` means equal `A`, for ever.
#[test]
fn r1_x3_what_is_frozen_outlives_new_names_and_corrected_labels() {
    let mut samples = Samples::load();
    freeze_all(&mut samples);
    let before: Vec<Value> =
        AWARDS.iter().map(|key| samples.credential(samples.award(key))).collect();
    rename(&mut samples);
    let vocabulary = relabelled();
    for (key, before) in AWARDS.iter().zip(before) {
        let sample = samples.award(key);
        let award = samples.check(sample).expect("accepted").value;
        let (request, generated) = Samples::request(sample);
        let facts = samples.facts(key, &request);
        let definition = samples.definition(&request).expect("published");
        let sealer = samples.sealer("voorbeeld-hogeschool");
        let mapping = Mapping { vocabulary: &vocabulary, ..samples.mapping() };
        let after = to_credential(&mapping, &definition, &award, &sealer, &facts, &generated)
            .expect("written");
        let a = "/credentialSubject/achievement";
        assert_eq!(after.pointer(a), before.pointer(a), "{key}");
        // The sealer's own statement has its new name: the change did reach the mapping.
        assert_eq!(after["issuer"]["name"], "Een andere naam");
        let anew = freeze(&mapping, &definition).expect("frozen");
        assert_ne!(anew.get("nl"), before.pointer(a), "{key}: a check that cannot fail");
    }
}

#[test]
fn what_was_frozen_under_another_address_is_not_signed_under_this_one() {
    let mut samples = Samples::load();
    freeze_all(&mut samples);
    samples.installation = Installation::new("https://elders.example");
    let mc1 = named(&samples, "mc1");
    let a = achievement(&samples.mapping(), &mc1, None).expect("written");
    assert_eq!(a["id"], samples.installation.definition_url(&mc1.name));
}

/// Story A4: every selection of competences, from the frozen achievement and from the mapping.
#[test]
fn a4_every_selection_is_derived_and_equals_the_mapping() {
    let mut samples = Samples::load();
    let evc = definition(&samples, "evc1", |d| {
        // Skills whose order in the definition is not that of a selection.
        let skill = |n: u8| {
            json!({
                "uri": format!("http://data.europa.eu/esco/skill/00000000-0000-4000-8000-00000000000{n}"),
                "label": format!("skill {n}"), "labelLanguage": "en",
            })
        };
        d["competences"][0]["escoSkills"] = json!([skill(1)]);
        d["competences"][1]["escoSkills"] = json!([skill(2), skill(3)]);
        d["competences"][2]["escoSkills"] = json!([skill(3), skill(1)]);
    });
    let a = frozen(&samples, &evc).remove("nl").expect("authoritative");
    let all: Vec<&str> = evc.competences.iter().map(|c| c.code.as_str()).collect();
    assert_eq!(all, ["c1", "c2", "c3", "c4"]);
    let fresh: Vec<(Vec<&str>, Value)> = (1..16_u8)
        .map(|bits| {
            let codes: Vec<&str> = (0..4).filter(|i| bits >> i & 1 == 1).map(|i| all[i]).collect();
            let written = achievement(&samples.mapping(), &evc, Some(&codes)).expect("written");
            (codes, written)
        })
        .collect();
    rename(&mut samples);
    for (codes, fresh) in fresh {
        let reversed: Vec<&str> = codes.iter().rev().copied().collect();
        let selected = select(&a, &reversed).expect("selected");
        assert_eq!(selected.to_string(), fresh.to_string(), "{codes:?}");
        let whole = codes.len() == all.len();
        let name = samples.installation.definition_url(&evc.name);
        let id = match whole {
            true => name,
            false => format!("{name}/selection/{}", codes.join("-")),
        };
        assert_eq!(selected["id"], id.as_str());
        // Nothing hints at the rest.
        let text = selected.to_string();
        for code in all.iter().filter(|code| !codes.contains(code)) {
            let dropped = evc.competence(code).expect("there").text.get(Language::Nl);
            assert!(!text.contains(dropped.expect("text")), "{codes:?} shows {code}");
            assert!(!text.contains(&format!("#{code}\"")), "{codes:?} shows {code}");
        }
        let from = text.contains("ext:SelectedFrom");
        assert_eq!(from, !whole);
    }
}

#[test]
fn the_selection_of_the_expected_credential_comes_from_the_frozen_achievement() {
    let samples = Samples::load();
    let evc1 = named(&samples, "evc1");
    let a = frozen(&samples, &evc1).remove("nl").expect("authoritative");
    let expected = file("expected/evc1.json");
    let expected = &expected["credentialSubject"]["achievement"];
    assert!(expected["id"].as_str().expect("id").ends_with("/selection/c1-c2-c3"));
    let selected = select(&a, &["c1", "c2", "c3"]).expect("selected");
    assert_eq!(selected.to_string(), expected.to_string());
}

#[test]
fn what_is_no_selection_is_refused_and_what_was_not_frozen_here_too() {
    let samples = Samples::load();
    let a = frozen(&samples, &named(&samples, "evc1")).remove("nl").expect("authoritative");
    for codes in [&["c9"][..], &[], &["c1", "c1"], &["c1", "c9"], &["C1"]] {
        assert_eq!(select(&a, codes), Err(MappingError::NotASelection), "{codes:?}");
    }
    let mc = frozen(&samples, &named(&samples, "mc1")).remove("nl").expect("authoritative");
    assert_eq!(select(&mc, &["lo1"]), Err(MappingError::NotASelection));
    for (pointer, other) in [
        ("/id", json!("https://elders.example/x")),
        ("/id", json!(1)),
        ("/criteria/id", json!("x")),
        ("/criteria/narrative", json!("**Competenties**")),
        ("/resultDescription", json!("x")),
    ] {
        let mut wrong = a.clone();
        *wrong.pointer_mut(pointer).expect("there") = other;
        let outcome = select(&wrong, &["c1"]);
        assert!(matches!(outcome, Err(MappingError::NotFrozen(_))), "{pointer}: {outcome:?}");
    }
    for wrong in [json!(null), json!([]), json!({"alignment": 1}), json!({"alignment": [1]})] {
        assert_eq!(select(&wrong, &["c1"]), Err(MappingError::NotASelection));
    }
}

/// Story P5: an edition in another language, marked as what it is.
#[test]
fn p5_language_editions_are_for_information_and_say_so() {
    let samples = Samples::load();
    for key in ["mc1", "md1", "evc1"] {
        let d = named(&samples, key);
        let all = frozen(&samples, &d);
        let tags: Vec<&str> = all.keys().map(String::as_str).collect();
        assert_eq!(tags, ["en", "fr", "nl"], "{key}");
        let url = samples.installation.definition_url(&d.name);
        let (nl, fr, en) = (&all["nl"], &all["fr"], &all["en"]);
        assert_eq!(nl["id"], url.as_str());
        let related = |a: &Value| -> Vec<(String, String)> {
            let text = |v: &Value| v.as_str().expect("text").to_owned();
            let all = a["related"].as_array().expect("array");
            all.iter().map(|r| (text(&r["id"]), text(&r["inLanguage"]))).collect()
        };
        let edition = |tag: &str| (format!("{url}/{tag}"), tag.to_owned());
        let own = (url.clone(), "nl".to_owned());
        assert_eq!(related(nl), [edition("fr"), edition("en")]);
        assert_eq!(related(fr), [own.clone(), edition("en")]);
        assert_eq!(related(en), [own, edition("fr")]);
        for (a, tag, mark) in [
            (fr, "fr", "Traduction à titre d'information"),
            (en, "en", "Translation for information"),
        ] {
            assert_eq!(a["id"], format!("{url}/{tag}"), "{key}");
            assert_eq!(a["inLanguage"], tag);
            let language: Language = tag.parse().expect("a language");
            assert_eq!(a["name"].as_str(), d.title.get(language));
            let narrative = a["criteria"]["narrative"].as_str().expect("text");
            assert!(narrative.starts_with(&format!("*{mark}: {url}")), "{narrative}");
            // Same facts, same identities: only words differ.
            let facts = |a: &Value| -> Vec<(Value, Value, Value)> {
                let all = a["alignment"].as_array().expect("array");
                let member = |a: &Value, name: &str| a.get(name).cloned().unwrap_or_default();
                all.iter()
                    .map(|a| {
                        (member(a, "targetType"), member(a, "targetUrl"), member(a, "targetCode"))
                    })
                    .collect()
            };
            assert_eq!(facts(a), facts(nl), "{key} {tag}");
            // A document that carries it passes safe mode, so nothing in it would be dropped.
            let mut credential = samples.credential(samples.award(key));
            credential["credentialSubject"]["achievement"] = a.clone();
            canonical(&credential);
        }
        assert!(!nl["criteria"]["narrative"].as_str().expect("text").contains("Vertaling"));
    }
}

#[test]
fn a_selection_of_a_language_edition_has_its_own_address_and_refers_to_the_others() {
    let samples = Samples::load();
    let evc1 = named(&samples, "evc1");
    let url = samples.installation.definition_url(&evc1.name);
    let fr = edition(&samples.mapping(), &evc1, Language::Fr, Some(&["c2", "c1"])).expect("fr");
    assert_eq!(fr["id"], format!("{url}/selection/c1-c2/fr"));
    let related: Vec<&str> =
        fr["related"].as_array().expect("a").iter().filter_map(|r| r["id"].as_str()).collect();
    assert_eq!(related, [format!("{url}/selection/c1-c2"), format!("{url}/selection/c1-c2/en")]);
}

#[test]
fn a_missing_translation_is_visible_in_the_edition() {
    let samples = Samples::load();
    let mut document = Samples::named(&samples.definitions, "key", "mc1").clone();
    document["learningOutcomes"][0]["text"].as_object_mut().expect("object").remove("fr");
    let d = read_definition(&samples, &document).expect("accepted").value;
    let all = frozen(&samples, &d);
    let narrative = |tag: &str| all[tag]["criteria"]["narrative"].as_str().expect("text");
    assert!(narrative("fr").contains("disponible en néerlandais uniquement"));
    assert!(!narrative("en").contains("available in Dutch only"));
    let outcome = d.learning_outcomes[0].text.get(Language::Nl).expect("text");
    assert!(narrative("fr").contains(outcome));
}

#[test]
fn an_edition_that_was_not_promised_does_not_exist() {
    let samples = Samples::load();
    let d = definition(&samples, "mc1", |d| d["languageEditions"] = json!(["fr"]));
    let all = frozen(&samples, &d);
    assert_eq!(all.keys().collect::<Vec<_>>(), ["fr", "nl"]);
    assert_eq!(
        edition(&samples.mapping(), &d, Language::En, None),
        Err(MappingError::NoEdition(Language::En))
    );
}

/// Story R1: the version before, where the institution says it is the same for most purposes.
#[test]
fn r1_a_version_may_name_the_one_before() {
    let mut samples = Samples::load();
    let old = named(&samples, "evc1");
    let next = |d: &mut Value| {
        d["previousVersion"] = d["version"].clone();
        d["version"] = json!("2027.1");
    };
    let new = definition(&samples, "evc1", next);
    samples.catalogue.insert_definition(new.clone());
    let previous = samples.installation.definition_url(&old.name);
    for codes in [None, Some(&["c1"][..])] {
        let a = achievement(&samples.mapping(), &new, codes).expect("written");
        let related = a["related"].as_array().expect("array");
        let last = related.last().expect("one");
        assert_eq!(last["id"], previous.as_str());
        assert_eq!(last["version"], old.name.version.as_str());
        assert_eq!(last["inLanguage"], "nl");
        assert_eq!(related.len(), 3);
    }
    for wrong in ["0.9", "2027.1"] {
        let mut document = Samples::named(&samples.definitions, "key", "evc1").clone();
        next(&mut document);
        document["previousVersion"] = json!(wrong);
        let errors = read_definition(&samples, &document).expect_err("refused");
        let found: Vec<_> = errors.iter().map(|e| (e.pointer.as_str(), e.code)).collect();
        assert_eq!(found, [("/previousVersion", "definition-unknown")]);
    }
}

/// Story P2: an association never gets a key; a college that is to seal gets one later.
#[test]
fn p2_freezing_waits_only_for_an_identifier_that_is_to_come() {
    let mut samples = Samples::load();
    let mc1 = named(&samples, "mc1");
    let issuer = mc1.name.issuer.clone();
    assert_eq!(mc1.awarding_bodies.first(), Some(&issuer));
    assert!(may_freeze(&samples.catalogue, &mc1));
    let document = Samples::named(&samples.organisations, "slug", issuer.as_str()).clone();
    for (seals, may) in [(true, false), (false, true)] {
        let mut changed = document.clone();
        changed.as_object_mut().expect("object").remove("did");
        changed["seals"] = json!(seals);
        let organisation = parse_organisation(&changed).expect("accepted").value;
        samples.catalogue.insert_organisation(organisation);
        assert_eq!(may_freeze(&samples.catalogue, &mc1), may, "seals: {seals}");
    }
    // The creator is another organisation, whose identity does not wait for the issuer's key.
    let mut other = (*mc1).clone();
    other.awarding_bodies.insert(0, "partner".parse().expect("a slug"));
    assert!(may_freeze(&samples.catalogue, &other));
}
