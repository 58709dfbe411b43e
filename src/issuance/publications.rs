//! What the desk publishes about itself and its catalogue: key documents, achievements, and the
//! parsed catalogue that pages read. Public parts only; nothing is signed here.

use super::{Desk, IssueError};
use crate::keys;
use crate::model::{DefinitionRef, IssuerKey, Slug};
use crate::profile::{Catalogue, Definition, Organisation, Vocabulary};
use crate::store::{OrganisationRecord, StoreError};
use serde_json::Value;
use std::sync::Arc;

impl Desk {
    /// The host's own DID document; `None` when the host has no name that did:web knows.
    pub fn host_did_document(&self) -> Result<Option<Value>, IssueError> {
        let did = keys::did_web(&self.parts.installation.base_url, &[]);
        Ok(did.map(|did| keys::did_document(&did, &[])))
    }

    /// An issuer's DID document with every key that ever signed. An issuer under a did:key has one
    /// too, so that its tokens can be checked.
    pub fn did_document(&self, issuer: &Slug) -> Result<Option<Value>, IssueError> {
        let Some(record) = self.sealing(issuer)? else { return Ok(None) };
        let Some(sealer) = &record.sealer else { return Ok(None) };
        let did = if sealer.id.starts_with("did:web:") {
            sealer.id.clone()
        } else {
            let path = ["issuers", issuer.as_str()];
            keys::did_web(&self.parts.installation.base_url, &path)
                .unwrap_or_else(|| sealer.id.clone())
        };
        Ok(Some(keys::did_document(&did, &self.parts.store.keys(issuer)?)))
    }

    /// The public keys of one issuer as JWK set.
    pub fn issuer_jwks(&self, issuer: &Slug) -> Result<Option<Value>, IssueError> {
        let Some(record) = self.sealing(issuer)? else { return Ok(None) };
        Ok(Some(self.key_set(&[record])?))
    }

    /// The public keys of every issuer as JWK set.
    pub fn jwks(&self) -> Result<Value, IssueError> {
        self.key_set(&self.parts.store.organisations()?)
    }

    fn key_set(&self, records: &[Arc<OrganisationRecord>]) -> Result<Value, IssueError> {
        let mut issuers = Vec::new();
        for record in records {
            if let Some(sealer) = &record.sealer {
                issuers.push((sealer.id.clone(), self.parts.store.keys(&record.slug)?));
            }
        }
        let borrowed = issuers.iter().map(|(id, keys)| (id.as_str(), &**keys as &[IssuerKey]));
        Ok(keys::jwks(borrowed))
    }

    fn sealing(&self, issuer: &Slug) -> Result<Option<Arc<OrganisationRecord>>, StoreError> {
        let record = self.parts.store.organisation(issuer)?;
        Ok(record.filter(|record| record.sealer.is_some()))
    }

    /// A published definition version as parsed.
    pub fn definition(&self, name: &DefinitionRef) -> Result<Option<Arc<Definition>>, IssueError> {
        let catalogue = self.catalogue()?;
        let definition = catalogue.definition(name);
        catalogue.check()?;
        Ok(definition)
    }

    /// An organisation as parsed.
    pub fn organisation(&self, slug: &Slug) -> Result<Option<Arc<Organisation>>, IssueError> {
        let catalogue = self.catalogue()?;
        let organisation = catalogue.organisation(slug.as_str());
        catalogue.check()?;
        Ok(organisation)
    }

    /// The installation's closed lists, with their labels.
    pub fn labels(&self) -> Result<Arc<Vocabulary>, IssueError> {
        self.vocabulary()
    }
}
