//! The issuing desk: prepare, sign, record, release; revoke, suspend, reinstate, supersede.
//!
//! The order is the guarantee: a certificate is checked, built, held against the published schema
//! and against safe mode, signed, recorded durably, and only then released. What fails before the
//! record leaves nothing behind; what is recorded is never lost. The desk decides nothing about an
//! award (that is `profile`), keeps nothing itself (`store`) and holds no key (`keys`).

mod catalogue;
mod change;
mod claim;
mod closing;
mod concerns;
mod counts;
mod endorse;
mod erase;
mod error;
mod flight;
mod frameworks;
mod freezing;
mod gathered;
mod holder;
mod issue;
mod lists;
mod mail;
mod many;
mod organisations;
mod pictures;
mod publications;
mod publishing;
mod register;
mod rendition;
mod schema;
mod sealing;
mod settings;
mod setup;
mod template;
mod vocabulary;

pub use change::StatusRequest;
pub use claim::{Holder, HolderLink, Shared};
pub use concerns::ConcernWords;
pub use counts::{Figure, IssuerFigures, Published, Quarter};
pub use endorse::{EndorseRequest, SealedEndorsement};
pub use erase::EARLY_PURGE;
pub use error::IssueError;
pub use frameworks::FrameworkPublication;
pub use gathered::Imported;
pub use holder::HolderSecret;
pub use issue::{HOLD_REASON, IssueRequest, Issued};
pub use lists::UnpublishedList;
pub use mail::{MailFacts, MailMatter, MailWork};
pub use many::Changed;
pub use organisations::{PutOrganisation, Registrar};
pub use publishing::{DefinitionCheck, Publication};
pub use register::{Listed, ListedState, Listing, RegisterFilter};
pub use settings::{DeskParts, DeskSettings};
pub use setup::{DidMethod, IssuerRequest};
pub use template::DeskFigures;

use crate::model::{Slug, Timestamp};
use crate::profile::Vocabulary;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

/// The issuing desk of an installation. One for each process; share it.
///
/// Its futures compute on the thread that polls them and wait only for the store to be durable, or
/// for a moment in which changes of status gather. Dropping a future loses nothing that was
/// acknowledged.
pub struct Desk {
    parts: DeskParts,
    links: claim::LinkKeys,
    seal: mail::AddressSeal,
    parsed: catalogue::ParsedCatalogue,
    bundled_vocabulary: Arc<Vocabulary>,
    prepared: sealing::PreparedProofs,
    templates: template::Templates,
    in_flight: flight::InFlight,
    /// Held by all who make certificates, and by one alone who changes what they are made from:
    /// what was checked still holds when it is recorded.
    turns: tokio::sync::RwLock<()>,
    /// Mails about concerns that each issuer got within the hour that began then.
    concern_mails: Mutex<BTreeMap<Slug, (Timestamp, u32)>>,
    /// Held while a status list is made.
    list_making: tokio::sync::Mutex<()>,
    /// Held while status lists are signed.
    press: tokio::sync::Mutex<()>,
}

impl Desk {
    /// A desk of these parts.
    pub fn new(parts: DeskParts) -> Self {
        Self {
            links: claim::LinkKeys::new(&parts.holder_secret),
            seal: mail::AddressSeal::new(&parts.holder_secret),
            parts,
            parsed: catalogue::ParsedCatalogue::default(),
            bundled_vocabulary: Arc::new(Vocabulary::bundled().clone()),
            prepared: sealing::PreparedProofs::default(),
            templates: template::Templates::default(),
            in_flight: flight::InFlight::default(),
            turns: tokio::sync::RwLock::new(()),
            concern_mails: Mutex::default(),
            list_making: tokio::sync::Mutex::new(()),
            press: tokio::sync::Mutex::new(()),
        }
    }

    /// The addresses it issues under.
    pub fn installation(&self) -> &crate::profile::Installation {
        &self.parts.installation
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Desk({:?})", self.parts)
    }
}
