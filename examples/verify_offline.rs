//! Verifies credentials from files, without network: `verify_offline DOCUMENTS FILE...`. It needs no
//! feature of the library.
//!
//! `DOCUMENTS` is a directory with the key documents and status lists of the issuers, named as
//! `bewijs::sources::file_name` says. Each file is a credential or presentation (JSON or token), a
//! badge (PNG, SVG, PDF), or an evidence bundle, which brings its own documents. The exit status is
//! that of the worst verdict: 0 verified, 1 failed, 2 indeterminate.

use bewijs::baked;
use bewijs::clock::{Clock as _, SystemClock};
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
    let documents = DirectorySources::open(Path::new(&documents), Arc::new(|| SystemClock.now()))?;
    // One examiner for all: it remembers key documents and status lists that it has read.
    let examiner = Examiner::default();
    let mut worst = 0;
    for file in arguments {
        let report = examine(&examiner, &std::fs::read(&file)?, &documents);
        println!("{}", Path::new(&file).display());
        print_report(&report);
        worst = worst.max(match report.verdict() {
            Verdict::Verified => 0,
            Verdict::Indeterminate => 2,
            Verdict::Failed => 1,
        });
    }
    Ok(ExitCode::from(worst))
}

fn examine(examiner: &Examiner, bytes: &[u8], documents: &dyn Sources) -> Report {
    let now = SystemClock.now();
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
