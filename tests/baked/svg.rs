//! Scalable Vector Graphics.

use crate::{baked, file, json, survives_damage, taken};
use bewijs::baked::{BakedError, Carrier, Limits, bake};

const NS: &str = "https://purl.imsglobal.org/ob/v3p0";

fn drawing(inside: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:o=\"{NS}\">{inside}</svg>")
        .into_bytes()
}

#[test]
fn what_others_baked_is_taken_out() {
    let (token, media_type, carrier) = taken(&file("openbadgeslib.svg")).unwrap();
    assert_eq!(token, file("credential.jwt"));
    assert_eq!((media_type, carrier), ("application/jwt", Carrier::Svg));
    let (text, media_type, _) = taken(&file("openbadgeslib-json.svg")).unwrap();
    assert_eq!(text, file("credential.json"));
    assert_eq!(media_type, "application/vc");
}

#[test]
fn the_namespace_counts_and_not_the_prefix() {
    for text in [
        format!("<svg xmlns:x=\"{NS}\"><x:credential><![CDATA[ {{}} ]]></x:credential></svg>"),
        format!("<svg><credential xmlns=\"{NS}\">{{}}</credential></svg>"),
        format!("<s:svg xmlns:s=\"a\"><g xmlns:o=\"{NS}\"><o:credential>&#x7b;&#125;</o:credential></g></s:svg>"),
        format!("\u{feff}<svg xmlns:o=\"{NS}\"><o:credential>{{<!-- c -->}}</o:credential></svg>"),
        "<svg xmlns:o=\"https://purl.imsglobal.org/clr/v2p0\"><o:credential>{}</o:credential></svg>".to_owned(),
        format!("<!DOCTYPE svg PUBLIC \"a\" \"http://b.example/c.dtd\"><svg xmlns:o=\"{NS}\"><o:credential>{{}}</o:credential></svg>"),
    ] {
        assert_eq!(taken(text.as_bytes()).unwrap().0, b"{}", "{text}");
    }
    for text in [
        "<svg xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p1\"><openbadges:credential>{}</openbadges:credential></svg>".to_owned(),
        "<svg><openbadges:credential>{}</openbadges:credential></svg>".to_owned(),
        "<svg><credential>{}</credential></svg>".to_owned(),
        format!("<svg xmlns:o=\"{NS}\"><o:assertion>{{}}</o:assertion></svg>"),
        format!("<svg xmlns:o=\"{NS}\"><!-- <o:credential>{{}}</o:credential> --></svg>"),
        format!("<svg xmlns:o=\"{NS}\"><![CDATA[<o:credential>{{}}</o:credential>]]></svg>"),
        format!("<svg xmlns:o=\"{NS}\"><o:credential></o:credential></svg>"),
        format!("<svg xmlns:o=\"{NS}\"><o:credential verify=\"\"/></svg>"),
        format!("<svg xmlns:o=\"{NS}\"><o:credential verify=\"https://a.example/1\"/></svg>"),
    ] {
        let answer = taken(text.as_bytes());
        assert!(matches!(answer, Err(BakedError::NoCredential { .. })), "{text}: {answer:?}");
    }
}

#[test]
fn two_different_credentials_are_refused() {
    let one = "<o:credential>{}</o:credential>";
    let other = "<o:credential>{\"a\":1}</o:credential>";
    let error = taken(&drawing(&format!("{one}<g>{other}</g>"))).unwrap_err();
    assert_eq!(error, BakedError::Several { carrier: Carrier::Svg });
    assert_eq!(taken(&drawing(&format!("{one}{one}"))).unwrap().0, b"{}");
    let both = "<o:credential verify=\"eyJ9.e30.AA\">{\"a\":1}</o:credential>";
    let error = taken(&drawing(both)).unwrap_err();
    assert_eq!(error, BakedError::Several { carrier: Carrier::Svg }, "a token and a text");
    let same = "<o:credential verify=\" eyJ9.e30.AA\">\neyJ9.e30.AA</o:credential>";
    assert_eq!(taken(&drawing(same)).unwrap().0, b"eyJ9.e30.AA");
    let many = one.repeat(17);
    assert!(matches!(taken(&drawing(&many)), Err(BakedError::TooMuch { .. })));
}

#[test]
fn entities_are_not_expanded_and_nothing_outside_is_read() {
    let laughs = "<!DOCTYPE svg [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>";
    let outside = "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    for prolog in [laughs, outside] {
        let text =
            format!("{prolog}<svg xmlns:o=\"{NS}\"><o:credential>{{&b;}}</o:credential></svg>");
        let answer = taken(text.as_bytes());
        assert!(matches!(answer, Err(BakedError::Unsupported { .. })), "{answer:?}");
    }
    let answer = taken(&drawing("<o:credential>{&x;}</o:credential>"));
    assert!(matches!(answer, Err(BakedError::Unsupported { .. })), "{answer:?}");
    let answer = taken(&drawing("<o:credential verify=\"&x;\"/>"));
    assert!(matches!(answer, Err(BakedError::Unsupported { .. })), "{answer:?}");
    let beside = drawing("<text>&nbsp;</text><o:credential>{&quot;a&quot;:1}</o:credential>");
    assert_eq!(taken(&beside).unwrap().0, b"{\"a\":1}", "an entity elsewhere is not our business");
}

#[test]
fn broken_drawings_are_told_as_such() {
    let good = "<o:credential>{}</o:credential>";
    for inside in [
        "<o:credential>{}".to_owned(),
        format!("{good}<g>"),
        format!("{good}</g>"),
        "<o:credential>{}<g/></o:credential>".to_owned(),
        "<o:credential>{}<g></g></o:credential>".to_owned(),
        "<o:credential verify=\"a\" verify=\"b\"/>".to_owned(),
        format!("{good}</svg><svg>"),
    ] {
        let answer = taken(&drawing(&inside));
        assert!(matches!(answer, Err(BakedError::Damaged { .. })), "{inside}: {answer:?}");
    }
    let mut latin = drawing(good);
    latin.extend_from_slice(b"<!-- \xe9 -->");
    assert!(matches!(taken(&latin), Err(BakedError::Unsupported { .. })));
    let stated = [b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", &drawing(good)[..]].concat();
    assert!(matches!(taken(&stated), Err(BakedError::Unsupported { .. })));
}

#[test]
fn nesting_and_number_are_bounded() {
    let deep = drawing(&format!("{}{}", "<g>".repeat(300), "</g>".repeat(300)));
    assert!(matches!(taken(&deep), Err(BakedError::TooMuch { .. })));
    let wide = drawing(&"<g/>".repeat(20_001));
    assert!(matches!(taken(&wide), Err(BakedError::TooMuch { .. })));
    let names: String = (0..1000).map(|n| format!(" xmlns:a{n}=\"b\"")).collect();
    assert!(taken(&drawing(&format!("<g{names}/>"))).is_err());
    let long = format!("<o:credential>{}</o:credential>", " ".repeat(1_048_577));
    assert!(matches!(taken(&drawing(&long)), Err(BakedError::TooMuch { .. })));
}

#[test]
fn a_baked_drawing_keeps_every_other_byte() {
    let (plain, credential) = (file("plain.svg"), file("credential.json"));
    let image = String::from_utf8(baked(&plain, &credential)).unwrap();
    let plain = String::from_utf8(plain).unwrap();
    let tag = format!(" xmlns:openbadges=\"{NS}\"");
    let start = image.find("<openbadges:credential><![CDATA[").unwrap();
    let end = image.find("]]></openbadges:credential>").unwrap() + 27;
    assert!(image[..start].ends_with("height=\"4\">"), "directly behind the start of the root");
    assert_eq!(format!("{}{}", &image[..start], &image[end..]).replace(&tag, ""), plain);
    let (taken, ..) = taken(image.as_bytes()).unwrap();
    assert!(taken.is_ascii());
    assert!(!String::from_utf8(taken.clone()).unwrap().contains("]]>"));
    assert_eq!(json(&taken), json(&credential));
    let token = file("credential.jwt");
    let image = baked(plain.as_bytes(), &token);
    assert_eq!(crate::taken(&image).unwrap().0, token);
    assert!(String::from_utf8(image).unwrap().contains("<openbadges:credential verify=\"ey"));
}

#[test]
fn roots_of_every_form_are_baked_into() {
    for text in [
        "<svg/>".to_owned(),
        "<svg />".to_owned(),
        "<?xml version=\"1.0\"?>\r\n<!-- <svg> --><s:svg xmlns:s='http://www.w3.org/2000/svg'\n  a='>'\n></s:svg>\n".to_owned(),
        "\u{feff}<svg></svg>".to_owned(),
        "<svg xmlns:openbadges=\"http://openbadges.org\"><openbadges:assertion/></svg>".to_owned(),
        format!("<svg xmlns:openbadges=\"{NS}\"></svg>"),
    ] {
        let once = baked(text.as_bytes(), b"{\"a\":1}");
        assert_eq!(taken(&once).unwrap().0, b"{\"a\":1}", "{text}");
        let twice = baked(&once, b"{\"b\":2}");
        assert_eq!(taken(&twice).unwrap().0, b"{\"b\":2}", "{text}");
        assert_eq!(baked(&twice, b"{\"a\":1}"), once, "{text}");
    }
}

#[test]
fn baking_again_replaces_what_others_baked() {
    for name in ["openbadgeslib.svg", "openbadgeslib-json.svg", "bakery-2.svg"] {
        assert_eq!(taken(&baked(&file(name), b"{\"a\":1}")).unwrap().0, b"{\"a\":1}", "{name}");
    }
    let error = bake(b"<svg><g></svg>", b"{}", &Limits::default()).unwrap_err();
    assert!(matches!(error, BakedError::Damaged { .. }), "{error:?}");
}

#[test]
fn damage_is_survived() {
    survives_damage(&file("openbadgeslib-json.svg"));
    survives_damage(&baked(&file("plain.svg"), b"{\"a\":1}"));
}
