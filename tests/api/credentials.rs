//! `GET /credentials/{uuid}`

use crate::app::{Answer, ISSUER, Options, PUBLIC, TestApp, award, fresh, origin, shared};
use bewijs::issuance::DidMethod;
use bewijs::model::KeyAlgorithm;
use serde_json::{Value, json};

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
    let answer = app.get(&path).accept("image/gif").send();
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
    for none in ["gif", "ob3", "OB3-JWT", ""] {
        let answer = app.get(&format!("/credentials/{uuid}?format={none}")).send();
        assert_eq!(answer.status, 406, "{none}");
    }
}

/// The header of a compact JWS.
fn head(token: &str) -> Value {
    use base64::Engine;
    let part = token.split('.').next().expect("a first part");
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).expect("base64url");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[test]
fn the_two_tokens_are_two_forms_and_both_verify() {
    let app = shared();
    let (uuid, _) = app.issued();
    let path = format!("/credentials/{uuid}");
    let w3c = app.get(&path).accept("application/vc+jwt").send();
    assert_eq!((w3c.status, w3c.media_type()), (200, "application/vc+jwt"));
    assert_eq!(head(&w3c.text())["typ"], "vc+jwt");
    let badge = app.get(&path).accept("text/plain").send();
    assert_eq!((badge.status, badge.media_type()), (200, "text/plain"));
    let header = head(&badge.text());
    assert_eq!(header["typ"], "JWT", "Open Badges 3.0, section 8.2.4.1");
    assert!(header["jwk"].is_object() && header.get("kid").is_none(), "{header}");
    for (query, same, ending) in [("jwt", &w3c, "jwt"), ("ob3-jwt", &badge, "ob3.jwt")] {
        let linked = app.get(&format!("{path}?format={query}")).accept(BROWSER).send();
        assert_eq!((linked.status, linked.media_type()), (200, same.media_type()));
        assert_eq!(linked.body, same.body, "signed once");
        let name = format!("attachment; filename=\"{uuid}.{ending}\"");
        assert_eq!(linked.header("content-disposition"), name);
    }
    for (answer, securing) in [(&w3c, "vc+jwt"), (&badge, "open-badges-jwt")] {
        let report = app.verify(&answer.body, answer.media_type());
        assert_eq!(report["verdict"], "verified", "{report:#}");
        assert_eq!(report["input"]["securing"], securing);
    }
}

#[test]
fn without_a_key_for_a_token_there_is_no_such_form_and_the_answer_says_what_to_do() {
    let app = TestApp::start(Options::default());
    let (old, _) = app.issued();
    let (new, _) = app.issued();
    let given =
        |uuid: &str, form: &str| app.get(&format!("/credentials/{uuid}?format={form}")).send();
    assert_eq!((given(&old, "ob3-jwt").status, given(&old, "jwt").status), (200, 200));
    let issuer = ISSUER.parse().expect("a slug");
    let keys = app.store.keys(&issuer).expect("keys");
    for key in keys.iter().filter(|key| key.algorithm == KeyAlgorithm::P256) {
        let retired = app.desk.retire_key(&issuer, &key.thumbprint, origin());
        actix_web::rt::System::new().block_on(retired).expect("retired");
    }
    let by_header = |accept: &str| app.get(&format!("/credentials/{new}")).accept(accept).send();
    for answer in [
        given(&new, "ob3-jwt"),
        given(&new, "jwt"),
        by_header("text/plain"),
        by_header("application/vc+jwt"),
    ] {
        assert_eq!((answer.status, answer.problem().as_str()), (406, "not-acceptable"));
        let detail = answer.json()["detail"].as_str().expect("a remedy").to_owned();
        let command = format!("bewijs keys generate {ISSUER} --algorithm p256");
        assert!(detail.contains("ES256") && detail.contains(&command), "{detail}");
        assert_eq!(answer.header("etag"), "");
    }
    assert_eq!(given(&old, "ob3-jwt").status, 200, "what was signed is still given");
    assert_eq!(given(&new, "json").status, 200);
    assert_eq!(by_header("text/*").media_type(), "text/html", "a person, not a program");

    // An issuer that is its one Ed25519 key has no key that Open Badges takes for tokens.
    let app = TestApp::start(Options { did: DidMethod::Key, ..Options::default() });
    let (uuid, _) = app.issued();
    let answer = app.get(&format!("/credentials/{uuid}")).accept("text/plain").send();
    assert_eq!((answer.status, answer.problem().as_str()), (406, "not-acceptable"));
    assert!(answer.text().contains("did:web"), "{}", answer.text());
    let w3c = app.get(&format!("/credentials/{uuid}")).accept("application/vc+jwt").send();
    assert_eq!(w3c.status, 200);
}

#[test]
fn every_signed_form_has_its_own_tag() {
    let app = shared();
    let (uuid, _) = app.issued();
    let path = format!("/credentials/{uuid}");
    let form = |accept: &str, tag: &str| -> Answer {
        app.get(&path).accept(accept).header("if-none-match", tag).send()
    };
    let mut tags = std::collections::BTreeSet::new();
    let forms = ["application/vc", "application/vc+jwt", "text/plain"];
    for accept in forms {
        let tag = form(accept, "\"x\"").header("etag").to_owned();
        assert!(tag.len() > 2, "{accept} has a tag");
        let again = form(accept, &tag);
        assert_eq!((again.status, again.header("etag")), (304, tag.as_str()), "{accept}");
        assert!(again.header("vary").contains("Accept"));
        assert_eq!(again.header("cache-control"), "public, no-cache");
        tags.insert(tag);
    }
    assert_eq!(tags.len(), forms.len(), "{tags:?}");
    let json = form("application/vc", "\"x\"").header("etag").to_owned();
    assert_eq!(form("text/plain", &json).status, 200, "another form's tag does not count");
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
        for query in [
            "",
            "/qr.svg",
            "?format=json",
            "?format=jwt",
            "?format=ob3-jwt",
            "?format=png",
            "?format=svg",
            "?format=pdf",
            "?lang=fr",
        ] {
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
        assert_eq!(answer.header("allow"), "GET, POST, HEAD, OPTIONS");
    }
    // What may be posted is an address to compare, which changes nothing.
    assert_eq!(app.call("POST", &path).json(&json!({})).send().problem(), "unsupported-media-type");
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
    assert_eq!(answer.header("allow"), "POST, GET, HEAD, OPTIONS");
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
