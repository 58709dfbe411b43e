//! What one examination has in hand: the answers of its sources, each asked once, and the methods
//! found in them (Controlled Identifiers 1.0, section 3.3).

use super::conformance::is_url;
use super::key_document::{KeyDocument, Method, invalid};
use super::problem;
use super::remembered::Remembered;
use super::report::EvidenceFact;
use super::sources::{Fetched, SourceError, Sources};
use crate::encoding::{did_jwk, did_key};
use crate::model::Timestamp;
use crate::proof::{MethodResolver, ProofPurpose, ResolveError, ResolvedMethod};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// How many more documents may be asked for because of one thing that is contained.
const QUESTIONS_OF_CONTAINED: usize = 4;

/// What became of a key document, and of a method.
type Had = Result<Arc<KeyDocument>, ResolveError>;
type Sought = Result<Method, ResolveError>;

/// The evidence of one examination.
pub(super) struct Evidence<'a> {
    sources: &'a dyn Sources,
    remembered: &'a Remembered,
    pub(super) now: Timestamp,
    max_document_bytes: usize,
    left: Cell<usize>,
    documents: RefCell<Vec<(String, Had)>>,
    lists: RefCell<Vec<(String, Result<Fetched, SourceError>)>>,
    facts: RefCell<Vec<EvidenceFact>>,
    deferred: Cell<bool>,
}

impl<'a> Evidence<'a> {
    pub(super) fn new(
        sources: &'a dyn Sources,
        remembered: &'a Remembered,
        now: Timestamp,
        max_document_bytes: usize,
        max_questions: usize,
    ) -> Self {
        Self {
            sources,
            remembered,
            now,
            max_document_bytes,
            left: Cell::new(max_questions),
            documents: RefCell::default(),
            lists: RefCell::default(),
            facts: RefCell::default(),
            deferred: Cell::new(false),
        }
    }

    pub(super) fn sources(&self) -> &'a dyn Sources {
        self.sources
    }

    /// How many facts there are.
    pub(super) fn facts_so_far(&self) -> usize {
        self.facts.borrow().len()
    }

    /// What was fetched since there were so many facts.
    pub(super) fn facts_since(&self, start: usize) -> Vec<EvidenceFact> {
        self.facts.borrow().get(start..).unwrap_or_default().to_vec()
    }

    /// Whether something would have needed the network.
    pub(super) fn was_deferred(&self) -> bool {
        self.deferred.get()
    }

    /// Something contained is examined: it leads to documents of its own.
    pub(super) fn allow_more(&self) {
        self.left.set(self.left.get().saturating_add(QUESTIONS_OF_CONTAINED));
    }

    /// The status list at this URL; asked for once. Nothing when too much was asked.
    pub(super) fn status_list(&self, url: &str) -> Option<Result<Fetched, SourceError>> {
        if let Some((_, known)) = self.lists.borrow().iter().find(|(known, _)| known == url) {
            return Some(known.clone());
        }
        if !self.may_ask() {
            return None;
        }
        let fetched = self.sources.status_list(url);
        if fetched == Err(SourceError::Deferred) {
            self.deferred();
        }
        self.lists.borrow_mut().push((url.to_owned(), fetched.clone()));
        Some(fetched)
    }

    fn deferred(&self) {
        self.deferred.set(true);
    }

    /// Counts a question. A document cannot make this verifier ask without end.
    fn may_ask(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    pub(super) fn record(&self, kind: &'static str, url: &str, sha256: String, fetched: &Fetched) {
        let age = self.now.unix().saturating_sub(fetched.fetched_at.unix());
        self.facts.borrow_mut().push(EvidenceFact {
            kind,
            url: url.to_owned(),
            sha256,
            fetched_at: fetched.fetched_at,
            stale: fetched.stale,
            age_seconds: fetched.stale.then_some(age),
        });
    }

    /// The key document at this URL; asked for once.
    fn key_document(&self, url: &str) -> Result<Arc<KeyDocument>, ResolveError> {
        if let Some((_, known)) = self.documents.borrow().iter().find(|(known, _)| known == url) {
            return known.clone();
        }
        let document = self.fetch(url);
        self.documents.borrow_mut().push((url.to_owned(), document.clone()));
        document
    }

    fn fetch(&self, url: &str) -> Result<Arc<KeyDocument>, ResolveError> {
        if !self.may_ask() {
            let detail = "the document leads to more key documents than are asked for";
            return Err(ResolveError::Unreachable { detail: detail.to_owned() });
        }
        let fetched = self.sources.key_document(url).map_err(|error| match error {
            SourceError::Deferred => {
                self.deferred();
                ResolveError::Deferred
            }
            SourceError::Invalid { detail } => invalid(problem::key_document(detail)),
            error @ (SourceError::Unreachable { .. }
            | SourceError::Refused { .. }
            | SourceError::NotFound { .. }) => {
                ResolveError::Unreachable { detail: error.to_string() }
            }
        })?;
        let (document, sha256) = self
            .remembered
            .key_document(url, &fetched.bytes, self.max_document_bytes)
            .map_err(invalid)?;
        self.record("key-document", url, sha256, &fetched);
        // Since then the issuer may have withdrawn a key; that nobody answers must not hide it.
        if fetched.stale {
            let since = fetched.fetched_at;
            let detail = format!("the key document could not be had anew since {since}");
            return Err(ResolveError::Unreachable { detail });
        }
        // Step 3: the document is the one that was asked for.
        if document.id != url {
            let detail = "The key document bears another id than the one asked for.";
            return Err(invalid(problem::key_document_id(detail)));
        }
        Ok(document)
    }

    /// Retrieves a verification method.
    fn method(&self, url: &str) -> Result<Method, ResolveError> {
        // 1, 2. A URL, and the document it stands in.
        if !is_url(url) {
            return Err(invalid(problem::method_url("verificationMethod is no URL.")));
        }
        let (base, fragment) = match url.split_once('#') {
            Some((base, fragment)) if !fragment.is_empty() && !fragment.contains('#') => {
                (base, Some(fragment))
            }
            Some(_) => return Err(invalid(problem::method_url("The fragment names no method."))),
            None => (url, None),
        };
        let unsupported = |detail: &str| ResolveError::Unsupported { detail: detail.to_owned() };
        if base.starts_with("did:key:") {
            return self.did_key(base, fragment);
        }
        if base.starts_with("did:jwk:") {
            return self.did_jwk(base, url);
        }
        if base.starts_with("did:") {
            if !base.starts_with("did:web:") {
                return Err(unsupported("a DID method other than did:web, did:key and did:jwk"));
            }
            if base.contains(['?', '/']) {
                return Err(unsupported("a DID URL with path or query"));
            }
        } else if !base.starts_with("https:") && !base.starts_with("http:") {
            return Err(unsupported("a verification method that is neither a DID URL nor https"));
        }
        let document = self.key_document(base)?;
        match (fragment, document.bare_controller()) {
            (Some(_), _) => document.method(url).cloned(),
            (None, Some(controller)) => self.bare(url, &document, controller),
            (None, None) => {
                Err(invalid(problem::method_url("The verification method names a whole document.")))
            }
        }
    }

    /// A document that is itself a method counts when the document of its controller lists it.
    fn bare(
        &self,
        url: &str,
        document: &KeyDocument,
        controller: &str,
    ) -> Result<Method, ResolveError> {
        let mut method = document.method(url)?.clone();
        let owner = self.key_document(controller)?;
        let key = &method.resolved.key;
        method.asserts = owner.serves(url, key, ProofPurpose::AssertionMethod);
        method.authenticates = owner.serves(url, key, ProofPurpose::Authentication);
        Ok(method)
    }

    /// did:jwk is its own document: one key, `#0`, every signing relationship.
    fn did_jwk(&self, did: &str, url: &str) -> Result<Method, ResolveError> {
        let known = self.remembered.did_key(did, || {
            let wrong = |error: did_jwk::DidJwkError| match error {
                did_jwk::DidJwkError::InvalidPublicKey(
                    crate::encoding::EncodingError::UnsupportedJwk,
                ) => ResolveError::Unsupported { detail: error.to_string() },
                error => invalid(problem::key_document(error.to_string())),
            };
            let key = did_jwk::parse(did).map_err(wrong)?;
            let id = did_jwk::method_id(did).map_err(wrong)?;
            let controller = did.to_owned();
            Ok(Arc::new(ResolvedMethod { id, controller, key, expires: None, revoked: None }))
        })?;
        if known.id != url {
            return Err(invalid(problem::method("The key document does not list this method.")));
        }
        Ok(Method {
            resolved: known,
            asserts: true,
            authenticates: true,
            revoked: None,
            expires: None,
        })
    }

    /// did:key is its own document: one key, every relationship.
    fn did_key(&self, did: &str, fragment: Option<&str>) -> Result<Method, ResolveError> {
        let known = self.remembered.did_key(did, || {
            let key = did_key::parse(did).map_err(|error| match error {
                did_key::DidKeyError::InvalidPublicKey(
                    crate::encoding::EncodingError::UnknownCodec,
                ) => ResolveError::Unsupported { detail: error.to_string() },
                error => invalid(problem::key_document(error.to_string())),
            })?;
            let id = did_key::method_id(did)
                .map_err(|error| invalid(problem::key_document(error.to_string())))?;
            let controller = did.to_owned();
            Ok(Arc::new(ResolvedMethod { id, controller, key, expires: None, revoked: None }))
        })?;
        let own = did.strip_prefix("did:key:");
        if fragment != own && fragment != Some(known.key.thumbprint().as_str()) {
            return Err(invalid(problem::method("The key document does not list this method.")));
        }
        Ok(Method {
            resolved: known,
            asserts: true,
            authenticates: true,
            revoked: None,
            expires: None,
        })
    }
}

/// Finds methods for the proof room and remembers what it found, for the check that follows.
pub(super) struct Resolver<'e, 'a> {
    evidence: &'e Evidence<'a>,
    found: RefCell<Vec<(String, Sought)>>,
}

impl<'e, 'a> Resolver<'e, 'a> {
    pub(super) fn new(evidence: &'e Evidence<'a>) -> Self {
        Self { evidence, found: RefCell::default() }
    }

    /// The URL that was looked for last.
    pub(super) fn last_asked(&self) -> Option<String> {
        self.found.borrow().last().map(|(url, _)| url.clone())
    }

    /// What became of this verification method, looking it up if nobody did.
    pub(super) fn outcome(&self, url: &str) -> Result<Method, ResolveError> {
        if let Some((_, known)) = self.found.borrow().iter().find(|(known, _)| known == url) {
            return known.clone();
        }
        let method = self.evidence.method(url);
        self.found.borrow_mut().push((url.to_owned(), method.clone()));
        method
    }
}

impl MethodResolver for Resolver<'_, '_> {
    fn resolve(
        &self,
        verification_method: &str,
        purpose: ProofPurpose,
    ) -> Result<Arc<ResolvedMethod>, ResolveError> {
        let method = self.outcome(verification_method)?;
        // 5. The relationship. A withdrawn key leaves it; whether what it signed still counts is
        // judged afterwards, so let its signature be checked.
        if method.serves(purpose) || method.revoked.is_some() {
            Ok(method.resolved)
        } else {
            Err(invalid(problem::relationship(not_listed(purpose))))
        }
    }
}

/// That a method does not stand in the relationship that a purpose demands.
pub(super) fn not_listed(purpose: ProofPurpose) -> &'static str {
    match purpose {
        ProofPurpose::AssertionMethod => "The method is not listed for assertions.",
        ProofPurpose::Authentication => "The method is not listed for authentication.",
    }
}
