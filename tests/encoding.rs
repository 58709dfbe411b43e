//! Keys and identifiers as they are written: official vectors, and many that must be refused.

use bewijs::encoding::{
    EncodingError, JwkSet, PublicKey, decode_base64url, did_jwk, did_key, encode_base64url,
    multibase,
};
use serde_json::{Value, json};

fn vectors(name: &str) -> Value {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).expect("vector file")).expect("JSON")
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().expect(member)
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).expect("hex"))
        .collect()
}

#[test]
fn every_did_key_vector_reads_and_writes_in_each_form() {
    let file = vectors("did-key.json");
    let cases = file["valid"].as_array().expect("cases");
    assert_eq!(cases.len(), 9);
    for case in cases {
        let did = text(case, "did");
        let key = did_key::parse(did).expect(did);
        assert_eq!(key.to_multikey().as_deref(), Ok(text(case, "publicKeyMultibase")));
        assert_eq!(key.to_jwk(), case["publicKeyJwk"], "{did}");
        assert_eq!(key.thumbprint(), text(case, "jwkThumbprintSha256"));
        assert_eq!(PublicKey::from_jwk(&case["publicKeyJwk"]).as_ref(), Ok(&key));
        assert_eq!(did_key::from_key(&key).as_deref(), Ok(did));
        assert_eq!(did_key::method_id(did).as_deref(), Ok(text(case, "verificationMethodId")));
        let raw = multibase::decode_base58btc(text(case, "publicKeyMultibase")).expect("base58");
        assert_eq!(raw[2..], hex(text(case, "publicKeyHex")), "{did}");

        let document = did_key::document(did, did_key::KeyFormat::Multikey).expect(did);
        assert_eq!(document["id"], did);
        let method = &document["verificationMethod"][0];
        assert_eq!(method["id"], case["verificationMethodId"]);
        assert_eq!(method["controller"], did);
        assert_eq!(method["publicKeyMultibase"], case["publicKeyMultibase"]);
        assert_eq!(method.get("publicKeyJwk"), None, "one form per method");
        assert_eq!(document["assertionMethod"], json!([case["verificationMethodId"]]));
        let document = did_key::document(did, did_key::KeyFormat::JsonWebKey).expect(did);
        let method = &document["verificationMethod"][0];
        assert_eq!(method["type"], "JsonWebKey");
        assert_eq!(method["publicKeyJwk"], case["publicKeyJwk"]);
        assert_eq!(method.get("publicKeyMultibase"), None, "one form per method");
    }
}

#[test]
fn every_malformed_did_key_vector_is_refused_for_its_own_reason() {
    let file = vectors("did-key.json");
    let cases = file["invalid"].as_array().expect("cases");
    assert_eq!(cases.len(), 8);
    for case in cases {
        let expected = match text(case, "reason") {
            "31 bytes instead of 32" | "33 bytes instead of 32" => "invalidPublicKeyLength",
            "secret-key header in a public identifier" | "unknown multicodec header" => {
                "invalidPublicKey"
            }
            _ => "invalidDid",
        };
        let error = did_key::parse(text(case, "did")).expect_err(text(case, "reason"));
        assert_eq!(error.code(), expected, "{}", text(case, "reason"));
        assert_eq!(
            did_key::document(text(case, "did"), did_key::KeyFormat::Multikey).err(),
            Some(error)
        );
    }
}

#[test]
fn what_is_no_did_key_is_refused() {
    let good = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
    for (did, code) in [
        (String::new(), "invalidDid"),
        ("did:".to_owned(), "invalidDid"),
        ("did:key".to_owned(), "invalidDid"),
        ("did:key:".to_owned(), "invalidDid"),
        ("did:key:z".to_owned(), "invalidDid"),
        (format!("DID:key:{good}"), "invalidDid"),
        (format!("did::{good}"), "invalidDid"),
        (format!("did:key:{good}#{good}"), "invalidDid"),
        (format!("did:key:{good}?versionId=1"), "invalidDid"),
        (format!("did:key: {good}"), "invalidDid"),
        (format!("did:key:{good}\n"), "invalidDid"),
        (format!("did:key:1.1:{good}"), "invalidDid"),
        (format!("did:key:{}", "z".repeat(5000)), "invalidDid"),
        ("did:key:zé".to_owned(), "invalidDid"),
        ("did:web:example.org".to_owned(), "methodNotSupported"),
        ("did:key:z2".to_owned(), "invalidPublicKey"),
    ] {
        let error = did_key::parse(&did).expect_err(&did);
        assert_eq!(error.code(), code, "{did}");
    }
}

#[test]
fn points_off_the_curve_of_small_order_or_not_canonical_are_refused() {
    let ed25519 = |bytes: [u8; 32]| {
        let key = [&[0xed, 0x01][..], &bytes].concat();
        PublicKey::from_multikey(&multibase::encode_base58btc(&key))
    };
    let invalid = Err(EncodingError::InvalidKey { kind: "Ed25519" });
    // All eight points of small order, and non-canonical ways to write them and others.
    for point in [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0200000000000000000000000000000000000000000000000000000000000000",
    ] {
        let bytes: [u8; 32] = hex(point).try_into().expect("32 bytes");
        assert_eq!(ed25519(bytes), invalid, "{point}");
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(bytes)});
        assert_eq!(PublicKey::from_jwk(&jwk), invalid, "{point}");
    }

    let elliptic = |header: [u8; 2], bytes: &[u8]| {
        PublicKey::from_multikey(&multibase::encode_base58btc(&[&header[..], bytes].concat()))
    };
    for (header, size, kind) in [([0x80, 0x24], 32, "P-256"), ([0x81, 0x24], 48, "P-384")] {
        let refused = Err(EncodingError::InvalidKey { kind });
        let mut off = vec![0xff; size + 1];
        off[0] = 0x02;
        assert_eq!(elliptic(header, &off), refused, "x above the field");
        for first in [0x00, 0x01, 0x04, 0x05, 0x06, 0x07, 0xff] {
            let mut bytes = vec![0x01; size + 1];
            bytes[0] = first;
            assert_eq!(elliptic(header, &bytes), refused, "{first}");
        }
        // About half of all x have no y: among 64 there must be some.
        let missing = (0..64u8)
            .filter(|&i| {
                let mut bytes = vec![0x17; size + 1];
                bytes[0] = 0x02;
                bytes[size] = i;
                elliptic(header, &bytes) == refused
            })
            .count();
        assert!((8..56).contains(&missing), "{missing}");
        let length = Err(EncodingError::KeyLength { kind });
        assert_eq!(elliptic(header, &vec![0x02; size]), length);
        assert_eq!(elliptic(header, &vec![0x02; size + 2]), length);
        assert_eq!(elliptic(header, &vec![0x04; 2 * size + 1]), length);
        assert_eq!(elliptic(header, &[]), length);
    }
}

fn p256() -> Value {
    vectors("did-key.json")["valid"]
        .as_array()
        .expect("cases")
        .iter()
        .find(|case| case["keyType"] == "P-256")
        .expect("a P-256 case")["publicKeyJwk"]
        .clone()
}

fn ed25519() -> Value {
    vectors("did-key.json")["valid"][0]["publicKeyJwk"].clone()
}

fn rsa() -> Value {
    vectors("jose-basics.json")["thumbprints"][0]["jwk"].clone()
}

#[test]
fn thumbprints_of_the_rfcs() {
    let file = vectors("jose-basics.json");
    let cases = file["thumbprints"].as_array().expect("cases");
    assert_eq!(cases.len(), 2);
    for case in cases {
        let key = PublicKey::from_jwk(&case["jwk"]).expect("public JWK");
        assert_eq!(key.thumbprint(), text(case, "sha256"));
        // Further members and their order do not matter.
        let mut jwk = json!({"kid": "x", "ext": true});
        for (name, value) in case["jwk"].as_object().expect("JWK").iter().rev() {
            jwk[name] = value.clone();
        }
        assert_eq!(PublicKey::from_jwk(&jwk).expect("public JWK").thumbprint(), case["sha256"]);
    }
}

#[test]
fn a_jwk_with_a_private_member_is_refused() {
    for case in vectors("jose-basics.json")["signatures"].as_array().expect("cases") {
        assert!(matches!(
            PublicKey::from_jwk(&case["privateJwk"]),
            Err(EncodingError::Jwk { fault: "is private", .. })
        ));
        assert!(PublicKey::from_jwk(&case["publicJwk"]).is_ok());
    }
    for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        let mut jwk = ed25519();
        jwk[member] = json!("");
        let error = PublicKey::from_jwk(&jwk).expect_err(member);
        assert_eq!(error, EncodingError::Jwk { member, fault: "is private" });
    }
}

#[test]
fn a_jwk_that_contradicts_itself_is_refused() {
    let change = |mut jwk: Value, member: &str, value: Value| {
        jwk[member] = value;
        PublicKey::from_jwk(&jwk)
    };
    let without = |mut jwk: Value, member: &str| {
        jwk.as_object_mut().expect("object").remove(member);
        PublicKey::from_jwk(&jwk)
    };
    for (jwk, alg) in [(ed25519(), "EdDSA"), (p256(), "ES256"), (rsa(), "RS256")] {
        assert!(change(jwk.clone(), "alg", json!(alg)).is_ok());
        for other in ["none", "HS256", "ES384", "PS256", "es256", "ES256K", ""] {
            assert!(change(jwk.clone(), "alg", json!(other)).is_err(), "{alg} {other}");
        }
        assert!(change(jwk.clone(), "alg", json!(null)).is_err());
        assert!(change(jwk.clone(), "use", json!("sig")).is_ok());
        assert!(change(jwk.clone(), "use", json!("enc")).is_err());
        assert!(change(jwk.clone(), "key_ops", json!(["verify"])).is_ok());
        assert!(change(jwk.clone(), "key_ops", json!(["sign"])).is_err());
        assert!(change(jwk.clone(), "key_ops", json!("verify")).is_err());
        for kty in ["oct", "EC2", "okp", ""] {
            assert!(change(jwk.clone(), "kty", json!(kty)).is_err(), "{kty}");
        }
        assert!(change(jwk.clone(), "crv", json!("X25519")).is_err());
        assert!(change(jwk.clone(), "crv", json!("secp256k1")).is_err());
        assert!(change(jwk.clone(), "crv", json!(1)).is_err());
        for member in jwk.as_object().expect("object").keys() {
            assert!(without(jwk.clone(), member).is_err(), "{member}");
            assert!(change(jwk.clone(), member, json!(7)).is_err(), "{member}");
        }
    }
    // Swapped coordinates, the other curve, other lengths.
    let jwk = p256();
    assert!(change(jwk.clone(), "y", jwk["x"].clone()).is_err());
    assert!(change(jwk.clone(), "crv", json!("P-384")).is_err());
    let x = text(&jwk, "x");
    for bad in [&x[1..], &format!("{x}="), &format!("{x}A"), &format!("AA{x}"), ""] {
        assert!(change(jwk.clone(), "x", json!(bad)).is_err(), "{bad}");
    }
    for not_an_object in [json!(null), json!("x"), json!([]), json!({})] {
        assert!(PublicKey::from_jwk(&not_an_object).is_err());
    }
}

#[test]
fn weak_or_odd_rsa_keys_are_refused() {
    let with = |n: &[u8], e: &[u8]| {
        PublicKey::from_jwk(
            &json!({"kty": "RSA", "n": encode_base64url(n), "e": encode_base64url(e)}),
        )
    };
    let mut n = decode_base64url(text(&rsa(), "n")).expect("modulus");
    assert!(with(&n, &[1, 0, 1]).is_ok());
    assert!(with(&n, &[3]).is_ok());
    for e in [&[][..], &[0], &[1], &[2], &[1, 0, 0], &[0, 1, 0, 1], &[1, 0, 0, 0, 1]] {
        assert!(with(&n, e).is_err(), "{e:?}");
    }
    let length = Err(EncodingError::KeyLength { kind: "RSA" });
    assert_eq!(with(&n[1..], &[1, 0, 1]), length, "2040 bits");
    assert_eq!(with(&n[128..], &[1, 0, 1]), length, "1024 bits");
    assert_eq!(with(&[], &[1, 0, 1]), length);
    assert_eq!(with(&n.repeat(5), &[1, 0, 1]), length, "10240 bits");
    assert!(with(&[&[0][..], &n].concat(), &[1, 0, 1]).is_err(), "leading zero");
    n[0] = 0x7f;
    assert_eq!(with(&n, &[1, 0, 1]), length, "2047 bits");
    n[0] = 0xff;
    *n.last_mut().expect("not empty") &= 0xfe;
    assert!(with(&n, &[1, 0, 1]).is_err(), "even");
    let rsa = PublicKey::from_jwk(&rsa()).expect("RSA key");
    assert_eq!(rsa.to_multikey(), Err(EncodingError::NoMultikey));
    assert_eq!(rsa.to_jwk(), self::rsa());
}

#[test]
fn base64url_has_one_text_per_byte_string() {
    assert_eq!(decode_base64url("AA"), Ok(vec![0]));
    for bad in ["AB", "AA==", "A", "A A", "AA\n", "+/", "Zm9v\0", "é"] {
        assert_eq!(decode_base64url(bad), Err(EncodingError::Base64url), "{bad:?}");
    }
}

#[test]
fn an_ed25519_signature_is_z_and_base58btc_of_exactly_64_bytes() {
    for (file, vector) in [("eddsa-rdfc-2022.json", 0), ("ob3-eddsa-rdfc-2022.json", 0)] {
        let vector = &vectors(file)["vectors"][vector];
        let bytes: [u8; 64] = hex(text(vector, "signatureHex")).try_into().expect("64 bytes");
        assert_eq!(multibase::encode_signature(&bytes), text(vector, "proofValue"));
        assert_eq!(multibase::decode_signature(text(vector, "proofValue")), Ok(bytes));
    }
    for bytes in [[0; 64], [1; 64], [0xff; 64]] {
        let text = multibase::encode_signature(&bytes);
        assert_eq!(text, multibase::encode_base58btc(&bytes), "agrees with the general encoder");
        assert_eq!(multibase::decode_signature(&text), Ok(bytes));
    }
    let good = text(&vectors("ob3-eddsa-rdfc-2022.json")["vectors"][0], "proofValue").to_owned();
    for bad in [
        String::new(),
        "z".to_owned(),
        good[1..].to_owned(),
        format!("u{}", &good[1..]),
        format!("f{}", &good[1..]),
        format!("Z{}", &good[1..]),
        format!("{good}1"),
        format!("z1{}", &good[1..]),
        good[..good.len() - 3].to_owned(),
        format!("{good} "),
        format!("{}0", &good[..good.len() - 1]),
        format!("{}é", &good[..good.len() - 1]),
        format!("z{}", "z".repeat(88)),
        format!("z{}", "z".repeat(100_000)),
        multibase::encode_base58btc(&[7; 63]),
        multibase::encode_base58btc(&[7; 65]),
        multibase::encode_base58btc(&[0; 65]),
        multibase::encode_base58btc(&[0; 63]),
    ] {
        assert!(multibase::decode_signature(&bad).is_err(), "{bad:?}");
    }
}

#[test]
fn every_key_has_a_did_jwk_that_reads_back() {
    let file = vectors("did-key.json");
    let mut keys: Vec<Value> = file["valid"].as_array().expect("cases").to_vec();
    for case in &mut keys {
        *case = case["publicKeyJwk"].take();
    }
    keys.push(rsa());
    for jwk in keys {
        let key = PublicKey::from_jwk(&jwk).expect("a key");
        let did = did_jwk::from_key(&key);
        assert_eq!(did_jwk::parse(&did), Ok(key.clone()));
        // Members that only describe the key stay in its document.
        let mut described = jwk.clone();
        described["kid"] = "k1".into();
        described["use"] = "sig".into();
        let did = format!("did:jwk:{}", encode_base64url(described.to_string()));
        assert_eq!(did_jwk::parse(&did), Ok(key));
        let document = did_jwk::document(&did).expect("a document");
        assert_eq!(document["id"], did);
        let method = &document["verificationMethod"][0];
        assert_eq!(method["id"], format!("{did}#0"));
        assert_eq!(did_jwk::method_id(&did).as_deref(), Ok(format!("{did}#0").as_str()));
        assert_eq!((&method["type"], &method["controller"]), (&json!("JsonWebKey"), &json!(did)));
        assert_eq!(method["publicKeyJwk"], described);
        assert_eq!(document["assertionMethod"], json!([format!("{did}#0")]));
    }
}

#[test]
fn a_did_jwk_that_is_not_one_public_signing_key_is_refused() {
    let good = json!({"kty": "OKP", "crv": "Ed25519",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    let of = |text: &str| format!("did:jwk:{}", encode_base64url(text));
    let with = |member: &str, value: Value| {
        let mut jwk = good.clone();
        jwk[member] = value;
        of(&jwk.to_string())
    };
    assert!(did_jwk::parse(&of(&good.to_string())).is_ok());
    let cases = [
        ("invalidDid", String::new()),
        ("invalidDid", "did:jwk".to_owned()),
        ("invalidDid", "did::abc".to_owned()),
        ("methodNotSupported", "did:key:z6Mk".to_owned()),
        ("invalidDid", "did:jwk:".to_owned()),
        ("invalidDid", format!("{}=", of(&good.to_string()))),
        ("invalidDid", format!("{}#0", of(&good.to_string()))),
        ("invalidDid", of("[]")),
        ("invalidDid", of("\"x\"")),
        ("invalidDid", of("{} {}")),
        ("invalidDid", of(&good.to_string().replacen('{', "{\"kty\":\"EC\",", 1))),
        ("invalidDid", of(&format!("{{\"a\":\"{}\"}}", "b".repeat(8000)))),
        ("invalidPublicKey", of("{}")),
        ("invalidPublicKey", with("d", "AA".into())),
        ("invalidPublicKey", with("use", "enc".into())),
        ("invalidPublicKey", with("crv", "X25519".into())),
        ("invalidPublicKey", with("x", "AA".into())),
        ("invalidPublicKey", with("kty", "oct".into())),
        ("invalidPublicKey", with("alg", "ES256".into())),
    ];
    for (code, did) in cases {
        assert_eq!(did_jwk::parse(&did).expect_err(&did).code(), code, "{did}");
        assert_eq!(did_jwk::document(&did).expect_err(&did).code(), code, "{did}");
        assert!(did_jwk::method_id(&did).is_err(), "{did}");
    }
}

#[test]
fn a_jwk_set_finds_one_key_or_none() {
    let file = vectors("did-key.json");
    let jwks: Vec<&Value> =
        file["valid"].as_array().expect("cases").iter().map(|c| &c["publicKeyJwk"]).collect();
    let named = |index: usize, kid: &str| {
        let mut jwk = jwks[index].clone();
        jwk["kid"] = kid.into();
        jwk["iss"] = format!("https://issuer{index}.example").into();
        jwk
    };
    let set = json!({"keys": [
        named(0, "a"), named(1, "b"), named(2, "twice"), named(3, "twice"), jwks[4],
        {"kty": "oct", "kid": "unknown"}, {"kid": "nothing"}, "no key",
    ]});
    let set = JwkSet::from_value(&set).expect("a set");
    assert_eq!(set.entries().len(), 8);
    let b = set.by_kid("b").expect("b");
    assert_eq!(b.key, PublicKey::from_jwk(jwks[1]));
    assert_eq!(b.issuer.as_deref(), Some("https://issuer1.example"));
    assert_eq!(set.by_kid("twice"), None, "nobody can tell which");
    assert_eq!(set.by_kid("c"), None);
    assert_eq!(set.by_kid("unknown").map(|e| e.key.is_err()), Some(true));
    let key = PublicKey::from_jwk(jwks[4]).expect("a key");
    assert_eq!(set.by_key(&key).map(|entry| entry.kid.clone()), Some(None));
    assert_eq!(set.by_key(&PublicKey::from_jwk(jwks[5]).expect("a key")), None);
    let mut private = jwks[0].clone();
    private["d"] = "AA".into();
    for bad in [
        json!({}),
        json!([]),
        json!({"keys": {}}),
        json!({"keys": [jwks[0], private]}),
        json!({"keys": vec![jwks[0].clone(); 257]}),
    ] {
        assert!(JwkSet::from_value(&bad).is_err(), "{bad}");
    }
}
