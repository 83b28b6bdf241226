//! `morgue train`: makes the weights of the tagger anew.

use crate::cli::Exit;
use crate::cli::args::TrainArgs;
use crate::cli::messages::{Failure, note};
use crate::ner::{TrainOptions, train};

/// Trains and writes the model.
pub(super) fn run(args: &TrainArgs) -> Result<Exit, Failure> {
    let options = TrainOptions::new(args.data.clone(), args.gold.clone());
    let model = train(&options, &mut |line| note(line)).map_err(Failure::new)?;
    std::fs::write(&args.out, model).map_err(|error| Failure::file("write", &args.out, &error))?;
    Ok(Exit::Done)
}
