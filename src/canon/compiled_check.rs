//! A compiled definition against the general engine, on random fillings. A definition that does not
//! pass is not to be used.

use serde_json::Value;

use super::compiled::{CompileError, CompiledDocument, FillError, HoleKind};
use super::set::{ContextSet, View};

/// Characters that canonical forms treat in different ways.
const CHARACTERS: &[char] = &[
    'a',
    'Z',
    '0',
    '9',
    ' ',
    '.',
    '-',
    '_',
    ':',
    '/',
    '#',
    '@',
    '"',
    '\\',
    '\n',
    '\t',
    '\r',
    '\u{8}',
    '\u{c}',
    '\u{1}',
    '\u{7f}',
    '<',
    '>',
    '{',
    '}',
    'é',
    'ß',
    '€',
    '\u{2028}',
    '\u{feff}',
    '\u{10348}',
    '😀',
];

impl CompiledDocument {
    /// Fills the holes `count` times with random values, equal ones and values of the example among
    /// them, and compares hash and text with what the general engine makes of the whole document.
    /// Gives the number of fillings that needed the general engine.
    ///
    /// # Errors
    /// [`CompileError::Disagrees`] at the first difference.
    pub fn verify_against_general(
        &self,
        set: &ContextSet,
        count: usize,
        random: &mut dyn FnMut() -> u64,
    ) -> Result<usize, CompileError> {
        let mut general = 0;
        for _ in 0..count {
            let values = self.random_values(random);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let mut document = self.example.clone();
            for (hole, value) in self.holes.iter().zip(&values) {
                let place = document.pointer_mut(&hole.pointer).ok_or(CompileError::Disagrees)?;
                *place = Value::String((*value).to_owned());
            }
            let expected = set.canonicalize(&document, View::default());
            match (self.fill(&values), expected) {
                (Ok(filled), Ok(expected)) => {
                    let text = format!("{}}}", filled.json);
                    let same_text =
                        serde_json::from_str::<Value>(&text).is_ok_and(|read| read == document);
                    if filled.sha256 != expected.sha256() || !same_text {
                        return Err(CompileError::Disagrees);
                    }
                }
                (Err(FillError::NeedsGeneralEngine), _) => general += 1,
                // What is refused here must not be what only the general engine takes.
                (Err(FillError::NotAnIri { .. }), Err(_)) => {}
                _ => return Err(CompileError::Disagrees),
            }
        }
        Ok(general)
    }

    fn random_values(&self, random: &mut dyn FnMut() -> u64) -> Vec<String> {
        let mut values: Vec<String> = Vec::with_capacity(self.holes.len());
        for (index, hole) in self.holes.iter().enumerate() {
            let own = self.example.pointer(&hole.pointer).and_then(Value::as_str);
            let earlier = (0..index)
                .filter(|other| {
                    self.holes[*other].kind == hole.kind
                        && self.schemes[*other] == self.schemes[index]
                })
                .collect::<Vec<_>>();
            let choice = random() % 16;
            let value = match (choice, earlier.as_slice()) {
                (0, [.., last]) => values[*last].clone(),
                (1, [first, ..]) => values[*first].clone(),
                (2, _) => own.unwrap_or_default().to_owned(),
                _ => self.random_value(index, random),
            };
            values.push(value);
        }
        values
    }

    fn random_value(&self, index: usize, random: &mut dyn FnMut() -> u64) -> String {
        let mut value = self.schemes[index].clone();
        let length = random() % 24;
        for _ in 0..length {
            let character = CHARACTERS[(random() % CHARACTERS.len() as u64) as usize];
            match self.holes[index].kind {
                HoleKind::Text => value.push(character),
                HoleKind::Iri if character.is_ascii_alphanumeric() || character == '-' => {
                    value.push(character);
                }
                HoleKind::Iri => value.push('x'),
            }
        }
        if self.holes[index].kind == HoleKind::Iri {
            value.push('y');
        }
        value
    }
}
