//! The verdict sentences of the guide, section 15.2, word for word, and what goes with them.

keys! {
    /// What a page says about a certificate, or about a page that is not shown.
    Sentence in "verdict":
    Verified;
    Indeterminate;
    SignatureWrong;
    ChallengeUnanswered;
    NotACertificate;
    KeyNotTheIssuers;
    OtherFailure;
    Revoked { date };
    RevokedUndated;
    Superseded { date };
    SupersededUndated;
    SeeSuccessor;
    Suspended { date };
    SuspendedUndated;
    PastEndDate { date };
    NotYetValid { date };
    IssuerNotKnown;
    Test;
    WithoutTest;
    Closed;
    NotAvailable;
    BundleVerified;
    BundleFailed;
    CheckedAt { moment };
    RegisterKnows { date };
    RegisterKnowsErased { date };
    RegisterErased { date };
    AgeNote { years };
}
