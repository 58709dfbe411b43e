//! What the service adds to an organisation that seals: its settings, changed on their own.
//!
//! Who may change what is judged by who issues; what is fixed at an issuer's creation stays.

use super::StoreError;
use super::decide::{Decision, NO_RECORDS};
use super::record::{OrganisationRecord, SealerSettings};
use super::state::{State, Touched, View};
use crate::model::{Slug, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// That an issuer issues nothing for the time being.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Since when.
    pub at: Timestamp,
    /// Why, as it is told to whoever asks.
    pub reason: String,
}

/// Whether the records are based on what is there.
pub(super) fn are_current(
    records: &[OrganisationRecord],
    view: &View<'_>,
) -> Result<(), StoreError> {
    records.iter().try_for_each(|record| is_current(&record.slug, record.version, view))
}

fn is_current(slug: &Slug, based_on: u64, view: &View<'_>) -> Result<(), StoreError> {
    let known = view.state.organisations.get(slug).map_or(0, |known| known.version);
    if based_on == 0 || based_on == known {
        Ok(())
    } else {
        Err(StoreError::ChangedMeanwhile("organisation"))
    }
}

pub(super) fn put(
    issuer: &Slug,
    settings: &SealerSettings,
    based_on: u64,
    view: &View<'_>,
) -> Result<Decision, StoreError> {
    let known = view.state.organisations.get(issuer).and_then(|known| known.sealer.as_ref());
    let known = known.ok_or(StoreError::NotFound("issuer that seals"))?;
    is_current(issuer, based_on, view)?;
    if (&known.id, known.test) != (&settings.id, settings.test) {
        let fixed = "what an issuer is called and whether it is for tests is fixed";
        return Err(StoreError::Conflict(fixed.to_owned()));
    }
    if known == settings {
        return Ok(Decision::Nothing);
    }
    Ok(NO_RECORDS)
}

impl State {
    pub(super) fn put_organisation(&mut self, sequence: u64, record: &OrganisationRecord) {
        let value = OrganisationRecord { version: sequence, ..record.clone() };
        self.recent.touched.insert(Touched::Organisation(record.slug.clone()));
        self.organisations.insert(record.slug.clone(), Arc::new(value));
    }

    pub(super) fn put_settings(&mut self, sequence: u64, issuer: &Slug, to: &SealerSettings) {
        let Some(known) = self.organisations.get(issuer) else { return };
        let record =
            OrganisationRecord { sealer: Some(to.clone()), ..OrganisationRecord::clone(known) };
        self.put_organisation(sequence, &record);
    }
}
