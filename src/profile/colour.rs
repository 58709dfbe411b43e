//! The colour of an issuer: only one on which white letters can be read (WCAG 2.2, 1.4.3).

use super::reader::{Faults, Node};
use crate::model::OrganisationFault;

/// The least contrast with white.
const LEAST: f64 = 4.5;

/// Reads `#RRGGBB`; kept in lower case.
pub(super) fn read_colour(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let text = node.string(faults)?;
    let Some(parts) = parts(text) else {
        faults.refuse(&node.pointer, OrganisationFault::ColourFormat);
        return None;
    };
    if contrast_with_white(parts) < LEAST {
        faults.refuse(&node.pointer, OrganisationFault::ColourContrast);
        return None;
    }
    Some(text.to_ascii_lowercase())
}

fn parts(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// WCAG 2.2, definitions of contrast ratio and relative luminance.
fn contrast_with_white([red, green, blue]: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    1.05 / (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05)
}
