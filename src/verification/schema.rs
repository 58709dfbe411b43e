//! The published JSON Schema of Open Badges 3.0, and two rules of its text that the schema leaves
//! out. Only for documents that say they are such a badge.
//!
//! The schema does not catch misspelled members; safe mode does.

use super::conformance::Fault;
use jsonschema::Validator;
use serde_json::Value;
use std::sync::OnceLock;

const SCHEMA: &str =
    include_str!("../../schemas/open-badges/ob_v3p0_achievementcredential_schema.json");
const MAX_FAULTS: usize = 20;

/// Whether the document has one of these types.
fn has_type(document: &Value, names: &[&str]) -> bool {
    let named = |kind: &Value| kind.as_str().is_some_and(|kind| names.contains(&kind));
    match document.get("type") {
        Some(Value::Array(all)) => all.iter().any(named),
        Some(one) => named(one),
        None => false,
    }
}

/// What is wrong with a document of Open Badges 3.0; nothing with another one.
pub(super) fn faults(document: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    if has_type(document, &["OpenBadgeCredential", "AchievementCredential"]) {
        faults.extend(badge_faults(document));
    }
    if has_type(document, &["EndorsementCredential"]) {
        faults.extend(endorsement_faults(document));
    }
    faults
}

/// Open Badges 3.0, section B.1.9: an endorsement has an id and a name, and says what it endorses.
fn endorsement_faults(document: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut require = |pointer: &str, detail: &str| {
        if !document.pointer(pointer).is_some_and(Value::is_string) {
            faults.push(Fault {
                pointer: pointer.to_owned(),
                code: "endorsement",
                detail: detail.to_owned(),
            });
        }
    };
    require("/id", "An endorsement has an id.");
    require("/name", "An endorsement has a name.");
    require("/credentialSubject/id", "An endorsement names one thing that it endorses.");
    let kind = document.pointer("/credentialSubject/type");
    let is_subject = |kind: &Value| kind == "EndorsementSubject";
    let typed = match kind {
        Some(Value::Array(all)) => all.iter().any(is_subject),
        Some(one) => is_subject(one),
        None => false,
    };
    if !typed {
        faults.push(Fault {
            pointer: "/credentialSubject/type".to_owned(),
            code: "endorsement",
            detail: "The subject of an endorsement is an EndorsementSubject.".to_owned(),
        });
    }
    if faults.is_empty() {
        each_status(document, endorsement_validator(), &mut faults);
    }
    faults
}

/// What is wrong with a badge. The texts name places, not values.
///
/// Several status entries make `credentialStatus` an array: the data model allows it (VCDM 2.0,
/// section 4.10) and the published schema does not, so each entry is held against it by itself.
fn badge_faults(document: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    each_status(document, validator(), &mut faults);
    let subject = document.get("credentialSubject").and_then(Value::as_object);
    if let Some(subject) = subject {
        // Open Badges 3.0 section B.1.3: an identifier of the recipient there must be.
        if !subject.contains_key("id") && !subject.contains_key("identifier") {
            faults.push(Fault {
                pointer: "/credentialSubject".to_owned(),
                code: "recipient",
                detail: "A badge names its recipient by id or identifier.".to_owned(),
            });
        }
        let criteria = subject
            .get("achievement")
            .and_then(|achievement| achievement.get("criteria"))
            .and_then(Value::as_object);
        if criteria.is_some_and(|c| !c.contains_key("id") && !c.contains_key("narrative")) {
            faults.push(Fault {
                pointer: "/credentialSubject/achievement/criteria".to_owned(),
                code: "criteria",
                detail: "Criteria have an id or a narrative.".to_owned(),
            });
        }
    }
    faults
}

/// The document with one status entry after the other.
fn each_status(document: &Value, validator: &Validator, faults: &mut Vec<Fault>) {
    match document.get("credentialStatus").and_then(Value::as_array) {
        Some(entries) if !entries.is_empty() => {
            let mut single = document.clone();
            for entry in entries.iter().take(MAX_FAULTS) {
                single["credentialStatus"] = entry.clone();
                against_schema(&single, validator, faults);
            }
        }
        _ => against_schema(document, validator, faults),
    }
    faults.truncate(MAX_FAULTS);
}

fn against_schema(document: &Value, validator: &Validator, faults: &mut Vec<Fault>) {
    if validator.is_valid(document) {
        return;
    }
    faults.extend(validator.iter_errors(document).take(MAX_FAULTS).map(|error| Fault {
        pointer: error.instance_path().to_string(),
        code: "open-badges-schema",
        detail: format!("Against the Open Badges schema ({}).", error.schema_path()),
    }));
}

/// The schema of badges; compiled at first use, kept for the life of the process.
pub(super) fn validator() -> &'static Validator {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    VALIDATOR.get_or_init(|| compile(None))
}

/// The part of the same schema that describes endorsements.
fn endorsement_validator() -> &'static Validator {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    VALIDATOR.get_or_init(|| compile(Some("#/$defs/EndorsementCredential")))
}

fn compile(part: Option<&str>) -> Validator {
    let mut schema: Value =
        serde_json::from_str(SCHEMA).expect("the bundled schema is JSON, a test reads it");
    // The dialect is written with a trailing `#` that is no part of its name.
    if let Some(Value::String(dialect)) = schema.get_mut("$schema") {
        dialect.truncate(dialect.trim_end_matches('#').len());
    }
    if let (Some(part), Some(members)) = (part, schema.as_object_mut()) {
        members.retain(|name, _| matches!(name.as_str(), "$schema" | "$id" | "$defs"));
        members.insert("$ref".to_owned(), part.into());
    }
    jsonschema::validator_for(&schema)
        .expect("the bundled schema compiles, a test validates with it")
}
