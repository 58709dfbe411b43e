//! Drives the real server over loopback: durable issuing of the sample microcredential, `POST
//! /v1/verify`, GET of the signed JSON, of the page and of its holder's page, each from 64 keep-alive
//! connections. Both pages verify the certificate anew at every view, from the bytes in the store.
//!
//! `cargo bench --bench load` takes 10 seconds for each; `-- --smoke` takes one; `-- --seconds N`
//! takes N. Beside the rates it tells how much processor time the server itself spent on a request
//! (Linux), which says more than a rate on a busy machine. The load generator runs on the same processors, in one thread. It is bounded in time
//! and in requests, and it talks to nothing but the server that it started.
#![expect(
    clippy::print_stdout,
    clippy::panic,
    reason = "a bench reports, and stops at a broken answer"
)]

#[path = "loopback.rs"]
mod loopback;

use actix_web::rt;
use loopback::Client;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 64;
const REQUESTS: u64 = 1_000_000;
const SAMPLE: &str = include_str!("../src/app/demo/samples/awards.json");

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// One kind of request: its bytes for the n-th one, and the status that is right.
struct Work {
    name: &'static str,
    target: u64,
    expected: u16,
    request: Box<dyn Fn(u64) -> Vec<u8>>,
}

#[derive(Default)]
struct Tally {
    micros: RefCell<Vec<u32>>,
    refused: Cell<u64>,
    first_refusal: RefCell<Option<String>>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let smoke = arguments.iter().any(|argument| argument == "--smoke" || argument == "--test");
    let given = arguments
        .iter()
        .position(|argument| argument == "--seconds")
        .and_then(|at| arguments.get(at + 1))
        .map(|text| text.parse().expect("--seconds takes a number"));
    let seconds: u64 = given.unwrap_or(if smoke { 1 } else { 10 });
    let time = Duration::from_secs(seconds.clamp(1, 300));

    let folder = tempfile::tempdir().expect("a folder that is taken away at the end");
    let mut child = Command::new(env!("CARGO_BIN_EXE_bewijs"))
        .env("TMPDIR", folder.path())
        .args(["demo", "--json", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("a pipe");
    let server = Server(child);
    let mut stdout = BufReader::new(stdout);
    stdout.read_line(&mut line).expect("the server says when it is ready");
    let ready: Value = serde_json::from_str(&line).expect("a line of JSON");
    let base = ready["baseUrl"].as_str().expect("a base URL").to_owned();
    let address: SocketAddr =
        base.trim_start_matches("http://").parse().expect("a loopback address");
    assert!(address.ip().is_loopback(), "this measures loopback only");

    println!(
        "{CONNECTIONS} connections, {seconds} s each, {} processors, the generator included",
        std::thread::available_parallelism().map_or(0, usize::from)
    );
    println!(
        "{:<24} {:>10} {:>9} {:>9} {:>9} {:>12}",
        "", "per second", "p50 ms", "p99 ms", "target", "server µs"
    );
    let mut failed = false;
    for work in works(&ready, address) {
        failed |= !measure(address, server.0.id(), work, time);
    }
    drop(server);
    drop(folder);
    if failed {
        std::process::exit(1);
    }
}

fn works(ready: &Value, address: SocketAddr) -> Vec<Work> {
    let issuer = ready["issuer"].as_str().expect("an issuer");
    let token = ready["token"].as_str().expect("a token").to_owned();
    let microcredential = ready["credentials"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|credential| credential["kind"] == "microcredential")
        .expect("the demonstration issued a microcredential");
    let path = |member: &str| {
        let url = microcredential[member].as_str().expect("an address");
        url.split_at(format!("http://{address}").len()).1.to_owned()
    };
    let (path, held) = (path("url"), path("claimUrl"));

    let samples: Value = serde_json::from_str(SAMPLE).expect("the samples are JSON");
    let mut award = samples["awards"][0].clone();
    let members = award.as_object_mut().expect("an award is an object");
    for generated in ["key", "fixed"] {
        members.remove(generated);
    }
    members.insert("certificateNumber".to_owned(), "@NUMBER@".into());
    let award = award.to_string();

    let issue_path = format!("/v1/issuers/{issuer}/credentials");
    let get = |path: &str, accept: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: {accept}\r\n\r\n").into_bytes()
    };
    let signed = get(&path, "application/vc");
    let page = get(&path, "text/html");
    let held = get(&held, "text/html");
    for page in [&page, &held] {
        let text = String::from_utf8(fetch(address, page)).expect("UTF-8");
        assert!(text.contains("class=\"verdict ") || text.contains("class=\"test\""), "{text}");
    }
    let document = fetch(address, &signed);
    let verify = post(address, "/v1/verify", "application/vc", None, &document);

    vec![
        Work {
            name: "issue mc1, durable",
            target: 6_000,
            expected: 201,
            request: Box::new(move |n| {
                let body = award.replace("@NUMBER@", &format!("LOAD-{n:08}"));
                post(address, &issue_path, "application/json", Some(&token), body.as_bytes())
            }),
        },
        Work {
            name: "POST /v1/verify",
            target: 3_000,
            expected: 200,
            request: Box::new(move |_| verify.clone()),
        },
        Work {
            name: "GET signed JSON",
            target: 25_000,
            expected: 200,
            request: Box::new(move |_| signed.clone()),
        },
        Work {
            name: "GET page",
            target: 3_000,
            expected: 200,
            request: Box::new(move |_| page.clone()),
        },
        Work {
            name: "GET holder's page",
            target: 0,
            expected: 200,
            request: Box::new(move |_| held.clone()),
        },
    ]
}

fn post(
    address: SocketAddr,
    path: &str,
    media_type: &str,
    token: Option<&str>,
    body: &[u8],
) -> Vec<u8> {
    let mut request = format!("POST {path} HTTP/1.1\r\nHost: {address}\r\n").into_bytes();
    if let Some(token) = token {
        request.extend_from_slice(format!("Authorization: Bearer {token}\r\n").as_bytes());
    }
    let length = body.len();
    request.extend_from_slice(
        format!("Content-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n").as_bytes(),
    );
    request.extend_from_slice(body);
    request
}

fn fetch(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    rt::Runtime::new().expect("a runtime").block_on(async {
        let mut client = Client::open(address).await;
        let status = client.exchange(request).await;
        assert_eq!(status, 200, "{}", client.text());
        client.body().to_vec()
    })
}

fn measure(address: SocketAddr, server: u32, work: Work, time: Duration) -> bool {
    let tally = Rc::new(Tally::default());
    let next = Rc::new(Cell::new(0));
    let work = Rc::new(work);
    let spent = processor_time(server);
    let began = Instant::now();
    let end = began + time;
    rt::Runtime::new().expect("a runtime").block_on(async {
        let tasks: Vec<_> = (0..CONNECTIONS)
            .map(|_| rt::spawn(drive(address, work.clone(), tally.clone(), next.clone(), end)))
            .collect();
        for task in tasks {
            task.await.expect("a connection does its work");
        }
    });
    let took = began.elapsed();
    let spent = processor_time(server).zip(spent).map(|(after, before)| after - before);
    report(&work, &tally, took, spent)
}

/// User and system time of a process so far, where the system tells: in hundredths of a second,
/// which is what `proc(5)` counts in.
fn processor_time(process: u32) -> Option<Duration> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let after_name = text.rsplit_once(')')?.1;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis((user + system) * 10))
}

async fn drive(
    address: SocketAddr,
    work: Rc<Work>,
    tally: Rc<Tally>,
    next: Rc<Cell<u64>>,
    end: Instant,
) {
    let mut client = Client::open(address).await;
    while Instant::now() < end && next.get() < REQUESTS {
        let n = next.replace(next.get() + 1);
        let request = (work.request)(n);
        let sent = Instant::now();
        let status = client.exchange(&request).await;
        let took = u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX);
        if status == work.expected {
            tally.micros.borrow_mut().push(took);
        } else {
            tally.refused.set(tally.refused.get() + 1);
            tally.first_refusal.borrow_mut().get_or_insert_with(|| client.text());
        }
    }
}

fn report(work: &Work, tally: &Tally, took: Duration, spent: Option<Duration>) -> bool {
    let mut micros = tally.micros.take();
    micros.sort_unstable();
    let at = |share: f64| {
        let index = (micros.len() as f64 * share) as usize;
        micros.get(index.min(micros.len().saturating_sub(1))).map_or(0.0, |m| f64::from(*m) / 1e3)
    };
    let rate = micros.len() as f64 / took.as_secs_f64();
    let target = if work.target == 0 { "-".to_owned() } else { work.target.to_string() };
    let name = work.name;
    let spent = spent.map_or_else(
        || "-".to_owned(),
        |spent| format!("{:.0}", spent.as_secs_f64() * 1e6 / micros.len().max(1) as f64),
    );
    println!("{name:<24} {rate:>10.0} {:>9.2} {:>9.2} {target:>9} {spent:>12}", at(0.50), at(0.99));
    let refused = tally.refused.get();
    if refused > 0 {
        let first = tally.first_refusal.take().unwrap_or_default();
        println!("  {refused} answers were not {}; the first: {first}", work.expected);
    }
    refused == 0 && !micros.is_empty()
}
