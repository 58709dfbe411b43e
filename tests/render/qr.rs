//! QR codes, read back by another implementation.

use crate::grey;
use bewijs::render::{QrCode, RenderError};
use bewijs::texts::Language;

const ADDRESS: &str =
    "https://badges.voorbeeld-hogeschool.example/credentials/0198c0de-0000-7000-8000-000000000001";

/// What the other implementation reads, and with which level of error correction.
fn read(pixels: &[u8], side: u32) -> Option<(String, u16)> {
    let side = side as usize;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
        pixels.get(y * side + x).copied().unwrap_or(255)
    });
    let grids = image.detect_grids();
    let (meta, text) = grids.first()?.decode().ok()?;
    Some((text, meta.ecc_level))
}

#[test]
fn another_implementation_reads_the_address_at_every_length() {
    for length in [30, ADDRESS.len(), 120, 177] {
        let address: String = ADDRESS.chars().chain(std::iter::repeat('a')).take(length).collect();
        let code = QrCode::of(&address).unwrap();
        let side = u32::try_from(code.width() * 4).unwrap();
        let (text, level) = read(&grey(&code.svg(Language::Nl), side), side).unwrap();
        assert_eq!(text, address);
        assert_eq!(level, 3, "Q, as it is written in the code");
    }
}

#[test]
fn a_blot_in_the_middle_does_not_matter() {
    let code = QrCode::of(ADDRESS).unwrap();
    let side = u32::try_from(code.width() * 4).unwrap();
    let mut pixels = grey(&code.svg(Language::Nl), side);
    // A blot in the middle, a fifth of the width on each side.
    let width = side as usize;
    for y in width * 2 / 5..width * 3 / 5 {
        for x in width * 2 / 5..width * 3 / 5 {
            pixels[y * width + x] = 0;
        }
    }
    assert_eq!(read(&pixels, side).unwrap().0, ADDRESS);
    pixels.iter_mut().for_each(|pixel| *pixel = 255);
    assert_eq!(read(&pixels, side), None, "the reader reads pixels");
}

#[test]
fn the_code_has_its_quiet_zone_and_says_what_it_is() {
    let code = QrCode::of(ADDRESS).unwrap();
    let inside = 4..code.width() - 4;
    for (x, y, length) in code.runs() {
        assert!(inside.contains(&x) && inside.contains(&y) && x + length <= inside.end);
    }
    for (language, word) in
        [(Language::Nl, "Scan"), (Language::Fr, "Scannez"), (Language::En, "Scan")]
    {
        let svg = code.svg(language);
        assert!(svg.contains(&format!("{ADDRESS}</desc>")) && svg.contains(word), "{svg}");
        assert!(svg.contains(&format!("lang=\"{language}\"")) && svg.contains("role=\"img\""));
        assert_eq!(svg, QrCode::of(ADDRESS).unwrap().svg(language), "the same each time");
    }
}

#[test]
fn an_address_is_text_in_the_drawing() {
    let svg = QrCode::of("https://a.example/?a=1&b=\"<svg>\"").unwrap().svg(Language::En);
    assert!(svg.contains("?a=1&amp;b=&quot;&lt;svg&gt;&quot;</desc>"), "{svg}");
    assert!(resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).is_ok());
}

#[test]
fn an_address_that_paper_cannot_carry_is_refused() {
    let long = "a".repeat(178);
    assert_eq!(QrCode::of(&long), Err(RenderError::AddressTooLong));
    assert!(QrCode::of(&long[1..]).is_ok());
}
