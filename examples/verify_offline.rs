//! Verifies credentials from files, without network: `verify_offline DOCUMENTS FILE...`. It needs no
//! feature of the library. `BEWIJS_AT` verifies as of another moment:
//!
//! ```sh
//! BEWIJS_AT=2026-02-03T09:00:00Z cargo run --no-default-features --example verify_offline \
//!   examples/offline/documents examples/offline/credential.json
//! ```
//!
//! `DOCUMENTS` is a directory with the key documents and status lists of the issuers, named as
//! `bewijs::sources::file_name` says. Each file is a credential or presentation (JSON or token), a
//! badge (PNG, SVG, PDF), or an evidence bundle, which brings its own documents. The exit status is
//! that of the worst verdict: 0 verified, 1 failed, 2 indeterminate.

use bewijs::baked;
use bewijs::clock::{Clock as _, SystemClock};
use bewijs::model::Timestamp;
use bewijs::sources::{Bundle, DirectorySources};
use bewijs::verification::{Examiner, Expected, Outcome, Report, Sources, Verdict};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let Some(documents) = arguments.next() else {
        return Err("say the directory of documents, then the files".into());
    };
    let now = match std::env::var("BEWIJS_AT") {
        Ok(moment) => moment.parse()?,
        Err(_) => SystemClock.now(),
    };
    let documents = DirectorySources::open(Path::new(&documents), Arc::new(move || now))?;
    // One examiner for all: it remembers key documents and status lists that it has read.
    let examiner = Examiner::default();
    let mut verdicts = Vec::new();
    for file in arguments {
        let report = examine(&examiner, &std::fs::read(&file)?, &documents, now);
        println!("{}", Path::new(&file).display());
        print_report(&report);
        verdicts.push(report.verdict());
    }
    Ok(ExitCode::from(if verdicts.contains(&Verdict::Failed) {
        1
    } else if verdicts.contains(&Verdict::Indeterminate) {
        2
    } else {
        0
    }))
}

fn examine(examiner: &Examiner, bytes: &[u8], documents: &dyn Sources, now: Timestamp) -> Report {
    if let Ok(bundle) = Bundle::read(bytes) {
        return examiner.examine(&bundle.credential().bytes, None, &bundle, now);
    }
    match baked::extract(bytes, &baked::Limits::default()) {
        Ok(None) => examiner.examine(bytes, None, documents, now),
        Ok(Some(taken)) => {
            let expected = Expected {
                media_type: Some(taken.media_type),
                carrier: Some(taken.carrier.media_type()),
                ..Expected::default()
            };
            examiner.examine_with(&taken.credential, &expected, documents, now)
        }
        Err(error) => {
            let expected = Expected::default();
            examiner.unopened(bytes, &expected, &error.to_string(), documents, now)
        }
    }
}

fn print_report(report: &Report) {
    println!("  verdict: {:?}", report.verdict());
    for result in report.checks() {
        if !matches!(result.outcome, Outcome::NotApplicable) {
            println!("  {}: {:?}", result.check.as_str(), result.outcome);
        }
    }
}
