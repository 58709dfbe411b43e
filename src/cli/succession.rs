//! `issuer bundle` and `issuer adopt`: what an institution leaves when it closes or merges, and
//! taking that over.

use super::arguments::Configured;
use super::{Exit, Fault, config, origin, refused, remark, say};
use crate::app::{self, House, KeyTrust, TestKeys};
use crate::institution::{InstitutionBundle, InstitutionError, Manifest};
use crate::model::Slug;
use crate::store::Closing;
use clap::Args;
use std::path::{Path, PathBuf};

/// `issuer bundle`.
#[derive(Debug, Args)]
pub struct InstitutionBundleArguments {
    /// Which configuration.
    #[command(flatten)]
    pub configured: Configured,
    /// The issuer
    #[arg(value_name = "ISSUER", required_unless_present = "check")]
    pub issuer: Option<Slug>,
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE", required_unless_present = "check")]
    pub out: Option<PathBuf>,
    /// Close the issuer for good: nothing is issued, no status changes, last status lists are signed
    #[arg(long, requires_all = ["successor", "keeper_url"])]
    pub r#final: bool,
    /// Who keeps what the institution leaves
    #[arg(long, value_name = "NAME", requires = "final")]
    pub successor: Option<String>,
    /// Where the keeper can be found
    #[arg(long, value_name = "URL", requires = "final")]
    pub keeper_url: Option<String>,
    /// For how many years the last status lists may be used
    #[arg(long, value_name = "YEARS", default_value_t = 10, requires = "final",
          value_parser = clap::value_parser!(u32).range(1..=50))]
    pub list_years: u32,
    /// Check a bundle, and change nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["issuer", "out", "final"])]
    pub check: Option<PathBuf>,
    /// With --check: the thumbprint of the key, from elsewhere than the file
    #[arg(long, value_name = "THUMBPRINT", requires = "check", allow_hyphen_values = true)]
    pub expect_key: Option<String>,
}

/// `issuer adopt`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("trust").required(true))]
pub struct AdoptArguments {
    /// Which configuration.
    #[command(flatten)]
    pub configured: Configured,
    /// The final bundle of the institution
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The thumbprint of the key that signed the bundle, from elsewhere than the file
    #[arg(long, value_name = "THUMBPRINT", group = "trust", allow_hyphen_values = true)]
    pub expect_key: Option<String>,
    /// Believe the file about its key
    #[arg(long, group = "trust")]
    pub trust_file: bool,
}

/// `issuer bundle`.
pub(super) fn bundle(arguments: &InstitutionBundleArguments) -> Result<Exit, Fault> {
    match (&arguments.check, &arguments.issuer, &arguments.out) {
        (Some(file), _, _) => check(file, arguments.expect_key.as_deref()),
        (None, Some(issuer), Some(out)) => write(arguments, issuer, out),
        _ => Err(Fault::usage("there is nothing to do", "name an issuer and --out, or --check")),
    }
}

fn write(arguments: &InstitutionBundleArguments, issuer: &Slug, out: &Path) -> Result<Exit, Fault> {
    let closing = closing(arguments)?;
    let house = House::open(config::load(&arguments.configured)?, TestKeys::Refuse);
    let house = house.map_err(refused)?;
    let closes = closing.is_some();
    let written = app::bundle_institution(&house, issuer, closing, origin(), out);
    let written = written.map_err(refused)?;
    say(format_args!("written to {}", out.display()));
    tell(&written.manifest);
    match written.lists_until {
        Some(until) if !closes && written.manifest.succession.is_none() => remark(format_args!(
            "warning: the institution goes on, so nobody can adopt this; its status lists end \
             {until}"
        )),
        Some(until) => say(format_args!("its status lists may be used until {until}")),
        None => {}
    }
    Ok(Exit::Done)
}

fn closing(arguments: &InstitutionBundleArguments) -> Result<Option<Closing>, Fault> {
    let (Some(keeper), Some(keeper_url)) = (&arguments.successor, &arguments.keeper_url) else {
        return Ok(None);
    };
    let web = ["https://", "http://"].iter().any(|scheme| keeper_url.starts_with(scheme));
    if !web || keeper_url.len() > 500 || url::Url::parse(keeper_url).is_err() {
        return Err(Fault::usage(
            "--keeper-url is no address of the web",
            "give the address at which the keeper can be found, with https://",
        ));
    }
    let keeper = keeper.trim();
    if keeper.is_empty() || keeper.chars().count() > 200 || keeper.chars().any(char::is_control) {
        return Err(Fault::usage("--successor is no name", "give 1 to 200 characters"));
    }
    let at = origin().at;
    let days = i64::from(arguments.list_years) * 365 + i64::from(arguments.list_years) / 4;
    let until = at.date().plus_days(days).map(crate::model::Date::midnight);
    let lists_until = until
        .ok_or_else(|| Fault::usage("--list-years goes beyond the calendar", "give fewer years"))?;
    let (keeper, keeper_url) = (keeper.to_owned(), keeper_url.clone());
    Ok(Some(Closing { at, lists_until, keeper, keeper_url }))
}

fn check(file: &Path, expected: Option<&str>) -> Result<Exit, Fault> {
    let bundle = InstitutionBundle::open(file).map_err(refused)?;
    tell(&bundle.manifest);
    match expected {
        Some(expected) if expected != bundle.manifest.key => {
            let found = bundle.manifest.key.clone();
            Err(refused(InstitutionError::OtherKey { found }))
        }
        Some(_) => Ok(Exit::Done),
        None => {
            remark(
                "the file is whole and signed by that key; whose key it is, only the institution \
                 can tell you",
            );
            Ok(Exit::Done)
        }
    }
}

fn tell(manifest: &Manifest) {
    let test = if manifest.test { " TEST" } else { "" };
    say(format_args!("{} sealed as {}{test}", manifest.issuer, manifest.did));
    say(format_args!("as of {}, {} certificates", manifest.as_of, manifest.certificates));
    if let Some(succession) = &manifest.succession {
        let (closed, keeper) = (succession.closed, &succession.keeper);
        say(format_args!("closed {closed}, kept by {keeper} {}", succession.keeper_url));
    }
    say(format_args!("signed by key {}", manifest.key));
}

/// `issuer adopt`.
pub(super) fn adopt(arguments: &AdoptArguments) -> Result<Exit, Fault> {
    let trust = match &arguments.expect_key {
        Some(thumbprint) => KeyTrust::Expected(thumbprint.clone()),
        None => KeyTrust::File,
    };
    let config = config::load(&arguments.configured)?;
    let store = app::open_store(&config).map_err(refused)?;
    let record = app::adopt(&config, store.as_ref(), &arguments.file, &trust, origin());
    let record = record.map_err(refused)?;
    say(format_args!(
        "{} is kept here since {}; start the server and it answers for {}",
        record.slug, record.since, record.did
    ));
    if !record.key_confirmed {
        remark(
            "warning: the file alone says whose key that is; whoever made it could have said so",
        );
    }
    Ok(Exit::Done)
}
