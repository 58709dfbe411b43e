//! What a client of the API may do.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A right of an API client, always within one issuer except the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Issue certificates.
    #[serde(rename = "credentials:issue")]
    CredentialsIssue,
    /// Issue before an appeal period is over, for a stated reason; beside `credentials:issue`.
    #[serde(rename = "hold:override")]
    HoldOverride,
    /// Revoke, suspend, reinstate.
    #[serde(rename = "credentials:status")]
    CredentialsStatus,
    /// Read the management view.
    #[serde(rename = "credentials:read")]
    CredentialsRead,
    /// Publish definitions.
    #[serde(rename = "catalogue:write")]
    CatalogueWrite,
    /// List and export the register.
    #[serde(rename = "register:read")]
    RegisterRead,
    /// Export the register with names, for a stated reason.
    #[serde(rename = "register:names")]
    RegisterNames,
    /// Keys, clients and settings of the issuer.
    #[serde(rename = "issuer:admin")]
    IssuerAdmin,
    /// Everything of the service itself.
    #[serde(rename = "service:admin")]
    ServiceAdmin,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 9] = [
        Self::CredentialsIssue,
        Self::HoldOverride,
        Self::CredentialsStatus,
        Self::CredentialsRead,
        Self::CatalogueWrite,
        Self::RegisterRead,
        Self::RegisterNames,
        Self::IssuerAdmin,
        Self::ServiceAdmin,
    ];

    /// As written in tokens and configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CredentialsIssue => "credentials:issue",
            Self::HoldOverride => "hold:override",
            Self::CredentialsStatus => "credentials:status",
            Self::CredentialsRead => "credentials:read",
            Self::CatalogueWrite => "catalogue:write",
            Self::RegisterRead => "register:read",
            Self::RegisterNames => "register:names",
            Self::IssuerAdmin => "issuer:admin",
            Self::ServiceAdmin => "service:admin",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == s).ok_or(())
    }
}
