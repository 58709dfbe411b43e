//! What a list of the register is asked for, from the address or from the body of an export. Read
//! strictly: a filter that is misspelt and passed over would show more than was asked for.

use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::issuance::{ListedState, RegisterFilter};
use crate::model::{
    CertificateKind, Date, FieldError, FilterFault, Noun, ShapeFault, Slug, Timestamp,
};
use crate::store::RegisterCursor;
use crate::texts::ProblemDetail;
use serde_json::{Map, Value};
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

/// The parameters of an address, each at most once.
#[derive(Debug, Default)]
pub struct Parameters {
    given: Vec<(String, String)>,
    refused: Vec<(String, FilterFault)>,
}

impl Parameters {
    /// Reads the query of the request. What is not in `known` is refused by name.
    pub fn read(call: &Call<'_>, known: &[&str]) -> Self {
        let mut parameters = Self::default();
        let query = call.request.query_string().as_bytes();
        for (place, (name, value)) in url::form_urlencoded::parse(query).enumerate() {
            if place >= MOST_PARAMETERS {
                parameters.refuse("(more)", FilterFault::TooMany { most: MOST_PARAMETERS });
                break;
            }
            if !known.contains(&name.as_ref()) {
                // The name is the client's; it is told back cut short and without anything odd.
                let name: String = name.chars().take(40).filter(|c| !c.is_control()).collect();
                parameters.refuse(&name, FilterFault::Unknown { known: known.join(", ") });
            } else if parameters.given.iter().any(|(there, _)| *there == name) {
                parameters.refuse(&name, FilterFault::Repeated);
            } else {
                parameters.given.push((name.into_owned(), value.into_owned()));
            }
        }
        parameters
    }

    fn refuse(&mut self, name: &str, fault: FilterFault) {
        self.refused.push((name.to_owned(), fault));
    }

    /// The value of a parameter, when it can be read; else this fault.
    pub fn value<T: FromStr>(&mut self, name: &str, otherwise: FilterFault) -> Option<T> {
        let (_, text) = self.given.iter().find(|(there, _)| there == name)?;
        let value = text.parse().ok();
        if value.is_none() {
            self.refuse(name, otherwise);
        }
        value
    }

    /// Everything that was refused, as one answer.
    pub fn check(self) -> Result<(), Fault> {
        if self.refused.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = self.refused.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(", ");
        let at = |(name, fault)| FieldError::at(name, fault);
        let mut fault =
            Fault::new(Kind::BadRequest).detail(ProblemDetail::ParametersRefused { names: &names });
        fault.parameters = self.refused.into_iter().map(at).collect();
        Err(fault)
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
    let after = parameters.value("after", FilterFault::NotACursor);
    let limit = match parameters.value::<usize>("limit", FilterFault::NotALimit { most: MOST }) {
        Some(limit) if (1..=MOST).contains(&limit) => limit,
        Some(_) => {
            parameters.refuse("limit", FilterFault::NotALimit { most: MOST });
            USUAL
        }
        None => USUAL,
    };
    (after, limit)
}

fn filters(parameters: &mut Parameters) -> RegisterFilter {
    RegisterFilter {
        kind: parameters.value("kind", one_of(CertificateKind::ALL.map(CertificateKind::code))),
        definition: parameters.value("definition", FilterFault::NotADefinition),
        version: parameters
            .value::<Version>("version", FilterFault::NotAVersion)
            .map(|version| version.0),
        state: parameters.value("state", one_of(ListedState::ALL.map(ListedState::code))),
        issued_from: parameters
            .value::<From>("issued-from", FilterFault::NotAMoment)
            .map(|from| from.0),
        issued_before: parameters
            .value::<From>("issued-before", FilterFault::NotAMoment)
            .map(|from| from.0),
        decided_from: parameters.value("decided-from", FilterFault::NotADay),
        decided_before: parameters.value("decided-before", FilterFault::NotADay),
        due_by: None,
        erased: parameters.value("erased", FilterFault::NotABoolean),
    }
}

fn one_of<const N: usize>(codes: [&str; N]) -> FilterFault {
    FilterFault::NotOneOf { known: codes.join(", ") }
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
            let expected = Noun::Object;
            faults.push(FieldError::at("/filter", ShapeFault::WrongType { expected }));
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
            (true, _) => parameters.refuse(name, FilterFault::OtherType),
            (false, _) => {
                parameters.refuse(name, FilterFault::Unknown { known: FILTERS.join(", ") });
            }
        }
    }
    let filter = filters(&mut parameters);
    faults.extend(parameters.refused.into_iter().map(|(name, fault)| {
        let name = name.replace('~', "~0").replace('/', "~1");
        FieldError::at(format!("/filter/{name}"), fault)
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
