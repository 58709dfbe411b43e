//! A batch as a table: rows of CSV (RFC 4180; comma, semicolon or tab, as the first line has it), as
//! spreadsheets write them, with the line on which each row begins. Deliberately no meaning: what a
//! column leads to is `columns`.

use crate::model::{BatchFault, FieldError, TableFault};

/// A row and the line of the file on which it begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub line: u32,
    pub cells: Vec<String>,
}

/// The rows of a file that are not empty, the head included.
pub(super) fn rows(bytes: &[u8], most: usize) -> Result<Vec<Row>, FieldError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        FieldError::at(format!("/{line}"), BatchFault::Encoding)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { line: 1, row: Row { line: 1, cells: Vec::new() }, rows: Vec::new() };
    reader.read(text, separator(text), most)?;
    Ok(reader.rows)
}

fn separator(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    let best = [',', ';', '\t'].into_iter().max_by_key(|separator| count(*separator));
    best.filter(|separator| count(*separator) > 0).unwrap_or(',')
}

struct Reader {
    line: u32,
    row: Row,
    rows: Vec<Row>,
}

impl Reader {
    fn read(&mut self, text: &str, separator: char, most: usize) -> Result<(), FieldError> {
        let (mut cell, mut quoted, mut closed) = (String::new(), false, false);
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' if quoted => (quoted, closed) = (false, true),
                '\r' if letters.peek() == Some(&'\n') => {}
                '\n' | '\r' if quoted => {
                    self.line = self.line.saturating_add(1);
                    cell.push('\n');
                }
                _ if quoted => cell.push(letter),
                '"' if cell.trim().is_empty() && !closed => {
                    cell.clear();
                    quoted = true;
                }
                '\n' | '\r' => {
                    self.end(std::mem::take(&mut cell), most)?;
                    closed = false;
                }
                _ if letter == separator => {
                    self.row.cells.push(std::mem::take(&mut cell));
                    closed = false;
                }
                ' ' if closed => {}
                _ if closed || letter == '"' => return Err(self.misquoted()),
                _ => cell.push(letter),
            }
        }
        if quoted {
            return Err(self.misquoted());
        }
        self.end(cell, most)
    }

    fn end(&mut self, last: String, most: usize) -> Result<(), FieldError> {
        self.row.cells.push(last);
        self.line = self.line.saturating_add(1);
        let next = Row { line: self.line, cells: Vec::new() };
        let row = std::mem::replace(&mut self.row, next);
        if row.cells.iter().any(|cell| !cell.trim().is_empty()) {
            if self.rows.len() > most {
                return Err(FieldError::at("", TableFault::TooManyRows { most }));
            }
            self.rows.push(row);
        }
        Ok(())
    }

    fn misquoted(&self) -> FieldError {
        let row = usize::try_from(self.row.line).unwrap_or(usize::MAX);
        let column = self.row.cells.len() + 1;
        FieldError::at(format!("/{row}/{column}"), TableFault::Quotation { row, column })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_write_is_read_with_its_lines() {
        let text = "\u{feff}a;b\r\n\"x; \"\"y\"\"\nz\";\r\n\r\n;;\r\n;2";
        let rows = rows(text.as_bytes(), 3).expect("rows");
        let lines: Vec<u32> = rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [1, 2, 6]);
        assert_eq!(rows[1].cells, ["x; \"y\"\nz", ""]);
        assert_eq!(rows[2].cells, ["", "2"]);
        assert!(super::rows(b"", 1).expect("rows").is_empty());
    }

    #[test]
    fn another_shape_is_refused_with_its_place() {
        for (text, pointer, code) in [
            ("a\n\"b", "/2/1", "quotation"),
            ("a,b\n1,b\"c", "/2/2", "quotation"),
            ("\"a\"b", "/1/1", "quotation"),
            ("a\nb\nc\n", "", "too-many"),
        ] {
            let fault = rows(text.as_bytes(), 1).expect_err(text);
            assert_eq!((fault.pointer.as_str(), fault.code), (pointer, code), "{text:?}");
        }
        let latin = rows(b"naam\nJoz\xe9\n", 9).expect_err("Latin-1");
        assert_eq!((latin.pointer.as_str(), latin.code), ("/2", "encoding"));
    }
}
