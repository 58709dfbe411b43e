//! The way into the room: bytes and what is expected of them in, a report out; its bounds; and the
//! verdict, which is drawn from the checks in one place.

use super::evidence::Evidence;
use super::examination::{Draft, Examination};
use super::remembered::Remembered;
use super::report::{Check, CheckResult, Outcome, Report, Verdict};
use super::schema;
use super::scope::Scope;
use super::securing::Ended;
use super::sources::Sources;
use crate::canon::ContextSet;
use crate::model::Timestamp;
use crate::proof::ProofVerified;

/// The bounds of one examination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest credential, in bytes.
    pub max_bytes: usize,
    /// Deepest nesting of its JSON.
    pub max_depth: usize,
    /// Most proofs on one document.
    pub max_proofs: usize,
    /// Most documents that one credential makes this verifier ask for.
    pub max_questions: usize,
    /// Largest key document, in bytes.
    pub max_key_document_bytes: usize,
    /// Most credentials that one input contains, at every depth together.
    pub max_contained: usize,
    /// Most endorsements that are looked at for one input.
    pub max_endorsements: usize,
    /// How deep one thing may be contained in another.
    pub max_containment: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 1_048_576,
            max_depth: 64,
            max_proofs: 8,
            max_questions: 12,
            max_key_document_bytes: 262_144,
            max_contained: 64,
            max_endorsements: 32,
            max_containment: 4,
        }
    }
}

/// What the one who asks expects of an input.
#[derive(Clone, Copy, Default)]
pub struct Expected<'a> {
    /// The media type that was stated. A hint: the content decides.
    pub media_type: Option<&'a str>,
    /// The media type of the picture or paper that the bytes were taken out of.
    pub carrier: Option<&'a str>,
    /// What is known of the holder, to compare with the identifiers in the document: the holder's
    /// e-mail address, or another identity. It goes nowhere: not into the report, not to a source.
    pub recipient: Option<&'a str>,
    /// Its `identityType` in Open Badges 3.0; `emailAddress` when absent.
    pub recipient_type: Option<&'a str>,
    /// The challenge that every proof of a presentation must state.
    pub challenge: Option<&'a str>,
    /// When not empty, the domains that every proof of a presentation must state.
    pub domain: &'a [&'a str],
}

impl std::fmt::Debug for Expected<'_> {
    // The recipient is personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Expected")
            .field("media_type", &self.media_type)
            .field("carrier", &self.carrier)
            .field("challenge", &self.challenge)
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

/// The examining room. Make one and keep it: it remembers key documents and status lists that it
/// has read, and believes them only as long as its sources answer with the same bytes.
///
/// What the bytes hold is told by the bytes. What is not a credential at all is a failed report,
/// not an error:
///
/// ```
/// use bewijs::model::Timestamp;
/// use bewijs::sources::Layered;
/// use bewijs::verification::{Check, Examiner, Outcome, Verdict};
///
/// let now: Timestamp = "2026-02-03T09:00:00Z".parse()?;
/// let nobody = Layered::new(Vec::new());
/// let examiner = Examiner::default();
/// let report = examiner.examine(b"Dear employer, I have this degree.", None, &nobody, now);
/// assert_eq!(report.verdict(), Verdict::Failed);
/// assert_eq!(report.check(Check::Conformance).outcome, Outcome::Fail);
/// assert_eq!(report.check(Check::Proof).outcome, Outcome::NotRun);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Examiner {
    limits: Limits,
    contexts: &'static ContextSet,
    open_badges_schema: bool,
    remembered: Remembered,
}

impl Default for Examiner {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Examiner {
    /// An examiner within these bounds, with the contexts that may stand in documents of others.
    pub fn new(limits: Limits) -> Self {
        schema::validator();
        Self {
            limits,
            contexts: ContextSet::verifying(),
            open_badges_schema: true,
            remembered: Remembered::default(),
        }
    }

    /// With other contexts; for conformance tests.
    #[must_use]
    pub fn with_contexts(mut self, contexts: &'static ContextSet) -> Self {
        self.contexts = contexts;
        self
    }

    /// Without the Open Badges JSON Schema; for measuring the rest.
    #[must_use]
    pub fn without_open_badges_schema(mut self) -> Self {
        self.open_badges_schema = false;
        self
    }

    /// Its bounds.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn contexts(&self) -> &'static ContextSet {
        self.contexts
    }

    pub(super) fn open_badges_schema(&self) -> bool {
        self.open_badges_schema
    }

    pub(super) fn remembered(&self) -> &Remembered {
        &self.remembered
    }

    /// Examines the bytes of a credential or a presentation. Never fails: what cannot be read is a
    /// failed report.
    ///
    /// Blocks as long as `sources` do; with sources that never go outward it does no I/O, and
    /// [`Report::deferred`] says whether that left something open.
    pub fn examine(
        &self,
        bytes: &[u8],
        media_type: Option<&str>,
        sources: &dyn Sources,
        now: Timestamp,
    ) -> Report {
        self.examine_with(bytes, &Expected { media_type, ..Expected::default() }, sources, now)
    }

    /// Examines, and compares the holder's e-mail address with the one given. The address goes
    /// nowhere: not into the report, not to a source.
    pub fn examine_for(
        &self,
        bytes: &[u8],
        media_type: Option<&str>,
        address: Option<&str>,
        sources: &dyn Sources,
        now: Timestamp,
    ) -> Report {
        let expected = Expected { media_type, recipient: address, ..Expected::default() };
        self.examine_with(bytes, &expected, sources, now)
    }

    /// Examines, and holds the input against what is expected of it.
    pub fn examine_with(
        &self,
        bytes: &[u8],
        expected: &Expected<'_>,
        sources: &dyn Sources,
        now: Timestamp,
    ) -> Report {
        let evidence = self.evidence(sources, now);
        let scope = Scope::new(self, &evidence, expected);
        Report::conclude(Examination::of_bytes(&scope, bytes))
    }

    /// The report on a picture or a paper out of which no credential could be taken. `detail` says
    /// why.
    pub fn unopened(
        &self,
        bytes: &[u8],
        expected: &Expected<'_>,
        detail: &str,
        sources: &dyn Sources,
        now: Timestamp,
    ) -> Report {
        let evidence = self.evidence(sources, now);
        let scope = Scope::new(self, &evidence, expected);
        Report::conclude(Examination::unopened(&scope, bytes, detail))
    }

    fn evidence<'a>(&'a self, sources: &'a dyn Sources, now: Timestamp) -> Evidence<'a> {
        let limits = &self.limits;
        Evidence::new(
            sources,
            &self.remembered,
            now,
            limits.max_key_document_bytes,
            limits.max_questions,
        )
    }
}

impl Report {
    /// The verdict, from the checks and the marker. This is the only place that says *verified*,
    /// and it cannot without the marker of the proof room.
    pub(super) fn conclude(draft: Draft) -> Self {
        let Draft { input, pointer, findings, ended, marker, checked_at, evidence, deferred } =
            draft;
        let checks: Vec<CheckResult> = Check::ALL
            .into_iter()
            .zip(ended)
            .map(|(check, Ended { outcome, problem })| CheckResult { check, outcome, problem })
            .collect();
        let verdict = verdict(&checks, marker.as_ref());
        Self {
            verdict,
            state: findings.state(verdict),
            state_since: findings.state_since,
            replaced_by: findings.replaced_by,
            pointer,
            checks,
            checked_at,
            input,
            credential: findings.credential,
            contexts: findings.contexts,
            proofs: findings.proofs,
            status: findings.status,
            register: findings.register,
            keeper: findings.keeper,
            noted: findings.noted,
            possibly_withheld: findings.possibly_withheld,
            contained: findings.contained,
            endorsements: findings.endorsements,
            evidence,
            document: findings.document,
            view: findings.view,
            marker,
            deferred,
        }
    }
}

fn verdict(checks: &[CheckResult], marker: Option<&ProofVerified>) -> Verdict {
    let mut deciding = checks.iter().filter(|result| result.check.decides());
    if deciding.clone().any(|result| result.outcome == Outcome::Fail) {
        Verdict::Failed
    } else if deciding
        .all(|result| matches!(result.outcome, Outcome::Pass | Outcome::NotApplicable))
    {
        marker.map_or(Verdict::Indeterminate, Verdict::verified)
    } else {
        Verdict::Indeterminate
    }
}
