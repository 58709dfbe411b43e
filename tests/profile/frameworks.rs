//! Frameworks that several issuers share, and outcomes that come as a table.

use super::samples::{Samples, read_definition};
use super::*;
use bewijs::profile::{OUTCOME_COLUMNS, parse_framework, parse_outcome_table};
use bewijs::texts::{FaultWords, Language};
use serde_json::json;

/// The framework whose competences a sample is aligned to, as a sector would publish it.
fn framework(samples: &Samples, key: &str) -> Value {
    let definition = Samples::named(&samples.definitions, "key", key);
    let competences: Vec<Value> = definition["competences"]
        .as_array()
        .expect("array")
        .iter()
        .map(|c| json!({"code": c["code"], "text": c["text"], "cluster": "Communicatie"}))
        .collect();
    let name = &definition["framework"]["name"];
    json!({
        "issuer": "associatie-voorbeeld", "slug": "sociaal-werk", "version": definition["framework"]["version"],
        "title": {"nl": name, "fr": "Profil", "en": "Profile"},
        "level": {"vks": 5, "eqf": null},
        "source": "https://sector.example/profiel", "licence": "CC BY 4.0",
        "competences": competences,
    })
}

fn refused(document: &Value) -> Vec<(String, &'static str)> {
    let errors = parse_framework(document).expect_err("refused");
    errors.into_iter().map(|e| (e.pointer, e.code)).collect()
}

fn schema() -> jsonschema::Validator {
    let path = format!("{}/schemas/framework.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema = serde_json::from_str(&std::fs::read_to_string(path).expect("there"));
    jsonschema::validator_for(&schema.expect("JSON")).expect("a schema")
}

/// Story P4.
#[test]
fn p4_a_framework_says_whose_it_is_its_version_its_source_and_every_competence() {
    let samples = Samples::load();
    let document = framework(&samples, "evc1");
    let read = parse_framework(&document).expect("accepted").value;
    assert_eq!(
        read.name.to_string(),
        format!("associatie-voorbeeld/sociaal-werk/{}", read.name.version)
    );
    assert_eq!((read.vks, read.eqf), (Some(5), None));
    assert_eq!(read.competences.len(), 4);
    assert!(read.competence("c4").is_some() && read.competence("c5").is_none());
    assert!(schema().is_valid(&document));
    let mut unplaced = document.clone();
    unplaced.as_object_mut().expect("object").shift_remove("level");
    assert_eq!(parse_framework(&unplaced).expect("accepted").value.vks, None);
    for member in ["issuer", "slug", "version", "title", "source", "licence", "competences"] {
        let mut without = document.clone();
        without.as_object_mut().expect("object").shift_remove(member);
        let found = refused(&without);
        assert_eq!(found.len(), 1, "{member}");
        assert_eq!(found[0].0, format!("/{member}"));
        assert!(!schema().is_valid(&without), "{member}");
    }
    for (pointer, value, code) in [
        ("/title/fr", json!(""), "translation-required"),
        ("/competences/0/text/en", json!(null), "type"),
        ("/competences/1/code", json!("C 1"), "code-format"),
        ("/level/vks", json!(9), "level-range"),
        ("/source", json!("http://sector.example"), "url-scheme"),
        ("/version", json!("a/b"), "version-format"),
        ("/licence", json!("mail jan@voorbeeld.example"), "personal-data-in-text"),
    ] {
        let mut wrong = document.clone();
        *wrong.pointer_mut(pointer).expect("there") = value;
        assert_eq!(refused(&wrong), [(pointer.to_owned(), code)]);
    }
    let mut twice = document.clone();
    twice["competences"][1]["code"] = json!("c1");
    assert_eq!(refused(&twice), [("/competences/1/code".to_owned(), "duplicate-code")]);
    let mut surprise = document.clone();
    surprise["competences"][0]["level"] = json!(5);
    assert_eq!(refused(&surprise), [("/competences/0/level".to_owned(), "unknown-field")]);
    let mut none = document;
    none["competences"] = json!([]);
    assert_eq!(refused(&none), [("/competences".to_owned(), "competence-required")]);
    assert!(!schema().is_valid(&none));
}

/// Stories P4 and X2: codes and version exist in the register; the wording stays the issuer's own.
#[test]
fn p4_x2_a_definition_is_held_against_the_framework_it_refers_to() {
    let mut samples = Samples::load();
    let mut document = Samples::named(&samples.definitions, "key", "evc1").clone();
    let shared = framework(&samples, "evc1");
    let version = shared["version"].as_str().expect("text").to_owned();
    let outcome = |samples: &Samples, document: &Value| {
        let found = |all: Vec<FieldError>| -> Vec<(String, &'static str)> {
            all.into_iter().map(|f| (f.pointer, f.code)).collect()
        };
        read_definition(samples, document).map(|c| found(c.warnings)).map_err(found)
    };
    let at = |pointer: &str, code| vec![(pointer.to_owned(), code)];
    document["framework"]["reference"] =
        json!(format!("associatie-voorbeeld/sociaal-werk/{version}"));
    assert_eq!(outcome(&samples, &document), Err(at("/framework/reference", "framework-unknown")));
    samples.catalogue.insert_framework(parse_framework(&shared).expect("accepted").value);
    assert_eq!(outcome(&samples, &document), Ok(vec![]));
    let mut worded = document.clone();
    worded["competences"][2]["text"]["nl"] = json!("Mijn eigen woorden");
    assert_eq!(
        outcome(&samples, &worded),
        Ok(at("/competences/2/text/nl", "framework-text-differs"))
    );
    let mut titled = document.clone();
    titled["framework"]["name"] = json!("Ons profiel");
    assert_eq!(outcome(&samples, &titled), Ok(at("/framework/name", "framework-name-differs")));
    let mut other = document.clone();
    other["competences"][3]["code"] = json!("c9");
    assert_eq!(outcome(&samples, &other), Err(at("/competences/3/code", "framework-code-unknown")));
    let mut newer = document.clone();
    newer["framework"]["version"] = json!("99");
    assert_eq!(outcome(&samples, &newer), Err(at("/framework/version", "framework-version")));
    for wrong in [json!("associatie-voorbeeld/sociaal-werk"), json!("x y/z/1")] {
        let mut malformed = document.clone();
        malformed["framework"]["reference"] = wrong;
        assert_eq!(
            outcome(&samples, &malformed),
            Err(at("/framework/reference", "framework-unknown"))
        );
    }
}

#[test]
fn outcomes_come_as_a_table_from_any_spreadsheet() {
    let uri = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000001";
    let comma = format!(
        "\u{FEFF}code,text_nl,text_fr,esco_uri,esco_label,esco_language,cluster\r\n\
         lo1,\"Luistert, en vraagt \"\"waarom\"\"\",Écoute,{uri},listen,en,\r\n\
         lo1,,,{uri}x,ask,en,\r\n\
         \r\n\
         lo2,\"Twee\nregels\",,,,,Zorg\r\n"
    );
    let expected = json!([
        {
            "code": "lo1",
            "text": {"nl": "Luistert, en vraagt \"waarom\"", "fr": "Écoute"},
            "escoSkills": [
                {"uri": uri, "label": "listen", "labelLanguage": "en"},
                {"uri": format!("{uri}x"), "label": "ask", "labelLanguage": "en"},
            ],
        },
        {"code": "lo2", "text": {"nl": "Twee\nregels"}, "cluster": "Zorg"},
    ]);
    let read = |table: &str| parse_outcome_table(table).map(|table| Value::Array(table.outcomes));
    assert_eq!(read(&comma), Ok(expected.clone()));
    let table = parse_outcome_table(&comma).expect("a table");
    for (pointer, place) in [
        ("/0/escoSkills/1/uri", Some("row 3, column esco_uri")),
        ("/0/escoSkills/0", Some("row 2, columns esco_uri, esco_label")),
        ("/1/text/fr", Some("row 5, column text_fr")),
        ("/1/text", Some("row 5, columns text_nl, text_fr, text_en")),
        ("/0", Some("row 2")),
        ("/9/code", None),
        ("x", None),
    ] {
        assert_eq!(table.place(pointer).as_deref(), place, "{pointer}");
    }
    // Several skills in one row, a column and rows that Excel adds, tabs, ends of line of old.
    let one_row = format!(
        "code;text_nl;text_fr;esco_uri;esco_label;cluster;;\r\n\
         lo1;\"Luistert, en vraagt \"\"waarom\"\"\";Écoute;{uri} | {uri}x;listen|ask;;;\r\n\
         ;;;;;;;\r\nlo2;\"Twee\r\nregels\";;;;Zorg;;\r\n"
    );
    assert_eq!(read(&one_row), Ok(expected.clone()));
    let tabs = one_row.replace(';', "\t").replace("\r\n", "\r");
    assert_eq!(read(&tabs), Ok(expected));
    let semicolon = "Text_NL;Code\nEen, twee;lo1\n";
    assert_eq!(read(semicolon), Ok(json!([{"code": "lo1", "text": {"nl": "Een, twee"}}])));
    assert_eq!(read("code,text_nl\n"), Ok(json!([])));
    // What the table gives is what a definition takes.
    let samples = Samples::load();
    let mut document = Samples::named(&samples.definitions, "key", "mc1").clone();
    document["languageEditions"] = json!([]);
    document["learningOutcomes"] = read(semicolon).expect("read");
    let definition = read_definition(&samples, &document).expect("accepted").value;
    assert_eq!(definition.learning_outcomes.len(), 1);
}

#[test]
fn a_fault_of_a_table_names_row_and_column() {
    let many = format!("code,text_nl\n{}", "a,b\n".repeat(3_000));
    let long = "x".repeat(2 << 20);
    for (table, pointer, code) in [
        ("", "", "columns-required"),
        ("\n\n", "", "columns-required"),
        ("text_nl\nEen\n", "/1/code", "columns-required"),
        ("code\nlo1\n", "/1/text_nl", "columns-required"),
        ("code,text_nl,opmerking\n", "/1/3", "unknown-column"),
        ("code,code,text_nl\n", "/1/2", "duplicate-column"),
        ("code,text_nl\n,Een\n", "/2/code", "required"),
        ("code,text_nl\nlo1,Een\nlo2,\n", "/3/text_nl", "required"),
        ("code,text_nl\nlo1,Een\nlo1,Twee\n", "/3/code", "duplicate-code"),
        ("code,text_nl\nlo1,Een\nlo1,\n", "/3/text_nl", "required"),
        ("code,text_nl\nlo1,Een, twee\n", "/2", "too-many-cells"),
        ("code,text_nl\nlo1,\"Een\n", "/2/2", "quotation"),
        ("code,text_nl\nlo1,\"Een\" x\n", "/2/2", "quotation"),
        ("code,text_nl,esco_label\nlo1,Een,listen\n", "/2/esco_uri", "required"),
        ("code,text_nl\nlo1,Een\"twee\n", "/2/2", "quotation"),
        ("code,text_nl,,\nlo1,Een,,twee\n", "/2", "too-many-cells"),
        ("code,text_nl,,cluster\nlo1,Een,,Zorg\n", "/1/3", "unknown-column"),
        ("code,text_nl,esco_uri,esco_label\nlo1,Een,a|b,x\n", "/2/esco_label", "value-count"),
        (&many, "", "too-many"),
        (&long, "", "too-long"),
    ] {
        let errors = parse_outcome_table(table).expect_err("refused");
        let found = (errors[0].pointer.as_str(), errors[0].code);
        assert_eq!(found, (pointer, code), "{}", table.get(..40).unwrap_or(table));
    }
    let errors = parse_outcome_table("code,text_nl\nlo1,\n,Een\n").expect_err("refused");
    assert_eq!(errors.len(), 2, "all at once");
    let words = FaultWords::of(&errors[0], Language::En);
    assert!(words.detail.contains("Row 2, column text_nl"), "{}", words.detail);
    assert_eq!(OUTCOME_COLUMNS.len(), 8);
}

proptest::proptest! {
    #[test]
    fn no_table_breaks_the_reading(table in "[\"a,;\r\n é]{0,60}") {
        let _ = parse_outcome_table(&format!("code,text_nl\n{table}"));
        let _ = parse_outcome_table(&table);
    }
}
