//! What happens at the same moment: a change of the catalogue and a certificate under it, or two
//! changes of one thing. Whoever is told something finds it so afterwards.

use super::{ISSUER, Office, codes, numbered, run, sample_file, slug};
use bewijs::issuance::{IssueError, Registrar};
use bewijs::store::Store;
use serde_json::{Value, json};

fn organisation(name: &str) -> Value {
    let all = sample_file("issuers")["organisations"].as_array().unwrap().clone();
    all.into_iter().find(|organisation| organisation["slug"] == name).unwrap()
}

#[test]
fn after_a_withdrawal_is_acknowledged_nothing_is_recorded_under_the_version() {
    let office = Office::new();
    let name = format!("{ISSUER}/krachtgericht-communiceren/2026.1").parse().unwrap();
    let (issued, recorded_then) = run(async {
        tokio::join!(office.issue(numbered("N-1")), async {
            office.desk.withdraw_definition(&name, office.origin()).await.unwrap();
            office.store.issued_count().unwrap()
        })
    });
    assert_eq!(office.store.issued_count().unwrap(), recorded_then);
    match issued {
        Ok(_) => assert_eq!(recorded_then, 1),
        Err(refused) => assert_eq!(codes(refused), ["definition-withdrawn"]),
    }
    let later = run(office.issue(numbered("N-2"))).unwrap_err();
    assert_eq!(codes(later), ["definition-withdrawn"]);
}

#[test]
fn of_two_issuers_that_introduce_one_name_at_once_one_has_it() {
    let office = Office::new();
    let mut document = organisation("associatie-voorbeeld");
    document["slug"] = json!("nieuwe-partner");
    let put = |issuer: &str, nl: &str| {
        let mut document = document.clone();
        document["legalName"] = json!({ "nl": nl });
        let registrar = Registrar::Issuer { issuer: slug(issuer), admin: true };
        let origin = office.origin();
        let desk = &office.desk;
        async move { desk.put_organisation(&registrar, document, origin).await }
    };
    let (one, other) = run(async {
        tokio::join!(put(ISSUER, "Van de een"), put("andere-hogeschool", "Van de ander"))
    });
    let (won, lost) = if one.is_ok() { (one, other) } else { (other, one) };
    assert_eq!(lost.unwrap_err(), IssueError::NameTaken);
    let kept = office.store.organisation(&slug("nieuwe-partner")).unwrap().unwrap();
    assert_eq!(kept, won.unwrap().record);
}

#[test]
fn a_mandate_is_not_lost_to_a_change_that_was_made_from_an_older_state() {
    let office = Office::new();
    let before = office.store.organisation(&slug(ISSUER)).unwrap().unwrap();
    let (mut richer, mut other) = (before.document.clone(), before.document.clone());
    let mut mandate = richer["mandates"][0].clone();
    mandate["reference"] = json!("M-NEW");
    mandate.as_object_mut().unwrap().shift_remove("url");
    richer["mandates"].as_array_mut().unwrap().push(mandate);
    other["legalName"]["nl"] = json!("Hernoemd");
    let put = |document: Value| {
        office.desk.put_organisation(&Registrar::Operator, document, office.origin())
    };
    let (added, renamed) = run(async { tokio::join!(put(richer), put(other)) });
    added.unwrap();
    assert_eq!(codes(renamed.unwrap_err()), ["mandate-frozen"]);
    let kept = office.store.organisation(&slug(ISSUER)).unwrap().unwrap();
    assert!(kept.document["mandates"].to_string().contains("M-NEW"));
}

#[test]
fn two_erasures_at_once_are_both_told_that_it_is_done() {
    let office = Office::new();
    let one = office.issued("N-1");
    let erase = || office.desk.erase(&office.issuer, one.record.id, office.origin());
    let (first, second) = run(async { tokio::join!(erase(), erase()) });
    assert_eq!(first.unwrap().erased, second.unwrap().erased);
}
