//! What is asked of the register and what comes back: pages of records in order of issue, counts,
//! and disclosures.

use super::record::{IssuedRecord, Origin};
use crate::model::{CertificateKind, CredentialId, CredentialState, Date, Slug, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Which records of one issuer; what is `None` is not asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterQuery {
    /// Whose; an issuer sees nothing of another one.
    pub issuer: Slug,
    /// Of this kind.
    pub kind: Option<CertificateKind>,
    /// Of this definition of the issuer's catalogue.
    pub definition: Option<Slug>,
    /// Of this version of it.
    pub version: Option<String>,
    /// In this state.
    pub state: Option<CredentialState>,
    /// `validFrom` at this moment or later.
    pub issued_from: Option<Timestamp>,
    /// `validFrom` before this moment.
    pub issued_before: Option<Timestamp>,
    /// Decided on this day or later.
    pub decided_from: Option<Date>,
    /// Decided before this day.
    pub decided_before: Option<Date>,
    /// To be registered until this day or earlier, and not registered yet.
    pub registration_due_by: Option<Date>,
    /// Whether it was erased.
    pub erased: Option<bool>,
    /// Behind this point; from the beginning when absent.
    pub after: Option<RegisterCursor>,
    /// The most records of one page, 1 to [`RegisterQuery::MOST`].
    pub limit: usize,
}

impl RegisterQuery {
    /// The most records of one page; a higher limit is this one.
    pub const MOST: usize = 1_000;

    /// Everything of this issuer, a hundred at a time.
    pub fn of(issuer: Slug) -> Self {
        Self {
            issuer,
            kind: None,
            definition: None,
            version: None,
            state: None,
            issued_from: None,
            issued_before: None,
            decided_from: None,
            decided_before: None,
            registration_due_by: None,
            erased: None,
            after: None,
            limit: 100,
        }
    }

    /// Whether a record is asked for, whatever the cursor.
    pub fn matches(&self, record: &IssuedRecord) -> bool {
        record.issuer == self.issuer && self.lets_pass(&Glance::of(record))
    }

    pub(super) fn lets_pass(&self, seen: &Glance) -> bool {
        fn is<T: PartialEq>(asked: Option<&T>, found: &T) -> bool {
            asked.is_none_or(|asked| asked == found)
        }
        is(self.kind.as_ref(), &seen.kind)
            && is(self.definition.as_ref(), &seen.definition)
            && is(self.version.as_ref(), &seen.version)
            && is(self.state.as_ref(), &seen.state)
            && is(self.erased.as_ref(), &seen.erased)
            && self.issued_from.is_none_or(|from| seen.issued_at >= from)
            && self.issued_before.is_none_or(|before| seen.issued_at < before)
            && self.decided_from.is_none_or(|from| seen.decided >= from)
            && self.decided_before.is_none_or(|before| seen.decided < before)
            && self.registration_due_by.is_none_or(|by| {
                !seen.registered && seen.registration_due.is_some_and(|due| due <= by)
            })
    }
}

/// What of a record queries look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Glance {
    #[serde(rename = "i")]
    pub(super) id: CredentialId,
    #[serde(rename = "k")]
    kind: CertificateKind,
    #[serde(rename = "d")]
    definition: Slug,
    #[serde(rename = "v")]
    version: String,
    #[serde(rename = "s")]
    state: CredentialState,
    #[serde(rename = "f")]
    issued_at: Timestamp,
    #[serde(rename = "a")]
    decided: Date,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    registration_due: Option<Date>,
    #[serde(rename = "r", default, skip_serializing_if = "std::ops::Not::not")]
    registered: bool,
    #[serde(rename = "e", default, skip_serializing_if = "std::ops::Not::not")]
    erased: bool,
}

impl Glance {
    pub(super) fn of(record: &IssuedRecord) -> Self {
        Self {
            id: record.id,
            kind: record.kind,
            definition: record.definition.slug.clone(),
            version: record.definition.version.clone(),
            state: record.state,
            issued_at: record.issued_at,
            decided: record.decision_date,
            registration_due: record.registration_due,
            registered: record.registration.is_some(),
            erased: record.erased.is_some(),
        }
    }
}

/// A point in the order of issue. As text it is opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegisterCursor(pub(super) u64);

/// A text that is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no place in the register")]
pub struct CursorError;

impl fmt::Display for RegisterCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:08x}", self.0, crc32c::crc32c(&self.0.to_be_bytes()))
    }
}

impl FromStr for RegisterCursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let number = text.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok());
        let cursor = Self(number.ok_or(CursorError)?);
        // One place has one text.
        if cursor.to_string() == text { Ok(cursor) } else { Err(CursorError) }
    }
}

/// A page of records in order of arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Oldest first. May be fewer than asked for, even none, although more follow.
    pub records: Vec<Arc<T>>,
    /// Where to go on; `None` at the end.
    pub next: Option<RegisterCursor>,
}

/// A page of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterPage {
    /// In order of issue. May be fewer than asked for, even none, although more follow.
    pub records: Vec<Arc<IssuedRecord>>,
    /// Where to go on; `None` at the end.
    pub next: Option<RegisterCursor>,
}

/// How many certificates of a kind an issuer issued in a quarter, erased and purged ones included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IssuanceCount {
    /// Who.
    pub issuer: Slug,
    /// Of which kind.
    pub kind: CertificateKind,
    /// The year of `validFrom` (UTC).
    pub year: i16,
    /// Its quarter, 1 to 4.
    pub quarter: u8,
    /// How many.
    pub count: u64,
}

/// That records were given out with names; for the audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disclosure {
    /// Whose records.
    pub issuer: Slug,
    /// Why, as stated.
    pub reason: String,
    /// What was asked for.
    pub query: Value,
    /// How many records.
    pub records: u64,
    /// By whom and when.
    pub origin: Origin,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_only_as_it_was_written() {
        let cursor = RegisterCursor(0x1234_5678_9abc);
        let text = cursor.to_string();
        assert_eq!(text.parse(), Ok(cursor));
        let upper = text.to_uppercase();
        for wrong in ["", "0", &text[1..], &format!("{text}0"), &upper, "é123456789abcdef12345678"]
        {
            assert_eq!(wrong.parse::<RegisterCursor>(), Err(CursorError), "{wrong}");
        }
        let turned = text.replace(&text[15..16], if &text[15..16] == "c" { "d" } else { "c" });
        assert_eq!(turned.parse::<RegisterCursor>(), Err(CursorError));
    }
}
