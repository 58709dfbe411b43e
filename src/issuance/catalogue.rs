//! The catalogue as `profile` wants it, read from the store and parsed once for each record.

use super::organisations::visible;
use super::{Desk, IssueError};
use crate::model::{DefinitionRef, FrameworkRef, Slug};
use crate::profile::{
    Catalogue, CompetenceProfile, Definition, DefinitionContext, Language, Organisation,
    Vocabulary, parse_framework, parse_organisation, read_definition,
};
use crate::store::{DefinitionRecord, OrganisationRecord, StoreError};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};

/// Parsed records, each with the record it was parsed from: another record is parsed again.
#[derive(Debug, Default)]
pub(super) struct ParsedCatalogue {
    organisations: Parsed<Slug, OrganisationRecord, Organisation>,
    definitions: Parsed<DefinitionRef, DefinitionRecord, Definition>,
    vocabulary: Parsed<(), Value, Vocabulary>,
}

#[derive(Debug)]
struct Parsed<K, R, T>(RwLock<Known<K, R, T>>);

type Known<K, R, T> = HashMap<K, (Arc<R>, Arc<T>)>;

impl<K, R, T> Default for Parsed<K, R, T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Hash + Eq + Clone, R: PartialEq, T> Parsed<K, R, T> {
    fn of(&self, name: &K, record: Arc<R>, parse: impl FnOnce(&R) -> Option<T>) -> Option<Arc<T>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((from, parsed)) = known.get(name)
            && (Arc::ptr_eq(from, &record) || *from == record)
        {
            return Some(Arc::clone(parsed));
        }
        drop(known);
        let parsed = Arc::new(parse(&record)?);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(name.clone(), (record, Arc::clone(&parsed)));
        Some(parsed)
    }
}

/// The catalogue in the store. What cannot be read is absent, and [`StoreCatalogue::check`] says
/// why.
pub(super) struct StoreCatalogue<'a> {
    desk: &'a Desk,
    /// Organisations that another issuer introduced are not found by this one.
    viewer: Option<Slug>,
    vocabulary: Arc<Vocabulary>,
    failure: RefCell<Option<IssueError>>,
}

impl Desk {
    /// The catalogue as it is recorded now.
    pub(super) fn catalogue(&self) -> Result<StoreCatalogue<'_>, IssueError> {
        Ok(StoreCatalogue {
            desk: self,
            viewer: None,
            vocabulary: self.vocabulary()?,
            failure: RefCell::new(None),
        })
    }

    /// The catalogue as this issuer may name what stands in it.
    pub(super) fn catalogue_for(&self, issuer: &Slug) -> Result<StoreCatalogue<'_>, IssueError> {
        Ok(StoreCatalogue { viewer: Some(issuer.clone()), ..self.catalogue()? })
    }

    /// The installation's vocabulary, or the bundled one.
    pub(super) fn vocabulary(&self) -> Result<Arc<Vocabulary>, IssueError> {
        let Some(document) = self.parts.store.vocabulary()? else {
            return Ok(Arc::clone(&self.bundled_vocabulary));
        };
        let parse = |document: &Value| Vocabulary::parse(document).ok();
        self.parsed.vocabulary.of(&(), document, parse).ok_or_else(|| corrupt("vocabulary", ""))
    }
}

impl StoreCatalogue<'_> {
    /// The vocabulary that goes with it.
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The surroundings in which definitions are read.
    pub(super) fn context(&self) -> DefinitionContext<'_> {
        let rules = &self.desk.parts.installation.rules;
        DefinitionContext { catalogue: self, vocabulary: &self.vocabulary, esco: None, rules }
    }

    /// Fails when something that was asked for could not be read.
    pub(super) fn check(&self) -> Result<(), IssueError> {
        self.failure.take().map_or(Ok(()), Err)
    }

    fn read_organisation(&self, slug: &str) -> Result<Option<Arc<Organisation>>, IssueError> {
        let Ok(slug) = slug.parse::<Slug>() else { return Ok(None) };
        let Some(record) = self.desk.parts.store.organisation(&slug)? else { return Ok(None) };
        if self.viewer.as_ref().is_some_and(|viewer| !visible(&record, viewer)) {
            return Ok(None);
        }
        let parsed = self.desk.parsed.organisations.of(&slug, record, |record| {
            let mut organisation = parse_organisation(&record.document).ok()?.value;
            match &record.sealer {
                Some(sealer) => {
                    organisation.did = Some(sealer.id.clone());
                    organisation.test = sealer.test;
                }
                // Which identifier it gets is settled when it gets its keys.
                None if organisation.seals => organisation.did = None,
                None => {}
            }
            Some(organisation)
        });
        parsed.map(Some).ok_or_else(|| corrupt("organisation", slug.as_str()))
    }

    fn read_definition(&self, name: &DefinitionRef) -> Result<Option<Arc<Definition>>, IssueError> {
        let Some(record) = self.desk.parts.store.definition(name)? else { return Ok(None) };
        let parsed = self.desk.parsed.definitions.of(name, record, |record| {
            Some(read_definition(&record.document, &self.context()).ok()?.value)
        });
        parsed.map(Some).ok_or_else(|| corrupt("definition", &name.to_string()))
    }

    fn or_note<T>(&self, outcome: Result<Option<T>, IssueError>) -> Option<T> {
        outcome.unwrap_or_else(|error| {
            self.failure.borrow_mut().get_or_insert(error);
            None
        })
    }
}

impl Catalogue for StoreCatalogue<'_> {
    fn organisation(&self, slug: &str) -> Option<Arc<Organisation>> {
        self.or_note(self.read_organisation(slug))
    }

    fn definition(&self, name: &DefinitionRef) -> Option<Arc<Definition>> {
        self.or_note(self.read_definition(name))
    }

    fn frozen(&self, name: &DefinitionRef, language: Language) -> Option<Value> {
        let record = self.desk.parts.store.definition(name).map_err(IssueError::from);
        self.or_note(record)?.achievements.get(language.code()).cloned()
    }

    fn framework(&self, name: &FrameworkRef) -> Option<Arc<CompetenceProfile>> {
        let record = self.desk.parts.store.framework(name).map_err(IssueError::from);
        let record = self.or_note(record)?;
        let parsed = parse_framework(&record.document);
        let parsed = parsed.map_err(|_| corrupt("framework", &name.to_string()));
        self.or_note(parsed.map(|checked| Some(Arc::new(checked.value))))
    }
}

fn corrupt(what: &'static str, id: &str) -> IssueError {
    StoreError::Corrupt { what, id: id.to_owned() }.into()
}
