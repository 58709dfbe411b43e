//! What can be wrong with a configuration. All of it is the operator's to mend.

use std::path::PathBuf;

/// Why a configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// (operator) The file cannot be read.
    #[error("cannot read the configuration {}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// (operator) The file is no configuration: bad TOML, an unknown key, a value of another kind.
    #[error("{}, line {line}: {detail}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong there.
        detail: String,
    },
    /// (operator) The register of recognised issuers has faults.
    #[error("{}: {}", path.display(), faults.join("; "))]
    Recognition {
        /// The file.
        path: PathBuf,
        /// Each with its place.
        faults: Vec<String>,
    },
    /// (operator) A value that cannot work.
    #[error("configuration key `{key}`: {detail}")]
    Value {
        /// The key, with its table.
        key: &'static str,
        /// What is wrong with it.
        detail: String,
    },
}

impl ConfigError {
    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::Unreadable { path, .. } => format!(
                "make one with `bewijs init --config {}`, or name another with --config",
                path.display()
            ),
            Self::Malformed { .. } => {
                "compare the file with deploy/config.example.toml, where every key is explained"
                    .to_owned()
            }
            Self::Recognition { .. } => "compare the file with \
                deploy/recognised-issuers.example.toml; nobody is recognised by a file with faults"
                .to_owned(),
            Self::Value { key, .. } => {
                format!("change `{key}`; deploy/config.example.toml explains it")
            }
        }
    }
}
