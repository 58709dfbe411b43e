//! What a command says when it cannot do its work: the fault, then the remedy, then an exit code.

use std::fmt;
use std::process::ExitCode;

/// How a command ended, as its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done; for `verify`: verified.
    Done,
    /// Not done; for `verify`: not verified.
    Failed,
    /// `verify` only: something could not be checked.
    Indeterminate,
    /// The command was not understood (EX_USAGE).
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Indeterminate => 2,
            Exit::Usage => 64,
        })
    }
}

/// A fault and its remedy, each one or two sentences without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    what: String,
    remedy: String,
    exit: Exit,
}

impl Fault {
    /// A fault that ends the command with exit code 1.
    pub fn new(what: impl fmt::Display, remedy: impl Into<String>) -> Self {
        Self { what: what.to_string(), remedy: remedy.into(), exit: Exit::Failed }
    }

    /// A command that cannot be meant so: exit code 64.
    pub fn usage(what: impl fmt::Display, remedy: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, ..Self::new(what, remedy) }
    }

    /// How the command ends.
    pub fn exit(&self) -> Exit {
        self.exit
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\nremedy: {}", self.what, self.remedy)
    }
}
