//! Reports of concerns: whether they are taken, and how many. Counts are kept in memory by the
//! front, never here.

use super::ConfigError;
use serde::{Deserialize, Serialize};

/// Reports of concerns about certificates (story E10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Concerns {
    /// Whether they are taken.
    pub enabled: bool,
    /// How many one visitor can make in an hour.
    pub per_visitor_hour: u32,
    /// How many can be made about one certificate in an hour.
    pub per_certificate_hour: u32,
    /// How many mails about them one issuer gets in an hour, where mail is on.
    pub mails_per_issuer_hour: u32,
}

impl Default for Concerns {
    fn default() -> Self {
        Self {
            enabled: true,
            per_visitor_hour: 5,
            per_certificate_hour: 20,
            mails_per_issuer_hour: 10,
        }
    }
}

impl Concerns {
    /// Refuses values that cannot work.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        for (key, number) in [
            ("concerns.per_visitor_hour", self.per_visitor_hour),
            ("concerns.per_certificate_hour", self.per_certificate_hour),
            ("concerns.mails_per_issuer_hour", self.mails_per_issuer_hour),
        ] {
            if !(1..=10_000).contains(&number) {
                return Err(ConfigError::Value { key, detail: "must be 1-10000".to_owned() });
            }
        }
        Ok(())
    }
}
