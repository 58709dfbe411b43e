//! The problems of the API: one table of kinds, and the only mapping from errors to RFC 9457.
//!
//! A kind's `type` is an address of this installation that explains it. Problems inside a
//! verification report come from the standards and are made by `verification`. An answer 5xx
//! carries its title and the request id, nothing else; the cause goes to the log once.

use crate::issuance::IssueError;
use crate::model::{AwardFault, DefinitionFault, FieldError, Problem};
use crate::store::StoreError;
use crate::texts::{FaultWords, Language, ProblemDetail, ProblemMeaning, ProblemTitle};
use actix_web::http::header::HeaderName;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

macro_rules! kinds {
    ($($kind:ident, $name:literal, $status:literal;)+) => {
        /// The kinds of problem. Their words are in `texts`, in every language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $(
            #[doc = concat!("`", $name, "`, ", $status)]
            $kind,
        )+ }

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
            pub fn title(self, language: Language) -> Cow<'static, str> {
                match self { $(Self::$kind => ProblemTitle::$kind.to(language),)+ }
            }

            /// What it means and what to do about it.
            pub fn meaning(self, language: Language) -> Cow<'static, str> {
                match self { $(Self::$kind => ProblemMeaning::$kind.to(language),)+ }
            }
        }
    };
}

kinds! {
    BadRequest, "bad-request", 400;
    BrokenJson, "broken-json", 400;
    Unauthorized, "unauthorized", 401;
    InsufficientScope, "insufficient-scope", 403;
    ClosedByHolder, "closed-by-holder", 403;
    NotFound, "not-found", 404;
    MethodNotAllowed, "method-not-allowed", 405;
    ReleasedImmutable, "released-immutable", 405;
    NotAcceptable, "not-acceptable", 406;
    Timeout, "request-timeout", 408;
    RequestInFlight, "request-in-flight", 409;
    IdempotencyMismatch, "idempotency-mismatch", 409;
    RevocationFinal, "revocation-final", 409;
    SuspensionNotEnabled, "suspension-not-enabled", 409;
    Conflict, "conflict", 409;
    IssuerClosed, "issuer-closed", 409;
    VersionFrozen, "version-frozen", 409;
    NotErased, "not-erased", 409;
    Retained, "retained", 409;
    CertificateErased, "certificate-erased", 410;
    TooLarge, "content-too-large", 413;
    UnsupportedMediaType, "unsupported-media-type", 415;
    InvalidRequest, "invalid-request", 422;
    TooManyRequests, "too-many-requests", 429;
    Internal, "internal-error", 500;
    Busy, "busy", 503;
    Unavailable, "unavailable", 503;
}

/// A problem on its way to the client.
#[derive(Debug)]
pub struct Fault {
    /// Which kind.
    pub kind: Kind,
    /// This occurrence, in the order of [`Language::ALL`]; dropped from answers 5xx.
    detail: Option<Box<[String; 3]>>,
    /// The faults of a request's content.
    pub errors: Vec<FieldError>,
    /// What is wrong with parameters of the address; each pointer is the name of one.
    pub parameters: Vec<FieldError>,
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
            parameters: Vec::new(),
            retry_after,
            headers: Vec::new(),
            members: Map::new(),
            cause: None,
        }
    }

    /// Adds what happened this time.
    #[must_use]
    pub fn detail(mut self, detail: ProblemDetail<'_>) -> Self {
        self.detail =
            Some(Box::new(Language::ALL.map(|language| detail.to(language).into_owned())));
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
        let mut problem = Problem::new(self.kind.type_uri(public_url), self.kind.title(language));
        problem.status = Some(status);
        if status < 500 {
            if let Some([nl, fr, en]) = self.detail.as_deref() {
                problem = problem.detail(match language {
                    Language::Nl => nl,
                    Language::Fr => fr,
                    Language::En => en,
                });
            }
            problem.extensions.clone_from(&self.members);
            if !self.errors.is_empty() {
                problem = problem.with("errors", worded(&self.errors, language));
            }
            if !self.parameters.is_empty() {
                let one = |fault: &FieldError| {
                    let detail = FaultWords::of(fault, language).detail;
                    json!({"name": fault.pointer, "detail": detail})
                };
                let all: Vec<Value> = self.parameters.iter().map(one).collect();
                problem = problem.with("parameters", all);
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
            StoreError::Conflict(_) | StoreError::ChangedMeanwhile(_) => Self::new(Kind::Conflict),
            StoreError::CertificateNumberTaken => Self::field(FieldError::at(
                "/certificateNumber",
                AwardFault::CertificateNumberTaken,
            )),
            StoreError::IdempotencyKeyTaken => Self::new(Kind::RequestInFlight),
            StoreError::VersionFrozen(_) => {
                Self::field(FieldError::at("/version", DefinitionFault::VersionFrozen))
            }
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
            IssueError::Closed => Self::new(Kind::IssuerClosed),
            IssueError::NameTaken => Self::new(Kind::Conflict).detail(ProblemDetail::NameTaken),
            IssueError::ScopeNeeded(scope) => super::auth::insufficient(scope),
            // There is no such form of it until the operator makes a key.
            IssueError::NoTokenKey { issuer, algorithm, remedy } => Self::new(Kind::NotAcceptable)
                .detail(ProblemDetail::NoTokenKey { issuer: &issuer, algorithm, command: &remedy }),
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
        let titles: HashSet<_> = Kind::ALL.iter().map(|kind| kind.title(Language::En)).collect();
        assert_eq!(names.len(), Kind::ALL.len());
        assert_eq!(titles.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert!((400..600).contains(&kind.status()), "{kind:?}");
            for language in Language::ALL {
                assert!(kind.meaning(language).ends_with('.'), "{kind:?} {language}");
                assert!(!kind.title(language).ends_with('.'), "{kind:?} {language}");
            }
        }
    }

    #[test]
    fn a_fault_of_ours_tells_the_client_nothing_but_its_title_and_the_request_id() {
        let fault = Fault::from(StoreError::Corrupt { what: "record", id: "secret".to_owned() });
        let detail = ProblemDetail::MediaTypes { types: "secret" };
        let document = fault.detail(detail).document("https://h.example", "r1", Language::En);
        let text = serde_json::to_string(&document).expect("JSON");
        assert!(!text.contains("secret") && !text.contains("detail"), "{text}");
        assert!(text.contains("https://h.example/problems/internal-error"));
        assert!(text.contains("\"requestId\":\"r1\""));
    }
}
