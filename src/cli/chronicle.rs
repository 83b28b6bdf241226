//! `morgue people NAME --timeline`.

use crate::cli::Exit;
use crate::cli::args::{ListForm, NamesArgs};
use crate::cli::filters::{asked, filters};
use crate::cli::messages::Failure;
use crate::cli::names::archive;
use crate::cli::output::Output;
use crate::news::NameKind;
use crate::query::with_filters;
use crate::render::{render_chronicle, render_chronicle_csv, render_chronicle_json};
use crate::search::{Chronicle, Request};
use std::path::Path;

/// Shows of which days the passages that name somebody speak, a sentence each.
pub(super) fn run(args: &NamesArgs, kind: NameKind, index: &Path) -> Result<Exit, Failure> {
    let name = args.words.join(" ");
    if name.trim().is_empty() {
        return Err(Failure::new("`--timeline` needs a name")
            .with_hint("name somebody, as in `morgue people 'Ana Ruiz' --timeline`"));
    }
    let mut narrowed = filters(&args.filters, jiff::Zoned::now().date())?;
    let names = match kind {
        NameKind::Person => &mut narrowed.people,
        NameKind::Organisation => &mut narrowed.organisations,
        NameKind::Place => &mut narrowed.places,
    };
    names.push(name);
    let question = with_filters(None, &narrowed);
    let Some(request) = asked(&args.words, &args.filters)? else {
        return Ok(Exit::NothingFound);
    };
    let request = Request {
        question,
        ..request
    };
    let archive = archive(index, &args.filters)?;
    let found = archive.search(&request)?;
    let mut chronicle = Chronicle::default();
    for hit in found.hits() {
        chronicle.add(&hit?);
    }
    let mut output = Output::open(args.output.as_deref())?;
    let page = output.page();
    let out = output.writer();
    let written = match args.format {
        ListForm::Terminal if chronicle.entries().next().is_none() => {
            writeln!(out, "no day is spoken of where this name stands")
        }
        ListForm::Terminal => render_chronicle(&chronicle, &page, out),
        ListForm::Csv => render_chronicle_csv(&chronicle, out),
        ListForm::Json => render_chronicle_json(&chronicle, out),
    };
    written
        .and_then(|()| output.writer().flush())
        .map_err(|error| Failure::output(&error))?;
    Ok(if chronicle.entries().next().is_some() {
        Exit::Done
    } else {
        Exit::NothingFound
    })
}
