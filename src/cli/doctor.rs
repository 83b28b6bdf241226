//! `morgue doctor`.

use crate::cli::Exit;
use crate::cli::args::DoctorArgs;
use crate::cli::messages::Failure;
use crate::cli::output::Output;
use crate::index::{Archive, Census, RepeatedParagraph};
use crate::render::{counted, origin_in_words, render_json, render_table, sanitise, thousands};
use serde_json::json;
use std::io::{self, Write};
use std::path::Path;

/// Sources and skipped records shown where not all are asked for.
const SHOWN: usize = 10;

/// Shows what the index holds.
pub(super) fn run(args: &DoctorArgs, index: &Path) -> Result<Exit, Failure> {
    let archive = Archive::open(index)?;
    if args.boilerplate {
        return list_repeated(&archive, args.json);
    }
    let census = archive.census()?;
    let mut output = Output::open(None)?;
    let written = if args.json {
        write_json(&census, output.writer())
    } else {
        write_tables(&census, args.all, output.writer())
    };
    written
        .and_then(|()| output.writer().flush())
        .map_err(|error| Failure::output(&error))?;
    Ok(Exit::Done)
}

/// Lists what sources repeat from story to story.
fn list_repeated(archive: &Archive, as_json: bool) -> Result<Exit, Failure> {
    let repeated = archive.repeated_paragraphs()?;
    let mut output = Output::open(None)?;
    let written = write_repeated(&repeated, as_json, output.writer());
    written
        .and_then(|()| output.writer().flush())
        .map_err(|error| Failure::output(&error))?;
    Ok(if repeated.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}

fn write_repeated(
    repeated: &[RepeatedParagraph],
    as_json: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if as_json {
        let rows: Vec<_> = repeated
            .iter()
            .map(|one| {
                json!({
                    "paragraph": one.text,
                    "source": one.source,
                    "articles": one.articles,
                    "first": one.first.to_string(),
                    "last": one.last.to_string(),
                    "marked": one.is_marked,
                })
            })
            .collect();
        return render_json(&json!(rows), out);
    }
    if repeated.is_empty() {
        return writeln!(out, "no source repeats a paragraph from story to story");
    }
    for one in repeated {
        writeln!(
            out,
            "{} · {} · {} to {}{}\n  {}",
            sanitise(&one.source),
            counted(one.articles, "article", "articles"),
            one.first,
            one.last,
            if one.is_marked {
                ""
            } else {
                " · kept, searched"
            },
            sanitise(&one.text)
        )?;
    }
    Ok(())
}

fn write_json(census: &Census, out: &mut dyn Write) -> io::Result<()> {
    let dates: serde_json::Map<String, serde_json::Value> = census
        .dates_from
        .iter()
        .map(|(from, count)| (from.as_str().to_owned(), json!(count)))
        .collect();
    let skipped: Vec<_> = census
        .skipped
        .iter()
        .map(|skipped| {
            json!({
                "file": skipped.file,
                "record": skipped.record,
                "reason": skipped.reason,
                "message": skipped.message,
            })
        })
        .collect();
    let contradictions: Vec<_> = census
        .contradictions
        .iter()
        .map(|contradiction| {
            let dates = contradiction.dates.iter();
            let dates: Vec<_> = dates
                .map(|(value, from)| json!({ "value": value, "from": from.as_str() }))
                .collect();
            json!({ "article": contradiction.article, "dates": dates })
        })
        .collect();
    let report = json!({
        "articles": census.articles,
        "passages": census.passages,
        "boilerplate_passages": census.boilerplate_passages,
        "files": census.files,
        "size_bytes": census.size_bytes,
        "undated": census.undated,
        "contradicted": census.contradicted,
        "contradictions": contradictions,
        "published_from": dates,
        "sources": census.sources,
        "skipped_count": census.skipped_count,
        "skipped_reasons": census.skipped_reasons,
        "skipped": skipped,
    });
    render_json(&report, out)
}

fn write_tables(census: &Census, shows_all: bool, out: &mut dyn Write) -> io::Result<()> {
    let row = |name: &str, count: u64| (name.to_owned(), thousands(count));
    render_table(
        &[
            row("articles", census.articles),
            row("passages", census.passages),
            row("passages of boilerplate", census.boilerplate_passages),
            row("files", census.files),
            row("size in bytes", census.size_bytes),
        ],
        out,
    )?;
    writeln!(out, "\npublication date, read from")?;
    let mut dates: Vec<_> = census
        .dates_from
        .iter()
        .map(|(from, count)| row(origin_in_words(*from), *count))
        .collect();
    dates.push(row("unknown", census.undated));
    render_table(&dates, out)?;
    write_contradictions(census, shows_all, out)?;
    writeln!(out, "\nsources")?;
    let mut sources: Vec<_> = census.sources.iter().collect();
    sources.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
    let shown = if shows_all { sources.len() } else { SHOWN };
    let mut rows: Vec<_> = sources
        .iter()
        .take(shown)
        .map(|(name, count)| {
            row(
                if name.is_empty() {
                    "unknown"
                } else {
                    name.as_str()
                },
                **count,
            )
        })
        .map(|(name, count)| (sanitise(&name).into_owned(), count))
        .collect();
    let rest: u64 = sources.iter().skip(shown).map(|(_, count)| **count).sum();
    if rest > 0 {
        rows.push(row("others", rest));
    }
    if rows.is_empty() {
        writeln!(out, "  none")?;
    }
    render_table(&rows, out)?;
    writeln!(out, "\nskipped")?;
    if census.skipped_count == 0 {
        return writeln!(out, "  nothing");
    }
    let reasons: Vec<_> = census
        .skipped_reasons
        .iter()
        .map(|(reason, count)| row(reason, *count))
        .collect();
    render_table(&reasons, out)?;
    let shown = if shows_all {
        census.skipped.len()
    } else {
        SHOWN
    };
    for skipped in census.skipped.iter().take(shown) {
        let record = if skipped.record.is_empty() {
            String::new()
        } else {
            format!("record {}: ", skipped.record)
        };
        let line = format!("{}: {record}{}", skipped.file, skipped.message);
        writeln!(out, "  {}", sanitise(&line))?;
    }
    if census.skipped_count > shown as u64 {
        writeln!(
            out,
            "  … and {} more (`--all` lists them)",
            census.skipped_count - shown as u64
        )?;
    }
    Ok(())
}

/// Lists articles of which several publication dates are claimed, the one believed first.
fn write_contradictions(census: &Census, shows_all: bool, out: &mut dyn Write) -> io::Result<()> {
    if census.contradicted == 0 {
        return Ok(());
    }
    let articles = counted(census.contradicted, "article has", "articles have");
    writeln!(
        out,
        "\n{articles} several publication dates; the first is used"
    )?;
    let shown = if shows_all { Census::LISTED } else { SHOWN };
    for contradiction in census.contradictions.iter().take(shown) {
        let dates = contradiction.dates.iter();
        let dates: Vec<String> = dates
            .map(|(value, from)| format!("{value} (from {})", origin_in_words(*from)))
            .collect();
        let line = format!("{}: {}", contradiction.article, dates.join(", "));
        writeln!(out, "  {}", sanitise(&line))?;
    }
    let listed = census.contradictions.len().min(shown) as u64;
    if census.contradicted > listed {
        let rest = thousands(census.contradicted - listed);
        writeln!(out, "  … and {rest} more")?;
    }
    Ok(())
}
