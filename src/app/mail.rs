//! Mail as the configuration says: the way to the relay, with its secret, and who walks it.

use super::{AppError, House, secrets};
use crate::config::{Config, Mail};
use crate::delivery::{
    self, DeliveryError, Patience, Postman, PostmanParts, Relay, Reply, Way, WayParts,
};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The postman of an installation; `None` where mail is off.
fn postman(house: &House) -> Result<Option<Arc<Postman>>, AppError> {
    let config = &house.config;
    let mail = &config.mail;
    if !mail.enabled {
        return Ok(None);
    }
    let postman = Postman::new(PostmanParts {
        store: Arc::clone(&house.store),
        desk: Arc::clone(&house.desk),
        clock: Arc::clone(&house.clock),
        ids: Arc::clone(&house.ids),
        way: way(config)?,
        from: mail.from_address.clone().ok_or(DeliveryError::Sender)?,
        from_name: mail.from_name.clone(),
        host: host(config),
        patience: patience(mail),
        connections: mail.connections,
    })?;
    Ok(Some(postman))
}

/// Whoever looks after the queue of an installation: the postman, or where mail is off who lets go
/// of what is left in it.
pub(super) fn worker(
    house: &House,
    stopped: watch::Receiver<bool>,
) -> Result<Pin<Box<dyn Future<Output = ()>>>, AppError> {
    if let Some(postman) = postman(house)? {
        return Ok(Box::pin(postman.run(stopped)));
    }
    let (store, clock) = (Arc::clone(&house.store), Arc::clone(&house.clock));
    let give_up = patience(&house.config.mail).give_up;
    Ok(Box::pin(delivery::let_go(store, clock, give_up, stopped)))
}

/// Whether the relay lets us in; sends nothing. `None` where mail is off.
pub fn greet_relay(config: &Config) -> Result<Option<Result<(), Reply>>, AppError> {
    if !config.mail.enabled {
        return Ok(None);
    }
    Ok(Some(Relay::new(way(config)?).greet()))
}

fn patience(mail: &Mail) -> Patience {
    Patience {
        first: mail.first_retry_seconds,
        longest: mail.longest_retry_seconds,
        give_up: i64::from(mail.give_up_hours) * 3_600,
    }
}

fn way(config: &Config) -> Result<Arc<Way>, AppError> {
    let mail = &config.mail;
    let password = match &mail.password_file {
        Some(path) => Some(secrets::read_private(path)?),
        None => None,
    };
    let password = password.map(|text| text.trim_end_matches(['\r', '\n']).to_owned());
    let authorities = match &mail.ca_file {
        Some(path) => Some(std::fs::read(path).map_err(|error| AppError::file(path, &error))?),
        None => None,
    };
    Ok(Way::new(WayParts {
        host: mail.host.as_deref().ok_or(DeliveryError::NoRelay)?,
        port: mail.port(),
        tls: mail.tls,
        authorities: authorities.as_deref(),
        credentials: mail.user.clone().zip(password),
        timeout: Duration::from_secs(mail.timeout_seconds),
        hello: &host(config),
    })?)
}

/// The host of the service, without a port.
fn host(config: &Config) -> String {
    let url = url::Url::parse(config.public_url.as_str()).ok();
    let host = url.as_ref().and_then(|url| url.host_str());
    host.unwrap_or("localhost").trim_matches(['[', ']']).to_owned()
}
