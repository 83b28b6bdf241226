//! `morgue timeline`.

use crate::cli::Exit;
use crate::cli::args::{ByArg, StepArg, TimelineArgs, TimelineForm};
use crate::cli::filters::{filters, filters_as_text, joining, question};
use crate::cli::messages::{Failure, note};
use crate::cli::output::Output;
use crate::index::Archive;
use crate::query::{Filters, with_filters};
use crate::render::{
    TimelineOf, render_timeline, render_timeline_csv, render_timeline_json, render_timeline_svg,
    timeline_summary,
};
use crate::search::{Copies, Expansion, Request, Sort, Step, TimelineBy, Widening};
use std::io;
use std::path::Path;

/// Counts the articles a question finds by period.
pub(super) fn run(args: &TimelineArgs, index: &Path) -> Result<Exit, Failure> {
    let request = asked(args)?;
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
    let archive = Archive::open(index)?;
    let timeline = archive.timeline(request.as_ref(), of.by, step, args.share)?;
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

/// What is asked; nothing for the whole archive.
fn asked(args: &TimelineArgs) -> Result<Option<Request>, Failure> {
    let today = jiff::Zoned::now().date();
    let narrowed = filters(&args.filters, today)?;
    let text = args.words.join(" ");
    let (id, typed) = if text.trim().is_empty() {
        if narrowed == Filters::default() {
            return Ok(None);
        }
        (filters_as_text(&args.filters), None)
    } else {
        let typed = question(&text, &args.filters, None, today)?;
        (text, Some(typed))
    };
    Ok(Some(Request {
        id,
        question: with_filters(typed, &narrowed),
        joining: joining(&args.filters),
        sort: Sort::Rank,
        limit: None,
        offset: 0,
        copies: Copies::Fold,
        per_article: None,
        expansion: Expansion::None,
    }))
}
