//! `verify`: bytes in, report out, the verdict as exit code. It needs no configuration and no
//! store; it asks the network, or with `--documents` a folder and nothing else.

use super::arguments::VerifyArguments;
use super::{Exit, Fault, batch, bundle, say};
use crate::baked;
use crate::clock::{Clock, SystemClock};
use crate::http::wording::{self, Names};
use crate::model::Timestamp;
use crate::sources::{DirectorySources, NetworkLimits, NetworkSources, Now, Patience};
use crate::texts::Language;
use crate::verification::{
    CheckResult, Examiner, Expected, Limits, Outcome, Report, Sources, Verdict,
};
use serde::Serialize;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The bounds of pictures and papers. What they carry has the bounds of the examiner.
pub(super) const CARRIER: baked::Limits = baked::Limits {
    max_bytes: 16 * 1_048_576,
    max_credential_bytes: 1_048_576,
    max_parts: 20_000,
    max_inflated_bytes: 16 * 1_048_576,
};

/// So long is asked for all that one certificate leads to.
const MOST_TIME: Duration = Duration::from_secs(120);

/// Verifies one certificate.
pub(super) fn verify(arguments: &VerifyArguments) -> Result<Exit, Fault> {
    if let Some(path) = &arguments.batch {
        return batch::batch(path, arguments);
    }
    if let Some(path) = &arguments.bundle {
        return bundle::verify_bundle(path, arguments);
    }
    let file = arguments.file.as_deref().unwrap_or(Path::new("-"));
    let limits = Limits::default();
    let bytes = read(file, CARRIER.max_bytes)?;
    let now: Now = Arc::new(|| SystemClock.now());
    let sources: Box<dyn Sources> = match &arguments.documents {
        Some(folder) => Box::new(DirectorySources::open(folder, now).map_err(|error| {
            Fault::usage(error, "name a folder with key documents and status lists")
        })?),
        None => {
            let limits = NetworkLimits::default();
            let network = NetworkSources::new(limits, arguments.allow_loopback, now);
            Box::new(Patience::new(Arc::new(network), MOST_TIME))
        }
    };
    let examiner = Examiner::new(limits);
    let report = report(&examiner, &bytes, file, sources.as_ref(), SystemClock.now());
    Ok(tell(&report, arguments.json))
}

/// Examines the bytes of a file, or those that a picture or paper carries.
pub(super) fn report(
    examiner: &Examiner,
    bytes: &[u8],
    file: &Path,
    sources: &dyn Sources,
    now: Timestamp,
) -> Report {
    let expected = Expected { media_type: media_type(file), ..Expected::default() };
    match baked::extract(bytes, &CARRIER) {
        Ok(Some(opened)) => {
            let carrier = Some(opened.carrier.media_type());
            let expected = Expected { carrier, ..expected };
            examiner.examine_with(&opened.credential, &expected, sources, now)
        }
        Ok(None) => examiner.examine_with(bytes, &expected, sources, now),
        Err(error) => examiner.unopened(bytes, &expected, &format!("{error}."), sources, now),
    }
}

/// Prints a report; its verdict is the exit code.
pub(super) fn tell(report: &Report, json: bool) -> Exit {
    if json {
        let worded = wording::worded(report, language());
        say(serde_json::to_string_pretty(&worded).expect("a report is always JSON"));
    } else {
        print(report, language());
    }
    match report.verdict() {
        Verdict::Verified => Exit::Done,
        Verdict::Failed => Exit::Failed,
        Verdict::Indeterminate => Exit::Indeterminate,
    }
}

/// Reads the file, one byte past the limit at most: the report then says that it is too large.
pub(super) fn read(path: &Path, most: usize) -> Result<Vec<u8>, Fault> {
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let outcome = if path == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    outcome.map_err(|error| {
        Fault::usage(
            format_args!("cannot read {}: {error}", path.display()),
            "name the file of a certificate, or - for standard input",
        )
    })?;
    Ok(bytes)
}

/// What the name says of the file; otherwise its bytes decide.
fn media_type(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()? {
        "jwt" => Some("application/vc+jwt"),
        _ => None,
    }
}

/// The language of the machine, where it is one of ours.
fn language() -> Language {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let stated = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    match stated.get(..2) {
        Some("nl") => Language::Nl,
        Some("fr") => Language::Fr,
        _ => Language::En,
    }
}

fn print(report: &Report, language: Language) {
    say(format_args!("verdict  {}", word(report.verdict())));
    say(format_args!("state    {}{}", word(report.state()), since(report)));
    if let Some(successor) = report.replaced_by() {
        say(format_args!("replaced {successor}"));
    }
    say(format_args!("         {}", wording::told(report, language)));
    let credential = report.credential();
    if let Some(id) = &credential.id {
        say(format_args!("id       {}", printable(id)));
    }
    if let Some(issuer) = &credential.issuer {
        let name = issuer.name.as_deref().map(|name| format!("{} ", printable(name)));
        let id = printable(&issuer.id);
        say(format_args!("issuer   {}{id}", name.unwrap_or_default()));
    }
    say("");
    for check in report.checks() {
        say(format_args!("{:<23} {}{}", check.check.as_str(), word(check.outcome), why(check)));
        if matches!(check.outcome, Outcome::Fail | Outcome::Indeterminate) {
            let meaning = wording::meaning(report, check, language, Names::default());
            say(format_args!("{:<23} {}", "", printable(&meaning)));
            if let Some(remedy) = wording::remedy(report, check) {
                say(format_args!("{:<23} > {}", "", remedy.to(language)));
            }
        }
    }
    if !report.possibly_withheld().is_empty() {
        say(format_args!("possibly withheld       {}", report.possibly_withheld().join(", ")));
    }
    for (index, one) in report.contained().iter().enumerate() {
        say(format_args!("contained {:<13} {}{}", index + 1, word(one.verdict()), who(one)));
        say(format_args!("{:<23} {}", "", wording::told(one, language)));
    }
    for (index, one) in report.endorsements().iter().enumerate() {
        let who = who(&one.report);
        say(format_args!("endorsement {:<11} {}{who}", index + 1, word(one.outcome)));
        say(format_args!("{:<23} {}", "", wording::told(&one.report, language)));
    }
}

/// What something contained calls itself.
fn who(report: &Report) -> String {
    let credential = report.credential();
    let id = credential.id.as_deref().map(printable).unwrap_or_default();
    let issuer = credential.issuer.as_ref().map(|issuer| printable(&issuer.id));
    match issuer {
        Some(issuer) => format!(": {id} by {issuer}"),
        None => format!(": {id}"),
    }
}

fn since(report: &Report) -> String {
    report.state_since().map(|moment| format!(" since {moment}")).unwrap_or_default()
}

fn why(check: &CheckResult) -> String {
    match (&check.problem, check.outcome) {
        (Some(problem), Outcome::Fail | Outcome::Indeterminate) => {
            let detail = problem.detail.as_deref().unwrap_or(&problem.title);
            format!(": {}", printable(detail))
        }
        _ => String::new(),
    }
}

/// What comes from the file must not steer the terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .take(400)
        .map(|c| if c.is_control() || is_direction(c) { '\u{fffd}' } else { c })
        .collect()
}

/// Marks that turn the direction of writing.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The name that a value of a closed list has in reports.
fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => "?".to_owned(),
    }
}
