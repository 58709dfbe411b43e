//! `GET /credentials/{uuid}/qr.svg` and the files of `GET /credentials/{uuid}` that are made for
//! people.

use crate::app::{PUBLIC, TestApp, award, fresh, shared};
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
