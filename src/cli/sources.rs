//! `morgue sources`.

use crate::cli::Exit;
use crate::cli::args::SourcesArgs;
use crate::cli::messages::{Failure, warning};
use crate::cli::output::Output;
use crate::index::{Archive, SourceCount};
use crate::render::{counted, render_json, sanitise, thousands};
use serde_json::json;
use std::io::{self, Write};
use std::path::Path;

/// Agencies and papers named for each source.
const SHOWN: usize = 4;

/// Shows what each newspaper, agency and site wrote itself and what it took over.
pub(super) fn run(args: &SourcesArgs, index: &Path) -> Result<Exit, Failure> {
    let archive = Archive::open(index)?;
    if !archive.knows_copies() {
        warning(
            "only credits are counted: the last run of `morgue index` was cut short; run it again",
        );
    }
    let mut sources = archive.sources()?;
    sources.sort_by(|one, other| {
        (other.articles.cmp(&one.articles)).then_with(|| one.name.cmp(&other.name))
    });
    let mut output = Output::open(None)?;
    let written = if args.json {
        write_json(&sources, output.writer())
    } else {
        write_table(&sources, output.writer())
    };
    written
        .and_then(|()| output.writer().flush())
        .map_err(|error| Failure::output(&error))?;
    Ok(Exit::Done)
}

fn by_count(source: &SourceCount) -> Vec<(&str, u64)> {
    let mut from: Vec<(&str, u64)> = source
        .from
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect();
    from.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    from
}

fn write_table(sources: &[SourceCount], out: &mut dyn Write) -> io::Result<()> {
    if sources.is_empty() {
        return writeln!(out, "no articles in the index");
    }
    for source in sources {
        let name = source.name.as_deref().unwrap_or("(no source)");
        let own = source.articles - source.taken;
        writeln!(
            out,
            "{}\n  {}: {} own, {} taken over",
            sanitise(name),
            counted(source.articles, "article", "articles"),
            thousands(own),
            thousands(source.taken),
        )?;
        let from = by_count(source);
        if !from.is_empty() {
            let mut named: Vec<String> = from
                .iter()
                .take(SHOWN)
                .map(|(name, count)| format!("{} {}", sanitise(name), thousands(*count)))
                .collect();
            let rest: u64 = from.iter().skip(SHOWN).map(|(_, count)| count).sum();
            if rest > 0 {
                named.push(format!("others {}", thousands(rest)));
            }
            writeln!(out, "  from {}", named.join(", "))?;
        }
    }
    Ok(())
}

fn write_json(sources: &[SourceCount], out: &mut dyn Write) -> io::Result<()> {
    let sources: Vec<_> = sources
        .iter()
        .map(|source| {
            json!({
                "source": source.name,
                "articles": source.articles,
                "own": source.articles - source.taken,
                "taken_over": source.taken,
                "from": source.from,
            })
        })
        .collect();
    render_json(&json!(sources), out)
}
