//! The committer: the thread behind the embedded store that decides waiting writes, appends them to
//! the journal as one group with one sync, makes them visible and acknowledges them.
//!
//! It reads no clock. What became visible is moved into the read model by the settler.

use super::super::StoreError;
use super::super::codec::{Codec, dictionary_name};
use super::super::decide::{Decision, NO_RECORDS, decide};
use super::super::endorsing::EndorsementTarget;
use super::super::event::{Claim, Event};
use super::super::journal::frame::{HEADER, Payload};
use super::super::journal::{AppendError, Ledger, Turn};
use super::super::matters::{complete, frames_about};
use super::super::record::{IssuedRecord, Rendition};
use super::super::register::{Changed, Command, Model, Persistence, Reply, text_of};
use super::super::state::{Place, View};
use super::blanking::{Blanks, name_frames};
use super::documents::Documents;
use super::events::Events;
use super::opening::Repair;
use super::read_model::{Checkpoint, ReadModel};
use super::settler::{Rounds, SETTLE_AT, Settler};
use crate::model::CredentialId;
use rustc_hash::FxHasher;
use std::collections::{HashSet, VecDeque};
use std::fs::File;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// The most bytes of one group.
const LARGEST_GROUP: usize = 8 << 20;
/// With more than this the committer waits for the settler.
const MOST_RECENT: usize = 3 * SETTLE_AT;

/// How the embedded store makes writes durable.
#[derive(Debug)]
pub struct Journaled {
    shared: Arc<Shared>,
    read_model: Arc<ReadModel>,
    /// `None` when it was closed.
    working: Mutex<Option<Working>>,
    repairs: Vec<Repair>,
}

/// What ends when the store is closed.
#[derive(Debug)]
struct Working {
    committer: JoinHandle<()>,
    settler: JoinHandle<()>,
    /// Held until everything else is gone.
    directory: File,
}

/// What the threads and the callers share.
#[derive(Debug)]
struct Shared {
    codec: Arc<Codec>,
    events: Arc<Events>,
    queue: Mutex<Queue>,
    /// Something was queued, or the store closes.
    queued: Condvar,
    settling: Rounds,
    documents: Mutex<Documents>,
    capacity: usize,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: Vec<Queued>,
    closed: bool,
    /// Why nothing can be written any more.
    poisoned: Option<String>,
}

#[derive(Debug)]
struct Queued {
    command: Command,
    /// That of the event before it, and its own.
    prelude: Option<Payload>,
    payload: Payload,
}

impl Queued {
    fn size(&self) -> usize {
        let payloads = self.prelude.iter().chain([&self.payload]);
        payloads.map(|payload| HEADER + payload.bytes.len()).sum()
    }
}

/// What the opened parts are.
pub(super) struct Parts {
    pub(super) model: Arc<Model>,
    pub(super) ledger: Box<dyn Ledger>,
    pub(super) codec: Arc<Codec>,
    pub(super) events: Arc<Events>,
    pub(super) read_model: Arc<ReadModel>,
    pub(super) checkpoint: Checkpoint,
    pub(super) capacity: usize,
    pub(super) repairs: Vec<Repair>,
    pub(super) lock: File,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Journaled {
    /// Starts the threads.
    pub(super) fn start(parts: Parts) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared {
            codec: parts.codec,
            events: parts.events,
            queue: Mutex::default(),
            queued: Condvar::new(),
            settling: Rounds::default(),
            documents: Mutex::default(),
            capacity: parts.capacity,
        });
        let failed = |error| StoreError::Open(format!("a thread cannot be started: {error}"));
        let committer = {
            let committer =
                Committing { shared: Arc::clone(&shared), model: Arc::clone(&parts.model) };
            let ledger = parts.ledger;
            let thread = std::thread::Builder::new().name("store-commit".to_owned());
            thread.spawn(move || committer.run(ledger)).map_err(failed)?
        };
        let read_model = Arc::clone(&parts.read_model);
        let settler = {
            let settler = Settler {
                model: parts.model,
                read_model: parts.read_model,
                checkpoint: parts.checkpoint,
            };
            let shared = Arc::clone(&shared);
            let thread = std::thread::Builder::new().name("store-settle".to_owned());
            let work = move || {
                settler.run(&shared.settling, &|cause| lock(&shared.queue).poisoned = Some(cause));
            };
            thread.spawn(work).map_err(failed)?
        };
        Ok(Self {
            shared,
            read_model,
            working: Mutex::new(Some(Working { committer, settler, directory: parts.lock })),
            repairs: parts.repairs,
        })
    }

    pub(super) fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Waits until everything that is visible now is in the read model.
    pub(super) fn settle(&self) -> Result<(), StoreError> {
        if self.shared.settling.complete()? { Ok(()) } else { Err(closed()) }
    }

    /// Proposes a dictionary for documents like this one, for those that come after it.
    fn propose(&self, event: &Event, document: &[u8]) {
        let Event::Issued { record, .. } = event else { return };
        let Some(bytes) = self.shared.codec.propose(&record.definition, document) else { return };
        let name = super::super::register::hex(&dictionary_name(&bytes));
        let event = Event::Dictionary { definition: record.definition.clone(), name };
        let Ok(payload) = self.shared.codec.encode(&event, Some(&bytes), None) else { return };
        let body = Some(Arc::from(bytes));
        let (guards, reply) = (Vec::new(), Reply::Nobody);
        let command = Command { prelude: None, event, body, guards, reply };
        self.shared.enqueue(Queued { command, prelude: None, payload });
    }
}

impl Shared {
    fn enqueue(&self, queued: Queued) {
        let mut queue = lock(&self.queue);
        let refusal = if let Some(cause) = &queue.poisoned {
            Some(StoreError::Unavailable { cause: cause.clone(), unknown_outcome: false })
        } else if queue.closed {
            Some(closed())
        } else if queue.waiting.len() >= self.capacity {
            Some(StoreError::Busy)
        } else {
            None
        };
        match refusal {
            Some(error) => {
                drop(queue);
                self.refuse(queued, error);
            }
            None => {
                queue.waiting.push(queued);
                if queue.waiting.len() == 1 {
                    self.queued.notify_one();
                }
            }
        }
    }

    /// Takes nothing more. Said before those who wait are told.
    fn stop(&self, cause: &str) {
        lock(&self.queue).poisoned = Some(cause.to_owned());
    }

    fn refuse(&self, queued: Queued, error: StoreError) {
        if let Event::Dictionary { definition, .. } = &queued.command.event {
            self.codec.withdraw(definition);
        }
        queued.command.refuse(error);
    }
}

fn closed() -> StoreError {
    let cause = "the store is closed".to_owned();
    StoreError::Unavailable { cause, unknown_outcome: false }
}

impl Persistence for Journaled {
    fn submit(&self, model: &Model, command: Command) {
        let mut dictionary = None;
        let mut propose = false;
        if let Event::Issued { record, .. } = &command.event {
            let state = model.read();
            match state.dictionary_of(&record.definition) {
                Some(known) => dictionary = Some(dictionary_name(&known.bytes)),
                None => propose = true,
            }
        }
        let body = command.body.as_deref();
        let prelude = command.prelude.as_deref();
        let prelude = prelude
            .map(|(event, body)| self.shared.codec.encode(event, Some(body), None))
            .transpose();
        let payload = self.shared.codec.encode(&command.event, body, dictionary);
        match payload.and_then(|payload| Ok((prelude?, payload))) {
            Ok((prelude, payload)) => {
                if let (true, Some(document)) = (propose, body) {
                    self.propose(&command.event, document);
                }
                self.shared.enqueue(Queued { command, prelude, payload });
            }
            Err(error) => command.refuse(StoreError::Conflict(error.to_string())),
        }
    }

    fn document(
        &self,
        id: CredentialId,
        place: Place,
        length: u32,
    ) -> Result<Option<Arc<[u8]>>, StoreError> {
        if place.is_nowhere() {
            return Ok(None);
        }
        if let Some(document) = lock(&self.shared.documents).find(id) {
            return Ok(Some(document));
        }
        let Some(payload) = self.shared.events.frames.payload(place)? else { return Ok(None) };
        let corrupt = || StoreError::Corrupt { what: "document", id: id.to_string() };
        let document = self.shared.codec.body(&payload).ok().flatten().ok_or_else(corrupt)?;
        if document.len() != length as usize {
            return Err(corrupt());
        }
        lock(&self.shared.documents).keep(id, &document);
        Ok(Some(document))
    }

    fn rendition(
        &self,
        id: CredentialId,
        _: Rendition,
        place: Place,
    ) -> Result<Option<Arc<str>>, StoreError> {
        let Some(payload) = self.shared.events.frames.payload(place)? else { return Ok(None) };
        let corrupt = || StoreError::Corrupt { what: "rendition", id: id.to_string() };
        let token = self.shared.codec.body(&payload).ok().flatten().ok_or_else(corrupt)?;
        text_of(&token, id).map(Some)
    }

    fn event(&self, sequence: u64, place: Place) -> Result<Option<Event>, StoreError> {
        self.shared.events.single(sequence, place)
    }

    fn body(&self, _: u64, place: Place) -> Result<Option<Arc<[u8]>>, StoreError> {
        self.shared.events.body(place, &self.shared.codec)
    }

    fn ready(&self) -> Result<(), StoreError> {
        let queue = lock(&self.shared.queue);
        match &queue.poisoned {
            Some(cause) => {
                Err(StoreError::Unavailable { cause: cause.clone(), unknown_outcome: false })
            }
            None if queue.closed => Err(closed()),
            None => Ok(()),
        }
    }

    /// Writes what was accepted, brings the read model up to date, and lets go of the directory.
    fn close(&self) {
        // Held to the end: a second caller returns when it is done, too.
        let mut working = lock(&self.working);
        let Some(Working { committer, settler, directory }) = working.take() else { return };
        lock(&self.shared.queue).closed = true;
        self.shared.queued.notify_all();
        // A thread that panicked has nothing more to say.
        let _ = committer.join();
        self.shared.settling.close();
        let _ = settler.join();
        self.read_model.close();
        self.shared.events.frames.close();
        drop(directory);
    }
}

impl Drop for Journaled {
    fn drop(&mut self) {
        self.close();
    }
}

/// The committer's side.
struct Committing {
    shared: Arc<Shared>,
    model: Arc<Model>,
}

/// One decided write.
struct Decided {
    queued: Queued,
    decision: Decision,
    first: Option<Arc<IssuedRecord>>,
    /// What is blanked before it is acknowledged.
    blanks: Blanks,
}

impl Committing {
    fn run(self, mut ledger: Box<dyn Ledger>) {
        let mut waiting = VecDeque::new();
        loop {
            {
                let mut queue = lock(&self.shared.queue);
                while queue.waiting.is_empty() && waiting.is_empty() && !queue.closed {
                    queue = self.shared.queued.wait(queue).unwrap_or_else(PoisonError::into_inner);
                }
                waiting.extend(queue.waiting.drain(..));
                if waiting.is_empty() {
                    return;
                }
            }
            if let Err(cause) = self.write_group(ledger.as_mut(), &mut waiting) {
                self.poison(&cause, waiting);
                return;
            }
            self.wait_for_settler();
        }
    }

    /// Decides and writes what fits into one group. An error ends the store's writing.
    fn write_group(
        &self,
        ledger: &mut dyn Ledger,
        waiting: &mut VecDeque<Queued>,
    ) -> Result<(), String> {
        let mut turn = match ledger.turn() {
            Ok(turn) => turn,
            Err(AppendError { cause, unknown_outcome, ends }) => {
                if ends {
                    self.shared.stop(&cause);
                }
                // Whoever waits longer than this is better told.
                for queued in waiting.drain(..) {
                    let cause = cause.clone();
                    self.shared.refuse(queued, StoreError::Unavailable { cause, unknown_outcome });
                }
                return if ends { Err(cause) } else { Ok(()) };
            }
        };
        let group = self.decide_group(waiting);
        if group.is_empty() { Ok(()) } else { self.commit(turn.as_mut(), group) }
    }

    /// Takes writes off the queue, in order, as long as none has to see what another one does.
    /// Those that are refused or say nothing new are answered at once.
    fn decide_group(&self, waiting: &mut VecDeque<Queued>) -> Vec<Decided> {
        let state = self.model.read();
        let view = View { state: &state, archive: self.model.archive.as_ref() };
        let mut claimed = HashSet::new();
        let mut bytes = 0;
        let mut group = Vec::new();
        while let Some(queued) = waiting.front() {
            let size = queued.size();
            if bytes > 0 && bytes + size > LARGEST_GROUP {
                break;
            }
            let mut claims = Vec::new();
            queued.command.event.claims(&mut |claim| claims.push(hashed(&claim)));
            if claims.iter().any(|claim| claimed.contains(claim)) {
                break;
            }
            let Some(queued) = waiting.pop_front() else { break };
            match decide(&queued.command.event, &view) {
                Err(error) => self.shared.refuse(queued, error),
                Ok(Decision::Nothing) => {
                    let changed = Changed::nothing_by(&queued.command.event, &view);
                    queued.command.acknowledge(changed);
                }
                Ok(Decision::Happens(became, matters)) => {
                    let mut queued = queued;
                    complete(&mut queued.command.event, &matters);
                    let about = frames_about(&queued.command.event, &became, &matters, &state);
                    let blanks = match self.name_frames(&mut queued, about) {
                        Ok(blanks) => blanks,
                        Err(error) => {
                            self.shared.refuse(queued, error);
                            continue;
                        }
                    };
                    bytes += queued.size();
                    claimed.extend(claims);
                    let first = became.first().map(|first| Arc::clone(&first.record));
                    let decision = Decision::Happens(became, matters);
                    group.push(Decided { queued, decision, first, blanks });
                }
            }
        }
        group
    }

    /// Completes a tombstone. Nothing else about what it names can happen in between, since this
    /// thread writes all.
    fn name_frames(
        &self,
        queued: &mut Queued,
        about: Vec<(u64, Place)>,
    ) -> Result<Blanks, StoreError> {
        let event = &mut queued.command.event;
        if event.replaced().is_none() {
            return Ok(Blanks::default());
        }
        let blanks = name_frames(event, about, &self.shared.events)?;
        let encoded = self.shared.codec.encode(event, None, None);
        queued.payload = encoded.map_err(|error| StoreError::Conflict(error.to_string()))?;
        Ok(blanks)
    }

    /// Makes a group durable, visible and known to its callers. An error ends the store's writing.
    fn commit(&self, turn: &mut dyn Turn, group: Vec<Decided>) -> Result<(), String> {
        let named: Vec<_> =
            group.iter().flat_map(|decided| decided.blanks.frames.iter().copied()).collect();
        let appended = {
            let mut payloads = group
                .iter()
                .flat_map(|decided| decided.queued.prelude.iter().chain([&decided.queued.payload]));
            turn.append(&mut payloads, &named)
        };
        let places = match appended {
            Ok(places) => places,
            Err(error) => {
                let AppendError { unknown_outcome, ends, .. } = error;
                if ends {
                    self.shared.stop(&error.cause);
                }
                for decided in group {
                    let cause = error.cause.clone();
                    let refusal = StoreError::Unavailable { cause, unknown_outcome };
                    self.shared.refuse(decided.queued, refusal);
                }
                return if ends { Err(error.cause) } else { Ok(()) };
            }
        };
        for decided in &group {
            self.before_visible(&decided.queued.command);
        }
        let mut blanks = Blanks::default();
        let erases = group.iter().any(|decided| !decided.blanks.is_empty());
        let mut unfinished = erases.then(|| lock(&self.model.blanking));
        let mut told = Vec::with_capacity(group.len());
        let mut state = self.model.write();
        let mut places = places.into_iter();
        for decided in group {
            let Decided { queued: Queued { command, .. }, decision, first, blanks: named } =
                decided;
            blanks.add(named);
            if let Some((event, body)) = command.prelude.as_deref()
                && let Some((place, end)) = places.next()
            {
                state.apply(end.sequence, event, NO_RECORDS, place, Some(body));
            }
            let Some((place, end)) = places.next() else { break };
            state.apply(end.sequence, &command.event, decision, place, command.body.as_ref());
            state.end = end;
            let changed = Changed::by(&command.event, first, &state);
            told.push((command, changed));
        }
        let much = state.recent.size() >= SETTLE_AT;
        drop(state);
        if much {
            self.shared.settling.want();
        }
        // From here on nobody looks there any more, and nobody is told before it is done.
        if let Err(cause) = turn.blank(&blanks.frames, blanks.aside) {
            if let Some(unfinished) = unfinished.as_deref_mut() {
                *unfinished = true;
            }
            self.shared.stop(&cause);
            for (command, _) in told {
                let refusal =
                    StoreError::Unavailable { cause: cause.clone(), unknown_outcome: true };
                command.refuse(refusal);
            }
            return Err(cause);
        }
        drop(unfinished);
        for (command, changed) in told {
            command.acknowledge(changed);
        }
        Ok(())
    }

    /// What must be done when an event is durable and before it is seen.
    fn before_visible(&self, command: &Command) {
        match (&command.event, &command.body) {
            (Event::Issued { record, .. }, Some(document)) => {
                lock(&self.shared.documents).keep(record.id, document);
            }
            (Event::Dictionary { .. }, Some(bytes)) => self.shared.codec.learn(bytes),
            (Event::Erased { credential, .. }, _) => {
                let target = EndorsementTarget::Credential(*credential);
                let state = self.model.read();
                let endorsing = state.endorsements_of.get(&target).into_iter().flatten();
                let mut documents = lock(&self.shared.documents);
                for id in endorsing.chain([credential]) {
                    documents.forget(*id);
                }
            }
            _ => {}
        }
    }

    /// Memory is bounded: when the settler is far behind, writes wait.
    fn wait_for_settler(&self) {
        self.shared.settling.wait_while(|| self.model.read().recent.size() > MOST_RECENT);
    }

    fn poison(&self, cause: &str, waiting: VecDeque<Queued>) {
        let mut queue = lock(&self.shared.queue);
        queue.poisoned = Some(cause.to_owned());
        let left: Vec<_> = waiting.into_iter().chain(queue.waiting.drain(..)).collect();
        drop(queue);
        for queued in left {
            let cause = cause.to_owned();
            self.shared.refuse(queued, StoreError::Unavailable { cause, unknown_outcome: false });
        }
    }
}

fn hashed(claim: &Claim<'_>) -> u64 {
    let mut hasher = FxHasher::default();
    claim.hash(&mut hasher);
    hasher.finish()
}
