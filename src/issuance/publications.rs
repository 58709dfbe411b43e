//! What the desk publishes about itself and its catalogue: key documents, achievements, and the
//! parsed catalogue that pages read. Public parts only; nothing is signed here.

use super::{Desk, IssueError};
use crate::keys;
use crate::model::{DefinitionRef, IssuerKey, Slug};
use crate::profile::{Catalogue, Definition, Mandate, Organisation, Vocabulary};
use crate::store::{DefinitionRecord, FrameworkRecord, OrganisationRecord, StoreError};
use serde_json::{Value, json};
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

    /// What the register tells everybody of an issuer, with what it awards now.
    pub fn issuer_document(
        &self,
        record: &OrganisationRecord,
        organisation: &Organisation,
        definitions: &[Arc<DefinitionRecord>],
    ) -> Value {
        let installation = &self.parts.installation;
        let numbers = organisation
            .identifiers
            .iter()
            .map(|number| json!({ "register": number.register, "number": number.number }));
        let mandates = organisation.mandates.iter().map(|mandate| {
            let own = || installation.mandate_url(&record.slug, &mandate.reference);
            mandate.url.clone().unwrap_or_else(own)
        });
        let awarded = definitions.iter().map(|record| installation.definition_url(&record.name));
        let mut document = json!({
            "id": record.sealer.as_ref().map(|sealer| &sealer.id),
            "slug": record.slug,
            "test": record.sealer.as_ref().is_some_and(|sealer| sealer.test),
            "legalName": organisation.legal_name,
            "country": organisation.country,
            "url": organisation.url,
            "identifiers": numbers.collect::<Vec<_>>(),
            "mandates": mandates.collect::<Vec<_>>(),
            "definitions": awarded.collect::<Vec<_>>(),
        });
        if let Some(region) = &organisation.region {
            document["region"] = json!(region);
        }
        if let Some(closing) = record.sealer.as_ref().and_then(|sealer| sealer.closed.as_ref()) {
            document["closed"] = json!({
                "at": closing.at,
                "keeper": closing.keeper,
                "keeperUrl": closing.keeper_url,
            });
        }
        document
    }

    /// A mandate of this sealer as it is published.
    pub fn mandate_document(&self, sealer: &Slug, mandate: &Mandate) -> Value {
        let mut document = json!({
            "id": self.parts.installation.mandate_url(sealer, &mandate.reference),
            "reference": mandate.reference,
            "sealer": sealer,
            "onBehalfOf": mandate.on_behalf_of,
            "from": mandate.from,
            "kinds": mandate.kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>(),
        });
        if let Some(until) = mandate.until {
            document["until"] = json!(until);
        }
        document
    }

    /// A framework version as it is published.
    pub fn framework_document(&self, record: &FrameworkRecord) -> Value {
        let mut document = json!({ "id": self.framework_url(&record.name) });
        if let (Value::Object(all), Value::Object(published)) = (&mut document, &record.document) {
            all.extend(published.clone());
        }
        document
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
