//! `POST /v1/verify`

use crate::app::{MAX_BODY, shared};
use serde_json::json;

#[test]
fn a_certificate_is_verified_in_every_form() {
    let app = shared();
    let (uuid, released) = app.issued();
    for media_type in
        ["application/vc", "application/vc+ld+json", "application/ld+json", "application/json"]
    {
        let report = app.verify(&released, media_type);
        assert_eq!((&report["verdict"], &report["state"]), (&json!("verified"), &json!("valid")));
    }
    assert_eq!(app.verify(&released, "application/octet-stream")["verdict"], "verified");
    let token = app.get(&format!("/credentials/{uuid}")).accept("application/vc+jwt").send().body;
    for media_type in ["application/vc+jwt", "text/plain", "application/octet-stream"] {
        let report = app.verify(&token, media_type);
        assert_eq!(report["verdict"], "verified", "{media_type}: {report:#}");
    }
}

#[test]
fn one_changed_letter_fails() {
    let app = shared();
    let (_, released) = app.issued();
    let text = String::from_utf8(released).expect("UTF-8").replacen("Voornaam", "Voornaan", 1);
    let report = app.verify(text.as_bytes(), "application/vc");
    assert_eq!(report["verdict"], "failed");
}

#[test]
fn bytes_that_are_no_certificate_are_a_failed_report_not_an_error() {
    let app = shared();
    for body in [
        &b"{"[..],
        b"[]",
        b"null",
        b"{}",
        b"hello",
        b"\xff\xfe",
        b"a.b.c",
        b"{\"a\":1,\"a\":2}",
        b" ",
    ] {
        for media_type in ["application/vc", "application/vc+jwt", "text/plain"] {
            let report = app.verify(body, media_type);
            assert_eq!(report["verdict"], "failed", "{body:?} as {media_type}");
            assert_eq!(report["checks"][0]["outcome"], "fail", "{body:?} as {media_type}");
        }
    }
}

#[test]
fn an_unknown_issuer_cannot_be_checked_without_the_network() {
    let app = shared();
    let (_, released) = app.issued();
    let text = String::from_utf8(released).expect("UTF-8");
    let foreign = text.replace("badges.voorbeeld-hogeschool.example", "badges.elsewhere.example");
    let report = app.verify(foreign.as_bytes(), "application/vc");
    assert_ne!(report["verdict"], "verified");
}

#[test]
fn other_media_types_are_415_and_too_much_is_413() {
    let app = shared();
    for media_type in ["image/png", "application/xml", "text/html"] {
        let answer = app.call("POST", "/v1/verify").body(media_type, b"x".to_vec()).send();
        let got = (answer.status, answer.problem());
        assert_eq!(got, (415, "unsupported-media-type".to_owned()), "{media_type}");
    }
    let answer =
        app.call("POST", "/v1/verify").body("application/vc", vec![b' '; MAX_BODY + 1]).send();
    assert_eq!((answer.status, answer.problem().as_str()), (413, "content-too-large"));
}

#[test]
fn no_token_is_needed_and_any_page_may_ask() {
    let app = shared();
    let answer = app
        .call("POST", "/v1/verify")
        .body("application/vc", b"{}".to_vec())
        .header("origin", "https://elsewhere.example")
        .header("authorization", "Bearer nonsense")
        .send();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("cache-control"), "no-store");
}
