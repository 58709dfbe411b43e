//! Opening an installation: the store, the vault and the desk that works with both. The server
//! and the offline commands stand on the same [`House`]; only one of them holds it at a time.

use super::conformance::conformance_issuer;
use super::{AppError, secrets};
use crate::access::{Access, TokenKey};
use crate::clock::{Clock, SystemClock};
use crate::config::{Config, ConfigError};
use crate::conformance::ConformanceIssuer;
use crate::ids::{IdGenerator, SystemIds};
use crate::institution::AdoptedIssuers;
use crate::issuance::{Desk, DeskParts, DeskSettings, HolderSecret};
use crate::keys::{ServiceKey, TestKeys, Vault, did_web};
use crate::profile::{HouseRules, Installation};
use crate::store::{EmbeddedStore, Origin, Store};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// An opened installation.
pub struct House {
    /// How it runs.
    pub config: Config,
    /// What is recorded.
    pub store: Arc<dyn Store>,
    /// The signing keys.
    pub vault: Arc<Vault>,
    /// The issuing desk.
    pub desk: Arc<Desk>,
    /// The institutions that it keeps.
    pub adopted: Arc<AdoptedIssuers>,
    /// The service's own word: tokens for clients, statements.
    pub access: Arc<Access>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws identifiers and secrets.
    pub ids: Arc<dyn IdGenerator>,
    /// Signs for conformance tests, where the configuration wants it.
    pub conformance: Option<Arc<ConformanceIssuer>>,
}

impl fmt::Debug for House {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "House({})", self.config.public_url)
    }
}

impl Drop for House {
    /// A command that is done lets go of the directory, although a thread may still hold the store.
    fn drop(&mut self) {
        self.store.close();
    }
}

/// Opens only the store, for what needs no key. Refused while another process holds it.
pub fn open_store(config: &Config) -> Result<Arc<EmbeddedStore>, AppError> {
    let store = EmbeddedStore::open(&config.data_dir)?;
    for repair in store.repairs() {
        tracing::warn!(%repair, "the store was repaired at opening; nothing is lost");
    }
    Ok(Arc::new(store))
}

impl House {
    /// Opens the installation. Marked example keys are taken or refused; issuers that were made as
    /// TEST as the configuration says.
    pub fn open(config: Config, test_keys: TestKeys) -> Result<Self, AppError> {
        // The vault first: it says what is wrong with the secrets before anything is written.
        let vault = Arc::new(Vault::open(&config.keys.dir, secrets::unlock(&config)?, test_keys)?);
        let store: Arc<dyn Store> = open_store(&config)?;
        if !config.allow_test_issuers {
            refuse_test_issuers(store.as_ref())?;
        }
        refuse_other_address(store.as_ref(), &config)?;
        let adopted = Arc::new(super::succession::adopted(&config, store.as_ref())?);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ids: Arc<dyn IdGenerator> = Arc::new(SystemIds);
        let fresh = store.issued_count()? == 0;
        let conformance = conformance_issuer(&config, store.as_ref(), ids.as_ref())?;
        let holder = secrets::holder_secret(&config.keys.dir, ids.as_ref(), fresh)?;
        let access = Arc::new(access(&vault, &config, clock.as_ref())?);
        let keys: Arc<Vault> = Arc::clone(&vault);
        let desk = Desk::new(DeskParts {
            store: Arc::clone(&store),
            keys,
            clock: Arc::clone(&clock),
            ids: Arc::clone(&ids),
            installation: installation(&config)?,
            holder_secret: HolderSecret::new(&holder),
            settings: desk_settings(&config),
        });
        let desk = Arc::new(desk);
        Ok(Self { config, store, vault, desk, adopted, access, clock, ids, conformance })
    }

    /// Who does it, for the audit.
    pub fn origin(&self, actor: &str) -> Origin {
        Origin { actor: actor.to_owned(), request_id: None, from: None, at: self.clock.now() }
    }
}

/// The service's own word, with a key of its own, made at the first opening.
fn access(vault: &Vault, config: &Config, clock: &dyn Clock) -> Result<Access, AppError> {
    if vault.service_keys().is_empty() {
        vault.add_service_key(clock.now())?;
    }
    let keys = vault.service_keys().into_iter().map(token_key);
    Ok(Access::new(config.public_url.as_str(), keys))
}

pub(super) fn token_key(key: ServiceKey) -> TokenKey {
    TokenKey { made: key.made, signer: key.signer }
}

/// The addresses and rules of an installation.
pub fn installation(config: &Config) -> Result<Installation, AppError> {
    Ok(Installation {
        base_url: config.public_url.to_string(),
        vocabulary_base: config.vocabulary_base(),
        vks_level_uri: config.vks_level_uri(),
        rules: rules(config)?,
    })
}

fn rules(config: &Config) -> Result<HouseRules, AppError> {
    let mut rules = HouseRules::new(config.rules.time_zone.clone(), config.rules.appeal_days);
    let fault = |detail: String| ConfigError::Value { key: "rules.required", detail };
    for (kind, fields) in &config.rules.required {
        let named = kind.parse().map_err(|_| fault(format!("{kind} is no kind of certificate")))?;
        for field in fields {
            rules.require(named, field).map_err(|error| fault(error.to_string()))?;
        }
    }
    Ok(rules)
}

fn desk_settings(config: &Config) -> DeskSettings {
    let lists = &config.status_lists;
    let validity = i64::from(lists.validity_hours) * 3_600;
    DeskSettings {
        list_entries: lists.entries,
        list_validity: validity,
        list_margin: validity / 2,
        list_ttl: u64::from(lists.ttl_seconds) * 1_000,
        coalescing: Duration::from_millis(lists.window_ms),
        vc_jwt: config.tokens.vc_jwt,
        ob3_jwt: config.tokens.ob3_jwt,
        mail: config.mail.enabled,
        concern_mails: config.concerns.mails_per_issuer_hour,
        ..DeskSettings::default()
    }
}

fn refuse_test_issuers(store: &dyn Store) -> Result<(), AppError> {
    match store
        .organisations()?
        .iter()
        .find(|organisation| organisation.sealer.as_ref().is_some_and(|sealer| sealer.test))
    {
        Some(organisation) => {
            Err(AppError::TestIssuer { issuer: organisation.slug.as_str().to_owned() })
        }
        None => Ok(()),
    }
}

/// Every certificate carries the public address. A did:web issuer shows whether it was changed.
fn refuse_other_address(store: &dyn Store, config: &Config) -> Result<(), AppError> {
    let public_url = config.public_url.to_string();
    for organisation in store.organisations()? {
        let Some(sealer) = organisation.sealer.as_ref().filter(|s| s.id.starts_with("did:web:"))
        else {
            continue;
        };
        let here = did_web(&public_url, &["issuers", organisation.slug.as_str()]);
        if here.as_ref() != Some(&sealer.id) {
            return Err(AppError::OtherPublicUrl {
                issuer: organisation.slug.as_str().to_owned(),
                id: sealer.id.clone(),
                public_url,
            });
        }
    }
    Ok(())
}

/// Runs one piece of asynchronous work to its end, for commands.
pub fn run<T>(work: impl Future<Output = T>) -> Result<T, AppError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(|error| AppError::Server(error.to_string()))?;
    Ok(runtime.block_on(work))
}
