//! How fast the program indexes and answers, beside a plain Tantivy program on the same articles.
//!
//! `cargo bench --bench speed [-- DATA]` reads Reuters-21578 from `DATA/reuters21578` (default
//! `../shared/data`), and how long the tagger takes to open. Machines are noisy: what counts are
//! the ratios of CPU seconds of whole processes, taken in turn, A B A B. Prints a table; exits
//! with 1 when a limit is passed.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench prints, and may fail loudly"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Pairs of runs.
const ROUNDS: usize = 5;
/// Queries asked one process each.
const QUERIES: [&str; 10] = [
    "interest rate",
    "oil price opec",
    "\"trade deficit\" japan",
    "merger OR acquisition",
    "wheat export*",
    "bank NOT london",
    "published:1987-03 dollar",
    "coffee quota talks brazil",
    "reagan budget",
    "gold",
];

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    if arguments.first().is_some_and(|word| word == "plain") {
        plain::index(Path::new(&arguments[1]), Path::new(&arguments[2]));
        return ExitCode::SUCCESS;
    }
    if arguments.first().is_some_and(|word| word == "peak") {
        return peak(&arguments.split_off(1));
    }
    let data = PathBuf::from(
        arguments
            .pop()
            .unwrap_or_else(|| "../shared/data".to_owned()),
    );
    let opened = opening();
    let reuters = data.join("reuters21578");
    if !reuters.is_dir() {
        println!("speed: not measured: no `{}`", reuters.display());
        return ExitCode::SUCCESS;
    }
    let scratch = tempfile::tempdir().expect("a folder for indexes");
    let mut ratios = Vec::new();
    for round in 0..=ROUNDS {
        let plain = run(
            &me(),
            &[
                "plain",
                text(&reuters),
                text(&scratch.path().join(format!("p{round}"))),
            ],
        );
        let dir = scratch.path().join(format!("m{round}"));
        let ours = run(
            &morgue(),
            &[
                "index",
                text(&reuters),
                "--index",
                text(&dir),
                "--quiet",
                "--include",
                "*.sgm",
            ],
        );
        // The first round warms the disk.
        if round > 0 {
            println!(
                "index: plain {:.2} s CPU, morgue {:.2} s CPU",
                plain.cpu, ours.cpu
            );
            ratios.push(ours.cpu / plain.cpu);
        }
    }
    let all = is_quick(&reuters, scratch.path(), median(&mut ratios));
    if opened < 20.0 {
        all
    } else {
        ExitCode::FAILURE
    }
}

/// Returns how many milliseconds it takes until the tagger can be used, and prints it.
fn opening() -> f64 {
    let start = Instant::now();
    let tagger = morgue::ner::Tagger::english().expect("the tagger opens");
    std::hint::black_box(tagger.scratch());
    let opened = start.elapsed().as_secs_f64() * 1000.0;
    println!("tagger-open-ms {opened:.2} (at most 20)");
    opened
}

/// Measures what needs no baseline, prints it, and holds all against the limits.
fn is_quick(reuters: &Path, scratch: &Path, ratio: f64) -> ExitCode {
    let index = scratch.join("m1");
    println!("index-cpu-ratio {ratio:.3}");
    let out = Command::new(me())
        .args(["peak", text(&morgue()), "index", text(reuters), "--index"])
        .args([text(&scratch.join("peak")), "--quiet", "--include", "*.sgm"])
        .output()
        .expect("the bench runs itself");
    let peak: f64 = String::from_utf8_lossy(&out.stdout)
        .trim()
        .parse()
        .unwrap_or(f64::NAN);
    println!("index-peak-mb {peak:.0}");
    let again = run(
        &morgue(),
        &[
            "index",
            text(reuters),
            "--index",
            text(&index),
            "--quiet",
            "--include",
            "*.sgm",
        ],
    );
    println!("again-seconds {:.3}", again.wall.as_secs_f64());
    let mut times: Vec<f64> = Vec::new();
    for query in QUERIES.iter().cycle().take(QUERIES.len() * 5) {
        let asked = run(&morgue(), &["query", query, "--index", text(&index)]);
        times.push(asked.wall.as_secs_f64() * 1000.0);
    }
    let (worst, typical) = (
        times.iter().copied().fold(0.0, f64::max),
        median(&mut times),
    );
    println!("query-ms {typical:.1} (worst {worst:.1})");
    let is_good =
        ratio <= 1.6 && peak <= 400.0 && again.wall < Duration::from_secs(1) && typical < 40.0;
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

struct Ran {
    cpu: f64,
    wall: Duration,
}

/// Runs a command to its end and returns what it took.
fn run(program: &Path, arguments: &[&str]) -> Ran {
    let before = children_cpu();
    let started = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(
        matches!(status.code(), Some(0..=1)),
        "{arguments:?}: {status}"
    );
    Ran {
        cpu: children_cpu() - before,
        wall: started.elapsed(),
    }
}

/// Runs a command and prints the most memory it had, in MB.
fn peak(arguments: &[String]) -> ExitCode {
    use nix::sys::resource::{UsageWho, getrusage};
    let status = Command::new(&arguments[0])
        .args(&arguments[1..])
        .status()
        .expect("the program starts");
    assert!(status.success(), "{status}");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    println!("{:.1}", usage.max_rss() as f64 / 1024.0);
    ExitCode::SUCCESS
}

/// CPU seconds, user and system, of all children that have ended.
fn children_cpu() -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    let seconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    seconds(usage.user_time()) + seconds(usage.system_time())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn me() -> PathBuf {
    std::env::current_exe().expect("the bench knows where it is")
}

fn morgue() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_morgue"))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("paths are UTF-8")
}

/// The baseline: titles and bodies into Tantivy with its own English analyser, and nothing else.
mod plain {
    use std::path::Path;
    use tantivy::schema::{
        IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
    };
    use tantivy::store::Compressor;
    use tantivy::{Index, IndexSettings, IndexWriter, doc};

    pub(crate) fn index(reuters: &Path, dir: &Path) {
        std::fs::create_dir_all(dir).expect("the folder is ours");
        let mut schema = Schema::builder();
        let english = TextOptions::default()
            .set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("en_stem")
                    .set_index_option(IndexRecordOption::WithFreqsAndPositions),
            )
            .set_stored();
        let id = schema.add_text_field("id", STRING | STORED);
        let title = schema.add_text_field("title", english.clone());
        let body = schema.add_text_field("body", english);
        // Packing the store costs CPU: the baseline does not.
        let settings = IndexSettings {
            docstore_compression: Compressor::None,
            ..IndexSettings::default()
        };
        let index = Index::builder()
            .schema(schema.build())
            .settings(settings)
            .create_in_dir(dir)
            .expect("the folder is empty");
        let mut writer: IndexWriter = index
            .writer_with_num_threads(1, 256_000_000)
            .expect("enough memory");
        let mut files: Vec<_> = std::fs::read_dir(reuters)
            .expect("the folder is there")
            .map(|entry| entry.expect("the folder can be read").path())
            .filter(|path| path.extension().is_some_and(|suffix| suffix == "sgm"))
            .collect();
        files.sort();
        for file in files {
            let bytes = std::fs::read(&file).expect("the file can be read");
            let text = String::from_utf8_lossy(&bytes);
            for item in text.split("<REUTERS").skip(1) {
                let part = |name: &str| {
                    let (_, rest) = item.split_once(&format!("<{name}>"))?;
                    Some(rest.split_once(&format!("</{name}>"))?.0)
                };
                let new_id = item
                    .split_once("NEWID=\"")
                    .and_then(|(_, rest)| rest.split_once('"'));
                writer
                    .add_document(doc!(
                        id => new_id.map_or("", |(id, _)| id),
                        title => part("TITLE").unwrap_or_default(),
                        body => part("BODY").unwrap_or_default(),
                    ))
                    .expect("the index takes it");
            }
        }
        writer.commit().expect("the index is written");
    }
}
