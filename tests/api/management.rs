//! `/v1/issuers/{issuer}/credentials/{uuid}`, `.../status`, `.../visibility`

use crate::app::{ISSUER, OTHER, Options, PUBLIC, TestApp, shared};
use bewijs::store::Visibility;
use serde_json::{Value, json};

fn path(uuid: &str) -> String {
    format!("/v1/issuers/{ISSUER}/credentials/{uuid}")
}

fn view(app: &TestApp, uuid: &str) -> Value {
    let answer = app.get(&path(uuid)).token(ISSUER, "read").send();
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn revoke() -> Value {
    json!({ "action": "revoke", "reason": "issued-in-error", "note": "case 7" })
}

#[test]
fn the_view_tells_what_the_register_knows_and_nothing_of_the_learner() {
    let app = shared();
    let (uuid, _) = app.issued();
    let view = view(app, &uuid);
    assert_eq!(view["id"], json!(format!("{PUBLIC}/credentials/{uuid}")));
    assert_eq!(view["state"], "valid");
    assert_eq!(view["visibility"], "open");
    assert_eq!(view["caseNumber"], "EXT-2026-0041");
    assert_eq!(view["links"]["self"], json!(format!("{PUBLIC}{}", path(&uuid))));
    let text = view.to_string();
    assert!(!text.contains("Voornaam") && !text.contains("example.org"), "{text}");
}

/// Story R4.
#[test]
fn a_revocation_is_told_by_list_report_and_view_and_is_final() {
    let app = shared();
    let (uuid, released) = app.issued();
    let before = app.verify(&released, "application/vc");
    assert_eq!((&before["verdict"], &before["state"]), (&json!("verified"), &json!("valid")));
    let answer = app.change(&uuid, &revoke());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let view = answer.json();
    assert_eq!((&view["state"], &view["reason"]), (&json!("revoked"), &json!("issued-in-error")));
    assert_eq!(view["note"], "case 7");
    let after = app.verify(&released, "application/vc");
    assert_eq!((&after["verdict"], &after["state"]), (&json!("failed"), &json!("revoked")));
    assert!(!after.to_string().contains("issued-in-error"), "reasons stay private");
    for body in [
        json!({ "action": "reinstate", "reason": "appeal-closed" }),
        json!({ "action": "revoke", "reason": "other" }),
        json!({ "action": "suspend", "reason": "appeal-pending" }),
    ] {
        let answer = app.change(&uuid, &body);
        assert_eq!((answer.status, answer.problem().as_str()), (409, "revocation-final"), "{body}");
    }
}

#[test]
fn a_change_that_is_sent_again_is_told_that_the_first_worked() {
    let app = TestApp::start(Options { suspension: true, ..Options::default() });
    let (uuid, _) = app.issued();
    let told = |answer: &crate::app::Answer| {
        let body = answer.json();
        (answer.problem(), body["state"].clone(), body.get("stateSince").cloned())
    };
    let expected = |kind: &str, state: &str, since: Option<&str>| {
        (kind.to_owned(), json!(state), since.map(|since| json!(since)))
    };
    let lift = json!({ "action": "reinstate", "reason": "appeal-closed" });
    let answer = app.change(&uuid, &lift);
    assert_eq!(told(&answer), expected("conflict", "valid", None), "it never changed");

    let suspend = json!({ "action": "suspend", "reason": "appeal-pending" });
    app.clock.set("2026-09-02T08:00:00Z".parse().expect("a moment"));
    assert_eq!(app.change(&uuid, &suspend).status, 200);
    app.clock.set("2026-09-02T09:00:00Z".parse().expect("a moment"));
    let answer = app.change(&uuid, &suspend);
    assert_eq!(told(&answer), expected("conflict", "suspended", Some("2026-09-02T08:00:00Z")));

    app.clock.set("2026-09-03T08:00:00Z".parse().expect("a moment"));
    let first = app.change(&uuid, &revoke());
    assert_eq!(first.status, 200, "{}", first.text());
    app.clock.set("2026-09-04T08:00:00Z".parse().expect("a moment"));
    for body in [revoke(), lift] {
        let answer = app.change(&uuid, &body);
        let since = Some("2026-09-03T08:00:00Z");
        assert_eq!(told(&answer), expected("revocation-final", "revoked", since), "{body}");
        assert_eq!(answer.json()["stateSince"], first.json()["stateSince"]);
        let text = answer.text();
        assert!(!text.contains("case 7") && !text.contains("issued-in-error"), "{text}");
    }
}

#[test]
fn a_superseded_certificate_says_so_to_who_would_revoke_it() {
    let app = TestApp::start(Options::default());
    let (old, _) = app.issued_from(&crate::app::award("evc2"));
    let mut correction = crate::app::award("evc2-correction");
    correction["replaces"] = json!(format!("{PUBLIC}/credentials/{old}"));
    app.issued_from(&correction);
    let answer = app.change(&old, &revoke());
    assert_eq!((answer.status, answer.problem().as_str()), (409, "revocation-final"));
    assert_eq!(answer.json()["state"], "superseded", "not what was asked for");
}

#[test]
fn suspension_needs_an_issuer_that_switched_it_on() {
    let app = shared();
    let (uuid, _) = app.issued();
    let suspend = json!({ "action": "suspend", "reason": "appeal-pending" });
    let answer = app.change(&uuid, &suspend);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "suspension-not-enabled"));

    let app = TestApp::start(Options { suspension: true, ..Options::default() });
    let (uuid, released) = app.issued();
    assert_eq!(app.change(&uuid, &suspend).status, 200);
    let report = app.verify(&released, "application/vc");
    assert_eq!(report["state"], "suspended", "{report:#}");
    let twice = app.change(&uuid, &suspend);
    assert_eq!((twice.status, twice.problem().as_str()), (409, "conflict"));
    let lift = json!({ "action": "reinstate", "reason": "appeal-closed" });
    assert_eq!(app.change(&uuid, &lift).status, 200);
    assert_eq!(app.verify(&released, "application/vc")["state"], "valid");
}

#[test]
fn a_change_is_read_strictly() {
    let app = shared();
    let (uuid, _) = app.issued();
    for (body, code, pointer) in [
        (json!({}), "required", "/action"),
        (json!({ "action": "revoke" }), "required", "/reason"),
        (json!({ "action": "destroy", "reason": "other" }), "unknown-code", "/action"),
        (json!({ "action": "revoke", "reason": "spite" }), "unknown-code", "/reason"),
        (json!({ "action": "revoke", "reason": 7 }), "type", "/reason"),
        (json!({ "action": "revoke", "reason": "superseded" }), "unknown-code", "/reason"),
        (json!({ "action": "revoke", "reason": "other", "nota": "x" }), "unknown-field", "/nota"),
        (json!({ "action": "revoke", "reason": "other", "a/b~c": 1 }), "unknown-field", "/a~1b~0c"),
        (json!({ "action": "revoke", "reason": "other", "note": 1 }), "type", "/note"),
        (
            json!({ "action": "revoke", "reason": "other", "note": "x".repeat(2001) }),
            "too-long",
            "/note",
        ),
    ] {
        let answer = app.change(&uuid, &body);
        assert_eq!(answer.status, 422, "{body}");
        let expected = (code.to_owned(), pointer.to_owned());
        assert!(answer.errors().contains(&expected), "{body}: {:?}", answer.errors());
    }
    assert_eq!(view(app, &uuid)["state"], "valid", "nothing happened");
    let broken = app
        .call("POST", &format!("{}/status", path(&uuid)))
        .body("application/json", b"{".to_vec())
        .token(ISSUER, "all")
        .send();
    assert_eq!(broken.status, 400);
}

#[test]
fn visibility_is_opened_and_closed() {
    let app = TestApp::start(Options { visibility: Visibility::Closed, ..Options::default() });
    let (uuid, released) = app.issued();
    let public = format!("/credentials/{uuid}");
    assert_eq!(app.get(&public).send().status, 403, "closed by default");
    assert_eq!(app.show(&uuid, "open").json()["visibility"], "open");
    assert_eq!(app.get(&public).send().body, released);
    assert_eq!(app.show(&uuid, "closed").json()["visibility"], "closed");
    assert_eq!(app.get(&public).send().status, 403);
    assert_eq!(app.show(&uuid, "ajar").status, 422);
}

#[test]
fn a_closed_certificate_still_verifies_for_who_has_the_file() {
    let app = TestApp::start(Options { visibility: Visibility::Closed, ..Options::default() });
    let (_, released) = app.issued();
    assert_eq!(app.verify(&released, "application/vc")["verdict"], "verified");
}

#[test]
fn another_issuers_client_sees_and_changes_nothing() {
    let app = shared();
    let (uuid, released) = app.issued();
    let foreign = format!("/v1/issuers/{OTHER}/credentials/{uuid}");
    let nobody = path("00000000-0000-4000-8000-000000000000");
    let strip = |answer: crate::app::Answer| {
        let mut body = answer.json();
        body.as_object_mut().expect("an object").remove("requestId");
        (answer.status, body)
    };
    let unknown = strip(app.get(&nobody).token(ISSUER, "all").send());
    assert_eq!(unknown.0, 404);
    // Under the right issuer with the wrong token, and under the own issuer.
    for path in [path(&uuid), foreign] {
        assert_eq!(strip(app.get(&path).token(OTHER, "all").send()), unknown);
        let status = app.post(&format!("{path}/status"), &revoke()).token(OTHER, "all").send();
        assert_eq!(strip(status), unknown);
        let visibility = app
            .call("PUT", &format!("{path}/visibility"))
            .json(&json!({ "visibility": "closed" }))
            .token(OTHER, "all")
            .send();
        assert_eq!(strip(visibility), unknown);
    }
    assert_eq!(app.verify(&released, "application/vc")["verdict"], "verified");
    assert_eq!(view(app, &uuid)["visibility"], "open");
}

#[test]
fn every_call_needs_its_own_scope() {
    let app = shared();
    let (uuid, _) = app.issued();
    let status = format!("{}/status", path(&uuid));
    for client in ["read", "issue"] {
        let answer = app.post(&status, &revoke()).token(ISSUER, client).send();
        assert_eq!((answer.status, answer.problem().as_str()), (403, "insufficient-scope"));
        let challenge = "Bearer error=\"insufficient_scope\", scope=\"credentials:status\"";
        assert_eq!(answer.header("www-authenticate"), challenge);
    }
    let answer = app.get(&path(&uuid)).token(ISSUER, "issue").send();
    let challenge = "Bearer error=\"insufficient_scope\", scope=\"credentials:read\"";
    assert_eq!((answer.status, answer.header("www-authenticate")), (403, challenge));
    assert_eq!(app.get(&path(&uuid)).send().status, 401);
    assert_eq!(app.get(&path(&uuid)).token(ISSUER, "revoked").send().status, 401);
}

#[test]
fn a_correction_supersedes_and_leads_to_its_successor() {
    let app = TestApp::start(Options::default());
    let (old, released) = app.issued_from(&crate::app::award("evc2"));
    let mut correction = crate::app::award("evc2-correction");
    correction["replaces"] = json!(format!("{PUBLIC}/credentials/{old}"));
    let (new, _) = app.issued_from(&correction);
    let view = view(&app, &old);
    assert_eq!(view["state"], "superseded");
    assert_eq!(view["replacedBy"], json!(format!("{PUBLIC}/credentials/{new}")));
    let report = app.verify(&released, "application/vc");
    assert_eq!(report["state"], "superseded");
    assert_eq!(report["replacedBy"], json!(format!("{PUBLIC}/credentials/{new}")));
    let page = app.get(&format!("/credentials/{old}?lang=nl")).accept("text/html").send().text();
    assert!(page.contains("Er is een nieuwere versie van dit bewijs sinds 1 september 2026."));
    assert!(page.contains(&format!("href=\"{PUBLIC}/credentials/{new}\"")));
    assert!(!page.contains("ingetrokken"), "a correction never looks like misconduct");
}
