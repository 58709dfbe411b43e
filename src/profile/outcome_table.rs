//! Outcomes and competences as a table: text (RFC 4180) with comma, semicolon or tab, as the first
//! line has it and spreadsheets write it, made into the members of a definition. Reads shapes only;
//! what the texts may say is checked when the definition is read.
//!
//! Columns, in any order, the first line names them: `code`, `text_nl`, `text_fr`, `text_en`,
//! `cluster`, `esco_uri`, `esco_label`, `esco_language`. `code` and one text are obligatory. Several
//! ESCO skills are separated by `|`, or stand in rows of their own: a row that repeats the code of
//! the row before and has no texts gives that outcome another one. Columns at the end that have
//! neither name nor content are passed over.

use super::reader::Faults;
use crate::model::{FieldError, Noun, TableFault};
use serde_json::{Map, Value, json};

/// The columns that are known.
pub const OUTCOME_COLUMNS: [&str; 8] =
    ["code", "text_nl", "text_fr", "text_en", "cluster", "esco_uri", "esco_label", "esco_language"];

/// The largest table that is read, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// The most rows that are read, the first line included.
const MOST_ROWS: usize = 2_048;

/// A table that was read, and where in it each part stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutcomeTable {
    /// The outcomes, as the array that a definition has as `learningOutcomes` or `competences`.
    pub outcomes: Vec<Value>,
    places: Vec<Place>,
}

/// Where an outcome stands: its row, and the row of each of its skills.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Place {
    row: usize,
    skills: Vec<usize>,
}

impl OutcomeTable {
    /// Row and columns of a fault of the definition, from the rest of its pointer after the array;
    /// `None` when it stands in no row.
    pub fn place(&self, rest: &str) -> Option<String> {
        let mut segments = rest.strip_prefix('/')?.split('/');
        let place = self.places.get(segments.next()?.parse::<usize>().ok()?)?;
        let (member, inner) = (segments.next(), segments.next());
        let skill = || inner.and_then(|place| place.parse::<usize>().ok());
        let row = match member {
            Some("escoSkills") => skill().and_then(|skill| place.skills.get(skill)),
            _ => None,
        };
        let row = row.unwrap_or(&place.row);
        let column = match (member, inner, segments.next()) {
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

/// Reads a table of outcomes. Every fault names row and column: its pointer is `/{row}/{column}`.
/// Rows are lines of the file, the line with the names being the first.
pub fn parse_outcome_table(text: &str) -> Result<OutcomeTable, Vec<FieldError>> {
    let faults = Faults::default();
    let table = read(text, &faults);
    let (errors, _) = faults.into_parts();
    if errors.is_empty() { Ok(table) } else { Err(errors) }
}

fn read(text: &str, faults: &Faults) -> OutcomeTable {
    let mut table = OutcomeTable::default();
    if text.len() > MOST_BYTES {
        faults.refuse("", TableFault::TooLarge { most: MOST_BYTES });
        return table;
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let Some(rows) = split(text, separator(text), faults) else { return table };
    let mut rows = rows.into_iter().filter(|row| !row.cells.is_empty());
    let Some(head) = rows.next() else {
        faults.refuse("", TableFault::HeadMissing);
        return table;
    };
    let Some(columns) = columns(&head, faults) else { return table };
    for row in rows {
        if row.cells.len() > columns.len() {
            let fault = TableFault::TooManyCells { row: row.number };
            faults.refuse(format!("/{}", row.number), fault);
            continue;
        }
        let cell = |column: &str| {
            let at = columns.iter().position(|known| known == column)?;
            row.cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        outcome(row.number, cell, &mut table, faults);
    }
    table
}

/// What the first line has most of.
fn separator(text: &str) -> char {
    let head = text.lines().next().unwrap_or_default();
    let count = |separator: char| head.matches(separator).count();
    [';', '\t'].into_iter().fold(',', |most, other| match count(other) > count(most) {
        true => other,
        false => most,
    })
}

fn outcome<'a>(
    row: usize,
    cell: impl Fn(&str) -> Option<&'a str>,
    table: &mut OutcomeTable,
    faults: &Faults,
) {
    let missing = |column: &'static str, what: Noun| {
        faults.refuse(format!("/{row}/{column}"), TableFault::CellMissing { row, column, what });
    };
    let no_text = |fault| faults.refuse(format!("/{row}/text_nl"), fault);
    let Some(code) = cell("code") else {
        missing("code", Noun::Code);
        return;
    };
    let texts: Map<String, Value> = ["nl", "fr", "en"]
        .into_iter()
        .filter_map(|language| Some((language.to_owned(), cell(&format!("text_{language}"))?)))
        .map(|(language, text)| (language, text.into()))
        .collect();
    let skills = skills(row, &cell, &missing, faults);
    let OutcomeTable { outcomes, places } = table;
    let known = outcomes.iter().rposition(|outcome| outcome.get("code") == Some(&code.into()));
    if texts.is_empty() && known.is_some_and(|at| at + 1 == outcomes.len()) {
        let before = outcomes.last_mut().and_then(Value::as_object_mut);
        match (skills.is_empty(), before, places.last_mut()) {
            (false, Some(before), Some(place)) => {
                place.skills.extend(skills.iter().map(|_| row));
                let all = before.entry("escoSkills").or_insert_with(|| json!([]));
                all.as_array_mut().into_iter().for_each(|all| all.extend(skills.iter().cloned()));
            }
            _ => no_text(TableFault::TextOrSkillMissing { row }),
        }
        return;
    }
    if known.is_some() {
        faults.refuse(format!("/{row}/code"), TableFault::CodeRepeated { row });
        return;
    }
    if texts.is_empty() {
        no_text(TableFault::TextMissing { row });
        return;
    }
    let mut outcome = Map::new();
    outcome.insert("code".into(), code.into());
    outcome.insert("text".into(), Value::Object(texts));
    places.push(Place { row, skills: skills.iter().map(|_| row).collect() });
    if !skills.is_empty() {
        outcome.insert("escoSkills".into(), skills.into());
    }
    if let Some(cluster) = cell("cluster") {
        outcome.insert("cluster".into(), cluster.into());
    }
    outcomes.push(Value::Object(outcome));
}

fn skills<'a>(
    row: usize,
    cell: &impl Fn(&str) -> Option<&'a str>,
    missing: &impl Fn(&'static str, Noun),
    faults: &Faults,
) -> Vec<Value> {
    let split = |column: &str| -> Vec<&str> {
        cell(column).map(|cell| cell.split('|').map(str::trim).collect()).unwrap_or_default()
    };
    let (uris, labels, languages) =
        (split("esco_uri"), split("esco_label"), split("esco_language"));
    if uris.is_empty() && labels.is_empty() && languages.is_empty() {
        return Vec::new();
    }
    for (values, column, what) in
        [(&uris, "esco_uri", Noun::SkillAddress), (&labels, "esco_label", Noun::SkillLabel)]
    {
        if values.is_empty() {
            missing(column, what);
        }
    }
    for (values, column, enough) in [
        (&labels, "esco_label", labels.len() == uris.len() || labels.is_empty()),
        (&languages, "esco_language", languages.len() <= 1 || languages.len() == uris.len()),
    ] {
        if !enough && !uris.is_empty() {
            let (given, wanted) = (values.len(), uris.len());
            let fault = TableFault::ValueCount { row, column, given, wanted };
            faults.refuse(format!("/{row}/{column}"), fault);
        }
    }
    let language = |place: usize| match languages.as_slice() {
        [one] => *one,
        all => all.get(place).copied().filter(|one| !one.is_empty()).unwrap_or("en"),
    };
    let both = uris.iter().zip(&labels).enumerate();
    both.map(|(place, (uri, label))| {
        json!({"uri": uri, "label": label, "labelLanguage": language(place)})
    })
    .collect()
}

fn columns(head: &Row, faults: &Faults) -> Option<Vec<String>> {
    let mut columns: Vec<String> = Vec::with_capacity(head.cells.len());
    let mut whole = true;
    for cell in &head.cells {
        let name = cell.trim().to_lowercase();
        let known = OUTCOME_COLUMNS.contains(&name.as_str());
        if !known || columns.contains(&name) {
            whole = false;
            let (row, column) = (head.number, columns.len() + 1);
            let fault = match known {
                true => TableFault::DuplicateColumn { row, column },
                false => {
                    TableFault::UnknownColumn { row, column, known: OUTCOME_COLUMNS.join(", ") }
                }
            };
            faults.refuse(format!("/{row}/{column}"), fault);
        }
        columns.push(name);
    }
    if !columns.iter().any(|name| name == "code") {
        whole = false;
        faults.refuse(format!("/{}/code", head.number), TableFault::CodeColumnMissing);
    }
    if !columns.iter().any(|name| name.starts_with("text_")) {
        whole = false;
        faults.refuse(format!("/{}/text_nl", head.number), TableFault::TextColumnMissing);
    }
    whole.then_some(columns)
}

/// A row and the line of the file on which it starts. Cells at its end that are empty are left out.
#[derive(Debug, Default)]
struct Row {
    number: usize,
    cells: Vec<String>,
}

impl Row {
    fn end(&mut self) {
        while self.cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            self.cells.pop();
        }
    }
}

/// Splits a table into rows and cells (RFC 4180): a cell between quotation marks may hold
/// separators, line ends, and quotation marks written twice.
fn split(text: &str, separator: char, faults: &Faults) -> Option<Vec<Row>> {
    let mut rows = Vec::new();
    let (mut line, mut row) = (1, Row { number: 1, cells: Vec::new() });
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
                line += 1;
                cell.push('\n');
            }
            _ if quoted => cell.push(letter),
            '"' if cell.trim().is_empty() && !closed => {
                cell.clear();
                quoted = true;
            }
            '\n' | '\r' => {
                row.cells.push(std::mem::take(&mut cell));
                row.end();
                closed = false;
                line += 1;
                rows.push(std::mem::replace(&mut row, Row { number: line, cells: Vec::new() }));
                if rows.len() >= MOST_ROWS {
                    faults.refuse("", TableFault::TooManyRows { most: MOST_ROWS });
                    return None;
                }
            }
            _ if letter == separator => {
                row.cells.push(std::mem::take(&mut cell));
                closed = false;
            }
            ' ' if closed => {}
            _ if closed || letter == '"' => return misquoted(&row, faults),
            _ => cell.push(letter),
        }
    }
    if quoted {
        return misquoted(&row, faults);
    }
    row.cells.push(cell);
    row.end();
    rows.push(row);
    Some(rows)
}

fn misquoted<T>(row: &Row, faults: &Faults) -> Option<T> {
    let (row, column) = (row.number, row.cells.len() + 1);
    faults.refuse(format!("/{row}/{column}"), TableFault::Quotation { row, column });
    None
}
