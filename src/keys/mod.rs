//! The vault: the only room that holds private keys.
