//! The items of a batch, as slices of its body: a certificate reaches the examiner byte for byte as
//! it was sent, and no item is copied before its turn.
//!
//! A body that is an array must be JSON as a whole; of a body of lines each stands for itself, so
//! that one broken line is one refused item. Nothing is judged here but the shape.

use crate::http::problem::{Fault, Kind};
use crate::model::{FieldError, ShapeFault};
use crate::texts::ProblemDetail;
use actix_web::web::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::IgnoredAny;
use std::ops::Range;

/// So many items a batch holds at most.
pub const MOST_ITEMS: usize = 1_000;
const MOST_ID: usize = 200;
/// The longest e-mail address (RFC 5321, 4.5.3.1).
const MOST_RECIPIENT: usize = 320;

/// What is to be examined.
#[derive(Debug, PartialEq, Eq)]
pub enum Subject {
    /// These bytes.
    Bytes(Bytes),
    /// The certificate at this address of the installation.
    Own(String),
}

/// An item that can be taken.
#[derive(PartialEq, Eq)]
pub struct Item {
    /// What the client calls it.
    pub id: Option<String>,
    /// What is to be examined, or why it cannot be taken.
    pub subject: Result<Subject, &'static str>,
    /// The e-mail address of the holder, to be compared.
    pub recipient: Option<String>,
}

impl std::fmt::Debug for Item {
    // The recipient is personal data, and so is what is handed in.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Item").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Where the items stand in the body.
pub fn split(body: &Bytes) -> Result<Vec<Range<usize>>, Fault> {
    let start = body.iter().position(|byte| !is_space(*byte)).unwrap_or(body.len());
    let ranges = if body.get(start) == Some(&b'[') {
        if let Err(error) = serde_json::from_slice::<IgnoredAny>(body) {
            let offset = offset(body, &error).to_string();
            return Err(
                Fault::new(Kind::BrokenJson).detail(ProblemDetail::JsonSyntax { offset: &offset })
            );
        }
        let mut values = values(body, start);
        values.retain(|range| !range.is_empty());
        values
    } else {
        lines(body)
    };
    match ranges.len() {
        0 => Err(Fault::field(FieldError::at("", ShapeFault::NoItems))),
        1..=MOST_ITEMS => Ok(ranges),
        _ => Err(Fault::field(FieldError::at("", ShapeFault::TooManyItems { most: MOST_ITEMS }))),
    }
}

/// Where in the body the parser stopped.
fn offset(body: &[u8], error: &serde_json::Error) -> usize {
    let before: usize = body
        .split_inclusive(|byte| *byte == b'\n')
        .take(error.line().saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    before + error.column().saturating_sub(1)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn lines(body: &[u8]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for line in body.split(|byte| *byte == b'\n') {
        let end = start + line.len();
        if !line.iter().all(|byte| is_space(*byte)) {
            ranges.push(start..end);
        }
        start = end + 1;
        if ranges.len() > MOST_ITEMS {
            break;
        }
    }
    ranges
}

/// The places of the elements of an array, or of the names and values of an object, one after the
/// other, without the space around them. `text` is JSON and has the bracket at `open`.
fn values(text: &[u8], open: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let (mut start, mut end) = (None, open);
    for (at, byte) in text.iter().enumerate().skip(open) {
        let own = depth == 1 && !quoted;
        let mut part = true;
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
        } else {
            match byte {
                b'"' => quoted = true,
                b'[' | b'{' => {
                    part = depth > 0;
                    depth += 1;
                }
                b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    part = depth > 0;
                }
                _ => {}
            }
        }
        let parted = own && matches!(byte, b',' | b':');
        if parted || !part {
            if let Some(start) = start.take() {
                found.push(start..end);
            }
            if !part && depth == 0 {
                break;
            }
        } else if !(own && is_space(*byte)) {
            start.get_or_insert(at);
            end = at + 1;
        }
        if found.len() > MOST_ITEMS {
            break;
        }
    }
    found
}

impl Item {
    /// Reads one item. Whatever it is, it makes an item.
    pub fn read(body: &Bytes, range: Range<usize>) -> Self {
        let (mut id, mut recipient) = (None, None);
        let subject = subject(body, range, &mut id, &mut recipient);
        Self { id, subject, recipient }
    }
}

fn subject(
    body: &Bytes,
    range: Range<usize>,
    id: &mut Option<String>,
    recipient: &mut Option<String>,
) -> Result<Subject, &'static str> {
    let item = body.slice(range);
    let open = item.iter().position(|byte| !is_space(*byte)).unwrap_or(item.len());
    if serde_json::from_slice::<IgnoredAny>(&item).is_err() {
        return Err("The item is not JSON.");
    }
    if item.get(open) != Some(&b'{') {
        return Err("The item is not an object.");
    }
    let (mut subject, mut named) = (None, false);
    let mut problem = None;
    let members = values(&item, open);
    for pair in members.chunks(2) {
        let [name, value] = pair else { return Err("The item is not JSON.") };
        let value = item.slice(value.clone());
        let text = || serde_json::from_slice::<String>(&value).ok();
        let name: String = item
            .get(name.clone())
            .and_then(|name| serde_json::from_slice(name).ok())
            .ok_or("The item is not JSON.")?;
        let read = match name.as_str() {
            "id" if !named => {
                named = true;
                *id = text().filter(|text| text.chars().count() <= MOST_ID);
                if id.is_none() {
                    problem = Some("`id` must be a text of at most 200 characters.");
                }
                continue;
            }
            "recipient" if recipient.is_none() => {
                *recipient = text().filter(|text| (1..=MOST_RECIPIENT).contains(&text.len()));
                if recipient.is_none() {
                    problem = Some("`recipient` must be a text of 1 to 320 bytes.");
                }
                continue;
            }
            "credential" if value.first() == Some(&b'{') => Ok(Subject::Bytes(value.clone())),
            "credential" => text()
                .map(|text| Subject::Bytes(text.into_bytes().into()))
                .ok_or("`credential` must be an object or a text."),
            "file" => text()
                .and_then(|text| STANDARD.decode(text).ok())
                .map(|bytes| Subject::Bytes(bytes.into()))
                .ok_or("`file` must be the bytes of a file in base64."),
            "url" => text().map(Subject::Own).ok_or("`url` must be a text."),
            "id" | "recipient" => Err("A member stands there twice."),
            _ => Err("Known members are `id`, `credential`, `file`, `url` and `recipient`."),
        };
        match read {
            Ok(_) if subject.is_some() => {
                problem = Some("Give one of `credential`, `file` and `url`, once.");
            }
            Ok(read) => subject = Some(read),
            Err(what) => problem = Some(what),
        }
    }
    match (problem, subject) {
        (Some(problem), _) => Err(problem),
        (None, Some(subject)) => Ok(subject),
        (None, None) => Err("Give one of `credential`, `file` and `url`."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Item {
        let body = Bytes::copy_from_slice(text.as_bytes());
        Item::read(&body, 0..body.len())
    }

    fn taken(text: &str) -> Vec<String> {
        let body = Bytes::copy_from_slice(text.as_bytes());
        let ranges = split(&body).expect("items");
        ranges.into_iter().map(|range| text.get(range).expect("whole").to_owned()).collect()
    }

    #[test]
    fn items_are_found_where_they_stand() {
        assert_eq!(
            taken(" [ {\"a\": [1, \"]},\\\"\"]} , 2,\"x\" ]"),
            ["{\"a\": [1, \"]},\\\"\"]}", "2", "\"x\""]
        );
        assert_eq!(taken("[[[]],{}]"), ["[[]]", "{}"]);
        assert_eq!(taken("{\"a\":1}\n\n broken\r\n"), ["{\"a\":1}", " broken\r"]);
    }

    #[test]
    fn an_empty_batch_and_one_that_is_too_long_are_refused() {
        for text in ["", " \n \n", "[]", "[ ]"] {
            let fault = split(&Bytes::from_static(text.as_bytes())).expect_err(text);
            assert_eq!(fault.errors[0].code, "no-items", "{text:?}");
        }
        for text in ["1\n".repeat(MOST_ITEMS + 1), format!("[{}1]", "1,".repeat(MOST_ITEMS))] {
            let fault = split(&Bytes::from(text)).expect_err("too many");
            assert_eq!(fault.errors[0].code, "too-many-items");
        }
        assert_eq!(taken(&format!("[{}1]", "1,".repeat(MOST_ITEMS - 1))).len(), MOST_ITEMS);
        assert!(split(&Bytes::from_static(b"[1,")).is_err());
        assert!(split(&Bytes::from("[".repeat(100_000))).is_err());
    }

    #[test]
    fn a_certificate_is_taken_byte_for_byte() {
        let item = read("{\"id\" : \"a\\u0062\",\"credential\": {\"b\":1.0 , \"b\":\"\\u0041\"} }");
        assert_eq!(item.id.as_deref(), Some("ab"));
        let bytes = Bytes::from_static(b"{\"b\":1.0 , \"b\":\"\\u0041\"}");
        assert_eq!(item.subject, Ok(Subject::Bytes(bytes)));
        let item = read("{\"credential\":\"a.b.c\"}");
        assert_eq!(item.subject, Ok(Subject::Bytes(Bytes::from_static(b"a.b.c"))));
        let item = read("{\"file\":\"aGk=\"}");
        assert_eq!(item.subject, Ok(Subject::Bytes(Bytes::from_static(b"hi"))));
        assert_eq!(
            read("{\"url\":\"https://x\"}").subject,
            Ok(Subject::Own("https://x".to_owned()))
        );
    }

    #[test]
    fn an_item_of_another_shape_is_refused_and_keeps_its_name() {
        for text in [
            "",
            "{",
            "null",
            "[]",
            "{}",
            "\"a\"",
            "{\"id\":1,\"credential\":{}}",
            "{\"id\":\"a\"}",
            "{\"id\":\"a\",\"id\":\"b\",\"url\":\"x\"}",
            "{\"url\":\"x\",\"url\":\"y\"}",
            "{\"url\":\"x\",\"credential\":{}}",
            "{\"credential\":[]}",
            "{\"credential\":null}",
            "{\"file\":\"%%\"}",
            "{\"url\":7}",
            "{\"credential\":{},\"x\":1}",
            "{\"credential\":{},\"recipient\":1}",
            "{\"credential\":{},\"recipient\":\"\"}",
            "{\"credential\":{},\"recipient\":\"a@b\",\"recipient\":\"a@b\"}",
            "{\"recipient\":\"a@b\"}",
            "{\"credential\":{}} {}",
            "{\"credential\":{\"a\":}}",
        ] {
            assert!(read(text).subject.is_err(), "{text}");
        }
        let item = read("{\"id\":\"mine\",\"credential\":[]}");
        assert_eq!((item.id.as_deref(), item.subject.is_err()), (Some("mine"), true));
        assert!(
            read(&format!("{{\"url\":\"x\",\"id\":\"{}\"}}", "i".repeat(201))).subject.is_err()
        );
    }
}
