//! Competence frameworks of the register: profiles with codes that several issuers align their
//! definitions to, each version frozen (guide, section 10). A definition keeps its own wording and
//! stands alone: name, version and page of the framework are in it, so reading it later needs no
//! register. Deliberately no framework text reaches a signed document.

use super::Checked;
use super::definition::Outcome;
use super::definition_draft::Draft;
use super::language::{Language, LocalizedText};
use super::reader::{Faults, Fields, Node, no_duplicates};
use super::text::{self, Limit};
use crate::model::{DefinitionFault, FieldError, FrameworkFault, FrameworkRef, Noun};
use serde_json::Value;

/// A version of a competence framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompetenceProfile {
    /// `issuer/slug/version`; the issuer is who published it here.
    pub name: FrameworkRef,
    /// Its title.
    pub title: LocalizedText,
    /// What it is about.
    pub description: Option<LocalizedText>,
    /// Level in the Flemish framework, if it has one.
    pub vks: Option<u8>,
    /// Level in the European framework, if it has one.
    pub eqf: Option<u8>,
    /// Where it comes from.
    pub source: String,
    /// Under which licence it may be used.
    pub licence: String,
    /// Its competences.
    pub competences: Vec<ProfileCompetence>,
}

/// A competence of a framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileCompetence {
    /// Its code.
    pub code: String,
    /// Its text.
    pub text: LocalizedText,
    /// The cluster it belongs to.
    pub cluster: Option<String>,
}

impl CompetenceProfile {
    /// The competence with this code.
    pub fn competence(&self, code: &str) -> Option<&ProfileCompetence> {
        self.competences.iter().find(|competence| competence.code == code)
    }
}

const FIELDS: [&str; 9] = [
    "issuer",
    "slug",
    "version",
    "title",
    "description",
    "level",
    "source",
    "licence",
    "competences",
];

/// Reads a framework in the shape of an import file. All faults at once. Titles and texts must be
/// there in the three languages, because issuers of each refer to it.
pub fn parse_framework(document: &Value) -> Result<Checked<CompetenceProfile>, Vec<FieldError>> {
    let faults = Faults::default();
    let framework =
        Node::root(document).object(&FIELDS, &faults).and_then(|fields| read(&fields, &faults));
    let (errors, warnings) = faults.into_parts();
    match framework {
        Some(value) if errors.is_empty() => Ok(Checked { value, warnings }),
        _ => Err(errors),
    }
}

fn read(fields: &Fields<'_>, faults: &Faults) -> Option<CompetenceProfile> {
    let slug = |name: &str| {
        let node = fields.need_a(name, Noun::Name, faults)?;
        text::slug(&node, faults)
    };
    let (issuer, own) = (slug("issuer"), slug("slug"));
    let version = fields
        .need_a("version", Noun::Version, faults)
        .and_then(|node| text::version(&node, faults));
    let title = fields
        .need("title", DefinitionFault::TitleRequired, faults)
        .and_then(|node| all_languages(&node, Limit::Name, faults));
    let description =
        fields.get("description").and_then(|node| all_languages(&node, Limit::Narrative, faults));
    let (vks, eqf) = levels(fields, faults);
    let source =
        fields.need_a("source", Noun::Page, faults).and_then(|node| text::https_url(&node, faults));
    let licence = fields
        .need_a("licence", Noun::Licence, faults)
        .and_then(|node| node.text(Limit::Name, faults));
    let competences = competences(fields, faults);
    Some(CompetenceProfile {
        name: FrameworkRef { issuer: issuer?, slug: own?, version: version? },
        title: title?,
        description,
        vks,
        eqf,
        source: source?,
        licence: licence?,
        competences,
    })
}

fn all_languages(node: &Node<'_>, limit: Limit, faults: &Faults) -> Option<LocalizedText> {
    let text = LocalizedText::read(node, limit, faults)?;
    for language in Language::ALL.into_iter().filter(|language| text.get(*language).is_none()) {
        let pointer = format!("{}/{language}", node.pointer);
        faults.refuse(pointer, FrameworkFault::TranslationRequired);
    }
    Some(text)
}

/// Both levels, of which either may be `null`; none at all where the framework is not placed.
fn levels(fields: &Fields<'_>, faults: &Faults) -> (Option<u8>, Option<u8>) {
    let placed = fields.get_nullable("level").and_then(|node| node.object(&["vks", "eqf"], faults));
    let Some(placed) = placed else { return (None, None) };
    let level = |name: &str| {
        let node = placed.get_nullable(name)?;
        let number = node.integer(faults)?;
        let level = u8::try_from(number).ok().filter(|level| (1..=8).contains(level));
        if level.is_none() {
            faults.refuse(&node.pointer, DefinitionFault::LevelRange);
        }
        level
    };
    (level("vks"), level("eqf"))
}

fn competences(fields: &Fields<'_>, faults: &Faults) -> Vec<ProfileCompetence> {
    let missing = DefinitionFault::CompetenceRequired;
    let Some(node) = fields.need("competences", missing.clone(), faults) else {
        return Vec::new();
    };
    if node.is_empty_array() {
        faults.refuse(&node.pointer, missing);
    }
    let nodes = node.array(256, faults).unwrap_or_default();
    let read = |node: &Node<'_>| {
        let fields = node.object(&["code", "text", "cluster"], faults)?;
        let code =
            fields.need_a("code", Noun::Code, faults).and_then(|node| text::code(&node, faults));
        let text = fields
            .need_a("text", Noun::Text, faults)
            .and_then(|node| all_languages(&node, Limit::Statement, faults));
        let cluster = fields.get("cluster").and_then(|node| node.text(Limit::Name, faults));
        Some((fields.at("code"), ProfileCompetence { code: code?, text: text?, cluster }))
    };
    let all: Vec<(String, ProfileCompetence)> = nodes.iter().filter_map(read).collect();
    no_duplicates(all.iter().map(|(at, one)| (at.clone(), one.code.clone())), faults);
    all.into_iter().map(|(_, competence)| competence).collect()
}

/// Holds a definition against the framework of the register that it refers to: version and codes
/// must exist there; its own name of it and its own wording may differ, and are remarked upon.
pub(super) fn aligned(
    draft: &Draft,
    fields: &Fields<'_>,
    found: Option<&CompetenceProfile>,
    faults: &Faults,
) {
    let at = fields.at("framework");
    let Some(framework) = &draft.framework else { return };
    let Some(name) = &framework.reference else { return };
    let Some(found) = found else {
        faults.refuse(format!("{at}/reference"), FrameworkFault::Unknown);
        return;
    };
    if framework.version != name.version {
        faults.refuse(format!("{at}/version"), FrameworkFault::OtherVersion);
    }
    if found.title.get(draft.language) != Some(framework.name.as_str()) {
        faults.remark(format!("{at}/name"), FrameworkFault::NameDiffers);
    }
    for (i, competence) in draft.competences.iter().enumerate() {
        worded(draft, &format!("{}/{i}", fields.at("competences")), competence, found, faults);
    }
}

fn worded(
    draft: &Draft,
    at: &str,
    competence: &Outcome,
    found: &CompetenceProfile,
    faults: &Faults,
) {
    let Some(theirs) = found.competence(&competence.code) else {
        faults.refuse(format!("{at}/code"), FrameworkFault::CodeUnknown);
        return;
    };
    if theirs.text.get(draft.language) != competence.text.get(draft.language) {
        faults.remark(format!("{at}/text/{}", draft.language), FrameworkFault::TextDiffers);
    }
}
