//! Erasing a learner's data, in two steps.

use crate::app::{Answer, ISSUER, OTHER, Options, PUBLIC, TestApp, award, fresh, origin, shared};
use bewijs::store::Origin;
use serde_json::{Value, json};

fn path(uuid: &str, what: &str) -> String {
    format!("/v1/issuers/{ISSUER}/credentials/{uuid}{what}")
}

fn erase(app: &TestApp, uuid: &str) -> Answer {
    app.call("POST", &path(uuid, "/erasure")).token(ISSUER, "admin").send()
}

fn purge(app: &TestApp, uuid: &str, body: Option<&Value>) -> Answer {
    let call = app.call("POST", &path(uuid, "/purge")).token(ISSUER, "admin");
    match body {
        Some(body) => call.json(body).send(),
        None => call.send(),
    }
}

/// Everything of an answer but what differs from request to request.
fn told(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let id = answer.header("x-request-id").to_owned();
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| !["x-request-id", "date"].contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("").to_owned()))
        .collect();
    (answer.status, headers, answer.text().replace(&id, "ID"))
}

fn list_bytes(app: &TestApp, released: &[u8]) -> Vec<u8> {
    let document: Value = serde_json::from_slice(released).expect("JSON");
    let list = document["credentialStatus"]["statusListCredential"]
        .as_str()
        .or_else(|| document["credentialStatus"][0]["statusListCredential"].as_str())
        .expect("a list");
    let answer = app.get(list.strip_prefix(PUBLIC).expect("ours")).send();
    assert_eq!(answer.status, 200);
    answer.body
}

const FORMS: &[&str] =
    &["application/vc", "application/json", "application/vc+jwt", "text/plain", "text/html"];

/// Stories R7 and L2, rule L07.
#[test]
fn erasure_takes_the_person_away_and_leaves_the_proof() {
    let app = TestApp::start(Options::default());
    let mut request = award("mc1");
    request["certificateNumber"] = json!(fresh("E"));
    request["learner"]["name"] = json!("Nele Onvergetelijk");
    let issue = || {
        app.post(&format!("/v1/issuers/{ISSUER}/credentials"), &request)
            .token(ISSUER, "all")
            .header("idempotency-key", "erased-1")
            .send()
    };
    let released = issue().body;
    let uuid = serde_json::from_slice::<Value>(&released).expect("JSON")["id"]
        .as_str()
        .and_then(|id| id.rsplit('/').next())
        .expect("a segment")
        .to_owned();
    let address = format!("/credentials/{uuid}");
    let token = app.get(&address).accept("application/vc+jwt").send().text();
    for form in FORMS {
        assert_eq!(app.get(&address).accept(form).send().status, 200, "{form}");
    }
    assert!(app.verify(&released, "application/vc")["verdict"] == "verified");
    assert_eq!(issue().header("idempotency-replayed"), "true");
    let list = list_bytes(&app, &released);

    let answer = erase(&app, &uuid);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let told_back = answer.json();
    assert_eq!(told_back["erased"], "2026-09-01T10:00:00Z");
    assert_eq!(told_back["remains"]["certificateNumber"], request["certificateNumber"]);
    assert_eq!(told_back["remains"]["state"], "valid", "erasure is not revocation");
    assert_eq!(told_back["retainedUntil"], "2076-09-01");
    assert!(!answer.text().contains("Nele"));

    // Every form answers as for what never was, byte for byte, with a tag in hand too.
    let nobody = format!("/credentials/{}", "5d0f7c1e-3a52-4c0b-9d3e-6f1b2a4c8e10");
    for form in FORMS {
        let erased = app.get(&address).accept(form).send();
        assert_eq!(erased.status, 404, "{form}");
        let unknown = app.get(&nobody).accept(form).send();
        let mut erased = told(&erased);
        erased.2 = erased.2.replace(&uuid, "5d0f7c1e-3a52-4c0b-9d3e-6f1b2a4c8e10");
        assert_eq!(erased, told(&unknown), "{form}");
        let tag = format!("\"{}\"", told_back["remains"]["sha256"].as_str().expect("a hash"));
        let held = app.get(&address).accept(form).header("if-none-match", &tag).send();
        assert_eq!(held.status, 404, "{form}");
    }

    // The list did not change, and the learner's own copy is what it was.
    assert_eq!(list_bytes(&app, &released), list);
    for (bytes, media_type) in
        [(released.as_slice(), "application/vc"), (token.as_bytes(), "application/vc+jwt")]
    {
        let report = app.verify(bytes, media_type);
        assert_eq!((&report["verdict"], &report["state"]), (&json!("verified"), &json!("valid")));
        // The register knows the document by its fingerprint, and says that this is all it has.
        let known = &report["register"];
        assert_eq!(known["sameBytes"], json!(media_type == "application/vc"), "{known}");
        assert_eq!(known["erased"], "2026-09-01T10:00:00Z");
    }
    for (language, words) in [
        ("nl", "kent dit bestand aan zijn vingerafdruk. De persoonsgegevens zijn er gewist"),
        ("fr", "ce fichier par son empreinte. Les données personnelles y ont été effacées"),
        ("en", "this file by its fingerprint. The personal data was erased"),
    ] {
        let form = format!("text={}", form_urlencoded(&released)).into_bytes();
        let page = app
            .call("POST", &format!("/verify?lang={language}"))
            .body("application/x-www-form-urlencoded", form)
            .send();
        assert!(page.status == 200 && page.text().contains(words), "{language}: {}", page.text());
        let call = app.call("POST", "/v1/verify").header("accept-language", language);
        let report = call.body("application/vc", released.clone()).send().json();
        let text = report["register"]["text"].as_str().unwrap_or("").to_owned();
        assert!(text.contains(words), "{language}: {text}");
    }
    // Of what is not signed so, the register tells nothing.
    let forged = String::from_utf8(released.clone()).expect("text").replace("Nele", "Nela");
    let report = app.verify(forged.as_bytes(), "application/vc");
    assert_eq!((&report["verdict"], report.get("register")), (&json!("failed"), None));

    // Nothing in the process remembers the person.
    let id = uuid.parse().expect("a UUID");
    assert!(app.store.document(id).expect("readable").is_none());
    let record = app.store.issued(id).expect("readable").expect("what stays");
    assert_eq!((&record.holder, &record.case_number), (&None, &None));
    let replay = issue();
    assert_eq!((replay.status, replay.problem().as_str()), (410, "certificate-erased"));
    assert!(!replay.text().contains("Nele"));
    let mut other = request.clone();
    other["learner"]["name"] = json!("Iemand Anders");
    let other = app
        .post(&format!("/v1/issuers/{ISSUER}/credentials"), &other)
        .token(ISSUER, "all")
        .header("idempotency-key", "erased-1")
        .send();
    assert_eq!(other.status, 410, "the key stays used");

    // The register shows what stays, and no name even with a reason.
    let view = app.get(&path(&uuid, "")).token(ISSUER, "all").send();
    assert_eq!(view.json()["erased"], "2026-09-01T10:00:00Z");
    assert!(view.json().get("title").is_none() && view.json().get("caseNumber").is_none());
    let body = json!({ "names": true, "reason": "Inspection, file 12.", "format": "jsonl" });
    let export = format!("/v1/issuers/{ISSUER}/register/export");
    let export = app.post(&export, &body).token(ISSUER, "names").send();
    let row: Value = serde_json::from_str(export.text().trim()).expect("one row");
    assert_eq!(row["erased"], "2026-09-01T10:00:00Z");
    assert!(row.get("name").is_none() && row.get("caseNumber").is_none(), "{row}");

    // Once more it changes nothing.
    app.clock.set("2026-09-02T10:00:00Z".parse().expect("a moment"));
    let again = erase(&app, &uuid);
    assert_eq!((again.status, &again.json()["erased"]), (200, &told_back["erased"]));

    // An erased certificate can still be revoked, and who has the file sees it; but nothing that
    // may tell a person comes back to it.
    let noted = json!({ "action": "revoke", "reason": "fraud", "note": "Nele Onvergetelijk" });
    let answer = app.change(&uuid, &noted);
    assert_eq!(answer.errors(), [("certificate-erased".to_owned(), "/note".to_owned())]);
    let body = json!({ "on": "2026-07-10", "reference": "Nele Onvergetelijk" });
    let answer = app.put(&path(&uuid, "/registration"), &body).token(ISSUER, "all").send();
    assert!(answer.errors().contains(&("certificate-erased".to_owned(), "/reference".to_owned())));
    let revoke = json!({ "action": "revoke", "reason": "fraud" });
    assert_eq!(app.change(&uuid, &revoke).status, 200);
    assert_eq!(app.verify(&released, "application/vc")["state"], "revoked");
}

fn form_urlencoded(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("%{byte:02X}")).collect()
}

/// Stories R5 and R7, rule L07: what the register knew before a key was compromised stands, also
/// when only the fingerprint is left.
#[test]
fn a_file_that_was_erased_stands_when_its_key_is_compromised_later() {
    let app = TestApp::start(Options::default());
    let (uuid, released) = app.issued();
    let (other, of_other) = app.issued();
    assert_eq!(erase(&app, &uuid).status, 200);
    assert_eq!(erase(&app, &other).status, 200);
    let reason = json!({ "reason": "Order of the authority, file 4." });
    assert_eq!(purge(&app, &other, Some(&reason)).status, 204);
    let issuer = ISSUER.parse().expect("a slug");
    let key = app.store.keys(&issuer).expect("readable")[0].thumbprint.clone();
    app.clock.set("2026-10-01T10:00:00Z".parse().expect("a moment"));
    let then = Origin { at: "2026-10-01T10:00:00Z".parse().expect("one"), ..origin() };
    let system = actix_web::rt::System::new();
    let ed25519 = bewijs::model::KeyAlgorithm::Ed25519;
    let rotated = app.desk.rotate_key(&issuer, ed25519, then.clone());
    assert_eq!(system.block_on(rotated).expect("rotated").1.len(), 0, "its lists are signed");
    let compromise = |from: &str| {
        let from = from.parse().expect("a moment");
        let said = app.desk.compromise_key(&issuer, &key, from, then.clone());
        assert_eq!(system.block_on(said).expect("said").len(), 0, "its lists are signed");
    };
    compromise("2026-09-15T00:00:00Z");
    let report = app.verify(&released, "application/vc");
    assert_eq!(report["verdict"], "verified", "{report}");
    assert_eq!(report["state"], "valid");
    assert_eq!(report["proofs"][0]["registeredBeforeCompromise"], true);
    assert_eq!(report["register"]["sameBytes"], true);
    // Other bytes with the same words are not those that were registered.
    let spaced = [b" ".as_slice(), &released].concat();
    assert_ne!(app.verify(&spaced, "application/vc")["verdict"], "verified");
    // After a purge nothing is known any more.
    let report = app.verify(&of_other, "application/vc");
    assert_ne!(report["verdict"], "verified");
    assert_eq!(report.get("register"), None);
    // A moment before the certificate was registered: it may be anybody's.
    compromise("2026-08-31T00:00:00Z");
    let report = app.verify(&released, "application/vc");
    assert_ne!(report["verdict"], "verified");
    assert_eq!(report.get("register"), None);
}

/// Story R7, step 2.
#[test]
fn the_rest_goes_after_the_retention_period_or_for_a_reason() {
    let app = TestApp::start(Options::default());
    let mut request = award("mc1");
    request["certificateNumber"] = json!(fresh("P"));
    let issue = || {
        app.post(&format!("/v1/issuers/{ISSUER}/credentials"), &request)
            .token(ISSUER, "all")
            .header("idempotency-key", "purged-1")
            .send()
    };
    let first = issue();
    let uuid = first.header("location").rsplit('/').next().expect("a segment").to_owned();
    let released = first.body;
    let answer = purge(&app, &uuid, None);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "not-erased"));
    assert_eq!(erase(&app, &uuid).status, 200);
    let answer = purge(&app, &uuid, None);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "retained"));
    assert_eq!(answer.json()["retainedUntil"], "2076-09-01");
    for (body, code) in [
        (json!({ "reason": "short" }), "too-short"),
        (json!({ "reason": 1 }), "type"),
        (json!({ "because": "it must go" }), "unknown-field"),
    ] {
        let answer = purge(&app, &uuid, Some(&body));
        assert_eq!((answer.status, answer.errors()[0].0.as_str()), (422, code), "{body}");
    }
    let list = list_bytes(&app, &released);
    let counts = app.get(&format!("/v1/issuers/{ISSUER}/counts")).send().body;
    let reason = json!({ "reason": "Order of the authority, file 3." });
    assert_eq!(purge(&app, &uuid, Some(&reason)).status, 204);
    let told = format!("/v1/issuers/{ISSUER}/disclosures");
    let told = app.get(&told).token(ISSUER, "admin").send();
    assert_eq!(told.json()["disclosures"][0]["operation"], "purge");
    assert_eq!(told.json()["disclosures"][0]["reason"], reason["reason"]);
    assert!(!told.text().contains(&uuid), "the reason outlives the certificate, without naming it");
    assert_eq!(app.get(&path(&uuid, "")).token(ISSUER, "all").send().status, 404);
    assert_eq!(app.get(&format!("/credentials/{uuid}")).send().status, 404);
    assert_eq!(purge(&app, &uuid, Some(&reason)).status, 404);
    let register = format!("/v1/issuers/{ISSUER}/register.jsonl");
    assert!(!app.get(&register).token(ISSUER, "register").send().text().contains(&uuid));
    assert_eq!(list_bytes(&app, &released), list, "the bit stays");
    assert_eq!(app.get(&format!("/v1/issuers/{ISSUER}/counts")).send().body, counts);
    let report = app.verify(&released, "application/vc");
    assert_eq!((&report["verdict"], &report["state"]), (&json!("verified"), &json!("valid")));

    // A repetition that comes late issues nothing, whatever it says now.
    for _ in 0..2 {
        let late = issue();
        assert_eq!((late.status, late.problem().as_str()), (410, "certificate-erased"));
    }

    let (other, _) = app.issued();
    assert_eq!(erase(&app, &other).status, 200);
    app.clock.set("2076-09-01T00:00:00Z".parse().expect("a moment"));
    assert_eq!(purge(&app, &other, None).status, 204, "the period is over");
    let told = format!("/v1/issuers/{ISSUER}/disclosures");
    let told = app.get(&told).token(ISSUER, "admin").send().json();
    assert_eq!(told["disclosures"].as_array().map(Vec::len), Some(1), "this one needs no reason");
}

#[test]
fn only_the_issuers_administration_erases() {
    let app = shared();
    let (uuid, _) = app.issued();
    for what in ["/erasure", "/purge"] {
        let call = || app.call("POST", &path(&uuid, what));
        assert_eq!(call().send().status, 401);
        let answer = call().token(ISSUER, "all").send();
        assert_eq!((answer.status, answer.problem().as_str()), (403, "insufficient-scope"));
        assert_eq!(call().token(OTHER, "admin").send().status, 404);
        let foreign = format!("/v1/issuers/{OTHER}/credentials/{uuid}{what}");
        assert_eq!(app.call("POST", &foreign).token(OTHER, "admin").send().status, 404);
    }
    let body = json!({ "sure": true });
    let answer = app.post(&path(&uuid, "/erasure"), &body).token(ISSUER, "admin").send();
    assert_eq!(answer.status, 422, "read strictly");
    assert_eq!(app.get(&format!("/credentials/{uuid}")).send().status, 200, "nothing happened");
}
