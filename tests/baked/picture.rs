//! Whether a PNG is nothing but a whole picture of a bounded size.

use bewijs::baked::{PictureError, PictureSize, check_picture};
use std::io::Write;

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], kind, data, &crc.sum().to_be_bytes()].concat()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn header(size: (u32, u32), rest: [u8; 5]) -> Vec<u8> {
    let (width, height) = size;
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &rest].concat())
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat(), chunk(b"IEND", b"")].concat()
}

/// A picture of these header bytes with so many bytes of pixels.
fn plain(size: (u32, u32), rest: [u8; 5], pixels: usize) -> Vec<u8> {
    png(&[header(size, rest), chunk(b"IDAT", &packed(&vec![0; pixels]))])
}

#[test]
fn every_form_of_pixels_is_counted() {
    for (size, rest, pixels) in [
        ((5, 3), [1, 0, 0, 0, 0], 3 * 2),
        ((9, 3), [1, 0, 0, 0, 0], 3 * 3),
        ((5, 3), [4, 0, 0, 0, 0], 3 * 4),
        ((5, 3), [16, 0, 0, 0, 0], 3 * 11),
        ((5, 3), [8, 2, 0, 0, 0], 3 * 16),
        ((5, 3), [8, 4, 0, 0, 0], 3 * 11),
        ((5, 3), [8, 6, 0, 0, 0], 3 * 21),
        ((5, 3), [16, 6, 0, 0, 0], 3 * 41),
        // Interlaced, in seven passes.
        ((8, 8), [8, 0, 0, 0, 1], 2 + 2 + 3 + 2 * 3 + 2 * 5 + 4 * 5 + 4 * 9),
        ((1, 1), [8, 0, 0, 0, 1], 2),
    ] {
        let size_told = PictureSize { width: size.0, height: size.1 };
        assert_eq!(check_picture(&plain(size, rest, pixels)), Ok(size_told), "{size:?} {rest:?}");
        for wrong in [pixels - 1, pixels + 1] {
            let refused = check_picture(&plain(size, rest, wrong));
            assert_eq!(refused, Err(PictureError::Damaged), "{size:?} {rest:?} {wrong}");
        }
    }
}

#[test]
fn what_is_no_whole_picture_is_refused() {
    let pixels = chunk(b"IDAT", &packed(&[0; 8 * 9]));
    let start = || header((8, 8), [8, 0, 0, 0, 0]);
    let whole = png(&[start(), pixels.clone()]);
    assert!(check_picture(&whole).is_ok());
    let damaged = |bytes: &[u8], what: &str| {
        assert_eq!(check_picture(bytes), Err(PictureError::Damaged), "{what}");
    };
    for cut in 8..whole.len() {
        damaged(&whole[..cut], "cut off");
    }
    for at in 8..whole.len() {
        let mut turned = whole.clone();
        turned[at] ^= 0x04;
        assert!(check_picture(&turned).is_err(), "turned at {at}");
    }
    damaged(&png(&[start()]), "no pixels");
    damaged(&png(&[pixels.clone(), start()]), "the header stands later");
    damaged(&png(&[start(), start(), pixels.clone()]), "two headers");
    let gamma = chunk(b"gAMA", &[0, 0, 0xb1, 0x8f]);
    assert!(check_picture(&png(&[start(), gamma.clone(), pixels.clone()])).is_ok());
    damaged(&png(&[start(), pixels.clone(), gamma, pixels.clone()]), "pixels in two places");
    for odd in [[3, 0, 0, 0, 0], [8, 1, 0, 0, 0], [8, 0, 1, 0, 0], [8, 0, 0, 1, 0], [8, 0, 0, 0, 2]]
    {
        damaged(&png(&[header((8, 8), odd), pixels.clone()]), "an odd header");
    }
    let coloured = || header((8, 8), [8, 3, 0, 0, 0]);
    damaged(&png(&[coloured(), pixels.clone()]), "no palette");
    let palette = chunk(b"PLTE", &[1, 2, 3]);
    assert!(check_picture(&png(&[coloured(), palette.clone(), pixels.clone()])).is_ok());
    let twice = [coloured(), palette.clone(), palette, pixels.clone()];
    damaged(&png(&twice), "two palettes");
    let short = [coloured(), chunk(b"PLTE", &[1, 2]), pixels.clone()];
    damaged(&png(&short), "half a colour");
    let mut lines = vec![0; 8 * 9];
    lines[9] = 5;
    damaged(&png(&[start(), chunk(b"IDAT", &packed(&lines))]), "an unknown filter");
    let bomb = chunk(b"IDAT", &packed(&vec![0; 8 << 20]));
    assert!(bomb.len() < 64 * 1024, "small on the way");
    damaged(&png(&[start(), bomb]), "more pixels than it has");
}

#[test]
fn what_carries_more_than_a_picture_is_refused() {
    let pixels = chunk(b"IDAT", &packed(&[0; 8 * 9]));
    let start = || header((8, 8), [8, 0, 0, 0, 0]);
    for kind in [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"acTL", b"tIME", b"vpAg", b"ABCD"] {
        let more = png(&[start(), chunk(kind, b"something"), pixels.clone()]);
        assert_eq!(check_picture(&more), Err(PictureError::MoreThanPicture), "{kind:?}");
    }
    let behind = [png(&[start(), pixels]), b"PK\x03\x04".to_vec()].concat();
    assert_eq!(check_picture(&behind), Err(PictureError::MoreThanPicture));
    assert_eq!(check_picture(b"GIF89a"), Err(PictureError::NotPng));
    assert_eq!(check_picture(b""), Err(PictureError::NotPng));
    assert_eq!(check_picture(&vec![0; 64 * 1024 + 1]), Err(PictureError::TooLong));
    for size in [(0, 8), (8, 0), (1025, 8), (8, 1025), (u32::MAX, u32::MAX)] {
        let wide = png(&[header(size, [8, 0, 0, 0, 0]), chunk(b"IDAT", b"x")]);
        assert_eq!(check_picture(&wide), Err(PictureError::TooWide), "{size:?}");
    }
}
