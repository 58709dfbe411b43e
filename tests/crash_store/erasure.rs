//! What an erasure and a purge leave in the files, and what a crash in the middle leaves of them.

use super::*;
use bewijs::store::{
    ClaimLink, Consent, EndorsementTarget, NewConcern, NewMail, NewShare, RegisterQuery,
    Registration,
};
use serde_json::Value;
use std::collections::HashMap;

#[test]
fn what_is_erased_stays_erased() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    fill(&store, &mut same_draws());
    store.close();
    let already = check(directory.path()).expect("checked").erased;
    let store = open(directory.path());
    let (secret, token) = ("Leerder 1\"", "eyJ.een.x");
    let first = store.rendition(id(1), Rendition::VcJwt).expect("readable");
    assert_eq!(first.as_deref(), Some(token));
    let holder = store.issued(id(1)).expect("readable").expect("there").holder.clone();
    assert!(holder.is_some());
    let erased = store.erase(id(1), &school(), origin(70)).wait().expect("erased");
    assert_eq!((&erased.holder, &erased.case_number, &erased.note), (&None, &None, &None));
    assert_eq!(erased.state, CredentialState::Revoked, "the status stays");
    assert_eq!(store.document(id(1)), Ok(None));
    assert_eq!(store.rendition(id(1), Rendition::VcJwt), Ok(None));
    let late = store.record_rendition(rendition(1, Rendition::VcJwt, token)).wait();
    assert_eq!(late, Err(StoreError::NotFound("document")));
    assert!(store.document(id(2)).expect("readable").is_some(), "its neighbours stay");
    let again = store.erase(id(1), &school(), origin(71)).wait();
    assert_eq!(again, Err(StoreError::NotFound("document")));
    let before = dump(&store, 0..41);
    drop(store);
    let nowhere = |path: &Path| {
        for segment in journal(path) {
            let bytes = fs::read(segment).expect("readable");
            let holder = holder.as_deref().expect("there");
            assert!(!bytes.windows(holder.len()).any(|part| part == holder.as_bytes()));
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
            assert!(!bytes.windows(token.len()).any(|part| part == token.as_bytes()));
        }
    };
    nowhere(directory.path());
    let report = check(directory.path()).expect("checked");
    let fresh = report.erased - already;
    assert_eq!((report.faults, fresh), (Vec::new(), 3), "issuance, remark, token");
    assert_eq!(dump(&open(directory.path()), 0..41), before);
    fs::remove_dir_all(directory.path().join("read-model")).expect("removed");
    assert_eq!(dump(&open(directory.path()), 0..41), before, "a rebuild does not bring it back");
    let other = tempfile::tempdir().expect("a directory");
    import(other.path(), &mut &exported(directory.path())[..]).expect("imported");
    assert_eq!(dump(&open(other.path()), 0..41), before);
    nowhere(other.path());
}

#[test]
fn a_rendition_that_is_recorded_beside_an_erasure_does_not_outlive_it() {
    let (directory, _) = filled();
    let store = open(directory.path());
    std::thread::scope(|scope| {
        for number in 10..30 {
            let store = &store;
            scope.spawn(move || {
                let late = rendition(number, Rendition::Ob3Jwt, "eyJ.laat.x");
                // Before the erasure it is recorded, after it the document is gone.
                let _ = store.record_rendition(late).wait();
            });
            scope.spawn(move || {
                store.erase(id(number), &school(), origin(80)).wait().expect("erased");
            });
        }
    });
    drop(store);
    for segment in journal(directory.path()) {
        let bytes = fs::read(segment).expect("readable");
        assert!(!bytes.windows(10).any(|part| part == b"eyJ.laat.x"));
    }
    let report = check(directory.path()).expect("checked");
    assert_eq!(report.faults, Vec::<String>::new());
}

/// What one frame's body says, decompressed.
fn body_of(body: &[u8], dictionaries: &HashMap<Vec<u8>, Vec<u8>>) -> Vec<u8> {
    let Some((how, rest)) = body.split_first() else { return Vec::new() };
    let length = u32::from_le_bytes(rest[..4].try_into().expect("four bytes")) as usize;
    let data = &rest[4..];
    match how {
        0 => data.to_vec(),
        1 => zstd::bulk::decompress(data, length).expect("compressed"),
        2 => {
            let (name, data) = data.split_at(8);
            let mut with = zstd::bulk::Decompressor::with_dictionary(&dictionaries[name])
                .expect("a dictionary");
            with.decompress(data, length).expect("compressed")
        }
        other => panic!("a body of kind {other}"),
    }
}

/// Everything that is in the files, as it is and decompressed.
fn everything(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    files(directory, &mut found);
    let mut dictionaries = HashMap::new();
    for segment in journal(directory) {
        let bytes = fs::read(&segment).expect("readable");
        let starts = frames(&bytes);
        for (start, end) in starts.iter().zip(&starts[1..]) {
            let payload = &bytes[start + 100..*end];
            if payload.iter().all(|byte| *byte == 0) {
                continue;
            }
            let length = u32::from_le_bytes(payload[..4].try_into().expect("four bytes")) as usize;
            let (header, body) = payload[4..].split_at(length);
            let header: Value = serde_json::from_slice(header).expect("an event");
            let body = body_of(body, &dictionaries);
            if header["event"] == "dictionary" {
                dictionaries.insert(Sha256::digest(&body)[..8].to_vec(), body.clone());
            }
            found.push((format!("{}, {}", segment.display(), header["event"]), body));
        }
    }
    found
}

fn files(directory: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(directory).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push((path.display().to_string(), fs::read(&path).expect("readable")));
        }
    }
}

pub fn holds(directory: &Path, words: &[&str]) -> Vec<String> {
    let mut held = Vec::new();
    for (place, bytes) in everything(directory) {
        for word in words {
            if bytes.windows(word.len()).any(|part| part == word.as_bytes()) {
                held.push(format!("{word} in {place}"));
            }
        }
    }
    held
}

#[test]
fn no_file_holds_what_was_erased_or_purged() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    fill(&store, &mut same_draws());
    let digest = hex(&Sha256::digest("the request"));
    let holder = hex(&Sha256::digest("the holder"));
    let document = String::from_utf8(document_for(100)).expect("text");
    let document = document.replace("Leerder 100", "Wilhelmina Uniek").into_bytes();
    let sha256 = hex(&Sha256::digest(&document));
    let mut new = issuance_of(&store, 100, true, document);
    new.record.certificate_number = "NUMMER-UNIEK".to_owned();
    new.record.case_number = Some("dossier-uniek".to_owned());
    new.record.holder = Some(holder.clone());
    let links: Vec<_> = (0..4).map(|n| hex(&Sha256::digest(format!("unique link {n}")))).collect();
    new.record.claim = Some(ClaimLink { generation: 0, sha256: links[0].clone() });
    new.record.hold_override = Some("waarom-uniek".to_owned());
    let mut used = idempotency("sleutel-uniek", id(100));
    used.request_sha256.clone_from(&digest);
    new.idempotency = Some(used);
    store.record_issuance(new).wait().expect("recorded");
    // Each of them settles by itself, so that sled had all of them in turn.
    store.settle().expect("settled");
    for (action, note) in
        [(StatusAction::Suspend, "opmerking-een"), (StatusAction::Reinstate, "opmerking-twee")]
    {
        let mut change = status_change(100, action);
        change.note = Some(note.to_owned());
        store.change_status(change).wait().expect("changed");
        store.settle().expect("settled");
    }
    store.record_rendition(rendition(100, Rendition::VcJwt, "eyJ.uniek")).wait().expect("recorded");
    let registration =
        Registration { reference: Some("GR-uniek".to_owned()), on: at(0).date(), at: at(5) };
    store.mark_registered(id(100), &school(), registration, origin(5)).wait().expect("noted");
    let claim = ClaimLink { generation: 1, sha256: links[1].clone() };
    store.rotate_claim(id(100), &school(), claim, origin(5)).wait().expect("made");
    store.settle().expect("settled");
    let said = Consent { text_version: "tekst-uniek".to_owned(), ..consent(true, 6) };
    let opened = store.set_visibility(id(100), Visibility::Open, Some(said), origin(6));
    opened.wait().expect("opened");
    let mut visit = origin(7);
    visit.request_id = Some("bezoek-uniek".to_owned());
    store.note_claimed(id(100), visit).wait().expect("noted");
    store.settle().expect("settled");
    for link in &links[2..] {
        let codes = vec!["LU-uniek".to_owned()];
        let new = NewShare { sha256: link.clone(), codes, ..share(100, 8) };
        store.add_share(new, origin(8)).wait().expect("shared");
        store.settle().expect("settled");
    }
    store.revoke_share(id(100), 1, origin(9)).wait().expect("withdrawn");
    store.settle().expect("settled");
    let address = NewMail { sealed: Arc::from(&b"adres-uniek"[..]), ..mail(3_000, 100, 9) };
    store.queue_mail(address, origin(9)).wait().expect("queued");
    let said = NewConcern { words: "woorden-uniek".into(), ..concern(3_001, 100) };
    store.record_concern(said).wait().expect("recorded");
    store.settle().expect("settled");
    let mut endorsed = endorsement(&store, 170, EndorsementTarget::Credential(id(100)));
    let text = b"Wilhelmina Uniek did well".to_vec();
    endorsed.record.sha256 = hex(&Sha256::digest(&text));
    endorsed.record.length = u32::try_from(text.len()).expect("short");
    endorsed.document = text.into();
    store.record_endorsement(endorsed).wait().expect("recorded");
    store.settle().expect("settled");
    let aside = directory.path().join("set-aside");
    fs::create_dir_all(&aside).expect("made");
    fs::write(aside.join("journal-end-1"), "Wilhelmina Uniek").expect("written");
    fs::create_dir_all(aside.join("read-model-1")).expect("made");
    fs::write(aside.join("read-model-1/db"), "Wilhelmina Uniek").expect("written");

    let person: Vec<&str> = vec![
        "Wilhelmina",
        "dossier-uniek",
        &holder,
        "waarom-uniek",
        "sleutel-uniek",
        &digest,
        "opmerking-een",
        "opmerking-twee",
        "eyJ.uniek",
        "GR-uniek",
        &links[0],
        &links[1],
        &links[2],
        &links[3],
        "tekst-uniek",
        "bezoek-uniek",
        "LU-uniek",
        "adres-uniek",
        "woorden-uniek",
    ];
    for word in &person {
        assert!(!holds(directory.path(), &[word]).is_empty(), "{word} was never there");
    }
    let in_sled = |words: &[&str]| {
        let held = holds(directory.path(), words);
        held.into_iter().filter(|place| place.contains("read-model/")).collect::<Vec<_>>()
    };
    assert_eq!(in_sled(&person), Vec::<String>::new(), "it never enters the read model");
    store.erase(id(100), &school(), origin(60)).wait().expect("erased");
    let nothing = Vec::<String>::new();
    assert_eq!(holds(directory.path(), &person), nothing, "when it is acknowledged");
    assert!(!holds(directory.path(), &["NUMMER-UNIEK", &sha256]).is_empty(), "this stays");
    store.settle().expect("settled");
    assert_eq!(holds(directory.path(), &person), nothing);
    store.purge(id(100), &school(), None, origin(61)).wait().expect("purged");
    let rest = [&person[..], &["NUMMER-UNIEK", &sha256]].concat();
    assert_eq!(holds(directory.path(), &rest), nothing);
    store.close();
    assert_eq!(holds(directory.path(), &rest), nothing);
    let report = check(directory.path()).expect("checked");
    assert_eq!((report.faults, report.notes), (Vec::new(), Vec::new()));
    let other = tempfile::tempdir().expect("a directory");
    import(other.path(), &mut &exported(directory.path())[..]).expect("imported");
    assert_eq!(holds(other.path(), &rest), nothing);
    let (one, two) = (open(directory.path()), open(other.path()));
    assert_eq!(dump(&one, 0..110), dump(&two, 0..110));
    assert!(two.reserve_index(&school(), StatusPurpose::Revocation, &mut draw).is_ok());
}

/// The frames of a journal that are blank in one copy and not in the other.
pub fn blanked(before: &[u8], after: &[u8]) -> Vec<std::ops::Range<usize>> {
    let starts = frames(before);
    let ranges = starts.iter().zip(&starts[1..]).map(|(start, end)| start + 100..*end);
    ranges.filter(|range| before[range.clone()] != after[range.clone()]).collect()
}

#[test]
fn an_erasure_that_was_cut_short_is_finished() {
    let (directory, _) = filled();
    let store = open(directory.path());
    store.change_status(status_change(20, StatusAction::Revoke)).wait().expect("revoked");
    store.add_share(share(20, 5), origin(5)).wait().expect("shared");
    store.note_claimed(id(20), origin(6)).wait().expect("noted");
    store.record_rendition(rendition(20, Rendition::VcJwt, "a.b.c")).wait().expect("recorded");
    drop(store);
    let before = tempfile::tempdir().expect("a directory");
    copy(directory.path(), before.path());
    let store = open(directory.path());
    store.erase(id(20), &school(), origin(80)).wait().expect("erased");
    store.erase(id(7), &school(), origin(80)).wait().expect_err("erased before");
    store.purge(id(7), &school(), None, origin(81)).wait().expect("purged");
    let after = dump(&store, 0..41);
    drop(store);
    let segment = journal(directory.path()).pop().expect("a segment");
    let name = segment.file_name().expect("a name").to_owned();
    let old = fs::read(before.path().join("journal").join(&name)).expect("readable");
    let new = fs::read(&segment).expect("readable");
    let ranges = blanked(&old, &new);
    assert!(ranges.len() >= 3, "{ranges:?}");
    // A crash before the first frame was blank, between any two of them, after the last one; and
    // the read model as it was before.
    for step in 0..=ranges.len() {
        let cut = tempfile::tempdir().expect("a directory");
        copy(before.path(), cut.path());
        let mut bytes = new.clone();
        for range in &ranges[step..] {
            bytes[range.clone()].copy_from_slice(&old[range.clone()]);
        }
        fs::write(cut.path().join("journal").join(&name), &bytes).expect("written");
        let report = check(cut.path()).expect("checked");
        assert_eq!(report.faults, Vec::<String>::new(), "step {step}");
        assert!(!report.notes.is_empty());
        let store = open(cut.path());
        assert_eq!(dump(&store, 0..41), after, "step {step}");
        drop(store);
        assert_eq!(fs::read(cut.path().join("journal").join(&name)).expect("readable"), new);
        let report = check(cut.path()).expect("checked");
        assert_eq!((report.faults, report.notes), (Vec::new(), Vec::new()), "step {step}");
    }
    // Settled, and yet readable: that is damage.
    let mut bytes = new.clone();
    bytes[ranges[0].clone()].copy_from_slice(&old[ranges[0].clone()]);
    fs::write(&segment, &bytes).expect("written");
    assert!(!check(directory.path()).expect("checked").is_whole());
}

#[test]
fn a_tombstone_that_cannot_be_finished_is_not_settled() {
    let (directory, _) = filled();
    let store = open(directory.path());
    let aside = directory.path().join("set-aside");
    // A file where a directory is expected: what was set aside cannot be emptied.
    fs::write(&aside, "in the way").expect("written");
    let outcome = store.erase(id(20), &school(), origin(80)).wait();
    assert!(
        matches!(outcome, Err(StoreError::Unavailable { unknown_outcome: true, .. })),
        "{outcome:?}"
    );
    assert!(store.ready().is_err());
    store.close();
    fs::remove_file(&aside).expect("removed");
    let store = open(directory.path());
    assert!(store.issued(id(20)).expect("readable").expect("there").erased.is_some());
    drop(store);
    assert_eq!(check(directory.path()).expect("checked").faults, Vec::<String>::new());
}

#[test]
fn what_the_first_version_wrote_is_read() {
    let first = include_bytes!("../store_contract/first-version.jsonl");
    let directory = tempfile::tempdir().expect("a directory");
    import(directory.path(), &mut &first[..]).expect("imported");
    let store = open(directory.path());
    let definition = store.definition(&definition("2", "twee").name).expect("readable");
    let definition = definition.expect("there");
    assert!(definition.achievements.is_empty() && definition.withdrawn.is_none());
    let records = pages(&store, &RegisterQuery::of(school()));
    assert_eq!(records.iter().map(|record| record.id).collect::<Vec<_>>(), [0, 1, 2, 3].map(id));
    assert_eq!(records[1].erased, Some(at(70)), "from its tombstone");
    assert_eq!((&records[1].note, &records[1].holder), (&None, &None));
    assert_eq!(records[2].replaced_by, Some(id(3)));
    assert_eq!(records[0].holder, Some(hex(&Sha256::digest(0_u128.to_be_bytes()))));
    assert_eq!(store.counts().expect("readable")[0].count, 4);
    let used = store.idempotency("sis", "k0").expect("readable");
    assert_eq!(used, Some(idempotency("k0", id(0))));
    assert_eq!(
        exported(&{
            store.close();
            directory.path().to_path_buf()
        }),
        first
    );
    let store = open(directory.path());
    store.purge(id(1), &school(), None, origin(90)).wait().expect("purged");
    store.erase(id(0), &school(), origin(91)).wait().expect("erased");
    drop(store);
    assert_eq!(check(directory.path()).expect("checked").faults, Vec::<String>::new());
}

#[test]
fn a_read_model_of_another_version_is_rebuilt_and_not_kept() {
    let (directory, before) = filled();
    let path = directory.path().join("read-model/checkpoint.json");
    let text = fs::read_to_string(&path).expect("readable");
    let (text, _) = text.split_once('\n').expect("a line");
    let mut checkpoint: Value = serde_json::from_str(text).expect("JSON");
    checkpoint["layout"] = json!(2);
    let text = checkpoint.to_string();
    let crc = crc32c::crc32c(text.as_bytes());
    fs::write(&path, format!("{text}\n{crc:08x}\n")).expect("written");
    let report = check(directory.path()).expect("checked");
    assert_eq!((report.faults.len(), report.notes.len()), (0, 1), "{:?}", report.notes);
    let store = open(directory.path());
    assert!(matches!(
        store.repairs(),
        [Repair::ReadModelRebuilt { kept: None, .. }, Repair::Replayed { .. }]
    ));
    assert_eq!(dump(&store, 0..41), before);
    assert!(!directory.path().join("set-aside").exists());
}
