//! `register`: the register of an issuer, through the API of a running service: list, export, what
//! must be registered elsewhere, and erasing in two steps. A file is written whole or not at all.

use super::api::{Service, told, unreachable};
use super::verify::printable;
use super::{Exit, Fault, remark, say};
use crate::model::{CertificateKind, CredentialId, Date, Slug};
use clap::{Args, Subcommand, ValueEnum};
use reqwest::Method;
use reqwest::blocking::Response;
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// `register`.
#[derive(Debug, Subcommand)]
pub enum RegisterCommand {
    /// List what was issued, without names
    List {
        /// Which service.
        #[command(flatten)]
        at: At,
        /// Which certificates.
        #[command(flatten)]
        filter: FilterArguments,
    },
    /// Write the register to a file
    Export(ExportArguments),
    /// List what must be registered elsewhere, and by when
    Due {
        /// Which service.
        #[command(flatten)]
        at: At,
        /// Only what is due by this day, such as 2026-01-31
        #[arg(long, value_name = "DAY")]
        due_by: Option<Date>,
    },
    /// Say that a certificate is registered elsewhere
    Registered {
        /// Which service.
        #[command(flatten)]
        at: At,
        /// The certificate: last part of its address
        #[arg(value_name = "UUID")]
        credential: CredentialId,
        /// On which day
        #[arg(long, value_name = "DAY")]
        on: Date,
        /// What it is called there
        #[arg(long, value_name = "TEXT")]
        reference: Option<String>,
    },
    /// Erase a learner's data for good; the learner's own copy stays verifiable
    Erase {
        /// Which service.
        #[command(flatten)]
        at: At,
        /// The certificate: last part of its address
        #[arg(value_name = "UUID")]
        credential: CredentialId,
    },
    /// Remove the rest of an erased certificate
    Purge {
        /// Which service.
        #[command(flatten)]
        at: At,
        /// The certificate: last part of its address
        #[arg(value_name = "UUID")]
        credential: CredentialId,
        /// Why it is done before the retention period is over
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

/// Which service, and whose register.
#[derive(Debug, Args)]
pub struct At {
    /// Whose, as the token says
    #[arg(long, value_name = "ISSUER")]
    pub issuer: Slug,
    /// The address of the running service
    #[arg(long, value_name = "URL")]
    pub url: String,
    /// File that holds the API token
    #[arg(long, value_name = "FILE")]
    pub token_file: PathBuf,
}

/// Which certificates.
#[derive(Debug, Args)]
pub struct FilterArguments {
    /// Of this kind
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub kind: Option<CertificateKind>,
    /// Under this definition
    #[arg(long, value_name = "NAME")]
    pub definition: Option<Slug>,
    /// Under this version of it
    #[arg(long, value_name = "VERSION")]
    pub definition_version: Option<String>,
    /// valid, suspended, revoked, superseded or expired
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// Issued on this day or later, or from this moment on
    #[arg(long, value_name = "DAY")]
    pub issued_from: Option<String>,
    /// Issued before this day or moment
    #[arg(long, value_name = "DAY")]
    pub issued_before: Option<String>,
    /// Decided on this day or later
    #[arg(long, value_name = "DAY")]
    pub decided_from: Option<Date>,
    /// Decided before this day
    #[arg(long, value_name = "DAY")]
    pub decided_before: Option<Date>,
    /// Erased or not
    #[arg(long, value_name = "true|false")]
    pub erased: Option<bool>,
}

fn kind(text: &str) -> Result<CertificateKind, String> {
    text.parse().map_err(|()| {
        format!("the kinds are {}", CertificateKind::ALL.map(CertificateKind::code).join(", "))
    })
}

/// `register export`.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// Which service.
    #[command(flatten)]
    pub at: At,
    /// Which certificates.
    #[command(flatten)]
    pub filter: FilterArguments,
    /// How it is written
    #[arg(long, value_enum, default_value_t = FormatArgument::Csv)]
    pub format: FormatArgument,
    /// With names; who asks and why is recorded
    #[arg(long, requires = "reason")]
    pub names: bool,
    /// Why names are needed, in a sentence
    #[arg(long, value_name = "TEXT", requires = "names")]
    pub reason: Option<String>,
    /// Write it here [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How a register is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArgument {
    /// For spreadsheets
    Csv,
    /// One JSON object a line
    Jsonl,
}

impl FormatArgument {
    fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

/// Carries out a command about the register.
pub(super) fn register(command: &RegisterCommand) -> Result<Exit, Fault> {
    match command {
        RegisterCommand::List { at, filter } => {
            let service = service(at)?;
            let path = format!("/v1/issuers/{}/credentials", at.issuer);
            pages(
                &service,
                &path,
                filter.pairs(),
                &["certificateNumber", "kind", "state", "issuedAt"],
            )
        }
        RegisterCommand::Export(arguments) => export(arguments),
        RegisterCommand::Due { at, due_by } => {
            let service = service(at)?;
            let path = format!("/v1/issuers/{}/registrations", at.issuer);
            let pairs = due_by.iter().map(|day| ("due-by", day.to_string())).collect();
            pages(&service, &path, pairs, &["registrationDue", "certificateNumber", "kind"])
        }
        RegisterCommand::Registered { at, credential, on, reference } => {
            let mut body = json!({ "on": on });
            if let Some(reference) = reference {
                body["reference"] = json!(reference);
            }
            let path = path(at, *credential, "registration");
            service(at)?.send(Method::PUT, &path, Some(&body), "credentials:status")?;
            say(format_args!("{credential} is marked as registered on {on}"));
            Ok(Exit::Done)
        }
        RegisterCommand::Erase { at, credential } => {
            let path = path(at, *credential, "erasure");
            let answer = object(service(at)?.send(Method::POST, &path, None, "issuer:admin")?)?;
            say(format_args!("{credential} is erased since {}", text(&answer, "erased")));
            Ok(Exit::Done)
        }
        RegisterCommand::Purge { at, credential, reason } => {
            let body = reason.as_ref().map(|reason| json!({ "reason": reason }));
            let path = path(at, *credential, "purge");
            service(at)?.send(Method::POST, &path, body.as_ref(), "issuer:admin")?;
            say(format_args!("{credential} is purged"));
            Ok(Exit::Done)
        }
    }
}

pub(super) fn service(at: &At) -> Result<Service, Fault> {
    Service::at(&at.url, &at.token_file)
}

/// The address of an operation on a certificate.
pub(super) fn path(at: &At, credential: CredentialId, what: &str) -> String {
    format!("/v1/issuers/{}/credentials/{credential}/{what}", at.issuer)
}

impl FilterArguments {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name, value: Option<String>| {
            pairs.extend(value.map(|value| (name, value)));
        };
        add("kind", self.kind.map(|kind| kind.code().to_owned()));
        add("definition", self.definition.as_ref().map(Slug::to_string));
        add("version", self.definition_version.clone());
        add("state", self.state.clone());
        add("issued-from", self.issued_from.clone());
        add("issued-before", self.issued_before.clone());
        add("decided-from", self.decided_from.map(|day| day.to_string()));
        add("decided-before", self.decided_before.map(|day| day.to_string()));
        add("erased", self.erased.map(|erased| erased.to_string()));
        pairs
    }
}

fn query(pairs: &[(&str, String)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    query.finish()
}

/// Prints every row of a paged list: these members, then title and address.
fn pages(
    service: &Service,
    path: &str,
    mut pairs: Vec<(&'static str, String)>,
    members: &[&str],
) -> Result<Exit, Fault> {
    pairs.push(("limit", "200".to_owned()));
    loop {
        let address = format!("{path}?{}", query(&pairs));
        let page = object(service.send(Method::GET, &address, None, "register:read")?)?;
        for row in page["credentials"].as_array().into_iter().flatten() {
            let mut cells: Vec<String> = members.iter().map(|name| text(row, name)).collect();
            cells.push(text(row, "title"));
            cells.push(text(row, "id"));
            say(cells.join("  "));
        }
        let Some(next) = page["next"].as_str() else { return Ok(Exit::Done) };
        pairs.retain(|(name, _)| *name != "after");
        pairs.push(("after", next.to_owned()));
    }
}

pub(super) fn text(value: &Value, member: &str) -> String {
    value[member].as_str().map_or_else(|| "-".to_owned(), printable)
}

/// A register of millions of rows takes its time.
const LONGEST: Duration = Duration::from_secs(3600);
const MOST_BYTES: u64 = 16 * 1_048_576;

pub(super) fn object(response: Response) -> Result<Value, Fault> {
    let mut body = Vec::new();
    response.take(MOST_BYTES).read_to_end(&mut body).map_err(|error| broken(&error))?;
    serde_json::from_slice(&body).map_err(|error| broken(&error))
}

fn broken(error: &dyn std::fmt::Display) -> Fault {
    Fault::new(format_args!("the answer of the service broke off: {error}"), "repeat it")
}

fn export(arguments: &ExportArguments) -> Result<Exit, Fault> {
    let ExportArguments { at, filter, format, names, reason, output } = arguments;
    let service = service(at)?;
    let pairs = filter.pairs();
    let response = if *names {
        let filter: Map<String, Value> = pairs
            .into_iter()
            .map(|(name, value)| {
                let value = if name == "erased" { json!(value == "true") } else { json!(value) };
                (name.to_owned(), value)
            })
            .collect();
        let body = json!({
            "names": true, "reason": reason, "format": format.code(), "filter": filter,
        });
        let path = format!("/v1/issuers/{}/register/export", at.issuer);
        service.send(Method::POST, &path, Some(&body), "register:names")?
    } else {
        let code = format.code();
        let path = format!("/v1/issuers/{}/register.{code}?{}", at.issuer, query(&pairs));
        service.send(Method::GET, &path, None, "register:read")?
    };
    match output {
        None => copy(response, &mut io::stdout().lock()).map(|_| Exit::Done),
        Some(path) => {
            let bytes = written(response, path)?;
            remark(format_args!("{}: {bytes} bytes", path.display()));
            Ok(Exit::Done)
        }
    }
}

/// Writes beside the file, then puts it in its place: half a register is never taken for a whole.
fn written(response: Response, path: &Path) -> Result<u64, Fault> {
    let cannot = |error: io::Error| {
        Fault::usage(
            format_args!("cannot write {}: {error}", path.display()),
            "give a file in a folder that can be written",
        )
    };
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let outcome = private(&beside).map_err(cannot).and_then(|mut file| {
        let bytes = copy(response, &mut file)?;
        file.sync_all().map_err(cannot)?;
        std::fs::rename(&beside, path).map_err(cannot)?;
        Ok(bytes)
    });
    if outcome.is_err() {
        // It may not be there at all.
        let _ = std::fs::remove_file(&beside);
    }
    outcome
}

/// A file that only its owner reads: it may hold names.
fn private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn copy(mut response: Response, to: &mut dyn Write) -> Result<u64, Fault> {
    let bytes = io::copy(&mut response, to).map_err(|error| broken(&error))?;
    to.flush().map_err(|error| broken(&error))?;
    Ok(bytes)
}

impl Service {
    /// One request with the token; a refusal becomes a fault that says what the service told.
    pub(super) fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        scope: &str,
    ) -> Result<Response, Fault> {
        let mut request = self.request(method, path).timeout(LONGEST);
        if let Some(body) = body {
            request = request
                .header(reqwest::header::CONTENT_TYPE, "application/json")
                .body(body.to_string());
        }
        let response = request.send().map_err(|error| unreachable(&self.base, &error))?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let mut body = Vec::new();
        response.take(MOST_BYTES).read_to_end(&mut body).map_err(|error| broken(&error))?;
        Err(told(status.as_u16(), &body, scope))
    }
}
