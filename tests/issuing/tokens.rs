//! Certificates as JSON Web Tokens: which key signs, and that the first one stands.

use super::{Fault, Office, Plan, Published, moment, numbered, parsed, run, unsigned};
use bewijs::issuance::{DeskSettings, DidMethod, IssueError, Issued};
use bewijs::keys::did_document;
use bewijs::model::{CredentialId, KeyAlgorithm, KeyState, TokenAlgorithm};
use bewijs::proof::jose::JwtProfile::{OpenBadges, VcJwt};
use bewijs::proof::jose::{JwtOptions, JwtProfile, JwtReport, verify_jwt};
use bewijs::store::{StatusAction, Store};
use std::sync::Arc;

impl Office {
    fn token(&self, issued: &Issued, profile: JwtProfile) -> Result<Arc<str>, IssueError> {
        run(self.desk.jwt(issued.record.id, profile))
    }

    /// What a verifier that has the issuer's document says of a token.
    fn report(&self, token: &str) -> JwtReport {
        let keys = self.store.keys(&self.issuer).unwrap();
        let resolver = Published(did_document(&self.did(), &keys));
        verify_jwt(token, &JwtOptions::at(moment("2026-07-10T12:00:00Z")), &resolver).unwrap()
    }

    fn add_key(&self, algorithm: KeyAlgorithm) {
        let rotate = self.desk.rotate_key(&self.issuer, algorithm, self.origin());
        run(rotate).unwrap();
    }
}

fn set(vc_jwt: TokenAlgorithm, ob3_jwt: TokenAlgorithm) -> DeskSettings {
    DeskSettings { vc_jwt, ob3_jwt, ..Plan::default().settings }
}

#[test]
fn a_certificate_is_rendered_as_a_token_of_either_profile() {
    let office = Office::new();
    let one = office.issued("N-1");
    for profile in [VcJwt, OpenBadges] {
        let token = office.token(&one, profile).unwrap();
        let report = office.report(&token);
        assert!(report.outcome.is_verified(), "{profile:?} {:?}", report.outcome);
        assert_eq!(report.profile, Some(profile));
        assert_eq!(report.algorithm.as_deref(), Some("ES256"), "decision D6");
        assert_eq!(report.controller, Some(office.did()));
        let payload = report.payload.unwrap();
        let document = unsigned(&parsed(&one));
        for (member, value) in document.as_object().unwrap() {
            assert_eq!(payload[member], *value, "{member}");
        }
        assert!(payload.get("proof").is_none());
        assert_eq!(payload["jti"], one.url);
    }
    let unknown = CredentialId::new(uuid::Uuid::nil());
    assert_eq!(run(office.desk.jwt(unknown, VcJwt)).unwrap_err(), IssueError::NotFound);
}

#[test]
fn a_token_is_signed_once_whatever_happens_afterwards() {
    let office = Office::new();
    let one = office.issued("N-1");
    let before = office.keys.used();
    let token = office.token(&one, VcJwt).unwrap();
    let used = office.keys.used();
    assert_eq!((used.0 - before.0, used.1 - before.1), (1, 1));
    for _ in 0..3 {
        assert_eq!(office.token(&one, VcJwt).unwrap(), token);
    }
    assert_eq!(office.keys.used(), used, "a reader makes nothing be signed");
    // Not after a restart, not under other settings, not with another key.
    let other = office.with(set(TokenAlgorithm::EdDsa, TokenAlgorithm::Rs256));
    assert_eq!(run(other.jwt(one.record.id, VcJwt)).unwrap(), token);
    office.add_key(KeyAlgorithm::P256);
    assert_eq!(office.token(&one, VcJwt).unwrap(), token);
    assert!(office.report(&token).outcome.is_verified(), "the retired key stays published");
    run(office.desk.change_status(office.change(&one, StatusAction::Revoke))).unwrap();
    assert_eq!(office.token(&one, VcJwt).unwrap(), token);
    // What a compromised key signed stays what was released, as the document does, and fails.
    let keys = office.store.keys(&office.issuer).unwrap();
    let signed = keys.iter().find(|key| {
        key.algorithm == KeyAlgorithm::P256 && matches!(key.state, KeyState::Retired { .. })
    });
    let (thumbprint, now) = (&signed.unwrap().thumbprint, moment("2026-07-10T12:00:00Z"));
    run(office.desk.compromise_key(&office.issuer, thumbprint, now, office.origin())).unwrap();
    assert_eq!(office.token(&one, VcJwt).unwrap(), token);
    assert!(!office.report(&token).outcome.is_verified());
}

#[test]
fn of_first_requests_at_once_everybody_gets_the_same_token() {
    let office = Office::new();
    let one = office.issued("N-1");
    let tokens: Vec<_> = std::thread::scope(|scope| {
        let ask = || office.token(&one, VcJwt).unwrap();
        let asking: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        asking.into_iter().map(|asked| asked.join().unwrap()).collect()
    });
    // ES256 draws a number: two signatures would be two tokens.
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    assert_eq!(office.token(&one, VcJwt).unwrap(), tokens[0]);
}

#[test]
fn a_token_that_is_not_recorded_is_not_released() {
    let office = Office::new();
    let one = office.issued("N-1");
    office.store.fail("record_rendition", Fault::Refused);
    assert!(matches!(office.token(&one, VcJwt), Err(IssueError::Store(_))));
    office.store.fail("record_rendition", Fault::Lost);
    assert!(matches!(office.token(&one, VcJwt), Err(IssueError::Store(_))));
    office.store.mend();
    let token = office.token(&one, VcJwt).unwrap();
    assert_eq!(office.token(&one, VcJwt).unwrap(), token);
}

#[test]
fn the_algorithm_is_the_one_that_is_set() {
    use TokenAlgorithm::{EdDsa, Es256, Rs256};
    let office = Office::new();
    office.add_key(KeyAlgorithm::Rsa);
    for (number, (vc_jwt, ob3_jwt)) in
        [(Es256, Rs256), (Rs256, Es256), (EdDsa, Es256)].into_iter().enumerate()
    {
        let desk = office.with(set(vc_jwt, ob3_jwt));
        let one = office.issued(&format!("N-{number}"));
        for (profile, algorithm) in [(VcJwt, vc_jwt), (OpenBadges, ob3_jwt)] {
            let token = run(desk.jwt(one.record.id, profile)).unwrap();
            let report = office.report(&token);
            assert!(report.outcome.is_verified(), "{algorithm:?} {:?}", report.outcome);
            assert_eq!(report.algorithm.as_deref(), Some(algorithm.as_str()));
        }
    }
    // Whatever is set, no Open Badges token is signed with EdDSA.
    let desk = office.with(set(EdDsa, EdDsa));
    let one = office.issued("N-9");
    assert!(matches!(run(desk.jwt(one.record.id, OpenBadges)), Err(IssueError::Unsound { .. })));
}

#[test]
fn without_a_key_of_the_kind_the_error_says_which_command_makes_one() {
    let office = Office::new();
    let one = office.issued("N-1");
    let desk = office.with(set(TokenAlgorithm::Rs256, TokenAlgorithm::Rs256));
    for profile in [VcJwt, OpenBadges] {
        let refused = run(desk.jwt(one.record.id, profile)).unwrap_err();
        let command = "bewijs keys generate voorbeeld-hogeschool --algorithm rsa";
        assert!(matches!(refused, IssueError::NoTokenKey { .. }), "{refused:?}");
        let told = refused.to_string();
        assert!(told.contains(command) && told.contains("RS256"), "{told}");
    }
    // A key that signs no more is none.
    let keys = office.store.keys(&office.issuer).unwrap();
    let p256 = keys.iter().find(|key| key.algorithm == KeyAlgorithm::P256).unwrap();
    let retire = office.desk.retire_key(&office.issuer, &p256.thumbprint, office.origin());
    run(retire).unwrap();
    let refused = office.token(&one, VcJwt).unwrap_err();
    assert!(refused.to_string().ends_with("--algorithm p256`"), "{refused}");
    assert_eq!(office.store.rendition(one.record.id, bewijs::store::Rendition::VcJwt), Ok(None));
    // The certificate itself needs none of them.
    run(office.issue(numbered("N-2"))).unwrap();
}

#[test]
fn a_did_key_issuer_signs_tokens_with_its_one_key() {
    let office = Office::of(Plan { did: DidMethod::Key, ..Plan::default() });
    let one = office.issued("N-1");
    let report = office.report(&office.token(&one, VcJwt).unwrap());
    assert!(report.outcome.is_verified(), "{:?}", report.outcome);
    assert_eq!(report.algorithm.as_deref(), Some("EdDSA"));
    let refused = office.token(&one, OpenBadges).unwrap_err();
    assert!(refused.to_string().contains("did:web"), "{refused}");
}
