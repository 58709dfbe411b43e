//! The `bewijs` command: arguments in, lines and an exit code out. It says the fault and then the
//! remedy. What it does is done by `app` and the rooms below; there are no rules here.

mod achievement;
mod api;
mod arguments;
mod batch;
mod bundle;
mod client;
mod config;
mod correct;
mod doctor;
mod endorse;
mod fault;
mod init;
mod issue;
mod issuer;
mod jose;
mod keys;
mod register;
mod serve;
mod status;
mod store;
mod succession;
mod table;
mod verify;

pub use arguments::Arguments;
pub use fault::{Exit, Fault};

use crate::app::AppError;
use crate::clock::{Clock, SystemClock};
use crate::store::Origin;
use arguments::{Command, ConfigCommand};
use clap::Parser;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::io::Write;

/// Runs the command with these arguments, the first of which is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let parsed = match Arguments::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(error) => {
            // Nothing can be done when the terminal is gone.
            let _ = error.print();
            return match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Done,
                _ => Exit::Usage,
            };
        }
    };
    match command(&parsed.command) {
        Ok(exit) => exit,
        Err(fault) => {
            let _ = writeln!(std::io::stderr(), "{fault}");
            fault.exit()
        }
    }
}

fn command(command: &Command) -> Result<Exit, Fault> {
    match command {
        Command::Demo(arguments) => serve::demo(arguments),
        Command::Serve(configured) => serve::serve(configured),
        Command::Init(arguments) => init::init(arguments),
        Command::Issuer(command) => issuer::issuer(command),
        Command::Achievement(command) => achievement::achievement(command),
        Command::Keys(command) => keys::keys(command),
        Command::Client(command) => client::client(command),
        Command::Issue(arguments) => issue::issue(arguments),
        Command::Correct(arguments) => correct::correct(arguments),
        Command::Status(command) => status::status(command),
        Command::Endorse(arguments) => endorse::endorse(arguments),
        Command::Verify(arguments) => verify::verify(arguments),
        Command::Bundle(arguments) => bundle::bundle(arguments),
        Command::Jose(command) => jose::jose(command),
        Command::Register(command) => register::register(command),
        Command::Store(command) => store::store(command),
        Command::Config(ConfigCommand::Check(configured)) => config::check(configured),
        Command::Doctor(configured) => doctor::doctor(configured),
    }
}

/// Writes one line to standard output; a reader that went away is no fault.
fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Writes one remark to standard error.
fn remark(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A fault of the rooms below, with its remedy.
fn refused(error: impl Into<AppError>) -> Fault {
    let error = error.into();
    Fault::new(&error, error.remedy())
}

/// Who does it, for the audit.
fn origin() -> Origin {
    Origin { actor: "cli".to_owned(), request_id: None, from: None, at: SystemClock.now() }
}
