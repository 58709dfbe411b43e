//! Reading a definition from a request: shapes, closed lists and texts. Which members a kind needs
//! and which relations hold between them is in `definition_rules`.

use super::Checked;
use super::catalogue::{Catalogue, CatalogueSnapshot, Layered};
use super::decimal::Hundredths;
use super::definition::{Definition, EscoConcept, Level, Outcome, Workload};
use super::definition_draft::Draft;
use super::definition_rules;
use super::house_rules::HouseRules;
use super::language::{Language, LocalizedText};
use super::organisation::IssuerSettings;
use super::reader::{Faults, Fields, Node, no_duplicates, unknown_field};
use super::text::{self, Limit};
use super::vocabulary::{EscoRelease, Vocabulary, esco_fault};
use crate::model::{
    CertificateKind, DefinitionFault, DefinitionRef, FieldError, Noun, ShapeFault, Slug,
};
use serde_json::Value;

/// What a definition is read and checked against.
#[derive(Clone, Copy)]
pub struct DefinitionContext<'a> {
    /// Organisations and published definitions.
    pub catalogue: &'a dyn Catalogue,
    /// The closed lists.
    pub vocabulary: &'a Vocabulary,
    /// A pinned ESCO release, if one is installed.
    pub esco: Option<&'a EscoRelease>,
    /// What the operator asks of new definitions.
    pub rules: &'a HouseRules,
}

impl std::fmt::Debug for DefinitionContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DefinitionContext").finish_non_exhaustive()
    }
}

const FIELDS: [&str; 37] = [
    "key",
    "issuer",
    "slug",
    "version",
    "previousVersion",
    "kind",
    "code",
    "language",
    "languageEditions",
    "title",
    "description",
    "awardingBodies",
    "trainingProviders",
    "learningOutcomes",
    "competences",
    "workload",
    "level",
    "assessmentTypes",
    "supervision",
    "participation",
    "schedule",
    "languagesOfInstruction",
    "learningSetting",
    "iscedF",
    "qualityAssurance",
    "prerequisites",
    "grading",
    "stackability",
    "parts",
    "recognitionNote",
    "framework",
    "proficiencyScale",
    "procedure",
    "legalBasis",
    "escoOccupations",
    "qualification",
    "testCentreRecognition",
];

/// Reads a definition in the shape of an import file and checks it against the rules of its kind.
/// All faults at once. A member `key`, as import files have it, is accepted and not kept.
pub fn parse_definition(
    document: &Value,
    context: &DefinitionContext<'_>,
) -> Result<Checked<Definition>, Vec<FieldError>> {
    read(document, context, Reading::New)
}

/// Reads a definition that was accepted before. Definitions may name one another in a circle (a
/// part names the microdegree that names the part), so the ones it names are not looked up again;
/// nor is it held against organisations and settings, which may have changed since.
pub fn read_definition(
    document: &Value,
    context: &DefinitionContext<'_>,
) -> Result<Checked<Definition>, Vec<FieldError>> {
    read(document, context, Reading::Published)
}

/// Reads definitions that may refer to one another, such as a microdegree and its parts. The
/// outcome of each stands at its place.
pub fn parse_definitions(
    documents: &[Value],
    context: &DefinitionContext<'_>,
) -> Vec<Result<Checked<Definition>, Vec<FieldError>>> {
    let mut batch = CatalogueSnapshot::new();
    for document in documents {
        if let Ok(checked) = read(document, context, Reading::Published) {
            batch.insert_definition(checked.value);
        }
    }
    let catalogue = Layered { first: &batch, second: context.catalogue };
    let context = DefinitionContext { catalogue: &catalogue, ..*context };
    documents.iter().map(|document| read(document, &context, Reading::New)).collect()
}

/// Why a definition is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// To be published: everything is checked.
    New,
    /// It is published: what it says stands, whatever changed around it.
    Published,
}

fn read(
    document: &Value,
    context: &DefinitionContext<'_>,
    reading: Reading,
) -> Result<Checked<Definition>, Vec<FieldError>> {
    let faults = Faults::default();
    let definition = Node::root(document).object(&FIELDS, &faults).and_then(|fields| {
        let draft = Reader { fields: &fields, context, reading, faults: &faults }.draft();
        definition_rules::check(&draft, &fields, context, reading, &faults);
        draft.finish()
    });
    let (errors, warnings) = faults.into_parts();
    match definition {
        Some(value) if errors.is_empty() => Ok(Checked { value, warnings }),
        _ => Err(errors),
    }
}

pub(super) struct Reader<'a> {
    pub fields: &'a Fields<'a>,
    pub context: &'a DefinitionContext<'a>,
    reading: Reading,
    pub faults: &'a Faults,
}

impl Reader<'_> {
    fn draft(&self) -> Draft {
        let issuer = self.slug("issuer");
        let name = self.name(issuer.as_ref());
        let settings = match self.reading {
            Reading::Published => {
                IssuerSettings { ects_step: Hundredths::new(1), ..IssuerSettings::default() }
            }
            Reading::New => issuer
                .as_ref()
                .and_then(|issuer| self.context.catalogue.organisation(issuer.as_str()))
                .map_or_else(IssuerSettings::default, |issuer| issuer.settings.clone()),
        };
        // Stated in the definition itself, because the issuer's setting may change and a published
        // version may not.
        let language = self
            .fields
            .need_a("language", Noun::Language, self.faults)
            .and_then(|node| node.parse(ShapeFault::NotALanguage, self.faults))
            .unwrap_or(settings.authoritative_language);
        let editions = self.editions(language);
        let mut draft = Draft::new(name, settings, language, editions);
        draft.issuer = issuer;
        draft.previous_version = self.previous_version(draft.name.as_ref());
        draft.kind = self.kind();
        draft.code = self
            .fields
            .need_a("code", Noun::ShortName, self.faults)
            .and_then(|node| node.text(Limit::Reference, self.faults));
        draft.title = self.required_text(&draft, "title", DefinitionFault::TitleRequired);
        draft.description =
            self.required_text(&draft, "description", DefinitionFault::DescriptionRequired);
        draft.awarding_bodies = self.slugs("awardingBodies");
        draft.training_providers = self.slugs("trainingProviders");
        draft.learning_outcomes = self.outcomes(&draft, "learningOutcomes");
        draft.competences = self.outcomes(&draft, "competences");
        draft.workload = self.workload(&draft);
        draft.level = self.level(&draft);
        self.lists(&mut draft);
        draft.quality_assurance = self.quality_assurance(&draft);
        draft.prerequisites = self.object("prerequisites", &["text"]).and_then(|fields| {
            let node = fields.need_a("text", Noun::Text, self.faults)?;
            self.localized(&draft, &node, Limit::Statement)
        });
        draft.grading = self.grading();
        draft.stackability = self.stackability();
        draft.parts = self.parts();
        draft.recognition_note = self
            .fields
            .get("recognitionNote")
            .and_then(|node| self.localized(&draft, &node, Limit::Statement));
        draft.framework = self.framework();
        draft.proficiency_scale = self.proficiency_scale(&draft);
        draft.procedure = self.linked_text(&draft, "procedure", "name");
        draft.legal_basis = self.linked_text(&draft, "legalBasis", "text");
        draft.esco_occupations = self
            .fields
            .get("escoOccupations")
            .map(|node| self.esco(&node, "occupation"))
            .unwrap_or_default();
        draft.qualification = self.qualification(&draft);
        draft.test_centre_recognition = self.linked_text(&draft, "testCentreRecognition", "text");
        draft
    }

    fn slug(&self, name: &str) -> Option<Slug> {
        let node = self.fields.need_a(name, Noun::Name, self.faults)?;
        text::slug(&node, self.faults)
    }

    fn name(&self, issuer: Option<&Slug>) -> Option<DefinitionRef> {
        let slug = self.slug("slug");
        let version = self
            .fields
            .need_a("version", Noun::Version, self.faults)
            .and_then(|node| text::version(&node, self.faults));
        Some(DefinitionRef { issuer: issuer?.clone(), slug: slug?, version: version? })
    }

    /// The version before must be published, or in the same import, and another one.
    fn previous_version(&self, name: Option<&DefinitionRef>) -> Option<String> {
        let node = self.fields.get("previousVersion")?;
        let version = text::version(&node, self.faults)?;
        let name = name?;
        let previous = DefinitionRef { version: version.clone(), ..name.clone() };
        let published = self.reading == Reading::Published
            || self.context.catalogue.definition(&previous).is_some();
        if previous == *name || !published {
            self.faults.refuse(&node.pointer, DefinitionFault::PreviousUnknown);
            return None;
        }
        Some(version)
    }

    fn kind(&self) -> Option<CertificateKind> {
        let node = self.fields.need_a("kind", Noun::Kind, self.faults)?;
        text::kind(&node, self.faults)
    }

    fn editions(&self, language: Language) -> Vec<Language> {
        let Some(node) = self.fields.get("languageEditions") else { return Vec::new() };
        let nodes = node.array(Language::ALL.len(), self.faults).unwrap_or_default();
        let editions: Vec<(String, Language)> = nodes
            .iter()
            .filter_map(|node| {
                let edition = node.parse(ShapeFault::NotALanguage, self.faults)?;
                Some((node.pointer.clone(), edition))
            })
            .collect();
        let all = std::iter::once((String::new(), language)).chain(editions.iter().cloned());
        no_duplicates(all, self.faults);
        editions.into_iter().map(|(_, edition)| edition).collect()
    }

    /// A text in several languages; the authoritative one must be there, missing editions are
    /// remarked upon.
    pub fn localized(&self, draft: &Draft, node: &Node<'_>, limit: Limit) -> Option<LocalizedText> {
        let text = LocalizedText::read(node, limit, self.faults)?;
        if text.get(draft.language).is_none() {
            self.faults.refuse(
                format!("{}/{}", node.pointer, draft.language),
                DefinitionFault::AuthoritativeLanguageMissing { language: draft.language.code() },
            );
            return None;
        }
        self.editions_of(draft, node, &text);
        Some(text)
    }

    fn editions_of(&self, draft: &Draft, node: &Node<'_>, text: &LocalizedText) {
        for edition in draft.language_editions.iter().filter(|e| text.get(**e).is_none()) {
            self.faults
                .remark(format!("{}/{edition}", node.pointer), DefinitionFault::TranslationMissing);
        }
    }

    fn required_text(
        &self,
        draft: &Draft,
        name: &str,
        missing: DefinitionFault,
    ) -> Option<LocalizedText> {
        let limit = if name == "title" { Limit::Name } else { Limit::Narrative };
        let node = self.fields.need(name, missing, self.faults)?;
        self.localized(draft, &node, limit)
    }

    pub fn object(&self, name: &str, known: &[&str]) -> Option<Fields<'_>> {
        self.fields.get(name)?.object(known, self.faults)
    }

    fn slugs(&self, name: &str) -> Vec<Slug> {
        let Some(node) = self.fields.get(name) else { return Vec::new() };
        let nodes = node.array(16, self.faults).unwrap_or_default();
        let slugs: Vec<(String, Slug)> = nodes
            .iter()
            .filter_map(|node| Some((node.pointer.clone(), text::slug(node, self.faults)?)))
            .collect();
        no_duplicates(slugs.iter().cloned(), self.faults);
        slugs.into_iter().map(|(_, slug)| slug).collect()
    }

    fn outcomes(&self, draft: &Draft, name: &str) -> Vec<Outcome> {
        let Some(node) = self.fields.get(name) else { return Vec::new() };
        let known: &[&str] = match name {
            "competences" => &["code", "text", "escoSkills", "cluster"],
            _ => &["code", "text", "escoSkills"],
        };
        let read = |node: &Node<'_>| {
            let fields = node.object(known, self.faults)?;
            let code = fields
                .need_a("code", Noun::Code, self.faults)
                .and_then(|node| text::code(&node, self.faults));
            let text = fields
                .need_a("text", Noun::Text, self.faults)
                .and_then(|node| self.localized(draft, &node, Limit::Statement));
            let esco_skills =
                fields.get("escoSkills").map(|node| self.esco(&node, "skill")).unwrap_or_default();
            let cluster = fields.get("cluster").and_then(|n| n.text(Limit::Name, self.faults));
            let outcome = Outcome { code: code?, text: text?, esco_skills, cluster };
            Some((fields.at("code"), outcome))
        };
        let nodes = node.array(64, self.faults).unwrap_or_default();
        let outcomes: Vec<(String, Outcome)> = nodes.iter().filter_map(read).collect();
        let codes = outcomes.iter().map(|(at, outcome)| (at.clone(), outcome.code.clone()));
        no_duplicates(codes, self.faults);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    fn esco(&self, node: &Node<'_>, kind: &str) -> Vec<EscoConcept> {
        let read = |node: &Node<'_>| {
            let fields = node.object(&["uri", "label", "labelLanguage"], self.faults)?;
            let at = fields.at("uri");
            let uri = fields
                .need_a("uri", Noun::Address, self.faults)
                .and_then(|node| node.string(self.faults))
                .filter(|uri| {
                    let fits = text::is_esco_uri(uri, kind);
                    if !fits {
                        esco_fault(&at, self.faults);
                    }
                    fits
                });
            if let (Some(uri), Some(release)) = (uri, self.context.esco)
                && !release.uris.contains(uri)
            {
                self.faults.remark(
                    &at,
                    DefinitionFault::EscoNotInRelease { release: release.name.clone() },
                );
            }
            let label = fields
                .need_a("label", Noun::Label, self.faults)
                .and_then(|node| node.text(Limit::Name, self.faults));
            let label_language = fields
                .need_a("labelLanguage", Noun::Language, self.faults)
                .and_then(|node| language_tag(&node, self.faults));
            let concept = EscoConcept {
                uri: uri?.to_owned(),
                label: label?,
                label_language: label_language?,
            };
            Some((at, concept))
        };
        let nodes = node.array(32, self.faults).unwrap_or_default();
        let concepts: Vec<(String, EscoConcept)> = nodes.iter().filter_map(read).collect();
        let uris = concepts.iter().map(|(at, concept)| (at.clone(), concept.uri.clone()));
        no_duplicates(uris, self.faults);
        concepts.into_iter().map(|(_, concept)| concept).collect()
    }

    fn workload(&self, draft: &Draft) -> Option<Workload> {
        let fields = self.object("workload", &["ects", "hours", "notApplicable"])?;
        let ects = fields.get("ects").and_then(|node| {
            definition_rules::credits(&node, draft.settings.ects_step, self.faults)
        });
        let hours = fields.need("hours", DefinitionFault::HoursRequired, self.faults);
        let hours = hours.and_then(|node| {
            let text = node.number_text(self.faults)?;
            let hours = Hundredths::parse(&text).filter(|h| (1..=1_000_000).contains(&h.count()));
            if hours.is_none() {
                self.faults.refuse(&node.pointer, DefinitionFault::HoursRange);
            }
            hours
        });
        let not_applicable = fields
            .get("notApplicable")
            .and_then(|node| self.localized(draft, &node, Limit::Statement));
        if fields.has("ects") && fields.has("notApplicable") {
            unknown_field(&fields.at("notApplicable"), self.faults);
        }
        Some(Workload { ects, hours: hours?, not_applicable })
    }

    fn level(&self, draft: &Draft) -> Option<Level> {
        let fields = self.object("level", &["vks", "eqf", "cycle", "notApplicable"])?;
        let placed = fields.has("vks") || fields.has("eqf");
        if let Some(node) = fields.get("notApplicable") {
            if placed || fields.has("cycle") {
                self.faults.refuse(&node.pointer, DefinitionFault::LevelContradiction);
                return None;
            }
            let reason = LocalizedText::read(&node, Limit::Statement, self.faults)?;
            if reason.get(draft.language).is_none() {
                self.faults.refuse(
                    &node.pointer,
                    DefinitionFault::LevelReasonRequired { language: draft.language.code() },
                );
                return None;
            }
            self.editions_of(draft, &node, &reason);
            return Some(Level::NotApplicable { reason });
        }
        let number = |name: &str| {
            let node = fields.need(name, DefinitionFault::LevelMemberRequired, self.faults)?;
            if node.is_null() {
                return Some(None);
            }
            let number = node.integer(self.faults)?;
            let level = u8::try_from(number).ok().filter(|level| (1..=8).contains(level));
            if level.is_none() {
                self.faults.refuse(&node.pointer, DefinitionFault::LevelRange);
            }
            level.map(Some)
        };
        let cycle = self.code_of(&fields, "cycle", "cycle");
        let (vks, eqf) = (number("vks"), number("eqf"));
        let (vks, eqf) = (vks?, eqf?);
        if vks.is_none() && eqf.is_none() {
            self.faults.refuse(self.fields.at("level"), DefinitionFault::LevelRequired);
            return None;
        }
        Some(Level::Placed { vks, eqf, cycle })
    }

    fn code_of(&self, fields: &Fields<'_>, name: &str, list: &str) -> Option<String> {
        let node = fields.get(name)?;
        self.context.vocabulary.code(list, &node, self.faults)
    }

    fn lists(&self, draft: &mut Draft) {
        let codes = |name: &str, list: &str| {
            self.fields
                .get(name)
                .map(|node| self.context.vocabulary.codes(list, &node, self.faults))
                .unwrap_or_default()
        };
        draft.assessment_types = codes("assessmentTypes", "assessment");
        draft.participation = codes("participation", "participation");
        draft.schedule = codes("schedule", "schedule");
        draft.languages_of_instruction = codes("languagesOfInstruction", "language");
        draft.supervision = self.code_of(self.fields, "supervision", "supervision");
        draft.learning_setting = self.code_of(self.fields, "learningSetting", "learning-setting");
        draft.isced_f = self.code_of(self.fields, "iscedF", "isced-f");
    }
}

/// A language tag as the standard writes it (LanguageCode): `en`, `nl-BE`.
fn language_tag(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let tag = node.string(faults)?;
    let (language, region) = tag.split_once('-').unwrap_or((tag, "XX"));
    let fits = (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && region.len() == 2
        && region.bytes().all(|b| b.is_ascii_uppercase());
    if fits {
        return Some(tag.to_owned());
    }
    faults.refuse(&node.pointer, ShapeFault::NotALanguageTag);
    None
}
