//! What the operator of an installation sets for every issuer alike (guide, section 17; "one
//! procedure for all partners"). An issuer's own choices are its [`super::IssuerSettings`].

use crate::model::Zone;

/// Rules of the installation, the same for every issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseRules {
    /// Where calendar days begin: today, and the end of an appeal period.
    pub zone: Zone,
    /// Days of the internal appeal period, where the issuer sets no other number.
    pub appeal_days: u16,
}

impl Default for HouseRules {
    fn default() -> Self {
        Self { zone: Zone::default(), appeal_days: 7 }
    }
}
