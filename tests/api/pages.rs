//! The pages: what they say, in three languages, and what they must never say.

use crate::app::{ISSUER, Options, PUBLIC, TestApp, award, fresh, shared};
use serde_json::json;

const HTML: &str = "text/html";

fn page(app: &TestApp, path: &str) -> String {
    let answer = app.get(path).accept(HTML).send();
    assert_eq!((answer.status, answer.media_type()), (200, HTML), "{path}: {}", answer.text());
    sound(&answer.text());
    answer.text()
}

/// What holds for every page.
fn sound(html: &str) {
    assert!(html.starts_with("<!doctype html>"));
    assert_eq!(html.matches("<h1").count(), 1, "one first heading");
    assert_eq!(html.matches("<main").count(), 1);
    for never in ["<script", "javascript:", " style=\"", "<iframe", "<img src=\"http", "@import"] {
        assert!(!html.contains(never), "{never}");
    }
}

#[test]
fn a_valid_certificate_says_so_in_three_languages() {
    let app = shared();
    let (uuid, _) = app.issued();
    for (lang, sentence, moment) in [
        ("nl", "Dit bewijs is echt en geldig.", "Gecontroleerd op 1 september 2026, 10:00 UTC."),
        (
            "fr",
            "Cette attestation est authentique et valable.",
            "Vérifié le 1er septembre 2026, 10:00 UTC.",
        ),
        ("en", "This certificate is genuine and valid.", "Checked on 1 September 2026, 10:00 UTC."),
    ] {
        let html = page(app, &format!("/credentials/{uuid}?lang={lang}"));
        assert!(html.contains(&format!("<html lang=\"{lang}\">")));
        assert!(html.contains(sentence), "{lang}");
        assert!(html.contains(moment), "{lang}");
        let verdict = html.find(sentence).expect("the verdict");
        assert!(verdict < html.find("<h1").expect("a heading"), "the verdict comes first");
    }
    let answer = app
        .get(&format!("/credentials/{uuid}"))
        .accept(HTML)
        .header("accept-language", "fr-BE, nl;q=0.5")
        .send();
    assert!(answer.text().contains("<html lang=\"fr\">"));
    assert!(answer.header("vary").contains("Accept-Language"));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    assert!(!answer.header("content-security-policy").contains("unsafe"));
}

/// Stories A2, A5 and P1.
#[test]
fn the_page_shows_what_the_signed_document_says() {
    let app = shared();
    let mut award = award("evc1");
    award["certificateNumber"] = json!(fresh("P"));
    let (uuid, _) = app.issued_from(&award);
    let html = page(app, &format!("/credentials/{uuid}?lang=nl"));
    for text in [
        "Bewijs van bekwaamheid (EVC)",
        "Associatie Voorbeeld – validerende instantie",
        "Voorbeeld Hogeschool",
        "Voornaam Familienaam",
        "Bouwt een professionele relatie op met cliënten in een kwetsbare positie.",
        "Reflecteert op het eigen handelen en stuurt bij.",
        "Aangetoond",
        "Dit bewijs geeft niet automatisch recht op vrijstelling; de opleiding beslist.",
        award["certificateNumber"].as_str().expect("a number"),
    ] {
        assert!(html.contains(text), "{text}");
    }
    assert!(!html.contains("EVC-2026-0093"), "the case number is never published");
    assert!(!html.contains("lerende-2@"), "nor the address");
}

#[test]
fn a_translation_stands_beside_the_signed_text_and_says_that_it_is_one() {
    let app = shared();
    let (uuid, released) = app.issued();
    let document: serde_json::Value = serde_json::from_slice(&released).expect("JSON");
    let signed = document["name"].as_str().expect("a title");
    let definitions = crate::app::sample("definitions.json");
    let all = definitions["definitions"].as_array().expect("definitions");
    let own = all.iter().find(|d| d["title"]["nl"] == signed).expect("its definition");
    let html = page(app, &format!("/credentials/{uuid}?lang=fr"));
    assert!(html.contains(&format!("<h1 lang=\"nl\">{signed}")), "the signed text comes first");
    let title = own["title"]["fr"].as_str().expect("a French title");
    let escaped = title.replace('\'', "&#39;");
    assert!(html.contains(&format!("{escaped} – traduction à titre d’information")), "{escaped}");
    let dutch = page(app, &format!("/credentials/{uuid}?lang=nl"));
    assert!(!dutch.contains("vertaling ter informatie"));
}

#[test]
fn a_preview_names_title_and_issuer_never_the_holder() {
    let app = shared();
    let (uuid, _) = app.issued();
    let html = page(app, &format!("/credentials/{uuid}"));
    let head = html.split("</head>").next().expect("a head");
    assert!(head.contains("og:title"));
    assert!(head.contains("Voorbeeld Hogeschool"));
    assert!(!head.contains("Voornaam") && !head.contains("Familienaam"), "{head}");
    assert!(head.contains("name=\"robots\" content=\"noindex\""));
}

#[test]
fn a_certificate_of_a_test_issuer_says_test() {
    let app = TestApp::start(Options { test: true, ..Options::default() });
    let (uuid, released) = app.issued();
    for (lang, banner) in [
        ("nl", "TEST – dit is geen echt bewijs."),
        ("fr", "TEST – ceci n’est pas une vraie attestation."),
        ("en", "TEST – this is not a real certificate."),
    ] {
        let html = page(&app, &format!("/credentials/{uuid}?lang={lang}"));
        let verdict = html.find("class=\"verdict").expect("a verdict");
        assert!(html.find(banner).is_some_and(|at| at < verdict), "{lang}: before anything else");
        assert!(!html.contains("class=\"verdict ok\""), "{lang}: never green");
    }
    let text = String::from_utf8(released).expect("UTF-8");
    assert!(text.contains("\"name\":\"TEST – "), "in the JSON too");
}

/// Story X1.
#[test]
fn each_state_has_its_own_words_and_no_reason() {
    let app = TestApp::start(Options { suspension: true, ..Options::default() });
    let (uuid, _) = app.issued();
    let mut seen = std::collections::BTreeSet::new();
    let mut look = |expected: [&str; 3]| {
        for (lang, sentence) in ["nl", "fr", "en"].into_iter().zip(expected) {
            let html = page(&app, &format!("/credentials/{uuid}?lang={lang}"));
            assert!(html.contains(sentence), "{lang}: {sentence}");
            assert!(seen.insert(sentence.to_owned()), "no two states share a text");
            for private in ["fraud", "appeal-pending", "private-note", "Fraude"] {
                assert!(!html.contains(private), "{private}");
            }
        }
    };
    look([
        "Dit bewijs is echt en geldig.",
        "Cette attestation est authentique et valable.",
        "This certificate is genuine and valid.",
    ]);
    let body = json!({ "action": "suspend", "reason": "appeal-pending", "note": "private-note" });
    assert_eq!(app.change(&uuid, &body).status, 200);
    look([
        "Dit bewijs is tijdelijk opgeschort sinds 1 september 2026. Vraag het later opnieuw na.",
        "Cette attestation est suspendue depuis le 1er septembre 2026. Vérifiez à nouveau plus tard.",
        "This certificate is suspended since 1 September 2026. Check again later.",
    ]);
    let body = json!({ "action": "revoke", "reason": "fraud", "note": "private-note" });
    assert_eq!(app.change(&uuid, &body).status, 200);
    look([
        "Dit bewijs is echt, maar de uitgever heeft het ingetrokken op 1 september 2026.",
        "Cette attestation est authentique, mais l’émetteur l’a retirée le 1er septembre 2026.",
        "This certificate is genuine, but the issuer withdrew it on 1 September 2026.",
    ]);
}

/// Story E2.
#[test]
fn a_file_is_checked_on_the_page_without_a_script() {
    let app = shared();
    let (_, released) = app.issued();
    let form = page(app, "/verify?lang=nl");
    assert!(form.contains("method=\"post\"") && form.contains("enctype=\"multipart/form-data\""));
    let shown = app.call("POST", "/verify?lang=nl").file("file", &released).accept(HTML).send();
    sound(&shown.text());
    assert!(shown.text().contains("Dit bewijs is echt en geldig."), "{}", shown.text());
    assert_eq!(shown.header("cache-control"), "no-store");
    let text = String::from_utf8(released).expect("UTF-8");
    let changed = text.replacen("Voornaam", "Iemand", 1);
    let pasted = format!(
        "text={}",
        url::form_urlencoded::byte_serialize(format!("\n {changed}\n").as_bytes())
            .collect::<String>()
    );
    let failed = app
        .call("POST", "/verify?lang=en")
        .body("application/x-www-form-urlencoded", pasted.into_bytes())
        .accept(HTML)
        .send();
    sound(&failed.text());
    assert!(failed.text().contains("The content does not match the signature."));
    assert!(!failed.text().contains("Iemand"), "unproven content is not shown");
    let empty = app.call("POST", "/verify?lang=nl").file("file", b"").accept(HTML).send();
    assert!(empty.text().contains("Kies eerst een bestand of plak de inhoud."));
}

#[test]
fn what_a_page_repeats_is_escaped() {
    let app = shared();
    let script = b"<script>alert(1)</script>";
    let answer = app.call("POST", "/verify").file("file", script).accept(HTML).send();
    sound(&answer.text());
    let mut award = award("mc1");
    award["certificateNumber"] = json!(fresh("X"));
    award["learner"]["name"] = json!("<b onclick=\"x\">O'Brien & zoon</b>");
    let issued = app.issue(&award);
    if issued.status == 201 {
        let uuid = issued.header("location").rsplit('/').next().expect("a segment").to_owned();
        let html = page(app, &format!("/credentials/{uuid}"));
        assert!(!html.contains("<b onclick"));
    }
}

#[test]
fn the_other_pages_are_there_in_three_languages() {
    let app = shared();
    let definition = format!("/issuers/{ISSUER}/achievements/krachtgericht-communiceren/2026.1");
    let mut texts = std::collections::BTreeSet::new();
    for path in ["/", "/verify", "/problems/not-found", definition.as_str()] {
        for lang in ["nl", "fr", "en"] {
            let html = page(app, &format!("{path}?lang={lang}"));
            assert!(html.contains(&format!("<html lang=\"{lang}\">")));
            assert!(texts.insert(html), "{path} in {lang} is a page of its own");
        }
    }
    let style = app.get("/style.css").send();
    assert_eq!(style.media_type(), "text/css");
    assert!(!style.text().contains("url(") && !style.text().contains("@import"));
    let missing = app.get("/nowhere").accept(HTML).send();
    assert_eq!((missing.status, missing.media_type()), (404, HTML));
    sound(&missing.text());
}

#[test]
fn every_link_of_a_certificate_page_stays_here_or_is_a_fact_of_the_document() {
    let app = shared();
    let (uuid, released) = app.issued();
    let html = page(app, &format!("/credentials/{uuid}"));
    let document = String::from_utf8(released).expect("UTF-8");
    for (at, _) in html.match_indices("href=\"") {
        let target = html[at + 6..].split('"').next().expect("a value");
        let here = target.starts_with(['/', '#', '?']) || target.starts_with(PUBLIC);
        assert!(here || document.contains(target), "{target}");
    }
}
