//! Clients with their secrets, and the settings of issuers.

use super::records::*;
use bewijs::model::CertificateKind;
use bewijs::store::{
    ClientRecord, ClientSecret, OrganisationRecord, SealerSettings, SecretPurpose, Store,
    StoreError, Suspension,
};
use sha2::{Digest, Sha256};
use std::sync::Arc;

fn found(store: &dyn Store, token: &str) -> Option<(Arc<ClientRecord>, u32)> {
    store.client_by_token(&Sha256::digest(token).into()).expect("readable")
}

fn known(store: &dyn Store, id: &str) -> ClientRecord {
    store.client(id).expect("readable").expect("there").as_ref().clone()
}

pub fn clients_are_found_by_the_hash_of_their_token(store: &dyn Store) {
    store.put_client(client("sis", "geheim"), origin(0)).wait().expect("stored");
    store.put_client(client("lms", "ander"), origin(0)).wait().expect("stored");
    let (record, number) = found(store, "geheim").expect("there");
    assert_eq!(ClientRecord { version: 0, ..(*record).clone() }, client("sis", "geheim"));
    assert_eq!((number, store.client("sis")), (1, Ok(Some(record))));
    assert_eq!(store.client("geheim"), Ok(None));
    let revoked = ClientRecord { revoked: Some(at(9)), ..client("sis", "geheim") };
    store.put_client(revoked, origin(9)).wait().expect("replaced");
    assert_eq!(found(store, "geheim").expect("there").0.revoked, Some(at(9)));
    let stolen = store.put_client(client("third", "ander"), origin(9)).wait();
    assert!(matches!(stolen, Err(StoreError::Conflict(_))));
    store.put_client(client("sis", "nieuw"), origin(10)).wait().expect("replaced");
    assert_eq!(found(store, "geheim"), None, "the old token is gone");
    let names: Vec<_> =
        store.clients(&school()).expect("readable").iter().map(|c| c.id.clone()).collect();
    assert_eq!(names, ["sis", "lms"], "oldest first");
    let service = ClientRecord { issuer: None, ..client("service", "dienst") };
    store.put_client(service, origin(11)).wait().expect("stored");
    assert_eq!(store.clients(&school()).expect("readable").len(), 2);
    let own = store.clients_of_service().expect("readable");
    assert_eq!(own.iter().map(|client| client.id.as_str()).collect::<Vec<_>>(), ["service"]);
}

fn with_secrets(secrets: &[(u32, &str, SecretPurpose)]) -> ClientRecord {
    let secrets = secrets.iter().map(|(number, secret, purpose)| {
        let token = ClientSecret::token(*number, hex(&Sha256::digest(secret)), at(0));
        ClientSecret { purpose: *purpose, ..token }
    });
    ClientRecord { secrets: secrets.collect(), ..client("sis", "") }
}

pub fn a_client_has_several_secrets(store: &dyn Store) {
    use SecretPurpose::{Oauth, Token};
    let put = |secrets: &[_]| store.put_client(with_secrets(secrets), origin(0)).wait();
    put(&[(1, "een", Token), (2, "twee", Token), (3, "drie", Oauth)]).expect("stored");
    let number = |token| found(store, token).map(|(_, number)| number);
    assert_eq!((number("een"), number("twee")), (Some(1), Some(2)));
    assert_eq!(number("drie"), None, "it is exchanged, never sent along");
    for twice in [&[(1, "een", Token), (1, "twee", Token)], &[(1, "een", Token), (2, "een", Oauth)]]
    {
        assert!(matches!(put(twice), Err(StoreError::Conflict(_))), "{twice:?}");
    }
    put(&[(2, "twee", Token)]).expect("stored");
    assert_eq!((number("een"), number("twee")), (None, Some(2)));
    let ends = ClientSecret {
        expires: Some(at(5)),
        ..with_secrets(&[(2, "twee", Token)]).secrets.remove(0)
    };
    let record = ClientRecord { secrets: vec![ends.clone()], ..client("sis", "") };
    store.put_client(record, origin(1)).wait().expect("stored");
    let (client, number) = found(store, "twee").expect("whether it ended is for others");
    assert_eq!(client.secret(number), Some(&ends));
}

pub fn a_change_of_a_client_is_based_on_what_was_read(store: &dyn Store) {
    store.put_client(client("sis", "een"), origin(0)).wait().expect("stored");
    let read = known(store, "sis");
    assert_ne!(read.version, 0);
    let renamed = ClientRecord { name: Some("Studentenadministratie".to_owned()), ..read.clone() };
    store.put_client(renamed, origin(1)).wait().expect("stored");
    assert_ne!(known(store, "sis").version, read.version);
    let late = ClientRecord { revoked: Some(at(2)), ..read };
    let refused = store.put_client(late, origin(2)).wait();
    assert_eq!(refused, Err(StoreError::ChangedMeanwhile("client")));
    assert_eq!(known(store, "sis").name.as_deref(), Some("Studentenadministratie"));
    let fresh = ClientRecord { version: 7, ..client("lms", "ander") };
    let refused = store.put_client(fresh, origin(3)).wait();
    assert_eq!(refused, Err(StoreError::ChangedMeanwhile("client")), "there is none to change");
    store.put_client(client("sis", "twee"), origin(4)).wait().expect("based on whatever is there");
}

pub fn the_use_of_a_secret_is_noted_by_the_hour(store: &dyn Store) {
    store.put_client(client("sis", "een"), origin(0)).wait().expect("stored");
    let version = known(store, "sis").version;
    let used = |seconds| store.note_client_used("sis", 1, origin(seconds)).wait();
    let last = || known(store, "sis").secrets[0].last_used;
    assert_eq!(last(), None);
    used(10).expect("noted");
    assert_eq!(last(), Some(at(10)));
    used(3_609).expect("nothing new");
    assert_eq!(last(), Some(at(10)));
    used(3_610).expect("noted");
    assert_eq!((last(), known(store, "sis").version), (Some(at(3_610)), version));
    let other = store.note_client_used("lms", 1, origin(0)).wait();
    assert_eq!(other, Err(StoreError::NotFound("client")));
    let other = store.note_client_used("sis", 2, origin(0)).wait();
    assert_eq!(other, Err(StoreError::NotFound("secret")));
    let told = ClientSecret { last_used: Some(at(1)), ..client("sis", "een").secrets.remove(0) };
    let fresh = ClientSecret { number: 2, ..client("sis", "twee").secrets.remove(0) };
    let record = ClientRecord { secrets: vec![told, fresh], ..client("sis", "") };
    store.put_client(record, origin(20)).wait().expect("stored");
    let uses: Vec<_> = known(store, "sis").secrets.iter().map(|one| one.last_used).collect();
    assert_eq!(uses, [Some(at(3_610)), None], "a change of the client says nothing of its use");
}

fn settings(store: &dyn Store) -> SealerSettings {
    let known = store.organisation(&school()).expect("readable").expect("there");
    known.sealer.clone().expect("it seals")
}

pub fn settings_are_replaced_alone(store: &dyn Store) {
    let before = organisation(school().as_str());
    store.put_organisations(vec![before.clone()], origin(0)).wait().expect("stored");
    let put = |settings| store.put_settings(&school(), settings, None, origin(3)).wait();
    let changed = SealerSettings {
        suspended: Some(Suspension { at: at(3), reason: "onderzoek".to_owned() }),
        four_eyes: vec![CertificateKind::Microdegree],
        draft_days: Some(30),
        ..settings(store)
    };
    let told = put(changed.clone()).expect("stored");
    assert_eq!(settings(store), changed);
    assert_eq!(store.organisation(&school()), Ok(Some(told.clone())));
    let sealer = Some(changed.clone());
    let expected = OrganisationRecord { sealer, version: told.version, ..before };
    assert_eq!(*told, expected, "nothing else changed");
    assert_eq!(put(changed.clone()).expect("nothing new").version, told.version);
    for fixed in [
        SealerSettings { test: false, ..changed.clone() },
        SealerSettings { id: "did:web:elders.example".to_owned(), ..changed.clone() },
    ] {
        assert!(matches!(put(fixed), Err(StoreError::Conflict(_))));
    }
    let stranger = store.put_settings(&slug("other"), changed.clone(), None, origin(3)).wait();
    assert!(matches!(stranger, Err(StoreError::NotFound(_))));
    let unsealed = OrganisationRecord { sealer: None, ..organisation("other") };
    store.put_organisations(vec![unsealed], origin(4)).wait().expect("stored");
    let stranger = store.put_settings(&slug("other"), changed, None, origin(5)).wait();
    assert!(matches!(stranger, Err(StoreError::NotFound(_))));
}

pub fn a_change_of_settings_is_based_on_what_was_read(store: &dyn Store) {
    let first = organisation(school().as_str());
    store.put_organisations(vec![first.clone()], origin(0)).wait().expect("stored");
    let read = store.organisation(&school()).expect("readable").expect("there");
    let open = settings(store);
    let suspended = SealerSettings {
        suspended: Some(Suspension { at: at(1), reason: "onderzoek".to_owned() }),
        ..open.clone()
    };
    let put = |settings, expected| {
        store.put_settings(&school(), settings, expected, origin(2)).wait().map(|_| ())
    };
    put(suspended.clone(), Some(read.version)).expect("stored");
    let late = Err(StoreError::ChangedMeanwhile("organisation"));
    assert_eq!(put(open, Some(read.version)), late);
    let imported = OrganisationRecord { version: read.version, ..first.clone() };
    assert_eq!(store.put_organisations(vec![imported], origin(3)).wait(), late);
    assert_eq!(settings(store), suspended, "an older reading undoes nothing");
    let unknown = OrganisationRecord { version: 1, ..organisation("nieuw") };
    assert_eq!(store.put_organisations(vec![unknown], origin(3)).wait(), late);
    store.put_organisations(vec![first], origin(4)).wait().expect("based on whatever is there");
    assert_eq!(settings(store).suspended, None);
}
