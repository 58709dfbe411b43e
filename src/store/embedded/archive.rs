//! The read model as the archive of the register: single records, and the order of issue.

use super::super::StoreError;
use super::super::matters::{Kind, Matter, ShowMatter};
use super::super::record::IdempotencyRecord;
use super::super::register::hex;
use super::super::state::{Archive, Entry, ShowGlance};
use super::entry_rows::{number_row_key, read_entry, read_used};
use super::events::Events;
use super::matter_rows;
use super::read_model::{ReadModel, guarded};
use super::rows;
use crate::model::{CredentialId, Slug};
use std::sync::Arc;
use uuid::Uuid;

/// The archive that a shared read model and the journal are.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) read_model: Arc<ReadModel>,
    pub(super) events: Arc<Events>,
}

impl Archive for Settled {
    fn scan(&self, issuer: &Slug, after: u64, show: &mut ShowGlance<'_>) -> Result<(), StoreError> {
        let database = self.read_model.database()?;
        let Some(first) = after.checked_add(1) else { return Ok(()) };
        let range = rows::order_key(issuer, first)..=rows::order_key(issuer, u64::MAX);
        let mut rows = database.trees[4].range(range);
        while let Some((key, value)) = guarded("read", || rows.next().transpose())? {
            let ordinal = rows::read_order_key(issuer, &key);
            let (Some(ordinal), Some(glance)) = (ordinal, rows::read_glance(&value)) else {
                let id = format!("{issuer} after {after}");
                return Err(StoreError::Corrupt { what: "place in the order of issue", id });
            };
            if !show(ordinal, glance) {
                break;
            }
        }
        Ok(())
    }

    fn entry(&self, id: CredentialId) -> Result<Option<Arc<Entry>>, StoreError> {
        let Some(row) = self.read_model.row(0, id.uuid().as_bytes())? else { return Ok(None) };
        let corrupt = || StoreError::Corrupt { what: "credential", id: id.to_string() };
        let entry = read_entry(id, &row, &self.events)?;
        entry.map(|entry| Some(Arc::new(entry))).ok_or_else(corrupt)
    }

    fn matter(&self, id: Uuid) -> Result<Option<Arc<Matter>>, StoreError> {
        let Some(row) = self.read_model.row(5, &matter_rows::key_of(id))? else { return Ok(None) };
        let corrupt = || StoreError::Corrupt { what: "matter", id: id.to_string() };
        matter_rows::read_matter(&row).map(|known| Some(Arc::new(known))).ok_or_else(corrupt)
    }

    fn matters_of(&self, id: CredentialId) -> Result<Vec<Uuid>, StoreError> {
        let database = self.read_model.database()?;
        let mut rows = database.trees[5].scan_prefix(matter_rows::of_prefix(id));
        let mut found = Vec::new();
        while let Some((_, value)) = guarded("read", || rows.next().transpose())? {
            let corrupt = |_| StoreError::Corrupt { what: "matters of", id: id.to_string() };
            found.push(Uuid::from_slice(&value).map_err(corrupt)?);
        }
        Ok(found)
    }

    fn scan_matters(
        &self,
        kind: Kind,
        issuer: &Slug,
        after: u64,
        show: &mut ShowMatter<'_>,
    ) -> Result<(), StoreError> {
        let database = self.read_model.database()?;
        let Some(first) = after.checked_add(1) else { return Ok(()) };
        let mut rows = database.trees[5].range(matter_rows::range(kind, issuer, first));
        while let Some((key, value)) = guarded("read", || rows.next().transpose())? {
            let Some((ordinal, id, stage)) =
                matter_rows::read_place((kind, issuer), (&key, &value))
            else {
                let id = format!("{issuer} after {after}");
                return Err(StoreError::Corrupt { what: "place in the order of matters", id });
            };
            if !show(ordinal, id, stage) {
                break;
            }
        }
        Ok(())
    }

    fn number(&self, key: &[u8]) -> Result<Option<CredentialId>, StoreError> {
        let Some(row) = self.read_model.row(1, &number_row_key(key))? else { return Ok(None) };
        let corrupt = || StoreError::Corrupt {
            what: "certificate number",
            id: "in the index of numbers".to_owned(),
        };
        rows::read_id(&row).map(Some).ok_or_else(corrupt)
    }

    fn idempotency(&self, key: &[u8; 32]) -> Result<Option<IdempotencyRecord>, StoreError> {
        let Some(row) = self.read_model.row(2, key)? else { return Ok(None) };
        let corrupt = || StoreError::Corrupt { what: "idempotency key", id: hex(key) };
        read_used(key, &row, &self.events)?.map(Some).ok_or_else(corrupt)
    }
}
