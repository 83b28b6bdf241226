//! `morgue eval`: measures the program on sets that are not part of it.

use crate::cli::Exit;
use crate::cli::args::EvalArgs;
use crate::cli::messages::Failure;
use crate::cli::output::Output;
use crate::cli::rankings::{reuters_figures, time_figures};
use crate::cli::recall::person_recall;
use crate::cli::repeated::{page_figures, sample_figures};
use crate::eval::{
    Judged, judge_gold, judge_ieer, judge_tokens, measure_aliases, measure_copies,
    measure_datelines, measure_gum_dates, measure_ieer_dates, measure_marked_aliases,
    measure_names, measure_pages, measure_resolved_dates, measure_reuters, share,
};
use crate::ner::{MarkFault, Tagger};
use crate::render::render_table;
use serde::Deserialize;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Dates resolved by hand; they stand in the project.
const RESOLVED_DATES: &str = "tests/dates/resolved.tsv";

/// Groups of articles judged by reading; they stand in the project.
const JUDGED_COPIES: &str = "tests/copies/judged.tsv";

/// Names of articles of Reuters, and who is meant by them; they stand in the project.
const MARKED_ALIASES: &str = "tests/aliases/reuters.tsv";

/// Our own articles with their names marked; some are held back from training.
const OWN_GOLD: &str = "src/ner/gold";

/// The sample corpus.
const CORPUS: &str = "corpus";

/// One row of `tests/scores.toml`; what is only there to be read is passed over.
#[derive(Debug, Deserialize)]
struct Score {
    name: String,
    floor: Option<f64>,
    ceiling: Option<f64>,
    data: String,
    /// What is measured there, where that is more than one thing.
    #[serde(default)]
    part: String,
}

#[derive(Debug, Deserialize)]
struct Scores {
    score: Vec<Score>,
}

/// Measures all sets that are there and holds the figures against their floors.
pub(super) fn run(args: &EvalArgs) -> Result<Exit, Failure> {
    let text = fs::read_to_string(&args.scores)
        .map_err(|error| Failure::file("read", &args.scores, &error))?;
    let scores: Scores = toml::from_str(&text)
        .map_err(|error| Failure::new(format_args!("{}: {error}", args.scores.display())))?;
    let scratch = std::env::temp_dir().join(format!("morgue-eval-{}", std::process::id()));
    fs::create_dir_all(&scratch).map_err(|error| Failure::file("write", &scratch, &error))?;
    // What cannot be written is said now, not when all is measured.
    let faults_file = (args.faults.as_ref())
        .map(|path| fs::File::create(path).map_err(|error| Failure::file("write", path, &error)))
        .transpose()?;
    let mut faults = Vec::new();
    let measured = measure(args, &scores, &scratch, &mut faults);
    // What is left in the folder for temporary files does no harm.
    let _removed = fs::remove_dir_all(&scratch);
    let rows = measured?;
    if let (Some(path), Some(mut file)) = (&args.faults, faults_file) {
        let lines: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
        let written = file.write_all(lines.as_bytes());
        written.map_err(|error| Failure::file("write", path, &error))?;
    }
    let mut output = Output::open(None)?;
    let written = write_rows(&rows, output.writer());
    written.map_err(|error| Failure::output(&error))?;
    let has_failed = rows.iter().any(|row| row.is_good == Some(false));
    Ok(if has_failed { Exit::Failed } else { Exit::Done })
}

/// A figure beside its floor.
struct Row {
    name: String,
    value: Option<f64>,
    limit: String,
    is_good: Option<bool>,
}

fn measure(
    args: &EvalArgs,
    scores: &Scores,
    scratch: &Path,
    faults: &mut Vec<String>,
) -> Result<Vec<Row>, Failure> {
    let mut figures: Vec<(String, f64)> = Vec::new();
    let mut done: Vec<(&str, &str)> = Vec::new();
    for score in &scores.score {
        let folder = match score.data.as_str() {
            // What is our own stands in the project.
            own @ (OWN_GOLD | CORPUS) => PathBuf::from(own),
            data => args.data.join(data),
        };
        let part = (score.data.as_str(), score.part.as_str());
        if done.contains(&part) || !folder.is_dir() {
            continue;
        }
        done.push(part);
        figures.extend(figures_of(part, &folder, scratch, faults)?);
    }
    Ok(scores
        .score
        .iter()
        .map(|score| row(score, &figures))
        .collect())
}

fn row(score: &Score, figures: &[(String, f64)]) -> Row {
    let value = figures
        .iter()
        .find(|(name, _)| *name == score.name)
        .map(|(_, value)| *value);
    let is_good = value.map(|value| {
        score.floor.is_none_or(|floor| value >= floor)
            && score.ceiling.is_none_or(|ceiling| value <= ceiling)
    });
    let limit = match (score.floor, score.ceiling) {
        (Some(floor), _) => format!("at least {floor}"),
        (None, Some(ceiling)) => format!("at most {ceiling}"),
        (None, None) => String::new(),
    };
    Row {
        name: score.name.clone(),
        value,
        limit,
        is_good,
    }
}

fn write_rows(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<(String, String)> = rows
        .iter()
        .map(|row| {
            let value = match row.value {
                Some(value) => format!("{value:.4}"),
                None => "not measured".to_owned(),
            };
            let verdict = if row.is_good == Some(false) {
                "  BELOW THE LIMIT"
            } else {
                ""
            };
            (row.name.clone(), format!("{value}  {}{verdict}", row.limit))
        })
        .collect();
    render_table(&cells, out)?;
    out.flush()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of articles are far below 2^52"
)]
fn figures_of(
    part: (&str, &str),
    folder: &Path,
    scratch: &Path,
    faults: &mut Vec<String>,
) -> Result<Vec<(String, f64)>, Failure> {
    let failed = |error: io::Error| Failure::file("read", folder, &error);
    Ok(match part {
        ("reuters21578", "ranking") => reuters_figures(folder, scratch)?,
        ("reuters21578", _) => {
            let found = measure_reuters(folder, scratch).map_err(failed)?;

            [
                ("reuters-kept", found.kept),
                ("reuters-headlines", found.headlines),
                ("reuters-days", found.days),
                ("reuters-datelines", found.datelines),
                ("reuters-names", found.names),
                ("reuters-json-bodies", found.json_bodies),
                ("reuters-text-bodies", found.text_bodies),
            ]
            .map(|(name, count)| (name.to_owned(), count as f64))
            .into_iter()
            .chain(datelines(folder)?)
            .chain(copies(folder)?)
            .chain(reuters_aliases(folder, faults)?)
            .chain(person_recall(folder, scratch)?)
            .collect()
        }
        ("html/wcxb", "repeated") => page_figures(folder, scratch, faults)?,
        (CORPUS, _) => sample_figures(folder, scratch, faults)?,
        ("html/wcxb", _) => {
            let found = measure_pages(folder).map_err(failed)?;
            vec![
                ("html-body-f1".to_owned(), found.body_f1),
                ("html-headline".to_owned(), found.headline),
                ("html-date".to_owned(), found.date),
                ("html-byline".to_owned(), found.byline),
            ]
        }
        ("ranking/time", _) => time_figures(folder, scratch)?,
        ("ner/dev/ieer", _) => {
            let mut articles = Vec::new();
            for text in texts_of(folder, "")? {
                articles.extend(judge_ieer(&text));
            }
            let mut figures = names("ieer", &articles, faults)?;
            figures.extend(ieer_dates(folder)?);
            figures
        }
        ("ner/dev", _) => {
            let mut articles = Vec::new();
            for table in texts_of(folder, "uner_pud.tsv")? {
                articles.extend(
                    judge_tokens(&table).map_err(|(line, fault)| fault_of(folder, line, &fault))?,
                );
            }
            names("pud", &articles, faults)?
        }
        (OWN_GOLD, _) => {
            let mut articles = Vec::new();
            for text in texts_of(folder, "test-")? {
                articles.extend(
                    judge_gold(&text).map_err(|(line, fault)| fault_of(folder, line, &fault))?,
                );
            }
            names("gold", &articles, faults)?
        }
        ("dates/gum", _) => {
            let dates = measure_gum_dates(folder).map_err(failed)?;
            vec![
                (
                    "gum-dates-found".to_owned(),
                    dates.found as f64 / dates.dates.max(1) as f64,
                ),
                (
                    "gum-dates-right".to_owned(),
                    dates.right as f64 / dates.found.max(1) as f64,
                ),
            ]
        }
        ("people/meantime", _) => {
            let found = measure_aliases(folder).map_err(failed)?;
            faults.extend(found.faults.iter().map(|fault| format!("alias\t{fault}")));
            vec![
                ("alias-people-f1".to_owned(), found.people.f1()),
                (
                    "alias-organisations-f1".to_owned(),
                    found.organisations.f1(),
                ),
            ]
        }
        _ => Vec::new(),
    })
}

/// What datelines tell, as shares.
fn datelines(folder: &Path) -> Result<[(String, f64); 2], Failure> {
    let found = measure_datelines(folder).map_err(|error| Failure::file("read", folder, &error))?;
    Ok([
        (
            "datelines-found".to_owned(),
            share(found.found, found.articles),
        ),
        ("datelines-near".to_owned(), share(found.near, found.found)),
    ])
}

/// The dates of IE-ER, and those of the table of dates resolved by hand, which has articles of
/// IE-ER and Reuters.
fn ieer_dates(folder: &Path) -> Result<Vec<(String, f64)>, Failure> {
    let failed = |error: io::Error| Failure::file("read", folder, &error);
    let dates = measure_ieer_dates(folder).map_err(failed)?;
    let mut figures = vec![
        ("ieer-dates-found", share(dates.found, dates.dates)),
        (
            "ieer-dates-confirmed",
            share(dates.absolute_confirmed, dates.absolute),
        ),
        (
            "ieer-days-confirmed",
            share(dates.confirmed, dates.calendar),
        ),
    ];
    let reuters = folder
        .ancestors()
        .nth(3)
        .map(|data| data.join("reuters21578"));
    if let Some(reuters) = reuters.filter(|reuters| reuters.is_dir()) {
        let table = Path::new(RESOLVED_DATES);
        let rows =
            fs::read_to_string(table).map_err(|error| Failure::file("read", table, &error))?;
        let found = measure_resolved_dates(&rows, Some(&reuters), Some(folder)).map_err(failed)?;
        figures.push(("resolved-dates-value-f1", found.value_f1()));
        figures.push(("resolved-dates-range-f1", found.range_f1()));
    }
    Ok(figures
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect())
}

/// Tags articles whose names are known.
fn names(
    set: &str,
    articles: &[Judged],
    faults: &mut Vec<String>,
) -> Result<Vec<(String, f64)>, Failure> {
    let tagger = Tagger::english().map_err(Failure::new)?;
    let found = measure_names(&tagger, articles, &mut |article, name, is_missed| {
        let text = article.parts.get(name.part).map_or("", |part| &part.text);
        let printed = name.span.text(text).unwrap_or_default();
        let fault = if is_missed { "missed" } else { "found" };
        let kind = name.kind.as_str();
        let line = format!("{set}\t{kind}\t{fault}\t{printed}\t{text}");
        faults.push(line.replace('\n', " "));
    });
    Ok(vec![
        (format!("{set}-people-f1"), found.people.f1()),
        (format!("{set}-organisations-f1"), found.organisations.f1()),
        (format!("{set}-places-f1"), found.places.f1()),
    ])
}

fn fault_of(folder: &Path, line: usize, fault: &MarkFault) -> Failure {
    Failure::new(format_args!("{}: line {line}: {fault}", folder.display()))
}

/// Reads the files of a folder whose names begin so, in order.
fn texts_of(folder: &Path, beginning: &str) -> Result<Vec<String>, Failure> {
    let failed = |error: io::Error| Failure::file("read", folder, &error);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(failed)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            path.is_file() && name.starts_with(beginning) && name != "NOTES"
        })
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| fs::read_to_string(path).map_err(failed))
        .collect()
}

/// How well the names of an article are put together.
fn reuters_aliases(folder: &Path, faults: &mut Vec<String>) -> Result<[(String, f64); 2], Failure> {
    let table = Path::new(MARKED_ALIASES);
    let marked = fs::read_to_string(table).map_err(|error| Failure::file("read", table, &error))?;
    let found = measure_marked_aliases(folder, &marked)
        .map_err(|error| Failure::file("read", folder, &error))?;
    faults.extend(
        (found.faults.iter()).map(|fault| format!("alias-reuters\t{fault}").replace('\n', " ")),
    );
    Ok([
        ("alias-reuters-people-f1".to_owned(), found.people.f1()),
        (
            "alias-reuters-organisations-f1".to_owned(),
            found.organisations.f1(),
        ),
    ])
}

/// How well copies are told.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of articles are far below 2^52"
)]
fn copies(folder: &Path) -> Result<Vec<(String, f64)>, Failure> {
    let failed = |error: io::Error| Failure::file("read", folder, &error);
    let table = Path::new(JUDGED_COPIES);
    let judged = fs::read_to_string(table).map_err(|error| Failure::file("read", table, &error))?;
    let found = measure_copies(folder, &judged).map_err(failed)?;
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    Ok(vec![
        (
            "copies-exact".to_owned(),
            share(found.exact_grouped, found.exact),
        ),
        (
            "copies-alike".to_owned(),
            share(found.alike_grouped, found.alike),
        ),
        (
            "copies-judged".to_owned(),
            share(found.judged_right, found.judged),
        ),
        ("copies-precision".to_owned(), found.precision),
        ("copies-f1".to_owned(), found.f1()),
    ])
}
