//! What can be typed after `bewijs`. Only the shape; what the commands do stands beside them.

use super::correct::CorrectArguments;
use super::register::RegisterCommand;
use super::status::StatusCommand;
use super::succession::{AdoptArguments, InstitutionBundleArguments};
use crate::issuance::HOLD_REASON;
use crate::model::{DefinitionRef, KeyAlgorithm, Scope, Slug, Timestamp};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Issues, records and verifies microcredentials and certificates of prior learning as Open
/// Badges 3.0.
#[derive(Debug, Parser)]
#[command(name = "bewijs", version, propagate_version = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a demonstration: a TEST institution with sample certificates
    Demo(DemoArguments),
    /// Run the service
    Serve(Configured),
    /// Make a configuration, an unlocking key and an empty store
    Init(InitArguments),
    /// Organisations that seal, and their catalogue
    #[command(subcommand)]
    Issuer(IssuerCommand),
    /// Definitions of what is awarded
    #[command(subcommand)]
    Achievement(AchievementCommand),
    /// Signing keys
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Clients of the API
    #[command(subcommand)]
    Client(ClientCommand),
    /// Issue a certificate from an award
    Issue(IssueArguments),
    /// Issue a correction of a certificate, through the API of a running service
    Correct(CorrectArguments),
    /// Revoke, suspend or reinstate a certificate, through the API of a running service
    #[command(subcommand)]
    Status(StatusCommand),
    /// Endorse a definition or a certificate of any issuer
    Endorse(EndorseArguments),
    /// Verify a certificate: 0 verified, 1 not verified, 2 could not be checked
    Verify(VerifyArguments),
    /// Write a certificate with all that verifying it takes into one file
    Bundle(BundleArguments),
    /// Credentials as tokens, from files and with a test key, for interoperability suites
    #[command(subcommand)]
    Jose(JoseCommand),
    /// The register of what was issued, through the API of a running service
    #[command(subcommand)]
    Register(RegisterCommand),
    /// The store
    #[command(subcommand)]
    Store(StoreCommand),
    /// The configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Look whether this installation is well
    Doctor(Configured),
}

/// Which configuration.
#[derive(Clone, Debug, Args)]
pub struct Configured {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "bewijs.toml", env = "BEWIJS_CONFIG")]
    pub config: PathBuf,
}

/// `demo`.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Where to listen [default: 127.0.0.1:8080, or the address kept in DIR]
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Keep everything here and go on with it next time [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Print one line of JSON when ready
    #[arg(long)]
    pub json: bool,
}

/// `init`.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The configuration file to write; its folder gets the rest
    #[arg(long, value_name = "FILE", default_value = "bewijs.toml", env = "BEWIJS_CONFIG")]
    pub config: PathBuf,
    /// The address under which the world will know the installation
    #[arg(long, value_name = "URL")]
    pub public_url: String,
}

/// `issuer`.
#[derive(Debug, Subcommand)]
pub enum IssuerCommand {
    /// Load organisations, definitions and vocabulary from files
    Import(ImportArguments),
    /// Let an imported organisation seal
    Create(CreateArguments),
    /// Write what an institution leaves when it closes or merges, or check such a file
    Bundle(InstitutionBundleArguments),
    /// Take over what a closed institution left, and answer for it
    Adopt(AdoptArguments),
    /// List the organisations
    List {
        /// Which configuration.
        #[command(flatten)]
        configured: Configured,
    },
}

/// `issuer import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// Which configuration.
    #[command(flatten)]
    pub configured: Configured,
    /// Organisations
    #[arg(value_name = "FILE")]
    pub organisations: Option<PathBuf>,
    /// Definitions to publish
    #[arg(long, value_name = "FILE")]
    pub definitions: Option<PathBuf>,
    /// The closed lists with their labels
    #[arg(long, value_name = "FILE")]
    pub vocabulary: Option<PathBuf>,
}

/// `issuer create`.
#[derive(Debug, Args)]
pub struct CreateArguments {
    /// Which configuration.
    #[command(flatten)]
    pub configured: Configured,
    /// The organisation
    #[arg(value_name = "ISSUER")]
    pub issuer: Slug,
    /// Make it a TEST issuer, for good
    #[arg(long)]
    pub test: bool,
    /// Use a did:key instead of a did:web; its only key is then its name
    #[arg(long)]
    pub did_key: bool,
    /// Fresh certificates are open to whoever knows their address
    #[arg(long)]
    pub open: bool,
    /// Certificates carry a suspension entry, which other verifiers may not take
    #[arg(long)]
    pub suspension: bool,
}

/// `achievement`.
#[derive(Debug, Subcommand)]
pub enum AchievementCommand {
    /// Publish definitions from a file: JSON, or CSV of the outcomes of one definition
    Import(AchievementImportArguments),
    /// List the definition versions of an issuer
    List {
        /// Where the catalogue is.
        #[command(flatten)]
        place: CataloguePlace,
        /// Whose
        #[arg(long, value_name = "ISSUER")]
        issuer: Slug,
    },
    /// Print a definition version as it was published
    Show {
        /// Where the catalogue is.
        #[command(flatten)]
        place: CataloguePlace,
        /// ISSUER/NAME/VERSION
        #[arg(value_name = "DEFINITION")]
        definition: DefinitionRef,
    },
    /// Issue no more under a version; it stays at its address, certificates stay valid
    Withdraw {
        /// Where the catalogue is.
        #[command(flatten)]
        place: CataloguePlace,
        /// ISSUER/NAME/VERSION
        #[arg(value_name = "DEFINITION")]
        definition: DefinitionRef,
    },
}

/// Where the catalogue is: at a running service, or in the store of one that does not run.
#[derive(Debug, Args)]
pub struct CataloguePlace {
    /// Which configuration, with --offline.
    #[command(flatten)]
    pub configured: Configured,
    /// The address of a running service
    #[arg(long, value_name = "URL", requires = "token_file")]
    pub url: Option<String>,
    /// File that holds the API token
    #[arg(long, value_name = "FILE", requires = "url")]
    pub token_file: Option<PathBuf>,
    /// Use the store itself, of a service that does not run
    #[arg(long, conflicts_with = "url")]
    pub offline: bool,
}

/// `achievement import`.
#[derive(Debug, Args)]
pub struct AchievementImportArguments {
    /// Where the catalogue is.
    #[command(flatten)]
    pub place: CataloguePlace,
    /// A definition, a list of them, or with --definition the outcomes as CSV; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The definition to which the outcomes of a CSV file belong
    #[arg(long, value_name = "FILE")]
    pub definition: Option<PathBuf>,
    /// Only say what publishing would say
    #[arg(long)]
    pub check: bool,
}

/// A kind of key pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AlgorithmArgument {
    /// Data Integrity proofs and EdDSA tokens
    Ed25519,
    /// ES256 tokens
    P256,
    /// RS256 tokens
    Rsa,
}

impl From<AlgorithmArgument> for KeyAlgorithm {
    fn from(argument: AlgorithmArgument) -> Self {
        match argument {
            AlgorithmArgument::Ed25519 => Self::Ed25519,
            AlgorithmArgument::P256 => Self::P256,
            AlgorithmArgument::Rsa => Self::Rsa,
        }
    }
}

/// `keys`.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a key pair beside those there are
    Generate(KeyArguments),
    /// Make a key pair and retire the active ones of its kind
    Rotate(KeyArguments),
    /// List the keys, public parts only
    List {
        /// Which configuration.
        #[command(flatten)]
        configured: Configured,
        /// Whose keys
        #[arg(value_name = "ISSUER")]
        issuer: Slug,
    },
    /// Sign no more with a key; what it signed still verifies
    Retire(NamedKey),
    /// Say that a key is in other hands: only what the register knew before still verifies
    Compromise {
        /// Which key.
        #[command(flatten)]
        key: NamedKey,
        /// From when on, such as 2026-01-31T12:00:00Z [default: now]
        #[arg(long, value_name = "MOMENT")]
        from: Option<Timestamp>,
    },
    /// List the keys of the service itself, for access tokens and statements
    Service {
        /// Which configuration.
        #[command(flatten)]
        configured: Configured,
        /// Make another, which signs from now on
        #[arg(long)]
        rotate: bool,
        /// With --rotate: destroy those before; what they signed is not believed any more
        #[arg(long, requires = "rotate")]
        compromised: bool,
    },
}

/// `keys generate` and `keys rotate`.
#[derive(Debug, Args)]
pub struct KeyArguments {
    /// Which configuration.
    #[command(flatten)]
    pub configured: Configured,
    /// Whose key
    #[arg(value_name = "ISSUER")]
    pub issuer: Slug,
    /// The kind of key
    #[arg(long, value_enum, default_value_t = AlgorithmArgument::Ed25519)]
    pub algorithm: AlgorithmArgument,
}

/// A key by its name.
#[derive(Debug, Args)]
pub struct NamedKey {
    /// Which configuration.
    #[command(flatten)]
    pub configured: Configured,
    /// Whose key
    #[arg(value_name = "ISSUER")]
    pub issuer: Slug,
    /// The key's thumbprint, from `keys list`
    #[arg(value_name = "THUMBPRINT", allow_hyphen_values = true)]
    pub thumbprint: String,
}

/// `client`.
#[derive(Debug, Subcommand)]
pub enum ClientCommand {
    /// Make a client and print its token, once
    Create {
        /// Which configuration.
        #[command(flatten)]
        configured: Configured,
        /// Its name, unique in the installation
        #[arg(value_name = "CLIENT")]
        id: String,
        /// The issuer it works for
        #[arg(long, value_name = "ISSUER")]
        issuer: Slug,
        /// What it may do; may be given several times
        #[arg(long = "scope", value_name = "SCOPE", required = true, value_parser = scope)]
        scopes: Vec<Scope>,
    },
    /// List the clients of an issuer
    List {
        /// Which configuration.
        #[command(flatten)]
        configured: Configured,
        /// Whose clients
        #[arg(long, value_name = "ISSUER")]
        issuer: Slug,
    },
    /// Refuse a client from now on
    Revoke {
        /// Which configuration.
        #[command(flatten)]
        configured: Configured,
        /// Its name
        #[arg(value_name = "CLIENT")]
        id: String,
        /// Whose client
        #[arg(long, value_name = "ISSUER")]
        issuer: Slug,
    },
}

fn scope(text: &str) -> Result<Scope, String> {
    text.parse().map_err(|()| {
        let all: Vec<_> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
        format!("the scopes are {}", all.join(", "))
    })
}

/// A reason for not waiting, as long as the service takes it.
pub(super) fn hold_reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if HOLD_REASON.contains(&text.chars().count()) {
        return Ok(text.to_owned());
    }
    let (least, most) = (HOLD_REASON.start(), HOLD_REASON.end());
    Err(format!("a reason is {least} to {most} characters"))
}

/// `issue`.
#[derive(Debug, Args)]
pub struct IssueArguments {
    /// Which configuration.
    #[command(flatten)]
    pub configured: Configured,
    /// The award as JSON, or - for standard input
    #[arg(value_name = "FILE")]
    pub award: PathBuf,
    /// Who seals
    #[arg(long, value_name = "ISSUER")]
    pub issuer: Slug,
    /// Issue through the API of a running service at this address
    #[arg(long, value_name = "URL", requires = "token_file")]
    pub url: Option<String>,
    /// File that holds the API token
    #[arg(long, value_name = "FILE", requires = "url")]
    pub token_file: Option<PathBuf>,
    /// Makes a repetition harmless: the same key gives the same certificate
    #[arg(long, value_name = "KEY")]
    pub idempotency_key: Option<String>,
    /// Why it is issued before the appeal period is over; kept, not published
    #[arg(long, value_name = "REASON", value_parser = hold_reason)]
    pub hold_override: Option<String>,
    /// Write the signed certificate here [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `endorse`.
#[derive(Debug, Args)]
pub struct EndorseArguments {
    /// Which configuration.
    #[command(flatten)]
    pub configured: Configured,
    /// The statement as JSON, or - for standard input
    #[arg(value_name = "FILE", required_unless_present_any = ["definition", "credential"])]
    #[arg(conflicts_with_all = ["definition", "credential", "comment", "language"])]
    pub file: Option<PathBuf>,
    /// Endorse this definition version: ISSUER/NAME/VERSION
    #[arg(long, value_name = "DEFINITION", conflicts_with = "credential")]
    pub definition: Option<String>,
    /// Endorse the certificate at this address
    #[arg(long, value_name = "ADDRESS")]
    pub credential: Option<String>,
    /// What is said of it; no personal data
    #[arg(long, value_name = "TEXT")]
    pub comment: Option<String>,
    /// The language of the statement: nl, fr or en
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// The endorsement ends when this day begins: YYYY-MM-DD
    #[arg(long, value_name = "DATE", conflicts_with = "file")]
    pub valid_until: Option<String>,
    /// Why it ends; not published
    #[arg(long, value_name = "TEXT", conflicts_with = "file")]
    pub reason: Option<String>,
    /// Who endorses and seals
    #[arg(long, value_name = "ISSUER")]
    pub issuer: Slug,
    /// Endorse through the API of a running service at this address
    #[arg(long, value_name = "URL", requires = "token_file")]
    pub url: Option<String>,
    /// File that holds the API token
    #[arg(long, value_name = "FILE", requires = "url")]
    pub token_file: Option<PathBuf>,
    /// Makes a repetition harmless: the same key gives the same endorsement
    #[arg(long, value_name = "KEY")]
    pub idempotency_key: Option<String>,
    /// Write the signed endorsement here [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `verify`.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The certificate, or - for standard input
    #[arg(value_name = "FILE", required_unless_present_any = ["bundle", "batch"])]
    pub file: Option<PathBuf>,
    /// Verify the files of a folder, or what a column of a CSV file names, each in a row of CSV:
    /// 0 all verified, 1 one was not, 2 one could not be checked
    #[arg(long, value_name = "DIR|CSV", conflicts_with = "file")]
    pub batch: Option<PathBuf>,
    /// The column of the CSV file with file names or addresses [default: file, url, certificate
    /// or credential]
    #[arg(long, value_name = "NAME", requires = "batch", conflicts_with = "file")]
    pub column: Option<String>,
    /// So many at one time [default: 4]
    #[arg(long, value_name = "N", requires = "batch", conflicts_with = "file",
        value_parser = clap::value_parser!(u8).range(1..=64))]
    pub jobs: Option<u8>,
    /// Write the rows to this file [default: standard output]
    #[arg(long, short, value_name = "FILE", requires = "batch", conflicts_with = "file")]
    pub output: Option<PathBuf>,
    /// Print the whole report as JSON; with --batch a line for each
    #[arg(long)]
    pub json: bool,
    /// Take key documents and status lists from this folder instead of the network
    #[arg(long, value_name = "DIR")]
    pub documents: Option<PathBuf>,
    /// Verify what `bewijs bundle` wrote, and ask nobody; the report is of the moment of the bundle
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "documents", "allow_loopback"])]
    pub bundle: Option<PathBuf>,
    /// Fetch from this very machine too, by plain http; for the demonstration
    #[arg(long)]
    pub allow_loopback: bool,
}

/// `bundle`.
#[derive(Debug, Args)]
pub struct BundleArguments {
    /// The certificate, or - for standard input
    #[arg(value_name = "CERTIFICATE")]
    pub file: PathBuf,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Take key documents and status lists from this folder instead of the network
    #[arg(long, value_name = "DIR")]
    pub documents: Option<PathBuf>,
    /// Fetch from this very machine too, by plain http; for the demonstration
    #[arg(long)]
    pub allow_loopback: bool,
}

/// `jose`.
#[derive(Debug, Subcommand)]
pub enum JoseCommand {
    /// Sign a JSON file as a token
    Issue(JoseArguments),
    /// Hold a token against one key; claims, dates and status are not evaluated
    Verify(JoseArguments),
}

/// `jose issue` and `jose verify`.
#[derive(Debug, Args)]
pub struct JoseArguments {
    /// The document or the token
    #[arg(long, value_name = "FILE")]
    pub input: PathBuf,
    /// The verification method, as JSON with publicKeyJwk and, to issue, secretKeyJwk
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// What is secured, and how
    #[arg(long, value_name = "FEATURE", value_enum)]
    pub feature: JoseFeature,
    /// For the forms that are not supported
    #[arg(long, value_name = "JSON")]
    pub sd: Option<String>,
    /// The file to write: result and data
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,
}

/// What is secured, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum JoseFeature {
    /// A credential as `vc+jwt`
    CredentialJose,
    /// A presentation as `vp+jwt`
    PresentationJose,
    /// Not supported
    CredentialSdjwt,
    /// Not supported
    PresentationSdjwt,
    /// Not supported
    CredentialCose,
    /// Not supported
    PresentationCose,
}

/// `store`.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Check the journal's chain, and that the index agrees with it
    Check {
        /// Which configuration.
        #[command(flatten)]
        configured: Configured,
    },
    /// Write everything as lines of JSON with checksums
    Export {
        /// Which configuration.
        #[command(flatten)]
        configured: Configured,
        /// The file to write, or - for standard output
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Fill an empty store from an export
    Import {
        /// Which configuration.
        #[command(flatten)]
        configured: Configured,
        /// The file to read, or - for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// `config`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Read the configuration and say what follows from it
    Check(Configured),
}
