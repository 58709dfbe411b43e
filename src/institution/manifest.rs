//! The manifest of a bundle: what is in it, of whom, as of when, and who keeps it.

use super::{FORMAT, InstitutionError, VERSION, malformed};
use crate::canon::json::{self, JsonLimits};
use crate::model::{Slug, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The largest manifest, in bytes.
const MAX_BYTES: usize = 16 << 20;

/// What a bundle says of itself; the issuer's key signs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    /// `bewijs-institution`.
    pub format: String,
    /// `1`.
    pub version: u32,
    /// The issuer's name in addresses.
    pub issuer: Slug,
    /// `issuer.id` in its certificates.
    pub did: String,
    /// Its legal name by language.
    pub name: BTreeMap<String, String>,
    /// The public address under which it issued, without final slash.
    pub base_url: String,
    /// A test issuer.
    pub test: bool,
    /// The moment for which the bundle speaks.
    pub as_of: Timestamp,
    /// How it ended; absent in the bundle of an institution that goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub succession: Option<Succession>,
    /// How many certificates the register has.
    pub certificates: u64,
    /// Thumbprint of the key that signs this manifest.
    pub key: String,
    /// Everything else in the file, by path.
    pub members: Vec<Member>,
}

/// That the institution closed, and who keeps what it left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Succession {
    /// When it issued for the last time and changed its last status, at the latest.
    pub closed: Timestamp,
    /// Until when its last status lists may be used.
    pub lists_until: Timestamp,
    /// Who answers for it from then on.
    pub keeper: String,
    /// Where the keeper can be found.
    pub keeper_url: String,
    /// The same in a sentence, for readers.
    pub statement: String,
}

/// A file within the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its path.
    pub path: String,
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
}

/// Read before the rest, so that another version is told as such.
#[derive(Deserialize)]
struct Opening {
    format: Option<String>,
    version: Option<u32>,
}

/// `https://host` or `https://host:port` and nothing else, in its one spelling.
fn is_origin(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "https" | "http") && url.origin().ascii_serialization() == text
    })
}

impl Manifest {
    /// The bytes that are signed.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("texts and numbers are JSON");
        bytes.push(b'\n');
        bytes
    }

    /// Reads a manifest, strictly.
    pub fn read(bytes: &[u8]) -> Result<Self, InstitutionError> {
        let limits = JsonLimits { max_bytes: MAX_BYTES, max_depth: 8 };
        let value = json::parse(bytes, &limits)
            .map_err(|error| malformed(format!("the manifest: {error}")))?;
        let opening = Opening::deserialize(&value)
            .map_err(|error| malformed(format!("the manifest: {error}")))?;
        if opening.format.as_deref() != Some(FORMAT) {
            return Err(malformed(format!("`format` of the manifest is not {FORMAT}")));
        }
        if opening.version != Some(VERSION) {
            return Err(malformed("a later program wrote it: its version is not known here"));
        }
        let manifest = Self::deserialize(&value)
            .map_err(|error| malformed(format!("the manifest: {error}")))?;
        let web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        if !is_origin(&manifest.base_url) {
            return Err(malformed("`baseUrl` of the manifest is no address without path"));
        }
        if manifest.succession.as_ref().is_some_and(|succession| !web(&succession.keeper_url)) {
            return Err(malformed("`keeperUrl` of the manifest is no address"));
        }
        Ok(manifest)
    }

    /// The legal name, in Dutch, English or French, or else the name in addresses.
    pub fn name(&self) -> &str {
        let named = ["nl", "en", "fr"].iter().find_map(|language| self.name.get(*language));
        named.map_or(self.issuer.as_str(), String::as_str)
    }
}
