//! What the rules and the mapping ask of the surroundings: the installation's addresses, the
//! catalogue of organisations and definitions, and what the register knows. Values and one trait;
//! no store, no network.

use super::definition::Definition;
use super::framework::CompetenceProfile;
use super::house_rules::HouseRules;
use super::language::Language;
use super::organisation::Organisation;
use crate::model::{
    CredentialId, CredentialState, Date, DefinitionRef, FrameworkRef, Slug, StatusEntry, Timestamp,
};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The addresses of an installation (mapping, section 2) and the rules its operator set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// `https://{host}`, without a slash at the end.
    pub base_url: String,
    /// Where our own concepts are explained, without a slash at the end.
    pub vocabulary_base: String,
    /// Address of a VKS level, with `{level}` in it.
    pub vks_level_uri: String,
    /// What holds for every issuer.
    pub rules: HouseRules,
}

impl Installation {
    /// The defaults under this base address.
    pub fn new(base_url: impl Into<String>) -> Self {
        let base_url = base_url.into().trim_end_matches('/').to_owned();
        let vocabulary_base = format!("{base_url}/vocabulary");
        let vks_level_uri = format!("{vocabulary_base}/vks/{{level}}");
        Self { base_url, vocabulary_base, vks_level_uri, rules: HouseRules::default() }
    }

    /// Address of a definition version: `D`.
    pub fn definition_url(&self, name: &DefinitionRef) -> String {
        format!(
            "{}/issuers/{}/achievements/{}/{}",
            self.base_url, name.issuer, name.slug, name.version
        )
    }

    /// Address of a selection of competences of a definition version.
    pub fn selection_url<'a>(
        &self,
        name: &DefinitionRef,
        codes: impl IntoIterator<Item = &'a str>,
    ) -> String {
        let codes: Vec<&str> = codes.into_iter().collect();
        format!("{}/selection/{}", self.definition_url(name), codes.join("-"))
    }

    /// Address of a credential.
    pub fn credential_url(&self, id: CredentialId) -> String {
        format!("{}/credentials/{id}", self.base_url)
    }

    /// The credential at this address, if it is one of ours.
    pub fn credential_id(&self, url: &str) -> Option<CredentialId> {
        url.strip_prefix(self.base_url.as_str())?.strip_prefix("/credentials/")?.parse().ok()
    }

    /// Address of an endorsement.
    pub fn endorsement_url(&self, id: CredentialId) -> String {
        format!("{}/endorsements/{id}", self.base_url)
    }

    /// Address of a status list.
    pub fn status_list_url(&self, list: &str) -> String {
        format!("{}/status/{list}", self.base_url)
    }

    /// Address of the page of a mandate, where the organisation names no other.
    pub fn mandate_url(&self, sealer: &Slug, reference: &str) -> String {
        format!("{}/issuers/{sealer}/mandates/{reference}", self.base_url)
    }
}

/// Finds organisations and published definition versions.
///
/// Contract: an organisation that seals carries its `did` and `test` as the service keeps them, so
/// that what is written about it is the same in every document. Two answers about one name are
/// equal.
pub trait Catalogue {
    /// An organisation of the register.
    fn organisation(&self, slug: &str) -> Option<Arc<Organisation>>;
    /// A published definition version.
    fn definition(&self, name: &DefinitionRef) -> Option<Arc<Definition>>;
    /// The achievement of a definition version as it was frozen, in this language; see
    /// [`super::freeze`]. Once it is there it is the one that is signed and served, whatever
    /// happened since to names and labels.
    fn frozen(&self, name: &DefinitionRef, language: Language) -> Option<Value>;
    /// A published version of a framework. A catalogue without frameworks has none.
    fn framework(&self, _name: &FrameworkRef) -> Option<Arc<CompetenceProfile>> {
        None
    }
}

/// A catalogue held in memory.
#[derive(Clone, Debug, Default)]
pub struct CatalogueSnapshot {
    organisations: HashMap<String, Arc<Organisation>>,
    definitions: HashMap<DefinitionRef, Arc<Definition>>,
    achievements: HashMap<DefinitionRef, BTreeMap<String, Value>>,
    frameworks: HashMap<FrameworkRef, Arc<CompetenceProfile>>,
}

impl CatalogueSnapshot {
    /// An empty catalogue.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces an organisation.
    pub fn insert_organisation(&mut self, organisation: Organisation) {
        self.organisations.insert(organisation.slug.as_str().to_owned(), Arc::new(organisation));
    }

    /// Adds or replaces a definition version.
    pub fn insert_definition(&mut self, definition: Definition) {
        self.definitions.insert(definition.name.clone(), Arc::new(definition));
    }

    /// Adds or replaces a version of a framework.
    pub fn insert_framework(&mut self, framework: CompetenceProfile) {
        self.frameworks.insert(framework.name.clone(), Arc::new(framework));
    }

    /// Keeps the achievements of a definition version, by language tag.
    pub fn insert_achievements(
        &mut self,
        name: DefinitionRef,
        achievements: BTreeMap<String, Value>,
    ) {
        self.achievements.insert(name, achievements);
    }
}

impl Catalogue for CatalogueSnapshot {
    fn organisation(&self, slug: &str) -> Option<Arc<Organisation>> {
        self.organisations.get(slug).cloned()
    }

    fn definition(&self, name: &DefinitionRef) -> Option<Arc<Definition>> {
        self.definitions.get(name).cloned()
    }

    fn frozen(&self, name: &DefinitionRef, language: Language) -> Option<Value> {
        self.achievements.get(name)?.get(language.code()).cloned()
    }

    fn framework(&self, name: &FrameworkRef) -> Option<Arc<CompetenceProfile>> {
        self.frameworks.get(name).cloned()
    }
}

/// One catalogue before another: what the first does not have is asked of the second.
pub(super) struct Layered<'a> {
    pub first: &'a dyn Catalogue,
    pub second: &'a dyn Catalogue,
}

impl Catalogue for Layered<'_> {
    fn organisation(&self, slug: &str) -> Option<Arc<Organisation>> {
        self.first.organisation(slug).or_else(|| self.second.organisation(slug))
    }

    fn definition(&self, name: &DefinitionRef) -> Option<Arc<Definition>> {
        self.first.definition(name).or_else(|| self.second.definition(name))
    }

    fn frozen(&self, name: &DefinitionRef, language: Language) -> Option<Value> {
        self.first.frozen(name, language).or_else(|| self.second.frozen(name, language))
    }

    fn framework(&self, name: &FrameworkRef) -> Option<Arc<CompetenceProfile>> {
        self.first.framework(name).or_else(|| self.second.framework(name))
    }
}

/// What the register knows that an award depends on. The caller resolves the references of
/// [`super::AwardReferences`] to these facts; a reference that is not here is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterFacts {
    /// By the reference as the award writes it (`parts[].award`).
    pub parts: BTreeMap<String, PartFacts>,
    /// The certificate that the award replaces.
    pub replaced: Option<ReplacedFacts>,
    /// Whether the definition version was withdrawn: nothing new is issued under it.
    pub definition_withdrawn: bool,
    /// Whether another certificate of the issuer has the number already.
    pub certificate_number_taken: bool,
}

/// What the register knows of a certificate that is to be stacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartFacts {
    /// Its address.
    pub credential: String,
    /// The definition version it was issued under.
    pub definition: DefinitionRef,
    /// Its number.
    pub certificate_number: String,
    /// Its decision.
    pub decision_date: Date,
    /// Whether its holder is the award's learner; told by the register, not by public identifiers.
    pub same_holder: bool,
    /// Its state now.
    pub state: CredentialState,
}

/// What the register knows of the certificate that is to be corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplacedFacts {
    /// Its address.
    pub credential: String,
    /// The definition version it was issued under.
    pub definition: DefinitionRef,
    /// Its number.
    pub certificate_number: String,
    /// Whether its holder is the award's learner.
    pub same_holder: bool,
    /// Its state now.
    pub state: CredentialState,
}

/// What the service draws and reserves for one certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// Last segment of its address.
    pub credential_id: CredentialId,
    /// Opaque id of the subject, `urn:uuid:...`; used when the holder brings no identifier.
    pub subject_id: String,
    /// Salt of the hashed address, 32 lower-case hex digits.
    pub salt: String,
    /// Reserved places in status lists, revocation first.
    pub status: Vec<StatusEntry>,
    /// `validFrom`.
    pub issued_at: Timestamp,
}

/// The organisation whose key signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealer {
    /// Which organisation.
    pub slug: Slug,
    /// `issuer.id`.
    pub id: String,
    /// A test issuer: its certificates say TEST (mapping, ground rule 10).
    pub test: bool,
}
