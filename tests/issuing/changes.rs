//! After the release: revocation, suspension, and the lists that tell of them.

use super::{Fault, Office, Plan, moment, numbered, parsed, run, slug};
use bewijs::issuance::{DeskSettings, IssueError};
use bewijs::model::{CredentialState, StatusPurpose};
use bewijs::store::{ReasonCode, StatusAction, Store, Visibility};
use serde_json::Value;
use std::sync::atomic::Ordering;
use std::time::Duration;

#[test]
fn a_revocation_is_final_and_published_when_it_is_acknowledged() {
    let office = Office::new();
    let (one, other) = (office.issued("N-1"), office.issued("N-2"));
    assert_eq!(office.bits(&one), [false]);
    let record = run(office.desk.change_status(office.change(&one, StatusAction::Revoke))).unwrap();
    assert_eq!(record.state, CredentialState::Revoked);
    assert_eq!(record.reason, Some(ReasonCode::IssuedInError));
    assert_eq!((office.bits(&one), office.bits(&other)), (vec![true], vec![false]));
    // The list says nothing of why.
    let list = office.list("r1").to_string();
    assert!(!list.contains("private") && !list.contains("issued-in-error"));
    // L01.
    for action in [StatusAction::Reinstate, StatusAction::Suspend, StatusAction::Revoke] {
        let refused = run(office.desk.change_status(office.change(&one, action))).unwrap_err();
        assert_eq!(refused, IssueError::RevocationFinal);
    }
}

#[test]
fn suspension_needs_the_issuer_to_have_opted_in() {
    // L02.
    let office = Office::new();
    let one = office.issued("N-1");
    let suspend = office.change(&one, StatusAction::Suspend);
    let refused = run(office.desk.change_status(suspend)).unwrap_err();
    assert_eq!(refused, IssueError::SuspensionNotEnabled);

    let office = Office::of(Plan { suspension: true, ..Plan::default() });
    let one = office.issued("N-1");
    let purposes: Vec<Value> = parsed(&one)["credentialStatus"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["statusPurpose"].clone())
        .collect();
    assert_eq!(purposes, ["revocation", "suspension"]);
    assert_eq!(one.record.status[1].list, "s1");
    let change = |action| run(office.desk.change_status(office.change(&one, action)));
    assert!(matches!(change(StatusAction::Reinstate), Err(IssueError::Conflict(_))));
    change(StatusAction::Suspend).unwrap();
    assert_eq!(office.bits(&one), [false, true]);
    assert!(matches!(change(StatusAction::Suspend), Err(IssueError::Conflict(_))));
    change(StatusAction::Reinstate).unwrap();
    assert_eq!(office.bits(&one), [false, false]);
    change(StatusAction::Suspend).unwrap();
    change(StatusAction::Revoke).unwrap();
    assert!(office.bits(&one)[0]);
}

#[test]
fn another_institution_finds_nothing() {
    // L06.
    let office = Office::new();
    let one = office.issued("N-1");
    let mut change = office.change(&one, StatusAction::Revoke);
    change.issuer = slug("associatie-voorbeeld");
    assert_eq!(run(office.desk.change_status(change)).unwrap_err(), IssueError::NotFound);
    let other = slug("associatie-voorbeeld");
    let visibility =
        office.desk.set_visibility(&other, one.record.id, Visibility::Open, office.origin());
    assert_eq!(run(visibility).unwrap_err(), IssueError::NotFound);
    assert_eq!(office.bits(&one), [false]);
    let ours = office.desk.set_visibility(
        &office.issuer,
        one.record.id,
        Visibility::Open,
        office.origin(),
    );
    assert_eq!(run(ours).unwrap().visibility, Visibility::Open);
}

#[test]
fn changes_within_a_short_while_share_one_signature() {
    let settings =
        DeskSettings { coalescing: Duration::from_millis(100), ..DeskSettings::default() };
    let office = Office::of(Plan { settings, ..Plan::default() });
    let issued: Vec<_> = (0..20).map(|n| office.issued(&format!("N-{n}"))).collect();
    let before = office.store.publications.load(Ordering::SeqCst);
    std::thread::scope(|scope| {
        for one in &issued {
            let change = office.change(one, StatusAction::Revoke);
            let office = &office;
            scope.spawn(move || {
                run(office.desk.change_status(change)).unwrap();
                assert_eq!(office.bits(one), [true], "acknowledged is published");
            });
        }
    });
    let signatures = office.store.publications.load(Ordering::SeqCst) - before;
    assert!((1..=3).contains(&signatures), "{signatures} signatures for 20 changes");
    let version = office.store.status_list("r1").unwrap().unwrap().version;
    assert_eq!(version, 20);
}

#[test]
fn a_change_that_cannot_be_published_is_kept_and_follows() {
    let office = Office::new();
    let one = office.issued("N-1");
    office.store.fail("publish_status_list", Fault::Refused);
    let change = office.change(&one, StatusAction::Revoke);
    let told = run(office.desk.change_status(change)).unwrap_err();
    assert!(matches!(told, IssueError::NotPublished { .. }), "{told:?}");
    let record = office.store.issued(one.record.id).unwrap().unwrap();
    assert_eq!(record.state, CredentialState::Revoked);
    assert_eq!(office.bits(&one), [false], "the list is the old one");
    assert_eq!(run(office.desk.publish_due_lists()).unwrap().len(), 1);
    office.store.mend();
    // As at the start of a new process.
    assert_eq!(run(office.restarted().publish_due_lists()).unwrap(), []);
    assert_eq!(office.bits(&one), [true]);
}

#[test]
fn the_publisher_signs_what_is_left_and_stops_when_told() {
    let office = Office::new();
    let one = office.issued("N-1");
    office.store.fail("publish_status_list", Fault::Refused);
    run(office.desk.change_status(office.change(&one, StatusAction::Revoke))).unwrap_err();
    office.store.mend();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let desk = office.restarted();
    let publisher = std::thread::spawn(move || run(desk.run_publisher(stopped)));
    let mut published = false;
    for _ in 0..200 {
        published = office.bits(&one) == [true];
        if published {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(published);
    stop.send(true).unwrap();
    publisher.join().unwrap();
}

#[test]
fn lists_are_signed_again_before_they_are_too_old() {
    let office = Office::new();
    office.issued("N-1");
    let until = |office: &Office| office.store.status_list("r1").unwrap().unwrap().valid_until;
    assert_eq!(until(&office), moment("2026-07-11T12:00:00Z"));
    office.clock.set(moment("2026-07-10T13:00:00Z"));
    run(office.desk.publish_due_lists()).unwrap();
    assert_eq!(until(&office), moment("2026-07-11T12:00:00Z"), "it is fresh enough");
    office.clock.set(moment("2026-07-11T06:00:00Z"));
    run(office.desk.publish_due_lists()).unwrap();
    assert_eq!(until(&office), moment("2026-07-12T06:00:00Z"));
    office.list("r1");
}

#[test]
fn a_new_list_is_made_when_the_current_one_is_half_full() {
    let office = Office::new();
    office.issued("N-1");
    let mut next = 0;
    let mut draw = |bound: u32| {
        next = (next + 1) % bound;
        next
    };
    let held: Vec<_> = (0..65_535)
        .map(|_| {
            let purpose = StatusPurpose::Revocation;
            office.store.reserve_index(&office.issuer, purpose, &mut draw).unwrap().unwrap()
        })
        .collect();
    assert_eq!(office.issued("N-2").record.status[0].list, "r2");
    assert_eq!(office.bits(&office.issued("N-3")), [false]);
    drop(held);
}

#[test]
fn a_list_that_could_not_be_made_leaves_nothing_and_is_made_later() {
    for fault in [Fault::Refused, Fault::Lost] {
        let office = Office::new();
        office.store.fail("create_status_list", fault);
        assert!(run(office.issue(numbered("N-1"))).is_err());
        assert_eq!(office.store.issued_count().unwrap(), 0);
        office.store.mend();
        assert_eq!(office.issued("N-1").record.status[0].list, "r1");
    }
}

#[test]
fn a_lost_change_of_status_is_published_all_the_same() {
    let office = Office::new();
    let one = office.issued("N-1");
    office.store.fail("change_status", Fault::Lost);
    let change = || office.change(&one, StatusAction::Revoke);
    assert!(run(office.desk.change_status(change())).is_err());
    office.store.mend();
    run(office.desk.publish_due_lists()).unwrap();
    assert_eq!(office.bits(&one), [true]);
}
