//! What a list of the register is asked for, from the address or from the body of an export. Read
//! strictly: a filter that is misspelt and passed over would show more than was asked for.

use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::issuance::{ListedState, RegisterFilter};
use crate::model::{CertificateKind, Date, FieldError, Slug, Timestamp};
use crate::store::RegisterCursor;
use crate::texts::ProblemDetail;
use serde_json::{Map, Value, json};
use std::str::FromStr;

/// The filters, as they are called everywhere.
pub const FILTERS: &[&str] = &[
    "kind",
    "definition",
    "version",
    "state",
    "issued-from",
    "issued-before",
    "decided-from",
    "decided-before",
    "erased",
];

/// What else a list takes.
const PAGING: &[&str] = &["limit", "after"];

/// So many certificates one answer of a list holds at most.
pub const MOST: usize = 200;
const USUAL: usize = 50;
/// So many parameters of an address are looked at.
const MOST_PARAMETERS: usize = 32;

/// A list that is asked for, page by page.
#[derive(Debug)]
pub struct Asked {
    /// Which certificates.
    pub filter: RegisterFilter,
    /// After which place.
    pub after: Option<RegisterCursor>,
    /// How many at once.
    pub limit: usize,
}

/// One parameter that cannot be taken.
#[derive(Debug)]
struct Refused {
    name: String,
    detail: String,
}

/// The parameters of an address, each at most once.
#[derive(Debug, Default)]
pub struct Parameters {
    given: Vec<(String, String)>,
    refused: Vec<Refused>,
}

impl Parameters {
    /// Reads the query of the request. What is not in `known` is refused by name.
    pub fn read(call: &Call<'_>, known: &[&str]) -> Self {
        let mut parameters = Self::default();
        let query = call.request.query_string().as_bytes();
        for (place, (name, value)) in url::form_urlencoded::parse(query).enumerate() {
            if place >= MOST_PARAMETERS {
                parameters.refuse("(more)", format!("At most {MOST_PARAMETERS} are taken."));
                break;
            }
            if !known.contains(&name.as_ref()) {
                // The name is the client's; it is told back cut short and without anything odd.
                let name: String = name.chars().take(40).filter(|c| !c.is_control()).collect();
                parameters
                    .refuse(&name, format!("Not known here. Known are: {}.", known.join(", ")));
            } else if parameters.given.iter().any(|(there, _)| *there == name) {
                parameters.refuse(&name, "Given twice. Give it once.".to_owned());
            } else {
                parameters.given.push((name.into_owned(), value.into_owned()));
            }
        }
        parameters
    }

    fn refuse(&mut self, name: &str, detail: String) {
        self.refused.push(Refused { name: name.to_owned(), detail });
    }

    /// The value of a parameter, when it can be read as what is `expected`.
    pub fn value<T: FromStr>(&mut self, name: &str, expected: &str) -> Option<T> {
        let (_, text) = self.given.iter().find(|(there, _)| there == name)?;
        let value = text.parse().ok();
        if value.is_none() {
            self.refuse(name, format!("This is not {expected}."));
        }
        value
    }

    /// Everything that was refused, as one answer.
    pub fn check(self) -> Result<(), Fault> {
        if self.refused.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = self.refused.iter().map(|r| r.name.as_str()).collect();
        let parameters: Vec<Value> =
            self.refused.iter().map(|r| json!({ "name": r.name, "detail": r.detail })).collect();
        Err(Fault::new(Kind::BadRequest)
            .detail(ProblemDetail::ParametersRefused { names: &names.join(", ") })
            .member("parameters", parameters))
    }
}

/// The filter of an address that takes nothing else; for exports.
pub fn filter(call: &Call<'_>) -> Result<RegisterFilter, Fault> {
    let mut parameters = Parameters::read(call, FILTERS);
    let filter = filters(&mut parameters);
    parameters.check()?;
    Ok(filter)
}

/// Filter and place of a list.
pub fn asked(call: &Call<'_>) -> Result<Asked, Fault> {
    let known: Vec<&str> = FILTERS.iter().chain(PAGING).copied().collect();
    let mut parameters = Parameters::read(call, &known);
    let filter = filters(&mut parameters);
    let (after, limit) = paging(&mut parameters);
    parameters.check()?;
    Ok(Asked { filter, after, limit })
}

/// Place and size of a page.
pub fn paging(parameters: &mut Parameters) -> (Option<RegisterCursor>, usize) {
    let after = parameters.value("after", "a cursor that an answer gave as next");
    let expected = format!("a number from 1 to {MOST}");
    let limit = match parameters.value::<usize>("limit", &expected) {
        Some(limit) if (1..=MOST).contains(&limit) => limit,
        Some(_) => {
            parameters.refuse("limit", format!("This is not {expected}."));
            USUAL
        }
        None => USUAL,
    };
    (after, limit)
}

fn filters(parameters: &mut Parameters) -> RegisterFilter {
    RegisterFilter {
        kind: parameters.value("kind", &one_of(CertificateKind::ALL.map(CertificateKind::code))),
        definition: parameters.value("definition", SLUG),
        version: parameters.value::<Version>("version", VERSION).map(|version| version.0),
        state: parameters.value("state", &one_of(ListedState::ALL.map(ListedState::code))),
        issued_from: parameters.value::<From>("issued-from", MOMENT).map(|from| from.0),
        issued_before: parameters.value::<From>("issued-before", MOMENT).map(|from| from.0),
        decided_from: parameters.value("decided-from", DAY),
        decided_before: parameters.value("decided-before", DAY),
        due_by: None,
        erased: parameters.value("erased", "true or false"),
    }
}

const SLUG: &str = "the name of a definition in addresses";
const VERSION: &str = "a version of a definition";
const MOMENT: &str = "a day (2026-01-31) or a moment (2026-01-31T12:00:00Z)";
const DAY: &str = "a day such as 2026-01-31";

fn one_of<const N: usize>(codes: [&str; N]) -> String {
    format!("one of {}", codes.join(", "))
}

/// A version of a definition, as addresses write it.
struct Version(String);

impl FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let sound = (1..=32).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        if sound { Ok(Self(text.to_owned())) } else { Err(()) }
    }
}

/// A moment, or the midnight (UTC) with which a day begins.
struct From(Timestamp);

impl FromStr for From {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let day = text.parse::<Date>().map(Date::midnight);
        day.or_else(|_| text.parse()).map(Self).map_err(|_| ())
    }
}

impl FromStr for ListedState {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.code() == text).ok_or(())
    }
}

/// The filter in the body of an export: the same names, as members with texts (`erased` as
/// boolean). Faults are added with their pointers.
pub fn of_body(value: Option<&Value>, faults: &mut Vec<FieldError>) -> RegisterFilter {
    let empty = Map::new();
    let members = match value {
        None => &empty,
        Some(Value::Object(members)) => members,
        Some(_) => {
            faults.push(FieldError::new(
                "/filter",
                "type",
                "The filter is not an object.",
                "Give an object, or leave it out.",
            ));
            &empty
        }
    };
    let mut parameters = Parameters::default();
    for (name, value) in members.iter().take(MOST_PARAMETERS) {
        match (FILTERS.contains(&name.as_str()), value) {
            (true, Value::String(text)) if name != "erased" => {
                parameters.given.push((name.clone(), text.clone()));
            }
            (true, Value::Bool(value)) if name == "erased" => {
                parameters.given.push((name.clone(), value.to_string()));
            }
            (true, _) => parameters.refuse(name, "This is of another type.".to_owned()),
            (false, _) => {
                parameters.refuse(name, format!("Known are: {}.", FILTERS.join(", ")));
            }
        }
    }
    let filter = filters(&mut parameters);
    faults.extend(parameters.refused.into_iter().map(|refused| {
        let name = refused.name.replace('~', "~0").replace('/', "~1");
        let known = FILTERS.contains(&refused.name.as_str());
        let code = if known { "filter-value" } else { "unknown-field" };
        let remedy = "Correct it, or leave it out.";
        FieldError::new(format!("/filter/{name}"), code, refused.detail, remedy)
    }));
    filter
}

/// A filter as it is kept with a disclosure.
pub fn as_value(filter: &RegisterFilter) -> Value {
    let mut members = Map::new();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), Value::String(value));
        }
    };
    add("kind", filter.kind.map(|kind| kind.code().to_owned()));
    add("definition", filter.definition.as_ref().map(Slug::to_string));
    add("version", filter.version.clone());
    add("state", filter.state.map(|state| state.code().to_owned()));
    add("issued-from", filter.issued_from.map(|moment| moment.to_string()));
    add("issued-before", filter.issued_before.map(|moment| moment.to_string()));
    add("decided-from", filter.decided_from.map(|day| day.to_string()));
    add("decided-before", filter.decided_before.map(|day| day.to_string()));
    if let Some(erased) = filter.erased {
        members.insert("erased".to_owned(), Value::Bool(erased));
    }
    Value::Object(members)
}

/// The address of the next page: the same query behind another place.
pub fn next(call: &Call<'_>, cursor: &RegisterCursor) -> String {
    let query = call.request.query_string().as_bytes();
    let kept = url::form_urlencoded::parse(query).filter(|(name, _)| name != "after");
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair("after", &cursor.to_string())
        .finish();
    let base = &call.front.parts.settings.public_url;
    format!("{base}{}?{query}", call.request.path())
}
