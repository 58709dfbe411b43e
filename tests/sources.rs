//! What the sources answer, and above all what they refuse: a real HTTP server on the loopback
//! address that behaves badly on purpose.

#[path = "store_contract/records.rs"]
#[allow(dead_code, reason = "each test binary uses its own part")]
mod records;

use bewijs::model::{CredentialState, Timestamp};
use bewijs::sources::{
    Bundle, BundleError, DirectorySources, Gathering, KeyDocuments, Layered, Lookup,
    MAX_BUNDLE_BYTES, NetworkLimits, NetworkSources, Now, Part, PartRole, Patience,
    RecognisedIssuers, StoreSources, file_name,
};
use bewijs::store::{MemoryStore, SealerSettings, StatusAction, Store};
use bewijs::verification::{Recognition, SourceError, Sources};
use std::io::{Read, Write};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const START: i64 = 1_770_000_000;

/// A server whose answers are a function of the path. It counts what it is asked.
struct Server {
    port: u16,
    asked: Arc<AtomicUsize>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("bound").port();
        let asked = Arc::new(AtomicUsize::new(0));
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (count, seen) = (Arc::clone(&asked), Arc::clone(&heads));
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let (answer, count, seen) =
                    (Arc::clone(&answer), Arc::clone(&count), Arc::clone(&seen));
                std::thread::spawn(move || {
                    let mut head = Vec::new();
                    let mut byte = [0];
                    while !head.ends_with(b"\r\n\r\n") {
                        match stream.read(&mut byte) {
                            Ok(1) => head.push(byte[0]),
                            _ => return,
                        }
                    }
                    count.fetch_add(1, Ordering::SeqCst);
                    let head = String::from_utf8_lossy(&head).into_owned();
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    seen.lock().expect("no panic").push(head);
                    answer(&path, &mut stream);
                });
            }
        });
        Self { port, asked, heads }
    }

    /// Answers every path alike.
    fn always(status: &'static str, headers: &'static str, body: &'static str) -> Self {
        Self::start(move |_, stream| respond(stream, status, headers, body.as_bytes()))
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn respond(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) {
    let head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    // The client may have hung up; that is what some of these tests are about.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

fn clock() -> (Arc<AtomicI64>, Now) {
    let seconds = Arc::new(AtomicI64::new(START));
    let hand = Arc::clone(&seconds);
    let now: Now =
        Arc::new(move || Timestamp::from_unix(hand.load(Ordering::SeqCst)).expect("in range"));
    (seconds, now)
}

fn limits() -> NetworkLimits {
    NetworkLimits {
        timeout: Duration::from_millis(600),
        connect_timeout: Duration::from_millis(400),
        max_bytes: 1000,
        ..NetworkLimits::default()
    }
}

fn network() -> NetworkSources {
    NetworkSources::new(limits(), true, clock().1)
}

const JSON: &str = "Content-Type: application/json; charset=utf-8\r\n";

#[test]
fn an_answer_is_handed_on_as_it_came() {
    let server = Server::always("200 OK", JSON, r#"{"id":"x"}"#);
    let fetched = network().status_list(&server.url("/list#7")).expect("answered");
    assert_eq!(&*fetched.bytes, br#"{"id":"x"}"#);
    assert_eq!(fetched.media_type.as_deref(), Some("application/json"));
    assert_eq!(fetched.fetched_at.unix(), START);
    assert!(!fetched.stale);
    let heads = server.heads.lock().expect("no panic");
    assert!(heads[0].starts_with("GET /list HTTP/1.1"), "the fragment stays here: {}", heads[0]);
    assert!(!heads[0].to_ascii_lowercase().contains("referer"), "{}", heads[0]);
}

#[test]
fn a_did_web_of_the_machine_itself_is_found_when_loopback_is_allowed() {
    let server = Server::always("200 OK", JSON, "{}");
    let did = format!("did:web:localhost%3A{}:issuers:a", server.port);
    network().key_document(&did).expect("answered");
    let heads = server.heads.lock().expect("no panic");
    assert!(heads[0].starts_with("GET /issuers/a/did.json "), "{}", heads[0]);
}

#[test]
fn loopback_is_refused_unless_it_is_allowed() {
    let server = Server::always("200 OK", JSON, "{}");
    let sources = NetworkSources::new(limits(), false, clock().1);
    for url in [
        server.url("/"),
        format!("https://127.0.0.1:{}/", server.port),
        format!("https://[::1]:{}/", server.port),
        format!("https://[::ffff:127.0.0.1]:{}/", server.port),
        format!("https://localhost:{}/", server.port),
        format!("https://a.localhost:{}/", server.port),
        format!("https://2130706433:{}/", server.port),
        format!("https://0x7f.1:{}/", server.port),
        format!("https://127.1:{}/", server.port),
    ] {
        let answer = sources.status_list(&url);
        assert!(matches!(answer, Err(SourceError::Refused { .. })), "{url}: {answer:?}");
    }
    assert_eq!(server.asked(), 0);
}

#[test]
fn addresses_that_are_not_public_are_refused_even_when_loopback_is_allowed() {
    let sources = network();
    for url in [
        "https://10.0.0.1/",
        "https://172.16.0.1/",
        "https://192.168.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/",
        "http://public.example/",
        "http://10.0.0.1/",
        "ftp://public.example/",
        "file:///etc/passwd",
        "data:application/json,{}",
        "https://user:secret@public.example/",
        "https://user@public.example/",
        "not a url",
        "",
    ] {
        let answer = sources.status_list(url);
        assert!(matches!(answer, Err(SourceError::Refused { .. })), "{url}: {answer:?}");
    }
    for did in ["did:web:127.0.0.1", "did:web:10.0.0.1%3A443", "did:web:a.example:..:b"] {
        let answer = sources.key_document(did);
        assert!(matches!(answer, Err(SourceError::Invalid { .. })), "{did}: {answer:?}");
    }
    let answer = sources.key_document("did:ion:abc");
    assert!(matches!(answer, Err(SourceError::Refused { .. })), "{answer:?}");
}

#[test]
fn a_name_that_leads_to_an_address_that_is_not_public_is_refused_and_not_connected_to() {
    for address in ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "fd00::7"] {
        let server = Server::always("200 OK", JSON, "{}");
        let lookups = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&lookups);
        let lookup: Lookup = Arc::new(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            // One public address beside it does not help.
            Ok(vec!["1.1.1.1".parse().expect("v4"), address.parse::<IpAddr>().expect("an address")])
        });
        let sources = NetworkSources::new(limits(), true, clock().1).with_lookup(lookup);
        let answer = sources.status_list(&format!("https://rebind.example:{}/", server.port));
        assert!(matches!(answer, Err(SourceError::Refused { .. })), "{address}: {answer:?}");
        assert_eq!(lookups.load(Ordering::SeqCst), 1, "a name is resolved once");
        assert_eq!(server.asked(), 0);
    }
}

#[test]
fn redirects_are_followed_within_a_host_and_not_beyond_the_limit() {
    let other = Server::always("200 OK", JSON, "{}");
    let other_port = other.port;
    let server = Server::start(move |path, stream| match path {
        "/once" => respond(stream, "302 Found", "Location: /there\r\n", b""),
        "/there" => respond(stream, "200 OK", JSON, b"{}"),
        "/port" => {
            let location = format!("Location: http://127.0.0.1:{other_port}/\r\n");
            respond(stream, "302 Found", &location, b"");
        }
        "/host" => respond(stream, "302 Found", "Location: https://public.example/\r\n", b""),
        "/inside" => respond(stream, "301 Moved", "Location: https://10.0.0.1/\r\n", b""),
        "/file" => respond(stream, "307 Temporary", "Location: file:///etc/passwd\r\n", b""),
        "/nowhere" => respond(stream, "302 Found", "", b""),
        _ => respond(stream, "302 Found", "Location: /loop\r\n", b""),
    });
    let sources = network();
    sources.status_list(&server.url("/once")).expect("one redirect within the host");
    for path in ["/port", "/host", "/inside", "/file", "/loop"] {
        let answer = sources.status_list(&server.url(path));
        assert!(matches!(answer, Err(SourceError::Refused { .. })), "{path}: {answer:?}");
    }
    let answer = sources.status_list(&server.url("/nowhere"));
    assert!(matches!(answer, Err(SourceError::Unreachable { .. })), "{answer:?}");
    assert_eq!(other.asked(), 0);
}

#[test]
fn what_is_too_large_or_a_page_is_invalid() {
    let server = Server::start(|path, stream| match path {
        "/stated" => respond(stream, "200 OK", JSON, &[b' '; 2000]),
        "/endless" => {
            let _ = stream.write_all(format!("HTTP/1.1 200 OK\r\n{JSON}\r\n").as_bytes());
            while stream.write_all(&[b' '; 512]).is_ok() {}
        }
        "/exact" => respond(stream, "200 OK", JSON, &[b' '; 1000]),
        _ => respond(stream, "200 OK", "Content-Type: text/html\r\n", b"<html>"),
    });
    let sources = network();
    for path in ["/stated", "/endless", "/page"] {
        let answer = sources.status_list(&server.url(path));
        assert!(matches!(answer, Err(SourceError::Invalid { .. })), "{path}: {answer:?}");
    }
    assert_eq!(sources.status_list(&server.url("/exact")).expect("taken").bytes.len(), 1000);
}

#[test]
fn what_is_gone_is_not_found_and_what_is_broken_is_unreachable() {
    let server = Server::start(|path, stream| match path {
        "/404" => respond(stream, "404 Not Found", "", b""),
        "/410" => respond(stream, "410 Gone", "", b""),
        "/403" => respond(stream, "403 Forbidden", "", b""),
        "/204" => respond(stream, "204 No Content", "", b""),
        "/cut" => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n{JSON}\r\n{{");
            let _ = stream.write_all(head.as_bytes());
        }
        "/garbage" => {
            let _ = stream.write_all(b"\x16\x03\x01 no HTTP\r\n\r\n");
        }
        _ => respond(stream, "500 Internal Server Error", "", b""),
    });
    let sources = network();
    for path in ["/404", "/410"] {
        let answer = sources.status_list(&server.url(path));
        assert!(matches!(answer, Err(SourceError::NotFound { .. })), "{path}: {answer:?}");
    }
    for path in ["/403", "/204", "/500", "/cut", "/garbage"] {
        let answer = sources.status_list(&server.url(path));
        assert!(matches!(answer, Err(SourceError::Unreachable { .. })), "{path}: {answer:?}");
    }
}

#[test]
fn a_slow_server_is_given_up_in_time() {
    let server = Server::start(|path, stream| match path {
        "/silent" => std::thread::sleep(Duration::from_secs(5)),
        _ => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n{JSON}\r\n");
            let _ = stream.write_all(head.as_bytes());
            // A drop now and then keeps each read alive; the whole must end all the same.
            for _ in 0..100 {
                std::thread::sleep(Duration::from_millis(100));
                if stream.write_all(b" ").is_err() {
                    return;
                }
            }
        }
    });
    for path in ["/silent", "/dripping"] {
        let before = Instant::now();
        let answer = network().status_list(&server.url(path));
        assert!(matches!(answer, Err(SourceError::Unreachable { .. })), "{path}: {answer:?}");
        assert!(before.elapsed() < Duration::from_secs(3), "{path}: {:?}", before.elapsed());
    }
}

#[test]
fn nobody_there_is_unreachable() {
    let port = TcpListener::bind("127.0.0.1:0").expect("free").local_addr().expect("bound").port();
    let answer = network().status_list(&format!("http://127.0.0.1:{port}/"));
    assert!(matches!(answer, Err(SourceError::Unreachable { .. })), "{answer:?}");
}

#[test]
fn answers_are_kept_as_long_as_they_say() {
    let server = Server::start(|path, stream| {
        let headers = match path {
            "/short" => format!("{JSON}Cache-Control: public, max-age=60\r\n"),
            "/never" => format!("{JSON}Cache-Control: no-store\r\n"),
            "/ages" => format!("{JSON}Cache-Control: max-age=999999999999\r\n"),
            _ => JSON.to_owned(),
        };
        respond(stream, "200 OK", &headers, b"{}");
    });
    let (hand, now) = clock();
    let sources = NetworkSources::new(limits(), true, now);
    let asked_after = |path: &str, seconds: i64| {
        hand.store(START + seconds, Ordering::SeqCst);
        let before = server.asked();
        sources.status_list(&server.url(path)).expect("answered");
        server.asked() - before
    };
    assert_eq!(asked_after("/short", 0), 1);
    assert_eq!(asked_after("/short", 59), 0);
    assert_eq!(asked_after("/short", 60), 1);
    assert_eq!(asked_after("/never", 60), 1);
    assert_eq!(asked_after("/never", 60), 1);
    assert_eq!(asked_after("/silent-about-it", 60), 1);
    assert_eq!(asked_after("/silent-about-it", 359), 0);
    assert_eq!(asked_after("/silent-about-it", 360), 1);
    assert_eq!(asked_after("/ages", 0), 1);
    assert_eq!(asked_after("/ages", 3600), 1, "an hour at most, whatever it says");
    // A clock that is set back does not make an answer last.
    assert_eq!(asked_after("/ages", 0), 1);
}

#[test]
fn a_stale_answer_is_given_with_its_age_only_when_nothing_newer_can_be_had() {
    let up = Arc::new(AtomicUsize::new(0));
    let state = Arc::clone(&up);
    let server = Server::start(move |_, stream| match state.load(Ordering::SeqCst) {
        0 => respond(stream, "200 OK", JSON, b"{}"),
        1 => respond(stream, "503 Service Unavailable", "", b""),
        _ => respond(stream, "404 Not Found", "", b""),
    });
    let (hand, now) = clock();
    let sources = NetworkSources::new(limits(), true, now);
    let url = server.url("/list");
    sources.status_list(&url).expect("answered");
    up.store(1, Ordering::SeqCst);
    hand.store(START + 4000, Ordering::SeqCst);
    let stale = sources.status_list(&url).expect("kept");
    assert!(stale.stale);
    assert_eq!(stale.fetched_at.unix(), START, "its age can be told");
    // What is gone is gone: a host that answers 404 is not covered by what it said yesterday.
    up.store(2, Ordering::SeqCst);
    assert!(matches!(sources.status_list(&url), Err(SourceError::NotFound { .. })));
    // And nothing is kept for ever.
    up.store(1, Ordering::SeqCst);
    hand.store(START + 200_000, Ordering::SeqCst);
    assert!(matches!(sources.status_list(&url), Err(SourceError::Unreachable { .. })));
}

#[test]
fn a_failure_is_remembered_for_a_moment() {
    let server = Server::always("500 Internal Server Error", "", "");
    let (hand, now) = clock();
    let sources = NetworkSources::new(limits(), true, now);
    for _ in 0..5 {
        assert!(sources.status_list(&server.url("/")).is_err());
    }
    assert_eq!(server.asked(), 1);
    hand.store(START + 11, Ordering::SeqCst);
    assert!(sources.status_list(&server.url("/")).is_err());
    assert_eq!(server.asked(), 2);
}

#[test]
fn the_network_knows_no_register() {
    assert_eq!(network().register("https://badges.example/credentials/x"), None);
    assert!(network().recognised("did:web:badges.example").is_empty());
}

#[test]
fn a_directory_answers_by_name_and_by_index() {
    let directory = tempfile::tempdir().expect("a directory");
    let write = |name: &str, text: &str| {
        std::fs::write(directory.path().join(name), text).expect("written");
    };
    assert_eq!(file_name("did:web:a.example:x"), "did_web_a.example_x.json");
    write("did_web_a.example_x.json", "by name");
    write("list.json", "by index");
    write(
        "index.json",
        r#"{"https://a.example/status/r1": {"file": "list.json", "fetchedAt": "2026-01-01T00:00:00Z"},
            "https://a.example/status/r2": "gone.json"}"#,
    );
    let sources = DirectorySources::open(directory.path(), clock().1).expect("opens");
    let document = sources.key_document("did:web:a.example:x").expect("there");
    assert_eq!(&*document.bytes, b"by name");
    let list = sources.status_list("https://a.example/status/r1").expect("there");
    assert_eq!(&*list.bytes, b"by index");
    assert_eq!(list.fetched_at.to_string(), "2026-01-01T00:00:00Z");
    let gone = sources.status_list("https://a.example/status/r2");
    assert!(matches!(gone, Err(SourceError::NotFound { .. })), "{gone:?}");
    for elsewhere in ["https://a.example/status/r3", "../secret", "/etc/passwd", &"x".repeat(5000)]
    {
        assert_eq!(sources.status_list(elsewhere), Err(SourceError::Deferred), "{elsewhere}");
    }
}

#[test]
fn an_index_that_leads_out_of_the_directory_is_refused() {
    for file in ["../x", "/etc/passwd", "a/b", "..", ".hidden", "", "c:x", "a\\\\b"] {
        let directory = tempfile::tempdir().expect("a directory");
        let index = format!(r#"{{"https://a.example/": "{file}"}}"#);
        std::fs::write(directory.path().join("index.json"), index).expect("written");
        assert!(DirectorySources::open(directory.path(), clock().1).is_err(), "{file}");
    }
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join("index.json"), "[1]").expect("written");
    assert!(DirectorySources::open(directory.path(), clock().1).is_err());
    assert!(DirectorySources::open(&directory.path().join("no"), clock().1).is_err());
}

#[test]
fn layers_are_asked_in_order_and_the_first_that_knows_decides() {
    let (first, second) = (tempfile::tempdir().expect("one"), tempfile::tempdir().expect("two"));
    std::fs::write(second.path().join("did_web_a.example.json"), "second").expect("written");
    let open = |dir: &tempfile::TempDir| -> Arc<dyn Sources> {
        Arc::new(DirectorySources::open(dir.path(), clock().1).expect("opens"))
    };
    let layered = Layered::new(vec![open(&first), open(&second)]);
    assert_eq!(&*layered.key_document("did:web:a.example").expect("there").bytes, b"second");
    std::fs::write(first.path().join("did_web_a.example.json"), "first").expect("written");
    assert_eq!(&*layered.key_document("did:web:a.example").expect("there").bytes, b"first");
    assert_eq!(layered.key_document("did:web:b.example"), Err(SourceError::Deferred));
}

const OWN: &str = "https://badges.example";
const OWN_DID: &str = "did:web:badges.example:issuers:voorbeeld-hogeschool";

/// A store with an issuer, its key, its lists and two certificates, one of them withdrawn.
fn own() -> StoreSources {
    let store = MemoryStore::new();
    let mut school = records::organisation("voorbeeld-hogeschool");
    school.sealer = school.sealer.map(|sealer| SealerSettings { id: OWN_DID.to_owned(), ..sealer });
    let mut demo = records::organisation("demo");
    demo.sealer =
        demo.sealer.map(|sealer| SealerSettings { id: "did:key:zDemo".to_owned(), ..sealer });
    let mut partner = records::organisation("partner");
    partner.sealer = None;
    let all = vec![school, demo, partner];
    store.put_organisations(all, records::origin(0)).wait().expect("stored");
    store.put_key(records::key("een"), records::origin(0)).wait().expect("stored");
    records::with_lists(&store);
    for number in [1, 2] {
        let issuance = records::issuance(&store, number, false);
        store.record_issuance(issuance).wait().expect("recorded");
    }
    let change = records::status_change(2, StatusAction::Revoke);
    store.change_status(change).wait().expect("withdrawn");
    let documents: KeyDocuments =
        Arc::new(|issuer| Ok(format!("document of {}", issuer.slug).into_bytes().into()));
    StoreSources::new(Arc::new(store), format!("{OWN}/"), documents, clock().1)
}

#[test]
fn the_own_store_answers_for_what_is_its_own() {
    let sources = own();
    let document = sources.key_document(OWN_DID).expect("ours");
    assert_eq!(&*document.bytes, b"document of voorbeeld-hogeschool");
    assert_eq!(document.fetched_at.unix(), START);
    let demo = sources.key_document("did:key:zDemo").expect("ours, under another name");
    assert_eq!(&*demo.bytes, b"document of demo");
    let list = sources.status_list(&format!("{OWN}/status/r1")).expect("ours");
    assert_eq!(&*list.bytes, b"first form of r1");
    let own = sources.recognised(OWN_DID);
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].from, Some(records::at(0).date()), "since its first key");
    assert_eq!((own[0].until, &own[0].by), (None, &None));
}

#[test]
fn the_own_store_never_goes_out() {
    let sources = own();
    for did in [
        "did:web:badges.example:issuers:other",
        "did:web:evil.example:issuers:voorbeeld-hogeschool",
        "did:web:voorbeeld-hogeschool",
        "did:key:zOther",
        "https://badges.example/issuers/voorbeeld-hogeschool/did.json",
    ] {
        assert_eq!(sources.key_document(did), Err(SourceError::Deferred), "{did}");
        assert!(sources.recognised(did).is_empty(), "{did}");
    }
    for url in [
        "https://evil.example/status/r1",
        "https://badges.example.evil.example/status/r1",
        "https://badges.example/status/r1/x",
        "https://badges.example/status/",
        "https://badges.example/status/r1?x",
        "https://badges.example/other/r1",
        "http://badges.example/status/r1",
    ] {
        assert_eq!(sources.status_list(url), Err(SourceError::Deferred), "{url}");
    }
    let gone = sources.status_list(&format!("{OWN}/status/r9"));
    assert!(matches!(gone, Err(SourceError::NotFound { .. })), "{gone:?}");
}

#[test]
fn the_register_knows_state_moment_and_hash() {
    let sources = own();
    let url = |number| format!("{OWN}/credentials/{}", records::id(number));
    let valid = sources.register(&url(1)).expect("ours");
    assert_eq!(valid.state, CredentialState::Valid);
    assert_eq!(valid.issuer, OWN_DID);
    assert_eq!(valid.recorded, records::at(10));
    assert_eq!(valid.sha256.len(), 64);
    assert!(valid.test);
    let withdrawn = sources.register(&url(2)).expect("ours");
    assert_eq!(withdrawn.state, CredentialState::Revoked);
    assert_eq!(withdrawn.since, Some(records::at(20)));
    for unknown in [
        url(3),
        url(1).to_uppercase(),
        url(1).replace("https", "http"),
        format!("{}/x", url(1)),
        format!("{}#x", url(1)),
        "urn:uuid:00000000-0000-0000-0000-000000000001".to_owned(),
        String::new(),
    ] {
        assert_eq!(sources.register(&unknown), None, "{unknown}");
    }
}

#[test]
fn what_still_holds_is_asked_for_and_not_sent_again() {
    let server = Server::start(|path, stream| {
        let _ = path;
        respond(
            stream,
            "200 OK",
            &format!(
                "{JSON}ETag: \"a1\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nCache-Control: max-age=60\r\n"
            ),
            b"{}",
        );
    });
    let (hand, now) = clock();
    let sources = NetworkSources::new(limits(), true, now);
    let url = server.url("/list");
    sources.status_list(&url).expect("answered");
    hand.store(START + 61, Ordering::SeqCst);
    sources.status_list(&url).expect("answered");
    let heads = server.heads.lock().expect("no panic");
    assert!(!heads[0].to_ascii_lowercase().contains("if-none-match"), "{}", heads[0]);
    let second = heads[1].to_ascii_lowercase();
    assert!(second.contains("if-none-match: \"a1\""), "{second}");
    assert!(second.contains("if-modified-since: sun, 06 nov 1994 08:49:37 gmt"), "{second}");
}

#[test]
fn not_modified_makes_what_is_held_fresh_again_and_nothing_else() {
    let changed = Arc::new(AtomicUsize::new(0));
    let state = Arc::clone(&changed);
    let server = Server::start(move |_, stream| match state.load(Ordering::SeqCst) {
        0 => respond(stream, "200 OK", &format!("{JSON}ETag: \"a\"\r\n"), b"{\"a\":1}"),
        _ => respond(stream, "304 Not Modified", "Cache-Control: max-age=100\r\n", b""),
    });
    let (hand, now) = clock();
    let sources = NetworkSources::new(limits(), true, now);
    let url = server.url("/list");
    sources.status_list(&url).expect("answered");
    changed.store(1, Ordering::SeqCst);
    hand.store(START + 400, Ordering::SeqCst);
    let again = sources.status_list(&url).expect("still holds");
    assert_eq!(&*again.bytes, b"{\"a\":1}");
    assert_eq!((again.stale, again.fetched_at.unix()), (false, START + 400));
    hand.store(START + 499, Ordering::SeqCst);
    sources.status_list(&url).expect("fresh");
    assert_eq!(server.asked(), 2);
    // Nobody asked whether something holds: there is nothing to hold.
    let answer = sources.status_list(&server.url("/other"));
    assert!(matches!(answer, Err(SourceError::Unreachable { .. })), "{answer:?}");
}

#[test]
fn a_list_is_asked_for_again_as_soon_as_it_says_itself() {
    let server = Server::start(|path, stream| {
        let headers = match path {
            "/short" | "/until" => format!("{JSON}Cache-Control: max-age=3000\r\n"),
            "/aged" => format!("{JSON}Cache-Control: max-age=100\r\nAge: 90\r\n"),
            _ => JSON.to_owned(),
        };
        let until = Timestamp::from_unix(START + 20).expect("in range");
        let body = match path {
            "/until" => format!(r#"{{"validUntil":"{until}"}}"#),
            _ => r#"{"credentialSubject":{"ttl":10000}}"#.to_owned(),
        };
        respond(stream, "200 OK", &headers, body.as_bytes());
    });
    let (hand, now) = clock();
    let sources = NetworkSources::new(limits(), true, now);
    for (path, seconds) in [("/short", 10), ("/until", 20), ("/aged", 10), ("/no-header", 10)] {
        hand.store(START, Ordering::SeqCst);
        let before = server.asked();
        for (at, asked) in [(0, 1), (seconds - 1, 1), (seconds, 2)] {
            hand.store(START + at, Ordering::SeqCst);
            sources.status_list(&server.url(path)).expect("answered");
            assert_eq!(server.asked() - before, asked, "{path} after {at} s");
        }
    }
    // The same bytes as a key document are no list.
    hand.store(START, Ordering::SeqCst);
    sources.key_document(&server.url("/short")).expect("answered");
    let before = server.asked();
    hand.store(START + 60, Ordering::SeqCst);
    sources.key_document(&server.url("/short")).expect("kept");
    assert_eq!(server.asked(), before);
}

#[test]
fn an_answer_that_must_not_be_stale_is_not_given_past_its_time() {
    let up = Arc::new(AtomicUsize::new(0));
    let state = Arc::clone(&up);
    let server = Server::start(move |path, stream| {
        let headers = match path {
            "/strict" => format!("{JSON}Cache-Control: max-age=1, must-revalidate\r\n"),
            "/unstored" => format!("{JSON}Cache-Control: no-store\r\n"),
            _ => format!("{JSON}Cache-Control: max-age=1\r\n"),
        };
        match state.load(Ordering::SeqCst) {
            0 => respond(stream, "200 OK", &headers, b"{}"),
            _ => respond(stream, "503 Service Unavailable", "", b""),
        }
    });
    let (hand, now) = clock();
    let sources = NetworkSources::new(limits(), true, now);
    for path in ["/strict", "/unstored", "/plain"] {
        sources.status_list(&server.url(path)).expect("answered");
    }
    up.store(1, Ordering::SeqCst);
    hand.store(START + 10, Ordering::SeqCst);
    for path in ["/strict", "/unstored"] {
        let answer = sources.status_list(&server.url(path));
        assert!(matches!(answer, Err(SourceError::Unreachable { .. })), "{path}: {answer:?}");
    }
    assert!(sources.status_list(&server.url("/plain")).expect("kept").stale);
}

#[test]
fn what_comes_compressed_is_not_taken() {
    let server = Server::always(
        "200 OK",
        "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
        "{}",
    );
    let answer = network().status_list(&server.url("/"));
    assert!(matches!(answer, Err(SourceError::Invalid { .. })), "{answer:?}");
    let heads = server.heads.lock().expect("no panic");
    assert!(!heads[0].to_ascii_lowercase().contains("accept-encoding"), "{}", heads[0]);
}

#[test]
fn a_host_that_does_not_answer_is_left_alone_and_the_report_can_say_so() {
    let up = Arc::new(AtomicUsize::new(0));
    let state = Arc::clone(&up);
    let server = Server::start(move |_, stream| match state.load(Ordering::SeqCst) {
        0 => respond(stream, "500 Internal Server Error", "", b""),
        _ => respond(stream, "200 OK", JSON, b"{}"),
    });
    let (hand, now) = clock();
    let sources = NetworkSources::new(limits(), true, now);
    for number in 0..5 {
        assert!(sources.status_list(&server.url(&format!("/{number}"))).is_err());
    }
    assert_eq!(server.asked(), 5);
    for number in 5..9 {
        match sources.status_list(&server.url(&format!("/{number}"))) {
            Err(SourceError::Unreachable { detail }) => {
                assert!(detail.contains("5 times") && detail.contains("30 seconds"), "{detail}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(server.asked(), 5, "the host is not asked, whatever the path");
    up.store(1, Ordering::SeqCst);
    hand.store(START + 30, Ordering::SeqCst);
    sources.status_list(&server.url("/5")).expect("back");
    sources.status_list(&server.url("/6")).expect("open again");
    assert_eq!(server.asked(), 7);
}

#[test]
fn a_host_that_says_no_is_not_left_alone() {
    let server = Server::always("404 Not Found", "", "");
    let sources = network();
    for number in 0..20 {
        let answer = sources.status_list(&server.url(&format!("/{number}")));
        assert!(matches!(answer, Err(SourceError::NotFound { .. })), "{answer:?}");
    }
    assert_eq!(server.asked(), 20);
}

#[test]
fn who_asks_for_what_is_being_asked_waits_for_that_answer() {
    let server = Server::start(|_, stream| {
        std::thread::sleep(Duration::from_millis(200));
        respond(stream, "200 OK", &format!("{JSON}Cache-Control: no-store\r\n"), b"{}");
    });
    let sources = network();
    let url = server.url("/list");
    let barrier = std::sync::Barrier::new(8);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                barrier.wait();
                sources.status_list(&url).expect("answered");
            });
        }
    });
    assert!(server.asked() < 8, "{}", server.asked());
}

#[test]
fn an_operator_may_open_a_network_and_opens_nothing_else() {
    let names: Lookup = Arc::new(|host| {
        Ok(vec![match host {
            "inside.example" => "127.0.0.2".parse::<IpAddr>().expect("an address"),
            "mapped.example" => "::ffff:127.0.0.2".parse().expect("an address"),
            _ => "192.168.1.1".parse().expect("an address"),
        }])
    });
    let exempt: bewijs::sources::Exempt =
        Arc::new(|address| address == "127.0.0.2".parse::<IpAddr>().expect("an address"));
    let sources =
        NetworkSources::new(limits(), false, clock().1).with_lookup(names).with_exempt(exempt);
    for url in ["https://inside.example/", "https://mapped.example/", "https://127.0.0.2/"] {
        // Nobody listens there; it is asked.
        let answer = sources.status_list(url);
        assert!(matches!(answer, Err(SourceError::Unreachable { .. })), "{url}: {answer:?}");
    }
    for url in [
        "http://127.0.0.2/",
        "https://elsewhere.example/",
        "https://192.168.1.1/",
        "https://127.0.0.1/",
        "https://localhost/",
    ] {
        let answer = sources.status_list(url);
        assert!(matches!(answer, Err(SourceError::Refused { .. })), "{url}: {answer:?}");
    }
}

#[test]
fn the_register_of_the_operator_knows_periods_and_nothing_else() {
    let day = |text: &str| text.parse::<bewijs::model::Date>().expect("a date");
    let period = Recognition {
        name: Some("Voorbeeld Hogeschool".to_owned()),
        from: Some(day("2020-01-01")),
        until: Some(day("2023-12-31")),
        by: Some("Erkenner".to_owned()),
        source: Some("https://register.example/1".to_owned()),
    };
    let register = RecognisedIssuers::new([(OWN_DID.to_owned(), vec![period.clone()])]);
    assert_eq!(register.recognised(OWN_DID), std::slice::from_ref(&period));
    for other in ["", "did:web:badges.example", "did:web:badges.example:issuers", "DID:WEB:X"] {
        assert!(register.recognised(other).is_empty(), "{other}");
    }
    assert!(!period.covers(day("2019-12-31")) && period.covers(day("2020-01-01")));
    assert!(period.covers(day("2023-12-31")) && !period.covers(day("2024-01-01")));
    assert_eq!(register.key_document(OWN_DID), Err(SourceError::Deferred));
    assert_eq!(register.status_list("https://a.example/"), Err(SourceError::Deferred));
    // Beside what is known of an own issuer, not instead of it.
    let layered = Layered::new(vec![Arc::new(own()), Arc::new(register)]);
    assert_eq!(layered.recognised(OWN_DID).len(), 2);
}

/// Parts as they are gathered: a credential, a key document and a list.
fn parts() -> Vec<Part> {
    let at = |seconds: i64| Some(Timestamp::from_unix(START + seconds).expect("in range"));
    let part = |role, url: Option<&str>, fetched_at, bytes: &[u8]| Part {
        role,
        url: url.map(str::to_owned),
        media_type: None,
        fetched_at,
        bytes: bytes.to_vec(),
    };
    vec![
        part(PartRole::StatusList, Some("https://a.example/status/1"), at(3), b"\xff list"),
        part(PartRole::KeyDocument, Some("did:web:a.example"), at(2), "sleutels é".as_bytes()),
        part(PartRole::Credential, None, None, b"{\"a\": 1}\n"),
    ]
}

fn as_of() -> Timestamp {
    Timestamp::from_unix(START + 3).expect("in range")
}

#[test]
fn a_bundle_answers_with_the_bytes_and_moments_that_were_gathered() {
    let bundle = Bundle::read(&Bundle::new(as_of(), parts()).expect("a bundle").write());
    let bundle = bundle.expect("read");
    assert_eq!(bundle.credential().bytes, b"{\"a\": 1}\n");
    let keys = bundle.key_document("did:web:a.example").expect("in it");
    assert_eq!(&*keys.bytes, "sleutels é".as_bytes());
    assert_eq!((keys.fetched_at.unix(), keys.stale), (START + 2, false));
    let list = bundle.status_list("https://a.example/status/1").expect("in it");
    assert_eq!(&*list.bytes, b"\xff list");
    for other in ["https://a.example/status/2", "did:web:a.example", ""] {
        let answer = bundle.status_list(other);
        assert!(matches!(answer, Err(SourceError::NotFound { .. })), "{other}: {answer:?}");
    }
}

#[test]
fn the_same_parts_make_the_same_bytes() {
    let one = Bundle::new(as_of(), parts()).expect("a bundle").write();
    let mut other = parts();
    other.reverse();
    other.push(parts().remove(1));
    assert_eq!(Bundle::new(as_of(), other).expect("a bundle").write(), one);
    assert_eq!(Bundle::read(&one).expect("read").write(), one);
}

#[test]
fn parts_that_make_no_bundle_are_refused() {
    let refused = |change: &dyn Fn(&mut Vec<Part>)| {
        let mut all = parts();
        change(&mut all);
        let answer = Bundle::new(as_of(), all);
        assert!(matches!(answer, Err(BundleError::Malformed { .. })), "{answer:?}");
    };
    refused(&Vec::clear);
    refused(&|all| all.truncate(2));
    refused(&|all| all.push(Part { bytes: b"{}".to_vec(), ..all[2].clone() }));
    refused(&|all| all.push(Part { bytes: b"other".to_vec(), ..all[1].clone() }));
    refused(&|all| all[1].url = None);
    refused(&|all| all[2].url = Some("https://a.example/".to_owned()));
    refused(&|all| all[1].fetched_at = None);
    refused(&|all| all[0].fetched_at = Some(as_of().plus_seconds(1)));
    refused(&|all| {
        all.extend((0..1000).map(|n| Part { url: Some(n.to_string()), ..parts().remove(1) }));
    });
}

#[test]
fn a_changed_bundle_is_not_read() {
    let good = String::from_utf8(Bundle::new(as_of(), parts()).expect("a bundle").write());
    let good = good.expect("text");
    for (from, to) in [
        ("sleutels", "sleuteln"),
        ("/yBsaXN0", "/yBsaXN1"),
        ("/yBsaXN0", "no base64"),
        ("bewijs-bundle", "bewijs-bundel"),
        ("\"version\": 1", "\"version\": 2"),
        ("\"kind\": \"credential\"", "\"kind\": \"institution\""),
        ("\"format\"", "\"formaat\""),
        ("\"role\": \"key-document\"", "\"role\": \"key\""),
        ("\"text\": \"sleutels", "\"base64\": \"\", \"text\": \"sleutels"),
        ("\"asOf\"", "\"extra\": 1, \"asOf\""),
        ("2026-02-02T02:40:03Z", "2026-02-02T02:40:01Z"),
    ] {
        assert!(good.contains(from), "{from} in {good}");
        let answer = Bundle::read(good.replace(from, to).as_bytes());
        assert!(answer.is_err(), "{from} -> {to}");
    }
    for at in 0..good.len() {
        assert!(Bundle::read(&good.as_bytes()[..at]).is_err() || at == good.len() - 1);
    }
    let large = vec![b' '; MAX_BUNDLE_BYTES + 1];
    assert_eq!(Bundle::read(&large), Err(BundleError::TooLarge));
}

#[test]
fn what_was_answered_is_gathered_and_what_was_not_is_not() {
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join("did_web_a.example.json"), "keys").expect("written");
    let inner = DirectorySources::open(directory.path(), clock().1).expect("opens");
    let gathering = Gathering::new(&inner);
    gathering.key_document("did:web:a.example").expect("there");
    gathering.key_document("did:web:a.example").expect("there");
    assert_eq!(gathering.status_list("https://a.example/1"), Err(SourceError::Deferred));
    let parts = gathering.into_parts();
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].role, PartRole::KeyDocument);
    assert_eq!(parts[0].bytes, b"keys");
}

/// A document may lead to hundreds of addresses that each answer as late as they may.
#[test]
fn when_the_time_of_an_examination_is_over_nobody_is_asked_any_more() {
    let server = Server::always("200 OK", "Content-Type: application/json\r\n", "{}");
    let network: Arc<dyn Sources> = Arc::new(network());
    let patient = Patience::new(Arc::clone(&network), Duration::from_secs(60));
    assert!(patient.status_list(&server.url("/a")).is_ok());
    assert_eq!(server.asked(), 1);
    let impatient = Patience::new(network, Duration::ZERO);
    for answer in
        [impatient.status_list(&server.url("/b")), impatient.key_document(&server.url("/c"))]
    {
        assert!(matches!(answer, Err(SourceError::Unreachable { .. })), "{answer:?}");
    }
    assert_eq!(server.asked(), 1, "nobody was asked");
}
