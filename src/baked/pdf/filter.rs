//! Stream filters (ISO 32000-2, section 7.4): deflate with its predictors, which is what attachments
//! and cross-reference streams use. Others are not read.

use super::super::payload::{Inflate, inflate};
use super::document::Fault;
use super::lexer::Value;

const MAX_FILTERS: usize = 4;

/// Undoes the filters of a stream; at most `max` bytes at each step. `spent` is told how many bytes
/// came out.
pub(super) fn undo(
    dictionary: &Value,
    data: &[u8],
    max: usize,
    spent: &mut dyn FnMut(usize),
) -> Result<Vec<u8>, Fault> {
    let filters = several(dictionary.get(b"Filter").or_else(|| dictionary.get(b"F")))?;
    let parameters = several(dictionary.get(b"DecodeParms").or_else(|| dictionary.get(b"DP")))?;
    if filters.len() > MAX_FILTERS {
        return Err(Fault::TooMuch("filters"));
    }
    if filters.is_empty() {
        return if data.len() > max { Err(Fault::TooMuch("bytes")) } else { Ok(data.to_vec()) };
    }
    let mut bytes: Option<Vec<u8>> = None;
    for (index, filter) in filters.iter().enumerate() {
        if !matches!(filter.name(), Some(b"FlateDecode" | b"Fl")) {
            return Err(Fault::Unsupported("a stream has a filter other than deflate"));
        }
        let inflated = inflate(bytes.as_deref().unwrap_or(data), max);
        let inflated = inflated.map_err(|error| match error {
            Inflate::Broken => Fault::Damaged("a compressed stream cannot be read"),
            Inflate::TooMuch => {
                spent(max);
                Fault::TooMuch("compressed bytes")
            }
        })?;
        spent(inflated.len());
        bytes = Some(match parameters.get(index) {
            Some(parameters) => predicted(inflated, parameters)?,
            None => inflated,
        });
    }
    Ok(bytes.unwrap_or_default())
}

fn several(value: Option<&Value>) -> Result<Vec<Value>, Fault> {
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(all)) => Ok(all.clone()),
        Some(Value::Reference(..)) => Err(Fault::Unsupported("a filter stands elsewhere")),
        Some(one) => Ok(vec![one.clone()]),
    }
}

/// Undoes a predictor: none, or those of PNG, chosen row by row.
fn predicted(bytes: Vec<u8>, parameters: &Value) -> Result<Vec<u8>, Fault> {
    let number = |name: &[u8], default: i64, most: i64| {
        let value = parameters.get(name).map_or(Some(default), Value::integer);
        value
            .filter(|value| (1..=most).contains(value))
            .and_then(|value| usize::try_from(value).ok())
            .ok_or(Fault::Damaged("a predictor is malformed"))
    };
    match number(b"Predictor", 1, 15)? {
        1 => return Ok(bytes),
        10..=15 => {}
        _ => return Err(Fault::Unsupported("a stream has a predictor of TIFF")),
    }
    let bits = number(b"Colors", 1, 32)?.saturating_mul(number(b"BitsPerComponent", 8, 16)?);
    let row = bits.saturating_mul(number(b"Columns", 1, 1 << 20)?).div_ceil(8);
    let row = row.min(bytes.len()).max(1);
    let pixel = bits.div_ceil(8).max(1);
    let (mut above, mut current) = (vec![0_u8; row], vec![0_u8; row]);
    let mut out = Vec::with_capacity(bytes.len());
    for line in bytes.chunks(row + 1) {
        let Some((kind, line)) = line.split_first() else { break };
        current.fill(0);
        for (index, byte) in line.iter().enumerate() {
            let at = |row: &[u8], back: usize| {
                index.checked_sub(back).and_then(|i| row.get(i)).copied().unwrap_or(0)
            };
            let (left, up, corner) = (at(&current, pixel), at(&above, 0), at(&above, pixel));
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => left.midpoint(up),
                4 => paeth(left, up, corner),
                _ => return Err(Fault::Damaged("a predictor is malformed")),
            };
            if let Some(slot) = current.get_mut(index) {
                *slot = byte.wrapping_add(guess);
            }
        }
        out.extend_from_slice(current.get(..line.len()).unwrap_or_default());
        std::mem::swap(&mut above, &mut current);
    }
    Ok(out)
}

/// PNG, section 9.4.
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let estimate = a + b - c;
    let (to_a, to_b, to_c) = ((estimate - a).abs(), (estimate - b).abs(), (estimate - c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        up
    } else {
        corner
    }
}
