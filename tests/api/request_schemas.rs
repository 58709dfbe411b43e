//! The JSON Schemas of small requests say what the OpenAPI document says.

use serde_json::{Value, json};

fn root(path: &str) -> String {
    let path = format!("{}/schemas/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The component with every local reference put in its place.
fn resolved(document: &Value, schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                let pointer = reference.strip_prefix('#').expect("a local reference");
                return resolved(document, document.pointer(pointer).expect("it is there"));
            }
            members.iter().map(|(k, v)| (k.clone(), resolved(document, v))).collect()
        }
        Value::Array(items) => items.iter().map(|i| resolved(document, i)).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_files_and_the_openapi_document_agree() {
    let document: Value = serde_norway::from_str(&root("openapi.yaml")).expect("YAML");
    for (file, component) in [
        ("status-change.schema.json", "StatusChange"),
        ("visibility-change.schema.json", "VisibilityChange"),
    ] {
        let mut schema: Value = serde_json::from_str(&root(file)).expect("JSON");
        let members = schema.as_object_mut().expect("an object");
        members.shift_remove("$schema");
        members.shift_remove("title");
        let component = &document["components"]["schemas"][component];
        assert_eq!(schema, resolved(&document, component), "{file}");
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        assert!(!validator.is_valid(&json!({})), "{file} takes anything");
    }
}
