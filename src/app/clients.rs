//! Clients of the API: making one draws its token, which is shown once and kept nowhere.

use super::AppError;
use crate::ids::IdGenerator;
use crate::model::{Scope, Slug, Timestamp};
use crate::store::{ClientRecord, Origin, Store, StoreError};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What begins every token, so that one is recognised where it does not belong.
const TOKEN_MARK: &str = "bewijs_";

/// Makes a client and gives its token.
pub fn create_client(
    store: &dyn Store,
    ids: &dyn IdGenerator,
    id: &str,
    issuer: &Slug,
    scopes: &[Scope],
    origin: Origin,
) -> Result<String, AppError> {
    if store.organisation(issuer)?.is_none_or(|organisation| organisation.sealer.is_none()) {
        return Err(StoreError::NotFound("issuer that seals").into());
    }
    if find_client(store, id)?.is_some() {
        return Err(StoreError::Conflict(format!("there is a client {id} already")).into());
    }
    let token = format!("{TOKEN_MARK}{}", ids.secret());
    let mut scopes = scopes.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    let record = ClientRecord {
        id: id.to_owned(),
        issuer: Some(issuer.clone()),
        scopes,
        token_sha256: sha256_hex(token.as_bytes()),
        created: origin.at,
        revoked: None,
    };
    store.put_client(record, origin).wait()?;
    Ok(token)
}

/// Refuses a client of an issuer from now on.
pub fn revoke_client(
    store: &dyn Store,
    id: &str,
    issuer: &Slug,
    origin: Origin,
) -> Result<Timestamp, AppError> {
    let found = find_client(store, id)?.filter(|client| client.issuer.as_ref() == Some(issuer));
    let mut client = found.ok_or(StoreError::NotFound("client"))?;
    if client.revoked.is_some() {
        return Err(StoreError::Conflict(format!("client {id} is revoked already")).into());
    }
    let now = origin.at;
    client.revoked = Some(now);
    store.put_client(client, origin).wait()?;
    Ok(now)
}

fn find_client(store: &dyn Store, id: &str) -> Result<Option<ClientRecord>, AppError> {
    if let Some(found) = store.clients_of_service()?.iter().find(|client| client.id == id) {
        return Ok(Some(found.as_ref().clone()));
    }
    for organisation in store.organisations()? {
        let clients = store.clients(&organisation.slug)?;
        if let Some(found) = clients.iter().find(|client| client.id == id) {
            return Ok(Some(found.as_ref().clone()));
        }
    }
    Ok(None)
}

fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
