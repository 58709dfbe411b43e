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
    /// Keys, clients and settings of the issuer.
    #[serde(rename = "issuer:admin")]
    IssuerAdmin,
    /// Everything of the service itself.
    #[serde(rename = "service:admin")]
    ServiceAdmin,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 7] = [
        Self::CredentialsIssue,
        Self::CredentialsStatus,
        Self::CredentialsRead,
        Self::CatalogueWrite,
        Self::RegisterRead,
        Self::IssuerAdmin,
        Self::ServiceAdmin,
    ];

    /// As written in tokens and configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CredentialsIssue => "credentials:issue",
            Self::CredentialsStatus => "credentials:status",
            Self::CredentialsRead => "credentials:read",
            Self::CatalogueWrite => "catalogue:write",
            Self::RegisterRead => "register:read",
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
