//! What can go wrong when a picture or a paper is made. None of it tells anything of a person.

use crate::baked::BakedError;
use thiserror::Error;

/// Why nothing was made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RenderError {
    /// The address does not fit a QR code of a size that phones read from paper.
    #[error("the address is too long for a QR code")]
    AddressTooLong,
    /// The artwork could not be drawn; never by what a certificate says.
    #[error("the artwork could not be drawn")]
    Artwork,
    /// The paper could not be written; the detail tells nothing of what stands on it.
    #[error("the paper could not be written: {0}")]
    Paper(String),
    /// The credential cannot go into the picture.
    #[error(transparent)]
    Baked(#[from] BakedError),
}
