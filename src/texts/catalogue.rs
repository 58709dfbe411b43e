//! Texts of the pages of the catalogue: definitions and their versions, concepts, mandates,
//! frameworks, issuers and profiles.

keys! {
    /// A text of a page of the catalogue.
    CatalogueText in "catalogue":
    Withdrawn { date };
    NewerVersion { version };
    IsTranslation;
    Endorsed;
    Original;
    Versions;
    ThisVersion;
    PublishedOn { date };
    WithdrawnOn { date };
    LanguagesOfText;
    Authoritative;
    ForInformation;
    Translation;
    NoTranslation;
    ConceptLead;
    Names;
    List;
    Code;
    EuropeanAddress;
    MandateTitle { reference };
    MandateLead { mandator, sealer };
    MandatePeriod;
    MandateFrom { start };
    MandateKinds;
    Sealer;
    Mandator;
    IssuerLead;
    IssuerIsTest;
    Organisation;
    LegalName;
    Place;
    Homepage;
    RegisterNumbers;
    Identifier;
    Mandates;
    Keys;
    Definitions;
    Frameworks;
    FrameworkLead;
    Competences;
    Level;
    Licence;
    Source;
    Version;
    ProfileTitle { kind };
    ProfileLead;
    Required;
    Optional;
    Refused;
    OfDefinition;
    OfAward;
}
