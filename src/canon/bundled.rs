//! The JSON-LD contexts that this program knows: bytes in the binary, named by digest.
//!
//! Nothing is fetched, ever: a context that is not here is an error. `schemas/contexts/manifest.json`
//! says where each file comes from; a test recomputes every digest (VCDM 2.0, appendix B.1:
//! implementations treat the base contexts as already retrieved and refuse other bytes).

/// What a bundled context may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContextRole {
    /// May stand in a credential that this program signs.
    Issue,
    /// Accepted in documents of others.
    Verify,
    /// Only in conformance tests: it switches off the detection of undefined terms, or is not ours.
    Conformance,
}

/// A context document in the binary.
#[derive(Clone, Copy, Debug)]
pub struct BundledContext {
    /// The URL that it answers to.
    pub url: &'static str,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: &'static str,
    /// What it may be used for.
    pub role: ContextRole,
    /// The document.
    pub text: &'static str,
}

macro_rules! bundled {
    ($($role:ident $url:literal $file:literal $sha256:literal)*) => {
        /// Every context in the binary.
        pub const CONTEXTS: &[BundledContext] = &[$(BundledContext {
            url: $url,
            sha256: $sha256,
            role: ContextRole::$role,
            text: include_str!(concat!("../../schemas/contexts/", $file)),
        }),*];
    };
}

bundled! {
    Issue "https://www.w3.org/ns/credentials/v2"
        "credentials-v2.json"
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    Issue "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        "ob-v3p0-context-3.0.3.json"
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"
    Verify "https://www.w3.org/2018/credentials/v1"
        "credentials-v1.jsonld"
        "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc"
    Verify "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
        "ob-v3p0-context-3.0.2.json"
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53"
    Verify "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
        "ob-v3p0-context-3.0.1.json"
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571"
    Verify "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
        "ob-v3p0-extensions.json"
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93"
    Verify "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
        "clr-v2p0-context-2.0.1.json"
        "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6"
    Verify "https://w3id.org/security/data-integrity/v2"
        "data-integrity-v2.json"
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4"
    Verify "https://w3id.org/security/data-integrity/v1"
        "data-integrity-v1.jsonld"
        "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554"
    Verify "https://w3id.org/security/suites/ed25519-2020/v1"
        "ed25519-signature-2020-v1.jsonld"
        "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588"
    Verify "https://w3id.org/security/multikey/v1"
        "multikey-v1.json"
        "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597"
    Verify "https://www.w3.org/ns/did/v1"
        "did-v1.jsonld"
        "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f"
    Conformance "https://w3id.org/citizenship/v4rc1"
        "citizenship-v4rc1.jsonld"
        "a89b0bc00b1848ac3dfdf956c7dd5de8567e755351c07ec6a1c2b4a08b67953b"
    Conformance "https://www.w3.org/ns/credentials/undefined-terms/v2"
        "credentials-undefined-terms-v2.jsonld"
        "82dab514ba44eb18f5d1b0f638c5e140c6a556fbfb5089601bdc0fa5eb8b2581"
    Conformance "https://www.w3.org/ns/credentials/examples/v2"
        "credentials-examples-v2.json"
        "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c"
}
