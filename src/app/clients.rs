//! Clients of the API: making one draws its token, which is shown once and kept nowhere.

use super::AppError;
use crate::ids::IdGenerator;
use crate::model::{Scope, Slug, Timestamp};
use crate::store::{ClientRecord, ClientSecret, Origin, Store, StoreError};
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
    if store.client(id)?.is_some() {
        return Err(StoreError::Conflict(format!("there is a client {id} already")).into());
    }
    let token = format!("{TOKEN_MARK}{}", ids.secret());
    let mut scopes = scopes.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    let record = ClientRecord {
        id: id.to_owned(),
        issuer: Some(issuer.clone()),
        name: None,
        scopes,
        secrets: vec![ClientSecret::token(1, sha256_hex(token.as_bytes()), origin.at)],
        created: origin.at,
        revoked: None,
        version: 0,
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
    let found = store.client(id)?.filter(|client| client.issuer.as_ref() == Some(issuer));
    let mut client = ClientRecord::clone(&*found.ok_or(StoreError::NotFound("client"))?);
    if client.revoked.is_some() {
        return Err(StoreError::Conflict(format!("client {id} is revoked already")).into());
    }
    let now = origin.at;
    client.revoked = Some(now);
    store.put_client(client, origin).wait()?;
    Ok(now)
}

fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
