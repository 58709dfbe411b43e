//! `POST /v1/verify/batch`

use crate::app::{Answer, MAX_BODY, PUBLIC, TestApp, shared};
use crate::contract::Contract;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;

const PATH: &str = "/v1/verify/batch";

fn ask(app: &TestApp, path: &str, media_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    app.call("POST", path).body(media_type, body.into()).send()
}

/// The results of an answer, each held against the document.
fn results(answer: &Answer) -> Vec<Value> {
    assert_eq!((answer.status, answer.media_type()), (200, "application/jsonl"), "{answer:?}");
    let read = |line: &str| {
        let result: Value = serde_json::from_str(line).expect("a line of JSON");
        assert_eq!(Contract::shared().request("BatchResult", &result), Ok(()), "{result:#}");
        result
    };
    let results: Vec<Value> = answer.text().lines().map(read).collect();
    for (place, result) in results.iter().enumerate() {
        assert_eq!(result["index"], json!(place), "the order is kept");
    }
    results
}

fn verdicts(results: &[Value]) -> Vec<&str> {
    results.iter().map(|result| result["verdict"].as_str().expect("a verdict")).collect()
}

/// What an issued certificate says when somebody changed a letter.
fn changed(released: &[u8]) -> String {
    String::from_utf8(released.to_vec()).expect("UTF-8").replacen("Voornaam", "Voornaan", 1)
}

/// Story E8.
#[test]
fn a_hundred_are_examined_in_their_order() {
    let app = shared();
    let (uuid, released) = app.issued();
    let good = String::from_utf8(released.clone()).expect("UTF-8");
    let bad = changed(&released);
    let mut lines = String::new();
    for place in 0..100 {
        let line = match place % 4 {
            0 => format!("{{\"id\":\"n{place}\",\"credential\":{good}}}"),
            1 => format!("{{\"id\":\"n{place}\",\"credential\":{bad}}}"),
            2 => json!({"id": format!("n{place}"), "url": format!("{PUBLIC}/credentials/{uuid}")})
                .to_string(),
            _ => "{\"id\": nonsense".to_owned(),
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    let answer = ask(app, &format!("{PATH}?report=summary"), "application/jsonl", lines);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let results = results(&answer);
    assert_eq!(results.len(), 100);
    for (place, result) in results.iter().enumerate() {
        let expected = ["verified", "failed", "verified", "refused"][place % 4];
        assert_eq!(result["verdict"], expected, "{place}: {result:#}");
        if place % 4 < 3 {
            assert_eq!(result["id"], format!("n{place}"));
        }
    }
    assert_eq!(results[1]["notPassed"][0]["check"], "proof");
    assert_eq!(results[0]["notPassed"], json!([]));
    assert_eq!(results[0]["sentence"], "Dit bewijs is echt en geldig.");
}

#[test]
fn an_array_gives_whole_reports_on_every_form() {
    let app = shared();
    let (uuid, released) = app.issued();
    let token = app.get(&format!("/credentials/{uuid}")).accept("application/vc+jwt").send().text();
    let good: Value = serde_json::from_slice(&released).expect("JSON");
    let text = String::from_utf8(released.clone()).expect("UTF-8");
    let drawing =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"1\" height=\"1\"/></svg>";
    let limits = bewijs::baked::Limits::default();
    let baked = bewijs::baked::bake(drawing, &released, &limits).expect("baked");
    let items = json!([
        {"credential": good},
        {"credential": token.trim()},
        {"credential": text},
        {"file": STANDARD.encode(&released)},
        {"file": STANDARD.encode(&baked)},
        {"file": STANDARD.encode(drawing)},
        {"credential": "hello"},
        {"credential": {}},
    ]);
    let path = format!("{PATH}?lang=fr");
    let answer = ask(app, &path, "application/json", items.to_string());
    assert_eq!(answer.header("content-language"), "fr");
    let results = results(&answer);
    let (good, bad) = (["verified"; 5], ["failed"; 3]);
    assert_eq!(verdicts(&results), [&good[..], &bad].concat());
    assert_eq!(results[0]["report"]["checks"].as_array().map(Vec::len), Some(15));
    assert_eq!(results[0]["report"]["language"], "fr");
    assert_eq!(results[4]["report"]["input"]["carrier"], "image/svg+xml");
    assert!(results[0].get("id").is_none(), "an item without a name has none");
    // The same as one by one.
    assert_eq!(
        results[6]["report"]["input"]["sha256"],
        app.verify(b"hello", "text/plain")["input"]["sha256"]
    );
    // In an array a certificate stays byte for byte what it was.
    let items = [b"[{\"credential\":".as_slice(), &released, b"}]"].concat();
    let answer = ask(app, PATH, "application/json", items);
    let whole = app.verify(&released, "application/vc");
    let line: Value = serde_json::from_str(&answer.text()).expect("one line");
    assert_eq!(line["report"]["input"]["sha256"], whole["input"]["sha256"]);
}

#[test]
fn what_could_not_be_checked_is_a_value_of_its_own() {
    let app = shared();
    let (_, released) = app.issued();
    let text = String::from_utf8(released).expect("UTF-8");
    let foreign = text.replace("badges.voorbeeld-hogeschool.example", "badges.elsewhere.example");
    let items = json!([{"credential": foreign}, {"credential": text}]);
    let answer = ask(app, &format!("{PATH}?report=summary"), "application/json", items.to_string());
    let results = results(&answer);
    assert_eq!(verdicts(&results), ["indeterminate", "verified"]);
    assert_eq!(results[0]["notPassed"][0]["outcome"], "indeterminate");
}

#[test]
fn broken_items_are_refused_with_their_reason_and_stop_nobody() {
    let app = shared();
    let (uuid, released) = app.issued();
    let (closed, _) = app.issued();
    assert_eq!(app.show(&closed, "closed").status, 200);
    let address = |uuid: &str| format!("{PUBLIC}/credentials/{uuid}");
    let unknown = address("0198c1d2-0000-7000-8000-000000000001");
    let good = String::from_utf8(released).expect("UTF-8");
    let lines = [
        ("null".to_owned(), "invalid-item"),
        ("[]".to_owned(), "invalid-item"),
        ("{}".to_owned(), "invalid-item"),
        ("{\"credential\":{\"a\":}}".to_owned(), "invalid-item"),
        (format!("{{\"a\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000)), "invalid-item"),
        (format!("{{\"credential\":{good},\"url\":\"x\"}}"), "invalid-item"),
        (format!("{{\"credential\":{good},\"surplus\":\"x\"}}"), "invalid-item"),
        (json!({"file": "not base64!"}).to_string(), "invalid-item"),
        (json!({"id": "x".repeat(201), "url": address(&uuid)}).to_string(), "invalid-item"),
        (json!({"url": "https://elsewhere.example/credentials/1"}).to_string(), "not-own"),
        (json!({"url": "file:///etc/passwd"}).to_string(), "not-own"),
        (json!({"url": format!("{PUBLIC}.example/credentials/{uuid}")}).to_string(), "not-own"),
        (json!({"url": format!("{PUBLIC}/status/1")}).to_string(), "not-own"),
        (json!({"url": unknown}).to_string(), "not-found"),
        (json!({"url": address("../../healthz")}).to_string(), "not-found"),
        (json!({"url": address(&closed)}).to_string(), "closed-by-holder"),
    ];
    let mut body: Vec<u8> = b"\xff\xfe\n".to_vec();
    for (line, _) in &lines {
        body.extend_from_slice(line.as_bytes());
        body.push(b'\n');
    }
    body.extend_from_slice(json!({"url": address(&uuid)}).to_string().as_bytes());
    let results = results(&ask(app, PATH, "application/x-ndjson", body));
    assert_eq!(results.len(), lines.len() + 2);
    assert_eq!(results[0]["error"]["code"], "invalid-item");
    for (result, (line, code)) in results[1..].iter().zip(&lines) {
        assert_eq!(result["verdict"], "refused", "{line}");
        assert_eq!(result["error"]["code"], *code, "{line}");
        assert!(result.get("report").is_none() && result.get("state").is_none(), "{line}");
    }
    assert_eq!(results.last().expect("the last")["verdict"], "verified", "the last one counts too");
}

#[test]
fn a_table_is_csv_that_a_spreadsheet_does_not_run() {
    let app = shared();
    let (_, released) = app.issued();
    let text = String::from_utf8(released).expect("UTF-8");
    let items = json!([
        {"id": "=HYPERLINK(\"http://x\")", "credential": text},
        {"id": "@a,b", "credential": "{\"id\":\"=1+1\"}"},
        {"id": "-1", "url": "x"},
    ]);
    let answer =
        app.call("POST", PATH).accept("text/csv, application/jsonl;q=0.5").json(&items).send();
    assert_eq!((answer.status, answer.media_type()), (200, "text/csv"));
    let text = answer.text();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "index,id,verdict,state,stateSince,replacedBy,credential,issuer,sha256,notPassed,sentence,error"
    );
    assert!(
        lines[1].starts_with("0,\"'=HYPERLINK(\"\"http://x\"\")\",verified,valid,"),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with("1,\"'@a,b\",failed,"), "{}", lines[2]);
    assert_eq!(
        lines[3],
        "2,\"'-1\",refused,,,,,,,,,not-own: Only certificates of this installation are taken by their address."
    );
    assert_eq!(lines[4..], [""]);
}

#[test]
fn what_is_no_batch_is_refused_as_a_whole() {
    let app = shared();
    for (media_type, body, status, kind) in [
        ("application/json", "[{}", 400, "broken-json"),
        ("application/json", "[] []", 400, "broken-json"),
        ("application/json", "", 422, "invalid-request"),
        ("application/json", "[]", 422, "invalid-request"),
        ("application/jsonl", "\n \n", 422, "invalid-request"),
        ("application/vc", "[]", 415, "unsupported-media-type"),
        ("text/csv", "a", 415, "unsupported-media-type"),
    ] {
        let answer = ask(app, PATH, media_type, body);
        assert_eq!((answer.status, answer.problem().as_str()), (status, kind), "{body:?}");
    }
    let answer = ask(app, PATH, "application/jsonl", "{}\n".repeat(1_001));
    assert_eq!(answer.status, 422);
    assert_eq!(answer.errors(), [("too-many-items".to_owned(), String::new())]);
    assert!(answer.text().contains("1000"), "it says how many are taken");
    let answer = ask(app, PATH, "application/jsonl", vec![b' '; MAX_BODY * 8 + 1]);
    assert_eq!((answer.status, answer.problem().as_str()), (413, "content-too-large"));
    assert!(answer.text().contains(&(MAX_BODY * 8).to_string()), "it says how much is taken");
    let answer = ask(app, &format!("{PATH}?report=long"), "application/jsonl", "{}");
    assert_eq!((answer.status, answer.problem().as_str()), (400, "bad-request"));
    let answer = app.call("POST", PATH).accept("image/png").json(&json!([{}])).send();
    assert_eq!((answer.status, answer.problem().as_str()), (406, "not-acceptable"));
    let answer = app
        .call("POST", PATH)
        .header("content-encoding", "gzip")
        .body("application/jsonl", b"{}".to_vec())
        .send();
    assert_eq!(answer.status, 415);
    assert_eq!(app.get(PATH).send().status, 405);
}

#[test]
fn a_batch_may_be_larger_than_one_certificate() {
    let app = shared();
    let (_, released) = app.issued();
    let line = [b"{\"credential\":".as_slice(), &released, b"}\n"].concat();
    let many = MAX_BODY / line.len() + 5;
    let answer =
        ask(app, &format!("{PATH}?report=summary"), "application/jsonl", line.repeat(many));
    let results = results(&answer);
    assert_eq!(results.len(), many);
    assert!(results.iter().all(|result| result["verdict"] == "verified"));
}

/// A reader that goes away holds no place: more leave than there are places.
#[test]
fn who_goes_away_stops_the_work_and_holds_no_place() {
    let app = TestApp::start(crate::app::Options::default());
    let (uuid, _) = app.issued();
    // So many reports are more than a connection holds that nobody reads from.
    let body = format!("{{\"url\":\"{PUBLIC}/credentials/{uuid}\"}}\n").repeat(1_000).into_bytes();
    let open = || {
        let mut stream = TcpStream::connect(("127.0.0.1", app.port)).expect("a connection");
        let head = format!(
            "POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/jsonl\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("sent");
        stream.write_all(&body).expect("sent");
        let mut start = [0; 12];
        stream.read_exact(&mut start).expect("an answer begins");
        assert_eq!(&start, b"HTTP/1.1 200");
        stream
    };
    let held: Vec<TcpStream> = (0..4).map(|_| open()).collect();
    let small = || ask(&app, PATH, "application/jsonl", "{}");
    assert_eq!((small().status, small().problem().as_str()), (503, "busy"));
    drop(held);
    let free = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        small().status == 200
    });
    assert!(free, "the places were given back");
}

/// Story E8.
#[test]
fn an_item_may_name_the_holder() {
    let app = shared();
    let (_, released) = app.issued();
    let credential: Value = serde_json::from_slice(&released).expect("JSON");
    let item = |recipient: Value| json!({"credential": credential, "recipient": recipient});
    let items = json!([
        item(json!("lerende-1@example.org")),
        item(json!("somebody-else@example.org")),
        {"credential": credential},
        item(json!(7)),
    ]);
    let answer = ask(app, PATH, "application/json", items.to_string());
    let results = results(&answer);
    let recipient = |result: &Value| {
        let checks = result["report"]["checks"].as_array().cloned().unwrap_or_default();
        let found = checks.into_iter().find(|check| check["check"] == "recipient");
        found.map(|check| check["outcome"].clone())
    };
    assert_eq!(recipient(&results[0]), Some(json!("pass")), "{:#}", results[0]);
    assert_eq!(recipient(&results[1]), Some(json!("fail")));
    assert_ne!(recipient(&results[2]), Some(json!("pass")));
    assert_eq!(results[3]["verdict"], "refused");
    assert!(!answer.text().contains("somebody-else"), "it goes nowhere");
}
