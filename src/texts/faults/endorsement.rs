//! Endorsements: what another organisation says of a definition or a certificate.

faults! {
    EndorsementFault in "faults-endorsement":
    TargetRequired;
    TwoTargets;
    CredentialUnknown;
    EndReasonRequired;
    EndBeforeIssue;
}
