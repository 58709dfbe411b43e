//! A report in words: the verdict (guide, section 15.2) and a line for each check (15.3).

use super::Link;
use crate::model::{Date, Timestamp};
use crate::texts::{CheckName, CheckText, Language, OutcomeWord, PageText, Sentence, date, moment};
use crate::verification::{Check, CheckResult, Outcome, Report, State, Verdict};

/// The verdict as shown.
pub(super) struct VerdictView {
    /// Of a test certificate: the sentence that comes first, and what leads to the other one.
    pub test: Option<TestView>,
    pub tone: &'static str,
    pub sign: &'static str,
    pub sentence: String,
    pub successor: Option<Link>,
    pub checked_at: String,
}

/// What a test certificate says before anything else.
pub(super) struct TestView {
    pub sentence: String,
    pub without: String,
}

/// All checks as shown.
pub(super) struct ChecksView {
    pub heading: String,
    pub deciding_help: String,
    pub informing_help: String,
    pub deciding: Vec<CheckLine>,
    pub informing: Vec<CheckLine>,
    pub technical: String,
    pub problems: Vec<ProblemLine>,
}

/// One check as shown.
pub(super) struct CheckLine {
    pub tone: &'static str,
    pub sign: &'static str,
    pub outcome: String,
    pub name: String,
    pub meaning: String,
}

/// What went wrong in a check, for the technical block.
pub(super) struct ProblemLine {
    pub check: String,
    pub title: String,
    pub detail: Option<String>,
}

/// Names that the lines of some checks mention.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Names<'a> {
    /// Who gave the mandate.
    pub mandator: Option<&'a str>,
    /// Whether it is a certificate of prior learning.
    pub evc: bool,
}

/// How a verdict looks: the class of the style sheet and its sign.
#[derive(Clone, Copy)]
enum Tone {
    Ok,
    Warn,
    Bad,
    Gone,
}

impl Tone {
    fn class_and_sign(self) -> (&'static str, &'static str) {
        match self {
            Self::Ok => ("ok", "✓"),
            Self::Warn => ("warn", "?"),
            Self::Bad => ("bad", "✕"),
            Self::Gone => ("gone", "!"),
        }
    }
}

/// The verdict of a report in one sentence.
pub(super) fn verdict(report: &Report, language: Language) -> VerdictView {
    let (tone, sentence) = sentence(report, language);
    let test = report.check(Check::Test).outcome == Outcome::Fail;
    // A test certificate is never green.
    let (tone, sign) = match tone {
        Tone::Ok if test => ("none", "–"),
        tone => tone.class_and_sign(),
    };
    VerdictView {
        test: test.then(|| TestView {
            sentence: Sentence::Test.to(language).into_owned(),
            without: Sentence::WithoutTest.to(language).into_owned(),
        }),
        tone,
        sign,
        sentence,
        successor: report.replaced_by().filter(|href| is_web_address(href)).map(|href| Link {
            href: href.to_owned(),
            text: Sentence::SeeSuccessor.to(language).into_owned(),
        }),
        checked_at: Sentence::CheckedAt { moment: &moment(report.checked_at(), language) }
            .to(language)
            .into_owned(),
    }
}

/// Whether an address of a document may become a link.
pub(super) fn is_web_address(href: &str) -> bool {
    href.starts_with("https://") || href.starts_with("http://")
}

/// The order of the guide: wrong signature, revoked or superseded, suspended, past its end date,
/// could not check, issuer not known, valid. The sentences that say *genuine* need a proof that
/// passed.
fn sentence(report: &Report, language: Language) -> (Tone, String) {
    let failed = |check| report.check(check).outcome == Outcome::Fail;
    let genuine = report.check(Check::Proof).outcome == Outcome::Pass;
    let since = report.state_since().map(|at| date(at.date(), language));
    let say = |tone, sentence: Sentence<'_>| (tone, sentence.to(language).into_owned());
    if failed(Check::Conformance) {
        return say(Tone::Bad, Sentence::NotACertificate);
    }
    if failed(Check::Proof) {
        return say(Tone::Bad, Sentence::SignatureWrong);
    }
    if failed(Check::VerificationMethod) {
        return say(Tone::Bad, Sentence::KeyNotTheIssuers);
    }
    match (genuine, report.state(), &since) {
        (true, State::Revoked, Some(date)) => {
            return say(Tone::Bad, Sentence::Revoked { date });
        }
        (true, State::Revoked, None) => return say(Tone::Bad, Sentence::RevokedUndated),
        (true, State::Superseded, Some(date)) => {
            return say(Tone::Gone, Sentence::Superseded { date });
        }
        (true, State::Superseded, None) => return say(Tone::Gone, Sentence::SupersededUndated),
        (true, State::Suspended, Some(date)) => {
            return say(Tone::Warn, Sentence::Suspended { date });
        }
        (true, State::Suspended, None) => return say(Tone::Warn, Sentence::SuspendedUndated),
        (true, State::Expired, _) => {
            if let Some(end) = written_date(report.credential().valid_until.as_deref(), language) {
                return say(Tone::Gone, Sentence::PastEndDate { date: &end });
            }
        }
        (true, State::NotYetValid, _) => {
            if let Some(start) = written_date(report.credential().valid_from.as_deref(), language) {
                return say(Tone::Gone, Sentence::NotYetValid { date: &start });
            }
        }
        (true, State::Valid | State::Unknown, _) | (false, _, _) => {}
    }
    let known = report.check(Check::IssuerRecognised).outcome == Outcome::Pass;
    match (report.verdict(), report.state(), known) {
        (Verdict::Failed, _, _) => say(Tone::Bad, Sentence::OtherFailure),
        (Verdict::Verified, State::Valid, true) => say(Tone::Ok, Sentence::Verified),
        (Verdict::Verified, State::Valid, false) => say(Tone::Warn, Sentence::IssuerNotKnown),
        (Verdict::Verified | Verdict::Indeterminate, _, _) => {
            say(Tone::Warn, Sentence::Indeterminate)
        }
    }
}

fn written_date(text: Option<&str>, language: Language) -> Option<String> {
    let text = text?;
    let day: Date = text.get(..10)?.parse().ok()?;
    Some(date(day, language))
}

/// Every check of a report in a line.
pub(super) fn checks(report: &Report, language: Language, names: Names<'_>) -> ChecksView {
    let line = |result: &CheckResult| {
        let (tone, sign, outcome) = match result.outcome {
            Outcome::Pass => ("ok", "✓", OutcomeWord::Pass),
            Outcome::Fail => ("bad", "✕", OutcomeWord::Fail),
            Outcome::Indeterminate => ("warn", "?", OutcomeWord::Indeterminate),
            Outcome::NotApplicable => ("none", "–", OutcomeWord::NotApplicable),
            Outcome::NotRun => ("none", "·", OutcomeWord::NotRun),
        };
        CheckLine {
            tone,
            sign,
            outcome: outcome.to(language).into_owned(),
            name: name(result.check).to(language).into_owned(),
            meaning: meaning(report, result, language, names),
        }
    };
    let lines = |deciding| {
        report.checks().iter().filter(|r| r.check.decides() == deciding).map(line).collect()
    };
    ChecksView {
        heading: PageText::Checks.to(language).into_owned(),
        deciding_help: PageText::ChecksDeciding.to(language).into_owned(),
        informing_help: PageText::ChecksInforming.to(language).into_owned(),
        deciding: lines(true),
        informing: lines(false),
        technical: PageText::TechnicalDetail.to(language).into_owned(),
        problems: report
            .checks()
            .iter()
            .filter_map(|result| {
                let problem = result.problem.as_ref()?;
                Some(ProblemLine {
                    check: name(result.check).to(language).into_owned(),
                    title: problem.title.clone(),
                    detail: problem.detail.clone(),
                })
            })
            .collect(),
    }
}

fn name(check: Check) -> CheckName<'static> {
    match check {
        Check::Conformance => CheckName::Conformance,
        Check::VerificationMethod => CheckName::VerificationMethod,
        Check::Proof => CheckName::Proof,
        Check::ValidityPeriod => CheckName::ValidityPeriod,
        Check::Status => CheckName::Status,
        Check::RelatedResource => CheckName::RelatedResource,
        Check::Contained => CheckName::Contained,
        Check::IssuerRecognised => CheckName::IssuerRecognised,
        Check::IssuerRecognisedToday => CheckName::IssuerRecognisedToday,
        Check::Endorsements => CheckName::Endorsements,
        Check::Mandate => CheckName::Mandate,
        Check::Completeness => CheckName::Completeness,
        Check::Parts => CheckName::Parts,
        Check::Recipient => CheckName::Recipient,
        Check::Test => CheckName::Test,
    }
}

fn meaning(report: &Report, result: &CheckResult, language: Language, names: Names<'_>) -> String {
    use Outcome::{Fail, Indeterminate, NotApplicable, NotRun, Pass};
    let checked = moment(status_moment(report), language);
    let since = report.state_since().map(|at| date(at.date(), language));
    let issuer = report.credential().issuer.as_ref();
    let sealer = issuer.map_or("", |i| i.name.as_deref().unwrap_or(&i.id));
    let missing = missing(result);
    let text = match (result.check, result.outcome) {
        (Check::Conformance, Pass) => CheckText::ConformancePass,
        (Check::Conformance, Fail) => CheckText::ConformanceFail,
        (Check::Conformance, Indeterminate) => CheckText::ConformanceIndeterminate,
        (Check::VerificationMethod, Pass) => CheckText::MethodPass,
        (Check::VerificationMethod, Fail) => CheckText::MethodFail,
        (Check::VerificationMethod, Indeterminate) => CheckText::MethodIndeterminate,
        (Check::Proof, Pass) => CheckText::ProofPass,
        (Check::Proof, Fail) => CheckText::ProofFail,
        (Check::Proof, Indeterminate) => CheckText::ProofIndeterminate,
        (Check::ValidityPeriod, Pass) => CheckText::PeriodPass,
        (Check::ValidityPeriod, Fail) => CheckText::PeriodFail,
        (Check::ValidityPeriod, Indeterminate) => CheckText::PeriodIndeterminate,
        (Check::Status, Pass) => CheckText::StatusPass { moment: &checked },
        (Check::Status, Fail) => match (report.state(), &since) {
            (State::Revoked, Some(date)) => CheckText::StatusRevoked { date },
            (State::Revoked, None) => CheckText::StatusRevokedUndated,
            (State::Superseded, _) => CheckText::StatusSuperseded,
            (State::Suspended, _) => CheckText::StatusSuspended,
            (State::Valid | State::Expired | State::NotYetValid | State::Unknown, _) => {
                CheckText::StatusListWrong
            }
        },
        (Check::Status, Indeterminate) => CheckText::StatusIndeterminate { moment: &checked },
        (Check::Status, NotApplicable) => CheckText::StatusNotApplicable,
        (Check::RelatedResource, Pass) => CheckText::RelatedPass,
        (Check::RelatedResource, Fail) => CheckText::RelatedFail,
        (Check::RelatedResource, Indeterminate) => CheckText::RelatedIndeterminate,
        (Check::Contained, Pass) => CheckText::ContainedPass,
        (Check::Contained, Fail) => CheckText::ContainedFail,
        (Check::Contained, Indeterminate) => CheckText::ContainedIndeterminate,
        (Check::Contained, NotApplicable) => CheckText::ContainedNone,
        (Check::IssuerRecognisedToday, Pass) => CheckText::IssuerTodayPass { name: sealer },
        (Check::IssuerRecognisedToday, Fail) => CheckText::IssuerTodayFail,
        (Check::IssuerRecognisedToday, Indeterminate) => CheckText::IssuerIndeterminate,
        (Check::IssuerRecognised, Pass) => CheckText::IssuerPass { name: sealer },
        (Check::IssuerRecognised, Fail) => CheckText::IssuerFail,
        (Check::IssuerRecognised, Indeterminate) => CheckText::IssuerIndeterminate,
        (Check::Endorsements, Pass) => CheckText::EndorsementsPass,
        (Check::Endorsements, Fail) => CheckText::EndorsementsFail,
        (Check::Endorsements, Indeterminate) => CheckText::EndorsementsIndeterminate,
        (Check::Mandate, Pass) => match names.mandator {
            Some(name) => CheckText::MandatePass { name, sealer },
            None => CheckText::MandatePassUnnamed,
        },
        (Check::Mandate, Fail) => CheckText::MandateFail,
        (Check::Mandate, Indeterminate) => CheckText::MandateIndeterminate,
        (Check::Completeness, Pass) if names.evc => CheckText::CompletenessEvcPass,
        (Check::Completeness, Pass) => CheckText::CompletenessPass,
        (Check::Completeness, Fail) => match &missing {
            Some(missing) => CheckText::CompletenessFail { missing },
            None => CheckText::CompletenessFailUnnamed,
        },
        (Check::Completeness, Indeterminate) => CheckText::CompletenessIndeterminate,
        (Check::Parts, Pass) => CheckText::PartsPass,
        (Check::Parts, Fail) => CheckText::PartsFail,
        (Check::Parts, Indeterminate) => CheckText::PartsIndeterminate,
        (Check::Recipient, Pass) => CheckText::RecipientPass,
        (Check::Recipient, Fail) => CheckText::RecipientFail,
        (Check::Recipient, Indeterminate) => CheckText::RecipientIndeterminate,
        (Check::Test, Pass) => CheckText::TestPass,
        (Check::Test, Fail) => CheckText::TestFail,
        (Check::Test, Indeterminate) => CheckText::TestIndeterminate,
        (Check::RelatedResource, NotApplicable) => CheckText::RelatedNone,
        (Check::Endorsements, NotApplicable) => CheckText::EndorsementsNone,
        (Check::Mandate, NotApplicable) => CheckText::MandateNone,
        (Check::Completeness, NotApplicable) => CheckText::CompletenessNone,
        (Check::Parts, NotApplicable) => CheckText::PartsNone,
        (Check::Recipient, NotApplicable) => CheckText::RecipientNone,
        (
            Check::Conformance
            | Check::VerificationMethod
            | Check::Proof
            | Check::ValidityPeriod
            | Check::IssuerRecognised
            | Check::IssuerRecognisedToday
            | Check::Test,
            NotApplicable,
        ) => CheckText::NotApplicable,
        (_, NotRun) => CheckText::NotRun,
    };
    text.to(language).into_owned()
}

/// The moment for which the status speaks: that of the list that was fetched longest ago.
fn status_moment(report: &Report) -> Timestamp {
    report
        .evidence()
        .iter()
        .filter(|fact| fact.kind == "status-list")
        .map(|fact| fact.fetched_at)
        .min()
        .unwrap_or_else(|| report.checked_at())
}

/// The elements that a completeness problem lists.
fn missing(result: &CheckResult) -> Option<String> {
    let list = result.problem.as_ref()?.extensions.get("missing")?.as_array()?;
    let names: Vec<String> = list
        .iter()
        .map(|entry| entry.as_str().map_or_else(|| entry.to_string(), str::to_owned))
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}
