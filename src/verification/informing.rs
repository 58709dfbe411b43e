//! Checks that inform and never decide.

use super::examiner::Expected;
use super::problem;
use super::report::RecognitionFact;
use super::securing::{self, Ended};
use super::sources::{Recognition, RegisterEntry, RegisterState, Sources};
use crate::model::Date;
use crate::profile::{self, CertificateView, Completeness, MandateCheck};
use serde::Serialize;
use serde_json::{Map, Value};

const MAX_PARTS: usize = 50;
const MAX_RECOGNITIONS: usize = 20;
const MAX_NOTED: usize = 20;
const MAX_IDENTIFIERS: usize = 100;

/// Recognised on the day of issue, and today: two facts. `issued` is the day that the document
/// states; without one the first question has no answer.
pub(super) struct Recognised {
    pub(super) facts: Vec<RecognitionFact>,
    pub(super) on_day_of_issue: Ended,
    pub(super) today: Ended,
}

/// Known here, or not: an unknown issuer may be as good as any. One that is known, but not for the
/// day in question, is not recognised for it.
pub(super) fn recognised(known: Vec<Recognition>, issued: Option<Date>, today: Date) -> Recognised {
    let facts: Vec<RecognitionFact> = known
        .into_iter()
        .take(MAX_RECOGNITIONS)
        .map(|recognition| RecognitionFact {
            on_day_of_issue: issued.is_some_and(|day| recognition.covers(day)),
            today: recognition.covers(today),
            recognition,
        })
        .collect();
    let unknown = || {
        Ended::indeterminate(problem::informing(
            "issuer-not-recognised",
            "The issuer is not known here",
            "The signature tells who signed, not who that is. Find out.",
        ))
    };
    let on = |covers: fn(&RecognitionFact) -> bool, name: &str, title: &str| {
        if facts.iter().any(covers) {
            Ended::pass()
        } else if facts.is_empty() {
            unknown()
        } else {
            let detail = "The periods of its recognition stand in credential.issuer.recognised.";
            Ended::fail(problem::informing(name, title, detail))
        }
    };
    let on_day_of_issue = match issued {
        None if !facts.is_empty() => Ended::indeterminate(problem::informing(
            "day-of-issue-not-stated",
            "The document states no day of issue",
            "Whether the issuer was recognised on that day cannot be told.",
        )),
        _ => on(
            |fact| fact.on_day_of_issue,
            "issuer-not-recognised-then",
            "The issuer was not recognised on the day of issue",
        ),
    };
    let today = on(
        |fact| fact.today,
        "issuer-not-recognised-today",
        "The issuer is not recognised any more, or not yet",
    );
    Recognised { facts, on_day_of_issue, today }
}

/// A test certificate says so in its names (mapping, ground rule 10), and the register knows. The
/// issuer may be described in several places, as the creator for one: each of them counts.
pub(super) fn test(document: &Value, register: Option<&RegisterEntry>) -> Ended {
    let issuer = securing::issuer_id(document);
    let named = document.get("issuer").is_some_and(marked)
        || marked(document)
        || issuer.is_some_and(|id| marked_anywhere(document, id));
    if register.is_some_and(|entry| entry.test) || named {
        Ended::fail(problem::informing(
            "test",
            "A test certificate",
            "It comes from a test issuer and certifies nothing.",
        ))
    } else {
        Ended::pass()
    }
}

/// Whether a name of this object, in whatever language, says *test*.
fn marked(object: &Value) -> bool {
    let says = |name: &Value| {
        let text = name.get("@value").unwrap_or(name).as_str();
        text.is_some_and(|text| text.starts_with("TEST –"))
    };
    match object.get("name") {
        Some(Value::Array(names)) => names.iter().any(says),
        Some(name) => says(name),
        None => false,
    }
}

fn marked_anywhere(value: &Value, id: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| marked_anywhere(item, id)),
        Value::Object(members) => {
            members.get("id").and_then(Value::as_str) == Some(id) && marked(value)
                || members.values().any(|member| marked_anywhere(member, id))
        }
        _ => false,
    }
}

/// Something that the document carries, that is noted and not judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotedFact {
    /// The member it stands in.
    pub member: &'static str,
    /// How many there are.
    pub count: usize,
    /// Their types, each once.
    #[serde(rename = "type")]
    pub types: Vec<String>,
}

/// A refresh service is not asked, terms of use and evidence are for people to weigh: they are
/// noted. Their values stay in the document.
pub(super) fn noted(document: &Map<String, Value>) -> Vec<NotedFact> {
    let mut facts = Vec::new();
    for member in ["refreshService", "termsOfUse", "evidence"] {
        let all = match document.get(member) {
            None => continue,
            Some(Value::Array(all)) => all.as_slice(),
            Some(one) => std::slice::from_ref(one),
        };
        let mut types: Vec<String> = Vec::new();
        for one in all.iter().take(MAX_NOTED) {
            let named = match one.get("type") {
                Some(Value::Array(named)) => named.as_slice(),
                Some(named) => std::slice::from_ref(named),
                None => &[],
            };
            for name in named.iter().take(MAX_NOTED).filter_map(Value::as_str) {
                if !types.iter().any(|known| known == name) && types.len() < MAX_NOTED {
                    types.push(name.to_owned());
                }
            }
        }
        facts.push(NotedFact { member, count: all.len(), types });
    }
    facts
}

/// Whether the address that somebody typed is the holder's. Open Badges 3.0 section 8.6: a document
/// without such an identifier is never a pass.
pub(super) fn recipient(document: &Value, expected: &Expected<'_>) -> Ended {
    let matches = |known: &str| match expected.recipient_type {
        None | Some("emailAddress") => profile::recipient_matches(document, known),
        Some(kind) => identified(document, kind, known),
    };
    match expected.recipient.and_then(matches) {
        Some(true) => Ended::pass(),
        Some(false) => Ended::fail(problem::informing(
            "recipient-mismatch",
            "The address is not the holder's",
            "The document carries the hash of another address.",
        )),
        None => Ended::not_applicable(),
    }
}

/// Whether an identifier of this type is the known one; nothing when there is none of that type.
fn identified(document: &Value, kind: &str, known: &str) -> Option<bool> {
    let identifiers = document.get("credentialSubject")?.get("identifier")?;
    let one = std::slice::from_ref(identifiers);
    let all = identifiers.as_array().map_or(one, Vec::as_slice);
    let is_kind = |id: &&Value| id.get("identityType").and_then(Value::as_str) == Some(kind);
    let mut found = all.iter().take(MAX_IDENTIFIERS).filter(is_kind).peekable();
    found.peek()?;
    Some(found.fold(false, |found, id| found | profile::identity_matches(id, known)))
}

/// What the profile of the certificate says.
pub(super) struct Read {
    pub(super) view: CertificateView,
    pub(super) mandate: Ended,
    pub(super) completeness: Ended,
    pub(super) parts: Ended,
}

/// Reads the document by the profile.
pub(super) fn read(document: &Value, register: Option<&dyn Sources>) -> Read {
    let view = profile::read(document);
    Read {
        mandate: mandate(&view),
        completeness: completeness(&view),
        parts: parts(&view, register),
        view,
    }
}

fn mandate(view: &CertificateView) -> Ended {
    match view.mandate_check() {
        MandateCheck::NotApplicable => Ended::not_applicable(),
        MandateCheck::Pass => Ended::pass(),
        MandateCheck::Fail => Ended::fail(problem::informing(
            "mandate-not-in-force",
            "The mandate did not cover the date of the decision",
            "The stated mandate to seal does not cover awardedDate.",
        )),
        MandateCheck::Indeterminate => Ended::indeterminate(problem::informing(
            "mandate-not-stated",
            "No mandate is stated",
            "The sealer is none of the awarding bodies and states no mandate.",
        )),
    }
}

fn completeness(view: &CertificateView) -> Ended {
    match profile::completeness(view) {
        Completeness::NotApplicable => Ended::not_applicable(),
        Completeness::Complete => Ended::pass(),
        Completeness::Missing(elements) => Ended::fail(
            problem::informing(
                "elements-missing",
                "Elements that this kind of certificate states are missing",
                "Their numbers stand in missing.",
            )
            .with("missing", elements),
        ),
    }
}

/// The parts of a microdegree, as the register knows them. What is not in the register is not
/// looked up elsewhere; `None` for a document that is not the register's own, which may name any
/// address.
fn parts(view: &CertificateView, register: Option<&dyn Sources>) -> Ended {
    if view.parts.is_empty() {
        return Ended::not_applicable();
    }
    let (mut invalid, mut unknown) = (Vec::new(), 0_usize);
    for part in view.parts.iter().take(MAX_PARTS) {
        let entry = register
            .zip(part.credential.as_ref())
            .and_then(|(register, credential)| register.register(&credential.url));
        match entry.map(|entry| entry.state) {
            Some(RegisterState::Valid) => {}
            Some(RegisterState::Revoked | RegisterState::Suspended | RegisterState::Superseded) => {
                invalid.push(part.concept.code.clone().unwrap_or_default());
            }
            None => unknown += 1,
        }
    }
    unknown += view.parts.len().saturating_sub(MAX_PARTS);
    if !invalid.is_empty() {
        let problem = problem::informing(
            "part-not-valid",
            "A part is no longer valid",
            "The codes of these parts stand in parts.",
        );
        Ended::fail(problem.with("parts", invalid))
    } else if unknown > 0 {
        Ended::indeterminate(problem::informing(
            "parts-not-checked",
            "Not every part could be checked",
            "Parts that no register here knows are not looked up.",
        ))
    } else {
        Ended::pass()
    }
}
