//! `store`: looking after the store of a service that does not run.

use super::arguments::{Configured, StoreCommand};
use super::{Exit, Fault, config, refused, remark, say};
use crate::store::{self, TransferError, TransferReport};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

/// Carries out a command about the store.
pub(super) fn store(command: &StoreCommand) -> Result<Exit, Fault> {
    match command {
        StoreCommand::Check { configured } => check(configured),
        StoreCommand::Export { configured, file } => export(configured, file),
        StoreCommand::Import { configured, file } => import(configured, file),
    }
}

/// Exit code 0 when the store is whole, 1 when it is not or could not be checked.
fn check(configured: &Configured) -> Result<Exit, Fault> {
    let config = config::load(configured)?;
    let report = store::check(&config.data_dir).map_err(refused)?;
    say(format_args!("events       {}", report.events));
    say(format_args!("credentials  {}", report.credentials));
    say(format_args!("erased       {}", report.erased));
    say(format_args!("rows         {}", report.rows));
    say(format_args!("head         {}", report.head));
    for note in &report.notes {
        say(format_args!("note         {note}"));
    }
    if report.is_whole() {
        say("the store is whole");
        return Ok(Exit::Done);
    }
    Err(Fault::new(
        format_args!("the store is not whole:\n  {}", report.faults.join("\n  ")),
        "when only the read model is wrong, open the store once (`bewijs issuer list`) and check \
         again: it is rebuilt; else restore data_dir from its backup",
    ))
}

fn export(configured: &Configured, file: &Path) -> Result<Exit, Fault> {
    let config = config::load(configured)?;
    let report = if file == Path::new("-") {
        let mut out = BufWriter::new(std::io::stdout().lock());
        store::export(&config.data_dir, &mut out)
    } else {
        let made = private(file).map_err(|error| cannot(file, &error))?;
        let mut out = BufWriter::new(made);
        store::export(&config.data_dir, &mut out).and_then(|report| {
            let kept = out.flush().and_then(|()| out.get_ref().sync_all());
            kept.map(|()| report).map_err(TransferError::from)
        })
    };
    told("exported", &report.map_err(not_transferred)?);
    Ok(Exit::Done)
}

fn import(configured: &Configured, file: &Path) -> Result<Exit, Fault> {
    let config = config::load(configured)?;
    let report = if file == Path::new("-") {
        store::import(&config.data_dir, &mut BufReader::new(std::io::stdin().lock()))
    } else {
        let opened = File::open(file).map_err(|error| cannot(file, &error))?;
        store::import(&config.data_dir, &mut BufReader::new(opened))
    };
    told("imported", &report.map_err(not_transferred)?);
    Ok(Exit::Done)
}

/// An export holds what the store holds: personal data. Only its owner can read it, and what is
/// there is never overwritten.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn cannot(file: &Path, error: &std::io::Error) -> Fault {
    Fault::new(
        format_args!("{}: {error}", file.display()),
        "name a file that can be read, or for an export one that is not there yet",
    )
}

/// To standard error: an export may go to standard output.
fn told(done: &str, report: &TransferReport) {
    remark(format_args!(
        "{done} {} events, {} of them erased; the chain ends in {}",
        report.events, report.erased, report.head
    ));
}

fn not_transferred(error: TransferError) -> Fault {
    let remedy = match &error {
        TransferError::Store(error) => return refused(error.clone()),
        TransferError::Stream(_) => {
            "see that the file can be read or written, and that the disk has room"
        }
        TransferError::Line { .. } => "make the export again, or take it from a backup",
        TransferError::Version(_) => "import it with the version of this program that wrote it",
        TransferError::NotEmpty(_) => "set data_dir to a folder that is empty or not there yet",
    };
    Fault::new(error, remedy)
}
