//! The worker of the queue: takes mail that is due, hands it to the relay, notes what came of it.
//!
//! While the relay cannot be had, one mail at a time is tried, after longer and longer pauses, and
//! the others are left alone. What could not be noted is noted before anything else is sent, so that
//! a store in trouble does not mean the same mail again and again; a single mail whose record is
//! damaged is put aside and stops nobody else's. The log tells a mail by its own number and the
//! numbers of the reply; never whom it went to or what it says.

use super::DeliveryError;
use super::letter;
use super::message::{self, Cover};
use super::patience::Patience;
use super::relay::{Refusal, Relay, Reply, Way};
use crate::clock::Clock;
use crate::ids::IdGenerator;
use crate::issuance::{Desk, MailFacts, MailWork};
use crate::model::Timestamp;
use crate::store::{Attempt, MailOutcome, MailRecord, Origin, Store, StoreError};
use crate::texts::Language;
use lettre::message::Mailbox;
use lettre::{Address, address::Envelope};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinSet, spawn_blocking};
use uuid::Uuid;

/// How often the queue is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// So much mail is taken at a time, for each connection.
const TAKEN: usize = 32;
/// The longest pause while the relay cannot be had, in seconds.
const LONGEST_PAUSE: u32 = 600;
/// Until when a mail is put aside of which it cannot be noted what came of it, in seconds: a hundred
/// years, so that nobody gets it twice.
const ASIDE: i64 = 100 * 365 * 86_400;

/// What the postman works with.
pub struct PostmanParts {
    /// The queue.
    pub store: Arc<dyn Store>,
    /// Knows what a mail tells.
    pub desk: Arc<Desk>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance, for pauses.
    pub ids: Arc<dyn IdGenerator>,
    /// To the relay.
    pub way: Arc<Way>,
    /// The address of the sender.
    pub from: String,
    /// Its name; that of the issuer where there is none.
    pub from_name: Option<String>,
    /// The host of the service.
    pub host: String,
    /// How patient it is.
    pub patience: Patience,
    /// Connections at one time.
    pub connections: usize,
}

/// Sends what is queued. One for each process.
pub struct Postman {
    parts: PostmanParts,
    from: Address,
    breaker: Mutex<Breaker>,
    /// What came of mails and could not be noted.
    unnoted: Mutex<BTreeMap<Uuid, MailOutcome>>,
    /// Mails whose records are damaged; left alone while this process runs.
    damaged: Mutex<BTreeSet<Uuid>>,
}

impl fmt::Debug for Postman {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Postman({:?})", self.parts.way)
    }
}

/// Whether the relay can be had.
#[derive(Debug, Default)]
struct Breaker {
    failures: u32,
    until: Option<Timestamp>,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

type Bag = Arc<Mutex<VecDeque<Arc<MailRecord>>>>;

impl Postman {
    /// A postman of these parts.
    pub fn new(parts: PostmanParts) -> Result<Arc<Self>, DeliveryError> {
        let from = message::address(&parts.from).ok_or(DeliveryError::Sender)?;
        let (breaker, unnoted, damaged) = (Mutex::default(), Mutex::default(), Mutex::default());
        Ok(Arc::new(Self { parts, from, breaker, unnoted, damaged }))
    }

    /// Works until it is told to stop; then it finishes the mails that are in its hands.
    pub async fn run(self: Arc<Self>, mut stopped: watch::Receiver<bool>) {
        let mut told = None;
        loop {
            if *stopped.borrow() {
                return;
            }
            // The same trouble is told once.
            let trouble = self.round(&stopped).await.err();
            if let Some(error) = trouble.as_ref().filter(|_| trouble != told) {
                tracing::error!(target: "bewijs::mail", %error, "the queue cannot be worked on");
            }
            told = trouble;
            tokio::select! {
                _ = stopped.changed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Tries what is due now.
    async fn round(self: &Arc<Self>, stopped: &watch::Receiver<bool>) -> Result<(), StoreError> {
        self.note_again().await;
        let now = self.parts.clock.now();
        let probing = {
            let mut breaker = hold(&self.breaker);
            if breaker.until.is_some_and(|until| now < until) {
                return Ok(());
            }
            breaker.until = None;
            breaker.failures > 0
        };
        let most = if probing { 1 } else { self.parts.connections.saturating_mul(TAKEN) };
        let passed = hold(&self.unnoted).len() + hold(&self.damaged).len();
        let mut due = VecDeque::from(self.parts.store.due_mail(now, most.saturating_add(passed))?);
        due.retain(|mail| {
            !hold(&self.unnoted).contains_key(&mail.id) && !hold(&self.damaged).contains(&mail.id)
        });
        due.truncate(most);
        let hands = due.len().min(self.parts.connections);
        if hands == 0 {
            return Ok(());
        }
        // Whoever cannot write down what it did should not do it.
        self.parts.store.ready()?;
        let bag: Bag = Arc::new(Mutex::new(due));
        let mut working = JoinSet::new();
        for _ in 0..hands {
            working.spawn(Arc::clone(self).empty(Arc::clone(&bag), stopped.clone()));
        }
        while working.join_next().await.is_some() {}
        Ok(())
    }

    /// Sends what is in the bag, one after another over one connection.
    async fn empty(self: Arc<Self>, bag: Bag, stopped: watch::Receiver<bool>) {
        let mut relay = Relay::new(Arc::clone(&self.parts.way));
        loop {
            let pausing = hold(&self.breaker).until.is_some();
            let idle = *stopped.borrow() || !hold(&self.unnoted).is_empty();
            let next = hold(&bag).pop_front();
            let Some(mail) = next.filter(|_| !idle && !pausing) else { break };
            // A task of its own, so that one that panics ends alone and is an attempt.
            let tried = tokio::spawn(Arc::clone(&self).attempt(relay, Arc::clone(&mail))).await;
            let (kept, outcome) = tried.unwrap_or_else(|_| {
                tracing::error!(target: "bewijs::mail", mail = %mail.id, "an attempt panicked");
                self.unfinished(&mail)
            });
            relay = kept;
            self.note(mail.id, outcome).await;
        }
        // Taking leave waits for the relay too.
        let _ = spawn_blocking(move || relay.leave()).await;
    }

    /// Nobody knows how far an attempt came.
    fn unfinished(&self, mail: &MailRecord) -> (Relay, MailOutcome) {
        let reply = Reply { code: None, class: "internal".to_owned() };
        (Relay::new(Arc::clone(&self.parts.way)), self.later(mail, reply))
    }

    async fn attempt(self: Arc<Self>, relay: Relay, mail: Arc<MailRecord>) -> (Relay, MailOutcome) {
        let mail = mail.as_ref();
        let facts = match self.parts.desk.mail_work(mail) {
            Ok(MailWork::Send(facts)) => facts,
            Ok(MailWork::Void) => return (relay, MailOutcome::Cancelled),
            Ok(MailWork::Sealed) => return (relay, self.failed(None, "sealed")),
            Err(error) => {
                tracing::error!(target: "bewijs::mail", mail = %mail.id, %error, "not readable");
                return (relay, self.later(mail, Reply { code: None, class: "internal".into() }));
            }
        };
        let (envelope, message) = match self.written(mail, &facts) {
            Ok(Some(written)) => written,
            Ok(None) => return (relay, self.failed(None, "address")),
            Err(error) => {
                tracing::error!(target: "bewijs::mail", mail = %mail.id, %error, "not writable");
                return (relay, self.failed(None, "internal"));
            }
        };
        let mut working = relay;
        let sent = spawn_blocking(move || {
            let outcome = working.send(&envelope, &message);
            (working, outcome)
        });
        match sent.await {
            Ok((relay, outcome)) => (relay, self.judged(mail, outcome)),
            Err(_) => self.unfinished(mail),
        }
    }

    fn written(
        &self,
        mail: &MailRecord,
        facts: &MailFacts,
    ) -> Result<Option<(Envelope, Vec<u8>)>, DeliveryError> {
        let language: Language = mail.language.parse().unwrap_or_default();
        let Some(to) = message::address(&facts.to) else { return Ok(None) };
        let name = self.parts.from_name.clone().unwrap_or_else(|| facts.issuer.clone());
        let cover = Cover {
            id: mail.id,
            host: &self.parts.host,
            from: &Mailbox::new(Some(name), self.from.clone()),
            to: &to,
            reply_to: facts.contact.as_deref().and_then(message::address),
            date: mail.created,
            language,
        };
        message::write(&cover, &letter::write(facts, language)).map(Some)
    }

    /// What follows from what the relay said.
    fn judged(&self, mail: &MailRecord, said: Result<Reply, Refusal>) -> MailOutcome {
        if !matches!(said, Err(Refusal::Relay(_))) {
            *hold(&self.breaker) = Breaker::default();
        }
        match said {
            Ok(reply) => MailOutcome::Sent(self.attempted(reply.code, &reply.class)),
            Err(Refusal::Never(reply)) => self.failed(reply.code, &reply.class),
            Err(Refusal::Later(reply)) => self.later(mail, reply),
            Err(Refusal::Relay(reply)) => {
                self.pause(&reply);
                self.later(mail, reply)
            }
        }
    }

    /// The relay is left alone for a while. What several connections learn at one time is learned
    /// once.
    fn pause(&self, reply: &Reply) {
        let mut breaker = hold(&self.breaker);
        if breaker.until.is_some() {
            return;
        }
        breaker.failures = breaker.failures.saturating_add(1);
        let longest = self.parts.patience.longest.min(LONGEST_PAUSE);
        let first = self.parts.patience.first.min(longest);
        let patience = Patience { first, longest, ..self.parts.patience };
        let seconds = patience.pause(breaker.failures, self.parts.ids.as_ref());
        breaker.until = Some(self.parts.clock.now().plus_seconds(i64::from(seconds)));
        let Reply { code, class } = reply;
        tracing::warn!(
            target: "bewijs::mail", code, class, seconds, "the relay does not take mail; pausing"
        );
    }

    fn attempted(&self, code: Option<u16>, class: &str) -> Attempt {
        Attempt { at: self.parts.clock.now(), code, class: class.to_owned() }
    }

    fn failed(&self, code: Option<u16>, class: &str) -> MailOutcome {
        MailOutcome::Failed(self.attempted(code, class))
    }

    fn later(&self, mail: &MailRecord, reply: Reply) -> MailOutcome {
        let attempt = self.attempted(reply.code, &reply.class);
        let failed = mail.attempts.saturating_add(1);
        match self.parts.patience.next(mail.created, failed, attempt.at, self.parts.ids.as_ref()) {
            Some(next) => MailOutcome::Retry { next, attempt },
            None => MailOutcome::Failed(attempt),
        }
    }

    /// Writes down what came of a mail. What cannot be written down now is kept in mind.
    async fn note(&self, mail: Uuid, outcome: MailOutcome) {
        let (state, attempt) = match &outcome {
            MailOutcome::Sent(attempt) => ("sent", Some(attempt)),
            MailOutcome::Retry { attempt, .. } => ("queued", Some(attempt)),
            MailOutcome::Failed(attempt) | MailOutcome::Bounced(attempt) => {
                ("failed", Some(attempt))
            }
            MailOutcome::Cancelled => ("cancelled", None),
        };
        let code = attempt.and_then(|attempt| attempt.code);
        let class = attempt.map(|attempt| attempt.class.as_str());
        tracing::info!(target: "bewijs::mail", %mail, state, code, class);
        let at = self.parts.clock.now();
        let origin = Origin { actor: "service".to_owned(), request_id: None, from: None, at };
        match self.parts.store.mail_attempted(mail, outcome.clone(), origin).await {
            Ok(_) => {
                hold(&self.unnoted).remove(&mail);
            }
            // Erased, or noted already although that was not told.
            Err(StoreError::NotFound(_) | StoreError::Conflict(_)) => {
                hold(&self.unnoted).remove(&mail);
            }
            Err(error @ StoreError::Corrupt { .. }) => {
                tracing::error!(
                    target: "bewijs::mail", %mail, %error,
                    "the record of a mail is damaged; it is put aside, and its address stays"
                );
                hold(&self.unnoted).remove(&mail);
                self.put_aside(mail, &outcome).await;
            }
            Err(error) => {
                tracing::error!(target: "bewijs::mail", %mail, %error, "not noted yet");
                hold(&self.unnoted).insert(mail, outcome);
            }
        }
    }

    /// Notes at least that it was tried, which looks at nothing that was recorded before, so that
    /// another process does not send it again.
    async fn put_aside(&self, mail: Uuid, outcome: &MailOutcome) {
        hold(&self.damaged).insert(mail);
        let attempt = match outcome {
            MailOutcome::Sent(attempt)
            | MailOutcome::Failed(attempt)
            | MailOutcome::Bounced(attempt)
            | MailOutcome::Retry { attempt, .. } => attempt.clone(),
            MailOutcome::Cancelled => self.attempted(None, "internal"),
        };
        let at = self.parts.clock.now();
        let origin = Origin { actor: "service".to_owned(), request_id: None, from: None, at };
        let outcome = MailOutcome::Retry { next: at.plus_seconds(ASIDE), attempt };
        // Nothing more can be done about it here; it is left alone in any case.
        let _ = self.parts.store.mail_attempted(mail, outcome, origin).await;
    }

    async fn note_again(&self) {
        let waiting = hold(&self.unnoted).clone();
        for (mail, outcome) in waiting {
            self.note(mail, outcome).await;
        }
    }
}
