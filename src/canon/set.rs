//! The sets of contexts that documents may use, and canonicalisation with them.
//!
//! A set holds bundled contexts only. What it has compiled it remembers, within bounds, and forgets
//! all at once when the bound is reached: nothing that a stranger sends can make it grow for ever.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, RwLock};

use rustc_hash::FxHashMap;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384};

use super::bundled::{CONTEXTS, ContextRole};
use super::context::{ActiveContext, OtherKey, Reached, ScopedBy, SharedContext};
use super::convert::{Conversion, at};
use super::dataset::Dataset;
use super::error::{CanonError, Fault};
use super::pointer::Place;
use super::processing::{ContextWork, Manner, Processor};
use super::rdfc::{self, HashAlgorithm};

/// Contexts that a set may have compiled and remembered before it forgets them all.
const MAX_REMEMBERED: usize = 1024;
/// Different `@context` lists that a set remembers before it forgets them all.
const MAX_ROOTS: usize = 64;

/// What of a document is canonicalised.
#[derive(Clone, Copy, Debug, Default)]
pub struct View<'a> {
    /// Members of the document itself that are left out, such as `proof`.
    pub omit: &'a [&'a str],
    /// Used in place of the document's own `@context`.
    pub context: Option<&'a Value>,
}

/// A canonical form: N-Quads by RDFC-1.0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonical {
    /// The canonical N-Quads document, with its final newline.
    pub nquads: String,
    /// Its number of quads.
    pub quads: usize,
}

impl Canonical {
    /// SHA-256 of the canonical N-Quads document.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.nquads.as_bytes()).into()
    }

    /// SHA-384 of the canonical N-Quads document.
    pub fn sha384(&self) -> [u8; 48] {
        Sha384::digest(self.nquads.as_bytes()).into()
    }
}

/// A fixed set of bundled contexts, with what was compiled from them. Process-wide.
#[derive(Debug)]
pub struct ContextSet {
    role: ContextRole,
    documents: FxHashMap<&'static str, Value>,
    empty: ActiveContext,
    roots: RwLock<FxHashMap<Box<str>, Arc<ActiveContext>>>,
    remembered: AtomicUsize,
}

static ISSUING: LazyLock<ContextSet> = LazyLock::new(|| ContextSet::new(ContextRole::Issue));
static VERIFYING: LazyLock<ContextSet> = LazyLock::new(|| ContextSet::new(ContextRole::Verify));
static CONFORMANCE: LazyLock<ContextSet> =
    LazyLock::new(|| ContextSet::new(ContextRole::Conformance));

impl ContextSet {
    /// The contexts that a credential may be signed with: URLs only, nothing inline, no `@context`
    /// inside the document.
    pub fn issuing() -> &'static Self {
        &ISSUING
    }

    /// The contexts accepted in documents of others; inline contexts are processed.
    pub fn verifying() -> &'static Self {
        &VERIFYING
    }

    /// All bundled contexts, those of conformance tests included.
    pub fn conformance() -> &'static Self {
        &CONFORMANCE
    }

    /// Whether these are the contexts of conformance tests.
    pub fn is_conformance(&self) -> bool {
        self.role == ContextRole::Conformance
    }

    fn new(role: ContextRole) -> Self {
        let documents = CONTEXTS
            .iter()
            .filter(|context| context.role <= role)
            .map(|context| {
                let mut document: Value = serde_json::from_str(context.text)
                    .expect("every bundled context is JSON: a test reads them all");
                (context.url, document["@context"].take())
            })
            .collect();
        Self {
            role,
            documents,
            empty: ActiveContext::empty(true),
            roots: RwLock::default(),
            remembered: AtomicUsize::new(0),
        }
    }

    /// SHA-256, in hexadecimal, of the bundled bytes that a URL stands for in this set.
    pub fn digest_of(&self, url: &str) -> Option<&'static str> {
        CONTEXTS
            .iter()
            .find(|context| context.url == url && context.role <= self.role)
            .map(|context| context.sha256)
    }

    /// The canonical form of a document (JSON-LD 1.1 to RDF in safe mode, then RDFC-1.0).
    ///
    /// # Errors
    /// [`CanonError`] whenever something would be dropped, is undefined or relative, uses a context
    /// that is not in this set, or costs more than one document may.
    pub fn canonicalize(&self, document: &Value, view: View<'_>) -> Result<Canonical, CanonError> {
        self.canonicalize_with(document, view, HashAlgorithm::Sha256)
    }

    /// The same with a hash algorithm of choice for telling blank nodes apart.
    ///
    /// # Errors
    /// As [`ContextSet::canonicalize`].
    pub fn canonicalize_with(
        &self,
        document: &Value,
        view: View<'_>,
        hash: HashAlgorithm,
    ) -> Result<Canonical, CanonError> {
        let dataset = self.dataset(document, view)?;
        rdfc::canonicalize(dataset, hash).map_err(|fault| at(fault, &Place::Root))
    }

    /// The lines of the canonical form (with SHA-256) under other labels for its blank nodes:
    /// `labels[n]` in the place of `c14n<n>`, and sorted with these. Nothing when there are not as
    /// many blank nodes as labels, which must be labels of N-Quads.
    ///
    /// # Errors
    /// As [`ContextSet::canonicalize`].
    pub fn relabelled(
        &self,
        document: &Value,
        view: View<'_>,
        labels: &[String],
    ) -> Result<Option<Vec<String>>, CanonError> {
        let dataset = self.dataset(document, view)?;
        rdfc::relabelled(dataset, HashAlgorithm::Sha256, labels)
            .map_err(|fault| at(fault, &Place::Root))
    }

    /// The RDF dataset of a document.
    pub(super) fn dataset(&self, document: &Value, view: View<'_>) -> Result<Dataset, CanonError> {
        let root = Place::Root;
        let members = document
            .as_object()
            .ok_or_else(|| at(Fault::Unsupported("a document that is not one object"), &root))?;
        let place = Place::Member(&root, "@context");
        let context = view
            .context
            .or_else(|| members.get("@context"))
            .ok_or_else(|| at(Fault::ContextRefused("there is none"), &place))?;
        let mut work = ContextWork::for_document();
        let active = self.root(context, &mut work, &place)?;
        let mut conversion = Conversion::new(self, work)?;
        conversion.document(members, &active, view.omit)?;
        Ok(conversion.dataset)
    }

    /// What an `@context` makes of the empty context.
    fn root(
        &self,
        local: &Value,
        work: &mut ContextWork,
        place: &Place<'_>,
    ) -> Result<Arc<ActiveContext>, CanonError> {
        if self.remembered.load(Ordering::Relaxed) > MAX_REMEMBERED {
            self.forget();
        }
        let urls = urls(local);
        if let Some(key) = &urls
            && let Ok(roots) = self.roots.read()
            && let Some(known) = roots.get(key.as_str())
        {
            return Ok(Arc::clone(known));
        }
        if self.role == ContextRole::Issue && urls.as_ref().is_none_or(String::is_empty) {
            return Err(at(Fault::ContextRefused("not a list of URLs"), place));
        }
        let mut active = self
            .process(&self.empty, local, Manner::EMBEDDED, work)
            .map_err(|fault| at(fault, place))?;
        active.lasting = urls.is_some();
        let active = Arc::new(active);
        if let Some(key) = urls {
            if self.roots.read().is_ok_and(|roots| roots.len() >= MAX_ROOTS) {
                self.forget();
            }
            if let Ok(mut roots) = self.roots.write() {
                roots.insert(key.into_boxed_str(), Arc::clone(&active));
            }
            self.remembered.fetch_add(1, Ordering::Relaxed);
        }
        Ok(active)
    }

    /// What a `@context` inside a document makes of the context that holds there.
    pub(super) fn embedded<'c>(
        &self,
        active: &'c ActiveContext,
        local: &Value,
        work: &mut ContextWork,
        place: &Place<'_>,
    ) -> Result<Reached<'c>, CanonError> {
        if self.role == ContextRole::Issue {
            return Err(at(Fault::ContextRefused("inside the document"), place));
        }
        let key = urls(local)
            .filter(|_| active.lasting)
            .map(|key| OtherKey::Embedded(key.into_boxed_str()));
        if let Some(known) = key.as_ref().and_then(|key| active.other(key)) {
            return Ok(Reached::Held(known));
        }
        let mut made = self
            .process(active, local, Manner::EMBEDDED, work)
            .map_err(|fault| at(fault, place))?;
        made.lasting = key.is_some();
        let made = Arc::new(made);
        if let Some(key) = key {
            self.remembered.fetch_add(1, Ordering::Relaxed);
            active.remember(key, &made);
        }
        Ok(Reached::Held(made))
    }

    /// What a scoped context makes of an active context.
    pub(super) fn scoped<'c>(
        &self,
        active: &'c ActiveContext,
        by: ScopedBy,
        term: &str,
        source: &Arc<Value>,
        work: &mut ContextWork,
    ) -> Result<Reached<'c>, Fault> {
        let manner = Manner::scoped(by);
        if let Some(slot) = active.slot(by, term, source) {
            if let Some(kept) = slot.get() {
                return Ok(Reached::Kept(kept));
            }
            let made = self.process(active, source, manner, work)?;
            if active.lasting {
                self.remembered.fetch_add(1, Ordering::Relaxed);
            }
            return Ok(Reached::Kept(slot.get_or_init(|| Box::new(made))));
        }
        let key = OtherKey::Scoped(by, SharedContext(Arc::clone(source)));
        if let Some(known) = active.other(&key) {
            return Ok(Reached::Held(known));
        }
        let made = Arc::new(self.process(active, source, manner, work)?);
        if active.lasting {
            self.remembered.fetch_add(1, Ordering::Relaxed);
        }
        active.remember(key, &made);
        Ok(Reached::Held(made))
    }

    fn process(
        &self,
        active: &ActiveContext,
        local: &Value,
        manner: Manner,
        work: &mut ContextWork,
    ) -> Result<ActiveContext, Fault> {
        Processor { documents: &self.documents, work }.process(active, local, manner)
    }

    /// Forgets everything compiled; documents being processed keep what they hold.
    fn forget(&self) {
        self.remembered.store(0, Ordering::Relaxed);
        if let Ok(mut roots) = self.roots.write() {
            roots.clear();
        }
    }
}

/// The key of a `@context` that is made of URLs only. A text with a line feed is no URL, and as a
/// key it could be taken for several.
fn urls(local: &Value) -> Option<String> {
    match local {
        Value::String(url) => (!url.contains('\n')).then(|| url.clone()),
        Value::Array(items) => {
            let mut key = String::with_capacity(128);
            for item in items {
                let url = item.as_str().filter(|url| !url.contains('\n'))?;
                key.push_str(url);
                key.push('\n');
            }
            Some(key)
        }
        _ => None,
    }
}
