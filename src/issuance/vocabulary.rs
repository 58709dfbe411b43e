//! Replacing the closed lists without breaking what refers to them.
//!
//! A code stands in definitions and in signed certificates, and its address is served for ever. So
//! a code that is there stays there; labels may be corrected, codes added.

use super::{Desk, IssueError};
use crate::model::{CatalogueFault, FieldError};
use crate::profile::Vocabulary;
use crate::store::Origin;
use serde_json::Value;

impl Desk {
    /// Replaces the vocabulary. A document that lacks a code that may be in use is refused, with
    /// every such code named.
    pub async fn import_vocabulary(
        &self,
        document: Value,
        origin: Origin,
    ) -> Result<(), IssueError> {
        let fresh = Vocabulary::parse(&document).map_err(IssueError::Invalid)?;
        let faults = self.dropped(&fresh)?;
        if !faults.is_empty() {
            return Err(IssueError::Invalid(faults));
        }
        Ok(self.parts.store.put_vocabulary(document, origin).await?)
    }

    fn dropped(&self, fresh: &Vocabulary) -> Result<Vec<FieldError>, IssueError> {
        if !self.catalogue_in_use()? {
            return Ok(Vec::new());
        }
        let known = self.vocabulary()?;
        let mut faults = Vec::new();
        for list in known.lists() {
            for (code, concept) in known.list(list) {
                let pointer = format!("/{list}/{code}");
                match fresh.concept(list, code) {
                    None => faults.push(FieldError::at(pointer, CatalogueFault::CodeInUse)),
                    Some(other) if concept.uri.is_some() && other.uri != concept.uri => {
                        faults.push(FieldError::at(
                            format!("{pointer}/uri"),
                            CatalogueFault::CodeAddressInUse,
                        ));
                    }
                    Some(_) => {}
                }
            }
        }
        Ok(faults)
    }

    /// Whether anything was published or issued: then every code may stand somewhere for ever.
    fn catalogue_in_use(&self) -> Result<bool, IssueError> {
        let store = &self.parts.store;
        if store.issued_count()? > 0 {
            return Ok(true);
        }
        for organisation in store.organisations()? {
            if !store.definitions(&organisation.slug)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
