//! `kill -9` under load: what was acknowledged is there after the restart, byte for byte, verifies,
//! and no place in a status list is given out twice. Then the index is deleted and damaged: the
//! server rebuilds it from the journal and answers the same.
//!
//! Three rounds in the gate; `BEWIJS_CRASH_ROUNDS=100 cargo test --release --test crash` by hand.
#![expect(clippy::panic, reason = "a test stops at what should not happen")]

mod running;

use bewijs::ids::{IdGenerator, SystemIds};
use running::{BEWIJS, Connection, Demo, path_of};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const WRITERS: usize = 8;
/// So that a round stays a matter of seconds.
const MOST_PER_WRITER: usize = 200;
const SAMPLES: &str = include_str!("../src/app/demo/samples/awards.json");

/// A certificate that the server acknowledged.
struct Acknowledged {
    url: String,
    document: Vec<u8>,
}

/// What one writer saw in one round: what was acknowledged, and the request that was under way.
struct Seen {
    acknowledged: Vec<Acknowledged>,
    unanswered: Option<String>,
}

fn rounds() -> usize {
    match std::env::var("BEWIJS_CRASH_ROUNDS") {
        Ok(text) => text.parse().expect("BEWIJS_CRASH_ROUNDS is a number"),
        Err(_) => 3,
    }
}

fn award(number: &str) -> Vec<u8> {
    let samples: Value = serde_json::from_str(SAMPLES).expect("JSON");
    let mut award = samples["awards"][0].clone();
    let members = award.as_object_mut().expect("an object");
    members.remove("key");
    members.remove("fixed");
    members.insert("certificateNumber".to_owned(), number.into());
    award.to_string().into_bytes()
}

/// Issues one. `None` when the connection broke before the answer was there.
fn issue(
    connection: &mut Connection,
    issuer: &str,
    token: &str,
    number: &str,
) -> Option<Acknowledged> {
    let authorization = format!("Bearer {token}");
    let headers = [
        ("Authorization", authorization.as_str()),
        ("Content-Type", "application/json"),
        ("Idempotency-Key", number),
    ];
    let path = format!("/v1/issuers/{issuer}/credentials");
    loop {
        let answer = connection.send("POST", &path, &headers, &award(number)).ok()?;
        match answer.status {
            201 => {
                let url = answer.header("location").expect("a place").to_owned();
                return Some(Acknowledged { url, document: answer.body });
            }
            // An honest "come back": nothing was acknowledged.
            503 => std::thread::sleep(Duration::from_millis(20)),
            status => panic!("{number}: {status} {}", String::from_utf8_lossy(&answer.body)),
        }
    }
}

fn write_until_it_breaks(demo: &Demo, round: usize, writer: usize, stop: &AtomicBool) -> Seen {
    let mut seen = Seen { acknowledged: Vec::new(), unanswered: None };
    let Ok(mut connection) = Connection::open(demo.address) else { return seen };
    for n in 0..MOST_PER_WRITER {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let number = format!("CRASH-{round}-{writer}-{n}");
        match issue(&mut connection, demo.issuer(), demo.token(), &number) {
            Some(acknowledged) => seen.acknowledged.push(acknowledged),
            None => {
                seen.unanswered = Some(number);
                break;
            }
        }
    }
    seen
}

fn place(document: &[u8]) -> String {
    let credential: Value = serde_json::from_slice(document).expect("JSON");
    credential["credentialStatus"]["id"].as_str().expect("a status entry").to_owned()
}

fn check(demo: &Demo, all: &[Acknowledged]) {
    let mut connection = demo.connect();
    for acknowledged in all {
        let path = path_of(&acknowledged.url);
        let answer =
            connection.send("GET", path, &[("Accept", "application/vc")], b"").expect("an answer");
        assert_eq!(answer.status, 200, "{} was acknowledged", acknowledged.url);
        assert!(answer.body == acknowledged.document, "{} has other bytes", acknowledged.url);
        let report = connection
            .send("POST", "/v1/verify", &[("Content-Type", "application/vc")], &answer.body)
            .expect("an answer")
            .json();
        assert_eq!(report["verdict"], "verified", "{}: {report}", acknowledged.url);
        assert_eq!(report["state"], "valid", "{}: {report}", acknowledged.url);
    }
}

/// The folders of the index, which is what may be lost.
fn index_folder(data: &Path) -> PathBuf {
    let folder = data.join("store").join("read-model");
    assert!(folder.is_dir(), "{} is the read model", folder.display());
    folder
}

fn damage(folder: &Path) {
    let mut damaged = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let mut bytes = std::fs::read(&path).expect("a file");
            let length = bytes.len();
            for (at, byte) in bytes.iter_mut().enumerate() {
                if at % 7 == 0 && at < length {
                    *byte ^= 0x5a;
                }
            }
            std::fs::write(&path, bytes).expect("written");
            damaged += length;
        }
    }
    assert!(damaged > 0, "something was damaged");
}

fn store_check(data: &Path) {
    let output = Command::new(BEWIJS)
        .args(["store", "check", "--config"])
        .arg(data.join("bewijs.toml"))
        .output()
        .expect("the command runs");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut all: Vec<Acknowledged> = Vec::new();
    let mut retried = 0;
    for round in 0..rounds() {
        let demo = Demo::start(folder.path());
        let stop = AtomicBool::new(false);
        let seen: Vec<Seen> = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let (demo, stop) = (&demo, &stop);
                    scope.spawn(move || write_until_it_breaks(demo, round, writer, stop))
                })
                .collect();
            std::thread::sleep(Duration::from_millis(u64::from(20 + SystemIds.below(280))));
            demo.signal("KILL");
            stop.store(true, Ordering::Relaxed);
            writers.into_iter().map(|w| w.join().expect("a writer ends")).collect()
        });
        drop(demo);

        let demo = Demo::start(folder.path());
        let before = all.len();
        let mut connection = demo.connect();
        for one in seen {
            all.extend(one.acknowledged);
            if let Some(number) = one.unanswered {
                // Whether it had happened or not, the same key leads to one certificate.
                let first = issue(&mut connection, demo.issuer(), demo.token(), &number)
                    .expect("the server answers");
                let again = issue(&mut connection, demo.issuer(), demo.token(), &number)
                    .expect("the server answers");
                assert_eq!(first.url, again.url, "{number}");
                retried += 1;
                all.push(first);
            }
        }
        check(&demo, &all[before..]);
        demo.kill();
    }
    assert!(all.len() > rounds(), "the server was killed while it issued: {}", all.len());

    let mut places = HashMap::new();
    let mut urls = HashSet::new();
    for acknowledged in &all {
        assert!(urls.insert(acknowledged.url.clone()), "{} twice", acknowledged.url);
        if let Some(other) = places.insert(place(&acknowledged.document), &acknowledged.url) {
            panic!("{} and {other} share a place in a status list", acknowledged.url);
        }
    }
    println!("{} rounds, {} acknowledged, {retried} retried", rounds(), all.len());

    let demo = Demo::start(folder.path());
    assert!(demo.stop().success());
    store_check(folder.path());
    std::fs::remove_dir_all(index_folder(folder.path())).expect("the index is gone");
    let demo = Demo::start(folder.path());
    check(&demo, &all);
    assert!(demo.stop().success());
    store_check(folder.path());

    damage(&index_folder(folder.path()));
    let demo = Demo::start(folder.path());
    check(&demo, &all);
    assert!(demo.stop().success());
    store_check(folder.path());
}
