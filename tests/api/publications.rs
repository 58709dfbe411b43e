//! What is published: status lists, key documents, definitions, concepts, problems, the document
//! itself, health.

use crate::app::{ISSUER, Options, PUBLIC, TestApp, award, fresh, origin, shared};
use bewijs::http::ProblemKind;
use bewijs::model::KeyAlgorithm;
use bewijs::texts::Language;
use serde_json::json;
use sha2::{Digest, Sha256};

#[test]
fn a_status_list_is_served_as_signed_and_may_be_kept() {
    let app = shared();
    let (_, released) = app.issued();
    let document: serde_json::Value = serde_json::from_slice(&released).expect("JSON");
    let address =
        document["credentialStatus"]["statusListCredential"].as_str().expect("an address");
    let path = address.strip_prefix(PUBLIC).expect("an own address");
    let answer = app.get(path).send();
    assert_eq!((answer.status, answer.media_type()), (200, "application/vc+ld+json"));
    assert_eq!(answer.json()["id"], json!(address));
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let etag = answer.header("etag").to_owned();
    assert_eq!(app.get(path).header("if-none-match", &etag).send().status, 304);
    assert_eq!(app.get(path).accept("application/vc").send().media_type(), "application/vc");
    assert_eq!(app.get(path).accept("text/html").send().status, 406);
    let report = app.verify(&answer.body, "application/vc");
    assert_eq!(report["verdict"], "verified", "{report:#}");
    for path in ["/status/none", "/status/..%2f..", "/status/r999999"] {
        assert_eq!(app.get(path).send().status, 404, "{path}");
    }
}

#[test]
fn the_tag_of_a_status_list_changes_exactly_when_its_bytes_do() {
    let app = TestApp::start(Options::default());
    let (first, released) = app.issued();
    let document: serde_json::Value = serde_json::from_slice(&released).expect("JSON");
    let address =
        document["credentialStatus"]["statusListCredential"].as_str().expect("an address");
    let path = address.strip_prefix(PUBLIC).expect("an own address");
    let seen = || {
        let answer = app.get(path).send();
        let digest: String =
            Sha256::digest(&answer.body).iter().map(|b| format!("{b:02x}")).collect();
        let tag = answer.header("etag").to_owned();
        assert_eq!(tag, format!("\"{digest}\""), "the tag is of the bytes");
        tag
    };
    let fresh_list = seen();
    app.clock.set("2026-09-01T10:00:01Z".parse().expect("a moment"));
    let (second, _) = app.issued();
    assert_eq!(seen(), fresh_list, "giving out an index changes no bit");

    // All that follows is at one and the same moment.
    let revoke = json!({ "action": "revoke", "reason": "other" });
    assert_eq!(app.change(&first, &revoke).status, 200);
    let one = seen();
    assert_eq!(app.change(&first, &revoke).status, 409);
    assert_eq!(seen(), one, "nothing happened");
    assert_eq!(app.change(&second, &revoke).status, 200);
    let two = seen();
    let issuer = ISSUER.parse().expect("a slug");
    let rotated = app.desk.rotate_key(&issuer, KeyAlgorithm::Ed25519, origin());
    actix_web::rt::System::new().block_on(rotated).expect("a new key");
    let by_new_key = seen();
    let all = std::collections::BTreeSet::from([&fresh_list, &one, &two, &by_new_key]);
    assert_eq!(all.len(), 4, "{all:?}");
    assert_eq!(app.get(path).header("if-none-match", &two).send().status, 200);
    assert_eq!(app.get(path).header("if-none-match", &by_new_key).send().status, 304);
}

#[test]
fn a_change_of_status_gives_the_list_another_tag() {
    let app = shared();
    let (uuid, released) = app.issued();
    let document: serde_json::Value = serde_json::from_slice(&released).expect("JSON");
    let list = document["credentialStatus"]["statusListCredential"].as_str().expect("an address");
    let path = list.strip_prefix(PUBLIC).expect("an own address");
    let before = app.get(path).send();
    let revoke = json!({ "action": "revoke", "reason": "other" });
    assert_eq!(app.change(&uuid, &revoke).status, 200);
    let after = app.get(path).header("if-none-match", before.header("etag")).send();
    assert_eq!(after.status, 200);
    assert_ne!(after.header("etag"), before.header("etag"));
}

#[test]
fn key_documents_are_published_and_hold_no_secret() {
    let app = shared();
    let did = app.get(&format!("/issuers/{ISSUER}/did.json")).send();
    let id = "did:web:badges.voorbeeld-hogeschool.example:issuers:voorbeeld-hogeschool";
    assert_eq!(did.json()["id"], id);
    assert!(!did.json()["assertionMethod"].as_array().expect("methods").is_empty());
    let named =
        app.get(&format!("/issuers/{ISSUER}/did.json")).accept("application/did+json").send();
    assert_eq!(named.media_type(), "application/did+json");
    let host = app.get("/.well-known/did.json").send();
    assert_eq!(host.json()["id"], "did:web:badges.voorbeeld-hogeschool.example");
    let all = app.get("/.well-known/jwks.json").send();
    let own = app.get(&format!("/issuers/{ISSUER}/jwks.json")).send();
    assert!(all.json()["keys"].as_array().expect("keys").len() > 1);
    assert!(!own.json()["keys"].as_array().expect("keys").is_empty());
    for answer in [&did, &host, &all, &own] {
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("cache-control"), "public, max-age=300");
        assert!(!answer.text().contains("\"d\""));
    }
    for issuer in ["nobody", "associatie-voorbeeld", "UPPER"] {
        assert_eq!(app.get(&format!("/issuers/{issuer}/did.json")).send().status, 404, "{issuer}");
        assert_eq!(app.get(&format!("/issuers/{issuer}/jwks.json")).send().status, 404);
    }
}

#[test]
fn a_definition_and_its_selections_answer_at_the_address_that_certificates_sign() {
    let app = shared();
    for key in ["mc1", "evc1"] {
        let mut award = award(key);
        award["certificateNumber"] = json!(fresh("D"));
        let (_, released) = app.issued_from(&award);
        let document: serde_json::Value = serde_json::from_slice(&released).expect("JSON");
        let achievement = &document["credentialSubject"]["achievement"];
        let address = achievement["id"].as_str().expect("an address");
        let path = address.strip_prefix(PUBLIC).expect("an own address");
        assert_eq!(&app.get(path).send().json(), achievement, "{path}");
        let page = app.get(path).accept("text/html").send();
        assert_eq!(page.media_type(), "text/html");
    }
    let definition = format!("/issuers/{ISSUER}/achievements/bekwaamheid-sociaal-werk/2026.1");
    assert_eq!(app.get(&format!("{definition}/selection/c1-c3")).send().status, 200);
    for wrong in [
        format!("{definition}/selection/c3-c1"),
        format!("{definition}/selection/c1-c1"),
        format!("{definition}/selection/c1-c9"),
        format!("{definition}/selection/c1-c2-c3-c4"),
        format!("/issuers/{ISSUER}/achievements/bekwaamheid-sociaal-werk/2099.1"),
        "/issuers/nobody/achievements/a/1".to_owned(),
        format!("/issuers/{ISSUER}/achievements/a/.."),
    ] {
        assert_eq!(app.get(&wrong).send().status, 404, "{wrong}");
    }
}

#[test]
fn mandates_concepts_and_problems_explain_themselves() {
    let app = shared();
    let mandate = app.get(&format!("/issuers/{ISSUER}/mandates/MAND-2025-01")).send().json();
    assert_eq!(mandate["onBehalfOf"], "associatie-voorbeeld");
    assert_eq!(app.get(&format!("/issuers/{ISSUER}/mandates/none")).send().status, 404);
    let concept = app.get("/vocabulary/kind/microcredential").send().json();
    assert_eq!(concept["id"], json!(format!("{PUBLIC}/vocabulary/kind/microcredential")));
    assert_eq!(app.get("/vocabulary/kind/diploma").send().status, 404);
    assert_eq!(app.get("/vocabulary/none/x").send().status, 404);
    for kind in ProblemKind::ALL {
        let path = format!("/problems/{}", kind.name());
        let answer = app.get(&path).send().json();
        assert_eq!(answer["type"], json!(format!("{PUBLIC}{path}")));
        let page = app.get(&path).accept("text/html").send();
        assert!(page.text().contains(&*kind.title(Language::Nl)), "{path}");
    }
    assert_eq!(app.get("/problems/none").send().status, 404);
}

#[test]
fn the_document_is_served_and_health_is_told() {
    let app = shared();
    let document = app.get("/openapi.yaml").send();
    assert_eq!(document.media_type(), "application/yaml");
    let own = include_str!("../../schemas/openapi.yaml");
    assert_eq!(document.text(), own);
    assert_eq!(app.get("/healthz").send().json()["status"], "ok");
    assert_eq!(app.get("/readyz").send().json()["status"], "ready");
}
