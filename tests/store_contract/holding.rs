//! What a holder has of a certificate: the claim link, the consent, the shared links.

use super::records::*;
use bewijs::store::{NewShare, ShareRecord, StatusAction, Store, StoreError, Visibility};
use std::sync::Arc;

fn issued(store: &dyn Store) {
    with_lists(store);
    for number in 1..=3 {
        store.record_issuance(issuance(store, number, true)).wait().expect("recorded");
    }
}

fn conflict<T: std::fmt::Debug>(outcome: Result<T, StoreError>) {
    assert!(matches!(outcome, Err(StoreError::Conflict(_))), "{outcome:?}");
}

fn not_found<T: std::fmt::Debug>(outcome: Result<T, StoreError>) {
    assert!(matches!(outcome, Err(StoreError::NotFound(_))), "{outcome:?}");
}

pub fn a_claim_link_is_made_anew_in_order(store: &dyn Store) {
    issued(store);
    let rotate = |number, generation, issuer: &str| {
        store.rotate_claim(id(number), &slug(issuer), claim(generation), origin(20)).wait()
    };
    let ours = school();
    let recorded = |number| store.issued(id(number)).expect("readable").expect("there");
    assert_eq!(recorded(1).claim, Some(claim(0)), "as it was issued");
    assert_eq!(rotate(1, 1, ours.as_str()).expect("made").claim, Some(claim(1)));
    assert_eq!(recorded(1).claim, Some(claim(1)));
    for wrong in [0, 1, 3, u32::MAX] {
        conflict(rotate(1, wrong, ours.as_str()));
    }
    assert_eq!(recorded(2).claim, None, "it was issued without");
    conflict(rotate(2, 2, ours.as_str()));
    assert_eq!(rotate(2, 1, ours.as_str()).expect("the first").claim, Some(claim(1)));
    not_found(rotate(1, 2, "other"));
    not_found(rotate(9, 0, ours.as_str()));
    store.change_status(status_change(1, StatusAction::Suspend)).wait().expect("suspended");
    assert_eq!(recorded(1).claim, Some(claim(1)), "another change leaves it");
    std::thread::scope(|scope| {
        let attempts: Vec<_> =
            (0..4).map(|_| scope.spawn(|| rotate(1, 2, school().as_str()).is_ok())).collect();
        let won = attempts.into_iter().map(|one| one.join().expect("ended"));
        assert_eq!(won.filter(|won| *won).count(), 1, "of concurrent ones one wins");
    });
}

pub fn the_first_visit_is_noted_once(store: &dyn Store) {
    issued(store);
    let note = |number, seconds| store.note_claimed(id(number), origin(seconds)).wait();
    assert_eq!(note(1, 30).expect("noted").claimed, Some(at(30)));
    assert_eq!(note(1, 40).expect("known").claimed, Some(at(30)), "the first one stands");
    let seen = store.issued(id(1)).expect("readable").expect("there");
    assert_eq!(seen.claimed, Some(at(30)));
    assert_eq!(store.issued(id(2)).expect("readable").expect("there").claimed, None);
    not_found(note(9, 30));
    let mut lying = issuance(store, 4, false);
    lying.record.claimed = Some(at(1));
    conflict(store.record_issuance(lying).wait());
    let mut lying = issuance(store, 4, false);
    lying.record.consent = Some(Box::new(consent(true, 1)));
    conflict(store.record_issuance(lying).wait());
}

pub fn what_the_holder_said_stays_noted(store: &dyn Store) {
    issued(store);
    let set = |visibility, said, seconds| {
        store.set_visibility(id(1), visibility, said, origin(seconds)).wait().expect("changed")
    };
    let given = set(Visibility::Open, Some(consent(true, 30)), 30);
    assert_eq!(
        (given.visibility, given.consent.as_deref()),
        (Visibility::Open, Some(&consent(true, 30)))
    );
    let closed = set(Visibility::Closed, None, 31);
    assert_eq!(closed.visibility, Visibility::Closed);
    assert_eq!(closed.consent.as_deref(), Some(&consent(true, 30)), "the institution did that");
    let withdrawn = set(Visibility::Closed, Some(consent(false, 32)), 32);
    assert_eq!(withdrawn.consent.as_deref(), Some(&consent(false, 32)));
    assert_eq!(store.issued(id(1)).expect("readable").expect("there"), withdrawn);
    let said = Some(consent(true, 33));
    not_found(store.set_visibility(id(9), Visibility::Open, said, origin(33)).wait());
}

fn seen(store: &dyn Store, number: u128) -> Vec<ShareRecord> {
    let found = store.shares(id(number)).expect("readable");
    found.iter().map(|share| ShareRecord::clone(share)).collect()
}

pub fn a_certificate_is_shared_until_the_link_ends(store: &dyn Store) {
    issued(store);
    assert_eq!(seen(store, 1), []);
    let first = store.add_share(share(1, 20), origin(20)).wait().expect("shared");
    let whole = NewShare { codes: Vec::new(), language: "en".to_owned(), ..share(1, 21) };
    let second = store.add_share(whole.clone(), origin(21)).wait().expect("shared");
    let NewShare { sha256, expires, .. } = share(1, 20);
    let expected = ShareRecord {
        credential: id(1),
        number: 1,
        sha256,
        created: at(20),
        expires,
        revoked: None,
        codes: vec!["LU-1".to_owned()],
        language: "nl".to_owned(),
    };
    assert_eq!(*first, expected);
    assert_eq!((second.number, second.codes.len(), second.created), (2, 0, at(21)));
    assert_eq!(seen(store, 1), [ShareRecord::clone(&first), ShareRecord::clone(&second)]);
    assert_eq!(seen(store, 2), [], "another one's");
    let live = |seconds| store.live_shares(id(1), at(seconds)).expect("readable");
    assert_eq!((live(22), live(20 + 86_400), live(21 + 86_400)), (2, 1, 0));
    let withdrawn = store.revoke_share(id(1), 1, origin(25)).wait().expect("withdrawn");
    assert_eq!(*withdrawn, ShareRecord { revoked: Some(at(25)), ..expected });
    let again = store.revoke_share(id(1), 1, origin(26)).wait().expect("withdrawn before");
    assert_eq!(again, withdrawn, "the first moment stands");
    assert_eq!(seen(store, 1), [ShareRecord::clone(&again), ShareRecord::clone(&second)]);
    assert_eq!(live(26), 1);
    not_found(store.revoke_share(id(1), 3, origin(26)).wait());
    not_found(store.revoke_share(id(2), 1, origin(26)).wait());
    not_found(store.revoke_share(id(9), 1, origin(26)).wait());
    not_found(store.add_share(share(9, 20), origin(20)).wait());
    conflict(store.add_share(share(1, 20), origin(20 + 86_400)).wait());
}

pub fn so_many_links_are_live_and_no_more(store: &dyn Store) {
    issued(store);
    std::thread::scope(|scope| {
        let attempts: Vec<_> = (0..30)
            .map(|made| scope.spawn(move || store.add_share(share(1, made), origin(40)).wait()))
            .collect();
        let outcomes = attempts.into_iter().map(|one| one.join().expect("ended"));
        let (made, refused): (Vec<_>, Vec<_>) = outcomes.partition(Result::is_ok);
        assert_eq!((made.len(), refused.len()), (NewShare::MOST_LIVE, 10));
        refused.into_iter().for_each(conflict);
    });
    let numbers: Vec<_> = seen(store, 1).iter().map(|share| share.number).collect();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    store.revoke_share(id(1), 7, origin(41)).wait().expect("withdrawn");
    let one_more = store.add_share(share(1, 50), origin(50)).wait().expect("there is room again");
    assert_eq!(one_more.number, 21);
    conflict(store.add_share(share(1, 51), origin(51)).wait());
    store.add_share(share(1, 90_000), origin(90_000)).wait().expect("the others have ended");
}

pub fn of_many_ended_links_the_last_are_listed(store: &dyn Store) {
    issued(store);
    let kept = store.add_share(share(1, 10), origin(10)).wait().expect("shared");
    for number in 2..=110 {
        let one = store.add_share(share(1, i64::from(number)), origin(20)).wait().expect("shared");
        assert_eq!(one.number, number);
        store.revoke_share(id(1), number, origin(20)).wait().expect("withdrawn");
    }
    let seen = seen(store, 1);
    assert_eq!((seen.len(), &seen[0]), (100, kept.as_ref()), "what is live stays");
    assert_eq!((seen[1].number, seen[99].number), (12, 110));
}

pub fn nothing_of_the_holders_is_left_after_an_erasure(store: &dyn Store) {
    issued(store);
    let all = |number: u128| {
        store.note_claimed(id(number), origin(20)).wait().map(|_| ())?;
        let said = Some(consent(true, 21));
        store.set_visibility(id(number), Visibility::Open, said, origin(21)).wait().map(|_| ())?;
        store.add_share(share(number, 22), origin(22)).wait().map(|_| ())
    };
    all(1).expect("changed");
    store.revoke_share(id(1), 1, origin(23)).wait().expect("withdrawn");
    store.add_share(share(1, 24), origin(24)).wait().expect("shared");
    let erased = store.erase(id(1), &school(), origin(60)).wait().expect("erased");
    assert_eq!((&erased.claim, &erased.consent, erased.claimed), (&None, &None, None));
    assert_eq!(erased.visibility, Visibility::Closed);
    assert_eq!(store.issued(id(1)).expect("readable"), Some(Arc::clone(&erased)));
    assert_eq!(seen(store, 1), []);
    assert_eq!(store.live_shares(id(1), at(25)), Ok(0));
    not_found(store.add_share(share(1, 61), origin(61)).wait());
    not_found(store.revoke_share(id(1), 2, origin(61)).wait());
    not_found(store.note_claimed(id(1), origin(61)).wait());
    not_found(store.rotate_claim(id(1), &school(), claim(1), origin(61)).wait());
    let said = Some(consent(true, 61));
    not_found(store.set_visibility(id(1), Visibility::Open, said, origin(61)).wait());
    store.purge(id(1), &school(), None, origin(62)).wait().expect("purged");
    assert_eq!(seen(store, 1), []);
    all(2).expect("others are as they were");
}
