//! What is kept about a certificate beside its record: mail and concerns.

use super::records::*;
use bewijs::model::Slug;
use bewijs::store::{
    Attempt, MailOutcome, MailRecord, MailState, NewMail, RegisterCursor, Store, StoreError,
};
use std::sync::Arc;
use uuid::Uuid;

fn one(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

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

fn address(store: &dyn Store, number: u128) -> Option<String> {
    let sealed = store.mail_address(one(number)).expect("readable");
    sealed.map(|sealed| String::from_utf8(sealed.to_vec()).expect("text"))
}

fn due(store: &dyn Store, seconds: i64) -> Vec<u128> {
    let due = store.due_mail(at(seconds), 100).expect("readable");
    due.iter().map(|mail| mail.id.as_u128()).collect()
}

pub fn a_mail_is_queued_with_the_issuance_or_not_at_all(store: &dyn Store) {
    issued(store);
    let mut new = issuance(store, 10, false);
    new.mail = Some(mail(100, 10, 20));
    store.record_issuance(new).wait().expect("recorded");
    let known = store.mail_record(one(100)).expect("readable").expect("queued");
    assert_eq!(*known, mail(100, 10, 20).record);
    assert_eq!(address(store, 100).as_deref(), Some("sealed address 100"));
    assert_eq!((due(store, 19), due(store, 20)), (vec![], vec![100]));
    assert_eq!(store.mail_of(id(10)).expect("readable"), [known]);
    let refused = |change: &dyn Fn(&mut NewMail)| {
        let mut new = issuance(store, 11, false);
        let mut mail = mail(101, 11, 20);
        change(&mut mail);
        new.mail = Some(mail);
        conflict(store.record_issuance(new).wait());
    };
    refused(&|mail| mail.record.credential = id(10));
    refused(&|mail| mail.record.issuer = slug("other"));
    refused(&|mail| mail.record.state = MailState::Sent);
    refused(&|mail| mail.record.attempts = 1);
    refused(&|mail| mail.record.last = Some(attempt(1, 250)));
    refused(&|mail| mail.record.id = one(100));
    refused(&|mail| mail.sealed = Arc::from([]));
    // What is refused for another reason leaves no mail either.
    let mut taken = issuance(store, 11, false);
    taken.record.certificate_number = "VHS-MC-10".to_owned();
    taken.mail = Some(mail(101, 11, 20));
    let outcome = store.record_issuance(taken).wait();
    assert_eq!(outcome, Err(StoreError::CertificateNumberTaken));
    assert_eq!(store.mail_record(one(101)), Ok(None));
    assert_eq!(due(store, 1_000), [100]);
    let debug = format!("{:?}", mail(100, 10, 20));
    assert!(!debug.contains("sealed"), "{debug}");
}

pub fn a_mail_goes_from_queued_to_done(store: &dyn Store) {
    issued(store);
    let queue = |number, about| store.queue_mail(mail(number, about, 20), origin(20)).wait();
    let tried = |number, outcome| store.mail_attempted(one(number), outcome, origin(30)).wait();
    assert_eq!(*queue(100, 1).expect("queued"), mail(100, 1, 20).record);
    conflict(queue(100, 1));
    conflict(queue(100, 2));
    not_found(queue(101, 9));
    let mut theirs = mail(101, 1, 20);
    theirs.record.issuer = slug("other");
    not_found(store.queue_mail(theirs, origin(20)).wait());
    let later = MailOutcome::Retry { next: at(50), attempt: attempt(30, 451) };
    let waits = tried(100, later).expect("noted");
    let expected = MailRecord {
        attempts: 1,
        next: at(50),
        last: Some(attempt(30, 451)),
        ..mail(100, 1, 20).record
    };
    assert_eq!(*waits, expected);
    assert_eq!((due(store, 49), due(store, 50)), (vec![], vec![100]));
    assert_eq!(address(store, 100).as_deref(), Some("sealed address 100"), "it is needed again");
    let sent = tried(100, MailOutcome::Sent(attempt(50, 250))).expect("noted");
    let expected = MailRecord {
        state: MailState::Sent,
        attempts: 2,
        last: Some(attempt(50, 250)),
        ..expected
    };
    assert_eq!(*sent, expected);
    assert_eq!(store.mail_record(one(100)).expect("readable").as_deref(), Some(&expected));
    assert_eq!((address(store, 100), due(store, 1_000)), (None, vec![]));
    conflict(tried(100, MailOutcome::Sent(attempt(51, 250))));
    conflict(tried(100, MailOutcome::Retry { next: at(60), attempt: attempt(51, 451) }));
    not_found(tried(109, MailOutcome::Cancelled));
    queue(102, 1).expect("queued");
    let unreachable = Attempt { code: None, class: "no-such-domain".to_owned(), ..attempt(52, 0) };
    let failed = tried(102, MailOutcome::Failed(unreachable.clone())).expect("noted");
    assert_eq!(
        (failed.state, failed.attempts, &failed.last),
        (MailState::Failed, 1, &Some(unreachable))
    );
    queue(103, 2).expect("queued");
    let cancelled = tried(103, MailOutcome::Cancelled).expect("noted");
    assert_eq!((cancelled.state, cancelled.attempts), (MailState::Cancelled, 0));
    for number in [102, 103] {
        assert_eq!(address(store, number), None, "{number}");
    }
    let of: Vec<_> = store.mail_of(id(1)).expect("readable").iter().map(|m| m.id).collect();
    assert_eq!(of, [one(100), one(102)]);
    // It can come back, whether it was sent or still waits; what failed or was cancelled cannot.
    let bounced = |number| tried(number, MailOutcome::Bounced(attempt(55, 0)));
    let back = bounced(100).expect("noted");
    let expected = MailRecord { state: MailState::Failed, last: Some(attempt(55, 0)), ..expected };
    assert_eq!(*back, expected, "it was not tried once more");
    assert_eq!(store.mail_record(one(100)).expect("readable").as_deref(), Some(&expected));
    assert_eq!(store.mail_of(id(1)).expect("readable").len(), 2);
    queue(105, 2).expect("queued");
    let back = bounced(105).expect("noted");
    assert_eq!((back.state, back.attempts), (MailState::Failed, 0));
    assert_eq!((address(store, 105), due(store, 1_000)), (None, vec![]));
    for number in [100, 102, 103, 105] {
        conflict(bounced(number));
    }
    // Of two who are done with the same one, one is told so.
    queue(104, 2).expect("queued");
    let sent = || store.mail_attempted(one(104), MailOutcome::Sent(attempt(60, 250)), origin(60));
    let (first, second) = (sent(), sent());
    first.wait().expect("noted");
    conflict(second.wait());
}

pub fn mail_is_due_in_order(store: &dyn Store) {
    issued(store);
    assert_eq!(store.next_mail(), Ok(None));
    for (number, due) in [(100, 70), (101, 30), (102, 50), (103, 30)] {
        store.queue_mail(mail(number, 1, due), origin(20)).wait().expect("queued");
    }
    assert_eq!(store.next_mail(), Ok(Some(at(30))));
    assert_eq!(due(store, 29), []);
    assert_eq!(due(store, 60), [101, 103, 102]);
    let first = store.due_mail(at(100), 2).expect("readable");
    assert_eq!(first.iter().map(|mail| mail.id).collect::<Vec<_>>(), [one(101), one(103)]);
    let later = MailOutcome::Retry { next: at(80), attempt: attempt(40, 451) };
    store.mail_attempted(one(101), later, origin(40)).wait().expect("noted");
    assert_eq!(due(store, 100), [103, 102, 100, 101]);
}

fn pages(store: &dyn Store, issuer: &Slug, state: Option<MailState>, limit: usize) -> Vec<u128> {
    let (mut found, mut after): (Vec<_>, Option<RegisterCursor>) = (Vec::new(), None);
    loop {
        let page = store.mail(issuer, state, after, limit).expect("readable");
        assert!(page.records.len() <= limit);
        found.extend(page.records.iter().map(|mail| mail.id.as_u128()));
        match page.next {
            Some(next) => {
                assert!(Some(next) > after);
                after = Some(next);
            }
            None => return found,
        }
    }
}

pub fn mail_is_listed_in_pages(store: &dyn Store) {
    issued(store);
    for number in 100..=109 {
        store.queue_mail(mail(number, 1 + number % 3, 20), origin(20)).wait().expect("queued");
    }
    for number in [101, 104, 109] {
        let sent = MailOutcome::Sent(attempt(30, 250));
        store.mail_attempted(one(number), sent, origin(30)).wait().expect("noted");
    }
    for limit in [1, 3, 10, 100] {
        assert_eq!(pages(store, &school(), None, limit), (100..=109).collect::<Vec<_>>());
        let sent = pages(store, &school(), Some(MailState::Sent), limit);
        assert_eq!(sent, [101, 104, 109], "{limit}");
        let queued = pages(store, &school(), Some(MailState::Queued), limit);
        assert_eq!(queued, [100, 102, 103, 105, 106, 107, 108]);
    }
    assert_eq!(pages(store, &slug("other"), None, 10), []);
    assert_eq!(pages(store, &slug("voorbeeld"), None, 10), [], "a name that begins alike");
    store.record_concern(concern(200, 1)).wait().expect("recorded");
    assert_eq!(pages(store, &school(), None, 3).len(), 10, "a concern is no mail");
    assert_eq!(store.mail_record(one(200)), Ok(None));
    assert_eq!(store.mail_address(one(200)), Ok(None));
    not_found(store.mail_attempted(one(200), MailOutcome::Cancelled, origin(40)).wait());
}

pub fn an_erasure_cancels_mail_and_forgets_words(store: &dyn Store) {
    issued(store);
    let mut new = issuance(store, 10, false);
    new.mail = Some(mail(100, 10, 20));
    store.record_issuance(new).wait().expect("recorded");
    for number in [101, 102, 103] {
        store.queue_mail(mail(number, 10, 20), origin(20)).wait().expect("queued");
    }
    let later = MailOutcome::Retry { next: at(90), attempt: attempt(40, 451) };
    store.mail_attempted(one(102), later, origin(40)).wait().expect("noted");
    let sent = MailOutcome::Sent(attempt(41, 250));
    store.mail_attempted(one(103), sent, origin(41)).wait().expect("noted");
    for number in [200, 201] {
        store.record_concern(concern(number, 10)).wait().expect("recorded");
    }
    store.handle_concern(one(201), &school(), origin(45)).wait().expect("handled");
    store.queue_mail(mail(110, 1, 20), origin(20)).wait().expect("queued");
    store.record_concern(concern(210, 1)).wait().expect("recorded");

    store.erase(id(10), &school(), origin(60)).wait().expect("erased");
    let states: Vec<_> =
        store.mail_of(id(10)).expect("readable").iter().map(|mail| mail.state).collect();
    let cancelled = MailState::Cancelled;
    assert_eq!(states, [cancelled, cancelled, cancelled, MailState::Sent]);
    for number in 100..=103 {
        assert_eq!(address(store, number), None);
        conflict(store.mail_attempted(one(number), MailOutcome::Cancelled, origin(61)).wait());
    }
    assert_eq!(due(store, 1_000), [110], "another one's is due as before");
    for number in [200, 201] {
        assert_eq!(store.concern_words(one(number)), Ok(None));
        assert!(store.concern(one(number)).expect("readable").is_some(), "that there was one");
    }
    assert!(store.concern_words(one(210)).expect("readable").is_some());
    not_found(store.queue_mail(mail(104, 10, 20), origin(61)).wait());
    not_found(store.record_concern(concern(202, 10)).wait());
    let handled = store.handle_concern(one(200), &school(), origin(62)).wait().expect("handled");
    assert_eq!(handled.handled.as_ref().map(|handled| handled.at), Some(at(62)));

    store.purge(id(10), &school(), None, origin(70)).wait().expect("purged");
    assert_eq!(store.mail_of(id(10)), Ok(Vec::new()));
    assert_eq!(store.mail_record(one(100)), Ok(None));
    assert_eq!(store.concern(one(201)), Ok(None));
    assert_eq!(pages(store, &school(), None, 10), [110]);
    let concerns = store.concerns(&school(), None, None, 10).expect("readable").records;
    assert_eq!(concerns.iter().map(|concern| concern.id).collect::<Vec<_>>(), [one(210)]);
    assert_eq!(address(store, 110).as_deref(), Some("sealed address 110"));
}

pub fn a_concern_is_recorded_and_handled(store: &dyn Store) {
    issued(store);
    assert_eq!(store.concern(one(200)), Ok(None));
    let recorded = store.record_concern(concern(200, 1)).wait().expect("recorded");
    assert_eq!(*recorded, concern(200, 1).record);
    assert_eq!(store.concern(one(200)), Ok(Some(recorded)));
    let words = store.concern_words(one(200)).expect("readable").expect("kept");
    assert_eq!(words, concern(200, 1).words);
    conflict(store.record_concern(concern(200, 2)).wait());
    not_found(store.record_concern(concern(201, 9)).wait());
    let mut theirs = concern(201, 1);
    theirs.record.issuer = slug("other");
    not_found(store.record_concern(theirs).wait());
    for number in 201..=204 {
        store.record_concern(concern(number, 2)).wait().expect("recorded");
    }
    let handle = |number, issuer: &Slug, seconds| {
        store.handle_concern(one(number), issuer, origin(seconds)).wait()
    };
    not_found(handle(202, &slug("other"), 50));
    not_found(handle(209, &school(), 50));
    let handled = handle(202, &school(), 50).expect("handled").handled.clone().expect("noted");
    assert_eq!((handled.at, handled.by.as_str()), (at(50), "test"));
    let again = handle(202, &school(), 51).expect("handled before");
    assert_eq!(again.handled, Some(handled), "the first time stands");
    assert!(store.concern_words(one(202)).expect("readable").is_some(), "its words stay");
    let listed = |handled, after, limit| {
        let page = store.concerns(&school(), handled, after, limit).expect("readable");
        (page.records.iter().map(|found| found.id.as_u128()).collect::<Vec<_>>(), page.next)
    };
    assert_eq!(listed(None, None, 10), (vec![200, 201, 202, 203, 204], None));
    assert_eq!(listed(Some(true), None, 10).0, [202]);
    let (first, next) = listed(Some(false), None, 2);
    assert_eq!(first, [200, 201]);
    assert_eq!(listed(Some(false), next, 10), (vec![203, 204], None));
    let other = store.concerns(&slug("other"), None, None, 10).expect("readable");
    assert_eq!((other.records.len(), other.next), (0, None));
    let debug = format!("{:?}", concern(200, 1));
    assert!(!debug.contains("words"), "{debug}");
}

pub fn the_words_of_a_concern_can_be_forgotten(store: &dyn Store) {
    issued(store);
    for number in [200, 201] {
        store.record_concern(concern(number, 1)).wait().expect("recorded");
    }
    not_found(store.forget_concern(one(200), &slug("other"), origin(50)).wait());
    not_found(store.forget_concern(one(209), &school(), origin(50)).wait());
    let handled = store.handle_concern(one(200), &school(), origin(50)).wait().expect("handled");
    let forgotten = store.forget_concern(one(200), &school(), origin(51)).wait().expect("done");
    assert_eq!(forgotten, handled, "what it was about stays");
    assert_eq!(store.concern_words(one(200)), Ok(None));
    assert_eq!(store.forget_concern(one(200), &school(), origin(52)).wait(), Ok(forgotten));
    assert!(store.concern_words(one(201)).expect("readable").is_some());
    store.forget_concern(one(201), &school(), origin(53)).wait().expect("done");
    store.handle_concern(one(201), &school(), origin(54)).wait().expect("handled all the same");
}
