//! A report in words: the verdict (guide, section 15.2) and a line for each check (15.3).

use super::sheet::Value;
use super::{Link, endorsement};
use crate::http::wording::{self, Names, Tone, meaning, name, sentence};
use crate::profile::read_endorsement;
use crate::texts::{Language, OutcomeWord, PageText, Sentence, moment};
use crate::verification::{Check, CheckResult, EndorsementReport, Outcome, Report};

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
    /// What the register knows of the file.
    pub register: Option<String>,
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
    pub remedy: Option<String>,
}

/// What went wrong in a check, for the technical block.
pub(super) struct ProblemLine {
    pub check: String,
    pub title: String,
    pub detail: Option<String>,
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
            remedy: wording::remedy(report, result)
                .filter(|_| result.outcome != Outcome::NotRun)
                .map(|remedy| remedy.to(language).into_owned()),
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
        register: wording::register(report, language),
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

/// What a report contains, or the endorsements beside it: a line for each.
pub(super) struct BesideView {
    pub id: &'static str,
    pub heading: String,
    pub help: String,
    pub lines: Vec<BesideLine>,
}

/// One credential with a verdict of its own.
pub(super) struct BesideLine {
    pub tone: &'static str,
    pub sign: &'static str,
    /// What it calls itself, by its own words.
    pub title: Option<String>,
    /// Who issued it, by its own words.
    pub issuer: Option<String>,
    pub sentence: String,
    /// What is wrong with it in this place.
    pub remark: Option<String>,
    /// What an endorsement that stands says.
    pub comment: Option<Value>,
}

/// The credentials that a presentation or a record contains, and the endorsements.
pub(super) fn beside(report: &Report, language: Language) -> Vec<BesideView> {
    let mut views = Vec::new();
    if !report.contained().is_empty() {
        views.push(BesideView {
            id: "contained",
            heading: PageText::Contained.to(language).into_owned(),
            help: PageText::ContainedHelp.to(language).into_owned(),
            lines: report.contained().iter().map(|one| beside_line(one, language)).collect(),
        });
    }
    if !report.endorsements().is_empty() {
        let line = |one: &EndorsementReport| {
            let problem = one.problem.as_ref().map(|problem| problem.r#type.as_str());
            let is = |name: &str| problem.is_some_and(|kind| kind.ends_with(name));
            let remark = if is("endorsement-of-another") {
                Some(PageText::EndorsementOfAnother)
            } else if is("not-an-endorsement") {
                Some(PageText::NotAnEndorsement)
            } else if one.by_issuer {
                Some(PageText::EndorsementByIssuer)
            } else {
                None
            };
            endorsement_line(&one.report, one.outcome, remark, language)
        };
        views.push(BesideView {
            id: "endorsements",
            heading: PageText::Endorsements.to(language).into_owned(),
            help: PageText::EndorsementsHelp.to(language).into_owned(),
            lines: report.endorsements().iter().map(line).collect(),
        });
    }
    views
}

/// One endorsement. Only one that stands now is said to endorse, and only its statement is shown.
pub(super) fn endorsement_line(
    report: &Report,
    outcome: Outcome,
    remark: Option<PageText<'_>>,
    language: Language,
) -> BesideLine {
    let mut line = beside_line(report, language);
    if outcome != Outcome::Pass && line.tone == "ok" {
        (line.tone, line.sign) = Tone::Warn.class_and_sign();
    }
    line.title = match (outcome, &line.issuer) {
        (Outcome::Pass, Some(name)) => {
            let title = PageText::EndorsedBy { name }.to(language).into_owned();
            line.issuer = None;
            line.comment = report
                .document()
                .and_then(|document| endorsement::comment(&read_endorsement(document), language));
            Some(title)
        }
        _ => Some(PageText::Endorsement.to(language).into_owned()),
    };
    if let Some(remark) = remark {
        line.remark = Some(remark.to(language).into_owned());
    }
    line
}

fn beside_line(report: &Report, language: Language) -> BesideLine {
    let (tone, sentence) = sentence(report, language);
    let test = report.check(Check::Test).outcome == Outcome::Fail;
    let (tone, sign) = match tone {
        Tone::Ok if test => ("none", "–"),
        tone => tone.class_and_sign(),
    };
    let issuer = report.credential().issuer.as_ref();
    let named = |document: &serde_json::Value| {
        document.get("name").and_then(serde_json::Value::as_str).map(str::to_owned)
    };
    BesideLine {
        tone,
        sign,
        title: report.document().and_then(|document| named(document)),
        issuer: issuer.map(|issuer| issuer.name.clone().unwrap_or_else(|| issuer.id.clone())),
        sentence,
        remark: test.then(|| Sentence::Test.to(language).into_owned()),
        comment: None,
    }
}
