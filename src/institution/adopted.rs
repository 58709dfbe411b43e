//! Answers for the institutions that this installation keeps: their keys, their last status lists,
//! the fingerprints of their certificates. Nothing is signed for them and nothing changes.

use super::{InstitutionBundle, InstitutionError, adopted_file, malformed};
use crate::model::{CredentialId, Slug, Timestamp};
use crate::store::AdoptedRecord;
use crate::verification::{Fetched, Keeper, Recognition, RegisterEntry, SourceError, Sources};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// A chain of corrections is followed so far; it has no circle.
const MOST_CORRECTIONS: usize = 64;

/// An institution that is kept here.
#[derive(Debug)]
pub struct Adopted {
    /// As it was adopted.
    pub record: AdoptedRecord,
    /// What it left.
    pub bundle: InstitutionBundle,
    /// Paths of its endorsements by what they endorse.
    endorsements: HashMap<String, Vec<String>>,
}

/// The institutions that are kept here.
#[derive(Debug, Default)]
pub struct AdoptedIssuers(Vec<Adopted>);

impl AdoptedIssuers {
    /// Opens the bundle of a record in this folder, checks it once more, whole, and answers from it.
    pub fn open(&mut self, folder: &Path, record: &AdoptedRecord) -> Result<(), InstitutionError> {
        let file = adopted_file(&record.slug, &record.sha256);
        let bundle = InstitutionBundle::open(&folder.join(file))?;
        if bundle.sha256 != record.sha256 || bundle.length != record.length {
            return Err(malformed("it is not the file that was adopted"));
        }
        let mut endorsements: HashMap<String, Vec<String>> = HashMap::new();
        for path in bundle.below("public/endorsements/") {
            let document = bundle.member(path)?.unwrap_or_default();
            let document: Value = serde_json::from_slice(&document).unwrap_or_default();
            let target = document.pointer("/credentialSubject/id").and_then(Value::as_str);
            if let Some(target) = target {
                endorsements.entry(target.to_owned()).or_default().push(path.to_owned());
            }
        }
        self.0.push(Adopted { record: record.clone(), bundle, endorsements });
        Ok(())
    }

    /// Those that are kept.
    pub fn all(&self) -> &[Adopted] {
        &self.0
    }

    /// The one with this name.
    pub fn named(&self, slug: &Slug) -> Option<&Adopted> {
        self.0.iter().find(|adopted| adopted.record.slug == *slug)
    }

    /// Those whose address had this host, with port when it is not the usual one.
    pub fn at_host<'a>(&'a self, host: &'a str) -> impl Iterator<Item = &'a Adopted> {
        self.0.iter().filter(move |adopted| adopted.host().eq_ignore_ascii_case(host))
    }

    fn of_did(&self, did: &str) -> Option<&Adopted> {
        self.0.iter().find(|adopted| adopted.record.did == did)
    }

    /// Whose address this is, and the rest of it from the slash on.
    fn of_url<'a>(&self, url: &'a str) -> impl Iterator<Item = (&Adopted, &'a str)> {
        self.0.iter().filter_map(move |adopted| {
            let path = url.strip_prefix(adopted.record.base_url.as_str())?;
            path.starts_with('/').then_some((adopted, path))
        })
    }

    /// Whose certificate this is, and what its register knows of it.
    fn row(&self, url: &str) -> Option<(&Adopted, super::RegisterRow)> {
        self.of_url(url).find_map(|(adopted, path)| {
            let id: CredentialId = path.strip_prefix("/credentials/")?.parse().ok()?;
            Some((adopted, adopted.bundle.row(id).ok().flatten()?))
        })
    }
}

impl Adopted {
    /// The host of its public address, as requests name it.
    pub fn host(&self) -> &str {
        let url = &self.record.base_url;
        url.split_once("://").map_or(url.as_str(), |(_, host)| host)
    }

    /// Who keeps it, since when, and how old its last status is.
    pub fn keeper(&self) -> Keeper {
        let succession = self.bundle.manifest.succession.as_ref();
        Keeper {
            name: succession.map_or_else(String::new, |one| one.keeper.clone()),
            url: succession.map_or_else(String::new, |one| one.keeper_url.clone()),
            since: self.record.since,
            closed: succession.map_or(self.record.as_of, |one| one.closed),
            status_as_of: self.bundle.status_as_of(),
        }
    }

    fn latest(&self, first: Option<CredentialId>) -> Option<CredentialId> {
        let mut latest = first?;
        for _ in 0..MOST_CORRECTIONS {
            match self.bundle.row(latest).ok().flatten().and_then(|row| row.replaced_by) {
                Some(next) => latest = next,
                None => break,
            }
        }
        Some(latest)
    }

    fn fetched(&self, path: &str, media_type: &str, at: Timestamp) -> Result<Fetched, SourceError> {
        match self.bundle.public(path) {
            Ok(Some(bytes)) => {
                let media_type = Some(media_type.to_owned());
                Ok(Fetched { bytes, media_type, fetched_at: at, stale: false })
            }
            Ok(None) => {
                Err(SourceError::NotFound { detail: "the issuer left no such thing".to_owned() })
            }
            Err(_) => Err(SourceError::Unreachable {
                detail: "what the issuer left cannot be read now".to_owned(),
            }),
        }
    }
}

impl Sources for AdoptedIssuers {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        let adopted = self.of_did(url).ok_or(SourceError::Deferred)?;
        let path = format!("/issuers/{}/did.json", adopted.record.slug);
        adopted.fetched(&path, "application/did+json", adopted.record.as_of)
    }

    /// As old as its signature: nobody signs another one.
    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        let found = self.of_url(url).find_map(|(adopted, path)| {
            let signed = adopted.bundle.list_signed(path.strip_prefix("/status/")?)?;
            Some(adopted.fetched(path, "application/vc", signed))
        });
        found.unwrap_or(Err(SourceError::Deferred))
    }

    fn register(&self, credential: &str) -> Option<RegisterEntry> {
        let (adopted, row) = self.row(credential)?;
        let replaced_by = adopted.latest(row.replaced_by);
        Some(RegisterEntry {
            state: row.state,
            since: row.state_since,
            replaced_by: replaced_by
                .map(|id| format!("{}/credentials/{id}", adopted.record.base_url)),
            issuer: adopted.record.did.clone(),
            test: adopted.bundle.manifest.test,
            sha256: row.sha256,
            recorded: row.issued_at,
            erased: row.erased,
        })
    }

    fn rendition(&self, credential: &str, sha256: &str) -> bool {
        let row = self.row(credential);
        row.is_some_and(|(_, row)| row.tokens.iter().any(|one| one.eq_ignore_ascii_case(sha256)))
    }

    /// Recognised by its keeper from its first key to its end; not when the keeper has nothing but
    /// the file's own word on whose key it is.
    fn recognised(&self, issuer: &str) -> Vec<Recognition> {
        let confirmed = self.of_did(issuer).filter(|adopted| adopted.record.key_confirmed);
        let Some(adopted) = confirmed else { return Vec::new() };
        let keeper = adopted.keeper();
        let first = adopted.bundle.keys.iter().map(|key| key.created.date()).min();
        vec![Recognition {
            name: None,
            from: first,
            until: Some(keeper.closed.date()),
            by: Some(keeper.name),
            source: Some(keeper.url),
        }]
    }

    fn endorsements(&self, target: &str) -> Vec<Arc<[u8]>> {
        let read = |adopted: &Adopted, path: &String| -> Option<Arc<[u8]>> {
            adopted.bundle.member(path).ok().flatten().map(Arc::from)
        };
        self.0
            .iter()
            .flat_map(|adopted| {
                let paths = adopted.endorsements.get(target);
                paths.into_iter().flatten().filter_map(|path| read(adopted, path))
            })
            .collect()
    }

    fn keeper(&self, issuer: &str) -> Option<Keeper> {
        self.of_did(issuer).map(Adopted::keeper)
    }
}
