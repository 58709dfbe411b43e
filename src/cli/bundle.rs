//! `bundle`: a credential with everything that verifying it takes, in one file; and `verify
//! --bundle`, which asks nobody. The report speaks for the moment at which the bundle was gathered.

use super::arguments::{BundleArguments, VerifyArguments};
use super::{Exit, Fault, remark, verify};
use crate::baked;
use crate::canon::bundled::CONTEXTS;
use crate::clock::{Clock, SystemClock};
use crate::model::Timestamp;
use crate::sources::{
    Bundle, BundleError, DirectorySources, Gathering, MAX_BUNDLE_BYTES, NetworkLimits,
    NetworkSources, Now, Part, PartRole,
};
use crate::verification::{Examiner, Limits, Report, Sources};
use std::path::Path;
use std::sync::Arc;

/// Gathers the evidence for one certificate and writes it.
pub(super) fn bundle(arguments: &BundleArguments) -> Result<Exit, Fault> {
    let file = verify::read(&arguments.file, baked::Limits::default().max_bytes)?;
    let credential = match baked::extract(&file, &baked::Limits::default()) {
        Ok(Some(opened)) => opened.credential,
        Ok(None) => file,
        Err(error) => return Err(Fault::new(error, "name the file of a certificate")),
    };
    let now: Now = Arc::new(|| SystemClock.now());
    let sources: Box<dyn Sources> = match &arguments.documents {
        Some(folder) => Box::new(DirectorySources::open(folder, now).map_err(|error| {
            Fault::usage(error, "name a folder with key documents and status lists")
        })?),
        None => {
            Box::new(NetworkSources::new(NetworkLimits::default(), arguments.allow_loopback, now))
        }
    };
    let gathering = Gathering::new(sources.as_ref());
    let report = examine(&credential, &gathering, SystemClock.now());
    let media_type = if credential.trim_ascii().starts_with(b"{") {
        "application/vc"
    } else {
        "application/jwt"
    };
    let mut parts = gathering.into_parts();
    let moments = parts.iter().filter_map(|part| part.fetched_at);
    // What is gathered from dated files makes the same bundle every time.
    let as_of = moments.max().unwrap_or_else(|| SystemClock.now());
    parts.push(Part {
        role: PartRole::Credential,
        url: None,
        media_type: Some(media_type.to_owned()),
        fetched_at: None,
        bytes: credential.clone(),
    });
    for named in report.contexts() {
        if let Some(context) = CONTEXTS.iter().find(|context| context.url == named.url) {
            parts.push(Part {
                role: PartRole::Context,
                url: Some(context.url.to_owned()),
                media_type: Some("application/ld+json".to_owned()),
                fetched_at: None,
                bytes: context.text.as_bytes().to_vec(),
            });
        }
    }
    let bundle = Bundle::new(as_of, parts).map_err(refused)?;
    std::fs::write(&arguments.output, bundle.write()).map_err(|error| {
        Fault::usage(
            format_args!("cannot write {}: {error}", arguments.output.display()),
            "name another file with -o",
        )
    })?;
    remark(format_args!("bundled {} parts as of {as_of}", bundle.parts().len()));
    Ok(verify::tell(&examine(&credential, &bundle, as_of), false))
}

/// `verify --bundle`.
pub(super) fn verify_bundle(path: &Path, arguments: &VerifyArguments) -> Result<Exit, Fault> {
    let bundle = opened(path)?;
    let report = examine(&bundle.credential().bytes, &bundle, bundle.as_of);
    Ok(verify::tell(&report, arguments.json))
}

/// Reads a bundle whose contexts are those that are known here, and says what it rests on.
pub(super) fn opened(path: &Path) -> Result<Bundle, Fault> {
    let bundle = Bundle::read(&verify::read(path, MAX_BUNDLE_BYTES)?).map_err(refused)?;
    for part in bundle.parts().iter().filter(|part| part.role == PartRole::Context) {
        let known = CONTEXTS.iter().find(|context| Some(context.url) == part.url.as_deref());
        if known.is_none_or(|context| context.text.as_bytes() != part.bytes) {
            return Err(Fault::new(
                "the bundle has a context of other bytes than are known here",
                "verify it with the version of the program that made it, or a later one",
            ));
        }
    }
    remark(format_args!(
        "as of {}; key documents and moments are as true as whoever made the bundle",
        bundle.as_of
    ));
    Ok(bundle)
}

fn examine(credential: &[u8], sources: &dyn Sources, now: Timestamp) -> Report {
    Examiner::new(Limits::default()).examine(credential, None, sources, now)
}

fn refused(error: BundleError) -> Fault {
    Fault::new(error, "name a bundle that `bewijs bundle` made; docs/BUNDLE.md describes it")
}
