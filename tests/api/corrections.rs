//! Corrections, and certificates that wait for an appeal period.

use crate::app::{Answer, ISSUER, OTHER, Options, PUBLIC, TestApp, award, fresh, shared};
use serde_json::{Value, json};

fn path(uuid: &str, what: &str) -> String {
    format!("/v1/issuers/{ISSUER}/credentials/{uuid}{what}")
}

fn correct(app: &TestApp, uuid: &str, award: &Value) -> Answer {
    app.post(&path(uuid, "/correct"), award).token(ISSUER, "all").send()
}

fn view(app: &TestApp, uuid: &str) -> Value {
    app.get(&path(uuid, "")).token(ISSUER, "all").send().json()
}

fn numbered(key: &str) -> Value {
    let mut award = award(key);
    award.as_object_mut().expect("an object").remove("replaces");
    award["certificateNumber"] = json!(fresh("C"));
    award
}

fn uuid_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.header("location").rsplit('/').next().expect("a segment").to_owned()
}

/// Stories R3 and A7.
#[test]
fn a_correction_is_one_step_and_a_chain_leads_to_the_last() {
    let app = TestApp::start(Options::default());
    let (first, released) = app.issued_from(&numbered("evc2"));
    let second = uuid_of(&correct(&app, &first, &numbered("evc2-correction")));
    let old = view(&app, &first);
    assert_eq!((&old["state"], &old["reason"]), (&json!("superseded"), &json!("superseded")));
    assert_eq!(old["replacedBy"], format!("{PUBLIC}/credentials/{second}"));
    assert_eq!(view(&app, &second)["replaces"], format!("{PUBLIC}/credentials/{first}"));

    let third = uuid_of(&correct(&app, &second, &numbered("evc2-correction")));
    let last = format!("{PUBLIC}/credentials/{third}");
    let old = view(&app, &first);
    assert_eq!(old["replacedBy"], format!("{PUBLIC}/credentials/{second}"), "as it happened");
    assert_eq!(old["latest"], last);
    let report = app.verify(&released, "application/vc");
    assert_eq!((&report["state"], &report["replacedBy"]), (&json!("superseded"), &json!(last)));
    let page = app.get(&format!("/credentials/{first}?lang=fr")).accept("text/html").send().text();
    assert!(page.contains(&format!("href=\"{last}\"")), "to the last one");
    for word in ["retir", "superseded", "fraud", "erreur"] {
        assert!(!page.contains(word), "neutral words: {word}");
    }
    // What was corrected is not corrected once more.
    let again = correct(&app, &first, &numbered("evc2-correction"));
    assert_eq!(again.status, 422, "{}", again.text());
    assert!(again.errors().iter().any(|(_, pointer)| pointer == "/replaces"));
}

/// Story R3: what a correction may not be.
#[test]
fn a_correction_is_for_the_same_learner_and_definition_and_changes_nothing_when_it_is_refused() {
    let app = TestApp::start(Options::default());
    let (uuid, _) = app.issued_from(&numbered("evc2"));
    let mut other_learner = numbered("evc2");
    other_learner["learner"] = json!({ "email": "iemand-anders@example.org" });
    let mut elsewhere = numbered("evc2");
    elsewhere["replaces"] =
        json!(format!("{PUBLIC}/credentials/5d0f7c1e-3a52-4c0b-9d3e-6f1b2a4c8e10"));
    let mut same_number = numbered("evc2");
    same_number["certificateNumber"] = view(&app, &uuid)["certificateNumber"].clone();
    for (award, code, pointer) in [
        (other_learner, "replaces-mismatch", "/replaces"),
        (numbered("mc1"), "replaces-mismatch", "/replaces"),
        (elsewhere, "replaces-mismatch", "/replaces"),
        (same_number, "certificate-number-taken", "/certificateNumber"),
    ] {
        let answer = correct(&app, &uuid, &award);
        assert_eq!(answer.status, 422, "{code}");
        let expected = (code.to_owned(), pointer.to_owned());
        assert!(answer.errors().contains(&expected), "{:?}", answer.errors());
    }
    assert_eq!(view(&app, &uuid)["state"], "valid");
    let foreign = app.post(&path(&uuid, "/correct"), &numbered("evc2")).token(OTHER, "all").send();
    assert_eq!(foreign.status, 404);
    let reader = app.post(&path(&uuid, "/correct"), &numbered("evc2")).token(ISSUER, "read").send();
    assert_eq!(reader.status, 403);
}

#[test]
fn a_correction_that_is_sent_again_is_the_same_correction() {
    let app = TestApp::start(Options::default());
    let (uuid, _) = app.issued_from(&numbered("evc2"));
    let award = numbered("evc2-correction");
    let send = || {
        app.post(&path(&uuid, "/correct"), &award)
            .token(ISSUER, "all")
            .header("idempotency-key", "correction-1")
            .send()
    };
    let first = send();
    let second = send();
    assert_eq!(uuid_of(&first), uuid_of(&second));
    assert_eq!((second.header("idempotency-replayed"), &first.body), ("true", &second.body));
}

/// Rule L03.
#[test]
fn a_released_certificate_is_never_edited() {
    let app = shared();
    let (uuid, released) = app.issued();
    for address in [format!("/credentials/{uuid}"), path(&uuid, "")] {
        for method in ["PUT", "PATCH", "DELETE"] {
            let answer = app
                .call(method, &address)
                .json(&json!({ "name": "x" }))
                .token(ISSUER, "all")
                .send();
            assert_eq!((answer.status, answer.problem().as_str()), (405, "released-immutable"));
        }
    }
    assert_eq!(app.get(&format!("/credentials/{uuid}")).send().body, released);
}

/// Rule L01.
#[test]
fn a_revoked_certificate_is_not_set_back_to_valid() {
    let app = shared();
    let (uuid, _) = app.issued();
    let revoke = json!({ "action": "revoke", "reason": "issued-in-error" });
    assert_eq!(app.change(&uuid, &revoke).status, 200);
    let reinstate = json!({ "action": "reinstate", "reason": "appeal-closed" });
    let answer = app.change(&uuid, &reinstate);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "revocation-final"));
}

/// Rule L02.
#[test]
fn nothing_is_suspended_where_suspension_is_off() {
    let app = shared();
    let (uuid, _) = app.issued();
    let suspend = json!({ "action": "suspend", "reason": "appeal-pending" });
    let answer = app.change(&uuid, &suspend);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "suspension-not-enabled"));
}

/// Rule L12.
#[test]
fn the_reason_of_a_revocation_stays_in_the_management_view() {
    let app = shared();
    let (uuid, released) = app.issued();
    let revoke = json!({ "action": "revoke", "reason": "fraud", "note": "zaak 77" });
    assert_eq!(app.change(&uuid, &revoke).status, 200);
    for lang in ["nl", "fr", "en"] {
        let address = format!("/credentials/{uuid}?lang={lang}");
        let page = app.get(&address).accept("text/html").send().text().to_lowercase();
        assert!(!page.contains("fraud") && !page.contains("zaak 77"), "{lang}");
    }
    let report = app.verify(&released, "application/vc").to_string();
    assert!(!report.contains("fraud") && !report.contains("zaak 77"));
}

/// Story A6.
#[test]
fn a_proof_waits_for_the_appeal_period_unless_an_authorised_client_says_why_not() {
    let app = TestApp::start(Options::default());
    // Decided on 29 May 2026, seven days of appeal: 6 June is the first day.
    app.clock.set("2026-06-05T10:00:00Z".parse().expect("a moment"));
    let plain = numbered("evc2");
    let send = |award: &Value, client: &str| {
        app.post(&format!("/v1/issuers/{ISSUER}/credentials"), award)
            .token(ISSUER, client)
            .header("idempotency-key", award["certificateNumber"].as_str().expect("a number"))
            .send()
    };
    let refused = send(&plain, "all");
    assert_eq!(refused.status, 422);
    let errors = refused.json()["errors"].clone();
    assert_eq!(errors[0]["code"], "appeal-period", "{errors}");
    assert!(errors[0]["remedy"].as_str().expect("a text").contains("2026-06-06"), "{errors}");

    let reason = "De lerende ziet schriftelijk af van beroep.";
    let mut overridden = plain.clone();
    overridden["holdOverride"] = json!(reason);
    let answer = send(&overridden, "all");
    assert_eq!((answer.status, answer.problem().as_str()), (403, "insufficient-scope"));
    assert!(answer.text().contains("hold:override"), "{}", answer.text());
    for (value, code) in
        [(json!("kort"), "too-short"), (json!(true), "type"), (json!(""), "too-short")]
    {
        let mut award = plain.clone();
        award["holdOverride"] = value;
        let answer = send(&award, "hold");
        assert_eq!(answer.status, 422);
        let expected = (code.to_owned(), "/holdOverride".to_owned());
        assert!(answer.errors().contains(&expected), "{:?}", answer.errors());
    }
    assert_eq!(send(&plain, "hold").status, 422, "the right alone does nothing");

    let issued = send(&overridden, "hold");
    let uuid = uuid_of(&issued);
    let view = view(&app, &uuid);
    assert_eq!(view["holdOverride"], reason);
    assert!(view["warnings"].to_string().contains("appeal-period"), "{view}");
    let page = app.get(&format!("/credentials/{uuid}")).accept("text/html").send().text();
    assert!(!page.contains("beroep") && !issued.text().contains("beroep"), "never published");
    assert_eq!(send(&overridden, "hold").header("idempotency-replayed"), "true");

    app.clock.set("2026-06-06T10:00:00Z".parse().expect("a moment"));
    let mut later = plain;
    later["certificateNumber"] = json!(fresh("C"));
    uuid_of(&send(&later, "all"));
    let mut needless = later.clone();
    needless["certificateNumber"] = json!(fresh("C"));
    needless["holdOverride"] = json!(reason);
    let uuid = uuid_of(&send(&needless, "hold"));
    assert!(self::view(&app, &uuid).get("holdOverride").is_none(), "nothing was overridden");
}
