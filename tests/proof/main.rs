//! The securing mechanisms: Data Integrity proofs and tokens.

mod data_integrity;
mod derived;
mod ecdsa;
mod jose;
mod legacy;
mod signers;
mod tokens;
