//! `/v1/issuers/{issuer}/credentials` as a list, the exports, and what is due elsewhere.

use crate::app::{ISSUER, OTHER, Options, PUBLIC, TestApp, award, fresh, origin, sample, shared};
use bewijs::store::{NewIssuance, Visibility};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const LIST: &str = "/v1/issuers/voorbeeld-hogeschool/credentials";
const REGISTER: &str = "/v1/issuers/voorbeeld-hogeschool/register";

fn named(name: &str) -> Value {
    let mut award = award("mc1");
    award["certificateNumber"] = json!(fresh("R"));
    award["learner"]["name"] = json!(name);
    award
}

fn list(app: &TestApp, query: &str) -> Value {
    let answer = app.get(&format!("{LIST}{query}")).token(ISSUER, "register").send();
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

fn ids(page: &Value) -> Vec<String> {
    let rows = page["credentials"].as_array().expect("rows");
    rows.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

fn address(uuid: &str) -> String {
    format!("{PUBLIC}/credentials/{uuid}")
}

fn names_export(app: &TestApp, body: &Value, client: &str) -> crate::app::Answer {
    app.post(&format!("{REGISTER}/export"), body).token(ISSUER, client).send()
}

fn disclosures(app: &TestApp) -> Vec<Value> {
    let path = format!("/v1/issuers/{ISSUER}/disclosures");
    let answer = app.get(&path).token(ISSUER, "admin").send();
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["disclosures"].as_array().cloned().expect("a list")
}

#[test]
fn who_took_names_out_is_read_in_pages() {
    let app = TestApp::start(Options::default());
    let issuer: bewijs::model::Slug = ISSUER.parse().expect("a slug");
    for number in 0..7 {
        let disclosure = bewijs::store::Disclosure {
            issuer: issuer.clone(),
            reason: format!("audit {number}"),
            query: json!({}),
            records: number,
            origin: crate::app::origin(),
        };
        let noted = app.store.record_disclosure(disclosure);
        actix_web::rt::System::new().block_on(noted).expect("noted");
    }
    let path = format!("/v1/issuers/{ISSUER}/disclosures?limit=3");
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = app.get(&format!("{path}{after}")).token(ISSUER, "admin").send().json();
        let list = page["disclosures"].as_array().expect("a list");
        assert!(list.len() <= 3);
        seen.extend(list.iter().map(|one| one["records"].as_u64().expect("a number")));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(seen, [6, 5, 4, 3, 2, 1, 0], "the newest first");
    for wrong in ["limit=0", "limit=x", "after=%25", "odd=1"] {
        let answer = app.get(&format!("/v1/issuers/{ISSUER}/disclosures?{wrong}"));
        assert_eq!(answer.token(ISSUER, "admin").send().status, 400, "{wrong}");
    }
}

/// The institution sees how many links of a holder are live, and nothing more of them.
#[test]
fn the_management_view_counts_the_links_of_a_holder() {
    let app = TestApp::start(Options::default());
    let (uuid, _) = app.issued();
    let count =
        || app.get(&format!("/v1/issuers/{ISSUER}/credentials/{uuid}")).token(ISSUER, "all").send();
    assert_eq!(count().json()["sharedLinks"], 0);
    let mut origin = crate::app::origin();
    for (hash, days) in [("aa", 1), ("bb", 30)] {
        origin.at = crate::app::NOW.parse().expect("a moment");
        let share = bewijs::store::NewShare {
            credential: uuid.parse().expect("a UUID"),
            sha256: hash.repeat(32),
            expires: origin.at.plus_seconds(days * 86_400),
            codes: Vec::new(),
            language: "nl".to_owned(),
        };
        let shared = app.store.add_share(share, origin.clone());
        actix_web::rt::System::new().block_on(shared).expect("shared");
    }
    let told = count();
    assert_eq!(told.json()["sharedLinks"], 2);
    assert!(!told.text().contains("aaaa"), "{}", told.text());
    app.clock.set(origin.at.plus_seconds(2 * 86_400));
    assert_eq!(count().json()["sharedLinks"], 1, "one has ended");
}

/// Story R6.
#[test]
fn the_register_is_filtered_by_kind_definition_period_and_state() {
    let app = TestApp::start(Options::default());
    app.clock.set("2026-07-01T10:00:00Z".parse().expect("a moment"));
    let (first, _) = app.issued();
    app.clock.set("2026-08-01T10:00:00Z".parse().expect("a moment"));
    let (evc, _) = app.issued_from(&award("evc2"));
    let mut ending = award("mc2");
    ending["validUntil"] = json!("2026-08-15");
    ending["validUntilReason"] = json!("De inhoud veroudert.");
    let (ending, _) = app.issued_from(&ending);
    app.clock.set("2026-09-01T10:00:00Z".parse().expect("a moment"));
    let (revoked, _) = app.issued();
    let body = json!({ "action": "revoke", "reason": "fraud", "note": "case 9" });
    assert_eq!(app.change(&revoked, &body).status, 200);

    let all = [&first, &evc, &ending, &revoked].map(|uuid| address(uuid));
    assert_eq!(ids(&list(&app, "")), all, "in order of issue");
    for (query, expected) in [
        ("?kind=microcredential", vec![0, 2, 3]),
        ("?kind=evc-competentiebewijs", vec![1]),
        ("?kind=participation", vec![]),
        ("?definition=krachtgericht-communiceren", vec![0, 3]),
        ("?definition=krachtgericht-communiceren&version=2026.1", vec![0, 3]),
        ("?definition=krachtgericht-communiceren&version=2026.2", vec![]),
        ("?state=valid", vec![0, 1]),
        ("?state=expired", vec![2]),
        ("?state=revoked", vec![3]),
        ("?state=superseded", vec![]),
        ("?state=suspended", vec![]),
        ("?issued-from=2026-08-01", vec![1, 2, 3]),
        ("?issued-before=2026-08-01", vec![0]),
        ("?issued-from=2026-08-01T10:00:01Z", vec![3]),
        ("?issued-from=2026-08-01&issued-before=2026-09-01", vec![1, 2]),
        ("?decided-from=2026-05-29", vec![1]),
        ("?decided-before=2026-02-01", vec![0, 3]),
        ("?erased=true", vec![]),
        ("?erased=false&state=valid&kind=microcredential", vec![0]),
    ] {
        let expected: Vec<String> = expected.into_iter().map(|i: usize| all[i].clone()).collect();
        assert_eq!(ids(&list(&app, query)), expected, "{query}");
    }
    let page = list(&app, "");
    let text = page.to_string();
    for private in ["Voornaam", "case 9", "fraud", "EXT-2026", "example.org"] {
        assert!(!text.contains(private), "{private}: {text}");
    }
    let title = "Krachtgericht communiceren met cliënten";
    assert_eq!(page["credentials"][0]["title"], title);
    assert_eq!(page["credentials"][2]["state"], "expired");
}

#[test]
fn pages_follow_one_another_and_the_last_one_has_no_next() {
    let app = TestApp::start(Options::default());
    let all: BTreeSet<String> = (0..7).map(|_| address(&app.issued().0)).collect();
    for filter in ["", "&state=valid"] {
        let mut seen = Vec::new();
        let mut query = format!("?limit=3{filter}");
        loop {
            let answer = app.get(&format!("{LIST}{query}")).token(ISSUER, "register").send();
            let page = answer.json();
            assert!(ids(&page).len() <= 3);
            seen.extend(ids(&page));
            let Some(next) = page["next"].as_str() else {
                assert_eq!(answer.header("link"), "");
                break;
            };
            query = format!("?limit=3{filter}&after={next}");
            let link = answer.header("link").to_owned();
            assert!(link.starts_with(&format!("<{PUBLIC}{LIST}?limit=3")), "{link}");
            assert!(link.ends_with("rel=\"next\"") && link.contains(next), "{link}");
        }
        assert_eq!(seen.len(), 7, "nothing twice");
        assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), all);
    }
    assert!(list(&app, "?state=revoked&limit=1").get("next").is_none());
}

#[test]
fn a_parameter_that_cannot_be_taken_is_refused_by_name() {
    let app = shared();
    for (query, name) in [
        ("?knd=microcredential", "knd"),
        ("?kind=diploma", "kind"),
        ("?kind=", "kind"),
        ("?kind=microcredential&kind=microdegree", "kind"),
        ("?state=old", "state"),
        ("?definition=A/b", "definition"),
        ("?version=a/b", "version"),
        ("?issued-from=yesterday", "issued-from"),
        ("?issued-before=2026-02-30", "issued-before"),
        ("?decided-from=2026-1-1", "decided-from"),
        ("?erased=1", "erased"),
        ("?limit=0", "limit"),
        ("?limit=201", "limit"),
        ("?limit=-1", "limit"),
        ("?after=x", "after"),
        ("?names=true", "names"),
        ("?%00=1", ""),
    ] {
        let answer = app.get(&format!("{LIST}{query}")).token(ISSUER, "register").send();
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad-request"), "{query}");
        assert_eq!(answer.json()["parameters"][0]["name"], name, "{query}");
    }
    let answer = app.get(&format!("{LIST}?a=1&kind=x&b=2")).token(ISSUER, "register").send();
    let names: Vec<Value> = answer.json()["parameters"]
        .as_array()
        .expect("all at once")
        .iter()
        .map(|parameter| parameter["name"].clone())
        .collect();
    assert_eq!(names, ["a", "b", "kind"]);
    for path in [".csv?limit=3", ".jsonl?names=true", ".csv?nonsense"] {
        let answer = app.get(&format!("{REGISTER}{path}")).token(ISSUER, "register").send();
        assert_eq!(answer.status, 400, "{path}");
    }
}

#[test]
fn the_register_opens_with_its_scope_and_only_to_its_issuer() {
    let app = shared();
    let due = format!("/v1/issuers/{ISSUER}/registrations");
    let told = format!("/v1/issuers/{ISSUER}/disclosures");
    let csv = format!("{REGISTER}.csv");
    for (path, client, scope) in [
        (LIST, "register", "register:read"),
        (csv.as_str(), "register", "register:read"),
        (due.as_str(), "register", "register:read"),
        (told.as_str(), "admin", "issuer:admin"),
    ] {
        assert_eq!(app.get(path).token(ISSUER, client).send().status, 200, "{path}");
        assert_eq!(app.get(path).send().status, 401, "{path}");
        assert_eq!(app.get(path).token(OTHER, client).send().status, 404, "{path}");
        let answer = app.get(path).token(ISSUER, "all").send();
        assert_eq!((answer.status, answer.problem().as_str()), (403, "insufficient-scope"));
        assert!(answer.text().contains(scope), "{path}: {}", answer.text());
    }
    // Reading the register is not enough for names.
    let body = json!({ "names": true, "reason": "Inspection, file 12.", "format": "csv" });
    assert_eq!(names_export(app, &body, "register").status, 403);
    assert_eq!(names_export(app, &body, "admin").status, 403);
}

/// Story R6.
#[test]
fn the_register_is_exported_whole_as_csv_and_as_lines_of_json_without_names() {
    let app = TestApp::start(Options::default());
    let all: Vec<String> = (0..75).map(|_| address(&app.issued().0)).collect();
    let answer = app.get(&format!("{REGISTER}.csv")).token(ISSUER, "register").send();
    assert_eq!((answer.status, answer.media_type()), (200, "text/csv"));
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    let name = "attachment; filename=\"register-voorbeeld-hogeschool.csv\"";
    assert_eq!(answer.header("content-disposition"), name);
    assert_eq!(answer.header("cache-control"), "private, no-store");
    let text = answer.text();
    assert!(text.ends_with("\r\n") && !text.contains("Voornaam") && !text.contains("EXT-2026"));
    let rows: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert!(rows[0].starts_with("id,certificateNumber,kind,definition,title,"), "{}", rows[0]);
    let found: Vec<&str> = rows[1..].iter().filter_map(|row| row.split(',').next()).collect();
    assert_eq!(found, all);

    let answer = app.get(&format!("{REGISTER}.jsonl")).token(ISSUER, "register").send();
    assert_eq!((answer.status, answer.media_type()), (200, "application/jsonl"));
    assert!(!answer.text().contains("Voornaam"));
    let rows: Vec<Value> =
        answer.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let page = list(&app, "?limit=1");
    assert_eq!(rows.len(), 75);
    assert_eq!(rows[0], page["credentials"][0], "the same row as in the list");

    let none = app.get(&format!("{REGISTER}.csv?state=revoked")).token(ISSUER, "register").send();
    assert_eq!(none.text().lines().count(), 1, "the header alone");
    let none = app.get(&format!("{REGISTER}.jsonl?state=revoked")).token(ISSUER, "register").send();
    assert_eq!((none.status, none.text().as_str()), (200, ""));
}

/// Story R6.
#[test]
fn names_are_given_only_for_a_reason_that_is_recorded_first() {
    let app = TestApp::start(Options::default());
    app.issued_from(&named("+Anna Voorbeeld"));
    app.issued_from(&named("Bert \"Bè\", Tweede"));
    let reason = "Inspection of September 2026, file 12.";
    let full = json!({ "names": true, "reason": reason, "format": "csv" });
    for (body, code, pointer) in [
        (json!({ "reason": reason, "format": "csv" }), "names-not-asked", "/names"),
        (json!({ "names": false, "reason": reason, "format": "csv" }), "names-not-asked", "/names"),
        (json!({ "names": true, "format": "csv" }), "required", "/reason"),
        (json!({ "names": true, "reason": "no   ", "format": "csv" }), "too-short", "/reason"),
        (json!({ "names": true, "reason": 7, "format": "csv" }), "type", "/reason"),
        (json!({ "names": true, "reason": reason }), "required", "/format"),
        (json!({ "names": true, "reason": reason, "format": "pdf" }), "unknown-code", "/format"),
        (
            json!({ "names": true, "reason": reason, "format": "csv", "who": 1 }),
            "unknown-field",
            "/who",
        ),
        (
            json!({ "names": true, "reason": reason, "format": "csv", "filter": { "knd": "x" } }),
            "unknown-field",
            "/filter/knd",
        ),
        (
            json!({ "names": true, "reason": reason, "format": "csv", "filter": { "kind": "x" } }),
            "filter-value",
            "/filter/kind",
        ),
        (
            json!({ "names": true, "reason": reason, "format": "csv", "filter": 1 }),
            "type",
            "/filter",
        ),
    ] {
        let answer = names_export(&app, &body, "names");
        assert_eq!(answer.status, 422, "{body}");
        let expected = (code.to_owned(), pointer.to_owned());
        assert!(answer.errors().contains(&expected), "{body}: {:?}", answer.errors());
    }
    assert!(disclosures(&app).is_empty(), "nothing was given, nothing is recorded");

    let answer = names_export(&app, &full, "names");
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = answer.text();
    assert!(text.lines().next().expect("a header").ends_with(",name,caseNumber"), "{text}");
    assert!(text.contains("\"'+Anna Voorbeeld\""), "no formula: {text}");
    assert!(text.contains("\"Bert \"\"Bè\"\", Tweede\""), "{text}");
    let told = disclosures(&app);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["reason"], reason);
    assert_eq!(told[0]["operation"], "export");
    assert_eq!(told[0]["client"], format!("{ISSUER}-names"));
    assert_eq!(told[0]["records"], 2);
    assert_eq!(told[0]["requestId"], answer.header("x-request-id"));

    let narrow = json!({
        "names": true, "reason": reason, "format": "jsonl",
        "filter": { "kind": "microdegree", "erased": false },
    });
    let answer = names_export(&app, &narrow, "names");
    assert_eq!((answer.status, answer.text().as_str()), (200, ""));
    let told = disclosures(&app);
    assert_eq!(told.len(), 2, "an empty one is recorded too");
    assert_eq!(told[0]["filter"], json!({ "kind": "microdegree", "erased": false }));
    assert_eq!(told[0]["records"], 0, "the newest first");
    let other = format!("/v1/issuers/{OTHER}/disclosures");
    let other = app.get(&other).token(OTHER, "admin").send().json();
    assert_eq!(other, json!({ "disclosures": [] }), "another issuer sees its own");
}

/// What is shown is what was signed, wherever the register says otherwise.
#[test]
fn rows_and_management_view_are_read_back_from_the_signed_bytes() {
    let app = TestApp::start(Options::default());
    let (uuid, _) = app.issued_from(&award("evc2"));
    let id = uuid.parse().expect("a UUID");
    let signed = app.store.issued(id).expect("readable").expect("recorded");
    let document = app.store.document(id).expect("readable").expect("there");
    // The same document in a register that tells everything wrong.
    let elsewhere = TestApp::start(Options::default());
    let mut record = (*signed).clone();
    record.kind = "participation".parse().expect("a kind");
    record.definition = "voorbeeld-hogeschool/beroepsethiek/2026.1".parse().expect("a name");
    record.certificate_number = "WRONG-1".to_owned();
    record.decision_date = "2001-01-01".parse().expect("a date");
    record.visibility = Visibility::Open;
    let mut draw = |_| signed.status[0].index;
    let held = {
        elsewhere.issued();
        let issuer = ISSUER.parse().expect("a slug");
        let purpose = bewijs::model::StatusPurpose::Revocation;
        elsewhere.store.reserve_index(&issuer, purpose, &mut draw).expect("free").expect("a list")
    };
    record.status = vec![held.entry.clone()];
    let issuance = NewIssuance {
        record,
        document,
        reservations: vec![held],
        idempotency: None,
        requires: Vec::new(),
        mail: None,
        origin: origin(),
    };
    let recorded = elsewhere.store.record_issuance(issuance);
    actix_web::rt::System::new().block_on(recorded).expect("recorded");
    let view = elsewhere.get(&format!("{LIST}/{uuid}")).token(ISSUER, "all").send().json();
    let rows = list(&elsewhere, "");
    let row = rows["credentials"]
        .as_array()
        .expect("rows")
        .iter()
        .find(|row| row["id"] == address(&uuid))
        .expect("it is listed");
    for shown in [&view, row] {
        assert_eq!(shown["kind"], "evc-competentiebewijs", "{shown}");
        let definition = "voorbeeld-hogeschool/competentiebewijs-jeugdwelzijnswerk/1";
        assert_eq!(shown["definition"], definition);
        assert_eq!(shown["certificateNumber"], award("evc2")["certificateNumber"]);
        assert_eq!(shown["decisionDate"], "2026-05-29");
        assert!(!shown.to_string().contains("WRONG"), "{shown}");
    }
    assert_eq!(view["state"], "valid", "the state is the register's");
}

/// The institution with `evc-competentiebewijs` among the kinds to register.
fn registering(app: &TestApp) {
    let organisations = sample("issuers.json");
    let mut organisation = organisations["organisations"][0].clone();
    organisation["settings"]["registrationMonths"] = json!({ "evc-competentiebewijs": 2 });
    let imported = app.desk.import_organisations(vec![organisation], origin());
    actix_web::rt::System::new().block_on(imported).expect("imported");
}

fn due(app: &TestApp, query: &str) -> Value {
    let path = format!("/v1/issuers/{ISSUER}/registrations{query}");
    let answer = app.get(&path).token(ISSUER, "register").send();
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

/// Story A9.
#[test]
fn what_must_be_registered_elsewhere_is_listed_until_it_is_marked_off() {
    let app = TestApp::start(Options::default());
    app.clock.set("2026-07-01T10:00:00Z".parse().expect("a moment"));
    registering(&app);
    let (evc, _) = app.issued_from(&award("evc2"));
    let (other, _) = app.issued();
    let page = due(&app, "");
    assert_eq!(ids(&page), [address(&evc)], "only the kinds that are set");
    // The assessment was on 18 May 2026.
    assert_eq!(page["credentials"][0]["registrationDue"], "2026-07-18");
    assert_eq!(page["credentials"][0]["overdue"], false);
    assert_eq!(ids(&due(&app, "?due-by=2026-07-18")), [address(&evc)]);
    assert!(ids(&due(&app, "?due-by=2026-07-17")).is_empty());
    app.clock.set("2026-07-19T10:00:00Z".parse().expect("a moment"));
    assert_eq!(due(&app, "")["credentials"][0]["overdue"], true);
    let csv = format!("/v1/issuers/{ISSUER}/registrations.csv?due-by=2026-12-31");
    let csv = app.get(&csv).token(ISSUER, "register").send();
    assert_eq!((csv.media_type(), csv.text().lines().count()), ("text/csv", 2));
    assert!(csv.text().contains(",2026-07-18,"), "{}", csv.text());

    let mark = |uuid: &str, body: Value| {
        app.put(&format!("{LIST}/{uuid}/registration"), &body).token(ISSUER, "all").send()
    };
    for (body, code, pointer) in [
        (json!({}), "required", "/on"),
        (json!({ "on": "2026-07-20" }), "date-future", "/on"),
        (json!({ "on": "2026-05-28" }), "date-order", "/on"),
        (json!({ "on": "19/7/2026" }), "date-format", "/on"),
        (json!({ "on": "2026-07-19", "reference": "" }), "too-short", "/reference"),
        (json!({ "on": "2026-07-19", "reference": "x".repeat(101) }), "too-long", "/reference"),
        (
            json!({ "on": "2026-07-19", "reference": "REG\u{202e}71" }),
            "control-character",
            "/reference",
        ),
        (json!({ "on": "2026-07-19", "reference": "R\u{0}" }), "control-character", "/reference"),
        (json!({ "on": "2026-07-19", "by": "me" }), "unknown-field", "/by"),
    ] {
        let answer = mark(&evc, body.clone());
        assert_eq!(answer.status, 422, "{body}");
        let expected = (code.to_owned(), pointer.to_owned());
        assert!(answer.errors().contains(&expected), "{body}: {:?}", answer.errors());
    }
    let answer = mark(&other, json!({ "on": "2026-07-19" }));
    assert_eq!((answer.status, answer.problem().as_str()), (409, "conflict"));
    assert_eq!(ids(&due(&app, "")).len(), 1, "nothing was marked yet");
    let answer = mark(&evc, json!({ "on": "2026-07-19", "reference": "REG-2026-17" }));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["registration"]["reference"], "REG-2026-17");
    assert!(ids(&due(&app, "")).is_empty(), "marked ones leave the list");
    let row = &list(&app, "?kind=evc-competentiebewijs")["credentials"][0];
    assert_eq!(row["registeredOn"], "2026-07-19");
    let page = app.get(&format!("/credentials/{evc}")).accept("text/html").send().text();
    assert!(!page.contains("REG-2026-17"), "never published");
}

/// Story A9: what was withdrawn or replaced need not be registered.
#[test]
fn a_corrected_certificate_is_due_through_its_successor() {
    let app = TestApp::start(Options::default());
    registering(&app);
    let (old, _) = app.issued_from(&award("evc2"));
    let mut correction = award("evc2-correction");
    correction["replaces"] = json!(address(&old));
    let (new, _) = app.issued_from(&correction);
    assert_eq!(ids(&due(&app, "")), [address(&new)]);
    let revoke = json!({ "action": "revoke", "reason": "issued-in-error" });
    assert_eq!(app.change(&new, &revoke).status, 200);
    assert!(ids(&due(&app, "")).is_empty());
}
