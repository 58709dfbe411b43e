//! Mail by the API: when it is queued, what is told of it, sending it again; and how the postman
//! behaves before it has spoken to a relay. Nothing is sent here.

use crate::app::{Answer, ISSUER, OTHER, Options, TestApp, award, fresh, origin, sample, shared};
use bewijs::clock::Clock;
use bewijs::config::MailTls;
use bewijs::delivery::{Patience, Postman, PostmanParts, Way, WayParts, cancel_leftovers};
use bewijs::ids::{IdGenerator, SystemIds};
use bewijs::issuance::{IssueError, MailWork};
use bewijs::model::CredentialId;
use bewijs::store::{Attempt, MailOutcome, MailState};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

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

#[test]
fn of_those_who_ask_for_the_link_again_at_one_time_one_is_heard() {
    let app = mailing();
    let issuer = ISSUER.parse().expect("a slug");
    for _ in 0..25 {
        let (uuid, _) = app.issued_from(&asked(Some(json!(false))));
        let credential = uuid.parse().expect("an id");
        let start = std::sync::Barrier::new(4);
        let ask = || {
            let system = actix_web::rt::System::new();
            start.wait();
            let asked = app.desk.mail_again(&issuer, credential, "lerende-1@example.org", origin());
            system.block_on(asked).map(drop)
        };
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
            all.into_iter().map(|one| one.join().expect("an answer")).collect()
        });
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        let refused = |outcome: &&Result<(), _>| matches!(outcome, Err(IssueError::Conflict(_)));
        assert_eq!(outcomes.iter().filter(refused).count(), 3, "{outcomes:?}");
        assert_eq!(app.store.mail_of(credential).expect("readable").len(), 1);
    }
}

#[test]
fn a_link_that_was_asked_for_again_goes_out_unless_the_certificate_was_withdrawn_since() {
    let app = mailing();
    let revoke = |uuid: &str| {
        let body = json!({ "action": "revoke", "reason": "issued-in-error" });
        assert_eq!(app.change(uuid, &body).status, 200);
    };
    let waits = |uuid: &str| {
        let holder = json!({ "email": "lerende-1@example.org" });
        let answer = again(&app, uuid, &holder);
        assert_eq!(answer.status, 202, "{}", answer.text());
        let id = answer.json()["id"].as_str().expect("an id").parse().expect("a UUID");
        app.store.mail_record(id).expect("readable").expect("queued")
    };
    let work = |mail| app.desk.mail_work(mail).expect("readable");
    let (before, _) = app.issued_from(&asked(Some(json!(false))));
    let mail = waits(&before);
    assert!(matches!(work(&mail), MailWork::Send(_)));
    app.clock.set(origin().at.plus_seconds(60));
    revoke(&before);
    assert_eq!(work(&mail), MailWork::Void);
    // Whoever asks for it after that gets it: the page tells what became of the certificate.
    let (after, _) = app.issued_from(&asked(Some(json!(false))));
    revoke(&after);
    app.clock.set(origin().at.plus_seconds(120));
    assert!(matches!(work(&waits(&after)), MailWork::Send(_)));
}

fn bounce(app: &TestApp, issuer: &str, client: &str, id: &Value) -> Answer {
    let path = format!("/v1/issuers/{issuer}/mail/{}/bounce", id.as_str().expect("an id"));
    app.call("POST", &path).token(issuer, client).send()
}

#[test]
fn an_institution_notes_that_a_mail_came_back() {
    let app = mailing();
    for _ in 0..3 {
        app.issued_from(&asked(Some(json!(true))));
    }
    let all = listed(&app, "");
    let ids: Vec<&Value> = all.iter().map(|mail| &mail["id"]).collect();
    sent(&app, ids[0]);
    let told = bounce(&app, ISSUER, "all", ids[0]);
    assert_eq!(told.status, 200, "{}", told.text());
    let told = told.json();
    assert_eq!((&told["state"], &told["attempts"]), (&json!("failed"), &json!(1)));
    assert_eq!(told["last"], json!({ "at": crate::app::NOW, "class": "bounced" }));
    assert_eq!(bounce(&app, ISSUER, "all", ids[0]).json(), told, "again it changes nothing");
    // One that waits is not sent any more, and its address is gone.
    assert_eq!(bounce(&app, ISSUER, "all", ids[1]).json()["state"], "failed");
    let id = ids[1].as_str().expect("an id").parse().expect("a UUID");
    assert_eq!(app.store.mail_address(id), Ok(None));
    assert_eq!(listed(&app, "?state=failed").len(), 2);
    for (issuer, client, status) in [(ISSUER, "read", 403), (OTHER, "all", 404)] {
        assert_eq!(bounce(&app, issuer, client, ids[2]).status, status, "{issuer} {client}");
    }
    for unknown in [json!("x"), json!("00000000-0000-7000-8000-000000000000")] {
        assert_eq!(bounce(&app, ISSUER, "all", &unknown).status, 404);
    }
    let id = ids[2].as_str().expect("an id").parse().expect("a UUID");
    app.store.mail_attempted(id, MailOutcome::Cancelled, origin()).wait().expect("noted");
    assert_eq!(bounce(&app, ISSUER, "all", ids[2]).status, 409);
    // After one that came back, the link can be sent again.
    let uuid = all[0]["credential"].as_str().unwrap().rsplit('/').next().unwrap();
    assert_eq!(again(&app, uuid, &json!({ "email": "lerende-1@example.org" })).status, 202);
}

#[test]
fn what_was_queued_before_mail_was_switched_off_is_cancelled_in_time() {
    let app = mailing();
    app.issued_from(&asked(Some(json!(true))));
    let first = listed(&app, "")[0]["id"].as_str().expect("an id").parse().expect("a UUID");
    let later = Attempt { at: origin().at, code: Some(451), class: "4.7.1".to_owned() };
    let next = origin().at.plus_seconds(86_400);
    let retry = MailOutcome::Retry { next, attempt: later };
    app.store.mail_attempted(first, retry, origin()).wait().expect("noted");
    app.clock.set(origin().at.plus_seconds(100));
    app.issued_from(&asked(Some(json!(true))));
    let cancelled = |seconds| {
        app.clock.set(origin().at.plus_seconds(seconds));
        let done = cancel_leftovers(app.store.as_ref(), app.clock.as_ref(), 7_200);
        actix_web::rt::System::new().block_on(done).expect("noted")
    };
    assert_eq!((cancelled(7_199), cancelled(7_200), cancelled(7_299)), (0, 1, 0));
    assert_eq!(app.store.mail_address(first), Ok(None));
    assert_eq!(listed(&app, "?state=cancelled").len(), 1);
    assert_eq!((cancelled(7_300), cancelled(9_000)), (1, 0));
    assert!(listed(&app, "?state=queued").is_empty());
}

/// A postman at work until it is dropped.
struct AtWork {
    stop: tokio::sync::watch::Sender<bool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl AtWork {
    fn start(app: &TestApp, port: u16, connections: usize, ids: Arc<dyn IdGenerator>) -> Self {
        let postman = Postman::new(PostmanParts {
            store: Arc::clone(&app.store),
            desk: Arc::clone(&app.desk),
            clock: Arc::clone(&app.clock) as Arc<dyn Clock>,
            ids,
            way: Way::new(WayParts {
                host: "127.0.0.1",
                port,
                tls: MailTls::None,
                authorities: None,
                credentials: None,
                timeout: Duration::from_secs(20),
                hello: "badges.example.org",
            })
            .expect("a way"),
            from: "bewijzen@example.org".to_owned(),
            from_name: None,
            host: "badges.example.org".to_owned(),
            patience: Patience { first: 60, longest: 21_600, give_up: 259_200 },
            connections,
        })
        .expect("a postman");
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(postman.run(stopped));
        });
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        let ended = self.thread.take().expect("it runs").join();
        assert!(ended.is_ok() || std::thread::panicking());
    }
}

/// Waits until the attempts of all mails together are so many.
fn attempts(app: &TestApp, wanted: u64) {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        let all = listed(app, "?limit=200");
        let made: u64 = all.iter().map(|mail| mail["attempts"].as_u64().expect("a number")).sum();
        if made >= wanted {
            assert_eq!(made, wanted);
            return;
        }
        assert!(Instant::now() < end, "{made} attempts of {wanted}: {all:?}");
        std::thread::sleep(Duration::from_millis(25));
    }
}

#[test]
fn what_several_connections_learn_at_one_time_is_one_failure_of_the_relay() {
    let app = mailing();
    for _ in 0..4 {
        app.issued_from(&asked(Some(json!(true))));
    }
    // A relay that lets four come before it turns them all away.
    let relay = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = relay.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        let four: Vec<_> = relay.incoming().take(4).collect();
        drop(four);
    });
    let _postman = AtWork::start(&app, port, 4, Arc::new(SystemIds));
    attempts(&app, 4);
    // Its first pause takes a minute and at most a quarter more.
    app.clock.set(origin().at.plus_seconds(76));
    attempts(&app, 5);
}

/// Panics the first time that it is asked for a number.
#[derive(Debug, Default)]
struct Failing(AtomicBool);

impl IdGenerator for Failing {
    fn credential_id(&self) -> CredentialId {
        SystemIds.credential_id()
    }

    fn subject_id(&self) -> String {
        SystemIds.subject_id()
    }

    fn salt(&self) -> String {
        SystemIds.salt()
    }

    fn secret(&self) -> String {
        SystemIds.secret()
    }

    fn ordered_id(&self) -> uuid::Uuid {
        SystemIds.ordered_id()
    }

    fn below(&self, bound: u32) -> u32 {
        assert!(self.0.swap(true, Ordering::Relaxed), "this panic is part of the test");
        SystemIds.below(bound)
    }
}

#[test]
fn an_attempt_that_panics_is_an_attempt() {
    let app = mailing();
    app.issued_from(&asked(Some(json!(true))));
    let closed = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = closed.local_addr().expect("an address").port();
    drop(closed);
    let _postman = AtWork::start(&app, port, 1, Arc::new(Failing::default()));
    attempts(&app, 1);
    let id = listed(&app, "")[0]["id"].as_str().expect("an id").parse().expect("a UUID");
    let known = app.store.mail_record(id).expect("readable").expect("there");
    assert_eq!(known.state, MailState::Queued);
    assert_eq!(known.last.as_ref().map(|last| last.class.as_str()), Some("internal"));
    assert!(known.next >= origin().at.plus_seconds(60), "it has its pause like others");
}
