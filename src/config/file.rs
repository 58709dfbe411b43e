//! The configuration file. `deploy/config.example.toml` explains every key to the operator; a test
//! holds the two together.

use super::recognition::{self, RecognisedIssuer};
use super::{Concerns, ConfigError, Mail, Network, Pages, PublicUrl};
use crate::model::{TokenAlgorithm, Zone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Environment variable that names the passphrase file, over what the file says.
pub const VAR_PASSPHRASE_FILE: &str = "BEWIJS_PASSPHRASE_FILE";
/// Environment variable that names the key file, over what the file says.
pub const VAR_KEY_FILE: &str = "BEWIJS_KEY_FILE";

/// How an installation runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The address the world uses. Signed into every certificate; choose it once.
    pub public_url: PublicUrl,
    /// Where the server listens; usually behind a proxy that ends TLS.
    #[serde(default = "defaults::listen")]
    pub listen: SocketAddr,
    /// The store. Relative paths start at the folder of the file.
    #[serde(default = "defaults::data_dir")]
    pub data_dir: PathBuf,
    /// Base of the addresses of the installation's own concepts; `{public_url}/vocabulary` if not
    /// set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vocabulary_base: Option<String>,
    /// Address of a VKS level, with `{level}`; `{vocabulary_base}/vks/{level}` if not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vks_level_uri: Option<String>,
    /// Whether issuers that were made as TEST may seal here. The demonstration switches it on.
    #[serde(default)]
    pub allow_test_issuers: bool,
    /// Proxies whose `X-Request-Id` and `X-Forwarded-For` (or `Forwarded`) are believed.
    #[serde(default)]
    pub trusted_proxies: Vec<Network>,
    /// Where the signing keys are and what unlocks them.
    #[serde(default)]
    pub keys: Keys,
    /// What one client may ask of the server.
    #[serde(default)]
    pub limits: Limits,
    /// How status lists are signed.
    #[serde(default)]
    pub status_lists: StatusLists,
    /// What holds for every issuer alike.
    #[serde(default)]
    pub rules: Rules,
    /// How certificates are signed as tokens.
    #[serde(default)]
    pub tokens: Tokens,
    /// What verification may fetch from other servers.
    #[serde(default)]
    pub outward: Outward,
    /// Who is recognised.
    #[serde(default)]
    pub recognition: Recognition,
    /// The conformance issuer.
    #[serde(default)]
    pub conformance: Conformance,
    /// Mail to learners and issuers.
    #[serde(default)]
    pub mail: Mail,
    /// Reports of concerns.
    #[serde(default)]
    pub concerns: Concerns,
    /// Who runs the service, as the pages say it.
    #[serde(default)]
    pub pages: Pages,
    /// What is logged, and how.
    #[serde(default)]
    pub log: Log,
}

/// The vault of signing keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keys {
    /// Folder of the encrypted keys, mode 0700.
    pub dir: PathBuf,
    /// File of 32 random bytes that unlocks them, mode 0600. `bewijs init` makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_file: Option<PathBuf>,
    /// File with a passphrase that unlocks them, mode 0600; instead of `key_file`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passphrase_file: Option<PathBuf>,
}

/// What unlocks the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlocking<'a> {
    /// The bytes of this file.
    KeyFile(&'a Path),
    /// The passphrase in this file.
    PassphraseFile(&'a Path),
}

/// Limits of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Threads that serve requests; 0 for one per processor.
    pub workers: usize,
    /// Connections open at one time, over all threads.
    pub connections: usize,
    /// Bytes of a request's body.
    pub body_bytes: usize,
    /// Seconds for a request's head to arrive, and for an idle connection to stay.
    pub header_seconds: u64,
    /// Seconds until a request is given up.
    pub request_seconds: u64,
    /// Requests of the API in work at one time; more are told to come back.
    pub concurrent_requests: usize,
    /// Seconds that a stopping server takes to finish what it accepted.
    pub shutdown_seconds: u64,
}

/// Status lists (Bitstring Status List 1.0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StatusLists {
    /// Places in a list: at least 131072 and a multiple of 8.
    pub entries: u32,
    /// Milliseconds in which changes are gathered under one signature.
    pub window_ms: u64,
    /// Hours for which a signed list may be used; it is signed anew when half of them are over.
    pub validity_hours: u32,
    /// Seconds for which others may keep a copy.
    pub ttl_seconds: u32,
}

/// What holds for every issuer alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Where calendar days begin: today, and the end of an appeal period.
    pub time_zone: Zone,
    /// Days of the internal appeal period, where the issuer sets no other number.
    pub appeal_days: u16,
    /// Fields that the vocational kinds need besides, by kind.
    pub required: BTreeMap<String, Vec<String>>,
}

impl Default for Rules {
    fn default() -> Self {
        Self { time_zone: Zone::default(), appeal_days: 7, required: BTreeMap::new() }
    }
}

/// Certificates as JSON Web Tokens, beside the signed JSON. A token is signed at its first request
/// and kept, so a change holds for those that nobody asked for yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tokens {
    /// Algorithm of the W3C form, `vc+jwt`. The issuer needs a key of that kind; one under did:key
    /// always signs with its one key.
    pub vc_jwt: TokenAlgorithm,
    /// Algorithm of the Open Badges form. Not EdDSA: its validators refuse that.
    pub ob3_jwt: TokenAlgorithm,
}

/// What verification may fetch from other servers, always by https.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Outward {
    /// Whether it may fetch at all. Without, foreign certificates stay indeterminate.
    pub enabled: bool,
    /// Whether it may fetch from this very machine by plain http; for the demonstration.
    pub allow_loopback: bool,
    /// Seconds for one fetch.
    pub timeout_seconds: u64,
    /// Bytes of one answer.
    pub max_bytes: usize,
    /// Redirects of one fetch.
    pub max_redirects: usize,
    /// Addresses that are not public and may be asked by https all the same.
    pub allow_networks: Vec<Network>,
}

/// The register of recognised issuers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recognition {
    /// The file; without one only the own issuers are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// What stands in it, once [`Config::load`] has read it.
    #[serde(skip)]
    pub issuers: Vec<RecognisedIssuer>,
}

/// The conformance issuer: signs whatever conforms, so that public suites can be run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conformance {
    /// Whether it is there. Never beside an issuer that seals.
    pub enabled: bool,
    /// File of the 64 hexadecimal digits that its keys come from; made when it is not there.
    pub seed_file: PathBuf,
}

/// The log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// `json` for machines, `text` for people.
    pub format: LogFormat,
    /// What is logged, as `level` or `room=level,...`.
    pub filter: String,
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// One sentence a line.
    Text,
}

mod defaults {
    use std::net::{Ipv4Addr, SocketAddr};
    use std::path::PathBuf;

    pub(super) fn listen() -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))
    }

    pub(super) fn data_dir() -> PathBuf {
        PathBuf::from("data")
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self { dir: "keys".into(), key_file: Some("unlock.key".into()), passphrase_file: None }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            workers: 0,
            connections: 4096,
            body_bytes: 1_048_576,
            header_seconds: 10,
            request_seconds: 30,
            concurrent_requests: 1024,
            shutdown_seconds: 30,
        }
    }
}

impl Default for StatusLists {
    fn default() -> Self {
        Self { entries: 131_072, window_ms: 20, validity_hours: 24, ttl_seconds: 300 }
    }
}

impl Default for Tokens {
    fn default() -> Self {
        Self { vc_jwt: TokenAlgorithm::Es256, ob3_jwt: TokenAlgorithm::Es256 }
    }
}

impl Default for Outward {
    fn default() -> Self {
        Self {
            enabled: true,
            allow_loopback: false,
            timeout_seconds: 5,
            max_bytes: 1_048_576,
            max_redirects: 3,
            allow_networks: Vec::new(),
        }
    }
}

impl Default for Conformance {
    fn default() -> Self {
        Self { enabled: false, seed_file: "conformance.seed".into() }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Json, filter: "info".to_owned() }
    }
}

impl Keys {
    /// What unlocks the vault; checked to be exactly one.
    pub fn unlocking(&self) -> Result<Unlocking<'_>, ConfigError> {
        let fault = |detail: &str| ConfigError::Value { key: "keys", detail: detail.to_owned() };
        match (&self.key_file, &self.passphrase_file) {
            (Some(path), None) => Ok(Unlocking::KeyFile(path)),
            (None, Some(path)) => Ok(Unlocking::PassphraseFile(path)),
            (Some(_), Some(_)) => Err(fault("`key_file` and `passphrase_file` exclude each other")),
            (None, None) => Err(fault("neither `key_file` nor `passphrase_file` is given")),
        }
    }
}

impl Config {
    /// Everything by default, for this public address.
    pub fn new(public_url: PublicUrl) -> Self {
        Self {
            public_url,
            listen: defaults::listen(),
            data_dir: defaults::data_dir(),
            vocabulary_base: None,
            vks_level_uri: None,
            allow_test_issuers: false,
            trusted_proxies: Vec::new(),
            keys: Keys::default(),
            limits: Limits::default(),
            status_lists: StatusLists::default(),
            rules: Rules::default(),
            tokens: Tokens::default(),
            outward: Outward::default(),
            recognition: Recognition::default(),
            conformance: Conformance::default(),
            mail: Mail::default(),
            concerns: Concerns::default(),
            pages: Pages::default(),
            log: Log::default(),
        }
    }

    /// Reads and checks a file. Relative paths in it start at its folder; those in the environment
    /// at the working directory.
    pub fn load(
        path: &Path,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable {
            path: path.to_owned(),
            cause: error.to_string(),
        })?;
        let mut config = Self::parse(&text, path)?;
        config.start_paths_at(path.parent().unwrap_or(Path::new("")));
        config.take_environment(environment)?;
        config.check()?;
        if let Some(file) = &config.recognition.file {
            config.recognition.issuers = recognition::load(file)?;
        }
        Ok(config)
    }

    /// Decodes the text of a file without touching its paths; `path` is for messages.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or("");
            ConfigError::Malformed {
                path: path.to_owned(),
                line: before.matches('\n').count() + 1,
                detail: error.message().to_owned(),
            }
        })
    }

    /// Refuses values that cannot work.
    pub fn check(&self) -> Result<(), ConfigError> {
        self.keys.unlocking()?;
        self.mail.check()?;
        self.concerns.check()?;
        self.pages.check()?;
        let lists = &self.status_lists;
        let rules = [
            (
                "status_lists.entries",
                lists.entries >= 131_072
                    && lists.entries.is_multiple_of(8)
                    && lists.entries <= 134_217_728,
                "at least 131072, at most 134217728, and a multiple of 8",
            ),
            ("status_lists.window_ms", lists.window_ms <= 60_000, "at most 60000"),
            ("status_lists.validity_hours", (1..=8_760).contains(&lists.validity_hours), "1-8760"),
            (
                "status_lists.ttl_seconds",
                u64::from(lists.ttl_seconds) <= u64::from(lists.validity_hours) * 1_800,
                "at most half of validity_hours",
            ),
            (
                "tokens.ob3_jwt",
                self.tokens.ob3_jwt != TokenAlgorithm::EdDsa,
                "ES256 or RS256: validators of Open Badges tokens refuse EdDSA",
            ),
            ("rules.appeal_days", self.rules.appeal_days <= 365, "at most 365"),
            ("limits.connections", self.limits.connections > 0, "at least 1"),
            ("limits.concurrent_requests", self.limits.concurrent_requests > 0, "at least 1"),
            (
                "limits.body_bytes",
                (65_536..=67_108_864).contains(&self.limits.body_bytes),
                "65536-67108864",
            ),
            ("limits.header_seconds", self.limits.header_seconds > 0, "at least 1"),
            ("limits.request_seconds", self.limits.request_seconds > 0, "at least 1"),
            ("outward.timeout_seconds", self.outward.timeout_seconds > 0, "at least 1"),
            ("outward.max_bytes", self.outward.max_bytes >= 1_024, "at least 1024"),
        ];
        for (key, holds, wanted) in rules {
            if !holds {
                return Err(ConfigError::Value { key, detail: format!("must be {wanted}") });
            }
        }
        for (key, uri) in
            [("vocabulary_base", &self.vocabulary_base), ("vks_level_uri", &self.vks_level_uri)]
        {
            if uri.as_ref().is_some_and(|uri| url::Url::parse(uri).is_err()) {
                return Err(ConfigError::Value { key, detail: "is no absolute URL".to_owned() });
            }
        }
        let vocabulary = format!("{}/vocabulary", self.public_url);
        for (key, set, served) in [
            ("vocabulary_base", self.vocabulary_base(), vocabulary.clone()),
            ("vks_level_uri", self.vks_level_uri(), format!("{vocabulary}/vks/{{level}}")),
        ] {
            // These addresses are signed into certificates; here they would answer nothing.
            if set != served && self.is_own_host(&set) {
                let detail = format!("is on the own host, where only {served} answers");
                return Err(ConfigError::Value { key, detail });
            }
        }
        if self.vks_level_uri.as_ref().is_some_and(|uri| !uri.contains("{level}")) {
            return Err(ConfigError::Value {
                key: "vks_level_uri",
                detail: "has no place for the level, written {level}".to_owned(),
            });
        }
        Ok(())
    }

    fn is_own_host(&self, address: &str) -> bool {
        let place = |text: &str| {
            let url = url::Url::parse(text).ok()?;
            Some((url.host_str()?.to_owned(), url.port()))
        };
        place(address).is_some_and(|at| Some(at) == place(&self.public_url.to_string()))
    }

    /// Base of the addresses of the installation's own concepts.
    pub fn vocabulary_base(&self) -> String {
        match &self.vocabulary_base {
            Some(base) => base.trim_end_matches('/').to_owned(),
            None => format!("{}/vocabulary", self.public_url),
        }
    }

    /// Address of a VKS level, with `{level}` in its place.
    pub fn vks_level_uri(&self) -> String {
        self.vks_level_uri
            .clone()
            .unwrap_or_else(|| format!("{}/vks/{{level}}", self.vocabulary_base()))
    }

    fn start_paths_at(&mut self, folder: &Path) {
        for path in [
            Some(&mut self.data_dir),
            Some(&mut self.keys.dir),
            self.keys.key_file.as_mut(),
            self.keys.passphrase_file.as_mut(),
            self.recognition.file.as_mut(),
            Some(&mut self.conformance.seed_file),
            self.mail.password_file.as_mut(),
            self.mail.ca_file.as_mut(),
        ]
        .into_iter()
        .flatten()
        {
            *path = folder.join(&*path);
        }
    }

    fn take_environment(
        &mut self,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(), ConfigError> {
        let named = |variable| environment(variable).filter(|v| !v.is_empty()).map(PathBuf::from);
        match (named(VAR_KEY_FILE), named(VAR_PASSPHRASE_FILE)) {
            (None, None) => {}
            (key_file, passphrase_file) => {
                self.keys.key_file = key_file;
                self.keys.passphrase_file = passphrase_file;
            }
        }
        self.keys.unlocking().map(|_| ())
    }
}

#[cfg(test)]
mod tests;
