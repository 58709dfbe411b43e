//! `GET /credentials/{uuid}`

use crate::app::{ISSUER, PUBLIC, award, fresh, shared};
use serde_json::json;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const NOBODY: &str = "/credentials/00000000-0000-4000-8000-000000000000";

#[test]
fn the_form_follows_accept() {
    let app = shared();
    let (uuid, released) = app.issued();
    let path = format!("/credentials/{uuid}");
    for (accept, expected) in [
        ("*/*", "application/vc+ld+json"),
        ("application/vc", "application/vc"),
        ("application/vc+ld+json", "application/vc+ld+json"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/json;q=0.5, application/vc", "application/vc"),
        (BROWSER, "text/html"),
        ("text/html", "text/html"),
    ] {
        let answer = app.get(&path).accept(accept).send();
        assert_eq!((answer.status, answer.media_type()), (200, expected), "{accept}");
        assert!(answer.header("vary").contains("Accept"), "{accept}");
        if expected != "text/html" {
            assert_eq!(answer.body, released, "{accept}: byte for byte");
            assert_eq!(answer.header("access-control-allow-origin"), "*");
        }
    }
    for accept in ["application/vc+jwt", "text/plain"] {
        let answer = app.get(&path).accept(accept).send();
        assert_eq!((answer.status, answer.media_type()), (200, accept));
        assert_eq!(answer.text().split('.').count(), 3);
    }
    let answer = app.get(&path).accept("image/png").send();
    assert_eq!((answer.status, answer.problem().as_str()), (406, "not-acceptable"));
}

#[test]
fn links_choose_the_form_by_the_address() {
    let app = shared();
    let (uuid, released) = app.issued();
    let json = app.get(&format!("/credentials/{uuid}?format=json")).accept(BROWSER).send();
    assert_eq!(json.body, released);
    assert_eq!(json.header("content-disposition"), format!("attachment; filename=\"{uuid}.json\""));
    let jwt = app.get(&format!("/credentials/{uuid}?format=jwt")).accept(BROWSER).send();
    assert_eq!(jwt.media_type(), "application/vc+jwt");
    let none = app.get(&format!("/credentials/{uuid}?format=gif")).send();
    assert_eq!(none.status, 406);
}

#[test]
fn who_has_it_already_gets_304() {
    let app = shared();
    let (uuid, _) = app.issued();
    let path = format!("/credentials/{uuid}");
    let first = app.get(&path).send();
    let etag = first.header("etag").to_owned();
    for tags in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()] {
        let answer = app.get(&path).header("if-none-match", &tags).send();
        assert_eq!((answer.status, answer.header("etag")), (304, etag.as_str()), "{tags}");
    }
    assert_eq!(app.get(&path).header("if-none-match", "\"x\"").send().status, 200);
    assert_eq!(first.header("cache-control"), "public, no-cache", "closing must be felt at once");
}

#[test]
fn head_is_get_without_the_body() {
    let app = shared();
    let (uuid, released) = app.issued();
    let answer = app.call("HEAD", &format!("/credentials/{uuid}")).send();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-length"), released.len().to_string());
}

#[test]
fn a_closed_certificate_tells_nothing_of_itself_in_any_form() {
    let app = shared();
    let (uuid, released) = app.issued();
    assert_eq!(app.show(&uuid, "closed").status, 200);
    let path = format!("/credentials/{uuid}");
    let etag = app.get(&format!("/v1/issuers/{ISSUER}/credentials/{uuid}")).token(ISSUER, "all");
    let sha256 = etag.send().json()["sha256"].as_str().expect("a digest").to_owned();
    let document: serde_json::Value = serde_json::from_slice(&released).expect("JSON");
    let secrets = [
        document["name"].as_str().expect("a title").to_owned(),
        "Voornaam Familienaam".to_owned(),
        "Voorbeeld Hogeschool".to_owned(),
        "microcredential".to_owned(),
        sha256.clone(),
    ];
    for accept in
        ["*/*", BROWSER, "application/vc", "application/vc+jwt", "application/json", "image/png"]
    {
        for query in ["", "?format=json", "?format=jwt", "?lang=fr"] {
            let answer = app
                .get(&format!("{path}{query}"))
                .accept(accept)
                .header("if-none-match", &format!("\"{sha256}\""))
                .send();
            assert_eq!(answer.status, 403, "{accept} {query}");
            assert_eq!(answer.header("cache-control"), "private, no-store");
            assert_eq!(answer.header("etag"), "");
            let text = answer.text();
            for secret in &secrets {
                assert!(!text.contains(secret.as_str()), "{accept} {query} tells {secret}");
            }
        }
    }
    let page = app.get(&path).accept(BROWSER).send().text();
    assert!(page.contains("De houder heeft deze pagina gesloten."), "{page}");
    let problem = app.get(&path).send();
    assert_eq!(problem.problem(), "closed-by-holder");
    // Revoked and closed looks like closed.
    let revoke = json!({ "action": "revoke", "reason": "fraud" });
    assert_eq!(app.change(&uuid, &revoke).status, 200);
    let again = app.get(&path).accept(BROWSER).send();
    assert_eq!((again.status, again.text()), (403, page));
    assert_eq!(app.show(&uuid, "open").status, 200);
    assert_eq!(app.get(&path).send().body, released, "opened again");
}

#[test]
fn closed_certificates_are_alike() {
    let app = shared();
    let closed = |key: &str| {
        let mut award = award(key);
        award["certificateNumber"] = json!(fresh("C"));
        let (uuid, _) = app.issued_from(&award);
        app.show(&uuid, "closed");
        let mut body = app.get(&format!("/credentials/{uuid}")).send().json();
        body.as_object_mut().expect("an object").remove("requestId");
        body
    };
    assert_eq!(closed("mc1"), closed("mc2"));
}

#[test]
fn unknown_certificates_get_one_neutral_answer() {
    let app = shared();
    let strip = |path: &str| {
        let answer = app.get(path).send();
        let mut body = answer.json();
        body.as_object_mut().expect("an object").remove("requestId");
        (answer.status, body)
    };
    let unknown = strip(NOBODY);
    assert_eq!(unknown.0, 404);
    for path in [
        "/credentials/not-a-uuid",
        "/credentials/00000000000040008000000000000000",
        "/credentials/A17E5B90-6C2D-4F38-B5A1-90D4E7C3F256",
    ] {
        assert_eq!(strip(path), unknown, "{path}");
    }
    let page = app.get(NOBODY).accept(BROWSER).send();
    assert_eq!((page.status, page.media_type()), (404, "text/html"));
    assert!(page.text().contains("Deze pagina is niet beschikbaar."));
}

#[test]
fn released_bytes_cannot_be_changed() {
    let app = shared();
    let (uuid, released) = app.issued();
    let path = format!("/credentials/{uuid}");
    for method in ["PUT", "PATCH", "DELETE"] {
        let answer =
            app.call(method, &path).json(&json!({ "name": "other" })).token(ISSUER, "all").send();
        let got = (answer.status, answer.problem());
        assert_eq!(got, (405, "released-immutable".to_owned()), "{method}");
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
    }
    assert_eq!(app.call("POST", &path).json(&json!({})).send().problem(), "method-not-allowed");
    assert_eq!(app.get(&path).send().body, released);
}

#[test]
fn any_page_may_read_it() {
    let app = shared();
    let answer = app
        .call("OPTIONS", NOBODY)
        .header("origin", "https://elsewhere.example")
        .header("access-control-request-method", "GET")
        .send();
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let management = format!("/v1/issuers/{ISSUER}/credentials");
    let answer = app.call("OPTIONS", &management).send();
    assert_eq!(answer.header("access-control-allow-origin"), "", "not the management");
    assert_eq!(answer.header("allow"), "POST, OPTIONS");
}

#[test]
fn addresses_start_with_the_public_address_whatever_host_was_asked() {
    let app = shared();
    let (uuid, _) = app.issued();
    let answer = app
        .get(&format!("/credentials/{uuid}"))
        .accept(BROWSER)
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example")
        .send();
    assert!(answer.text().contains(&format!("{PUBLIC}/credentials/{uuid}")));
    assert!(!answer.text().contains("evil.example"));
}
