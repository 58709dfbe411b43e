//! The language of what is told: problems and faults in Dutch, French or English, as the client asks.

use crate::app::{Answer, ISSUER, TestApp, sample, shared};
use serde_json::{Value, json};

/// A definition with many things wrong.
fn wrong() -> Value {
    let mut document = sample("definitions.json")["definitions"][1].clone();
    let members = document.as_object_mut().expect("an object");
    for member in ["key", "stackability", "level", "participation", "qualityAssurance"] {
        members.remove(member);
    }
    document["slug"] = json!("languages");
    document["version"] = json!("1");
    document["awardingBodies"] = json!(["nobody"]);
    document["workload"] = json!({"hours": 10, "ects": 3.1});
    document["extra"] = json!(1);
    document
}

fn refused(app: &TestApp, language: Option<&str>) -> Answer {
    let path = format!("/v1/issuers/{ISSUER}/definitions/languages/1");
    let call = app.put(&path, &wrong()).token(ISSUER, "catalogue");
    let call = match language {
        Some(language) => call.header("accept-language", language),
        None => call,
    };
    call.send()
}

fn words(answer: &Answer) -> Vec<(String, String, String, String)> {
    let errors = answer.json()["errors"].as_array().expect("a list").clone();
    let text = |error: &Value, name: &str| error[name].as_str().expect("a text").to_owned();
    let one = |error: &Value| {
        let (pointer, code) = (text(error, "pointer"), text(error, "code"));
        (pointer, code, text(error, "detail"), text(error, "remedy"))
    };
    errors.iter().map(one).collect()
}

#[test]
fn every_fault_of_one_request_is_told_in_the_language_of_the_client() {
    let app = shared();
    let answers = ["nl", "fr", "en"].map(|language| refused(app, Some(language)));
    let [nl, fr, en] = answers.each_ref().map(words);
    assert!(en.len() >= 6, "{en:?}");
    assert_eq!((nl.len(), fr.len()), (en.len(), en.len()));
    for ((nl, fr), en) in nl.iter().zip(&fr).zip(&en) {
        assert_eq!((&nl.0, &nl.1), (&en.0, &en.1), "places and codes are the same");
        assert_eq!((&fr.0, &fr.1), (&en.0, &en.1), "places and codes are the same");
        assert!(nl.2 != en.2 && fr.2 != en.2 && nl.2 != fr.2, "{}: {}", en.0, en.2);
        assert!(nl.3 != en.3 && fr.3 != en.3 && nl.3 != fr.3, "{}: {}", en.0, en.3);
    }
    for (answer, language) in answers.iter().zip(["nl", "fr", "en"]) {
        assert_eq!(answer.header("content-language"), language);
        assert!(answer.header("vary").contains("Accept-Language"));
    }
    let titles = answers.map(|answer| answer.json()["title"].as_str().expect("a text").to_owned());
    assert_eq!(titles[0], "De aanvraag schendt een of meer regels");
    assert_eq!(titles[1], "La demande enfreint une ou plusieurs règles");
    assert_eq!(titles[2], "The request breaks one or more rules");
}

#[test]
fn who_wants_no_language_of_ours_reads_english() {
    let app = shared();
    for (asked, told) in [
        (None, "en"),
        (Some("*"), "en"),
        (Some("de-AT, de;q=0.9"), "en"),
        (Some("en;q=0"), "en"),
        (Some("en;q=0, *;q=0.5"), "nl"),
        (Some("fr;q=0.3, nl-BE;q=0.9"), "nl"),
        (Some("FR-be"), "fr"),
        (Some("fr;q=0.5, *"), "en"),
        (Some("q=;,,"), "en"),
    ] {
        assert_eq!(refused(app, asked).header("content-language"), told, "{asked:?}");
    }
}

#[test]
fn details_and_explanations_of_problems_are_told_in_it_too() {
    let app = shared();
    let path = format!("/v1/issuers/{ISSUER}/definitions?limit=none");
    let detail = |language: &str| {
        let call = app.get(&path).token(ISSUER, "catalogue").header("accept-language", language);
        let answer = call.send();
        assert_eq!(answer.status, 400);
        answer.json()["detail"].as_str().expect("a text").to_owned()
    };
    assert!(detail("nl").contains("geheel getal"), "{}", detail("nl"));
    assert!(detail("fr").contains("nombre entier"), "{}", detail("fr"));
    assert!(detail("en").contains("whole number"), "{}", detail("en"));

    let explained = |language: &str| {
        let call = app.get("/problems/busy").header("accept", "application/json");
        let answer = call.header("accept-language", language).send();
        assert_eq!(answer.header("content-language"), language);
        answer.json()["meaning"].as_str().expect("a text").to_owned()
    };
    assert!(explained("nl").starts_with("Probeer opnieuw"));
    assert!(explained("fr").starts_with("Réessayez"));
    assert!(explained("en").starts_with("Try again"));
}

#[test]
fn remarks_about_what_was_accepted_are_told_in_it_and_say_what_they_vary_by() {
    let app = shared();
    let mut document = sample("definitions.json")["definitions"][1].clone();
    let members = document.as_object_mut().expect("an object");
    for member in ["key", "stackability"] {
        members.remove(member);
    }
    document["slug"] = json!("remarks");
    document["version"] = json!("1");
    document["workload"]["ects"] = json!(0.5);
    let check = |language: &str| {
        let path = format!("/v1/issuers/{ISSUER}/definitions/check");
        let call = app.post(&path, &document).token(ISSUER, "catalogue");
        call.header("accept-language", language).send()
    };
    let [nl, en] = ["nl", "en"].map(check);
    assert_eq!(nl.status, 200);
    assert_eq!(nl.header("vary"), "Accept-Language");
    let (nl, en) = (&nl.json()["warnings"], &en.json()["warnings"]);
    assert!(!nl.as_array().expect("a list").is_empty(), "{nl}");
    assert_eq!(nl[0]["code"], en[0]["code"]);
    assert_ne!(nl[0]["detail"], en[0]["detail"]);
}
