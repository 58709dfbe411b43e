//! What can be wrong with an encoded key.

/// An encoded value that is refused. Always the fault of whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodingError {
    /// Not multibase, or not in the one base that is allowed here.
    #[error("not multibase in the expected base: {0}")]
    Multibase(&'static str),
    /// Not unpadded base64url in its one canonical form.
    #[error("not base64url without padding")]
    Base64url,
    /// A header that names no key type that is known here.
    #[error("unknown multicodec header")]
    UnknownCodec,
    /// A header of a secret key where a public one belongs.
    #[error("a secret key in the place of a public one")]
    SecretKey,
    /// The key has another length than its type has.
    #[error("a {kind} public key has another length")]
    KeyLength {
        /// The type that the key claims.
        kind: &'static str,
    },
    /// The bytes are no point of the curve, not its canonical form, or a point of small order.
    #[error("not a usable {kind} public key")]
    InvalidKey {
        /// The type that the key claims.
        kind: &'static str,
    },
    /// A JWK member that is missing, has the wrong JSON type or contradicts the key.
    #[error("JWK member {member:?} {fault}")]
    Jwk {
        /// The name of the member.
        member: &'static str,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A JWK of a type or curve that is not supported.
    #[error("JWK of an unsupported type or curve")]
    UnsupportedJwk,
    /// RSA keys have no Multikey form.
    #[error("RSA keys have no Multikey form")]
    NoMultikey,
}
