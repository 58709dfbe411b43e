//! The achievement of a definition version, written once and then only read: at publication, or
//! when the creator gets its identifier, or at the first certificate, whichever comes first.

use super::{Desk, IssueError};
use crate::model::{CatalogueFault, DefinitionRef, FieldError, Slug};
use crate::profile::{
    Catalogue, Definition, Language, Mapping, MappingError, Organisation, edition, freeze,
    may_freeze,
};
use crate::store::{DefinitionRecord, Origin};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Definitions that are published together, before those that are published already.
pub(super) struct Batch<'a> {
    definitions: HashMap<DefinitionRef, Arc<Definition>>,
    published: &'a dyn Catalogue,
}

impl<'a> Batch<'a> {
    pub(super) fn new(definitions: &[Definition], published: &'a dyn Catalogue) -> Self {
        let named = |one: &Definition| (one.name.clone(), Arc::new(one.clone()));
        Self { definitions: definitions.iter().map(named).collect(), published }
    }
}

impl Catalogue for Batch<'_> {
    fn organisation(&self, slug: &str) -> Option<Arc<Organisation>> {
        self.published.organisation(slug)
    }

    fn definition(&self, name: &DefinitionRef) -> Option<Arc<Definition>> {
        self.definitions.get(name).cloned().or_else(|| self.published.definition(name))
    }

    fn frozen(&self, name: &DefinitionRef, language: Language) -> Option<Value> {
        self.published.frozen(name, language)
    }
}

impl Desk {
    /// What is to be frozen with definitions that are published now, each at its place; empty for
    /// those whose creator has no identifier yet.
    pub(super) fn achievements_of(
        &self,
        definitions: &[Definition],
    ) -> Result<Vec<BTreeMap<String, Value>>, IssueError> {
        let catalogue = self.catalogue()?;
        let batch = Batch::new(definitions, &catalogue);
        let mapping = Mapping {
            installation: &self.parts.installation,
            catalogue: &batch,
            vocabulary: catalogue.vocabulary(),
        };
        let write = |definition: &Definition| match may_freeze(&batch, definition) {
            true => freeze(&mapping, definition).map_err(unwritten),
            false => Ok(BTreeMap::new()),
        };
        let all = definitions.iter().map(write).collect();
        catalogue.check()?;
        all
    }

    /// Freezes what is not frozen of an issuer's definitions and can be: after it got its
    /// identifier, and of records from before there was freezing.
    pub(super) async fn freeze_issuer(
        &self,
        issuer: &Slug,
        origin: &Origin,
    ) -> Result<(), IssueError> {
        for record in self.parts.store.definitions(issuer)? {
            self.freeze_version(&record, origin, may_freeze).await?;
        }
        Ok(())
    }

    /// Freezes every definition version that is not frozen and can be.
    pub async fn freeze_catalogue(&self, origin: Origin) -> Result<(), IssueError> {
        for organisation in self.parts.store.organisations()? {
            self.freeze_issuer(&organisation.slug, &origin).await?;
        }
        Ok(())
    }

    /// Freezes a version under which a certificate is about to be signed.
    pub(super) async fn freeze_for_good(
        &self,
        name: &DefinitionRef,
        origin: &Origin,
    ) -> Result<(), IssueError> {
        let record = self.parts.store.definition(name)?.ok_or(IssueError::NotFound)?;
        self.freeze_version(&record, origin, |_, _| true).await
    }

    async fn freeze_version(
        &self,
        record: &DefinitionRecord,
        origin: &Origin,
        may: impl Fn(&dyn Catalogue, &Definition) -> bool,
    ) -> Result<(), IssueError> {
        if !record.achievements.is_empty() {
            return Ok(());
        }
        let Some(achievements) = self.written_now(&record.name, may)? else { return Ok(()) };
        let freeze =
            self.parts.store.freeze_achievements(&record.name, achievements, origin.clone());
        match freeze.await {
            // Somebody else was first, with what held then.
            Err(crate::store::StoreError::VersionFrozen(_)) => Ok(()),
            outcome => Ok(outcome?),
        }
    }

    fn written_now(
        &self,
        name: &DefinitionRef,
        may: impl Fn(&dyn Catalogue, &Definition) -> bool,
    ) -> Result<Option<BTreeMap<String, Value>>, IssueError> {
        let catalogue = self.catalogue()?;
        let definition = catalogue.definition(name);
        catalogue.check()?;
        let Some(definition) = definition.filter(|definition| may(&catalogue, definition)) else {
            return Ok(None);
        };
        let mapping = Mapping {
            installation: &self.parts.installation,
            catalogue: &catalogue,
            vocabulary: catalogue.vocabulary(),
        };
        let written = freeze(&mapping, &definition);
        catalogue.check()?;
        written.map(Some).map_err(unwritten)
    }

    /// The achievement of a published definition version in the authoritative language or another
    /// one, or of a selection of its competences; `None` when there is no such version, edition or
    /// selection.
    pub fn achievement(
        &self,
        name: &DefinitionRef,
        language: Option<Language>,
        selection: Option<&[&str]>,
    ) -> Result<Option<Value>, IssueError> {
        let catalogue = self.catalogue()?;
        let definition = catalogue.definition(name);
        catalogue.check()?;
        let Some(definition) = definition else { return Ok(None) };
        let mapping = Mapping {
            installation: &self.parts.installation,
            catalogue: &catalogue,
            vocabulary: catalogue.vocabulary(),
        };
        let language = language.unwrap_or(definition.language);
        match edition(&mapping, &definition, language, selection) {
            Ok(document) => Ok(Some(document)),
            Err(MappingError::NotASelection | MappingError::NoEdition(_)) => Ok(None),
            Err(error) => {
                catalogue.check()?;
                Err(unwritten(error))
            }
        }
    }

    /// The fault of an issuer that has another homepage than the frozen text says: a reader tells by
    /// its homepage that the sealer is an awarding body.
    pub(super) fn outdated(
        &self,
        issuer: &Slug,
        definition: &Definition,
        record: &DefinitionRecord,
    ) -> Result<Option<FieldError>, IssueError> {
        let catalogue = self.catalogue()?;
        let sealer = catalogue.organisation(issuer.as_str());
        catalogue.check()?;
        let frozen = record.achievements.get(definition.language.code());
        let outdated = definition.awarding_bodies.contains(issuer)
            && sealer.zip(frozen).is_some_and(|(sealer, frozen)| !names_body(frozen, &sealer.url));
        Ok(outdated.then(|| FieldError::at("/definition", CatalogueFault::DefinitionOutdated)))
    }
}

fn names_body(achievement: &Value, url: &str) -> bool {
    let all = achievement.get("alignment").and_then(Value::as_array);
    all.into_iter().flatten().any(|alignment| {
        let member = |name: &str| alignment.get(name).and_then(Value::as_str);
        member("targetType") == Some("ext:AwardingBody") && member("targetUrl") == Some(url)
    })
}

fn unwritten(error: MappingError) -> IssueError {
    IssueError::Unsound { detail: error.to_string() }
}
