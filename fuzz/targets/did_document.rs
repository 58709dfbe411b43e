//! Any bytes as the key document of an issuer, and as its status list: a report, and never a green
//! one, because the signature on the credential was made by nobody.
#![no_main]
use bewijs::model::Timestamp;
use bewijs::verification::{
    Examiner, Fetched, Recognition, RegisterEntry, SourceError, Sources, Verdict,
};

const CREDENTIAL: &[u8] = br##"{"@context":["https://www.w3.org/ns/credentials/v2"],
"type":["VerifiableCredential"],"issuer":"did:web:badges.example",
"credentialSubject":{"id":"urn:uuid:0b9f6c3d-51a7-4e0c-8f5e-2d7a1c9b4e31","name":"x"},
"proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","proofPurpose":"assertionMethod",
"verificationMethod":"did:web:badges.example#k",
"proofValue":"z5x9aCBYovW3CQCbKdNyhEm7ffYSw1YpEdPywQJoNbzDD2gkzQDKJ1sYKJaWvqZtkMtSbz35HcbgXVEDYHxCzgkCr"}}"##;

struct Everywhere<'a>(&'a [u8], Timestamp);

impl Sources for Everywhere<'_> {
    fn key_document(&self, _url: &str) -> Result<Fetched, SourceError> {
        Ok(Fetched { bytes: self.0.into(), media_type: None, fetched_at: self.1, stale: false })
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.key_document(url)
    }

    fn register(&self, _credential: &str) -> Option<RegisterEntry> {
        None
    }

    fn recognised(&self, _issuer: &str) -> Vec<Recognition> {
        Vec::new()
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let now = Timestamp::from_unix(1_800_000_000).expect("in range");
    let report = Examiner::default().examine(CREDENTIAL, None, &Everywhere(bytes, now), now);
    assert_ne!(report.verdict(), Verdict::Verified);
});
