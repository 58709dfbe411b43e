//! Sealed addresses and words: what a crash leaves of them, and when they are in no file any more.

use super::erasure::{blanked, holds};
use super::*;
use bewijs::store::{Attempt, MailOutcome, MailState, NewMail};
use uuid::Uuid;

fn one(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn sent(seconds: i64) -> MailOutcome {
    MailOutcome::Sent(Attempt { at: at(seconds), code: Some(250), class: "sent".to_owned() })
}

fn sealed(number: u128, credential: u128, text: &str) -> NewMail {
    NewMail { sealed: Arc::from(text.as_bytes()), ..mail(number, credential, 20) }
}

#[test]
fn a_mail_that_was_torn_from_its_issuance_never_was() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    with_lists(&store);
    store.record_issuance(issuance(&store, 1, false)).wait().expect("recorded");
    let mut new = issuance_of(&store, 2, false, b"{\"number\":2}".to_vec());
    new.mail = Some(mail(100, 2, 20));
    store.record_issuance(new).wait().expect("recorded");
    drop(store);
    let segment = journal(directory.path()).pop().expect("a segment");
    let whole = fs::read(&segment).expect("readable");
    let starts = frames(&whole);
    // The mail, the issuance, the end.
    let (mailed, issued, end) =
        (starts[starts.len() - 3], starts[starts.len() - 2], starts[starts.len() - 1]);
    assert_eq!(end, whole.len());
    let around = [mailed, mailed + 50, issued - 1, issued, issued + 1, issued + 99, end - 1];
    for torn in around.into_iter().chain((mailed..end).step_by(61)) {
        let damaged = tempfile::tempdir().expect("a directory");
        let path = damaged.path().join("journal");
        fs::create_dir_all(&path).expect("made");
        fs::copy(directory.path().join("FORMAT"), damaged.path().join("FORMAT")).expect("copied");
        let torn_segment = path.join(segment.file_name().expect("a name"));
        fs::write(&torn_segment, &whole[..torn]).expect("torn");
        let report = check(damaged.path()).expect("checked");
        assert_eq!(report.faults, Vec::<String>::new(), "torn at {torn}");
        let store = open(damaged.path());
        let cut = store.repairs().iter().any(|repair| matches!(repair, Repair::TornEnd { .. }));
        assert_eq!(cut, torn != mailed, "torn at {torn}");
        let length = fs::metadata(&torn_segment).expect("there").len();
        assert_eq!(length, mailed as u64, "nothing of the mail is left, torn at {torn}");
        assert_eq!((store.issued(id(2)), store.mail_record(one(100))), (Ok(None), Ok(None)));
        assert_eq!(store.due_mail(at(1_000), 10), Ok(Vec::new()));
        let mut again = issuance(&store, 2, false);
        again.mail = Some(mail(100, 2, 20));
        store.record_issuance(again).wait().expect("it goes on");
        drop(store);
        let store = open(damaged.path());
        assert_eq!(store.due_mail(at(1_000), 10).expect("readable").len(), 1);
        drop(store);
        assert_eq!(check(damaged.path()).expect("checked").faults, Vec::<String>::new());
    }
}

#[test]
fn an_address_is_in_no_file_when_the_mail_is_done() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    with_lists(&store);
    let words = ["sealed-with", "sealed-sent", "sealed-failed", "sealed-gone", "said-uniek"];
    let mut new = issuance(&store, 1, true);
    new.mail = Some(sealed(100, 1, words[0]));
    store.record_issuance(new).wait().expect("recorded");
    store.settle().expect("settled");
    for (number, text) in [(101, words[1]), (102, words[2]), (103, words[3])] {
        store.queue_mail(sealed(number, 1, text), origin(20)).wait().expect("queued");
        store.settle().expect("settled");
    }
    let mut said = concern(200, 1);
    said.words = words[4].into();
    store.record_concern(said).wait().expect("recorded");
    store.settle().expect("settled");
    let held = |word| holds(directory.path(), &[word]);
    for word in words {
        let places = held(word);
        assert_eq!(places.len(), 2, "as it is and unpacked: {places:?}");
        assert!(!places.iter().any(|place| place.contains("read-model/")), "never in sled");
    }
    // What was set aside stays until words are to go: nobody knows whose it holds.
    let aside = directory.path().join("set-aside");
    fs::create_dir_all(&aside).expect("made");
    fs::write(aside.join("journal-end-1"), "an end").expect("written");
    let again = Attempt { at: at(30), code: Some(451), class: "later".to_owned() };
    for number in [100, 101] {
        let retry = MailOutcome::Retry { next: at(40), attempt: again.clone() };
        store.mail_attempted(one(number), retry, origin(30)).wait().expect("noted");
        store.mail_attempted(one(number), sent(41), origin(41)).wait().expect("noted");
    }
    let failed = MailOutcome::Failed(again);
    store.mail_attempted(one(102), failed, origin(42)).wait().expect("noted");
    store.mail_attempted(one(103), MailOutcome::Cancelled, origin(43)).wait().expect("noted");
    assert!(aside.join("journal-end-1").exists());
    store.forget_concern(one(200), &school(), origin(44)).wait().expect("forgotten");
    assert!(!aside.join("journal-end-1").exists());
    let nothing = Vec::<String>::new();
    assert_eq!(holds(directory.path(), &words), nothing, "when it is acknowledged");
    let before = dump(&store, 0..3);
    store.close();
    let report = check(directory.path()).expect("checked");
    assert_eq!((report.faults, report.notes), (Vec::new(), Vec::new()));
    assert_eq!(report.erased, 7, "five bodies and two retries");
    let other = tempfile::tempdir().expect("a directory");
    import(other.path(), &mut &exported(directory.path())[..]).expect("imported");
    assert_eq!(holds(other.path(), &words), nothing);
    for path in [directory.path(), other.path()] {
        let store = open(path);
        assert_eq!(dump(&store, 0..3), before);
        store.close();
        fs::remove_dir_all(path.join("read-model")).expect("removed");
        assert_eq!(dump(&open(path), 0..3), before, "rebuilt from blank frames");
    }
    let store = open(directory.path());
    store.erase(id(1), &school(), origin(60)).wait().expect("erased");
    store.purge(id(1), &school(), None, origin(61)).wait().expect("purged");
    let mail = store.mail(&school(), None, None, 10).expect("readable");
    assert_eq!((mail.records.len(), mail.next), (0, None));
    let after = dump(&store, 0..3);
    store.close();
    let classes = ["\"later\"", "claim", &one(101).to_string()];
    let left = holds(directory.path(), &classes);
    let left: Vec<_> = left.iter().filter(|place| place.contains("journal/")).collect();
    assert_eq!(left, Vec::<&String>::new(), "a purge takes that there was mail");
    let report = check(directory.path()).expect("checked");
    assert_eq!((report.faults, report.notes), (Vec::new(), Vec::new()));
    fs::remove_dir_all(directory.path().join("read-model")).expect("removed");
    assert_eq!(dump(&open(directory.path()), 0..3), after);
}

#[test]
fn what_came_back_is_so_after_a_rebuild() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    with_lists(&store);
    store.record_issuance(issuance(&store, 1, false)).wait().expect("recorded");
    let bounced = |seconds| {
        let class = "bounced".to_owned();
        MailOutcome::Bounced(Attempt { at: at(seconds), code: None, class })
    };
    for number in 100..104 {
        store.queue_mail(mail(number, 1, 20), origin(20)).wait().expect("queued");
        if number % 2 == 0 {
            store.settle().expect("settled");
            store.mail_attempted(one(number), sent(30), origin(30)).wait().expect("noted");
        }
        store.mail_attempted(one(number), bounced(40), origin(40)).wait().expect("noted");
    }
    let before = dump(&store, 0..2);
    store.close();
    let report = check(directory.path()).expect("checked");
    assert_eq!((report.faults, report.notes), (Vec::new(), Vec::new()));
    let other = tempfile::tempdir().expect("a directory");
    import(other.path(), &mut &exported(directory.path())[..]).expect("imported");
    for path in [directory.path(), other.path()] {
        fs::remove_dir_all(path.join("read-model")).expect("removed");
        let store = open(path);
        assert_eq!(dump(&store, 0..2), before);
        for number in 100..104 {
            let known = store.mail_record(one(number)).expect("readable").expect("there");
            assert_eq!(known.state, MailState::Failed, "{number}");
        }
    }
}

#[test]
fn a_mail_whose_frame_is_damaged_is_told_and_can_still_be_put_off() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    with_lists(&store);
    store.record_issuance(issuance(&store, 1, false)).wait().expect("recorded");
    for number in [100, 101] {
        store.queue_mail(mail(number, 1, 20), origin(20)).wait().expect("queued");
    }
    let segment = journal(directory.path()).pop().expect("a segment");
    let mut bytes = fs::read(&segment).expect("readable");
    let starts = frames(&bytes);
    bytes[starts[starts.len() - 3] + 130] ^= 1;
    fs::write(&segment, &bytes).expect("written");
    let outcome = store.mail_attempted(one(100), sent(30), origin(30)).wait();
    assert!(matches!(outcome, Err(StoreError::Corrupt { .. })), "{outcome:?}");
    assert_eq!(store.ready(), Ok(()), "the others are as they were");
    let attempt = Attempt { at: at(30), code: Some(250), class: "sent".to_owned() };
    let retry = MailOutcome::Retry { next: at(9_000), attempt };
    store.mail_attempted(one(100), retry, origin(31)).wait().expect("noted");
    store.mail_attempted(one(101), sent(32), origin(32)).wait().expect("noted");
    assert_eq!(store.due_mail(at(1_000), 10), Ok(Vec::new()));
}

#[test]
fn the_end_of_a_mail_that_was_cut_short_is_finished() {
    let (directory, _) = filled();
    let store = open(directory.path());
    let retry = |number| {
        let attempt = Attempt { at: at(70), code: None, class: "later".to_owned() };
        let outcome = MailOutcome::Retry { next: at(75), attempt };
        store.mail_attempted(one(number), outcome, origin(70)).wait().expect("noted");
    };
    // One that came with its issuance, one that was queued later.
    retry(903);
    retry(1_005);
    retry(1_005);
    drop(store);
    let before = tempfile::tempdir().expect("a directory");
    copy(directory.path(), before.path());
    let store = open(directory.path());
    for number in [903, 1_005] {
        store.mail_attempted(one(number), sent(80), origin(80)).wait().expect("noted");
    }
    store.forget_concern(one(2_005), &school(), origin(81)).wait().expect("forgotten");
    let after = dump(&store, 0..41);
    drop(store);
    let segment = journal(directory.path()).pop().expect("a segment");
    let name = segment.file_name().expect("a name").to_owned();
    let old = fs::read(before.path().join("journal").join(&name)).expect("readable");
    let new = fs::read(&segment).expect("readable");
    let ranges = blanked(&old, &new);
    assert_eq!(ranges.len(), 6, "{ranges:?}");
    // Any of them may be blank and any other not yet, with the read model as it was or without.
    for step in 0..64_usize {
        let cut = tempfile::tempdir().expect("a directory");
        copy(before.path(), cut.path());
        let mut bytes = new.clone();
        for (number, range) in ranges.iter().enumerate() {
            if step >> number & 1 == 1 {
                bytes[range.clone()].copy_from_slice(&old[range.clone()]);
            }
        }
        let path = cut.path().join("journal").join(&name);
        fs::write(&path, &bytes).expect("written");
        if step % 2 == 0 {
            fs::remove_dir_all(cut.path().join("read-model")).expect("removed");
        } else {
            let report = check(cut.path()).expect("checked");
            assert_eq!(report.faults, Vec::<String>::new(), "step {step}");
        }
        let store = open(cut.path());
        assert_eq!(dump(&store, 0..41), after, "step {step}");
        drop(store);
        assert!(fs::read(&path).expect("readable") == new, "step {step}");
        let report = check(cut.path()).expect("checked");
        assert_eq!((report.faults, report.notes), (Vec::new(), Vec::new()), "step {step}");
    }
}

#[test]
fn what_waits_is_due_after_a_restart() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    with_lists(&store);
    store.record_issuance(issuance(&store, 1, false)).wait().expect("recorded");
    for number in 100..110 {
        let due = 100 - i64::try_from(number % 10).expect("small");
        store.queue_mail(mail(number, 1, due), origin(20)).wait().expect("queued");
    }
    store.settle().expect("settled");
    store.mail_attempted(one(103), sent(30), origin(30)).wait().expect("noted");
    let due = |store: &EmbeddedStore| {
        let due = store.due_mail(at(1_000), 100).expect("readable");
        assert!(due.iter().all(|mail| mail.state == MailState::Queued));
        due.iter().map(|mail| mail.id.as_u128()).collect::<Vec<_>>()
    };
    let expected = [109, 108, 107, 106, 105, 104, 102, 101, 100];
    assert_eq!(due(&store), expected);
    drop(store);
    let store = open(directory.path());
    assert_eq!(due(&store), expected);
    assert_eq!(store.next_mail(), Ok(Some(at(91))));
    let address = store.mail_address(one(109)).expect("readable").expect("kept");
    assert_eq!(&address[..], b"sealed address 109");
}
