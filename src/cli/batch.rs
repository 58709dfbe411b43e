//! `verify --batch`: the files of a folder, or what a column of a CSV file names, each with a row
//! of its own in the answer and in their order.
//!
//! Every item ends in a row: a file that cannot be read is `refused`, what could not be checked
//! `indeterminate`. All are judged for one moment and by one set of fetched documents. Folders in
//! the folder are not entered.

use super::arguments::VerifyArguments;
use super::table::rows;
use super::verify::{CARRIER, read, report};
use super::{Exit, Fault, bundle, remark};
use crate::clock::{Clock, SystemClock};
use crate::http::csv::write_line;
use crate::model::Timestamp;
use crate::sources::{DirectorySources, NetworkLimits, NetworkSources, Now, SharedSources};
use crate::verification::{Examiner, Limits, Report, SourceError, Sources, Summary, Verdict};
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Kinds of file that a folder is looked through for, by the ends of their names.
const ENDS: [&str; 7] = ["json", "jsonld", "jwt", "txt", "png", "svg", "pdf"];
/// Names of the column that is looked for when none is given.
const COLUMNS: [&str; 4] = ["file", "url", "certificate", "credential"];
const MOST_ROWS: usize = 100_000;
const MOST_TABLE_BYTES: usize = 64 * 1_048_576;
/// Workers, when nothing else is said.
const JOBS: u8 = 4;
/// Results that one worker may be ahead of the one that is written next.
const AHEAD: usize = 16;

/// What is to be verified.
enum Item {
    /// A file, as it is called in the answer, and where it is.
    File(String, PathBuf),
    /// An address of the outside.
    Address(String),
    /// What cannot be meant so, and why.
    Refused(String, &'static str),
}

/// How an item ended.
enum Ending {
    Examined(Box<Report>),
    Refused(String),
    Unexamined(String),
}

/// What all items are verified with.
struct Desk {
    examiner: Examiner,
    sources: SharedSources,
    /// Fetches certificates by their addresses; `None` stays offline.
    network: Option<Arc<NetworkSources>>,
    now: Timestamp,
    json: bool,
}

#[derive(Default)]
struct Counts {
    verified: usize,
    failed: usize,
    indeterminate: usize,
    refused: usize,
}

/// Verifies them all.
pub(super) fn batch(path: &Path, arguments: &VerifyArguments) -> Result<Exit, Fault> {
    let (items, skipped) = items(path, arguments.column.as_deref())?;
    if skipped > 0 {
        remark(format_args!("{skipped} entries of the folder are no files of certificates"));
    }
    if items.is_empty() {
        return Err(Fault::usage(
            format_args!("{} names nothing to verify", path.display()),
            format!("known ends of names are {}", ENDS.join(", ")),
        ));
    }
    let desk = desk(arguments)?;
    let jobs = usize::from(arguments.jobs.unwrap_or(JOBS));
    let counts = match &arguments.output {
        None => all(&items, &desk, jobs, &mut io::stdout().lock()),
        Some(output) => written(output, |file| all(&items, &desk, jobs, file)),
    };
    let counts = counts.map_err(|error| {
        Fault::new(
            format_args!("the results cannot be written: {error}"),
            "name another file with -o, or make room",
        )
    })?;
    let Counts { verified, failed, indeterminate, refused } = counts;
    remark(format_args!(
        "{} items: {verified} verified, {failed} failed, {indeterminate} could not be checked, \
         {refused} refused",
        items.len()
    ));
    Ok(match (failed + refused, indeterminate) {
        (0, 0) => Exit::Done,
        (0, _) => Exit::Indeterminate,
        _ => Exit::Failed,
    })
}

/// A file is written whole or not at all.
fn written(
    output: &Path,
    work: impl FnOnce(&mut dyn Write) -> io::Result<Counts>,
) -> io::Result<Counts> {
    let mut part = output.as_os_str().to_owned();
    part.push(".part");
    let outcome = File::create(&part).and_then(|file| {
        let mut file = BufWriter::new(file);
        let counts = work(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        std::fs::rename(&part, output)?;
        Ok(counts)
    });
    if outcome.is_err() {
        // The fault is told; that the rest of the file stays is not worse than it.
        let _ = std::fs::remove_file(&part);
    }
    outcome
}

fn desk(arguments: &VerifyArguments) -> Result<Desk, Fault> {
    let present: Now = Arc::new(|| SystemClock.now());
    let (mut network, mut now) = (None, SystemClock.now());
    let sources: Arc<dyn Sources> = if let Some(path) = &arguments.bundle {
        let bundle = bundle::opened(path)?;
        now = bundle.as_of;
        Arc::new(bundle)
    } else if let Some(folder) = &arguments.documents {
        Arc::new(DirectorySources::open(folder, present).map_err(|error| {
            Fault::usage(error, "name a folder with key documents and status lists")
        })?)
    } else {
        let limits = NetworkLimits::default();
        let outside = Arc::new(NetworkSources::new(limits, arguments.allow_loopback, present));
        network = Some(Arc::clone(&outside));
        outside
    };
    Ok(Desk {
        examiner: Examiner::new(Limits::default()),
        sources: SharedSources::new(sources),
        network,
        now,
        json: arguments.json,
    })
}

fn items(path: &Path, column: Option<&str>) -> Result<(Vec<Item>, usize), Fault> {
    if path.is_dir() { folder(path) } else { Ok((table(path, column)?, 0)) }
}

/// The files of a folder, by name, and how many entries are something else.
fn folder(path: &Path) -> Result<(Vec<Item>, usize), Fault> {
    let unreadable = |error| {
        Fault::usage(format_args!("cannot read {}: {error}", path.display()), "name a folder")
    };
    let (mut found, mut skipped) = (Vec::new(), 0);
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let place = entry.map_err(unreadable)?.path();
        let end = place.extension().and_then(|end| end.to_str()).map(str::to_ascii_lowercase);
        if place.is_file() && end.is_some_and(|end| ENDS.contains(&end.as_str())) {
            found.push(place);
        } else {
            skipped += 1;
        }
    }
    found.sort();
    let item = |place: PathBuf| {
        let name = place.file_name().map(|name| name.to_string_lossy().into_owned());
        Item::File(name.unwrap_or_default(), place)
    };
    Ok((found.into_iter().map(item).collect(), skipped))
}

/// What a column of a table names. Files are looked for beside the table and below.
fn table(path: &Path, column: Option<&str>) -> Result<Vec<Item>, Fault> {
    const REMEDY: &str = "name a folder, or a CSV file with a column of file names or addresses";
    let fault = |what: &str| Fault::usage(format_args!("{}: {what}", path.display()), REMEDY);
    let bytes = read(path, MOST_TABLE_BYTES)?;
    if bytes.len() > MOST_TABLE_BYTES {
        return Err(fault("it is too large"));
    }
    let text = String::from_utf8(bytes).map_err(|_| fault("it is no CSV file in UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let rows =
        rows(text, MOST_ROWS).map_err(|(line, what)| fault(&format!("row {line}: {what}")))?;
    let mut rows = rows.into_iter();
    let header = rows.next().ok_or_else(|| fault("it is empty"))?;
    let wanted = |cell: &String| match column {
        Some(column) => cell.trim() == column,
        None => COLUMNS.contains(&cell.trim()),
    };
    let at = header.iter().position(wanted).ok_or_else(|| {
        let names = column.map_or_else(|| COLUMNS.join(", "), str::to_owned);
        fault(&format!("there is no column {names}; --column names another one"))
    })?;
    let beside = path.parent().unwrap_or(Path::new(""));
    Ok(rows
        .filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty()))
        .map(|cells| named(cells.get(at).map_or("", |cell| cell.trim()), beside))
        .collect())
}

fn named(name: &str, beside: &Path) -> Item {
    let place = Path::new(name);
    if name.is_empty() {
        Item::Refused(String::new(), "the cell is empty")
    } else if name.starts_with("https://") || name.starts_with("http://") {
        Item::Address(name.to_owned())
    } else if place.components().all(|part| matches!(part, Component::Normal(_))) {
        Item::File(name.to_owned(), beside.join(place))
    } else {
        Item::Refused(name.to_owned(), "files are named beside the table or below")
    }
}

/// Verifies and writes, some items at a time: the memory does not grow with the batch.
fn all(items: &[Item], desk: &Desk, jobs: usize, out: &mut dyn Write) -> io::Result<Counts> {
    let mut counts = Counts::default();
    let done = AtomicUsize::new(0);
    let shown = io::stderr().is_terminal();
    if !desk.json {
        let mut line = Vec::new();
        let mut columns = vec!["item"];
        columns.extend(Summary::COLUMNS);
        columns.push("error");
        write_line(&columns, &mut line);
        out.write_all(&line)?;
    }
    let jobs = jobs.max(1);
    for some in items.chunks(jobs * AHEAD) {
        let next = AtomicUsize::new(0);
        let endings: Vec<Mutex<Option<Ending>>> = some.iter().map(|_| Mutex::default()).collect();
        std::thread::scope(|scope| {
            for _ in 0..jobs.min(some.len()) {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let (Some(item), Some(place)) = (some.get(at), endings.get(at)) else {
                            break;
                        };
                        let ending = desk.ending(item);
                        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(ending);
                        progress(shown, done.fetch_add(1, Ordering::Relaxed) + 1, items.len());
                    }
                });
            }
        });
        for (item, ending) in some.iter().zip(endings) {
            let ending = ending.into_inner().unwrap_or_else(PoisonError::into_inner);
            let ending = ending
                .unwrap_or_else(|| Ending::Unexamined("the examination broke off".to_owned()));
            counts.add(&ending);
            out.write_all(&row(item.name(), &ending, desk.json))?;
        }
    }
    if shown {
        remark("");
    }
    out.flush()?;
    Ok(counts)
}

/// One line that writes over itself; only where somebody looks.
fn progress(shown: bool, done: usize, of: usize) {
    const WIDTH: usize = 30;
    if shown {
        let full = done * WIDTH / of.max(1);
        let bar = format!("{}{}", "#".repeat(full), ".".repeat(WIDTH.saturating_sub(full)));
        let mut stderr = io::stderr().lock();
        let _ = write!(stderr, "\r[{bar}] {done}/{of}").and_then(|()| stderr.flush());
    }
}

impl Item {
    fn name(&self) -> &str {
        match self {
            Self::File(name, _) | Self::Address(name) | Self::Refused(name, _) => name,
        }
    }
}

impl Desk {
    fn ending(&self, item: &Item) -> Ending {
        let (bytes, path) = match item {
            Item::Refused(_, why) => return Ending::Refused((*why).to_owned()),
            Item::File(_, path) => match File::open(path) {
                Ok(_) => match read(path, CARRIER.max_bytes) {
                    Ok(bytes) => (bytes, path.as_path()),
                    Err(_) => return Ending::Refused("the file cannot be read".to_owned()),
                },
                Err(error) => return Ending::Refused(format!("cannot be read: {error}")),
            },
            Item::Address(address) => match self.fetched(address) {
                Ok(bytes) => (bytes, Path::new("")),
                Err(error) => return Ending::Unexamined(error.to_string()),
            },
        };
        let report = report(&self.examiner, &bytes, path, &self.sources, self.now);
        Ending::Examined(Box::new(report))
    }

    fn fetched(&self, address: &str) -> Result<Vec<u8>, SourceError> {
        let network = self.network.as_ref().ok_or(SourceError::Deferred)?;
        Ok(network.signed_document(address)?.bytes.to_vec())
    }
}

impl Counts {
    fn add(&mut self, ending: &Ending) {
        let count = match ending {
            Ending::Examined(report) => match report.verdict() {
                Verdict::Verified => &mut self.verified,
                Verdict::Failed => &mut self.failed,
                Verdict::Indeterminate => &mut self.indeterminate,
            },
            Ending::Unexamined(_) => &mut self.indeterminate,
            Ending::Refused(_) => &mut self.refused,
        };
        *count += 1;
    }
}

fn row(name: &str, ending: &Ending, json: bool) -> Vec<u8> {
    let (verdict, error) = match ending {
        Ending::Examined(_) => ("", ""),
        Ending::Unexamined(error) => ("indeterminate", error.as_str()),
        Ending::Refused(error) => ("refused", error.as_str()),
    };
    let mut bytes = Vec::new();
    if json {
        let mut line = Map::new();
        line.insert("item".to_owned(), name.into());
        if let Ending::Examined(report) = ending {
            let report = serde_json::to_value(report).unwrap_or_default();
            line.insert("verdict".to_owned(), report["verdict"].clone());
            line.insert("report".to_owned(), report);
        } else {
            line.insert("verdict".to_owned(), verdict.into());
            line.insert("error".to_owned(), error.into());
        }
        bytes.extend_from_slice(Value::Object(line).to_string().as_bytes());
        bytes.push(b'\n');
        return bytes;
    }
    let mut cells = vec![name.to_owned()];
    if let Ending::Examined(report) = ending {
        cells.extend(report.summary().cells());
    } else {
        cells.push(verdict.to_owned());
        cells.resize(1 + Summary::COLUMNS.len(), String::new());
    }
    cells.push(error.to_owned());
    write_line(&cells, &mut bytes);
    bytes
}
