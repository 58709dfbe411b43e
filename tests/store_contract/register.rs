//! The part of the contract about the catalogue's life, the register, endorsements, erasure and
//! purge.

use super::records::*;
use bewijs::model::{CertificateKind, CredentialState, StatusEntry, StatusPurpose};
use bewijs::store::{
    Disclosure, EndorsementRecord, EndorsementTarget, IssuedRecord, NewEndorsement, RegisterCursor,
    RegisterQuery, Registration, Rendition, StatusAction, Store, StoreError, Visibility,
};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

fn not_found<T: std::fmt::Debug + PartialEq>(outcome: Result<T, StoreError>, what: &'static str) {
    assert_eq!(outcome.expect_err("it is not there"), StoreError::NotFound(what));
}

fn conflict<T: std::fmt::Debug>(outcome: Result<T, StoreError>) {
    assert!(matches!(outcome, Err(StoreError::Conflict(_))), "{outcome:?}");
}

pub fn achievements_are_frozen_once(store: &dyn Store) {
    let first = definition("2026.2", "een");
    let editions = |title: &str| BTreeMap::from([("nl".to_owned(), json!({"name": title}))]);
    let freeze = |title| store.freeze_achievements(&first.name, editions(title), origin(1)).wait();
    not_found(freeze("een"), "definition");
    store.put_definitions(vec![first.clone()], origin(0)).wait().expect("stored");
    store.freeze_achievements(&first.name, BTreeMap::new(), origin(1)).wait().expect("nothing");
    freeze("een").expect("filled");
    freeze("een").expect("the same again is fine");
    assert_eq!(freeze("twee"), Err(StoreError::VersionFrozen(first.name.to_string())));
    let emptied = store.freeze_achievements(&first.name, BTreeMap::new(), origin(1)).wait();
    assert_eq!(emptied, Err(StoreError::VersionFrozen(first.name.to_string())));
    let found = store.definition(&first.name).expect("readable").expect("there");
    assert_eq!(found.achievements, editions("een"));
    store.put_definitions(vec![first.clone()], origin(2)).wait().expect("the same document");
    let found = store.definition(&first.name).expect("readable").expect("there");
    assert_eq!(found.achievements, editions("een"), "they stay");
    let mut later = definition("2026.3", "drie");
    later.achievements = editions("drie");
    store.put_definitions(vec![later.clone()], origin(3)).wait().expect("published with them");
    assert_eq!(*store.definition(&later.name).expect("readable").expect("there"), later);
}

pub fn a_withdrawn_definition_stays_resolvable(store: &dyn Store) {
    let first = definition("2026.2", "een");
    not_found(store.withdraw_definition(&first.name, origin(1)).wait(), "definition");
    store.put_definitions(vec![first.clone()], origin(0)).wait().expect("stored");
    let withdrawn = store.withdraw_definition(&first.name, origin(5)).wait().expect("withdrawn");
    assert_eq!(withdrawn.withdrawn, Some(at(5)));
    let again = store.withdraw_definition(&first.name, origin(9)).wait().expect("is withdrawn");
    assert_eq!(again.withdrawn, Some(at(5)), "the first moment stands");
    let found = store.definition(&first.name).expect("readable").expect("there");
    assert_eq!((&found, &found.document), (&withdrawn, &first.document));
    store.put_definitions(vec![first.clone()], origin(10)).wait().expect("the same again");
    let found = store.definition(&first.name).expect("readable").expect("there");
    assert_eq!(found.withdrawn, Some(at(5)), "publishing again does not take it back");
}

pub fn published_frameworks_are_frozen(store: &dyn Store) {
    let (one, two) = (framework("a-school", "2", "een"), framework("a-school", "10", "twee"));
    let other = framework("b-school", "1", "ander");
    assert_eq!(store.framework(&one.name), Ok(None));
    store
        .put_frameworks(vec![one.clone(), two.clone(), other.clone()], origin(0))
        .wait()
        .expect("stored");
    store.put_frameworks(vec![one.clone()], origin(1)).wait().expect("the same again");
    let fresh = framework("a-school", "11", "drie");
    let changed = framework("a-school", "2", "anders");
    let refused = store.put_frameworks(vec![fresh.clone(), changed], origin(2)).wait();
    assert_eq!(refused, Err(StoreError::VersionFrozen(one.name.to_string())));
    assert_eq!(store.framework(&fresh.name), Ok(None), "all or none");
    assert_eq!(store.framework(&two.name).expect("readable").as_deref(), Some(&two));
    let of = |issuer: Option<&str>| {
        let issuer = issuer.map(slug);
        let found = store.frameworks(issuer.as_ref()).expect("readable");
        found.iter().map(|known| known.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(of(Some("a-school")), ["a-school/niveaus/2", "a-school/niveaus/10"]);
    assert_eq!(of(Some("c-school")), Vec::<String>::new());
    assert_eq!(of(None).len(), 3);
}

/// Thirty certificates of two kinds, three days, two versions, some revoked.
fn many(store: &dyn Store) {
    with_lists(store);
    for number in 0..30_u128 {
        let mut new = issuance(store, number, false);
        let seconds = i64::try_from(number).expect("small");
        new.record.issued_at = at(seconds);
        new.record.decision_date = at(86_400 * (seconds % 3)).date();
        if number % 2 == 1 {
            new.record.kind = CertificateKind::EvcCompetentiebewijs;
            new.record.registration_due = at(86_400 * seconds).date().plus_days(60);
            new.record.activity_end = Some(at(86_400 * seconds).date());
            new.record.definition.version = "2026.2".to_owned();
        }
        store.record_issuance(new).wait().expect("recorded");
        if number % 10 == 0 {
            store.change_status(status_change(number, StatusAction::Revoke)).wait().expect("done");
        }
    }
}

pub fn the_register_is_read_in_pages(store: &dyn Store) {
    many(store);
    let everything = RegisterQuery::of(school());
    let numbers = |query: &RegisterQuery| {
        pages(store, query).iter().map(|record| record.id.uuid().as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&everything), (0..30).collect::<Vec<_>>(), "in order of issue");
    for limit in [0, 1, 7, 29, 30, 31, usize::MAX] {
        let query = RegisterQuery { limit, ..everything.clone() };
        assert_eq!(numbers(&query), (0..30).collect::<Vec<_>>(), "{limit} at a time");
        let page = store.register(&query).expect("readable");
        assert!(page.records.len() <= limit.max(1));
    }
    let asked = |change: &dyn Fn(&mut RegisterQuery)| {
        let mut query = RegisterQuery { limit: 4, ..everything.clone() };
        change(&mut query);
        numbers(&query)
    };
    let which = |test: &dyn Fn(u128) -> bool| (0..30).filter(|n| test(*n)).collect::<Vec<_>>();
    let evc = CertificateKind::EvcCompetentiebewijs;
    assert_eq!(asked(&|q| q.kind = Some(evc)), which(&|n| n % 2 == 1));
    assert_eq!(asked(&|q| q.kind = Some(CertificateKind::Microdegree)), Vec::<u128>::new());
    assert_eq!(asked(&|q| q.version = Some("2026.2".to_owned())), which(&|n| n % 2 == 1));
    assert_eq!(asked(&|q| q.definition = Some(slug("other"))), Vec::<u128>::new());
    assert_eq!(asked(&|q| q.state = Some(CredentialState::Revoked)), [0, 10, 20]);
    assert_eq!(asked(&|q| q.issued_from = Some(at(27))), [27, 28, 29]);
    assert_eq!(asked(&|q| q.issued_before = Some(at(2))), [0, 1]);
    assert_eq!(asked(&|q| q.decided_from = Some(at(86_400 * 2).date())), which(&|n| n % 3 == 2));
    assert_eq!(asked(&|q| q.decided_before = Some(at(86_400).date())), which(&|n| n % 3 == 0));
    let by = at(86_400 * 5).date().plus_days(60);
    assert_eq!(asked(&|q| q.registration_due_by = by), [1, 3, 5]);
    assert_eq!(asked(&|q| q.erased = Some(true)), Vec::<u128>::new());
    assert_eq!(asked(&|q| q.issuer = slug("voorbeeld-hogeschoo")), Vec::<u128>::new());
    assert_eq!(asked(&|q| q.issuer = slug("voorbeeld-hogeschool-2")), Vec::<u128>::new());
    // What is issued or changed between two pages is on the pages to come, and nothing twice.
    let page = store.register(&RegisterQuery { limit: 20, ..everything.clone() }).expect("read");
    let cursor = page.next.expect("there is more");
    assert_eq!(cursor.to_string().parse::<RegisterCursor>(), Ok(cursor));
    store.record_issuance(issuance(store, 30, false)).wait().expect("recorded");
    store.change_status(status_change(25, StatusAction::Revoke)).wait().expect("changed");
    let query = RegisterQuery { after: Some(cursor), ..everything.clone() };
    assert_eq!(numbers(&query), (20..31).collect::<Vec<_>>());
    assert_eq!(asked(&|q| q.state = Some(CredentialState::Revoked)), [0, 10, 20, 25]);
}

pub fn registration_is_noted(store: &dyn Store) {
    many(store);
    let due = RegisterQuery {
        registration_due_by: at(86_400 * 400).date().plus_days(0),
        ..RegisterQuery::of(school())
    };
    assert_eq!(pages(store, &due).len(), 15);
    let noted = |reference: &str| Registration {
        reference: Some(reference.to_owned()),
        on: at(0).date(),
        at: at(50),
    };
    let mark = |number, issuer, reference| {
        store.mark_registered(id(number), &issuer, noted(reference), origin(50)).wait()
    };
    not_found(mark(99, school(), "x"), "credential");
    not_found(mark(1, slug("other"), "x"), "credential");
    let marked = mark(1, school(), "R-1").expect("noted");
    assert_eq!(marked.registration, Some(noted("R-1")));
    assert_eq!(pages(store, &due).len(), 14);
    mark(1, school(), "R-2").expect("mended");
    let record = store.issued(id(1)).expect("readable").expect("there");
    assert_eq!(record.registration, Some(noted("R-2")), "the last one stands");
}

pub fn counts_are_kept_by_quarter(store: &dyn Store) {
    assert_eq!(store.counts(), Ok(Vec::new()));
    many(store);
    let mut later = issuance(store, 40, false);
    later.record.issued_at = at(86_400 * 70);
    store.record_issuance(later).wait().expect("recorded");
    let refused = issuance(store, 40, false);
    conflict_or_taken(store.record_issuance(refused).wait());
    let counts = || {
        let found = store.counts().expect("readable");
        assert!(found.iter().all(|count| count.issuer == school()));
        let short = |c: &bewijs::store::IssuanceCount| (c.kind, c.year, c.quarter, c.count);
        found.iter().map(short).collect::<Vec<_>>()
    };
    let expected = [
        (CertificateKind::Microcredential, 2026, 1, 15),
        (CertificateKind::Microcredential, 2026, 2, 1),
        (CertificateKind::EvcCompetentiebewijs, 2026, 1, 15),
    ];
    assert_eq!(counts(), expected);
    store.erase(id(1), &school(), origin(60)).wait().expect("erased");
    store.purge(id(1), &school(), None, origin(61)).wait().expect("purged");
    assert_eq!(counts(), expected, "what was issued was issued");
}

fn conflict_or_taken<T: std::fmt::Debug>(outcome: Result<T, StoreError>) {
    let taken = matches!(
        outcome,
        Err(StoreError::Conflict(_)
            | StoreError::CertificateNumberTaken
            | StoreError::IdempotencyKeyTaken)
    );
    assert!(taken, "{outcome:?}");
}

pub fn disclosures_are_kept_in_order(store: &dyn Store) {
    assert_eq!(store.disclosures(&school()), Ok(Vec::new()));
    for number in 0..12 {
        store.record_disclosure(disclosure(number)).wait().expect("noted");
    }
    let found = store.disclosures(&school()).expect("readable");
    let expected: Vec<Arc<Disclosure>> = (0..12).map(|n| Arc::new(disclosure(n))).collect();
    assert_eq!(found, expected);
    assert_eq!(store.disclosures(&slug("other")), Ok(Vec::new()));
}

pub fn an_endorsement_is_recorded_and_found(store: &dyn Store) {
    with_lists(store);
    let target = EndorsementTarget::Definition(definition("1", "een").name);
    not_found(
        store.record_endorsement(endorsement(store, 70, target.clone())).wait(),
        "definition",
    );
    let named = EndorsementTarget::Credential(id(1));
    not_found(store.record_endorsement(endorsement(store, 70, named.clone())).wait(), "credential");
    assert_eq!(store.status_list("r1").expect("readable").expect("there").allocated, 0);
    store.put_definitions(vec![definition("1", "een")], origin(0)).wait().expect("stored");
    store.record_issuance(issuance(store, 1, false)).wait().expect("recorded");
    let mut new = endorsement(store, 70, target.clone());
    new.idempotency = Some(idempotency("e70", id(70)));
    let (record, document) = (new.record.clone(), Arc::clone(&new.document));
    let acknowledged = store.record_endorsement(new).wait().expect("recorded");
    assert_eq!(*acknowledged, record);
    let second = endorsement(store, 71, named.clone());
    store.record_endorsement(second).wait().expect("recorded");
    assert_eq!(store.endorsement(id(70)).expect("readable").as_deref(), Some(&record));
    assert_eq!(store.endorsement_document(id(70)).expect("readable"), Some(document));
    assert_eq!(store.idempotency("sis", "e70"), Ok(Some(idempotency("e70", id(70)))));
    assert_eq!(store.endorsements_of(&target).expect("readable"), vec![acknowledged]);
    let ids = |found: Vec<Arc<EndorsementRecord>>| found.iter().map(|r| r.id).collect::<Vec<_>>();
    assert_eq!(ids(store.endorsements_of(&named).expect("readable")), [id(71)]);
    assert_eq!(ids(store.endorsements_by(&school()).expect("readable")), [id(70), id(71)]);
    assert_eq!(store.endorsements_by(&slug("other")), Ok(Vec::new()));
    assert_eq!(store.endorsement(id(1)), Ok(None), "a certificate is no endorsement");
    assert_eq!(store.issued(id(70)), Ok(None), "and the other way round");
    assert_eq!(store.issued_count(), Ok(1));
    assert_eq!(store.status_list("r1").expect("readable").expect("there").allocated, 3);
}

pub fn an_endorsement_that_lies_is_refused(store: &dyn Store) {
    with_lists(store);
    store.put_definitions(vec![definition("1", "een")], origin(0)).wait().expect("stored");
    let mut issued = issuance(store, 1, false);
    issued.idempotency = Some(idempotency("k", id(1)));
    store.record_issuance(issued).wait().expect("recorded");
    let refused = |number, change: &dyn Fn(&mut NewEndorsement)| {
        let target = EndorsementTarget::Definition(definition("1", "een").name);
        let mut new = endorsement(store, number, target);
        change(&mut new);
        conflict_or_taken(store.record_endorsement(new).wait());
    };
    refused(70, &|new| new.record.sha256 = "00".repeat(32));
    refused(70, &|new| new.record.length += 1);
    refused(70, &|new| new.record.status[0].index ^= 1);
    refused(70, &|new| new.reservations.clear());
    refused(70, &|new| new.record.state = CredentialState::Revoked);
    refused(70, &|new| new.record.endorser = slug("other"));
    refused(70, &|new| new.idempotency = Some(idempotency("k2", id(2))));
    refused(70, &|new| new.idempotency = Some(idempotency("k", id(70))));
    refused(1, &|_| ());
    let mut same = issuance(store, 70, false);
    let target = EndorsementTarget::Definition(definition("1", "een").name);
    store.record_endorsement(endorsement(store, 70, target)).wait().expect("recorded");
    same.record.certificate_number = "fresh".to_owned();
    conflict(store.record_issuance(same).wait());
    assert_eq!(store.endorsements_by(&school()).expect("readable").len(), 1);
    assert_eq!(store.status_list("r1").expect("readable").expect("there").allocated, 2);
}

pub fn an_endorsement_changes_only_as_it_may(store: &dyn Store) {
    with_lists(store);
    store.put_definitions(vec![definition("1", "een")], origin(0)).wait().expect("stored");
    let target = EndorsementTarget::Definition(definition("1", "een").name);
    let new = endorsement(store, 70, target);
    let entry = new.record.status[0].clone();
    store.record_endorsement(new).wait().expect("recorded");
    let change = |number, action| store.change_endorsement_status(status_change(number, action));
    not_found(change(71, StatusAction::Revoke).wait(), "endorsement");
    let mut others = status_change(70, StatusAction::Revoke);
    others.issuer = slug("other");
    not_found(store.change_endorsement_status(others).wait(), "endorsement");
    not_found(store.change_status(status_change(70, StatusAction::Revoke)).wait(), "credential");
    let refused = change(70, StatusAction::Suspend).wait();
    assert_eq!(refused, Err(StoreError::SuspensionNotEnabled));
    assert!(!super::bit(store, &entry));
    let revoked = change(70, StatusAction::Revoke).wait().expect("revoked");
    assert_eq!((revoked.state, revoked.state_since), (CredentialState::Revoked, Some(at(20))));
    assert!(super::bit(store, &entry));
    assert_eq!(change(70, StatusAction::Revoke).wait(), Err(StoreError::RevocationFinal));
    assert_eq!(store.endorsement(id(70)).expect("readable"), Some(revoked));
}

/// Everything that tells of the holder is on it.
fn told(store: &dyn Store) -> IssuedRecord {
    with_lists(store);
    let mut new = issuance(store, 1, true);
    new.idempotency = Some(idempotency("k1", id(1)));
    new.record.hold_override = Some("asked for it".to_owned());
    store.record_issuance(new).wait().expect("recorded");
    store.change_status(status_change(1, StatusAction::Suspend)).wait().expect("suspended");
    store.record_rendition(rendition(1, Rendition::VcJwt, "a.b.c")).wait().expect("recorded");
    store.set_visibility(id(1), Visibility::Open, None, origin(4)).wait().expect("opened");
    let registration =
        Registration { reference: Some("R-1".to_owned()), on: at(0).date(), at: at(5) };
    store.mark_registered(id(1), &school(), registration, origin(5)).wait().expect("noted");
    let target = EndorsementTarget::Credential(id(1));
    let mut endorsed = endorsement(store, 70, target);
    endorsed.idempotency = Some(idempotency("e70", id(70)));
    store.record_endorsement(endorsed).wait().expect("recorded");
    IssuedRecord::clone(&store.issued(id(1)).expect("readable").expect("there"))
}

pub fn an_erasure_leaves_what_is_no_persons(store: &dyn Store) {
    let before = told(store);
    not_found(store.erase(id(2), &school(), origin(60)).wait(), "credential");
    not_found(store.erase(id(1), &slug("other"), origin(60)).wait(), "credential");
    assert!(store.document(id(1)).expect("readable").is_some());
    let erased = store.erase(id(1), &school(), origin(60)).wait().expect("erased");
    let mut registration = before.registration.clone().expect("noted");
    registration.reference = None;
    let expected = IssuedRecord {
        holder: None,
        case_number: None,
        note: None,
        hold_override: None,
        claim: None,
        registration: Some(registration),
        visibility: Visibility::Closed,
        erased: Some(at(60)),
        ..before
    };
    assert_eq!(*erased, expected);
    assert_eq!(*store.issued(id(1)).expect("readable").expect("there"), expected);
    assert_eq!(store.document(id(1)), Ok(None));
    assert_eq!(store.rendition(id(1), Rendition::VcJwt), Ok(None));
    assert_eq!(store.endorsement_document(id(70)), Ok(None), "it may name the holder");
    assert!(store.endorsement(id(70)).expect("readable").is_some());
    for (key, credential) in [("k1", id(1)), ("e70", id(70))] {
        let used = store.idempotency("sis", key).expect("readable").expect("the key stays used");
        assert_eq!((used.credential, used.request_sha256.as_str()), (credential, ""));
        assert_eq!((used.client.as_str(), used.key.as_str()), ("sis", key));
    }
    assert_eq!(store.by_certificate_number(&school(), "VHS-MC-1"), Ok(Some(id(1))));
    not_found(store.erase(id(1), &school(), origin(61)).wait(), "document");
    let late = rendition(1, Rendition::Ob3Jwt, "d.e.f");
    not_found(store.record_rendition(late).wait(), "document");
    let late = endorsement(store, 71, EndorsementTarget::Credential(id(1)));
    not_found(store.record_endorsement(late).wait(), "document");
    let mut again = issuance(store, 2, false);
    again.idempotency = Some(idempotency("k1", id(2)));
    let outcome = store.record_issuance(again).wait();
    assert_eq!(outcome, Err(StoreError::IdempotencyKeyTaken), "a late repetition issues nothing");
    let revoked = store.change_status(status_change(1, StatusAction::Revoke)).wait();
    assert_eq!(revoked.expect("revoked").state, CredentialState::Revoked);
    let query = RegisterQuery { erased: Some(true), ..RegisterQuery::of(school()) };
    assert_eq!(pages(store, &query).len(), 1);
}

pub fn a_purge_leaves_the_places_in_status_lists(store: &dyn Store) {
    let before = told(store);
    let successor = {
        let mut new = issuance(store, 2, false);
        new.record.replaces = Some(id(1));
        store.record_issuance(new).wait().expect("recorded")
    };
    conflict(store.purge(id(1), &school(), None, origin(61)).wait());
    store.erase(id(1), &school(), origin(60)).wait().expect("erased");
    not_found(store.purge(id(1), &slug("other"), None, origin(61)).wait(), "credential");
    not_found(store.purge(id(3), &school(), None, origin(61)).wait(), "credential");
    let counts = store.counts();
    store.purge(id(1), &school(), None, origin(61)).wait().expect("purged");
    assert_eq!(store.issued(id(1)), Ok(None));
    assert_eq!(store.document(id(1)), Ok(None));
    assert_eq!(store.by_certificate_number(&school(), "VHS-MC-1"), Ok(None));
    let used = store.idempotency("sis", "k1").expect("readable").expect("the key stays used");
    assert_eq!((used.credential, used.request_sha256.as_str()), (id(1), ""));
    let mut again = issuance(store, 3, false);
    again.idempotency = Some(idempotency("k1", id(3)));
    let outcome = store.record_issuance(again).wait();
    assert_eq!(outcome, Err(StoreError::IdempotencyKeyTaken), "a late repetition issues nothing");
    not_found(store.purge(id(1), &school(), None, origin(62)).wait(), "credential");
    not_found(store.erase(id(1), &school(), origin(62)).wait(), "credential");
    not_found(store.change_status(status_change(1, StatusAction::Revoke)).wait(), "credential");
    assert_eq!(pages(store, &RegisterQuery::of(school())), vec![successor]);
    assert_eq!(store.counts(), counts);
    for entry in &before.status {
        assert!(super::bit(store, entry), "superseded, and was suspended");
        taken(store, entry);
    }
}

pub fn a_purge_is_answered_for_in_the_same_step(store: &dyn Store) {
    told(store);
    let (mine, account) = (school(), disclosure(1));
    let purge =
        |id, account: &Disclosure| store.purge(id, &mine, Some(account.clone()), origin(61)).wait();
    conflict(purge(id(1), &account));
    not_found(purge(id(3), &account), "credential");
    store.erase(id(1), &mine, origin(60)).wait().expect("erased");
    conflict(purge(id(1), &Disclosure { issuer: slug("other"), ..account.clone() }));
    assert_eq!(store.disclosures(&mine), Ok(Vec::new()), "what did not happen has no account");
    assert_eq!(store.disclosures(&slug("other")), Ok(Vec::new()));
    purge(id(1), &account).expect("purged");
    assert_eq!(store.disclosures(&mine), Ok(vec![Arc::new(account.clone())]));
    not_found(purge(id(1), &account), "credential");
    assert_eq!(store.disclosures(&mine).map(|told| told.len()), Ok(1));
}

/// A place that is given out is not drawn again.
fn taken(store: &dyn Store, entry: &StatusEntry) {
    assert!(matches!(entry.purpose, StatusPurpose::Revocation | StatusPurpose::Suspension));
    let held = store.reserve_index(&school(), entry.purpose, &mut |_| entry.index);
    assert_ne!(held.expect("readable").expect("a free index").entry.index, entry.index);
}
