//! A store that forgets everything when it is dropped; for tests and for trying things out.
//!
//! It deliberately survives nothing: its writes are durable only as long as the process lives.

use super::StoreError;
use super::decide::{Decision, NO_RECORDS, decide};
use super::endorsing::EndorsementTarget;
use super::event::Event;
use super::matters::{complete, frames_about};
use super::record::Rendition;
use super::register::{Changed, Command, Model, Persistence, Register, text_of};
use super::state::{Nothing, Place, State, View};
use crate::model::CredentialId;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// The store in memory.
pub type MemoryStore = Register<Volatile>;

/// An event and what came with it.
type Kept = (Event, Option<Arc<[u8]>>);

type Tokens = HashMap<(CredentialId, Rendition), Arc<[u8]>>;

/// Keeps documents in memory and nothing else.
#[derive(Default)]
pub struct Volatile {
    documents: RwLock<HashMap<CredentialId, Arc<[u8]>>>,
    tokens: RwLock<Tokens>,
    /// Events that are read again, by number.
    events: RwLock<HashMap<u64, Kept>>,
    closed: AtomicBool,
}

/// Where everything lies that is not erased.
const SOMEWHERE: Place = Place { segment: 0, offset: 0, length: 1 };

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self {
            model: Arc::new(Model::new(State::default(), Box::new(Nothing))),
            persistence: Volatile::default(),
        }
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl Volatile {
    fn keep(&self, id: CredentialId, body: &Arc<[u8]>) {
        let mut documents = self.documents.write().unwrap_or_else(PoisonError::into_inner);
        documents.insert(id, Arc::clone(body));
    }

    /// Keeps what is read again, until it is erased.
    fn keep_event(&self, sequence: u64, event: &Event, body: Option<&Arc<[u8]>>) {
        let mut events = self.events.write().unwrap_or_else(PoisonError::into_inner);
        if let Event::Shared { .. }
        | Event::MailQueued { .. }
        | Event::ConcernRecorded { .. }
        | Event::Picture { .. } = event
        {
            events.insert(sequence, (event.clone(), body.map(Arc::clone)));
        }
    }

    fn forget_events(&self, frames: &[(u64, Place)]) {
        let mut events = self.events.write().unwrap_or_else(PoisonError::into_inner);
        for (sequence, _) in frames {
            events.remove(sequence);
        }
    }

    fn forget<'a>(&self, ids: impl Iterator<Item = &'a CredentialId>) {
        let mut documents = self.documents.write().unwrap_or_else(PoisonError::into_inner);
        let mut tokens = self.tokens.write().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            documents.remove(id);
            for rendition in [Rendition::VcJwt, Rendition::Ob3Jwt] {
                tokens.remove(&(*id, rendition));
            }
        }
    }
}

impl Persistence for Volatile {
    fn submit(&self, model: &Model, command: Command) {
        if let Err(error) = self.ready() {
            return command.refuse(error);
        }
        let mut state = model.write();
        let view = View { state: &state, archive: model.archive.as_ref() };
        let decision = match decide(&command.event, &view) {
            Ok(decision) => decision,
            Err(error) => return command.refuse(error),
        };
        let first = match &decision {
            Decision::Happens(became, _) => became.first().map(|first| Arc::clone(&first.record)),
            Decision::Nothing => {
                let changed = Changed::nothing_by(&command.event, &view);
                return command.acknowledge(changed);
            }
        };
        let mut command = command;
        if let Decision::Happens(became, matters) = &decision {
            complete(&mut command.event, matters);
            self.forget_events(&frames_about(&command.event, became, matters, &state));
        }
        match (&command.event, &command.body, &decision) {
            (Event::Issued { record, .. }, Some(body), _) => self.keep(record.id, body),
            (Event::Endorsed { record, .. }, Some(body), _) => self.keep(record.id, body),
            (Event::Erased { credential, .. }, ..) => {
                let target = EndorsementTarget::Credential(*credential);
                let endorsing = state.endorsements_of.get(&target).into_iter().flatten();
                self.forget(endorsing.chain([credential]));
            }
            (Event::Rendition { credential, rendition, .. }, Some(body), Decision::Happens(..)) => {
                let mut tokens = self.tokens.write().unwrap_or_else(PoisonError::into_inner);
                tokens.insert((*credential, *rendition), Arc::clone(body));
            }
            _ => {}
        }
        if let Some((event, body)) = command.prelude.as_deref() {
            let sequence = state.sequence + 1;
            self.keep_event(sequence, event, Some(body));
            state.apply(sequence, event, NO_RECORDS, SOMEWHERE, Some(body));
        }
        let sequence = state.sequence + 1;
        self.keep_event(sequence, &command.event, command.body.as_ref());
        state.apply(sequence, &command.event, decision, SOMEWHERE, command.body.as_ref());
        let changed = Changed::by(&command.event, first, &state);
        drop(state);
        command.acknowledge(changed);
    }

    fn document(
        &self,
        id: CredentialId,
        _: Place,
        _: u32,
    ) -> Result<Option<Arc<[u8]>>, StoreError> {
        let documents = self.documents.read().unwrap_or_else(PoisonError::into_inner);
        Ok(documents.get(&id).map(Arc::clone))
    }

    fn rendition(
        &self,
        id: CredentialId,
        rendition: Rendition,
        _: Place,
    ) -> Result<Option<Arc<str>>, StoreError> {
        let tokens = self.tokens.read().unwrap_or_else(PoisonError::into_inner);
        tokens.get(&(id, rendition)).map(|token| text_of(token, id)).transpose()
    }

    fn event(&self, sequence: u64, _: Place) -> Result<Option<Event>, StoreError> {
        let events = self.events.read().unwrap_or_else(PoisonError::into_inner);
        Ok(events.get(&sequence).map(|(event, _)| event.clone()))
    }

    fn body(&self, sequence: u64, _: Place) -> Result<Option<Arc<[u8]>>, StoreError> {
        let events = self.events.read().unwrap_or_else(PoisonError::into_inner);
        Ok(events.get(&sequence).and_then(|(_, body)| body.clone()))
    }

    fn ready(&self) -> Result<(), StoreError> {
        if self.closed.load(Ordering::Acquire) {
            let cause = "the store is closed".to_owned();
            return Err(StoreError::Unavailable { cause, unknown_outcome: false });
        }
        Ok(())
    }

    fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }
}
