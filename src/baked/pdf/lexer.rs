//! The objects of PDF (ISO 32000-2, section 7.3) from bytes. Depth and number are bounded; strings
//! are not decoded, because none is needed.

use super::document::Fault;

const MAX_DEPTH: usize = 48;

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Boolean,
    Integer(i64),
    Real,
    Text,
    Name(Vec<u8>),
    Array(Vec<Value>),
    Dictionary(Vec<(Vec<u8>, Value)>),
    Reference(u32, u32),
}

impl Value {
    /// A member of a dictionary.
    pub(super) fn get(&self, name: &[u8]) -> Option<&Value> {
        let Self::Dictionary(members) = self else { return None };
        members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub(super) fn integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }
}

/// Reads objects one after the other.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// Objects that may still be read.
    left: &'a std::cell::Cell<usize>,
}

/// So many bytes count as one object more.
const BYTES_OF_AN_OBJECT: usize = 64;
const DAMAGED: Fault = Fault::Damaged("an object is malformed");

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, left: &'a std::cell::Cell<usize>) -> Self {
        Self { bytes, at, left }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn skip_space(&mut self) {
        let start = self.at;
        self.pass_space();
        self.charge(start);
    }

    /// The same object may be asked for often, so that bytes passed over count as well.
    fn charge(&self, start: usize) {
        let passed = self.at.saturating_sub(start) / BYTES_OF_AN_OBJECT;
        self.left.set(self.left.get().saturating_sub(passed));
    }

    fn pass_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Passes over a keyword, if it comes next.
    pub(super) fn keyword(&mut self, word: &[u8]) -> bool {
        self.skip_space();
        let follows = self.rest().starts_with(word)
            && self
                .bytes
                .get(self.at + word.len())
                .is_none_or(|byte| is_space(*byte) || is_delimiter(*byte));
        if follows {
            self.at += word.len();
        }
        follows
    }

    /// A number without sign and fraction.
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        self.skip_space();
        let digits = self.rest().iter().take(20).take_while(|b| b.is_ascii_digit()).count();
        let text = std::str::from_utf8(self.rest().get(..digits)?).ok()?;
        let number = text.parse().ok()?;
        self.at += digits;
        Some(number)
    }

    pub(super) fn value(&mut self) -> Result<Value, Fault> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Result<Value, Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::TooMuch("nesting"));
        }
        let left = self.left.get().checked_sub(1).ok_or(Fault::TooMuch("objects"))?;
        self.left.set(left);
        self.skip_space();
        let start = self.at;
        match self.peek().ok_or(DAMAGED)? {
            b'/' => self.name().map(Value::Name),
            b'(' => {
                let text = self.literal();
                self.charge(start);
                text
            }
            b'<' if self.rest().starts_with(b"<<") => self.dictionary(depth),
            b'<' => {
                let length = self.rest().iter().position(|b| *b == b'>').ok_or(DAMAGED)?;
                self.at += length + 1;
                self.charge(start);
                Ok(Value::Text)
            }
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.skip_space();
                    if self.peek() == Some(b']') {
                        self.at += 1;
                        return Ok(Value::Array(items));
                    }
                    items.push(self.nested(depth + 1)?);
                }
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => Ok(self.number()),
            _ if self.keyword(b"null") => Ok(Value::Null),
            _ if self.keyword(b"true") || self.keyword(b"false") => Ok(Value::Boolean),
            _ => Err(DAMAGED),
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Value, Fault> {
        self.at += 2;
        let mut members = Vec::new();
        loop {
            self.skip_space();
            if self.rest().starts_with(b">>") {
                self.at += 2;
                return Ok(Value::Dictionary(members));
            }
            if self.peek() != Some(b'/') {
                return Err(DAMAGED);
            }
            let name = self.name()?;
            members.push((name, self.nested(depth + 1)?));
        }
    }

    fn name(&mut self) -> Result<Vec<u8>, Fault> {
        let start = self.at;
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|b| !is_space(*b) && !is_delimiter(*b)) {
            self.at += 1;
            if byte == b'#' {
                let hex = self.rest().get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
                let value = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).ok_or(DAMAGED)?;
                name.push(value);
                self.at += 2;
            } else {
                name.push(byte);
            }
        }
        self.charge(start);
        Ok(name)
    }

    fn literal(&mut self) -> Result<Value, Fault> {
        let mut open = 0_usize;
        loop {
            let byte = self.peek().ok_or(DAMAGED)?;
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' => {
                    open = open.saturating_sub(1);
                    if open == 0 {
                        return Ok(Value::Text);
                    }
                }
                _ => {}
            }
        }
    }

    /// An integer, a real, or two integers and an `R`: a reference.
    fn number(&mut self) -> Value {
        let length = self
            .rest()
            .iter()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.'))
            .count();
        let text = self.rest().get(..length).unwrap_or_default();
        let start = self.at;
        self.at += length;
        self.charge(start);
        let number: Option<i64> = std::str::from_utf8(text).ok().and_then(|t| t.parse().ok());
        let Some(number) = number else { return Value::Real };
        let behind = self.at;
        if text.iter().all(u8::is_ascii_digit)
            && let Ok(object) = u32::try_from(number)
            && let Some(generation) = self.unsigned().and_then(|g| u32::try_from(g).ok())
            && self.keyword(b"R")
        {
            return Value::Reference(object, generation);
        }
        self.at = behind;
        Value::Integer(number)
    }
}
