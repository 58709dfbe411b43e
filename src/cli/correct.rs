//! `correct`: the successor of a certificate, through the API of a running service; recording it
//! supersedes the old one in the same step. The store itself does not do this here.

use super::arguments::hold_reason;
use super::register::{At, path, service};
use super::{Exit, Fault, api, issue, issuer};
use crate::model::CredentialId;
use clap::Args;
use std::path::PathBuf;

/// `correct`.
#[derive(Debug, Args)]
pub struct CorrectArguments {
    /// The certificate: its address, or the last part of it
    #[arg(value_name = "CERTIFICATE", value_parser = certificate)]
    pub credential: CredentialId,
    /// The whole award as it should have been, as JSON, or - for standard input
    #[arg(value_name = "FILE")]
    pub award: PathBuf,
    /// Which service.
    #[command(flatten)]
    pub at: At,
    /// Makes a repetition harmless: the same key gives the same certificate
    #[arg(long, value_name = "KEY")]
    pub idempotency_key: Option<String>,
    /// Why it is issued before the appeal period is over; kept, not published
    #[arg(long, value_name = "REASON", value_parser = hold_reason)]
    pub hold_override: Option<String>,
    /// Write the signed certificate here [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A certificate by its address or by the last part of it.
pub(super) fn certificate(text: &str) -> Result<CredentialId, String> {
    let last = match text.rsplit_once("/credentials/") {
        Some((_, last)) => last,
        None => text,
    };
    last.parse().map_err(|error| {
        format!("{error}; give the address of the certificate, or the last part of it")
    })
}

/// Corrects and writes the signed successor, byte for byte.
pub(super) fn correct(arguments: &CorrectArguments) -> Result<Exit, Fault> {
    let CorrectArguments { credential, award, at, idempotency_key, hold_override, output } =
        arguments;
    let mut award = issuer::read(award)?;
    let scopes = issue::overridden(&mut award, hold_override.as_deref());
    let path = path(at, *credential, "correct");
    let key = idempotency_key.as_deref();
    let sealed = api::sealed(&service(at)?, &path, &award, key, scopes)?;
    let done = format!("issued {}, which supersedes {credential}", sealed.url);
    issue::write(output.as_deref(), &sealed, &done)
}
