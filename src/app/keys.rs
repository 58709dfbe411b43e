//! Adding a key beside those an issuer has, or that the service has.

use super::{AppError, House};
use crate::issuance::IssueError;
use crate::keys::KeyProvider;
use crate::model::{KeyAlgorithm, Slug};
use crate::store::{KeyRecord, Origin, StoreError};

/// Makes a key pair for an issuer and records it. Nothing is retired. An issuer that is its key
/// (did:key) cannot have another.
pub fn add_key(
    house: &House,
    issuer: &Slug,
    algorithm: KeyAlgorithm,
    origin: Origin,
) -> Result<KeyRecord, AppError> {
    let organisation = house.store.organisation(issuer)?;
    let sealer = organisation
        .as_ref()
        .and_then(|organisation| organisation.sealer.as_ref())
        .ok_or(StoreError::NotFound("issuer that seals"))?;
    if sealer.id.starts_with("did:key:") {
        let what = "a did:key issuer is its key; make another issuer instead";
        return Err(IssueError::Conflict(what.to_owned()).into());
    }
    let key = house.vault.generate(issuer, algorithm, origin.at, false)?;
    house.store.put_key(key.clone(), origin).wait()?;
    Ok(key)
}

/// Makes the service another key of its own, with which it signs from now on. When those before are
/// compromised they are destroyed, and nothing that they signed is believed any more.
pub fn rotate_service_key(house: &House, compromised: bool) -> Result<(), AppError> {
    let key = house.vault.add_service_key(house.clock.now())?;
    if compromised {
        house.vault.keep_only_service_key(&key)?;
    }
    house.access.rotate(super::house::token_key(key));
    Ok(())
}
