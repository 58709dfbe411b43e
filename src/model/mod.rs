//! Values only: identifiers, moments, kinds, states, problems. No I/O, clock, cryptography, HTTP
//! or SQL.

mod fault;
mod key;
mod kind;
mod message;
mod moment;
mod names;
mod problem;
mod scope;
mod status;
mod zone;

pub use fault::FieldError;
pub use key::{IssuerKey, KeyAlgorithm, KeyState, TokenAlgorithm};
pub use kind::CertificateKind;
pub use message::{
    AwardFault, BatchFault, CatalogueFault, DefinitionFault, EndorsementFault, FilterFault,
    FrameworkFault, Message, Noun, OrganisationFault, ShapeFault, TableFault,
};
pub use moment::{Date, MomentError, Timestamp};
pub use names::{CredentialId, DefinitionRef, FrameworkRef, NameError, Slug};
pub use problem::Problem;
pub use scope::Scope;
pub use status::{CredentialState, StatusEntry, StatusPurpose};
pub use zone::{Zone, ZoneError};
