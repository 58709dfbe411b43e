//! The register of organisations: who is in it, who may change what of it, and what never changes.
//!
//! One register serves the whole installation. An organisation that an issuer introduced through
//! the API is that issuer's alone: nobody else finds it, nobody else can name it. What certificates
//! say of an organisation is frozen with their definition, so a new name reaches new versions only.

use super::gathered::{Gathered, Imported, unique};
use super::{Desk, IssueError};
use crate::model::{CatalogueFault, FieldError, Scope, Slug};
use crate::profile::{Mandate, Organisation, parse_organisation};
use crate::store::{OrganisationRecord, Origin};
use serde_json::Value;
use std::sync::Arc;

/// Who asks for a change of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registrar {
    /// The operator: every organisation, everything.
    Operator,
    /// An issuer: itself, and organisations without a key that it introduced.
    Issuer {
        /// Which.
        issuer: Slug,
        /// Whether it may change its own settings and add mandates.
        admin: bool,
    },
}

/// An organisation that was put into the register.
#[derive(Clone, Debug)]
pub struct PutOrganisation {
    /// As it is recorded now.
    pub record: Arc<OrganisationRecord>,
    /// Whether it was not there before.
    pub fresh: bool,
    /// What was odd but accepted.
    pub warnings: Vec<FieldError>,
}

impl Registrar {
    /// Whether this organisation is one that the registrar finds in the register.
    pub fn sees(&self, record: &OrganisationRecord) -> bool {
        match self {
            Self::Operator => true,
            Self::Issuer { issuer, .. } => {
                record.slug == *issuer || (record.sealer.is_none() && visible(record, issuer))
            }
        }
    }

    fn changes(&self, record: &OrganisationRecord) -> bool {
        match self {
            Self::Operator => true,
            Self::Issuer { issuer, .. } => {
                record.slug == *issuer || record.introduced_by.as_ref() == Some(issuer)
            }
        }
    }
}

/// Whether an issuer may name this organisation: everybody's, or its own.
pub(super) fn visible(record: &OrganisationRecord, issuer: &Slug) -> bool {
    record.introduced_by.as_ref().is_none_or(|by| by == issuer)
}

impl Desk {
    /// Adds or replaces organisations, all or none; every fault at once, its pointer beginning
    /// with the place in the list. What the service added to one that seals stays, and so do its
    /// mandates.
    pub async fn import_organisations(
        &self,
        documents: Vec<Value>,
        origin: Origin,
    ) -> Result<Imported, IssueError> {
        let _turn = self.turns.write().await;
        let mut parsed = Gathered::default();
        for (place, document) in documents.iter().enumerate() {
            let mut outcome = parse_organisation(document);
            if let Ok(checked) = &outcome
                && let Some(known) = self.parts.store.organisation(&checked.value.slug)?
            {
                let faults = forgotten_mandates(&known, &checked.value);
                if !faults.is_empty() {
                    outcome = Err(faults);
                }
            }
            parsed.take(place, outcome);
        }
        let (organisations, warnings) = parsed.finish()?;
        unique(organisations.iter().map(|organisation| organisation.slug.to_string()))?;
        let mut records = Vec::with_capacity(documents.len());
        for (organisation, document) in organisations.into_iter().zip(documents) {
            let slug = organisation.slug;
            let known = self.parts.store.organisation(&slug)?;
            let sealer = known.as_ref().and_then(|known| known.sealer.clone());
            let introduced_by = known.as_ref().and_then(|known| known.introduced_by.clone());
            // Nothing of it may have changed since it was looked at: its settings are kept.
            let version = known.as_ref().map_or(0, |known| known.version);
            records.push(OrganisationRecord { slug, document, sealer, introduced_by, version });
        }
        let count = records.len();
        self.parts.store.put_organisations(records, origin).await?;
        Ok(Imported { count, warnings })
    }

    /// Adds or changes one organisation, as far as the registrar may.
    pub async fn put_organisation(
        &self,
        registrar: &Registrar,
        document: Value,
        origin: Origin,
    ) -> Result<PutOrganisation, IssueError> {
        let checked = parse_organisation(&document).map_err(IssueError::Invalid)?;
        let (organisation, warnings) = (checked.value, checked.warnings);
        // What is looked at now must still hold when it is replaced: a name that was free, a
        // mandate that was not there.
        let _turn = self.turns.write().await;
        let known = self.organisation_record(&organisation.slug)?;
        let mut faults = Vec::new();
        if let Some(known) = &known {
            if !registrar.changes(known) {
                return Err(IssueError::NameTaken);
            }
            faults.extend(forgotten_mandates(known, &organisation));
        }
        if let Registrar::Issuer { issuer, admin } = registrar {
            let before = known.as_ref().and_then(|known| parse_organisation(&known.document).ok());
            let before = before.map(|checked| checked.value);
            let own = organisation.slug == *issuer;
            faults.extend(beyond_an_issuer(&organisation, before.as_ref(), own));
            if own && !admin && faults.is_empty() && administers(&organisation, before.as_ref()) {
                return Err(IssueError::ScopeNeeded(Scope::IssuerAdmin));
            }
        }
        if !faults.is_empty() {
            return Err(IssueError::Invalid(faults));
        }
        let introduced_by = match (&known, registrar) {
            (Some(known), _) => known.introduced_by.clone(),
            (None, Registrar::Operator) => None,
            (None, Registrar::Issuer { issuer, .. }) => Some(issuer.clone()),
        };
        let slug = organisation.slug;
        let sealer = known.as_ref().and_then(|known| known.sealer.clone());
        let version = known.as_ref().map_or(0, |known| known.version);
        let own = slug.clone();
        let record = OrganisationRecord { slug: own, document, sealer, introduced_by, version };
        self.parts.store.put_organisations(vec![record], origin).await?;
        let record = self.organisation_record(&slug)?.ok_or(IssueError::NotFound)?;
        Ok(PutOrganisation { record, fresh: known.is_none(), warnings })
    }

    /// An organisation as it is recorded.
    pub fn organisation_record(
        &self,
        slug: &Slug,
    ) -> Result<Option<Arc<OrganisationRecord>>, IssueError> {
        Ok(self.parts.store.organisation(slug)?)
    }

    /// Every organisation, by name.
    pub fn organisation_records(&self) -> Result<Vec<Arc<OrganisationRecord>>, IssueError> {
        Ok(self.parts.store.organisations()?)
    }
}

/// Mandates stand in signed certificates, so one that was recorded stays as it was, except that it
/// may end earlier.
fn forgotten_mandates(known: &OrganisationRecord, organisation: &Organisation) -> Vec<FieldError> {
    let Ok(before) = parse_organisation(&known.document) else { return Vec::new() };
    let kept = |old: &Mandate| {
        organisation.mandates.iter().any(|new| {
            let ends = match (old.until, new.until) {
                (Some(old), Some(new)) => new <= old,
                (Some(_), None) => false,
                (None, _) => true,
            };
            ends && Mandate { until: old.until, ..new.clone() } == *old
        })
    };
    let lost = before.value.mandates.iter().filter(|old| !kept(old));
    lost.map(|old| {
        let place = organisation.mandates.iter().position(|new| new.reference == old.reference);
        FieldError::at(
            place.map_or("/mandates".to_owned(), |place| format!("/mandates/{place}")),
            CatalogueFault::MandateFrozen,
        )
    })
    .collect()
}

/// What an issuer may not do, whatever its rights.
fn beyond_an_issuer(
    organisation: &Organisation,
    before: Option<&Organisation>,
    own: bool,
) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let mut fault = |pointer: &str, message: CatalogueFault| {
        faults.push(FieldError::at(pointer, message));
    };
    let sealed = before.is_some_and(|before| before.seals);
    if organisation.seals != (own && sealed) {
        fault("/seals", CatalogueFault::SealingIsDecided);
    }
    if organisation.did != before.and_then(|before| before.did.clone()) {
        fault("/did", CatalogueFault::IdentifierStays);
    }
    if !own && !organisation.mandates.is_empty() {
        fault("/mandates", CatalogueFault::NoMandatesToSeal);
    }
    faults
}

/// Whether the change is one of settings or mandates.
fn administers(organisation: &Organisation, before: Option<&Organisation>) -> bool {
    before.is_none_or(|before| {
        organisation.mandates != before.mandates || organisation.settings != before.settings
    })
}
