//! Reading the bundle of an institution: every byte is held against the manifest, the manifest
//! against the signature, the signature against the key that the bundle itself names.
//!
//! That proves that the file is whole and that whoever had that key made it. Whose key it is, the
//! operator has to know from elsewhere.

use super::archive::{self, Entry};
use super::{
    InstitutionError, KEYS, MANIFEST, Manifest, REGISTER, RegisterRow, SIGNATURE, STATUS_LISTS,
    malformed, row,
};
use crate::canon::json::{self, JsonLimits};
use crate::encoding::PublicKey;
use crate::keys::{did_document, did_web};
use crate::model::{CredentialId, IssuerKey, KeyState, Slug, StatusPurpose, Timestamp};
use crate::proof::jose::verify_jws;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The largest member that is held in memory; the register is not.
const MAX_MEMBER: u64 = 16 << 20;
const LIMITS: JsonLimits = JsonLimits { max_bytes: 16 << 20, max_depth: 64 };

/// A bundle whose manifest, members and signature are right.
pub struct InstitutionBundle {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Every key that was the issuer's.
    pub keys: Vec<IssuerKey>,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Length of the file.
    pub length: u64,
    file: Mutex<Box<dyn Source>>,
    members: BTreeMap<String, (u64, u64)>,
    lists: BTreeMap<String, Timestamp>,
}

impl std::fmt::Debug for InstitutionBundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "InstitutionBundle({}, {})", self.manifest.issuer, self.manifest.as_of)
    }
}

/// Where a bundle is read from: a file, or bytes in memory.
pub trait Source: Read + Seek + Send {}

impl Source for File {}
impl Source for std::io::Cursor<Vec<u8>> {}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read to be held against the documented shape")]
struct ListLine {
    id: String,
    url: String,
    purpose: StatusPurpose,
    entries: u32,
    given: u32,
    signed_at: Timestamp,
    valid_until: Timestamp,
}

/// The name under which an installation keeps a bundle that it adopted.
pub fn adopted_file(slug: &Slug, sha256: &str) -> String {
    format!("{slug}-{}.tar", sha256.get(..16).unwrap_or(sha256))
}

impl InstitutionBundle {
    /// Opens a bundle and checks everything that can be checked without anybody else.
    pub fn open(path: &Path) -> Result<Self, InstitutionError> {
        Self::read(Box::new(File::open(path)?))
    }

    /// The same of a bundle that is open already.
    pub fn read(mut file: Box<dyn Source>) -> Result<Self, InstitutionError> {
        let contents = archive::read(&mut std::io::BufReader::with_capacity(1 << 16, &mut file))?;
        let manifest = small(file.as_mut(), &contents.entries, MANIFEST)?;
        let signature = small(file.as_mut(), &contents.entries, SIGNATURE)?;
        let keys = small(file.as_mut(), &contents.entries, KEYS)?;
        let signed = Manifest::read(&manifest)?;
        hold_against(&signed, &contents.entries)?;
        if contents.moment != signed.as_of.unix() {
            return Err(malformed("its moment is not that of the manifest"));
        }
        let keys: Vec<IssuerKey> = parsed(&keys, KEYS)?;
        check_signature(&signed, &manifest, &signature, &keys)?;
        let mut bundle = Self {
            keys,
            sha256: contents.sha256,
            length: contents.length,
            members: contents
                .entries
                .iter()
                .map(|entry| (entry.path.clone(), (entry.offset, entry.length)))
                .collect(),
            lists: BTreeMap::new(),
            manifest: signed,
            file: Mutex::new(file),
        };
        bundle.check_members()?;
        Ok(bundle)
    }

    fn check_members(&mut self) -> Result<(), InstitutionError> {
        self.check_did()?;
        let did = self.member(&format!("public/issuers/{}/did.json", self.manifest.issuer))?;
        let did: Value = parsed(&did.unwrap_or_default(), "did.json")?;
        if did != did_document(&self.manifest.did, &self.keys) {
            return Err(malformed("its DID document does not say what its keys say"));
        }
        let lists = self.member(STATUS_LISTS)?.unwrap_or_default();
        let lists: Vec<ListLine> = parsed(&lists, STATUS_LISTS)?;
        for list in lists {
            let url = format!("{}/status/{}", self.manifest.base_url, list.id);
            let path = format!("public/status/{}.json", list.id);
            if list.url != url || !self.members.contains_key(&path) {
                return Err(malformed("a status list is named that is not there"));
            }
            self.lists.insert(list.id, list.signed_at);
        }
        let (offset, length) = self.place(REGISTER)?;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        let count = row::check_register(&mut file.by_ref().take(length))?;
        if count != self.manifest.certificates {
            return Err(malformed("the register has not as many lines as the manifest says"));
        }
        Ok(())
    }

    /// The name that the keys speak for is theirs: a did:web is that of this issuer at this address,
    /// a did:key is one of the keys. Each key is what its record says.
    fn check_did(&self) -> Result<(), InstitutionError> {
        for key in &self.keys {
            let public = PublicKey::from_jwk(&key.public_jwk);
            let public = public.map_err(|_| malformed("one of its keys cannot be read"))?;
            let same = public.thumbprint() == key.thumbprint
                && public.to_multikey().ok() == key.public_key_multibase
                && public.algorithm() == key.algorithm;
            if !same || key.issuer != self.manifest.issuer {
                return Err(malformed("one of its keys is not what it is said to be"));
            }
        }
        let Manifest { issuer, did, base_url, .. } = &self.manifest;
        if did.starts_with("did:web:") {
            let web = did_web(base_url, &["issuers", issuer.as_str()]);
            return match web.as_ref() == Some(did) {
                true => Ok(()),
                false => Err(malformed("its DID is not that of this issuer at this address")),
            };
        }
        let is = |key: &IssuerKey| {
            let multikey = key.public_key_multibase.as_deref();
            multikey.is_some_and(|multikey| did.strip_prefix("did:key:") == Some(multikey))
        };
        match self.keys.iter().any(is) {
            true => Ok(()),
            false => Err(malformed("its DID is none of its keys")),
        }
    }

    fn place(&self, path: &str) -> Result<(u64, u64), InstitutionError> {
        let place = self.members.get(path).copied();
        place.ok_or_else(|| malformed(format!("{path} is not in it")))
    }

    /// The bytes of a member; `None` when it has none of this path.
    pub fn member(&self, path: &str) -> Result<Option<Vec<u8>>, InstitutionError> {
        let Some((offset, length)) = self.members.get(path).copied() else { return Ok(None) };
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        read_at(file.as_mut(), path, offset, length).map(Some)
    }

    /// What stands at a public address: path without host, beginning with `/`.
    pub fn public(&self, path: &str) -> Result<Option<Arc<[u8]>>, InstitutionError> {
        // One thing has one address.
        let whole = path.ends_with("/did.json") || path.ends_with("/jwks.json");
        let found = format!("public{path}{}", if whole { "" } else { ".json" });
        Ok(self.member(&found)?.map(Arc::from))
    }

    /// When this status list was signed for the last time.
    pub fn list_signed(&self, id: &str) -> Option<Timestamp> {
        self.lists.get(id).copied()
    }

    /// The last moment at which a status list was signed; that of the bundle when there is none.
    pub fn status_as_of(&self) -> Timestamp {
        self.lists.values().max().copied().unwrap_or(self.manifest.as_of)
    }

    /// Paths of members below this one.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        let all = self.members.keys().map(String::as_str);
        all.filter(move |path| path.starts_with(folder))
    }

    /// What the register knows of this certificate.
    pub fn row(&self, id: CredentialId) -> Result<Option<RegisterRow>, InstitutionError> {
        let place = self.place(REGISTER)?;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        row::find_row(&mut *file, place, id)
    }
}

/// The manifest names everything else, and nothing that is not there.
fn hold_against(manifest: &Manifest, entries: &[Entry]) -> Result<(), InstitutionError> {
    let mut stated = BTreeMap::new();
    for member in &manifest.members {
        if stated.insert(member.path.as_str(), member).is_some() {
            return Err(malformed(format!("the manifest names {} twice", member.path)));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for entry in entries {
        if !seen.insert(entry.path.as_str()) {
            return Err(malformed(format!("{} is in it twice", entry.path)));
        }
        if entry.path == MANIFEST || entry.path == SIGNATURE {
            continue;
        }
        let Some(member) = stated.remove(entry.path.as_str()) else {
            return Err(malformed(format!("the manifest does not name {}", entry.path)));
        };
        if member.sha256 != entry.sha256 || member.length != entry.length {
            return Err(InstitutionError::Digest { path: entry.path.clone() });
        }
    }
    match stated.keys().next() {
        Some(missing) => Err(malformed(format!("{missing} is not in it"))),
        None => Ok(()),
    }
}

fn check_signature(
    manifest: &Manifest,
    bytes: &[u8],
    signature: &[u8],
    keys: &[IssuerKey],
) -> Result<(), InstitutionError> {
    let wrong = |detail: String| InstitutionError::Signature(detail);
    let key = keys.iter().find(|key| key.thumbprint == manifest.key);
    let key = key.ok_or_else(|| wrong("the bundle does not have the key".to_owned()))?;
    if key.state != KeyState::Active || key.issuer != manifest.issuer {
        return Err(wrong("the key is not an active one of the issuer".to_owned()));
    }
    let public = PublicKey::from_jwk(&key.public_jwk).map_err(|error| wrong(error.to_string()))?;
    if public.thumbprint() != manifest.key {
        return Err(wrong("the key has another thumbprint".to_owned()));
    }
    let token = std::str::from_utf8(signature).map_err(|_| wrong("no JWS".to_owned()))?;
    let payload = verify_jws(token, &public).map_err(|error| wrong(error.to_string()))?;
    if payload != bytes {
        return Err(wrong("it signs another manifest".to_owned()));
    }
    Ok(())
}

fn parsed<T: serde::de::DeserializeOwned>(bytes: &[u8], what: &str) -> Result<T, InstitutionError> {
    let fault = |detail: String| malformed(format!("{what}: {detail}"));
    let value = json::parse(bytes, &LIMITS).map_err(|error| fault(error.to_string()))?;
    serde_json::from_value(value).map_err(|error| fault(error.to_string()))
}

fn small(
    file: &mut dyn Source,
    entries: &[Entry],
    path: &str,
) -> Result<Vec<u8>, InstitutionError> {
    let entry = entries.iter().find(|entry| entry.path == path);
    let entry = entry.ok_or_else(|| malformed(format!("{path} is not in it")))?;
    read_at(file, path, entry.offset, entry.length)
}

fn read_at(
    file: &mut dyn Source,
    path: &str,
    offset: u64,
    length: u64,
) -> Result<Vec<u8>, InstitutionError> {
    if length > MAX_MEMBER {
        return Err(malformed(format!("{path} is too large")));
    }
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}
