//! The fields of a submitted form (HTML, RFC 7578): small, whole in memory, never more than the
//! body's limit. Transfer encodings, nested parts and other charsets are not read.

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Bytes;

const MOST_FIELDS: usize = 16;
/// Of a form without files, in which a list of choices is many fields.
const MOST_SMALL_FIELDS: usize = 128;

/// One field.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its value, or the bytes of its file.
    pub value: Bytes,
}

/// The boundary that the header states (RFC 2046, section 5.1.1).
pub fn boundary(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    parameter(value, "boundary").filter(|b| (1..=70).contains(&b.len()))
}

/// A parameter of a header's value, quoted or not.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, text) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| text.trim().trim_matches('"').to_owned())
    })
}

fn find(haystack: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    haystack.get(from..)?.windows(needle.len()).position(|w| w == needle).map(|at| from + at)
}

/// The fields of a `multipart/form-data` body; `None` when it is malformed.
pub fn multipart(body: &Bytes, boundary: &str) -> Option<Vec<Field>> {
    let delimiter = format!("--{boundary}");
    let inner = format!("\r\n--{boundary}");
    let mut fields = Vec::new();
    let mut at = find(body, delimiter.as_bytes(), 0)? + delimiter.len();
    while !body.get(at..)?.starts_with(b"--") {
        if fields.len() == MOST_FIELDS {
            return None;
        }
        at = find(body, b"\r\n", at)? + 2;
        let head_end = find(body, b"\r\n\r\n", at)?;
        let head = std::str::from_utf8(body.get(at..head_end)?).ok()?;
        let start = head_end + 4;
        let end = find(body, inner.as_bytes(), start)?;
        let name = head.split("\r\n").find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case("content-disposition").then(|| parameter(value, "name"))?
        })?;
        fields.push(Field { name, value: body.slice(start..end) });
        at = end + inner.len();
    }
    Some(fields)
}

/// The fields of an `application/x-www-form-urlencoded` body.
pub fn urlencoded(body: &[u8]) -> Vec<Field> {
    url::form_urlencoded::parse(body)
        .take(MOST_SMALL_FIELDS)
        .map(|(name, value)| Field {
            name: name.into_owned(),
            value: Bytes::from(value.into_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\
        Content-Type: application/json\r\n\r\n{\"a\":\r\n1}\r\n--XX\r\n\
        content-disposition: form-data; name=text\r\n\r\n\r\n--XX--\r\n";

    #[test]
    fn a_form_with_a_file_is_read() {
        let fields = multipart(&Bytes::from_static(FORM.as_bytes()), "XX").expect("well formed");
        assert_eq!(fields.len(), 2);
        assert_eq!(fields[0].name, "file");
        assert_eq!(fields[0].value, "{\"a\":\r\n1}");
        assert_eq!(fields[1].name, "text");
        assert!(fields[1].value.is_empty());
    }

    #[test]
    fn every_cut_and_every_lost_byte_of_a_form_is_survived() {
        for at in 0..FORM.len() {
            let _ = multipart(&Bytes::copy_from_slice(&FORM.as_bytes()[..at]), "XX");
            let mut bytes = FORM.as_bytes().to_vec();
            bytes.remove(at);
            let _ = multipart(&Bytes::from(bytes), "XX");
        }
        assert_eq!(multipart(&Bytes::from_static(b""), "XX"), None);
        assert_eq!(multipart(&Bytes::from_static(b"--XX"), "XX"), None);
        let endless = Bytes::from("--XX\r\ncontent-disposition: a; name=b\r\n\r\n".repeat(3));
        assert_eq!(multipart(&endless, "XX"), None);
    }
}
