//! The file of a batch, read whole before anything waits: lines of JSON or a table, every fault with
//! its line, keys and certificate numbers unique. And the pieces in which it waits.
//!
//! What an award says is not judged here; the desk does that (`Desk::judge`).

use super::columns::Columns;
use super::item::Item;
use super::table;
use crate::model::{BatchFault, FieldError, ShapeFault, TableFault};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// So many faults of a file are told.
pub const MOST_FAULTS: usize = 100;
/// A piece holds so many items, and so many bytes before its last.
const PIECE_ITEMS: usize = 256;
const PIECE_BYTES: usize = 512 * 1_024;

/// How a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// An award as a JSON object on each line.
    Lines,
    /// A table; by the name of a column: the member that it leads to.
    Table(BTreeMap<String, String>),
}

/// What a batch holds.
#[derive(Clone)]
pub struct Input {
    /// The awards, in the order of the file.
    pub items: Vec<Item>,
    /// Of a table: by member, what its column is called where that is something else.
    pub columns: Option<BTreeMap<String, String>>,
}

impl fmt::Debug for Input {
    // Awards are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Input({} items)", self.items.len())
    }
}

impl Input {
    /// Reads a file of at most `most` items. `definition` goes to awards that name none. Faults have
    /// the line in their pointers; at most [`MOST_FAULTS`] are told.
    pub fn read(
        bytes: &[u8],
        format: &Format,
        definition: Option<&str>,
        most: usize,
    ) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let mut input = match format {
            Format::Lines => Self { items: lines(bytes, most, &mut faults), columns: None },
            Format::Table(led) => rows(bytes, led, most, &mut faults),
        };
        if input.items.is_empty() && faults.is_empty() {
            faults.push(FieldError::at("", ShapeFault::NoItems));
        }
        unique(&input.items, &mut faults);
        if !faults.is_empty() {
            faults.truncate(MOST_FAULTS);
            return Err(faults);
        }
        if let Some(definition) = definition {
            for item in &mut input.items {
                if let Value::Object(award) = &mut item.award {
                    award.entry("definition").or_insert_with(|| definition.into());
                }
            }
        }
        Ok(input)
    }

    /// Where a fault of an item stands in the file.
    pub fn place(&self, line: u32, pointer: &str) -> String {
        match &self.columns {
            None => format!("/{line}{pointer}"),
            Some(names) => {
                let path = super::columns::path_of(pointer);
                let name = names.get(&path).map_or(path.as_str(), String::as_str);
                format!("/{line}/{}", name.replace('~', "~0").replace('/', "~1"))
            }
        }
    }

    /// The pieces in which it waits, each with how many items it holds.
    pub fn pieces(&self) -> Vec<Vec<u8>> {
        let mut pieces = Vec::new();
        let (mut piece, mut held) = (Vec::new(), 0);
        for item in &self.items {
            serde_json::to_writer(&mut piece, item).expect("an item of JSON values is JSON");
            piece.push(b'\n');
            held += 1;
            if held >= PIECE_ITEMS || piece.len() >= PIECE_BYTES {
                pieces.push(std::mem::take(&mut piece));
                held = 0;
            }
        }
        if !piece.is_empty() {
            pieces.push(piece);
        }
        pieces
    }

    /// The items of a piece; `None` when it is not one.
    pub fn of_piece(piece: &[u8]) -> Option<Vec<Item>> {
        let lines = piece.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines.map(|line| serde_json::from_slice(line).ok()).collect()
    }
}

fn lines(bytes: &[u8], most: usize, faults: &mut Vec<FieldError>) -> Vec<Item> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut items = Vec::new();
    for (place, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        if items.len() >= most {
            faults.push(FieldError::at("", ShapeFault::TooManyItems { most }));
            break;
        }
        if std::str::from_utf8(line).is_err() {
            faults.push(FieldError::at(format!("/{number}"), BatchFault::Encoding));
        } else {
            items.extend(Item::read(line, number, faults));
        }
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    items
}

fn rows(
    bytes: &[u8],
    led: &BTreeMap<String, String>,
    most: usize,
    faults: &mut Vec<FieldError>,
) -> Input {
    let empty = Input { items: Vec::new(), columns: Some(BTreeMap::new()) };
    let rows = match table::rows(bytes, most) {
        Ok(rows) => rows,
        Err(fault) => {
            faults.push(fault);
            return empty;
        }
    };
    let mut rows = rows.iter();
    let Some(head) = rows.next() else {
        faults.push(FieldError::at("", TableFault::HeadMissing));
        return empty;
    };
    let Some(columns) = Columns::read(head, led, faults) else { return empty };
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let members = columns.award(row, faults);
        items.extend(Item::of(members, row.line, faults));
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    Input { items, columns: Some(columns.names) }
}

/// Keys and certificate numbers stand in a batch once.
fn unique(items: &[Item], faults: &mut Vec<FieldError>) {
    let mut keys = HashMap::with_capacity(items.len());
    let mut numbers = HashMap::with_capacity(items.len());
    let whole = |line: u32| usize::try_from(line).unwrap_or(usize::MAX);
    for item in items {
        let line = whole(item.line);
        if let Some(first) = keys.insert(item.key.as_str(), item.line) {
            let fault = BatchFault::ItemKeyRepeated { first: whole(first), line };
            faults.push(FieldError::at(format!("/{line}/itemKey"), fault));
        }
        if let Some(number) = item.number()
            && let Some(first) = numbers.insert(number, item.line)
        {
            let fault = BatchFault::NumberRepeated { first: whole(first), line };
            faults.push(FieldError::at(format!("/{line}/certificateNumber"), fault));
        }
        if faults.len() >= MOST_FAULTS {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8], format: &Format, most: usize) -> Vec<(String, &'static str)> {
        let faults = Input::read(bytes, format, None, most).expect_err("it is refused");
        faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn lines_are_read_whole_or_refused_with_every_fault() {
        let text = "\u{feff}{\"itemKey\":\"a\",\"grade\":\"1\"}\r\n\n{\"notify\":false}\n";
        let input = Input::read(text.as_bytes(), &Format::Lines, Some("x/y/1"), 9).expect("items");
        let keys: Vec<_> = input.items.iter().map(|item| (item.key.as_str(), item.line)).collect();
        assert_eq!(keys, [("a", 1), ("3", 3)]);
        assert_eq!(input.items[0].award, serde_json::json!({"grade": "1", "definition": "x/y/1"}));
        assert_eq!(input.items[1].notify, Some(false));
        let text = b"{\"itemKey\":\"k\"}\n[]\n{\"a\":1,\"a\":2}\n{\"itemKey\":\"\"}\n\xff\n{\"itemKey\":\"k\"}\n{\"n\":";
        assert_eq!(
            refused(text, &Format::Lines, 9),
            [
                ("/2".to_owned(), "type"),
                ("/3/a".to_owned(), "duplicate-member"),
                ("/4/itemKey".to_owned(), "key-format"),
                ("/5".to_owned(), "encoding"),
                ("/7".to_owned(), "broken-json"),
                ("/6/itemKey".to_owned(), "duplicate-key"),
            ]
        );
        assert_eq!(refused(b"\n \n", &Format::Lines, 9), [(String::new(), "no-items")]);
        assert_eq!(refused(b"{}\n{}\n{}", &Format::Lines, 2)[0].1, "too-many-items");
        let twice = b"{\"certificateNumber\":\"N1\"}\n{\"certificateNumber\":\" N1\"}";
        assert_eq!(
            refused(twice, &Format::Lines, 9),
            [("/2/certificateNumber".to_owned(), "duplicate-number")]
        );
        let many = "[]\n".repeat(500);
        assert_eq!(refused(many.as_bytes(), &Format::Lines, 999).len(), MOST_FAULTS);
    }

    #[test]
    fn a_table_is_read_with_its_lines_and_waits_in_pieces() {
        let mut text = "itemKey,certificateNumber,Naam\n".to_owned();
        for number in 0..600 {
            text += &format!("k{number},N{number},\"Voornaam\nFamilienaam\"\n");
        }
        let led = BTreeMap::from([("Naam".to_owned(), "learner.name".to_owned())]);
        let format = Format::Table(led);
        let input = Input::read(text.as_bytes(), &format, None, 600).expect("items");
        assert_eq!((input.items[0].line, input.items[599].line), (2, 1_200));
        assert_eq!(input.place(7, "/learner/name"), "/7/Naam");
        assert_eq!(input.place(7, "/activity/end"), "/7/activity.end");
        let pieces = input.pieces();
        assert_eq!(pieces.len(), 3);
        let again: Vec<Item> =
            pieces.iter().flat_map(|piece| Input::of_piece(piece).expect("items")).collect();
        assert_eq!(again.len(), 600);
        assert!(again.iter().zip(&input.items).all(|(a, b)| a.key == b.key && a.award == b.award));
        assert!(Input::of_piece(b"{}").is_none());
        assert_eq!(refused(text.as_bytes(), &format, 599)[0].1, "too-many");
        assert_eq!(refused(b"", &format, 9), [(String::new(), "columns-required")]);
        let head = b"itemKey,what\n";
        assert_eq!(refused(head, &format, 9), [("/1/2".to_owned(), "unknown-column")]);
    }
}
