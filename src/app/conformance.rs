//! Setting up the conformance issuer, and refusing to beside anything that is meant in earnest.

use super::{AppError, secrets};
use crate::config::Config;
use crate::conformance::ConformanceIssuer;
use crate::ids::IdGenerator;
use crate::keys::{KeyError, seeded_signer};
use crate::model::KeyAlgorithm;
use crate::store::Store;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The conformance issuer, if the configuration wants one and nothing speaks against it.
pub(super) fn conformance_issuer(
    config: &Config,
    store: &dyn Store,
    ids: &dyn IdGenerator,
) -> Result<Option<Arc<ConformanceIssuer>>, AppError> {
    let settings = &config.conformance;
    if !settings.enabled {
        return Ok(None);
    }
    let sealing = store.organisations()?.into_iter().find(|organisation| {
        let sealer = organisation.sealer.as_ref();
        sealer.is_some_and(|sealer| !sealer.test || !sealer.id.starts_with("did:key:"))
    });
    if let Some(organisation) = sealing {
        let issuer = organisation.slug.as_str().to_owned();
        return Err(AppError::ConformanceBesideIssuer { issuer });
    }
    if !config.public_url.is_for_tests() {
        let public_url = config.public_url.to_string();
        return Err(AppError::ConformanceInEarnest { public_url });
    }
    let path = &settings.seed_file;
    if !path.exists() {
        secrets::write_private(path, &secrets::draw_secret(ids))?;
    }
    let text = Zeroizing::new(secrets::read_private(path)?);
    let refused = || AppError::File {
        path: path.clone(),
        cause: "does not hold 64 hexadecimal digits that lead to keys".to_owned(),
    };
    let seed = Zeroizing::new(secrets::unhex(text.trim_end()).ok_or_else(refused)?);
    let signers = [KeyAlgorithm::Ed25519, KeyAlgorithm::P256, KeyAlgorithm::P384]
        .into_iter()
        .map(|algorithm| seeded_signer(&seed, algorithm).ok_or_else(refused))
        .collect::<Result<_, _>>()?;
    let issuer = ConformanceIssuer::new(signers, config.public_url.as_str())
        .map_err(|_| AppError::Keys(KeyError::Provider("name a conformance key")))?;
    Ok(Some(Arc::new(issuer)))
}

/// Says on every start what this installation is.
pub(super) fn warn(issuer: &ConformanceIssuer) {
    for did in issuer.dids() {
        tracing::warn!(
            did,
            "CONFORMANCE ISSUER: signs whatever conforms, for whoever asks; for tests only"
        );
    }
}
