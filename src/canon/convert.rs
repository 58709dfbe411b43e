//! JSON-LD to RDF in one pass: Expansion, Node Map Generation and Deserialize JSON-LD to RDF
//! (JSON-LD 1.1 API, sections 5.1.2, 7.2.2 and 8.1.2) without the documents in between.
//!
//! Always in safe mode: what those algorithms would drop, or leave relative to a base IRI, is a
//! fault with its place. Step numbers are those of section 5.1.2. Not supported, and refused:
//! `@index`, `@reverse`, `@included`, `@nest`, `null`, documents that are not one object.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::context::{ActiveContext, Coercion, Container, Expansion, Reached};
use super::context::{ScopedBy, TermDefinition};
use super::dataset::{Dataset, Quad, Term};
use super::error::{CanonError, Fault};
use super::iri::{self, Keyword};
use super::lists::refuse_inner;
use super::members::{Members, Object, Property, type_member, type_values};
use super::pointer::Place;
use super::processing::ContextWork;
use super::set::ContextSet;

/// Levels of nesting of a document.
const MAX_DEPTH: usize = 64;
/// Types of one object that bring a context of their own.
const MAX_SCOPING_TYPES: usize = 6;

const RDF_TYPE: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";

/// The active context at a place, with the one that a type-scoped context leads back to.
#[derive(Clone, Copy)]
pub(super) struct Scope<'c> {
    pub(super) active: &'c ActiveContext,
    pub(super) previous: Option<&'c ActiveContext>,
}

/// The active property of Expansion.
#[derive(Clone, Copy)]
pub(super) enum ActiveProperty<'p> {
    /// null: the document itself.
    Document,
    /// `@graph`.
    Graph,
    /// A term, or an IRI without definition.
    Term { name: &'p str, definition: Option<&'p TermDefinition> },
}

impl<'p> ActiveProperty<'p> {
    pub(super) fn definition(self) -> Option<&'p TermDefinition> {
        match self {
            Self::Term { definition, .. } => definition,
            Self::Document | Self::Graph => None,
        }
    }

    /// The same property, as another active context has it.
    pub(super) fn again(self, active: &'p ActiveContext) -> Self {
        match self {
            Self::Term { name, .. } => Self::Term { name, definition: active.definition(name) },
            other => other,
        }
    }

    pub(super) fn scoped_context(self) -> Option<(&'p str, &'p Arc<Value>)> {
        match self {
            Self::Term { name, definition: Some(definition) } => {
                definition.context.as_ref().map(|context| (name, context))
            }
            _ => None,
        }
    }
}

/// Where an expanded value goes.
pub(super) enum Destination<'d> {
    /// It stands on its own: the document, or a member of a graph.
    Nowhere,
    /// The object of a quad.
    Object { subject: Term, predicate: Term },
    /// The content of a graph of its own, which is the object of a quad (a graph container).
    OwnGraph { subject: Term, predicate: Term },
    /// An item of a list.
    Item(&'d mut Vec<Term>),
}

/// What an object turned out to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Node,
    Value,
    List,
    Set,
}

/// One conversion of one document.
pub(super) struct Conversion<'e> {
    set: &'e ContextSet,
    work: ContextWork,
    pub(super) dataset: Dataset,
    labels: FxHashMap<Box<str>, Term>,
    pub(super) depth: usize,
    rdf_type: Term,
}

impl<'e> Conversion<'e> {
    /// A conversion with the contexts of a set.
    pub(super) fn new(set: &'e ContextSet, work: ContextWork) -> Result<Self, CanonError> {
        let mut dataset = Dataset::new();
        let rdf_type =
            dataset.term(&[RDF_TYPE]).map_err(|fault| CanonError::new(fault, String::new()))?;
        Ok(Self { set, work, dataset, labels: FxHashMap::default(), depth: 0, rdf_type })
    }

    /// Converts a document; `root` is what its `@context` makes of the empty context, and `omit`
    /// names members of the document itself that are left out.
    pub(super) fn document(
        &mut self,
        members: &Map<String, Value>,
        root: &ActiveContext,
        omit: &[&str],
    ) -> Result<(), CanonError> {
        let scope = Scope { active: root, previous: None };
        let mut nowhere = Destination::Nowhere;
        let property = ActiveProperty::Document;
        let graph = Term::DefaultGraph;
        let place = Place::Root;
        self.in_context(members, omit, scope, property, graph, &mut nowhere, &place)?;
        Ok(())
    }

    /// Expansion of an element under a property (steps 1 to 6).
    pub(super) fn element(
        &mut self,
        element: &Value,
        scope: Scope<'_>,
        property: ActiveProperty<'_>,
        graph: Term,
        destination: &mut Destination<'_>,
        place: &Place<'_>,
    ) -> Result<(), CanonError> {
        match element {
            // 1.
            Value::Null => Err(at(Fault::NullValue, place)),
            // 5. Nested arrays outside lists are one array.
            Value::Array(items) => {
                self.enter(place)?;
                for (index, item) in items.iter().enumerate() {
                    let place = Place::Item(place, index);
                    if item.is_array() && property.scoped_context().is_some() {
                        let feature = "arrays in arrays under a property-scoped context";
                        return Err(at(Fault::Unsupported(feature), &place));
                    }
                    self.element(item, scope, property, graph, destination, &place)?;
                }
                self.depth -= 1;
                Ok(())
            }
            // 6.
            Value::Object(members) => {
                self.object(members, scope, property, graph, destination, place).map(|_| ())
            }
            // 4.
            scalar => {
                if matches!(property, ActiveProperty::Document | ActiveProperty::Graph)
                    || matches!(destination, Destination::OwnGraph { .. })
                {
                    return Err(at(Fault::Dropped, place));
                }
                let object = match property.scoped_context() {
                    None => self.scalar(scalar, scope.active, property.definition(), place)?,
                    // 4.2.
                    Some((name, source)) => {
                        let active =
                            self.reach(scope.active, ScopedBy::Property, name, source, place)?;
                        self.scalar(scalar, &active, active.definition(name), place)?
                    }
                };
                self.put(destination, object, graph, place)
            }
        }
    }

    /// Expansion of an object: the contexts that hold in it (steps 7 to 9).
    pub(super) fn object(
        &mut self,
        members: &Map<String, Value>,
        scope: Scope<'_>,
        property: ActiveProperty<'_>,
        graph: Term,
        destination: &mut Destination<'_>,
        place: &Place<'_>,
    ) -> Result<Shape, CanonError> {
        self.enter(place)?;
        let Scope { mut active, mut previous } = scope;
        // 7.
        if let Some(earlier) = previous {
            let mut keywords = members.keys().map(|name| active.keyword(name));
            let is_value = keywords.clone().any(|keyword| keyword == Some(Keyword::Value));
            let only_id = members.len() == 1 && keywords.next() == Some(Some(Keyword::Id));
            if !is_value && !only_id {
                active = earlier;
                previous = None;
            }
        }
        // 8.
        let by_property;
        if let Some((name, source)) = property.scoped_context() {
            by_property = self.reach(active, ScopedBy::Property, name, source, place)?;
            active = &by_property;
        }
        // 9.
        let embedded;
        if let Some(local) = members.get("@context") {
            let place = Place::Member(place, "@context");
            embedded = self.set.embedded(active, local, &mut self.work, &place)?;
            active = &embedded;
        }
        let scope = Scope { active, previous };
        let shape = self.in_context(members, &[], scope, property, graph, destination, place)?;
        self.depth -= 1;
        Ok(shape)
    }

    /// Expansion of an object in its context (steps 10 and 11).
    #[expect(clippy::too_many_arguments, reason = "the standard's algorithm has as many")]
    fn in_context(
        &mut self,
        members: &Map<String, Value>,
        omit: &[&str],
        scope: Scope<'_>,
        property: ActiveProperty<'_>,
        graph: Term,
        destination: &mut Destination<'_>,
        place: &Place<'_>,
    ) -> Result<Shape, CanonError> {
        // 10.
        let type_scoped = scope.active;
        let type_name = type_member(members, omit, type_scoped, place)?;
        let mut types = Vec::new();
        if let Some((name, value)) = type_name {
            type_values(value, &mut types, &Place::Member(place, name))?;
        }
        let type_name = type_name.map(|(name, _)| name);
        let has_context = |name: &&&str| {
            type_scoped.definition(name).is_some_and(|definition| definition.context.is_some())
        };
        // 11. With one member for the types, their order is that of the types alone.
        let mut scoping: Vec<&str> = types.iter().filter(has_context).copied().collect();
        scoping.sort_unstable();
        if scoping.len() > MAX_SCOPING_TYPES {
            return Err(at(Fault::Limit("types with contexts of their own"), place));
        }
        let object = Object { members, omit, types, type_name, type_scoped, property };
        self.in_types(&object, &scoping, scope, graph, destination, place)
    }

    /// Applies the contexts of the types that are left, then expands the content (step 11.2).
    fn in_types(
        &mut self,
        object: &Object<'_, '_>,
        scoping: &[&str],
        scope: Scope<'_>,
        graph: Term,
        destination: &mut Destination<'_>,
        place: &Place<'_>,
    ) -> Result<Shape, CanonError> {
        let Some((name, rest)) = scoping.split_first() else {
            return self.content(object, scope, graph, destination, place);
        };
        let source = object.type_scoped.definition(name).and_then(|d| d.context.as_ref());
        let Some(source) = source else {
            return self.in_types(object, rest, scope, graph, destination, place);
        };
        let active = self.reach(scope.active, ScopedBy::Type, name, source, place)?;
        // Context Processing, step 3.
        let previous = Some(scope.previous.unwrap_or(object.type_scoped));
        let scope = Scope { active: &active, previous };
        self.in_types(object, rest, scope, graph, destination, place)
    }

    /// The members of an object, each for what it is (steps 13 to 19).
    fn content(
        &mut self,
        object: &Object<'_, '_>,
        scope: Scope<'_>,
        graph: Term,
        destination: &mut Destination<'_>,
        place: &Place<'_>,
    ) -> Result<Shape, CanonError> {
        let members = Members::sort(object, scope.active, place)?;
        let alone = matches!(destination, Destination::Nowhere | Destination::OwnGraph { .. });
        if members.value.is_some() {
            if alone {
                return Err(at(Fault::Dropped, place));
            }
            let term = self.value_object(object, &members, place)?;
            self.put(destination, term, graph, place)?;
            return Ok(Shape::Value);
        }
        // 18 and members of a value object without a value.
        if members.language.is_some() || members.direction.is_some() {
            return Err(at(Fault::Dropped, place));
        }
        if let Some((name, value)) = members.list.or(members.set) {
            // 17.
            if !members.only_list_or_set() || !object.types.is_empty() {
                return Err(at(Fault::Processing("invalid set or list object"), place));
            }
            if alone {
                return Err(at(Fault::Dropped, place));
            }
            let place = Place::Member(place, name);
            // Known processors make a list of it, or not.
            if members.set.is_some() && matches!(destination, Destination::Item(_)) {
                return Err(at(Fault::Unsupported("@set within a list"), &place));
            }
            return if members.list.is_some() {
                let list = self.list_object(value, object.property, scope, graph, &place)?;
                self.put(destination, list, graph, &place)?;
                Ok(Shape::List)
            } else {
                let property = object.property.again(scope.active);
                refuse_inner(value, object.property, property, &place)?;
                self.element(value, scope, property, graph, destination, &place)?;
                Ok(Shape::Set)
            };
        }
        self.node(object, &members, scope, graph, destination, place)?;
        Ok(Shape::Node)
    }

    /// A node object: Node Map Generation and its quads (sections 7.2.2 and 8.1.2).
    fn node(
        &mut self,
        object: &Object<'_, '_>,
        members: &Members<'_, '_>,
        scope: Scope<'_>,
        graph: Term,
        destination: &mut Destination<'_>,
        place: &Place<'_>,
    ) -> Result<(), CanonError> {
        let subject = match members.id {
            None => self.dataset.fresh_blank(),
            Some((name, value)) => {
                let place = Place::Member(place, name);
                match value {
                    Value::String(id) => self.reference(id, scope.active, false, &place)?,
                    Value::Null => return Err(at(Fault::NullValue, &place)),
                    _ => return Err(at(Fault::Processing("invalid @id value"), &place)),
                }
            }
        };
        let mut inside = graph;
        if let Destination::OwnGraph { subject, predicate } = destination {
            inside = self.dataset.fresh_blank();
            self.quad(*subject, *predicate, inside, graph, place)?;
        } else {
            self.put(destination, subject, graph, place)?;
        }
        let before = self.dataset.quads.len();
        if let Some(name) = object.type_name {
            let place = Place::Member(place, name);
            for name in &object.types {
                let object = self.type_reference(name, object.type_scoped, &place)?;
                self.quad(subject, self.rdf_type, object, inside, &place)?;
            }
        }
        for property in &members.properties {
            let place = Place::Member(place, property.name);
            let predicate = match property.definition {
                Some(definition) => self.write(&[&definition.predicate], &place)?,
                None => match scope.active.expand(property.name, true) {
                    Expansion::Iri(iri) if iri::is_absolute(&iri) => {
                        self.write(&["<", &iri, ">"], &place)?
                    }
                    _ => return Err(at(Fault::UndefinedTerm, &place)),
                },
            };
            self.property(property, subject, predicate, scope, inside, &place)?;
        }
        if let Some((name, value)) = members.graph {
            let place = Place::Member(place, name);
            // A document that is nothing but a graph is the default graph.
            let document = matches!(object.property, ActiveProperty::Document);
            let only = document && members.only_graph() && object.types.is_empty();
            let graph_name = if only { inside } else { subject };
            self.graph(value, scope, graph_name, &place)?;
        }
        // 19: what stands on its own and says nothing.
        let alone = matches!(destination, Destination::Nowhere | Destination::OwnGraph { .. });
        if alone && self.dataset.quads.len() == before {
            return Err(at(Fault::Dropped, place));
        }
        Ok(())
    }

    /// The values of one property (steps 13.5 to 13.13).
    fn property(
        &mut self,
        property: &Property<'_, '_>,
        subject: Term,
        predicate: Term,
        scope: Scope<'_>,
        graph: Term,
        place: &Place<'_>,
    ) -> Result<(), CanonError> {
        let Property { name, value, definition } = *property;
        let active_property = ActiveProperty::Term { name, definition };
        let container = definition.map_or(Container::default(), |d| d.container);
        // 13.6.
        if definition.is_some_and(|d| d.coercion == Coercion::Json) {
            let object = self.json_literal(value, place)?;
            return self.quad(subject, predicate, object, graph, place);
        }
        // 13.11.
        if container.list {
            let object = self.list(value, active_property, scope, graph, place)?;
            return self.quad(subject, predicate, object, graph, place);
        }
        let mut destination = if container.graph {
            // 13.12.
            Destination::OwnGraph { subject, predicate }
        } else {
            Destination::Object { subject, predicate }
        };
        self.element(value, scope, active_property, graph, &mut destination, place)
    }

    /// The members of a graph (step 13.4.5).
    fn graph(
        &mut self,
        value: &Value,
        scope: Scope<'_>,
        graph: Term,
        place: &Place<'_>,
    ) -> Result<(), CanonError> {
        let mut nowhere = Destination::Nowhere;
        self.element(value, scope, ActiveProperty::Graph, graph, &mut nowhere, place)
    }

    /// The context that a scoped context makes of an active one; processed at most once for
    /// bundled contexts.
    fn reach<'c>(
        &mut self,
        active: &'c ActiveContext,
        by: ScopedBy,
        term: &str,
        source: &Arc<Value>,
        place: &Place<'_>,
    ) -> Result<Reached<'c>, CanonError> {
        self.set.scoped(active, by, term, source, &mut self.work).map_err(|fault| at(fault, place))
    }

    pub(super) fn enter(&mut self, place: &Place<'_>) -> Result<(), CanonError> {
        if self.depth >= MAX_DEPTH {
            return Err(at(Fault::Limit("levels"), place));
        }
        self.depth += 1;
        Ok(())
    }

    pub(super) fn put(
        &mut self,
        destination: &mut Destination<'_>,
        object: Term,
        graph: Term,
        place: &Place<'_>,
    ) -> Result<(), CanonError> {
        match destination {
            Destination::Nowhere => Ok(()),
            Destination::Object { subject, predicate } => {
                self.quad(*subject, *predicate, object, graph, place)
            }
            Destination::Item(items) => {
                items.push(object);
                Ok(())
            }
            Destination::OwnGraph { .. } => Err(at(Fault::Dropped, place)),
        }
    }

    pub(super) fn quad(
        &mut self,
        subject: Term,
        predicate: Term,
        object: Term,
        graph: Term,
        place: &Place<'_>,
    ) -> Result<(), CanonError> {
        self.dataset
            .push(Quad { subject, predicate, object, graph })
            .map_err(|fault| at(fault, place))
    }

    pub(super) fn write(&mut self, parts: &[&str], place: &Place<'_>) -> Result<Term, CanonError> {
        self.dataset.term(parts).map_err(|fault| at(fault, place))
    }

    /// A blank node of the document, by its identifier there.
    pub(super) fn labelled_blank(&mut self, label: &str) -> Term {
        if let Some(known) = self.labels.get(label) {
            return *known;
        }
        let blank = self.dataset.fresh_blank();
        self.labels.insert(label.into(), blank);
        blank
    }
}

/// A fault with its place.
pub(super) fn at(fault: Fault, place: &Place<'_>) -> CanonError {
    CanonError::new(fault, place.pointer())
}
