//! The published Open Badges 3.0 JSON Schema, compiled once; what others will hold a certificate
//! against is held against it before it is signed.

use super::IssueError;
use jsonschema::Validator;
use serde_json::Value;
use std::sync::LazyLock;

/// The bundled schema, byte for byte as published; its digest stands in the manifest beside it.
const SCHEMA: &str =
    include_str!("../../schemas/open-badges/ob_v3p0_achievementcredential_schema.json");

static COMPILED: LazyLock<Result<Validator, String>> = LazyLock::new(|| compile(None));

/// The part of the published schema that describes endorsements.
static ENDORSEMENT: LazyLock<Result<Validator, String>> =
    LazyLock::new(|| compile(Some("#/$defs/EndorsementCredential")));

fn compile(part: Option<&str>) -> Result<Validator, String> {
    let mut schema: Value = serde_json::from_str(SCHEMA).map_err(|error| error.to_string())?;
    if let (Some(part), Some(members)) = (part, schema.as_object_mut()) {
        members.retain(|name, _| matches!(name.as_str(), "$schema" | "$id" | "$defs"));
        members.insert("$ref".to_owned(), part.into());
    }
    // The published text ends the dialect's name with an empty fragment.
    if let Some(Value::String(dialect)) = schema.get_mut("$schema") {
        dialect.truncate(dialect.trim_end_matches('#').len());
    }
    jsonschema::options()
        .offline()
        .should_validate_formats(true)
        .build(&schema)
        .map_err(|error| error.to_string())
}

/// Refuses a document that does not conform to the published schema.
///
/// A suspension entry beside the revocation entry makes `credentialStatus` an array, which the
/// published schema refuses; an issuer that opted in accepted that (decision D7), so the entries
/// are held against it one by one.
pub(super) fn check(document: &Value) -> Result<(), IssueError> {
    let validator =
        COMPILED.as_ref().map_err(|error| unsound(format!("the bundled schema: {error}")))?;
    match document.get("credentialStatus").and_then(Value::as_array) {
        None => conforms(validator, document),
        Some(entries) => {
            let mut single = document.clone();
            for entry in entries {
                single["credentialStatus"] = entry.clone();
                conforms(validator, &single)?;
            }
            Ok(())
        }
    }
}

/// Refuses an endorsement that does not conform to the published schema.
pub(super) fn check_endorsement(document: &Value) -> Result<(), IssueError> {
    let validator =
        ENDORSEMENT.as_ref().map_err(|error| unsound(format!("the bundled schema: {error}")))?;
    conforms(validator, document)
}

fn conforms(validator: &Validator, document: &Value) -> Result<(), IssueError> {
    if validator.is_valid(document) {
        return Ok(());
    }
    // Only places and keywords: the messages would quote the learner's data.
    let places: Vec<String> = validator
        .iter_errors(document)
        .take(5)
        .map(|error| format!("{} ({})", error.instance_path(), error.schema_path()))
        .collect();
    Err(unsound(format!("against the Open Badges schema at {}", places.join(", "))))
}

fn unsound(detail: String) -> IssueError {
    IssueError::Unsound { detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_bundled_schema_is_the_published_one() {
        let manifest: Value =
            serde_json::from_str(include_str!("../../schemas/open-badges/manifest.json"))
                .expect("JSON");
        let digest: String =
            Sha256::digest(SCHEMA).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(manifest["schemas"][0]["sha256"], digest);
        assert_eq!(manifest["schemas"][0]["size"], SCHEMA.len());
    }

    #[test]
    fn what_others_would_refuse_is_refused() {
        let good: Value =
            serde_json::from_str(include_str!("../../tests/samples/expected/mc1.json"))
                .expect("JSON");
        check(&good).expect("the sample conforms");
        let wrong = [
            ("/validFrom", json!("2026-02-02")),
            ("/awardedDate", json!("2026-01-30")),
            ("/credentialSubject/achievement/alignment/0/targetType", json!("Anything")),
            ("/credentialSubject/result/0/value", json!(14)),
            ("/credentialSubject/creditsEarned", json!("3")),
            ("/issuer", Value::Null),
            ("/credentialStatus/id", json!(7)),
        ];
        for (pointer, value) in wrong {
            let mut document = good.clone();
            let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
            document.pointer_mut(parent).expect("there")[member] = value;
            let refused = check(&document);
            assert!(matches!(refused, Err(IssueError::Unsound { .. })), "{pointer}");
            assert!(!format!("{refused:?}").contains("Familienaam"));
        }
        let mut both = good.clone();
        both["credentialStatus"] = json!([good["credentialStatus"], good["credentialStatus"]]);
        check(&both).expect("an issuer may opt in to a second entry");
        both["credentialStatus"][1]["id"] = json!(7);
        assert!(check(&both).is_err());
    }
}
