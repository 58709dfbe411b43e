//! `issue`: one certificate from an award, by the store itself or through the API of a running
//! service.

use super::api::Sealed;
use super::arguments::IssueArguments;
use super::{Exit, Fault, api, config, issuer, refused, remark};
use crate::app::{self, AppError, House, TestKeys};
use crate::issuance::{IssueError, IssueRequest};
use crate::texts::{FaultWords, Language};
use serde_json::Value;
use std::io::Write;
use std::path::Path;

/// Issues and writes the signed certificate, byte for byte.
pub(super) fn issue(arguments: &IssueArguments) -> Result<Exit, Fault> {
    let mut award = issuer::read(&arguments.award)?;
    let sealed = match (&arguments.url, &arguments.token_file) {
        (Some(url), Some(token)) => {
            let key = arguments.idempotency_key.as_deref();
            let scopes = overridden(&mut award, arguments.hold_override.as_deref());
            let path = format!("/v1/issuers/{}/credentials", arguments.issuer);
            api::sealed(&api::Service::at(url, token)?, &path, &award, key, scopes)?
        }
        _ => offline(arguments, award)?,
    };
    write(arguments.output.as_deref(), &sealed, &format!("issued {}", sealed.url))
}

/// Puts the reason for not waiting into a request to the API; says which scopes it takes.
pub(super) fn overridden(award: &mut Value, reason: Option<&str>) -> &'static str {
    if let (Some(reason), Some(members)) = (reason, award.as_object_mut()) {
        members.insert("holdOverride".to_owned(), reason.into());
    }
    if award.get("holdOverride").is_some() {
        "credentials:issue and the scope hold:override"
    } else {
        "credentials:issue"
    }
}

/// Writes what was signed, byte for byte, and says what was done and which link is the holder's.
pub(super) fn write(output: Option<&Path>, sealed: &Sealed, done: &str) -> Result<Exit, Fault> {
    let Sealed { url, claim, document } = sealed;
    let written = match output {
        Some(path) => std::fs::write(path, document),
        None => std::io::stdout().write_all(document),
    };
    written.map_err(|error| {
        Fault::new(
            format_args!("{done}, but its file cannot be written: {error}"),
            format!("fetch it from {url} with Accept: application/vc"),
        )
    })?;
    remark(done);
    if let Some(claim) = claim {
        remark(format_args!("for the holder alone: {claim}"));
    }
    Ok(Exit::Done)
}

fn offline(arguments: &IssueArguments, award: Value) -> Result<Sealed, Fault> {
    let config = config::load(&arguments.configured)?;
    let house = House::open(config, TestKeys::Refuse).map_err(refused)?;
    let request = IssueRequest {
        issuer: arguments.issuer.clone(),
        award,
        idempotency_key: arguments.idempotency_key.clone(),
        client: "cli".to_owned(),
        request_id: None,
        from: None,
        hold_override: arguments.hold_override.clone(),
        notify: None,
    };
    let issued = app::run(house.desk.issue(request)).map_err(refused)?.map_err(not_issued)?;
    let claim = house.desk.claim_link(&issued.record).map(|link| link.as_str().to_owned());
    Ok(Sealed { url: issued.url, claim, document: issued.document.to_vec() })
}

/// A refusal of the desk; each fault of the input on its own line, with its remedy.
pub(super) fn not_issued(error: IssueError) -> Fault {
    match &error {
        IssueError::Invalid(faults) => {
            let lines: Vec<String> = faults
                .iter()
                .map(|fault| {
                    let at = if fault.pointer.is_empty() { "/" } else { &fault.pointer };
                    let FaultWords { detail, remedy } = FaultWords::of(fault, Language::En);
                    format!("  {at}: {detail} {remedy} ({})", fault.code)
                })
                .collect();
            let count = match faults.len() {
                1 => "one fault".to_owned(),
                n => format!("{n} faults"),
            };
            Fault::new(
                format_args!("the input is refused for {count}:\n{}", lines.join("\n")),
                "mend the input at these places; nothing was changed",
            )
        }
        _ => refused(AppError::from(error)),
    }
}
