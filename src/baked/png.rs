//! Baked PNG (Open Badges 3.0, section 5.3.1): one `iTXt` chunk with the keyword
//! `openbadgecredential`, between `IHDR` and the first `IDAT`.
//!
//! Read more widely than written: a chunk anywhere, `tEXt` and `zTXt`, compressed text within the
//! bounds. Two different texts are refused: readers would disagree about which one counts. Pixels
//! are never decoded.

use super::detect::PNG;
use super::payload::{Inflate, Payload, inflate};
use super::{BakedError, Carrier, Limits};
use std::ops::Range;

const KEYWORD: &[u8] = b"openbadgecredential";
/// Of the container of several credentials (CLR 2.0).
const CLR: &[u8] = b"clrcredential";
/// Of Open Badges 1 and 2.
const OLD: &[u8] = b"openbadges";
/// Lengths are 31 bits (PNG, section 5.3).
const MAX_LENGTH: u32 = 0x7fff_ffff;

fn damaged(detail: &'static str) -> BakedError {
    BakedError::Damaged { carrier: Carrier::Png, detail }
}

fn too_much(detail: &'static str) -> BakedError {
    BakedError::TooMuch { carrier: Carrier::Png, detail }
}

/// A chunk: its type, and where the whole of it and its data stand.
pub(super) struct Chunk {
    pub(super) kind: [u8; 4],
    pub(super) whole: Range<usize>,
    pub(super) data: Range<usize>,
}

/// The chunks up to `IEND`. What follows is no part of the picture.
pub(super) fn chunks(bytes: &[u8], limits: &Limits) -> Result<Vec<Chunk>, BakedError> {
    let mut chunks = Vec::new();
    let mut at = PNG.len();
    loop {
        let head = bytes.get(at..at + 8).ok_or(damaged("it ends before its last chunk"))?;
        let (length, kind) = head.split_at(4);
        let length = u32::from_be_bytes(length.try_into().expect("four bytes were split off"));
        let kind: [u8; 4] = kind.try_into().expect("four bytes are left");
        if length > MAX_LENGTH || !kind.iter().all(u8::is_ascii_alphabetic) {
            return Err(damaged("a chunk has no proper head"));
        }
        let data = at + 8..(at + 8).saturating_add(length as usize);
        let end = data.end.saturating_add(4);
        if end > bytes.len() {
            return Err(damaged("it ends within a chunk"));
        }
        if chunks.is_empty() && &kind != b"IHDR" {
            return Err(damaged("it does not begin with its header"));
        }
        if chunks.len() >= limits.max_parts {
            return Err(too_much("chunks"));
        }
        chunks.push(Chunk { kind, whole: at..end, data });
        at = end;
        if &kind == b"IEND" {
            return Ok(chunks);
        }
    }
}

/// Data of a text chunk, split at the end of its keyword.
fn keyword<'a>(bytes: &'a [u8], chunk: &Chunk) -> Option<(&'a [u8], &'a [u8])> {
    if !matches!(&chunk.kind, b"tEXt" | b"zTXt" | b"iTXt") {
        return None;
    }
    let data = bytes.get(chunk.data.clone())?;
    let end = data.iter().take(80).position(|byte| *byte == 0)?;
    Some((data.get(..end)?, data.get(end + 1..)?))
}

pub(super) fn crc_holds(bytes: &[u8], chunk: &Chunk) -> bool {
    let covered = bytes.get(chunk.whole.start + 4..chunk.data.end);
    let stated = bytes.get(chunk.data.end..chunk.whole.end);
    covered.is_some_and(|covered| stated == Some(&crc(covered).to_be_bytes()))
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

pub(super) fn extract(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, BakedError> {
    let mut found: Option<Vec<u8>> = None;
    let mut old = false;
    let mut left = limits.max_inflated_bytes;
    for chunk in chunks(bytes, limits)? {
        let Some((keyword, rest)) = keyword(bytes, &chunk) else { continue };
        old |= keyword == OLD;
        if keyword != KEYWORD && keyword != CLR {
            continue;
        }
        if !crc_holds(bytes, &chunk) {
            return Err(damaged("the check sum of the credential does not hold"));
        }
        let text = text(chunk.kind, rest, limits.max_credential_bytes.min(left))?;
        left = left.saturating_sub(text.len());
        if text.len() > limits.max_credential_bytes {
            return Err(too_much("the credential is larger than is taken"));
        }
        if found.as_ref().is_some_and(|known| *known != text) {
            return Err(BakedError::Several { carrier: Carrier::Png });
        }
        found = Some(text);
    }
    match found {
        Some(text) => Ok(text),
        None if old => Err(BakedError::OpenBadges2 { carrier: Carrier::Png }),
        None => Err(BakedError::NoCredential {
            carrier: Carrier::Png,
            detail: "it has no text chunk `openbadgecredential`; networks and phones strip them",
        }),
    }
}

/// The text of a chunk behind its keyword (PNG, sections 11.3.3.2 to 11.3.3.4).
fn text(kind: [u8; 4], rest: &[u8], max: usize) -> Result<Vec<u8>, BakedError> {
    let inflated = |bytes| {
        inflate(bytes, max).map_err(|error| match error {
            Inflate::Broken => damaged("its compressed text cannot be read"),
            Inflate::TooMuch => too_much("the compressed credential is larger than is taken"),
        })
    };
    let cut = || damaged("its text chunk is cut off");
    match &kind {
        b"zTXt" => match rest.split_first().ok_or_else(cut)? {
            (0, compressed) => inflated(compressed),
            _ => Err(damaged("its text is compressed by an unknown method")),
        },
        b"iTXt" => {
            let (flags, rest) = rest.split_at_checked(2).ok_or_else(cut)?;
            let mut fields = rest.splitn(3, |byte| *byte == 0);
            let (_language, _translated) =
                (fields.next().ok_or_else(cut)?, fields.next().ok_or_else(cut)?);
            let text = fields.next().ok_or_else(cut)?;
            let text = match flags {
                [0, _] => text.to_vec(),
                [1, 0] => inflated(text)?,
                _ => return Err(damaged("its text is compressed by an unknown method")),
            };
            if std::str::from_utf8(&text).is_err() {
                return Err(damaged("the credential is not UTF-8"));
            }
            Ok(text)
        }
        // Latin-1 by the standard of pictures, UTF-8 by the habit of some writers.
        _ if std::str::from_utf8(rest).is_ok() => Ok(rest.to_vec()),
        _ => Ok(rest.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes()),
    }
}

pub(super) fn bake(
    image: &[u8],
    payload: &Payload,
    limits: &Limits,
) -> Result<Vec<u8>, BakedError> {
    let chunks = chunks(image, limits)?;
    if !chunks.iter().all(|chunk| crc_holds(image, chunk)) {
        return Err(damaged("a check sum does not hold"));
    }
    let text = payload.text().as_bytes();
    let mut data = Vec::with_capacity(KEYWORD.len() + 5 + text.len());
    data.extend_from_slice(KEYWORD);
    // End of the keyword; not compressed, method 0; no language, no translated keyword.
    data.extend_from_slice(&[0, 0, 0, 0, 0]);
    data.extend_from_slice(text);
    let length = u32::try_from(data.len())
        .ok()
        .filter(|length| *length <= MAX_LENGTH)
        .ok_or(too_much("the credential is larger than a chunk"))?;
    let mut covered = Vec::with_capacity(4 + data.len());
    covered.extend_from_slice(b"iTXt");
    covered.append(&mut data);

    let mut out = Vec::with_capacity(image.len() + covered.len() + 8);
    out.extend_from_slice(PNG);
    let mut end = PNG.len();
    for (index, chunk) in chunks.iter().enumerate() {
        end = chunk.whole.end;
        let ours = keyword(image, chunk).is_some_and(|(keyword, _)| keyword == KEYWORD);
        if !ours {
            out.extend_from_slice(image.get(chunk.whole.clone()).unwrap_or_default());
        }
        if index == 0 {
            out.extend_from_slice(&length.to_be_bytes());
            out.extend_from_slice(&covered);
            out.extend_from_slice(&crc(&covered).to_be_bytes());
        }
    }
    out.extend_from_slice(image.get(end..).unwrap_or_default());
    Ok(out)
}
