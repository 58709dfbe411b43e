//! The members of an object, sorted by what their names expand to (JSON-LD 1.1 API, section 5.1.2,
//! steps 11 and 13.1 to 13.4). It reads names; values are the business of `convert`.

use serde_json::{Map, Value};

use super::context::{ActiveContext, Expansion, Mapping, TermDefinition};
use super::convert::{ActiveProperty, at};
use super::error::{CanonError, Fault};
use super::iri::Keyword;
use super::pointer::Place;

/// A member that is a property.
pub(super) struct Property<'d, 'c> {
    pub(super) name: &'d str,
    pub(super) value: &'d Value,
    pub(super) definition: Option<&'c TermDefinition>,
}

/// The members of an object by what they expand to.
#[derive(Default)]
pub(super) struct Members<'d, 'c> {
    pub(super) id: Option<(&'d str, &'d Value)>,
    pub(super) types: Option<(&'d str, &'d Value)>,
    pub(super) value: Option<(&'d str, &'d Value)>,
    pub(super) language: Option<(&'d str, &'d Value)>,
    pub(super) direction: Option<(&'d str, &'d Value)>,
    pub(super) graph: Option<(&'d str, &'d Value)>,
    pub(super) list: Option<(&'d str, &'d Value)>,
    pub(super) set: Option<(&'d str, &'d Value)>,
    pub(super) properties: Vec<Property<'d, 'c>>,
}

/// An object on its way through Expansion.
pub(super) struct Object<'d, 'c> {
    pub(super) members: &'d Map<String, Value>,
    pub(super) omit: &'d [&'d str],
    /// The values of its `@type`.
    pub(super) types: Vec<&'d str>,
    /// The name of the member that is its `@type`.
    pub(super) type_name: Option<&'d str>,
    /// The context in which its types are read.
    pub(super) type_scoped: &'c ActiveContext,
    pub(super) property: ActiveProperty<'c>,
}

impl<'d, 'c> Members<'d, 'c> {
    /// Sorts the members of an object by what their names expand to (steps 13.1 to 13.4).
    pub(super) fn sort(
        object: &Object<'d, '_>,
        active: &'c ActiveContext,
        place: &Place<'_>,
    ) -> Result<Self, CanonError> {
        let mut sorted =
            Self { properties: Vec::with_capacity(object.members.len()), ..Self::default() };
        for (name, value) in object.members {
            let name = name.as_str();
            let keyword = match active.definition(name) {
                Some(definition) => match &definition.mapping {
                    Mapping::Iri(_) => {
                        if !object.omit.contains(&name) {
                            let definition = Some(definition);
                            sorted.properties.push(Property { name, value, definition });
                        }
                        continue;
                    }
                    Mapping::Keyword(keyword) => *keyword,
                    Mapping::Null => {
                        return Err(at(Fault::UndefinedTerm, &Place::Member(place, name)));
                    }
                },
                None => match active.expand(name, true) {
                    Expansion::Keyword(keyword) => keyword,
                    _ if object.omit.contains(&name) => continue,
                    Expansion::Iri(_) => {
                        sorted.properties.push(Property { name, value, definition: None });
                        continue;
                    }
                    other => {
                        let fault = match other {
                            Expansion::Reserved => Fault::Reserved,
                            Expansion::Blank(_) => Fault::Unsupported("blank node predicates"),
                            _ => Fault::UndefinedTerm,
                        };
                        return Err(at(fault, &Place::Member(place, name)));
                    }
                },
            };
            if keyword == Keyword::Context || object.omit.contains(&name) {
                continue;
            }
            sorted.keyword(keyword, name, value, &Place::Member(place, name))?;
        }
        // A type-scoped context that renames `@type` would have the types read twice.
        if sorted.types.map(|(name, _)| name) != object.type_name {
            return Err(at(Fault::Unsupported("a type-scoped context that renames @type"), place));
        }
        Ok(sorted)
    }

    fn keyword(
        &mut self,
        keyword: Keyword,
        name: &'d str,
        value: &'d Value,
        place: &Place<'_>,
    ) -> Result<(), CanonError> {
        let slot = match keyword {
            Keyword::Id => &mut self.id,
            Keyword::Type => &mut self.types,
            Keyword::Value => &mut self.value,
            Keyword::Language => &mut self.language,
            Keyword::Direction => &mut self.direction,
            Keyword::Graph => &mut self.graph,
            Keyword::List => &mut self.list,
            Keyword::Set => &mut self.set,
            Keyword::Context | Keyword::Json | Keyword::None | Keyword::Vocab | Keyword::Other => {
                return Err(at(Fault::Unsupported("this keyword in a document"), place));
            }
        };
        // 13.4.2.
        if slot.replace((name, value)).is_some() {
            return Err(at(Fault::Processing("colliding keywords"), place));
        }
        Ok(())
    }

    pub(super) fn only_list_or_set(&self) -> bool {
        self.properties.is_empty()
            && self.id.is_none()
            && self.graph.is_none()
            && self.list.is_some() != self.set.is_some()
    }

    pub(super) fn only_value(&self) -> bool {
        self.properties.is_empty()
            && self.id.is_none()
            && self.graph.is_none()
            && self.list.is_none()
            && self.set.is_none()
    }

    pub(super) fn only_graph(&self) -> bool {
        self.properties.is_empty() && self.id.is_none()
    }
}

/// The one member whose name expands to `@type`.
pub(super) fn type_member<'d>(
    members: &'d Map<String, Value>,
    omit: &[&str],
    active: &ActiveContext,
    place: &Place<'_>,
) -> Result<Option<(&'d str, &'d Value)>, CanonError> {
    let mut found = None;
    for (name, value) in members {
        if active.keyword(name) == Some(Keyword::Type) && !omit.contains(&name.as_str()) {
            if found.is_some() {
                let feature = "more than one member for @type";
                return Err(at(Fault::Unsupported(feature), &Place::Member(place, name)));
            }
            found = Some((name.as_str(), value));
        }
    }
    Ok(found)
}

/// The values of `@type` (step 13.4.4.1).
pub(super) fn type_values<'d>(
    value: &'d Value,
    types: &mut Vec<&'d str>,
    place: &Place<'_>,
) -> Result<(), CanonError> {
    let values = match value {
        Value::Array(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    for value in values {
        match value {
            Value::String(name) => types.push(name),
            Value::Null => return Err(at(Fault::NullValue, place)),
            _ => return Err(at(Fault::Processing("invalid type value"), place)),
        }
    }
    Ok(())
}
