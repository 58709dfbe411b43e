//! `client`: who may use the API. A token is shown once, when it is made; the store keeps its hash.

use super::arguments::{ClientCommand, Configured};
use super::{Exit, Fault, config, origin, refused, say};
use crate::app::{self, AppError};
use crate::ids::SystemIds;
use crate::model::{Scope, Slug};
use crate::store::Store;

/// Carries out a command about clients.
pub(super) fn client(command: &ClientCommand) -> Result<Exit, Fault> {
    match command {
        ClientCommand::Create { configured, id, issuer, scopes } => {
            create(configured, id, issuer, scopes)
        }
        ClientCommand::List { configured, issuer } => list(configured, issuer),
        ClientCommand::Revoke { configured, id, issuer } => revoke(configured, id, issuer),
    }
}

fn create(
    configured: &Configured,
    id: &str,
    issuer: &Slug,
    scopes: &[Scope],
) -> Result<Exit, Fault> {
    let named = (1..=64).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if !named {
        return Err(Fault::usage(
            "a client is named with 1 to 64 of A-Z, a-z, 0-9, dot, _ and -",
            "choose such a name",
        ));
    }
    let store = app::open_store(&config::load(configured)?).map_err(refused)?;
    let token = app::create_client(store.as_ref(), &SystemIds, id, issuer, scopes, origin())
        .map_err(refused)?;
    say(token);
    Ok(Exit::Done)
}

fn list(configured: &Configured, issuer: &Slug) -> Result<Exit, Fault> {
    let store = app::open_store(&config::load(configured)?).map_err(refused)?;
    let clients = store.clients(issuer).map_err(|error| refused(AppError::from(error)))?;
    for client in clients {
        let scopes: Vec<_> = client.scopes.iter().map(|scope| scope.as_str()).collect();
        let state = match client.revoked {
            Some(moment) => format!("revoked {moment}"),
            None => "active".to_owned(),
        };
        say(format_args!("{}  {}  {}  {state}", client.id, client.created, scopes.join(",")));
    }
    Ok(Exit::Done)
}

fn revoke(configured: &Configured, id: &str, issuer: &Slug) -> Result<Exit, Fault> {
    let store = app::open_store(&config::load(configured)?).map_err(refused)?;
    let moment = app::revoke_client(store.as_ref(), id, issuer, origin()).map_err(refused)?;
    say(format_args!("{id} is refused since {moment}"));
    Ok(Exit::Done)
}
