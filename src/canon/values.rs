//! Value Expansion and value objects, straight to literals and references (JSON-LD 1.1 API,
//! sections 5.3.2 and 8.2.2). Text with a direction becomes a literal of the i18n namespace.

use serde_json::Value;

use super::context::{ActiveContext, Coercion, Direction, Expansion, TermDefinition};
use super::convert::{Conversion, at};
use super::dataset::Term;
use super::error::{CanonError, Fault};
use super::iri::{self, Keyword};
use super::jcs;
use super::literal::{self, NumberForm};
use super::members::{Members, Object};
use super::pointer::Place;

const RDF_JSON: &str = "^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>";
const RDF_LANG_STRING: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
const XSD_BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";
const XSD_INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
const I18N: &str = "https://www.w3.org/ns/i18n#";

impl Conversion<'_> {
    /// Value Expansion of a string, a number or a boolean.
    pub(super) fn scalar(
        &mut self,
        value: &Value,
        active: &ActiveContext,
        definition: Option<&TermDefinition>,
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        let coercion = definition.map_or(&Coercion::Unset, |definition| &definition.coercion);
        match (coercion, value) {
            // 1, 2.
            (Coercion::Id, Value::String(text)) => self.reference(text, active, false, place),
            (Coercion::Vocab, Value::String(text)) => self.reference(text, active, true, place),
            // 4.
            (Coercion::Datatype(datatype), value) => self.typed(value, Some(datatype), place),
            (Coercion::Json, value) => self.json_literal(value, place),
            // 5.
            (_, Value::String(text)) => {
                let language = definition.and_then(|d| d.language.as_ref());
                let language = language.unwrap_or(&active.language).as_deref();
                let direction = definition.and_then(|d| d.direction).unwrap_or(active.direction);
                self.text(text, language, direction, place)
            }
            (_, value) => self.typed(value, None, place),
        }
    }

    /// A value object (steps 13.4.7 to 13.4.9 and 15 of Expansion).
    pub(super) fn value_object(
        &mut self,
        object: &Object<'_, '_>,
        members: &Members<'_, '_>,
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        const INVALID: Fault = Fault::Processing("invalid value object");
        let Some((name, value)) = members.value else { return Err(at(INVALID, place)) };
        if !members.only_value() {
            return Err(at(INVALID, place));
        }
        let value_place = Place::Member(place, name);
        let typed = match (members.types, object.types.as_slice()) {
            (None, _) => None,
            (Some((_, Value::String(_))), [name]) => Some(*name),
            (Some((name, _)), _) => {
                let place = Place::Member(place, name);
                return Err(at(Fault::Processing("invalid typed value"), &place));
            }
        };
        if let Some(name) = typed {
            if members.language.is_some() || members.direction.is_some() {
                return Err(at(INVALID, place));
            }
            return match object.type_scoped.expand(name, true) {
                Expansion::Keyword(Keyword::Json) => self.json_literal(value, &value_place),
                Expansion::Iri(datatype) if iri::is_absolute(&datatype) => {
                    self.typed(value, Some(&datatype), &value_place)
                }
                _ => Err(at(Fault::UndefinedType, place)),
            };
        }
        let language = match members.language {
            None => None,
            Some((name, Value::String(tag))) => {
                if !iri::is_language_tag(tag) {
                    return Err(at(Fault::InvalidLanguage, &Place::Member(place, name)));
                }
                Some(tag.to_ascii_lowercase())
            }
            Some((name, _)) => {
                let fault = Fault::Processing("invalid language-tagged string");
                return Err(at(fault, &Place::Member(place, name)));
            }
        };
        let direction = match members.direction {
            None => None,
            Some((name, value)) => {
                let direction = value.as_str().and_then(Direction::parse);
                let fault = Fault::Processing("invalid base direction");
                Some(direction.ok_or_else(|| at(fault, &Place::Member(place, name)))?)
            }
        };
        match value {
            Value::String(text) => self.text(text, language.as_deref(), direction, &value_place),
            other if language.is_none() && direction.is_none() => {
                self.typed(other, None, &value_place)
            }
            _ => Err(at(Fault::Processing("invalid language-tagged value"), &value_place)),
        }
    }

    /// A string with the language and the direction that hold for it.
    fn text(
        &mut self,
        text: &str,
        language: Option<&str>,
        direction: Option<Direction>,
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        match (language, direction) {
            (None, None) => self.literal(text, &[], place),
            (Some(tag), None) => self.literal(text, &["@", tag], place),
            (tag, Some(direction)) => {
                let tag = tag.unwrap_or_default();
                self.literal(text, &["^^<", I18N, tag, "_", direction.as_str(), ">"], place)
            }
        }
    }

    /// A native value with the datatype that holds for it.
    fn typed(
        &mut self,
        value: &Value,
        datatype: Option<&str>,
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        let written;
        let (lexical, native) = match value {
            // Some processors write such a string as a number.
            Value::String(text)
                if datatype == Some(literal::XSD_DOUBLE) && !literal::is_canonical_double(text) =>
            {
                return Err(at(Fault::UncertainNumber, place));
            }
            Value::String(text) => (text.as_str(), literal::XSD_STRING),
            Value::Bool(_) if datatype == Some(literal::XSD_DOUBLE) => {
                return Err(at(Fault::UncertainNumber, place));
            }
            Value::Bool(true) => ("true", XSD_BOOLEAN),
            Value::Bool(false) => ("false", XSD_BOOLEAN),
            Value::Number(number) => {
                let double = datatype == Some(literal::XSD_DOUBLE);
                let (text, form) =
                    literal::number(number, double).map_err(|fault| at(fault, place))?;
                written = text;
                match form {
                    NumberForm::Integer => (written.as_str(), XSD_INTEGER),
                    NumberForm::Double => (written.as_str(), literal::XSD_DOUBLE),
                }
            }
            Value::Null => return Err(at(Fault::NullValue, place)),
            Value::Array(_) | Value::Object(_) => {
                return Err(at(Fault::Processing("invalid value object value"), place));
            }
        };
        match datatype.unwrap_or(native) {
            literal::XSD_STRING => self.literal(lexical, &[], place),
            // Without a language there is no such literal.
            RDF_LANG_STRING => Err(at(Fault::Processing("invalid typed value"), place)),
            datatype => self.literal(lexical, &["^^<", datatype, ">"], place),
        }
    }

    /// A JSON literal: RFC 8785 is its canonical form.
    pub(super) fn json_literal(
        &mut self,
        value: &Value,
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        let text = jcs::to_string(value).map_err(|_| at(Fault::UncertainNumber, place))?;
        self.literal(&text, &[RDF_JSON], place)
    }

    /// An IRI or blank node by name; relative to the vocabulary or not at all.
    pub(super) fn reference(
        &mut self,
        text: &str,
        active: &ActiveContext,
        vocab: bool,
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        match active.expand(text, vocab) {
            Expansion::Iri(iri) if iri::is_absolute(&iri) => self.write(&["<", &iri, ">"], place),
            Expansion::Blank(label) if is_blank_label(label) => Ok(self.labelled_blank(label)),
            Expansion::Reserved | Expansion::Keyword(_) => Err(at(Fault::Reserved, place)),
            _ => Err(at(Fault::RelativeIri, place)),
        }
    }

    /// A type by name (step 13.4.4.4): in the context before any type changed it.
    pub(super) fn type_reference(
        &mut self,
        name: &str,
        type_scoped: &ActiveContext,
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        self.reference(name, type_scoped, true, place).map_err(|error| match error.fault {
            Fault::RelativeIri => at(Fault::UndefinedType, place),
            _ => error,
        })
    }

    fn literal(
        &mut self,
        lexical: &str,
        suffix: &[&str],
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        self.dataset.literal(lexical, suffix).map_err(|fault| at(fault, place))
    }
}

/// Whether a blank node identifier can stand in N-Quads (stricter: its ASCII part).
fn is_blank_label(label: &str) -> bool {
    label.strip_prefix("_:").is_some_and(|name| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        !name.is_empty() && !name.starts_with('-') && name.bytes().all(plain)
    })
}
