//! The forms of names in JSON-LD: keywords, names that look like one, absolute IRIs, language tags.
//! It tests forms only; what a name means is decided by an active context.

/// The keywords that a document may use here; all others are [`Keyword::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Context,
    Id,
    Type,
    Value,
    Language,
    Direction,
    Graph,
    List,
    Set,
    Json,
    None,
    Vocab,
    /// A keyword of JSON-LD that this processor does not take.
    Other,
}

impl Keyword {
    /// The keyword of this name (JSON-LD 1.1, section 1.7).
    pub(super) fn parse(name: &str) -> Option<Self> {
        if !name.starts_with('@') {
            return None;
        }
        Some(match name {
            "@context" => Self::Context,
            "@id" => Self::Id,
            "@type" => Self::Type,
            "@value" => Self::Value,
            "@language" => Self::Language,
            "@direction" => Self::Direction,
            "@graph" => Self::Graph,
            "@list" => Self::List,
            "@set" => Self::Set,
            "@json" => Self::Json,
            "@none" => Self::None,
            "@vocab" => Self::Vocab,
            "@base" | "@container" | "@import" | "@included" | "@index" | "@nest" | "@prefix"
            | "@propagate" | "@protected" | "@reverse" | "@version" | "@default" | "@embed"
            | "@explicit" | "@omitDefault" | "@requireAll" => Self::Other,
            _ => return None,
        })
    }
}

/// Whether a name has the form of a keyword (JSON-LD 1.1 API, section 5.2.2): `@` and letters.
pub(super) fn has_keyword_form(name: &str) -> bool {
    name.strip_prefix('@')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// Bytes that may not stand in an IRI (N-Quads, production `IRIREF`).
const FORBIDDEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte <= 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[0x7f] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'"' as usize] = true;
    table[b'{' as usize] = true;
    table[b'}' as usize] = true;
    table[b'|' as usize] = true;
    table[b'^' as usize] = true;
    table[b'`' as usize] = true;
    table[b'\\' as usize] = true;
    table
};

/// Whether a text is an absolute IRI: a scheme (RFC 3986, section 3.1), a colon, and nothing that
/// N-Quads cannot hold between angle brackets.
pub fn is_absolute(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(colon) = bytes.iter().position(|byte| *byte == b':') else { return false };
    let scheme = &bytes[..colon];
    scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !bytes.iter().any(|byte| FORBIDDEN[usize::from(*byte)])
}

/// Whether a language tag is well formed in the sense of RDF 1.1 and BCP 47.
pub(super) fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let fits = |part: &str| (1..=8).contains(&part.len());
    fits(first)
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| fits(part) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
