//! Why nothing could be taken out of a file, or baked into it. Says what the file is.

use super::{Carrier, Kind};

/// Why there is no credential.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BakedError {
    /// (client) A file of a kind that carries no credential.
    #[error("the file is {kind}, which carries no credential; PNG, SVG and PDF can")]
    NoCarrier {
        /// What it is.
        kind: Kind,
    },
    /// (client) A picture or paper without a credential in it.
    #[error("the file is a {carrier} without a signed credential: {detail}")]
    NoCredential {
        /// What it is.
        carrier: Carrier,
        /// What was looked for.
        detail: &'static str,
    },
    /// (client) A picture with a badge of Open Badges 1 or 2, which is no verifiable credential.
    #[error("the file is a {carrier} with a badge of Open Badges 2.0 or older")]
    OpenBadges2 {
        /// What it is.
        carrier: Carrier,
    },
    /// (client) More than one credential: which one counts cannot be told.
    #[error("the file is a {carrier} with more than one credential")]
    Several {
        /// What it is.
        carrier: Carrier,
    },
    /// (client) The file is broken.
    #[error("the file is a damaged {carrier}: {detail}")]
    Damaged {
        /// What it is.
        carrier: Carrier,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// (client) Something in it is not read here.
    #[error("the file is a {carrier} that cannot be read here: {detail}")]
    Unsupported {
        /// What it is.
        carrier: Carrier,
        /// What is not read.
        detail: &'static str,
    },
    /// (client) Larger than is taken.
    #[error("the file is a {carrier} of more than {max} bytes")]
    TooLarge {
        /// What it is.
        carrier: Carrier,
        /// What is taken.
        max: usize,
    },
    /// (client) More inside than is taken: parts, nesting, decompressed bytes.
    #[error("the file is a {carrier} with more in it than is taken: {detail}")]
    TooMuch {
        /// What it is.
        carrier: Carrier,
        /// Of what.
        detail: &'static str,
    },
    /// (client) What is to be baked is no signed credential.
    #[error("cannot be baked: {detail}")]
    NotACredential {
        /// Why.
        detail: &'static str,
    },
}
