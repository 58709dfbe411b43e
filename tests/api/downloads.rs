//! `GET /credentials/{uuid}/qr.svg`

use crate::app::{PUBLIC, shared};

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
