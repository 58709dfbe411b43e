//! Runs the public conformance suites against this canonicaliser and reports counts.
//!
//! `cargo run --release --example w3c_suites -- DIRECTORY`, where DIRECTORY holds the `tests`
//! directories of W3C's `rdf-canon` (as `rdf-canon/tests`) and `json-ld-api` (as
//! `json-ld-api/tests`). Exits with 1 when any answer is wrong. The suites are not part of this
//! repository; base IRI is null here, so that documents with relative names count as refused.
#![expect(clippy::print_stdout, clippy::unwrap_used, clippy::panic, reason = "a report for people")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use bewijs::canon::json::JsonLimits;
use bewijs::canon::{ContextSet, HashAlgorithm, View, json, nquads};
use serde_json::Value;

fn main() -> ExitCode {
    let directory = std::env::args().nth(1).unwrap_or_else(|| panic!("name the directory"));
    let directory = Path::new(&directory);
    let wrong =
        rdfc(&directory.join("rdf-canon/tests")) + to_rdf(&directory.join("json-ld-api/tests"));
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn load(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn is(entry: &Value, kind: &str) -> bool {
    match &entry["type"].as_null().map_or(&entry["type"], |()| &entry["@type"]) {
        Value::String(name) => name.contains(kind),
        Value::Array(names) => names.iter().any(|n| n.as_str().is_some_and(|n| n.contains(kind))),
        _ => false,
    }
}

/// RDFC-1.0: evaluation, negative and map tests.
fn rdfc(directory: &Path) -> usize {
    let manifest = load(&directory.join("manifest.jsonld"));
    let (mut right, mut wrong, mut other_hash) = (0, 0, 0);
    for entry in manifest["entries"].as_array().unwrap() {
        let id = entry["id"].as_str().unwrap();
        let hash = match entry["hashAlgorithm"].as_str() {
            None | Some("SHA256") => HashAlgorithm::Sha256,
            Some("SHA384") => HashAlgorithm::Sha384,
            Some(_) => {
                other_hash += 1;
                continue;
            }
        };
        let action = std::fs::read_to_string(directory.join(entry["action"].as_str().unwrap()));
        let outcome = nquads::canonicalize_with_labels(&action.unwrap(), hash);
        let good = if is(entry, "Negative") {
            outcome.is_err()
        } else {
            let result = directory.join(entry["result"].as_str().unwrap());
            let expected = std::fs::read_to_string(&result).unwrap();
            match outcome {
                Ok((canonical, _)) if result.extension().is_some_and(|e| e == "nq") => {
                    canonical.nquads == expected
                }
                // A map test: identifiers of the input to canonical ones.
                Ok((_, labels)) => {
                    let map: BTreeMap<String, String> = serde_json::from_str(&expected).unwrap();
                    labels == map
                }
                Err(error) => {
                    println!("  rdfc {id}: {error}");
                    false
                }
            }
        };
        if good {
            right += 1;
        } else {
            wrong += 1;
            println!("  rdfc {id} WRONG");
        }
    }
    println!("RDFC-1.0: {right} right, {wrong} wrong, {other_hash} with another hash not run");
    wrong
}

/// JSON-LD 1.1 toRdf: positive tests are right, refused or wrong; negative ones refused or accepted.
fn to_rdf(directory: &Path) -> usize {
    let manifest = load(&directory.join("toRdf-manifest.jsonld"));
    let set = ContextSet::conformance();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut right, mut refused, mut wrong, mut skipped) = (0, 0, 0, 0);
    let (mut negative_refused, mut negative_accepted) = (0, 0);
    for entry in manifest["sequence"].as_array().unwrap() {
        let id = entry["@id"].as_str().unwrap();
        let options = &entry["option"];
        let old = ["processingMode", "specVersion"].map(|name| &options[name]);
        if old.iter().any(|version| version.as_str() == Some("json-ld-1.0")) {
            skipped += 1;
            continue;
        }
        let input = directory.join(entry["input"].as_str().unwrap());
        let document = std::fs::read(input).unwrap();
        let outcome = run(set, &document, options);
        if is(entry, "Negative") {
            match outcome {
                Ok(_) => {
                    negative_accepted += 1;
                    println!("  toRdf {id}: negative accepted: {}", entry["name"]);
                }
                Err(_) => negative_refused += 1,
            }
            continue;
        }
        match outcome {
            Err(code) => {
                refused += 1;
                *codes.entry(code).or_default() += 1;
            }
            // Run without a form for text direction, which this processor always has.
            Ok(canonical)
                if options["rdfDirection"].is_null()
                    && canonical.contains("^^<https://www.w3.org/ns/i18n#") =>
            {
                skipped += 1;
            }
            Ok(canonical) => {
                let Some(file) = entry["expect"].as_str() else {
                    // A syntax test: it is enough to have processed it.
                    right += 1;
                    continue;
                };
                let expected = std::fs::read_to_string(directory.join(file)).unwrap();
                match nquads::canonicalize(&expected) {
                    Ok(expected) if expected.nquads == canonical => right += 1,
                    Ok(expected) => {
                        wrong += 1;
                        println!("  toRdf {id} WRONG: {}", entry["name"]);
                        println!("--- ours\n{canonical}--- expected\n{}", expected.nquads);
                    }
                    Err(error) => {
                        skipped += 1;
                        println!("  toRdf {id}: the expected result is not N-Quads: {error}");
                    }
                }
            }
        }
    }
    println!(
        "JSON-LD toRdf: positive {right} right, {refused} refused, {wrong} WRONG; \
         negative {negative_refused} refused, {negative_accepted} accepted; {skipped} not run"
    );
    println!("  refused for: {codes:?}");
    wrong
}

fn run(set: &ContextSet, document: &[u8], options: &Value) -> Result<String, &'static str> {
    for name in ["base", "expandContext", "produceGeneralizedRdf"] {
        if !options[name].is_null() && options[name] != Value::Bool(false) {
            return Err("suite-option");
        }
    }
    if options["rdfDirection"].as_str().is_some_and(|name| name != "i18n-datatype") {
        return Err("suite-option");
    }
    let document = json::parse(document, &JsonLimits::default()).map_err(|e| e.code())?;
    let document = match document {
        Value::Array(items) => serde_json::json!({ "@graph": items }),
        one => one,
    };
    let nothing = Value::Array(Vec::new());
    let context = document.get("@context").is_none().then_some(&nothing);
    set.canonicalize(&document, View { omit: &[], context })
        .map(|canonical| canonical.nquads)
        .map_err(|error| error.code())
}
