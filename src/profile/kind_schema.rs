//! The JSON Schemas of requests for one kind: the schema of every kind, narrowed by the public table
//! of fields. What only rules can say stays with the rules; the files under `schemas/kinds/` are
//! what this writes, and a test holds them together.

use super::field_profile::{FieldProfile, FieldRule, Need};
use super::house_rules::HouseRules;
use crate::model::CertificateKind;
use serde_json::{Value, json};

/// Which request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestKind {
    /// A definition version.
    Definition,
    /// An award.
    Award,
}

impl RequestKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Definition, Self::Award];

    /// Its name in files and fields.
    pub fn code(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Award => "award",
        }
    }

    fn schema(self) -> &'static str {
        match self {
            Self::Definition => include_str!("../../schemas/definition.schema.json"),
            Self::Award => include_str!("../../schemas/award.schema.json"),
        }
    }
}

/// The JSON Schema of a request for this kind, under the rules of the installation.
pub fn kind_schema(kind: CertificateKind, request: RequestKind, rules: &HouseRules) -> Value {
    let mut schema: Value =
        serde_json::from_str(request.schema()).expect("a bundled schema is JSON, a test reads it");
    let profile = FieldProfile::of(kind, rules);
    let fields = match request {
        RequestKind::Definition => &profile.definition,
        RequestKind::Award => &profile.award,
    };
    if let Some(members) = schema.as_object_mut() {
        // Conditions on the kind: here it is known.
        members.shift_remove("allOf");
    }
    let name = request.code();
    schema["$id"] = format!("urn:bewijs:schema:{name}:{}", kind.code()).into();
    if request == RequestKind::Definition {
        schema["properties"]["kind"] = json!({"const": kind.code()});
    }
    for field in fields {
        narrow(&mut schema, field, request);
    }
    if request == RequestKind::Award && kind.is_evc() {
        for statement in ["guideWasAssessor", "guideTookPartInDecision"] {
            schema["properties"]["assessment"]["properties"][statement] = json!({"const": false});
        }
    }
    schema
}

fn narrow(schema: &mut Value, field: &FieldRule, request: RequestKind) {
    let mut names = field.pointer.split('/').skip(1);
    let Some(first) = names.next() else { return };
    let (parent, name) = match names.next() {
        None => (schema, first),
        Some(name) => match schema.pointer_mut(&format!("/properties/{first}")) {
            Some(parent) => (parent, name),
            // A member of a member that is refused already.
            None => return,
        },
    };
    if parent.get("oneOf").is_some() && field.need == Need::Required {
        parent["required"] = json!([name]);
        parent["properties"] = json!({name: {"type": "integer"}});
        return;
    }
    let Some(properties) = parent.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    match field.need {
        Need::Allowed => {}
        // An empty list of what the kind does not have says nothing and is taken.
        Need::Forbidden if empty_is_taken(request, &field.pointer) => {
            properties.insert(name.to_owned(), json!({"type": "array", "maxItems": 0}));
        }
        Need::Forbidden => {
            properties.shift_remove(name);
        }
        Need::Required => {
            let list = properties.get_mut(name).filter(|known| known["type"] == "array");
            if let Some(list) = list {
                list["minItems"] = 1.into();
            }
            let required = parent.get_mut("required").and_then(Value::as_array_mut);
            match required {
                Some(required) if required.contains(&name.into()) => {}
                Some(required) => required.push(name.into()),
                None => parent["required"] = json!([name]),
            }
        }
    }
}

fn empty_is_taken(request: RequestKind, pointer: &str) -> bool {
    let lists: &[&str] = match request {
        RequestKind::Definition => &["/trainingProviders"],
        RequestKind::Award => &["/parts", "/competences", "/evidence", "/assessment/assessors"],
    };
    lists.contains(&pointer)
}
