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

/// What a byte is to an IRI.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Plain,
    /// May stand only in certain places: `#`, `%`, `[` and `]`.
    Placed,
    /// Never in an IRI (N-Quads, production `IRIREF`, and U+007F).
    Forbidden,
}

const PARTS: [Part; 256] = {
    let mut table = [Part::Plain; 256];
    let mut byte = 0;
    while byte <= 0x20 {
        table[byte] = Part::Forbidden;
        byte += 1;
    }
    table[0x7f] = Part::Forbidden;
    table[b'<' as usize] = Part::Forbidden;
    table[b'>' as usize] = Part::Forbidden;
    table[b'"' as usize] = Part::Forbidden;
    table[b'{' as usize] = Part::Forbidden;
    table[b'}' as usize] = Part::Forbidden;
    table[b'|' as usize] = Part::Forbidden;
    table[b'^' as usize] = Part::Forbidden;
    table[b'`' as usize] = Part::Forbidden;
    table[b'\\' as usize] = Part::Forbidden;
    table[b'#' as usize] = Part::Placed;
    table[b'%' as usize] = Part::Placed;
    table[b'[' as usize] = Part::Placed;
    table[b']' as usize] = Part::Placed;
    table
};

/// Whether a text is an absolute IRI: a scheme (RFC 3986, section 3.1), a colon, and the rest as
/// RFC 3987 has it, so far as processors could see it differently. It does not look into the
/// authority.
pub fn is_absolute(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(colon) = bytes.iter().position(|byte| *byte == b':') else { return false };
    let (scheme, rest) = (&bytes[..colon], &bytes[colon + 1..]);
    scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && is_rest(rest)
}

/// Whether this may follow the scheme and its colon.
fn is_rest(bytes: &[u8]) -> bool {
    let mut fragment = false;
    for (index, byte) in bytes.iter().enumerate() {
        let good = match PARTS[usize::from(*byte)] {
            Part::Plain => true,
            Part::Forbidden => false,
            Part::Placed => match byte {
                // One fragment.
                b'#' => !std::mem::replace(&mut fragment, true),
                // Percent-encoding is whole.
                b'%' => matches!(bytes.get(index + 1..index + 3), Some([a, b])
                    if a.is_ascii_hexdigit() && b.is_ascii_hexdigit()),
                // Only around an address, as the host.
                b'[' => index == 2 && bytes.starts_with(b"//["),
                _ => {
                    bytes.starts_with(b"//[") && bytes.iter().position(|b| b == byte) == Some(index)
                }
            },
        };
        if !good {
            return false;
        }
    }
    true
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_iris() {
        for text in [
            "https://a.example/b?c=d#e",
            "did:web:a.example:issuers:b#key-1",
            "urn:uuid:0b9f6c3d",
            "xsd:dateTime",
            "https://[::1]:8080/x",
            "https://é.example/%C3%A9",
            "mailto:a@b.example",
            "a:",
        ] {
            assert!(is_absolute(text), "{text}");
        }
        for text in [
            "", ":", "//a", "a", "1a:b", "_:b0", "a b:c", "a:b c", "a:<b>", "a:b\"", "a:b\\",
            "a:b#c#d", "a:%", "a:%4", "a:%zz", "a:[b]", "a://b[c]", "a://[b]]", "a:\u{7f}", "é:b",
        ] {
            assert!(!is_absolute(text), "{text}");
        }
    }

    #[test]
    fn language_tags() {
        for tag in ["nl", "nl-BE", "zh-Hant-TW", "x-private"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in ["", "n1", "-nl", "nl-", "nl_BE", "abcdefghi", "nl-abcdefghi", "nl BE", "é"] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }
}
