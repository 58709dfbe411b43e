//! An issuer's logo and artwork: who may put them, what is taken, and what everybody gets.

use crate::app::{Answer, ISSUER, OTHER, Options, TestApp, sample, shared};
use serde_json::json;
use std::io::Write;

const LOGO: &str = "/v1/issuers/voorbeeld-hogeschool/logo";
const PUBLIC: &str = "/issuers/voorbeeld-hogeschool/logo";

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    let length = u32::try_from(data.len()).expect("short").to_be_bytes();
    [&length[..], kind, data, &crc.sum().to_be_bytes()].concat()
}

/// A grey picture with these chunks before its end.
fn png(width: u32, height: u32, more: &[Vec<u8>]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let lines = vec![0; (width as usize + 1) * height as usize];
    packer.write_all(&lines).expect("written");
    let pixels = packer.finish().expect("packed");
    let start = [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &header)].concat();
    let end = [chunk(b"IDAT", &pixels), chunk(b"IEND", b"")].concat();
    [start, more.concat(), end].concat()
}

fn put(app: &TestApp, path: &str, client: &str, bytes: Vec<u8>) -> Answer {
    app.call("PUT", path).token(ISSUER, client).body("image/png", bytes).send()
}

#[test]
fn a_logo_is_put_shown_to_everybody_replaced_and_taken_away() {
    let app = TestApp::start(Options::default());
    assert_eq!(app.get(PUBLIC).send().status, 404);
    assert_eq!(app.get(LOGO).token(ISSUER, "admin").send().status, 404);
    let first = put(&app, LOGO, "admin", png(32, 16, &[]));
    assert_eq!(first.status, 201, "{}", first.text());
    let told = first.json();
    assert_eq!(
        (&told["name"], &told["width"], &told["height"]),
        (&json!("logo"), &json!(32), &json!(16))
    );
    assert_eq!(first.header("location"), told["links"]["self"].as_str().expect("its address"));
    let shown = app.get(PUBLIC).send();
    assert_eq!((shown.status, shown.media_type()), (200, "image/png"));
    assert_eq!(shown.body, png(32, 16, &[]), "the very bytes");
    assert_eq!(shown.header("cache-control"), "public, max-age=3600");
    let known = app.get(PUBLIC).header("if-none-match", shown.header("etag")).send();
    assert_eq!(known.status, 304);
    assert_eq!(app.get(LOGO).token(ISSUER, "admin").send().body, png(32, 16, &[]));
    assert_eq!(put(&app, LOGO, "admin", png(8, 8, &[])).status, 200, "replaced");
    assert_eq!(put(&app, LOGO, "admin", png(8, 8, &[])).status, 200, "the same again");
    let changed = app.get(PUBLIC).header("if-none-match", shown.header("etag")).send();
    assert_eq!((changed.status, changed.body), (200, png(8, 8, &[])));
    let remove = || app.call("DELETE", LOGO).token(ISSUER, "admin").send().status;
    assert_eq!((remove(), remove()), (204, 404));
    assert_eq!(app.get(PUBLIC).send().status, 404);
    assert_eq!(app.get("/issuers/nobody/logo").send().status, 404);
    assert_eq!(app.get("/issuers/NOBODY/logo").send().status, 404);
}

#[test]
fn artwork_is_for_kinds_and_for_definitions_that_are_published() {
    let app = TestApp::start(Options::default());
    let base = "/v1/issuers/voorbeeld-hogeschool/artwork";
    let definitions = sample("definitions.json");
    let slug = definitions["definitions"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|definition| definition["issuer"] == ISSUER)
        .and_then(|definition| definition["slug"].as_str())
        .expect("a definition of the issuer");
    for path in [format!("{base}/kinds/microcredential"), format!("{base}/definitions/{slug}")] {
        let added = put(&app, &path, "admin", png(64, 64, &[]));
        assert_eq!(added.status, 201, "{path} {}", added.text());
        assert!(added.header("location").ends_with(&path));
        assert_eq!(app.get(&path).token(ISSUER, "admin").send().body, png(64, 64, &[]));
        assert_eq!(app.get(&path).send().status, 401);
        assert_eq!(app.call("DELETE", &path).token(ISSUER, "admin").send().status, 204);
    }
    for unknown in ["kinds/diploma", "definitions/nothing-like-it", "definitions/A", "odd/x"] {
        let path = format!("{base}/{unknown}");
        assert_eq!(put(&app, &path, "admin", png(64, 64, &[])).status, 404, "{unknown}");
        assert_eq!(app.get(&path).token(ISSUER, "admin").send().status, 404, "{unknown}");
    }
}

#[test]
fn only_who_administers_the_issuer_puts_its_pictures() {
    let app = shared();
    let picture = || png(8, 8, &[]);
    for method in ["PUT", "DELETE", "GET"] {
        let call = |token: Option<(&str, &str)>| {
            let call = app.call(method, LOGO).body("image/png", picture());
            match token {
                Some((issuer, client)) => call.token(issuer, client),
                None => call,
            }
        };
        assert_eq!(call(None).send().status, 401, "{method}");
        assert_eq!(call(Some((ISSUER, "issue"))).send().status, 403, "{method}");
        assert_eq!(call(Some((OTHER, "admin"))).send().status, 404, "{method}");
    }
}

#[test]
fn only_a_plain_picture_of_a_bounded_size_is_taken() {
    let app = shared();
    let whole = png(16, 16, &[]);
    let refused = |bytes: Vec<u8>, code: &str| {
        let answer = put(app, LOGO, "admin", bytes);
        assert_eq!(answer.status, 422, "{code}: {}", answer.text());
        assert_eq!(answer.errors(), [(code.to_owned(), String::new())]);
    };
    refused(b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "picture-format");
    refused(b"\xff\xd8\xff\xe0 a photograph".to_vec(), "picture-format");
    refused(Vec::new(), "picture-format");
    refused(png(1025, 1, &[]), "picture-pixels");
    refused(png(1, 1025, &[]), "picture-pixels");
    refused(png(0, 1, &[]), "picture-pixels");
    refused(whole[..whole.len() - 1].to_vec(), "picture-damaged");
    refused([&whole[..], b"<script>"].concat(), "picture-carries-more");
    refused(png(8, 8, &[chunk(b"tEXt", b"Author\0Somebody")]), "picture-carries-more");
    refused(png(8, 8, &[chunk(b"eXIf", b"MM")]), "picture-carries-more");
    refused(png(8, 8, &[chunk(b"acTL", &[0; 8])]), "picture-carries-more");
    refused(vec![0; 64 * 1024 + 1], "picture-bytes");
    let mut turned = whole.clone();
    let at = turned.len() - 20;
    turned[at] ^= 1;
    refused(turned, "picture-damaged");
    let typed = app.call("PUT", LOGO).token(ISSUER, "admin").body("image/svg+xml", whole.clone());
    assert_eq!(typed.send().status, 415);
    let packed = app.call("PUT", LOGO).token(ISSUER, "admin").body("image/png", whole);
    assert_eq!(packed.header("content-encoding", "gzip").send().status, 415);
}

/// The colour is a setting of the issuer, white letters can be read on it, and pages and badges
/// have it.
#[test]
fn a_colour_is_refused_when_white_letters_cannot_be_read_on_it() {
    let app = TestApp::start(Options::default());
    let (uuid, _) = app.issued();
    let file = sample("issuers.json");
    let all = file["organisations"].as_array().expect("a list");
    let mut own = all.iter().find(|o| o["slug"] == ISSUER).expect("it is there").clone();
    own["seals"] = json!(true);
    let put = |colour: &str| {
        let mut document = own.clone();
        document["settings"]["colour"] = json!(colour);
        app.put(&format!("/v1/organisations/{ISSUER}"), &document).token(ISSUER, "admin").send()
    };
    for (colour, code) in [("#ffd400", "colour-contrast"), ("yellow", "colour-format")] {
        let refused = put(colour);
        assert_eq!(refused.errors(), [(code.to_owned(), "/settings/colour".to_owned())]);
    }
    let look = || {
        let sheet = app.get(&format!("/issuers/{ISSUER}/brand.css")).send();
        let badge = app.get(&format!("/credentials/{uuid}?format=svg")).send();
        [sheet.text(), badge.text()].map(|text| text.contains("#7a1fa2"))
    };
    assert_eq!(look(), [false, false]);
    let taken = put("#7A1FA2");
    assert_eq!(taken.status, 200, "{}", taken.text());
    assert_eq!(look(), [true, true], "the page and the badge are in it");
    let plain = app.put(&format!("/v1/organisations/{ISSUER}"), &own).token(ISSUER, "admin").send();
    assert_eq!(plain.status, 200);
}
