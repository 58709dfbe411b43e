//! Publishing definition versions, and taking them out of use.
//!
//! A version is published once: its content never changes, it stays at its address for ever, and
//! withdrawing it only ends issuing under it.

use super::gathered::{Gathered, Imported, unique};
use super::{Desk, IssueError};
use crate::model::{DefinitionRef, FieldError, Slug};
use crate::profile::{Checked, Definition, parse_definition, parse_definitions};
use crate::store::{DefinitionRecord, Origin, StoreError};
use serde_json::Value;
use std::collections::BTreeMap;
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
        let (definitions, warnings) = self.check_definitions(&documents)?;
        unique(definitions.iter().map(|definition| definition.name.to_string()))?;
        let published = origin.at;
        let records: Vec<_> = definitions
            .into_iter()
            .zip(documents)
            .map(|(definition, document)| DefinitionRecord {
                name: definition.name,
                document,
                published,
                achievements: BTreeMap::new(),
                withdrawn: None,
            })
            .collect();
        let count = records.len();
        self.parts.store.put_definitions(records, origin).await?;
        Ok(Imported { count, warnings })
    }

    fn check_definitions(
        &self,
        documents: &[Value],
    ) -> Result<(Vec<Definition>, Vec<FieldError>), IssueError> {
        let catalogue = self.catalogue()?;
        let mut parsed = Gathered::default();
        let outcomes = parse_definitions(documents, &catalogue.context());
        for (place, (outcome, document)) in outcomes.into_iter().zip(documents).enumerate() {
            parsed.take(place, with_sound_name(outcome, document));
        }
        catalogue.check()?;
        parsed.finish()
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
        let Checked { value: definition, warnings } =
            self.read_new(issuer, &document)?.map_err(IssueError::Invalid)?;
        let name = definition.name;
        let fresh = self.parts.store.definition(&name)?.is_none();
        let published = origin.at;
        let achievements = BTreeMap::new();
        let record = DefinitionRecord {
            name: name.clone(),
            document,
            published,
            achievements,
            withdrawn: None,
        };
        self.parts.store.put_definitions(vec![record], origin).await?;
        let record = self.parts.store.definition(&name)?.ok_or_else(|| lost(&name))?;
        Ok(Publication { record, fresh, warnings })
    }

    fn read_new(
        &self,
        issuer: &Slug,
        document: &Value,
    ) -> Result<Result<Checked<Definition>, Vec<FieldError>>, IssueError> {
        let catalogue = self.catalogue_for(issuer)?;
        let outcome = parse_definition(document, &catalogue.context());
        catalogue.check()?;
        Ok(with_sound_name(outcome, document))
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
    faults.push(FieldError::new(
        "/slug",
        "name-reserved",
        "The service needs this name for an address of its own.",
        "Choose another name.",
    ));
    Err(faults)
}

fn lost(name: &DefinitionRef) -> IssueError {
    StoreError::Corrupt { what: "definition", id: name.to_string() }.into()
}
