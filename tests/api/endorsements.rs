//! Endorsing definitions and certificates of any issuer, with the endorser's own key.

use crate::app::{Answer, ISSUER, OTHER, Options, PUBLIC, TestApp, fresh, shared};
use serde_json::{Value, json};

const DEFINITION: &str = "voorbeeld-hogeschool/krachtgericht-communiceren/2026.1";
const COMMENT: &str = "Dit sluit aan bij wat wij in het werkveld vragen.";

fn statement(member: &str, target: &str) -> Value {
    json!({ member: target, "comment": COMMENT, "language": "nl" })
}

fn endorse(app: &TestApp, endorser: &str, body: &Value) -> Answer {
    app.post(&format!("/v1/issuers/{endorser}/endorsements"), body).token(endorser, "all").send()
}

/// The path of an endorsement that was made, and its id.
fn endorsed(app: &TestApp, endorser: &str, body: &Value) -> (String, String) {
    let answer = endorse(app, endorser, body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let path = answer.header("location").strip_prefix(PUBLIC).expect("ours").to_owned();
    let uuid = path.rsplit('/').next().expect("a segment").to_owned();
    (path, uuid)
}

fn withdraw(app: &TestApp, endorser: &str, uuid: &str) -> Answer {
    app.post(
        &format!("/v1/issuers/{endorser}/endorsements/{uuid}/status"),
        &json!({ "action": "revoke", "reason": "other", "note": "De samenwerking eindigt." }),
    )
    .token(endorser, "all")
    .send()
}

/// The words of a page between its tags.
fn page(app: &TestApp, path: &str, lang: &str) -> String {
    let answer = app.get(&format!("{path}?lang={lang}")).accept("text/html").send();
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.text()
}

/// Story P3.
#[test]
fn a_partner_endorses_a_definition_and_the_endorsement_verifies_by_itself() {
    let app = TestApp::start(Options::default());
    let made = endorse(&app, OTHER, &statement("definition", DEFINITION));
    assert_eq!(made.status, 201, "{}", made.text());
    let path = made.header("location").strip_prefix(PUBLIC).expect("ours").to_owned();
    let document = made.json();
    let address = format!("{PUBLIC}/issuers/{}", DEFINITION.replacen('/', "/achievements/", 1));
    assert_eq!(document["credentialSubject"]["id"], json!(address));
    assert_eq!(document["credentialSubject"]["endorsementComment"], COMMENT);
    assert_eq!(document["issuer"]["id"].as_str().map(|did| did.ends_with(OTHER)), Some(true));
    let served = app.get(&path).accept("application/vc").send();
    assert_eq!(served.body, made.body, "as it was released");
    let report = app.verify(&made.body, "application/vc");
    assert_eq!(report["verdict"], "verified", "{report}");

    let mut changed = document.clone();
    changed["credentialSubject"]["endorsementComment"] = json!("Iets anders.");
    let report = app.verify(changed.to_string().as_bytes(), "application/vc");
    assert_eq!(report["verdict"], "failed");

    let definition = address.strip_prefix(PUBLIC).expect("ours");
    let listed = app.get(&format!("{definition}/endorsements")).send().json();
    assert_eq!(listed["endorsed"], json!(address));
    assert_eq!(listed["endorsements"][0]["comment"], COMMENT);
    assert_eq!(listed["endorsements"][0]["endorser"]["id"], document["issuer"]["id"]);
    let name = document["issuer"]["name"].as_str().expect("a name").to_owned();
    for (lang, words) in [("nl", "Ondersteund door"), ("fr", "Soutenu par"), ("en", "Endorsed by")]
    {
        let words = format!("{words} {name}");
        assert!(page(&app, definition, lang).contains(&words), "{lang}");
        let own = page(&app, &path, lang);
        assert!(own.contains(COMMENT) && own.contains(&address), "{lang}");
    }
}

/// Story P3.
#[test]
fn withdrawing_an_endorsement_leaves_the_certificate_verified() {
    let app = TestApp::start(Options::default());
    let (uuid, bytes) = app.issued();
    let credential = format!("{PUBLIC}/credentials/{uuid}");
    let at = format!("/credentials/{uuid}");
    endorsed(&app, OTHER, &statement("definition", DEFINITION));
    let (path, id) = endorsed(&app, OTHER, &statement("credential", &credential));

    let report = app.verify(&bytes, "application/vc");
    assert_eq!(report["verdict"], "verified");
    let outcomes = |report: &Value| -> Vec<(String, String)> {
        let all = report["endorsements"].as_array().expect("endorsements");
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        all.iter().map(|one| (text(&one["target"]), text(&one["outcome"]))).collect()
    };
    let before = outcomes(&report);
    assert_eq!(before.len(), 2, "of the certificate and of its definition: {before:?}");
    assert!(before.iter().all(|(_, outcome)| outcome == "pass"), "{before:?}");
    assert!(before.iter().any(|(target, _)| *target == credential));
    assert_eq!(page(&app, &at, "nl").matches("Ondersteund door").count(), 2);

    let withdrawn = withdraw(&app, OTHER, &id);
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text());
    assert_eq!(withdrawn.json()["state"], "revoked");
    let report = app.verify(&bytes, "application/vc");
    assert_eq!(report["verdict"], "verified", "the certificate stands");
    let after: Vec<_> =
        outcomes(&report).into_iter().filter(|(target, _)| *target == credential).collect();
    assert_eq!(after, [(credential.clone(), "fail".to_owned())]);
    let shown = page(&app, &at, "nl");
    assert_eq!(shown.matches("Ondersteund door").count(), 1, "only the one that stands");
    assert!(shown.contains("Dit bewijs is echt en geldig."));
    assert!(shown.contains("ingetrokken"), "and the other is said to be withdrawn");
    let listed = app.get(&format!("{at}/endorsements")).send().json();
    assert_eq!(listed["endorsements"][0]["state"], "revoked");
    let own = app.get(&path).accept("application/vc").send();
    assert_eq!(app.verify(&own.body, "application/vc")["verdict"], "failed");

    let again = withdraw(&app, OTHER, &id);
    assert_eq!((again.status, again.problem().as_str()), (409, "revocation-final"));
    assert_eq!(again.json()["state"], "revoked");
}

/// Story P3.
#[test]
fn a_withdrawn_endorsement_is_not_shown_as_support_of_the_definition() {
    let app = TestApp::start(Options::default());
    let (_, id) = endorsed(&app, OTHER, &statement("definition", DEFINITION));
    let at = format!("/issuers/{}", DEFINITION.replacen('/', "/achievements/", 1));
    assert!(page(&app, &at, "nl").contains("Ondersteund door"));
    assert_eq!(withdraw(&app, OTHER, &id).status, 200);
    let shown = page(&app, &at, "nl");
    assert!(!shown.contains("Ondersteund door") && shown.contains("ingetrokken"));
    assert!(!shown.contains(COMMENT));
}

/// Story P3. Whoever knows the address may endorse a closed certificate, and learns nothing of it.
#[test]
fn endorsements_of_a_closed_certificate_are_as_closed_as_it_is() {
    let app = TestApp::start(Options::default());
    let (uuid, _) = app.issued();
    assert_eq!(app.show(&uuid, "closed").status, 200);
    let made = endorse(&app, OTHER, &statement("credential", &uuid));
    assert_eq!(made.status, 201, "{}", made.text());
    assert!(!made.text().contains("rachtgericht"), "nothing of the certificate is repeated");
    let path = made.header("location").strip_prefix(PUBLIC).expect("ours").to_owned();
    for at in [path.clone(), format!("/credentials/{uuid}/endorsements")] {
        let closed = app.get(&at).send();
        assert_eq!((closed.status, closed.problem().as_str()), (403, "closed-by-holder"), "{at}");
    }
    assert_eq!(app.verify(&made.body, "application/vc")["verdict"], "verified");
    assert_eq!(app.show(&uuid, "open").status, 200);
    assert_eq!(app.get(&path).send().body, made.body);
}

/// Stories P3 and R7.
#[test]
fn with_an_erased_certificate_its_endorsements_go() {
    let app = TestApp::start(Options::default());
    let (uuid, _) = app.issued();
    let (path, id) = endorsed(&app, OTHER, &statement("credential", &uuid));
    let erased = app
        .call("POST", &format!("/v1/issuers/{ISSUER}/credentials/{uuid}/erasure"))
        .token(ISSUER, "admin")
        .send();
    assert_eq!(erased.status, 200, "{}", erased.text());
    assert_eq!(app.get(&path).send().status, 404);
    assert_eq!(app.get(&format!("/credentials/{uuid}/endorsements")).send().status, 404);
    let refused = endorse(&app, OTHER, &statement("credential", &uuid));
    let unknown = endorse(&app, OTHER, &statement("credential", &fresh_uuid()));
    assert_eq!(refused.errors(), unknown.errors(), "erased and unknown are one");
    let expected = ("credential-unknown".to_owned(), "/credential".to_owned());
    assert_eq!(refused.errors(), [expected]);
    let kept =
        app.get(&format!("/v1/issuers/{OTHER}/endorsements/{id}")).token(OTHER, "read").send();
    assert_eq!(kept.status, 200, "the register knows that there was one");
}

fn fresh_uuid() -> String {
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301".to_owned()
}

/// Story P3.
#[test]
fn an_endorsement_belongs_to_who_made_it() {
    let app = shared();
    let (_, id) = endorsed(app, OTHER, &statement("definition", DEFINITION));
    let at = |issuer: &str| format!("/v1/issuers/{issuer}/endorsements/{id}");
    assert_eq!(app.get(&at(OTHER)).token(OTHER, "read").send().status, 200);
    assert_eq!(app.get(&at(ISSUER)).token(ISSUER, "all").send().status, 404);
    assert_eq!(app.get(&at(OTHER)).token(ISSUER, "all").send().status, 404);
    assert_eq!(withdraw(app, ISSUER, &id).status, 404);
    let list = |issuer: &str| {
        let path = format!("/v1/issuers/{issuer}/endorsements?limit=200");
        app.get(&path).token(issuer, "issue").send().text()
    };
    assert!(list(OTHER).contains(&id) && !list(ISSUER).contains(&id));
    let body = statement("definition", DEFINITION);
    let path = format!("/v1/issuers/{OTHER}/endorsements");
    for (token, status) in [("read", 403), ("register", 403), ("revoked", 401)] {
        assert_eq!(app.post(&path, &body).token(OTHER, token).send().status, status, "{token}");
    }
    assert_eq!(app.post(&path, &body).send().status, 401);
    let path = format!("{}/status", at(OTHER));
    let body = json!({ "action": "revoke", "reason": "other" });
    assert_eq!(app.post(&path, &body).token(OTHER, "issue").send().status, 403);
    let body = json!({ "action": "suspend", "reason": "other", "more": 1 });
    let refused = app.post(&path, &body).token(OTHER, "all").send();
    assert_eq!((refused.status, refused.errors().len()), (422, 2), "{}", refused.text());
}

#[test]
fn what_cannot_be_endorsed_is_refused_by_name_in_the_language_of_the_client() {
    let app = shared();
    let unknown = endorse(app, OTHER, &statement("definition", "geen/bestaande/1"));
    assert_eq!(unknown.status, 422);
    let expected = ("definition-unknown".to_owned(), "/definition".to_owned());
    assert_eq!(unknown.errors(), [expected]);
    let body = json!({ "comment": "", "language": "de", "x": 1 });
    let path = format!("/v1/issuers/{OTHER}/endorsements");
    let mut details = Vec::new();
    for language in ["nl", "fr", "en"] {
        let call = app.post(&path, &body).token(OTHER, "all").header("accept-language", language);
        let refused = call.send();
        let codes: Vec<String> = refused.errors().into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["unknown-field", "endorsed-required", "empty", "unknown-code"]);
        details.push(refused.json()["errors"][1]["detail"].clone());
    }
    assert!(details[0] != details[1] && details[1] != details[2], "{details:?}");
    // An organisation without a key endorses nothing.
    let path = "/v1/issuers/associatie-voorbeeld/endorsements";
    let refused = app.post(path, &statement("definition", DEFINITION)).token(OTHER, "all").send();
    assert_eq!(refused.status, 404);
    for at in [
        "/endorsements/x".to_owned(),
        format!("/endorsements/{}", fresh_uuid()),
        format!("/credentials/{}/endorsements", fresh_uuid()),
        format!("/issuers/{ISSUER}/achievements/niets/1/endorsements"),
    ] {
        assert_eq!(app.get(&at).send().status, 404, "{at}");
    }
}

#[test]
fn one_idempotency_key_leads_to_one_endorsement_and_never_to_a_certificate() {
    let app = shared();
    let key = fresh("endorse");
    let path = format!("/v1/issuers/{OTHER}/endorsements");
    let send = |path: &str, body: &Value| {
        app.post(path, body).token(OTHER, "all").header("idempotency-key", &key).send()
    };
    let first = send(&path, &statement("definition", DEFINITION));
    let second = send(&path, &statement("definition", DEFINITION));
    assert_eq!((first.status, second.status), (201, 201), "{}", second.text());
    assert_eq!(first.body, second.body);
    assert_eq!(second.header("idempotency-replayed"), "true");
    let mut other = statement("definition", DEFINITION);
    other["comment"] = json!("Iets anders.");
    let mismatch = send(&path, &other);
    assert_eq!((mismatch.status, mismatch.problem().as_str()), (409, "idempotency-mismatch"));
    let certificate = send(&format!("/v1/issuers/{OTHER}/credentials"), &crate::app::award("mc1"));
    let found = (certificate.status, certificate.problem());
    assert_eq!(found, (409, "idempotency-mismatch".to_owned()), "{}", certificate.text());
}
