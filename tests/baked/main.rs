//! Credentials in pictures and papers: what other implementations baked is read, what we bake is
//! read by us byte for byte and leaves the picture alone, and everything else is told what it is.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod pdf;
mod picture;
mod png;
mod svg;

use bewijs::baked::{BakedError, Carrier, Kind, Limits, bake, detect, extract};
use serde_json::Value;
use std::path::Path;

fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/baked/files").join(name);
    std::fs::read(path).unwrap()
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// The credential in these bytes, and what carried it.
fn taken(bytes: &[u8]) -> Result<(Vec<u8>, &'static str, Carrier), BakedError> {
    let found = extract(bytes, &Limits::default())?.expect("a picture or a paper");
    Ok((found.credential, found.media_type, found.carrier))
}

fn baked(image: &[u8], credential: &[u8]) -> Vec<u8> {
    bake(image, credential, &Limits::default()).unwrap()
}

/// Every prefix, every lost byte and every flipped bit is survived, and never yields anything but
/// the credential that is really there.
fn survives_damage(bytes: &[u8]) {
    let original = taken(bytes).unwrap().0;
    let limits = Limits::default();
    for at in 0..bytes.len() {
        let _ = extract(&bytes[..at], &limits);
        let mut other = bytes.to_vec();
        other.remove(at);
        let _ = extract(&other, &limits);
        for bit in [0x01, 0x20, 0x80] {
            let mut other = bytes.to_vec();
            other[at] ^= bit;
            let _ = extract(&other, &limits);
        }
    }
    assert_eq!(taken(bytes).unwrap().0, original);
}

#[test]
fn every_kind_of_file_is_told() {
    for (bytes, kind) in [
        (file("plain.png"), Kind::Png),
        (file("plain.svg"), Kind::Svg),
        (file("bakery-2.svg"), Kind::Svg),
        (file("plain.pdf"), Kind::Pdf),
        (b"junk before\n%PDF-1.4\n".to_vec(), Kind::Pdf),
        (file("credential.json"), Kind::Json),
        (b"\xef\xbb\xbf \n[1]".to_vec(), Kind::Json),
        (file("credential.jwt"), Kind::Token),
        (b" eyJh.e30.\n".to_vec(), Kind::Token),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF".to_vec(), Kind::Jpeg),
        (b"GIF89a......".to_vec(), Kind::Gif),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ".to_vec(), Kind::Webp),
        (b"PK\x03\x04office".to_vec(), Kind::Zip),
        (b"<!DOCTYPE html><svg></svg>".to_vec(), Kind::Html),
        (b"<html><body>".to_vec(), Kind::Html),
        (b"<?xml version='1.0'?><!-- <svg> --><x/>".to_vec(), Kind::Xml),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg:svg xmlns:svg='x'/>".to_vec(), Kind::Svg),
        (b"<!-- never ends <svg>".to_vec(), Kind::Xml),
        (b"a.b.c".to_vec(), Kind::Unknown),
        (b"hello".to_vec(), Kind::Unknown),
        (Vec::new(), Kind::Unknown),
    ] {
        assert_eq!(detect(&bytes), kind, "{:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn what_may_be_a_credential_itself_is_left_to_the_examiner() {
    for bytes in [&b"{}"[..], b"", b"eyJh.e30.", b"hello", b"\x00\x01"] {
        assert_eq!(extract(bytes, &Limits::default()), Ok(None));
    }
}

#[test]
fn files_that_carry_nothing_say_what_they_are() {
    for (bytes, word) in [
        (&b"\xff\xd8\xff\xe0"[..], "JPEG"),
        (b"GIF87a", "GIF"),
        (b"RIFF\x00\x00\x00\x00WEBP", "WebP"),
        (b"PK\x03\x04", "ZIP"),
        (b"<!doctype html>", "web page"),
        (b"<badge/>", "XML"),
    ] {
        let error = extract(bytes, &Limits::default()).unwrap_err();
        assert!(matches!(error, BakedError::NoCarrier { .. }), "{error:?}");
        assert!(error.to_string().contains(word), "{error}");
    }
    for name in ["plain.png", "plain.svg", "plain.pdf"] {
        let error = taken(&file(name)).unwrap_err();
        assert!(matches!(error, BakedError::NoCredential { .. }), "{name}: {error:?}");
        let kind = name.rsplit('.').next().unwrap().to_uppercase();
        assert!(error.to_string().contains(&kind), "{error}");
    }
    for name in ["bakery-2.png", "bakery-2.svg"] {
        let error = taken(&file(name)).unwrap_err();
        assert!(matches!(error, BakedError::OpenBadges2 { .. }), "{name}: {error:?}");
    }
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    for name in ["pillow.png", "openbadgeslib.svg", "pikepdf-table.pdf"] {
        let bytes = file(name);
        let tight = Limits { max_bytes: bytes.len() - 1, ..Limits::default() };
        assert!(matches!(extract(&bytes, &tight), Err(BakedError::TooLarge { .. })), "{name}");
        let exact = Limits { max_bytes: bytes.len(), ..Limits::default() };
        assert!(extract(&bytes, &exact).is_ok(), "{name}");
        let small = Limits { max_credential_bytes: 100, ..Limits::default() };
        let error = extract(&bytes, &small).unwrap_err();
        let refused = matches!(error, BakedError::TooMuch { .. } | BakedError::NoCredential { .. });
        assert!(refused, "{name}: {error:?}");
        let few = Limits { max_parts: 1, ..Limits::default() };
        assert!(matches!(extract(&bytes, &few), Err(BakedError::TooMuch { .. })), "{name}");
    }
}

#[test]
fn only_a_credential_by_its_shape_is_baked_and_only_into_png_and_svg() {
    let image = file("plain.png");
    for credential in [&b""[..], b"[]", b"{", b"{} {}", b"hello", b"a.b.c", b"\xff{}", b"\"x\""] {
        let error = bake(&image, credential, &Limits::default()).unwrap_err();
        assert!(matches!(error, BakedError::NotACredential { .. }), "{credential:?}: {error:?}");
    }
    let large = format!("{{\"a\":\"{}\"}}", "é".repeat(300_000));
    assert!(bake(&image, large.as_bytes(), &Limits::default()).is_err(), "escaped it is larger");
    for name in ["plain.pdf", "credential.json"] {
        let error = bake(&file(name), b"{}", &Limits::default()).unwrap_err();
        assert!(matches!(error, BakedError::NoCarrier { .. }), "{name}: {error:?}");
    }
}
