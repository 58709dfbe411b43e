//! Outcomes of many documents: every value, or every fault at once, each with its place.

use super::IssueError;
use crate::model::{FieldError, ShapeFault};
use crate::profile::Checked;
use std::collections::HashSet;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many documents were taken.
    pub count: usize,
    /// What was odd but accepted.
    pub warnings: Vec<FieldError>,
}

/// Outcomes of many documents: all values, or all faults.
pub(super) struct Gathered<T> {
    values: Vec<T>,
    faults: Vec<FieldError>,
    warnings: Vec<FieldError>,
}

impl<T> Default for Gathered<T> {
    fn default() -> Self {
        Self { values: Vec::new(), faults: Vec::new(), warnings: Vec::new() }
    }
}

impl<T> Gathered<T> {
    /// Takes the outcome of the document at this place of the list.
    pub(super) fn take(&mut self, place: usize, outcome: Result<Checked<T>, Vec<FieldError>>) {
        let at = |mut fault: FieldError| {
            fault.pointer.insert_str(0, &format!("/{place}"));
            fault
        };
        match outcome {
            Ok(checked) => {
                self.warnings.extend(checked.warnings.into_iter().map(at));
                self.values.push(checked.value);
            }
            Err(faults) => self.faults.extend(faults.into_iter().map(at)),
        }
    }

    /// The values and what was odd about them, or the faults.
    pub(super) fn finish(self) -> Result<(Vec<T>, Vec<FieldError>), IssueError> {
        if self.faults.is_empty() {
            Ok((self.values, self.warnings))
        } else {
            Err(IssueError::Invalid(self.faults))
        }
    }
}

/// Refuses a batch that says two things under one name.
pub(super) fn unique(names: impl Iterator<Item = String>) -> Result<(), IssueError> {
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    for (place, name) in names.enumerate() {
        if !seen.insert(name) {
            faults.push(FieldError::at(format!("/{place}"), ShapeFault::DuplicateName));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(IssueError::Invalid(faults)) }
}
