//! What can keep an installation from opening or running, and the remedy. All of it is the
//! operator's to mend unless said otherwise.

use crate::config::ConfigError;
use crate::delivery::DeliveryError;
use crate::institution::InstitutionError;
use crate::issuance::IssueError;
use crate::keys::KeyError;
use crate::store::StoreError;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Why the service does not run.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Mail cannot be delivered.
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    /// The issuing desk refused.
    #[error(transparent)]
    Issuance(#[from] IssueError),
    /// An issuer that was made as TEST.
    #[error("issuer {issuer} was made as TEST, and this installation does not take such issuers")]
    TestIssuer {
        /// Which.
        issuer: String,
    },
    /// The conformance issuer beside an issuer that seals.
    #[error("the conformance issuer is enabled, and issuer {issuer} seals here")]
    ConformanceBesideIssuer {
        /// Which.
        issuer: String,
    },
    /// The conformance issuer at an address that is meant in earnest.
    #[error("the conformance issuer is enabled, and {public_url} is no address for tests")]
    ConformanceInEarnest {
        /// The configured address.
        public_url: String,
    },
    /// The bundle of an institution cannot be made, read or taken over.
    #[error(transparent)]
    Institution(#[from] InstitutionError),
    /// What an adopted issuer left is not there, or is not what was adopted.
    #[error("what the adopted issuer {issuer} left cannot be used: {cause}")]
    Adopted {
        /// Which.
        issuer: String,
        /// Why.
        cause: InstitutionError,
    },
    /// Another public address than the one that certificates carry.
    #[error("issuer {issuer} seals as {id}, which is not at {public_url}")]
    OtherPublicUrl {
        /// Which.
        issuer: String,
        /// Its identifier.
        id: String,
        /// The configured address.
        public_url: String,
    },
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system said.
        cause: String,
    },
    /// A file cannot be read or written.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// Something is there that would be overwritten.
    #[error("{} is there already", path.display())]
    Present {
        /// What.
        path: PathBuf,
    },
    /// A folder that was not made by the demonstration, or by another version of it.
    #[error("{} holds no demonstration: {cause}", path.display())]
    NoDemonstration {
        /// The folder.
        path: PathBuf,
        /// Why.
        cause: String,
    },
    /// A demonstration keeps its address, which its certificates carry.
    #[error("the demonstration in {} is at {kept}, not at {asked}", path.display())]
    OtherAddress {
        /// The folder.
        path: PathBuf,
        /// Its address.
        kept: SocketAddr,
        /// The one asked for.
        asked: SocketAddr,
    },
    /// The address that a demonstration keeps is taken; most likely by itself.
    #[error("the demonstration in {} is at {address}, and something listens there", path.display())]
    Taken {
        /// The folder.
        path: PathBuf,
        /// Its address.
        address: SocketAddr,
    },
    /// (us) The built-in samples do not fit the rules.
    #[error("the built-in samples are refused: {0}")]
    Samples(String),
    /// The server broke off.
    #[error("the server stopped: {0}")]
    Server(String),
}

impl AppError {
    /// A fault of the file system.
    pub fn file(path: &Path, cause: &std::io::Error) -> Self {
        Self::File { path: path.to_owned(), cause: cause.to_string() }
    }

    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::Config(error) => error.remedy(),
            Self::Keys(error) => key_remedy(error),
            Self::Store(error) => store_remedy(error),
            Self::Delivery(_) => {
                "mend [mail] in the configuration; deploy/config.example.toml explains \
                 it, docs/MAIL.md tells more"
                    .to_owned()
            }
            Self::Issuance(error) => issue_remedy(error),
            Self::TestIssuer { .. } => {
                "use another data_dir, or, on an installation that is itself for tests, set \
                 allow_test_issuers = true"
                    .to_owned()
            }
            Self::ConformanceBesideIssuer { .. } => {
                "set conformance.enabled = false, or use another data_dir for conformance tests"
                    .to_owned()
            }
            Self::ConformanceInEarnest { .. } => {
                "set conformance.enabled = false, or a public_url at localhost, .test or .example"
                    .to_owned()
            }
            Self::OtherPublicUrl { .. } => {
                "set public_url back to the address that its certificates carry, or name another \
                 data_dir"
                    .to_owned()
            }
            Self::Institution(error) => institution_remedy(error),
            Self::Adopted { .. } => {
                "adopt the same bundle again with `bewijs issuer adopt`, or restore the folder \
                 adopted/ of data_dir from its backup"
                    .to_owned()
            }
            Self::Listen { .. } => {
                "choose another address with --listen or `listen` in the configuration, or stop \
                 what listens there"
                    .to_owned()
            }
            Self::File { path, .. } => {
                format!("see that {} exists and that you may read and write it", path.display())
            }
            Self::Present { path } => format!("keep it, or move {} away first", path.display()),
            Self::NoDemonstration { .. } => {
                "name an empty folder, or one that `bewijs demo --data` made".to_owned()
            }
            Self::OtherAddress { .. } => {
                "leave --listen out, or start a new demonstration in another folder".to_owned()
            }
            Self::Taken { .. } => {
                "stop it, if it is this demonstration that runs already; or start a new one in \
                 another folder"
                    .to_owned()
            }
            Self::Samples(_) | Self::Server(_) => {
                "report this with the lines above it in the log".to_owned()
            }
        }
    }
}

fn institution_remedy(error: &InstitutionError) -> String {
    match error {
        InstitutionError::Malformed(_) | InstitutionError::Digest { .. } => {
            "ask for the bundle again; docs/BUNDLE.md describes it".to_owned()
        }
        InstitutionError::Signature(_) => {
            "believe nothing of it, and ask for the bundle again".to_owned()
        }
        InstitutionError::OtherKey { .. } => {
            "ask the institution for the thumbprint by another way than the file".to_owned()
        }
        InstitutionError::NotYet(_) => {
            "see that the clock of this machine is right, and ask for the bundle again".to_owned()
        }
        InstitutionError::NotFinal => {
            "the institution makes a final one with `bewijs issuer bundle --final`".to_owned()
        }
        InstitutionError::Io(_) => {
            "see that the file can be read or written, and that the disk has room".to_owned()
        }
        InstitutionError::Issue(error) => issue_remedy(error),
        InstitutionError::Store(error) => store_remedy(error),
    }
}

fn key_remedy(error: &KeyError) -> String {
    match error {
        KeyError::Missing { .. } => "restore keys.dir from its backup".to_owned(),
        KeyError::NotActive { .. } => "make a new one with `bewijs keys generate`".to_owned(),
        KeyError::TestKey { .. } => {
            "point keys.dir at keys of your own, made with `bewijs keys generate`; only \
             `bewijs demo` takes example keys"
                .to_owned()
        }
        KeyError::Permissions { path, .. } => format!("chmod go-rwx {}", path.display()),
        KeyError::Sealed { .. } => {
            "give the passphrase or key file that these keys were made with".to_owned()
        }
        KeyError::Malformed { path, .. } => {
            format!("restore {} from its backup", path.display())
        }
        KeyError::Mismatch { .. } => "restore keys.dir and data_dir of the same time".to_owned(),
        KeyError::UnlockFile { path } => {
            format!("restore {}; `bewijs init` makes one for a new installation", path.display())
        }
        KeyError::EmptyPassphrase => "write the passphrase into passphrase_file".to_owned(),
        KeyError::Storage { path, .. } => {
            format!("see that {} exists and that you may read and write it", path.display())
        }
        KeyError::Provider(_) => "report this; no key was harmed".to_owned(),
    }
}

fn store_remedy(error: &StoreError) -> String {
    match error {
        StoreError::Open(_) => {
            "stop the process that holds it (`bewijs serve` or `bewijs demo`) or use its API; if \
             none runs, look with `bewijs store check`"
                .to_owned()
        }
        StoreError::Corrupt { .. } => {
            "look with `bewijs store check`, then restore data_dir from its backup".to_owned()
        }
        StoreError::Unavailable { .. } => {
            "see that the disk has room and that data_dir can be written".to_owned()
        }
        StoreError::Busy => "try again in a moment".to_owned(),
        StoreError::NotFound(_) => "look at the name again".to_owned(),
        StoreError::VersionFrozen(_) => "publish the change under a new version".to_owned(),
        StoreError::CertificateNumberTaken => "give it another certificate number".to_owned(),
        StoreError::IdempotencyKeyTaken => "use a new idempotency key".to_owned(),
        StoreError::Conflict(_)
        | StoreError::ChangedMeanwhile(_)
        | StoreError::RevocationFinal
        | StoreError::SuspensionNotEnabled => "nothing was changed".to_owned(),
    }
}

fn issue_remedy(error: &IssueError) -> String {
    match error {
        IssueError::UnknownIssuer => {
            "make the organisation seal with `bewijs issuer create`; `bewijs issuer list` shows them"
                .to_owned()
        }
        IssueError::Invalid(_) => "mend the input at these places; nothing was changed".to_owned(),
        IssueError::InFlight | IssueError::Busy => "try again in a moment".to_owned(),
        IssueError::IdempotencyMismatch => {
            "use a new key for a new request; the same request gets the same certificate".to_owned()
        }
        IssueError::NotFound => "look at the name again".to_owned(),
        IssueError::RevocationFinal
        | IssueError::SuspensionNotEnabled
        | IssueError::NameTaken
        | IssueError::Erased
        | IssueError::Closed
        | IssueError::NotErased
        | IssueError::Retained { .. }
        | IssueError::ScopeNeeded(_)
        | IssueError::Conflict(_) => "nothing was changed".to_owned(),
        IssueError::NoTokenKey { remedy, .. } => remedy.clone(),
        IssueError::NoActiveKey { .. } => "make one with `bewijs keys generate`".to_owned(),
        IssueError::NotPublished { .. } => {
            "nothing needs to be repeated; see in the log why the list could not be signed"
                .to_owned()
        }
        IssueError::Unsound { .. } | IssueError::Signing(_) => {
            "report this; nothing was signed or recorded".to_owned()
        }
        IssueError::Keys(error) => key_remedy(error),
        IssueError::Store(error) => store_remedy(error),
    }
}
