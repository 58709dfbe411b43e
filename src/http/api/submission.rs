//! What is handed in to be verified, and what whoever asks expects of it: the file itself as the
//! body, or a form with the file and the expectations beside it.
//!
//! The holder's address comes in a form and nowhere else: not in the address of a request, which is
//! logged on the way, and not in a header. It is compared and forgotten.

use crate::http::body;
use crate::http::form::{self, Field};
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::texts::ProblemDetail;
use crate::verification::Expected;
use actix_web::web::Bytes;

/// Media types of forms.
pub const FORMS: [&str; 2] = ["multipart/form-data", "application/x-www-form-urlencoded"];
/// A picture or a paper may be so large, whatever other bodies may be.
const MOST_OF_A_CARRIER: usize = 8 * 1_048_576;
/// Longest expectation, in bytes.
const MOST_TEXT: usize = 1_024;
const MOST_DOMAINS: usize = 8;
const FIELDS: [&str; 6] = ["file", "text", "recipient", "recipientType", "challenge", "domain"];

/// The largest body of a request to verify one thing.
pub fn most_bytes(max_body: usize) -> usize {
    max_body.max(MOST_OF_A_CARRIER)
}

/// What is handed in, and what is expected of it.
#[derive(Clone, Default)]
pub struct Submission {
    pub bytes: Bytes,
    pub media_type: Option<String>,
    recipient: Option<String>,
    recipient_type: Option<String>,
    challenge: Option<String>,
    domains: Vec<String>,
}

impl std::fmt::Debug for Submission {
    // The recipient is personal data, and so is what is handed in.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Submission").field("length", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl Submission {
    /// Bytes of which nothing is expected.
    pub fn of(bytes: Bytes, media_type: Option<String>) -> Self {
        Self { bytes, media_type, ..Self::default() }
    }

    /// With the address that is to be compared with the holder's.
    pub fn with_recipient(mut self, recipient: String) -> Self {
        self.recipient = Some(recipient);
        self
    }

    /// The holder's address that was typed into the form that is the body; nothing when it is empty.
    pub fn recipient_from_form(call: &Call<'_>) -> Result<Option<String>, Fault> {
        body::require_identity(call.request)?;
        let mut recipient = None;
        for Field { name, value } in fields(call)? {
            let text = expectation(&value).filter(|_| name == "recipient" && recipient.is_none());
            recipient = Some(text.ok_or_else(Self::unreadable)?);
        }
        Ok(recipient.filter(|text| !text.is_empty()))
    }

    /// The fields of the form that is the body; nothing when neither file nor text is in it.
    pub fn from_form(call: &Call<'_>) -> Result<Option<Self>, Fault> {
        body::require_identity(call.request)?;
        let fields = fields(call)?;
        let unreadable = Self::unreadable;
        let mut submission = Self::default();
        let (mut file, mut text) = (None, None);
        for Field { name, value } in fields {
            if !FIELDS.contains(&name.as_str()) {
                return Err(unreadable());
            }
            if value.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let slot = match name.as_str() {
                "file" | "text" => {
                    let slot = if name == "file" { &mut file } else { &mut text };
                    // Two of a kind would leave open which of them the answer speaks of.
                    if slot.replace(value).is_some() {
                        return Err(unreadable());
                    }
                    continue;
                }
                "domain" if submission.domains.len() == MOST_DOMAINS => return Err(unreadable()),
                "domain" => {
                    submission.domains.push(expectation(&value).ok_or_else(unreadable)?);
                    continue;
                }
                "recipient" => &mut submission.recipient,
                "recipientType" => &mut submission.recipient_type,
                _ => &mut submission.challenge,
            };
            if slot.replace(expectation(&value).ok_or_else(unreadable)?).is_some() {
                return Err(unreadable());
            }
        }
        let Some(bytes) = file.or_else(|| text.map(trimmed)) else { return Ok(None) };
        submission.bytes = bytes;
        Ok(Some(submission))
    }

    /// That the form is not what is taken.
    pub fn unreadable() -> Fault {
        let names = &FIELDS.join(", ");
        Fault::new(Kind::BadRequest).detail(ProblemDetail::FormFields { names })
    }

    /// Calls with what is expected, of bytes that were taken out of a carrier or not.
    pub fn expecting<T>(
        &self,
        carrier: Option<&str>,
        examine: impl FnOnce(&Expected<'_>) -> T,
    ) -> T {
        let domain: Vec<&str> = self.domains.iter().map(String::as_str).collect();
        examine(&Expected {
            media_type: self.media_type.as_deref(),
            carrier,
            recipient: self.recipient.as_deref(),
            recipient_type: self.recipient_type.as_deref(),
            challenge: self.challenge.as_deref(),
            domain: &domain,
        })
    }
}

fn fields(call: &Call<'_>) -> Result<Vec<Field>, Fault> {
    let unsupported = || {
        let types = &FORMS.join(", ");
        Fault::new(Kind::UnsupportedMediaType).detail(ProblemDetail::MediaTypes { types })
    };
    match body::media_type(call.request).as_deref() {
        Some("multipart/form-data") => {
            let boundary = form::boundary(call.request).ok_or_else(unsupported)?;
            form::multipart(&call.body, &boundary)
                .ok_or_else(|| Fault::new(Kind::BadRequest).detail(ProblemDetail::FormUnreadable))
        }
        Some("application/x-www-form-urlencoded") => Ok(form::urlencoded(&call.body)),
        _ => Err(unsupported()),
    }
}

/// Text of a reasonable length, without the blanks that come with typing.
fn expectation(value: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(value).ok()?.trim();
    (text.len() <= MOST_TEXT).then(|| text.to_owned())
}

/// Pasted text often brings blank lines along.
fn trimmed(text: Bytes) -> Bytes {
    let start = text.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    let end = text.iter().rposition(|b| !b.is_ascii_whitespace()).map_or(start, |at| at + 1);
    text.slice(start..end)
}
