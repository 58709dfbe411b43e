//! `/v1/organisations`: the register of organisations, and who may do what in it.

use crate::app::{Answer, ISSUER, OTHER, Options, TestApp, fresh, sample};
use serde_json::{Value, json};

fn path(slug: &str) -> String {
    format!("/v1/organisations/{slug}")
}

fn partner(slug: &str) -> Value {
    json!({
        "slug": slug,
        "kind": "partner",
        "legalName": { "fr": "Maison de quartier" },
        "country": "BE",
        "region": "BE-BRU",
        "url": "https://maison.example",
        "identifiers": [{ "register": "KBO", "number": "0123.456.789" }],
        "seals": false,
    })
}

fn put(app: &TestApp, document: &Value, issuer: &str, client: &str) -> Answer {
    let slug = document["slug"].as_str().expect("a name");
    app.put(&path(slug), document).token(issuer, client).send()
}

fn own(issuer: &str) -> Value {
    let file = sample("issuers.json");
    let all = file["organisations"].as_array().expect("a list");
    let mut own = all.iter().find(|o| o["slug"] == issuer).expect("it is there").clone();
    own["seals"] = json!(true);
    own
}

fn name() -> String {
    fresh("org").to_lowercase()
}

/// Story P1.
#[test]
fn a_partner_without_a_key_is_introduced_and_found_by_its_issuer_alone() {
    let app = TestApp::start(Options::default());
    let slug = name();
    let added = put(&app, &partner(&slug), ISSUER, "catalogue");
    assert_eq!((added.status, &added.json()["sealing"]), (201, &json!(false)), "{}", added.text());
    assert_eq!(added.json()["introducedBy"], ISSUER);
    let mut renamed = partner(&slug);
    renamed["legalName"]["nl"] = json!("Wijkhuis");
    assert_eq!(put(&app, &renamed, ISSUER, "catalogue").status, 200);
    let read = |issuer: &str| app.get(&path(&slug)).token(issuer, "catalogue").send();
    assert_eq!(read(ISSUER).json()["document"], renamed);
    assert_eq!(read(OTHER).status, 404, "another issuer does not find it");
    assert_eq!(put(&app, &partner(&slug), OTHER, "catalogue").status, 409, "nor change it");
    let listed = |issuer: &str| {
        let answer = app.get("/v1/organisations?limit=200").token(issuer, "catalogue").send();
        let list = answer.json()["organisations"].as_array().cloned().expect("a list");
        list.iter().map(|o| o["slug"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert!(listed(ISSUER).contains(&slug) && !listed(OTHER).contains(&slug));
    assert!(listed(ISSUER).contains(&"associatie-voorbeeld".to_owned()), "the operator's");
    assert!(!listed(ISSUER).contains(&OTHER.to_owned()), "not another tenant");
    assert!(listed("service").contains(&slug) && listed("service").contains(&OTHER.to_owned()));
}

#[test]
fn what_an_issuer_introduced_can_be_named_by_it_alone() {
    let app = TestApp::start(Options::default());
    let slug = name();
    assert_eq!(put(&app, &partner(&slug), ISSUER, "catalogue").status, 201);
    let file = sample("definitions.json");
    let mut definition = file["definitions"][1].clone();
    for member in ["key", "stackability", "issuer", "slug", "version"] {
        definition.as_object_mut().expect("an object").remove(member);
    }
    definition["awardingBodies"] = json!([slug]);
    let publish = |issuer: &str| {
        let path = format!("/v1/issuers/{issuer}/definitions/joint/1");
        app.put(&path, &definition).token(issuer, "catalogue").send()
    };
    let refused = publish(OTHER);
    let expected = ("organisation-unknown".to_owned(), "/awardingBodies/0".to_owned());
    assert!(refused.errors().contains(&expected), "{}", refused.text());
    assert_eq!(publish(ISSUER).status, 201);
}

#[test]
fn whether_it_seals_and_as_what_is_not_for_a_client_to_say() {
    let app = TestApp::start(Options::default());
    let mut sealing = partner(&name());
    sealing["seals"] = json!(true);
    sealing["did"] = json!("did:web:evil.example");
    sealing["mandates"] = json!([{
        "reference": "M-1", "onBehalfOf": "associatie-voorbeeld", "from": "2025-01-01",
        "kinds": ["microcredential"],
    }]);
    let refused = put(&app, &sealing, ISSUER, "admin");
    let at: Vec<_> = refused.errors().into_iter().map(|(_, pointer)| pointer).collect();
    assert_eq!(
        (refused.status, at),
        (422, ["/seals", "/did", "/mandates"].map(str::to_owned).to_vec())
    );
    for member in ["seals", "did"] {
        let mut changed = own(ISSUER);
        changed[member] = if member == "seals" { json!(false) } else { json!("did:web:b.example") };
        let refused = put(&app, &changed, ISSUER, "admin");
        let expected = [("operator-only".to_owned(), format!("/{member}"))];
        assert_eq!((refused.status, refused.errors()), (422, expected.to_vec()));
    }
    assert_eq!(put(&app, &own(OTHER), ISSUER, "admin").status, 409, "another issuer");
    let associated = partner("associatie-voorbeeld");
    assert_eq!(put(&app, &associated, ISSUER, "admin").status, 409, "an organisation of everybody");
    assert_eq!(put(&app, &associated, "service", "catalogue").status, 200, "is the operator's");
}

#[test]
fn its_own_mandates_and_settings_need_the_right_to_administer() {
    let app = TestApp::start(Options::default());
    let mut renamed = own(ISSUER);
    renamed["legalName"]["nl"] = json!("Nieuwe Hogeschool");
    assert_eq!(put(&app, &renamed, ISSUER, "catalogue").status, 200);
    let mut mandated = renamed.clone();
    let more = json!({
        "reference": "MAND-2026-02", "onBehalfOf": "voorbeeld-jeugdwerk", "from": "2026-01-01",
        "kinds": ["evc-competentiebewijs"],
    });
    mandated["mandates"].as_array_mut().expect("a list").push(more);
    let mut settled = renamed.clone();
    settled["settings"]["appealDays"] = json!(14);
    for changed in [&mandated, &settled] {
        let refused = put(&app, changed, ISSUER, "catalogue");
        assert_eq!((refused.status, refused.problem().as_str()), (403, "insufficient-scope"));
        assert!(refused.header("www-authenticate").contains("issuer:admin"));
    }
    assert_eq!(put(&app, &mandated, ISSUER, "admin").status, 200);
    let served = app.get(&format!("/issuers/{ISSUER}/mandates/MAND-2026-02")).send();
    assert_eq!(served.json()["onBehalfOf"], "voorbeeld-jeugdwerk");
}

/// Story P2.
#[test]
fn a_mandate_that_was_recorded_stays() {
    let app = TestApp::start(Options::default());
    let put = |document: &Value| put(&app, document, ISSUER, "admin");
    let mut gone = own(ISSUER);
    gone["mandates"] = json!([]);
    assert_eq!(put(&gone).errors(), [("mandate-frozen".to_owned(), "/mandates".to_owned())]);
    for (member, value) in [
        ("onBehalfOf", json!("voorbeeld-jeugdwerk")),
        ("from", json!("2024-01-01")),
        ("until", json!("2031-08-31")),
        ("until", Value::Null),
        ("kinds", json!(["microcredential"])),
    ] {
        let mut changed = own(ISSUER);
        changed["mandates"][0][member] = value;
        let refused = put(&changed).errors();
        assert_eq!(refused, [("mandate-frozen".to_owned(), "/mandates/0".to_owned())], "{member}");
    }
    let mut ended = own(ISSUER);
    ended["mandates"][0]["until"] = json!("2027-01-31");
    assert_eq!(put(&ended).status, 200, "it may end earlier");
    assert_eq!(put(&own(ISSUER)).status, 422, "and then not later again");
}
