//! Evidence bundles: a credential and everything that was asked to verify it, in one file
//! (`docs/BUNDLE.md`). Read strictly and whole: every part is held against its SHA-256.
//!
//! The same parts make the same bytes. A bundle is not signed: key documents and moments in it are
//! as true as whoever gathered them. Nothing is judged here; the examiner does that.

use crate::model::Timestamp;
use crate::verification::{Fetched, Keeper, Recognition, RegisterEntry, SourceError, Sources};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// What `format` says.
const FORMAT: &str = "bewijs-bundle";
/// What `version` says.
const VERSION: u32 = 1;
/// What `kind` says of a bundle for one credential.
const CREDENTIAL: &str = "credential";
/// Largest bundle that is read, in bytes.
pub const MAX_BUNDLE_BYTES: usize = 64 * 1_048_576;
const MAX_PARTS: usize = 1_000;

/// Why a bundle cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// (client) Larger than is taken.
    #[error("the bundle is larger than {MAX_BUNDLE_BYTES} bytes")]
    TooLarge,
    /// (client) Not of the documented shape.
    #[error("this is no bundle that can be read: {detail}")]
    Malformed {
        /// What is wrong.
        detail: String,
    },
    /// (client) A part has other bytes than its digest says.
    #[error("part {index} of the bundle ({role}) does not have the stated SHA-256")]
    Digest {
        /// Counted from 0.
        index: usize,
        /// What it is.
        role: &'static str,
    },
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartRole {
    /// The signed credential; one.
    Credential,
    /// A DID document, controlled identifier document or JWK set, with the history of its keys.
    KeyDocument,
    /// A status list or revocation list.
    StatusList,
    /// A JSON-LD context that the credential names.
    Context,
    /// An endorsement that stood beside the credential; `url` is what it endorses.
    Endorsement,
}

impl PartRole {
    fn as_str(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::KeyDocument => "key-document",
            Self::StatusList => "status-list",
            Self::Context => "context",
            Self::Endorsement => "endorsement",
        }
    }
}

/// A part of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub role: PartRole,
    /// Where it is from; absent for the credential.
    pub url: Option<String>,
    /// `Content-Type` without parameters, when one was given.
    pub media_type: Option<String>,
    /// When it was fetched; absent for what is not fetched.
    pub fetched_at: Option<Timestamp>,
    /// As received.
    pub bytes: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct WrittenPart {
    role: PartRole,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_at: Option<Timestamp>,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    format: String,
    version: u32,
    kind: String,
    as_of: Timestamp,
    parts: Vec<WrittenPart>,
}

/// Read before the rest, so that another kind or version is told as such.
#[derive(Deserialize)]
struct Opening {
    format: Option<String>,
    version: Option<u32>,
    kind: Option<String>,
}

/// A bundle for one credential.
///
/// Gathered while it verifies, read again years later, and verified as of its own moment:
///
/// ```
/// use bewijs::model::Timestamp;
/// use bewijs::sources::{Bundle, DirectorySources, Gathering, Part, PartRole};
/// use bewijs::verification::{Examiner, Verdict};
/// use std::path::Path;
/// use std::sync::Arc;
///
/// let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/offline");
/// let bytes = std::fs::read(examples.join("credential.json"))?;
/// let now: Timestamp = "2026-02-03T09:00:00Z".parse()?;
/// let documents = DirectorySources::open(&examples.join("documents"), Arc::new(move || now))?;
///
/// let examiner = Examiner::default();
/// let gathering = Gathering::new(&documents);
/// assert_eq!(examiner.examine(&bytes, None, &gathering, now).verdict(), Verdict::Verified);
/// let mut parts = gathering.into_parts();
/// let (url, media_type, fetched_at) = (None, None, None);
/// parts.push(Part { role: PartRole::Credential, url, media_type, fetched_at, bytes });
/// let file = Bundle::new(now, parts)?.write();
///
/// let bundle = Bundle::read(&file)?;
/// let report = examiner.examine(&bundle.credential().bytes, None, &bundle, bundle.as_of);
/// assert_eq!(report.verdict(), Verdict::Verified);
///
/// // A part that was changed does not even open.
/// let changed = String::from_utf8(file)?.replace("Example University", "Another University");
/// assert!(Bundle::read(changed.as_bytes()).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The moment for which it speaks: when it was gathered.
    pub as_of: Timestamp,
    parts: Vec<Part>,
}

fn malformed(detail: impl Into<String>) -> BundleError {
    BundleError::Malformed { detail: detail.into() }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Bundle {
    /// A bundle of these parts, in a fixed order: by role, address and digest.
    pub fn new(as_of: Timestamp, mut parts: Vec<Part>) -> Result<Self, BundleError> {
        if parts.len() > MAX_PARTS {
            return Err(malformed(format!("it has more than {MAX_PARTS} parts")));
        }
        parts.sort_by_cached_key(|part| (part.role, part.url.clone(), sha256(&part.bytes)));
        parts.dedup();
        if parts.iter().filter(|part| part.role == PartRole::Credential).count() != 1 {
            return Err(malformed("it has not exactly one credential"));
        }
        for pair in parts.windows(2) {
            let [one, other] = pair else { continue };
            let may_repeat = one.role == PartRole::Endorsement;
            if one.role == other.role && one.url == other.url && !may_repeat {
                return Err(malformed(format!(
                    "it has two parts {} of one address",
                    one.role.as_str()
                )));
            }
        }
        for part in &parts {
            if part.url.is_none() != (part.role == PartRole::Credential) {
                return Err(malformed(format!(
                    "a part {} needs an address, a credential has none",
                    part.role.as_str()
                )));
            }
            if part.fetched_at.is_some_and(|moment| moment > as_of) {
                return Err(malformed("a part was fetched after the moment of the bundle"));
            }
            let fetched = matches!(part.role, PartRole::KeyDocument | PartRole::StatusList);
            if fetched && part.fetched_at.is_none() {
                return Err(malformed("a part that is fetched does not say when"));
            }
        }
        Ok(Self { as_of, parts })
    }

    /// Reads a bundle and holds every part against its digest.
    pub fn read(bytes: &[u8]) -> Result<Self, BundleError> {
        if bytes.len() > MAX_BUNDLE_BYTES {
            return Err(BundleError::TooLarge);
        }
        let no_json = |error: serde_json::Error| malformed(error.to_string());
        let opening: Opening = serde_json::from_slice(bytes).map_err(no_json)?;
        if opening.format.as_deref() != Some(FORMAT) {
            return Err(malformed(format!("`format` is not {FORMAT}")));
        }
        if opening.version != Some(VERSION) {
            return Err(malformed("a later program wrote it: its version is not known here"));
        }
        if opening.kind.as_deref() != Some(CREDENTIAL) {
            return Err(malformed("it is a bundle of another kind than `credential`"));
        }
        let written: Written = serde_json::from_slice(bytes).map_err(no_json)?;
        let mut parts = Vec::new();
        for (index, part) in written.parts.into_iter().enumerate() {
            let role = part.role.as_str();
            let bytes = match (part.text, part.base64) {
                (Some(text), None) => text.into_bytes(),
                (None, Some(text)) => STANDARD
                    .decode(text)
                    .map_err(|_| malformed(format!("part {index} is no base64")))?,
                _ => return Err(malformed(format!("part {index} has not one of text and base64"))),
            };
            if sha256(&bytes) != part.sha256 {
                return Err(BundleError::Digest { index, role });
            }
            let WrittenPart { role, url, media_type, fetched_at, .. } = part;
            parts.push(Part { role, url, media_type, fetched_at, bytes });
        }
        Self::new(written.as_of, parts)
    }

    /// The bytes of the file; the same for the same parts.
    pub fn write(&self) -> Vec<u8> {
        let parts = self.parts.iter().map(|part| {
            let text = std::str::from_utf8(&part.bytes).ok().map(str::to_owned);
            WrittenPart {
                role: part.role,
                url: part.url.clone(),
                media_type: part.media_type.clone(),
                fetched_at: part.fetched_at,
                sha256: sha256(&part.bytes),
                base64: text.is_none().then(|| STANDARD.encode(&part.bytes)),
                text,
            }
        });
        let written = Written {
            format: FORMAT.to_owned(),
            version: VERSION,
            kind: CREDENTIAL.to_owned(),
            as_of: self.as_of,
            parts: parts.collect(),
        };
        let mut bytes =
            serde_json::to_vec_pretty(&written).expect("texts and numbers are always JSON");
        bytes.push(b'\n');
        bytes
    }

    /// Its parts, in their order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The signed credential.
    pub fn credential(&self) -> &Part {
        self.parts.first().expect("a credential sorts first and every bundle has one")
    }

    fn fetched(&self, role: PartRole, url: &str) -> Result<Fetched, SourceError> {
        let part = self
            .parts
            .iter()
            .find(|part| part.role == role && part.url.as_deref() == Some(url))
            .ok_or_else(|| SourceError::NotFound { detail: "not in the bundle".to_owned() })?;
        Ok(Fetched {
            bytes: part.bytes.as_slice().into(),
            media_type: part.media_type.clone(),
            fetched_at: part.fetched_at.unwrap_or(self.as_of),
            stale: false,
        })
    }
}

/// A bundle answers for what is in it, and for nothing else: it never goes out.
impl Sources for Bundle {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        self.fetched(PartRole::KeyDocument, url)
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.fetched(PartRole::StatusList, url)
    }

    fn register(&self, _credential: &str) -> Option<RegisterEntry> {
        None
    }

    fn recognised(&self, _issuer: &str) -> Vec<Recognition> {
        Vec::new()
    }

    fn endorsements(&self, target: &str) -> Vec<std::sync::Arc<[u8]>> {
        let of = |part: &&Part| {
            part.role == PartRole::Endorsement && part.url.as_deref() == Some(target)
        };
        self.parts.iter().filter(of).map(|part| part.bytes.as_slice().into()).collect()
    }
}

/// Sources that remember what they answered, to make a bundle of it.
pub struct Gathering<'a> {
    inner: &'a dyn Sources,
    taken: Mutex<BTreeMap<(PartRole, String), Fetched>>,
    endorsements: Mutex<BTreeMap<String, Vec<std::sync::Arc<[u8]>>>>,
}

impl std::fmt::Debug for Gathering<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gathering")
    }
}

impl<'a> Gathering<'a> {
    /// Remembers what these sources answer.
    pub fn new(inner: &'a dyn Sources) -> Self {
        Self { inner, taken: Mutex::default(), endorsements: Mutex::default() }
    }

    /// What was answered.
    pub fn into_parts(self) -> Vec<Part> {
        let taken = self.taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        let fetched = taken.into_iter().map(|((role, url), fetched)| Part {
            role,
            url: Some(url),
            media_type: fetched.media_type,
            fetched_at: Some(fetched.fetched_at),
            bytes: fetched.bytes.to_vec(),
        });
        let beside = self.endorsements.into_inner().unwrap_or_else(PoisonError::into_inner);
        let beside = beside.into_iter().flat_map(|(target, all)| {
            all.into_iter().map(move |bytes| Part {
                role: PartRole::Endorsement,
                url: Some(target.clone()),
                media_type: None,
                fetched_at: None,
                bytes: bytes.to_vec(),
            })
        });
        fetched.chain(beside).collect()
    }

    fn take(
        &self,
        role: PartRole,
        url: &str,
        answer: Result<Fetched, SourceError>,
    ) -> Result<Fetched, SourceError> {
        if let Ok(fetched) = &answer {
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            taken.insert((role, url.to_owned()), fetched.clone());
        }
        answer
    }
}

impl Sources for Gathering<'_> {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        self.take(PartRole::KeyDocument, url, self.inner.key_document(url))
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.take(PartRole::StatusList, url, self.inner.status_list(url))
    }

    fn register(&self, credential: &str) -> Option<RegisterEntry> {
        self.inner.register(credential)
    }

    fn rendition(&self, credential: &str, sha256: &str) -> bool {
        self.inner.rendition(credential, sha256)
    }

    fn keeper(&self, issuer: &str) -> Option<Keeper> {
        self.inner.keeper(issuer)
    }

    fn recognised(&self, issuer: &str) -> Vec<Recognition> {
        self.inner.recognised(issuer)
    }

    fn endorsements(&self, target: &str) -> Vec<std::sync::Arc<[u8]>> {
        let all = self.inner.endorsements(target);
        let mut known = self.endorsements.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(target.to_owned(), all.clone());
        all
    }
}
