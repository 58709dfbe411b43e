//! Lists: `@list` containers, `@list` and `@set` objects, and the cells they become in RDF
//! (JSON-LD 1.1 API, sections 5.1.2 and 8.3). The order of a list is signed with it.

use serde_json::Value;

use super::convert::{ActiveProperty, Conversion, Destination, Scope, Shape, at};
use super::dataset::Term;
use super::error::{CanonError, Fault};
use super::pointer::Place;

const RDF_FIRST: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>";
const RDF_REST: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>";
const RDF_NIL: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>";

impl Conversion<'_> {
    /// The value of a term whose container is `@list`.
    pub(super) fn list(
        &mut self,
        value: &Value,
        property: ActiveProperty<'_>,
        scope: Scope<'_>,
        graph: Term,
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        let mut items = Vec::new();
        match value {
            Value::Array(values) => {
                self.enter(place)?;
                for (index, item) in values.iter().enumerate() {
                    let place = Place::Item(place, index);
                    if item.is_array() {
                        if property.scoped_context().is_some() {
                            let feature = "nested lists under a property-scoped context";
                            return Err(at(Fault::Unsupported(feature), &place));
                        }
                        // 5.2.2.
                        items.push(self.list(item, property, scope, graph, &place)?);
                    } else {
                        let mut into = Destination::Item(&mut items);
                        self.element(item, scope, property, graph, &mut into, &place)?;
                    }
                }
                self.depth -= 1;
            }
            Value::Object(members) => {
                let mut into = Destination::Item(&mut items);
                let shape = self.object(members, scope, property, graph, &mut into, place)?;
                if let (Shape::List, [list]) = (shape, items.as_slice()) {
                    return Ok(*list);
                }
            }
            other => {
                let mut into = Destination::Item(&mut items);
                self.element(other, scope, property, graph, &mut into, place)?;
            }
        }
        self.cells(items, graph, place)
    }

    /// The value of `@list` itself (step 13.4.11).
    pub(super) fn list_object(
        &mut self,
        value: &Value,
        property: ActiveProperty<'_>,
        scope: Scope<'_>,
        graph: Term,
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        let again = property.again(scope.active);
        refuse_inner(value, property, again, place)?;
        let mut items = Vec::new();
        let mut into = Destination::Item(&mut items);
        self.element(value, scope, again, graph, &mut into, place)?;
        self.cells(items, graph, place)
    }

    /// List to RDF Conversion (section 8.3).
    fn cells(
        &mut self,
        items: Vec<Term>,
        graph: Term,
        place: &Place<'_>,
    ) -> Result<Term, CanonError> {
        let mut rest = self.write(&[RDF_NIL], place)?;
        if items.is_empty() {
            return Ok(rest);
        }
        let first_predicate = self.write(&[RDF_FIRST], place)?;
        let rest_predicate = self.write(&[RDF_REST], place)?;
        for item in items.into_iter().rev() {
            let cell = self.dataset.fresh_blank();
            self.quad(cell, first_predicate, item, graph, place)?;
            self.quad(cell, rest_predicate, rest, graph, place)?;
            rest = cell;
        }
        Ok(rest)
    }
}

/// Inside an explicit `@list` or `@set` the property is looked up anew. Where that could matter,
/// or arrays stand in arrays, it is refused.
pub(super) fn refuse_inner(
    value: &Value,
    before: ActiveProperty<'_>,
    now: ActiveProperty<'_>,
    place: &Place<'_>,
) -> Result<(), CanonError> {
    if before.scoped_context().is_some() || now.scoped_context().is_some() {
        let feature = "@list or @set under a property-scoped context";
        return Err(at(Fault::Unsupported(feature), place));
    }
    if let Value::Array(items) = value
        && items.iter().any(Value::is_array)
    {
        return Err(at(Fault::Unsupported("arrays within @list or @set"), place));
    }
    Ok(())
}
