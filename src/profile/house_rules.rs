//! What the operator of an installation sets for every issuer alike (guide, section 17; "one
//! procedure for all partners"). An issuer's own choices are its [`super::IssuerSettings`].

use super::field_profile::{letters, optional};
use crate::model::{CertificateKind, Zone};

/// Rules of the installation, the same for every issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseRules {
    /// Where calendar days begin: today, and the end of an appeal period.
    pub zone: Zone,
    /// Days of the internal appeal period, where the issuer sets no other number.
    pub appeal_days: u16,
    required: Vec<(CertificateKind, String)>,
}

/// A field that cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HouseRulesError {
    /// (operator) Only the fields of vocational kinds are the operator's to set.
    #[error("the fields of the kind {0} are not configurable")]
    Kind(&'static str),
    /// (operator) The kind has no such field, or needs it anyway.
    #[error("{0} is not an optional field of this kind, written definition/... or award/...")]
    Field(String),
}

impl Default for HouseRules {
    fn default() -> Self {
        Self::new(Zone::default(), 7)
    }
}

impl HouseRules {
    /// Of this zone and period, asking for nothing besides.
    pub fn new(zone: Zone, appeal_days: u16) -> Self {
        Self { zone, appeal_days, required: Vec::new() }
    }

    /// Asks for one more field of a vocational kind: `definition/` or `award/` and the names of its
    /// members, such as `definition/testCentreRecognition`.
    pub fn require(&mut self, kind: CertificateKind, field: &str) -> Result<(), HouseRulesError> {
        if !letters(kind).contains('v') {
            return Err(HouseRulesError::Kind(kind.code()));
        }
        let found =
            field.split_once('/').and_then(|(document, path)| optional(kind, document, path));
        if found.is_none() {
            return Err(HouseRulesError::Field(field.to_owned()));
        }
        if !self.required.iter().any(|(named, known)| *named == kind && known == field) {
            self.required.push((kind, field.to_owned()));
        }
        Ok(())
    }

    /// Whether the operator asks for this field.
    pub(super) fn asks(&self, kind: CertificateKind, document: &str, path: &str) -> bool {
        let asked = self.required.iter().filter(|(named, _)| *named == kind);
        asked.filter_map(|(_, field)| field.split_once('/')).any(|found| found == (document, path))
    }
}
