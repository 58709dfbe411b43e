//! How records stand in the read model: keys and values as bytes, and the other way round.
//!
//! The read model can always be rebuilt, so this layout may change with [`LAYOUT`] alone.

use super::super::adopting::AdoptedRecord;
use super::super::clients::ClientRecord;
use super::super::endorsing::EndorsementRecord;
use super::super::event::ListCreated;
use super::super::lists::{Bits, List};
use super::super::pictures::{self, Picture, PictureName, PictureRecord};
use super::super::query::{Disclosure, Glance, IssuanceCount};
use super::super::record::{DefinitionRecord, FrameworkRecord, IssuedRecord, OrganisationRecord};
use super::super::register::hex;
use super::super::state::{DictionaryBytes, Endorsement, Numbered, Place, State, Touched};
use super::super::{KeyRecord, StoreError};
use super::entry_rows::{FrameSpot, frame, spot};
use crate::model::{CredentialId, DefinitionRef, Slug, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use zstd::zstd_safe::{CCtx, CDict, DCtx, DDict};

/// The version of this layout. Another one is rebuilt from the journal.
pub(super) const LAYOUT: u32 = 6;

/// Words that stand in many rows, the most frequent last.
const WORDS: &[u8] = br#""microdegree","kind":"evc-bewijs-van-bekwaamheid","kind":"evc-competentiebewijs","state":"suspended","state":"superseded","reason":"issued-in-error","state":"revoked","replaced_by":"00000000-0000-4000-8000-000000000000","replaces":"00000000-0000-4000-8000-000000000000","purpose":"suspension"},{"list":"s1","index":{"r":{"id":"00000000-0000-4000-8000-000000000000","issuer":"","kind":"microcredential","definition":"","certificate_number":"","case_number":"","issued_at":"2026-02-02T09:15:00Z","decision_date":"2026-01-30","valid_until":null,"sha256":"","length":10000,"context_digests":["59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734","0ae4fbd9f2d4e2ee18a0b2a1d1ae3e7b6c3b0d7c7d0a7e6a"],"key":"","holder":"","status":[{"list":"r1","index":,"purpose":"revocation"}],"state":"valid","state_since":null,"reason":null,"note":null,"replaced_by":null,"replaces":null,"visibility":"open","warnings":[]},"p":["visibility":"closed","warnings":[]},"p":[1,"#;

/// Packs rows.
pub(super) struct Packer {
    words: CDict<'static>,
    context: CCtx<'static>,
}

/// Unpacks rows; may be shared.
pub(super) struct Unpacker {
    words: DDict<'static>,
    /// Making one costs more than a row.
    contexts: Mutex<Vec<DCtx<'static>>>,
}

impl Packer {
    pub(super) fn new() -> Self {
        Self { words: CDict::create(WORDS, 1), context: CCtx::create() }
    }

    fn pack(&mut self, plain: &[u8]) -> Vec<u8> {
        let mut packed = Vec::with_capacity(zstd::zstd_safe::compress_bound(plain.len()));
        self.context
            .compress_using_cdict(&mut packed, plain, &self.words)
            .expect("the output has room for the worst case");
        [&u32::try_from(plain.len()).unwrap_or(u32::MAX).to_le_bytes()[..], &packed].concat()
    }

    fn json(&mut self, value: &impl Serialize) -> Vec<u8> {
        let plain = serde_json::to_vec(value).expect("records serialise: their keys are texts");
        self.pack(&plain)
    }
}

impl Unpacker {
    pub(super) fn new() -> Self {
        Self { words: DDict::create(WORDS), contexts: Mutex::default() }
    }

    fn unpack(&self, packed: &[u8]) -> Option<Vec<u8>> {
        let (length, data) = packed.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        let mut plain = Vec::with_capacity(length.min(64 << 20));
        let context = self.contexts.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut context = context.unwrap_or_default();
        let done = context.decompress_using_ddict(&mut plain, data, &self.words);
        self.contexts.lock().unwrap_or_else(PoisonError::into_inner).push(context);
        (done.is_ok() && plain.len() == length).then_some(plain)
    }

    /// Whether two rows differ in more than how they were packed.
    pub(super) fn differ(&self, one: &[u8], two: &[u8]) -> bool {
        match (self.unpack(one), self.unpack(two)) {
            (Some(one), Some(two)) => one != two,
            _ => true,
        }
    }

    fn json<T: DeserializeOwned>(&self, packed: &[u8]) -> Option<T> {
        serde_json::from_slice(&self.unpack(packed)?).ok()
    }
}

type PlaceRow = (u64, u64, u32);

fn read_hash(digits: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    if digits.len() != 64 {
        return None;
    }
    for (byte, digits) in hash.iter_mut().zip(digits.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(hash)
}

/// The key of a place in the order of issue: after the issuer, which has no NUL, the number.
pub(super) fn order_key(issuer: &Slug, ordinal: u64) -> Vec<u8> {
    [issuer.as_str().as_bytes(), b"\0", &ordinal.to_be_bytes()].concat()
}

/// The number in such a key of this issuer.
pub(super) fn read_order_key(issuer: &Slug, key: &[u8]) -> Option<u64> {
    let number = key.strip_prefix(issuer.as_str().as_bytes())?.strip_prefix(b"\0")?;
    Some(u64::from_be_bytes(number.try_into().ok()?))
}

pub(super) fn glance_row(record: &IssuedRecord) -> Vec<u8> {
    serde_json::to_vec(&Glance::of(record)).expect("a glance serialises")
}

pub(super) fn read_glance(row: &[u8]) -> Option<Glance> {
    serde_json::from_slice(row).ok()
}

pub(super) fn read_id(row: &[u8]) -> Option<CredentialId> {
    uuid::Uuid::from_slice(row).ok().map(CredentialId::new)
}

#[derive(Serialize, Deserialize)]
struct NumberedRow<T> {
    n: u64,
    v: T,
}

#[derive(Serialize, Deserialize)]
struct ListRow {
    n: u64,
    list: ListCreated,
    changes: u64,
    signed_changes: u64,
    signed_at: Timestamp,
    valid_until: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct EndorsementRow<R> {
    r: R,
    s: u64,
    p: PlaceRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    q: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct PictureRow {
    issuer: Slug,
    name: PictureName,
    /// Where it lies and what it is; absent when it was taken away.
    p: Option<(FrameSpot, PictureRecord)>,
}

#[derive(Serialize, Deserialize)]
struct DictionaryRow {
    definition: DefinitionRef,
    name: String,
}

/// A record outside the issuance records, taken out of the state so that it can be written while
/// the state goes on.
pub(super) enum Taken {
    Organisation(Arc<OrganisationRecord>),
    Adopted(Arc<AdoptedRecord>),
    Definition(Numbered<Arc<DefinitionRecord>>),
    Framework(Numbered<Arc<FrameworkRecord>>),
    Endorsement(Numbered<Endorsement>),
    Disclosure(usize, Arc<Disclosure>),
    Count(IssuanceCount),
    Picture(pictures::Key, Option<Picture>),
    Vocabulary(Arc<Value>),
    Key(u64, Box<KeyRecord>),
    Client(Numbered<Arc<ClientRecord>>),
    List(Box<Numbered<List>>),
    Dictionary(DefinitionRef, DictionaryBytes),
}

/// Takes a touched record out of the state.
pub(super) fn take(state: &State, touched: &Touched) -> Option<Taken> {
    Some(match touched {
        Touched::Organisation(slug) => {
            Taken::Organisation(Arc::clone(state.organisations.get(slug)?))
        }
        Touched::Adopted(slug) => Taken::Adopted(Arc::clone(state.adopted.get(slug)?)),
        Touched::Definition(name) => Taken::Definition(state.definitions.get(name)?.clone()),
        Touched::Framework(name) => Taken::Framework(state.frameworks.get(name)?.clone()),
        Touched::Endorsement(id) => Taken::Endorsement(state.endorsements.get(id)?.clone()),
        Touched::Disclosure(issuer, number) => {
            let known = state.disclosures.get(issuer)?.get(*number)?;
            Taken::Disclosure(*number, Arc::clone(known))
        }
        Touched::Picture(key) => Taken::Picture(key.clone(), state.pictures.get(key)?.clone()),
        Touched::Count(key) => {
            let count = *state.counts.get(key)?;
            let (issuer, kind, year, quarter) = key.clone();
            Taken::Count(IssuanceCount { issuer, kind, year, quarter, count })
        }
        Touched::Vocabulary => Taken::Vocabulary(Arc::clone(state.vocabulary.as_ref()?)),
        Touched::Key(issuer, thumbprint) => {
            let (ordinals, keys) = state.keys.get(issuer)?;
            let (ordinal, key) =
                ordinals.iter().zip(keys.iter()).find(|(_, key)| key.thumbprint == *thumbprint)?;
            Taken::Key(*ordinal, Box::new(key.clone()))
        }
        Touched::Client(id) => Taken::Client(state.clients.get(id)?.clone()),
        Touched::List(id) => Taken::List(Box::new(state.lists.get(id)?.clone())),
        Touched::Dictionary(name) => {
            Taken::Dictionary(name.clone(), state.dictionaries.get(name)?.clone())
        }
    })
}

/// The rows of a taken record.
pub(super) fn rows(taken: &Taken, packer: &mut Packer, put: &mut dyn FnMut(Vec<u8>, Vec<u8>)) {
    match taken {
        Taken::Organisation(record) => {
            put(format!("organisation/{}", record.slug).into_bytes(), packer.json(record.as_ref()));
        }
        Taken::Adopted(record) => {
            put(format!("adopted/{}", record.slug).into_bytes(), packer.json(record.as_ref()));
        }
        Taken::Definition(record) => {
            let row = NumberedRow { n: record.ordinal, v: record.value.as_ref() };
            put(format!("definition/{}", record.value.name).into_bytes(), packer.json(&row));
        }
        Taken::Framework(record) => {
            let row = NumberedRow { n: record.ordinal, v: record.value.as_ref() };
            put(format!("framework/{}", record.value.name).into_bytes(), packer.json(&row));
        }
        Taken::Endorsement(numbered) => {
            let Endorsement { record, sequence, place, request } = &numbered.value;
            let p = (place.segment, place.offset, place.length);
            let q = request.map(|hashed| hex(&hashed));
            let v = EndorsementRow { r: record.as_ref(), s: *sequence, p, q };
            let row = NumberedRow { n: numbered.ordinal, v };
            put(format!("endorsement/{}", record.id).into_bytes(), packer.json(&row));
        }
        Taken::Disclosure(number, disclosure) => {
            let name = format!("disclosure/{}/{number:020}", disclosure.issuer);
            put(name.into_bytes(), packer.json(disclosure.as_ref()));
        }
        Taken::Picture((issuer, name), picture) => {
            let row = PictureRow {
                issuer: issuer.clone(),
                name: name.clone(),
                p: picture.as_ref().map(|known| (spot(known.frame), known.record.as_ref().clone())),
            };
            put(format!("picture/{issuer}/{name}").into_bytes(), packer.json(&row));
        }
        Taken::Count(count) => {
            let IssuanceCount { issuer, kind, year, quarter, .. } = count;
            let name = format!("count/{issuer}/{kind}/{year}/{quarter}");
            put(name.into_bytes(), packer.json(count));
        }
        Taken::Vocabulary(document) => put(b"vocabulary".to_vec(), packer.json(document.as_ref())),
        Taken::Key(ordinal, record) => {
            let name = format!("key/{}/{}", record.issuer, record.thumbprint);
            put(name.into_bytes(), packer.json(&NumberedRow { n: *ordinal, v: record.as_ref() }));
        }
        Taken::Client(record) => {
            let row = NumberedRow { n: record.ordinal, v: record.value.as_ref() };
            put(format!("client/{}", record.value.id).into_bytes(), packer.json(&row));
        }
        Taken::List(numbered) => {
            let list = &numbered.value;
            let row = ListRow {
                n: numbered.ordinal,
                list: ListCreated {
                    id: list.id.clone(),
                    issuer: list.issuer.clone(),
                    purpose: list.purpose,
                    entries: list.entries,
                    signed_at: list.signed_at,
                    valid_until: list.valid_until,
                },
                changes: list.changes,
                signed_changes: list.signed_changes,
                signed_at: list.signed_at,
                valid_until: list.valid_until,
            };
            put(format!("list/{}", list.id).into_bytes(), packer.json(&row));
            let parts =
                [("given", &list.given.0[..]), ("bits", &list.bits.0), ("signed", &list.document)];
            for (part, bytes) in parts {
                put(format!("{part}/{}", list.id).into_bytes(), packer.pack(bytes));
            }
        }
        Taken::Dictionary(definition, dictionary) => {
            let row =
                DictionaryRow { definition: definition.clone(), name: dictionary.name.clone() };
            put(format!("dictionary/{definition}").into_bytes(), packer.json(&row));
            put(format!("words/{definition}").into_bytes(), packer.pack(&dictionary.bytes));
        }
    }
}

/// Looks a row up by its name.
pub(super) type FindRow<'a> = dyn Fn(&str) -> Result<Option<Vec<u8>>, StoreError> + 'a;

/// Puts the rows back into a state. `rows` come in the order of their keys; `find` looks one up.
pub(super) fn load(
    state: &mut State,
    rows: impl Iterator<Item = Result<(Vec<u8>, Vec<u8>), StoreError>>,
    find: &FindRow<'_>,
) -> Result<(), StoreError> {
    let unpacker = Unpacker::new();
    let mut keys: Vec<(u64, KeyRecord)> = Vec::new();
    let mut endorsements: Vec<(u64, Endorsement)> = Vec::new();
    for row in rows {
        let (key, value) = row?;
        let name = String::from_utf8_lossy(&key).into_owned();
        let corrupt = || StoreError::Corrupt { what: "read model row", id: name.clone() };
        let kind = name.split('/').next().unwrap_or_default();
        match kind {
            "organisation" => {
                let record: OrganisationRecord = unpacker.json(&value).ok_or_else(corrupt)?;
                state.organisations.insert(record.slug.clone(), Arc::new(record));
            }
            "adopted" => {
                let record: AdoptedRecord = unpacker.json(&value).ok_or_else(corrupt)?;
                state.adopted.insert(record.slug.clone(), Arc::new(record));
            }
            "definition" => {
                let row: NumberedRow<DefinitionRecord> =
                    unpacker.json(&value).ok_or_else(corrupt)?;
                let name = row.v.name.clone();
                let value = Numbered { ordinal: row.n, value: Arc::new(row.v) };
                state.definitions.insert(name, value);
            }
            "framework" => {
                let row: NumberedRow<FrameworkRecord> =
                    unpacker.json(&value).ok_or_else(corrupt)?;
                let name = row.v.name.clone();
                let value = Numbered { ordinal: row.n, value: Arc::new(row.v) };
                state.frameworks.insert(name, value);
            }
            "endorsement" => {
                let row: NumberedRow<EndorsementRow<EndorsementRecord>> =
                    unpacker.json(&value).ok_or_else(corrupt)?;
                let EndorsementRow { r, s, p: (segment, offset, length), q } = row.v;
                let request = match q {
                    Some(digits) => Some(read_hash(&digits).ok_or_else(corrupt)?),
                    None => None,
                };
                let place = Place { segment, offset, length };
                let record = Arc::new(r);
                let endorsement = Endorsement { record, sequence: s, place, request };
                endorsements.push((row.n, endorsement));
            }
            "disclosure" => {
                let row: Disclosure = unpacker.json(&value).ok_or_else(corrupt)?;
                state.disclosures.entry(row.issuer.clone()).or_default().push(Arc::new(row));
            }
            "picture" => {
                let row: PictureRow = unpacker.json(&value).ok_or_else(corrupt)?;
                let picture = row
                    .p
                    .map(|(spot, record)| Picture { record: Arc::new(record), frame: frame(spot) });
                state.pictures.insert((row.issuer, row.name), picture);
            }
            "count" => {
                let row: IssuanceCount = unpacker.json(&value).ok_or_else(corrupt)?;
                let key = (row.issuer, row.kind, row.year, row.quarter);
                state.counts.insert(key, row.count);
            }
            "vocabulary" => {
                state.vocabulary = Some(Arc::new(unpacker.json(&value).ok_or_else(corrupt)?));
            }
            "key" => {
                let row: NumberedRow<KeyRecord> = unpacker.json(&value).ok_or_else(corrupt)?;
                keys.push((row.n, row.v));
            }
            "client" => {
                let row: NumberedRow<ClientRecord> = unpacker.json(&value).ok_or_else(corrupt)?;
                state.add_client(row.n, row.v);
            }
            "list" => {
                let row: ListRow = unpacker.json(&value).ok_or_else(corrupt)?;
                let part = |part: &str| -> Result<Vec<u8>, StoreError> {
                    let row = find(&format!("{part}/{}", row.list.id))?.ok_or_else(corrupt)?;
                    unpacker.unpack(&row).ok_or_else(corrupt)
                };
                let mut list = List::created(&row.list, part("signed")?.into());
                list.given = Bits(part("given")?);
                list.bits = Bits(part("bits")?);
                let bytes = row.list.entries as usize / 8;
                if list.given.0.len() != bytes || list.bits.0.len() != bytes {
                    return Err(corrupt());
                }
                list.given_count = list.given.count();
                list.changes = row.changes;
                list.signed_changes = row.signed_changes;
                list.signed_at = row.signed_at;
                list.valid_until = row.valid_until;
                let id = row.list.id.clone();
                state.lists.insert(id, Numbered { ordinal: row.n, value: list });
            }
            "dictionary" => {
                let row: DictionaryRow = unpacker.json(&value).ok_or_else(corrupt)?;
                let words = find(&format!("words/{}", row.definition))?.ok_or_else(corrupt)?;
                let bytes = unpacker.unpack(&words).ok_or_else(corrupt)?.into();
                let known = DictionaryBytes { name: row.name, bytes };
                state.dictionaries.insert(row.definition, known);
            }
            "given" | "bits" | "signed" | "words" => {}
            _ => return Err(corrupt()),
        }
    }
    endorsements.sort_unstable_by_key(|(ordinal, _)| *ordinal);
    for (ordinal, endorsement) in endorsements {
        state.add_endorsement(ordinal, endorsement);
    }
    keys.sort_unstable_by_key(|(ordinal, _)| *ordinal);
    for (ordinal, key) in keys {
        state.add_key(ordinal, key);
    }
    Ok(())
}
