//! Portable Document Format.

use crate::{file, survives_damage, taken};
use bewijs::baked::{BakedError, Carrier};
use std::io::Write as _;

/// A document of these objects, numbered from 1, with a cross-reference table.
fn paper(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", index + 1).as_bytes());
    }
    let table = out.len();
    out.extend_from_slice(
        format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes(),
    );
    for place in places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(
        format!("trailer\n<< /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").as_bytes(),
    );
    out
}

fn stream(dictionary: &str, data: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{data}\nendstream", data.len())
}

const CREDENTIAL: &str = r#"{"type":["VerifiableCredential"]}"#;

/// A document whose one attachment is this stream.
fn attached(stream: &str) -> Vec<u8> {
    let objects = ["<< /AF [2 0 R] >>", "<< /Type /Filespec /EF << /F 3 0 R >> >>", stream];
    paper(&objects.map(str::to_owned), "")
}

#[test]
fn what_others_attached_is_taken_out() {
    for name in [
        "pikepdf-table.pdf",
        "pikepdf-streams.pdf",
        "pikepdf-associated.pdf",
        "pikepdf-pinned.pdf",
        "pypdf.pdf",
        "pypdf-appended.pdf",
    ] {
        let (bytes, media_type, carrier) = taken(&file(name)).unwrap();
        assert_eq!(bytes, file("credential.json"), "{name}");
        assert_eq!((media_type, carrier), ("application/vc", Carrier::Pdf), "{name}");
    }
    let shifted = [b"From a mail gateway\r\n", &file("pikepdf-table.pdf")[..]].concat();
    assert_eq!(taken(&shifted).unwrap().0, file("credential.json"), "junk before the header");
}

#[test]
fn a_paper_without_a_credential_says_why() {
    for (name, words) in [
        ("plain.pdf", "no attachments"),
        ("pikepdf-notes.pdf", "none of its attachments"),
        ("pikepdf-encrypted.pdf", "encrypted"),
        ("pikepdf-two.pdf", "more than one"),
    ] {
        let error = taken(&file(name)).unwrap_err();
        assert!(error.to_string().contains(words), "{name}: {error}");
    }
}

#[test]
fn only_a_verifiable_credential_or_a_token_counts() {
    for content in [
        CREDENTIAL,
        " {\"type\":\"VerifiablePresentation\"}\n",
        r#"{"type":"EnvelopedVerifiableCredential"}"#,
        "eyJh.e30.c2ln",
    ] {
        let found = taken(&attached(&stream("", content))).unwrap();
        assert_eq!(found.0, content.as_bytes());
    }
    for content in
        ["{}", "[]", r#"{"type":"Invoice"}"#, "{\"type\":[1]}", "", "a.b.c", "{\"type\":"]
    {
        let answer = taken(&attached(&stream("", content)));
        assert!(matches!(answer, Err(BakedError::NoCredential { .. })), "{content}: {answer:?}");
    }
}

#[test]
fn what_cannot_be_read_beside_it_does_not_hide_it() {
    let objects = [
        "<< /AF [2 0 R 4 0 R] >>".to_owned(),
        "<< /EF << /F 3 0 R >> >>".to_owned(),
        stream("/Filter /LZWDecode", "xx"),
        "<< /EF << /F 5 0 R >> >>".to_owned(),
        stream("", CREDENTIAL),
    ];
    assert_eq!(taken(&paper(&objects, "")).unwrap().0, CREDENTIAL.as_bytes());
    let error = taken(&paper(&objects[..3], "")).unwrap_err();
    assert!(error.to_string().contains("could not be read"), "{error}");
}

#[test]
fn circles_and_chains_end() {
    for objects in [
        &["<< /AF 1 0 R >>"][..],
        &["<< /Names << /EmbeddedFiles 2 0 R >> >>", "<< /Kids [2 0 R 2 0 R] >>"],
        &["<< /Pages 2 0 R >>", "<< /Kids [2 0 R 3 0 R] >>", "<< /Kids [2 0 R] >>"],
        &["2 0 R", "1 0 R"],
        &["<< /AF 2 0 R >>", "2 0 R"],
        &[
            "<< /AF [2 0 R] >>",
            "<< /EF << /F 3 0 R >> >>",
            "<< /Length 3 0 R >> stream\nx\nendstream",
        ],
    ] {
        let objects: Vec<String> = objects.iter().map(|o| (*o).to_owned()).collect();
        assert!(taken(&paper(&objects, "")).is_err(), "{objects:?}");
    }
    let mut looped = paper(&["<< /AF 1 0 R >>".to_owned()], "/Prev 9");
    assert!(taken(&looped).is_err());
    let text = String::from_utf8(looped.clone()).unwrap();
    let table = text.find("xref").unwrap();
    looped = text.replace("/Prev 9", &format!("/Prev {table}")).into_bytes();
    assert!(matches!(taken(&looped), Err(BakedError::NoCredential { .. })));
    let tree = "<< /Names << /EmbeddedFiles ".to_owned() + &"<< /Kids [".repeat(60);
    assert!(taken(&paper(&[tree], "")).is_err());
    let deep = format!("<< /A {}{} >>", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(taken(&paper(&[deep], "")), Err(BakedError::TooMuch { .. })));
}

#[test]
fn a_decompression_bomb_is_not_inflated() {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; 64 * 1_048_576]).unwrap();
    let bomb = encoder.finish().unwrap();
    let mut bytes = attached("<< /Length 0 >>");
    let text = String::from_utf8(bytes.clone()).unwrap();
    let at = text.find("3 0 obj").unwrap();
    let tail = format!("\nendstream endobj\n{}", &text[text.find("xref").unwrap()..]);
    bytes.truncate(at);
    let head = format!("3 0 obj << /Filter /FlateDecode /Length {} >> stream\n", bomb.len());
    bytes.extend_from_slice(head.as_bytes());
    bytes.extend_from_slice(&bomb);
    let table = bytes.len() + "\nendstream endobj\n".len();
    let tail = tail.replace(
        &format!("startxref\n{}", text.find("xref").unwrap()),
        &format!("startxref\n{table}"),
    );
    bytes.extend_from_slice(tail.as_bytes());
    let error = taken(&bytes).unwrap_err();
    assert!(error.to_string().contains("could not be read"), "{error}");
}

#[test]
fn the_work_is_bounded_however_often_an_object_is_named() {
    let objects = [
        format!("<< /AF [{}] >>", "2 0 R ".repeat(100_000)),
        format!("({})", "x".repeat(1_000_000)),
    ];
    assert!(matches!(taken(&paper(&objects, "")), Err(BakedError::TooMuch { .. })));
}

#[test]
fn broken_papers_are_told_as_such() {
    let good = attached(&stream("", CREDENTIAL));
    assert!(taken(&good).is_ok());
    let text = String::from_utf8(good).unwrap();
    for broken in [
        "%PDF-1.7".to_owned(),
        text.replace("startxref", "startxxxx"),
        text.replace("xref\n0", "xref\n9"),
        text.replace("/Root 1 0 R", ""),
        text.replace("/Root 1 0 R", "/Root 4 0 R"),
        text.replace("3 0 obj", "4 0 obj"),
        text.replace("/Length 33", "/Length 36"),
        text.replace("/Length 33", "/Length 99999999999999999999"),
        text.replace("endstream", "endxxxxxx"),
        text.replace("%PDF-1.7\n", "%PDF-1.\n"),
    ] {
        assert_ne!(broken, text);
        let answer = taken(broken.as_bytes());
        assert!(matches!(answer, Err(BakedError::Damaged { .. })), "{broken}\n{answer:?}");
    }
}

#[test]
fn damage_is_survived() {
    for name in ["pikepdf-streams.pdf", "pikepdf-table.pdf", "pypdf-appended.pdf"] {
        survives_damage(&file(name));
    }
}
