//! Whatever is accepted becomes a credential that passes safe mode and reads back as it was said;
//! whatever it needs, taken out, is refused by name. Over every kind, language, optional field and
//! any letters.

use super::kinds::{canonical, set};
use super::profiles::{Kind, found, kinds, rules_of, without};
use super::samples::{Samples, read_definition};
use super::*;
use bewijs::model::CertificateKind;
use bewijs::profile::{
    Completeness, FieldProfile, Language, Need, RequestKind, completeness, freeze, read,
};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;
use std::sync::LazyLock;

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| kinds(&mut Samples::load()));

/// Letters of many scripts, marks that combine, signs of Markdown and of RDF.
fn words() -> impl Strategy<Value = String> {
    "[a-zé漢ا\u{0301}ß🎓\"\\\\<>&*#\\-\\[\\]() ]{0,24}[a-zé漢🎓]"
}

/// Takes some optional members out, of the document and of what is in it.
fn thin(document: &mut Value, kind: CertificateKind, request: RequestKind, drop: &[bool]) {
    let profile = FieldProfile::of(kind, &HouseRules::default());
    // Left out, another rule asks for them: the definition's scale, the stack, the mandate.
    let kept = [
        "/grade",
        "/grading",
        "/parts",
        "/mandate",
        "/sealedBy",
        "/level/vks",
        "/workload/ects",
        "/proficiencyScale",
    ];
    let allowed = rules_of(&profile, request).iter().filter(|rule| rule.need == Need::Allowed);
    for (rule, drop) in allowed.filter(|r| !kept.contains(&r.pointer.as_str())).zip(drop) {
        if *drop && let Some(thinner) = without(document, &rule.pointer) {
            *document = thinner;
        }
    }
}

/// The definition in another language, with other words, without the taken members.
fn shaped(one: &Kind, language: Language, drop: &[bool], title: &str, text: &str) -> Value {
    let mut d = one.definition.clone();
    thin(&mut d, one.kind, RequestKind::Definition, drop);
    let editions: Vec<&str> =
        Language::ALL.into_iter().filter(|l| *l != language).map(Language::code).collect();
    let all = |text: &str| json!({"nl": text, "fr": format!("{text} (fr)"), "en": format!("{text} (en)")});
    set(
        &mut d,
        json!({
            "language": language.code(), "languageEditions": editions, "title": all(title),
            "version": "p1",
        }),
    );
    for list in ["learningOutcomes", "competences"] {
        if let Some(outcome) = d.get_mut(list).and_then(|list| list.get_mut(0)) {
            outcome["text"] = all(text);
        }
    }
    d
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    /// Stories R2 and X2.
    #[test]
    fn r2_x2_what_is_accepted_passes_safe_mode_and_reads_back(
        kind in 0..7_usize, language in 0..3_usize,
        drop in prop::collection::vec(any::<bool>(), 24), less in prop::collection::vec(any::<bool>(), 24),
        title in words(), text in words(), name in words(), missing in any::<Index>(),
    ) {
        let one = &KINDS[kind];
        let language = Language::ALL[language];
        let mut samples = Samples::load();
        let document = shaped(one, language, &drop, &title, &text);
        let definition = match read_definition(&samples, &document) {
            Ok(checked) => checked.value,
            Err(errors) => return Err(TestCaseError::fail(format!("{:?} {errors:?}", one.kind))),
        };
        samples.catalogue.insert_definition(definition.clone());
        let mut award = one.award.clone();
        thin(&mut award, one.kind, RequestKind::Award, &less);
        award["definition"] = definition.name.to_string().into();
        award["learner"]["name"] = name.as_str().into();
        if let Some(list) = award.get_mut("competences").and_then(Value::as_array_mut) {
            list[0]["basis"][0]["text"] = text.as_str().into();
            list.truncate(1 + missing.index(list.len()));
        }
        if let Err(errors) = samples.check(&award) {
            return Err(TestCaseError::fail(format!("{:?} {errors:?}", one.kind)));
        }
        let credential = samples.credential(&award);
        let (hash, _) = canonical(&credential);

        // What is shown is what was said, from the document alone.
        let view = read(&credential);
        prop_assert_eq!(view.kind, Some(one.kind));
        prop_assert_eq!(view.title.as_deref(), Some(definition.text(&definition.title)));
        prop_assert_eq!(view.holder.name.as_deref(), Some(name.as_str()));
        prop_assert_eq!(&view.inconsistencies, &vec![]);
        let expected = match one.kind {
            CertificateKind::Participation => Completeness::NotApplicable,
            _ => Completeness::Complete,
        };
        prop_assert_eq!(completeness(&view), expected);
        let said: Vec<(&str, &str)> =
            definition.learning_outcomes.iter().map(|o| (o.code.as_str(), definition.text(&o.text))).collect();
        let shown: Vec<(&str, &str)> =
            view.outcomes.iter().map(|o| (o.concept.code.as_deref().unwrap_or_default(), o.concept.name.as_str())).collect();
        prop_assert_eq!(shown, said);
        let competences = award["competences"].as_array().map_or(0, Vec::len);
        prop_assert_eq!(view.competences.len(), competences);
        prop_assert!(view.competences.iter().all(|c| c.result.is_some()));
        let reread: Value = serde_json::from_str(&credential.to_string()).expect("JSON");
        prop_assert_eq!(read(&reread), view);

        // Frozen, it is the same to the byte.
        let frozen = freeze(&samples.mapping(), &definition).expect("frozen");
        samples.catalogue.insert_achievements(definition.name.clone(), frozen);
        let again = samples.credential(&award);
        prop_assert_eq!(again.to_string(), credential.to_string());
        prop_assert_eq!(canonical(&again).0, hash);

        // Any single element that the kind needs, taken out, is refused by name.
        let profile = FieldProfile::of(one.kind, &HouseRules::default());
        for request in RequestKind::ALL {
            let needed: Vec<_> =
                rules_of(&profile, request).iter().filter(|rule| rule.need == Need::Required).collect();
            let rule = missing.get(&needed);
            let whole = if request == RequestKind::Award { &award } else { &document };
            let short = without(whole, &rule.pointer).expect("it was there");
            let errors = match request {
                RequestKind::Definition => read_definition(&samples, &short).err(),
                RequestKind::Award => samples.check(&short).err(),
            };
            let errors = found(errors.unwrap_or_default());
            prop_assert!(errors.contains(&(rule.pointer.clone(), rule.code)), "{} {errors:?}", rule.pointer);
        }
    }
}
