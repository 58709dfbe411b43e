//! Every fault has its words in Dutch, French and English, and the list of all codes is up to date.

use super::refusals::outcome;
use super::samples::{Samples, file};
use bewijs::texts::{FaultWords, Language, written_faults};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

#[test]
fn every_fault_of_the_samples_is_told_in_three_languages_with_nothing_left_to_fill_in() {
    let samples = Samples::load();
    let cases = file("negative.json");
    let mut told = 0_usize;
    for list in ["rejected", "warnings"] {
        for case in cases[list].as_array().expect("array") {
            let (Ok(faults) | Err(faults)) = outcome(&samples, case);
            for fault in faults {
                let words = Language::ALL.map(|language| FaultWords::of(&fault, language));
                let id = &case["id"];
                for FaultWords { detail, remedy } in &words {
                    for sentence in [detail, remedy] {
                        assert!(sentence.ends_with('.'), "{id}: {sentence}");
                        assert!(!sentence.contains(['{', '}']), "{id}: {sentence}");
                        assert!(!sentence.contains(": .") && !sentence.contains(" ."), "{id}");
                    }
                }
                let [nl, fr, en] = words.map(|words| words.detail);
                assert!(nl != en && fr != en && nl != fr, "{id}: {en}");
                told += 1;
            }
        }
    }
    assert!(told > 90, "{told} faults");
}

/// A parameter as the list shows it.
fn shown(sentence: &str) -> String {
    sentence.replace('{', "‹").replace('}', "›").replace('|', "\\|")
}

fn list() -> String {
    let mut by_code: BTreeMap<&str, Vec<[[&str; 2]; 3]>> = BTreeMap::new();
    for fault in written_faults() {
        let words = by_code.entry(fault.code).or_default();
        if !words.contains(&fault.words) {
            words.push(fault.words);
        }
    }
    let mut text = String::from(
        "# Codes of faults and remarks\n\n\
         Each entry of `errors` and `warnings` has one of these codes. A code keeps its meaning; the words may \
         change. A code with more than one\nmessage says the same rule of several places. ‹…› is filled in. \
         Written by `BEWIJS_WRITE_FAULTS=1 cargo test --test profile codes`.\n\n\
         | code | Nederlands | français | English |\n|---|---|---|---|\n",
    );
    for (code, messages) in by_code {
        for [nl, fr, en] in messages {
            let cell = |[detail, remedy]: [&str; 2]| format!("{} {}", shown(detail), shown(remedy));
            let _ = writeln!(text, "| `{code}` | {} | {} | {} |", cell(nl), cell(fr), cell(en));
        }
    }
    text
}

#[test]
fn the_list_of_all_codes_is_what_the_tables_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/FAULTS.md");
    if std::env::var_os("BEWIJS_WRITE_FAULTS").is_some() {
        std::fs::write(&path, list()).expect("the list can be written");
    }
    let written = std::fs::read_to_string(&path).expect("docs/FAULTS.md");
    assert!(written == list(), "docs/FAULTS.md is stale: run with BEWIJS_WRITE_FAULTS=1");
}
