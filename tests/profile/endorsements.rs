//! Requests for endorsements, and how they are written and read back.

use super::samples::Samples;
use bewijs::model::{CredentialId, StatusEntry, StatusPurpose};
use bewijs::profile::{
    Endorsed, EndorsementFacts, Language, parse_endorsement, read_endorsement, to_endorsement,
};
use serde_json::{Value, json};

const CREDENTIAL: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

fn request() -> Value {
    json!({
        "definition": "voorbeeld-hogeschool/krachtgericht-communiceren/2026.1",
        "comment": "Dit sluit aan bij wat wij in het werkveld vragen.",
        "language": "nl",
    })
}

fn faults(samples: &Samples, request: &Value) -> Vec<(String, String)> {
    let now = "2026-09-01T10:00:00Z".parse().expect("a moment");
    let outcome = parse_endorsement(request, &samples.installation, now);
    let faults = outcome.err().unwrap_or_default();
    faults.into_iter().map(|fault| (fault.pointer, fault.code.to_owned())).collect()
}

/// Story P3.
#[test]
fn an_endorsement_is_written_and_reads_back_to_the_same() {
    let samples = Samples::load();
    let now = "2026-09-01T10:00:00Z".parse().expect("a moment");
    let id: CredentialId = CREDENTIAL.parse().expect("an id");
    let address = samples.installation.credential_url(id);
    for (member, value) in
        [("definition", request()["definition"].clone()), ("credential", json!(address))]
    {
        let mut request = request();
        request.as_object_mut().expect("an object").remove("definition");
        request[member] = value;
        request["validUntil"] = json!("2027-09-01");
        request["validUntilReason"] = json!("De samenwerking loopt een jaar.");
        let endorsement =
            parse_endorsement(&request, &samples.installation, now).expect("it is accepted");
        let facts = EndorsementFacts {
            id,
            status: vec![StatusEntry {
                list: "r1".to_owned(),
                index: 7,
                purpose: StatusPurpose::Revocation,
            }],
            issued_at: now,
        };
        let sealer = samples.sealer("voorbeeld-hogeschool");
        let written =
            to_endorsement(&samples.mapping(), &endorsement, &sealer, &facts).expect("written");
        assert_eq!(written["type"], json!(["VerifiableCredential", "EndorsementCredential"]));
        assert_eq!(written["id"], json!(samples.installation.endorsement_url(id)));
        assert_eq!(written["issuer"]["id"], json!(sealer.id));
        assert_eq!(written["issuer"]["address"]["addressCountryCode"], "BE");
        assert_eq!(written["validUntil"], "2027-09-01T00:00:00Z");
        assert_eq!(written["credentialStatus"]["statusPurpose"], "revocation");
        assert!(!written.to_string().contains("loopt een jaar"), "the reason is not published");
        let view = read_endorsement(&written);
        assert_eq!(view.target, Some(endorsement.target.url(&samples.installation)));
        assert_eq!(view.comment.as_deref(), request["comment"].as_str());
        assert_eq!(view.language, Some(Language::Nl));
        assert_eq!(view.endorser.as_deref(), written["issuer"]["name"].as_str());
    }
}

#[test]
fn a_certificate_is_named_by_its_address_or_its_last_segment() {
    let samples = Samples::load();
    let now = "2026-09-01T10:00:00Z".parse().expect("a moment");
    let id: CredentialId = CREDENTIAL.parse().expect("an id");
    for name in [CREDENTIAL.to_owned(), samples.installation.credential_url(id)] {
        let mut request = request();
        request.as_object_mut().expect("an object").remove("definition");
        request["credential"] = json!(name);
        let endorsement = parse_endorsement(&request, &samples.installation, now);
        assert_eq!(endorsement.map(|e| e.target), Ok(Endorsed::Credential(id)), "{name}");
    }
}

/// Story P3.
#[test]
fn what_an_endorsement_lacks_or_may_not_say_is_refused_by_name() {
    let samples = Samples::load();
    assert_eq!(faults(&samples, &request()), []);
    let elsewhere = format!("https://elsewhere.example/credentials/{CREDENTIAL}");
    let cases: [(&str, Value, &str, &str); 14] = [
        ("definition", Value::Null, "", "endorsed-required"),
        ("definition", json!("krachtgericht"), "/definition", "definition-unknown"),
        ("definition", json!(7), "/definition", "type"),
        ("credential", json!(CREDENTIAL), "/credential", "endorsed-ambiguous"),
        ("comment", Value::Null, "/comment", "required"),
        ("comment", json!("  "), "/comment", "empty"),
        ("comment", json!("x".repeat(1_001)), "/comment", "too-long"),
        ("comment", json!("Vraag an@voorbeeld.example"), "/comment", "personal-data-in-text"),
        ("comment", json!("Zij is 85.07.30-033.28."), "/comment", "personal-data-in-text"),
        ("language", Value::Null, "/language", "required"),
        ("language", json!("de"), "/language", "unknown-code"),
        ("validUntil", json!("2027-09-01"), "/validUntilReason", "validity-reason-required"),
        ("validUntilReason", json!("Een reden."), "/validUntilReason", "unknown-field"),
        ("holder", json!("Voornaam"), "/holder", "unknown-field"),
    ];
    for (member, value, pointer, code) in cases {
        let mut request = request();
        let members = request.as_object_mut().expect("an object");
        if value.is_null() {
            members.remove(member);
        } else {
            members.insert(member.to_owned(), value);
        }
        let expected = (pointer.to_owned(), code.to_owned());
        assert_eq!(faults(&samples, &request), [expected], "{member}");
    }
    for (name, code) in [(elsewhere.as_str(), "credential-unknown"), ("x", "credential-unknown")] {
        let mut request = request();
        request.as_object_mut().expect("an object").remove("definition");
        request["credential"] = json!(name);
        assert_eq!(faults(&samples, &request), [("/credential".to_owned(), code.to_owned())]);
    }
    let mut all = json!({ "validUntil": "2020-01-01", "holder": 1 });
    all["comment"] = json!(3);
    let found: Vec<String> = faults(&samples, &all).into_iter().map(|(_, code)| code).collect();
    for code in [
        "unknown-field",
        "endorsed-required",
        "type",
        "required",
        "date-order",
        "validity-reason-required",
    ] {
        assert!(found.iter().any(|one| one == code), "{code} of {found:?}");
    }
    assert_eq!(found.len(), 6);
}
