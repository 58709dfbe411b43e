//! The vault on disk: a directory that only its owner can enter, one encrypted file a key.

use super::file::{KeyFacts, KeyFile, Purpose, check_private, file_name, make_directory};
use super::secret::{Derivation, SealingKey, Unlock};
use super::signer::{LoadedKey, generate};
use super::{KeyError, KeyProvider};
use crate::model::{IssuerKey, KeyAlgorithm, KeyState, Slug, Timestamp};
use crate::proof::Signer;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Whether marked example keys are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestKeys {
    /// Production: a vault with a marked key in it does not open.
    Refuse,
    /// Demonstration and tests. A marked key's file may be readable by everybody, since everybody
    /// has it anyway.
    Allow,
}

/// The folder, and the name, of the service's own keys.
const SERVICE: &str = "service";

/// The keys of an installation.
pub struct Vault {
    directory: PathBuf,
    unlock: Unlock,
    test_keys: TestKeys,
    /// Keys by thumbprint; loading costs, so they stay.
    loaded: RwLock<HashMap<String, Entry>>,
    /// Passphrases are slow to derive from: each distinct set of parameters once.
    derived: Mutex<HashMap<Derivation, SealingKey>>,
    /// The service's own, oldest first.
    service: RwLock<Vec<ServiceKey>>,
}

/// A key of the service itself.
#[derive(Clone, Debug)]
pub struct ServiceKey {
    /// Since when.
    pub made: Timestamp,
    /// Signs with it.
    pub signer: Arc<dyn Signer>,
}

impl ServiceKey {
    /// The RFC 7638 thumbprint of its public part.
    pub fn thumbprint(&self) -> String {
        self.signer.public_key().thumbprint()
    }
}

#[derive(Clone)]
struct Entry {
    key: Arc<LoadedKey>,
    record: IssuerKey,
}

impl Vault {
    /// Opens the vault in this directory, making it when it is not there, and loads every key: a
    /// wrong passphrase, a readable file or an unwanted example key shows now and not at noon.
    pub fn open(directory: &Path, unlock: Unlock, test_keys: TestKeys) -> Result<Self, KeyError> {
        make_directory(directory)?;
        if test_keys == TestKeys::Refuse {
            check_private(directory)?;
        }
        let vault = Self {
            directory: directory.to_owned(),
            unlock,
            test_keys,
            loaded: RwLock::default(),
            derived: Mutex::default(),
            service: RwLock::default(),
        };
        match &vault.unlock {
            // A wrong key file is told apart from a wrong vault while it is still clear which.
            unlock @ Unlock::KeyFile(path) => {
                vault.sealing_key(&Derivation::fresh(unlock)?, path)?;
            }
            Unlock::Passphrase(passphrase) if passphrase.expose().is_empty() => {
                return Err(KeyError::EmptyPassphrase);
            }
            Unlock::Passphrase(_) => {}
        }
        for path in key_files(directory)? {
            vault.load(&path)?;
        }
        vault.load_service_keys()?;
        Ok(vault)
    }

    /// The service's own keys, oldest first: for its tokens and statements, never for certificates.
    pub fn service_keys(&self) -> Vec<ServiceKey> {
        self.service.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes the service another Ed25519 key of its own and keeps it durably.
    pub fn add_service_key(&self, now: Timestamp) -> Result<ServiceKey, KeyError> {
        let directory = self.directory.join(SERVICE);
        make_directory(&directory)?;
        let secret = generate(KeyAlgorithm::Ed25519)?;
        let key = LoadedKey::load(KeyAlgorithm::Ed25519, &secret)
            .ok_or(KeyError::Provider("load a key"))?;
        let facts = KeyFacts {
            test: false,
            issuer: SERVICE.parse().expect("the name of the service's own is a slug"),
            purpose: Some(Purpose::Service),
            thumbprint: key.public().thumbprint(),
            algorithm: KeyAlgorithm::Ed25519,
            created: now,
        };
        let derivation = self.derivation()?;
        let sealing = self.sealing_key(&derivation, &directory)?;
        KeyFile::seal(facts, derivation, &sealing, &secret)?.write(&directory)?;
        let made = ServiceKey { made: now, signer: Arc::new(key) };
        let mut all = self.service.write().unwrap_or_else(PoisonError::into_inner);
        all.push(made.clone());
        all.sort_by_key(|key| key.made);
        Ok(made)
    }

    /// Destroys all of the service's own keys but this one, whatever they still vouch for.
    pub fn keep_only_service_key(&self, kept: &ServiceKey) -> Result<(), KeyError> {
        let directory = self.directory.join(SERVICE);
        let mut all = self.service.write().unwrap_or_else(PoisonError::into_inner);
        for key in all.iter().filter(|key| key.thumbprint() != kept.thumbprint()) {
            let path = directory.join(file_name(&key.thumbprint()));
            std::fs::remove_file(&path).map_err(|error| KeyError::storage(&path, &error))?;
        }
        all.retain(|key| key.thumbprint() == kept.thumbprint());
        std::fs::File::open(&directory)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| KeyError::storage(&directory, &error))
    }

    fn load_service_keys(&self) -> Result<(), KeyError> {
        let directory = self.directory.join(SERVICE);
        if !directory.is_dir() {
            return Ok(());
        }
        let mut found = Vec::new();
        for path in key_files(&directory)? {
            let (file, key) = self.read(&path)?;
            if file.purpose != Some(Purpose::Service) || file.algorithm != KeyAlgorithm::Ed25519 {
                let detail = "it is not a key of the service itself";
                return Err(KeyError::Malformed { path, detail });
            }
            found.push(ServiceKey { made: file.created, signer: Arc::new(key) });
        }
        found.sort_by_key(|key| (key.made, key.thumbprint()));
        *self.service.write().unwrap_or_else(PoisonError::into_inner) = found;
        Ok(())
    }

    /// The public parts of all keys in the vault, oldest first, as they were made: active. What
    /// became of them is for the register to know.
    pub fn keys(&self) -> Vec<IssuerKey> {
        let loaded = self.loaded.read().unwrap_or_else(PoisonError::into_inner);
        let mut keys: Vec<_> = loaded.values().map(|entry| entry.record.clone()).collect();
        keys.sort_by(|a, b| (a.created, &a.thumbprint).cmp(&(b.created, &b.thumbprint)));
        keys
    }

    fn load(&self, path: &Path) -> Result<Entry, KeyError> {
        let (file, key) = self.read(path)?;
        if file.purpose.is_some() {
            let detail = "it is a key of the service itself, not an issuer's";
            return Err(KeyError::Malformed { path: path.to_owned(), detail });
        }
        let record = record(&key, file.issuer, file.algorithm, file.created, file.test);
        Ok(self.keep(Entry { key: Arc::new(key), record }))
    }

    /// Opens a file: its facts, and the key that they fit.
    fn read(&self, path: &Path) -> Result<(KeyFile, LoadedKey), KeyError> {
        let file = KeyFile::read(path)?;
        if file.test && self.test_keys == TestKeys::Refuse {
            return Err(KeyError::TestKey { thumbprint: file.thumbprint });
        }
        if !file.test {
            check_private(path)?;
        }
        let secret = file.open(&self.sealing_key(&file.derivation, path)?, path)?;
        let malformed = |detail| KeyError::Malformed { path: path.to_owned(), detail };
        let key = LoadedKey::load(file.algorithm, &secret)
            .ok_or_else(|| malformed("its secret is no key of its kind"))?;
        if key.public().thumbprint() != file.thumbprint {
            return Err(malformed("its secret is another key's"));
        }
        Ok((file, key))
    }

    fn keep(&self, entry: Entry) -> Entry {
        let mut loaded = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
        loaded.entry(entry.record.thumbprint.clone()).or_insert(entry).clone()
    }

    fn find(&self, thumbprint: &str) -> Result<Entry, KeyError> {
        let loaded = self.loaded.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = loaded.get(thumbprint) {
            return Ok(entry.clone());
        }
        drop(loaded);
        // Made by another process since this one opened the vault. The name comes from a record;
        // it must be one that a thumbprint can be before it becomes a path.
        let named = thumbprint.len() == 43
            && thumbprint.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let path = self.directory.join(file_name(thumbprint));
        if named && path.exists() {
            self.load(&path)
        } else {
            Err(KeyError::Missing { thumbprint: thumbprint.to_owned() })
        }
    }

    fn sealing_key(&self, derivation: &Derivation, path: &Path) -> Result<SealingKey, KeyError> {
        let mut derived = self.derived.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = derived.get(derivation) {
            return Ok(key.clone());
        }
        let key = derivation.derive(&self.unlock, path)?;
        derived.insert(derivation.clone(), key.clone());
        Ok(key)
    }

    /// The parameters in use, so that one passphrase is derived from once; fresh ones at first.
    fn derivation(&self) -> Result<Derivation, KeyError> {
        let derived = self.derived.lock().unwrap_or_else(PoisonError::into_inner);
        match derived.keys().next() {
            Some(derivation) => Ok(derivation.clone()),
            None => Derivation::fresh(&self.unlock),
        }
    }
}

impl KeyProvider for Vault {
    fn signer(&self, key: &IssuerKey) -> Result<Arc<dyn Signer>, KeyError> {
        let thumbprint = || key.thumbprint.clone();
        if key.state != KeyState::Active {
            return Err(KeyError::NotActive { thumbprint: thumbprint() });
        }
        if key.test && self.test_keys == TestKeys::Refuse {
            return Err(KeyError::TestKey { thumbprint: thumbprint() });
        }
        let entry = self.find(&key.thumbprint)?;
        let same = entry.record.public_jwk == key.public_jwk
            && entry.record.algorithm == key.algorithm
            && entry.record.test == key.test;
        if same && entry.record.issuer == key.issuer {
            Ok(entry.key)
        } else {
            Err(KeyError::Mismatch { thumbprint: thumbprint() })
        }
    }

    fn generate(
        &self,
        issuer: &Slug,
        algorithm: KeyAlgorithm,
        now: Timestamp,
        test: bool,
    ) -> Result<IssuerKey, KeyError> {
        let secret = generate(algorithm)?;
        let key = LoadedKey::load(algorithm, &secret).ok_or(KeyError::Provider("load a key"))?;
        let record = record(&key, issuer.clone(), algorithm, now, test);
        if test && self.test_keys == TestKeys::Refuse {
            return Err(KeyError::TestKey { thumbprint: record.thumbprint });
        }
        let facts = KeyFacts {
            test,
            issuer: issuer.clone(),
            purpose: None,
            thumbprint: record.thumbprint.clone(),
            algorithm,
            created: now,
        };
        let derivation = self.derivation()?;
        let sealing = self.sealing_key(&derivation, &self.directory)?;
        KeyFile::seal(facts, derivation, &sealing, &secret)?.write(&self.directory)?;
        self.keep(Entry { key: Arc::new(key), record: record.clone() });
        Ok(record)
    }
}

/// The key files of a directory. Hidden files are half-written ones of a crash; they were never
/// acknowledged.
fn key_files(directory: &Path) -> Result<Vec<PathBuf>, KeyError> {
    let fault = |error| KeyError::storage(directory, &error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".json") && !name.starts_with('.') {
            found.push(path);
        }
    }
    Ok(found)
}

fn record(
    key: &LoadedKey,
    issuer: Slug,
    algorithm: KeyAlgorithm,
    created: Timestamp,
    test: bool,
) -> IssuerKey {
    let public = key.public();
    IssuerKey {
        issuer,
        thumbprint: public.thumbprint(),
        algorithm,
        public_jwk: public.to_jwk(),
        public_key_multibase: public.to_multikey().ok(),
        state: KeyState::Active,
        created,
        test,
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({}, secrets not shown)", self.directory.display())
    }
}
