//! An active context, compiled: what each term means, and the contexts that its terms' scoped
//! contexts lead to, each processed once (JSON-LD 1.1 API, sections 4.1 and 5.2).
//!
//! The standard keeps the *previous context* inside an active context. Here it travels beside it
//! (see `Scope` in `convert`): what a scoped context means does not depend on it, so that one
//! compiled context serves every document.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::{Arc, OnceLock, RwLock};

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::iri::{self, Keyword};

/// Text direction of a string (JSON-LD 1.1, section 4.2.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "ltr" => Some(Self::LeftToRight),
            "rtl" => Some(Self::RightToLeft),
            _ => None,
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// What a term stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mapping {
    /// Explicitly nothing: data under it would be dropped.
    Null,
    Keyword(Keyword),
    Iri(Arc<str>),
}

/// The type mapping of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Coercion {
    Unset,
    Id,
    Vocab,
    Json,
    None,
    /// An IRI, absolute.
    Datatype(Arc<str>),
}

/// The container mappings that are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Container {
    pub(super) list: bool,
    pub(super) set: bool,
    pub(super) graph: bool,
}

/// A term definition (JSON-LD 1.1, section 4.1).
#[derive(Clone, Debug)]
pub(super) struct TermDefinition {
    pub(super) mapping: Mapping,
    /// The IRI between angle brackets, as it stands in N-Quads.
    pub(super) predicate: Box<str>,
    pub(super) coercion: Coercion,
    pub(super) container: Container,
    pub(super) prefix: bool,
    pub(super) protected: bool,
    /// Outer: whether it is set; inner: `null` switches the default off.
    pub(super) language: Option<Option<Arc<str>>>,
    pub(super) direction: Option<Option<Direction>>,
    /// The scoped context, not yet processed.
    pub(super) context: Option<Arc<Value>>,
}

impl TermDefinition {
    /// Equal but for the protected flag (JSON-LD 1.1 API, section 4.2.2, step 27).
    pub(super) fn means_the_same(&self, other: &Self) -> bool {
        self.mapping == other.mapping
            && self.coercion == other.coercion
            && self.container == other.container
            && self.prefix == other.prefix
            && self.language == other.language
            && self.direction == other.direction
            && self.context == other.context
    }
}

/// A term of an active context.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) definition: Arc<TermDefinition>,
    /// Where its scoped contexts are kept, when it has any.
    slot: usize,
}

/// How a scoped context is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ScopedBy {
    /// By a property: it propagates and may override protected terms.
    Property,
    /// By a type: it does neither.
    Type,
}

/// A compiled context. Immutable but for what is remembered about it.
#[derive(Debug, Default)]
pub(super) struct ActiveContext {
    pub(super) terms: FxHashMap<Arc<str>, Entry>,
    pub(super) vocabulary: Option<Arc<str>>,
    pub(super) language: Option<Arc<str>>,
    pub(super) direction: Option<Direction>,
    /// Steps of derivation from the empty context; bounded.
    pub(super) generation: usize,
    /// Made of bundled contexts only, and so worth remembering beyond one document.
    pub(super) lasting: bool,
    /// The terms that are keywords.
    aliases: Vec<(Arc<str>, Keyword)>,
    scoped: Vec<[OnceLock<Box<ActiveContext>>; 2]>,
    others: RwLock<FxHashMap<OtherKey, Arc<ActiveContext>>>,
}

/// Names a context derived in one of the rarer ways.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum OtherKey {
    /// A scoped context whose term this context no longer has, by address (the value keeps it
    /// alive and the address its own).
    Scoped(ScopedBy, SharedContext),
    /// An embedded `@context` of URLs only.
    Embedded(Box<str>),
}

/// A scoped context's source, equal only to itself.
#[derive(Clone, Debug)]
pub(super) struct SharedContext(pub(super) Arc<Value>);

impl PartialEq for SharedContext {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
impl Eq for SharedContext {}
impl std::hash::Hash for SharedContext {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

/// A context reached from another: kept there, or held here.
#[derive(Debug)]
pub(super) enum Reached<'c> {
    Kept(&'c ActiveContext),
    Held(Arc<ActiveContext>),
}

impl Deref for Reached<'_> {
    type Target = ActiveContext;
    fn deref(&self) -> &ActiveContext {
        match self {
            Self::Kept(context) => context,
            Self::Held(context) => context,
        }
    }
}

/// What a name expands to (JSON-LD 1.1 API, section 5.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expansion<'a> {
    Keyword(Keyword),
    /// It only looks like a keyword.
    Reserved,
    /// A term that a context maps to null.
    Null,
    /// It has the form of an IRI, or was made from one; not yet checked to be absolute.
    Iri(Cow<'a, str>),
    /// A blank node identifier, `_:` included.
    Blank(&'a str),
    Relative,
}

impl ActiveContext {
    /// The empty context.
    pub(super) fn empty(lasting: bool) -> Self {
        Self { lasting, ..Self::default() }
    }

    /// A copy to go on from. What was remembered about the original is not taken along.
    pub(super) fn descendant(&self) -> Self {
        Self {
            terms: self.terms.clone(),
            vocabulary: self.vocabulary.clone(),
            language: self.language.clone(),
            direction: self.direction,
            generation: self.generation,
            lasting: self.lasting,
            aliases: Vec::new(),
            scoped: Vec::new(),
            others: RwLock::default(),
        }
    }

    /// Makes room to remember scoped contexts; the last step of processing.
    pub(super) fn seal(&mut self) {
        let mut slots = 0;
        self.aliases.clear();
        for (term, entry) in &mut self.terms {
            if let Mapping::Keyword(keyword) = entry.definition.mapping {
                self.aliases.push((Arc::clone(term), keyword));
            }
            if entry.definition.context.is_some() {
                entry.slot = slots;
                slots += 1;
            }
        }
        self.scoped = (0..slots).map(|_| [const { OnceLock::new() }; 2]).collect();
    }

    pub(super) fn insert(&mut self, term: Arc<str>, definition: TermDefinition) {
        self.terms.insert(term, Entry { definition: Arc::new(definition), slot: usize::MAX });
    }

    pub(super) fn definition(&self, term: &str) -> Option<&TermDefinition> {
        self.terms.get(term).map(|entry| &*entry.definition)
    }

    /// The keyword that a name expands to, if it expands to one.
    pub(super) fn keyword(&self, name: &str) -> Option<Keyword> {
        if name.starts_with('@') {
            return Keyword::parse(name);
        }
        self.aliases.iter().find(|(alias, _)| **alias == *name).map(|(_, keyword)| *keyword)
    }

    pub(super) fn has_protected_terms(&self) -> bool {
        self.terms.values().any(|entry| entry.definition.protected)
    }

    /// The place where the context that `source` leads to is remembered, when `term` still is
    /// what it was where `source` was found.
    pub(super) fn slot(
        &self,
        by: ScopedBy,
        term: &str,
        source: &Arc<Value>,
    ) -> Option<&OnceLock<Box<ActiveContext>>> {
        let entry = self.terms.get(term)?;
        let same = entry.definition.context.as_ref().is_some_and(|own| Arc::ptr_eq(own, source));
        if !same {
            return None;
        }
        let pair = self.scoped.get(entry.slot)?;
        Some(match by {
            ScopedBy::Property => &pair[0],
            ScopedBy::Type => &pair[1],
        })
    }

    /// A context reached in a rarer way, if it is remembered.
    pub(super) fn other(&self, key: &OtherKey) -> Option<Arc<ActiveContext>> {
        self.others.read().ok()?.get(key).cloned()
    }

    /// Remembers a context reached in a rarer way.
    pub(super) fn remember(&self, key: OtherKey, context: &Arc<ActiveContext>) {
        if let Ok(mut others) = self.others.write() {
            others.insert(key, Arc::clone(context));
        }
    }

    /// IRI expansion (JSON-LD 1.1 API, section 5.2.2) without a context being processed.
    /// The base IRI is null, so that what is relative stays so.
    pub(super) fn expand<'a>(&'a self, value: &'a str, vocab: bool) -> Expansion<'a> {
        // 1, 2.
        if value.starts_with('@') {
            if let Some(keyword) = Keyword::parse(value) {
                return Expansion::Keyword(keyword);
            }
            if iri::has_keyword_form(value) {
                return Expansion::Reserved;
            }
        }
        // 4, 5.
        if vocab && let Some(definition) = self.definition(value) {
            return match &definition.mapping {
                Mapping::Null => Expansion::Null,
                Mapping::Keyword(keyword) => Expansion::Keyword(*keyword),
                Mapping::Iri(iri) => Expansion::Iri(Cow::Borrowed(iri)),
            };
        }
        // 6. A name that begins with a colon has an empty prefix; none is ever defined.
        match value.split_once(':') {
            Some(("", _)) => return Expansion::Relative,
            Some(("_", _)) => return Expansion::Blank(value),
            Some((prefix, suffix)) => {
                if suffix.starts_with("//") {
                    return Expansion::Iri(Cow::Borrowed(value));
                }
                if let Some(TermDefinition { mapping: Mapping::Iri(iri), prefix: true, .. }) =
                    self.definition(prefix)
                {
                    return Expansion::Iri(Cow::Owned(format!("{iri}{suffix}")));
                }
                if iri::is_absolute(value) {
                    return Expansion::Iri(Cow::Borrowed(value));
                }
            }
            None => {}
        }
        // 7.
        if vocab && let Some(vocabulary) = &self.vocabulary {
            return Expansion::Iri(Cow::Owned(format!("{vocabulary}{value}")));
        }
        Expansion::Relative
    }
}
