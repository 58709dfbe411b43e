//! Outcomes of a definition as CSV (RFC 4180; comma, semicolon or tab, as the first line has it),
//! as spreadsheets write them, and where in the file a fault of the definition stands.
//!
//! Columns, in any order: `code`, `text_nl`, `text_fr`, `text_en`, `cluster`, and for ESCO skills
//! `esco_uri`, `esco_label`, `esco_language`, several of them separated by `|`. An empty cell is
//! no value. Nothing is judged here but the shape of the file.

use super::Fault;
use serde_json::{Map, Value, json};
use std::path::Path;

const COLUMNS: [&str; 8] =
    ["code", "text_nl", "text_fr", "text_en", "cluster", "esco_uri", "esco_label", "esco_language"];
const MOST_ROWS: usize = 1_000;
const REMEDY: &str = "mend the file at that place; the columns stand in docs/CATALOGUE.md";

/// The outcomes of a file, and in which row each of them stands.
pub(super) struct Outcomes {
    pub values: Vec<Value>,
    rows: Vec<usize>,
}

/// A row of a file: the line on which it starts, and its cells.
struct Row {
    line: usize,
    cells: Vec<String>,
}

impl Outcomes {
    /// Reads a file.
    pub(super) fn read(path: &Path, text: &str) -> Result<Self, Fault> {
        let at = |line: usize, what: &str| {
            Fault::new(format_args!("{}: row {line}: {what}", path.display()), REMEDY)
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut rows = rows(text).map_err(|(line, what)| at(line, what))?.into_iter();
        let header = rows.next().ok_or_else(|| at(1, "the names of the columns are missing"))?;
        let mut columns = Vec::with_capacity(header.cells.len());
        for cell in &header.cells {
            let name = cell.trim();
            let Some(known) = COLUMNS.into_iter().find(|column| *column == name) else {
                let known = COLUMNS.join(", ");
                let what = format!("column {name:?} is not known; known are {known}");
                return Err(at(header.line, &what));
            };
            if columns.contains(&known) {
                return Err(at(header.line, &format!("column {known} stands there twice")));
            }
            columns.push(known);
        }
        if !columns.contains(&"code") {
            return Err(at(header.line, "column code is missing"));
        }
        let mut outcomes = Self { values: Vec::new(), rows: Vec::new() };
        for row in rows {
            if row.cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if row.cells.len() != columns.len() {
                let (given, wanted) = (row.cells.len(), columns.len());
                let what = format!("it has {given} cells, the header has {wanted}");
                return Err(at(row.line, &what));
            }
            let cell = |column: &str| {
                let place = columns.iter().position(|name| *name == column)?;
                row.cells.get(place).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
            };
            let value = outcome(&cell).map_err(|what| at(row.line, what))?;
            outcomes.values.push(value);
            outcomes.rows.push(row.line);
        }
        if outcomes.values.is_empty() {
            return Err(at(header.line, "no outcome stands below it"));
        }
        Ok(outcomes)
    }

    /// Where a fault of the definition stands in the file, from the rest of its pointer after the
    /// list of outcomes; `None` when it stands in no row.
    pub(super) fn place(&self, rest: &str) -> Option<String> {
        let mut segments = rest.strip_prefix('/')?.split('/');
        let row = self.rows.get(segments.next()?.parse::<usize>().ok()?)?;
        let column = match (segments.next(), segments.next(), segments.next()) {
            (Some("text"), Some(language), _) => format!(", column text_{language}"),
            (Some("text"), None, _) => ", columns text_nl, text_fr, text_en".to_owned(),
            (Some("escoSkills"), _, Some("uri")) => ", column esco_uri".to_owned(),
            (Some("escoSkills"), _, Some("label")) => ", column esco_label".to_owned(),
            (Some("escoSkills"), _, Some("labelLanguage")) => ", column esco_language".to_owned(),
            (Some("escoSkills"), ..) => ", columns esco_uri, esco_label".to_owned(),
            (Some(member), ..) => format!(", column {member}"),
            (None, ..) => String::new(),
        };
        Some(format!("row {row}{column}"))
    }
}

fn outcome<'a>(cell: &impl Fn(&str) -> Option<&'a str>) -> Result<Value, &'static str> {
    let mut value = Map::new();
    if let Some(code) = cell("code") {
        value.insert("code".to_owned(), code.into());
    }
    let mut text = Map::new();
    for language in ["nl", "fr", "en"] {
        if let Some(written) = cell(&format!("text_{language}")) {
            text.insert(language.to_owned(), written.into());
        }
    }
    value.insert("text".to_owned(), Value::Object(text));
    if let Some(cluster) = cell("cluster") {
        value.insert("cluster".to_owned(), cluster.into());
    }
    let split = |column: &str| -> Vec<&str> {
        cell(column).map(|cell| cell.split('|').map(str::trim).collect()).unwrap_or_default()
    };
    let (uris, labels, languages) =
        (split("esco_uri"), split("esco_label"), split("esco_language"));
    if labels.len() != uris.len() {
        return Err("esco_uri and esco_label do not have the same number of values");
    }
    if !(languages.len() <= 1 || languages.len() == uris.len()) {
        return Err("esco_language has another number of values than esco_uri");
    }
    let language = |place: usize| match languages.as_slice() {
        [] => "en",
        [one] => one,
        all => all.get(place).copied().unwrap_or("en"),
    };
    let skills: Vec<Value> = uris
        .iter()
        .zip(&labels)
        .enumerate()
        .map(|(place, (uri, label))| {
            json!({ "uri": uri, "label": label, "labelLanguage": language(place) })
        })
        .collect();
    if !skills.is_empty() {
        value.insert("escoSkills".to_owned(), skills.into());
    }
    Ok(Value::Object(value))
}

/// The rows of a file, or the line and what is wrong with it.
fn rows(text: &str) -> Result<Vec<Row>, (usize, &'static str)> {
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
                rows.push(Row { line: start, cells: std::mem::take(&mut cells) });
                if rows.len() > MOST_ROWS {
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
        rows.push(Row { line: start, cells });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Outcomes, String> {
        Outcomes::read(Path::new("f.csv"), text).map_err(|fault| fault.to_string())
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        let text = "\u{feff}code;text_nl;text_fr;esco_uri;esco_label\r\n\
                    lo1;\"Luistert; zegt \"\"ja\"\"\";\"Deux\nlignes\";a|b;x | y\r\n\
                    ;;;;\r\n\
                    lo2;Kijkt;;;";
        let outcomes = read(text).expect("outcomes");
        assert_eq!(outcomes.values.len(), 2);
        let first = &outcomes.values[0];
        assert_eq!(first["text"], json!({ "nl": "Luistert; zegt \"ja\"", "fr": "Deux\nlignes" }));
        assert_eq!(
            first["escoSkills"],
            json!([
                { "uri": "a", "label": "x", "labelLanguage": "en" },
                { "uri": "b", "label": "y", "labelLanguage": "en" },
            ])
        );
        assert_eq!(outcomes.values[1], json!({ "code": "lo2", "text": { "nl": "Kijkt" } }));
        let places = ["/1/text/fr", "/1/code", "/0/escoSkills/1/uri", "/0", "/9/code", "x"];
        let found: Vec<_> = places.iter().map(|at| outcomes.place(at)).collect();
        let row = |text: &str| Some(text.to_owned());
        assert_eq!(
            found,
            [
                row("row 5, column text_fr"),
                row("row 5, column code"),
                row("row 2, column esco_uri"),
                row("row 2"),
                None,
                None
            ]
        );
    }

    #[test]
    fn a_file_with_another_shape_is_refused_with_its_row() {
        for (text, said) in [
            ("", "row 1: the names of the columns are missing"),
            ("code,colour\nlo1,x", "row 1: column \"colour\" is not known"),
            ("code,code\nlo1,x", "row 1: column code stands there twice"),
            ("text_nl\nx", "row 1: column code is missing"),
            ("code,text_nl\n", "row 1: no outcome"),
            ("code,text_nl\nlo1,a\nlo2", "row 3: it has 1 cells, the header has 2"),
            ("code,text_nl\nlo1,a,b", "row 2: it has 3 cells"),
            ("code,text_nl\nlo1,\"a", "row 2: a quotation mark is not closed"),
            ("code,text_nl\nlo1,a\"b", "row 2: a quotation mark stands inside"),
            ("code,text_nl\nlo1,\"a\"b", "row 2: something stands after"),
            ("code,esco_uri\nlo1,a", "row 2: esco_uri and esco_label"),
            (
                "code,esco_uri,esco_label,esco_language\nlo1,a|b|c,x|y|z,en|nl",
                "row 2: esco_language has another number",
            ),
        ] {
            let refused = read(text).err().expect(text);
            assert!(refused.contains(said), "{text:?}: {refused}");
        }
    }
}
