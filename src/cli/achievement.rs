//! `achievement`: the definitions of an issuer, at a running service or in its store.

use super::api::{Service, told};
use super::arguments::{AchievementCommand, AchievementImportArguments, CataloguePlace};
use super::verify::printable;
use super::{Exit, Fault, config, issue, issuer, origin, refused, remark, say};
use crate::app::{self, House, TestKeys};
use crate::issuance::IssueError;
use crate::model::{DefinitionRef, FieldError, Slug};
use crate::profile::{OutcomeTable, parse_outcome_table};
use crate::texts::{FaultWords, Language};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;

const SCOPE: &str = "catalogue:write";

/// Carries out a command about definitions.
pub(super) fn achievement(command: &AchievementCommand) -> Result<Exit, Fault> {
    match command {
        AchievementCommand::Import(arguments) => import(arguments),
        AchievementCommand::List { place, issuer } => list(place, issuer),
        AchievementCommand::Show { place, definition } => show(place, definition),
        AchievementCommand::Withdraw { place, definition } => withdraw(place, definition),
    }
}

/// What is to be published, and where in the files each part of it stands.
struct Batch {
    documents: Vec<Value>,
    /// The file of the definitions.
    file: String,
    /// Whether the file is a list.
    listed: bool,
    outcomes: Option<(String, &'static str, OutcomeTable)>,
}

/// A fault of the definitions, its pointer beginning with the place in the list.
struct Told {
    pointer: String,
    text: String,
    code: String,
}

fn import(arguments: &AchievementImportArguments) -> Result<Exit, Fault> {
    let batch = Batch::read(&arguments.file, arguments.definition.as_deref())?;
    let place = &arguments.place;
    let (faults, warnings) = match service(place)? {
        Some(service) => batch.send(&service, arguments.check)?,
        None => batch.put(&open(place)?, arguments.check)?,
    };
    for warning in &warnings {
        remark(format_args!("warning: {}", batch.line(warning)));
    }
    if !faults.is_empty() {
        let lines = faults.iter().map(|fault| batch.line(fault)).collect();
        return Err(refusal(lines));
    }
    let done = if arguments.check { "could be published" } else { "published" };
    for document in &batch.documents {
        let member = |member: &str| document[member].as_str().unwrap_or("").to_owned();
        let name = format!("{}/{}/{}", member("issuer"), member("slug"), member("version"));
        say(format_args!("{done}: {}", printable(&name)));
    }
    Ok(Exit::Done)
}

/// Nothing is published; what stands in the way, each with its place.
fn refusal(lines: Vec<String>) -> Fault {
    let count = match lines.len() {
        1 => "one fault".to_owned(),
        n => format!("{n} faults"),
    };
    let lines: Vec<String> = lines.into_iter().map(|line| format!("  {line}")).collect();
    Fault::new(
        format_args!("the definitions are refused for {count}:\n{}", lines.join("\n")),
        "mend the files at these places; nothing was published",
    )
}

/// The outcomes of a CSV file.
fn outcomes(file: &Path) -> Result<OutcomeTable, Fault> {
    let name = file.display();
    let line =
        |fault: &FieldError| printable(&format!("{name}: {} ({})", words(fault), fault.code));
    match parse_outcome_table(&text(file)?) {
        Ok(table) if table.outcomes.is_empty() => {
            Err(refusal(vec![format!("{name}: no outcome stands below the names of the columns")]))
        }
        Ok(table) => Ok(table),
        Err(faults) => Err(refusal(faults.iter().map(line).collect())),
    }
}

impl Batch {
    fn read(file: &Path, definition: Option<&Path>) -> Result<Self, Fault> {
        let csv = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let Some(definition) = definition else {
            if csv {
                return Err(Fault::usage(
                    format_args!("{} holds outcomes only", file.display()),
                    "give the definition they belong to with --definition",
                ));
            }
            let (documents, listed) = documents(file)?;
            let file = file.display().to_string();
            return Ok(Self { documents, file, listed, outcomes: None });
        };
        let (mut documents, listed) = documents(definition)?;
        let ([document], false) = (documents.as_mut_slice(), listed) else {
            return Err(Fault::usage(
                format_args!("{} is a list", definition.display()),
                "give one definition with --definition",
            ));
        };
        let evc = document["kind"].as_str().is_some_and(|kind| kind.starts_with("evc-"));
        let member = if evc { "competences" } else { "learningOutcomes" };
        if document[member].as_array().is_some_and(|list| !list.is_empty()) {
            return Err(Fault::usage(
                format_args!("{} has {member} of its own", definition.display()),
                "leave them out there, or do not give the CSV file",
            ));
        }
        let outcomes = outcomes(file)?;
        document[member] = outcomes.outcomes.clone().into();
        let outcomes = Some((file.display().to_string(), member, outcomes));
        let file = definition.display().to_string();
        Ok(Self { documents, file, listed, outcomes })
    }

    /// The issuer of all of them.
    fn issuer(&self) -> Result<Slug, Fault> {
        let mut issuers = self.documents.iter().map(|document| document["issuer"].as_str());
        let first = issuers.next().flatten();
        let same = issuers.all(|other| other == first);
        first.filter(|_| same).and_then(|issuer| issuer.parse().ok()).ok_or_else(|| {
            Fault::new(
                format_args!("{}: the definitions do not name one issuer", self.file),
                "give each the same `issuer`; the file of another issuer on its own",
            )
        })
    }

    fn send(&self, service: &Service, check: bool) -> Result<(Vec<Told>, Vec<Told>), Fault> {
        let issuer = self.issuer()?;
        let path = match check {
            true => format!("/v1/issuers/{issuer}/definitions/check"),
            false => format!("/v1/issuers/{issuer}/definitions"),
        };
        let body = json!({ "definitions": self.documents });
        let answer = service.call(Method::POST, &path, Some(&body), None)?;
        let value: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        match answer.status {
            200 => Ok((of_answer(&value["errors"]), of_answer(&value["warnings"]))),
            422 => Ok((of_answer(&value["errors"]), Vec::new())),
            status => Err(told(status, &answer.body, SCOPE)),
        }
    }

    fn put(&self, house: &House, check: bool) -> Result<(Vec<Told>, Vec<Told>), Fault> {
        let desk = &house.desk;
        if check {
            let outcome = desk.check_definitions(None, &self.documents);
            let outcome = outcome.map_err(issue::not_issued)?;
            return Ok((of_desk(&outcome.faults), of_desk(&outcome.warnings)));
        }
        let imported = desk.import_definitions(self.documents.clone(), origin());
        match app::run(imported).map_err(refused)? {
            Ok(imported) => Ok((Vec::new(), of_desk(&imported.warnings))),
            Err(IssueError::Invalid(faults)) => Ok((of_desk(&faults), Vec::new())),
            Err(error) => Err(issue::not_issued(error)),
        }
    }

    /// File, row and column or pointer, and what is wrong there.
    fn line(&self, told: &Told) -> String {
        let rest = told.pointer.strip_prefix('/').unwrap_or(&told.pointer);
        let (number, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let in_row = self.outcomes.as_ref().and_then(|(file, member, outcomes)| {
            let rest = rest.strip_prefix('/')?.strip_prefix(member)?;
            Some(format!("{file}: {}", outcomes.place(rest)?))
        });
        let at = in_row.unwrap_or_else(|| match (self.listed, rest) {
            (true, rest) => format!("{}: /{number}{rest}", self.file),
            (false, "") => format!("{}: /", self.file),
            (false, rest) => format!("{}: {rest}", self.file),
        });
        format!("{}: {} ({})", printable(&at), told.text, told.code)
    }
}

fn of_answer(faults: &Value) -> Vec<Told> {
    let text = |value: &Value, member: &str| value[member].as_str().map(printable);
    let one = |fault: &Value| Told {
        pointer: {
            let pointer = text(fault, "pointer").unwrap_or_default();
            pointer.strip_prefix("/definitions").unwrap_or(&pointer).to_owned()
        },
        text: format!(
            "{} {}",
            text(fault, "detail").unwrap_or_default(),
            text(fault, "remedy").unwrap_or_default()
        ),
        code: text(fault, "code").unwrap_or_default(),
    };
    faults.as_array().into_iter().flatten().map(one).collect()
}

fn words(fault: &FieldError) -> String {
    let FaultWords { detail, remedy } = FaultWords::of(fault, Language::En);
    format!("{detail} {remedy}")
}

fn of_desk(faults: &[FieldError]) -> Vec<Told> {
    let one = |fault: &FieldError| Told {
        pointer: fault.pointer.clone(),
        text: words(fault),
        code: fault.code.to_owned(),
    };
    faults.iter().map(one).collect()
}

/// The definitions of a file: one, a list, or the list of an import file; and whether it is a list.
fn documents(path: &Path) -> Result<(Vec<Value>, bool), Fault> {
    let mut file = issuer::read(path)?;
    match &mut file {
        Value::Array(documents) => Ok((std::mem::take(documents), true)),
        Value::Object(members) => match members.get_mut("definitions").map(Value::take) {
            Some(Value::Array(documents)) => Ok((documents, true)),
            Some(_) => Err(Fault::new(
                format_args!("{}: `definitions` is no list", path.display()),
                "write {\"definitions\": [...]}",
            )),
            None => Ok((vec![file], false)),
        },
        _ => Err(Fault::new(
            format_args!("{}: there is no definition", path.display()),
            "write one definition as an object, or a list of them",
        )),
    }
}

fn text(path: &Path) -> Result<String, Fault> {
    let text = match path == Path::new("-") {
        true => std::io::read_to_string(std::io::stdin()),
        false => std::fs::read_to_string(path),
    };
    text.map_err(|error| {
        Fault::usage(
            format_args!("cannot read {}: {error}", path.display()),
            "name a file in UTF-8, or - for standard input",
        )
    })
}

/// The running service that was named; `None` for the store itself.
fn service(place: &CataloguePlace) -> Result<Option<Service>, Fault> {
    match (&place.url, &place.token_file) {
        (Some(url), Some(token)) => Service::at(url, token).map(Some),
        _ if place.offline => Ok(None),
        _ => Err(Fault::usage(
            "it is not said where the catalogue is",
            "give --url and --token-file of a running service, or --offline for the store of one \
             that does not run",
        )),
    }
}

fn open(place: &CataloguePlace) -> Result<House, Fault> {
    House::open(config::load(&place.configured)?, TestKeys::Refuse).map_err(refused)
}

fn ask(service: &Service, method: Method, path: &str) -> Result<Value, Fault> {
    let answer = service.call(method, path, None, None)?;
    match answer.status {
        200 => serde_json::from_slice(&answer.body).map_err(|_| {
            Fault::new("the answer of the service is not JSON", "see that --url is its address")
        }),
        status => Err(told(status, &answer.body, SCOPE)),
    }
}

fn list(place: &CataloguePlace, issuer: &Slug) -> Result<Exit, Fault> {
    let line = |name: &str, kind: &str, withdrawn: Option<&str>| {
        let state = withdrawn.map(|at| format!("withdrawn {at}"));
        say(format_args!(
            "{}  {}  {}",
            printable(name),
            printable(kind),
            state.as_deref().unwrap_or("in use")
        ));
    };
    let Some(service) = service(place)? else {
        let house = open(place)?;
        for record in house.store.definitions(issuer).map_err(refused)? {
            let kind = record.document["kind"].as_str().unwrap_or("");
            let withdrawn = record.withdrawn.map(|at| at.to_string());
            line(&record.name.to_string(), kind, withdrawn.as_deref());
        }
        return Ok(Exit::Done);
    };
    let mut after = String::new();
    loop {
        let path = format!("/v1/issuers/{issuer}/definitions?limit=200{after}");
        let page = ask(&service, Method::GET, &path)?;
        for entry in page["definitions"].as_array().into_iter().flatten() {
            let text = |member: &str| entry[member].as_str();
            line(text("definition").unwrap_or(""), text("kind").unwrap_or(""), text("withdrawn"));
        }
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return Ok(Exit::Done),
        }
    }
}

fn address(name: &DefinitionRef) -> String {
    format!("/v1/issuers/{}/definitions/{}/{}", name.issuer, name.slug, name.version)
}

fn show(place: &CataloguePlace, name: &DefinitionRef) -> Result<Exit, Fault> {
    let document = match service(place)? {
        Some(service) => ask(&service, Method::GET, &address(name))?["document"].take(),
        None => open(place)?
            .desk
            .definition_record(name)
            .map_err(issue::not_issued)?
            .map(|record| record.document.clone())
            .ok_or_else(|| unknown(name))?,
    };
    say(format_args!("{document:#}"));
    Ok(Exit::Done)
}

fn withdraw(place: &CataloguePlace, name: &DefinitionRef) -> Result<Exit, Fault> {
    let since = match service(place)? {
        Some(service) => {
            let path = format!("{}/withdraw", address(name));
            let entry = ask(&service, Method::POST, &path)?;
            entry["withdrawn"].as_str().map(printable).unwrap_or_default()
        }
        None => {
            let house = open(place)?;
            let known = house.desk.definition_record(name).map_err(issue::not_issued)?;
            known.ok_or_else(|| unknown(name))?;
            let withdrawn = app::run(house.desk.withdraw_definition(name, origin()));
            let record = withdrawn.map_err(refused)?.map_err(issue::not_issued)?;
            record.withdrawn.map(|at| at.to_string()).unwrap_or_default()
        }
    };
    say(format_args!("{name} is not issued under since {since}; it stays at its address"));
    Ok(Exit::Done)
}

fn unknown(name: &DefinitionRef) -> Fault {
    Fault::new(
        format_args!("there is no definition {name}"),
        "`bewijs achievement list --issuer ISSUER` shows those there are",
    )
}
