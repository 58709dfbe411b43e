//! `schemas/openapi.yaml` as a judge: is this answer one that the document promises?

use crate::app::Answer;
use bewijs::http::ROUTES;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, OnceLock};

/// The document.
pub struct Contract {
    document: Value,
    validators: Mutex<HashMap<String, &'static jsonschema::Validator>>,
}

fn document() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/openapi.yaml");
    let text = std::fs::read_to_string(path).expect("the document is there");
    serde_norway::from_str(&text).expect("the document is YAML")
}

impl Contract {
    pub fn shared() -> &'static Self {
        static CONTRACT: OnceLock<Contract> = OnceLock::new();
        CONTRACT.get_or_init(|| Self { document: document(), validators: Mutex::default() })
    }

    /// Follows references until something else stands there.
    fn resolve<'a>(&'a self, mut value: &'a Value) -> &'a Value {
        while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            let pointer = reference.strip_prefix('#').expect("references stay in the document");
            value = self.document.pointer(pointer).expect("references lead somewhere");
        }
        value
    }

    /// The entry of the document for a path, by its template.
    fn template(&self, path: &str) -> Option<(&str, &Map<String, Value>)> {
        let path = path.split('?').next().unwrap_or(path);
        let segments: Vec<&str> = path.split('/').collect();
        let mut fitting: Vec<_> = self.document["paths"]
            .as_object()
            .expect("paths")
            .iter()
            .filter(|(template, _)| {
                let wanted: Vec<&str> = template.split('/').collect();
                wanted.len() == segments.len()
                    && wanted
                        .iter()
                        .zip(&segments)
                        .all(|(w, s)| w == s || (w.starts_with('{') && !s.is_empty()))
            })
            .collect();
        // A fixed segment before a variable one.
        fitting.sort_by_key(|(template, _)| template.matches('{').count());
        fitting
            .first()
            .map(|(template, entry)| (template.as_str(), entry.as_object().expect("an entry")))
    }

    /// Fails unless the document promises this answer to this request.
    pub fn check(&self, method: &str, path: &str, answer: &Answer) {
        let at = format!("{method} {path} -> {}", answer.status);
        assert!(!answer.header("x-request-id").is_empty(), "{at}: no request id");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{at}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{at}");
        assert_eq!(answer.header("x-robots-tag"), "noindex", "{at}");
        assert!(!answer.header("content-security-policy").is_empty(), "{at}");
        if method == "OPTIONS" {
            assert_eq!(answer.status, 204, "{at}");
            return;
        }
        let Some((template, entry)) = self.template(path) else {
            assert_eq!(answer.status, 404, "{at}: the document does not know the address");
            self.body(&at, answer, &self.document["components"]["responses"]["NotFound"], method);
            return;
        };
        let wanted = if method == "HEAD" { "get" } else { &method.to_lowercase() };
        let response = match entry.get(wanted) {
            Some(operation) => {
                let promised = operation["responses"].get(answer.status.to_string());
                assert!(promised.is_some(), "{at}: {template} does not promise this status");
                promised.expect("just looked")
            }
            None => {
                assert_eq!(answer.status, 405, "{at}: {template} has no such method");
                &self.document["components"]["responses"]["MethodNotAllowed"]
            }
        };
        self.body(&at, answer, self.resolve(response), method);
    }

    fn body(&self, at: &str, answer: &Answer, response: &Value, method: &str) {
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let header = self.resolve(header);
            let value = answer.header(name);
            if value.is_empty() {
                assert_ne!(header["required"], json!(true), "{at}: the header {name} is missing");
            } else {
                self.hold(&format!("{at}, header {name}"), &header["schema"], &json!(value));
            }
        }
        let Some(content) = response["content"].as_object() else {
            assert!(answer.body.is_empty(), "{at}: a body where none is promised");
            return;
        };
        let media_type = answer.media_type();
        assert!(content.contains_key(media_type), "{at}: {media_type} is not promised");
        let schema = &content[media_type]["schema"];
        if method == "HEAD" {
            assert!(answer.body.is_empty(), "{at}: a body after HEAD");
            return;
        }
        let instance = if media_type.ends_with("json") || media_type == "application/vc" {
            answer.json()
        } else {
            json!(answer.text())
        };
        self.hold(at, schema, &instance);
        if media_type == "application/problem+json" {
            assert_eq!(instance["status"], json!(answer.status), "{at}: the status in the body");
            assert_eq!(instance["requestId"], json!(answer.header("x-request-id")), "{at}");
        }
    }

    fn hold(&self, at: &str, schema: &Value, instance: &Value) {
        let key = schema.to_string();
        let validator = {
            let mut known = self.validators.lock().unwrap_or_else(|e| e.into_inner());
            known.get(&key).copied().unwrap_or_else(|| {
                let validator: &'static _ = Box::leak(Box::new(self.validator(schema)));
                known.insert(key, validator);
                validator
            })
        };
        let faults: Vec<String> = validator
            .iter_errors(instance)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{at} is not what the document says: {faults:#?}");
    }

    fn validator(&self, schema: &Value) -> jsonschema::Validator {
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": { "schemas": self.document["components"]["schemas"] },
            "allOf": [schema],
        });
        jsonschema::options()
            .should_validate_formats(true)
            .build(&whole)
            .expect("a schema of the document compiles")
    }

    /// Whether a request body is one that the document describes.
    pub fn request(&self, name: &str, instance: &Value) -> Result<(), String> {
        self.validator(&json!({ "$ref": format!("#/components/schemas/{name}") }))
            .validate(instance)
            .map_err(|e| e.to_string())
    }
}

#[test]
fn the_table_of_routes_and_the_document_agree_both_ways() {
    let contract = Contract::shared();
    let of_table: BTreeSet<(String, String, String, bool)> = ROUTES
        .iter()
        .flat_map(|route| {
            route.operations.iter().map(|o| {
                let method = o.method.to_lowercase();
                (route.path.to_owned(), method, o.name.as_str().to_owned(), o.scope.is_some())
            })
        })
        .collect();
    let of_document: BTreeSet<(String, String, String, bool)> = contract.document["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, entry)| {
            entry.as_object().expect("an entry").iter().filter(|(k, _)| *k != "parameters").map(
                |(method, operation)| {
                    let name = operation["operationId"].as_str().expect("an operationId");
                    let guarded = operation.get("security").is_some();
                    (path.clone(), method.clone(), name.to_owned(), guarded)
                },
            )
        })
        .collect();
    assert_eq!(of_table, of_document);
}

#[test]
fn guarded_operations_name_their_scope_and_promise_401_403_and_404() {
    let contract = Contract::shared();
    for route in ROUTES {
        for operation in route.operations {
            let entry = &contract.document["paths"][route.path][operation.method.to_lowercase()];
            if let Some(scope) = operation.scope {
                let text = entry["description"].as_str().unwrap_or("");
                assert!(text.contains(scope.as_str()), "{} names {scope}", operation.name.as_str());
                for status in ["401", "403", "404"] {
                    assert!(entry["responses"].get(status).is_some(), "{} {status}", route.path);
                }
            }
        }
    }
}

#[test]
fn every_template_declares_its_parameters() {
    let contract = Contract::shared();
    for (path, entry) in contract.document["paths"].as_object().expect("paths") {
        let declared: BTreeSet<String> = entry["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|p| contract.resolve(p)["name"].as_str().expect("a name").to_owned())
            .collect();
        let used: BTreeSet<String> = path
            .split('/')
            .filter_map(|s| Some(s.strip_prefix('{')?.strip_suffix('}')?.to_owned()))
            .collect();
        assert_eq!(declared, used, "{path}");
    }
}

#[test]
fn every_example_of_the_document_fits_its_schema() {
    let contract = Contract::shared();
    let mut seen = 0;
    examples(contract, &contract.document, &mut seen);
    assert!(seen >= 5, "only {seen} examples were held against their schemas");
}

fn examples(contract: &Contract, value: &Value, seen: &mut usize) {
    match value {
        Value::Object(members) => {
            if let Some(schema) = members.get("schema") {
                let single = members.get("example").into_iter();
                let several = members.get("examples").and_then(Value::as_object);
                for example in single
                    .chain(several.into_iter().flatten().map(|(_, example)| &example["value"]))
                {
                    *seen += 1;
                    contract.hold("an example", schema, example);
                }
            }
            members.values().for_each(|v| examples(contract, v, seen));
        }
        Value::Array(items) => items.iter().for_each(|v| examples(contract, v, seen)),
        _ => {}
    }
}

#[test]
fn every_sample_award_is_a_request_that_the_document_describes() {
    let contract = Contract::shared();
    let file = crate::app::sample("awards.json");
    for award in file["awards"].as_array().expect("awards") {
        let mut award = award.clone();
        let key = award["key"].as_str().expect("a key").to_owned();
        for member in ["key", "fixed"] {
            award.as_object_mut().expect("an object").remove(member);
        }
        // In requests, other certificates are named by their addresses.
        let parts = award.get_mut("parts").and_then(Value::as_array_mut);
        for part in parts.into_iter().flatten() {
            part["award"] = json!("https://badges.example/credentials/x");
        }
        assert_eq!(contract.request("Award", &award), Ok(()), "{key}");
        award["misspelt"] = json!(1);
        assert!(contract.request("Award", &award).is_err(), "{key} with an unknown member");
    }
}
