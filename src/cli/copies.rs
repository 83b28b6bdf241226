//! `morgue copies`.

use crate::clean::{Version, agencies, version};
use crate::cli::Exit;
use crate::cli::args::CopiesArgs;
use crate::cli::messages::{Failure, note};
use crate::cli::output::Output;
use crate::index::Archive;
use crate::news::{Article, Role};
use crate::render::{CopyPage, kept, render_copies, render_copies_html, render_json};
use serde_json::json;
use std::io::{self, Write};
use std::path::Path;

/// Shows who else ran an article.
pub(super) fn run(args: &CopiesArgs, index: &Path) -> Result<Exit, Failure> {
    let archive = Archive::open(index)?;
    if !archive.knows_copies() {
        return Err(Failure::new("which articles are copies is not known")
            .with_hint("the last run of `morgue index` was cut short; run it again"));
    }
    let stories: Vec<Vec<CopyPage>> = archive
        .stories(&args.article)?
        .iter()
        .map(|story| in_order(story))
        .collect();
    if stories.is_empty() {
        return Err(Failure::no_article(&args.article));
    }
    if let Some(path) = &args.html {
        let mut output = Output::open(Some(path))?;
        for story in &stories {
            render_copies_html(story, output.writer()).map_err(|error| Failure::output(&error))?;
        }
        let written = output.writer().flush();
        written.map_err(|error| Failure::output(&error))?;
        note(format_args!("written to `{}`", path.display()));
        return Ok(Exit::Done);
    }
    let mut output = Output::open(None)?;
    let page = output.page();
    for (number, story) in stories.iter().enumerate() {
        let out = output.writer();
        let written = if args.json {
            write_json(story, out)
        } else {
            let gap = if number > 0 {
                out.write_all(b"\n")
            } else {
                Ok(())
            };
            gap.and_then(|()| render_copies(story, &page, out))
        };
        written.map_err(|error| Failure::output(&error))?;
    }
    let written = output.writer().flush();
    written.map_err(|error| Failure::output(&error))?;
    let has_copies = stories.iter().any(|story| story.len() > 1);
    Ok(if has_copies {
        Exit::Done
    } else {
        Exit::NothingFound
    })
}

/// The lead first, the others by day and, on one day, by version.
fn in_order(story: &[Article]) -> Vec<CopyPage> {
    let mut pages: Vec<CopyPage> = story.iter().map(page_of).collect();
    if let Some((_, copies)) = pages.split_first_mut() {
        // The order there is decides between equals.
        copies.sort_by_key(|copy| {
            let day = copy.published.map(|published| published.days().first());
            (day.is_none(), day, copy.version)
        });
    }
    pages
}

fn page_of(article: &Article) -> CopyPage {
    let text: Vec<&str> = article
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.role == Role::Text)
        .filter_map(|paragraph| paragraph.span.text(&article.body))
        .collect();
    CopyPage {
        article: article.id(),
        headline: article.headline.clone(),
        source: article.source.clone(),
        published: article.published,
        agencies: agencies(article),
        version: version(article),
        text: text.join("\n"),
    }
}

fn write_json(story: &[CopyPage], out: &mut dyn Write) -> io::Result<()> {
    let Some(lead) = story.first() else {
        return Ok(());
    };
    let articles: Vec<_> = story
        .iter()
        .map(|copy| {
            let kept = kept(&lead.text, &copy.text);
            json!({
                "article": copy.article,
                "headline": copy.headline,
                "source": copy.source,
                "published": copy.published.map(|published| published.to_string()),
                "version": (copy.version != Version::Plain).then(|| copy.version.to_string()),
                "agencies": copy.agencies,
                "kept": (kept.of_story * 1_000.0).round() / 1_000.0,
                "own": (kept.own * 1_000.0).round() / 1_000.0,
            })
        })
        .collect();
    render_json(&json!({ "group": lead.article, "articles": articles }), out)
}
