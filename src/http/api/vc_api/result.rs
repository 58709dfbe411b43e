//! A report as VCALM says it: `verified`, `problemDetails`, `results`, the document. What the report
//! calls indeterminate is not verified here; there is no third answer.

use super::request::{Asked, Subject, data_model, members};
use crate::model::Problem;
use crate::verification::{Check, Kind, Outcome, ProofFacts, Report, Verdict};
use serde_json::{Map, Value, json};

const SECURITY: &str = "https://w3id.org/security#";

/// Whether it is verified, and the body that says so.
pub(super) fn of(report: &Report, asked: &Asked) -> (bool, Value) {
    let options = &asked.options;
    let other = other_than_asked(report, asked);
    let verified = other.is_none() && stands(report, options.only_proof);
    let mut problems: Vec<Problem> = other.into_iter().collect();
    add_problems(report, &mut problems);
    if !verified && problems.is_empty() {
        let detail = "What it is secured with could not be established.";
        problems.push(data_model("CRYPTOGRAPHIC_SECURITY_ERROR", detail));
    }
    let mut body = Map::new();
    if asked.subject == Subject::Presentation && !verified {
        body = head(&problems);
    }
    body.insert("verified".to_owned(), verified.into());
    if options.problem_details {
        body.insert("problemDetails".to_owned(), json!(problems));
    }
    let results = match asked.subject {
        Subject::Credential => credential_results(report, Some(&asked.document)),
        Subject::Presentation => presentation_results(report, asked),
    };
    if options.results {
        body.insert("results".to_owned(), results);
    }
    if options.document {
        body.insert(asked.subject.returned().1.to_owned(), asked.document.clone());
    }
    (verified, body.into())
}

/// The body on a request that was not understood.
pub(super) fn refused(problems: &[Problem], subject: Subject) -> Value {
    let mut body = match subject {
        Subject::Credential => Map::new(),
        Subject::Presentation => head(problems),
    };
    body.insert("verified".to_owned(), false.into());
    body.insert("problemDetails".to_owned(), json!(problems));
    body.into()
}

/// The members of a problem document that an answer about a presentation starts with.
fn head(problems: &[Problem]) -> Map<String, Value> {
    let Some(first) = problems.first() else { return Map::new() };
    let mut head = members(json!({"type": first.r#type, "title": first.title, "status": 400}));
    if let Some(detail) = &first.detail {
        head.insert("detail".to_owned(), detail.clone().into());
    }
    head
}

/// The client asked about another kind of document than it sent.
fn other_than_asked(report: &Report, asked: &Asked) -> Option<Problem> {
    let wanted = match asked.subject {
        Subject::Credential => Kind::Credential,
        Subject::Presentation => Kind::Presentation,
    };
    if report.input().kind.is_some_and(|kind| kind != wanted) {
        let detail = "It is not of the kind that this endpoint verifies.";
        return Some(data_model("MALFORMED_VALUE_ERROR", detail));
    }
    let unsigned = report.check(Check::Proof).outcome == Outcome::NotApplicable;
    (asked.secured && unsigned).then(|| {
        let name = "PROOF_VERIFICATION_ERROR";
        Problem::new(format!("{SECURITY}{name}"), name).detail("It has no proof.")
    })
}

fn passed(report: &Report, check: Check) -> bool {
    report.check(check).outcome == Outcome::Pass
}

/// Whether it counts as verified. `only_proof`: whose key it is does not decide, nor does what comes
/// after that question.
fn stands(report: &Report, only_proof: bool) -> bool {
    if !only_proof {
        return report.verdict() == Verdict::Verified;
    }
    let bundle = report.check(Check::Proof).outcome == Outcome::NotApplicable
        && !report.contained().is_empty();
    passed(report, Check::Conformance)
        && (passed(report, Check::Proof) || bundle)
        && report.check(Check::RelatedResource).outcome != Outcome::Fail
        && report.contained().iter().all(|one| stands(one, true))
}

/// Why the deciding checks did not pass; each reason once.
fn add_problems(report: &Report, problems: &mut Vec<Problem>) {
    let open = |outcome| matches!(outcome, Outcome::Fail | Outcome::Indeterminate);
    let checks = report.checks().iter().filter(|one| one.check.decides() && open(one.outcome));
    let proofs = report.proofs().iter().filter(|proof| open(proof.outcome));
    let found = checks
        .filter_map(|one| one.problem.as_ref())
        .chain(proofs.filter_map(|proof| proof.problem.as_ref()));
    for problem in found {
        if !problems.contains(problem) {
            problems.push(problem.clone());
        }
    }
}

fn credential_results(report: &Report, given: Option<&Value>) -> Value {
    let document = report.document().map(|document| document.as_ref()).or(given);
    let period = report.check(Check::ValidityPeriod);
    let early = period.problem.as_ref().is_some_and(|p| p.extensions.contains_key("validFrom"));
    let facts = report.credential();
    let mut results = Map::new();
    let passed = period.outcome == Outcome::Pass;
    let failed = period.outcome == Outcome::Fail;
    if let Some(input) = &facts.valid_from {
        let verified = passed || (failed && !early);
        results.insert("validFrom".to_owned(), json!({"verified": verified, "input": input}));
    }
    if let Some(input) = &facts.valid_until {
        let verified = passed || (failed && early);
        results.insert("validUntil".to_owned(), json!({"verified": verified, "input": input}));
    }
    results.insert("credentialSchema".to_owned(), json!([]));
    let entries = each(document.and_then(|document| document.get("credentialStatus")));
    let whole = entries.len() == report.status().len();
    let status = report.status().iter().enumerate().map(|(index, fact)| {
        let input = match entries.get(index) {
            Some(entry) if whole => (*entry).clone(),
            _ => json!({"type": fact.kind, "statusPurpose": fact.purpose}),
        };
        let mut entry = members(json!({"verified": fact.set == Some(false)}));
        if let Some(set) = fact.set {
            entry.insert("value".to_owned(), u8::from(set).into());
        }
        entry.insert("input".to_owned(), input);
        Value::Object(entry)
    });
    results.insert("credentialStatus".to_owned(), status.collect());
    results.insert("proof".to_owned(), proofs(report, document));
    results.into()
}

fn proofs(report: &Report, document: Option<&Value>) -> Value {
    let given = each(document.and_then(|document| document.get("proof")));
    let whole = given.len() == report.proofs().len();
    let one = |(index, fact): (usize, &ProofFacts)| {
        let verified = fact.outcome == Outcome::Pass;
        match given.get(index) {
            Some(proof) if whole => json!({"verified": verified, "input": proof}),
            _ => json!({"verified": verified, "input": fact}),
        }
    };
    report.proofs().iter().enumerate().map(one).collect()
}

fn presentation_results(report: &Report, asked: &Asked) -> Value {
    let options = &asked.options;
    let document = report.document().map_or(&asked.document, |document| document.as_ref());
    let mut problems = Vec::new();
    add_problems(report, &mut problems);
    let without = |name: &str| {
        let is_it = |problem: &Problem| problem.r#type.strip_prefix(SECURITY) == Some(name);
        report.check(Check::Proof).outcome != Outcome::NotRun && !problems.iter().any(is_it)
    };
    let mut presentation = Map::new();
    if let Some(challenge) = &options.challenge {
        let verified = without("INVALID_CHALLENGE_ERROR") && passed(report, Check::Proof);
        let result = json!({"verified": verified, "input": challenge});
        presentation.insert("challenge".to_owned(), result);
    }
    if !options.domain.is_empty() {
        let verified = without("INVALID_DOMAIN_ERROR") && passed(report, Check::Proof);
        let result = json!({"verified": verified, "input": options.domain});
        presentation.insert("domain".to_owned(), result);
    }
    if let Some(holder) = document.get("holder") {
        let verified = passed(report, Check::VerificationMethod) && passed(report, Check::Proof);
        presentation.insert("holder".to_owned(), json!({"verified": verified, "input": holder}));
    }
    presentation.insert("proof".to_owned(), proofs(report, Some(document)));
    let credentials = report.contained().iter().map(|one| {
        let place = one.pointer().and_then(|pointer| document.pointer(pointer));
        let mut problems = Vec::new();
        add_problems(one, &mut problems);
        json!({
            "verified": stands(one, options.only_proof),
            "problemDetails": problems,
            "results": credential_results(one, place),
        })
    });
    json!({"presentation": presentation, "credentials": credentials.collect::<Vec<_>>()})
}

/// The elements of a set, which one object is by itself.
fn each(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None => Vec::new(),
        Some(Value::Array(all)) => all.iter().collect(),
        Some(one) => vec![one],
    }
}
