//! The certificate as a paper.

use bewijs::baked::{Carrier, Limits, extract};
use bewijs::profile::{self, CertificateView, Language as Written, Vocabulary};
use bewijs::render::{Artwork, Paper, Status};
use bewijs::texts::Language;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const SAMPLES: [&str; 7] = ["mc1", "mc2", "mc3", "md1", "evc1", "evc2", "evc2-correction"];

fn sample(name: &str) -> Value {
    let path = format!("{}/tests/samples/expected/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// A certificate on its way to paper.
struct Desk {
    credential: Vec<u8>,
    view: CertificateView,
    translations: Vec<(Language, BTreeMap<String, String>)>,
    language: Language,
    second: Option<Language>,
    artwork: Artwork,
    picture: Vec<u8>,
}

impl Desk {
    fn of(document: &Value) -> Self {
        let view = profile::read(document);
        let kind = view.kind_concept.as_ref().unwrap();
        let label = kind.label(Vocabulary::bundled(), Written::Nl).unwrap_or(&kind.name);
        let artwork = Artwork::of(&view, label, "voorbeeld-hogeschool", None);
        Self {
            credential: serde_json::to_vec(document).unwrap(),
            picture: artwork.png().unwrap(),
            artwork,
            view,
            translations: Vec::new(),
            language: Language::Nl,
            second: None,
        }
    }

    fn pdf(&self) -> Vec<u8> {
        let address = "https://badges.voorbeeld-hogeschool.example/credentials/\
                       2b6e4d90-8f13-4c7a-a5d2-0e9c7b1f3a68";
        let paper = Paper {
            credential: &self.credential,
            view: &self.view,
            vocabulary: Vocabulary::bundled(),
            translations: &self.translations,
            address,
            artwork: &self.artwork,
            picture: &self.picture,
            language: self.language,
            second: self.second,
            status: Status {
                sentence: "Dit bewijs is echt en geldig.",
                second: Some("Cette attestation est authentique et valable."),
                on: "2026-09-01".parse().unwrap(),
            },
        };
        paper.pdf().unwrap()
    }
}

/// Leaves a paper to be looked at, where that is asked for.
fn leave(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("BEWIJS_SHOTS") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(std::path::PathBuf::from(folder).join(format!("{name}.pdf")), pdf).unwrap();
    }
}

#[test]
fn every_sample_becomes_a_paper_that_carries_it() {
    for name in SAMPLES {
        for (language, second) in [
            (Language::Nl, None),
            (Language::Fr, Some(Language::Nl)),
            (Language::En, Some(Language::En)),
        ] {
            let desk = Desk { language, second, ..Desk::of(&sample(name)) };
            let pdf = desk.pdf();
            let suffix = second.map(|l| format!("-{l}")).unwrap_or_default();
            leave(&format!("{name}-{language}{suffix}"), &pdf);
            assert_eq!(pdf, desk.pdf(), "{name}: the same each time");
            let taken = extract(&pdf, &Limits::default()).unwrap().unwrap();
            assert_eq!(taken.carrier, Carrier::Pdf);
            assert_eq!(taken.credential, desk.credential, "{name}: byte for byte");
        }
    }
}

fn achievement(document: &mut Value) -> &mut Value {
    &mut document["credentialSubject"]["achievement"]
}

/// What a reader of PDF finds in the tagged text: poppler, where it is installed.
fn text(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, pdf).unwrap();
    let output =
        std::process::Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
    let output = output.unwrap_or_else(|e| panic!("pdftotext does not start ({e})"));
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// The same with every run of white as one space.
fn words(pdf: &[u8]) -> String {
    text(pdf).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Story L3.
#[test]
fn the_paper_says_what_must_be_on_it() {
    let words = words(&Desk::of(&sample("mc1")).pdf());
    for wanted in [
        "Microcredential",
        "Krachtgericht communiceren met cliënten",
        "Toegekend door: Voorbeeld Hogeschool",
        "Voornaam Familienaam",
        "De deelnemer motiveert de cliënt om zelf doelen te kiezen.",
        "VKS-niveau 5; EQF-niveau 5.",
        "3 ECTS-studiepunten",
        "80 uur",
        "Portfolio; Mondelinge beoordeling of interview",
        "2 februari 2026",
        "VHS-MC-2026-000117",
        "Stand op 1 september 2026: Dit bewijs is echt en geldig.",
        "geen automatisch recht op een vrijstelling",
        "certificate.json",
        "2b6e4d90-8f13-4c7a-a5d2-0e9c7b1f3a68",
    ] {
        let columns = wanted.split(' ').all(|word| words.contains(word));
        assert!(columns, "{wanted}: {words}");
    }
    assert!(!words.contains("TEST"));
}

#[test]
fn a_test_certificate_says_so_before_anything_else() {
    let mut desk = Desk::of(&sample("mc1"));
    desk.view.test = true;
    desk.artwork.test = true;
    desk.picture = desk.artwork.png().unwrap();
    let pdf = desk.pdf();
    leave("test", &pdf);
    assert!(words(&pdf).starts_with("TEST – dit is geen echt bewijs."));
}

#[test]
fn two_languages_stand_beside_each_other_and_signed_texts_once() {
    let mut desk = Desk::of(&sample("evc2"));
    desk.language = Language::Nl;
    desk.second = Some(Language::Fr);
    let signed = desk.view.title.clone().unwrap();
    let translated = "Attestation d’aide à la jeunesse".to_owned();
    desk.translations = vec![(Language::Fr, BTreeMap::from([(signed.clone(), translated)]))];
    let pdf = desk.pdf();
    leave("bilingual", &pdf);
    let words = words(&pdf);
    for wanted in [
        "Aangetoonde competenties / Compétences démontrées",
        "Houder / Titulaire",
        "Stand op 1 september 2026: Dit bewijs is echt en geldig.",
        "Situation au 1er septembre 2026 : Cette attestation est authentique et valable.",
        "Attestation d’aide à la jeunesse – traduction à titre d’information",
    ] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
    assert_eq!(words.matches(&signed).count(), 1, "{words}");
}

#[test]
fn names_in_many_scripts_are_shown_or_the_paper_says_where_they_are() {
    for (name, shown) in [
        ("Zoë Đặng-Łukasiewicz", true),
        ("Nguyễn Thị Hồng Nhung", true),
        ("İpek Şahin Yıldız", true),
        ("Żaneta Gżegżółka", true),
        ("Ηλέκτρα Παπαδοπούλου", true),
        ("Любовь Щербакова", true),
        ("O\u{2019}Neill \u{a0}d\u{2019}Août", true),
        ("Zoe\u{308} (letters with separate marks)", true),
        ("محمد الأمين", false),
        ("李小龙", false),
        ("さくら", false),
        ("דוד", false),
        ("प्रिया", false),
        ("Anna 李", false),
        ("\u{e000}\u{f8ff}", false),
    ] {
        let mut desk = Desk::of(&sample("mc1"));
        desk.view.holder.name = Some(name.to_owned());
        let pdf = desk.pdf();
        let words = words(&pdf);
        let sentence = "De naam is geschreven in een schrift dat dit blad niet kan tonen.";
        assert_eq!(words.contains(sentence), !shown, "{name}: {words}");
        let plain = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let composed = plain.replace("e\u{308}", "ë");
        assert_eq!(words.contains(&plain) || words.contains(&composed), shown, "{name}: {words}");
    }
}

#[test]
fn texts_of_any_kind_and_length_stay_on_one_page_and_nothing_is_lost_unsaid() {
    let word = "Onderwijsverstrekkersverantwoordelijkheid";
    for (name, outcomes, length, facts) in [
        ("short", 1, 1, 0),
        ("usual", 8, 3, 4),
        ("many", 24, 2, 8),
        ("very-many", 150, 10, 30),
        ("very-long", 12, 200, 40),
        ("monstrous", 400, 400, 400),
    ] {
        let mut desk = Desk::of(&sample("mc1"));
        let outcome = desk.view.outcomes[0].clone();
        desk.view.outcomes = (1..=outcomes)
            .map(|at| {
                let mut outcome = outcome.clone();
                outcome.concept.name = format!("Nummer{at} {}", format!("{word} ").repeat(length));
                outcome
            })
            .collect();
        let fact = desk.view.assessment[0].clone();
        desk.view.assessment = vec![fact; facts];
        if facts > 100 {
            desk.view.title = Some(word.repeat(60));
            desk.view.holder.name = Some("Voornaam ".repeat(40));
            desk.view.recognition_note = Some(format!("{word} ").repeat(300));
            desk.view.framework = Some(desk.view.outcomes[0].concept.clone());
        }
        let pdf = desk.pdf();
        leave(&format!("length-{name}"), &pdf);
        let words = words(&pdf);
        let all = words.contains(&format!("Nummer{outcomes} "));
        let more = words.contains("De volledige lijst staat op het adres onderaan");
        let cut = words.contains("Niet alles past op dit blad.");
        assert_eq!(!all, more, "{name}: what is not there is counted");
        assert_eq!(cut, !["short", "usual", "many"].contains(&name), "{name}: {words}");
        assert!(words.contains("0e9c7b1f3a68") && words.contains("Stand op 1 september 2026"));
        assert!(words.contains("VHS-MC-2026-000117"), "the facts are there, {name}: {words}");
    }
}

#[test]
fn signs_and_controls_that_a_typeface_lacks_do_not_stop_a_paper() {
    let mut document = sample("mc1");
    achievement(&mut document)["name"] =
        json!("a\u{0}b\u{1f}c\u{202e}d\u{feff}e → ≥ 3 😀李 ﬁ Å Å µ μ Ω Ω");
    let desk = Desk::of(&document);
    let pdf = desk.pdf();
    leave("signs", &pdf);
    let words = words(&pdf);
    assert!(words.contains("abcde -> >= 3 […] "), "{words}");
    assert!(words.contains("[…] staat voor tekens die dit blad niet kan tonen."), "{words}");
}
