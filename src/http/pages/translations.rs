//! The issuer's own translations of what a definition says, by the text that is signed. They stand
//! beside it, marked as translations, and never instead of it.

use super::catalogue::written;
use crate::profile::{Definition, Language as Written, Level, LocalizedText};
use crate::texts::Language;
use std::collections::BTreeMap;

/// The texts of a definition in this language, by the authoritative text.
pub(in crate::http) fn of(
    definition: Option<&Definition>,
    language: Language,
) -> BTreeMap<String, String> {
    let Some(definition) = definition else { return BTreeMap::new() };
    let wanted: Written = written(language);
    texts(definition)
        .into_iter()
        .filter_map(|text| Some((text.get(definition.language)?, text.get(wanted)?)))
        .map(|(signed, translated)| (signed.to_owned(), translated.to_owned()))
        .collect()
}

fn texts(d: &Definition) -> Vec<&LocalizedText> {
    let mut texts = vec![&d.title, &d.description];
    texts.extend(d.learning_outcomes.iter().chain(&d.competences).map(|outcome| &outcome.text));
    texts.extend(d.proficiency_scale.iter().map(|level| &level.label));
    texts.extend(d.workload.as_ref().and_then(|workload| workload.not_applicable.as_ref()));
    if let Some(Level::NotApplicable { reason }) = &d.level {
        texts.push(reason);
    }
    texts.extend(d.quality_assurance.as_ref().map(|quality| &quality.text));
    texts.extend(&d.prerequisites);
    texts.extend(&d.recognition_note);
    texts.extend([&d.procedure, &d.legal_basis].into_iter().flatten().map(|linked| &linked.text));
    texts.extend(d.qualification.as_ref().map(|qualification| &qualification.name));
    texts
}
