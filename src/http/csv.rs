//! Lines of CSV (RFC 4180) that spreadsheets open as texts and never as formulas.

/// Writes a line with these cells.
pub fn write_line<T: AsRef<str>>(cells: &[T], line: &mut Vec<u8>) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            line.push(b',');
        }
        write_cell(cell.as_ref(), line);
    }
    line.extend_from_slice(b"\r\n");
}

const SPACES: [char; 3] = [' ', '\u{a0}', '\u{feff}'];

fn is_formula(c: char) -> bool {
    "=+-@|%＝＋－＠".contains(c)
}

/// A cell. What a spreadsheet would take for a formula gets an apostrophe before it, so that it
/// stays a text; then quotes where RFC 4180 wants them.
fn write_cell(cell: &str, line: &mut Vec<u8>) {
    // Spreadsheets look past spaces, and take the full-width signs for the plain ones.
    let first = cell.trim_start_matches(SPACES).chars().next();
    let formula = first.is_some_and(|c| is_formula(c) || "\t\r\n".contains(c));
    let quoted = formula || cell.contains([',', '"', '\r', '\n', ';', '\t']);
    if !quoted {
        line.extend_from_slice(cell.as_bytes());
        return;
    }
    line.push(b'"');
    if formula {
        line.push(b'\'');
    }
    // Where the semicolon is the separator, spreadsheets look past the quotes of this format and
    // begin a cell behind each one that a text holds.
    let mut begins = false;
    for c in cell.chars() {
        if begins && is_formula(c) {
            line.push(b'\'');
        }
        begins =
            matches!(c, ';' | '\t' | '\r' | '\n') || (begins && (c == '"' || SPACES.contains(&c)));
        if c == '"' {
            line.push(b'"');
        }
        line.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
    line.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut line = Vec::new();
        write_cell(text, &mut line);
        String::from_utf8(line).expect("UTF-8")
    }

    #[test]
    fn what_a_spreadsheet_would_run_stays_a_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "%0A"] {
            let cell = cell(text);
            assert!(cell.starts_with("\"'"), "{text:?}: {cell}");
            assert!(cell.replace('\'', "").contains(text), "{text:?}: {cell}");
        }
        assert_eq!(cell("=cmd|'/c calc'!A0\",x"), "\"'=cmd|'/c calc'!A0\"\",x\"");
        // A spreadsheet that separates with semicolons begins a cell inside this one.
        assert_eq!(cell("Zorg;=1+1"), "\"Zorg;'=1+1\"");
        assert_eq!(cell("a; -1;\t\"@x"), "\"a; '-1;\t\"\"'@x\"");
        assert_eq!(cell("a\n+1"), "\"a\n'+1\"");
        assert_eq!(cell("Odisee; een-twee = drie"), "\"Odisee; een-twee = drie\"");
    }

    #[test]
    fn cells_are_quoted_as_the_standard_says() {
        assert_eq!(cell(""), "");
        assert_eq!(cell("Zorg – été"), "Zorg – été");
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(cell("a\r\nb"), "\"a\r\nb\"");
    }
}
