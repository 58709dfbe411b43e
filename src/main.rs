//! The `bewijs` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    bewijs::cli::run(std::env::args_os()).into()
}
