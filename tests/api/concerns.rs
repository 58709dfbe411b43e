//! Concerns: anybody reports one without an account, its issuer reads and handles it (story E10).

use crate::app::{Answer, ISSUER, OTHER, Options, TestApp, origin, settings, shared};
use bewijs::config::Concerns;
use bewijs::http::ProblemKind;
use serde_json::{Value, json};

const WORDS: &str = "De handtekening lijkt me <vals> & geplakt.";

fn page(app: &TestApp, uuid: &str, language: &str) -> Answer {
    app.get(&format!("/credentials/{uuid}/concern?lang={language}")).accept("text/html").send()
}

fn form(app: &TestApp, uuid: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    app.call("POST", &format!("/credentials/{uuid}/concern?lang=nl"))
        .accept("text/html")
        .body("application/x-www-form-urlencoded", body.into_bytes())
        .send()
}

fn report(app: &TestApp, uuid: &str, body: &Value) -> Answer {
    app.post(&format!("/credentials/{uuid}/concern"), body).send()
}

fn concern() -> Value {
    json!({ "kind": "not-genuine", "text": WORDS, "contact": "melder@example.org" })
}

fn own(app: &TestApp, path: &str) -> Answer {
    app.get(&format!("/v1/issuers/{ISSUER}/concerns{path}")).token(ISSUER, "all").send()
}

fn of(app: &TestApp, uuid: &str) -> Vec<Value> {
    let all = own(app, "?limit=200").json()["concerns"].as_array().expect("a list").clone();
    all.into_iter().filter(|c| c["credential"].as_str().expect("one").ends_with(uuid)).collect()
}

/// Story E10.
#[test]
fn a_concern_reaches_the_issuer_with_the_certificate_and_without_an_account() {
    let app = shared();
    let (uuid, _) = app.issued();
    let sent = form(
        app,
        &uuid,
        &[
            ("kind", "not-genuine"),
            ("text", WORDS),
            ("contact", " melder@example.org "),
            ("website", ""),
        ],
    );
    assert_eq!(sent.status, 303, "{}", sent.text());
    let thanks = app.get(sent.header("location")).accept("text/html").send();
    assert_eq!(thanks.status, 200);
    assert!(thanks.text().contains("Je melding is verstuurd"));
    let by_program = report(app, &uuid, &json!({ "kind": "misuse", "text": "x" }));
    assert_eq!(by_program.status, 202, "{}", by_program.text());

    let listed = of(app, &uuid);
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[1]["id"], by_program.json()["id"]);
    assert_eq!((&listed[0]["kind"], &listed[0]["language"]), (&json!("not-genuine"), &json!("nl")));
    assert!(listed.iter().all(|c| c.get("text").is_none() && c.get("handled").is_none()));
    let path = format!("/{}", listed[0]["id"].as_str().expect("an id"));
    let whole = own(app, &path).json();
    assert_eq!((&whole["text"], &whole["contact"]), (&json!(WORDS), &json!("melder@example.org")));

    let handle = |body: Option<Value>| {
        let path = format!("/v1/issuers/{ISSUER}/concerns{path}/handled");
        let call = app.call("POST", &path).token(ISSUER, "all");
        body.map_or_else(|| app.call("POST", &path).token(ISSUER, "all"), |b| call.json(&b)).send()
    };
    assert_eq!(handle(Some(json!({ "forget": "yes" }))).status, 422);
    let handled = handle(None).json();
    assert_eq!(handled["handled"]["by"], format!("{ISSUER}-all"));
    assert_eq!(handled["text"], WORDS, "the words stay until they are not needed");
    let gone = handle(Some(json!({ "forget": true }))).json();
    assert_eq!(gone["handled"], handled["handled"], "the first time stands");
    assert!(gone.get("text").is_none() && gone.get("contact").is_none());
    let waiting = own(app, "?handled=false&limit=200").text();
    assert!(!waiting.contains(path.trim_start_matches('/')));
    assert!(own(app, "?handled=true&limit=200").text().contains(path.trim_start_matches('/')));
}

#[test]
fn the_form_says_nothing_of_the_certificate_and_is_the_same_for_every_one() {
    let app = shared();
    let (open, _) = app.issued();
    let (closed, _) = app.issued();
    assert_eq!(app.show(&closed, "closed").status, 200);
    let (revoked, _) = app.issued();
    app.change(&revoked, &json!({ "action": "revoke", "reason": "fraud" }));
    for language in ["nl", "fr", "en"] {
        let told = |uuid: &str| page(app, uuid, language).text().replace(uuid, "UUID");
        assert_eq!(page(app, &open, language).status, 200);
        assert_eq!(told(&open), told(&closed));
        assert_eq!(told(&open), told(&revoked));
        let text = told(&open);
        assert!(text.contains(&format!("<html lang=\"{language}\"")));
        for word in ["Voorbeeld Hogeschool", "Familienaam", "<script"] {
            assert!(!text.contains(word), "{word}");
        }
    }
    assert_eq!(report(app, &closed, &concern()).status, 202, "a closed one can be reported");
    // Unknown and erased: the one answer, before anything that was sent is looked at.
    let (erased, _) = app.issued();
    let path = format!("/v1/issuers/{ISSUER}/credentials/{erased}/erasure");
    assert_eq!(app.call("POST", &path).token(ISSUER, "admin").send().status, 200);
    let unknown = "00000000-0000-4000-8000-000000000000";
    for language in ["nl", "fr", "en"] {
        let (one, other) = (page(app, &erased, language), page(app, unknown, language));
        assert_eq!((one.status, other.status), (404, 404));
        assert_eq!(one.text(), other.text());
    }
    for body in [concern(), json!({})] {
        let (one, other) = (report(app, &erased, &body), report(app, unknown, &body));
        assert_eq!((one.status, other.status), (404, 404));
    }
    assert_eq!(report(app, "x", &concern()).status, 404);
}

#[test]
fn every_fault_of_a_report_is_told_at_once_and_nothing_is_recorded() {
    let app = shared();
    let (uuid, _) = app.issued();
    let long = "x".repeat(2_001);
    let refused =
        form(app, &uuid, &[("kind", "other\"><b>"), ("text", &long), ("contact", "\u{7}")]);
    assert_eq!(refused.status, 422);
    let text = refused.text();
    for words in ["Kies waarover het gaat", "hoogstens 2000 tekens", "tekens in die we niet"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(text.contains(&long), "what was written is not lost");
    let kept = form(app, &uuid, &[("kind", "misuse"), ("text", ""), ("contact", "\"><script>")]);
    assert_eq!(kept.status, 422);
    assert!(kept.text().contains("value=\"misuse\" checked"));
    assert!(!kept.text().contains("<script>"), "what was written is text");
    let faults =
        report(app, &uuid, &json!({ "kind": "x", "text": long, "contact": 1, "b": 2 })).errors();
    let mut codes: Vec<_> = faults.iter().map(|(_, pointer)| pointer.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["/b", "/contact", "/kind", "/text"]);
    for (media_type, body, status) in [
        ("text/plain", "kind=misuse", 415),
        ("application/json", "{", 400),
        ("multipart/form-data", "--x", 400),
    ] {
        let answer = app
            .call("POST", &format!("/credentials/{uuid}/concern"))
            .body(media_type, body.as_bytes().to_vec())
            .send();
        assert_eq!(answer.status, status, "{media_type}");
    }
    assert!(of(app, &uuid).is_empty());
}

#[test]
fn a_machine_that_fills_in_everything_is_thanked_and_not_heard() {
    let app = shared();
    let (uuid, _) = app.issued();
    let fields = [("kind", "other"), ("text", "koop nu"), ("website", "https://x.example")];
    assert_eq!(form(app, &uuid, &fields).status, 303);
    assert!(of(app, &uuid).is_empty());
}

#[test]
fn who_reports_too_often_is_told_when_to_come_back() {
    let limits = Concerns { per_visitor_hour: 2, per_certificate_hour: 3, ..Concerns::default() };
    let trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
    let settings = bewijs::http::FrontSettings { concerns: limits, trusted_proxies, ..settings() };
    let app = TestApp::start(Options { settings, ..Options::default() });
    let (uuid, _) = app.issued();
    let (other, _) = app.issued();
    let from = |uuid: &str, address: &str| {
        app.post(&format!("/credentials/{uuid}/concern"), &concern())
            .header("x-forwarded-for", address)
            .send()
    };
    for _ in 0..2 {
        assert_eq!(from(&uuid, "2001:db8:1:1::1").status, 202);
    }
    let refused = from(&other, "2001:db8:1:1:ffff::2");
    assert_eq!(refused.status, 429, "one network of 64 bits is one visitor");
    assert_eq!(refused.problem(), ProblemKind::TooManyRequests.name());
    assert_eq!(refused.header("retry-after"), "1800");
    assert_eq!(from(&uuid, "198.51.100.1, 2001:db8:1:2::1").status, 202, "another visitor");
    let refused = from(&uuid, "203.0.113.7");
    assert_eq!(refused.status, 429, "many visitors, one certificate");
    assert_eq!(refused.header("retry-after"), "1200");
    assert_eq!(from(&other, "203.0.113.8").status, 202, "another certificate");
    let as_page = app
        .call("POST", &format!("/credentials/{uuid}/concern"))
        .header("x-forwarded-for", "203.0.113.9")
        .accept("text/html")
        .body("application/x-www-form-urlencoded", b"kind=misuse&text=x".to_vec())
        .send();
    assert_eq!(as_page.status, 429);
    assert!(as_page.text().contains("Probeer het over een uur opnieuw"));
    assert_eq!(of(&app, &uuid).len(), 3, "what was refused is not recorded");
    let hour_later = origin().at.plus_seconds(3_600);
    app.clock.set(hour_later);
    assert_eq!(from(&uuid, "2001:db8:1:1::1").status, 202);
}

#[test]
fn an_operator_can_take_no_reports() {
    let limits = Concerns { enabled: false, ..Concerns::default() };
    let settings = bewijs::http::FrontSettings { concerns: limits, ..settings() };
    let app = TestApp::start(Options { settings, ..Options::default() });
    let (uuid, _) = app.issued();
    assert_eq!(page(&app, &uuid, "nl").status, 404);
    assert_eq!(report(&app, &uuid, &concern()).status, 404);
}

#[test]
fn an_issuer_hears_of_concerns_by_mail_up_to_a_number_and_once_while_a_mail_waits() {
    let app = TestApp::start(Options { mail: true, ..Options::default() });
    let mails = || {
        let path = format!("/v1/issuers/{ISSUER}/mail?limit=200");
        let all = app.get(&path).token(ISSUER, "read").send().json();
        all["mail"].as_array().expect("a list").len()
    };
    let (uuid, _) = app.issued();
    for _ in 0..3 {
        assert_eq!(report(&app, &uuid, &concern()).status, 202);
    }
    assert_eq!(mails(), 1, "the one that waits says it already");
    for _ in 0..12 {
        let (uuid, _) = app.issued();
        assert_eq!(report(&app, &uuid, &concern()).status, 202);
    }
    assert_eq!(mails(), 10);
    assert_eq!(own(&app, "?limit=200").json()["concerns"].as_array().expect("all").len(), 15);
    app.clock.set(origin().at.plus_seconds(3_600));
    let (uuid, _) = app.issued();
    assert_eq!(report(&app, &uuid, &concern()).status, 202);
    assert_eq!(mails(), 11, "the next hour");
}

#[test]
fn the_words_go_with_the_certificate_and_nobody_else_reads_them() {
    let app = TestApp::start(Options { mail: true, ..Options::default() });
    let (uuid, _) = app.issued();
    let id = report(&app, &uuid, &concern()).json()["id"].as_str().expect("an id").to_owned();
    let path = format!("/v1/issuers/{ISSUER}/concerns/{id}");
    for (issuer, client, status) in [(ISSUER, "read", 403), (OTHER, "all", 404)] {
        assert_eq!(app.get(&path).token(issuer, client).send().status, status);
        let handled = app.call("POST", &format!("{path}/handled")).token(issuer, client).send();
        assert_eq!(handled.status, status);
    }
    let foreign = app.get(&format!("/v1/issuers/{OTHER}/concerns/{id}")).token(OTHER, "all").send();
    assert_eq!(foreign.status, 404);
    assert_eq!(own(&app, "/x").status, 404);
    // The issuer hears of it by mail too, without the words.
    let mail = app.get(&format!("/v1/issuers/{ISSUER}/mail")).token(ISSUER, "read").send();
    assert_eq!(mail.json()["mail"][0]["purpose"], "concern");
    let erase = format!("/v1/issuers/{ISSUER}/credentials/{uuid}/erasure");
    assert_eq!(app.call("POST", &erase).token(ISSUER, "admin").send().status, 200);
    let left = own(&app, &format!("/{id}")).json();
    assert_eq!(left["kind"], "not-genuine");
    assert!(left.get("text").is_none() && left.get("contact").is_none());
}
