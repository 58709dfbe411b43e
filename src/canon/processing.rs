//! Context Processing and Create Term Definition (JSON-LD 1.1 API, sections 4.1.2 and 4.2.2).
//!
//! Steps carry the standard's numbers. Left out, and refused where they occur: `@base`, `@import`,
//! `@propagate`, `@reverse`, `@nest`, `@index`, redefinition of `@type`, terms that are blank
//! nodes, containers other than `@list`, `@set` and `@graph`. Nothing is ever fetched.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::context::{
    ActiveContext, Coercion, Container, Direction, Expansion, Mapping, ScopedBy, TermDefinition,
};
use super::error::Fault;
use super::iri::{self, Keyword};

/// Contexts that one context may name, one within the other.
const MAX_REMOTE: usize = 8;
/// Terms that may be defined one for the sake of the other.
const MAX_DEPENDENCY: usize = 32;
/// Steps of derivation from the empty context.
const MAX_GENERATION: usize = 200;
/// Items of one `@context` array.
const MAX_CONTEXTS: usize = 32;

/// What processing contexts may cost: terms defined or copied. Bounds memory and time.
#[derive(Debug)]
pub(super) struct ContextWork {
    remaining: usize,
}

impl ContextWork {
    /// The allowance for one document.
    pub(super) fn for_document() -> Self {
        Self { remaining: 300_000 }
    }

    fn spend(&mut self, amount: usize) -> Result<(), Fault> {
        self.remaining =
            self.remaining.checked_sub(amount).ok_or(Fault::Limit("context definitions"))?;
        Ok(())
    }
}

/// How a local context is to be processed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// Protected terms may be redefined, and the context set back to nothing.
    pub(super) override_protected: bool,
    /// Reached by a type: does not propagate.
    pub(super) by_type: bool,
    /// Every scoped context is processed once at its definition, as the standard asks. Not needed
    /// for bundled documents.
    pub(super) validate_scoped: bool,
}

impl Manner {
    /// A context embedded in a document.
    pub(super) const EMBEDDED: Self =
        Self { override_protected: false, by_type: false, validate_scoped: true };

    /// A scoped context.
    pub(super) fn scoped(by: ScopedBy) -> Self {
        let property = by == ScopedBy::Property;
        Self { override_protected: property, by_type: !property, validate_scoped: false }
    }
}

/// Processes local contexts against active ones.
pub(super) struct Processor<'s> {
    /// The values of `@context` of the bundled documents, by URL.
    pub(super) documents: &'s FxHashMap<&'static str, Value>,
    pub(super) work: &'s mut ContextWork,
}

impl Processor<'_> {
    /// Context Processing: the active context that `local` makes of `active`.
    pub(super) fn process(
        &mut self,
        active: &ActiveContext,
        local: &Value,
        manner: Manner,
    ) -> Result<ActiveContext, Fault> {
        let mut result = self.step(active, local, manner, 0)?;
        result.generation = active.generation + 1;
        if result.generation > MAX_GENERATION {
            return Err(Fault::Limit("scoped contexts"));
        }
        result.seal();
        Ok(result)
    }

    /// `depth` counts the contexts that this one was reached through.
    fn step(
        &mut self,
        active: &ActiveContext,
        local: &Value,
        manner: Manner,
        depth: usize,
    ) -> Result<ActiveContext, Fault> {
        if depth > MAX_REMOTE {
            return Err(Fault::Processing("context overflow"));
        }
        self.work.spend(active.terms.len() + 1)?;
        // 1.
        let mut result = active.descendant();
        // 4.
        let contexts = match local {
            Value::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        if contexts.len() > MAX_CONTEXTS {
            return Err(Fault::Limit("contexts"));
        }
        // 5.
        for (index, context) in contexts.iter().enumerate() {
            match context {
                // 5.1. Stricter than the standard: what this array itself protected counts too.
                Value::Null => {
                    if !manner.override_protected
                        && (active.has_protected_terms() || result.has_protected_terms())
                    {
                        return Err(Fault::Processing("invalid context nullification"));
                    }
                    // The standard would then make what stood before in the array the previous
                    // context of the node's children: no document means that.
                    if manner.by_type && index > 0 {
                        return Err(Fault::Unsupported("null after another type-scoped context"));
                    }
                    let lasting = result.lasting;
                    result = ActiveContext::empty(lasting);
                }
                // 5.2. Relative references are not resolved: such a URL is not bundled.
                Value::String(url) => {
                    result = self.remote(&result, url, manner, depth)?;
                }
                // A context document put where its content belongs, as some processors take it.
                Value::Object(members)
                    if members.len() == 1 && manner.validate_scoped && local.is_array() =>
                {
                    match members.get("@context") {
                        Some(inner @ (Value::String(_) | Value::Object(_))) => {
                            result = self.step(&result, inner, manner, depth + 1)?;
                        }
                        Some(_) => return Err(Fault::Processing("invalid local context")),
                        None => self.definition(&mut result, members, manner)?,
                    }
                }
                Value::Object(members) => self.definition(&mut result, members, manner)?,
                // 5.3.
                _ => return Err(Fault::Processing("invalid local context")),
            }
        }
        Ok(result)
    }

    /// 5.2.4 to 5.2.6: a context document, by URL. It overrides nothing that is protected.
    fn remote(
        &mut self,
        active: &ActiveContext,
        url: &str,
        manner: Manner,
        depth: usize,
    ) -> Result<ActiveContext, Fault> {
        let documents = self.documents;
        let loaded =
            documents.get(url).ok_or_else(|| Fault::ContextNotBundled { url: url.to_owned() })?;
        let inner = Manner { override_protected: false, validate_scoped: false, ..manner };
        self.step(active, loaded, inner, depth + 1)
    }

    /// 5.4 to 5.13: a context definition.
    fn definition(
        &mut self,
        result: &mut ActiveContext,
        members: &Map<String, Value>,
        manner: Manner,
    ) -> Result<(), Fault> {
        let mut protected = false;
        for (key, value) in members {
            match key.as_str() {
                // 5.5.
                "@version" if value.as_f64() != Some(1.1) => {
                    return Err(Fault::Processing("invalid @version value"));
                }
                "@version" | "@vocab" | "@language" | "@direction" => {}
                // 5.7. Always refused: it gives relative names a meaning without an error.
                "@base" => return Err(Fault::ContextRefused("@base")),
                "@import" => return Err(Fault::Unsupported("@import")),
                "@propagate" => return Err(Fault::Unsupported("@propagate")),
                "@protected" => {
                    protected =
                        value.as_bool().ok_or(Fault::Processing("invalid @protected value"))?;
                }
                _ if key.starts_with('@') => {
                    return Err(match Keyword::parse(key) {
                        Some(Keyword::Type) => Fault::Unsupported("redefinition of @type"),
                        Some(_) => Fault::Processing("keyword redefinition"),
                        None => Fault::Reserved,
                    });
                }
                _ => {}
            }
        }
        // 5.8. Only an absolute IRI that no term or prefix could change.
        match members.get("@vocab") {
            None => {}
            Some(Value::Null) => result.vocabulary = None,
            Some(Value::String(text)) => {
                let scheme = text.split(':').next().unwrap_or_default();
                let plain = iri::is_absolute(text)
                    && result.definition(text).is_none()
                    && result.definition(scheme).is_none();
                if !plain {
                    return Err(Fault::Processing("invalid vocab mapping"));
                }
                result.vocabulary = Some(text.as_str().into());
            }
            Some(_) => return Err(Fault::Processing("invalid vocab mapping")),
        }
        // 5.9.
        match members.get("@language") {
            None => {}
            Some(Value::Null) => result.language = None,
            Some(value) => result.language = Some(language(value, "invalid default language")?),
        }
        // 5.10.
        match members.get("@direction") {
            None => {}
            Some(Value::Null) => result.direction = None,
            // Known processors lose it when a further context follows.
            Some(value) => {
                direction(value)?;
                return Err(Fault::Unsupported("@direction for a whole context"));
            }
        }
        // 5.12, 5.13.
        self.work.spend(members.len())?;
        let mut definer = Definer {
            result,
            local: members,
            defined: FxHashMap::default(),
            protected,
            override_protected: manner.override_protected,
            depth: 0,
        };
        for key in members.keys() {
            if !key.starts_with('@') {
                definer.define(key)?;
            }
        }
        // 4.2.2, 21.3: a scoped context must be processable where it is defined.
        if manner.validate_scoped {
            for (key, value) in members {
                if let Some(scoped) = value.get("@context").filter(|_| !key.starts_with('@')) {
                    let inner =
                        Manner { override_protected: true, by_type: false, validate_scoped: false };
                    self.step(result, scoped, inner, 1).map_err(|fault| match fault {
                        Fault::Processing(_) => Fault::Processing("invalid scoped context"),
                        other => other,
                    })?;
                }
            }
        }
        Ok(())
    }
}

fn language(value: &Value, code: &'static str) -> Result<Arc<str>, Fault> {
    let tag = value.as_str().ok_or(Fault::Processing(code))?;
    if !iri::is_language_tag(tag) {
        return Err(Fault::InvalidLanguage);
    }
    Ok(tag.to_ascii_lowercase().into())
}

fn direction(value: &Value) -> Result<Direction, Fault> {
    value.as_str().and_then(Direction::parse).ok_or(Fault::Processing("invalid base direction"))
}

/// Create Term Definition, for the members of one context definition.
struct Definer<'d> {
    result: &'d mut ActiveContext,
    local: &'d Map<String, Value>,
    /// `false` while being defined.
    defined: FxHashMap<&'d str, bool>,
    protected: bool,
    override_protected: bool,
    depth: usize,
}

/// What an IRI expansion gave, owned.
enum Name {
    Keyword(Keyword),
    Iri(Arc<str>),
    Nothing,
}

impl<'d> Definer<'d> {
    fn define(&mut self, term: &str) -> Result<(), Fault> {
        let Some((term, value)) = self.local.get_key_value(term) else { return Ok(()) };
        let term = term.as_str();
        // 1.
        match self.defined.get(term) {
            Some(true) => return Ok(()),
            Some(false) => return Err(Fault::Processing("cyclic IRI mapping")),
            None => {}
        }
        // 2.
        if term.is_empty() {
            return Err(Fault::Processing("invalid term definition"));
        }
        self.defined.insert(term, false);
        if self.depth >= MAX_DEPENDENCY {
            return Err(Fault::Limit("terms that depend on each other"));
        }
        self.depth += 1;
        // 5.
        if term.starts_with('@') {
            return Err(match Keyword::parse(term) {
                Some(_) => Fault::Processing("keyword redefinition"),
                None => Fault::Reserved,
            });
        }
        // 6.
        let previous = self.result.terms.remove(term);
        // 7 to 10.
        let null = Value::Null;
        let empty = Map::new();
        let (members, id, simple) = match value {
            Value::Null => (&empty, Some(&null), false),
            Value::String(_) => (&empty, Some(value), true),
            Value::Object(members) => (members, members.get("@id"), false),
            _ => return Err(Fault::Processing("invalid term definition")),
        };
        for key in members.keys() {
            match key.as_str() {
                "@id" | "@type" | "@container" | "@context" | "@protected" | "@language"
                | "@direction" | "@prefix" => {}
                "@reverse" => return Err(Fault::Unsupported("@reverse")),
                "@index" => return Err(Fault::Unsupported("@index")),
                "@nest" => return Err(Fault::Unsupported("@nest")),
                // 26.
                _ => return Err(Fault::Processing("invalid term definition")),
            }
        }
        // 11.
        let protected = match members.get("@protected") {
            None => self.protected,
            Some(value) => value.as_bool().ok_or(Fault::Processing("invalid @protected value"))?,
        };
        // 12.
        let coercion = match members.get("@type") {
            None => Coercion::Unset,
            Some(value) => self.coercion(value)?,
        };
        // 14 to 18.
        let (mapping, mut prefix) = self.mapping(term, id, simple)?;
        // 19.
        let container = match members.get("@container") {
            None => Container::default(),
            Some(value) => container(value)?,
        };
        // 22, 23.
        if coercion != Coercion::Unset
            && (members.contains_key("@language") || members.contains_key("@direction"))
        {
            // The standard ignores the language and the direction; known processors do not.
            return Err(Fault::Unsupported("@type together with @language or @direction"));
        }
        if coercion == Coercion::Json && (container.list || container.graph) {
            return Err(Fault::Unsupported("@json in a list or a graph"));
        }
        let mut language_mapping = None;
        let mut direction_mapping = None;
        if coercion == Coercion::Unset {
            match members.get("@language") {
                None => {}
                Some(Value::Null) => language_mapping = Some(None),
                Some(value) => {
                    language_mapping = Some(Some(language(value, "invalid language mapping")?));
                }
            }
            match members.get("@direction") {
                None => {}
                Some(Value::Null) => direction_mapping = Some(None),
                Some(value) => direction_mapping = Some(Some(direction(value)?)),
            }
        }
        // 25.
        if let Some(value) = members.get("@prefix") {
            if term.contains([':', '/']) {
                return Err(Fault::Processing("invalid term definition"));
            }
            prefix = value.as_bool().ok_or(Fault::Processing("invalid @prefix value"))?;
            if prefix && matches!(mapping, Mapping::Keyword(_)) {
                return Err(Fault::Processing("invalid term definition"));
            }
        }
        let predicate = match &mapping {
            Mapping::Iri(iri) => format!("<{iri}>").into_boxed_str(),
            _ => Box::default(),
        };
        let mut definition = TermDefinition {
            mapping,
            predicate,
            coercion,
            container,
            prefix,
            protected,
            language: language_mapping,
            direction: direction_mapping,
            // 21.
            context: members.get("@context").map(|context| Arc::new(context.clone())),
        };
        // 27.
        if let Some(previous) = previous
            && previous.definition.protected
            && !self.override_protected
        {
            if !previous.definition.means_the_same(&definition) {
                return Err(Fault::Processing("protected term redefinition"));
            }
            definition = (*previous.definition).clone();
        }
        // 28.
        self.result.insert(term.into(), definition);
        self.defined.insert(term, true);
        self.depth -= 1;
        Ok(())
    }

    /// 12: the type mapping.
    fn coercion(&mut self, value: &Value) -> Result<Coercion, Fault> {
        let text = value.as_str().ok_or(Fault::Processing("invalid type mapping"))?;
        match self.expand(text)? {
            Name::Keyword(Keyword::Id) => Ok(Coercion::Id),
            Name::Keyword(Keyword::Vocab) => Ok(Coercion::Vocab),
            Name::Keyword(Keyword::Json) => Ok(Coercion::Json),
            Name::Keyword(Keyword::None) => Ok(Coercion::None),
            Name::Iri(iri) if iri::is_absolute(&iri) => Ok(Coercion::Datatype(iri)),
            _ => Err(Fault::Processing("invalid type mapping")),
        }
    }

    /// 14 to 18: the IRI mapping, and whether the term may be a prefix.
    fn mapping(
        &mut self,
        term: &str,
        id: Option<&Value>,
        simple: bool,
    ) -> Result<(Mapping, bool), Fault> {
        const INVALID: Fault = Fault::Processing("invalid IRI mapping");
        match id {
            // 14.1.
            Some(Value::Null) => return Ok((Mapping::Null, false)),
            // 14.2.
            Some(Value::String(id)) if id != term => {
                if iri::has_keyword_form(id) && Keyword::parse(id).is_none() {
                    return Err(Fault::Reserved);
                }
                let mapping = match self.expand(id)? {
                    Name::Keyword(Keyword::Context) => {
                        return Err(Fault::Processing("invalid keyword alias"));
                    }
                    Name::Keyword(keyword) => Mapping::Keyword(keyword),
                    Name::Iri(iri) if iri::is_absolute(&iri) => Mapping::Iri(iri),
                    _ => return Err(INVALID),
                };
                // 14.2.4.
                let inner_colon = {
                    let mut inner = term.chars();
                    inner.next();
                    inner.next_back();
                    inner.as_str().contains(':')
                };
                if inner_colon || term.contains('/') {
                    self.defined.insert(self.key(term), true);
                    let same = match (self.expand(term)?, &mapping) {
                        (Name::Iri(own), Mapping::Iri(iri)) => own == *iri,
                        _ => false,
                    };
                    if !same {
                        return Err(INVALID);
                    }
                }
                // 14.2.5.
                let prefix = simple
                    && !term.contains([':', '/'])
                    && matches!(&mapping, Mapping::Iri(iri)
                        if iri.ends_with([':', '/', '?', '#', '[', ']', '@']));
                return Ok((mapping, prefix));
            }
            None | Some(Value::String(_)) => {}
            Some(_) => return Err(INVALID),
        }
        // 15.
        let after_first = term.char_indices().nth(1).map_or("", |(index, _)| &term[index..]);
        if after_first.contains(':') {
            let (prefix, suffix) = term.split_once(':').ok_or(INVALID)?;
            // 15.1.
            if self.local.contains_key(prefix) {
                self.define(prefix)?;
            }
            let text: Arc<str> = match self.result.definition(prefix).map(|d| &d.mapping) {
                // 15.2.
                Some(Mapping::Iri(iri)) => format!("{iri}{suffix}").into(),
                Some(_) => return Err(INVALID),
                // 15.3.
                None => term.into(),
            };
            if !iri::is_absolute(&text) {
                return Err(INVALID);
            }
            return Ok((Mapping::Iri(text), false));
        }
        // 16: a relative reference stays relative with base null.
        if term.contains('/') {
            return Err(INVALID);
        }
        // 18.
        let vocabulary = self.result.vocabulary.as_ref().ok_or(INVALID)?;
        let text: Arc<str> = format!("{vocabulary}{term}").into();
        if !iri::is_absolute(&text) {
            return Err(INVALID);
        }
        Ok((Mapping::Iri(text), false))
    }

    /// The key of the local context that equals a term.
    fn key(&self, term: &str) -> &'d str {
        self.local.get_key_value(term).map_or("", |(key, _)| key.as_str())
    }

    /// IRI expansion while a context is being processed (section 5.2.2, steps 3 and 6.3).
    fn expand(&mut self, value: &str) -> Result<Name, Fault> {
        if Keyword::parse(value).is_none() && !iri::has_keyword_form(value) {
            if self.local.contains_key(value) {
                self.define(value)?;
            }
            if let Some((prefix, suffix)) = value.split_once(':')
                && !prefix.is_empty()
                && prefix != "_"
                && !suffix.starts_with("//")
                && self.local.contains_key(prefix)
            {
                self.define(prefix)?;
            }
        }
        Ok(match self.result.expand(value, true) {
            Expansion::Keyword(keyword) => Name::Keyword(keyword),
            Expansion::Iri(iri) => Name::Iri((*iri).into()),
            _ => Name::Nothing,
        })
    }
}

/// 19: the container mapping.
fn container(value: &Value) -> Result<Container, Fault> {
    const INVALID: Fault = Fault::Processing("invalid container mapping");
    let names = match value {
        Value::Array(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    let mut container = Container::default();
    for name in names {
        let place = match name.as_str() {
            Some("@list") => &mut container.list,
            Some("@set") => &mut container.set,
            Some("@graph") => &mut container.graph,
            Some("@id" | "@index" | "@language" | "@type") => {
                return Err(Fault::Unsupported("containers by @id, @index, @language or @type"));
            }
            _ => return Err(INVALID),
        };
        if std::mem::replace(place, true) {
            return Err(INVALID);
        }
    }
    if names.is_empty() || container.list && names.len() > 1 {
        return Err(INVALID);
    }
    Ok(container)
}
