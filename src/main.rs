//! The `bewijs` command.
fn main() {}
