//! Texts of mail: to learners, whose certificate is ready, and to issuers, about whom somebody has a
//! concern. Mail cannot be taken back, so it says no more than its reader needs.

keys! {
    /// A passage of a mail.
    MailText in "mail":
    Subject { title };
    TestMark;
    Test;
    Greeting;
    Given { issuer };
    Again;
    Title;
    Kind;
    Issuer;
    Open;
    WhatToDo;
    Secret;
    Questions { issuer, contact };
    QuestionsNoContact { issuer };
    Automatic;
    ConcernSubject;
    ConcernLead { issuer };
    ConcernKind;
    ConcernCertificate;
    ConcernNumber;
    ConcernReference;
    ConcernWords;
}
