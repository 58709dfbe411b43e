//! Texts of the page on which anybody reports a concern about a certificate (story E10). They are
//! the same for every certificate: nothing on that page tells what it is.

keys! {
    /// A text about reports of concerns.
    ConcernText in "concern":
    Heading;
    Lead;
    KindLegend;
    NotGenuine;
    WrongContent;
    Misuse;
    Other;
    TextLabel;
    TextHelp { most };
    ContactLabel;
    ContactHelp;
    Trap;
    Button;
    FaultsHeading;
    KindMissing;
    TextMissing;
    TextTooLong { most };
    ContactTooLong { most };
    Characters;
    ReceivedTitle;
    Received;
    WhatFollows;
    BackToCertificate;
    LinkText;
    TooManyTitle;
    TooMany;
}

impl ConcernText<'_> {
    /// The name of a kind of concern by its code.
    pub fn of(code: &str) -> Self {
        match code {
            "not-genuine" => Self::NotGenuine,
            "wrong-content" => Self::WrongContent,
            "misuse" => Self::Misuse,
            _ => Self::Other,
        }
    }
}
