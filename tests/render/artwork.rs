//! Artwork of badges.

use crate::shot;
use bewijs::model::CertificateKind;
use bewijs::render::{Artwork, Colour, SIDE};
use std::collections::BTreeSet;

fn badge(kind: Option<CertificateKind>) -> Artwork {
    let label = match kind {
        Some(CertificateKind::Microcredential) => "Microcredential",
        Some(CertificateKind::Microdegree) => "Microdegree",
        Some(CertificateKind::EvcBewijsVanBekwaamheid) => "Bewijs van bekwaamheid",
        Some(CertificateKind::EvcCompetentiebewijs) => "Competentiebewijs",
        Some(CertificateKind::EvcBewijsVanBeroepskwalificatie) => "Bewijs van beroepskwalificatie",
        Some(CertificateKind::EvcBewijsVanDeelkwalificatie) => "Bewijs van deelkwalificatie",
        Some(CertificateKind::Participation) => "Bewijs van deelname",
        None => "Open Badge",
    };
    Artwork {
        kind,
        kind_label: label.to_owned(),
        title: "Coachend leidinggeven in de zorg".to_owned(),
        issuer: "Voorbeeld Hogeschool".to_owned(),
        colour: Colour::of("voorbeeld-hogeschool"),
        test: false,
    }
}

#[test]
fn every_kind_has_a_badge_of_its_own_and_the_same_one_each_time() {
    let kinds = CertificateKind::ALL.into_iter().map(Some).chain([None]);
    let mut drawings = BTreeSet::new();
    for kind in kinds {
        let badge = badge(kind);
        let (svg, png) = (badge.svg(), badge.png().unwrap());
        assert_eq!((&svg, &png), (&badge.clone().svg(), &badge.png().unwrap()));
        shot(&format!("badge-{}", kind.map_or("other", CertificateKind::code)), &png);
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(png[16..24], [SIDE.to_be_bytes(), SIDE.to_be_bytes()].concat());
        // Without letters, so that the shape alone is compared; the two proofs of competence are
        // one family.
        let bare = Artwork { kind_label: String::new(), ..badge };
        drawings.insert(bare.svg());
    }
    assert_eq!(drawings.len(), 7);
}

#[test]
fn a_badge_says_what_it_is_to_who_does_not_see_it_and_asks_for_nothing() {
    let mut badge = badge(Some(CertificateKind::Microcredential));
    badge.title = "A <b> & \"c\"\u{0}\u{1f}".to_owned();
    badge.test = true;
    let svg = badge.svg();
    let title = "TEST: Microcredential: A &lt;b&gt; &amp; &quot;c&quot;   (Voorbeeld Hogeschool)";
    assert!(svg.contains(title), "{svg}");
    for word in ["<text", "href", "style", "font", "<script", "<image"] {
        assert!(!svg.contains(word), "{word}");
    }
    assert!(badge.png().is_ok());
}

#[test]
fn every_text_that_an_institution_may_write_is_drawn_or_left_out_whole() {
    let longest = "Onderwijs- en opleidingsverstrekkersverantwoordelijkheid ".repeat(8);
    for (name, title) in [
        ("short", "Ü"),
        ("long", longest.trim()),
        ("one-word", &"w".repeat(300)),
        ("vietnamese", "Quản lý chất lượng và chăm sóc người bệnh"),
        ("polish", "Zażółć gęślą jaźń: opieka długoterminowa"),
        ("cyrillic", "Управление проектами"),
        ("arabic", "إدارة المشاريع"),
        ("empty", ""),
    ] {
        let mut badge = badge(Some(CertificateKind::Microdegree));
        badge.title = title.to_owned();
        let png = badge.png().unwrap();
        shot(&format!("badge-title-{name}"), &png);
        let blank = Artwork { title: String::new(), ..badge.clone() };
        let drawn = png != blank.png().unwrap();
        assert_eq!(drawn, !["arabic", "empty"].contains(&name), "{name}: no boxes");
        assert!(name == "empty" || badge.about().contains(title), "it stands in the description");
    }
}

#[test]
fn a_test_badge_shows_that_it_is_one() {
    let mut badge = badge(Some(CertificateKind::EvcCompetentiebewijs));
    let real = badge.png().unwrap();
    badge.test = true;
    let test = badge.png().unwrap();
    shot("badge-test", &test);
    assert_ne!(test, real);
    assert!(badge.svg().contains("#ffd400") && badge.about().starts_with("TEST"));
}
