//! What people hold: the QR code of a certificate's address, as a drawing.
//!
//! The same input gives the same bytes, on every machine: no clock, no randomness, no fonts of the
//! system, no network. Nothing is judged here and nothing is signed: who may have a file, and what
//! a verification said, is decided before. `docs/RENDERING.md` tells what each file is.

mod error;
mod qr;

pub use error::RenderError;
pub use qr::QrCode;
