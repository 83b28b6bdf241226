//! `morgue show`.

use crate::cli::Exit;
use crate::cli::args::ShowArgs;
use crate::cli::messages::Failure;
use crate::cli::output::Output;
use crate::index::Archive;
use crate::render::render_article;
use std::path::Path;

/// Shows the article with the id that was typed; all of them where several files use it.
pub(super) fn run(args: &ShowArgs, index: &Path) -> Result<Exit, Failure> {
    let articles = Archive::open(index)?.articles(&args.article)?;
    if articles.is_empty() {
        return Err(Failure::no_article(&args.article));
    }
    let mut output = Output::open(None)?;
    let page = output.page();
    for article in &articles {
        render_article(article, &page, output.writer()).map_err(|error| Failure::output(&error))?;
    }
    output
        .writer()
        .flush()
        .map_err(|error| Failure::output(&error))?;
    Ok(Exit::Done)
}
