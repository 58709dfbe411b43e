//! The end of an issuer, and taking over what another one left: files around the room of
//! institutions. The bundle of an adopted issuer lies in `adopted/` of the data directory; the
//! journal pins it by its SHA-256.

use super::AppError;
use crate::config::Config;
use crate::institution::{
    AdoptedIssuers, InstitutionBundle, InstitutionError, Written, adopted_file, write,
};
use crate::model::Slug;
use crate::store::{AdoptedRecord, Closing, Origin, Store};
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// So many seconds the clock of the institution may have been ahead of ours.
const CLOCKS_APART: i64 = 300;

/// On whose word the key of a bundle is taken for the issuer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyTrust {
    /// The operator had the thumbprint from elsewhere.
    Expected(String),
    /// The file alone.
    File,
}

fn folder(config: &Config) -> PathBuf {
    config.data_dir.join("adopted")
}

/// The institutions that an installation keeps.
pub(super) fn adopted(config: &Config, store: &dyn Store) -> Result<AdoptedIssuers, AppError> {
    let mut all = AdoptedIssuers::default();
    for record in store.adopted()? {
        let issuer = record.slug.to_string();
        all.open(&folder(config), &record).map_err(|cause| AppError::Adopted { issuer, cause })?;
    }
    Ok(all)
}

/// Writes the bundle of an issuer to a file that is not there yet. With `closing` the issuer closes
/// first, for good.
pub fn bundle_institution(
    house: &super::House,
    issuer: &Slug,
    closing: Option<Closing>,
    origin: Origin,
    path: &Path,
) -> Result<Written, AppError> {
    let file = |error: std::io::Error| AppError::file(path, &error);
    let made = File::options().write(true).create_new(true).open(path).map_err(file)?;
    let written = (|| {
        if let Some(closing) = closing {
            super::run(house.desk.close_issuer(issuer, closing, origin))??;
        }
        let mut out = BufWriter::new(&made);
        let now = house.clock.now();
        let written = write(&house.desk, house.store.as_ref(), issuer, now, &mut out)?;
        drop(out);
        made.sync_all().map_err(file)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        sync_folder(folder.unwrap_or(Path::new("."))).map_err(file)?;
        // Read back whole: what cannot be opened is no bundle.
        InstitutionBundle::open(path)?;
        Ok(written)
    })();
    if written.is_err() {
        // What was begun helps nobody; the first fault is the one to tell.
        let _ = std::fs::remove_file(path);
    }
    written
}

/// Takes over what a closed institution left: checks the bundle, keeps it, records that.
pub fn adopt(
    config: &Config,
    store: &dyn Store,
    path: &Path,
    trust: &KeyTrust,
    origin: Origin,
) -> Result<Arc<AdoptedRecord>, AppError> {
    let bundle = InstitutionBundle::open(path)?;
    let manifest = &bundle.manifest;
    if let KeyTrust::Expected(expected) = trust
        && *expected != manifest.key
    {
        return Err(InstitutionError::OtherKey { found: manifest.key.clone() }.into());
    }
    if manifest.succession.is_none() {
        return Err(InstitutionError::NotFinal.into());
    }
    let closed = manifest.succession.as_ref().map_or(manifest.as_of, |one| one.closed);
    let latest = manifest.as_of.max(closed);
    if latest > origin.at.plus_seconds(CLOCKS_APART) {
        return Err(InstitutionError::NotYet(latest).into());
    }
    let record = AdoptedRecord {
        slug: manifest.issuer.clone(),
        did: manifest.did.clone(),
        base_url: manifest.base_url.clone(),
        as_of: manifest.as_of,
        sha256: bundle.sha256.clone(),
        length: bundle.length,
        key: manifest.key.clone(),
        key_confirmed: matches!(trust, KeyTrust::Expected(_)),
        since: origin.at,
    };
    let kept = keep(config, path, &record)?;
    // Nothing may be recorded that is not on the disk.
    store.adopt(record.clone(), origin).wait()?;
    let others =
        std::fs::read_dir(folder(config)).map_err(|error| AppError::file(&kept, &error))?;
    let known = store.adopted()?;
    let named: Vec<String> =
        known.iter().map(|record| adopted_file(&record.slug, &record.sha256)).collect();
    for other in others.flatten() {
        if !named.iter().any(|name| other.file_name().to_str() == Some(name)) {
            // An older bundle, or what an interrupted adoption left.
            let _ = std::fs::remove_file(other.path());
        }
    }
    let found = known.into_iter().find(|known| known.slug == record.slug);
    Ok(found.unwrap_or_else(|| Arc::new(record)))
}

/// Copies the bundle beside the store, whole or not at all.
fn keep(config: &Config, path: &Path, record: &AdoptedRecord) -> Result<PathBuf, AppError> {
    let folder = folder(config);
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| AppError::file(&path, &error)
    };
    std::fs::create_dir_all(&folder).map_err(fault(&folder))?;
    // The folder itself may be new.
    sync_folder(&config.data_dir).map_err(fault(&config.data_dir))?;
    let kept = folder.join(adopted_file(&record.slug, &record.sha256));
    let fresh = folder.join(format!("{}.new", record.slug));
    let mut source = BufReader::new(File::open(path).map_err(fault(path))?);
    let mut target = File::create(&fresh).map_err(fault(&fresh))?;
    std::io::copy(&mut source, &mut target).map_err(fault(&fresh))?;
    target.sync_all().map_err(fault(&fresh))?;
    // The file may have changed between the check and the copy.
    if InstitutionBundle::open(&fresh)?.sha256 != record.sha256 {
        let cause = InstitutionError::Malformed("it changed while it was read".to_owned());
        return Err(cause.into());
    }
    std::fs::rename(&fresh, &kept).map_err(fault(&kept))?;
    sync_folder(&folder).map_err(fault(&folder))?;
    Ok(kept)
}

/// What a folder names is on the disk when this returns.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}
