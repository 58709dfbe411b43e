//! The `bewijs` command.
