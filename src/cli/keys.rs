//! `keys`: the life of signing keys. Shows public parts only.

use super::arguments::{Configured, KeyArguments, KeysCommand, NamedKey};
use super::issue::not_issued;
use super::{Exit, Fault, config, origin, refused, remark, say};
use crate::app::{self, House, TestKeys};
use crate::issuance::UnpublishedList;
use crate::model::{KeyState, Slug, Timestamp};
use crate::store::{KeyRecord, Store};

/// Carries out a command about keys.
pub(super) fn keys(command: &KeysCommand) -> Result<Exit, Fault> {
    match command {
        KeysCommand::Generate(arguments) => generate(arguments),
        KeysCommand::Rotate(arguments) => rotate(arguments),
        KeysCommand::List { configured, issuer } => list(configured, issuer),
        KeysCommand::Retire(key) => retire(key),
        KeysCommand::Compromise { key, from } => compromise(key, *from),
        KeysCommand::Service { configured, rotate, compromised } => {
            service(configured, *rotate, *compromised)
        }
    }
}

fn open(configured: &Configured) -> Result<House, Fault> {
    House::open(config::load(configured)?, TestKeys::Refuse).map_err(refused)
}

/// Opens the installation when it has this key.
fn open_for(key: &NamedKey) -> Result<House, Fault> {
    let house = open(&key.configured)?;
    let keys = house.store.keys(&key.issuer).map_err(refused)?;
    if keys.iter().any(|known| known.thumbprint == key.thumbprint) {
        return Ok(house);
    }
    Err(Fault::new(
        format_args!("{} has no key {}", key.issuer, key.thumbprint),
        format!("`bewijs keys list {}` shows those there are", key.issuer),
    ))
}

fn generate(arguments: &KeyArguments) -> Result<Exit, Fault> {
    let house = open(&arguments.configured)?;
    let key = app::add_key(&house, &arguments.issuer, arguments.algorithm.into(), origin())
        .map_err(refused)?;
    show(&key);
    Ok(Exit::Done)
}

fn rotate(arguments: &KeyArguments) -> Result<Exit, Fault> {
    let house = open(&arguments.configured)?;
    let work = house.desk.rotate_key(&arguments.issuer, arguments.algorithm.into(), origin());
    let (key, unpublished) = app::run(work).map_err(refused)?.map_err(not_issued)?;
    show(&key);
    warn(&unpublished);
    Ok(Exit::Done)
}

fn list(configured: &Configured, issuer: &Slug) -> Result<Exit, Fault> {
    let store = app::open_store(&config::load(configured)?).map_err(refused)?;
    for key in store.keys(issuer).map_err(refused)?.iter() {
        show(key);
    }
    Ok(Exit::Done)
}

fn retire(key: &NamedKey) -> Result<Exit, Fault> {
    let house = open_for(key)?;
    let work = house.desk.retire_key(&key.issuer, &key.thumbprint, origin());
    app::run(work).map_err(refused)?.map_err(not_issued)?;
    say(format_args!("{} signs no more; what it signed still verifies", key.thumbprint));
    Ok(Exit::Done)
}

fn compromise(key: &NamedKey, from: Option<Timestamp>) -> Result<Exit, Fault> {
    let house = open_for(key)?;
    let from = from.unwrap_or_else(|| house.clock.now());
    let work = house.desk.compromise_key(&key.issuer, &key.thumbprint, from, origin());
    let unpublished = app::run(work).map_err(refused)?.map_err(not_issued)?;
    say(format_args!("{} is published as compromised from {from}", key.thumbprint));
    warn(&unpublished);
    Ok(Exit::Done)
}

fn service(configured: &Configured, rotate: bool, compromised: bool) -> Result<Exit, Fault> {
    let house = open(configured)?;
    if rotate {
        app::rotate_service_key(&house, compromised).map_err(refused)?;
    }
    let keys = house.vault.service_keys();
    for (place, key) in keys.iter().enumerate() {
        let state = if place + 1 == keys.len() { "signs" } else { "replaced" };
        say(format_args!("{}  Ed25519  made {}  {state}", key.thumbprint(), key.made));
    }
    Ok(Exit::Done)
}

fn show(key: &KeyRecord) {
    let state = match key.state {
        KeyState::Active => "active".to_owned(),
        KeyState::Retired { at } => format!("retired {at}"),
        KeyState::Compromised { from } => format!("compromised {from}"),
    };
    let test = if key.test { " TEST" } else { "" };
    say(format_args!(
        "{}  {:?}  made {}  {state}{test}",
        key.thumbprint, key.algorithm, key.created
    ));
}

fn warn(unpublished: &[UnpublishedList]) {
    for list in unpublished {
        remark(format_args!(
            "warning: status list {} is not signed anew yet: {}; make a key with `bewijs keys \
             generate`, and the server will sign it",
            list.list, list.cause
        ));
    }
}
