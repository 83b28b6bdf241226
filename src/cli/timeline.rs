//! `morgue timeline`.

use crate::cli::Exit;
use crate::cli::args::{ByArg, StepArg, TimelineArgs, TimelineForm};
use crate::cli::filters::{asked, counting};
use crate::cli::messages::{Failure, note};
use crate::cli::names::archive;
use crate::cli::output::Output;
use crate::render::{
    TimelineOf, render_timeline, render_timeline_csv, render_timeline_json, render_timeline_svg,
    timeline_summary,
};
use crate::search::{Step, TimelineBy, Widening};
use std::io;
use std::path::Path;

/// Counts the articles a question finds by period.
pub(super) fn run(args: &TimelineArgs, index: &Path) -> Result<Exit, Failure> {
    let request = asked(&args.words, &args.filters)?;
    let of = TimelineOf {
        query: request.as_ref().map(|request| request.id.as_str()),
        by: match args.by {
            ByArg::Published => TimelineBy::Published,
            ByArg::About => TimelineBy::About,
        },
    };
    let step = args.step.map(|step| match step {
        StepArg::Day => Step::Day,
        StepArg::Week => Step::Week,
        StepArg::Month => Step::Month,
        StepArg::Year => Step::Year,
    });
    let archive = archive(index, &args.filters)?;
    let timeline = archive.timeline(
        request.as_ref(),
        of.by,
        step,
        args.share,
        counting(args.count, &archive),
    )?;
    if let Some(widened) = timeline.widened {
        note(match widened {
            Widening::Article => "no passage has all the words: counting articles that have them",
            Widening::AnyWord => "no article has all the words: counting those with any of them",
        });
    }
    if let Some(path) = &args.svg {
        let mut svg = Output::open(Some(path))?;
        write(&mut svg, |out| render_timeline_svg(&timeline, of, out))?;
    }
    let mut output = Output::open(args.output.as_deref())?;
    let page = output.page();
    write(&mut output, |out| match args.format {
        TimelineForm::Csv => render_timeline_csv(&timeline, out),
        TimelineForm::Json => render_timeline_json(&timeline, of, out),
        TimelineForm::Terminal => {
            render_timeline(&timeline, page, out)?;
            writeln!(out, "{}", timeline_summary(&timeline, of))
        }
    })?;
    Ok(if timeline.articles > 0 {
        Exit::Done
    } else {
        Exit::NothingFound
    })
}

fn write(
    output: &mut Output,
    render: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), Failure> {
    render(output.writer())
        .and_then(|()| output.writer().flush())
        .map_err(|error| Failure::output(&error))
}
