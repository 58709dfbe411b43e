//! Mail by the API: when it is queued, what is told of it, sending it again. Nothing is sent here.

use crate::app::{Answer, ISSUER, OTHER, Options, TestApp, award, fresh, origin, sample, shared};
use bewijs::store::{Attempt, MailOutcome};
use serde_json::{Value, json};

fn mailing() -> TestApp {
    TestApp::start(Options { mail: true, ..Options::default() })
}

fn asked(notify: Option<Value>) -> Value {
    let mut award = award("mc1");
    award["certificateNumber"] = json!(fresh("M"));
    if let Some(notify) = notify {
        award["notify"] = notify;
    }
    award
}

fn list(app: &TestApp, query: &str) -> Answer {
    app.get(&format!("/v1/issuers/{ISSUER}/mail{query}")).token(ISSUER, "read").send()
}

fn listed(app: &TestApp, query: &str) -> Vec<Value> {
    let answer = list(app, query);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["mail"].as_array().expect("a list").clone()
}

fn again(app: &TestApp, uuid: &str, body: &Value) -> Answer {
    app.post(&format!("/v1/issuers/{ISSUER}/credentials/{uuid}/mail"), body)
        .token(ISSUER, "issue")
        .send()
}

/// Notes that the relay took this mail.
fn sent(app: &TestApp, id: &Value) {
    let id = id.as_str().expect("an id").parse().expect("a UUID");
    let attempt = Attempt { at: origin().at, code: Some(250), class: "2.0.0".to_owned() };
    app.store.mail_attempted(id, MailOutcome::Sent(attempt), origin()).wait().expect("noted");
}

#[test]
fn a_mail_that_cannot_be_is_refused_with_the_other_faults() {
    let mut award = asked(Some(json!(true)));
    award["certificateNumber"] = json!("");
    let faults = shared().issue(&award).errors();
    assert!(faults.contains(&("mail-off".to_owned(), "/notify".to_owned())), "{faults:?}");
    assert!(faults.iter().any(|(_, pointer)| pointer == "/certificateNumber"), "{faults:?}");
    for (value, code) in [(json!("yes"), "type"), (json!(null), "type"), (json!(1), "type")] {
        let faults = shared().issue(&asked(Some(value))).errors();
        assert_eq!(faults, [(code.to_owned(), "/notify".to_owned())]);
    }
    let app = mailing();
    let mut award = asked(Some(json!(true)));
    award["learner"] = json!({ "holderDid": "did:web:example.org:users:1" });
    assert_eq!(app.issue(&award).errors(), [("email-required".to_owned(), "/notify".to_owned())]);
    assert!(listed(&app, "").is_empty());
}

#[test]
fn a_mail_is_queued_with_the_certificate_once_and_without_its_address() {
    let app = mailing();
    let request = asked(Some(json!(true)));
    let issue = |request: &Value| {
        app.post(&format!("/v1/issuers/{ISSUER}/credentials"), request)
            .token(ISSUER, "all")
            .header("idempotency-key", "mail-1")
            .send()
    };
    let first = issue(&request);
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(issue(&request).header("idempotency-replayed"), "true");
    let mut other = request.clone();
    other["notify"] = json!(false);
    assert_eq!(issue(&other).status, 409, "another wish is another request");

    let all = listed(&app, "");
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0]["credential"], first.header("location"));
    assert_eq!((&all[0]["purpose"], &all[0]["state"]), (&json!("claim"), &json!("queued")));
    assert_eq!((&all[0]["attempts"], &all[0]["language"]), (&json!(0), &json!("nl")));
    assert!(!list(&app, "").text().contains("lerende-1"));
    let path = first.header("location").rsplit('/').next().expect("a segment").to_owned();
    let view =
        app.get(&format!("/v1/issuers/{ISSUER}/credentials/{path}")).token(ISSUER, "read").send();
    assert_eq!(view.json()["mail"], json!(all));
    let stored = app.store.mail_address(all[0]["id"].as_str().unwrap().parse().unwrap());
    let stored = stored.expect("readable").expect("kept until it is sent");
    assert!(!String::from_utf8_lossy(&stored).contains("example.org"), "it is sealed");

    // Without a wish, as the issuer set it.
    app.issued_from(&asked(None));
    assert_eq!(listed(&app, "").len(), 1);
}

#[test]
fn the_issuer_sets_whether_mail_is_sent_without_being_asked() {
    let app = mailing();
    let issuers = sample("issuers.json");
    let all = issuers["organisations"].as_array().expect("a list");
    let mut own = all.iter().find(|o| o["slug"] == ISSUER).expect("there").clone();
    own["settings"]["mailClaimLink"] = json!(true);
    let put = app.put(&format!("/v1/organisations/{ISSUER}"), &own).token(ISSUER, "admin").send();
    assert_eq!(put.status, 200, "{}", put.text());
    app.issued_from(&asked(None));
    assert_eq!(listed(&app, "").len(), 1);
    app.issued_from(&asked(Some(json!(false))));
    assert_eq!(listed(&app, "").len(), 1, "the request goes before");
    let mut nobody = asked(None);
    nobody["learner"] = json!({ "holderDid": "did:web:example.org:users:1" });
    app.issued_from(&nobody);
    assert_eq!(listed(&app, "").len(), 1, "there is nobody to mail to, and nobody asked");
}

#[test]
fn the_link_is_sent_again_only_to_the_holder_and_not_while_a_mail_waits() {
    let app = mailing();
    let (uuid, _) = app.issued_from(&asked(Some(json!(true))));
    let holder = json!({ "email": " Lerende-1@example.org " });
    assert_eq!(again(&app, &uuid, &holder).status, 409, "one waits");
    sent(&app, &listed(&app, "")[0]["id"]);
    for (body, code, pointer) in [
        (json!({}), "required", "/email"),
        (json!({ "email": 1 }), "type", "/email"),
        (json!({ "email": "a" }), "too-short", "/email"),
        (json!({ "email": "iemand@example.org" }), "holder-mismatch", "/email"),
        (json!({ "email": "lerende-1@example.org", "to": "x" }), "unknown-field", "/to"),
    ] {
        let answer = again(&app, &uuid, &body);
        assert_eq!(answer.errors(), [(code.to_owned(), pointer.to_owned())], "{body}");
    }
    let answer = again(&app, &uuid, &holder);
    assert_eq!(answer.status, 202, "{}", answer.text());
    assert_eq!(answer.json()["purpose"], "claim-again");
    assert_eq!(again(&app, &uuid, &holder).status, 409);
    let path = format!("/v1/issuers/{ISSUER}/credentials/{uuid}/mail");
    for (issuer, client, status) in [(ISSUER, "read", 403), (OTHER, "all", 404)] {
        assert_eq!(app.post(&path, &holder).token(issuer, client).send().status, status);
    }
    let off = shared();
    let (uuid, _) = off.issued();
    let answer = again(off, &uuid, &json!({ "email": "lerende-1@example.org" }));
    assert_eq!(answer.errors(), [("mail-off".to_owned(), String::new())]);
}

#[test]
fn erasing_a_certificate_cancels_its_mail() {
    let app = mailing();
    let (uuid, _) = app.issued_from(&asked(Some(json!(true))));
    let path = format!("/v1/issuers/{ISSUER}/credentials/{uuid}/erasure");
    assert_eq!(app.call("POST", &path).token(ISSUER, "admin").send().status, 200);
    let mail = &listed(&app, "")[0];
    assert_eq!(mail["state"], "cancelled");
    let id = mail["id"].as_str().expect("an id").parse().expect("a UUID");
    assert_eq!(app.store.mail_address(id), Ok(None));
    assert_eq!(again(&app, &uuid, &json!({ "email": "lerende-1@example.org" })).status, 409);
}

#[test]
fn mail_is_listed_by_state_page_by_page_for_its_issuer_alone() {
    let app = mailing();
    for _ in 0..3 {
        app.issued_from(&asked(Some(json!(true))));
    }
    let all = listed(&app, "");
    sent(&app, &all[1]["id"]);
    assert_eq!(listed(&app, "?state=sent").len(), 1);
    assert_eq!(listed(&app, "?state=queued").len(), 2);
    let told = &listed(&app, "?state=sent")[0];
    assert_eq!(told["last"]["code"], 250);
    assert!(told.get("next").is_none());
    let first = list(&app, "?limit=2").json();
    let next = first["next"].as_str().expect("more");
    let rest = listed(&app, &format!("?limit=2&after={next}"));
    let names = |list: &[Value]| list.iter().map(|mail| mail["id"].clone()).collect::<Vec<_>>();
    let pages = [first["mail"].as_array().expect("a list").clone(), rest].concat();
    assert_eq!(names(&pages), names(&all));
    for query in ["?state=late", "?limit=0", "?after=x", "?to=lerende-1@example.org"] {
        assert_eq!(list(&app, query).status, 400, "{query}");
    }
    let path = format!("/v1/issuers/{ISSUER}/mail");
    assert_eq!(app.get(&path).token(OTHER, "all").send().status, 404);
    assert_eq!(app.get(&path).token(ISSUER, "issue").send().status, 403);
    let none = app.get(&format!("/v1/issuers/{OTHER}/mail")).token(OTHER, "all").send();
    assert_eq!(none.json()["mail"], json!([]));
}
