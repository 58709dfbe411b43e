//! How much was issued, for everybody.

use crate::app::{ISSUER, OTHER, Options, TestApp, award, fresh};
use serde_json::{Value, json};

fn counts(app: &TestApp, issuer: &str) -> Value {
    let answer = app.get(&format!("/v1/issuers/{issuer}/counts")).send();
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Story R12.
#[test]
fn figures_are_per_issuer_kind_and_quarter_and_small_ones_are_a_range() {
    let app = TestApp::start(Options::default());
    app.clock.set("2026-06-20T10:00:00Z".parse().expect("a moment"));
    for _ in 0..6 {
        app.issued();
    }
    app.issued_from(&award("evc2"));
    app.clock.set("2026-09-01T10:00:00Z".parse().expect("a moment"));
    for _ in 0..7 {
        app.issued();
    }
    let figures = counts(&app, ISSUER);
    assert_eq!(figures["test"], false);
    assert_eq!(
        figures["counts"],
        json!([
            { "quarter": "2026-Q3", "kind": "microcredential", "complete": false,
              "count": { "from": 5, "to": 9 } },
            { "quarter": "2026-Q2", "kind": "evc-competentiebewijs", "complete": true,
              "count": { "from": 1, "to": 4 } },
            { "quarter": "2026-Q2", "kind": "microcredential", "complete": true, "count": 6 },
        ])
    );
    assert_eq!(figures["total"], json!({ "from": 12, "to": 19 }), "no sum to subtract from");
    assert_eq!(counts(&app, OTHER)["counts"], json!([]));
    assert_eq!(counts(&app, OTHER)["total"], 0);
    let all = app.get("/v1/counts").send().json();
    let issuers: Vec<&Value> =
        all["issuers"].as_array().expect("a list").iter().map(|f| &f["issuer"]).collect();
    assert_eq!(issuers, [&json!(ISSUER), &json!(OTHER)]);
    assert_eq!(all["issuers"][0], figures);

    for (lang, words) in [
        ("nl", ["Aantal uitgereikte bewijzen", "1–4", "5–9", "loopt nog"]),
        ("fr", ["Nombre d’attestations délivrées", "1–4", "5–9", "en cours"]),
        ("en", ["Number of certificates issued", "1–4", "5–9", "still running"]),
    ] {
        let page = app.get(&format!("/issuers/{ISSUER}/counts?lang={lang}")).send().text();
        for word in words {
            assert!(page.contains(word), "{lang}: {word}");
        }
        assert!(!page.contains("TEST"), "{lang}");
    }
}

/// Story R12: neither a revocation nor an erasure makes a number smaller.
#[test]
fn figures_count_what_was_issued() {
    let app = TestApp::start(Options { test: true, ..Options::default() });
    let uuids: Vec<String> = (0..5)
        .map(|_| {
            let mut award = award("mc1");
            award["certificateNumber"] = json!(fresh("Q"));
            app.issued_from(&award).0
        })
        .collect();
    let before = counts(&app, ISSUER);
    assert_eq!(before["test"], true, "marked");
    let page = app.get(&format!("/issuers/{ISSUER}/counts?lang=nl")).send().text();
    assert!(page.contains("TEST – dit zijn geen echte bewijzen."));
    let revoke = json!({ "action": "revoke", "reason": "other" });
    assert_eq!(app.change(&uuids[0], &revoke).status, 200);
    let erasure = format!("/v1/issuers/{ISSUER}/credentials/{}/erasure", uuids[1]);
    assert_eq!(app.call("POST", &erasure).token(ISSUER, "admin").send().status, 200);
    assert_eq!(counts(&app, ISSUER), before);
}

#[test]
fn an_unknown_issuer_and_one_that_does_not_seal_have_no_figures() {
    let app = crate::app::shared();
    for issuer in ["nobody", "associatie-voorbeeld", "A"] {
        for path in [format!("/v1/issuers/{issuer}/counts"), format!("/issuers/{issuer}/counts")] {
            assert_eq!(app.get(&path).send().status, 404, "{path}");
        }
    }
}
