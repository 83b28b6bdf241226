//! `morgue index`.

use crate::cli::Exit;
use crate::cli::args::{IndexArgs, Reading};
use crate::cli::messages::{Failure, hint, note, warning};
use crate::cli::output::current_dir;
use crate::cli::progress::Progress;
use crate::index::{KeptParagraphs, Skipped, WriterOptions};
use crate::ingest::{IngestOptions, Tally, ingest};
use crate::read::{FieldMap, NamePatterns, PublishedRule, ReadOptions};
use crate::render::{counted, sanitise, thousands};
use crate::timex::{BadOrderRule, NumericOrders, OrderRule};
use std::fmt::Display;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;
use std::time::Duration;

/// Skipped records shown at the end; the others go to a file.
const SHOWN_SKIPPED: usize = 10;
/// Memory of a thread that builds segments.
const SEGMENT_BYTES: usize = 96 << 20;
/// Threads that build segments, at the most: more do not help.
const SEGMENT_THREADS: usize = 8;
/// How long to go on before what was done is made safe, where nothing else is asked for.
pub(super) const COMMIT_SECONDS: u64 = 30;
/// Bytes of records waiting to be read.
const WAITING_BYTES: usize = 32 << 20;

/// Indexes, and says what became of the articles.
pub(super) fn run(args: &IndexArgs, index: &Path) -> Result<Exit, Failure> {
    check_apart(&args.paths, index)?;
    let read = reading(&args.reading, Some(index))?;
    let options = IngestOptions {
        commit_every: Duration::from_secs(args.commit_seconds),
        orders: orders(&args.reading)?,
        kept: kept_paragraphs(args.keep_paragraphs.as_deref())?,
        ..default_options(read, args.rebuild, args.threads)
    };
    // What cannot be written is said now, not when all is read.
    let skipped = (args.skipped.as_ref())
        .map(|path| match File::create(path) {
            Ok(file) => Ok((path, file)),
            Err(error) => Err(Failure::file("write", path, &error)),
        })
        .transpose()?;
    let stop = stop_on_interrupt();
    let progress = Progress::new(args.quiet);
    let done = ingest(&args.paths, index, &options, &progress, &stop);
    progress.end();
    let tally = done?;
    if let Some((path, file)) = skipped {
        write_skipped(path, file, &tally.skipped_list)?;
    }
    if !args.quiet {
        tell(&tally, args.skipped.is_some());
    }
    if tally.interrupted {
        return Ok(Exit::Interrupted);
    }
    Ok(if tally.skipped.is_empty() {
        Exit::Done
    } else {
        Exit::SomeSkipped
    })
}

/// How to index when little is asked for.
pub(super) fn default_options(
    read: ReadOptions,
    rebuild: bool,
    threads: Option<usize>,
) -> IngestOptions {
    let cores = available_parallelism().map_or(1, usize::from);
    let threads = threads.unwrap_or(cores).max(1);
    IngestOptions {
        read,
        orders: NumericOrders::default(),
        threads,
        writer: WriterOptions {
            threads: (threads / 2).clamp(1, SEGMENT_THREADS),
            bytes_per_thread: SEGMENT_BYTES,
            rebuild,
        },
        kept: KeptParagraphs::default(),
        waiting_bytes: WAITING_BYTES,
        commit_every: Duration::from_secs(COMMIT_SECONDS),
    }
}

/// Reads the list of paragraphs that are news.
fn kept_paragraphs(path: Option<&Path>) -> Result<KeptParagraphs, Failure> {
    let Some(path) = path else {
        return Ok(KeptParagraphs::default());
    };
    let bytes = std::fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
    Ok(KeptParagraphs::parse(&String::from_utf8_lossy(&bytes)))
}

/// Refuses a folder that is to be both read and written.
fn check_apart(paths: &[PathBuf], index: &Path) -> Result<(), Failure> {
    let Ok(index) = index.canonicalize() else {
        return Ok(());
    };
    for path in paths {
        if path.canonicalize().is_ok_and(|path| path == index) {
            let message = format_args!("`{}` cannot be both corpus and index", path.display());
            return Err(
                Failure::new(message).with_hint("name another folder with `--index FOLDER`")
            );
        }
    }
    Ok(())
}

/// Makes reading options of what was typed; `index` is not read as a corpus.
pub(super) fn reading(typed: &Reading, index: Option<&Path>) -> Result<ReadOptions, Failure> {
    let map = typed.map.as_deref();
    let published = typed.published.as_deref();
    Ok(ReadOptions {
        include: NamePatterns::new(&typed.include).map_err(in_flag("--include"))?,
        exclude: NamePatterns::new(&typed.exclude).map_err(in_flag("--exclude"))?,
        map: map
            .map_or(Ok(FieldMap::default()), str::parse)
            .map_err(in_flag("--map"))?,
        published: published
            .map_or(Ok(PublishedRule::default()), str::parse)
            .map_err(in_flag("--published"))?,
        skip_dir: index.map(PathBuf::from),
        current_dir: current_dir(),
        ..ReadOptions::default()
    })
}

/// Says in which flag the fault stands.
fn in_flag<E: Display>(flag: &str) -> impl Fn(E) -> Failure {
    move |error| Failure::new(format_args!("in `{flag}`: {error}"))
}

/// How days in numbers are read.
pub(super) fn orders(typed: &Reading) -> Result<NumericOrders, Failure> {
    let rules = typed.numeric_dates.iter().map(|rule| rule.parse());
    let rules: Vec<OrderRule> = rules
        .collect::<Result<_, BadOrderRule>>()
        .map_err(in_flag("--numeric-dates"))?;
    Ok(NumericOrders::new(rules))
}

/// Returns a flag that Ctrl-C sets. A second Ctrl-C ends the program at once.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            #[expect(
                clippy::exit,
                reason = "the user asked twice; the last commit is whole"
            )]
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
        note("stopping; what is done is kept (press Ctrl-C again to stop at once)");
    };
    // Without a handler Ctrl-C ends the program at once: nothing committed is lost by it.
    let _set = ctrlc::set_handler(handler);
    stop
}

fn tell(tally: &Tally, is_listed: bool) {
    let has_seen = tally.files_unchanged + tally.files_gone > 0;
    let mut parts = vec![match tally.kept {
        0 if has_seen => "nothing new".to_owned(),
        0 if tally.skipped.is_empty() => "no articles: there are no files to read".to_owned(),
        0 => "no articles kept".to_owned(),
        kept => format!("{} kept", counted(kept, "article", "articles")),
    }];
    if tally.files_unchanged > 0 {
        parts.push(format!(
            "{} unchanged",
            counted(tally.files_unchanged, "file", "files")
        ));
    }
    if tally.files_gone > 0 {
        parts.push(format!(
            "{} gone",
            counted(tally.files_gone, "file", "files")
        ));
    }
    let skipped = tally.skipped_count();
    if skipped > 0 {
        parts.push(format!("{} skipped", thousands(skipped)));
    }
    note(parts.join(", "));
    if tally.interrupted {
        note("interrupted: run the same command again to go on");
    }
    if skipped == 0 {
        return;
    }
    let were = if skipped == 1 { "was" } else { "were" };
    warning(format_args!(
        "{} {were} skipped",
        counted(skipped, "record", "records")
    ));
    for Skipped {
        file,
        record,
        message,
        ..
    } in tally.skipped_list.iter().take(SHOWN_SKIPPED)
    {
        let file = sanitise(file);
        let message = sanitise(message);
        if record.is_empty() {
            note(format_args!("  {file}: {message}"));
        } else {
            note(format_args!(
                "  {file}: record {}: {message}",
                sanitise(record)
            ));
        }
    }
    if tally.skipped_list.len() > SHOWN_SKIPPED {
        for (reason, count) in &tally.skipped {
            note(format_args!(
                "  {}: {reason}",
                counted(*count, "record", "records")
            ));
        }
        if !is_listed {
            hint("`--skipped FILE` writes all of them to a file");
        }
    }
}

fn write_skipped(path: &Path, file: File, skipped: &[Skipped]) -> Result<(), Failure> {
    let failed = |error: csv::Error| Failure::file("write", path, &error.into());
    let mut table = csv::Writer::from_writer(file);
    table
        .write_record(["file", "record", "reason", "message"])
        .map_err(failed)?;
    for Skipped {
        file,
        record,
        reason,
        message,
    } in skipped
    {
        table
            .write_record([file, record, reason, message])
            .map_err(failed)?;
    }
    table
        .flush()
        .map_err(|error| Failure::file("write", path, &error))
}
