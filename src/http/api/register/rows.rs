//! A certificate as a row: JSON or CSV (RFC 4180), from its signed bytes and its state. Names stand
//! in it only when they were asked for with a reason that is recorded.

use crate::http::csv::write_line;
use crate::http::pages::definition_name;
use crate::issuance::Listed;
use crate::profile::Installation;
use serde::Serialize;
use serde_json::Value;

/// What a row holds. Absent is what the certificate does not say, or what was erased.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    definition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    awarded_by: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity_start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity_end: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<String>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<String>,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    erased: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration_due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registered_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration_reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    case_number: Option<String>,
}

/// Whether rows name people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Names and case numbers are left out.
    Without,
    /// They stand in it, as signed; erased ones stay empty.
    With,
}

impl Row {
    /// The row of a certificate.
    pub fn of(listed: &Listed, installation: &Installation, names: Names) -> Self {
        let record = &listed.record;
        let text = |value: &dyn std::fmt::Display| Some(value.to_string());
        let mut row = Self {
            id: installation.credential_url(record.id),
            certificate_number: None,
            kind: None,
            definition: None,
            title: None,
            awarded_by: Vec::new(),
            decision_date: None,
            issued_at: None,
            activity_start: None,
            activity_end: None,
            valid_until: None,
            state: listed.state.code(),
            state_since: record.state_since.as_ref().and_then(|v| text(v)),
            replaced_by: record.replaced_by.map(|id| installation.credential_url(id)),
            replaces: record.replaces.map(|id| installation.credential_url(id)),
            sha256: record.sha256.clone(),
            erased: record.erased.as_ref().and_then(|v| text(v)),
            registration_due: record.registration_due.as_ref().and_then(|v| text(v)),
            registered_on: record.registration.as_ref().map(|r| r.on.to_string()),
            registration_reference: record.registration.as_ref().and_then(|r| r.reference.clone()),
            name: None,
            case_number: None,
        };
        match &listed.signed {
            Some(view) => {
                row.certificate_number.clone_from(&view.certificate_number);
                row.kind = view.kind.map(|kind| kind.code().to_owned());
                row.definition =
                    definition_name(view, &installation.base_url).map(|name| name.to_string());
                row.title.clone_from(&view.title);
                let bodies = view.awarding_bodies.iter().map(|body| body.name.clone());
                row.awarded_by = bodies.collect();
                row.decision_date = view.decided.as_ref().and_then(|v| text(v));
                row.issued_at = view.issued.as_ref().and_then(|v| text(v));
                row.activity_start = view.activity_start.as_ref().and_then(|v| text(v));
                row.activity_end = view.activity_end.as_ref().and_then(|v| text(v));
                row.valid_until = view.valid_until.as_ref().and_then(|v| text(v));
                if names == Names::With {
                    row.name.clone_from(&view.holder.name);
                    row.case_number.clone_from(&record.case_number);
                }
            }
            // What stays of an erased one, and nothing else.
            None => {
                row.certificate_number = Some(record.certificate_number.clone());
                row.kind = Some(record.kind.code().to_owned());
                row.definition = Some(record.definition.to_string());
                row.decision_date = text(&record.decision_date);
                row.issued_at = text(&record.issued_at);
                row.valid_until = record.valid_until.as_ref().and_then(|v| text(v));
            }
        }
        row
    }

    /// As JSON.
    pub fn value(&self) -> Value {
        serde_json::to_value(self).expect("a row of texts is always JSON")
    }

    /// As a line of CSV, with its end.
    pub fn write_csv(&self, names: Names, line: &mut Vec<u8>) {
        let bodies = self.awarded_by.join("; ");
        let some = |value: &Option<String>| value.clone().unwrap_or_default();
        let mut cells = vec![
            self.id.clone(),
            some(&self.certificate_number),
            some(&self.kind),
            some(&self.definition),
            some(&self.title),
            bodies,
            some(&self.decision_date),
            some(&self.issued_at),
            some(&self.activity_start),
            some(&self.activity_end),
            some(&self.valid_until),
            self.state.to_owned(),
            some(&self.state_since),
            some(&self.replaced_by),
            some(&self.replaces),
            self.sha256.clone(),
            some(&self.erased),
            some(&self.registration_due),
            some(&self.registered_on),
            some(&self.registration_reference),
        ];
        if names == Names::With {
            cells.push(some(&self.name));
            cells.push(some(&self.case_number));
        }
        write_line(&cells, line);
    }
}

/// The first line of CSV.
pub fn write_header(names: Names, line: &mut Vec<u8>) {
    let mut cells = COLUMNS.to_vec();
    if names == Names::With {
        cells.extend(["name", "caseNumber"]);
    }
    write_line(&cells, line);
}

/// The columns of CSV; they are called as in JSON.
const COLUMNS: &[&str] = &[
    "id",
    "certificateNumber",
    "kind",
    "definition",
    "title",
    "awardedBy",
    "decisionDate",
    "issuedAt",
    "activityStart",
    "activityEnd",
    "validUntil",
    "state",
    "stateSince",
    "replacedBy",
    "replaces",
    "sha256",
    "erased",
    "registrationDue",
    "registeredOn",
    "registrationReference",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_columns_only_where_they_are_asked_for() {
        let mut line = Vec::new();
        write_header(Names::Without, &mut line);
        let header = String::from_utf8(line).expect("UTF-8");
        assert!(header.ends_with("registrationReference\r\n") && !header.contains("name"));
    }
}
