//! What the data model finds wrong with a credential that is not signed yet: for whoever signs
//! credentials of others' making. Safe mode is `canon`'s and is not run here.

use super::report::Outcome;
use super::{conformance, problem, related, status_check};
use crate::model::Problem;
use serde_json::Value;

/// The rules of VCDM 2.0 or 1.1 that this credential breaks, as one problem; contexts inside the
/// document, and subjects with nothing but an `id`, are let through. `None` when it breaks none.
pub fn unsecured_problem(document: &Value) -> Option<Problem> {
    let Value::Object(members) = document else {
        return Some(problem::parsing("The credential is no JSON object."));
    };
    let mut faults = conformance::faults(members);
    faults.retain(|fault| !conformance::taken_in_tests(fault, document));
    faults.extend(status_check::entries(document).1);
    if let Some(problem) = problem::malformed_all(&faults) {
        return Some(problem);
    }
    let related = related::check(document);
    if related.outcome == Outcome::Fail { related.problem } else { None }
}
