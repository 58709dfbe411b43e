//! Events as payloads of the journal, signed bytes compressed, and back byte for byte.
//!
//! Documents of one definition are compressed with a dictionary made from what was *published*
//! with the first of them: its achievement, issuer, contexts and the names of members. Nothing
//! that is about a person may enter a dictionary, since erasing that person's document must leave
//! the others readable.

use super::event::Event;
use super::journal::frame::{FrameKind, LONGEST, Payload};
use crate::model::DefinitionRef;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use zstd::zstd_safe::{CCtx, CDict, DCtx, DDict, compress_bound};

/// The version of how events are written.
const VERSION: u64 = 1;
/// Speed over size: higher levels gain little with a dictionary.
const LEVEL: i32 = 1;
/// A document with less than this is not worth a dictionary of its own.
const SMALLEST_WITH_DICTIONARY: usize = 1 << 10;
/// The longest dictionary; zstd makes poor use of the far end of a longer one.
const LONGEST_DICTIONARY: usize = 100 << 10;

const PLAIN: u8 = 0;
const ZSTD: u8 = 1;
const ZSTD_WITH_DICTIONARY: u8 = 2;

/// Why a payload cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum CodecError {
    #[error("the payload is too long")]
    TooLong,
    #[error("the payload has no readable header")]
    Header,
    #[error("the event has a version unknown to this program")]
    Version,
    #[error("the event is not readable: {0}")]
    Event(String),
    #[error("the signed bytes cannot be decompressed")]
    Body,
    #[error("the dictionary {0} is unknown")]
    Dictionary(String),
}

/// The signed bytes that come with an event, if any.
pub(super) type Body = Option<Arc<[u8]>>;

/// Compresses and decompresses; knows the dictionaries.
#[derive(Default)]
pub(super) struct Codec {
    known: RwLock<HashMap<[u8; 8], Arc<Dictionary>>>,
    proposed: Mutex<HashSet<DefinitionRef>>,
    compressors: Mutex<Vec<CCtx<'static>>>,
    decompressors: Mutex<Vec<DCtx<'static>>>,
}

/// A dictionary; what zstd makes of it takes more memory than the bytes, so it is made at need.
struct Dictionary {
    bytes: Arc<[u8]>,
    compress: OnceLock<CDict<'static>>,
    decompress: OnceLock<DDict<'static>>,
}

impl Dictionary {
    fn compress(&self) -> &CDict<'static> {
        self.compress.get_or_init(|| CDict::create(&self.bytes, LEVEL))
    }

    fn decompress(&self) -> &DDict<'static> {
        self.decompress.get_or_init(|| DDict::create(&self.bytes))
    }
}

impl std::fmt::Debug for Codec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Codec").finish_non_exhaustive()
    }
}

/// The name of a dictionary: the first 8 bytes of its SHA-256.
pub(super) fn dictionary_name(bytes: &[u8]) -> [u8; 8] {
    let mut name = [0; 8];
    name.copy_from_slice(&Sha256::digest(bytes)[..8]);
    name
}

impl Codec {
    /// Makes a dictionary usable.
    pub(super) fn learn(&self, bytes: &Arc<[u8]>) {
        let dictionary = Dictionary {
            bytes: Arc::clone(bytes),
            compress: OnceLock::new(),
            decompress: OnceLock::new(),
        };
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(dictionary_name(bytes), Arc::new(dictionary));
    }

    fn dictionary(&self, name: [u8; 8]) -> Option<Arc<Dictionary>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(&name).map(Arc::clone)
    }

    /// A dictionary for documents like this one, once per definition.
    pub(super) fn propose(&self, definition: &DefinitionRef, document: &[u8]) -> Option<Vec<u8>> {
        if document.len() < SMALLEST_WITH_DICTIONARY {
            return None;
        }
        let mut proposed = self.proposed.lock().unwrap_or_else(PoisonError::into_inner);
        if !proposed.insert(definition.clone()) {
            return None;
        }
        drop(proposed);
        published_part(document)
    }

    /// Takes a proposal back that could not be recorded.
    pub(super) fn withdraw(&self, definition: &DefinitionRef) {
        let mut proposed = self.proposed.lock().unwrap_or_else(PoisonError::into_inner);
        proposed.remove(definition);
    }

    /// An event as a payload. `dictionary` names the one to compress the body with, if it is known.
    pub(super) fn encode(
        &self,
        event: &Event,
        body: Option<&[u8]>,
        dictionary: Option<[u8; 8]>,
    ) -> Result<Payload, CodecError> {
        let mut bytes = Vec::with_capacity(4096);
        bytes.extend_from_slice(&[0; 4]);
        let versioned = Versioned { v: VERSION, event: Cow::Borrowed(event) };
        serde_json::to_writer(&mut bytes, &versioned)
            .map_err(|error| CodecError::Event(error.to_string()))?;
        let header = u32::try_from(bytes.len() - 4).map_err(|_| CodecError::TooLong)?;
        bytes[..4].copy_from_slice(&header.to_le_bytes());
        if let Some(body) = body {
            self.compress(body, dictionary, &mut bytes)?;
        }
        if bytes.len() > LONGEST {
            return Err(CodecError::TooLong);
        }
        let tombstone = event.replaced().is_some();
        let kind = if tombstone { FrameKind::Tombstone } else { FrameKind::Event };
        Ok(Payload::new(kind, bytes))
    }

    fn compress(
        &self,
        body: &[u8],
        dictionary: Option<[u8; 8]>,
        out: &mut Vec<u8>,
    ) -> Result<(), CodecError> {
        let length = u32::try_from(body.len()).map_err(|_| CodecError::TooLong)?;
        if body.len() > LONGEST {
            return Err(CodecError::TooLong);
        }
        let named = dictionary.and_then(|name| Some((name, self.dictionary(name)?)));
        let context = self.compressors.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut context = context.unwrap_or_default();
        let mut packed = Vec::with_capacity(compress_bound(body.len()));
        let done = match &named {
            Some((_, dictionary)) => {
                context.compress_using_cdict(&mut packed, body, dictionary.compress())
            }
            None => context.compress(&mut packed, body, LEVEL),
        };
        self.compressors.lock().unwrap_or_else(PoisonError::into_inner).push(context);
        if done.is_err() || packed.len() >= body.len() {
            out.push(PLAIN);
            out.extend_from_slice(&length.to_le_bytes());
            out.extend_from_slice(body);
            return Ok(());
        }
        out.push(if named.is_some() { ZSTD_WITH_DICTIONARY } else { ZSTD });
        out.extend_from_slice(&length.to_le_bytes());
        if let Some((name, _)) = named {
            out.extend_from_slice(&name);
        }
        out.extend_from_slice(&packed);
        Ok(())
    }

    /// The event and its body.
    pub(super) fn decode(&self, payload: &[u8]) -> Result<(Event, Body), CodecError> {
        let (header, body) = split(payload)?;
        Ok((read_event(header)?, self.unpack(body)?))
    }

    /// The body alone.
    pub(super) fn body(&self, payload: &[u8]) -> Result<Option<Arc<[u8]>>, CodecError> {
        self.unpack(split(payload)?.1)
    }

    fn unpack(&self, packed: &[u8]) -> Result<Option<Arc<[u8]>>, CodecError> {
        let Some((how, rest)) = packed.split_first() else { return Ok(None) };
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(CodecError::Body)?;
        let length = u32::from_le_bytes(*length) as usize;
        if length > LONGEST {
            return Err(CodecError::Body);
        }
        let (dictionary, data) = match *how {
            PLAIN if rest.len() == length => return Ok(Some(Arc::from(rest))),
            ZSTD => (None, rest),
            ZSTD_WITH_DICTIONARY => {
                let (name, data) = rest.split_first_chunk::<8>().ok_or(CodecError::Body)?;
                let unknown = || CodecError::Dictionary(super::register::hex(name));
                (Some(self.dictionary(*name).ok_or_else(unknown)?), data)
            }
            _ => return Err(CodecError::Body),
        };
        let context = self.decompressors.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut context = context.unwrap_or_default();
        let mut body = Vec::with_capacity(length);
        let done = match &dictionary {
            Some(dictionary) => {
                context.decompress_using_ddict(&mut body, data, dictionary.decompress())
            }
            None => context.decompress(&mut body, data),
        };
        self.decompressors.lock().unwrap_or_else(PoisonError::into_inner).push(context);
        if done.is_ok() && body.len() == length {
            Ok(Some(body.into()))
        } else {
            Err(CodecError::Body)
        }
    }
}

/// The event of a payload, without its body.
pub(super) fn event_of(payload: &[u8]) -> Result<Event, CodecError> {
    read_event(split(payload)?.0)
}

/// The JSON header and the packed body of a payload.
pub(super) fn split(payload: &[u8]) -> Result<(&[u8], &[u8]), CodecError> {
    let (length, rest) = payload.split_first_chunk::<4>().ok_or(CodecError::Header)?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(CodecError::Header)
}

fn read_event(header: &[u8]) -> Result<Event, CodecError> {
    #[derive(serde::Deserialize)]
    struct Head {
        v: u64,
    }
    let unreadable = |error: serde_json::Error| CodecError::Event(error.to_string());
    let versioned: Result<Versioned<'_>, _> = serde_json::from_slice(header);
    match versioned {
        Ok(versioned) if versioned.v == VERSION => Ok(versioned.event.into_owned()),
        Ok(_) => Err(CodecError::Version),
        Err(error) => match serde_json::from_slice::<Head>(header) {
            Ok(head) if head.v != VERSION => Err(CodecError::Version),
            _ => Err(unreadable(error)),
        },
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Versioned<'a> {
    v: u64,
    #[serde(flatten)]
    event: Cow<'a, Event>,
}

/// What of a credential is published anyway, in the document's own order of members, so that it
/// makes a good dictionary: values stay only where no person's can stand, names of members stay
/// everywhere.
fn published_part(document: &[u8]) -> Option<Vec<u8>> {
    let Ok(Value::Object(members)) = serde_json::from_slice(document) else { return None };
    let mut kept = Map::new();
    for (name, value) in members {
        let value = match name.as_str() {
            "@context" | "issuer" => value,
            "proof" | "credentialStatus" => keep_members(
                value,
                &["type", "cryptosuite", "verificationMethod", "proofPurpose", "statusPurpose"],
                0,
            ),
            "credentialSubject" => keep_members(value, &["type", "achievement"], 0),
            _ => keep_members(value, &["type"], 0),
        };
        kept.insert(name, value);
    }
    let bytes = serde_json::to_vec(&Value::Object(kept)).ok()?;
    (bytes.len() <= LONGEST_DICTIONARY).then_some(bytes)
}

/// Blanks every value but those of these members, and of `type` further down.
fn keep_members(value: Value, keep: &[&str], depth: usize) -> Value {
    match value {
        Value::Object(members) if depth < 32 => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| {
                    let kept = keep.contains(&name.as_str());
                    (name, if kept { value } else { keep_members(value, &["type"], depth + 1) })
                })
                .collect(),
        ),
        Value::Array(items) if depth < 32 => {
            items.into_iter().map(|item| keep_members(item, keep, depth + 1)).collect()
        }
        _ => Value::String(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_knows_nothing_of_a_person() {
        let document = br#"{"@context":["c"],"id":"urn:secret","type":["VerifiableCredential"],
            "name":"secret","issuer":{"id":"did:x","name":"School"},
            "credentialSubject":{"id":"secret","type":["AchievementSubject"],
              "identifier":[{"type":"IdentityObject","identityHash":"secret","salt":"secret"}],
              "result":[{"type":["Result"],"achievement":{"x":"secret"},"value":"secret"}],
              "creditsEarned":3,"achievement":{"id":"a","name":"Published"}},
            "proof":{"type":"DataIntegrityProof","proofValue":"secret"}}"#;
        let kept = String::from_utf8(published_part(document).expect("an object")).expect("text");
        assert!(!kept.contains("secret"), "{kept}");
        for published in ["School", "Published", "identityHash", "IdentityObject", "proofValue"] {
            assert!(kept.contains(published), "{published}");
        }
    }
}
