//! `status`: revokes, suspends and reinstates a certificate, through the API of a running service.
//! Which reasons there are, and which change may follow which, the service says.

use super::correct::certificate;
use super::register::{At, object, path, service, text};
use super::{Exit, Fault, say};
use crate::model::CredentialId;
use clap::{Args, Subcommand};
use reqwest::Method;
use serde_json::json;

/// `status`.
#[derive(Debug, Subcommand)]
pub enum StatusCommand {
    /// Withdraw a certificate, for good
    Revoke(ChangeArguments),
    /// Withdraw a certificate for the time being
    Suspend(ChangeArguments),
    /// Lift a suspension
    Reinstate(ChangeArguments),
}

/// Which certificate, and why.
#[derive(Debug, Args)]
pub struct ChangeArguments {
    /// The certificate: its address, or the last part of it
    #[arg(value_name = "CERTIFICATE", value_parser = certificate)]
    pub credential: CredentialId,
    /// Which service.
    #[command(flatten)]
    pub at: At,
    /// Why, not published: issued-in-error, fraud, decision-annulled, appeal-pending,
    /// appeal-closed, key-compromised, holder-request or other
    #[arg(long, value_name = "CODE")]
    pub reason: String,
    /// A remark, not published
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

/// Changes the status and says what it is now.
pub(super) fn status(command: &StatusCommand) -> Result<Exit, Fault> {
    let (action, arguments) = match command {
        StatusCommand::Revoke(arguments) => ("revoke", arguments),
        StatusCommand::Suspend(arguments) => ("suspend", arguments),
        StatusCommand::Reinstate(arguments) => ("reinstate", arguments),
    };
    let ChangeArguments { credential, at, reason, note } = arguments;
    let mut body = json!({ "action": action, "reason": reason });
    if let Some(note) = note {
        body["note"] = json!(note);
    }
    let path = path(at, *credential, "status");
    let answer = service(at)?.send(Method::POST, &path, Some(&body), "credentials:status")?;
    let now = object(answer)?;
    say(format_args!("{credential} is {} since {}", text(&now, "state"), text(&now, "stateSince")));
    Ok(Exit::Done)
}
