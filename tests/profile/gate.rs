//! What must hold at the moment of issue besides the award itself: the appeal period, versions
//! that were withdrawn.

use super::samples::{Samples, file};
use super::*;
use bewijs::model::{CertificateKind, Date};
use bewijs::profile::{FirstDay, IssuerSettings, first_day_of_issue};
use bewijs::texts::{FaultWords, Language};

type Found = Vec<(String, &'static str)>;

/// How a check of a sample goes in other surroundings.
#[derive(Default)]
struct Surroundings<'a> {
    now: Option<&'a str>,
    rules: Option<HouseRules>,
    reason: Option<&'a str>,
    withdrawn: bool,
}

fn check(
    samples: &Samples,
    key: &str,
    around: &Surroundings<'_>,
) -> Result<Found, Vec<FieldError>> {
    let sample = samples.award(key);
    let (request, generated) = Samples::request(sample);
    let definition = samples.definition(&request).expect("published");
    let mut facts = samples.facts(key, &request);
    facts.definition_withdrawn = around.withdrawn;
    let sealer: Slug = request["sealedBy"].as_str().expect("text").parse().expect("slug");
    let now = around.now.map_or(generated.issued_at, |now| now.parse().expect("a moment"));
    let rules = around.rules.clone().unwrap_or_default();
    let outcome = read_award(&request, Vocabulary::bundled()).check(&AwardContext {
        sealer: &sealer,
        definition: Some(&definition),
        catalogue: &samples.catalogue,
        facts: &facts,
        now,
        rules: &rules,
        hold_override: around.reason,
    });
    let found = |faults: Vec<FieldError>| faults.into_iter().map(|f| (f.pointer, f.code)).collect();
    outcome.map(|checked| found(checked.warnings))
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Story A6: the first possible day, where people are.
#[test]
fn a6_a_proof_waits_until_the_day_after_the_appeal_period_in_the_installations_time_zone() {
    let samples = Samples::load();
    // Decided on 16 June; seven days for an appeal: from 24 June on, which begins at 22:00 UTC.
    let (_, held) = ("evc1", "2026-06-23T21:59:59Z");
    assert_eq!(samples.award("evc1")["decision"]["date"], "2026-06-16");
    let errors =
        check(&samples, "evc1", &Surroundings { now: Some(held), ..Surroundings::default() })
            .expect_err("held");
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0].pointer.as_str(), errors[0].code), ("/decision/date", "appeal-period"));
    let words = FaultWords::of(&errors[0], Language::En);
    assert!(words.remedy.contains("2026-06-24"), "{}", words.remedy);
    let first = "2026-06-23T22:00:00Z";
    let free = Surroundings { now: Some(first), ..Surroundings::default() };
    assert_eq!(check(&samples, "evc1", &free), Ok(Vec::new()));
    // In another zone the same moment is still the day before.
    let rules = HouseRules::new("Atlantic/Azores".parse().expect("a zone"), 7);
    let west = Surroundings { now: Some(first), rules: Some(rules), ..Surroundings::default() };
    assert!(check(&samples, "evc1", &west).is_err());
}

/// Story A6: days per installation and per issuer; a switch per issuer; prior learning only.
#[test]
fn a6_the_appeal_days_are_the_issuers_else_the_installations() {
    let evc = CertificateKind::EvcCompetentiebewijs;
    let decided = date("2026-02-25");
    let house = |appeal_days| HouseRules::new(HouseRules::default().zone, appeal_days);
    let issuer = |appeal_days| IssuerSettings { appeal_days, ..IssuerSettings::default() };
    for (settings, rules, first) in [
        (issuer(None), house(7), "2026-03-05"),
        (issuer(None), house(20), "2026-03-18"),
        (issuer(Some(0)), house(20), "2026-02-26"),
        (issuer(Some(3)), house(20), "2026-03-01"),
    ] {
        let day = first_day_of_issue(evc, &settings, &rules, decided);
        assert_eq!(day, FirstDay::On(date(first)));
        for kind in CertificateKind::ALL {
            let expected = if kind.is_evc() { day } else { FirstDay::AtOnce };
            assert_eq!(first_day_of_issue(kind, &settings, &rules, decided), expected);
        }
    }
    let off = IssuerSettings { hold_until_appeal_deadline: false, ..IssuerSettings::default() };
    assert_eq!(first_day_of_issue(evc, &off, &house(7), decided), FirstDay::AtOnce);
    let last = date("9999-12-31");
    assert_eq!(first_day_of_issue(evc, &issuer(None), &house(7), last), FirstDay::Never);
}

/// Story A6: an authorised client overrides with a reason, which is remarked upon.
#[test]
fn a6_a_reason_turns_the_refusal_into_a_warning_and_nothing_else() {
    let samples = Samples::load();
    let at = |now, reason| Surroundings { now: Some(now), reason, ..Surroundings::default() };
    let early = "2026-06-20T09:00:00Z";
    let warning = ("/decision/date".to_owned(), "appeal-period-overridden");
    assert_eq!(check(&samples, "evc1", &at(early, Some("Start job"))), Ok(vec![warning]));
    for blank in [None, Some(""), Some(" \n")] {
        let errors = check(&samples, "evc1", &at(early, blank)).expect_err("held");
        assert_eq!(errors[0].code, "appeal-period", "{blank:?}");
    }
    // Not needed, not remarked upon; and it opens no other door.
    assert_eq!(check(&samples, "evc1", &at("2026-07-20T09:00:00Z", Some("Start job"))), Ok(vec![]));
    let errors = check(&samples, "evc1", &at("2026-06-15T09:00:00Z", Some("Start job")));
    let codes: Vec<_> = errors.expect_err("not decided yet").iter().map(|e| e.code).collect();
    assert_eq!(codes, ["date-future"]);
}

#[test]
fn a_decision_of_today_is_not_in_the_future_just_after_midnight() {
    let samples = Samples::load();
    let decided = samples.award("mc1")["decision"]["date"].as_str().expect("text").to_owned();
    let eve = date(&decided).plus_days(-1).expect("a date");
    let at = format!("{eve}T23:30:00Z");
    let around = Surroundings { now: Some(&at), ..Surroundings::default() };
    assert_eq!(check(&samples, "mc1", &around), Ok(vec![]));
    let at = format!("{eve}T22:30:00Z");
    let around = Surroundings { now: Some(&at), ..Surroundings::default() };
    assert_eq!(check(&samples, "mc1", &around).expect_err("tomorrow")[0].code, "date-future");
}

/// Story R1: nothing new under a withdrawn version; its certificates can still be corrected.
#[test]
fn r1_a_withdrawn_version_takes_corrections_only() {
    let samples = Samples::load();
    let around = Surroundings { withdrawn: true, ..Surroundings::default() };
    for key in ["mc1", "md1", "evc1"] {
        let errors = check(&samples, key, &around).expect_err("withdrawn");
        let found: Vec<_> = errors.iter().map(|e| (e.pointer.as_str(), e.code)).collect();
        assert_eq!(found, [("/definition", "definition-withdrawn")], "{key}");
    }
    assert_eq!(check(&samples, "evc2-correction", &around), Ok(vec![]));
    // A correction of a certificate under another version is a new award under this one.
    let sample = samples.award("evc2-correction");
    let (request, generated) = Samples::request(sample);
    let definition = samples.definition(&request).expect("published");
    let mut facts = samples.facts("evc2-correction", &request);
    facts.definition_withdrawn = true;
    facts.replaced.as_mut().expect("one").definition.version = "2019".to_owned();
    let errors = read_award(&request, Vocabulary::bundled()).check(&AwardContext {
        sealer: &"voorbeeld-hogeschool".parse().expect("slug"),
        definition: Some(&definition),
        catalogue: &samples.catalogue,
        facts: &facts,
        now: generated.issued_at,
        rules: &HouseRules::default(),
        hold_override: None,
    });
    let codes: Vec<_> = errors.expect_err("refused").iter().map(|e| e.code).collect();
    assert_eq!(codes, ["definition-withdrawn"]);
}

/// Situations of a certificate's life in the samples, and the tests that show them.
const SHOWN: [(&str, &str, &str); 12] = [
    ("L01", "tests/api/corrections.rs", "a_revoked_certificate_is_not_set_back_to_valid"),
    ("L02", "tests/api/corrections.rs", "nothing_is_suspended_where_suspension_is_off"),
    ("L03", "tests/api/corrections.rs", "a_released_certificate_is_never_edited"),
    ("L04", "tests/issuing/setup.rs", "a_published_definition_does_not_change"),
    ("L05", "tests/profile/kinds.rs", "a_part_that_is_not_valid_now_cannot_be_stacked"),
    ("L06", "tests/api/management.rs", "another_issuers_client_sees_and_changes_nothing"),
    ("L07", "tests/api/erasure.rs", "erasure_takes_the_person_away_and_leaves_the_proof"),
    ("L08", "tests/cases/list-stale.json", "indeterminate"),
    ("L09", "tests/api/pages.rs", "a_preview_names_title_and_issuer_never_the_holder"),
    ("L10", "tests/api/pages.rs", "a_certificate_of_a_test_issuer_says_test"),
    ("L11", "tests/api/credentials.rs", "closed_certificates_are_alike"),
    ("L12", "tests/api/corrections.rs", "the_reason_of_a_revocation_stays_in_the_management_view"),
];

#[test]
fn every_situation_of_a_certificates_life_is_shown_by_a_test() {
    let cases = file("negative.json");
    let cases = cases["lifecycle"].as_array().expect("array");
    let stated: Vec<&str> = cases.iter().filter_map(|case| case["id"].as_str()).collect();
    assert_eq!(stated, SHOWN.map(|(id, _, _)| id));
    for (id, path, name) in SHOWN {
        let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        let shown = if path.ends_with(".rs") { format!("fn {name}(") } else { name.to_owned() };
        assert!(text.contains(&shown), "{id}: {path} does not show {name}");
    }
}
