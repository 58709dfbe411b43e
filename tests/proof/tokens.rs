//! Tokens that are verified and not made: VCDM 1.1, presentations, envelopes, and ES384.

use crate::signers::{TestResolver, TestSigner, kind, moment, vectors};
use bewijs::canon::json::JsonLimits;
use bewijs::encoding::encode_base64url;
use bewijs::proof::jose::{
    Envelope, EnvelopeError, EnvelopeKind, JwtOptions, JwtProfile, JwtReport,
    PresentationJwtOptions, PresentationJwtReport, sign_credential, verify_jwt,
    verify_presentation_jwt,
};
use bewijs::proof::{ProofOutcome, ProofPurpose, Signer, VerifyOptions, verify_proofs};
use serde_json::{Value, json};

fn p256() -> TestSigner {
    let [_, _, p256] = TestSigner::jose();
    p256
}

fn p384() -> TestSigner {
    TestSigner::from_jwk(&vectors("ecdsa-2019.json")["vectors"][1]["privateJwk"])
}

fn token(header: &Value, payload: &Value, signer: &dyn Signer) -> String {
    let part = |value: &Value| encode_base64url(value.to_string());
    let message = format!("{}.{}", part(header), part(payload));
    let signature = signer.sign(message.as_bytes()).expect("signed");
    format!("{message}.{}", encode_base64url(signature))
}

fn with(value: &Value, pointer: &str, member: &str, new: Value) -> Value {
    let mut value = value.clone();
    value.pointer_mut(pointer).expect(pointer)[member] = new;
    value
}

fn without(value: &Value, pointer: &str, member: &str) -> Value {
    let mut value = value.clone();
    let place = value.pointer_mut(pointer).expect(pointer);
    place.as_object_mut().expect("object").shift_remove(member).expect(member);
    value
}

fn detail(outcome: &ProofOutcome) -> String {
    match outcome {
        ProofOutcome::Failed(problem) => {
            format!("{}: {}", kind(problem), problem.detail.as_deref().unwrap_or_default())
        }
        other => unreachable!("{other:?}"),
    }
}

fn now() -> bewijs::model::Timestamp {
    moment("2026-06-01T00:00:00Z")
}

fn check(token: &str) -> JwtReport {
    verify_jwt(token, &JwtOptions::at(now()), &TestResolver::default()).expect("a token")
}

fn old_credential(signer: &TestSigner) -> Value {
    json!({
        "@context": ["https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"],
        "id": "https://badges.example/credentials/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": signer.did(), "type": ["Profile"], "name": "Voorbeeld"},
        "issuanceDate": "2024-02-02T09:15:00Z",
        "expirationDate": "2031-02-02T00:00:00+01:00",
        "credentialSubject": {"id": "did:example:holder", "type": ["AchievementSubject"]},
    })
}

fn old_payload(signer: &TestSigner) -> Value {
    json!({
        "iss": signer.did(), "jti": "https://badges.example/credentials/1",
        "sub": "did:example:holder", "nbf": moment("2024-02-02T09:15:00Z").unix(),
        "exp": moment("2031-02-01T23:00:00Z").unix(), "iat": 1_700_000_000,
        "vc": old_credential(signer),
    })
}

fn old_header(signer: &TestSigner) -> Value {
    json!({"alg": "ES256", "typ": "JWT", "kid": signer.method()})
}

#[test]
fn a_token_of_vcdm_1_1_gives_the_credential_in_its_claim() {
    let signer = p256();
    let (header, payload) = (old_header(&signer), old_payload(&signer));
    let report = check(&token(&header, &payload, &signer));
    assert!(report.outcome.is_verified(), "{:?}", report.outcome);
    assert!(report.legacy);
    assert_eq!(report.credential.as_ref(), Some(&payload["vc"]));
    assert_eq!(report.controller, Some(signer.did()));
    // What is only in the claims is in the credential as well (VCDM 1.1, section 6.3.1).
    let mut bare = payload.clone();
    for (pointer, member) in [
        ("/vc", "id"),
        ("/vc", "issuanceDate"),
        ("/vc", "expirationDate"),
        ("/vc/issuer", "id"),
        ("/vc/credentialSubject", "id"),
    ] {
        bare = without(&bare, pointer, member);
    }
    let report = check(&token(&header, &bare, &signer));
    assert!(report.outcome.is_verified(), "{:?}", report.outcome);
    let mut expected = payload["vc"].clone();
    expected["expirationDate"] = json!("2031-02-01T23:00:00Z");
    assert_eq!(report.credential, Some(expected));
    let bare = without(&bare, "/vc", "issuer");
    let report = check(&token(&header, &bare, &signer));
    assert_eq!(report.credential.expect("verified")["issuer"], signer.did());
    // Claims that are not there contradict nothing.
    let plain = json!({"vc": old_credential(&signer)});
    let report = check(&token(&without(&header, "", "typ"), &plain, &signer));
    assert!(report.outcome.is_verified());
    assert_eq!(report.credential, Some(old_credential(&signer)));
    let mut listed = payload.clone();
    listed["vc"]["credentialSubject"] = json!([payload["vc"]["credentialSubject"]]);
    assert!(check(&token(&header, &listed, &signer)).outcome.is_verified());
}

#[test]
fn a_claim_that_contradicts_the_credential_of_vcdm_1_1_fails() {
    let signer = p256();
    let (header, payload) = (old_header(&signer), old_payload(&signer));
    let new = "https://www.w3.org/ns/credentials/v2";
    for (pointer, member, value, because) in [
        ("", "iss", json!("did:web:evil.example"), "iss is not"),
        ("", "iss", json!(7), "must be a string"),
        ("", "jti", json!("urn:uuid:1"), "jti is not"),
        ("", "sub", json!("did:example:other"), "sub is not"),
        ("", "nbf", json!(1_700_000_000), "nbf is not"),
        ("", "nbf", json!("2024-02-02"), "whole seconds"),
        ("", "exp", json!(1_700_000_000), "exp is not"),
        ("", "exp", json!(1.5), "whole seconds"),
        ("", "iat", json!(true), "whole seconds"),
        ("", "vp", json!({}), "at once"),
        ("", "vc", json!("text"), "not an object"),
        ("", "vc", json!([]), "not an object"),
        ("/vc", "@context", json!([new]), "must not be there"),
        ("/vc", "@context", json!([]), "must not be there"),
        ("/vc", "issuanceDate", json!("yesterday"), "nbf is not"),
        ("/vc", "issuanceDate", json!(5), "nbf is not"),
        ("/vc", "issuer", json!("did:web:evil.example"), "iss is not"),
        ("/vc", "issuer", json!(["did:web:evil.example"]), "iss is not"),
        ("/vc", "credentialSubject", json!([{"id": "a"}, {"id": "b"}]), "sub is not"),
        ("/vc", "credentialSubject", json!("did:example:holder"), "no subject"),
    ] {
        let report = check(&token(&header, &with(&payload, pointer, member, value), &signer));
        assert!(detail(&report.outcome).contains(because), "{because}: {:?}", report.outcome);
    }
    // A document by itself beside the claim, or under a type that says it is one.
    for member in ["@context", "type", "credentialSubject", "issuer"] {
        let mixed = with(&payload, "", member, payload["vc"][member].clone());
        let report = check(&token(&header, &mixed, &signer));
        assert!(detail(&report.outcome).contains("vc and vp must not be there"), "{member}");
    }
    for typ in ["vc+jwt", "application/vc+jwt"] {
        let header = with(&header, "", "typ", json!(typ));
        let report = check(&token(&header, &payload, &signer));
        assert!(detail(&report.outcome).contains("vc and vp must not be there"), "{typ}");
    }
    // Somebody else's signature shows nothing.
    let report = check(&token(&header, &payload, &p384()));
    assert!(detail(&report.outcome).contains("does not fit"));
    assert_eq!((report.payload, report.credential), (None, None));
}

#[test]
fn es384_is_made_and_verified_and_bound_to_its_key() {
    let signer = p384();
    let mut credential = old_credential(&signer);
    credential["@context"] = json!(["https://www.w3.org/ns/credentials/v2"]);
    let kid = signer.method();
    let made =
        sign_credential(&credential, JwtProfile::VcJwt, &signer, Some(&kid)).expect("signed");
    let report = check(&made);
    assert!(report.outcome.is_verified());
    assert_eq!(report.algorithm.as_deref(), Some("ES384"));
    let other = p256();
    for (alg, kid, key) in [
        ("ES256", &kid, &signer),
        ("ES384", &other.method(), &other),
        ("EdDSA", &kid, &signer),
        ("RS256", &kid, &signer),
    ] {
        let header = json!({"alg": alg, "typ": "vc+jwt", "kid": kid});
        let report = check(&token(&header, &credential, key));
        assert!(detail(&report.outcome).contains("alg is not"), "{alg}");
    }
}

fn options<'a>(domain: &'a [&'a str], challenge: Option<&'a str>) -> PresentationJwtOptions<'a> {
    PresentationJwtOptions { now: now(), limits: JsonLimits::default(), domain, challenge }
}

fn present(token: &str, options: &PresentationJwtOptions<'_>) -> PresentationJwtReport {
    verify_presentation_jwt(token, options, &TestResolver::default()).expect("a token")
}

fn presentation(signer: &TestSigner) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "VerifiablePresentation",
        "holder": signer.did(),
        "verifiableCredential": [{
            "@context": "https://www.w3.org/ns/credentials/v2",
            "type": "EnvelopedVerifiableCredential",
            "id": "data:application/vc+jwt,a.b.c",
        }],
    })
}

#[test]
fn a_presentation_is_verified_for_its_domain_and_challenge() {
    let signer = p256();
    let header = json!({"alg": "ES256", "typ": "vp+jwt", "kid": signer.method()});
    let mut payload = presentation(&signer);
    payload["nonce"] = json!("c-1");
    payload["aud"] = json!("https://verifier.example");
    payload["iss"] = json!(signer.did());
    let token_text = token(&header, &payload, &signer);
    let resolver = TestResolver::default();
    let expected = options(&["https://verifier.example"], Some("c-1"));
    let report = verify_presentation_jwt(&token_text, &expected, &resolver).expect("a token");
    assert!(report.outcome.is_verified(), "{:?}", report.outcome);
    assert_eq!(report.presentation, Some(presentation(&signer)));
    assert_eq!(report.challenge.as_deref(), Some("c-1"));
    assert_eq!(report.domain, ["https://verifier.example"]);
    assert!(!report.legacy);
    // Nothing expected: the facts are told.
    assert!(present(&token_text, &options(&[], None)).outcome.is_verified());
    for (expected, because) in [
        (options(&["https://other.example"], None), "INVALID_DOMAIN_ERROR"),
        (options(&["https://verifier.example", "b"], None), "INVALID_DOMAIN_ERROR"),
        (options(&[], Some("c-2")), "INVALID_CHALLENGE_ERROR"),
    ] {
        let report = present(&token_text, &expected);
        assert!(detail(&report.outcome).starts_with(because), "{because}");
    }
    let unasked = token(&header, &presentation(&signer), &signer);
    assert!(present(&unasked, &options(&[], None)).outcome.is_verified());
    assert!(!present(&unasked, &options(&[], Some("c-1"))).outcome.is_verified());
    assert!(!present(&unasked, &options(&["a"], None)).outcome.is_verified());
    for (member, value, because) in [
        ("iss", json!("did:web:evil.example"), "holder"),
        ("vp", json!({}), "vc and vp"),
        ("vc", json!({}), "vc and vp"),
        ("aud", json!([1]), "aud is not"),
        ("exp", json!(1_700_000_000), "expired"),
        ("nbf", json!(1_900_000_000), "not valid yet"),
        ("iat", json!("now"), "whole seconds"),
    ] {
        let report = present(
            &token(&header, &with(&payload, "", member, value), &signer),
            &options(&[], None),
        );
        assert!(detail(&report.outcome).contains(because), "{member}: {:?}", report.outcome);
    }
    for (member, value, because) in [
        ("typ", json!("vc+jwt"), "typ must be vp+jwt"),
        ("cty", json!("vc"), "cty must be vp"),
        ("crit", json!(["b64"]), "critical"),
        ("b64", json!(false), "not encoded"),
        ("alg", json!("none"), "alg is not"),
        ("alg", json!("HS256"), "alg is not"),
        ("alg", json!("ES384"), "alg is not"),
        ("alg", json!(null), "must be a string"),
        ("kid", json!("#key"), "kid is not"),
        ("kid", json!(7), "kid is not"),
    ] {
        let report = present(
            &token(&with(&header, "", member, value), &payload, &signer),
            &options(&[], None),
        );
        assert!(detail(&report.outcome).contains(because), "{member}: {:?}", report.outcome);
        assert_eq!(report.presentation, None);
    }
    // A header or payload with a member twice.
    let twice = |text: Value, member: &str| text.to_string().replacen('{', member, 1);
    let header_twice = twice(header.clone(), "{\"alg\":\"none\",");
    let message =
        format!("{}.{}", encode_base64url(header_twice), encode_base64url(payload.to_string()));
    let signature = encode_base64url(signer.sign(message.as_bytes()).expect("signed"));
    let options = options(&[], None);
    assert!(
        verify_presentation_jwt(&format!("{message}.{signature}"), &options, &resolver).is_err()
    );
    let payload_twice = twice(payload, "{\"holder\":\"did:web:evil.example\",");
    let message =
        format!("{}.{}", encode_base64url(header.to_string()), encode_base64url(payload_twice));
    let signature = encode_base64url(signer.sign(message.as_bytes()).expect("signed"));
    let report = present(&format!("{message}.{signature}"), &options);
    assert!(detail(&report.outcome).contains("not strict JSON"));
}

#[test]
fn a_presentation_of_vcdm_1_1_is_in_its_claim() {
    let signer = p256();
    let vp = json!({
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": ["a.b.c"],
    });
    let payload = json!({"iss": signer.did(), "aud": "v", "nonce": "n", "jti": "urn:uuid:1",
        "vp": vp});
    let report =
        present(&token(&old_header(&signer), &payload, &signer), &options(&["v"], Some("n")));
    assert!(report.outcome.is_verified(), "{:?}", report.outcome);
    assert!(report.legacy);
    let mut expected = vp;
    expected["id"] = json!("urn:uuid:1");
    expected["holder"] = json!(signer.did());
    assert_eq!(report.presentation, Some(expected));
    for (pointer, member, value) in [
        ("/vp", "holder", json!("did:web:evil.example")),
        ("/vp", "id", json!("urn:uuid:2")),
        ("/vp", "@context", json!(["https://www.w3.org/ns/credentials/v2"])),
        ("", "vc", json!({})),
        ("", "type", json!("VerifiablePresentation")),
    ] {
        let payload = with(&payload, pointer, member, value);
        let report = present(&token(&old_header(&signer), &payload, &signer), &options(&[], None));
        assert!(!report.outcome.is_verified(), "{member}");
    }
}

#[test]
fn an_envelope_is_opened_or_refused() {
    let base = "https://www.w3.org/ns/credentials/v2";
    let envelope = |kind: &str, id: Value| json!({"@context": base, "type": kind, "id": id});
    let (vc, vp) = ("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation");
    let open = |object: &Value| Envelope::open(object).expect("an envelope");
    let opened =
        open(&envelope(vc, json!("data:application/vc+jwt,eyJ.e30.c2ln"))).expect("opened");
    assert_eq!(opened.kind, EnvelopeKind::Credential);
    assert_eq!((&*opened.media_type, &*opened.token), ("application/vc+jwt", "eyJ.e30.c2ln"));
    for (kind, id) in [
        (vp, "data:application/vp+jwt,a.b.c"),
        (vp, "data:application/jwt,a.b.c"),
        (vc, "DATA:Application/VC+JWT;charset=utf-8,a.b.c"),
    ] {
        assert!(open(&envelope(kind, json!(id))).is_ok(), "{id}");
    }
    let mut listed = envelope(vc, json!("data:application/vc+jwt,a.b.c"));
    listed["type"] = json!([vc]);
    listed["@context"] = json!([base]);
    assert!(open(&listed).is_ok());
    for id in [
        json!(null),
        json!(7),
        json!(""),
        json!("application/vc+jwt,a.b.c"),
        json!("https://badges.example/1"),
        json!("data:application/vc+jwt"),
        json!("data:application/vc+jwt,"),
        json!("data:application/vc+jwt,a.b.c "),
        json!("data:application/vc+jwt,a%2Eb.c"),
        json!("data:application/vc+jwt,a.b.é"),
        json!("data:application/vc+jwt;base64,YS5iLmM="),
    ] {
        let opened = open(&envelope(vc, id.clone()));
        assert!(matches!(opened, Err(EnvelopeError::Malformed(_))), "{id}: {opened:?}");
    }
    for (kind, media_type) in [
        (vc, "application/vp+jwt"),
        (vp, "application/vc+jwt"),
        (vc, "application/vc+sd-jwt"),
        (vc, "application/vc+cose"),
        (vc, "text/html"),
        (vc, ""),
    ] {
        let opened = open(&envelope(kind, json!(format!("data:{media_type},a.b.c"))));
        assert!(matches!(opened, Err(EnvelopeError::Unsupported { .. })), "{media_type}");
    }
    for context in [json!(null), json!([]), json!("https://www.w3.org/2018/credentials/v1")] {
        let object = with(&listed, "", "@context", context);
        assert!(matches!(open(&object), Err(EnvelopeError::Malformed(_))));
    }
    let both = with(&listed, "", "type", json!([vc, vp]));
    assert!(matches!(open(&both), Err(EnvelopeError::Malformed(_))));
    for other in [json!({}), json!("text"), json!({"type": "VerifiableCredential"}), json!([])] {
        assert_eq!(Envelope::open(&other), None);
    }
}

/// A presentation with an embedded proof: what it is for is told, and held to what is asked.
#[test]
fn an_embedded_proof_tells_its_purpose_domain_and_challenge() {
    let mut document = vectors("ecdsa-2019.json")["vectors"][0]["signed"].clone();
    document["proof"]["domain"] = json!(["a.example", "b.example"]);
    document["proof"]["challenge"] = json!("c");
    document["proof"]["proofPurpose"] = json!("authentication");
    let check = |options: &VerifyOptions<'_>| {
        let set = bewijs::canon::ContextSet::verifying();
        let mut reports =
            verify_proofs(&document, options, &TestResolver::default(), set).expect("reports");
        reports.remove(0)
    };
    let right = VerifyOptions::presentation(now(), &["b.example", "a.example"], Some("c"));
    assert_eq!(right.purpose, ProofPurpose::Authentication);
    let report = check(&right);
    assert_eq!(report.purpose.as_deref(), Some("authentication"));
    assert_eq!(report.domain, ["a.example", "b.example"]);
    assert_eq!(report.challenge.as_deref(), Some("c"));
    // These members were added to another proof: they fit what is asked, and nobody signed them.
    assert!(detail(&report.outcome).contains("does not fit"));
    for (options, because) in [
        (VerifyOptions::credential(now()), "proofPurpose must be assertionMethod"),
        (VerifyOptions::presentation(now(), &["a.example"], Some("c")), "another domain"),
        (VerifyOptions::presentation(now(), &[], Some("d")), "another challenge"),
    ] {
        assert!(detail(&check(&options).outcome).contains(because), "{because}");
    }
}
