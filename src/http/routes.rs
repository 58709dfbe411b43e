//! The routes: one table, from which the server, the access log, the answer 405 and the tests are
//! made. What an operation does is in `api` and `pages`.

use crate::model::Scope;

/// An address template and what can be done there.
#[derive(Debug)]
pub struct Route {
    /// The template, as in `schemas/openapi.yaml` and in the access log.
    pub path: &'static str,
    /// What can be done there.
    pub operations: &'static [Operation],
}

/// One method at one address.
#[derive(Debug)]
pub struct Operation {
    /// The method. `HEAD` comes with `GET`, `OPTIONS` with everything.
    pub method: &'static str,
    /// What it is, `operationId` in `schemas/openapi.yaml`.
    pub name: Name,
    /// The right that the caller needs, at the issuer of the address; `None` is public.
    pub scope: Option<Scope>,
    /// Whether any web page may read the answer (CORS `*`).
    pub shared: bool,
}

macro_rules! names {
    ($($(#[$meta:meta])* $name:ident = $text:literal,)+) => {
        /// The operations.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Name { $($(#[$meta])* $name,)+ }

        impl Name {
            /// As written in `operationId`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

names! {
    /// Signs, records and releases a certificate.
    IssueCredential = "issueCredential",
    /// Gives a holder a new link.
    RotateClaim = "rotateClaim",
    /// The holder's own page.
    LearnerPage = "learnerPage",
    /// What the holder decides.
    LearnerForm = "learnerForm",
    /// The certificate, for its holder alone.
    LearnerShow = "learnerShow",
    /// A file for the holder to keep.
    LearnerFile = "learnerFile",
    /// A certificate as its holder shares it.
    SharedPage = "sharedPage",
    /// What the register knows of a certificate.
    ReadManagementView = "readManagementView",
    /// Revokes, suspends, reinstates.
    ChangeStatus = "changeStatus",
    /// Opens or closes a certificate's page and files.
    SetVisibility = "setVisibility",
    /// The certificates of an issuer.
    ListCredentials = "listCredentials",
    /// Issues a correction of a certificate.
    CorrectCredential = "correctCredential",
    /// Erases a learner's data.
    EraseCredential = "eraseCredential",
    /// Removes the rest of an erased certificate.
    PurgeCredential = "purgeCredential",
    /// Marks a certificate as registered elsewhere.
    MarkRegistered = "markRegistered",
    /// The register as CSV.
    ExportCsv = "exportRegisterCsv",
    /// The register as lines of JSON.
    ExportJsonLines = "exportRegisterJsonLines",
    /// The register with names.
    ExportNames = "exportRegisterWithNames",
    /// Who took names out of the register.
    ListDisclosures = "listDisclosures",
    /// What must be registered elsewhere.
    ListRegistrations = "listRegistrations",
    /// What must be registered elsewhere, as CSV.
    ExportRegistrations = "exportRegistrationsCsv",
    /// How much was issued.
    ReadCounts = "readCounts",
    /// How much an issuer issued.
    ReadIssuerCounts = "readIssuerCounts",
    /// How much an issuer issued, as a page.
    CountsPage = "countsPage",
    /// Signs and records an endorsement.
    Endorse = "endorse",
    /// The endorsements by an organisation.
    ListEndorsements = "listEndorsements",
    /// What the register knows of an endorsement.
    ReadEndorsementEntry = "readEndorsementEntry",
    /// Withdraws an endorsement.
    ChangeEndorsementStatus = "changeEndorsementStatus",
    /// An endorsement: page or file.
    ReadEndorsement = "readEndorsement",
    /// The endorsements of a definition version.
    ListDefinitionEndorsements = "listDefinitionEndorsements",
    /// The endorsements of a certificate.
    ListCredentialEndorsements = "listCredentialEndorsements",
    /// Examines bytes.
    VerifyCredential = "verifyCredential",
    /// Examines many.
    VerifyBatch = "verifyBatch",
    /// Signs for conformance tests.
    IssueVcalmCredential = "issueVcalmCredential",
    /// Changes a status of a conformance test.
    UpdateVcalmStatus = "updateVcalmStatus",
    /// Verifies a credential, as VCALM asks it.
    VerifyVcalmCredential = "verifyVcalmCredential",
    /// Verifies a presentation, as VCALM asks it.
    VerifyVcalmPresentation = "verifyVcalmPresentation",
    /// A certificate: page or file.
    ReadCredential = "readCredential",
    /// The QR code of a certificate's address.
    ReadQrCode = "readQrCode",
    /// The form to report a concern.
    ConcernPage = "concernPage",
    /// Reports a concern about a certificate to its issuer.
    ReportConcern = "reportConcern",
    /// The concerns about an issuer's certificates.
    ListConcerns = "listConcerns",
    /// A concern with its words.
    ReadConcern = "readConcern",
    /// Notes that a concern was handled.
    HandleConcern = "handleConcern",
    /// The mail about an issuer's certificates.
    ListMail = "listMail",
    /// Notes that a mail did not arrive.
    MailBounced = "mailBounced",
    /// Sends the holder's link again.
    MailAgain = "mailAgain",
    /// A status list as last signed.
    ReadStatusList = "readStatusList",
    /// The host's own DID document.
    ReadHostDid = "readHostDidDocument",
    /// An issuer's DID document.
    ReadIssuerDid = "readIssuerDidDocument",
    /// Every issuer's public keys as JWK set.
    ReadJwks = "readJwks",
    /// An issuer's public keys as JWK set.
    ReadIssuerJwks = "readIssuerJwks",
    /// A definition version, for ever.
    ReadAchievement = "readAchievement",
    /// A selection of a definition's competences.
    ReadSelection = "readSelection",
    /// A definition version in another of its languages, for information.
    ReadEdition = "readEdition",
    /// A selection in another of its languages, for information.
    ReadSelectionEdition = "readSelectionEdition",
    /// An organisation that seals here.
    ReadIssuer = "readIssuer",
    /// The kinds of certificate.
    ListProfiles = "listProfiles",
    /// What certificates of a kind must state.
    ReadProfile = "readProfile",
    /// The JSON Schema of a request for a kind.
    ReadKindSchema = "readKindSchema",
    /// The closed lists with their labels.
    ReadVocabulary = "readVocabulary",
    /// Ends issuing under a definition version.
    WithdrawDefinition = "withdrawDefinition",
    /// A concept of the installation's own lists.
    ReadConcept = "readConcept",
    /// An issuer's definition versions.
    ListDefinitions = "listDefinitions",
    /// Publishes definitions that may refer to one another.
    PublishDefinitions = "publishDefinitions",
    /// What publishing a definition would say.
    CheckDefinition = "checkDefinition",
    /// Every version of a definition.
    ListDefinitionVersions = "listDefinitionVersions",
    /// A definition version as it was published.
    ReadDefinition = "readDefinition",
    /// Publishes a definition version.
    PublishDefinition = "publishDefinition",
    /// An issuer's framework versions.
    ListFrameworks = "listFrameworks",
    /// A framework version as it was published.
    ReadFrameworkEntry = "readFrameworkEntry",
    /// Publishes a framework version.
    PublishFramework = "publishFramework",
    /// A framework version, for ever.
    ReadFramework = "readFramework",
    /// The organisations that the client may find.
    ListOrganisations = "listOrganisations",
    /// An organisation of the register.
    ReadOrganisation = "readOrganisation",
    /// Adds or changes an organisation.
    PutOrganisation = "putOrganisation",
    /// An issuer's logo, for everybody.
    ReadLogo = "readLogo",
    /// An issuer's logo, for who administers it.
    ReadLogoEntry = "readLogoEntry",
    /// Puts an issuer's logo in place.
    PutLogo = "putLogo",
    /// Takes an issuer's logo away.
    RemoveLogo = "removeLogo",
    /// Artwork of a kind or a definition.
    ReadArtwork = "readArtwork",
    /// Puts artwork in place.
    PutArtwork = "putArtwork",
    /// Takes artwork away.
    RemoveArtwork = "removeArtwork",
    /// A mandate to seal.
    ReadMandate = "readMandate",
    /// What a kind of problem means.
    ReadProblem = "readProblem",
    /// The API in OpenAPI 3.1.
    ReadOpenApi = "readOpenApi",
    /// The process lives.
    Health = "health",
    /// It can do its work.
    Ready = "ready",
    /// The facts for who decides on an exemption.
    ReadExemptionFacts = "readExemptionFacts",
    /// Compares an e-mail address with the holder's, as a page.
    CompareHolder = "compareHolder",
    /// The colour of an issuer.
    ReadBrand = "readBrand",
    /// The start page.
    Start = "startPage",
    /// How we check.
    AboutPage = "aboutPage",
    /// What each state means.
    StatesPage = "statesPage",
    /// What a certificate is worth.
    WorthPage = "worthPage",
    /// What is kept and what is not.
    PrivacyPage = "privacyPage",
    /// What was tested for accessibility, and where to report.
    AccessibilityPage = "accessibilityPage",
    /// The page to check a file.
    VerifyPage = "verifyPage",
    /// Checks a pasted or chosen file, as a page.
    VerifyForm = "verifyForm",
    /// The style sheet.
    StyleSheet = "styleSheet",
}

const fn public(name: Name, method: &'static str) -> Operation {
    Operation { method, name, scope: None, shared: false }
}

const fn shared(name: Name, method: &'static str) -> Operation {
    Operation { method, name, scope: None, shared: true }
}

const fn guarded(name: Name, method: &'static str, scope: Scope) -> Operation {
    Operation { method, name, scope: Some(scope), shared: false }
}

/// Every route.
pub const ROUTES: &[Route] = &[
    Route { path: "/credentials/issue", operations: &[shared(Name::IssueVcalmCredential, "POST")] },
    Route { path: "/credentials/status", operations: &[shared(Name::UpdateVcalmStatus, "POST")] },
    // Before the addresses of certificates, which would take this segment for a name.
    Route {
        path: "/credentials/verify",
        operations: &[shared(Name::VerifyVcalmCredential, "POST")],
    },
    Route {
        path: "/presentations/verify",
        operations: &[shared(Name::VerifyVcalmPresentation, "POST")],
    },
    Route {
        path: "/credentials/{uuid}",
        operations: &[shared(Name::ReadCredential, "GET"), public(Name::CompareHolder, "POST")],
    },
    Route {
        path: "/credentials/{uuid}/facts",
        operations: &[shared(Name::ReadExemptionFacts, "GET")],
    },
    Route {
        path: "/credentials/{uuid}/concern",
        operations: &[public(Name::ConcernPage, "GET"), public(Name::ReportConcern, "POST")],
    },
    Route {
        path: "/v1/issuers/{issuer}/concerns",
        operations: &[guarded(Name::ListConcerns, "GET", Scope::CredentialsStatus)],
    },
    Route {
        path: "/v1/issuers/{issuer}/concerns/{id}",
        operations: &[guarded(Name::ReadConcern, "GET", Scope::CredentialsStatus)],
    },
    Route {
        path: "/v1/issuers/{issuer}/concerns/{id}/handled",
        operations: &[guarded(Name::HandleConcern, "POST", Scope::CredentialsStatus)],
    },
    Route {
        path: "/v1/issuers/{issuer}/mail",
        operations: &[guarded(Name::ListMail, "GET", Scope::CredentialsRead)],
    },
    Route {
        path: "/v1/issuers/{issuer}/mail/{id}/bounce",
        operations: &[guarded(Name::MailBounced, "POST", Scope::CredentialsStatus)],
    },
    Route {
        path: "/v1/issuers/{issuer}/credentials/{uuid}/mail",
        operations: &[guarded(Name::MailAgain, "POST", Scope::CredentialsIssue)],
    },
    Route { path: "/credentials/{uuid}/qr.svg", operations: &[shared(Name::ReadQrCode, "GET")] },
    Route {
        path: "/v1/issuers/{issuer}/credentials",
        operations: &[
            guarded(Name::IssueCredential, "POST", Scope::CredentialsIssue),
            guarded(Name::ListCredentials, "GET", Scope::RegisterRead),
        ],
    },
    Route {
        path: "/v1/issuers/{issuer}/credentials/{uuid}",
        operations: &[guarded(Name::ReadManagementView, "GET", Scope::CredentialsRead)],
    },
    Route {
        path: "/v1/issuers/{issuer}/credentials/{uuid}/status",
        operations: &[guarded(Name::ChangeStatus, "POST", Scope::CredentialsStatus)],
    },
    Route {
        path: "/v1/issuers/{issuer}/credentials/{uuid}/visibility",
        operations: &[guarded(Name::SetVisibility, "PUT", Scope::CredentialsStatus)],
    },
    Route {
        path: "/v1/issuers/{issuer}/credentials/{uuid}/claim",
        operations: &[guarded(Name::RotateClaim, "POST", Scope::CredentialsStatus)],
    },
    Route {
        path: "/learner/{token}",
        operations: &[public(Name::LearnerPage, "GET"), public(Name::LearnerForm, "POST")],
    },
    Route { path: "/learner/{token}/show", operations: &[public(Name::LearnerShow, "GET")] },
    Route { path: "/learner/{token}/{file}", operations: &[public(Name::LearnerFile, "GET")] },
    Route { path: "/shared/{token}", operations: &[public(Name::SharedPage, "GET")] },
    Route {
        path: "/v1/issuers/{issuer}/definitions",
        operations: &[
            guarded(Name::ListDefinitions, "GET", Scope::CredentialsRead),
            guarded(Name::PublishDefinitions, "POST", Scope::CatalogueWrite),
        ],
    },
    Route {
        path: "/v1/issuers/{issuer}/definitions/check",
        operations: &[guarded(Name::CheckDefinition, "POST", Scope::CatalogueWrite)],
    },
    Route {
        path: "/v1/issuers/{issuer}/definitions/{slug}",
        operations: &[guarded(Name::ListDefinitionVersions, "GET", Scope::CredentialsRead)],
    },
    Route {
        path: "/v1/issuers/{issuer}/definitions/{slug}/{version}",
        operations: &[
            guarded(Name::ReadDefinition, "GET", Scope::CredentialsRead),
            guarded(Name::PublishDefinition, "PUT", Scope::CatalogueWrite),
        ],
    },
    Route {
        path: "/v1/issuers/{issuer}/definitions/{slug}/{version}/withdraw",
        operations: &[guarded(Name::WithdrawDefinition, "POST", Scope::CatalogueWrite)],
    },
    Route {
        path: "/v1/issuers/{issuer}/frameworks",
        operations: &[guarded(Name::ListFrameworks, "GET", Scope::CredentialsRead)],
    },
    Route {
        path: "/v1/issuers/{issuer}/frameworks/{slug}/{version}",
        operations: &[
            guarded(Name::ReadFrameworkEntry, "GET", Scope::CredentialsRead),
            guarded(Name::PublishFramework, "PUT", Scope::CatalogueWrite),
        ],
    },
    Route {
        path: "/issuers/{issuer}/frameworks/{slug}/{version}",
        operations: &[shared(Name::ReadFramework, "GET")],
    },
    Route { path: "/v1/profiles", operations: &[shared(Name::ListProfiles, "GET")] },
    Route { path: "/v1/profiles/{kind}", operations: &[shared(Name::ReadProfile, "GET")] },
    Route {
        path: "/v1/profiles/{kind}/{request}",
        operations: &[shared(Name::ReadKindSchema, "GET")],
    },
    Route { path: "/v1/vocabulary", operations: &[shared(Name::ReadVocabulary, "GET")] },
    Route {
        path: "/v1/organisations",
        operations: &[guarded(Name::ListOrganisations, "GET", Scope::CatalogueWrite)],
    },
    Route {
        path: "/v1/organisations/{slug}",
        operations: &[
            guarded(Name::ReadOrganisation, "GET", Scope::CatalogueWrite),
            guarded(Name::PutOrganisation, "PUT", Scope::CatalogueWrite),
        ],
    },
    Route {
        path: "/v1/issuers/{issuer}/credentials/{uuid}/correct",
        operations: &[guarded(Name::CorrectCredential, "POST", Scope::CredentialsIssue)],
    },
    Route {
        path: "/v1/issuers/{issuer}/credentials/{uuid}/erasure",
        operations: &[guarded(Name::EraseCredential, "POST", Scope::IssuerAdmin)],
    },
    Route {
        path: "/v1/issuers/{issuer}/credentials/{uuid}/purge",
        operations: &[guarded(Name::PurgeCredential, "POST", Scope::IssuerAdmin)],
    },
    Route {
        path: "/v1/issuers/{issuer}/credentials/{uuid}/registration",
        operations: &[guarded(Name::MarkRegistered, "PUT", Scope::CredentialsStatus)],
    },
    Route {
        path: "/v1/issuers/{issuer}/register.csv",
        operations: &[guarded(Name::ExportCsv, "GET", Scope::RegisterRead)],
    },
    Route {
        path: "/v1/issuers/{issuer}/register.jsonl",
        operations: &[guarded(Name::ExportJsonLines, "GET", Scope::RegisterRead)],
    },
    Route {
        path: "/v1/issuers/{issuer}/register/export",
        operations: &[guarded(Name::ExportNames, "POST", Scope::RegisterNames)],
    },
    Route {
        path: "/v1/issuers/{issuer}/disclosures",
        operations: &[guarded(Name::ListDisclosures, "GET", Scope::IssuerAdmin)],
    },
    Route {
        path: "/v1/issuers/{issuer}/registrations",
        operations: &[guarded(Name::ListRegistrations, "GET", Scope::RegisterRead)],
    },
    Route {
        path: "/v1/issuers/{issuer}/registrations.csv",
        operations: &[guarded(Name::ExportRegistrations, "GET", Scope::RegisterRead)],
    },
    Route { path: "/v1/counts", operations: &[shared(Name::ReadCounts, "GET")] },
    Route {
        path: "/v1/issuers/{issuer}/counts",
        operations: &[shared(Name::ReadIssuerCounts, "GET")],
    },
    Route { path: "/issuers/{issuer}/counts", operations: &[public(Name::CountsPage, "GET")] },
    Route { path: "/v1/verify", operations: &[shared(Name::VerifyCredential, "POST")] },
    Route { path: "/v1/verify/batch", operations: &[shared(Name::VerifyBatch, "POST")] },
    Route { path: "/status/{id}", operations: &[shared(Name::ReadStatusList, "GET")] },
    Route { path: "/.well-known/did.json", operations: &[shared(Name::ReadHostDid, "GET")] },
    Route { path: "/.well-known/jwks.json", operations: &[shared(Name::ReadJwks, "GET")] },
    Route { path: "/issuers/{issuer}/did.json", operations: &[shared(Name::ReadIssuerDid, "GET")] },
    Route {
        path: "/issuers/{issuer}/jwks.json",
        operations: &[shared(Name::ReadIssuerJwks, "GET")],
    },
    Route { path: "/issuers/{issuer}/logo", operations: &[shared(Name::ReadLogo, "GET")] },
    Route {
        path: "/v1/issuers/{issuer}/logo",
        operations: &[
            guarded(Name::ReadLogoEntry, "GET", Scope::IssuerAdmin),
            guarded(Name::PutLogo, "PUT", Scope::IssuerAdmin),
            guarded(Name::RemoveLogo, "DELETE", Scope::IssuerAdmin),
        ],
    },
    Route {
        path: "/v1/issuers/{issuer}/artwork/{target}/{name}",
        operations: &[
            guarded(Name::ReadArtwork, "GET", Scope::IssuerAdmin),
            guarded(Name::PutArtwork, "PUT", Scope::IssuerAdmin),
            guarded(Name::RemoveArtwork, "DELETE", Scope::IssuerAdmin),
        ],
    },
    Route { path: "/issuers/{issuer}/brand.css", operations: &[public(Name::ReadBrand, "GET")] },
    Route { path: "/issuers/{issuer}", operations: &[shared(Name::ReadIssuer, "GET")] },
    Route {
        path: "/v1/issuers/{issuer}/endorsements",
        operations: &[
            guarded(Name::Endorse, "POST", Scope::CredentialsIssue),
            guarded(Name::ListEndorsements, "GET", Scope::CredentialsRead),
        ],
    },
    Route {
        path: "/v1/issuers/{issuer}/endorsements/{uuid}",
        operations: &[guarded(Name::ReadEndorsementEntry, "GET", Scope::CredentialsRead)],
    },
    Route {
        path: "/v1/issuers/{issuer}/endorsements/{uuid}/status",
        operations: &[guarded(Name::ChangeEndorsementStatus, "POST", Scope::CredentialsStatus)],
    },
    Route { path: "/endorsements/{uuid}", operations: &[shared(Name::ReadEndorsement, "GET")] },
    Route {
        path: "/credentials/{uuid}/endorsements",
        operations: &[shared(Name::ListCredentialEndorsements, "GET")],
    },
    // Before the language editions, none of which has this name.
    Route {
        path: "/issuers/{issuer}/achievements/{slug}/{version}/endorsements",
        operations: &[shared(Name::ListDefinitionEndorsements, "GET")],
    },
    Route {
        path: "/issuers/{issuer}/achievements/{slug}/{version}/{language}",
        operations: &[shared(Name::ReadEdition, "GET")],
    },
    Route {
        path: "/issuers/{issuer}/achievements/{slug}/{version}/selection/{codes}/{language}",
        operations: &[shared(Name::ReadSelectionEdition, "GET")],
    },
    Route {
        path: "/issuers/{issuer}/achievements/{slug}/{version}",
        operations: &[shared(Name::ReadAchievement, "GET")],
    },
    Route {
        path: "/issuers/{issuer}/achievements/{slug}/{version}/selection/{codes}",
        operations: &[shared(Name::ReadSelection, "GET")],
    },
    Route {
        path: "/issuers/{issuer}/mandates/{reference}",
        operations: &[shared(Name::ReadMandate, "GET")],
    },
    Route { path: "/vocabulary/{list}/{code}", operations: &[shared(Name::ReadConcept, "GET")] },
    Route { path: "/problems/{name}", operations: &[shared(Name::ReadProblem, "GET")] },
    Route { path: "/openapi.yaml", operations: &[shared(Name::ReadOpenApi, "GET")] },
    Route { path: "/healthz", operations: &[public(Name::Health, "GET")] },
    Route { path: "/readyz", operations: &[public(Name::Ready, "GET")] },
    Route { path: "/", operations: &[public(Name::Start, "GET")] },
    Route { path: "/about", operations: &[public(Name::AboutPage, "GET")] },
    Route { path: "/status-explained", operations: &[public(Name::StatesPage, "GET")] },
    Route { path: "/worth", operations: &[public(Name::WorthPage, "GET")] },
    Route { path: "/privacy", operations: &[public(Name::PrivacyPage, "GET")] },
    Route { path: "/accessibility", operations: &[public(Name::AccessibilityPage, "GET")] },
    Route {
        path: "/verify",
        operations: &[public(Name::VerifyPage, "GET"), public(Name::VerifyForm, "POST")],
    },
    Route { path: "/style.css", operations: &[public(Name::StyleSheet, "GET")] },
];

/// The template that the access log shows for an address that is not in the table.
pub const UNKNOWN: &str = "(unknown)";

impl Route {
    /// What this method does here; `HEAD` is answered as `GET`.
    pub fn operation(&self, method: &str) -> Option<&'static Operation> {
        let wanted = if method == "HEAD" { "GET" } else { method };
        self.operations.iter().find(|operation| operation.method == wanted)
    }

    /// The value of `Allow`.
    pub fn allow(&self) -> String {
        let mut methods: Vec<&str> = self.operations.iter().map(|o| o.method).collect();
        if methods.contains(&"GET") {
            methods.push("HEAD");
        }
        methods.push("OPTIONS");
        methods.join(", ")
    }
}
