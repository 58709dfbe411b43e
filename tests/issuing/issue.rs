//! Issuing: samples, refusals, retries, races, corrections, and failures half way.

use super::{
    Fault, HOST, Office, Plan, SAMPLES, as_request, codes, json_patch, moment, numbered, parsed,
    request, run, sample, sample_file, slug, unsigned,
};
use bewijs::canon::{ContextSet, View};
use bewijs::ids::{FixedDraw, IdGenerator, SystemIds};
use bewijs::issuance::{DeskSettings, IssueError, IssueRequest, Issued};
use bewijs::model::CredentialState;
use bewijs::store::{StatusAction, StatusChange, Store, StoreError, Visibility};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// Arrays of objects are sets in a credential: compared in a fixed order.
fn as_sets(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(as_sets).collect();
            if items.iter().all(Value::is_object) {
                items.sort_by_key(sorted_text);
            }
            Value::Array(items)
        }
        Value::Object(members) => {
            Value::Object(members.iter().map(|(k, v)| (k.clone(), as_sets(v))).collect())
        }
        other => other.clone(),
    }
}

fn sorted_text(value: &Value) -> String {
    bewijs::canon::jcs::to_string(value).unwrap()
}

#[test]
fn all_samples_are_reproduced_signed_recorded_and_verify() {
    let (office, issued) = Office::issue_samples(&SAMPLES);
    let canonical = sample_file("canonical");
    for key in SAMPLES {
        let one = &issued[key];
        let document = parsed(one);
        let expected = sample_file(&format!("expected/{key}"));
        assert_eq!(as_sets(&unsigned(&document)), as_sets(&expected), "{key}");
        let contexts = ContextSet::issuing();
        let view = View { omit: &["proof"], context: None };
        let form = contexts.canonicalize(&document, view).unwrap();
        assert_eq!(form.quads as u64, canonical["documents"][key]["quads"], "{key}");
        let digest: String = form.sha256().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, canonical["documents"][key]["sha256"], "{key}");
        let proof = &document["proof"];
        assert_eq!(proof["cryptosuite"], "eddsa-rdfc-2022");
        assert_eq!(proof["created"], document["validFrom"]);
        assert!(office.verifies(&document), "{key}");

        let id = one.record.id;
        assert_eq!(office.store.document(id).unwrap().unwrap(), one.document);
        assert_eq!(document["id"], one.url);
        assert_eq!(one.record.context_digests.len(), 2);
        assert_eq!(one.record.visibility, Visibility::Closed);
        assert!(!one.replayed);
    }
    assert_eq!(office.store.issued_count().unwrap(), 7);
    // The correction came after the rest and replaced one of them.
    assert_eq!(issued["evc2-correction"].record.replaces, Some(issued["evc2"].record.id));
    let old = office.store.issued(issued["evc2"].record.id).unwrap().unwrap();
    assert_eq!(old.state, CredentialState::Superseded);
    assert_eq!(old.replaced_by, Some(issued["evc2-correction"].record.id));
    assert_eq!(office.bits(&issued["evc2"]), [true]);
    assert_eq!(office.bits(&issued["evc2-correction"]), [false]);
}

#[test]
fn a_changed_certificate_does_not_verify() {
    let office = Office::new();
    let document = parsed(&office.issued("N-1"));
    assert!(office.verifies(&document));
    let changes: [(&str, Value); 5] = [
        ("/name", json!("Something else")),
        ("/validFrom", json!("2026-07-10T12:00:01Z")),
        ("/credentialSubject/identifier/1/identityHash", json!("Iemand Anders")),
        ("/credentialStatus/statusListIndex", json!("1")),
        ("/proof/created", json!("2026-07-10T12:00:01Z")),
    ];
    for (pointer, value) in changes {
        let mut changed = document.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        assert!(!office.verifies(&changed), "{pointer}");
    }
}

#[test]
fn what_may_not_be_issued_names_every_fault_and_touches_nothing() {
    let office = Office::new();
    let mut award = numbered("N-1");
    award["colour"] = json!("green");
    award["decision"]["date"] = json!("2026-07-11");
    award["learner"]["email"] = json!("no address");
    let faults = run(office.issue(award)).unwrap_err();
    let IssueError::Invalid(list) = &faults else { panic!("{faults:?}") };
    let pointers: HashSet<_> = list.iter().map(|fault| fault.pointer.as_str()).collect();
    for pointer in ["/colour", "/decision/date", "/learner/email"] {
        assert!(pointers.contains(pointer), "{pointer} in {pointers:?}");
    }
    assert_eq!(office.store.issued_count().unwrap(), 0);
    assert!(office.store.status_list("r1").unwrap().is_none());
    // The clock decides: tomorrow's decision is one tomorrow.
    let mut award = numbered("N-1");
    award["decision"]["date"] = json!("2026-07-11");
    office.clock.set(moment("2026-07-11T00:00:00Z"));
    assert!(run(office.issue(award)).is_ok());
}

#[test]
fn only_an_organisation_with_a_key_issues() {
    let office = Office::new();
    for issuer in ["associatie-voorbeeld", "nobody"] {
        let request = IssueRequest { issuer: slug(issuer), ..request(numbered("N-1"), None) };
        assert_eq!(run(office.desk.issue(request)).unwrap_err(), IssueError::UnknownIssuer);
    }
    // Before it is an issuer, the college is none either.
    let bare = Office::bare(DeskSettings::default(), Vec::new());
    run(bare.import());
    assert_eq!(run(bare.issue(numbered("N-1"))).unwrap_err(), IssueError::UnknownIssuer);
}

#[test]
fn a_certificate_number_is_used_once() {
    let office = Office::new();
    office.issued("N-1");
    let taken = run(office.issue(numbered("N-1"))).unwrap_err();
    assert_eq!(codes(taken), ["certificate-number-taken"]);
    assert_eq!(office.store.issued_count().unwrap(), 1);
}

#[test]
fn the_same_request_again_gets_the_same_bytes() {
    let office = Office::new();
    let first = run(office.desk.issue(request(numbered("N-1"), Some("k")))).unwrap();
    // The order of members is not content.
    let reversed: serde_json::Map<String, Value> =
        numbered("N-1").as_object().unwrap().clone().into_iter().rev().collect();
    for body in [numbered("N-1"), Value::Object(reversed)] {
        let again = run(office.desk.issue(request(body, Some("k")))).unwrap();
        assert!(again.replayed && !first.replayed);
        assert_eq!((again.document, again.url), (first.document.clone(), first.url.clone()));
    }
    // Also when what it says would be refused by now, and after a restart.
    let again = run(office.restarted().issue(request(numbered("N-1"), Some("k")))).unwrap();
    assert!(again.replayed);
    assert_eq!(office.store.issued_count().unwrap(), 1);
}

#[test]
fn an_idempotency_key_stands_for_one_request() {
    let office = Office::new();
    run(office.desk.issue(request(numbered("N-1"), Some("k")))).unwrap();
    let other = run(office.desk.issue(request(numbered("N-2"), Some("k")))).unwrap_err();
    assert_eq!(other, IssueError::IdempotencyMismatch);
    // Another client's key is another key.
    let client =
        IssueRequest { client: "client-b".to_owned(), ..request(numbered("N-2"), Some("k")) };
    assert!(!run(office.desk.issue(client)).unwrap().replayed);
    // A refused request does not use its key up.
    let mut wrong = numbered("N-3");
    wrong["colour"] = json!("green");
    assert!(run(office.desk.issue(request(wrong, Some("k3")))).is_err());
    assert!(run(office.desk.issue(request(numbered("N-3"), Some("k3")))).is_ok());
}

#[test]
fn of_many_equal_requests_at_once_one_is_issued() {
    let office = Office::new();
    for round in 0..10 {
        let number = format!("R-{round}");
        let outcomes: Vec<Result<Issued, IssueError>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    let request = request(numbered(&number), Some(&number));
                    let desk = &office.desk;
                    scope.spawn(move || run(desk.issue(request)))
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let mut documents = HashSet::new();
        for outcome in outcomes {
            match outcome {
                Ok(issued) => drop(documents.insert(issued.document)),
                Err(error) => assert_eq!(error, IssueError::InFlight),
            }
        }
        assert_eq!(documents.len(), 1, "somebody got it, and everybody the same");
        assert_eq!(office.store.issued_count().unwrap(), round + 1);
    }
}

#[test]
fn a_dropped_request_frees_its_key_and_its_index() {
    let office = Office::new();
    office.issued("N-0");
    {
        let waker = std::task::Waker::noop();
        let mut context = std::task::Context::from_waker(waker);
        let held = office.desk.issue(request(numbered("N-1"), Some("k")));
        drop(held);
        // Polled once: in memory that is to the end, and the answer is thrown away.
        let mut polled = std::pin::pin!(office.desk.issue(request(numbered("N-2"), Some("k2"))));
        let _ = polled.as_mut().poll(&mut context);
    }
    assert!(run(office.desk.issue(request(numbered("N-1"), Some("k")))).is_ok());
    assert!(run(office.desk.issue(request(numbered("N-2"), Some("k2")))).unwrap().replayed);
}

#[test]
fn concurrent_requests_get_different_ids_numbers_and_indexes() {
    let office = Office::new();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let office = &office;
            scope.spawn(move || {
                for turn in 0..10 {
                    office.issued(&format!("T-{thread}-{turn}"));
                }
            });
        }
        // And two threads fight over the same numbers.
        let fights = [0, 1].map(|_| {
            let office = &office;
            scope.spawn(move || {
                let won = |n: u32| run(office.issue(numbered(&format!("F-{n}")))).is_ok();
                (0..10).filter(|n| won(*n)).count()
            })
        });
        let won: usize = fights.into_iter().map(|fight| fight.join().unwrap()).sum();
        assert_eq!(won, 10);
    });
    assert_eq!(office.store.issued_count().unwrap(), 50);
    let list = office.store.status_list("r1").unwrap().unwrap();
    assert_eq!(list.allocated, 50, "one index each, none given twice");
    assert!(office.store.status_list("r2").unwrap().is_none(), "one list was made");
}

#[test]
fn a_microdegree_stands_on_valid_parts_of_the_same_learner() {
    let parts = ["mc1", "mc2", "mc3"];
    let (office, issued) = Office::issue_samples(&parts);
    office.clock.set(moment("2026-06-29T07:30:00Z"));
    let (degree, ..) = sample("md1");

    let mut unknown = degree.clone();
    unknown["parts"][0]["award"] = json!(format!("{HOST}/credentials/{}", uuid::Uuid::nil()));
    assert!(run(office.issue(unknown)).is_err());
    let mut elsewhere = degree.clone();
    elsewhere["parts"][0]["award"] = json!(issued["mc1"].url.replace("badges.", "other."));
    assert!(run(office.issue(elsewhere)).is_err());
    let mut somebody = degree.clone();
    somebody["learner"]["email"] = json!("lerende-9@example.org");
    assert_eq!(codes(run(office.issue(somebody)).unwrap_err()), ["part-holder"]);

    // L05: a part that is revoked.
    run(office.desk.change_status(office.change(&issued["mc2"], StatusAction::Revoke))).unwrap();
    assert_eq!(codes(run(office.issue(degree)).unwrap_err()), ["part-not-valid"]);
    assert_eq!(office.store.issued_count().unwrap(), 3);
}

/// The parts of `md1`, issued by an issuer that suspends, and `md1` standing on them.
fn stack() -> (Office, Vec<Issued>, Value) {
    let office = Office::of(Plan { suspension: true, ..Plan::default() });
    let (mut degree, ..) = sample("md1");
    let parts: Vec<_> =
        ["mc1", "mc2", "mc3"].map(|key| run(office.issue(sample(key).0)).unwrap()).into();
    for (part, issued) in degree["parts"].as_array_mut().unwrap().iter_mut().zip(&parts) {
        part["award"] = json!(issued.url);
    }
    (office, parts, degree)
}

#[test]
fn a_suspended_part_is_none_until_it_is_reinstated() {
    // L05.
    let (office, parts, degree) = stack();
    let change = |action| run(office.desk.change_status(office.change(&parts[1], action))).unwrap();
    change(StatusAction::Suspend);
    let refused = run(office.issue(degree.clone())).unwrap_err();
    let IssueError::Invalid(faults) = &refused else { panic!("{refused:?}") };
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].code, &*faults[0].pointer), ("part-not-valid", "/parts/1/award"));
    change(StatusAction::Reinstate);
    run(office.issue(degree)).unwrap();
}

#[test]
fn a_replaced_part_is_none_and_its_successor_is_one() {
    // L05.
    let (office, parts, mut degree) = stack();
    let mut correction = sample("mc1").0;
    correction["certificateNumber"] = json!("VHS-MC-CORRECTED");
    correction["replaces"] = json!(parts[0].url);
    let successor = run(office.issue(correction)).unwrap();
    let refused = run(office.issue(degree.clone())).unwrap_err();
    assert_eq!(codes(refused), ["part-not-valid"]);
    degree["parts"][0]["award"] = json!(successor.url);
    run(office.issue(degree)).unwrap();
}

#[test]
fn what_changes_between_the_check_and_the_record_is_noticed() {
    let actions = [StatusAction::Revoke, StatusAction::Suspend];
    for action in actions {
        let (office, parts, degree) = stack();
        let change = office.change(&parts[2], action);
        office.store.before_next_record(StatusChange {
            credential: change.credential,
            issuer: change.issuer,
            action,
            reason: change.reason,
            note: None,
            origin: office.origin(),
        });
        let allocated = || office.store.status_list("r1").unwrap().unwrap().allocated;
        let refused = run(office.desk.issue(request(degree.clone(), Some("k")))).unwrap_err();
        assert_eq!(codes(refused), ["part-not-valid"], "{action:?}");
        assert_eq!((office.store.issued_count().unwrap(), allocated()), (3, 3));
        let again = run(office.desk.issue(request(degree, Some("k")))).unwrap_err();
        assert_eq!(codes(again), ["part-not-valid"], "nothing was kept under the key");
    }
    // What it replaces is looked at once more as well.
    let office = Office::new();
    let old = office.issued("N-1");
    let mut correction = numbered("N-2");
    correction["replaces"] = json!(old.url);
    let change = office.change(&old, StatusAction::Revoke);
    office.store.before_next_record(StatusChange {
        credential: change.credential,
        issuer: change.issuer,
        action: change.action,
        reason: change.reason,
        note: None,
        origin: office.origin(),
    });
    assert_eq!(codes(run(office.issue(correction)).unwrap_err()), ["replaces-not-valid"]);
}

#[test]
fn no_key_is_touched_for_an_award_that_is_refused() {
    let office = Office::new();
    let old = office.issued("N-1");
    run(office.desk.issue(request(numbered("N-2"), Some("k")))).unwrap();
    let before = office.keys.used();
    let change = |pointer: &str, value: Value| {
        let mut award = numbered("N-3");
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        award.pointer_mut(parent).unwrap()[member] = value;
        award
    };
    let mut without = numbered("N-3");
    without.as_object_mut().unwrap().shift_remove("learner");
    let refused = [
        json!({}),
        json!([numbered("N-3")]),
        Value::Null,
        without,
        change("/colour", json!("green")),
        change("/certificateNumber", json!("N-1")),
        change("/decision/date", json!("2026-07-11")),
        change("/definition", json!("voorbeeld-hogeschool/krachtgericht-communiceren/1999.1")),
        change("/definition", json!("nobody/nothing/1")),
        change("/learner/email", json!("no address")),
        change("/learner/email", json!({"@id": "urn:x"})),
        change("/replaces", json!(format!("{HOST}/credentials/{}", uuid::Uuid::nil()))),
    ];
    for award in refused {
        let told = run(office.issue(award.clone())).unwrap_err();
        assert!(matches!(told, IssueError::Invalid(_)), "{award} {told:?}");
        assert_eq!(office.keys.used(), before, "{award}");
    }
    // Nor for one that was issued, is another's, or asks for what cannot be.
    assert!(run(office.desk.issue(request(numbered("N-2"), Some("k")))).unwrap().replayed);
    let other = run(office.desk.issue(request(numbered("N-3"), Some("k")))).unwrap_err();
    assert_eq!(other, IssueError::IdempotencyMismatch);
    let nobody = IssueRequest { issuer: slug("nobody"), ..request(numbered("N-3"), None) };
    assert_eq!(run(office.desk.issue(nobody)).unwrap_err(), IssueError::UnknownIssuer);
    let suspend = office.change(&old, StatusAction::Suspend);
    run(office.desk.change_status(suspend)).unwrap_err();
    assert_eq!(office.keys.used(), before);
    // The same award without its fault is signed, once.
    office.issued("N-3");
    let used = office.keys.used();
    assert_eq!((used.0 - before.0, used.1 - before.1), (1, 1));
    // For the very first one of an issuer not even a list is made.
    let fresh = Office::new();
    run(fresh.issue(change("/colour", json!("green")))).unwrap_err();
    assert_eq!(fresh.keys.used(), (0, 0));
}

#[test]
fn no_sample_of_what_is_refused_reaches_a_key() {
    let (office, _) = Office::issue_samples(&["mc1", "mc2", "mc3", "evc2", "evc1"]);
    let before = (office.keys.used(), office.store.issued_count().unwrap());
    let awards = sample_file("awards");
    let cases = sample_file("negative");
    let cases = cases["rejected"].as_array().unwrap().iter().filter(|c| c["target"] == "award");
    let mut seen = 0;
    for case in cases {
        let all = awards["awards"].as_array().unwrap();
        let mut award = all.iter().find(|award| award["key"] == case["base"]).unwrap().clone();
        if case["expect"]["code"] != "certificate-number-taken" {
            award["certificateNumber"] = json!("N-1");
        }
        json_patch::apply(&mut award, &case["patch"]);
        let seal = award["sealedBy"].clone();
        let (mut award, fixed) = as_request(award);
        award["sealedBy"] = seal;
        office.clock.set(moment(fixed["issuedAt"].as_str().unwrap()));
        let told = run(office.issue(award)).unwrap_err();
        let code = case["expect"]["code"].as_str().unwrap();
        assert!(codes(told.clone()).contains(&code), "{} {code}: {told:?}", case["id"]);
        seen += 1;
    }
    assert_eq!(seen, 39);
    assert_eq!((office.keys.used(), office.store.issued_count().unwrap()), before);
}

#[test]
fn a_correction_replaces_what_is_still_valid_and_of_the_same_learner() {
    let (office, issued) = Office::issue_samples(&["evc2"]);
    let (correction, _, at) = sample("evc2-correction");
    office.clock.set(at);
    let mut somebody = correction.clone();
    somebody["learner"]["email"] = json!("lerende-9@example.org");
    somebody["learner"].as_object_mut().unwrap().shift_remove("holderDid");
    assert_eq!(codes(run(office.issue(somebody)).unwrap_err()), ["replaces-mismatch"]);
    assert_eq!(office.bits(&issued["evc2"]), [false]);

    let first = run(office.issue(correction.clone())).unwrap();
    assert_eq!(office.bits(&issued["evc2"]), [true]);
    // The reader of the old one is told of a replacement, not of misconduct.
    let old = office.store.issued(issued["evc2"].record.id).unwrap().unwrap();
    assert_eq!((old.state, old.replaced_by), (CredentialState::Superseded, Some(first.record.id)));
    // It cannot be replaced again, nor revoked.
    let mut second = correction;
    second["certificateNumber"] = json!("C-2");
    assert_eq!(codes(run(office.issue(second)).unwrap_err()), ["replaces-not-valid"]);
    let revoke = office.change(&issued["evc2"], StatusAction::Revoke);
    let refused = run(office.desk.change_status(revoke)).unwrap_err();
    assert_eq!(refused, IssueError::RevocationFinal);
}

#[test]
fn what_is_not_recorded_is_not_released() {
    let office = Office::new();
    office.issued("N-0");
    let allocated = || office.store.status_list("r1").unwrap().unwrap().allocated;
    office.store.fail("record_issuance", Fault::Refused);
    for _ in 0..3 {
        let told = run(office.desk.issue(request(numbered("N-1"), Some("k")))).unwrap_err();
        assert!(matches!(told, IssueError::Store(StoreError::Unavailable { .. })), "{told:?}");
    }
    assert_eq!((office.store.issued_count().unwrap(), allocated()), (1, 1));
    office.store.mend();
    let issued = run(office.desk.issue(request(numbered("N-1"), Some("k")))).unwrap();
    assert!(!issued.replayed);
    assert_eq!(allocated(), 2);
}

#[test]
fn a_record_whose_acknowledgement_was_lost_is_found_by_the_retry() {
    let office = Office::new();
    office.store.fail("record_issuance", Fault::Lost);
    let told = run(office.desk.issue(request(numbered("N-1"), Some("k")))).unwrap_err();
    assert!(matches!(told, IssueError::Store(_)), "{told:?}");
    office.store.mend();
    let issued = run(office.desk.issue(request(numbered("N-1"), Some("k")))).unwrap();
    assert!(issued.replayed && office.verifies(&parsed(&issued)));
    assert_eq!(office.store.issued_count().unwrap(), 1);
    // Without a key, the number shows it.
    office.store.fail("record_issuance", Fault::Lost);
    run(office.issue(numbered("N-2"))).unwrap_err();
    office.store.mend();
    assert_eq!(
        codes(run(office.issue(numbered("N-2"))).unwrap_err()),
        ["certificate-number-taken"]
    );
    let allocated = office.store.status_list("r1").unwrap().unwrap().allocated;
    assert_eq!(allocated, 2);
}

#[test]
fn no_error_or_debug_text_shows_the_learner() {
    let office = Office::new();
    let mut award = numbered("N-1");
    award["learner"]["email"] = json!("geheim-adres at example");
    award["learner"]["name"] = json!("Geheime\u{0}Naam");
    let asked = request(award.clone(), None);
    let shown = format!("{asked:?} {:?} {:?}", office.desk, run(office.issue(award)).unwrap_err());
    assert!(!shown.to_lowercase().contains("geheim"), "{shown}");
    let issued: HashMap<&str, Issued> = HashMap::from([("one", office.issued("N-2"))]);
    assert!(!format!("{:?}", issued["one"].record).contains("lerende-1"));
}

#[test]
fn the_work_can_move_between_threads() {
    fn moves<T: Send>(_: &T) {}
    let office = Office::new();
    let issued = office.issued("N-1");
    moves(&office.desk.issue(request(numbered("N-2"), Some("k"))));
    moves(&office.desk.change_status(office.change(&issued, StatusAction::Revoke)));
    moves(&office.desk.publish_due_lists());
}

/// A draw of no importance, with this index.
fn any_draw(index: u32) -> FixedDraw {
    let ids = SystemIds;
    let (credential_id, subject_id) = (ids.credential_id(), ids.subject_id());
    FixedDraw { credential_id, subject_id, salt: ids.salt(), index }
}

#[test]
fn a_prepared_certificate_is_the_one_the_general_engine_makes() {
    let canonical = sample_file("canonical");
    for key in ["mc1", "mc2", "mc3", "evc2", "evc1", "md1"] {
        let before: &[&str] = if key == "md1" { &["mc1", "mc2", "mc3"] } else { &[] };
        let mut draws: Vec<_> = before.iter().map(|part| sample(part).1).collect();
        let (award, draw, at) = sample(key);
        draws.extend([any_draw(5), any_draw(6), draw]);
        let office = Office::of(Plan { draws, ..Plan::default() });
        office.clock.set(at);
        for part in before {
            run(office.issue(sample(part).0)).unwrap();
        }
        // The first is seen, from the second a template is made; they are other texts.
        for number in ["W-1", "W-2"] {
            let mut other = award.clone();
            other["certificateNumber"] = json!(number);
            other["learner"]["name"] = json!(format!("\"Ander\" \\ {number} \u{e9}\u{1F600}"));
            if award["learner"].get("name").is_none() {
                other["learner"].as_object_mut().unwrap().shift_remove("name");
            }
            other["academicYear"] = json!("2024-2025");
            let issued = run(office.issue(other)).unwrap_or_else(|e| panic!("{key}: {e:?}"));
            assert!(office.verifies(&parsed(&issued)), "{key}");
        }
        let general = office.desk.figures();
        assert_eq!(general.compiled, 0, "{key}");
        let issued = run(office.issue(award)).unwrap();
        assert_eq!(office.desk.figures().compiled, 1, "{key} came from a template");
        let document = parsed(&issued);
        let expected = sample_file(&format!("expected/{key}"));
        assert_eq!(as_sets(&unsigned(&document)), as_sets(&expected), "{key}");
        let view = View { omit: &["proof"], context: None };
        let form = ContextSet::issuing().canonicalize(&document, view).unwrap();
        let digest: String = form.sha256().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, canonical["documents"][key]["sha256"], "{key}");
        assert!(office.verifies(&document), "{key}");
        let written = serde_json::to_vec(&document).unwrap();
        assert_eq!(*issued.document, *written, "{key}: compact, proof last");
    }
}

#[test]
fn a_template_is_not_used_once_its_surroundings_changed() {
    let office = Office::new();
    for n in 0..3 {
        office.issued(&format!("N-{n}"));
    }
    assert_eq!(office.desk.figures().compiled, 1);
    let mut organisations = sample_file("issuers")["organisations"].as_array().unwrap().clone();
    organisations[0]["contact"] = json!("nieuw@voorbeeld-hogeschool.example");
    let import = office.desk.import_organisations(organisations, office.origin());
    run(import).unwrap();
    let document = parsed(&office.issued("N-4"));
    assert_eq!(document["issuer"]["email"], "nieuw@voorbeeld-hogeschool.example");
    assert_eq!(office.desk.figures().compiled, 1);
}
