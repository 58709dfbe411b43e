//! Answers from the own store: own issuers' key documents, own status lists, the register.
//!
//! It never goes out: what is not this installation's is [`SourceError::Deferred`].

use super::Now;
use crate::model::{CredentialId, Slug};
use crate::store::{
    EndorsementTarget, IssuedRecord, OrganisationRecord, Rendition, Store, StoreError,
};
use crate::verification::{Fetched, Recognition, RegisterEntry, SourceError, Sources};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Makes the DID document of an own issuer from its key records. The composition root hands it in:
/// the room of the keys is closed to this one.
pub type KeyDocuments =
    Arc<dyn Fn(&OrganisationRecord) -> Result<Arc<[u8]>, StoreError> + Send + Sync>;

/// A chain of corrections is followed so far; it has no circle.
const MOST_CORRECTIONS: usize = 64;

/// Answers from the store.
pub struct StoreSources {
    store: Arc<dyn Store>,
    base_url: String,
    key_documents: KeyDocuments,
    now: Now,
}

impl std::fmt::Debug for StoreSources {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StoreSources({})", self.base_url)
    }
}

impl StoreSources {
    /// `base_url` is the public address without final slash: `https://badges.example`.
    pub fn new(
        store: Arc<dyn Store>,
        base_url: impl Into<String>,
        key_documents: KeyDocuments,
        now: Now,
    ) -> Self {
        let mut base_url = base_url.into();
        base_url.truncate(base_url.trim_end_matches('/').len());
        Self { store, base_url, key_documents, now }
    }

    /// The rest of an own address behind `/{room}/`; one segment.
    fn own<'a>(&self, url: &'a str, room: &str) -> Option<&'a str> {
        url.strip_prefix(self.base_url.as_str())?
            .strip_prefix('/')?
            .strip_prefix(room)?
            .strip_prefix('/')
            .filter(|rest| !rest.is_empty() && !rest.contains(['/', '?', '#']))
    }

    /// The own organisation that seals under this DID.
    fn sealer(&self, did: &str) -> Result<Option<Arc<OrganisationRecord>>, StoreError> {
        let seals =
            |record: &OrganisationRecord| record.sealer.as_ref().is_some_and(|s| s.id == did);
        // A did:web of ours ends in the slug; only a did:key has to be searched.
        if did.starts_with("did:web:")
            && let Some(slug) = did.rsplit(':').next().and_then(|slug| slug.parse::<Slug>().ok())
            && let Some(record) = self.store.organisation(&slug)?
            && seals(&record)
        {
            return Ok(Some(record));
        }
        Ok(self.store.organisations()?.into_iter().find(|record| seals(record)))
    }

    fn target(&self, url: &str) -> Option<EndorsementTarget> {
        if let Some(id) = self.own(url, "credentials") {
            return id.parse().ok().map(EndorsementTarget::Credential);
        }
        let path = url.strip_prefix(self.base_url.as_str())?.strip_prefix("/issuers/")?;
        let name = path.replacen("/achievements/", "/", 1).parse().ok()?;
        Some(EndorsementTarget::Definition(name))
    }

    fn entry(&self, credential: &str) -> Result<Option<RegisterEntry>, StoreError> {
        if let Some(id) = self.own(credential, "endorsements") {
            return self.endorsement_entry(id);
        }
        let Some(id) = self.own(credential, "credentials") else { return Ok(None) };
        let Ok(id) = id.parse::<CredentialId>() else { return Ok(None) };
        let Some(record) = self.store.issued(id)? else { return Ok(None) };
        let Some(organisation) = self.store.organisation(&record.issuer)? else { return Ok(None) };
        let Some(sealer) = &organisation.sealer else { return Ok(None) };
        Ok(Some(RegisterEntry {
            state: record.state,
            since: record.state_since,
            replaced_by: self
                .latest(&record)?
                .map(|id| format!("{}/credentials/{id}", self.base_url)),
            issuer: sealer.id.clone(),
            test: sealer.test,
            sha256: record.sha256.clone(),
            recorded: record.issued_at,
            erased: record.erased,
        }))
    }

    fn endorsement_entry(&self, id: &str) -> Result<Option<RegisterEntry>, StoreError> {
        let Ok(id) = id.parse::<CredentialId>() else { return Ok(None) };
        let Some(record) = self.store.endorsement(id)? else { return Ok(None) };
        let Some(endorser) = self.store.organisation(&record.endorser)? else { return Ok(None) };
        let Some(sealer) = &endorser.sealer else { return Ok(None) };
        // What endorses a certificate is erased with it.
        let erased = match &record.target {
            EndorsementTarget::Credential(id) => self.store.issued(*id)?.and_then(|it| it.erased),
            EndorsementTarget::Definition(_) => None,
        };
        Ok(Some(RegisterEntry {
            state: record.state,
            since: record.state_since,
            replaced_by: None,
            issuer: sealer.id.clone(),
            test: sealer.test,
            sha256: record.sha256.clone(),
            recorded: record.issued_at,
            erased,
        }))
    }

    /// The last of the corrections: what somebody who holds an old one is to look at.
    fn latest(&self, record: &IssuedRecord) -> Result<Option<CredentialId>, StoreError> {
        let mut latest = None;
        let mut next = record.replaced_by;
        for _ in 0..MOST_CORRECTIONS {
            let Some(id) = next else { break };
            latest = Some(id);
            next = self.store.issued(id)?.and_then(|record| record.replaced_by);
        }
        Ok(latest)
    }

    fn fetched(&self, bytes: Arc<[u8]>, media_type: &str) -> Fetched {
        let media_type = Some(media_type.to_owned());
        Fetched { bytes, media_type, fetched_at: (self.now)(), stale: false }
    }
}

fn unreadable(_: StoreError) -> SourceError {
    SourceError::Unreachable { detail: "the own register cannot be read now".to_owned() }
}

impl Sources for StoreSources {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        if !url.starts_with("did:") {
            return Err(SourceError::Deferred);
        }
        let record = self.sealer(url).map_err(unreadable)?.ok_or(SourceError::Deferred)?;
        let bytes = (self.key_documents)(&record).map_err(unreadable)?;
        Ok(self.fetched(bytes, "application/did+json"))
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        let id = self.own(url, "status").ok_or(SourceError::Deferred)?;
        match self.store.status_list(id).map_err(unreadable)? {
            Some(list) => Ok(self.fetched(Arc::clone(&list.document), "application/vc")),
            None => Err(SourceError::NotFound { detail: "there is no such list here".to_owned() }),
        }
    }

    /// A register that cannot be read knows nothing: the verdict then rests on the signed list.
    fn register(&self, credential: &str) -> Option<RegisterEntry> {
        self.entry(credential).ok().flatten()
    }

    fn rendition(&self, credential: &str, sha256: &str) -> bool {
        let Some(id) = self.own(credential, "credentials").and_then(|id| id.parse().ok()) else {
            return false;
        };
        [Rendition::VcJwt, Rendition::Ob3Jwt].into_iter().any(|form| {
            let token = self.store.rendition(id, form).ok().flatten();
            token.is_some_and(|token| {
                let digest = Sha256::digest(token.as_bytes());
                let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
                hex.eq_ignore_ascii_case(sha256)
            })
        })
    }

    /// Endorsements of an own credential, and of an own definition version under its address.
    fn endorsements(&self, target: &str) -> Vec<Arc<[u8]>> {
        let Some(target) = self.target(target) else { return Vec::new() };
        let known = self.store.endorsements_of(&target).unwrap_or_default();
        known
            .iter()
            .filter_map(|one| self.store.endorsement_document(one.id).ok().flatten())
            .collect()
    }

    /// An own issuer is recognised since its first key.
    fn recognised(&self, issuer: &str) -> Vec<Recognition> {
        let Some(record) = self.sealer(issuer).ok().flatten() else { return Vec::new() };
        let keys = self.store.keys(&record.slug).unwrap_or_default();
        let first = keys.iter().map(|key| key.created.date()).min();
        first
            .map(|from| Recognition {
                name: legal_name(&record),
                from: Some(from),
                ..Recognition::default()
            })
            .into_iter()
            .collect()
    }
}

/// The legal name of an organisation of the register, Dutch where it has one.
fn legal_name(record: &OrganisationRecord) -> Option<String> {
    let names = record.document.get("legalName")?;
    let name = names.get("nl").or_else(|| names.as_object()?.values().next())?;
    name.as_str().map(str::to_owned)
}
