//! What a person types.
//!
//! Arguments are taken in two steps: [`args`] records what was typed, each command makes it the
//! library's own options and may fail there. `--help` and `--version` need neither index nor
//! corpus.

mod args;
mod chronicle;
mod copies;
mod doctor;
mod eval;
mod exit;
mod explain;
mod filters;
mod index;
mod inspect;
mod messages;
mod names;
mod output;
mod people;
mod progress;
mod query;
mod rankings;
mod recall;
mod repeated;
mod show;
mod sources;
mod timeline;
mod train;
mod usage;

pub use exit::Exit;

use crate::news::NameKind;
use args::{Args, Command};
use clap::Parser;
use std::ffi::OsString;

/// Runs the program with the arguments of the command line, its own name first.
///
/// Everything is written to the standard streams; what is returned is the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    messages::report_faults();
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => return usage::usage(&error),
    };
    let done = match args.command {
        Command::Index(typed) => index::run(&typed, &args.index),
        Command::Query(typed) => query::run(&typed, &args.index),
        Command::Timeline(typed) => timeline::run(&typed, &args.index),
        Command::Copies(typed) => copies::run(&typed, &args.index),
        Command::Sources(typed) => sources::run(&typed, &args.index),
        Command::People(typed) => people::run(&typed, NameKind::Person, &args.index),
        Command::Organisations(typed) => people::run(&typed, NameKind::Organisation, &args.index),
        Command::Places(typed) => people::run(&typed, NameKind::Place, &args.index),
        Command::Show(typed) => show::run(&typed, &args.index),
        Command::Inspect(typed) => inspect::run(&typed),
        Command::Doctor(typed) => doctor::run(&typed, &args.index),
        Command::Eval(typed) => eval::run(&typed),
        Command::Train(typed) => train::run(&typed),
    };
    done.unwrap_or_else(|error| messages::failure(&error))
}
