//! Drives the embedded store: how many issuances of a real credential's size it records in a
//! second, what they weigh, how fast they are read back, how long opening and rebuilding takes.
//!
//! `cargo run --release --example store_load -- [WRITERS] [CREDENTIALS] [DIRECTORY]`

use bewijs::clock::{Clock, SystemClock};
use bewijs::ids::{IdGenerator, SystemIds};
use bewijs::model::{CertificateKind, CredentialState, StatusPurpose, Timestamp};
use bewijs::store::{
    EmbeddedStore, IdempotencyRecord, IssuedRecord, NewIssuance, NewStatusList, Origin,
    RegisterQuery, Store, StoreError, Visibility,
};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

const SAMPLE: &str = include_str!("../tests/samples/expected/mc1.json");

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let writers: usize = arguments.next().map_or(Ok(64), |text| text.parse())?;
    let credentials: usize = arguments.next().map_or(Ok(100_000), |text| text.parse())?;
    let kept = tempfile::tempdir()?;
    let directory = arguments.next().map_or_else(|| kept.path().join("store"), PathBuf::from);
    let mut out = std::io::stdout();

    let value: serde_json::Value = serde_json::from_str(SAMPLE)?;
    let text = serde_json::to_string(&value)?;
    let store = EmbeddedStore::open(&directory)?;
    let now = SystemClock.now();
    make_lists(&store, now, credentials)?;
    let already = usize::try_from(store.issued_count()?)?;

    let (begin, busy) = (Instant::now(), cpu());
    // Two threads, each with half of the waiting writers.
    let mut ids = Vec::new();
    std::thread::scope(|scope| -> Result<(), Box<dyn Error>> {
        let halves: Vec<_> = (0..2)
            .map(|half| {
                let (store, text) = (&store, &text);
                let first = already + half * credentials / 2;
                let share = credentials / 2;
                scope.spawn(move || write(store, text, now, first, share, writers.div_ceil(2)))
            })
            .collect();
        for half in halves {
            ids.extend(half.join().expect("a writer does not panic")?);
        }
        Ok(())
    })?;
    let took = begin.elapsed().as_secs_f64();
    store.settle()?;
    let busy = cpu() - busy;
    let document = store.document(ids[0])?.ok_or("it was recorded")?;
    writeln!(
        out,
        "record_issuance: {:.0}/s ({} with {writers} waiting writers, {} bytes each, {took:.2} s)",
        ids.len() as f64 / took,
        ids.len(),
        document.len()
    )?;

    writeln!(
        out,
        "processor time: {:.1} µs a credential, all threads, with making the documents",
        busy * 1e6 / ids.len() as f64
    )?;
    writeln!(
        out,
        "on disk: journal {} bytes a credential, read model {} bytes a credential",
        weigh(&directory.join("journal"))? / ids.len() as u64,
        weigh(&directory.join("read-model"))? / ids.len() as u64
    )?;

    let begin = Instant::now();
    let reads = ids.len().min(50_000);
    for number in 0..reads {
        let id = ids[number * 7_919 % ids.len()];
        store.document(id)?.ok_or("it was recorded")?;
    }
    let took = begin.elapsed().as_secs_f64();
    writeln!(out, "document, one thread, spread: {:.0}/s", reads as f64 / took)?;
    let begin = Instant::now();
    for number in 0..reads {
        store.issued(ids[number * 7_919 % ids.len()])?.ok_or("it was recorded")?;
    }
    let took = begin.elapsed().as_secs_f64();
    writeln!(out, "issued, one thread, spread: {:.0}/s", reads as f64 / took)?;
    register(&store, &mut out)?;
    drop(store);

    let begin = Instant::now();
    let store = EmbeddedStore::open(&directory)?;
    let count = store.issued_count()?;
    writeln!(out, "open with {count}: {:.2} s", begin.elapsed().as_secs_f64())?;
    drop(store);
    std::fs::remove_dir_all(directory.join("read-model"))?;
    let begin = Instant::now();
    let busy = cpu();
    drop(EmbeddedStore::open(&directory)?);
    let (took, busy) = (begin.elapsed().as_secs_f64(), cpu() - busy);
    writeln!(out, "open with rebuilding: {took:.2} s, processor time {busy:.2} s")?;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM")) {
        writeln!(out, "most memory: {}", line.trim_start_matches("VmHWM:").trim())?;
    }
    Ok(())
}

/// Pages of the register: everything, and filters that let nothing or one in a thousand pass.
fn register(store: &EmbeddedStore, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let all = RegisterQuery::of("voorbeeld-hogeschool".parse()?);
    let none = RegisterQuery { state: Some(CredentialState::Revoked), ..all.clone() };
    let other = RegisterQuery { definition: Some("iets-anders".parse()?), ..all.clone() };
    for (what, query) in [("all", all), ("by state, none", none), ("by definition, none", other)] {
        let (begin, mut slowest) = (Instant::now(), 0.0_f64);
        let (mut calls, mut records, mut query) = (0, 0, query);
        loop {
            let call = Instant::now();
            let page = store.register(&query)?;
            slowest = slowest.max(call.elapsed().as_secs_f64());
            (calls, records) = (calls + 1, records + page.records.len());
            query.after = page.next;
            if page.next.is_none() {
                break;
            }
        }
        let took = begin.elapsed().as_secs_f64();
        writeln!(
            out,
            "register, {what}: {records} records in {calls} calls, {took:.3} s, the slowest call \
             {:.1} ms",
            slowest * 1e3
        )?;
    }
    Ok(())
}

/// Seconds of processor time of this process so far; 0 where the system does not tell.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .map(|field| field.parse().unwrap_or(0.0))
        .collect();
    (fields.get(11).unwrap_or(&0.0) + fields.get(12).unwrap_or(&0.0)) / 100.0
}

fn origin(now: Timestamp) -> Origin {
    Origin { actor: "load".to_owned(), request_id: None, from: None, at: now }
}

fn make_lists(store: &EmbeddedStore, now: Timestamp, credentials: usize) -> Result<(), StoreError> {
    for _ in 0..=credentials / 60_000 {
        let list = NewStatusList {
            id: store.unused_list_id(StatusPurpose::Revocation)?,
            issuer: "voorbeeld-hogeschool".parse().expect("a slug"),
            purpose: StatusPurpose::Revocation,
            entries: 131_072,
            document: Arc::from(vec![b'x'; 2_000]),
            signed_at: now,
            valid_until: now.plus_seconds(86_400),
            origin: origin(now),
        };
        store.create_status_list(list).wait()?;
    }
    Ok(())
}

fn write(
    store: &EmbeddedStore,
    text: &str,
    now: Timestamp,
    first: usize,
    share: usize,
    writers: usize,
) -> Result<Vec<bewijs::model::CredentialId>, StoreError> {
    let mut waiting = VecDeque::new();
    let mut ids = Vec::with_capacity(share);
    for number in first..first + share {
        if waiting.len() == writers {
            let commit: bewijs::store::Commit<Arc<IssuedRecord>> =
                waiting.pop_front().expect("some are waiting");
            ids.push(commit.wait()?.id);
        }
        waiting.push_back(store.record_issuance(issuance(store, text, now, number)?));
    }
    for commit in waiting {
        ids.push(commit.wait()?.id);
    }
    Ok(ids)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The sample with other ids, names, salts and a proof.
fn issuance(
    store: &EmbeddedStore,
    text: &str,
    now: Timestamp,
    number: usize,
) -> Result<NewIssuance, StoreError> {
    let id = SystemIds.credential_id();
    let salt = SystemIds.salt();
    let certificate = format!("VHS-MC-2026-{number:08}");
    let proof = format!(
        ",\"proof\":{{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"eddsa-rdfc-2022\",\
         \"created\":\"{now}\",\"verificationMethod\":\"did:web:badges.voorbeeld-hogeschool.example\
         :issuers:voorbeeld-hogeschool#z6Mk\",\"proofPurpose\":\"assertionMethod\",\
         \"proofValue\":\"z{}{}\"}}}}",
        SystemIds.secret(),
        SystemIds.secret()
    );
    let document = text
        .strip_suffix('}')
        .expect("an object")
        .replacen("5d0f7c1e-3a52-4c0b-9d3e-6f1b2a4c8e10", &id.to_string(), 1)
        .replacen("urn:uuid:0b9f6c3d-51a7-4e0c-8f5e-2d7a1c9b4e31", &SystemIds.subject_id(), 1)
        .replacen("9f2c4b7a1e6d8035c2b4a6f8d0e1937b", &salt, 1)
        .replacen(
            "9db9d81d9e076c6b023e1c1713c32d8be1a01d95f77184d031ef0b099346bf05",
            &format!("{salt}{salt}"),
            1,
        )
        .replacen("VHS-MC-2026-000117", &certificate, 1)
        + &proof;
    let issuer = "voorbeeld-hogeschool".parse().expect("a slug");
    let held = store
        .reserve_index(&issuer, StatusPurpose::Revocation, &mut |bound| SystemIds.below(bound))?
        .ok_or(StoreError::NotFound("status list"))?;
    Ok(NewIssuance {
        record: IssuedRecord {
            id,
            issuer,
            kind: CertificateKind::Microcredential,
            definition: "voorbeeld-hogeschool/krachtgericht-communiceren/2026.1"
                .parse()
                .expect("a definition"),
            certificate_number: certificate,
            case_number: None,
            issued_at: now,
            decision_date: now.date(),
            valid_until: None,
            sha256: hex(&Sha256::digest(document.as_bytes())),
            length: u32::try_from(document.len()).expect("short"),
            context_digests: vec![
                "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734".to_owned(),
                "d5f1f0e9b3f0a5d8e1c2b3a4958677685940312243546576879809a1b2c3d4e5".to_owned(),
            ],
            key: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I".to_owned(),
            holder: Some(hex(&Sha256::digest(salt.as_bytes()))),
            status: vec![held.entry.clone()],
            state: CredentialState::Valid,
            state_since: None,
            reason: None,
            note: None,
            replaced_by: None,
            replaces: None,
            visibility: Visibility::Open,
            warnings: Vec::new(),
            activity_end: None,
            registration_due: None,
            registration: None,
            hold_override: None,
            claim: None,
            consent: None,
            claimed: None,
            erased: None,
        },
        document: document.into_bytes().into(),
        reservations: vec![held],
        idempotency: Some(IdempotencyRecord {
            client: "load".to_owned(),
            key: salt.clone(),
            request_sha256: hex(&Sha256::digest(id.uuid().as_bytes())),
            credential: id,
            at: now,
        }),
        requires: Vec::new(),
        mail: None,
        origin: origin(now),
    })
}

fn weigh(directory: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() { weigh(&entry.path())? } else { metadata.len() };
    }
    Ok(bytes)
}
