//! What people hold, opened by other implementations: badges by Pillow and lxml, papers by pikepdf
//! and qpdf. What they take out is verified by the npm stack.

use crate::{Institution, documents, npm, pypi, sample, verified};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bewijs::profile::{self, Language as Written, Vocabulary};
use bewijs::proof::Cryptosuite;
use bewijs::render::{Artwork, Paper, Status, badge_png, badge_svg};
use bewijs::texts::Language;
use serde_json::{Value, json};

const NAME: &str = "Zoë Đặng-Łukasiewicz ]]> & <b> 𝒳";
const ADDRESS: &str =
    "https://badges.voorbeeld-hogeschool.example/credentials/2b6e4d90-8f13-4c7a-a5d2-0e9c7b1f3a68";

/// A signed sample, made out to a name that is hard to carry.
fn signed(institution: &Institution, name: &str) -> Value {
    let mut document = sample(name);
    for identifier in
        document["credentialSubject"]["identifier"].as_array_mut().into_iter().flatten()
    {
        if identifier["identityType"] == "name" {
            identifier["identityHash"] = NAME.into();
        }
    }
    institution.sign(document, Cryptosuite::EddsaRdfc2022, "2026-07-03T12:00:00Z")
}

/// The files of a certificate: carrier and bytes.
fn files(
    document: &Value,
    language: Language,
    second: Option<Language>,
) -> [(&'static str, Vec<u8>); 3] {
    let credential = serde_json::to_vec(document).expect("JSON");
    let view = profile::read(document);
    let vocabulary = Vocabulary::bundled();
    let kind = view.kind_concept.as_ref().expect("a kind");
    let label = kind.label(vocabulary, Written::Nl).expect("known");
    let artwork = Artwork::of(&view, label, "voorbeeld-hogeschool", None);
    let picture = artwork.png().expect("pixels");
    let status = Status {
        sentence: "Dit bewijs is echt en geldig.",
        second: Some("Cette attestation est authentique et valable."),
        on: "2026-09-01".parse().expect("a date"),
    };
    let paper = Paper {
        credential: &credential,
        view: &view,
        vocabulary,
        translations: &[],
        address: ADDRESS,
        artwork: &artwork,
        picture: &picture,
        language,
        second,
        status,
    };
    [
        ("png", badge_png(&picture, &credential).expect("baked")),
        ("svg", badge_svg(&artwork, &credential).expect("baked")),
        ("pdf", paper.pdf().expect("written")),
    ]
}

/// What the other implementation takes out, and what it says of the file.
fn taken(files: &[(&str, Vec<u8>)]) -> Vec<(Value, Value)> {
    let requests: Vec<Value> = files
        .iter()
        .map(|(carrier, bytes)| {
            json!({"op": "take", "carrier": carrier, "file": STANDARD.encode(bytes)})
        })
        .collect();
    let open = |answer: Value| {
        let text = answer["credential"].as_str().unwrap_or_else(|| panic!("{answer}"));
        (serde_json::from_str(text).expect("JSON"), answer["facts"].clone())
    };
    pypi(&requests).into_iter().map(open).collect()
}

/// Stories L3 and L4.
#[test]
fn what_others_take_out_of_badges_and_papers_verifies_with_the_npm_stack() {
    let institution = Institution::new();
    let documents = documents(&institution, &[]);
    let mut requests = Vec::new();
    for name in ["mc1", "evc1", "md1"] {
        let signed = signed(&institution, name);
        for (credential, facts) in taken(&files(&signed, Language::Nl, None)) {
            assert_eq!(credential, signed, "{name}: {facts}");
            assert_ne!(facts["ascii"], json!(false), "{name}: a reader may take it for Latin-1");
            assert_ne!(facts["first"], json!(false), "{name}: first in the drawing");
            let mut changed = credential.clone();
            changed["name"] = "Master".into();
            for credential in [credential, changed] {
                requests.push(json!({"op": "verify", "credential": credential,
                    "documents": documents, "checkStatus": true}));
            }
        }
    }
    for (at, answer) in npm(&requests).iter().enumerate() {
        assert_eq!(verified(answer), at % 2 == 0, "{at}: {answer}");
    }
}

#[test]
fn a_paper_has_the_structure_that_its_standards_ask_for() {
    let institution = Institution::new();
    for (name, language, second) in [
        ("mc1", Language::Nl, None),
        ("evc1", Language::En, None),
        ("md1", Language::Fr, Some(Language::Nl)),
    ] {
        let files = files(&signed(&institution, name), language, second);
        let (_, facts) = taken(&files[2..]).remove(0);
        for (member, expected) in [
            ("pages", json!(1)),
            ("encrypted", json!(false)),
            ("lang", json!(language.tag())),
            ("marked", json!(true)),
            ("titleShown", json!(true)),
            ("outline", json!(true)),
            ("tabs", json!("S")),
            ("outside", json!(0)),
            ("actions", json!([])),
            ("intents", json!(["GTS_PDFA1"])),
            ("profile", json!(true)),
            ("files", json!([["certificate.json", "Source", "application/vc+ld+json"]])),
        ] {
            assert_eq!(facts[member], expected, "{name}, {member}");
        }
        let identified = &facts["identified"];
        for (member, expected) in
            [("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")]
        {
            assert_eq!(identified[member], expected, "{name}, {member}");
        }
        let title = identified["dc:title"].as_str().expect("a title");
        assert!(title.contains(sample(name)["name"].as_str().expect("a title")), "{title}");

        let fonts = facts["fonts"].as_array().expect("fonts");
        assert_eq!(fonts.len(), 2, "{name}");
        for font in fonts {
            let subset = font[0].as_str().expect("a name").split_once('+').expect("a subset");
            assert!(subset.1.starts_with("NotoSans-") && font[1] == true, "{font}");
        }
        let structure = facts["structure"].as_array().expect("tags");
        let count = |kind: &str| structure.iter().filter(|tag| tag[0] == kind).count();
        assert_eq!((count("Document"), count("H1"), count("Figure"), count("Link")), (1, 1, 2, 1));
        assert!(count("H2") >= 1 && count("L") >= 2 && count("P") >= 5, "{structure:?}");
        assert!(count("LI") == count("LBody") && count("LI") == count("Lbl"), "{structure:?}");
        for figure in structure.iter().filter(|tag| tag[0] == "Figure") {
            assert!(figure[1].as_str().is_some_and(|about| about.len() > 20), "{figure}");
        }
        let foreign = language != Language::Nl || second.is_some();
        assert_eq!(!facts["languages"].as_array().expect("a list").is_empty(), foreign, "{name}");
        let link = &facts["links"][0];
        assert_eq!((link[0].as_str(), link[2].as_u64()), (Some(ADDRESS), Some(4)), "printed");
        assert!(link[1].as_str().is_some_and(|about| about.contains(ADDRESS)));
    }
}

/// `qpdf --check` and `pdfinfo`, and that they would say something.
#[test]
fn other_readers_find_nothing_wrong_with_a_paper() {
    let institution = Institution::new();
    let folder = tempfile::tempdir().expect("a directory");
    let run = |command: &str, arguments: &[&str], name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        let output = std::process::Command::new(command).args(arguments).arg(&path).output();
        let output = output.unwrap_or_else(|e| panic!("{command} does not start ({e})"));
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for name in ["mc1", "evc1", "md1"] {
        let [_, _, (_, pdf)] = files(&signed(&institution, name), Language::Nl, Some(Language::Fr));
        let (sound, said) = run("qpdf", &["--check"], "paper.pdf", &pdf);
        assert!(sound && said.contains("No syntax or stream encoding errors found"), "{said}");
        let (_, said) = run("pdfinfo", &[], "paper.pdf", &pdf);
        let line = |label: &str| said.lines().find(|line| line.starts_with(label)).unwrap_or("");
        assert!(line("Tagged:").ends_with("yes") && line("Pages:").ends_with(" 1"), "{said}");
        assert!(line("Page size:").ends_with("(A4)") && line("JavaScript:").ends_with("no"));
        let broken = &pdf[..pdf.len() / 2];
        assert!(!run("qpdf", &["--check"], "broken.pdf", broken).0, "qpdf sees damage");
    }
}
