//! Frameworks of competences: published once for each version, referred to by several issuers.

use crate::app::{Answer, ISSUER, OTHER, Options, PUBLIC, TestApp, sample};
use serde_json::{Value, json};

fn texts(text: &str) -> Value {
    json!({ "nl": text, "fr": format!("{text} (fr)"), "en": format!("{text} (en)") })
}

fn framework() -> Value {
    json!({
        "title": texts("Sectorprofiel jeugdwelzijn"),
        "level": { "vks": 5, "eqf": 5 },
        "source": "https://sectorfonds.example/profiel",
        "licence": "CC BY 4.0",
        "competences": [
            { "code": "c1", "text": texts("Begeleidt jongeren."), "cluster": "Begeleiden" },
            { "code": "c2", "text": texts("Werkt samen.") },
        ],
    })
}

fn put(app: &TestApp, issuer: &str, rest: &str, document: &Value) -> Answer {
    let path = format!("/v1/issuers/{issuer}/frameworks/{rest}");
    app.put(&path, document).token(issuer, "catalogue").send()
}

/// Story P4.
#[test]
fn a_version_is_published_once_and_several_issuers_refer_to_it() {
    let app = TestApp::start(Options::default());
    let first = put(&app, ISSUER, "jeugdwelzijn/1", &framework());
    assert_eq!(first.status, 201, "{}", first.text());
    let url = format!("{PUBLIC}/issuers/{ISSUER}/frameworks/jeugdwelzijn/1");
    assert_eq!(first.json()["id"], json!(url));
    assert_eq!(put(&app, ISSUER, "jeugdwelzijn/1", &framework()).status, 200);
    let mut changed = framework();
    changed["competences"][0]["text"]["nl"] = json!("Begeleidt jongeren en ouders.");
    let refused = put(&app, ISSUER, "jeugdwelzijn/1", &changed);
    assert_eq!((refused.status, refused.problem().as_str()), (409, "version-frozen"));

    for (place, issuer) in [ISSUER, OTHER].into_iter().enumerate() {
        let file = sample("definitions.json");
        let mut definition = file["definitions"][5].clone();
        for member in ["key", "issuer", "slug", "version"] {
            definition.as_object_mut().expect("an object").remove(member);
        }
        definition["awardingBodies"] = json!([issuer]);
        definition["framework"] = json!({
            "name": "Sectorprofiel jeugdwelzijn",
            "version": "1",
            "url": url,
        });
        let path = format!("/v1/issuers/{issuer}/definitions/jeugdwelzijnswerk/{place}");
        let published = app.put(&path, &definition).token(issuer, "catalogue").send();
        assert_eq!(published.status, 201, "{}", published.text());
        definition["framework"]["url"] = json!(url.replace("/1", "/7"));
        let path = format!("/v1/issuers/{issuer}/definitions/jeugdwelzijnswerk/next");
        let refused = app.put(&path, &definition).token(issuer, "catalogue").send();
        let expected = ("own-address-unknown".to_owned(), "/framework/url".to_owned());
        assert!(refused.errors().contains(&expected), "{}", refused.text());
    }

    let path = url.strip_prefix(PUBLIC).expect("an own address");
    let before = app.get(path).send();
    assert_eq!(put(&app, ISSUER, "jeugdwelzijn/2", &changed).status, 201);
    assert_eq!(app.get(path).send().body, before.body, "the old version stays");
    assert_eq!(before.json()["id"], json!(url));
    for (lang, text) in [("nl", "Begeleidt jongeren."), ("fr", "Begeleidt jongeren. (fr)")] {
        let page = app.get(&format!("{path}?lang={lang}")).accept("text/html").send().text();
        assert!(page.contains(text) && page.contains("id=\"c1\""), "{lang}");
        assert!(page.contains("CC BY 4.0") && page.contains("VKS 5"), "{lang}");
    }
    let listed =
        app.get(&format!("/v1/issuers/{ISSUER}/frameworks")).token(ISSUER, "issue").send().json();
    let versions: Vec<_> = listed["frameworks"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|f| f["version"].as_str().expect("a text"))
        .collect();
    assert_eq!(versions, ["1", "2"]);
}

#[test]
fn every_fault_of_a_framework_is_in_one_answer() {
    let app = TestApp::start(Options::default());
    let mut broken = framework();
    broken["title"].as_object_mut().expect("texts").remove("fr");
    broken["level"]["vks"] = json!(9);
    broken["competences"][1]["code"] = json!("c1");
    broken["colour"] = json!("red");
    broken["version"] = json!("3");
    let at = |answer: &Answer| {
        let mut at: Vec<_> = answer.errors().into_iter().map(|(_, pointer)| pointer).collect();
        at.sort();
        at
    };
    assert_eq!(at(&put(&app, ISSUER, "x/1", &broken)), ["/version"], "the address comes first");
    broken.as_object_mut().expect("an object").remove("version");
    let refused = put(&app, ISSUER, "x/1", &broken);
    assert_eq!(refused.status, 422);
    assert_eq!(at(&refused), ["/colour", "/competences/1/code", "/level/vks", "/title/fr"]);
    assert_eq!(app.get(&format!("/issuers/{ISSUER}/frameworks/x/1")).send().status, 404);
}

/// Story I3.
#[test]
fn another_issuers_frameworks_are_published_by_nobody_else() {
    let app = TestApp::start(Options::default());
    let path = format!("/v1/issuers/{ISSUER}/frameworks/x/1");
    for (issuer, client, status) in
        [(OTHER, "catalogue", 404), (ISSUER, "issue", 403), (ISSUER, "revoked", 401)]
    {
        let answer = app.put(&path, &framework()).token(issuer, client).send();
        assert_eq!(answer.status, status, "{issuer} {client}");
    }
    assert_eq!(app.get(&path).token(OTHER, "catalogue").send().status, 404);
    assert_eq!(app.get(&path).token(ISSUER, "catalogue").send().status, 404);
}
