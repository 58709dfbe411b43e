//! `endorse`: an organisation's signed statement about a definition version or a certificate, by
//! the store itself or through the API of a running service.

use super::arguments::EndorseArguments;
use super::{Exit, Fault, api, config, issue, issuer, refused};
use crate::app::{self, House, TestKeys};
use crate::issuance::EndorseRequest;
use serde_json::{Map, Value};

/// Endorses and writes the signed endorsement, byte for byte.
pub(super) fn endorse(arguments: &EndorseArguments) -> Result<Exit, Fault> {
    let statement = statement(arguments)?;
    let sealed = match (&arguments.url, &arguments.token_file) {
        (Some(url), Some(token)) => {
            let key = arguments.idempotency_key.as_deref();
            let path = format!("/v1/issuers/{}/endorsements", arguments.issuer);
            let service = api::Service::at(url, token)?;
            api::sealed(&service, &path, &statement, key, "credentials:issue")?
        }
        _ => offline(arguments, statement)?,
    };
    issue::write(arguments.output.as_deref(), &sealed, &format!("endorsed as {}", sealed.url))
}

/// The request: the file, or what the options say.
fn statement(arguments: &EndorseArguments) -> Result<Value, Fault> {
    if let Some(file) = &arguments.file {
        return issuer::read(file);
    }
    let members = [
        ("definition", &arguments.definition),
        ("credential", &arguments.credential),
        ("comment", &arguments.comment),
        ("language", &arguments.language),
        ("validUntil", &arguments.valid_until),
        ("validUntilReason", &arguments.reason),
    ];
    let given = members.into_iter().filter_map(|(name, value)| {
        value.as_ref().map(|value| (name.to_owned(), Value::String(value.clone())))
    });
    Ok(Value::Object(given.collect::<Map<_, _>>()))
}

fn offline(arguments: &EndorseArguments, statement: Value) -> Result<api::Sealed, Fault> {
    let config = config::load(&arguments.configured)?;
    let house = House::open(config, TestKeys::Refuse).map_err(refused)?;
    let request = EndorseRequest {
        endorser: arguments.issuer.clone(),
        endorsement: statement,
        idempotency_key: arguments.idempotency_key.clone(),
        client: "cli".to_owned(),
        request_id: None,
        from: None,
    };
    let sealed =
        app::run(house.desk.endorse(request)).map_err(refused)?.map_err(issue::not_issued)?;
    Ok(api::Sealed { url: sealed.url, claim: None, document: sealed.document.to_vec() })
}
