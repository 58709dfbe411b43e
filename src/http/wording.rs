//! A report in words: the verdict in one sentence (guide, section 15.2), what the outcome of each
//! check means (15.3), and what to do about it. Pages and the API say the same.

use crate::model::{Date, Timestamp};
use crate::texts::{
    CheckName, CheckText, InstitutionText, Language, Remedy, Sentence, date, moment,
};
use crate::verification::{
    Check, CheckResult, Kind, Outcome, PRESENTATION_EXPECTED, RecognitionFact, Report, State,
    Verdict,
};
use serde_json::{Value, json};

/// Names that the lines of some checks mention.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names<'a> {
    /// Who gave the mandate.
    pub(crate) mandator: Option<&'a str>,
    /// Whether it is a certificate of prior learning.
    pub(crate) evc: bool,
}

/// How a verdict looks: the class of the style sheet and its sign.
#[derive(Clone, Copy)]
pub(crate) enum Tone {
    Ok,
    Warn,
    Bad,
    Gone,
}

impl Tone {
    pub(crate) fn class_and_sign(self) -> (&'static str, &'static str) {
        match self {
            Self::Ok => ("ok", "✓"),
            Self::Warn => ("warn", "?"),
            Self::Bad => ("bad", "✕"),
            Self::Gone => ("gone", "!"),
        }
    }
}

/// The sentence where no banner stands above it: a test says that it is one first.
pub(crate) fn told(report: &Report, language: Language) -> String {
    let sentence = sentence(report, language).1;
    if report.check(Check::Test).outcome == Outcome::Fail {
        return format!("{} {sentence}", Sentence::Test.to(language));
    }
    sentence
}

/// The order of the guide: wrong signature, revoked or superseded, suspended, past its end date,
/// could not check, issuer not known, valid. The sentences that say *genuine* need a proof that
/// passed.
pub(crate) fn sentence(report: &Report, language: Language) -> (Tone, String) {
    let failed = |check| report.check(check).outcome == Outcome::Fail;
    let genuine = report.check(Check::Proof).outcome == Outcome::Pass;
    let since = report.state_since().map(|at| date(at.date(), language));
    let say = |tone, sentence: Sentence<'_>| (tone, sentence.to(language).into_owned());
    if report.input().kind == Some(Kind::Presentation) {
        return match report.verdict() {
            Verdict::Verified => say(Tone::Ok, Sentence::BundleVerified),
            Verdict::Failed => say(Tone::Bad, Sentence::BundleFailed),
            Verdict::Indeterminate => say(Tone::Warn, Sentence::Indeterminate),
        };
    }
    if failed(Check::Conformance) {
        return say(Tone::Bad, Sentence::NotACertificate);
    }
    if unanswered(report.check(Check::Proof)) {
        return say(Tone::Bad, Sentence::ChallengeUnanswered);
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

/// What the register knows of what was handed in, in a sentence; nothing when that matters to nobody.
pub(in crate::http) fn register(report: &Report, language: Language) -> Option<String> {
    let kept = report.keeper().map(|keeper| {
        let date = &date(keeper.status_as_of.date(), language);
        InstitutionText::KeptStatus { keeper: &keeper.name, date }.to(language).into_owned()
    });
    match (kept, recorded(report, language)) {
        (Some(kept), Some(recorded)) => Some(format!("{kept} {recorded}")),
        (kept, recorded) => kept.or(recorded),
    }
}

fn recorded(report: &Report, language: Language) -> Option<String> {
    let known = report.register()?;
    let recorded = date(known.recorded.date(), language);
    let erased = known.erased.map(|at| date(at.date(), language));
    let text = match (known.same_bytes, &erased) {
        (true, Some(date)) => Sentence::RegisterKnowsErased { date },
        (false, Some(date)) => Sentence::RegisterErased { date },
        (true, None) => Sentence::RegisterKnows { date: &recorded },
        (false, None) => return None,
    };
    Some(text.to(language).into_owned())
}

fn written_date(text: Option<&str>, language: Language) -> Option<String> {
    let text = text?;
    let day: Date = text.get(..10)?.parse().ok()?;
    Some(date(day, language))
}

/// The name of a check.
pub(crate) fn name(check: Check) -> CheckName<'static> {
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

/// What the outcome of a check means.
pub(crate) fn meaning(
    report: &Report,
    result: &CheckResult,
    language: Language,
    names: Names<'_>,
) -> String {
    use Outcome::{Fail, Indeterminate, NotApplicable, NotRun, Pass};
    let checked = moment(status_moment(report), language);
    let since = report.state_since().map(|at| date(at.date(), language));
    let issuer = report.credential().issuer.as_ref();
    let sealer = issuer.map_or("", |i| i.name.as_deref().unwrap_or(&i.id));
    // The name by which it is recognised, not the one that the document gives it.
    let known = |today: bool| {
        let facts = issuer.map_or(&[][..], |issuer| issuer.recognised.as_slice());
        let counts =
            |fact: &&RecognitionFact| if today { fact.today } else { fact.on_day_of_issue };
        facts.iter().filter(counts).find_map(|fact| fact.recognition.name.as_deref())
    };
    let missing = missing(result);
    let withheld = |member| report.possibly_withheld().contains(&member);
    let text = match (result.check, result.outcome) {
        (Check::Conformance, Pass) => CheckText::ConformancePass,
        (Check::Conformance, Fail) => CheckText::ConformanceFail,
        (Check::Conformance, Indeterminate) => CheckText::ConformanceIndeterminate,
        (Check::VerificationMethod, Pass) => CheckText::MethodPass,
        (Check::VerificationMethod, Fail) => CheckText::MethodFail,
        (Check::VerificationMethod, Indeterminate) => CheckText::MethodIndeterminate,
        (Check::Proof, Pass) => CheckText::ProofPass,
        (Check::Proof, Fail) if unanswered(result) => CheckText::ProofUnanswered,
        (Check::Proof, Fail) => CheckText::ProofFail,
        (Check::Proof, Indeterminate) => CheckText::ProofIndeterminate,
        (Check::ValidityPeriod, Pass | NotApplicable) if withheld("validUntil") => {
            CheckText::PeriodWithheld
        }
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
        (Check::Status, NotApplicable) if withheld("credentialStatus") => CheckText::StatusWithheld,
        (Check::Status, NotApplicable) => CheckText::StatusNotApplicable,
        (Check::RelatedResource, Pass) => CheckText::RelatedPass,
        (Check::RelatedResource, Fail) => CheckText::RelatedFail,
        (Check::RelatedResource, Indeterminate) => CheckText::RelatedIndeterminate,
        (Check::Contained, Pass) => CheckText::ContainedPass,
        (Check::Contained, Fail) => CheckText::ContainedFail,
        (Check::Contained, Indeterminate) => CheckText::ContainedIndeterminate,
        (Check::Contained, NotApplicable) => CheckText::ContainedNone,
        (Check::IssuerRecognisedToday, Pass) => match known(true) {
            Some(name) => CheckText::IssuerTodayPass { name },
            None => CheckText::IssuerTodayPassClaimed { name: sealer },
        },
        (Check::IssuerRecognisedToday, Fail) => CheckText::IssuerTodayFail,
        (Check::IssuerRecognisedToday, Indeterminate) => CheckText::IssuerIndeterminate,
        (Check::IssuerRecognised, Pass) => match known(false) {
            Some(name) => CheckText::IssuerPass { name },
            None => CheckText::IssuerPassClaimed { name: sealer },
        },
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

/// Whether a presentation was expected and something else came: its signature was not the matter.
fn unanswered(proof: &CheckResult) -> bool {
    let extensions = proof.problem.as_ref().map(|problem| &problem.extensions);
    extensions.is_some_and(|all| all.contains_key(PRESENTATION_EXPECTED))
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

/// What to do about the outcome of a check; nothing when it asks for nothing.
pub(crate) fn remedy(report: &Report, result: &CheckResult) -> Option<Remedy<'static>> {
    use Outcome::{Fail, Indeterminate, NotApplicable, NotRun, Pass};
    let problem = result.problem.as_ref().map(|problem| problem.r#type.as_str());
    let is = |name: &str| problem.is_some_and(|kind| kind.ends_with(name));
    Some(match (result.check, result.outcome) {
        (Check::Conformance, Fail) if is("PARSING_ERROR") || is("input-ambiguous") => {
            Remedy::AskForTheFile
        }
        (Check::Conformance, Fail) => Remedy::AskTheIssuerForAnother,
        (Check::Conformance, Indeterminate) => Remedy::TryAnotherVerifier,
        (Check::VerificationMethod, Fail) => Remedy::ContactTheIssuer,
        (Check::VerificationMethod | Check::Proof, Indeterminate)
            if is("not-supported") || is("unsupported") =>
        {
            Remedy::TryAnotherVerifier
        }
        (Check::VerificationMethod | Check::Proof, Indeterminate) => Remedy::TryLater,
        (Check::Proof, Fail) if unanswered(result) => Remedy::AskForAPresentation,
        (Check::Proof, Fail) => Remedy::AskForTheOriginal,
        (Check::ValidityPeriod, Fail) => match report.state() {
            State::NotYetValid => Remedy::WaitForTheStart,
            _ => Remedy::AskForANewer,
        },
        (Check::Status, Fail) => match report.state() {
            State::Superseded => Remedy::SeeTheSuccessor,
            State::Suspended => Remedy::AskAgainLater,
            _ => Remedy::DoNotUse,
        },
        (Check::Status, Indeterminate) => Remedy::TryLater,
        (Check::Status, NotApplicable) => Remedy::AskTheIssuerForTheStatus,
        (Check::RelatedResource, Fail) => Remedy::AskForTheOriginal,
        (Check::Contained, Fail | Indeterminate) => Remedy::LookAtEach,
        (Check::IssuerRecognised, Fail) => Remedy::AskWhyNotRecognised,
        (Check::IssuerRecognised | Check::IssuerRecognisedToday, Indeterminate) => {
            Remedy::FindOutWhoItIs
        }
        (Check::IssuerRecognisedToday, Fail) => Remedy::KeepTheDayOfIssue,
        (Check::Endorsements, Fail | Indeterminate) => Remedy::LeaveTheEndorsementOut,
        (Check::Mandate, Fail | Indeterminate) => Remedy::AskForTheMandate,
        (Check::Completeness, Fail) => Remedy::AskForWhatIsMissing,
        (Check::Parts, Fail | Indeterminate) => Remedy::LookAtTheParts,
        (Check::Recipient, Fail) => Remedy::AskForIdentity,
        (Check::Recipient, NotApplicable) if report.input().kind == Some(Kind::Credential) => {
            Remedy::CompareTheHolder
        }
        (Check::Test, Fail) => Remedy::NotForUse,
        (_, NotRun) => Remedy::SolveWhatIsAbove,
        (_, Pass | Indeterminate | NotApplicable) => return None,
    })
}

/// The report as JSON with its words: the verdict in a sentence, and at each check what the outcome
/// means and what to do. What it contains and the endorsements likewise.
pub(crate) fn worded(report: &Report, language: Language) -> Value {
    let mut value = serde_json::to_value(report).expect("a report is always JSON");
    word(&mut value, report, language);
    value["language"] = json!(language.tag());
    value
}

/// The depth is bounded by that of the report.
fn word(value: &mut Value, report: &Report, language: Language) {
    value["sentence"] = json!(told(report, language));
    if let Some(text) = register(report, language) {
        value["register"]["text"] = json!(text);
    }
    let lines = value.get_mut("checks").and_then(Value::as_array_mut);
    for (line, result) in lines.into_iter().flatten().zip(report.checks()) {
        line["meaning"] = json!(meaning(report, result, language, Names::default()));
        if let Some(remedy) = remedy(report, result) {
            line["remedy"] = json!({"id": remedy.id(), "text": remedy.to(language)});
        }
    }
    let contained = value.get_mut("contained").and_then(Value::as_array_mut);
    for (value, report) in contained.into_iter().flatten().zip(report.contained()) {
        word(value, report, language);
    }
    let endorsements = value.get_mut("endorsements").and_then(Value::as_array_mut);
    for (value, endorsement) in endorsements.into_iter().flatten().zip(report.endorsements()) {
        if let Some(inner) = value.get_mut("report") {
            word(inner, &endorsement.report, language);
        }
    }
}
