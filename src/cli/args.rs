//! Every flag, in one place.

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args as Flags, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Where a flag of every command stands in a list: behind those of the command.
const LAST: usize = 900;

/// Full-text search over a newspaper archive.
///
/// Point it at a folder of articles; it answers keyword and person queries with ranked,
/// quotable passages. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "morgue", version, styles = STYLES, max_term_width = 100)]
#[command(after_help = "Examples:
  morgue index corpus/
  morgue query 'ferry terminal contract'
  morgue query --person 'Ana Ruiz' --from 2024-03 --format csv --output hits.csv

Exit codes: 0 done · 1 nothing found · 2 could not be done
            3 done, but some input was skipped · 130 interrupted")]
pub(super) struct Args {
    /// The folder of the index
    #[arg(
        long = "index",
        value_name = "FOLDER",
        default_value = "index",
        global = true,
        display_order = LAST
    )]
    pub(super) index: PathBuf,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Index(IndexArgs),
    Query(QueryArgs),
    Timeline(TimelineArgs),
    #[command(about = "List the people named: in how many articles, from when to when")]
    People(NamesArgs),
    #[command(about = "List the organisations named: in how many articles, from when to when")]
    Organisations(NamesArgs),
    #[command(about = "List the places named: in how many articles, from when to when")]
    Places(NamesArgs),
    Show(ShowArgs),
    Copies(CopiesArgs),
    Sources(SourcesArgs),
    Inspect(InspectArgs),
    Doctor(DoctorArgs),
    #[command(hide = true)]
    Eval(EvalArgs),
    #[command(hide = true)]
    Train(TrainArgs),
}

/// What to read.
#[derive(Debug, Flags)]
pub(super) struct Reading {
    /// Read only files whose name matches (`*.html`, `1987/*`); may be given several times
    #[arg(long, value_name = "GLOB")]
    pub(super) include: Vec<String>,
    /// Leave out files and folders whose name matches; may be given several times
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    /// Which field of a JSON or CSV record is what: `headline=title,body=story`
    #[arg(long, value_name = "PART=FIELD,…")]
    pub(super) map: Option<String>,
    /// When the articles were published: `path` (the date in the name of the file or its folders)
    /// or one day, month or year for all; for a field of the record use `--map published=FIELD`
    #[arg(long, value_name = "RULE")]
    pub(super) published: Option<String>,
    /// What `03/04/2019` means in the texts: `day-first` or `month-first`, of all or of one source
    /// (`Evening Post=day-first`) [default: as other dates of the article say, else not known]
    #[arg(long, value_name = "ORDER")]
    pub(super) numeric_dates: Vec<String>,
}

/// Index articles: read what is new or changed, forget what is gone.
///
/// Reads plain text, Markdown, HTML, JSON, JSON lines, CSV, Reuters and TREC SGML, NITF,
/// NewsML-G2, trafilatura XML, TEI and WARC, also packed as gz, zst, zip or tar. The format is told
/// by the content.
#[derive(Debug, Flags)]
#[command(after_help = "Examples:
  morgue index                              index the folder corpus/
  morgue index ~/archive --index ~/archive-index
  morgue index wire/ web.warc.gz --exclude drafts
  curl … | jq -c '.articles[]' | morgue index -
  morgue index dump.jsonl --map headline=hed,body=story_text
  morgue index --keep-paragraphs news.txt   news, whoever repeats it

Run it again at any time: unchanged files are not read, changed ones are read anew, and the \
articles of deleted files go, and of those that `--include` and `--exclude` no longer let in.

Paragraphs that a source repeats from story to story (appeals, notes on the paper) are marked as \
boilerplate when all is read: they are kept, but not searched or counted. \
`morgue doctor --boilerplate` lists them, `morgue query --keep-boilerplate` searches them, \
`--keep-paragraphs` leaves them alone.")]
pub(super) struct IndexArgs {
    /// Files or folders; `-` reads JSON lines from the standard input
    #[arg(value_name = "PATH", default_value = "corpus")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Paragraphs that are news even where a source repeats them: a text file, one a line
    #[arg(long, value_name = "FILE")]
    pub(super) keep_paragraphs: Option<PathBuf>,
    /// Start over with an empty index
    #[arg(long)]
    pub(super) rebuild: bool,
    /// Write what was skipped, and why, to a file (CSV)
    #[arg(long, value_name = "FILE")]
    pub(super) skipped: Option<PathBuf>,
    /// Threads that read articles and find names in them [default: one for each core]
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
    /// Seconds to go on before what was done is made safe; 0: after every piece of work
    #[arg(long, value_name = "N", default_value_t = 30, hide = true)]
    pub(super) commit_seconds: u64,
    /// Say nothing but why it failed
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A results page for people
    Terminal,
    /// One JSON document
    Json,
    /// One JSON object a hit
    Jsonl,
    /// One row a hit, for spreadsheets
    Csv,
    /// A TREC run, one line an article
    Trec,
}

/// How the words of a query are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MatchArg {
    /// All of them in one passage or its headline
    All,
    /// Any of them
    Any,
}

/// A system whose searches are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DialectArg {
    /// LexisNexis, Nexis Uni
    Nexis,
    /// Dow Jones Factiva
    Factiva,
    /// ProQuest
    Proquest,
    /// Lucene, Elasticsearch query strings
    Lucene,
}

/// The order of the hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SortArg {
    /// Best first
    Rank,
    /// Latest publication first
    Newest,
    /// Earliest publication first
    Oldest,
}

/// What to do with copies of one story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CopiesArg {
    /// Show one of them, the earliest and fullest, and how many there are
    Fold,
    /// Show one of them and list the others
    List,
    /// Show each
    All,
}

/// What narrows a question.
#[derive(Debug, Flags)]
pub(super) struct FilterArgs {
    /// Passages that name this person, under any form of the name
    #[arg(long, value_name = "NAME")]
    pub(super) person: Vec<String>,
    /// Passages that name this organisation
    #[arg(long, value_name = "NAME")]
    pub(super) org: Vec<String>,
    /// Passages that name this place
    #[arg(long, value_name = "NAME")]
    pub(super) place: Vec<String>,
    /// Also search and count the paragraphs that a source repeats from story to story
    #[arg(long)]
    pub(super) keep_boilerplate: bool,
    /// Names mean what is printed: no other forms of them are found
    #[arg(long)]
    pub(super) exact_name: bool,
    /// A book of names: CSV rows `same,NAME,OTHER…`, `rename,OLD,NEW`, `not-a-name,NAME`
    #[arg(long, value_name = "FILE")]
    pub(super) names: Option<PathBuf>,
    /// Published on this day or later (2024, 2024-03, 2024-03-15, "last week")
    #[arg(long, value_name = "DAY")]
    pub(super) from: Option<String>,
    /// Published on this day or earlier
    #[arg(long, value_name = "DAY")]
    pub(super) to: Option<String>,
    /// Speaking of one of these days (2003-03, 2007..2013, "last week")
    #[arg(long, value_name = "DAYS")]
    pub(super) about: Option<String>,
    /// Published on one of these days, or speaking of one
    #[arg(long, value_name = "DAYS")]
    pub(super) on: Option<String>,
    /// From this newspaper, agency or site
    #[arg(long, value_name = "NAME")]
    pub(super) source: Vec<String>,
    /// Written by this person
    #[arg(long, value_name = "NAME")]
    pub(super) byline: Vec<String>,
    /// Which words of the query must be there
    #[arg(long = "match", value_name = "MODE", default_value = "all")]
    pub(super) matching: MatchArg,
}

/// Find passages: by words, phrases, people, organisations, dates.
#[derive(Debug, Flags)]
#[command(after_help = "Examples:
  morgue query 'ferry terminal'            both, in one passage or its headline
  morgue query '\"no public tender\" OR kickback*'
  morgue query 'water NOT rain published:2024-03..2024-06'
  morgue query --person 'Ruiz' --from 2024 --sort newest
  morgue query 'strike' --format csv --bom --output strike.csv
  morgue query 'resign* w/10 PERSON' --explain
  morgue query --syntax nexis 'headline(merger) and atleast3(layoffs)'
  morgue query --like corpus/gazette/ferry.txt:1 --from 2024-04
  morgue query --queries names.csv --limit 3 --format csv > evidence.csv

`morgue query --syntax` shows the whole language.")]
pub(super) struct QueryArgs {
    /// What to look for; with filters it may be left out
    #[arg(value_name = "QUERY")]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) filters: FilterArgs,
    /// Run every line of a file: `id<TAB>query`, or one query a line; or every name of a CSV file
    /// with a column `person`, `organisation` or `place`
    #[arg(long, value_name = "FILE", conflicts_with = "words")]
    pub(super) queries: Option<PathBuf>,
    /// The order of the hits
    #[arg(long, value_name = "ORDER", default_value = "rank")]
    pub(super) sort: SortArg,
    /// Passages at the most, or `all`; articles with `--format trec`
    /// [default: 10 on the terminal, 1000 for trec, else all]
    #[arg(long, value_name = "N", value_parser = count)]
    pub(super) limit: Option<Count>,
    /// Passages to leave out at the start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) offset: usize,
    /// Passages of one article at the most, or `all`
    #[arg(long, value_name = "N", value_parser = count, default_value = "3")]
    pub(super) per_article: Count,
    /// What to do with copies of one story [default: fold, all for trec]
    #[arg(long, value_name = "MODE")]
    pub(super) copies: Option<CopiesArg>,
    /// The form of the output [default: terminal]
    #[arg(
        long,
        value_name = "FORM",
        default_value = "terminal",
        hide_default_value = true
    )]
    pub(super) format: Form,
    /// Write to a file instead of the standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Begin CSV with a byte order mark, which Excel wants
    #[arg(long)]
    pub(super) bom: bool,
    /// Also search for the words that the best articles have in common
    #[arg(long)]
    pub(super) expand: bool,
    /// Find articles like this one, by its most telling words; the article itself and its copies
    /// are left out. A query and filters narrow what is found
    #[arg(long, value_name = "ARTICLE", conflicts_with_all = ["queries", "expand"])]
    pub(super) like: Option<String>,
    /// Count the people, organisations, places, sources and months of all articles found (on the
    /// terminal and in JSON)
    #[arg(long)]
    pub(super) facets: bool,
    /// Say what was understood, how many articles each part finds by itself, and why a hit ranks
    /// where it does (on the standard error)
    #[arg(long)]
    pub(super) explain: bool,
    /// Take the query as another system does; without one: show the query language and end
    #[arg(long, value_name = "SYSTEM", num_args = 0..=1)]
    pub(super) syntax: Option<Option<DialectArg>>,
}

/// A number, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    All,
    Number(usize),
}

impl Count {
    /// The number; nothing for all.
    pub(super) fn number(self) -> Option<usize> {
        match self {
            Count::All => None,
            Count::Number(number) => Some(number),
        }
    }
}

fn count(text: &str) -> Result<Count, String> {
    if text == "all" {
        return Ok(Count::All);
    }
    match text.parse() {
        Ok(0) | Err(_) => Err("expected `all`, or a number above 0".to_owned()),
        Ok(number) => Ok(Count::Number(number)),
    }
}

/// What counts where a story ran in several copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CountArg {
    /// The story, once
    Stories,
    /// Every article
    Copies,
}

/// Which days of an article count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ByArg {
    /// The day it was published
    Published,
    /// The days its passages speak of
    About,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum StepArg {
    Day,
    Week,
    Month,
    Year,
}

/// The form of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TimelineForm {
    /// A bar chart for people
    Terminal,
    /// One row a period, for spreadsheets
    Csv,
    /// One JSON document
    Json,
}

/// Count the articles a query finds, period by period.
#[derive(Debug, Flags)]
#[command(after_help = "Examples:
  morgue timeline 'ferry terminal'
  morgue timeline --person 'Ana Ruiz' --step month --share
  morgue timeline strike --by about --svg strike.svg
  morgue timeline strike --count copies    every paper that ran a story counts

Articles are counted, not passages. With `--by about`, an article counts in every period of \
which a passage that was found speaks.")]
pub(super) struct TimelineArgs {
    /// What to look for; without it the whole archive is counted
    #[arg(value_name = "QUERY")]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) filters: FilterArgs,
    /// Which days of an article count
    #[arg(long, value_name = "DAYS", default_value = "published")]
    pub(super) by: ByArg,
    /// How long a period is [default: the shortest of which 60 are enough]
    #[arg(long, value_name = "STEP")]
    pub(super) step: Option<StepArg>,
    /// What counts where a story ran in several copies
    #[arg(long, value_name = "WHAT", default_value = "stories")]
    pub(super) count: CountArg,
    /// Also show what share of all articles of the period they are
    #[arg(long)]
    pub(super) share: bool,
    /// The form of the output [default: terminal]
    #[arg(
        long,
        value_name = "FORM",
        default_value = "terminal",
        hide_default_value = true
    )]
    pub(super) format: TimelineForm,
    /// Write to a file instead of the standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Also draw the bars into a file (SVG)
    #[arg(long, value_name = "FILE")]
    pub(super) svg: Option<PathBuf>,
}

/// The form of a list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListForm {
    /// A table for people
    Terminal,
    /// One JSON document
    Json,
    /// One row a name, for spreadsheets
    Csv,
}

/// List who or what is named.
#[derive(Debug, Flags)]
#[command(after_help = "Examples:
  morgue people
  morgue people 'ferry terminal' --limit all
  morgue people --with 'Ana Ruiz'          who is named with her, and where
  morgue organisations 'published:2024' --format csv
  morgue places flood --from 2024-09
  morgue people --count copies             every paper that ran a story counts
  morgue people 'Ana Ruiz' --timeline      what is said of her, day by day
  morgue people --suspect > names.csv      proposals for a book of names

All forms of a name count for the one it means. An article is *about* those named in its \
headline, in its first paragraph or in at least half of its passages.")]
pub(super) struct NamesArgs {
    /// Only in passages a query finds; without it, in all
    #[arg(value_name = "QUERY")]
    pub(super) words: Vec<String>,
    /// Only in passages that surely also name this person, organisation or place
    #[arg(long, value_name = "NAME")]
    pub(super) with: Option<String>,
    #[command(flatten)]
    pub(super) filters: FilterArgs,
    /// Propose rows for a book of names instead: other spellings, and what may be no name
    #[arg(long, conflicts_with_all = ["words", "with", "format"])]
    pub(super) suspect: bool,
    /// Take QUERY as a name, and show what is said of it, day by day, a sentence each
    #[arg(long, conflicts_with_all = ["with", "suspect", "limit"])]
    pub(super) timeline: bool,
    /// What counts as an article where a story ran in several copies
    #[arg(long, value_name = "WHAT", default_value = "stories")]
    pub(super) count: CountArg,
    /// Names at the most, or `all` [default: 20 on the terminal, else all]
    #[arg(long, value_name = "N", value_parser = count)]
    pub(super) limit: Option<Count>,
    /// The form of the output [default: terminal]
    #[arg(
        long,
        value_name = "FORM",
        default_value = "terminal",
        hide_default_value = true
    )]
    pub(super) format: ListForm,
    /// Write to a file instead of the standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// Show one article whole.
#[derive(Debug, Flags)]
#[command(after_help = "Example:
  morgue show corpus/gazette/ferry.txt:1")]
pub(super) struct ShowArgs {
    /// The article: its own id, or `file:record` as a query shows it
    #[arg(value_name = "ARTICLE")]
    pub(super) article: String,
}

/// Show who else ran an article: when, how much of it, and what differs.
#[derive(Debug, Flags)]
#[command(after_help = "Example:
  morgue copies corpus/gazette/ferry.txt:1 --html ferry.html

The earliest and fullest stands first; the others are compared with it.")]
pub(super) struct CopiesArgs {
    /// The article: its own id, or `file:record` as a query shows it
    #[arg(value_name = "ARTICLE")]
    pub(super) article: String,
    /// Write a page for a browser to a file
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub(super) html: Option<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    pub(super) json: bool,
}

/// Show what each newspaper, agency and site wrote itself and what it took over.
///
/// Taken over is what credits an agency, and what another source ran before.
#[derive(Debug, Flags)]
pub(super) struct SourcesArgs {
    /// Print JSON instead of a table
    #[arg(long)]
    pub(super) json: bool,
}

/// Show what is read in files, as JSON lines, without an index.
#[derive(Debug, Flags)]
#[command(after_help = "Example:
  morgue inspect page.html | jq .headline,.published")]
pub(super) struct InspectArgs {
    /// Files or folders; `-` reads JSON lines from the standard input
    #[arg(value_name = "FILE", required = true)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// Show what the index holds and what is wrong with the archive.
#[derive(Debug, Flags)]
pub(super) struct DoctorArgs {
    /// Print JSON instead of a table
    #[arg(long)]
    pub(super) json: bool,
    /// List every skipped record instead of the first ten
    #[arg(long)]
    pub(super) all: bool,
    /// List the paragraphs that each source repeats from story to story, and nothing else
    #[arg(long, conflicts_with = "all")]
    pub(super) boilerplate: bool,
}

/// Measure the program on sets that are not part of it, and hold the figures against their floors.
#[derive(Debug, Flags)]
pub(super) struct EvalArgs {
    /// Where the sets are
    #[arg(long, value_name = "FOLDER", default_value = "../shared/data")]
    pub(super) data: PathBuf,
    /// The figures and their floors
    #[arg(long, value_name = "FILE", default_value = "tests/scores.toml")]
    pub(super) scores: PathBuf,
    /// Write down what is wrong in names, in who is meant by them and in what is marked as
    /// repeated, one a line
    #[arg(long, value_name = "FILE")]
    pub(super) faults: Option<PathBuf>,
}

/// Train the tagger of names: makes the weights that are built into the program.
#[derive(Debug, Flags)]
#[command(after_help = "Example:
  morgue train --data ../shared/data/ner --out src/ner/english.model

The same data give the same weights, byte for byte.")]
pub(super) struct TrainArgs {
    /// The folder with the tables, clusters and lists of names
    #[arg(long, value_name = "FOLDER")]
    pub(super) data: PathBuf,
    /// The folder with our own marked articles
    #[arg(long, value_name = "FOLDER", default_value = "src/ner/gold")]
    pub(super) gold: PathBuf,
    /// Where to write the weights
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
}
