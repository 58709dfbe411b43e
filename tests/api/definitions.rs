//! `/v1/issuers/{issuer}/definitions`: publishing, reading and checking definition versions.

use crate::app::{Answer, ISSUER, OTHER, Options, PUBLIC, TestApp, fresh, sample, shared};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn path(rest: &str) -> String {
    format!("/v1/issuers/{ISSUER}/definitions{rest}")
}

/// A microcredential of the samples under a name of its own, with version `1`.
fn definition(slug: &str) -> Value {
    let file = sample("definitions.json");
    let mut definition = file["definitions"][1].clone();
    let members = definition.as_object_mut().expect("an object");
    for member in ["key", "stackability"] {
        members.remove(member);
    }
    definition["slug"] = json!(slug);
    definition["version"] = json!("1");
    definition
}

fn publish(app: &TestApp, document: &Value) -> Answer {
    let name = |member: &str| document[member].as_str().expect("a text").to_owned();
    let path = path(&format!("/{}/{}", name("slug"), name("version")));
    app.put(&path, document).token(ISSUER, "catalogue").send()
}

fn get(app: &TestApp, rest: &str) -> Answer {
    app.get(&path(rest)).token(ISSUER, "catalogue").send()
}

fn slug() -> String {
    fresh("def").to_lowercase()
}

/// Story R1.
#[test]
fn a_version_is_published_once_and_answers_for_ever() {
    let app = shared();
    let slug = slug();
    let document = definition(&slug);
    let published = publish(app, &document);
    assert_eq!(published.status, 201, "{}", published.text());
    assert_eq!(published.header("location"), format!("{PUBLIC}{}", path(&format!("/{slug}/1"))));
    let public = format!("{PUBLIC}/issuers/{ISSUER}/achievements/{slug}/1");
    assert_eq!(published.json()["id"], json!(public));
    assert_eq!(published.json()["document"], document);

    let again = publish(app, &document);
    assert_eq!((again.status, again.json()), (200, published.json()), "the same, the same answer");
    let mut unnamed = document.clone();
    for member in ["issuer", "slug", "version"] {
        unnamed.as_object_mut().expect("an object").remove(member);
    }
    let implied = app.put(&path(&format!("/{slug}/1")), &unnamed).token(ISSUER, "catalogue").send();
    assert_eq!((implied.status, implied.json()), (200, published.json()), "the address says it");

    let mut changed = document.clone();
    changed["title"]["fr"] = json!("Autre chose");
    let refused = publish(app, &changed);
    assert_eq!((refused.status, refused.problem().as_str()), (409, "version-frozen"));
    changed["version"] = json!("2");
    assert_eq!(publish(app, &changed).status, 201);
    assert_eq!(get(app, &format!("/{slug}/1")).json()["document"], document);
    let versions = get(app, &format!("/{slug}")).json();
    let versions: Vec<_> = versions["definitions"].as_array().expect("a list").iter().collect();
    let numbers: Vec<_> = versions.iter().map(|v| v["version"].as_str().expect("text")).collect();
    assert_eq!(numbers, ["1", "2"]);
    assert_eq!(app.get(&public[PUBLIC.len()..]).send().json()["name"], document["title"]["nl"]);
}

/// Story R2.
#[test]
fn every_fault_of_a_definition_is_in_one_answer_and_nothing_is_published() {
    let app = shared();
    let slug = slug();
    let mut document = definition(&slug);
    let members = document.as_object_mut().expect("an object");
    for member in ["level", "participation", "qualityAssurance"] {
        members.remove(member);
    }
    document["awardingBodies"] = json!(["nobody"]);
    document["extra"] = json!(1);
    let refused = publish(app, &document);
    let expected: BTreeSet<(String, String)> = [
        ("level-required", "/level"),
        ("participation-required", "/participation"),
        ("quality-assurance-required", "/qualityAssurance"),
        ("organisation-unknown", "/awardingBodies/0"),
        ("unknown-field", "/extra"),
    ]
    .map(|(code, pointer)| (code.to_owned(), pointer.to_owned()))
    .into();
    assert_eq!(refused.status, 422);
    assert_eq!(refused.errors().into_iter().collect::<BTreeSet<_>>(), expected);
    assert_eq!(get(app, &format!("/{slug}/1")).status, 404);

    let checked = app.post(&path("/check"), &document).token(ISSUER, "catalogue").send();
    assert_eq!(checked.status, 200);
    assert_eq!(checked.json()["acceptable"], json!(false));
    assert_eq!(checked.json()["errors"], refused.json()["errors"], "the check says the same");
}

#[test]
fn a_draft_is_checked_without_a_trace() {
    let app = shared();
    let slug = slug();
    let mut document = definition(&slug);
    document["level"] = json!({ "vks": 5, "eqf": 6 });
    let checked = app.post(&path("/check"), &document).token(ISSUER, "catalogue").send().json();
    assert_eq!((&checked["acceptable"], &checked["errors"]), (&json!(true), &json!([])));
    assert_eq!(checked["warnings"][0]["code"], "levels-differ");
    assert_eq!(get(app, &format!("/{slug}")).status, 404);
}

#[test]
fn the_address_and_the_document_say_the_same() {
    let app = shared();
    let slug = slug();
    let mut document = definition(&slug);
    document["version"] = json!("2");
    document["issuer"] = json!(OTHER);
    let answer = app.put(&path(&format!("/{slug}/1")), &document).token(ISSUER, "catalogue").send();
    let expected = ["/issuer", "/version"].map(|at| ("address-mismatch".to_owned(), at.to_owned()));
    assert_eq!((answer.status, answer.errors()), (422, expected.to_vec()));
    for unsound in ["/UPPER/1", "/a..b/1", "/a/.."] {
        let answer = app.put(&path(unsound), &definition("x")).token(ISSUER, "catalogue").send();
        assert!(matches!(answer.status, 404 | 422), "{unsound}: {}", answer.status);
    }
    let reserved = publish(app, &definition("check"));
    assert_eq!(reserved.errors(), [("name-reserved".to_owned(), "/slug".to_owned())]);
}

#[test]
fn a_list_is_read_in_pages() {
    let app = TestApp::start(Options::default());
    let read = |query: &str| get(&app, query).json();
    let whole = read("?limit=200")["definitions"].as_array().cloned().expect("a list");
    assert_eq!(whole.len(), 6);
    let (mut seen, mut next) = (Vec::new(), String::new());
    loop {
        let page = read(&format!("?limit=4{next}"));
        seen.extend(page["definitions"].as_array().cloned().expect("a list"));
        let Some(cursor) = page["next"].as_str() else { break };
        next = format!("&after={cursor}");
    }
    assert_eq!(seen, whole);
    for wrong in ["?limit=0", "?limit=x", "?limit=201", "?after=%25", "?after=bm9uZQ"] {
        assert_eq!(get(&app, wrong).status, 400, "{wrong}");
    }
}

/// Story I3.
#[test]
fn a_client_of_another_issuer_finds_nothing_and_a_smaller_scope_writes_nothing() {
    let app = shared();
    let mine = definition(&slug());
    assert_eq!(publish(app, &mine).status, 201);
    let of_mine = path(&format!("/{}/1", mine["slug"].as_str().expect("a text")));
    for (method, path) in [
        ("GET", path("")),
        ("POST", path("/check")),
        ("GET", of_mine.clone()),
        ("PUT", of_mine.clone()),
    ] {
        let call = || match method {
            "GET" => app.get(&path),
            _ => app.call(method, &path).json(&mine),
        };
        assert_eq!(call().send().status, 401, "{method} {path}");
        assert_eq!(call().token(OTHER, "catalogue").send().status, 404, "{method} {path}");
        assert_eq!(call().token(ISSUER, "revoked").send().status, 401, "{method} {path}");
        let reader = call().token(ISSUER, "issue").send();
        match method {
            "GET" => assert_eq!(reader.status, 200, "{path}"),
            _ => {
                assert_eq!(reader.status, 403, "{method} {path}");
                assert!(reader.header("www-authenticate").contains("catalogue:write"));
            }
        }
    }
    // Another issuer's definition does not come in under one's own address.
    let theirs = format!("/v1/issuers/{OTHER}/definitions/x/1");
    let answer = app.put(&theirs, &mine).token(OTHER, "catalogue").send();
    assert_eq!(answer.status, 422);
    assert!(answer.errors().iter().all(|(code, _)| code == "address-mismatch"));
}

#[test]
fn what_is_no_definition_is_refused_in_the_usual_ways() {
    let app = shared();
    let at = path("/x/1");
    let put = |media_type: &str, body: &[u8]| {
        app.call("PUT", &at).body(media_type, body.to_vec()).token(ISSUER, "catalogue").send()
    };
    assert_eq!(put("text/plain", b"{}").status, 415);
    assert_eq!(put("application/json", b"{").status, 400);
    assert_eq!(put("application/json", b"{\"kind\":1,\"kind\":2}").status, 400);
    assert_eq!(put("application/json", b"[]").status, 422);
    assert_eq!(put("application/json", &vec![b' '; crate::app::MAX_BODY + 1]).status, 413);
    assert_eq!(app.call("DELETE", &at).token(ISSUER, "catalogue").send().status, 405);
}
