//! The register in memory, with an archive behind it and a backend beneath.
//!
//! Both backends answer reads here and decide with the same rules; they differ in what happens
//! between a decision and its acknowledgement, which is their [`Persistence`].

use super::StoreError;
use super::commit::{Commit, Committer};
use super::concerns::ConcernRecord;
use super::endorsing::{EndorsementRecord, NewEndorsement};
use super::event::Event;
use super::holding::{ShareMark, ShareRecord};
use super::lists::Held;
use super::mail::{self, MailRecord, NewMail};
use super::matters::Subject;
use super::record::{
    DefinitionRecord, IdempotencyRecord, IssuedRecord, NewIssuance, OrganisationRecord, Rendition,
    ReservationGuard,
};
use super::state::{Archive, Place, State, View};
use crate::model::CredentialId;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use uuid::Uuid;

/// The register: state in memory, the archive behind it, the indexes on hold.
pub(super) struct Model {
    state: RwLock<State>,
    pub(super) archive: Box<dyn Archive>,
    pub(super) held: Held,
    /// Held while frames are blanked that nobody looks at any more; true when that failed. What is
    /// not blank yet must not be settled, or no replay would finish it.
    pub(super) blanking: Mutex<bool>,
}

impl Model {
    pub(super) fn new(state: State, archive: Box<dyn Archive>) -> Self {
        Self {
            state: RwLock::new(state),
            archive,
            held: Held::default(),
            blanking: Mutex::new(false),
        }
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn view<T>(&self, look: impl FnOnce(&View<'_>) -> T) -> T {
        look(&View { state: &self.read(), archive: self.archive.as_ref() })
    }
}

/// A write on its way.
#[derive(Debug)]
pub(super) struct Command {
    /// What happens right before it and never without it: an event and its body.
    pub(super) prelude: Option<Box<(Event, Arc<[u8]>)>>,
    pub(super) event: Event,
    /// The signed bytes that come with the event.
    pub(super) body: Option<Arc<[u8]>>,
    /// Held until the outcome is known.
    pub(super) guards: Vec<Box<dyn ReservationGuard>>,
    pub(super) reply: Reply,
}

/// Whom to tell.
#[derive(Debug)]
pub(super) enum Reply {
    Done(Committer<()>),
    Issued(Committer<Arc<IssuedRecord>>),
    Organisation(Committer<Arc<OrganisationRecord>>),
    Definition(Committer<Arc<DefinitionRecord>>),
    Endorsement(Committer<Arc<EndorsementRecord>>),
    /// With the link as it is known; what the event changes of it is filled in.
    Share(Committer<Arc<ShareRecord>>, Box<ShareRecord>),
    Mail(Committer<Arc<MailRecord>>),
    Concern(Committer<Arc<ConcernRecord>>),
    Nobody,
}

/// The record that the caller asked to change, as it became.
#[derive(Clone, Debug)]
pub(super) enum Changed {
    Nothing,
    Issued(Arc<IssuedRecord>),
    Organisation(Arc<OrganisationRecord>),
    Definition(Arc<DefinitionRecord>),
    Endorsement(Arc<EndorsementRecord>),
    Share(ShareMark),
    Matter(Subject),
}

impl Changed {
    /// What an event is about that said nothing new.
    pub(super) fn nothing_by(event: &Event, view: &View<'_>) -> Self {
        match event {
            Event::Claimed { credential, .. } => {
                let known = view.entry(*credential).ok().flatten();
                known.map_or(Self::Nothing, |entry| Self::Issued(Arc::clone(&entry.record)))
            }
            Event::ConcernHandled { concern, .. } | Event::ConcernForgotten { concern, .. } => {
                let known = view.matter(*concern).ok().flatten();
                known.map_or(Self::Nothing, |known| Self::Matter(known.subject.clone()))
            }
            // Of what was withdrawn before, the caller knows.
            Event::ShareRevoked { .. } => Self::Nothing,
            _ => Self::by(event, None, view.state),
        }
    }

    /// What an event changed, once it is applied.
    pub(super) fn by(event: &Event, first: Option<Arc<IssuedRecord>>, state: &State) -> Self {
        let endorsement = |id| state.endorsements.get(id).map(|known| &known.value.record);
        match event {
            Event::MailQueued { record, .. } => Self::matter(record.id, state),
            Event::ConcernRecorded { record, .. } => Self::matter(record.id, state),
            Event::MailRetried { mail: id, .. }
            | Event::MailDone { mail: id, .. }
            | Event::ConcernHandled { concern: id, .. }
            | Event::ConcernForgotten { concern: id, .. } => Self::matter(*id, state),
            Event::Shared { share, .. } => {
                state.shares(share.credential).last().map_or(Self::Nothing, |m| Self::Share(*m))
            }
            Event::ShareRevoked { credential, number, .. } => {
                let shares = state.shares(*credential);
                let mark = shares.iter().find(|mark| mark.number == *number);
                mark.map_or(Self::Nothing, |mark| Self::Share(*mark))
            }
            Event::Settings { issuer, .. } => {
                let known = state.organisations.get(issuer).map(Arc::clone);
                known.map_or(Self::Nothing, Self::Organisation)
            }
            Event::DefinitionWithdrawn { definition, .. } => {
                state.definition(definition).map_or(Self::Nothing, Self::Definition)
            }
            Event::Endorsed { record, .. } => {
                endorsement(&record.id).map_or(Self::Nothing, |r| Self::Endorsement(Arc::clone(r)))
            }
            Event::EndorsementStatus { change } => endorsement(&change.credential)
                .map_or(Self::Nothing, |r| Self::Endorsement(Arc::clone(r))),
            _ => first.map_or(Self::Nothing, Self::Issued),
        }
    }

    fn matter(id: Uuid, state: &State) -> Self {
        let known = state.held(|recent| recent.matters.by_id.get(&id).cloned()).flatten();
        known.map_or(Self::Nothing, |known| Self::Matter(known.subject.clone()))
    }
}

impl Command {
    /// Tells that it happened.
    pub(super) fn acknowledge(self, changed: Changed) {
        for guard in self.guards {
            guard.used();
        }
        match (self.reply, changed) {
            (Reply::Done(committer), _) => committer.tell(Ok(())),
            (Reply::Issued(committer), Changed::Issued(record)) => committer.tell(Ok(record)),
            (Reply::Issued(committer), _) => {
                committer.tell(Err(StoreError::NotFound("credential")));
            }
            (Reply::Organisation(committer), Changed::Organisation(r)) => committer.tell(Ok(r)),
            (Reply::Organisation(committer), _) => {
                committer.tell(Err(StoreError::NotFound("organisation")));
            }
            (Reply::Definition(committer), Changed::Definition(r)) => committer.tell(Ok(r)),
            (Reply::Definition(committer), _) => {
                committer.tell(Err(StoreError::NotFound("definition")));
            }
            (Reply::Endorsement(committer), Changed::Endorsement(r)) => committer.tell(Ok(r)),
            (Reply::Endorsement(committer), _) => {
                committer.tell(Err(StoreError::NotFound("endorsement")));
            }
            (Reply::Share(committer, mut share), Changed::Share(mark)) => {
                (share.number, share.revoked) = (mark.number, mark.revoked);
                committer.tell(Ok(share.into()));
            }
            (Reply::Mail(committer), Changed::Matter(Subject::Mail(r))) => committer.tell(Ok(r)),
            (Reply::Mail(committer), _) => committer.tell(Err(StoreError::NotFound("mail"))),
            (Reply::Concern(committer), Changed::Matter(Subject::Concern(r))) => {
                committer.tell(Ok(r));
            }
            (Reply::Concern(committer), _) => {
                committer.tell(Err(StoreError::NotFound("concern")));
            }
            // It was withdrawn before.
            (Reply::Share(committer, share), _) => committer.tell(Ok(share.into())),
            (Reply::Nobody, _) => {}
        }
    }

    /// Tells that it did not, or perhaps did not. What was held is given back first, so that who
    /// hears of it finds it free.
    pub(super) fn refuse(self, error: StoreError) {
        drop(self.guards);
        match self.reply {
            Reply::Done(committer) => committer.tell(Err(error)),
            Reply::Issued(committer) => committer.tell(Err(error)),
            Reply::Organisation(committer) => committer.tell(Err(error)),
            Reply::Definition(committer) => committer.tell(Err(error)),
            Reply::Endorsement(committer) => committer.tell(Err(error)),
            Reply::Share(committer, _) => committer.tell(Err(error)),
            Reply::Mail(committer) => committer.tell(Err(error)),
            Reply::Concern(committer) => committer.tell(Err(error)),
            Reply::Nobody => {}
        }
    }
}

/// What happens between a decision and its acknowledgement, and where documents are.
pub(super) trait Persistence: Send + Sync + 'static {
    /// Takes a write. Its reply is told sooner or later, whatever happens.
    fn submit(&self, model: &Model, command: Command);
    /// The bytes of a recorded document of this length, which lies at this place.
    fn document(
        &self,
        id: CredentialId,
        place: Place,
        length: u32,
    ) -> Result<Option<Arc<[u8]>>, StoreError>;
    /// The token of a recorded rendition, which lies at this place.
    fn rendition(
        &self,
        id: CredentialId,
        rendition: Rendition,
        place: Place,
    ) -> Result<Option<Arc<str>>, StoreError>;
    /// The event with this number, which lies there; `None` when it was erased.
    fn event(&self, sequence: u64, place: Place) -> Result<Option<Event>, StoreError>;
    /// What came with it.
    fn body(&self, sequence: u64, place: Place) -> Result<Option<Arc<[u8]>>, StoreError>;
    /// Whether writes are accepted.
    fn ready(&self) -> Result<(), StoreError>;
    /// Ends it in order.
    fn close(&self);
}

/// A store: [`super::MemoryStore`] or [`super::EmbeddedStore`].
#[expect(private_bounds, reason = "the two kinds of persistence are this room's own business")]
pub struct Register<P: Persistence> {
    pub(super) model: Arc<Model>,
    pub(super) persistence: P,
}

impl<P: Persistence> fmt::Debug for Register<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is recorded is personal data and has no place in a log.
        f.debug_struct("Register").finish_non_exhaustive()
    }
}

#[expect(private_bounds, reason = "the two kinds of persistence are this room's own business")]
impl<P: Persistence> Register<P> {
    pub(super) fn submit(&self, event: Event, body: Option<Arc<[u8]>>) -> Commit<()> {
        self.submit_with(event, body, Vec::new(), Reply::Done)
    }

    /// Records a signed credential with everything that happens in the same step.
    pub(super) fn submit_issuance(&self, issuance: NewIssuance) -> Commit<Arc<IssuedRecord>> {
        if let Err(error) = check_issuance(&issuance) {
            return Commit::done(Err(error));
        }
        let NewIssuance { record, document, reservations, idempotency, requires, mail, origin } =
            issuance;
        let guards = reservations.into_iter().map(|held| held.guard).collect();
        let (record, idempotency) = (Box::new(record), idempotency.map(Box::new));
        let queued = mail.as_ref().map(|mail| mail.record.id);
        let prelude = mail.map(|NewMail { record, sealed }| {
            let (record, origin) = (Box::new(record), origin.clone());
            Box::new((Event::MailQueued { record, origin }, sealed))
        });
        let event = Event::Issued { record, idempotency, requires, mail: queued, origin };
        let (committer, commit) = Commit::waiting();
        let (body, reply) = (Some(document), Reply::Issued(committer));
        self.persistence.submit(&self.model, Command { prelude, event, body, guards, reply });
        commit
    }

    pub(super) fn submit_record(&self, event: Event) -> Commit<Arc<IssuedRecord>> {
        self.submit_with(event, None, Vec::new(), Reply::Issued)
    }

    pub(super) fn submit_with<T>(
        &self,
        event: Event,
        body: Option<Arc<[u8]>>,
        guards: Vec<Box<dyn ReservationGuard>>,
        reply: impl FnOnce(Committer<T>) -> Reply,
    ) -> Commit<T> {
        let (committer, commit) = Commit::waiting();
        let command = Command { prelude: None, event, body, guards, reply: reply(committer) };
        self.persistence.submit(&self.model, command);
        commit
    }
}

/// Whether the record tells the truth about what comes with it.
fn check_issuance(issuance: &NewIssuance) -> Result<(), StoreError> {
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    let record = &issuance.record;
    if !issuance.reservations.iter().map(|held| &held.entry).eq(&record.status) {
        return conflict("the status entries are not the reserved ones");
    }
    if u32::try_from(issuance.document.len()) != Ok(record.length)
        || hex(&Sha256::digest(&issuance.document)) != record.sha256
    {
        return conflict("the document is not the one the record describes");
    }
    if let Some(mail) = &issuance.mail {
        mail::check(mail, record.id, &record.issuer)?;
    }
    check_idempotency(issuance.idempotency.as_ref(), record.id)
}

fn check_idempotency(used: Option<&IdempotencyRecord>, id: CredentialId) -> Result<(), StoreError> {
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    match used {
        Some(used) if used.credential != id => {
            conflict("the idempotency key names another credential")
        }
        Some(used) if used.request_sha256.is_empty() => {
            conflict("the idempotency key has no digest of its request")
        }
        _ => Ok(()),
    }
}

pub(super) fn check_endorsement(endorsement: &NewEndorsement) -> Result<(), StoreError> {
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    let record = &endorsement.record;
    if !endorsement.reservations.iter().map(|held| &held.entry).eq(&record.status) {
        return conflict("the status entries are not the reserved ones");
    }
    if u32::try_from(endorsement.document.len()) != Ok(record.length)
        || hex(&Sha256::digest(&endorsement.document)) != record.sha256
    {
        return conflict("the document is not the one the record describes");
    }
    check_idempotency(endorsement.idempotency.as_ref(), record.id)
}

/// A recorded token as text.
pub(super) fn text_of(token: &[u8], id: CredentialId) -> Result<Arc<str>, StoreError> {
    match std::str::from_utf8(token) {
        Ok(text) => Ok(Arc::from(text)),
        Err(_) => Err(StoreError::Corrupt { what: "rendition", id: id.to_string() }),
    }
}

/// Lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}
