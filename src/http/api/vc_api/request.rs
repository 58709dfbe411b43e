//! What a client of VCALM sends: strict in its members and options, and every fault at once.
//!
//! An option that is not known raises an error, as the draft demands; `type` and `cryptosuite`, which
//! clients of older drafts send along, are tolerated and mean nothing here.

use crate::canon::json::{self, JsonLimits};
use crate::model::Problem;
use serde_json::{Map, Value};

const DATA_MODEL: &str = "https://www.w3.org/TR/vc-data-model#";
const UNKNOWN_OPTION: &str = "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED";
pub(super) const MAX_DEPTH: usize = 64;
const MAX_DOMAINS: usize = 32;

/// What an endpoint verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Credential,
    Presentation,
}

/// A request that was understood.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) subject: Subject,
    pub(super) document: Value,
    /// The client said that the document is secured.
    pub(super) secured: bool,
    pub(super) options: Options,
}

/// What may be asked besides.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) challenge: Option<String>,
    pub(super) domain: Vec<String>,
    pub(super) results: bool,
    pub(super) problem_details: bool,
    /// The document comes back with the answer.
    pub(super) document: bool,
    /// `checks` is `["proof"]`: whose key it is, is told but does not decide.
    pub(super) only_proof: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            challenge: None,
            domain: Vec::new(),
            results: true,
            problem_details: true,
            document: true,
            only_proof: false,
        }
    }
}

pub(super) fn data_model(name: &str, detail: impl Into<String>) -> Problem {
    Problem::new(format!("{DATA_MODEL}{name}"), name).detail(detail)
}

pub(super) fn malformed(pointer: &str, detail: &str) -> Problem {
    data_model("MALFORMED_VALUE_ERROR", detail).with("pointer", pointer)
}

pub(super) fn unknown_option(name: &str) -> Problem {
    let named: String = name.chars().take(64).filter(|c| !c.is_control()).collect();
    let detail = "An option that is not known here changes nothing silently.";
    Problem::new(UNKNOWN_OPTION, "UNKNOWN_OPTION_PROVIDED").detail(detail).with("option", named)
}

/// Reads a request.
pub(super) fn read(body: &[u8], subject: Subject, max: usize) -> Result<Asked, Vec<Problem>> {
    let limits = JsonLimits { max_bytes: max, max_depth: MAX_DEPTH };
    let mut members = match json::parse(body, &limits) {
        Ok(Value::Object(members)) => members,
        Ok(_) => return Err(vec![data_model("PARSING_ERROR", "The body is no JSON object.")]),
        Err(error) => {
            let problem = data_model("PARSING_ERROR", format!("{error}."));
            return Err(vec![problem.with("code", error.code())]);
        }
    };
    let mut problems = Vec::new();
    let options =
        members.shift_remove("options").map(|value| options(&value, subject, &mut problems));
    let (document, secured) = match subject {
        Subject::Credential => (members.shift_remove("verifiableCredential"), true),
        Subject::Presentation => match members.shift_remove("verifiablePresentation") {
            Some(document) => (Some(document), true),
            None => (members.shift_remove("presentation"), false),
        },
    };
    for member in members.keys() {
        let mut pointer = String::from("/");
        pointer.extend(member.chars().take(64).map(|c| if c == '/' { '~' } else { c }));
        problems.push(malformed(&pointer, "This member is not known here."));
    }
    match document {
        Some(document @ Value::Object(_)) => {
            if !secured && document.get("proof").is_some() {
                let detail = "What has a proof is given as verifiablePresentation.";
                problems.push(malformed("/presentation/proof", detail));
            }
            if problems.is_empty() {
                let options = options.unwrap_or_default();
                return Ok(Asked { subject, document, secured, options });
            }
        }
        Some(_) => problems.push(malformed(subject.pointer(), "An object is needed here.")),
        None => problems.push(malformed(subject.pointer(), "It is missing.")),
    }
    Err(problems)
}

impl Subject {
    fn pointer(self) -> &'static str {
        match self {
            Self::Credential => "/verifiableCredential",
            Self::Presentation => "/verifiablePresentation",
        }
    }

    /// The option with which the document is asked back, and its member in the answer.
    pub(super) fn returned(self) -> (&'static str, &'static str) {
        match self {
            Self::Credential => ("returnCredential", "credential"),
            Self::Presentation => ("returnPresentation", "presentation"),
        }
    }
}

fn options(value: &Value, subject: Subject, problems: &mut Vec<Problem>) -> Options {
    let mut options = Options::default();
    let Value::Object(given) = value else {
        problems.push(malformed("/options", "options is an object."));
        return options;
    };
    let presenting = subject == Subject::Presentation;
    for (name, value) in given {
        let right = match name.as_str() {
            "returnResults" => flag(value, &mut options.results),
            "returnProblemDetails" => flag(value, &mut options.problem_details),
            name if name == subject.returned().0 => flag(value, &mut options.document),
            "checks" => checks(value, &mut options.only_proof),
            "challenge" if presenting => {
                options.challenge = value.as_str().map(str::to_owned);
                options.challenge.is_some()
            }
            "domain" if presenting => domains(value, &mut options.domain),
            "type" | "cryptosuite" => value.is_string(),
            _ => {
                problems.push(unknown_option(name));
                true
            }
        };
        if !right {
            problems.push(malformed(&format!("/options/{name}"), "It is of another type."));
        }
    }
    options
}

fn flag(value: &Value, into: &mut bool) -> bool {
    value.as_bool().map(|given| *into = given).is_some()
}

fn checks(value: &Value, only_proof: &mut bool) -> bool {
    let Value::Array(names) = value else { return false };
    *only_proof = !names.is_empty() && names.iter().all(|name| name == "proof");
    names.iter().all(Value::is_string)
}

/// One domain, or a set of them.
fn domains(value: &Value, into: &mut Vec<String>) -> bool {
    let all = match value {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    into.extend(all.iter().filter_map(Value::as_str).map(str::to_owned));
    !all.is_empty() && all.len() <= MAX_DOMAINS && into.len() == all.len()
}

/// The members of an object, or none.
pub(super) fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
