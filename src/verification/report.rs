//! The report: one value from which the JSON answer and the page are made.
//!
//! It cannot be built anywhere else, and it cannot say *verified* without the marker that only the
//! proof room makes after a signature check. It carries no wording for people.

use super::endorsing::EndorsementReport;
use super::informing::NotedFact;
use super::input::Kind;
use super::sources::{Keeper, Recognition};
use crate::model::{Problem, Timestamp};
use crate::profile::CertificateView;
use crate::proof::ProofVerified;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// What came out of it all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every deciding check passed or did not apply.
    Verified,
    /// A deciding check failed.
    Failed,
    /// None failed, but not every deciding check could be done.
    Indeterminate,
}

/// The state of the credential at the moment of the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nothing speaks against it.
    Valid,
    /// Withdrawn for good.
    Revoked,
    /// Corrected by a successor.
    Superseded,
    /// Temporarily not to be used.
    Suspended,
    /// Past `validUntil`.
    Expired,
    /// Before `validFrom`.
    NotYetValid,
    /// It could not be established, or the document is not what it claims to be.
    Unknown,
}

/// The checks, in the order in which they are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Parsed, conforms to VCDM 2.0 (and Open Badges 3.0 when it says so), safe mode is clean.
    Conformance,
    /// The key was dereferenced, belongs to the issuer and may make assertions.
    VerificationMethod,
    /// The signature is right.
    Proof,
    /// Now lies within `validFrom` and `validUntil`.
    ValidityPeriod,
    /// Not revoked, not suspended, by verified status lists.
    Status,
    /// The digests of `relatedResource` match where the bytes are at hand.
    RelatedResource,
    /// What it contains and vouches for: the credentials of a presentation, or of a CLR.
    Contained,
    /// The issuer was recognised on the day of issue.
    IssuerRecognised,
    /// The issuer is recognised today.
    IssuerRecognisedToday,
    /// Endorsements that it carries.
    Endorsements,
    /// The sealer was mandated by the awarding body.
    Mandate,
    /// The elements that its kind must have.
    Completeness,
    /// The parts it is stacked from.
    Parts,
    /// The holder's address, when one was given to compare.
    Recipient,
    /// Whether it comes from a test issuer: `fail` says that it does.
    Test,
}

impl Verdict {
    /// *Verified* has one way in, and it takes what only the proof room can make.
    pub(super) fn verified(_marker: &ProofVerified) -> Self {
        Self::Verified
    }
}

impl Check {
    /// Every check, in order.
    pub const ALL: [Self; 15] = [
        Self::Conformance,
        Self::VerificationMethod,
        Self::Proof,
        Self::ValidityPeriod,
        Self::Status,
        Self::RelatedResource,
        Self::Contained,
        Self::IssuerRecognised,
        Self::IssuerRecognisedToday,
        Self::Endorsements,
        Self::Mandate,
        Self::Completeness,
        Self::Parts,
        Self::Recipient,
        Self::Test,
    ];

    /// Whether it decides the verdict; the others inform and never turn it green or red.
    pub fn decides(self) -> bool {
        match self {
            Self::Conformance
            | Self::VerificationMethod
            | Self::Proof
            | Self::ValidityPeriod
            | Self::Status
            | Self::RelatedResource
            | Self::Contained => true,
            Self::IssuerRecognised
            | Self::IssuerRecognisedToday
            | Self::Endorsements
            | Self::Mandate
            | Self::Completeness
            | Self::Parts
            | Self::Recipient
            | Self::Test => false,
        }
    }

    /// Its name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Conformance => "conformance",
            Self::VerificationMethod => "verification-method",
            Self::Proof => "proof",
            Self::ValidityPeriod => "validity-period",
            Self::Status => "status",
            Self::RelatedResource => "related-resource",
            Self::Contained => "contained",
            Self::IssuerRecognised => "issuer-recognised",
            Self::IssuerRecognisedToday => "issuer-recognised-today",
            Self::Endorsements => "endorsements",
            Self::Mandate => "mandate",
            Self::Completeness => "completeness",
            Self::Parts => "parts",
            Self::Recipient => "recipient",
            Self::Test => "test",
        }
    }
}

/// How a check ended (decision D9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Checked, good.
    Pass,
    /// Checked, bad.
    Fail,
    /// It could not be checked. Never green.
    Indeterminate,
    /// There is nothing to check.
    NotApplicable,
    /// An earlier failure made it pointless.
    NotRun,
}

/// One check and how it ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckResult {
    /// Which.
    pub check: Check,
    /// How.
    pub outcome: Outcome,
    /// Why it failed or could not be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// What was handed in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InputFacts {
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// How many bytes.
    pub length: usize,
    /// The media type that was stated, without parameters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The media type of the picture or paper that carried the bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// What it is; absent when it is nothing that is examined here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The document came in an envelope: an object around a token.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub enveloped: bool,
    /// How it is secured; absent when that cannot be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub securing: Option<Securing>,
}

/// The kinds of securing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Securing {
    /// Embedded `proof`.
    #[serde(rename = "data-integrity")]
    DataIntegrity,
    /// Compact JWS with typ `vc+jwt`.
    #[serde(rename = "vc+jwt")]
    VcJwt,
    /// Compact JWS with typ `vp+jwt`.
    #[serde(rename = "vp+jwt")]
    VpJwt,
    /// Compact JWS of VCDM 1.1, with the document in the claim `vc` or `vp`.
    #[serde(rename = "vcdm-1.1-jwt")]
    LegacyJwt,
    /// Compact JWS of the Open Badges JWT profile.
    #[serde(rename = "open-badges-jwt")]
    OpenBadgesJwt,
}

/// What the document says of itself. Believe it only as far as the verdict goes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialFacts {
    /// `id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `type`.
    #[serde(rename = "type")]
    pub types: Vec<String>,
    /// `issuer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<IssuerFacts>,
    /// `validFrom` (VCDM 1.1: `issuanceDate`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// `validUntil` (VCDM 1.1: `expirationDate`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// `holder` of a presentation: who presents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

/// Who says it issued.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuerFacts {
    /// `issuer` or `issuer.id`.
    pub id: String,
    /// `issuer.name` when it is a plain string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who recognises it, and when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recognised: Vec<RecognitionFact>,
}

/// A period in which the issuer is recognised, held against two days.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecognitionFact {
    /// The period.
    #[serde(flatten)]
    pub recognition: Recognition,
    /// It covers the day of issue.
    pub on_day_of_issue: bool,
    /// It covers the day of this check.
    pub today: bool,
}

/// One proof and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofFacts {
    /// `proof.id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `cryptosuite`, or the JWS algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suite: Option<String>,
    /// `verificationMethod`, or `kid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_method: Option<String>,
    /// The controller of the method, as its document states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controller: Option<String>,
    /// `created`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Timestamp>,
    /// Made with a key that may speak for the issuer.
    pub by_issuer: bool,
    /// From when on the key is no longer to be believed, when its document says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_revoked: Option<Timestamp>,
    /// The key is compromised, but the register knew these bytes before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub registered_before_compromise: bool,
    /// The signature.
    pub outcome: Outcome,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// A context of the document and the bundled bytes that were used for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContextFact {
    /// The URL in `@context`.
    pub url: String,
    /// SHA-256 of the bundled bytes, hex.
    pub sha256: String,
}

/// What an own register knows of a document whose signature is right and its issuer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisterFact {
    /// Whether exactly these bytes were recorded, by their fingerprint (SHA-256). Another copy of
    /// the same certificate may be as good: the signature says that.
    pub same_bytes: bool,
    /// When it was recorded.
    pub recorded: Timestamp,
    /// When what told of the holder was erased from the register: of the document only the
    /// fingerprint is left there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erased: Option<Timestamp>,
}

/// One status entry and what its list says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusFact {
    /// Its `type`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `statusPurpose`; `revocation` for a list of withdrawn ids, `unknown` for other types.
    pub purpose: String,
    /// `statusListCredential`, or the list of withdrawn ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Whether the bit is set; absent when it could not be established.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<bool>,
    /// Why it could not be established.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// Something that was fetched for this report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceFact {
    /// `key-document`, `status-list` or `revocation-list`.
    pub kind: &'static str,
    /// Where it is from.
    pub url: String,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// When it was fetched.
    pub fetched_at: Timestamp,
    /// Kept beyond its time because nothing newer could be had.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stale: bool,
    /// Its age in seconds when it is stale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_seconds: Option<i64>,
}

/// The report on one credential.
///
/// It is made by an examination and by nothing else, and serializes to the JSON of the API
/// (`schemas/openapi.yaml`, `Report`); codes, no sentences.
///
/// ```
/// use bewijs::model::Timestamp;
/// use bewijs::sources::Layered;
/// use bewijs::verification::{Examiner, Outcome};
///
/// let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/offline");
/// let credential = std::fs::read(format!("{examples}/credential.json"))?;
/// let now: Timestamp = "2026-02-03T09:00:00Z".parse()?;
/// let report = Examiner::default().examine(&credential, None, &Layered::new(Vec::new()), now);
///
/// // Nobody was there to ask for the key: indeterminate, and each check says why.
/// let open: Vec<&str> = report
///     .checks()
///     .iter()
///     .filter(|result| result.check.decides() && result.outcome == Outcome::Indeterminate)
///     .map(|result| result.check.as_str())
///     .collect();
/// assert!(open.contains(&"verification-method"));
/// assert!(report.deferred());
///
/// let json = serde_json::to_value(&report)?;
/// assert_eq!(json["verdict"], "indeterminate");
/// assert_eq!(json["credential"]["id"], "https://badges.example/credentials/1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub(super) verdict: Verdict,
    pub(super) state: State,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) state_since: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) replaced_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pointer: Option<String>,
    pub(super) checks: Vec<CheckResult>,
    pub(super) checked_at: Timestamp,
    pub(super) input: InputFacts,
    pub(super) credential: CredentialFacts,
    pub(super) contexts: Vec<ContextFact>,
    pub(super) proofs: Vec<ProofFacts>,
    pub(super) status: Vec<StatusFact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) register: Option<RegisterFact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) keeper: Option<Keeper>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) noted: Vec<NotedFact>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) possibly_withheld: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) contained: Vec<Report>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) endorsements: Vec<EndorsementReport>,
    pub(super) evidence: Vec<EvidenceFact>,
    #[serde(skip)]
    pub(super) document: Option<Arc<Value>>,
    #[serde(skip)]
    pub(super) view: Option<CertificateView>,
    #[serde(skip)]
    pub(super) marker: Option<ProofVerified>,
    #[serde(skip)]
    pub(super) deferred: bool,
}

impl Report {
    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The state of the credential.
    pub fn state(&self) -> State {
        self.state
    }

    /// Since when it is in that state, when the register or the document tells.
    pub fn state_since(&self) -> Option<Timestamp> {
        self.state_since
    }

    /// The URL of the successor, when it is superseded.
    pub fn replaced_by(&self) -> Option<&str> {
        self.replaced_by.as_deref()
    }

    /// Members that would count, are not shown, and that the holder may have left out: the proof is
    /// one of selective disclosure. What it withholds nobody but the issuer can tell.
    pub fn possibly_withheld(&self) -> &[&'static str] {
        &self.possibly_withheld
    }

    /// Every check, in the order of [`Check::ALL`].
    pub fn checks(&self) -> &[CheckResult] {
        &self.checks
    }

    /// How this check ended.
    pub fn check(&self, check: Check) -> &CheckResult {
        self.checks
            .iter()
            .find(|result| result.check == check)
            .expect("a report holds every check: they are made from Check::ALL")
    }

    /// The moment for which it speaks.
    pub fn checked_at(&self) -> Timestamp {
        self.checked_at
    }

    /// What was handed in.
    pub fn input(&self) -> &InputFacts {
        &self.input
    }

    /// What the document says of itself.
    pub fn credential(&self) -> &CredentialFacts {
        &self.credential
    }

    /// The contexts and the digests of the bytes that were used for them.
    pub fn contexts(&self) -> &[ContextFact] {
        &self.contexts
    }

    /// Each proof.
    pub fn proofs(&self) -> &[ProofFacts] {
        &self.proofs
    }

    /// Each status entry.
    pub fn status(&self) -> &[StatusFact] {
        &self.status
    }

    /// What an own register knows of it.
    pub fn register(&self) -> Option<&RegisterFact> {
        self.register.as_ref()
    }

    /// Who answers for its issuer, which closed.
    pub fn keeper(&self) -> Option<&Keeper> {
        self.keeper.as_ref()
    }

    /// What it carries that is noted and not judged.
    pub fn noted(&self) -> &[NotedFact] {
        &self.noted
    }

    /// Where it stands in the document that contains it.
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }

    /// The reports on what it contains and vouches for.
    pub fn contained(&self) -> &[Report] {
        &self.contained
    }

    /// The endorsements that it carries or that the register knows.
    pub fn endorsements(&self) -> &[EndorsementReport] {
        &self.endorsements
    }

    /// What was fetched for it.
    pub fn evidence(&self) -> &[EvidenceFact] {
        &self.evidence
    }

    /// The document as parsed, with its proof; only when its signature is right and is the
    /// issuer's, whatever its state.
    pub fn document(&self) -> Option<&Arc<Value>> {
        self.document.as_ref()
    }

    /// What the profile reads in that document; nothing for a presentation.
    pub fn view(&self) -> Option<&CertificateView> {
        self.view.as_ref().filter(|_| self.document.is_some())
    }

    /// Whether a source said that it would need the network: examine again with one that has it.
    pub fn deferred(&self) -> bool {
        self.deferred
    }
}

/// Two reports are the same when they say the same.
impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        serde_json::to_value(self).ok() == serde_json::to_value(other).ok()
            && self.document == other.document
            && self.deferred == other.deferred
    }
}
