//! What is signed under a definition version is what its address says, for ever: after names,
//! labels and versions changed, after withdrawal, and after a restart.

use super::{HOST, ISSUER, Office, Plan, codes, numbered, parsed, run, sample_file, slug};
use bewijs::issuance::{Desk, DidMethod, Issued, IssuerRequest};
use bewijs::model::DefinitionRef;
use bewijs::profile::Language;
use bewijs::store::Store;
use serde_json::{Value, json};

/// A name, the language it is asked in, and the selection.
type Address = (&'static str, Option<Language>, Option<&'static [&'static str]>);

/// The addresses of a sample that say the same for ever.
const ADDRESSES: [Address; 5] = [
    ("krachtgericht-communiceren/2026.1", None, None),
    ("krachtgericht-communiceren/2026.1", Some(Language::Fr), None),
    ("bekwaamheid-sociaal-werk/2026.1", None, Some(&["c1", "c3"])),
    ("bekwaamheid-sociaal-werk/2026.1", Some(Language::En), Some(&["c1", "c3"])),
    ("sociale-professional-grootstad/2026.1", None, None),
];

fn name(rest: &str) -> DefinitionRef {
    format!("{ISSUER}/{rest}").parse().unwrap()
}

/// What the addresses say, byte for byte.
pub fn served(desk: &Desk) -> Vec<String> {
    let one = |(rest, language, codes): (&str, Option<Language>, Option<&[&str]>)| {
        let achievement = desk.achievement(&name(rest), language, codes).unwrap();
        serde_json::to_string(&achievement.expect(rest)).unwrap()
    };
    ADDRESSES.map(one).into()
}

/// The achievement of a certificate, byte for byte, as its address says it.
pub fn as_served(desk: &Desk, issued: &Issued) -> bool {
    let document = parsed(issued);
    let achievement = &document["credentialSubject"]["achievement"];
    let id = achievement["id"].as_str().unwrap().to_owned();
    let path = id.strip_prefix(&format!("{HOST}/issuers/")).unwrap();
    let (definition, codes) = match path.split_once("/selection/") {
        Some((definition, codes)) => (definition, Some(codes.split('-').collect::<Vec<_>>())),
        None => (path, None),
    };
    let definition: DefinitionRef = definition.replace("/achievements/", "/").parse().unwrap();
    let served = desk.achievement(&definition, None, codes.as_deref()).unwrap().unwrap();
    let signed = String::from_utf8(issued.document.to_vec()).unwrap();
    signed.contains(&serde_json::to_string(&served).unwrap()) && served == *achievement
}

/// Renames every organisation, corrects every label, publishes newer versions and withdraws the
/// old ones.
pub fn everything_changes(office: &Office) {
    let mut organisations = sample_file("issuers")["organisations"].as_array().unwrap().clone();
    for organisation in &mut organisations {
        organisation["legalName"] = json!({ "nl": "Hernoemd", "fr": "Renommée", "en": "Renamed" });
        organisation["region"] = json!("BE-VLG");
    }
    let mut vocabulary: Value =
        serde_json::from_str(include_str!("../../schemas/vocabulary.json")).unwrap();
    for list in vocabulary.as_object_mut().unwrap().values_mut() {
        for concept in list.as_object_mut().into_iter().flat_map(|list| list.values_mut()) {
            for text in concept["label"].as_object_mut().unwrap().values_mut() {
                *text = json!(format!("{} (verbeterd)", text.as_str().unwrap()));
            }
        }
    }
    let mut newer = sample_file("definitions")["definitions"].as_array().unwrap().clone();
    newer.retain(|definition| definition["key"] == "mc1" || definition["key"] == "evc1");
    for definition in &mut newer {
        definition["version"] = json!("2027.1");
        definition["title"]["nl"] = json!("Nieuwe titel");
    }
    run(async {
        let desk = &office.desk;
        desk.import_organisations(organisations, office.origin()).await.unwrap();
        desk.import_vocabulary(vocabulary, office.origin()).await.unwrap();
        desk.import_definitions(newer, office.origin()).await.unwrap();
        for rest in ["krachtgericht-communiceren/2026.1", "bekwaamheid-sociaal-werk/2026.1"] {
            desk.withdraw_definition(&name(rest), office.origin()).await.unwrap();
        }
    });
}

/// Story X3.
#[test]
fn what_is_signed_is_what_its_address_says_whatever_changes_around_it() {
    let (office, before) = Office::issue_samples(&super::SAMPLES);
    let said = served(&office.desk);
    everything_changes(&office);
    assert_eq!(served(&office.desk), said);
    let restarted = office.restarted();
    assert_eq!(served(&restarted), said, "after a restart");
    for (key, issued) in &before {
        assert!(as_served(&office.desk, issued), "{key}");
        assert!(office.verifies(&parsed(issued)), "{key}");
    }
    // A new certificate under an old version: its achievement is the frozen one.
    let (mut award, ..) = super::sample("mc2");
    award["certificateNumber"] = json!("N-1");
    let after = run(office.issue(award)).unwrap();
    assert!(as_served(&office.desk, &after));
    let document = parsed(&after);
    assert_eq!(document["issuer"]["name"], "Hernoemd", "the issuer is what it is now");
    let old = parsed(&before["mc2"]);
    let achievement = |document: &Value| document["credentialSubject"]["achievement"].clone();
    assert_eq!(achievement(&document), achievement(&old), "equal id, equal achievement");
    // And under the newer version what holds now.
    let mut award = numbered("N-2");
    award["definition"] = json!(format!("{ISSUER}/krachtgericht-communiceren/2027.1"));
    let newer = run(office.issue(award)).unwrap();
    assert!(as_served(&office.desk, &newer));
    assert_eq!(achievement(&parsed(&newer))["name"], "Nieuwe titel");
    let refused = run(office.issue(numbered("N-3"))).unwrap_err();
    assert_eq!(codes(refused), ["definition-withdrawn"]);
}

#[test]
fn an_issuer_that_gets_its_identifier_later_freezes_what_it_published_then() {
    let office = Office::bare(Plan::default().settings, Vec::new());
    run(office.import());
    let record = |rest: &str| office.store.definition(&name(rest)).unwrap().unwrap();
    let own = "krachtgericht-communiceren/2026.1";
    assert!(record(own).achievements.is_empty(), "its creator is not settled yet");
    let of_another = "bekwaamheid-sociaal-werk/2026.1";
    assert!(!record(of_another).achievements.is_empty(), "the creator has no key and needs none");
    let request = IssuerRequest {
        organisation: slug(ISSUER),
        did: DidMethod::Web,
        test: false,
        test_keys: false,
        default_visibility: None,
        suspension: None,
    };
    run(office.desk.create_issuer(request, office.origin())).unwrap();
    let frozen = record(own).achievements.clone();
    assert_eq!(frozen["nl"]["creator"]["id"], json!(office.did()));
    assert_eq!(frozen.keys().collect::<Vec<_>>(), ["en", "fr", "nl"]);
    run(office.desk.freeze_catalogue(office.origin())).unwrap();
    assert_eq!(record(own).achievements, frozen, "again it changes nothing");
}

#[test]
fn a_homepage_that_changed_asks_for_a_new_version() {
    let office = Office::new();
    let mut organisations = sample_file("issuers")["organisations"].as_array().unwrap().clone();
    organisations[0]["url"] = json!("https://nieuw.voorbeeld-hogeschool.example");
    run(office.desk.import_organisations(organisations, office.origin())).unwrap();
    let refused = run(office.issue(numbered("N-1"))).unwrap_err();
    assert_eq!(codes(refused), ["definition-outdated"]);
    let mut newer = sample_file("definitions")["definitions"][0].clone();
    newer["version"] = json!("2027.1");
    run(office.desk.import_definitions(vec![newer], office.origin())).unwrap();
    let mut award = numbered("N-1");
    award["definition"] = json!(format!("{ISSUER}/krachtgericht-communiceren/2027.1"));
    run(office.issue(award)).unwrap();
}

#[test]
fn a_code_that_may_be_in_use_is_never_dropped() {
    let bundled = include_str!("../../schemas/vocabulary.json");
    let vocabulary: Value = serde_json::from_str(bundled).unwrap();
    let import = |office: &Office, document: &Value| {
        run(office.desk.import_vocabulary(document.clone(), office.origin()))
    };
    let mut smaller = vocabulary.clone();
    smaller["assessor-role"].as_object_mut().unwrap().shift_remove("external-field").unwrap();
    smaller["vks"].as_object_mut().unwrap().shift_remove("8").unwrap();
    smaller["eqf"]["8"]["uri"] = json!("http://data.europa.eu/snb/eqf/9");
    let office = Office::new();
    let refused = import(&office, &smaller).unwrap_err();
    let bewijs::issuance::IssueError::Invalid(faults) = refused else { panic!("{refused:?}") };
    let mut at: Vec<_> = faults.iter().map(|f| (f.code, f.pointer.as_str())).collect();
    at.sort_unstable();
    let code = "vocabulary-code-in-use";
    assert_eq!(
        at,
        [(code, "/assessor-role/external-field"), (code, "/eqf/8/uri"), (code, "/vks/8")]
    );
    let mut larger = vocabulary;
    larger["assessor-role"]["student"] =
        json!({ "uri": null, "status": "own", "label": { "nl": "a", "fr": "b", "en": "c" } });
    import(&office, &larger).unwrap();
    assert!(import(&office, &smaller).is_err(), "nor what was added since");
    let empty = Office::bare(Plan::default().settings, Vec::new());
    import(&empty, &smaller).expect("nothing is published or issued");
}

#[test]
fn an_address_of_this_service_where_nothing_is_is_refused() {
    let office = Office::new();
    let mut definition = sample_file("definitions")["definitions"][4].clone();
    definition["version"] = json!("2027.1");
    definition["procedure"]["url"] = json!(format!("{HOST}/issuers/{ISSUER}/procedure"));
    definition["framework"]["url"] = json!(format!("{HOST}/issuers/{ISSUER}/frameworks/x/1"));
    let refused = run(office.desk.import_definitions(vec![definition], office.origin()));
    let bewijs::issuance::IssueError::Invalid(faults) = refused.unwrap_err() else { panic!() };
    let mut at: Vec<_> = faults.iter().map(|f| (f.code, f.pointer.as_str())).collect();
    at.sort_unstable();
    let code = "own-address-unknown";
    assert_eq!(at, [(code, "/0/framework/url"), (code, "/0/procedure/url")]);
}
