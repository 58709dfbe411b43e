//! Our verifier next to npm `@digitalbazaar/vc`, on the same file in one run: a certificate that a
//! real server issued, with its status list.
//!
//! In the process: whole examinations per second on one core (safe mode, canonicalisation,
//! signature, status in the cache) next to `vc.verifyCredential` in a warm node process with
//! contexts, key and list in memory. Over HTTP: `POST /v1/verify` next to the same library behind a
//! minimal express server, from the same load generator. `make compare` installs what is needed;
//! `-- --seconds N` sets the time of each, `-- --smoke` takes one second.
//!
//! Ratios are told by the clock and by processor time; the second says more on a busy machine. This
//! gives figures and no verdict: it fails only when something is not verified.
#![expect(clippy::print_stdout, reason = "a bench reports")]

#[path = "../loopback.rs"]
mod loopback;

use actix_web::rt;
use bewijs::clock::{Clock as _, SystemClock};
use bewijs::model::Timestamp;
use bewijs::verification::{
    Examiner, Fetched, Recognition, RegisterEntry, SourceError, Sources, Verdict,
};
use loopback::Client;
use serde_json::{Value, json};
use std::cell::Cell;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 16;

/// The status list, in memory; the key is a `did:key`.
struct Held {
    url: String,
    list: Vec<u8>,
    fetched_at: Timestamp,
}

impl Sources for Held {
    fn key_document(&self, _url: &str) -> Result<Fetched, SourceError> {
        Err(SourceError::Deferred)
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        if url != self.url {
            return Err(SourceError::Deferred);
        }
        let bytes = self.list.as_slice().into();
        Ok(Fetched { bytes, media_type: None, fetched_at: self.fetched_at, stale: false })
    }

    fn register(&self, _credential: &str) -> Option<RegisterEntry> {
        None
    }

    fn recognised(&self, _issuer: &str) -> Vec<Recognition> {
        Vec::new()
    }
}

/// A process that is ended with this run.
struct Running {
    child: Child,
    _input: Option<ChildStdin>,
    ready: Value,
}

impl Running {
    /// Starts it, hands it a line, and waits for the line with which it answers.
    fn start(command: &mut Command, line: Option<&Value>) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program is installed (make compare)");
        let mut input = child.stdin.take();
        if let (Some(line), Some(input)) = (line, input.as_mut()) {
            writeln!(input, "{line}").expect("it reads its input");
        }
        let mut answer = String::new();
        let stdout = child.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut answer).expect("it answers");
        let ready = serde_json::from_str(&answer).expect("a line of JSON (make compare installs)");
        Self { child, _input: input, ready }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How often per second, by the clock and by processor time.
#[derive(Clone, Copy)]
struct Rate {
    clock: f64,
    processor: f64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let smoke = arguments.iter().any(|argument| argument == "--smoke" || argument == "--test");
    let given = arguments
        .iter()
        .position(|argument| argument == "--seconds")
        .and_then(|at| arguments.get(at + 1))
        .map(|text| text.parse().expect("--seconds takes a number"));
    let seconds: u64 = given.unwrap_or(if smoke { 1 } else { 10 }).clamp(1, 300);

    let folder = tempfile::tempdir().expect("a folder that is taken away at the end");
    let ours = Running::start(
        Command::new(env!("CARGO_BIN_EXE_bewijs")).env("TMPDIR", folder.path()).args([
            "demo",
            "--json",
            "--listen",
            "127.0.0.1:0",
        ]),
        None,
    );
    let base = ours.ready["baseUrl"].as_str().expect("a base URL").to_owned();
    let address: SocketAddr =
        base.trim_start_matches("http://").parse().expect("a loopback address");
    assert!(address.ip().is_loopback(), "this measures loopback only");
    let url = ours.ready["credentials"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|credential| credential["kind"] == "microcredential")
        .and_then(|credential| credential["url"].as_str())
        .expect("the demonstration issued a microcredential")
        .to_owned();
    let bytes = fetch(address, url.strip_prefix(&base).expect("an own address"));
    let credential: Value = serde_json::from_slice(&bytes).expect("JSON");
    let entry = match &credential["credentialStatus"] {
        Value::Array(entries) => &entries[0],
        entry => entry,
    };
    let list_url = entry["statusListCredential"].as_str().expect("a status list").to_owned();
    let list = fetch(address, list_url.strip_prefix(&base).expect("an own address"));

    println!("one certificate of {} bytes, {seconds} s each; per second", bytes.len());
    println!("{:<58} {:>10} {:>14}", "", "by clock", "by processor");
    let document: Value = serde_json::from_slice(&list).expect("JSON");
    let request = |verify_list: bool| {
        json!({
            "credential": credential, "documents": {&list_url: document},
            "seconds": seconds, "verifyList": verify_list,
        })
    };
    let held = Held { url: list_url.clone(), list, fetched_at: SystemClock.now() };
    let examined = examine(&bytes, &held, Duration::from_secs(seconds));
    tell("bewijs, whole examination, one thread", examined, None);
    let library = count(&request(false));
    tell("@digitalbazaar/vc, list verified before", library, Some(examined));
    let library = count(&request(true));
    tell("@digitalbazaar/vc, list verified each time", library, Some(examined));

    let time = Duration::from_secs(seconds);
    let served = drive(address, ours.child.id(), "/v1/verify", "application/vc", &bytes, time);
    tell("bewijs, POST /v1/verify", served, None);
    let theirs = Running::start(&mut node("serve"), Some(&request(false)));
    let port = theirs.ready["port"].as_u64().and_then(|port| u16::try_from(port).ok());
    let address = SocketAddr::from(([127, 0, 0, 1], port.expect("a port")));
    let body = json!({"verifiableCredential": credential, "options": {}}).to_string();
    let (path, media_type) = ("/credentials/verify", "application/json");
    let express = drive(address, theirs.child.id(), path, media_type, body.as_bytes(), time);
    tell("@digitalbazaar/vc behind express (a stand-in)", express, Some(served));
}

fn tell(name: &str, rate: Rate, ours: Option<Rate>) {
    let Rate { clock, processor } = rate;
    print!("{name:<58} {clock:>10.0} {processor:>14.0}");
    match ours {
        None => println!(),
        Some(ours) => {
            println!("   ratio {:.1} / {:.1}", ours.clock / clock, ours.processor / processor);
        }
    }
}

fn node(mode: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/compare/verifier.mjs")).arg(mode);
    command
}

fn count(request: &Value) -> Rate {
    let answer = Running::start(&mut node("count"), Some(request)).ready.clone();
    let number = |name: &str| answer[name].as_f64().expect("a number");
    Rate { clock: number("count") / number("seconds"), processor: number("count") / number("cpu") }
}

fn examine(bytes: &[u8], sources: &dyn Sources, time: Duration) -> Rate {
    let examiner = Examiner::default();
    let once = || {
        let report = examiner.examine(bytes, None, sources, SystemClock.now());
        assert_eq!(report.verdict(), Verdict::Verified, "{:?}", report.checks());
    };
    let warm = Instant::now();
    while warm.elapsed() < time.min(Duration::from_secs(1)) {
        once();
    }
    let spent = processor_time(std::process::id());
    let began = Instant::now();
    let mut done = 0_u32;
    while began.elapsed() < time {
        once();
        done += 1;
    }
    rate(done, began.elapsed(), processor_time(std::process::id()).saturating_sub(spent))
}

fn rate(done: u32, took: Duration, spent: Duration) -> Rate {
    let done = f64::from(done);
    Rate { clock: done / took.as_secs_f64(), processor: done / spent.as_secs_f64().max(0.01) }
}

/// User and system time of a process so far, in the hundredths of a second of `proc(5)`; nothing
/// where the system does not tell.
fn processor_time(process: u32) -> Duration {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = text.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().skip(11);
    let ticks: u64 = fields.take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn fetch(address: SocketAddr, path: &str) -> Vec<u8> {
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: application/vc\r\n\r\n");
    rt::Runtime::new().expect("a runtime").block_on(async {
        let mut client = Client::open(address).await;
        let status = client.exchange(request.as_bytes()).await;
        assert_eq!(status, 200, "{}", client.text());
        client.body().to_vec()
    })
}

/// Sends the same request over and over from some connections, first to warm up.
fn drive(
    address: SocketAddr,
    server: u32,
    path: &str,
    media_type: &str,
    body: &[u8],
    time: Duration,
) -> Rate {
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: {media_type}\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(body);
    let request = Rc::new(request);
    let run = |time: Duration| {
        let done = Rc::new(Cell::new(0_u32));
        let began = Instant::now();
        rt::Runtime::new().expect("a runtime").block_on(async {
            let tasks: Vec<_> = (0..CONNECTIONS)
                .map(|_| {
                    let (request, done) = (request.clone(), done.clone());
                    rt::spawn(async move {
                        let mut client = Client::open(address).await;
                        while began.elapsed() < time {
                            let status = client.exchange(&request).await;
                            assert_eq!(status, 200, "{}", client.text());
                            done.set(done.get() + 1);
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await.expect("a connection does its work");
            }
        });
        (done.get(), began.elapsed())
    };
    run(time.min(Duration::from_secs(2)));
    let spent = processor_time(server);
    let (done, took) = run(time);
    rate(done, took, processor_time(server).saturating_sub(spent))
}
