//! How fast the program indexes, finds names and dates, and answers, beside a plain Tantivy
//! program on the same articles.
//!
//! `cargo bench --bench speed [-- DATA]` reads Reuters-21578 from `DATA/reuters21578` (default
//! `../shared/data`). Machines are noisy: what counts are the ratios of CPU seconds of whole
//! processes, taken in turn, A B A B. Names and dates are found on one core, in process, in the
//! second of two rounds; how long the tagger takes to open is told, too. Prints a table; exits with 1 when a limit is passed.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench prints, and may fail loudly"
)]

use morgue::alias::within::{RawMention, resolve};
use morgue::eval::reuters_articles;
use morgue::ner::{Part, Tagger, count_tokens};
use morgue::news::{Article, Role};
use morgue::timex::{TimexOptions, find_dates};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Pairs of runs.
const ROUNDS: usize = 5;
/// CPU seconds of `index` in those of the plain program: people, organisations, places and dates
/// included.
const MOST_TIMES_PLAIN: f64 = 2.2;
/// Tokens a CPU second from raw text to joined names.
const LEAST_TOKENS: f64 = 1e6;
/// Bytes of text a CPU second in which dates are found.
const LEAST_DATED_BYTES: f64 = 60e6;
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
    let pairs = in_turn(&reuters, scratch.path());
    let mut ratios: Vec<f64> = pairs.iter().map(|(plain, ours)| ours / plain).collect();
    let least = |cpu: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(cpu).fold(f64::MAX, f64::min);
    let (plain, ours) = (least(&|pair| pair.0), least(&|pair| pair.1));
    let ratio = median(&mut ratios);
    say("index, CPU of plain Tantivy", ours / plain, "times (least)");
    say("index, CPU of plain Tantivy", ratio, "times (median)");
    let is_quick = [
        opened < 20.0,
        ratio <= MOST_TIMES_PLAIN,
        is_index_quick(&reuters, scratch.path()),
        are_names_quick(&reuters),
    ];
    if is_quick.into_iter().all(|is_good| is_good) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Returns how many milliseconds it takes until the tagger can be used, and prints it.
fn opening() -> f64 {
    let start = Instant::now();
    let tagger = Tagger::english().expect("the tagger opens");
    black_box(tagger.scratch());
    let opened = start.elapsed().as_secs_f64() * 1000.0;
    say("tagger, opening", opened, "ms");
    opened
}

fn say(what: &str, figure: f64, unit: &str) {
    println!("{what:40} {figure:10.3} {unit}");
}

/// Indexes with both programs in turn; returns the CPU seconds of each pair of runs.
fn in_turn(reuters: &Path, scratch: &Path) -> Vec<(f64, f64)> {
    let mut pairs = Vec::new();
    for round in 0..=ROUNDS {
        let dir = scratch.join(format!("p{round}"));
        let plain = run(&me(), &["plain", text(reuters), text(&dir)]);
        let dir = scratch.join(format!("m{round}"));
        let ours = run(&morgue(), &index_arguments(reuters, &dir));
        // The first round warms the disk.
        if round > 0 {
            println!(
                "index: plain {:.2} s CPU, morgue {:.2} s CPU",
                plain.cpu, ours.cpu
            );
            pairs.push((plain.cpu, ours.cpu));
        }
    }
    pairs
}

fn index_arguments<'a>(reuters: &'a Path, dir: &'a Path) -> [&'a str; 7] {
    let (reuters, dir) = (text(reuters), text(dir));
    [
        "index",
        reuters,
        "--index",
        dir,
        "--quiet",
        "--include",
        "*.sgm",
    ]
}

/// Measures what of the index needs no baseline, prints it, and holds it against the limits.
fn is_index_quick(reuters: &Path, scratch: &Path) -> bool {
    let index = scratch.join("m1");
    let out = Command::new(me())
        .arg("peak")
        .arg(morgue())
        .args(index_arguments(reuters, &scratch.join("peak")))
        .output()
        .expect("the bench runs itself");
    let peak: f64 = String::from_utf8_lossy(&out.stdout)
        .trim()
        .parse()
        .unwrap_or(f64::NAN);
    say("index, most memory", peak, "MB");
    let again = run(&morgue(), &index_arguments(reuters, &index));
    say(
        "index, nothing changed",
        again.wall.as_secs_f64(),
        "s from start to end",
    );
    let mut times: Vec<f64> = Vec::new();
    for query in QUERIES.iter().cycle().take(QUERIES.len() * 5) {
        let asked = run(&morgue(), &["query", query, "--index", text(&index)]);
        times.push(asked.wall.as_secs_f64() * 1000.0);
    }
    let worst = times.iter().copied().fold(0.0, f64::max);
    let typical = median(&mut times);
    say("query, from start to end", typical, "ms (median)");
    say("query, from start to end", worst, "ms (worst)");
    peak <= 400.0 && again.wall < Duration::from_secs(1) && typical < 40.0
}

/// Measures how fast names are found and joined, and dates found.
fn are_names_quick(reuters: &Path) -> bool {
    let articles = reuters_articles(reuters).expect("the articles can be read");
    let texts = || articles.values().map(|article| article.body.as_str());
    let tokens: usize = texts().map(count_tokens).sum();
    let bytes: usize = texts().map(str::len).sum();
    let tagger = Tagger::english().expect("the model is ours");
    let mut scratch = tagger.scratch();
    let mut names = 0.0;
    let mut dates = 0.0;
    for _round in 0..2 {
        names = cpu_of(|| {
            for article in articles.values() {
                black_box(find_names(article, &tagger, &mut scratch));
            }
        });
        dates = cpu_of(|| {
            for article in articles.values() {
                let published = article.published.as_ref();
                black_box(find_dates(
                    &article.body,
                    published,
                    &TimexOptions::default(),
                ));
            }
        });
    }
    let tokens_a_second = tokens as f64 / names;
    let bytes_a_second = bytes as f64 / dates;
    println!("names: {tokens} tokens in {names:.2} s CPU; dates: {bytes} bytes in {dates:.2} s");
    say("names, joined", tokens_a_second / 1e6, "M tokens a CPU s");
    say("dates", bytes_a_second / 1e6, "MB a CPU s");
    tokens_a_second >= LEAST_TOKENS && bytes_a_second >= LEAST_DATED_BYTES
}

/// Finds the names of an article's body and joins them; returns how many there are.
fn find_names(article: &Article, tagger: &Tagger, scratch: &mut morgue::ner::Scratch) -> usize {
    let body = article.body.as_str();
    let news = article.paragraphs.iter();
    let news = news.filter(|paragraph| paragraph.role == Role::Text);
    let parts: Vec<Part<'_>> = news
        .map(|paragraph| Part {
            text: body,
            within: paragraph.span,
            is_headline: false,
        })
        .collect();
    let found = tagger.tag(&parts, scratch);
    let raw: Vec<RawMention<'_>> = found
        .iter()
        .map(|mention| RawMention {
            text: body,
            span: mention.span,
            kind: mention.kind,
        })
        .collect();
    resolve(&raw).len()
}

/// CPU seconds this thread needs for some work.
fn cpu_of(work: impl FnOnce()) -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    let now = || {
        let usage = getrusage(UsageWho::RUSAGE_THREAD).expect("the system counts");
        seconds(usage.user_time()) + seconds(usage.system_time())
    };
    let before = now();
    work();
    now() - before
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
    seconds(usage.user_time()) + seconds(usage.system_time())
}

fn seconds(time: nix::sys::time::TimeVal) -> f64 {
    time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6
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
