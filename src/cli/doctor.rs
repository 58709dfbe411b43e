//! `doctor`: whether this installation can do its work, point by point. Changes nothing, and does
//! not run while the server holds the store; the server answers for itself at `/readyz`.

use super::arguments::Configured;
use super::{Exit, Fault, config, refused, say};
use crate::app::{self, House, TestKeys};
use crate::keys::KeyProvider;
use crate::model::{KeyAlgorithm, KeyState};
use crate::store::OrganisationRecord;

/// Looks at configuration, keys, store and issuers; exit code 1 when something is amiss.
pub(super) fn doctor(configured: &Configured) -> Result<Exit, Fault> {
    let config = config::load(configured)?;
    say(format_args!("well: the configuration {} can be used", configured.config.display()));
    let house = House::open(config, TestKeys::Refuse).map_err(refused)?;
    say(format_args!("well: the vault opens, {} keys", house.vault.keys().len()));
    let issued = house.store.issued_count().map_err(refused)?;
    say(format_args!("well: the store opens, {issued} certificates"));
    house.store.ready().map_err(refused)?;
    say("well: the store takes writes");
    if !house.config.public_url.is_for_tests() {
        for key in house.config.pages.open() {
            say(format_args!(
                "warning: {key} is not filled in; the pages need it before going live"
            ));
        }
    }
    let mut sealers = 0;
    let mut amiss = Vec::new();
    for organisation in house.store.organisations().map_err(refused)? {
        if organisation.sealer.is_some() {
            sealers += 1;
            match signs(&house, &organisation)? {
                None => say(format_args!("well: {} can sign", organisation.slug)),
                Some(why) => amiss.push(format!("{} cannot sign: {why}", organisation.slug)),
            }
        }
    }
    let mut relay_refuses = false;
    match app::greet_relay(&house.config).map_err(refused)? {
        // Off, as it is unless somebody wants it.
        None => {}
        Some(Ok(())) => say("well: the relay lets us in; nothing was sent"),
        Some(Err(reply)) => {
            relay_refuses = true;
            let code = reply.code.map_or_else(String::new, |code| format!("{code} "));
            amiss.push(format!("the mail relay does not let us in: {code}{}", reply.class));
        }
    }
    if sealers == 0 {
        amiss.push("no organisation seals yet".to_owned());
    }
    if amiss.is_empty() {
        return Ok(Exit::Done);
    }
    if amiss.len() == 1 && relay_refuses {
        return Err(Fault::new(
            amiss.join("\n"),
            "mend [mail] in the configuration; docs/MAIL.md tells what the answer says",
        ));
    }
    Err(Fault::new(
        amiss.join("\n"),
        "`bewijs issuer create` makes an organisation seal, `bewijs keys generate` gives it a key; \
         what is missing in keys.dir is in its backup",
    ))
}

/// Why an issuer cannot sign, if so. Every active key must open, also that of the JWT form.
fn signs(house: &House, organisation: &OrganisationRecord) -> Result<Option<String>, Fault> {
    let keys = house.store.keys(&organisation.slug).map_err(refused)?;
    let active = || keys.iter().filter(|key| key.state == KeyState::Active);
    if !active().any(|key| key.algorithm == KeyAlgorithm::Ed25519) {
        return Ok(Some("it has no active Ed25519 key".to_owned()));
    }
    let fault = active().find_map(|key| house.vault.signer(key).err());
    Ok(fault.map(|error| error.to_string()))
}
