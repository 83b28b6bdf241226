//! `morgue inspect`.

use crate::clean::clean;
use crate::cli::Exit;
use crate::cli::args::InspectArgs;
use crate::cli::index::{orders, reading};
use crate::cli::messages::{Failure, warning};
use crate::cli::output::Output;
use crate::ingest::{Annotator, IngestError};
use crate::news::Annotated;
use crate::read::{ReadOptions, Record, Skip, article, records, walk};
use crate::render::{render_inspected, sanitise};
use std::io;
use std::ops::ControlFlow;

/// Prints what the program makes of each article, one JSON object a line.
pub(super) fn run(args: &InspectArgs) -> Result<Exit, Failure> {
    let options = reading(&args.reading, None)?;
    let (files, unreadable) = walk(&args.paths, &options)?;
    let annotator = Annotator::english()
        .map_err(IngestError::from)?
        .with_orders(orders(&args.reading)?);
    let mut output = Output::open(None)?;
    let mut exit = Exit::Done;
    let mut skip = |skip: &Skip| {
        warning(format_args!(
            "{}: {}",
            sanitise(skip.place.to_string().trim_end_matches(':')),
            sanitise(&skip.error.to_string())
        ));
        exit = Exit::SomeSkipped;
    };
    unreadable.iter().for_each(&mut skip);
    let mut written: io::Result<()> = Ok(());
    for file in &files {
        records(file, &options, &mut |record| {
            match record.and_then(|record| inspect(&record, &options, &annotator)) {
                Ok(annotated) => written = render_inspected(&annotated, output.writer()),
                Err(skipped) => skip(&skipped),
            }
            if written.is_ok() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        if written.is_err() {
            break;
        }
    }
    written
        .and_then(|()| output.writer().flush())
        .map_err(|error| Failure::output(&error))?;
    Ok(exit)
}

fn inspect(
    record: &Record,
    options: &ReadOptions,
    annotator: &Annotator,
) -> Result<Annotated, Skip> {
    let place = record.place.clone();
    match article(record, options) {
        Ok(raw) => Ok(annotator.annotate(clean(raw, place))),
        Err(error) => Err(Skip { place, error }),
    }
}
