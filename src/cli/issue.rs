//! `issue`: one certificate from an award, by the store itself or through the API of a running
//! service.

use super::arguments::IssueArguments;
use super::{Exit, Fault, api, config, issuer, refused, remark};
use crate::app::{self, AppError, House, TestKeys};
use crate::issuance::{IssueError, IssueRequest};
use crate::texts::{FaultWords, Language};
use serde_json::Value;
use std::io::Write;

/// Issues and writes the signed certificate, byte for byte.
pub(super) fn issue(arguments: &IssueArguments) -> Result<Exit, Fault> {
    let award = issuer::read(&arguments.award)?;
    let (url, document) = match (&arguments.url, &arguments.token_file) {
        (Some(url), Some(token)) => {
            let key = arguments.idempotency_key.as_deref();
            api::issue(url, token, &arguments.issuer, &award, key)?
        }
        _ => offline(arguments, award)?,
    };
    let written = match &arguments.output {
        Some(path) => std::fs::write(path, &document),
        None => std::io::stdout().write_all(&document),
    };
    written.map_err(|error| {
        Fault::new(
            format_args!("issued {url}, but its file cannot be written: {error}"),
            format!("fetch it from {url} with Accept: application/vc"),
        )
    })?;
    remark(format_args!("issued {url}"));
    Ok(Exit::Done)
}

fn offline(arguments: &IssueArguments, award: Value) -> Result<(String, Vec<u8>), Fault> {
    let config = config::load(&arguments.configured)?;
    let house = House::open(config, TestKeys::Refuse).map_err(refused)?;
    let request = IssueRequest {
        issuer: arguments.issuer.clone(),
        award,
        idempotency_key: arguments.idempotency_key.clone(),
        client: "cli".to_owned(),
        request_id: None,
        hold_override: None,
    };
    let issued = app::run(house.desk.issue(request)).map_err(refused)?.map_err(not_issued)?;
    Ok((issued.url, issued.document.to_vec()))
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
