//! The store contract as assertions that hold for every backend.

mod access;
mod holding;
mod matters;
pub mod records;
mod register;

pub use access::*;
use bewijs::model::{CredentialState, KeyState, StatusEntry, StatusPurpose};
use bewijs::store::{
    AdoptedRecord, NewIssuance, NewStatusList, OrganisationRecord, PictureName,
    PublishedStatusList, ReasonCode, Rendition, StatusAction, StatusChange, Store, StoreError,
    Visibility,
};
pub use holding::*;
pub use matters::*;
use records::*;
pub use register::*;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

fn bit(store: &dyn Store, entry: &StatusEntry) -> bool {
    let work = store.status_list_work(at(1_000_000_000)).expect("readable");
    let list = work.into_iter().find(|list| list.id == entry.list).expect("its list");
    list.bits[entry.index as usize / 8] & (0x80 >> (entry.index % 8)) != 0
}

pub fn what_is_not_there_is_none(store: &dyn Store) {
    assert_eq!(store.organisation(&school()), Ok(None));
    assert_eq!(store.organisations(), Ok(Vec::new()));
    assert_eq!(store.definition(&definition_name()), Ok(None));
    assert_eq!(store.definitions(&school()), Ok(Vec::new()));
    assert_eq!(store.vocabulary(), Ok(None));
    assert_eq!(store.keys(&school()).expect("readable").len(), 0);
    assert_eq!(store.client_by_token(&[0; 32]), Ok(None));
    assert_eq!(store.clients(&school()), Ok(Vec::new()));
    assert_eq!(store.issued(id(1)), Ok(None));
    assert_eq!(store.document(id(1)), Ok(None));
    assert_eq!(store.rendition(id(1), Rendition::VcJwt), Ok(None));
    let rendered = store.record_rendition(rendition(1, Rendition::VcJwt, "a.b.c")).wait();
    assert_eq!(rendered, Err(StoreError::NotFound("credential")));
    assert_eq!(store.by_certificate_number(&school(), "n"), Ok(None));
    assert_eq!(store.idempotency("sis", "k"), Ok(None));
    assert_eq!(store.status_list("r1"), Ok(None));
    assert_eq!(store.issued_count(), Ok(0));
    assert_eq!(store.ready(), Ok(()));
    let change = status_change(1, StatusAction::Revoke);
    assert_eq!(store.change_status(change).wait(), Err(StoreError::NotFound("credential")));
    let opened = store.set_visibility(id(1), Visibility::Open, None, origin(0)).wait();
    assert_eq!(opened, Err(StoreError::NotFound("credential")));
    let stale = store.set_key_state(&school(), "t", KeyState::Active, origin(0)).wait();
    assert_eq!(stale, Err(StoreError::NotFound("key")));
    let signed = PublishedStatusList {
        id: "r1".to_owned(),
        version: 0,
        document: Arc::from(&b"x"[..]),
        signed_at: at(0),
        valid_until: at(1),
    };
    let published = store.publish_status_list(signed).wait();
    assert_eq!(published, Err(StoreError::NotFound("status list")));
}

pub fn organisations_are_replaced_whole(store: &dyn Store) {
    let both = vec![organisation("b-school"), organisation("a-school")];
    store.put_organisations(both, origin(0)).wait().expect("stored");
    let names: Vec<_> =
        store.organisations().expect("readable").iter().map(|o| o.slug.clone()).collect();
    assert_eq!(names, [slug("a-school"), slug("b-school")]);
    let mut changed = organisation("a-school");
    changed.document["name"] = json!("Andere");
    changed.sealer = None;
    store.put_organisations(vec![changed.clone()], origin(1)).wait().expect("stored");
    let found = store.organisation(&slug("a-school")).expect("readable").expect("there");
    assert_eq!(*found, OrganisationRecord { version: found.version, ..changed });
    let vocabulary = json!({"levels": [1, 2.5, "drie"]});
    store.put_vocabulary(json!({}), origin(1)).wait().expect("stored");
    store.put_vocabulary(vocabulary.clone(), origin(1)).wait().expect("stored");
    assert_eq!(store.vocabulary().expect("readable").as_deref(), Some(&vocabulary));
}

/// Story R11.
pub fn an_adopted_issuer_has_its_name_alone(store: &dyn Store) {
    let adopted = |name: &str, as_of: i64, sha256: &str| AdoptedRecord {
        slug: slug(name),
        did: format!("did:web:{name}.example"),
        base_url: format!("https://{name}.example"),
        as_of: at(as_of),
        sha256: sha256.to_owned(),
        length: 1,
        key: "k".to_owned(),
        key_confirmed: true,
        since: at(as_of + 1),
    };
    let conflict = |outcome| matches!(outcome, Err(StoreError::Conflict(_)));
    assert!(store.adopted().expect("readable").is_empty());
    store.put_organisations(vec![organisation("b-school")], origin(0)).wait().expect("stored");
    assert!(conflict(store.adopt(adopted("b-school", 5, "a"), origin(1)).wait()));
    store.adopt(adopted("a-school", 5, "a"), origin(1)).wait().expect("stored");
    assert!(conflict(store.put_organisations(vec![organisation("a-school")], origin(2)).wait()));
    let other = AdoptedRecord { did: "did:web:x".to_owned(), ..adopted("a-school", 9, "b") };
    assert!(conflict(store.adopt(other, origin(2)).wait()), "another issuer of this name");
    assert!(conflict(store.adopt(adopted("a-school", 4, "b"), origin(2)).wait()), "an older one");
    store.adopt(adopted("a-school", 5, "a"), origin(3)).wait().expect("the same again");
    store.adopt(adopted("a-school", 7, "b"), origin(3)).wait().expect("a newer one");
    let kept = store.adopted().expect("readable");
    let expected = AdoptedRecord { since: at(6), ..adopted("a-school", 7, "b") };
    assert_eq!(kept.iter().map(|one| (**one).clone()).collect::<Vec<_>>(), [expected]);

    let own = store.organisation(&slug("b-school")).expect("readable").expect("stored");
    let own = own.sealer.as_ref().expect("it seals").id.clone();
    let taken = AdoptedRecord { did: own, ..adopted("c-school", 7, "c") };
    assert!(conflict(store.adopt(taken, origin(4)).wait()), "the DID of an own issuer");
    let taken =
        AdoptedRecord { did: "did:web:a-school.example".to_owned(), ..adopted("c-school", 7, "c") };
    assert!(conflict(store.adopt(taken, origin(4)).wait()), "the DID of another adopted one");
    let believed = |name: &str, as_of: i64, sha256: &str| AdoptedRecord {
        key_confirmed: false,
        ..adopted(name, as_of, sha256)
    };
    let refused = store.adopt(believed("a-school", 9, "d"), origin(5)).wait();
    assert!(conflict(refused), "on the word of a file, where a key was confirmed");
    store.adopt(believed("a-school", 7, "b"), origin(5)).wait().expect("the same again");
    // The other way round the confirmed one stands, whatever the file had said.
    let lie = AdoptedRecord { did: "did:web:lie".to_owned(), ..believed("d-school", 99, "e") };
    store.adopt(lie, origin(5)).wait().expect("stored");
    store.adopt(adopted("d-school", 7, "f"), origin(6)).wait().expect("confirmed");
    store.adopt(believed("e-school", 7, "g"), origin(5)).wait().expect("stored");
    store.adopt(adopted("e-school", 7, "g"), origin(6)).wait().expect("the same, confirmed");
    let kept = store.adopted().expect("readable");
    assert!(kept.iter().all(|one| one.key_confirmed) && kept.len() == 3, "{kept:?}");
}

pub fn published_definitions_are_frozen(store: &dyn Store) {
    let first = definition("2026.2", "een");
    let later = definition("2026.10", "twee");
    store.put_definitions(vec![first.clone(), later.clone()], origin(0)).wait().expect("stored");
    store.put_definitions(vec![first.clone()], origin(1)).wait().expect("the same again is fine");
    let fresh = definition("2026.11", "drie");
    let refused = store
        .put_definitions(vec![fresh.clone(), definition("2026.2", "anders")], origin(2))
        .wait();
    assert_eq!(refused, Err(StoreError::VersionFrozen(first.name.to_string())));
    assert_eq!(store.definition(&fresh.name), Ok(None), "all or none");
    let twice = vec![definition("2026.12", "x"), definition("2026.12", "y")];
    let refused = store.put_definitions(twice, origin(3)).wait();
    assert!(matches!(refused, Err(StoreError::VersionFrozen(_))));
    let versions: Vec<_> = store
        .definitions(&school())
        .expect("readable")
        .iter()
        .map(|found| found.name.version.clone())
        .collect();
    assert_eq!(versions, ["2026.2", "2026.10"], "in order of publication");
    assert_eq!(store.definitions(&slug("other")), Ok(Vec::new()));
    assert_eq!(*store.definition(&later.name).expect("readable").expect("there"), later);
}

pub fn keys_stay_and_change_state(store: &dyn Store) {
    store.put_key(key("een"), origin(0)).wait().expect("stored");
    store.put_key(key("twee"), origin(0)).wait().expect("stored");
    let again = store.put_key(key("een"), origin(0)).wait();
    assert!(matches!(again, Err(StoreError::Conflict(_))));
    let retired = KeyState::Retired { at: at(5) };
    store.set_key_state(&school(), "een", retired, origin(5)).wait().expect("stored");
    let keys = store.keys(&school()).expect("readable");
    let seen: Vec<_> = keys.iter().map(|key| (key.thumbprint.as_str(), key.state)).collect();
    assert_eq!(seen, [("een", retired), ("twee", KeyState::Active)]);
    let compromised = KeyState::Compromised { from: at(6) };
    store.set_key_state(&school(), "twee", compromised, origin(6)).wait().expect("stored");
    assert_eq!(store.keys(&school()).expect("readable")[1].state, compromised);
    assert_eq!(store.keys(&slug("other")).expect("readable").len(), 0);
}

pub fn pictures_are_put_and_taken_away(store: &dyn Store) {
    let png = |text: &str| -> Arc<[u8]> { Arc::from(text.as_bytes()) };
    let kind = PictureName::Kind(bewijs::model::CertificateKind::Microcredential);
    let artwork = PictureName::Definition(slug("microcredential"));
    let put = |name: &PictureName, text, seconds| {
        store.put_picture(&school(), name.clone(), png(text), origin(seconds)).wait()
    };
    let picture = |name| store.picture(&school(), name).expect("readable");
    assert_eq!(picture(&PictureName::Logo), None);
    put(&PictureName::Logo, "logo", 1).expect("put");
    put(&artwork, "artwork", 1).expect("put");
    put(&kind, "of a kind", 1).expect("put");
    assert_eq!(picture(&PictureName::Logo), Some(png("logo")));
    assert_eq!(picture(&kind), Some(png("of a kind")), "a kind is no definition");
    assert_eq!(picture(&artwork), Some(png("artwork")));
    assert_eq!(store.picture(&slug("other"), &PictureName::Logo), Ok(None));
    let listed = store.pictures(&school()).expect("readable");
    let names: Vec<_> = listed.iter().map(|picture| picture.name.to_string()).collect();
    assert_eq!(names, ["logo", "kinds/microcredential", "definitions/microcredential"]);
    assert_eq!(store.pictures(&slug("voorbeeld")), Ok(Vec::new()), "a name that begins alike");
    put(&PictureName::Logo, "logo", 9).expect("the same again");
    put(&kind, "another", 9).expect("replaced");
    let record = |name| store.picture_record(&school(), name).expect("readable").expect("there");
    assert_eq!((record(&PictureName::Logo).since, record(&kind).since), (at(1), at(9)));
    assert_eq!(record(&kind).sha256, hex(&Sha256::digest("another")));
    assert_eq!((record(&kind).length, picture(&kind)), (7, Some(png("another"))));
    let remove = |name: &PictureName, issuer: &str| {
        store.remove_picture(&slug(issuer), name.clone(), origin(10)).wait()
    };
    assert_eq!(remove(&kind, "other"), Err(StoreError::NotFound("picture")));
    assert_eq!(remove(&kind, school().as_str()), Ok(()));
    assert_eq!(remove(&kind, school().as_str()), Err(StoreError::NotFound("picture")));
    assert_eq!((picture(&kind), store.picture_record(&school(), &kind)), (None, Ok(None)));
    assert_eq!(store.pictures(&school()).expect("readable").len(), 2);
    put(&kind, "another", 11).expect("put again");
    assert_eq!(picture(&kind), Some(png("another")));
    for name in [PictureName::Logo, kind, artwork] {
        assert_eq!(name.to_string().parse(), Ok(name));
    }
    for wrong in ["", "logo/", "kinds/", "kinds/diploma", "definitions/A B", "artwork/x"] {
        assert!(wrong.parse::<PictureName>().is_err(), "{wrong}");
    }
}

pub fn an_issuance_is_found_by_every_index(store: &dyn Store) {
    with_lists(store);
    let mut new = issuance(store, 1, true);
    new.idempotency = Some(idempotency("k1", id(1)));
    let (record, document) = (new.record.clone(), Arc::clone(&new.document));
    let acknowledged = store.record_issuance(new).wait().expect("recorded");
    assert_eq!(*acknowledged, record);
    assert_eq!(*store.issued(id(1)).expect("readable").expect("there"), record);
    assert_eq!(store.document(id(1)).expect("readable").expect("there"), document);
    assert_eq!(store.by_certificate_number(&school(), "VHS-MC-1"), Ok(Some(id(1))));
    assert_eq!(store.by_certificate_number(&slug("other"), "VHS-MC-1"), Ok(None));
    assert_eq!(store.idempotency("sis", "k1"), Ok(Some(idempotency("k1", id(1)))));
    assert_eq!(store.idempotency("si", "sk1"), Ok(None));
    assert_eq!(store.issued_count(), Ok(1));
    assert_eq!(store.status_list("r1").expect("readable").expect("there").allocated, 1);
}

pub fn every_byte_of_a_document_comes_back(store: &dyn Store) {
    with_lists(store);
    let noise = |length: u32| (0..length).map(|_| draw(256) as u8).collect::<Vec<u8>>();
    let documents = [
        document_for(1),
        document_for(2),
        document_for(3),
        Vec::new(),
        b"{}".to_vec(),
        b"not json \xff\x00".to_vec(),
        noise(10_000),
        vec![0; 40_000],
        [document_for(8), noise(200_000)].concat(),
    ];
    for (number, document) in (1..).zip(&documents) {
        let new = issuance_of(store, number, false, document.clone());
        store.record_issuance(new).wait().expect("recorded");
    }
    for (number, document) in (1..).zip(&documents) {
        let found = store.document(id(number)).expect("readable").expect("there");
        assert_eq!(found[..], document[..], "document {number}");
    }
}

pub fn a_record_that_lies_is_refused(store: &dyn Store) {
    with_lists(store);
    let refused = |change: &dyn Fn(&mut NewIssuance)| {
        let mut new = issuance(store, 1, false);
        change(&mut new);
        let outcome = store.record_issuance(new).wait();
        assert!(matches!(outcome, Err(StoreError::Conflict(_))), "{outcome:?}");
    };
    refused(&|new| new.record.sha256 = "00".repeat(32));
    refused(&|new| new.record.length += 1);
    refused(&|new| new.document = Arc::from(&b"{}"[..]));
    refused(&|new| new.record.status[0].index ^= 1);
    refused(&|new| new.record.status.clear());
    refused(&|new| new.reservations.clear());
    refused(&|new| new.record.state = CredentialState::Revoked);
    refused(&|new| new.record.replaced_by = Some(id(7)));
    refused(&|new| new.record.issuer = slug("other"));
    refused(&|new| new.idempotency = Some(idempotency("k", id(2))));
    assert_eq!(store.issued_count(), Ok(0));
    assert_eq!(store.status_list("r1").expect("readable").expect("there").allocated, 0);
}

pub fn ids_numbers_and_keys_are_unique(store: &dyn Store) {
    with_lists(store);
    let mut first = issuance(store, 1, false);
    first.idempotency = Some(idempotency("k", id(1)));
    store.record_issuance(first).wait().expect("recorded");

    let mut same_key = issuance(store, 2, false);
    same_key.idempotency = Some(idempotency("k", id(2)));
    same_key.record.certificate_number = "VHS-MC-1".to_owned();
    let outcome = store.record_issuance(same_key).wait();
    assert_eq!(outcome, Err(StoreError::IdempotencyKeyTaken), "named before the number");

    let mut same_number = issuance(store, 2, false);
    same_number.record.certificate_number = "VHS-MC-1".to_owned();
    same_number.idempotency = Some(idempotency("k2", id(2)));
    let outcome = store.record_issuance(same_number).wait();
    assert_eq!(outcome, Err(StoreError::CertificateNumberTaken));
    assert_eq!(store.idempotency("sis", "k2"), Ok(None), "nothing of it happened");

    let mut same_id = issuance(store, 1, false);
    same_id.record.certificate_number = "VHS-MC-2".to_owned();
    let outcome = store.record_issuance(same_id).wait();
    assert!(matches!(outcome, Err(StoreError::Conflict(_))));
    assert_eq!(store.by_certificate_number(&school(), "VHS-MC-2"), Ok(None));
    assert_eq!(store.issued_count(), Ok(1));
    assert_eq!(store.status_list("r1").expect("readable").expect("there").allocated, 1);
}

pub fn of_concurrent_writers_one_wins(store: &dyn Store) {
    with_lists(store);
    let (keys, numbers) = (AtomicU32::new(0), AtomicU32::new(0));
    std::thread::scope(|scope| {
        for writer in 0..8_u128 {
            let (keys, numbers) = (&keys, &numbers);
            scope.spawn(move || {
                for round in 0..20_u128 {
                    let mut by_key = issuance(store, 10_000 + writer * 100 + round, false);
                    by_key.idempotency = Some(idempotency(&format!("k{round}"), by_key.record.id));
                    let mut by_number = issuance(store, 20_000 + writer * 100 + round, false);
                    by_number.record.certificate_number = format!("same-{round}");
                    let (one, other) =
                        (store.record_issuance(by_key), store.record_issuance(by_number));
                    match one.wait() {
                        Ok(_) => _ = keys.fetch_add(1, Ordering::SeqCst),
                        Err(error) => assert_eq!(error, StoreError::IdempotencyKeyTaken),
                    }
                    match other.wait() {
                        Ok(_) => _ = numbers.fetch_add(1, Ordering::SeqCst),
                        Err(error) => assert_eq!(error, StoreError::CertificateNumberTaken),
                    }
                }
            });
        }
    });
    assert_eq!((keys.into_inner(), numbers.into_inner()), (20, 20));
    assert_eq!(store.issued_count(), Ok(40));
    assert_eq!(store.status_list("r1").expect("readable").expect("there").allocated, 40);
}

pub fn an_index_is_held_by_one_and_given_back(store: &dyn Store) {
    with_lists(store);
    let fixed = &mut |bound: u32| {
        assert_eq!(bound, ENTRIES);
        77
    };
    let purpose = StatusPurpose::Revocation;
    let first = store.reserve_index(&school(), purpose, fixed).expect("readable").expect("free");
    assert_eq!((first.entry.index, first.entry.list.as_str()), (77, "r1"));
    let second = store.reserve_index(&school(), purpose, fixed).expect("readable").expect("free");
    assert_ne!(second.entry.index, 77, "held");
    drop(first);
    let again = store.reserve_index(&school(), purpose, fixed).expect("readable").expect("free");
    assert_eq!(again.entry.index, 77, "given back");
    let mut new = issuance(store, 1, false);
    new.record.status = vec![again.entry.clone()];
    new.reservations = vec![again];
    store.record_issuance(new).wait().expect("recorded");
    let taken = store.reserve_index(&school(), purpose, fixed).expect("readable").expect("free");
    assert_ne!(taken.entry.index, 77, "recorded for good");
    let other = store.reserve_index(&slug("other"), purpose, fixed).expect("readable");
    assert!(other.is_none(), "another issuer has no list");
    // A draw beyond its bound is no way out of the list.
    let beyond = store.reserve_index(&school(), purpose, &mut |bound| bound).expect("readable");
    assert!(beyond.expect("free").entry.index < ENTRIES);
}

pub fn a_refused_issuance_gives_its_index_back(store: &dyn Store) {
    with_lists(store);
    store.record_issuance(issuance(store, 1, false)).wait().expect("recorded");
    let mut new = issuance(store, 1, false);
    let index = new.record.status[0].index;
    new.record.warnings.clear();
    assert!(store.record_issuance(new).wait().is_err());
    let again = store
        .reserve_index(&school(), StatusPurpose::Revocation, &mut |_| index)
        .expect("readable")
        .expect("free");
    assert_eq!(again.entry.index, index);
}

pub fn a_half_full_list_gives_no_index(store: &dyn Store) {
    with_lists(store);
    let purpose = StatusPurpose::Revocation;
    let mut held = Vec::new();
    let mut seen = HashSet::new();
    while let Some(reservation) =
        store.reserve_index(&school(), purpose, &mut draw).expect("readable")
    {
        assert!(seen.insert(reservation.entry.index), "never twice");
        held.push(reservation);
    }
    assert_eq!(held.len(), ENTRIES as usize / 2);
    let fresh = store.unused_list_id(purpose).expect("readable");
    assert_eq!(fresh, "r2");
    assert_eq!(store.unused_list_id(StatusPurpose::Suspension).as_deref(), Ok("s2"));
    store.create_status_list(new_list(&fresh, school(), purpose)).wait().expect("a fresh list");
    let taken = store.create_status_list(new_list("r2", slug("other"), purpose)).wait();
    assert!(matches!(taken, Err(StoreError::Conflict(_))));
    let next = store.reserve_index(&school(), purpose, &mut draw).expect("readable");
    assert_eq!(next.expect("free").entry.list, "r2");
}

pub fn lists_of_an_odd_size_are_refused(store: &dyn Store) {
    for entries in [0, 8, ENTRIES - 8, ENTRIES + 1, u32::MAX - 7] {
        let list = NewStatusList { entries, ..new_list("r1", school(), StatusPurpose::Revocation) };
        let outcome = store.create_status_list(list).wait();
        assert!(matches!(outcome, Err(StoreError::Conflict(_))), "{entries}");
    }
}

pub fn concurrent_reservations_never_meet(store: &dyn Store) {
    with_lists(store);
    let mut all = Vec::new();
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8_u128)
            .map(|writer| {
                scope.spawn(move || {
                    (0..50_u128)
                        .map(|round| {
                            let new = issuance(store, writer * 1_000 + round, true);
                            store.record_issuance(new).wait().expect("recorded").status.clone()
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        for writer in writers {
            all.extend(writer.join().expect("no panic").into_iter().flatten());
        }
    });
    assert_eq!(all.len(), 800);
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), 800);
}

pub fn a_status_changes_only_as_it_may(store: &dyn Store) {
    use StatusAction::{Reinstate, Revoke, Suspend};
    with_lists(store);
    store.record_issuance(issuance(store, 1, true)).wait().expect("recorded");
    store.record_issuance(issuance(store, 2, false)).wait().expect("recorded");
    let change = |number, action| store.change_status(status_change(number, action)).wait();
    let record = |number| store.issued(id(number)).expect("readable").expect("there");
    let (revocation, suspension) = (record(1).status[0].clone(), record(1).status[1].clone());

    assert!(matches!(change(1, Reinstate), Err(StoreError::Conflict(_))));
    let suspended = change(1, Suspend).expect("changed");
    assert_eq!(suspended.state, CredentialState::Suspended);
    assert_eq!(suspended.state_since, Some(at(20)));
    assert_eq!(suspended.reason, Some(ReasonCode::HolderRequest));
    assert_eq!(suspended.note.as_deref(), Some("remark"));
    assert_eq!(record(1), suspended);
    assert!(bit(store, &suspension) && !bit(store, &revocation));
    assert!(matches!(change(1, Suspend), Err(StoreError::Conflict(_))));
    assert_eq!(change(1, Reinstate).expect("changed").state, CredentialState::Valid);
    assert!(!bit(store, &suspension));
    assert_eq!(change(1, Suspend).expect("changed").state, CredentialState::Suspended);
    assert_eq!(change(1, Revoke).expect("changed").state, CredentialState::Revoked);
    assert!(bit(store, &revocation));
    for action in [Revoke, Suspend, Reinstate] {
        assert_eq!(change(1, action), Err(StoreError::RevocationFinal));
    }

    for action in [Suspend, Reinstate] {
        assert_eq!(change(2, action), Err(StoreError::SuspensionNotEnabled));
    }
    let foreign = StatusChange { issuer: slug("other"), ..status_change(2, Revoke) };
    assert_eq!(store.change_status(foreign).wait(), Err(StoreError::NotFound("credential")));
    assert!(!bit(store, &record(2).status[0]), "its neighbour is untouched");
    assert_eq!(change(2, Revoke).expect("changed").state, CredentialState::Revoked);
    assert!(bit(store, &record(2).status[0]));
}

pub fn concurrent_changes_of_one_certificate_are_ordered(store: &dyn Store) {
    with_lists(store);
    for number in 0..10 {
        store.record_issuance(issuance(store, number, false)).wait().expect("recorded");
    }
    let won = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for number in 0..10 {
                    match store.change_status(status_change(number, StatusAction::Revoke)).wait() {
                        Ok(_) => _ = won.fetch_add(1, Ordering::SeqCst),
                        Err(error) => assert_eq!(error, StoreError::RevocationFinal),
                    }
                }
            });
        }
    });
    assert_eq!(won.into_inner(), 10);
    let work = store.status_list_work(at(0)).expect("readable");
    assert_eq!(work.len(), 1, "the suspension list is as it was signed");
    assert_eq!(work[0].version, 10);
    assert_eq!(work[0].bits.iter().map(|byte| byte.count_ones()).sum::<u32>(), 10);
}

pub fn a_successor_supersedes_in_the_same_step(store: &dyn Store) {
    with_lists(store);
    store.record_issuance(issuance(store, 1, true)).wait().expect("recorded");
    store.change_status(status_change(1, StatusAction::Suspend)).wait().expect("changed");
    let mut next = issuance(store, 2, true);
    next.record.replaces = Some(id(1));
    store.record_issuance(next).wait().expect("recorded");
    let old = store.issued(id(1)).expect("readable").expect("there");
    assert_eq!(old.state, CredentialState::Superseded);
    assert_eq!(old.reason, Some(ReasonCode::Superseded));
    assert_eq!(old.replaced_by, Some(id(2)));
    assert_eq!(old.state_since, Some(at(10)));
    assert!(bit(store, &old.status[0]), "its revocation bit is set");
    let new = store.issued(id(2)).expect("readable").expect("there");
    assert_eq!((new.state, new.replaces), (CredentialState::Valid, Some(id(1))));
    assert!(!bit(store, &new.status[0]));
    let outcome = store.change_status(status_change(1, StatusAction::Reinstate)).wait();
    assert_eq!(outcome, Err(StoreError::RevocationFinal));

    for replaced in [1, 99] {
        let mut again = issuance(store, 3, true);
        again.record.replaces = Some(id(replaced));
        let outcome = store.record_issuance(again).wait();
        assert!(matches!(outcome, Err(StoreError::Conflict(_))));
    }
    assert_eq!(store.issued(id(3)), Ok(None), "nothing of it happened");
}

pub fn visibility_opens_and_closes(store: &dyn Store) {
    with_lists(store);
    store.record_issuance(issuance(store, 1, false)).wait().expect("recorded");
    for visibility in [Visibility::Open, Visibility::Closed, Visibility::Closed] {
        let told =
            store.set_visibility(id(1), visibility, None, origin(3)).wait().expect("changed");
        assert_eq!(told.visibility, visibility);
        assert_eq!(store.issued(id(1)).expect("readable").expect("there"), told);
    }
    assert_eq!(store.document(id(1)).expect("readable").expect("there")[..], document_for(1)[..]);
}

pub fn a_list_is_served_as_it_was_last_signed(store: &dyn Store) {
    with_lists(store);
    store.record_issuance(issuance(store, 1, false)).wait().expect("recorded");
    assert_eq!(store.status_list_work(at(0)), Ok(Vec::new()), "giving out changes no bit");
    assert_eq!(store.status_list_work(at(86_401)).expect("readable").len(), 2, "about to end");
    store.change_status(status_change(1, StatusAction::Revoke)).wait().expect("changed");
    let work = store.status_list_work(at(0)).expect("readable");
    assert_eq!((work.len(), work[0].id.as_str(), work[0].version), (1, "r1", 1));
    let served = store.status_list("r1").expect("readable").expect("there");
    assert_eq!((served.version, &served.document[..]), (0, &b"first form of r1"[..]));
    assert_eq!(&*served.sha256, hex(&Sha256::digest("first form of r1")));
    let publish = |version, signed: i64, text: &str| {
        let list = PublishedStatusList {
            id: "r1".to_owned(),
            version,
            document: Arc::from(text.as_bytes()),
            signed_at: at(signed),
            valid_until: at(signed + 100),
        };
        store.publish_status_list(list).wait()
    };
    publish(1, 50, "one").expect("stored");
    assert_eq!(store.status_list_work(at(0)), Ok(Vec::new()));
    publish(0, 60, "fewer changes").expect("ignored");
    publish(1, 40, "signed earlier").expect("ignored");
    let served = store.status_list("r1").expect("readable").expect("there");
    assert_eq!((served.version, &served.document[..]), (1, &b"one"[..]));
    assert_eq!(&*served.sha256, hex(&Sha256::digest("one")), "of the bytes that are served");
    assert_eq!((served.signed_at, served.valid_until), (at(50), at(150)));
    publish(1, 70, "renewed").expect("stored");
    let served = store.status_list("r1").expect("readable").expect("there");
    assert_eq!(&*served.sha256, hex(&Sha256::digest("renewed")));
    assert_eq!(&served.document[..], b"renewed");
    assert!(matches!(publish(2, 80, "from the future"), Err(StoreError::Conflict(_))));
}

pub fn the_first_rendition_of_a_form_stands(store: &dyn Store) {
    with_lists(store);
    store.record_issuance(issuance(store, 1, true)).wait().expect("recorded");
    let token = |form| store.rendition(id(1), form).expect("readable");
    let record = |form, token: &str| store.record_rendition(rendition(1, form, token)).wait();
    assert_eq!(record(Rendition::VcJwt, "first.vc.x"), Ok(()));
    assert_eq!(token(Rendition::VcJwt).as_deref(), Some("first.vc.x"));
    assert_eq!(token(Rendition::Ob3Jwt), None, "each form for itself");
    assert_eq!(record(Rendition::VcJwt, "second.vc.x"), Ok(()));
    assert_eq!(record(Rendition::Ob3Jwt, "first.ob.x"), Ok(()));
    // Neither a change of the record nor one of the document's place touches them.
    store.change_status(status_change(1, StatusAction::Suspend)).wait().expect("suspended");
    store.set_visibility(id(1), Visibility::Open, None, origin(40)).wait().expect("opened");
    assert_eq!(token(Rendition::VcJwt).as_deref(), Some("first.vc.x"));
    assert_eq!(token(Rendition::Ob3Jwt).as_deref(), Some("first.ob.x"));
    assert_eq!(store.document(id(1)).expect("readable").expect("there")[..], document_for(1)[..]);
    let debug = format!("{:?}", rendition(1, Rendition::VcJwt, "secret"));
    assert!(!debug.contains("secret"), "{debug}");

    store.record_issuance(issuance(store, 2, false)).wait().expect("recorded");
    std::thread::scope(|scope| {
        for writer in 0..8 {
            scope.spawn(move || {
                let own = rendition(2, Rendition::VcJwt, &format!("writer.{writer}.x"));
                store.record_rendition(own).wait().expect("recorded, or another one is");
                let seen = store.rendition(id(2), Rendition::VcJwt).expect("readable");
                for _ in 0..5 {
                    assert_eq!(store.rendition(id(2), Rendition::VcJwt).expect("readable"), seen);
                }
                assert!(seen.is_some());
            });
        }
    });
}

pub fn what_it_stands_on_is_valid_when_recorded(store: &dyn Store) {
    with_lists(store);
    for part in 1..=6 {
        store.record_issuance(issuance(store, part, true)).wait().expect("recorded");
    }
    store.change_status(status_change(2, StatusAction::Suspend)).wait().expect("suspended");
    store.change_status(status_change(3, StatusAction::Revoke)).wait().expect("revoked");
    let mut successor = issuance(store, 7, true);
    successor.record.replaces = Some(id(4));
    store.record_issuance(successor).wait().expect("recorded");
    let on = |number, parts: &[u128]| {
        let mut new = issuance(store, number, false);
        new.requires = parts.iter().map(|part| id(*part)).collect();
        store.record_issuance(new)
    };
    for parts in [&[2][..], &[3], &[4], &[99], &[1, 3], &[20]] {
        let outcome = on(20, parts).wait();
        assert!(matches!(outcome, Err(StoreError::Conflict(_))), "{parts:?} {outcome:?}");
    }
    assert_eq!(store.issued(id(20)), Ok(None), "nothing of it happened");
    on(20, &[1, 7]).wait().expect("both are valid");
    store.change_status(status_change(2, StatusAction::Reinstate)).wait().expect("reinstated");
    on(21, &[2]).wait().expect("valid again");
    // However close together: the part is valid when the whole is recorded, or it is not recorded.
    let revoked = store.change_status(status_change(5, StatusAction::Revoke));
    let late = on(22, &[5]);
    revoked.wait().expect("revoked");
    assert!(matches!(late.wait(), Err(StoreError::Conflict(_))));
    let early = on(23, &[6]);
    let revoked = store.change_status(status_change(6, StatusAction::Revoke));
    early.wait().expect("it was valid");
    revoked.wait().expect("revoked");
    // What another issuer recorded is valid or not in the same way.
    let mut theirs = issuance(store, 30, false);
    theirs.record.issuer = slug("college");
    theirs.record.status.clear();
    theirs.reservations.clear();
    store.record_issuance(theirs).wait().expect("recorded");
    on(31, &[1, 30]).wait().expect("both are valid");
    let revoke =
        StatusChange { issuer: slug("college"), ..status_change(30, StatusAction::Revoke) };
    store.change_status(revoke).wait().expect("revoked");
    assert!(matches!(on(32, &[30]).wait(), Err(StoreError::Conflict(_))));
}

/// Runs every assertion above against fresh stores of one backend.
#[macro_export]
macro_rules! contract {
    ($open:path) => {
        $crate::contract!($open:
            what_is_not_there_is_none, organisations_are_replaced_whole,
            an_adopted_issuer_has_its_name_alone, published_definitions_are_frozen, keys_stay_and_change_state,
            clients_are_found_by_the_hash_of_their_token, a_client_has_several_secrets,
            a_change_of_a_client_is_based_on_what_was_read, the_use_of_a_secret_is_noted_by_the_hour,
            settings_are_replaced_alone, a_change_of_settings_is_based_on_what_was_read, an_issuance_is_found_by_every_index,
            every_byte_of_a_document_comes_back, a_record_that_lies_is_refused,
            ids_numbers_and_keys_are_unique, of_concurrent_writers_one_wins,
            an_index_is_held_by_one_and_given_back, a_refused_issuance_gives_its_index_back,
            a_half_full_list_gives_no_index, lists_of_an_odd_size_are_refused,
            concurrent_reservations_never_meet, a_status_changes_only_as_it_may,
            concurrent_changes_of_one_certificate_are_ordered,
            a_successor_supersedes_in_the_same_step, what_it_stands_on_is_valid_when_recorded,
            the_first_rendition_of_a_form_stands, visibility_opens_and_closes,
            a_list_is_served_as_it_was_last_signed, achievements_are_frozen_once,
            a_withdrawn_definition_stays_resolvable, published_frameworks_are_frozen,
            the_register_is_read_in_pages, registration_is_noted, counts_are_kept_by_quarter,
            disclosures_are_kept_in_order, an_endorsement_is_recorded_and_found,
            an_endorsement_that_lies_is_refused, an_endorsement_changes_only_as_it_may,
            an_erasure_leaves_what_is_no_persons, a_purge_leaves_the_places_in_status_lists,
            a_purge_is_answered_for_in_the_same_step,
            a_claim_link_is_made_anew_in_order, the_first_visit_is_noted_once,
            what_the_holder_said_stays_noted, a_certificate_is_shared_until_the_link_ends,
            so_many_links_are_live_and_no_more, of_many_ended_links_the_last_are_listed,
            nothing_of_the_holders_is_left_after_an_erasure,
            a_mail_is_queued_with_the_issuance_or_not_at_all, a_mail_goes_from_queued_to_done,
            mail_is_due_in_order, mail_is_listed_in_pages,
            an_erasure_cancels_mail_and_forgets_words, a_concern_is_recorded_and_handled,
            the_words_of_a_concern_can_be_forgotten, pictures_are_put_and_taken_away
        );
    };
    ($open:path: $($name:ident),+) => {
        $(
            #[test]
            fn $name() {
                let (store, _kept) = $open();
                $crate::store_contract::$name(&store);
            }
        )+
    };
}
