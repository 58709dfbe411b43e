//! `issuer`: organisations, their catalogue, and which of them seal.

use super::arguments::{Configured, CreateArguments, ImportArguments, IssuerCommand};
use super::{Exit, Fault, config, origin, refused, remark, say, succession};
use crate::app::{self, House, TestKeys};
use crate::issuance::{DidMethod, Imported, IssuerRequest};
use crate::store::{SealerSettings, Store, Visibility};
use crate::texts::{FaultWords, Language};
use serde_json::Value;
use std::path::Path;

/// Carries out a command about issuers.
pub(super) fn issuer(command: &IssuerCommand) -> Result<Exit, Fault> {
    match command {
        IssuerCommand::Import(arguments) => import(arguments),
        IssuerCommand::Create(arguments) => create(arguments),
        IssuerCommand::Bundle(arguments) => succession::bundle(arguments),
        IssuerCommand::Adopt(arguments) => succession::adopt(arguments),
        IssuerCommand::List { configured } => list(configured),
    }
}

/// Loads a vocabulary, organisations and definitions, in this order.
fn import(arguments: &ImportArguments) -> Result<Exit, Fault> {
    let organisations = documents(arguments.organisations.as_deref(), "organisations")?;
    let definitions = documents(arguments.definitions.as_deref(), "definitions")?;
    let vocabulary = arguments.vocabulary.as_deref().map(read).transpose()?;
    if organisations.is_none() && definitions.is_none() && vocabulary.is_none() {
        return Err(Fault::usage(
            "there is nothing to import",
            "name a file of organisations, or give --definitions or --vocabulary",
        ));
    }
    let house = House::open(config::load(&arguments.configured)?, TestKeys::Refuse);
    let house = house.map_err(refused)?;
    let desk = &house.desk;
    let outcome = app::run(async {
        if let Some(document) = vocabulary {
            desk.import_vocabulary(document, origin()).await?;
            say("vocabulary: taken");
        }
        if let Some(documents) = organisations {
            told("organisations", &desk.import_organisations(documents, origin()).await?);
        }
        if let Some(documents) = definitions {
            told("definitions", &desk.import_definitions(documents, origin()).await?);
        }
        Ok::<_, crate::issuance::IssueError>(())
    });
    outcome.map_err(refused)?.map_err(super::issue::not_issued)?;
    Ok(Exit::Done)
}

fn told(what: &str, imported: &Imported) {
    say(format_args!("{what}: {} taken", imported.count));
    for warning in &imported.warnings {
        let words = FaultWords::of(warning, Language::En);
        remark(format_args!("warning: {}: {} ({})", warning.pointer, words.detail, warning.code));
    }
}

/// The list under `member` of an import file; a file that is the list itself is taken too.
fn documents(path: Option<&Path>, member: &str) -> Result<Option<Vec<Value>>, Fault> {
    let Some(path) = path else { return Ok(None) };
    let mut file = read(path)?;
    let list = match &mut file {
        Value::Object(members) => members.get_mut(member).map(Value::take),
        Value::Array(_) => Some(file),
        _ => None,
    };
    match list {
        Some(Value::Array(documents)) => Ok(Some(documents)),
        _ => Err(Fault::new(
            format_args!("{}: there is no list `{member}`", path.display()),
            format!("write {{\"{member}\": [...]}}"),
        )),
    }
}

/// Reads a file of JSON.
pub(super) fn read(path: &Path) -> Result<Value, Fault> {
    let text = if path == Path::new("-") {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(path)
    };
    let text = text.map_err(|error| {
        Fault::usage(
            format_args!("cannot read {}: {error}", path.display()),
            "name a file of JSON, or - for standard input",
        )
    })?;
    crate::canon::json::parse(text.as_bytes(), &crate::canon::json::JsonLimits::default()).map_err(
        |error| Fault::new(format_args!("{}: {error}", path.display()), "mend it at that place"),
    )
}

fn create(arguments: &CreateArguments) -> Result<Exit, Fault> {
    let config = config::load(&arguments.configured)?;
    if arguments.test && !config.allow_test_issuers {
        return Err(Fault::new(
            "this installation does not take TEST issuers",
            "leave --test out, or, on an installation that is itself for tests, set \
             allow_test_issuers = true",
        ));
    }
    let house = House::open(config, TestKeys::Refuse).map_err(refused)?;
    if house.store.organisation(&arguments.issuer).map_err(refused)?.is_none() {
        return Err(Fault::new(
            format_args!("there is no organisation {}", arguments.issuer),
            "load it first with `bewijs issuer import`; `bewijs issuer list` shows those there are",
        ));
    }
    let request = IssuerRequest {
        organisation: arguments.issuer.clone(),
        did: if arguments.did_key { DidMethod::Key } else { DidMethod::Web },
        test: arguments.test,
        test_keys: false,
        default_visibility: arguments.open.then_some(Visibility::Open),
        suspension: arguments.suspension.then_some(true),
    };
    let created = app::run(house.desk.create_issuer(request, origin()));
    let created = created.map_err(refused)?.map_err(super::issue::not_issued)?;
    let id = created.sealer.as_ref().map_or("", |sealer| sealer.id.as_str());
    say(format_args!("{} seals as {id}", created.slug));
    Ok(Exit::Done)
}

fn list(configured: &Configured) -> Result<Exit, Fault> {
    let store = app::open_store(&config::load(configured)?).map_err(refused)?;
    for organisation in store.organisations().map_err(refused)? {
        let seals = match &organisation.sealer {
            Some(SealerSettings { id, closed: Some(closing), .. }) => {
                format!("sealed as {id} until {}, kept by {}", closing.at, closing.keeper)
            }
            Some(sealer) if sealer.test => format!("seals as {} TEST", sealer.id),
            Some(sealer) => format!("seals as {}", sealer.id),
            None => "does not seal".to_owned(),
        };
        let published = store.definitions(&organisation.slug).map_err(refused)?.len();
        say(format_args!("{}  {seals}  {published} definitions", organisation.slug));
    }
    for adopted in store.adopted().map_err(refused)? {
        say(format_args!(
            "{}  kept here since {}, sealed as {}  as of {}",
            adopted.slug, adopted.since, adopted.did, adopted.as_of
        ));
    }
    Ok(Exit::Done)
}
