//! What an employer and an exemption officer find: kinds that differ, facts in order, whose it is,
//! the facts as page and JSON, and how a certificate is found by its number.

use crate::app::{Answer, ISSUER, OTHER, Options, PUBLIC, TestApp, award, fresh, sample, shared};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const LANGUAGES: [&str; 3] = ["nl", "fr", "en"];

fn page(app: &TestApp, path: &str) -> String {
    let answer = app.get(path).accept("text/html").send();
    assert_eq!((answer.status, answer.media_type()), (200, "text/html"), "{path}");
    answer.text()
}

fn numbered(key: &str) -> Value {
    let mut award = award(key);
    award.as_object_mut().expect("an object").remove("replaces");
    award["certificateNumber"] = json!(fresh("E"));
    award
}

/// Three parts of one holder and the microdegree of them.
fn microdegree(app: &TestApp) -> (String, Vec<String>) {
    let learner = award("mc1")["learner"].clone();
    let parts: Vec<String> = ["mc1", "mc2", "mc3"]
        .iter()
        .map(|key| {
            let mut part = numbered(key);
            part["learner"] = learner.clone();
            app.issued_from(&part).0
        })
        .collect();
    let mut degree = numbered("md1");
    degree["learner"] = learner;
    for (part, uuid) in degree["parts"].as_array_mut().expect("parts").iter_mut().zip(&parts) {
        part["award"] = json!(format!("{PUBLIC}/credentials/{uuid}"));
    }
    (app.issued_from(&degree).0, parts)
}

/// A proof of participation, under a definition of its own.
fn participation(app: &TestApp) -> String {
    let all = sample("definitions.json");
    let mut definition = all["definitions"][0].clone();
    let members = definition.as_object_mut().expect("an object");
    for member in [
        "key",
        "learningOutcomes",
        "level",
        "assessmentTypes",
        "supervision",
        "participation",
        "schedule",
        "languagesOfInstruction",
        "learningSetting",
        "iscedF",
        "qualityAssurance",
        "grading",
        "stackability",
    ] {
        members.remove(member);
    }
    let slug = fresh("studiedag").to_lowercase();
    definition["kind"] = json!("participation");
    definition["slug"] = json!(slug);
    definition["workload"] = json!({ "hours": 7.5 });
    let path = format!("/v1/issuers/{ISSUER}/definitions/{slug}/2026.1");
    let published = app.put(&path, &definition).token(ISSUER, "catalogue").send();
    assert_eq!(published.status, 201, "{}", published.text());
    let mut award = numbered("mc1");
    award["definition"] = json!(format!("{ISSUER}/{slug}/2026.1"));
    app.issued_from(&award).0
}

/// Story E7.
#[test]
fn the_kinds_differ_by_word_shape_and_sentence_and_attendance_has_no_level() {
    let app = TestApp::start(Options::default());
    let (degree, parts) = microdegree(&app);
    let kinds = [
        ("evc", app.issued_from(&numbered("evc1")).0, "Beoordeeld en aangetoond, waar het ook"),
        ("assessed", parts[0].clone(), "Een kort leertraject, met een beoordeling."),
        ("degree", degree, "Dit is geen diploma en geen graad."),
        ("participation", participation(&app), "Deze persoon nam deel. Er is niets beoordeeld."),
    ];
    let mut shapes = BTreeSet::new();
    for (family, uuid, sentence) in &kinds {
        let html = page(&app, &format!("/credentials/{uuid}?lang=nl"));
        assert!(html.contains(&format!("class=\"sheet {family}\"")), "{family}");
        assert!(html.contains(sentence), "{family}");
        for (_, _, other) in kinds.iter().filter(|(name, _, _)| name != family) {
            assert!(!html.contains(other), "{family}: {other}");
        }
        let shape = html.split("<svg").nth(1).and_then(|rest| rest.split("</svg>").next());
        assert!(shapes.insert(shape.expect("a sign").to_owned()), "{family} has a sign of its own");
        let assessed = html.contains("<dt>Niveau</dt>");
        assert_eq!(assessed, *family != "participation", "{family}");
        assert_eq!(html.contains("ECTS-studiepunten"), ["assessed", "degree"].contains(family));
    }
    let attended = page(&app, &format!("/credentials/{}?lang=nl", kinds[3].1));
    assert!(attended.contains("7,5 uur"));
    for never in ["Studiepunten", "Beoordelaars", "<dt>Beoordeling</dt>", "EQF"] {
        assert!(!attended.contains(never), "{never}");
    }
}

/// Stories E1, A2, A5 and P1: verdict, kind, who, holder, what, how, dates, checks, whose, keep.
#[test]
fn the_page_follows_the_order_in_which_an_employer_asks() {
    let app = shared();
    let (uuid, _) = app.issued_from(&numbered("evc1"));
    let html = page(app, &format!("/credentials/{uuid}?lang=en"));
    let mut at = 0;
    for text in [
        "This certificate is genuine and valid.",
        "<h1",
        "Awarded by",
        "Associatie Voorbeeld",
        "Sealed by",
        "Issuer recognised by",
        "this service",
        "(on the day of issue and today)",
        "<dt>Holder</dt>",
        "Voornaam Familienaam",
        "Ask for an identity document",
        "<dt>Identity</dt>",
        "Demonstrated competences",
        "<dt>Based on</dt>",
        "id=\"level\"",
        "id=\"use\"",
        "Dit bewijs geeft niet automatisch recht op vrijstelling",
        "How it was judged",
        "<dt>Assessors</dt>",
        "<dt>Guidance</dt>",
        "<dt>Competence framework</dt>",
        "<dt>Quality assurance</dt>",
        "Dates and number",
        "<dt>Status</dt><dd>Valid</dd>",
        "<dt>Age</dt><dd>less than 1 year</dd>",
        "What we checked",
        "Whose certificate is it?",
        "For those who decide on exemptions",
        "Keep and check elsewhere",
        "SHA-256 of the file",
    ] {
        let found = html[at..].find(text).map(|found| at + found);
        assert!(found.is_some(), "{text} is there, after what comes before it");
        at = found.expect("just looked");
    }
    for heading in html.split("<h2").skip(1).map(|rest| rest.split("</h2>").next().unwrap_or("")) {
        assert!(!heading.contains("://"), "no address in a heading: {heading}");
    }
    assert!(!html.contains("lerende-2@") && !html.contains("EVC-2026-0093"));
}

fn compare(app: &TestApp, uuid: &str, address: &str) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("recipient", address)
        .finish();
    app.call("POST", &format!("/credentials/{uuid}?lang=en"))
        .body("application/x-www-form-urlencoded", body.into_bytes())
        .accept("text/html")
        .send()
}

/// Story E3.
#[test]
fn whose_it_is_is_compared_in_a_form_and_the_address_is_repeated_nowhere() {
    let app = shared();
    let (uuid, released) = app.issued();
    let form = page(app, &format!("/credentials/{uuid}?lang=en"));
    assert!(form.contains(&format!("action=\"/credentials/{uuid}?lang=en#whose\"")));
    assert!(!form.contains("role=\"status\""), "nothing was compared yet");
    for (address, sentence) in [
        ("lerende-1@example.org", "The e-mail address matches that of the certificate."),
        ("LERENDE-1@example.org", "The e-mail address matches that of the certificate."),
        ("other@example.org", "The e-mail address does not match that of the certificate."),
        ("", "Type an e-mail address to compare."),
        (" ", "Type an e-mail address to compare."),
    ] {
        let answer = compare(app, &uuid, address);
        assert_eq!(answer.status, 200, "{address}");
        assert_eq!(answer.header("cache-control"), "no-store");
        let html = answer.text();
        assert!(html.contains(sentence), "{address}: {sentence}");
        assert!(html.contains("This certificate is genuine and valid."), "it decides nothing");
        assert!(
            address.trim().is_empty() || !html.to_lowercase().contains(&address.to_lowercase())
        );
    }
    let long = format!("recipient={}", "a".repeat(1025));
    for (media_type, body, status) in [
        ("application/json", "{}", 415),
        ("application/x-www-form-urlencoded", "recipient=a&recipient=b", 400),
        ("application/x-www-form-urlencoded", "email=a", 400),
        ("application/x-www-form-urlencoded", long.as_str(), 400),
    ] {
        let path = format!("/credentials/{uuid}");
        let answer = app.call("POST", &path).body(media_type, body.into()).send();
        assert_eq!(answer.status, status, "{media_type} {body}");
    }
    assert_eq!(
        app.get(&format!("/credentials/{uuid}")).send().body,
        released,
        "and it changes nothing"
    );
}

#[test]
fn a_closed_or_unknown_certificate_compares_nothing_and_states_no_facts() {
    let app = shared();
    let (uuid, _) = app.issued();
    assert_eq!(app.show(&uuid, "closed").status, 200);
    let unknown = "11111111-1111-4111-8111-111111111111";
    for (uuid, status) in [(uuid.as_str(), 403), (unknown, 404), ("x", 404)] {
        for accept in ["application/json", "text/html"] {
            let facts = app.get(&format!("/credentials/{uuid}/facts")).accept(accept).send();
            assert_eq!(facts.status, status, "{uuid} {accept}");
            for private in ["Krachtgericht", "Hogeschool", "Familienaam", "og:title"] {
                assert!(!facts.text().replace("voorbeeld-hogeschool", "").contains(private));
            }
        }
        assert_eq!(compare(app, uuid, "lerende-1@example.org").status, status, "{uuid}");
    }
}

/// Stories X1 and X5.
#[test]
fn three_blocks_of_facts_stand_on_the_page_on_a_sheet_and_in_json() {
    let app = shared();
    let (uuid, released) = app.issued_from(&numbered("evc1"));
    for (lang, names) in LANGUAGES.into_iter().zip([
        ["Authentiek", "Actueel", "Relevant"],
        ["Authentique", "Actuel", "Pertinent"],
        ["Authentic", "Current", "Relevant"],
    ]) {
        for path in [format!("/credentials/{uuid}"), format!("/credentials/{uuid}/facts")] {
            let html = page(app, &format!("{path}?lang={lang}"));
            for name in names {
                assert!(html.contains(&format!(">{name}</h3>")), "{path} {lang} {name}");
            }
            let json = format!("/credentials/{uuid}/facts?format=json&amp;lang={lang}");
            assert!(
                html.contains(&json) || html.contains(&json.replace("&amp;", "&#38;")),
                "{json}"
            );
        }
    }
    let facts = app.get(&format!("/credentials/{uuid}/facts?lang=en")).send().json();
    let document: Value = serde_json::from_slice(&released).expect("JSON");
    let address = format!("{PUBLIC}/credentials/{uuid}");
    let number = document["credentialSubject"]["licenseNumber"].as_str().expect("a number");
    let hash = facts["authentic"]["sha256"].as_str().expect("a hash");
    assert_eq!(facts["citation"], format!("Certificate {number}, {address}, SHA-256 {hash}"));
    assert_eq!(facts["authentic"]["sentence"], "This certificate is genuine and valid.");
    assert_eq!(facts["authentic"]["sealedBy"]["name"], "Voorbeeld Hogeschool");
    assert_eq!(facts["authentic"]["recognised"][0]["onDayOfIssue"], true);
    assert_eq!(facts["current"]["decided"], "2026-06-16");
    assert_eq!(facts["current"]["framework"]["code"], "2016");
    let definition = facts["current"]["definition"]["url"].as_str().expect("an address");
    let archived = app.get(definition.strip_prefix(PUBLIC).expect("an own address")).send();
    assert_eq!(archived.status, 200, "the archived definition answers");
    let competences = facts["relevant"]["competences"].as_array().expect("competences");
    assert_eq!(competences.len(), 3);
    assert_eq!(competences[0]["code"], "c1");
    assert!(
        competences.iter().all(|c| !c["result"]["basis"].as_array().expect("a basis").is_empty())
    );
    assert_eq!(facts["relevant"]["level"]["vks"], 6);
    assert!(facts["relevant"].get("credits").is_none(), "prior learning has none");
    // What the JSON says stands on the sheet.
    let sheet = page(app, &format!("/credentials/{uuid}/facts?lang=nl"));
    for competence in competences {
        assert!(sheet.contains(competence["name"].as_str().expect("a text")));
    }
    assert!(sheet.contains(hash) && sheet.contains(definition) && sheet.contains(number));
    // Never a right, an equivalence or a score; never the holder.
    let all = [facts.to_string(), sheet].concat().to_lowercase();
    for never in
        ["equivalen", "score", "geeft recht", "ouvre un droit", "gives a right", "familienaam"]
    {
        assert!(!all.contains(never), "{never}");
    }
}

/// Stories X2 and X4.
#[test]
fn the_parts_of_a_microdegree_count_one_by_one_and_each_is_checked() {
    let app = TestApp::start(Options::default());
    let (degree, parts) = microdegree(&app);
    let read = || app.get(&format!("/credentials/{degree}/facts")).send().json();
    let facts = read();
    let listed = facts["relevant"]["parts"].as_array().expect("parts");
    let of = |part: &Value| (part["credits"].clone(), part["vks"].clone(), part["outcome"].clone());
    let all: Vec<_> = listed.iter().map(of).collect();
    let pass = json!("pass");
    assert_eq!(
        all,
        [
            (json!(3), json!(5), pass.clone()),
            (json!(4), json!(6), pass.clone()),
            (json!(3), json!(5), pass),
        ]
    );
    let body = json!({ "action": "revoke", "reason": "issued-in-error" });
    assert_eq!(app.change(&parts[1], &body).status, 200);
    let facts = read();
    let outcomes: Vec<_> = facts["relevant"]["parts"]
        .as_array()
        .expect("parts")
        .iter()
        .map(|p| &p["outcome"])
        .collect();
    assert_eq!(outcomes, [&json!("pass"), &json!("fail"), &json!("pass")]);
    for (lang, valid, not) in [
        ("nl", "✓ nog geldig", "✕ niet meer geldig"),
        ("fr", "✓ toujours valable", "✕ plus valable"),
        ("en", "✓ still valid", "✕ no longer valid"),
    ] {
        let html = page(&app, &format!("/credentials/{degree}?lang={lang}"));
        assert_eq!(html.matches(valid).count(), 2, "{lang}");
        assert_eq!(html.matches(not).count(), 1, "{lang}");
    }
}

/// Stories E6 and E9: the state in a word of its own, and the age without a judgement.
#[test]
fn the_state_has_a_word_of_its_own_and_the_age_is_neutral() {
    let app = TestApp::start(Options { suspension: true, ..Options::default() });
    let mut words = BTreeSet::new();
    let mut status = |uuid: &str, expected: [&str; 3]| {
        for (lang, word) in LANGUAGES.into_iter().zip(expected) {
            let html = page(&app, &format!("/credentials/{uuid}?lang={lang}"));
            let at = html.find(">Status</dt><dd>").or_else(|| html.find(">État</dt><dd>"));
            let fact = html[at.expect("a status")..].split("</dd>").next().expect("its value");
            assert!(fact.contains(word), "{lang}: {fact}");
            assert!(words.insert(word.to_owned()), "{word}");
        }
    };
    let (uuid, _) = app.issued();
    status(&uuid, ["Geldig", "Valable", "Valid"]);
    let body = json!({ "action": "suspend", "reason": "appeal-pending" });
    assert_eq!(app.change(&uuid, &body).status, 200);
    status(
        &uuid,
        [
            "Opgeschort sinds 1 september 2026",
            "Suspendue depuis le 1er septembre 2026",
            "Suspended since 1 September 2026",
        ],
    );
    let body = json!({ "action": "revoke", "reason": "fraud" });
    assert_eq!(app.change(&uuid, &body).status, 200);
    status(
        &uuid,
        [
            "Ingetrokken op 1 september 2026",
            "Retirée le 1er septembre 2026",
            "Withdrawn on 1 September 2026",
        ],
    );
    let (old, _) = app.issued_from(&numbered("evc2"));
    let path = format!("/v1/issuers/{ISSUER}/credentials/{old}/correct");
    let corrected = app.post(&path, &numbered("evc2-correction")).token(ISSUER, "all").send();
    assert_eq!(corrected.status, 201, "{}", corrected.text());
    status(
        &old,
        [
            "Vervangen op 1 september 2026",
            "Remplacée le 1er septembre 2026",
            "Replaced on 1 September 2026",
        ],
    );
    let (lasting, _) = app.issued();
    let young = page(&app, &format!("/credentials/{lasting}?lang=en"));
    assert!(young.contains("less than 1 year") && !young.contains("Judge for yourself"));
    app.clock.set("2028-09-02T10:00:00Z".parse().expect("a moment"));
    let older = page(&app, &format!("/credentials/{lasting}?lang=en"));
    assert!(older.contains("<dd>2 years</dd>") && !older.contains("Judge for yourself"));
    app.clock.set("2031-09-02T10:00:00Z".parse().expect("a moment"));
    let old = page(&app, &format!("/credentials/{lasting}?lang=en"));
    assert!(old.contains("Issued 5 years ago. There is no end date. Judge for yourself"));
    assert!(!old.to_lowercase().contains("expired"));
}

fn search(app: &TestApp, typed: &str) -> Answer {
    let body =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("number", typed).finish();
    app.call("POST", "/verify?lang=en")
        .body("application/x-www-form-urlencoded", body.into_bytes())
        .accept("text/html")
        .send()
}

/// Story E2: a number leads to open certificates only, and everything else is one answer.
#[test]
fn a_number_leads_to_what_is_open_and_everything_else_is_one_answer() {
    let app = TestApp::start(Options::default());
    let award_of = |number: &str| {
        let mut award = award("mc1");
        award["certificateNumber"] = json!(number);
        award
    };
    let (open, _) = app.issued_from(&award_of("OPEN-1"));
    let (closed, _) = app.issued_from(&award_of("CLOSED-1"));
    assert_eq!(app.show(&closed, "closed").status, 200);
    let to = format!("/credentials/{open}?lang=en");
    let absolute = format!("{PUBLIC}/credentials/{open}");
    for typed in [
        "OPEN-1",
        " OPEN-1 ",
        open.as_str(),
        absolute.as_str(),
        &format!("{absolute}?lang=fr#whose"),
        &absolute.replace("https://", ""),
    ] {
        let answer = search(&app, typed);
        assert_eq!((answer.status, answer.header("location")), (303, to.as_str()), "{typed}");
        assert!(answer.body.is_empty());
    }
    let refused = search(&app, "NOBODY-1");
    assert_eq!(refused.status, 404);
    assert!(refused.text().contains("This page is not available. Ask the holder for a new link."));
    for typed in ["CLOSED-1", "open-1", "OPEN", "%", &"9".repeat(600), "\u{0}"] {
        let answer = search(&app, typed);
        assert_eq!((answer.status, answer.text()), (404, refused.text()), "{typed}");
    }
    assert_eq!(search(&app, "https://elsewhere.example/credentials/1").status, 200);
    let elsewhere = search(&app, "https://elsewhere.example/credentials/1").text();
    assert!(elsewhere.contains("This address is not of this service."));
    assert!(!elsewhere.contains("elsewhere.example"), "nothing typed is repeated");
    assert!(search(&app, " ").text().contains("First type a number or an address."));
}

#[test]
fn a_number_that_several_issuers_use_lists_the_open_ones() {
    let app = TestApp::start(Options::default());
    let mut own = award("mc1");
    own["certificateNumber"] = json!("SHARED-1");
    let (first, _) = app.issued_from(&own);
    let mut definition = sample("definitions.json")["definitions"][0].clone();
    definition["issuer"] = json!(OTHER);
    definition["awardingBodies"] = json!([OTHER]);
    definition["trainingProviders"] = json!([OTHER]);
    let members = definition.as_object_mut().expect("an object");
    members.remove("key");
    members.insert("stackability".to_owned(), json!({ "option": "standalone" }));
    let path = format!("/v1/issuers/{OTHER}/definitions/krachtgericht-communiceren/2026.1");
    let published = app.put(&path, &definition).token(OTHER, "catalogue").send();
    assert_eq!(published.status, 201, "{}", published.text());
    own["definition"] = json!(format!("{OTHER}/krachtgericht-communiceren/2026.1"));
    own["sealedBy"] = json!(OTHER);
    let path = format!("/v1/issuers/{OTHER}/credentials");
    let issued = app.post(&path, &own).token(OTHER, "all").send();
    assert_eq!(issued.status, 201, "{}", issued.text());
    let second = issued.header("location").rsplit('/').next().expect("a segment").to_owned();
    let listed = search(&app, "SHARED-1");
    assert_eq!(listed.status, 200);
    for (uuid, name) in [(&first, "Voorbeeld Hogeschool"), (&second, "Vormingscentrum Voorbeeld")] {
        assert!(listed.text().contains(&format!("href=\"/credentials/{uuid}?lang=en\"")));
        assert!(listed.text().contains(name));
    }
    assert_eq!(app.show(&first, "closed").status, 200);
    let left = search(&app, "SHARED-1");
    assert_eq!(left.status, 303, "one is left, and nothing tells of the other");
}

/// Story E6: withdrawn, replaced, past its end date, closed and not available, each in its own words.
#[test]
fn what_is_not_valid_is_told_apart_in_three_languages() {
    let app = TestApp::start(Options::default());
    let (revoked, _) = app.issued();
    let body = json!({ "action": "revoke", "reason": "fraud" });
    assert_eq!(app.change(&revoked, &body).status, 200);
    let (replaced, _) = app.issued_from(&numbered("evc2"));
    let path = format!("/v1/issuers/{ISSUER}/credentials/{replaced}/correct");
    let corrected = app.post(&path, &numbered("evc2-correction")).token(ISSUER, "all").send();
    assert_eq!(corrected.status, 201, "{}", corrected.text());
    let mut ending = numbered("mc1");
    ending["validUntil"] = json!("2026-12-31");
    ending["validUntilReason"] = json!("De inhoud wordt dan herzien.");
    let (ended, _) = app.issued_from(&ending);
    let (closed, _) = app.issued();
    assert_eq!(app.show(&closed, "closed").status, 200);
    app.clock.set("2027-02-01T10:00:00Z".parse().expect("a moment"));
    let unknown = "11111111-1111-4111-8111-111111111111";
    let mut seen = BTreeSet::new();
    for (uuid, status, sentences) in [
        (
            revoked.as_str(),
            200,
            [
                "Dit bewijs is echt, maar de uitgever heeft het ingetrokken op 1 september 2026.",
                "Cette attestation est authentique, mais l’émetteur l’a retirée le 1er septembre 2026.",
                "This certificate is genuine, but the issuer withdrew it on 1 September 2026.",
            ],
        ),
        (
            replaced.as_str(),
            200,
            [
                "Er is een nieuwere versie van dit bewijs sinds 1 september 2026.",
                "Une version plus récente existe depuis le 1er septembre 2026.",
                "A newer version exists since 1 September 2026.",
            ],
        ),
        (
            ended.as_str(),
            200,
            [
                "Dit bewijs is echt. De einddatum was 31 december 2026.",
                "Cette attestation est authentique. Sa date de fin était le 31 décembre 2026.",
                "This certificate is genuine. Its end date was 31 December 2026.",
            ],
        ),
        (
            closed.as_str(),
            403,
            [
                "De houder heeft deze pagina gesloten.",
                "Le titulaire a fermé cette page.",
                "The holder keeps this page closed.",
            ],
        ),
        (
            unknown,
            404,
            [
                "Deze pagina is niet beschikbaar.",
                "Cette page n’est pas disponible.",
                "This page is not available.",
            ],
        ),
    ] {
        for (lang, sentence) in LANGUAGES.into_iter().zip(sentences) {
            let path = format!("/credentials/{uuid}?lang={lang}");
            let answer = app.get(&path).accept("text/html").send();
            assert_eq!(answer.status, status, "{sentence}");
            let html = answer.text();
            assert!(html.contains(sentence), "{lang}: {sentence}");
            assert!(seen.insert(sentence), "{sentence}");
            assert!(!html.contains("class=\"verdict ok\""), "never green: {sentence}");
            assert!(!html.contains("fraud") && !html.to_lowercase().contains("expired"));
            let preview = html.contains("og:title");
            assert_eq!(preview, status == 200, "nothing of what is not shown: {sentence}");
        }
    }
}

/// Stories E4 and P2: who an issuer is, what it seals for whom, and every key it ever sealed with.
#[test]
fn the_page_of_an_issuer_tells_its_keys_its_mandates_and_its_colour() {
    let app = TestApp::start(Options::default());
    let (uuid, _) = app.issued();
    let issuer = ISSUER.parse().expect("a slug");
    let ed25519 = bewijs::model::KeyAlgorithm::Ed25519;
    let later: bewijs::model::Timestamp = "2026-10-01T10:00:00Z".parse().expect("a moment");
    app.clock.set(later);
    let origin = bewijs::store::Origin { at: later, ..crate::app::origin() };
    let rotated = app.desk.rotate_key(&issuer, ed25519, origin);
    actix_web::rt::System::new().block_on(rotated).expect("a new key");
    for (lang, texts) in LANGUAGES.into_iter().zip([
        [
            "Verzegelt hier sinds",
            "1 september 2026",
            "in gebruik sinds 1 oktober 2026",
            "gebruikt van 1 september 2026 tot 1 oktober 2026",
            "Lid van",
            "Hoeveel bewijzen per kwartaal",
        ],
        [
            "Scelle ici depuis",
            "1er septembre 2026",
            "utilisée depuis le 1er octobre 2026",
            "utilisée du 1er septembre 2026 au 1er octobre 2026",
            "Membre de",
            "Combien d’attestations",
        ],
        [
            "Seals here since",
            "1 September 2026",
            "in use since 1 October 2026",
            "used from 1 September 2026 to 1 October 2026",
            "Member of",
            "How many certificates",
        ],
    ]) {
        let html = page(&app, &format!("/issuers/{ISSUER}?lang={lang}"));
        for text in texts {
            assert!(html.contains(text), "{lang}: {text}");
        }
        assert!(html.contains("MAND-2025-01") && html.contains("mandates/MAND-2025-01"));
        assert!(html.contains("bewijzen@voorbeeld-hogeschool.example"));
    }
    let verified = page(&app, &format!("/credentials/{uuid}?lang=en"));
    assert!(verified.contains("This certificate is genuine and valid."), "by the retired key");
    let brand = format!("/issuers/{ISSUER}/brand.css");
    for path in [format!("/credentials/{uuid}"), format!("/issuers/{ISSUER}")] {
        assert!(page(&app, &path).contains(&format!("<link rel=\"stylesheet\" href=\"{brand}\">")));
    }
    let style = app.get(&brand).send();
    assert_eq!((style.status, style.media_type()), (200, "text/css"));
    assert!(style.text().starts_with("@media screen { :root { --mark: #"), "{}", style.text());
    assert!(!style.text().contains("print"), "paper stays black");
    let kept = app.get(&brand).header("if-none-match", style.header("etag")).send();
    assert_eq!(kept.status, 304);
    for nobody in ["associatie-voorbeeld", "nobody", "X"] {
        assert_eq!(app.get(&format!("/issuers/{nobody}/brand.css")).send().status, 404, "{nobody}");
    }
}

/// Stories A5, P1 and E7 on paper: what a sheet must say is not among what the print style leaves out.
#[test]
fn paper_keeps_the_main_facts_and_leaves_out_what_is_for_screens() {
    let app = shared();
    let (uuid, _) = app.issued_from(&numbered("evc1"));
    let html = page(app, &format!("/credentials/{uuid}?lang=nl"));
    let style = app.get("/style.css").send().text();
    let print = style.split("@media print").nth(1).expect("a print style");
    let hidden =
        print.lines().find(|line| line.contains("display: none")).expect("what is left out");
    for class in [".all", ".whose", ".keep", ".foot", "nav", ".buttons"] {
        assert!(hidden.contains(class), "{class}");
    }
    let section = |id: &str| {
        let at = html.find(&format!("aria-labelledby=\"{id}\"")).expect(id);
        html[..at].rsplit('<').next().expect("a tag").to_owned()
    };
    for id in ["use", "level", "judged", "dates", "competences"] {
        let tag = section(id);
        assert!(!tag.contains("class="), "{id} is printed: {tag}");
    }
    let note = "Dit bewijs geeft niet automatisch recht op vrijstelling";
    let at = html.find(note).expect("the note");
    assert!(html[..at].ends_with("<p class=\"statement\">"), "in a paragraph that is printed");
    assert!(
        !hidden.contains(".statement") && !hidden.contains(".who,") && !hidden.contains(".sheet")
    );
    let who = html.split("<dl class=\"who\">").nth(1).and_then(|r| r.split("</dl>").next());
    assert!(
        who.is_some_and(
            |who| who.contains("Associatie Voorbeeld") && who.contains("Brussel, België")
        )
    );
    let address = format!("{PUBLIC}/credentials/{uuid}");
    let scan = html.split("<div class=\"scan\">").nth(1).and_then(|r| r.split("</div>").next());
    let scan = scan.expect("the code and the address");
    assert!(
        scan.contains(&format!("src=\"/credentials/{uuid}/qr.svg\"")) && scan.contains(&address)
    );
    assert!(print.contains("size: A4"));
}

/// Story E5.
#[test]
fn what_could_not_be_checked_is_never_green() {
    let app = shared();
    let (_, released) = app.issued();
    let text = String::from_utf8(released).expect("UTF-8");
    let foreign = text.replace("badges.voorbeeld-hogeschool.example", "badges.elsewhere.example");
    for (lang, sentence, outcome) in [
        ("nl", "We konden niet alles controleren.", "Niet te controleren"),
        ("fr", "Nous n’avons pas pu tout vérifier.", "Non vérifiable"),
        ("en", "We could not check everything.", "Could not check"),
    ] {
        let path = format!("/verify?lang={lang}");
        let shown =
            app.call("POST", &path).file("file", foreign.as_bytes()).accept("text/html").send();
        let html = shown.text();
        assert!(html.contains(sentence) && html.contains(outcome), "{lang}");
        assert!(html.contains("class=\"verdict warn\"") && !html.contains("verdict ok"), "{lang}");
        assert!(!html.contains("Familienaam"), "unproven content is not shown");
        assert!(!html.contains("verdict bad"), "and an unknown issuer is not a forger");
    }
}
