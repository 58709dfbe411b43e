//! `/v1/profiles`: what each kind must state, for everybody.

use crate::app::{ISSUER, PUBLIC, sample, shared};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Story A10.
#[test]
fn what_each_kind_must_state_is_public() {
    let app = shared();
    let list = app.get("/v1/profiles").send().json();
    let profiles = list["profiles"].as_array().expect("a list").clone();
    assert_eq!(profiles.len(), 7);
    for profile in &profiles {
        let path = profile["id"].as_str().and_then(|id| id.strip_prefix(PUBLIC));
        let path = path.expect("an own address");
        let answer = app.get(path).send();
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let document = answer.json();
        assert_eq!((&document["id"], &document["kind"]), (&profile["id"], &profile["kind"]));
        for request in ["definition", "award"] {
            let fields = document[request].as_array().expect("a list");
            assert!(fields.iter().any(|field| field["need"] == "required"), "{path} {request}");
            let schema = app.get(&format!("{path}/{request}")).send();
            assert_eq!(schema.media_type(), "application/schema+json");
            assert_eq!(document["schemas"][request], json!(format!("{PUBLIC}{path}/{request}")));
        }
        let mut pages = BTreeSet::new();
        for lang in ["nl", "fr", "en"] {
            let page = app.get(&format!("{path}?lang={lang}")).accept("text/html").send();
            assert_eq!((page.status, page.media_type()), (200, "text/html"), "{path}");
            assert!(page.text().contains("awardingBodies"), "{path}");
            assert!(pages.insert(page.text()), "{path} {lang}");
        }
    }
    let need = |kind: &str, pointer: &str| {
        let profile = app.get(&format!("/v1/profiles/{kind}")).send().json();
        let fields = profile["definition"].as_array().cloned().expect("a list");
        let field = fields.into_iter().find(|field| field["pointer"] == pointer);
        field.expect(pointer)["need"].as_str().expect("a text").to_owned()
    };
    assert_eq!(need("microcredential", "/schedule"), "required");
    assert_eq!(need("microcredential", "/grading"), "allowed");
    assert_eq!(need("participation", "/level"), "forbidden");
    assert_eq!(need("evc-competentiebewijs", "/workload"), "forbidden");
    for unknown in ["/v1/profiles/diploma", "/v1/profiles/microcredential/x"] {
        assert_eq!(app.get(unknown).send().status, 404, "{unknown}");
    }
}

/// Story R2.
#[test]
fn a_check_lists_which_elements_are_stated() {
    let app = shared();
    let mut definition = sample("definitions.json")["definitions"][1].clone();
    let members = definition.as_object_mut().expect("an object");
    members.remove("key");
    members.remove("schedule");
    definition["participation"] = json!([]);
    let path = format!("/v1/issuers/{ISSUER}/definitions/check");
    let check = |body: &Value| app.post(&path, body).token(ISSUER, "catalogue").send().json();
    let missing = |checked: &Value, place: usize| {
        let list = checked["completeness"][place].as_array().cloned().expect("a list");
        let missing = list.into_iter().filter(|field| field["stated"] == json!(false));
        let mut pointers: Vec<_> =
            missing.map(|field| field["pointer"].as_str().expect("text").to_owned()).collect();
        pointers.sort();
        pointers
    };
    assert_eq!(missing(&check(&definition), 0), ["/participation", "/schedule"]);
    let whole = sample("definitions.json")["definitions"].clone();
    let checked = check(&json!({ "definitions": whole }));
    assert_eq!(checked["acceptable"], json!(true), "{checked:#}");
    for place in 0..6 {
        assert_eq!(missing(&checked, place), Vec::<String>::new());
    }
}
