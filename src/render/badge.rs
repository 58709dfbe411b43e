//! The badge: artwork or the institution's own picture, with the signed credential baked in (Open
//! Badges 3.0, section 5.3). The credential goes in byte for byte, except that JSON is written in
//! ASCII; a drawing stays a drawing and pixels stay as they are.

use super::{Artwork, RenderError, escape};
use crate::baked::{Limits, bake};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The credential in a drawing.
pub fn badge_svg(artwork: &Artwork, credential: &[u8]) -> Result<Vec<u8>, RenderError> {
    Ok(bake(artwork.svg().as_bytes(), credential, &Limits::default())?)
}

/// The credential in a drawing that shows the institution's own picture, a PNG.
pub fn picture_svg(picture: &[u8], about: &str, credential: &[u8]) -> Result<Vec<u8>, RenderError> {
    let (width, height) = size(picture).ok_or(RenderError::Artwork)?;
    let about = escape(about);
    let picture = STANDARD.encode(picture);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"badge-title\">\
         <title id=\"badge-title\">{about}</title><image width=\"{width}\" height=\"{height}\" \
         href=\"data:image/png;base64,{picture}\"/></svg>\n"
    );
    Ok(bake(svg.as_bytes(), credential, &Limits::default())?)
}

/// Width and height of a PNG as its header states them, when it is one that badges are made of: no
/// side over 2048 pixels.
pub fn size(picture: &[u8]) -> Option<(u32, u32)> {
    let header = picture.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let side = |at: usize| {
        let bytes = header.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes)).filter(|side| (1..=2048).contains(side))
    };
    Some((side(0)?, side(4)?))
}

/// The credential in pixels: those of [`Artwork::png`], or a PNG of the institution's.
pub fn badge_png(picture: &[u8], credential: &[u8]) -> Result<Vec<u8>, RenderError> {
    Ok(bake(picture, credential, &Limits::default())?)
}
