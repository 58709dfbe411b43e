//! The demonstration: a TEST institution with samples, on a store of its own, at a loopback
//! address. Nothing in it is of value, so its token may lie beside its data, mode 0600.

mod ready;
pub mod samples;

pub use ready::{DemoCredential, Ready};

use super::{App, AppError, House, TestKeys, create_client, listen, secrets};
use crate::config::Config;
use crate::ids::{IdGenerator, SystemIds};
use crate::issuance::{DidMethod, IssueRequest, IssuerRequest};
use crate::model::{Date, Scope, Slug};
use crate::store::Visibility;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

/// The file that makes a folder a demonstration.
const KEPT: &str = "demo.json";
const CONFIG: &str = "bewijs.toml";
/// What the demonstration issues at its start, in this order.
const ISSUED: [&str; 2] = ["evc1", "mc1"];
/// What its user may issue next.
const NEXT: &str = "mc2";

/// What a demonstration keeps of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    format: u32,
    listen: SocketAddr,
    issuer: Slug,
    token: String,
    credentials: Vec<DemoCredential>,
}

/// A demonstration that has its address and its folder.
#[derive(Debug)]
pub struct Demo {
    folder: Folder,
    listener: TcpListener,
    kept: Option<Kept>,
}

/// Where it keeps everything; a temporary folder is taken away at the end.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    temporary: bool,
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.temporary {
            // What cannot be taken away is left to the system's own cleaning.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// Finds the folder and takes the address. A folder that holds a demonstration goes on at its own
/// address.
pub fn prepare(asked: Option<SocketAddr>, data: Option<&Path>) -> Result<Demo, AppError> {
    let folder = match data {
        Some(path) => Folder { path: path.to_owned(), temporary: false },
        None => {
            let name = format!("bewijs-demo-{}", SystemIds.ordered_id());
            Folder { path: std::env::temp_dir().join(name), temporary: true }
        }
    };
    let kept = read_kept(&folder.path)?;
    let address = match (&kept, asked) {
        (Some(kept), Some(asked)) if kept.listen != asked => {
            return Err(AppError::OtherAddress {
                path: folder.path.clone(),
                kept: kept.listen,
                asked,
            });
        }
        (Some(kept), _) => kept.listen,
        (None, Some(asked)) => asked,
        (None, None) => SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
    };
    if !address.ip().is_loopback() {
        let cause = "a demonstration is for this machine only".to_owned();
        return Err(AppError::Listen { address, cause });
    }
    let listener = listen(address).map_err(|error| match kept {
        Some(_) => AppError::Taken { path: folder.path.clone(), address },
        None => error,
    })?;
    Ok(Demo { folder, listener, kept })
}

fn read_kept(folder: &Path) -> Result<Option<Kept>, AppError> {
    let no = |cause: String| AppError::NoDemonstration { path: folder.to_owned(), cause };
    let path = folder.join(KEPT);
    if path.exists() {
        let kept: Kept = serde_json::from_str(&secrets::read_private(&path)?)
            .map_err(|error| no(format!("{KEPT} does not read: {error}")))?;
        if kept.format != 1 {
            return Err(no(format!("{KEPT} has format {}", kept.format)));
        }
        return Ok(Some(kept));
    }
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(AppError::file(folder, &error)),
    };
    if entries.next().is_some() {
        return Err(no(format!("there is something in it, but no {KEPT}")));
    }
    Ok(None)
}

impl Demo {
    /// Sets the demonstration up or goes on with it, and serves until it is told to stop. `ready`
    /// is called once, when requests are taken.
    pub fn run(self, ready: impl FnOnce(Ready)) -> Result<(), AppError> {
        let Self { folder, listener, kept } = self;
        let config = folder.path.join(CONFIG);
        let address = listener.local_addr().map_err(|error| AppError::Server(error.to_string()))?;
        let fresh = kept.is_none();
        if fresh {
            secrets::make_folder(&folder.path)?;
            secrets::prepare(&config, &configuration(address), &SystemIds)?;
        }
        let house = House::open(Config::load(&config, &|_| None)?, TestKeys::Allow)?;
        let kept = match kept {
            Some(kept) => kept,
            None => set_up(&house, &folder.path, address)?,
        };
        let ready_now = Ready {
            base_url: house.config.public_url.to_string(),
            issuer: kept.issuer,
            token: kept.token,
            credentials: kept.credentials,
            folder: folder.path.clone(),
            temporary: folder.temporary,
        };
        App::build(house).run(listener, |_| ready(ready_now))
        // The folder is dropped here, after the store that lies in it.
    }
}

/// The configuration of a demonstration, so that the offline commands work on it too.
fn configuration(address: SocketAddr) -> String {
    format!(
        "# A demonstration; `bewijs demo --data` on this folder goes on with it.\n\
         public_url = \"http://{address}\"\n\
         listen = \"{address}\"\n\
         data_dir = \"store\"\n\
         allow_test_issuers = true\n\
         \n\
         [outward]\n\
         allow_loopback = true\n\
         \n\
         [log]\n\
         format = \"text\"\n\
         filter = \"warn\"\n"
    )
}

/// Loads the institution and its catalogue, and lets it seal with a key of its own as its name.
async fn load(house: &House, issuer: &Slug, today: Date) -> Result<(), AppError> {
    let list = |mut file: Value, member: &str| match file[member].take() {
        Value::Array(documents) => Ok(documents),
        _ => Err(AppError::Samples(format!("no {member}"))),
    };
    let desk = &house.desk;
    let origin = || house.origin("cli");
    desk.import_vocabulary(samples::vocabulary(), origin()).await?;
    let organisations = list(samples::organisations(today), "organisations")?;
    desk.import_organisations(organisations, origin()).await?;
    desk.import_definitions(list(samples::definitions(), "definitions")?, origin()).await?;
    let request = IssuerRequest {
        organisation: issuer.clone(),
        did: DidMethod::Key,
        test: true,
        test_keys: true,
        default_visibility: Some(Visibility::Open),
        suspension: None,
    };
    desk.create_issuer(request, origin()).await?;
    Ok(())
}

async fn issue(house: &House, issuer: &Slug, today: Date) -> Result<Vec<DemoCredential>, AppError> {
    let mut credentials = Vec::new();
    for key in ISSUED {
        let award = samples::award(key, today)
            .ok_or_else(|| AppError::Samples(format!("there is no award {key}")))?;
        let request = IssueRequest {
            issuer: issuer.clone(),
            award,
            idempotency_key: None,
            client: "cli".to_owned(),
            request_id: None,
            from: None,
            hold_override: None,
            notify: None,
        };
        let issued = house.desk.issue(request).await?;
        let claim = house.desk.claim_link(&issued.record).map(|link| link.as_str().to_owned());
        credentials.push(DemoCredential {
            url: issued.url,
            kind: issued.record.kind,
            claim_url: claim,
        });
    }
    Ok(credentials)
}

fn set_up(house: &House, folder: &Path, address: SocketAddr) -> Result<Kept, AppError> {
    let today = house.clock.now().date();
    let issuer: Slug = samples::ISSUER.parse().expect("the samples' issuer has a slug");
    let credentials = super::run(async {
        load(house, &issuer, today).await?;
        issue(house, &issuer, today).await
    })??;
    let scopes = [
        Scope::CredentialsIssue,
        Scope::CredentialsStatus,
        Scope::CredentialsRead,
        Scope::CatalogueWrite,
        Scope::RegisterRead,
    ];
    let token = create_client(
        house.store.as_ref(),
        house.ids.as_ref(),
        "demo",
        &issuer,
        &scopes,
        house.origin("cli"),
    )?;
    let next = samples::award(NEXT, today).expect("the samples hold what may be issued next");
    let award = folder.join(Ready::AWARD);
    fs::write(&award, format!("{next:#}\n")).map_err(|error| AppError::file(&award, &error))?;
    let kept = Kept { format: 1, listen: address, issuer, token, credentials };
    // Written last, and whole: a folder with it is a demonstration.
    let text = serde_json::to_string_pretty(&kept).expect("what is kept is JSON");
    let fresh = folder.join("demo.json.new");
    secrets::write_private(&fresh, &text)?;
    fs::rename(&fresh, folder.join(KEPT)).map_err(|error| AppError::file(&fresh, &error))?;
    Ok(kept)
}
