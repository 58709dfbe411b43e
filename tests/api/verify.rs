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
    for media_type in ["image/jpeg", "application/xml", "text/html"] {
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

#[test]
fn the_report_says_in_the_language_asked_for_what_it_means_and_what_to_do() {
    let app = shared();
    let ask = |path: &str, language: Option<&str>, body: &[u8]| {
        let mut call = app.call("POST", path).body("application/vc", body.to_vec());
        if let Some(language) = language {
            call = call.header("accept-language", language);
        }
        let answer = call.send();
        let spoken = answer.header("content-language").to_owned();
        (answer.json(), spoken)
    };
    let (_, released) = app.issued();
    let (report, spoken) = ask("/v1/verify", None, &released);
    assert_eq!((report["language"].as_str(), spoken.as_str()), (Some("nl"), "nl"));
    assert_eq!(report["sentence"], "Dit bewijs is echt en geldig.");
    assert_eq!(report["checks"][2]["meaning"], "Niets is veranderd sinds de verzegeling.");
    assert!(report["checks"][2].get("remedy").is_none(), "nothing to do about what is right");
    let (report, spoken) = ask("/v1/verify", Some("fr-BE, en;q=0.5"), b"hello");
    assert_eq!((report["language"].as_str(), spoken.as_str()), (Some("fr"), "fr"));
    assert_eq!(report["checks"][0]["remedy"]["id"], "AskForTheFile");
    let text = report["checks"][0]["remedy"]["text"].as_str().expect("a text");
    assert!(text.starts_with("Demandez au titulaire"), "{text}");
    assert_eq!(report["checks"][1]["remedy"]["id"], "SolveWhatIsAbove");
    let (report, _) = ask("/v1/verify?lang=en", Some("fr"), b"hello");
    assert_eq!(report["language"], "en", "the address goes before the header");
    assert!(report["checks"][0]["problem"]["seen"][0] == "text");
}

#[test]
fn what_is_contained_has_its_own_line_in_the_report_and_on_the_page() {
    let app = shared();
    let (_, released) = app.issued();
    let good: serde_json::Value = serde_json::from_slice(&released).expect("JSON");
    let mut wrong = good.clone();
    wrong["validFrom"] = json!("2026-01-01T00:00:00Z");
    let bundle = |inside: serde_json::Value| {
        json!({"@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"], "verifiableCredential": inside})
        .to_string()
        .into_bytes()
    };
    let report = app.verify(&bundle(json!([good])), "application/vp");
    assert_eq!(report["verdict"], "verified");
    assert_eq!(report["input"]["kind"], "presentation");
    assert_eq!(report["contained"][0]["pointer"], "/verifiableCredential/0");
    assert_eq!(report["contained"][0]["sentence"], "Dit bewijs is echt en geldig.");
    let mixed = bundle(json!([good, wrong]));
    let report = app.verify(&mixed, "application/vp");
    assert_eq!(report["verdict"], "failed");
    assert_eq!(report["contained"][0]["verdict"], "verified");
    assert_eq!(report["contained"][1]["verdict"], "failed");
    let answer =
        app.call("POST", "/verify?lang=en").accept("text/html").file("file", &mixed).send();
    let html = answer.text();
    assert_eq!(answer.status, 200, "{html}");
    for text in [
        "What it contains",
        "This certificate is genuine and valid.",
        "The content does not match the signature. Do not trust this certificate.",
        "This bundle, or something in it, is not right or not valid.",
    ] {
        assert!(html.contains(text), "{text}");
    }
}

/// Story R1.
#[test]
fn a_picture_that_carries_a_certificate_is_opened() {
    let app = shared();
    let (_, released) = app.issued();
    let drawing =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"1\" height=\"1\"/></svg>";
    let limits = bewijs::baked::Limits::default();
    let baked = bewijs::baked::bake(drawing, &released, &limits).expect("baked");
    for media_type in ["image/svg+xml", "application/octet-stream"] {
        let report = app.verify(&baked, media_type);
        assert_eq!(report["verdict"], "verified", "{report:#}");
        assert_eq!(report["input"]["carrier"], "image/svg+xml");
    }
    let report = app.verify(drawing, "image/svg+xml");
    assert_eq!(report["verdict"], "failed");
    let detail = report["checks"][0]["problem"]["detail"].as_str().expect("a reason");
    assert!(detail.contains("SVG without a signed credential"), "{detail}");
    assert_eq!(report["checks"][0]["remedy"]["id"], "AskForTheFile");
}

/// The holder's address, a challenge and domains come in a form, beside the file.
#[test]
fn what_is_expected_comes_in_a_form_and_is_compared() {
    let app = shared();
    let (_, released) = app.issued();
    let file = ("file", released.as_slice());
    let ask = |fields: &[(&str, &[u8])]| {
        let answer = app.call("POST", "/v1/verify").form(fields).send();
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    };
    let outcome = |report: &serde_json::Value, check: &str| {
        let checks = report["checks"].as_array().expect("checks");
        checks.iter().find(|one| one["check"] == check).expect(check)["outcome"].clone()
    };
    let report = ask(&[file]);
    assert_eq!(report["verdict"], "verified", "{report:#}");
    // The name by which the register knows the issuer, beside the one that the document gives it.
    let recognised = &report["credential"]["issuer"]["recognised"][0];
    assert_eq!(recognised["name"], "Voorbeeld Hogeschool", "{recognised}");
    assert_eq!(outcome(&report, "recipient"), "not-applicable");
    let wrong = b"somebody-else@voorbeeld.example";
    let report = ask(&[file, ("recipient", wrong)]);
    assert_eq!(outcome(&report, "recipient"), "fail");
    assert_eq!(report["verdict"], "verified", "whose it is does not decide whether it is genuine");
    assert!(!report.to_string().contains("somebody-else"), "the address goes nowhere");
    for expected in [("challenge", &b"c-1"[..]), ("domain", b"employer.example")] {
        let report = ask(&[file, expected]);
        assert_eq!(report["verdict"], "failed", "{expected:?}: a bare credential answers nothing");
        // The signature itself is right, so no sentence may say that it is not.
        let said = report["sentence"].as_str().expect("a sentence");
        assert!(said.contains("antwoord dat je vroeg"), "{said}");
        assert!(!report.to_string().contains("past niet bij de handtekening"), "{said}");
    }
    let page = app.call("POST", "/verify?lang=en").form(&[file, ("recipient", wrong)]).send();
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("somebody-else"), "nor onto the page");
}

#[test]
fn a_form_with_anything_else_in_it_is_400() {
    let app = shared();
    let (_, released) = app.issued();
    let file = ("file", released.as_slice());
    let long = vec![b'a'; 1025];
    for fields in [
        &[("recipient", &b"a@b.example"[..])][..],
        &[file, ("email", b"a@b.example")],
        &[file, file],
        &[file, ("recipient", b"a@b.example"), ("recipient", b"c@d.example")],
        &[file, ("challenge", &long)],
        &[file, ("challenge", b"\xff")],
    ] {
        let answer = app.call("POST", "/v1/verify").form(fields).send();
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad-request"));
    }
}

/// A picture or a paper may be larger than other bodies; what it carries may not.
#[test]
fn a_large_picture_is_taken_and_a_large_document_is_not() {
    let app = shared();
    let (_, released) = app.issued();
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- {} --></svg>",
        "x".repeat(MAX_BODY * 3)
    );
    let limits = bewijs::baked::Limits::default();
    let baked = bewijs::baked::bake(drawing.as_bytes(), &released, &limits).expect("baked");
    assert_eq!(app.verify(&baked, "image/svg+xml")["verdict"], "verified");
    let answer = app.call("POST", "/v1/verify").form(&[("file", &baked)]).send();
    assert_eq!(answer.json()["verdict"], "verified");
    let mut large = released.clone();
    large.extend(vec![b' '; MAX_BODY]);
    let answer = app.call("POST", "/v1/verify").form(&[("file", &large)]).send();
    assert_eq!((answer.status, answer.problem().as_str()), (413, "content-too-large"));
    let most = 8 * 1_048_576;
    let answer = app.call("POST", "/v1/verify").body("image/png", vec![0; most + 1]).send();
    assert_eq!((answer.status, answer.problem().as_str()), (413, "content-too-large"));
}
