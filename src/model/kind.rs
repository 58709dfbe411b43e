//! The closed list of certificate kinds.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a certificate is. The list is closed: diplomas and degrees are not issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateKind {
    /// Record of the outcomes of a small, assessed volume of learning.
    Microcredential,
    /// An institution's own name for a stack of microcredentials; not a degree.
    Microdegree,
    /// Outcome of an aptitude examination, in the name of the validating body.
    EvcBewijsVanBekwaamheid,
    /// Shows one or more demonstrated competences.
    EvcCompetentiebewijs,
    /// A whole vocational qualification demonstrated.
    EvcBewijsVanBeroepskwalificatie,
    /// Part of a vocational qualification demonstrated.
    EvcBewijsVanDeelkwalificatie,
    /// Somebody attended; nothing was assessed.
    Participation,
}

impl CertificateKind {
    /// Every kind, in the order of the guide.
    pub const ALL: [Self; 7] = [
        Self::Microcredential,
        Self::Microdegree,
        Self::EvcBewijsVanBekwaamheid,
        Self::EvcCompetentiebewijs,
        Self::EvcBewijsVanBeroepskwalificatie,
        Self::EvcBewijsVanDeelkwalificatie,
        Self::Participation,
    ];

    /// The code used in requests, in `ext:CertificateKind` and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Microcredential => "microcredential",
            Self::Microdegree => "microdegree",
            Self::EvcBewijsVanBekwaamheid => "evc-bewijs-van-bekwaamheid",
            Self::EvcCompetentiebewijs => "evc-competentiebewijs",
            Self::EvcBewijsVanBeroepskwalificatie => "evc-bewijs-van-beroepskwalificatie",
            Self::EvcBewijsVanDeelkwalificatie => "evc-bewijs-van-deelkwalificatie",
            Self::Participation => "participation",
        }
    }

    /// Whether this is a proof of recognised prior learning.
    pub fn is_evc(self) -> bool {
        match self {
            Self::EvcBewijsVanBekwaamheid
            | Self::EvcCompetentiebewijs
            | Self::EvcBewijsVanBeroepskwalificatie
            | Self::EvcBewijsVanDeelkwalificatie => true,
            Self::Microcredential | Self::Microdegree | Self::Participation => false,
        }
    }
}

impl fmt::Display for CertificateKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for CertificateKind {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|k| k.code() == s).ok_or(())
    }
}
