//! The pages that explain: there in three languages, led to from every page, with what the
//! institution filled in and nothing made up where it did not.

use crate::app::{Options, TestApp, settings, shared};
use bewijs::config::Pages;

const TOPICS: [&str; 5] = ["/about", "/status-explained", "/worth", "/privacy", "/accessibility"];

fn page(app: &TestApp, path: &str) -> String {
    let answer = app.get(path).accept("text/html").send();
    assert_eq!((answer.status, answer.media_type()), (200, "text/html"), "{path}");
    let html = answer.text();
    assert_eq!(html.matches("<h1").count(), 1, "{path}");
    assert!(!html.contains("<script") && !html.contains("{ $"), "{path}");
    assert_eq!(answer.header("set-cookie"), "", "{path}: there are no cookies");
    html
}

#[test]
fn every_topic_is_a_page_of_its_own_in_each_language_and_every_page_leads_there() {
    let app = shared();
    let mut seen = std::collections::BTreeSet::new();
    for language in ["nl", "fr", "en"] {
        let start = page(app, &format!("/?lang={language}"));
        for path in TOPICS {
            let html = page(app, &format!("{path}?lang={language}"));
            assert!(html.contains(&format!("<html lang=\"{language}\">")), "{path}");
            assert_eq!(html.matches("<nav").count(), 1, "{path}: the foot leads on, once");
            assert!(start.contains(&format!("href=\"{path}?lang={language}\"")), "{path}");
            let heading = html.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next());
            assert!(seen.insert(heading.expect("a heading").to_owned()), "{path} {language}");
        }
    }
    let (uuid, _) = app.issued();
    let certificate = page(app, &format!("/credentials/{uuid}?lang=fr"));
    for path in TOPICS {
        assert!(certificate.contains(&format!("href=\"{path}?lang=fr\"")), "{path}");
    }
}

#[test]
fn each_state_has_its_own_place_and_its_own_words() {
    let html = page(shared(), "/status-explained?lang=nl");
    let states = [
        "valid",
        "not-confirmed",
        "not-right",
        "suspended",
        "revoked",
        "superseded",
        "past-end-date",
        "not-yet-valid",
        "issuer-not-known",
        "test",
        "closed",
        "not-available",
    ];
    let mut words = std::collections::BTreeSet::new();
    for state in states {
        let section = html.split(&format!("<section id=\"{state}\">")).nth(1).expect(state);
        let section = section.split("</section>").next().expect("an end");
        assert_eq!(section.matches("<p>").count(), 2, "{state}: what it means and what to do");
        for paragraph in section.split("<p>").skip(1) {
            assert!(words.insert(paragraph.to_owned()), "{state}: {paragraph}");
        }
    }
    assert_eq!(html.matches("<section id=").count(), states.len());
}

/// Story L9.
#[test]
fn what_a_certificate_is_worth_promises_nothing() {
    for (language, not, how) in [
        ("nl", "Geen automatische vrijstelling.", "Zo vraag je een vrijstelling"),
        ("fr", "Pas de dispense automatique.", "Comment demander une dispense"),
        ("en", "No automatic exemption.", "How to ask for an exemption"),
    ] {
        let html = page(shared(), &format!("/worth?lang={language}"));
        assert!(html.contains(not) && html.contains(how), "{language}");
    }
}

#[test]
fn what_is_not_filled_in_is_said_and_not_made_up() {
    let html = page(shared(), "/accessibility?lang=en");
    assert!(html.contains("has not filled in a contact address yet"));
    assert!(!html.contains("mailto:") && !html.contains("This website is run by"));
    assert!(!page(shared(), "/privacy?lang=en").contains("privacy statement"));
}

#[test]
fn what_the_institution_filled_in_is_shown_escaped_and_in_its_own_language() {
    let text = |text: &str| Some(text.to_owned());
    let mut settings = settings();
    settings.pages = Pages {
        operator: text("Hogeschool <b>Voorbeeld</b>"),
        contact_email: text("bewijzen@school.example"),
        contact_url: text("https://school.example/contact"),
        privacy_url: text("https://school.example/privacy"),
        accessibility_nl: text("Eerste regel.\n\nTweede regel."),
        ..Pages::default()
    };
    let app = TestApp::start(Options { settings, ..Options::default() });
    let html = page(&app, "/accessibility?lang=fr");
    assert!(html.contains("href=\"mailto:bewijzen@school.example\""));
    assert!(html.contains("href=\"https://school.example/contact\""));
    assert!(html.contains("<p lang=\"nl\">Eerste regel.</p>"));
    assert!(html.contains("<p lang=\"nl\">Tweede regel.</p>"));
    assert!(!html.contains("<b>Voorbeeld") && html.contains("Voorbeeld"));
    assert!(!html.contains("pas encore indiqué"));
    let dutch = page(&app, "/accessibility?lang=nl");
    assert!(dutch.contains("<p>Eerste regel.</p>"));
    assert!(page(&app, "/privacy?lang=nl").contains("href=\"https://school.example/privacy\""));
}
