//! Connections, methods, unknown addresses and limits, seen from the wire.

use crate::app::{ISSUER, MAX_BODY, Options, TestApp, settings, shared};
use bewijs::http::FrontSettings;
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// One HTTP/1.1 connection, spoken by hand.
struct Wire(TcpStream);

impl Wire {
    fn open(app: &TestApp) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", app.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        Self(stream)
    }

    fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).expect("the server listens");
    }

    /// The status of the next answer, its body read to the end.
    fn answer(&mut self) -> u16 {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            let read = self.0.read(&mut byte).expect("the connection is open");
            assert_eq!(read, 1, "the connection ended: {head:?}");
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).expect("ASCII").to_lowercase();
        let length: usize = head
            .lines()
            .find_map(|l| l.strip_prefix("content-length: "))
            .map_or(0, |l| l.parse().expect("a number"));
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a whole body");
        head.split(' ').nth(1).expect("a status").parse().expect("a number")
    }
}

#[test]
fn a_connection_survives_every_refusal() {
    let app = shared();
    let mut wire = Wire::open(app);
    let body = "{\"a\":";
    let post = |path: &str, media_type: &str, length: usize| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    let issuing = format!("/v1/issuers/{ISSUER}/credentials");
    for (path, media_type, status) in [
        (issuing.as_str(), "application/json", 401),
        ("/v1/verify", "image/jpeg", 415),
        ("/nowhere", "application/json", 404),
        ("/healthz", "application/json", 405),
        ("/credentials/x", "application/json", 404),
        ("/verify", "text/plain", 415),
    ] {
        wire.send(&post(path, media_type, body.len()));
        wire.send(body);
        assert_eq!(wire.answer(), status, "{path}");
    }
    // Too large, but not absurdly: read and refused, and the connection goes on.
    let large = " ".repeat(MAX_BODY + 1);
    for path in ["/v1/verify", "/nowhere", "/healthz"] {
        wire.send(&post(path, "application/vc", large.len()));
        wire.send(&large);
        let status = wire.answer();
        assert!([413, 404, 405].contains(&status), "{path} {status}");
    }
    // In chunks.
    wire.send("POST /nowhere HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    wire.send("5\r\nhello\r\n0\r\n\r\n");
    assert_eq!(wire.answer(), 404);
    wire.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!(wire.answer(), 200);
}

#[test]
fn a_body_that_does_not_come_is_408() {
    let settings = FrontSettings { body_time: Duration::from_millis(200), ..settings() };
    let app = TestApp::start(Options { settings, ..Options::default() });
    let mut wire = Wire::open(&app);
    wire.send("POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/vc\r\nContent-Length: 9\r\n\r\n{");
    assert_eq!(wire.answer(), 408);
}

#[test]
fn more_than_may_be_in_work_is_told_to_come_back() {
    let settings = FrontSettings { max_in_work: 0, ..settings() };
    let app = TestApp::start(Options { settings, ..Options::default() });
    let answer = app.get("/").send();
    assert_eq!((answer.status, answer.problem().as_str()), (503, "busy"));
    assert!(!answer.header("retry-after").is_empty());
    assert!(answer.json().get("detail").is_none());
    assert_eq!(app.get("/healthz").send().status, 200, "the process lives all the same");
}

#[test]
fn unknown_addresses_and_methods_are_problems() {
    let app = shared();
    for path in ["/nowhere", "/v1", "/v1/", "/credentials", "/v1/issuers", "/problems/", "//"] {
        let answer = app.get(path).send();
        assert_eq!(
            (answer.status, answer.media_type()),
            (404, "application/problem+json"),
            "{path}"
        );
        assert_eq!(answer.problem(), "not-found");
        let answer = app.post(path, &json!({})).send();
        assert_eq!(answer.status, 404, "{path}");
    }
    for (method, path, allow) in [
        ("DELETE", "/healthz", "GET, HEAD, OPTIONS"),
        ("GET", "/v1/verify", "POST, OPTIONS"),
        ("PATCH", "/verify", "GET, POST, HEAD, OPTIONS"),
        ("PUT", "/status/r1", "GET, HEAD, OPTIONS"),
        ("BREW", "/", "GET, HEAD, OPTIONS"),
    ] {
        let answer = app.call(method, path).send();
        let got = (answer.status, answer.problem(), answer.header("allow"));
        assert_eq!(got, (405, "method-not-allowed".to_owned(), allow), "{method} {path}");
    }
}

#[test]
fn a_request_number_is_taken_from_trusted_proxies_only() {
    let given = "proxy-number-123";
    let app = shared();
    let answer = app.get("/healthz").header("x-request-id", given).send();
    assert_ne!(answer.header("x-request-id"), given);
    let settings = FrontSettings {
        trusted_proxies: vec!["127.0.0.0/8".parse().expect("a network")],
        ..settings()
    };
    let app = TestApp::start(Options { settings, ..Options::default() });
    let answer = app.get("/healthz").header("x-request-id", given).send();
    assert_eq!(answer.header("x-request-id"), given);
    for strange in ["short", "with space 123", "<script>alert(1)</script>", &"x".repeat(65)] {
        let answer = app.get("/healthz").header("x-request-id", strange).send();
        assert_ne!(answer.header("x-request-id"), strange);
    }
}

#[test]
fn an_encoded_body_is_415_and_names_the_header() {
    let app = shared();
    let (uuid, released) = app.issued();
    let own = format!("/v1/issuers/{ISSUER}/credentials");
    let (status, visibility) = (format!("{own}/{uuid}/status"), format!("{own}/{uuid}/visibility"));
    let change = json!({ "action": "revoke", "reason": "other" }).to_string().into_bytes();
    let open = json!({ "visibility": "closed" }).to_string().into_bytes();
    let targets = [
        ("POST", own.as_str(), "application/json", b"{}".to_vec()),
        ("POST", status.as_str(), "application/json", change),
        ("PUT", visibility.as_str(), "application/json", open),
        ("POST", "/v1/verify", "application/vc", released.clone()),
        ("POST", "/verify", "application/x-www-form-urlencoded", b"text=x".to_vec()),
    ];
    for (method, path, media_type, body) in &targets {
        for coding in ["gzip", "br", "deflate", "x-unknown", "identity, gzip", "\u{e9}"] {
            let answer = app
                .call(method, path)
                .body(media_type, body.clone())
                .token(ISSUER, "all")
                .header("content-encoding", coding)
                .send();
            let got = (answer.status, answer.problem());
            assert_eq!(got, (415, "unsupported-media-type".to_owned()), "{path} {coding}");
            assert!(answer.text().contains("Content-Encoding"), "{path} {coding}");
            assert_eq!(answer.header("accept-encoding"), "identity");
        }
        let bare = app.call(method, path).body("image/jpeg", body.clone()).token(ISSUER, "all");
        let answer = bare.send();
        assert_eq!((answer.status, answer.header("accept-encoding")), (415, ""), "{path}");
    }
    let nobody = app
        .call("POST", &own)
        .body("application/json", b"{}".to_vec())
        .header("content-encoding", "gzip")
        .send();
    assert_eq!(nobody.status, 401, "the right comes first");
    // Nothing was done, and the encoding that is none is taken.
    for coding in ["identity", "Identity"] {
        let answer = app
            .call("POST", "/v1/verify")
            .body("application/vc", released.clone())
            .header("content-encoding", coding)
            .send();
        assert_eq!(answer.status, 200, "{coding}");
        assert_eq!(answer.json()["state"], "valid");
    }
    assert_eq!(app.get(&format!("/credentials/{uuid}")).send().status, 200);
}
