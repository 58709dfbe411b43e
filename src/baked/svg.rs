//! Baked SVG (Open Badges 3.0, section 5.3.2): one `credential` element of the namespace
//! `https://purl.imsglobal.org/ob/v3p0`, with the JSON as its content or a token in `verify`.
//!
//! Found by namespace and local name, whatever the prefix. A document type with declarations of its
//! own is refused and entities other than the five of XML are not expanded. The drawing is not
//! looked at.

use super::payload::Payload;
use super::{BakedError, Carrier, Limits};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use std::ops::Range;

const OPEN_BADGES: &str = "https://purl.imsglobal.org/ob/v3p0";
/// Of the container of several credentials (CLR 2.0).
const CLR: &str = "https://purl.imsglobal.org/clr/v2p0";
/// Of Open Badges 1 and 2.
const OLD: &str = "http://openbadges.org";
const PREFIX: &str = "xmlns:openbadges";
const MAX_DEPTH: usize = 256;
const BOM: &str = "\u{feff}";

fn damaged(detail: &'static str) -> BakedError {
    BakedError::Damaged { carrier: Carrier::Svg, detail }
}

fn unsupported(detail: &'static str) -> BakedError {
    BakedError::Unsupported { carrier: Carrier::Svg, detail }
}

fn too_much(detail: &'static str) -> BakedError {
    BakedError::TooMuch { carrier: Carrier::Svg, detail }
}

/// What the root element is, for baking.
struct Root {
    /// From `<` to behind `>`.
    tag: Range<usize>,
    name: String,
    /// `<svg/>`.
    empty: bool,
    /// What `xmlns:openbadges` stands for on it.
    prefix: Option<String>,
}

/// What was found in a drawing.
struct Found {
    root: Root,
    /// Texts of the elements with a credential, and whether they are of Open Badges.
    credentials: Vec<Element>,
    old: bool,
}

struct Element {
    /// From `<` to behind `>` of its end.
    whole: Range<usize>,
    text: String,
    open_badges: bool,
}

/// An element with a credential whose end has not come yet.
struct Open {
    depth: usize,
    start: usize,
    verify: Option<String>,
    text: String,
    open_badges: bool,
}

impl Open {
    fn new(
        tag: &BytesStart<'_>,
        depth: usize,
        start: usize,
        open_badges: bool,
        limits: &Limits,
    ) -> Result<Self, BakedError> {
        if tag.attributes().any(|attribute| attribute.is_err()) {
            return Err(damaged("an attribute is malformed"));
        }
        let verify = attribute(tag, "verify")?;
        if verify.as_ref().is_some_and(|token| token.len() > limits.max_credential_bytes) {
            return Err(too_much("the credential is larger than is taken"));
        }
        Ok(Self { depth, start, verify, text: String::new(), open_badges })
    }

    /// A token and a text in one element are two credentials, of which readers take the one or the
    /// other.
    fn close(self, end: usize) -> Result<Element, BakedError> {
        let Self { start, verify, text, open_badges, .. } = self;
        let token = verify.filter(|token| !token.trim().is_empty());
        if token.as_ref().is_some_and(|t| !text.trim().is_empty() && text.trim() != t.trim()) {
            return Err(BakedError::Several { carrier: Carrier::Svg });
        }
        let text = token.unwrap_or(text);
        Ok(Element { whole: start..end, text: text.trim().to_owned(), open_badges })
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, BakedError> {
    let found = tag.try_get_attribute(name).map_err(|_| damaged("an attribute is malformed"))?;
    found
        .map(|attribute| attribute.normalized_value(XmlVersion::Explicit1_0))
        .transpose()
        .map(|value| value.map(std::borrow::Cow::into_owned))
        .map_err(|_| unsupported("an attribute refers to an entity of its own"))
}

/// The text of a drawing; SVG is UTF-8 here.
fn text(bytes: &[u8]) -> Result<&str, BakedError> {
    std::str::from_utf8(bytes).map_err(|_| unsupported("it is not UTF-8"))
}

/// Reads the whole drawing: it has to be well formed to its end, or a second credential could hide.
fn read(text: &str, limits: &Limits) -> Result<Found, BakedError> {
    let mut reader = NsReader::from_str(text);
    let (mut root, mut open): (Option<Root>, Option<Open>) = (None, None);
    let (mut credentials, mut old) = (Vec::new(), false);
    let (mut depth, mut parts) = (0_usize, 0_usize);
    loop {
        let start = position(&reader);
        let (namespace, event) =
            reader.read_resolved_event().map_err(|_| damaged("it is not well-formed XML"))?;
        let ours = match namespace {
            ResolveResult::Bound(Namespace(OPEN_BADGES)) => Some(true),
            ResolveResult::Bound(Namespace(CLR)) => Some(false),
            ResolveResult::Bound(Namespace(OLD)) => {
                old = true;
                None
            }
            _ => None,
        };
        parts += 1;
        if parts > limits.max_parts {
            return Err(too_much("elements"));
        }
        match event {
            Event::Start(tag) => {
                if open.is_some() {
                    return Err(damaged("there is an element within the credential"));
                }
                let end = position(&reader);
                if root.is_none() {
                    root = Some(self::root(&tag, start..end, false)?);
                } else if depth == 0 {
                    return Err(damaged("it has two roots"));
                }
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(too_much("nesting"));
                }
                if let Some(open_badges) = ours.filter(|_| is_credential(&tag)) {
                    open = Some(Open::new(&tag, depth, start, open_badges, limits)?);
                }
            }
            Event::Empty(tag) => {
                if open.is_some() {
                    return Err(damaged("there is an element within the credential"));
                }
                let end = position(&reader);
                if root.is_none() {
                    root = Some(self::root(&tag, start..end, true)?);
                } else if depth == 0 {
                    return Err(damaged("it has two roots"));
                }
                if let Some(open_badges) = ours.filter(|_| is_credential(&tag)) {
                    let open = Open::new(&tag, depth, start, open_badges, limits)?;
                    credentials.push(open.close(end)?);
                }
            }
            Event::End(_) => {
                if let Some(ended) = open.take_if(|open| open.depth == depth) {
                    credentials.push(ended.close(position(&reader))?);
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(part) => append(open.as_mut(), &part.xml10_content(), limits)?,
            Event::CData(part) => append(open.as_mut(), &part.xml10_content(), limits)?,
            Event::GeneralRef(entity) => {
                let character = match entity.resolve_char_ref() {
                    Ok(Some(character)) => Some(character),
                    Ok(None) => predefined(&entity),
                    Err(_) => None,
                };
                let character = match character {
                    Some(character) => character,
                    // Nothing of the drawing itself is expanded, so only the credential matters.
                    None if open.is_none() => continue,
                    None => return Err(unsupported("it refers to an entity of its own")),
                };
                append(open.as_mut(), character.encode_utf8(&mut [0; 4]), limits)?;
            }
            Event::DocType(declared) => {
                if declared.contains('[') {
                    return Err(unsupported("its document type has declarations of its own"));
                }
            }
            Event::Decl(declared) => {
                let encoding = declared.encoding().and_then(Result::ok);
                if encoding.is_some_and(|name| !name.eq_ignore_ascii_case("utf-8")) {
                    return Err(unsupported("it states another encoding than UTF-8"));
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
        if credentials.len() > 16 {
            return Err(too_much("credentials"));
        }
    }
    if depth != 0 {
        return Err(damaged("it ends within an element"));
    }
    let root = root.ok_or(damaged("it has no root"))?;
    Ok(Found { root, credentials, old })
}

fn position(reader: &NsReader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn is_credential(tag: &BytesStart<'_>) -> bool {
    tag.local_name().as_ref() == "credential"
}

fn root(tag: &BytesStart<'_>, place: Range<usize>, empty: bool) -> Result<Root, BakedError> {
    let prefix = attribute(tag, PREFIX)?;
    let name: &str = tag.name().into_inner();
    Ok(Root { tag: place, name: name.to_owned(), empty, prefix })
}

fn append(open: Option<&mut Open>, part: &str, limits: &Limits) -> Result<(), BakedError> {
    let Some(open) = open else { return Ok(()) };
    if open.text.len().saturating_add(part.len()) > limits.max_credential_bytes {
        return Err(too_much("the credential is larger than is taken"));
    }
    open.text.push_str(part);
    Ok(())
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

pub(super) fn extract(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, BakedError> {
    let text = text(bytes)?;
    let found = read(text.strip_prefix(BOM).unwrap_or(text), limits)?;
    let mut credentials = found.credentials.into_iter().map(|element| element.text);
    match credentials.next() {
        Some(first) if credentials.all(|other| other == first) => Ok(first.into_bytes()),
        Some(_) => Err(BakedError::Several { carrier: Carrier::Svg }),
        None if found.old => Err(BakedError::OpenBadges2 { carrier: Carrier::Svg }),
        None => Err(BakedError::NoCredential {
            carrier: Carrier::Svg,
            detail: "it has no element `openbadges:credential`",
        }),
    }
}

pub(super) fn bake(
    image: &[u8],
    payload: &Payload,
    limits: &Limits,
) -> Result<Vec<u8>, BakedError> {
    let whole = text(image)?;
    let drawing = whole.strip_prefix(BOM).unwrap_or(whole);
    let Found { root, credentials, .. } = read(drawing, limits)?;
    let Range { start, end } = root.tag.clone();
    let behind_name = start + 1 + root.name.len();
    let cut = || damaged("its root cannot be found");
    let part = |range: Range<usize>| drawing.get(range).ok_or_else(cut);

    let mut out = String::with_capacity(whole.len() + payload.text().len() + 256);
    out.push_str(whole.get(..whole.len() - drawing.len()).unwrap_or_default());
    out.push_str(part(0..behind_name)?);
    if root.prefix.is_none() {
        out.push_str(&format!(" {PREFIX}=\"{OPEN_BADGES}\""));
    }
    let tag = part(behind_name..end)?;
    out.push_str(if root.empty { tag.strip_suffix("/>").ok_or_else(cut)? } else { tag });
    if root.empty {
        out.push('>');
    }
    out.push_str("<openbadges:credential");
    if root.prefix.as_deref().is_some_and(|namespace| namespace != OPEN_BADGES) {
        // The root uses the prefix for something else, for Open Badges 2.0 as a rule.
        out.push_str(&format!(" {PREFIX}=\"{OPEN_BADGES}\""));
    }
    match payload {
        Payload::Token(token) => out.push_str(&format!(" verify=\"{token}\">")),
        // Outside a string JSON has no `]]>`.
        Payload::Json(json) => {
            out.push_str("><![CDATA[");
            out.push_str(&json.replace("]]>", "]]\\u003e"));
            out.push_str("]]>");
        }
    }
    out.push_str("</openbadges:credential>");
    if root.empty {
        out.push_str(&format!("</{}>", root.name));
    }
    let mut at = end;
    for element in credentials.iter().filter(|element| element.open_badges) {
        out.push_str(part(at..element.whole.start)?);
        at = element.whole.end;
    }
    out.push_str(part(at..drawing.len())?);
    Ok(out.into_bytes())
}
