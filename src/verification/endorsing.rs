//! What stands in a document and has a proof of its own: the credentials that a presentation or a
//! CLR contains, and the endorsements that a badge carries or that the register knows.
//!
//! Each gets a report of its own. A container vouches for what it contains, so that its verdict is
//! never better than theirs; an endorsement is somebody else's opinion and changes no verdict.

use super::examination::{Examination, Findings};
use super::problem;
use super::report::{Check, Outcome, Report, Verdict};
use super::securing::{self, Ended};
use crate::model::Problem;
use serde::Serialize;
use serde_json::Value;

/// Where an endorsement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndorsementOrigin {
    /// The document carries it.
    Document,
    /// An own register knows it.
    Register,
}

/// One endorsement and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EndorsementReport {
    /// Where it comes from.
    pub origin: EndorsementOrigin,
    /// Where it stands in the document, when it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// What it endorses: `credentialSubject.id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Whether that is the thing it stands at.
    pub on_target: bool,
    /// Whether the endorser is the issuer of the document itself.
    pub by_issuer: bool,
    /// How it ended: passed when it is verified, endorses this, and is an endorsement.
    pub outcome: Outcome,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// Its own report.
    pub report: Report,
}

/// The objects at a pointer: the one, or each of several.
pub(super) fn places<'d>(document: &'d Value, pointer: &str) -> Vec<(String, &'d Value)> {
    match document.pointer(pointer) {
        Some(Value::Array(all)) => {
            all.iter().enumerate().map(|(i, one)| (format!("{pointer}/{i}"), one)).collect()
        }
        Some(one) => vec![(pointer.to_owned(), one)],
        None => Vec::new(),
    }
}

/// Removes a member that is an empty list.
pub(super) fn drop_empty(document: &mut Value, member: &str) {
    if document.get(member).and_then(Value::as_array).is_some_and(Vec::is_empty)
        && let Some(members) = document.as_object_mut()
    {
        members.shift_remove(member);
    }
}

/// The values of a member that holds one or a list, each with its pointer.
fn values<'d>(place: &(String, &'d Value), member: &str) -> Vec<(String, &'d Value)> {
    let (pointer, object) = place;
    match object.get(member) {
        Some(Value::Array(all)) => all
            .iter()
            .enumerate()
            .map(|(i, one)| (format!("{pointer}/{member}/{i}"), one))
            .collect(),
        Some(one) => vec![(format!("{pointer}/{member}"), one)],
        None => Vec::new(),
    }
}

impl Examination<'_, '_, '_> {
    /// Examines what stands in this member of these objects, and says what that means for the
    /// whole.
    pub(super) fn contained(
        &mut self,
        places: Vec<(String, &Value)>,
        member: &str,
        findings: &mut Findings,
    ) {
        let all: Vec<(String, &Value)> =
            places.iter().flat_map(|place| values(place, member)).collect();
        if all.is_empty() {
            return;
        }
        let (scope, depth) = (self.scope, self.depth + 1);
        let mut too_much = depth > scope.examiner.limits().max_containment;
        for (pointer, value) in all {
            let left = scope.contained_left.get();
            too_much |= left == 0 || scope.is_exhausted();
            if too_much {
                break;
            }
            scope.contained_left.set(left - 1);
            scope.evidence.allow_more();
            let draft = Examination::of_value(scope, depth, value, Some(pointer));
            findings.contained.push(Report::conclude(draft));
        }
        let of = |verdict| findings.contained.iter().find(|r| r.verdict() == verdict);
        let told = |report: &Report, name, title, detail| {
            let pointer = report.pointer().unwrap_or_default().to_owned();
            problem::informing(name, title, detail).with("pointer", pointer)
        };
        let ended = if let Some(report) = of(Verdict::Failed) {
            Ended::fail(told(
                report,
                "contained-failed",
                "Something that it contains is not right, or not valid",
                "Each has a report of its own.",
            ))
        } else if too_much {
            let detail = "It contains more, or deeper, than is examined.";
            Ended::indeterminate(problem::limit(detail))
        } else if let Some(report) = of(Verdict::Indeterminate) {
            Ended::indeterminate(told(
                report,
                "contained-not-checked",
                "Not everything that it contains could be checked",
                "Each has a report of its own.",
            ))
        } else {
            Ended::pass()
        };
        self.set(Check::Contained, ended);
    }

    /// Examines the endorsements that the document carries, wherever they stand in it, and those
    /// that the register knows of the credential and of its achievement, when it recorded this
    /// credential.
    pub(super) fn endorsements(&mut self, document: &Value, findings: &mut Findings) {
        let mut carried = Vec::new();
        collect(document, &mut String::new(), &mut carried);
        let scope = self.scope;
        let issuer = securing::issuer_id(document);
        let mut beyond = self.depth + 1 > scope.examiner.limits().max_containment;
        let may = || {
            let left = scope.endorsements_left.get();
            scope.endorsements_left.set(left.saturating_sub(1));
            left > 0
        };
        let mut reports: Vec<EndorsementReport> = Vec::new();
        for Carried { pointer, host, value } in carried {
            beyond |= !may() || scope.is_exhausted();
            if beyond {
                break;
            }
            scope.evidence.allow_more();
            let at = Some(pointer.clone());
            let draft = Examination::of_value(scope, self.depth + 1, value, at);
            let report = Report::conclude(draft);
            let origin = (EndorsementOrigin::Document, Some(pointer));
            reports.push(judge(origin, value, report, host, issuer));
        }
        let ids = ["/id", "/credentialSubject/achievement/id"];
        // A document that is not the register's own may name any address, also closed ones.
        let ours = self.depth == 0 && self.recorded(document).is_some();
        let targets = ids.into_iter().filter_map(|at| document.pointer(at)?.as_str());
        for target in targets.filter(|_| ours) {
            for bytes in scope.evidence.sources().endorsements(target) {
                beyond |= !may() || scope.is_exhausted();
                if beyond {
                    break;
                }
                scope.evidence.allow_more();
                let draft = Examination::of_part(scope, self.depth + 1, &bytes);
                let report = Report::conclude(draft);
                let known = |other: &EndorsementReport| {
                    report.credential().id.is_some()
                        && other.report.credential().id == report.credential().id
                };
                if reports.iter().any(known) {
                    continue;
                }
                let origin = (EndorsementOrigin::Register, None);
                reports.push(judge(origin, &Value::Null, report, Some(target), issuer));
            }
        }
        let first = |outcome| {
            reports.iter().find(|one| one.outcome == outcome).and_then(|one| one.problem.clone())
        };
        let ended = if let Some(problem) = first(Outcome::Fail) {
            Ended::fail(problem)
        } else if beyond {
            let detail = "It carries more, or deeper, endorsements than are examined.";
            Ended::indeterminate(problem::limit(detail))
        } else if let Some(problem) = first(Outcome::Indeterminate) {
            Ended::indeterminate(problem)
        } else if reports.is_empty() {
            Ended::not_applicable()
        } else {
            Ended::pass()
        };
        self.set(Check::Endorsements, ended);
        findings.endorsements = reports;
    }
}

/// An endorsement in a document, and the `id` of the object that it stands in.
struct Carried<'d> {
    pointer: String,
    host: Option<&'d str>,
    value: &'d Value,
}

/// Every endorsement of the document itself; not those of what it contains, nor those of its
/// endorsements. The reader of JSON has bounded the depth.
fn collect<'d>(value: &'d Value, pointer: &mut String, found: &mut Vec<Carried<'d>>) {
    let length = pointer.len();
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                collect(item, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Object(members) => {
            let host = members.get("id").and_then(Value::as_str);
            for (member, inner) in members {
                if matches!(member.as_str(), "verifiableCredential" | "proof" | "@context") {
                    continue;
                }
                pointer.push('/');
                super::conformance::push_token(pointer, member);
                if matches!(member.as_str(), "endorsement" | "endorsementJwt") {
                    let one_or_more = match inner {
                        Value::Array(all) => all.as_slice(),
                        one => std::slice::from_ref(one),
                    };
                    for (index, value) in one_or_more.iter().enumerate() {
                        let pointer = match inner {
                            Value::Array(_) => format!("{pointer}/{index}"),
                            _ => pointer.clone(),
                        };
                        found.push(Carried { pointer, host, value });
                    }
                } else {
                    collect(inner, pointer, found);
                }
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

/// Whether an endorsement is right, and endorses what it stands at.
fn judge(
    (origin, pointer): (EndorsementOrigin, Option<String>),
    carried: &Value,
    report: Report,
    host: Option<&str>,
    issuer: Option<&str>,
) -> EndorsementReport {
    let document = report.document().map_or(carried, |document| document);
    let target = document.pointer("/credentialSubject/id").and_then(Value::as_str);
    let target = target.map(str::to_owned);
    let on_target = target.is_some() && target.as_deref() == host;
    let is_endorsement =
        report.credential().types.iter().any(|kind| kind == "EndorsementCredential");
    let mut problem = match report.verdict() {
        Verdict::Verified if !is_endorsement => Some(problem::informing(
            "not-an-endorsement",
            "Not an endorsement",
            "What stands in the place of an endorsement is another kind of credential.",
        )),
        Verdict::Verified if !on_target => Some(problem::informing(
            "endorsement-of-another",
            "An endorsement of something else",
            "The endorsement is genuine, but it endorses another thing than the one it stands at.",
        )),
        Verdict::Verified => None,
        Verdict::Failed => Some(problem::informing(
            "endorsement-failed",
            "An endorsement is not right, or not valid",
            "Its own report says why. The certificate stands without it.",
        )),
        Verdict::Indeterminate => Some(problem::informing(
            "endorsement-not-checked",
            "An endorsement could not be checked",
            "Its own report says why. The certificate stands without it.",
        )),
    };
    if let (Some(told), Some(pointer)) = (&problem, &pointer) {
        problem = Some(told.clone().with("pointer", pointer.clone()));
    }
    if let (Some(told), Some(target), false) = (&problem, &target, on_target) {
        problem = Some(told.clone().with("target", target.clone()));
    }
    let outcome = match (report.verdict(), &problem) {
        (Verdict::Verified, None) => Outcome::Pass,
        (Verdict::Verified | Verdict::Failed, _) => Outcome::Fail,
        (Verdict::Indeterminate, _) => Outcome::Indeterminate,
    };
    let by_issuer =
        report.credential().issuer.as_ref().is_some_and(|own| Some(own.id.as_str()) == issuer);
    EndorsementReport { origin, pointer, target, on_target, by_issuer, outcome, problem, report }
}
