//! Portable Network Graphics.

use crate::{baked, file, json, survives_damage, taken};
use bewijs::baked::{BakedError, Carrier, Limits, bake, extract};
use std::io::Write as _;

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut out = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    let covered = [&kind[..], data].concat();
    out.extend_from_slice(&covered);
    out.extend_from_slice(&crc(&covered).to_be_bytes());
    out
}

/// The plain picture with these chunks before its last one.
fn with(chunks: &[Vec<u8>]) -> Vec<u8> {
    let plain = file("plain.png");
    let end = plain.len() - 12;
    let mut out = plain[..end].to_vec();
    chunks.iter().for_each(|chunk| out.extend_from_slice(chunk));
    out.extend_from_slice(&plain[end..]);
    out
}

fn itxt(flags: [u8; 2], rest: &[u8]) -> Vec<u8> {
    chunk(b"iTXt", &[b"openbadgecredential\0", &flags[..], b"\0\0", rest].concat())
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_others_baked_is_taken_out() {
    let credential = file("credential.json");
    for name in ["pillow.png", "pillow-compressed.png"] {
        let (bytes, media_type, carrier) = taken(&file(name)).unwrap();
        assert_eq!(bytes, credential, "{name}");
        assert_eq!((media_type, carrier), ("application/vc", Carrier::Png));
    }
    for name in ["pillow-text.png", "pillow-ztxt.png"] {
        assert_eq!(json(&taken(&file(name)).unwrap().0), json(&credential), "{name}");
    }
    let (token, media_type, _) = taken(&file("openbadgeslib.png")).unwrap();
    assert_eq!(token, file("credential.jwt"));
    assert_eq!(media_type, "application/jwt");
}

#[test]
fn two_different_credentials_are_refused_and_two_equal_ones_are_one() {
    let error = taken(&file("pillow-twice.png")).unwrap_err();
    assert_eq!(error, BakedError::Several { carrier: Carrier::Png });
    let same = with(&[itxt([0, 0], b"{}"), itxt([0, 0], b"{}")]);
    assert_eq!(taken(&same).unwrap().0, b"{}");
}

#[test]
fn another_keyword_is_no_credential() {
    for image in [
        file("pillow-other-keyword.png"),
        with(&[chunk(b"iTXt", b"openbadgecredentials\0\0\0\0\0{}")]),
        with(&[chunk(b"iTXt", b" openbadgecredential\0\0\0\0\0{}")]),
        with(&[chunk(b"eXIf", b"openbadgecredential\0\0\0\0\0{}")]),
        with(&[chunk(b"iTXt", b"openbadgecredential")]),
    ] {
        assert!(matches!(taken(&image), Err(BakedError::NoCredential { .. })));
    }
    let both = with(&[chunk(b"iTXt", b"openbadges\0\0\0\0\0{}"), itxt([0, 0], b"{\"a\":1}")]);
    assert_eq!(taken(&both).unwrap().0, b"{\"a\":1}", "the older badge beside it does not matter");
    let clr = with(&[chunk(b"iTXt", b"clrcredential\0\0\0\0\0{\"a\":1}")]);
    assert_eq!(taken(&clr).unwrap().0, b"{\"a\":1}");
}

#[test]
fn the_text_is_utf8_in_itxt_and_latin_1_or_utf8_in_text() {
    assert!(matches!(
        taken(&with(&[itxt([0, 0], b"{\"\xe9\":1}")])),
        Err(BakedError::Damaged { .. })
    ));
    let latin = with(&[chunk(b"tEXt", b"openbadgecredential\0{\"\xe9\":1}")]);
    assert_eq!(taken(&latin).unwrap().0, "{\"é\":1}".as_bytes());
    let utf8 = with(&[chunk(b"tEXt", "openbadgecredential\0{\"é\":1}".as_bytes())]);
    assert_eq!(taken(&utf8).unwrap().0, "{\"é\":1}".as_bytes());
}

#[test]
fn what_is_neither_json_nor_token_is_no_credential() {
    for text in [&b"https://badges.example/1"[..], b"", b"[1]", b"a.b"] {
        let image = with(&[itxt([0, 0], text)]);
        assert!(matches!(taken(&image), Err(BakedError::NoCredential { .. })), "{text:?}");
    }
}

#[test]
fn broken_pictures_are_told_as_such() {
    let plain = file("plain.png");
    let mut swapped = plain.clone();
    swapped[12..16].copy_from_slice(b"IDAT");
    let mut huge = plain.clone();
    huge[8..12].copy_from_slice(&[0xff; 4]);
    let mut checked = with(&[itxt([0, 0], b"{}")]);
    let at = checked.len() - 14;
    checked[at] ^= 1;
    for image in [
        plain[..plain.len() - 1].to_vec(),
        plain[..8].to_vec(),
        swapped,
        huge,
        checked,
        with(&[itxt([2, 0], b"{}")]),
        with(&[itxt([1, 1], b"{}")]),
        with(&[itxt([1, 0], b"no zlib")]),
        with(&[chunk(b"zTXt", b"openbadgecredential\0")]),
        with(&[chunk(b"iTXt", b"openbadgecredential\0\0\0nl")]),
        with(&[chunk(b"i\0Xt", b"")]),
    ] {
        assert!(matches!(taken(&image), Err(BakedError::Damaged { .. })), "{:?}", taken(&image));
    }
}

#[test]
fn a_decompression_bomb_is_not_inflated() {
    let bomb = zlib(&vec![b' '; 64 * 1_048_576]);
    assert!(bomb.len() < 100_000);
    for image in [
        with(&[itxt([1, 0], &bomb)]),
        with(&[chunk(b"zTXt", &[b"openbadgecredential\0\0", &bomb[..]].concat())]),
    ] {
        assert!(matches!(taken(&image), Err(BakedError::TooMuch { .. })));
    }
    let many = vec![itxt([1, 0], &zlib(&vec![b' '; 1_000_000])); 40];
    assert!(matches!(taken(&with(&many)), Err(BakedError::TooMuch { .. })), "together as well");
}

#[test]
fn the_number_of_chunks_is_bounded() {
    let many = with(&vec![chunk(b"tEXt", b"a\0"); 20_001]);
    assert!(matches!(taken(&many), Err(BakedError::TooMuch { .. })));
}

#[test]
fn a_baked_picture_keeps_every_other_byte() {
    let (plain, credential) = (file("plain.png"), file("credential.json"));
    let image = baked(&plain, &credential);
    let added = image.len() - plain.len();
    // Directly behind the header, which is 8 + 25 bytes long.
    assert_eq!(image[..33], plain[..33]);
    assert_eq!(image[33 + added..], plain[33..]);
    assert_eq!(&image[37..41], b"iTXt");
    assert_eq!(&image[41..65], b"openbadgecredential\0\0\0\0\0");
    let (taken, ..) = taken(&image).unwrap();
    assert!(taken.is_ascii(), "readers exist that take the text for Latin-1");
    assert_eq!(json(&taken), json(&credential));
    assert!(
        std::str::from_utf8(&taken).unwrap().contains("\\u2013 \\u00e9\\u00e9n \\ud83d\\ude00")
    );
    assert_eq!(baked(&plain, &credential), image, "the same again");
    let token = file("credential.jwt");
    assert_eq!(crate::taken(&baked(&plain, &token)).unwrap().0, token);
    let trailing = [&plain[..], b"behind the end"].concat();
    assert!(baked(&trailing, &token).ends_with(b"behind the end"));
}

#[test]
fn baking_again_replaces() {
    let credential = file("credential.json");
    let first = baked(&file("plain.png"), &credential);
    for name in ["pillow.png", "pillow-twice.png", "pillow-ztxt.png", "openbadgeslib.png"] {
        let again = baked(&file(name), b"{\"a\":1}");
        assert_eq!(taken(&again).unwrap().0, b"{\"a\":1}", "{name}");
    }
    assert_eq!(baked(&baked(&first, b"{}"), &credential), first);
    let old = baked(&file("bakery-2.png"), b"{}");
    assert!(old.windows(11).any(|w| w == b"openbadges\0"), "another standard's chunk is not ours");
}

#[test]
fn nothing_is_baked_into_a_broken_picture() {
    let mut plain = file("plain.png");
    let at = plain.len() - 20;
    plain[at] ^= 1;
    let error = bake(&plain, b"{}", &Limits::default()).unwrap_err();
    assert!(matches!(error, BakedError::Damaged { .. }), "{error:?}");
    assert!(matches!(extract(&plain, &Limits::default()), Err(BakedError::NoCredential { .. })));
}

#[test]
fn damage_is_survived() {
    survives_damage(&file("pillow-ztxt.png"));
    survives_damage(&baked(&file("plain.png"), b"{\"a\":1}"));
}
