//! What the columns of a table lead to: members of an award, named as `learner.email` or
//! `competences.1.code`, with what is always the same filled in. Other names are led there by
//! `column=path:name` of the request. The table of members is the shape of an award
//! (`schemas/award.schema.json`); a test holds the two together.

use super::table::Row;
use crate::model::{BatchFault, FieldError, TableFault};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashSet};

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// Codes with `|` between them.
    Codes,
    /// Roles with `|` between them, each an object with that one member.
    Roles,
}

/// Every member that a column can lead to; `#` is the place in a list, counted from 1.
const MEMBERS: &[(&str, Shape)] = &[
    ("itemKey", Shape::Text),
    ("holdOverride", Shape::Text),
    ("notify", Shape::Flag),
    ("definition", Shape::Text),
    ("sealedBy", Shape::Text),
    ("mandate", Shape::Text),
    ("caseNumber", Shape::Text),
    ("certificateNumber", Shape::Text),
    ("replaces", Shape::Text),
    ("learner.email", Shape::Text),
    ("learner.name", Shape::Text),
    ("learner.holderDid", Shape::Text),
    ("learner.language", Shape::Text),
    ("activity.start", Shape::Text),
    ("activity.end", Shape::Text),
    ("academicYear", Shape::Text),
    ("decision.date", Shape::Text),
    ("decision.outcome", Shape::Text),
    ("grade", Shape::Text),
    ("assessment.organisation", Shape::Text),
    ("assessment.methods", Shape::Codes),
    ("assessment.supervision", Shape::Text),
    ("assessment.holderIdentification", Shape::Text),
    ("assessment.assessors", Shape::Roles),
    ("assessment.guideWasAssessor", Shape::Flag),
    ("assessment.guideTookPartInDecision", Shape::Flag),
    ("competences.#.code", Shape::Text),
    ("competences.#.result", Shape::Text),
    ("competences.#.proficiency", Shape::Text),
    ("competences.#.basis.#.method", Shape::Text),
    ("competences.#.basis.#.text", Shape::Text),
    ("competences.#.experience", Shape::Codes),
    ("evidence.#.genre", Shape::Text),
    ("evidence.#.name", Shape::Text),
    ("evidence.#.narrative", Shape::Text),
    ("evidence.#.digestMultibase", Shape::Text),
    ("parts.#.code", Shape::Text),
    ("parts.#.award", Shape::Text),
    ("validUntil", Shape::Text),
    ("validUntilReason", Shape::Text),
];

/// The highest place in a list that a column can name.
const MOST_PLACES: usize = 64;
/// The most columns of a table.
const MOST_COLUMNS: usize = 512;
/// The longest name of a column, in characters.
pub const LONGEST_NAME: usize = 100;
/// What leads nowhere.
pub const NOWHERE: &str = "-";

/// The members that a column can lead to, as they are told to people.
pub fn known_members() -> String {
    let names: Vec<&str> = MEMBERS.iter().map(|(name, _)| *name).collect();
    names.join(", ").replace('#', "1")
}

/// Whether a column can lead to this member.
pub fn is_member(path: &str) -> bool {
    path == NOWHERE || shape(path).is_some()
}

fn shape(path: &str) -> Option<Shape> {
    let fits = |pattern: &str| {
        let (mut wanted, mut given) = (pattern.split('.'), path.split('.'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some("#"), Some(step)) if place(step).is_some() => {}
                (Some(wanted), Some(given)) if wanted == given => {}
                _ => return false,
            }
        }
    };
    MEMBERS.iter().find(|(pattern, _)| fits(pattern)).map(|(_, shape)| *shape)
}

/// A place in a list, as columns count them.
fn place(step: &str) -> Option<usize> {
    let number = step.parse().ok().filter(|number| (1..=MOST_PLACES).contains(number))?;
    (step.starts_with(|c: char| ('1'..='9').contains(&c))).then_some(number)
}

/// Where the columns of one table lead.
#[derive(Debug)]
pub(super) struct Columns {
    aims: Vec<Option<(String, Shape)>>,
    /// By path: the name of the column in the file, where it is another.
    pub names: BTreeMap<String, String>,
}

impl Columns {
    /// Reads the head of a table.
    pub fn read(
        head: &Row,
        led: &BTreeMap<String, String>,
        faults: &mut Vec<FieldError>,
    ) -> Option<Self> {
        let before = faults.len();
        let row = usize::try_from(head.line).unwrap_or(usize::MAX);
        let (mut aims, mut names, mut seen) = (Vec::new(), BTreeMap::new(), HashSet::new());
        let unknown = |column| TableFault::UnknownColumn { row, column, known: known_members() };
        for (place, name) in head.cells.iter().enumerate() {
            let (column, name) = (place + 1, name.trim());
            let at = format!("/{row}/{column}");
            if column > MOST_COLUMNS || name.chars().count() > LONGEST_NAME {
                faults.push(FieldError::at(at, unknown(column)));
                break;
            }
            let path = led.get(name).map_or(name, String::as_str);
            if path == NOWHERE || name.is_empty() {
                aims.push(None);
                continue;
            }
            let Some(shape) = shape(path) else {
                faults.push(FieldError::at(at, unknown(column)));
                continue;
            };
            if !seen.insert(path.to_owned()) {
                faults.push(FieldError::at(at, TableFault::DuplicateColumn { row, column }));
                continue;
            }
            if path != name {
                names.insert(path.to_owned(), name.to_owned());
            }
            aims.push(Some((path.to_owned(), shape)));
        }
        (faults.len() == before).then_some(Self { aims, names })
    }

    /// The members of one row.
    pub fn award(&self, row: &Row, faults: &mut Vec<FieldError>) -> Map<String, Value> {
        let mut root = Tree::default();
        for (place, cell) in row.cells.iter().enumerate() {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            let Some(aim) = self.aims.get(place) else {
                let number = usize::try_from(row.line).unwrap_or(usize::MAX);
                let fault = TableFault::TooManyCells { row: number };
                faults.push(FieldError::at(format!("/{number}/{}", place + 1), fault));
                break;
            };
            let Some((path, shape)) = aim else { continue };
            let codes = || cell.split('|').map(str::trim).filter(|code| !code.is_empty());
            let value = match shape {
                Shape::Text => Value::String(cell.to_owned()),
                Shape::Codes => codes().map(Value::from).collect(),
                Shape::Roles => codes().map(|role| serde_json::json!({ "role": role })).collect(),
                Shape::Flag => match cell.to_ascii_lowercase().as_str() {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    _ => {
                        let at = format!("/{}/{}", row.line, self.name(path));
                        faults.push(FieldError::at(at, BatchFault::NotYesOrNo));
                        continue;
                    }
                },
            };
            root.put(path.split('.'), value);
        }
        let mut members = match root.value() {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        fill(&mut members);
        members
    }

    /// What a path is called in the file.
    pub fn name<'a>(&'a self, path: &'a str) -> &'a str {
        self.names.get(path).map_or(path, String::as_str)
    }
}

/// The path of a member as columns name it: places in lists are counted from 1.
pub fn path_of(pointer: &str) -> String {
    let step = |step: &str| match step.parse::<usize>() {
        Ok(place) => (place + 1).to_string(),
        Err(_) => step.to_owned(),
    };
    let steps: Vec<String> = pointer.split('/').skip(1).map(step).collect();
    steps.join(".")
}

/// What has one possible value need not have a column.
fn fill(members: &mut Map<String, Value>) {
    if let Some(Value::Object(decision)) = members.get_mut("decision") {
        decision.entry("outcome").or_insert_with(|| "passed".into());
    }
    for competence in
        members.get_mut("competences").and_then(Value::as_array_mut).into_iter().flatten()
    {
        if let Value::Object(competence) = competence {
            competence.entry("result").or_insert_with(|| "demonstrated".into());
        }
    }
}

/// Members on their way to be an award.
#[derive(Default)]
enum Tree {
    #[default]
    Nothing,
    Leaf(Value),
    Members(Vec<(String, Tree)>),
    Places(BTreeMap<usize, Tree>),
}

impl Tree {
    fn put<'a>(&mut self, mut path: impl Iterator<Item = &'a str>, value: Value) {
        let Some(step) = path.next() else {
            *self = Self::Leaf(value);
            return;
        };
        if let Some(number) = place(step) {
            if !matches!(self, Self::Places(_)) {
                *self = Self::Places(BTreeMap::new());
            }
            if let Self::Places(places) = self {
                places.entry(number).or_default().put(path, value);
            }
            return;
        }
        if !matches!(self, Self::Members(_)) {
            *self = Self::Members(Vec::new());
        }
        let Self::Members(members) = self else { return };
        let known = members.iter().position(|(name, _)| name == step);
        let at = known.unwrap_or_else(|| {
            members.push((step.to_owned(), Self::Nothing));
            members.len() - 1
        });
        if let Some((_, member)) = members.get_mut(at) {
            member.put(path, value);
        }
    }

    fn value(self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Leaf(value) => value,
            Self::Members(members) => Value::Object(
                members.into_iter().map(|(name, tree)| (name, tree.value())).collect(),
            ),
            Self::Places(places) => places.into_values().map(Self::value).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(line: u32, cells: &[&str]) -> Row {
        Row { line, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
    }

    /// The leaves of a schema as paths of columns.
    fn leaves(schema: &Value, defs: &Value, path: &str, found: &mut Vec<String>) {
        let schema = match schema["$ref"].as_str() {
            Some(reference) => &defs[reference.rsplit('/').next().expect("a name")],
            None => schema,
        };
        let step =
            |name: &str| if path.is_empty() { name.into() } else { format!("{path}.{name}") };
        if let Some(members) = schema["properties"].as_object() {
            for (name, member) in members {
                leaves(member, defs, &step(name), found);
            }
        } else if schema["items"]["properties"].as_object().is_some_and(|m| m.len() > 1) {
            leaves(&schema["items"], defs, &step("#"), found);
        } else {
            found.push(path.to_owned());
        }
    }

    #[test]
    fn every_member_of_an_award_has_a_column_and_no_other() {
        let schema: Value =
            serde_json::from_str(include_str!("../../schemas/award.schema.json")).expect("JSON");
        let mut found = Vec::new();
        leaves(&schema, &schema["$defs"], "", &mut found);
        let own = ["itemKey", "holdOverride", "notify"].map(str::to_owned);
        found.extend(own);
        found.sort();
        let mut known: Vec<String> = MEMBERS.iter().map(|(name, _)| (*name).to_owned()).collect();
        known.sort();
        assert_eq!(known, found);
    }

    #[test]
    fn a_row_becomes_an_award() {
        let head = row(
            1,
            &[
                "Naam",
                "learner.email",
                "decision.date",
                "competences.2.code",
                "competences.1.basis.1.text",
                "assessment.methods",
                "assessment.assessors",
                "",
                "x",
                "assessment.guideWasAssessor",
            ],
        );
        let led = BTreeMap::from([
            ("Naam".to_owned(), "learner.name".to_owned()),
            ("x".to_owned(), NOWHERE.to_owned()),
        ]);
        let mut faults = Vec::new();
        let columns = Columns::read(&head, &led, &mut faults).expect("columns");
        let cells =
            row(2, &[" An ", "a@b.be", "2026-01-01", "c2", "t", "a|b", "coach", "z", "y", "FALSE"]);
        let award = Value::Object(columns.award(&cells, &mut faults));
        assert!(faults.is_empty());
        assert_eq!(
            award,
            json!({
                "learner": {"name": "An", "email": "a@b.be"},
                "decision": {"date": "2026-01-01", "outcome": "passed"},
                "competences": [
                    {"basis": [{"text": "t"}], "result": "demonstrated"},
                    {"code": "c2", "result": "demonstrated"},
                ],
                "assessment": {
                    "methods": ["a", "b"], "assessors": [{"role": "coach"}], "guideWasAssessor": false,
                },
            })
        );
        assert_eq!(columns.name("learner.name"), "Naam");
        assert_eq!(path_of("/competences/0/basis/2/text"), "competences.1.basis.3.text");
    }

    #[test]
    fn other_columns_and_cells_are_refused_by_row_and_column() {
        let mut faults = Vec::new();
        let led = BTreeMap::from([("E-mail".to_owned(), "learner.email".to_owned())]);
        let head = row(
            3,
            &[
                "learner.email",
                "E-mail",
                "learner",
                "competences.0.code",
                "competences.65.code",
                "competences.01.code",
                "grade.1",
            ],
        );
        assert!(Columns::read(&head, &led, &mut faults).is_none());
        let found: Vec<_> = faults.iter().map(|f| (f.pointer.as_str(), f.code)).collect();
        assert_eq!(
            found,
            [
                ("/3/2", "duplicate-column"),
                ("/3/3", "unknown-column"),
                ("/3/4", "unknown-column"),
                ("/3/5", "unknown-column"),
                ("/3/6", "unknown-column"),
                ("/3/7", "unknown-column"),
            ]
        );
        let mut faults = Vec::new();
        let columns = Columns::read(&row(1, &["notify"]), &led, &mut faults).expect("columns");
        columns.award(&row(2, &["ja", "more"]), &mut faults);
        let found: Vec<_> = faults.iter().map(|f| (f.pointer.as_str(), f.code)).collect();
        assert_eq!(found, [("/2/notify", "type"), ("/2/2", "too-many-cells")]);
    }
}
