//! Bitstring Status List 1.0, pure: the bits, the unsigned list credential, reading an entry and
//! checking it against a list.
//!
//! It does not fetch, sign or verify a proof, and does not keep lists: a list that reaches
//! [`check_list`] has been fetched and verified by somebody else.

mod bitstring;
mod check;
mod entry;
mod list;
mod problem;

pub use bitstring::{Bitstring, BitstringError, MAXIMUM_BYTES, MINIMUM_ENTRIES};
pub use check::{StatusList, StatusValue, check_list, check_list_period};
pub use entry::StatusEntryView;
pub use list::{StatusListFacts, list_credential};
pub use problem::{
    MALFORMED_VALUE_ERROR, RANGE_ERROR, STATUS_LIST_LENGTH_ERROR, STATUS_RETRIEVAL_ERROR,
    STATUS_VERIFICATION_ERROR,
};
