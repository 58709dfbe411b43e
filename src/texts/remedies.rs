//! What a reader can do about the outcome of a check. Outcomes that ask for nothing have none.

keys! {
    /// What to do.
    Remedy in "remedies":
    AskForTheFile;
    AskForTheOriginal;
    AskForAPresentation;
    AskTheIssuerForAnother;
    TryAnotherVerifier;
    ContactTheIssuer;
    TryLater;
    AskForANewer;
    WaitForTheStart;
    DoNotUse;
    SeeTheSuccessor;
    AskAgainLater;
    AskTheIssuerForTheStatus;
    LookAtEach;
    FindOutWhoItIs;
    AskWhyNotRecognised;
    KeepTheDayOfIssue;
    LeaveTheEndorsementOut;
    AskForTheMandate;
    AskForWhatIsMissing;
    LookAtTheParts;
    AskForIdentity;
    CompareTheHolder;
    NotForUse;
    SolveWhatIsAbove;
}
