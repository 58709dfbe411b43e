//! The colour of an issuer: the one it set, when white letters can be read on it, else one of a
//! palette, always the same for the same issuer.

use sha2::{Digest, Sha256};
use std::fmt;

/// Least contrast with white (WCAG 2.2, 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;

/// Dark enough that white letters stand at least 5.5 to 1 on each.
const PALETTE: [Colour; 10] = [
    Colour(0x1d, 0x4e, 0x89),
    Colour(0x0b, 0x5e, 0x63),
    Colour(0x2b, 0x60, 0x33),
    Colour(0x5a, 0x5a, 0x12),
    Colour(0x7a, 0x44, 0x19),
    Colour(0x9b, 0x2c, 0x1f),
    Colour(0x8c, 0x1d, 0x5c),
    Colour(0x5b, 0x2a, 0x86),
    Colour(0x37, 0x33, 0x9b),
    Colour(0x37, 0x47, 0x4f),
];

/// A colour on which white letters can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(u8, u8, u8);

impl Colour {
    /// `#RRGGBB`, when white letters can be read on it.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let colour = Self(part(0)?, part(2)?, part(4)?);
        (colour.contrast_with_white() >= LEAST_CONTRAST).then_some(colour)
    }

    /// The colour of who set none, from its name in addresses.
    pub fn of(issuer: &str) -> Self {
        let digest = Sha256::digest(issuer.as_bytes());
        let at = digest.first().map_or(0, |byte| usize::from(*byte)) % PALETTE.len();
        PALETTE[at]
    }

    /// Red, green and blue.
    pub fn parts(self) -> (u8, u8, u8) {
        (self.0, self.1, self.2)
    }

    /// How much white stands out from it (WCAG 2.2, definition of contrast ratio).
    pub fn contrast_with_white(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let (red, green, blue) = (linear(self.0), linear(self.1), linear(self.2));
        1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    }

    /// The same, this much nearer to black; in hundredths.
    pub(super) fn darker(self, hundredths: u16) -> Self {
        let part = |p: u8| u8::try_from(u16::from(p) * (100 - hundredths.min(100)) / 100);
        Self(part(self.0).unwrap_or(0), part(self.1).unwrap_or(0), part(self.2).unwrap_or(0))
    }

    /// The same, this much nearer to white; white letters need not be readable on it any more.
    pub(super) fn tint(self, hundredths: u16) -> Self {
        let part = |p: u8| {
            let more = u16::from(255 - p) * hundredths.min(100) / 100;
            p.saturating_add(u8::try_from(more).unwrap_or(0))
        };
        Self(part(self.0), part(self.1), part(self.2))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_letters_can_be_read_on_every_colour_of_the_palette() {
        for colour in PALETTE {
            assert!(colour.contrast_with_white() >= 5.5, "{colour}");
        }
    }

    #[test]
    fn only_a_colour_that_carries_white_letters_is_taken() {
        assert_eq!(Colour::parse("#1D4E89"), Some(PALETTE[0]));
        assert_eq!(Colour::parse("#767676").map(|c| c.to_string()), Some("#767676".to_owned()));
        for refused in
            ["#777777", "#ffffff", "#ffd400", "1d4e89", "#1d4e8", "#1d4e8g", "#é1111", ""]
        {
            assert_eq!(Colour::parse(refused), None, "{refused}");
        }
    }

    #[test]
    fn an_issuer_keeps_its_colour() {
        assert_eq!(Colour::of("voorbeeld-hogeschool"), Colour::of("voorbeeld-hogeschool"));
        let many: std::collections::HashSet<_> =
            (0..200).map(|n| Colour::of(&format!("issuer-{n}"))).collect();
        assert_eq!(many.len(), PALETTE.len(), "every colour is used");
    }
}
