//! The front of the house: routes, problems, rights, the API and the pages (actix-web).
//!
//! It judges nothing itself: it asks the issuing desk, the examining room and the store, and turns
//! what they say into answers. It holds no key and cannot name the room that does.

mod allowance;
mod api;
mod auth;
mod body;
pub mod csv;
mod dossier;
mod form;
mod forwarded;
mod front;
mod negotiation;
mod pages;
mod places;
mod problem;
mod routes;
pub(crate) mod wording;

pub use front::configure;
pub use problem::Kind as ProblemKind;
pub use routes::{Name, Operation, ROUTES, Route};

use crate::access::Access;
use crate::clock::Clock;
use crate::config::{Concerns, Network, Pages};
use crate::conformance::ConformanceIssuer;
use crate::ids::IdGenerator;
use crate::institution::AdoptedIssuers;
use crate::issuance::Desk;
use crate::store::Store;
use crate::verification::{Examiner, Sources};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

/// How the front behaves.
#[derive(Clone, Debug)]
pub struct FrontSettings {
    /// `https://host`, without a slash at the end: what addresses in answers start with.
    pub public_url: String,
    /// Proxies that are believed: request ids, and where a visitor comes from.
    pub trusted_proxies: Vec<Network>,
    /// Largest body, in bytes.
    pub max_body: usize,
    /// Time for a body to arrive.
    pub body_time: Duration,
    /// Time for the work on one request.
    pub work_time: Duration,
    /// Requests in work at one time; more are told to come back.
    pub max_in_work: usize,
    /// Seconds for which others may keep a copy of a status list.
    pub status_ttl_seconds: u32,
    /// Whether reports of concerns are taken, and how many.
    pub concerns: Concerns,
    /// Who runs the service, as the pages say it.
    pub pages: Pages,
}

/// What the front works with.
pub struct FrontDeskParts {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The issuing desk.
    pub desk: Arc<Desk>,
    /// The examining room.
    pub examiner: Arc<Examiner>,
    /// Answers an examination without the network.
    pub sources: Arc<dyn Sources>,
    /// Answers with the network; asked on a thread that may block. `None` keeps the service at home.
    pub outward: Option<Arc<dyn Sources>>,
    /// Signs for conformance tests; `None` everywhere else.
    pub conformance: Option<Arc<ConformanceIssuer>>,
    /// The institutions that are kept here.
    pub adopted: Arc<AdoptedIssuers>,
    /// The service's own word: tokens for clients.
    pub access: Arc<Access>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws request numbers.
    pub ids: Arc<dyn IdGenerator>,
    /// How it behaves.
    pub settings: FrontSettings,
}

/// The front, shared by every worker.
pub struct FrontDesk {
    parts: FrontDeskParts,
    in_work: AtomicUsize,
    large_bodies: AtomicUsize,
    exports: Arc<places::Places>,
    batches: Arc<AtomicUsize>,
    allowances: allowance::Allowances,
    drawings: api::downloads::Drawings,
}

impl FrontDesk {
    /// Opens the front.
    pub fn new(parts: FrontDeskParts) -> Arc<Self> {
        let allowances = allowance::Allowances::new(&parts.settings.concerns, &parts.clock);
        Arc::new(Self {
            parts,
            allowances,
            in_work: AtomicUsize::new(0),
            large_bodies: AtomicUsize::new(0),
            exports: api::register::places(),
            batches: Arc::default(),
            drawings: api::downloads::Drawings::default(),
        })
    }
}

impl fmt::Debug for FrontDesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrontDesk").field("settings", &self.parts.settings).finish_non_exhaustive()
    }
}
