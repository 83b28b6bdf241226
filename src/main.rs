//! Hands the arguments to the program and its exit code to the shell.

use std::process::ExitCode;

fn main() -> ExitCode {
    morgue::cli::run(std::env::args_os()).into()
}
