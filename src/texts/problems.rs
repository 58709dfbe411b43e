//! The problems of the API in words: what each kind is called, what it means, and what a detail
//! says. The kinds, their addresses and statuses are in `http`; programs go by those.

keys! {
    /// What a kind of problem is called, the same for every occurrence.
    ProblemTitle in "problem-titles":
    BadRequest;
    BrokenJson;
    Unauthorized;
    InsufficientScope;
    ClosedByHolder;
    NotFound;
    MethodNotAllowed;
    ReleasedImmutable;
    NotAcceptable;
    Timeout;
    RequestInFlight;
    IdempotencyMismatch;
    RevocationFinal;
    SuspensionNotEnabled;
    Conflict;
    IssuerClosed;
    VersionFrozen;
    NotErased;
    Retained;
    CertificateErased;
    TooLarge;
    UnsupportedMediaType;
    InvalidRequest;
    TooManyRequests;
    Internal;
    Busy;
    Unavailable;
}

keys! {
    /// What a kind of problem means and what to do about it.
    ProblemMeaning in "problem-meanings":
    BadRequest;
    BrokenJson;
    Unauthorized;
    InsufficientScope;
    ClosedByHolder;
    NotFound;
    MethodNotAllowed;
    ReleasedImmutable;
    NotAcceptable;
    Timeout;
    RequestInFlight;
    IdempotencyMismatch;
    RevocationFinal;
    SuspensionNotEnabled;
    Conflict;
    IssuerClosed;
    VersionFrozen;
    NotErased;
    Retained;
    CertificateErased;
    TooLarge;
    UnsupportedMediaType;
    InvalidRequest;
    TooManyRequests;
    Internal;
    Busy;
    Unavailable;
}

keys! {
    /// What a problem's detail says.
    ProblemDetail in "problem-details":
    BodyEnded;
    MostBytes { limit };
    NoContentEncoding;
    MediaTypes { types };
    ScopeNeeded { scope };
    IdempotencyKeyFormat { most };
    JsonSyntax { offset };
    JsonDuplicate { pointer, offset };
    JsonTooDeep { pointer, limit };
    JsonInexact { pointer };
    VersionFrozenAt { places };
    LimitRange { most };
    CursorUnknown;
    ParametersRefused { names };
    NameTaken;
    NoTokenKey { issuer, algorithm, command };
    FormFields { names };
    FormUnreadable;
}
