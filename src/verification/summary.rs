//! A report in one row, for who verifies many at once: the verdict, what the document calls itself,
//! and which deciding checks did not pass. Not a judgement of its own: all of it stands in the
//! report.

use super::report::{Check, Outcome, Report, State, Verdict};
use crate::model::Timestamp;
use serde::Serialize;

/// A report in one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The verdict.
    pub verdict: Verdict,
    /// The state of the credential.
    pub state: State,
    /// Since when it is in that state, when that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_since: Option<Timestamp>,
    /// The URL of the successor, when it is superseded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// `id` of the document. Believe it only as far as the verdict goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// `issuer.id` of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// SHA-256 of the bytes that were examined, hex.
    pub sha256: String,
    /// The deciding checks that failed or could not be done, in order.
    pub not_passed: Vec<NotPassed>,
}

/// A deciding check that did not pass.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotPassed {
    /// Which.
    pub check: Check,
    /// How it ended.
    pub outcome: Outcome,
    /// Why, when that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Report {
    /// This report in one row.
    pub fn summary(&self) -> Summary {
        let not_passed = self
            .checks
            .iter()
            .filter(|result| result.check.decides())
            .filter(|result| matches!(result.outcome, Outcome::Fail | Outcome::Indeterminate))
            .map(|result| NotPassed {
                check: result.check,
                outcome: result.outcome,
                detail: result
                    .problem
                    .as_ref()
                    .map(|problem| problem.detail.as_ref().unwrap_or(&problem.title).clone()),
            });
        Summary {
            verdict: self.verdict,
            state: self.state,
            state_since: self.state_since,
            replaced_by: self.replaced_by.clone(),
            credential: self.credential.id.clone(),
            issuer: self.credential.issuer.as_ref().map(|issuer| issuer.id.clone()),
            sha256: self.input.sha256.clone(),
            not_passed: not_passed.collect(),
        }
    }
}

impl Summary {
    /// The names of [`Summary::cells`].
    pub const COLUMNS: [&'static str; 8] = [
        "verdict",
        "state",
        "stateSince",
        "replacedBy",
        "credential",
        "issuer",
        "sha256",
        "notPassed",
    ];

    /// The row as texts.
    pub fn cells(&self) -> [String; 8] {
        let some = |value: &Option<String>| value.clone().unwrap_or_default();
        let not_passed = self.not_passed.iter().map(|one| {
            let detail = one.detail.as_deref().unwrap_or_default();
            format!("{} {}: {detail}", one.check.as_str(), word(&one.outcome))
        });
        [
            word(&self.verdict),
            word(&self.state),
            self.state_since.map(|moment| moment.to_string()).unwrap_or_default(),
            some(&self.replaced_by),
            some(&self.credential),
            some(&self.issuer),
            self.sha256.clone(),
            not_passed.collect::<Vec<_>>().join(" | "),
        ]
    }
}

/// The name that a value of a closed list has in reports.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
