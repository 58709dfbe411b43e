//! Certificates prepared in advance: for awards that differ in text only, the canonical form is
//! compiled once and filled in, instead of made anew.
//!
//! A template is made from a document that went the general way, and is used only after it gave
//! that document back, hash and bytes, and agreed with the general engine on random fillings. Whatever a template cannot do with certainty goes the
//! general way again.

use super::{Desk, IssueError};
use crate::canon::ContextSet;
use crate::canon::compiled::{CompiledDocument, Filled, Hole, HoleKind};
use crate::profile::{
    self, Award, Definition, Generated, RegisterFacts, Vocabulary, shape_key, variable_pointers,
    variable_values,
};
use crate::store::{OrganisationRecord, SealerSettings};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// How many shapes are remembered; past it, all are forgotten.
const MOST_SHAPES: usize = 512;
/// With how many random fillings a fresh template is held against the general engine.
const TRIALS: usize = 16;

/// The templates made so far.
#[derive(Debug, Default)]
pub(super) struct Templates {
    known: RwLock<HashMap<String, Known>>,
    compiled: AtomicU64,
    general: AtomicU64,
}

/// How certificates were made since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeskFigures {
    /// From a template.
    pub compiled: u64,
    /// By the general engine.
    pub general: u64,
}

#[derive(Clone, Debug)]
struct Known {
    surroundings: Surroundings,
    template: Template,
}

#[derive(Clone, Debug)]
enum Template {
    /// Seen once; a shape that comes once is not worth compiling.
    Seen,
    Ready(Arc<CompiledDocument>),
    /// Cannot be compiled, or did not give the document back.
    Never,
}

/// What a template depends on besides its name. Records never change; another one is another
/// record.
#[derive(Clone, Debug)]
pub(super) struct Surroundings {
    organisations: Vec<Arc<OrganisationRecord>>,
    vocabulary: Arc<Vocabulary>,
    definition: Arc<Definition>,
}

impl Surroundings {
    fn same(&self, other: &Self) -> bool {
        let (ours, theirs) = (&self.organisations, &other.organisations);
        Arc::ptr_eq(&self.vocabulary, &other.vocabulary)
            && Arc::ptr_eq(&self.definition, &other.definition)
            && ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(|(one, other)| Arc::ptr_eq(one, other))
    }
}

/// One certificate on its way through the templates.
pub(super) struct Attempt {
    name: String,
    surroundings: Surroundings,
    values: Vec<String>,
    template: Option<Template>,
}

impl Desk {
    /// How certificates were made since the start.
    pub fn figures(&self) -> DeskFigures {
        DeskFigures {
            compiled: self.templates.compiled.load(Ordering::Relaxed),
            general: self.templates.general.load(Ordering::Relaxed),
        }
    }

    /// Looks a template up; `None` when this certificate cannot have one.
    pub(super) fn attempt(
        &self,
        settings: &SealerSettings,
        definition: &Arc<Definition>,
        award: &Award,
        facts: &RegisterFacts,
        generated: &Generated,
    ) -> Result<Option<Attempt>, IssueError> {
        let installation = &self.parts.installation;
        let Some(values) = variable_values(installation, definition, award, facts, generated)
        else {
            return Ok(None);
        };
        let purposes: Vec<_> = generated.status.iter().map(|entry| entry.purpose).collect();
        let shape = shape_key(award, &purposes);
        let name = format!("{} {} {} {shape}", definition.name, settings.id, settings.test);
        let surroundings = Surroundings {
            organisations: self.parts.store.organisations()?,
            vocabulary: self.vocabulary()?,
            definition: Arc::clone(definition),
        };
        let known = self.templates.known.read().unwrap_or_else(PoisonError::into_inner);
        let template = known
            .get(&name)
            .filter(|known| known.surroundings.same(&surroundings))
            .map(|known| known.template.clone());
        Ok(Some(Attempt { name, surroundings, values, template }))
    }

    /// The filled document, if there is a template for it and its values fit.
    pub(super) fn fill(&self, attempt: &Attempt) -> Option<Filled> {
        let Some(Template::Ready(compiled)) = &attempt.template else { return None };
        let filled = compiled.fill(&attempt.values()).ok()?;
        self.templates.compiled.fetch_add(1, Ordering::Relaxed);
        Some(filled)
    }

    /// Learns from a certificate that went the general way: its unsigned document and hash.
    pub(super) fn learn(&self, attempt: Option<Attempt>, document: &Value, sha256: &[u8; 32]) {
        self.templates.general.fetch_add(1, Ordering::Relaxed);
        let Some(attempt) = attempt else { return };
        let template = match attempt.template {
            None => Template::Seen,
            Some(Template::Seen) => match compile(document, sha256, &attempt.values()) {
                Some(compiled) => Template::Ready(Arc::new(compiled)),
                None => Template::Never,
            },
            Some(Template::Ready(_) | Template::Never) => return,
        };
        let mut known = self.templates.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_SHAPES {
            known.clear();
        }
        known.insert(attempt.name, Known { surroundings: attempt.surroundings, template });
    }
}

impl Attempt {
    fn values(&self) -> Vec<&str> {
        self.values.iter().map(String::as_str).collect()
    }
}

/// A template that gives the document it was made from, byte for byte, and agrees with the general
/// engine on random fillings.
fn compile(document: &Value, sha256: &[u8; 32], values: &[&str]) -> Option<CompiledDocument> {
    let holes = variable_pointers(document)
        .into_iter()
        .map(|(pointer, kind)| {
            let kind = match kind {
                profile::HoleKind::Iri => HoleKind::Iri,
                profile::HoleKind::Text => HoleKind::Text,
            };
            Hole { pointer, kind }
        })
        .collect();
    let compiled = CompiledDocument::compile(ContextSet::issuing(), document, holes).ok()?;
    let filled = compiled.fill(values).ok()?;
    let mut text = filled.json;
    text.push('}');
    let same = filled.sha256 == *sha256 && text == serde_json::to_string(document).ok()?;
    if !same {
        return None;
    }
    // The fillings need not be secret, only many and different: drawn from the document's hash.
    let mut state = *sha256;
    let mut draw = || {
        state = Sha256::digest(state).into();
        state.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    };
    compiled.verify_against_general(ContextSet::issuing(), TRIALS, &mut draw).ok()?;
    Some(compiled)
}
