//! The QR code of an address (ISO/IEC 18004), with error correction Q, so that a quarter may be
//! dirty or torn, and with the quiet zone of four modules that readers need.
//!
//! Drawn as one path, black on white, with title and description for who does not see it.

use super::{RenderError, escape};
use crate::texts::{Language, RenderText};
use fast_qr::{ECL, QRBuilder};
use std::fmt::Write;

/// Modules of quiet around the code (section 6.3.8 of the standard).
const QUIET: usize = 4;
/// Longest address in bytes: version 13, which is still read from 3 cm of paper.
const LONGEST: usize = 177;

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    address: String,
    size: usize,
    dark: Vec<bool>,
}

impl QrCode {
    /// The code of an address.
    pub fn of(address: &str) -> Result<Self, RenderError> {
        if address.len() > LONGEST {
            return Err(RenderError::AddressTooLong);
        }
        let code =
            QRBuilder::new(address).ecl(ECL::Q).build().map_err(|_| RenderError::AddressTooLong)?;
        let size = code.size;
        let dark =
            code.data.iter().take(size.saturating_mul(size)).map(|module| module.value()).collect();
        Ok(Self { address: address.to_owned(), size, dark })
    }

    /// Modules from edge to edge, with the quiet zone.
    pub fn width(&self) -> usize {
        self.size + 2 * QUIET
    }

    /// Runs of dark modules: column, row, length; the quiet zone counted in.
    pub fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        for (y, row) in self.dark.chunks(self.size.max(1)).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    runs.push((x + QUIET, y + QUIET, run.len()));
                }
                x += run.len();
            }
        }
        runs
    }

    /// The code as a drawing of its own.
    pub fn svg(&self, language: Language) -> String {
        let width = self.width();
        let title = RenderText::QrTitle.to(language);
        let about = RenderText::QrAbout { address: &escape(&self.address) }.to(language);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {width}\" \
             width=\"{side}\" height=\"{side}\" role=\"img\" xml:lang=\"{language}\" \
             lang=\"{language}\" aria-labelledby=\"qr-title qr-about\" \
             shape-rendering=\"crispEdges\">\
             <title id=\"qr-title\">{title}</title><desc id=\"qr-about\">{about}</desc>\
             <path fill=\"#fff\" d=\"M0 0h{width}v{width}h-{width}z\"/><path fill=\"#000\" d=\"",
            side = width * 6,
        );
        for (x, y, length) in self.runs() {
            let _ = write!(svg, "M{x} {y}h{length}v1h-{length}z");
        }
        svg.push_str("\"/></svg>\n");
        svg
    }
}
