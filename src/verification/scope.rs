//! What all examinations of one input share: the evidence, what is expected, and the bounds that are
//! used up together, however deep one thing is contained in another.

use super::evidence::Evidence;
use super::examiner::{Examiner, Expected};
use std::cell::Cell;

/// So many documents of one input may each be more work than a document may be.
const MAX_EXHAUSTED: usize = 2;

/// What all examinations of one input share: the evidence, and the bounds that are used up.
pub(super) struct Scope<'e, 'a> {
    pub(super) examiner: &'a Examiner,
    pub(super) evidence: &'e Evidence<'a>,
    pub(super) expected: &'e Expected<'e>,
    pub(super) contained_left: Cell<usize>,
    pub(super) endorsements_left: Cell<usize>,
    /// How many documents so far were more work than one may be.
    exhausted: Cell<usize>,
}

impl<'e, 'a> Scope<'e, 'a> {
    pub(super) fn new(
        examiner: &'a Examiner,
        evidence: &'e Evidence<'a>,
        expected: &'e Expected<'e>,
    ) -> Self {
        let limits = examiner.limits();
        Self {
            examiner,
            evidence,
            expected,
            contained_left: Cell::new(limits.max_contained),
            endorsements_left: Cell::new(limits.max_endorsements),
            exhausted: Cell::new(0),
        }
    }

    /// One more document was more work than one may be.
    pub(super) fn exhaust(&self) {
        self.exhausted.set(self.exhausted.get().saturating_add(1));
    }

    /// Whether so many documents were too much work that no more are begun.
    pub(super) fn is_exhausted(&self) -> bool {
        self.exhausted.get() >= MAX_EXHAUSTED
    }
}
