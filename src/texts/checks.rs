//! The checks of a report in words: name, outcome, and what the outcome means (guide, section
//! 15.3).

keys! {
    /// The name of a check.
    CheckName in "check-names":
    Conformance;
    VerificationMethod;
    Proof;
    ValidityPeriod;
    Status;
    RelatedResource;
    Contained;
    IssuerRecognised;
    IssuerRecognisedToday;
    Endorsements;
    Mandate;
    Completeness;
    Parts;
    Recipient;
    Test;
}

keys! {
    /// The word beside the icon of an outcome.
    OutcomeWord in "outcomes":
    Pass;
    Fail;
    Indeterminate;
    NotApplicable;
    NotRun;
}

keys! {
    /// What an outcome of a check means.
    CheckText in "checks":
    ConformancePass;
    ConformanceFail;
    ConformanceIndeterminate;
    MethodPass;
    MethodFail;
    MethodIndeterminate;
    ProofPass;
    ProofFail;
    ProofUnanswered;
    ProofIndeterminate;
    PeriodPass;
    PeriodFail;
    PeriodIndeterminate;
    StatusPass { moment };
    StatusRevoked { date };
    StatusRevokedUndated;
    StatusSuperseded;
    StatusSuspended;
    StatusListWrong;
    StatusIndeterminate { moment };
    StatusNotApplicable;
    StatusWithheld;
    PeriodWithheld;
    RelatedPass;
    RelatedFail;
    RelatedIndeterminate;
    ContainedPass;
    ContainedFail;
    ContainedIndeterminate;
    ContainedNone;
    IssuerPass { name };
    IssuerPassClaimed { name };
    IssuerFail;
    IssuerTodayPass { name };
    IssuerTodayPassClaimed { name };
    IssuerTodayFail;
    IssuerIndeterminate;
    EndorsementsPass;
    EndorsementsFail;
    EndorsementsIndeterminate;
    MandatePass { name, sealer };
    MandatePassUnnamed;
    MandateFail;
    MandateIndeterminate;
    CompletenessPass;
    CompletenessEvcPass;
    CompletenessFail { missing };
    CompletenessFailUnnamed;
    CompletenessIndeterminate;
    PartsPass;
    PartsFail;
    PartsIndeterminate;
    RecipientPass;
    RecipientFail;
    RecipientIndeterminate;
    TestPass;
    TestFail;
    TestIndeterminate;
    RelatedNone;
    EndorsementsNone;
    MandateNone;
    CompletenessNone;
    PartsNone;
    RecipientNone;
    NotApplicable;
    NotRun;
}
