//! Hands the arguments to the program and its exit code to the shell.

use std::process::ExitCode;

/// Documents are made in one thread and dropped in another, which the system's allocator does
/// slowly: indexing takes an eighth less CPU with this one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    morgue::cli::run(std::env::args_os()).into()
}
