//! What people hold: the QR code of a certificate's address, the artwork of its
//! badge, the badge with the credential in it, the paper.
//!
//! The same input gives the same bytes, on every machine: no clock, no randomness, no fonts of the
//! system, no network. Nothing is judged here and nothing is signed: who may have a file, and what
//! a verification said, is decided before. `docs/RENDERING.md` tells what each file is.

mod artwork;
mod badge;
mod colour;
mod error;
mod paper;
mod qr;
mod typeface;

pub use artwork::{Artwork, SIDE};
pub use badge::{badge_png, badge_svg, picture_svg, size};
pub use colour::Colour;
pub use error::RenderError;
pub use paper::{Paper, Status};
pub use qr::QrCode;

/// A text as it may stand in XML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML 1.0 has no such characters.
            c if c.is_control() => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
