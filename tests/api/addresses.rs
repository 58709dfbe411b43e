//! Every address that a signed document names answers, as JSON and as page in three languages.

use crate::app::{ISSUER, Options, PUBLIC, TestApp, award, fresh, sample, shared};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The addresses on this host in a document, without fragments.
fn addresses(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            if let Some(path) = text.strip_prefix(PUBLIC) {
                found.insert(path.split('#').next().unwrap_or(path).to_owned());
            }
        }
        Value::Array(items) => items.iter().for_each(|item| addresses(item, found)),
        Value::Object(members) => members.values().for_each(|member| addresses(member, found)),
        _ => {}
    }
}

/// The fragments of addresses on this host, by the address.
fn fragments(value: &Value, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::String(text) => {
            if let Some((path, fragment)) =
                text.strip_prefix(PUBLIC).and_then(|path| path.split_once('#'))
            {
                found.insert((path.to_owned(), fragment.to_owned()));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fragments(item, found)),
        Value::Object(members) => members.values().for_each(|member| fragments(member, found)),
        _ => {}
    }
}

fn expected() -> Vec<(&'static str, Value)> {
    ["evc1", "evc2", "evc2-correction", "mc1", "mc2", "mc3", "md1"]
        .map(|key| (key, sample(&format!("expected/{key}.json"))))
        .into()
}

/// Story X3.
#[test]
fn every_address_in_a_certificate_answers_as_json_and_as_page() {
    let app = shared();
    let mut found = BTreeSet::new();
    for (_, document) in expected() {
        addresses(&document, &mut found);
    }
    // Certificates and lists have tests of their own; here is what they refer to.
    found.retain(|path| !path.starts_with("/credentials/") && !path.starts_with("/status/"));
    let prefixes = ["/issuers/voorbeeld-hogeschool/achievements/", "/vocabulary/", "/issuers/"];
    for prefix in prefixes {
        assert!(found.iter().any(|path| path.starts_with(prefix)), "{prefix}: {found:?}");
    }
    assert!(found.iter().any(|path| path.contains("/selection/")), "{found:?}");
    assert!(found.iter().any(|path| path.ends_with("/fr")), "{found:?}");
    assert!(found.iter().any(|path| path.contains("/mandates/")), "{found:?}");
    assert!(found.iter().any(|path| path.starts_with("/vocabulary/vks/")), "{found:?}");
    for path in &found {
        let answer = app.get(path).send();
        assert_eq!((answer.status, answer.media_type()), (200, "application/json"), "{path}");
        assert_eq!(answer.json()["id"], json!(format!("{PUBLIC}{path}")), "{path}: its own id");
        let mut pages = BTreeSet::new();
        for lang in ["nl", "fr", "en"] {
            let page = app.get(&format!("{path}?lang={lang}")).accept("text/html").send();
            assert_eq!((page.status, page.media_type()), (200, "text/html"), "{path} {lang}");
            let html = page.text();
            assert!(html.contains(&format!("<html lang=\"{lang}\">")), "{path} {lang}");
            assert_eq!(html.matches("<h1").count(), 1, "{path} {lang}");
            let link = format!("href=\"{path}?format=json\"");
            assert!(html.contains(&link), "{path} {lang}: the same as JSON");
            assert!(pages.insert(html), "{path} {lang} is a page of its own");
        }
        let linked = app.get(&format!("{path}?format=json")).accept("text/html").send();
        assert_eq!(linked.body, answer.body, "{path}: the link gives the JSON");
    }
}

#[test]
fn every_anchor_in_a_certificate_is_on_its_page() {
    let app = shared();
    let mut found = BTreeSet::new();
    for (_, document) in expected() {
        fragments(&document["credentialSubject"]["achievement"], &mut found);
        fragments(&document["credentialSubject"]["result"], &mut found);
    }
    assert!(found.len() > 20, "{found:?}");
    for (path, anchor) in &found {
        let html = app.get(path).accept("text/html").send().text();
        assert_eq!(html.matches(&format!("id=\"{anchor}\"")).count(), 1, "{path}#{anchor}");
    }
}

#[test]
fn what_a_certificate_contains_is_what_its_addresses_say() {
    for (key, document) in expected() {
        let achievement = &document["credentialSubject"]["achievement"];
        let path = achievement["id"].as_str().and_then(|id| id.strip_prefix(PUBLIC));
        let answer = shared().get(path.expect("an own address")).send();
        let signed = serde_json::to_string(achievement).expect("JSON");
        assert_eq!(answer.json(), *achievement, "{key}");
        assert_eq!(answer.body.len(), signed.len(), "{key}: not a byte more or less");
    }
}

#[test]
fn what_is_not_the_one_address_of_a_thing_does_not_answer() {
    let app = shared();
    let definition = format!("/issuers/{ISSUER}/achievements/krachtgericht-communiceren/2026.1");
    let evc = format!("/issuers/{ISSUER}/achievements/bekwaamheid-sociaal-werk/2026.1");
    for path in [
        format!("{definition}/nl"),
        format!("{definition}/de"),
        format!("{definition}/FR"),
        format!("{definition}/selection/c1"),
        format!("{evc}/selection/c1-c3/nl"),
        format!("{evc}/selection/c3-c1/fr"),
        format!("{evc}/selection/c1-c2-c3-c4/fr"),
        "/issuers/associatie-voorbeeld".to_owned(),
        "/issuers/nobody".to_owned(),
        "/vocabulary/vks/9".to_owned(),
        "/vocabulary/vks".to_owned(),
    ] {
        assert_eq!(app.get(&path).send().status, 404, "{path}");
        assert_eq!(app.get(&path).accept("text/html").send().status, 404, "{path}");
    }
    assert_eq!(app.get(&format!("{evc}/selection/c1-c3/fr")).send().status, 200);
}

/// Story P5.
#[test]
fn a_language_edition_is_the_same_in_another_language_and_says_that_it_is_a_translation() {
    let app = shared();
    let definition = format!("/issuers/{ISSUER}/achievements/krachtgericht-communiceren/2026.1");
    let edition = app.get(&format!("{definition}/fr")).send().json();
    assert_eq!(edition["inLanguage"], "fr");
    assert_eq!(edition["name"], "Communiquer avec les usagers à partir de leurs forces");
    let page = app.get(&format!("{definition}/fr")).accept("text/html").send().text();
    assert!(page.contains("<html lang=\"fr\">"), "its own language, unless another is asked for");
    assert!(page.contains("Ceci est une traduction à titre d’information."));
    assert!(
        page.contains(&format!("href=\"{PUBLIC}{definition}\"")),
        "the original is one step away"
    );
    let dutch = app.get(&format!("{definition}/fr?lang=nl")).accept("text/html").send().text();
    assert!(dutch.contains("Dit is een vertaling ter informatie."));
    assert!(dutch.contains("<h1 lang=\"fr\">Communiquer avec les usagers"));
}

/// Story X2.
#[test]
fn the_authoritative_text_comes_first_and_translations_are_marked() {
    let app = shared();
    let definition = format!("/issuers/{ISSUER}/achievements/krachtgericht-communiceren/2026.1");
    let page = app.get(&format!("{definition}?lang=fr")).accept("text/html").send().text();
    let signed = page.find("<span lang=\"nl\">De deelnemer luistert actief");
    let translated = page.find("Le participant écoute activement et reformule sans juger.");
    assert!(signed.expect("the signed text") < translated.expect("the translation"));
    assert!(page.contains("Traduction à titre d’information"));
    let dutch = app.get(&format!("{definition}?lang=nl")).accept("text/html").send().text();
    assert!(
        !dutch.contains("Le participant écoute")
            && !dutch.contains("vertaling ter informatie)</span></h1>")
    );
    for name in ["Nederlands", "Français", "English"] {
        assert!(page.contains(&format!(">{name}</a>")), "{name}");
    }
    let esco = "http://data.europa.eu/esco/skill/a17286c5-238d-4f0b-bc24-29e9121345de";
    assert!(page.contains(esco), "{esco}");
}

/// Story X3.
#[test]
fn a_withdrawn_version_stays_and_says_so_and_a_newer_one_is_linked() {
    let app = TestApp::start(Options::default());
    let mut award = award("mc2");
    award["certificateNumber"] = json!(fresh("W"));
    let (uuid, released) = app.issued_from(&award);
    let api = format!("/v1/issuers/{ISSUER}/definitions/superdiverse-stad");
    let mut newer = app.get(&format!("{api}/2026.1")).token(ISSUER, "catalogue").send().json();
    let mut newer = newer["document"].take();
    newer["version"] = json!("2027.1");
    newer["title"]["nl"] = json!("Werken in de superdiverse stad");
    newer["languageEditions"] = json!([]);
    newer["title"]["fr"] = json!("");
    let put = app.put(&format!("{api}/2027.1"), &newer).token(ISSUER, "catalogue").send();
    assert_eq!(put.status, 201, "{}", put.text());
    let withdraw = || {
        let path = format!("{api}/2026.1/withdraw");
        app.call("POST", &path).token(ISSUER, "catalogue").send()
    };
    let first = withdraw();
    assert_eq!((first.status, &first.json()["withdrawn"]), (200, &json!("2026-09-01T10:00:00Z")));
    app.clock.set("2026-09-02T10:00:00Z".parse().expect("a moment"));
    assert_eq!(withdraw().json(), first.json(), "again it changes nothing");

    let old = format!("/issuers/{ISSUER}/achievements/superdiverse-stad/2026.1");
    let document: Value = serde_json::from_slice(&released).expect("JSON");
    let achievement = &document["credentialSubject"]["achievement"];
    assert_eq!(&app.get(&old).send().json(), achievement, "what was signed");
    for (lang, said) in [
        ("nl", "Deze versie wordt niet meer gebruikt sinds 1 september 2026."),
        ("fr", "Cette version n’est plus utilisée depuis le 1er septembre 2026."),
        ("en", "This version is no longer used since 1 September 2026."),
    ] {
        let page = app.get(&format!("{old}?lang={lang}")).accept("text/html").send().text();
        assert!(page.contains(said), "{lang}");
        assert!(page.contains(&format!("href=\"{PUBLIC}{}\"", old.replace("2026.1", "2027.1"))));
    }
    let fresh_page = app
        .get(&format!("{}?lang=fr", old.replace("2026.1", "2027.1")))
        .accept("text/html")
        .send()
        .text();
    assert!(fresh_page.contains("disponible en néerlandais uniquement"), "no title in French");
    assert!(fresh_page.contains("aucune traduction disponible"));
    assert!(!fresh_page.contains("n’est plus utilisée depuis le 1er septembre 2026. Les"));

    // The certificate stays valid, nothing is issued under the version, a correction is.
    let report = app.verify(&released, "application/vc");
    assert_eq!(report["verdict"], "verified");
    let mut another = award.clone();
    another["certificateNumber"] = json!(fresh("W"));
    let refused = app.issue(&another);
    assert_eq!(refused.status, 422);
    assert_eq!(refused.errors(), [("definition-withdrawn".to_owned(), "/definition".to_owned())]);
    another["replaces"] = json!(format!("{PUBLIC}/credentials/{uuid}"));
    another["learner"]["name"] = json!("Voornaam Achternaam");
    assert_eq!(app.issue(&another).status, 201, "a mistake can be corrected");
    let mut under_newer = award.clone();
    under_newer["certificateNumber"] = json!(fresh("W"));
    under_newer["definition"] = json!(format!("{ISSUER}/superdiverse-stad/2027.1"));
    assert_eq!(app.issue(&under_newer).status, 201);
    let elsewhere = format!("/v1/issuers/{ISSUER}/definitions/nothing/1/withdraw");
    assert_eq!(app.call("POST", &elsewhere).token(ISSUER, "catalogue").send().status, 404);
}

#[test]
fn the_closed_lists_are_read_at_once() {
    let lists = shared().get("/v1/vocabulary").send().json();
    let kinds = lists["lists"]["kind"].as_array().cloned().expect("a list");
    assert_eq!(kinds.len(), 7);
    for concept in &kinds {
        let path = concept["id"].as_str().and_then(|id| id.strip_prefix(PUBLIC));
        assert_eq!(&shared().get(path.expect("an own concept")).send().json(), concept);
    }
}
