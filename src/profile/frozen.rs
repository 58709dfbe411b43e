//! Achievements that are written once and for all. "Equal `A.id` means equal `A`" (mapping, ground
//! rule 5) must hold for ever, also after an organisation is renamed or a label corrected; so the
//! achievement of a definition version is written when the version is published and only read
//! afterwards, and a selection of competences is made from what was written.
//!
//! When: at publication, unless the definition's own issuer is the creator and is to seal but has
//! no identifier yet ([`may_freeze`]); then when it gets one, or at the first certificate issued
//! under the version, whichever comes first. Until then the address of the version answers with
//! what would be frozen at that moment. What is frozen never changes, also when the creator gets an
//! identifier later. Deliberately nothing here keeps anything.

use super::achievement::{Mapping, MappingError, write};
use super::catalogue::Catalogue;
use super::definition::Definition;
use super::language::Language;
use super::narrative::outcome_line;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Writes the achievements of a definition version: by language tag, the one in the authoritative
/// language exactly as it is signed, the others as its language editions, for information only.
pub fn freeze(
    mapping: &Mapping<'_>,
    definition: &Definition,
) -> Result<BTreeMap<String, Value>, MappingError> {
    std::iter::once(definition.language)
        .chain(definition.language_editions.iter().copied())
        .map(|language| Ok((language.to_string(), write(mapping, definition, language)?)))
        .collect()
}

/// Whether everything that a frozen achievement says is settled: the creator's identifier is not
/// when the creator is the definition's own issuer, is to seal, and has no identifier yet.
pub fn may_freeze(catalogue: &dyn Catalogue, definition: &Definition) -> bool {
    let issuer = &definition.name.issuer;
    let own = definition.awarding_bodies.first() == Some(issuer);
    let creator = catalogue.organisation(issuer.as_str());
    !own || creator.is_none_or(|creator| creator.did.is_some() || !creator.seals)
}

/// The achievement of some competences, in definition order whatever the order of the codes, made
/// from a frozen one: the same that the mapping gives. All of them are the achievement itself.
pub fn select(frozen: &Value, codes: &[&str]) -> Result<Value, MappingError> {
    select_from(frozen.clone(), codes)
}

pub(super) fn select_from(mut a: Value, codes: &[&str]) -> Result<Value, MappingError> {
    let competences = competences(&a)?;
    let selected: Vec<&str> = competences
        .iter()
        .map(|(code, _)| code.as_str())
        .filter(|code| codes.contains(code))
        .collect();
    if selected.is_empty() || selected.len() != codes.len() {
        return Err(MappingError::NotASelection);
    }
    if selected.len() == competences.len() {
        return Ok(a);
    }
    let url = text(&a, "/criteria/id")
        .and_then(|id| id.strip_suffix("#criteria"))
        .ok_or(MappingError::NotFrozen("address"))?
        .to_owned();
    let selection = format!("{url}/selection/{}", selected.join("-"));
    let dropped: Vec<&(String, String)> =
        competences.iter().filter(|(code, _)| !selected.contains(&code.as_str())).collect();
    narrative(&mut a, &dropped)?;
    alignments(&mut a, &url, &selected)?;
    let descriptions = array(&mut a, "resultDescription")?;
    descriptions.retain(|description| {
        let code = description
            .get("alignment")
            .and_then(Value::as_array)
            .and_then(|all| all.iter().find(|one| is_type(one, "Competence")))
            .and_then(|one| text(one, "/targetCode"));
        code.is_none_or(|code| selected.contains(&code))
    });
    addresses(&mut a, &url, &selection)?;
    Ok(a)
}

/// Codes and texts of the competences, in definition order.
fn competences(a: &Value) -> Result<Vec<(String, String)>, MappingError> {
    let all = a.get("alignment").and_then(Value::as_array);
    all.into_iter()
        .flatten()
        .filter(|alignment| is_type(alignment, "Competence"))
        .map(|alignment| {
            let member = |pointer: &str| text(alignment, pointer).map(str::to_owned);
            member("/targetCode").zip(member("/targetName"))
        })
        .map(|competence| competence.ok_or(MappingError::NotFrozen("competence")))
        .collect()
}

/// Takes the lines of the competences that were not demonstrated out of the echo.
fn narrative(a: &mut Value, dropped: &[&(String, String)]) -> Result<(), MappingError> {
    let narrative = text(a, "/criteria/narrative").unwrap_or_default();
    let mut lines: Vec<&str> = narrative.split('\n').collect();
    for (code, text) in dropped {
        let line = outcome_line(code, text);
        let at = lines
            .iter()
            .position(|known| *known == line)
            .ok_or(MappingError::NotFrozen("narrative"))?;
        lines.remove(at);
    }
    a["criteria"]["narrative"] = lines.join("\n").into();
    Ok(())
}

/// Keeps the alignments of the selected competences and says what they were selected from.
fn alignments(a: &mut Value, url: &str, selected: &[&str]) -> Result<(), MappingError> {
    let from = json!({
        "type": ["Alignment"],
        "targetType": "ext:SelectedFrom",
        "targetName": a.get("name"),
        "targetUrl": url,
        "targetCode": a.get("version"),
    });
    let all = array(a, "alignment")?;
    all.retain_mut(|alignment| {
        if is_type(alignment, "Competence") {
            return text(alignment, "/targetCode").is_some_and(|code| selected.contains(&code));
        }
        if !is_type(alignment, "ESCOSkill") {
            return true;
        }
        let codes = text(alignment, "/targetDescription").unwrap_or_default();
        let kept: Vec<&str> = codes.split(", ").filter(|code| selected.contains(code)).collect();
        let kept = kept.join(", ");
        let whole = !kept.is_empty();
        alignment["targetDescription"] = kept.into();
        whole
    });
    let before = all.iter().rposition(|alignment| {
        BEFORE_SELECTION.iter().any(|target_type| is_type(alignment, target_type))
    });
    all.insert(before.map_or(0, |at| at + 1), from);
    Ok(())
}

/// What stands before `ext:SelectedFrom` in the fixed order of alignments.
const BEFORE_SELECTION: [&str; 8] = [
    "CertificateKind",
    "AwardingBody",
    "TrainingProvider",
    "Competence",
    "ESCOSkill",
    "ESCOOccupation",
    "CompetenceFramework",
    "Qualification",
];

/// Moves the achievement and its language editions under the selection's address. The version
/// before stays: whether it has such a selection is not known.
fn addresses(a: &mut Value, url: &str, selection: &str) -> Result<(), MappingError> {
    let moved = |id: &str| {
        let rest = id.strip_prefix(url)?;
        let edition = |rest: &str| {
            rest.strip_prefix('/').is_some_and(|language| language.parse::<Language>().is_ok())
        };
        (rest.is_empty() || edition(rest)).then(|| format!("{selection}{rest}"))
    };
    let id = text(a, "/id").and_then(moved).ok_or(MappingError::NotFrozen("address"))?;
    a["id"] = id.into();
    for related in a.get_mut("related").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(id) = text(related, "/id").and_then(moved) {
            related["id"] = id.into();
        }
    }
    Ok(())
}

fn is_type(alignment: &Value, target_type: &str) -> bool {
    let written = alignment.get("targetType").and_then(Value::as_str);
    written.and_then(|written| written.strip_prefix("ext:")) == Some(target_type)
}

fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer).and_then(Value::as_str)
}

fn array<'a>(a: &'a mut Value, member: &'static str) -> Result<&'a mut Vec<Value>, MappingError> {
    a.get_mut(member).and_then(Value::as_array_mut).ok_or(MappingError::NotFrozen(member))
}
