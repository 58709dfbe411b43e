//! Credentials as JSON Web Tokens: W3C `vc+jwt` (Securing Verifiable Credentials using JOSE and
//! COSE) and the Open Badges 3.0 JWT profile (section 8.2), which differ in their headers.
//!
//! The algorithm is bound to the key, never to the token. Presentations (`vp+jwt`) and tokens of
//! VCDM 1.1 are verified, not made. Not here: SD-JWT, and whether the payload is a conforming
//! credential.

mod algorithm;
mod claims;
mod envelope;
mod header;
mod jws;
mod legacy;
mod presentation;
mod sign;
mod verify;

pub use algorithm::JwsAlgorithm;
pub use envelope::{Envelope, EnvelopeError, EnvelopeKind};
pub use jws::{sign_jws, sign_typed_jws, verify_jws};
pub use presentation::{PresentationJwtOptions, PresentationJwtReport, verify_presentation_jwt};
pub use sign::sign_credential;
pub use verify::{JwtOptions, JwtReport, verify_jwt};

use super::SignError;

/// Which of the two ways to write a credential as a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JwtProfile {
    /// W3C `vc+jwt`: the key is named by `kid`.
    VcJwt,
    /// Open Badges 3.0 section 8.2: the key is in `jwk`, or named by `kid`.
    OpenBadges,
}

/// A token that was not made, or that is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoseError {
    /// PARSING_ERROR: not a JWS in compact serialization within the limits.
    #[error("not a JWT: {0}")]
    Parsing(&'static str),
    /// The credential or the key does not suit the profile.
    #[error("no token can be made: {0}")]
    Generation(&'static str),
    /// A JWS that the given key did not sign.
    #[error("not verified: {0}")]
    NotVerified(&'static str),
    /// The key did not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}
