//! The `bewijs` command.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A certificate is read into many small texts, on every thread at once: the allocator of the C
/// library takes three times as long over them. The library leaves the choice to its user.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    bewijs::cli::run(std::env::args_os()).into()
}
