//! Rows of CSV (RFC 4180; comma, semicolon or tab, as the first line has it), as spreadsheets write
//! them. Nothing is judged but the shape of the file.

/// The rows of a file, or the line and what is wrong with it.
pub(super) fn rows(text: &str, most: usize) -> Result<Vec<Vec<String>>, (usize, &'static str)> {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: char| first.matches(delimiter).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|d| count(*d)).unwrap_or(',');
    let delimiter = if count(delimiter) == 0 { ',' } else { delimiter };
    let mut rows = Vec::new();
    let (mut line, mut start) = (1_usize, 1_usize);
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut quoted, mut closed) = (false, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                cell.push('"');
                characters.next();
            }
            '"' if quoted => (quoted, closed) = (false, true),
            '\n' if quoted => {
                line += 1;
                cell.push('\n');
            }
            '\r' if quoted => {}
            _ if quoted => cell.push(character),
            '"' if cell.trim().is_empty() && !closed => {
                cell.clear();
                quoted = true;
            }
            '"' => return Err((line, "a quotation mark stands inside a cell without quotes")),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                cells.push(std::mem::take(&mut cell));
                closed = false;
                rows.push(std::mem::take(&mut cells));
                if rows.len() > most {
                    return Err((line, "there are too many rows"));
                }
                line += 1;
                start = line;
            }
            _ if character == delimiter => {
                cells.push(std::mem::take(&mut cell));
                closed = false;
            }
            ' ' if closed => {}
            _ if closed => return Err((line, "something stands after a closing quotation mark")),
            _ => cell.push(character),
        }
    }
    if quoted {
        return Err((start, "a quotation mark is not closed"));
    }
    if !cell.is_empty() || !cells.is_empty() || closed {
        cells.push(cell);
        rows.push(cells);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_write_is_read() {
        let text = "a;b\r\n\"x; \"\"y\"\"\nz\";\r\n;2";
        let cells = rows(text, 3).expect("rows");
        assert_eq!(cells, [["a", "b"], ["x; \"y\"\nz", ""], ["", "2"]]);
        assert_eq!(rows("one\ntwo\n", 2).expect("rows"), [["one"], ["two"]]);
        assert!(rows("", 1).expect("rows").is_empty());
    }

    #[test]
    fn another_shape_is_refused_with_its_line() {
        for (text, line) in [("a\n\"b", 2), ("a\nb\"c", 2), ("\"a\"b", 1), ("a\nb\nc\n", 3)] {
            assert_eq!(rows(text, 2).expect_err(text).0, line, "{text:?}");
        }
    }
}
