//! Which members a kind of certificate needs, which it refuses, and which relations hold between
//! them: the completeness gate (Council Recommendation 2022/C 243/02, Annex I; guide, sections 6
//! to 10). Looks only at what was read, so that one faulty member does not hide another fault.

use super::catalogue::Catalogue;
use super::decimal::Hundredths;
use super::definition::{Level, Workload};
use super::definition_draft::Draft;
use super::definition_read::{DefinitionContext, Reading};
use super::field_profile::{ASKED, ASSESSED, DEFINITION, Row, applies, letters};
use super::framework;
use super::house_rules::HouseRules;
use super::language::Language;
use super::reader::{Faults, Fields, Node, unknown_field};
use super::stack_rules::Stack;
use crate::model::{CertificateKind, DefinitionFault, Slug};

/// Checks what was read. Of a published definition, names are not looked up again.
pub(super) fn check(
    draft: &Draft,
    fields: &Fields<'_>,
    context: &DefinitionContext<'_>,
    reading: Reading,
    faults: &Faults,
) {
    if reading == Reading::New {
        organisations(draft, fields, context.catalogue, faults);
    }
    let Some(kind) = draft.kind else { return };
    refuse_members(kind, fields, faults);
    let asked = (reading == Reading::New).then_some(context.rules);
    require_members(kind, fields, asked, faults);
    numbers(draft, kind, fields, faults);
    if kind == CertificateKind::Microdegree {
        not_a_degree(draft, fields, faults);
    }
    if letters(kind).contains('v')
        && let Some(Level::Placed { vks: None, .. } | Level::NotApplicable { .. }) = draft.level
    {
        faults.refuse(format!("{}/vks", fields.at("level")), DefinitionFault::VksRequired);
    }
    if reading == Reading::New {
        stacks_into(draft, fields, context.catalogue, faults);
        let reference = draft.framework.as_ref().and_then(|framework| framework.reference.as_ref());
        let found = reference.and_then(|name| context.catalogue.framework(name));
        framework::aligned(draft, fields, found.as_deref(), faults);
        if let Some(parts) = draft.parts.as_ref().filter(|_| kind == CertificateKind::Microdegree) {
            Stack { draft, parts, fields, faults }.check(context.catalogue);
        }
    }
}

fn organisations(draft: &Draft, fields: &Fields<'_>, catalogue: &dyn Catalogue, faults: &Faults) {
    let known = |pointer: String, slug: &Slug| {
        if catalogue.organisation(slug.as_str()).is_none() {
            unknown_organisation(&pointer, faults);
        }
    };
    if let Some(issuer) = &draft.issuer {
        known(fields.at("issuer"), issuer);
    }
    for (name, slugs) in [
        ("awardingBodies", &draft.awarding_bodies),
        ("trainingProviders", &draft.training_providers),
    ] {
        for (i, slug) in slugs.iter().enumerate() {
            known(format!("{}/{i}", fields.at(name)), slug);
        }
    }
}

/// Reports an organisation that the register does not know.
pub(super) fn unknown_organisation(pointer: &str, faults: &Faults) {
    faults.refuse(pointer, DefinitionFault::OrganisationUnknown);
}

fn refuse_members(kind: CertificateKind, fields: &Fields<'_>, faults: &Faults) {
    if kind == CertificateKind::Participation {
        let workload = fields.get("workload").and_then(|node| node.member("ects"));
        let assessed: Vec<&str> = ASSESSED
            .into_iter()
            .filter(|name| fields.has(name))
            .chain(workload.map(|_| "workload/ects"))
            .collect();
        if !assessed.is_empty() {
            faults.refuse(
                fields.at("kind"),
                DefinitionFault::ParticipationNotAssessed { members: assessed.join(", ") },
            );
        }
    }
    for Row { path: name, allowed, .. } in members() {
        let empty = fields.get(name).is_some_and(|node| node.is_empty_array());
        let unused = empty && *name == "trainingProviders";
        if !fields.has(name) || applies(allowed, kind) || unused {
            continue;
        }
        match kind {
            CertificateKind::Participation if ASSESSED.contains(name) => {}
            _ if kind.is_evc() && *name == "workload" => {
                faults.refuse(fields.at(name), DefinitionFault::NoCreditsForPriorLearning)
            }
            _ => unknown_field(&fields.at(name), faults),
        }
    }
}

/// What a definition must have: what its kind needs, and of a new one what the operator asks.
fn require_members(
    kind: CertificateKind,
    fields: &Fields<'_>,
    asked: Option<&HouseRules>,
    faults: &Faults,
) {
    for row in members() {
        let by_operator = asked.is_some_and(|rules| rules.asks(kind, "definition", row.path));
        let missing = match applies(row.required, kind) {
            true => row.missing.clone(),
            false if by_operator => ASKED,
            false => continue,
        };
        if fields.get(row.path).is_none_or(|node| node.is_empty_array()) {
            faults.refuse(fields.at(row.path), missing);
        }
    }
}

/// The members whose rules hang on the kind; members of members have rules of their own.
fn members() -> impl Iterator<Item = &'static Row> {
    DEFINITION.iter().filter(|row| !row.path.contains('/'))
}

fn numbers(draft: &Draft, kind: CertificateKind, fields: &Fields<'_>, faults: &Faults) {
    if let Some(Level::Placed { vks: Some(vks), eqf: Some(eqf), .. }) = &draft.level
        && vks != eqf
    {
        faults.remark(format!("{}/eqf", fields.at("level")), DefinitionFault::LevelsDiffer);
    }
    let Some(Workload { ects: Some(ects), hours, .. }) = draft.workload else { return };
    let at = fields.at("workload");
    let (least, most) = draft.settings.usual_ects;
    if kind == CertificateKind::Microcredential && ects < least {
        faults.remark(
            format!("{at}/ects"),
            DefinitionFault::EctsBelowUsual { least: least.to_string() },
        );
    }
    if kind == CertificateKind::Microcredential && ects > most {
        faults.remark(
            format!("{at}/ects"),
            DefinitionFault::EctsAboveUsual { most: most.to_string() },
        );
    }
    let (low, high) = draft.settings.hours_per_ects;
    // hours / credits within the band, without dividing.
    let scaled = hours.count() * 100;
    if scaled < low.count() * ects.count() || scaled > high.count() * ects.count() {
        faults.remark(
            format!("{at}/hours"),
            DefinitionFault::HoursPerEcts { least: low.to_string(), most: high.to_string() },
        );
    }
}

/// Words of which a microdegree's note must contain those of its authoritative language.
fn not_a_degree(draft: &Draft, fields: &Fields<'_>, faults: &Faults) {
    let Some(note) = &draft.recognition_note else { return };
    let words: &[&str] = match draft.language {
        Language::Nl => &["geen graad", "geen diploma"],
        Language::Fr => &["pas un grade", "pas un diplôme"],
        Language::En => &["not a degree"],
    };
    let text = note.nearest(draft.language).to_lowercase();
    if !words.iter().any(|word| text.contains(word)) {
        faults.refuse(
            format!("{}/{}", fields.at("recognitionNote"), draft.language),
            DefinitionFault::NotADegreeRequired { words: words.join(", ") },
        );
    }
}

fn stacks_into(draft: &Draft, fields: &Fields<'_>, catalogue: &dyn Catalogue, faults: &Faults) {
    let into = draft.stackability.as_ref().map(|s| s.into.as_slice()).unwrap_or_default();
    for (i, name) in into.iter().enumerate() {
        let kind = catalogue.definition(name).map(|definition| definition.kind);
        if kind != Some(CertificateKind::Microdegree) {
            faults.refuse(
                format!("{}/into/{i}", fields.at("stackability")),
                DefinitionFault::DegreeUnknown,
            );
        }
    }
}

/// Reads credits: positive, at most 300, on the issuer's step.
pub(super) fn credits(node: &Node<'_>, step: Hundredths, faults: &Faults) -> Option<Hundredths> {
    let text = node.number_text(faults)?;
    let Some(ects) = Hundredths::parse(&text) else {
        off_step(node, step, faults);
        return None;
    };
    if !(1..=30_000).contains(&ects.count()) {
        faults.refuse(&node.pointer, DefinitionFault::EctsRange);
        return None;
    }
    if !ects.is_multiple_of(step) {
        off_step(node, step, faults);
        return None;
    }
    Some(ects)
}

fn off_step(node: &Node<'_>, step: Hundredths, faults: &Faults) {
    faults.refuse(&node.pointer, DefinitionFault::EctsStep { step: step.to_string() });
}

/// Reads a grade: a decimal as text, kept as it is written.
pub(super) fn grade(node: &Node<'_>, faults: &Faults) -> Option<(String, Hundredths)> {
    let text = node.string(faults)?;
    match Hundredths::parse(text) {
        Some(value) => Some((text.to_owned(), value)),
        None => {
            faults.refuse(&node.pointer, DefinitionFault::GradeFormat);
            None
        }
    }
}

/// Checks that the pass mark lies inside the scale.
pub(super) fn scale(
    fields: &Fields<'_>,
    min: Hundredths,
    max: Hundredths,
    pass: Hundredths,
    faults: &Faults,
) {
    if min >= max {
        faults.refuse(fields.at("max"), DefinitionFault::ScaleReversed);
    } else if pass < min || pass > max {
        faults.refuse(fields.at("pass"), DefinitionFault::PassOutsideScale);
    }
}
