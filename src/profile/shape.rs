//! Which parts of a credential vary from award to award under one definition. Two awards with the
//! same definition, sealer and [`shape_key`] give credentials that differ only at
//! [`variable_pointers`], so that a document can be prepared once and filled in many times. A
//! prepared document holds as long as catalogue, vocabulary and addresses stay as they were.

use super::award::Award;
use super::catalogue::{Generated, Installation, RegisterFacts};
use super::definition::Definition;
use super::identity::{hash_identity, normalised};
use super::wording::words;
use crate::model::StatusPurpose;
use serde_json::Value;
use std::fmt::Write;

/// What stands at a variable place once the document is RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HoleKind {
    /// The IRI of a node.
    Iri,
    /// The text of a literal.
    Text,
}

/// The structure of an award: which optional members it has, how many elements, which codes. Equal
/// for two awards exactly when their credentials have the same structure and their subjects an IRI
/// of the same scheme.
pub fn shape_key(award: &Award, purposes: &[StatusPurpose]) -> String {
    // Codes, slugs and references contain none of `|;,:+` and no capital letter stands alone.
    let mut key = String::with_capacity(128);
    let learner = &award.learner;
    for (there, letter) in [
        (learner.email.is_some(), 'e'),
        (learner.name.is_some(), 'n'),
        // Another scheme of the subject's IRI: a prepared document keeps to one.
        (learner.holder_did.is_some(), 'd'),
        (award.activity.is_some(), 'a'),
        (award.academic_year.is_some(), 'y'),
        (award.valid_until.is_some(), 'u'),
        (award.grade.is_some(), 'g'),
        (award.replaces.is_some(), 'r'),
    ] {
        if there {
            key.push(letter);
        }
    }
    let _ = write!(key, "|{}", award.mandate.as_deref().unwrap_or_default());
    key.push('|');
    if let Some(assessment) = &award.assessment {
        let text = |option: &Option<String>| option.clone().unwrap_or_default();
        let stated = |statement: Option<bool>| statement.map_or("", |s| if s { "1" } else { "0" });
        let _ = write!(
            key,
            "+{};{};{};{};{};{};{}",
            assessment.organisation.as_ref().map(|slug| slug.as_str()).unwrap_or_default(),
            assessment.methods.join(","),
            text(&assessment.supervision),
            text(&assessment.holder_identification),
            assessment.assessors.join(","),
            stated(assessment.guide_was_assessor),
            stated(assessment.guide_took_part_in_decision),
        );
    }
    key.push('|');
    // Results are written in the order of the definition, whatever the order of the request.
    let mut competences: Vec<_> = award.competences.iter().collect();
    competences.sort_by(|a, b| a.code.cmp(&b.code));
    for result in competences {
        let methods: Vec<&str> = result.basis.iter().map(|basis| basis.method.as_str()).collect();
        let _ = write!(
            key,
            "{}:{}:{}:{};",
            result.code,
            result.proficiency.as_deref().unwrap_or_default(),
            methods.join(","),
            result.experience.join(",")
        );
    }
    key.push('|');
    for evidence in &award.evidence {
        let _ = write!(
            key,
            "{}:{}{};",
            evidence.genre,
            u8::from(evidence.narrative.is_some()),
            u8::from(evidence.digest.is_some())
        );
    }
    key.push('|');
    let mut parts: Vec<&str> = award.parts.iter().map(|part| part.code.as_str()).collect();
    parts.sort_unstable();
    let _ = write!(key, "{}|", parts.join(","));
    for purpose in purposes {
        let _ = write!(key, "{purpose};");
    }
    key
}

/// The variable places of a credential written by [`super::to_credential`], as JSON Pointers, in
/// the order of [`variable_values`].
pub fn variable_pointers(credential: &Value) -> Vec<(String, HoleKind)> {
    let mut holes = Holes { credential, found: Vec::with_capacity(24) };
    holes.add("/id", HoleKind::Iri);
    for member in ["validFrom", "validUntil", "awardedDate"] {
        holes.add(&format!("/{member}"), HoleKind::Text);
    }
    let subject = "/credentialSubject";
    holes.add(&format!("{subject}/id"), HoleKind::Iri);
    for i in 0..holes.count(&format!("{subject}/identifier")) {
        for member in ["identityHash", "salt"] {
            holes.add(&format!("{subject}/identifier/{i}/{member}"), HoleKind::Text);
        }
    }
    for member in ["activityStartDate", "activityEndDate", "licenseNumber", "term"] {
        holes.add(&format!("{subject}/{member}"), HoleKind::Text);
    }
    for i in 0..holes.count(&format!("{subject}/result")) {
        holes.result(&format!("{subject}/result/{i}"));
    }
    for i in 0..holes.count("/evidence") {
        for member in ["name", "narrative", "digestMultibase"] {
            holes.add(&format!("/evidence/{i}/{member}"), HoleKind::Text);
        }
    }
    let several = credential.get("credentialStatus").is_some_and(Value::is_array);
    let entries = match several {
        true => (0..holes.count("/credentialStatus"))
            .map(|i| format!("/credentialStatus/{i}"))
            .collect(),
        false => vec!["/credentialStatus".to_owned()],
    };
    for entry in entries {
        holes.add(&format!("{entry}/id"), HoleKind::Iri);
        holes.add(&format!("{entry}/statusListIndex"), HoleKind::Text);
        holes.add(&format!("{entry}/statusListCredential"), HoleKind::Iri);
    }
    holes.found
}

struct Holes<'a> {
    credential: &'a Value,
    found: Vec<(String, HoleKind)>,
}

impl Holes<'_> {
    fn add(&mut self, pointer: &str, kind: HoleKind) {
        if self.credential.pointer(pointer).is_some_and(Value::is_string) {
            self.found.push((pointer.to_owned(), kind));
        }
    }

    fn count(&self, pointer: &str) -> usize {
        self.credential.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len)
    }

    fn result(&mut self, at: &str) {
        let text = |pointer: String| {
            self.credential.pointer(&pointer).and_then(Value::as_str).unwrap_or_default()
        };
        if text(format!("{at}/resultDescription")).ends_with("#result-grade") {
            self.add(&format!("{at}/value"), HoleKind::Text);
        }
        for i in 0..self.count(&format!("{at}/alignment")) {
            let at = format!("{at}/alignment/{i}");
            let target_type = self.credential.pointer(&format!("{at}/targetType"));
            let members: &[&str] = match target_type.and_then(Value::as_str) {
                Some("ext:EvidenceBasis") => &["targetName"],
                Some("ext:PartCredential") => &["targetUrl", "targetCode", "targetDescription"],
                Some("ext:Replaces") => &["targetName", "targetUrl", "targetCode"],
                _ => &[],
            };
            for member in members {
                self.add(&format!("{at}/{member}"), HoleKind::Text);
            }
        }
    }
}

/// What [`super::to_credential`] writes at the variable places, in the order of
/// [`variable_pointers`]; without writing the rest. `None` when the facts lack what the award names.
pub fn variable_values(
    installation: &Installation,
    definition: &Definition,
    award: &Award,
    facts: &RegisterFacts,
    generated: &Generated,
) -> Option<Vec<String>> {
    let learner = &award.learner;
    let mut values = Vec::with_capacity(24);
    values.push(installation.credential_url(generated.credential_id));
    values.push(generated.issued_at.to_string());
    values.extend(award.valid_until.map(|until| until.midnight().to_string()));
    values.push(award.decision_date.midnight().to_string());
    values.push(learner.holder_did.as_ref().unwrap_or(&generated.subject_id).clone());
    if let Some(email) = &learner.email {
        values.push(hash_identity(&normalised(email), &generated.salt));
        values.push(generated.salt.clone());
    }
    values.extend(learner.name.clone());
    if let Some(activity) = award.activity {
        values.push(activity.start.midnight().to_string());
        values.push(activity.end.midnight().to_string());
    }
    values.push(award.certificate_number.clone());
    values.extend(award.academic_year.clone());
    if award.replaces.is_some() {
        let replaced = facts.replaced.as_ref()?;
        let words = words(definition.language);
        values.push(format!("{} {}", words.replaces, replaced.certificate_number));
        values.push(replaced.credential.clone());
        values.push(replaced.certificate_number.clone());
    }
    values.extend(award.grade.clone());
    for competence in &definition.competences {
        let result = award.competences.iter().find(|result| result.code == competence.code);
        let basis = result.into_iter().flat_map(|result| &result.basis);
        values.extend(basis.map(|basis| basis.text.clone()));
    }
    for item in definition.parts.iter().flat_map(|parts| &parts.items) {
        let Some(awarded) = award.parts.iter().find(|part| part.code == item.code) else {
            continue;
        };
        let part = facts.parts.get(&awarded.award)?;
        values.push(part.credential.clone());
        values.push(part.certificate_number.clone());
        values.push(part.decision_date.to_string());
    }
    for evidence in &award.evidence {
        values.push(evidence.name.clone());
        values.extend(evidence.narrative.clone());
        values.extend(evidence.digest.clone());
    }
    for entry in &generated.status {
        let list = installation.status_list_url(&entry.list);
        values.push(format!("{list}#{}", entry.index));
        values.push(entry.index.to_string());
        values.push(list);
    }
    Some(values)
}
