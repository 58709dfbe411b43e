//! Whether bytes are a plain PNG that may be shown to others: of a bounded size, whole to the last
//! pixel, and nothing but a picture (PNG, Third Edition).
//!
//! Text, profiles, animation and anything behind the end are refused: they are not seen, and could
//! tell of somebody or do something. Pixels are unpacked to see that they are whole, and never
//! interpreted.

use super::Limits;
use super::detect::PNG;
use super::payload::{Inflate, inflate};
use super::png::{Chunk, chunks, crc_holds};

/// The most bytes of a picture.
pub const MOST_BYTES: usize = 64 * 1024;
/// The most pixels of a side.
pub const MOST_PIXELS: u32 = 1024;

/// Width and height of a picture that was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureSize {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Why a picture is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// (caller) More than [`MOST_BYTES`].
    #[error("the picture has too many bytes")]
    TooLong,
    /// (caller) Another format.
    #[error("the picture is no PNG")]
    NotPng,
    /// (caller) A side of none, or of more than [`MOST_PIXELS`].
    #[error("the picture is too wide or too high")]
    TooWide,
    /// (caller) It is not whole, or not as the standard has it.
    #[error("the picture is damaged")]
    Damaged,
    /// (caller) It carries more than a picture.
    #[error("the picture carries more than a picture")]
    MoreThanPicture,
}

/// What may stand in it: the critical chunks, and those that say how colours and pixels are meant.
const KNOWN: [&[u8; 4]; 11] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs",
    b"bKGD",
];

/// The passes of interlaced pictures: first column and row, step of columns and rows (section 8).
const PASSES: [(u32, u32, u32, u32); 7] = [
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
];

/// What the header says (section 11.2.1).
struct Header {
    size: PictureSize,
    bits_per_pixel: u32,
    palette: bool,
    interlaced: bool,
}

/// Checks a picture.
pub fn check_picture(bytes: &[u8]) -> Result<PictureSize, PictureError> {
    if bytes.len() > MOST_BYTES {
        return Err(PictureError::TooLong);
    }
    if !bytes.starts_with(PNG) {
        return Err(PictureError::NotPng);
    }
    let limits = Limits { max_parts: 256, ..Limits::default() };
    let chunks = chunks(bytes, &limits).map_err(|_| PictureError::Damaged)?;
    let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else {
        return Err(PictureError::Damaged);
    };
    let header = header(bytes.get(first.data.clone()).unwrap_or_default())?;
    if !chunks.iter().all(|chunk| crc_holds(bytes, chunk)) {
        return Err(PictureError::Damaged);
    }
    if last.whole.end != bytes.len() || !chunks.iter().all(|c| KNOWN.contains(&&c.kind)) {
        return Err(PictureError::MoreThanPicture);
    }
    let count = |kind: &[u8; 4]| chunks.iter().filter(|chunk| chunk.kind == *kind).count();
    let palettes = chunks.iter().filter(|chunk| &chunk.kind == b"PLTE");
    let fits = |chunk: &Chunk| {
        let length = chunk.data.len();
        (1..=256 * 3).contains(&length) && length.is_multiple_of(3)
    };
    let once = count(b"IHDR") == 1 && count(b"IEND") == 1 && count(b"PLTE") <= 1;
    let palette = count(b"PLTE") == 1 || !header.palette;
    if !once || !palette || !last.data.is_empty() || !palettes.clone().all(fits) {
        return Err(PictureError::Damaged);
    }
    pixels(bytes, &chunks, &header)?;
    Ok(header.size)
}

fn header(data: &[u8]) -> Result<Header, PictureError> {
    let Ok(data) = <&[u8; 13]>::try_from(data) else { return Err(PictureError::Damaged) };
    let number =
        |at: usize| u32::from_be_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]]);
    let (width, height) = (number(0), number(4));
    let [depth, colour, compression, filter, interlace] =
        [data[8], data[9], data[10], data[11], data[12]];
    let channels = match (colour, depth) {
        (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) => 1,
        (2, 8 | 16) => 3,
        (4, 8 | 16) => 2,
        (6, 8 | 16) => 4,
        _ => return Err(PictureError::Damaged),
    };
    if compression != 0 || filter != 0 || interlace > 1 {
        return Err(PictureError::Damaged);
    }
    let side = 1..=MOST_PIXELS;
    if !side.contains(&width) || !side.contains(&height) {
        return Err(PictureError::TooWide);
    }
    Ok(Header {
        size: PictureSize { width, height },
        bits_per_pixel: channels * u32::from(depth),
        palette: colour == 3,
        interlaced: interlace == 1,
    })
}

/// Whether the pixels are all there, and nothing more; each line begins with a known filter.
fn pixels(bytes: &[u8], chunks: &[Chunk], header: &Header) -> Result<(), PictureError> {
    let of_pixels = |chunk: &&Chunk| &chunk.kind == b"IDAT";
    let first = chunks.iter().position(|chunk| &chunk.kind == b"IDAT");
    let parts = chunks.iter().skip(first.ok_or(PictureError::Damaged)?);
    let in_a_row = parts.clone().take_while(of_pixels).count();
    if in_a_row != chunks.iter().filter(of_pixels).count() {
        return Err(PictureError::Damaged);
    }
    let mut packed = Vec::new();
    for part in parts.take(in_a_row) {
        packed.extend_from_slice(bytes.get(part.data.clone()).unwrap_or_default());
    }
    let lines = lines(header);
    let expected: usize = lines.iter().map(|(rows, length)| rows * (length + 1)).sum();
    let found = match inflate(&packed, expected) {
        Ok(found) if found.len() == expected => found,
        Ok(_) | Err(Inflate::Broken | Inflate::TooMuch) => return Err(PictureError::Damaged),
    };
    let mut rest = &found[..];
    for (rows, length) in lines {
        for _ in 0..rows {
            let Some((line, more)) = rest.split_at_checked(length + 1) else {
                return Err(PictureError::Damaged);
            };
            if line.first().is_none_or(|filter| *filter > 4) {
                return Err(PictureError::Damaged);
            }
            rest = more;
        }
    }
    Ok(())
}

/// How many lines there are, and of how many bytes behind the filter; for each pass.
fn lines(header: &Header) -> Vec<(usize, usize)> {
    let PictureSize { width, height } = header.size;
    let length = |pixels: u32| (pixels * header.bits_per_pixel).div_ceil(8) as usize;
    if !header.interlaced {
        return vec![(height as usize, length(width))];
    }
    let passes = PASSES.iter().map(|(column, row, columns, rows)| {
        let across = width.saturating_sub(*column).div_ceil(*columns);
        let down = height.saturating_sub(*row).div_ceil(*rows);
        if across == 0 { (0, 0) } else { (down as usize, length(across)) }
    });
    passes.collect()
}
