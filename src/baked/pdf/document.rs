//! The file structure of PDF (ISO 32000-2, section 7.5): cross-reference tables and streams, object
//! streams, objects by number. Objects are read when they are asked for, and their number is bounded.

use super::super::Limits;
use super::filter;
use super::lexer::{Lexer, Value};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Cross-reference sections: one for each time the file was changed.
const MAX_SECTIONS: usize = 256;
const MAX_ENTRIES: usize = 400_000;
const MAX_REFERENCES: usize = 16;
/// The end of the file is looked for in its last bytes.
const TAIL: usize = 2_048;

/// Why something cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Damaged(&'static str),
    Unsupported(&'static str),
    TooMuch(&'static str),
}

/// Where an object stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    Free,
    At(usize),
    Within { stream: u32, index: usize },
}

/// A document whose cross-reference was read.
pub(super) struct Document<'a> {
    bytes: &'a [u8],
    places: HashMap<u32, Place>,
    root: Value,
    /// Objects that may still be read, and bytes that may still be inflated.
    left: Cell<usize>,
    to_inflate: usize,
    max_stream: usize,
    object_streams: HashMap<u32, Rc<ObjectStream>>,
}

struct ObjectStream {
    bytes: Vec<u8>,
    offsets: Vec<(u32, usize)>,
}

const NO_TABLE: Fault = Fault::Damaged("its cross-reference table cannot be read");

impl<'a> Document<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Fault> {
        let mut document = Self {
            bytes,
            places: HashMap::new(),
            root: Value::Null,
            left: Cell::new(limits.max_parts.saturating_mul(16)),
            to_inflate: limits.max_inflated_bytes,
            max_stream: limits.max_inflated_bytes,
            object_streams: HashMap::new(),
        };
        document.read_sections()?;
        Ok(document)
    }

    pub(super) fn may_inflate(&self) -> bool {
        self.to_inflate > 0
    }

    fn lexer<'b>(bytes: &'b [u8], at: usize, left: &'b Cell<usize>) -> Lexer<'b> {
        Lexer::new(bytes, at, left)
    }

    fn read_sections(&mut self) -> Result<(), Fault> {
        let tail = self.bytes.len().saturating_sub(TAIL);
        let end = self.bytes.get(tail..).unwrap_or_default();
        let mark = end.windows(9).rposition(|window| window == b"startxref").ok_or(NO_TABLE)?;
        let first = Self::lexer(self.bytes, tail + mark + 9, &self.left).unsigned();
        let mut ahead = Some(offset(first)?);
        let mut seen = HashSet::new();
        while let Some(at) = ahead.take() {
            if !seen.insert(at) {
                break;
            }
            if seen.len() > MAX_SECTIONS {
                return Err(Fault::TooMuch("cross-reference tables"));
            }
            let trailer = self.section(at)?;
            if trailer.get(b"Encrypt").is_some() {
                return Err(Fault::Unsupported("it is encrypted"));
            }
            if self.root == Value::Null {
                self.root = trailer.get(b"Root").cloned().unwrap_or(Value::Null);
            }
            if let Some(at) = trailer.get(b"Prev").and_then(Value::integer) {
                ahead = Some(offset(u64::try_from(at).ok())?);
            }
        }
        Ok(())
    }

    /// One section; what a newer one said of an object stays. Returns its trailer.
    fn section(&mut self, at: usize) -> Result<Value, Fault> {
        let bytes = self.bytes;
        let mut lexer = Self::lexer(bytes, at, &self.left);
        if !lexer.keyword(b"xref") {
            return self.section_stream(at);
        }
        let mut found = Vec::new();
        while !lexer.keyword(b"trailer") {
            let first = lexer.unsigned().ok_or(NO_TABLE)?;
            let count = lexer.unsigned().ok_or(NO_TABLE)?;
            for index in 0..count {
                let place = offset(lexer.unsigned())?;
                lexer.unsigned().ok_or(NO_TABLE)?;
                let place = if lexer.keyword(b"n") {
                    Place::At(place)
                } else if lexer.keyword(b"f") {
                    Place::Free
                } else {
                    return Err(NO_TABLE);
                };
                found.push((first.saturating_add(index), place));
                if found.len() > MAX_ENTRIES {
                    return Err(Fault::TooMuch("objects"));
                }
            }
        }
        let trailer = lexer.value()?;
        // A table for older readers calls free what stands in the stream beside it (7.5.8.4).
        if let Some(at) = trailer.get(b"XRefStm").and_then(Value::integer) {
            self.section_stream(offset(u64::try_from(at).ok())?)?;
        }
        self.take(found)?;
        Ok(trailer)
    }

    fn take(&mut self, found: Vec<(u64, Place)>) -> Result<(), Fault> {
        for (number, place) in found {
            let number = u32::try_from(number).map_err(|_| NO_TABLE)?;
            self.places.entry(number).or_insert(place);
        }
        if self.places.len() > MAX_ENTRIES {
            return Err(Fault::TooMuch("objects"));
        }
        Ok(())
    }

    /// A cross-reference stream (7.5.8).
    fn section_stream(&mut self, at: usize) -> Result<Value, Fault> {
        let (dictionary, data) = self.stream_at(at, None)?;
        if dictionary.get(b"Type").and_then(Value::name) != Some(b"XRef") {
            return Err(NO_TABLE);
        }
        let data = self.undo(&dictionary, data, self.max_stream)?;
        let widths = match dictionary.get(b"W") {
            Some(Value::Array(widths)) if widths.len() == 3 => widths,
            _ => return Err(NO_TABLE),
        };
        let mut width = [0_usize; 3];
        for (slot, value) in width.iter_mut().zip(widths) {
            let value = value.integer().filter(|value| (0..=8).contains(value)).ok_or(NO_TABLE)?;
            *slot = usize::try_from(value).map_err(|_| NO_TABLE)?;
        }
        let row: usize = width.iter().sum();
        if row == 0 {
            return Err(NO_TABLE);
        }
        let size = dictionary.get(b"Size").and_then(Value::integer).unwrap_or(0);
        let index = match dictionary.get(b"Index") {
            Some(Value::Array(pairs)) => pairs.clone(),
            _ => vec![Value::Integer(0), Value::Integer(size)],
        };
        let mut rows = data.chunks_exact(row);
        let mut found = Vec::new();
        for pair in index.chunks_exact(2) {
            let of = |value: Option<&Value>| {
                value.and_then(Value::integer).and_then(|n| u64::try_from(n).ok()).ok_or(NO_TABLE)
            };
            let (first, count) = (of(pair.first())?, of(pair.get(1))?);
            for number in 0..count {
                let Some(fields) = rows.next() else { break };
                if found.len() >= MAX_ENTRIES {
                    return Err(Fault::TooMuch("objects"));
                }
                let mut at = 0;
                let mut next = |width: usize| {
                    let field = fields.get(at..at + width).unwrap_or_default();
                    at += width;
                    field.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
                };
                let kind = if width[0] == 0 { 1 } else { next(width[0]) };
                let (second, third) = (next(width[1]), next(width[2]));
                let place = match kind {
                    0 => Place::Free,
                    1 => Place::At(offset(Some(second))?),
                    2 => Place::Within {
                        stream: u32::try_from(second).map_err(|_| NO_TABLE)?,
                        index: offset(Some(third))?,
                    },
                    // Types to come are as if absent.
                    _ => continue,
                };
                found.push((first.saturating_add(number), place));
            }
        }
        self.take(found)?;
        Ok(dictionary)
    }

    /// The root of the document's objects.
    pub(super) fn catalog(&mut self) -> Result<Value, Fault> {
        let root = self.root.clone();
        let catalog = self.resolve(&root)?;
        if matches!(catalog, Value::Dictionary(_)) {
            Ok(catalog)
        } else {
            Err(Fault::Damaged("it has no catalog"))
        }
    }

    /// The object that a reference stands for; other values stand for themselves.
    pub(super) fn resolve(&mut self, value: &Value) -> Result<Value, Fault> {
        self.resolved(value, 0)
    }

    fn resolved(&mut self, value: &Value, passed: usize) -> Result<Value, Fault> {
        let Value::Reference(number, _) = value else { return Ok(value.clone()) };
        if passed > MAX_REFERENCES {
            return Err(Fault::TooMuch("references"));
        }
        let value = match self.places.get(number).copied() {
            None | Some(Place::Free) => return Ok(Value::Null),
            Some(Place::At(at)) => self.object_at(at, *number)?.0,
            Some(Place::Within { stream, index }) => {
                self.object_within(stream, index, *number, passed)?
            }
        };
        self.resolved(&value, passed + 1)
    }

    /// `N G obj` and its value; where it ends.
    fn object_at(&self, at: usize, number: u32) -> Result<(Value, usize), Fault> {
        let mut lexer = Self::lexer(self.bytes, at, &self.left);
        let stated = lexer.unsigned();
        if stated != Some(u64::from(number)) || lexer.unsigned().is_none() || !lexer.keyword(b"obj")
        {
            return Err(Fault::Damaged("an object is not where the table says"));
        }
        let value = lexer.value()?;
        Ok((value, lexer.at))
    }

    fn object_within(
        &mut self,
        stream: u32,
        index: usize,
        number: u32,
        passed: usize,
    ) -> Result<Value, Fault> {
        let known = match self.object_streams.get(&stream) {
            Some(known) => Rc::clone(known),
            None => {
                let read = Rc::new(self.object_stream(stream, passed)?);
                self.object_streams.insert(stream, Rc::clone(&read));
                read
            }
        };
        match known.offsets.get(index) {
            Some((stated, at)) if *stated == number => {
                Self::lexer(&known.bytes, *at, &self.left).value()
            }
            _ => Err(Fault::Damaged("an object is not where the table says")),
        }
    }

    /// An object stream (7.5.7).
    fn object_stream(&mut self, number: u32, passed: usize) -> Result<ObjectStream, Fault> {
        if passed > MAX_REFERENCES {
            return Err(Fault::TooMuch("references"));
        }
        let Some(Place::At(at)) = self.places.get(&number).copied() else {
            return Err(Fault::Damaged("an object stream is missing"));
        };
        let (dictionary, data) = self.stream_at(at, Some(number))?;
        let bytes = self.undo(&dictionary, data, self.max_stream)?;
        let malformed = Fault::Damaged("an object stream is malformed");
        let of = |name: &[u8]| {
            let value = dictionary.get(name).and_then(Value::integer);
            value.and_then(|value| usize::try_from(value).ok()).ok_or(malformed)
        };
        let (count, first) = (of(b"N")?, of(b"First")?);
        if count > MAX_ENTRIES {
            return Err(Fault::TooMuch("objects"));
        }
        let mut lexer = Self::lexer(&bytes, 0, &self.left);
        let mut offsets = Vec::new();
        for _ in 0..count {
            let (number, at) = (lexer.unsigned(), lexer.unsigned());
            let number = number.and_then(|n| u32::try_from(n).ok()).ok_or(malformed)?;
            offsets.push((number, first.saturating_add(offset(at)?)));
        }
        Ok(ObjectStream { bytes, offsets })
    }

    /// The content of a stream, its filters undone; at most `max` bytes.
    pub(super) fn stream(
        &mut self,
        number: u32,
        _generation: u32,
        max: usize,
    ) -> Result<Vec<u8>, Fault> {
        match self.places.get(&number).copied() {
            Some(Place::At(at)) => {
                let (dictionary, data) = self.stream_at(at, Some(number))?;
                self.undo(&dictionary, data, max)
            }
            _ => Err(Fault::Damaged("an attachment is missing")),
        }
    }

    /// The dictionary and the data of the stream object at this place.
    fn stream_at(&mut self, at: usize, number: Option<u32>) -> Result<(Value, &'a [u8]), Fault> {
        let malformed = Fault::Damaged("a stream is malformed");
        let number = match number {
            Some(number) => number,
            None => Self::lexer(self.bytes, at, &self.left)
                .unsigned()
                .and_then(|number| u32::try_from(number).ok())
                .ok_or(NO_TABLE)?,
        };
        let (dictionary, end) = self.object_at(at, number)?;
        let mut lexer = Self::lexer(self.bytes, end, &self.left);
        if !lexer.keyword(b"stream") {
            return Err(malformed);
        }
        let skip = match lexer.rest() {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        let start = lexer.at + skip;
        // Another file than this one: such a stream has no data here (7.11.5).
        if matches!(dictionary.get(b"F"), Some(Value::Text | Value::Dictionary(_))) {
            return Err(Fault::Unsupported("a stream stands in another file"));
        }
        let length = dictionary.get(b"Length").cloned().unwrap_or(Value::Null);
        let length = match length {
            Value::Reference(length, _) => match self.places.get(&length).copied() {
                Some(Place::At(at)) => self.object_at(at, length)?.0,
                Some(Place::Within { .. }) => self.resolve(&Value::Reference(length, 0))?,
                _ => Value::Null,
            },
            direct => direct,
        };
        let length = length.integer().and_then(|length| usize::try_from(length).ok());
        let stop = start.checked_add(length.ok_or(malformed)?).ok_or(malformed)?;
        let data = self.bytes.get(start..stop).ok_or(malformed)?;
        let mut lexer = Self::lexer(self.bytes, stop, &self.left);
        if !lexer.keyword(b"endstream") {
            return Err(malformed);
        }
        Ok((dictionary, data))
    }

    fn undo(&mut self, dictionary: &Value, data: &[u8], max: usize) -> Result<Vec<u8>, Fault> {
        let left = &mut self.to_inflate;
        let max = max.min(*left);
        let mut spent = |bytes: usize| *left = left.saturating_sub(bytes);
        filter::undo(dictionary, data, max, &mut spent)
    }
}

fn offset(number: Option<u64>) -> Result<usize, Fault> {
    number.and_then(|number| usize::try_from(number).ok()).ok_or(NO_TABLE)
}
