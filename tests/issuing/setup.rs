//! Issuers, keys and imports.

use super::{Fault, ISSUER, Office, Plan, codes, moment, numbered, parsed, run, sample_file, slug};
use bewijs::issuance::{DeskSettings, DidMethod, IssueError, IssuerRequest};
use bewijs::model::{KeyAlgorithm, KeyState};
use bewijs::store::{KeyRecord, StatusAction, Store, Visibility};
use serde_json::json;
use std::collections::HashSet;

fn active(office: &Office, algorithm: KeyAlgorithm) -> Vec<KeyRecord> {
    let keys = office.store.keys(&office.issuer).unwrap();
    let fits = |key: &&KeyRecord| key.algorithm == algorithm && key.state == KeyState::Active;
    keys.iter().filter(fits).cloned().collect()
}

/// Story R5.
#[test]
fn a_key_is_rotated_and_old_certificates_still_verify() {
    let office = Office::new();
    let old = office.issued("N-1");
    let before = active(&office, KeyAlgorithm::Ed25519);
    let rotate = office.desk.rotate_key(&office.issuer, KeyAlgorithm::Ed25519, office.origin());
    let (fresh, unpublished) = run(rotate).unwrap();
    assert_eq!(unpublished, []);
    assert_eq!(active(&office, KeyAlgorithm::Ed25519), std::slice::from_ref(&fresh));
    let new = office.issued("N-2");
    assert_eq!((&old.record.key, &new.record.key), (&before[0].thumbprint, &fresh.thumbprint));
    assert!(office.verifies(&parsed(&old)) && office.verifies(&parsed(&new)));
    let method = office.list("r1")["proof"]["verificationMethod"].clone();
    assert!(method.as_str().unwrap().ends_with(fresh.public_key_multibase.as_ref().unwrap()));
}

#[test]
fn without_a_key_nothing_is_issued_and_the_error_says_so() {
    let office = Office::new();
    let old = office.issued("N-1");
    let thumbprint = &active(&office, KeyAlgorithm::Ed25519)[0].thumbprint;
    run(office.desk.retire_key(&office.issuer, thumbprint, office.origin())).unwrap();
    let refused = run(office.issue(numbered("N-2"))).unwrap_err();
    assert_eq!(refused, IssueError::NoActiveKey { issuer: ISSUER.to_owned() });
    assert!(office.verifies(&parsed(&old)));
    assert_eq!(office.store.issued_count().unwrap(), 1);
    // A revocation is recorded, but cannot be told before there is a key.
    let told = run(office.desk.change_status(office.change(&old, StatusAction::Revoke)));
    let Err(IssueError::NotPublished { cause, .. }) = told else { panic!("{told:?}") };
    assert!(matches!(*cause, IssueError::NoActiveKey { .. }));
    let rotate = office.desk.rotate_key(&office.issuer, KeyAlgorithm::Ed25519, office.origin());
    run(rotate).unwrap();
    assert_eq!(office.bits(&old), [true]);
    office.issued("N-2");
}

#[test]
fn what_a_compromised_key_signed_verifies_no_more_and_lists_are_signed_anew() {
    let office = Office::new();
    let old = office.issued("N-1");
    let thumbprint = active(&office, KeyAlgorithm::Ed25519)[0].thumbprint.clone();
    let from = moment("2026-07-09T00:00:00Z");
    let desk = &office.desk;
    let compromise = || desk.compromise_key(&office.issuer, &thumbprint, from, office.origin());
    let unpublished = run(compromise()).unwrap();
    assert_eq!(unpublished.len(), 1, "there is no other key yet");
    assert!(!office.verifies(&parsed(&old)));
    let rotate = desk.rotate_key(&office.issuer, KeyAlgorithm::Ed25519, office.origin());
    assert_eq!(run(rotate).unwrap().1, []);
    assert_eq!(office.bits(&old), [false], "the list is signed by the new key");
    assert!(office.verifies(&parsed(&office.issued("N-2"))));
    // It stays compromised.
    run(compromise()).unwrap();
    let retire = desk.retire_key(&office.issuer, &thumbprint, office.origin());
    assert!(matches!(run(retire), Err(IssueError::Conflict(_))));
    let keys = office.store.keys(&office.issuer).unwrap();
    let key = keys.iter().find(|key| key.thumbprint == thumbprint).unwrap();
    assert_eq!(key.state, KeyState::Compromised { from });
    let unknown = desk.retire_key(&office.issuer, "nothing", office.origin());
    assert!(matches!(run(unknown), Err(IssueError::Keys(_))));
}

#[test]
fn a_did_key_issuer_is_its_key() {
    let office = Office::of(Plan { did: DidMethod::Key, test: true, ..Plan::default() });
    let did = office.did();
    let multikey = did.strip_prefix("did:key:").unwrap();
    let one = office.issued("N-1");
    let document = parsed(&one);
    assert_eq!(document["issuer"]["id"], did);
    assert_eq!(document["proof"]["verificationMethod"], format!("{did}#{multikey}"));
    assert!(office.verifies(&document));
    assert!(document["name"].as_str().unwrap().starts_with("TEST"));
    let rotate = office.desk.rotate_key(&office.issuer, KeyAlgorithm::Ed25519, office.origin());
    assert!(matches!(run(rotate), Err(IssueError::Conflict(_))));
    run(office.desk.change_status(office.change(&one, StatusAction::Revoke))).unwrap();
    assert_eq!(office.bits(&one), [true]);
}

#[test]
fn an_issuer_is_made_once_and_only_of_an_organisation_that_seals() {
    let office = Office::new();
    let make = |organisation: &str| {
        let request = IssuerRequest {
            organisation: slug(organisation),
            did: DidMethod::Web,
            test: true,
            test_keys: false,
            default_visibility: Some(Visibility::Open),
            suspension: None,
        };
        run(office.desk.create_issuer(request, office.origin()))
    };
    assert!(matches!(make(ISSUER), Err(IssueError::Conflict(_))));
    assert!(matches!(make("associatie-voorbeeld"), Err(IssueError::Conflict(_))));
    assert_eq!(make("nobody").unwrap_err(), IssueError::NotFound);
    let record = office.store.organisation(&office.issuer).unwrap().unwrap();
    assert!(!record.sealer.as_ref().unwrap().test, "what it is stays");
    // Importing it again does not take its seal away.
    run(office.import());
    let again = office.store.organisation(&office.issuer).unwrap().unwrap();
    assert_eq!(again.sealer, record.sealer);
}

#[test]
fn an_interrupted_creation_goes_on_with_the_keys_it_made() {
    let office = Office::bare(DeskSettings::default(), Vec::new());
    run(office.import());
    let make = || {
        let request = IssuerRequest {
            organisation: slug(ISSUER),
            did: DidMethod::Web,
            test: false,
            test_keys: false,
            default_visibility: None,
            suspension: None,
        };
        run(office.desk.create_issuer(request, office.origin()))
    };
    office.store.fail("put_organisations", Fault::Refused);
    assert!(make().is_err());
    office.store.mend();
    let sealer = make().unwrap().sealer.clone().unwrap();
    assert_eq!(
        sealer.id,
        "did:web:badges.voorbeeld-hogeschool.example:issuers:voorbeeld-hogeschool"
    );
    assert_eq!(office.store.keys(&office.issuer).unwrap().len(), 2, "Ed25519 and P-256");
}

#[test]
fn an_import_takes_all_or_none_and_names_every_fault() {
    let office = Office::bare(DeskSettings::default(), Vec::new());
    let organisations = sample_file("issuers")["organisations"].as_array().unwrap().clone();
    let mut wrong = organisations.clone();
    wrong[1].as_object_mut().unwrap().shift_remove("country");
    wrong[3]["country"] = json!("Belgium");
    let IssueError::Invalid(faults) =
        run(office.desk.import_organisations(wrong, office.origin())).unwrap_err()
    else {
        panic!("not a fault of content")
    };
    let places: HashSet<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert!(places.contains("/1/country") && places.contains("/3/country"), "{places:?}");
    assert!(office.store.organisations().unwrap().is_empty());
    let twice = vec![organisations[0].clone(), organisations[0].clone()];
    let refused = run(office.desk.import_organisations(twice, office.origin())).unwrap_err();
    assert_eq!(codes(refused), ["duplicate-name"]);
    let count = organisations.len();
    let done = run(office.desk.import_organisations(organisations, office.origin())).unwrap();
    assert_eq!(done.count, count);
}

#[test]
fn a_published_definition_does_not_change() {
    // L04.
    let office = Office::new();
    let definitions = sample_file("definitions")["definitions"].as_array().unwrap().clone();
    let import = |list| run(office.desk.import_definitions(list, office.origin()));
    assert_eq!(import(definitions.clone()).unwrap().count, definitions.len());
    let mut changed = definitions[0].clone();
    changed["title"]["nl"] = json!("Een andere titel");
    assert_eq!(codes(import(vec![changed.clone()]).unwrap_err()), ["version-frozen"]);
    changed["version"] = json!("2026.2");
    import(vec![changed]).unwrap();
    let mut wrong = definitions[0].clone();
    wrong["version"] = json!("2026.3");
    wrong.as_object_mut().unwrap().shift_remove("title");
    let refused = import(vec![definitions[1].clone(), wrong]).unwrap_err();
    let IssueError::Invalid(faults) = refused else { panic!("{refused:?}") };
    assert!(faults.iter().all(|fault| fault.pointer.starts_with("/1/")), "{faults:?}");
}

#[test]
fn what_the_issuer_publishes_is_enough_to_check_what_it_signed() {
    let office = Office::new();
    let document = parsed(&office.issued("N-1"));
    let published = office.desk.did_document(&office.issuer).unwrap().unwrap();
    assert_eq!(published["id"], office.did());
    let methods: Vec<_> = published["assertionMethod"].as_array().unwrap().clone();
    assert!(methods.contains(&document["proof"]["verificationMethod"]));
    assert_eq!(methods.len(), 4, "Ed25519 and P-256, each as Multikey and as JsonWebKey");
    let set = office.desk.jwks().unwrap();
    assert_eq!(set["keys"].as_array().unwrap().len(), 2);
    assert_eq!(set["keys"][0]["iss"], office.did());
    assert_eq!(office.desk.issuer_jwks(&office.issuer).unwrap(), Some(set));
    let host = office.desk.host_did_document().unwrap().unwrap();
    assert_eq!(host["id"], "did:web:badges.voorbeeld-hogeschool.example");
    for other in [slug("associatie-voorbeeld"), slug("nobody")] {
        assert_eq!(office.desk.did_document(&other).unwrap(), None);
        assert_eq!(office.desk.issuer_jwks(&other).unwrap(), None);
    }
    // The achievement at its own address is the one in the certificate.
    let name = "voorbeeld-hogeschool/krachtgericht-communiceren/2026.1".parse().unwrap();
    let achievement = office.desk.achievement(&name, None, None).unwrap();
    assert_eq!(achievement.as_ref(), document.pointer("/credentialSubject/achievement"));
    assert_eq!(office.desk.achievement(&name, None, Some(&["c9"])).unwrap(), None);
}
