//! `POST /v1/issuers/{issuer}/credentials`

use crate::app::{ISSUER, MAX_BODY, OTHER, Options, PUBLIC, TestApp, award, fresh, sample, shared};
use bewijs::ids::{FixedDraw, FixedIds};
use serde_json::{Value, json};
use std::sync::Arc;

fn path(issuer: &str) -> String {
    format!("/v1/issuers/{issuer}/credentials")
}

fn numbered() -> Value {
    let mut award = award("mc1");
    award["certificateNumber"] = json!(fresh("I"));
    award
}

#[test]
fn a_certificate_is_signed_recorded_and_released() {
    let app = shared();
    let answer = app.issue(&numbered());
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.media_type(), "application/vc+ld+json");
    let id = answer.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(answer.header("location"), id);
    assert!(id.starts_with(&format!("{PUBLIC}/credentials/")), "{id}");
    let uuid = id.rsplit('/').next().expect("a segment");
    let management = format!("<{PUBLIC}/v1/issuers/{ISSUER}/credentials/{uuid}>; rel=\"edit\"");
    assert_eq!(answer.header("link"), management);
    let served = app.get(&format!("/credentials/{uuid}")).send();
    assert_eq!(served.body, answer.body, "what is served is what was released");
}

#[test]
fn the_sample_requests_give_the_expected_documents() {
    let file = sample("awards.json");
    for key in ["mc1", "mc2", "evc1"] {
        let found = file["awards"].as_array().expect("awards").iter().find(|a| a["key"] == key);
        let fixed = &found.expect("an award")["fixed"];
        let text = |member: &str| fixed[member].as_str().expect("a text").to_owned();
        let draw = FixedDraw {
            credential_id: text("credentialUuid").parse().expect("a UUID"),
            subject_id: text("subjectId"),
            salt: text("emailSalt"),
            index: u32::try_from(fixed["statusListIndex"].as_u64().expect("a number"))
                .expect("fits"),
        };
        let app =
            TestApp::start(Options { ids: Arc::new(FixedIds::new([draw])), ..Options::default() });
        app.clock.set(text("issuedAt").parse().expect("a moment"));
        let answer = app.issue(&award(key));
        assert_eq!(answer.status, 201, "{key}: {}", answer.text());
        let mut document = answer.json();
        let proof = document.as_object_mut().expect("an object").remove("proof");
        assert!(proof.is_some(), "{key} is signed");
        assert_eq!(document, sample(&format!("expected/{key}.json")), "{key}");
    }
}

#[test]
fn the_name_of_the_signed_json_follows_accept() {
    let app = shared();
    for media_type in
        ["application/vc", "application/vc+ld+json", "application/ld+json", "application/json"]
    {
        let answer =
            app.post(&path(ISSUER), &numbered()).token(ISSUER, "all").accept(media_type).send();
        assert_eq!((answer.status, answer.media_type()), (201, media_type));
    }
}

#[test]
fn the_issuer_may_be_named_once_more_and_must_be_the_same() {
    let app = shared();
    let mut award = numbered();
    award["sealedBy"] = json!(ISSUER);
    assert_eq!(app.issue(&award).status, 201);
    let mut award = numbered();
    award["sealedBy"] = json!(OTHER);
    let answer = app.issue(&award);
    assert_eq!(answer.status, 422);
    assert!(answer.errors().iter().any(|(_, p)| p == "/sealedBy"), "{:?}", answer.errors());
}

#[test]
fn broken_json_is_400_and_says_where() {
    let app = shared();
    for body in [
        "",
        "{",
        "{\"definition\":",
        "nul",
        "{}{}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":\"\\ud800\"}",
        "\u{feff}{}",
        "{\"a\":1e999}",
    ] {
        let answer = app
            .call("POST", &path(ISSUER))
            .body("application/json", body.as_bytes().to_vec())
            .token(ISSUER, "all")
            .send();
        assert_eq!((answer.status, answer.problem().as_str()), (400, "broken-json"), "{body}");
    }
    let deep = "[".repeat(5_000);
    let answer = app
        .call("POST", &path(ISSUER))
        .body("application/json", deep.into_bytes())
        .token(ISSUER, "all")
        .send();
    assert_eq!((answer.status, answer.problem().as_str()), (400, "broken-json"));
    let answer = app
        .call("POST", &path(ISSUER))
        .body("application/json", vec![b'{', b'"', 0xff, b'"', b':', b'1', b'}'])
        .token(ISSUER, "all")
        .send();
    assert_eq!(answer.status, 400);
}

#[test]
fn wrong_content_is_422_with_every_fault_at_once() {
    let app = shared();
    let mut award = numbered();
    let members = award.as_object_mut().expect("an object");
    members.remove("learner");
    members.insert("certifcateNumber".to_owned(), json!("x"));
    members.insert("grade".to_owned(), json!("17"));
    let answer = app.issue(&award);
    assert_eq!((answer.status, answer.problem().as_str()), (422, "invalid-request"));
    let errors = answer.errors();
    for expected in [
        ("learner-required", "/learner"),
        ("unknown-field", "/certifcateNumber"),
        ("grade-not-expected", "/grade"),
    ] {
        let expected = (expected.0.to_owned(), expected.1.to_owned());
        assert!(errors.contains(&expected), "{expected:?} in {errors:?}");
    }
    for body in [json!([]), json!("x"), json!(1), Value::Null] {
        assert_eq!(app.issue(&body).status, 422, "{body}");
    }
}

#[test]
fn members_that_only_samples_carry_are_refused() {
    let app = shared();
    for member in ["key", "fixed"] {
        let mut award = numbered();
        award[member] = json!({});
        let answer = app.issue(&award);
        assert_eq!(answer.errors(), [("unknown-field".to_owned(), format!("/{member}"))]);
    }
}

#[test]
fn the_refused_samples_are_refused_with_their_codes() {
    let app = TestApp::start(Options::default());
    app.clock.set("2027-01-01T00:00:00Z".parse().expect("a moment"));
    let mut seen = 0;
    for case in sample("negative.json")["rejected"].as_array().expect("cases") {
        // Cases that build on other certificates are for the issuing desk's own tests.
        let base = case["base"].as_str().unwrap_or("");
        if case["target"] != "award" || !["mc1", "mc2", "evc1"].contains(&base) {
            continue;
        }
        let patch = case["patch"].as_array().expect("a patch");
        if patch.iter().any(|p| {
            let path = p["path"].as_str().unwrap_or("");
            path.starts_with("/fixed") || path.starts_with("/sealedBy")
        }) {
            continue;
        }
        let mut award = award(base);
        for operation in patch {
            apply(&mut award, operation);
        }
        let answer = app.issue(&award);
        assert_eq!(answer.status, 422, "{}: {}", case["id"], answer.text());
        let expected = (
            case["expect"]["code"].as_str().expect("a code").to_owned(),
            case["expect"]["field"].as_str().expect("a field").to_owned(),
        );
        assert!(answer.errors().contains(&expected), "{}: {:?}", case["id"], answer.errors());
        seen += 1;
    }
    assert!(seen >= 25, "only {seen} refused samples were tried");
}

/// One operation of a JSON Patch (RFC 6902): add, replace, remove.
fn apply(document: &mut Value, operation: &Value) {
    let path = operation["path"].as_str().expect("a path");
    let (parent, last) = path.rsplit_once('/').expect("a member");
    let target = document.pointer_mut(parent).expect("the parent is there");
    let value = operation.get("value").cloned();
    match (target, operation["op"].as_str()) {
        (Value::Object(members), Some("remove")) => {
            members.remove(last);
        }
        (Value::Object(members), _) => {
            members.insert(last.to_owned(), value.expect("a value"));
        }
        (Value::Array(items), Some("remove")) => {
            items.remove(last.parse().expect("a place"));
        }
        (Value::Array(items), Some("add")) => match last {
            "-" => items.push(value.expect("a value")),
            at => items.insert(at.parse().expect("a place"), value.expect("a value")),
        },
        (Value::Array(items), _) => {
            let at: usize = last.parse().expect("a place");
            items[at] = value.expect("a value");
        }
        (other, _) => assert!(other.is_object(), "no place for {path}"),
    }
}

#[test]
fn a_certificate_number_is_given_once() {
    let app = shared();
    let award = numbered();
    assert_eq!(app.issue(&award).status, 201);
    let again = app.issue(&award);
    assert_eq!(again.status, 422);
    let expected = ("certificate-number-taken".to_owned(), "/certificateNumber".to_owned());
    assert_eq!(again.errors(), [expected]);
}

#[test]
fn another_media_type_is_415_and_too_large_is_413() {
    let app = shared();
    for media_type in ["text/plain", "application/xml", "application/vc", "multipart/form-data"] {
        let answer = app
            .call("POST", &path(ISSUER))
            .body(media_type, b"{}".to_vec())
            .token(ISSUER, "all")
            .send();
        let got = (answer.status, answer.problem());
        assert_eq!(got, (415, "unsupported-media-type".to_owned()), "{media_type}");
    }
    let answer = app.call("POST", &path(ISSUER)).token(ISSUER, "all").send();
    assert_eq!(answer.status, 415, "no body, no media type");
    let answer = app
        .call("POST", &path(ISSUER))
        .body("application/json", vec![b' '; MAX_BODY + 1])
        .token(ISSUER, "all")
        .send();
    assert_eq!((answer.status, answer.problem().as_str()), (413, "content-too-large"));
    let charset = app
        .call("POST", &path(ISSUER))
        .body("Application/JSON; charset=utf-8", numbered().to_string().into_bytes())
        .token(ISSUER, "all")
        .send();
    assert_eq!(charset.status, 201, "a parameter and another case do not matter");
}

#[test]
fn without_a_valid_token_nothing_is_told() {
    let app = shared();
    for issuer in [ISSUER, OTHER, "nobody", "NOT A SLUG"] {
        let path = path(&issuer.replace(' ', "%20"));
        for value in
            [None, Some("Bearer wrong"), Some("Basic YTpi"), Some("Bearer"), Some("Bearer \u{e9}")]
        {
            let mut call = app.post(&path, &numbered());
            if let Some(value) = value {
                call = call.header("authorization", value);
            }
            let answer = call.send();
            assert_eq!((answer.status, answer.problem().as_str()), (401, "unauthorized"));
        }
        let revoked = app.post(&path, &numbered()).token(ISSUER, "revoked").send();
        assert_eq!(revoked.status, 401, "{issuer}");
    }
}

#[test]
fn a_client_of_another_issuer_gets_the_answer_of_an_unknown_issuer() {
    let app = shared();
    let before = app.store.issued_count().expect("a count");
    let unknown = app.post(&path("nobody"), &numbered()).token(OTHER, "all").send();
    let foreign = app.post(&path(ISSUER), &numbered()).token(OTHER, "all").send();
    let same = |answer: &crate::app::Answer| {
        let mut body = answer.json();
        body.as_object_mut().expect("an object").remove("requestId");
        (answer.status, body)
    };
    assert_eq!(same(&unknown), same(&foreign));
    assert_eq!(foreign.status, 404);
    let weak = app.post(&path(ISSUER), &numbered()).token(OTHER, "read").send();
    assert_eq!(weak.status, 404, "too small a scope does not give it away either");
    let nothing = app.store.issued_count().expect("a count");
    assert!(nothing >= before);
}

#[test]
fn too_small_a_scope_is_403_and_a_client_of_the_service_may_act_for_issuers() {
    let app = shared();
    let answer = app.post(&path(ISSUER), &numbered()).token(ISSUER, "read").send();
    assert_eq!((answer.status, answer.problem().as_str()), (403, "insufficient-scope"));
    assert!(answer.text().contains("credentials:issue"));
    let challenge = "Bearer error=\"insufficient_scope\", scope=\"credentials:issue\"";
    assert_eq!(answer.header("www-authenticate"), challenge);
    let service = app.post(&path(ISSUER), &numbered()).token("service", "all").send();
    assert_eq!(service.status, 201, "{}", service.text());
    let nobody = app.post(&path("nobody"), &numbered()).token("service", "all").send();
    assert_eq!(nobody.status, 404);
    let keyless = app.post(&path("associatie-voorbeeld"), &numbered()).token("service", "all");
    assert_eq!(keyless.send().status, 404, "an organisation that does not seal");
}

#[test]
fn the_same_key_and_body_give_the_same_certificate() {
    let app = shared();
    let award = numbered();
    let key = fresh("key");
    let send = |body: &Value, client: &str| {
        app.post(&path(ISSUER), body).token(ISSUER, client).header("idempotency-key", &key).send()
    };
    let first = send(&award, "all");
    assert_eq!((first.status, first.header("idempotency-replayed")), (201, ""));
    let again = send(&award, "all");
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
    assert_eq!(first.body, again.body);
    assert_eq!(first.header("location"), again.header("location"));
    let other = send(&numbered(), "all");
    assert_eq!((other.status, other.problem().as_str()), (409, "idempotency-mismatch"));
    let another_client = send(&numbered(), "issue");
    assert_eq!(another_client.status, 201, "a key belongs to its client");
}

#[test]
fn a_refused_request_does_not_use_up_its_key() {
    let app = shared();
    let key = fresh("key");
    let mut award = numbered();
    let learner = award["learner"].take();
    let send = |body: &Value| {
        app.post(&path(ISSUER), body).token(ISSUER, "all").header("idempotency-key", &key).send()
    };
    assert_eq!(send(&award).status, 422);
    award["learner"] = learner;
    assert_eq!(send(&award).status, 201);
}

#[test]
fn requests_with_one_key_at_the_same_time_make_one_certificate() {
    let app = shared();
    let award = numbered();
    let key = fresh("key");
    let answers: Vec<_> = std::thread::scope(|scope| {
        let send = || {
            app.post(&path(ISSUER), &award)
                .token(ISSUER, "all")
                .header("idempotency-key", &key)
                .send()
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(send)).collect();
        threads.into_iter().map(|t| t.join().expect("an answer")).collect()
    });
    let mut places = std::collections::BTreeSet::new();
    for answer in &answers {
        match answer.status {
            201 => {
                places.insert(answer.header("location").to_owned());
            }
            409 => assert!(!answer.header("retry-after").is_empty(), "{}", answer.text()),
            other => panic!("{other}: {}", answer.text()),
        }
    }
    assert_eq!(places.len(), 1, "{places:?}");
}

#[test]
fn a_malformed_idempotency_key_is_400() {
    let app = shared();
    for key in ["", " ", &"x".repeat(256), "caf\u{e9}"] {
        let answer = app
            .post(&path(ISSUER), &numbered())
            .token(ISSUER, "all")
            .header("idempotency-key", key)
            .send();
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad-request"), "{key:?}");
    }
}

#[test]
fn a_microdegree_names_its_parts_by_their_addresses() {
    let app = TestApp::start(Options::default());
    let mut degree = award("md1");
    for (part, key) in
        degree["parts"].as_array_mut().expect("parts").iter_mut().zip(["mc1", "mc2", "mc3"])
    {
        let (uuid, _) = app.issued_from(&award(key));
        part["award"] = json!(format!("{PUBLIC}/credentials/{uuid}"));
    }
    let answer = app.issue(&degree);
    assert_eq!(answer.status, 201, "{}", answer.text());
    degree["certificateNumber"] = json!("VHS-MD-2");
    degree["parts"][1]["award"] = json!("https://elsewhere.example/credentials/1");
    assert_eq!(app.issue(&degree).status, 422);
}

/// A microdegree of the samples whose second part was issued by another institution, and that part.
fn joint(app: &TestApp) -> (Value, String) {
    let mut degree = award("md1");
    degree["certificateNumber"] = json!(fresh("J"));
    let mut theirs = String::new();
    for (i, key) in ["mc1", "mc2", "mc3"].iter().enumerate() {
        let mut part = award(key);
        part["certificateNumber"] = json!(fresh("J"));
        let issuer = if i == 1 { OTHER } else { ISSUER };
        let answer = app.post(&path(issuer), &part).token(issuer, "all").send();
        assert_eq!(answer.status, 201, "{}", answer.text());
        degree["parts"][i]["award"] = answer.json()["id"].clone();
        if issuer == OTHER {
            theirs = answer.header("location").rsplit('/').next().expect("a segment").to_owned();
        }
    }
    (degree, theirs)
}

/// Story R8: providers cooperate, and each part stays the certificate of who issued it.
/// Story X4.
#[test]
fn a_part_may_be_a_certificate_of_another_issuer() {
    let app = TestApp::start(Options::default());
    let (degree, theirs) = joint(&app);
    let answer = app.issue(&degree);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let parts = |report: &Value| {
        let checks = report["checks"].as_array().expect("checks").clone();
        checks.iter().find(|c| c["check"] == "parts").expect("parts")["outcome"].clone()
    };
    let report = app.verify(&answer.body, "application/vc");
    assert_eq!((&report["verdict"], parts(&report)), (&json!("verified"), json!("pass")));

    // What they withdraw is no part any more, neither of the next nor of this one.
    let status = format!("{}/{theirs}/status", path(OTHER));
    let revoke = json!({ "action": "revoke", "reason": "issued-in-error" });
    assert_eq!(app.post(&status, &revoke).token(OTHER, "all").send().status, 200);
    let mut next = degree.clone();
    next["certificateNumber"] = json!(fresh("J"));
    let refused = app.issue(&next);
    assert_eq!(refused.errors(), [("part-not-valid".to_owned(), "/parts/1/award".to_owned())]);
    assert_eq!(parts(&app.verify(&answer.body, "application/vc")), "fail");
}

/// Story I3: of another issuer's certificates nobody learns anything by guessing at parts.
#[test]
fn a_part_of_another_issuer_that_does_not_fit_is_as_unknown_as_none() {
    let app = TestApp::start(Options::default());
    let (degree, theirs) = joint(&app);
    let faults = |degree: &Value| {
        let mut answer = app.issue(degree).json();
        answer.as_object_mut().expect("an object").remove("instance");
        answer.as_object_mut().expect("an object").remove("requestId");
        answer
    };
    let mut none = degree.clone();
    none["parts"][1]["award"] =
        json!(format!("{PUBLIC}/credentials/5d0f7c1e-3a52-4c0b-9d3e-6f1b2a4c8e10"));
    let of_none = faults(&none);
    assert_eq!(of_none["errors"].as_array().map(Vec::len), Some(1), "{of_none}");
    assert_eq!(of_none["errors"][0]["code"], "part-unknown");

    let issue = |part: &Value| {
        let answer = app.post(&path(OTHER), part).token(OTHER, "all").send();
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["id"].clone()
    };
    // Of somebody else.
    let mut somebody = award("mc2");
    somebody["certificateNumber"] = json!(fresh("J"));
    somebody["learner"]["email"] = json!("lerende-9@example.org");
    somebody["learner"].as_object_mut().expect("an object").remove("holderDid");
    let mut wrong = degree.clone();
    wrong["parts"][1]["award"] = issue(&somebody);
    assert_eq!(faults(&wrong), of_none, "another holder's");
    // Of the right person, for another part.
    let mut swapped = degree.clone();
    let (first, second) =
        (degree["parts"][0]["award"].clone(), degree["parts"][1]["award"].clone());
    swapped["parts"][0]["award"] = second;
    swapped["parts"][1]["award"] = first;
    let refused = app.issue(&swapped).errors();
    let told = |code: &str, pointer: &str| refused.iter().any(|(c, p)| c == code && p == pointer);
    assert!(told("part-unknown", "/parts/0/award"), "theirs: {refused:?}");
    assert!(told("part-definition", "/parts/1/award"), "ours: {refused:?}");
    // Erased: whose it was is no longer known.
    let erasure = format!("{}/{theirs}/erasure", path(OTHER));
    assert_eq!(app.call("POST", &erasure).token(OTHER, "admin").send().status, 200);
    assert_eq!(faults(&degree), of_none, "erased");
    // Another issuer's certificate is never corrected by way of its address.
    let mut correction = award("mc2");
    correction["certificateNumber"] = json!(fresh("J"));
    correction["replaces"] = degree["parts"][1]["award"].clone();
    assert_eq!(app.issue(&correction).errors()[0].0, "replaces-unknown");
}

/// Story A1: one request, one answer, and the institution's own case stays with it.
#[test]
fn a_case_is_handed_over_in_one_request_and_every_fault_comes_in_one_answer() {
    let app = shared();
    let mut award = numbered();
    award["caseNumber"] = json!("ZAAK-2026-0815");
    let answer = app.issue(&award);
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert!(!answer.text().contains("ZAAK-2026"), "never published");
    let uuid = answer.header("location").rsplit('/').next().expect("a segment").to_owned();
    let view = app.get(&format!("{}/{uuid}", path(ISSUER))).token(ISSUER, "all").send();
    assert_eq!(view.json()["caseNumber"], "ZAAK-2026-0815", "stored");
    for form in ["text/html", "application/vc+jwt"] {
        let page = app.get(&format!("/credentials/{uuid}")).accept(form).send();
        assert!(page.status == 200 && !page.text().contains("ZAAK-2026"), "{form}");
    }

    let mut wrong = numbered();
    wrong["decision"]["date"] = json!("2999-01-01");
    wrong["learner"] = json!({ "name": "Iemand" });
    wrong["grad"] = json!("14");
    wrong.as_object_mut().expect("an object").remove("certificateNumber");
    let answer = app.issue(&wrong);
    assert_eq!(answer.status, 422);
    let pointers: Vec<String> = answer.errors().into_iter().map(|(_, pointer)| pointer).collect();
    for pointer in ["/decision/date", "/learner", "/grad", "/certificateNumber"] {
        assert!(pointers.iter().any(|p| p == pointer), "{pointer}: {pointers:?}");
    }
    for fault in answer.json()["errors"].as_array().expect("faults") {
        for member in ["code", "detail", "remedy"] {
            assert!(!fault[member].as_str().unwrap_or("").is_empty(), "{fault}");
        }
    }
}
