//! The running service: the front of the house on an opened installation, the publisher of status
//! lists beside it, and an orderly end.

use super::{AppError, House};
use crate::canon::ContextSet;
use crate::config::Config;
use crate::conformance::ConformanceLists;
use crate::http::{self, FrontDesk, FrontDeskParts, FrontSettings};
use crate::keys;
use crate::sources::{
    KeyDocuments, Layered, NetworkLimits, NetworkSources, Now, RecognisedIssuers, StoreSources,
};
use crate::store::{OrganisationRecord, Origin, Store};
use crate::verification::{Examiner, Limits, Recognition, Sources};
use actix_web::HttpServer;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// A service that is ready to run.
#[derive(Debug)]
pub struct App {
    house: House,
    front: Arc<FrontDesk>,
}

/// Takes an address, so that nothing else is done when it is not to be had.
pub fn listen(address: SocketAddr) -> Result<TcpListener, AppError> {
    TcpListener::bind(address)
        .map_err(|error| AppError::Listen { address, cause: error.to_string() })
}

impl App {
    /// Puts the rooms together.
    pub fn build(house: House) -> Self {
        let front = FrontDesk::new(front_parts(&house));
        Self { house, front }
    }

    /// The front, for tests that bring their own server.
    pub fn front(&self) -> &Arc<FrontDesk> {
        &self.front
    }

    /// The installation it stands on.
    pub fn house(&self) -> &House {
        &self.house
    }

    /// Serves until SIGTERM or SIGINT, then finishes what was accepted and ends. `ready` is called
    /// once, when requests are taken.
    pub fn run(
        self,
        listener: TcpListener,
        ready: impl FnOnce(SocketAddr),
    ) -> Result<(), AppError> {
        let Self { house, front } = self;
        let outcome = actix_web::rt::System::new().block_on(serve(&house, front, listener, ready));
        // Whatever the outcome, and whoever still holds the store: what was accepted is written.
        house.store.close();
        outcome
    }
}

async fn serve(
    house: &House,
    front: Arc<FrontDesk>,
    listener: TcpListener,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), AppError> {
    let failed = |error: std::io::Error| AppError::Server(error.to_string());
    let address = listener.local_addr().map_err(failed)?;
    let (stop, stopped) = watch::channel(false);
    let postman = super::mail::worker(house, stopped.clone())?;
    let limits = &house.config.limits;
    let workers = match limits.workers {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        given => given,
    };
    let server = HttpServer::new(move || {
        let front = Arc::clone(&front);
        actix_web::App::new().configure(move |routes| http::configure(routes, &front))
    })
    .workers(workers)
    .max_connections(limits.connections.div_ceil(workers))
    .client_request_timeout(Duration::from_secs(limits.header_seconds))
    .keep_alive(Duration::from_secs(limits.header_seconds))
    .shutdown_timeout(limits.shutdown_seconds)
    // Theirs drops connections on SIGINT; ours finishes what was accepted on both signals.
    .disable_signals()
    .listen(listener)
    .map_err(failed)?
    .run();

    // Records from before there was freezing; without it they are frozen at the next certificate.
    let origin =
        Origin { actor: "service".to_owned(), request_id: None, from: None, at: house.clock.now() };
    if let Err(error) = house.desk.freeze_catalogue(origin).await {
        tracing::error!(%error, "not every definition could be frozen");
    }
    let postman = actix_web::rt::spawn(postman);
    let publisher = actix_web::rt::spawn(Arc::clone(&house.desk).run_publisher(stopped));
    let handle = server.handle();
    let signals = signals().map_err(failed)?;
    actix_web::rt::spawn(async move {
        signals.await;
        tracing::info!("stopping: finishing what was accepted");
        handle.stop(true).await;
    });
    tracing::info!(%address, public_url = %house.config.public_url, "ready");
    ready(address);
    let outcome = server.await.map_err(failed);
    // The publisher ends between two lists, the postman between two mails, never within one.
    let _ = stop.send(true);
    let _ = publisher.await;
    let _ = postman.await;
    outcome
}

/// Resolves at the first signal that asks for an end.
#[cfg(unix)]
fn signals() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Resolves when the terminal asks for an end.
#[cfg(not(unix))]
fn signals() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn front_parts(house: &House) -> FrontDeskParts {
    let config = &house.config;
    let clock = Arc::clone(&house.clock);
    let now: Now = Arc::new(move || clock.now());
    let store: Arc<dyn Sources> = Arc::new(StoreSources::new(
        Arc::clone(&house.store),
        config.public_url.as_str(),
        key_documents(Arc::clone(&house.store)),
        Arc::clone(&now),
    ));
    let adopted: Arc<dyn Sources> = house.adopted.clone();
    let mut own: Vec<Arc<dyn Sources>> = Vec::new();
    if let Some(issuer) = &house.conformance {
        let (issuer, now) = (Arc::clone(issuer), Arc::clone(&now));
        // Before the store, which says of every address of ours whether there is such a list.
        own.push(Arc::new(ConformanceLists { issuer, now }));
    }
    own.extend([store, adopted, recognised(config)]);
    let own: Arc<dyn Sources> = Arc::new(Layered::new(own));
    let outward = config.outward.enabled.then(|| {
        let networks = config.outward.allow_networks.clone();
        let mut network =
            NetworkSources::new(network_limits(config), config.outward.allow_loopback, now);
        if !networks.is_empty() {
            let inside = move |address| networks.iter().any(|network| network.contains(address));
            network = network.with_exempt(Arc::new(inside));
        }
        let network: Arc<dyn Sources> = Arc::new(network);
        let layers: Arc<dyn Sources> = Arc::new(Layered::new(vec![Arc::clone(&own), network]));
        layers
    });
    FrontDeskParts {
        store: Arc::clone(&house.store),
        desk: Arc::clone(&house.desk),
        examiner: Arc::new(examiner(house)),
        conformance: house.conformance.clone(),
        adopted: Arc::clone(&house.adopted),
        access: Arc::clone(&house.access),
        sources: own,
        outward,
        clock: Arc::clone(&house.clock),
        ids: Arc::clone(&house.ids),
        settings: front_settings(config),
    }
}

/// The examining room; with the contexts of conformance tests only beside their issuer.
fn examiner(house: &House) -> Examiner {
    let limits = Limits { max_bytes: house.config.limits.body_bytes, ..Limits::default() };
    let examiner = Examiner::new(limits);
    match &house.conformance {
        Some(issuer) => {
            super::conformance::warn(issuer);
            examiner.with_contexts(ContextSet::conformance())
        }
        None => examiner,
    }
}

/// The operator's register of recognised issuers.
fn recognised(config: &Config) -> Arc<dyn Sources> {
    let issuers = config.recognition.issuers.iter().map(|issuer| {
        let periods = issuer.periods.iter().map(|period| Recognition {
            name: Some(issuer.name.clone()),
            from: Some(period.from),
            until: period.until,
            by: Some(period.by.clone()),
            source: Some(period.source.clone()),
        });
        (issuer.id.clone(), periods.collect())
    });
    Arc::new(RecognisedIssuers::new(issuers))
}

/// DID documents of own issuers, from the public records of their keys.
fn key_documents(store: Arc<dyn Store>) -> KeyDocuments {
    Arc::new(move |organisation: &OrganisationRecord| {
        let id = organisation.sealer.as_ref().map_or("", |sealer| sealer.id.as_str());
        let document = keys::did_document(id, &store.keys(&organisation.slug)?);
        Ok(serde_json::to_vec(&document).expect("a document of JSON values is JSON").into())
    })
}

fn network_limits(config: &Config) -> NetworkLimits {
    NetworkLimits {
        timeout: Duration::from_secs(config.outward.timeout_seconds),
        max_bytes: config.outward.max_bytes,
        max_redirects: config.outward.max_redirects,
        ..NetworkLimits::default()
    }
}

fn front_settings(config: &Config) -> FrontSettings {
    let request = Duration::from_secs(config.limits.request_seconds);
    FrontSettings {
        public_url: config.public_url.to_string(),
        trusted_proxies: config.trusted_proxies.clone(),
        max_body: config.limits.body_bytes,
        body_time: request,
        work_time: request,
        max_in_work: config.limits.concurrent_requests,
        status_ttl_seconds: config.status_lists.ttl_seconds,
        concerns: config.concerns,
        pages: config.pages.clone(),
    }
}
