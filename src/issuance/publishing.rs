//! Publishing definition versions, and taking them out of use.
//!
//! A version is published once: its content never changes, it stays at its address for ever, and
//! withdrawing it only ends issuing under it.

use super::catalogue::StoreCatalogue;
use super::gathered::{Gathered, Imported, unique};
use super::{Desk, IssueError};
use crate::model::{CatalogueFault, DefinitionFault, DefinitionRef, FieldError, Slug};
use crate::profile::{Checked, Definition, parse_definition, parse_definitions};
use crate::store::{DefinitionRecord, Origin, StoreError};
use serde_json::Value;
use std::sync::Arc;

/// A segment of the API's addresses that no definition can have as its name.
const RESERVED: &str = "check";

/// A definition version that is published.
#[derive(Clone, Debug)]
pub struct Publication {
    /// As it is recorded.
    pub record: Arc<DefinitionRecord>,
    /// Whether it was not there before.
    pub fresh: bool,
    /// What was odd but accepted.
    pub warnings: Vec<FieldError>,
}

/// What is wrong and what is odd with a definition that is not published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DefinitionCheck {
    /// What stands in the way of publishing.
    pub faults: Vec<FieldError>,
    /// What would be accepted.
    pub warnings: Vec<FieldError>,
}

impl Desk {
    /// Publishes definition versions, all or none; every fault at once. The same content again
    /// changes nothing; other content under a published version is refused.
    pub async fn import_definitions(
        &self,
        documents: Vec<Value>,
        origin: Origin,
    ) -> Result<Imported, IssueError> {
        let catalogue = self.catalogue()?;
        self.publish_all(documents, &catalogue, origin).await
    }

    /// The same for definitions of one issuer, which may name what that issuer may name.
    pub async fn publish_definitions(
        &self,
        issuer: &Slug,
        documents: Vec<Value>,
        origin: Origin,
    ) -> Result<Imported, IssueError> {
        let catalogue = self.catalogue_for(issuer)?;
        self.publish_all(documents, &catalogue, origin).await
    }

    async fn publish_all(
        &self,
        documents: Vec<Value>,
        catalogue: &StoreCatalogue<'_>,
        origin: Origin,
    ) -> Result<Imported, IssueError> {
        let (definitions, warnings) = self.read_all(&documents, catalogue)?;
        self.same_content(&definitions, &documents)?;
        let achievements = self.achievements_of(&definitions)?;
        let published = origin.at;
        let records: Vec<_> = definitions
            .into_iter()
            .zip(documents)
            .zip(achievements)
            .map(|((definition, document), achievements)| DefinitionRecord {
                name: definition.name,
                document,
                published,
                achievements,
                withdrawn: None,
            })
            .collect();
        let count = records.len();
        self.parts.store.put_definitions(records, origin).await?;
        Ok(Imported { count, warnings })
    }

    /// Refuses other content under versions that are published, and says which.
    fn same_content(
        &self,
        definitions: &[Definition],
        documents: &[Value],
    ) -> Result<(), IssueError> {
        let mut faults = Vec::new();
        for (place, (definition, document)) in definitions.iter().zip(documents).enumerate() {
            let known = self.parts.store.definition(&definition.name)?;
            if known.is_some_and(|known| known.document != *document) {
                faults.push(FieldError::at(
                    format!("/{place}/version"),
                    DefinitionFault::VersionFrozen,
                ));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(IssueError::Invalid(faults)) }
    }

    /// Holds definitions that may refer to one another against every rule, without publishing
    /// them; pointers begin with the place in the list.
    pub fn check_definitions(
        &self,
        issuer: Option<&Slug>,
        documents: &[Value],
    ) -> Result<DefinitionCheck, IssueError> {
        let catalogue = match issuer {
            Some(issuer) => self.catalogue_for(issuer)?,
            None => self.catalogue()?,
        };
        match self.read_all(documents, &catalogue) {
            Ok((_, warnings)) => Ok(DefinitionCheck { faults: Vec::new(), warnings }),
            Err(IssueError::Invalid(faults)) => {
                Ok(DefinitionCheck { faults, warnings: Vec::new() })
            }
            Err(error) => Err(error),
        }
    }

    /// Holds a definition of this issuer against every rule, without publishing it.
    pub fn check_definition(
        &self,
        issuer: &Slug,
        document: &Value,
    ) -> Result<DefinitionCheck, IssueError> {
        Ok(match self.read_new(issuer, document)? {
            Ok(Checked { warnings, .. }) => DefinitionCheck { faults: Vec::new(), warnings },
            Err(faults) => DefinitionCheck { faults, warnings: Vec::new() },
        })
    }

    /// Publishes one definition version of this issuer. The same content again changes nothing.
    pub async fn publish_definition(
        &self,
        issuer: &Slug,
        document: Value,
        origin: Origin,
    ) -> Result<Publication, IssueError> {
        let outcome = self.read_new(issuer, &document)?;
        // What is published stands, whatever the rules or the organisations are now.
        if let Some(record) = self.published(&document)? {
            let warnings = outcome.map(|checked| checked.warnings).unwrap_or_default();
            return Ok(Publication { record, fresh: false, warnings });
        }
        self.is_open(issuer)?;
        let Checked { value: definition, warnings } = outcome.map_err(IssueError::Invalid)?;
        let name = definition.name.clone();
        let fresh = self.parts.store.definition(&name)?.is_none();
        let mut achievements = self.achievements_of(&[definition])?;
        let record = DefinitionRecord {
            name: name.clone(),
            document,
            published: origin.at,
            achievements: achievements.pop().unwrap_or_default(),
            withdrawn: None,
        };
        self.parts.store.put_definitions(vec![record], origin).await?;
        let record = self.parts.store.definition(&name)?.ok_or_else(|| lost(&name))?;
        Ok(Publication { record, fresh, warnings })
    }

    /// Reads definitions that may refer to one another: all of them, or every fault.
    fn read_all(
        &self,
        documents: &[Value],
        catalogue: &StoreCatalogue<'_>,
    ) -> Result<(Vec<Definition>, Vec<FieldError>), IssueError> {
        let mut parsed = Gathered::default();
        let outcomes = parse_definitions(documents, &catalogue.context());
        for (place, (outcome, document)) in outcomes.into_iter().zip(documents).enumerate() {
            let outcome = self.with_sound_addresses(catalogue, outcome, document)?;
            parsed.take(place, with_sound_name(outcome, document));
        }
        catalogue.check()?;
        let (definitions, warnings) = parsed.finish()?;
        unique(definitions.iter().map(|definition| definition.name.to_string()))?;
        Ok((definitions, warnings))
    }

    /// Adds the faults of addresses of this service where nothing is.
    fn with_sound_addresses(
        &self,
        catalogue: &StoreCatalogue<'_>,
        outcome: Result<Checked<Definition>, Vec<FieldError>>,
        document: &Value,
    ) -> Result<Result<Checked<Definition>, Vec<FieldError>>, IssueError> {
        let dead = self.dead_addresses(catalogue, document)?;
        Ok(match outcome {
            outcome if dead.is_empty() => outcome,
            outcome => Err(outcome.err().unwrap_or_default().into_iter().chain(dead).collect()),
        })
    }

    /// The version that is published with this very content.
    fn published(&self, document: &Value) -> Result<Option<Arc<DefinitionRecord>>, IssueError> {
        let member = |member: &str| document.get(member).and_then(Value::as_str).unwrap_or("");
        let name = format!("{}/{}/{}", member("issuer"), member("slug"), member("version"));
        let Ok(name) = name.parse() else { return Ok(None) };
        let known = self.parts.store.definition(&name)?;
        Ok(known.filter(|known| known.document == *document))
    }

    fn read_new(
        &self,
        issuer: &Slug,
        document: &Value,
    ) -> Result<Result<Checked<Definition>, Vec<FieldError>>, IssueError> {
        let catalogue = self.catalogue_for(issuer)?;
        let outcome = parse_definition(document, &catalogue.context());
        let outcome = self.with_sound_addresses(&catalogue, outcome, document)?;
        catalogue.check()?;
        Ok(with_sound_name(outcome, document))
    }

    /// Ends issuing under a version. It stays at its address, and certificates stay as they are.
    /// Again it changes nothing.
    pub async fn withdraw_definition(
        &self,
        name: &DefinitionRef,
        origin: Origin,
    ) -> Result<Arc<DefinitionRecord>, IssueError> {
        if let Some(record) = self.parts.store.definition(name)?
            && record.withdrawn.is_some()
        {
            return Ok(record);
        }
        // When it is told, nothing that is under way can follow.
        let _turn = self.turns.write().await;
        Ok(self.parts.store.withdraw_definition(name, origin).await?)
    }

    /// A definition version as it is recorded.
    pub fn definition_record(
        &self,
        name: &DefinitionRef,
    ) -> Result<Option<Arc<DefinitionRecord>>, IssueError> {
        Ok(self.parts.store.definition(name)?)
    }

    /// Every version of an issuer's definitions, by name and then in order of publication.
    pub fn definition_records(
        &self,
        issuer: &Slug,
    ) -> Result<Vec<Arc<DefinitionRecord>>, IssueError> {
        Ok(self.parts.store.definitions(issuer)?)
    }
}

/// Adds the fault of a name that the API's addresses need for themselves.
fn with_sound_name(
    outcome: Result<Checked<Definition>, Vec<FieldError>>,
    document: &Value,
) -> Result<Checked<Definition>, Vec<FieldError>> {
    if document.get("slug").and_then(Value::as_str) != Some(RESERVED) {
        return outcome;
    }
    let mut faults = outcome.err().unwrap_or_default();
    faults.push(FieldError::at("/slug", CatalogueFault::NameReserved));
    Err(faults)
}

fn lost(name: &DefinitionRef) -> IssueError {
    StoreError::Corrupt { what: "definition", id: name.to_string() }.into()
}
