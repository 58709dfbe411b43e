//! The certificate as a paper.

use crate::shot;
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
    let _ = (shot, json!({}));
}
