//! The issuing desk once more, with the store in a directory, and after a restart.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what should not happen")]

mod issuing;

use bewijs::issuance::{Desk, IssueError, Issued};
use bewijs::model::{CredentialState, StatusPurpose};
use bewijs::proof::jose::JwtProfile;
use bewijs::store::{EmbeddedStore, StatusAction, Store, check};
use issuing::freezing;
use issuing::{Fault, Office, Plan, codes, numbered, parsed, request, run};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

fn open_store(place: &Path) -> Box<dyn Store> {
    Box::new(EmbeddedStore::open(place).unwrap())
}

/// The same installation in a new process: everything is let go and opened again.
fn reopened(office: Office) -> Office {
    let Office { store, keys, clock, desk, issuer: _, place } = office;
    let alone = |desk: Arc<Desk>| Arc::into_inner(desk).is_some();
    assert!(alone(desk), "nobody else has the desk");
    drop(keys);
    drop(Arc::into_inner(store).expect("nobody else has the store"));
    let report = check(&place.path().join("store")).unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    Office::at(place, clock, Plan::default().settings, Vec::new())
}

fn bytes(office: &Office, issued: &Issued) -> Vec<u8> {
    office.store.document(issued.record.id).unwrap().unwrap().to_vec()
}

#[test]
fn what_was_issued_is_there_after_a_restart_and_work_goes_on() {
    let (office, issued) = Office::issue_samples(&issuing::SAMPLES);
    let before = office.store.issued_count().unwrap();
    let office = reopened(office);
    assert_eq!(office.store.issued_count().unwrap(), before);
    for (key, one) in &issued {
        assert_eq!(bytes(&office, one), *one.document, "{key}");
        assert!(office.verifies(&parsed(one)), "{key}");
        // Another desk knows the holder again: the second certificate of the number is refused.
        let record = office.store.issued(one.record.id).unwrap().unwrap();
        assert_eq!(record.holder, one.record.holder);
    }
    assert_eq!(office.bits(&issued["evc2"]), [true], "superseded, and the list says so");
    let number = issued["mc1"].record.certificate_number.clone();
    let again = run(office.issue(numbered(&number))).unwrap_err();
    assert_eq!(codes(again), ["certificate-number-taken"]);
    office.issued("N-1");
}

/// Story X3.
#[test]
fn what_is_frozen_comes_through_a_restart_and_through_export_and_import() {
    let (office, issued) = Office::issue_samples(&issuing::SAMPLES);
    let said = freezing::served(&office.desk);
    freezing::everything_changes(&office);
    let office = reopened(office);
    assert_eq!(freezing::served(&office.desk), said);
    let Office { store, keys, clock, desk, issuer: _, place } = office;
    assert!(Arc::into_inner(desk).is_some(), "nobody else has the desk");
    drop(keys);
    drop(Arc::into_inner(store).expect("nobody else has the store"));
    let mut lines = Vec::new();
    bewijs::store::export(&place.path().join("store"), &mut lines).unwrap();
    std::fs::rename(place.path().join("store"), place.path().join("before")).unwrap();
    bewijs::store::import(&place.path().join("store"), &mut lines.as_slice()).unwrap();
    let office = Office::at(place, clock, Plan::default().settings, Vec::new());
    assert_eq!(freezing::served(&office.desk), said);
    for (key, one) in &issued {
        assert!(freezing::as_served(&office.desk, one), "{key}");
        assert!(office.verifies(&parsed(one)), "{key}");
    }
    let refused = run(office.issue(numbered("N-1"))).unwrap_err();
    assert_eq!(codes(refused), ["definition-withdrawn"], "what was withdrawn stays withdrawn");
}

#[test]
fn a_list_that_was_not_signed_is_signed_after_a_restart() {
    let office = Office::new();
    let (one, other) = (office.issued("N-1"), office.issued("N-2"));
    office.store.fail("publish_status_list", Fault::Refused);
    let revoke = office.change(&one, StatusAction::Revoke);
    let told = run(office.desk.change_status(revoke)).unwrap_err();
    assert!(matches!(told, IssueError::NotPublished { .. }), "{told:?}");
    let office = reopened(office);
    let record = office.store.issued(one.record.id).unwrap().unwrap();
    assert_eq!(record.state, CredentialState::Revoked);
    assert_eq!(office.bits(&one), [false], "nothing is signed by opening");
    assert_eq!(run(office.desk.publish_due_lists()).unwrap(), []);
    assert_eq!((office.bits(&one), office.bits(&other)), (vec![true], vec![false]));
    // Once is enough, also after the next restart.
    let signed = office.store.status_list("r1").unwrap().unwrap();
    let office = reopened(office);
    assert_eq!(run(office.desk.publish_due_lists()).unwrap(), []);
    assert_eq!(office.store.status_list("r1").unwrap().unwrap(), signed);
}

#[test]
fn an_idempotency_key_is_remembered_after_a_restart() {
    let office = Office::new();
    let first = run(office.desk.issue(request(numbered("N-1"), Some("k")))).unwrap();
    // Recorded, but whoever asked never heard.
    office.store.fail("record_issuance", Fault::Lost);
    run(office.desk.issue(request(numbered("N-2"), Some("lost")))).unwrap_err();
    let office = reopened(office);
    let again = run(office.desk.issue(request(numbered("N-1"), Some("k")))).unwrap();
    assert!(again.replayed);
    assert_eq!((again.record.id, &again.document), (first.record.id, &first.document));
    let found = run(office.desk.issue(request(numbered("N-2"), Some("lost")))).unwrap();
    assert!(found.replayed && office.verifies(&parsed(&found)));
    let other = run(office.desk.issue(request(numbered("N-3"), Some("k")))).unwrap_err();
    assert_eq!(other, IssueError::IdempotencyMismatch);
    assert_eq!(office.store.issued_count().unwrap(), 2);
}

#[test]
fn no_status_index_is_given_twice_over_restarts() {
    let mut office = Office::new();
    let mut seen = HashSet::new();
    for round in 0..4 {
        for n in 0..10 {
            let issued = office.issued(&format!("N-{round}-{n}"));
            let entry = issued.record.status[0].clone();
            assert!(seen.insert((entry.list, entry.index)), "given twice");
        }
        office = reopened(office);
        let allocated = office.store.status_list("r1").unwrap().unwrap().allocated;
        assert_eq!(allocated as usize, seen.len());
        // Whoever draws an index that is given gets another one.
        for (list, index) in &seen {
            let revocation = StatusPurpose::Revocation;
            let mut draw = |_| *index;
            let held = office.store.reserve_index(&office.issuer, revocation, &mut draw);
            let entry = held.unwrap().unwrap().entry.clone();
            assert!(entry.list == *list && !seen.contains(&(entry.list, entry.index)));
        }
    }
}

#[test]
fn a_token_is_the_same_after_a_restart() {
    let office = Office::new();
    let one = office.issued("N-1");
    let ask = |office: &Office, profile| run(office.desk.jwt(one.record.id, profile)).unwrap();
    let vc = ask(&office, JwtProfile::VcJwt);
    let office = reopened(office);
    assert_eq!(ask(&office, JwtProfile::VcJwt), vc);
    assert_eq!(office.keys.used(), (0, 0));
    let badge = ask(&office, JwtProfile::OpenBadges);
    let office = reopened(office);
    assert_eq!(ask(&office, JwtProfile::VcJwt), vc);
    assert_eq!(ask(&office, JwtProfile::OpenBadges), badge);
}
