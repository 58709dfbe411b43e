//! What a file is, by its first bytes. Not a validator: the readers judge the rest.

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Portable Network Graphics.
    Png,
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Document Format.
    Pdf,
    /// A JSON document, by its first character.
    Json,
    /// A compact token (JWS): three parts in base64url.
    Token,
    /// A JPEG photograph.
    Jpeg,
    /// A GIF picture.
    Gif,
    /// A WebP picture.
    Webp,
    /// A ZIP archive, office documents among them.
    Zip,
    /// A web page.
    Html,
    /// XML other than SVG.
    Xml,
    /// None of these.
    Unknown,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Png => "a PNG",
            Self::Svg => "an SVG",
            Self::Pdf => "a PDF",
            Self::Json => "JSON",
            Self::Token => "a compact token",
            Self::Jpeg => "a JPEG",
            Self::Gif => "a GIF",
            Self::Webp => "a WebP",
            Self::Zip => "a ZIP archive",
            Self::Html => "a web page",
            Self::Xml => "an XML document other than SVG",
            Self::Unknown => "of an unknown kind",
        })
    }
}

/// The first bytes of every PNG (section 5.2 of its specification).
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// How far a reader looks for the header of a PDF and the root of an SVG.
const WINDOW: usize = 1_024;
const SVG_WINDOW: usize = 65_536;

/// What these bytes are, as far as their beginning tells.
pub fn detect(bytes: &[u8]) -> Kind {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(PNG) {
        return Kind::Png;
    }
    if starts(b"\xff\xd8\xff") {
        return Kind::Jpeg;
    }
    if starts(b"GIF87a") || starts(b"GIF89a") {
        return Kind::Gif;
    }
    if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Kind::Webp;
    }
    if starts(b"PK\x03\x04") {
        return Kind::Zip;
    }
    let text = trimmed(bytes);
    match text.first() {
        Some(b'{' | b'[') => return Kind::Json,
        Some(b'<') => return markup(text),
        _ => {}
    }
    if pdf_header(bytes).is_some() {
        return Kind::Pdf;
    }
    if is_token(text) { Kind::Token } else { Kind::Unknown }
}

/// Where the header of a PDF stands: within its first kilobyte.
pub(super) fn pdf_header(bytes: &[u8]) -> Option<usize> {
    let window = bytes.get(..bytes.len().min(WINDOW))?;
    window.windows(5).position(|five| five == b"%PDF-")
}

/// Without byte order mark and white space in front and behind.
pub(super) fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii()
}

/// Whether this is the compact serialization of a JWS (RFC 7515, section 7.1).
pub(super) fn is_token(text: &[u8]) -> bool {
    let base64url =
        |part: &[u8]| part.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let mut parts = text.split(|byte| *byte == b'.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    // The header is a JSON object, so it starts as `{` does in base64url.
    header.starts_with(b"ey")
        && [header, payload, signature].into_iter().all(base64url)
        && !payload.is_empty()
}

/// Passes over the prolog to the name of the root element.
fn markup(text: &[u8]) -> Kind {
    let mut rest = text.get(..text.len().min(SVG_WINDOW)).unwrap_or(text);
    loop {
        rest = rest.trim_ascii_start();
        let behind = |end: &[u8]| {
            let at = rest.windows(end.len()).position(|window| window == end)?;
            rest.get(at + end.len()..)
        };
        let next = if rest.starts_with(b"<?") {
            behind(b"?>")
        } else if rest.starts_with(b"<!--") {
            behind(b"-->")
        } else if rest.starts_with(b"<!") {
            let name = rest.get(2..).unwrap_or_default().trim_ascii_start();
            let name = name.get(7..).unwrap_or_default().trim_ascii_start();
            if name.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"html")) {
                return Kind::Html;
            }
            // An internal subset may hold `>`; the reader refuses it, the root still tells.
            let subset = rest.iter().position(|b| *b == b'[');
            let close = rest.iter().position(|b| *b == b'>');
            match (subset, close) {
                (Some(subset), Some(close)) if subset < close => behind(b"]>").or(behind(b"]")),
                _ => behind(b">"),
            }
        } else {
            break;
        };
        match next {
            Some(next) => rest = next,
            None => return Kind::Xml,
        }
    }
    let name: Vec<u8> = rest
        .iter()
        .skip(1)
        .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/'))
        .copied()
        .collect();
    let local = name.rsplit(|b| *b == b':').next().unwrap_or_default();
    if local == b"svg" {
        Kind::Svg
    } else if local.eq_ignore_ascii_case(b"html") {
        Kind::Html
    } else {
        Kind::Xml
    }
}
