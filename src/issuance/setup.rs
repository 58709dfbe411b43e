//! Issuers and their keys: what must be there before anything can be signed.

use super::{Desk, IssueError, UnpublishedList};
use crate::encoding::{PublicKey, did_key};
use crate::keys::{KeyError, did_web};
use crate::model::{KeyAlgorithm, KeyState, Slug, Timestamp};
use crate::profile::parse_organisation;
use crate::store::{KeyRecord, OrganisationRecord, Origin, SealerSettings, Visibility};
use std::sync::Arc;

/// How an issuer is identified (decision D3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DidMethod {
    /// `did:web` under the installation's address.
    Web,
    /// The key itself, for demonstration and offline use. Such an issuer cannot change its key.
    Key,
}

/// An organisation that is to seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerRequest {
    /// The organisation, imported before.
    pub organisation: Slug,
    /// How it is identified.
    pub did: DidMethod,
    /// Whether it is a test issuer; fixed for ever.
    pub test: bool,
    /// Whether its keys are marked example keys.
    pub test_keys: bool,
    /// Whether a fresh certificate is open; by default as the organisation chose, else closed.
    pub default_visibility: Option<Visibility>,
    /// Whether certificates carry a suspension entry; by default as the organisation chose.
    pub suspension: Option<bool>,
}

impl Desk {
    /// Makes an organisation seal: gives it its identifier and its first keys. What it is may not
    /// be changed afterwards.
    ///
    /// The keys are recorded first, so that an interrupted call is simply made again: it goes on
    /// with the keys it finds.
    pub async fn create_issuer(
        &self,
        request: IssuerRequest,
        origin: Origin,
    ) -> Result<Arc<OrganisationRecord>, IssueError> {
        let slug = &request.organisation;
        let _turn = self.turns.write().await;
        let known = self.parts.store.organisation(slug)?.ok_or(IssueError::NotFound)?;
        if known.sealer.is_some() {
            return Err(IssueError::Conflict(format!("{slug} is an issuer already")));
        }
        let organisation = parse_organisation(&known.document).map_err(IssueError::Invalid)?.value;
        if !organisation.seals {
            return Err(IssueError::Conflict(format!("{slug} is not an organisation that seals")));
        }
        let settings = organisation.settings;
        let key = self.first_key(&request, KeyAlgorithm::Ed25519, &origin).await?;
        let id = match request.did {
            DidMethod::Key => did_of(&key)?,
            DidMethod::Web => {
                // For JSON Web Tokens; a did:key issuer has no place to publish a second key.
                self.first_key(&request, KeyAlgorithm::P256, &origin).await?;
                did_web(&self.parts.installation.base_url, &["issuers", slug.as_str()]).ok_or_else(
                    || {
                        let what = "did:web needs a public address with a host name";
                        IssueError::Conflict(what.to_owned())
                    },
                )?
            }
        };
        let open = if settings.open_by_default { Visibility::Open } else { Visibility::Closed };
        let sealer = SealerSettings {
            id,
            test: request.test,
            default_visibility: request.default_visibility.unwrap_or(open),
            suspension: request.suspension.unwrap_or(settings.suspension),
            closed: None,
            suspended: None,
            four_eyes: Vec::new(),
            draft_days: None,
        };
        let record = OrganisationRecord { sealer: Some(sealer), ..(*known).clone() };
        self.parts.store.put_organisations(vec![record], origin.clone()).await?;
        // Now that it has an identifier, what it published can say so for good.
        self.freeze_issuer(slug, &origin).await?;
        self.parts.store.organisation(slug)?.ok_or(IssueError::NotFound)
    }

    async fn first_key(
        &self,
        request: &IssuerRequest,
        algorithm: KeyAlgorithm,
        origin: &Origin,
    ) -> Result<KeyRecord, IssueError> {
        let slug = &request.organisation;
        let usable = |key: &&KeyRecord| {
            key.algorithm == algorithm
                && key.state == KeyState::Active
                && key.test == request.test_keys
        };
        if let Some(key) = self.parts.store.keys(slug)?.iter().rev().find(usable)
            && self.parts.keys.signer(key).is_ok()
        {
            return Ok(key.clone());
        }
        self.add_key(slug, algorithm, request.test_keys, origin).await
    }

    async fn add_key(
        &self,
        issuer: &Slug,
        algorithm: KeyAlgorithm,
        test: bool,
        origin: &Origin,
    ) -> Result<KeyRecord, IssueError> {
        let key = self.parts.keys.generate(issuer, algorithm, origin.at, test)?;
        self.parts.store.put_key(key.clone(), origin.clone()).await?;
        Ok(key)
    }

    /// Gives an issuer a new key of a kind and retires the ones it had. What those signed still
    /// verifies. Its lists are signed with the new key; those that could not be are returned.
    pub async fn rotate_key(
        &self,
        issuer: &Slug,
        algorithm: KeyAlgorithm,
        origin: Origin,
    ) -> Result<(KeyRecord, Vec<UnpublishedList>), IssueError> {
        let sealer = self.sealer(issuer)?;
        if sealer.settings()?.id.starts_with("did:key:") {
            let what = "a did:key issuer is its key; make another issuer instead";
            return Err(IssueError::Conflict(what.to_owned()));
        }
        let before = self.parts.store.keys(issuer)?;
        let test = before.last().is_some_and(|key| key.test);
        let fresh = self.add_key(issuer, algorithm, test, &origin).await?;
        for old in before.iter() {
            if old.algorithm == algorithm && old.state == KeyState::Active {
                let state = KeyState::Retired { at: origin.at };
                self.set_state(issuer, &old.thumbprint, state, &origin).await?;
            }
        }
        let unpublished = match algorithm {
            KeyAlgorithm::Ed25519 => self.republish_all(issuer).await?,
            KeyAlgorithm::P256 | KeyAlgorithm::P384 | KeyAlgorithm::Rsa => Vec::new(),
        };
        Ok((fresh, unpublished))
    }

    /// Takes a key out of use. What it signed still verifies.
    pub async fn retire_key(
        &self,
        issuer: &Slug,
        thumbprint: &str,
        origin: Origin,
    ) -> Result<(), IssueError> {
        match self.key(issuer, thumbprint)?.state {
            KeyState::Active => {
                let state = KeyState::Retired { at: origin.at };
                self.set_state(issuer, thumbprint, state, &origin).await
            }
            KeyState::Retired { .. } => Ok(()),
            KeyState::Compromised { .. } => {
                Err(IssueError::Conflict("the key is compromised, which is more".to_owned()))
            }
        }
    }

    /// Says that a key is in other hands from this moment on. It leaves the assertion methods:
    /// nothing it signed verifies elsewhere any more. The issuer's lists are signed with another
    /// active key at once; those that could not be, for want of one, are returned.
    pub async fn compromise_key(
        &self,
        issuer: &Slug,
        thumbprint: &str,
        from: Timestamp,
        origin: Origin,
    ) -> Result<Vec<UnpublishedList>, IssueError> {
        let key = self.key(issuer, thumbprint)?;
        // A later report may set the moment earlier, never later.
        if let KeyState::Compromised { from: known } = key.state
            && known <= from
        {
            return Ok(Vec::new());
        }
        let state = KeyState::Compromised { from };
        self.set_state(issuer, thumbprint, state, &origin).await?;
        self.republish_all(issuer).await
    }

    async fn set_state(
        &self,
        issuer: &Slug,
        thumbprint: &str,
        state: KeyState,
        origin: &Origin,
    ) -> Result<(), IssueError> {
        let origin = origin.clone();
        Ok(self.parts.store.set_key_state(issuer, thumbprint, state, origin).await?)
    }

    fn key(&self, issuer: &Slug, thumbprint: &str) -> Result<KeyRecord, IssueError> {
        let keys = self.parts.store.keys(issuer)?;
        let found = keys.iter().find(|key| key.thumbprint == thumbprint);
        found.cloned().ok_or_else(|| KeyError::Missing { thumbprint: thumbprint.to_owned() }.into())
    }
}

fn did_of(key: &KeyRecord) -> Result<String, IssueError> {
    PublicKey::from_jwk(&key.public_jwk)
        .and_then(|public| did_key::from_key(&public))
        .map_err(|error| IssueError::Unsound { detail: error.to_string() })
}
