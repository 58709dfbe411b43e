//! What a mail is about, for who words and sends it.

/// Whom a mail goes to and what it tells.
#[derive(Clone, PartialEq, Eq)]
pub struct MailFacts {
    /// Whom it goes to.
    pub to: String,
    /// The name of the issuer.
    pub issuer: String,
    /// Where the issuer answers questions.
    pub contact: Option<String>,
    /// A test issuer's.
    pub test: bool,
    /// What it tells.
    pub matter: MailMatter,
}

/// What a mail tells.
#[derive(Clone, PartialEq, Eq)]
pub enum MailMatter {
    /// To a learner: the certificate is there.
    Claim {
        /// Its title.
        title: String,
        /// Its kind, in words.
        kind: String,
        /// The link by which the learner opens it.
        link: String,
        /// Whether it was sent before.
        again: bool,
    },
    /// To an issuer: somebody has a concern.
    Concern {
        /// Which kind, as its code.
        kind: String,
        /// Address of the certificate.
        certificate: String,
        /// Its number.
        number: String,
        /// Number of the report.
        reference: String,
        /// Where the report is read.
        register: String,
    },
}

impl std::fmt::Debug for MailFacts {
    // An address and a link that opens a certificate.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MailFacts(..)")
    }
}
