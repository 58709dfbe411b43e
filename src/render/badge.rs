//! The badge: artwork or the institution's own picture, with the signed credential baked in (Open
//! Badges 3.0, section 5.3). The credential goes in byte for byte, except that JSON is written in
//! ASCII; a drawing stays a drawing and pixels stay as they are.

use super::{Artwork, RenderError};
use crate::baked::{Limits, bake};

/// The credential in a drawing.
pub fn badge_svg(artwork: &Artwork, credential: &[u8]) -> Result<Vec<u8>, RenderError> {
    Ok(bake(artwork.svg().as_bytes(), credential, &Limits::default())?)
}

/// The credential in pixels: those of [`Artwork::png`], or a PNG of the institution's.
pub fn badge_png(picture: &[u8], credential: &[u8]) -> Result<Vec<u8>, RenderError> {
    Ok(bake(picture, credential, &Limits::default())?)
}
