//! The floor plan is a failing test: `docs/ARCHITECTURE.md` holds the table of rooms, and this test
//! holds the sources against it. It reads text, so it also counts what a comment imports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Crates that belong to certain rooms only, and where they may be named.
const CRATES: &[(&str, &[&str])] = &[
    ("actix_web", &["http", "app"]),
    ("actix_http", &["http"]),
    ("askama", &["http"]),
    ("sled", &["store"]),
    ("zstd", &["store"]),
    ("crc32c", &["store"]),
    ("reqwest", &["sources", "cli"]),
    ("argon2", &["keys"]),
    ("clap", &["cli"]),
    ("tracing_subscriber", &["telemetry"]),
    ("toml", &["config", "cli"]),
    ("flate2", &["status", "baked"]),
    ("quick_xml", &["baked"]),
    ("jsonwebtoken", &["proof", "access"]),
    ("getrandom", &["ids"]),
    ("fluent_bundle", &["texts"]),
    ("fluent_syntax", &["texts"]),
    ("unic_langid", &["texts"]),
    ("fast_qr", &["render"]),
    ("krilla", &["render"]),
    ("resvg", &["render"]),
    ("rustybuzz", &["render"]),
    ("lettre", &["delivery"]),
    ("governor", &["http"]),
];

/// Words that make private keys, allowed in one room.
const KEY_WORDS: &[&str] =
    &["SigningKey", "EcdsaKeyPair", "Ed25519KeyPair", "RsaKeyPair", "EncodingKey", "PrivateKey"];

const MOST_LINES: usize = 600;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The table of `docs/ARCHITECTURE.md`: room, and the rooms it may import.
fn floor_plan() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).expect("the plan is there");
    let names = |cell: &str| -> BTreeSet<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let rows: Vec<Vec<&str>> = text
        .lines()
        .skip_while(|l| !l.starts_with("| room |"))
        .skip(2)
        .take_while(|l| l.starts_with('|'))
        .map(|l| l.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let all: BTreeSet<String> = rows.iter().flat_map(|r| names(r[0])).collect();
    let mut plan = BTreeMap::new();
    for row in &rows {
        assert_eq!(row.len(), 3, "a row of the plan has three cells: {row:?}");
        let may = if row[2] == "all above" {
            all.iter().filter(|room| plan.contains_key(*room)).cloned().collect()
        } else {
            names(row[2])
        };
        for room in names(row[0]) {
            plan.insert(room, may.clone());
        }
    }
    plan
}

fn room_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).expect("under src");
    inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned()
}

/// Rooms named after `crate::`, also in a braced list.
fn imports(text: &str) -> BTreeSet<String> {
    let word = |s: &str| -> String {
        s.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => {
                found.insert(word(rest));
            }
            Some(list) => {
                let mut depth = 1;
                let mut item = String::new();
                for c in list.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 || (depth == 1 && c == ',') {
                        found.insert(word(item.trim()));
                        item.clear();
                    } else {
                        item.push(c);
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    found.remove("");
    found
}

#[test]
fn every_room_is_on_the_plan_and_every_planned_room_exists() {
    let planned: BTreeSet<String> = floor_plan().into_keys().collect();
    let built: BTreeSet<String> = sources(&root().join("src"))
        .iter()
        .map(|p| room_of(p))
        .filter(|name| !name.ends_with(".rs"))
        .collect();
    assert_eq!(planned, built, "left: docs/ARCHITECTURE.md, right: src/");
}

#[test]
fn a_room_imports_only_what_the_plan_names() {
    let plan = floor_plan();
    let mut faults = Vec::new();
    for path in sources(&root().join("src")) {
        let room = room_of(&path);
        let Some(may) = plan.get(&room) else { continue };
        for import in imports(&fs::read_to_string(&path).expect("text")) {
            if import != room && plan.contains_key(&import) && !may.contains(&import) {
                faults.push(format!("{}: `{room}` may not import `{import}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_plan_has_no_circles() {
    let plan = floor_plan();
    let mut settled: BTreeSet<&String> = BTreeSet::new();
    while settled.len() < plan.len() {
        let before = settled.len();
        for (room, may) in &plan {
            if may.iter().all(|m| settled.contains(m)) {
                settled.insert(room);
            }
        }
        assert!(settled.len() > before, "a circle among the rooms not in {settled:?}");
    }
}

#[test]
fn an_external_crate_is_named_only_in_its_room() {
    let mut faults = Vec::new();
    for path in sources(&root().join("src")) {
        let text = fs::read_to_string(&path).expect("text");
        let room = room_of(&path);
        for (name, rooms) in CRATES {
            let named =
                text.contains(&format!("{name}::")) || text.contains(&format!("use {name};"));
            if named && !rooms.contains(&room.as_str()) {
                faults.push(format!("{}: `{name}` belongs to {rooms:?}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The names of the modules that a file declares only under a feature.
fn behind(text: &str, feature: &str) -> BTreeSet<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let condition = format!("#[cfg(feature = \"{feature}\")]");
    lines
        .windows(2)
        .filter(|pair| pair[0] == condition)
        .filter_map(|pair| pair[1].trim_start_matches("pub ").strip_prefix("mod "))
        .map(|name| name.trim_end_matches(';').to_owned())
        .collect()
}

/// Rooms, and files of the others, that exist only under a feature.
fn is_behind(path: &Path, features: &[&str]) -> bool {
    let opening = |file: PathBuf| fs::read_to_string(file).unwrap_or_default();
    let room = room_of(path);
    let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let outer = opening(root().join("src/lib.rs"));
    let inner = opening(root().join("src").join(&room).join("mod.rs"));
    features.iter().any(|feature| {
        behind(&outer, feature).contains(room.trim_end_matches(".rs"))
            || behind(&inner, feature).contains(&stem)
    })
}

#[test]
fn the_verifier_needs_nothing_of_the_service() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("text");
    let service = behind(&lib, "service");
    for room in ["http", "store", "keys", "access", "issuance", "cli", "app"] {
        assert!(service.contains(room), "`{room}` is compiled into the verifier");
    }
    assert!(!service.contains("verification") && !service.contains("sources"));
    let mut faults = Vec::new();
    let mut seen = 0;
    for path in sources(&root().join("src")) {
        if path.ends_with("src/main.rs") || is_behind(&path, &["service"]) {
            continue;
        }
        seen += 1;
        for import in imports(&fs::read_to_string(&path).expect("text")) {
            if service.contains(&import) {
                faults.push(format!("{}: `{import}` is of the service", path.display()));
            }
        }
    }
    assert!(seen > 50, "only {seen} files are the verifier's");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Crates that the manifest marks as optional, as they are named in sources.
fn optional_crates() -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("text");
    manifest
        .lines()
        .filter(|line| line.contains("optional = true"))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.replace('-', "_"))
        .collect()
}

#[test]
fn an_optional_crate_is_named_only_behind_a_feature() {
    let optional = optional_crates();
    for name in ["actix_web", "tokio", "sled", "zstd", "argon2", "clap", "reqwest"] {
        assert!(optional.contains(name), "`{name}` is not optional");
    }
    let mut faults = Vec::new();
    for path in sources(&root().join("src")) {
        if path.ends_with("src/main.rs") || is_behind(&path, &["service", "network"]) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        for name in &optional {
            if text.contains(&format!("{name}::")) {
                faults.push(format!("{}: `{name}` is optional", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reader_of_conditions_sees_what_is_behind_a_feature() {
    let text = "mod a;\n#[cfg(feature = \"service\")]\nmod b;\n#[cfg(feature = \"network\")]\n\
                pub mod c;\n#[cfg(feature = \"service\")]\npub use d::E;\npub mod f;";
    assert_eq!(behind(text, "service"), BTreeSet::from(["b".to_owned()]));
    assert_eq!(behind(text, "network"), BTreeSet::from(["c".to_owned()]));
}

#[test]
fn private_keys_live_in_one_room() {
    let mut faults = Vec::new();
    for path in sources(&root().join("src")) {
        if room_of(&path) == "keys" {
            continue;
        }
        for (number, line) in fs::read_to_string(&path).expect("text").lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for word in KEY_WORDS {
                if code.contains(word) {
                    faults.push(format!("{}:{}: {word}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_front_of_the_house_cannot_name_the_vault() {
    let plan = floor_plan();
    assert!(!plan["http"].contains("keys"));
    assert!(!plan["access"].contains("keys"));
    assert!(!plan["verification"].contains("keys"));
    assert!(!plan["verification"].contains("store"));
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut faults = Vec::new();
    for path in sources(&root().join("src")) {
        let text = fs::read_to_string(&path).expect("text");
        let lines = text.lines().count();
        if lines > MOST_LINES {
            faults.push(format!("{}: {lines} lines, at most {MOST_LINES}", path.display()));
        }
        if !text.starts_with("//!") {
            faults.push(format!("{}: does not open with //!", path.display()));
        }
        for (number, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("#[allow(")
                || line.trim_start().starts_with("#![allow(")
            {
                faults.push(format!("{}:{}: expect with a reason", path.display(), number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The stories that must be, of those for whom `docs/STORIES.md` answers.
const STORIES: &[&str] = &[
    "A1", "A2", "A3", "A4", "A5", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "P1", "P2", "E1",
    "E2", "E3", "E4", "E5", "E6", "E7", "E9", "E10", "X1", "X2", "X3", "X4", "X5", "L1", "L2",
    "L3", "L4", "L5", "L7", "L8", "L9", "Q1", "Q3",
];

#[test]
fn every_story_that_must_be_names_tests_that_are_there_and_carry_its_id() {
    let text = fs::read_to_string(root().join("docs/STORIES.md")).expect("the table is there");
    let rows: BTreeMap<&str, Vec<&str>> = text
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let named = cells.get(2)?.split('`').skip(1).step_by(2).collect();
            STORIES.contains(&cells[1]).then_some((cells[1], named))
        })
        .collect();
    let tests: Vec<String> = sources(&root().join("tests"))
        .iter()
        .map(|path| fs::read_to_string(path).expect("text"))
        .collect();
    let mut faults = Vec::new();
    for story in STORIES {
        let named = rows.get(story).map_or(&[][..], Vec::as_slice);
        if named.is_empty() {
            faults.push(format!("{story} has no test"));
        }
        for test in named {
            let start = format!("fn {test}(");
            let found = tests.iter().any(|text| {
                text.split_once(&start).is_some_and(|(before, _)| {
                    let head = before.rsplit("\n\n").next().unwrap_or_default();
                    let lower = story.to_lowercase();
                    let in_words = head.split(|c: char| !c.is_alphanumeric()).any(|w| w == *story);
                    head.contains("#[test]") && (in_words || test.split('_').any(|w| w == lower))
                })
            });
            if !found {
                faults.push(format!("{story}: there is no test {test} that carries its id"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_is_called_after_nothing() {
    let vague =
        ["utils", "util", "common", "helpers", "helper", "types", "core", "manager", "misc"];
    for path in sources(&root().join("src")) {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let folder = path.parent().and_then(Path::file_name).expect("a name").to_string_lossy();
        assert!(!vague.contains(&stem.as_str()), "{}", path.display());
        assert!(!vague.contains(&&*folder), "{}", path.display());
    }
}

#[test]
fn the_reader_of_imports_sees_all_forms() {
    let text = "use crate::{a, b::{c, d}, e};\nuse crate::f::g;\nlet x = crate::h::i();\n\
                pub(in crate::j) fn k() {} mycrate::l";
    let expected = ["a", "b", "e", "f", "h", "j"].map(str::to_owned);
    assert_eq!(imports(text), BTreeSet::from(expected));
}
