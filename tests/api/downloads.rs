//! `GET /credentials/{uuid}/qr.svg` and the files of `GET /credentials/{uuid}` that are made for
//! people.

use crate::app::{ISSUER, Options, PUBLIC, TestApp, award, fresh, origin, shared};
use bewijs::baked::{Carrier, Limits, extract};
use serde_json::{Value, json};

const NOBODY: &str = "/credentials/00000000-0000-4000-8000-000000000000";

#[test]
fn the_qr_code_is_kept_but_asked_for_every_time() {
    let app = shared();
    let (uuid, _) = app.issued();
    let path = format!("/credentials/{uuid}/qr.svg");
    let answer = app.get(&path).send();
    assert_eq!((answer.status, answer.media_type()), (200, "image/svg+xml"));
    assert!(answer.text().contains(&format!("{PUBLIC}/credentials/{uuid}</desc>")));
    assert_eq!(answer.header("cache-control"), "public, no-cache");
    let etag = answer.header("etag").to_owned();
    let again = app.get(&path).header("if-none-match", &etag).send();
    assert_eq!((again.status, again.body.len()), (304, 0));
    let french = app.get(&format!("{path}?lang=fr")).header("if-none-match", &etag).send();
    assert_eq!(french.status, 200, "another language is another file");
    assert!(french.text().contains("Scannez"));
    let head = app.call("HEAD", &path).send();
    assert_eq!(
        (head.status, head.header("content-length")),
        (200, &*answer.body.len().to_string())
    );
    assert_eq!(app.call("PUT", &path).send().status, 405);
}

/// Story L2.
#[test]
fn a_closed_certificate_has_no_qr_code_and_an_unknown_one_neither() {
    let app = shared();
    let (uuid, _) = app.issued();
    let path = format!("/credentials/{uuid}/qr.svg");
    let etag = app.get(&path).send().header("etag").to_owned();
    assert_eq!(app.show(&uuid, "closed").status, 200);
    let closed = app.get(&path).header("if-none-match", &etag).send();
    assert_eq!((closed.status, closed.problem().as_str()), (403, "closed-by-holder"));
    assert_eq!(closed.header("etag"), "");
    for path in [format!("{NOBODY}/qr.svg"), "/credentials/x/qr.svg".to_owned()] {
        let answer = app.get(&path).send();
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not-found"), "{path}");
    }
}

/// The credential in a file, and what carried it.
fn carried(bytes: &[u8]) -> (Value, Carrier) {
    let found = extract(bytes, &Limits::default()).expect("it can be read").expect("a carrier");
    (serde_json::from_slice(&found.credential).expect("JSON"), found.carrier)
}

fn issued_to(app: &TestApp, name: &str) -> (String, Vec<u8>) {
    let mut award = award("mc1");
    award["certificateNumber"] = json!(fresh("F"));
    award["learner"]["name"] = json!(name);
    app.issued_from(&award)
}

/// Story L4.
#[test]
fn a_badge_carries_the_certificate_and_is_verified_by_itself() {
    let app = shared();
    // Latin-1 readers, surrogate pairs, XML, ends of CDATA.
    let (uuid, released) = issued_to(app, "Zoë Ñandú-Łukasiewicz Đặng ]]> & 𝒳");
    let released: Value = serde_json::from_slice(&released).expect("JSON");
    for (form, media_type, carrier) in
        [("png", "image/png", Carrier::Png), ("svg", "image/svg+xml", Carrier::Svg)]
    {
        let linked = app.get(&format!("/credentials/{uuid}?format={form}")).send();
        assert_eq!((linked.status, linked.media_type()), (200, media_type));
        let name = format!("attachment; filename=\"{uuid}.{form}\"");
        assert_eq!(linked.header("content-disposition"), name);
        assert_eq!(linked.header("cache-control"), "public, no-cache");
        assert_eq!(linked.header("vary"), "Accept");
        assert_eq!(carried(&linked.body), (released.clone(), carrier));

        let negotiated = app.get(&format!("/credentials/{uuid}")).accept(media_type).send();
        assert_eq!(negotiated.body, linked.body, "the same each time");
        assert_eq!(negotiated.header("content-disposition"), "");
        let etag = negotiated.header("etag").to_owned();
        let path = format!("/credentials/{uuid}?format={form}");
        let again = app.get(&path).header("if-none-match", &etag).send();
        assert_eq!((again.status, again.body.len()), (304, 0));
        let head = app.call("HEAD", &path).send();
        assert_eq!(head.header("content-length"), linked.body.len().to_string());

        let report = app.verify(&linked.body, media_type);
        assert_eq!(report["verdict"], "verified", "{report:#}");
        let changed = match carrier {
            Carrier::Svg => linked.text().replacen("Zo\\u00eb", "Zo\\u00ea", 1).into_bytes(),
            _ => baked_anew(&linked.body),
        };
        assert_ne!(changed, linked.body);
        assert_eq!(app.verify(&changed, media_type)["verdict"], "failed");
    }
}

/// The same picture with another name in its credential.
fn baked_anew(png: &[u8]) -> Vec<u8> {
    let (credential, _) = carried(png);
    let changed = credential.to_string().replacen("Zo\u{eb}", "Zo\u{ea}", 1);
    bewijs::baked::bake(png, changed.as_bytes(), &Limits::default()).expect("baked")
}

#[test]
fn the_badge_shows_title_and_issuer_and_nothing_of_the_person() {
    let app = shared();
    let (uuid, released) = issued_to(app, "Qwertyna Uiopsdottir");
    let text = app.get(&format!("/credentials/{uuid}?format=svg")).send().text();
    let document: Value = serde_json::from_slice(&released).expect("JSON");
    let title = document["credentialSubject"]["achievement"]["name"].as_str().expect("a title");
    let (drawing, rest) = text.split_once("<openbadges:credential>").expect("the credential");
    let (credential, after) = rest.split_once("</openbadges:credential>").expect("its end");
    assert!(after.contains(&format!(": {title} (Voorbeeld Hogeschool)</title>")), "{after}");
    assert!(credential.contains("Qwertyna"));
    assert!(!drawing.contains("Qwertyna") && !after.contains("Qwertyna"));
}

#[test]
fn an_institutions_own_picture_is_the_badge_unless_it_would_hide_a_test() {
    let plain = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/baked/files/plain.png"));
    let plain: std::sync::Arc<[u8]> = plain.expect("a picture").into();
    for test in [false, true] {
        let app = TestApp::start(Options { test, ..Options::default() });
        let (uuid, _) = app.issued();
        let file = |form: &str| app.get(&format!("/credentials/{uuid}?format={form}")).send();
        let drawn = ["png", "svg", "pdf"].map(|form| file(form).body);
        let (issuer, name) = (ISSUER.parse().expect("a slug"), "kinds/microcredential");
        let name = name.parse().expect("a name");
        let put = app.store.put_picture(&issuer, name, plain.clone(), origin());
        actix_web::rt::System::new().block_on(put).expect("kept");
        for (form, drawn) in ["png", "svg", "pdf"].into_iter().zip(drawn) {
            let answer = file(form);
            assert_eq!(answer.status, 200, "{form}");
            assert_eq!(answer.body == drawn, test, "{form}");
            let state = &app.verify(&answer.body, answer.media_type())["verdict"];
            assert_eq!(state, "verified", "{form}");
        }
        let pixels = file("png").body;
        assert_eq!(
            pixels.ends_with(&plain[plain.len() - 40..]),
            !test,
            "the picture as it was given"
        );
    }
}

/// Story L3.
#[test]
fn the_paper_carries_the_certificate_and_is_the_same_for_a_day() {
    let app = shared();
    let (uuid, released) = issued_to(app, "Zoë Đặng-Łukasiewicz");
    let path = format!("/credentials/{uuid}?format=pdf&lang=nl");
    let linked = app.get(&path).send();
    assert_eq!((linked.status, linked.media_type()), (200, "application/pdf"));
    let name = format!("attachment; filename=\"{uuid}.pdf\"");
    assert_eq!(linked.header("content-disposition"), name);
    assert_eq!(linked.header("cache-control"), "public, no-cache");
    assert_eq!(linked.header("vary"), "Accept, Accept-Language");
    let found = extract(&linked.body, &Limits::default()).expect("it can be read");
    let found = found.expect("a carrier");
    assert_eq!((found.carrier, found.credential), (Carrier::Pdf, released), "byte for byte");
    assert_eq!(app.verify(&linked.body, "application/pdf")["verdict"], "verified");

    let negotiated = app.get(&format!("/credentials/{uuid}")).accept("application/pdf").send();
    assert_eq!(negotiated.body, linked.body, "Dutch where nothing is asked, the same each time");
    let etag = linked.header("etag").to_owned();
    let again = app.get(&path).header("if-none-match", &etag).send();
    assert_eq!((again.status, again.body.len()), (304, 0));
    for other in ["lang=fr", "lang=nl&second=fr", "lang=nl&second=en"] {
        let other = app.get(&format!("/credentials/{uuid}?format=pdf&{other}"));
        let other = other.header("if-none-match", &etag).send();
        assert_eq!((other.status, other.body == linked.body), (200, false));
    }
    for same in ["second=nl", "second=xx", "second="] {
        assert_eq!(app.get(&format!("{path}&{same}")).send().body, linked.body, "{same}");
    }
    let head = app.call("HEAD", &path).send();
    assert_eq!(head.header("content-length"), linked.body.len().to_string());
}

#[test]
fn the_paper_of_a_withdrawn_certificate_is_another_one() {
    let app = shared();
    let (uuid, _) = app.issued();
    let path = format!("/credentials/{uuid}?format=pdf");
    let valid = app.get(&path).send();
    let revoke = json!({ "action": "revoke", "reason": "issued-in-error" });
    assert_eq!(app.change(&uuid, &revoke).status, 200);
    let etag = valid.header("etag").to_owned();
    let revoked = app.get(&path).header("if-none-match", &etag).send();
    assert_eq!(revoked.status, 200, "who has the old one is told that it changed");
    assert_ne!(revoked.body, valid.body);
    assert_eq!(app.verify(&revoked.body, "application/pdf")["state"], "revoked");
    // What the badge shows does not change: it carries no status.
    assert_eq!(app.get(&format!("/credentials/{uuid}?format=png")).send().status, 200);
}

#[test]
fn many_papers_at_one_time_come_or_are_told_to_come_back() {
    let app = TestApp::start(Options::default());
    let (uuid, _) = app.issued();
    let path = format!("/credentials/{uuid}?format=pdf");
    let answers: Vec<_> = std::thread::scope(|scope| {
        let ask = || app.get(&path).send();
        let asked: Vec<_> = (0..40).map(|_| scope.spawn(ask)).collect();
        asked.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    });
    let made = answers.iter().find(|answer| answer.status == 200).expect("at least one is made");
    for answer in &answers {
        match answer.status {
            200 => assert_eq!(answer.body, made.body),
            status => {
                assert_eq!((status, answer.problem().as_str()), (503, "busy"));
                assert_eq!(answer.header("retry-after"), "1");
            }
        }
    }
    assert_eq!(app.get(&path).send().status, 200, "places are given back");
}
