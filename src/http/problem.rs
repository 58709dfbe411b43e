//! The problems of the API: one table of kinds, and the only mapping from errors to RFC 9457.
//!
//! A kind's `type` is an address of this installation that explains it. Problems inside a
//! verification report come from the standards and are made by `verification`. An answer 5xx
//! carries its title and the request id, nothing else; the cause goes to the log once.

use crate::issuance::IssueError;
use crate::model::{FieldError, Problem};
use crate::store::StoreError;
use crate::texts::{FaultWords, Language};
use actix_web::http::header::HeaderName;
use serde_json::{Map, Value, json};

macro_rules! kinds {
    ($($kind:ident, $name:literal, $status:literal, $title:literal, $meaning:literal;)+) => {
        /// The kinds of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $(#[doc = $title] $kind,)+ }

        impl Kind {
            /// Every kind, by status.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The last segment of its address.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// The HTTP status it comes with.
            pub fn status(self) -> u16 {
                match self { $(Self::$kind => $status,)+ }
            }

            /// The same for every occurrence.
            pub fn title(self) -> &'static str {
                match self { $(Self::$kind => $title,)+ }
            }

            /// What it means and what to do about it.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$kind => $meaning,)+ }
            }
        }
    };
}

kinds! {
    BadRequest, "bad-request", 400, "The request cannot be understood",
        "A header or a part of the address is malformed. The detail says which.";
    BrokenJson, "broken-json", 400, "The body is not JSON",
        "The body is not well-formed JSON, repeats a member, or is nested too deeply. The detail \
         says where. Nothing was done.";
    Unauthorized, "unauthorized", 401, "A valid token is needed",
        "Send `Authorization: Bearer` with a token of this installation that has not been \
         revoked.";
    InsufficientScope, "insufficient-scope", 403, "The token does not give this right",
        "The token is valid, but its client lacks the scope that the detail names.";
    ClosedByHolder, "closed-by-holder", 403, "The holder keeps this page closed",
        "The holder decides who sees a certificate. Ask the holder to open it, or for the file.";
    NotFound, "not-found", 404, "There is no such thing here",
        "The address is unknown, or what it named is not available, or not to this client. These \
         cases are answered alike on purpose.";
    MethodNotAllowed, "method-not-allowed", 405, "This method is not used here",
        "The header Allow lists the methods of this address.";
    ReleasedImmutable, "released-immutable", 405, "A released certificate does not change",
        "Signed bytes are served as they were released. Issue a correction, which replaces the \
         certificate, or change its status.";
    NotAcceptable, "not-acceptable", 406, "Not available in this media type",
        "None of the media types in Accept is offered here, or the issuer has no key for the \
         token that was asked for. The detail says what to do.";
    Timeout, "request-timeout", 408, "The request did not arrive in time",
        "The body came too slowly. Nothing was done. Send it again.";
    RequestInFlight, "request-in-flight", 409, "The same request is being handled",
        "A request with this Idempotency-Key is in flight. Try again after Retry-After; the \
         answer will be the same certificate.";
    IdempotencyMismatch, "idempotency-mismatch", 409,
        "The Idempotency-Key was used with another request",
        "A key names one request. Use a fresh key for another body.";
    RevocationFinal, "revocation-final", 409, "A revocation cannot be undone",
        "The certificate is revoked or superseded: `state` says which, `stateSince` since when. So \
         it is after a revocation that was sent again, too. A wrong revocation is repaired by \
         issuing a successor.";
    SuspensionNotEnabled, "suspension-not-enabled", 409, "This certificate cannot be suspended",
        "It carries no suspension entry, because its issuer had not switched suspension on. A \
         suspension would be invisible to other verifiers.";
    Conflict, "conflict", 409, "It contradicts what is recorded",
        "The state is not what the request supposes. Read the management view, then decide.";
    VersionFrozen, "version-frozen", 409, "This version is published with other content",
        "What is published under a version never changes, because certificates refer to it. \
         Publish the change as a new version.";
    NotErased, "not-erased", 409, "The certificate was not erased",
        "Only what was erased before can be purged. Erase it first.";
    Retained, "retained", 409, "The retention period is not over",
        "`retainedUntil` is the first day on which the rest may be purged. Before that day it \
         needs a reason.";
    CertificateErased, "certificate-erased", 410, "What this request led to was erased",
        "The Idempotency-Key led to a certificate whose data were erased on request. It is not \
         given out and not issued again. For another award use a fresh key.";
    TooLarge, "content-too-large", 413, "The body is too large",
        "The detail says how many bytes are taken.";
    UnsupportedMediaType, "unsupported-media-type", 415, "The body is of another media type",
        "The detail lists the media types that are taken here, or names the Content-Encoding that \
         is not.";
    InvalidRequest, "invalid-request", 422, "The request breaks one or more rules",
        "Each entry of `errors` names the member, the rule, what is wrong and what to do. All \
         faults are listed at once. Nothing was signed or recorded.";
    Internal, "internal-error", 500, "Something went wrong on our side",
        "The request id leads to the cause in the log of the operator.";
    Busy, "busy", 503, "Too much work is waiting",
        "Try again after Retry-After, with the same Idempotency-Key.";
    Unavailable, "unavailable", 503, "The service cannot do this now",
        "Storage or keys are not available. Try again after Retry-After, with the same \
         Idempotency-Key: whether the request was recorded is then settled.";
}

/// A problem on its way to the client.
#[derive(Debug)]
pub struct Fault {
    /// Which kind.
    pub kind: Kind,
    /// This occurrence; dropped from answers 5xx.
    pub detail: Option<String>,
    /// The faults of a request's content.
    pub errors: Vec<FieldError>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
    /// Other headers that come with it.
    pub headers: Vec<(HeaderName, String)>,
    /// Extension members of the document, below 500.
    pub members: Map<String, Value>,
    /// For the log only.
    pub cause: Option<String>,
}

impl Fault {
    /// A fault of this kind.
    pub fn new(kind: Kind) -> Self {
        let retry_after = match kind {
            Kind::Busy | Kind::RequestInFlight => Some(1),
            Kind::Unavailable => Some(5),
            _ => None,
        };
        Self {
            kind,
            detail: None,
            errors: Vec::new(),
            retry_after,
            headers: Vec::new(),
            members: Map::new(),
            cause: None,
        }
    }

    /// Adds what happened this time.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Adds an extension member.
    #[must_use]
    pub fn member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// Adds the cause, for the log only.
    #[must_use]
    pub fn cause(mut self, cause: impl std::fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// The faults of a request's content.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::new(Kind::InvalidRequest) }
    }

    /// One fault of a request's content.
    pub fn field(error: FieldError) -> Self {
        Self::invalid(vec![error])
    }

    /// The document that the client gets.
    pub fn document(&self, public_url: &str, request_id: &str, language: Language) -> Problem {
        let status = self.kind.status();
        let mut problem = Problem::new(self.kind.type_uri(public_url), self.kind.title());
        problem.status = Some(status);
        if status < 500 {
            problem.detail.clone_from(&self.detail);
            problem.extensions.clone_from(&self.members);
            if !self.errors.is_empty() {
                problem = problem.with("errors", worded(&self.errors, language));
            }
        }
        problem.with("requestId", request_id)
    }
}

/// Faults or remarks about a request's content, in words.
pub fn worded(faults: &[FieldError], language: Language) -> Vec<Value> {
    let worded = |fault: &FieldError| {
        let FaultWords { detail, remedy } = FaultWords::of(fault, language);
        let (pointer, code) = (&fault.pointer, fault.code);
        json!({"pointer": pointer, "code": code, "detail": detail, "remedy": remedy})
    };
    faults.iter().map(worded).collect()
}

impl Kind {
    /// The problem type, an address that explains it.
    pub fn type_uri(self, public_url: &str) -> String {
        format!("{public_url}/problems/{}", self.name())
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(_) => Self::new(Kind::NotFound),
            StoreError::Conflict(_) => Self::new(Kind::Conflict),
            StoreError::CertificateNumberTaken => Self::field(FieldError::new(
                "/certificateNumber",
                "certificate-number-taken",
                "Another certificate of this issuer has this number.",
                "Give every certificate its own number.",
            )),
            StoreError::IdempotencyKeyTaken => Self::new(Kind::RequestInFlight),
            StoreError::VersionFrozen(_) => Self::field(FieldError::new(
                "/version",
                "version-frozen",
                "This version is published with other content.",
                "Publish the change as a new version.",
            )),
            StoreError::RevocationFinal => Self::new(Kind::RevocationFinal),
            StoreError::SuspensionNotEnabled => Self::new(Kind::SuspensionNotEnabled),
            StoreError::Busy => Self::new(Kind::Busy),
            error @ StoreError::Unavailable { .. } => Self::new(Kind::Unavailable).cause(error),
            error @ (StoreError::Corrupt { .. } | StoreError::Open(_)) => {
                Self::new(Kind::Internal).cause(error)
            }
        }
    }
}

impl From<IssueError> for Fault {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::UnknownIssuer | IssueError::NotFound => Self::new(Kind::NotFound),
            IssueError::Invalid(errors) => Self::invalid(errors),
            IssueError::InFlight => Self::new(Kind::RequestInFlight),
            IssueError::IdempotencyMismatch => Self::new(Kind::IdempotencyMismatch),
            IssueError::Erased => Self::new(Kind::CertificateErased),
            IssueError::NotErased => Self::new(Kind::NotErased),
            IssueError::Retained { until } => {
                let fault = Self::new(Kind::Retained);
                match until {
                    Some(until) => fault.member("retainedUntil", until.to_string()),
                    None => fault,
                }
            }
            IssueError::RevocationFinal => Self::new(Kind::RevocationFinal),
            IssueError::SuspensionNotEnabled => Self::new(Kind::SuspensionNotEnabled),
            IssueError::Conflict(_) => Self::new(Kind::Conflict),
            IssueError::NameTaken => Self::new(Kind::Conflict)
                .detail("The name is in use in this installation. Choose another one."),
            IssueError::ScopeNeeded(scope) => super::auth::insufficient(scope),
            // There is no such form of it until the operator makes a key.
            IssueError::NoTokenKey { issuer, algorithm, remedy } => Self::new(Kind::NotAcceptable)
                .detail(format!(
                    "The issuer {issuer} has no active key for {algorithm} tokens. Take another \
                     form, or ask the operator: {remedy}."
                )),
            IssueError::Busy => Self::new(Kind::Busy),
            IssueError::Store(error) => Self::from(error),
            error @ (IssueError::NoActiveKey { .. }
            | IssueError::NotPublished { .. }
            | IssueError::Keys(_)
            | IssueError::Signing(_)) => Self::new(Kind::Unavailable).cause(error),
            error @ IssueError::Unsound { .. } => Self::new(Kind::Internal).cause(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_kind_has_its_own_name_and_title_and_a_remedy() {
        let names: HashSet<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        let titles: HashSet<_> = Kind::ALL.iter().map(|kind| kind.title()).collect();
        assert_eq!(names.len(), Kind::ALL.len());
        assert_eq!(titles.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert!((400..600).contains(&kind.status()), "{kind:?}");
            assert!(kind.meaning().ends_with('.'), "{kind:?}");
        }
    }

    #[test]
    fn a_fault_of_ours_tells_the_client_nothing_but_its_title_and_the_request_id() {
        let fault = Fault::from(StoreError::Corrupt { what: "record", id: "secret".to_owned() });
        let document = fault.detail("secret").document("https://h.example", "r1", Language::En);
        let text = serde_json::to_string(&document).expect("JSON");
        assert!(!text.contains("secret") && !text.contains("detail"), "{text}");
        assert!(text.contains("https://h.example/problems/internal-error"));
        assert!(text.contains("\"requestId\":\"r1\""));
    }
}
