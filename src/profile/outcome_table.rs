//! Outcomes and competences as a table: comma or semicolon separated text (RFC 4180), as
//! spreadsheets write it, made into the members of a definition. Reads shapes only; what the texts
//! may say is checked when the definition is read.
//!
//! Columns, in any order, the first line names them: `code`, `text_nl`, `text_fr`, `text_en`,
//! `cluster`, `esco_uri`, `esco_label`, `esco_language`. `code` and one text are obligatory. A row
//! that repeats the code of the row before and has no texts gives that outcome another ESCO skill.

use super::reader::Faults;
use crate::model::FieldError;
use serde_json::{Map, Value, json};

/// The columns that are known.
pub const OUTCOME_COLUMNS: [&str; 8] =
    ["code", "text_nl", "text_fr", "text_en", "cluster", "esco_uri", "esco_label", "esco_language"];

/// The largest table that is read, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// The most rows that are read, the first line included.
const MOST_ROWS: usize = 2_048;

/// Reads a table of outcomes into the array that a definition has as `learningOutcomes` or
/// `competences`. Every fault names row and column: its pointer is `/{row}/{column}`, rows counted
/// from 1, the line with the names being the first.
pub fn parse_outcome_table(text: &str) -> Result<Value, Vec<FieldError>> {
    let faults = Faults::default();
    let outcomes = read(text, &faults);
    let (errors, _) = faults.into_parts();
    if errors.is_empty() { Ok(Value::Array(outcomes)) } else { Err(errors) }
}

fn read(text: &str, faults: &Faults) -> Vec<Value> {
    if text.len() > MOST_BYTES {
        let detail = format!("The table has more than {MOST_BYTES} bytes.");
        faults.error("", "too-long", detail, "Give the outcomes of one definition.");
        return Vec::new();
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let separator = if head.contains(';') && !head.contains(',') { ';' } else { ',' };
    let Some(rows) = split(text, separator, faults) else { return Vec::new() };
    let mut rows = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    let Some(head) = rows.next() else {
        faults.missing("", "columns-required", "the line that names the columns");
        return Vec::new();
    };
    let Some(columns) = columns(&head, faults) else { return Vec::new() };
    let mut outcomes: Vec<Value> = Vec::new();
    for row in rows {
        if row.cells.len() > columns.len() {
            faults.error(
                format!("/{}", row.number),
                "too-many-cells",
                format!("Row {} has more cells than there are columns.", row.number),
                "Put a text with separators between quotation marks.",
            );
            continue;
        }
        let cell = |column: &str| {
            let at = columns.iter().position(|known| known == column)?;
            row.cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        outcome(row.number, cell, &mut outcomes, faults);
    }
    outcomes
}

fn outcome<'a>(
    row: usize,
    cell: impl Fn(&str) -> Option<&'a str>,
    outcomes: &mut Vec<Value>,
    faults: &Faults,
) {
    let missing = |column: &str, what: &str| {
        faults.error(
            format!("/{row}/{column}"),
            "required",
            format!("Row {row}, column {column}: {what} is missing."),
            format!("Give {what}."),
        );
    };
    let Some(code) = cell("code") else {
        missing("code", "the code");
        return;
    };
    let texts: Map<String, Value> = ["nl", "fr", "en"]
        .into_iter()
        .filter_map(|language| Some((language.to_owned(), cell(&format!("text_{language}"))?)))
        .map(|(language, text)| (language, text.into()))
        .collect();
    let skill = skill(&cell, &missing);
    let known = outcomes.iter().rposition(|outcome| outcome.get("code") == Some(&code.into()));
    if texts.is_empty() && known.is_some_and(|at| at + 1 == outcomes.len()) {
        match (skill, outcomes.last_mut().and_then(Value::as_object_mut)) {
            (Some(skill), Some(before)) => {
                let skills = before.entry("escoSkills").or_insert_with(|| json!([]));
                if let Some(skills) = skills.as_array_mut() {
                    skills.push(skill);
                }
            }
            _ => missing("text_nl", "a text, or another skill"),
        }
        return;
    }
    if known.is_some() {
        faults.error(
            format!("/{row}/code"),
            "duplicate-code",
            format!("Row {row}, column code: this code stands in the table already."),
            "Give each code once.",
        );
        return;
    }
    if texts.is_empty() {
        missing("text_nl", "a text in one language at least");
        return;
    }
    let mut outcome = Map::new();
    outcome.insert("code".into(), code.into());
    outcome.insert("text".into(), Value::Object(texts));
    if let Some(skill) = skill {
        outcome.insert("escoSkills".into(), json!([skill]));
    }
    if let Some(cluster) = cell("cluster") {
        outcome.insert("cluster".into(), cluster.into());
    }
    outcomes.push(Value::Object(outcome));
}

fn skill<'a>(
    cell: &impl Fn(&str) -> Option<&'a str>,
    missing: &impl Fn(&str, &str),
) -> Option<Value> {
    let (uri, label, language) = (cell("esco_uri"), cell("esco_label"), cell("esco_language"));
    if uri.is_none() && label.is_none() && language.is_none() {
        return None;
    }
    for (value, column, what) in [
        (uri, "esco_uri", "the address of the skill"),
        (label, "esco_label", "the label of the skill"),
        (language, "esco_language", "the language of the label"),
    ] {
        if value.is_none() {
            missing(column, what);
        }
    }
    Some(json!({"uri": uri?, "label": label?, "labelLanguage": language?}))
}

fn columns(head: &Row, faults: &Faults) -> Option<Vec<String>> {
    let mut columns: Vec<String> = Vec::with_capacity(head.cells.len());
    let mut whole = true;
    for cell in &head.cells {
        let name = cell.trim().to_lowercase();
        let known = OUTCOME_COLUMNS.contains(&name.as_str());
        if !known || columns.contains(&name) {
            whole = false;
            faults.error(
                format!("/{}/{}", head.number, columns.len() + 1),
                if known { "duplicate-column" } else { "unknown-column" },
                format!(
                    "Row {}, column {}: this is not a column that is known, or it is there twice.",
                    head.number,
                    columns.len() + 1
                ),
                format!("Use each of these at most once: {}.", OUTCOME_COLUMNS.join(", ")),
            );
        }
        columns.push(name);
    }
    if !columns.iter().any(|name| name == "code") {
        whole = false;
        faults.missing(format!("/{}/code", head.number), "columns-required", "the column code");
    }
    if !columns.iter().any(|name| name.starts_with("text_")) {
        whole = false;
        faults.missing(
            format!("/{}/text_nl", head.number),
            "columns-required",
            "a column of texts",
        );
    }
    whole.then_some(columns)
}

/// A row and its number in the file, counted in rows, not in lines.
#[derive(Debug, Default)]
struct Row {
    number: usize,
    cells: Vec<String>,
}

/// Splits a table into rows and cells (RFC 4180): a cell between quotation marks may hold
/// separators, line ends, and quotation marks written twice.
fn split(text: &str, separator: char, faults: &Faults) -> Option<Vec<Row>> {
    let mut rows = vec![Row { number: 1, cells: Vec::new() }];
    let (mut cell, mut quoted, mut closed) = (String::new(), false, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let count = rows.len();
        let row = rows.last_mut()?;
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => (quoted, closed) = (false, true),
            _ if quoted => cell.push(letter),
            '"' if cell.trim().is_empty() && !closed => {
                cell.clear();
                quoted = true;
            }
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' => {
                row.cells.push(std::mem::take(&mut cell));
                closed = false;
                if count >= MOST_ROWS {
                    let detail = format!("The table has more than {MOST_ROWS} rows.");
                    faults.error("", "too-many", detail, "Give the outcomes of one definition.");
                    return None;
                }
                rows.push(Row { number: count + 1, cells: Vec::new() });
            }
            _ if letter == separator => {
                row.cells.push(std::mem::take(&mut cell));
                closed = false;
            }
            _ if closed && letter == ' ' => {}
            _ if closed => {
                misquoted(row, faults);
                return None;
            }
            _ => cell.push(letter),
        }
    }
    let row = rows.last_mut()?;
    if quoted {
        misquoted(row, faults);
        return None;
    }
    row.cells.push(cell);
    Some(rows)
}

fn misquoted(row: &Row, faults: &Faults) {
    let column = row.cells.len() + 1;
    faults.error(
        format!("/{}/{column}", row.number),
        "quotation",
        format!("Row {}, column {column}: quotation marks do not match.", row.number),
        "Put the whole cell between quotation marks and write those inside it twice.",
    );
}
