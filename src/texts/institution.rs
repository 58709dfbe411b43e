//! Texts about institutions that closed, and who keeps what they left.

keys! {
    /// A text about an institution that closed.
    InstitutionText in "institution":
    Kept { keeper, since };
    KeptStatus { keeper, date };
    Closed { date };
    Stays;
    Keeper;
    LastStatus;
    Certificates;
    Check;
}
