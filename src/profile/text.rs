//! What may stand in a text, and the shapes of names, addresses and identifiers in requests. The
//! limits count characters. Deliberately refuses what looks like a national number or an e-mail
//! address in free text: portfolios and third parties' data are never received (guide, section 12).

use super::reader::{Faults, Node};
use crate::model::{
    CertificateKind, CredentialId, DefinitionFault, DefinitionRef, ShapeFault, Slug,
};

/// How long a text may be, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// Numbers and references: 64.
    Reference,
    /// Names and titles: 200.
    Name,
    /// One sentence or statement: 1,000.
    Statement,
    /// A description or narrative: 4,000.
    Narrative,
}

impl Limit {
    fn characters(self) -> usize {
        match self {
            Self::Reference => 64,
            Self::Name => 200,
            Self::Statement => 1_000,
            Self::Narrative => 4_000,
        }
    }
}

/// The longest address that is taken.
const MAXIMUM_URL: usize = 2_048;

/// Checks a text for people. Whether it may stand.
pub(super) fn check(text: &str, limit: Limit, pointer: &str, faults: &Faults) -> bool {
    if text.trim().is_empty() {
        faults.refuse(pointer, ShapeFault::EmptyText);
        return false;
    }
    let most = limit.characters();
    if text.chars().nth(most).is_some() {
        faults.refuse(pointer, ShapeFault::TextTooLong { most });
        return false;
    }
    if has_refused_characters(text) {
        faults.refuse(pointer, ShapeFault::ControlCharacter);
        return false;
    }
    if contains_national_number(text) || contains_email(text) {
        faults.refuse(pointer, ShapeFault::PersonalData);
        return false;
    }
    true
}

/// The address of a certificate, or its name in an import file. Held to the rules of texts, but for
/// the random UUID that ends an address: eleven of its digits may look like a national number.
pub(super) fn credential_reference(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let text = node.string(faults)?;
    let written = match text.rsplit_once('/') {
        Some((before, id)) if id.parse::<CredentialId>().is_ok() => before,
        _ => text,
    };
    check(written, Limit::Statement, &node.pointer, faults).then(|| text.to_owned())
}

/// Whether the text contains what no text may: control characters but tab and line feed, or marks
/// that override the direction of writing.
pub fn has_refused_characters(text: &str) -> bool {
    text.chars().any(is_refused)
}

fn is_refused(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\n')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether the text contains a Belgian national number: eleven digits in its usual punctuation, or
/// eleven digits in a row with the right check digits.
pub(super) fn contains_national_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).any(|start| {
        if !digit(start) || (start > 0 && digit(start - 1)) {
            return false;
        }
        let (mut digits, mut at, mut marks) = (0_u64, start, 0);
        for count in 0..11 {
            if count > 0 && !digit(at) {
                let boundary = matches!(count, 2 | 4 | 6 | 9);
                let mark = matches!(bytes.get(at), Some(b'.' | b'-' | b' ' | b'/'));
                if !(boundary && mark) {
                    return false;
                }
                marks += 1;
                at += 1;
            }
            if !digit(at) {
                return false;
            }
            digits = digits * 10 + u64::from(bytes[at] - b'0');
            at += 1;
        }
        !digit(at) && (marks >= 2 || right_check_digits(digits))
    })
}

fn right_check_digits(digits: u64) -> bool {
    let (number, check) = (digits / 100, digits % 100);
    let born_since_2000 = number + 2_000_000_000;
    check == 97 - number % 97 || check == 97 - born_since_2000 % 97
}

/// Whether the text contains an e-mail address.
pub(super) fn contains_email(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || "<>()[],;:\"".contains(c))
        .any(|word| is_email(word.trim_matches(|c: char| c.is_ascii_punctuation())))
}

/// Whether this is an e-mail address that can be written to.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let local_fits = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
    local_fits && text.len() <= 254 && domain.contains('.') && is_domain(domain)
}

fn is_domain(domain: &str) -> bool {
    domain.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    })
}

/// Whether this is a code of an outcome, competence, part or level: `[a-z0-9]{1,16}`.
pub(super) fn is_code(text: &str) -> bool {
    (1..=16).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// A code that becomes part of addresses.
pub(super) fn code(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let text = node.string(faults)?;
    if is_code(text) {
        return Some(text.to_owned());
    }
    faults.refuse(&node.pointer, ShapeFault::NotACode);
    None
}

/// A kind of certificate.
pub(super) fn kind(node: &Node<'_>, faults: &Faults) -> Option<CertificateKind> {
    let known = CertificateKind::ALL.map(CertificateKind::code).join(", ");
    node.parse(DefinitionFault::UnknownKind { known }, faults)
}

/// A slug of an organisation.
pub(super) fn slug(node: &Node<'_>, faults: &Faults) -> Option<Slug> {
    node.parse(ShapeFault::NotASlug, faults)
}

/// A version of a definition or a framework.
pub(super) fn version(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let text = node.string(faults)?;
    // Versions are checked where names are made; a stand-in for the rest keeps its faults apart.
    if format!("a/a/{text}").parse::<DefinitionRef>().is_ok() {
        return Some(text.to_owned());
    }
    faults.refuse(&node.pointer, DefinitionFault::VersionFormat);
    None
}

/// An address that may be published: https, absolute, without user information.
pub(super) fn https_url(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let text = node.string(faults)?;
    let parsed = url::Url::parse(text).ok();
    let fits = text.len() <= MAXIMUM_URL
        && text.starts_with("https://")
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
        && parsed.as_ref().is_some_and(|url| {
            url.host_str().is_some_and(|host| !host.is_empty())
                && url.username().is_empty()
                && url.password().is_none()
        });
    if fits {
        return Some(text.to_owned());
    }
    faults.refuse(&node.pointer, ShapeFault::NotAUrl);
    None
}

/// Whether this is the address of an ESCO concept of that kind (`skill`, `occupation`).
pub(super) fn is_esco_uri(text: &str, kind: &str) -> bool {
    text.strip_prefix("http://data.europa.eu/esco/")
        .and_then(|rest| rest.strip_prefix(kind))
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|id| id.parse::<crate::model::CredentialId>().is_ok())
}

/// Whether this is a decentralised identifier that can be a holder's. `did:key` is decoded; of
/// other methods only the shape is checked.
pub(super) fn is_holder_did(text: &str) -> bool {
    let Some((method, rest)) = text.strip_prefix("did:").and_then(|t| t.split_once(':')) else {
        return false;
    };
    if text.len() > MAXIMUM_URL || rest.is_empty() {
        return false;
    }
    let shaped = !method.is_empty()
        && method.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && rest.split(':').all(|segment| {
            !segment.is_empty()
                && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-%".contains(&b))
        });
    match method {
        "key" => rest.strip_prefix('z').is_some_and(is_multikey),
        _ => shaped,
    }
}

/// Whether these base58 digits are a public key with its multicodec (Controlled Identifiers 1.0,
/// section 2.2.2; did:key).
fn is_multikey(digits: &str) -> bool {
    if digits.len() > 1_024 {
        return false;
    }
    let Ok(bytes) = bs58::decode(digits).into_vec() else { return false };
    match bytes.as_slice() {
        [0xed, 0x01, key @ ..] | [0xec, 0x01, key @ ..] => key.len() == 32,
        [0xe7, 0x01, key @ ..] | [0x80, 0x24, key @ ..] => key.len() == 33,
        [0x81, 0x24, key @ ..] => key.len() == 49,
        [0x82, 0x24, key @ ..] => key.len() == 67,
        [0x85, 0x24, key @ ..] => !key.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_numbers_are_seen_and_other_numbers_are_not() {
        for text in ["00.00.00-000.97", "nr 85.07.30-033.28.", "85073003328", "x 85073003328 y"] {
            assert!(contains_national_number(text), "{text}");
        }
        for text in [
            "VHS-MC-2026-000117",
            "85073003329",
            "0470 12 34 56",
            "185073003328",
            "2026-06-16",
            "é",
        ] {
            assert!(!contains_national_number(text), "{text}");
        }
    }

    #[test]
    fn addresses_in_texts_are_seen() {
        for text in ["mail a@b.be", "<jan.jans@voorbeeld.example>", "(a@b.be).", "a:b@c.example"] {
            assert!(contains_email(text), "{text}");
        }
        for text in ["a @ b", "@home", "x@", "10@5", "e-mail"] {
            assert!(!contains_email(text), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_written_to_is_no_address() {
        for text in
            ["geen-adres", "a@b", "@b.be", "a@", "a b@c.be", "a@-b.be", "a..b@c.be", "a@b..c"]
        {
            assert!(!is_email(text), "{text}");
        }
        assert!(is_email("zoë.peeters@voorbeeld.example"));
    }

    #[test]
    fn a_did_key_must_hold_a_key() {
        assert!(is_holder_did("did:key:z6MksZuCS3sMzvU7CzBmNw6TxRtPH5jPf3BZVrwj5WDoUTe7"));
        assert!(is_holder_did("did:web:example.org:users:1"));
        for text in ["did:key:abc", "did:key:z6Mk", "did:", "did:web:", "urn:uuid:1", "did:WEB:a"] {
            assert!(!is_holder_did(text), "{text}");
        }
    }
}
