//! The public table of fields: what it says of a kind is what the rules do and what the schemas of
//! that kind say.

use super::kinds::{definition, set};
use super::refusals::patched;
use super::samples::{Samples, file, read_definition};
use super::*;
use bewijs::model::CertificateKind;
use bewijs::profile::{
    FieldProfile, FieldRule, HouseRulesError, Need, RequestKind, kind_schema, read_award,
};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::json;
use std::sync::LazyLock;

pub type Found = Vec<(String, &'static str)>;

/// A definition and an award of every kind, accepted.
pub struct Kind {
    pub kind: CertificateKind,
    pub definition: Value,
    pub award: Value,
}

const EVC: [&str; 2] = ["evc-bewijs-van-beroepskwalificatie", "evc-bewijs-van-deelkwalificatie"];

pub fn kinds(samples: &mut Samples) -> Vec<Kind> {
    let named = |samples: &Samples, key: &str| {
        (Samples::named(&samples.definitions, "key", key).clone(), samples.award(key).clone())
    };
    let mut all: Vec<(Value, Value)> =
        ["mc1", "md1", "evc1", "evc2"].iter().map(|key| named(samples, key)).collect();
    for kind in EVC {
        let (mut d, mut a) = named(samples, "evc1");
        d.as_object_mut().expect("object").shift_remove("legalBasis");
        let name = json!({"nl": "Begeleider", "fr": "Accompagnateur", "en": "Youth worker"});
        set(
            &mut d,
            json!({
                "kind": kind, "slug": kind, "awardingBodies": ["voorbeeld-hogeschool"],
                "qualification": {"name": name, "code": "BK-1", "url": "https://k.example/1"},
            }),
        );
        a.as_object_mut().expect("object").shift_remove("mandate");
        a["definition"] =
            json!(format!("voorbeeld-hogeschool/{kind}/{}", d["version"].as_str().expect("v")));
        all.push((d, a));
    }
    let (mut d, mut a) = named(samples, "mc1");
    for member in [
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
    ] {
        d.as_object_mut().expect("object").shift_remove(member);
    }
    set(&mut d, json!({"kind": "participation", "slug": "studiedag", "workload": {"hours": 7.5}}));
    a["definition"] =
        json!(format!("voorbeeld-hogeschool/studiedag/{}", d["version"].as_str().expect("v")));
    all.push((d, a));
    all.into_iter()
        .map(|(d, a)| {
            let read = definition(samples, "mc1", |document| *document = d.clone());
            let kind = read.kind;
            samples.catalogue.insert_definition(read);
            samples.check(&a).unwrap_or_else(|e| panic!("{kind:?}: {e:?}"));
            Kind { kind, definition: d, award: a }
        })
        .collect()
}

pub fn found(errors: Vec<FieldError>) -> Found {
    errors.into_iter().map(|e| (e.pointer, e.code)).collect()
}

fn faults(samples: &Samples, request: RequestKind, document: &Value) -> Found {
    match request {
        RequestKind::Definition => read_definition(samples, document).err().map(found),
        RequestKind::Award => samples.check(document).err().map(found),
    }
    .unwrap_or_default()
}

/// What stands at a pointer is taken out.
pub fn without(document: &Value, pointer: &str) -> Option<Value> {
    let mut document = document.clone();
    let (parent, name) = pointer.rsplit_once('/')?;
    document.pointer_mut(parent)?.as_object_mut()?.shift_remove(name)?;
    Some(document)
}

pub fn rules_of(profile: &FieldProfile, request: RequestKind) -> &[FieldRule] {
    match request {
        RequestKind::Definition => &profile.definition,
        RequestKind::Award => &profile.award,
    }
}

/// Stories A10 and R2: every field that a kind needs, taken out, is refused by name; every other
/// one may be left out; every one that it refuses is refused by the code that the table gives.
#[test]
fn a10_r2_the_table_of_fields_is_what_the_rules_do() {
    let mut samples = Samples::load();
    let all = kinds(&mut samples);
    let seen: Vec<CertificateKind> = all.iter().map(|kind| kind.kind).collect();
    assert_eq!(seen.len(), CertificateKind::ALL.len());
    let (mut required, mut forbidden) = (0, 0);
    for Kind { kind, definition, award } in &all {
        let profile = FieldProfile::of(*kind, &HouseRules::default());
        for (request, document) in
            [(RequestKind::Definition, definition), (RequestKind::Award, award)]
        {
            for rule in rules_of(&profile, request) {
                let there = document.pointer(&rule.pointer).is_some();
                let at = (rule.pointer.clone(), rule.code);
                match rule.need {
                    Need::Required => {
                        assert!(there, "{kind:?} {}", rule.pointer);
                        let document = without(document, &rule.pointer).expect("taken out");
                        let found = faults(&samples, request, &document);
                        assert!(found.contains(&at), "{kind:?} {at:?}: {found:?}");
                        required += 1;
                    }
                    Need::Allowed => {
                        let Some(document) = without(document, &rule.pointer) else { continue };
                        // A level says of each framework which one, or null; and without
                        // sealedBy the samples do not say where a request was sent.
                        if ["/level/vks", "/sealedBy"].contains(&rule.pointer.as_str()) {
                            continue;
                        }
                        let found = faults(&samples, request, &document);
                        // Left out where another rule asks for it, it is reported by that rule.
                        let others = ["grade-required", "stack-incomplete", "replaces-unknown"];
                        let mandate = rule.pointer == "/mandate";
                        let credits = rule.pointer == "/workload/ects";
                        let rest = found.iter().filter(|(_, code)| !others.contains(code)).count();
                        assert!(rest == 0 || mandate || credits, "{kind:?} {at:?}: {found:?}");
                    }
                    Need::Forbidden => {
                        let stated = document.pointer(&rule.pointer);
                        assert!(
                            stated.is_none_or(|it| *it == json!([])),
                            "{kind:?} {}",
                            rule.pointer
                        );
                        let donor = all.iter().find_map(|other| match request {
                            RequestKind::Definition => other.definition.pointer(&rule.pointer),
                            RequestKind::Award => other.award.pointer(&rule.pointer),
                        });
                        let (parent, name) = rule.pointer.rsplit_once('/').expect("a pointer");
                        let mut document = document.clone();
                        let object = document.pointer_mut(parent).and_then(Value::as_object_mut);
                        let (Some(donor), Some(object)) = (donor, object) else { continue };
                        object.insert(name.to_owned(), donor.clone());
                        let codes: Vec<&str> = faults(&samples, request, &document)
                            .into_iter()
                            .map(|(_, code)| code)
                            .collect();
                        assert!(codes.contains(&rule.code), "{kind:?} {at:?}: {codes:?}");
                        forbidden += 1;
                    }
                }
            }
        }
    }
    assert!(required > 150 && forbidden > 60, "{required} {forbidden}");
}

/// Story A10: only of the vocational kinds, only fields there are, the same for every issuer.
#[test]
fn a10_an_operator_asks_more_of_the_vocational_kinds_only() {
    let mut samples = Samples::load();
    let all = kinds(&mut samples);
    let vocational = CertificateKind::EvcBewijsVanBeroepskwalificatie;
    let mut rules = HouseRules::default();
    for kind in CertificateKind::ALL.into_iter().filter(|kind| !EVC.contains(&kind.code())) {
        let refused = rules.require(kind, "award/assessment/holderIdentification");
        assert_eq!(refused, Err(HouseRulesError::Kind(kind.code())));
    }
    for wrong in ["", "definition", "definition/title", "award/grade", "award/x", "x/evidence"] {
        let refused = rules.require(vocational, wrong);
        assert_eq!(refused, Err(HouseRulesError::Field(wrong.to_owned())), "{wrong}");
    }
    for field in
        ["definition/testCentreRecognition", "award/assessment/organisation", "award/academicYear"]
    {
        assert_eq!(rules.require(vocational, field), Ok(()));
        assert_eq!(rules.require(vocational, field), Ok(()));
    }
    let Kind { definition, award, .. } =
        all.iter().find(|one| one.kind == vocational).expect("there");
    samples.installation.rules = rules.clone();
    let at = |pointer: &str| (pointer.to_owned(), "profile-required");
    let missing = faults(&samples, RequestKind::Definition, definition);
    assert_eq!(missing, [at("/testCentreRecognition")]);
    let mut whole = definition.clone();
    whole["testCentreRecognition"] = json!({"text": {"nl": "Erkend", "fr": "Agréé", "en": "Recognised"}, "url": "https://k.example/e"});
    assert_eq!(faults(&samples, RequestKind::Definition, &whole), []);
    let bare = without(award, "/academicYear").unwrap_or_else(|| award.clone());
    let bare = without(&bare, "/assessment/organisation").unwrap_or(bare);
    let missing = faults(&samples, RequestKind::Award, &bare);
    assert_eq!(missing, [at("/academicYear"), at("/assessment/organisation")]);
    // The other vocational kind is as it was, and a published definition stands.
    for one in all.iter().filter(|one| one.kind != vocational) {
        assert_eq!(faults(&samples, RequestKind::Definition, &one.definition), []);
        assert_eq!(faults(&samples, RequestKind::Award, &one.award), []);
    }
    let context = samples.definition_context();
    assert!(bewijs::profile::read_definition(definition, &context).is_ok());
    let public = FieldProfile::of(vocational, &rules).to_json();
    let asked: Vec<&Value> = ["definition", "award"]
        .iter()
        .flat_map(|name| public[*name].as_array().expect("array"))
        .filter(|rule| rule["setBy"] == "operator")
        .collect();
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|rule| rule["need"] == "required"));
    let schema = kind_schema(vocational, RequestKind::Definition, &rules);
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    assert!(!schema.is_valid(definition) && schema.is_valid(&whole));
}

#[test]
fn the_table_is_public_as_json_with_a_reason_for_every_field() {
    for kind in CertificateKind::ALL {
        let public = FieldProfile::of(kind, &HouseRules::default()).to_json();
        assert_eq!(public["kind"], kind.code());
        for name in ["definition", "award"] {
            for rule in public[name].as_array().expect("array") {
                assert!(rule["pointer"].as_str().expect("text").starts_with('/'));
                assert!(!rule["reason"].as_str().expect("text").is_empty(), "{rule}");
                let need = rule["need"].as_str().expect("text");
                assert_eq!(rule.get("code").is_some(), need != "allowed", "{rule}");
            }
        }
    }
}

fn path(kind: CertificateKind, request: RequestKind) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    format!("{root}/schemas/kinds/{}.{}.schema.json", kind.code(), request.code())
}

#[test]
fn the_schemas_of_each_kind_are_those_of_the_table() {
    for kind in CertificateKind::ALL {
        for request in RequestKind::ALL {
            let schema = kind_schema(kind, request, &HouseRules::default());
            let written = std::fs::read_to_string(path(kind, request)).unwrap_or_default();
            let written: Value = serde_json::from_str(&written).unwrap_or_default();
            let file = path(kind, request);
            assert_eq!(written, schema, "{file}: cargo run --example kind_schemas");
            jsonschema::meta::validate(&schema).unwrap_or_else(|e| panic!("{file}: {e}"));
        }
    }
}

fn validator(kind: CertificateKind, request: RequestKind) -> Validator {
    let schema = kind_schema(kind, request, &HouseRules::default());
    jsonschema::validator_for(&schema).expect("a schema compiles")
}

/// What the schema of the kind says of every sample that is refused is at least what that of all
/// kinds says; of awards more, because the kind is known.
#[test]
fn every_sample_is_judged_alike_by_the_schema_of_its_kind() {
    let mut samples = Samples::load();
    for Kind { kind, definition, award } in kinds(&mut samples) {
        assert!(validator(kind, RequestKind::Definition).is_valid(&definition), "{kind:?}");
        let (request, _) = Samples::request(&award);
        assert!(validator(kind, RequestKind::Award).is_valid(&request), "{kind:?}");
    }
    let cases = file("negative.json");
    let mut refused = Vec::new();
    for case in cases["rejected"].as_array().expect("array") {
        let document = patched(&samples, case);
        let (request, base) = match case["target"].as_str().expect("target") {
            "definition" => (RequestKind::Definition, document["kind"].as_str()),
            "award" => (RequestKind::Award, None),
            _ => continue,
        };
        let base = base.unwrap_or_else(|| {
            let base = case["base"].as_str().expect("base");
            let key = if base == "evc2-correction" { "evc2" } else { base };
            Samples::named(&samples.definitions, "key", key)["kind"].as_str().expect("kind")
        });
        let Ok(kind) = base.parse::<CertificateKind>() else { continue };
        let document = match request {
            RequestKind::Definition => document.clone(),
            RequestKind::Award => Samples::request(&document).0,
        };
        if !validator(kind, request).is_valid(&document) {
            refused.push(case["id"].as_str().expect("id").to_owned());
        }
    }
    // Shape faults that hang on the kind, which the schema of all kinds cannot see in an award.
    for id in ["A01", "A02", "A03", "A06", "A10", "A12", "D01", "D11", "D30", "D38", "D45"] {
        assert!(refused.iter().any(|known| known == id), "{id}: {refused:?}");
    }
    for id in ["A07", "A08", "A16", "A18", "A39", "D12", "D34"] {
        assert!(!refused.iter().any(|known| known == id), "{id}");
    }
}

static WORLD: LazyLock<(Samples, Vec<Kind>, Vec<[Validator; 2]>)> = LazyLock::new(|| {
    let mut samples = Samples::load();
    let kinds = kinds(&mut samples);
    let both = |one: &Kind| RequestKind::ALL.map(|request| validator(one.kind, request));
    let validators = kinds.iter().map(both).collect();
    (samples, kinds, validators)
});

/// Every place of a document, as a pointer.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    if !at.is_empty() {
        all.push(at.to_owned());
    }
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| places(v, &format!("{at}/{k}"), all)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, v)| places(v, &format!("{at}/{i}"), all));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// What the schema of a kind takes has the shape that the rules want, however it was changed.
    #[test]
    fn what_the_schema_of_a_kind_takes_has_no_fault_of_shape(
        kind in 0..7_usize, award in any::<bool>(), changes in prop::collection::vec((any::<prop::sample::Index>(), 0..7_usize), 1..4),
    ) {
        let (samples, kinds, validators) = &*WORLD;
        let one = &kinds[kind];
        let request = if award { RequestKind::Award } else { RequestKind::Definition };
        let mut document = match request {
            RequestKind::Award => Samples::request(&one.award).0,
            RequestKind::Definition => one.definition.clone(),
        };
        for (index, change) in changes {
            let mut all = Vec::new();
            places(&document, "", &mut all);
            let pointer = index.get(&all).clone();
            let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
            match (document.pointer_mut(parent).expect("there"), change) {
                (Value::Object(map), 0) => { map.shift_remove(name); }
                (Value::Object(map), 1) => { map.insert("unheard".to_owned(), json!(1)); }
                (place, _) => {
                    let value = [json!([]), json!({}), json!(1.5), json!(true), json!("x")][change % 5].clone();
                    match place {
                        Value::Object(map) => { map.insert(name.to_owned(), value); }
                        Value::Array(list) => { list[name.parse::<usize>().expect("a place")] = value; }
                        _ => {}
                    }
                }
            }
        }
        if !validators[kind][usize::from(award)].is_valid(&document) {
            return Ok(());
        }
        let errors = match request {
            RequestKind::Definition => read_definition(samples, &document).err(),
            RequestKind::Award => {
                let reading = read_award(&document, Vocabulary::bundled());
                Some(reading.faults().to_vec())
            }
        };
        let profile = FieldProfile::of(one.kind, &HouseRules::default());
        for error in errors.unwrap_or_default() {
            let needed = rules_of(&profile, request).iter().any(|rule| {
                rule.need == Need::Required && rule.pointer == error.pointer && rule.code == error.code
            });
            let shape = ["unknown-field", "type", "too-many"].contains(&error.code);
            prop_assert!(!needed && !shape, "{:?} {} {}", one.kind, error.pointer, error.code);
        }
    }
}
