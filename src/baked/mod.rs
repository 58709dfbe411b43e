//! Badges in pictures and papers: takes the signed credential out of a baked PNG or SVG (Open
//! Badges 3.0, section 5.3) or a PDF that carries it as an attachment, and bakes one into a PNG or
//! SVG.
//!
//! What is taken out is handed on byte for byte and judged elsewhere. Deliberately not here: looking
//! at the picture, drawing one, signatures, the network. Everything is bounded by [`Limits`];
//! nothing is decompressed without a cap, and XML entities are not expanded.

mod detect;
mod error;
mod payload;
mod pdf;
mod picture;
mod png;
mod svg;

pub use detect::{Kind, detect};
pub use error::BakedError;
pub use picture::{MOST_BYTES, MOST_PIXELS, PictureError, PictureSize, check_picture};

/// The bounds of reading a picture or a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub max_bytes: usize,
    /// Largest credential in it, in bytes; also after decompression.
    pub max_credential_bytes: usize,
    /// Most chunks of a PNG, elements of an SVG, objects read of a PDF.
    pub max_parts: usize,
    /// Bytes that may be decompressed in all.
    pub max_inflated_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 16 * 1_048_576,
            max_credential_bytes: 1_048_576,
            max_parts: 20_000,
            max_inflated_bytes: 16 * 1_048_576,
        }
    }
}

/// The kind of file that carries a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// A picture of pixels.
    Png,
    /// A drawing.
    Svg,
    /// A paper.
    Pdf,
}

impl Carrier {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
            Self::Pdf => "application/pdf",
        }
    }
}

impl std::fmt::Display for Carrier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
        })
    }
}

/// A credential that was taken out of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted {
    /// Its bytes: JSON or a compact token.
    pub credential: Vec<u8>,
    /// `application/vc` for JSON, `application/jwt` for a token.
    pub media_type: &'static str,
    /// What carried it.
    pub carrier: Carrier,
}

/// Takes the credential out of a file. `None` when the bytes are neither picture nor paper, and so
/// may be a credential themselves; a picture or paper without one is an error that says so.
///
/// ```
/// use bewijs::baked::{Carrier, Limits, bake, extract};
///
/// let root = env!("CARGO_MANIFEST_DIR");
/// let picture = std::fs::read(format!("{root}/tests/baked/files/plain.png"))?;
/// let credential = std::fs::read(format!("{root}/examples/offline/credential.json"))?;
/// let limits = Limits::default();
///
/// let badge = bake(&picture, &credential, &limits)?;
/// let taken = extract(&badge, &limits)?.ok_or("a picture")?;
/// assert_eq!(taken.credential, credential.trim_ascii_end());
/// assert_eq!((taken.carrier, taken.media_type), (Carrier::Png, "application/vc"));
///
/// // A picture without a credential is an error; what is no picture may be a credential itself.
/// assert!(extract(&picture, &limits).is_err());
/// assert!(extract(&credential, &limits)?.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn extract(bytes: &[u8], limits: &Limits) -> Result<Option<Extracted>, BakedError> {
    let carrier = match detect(bytes) {
        Kind::Png => Carrier::Png,
        Kind::Svg => Carrier::Svg,
        Kind::Pdf => Carrier::Pdf,
        Kind::Json | Kind::Token | Kind::Unknown => return Ok(None),
        kind @ (Kind::Jpeg | Kind::Gif | Kind::Webp | Kind::Zip | Kind::Html | Kind::Xml) => {
            return Err(BakedError::NoCarrier { kind });
        }
    };
    if bytes.len() > limits.max_bytes {
        return Err(BakedError::TooLarge { carrier, max: limits.max_bytes });
    }
    let credential = match carrier {
        Carrier::Png => png::extract(bytes, limits),
        Carrier::Svg => svg::extract(bytes, limits),
        Carrier::Pdf => pdf::extract(bytes, limits),
    }?;
    let media_type = payload::media_type(&credential).ok_or(BakedError::NoCredential {
        carrier,
        detail: "what stands in the place of the credential is neither JSON nor a token",
    })?;
    Ok(Some(Extracted { credential, media_type, carrier }))
}

/// Bakes a signed credential, JSON or compact token, into a PNG or SVG. The picture is spliced, not
/// written anew: every other byte of it stays. A credential that was baked in before is replaced.
/// JSON is written in ASCII, because readers exist that take the text for Latin-1.
pub fn bake(image: &[u8], credential: &[u8], limits: &Limits) -> Result<Vec<u8>, BakedError> {
    let payload = payload::Payload::of(credential, limits)?;
    let within = |carrier| {
        let max = limits.max_bytes;
        if image.len() > max { Err(BakedError::TooLarge { carrier, max }) } else { Ok(()) }
    };
    match detect(image) {
        Kind::Png => {
            within(Carrier::Png)?;
            png::bake(image, &payload, limits)
        }
        Kind::Svg => {
            within(Carrier::Svg)?;
            svg::bake(image, &payload, limits)
        }
        kind => Err(BakedError::NoCarrier { kind }),
    }
}
