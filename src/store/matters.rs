//! Matters: what is kept about a certificate beside its record, each with an id and a life of its
//! own: mails and concerns.
//!
//! There may be many of them, so memory holds only what has not settled yet and, of mails that
//! wait, when they are due. It deliberately knows nothing of files.

use super::StoreError;
use super::commit::Commit;
use super::concerns::{ConcernRecord, Handled};
use super::decide::Became;
use super::endorsing::EndorsementTarget;
use super::event::{Event, Replaced};
use super::mail::{self, MailOutcome, MailRecord, MailState};
use super::query::{Page, RegisterCursor};
use super::record::Origin;
use super::register::{Persistence, Register, Reply};
use super::state::{Place, State, View};
use crate::model::{CredentialId, Slug, Timestamp};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;
use uuid::Uuid;

/// So many are looked at for one page.
const LOOKED_AT: usize = 2_000;
/// Beyond so many that cannot be read, those after them are not looked at either.
const MOST_DAMAGED: usize = 64;
/// The most records of one page.
const MOST: usize = 1_000;

/// The kinds of matters, by the letter they have in keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Mail,
    Concern,
}

impl Kind {
    pub(super) fn letter(self) -> u8 {
        match self {
            Self::Mail => b'm',
            Self::Concern => b'c',
        }
    }
}

/// What it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Mail(Arc<MailRecord>),
    Concern(Arc<ConcernRecord>),
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Matter {
    /// Number of the event that opened it: its place in the order of its kind.
    pub(super) ordinal: u64,
    pub(super) subject: Subject,
    /// Every frame that tells of it, by number.
    pub(super) frames: Vec<(u64, Place)>,
    /// The one of them with the sealed address or the words, while those are kept.
    pub(super) body: Option<(u64, Place)>,
}

/// Its place among those of its kind and issuer.
pub(super) type Order = (Kind, Slug, u64);

impl Matter {
    pub(super) fn id(&self) -> Uuid {
        match &self.subject {
            Subject::Mail(record) => record.id,
            Subject::Concern(record) => record.id,
        }
    }

    pub(super) fn credential(&self) -> CredentialId {
        match &self.subject {
            Subject::Mail(record) => record.credential,
            Subject::Concern(record) => record.credential,
        }
    }

    pub(super) fn order(&self) -> Order {
        match &self.subject {
            Subject::Mail(record) => (Kind::Mail, record.issuer.clone(), self.ordinal),
            Subject::Concern(record) => (Kind::Concern, record.issuer.clone(), self.ordinal),
        }
    }

    pub(super) fn mail(&self) -> Option<Arc<MailRecord>> {
        match &self.subject {
            Subject::Mail(record) => Some(Arc::clone(record)),
            Subject::Concern(_) => None,
        }
    }

    pub(super) fn concern(&self) -> Option<Arc<ConcernRecord>> {
        match &self.subject {
            Subject::Concern(record) => Some(Arc::clone(record)),
            Subject::Mail(_) => None,
        }
    }

    /// What lists are filtered by.
    pub(super) fn stage(&self) -> Stage {
        match &self.subject {
            Subject::Mail(record) => Stage::of_mail(record.state),
            Subject::Concern(record) => Stage::of_concern(record.handled.is_some()),
        }
    }

    /// When it is due, if it waits.
    pub(super) fn due(&self) -> Option<(Timestamp, Uuid)> {
        match &self.subject {
            Subject::Mail(record) if record.state == MailState::Queued => {
                Some((record.next, record.id))
            }
            _ => None,
        }
    }
}

/// How far a matter is, as one letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stage(pub(super) u8);

impl Stage {
    pub(super) fn of_mail(state: MailState) -> Self {
        Self(match state {
            MailState::Queued => b'q',
            MailState::Sent => b's',
            MailState::Failed => b'f',
            MailState::Cancelled => b'c',
        })
    }

    pub(super) fn of_concern(handled: bool) -> Self {
        Self(if handled { b'h' } else { b'o' })
    }
}

/// Matters that are not in the archive yet, in [`super::state::Recent`].
#[derive(Debug, Default)]
pub(super) struct RecentMatters {
    /// `None` for one that was purged.
    pub(super) by_id: BTreeMap<Uuid, Option<Arc<Matter>>>,
    /// The fresh ones among them.
    pub(super) order: BTreeMap<Order, Uuid>,
    pub(super) of: BTreeMap<CredentialId, Vec<Uuid>>,
    /// Those that were purged, as they were.
    pub(super) left: Vec<Arc<Matter>>,
}

/// Takes a place in the order, which it is and how far.
pub(super) type ShowMatter<'a> = dyn FnMut(u64, Uuid, Stage) -> bool + 'a;

impl View<'_> {
    pub(super) fn matter(&self, id: Uuid) -> Result<Option<Arc<Matter>>, StoreError> {
        match self.state.held(|recent| recent.matters.by_id.get(&id).cloned()) {
            Some(held) => Ok(held),
            None => self.archive.matter(id),
        }
    }

    /// Everything that is kept about a credential, in order.
    pub(super) fn matters_of(&self, id: CredentialId) -> Result<Vec<Arc<Matter>>, StoreError> {
        let mut ids = self.archive.matters_of(id)?;
        let recent = [self.state.settling.as_deref(), Some(&self.state.recent)];
        for recent in recent.into_iter().flatten() {
            ids.extend(recent.matters.of.get(&id).into_iter().flatten());
        }
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(self.matter(id)?);
        }
        found.sort_by_key(|matter| matter.ordinal);
        found.dedup_by_key(|matter| matter.ordinal);
        Ok(found)
    }
}

/// Fills in what only the decision knows of an event that ends a mail.
pub(super) fn complete(event: &mut Event, matters: &[Arc<Matter>]) {
    if let Event::MailDone { outcome: Some(outcome), record, .. } = event
        && let Some(Subject::Mail(before)) = matters.first().map(|known| &known.subject)
    {
        *record = Some(Box::new(mail::finished(before, outcome)));
    }
}

/// The frames that a tombstone may name, before it takes effect.
pub(super) fn frames_about(
    event: &Event,
    became: &[Became],
    matters: &[Arc<Matter>],
    state: &State,
) -> Vec<(u64, Place)> {
    let about = match event {
        Event::Erased { credential, .. } | Event::Purged { credential, .. } => Some(*credential),
        Event::MailDone { .. } | Event::ConcernForgotten { .. } => None,
        _ => return Vec::new(),
    };
    let mut frames: Vec<_> = matters.iter().flat_map(|known| known.frames.clone()).collect();
    let Some(id) = about else { return frames };
    for before in became.iter().filter_map(|became| became.before.as_ref()) {
        frames.extend(&before.frames);
    }
    let endorsing = state.endorsements_of.get(&EndorsementTarget::Credential(id));
    for known in state.endorsements(endorsing) {
        if !known.place.is_nowhere() {
            frames.push((known.sequence, known.place));
        }
    }
    frames
}

impl State {
    /// Makes what a decided event does to matters happen. `before` is how they were.
    pub(super) fn apply_to_matters(
        &mut self,
        sequence: u64,
        event: &Event,
        before: &[Arc<Matter>],
        place: Place,
    ) {
        let frame = (sequence, place);
        let fresh =
            |subject| Matter { ordinal: sequence, subject, frames: vec![frame], body: Some(frame) };
        match event {
            Event::MailQueued { record, .. } => {
                let record = Arc::new(MailRecord::clone(record));
                self.matter_became(None, fresh(Subject::Mail(record)));
            }
            Event::ConcernRecorded { record, .. } => {
                let record = Arc::new(ConcernRecord::clone(record));
                self.matter_became(None, fresh(Subject::Concern(record)));
            }
            Event::MailDone { record: Some(record), replaced, .. } => {
                let first = replaced.iter().map(|one: &Replaced| one.sequence).min();
                let ordinal = before.first().map(|known| known.ordinal).or(first);
                let subject = Subject::Mail(Arc::new(MailRecord::clone(record)));
                let frames = vec![frame];
                let ordinal = ordinal.unwrap_or(sequence);
                let after = Matter { ordinal, subject, frames, body: None };
                self.matter_became(before.first(), after);
            }
            Event::Purged { .. } => before.iter().for_each(|known| self.forget_matter(known)),
            _ => {
                for known in before {
                    let mut after = Matter::clone(known);
                    changed(&mut after, event, frame);
                    self.matter_became(Some(known), after);
                }
            }
        }
    }

    fn matter_became(&mut self, before: Option<&Arc<Matter>>, after: Matter) {
        let id = after.id();
        if let Some(due) = before.and_then(|before| before.due()) {
            self.due.remove(&due);
        }
        self.due.extend(after.due());
        if before.is_none() {
            self.recent.matters.order.insert(after.order(), id);
            self.recent.matters.of.entry(after.credential()).or_default().push(id);
        }
        self.recent.matters.by_id.insert(id, Some(Arc::new(after)));
    }

    fn forget_matter(&mut self, known: &Arc<Matter>) {
        if let Some(due) = known.due() {
            self.due.remove(&due);
        }
        let recent = &mut self.recent.matters;
        recent.order.remove(&known.order());
        recent.of.remove(&known.credential());
        recent.by_id.insert(known.id(), None);
        recent.left.push(Arc::clone(known));
    }
}

/// How an event changes a matter that is known.
fn changed(matter: &mut Matter, event: &Event, frame: (u64, Place)) {
    match (event, &mut matter.subject) {
        (Event::MailRetried { next, attempt, .. }, Subject::Mail(record)) => {
            *record = Arc::new(mail::after_retry(record, *next, attempt));
            matter.frames.push(frame);
        }
        (Event::ConcernHandled { origin, .. }, Subject::Concern(record)) => {
            let handled = Handled { at: origin.at, by: origin.actor.clone() };
            Arc::make_mut(record).handled = Some(handled);
            matter.frames.push(frame);
        }
        (Event::ConcernForgotten { .. }, Subject::Concern(_)) => {
            matter.body = None;
            matter.frames.push(frame);
        }
        (Event::Erased { .. }, Subject::Mail(record)) => {
            *record = Arc::new(mail::cancelled(record));
            matter.body = None;
        }
        (Event::Erased { .. }, Subject::Concern(_)) => matter.body = None,
        _ => {}
    }
}

#[expect(private_bounds, reason = "the two kinds of persistence are this room's own business")]
impl<P: Persistence> Register<P> {
    pub(super) fn matter(&self, id: Uuid) -> Result<Option<Arc<Matter>>, StoreError> {
        self.model.view(|view| view.matter(id))
    }

    pub(super) fn matters_of(&self, id: CredentialId) -> Result<Vec<Arc<Matter>>, StoreError> {
        self.model.view(|view| view.matters_of(id))
    }

    pub(super) fn mail_due(
        &self,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Arc<MailRecord>>, StoreError> {
        let due: Vec<_> = {
            let state = self.model.read();
            let due = state.due.iter().take_while(|(at, _)| *at <= until);
            due.take(limit.saturating_add(MOST_DAMAGED)).map(|(_, id)| *id).collect()
        };
        let (mut found, mut damaged) = (Vec::with_capacity(due.len().min(limit)), None);
        for id in due {
            if found.len() >= limit {
                break;
            }
            match self.matter(id) {
                Ok(known) => found.extend(known.and_then(|known| known.mail())),
                // One that cannot be read keeps no other from being sent.
                Err(error @ StoreError::Corrupt { .. }) => damaged = Some(error),
                Err(error) => return Err(error),
            }
        }
        if let Some(error) = damaged.filter(|_| found.is_empty()) {
            return Err(error);
        }
        Ok(found)
    }

    pub(super) fn attempt_mail(
        &self,
        id: Uuid,
        outcome: MailOutcome,
        origin: Origin,
    ) -> Commit<Arc<MailRecord>> {
        let known = self.matter(id).map(|known| known.and_then(|known| known.mail()));
        let credential = match known {
            Ok(Some(known)) => known.credential,
            Ok(None) => return Commit::done(Err(StoreError::NotFound("mail"))),
            Err(error) => return Commit::done(Err(error)),
        };
        let event = match outcome {
            MailOutcome::Retry { next, attempt } => {
                Event::MailRetried { mail: id, credential, next, attempt, origin }
            }
            done => {
                let (outcome, record, replaced) = (Some(done), None, Vec::new());
                Event::MailDone { mail: id, credential, outcome, record, replaced, origin }
            }
        };
        self.submit_with(event, None, Vec::new(), Reply::Mail)
    }

    /// Something happens to an issuer's concern.
    pub(super) fn about_concern(
        &self,
        id: Uuid,
        issuer: &Slug,
        event: impl FnOnce(CredentialId) -> Event,
    ) -> Commit<Arc<ConcernRecord>> {
        let known = self.matter(id).map(|known| known.and_then(|known| known.concern()));
        match known {
            Err(error) => Commit::done(Err(error)),
            Ok(Some(known)) if known.issuer == *issuer => {
                self.submit_with(event(known.credential), None, Vec::new(), Reply::Concern)
            }
            Ok(_) => Commit::done(Err(StoreError::NotFound("concern"))),
        }
    }

    /// The sealed address or the words of a matter; `None` when nothing of it is kept.
    pub(super) fn body_of(&self, id: Uuid, kind: Kind) -> Result<Option<Arc<[u8]>>, StoreError> {
        let known = self.matter(id)?.filter(|known| known.order().0 == kind);
        match known.and_then(|known| known.body) {
            Some((sequence, place)) => self.persistence.body(sequence, place),
            None => Ok(None),
        }
    }

    /// A page of an issuer's matters of a kind, oldest first. The work is bounded.
    pub(super) fn matters(
        &self,
        kind: Kind,
        issuer: &Slug,
        stage: Option<Stage>,
        after: Option<RegisterCursor>,
        limit: usize,
    ) -> Result<Page<Matter>, StoreError> {
        let limit = limit.clamp(1, MOST);
        let wanted = |found: Stage| stage.is_none_or(|stage| stage == found);
        let (mut records, mut looked_at, mut more) = (Vec::new(), 0, false);
        let mut at = after.map_or(0, |cursor| cursor.0);
        let state = self.model.read();
        let view = View { state: &state, archive: self.model.archive.as_ref() };
        let mut found = Vec::new();
        view.archive.scan_matters(kind, issuer, at, &mut |ordinal, id, settled| {
            if found.len() >= limit || looked_at >= LOOKED_AT {
                more = true;
                return false;
            }
            (at, looked_at) = (ordinal, looked_at + 1);
            let held = state.held(|recent| recent.matters.by_id.get(&id).cloned());
            let stage = match &held {
                Some(held) => held.as_ref().map(|known| known.stage()),
                None => Some(settled),
            };
            if stage.is_some_and(wanted) {
                found.push(id);
            }
            true
        })?;
        let recent = [state.settling.as_deref(), Some(&state.recent)];
        for recent in recent.into_iter().flatten() {
            let from = Bound::Excluded((kind, issuer.clone(), at));
            for (order, id) in recent.matters.order.range((from, Bound::Unbounded)) {
                if more || order.0 != kind || order.1 != *issuer {
                    break;
                }
                if found.len() >= limit || looked_at >= LOOKED_AT {
                    more = true;
                    break;
                }
                (at, looked_at) = (order.2, looked_at + 1);
                if view.matter(*id)?.is_some_and(|known| wanted(known.stage())) {
                    found.push(*id);
                }
            }
        }
        for id in found {
            records.extend(view.matter(id)?);
        }
        Ok(Page { records, next: more.then_some(RegisterCursor(at)) })
    }
}
