//! Measures the ranking of `morgue eval`, beside that of plain Tantivy.

use crate::cli::filters::answered;
use crate::cli::index::default_options;
use crate::cli::messages::Failure;
use crate::eval::{
    Ranking, Run, Topics, known_items, measure_ranking, passage_questions, read_judgements,
    reuters_articles, reuters_files, subjects,
};
use crate::index::{Archive, Baseline};
use crate::ingest::ingest;
use crate::query::{Joining, ParseOptions, parse};
use crate::read::ReadOptions;
use crate::search::{Copies, Expansion, Request, Sort};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Articles asked for.
const RANKED_ARTICLES: usize = 1_000;

/// Our own questions for passages of Reuters.
const QUESTIONS: &str = "tests/ranking/questions.tsv";

/// A figure with its name.
type Figure = (String, f64);

/// Measures the ranking on the TIME set: `articles.jsonl`, `topics.tsv`, `qrels.txt`.
pub(super) fn time_figures(folder: &Path, scratch: &Path) -> Result<Vec<Figure>, Failure> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))
    };
    let questions = read("topics.tsv")?;
    let questions = questions.lines().filter_map(|line| line.split_once('\t'));
    let topics = Topics {
        questions: questions
            .map(|(id, text)| (id.to_owned(), text.to_lowercase()))
            .collect(),
        judgements: read_judgements(&read("qrels.txt")?),
    };
    let articles = read("articles.jsonl")?;
    let articles = articles.lines().filter_map(|line| {
        let record: serde_json::Value = serde_json::from_str(line).ok()?;
        let id = record.get("id")?.as_str()?.to_owned();
        Some((id, record.get("text")?.as_str()?.to_owned()))
    });
    let pair = Pair::new(&[folder.join("articles.jsonl")], articles, scratch, "time")?;
    let both = pair.rank(&topics, Expansion::None)?;
    let mut figures = both.figures("time", MANY_ANSWERS);
    let expanded = pair.rank(&topics, Expansion::CommonWords)?;
    figures.push(("time-expanded-map".to_owned(), expanded.ours.map));
    Ok(figures)
}

/// Measures the ranking on questions made from Reuters-21578.
pub(super) fn reuters_figures(folder: &Path, scratch: &Path) -> Result<Vec<Figure>, Failure> {
    let failed = |error| Failure::file("read", folder, &error);
    let articles = reuters_articles(folder).map_err(failed)?;
    let files = reuters_files(folder).map_err(failed)?;
    let texts = articles.iter().map(|(id, article)| {
        let headline = article.headline.as_deref().unwrap_or_default();
        (id.clone(), format!("{headline}\n{}", article.body))
    });
    let pair = Pair::new(&files, texts, scratch, "reuters")?;
    let mut figures = pair
        .rank(&known_items(&articles), Expansion::None)?
        .figures("known-item", ONE_ANSWER);
    // Where the program is run without its source, its own questions are not there.
    if let Ok(questions) = fs::read_to_string(QUESTIONS) {
        let found = pair.rank(&passage_questions(&questions), Expansion::None)?;
        figures.extend(found.figures("passage", ONE_ANSWER));
    }
    let subjects = subjects(folder).map_err(failed)?;
    let found = pair.rank(&subjects, Expansion::None)?;
    figures.extend(found.figures("subject", MANY_ANSWERS));
    let expanded = pair.rank(&subjects, Expansion::CommonWords)?;
    figures.push(("subject-expanded-map".to_owned(), expanded.ours.map));
    Ok(figures)
}

/// A measure with its name.
type Measure = (&'static str, fn(&Ranking) -> f64);

/// What is measured where a question has one answer, and where it has many.
const ONE_ANSWER: &[Measure] = &[("mrr", |r| r.mrr), ("success-10", |r| r.success_10)];
const MANY_ANSWERS: &[Measure] = &[("map", |r| r.map), ("ndcg-10", |r| r.ndcg_10)];

/// Our index and the plain one, of the same articles.
struct Pair {
    archive: Archive,
    plain: Baseline,
}

/// What both are worth.
struct Both {
    ours: Ranking,
    plain: Ranking,
}

impl Both {
    fn figures(&self, set: &str, measures: &[Measure]) -> Vec<Figure> {
        let mut figures = Vec::new();
        for (name, measure) in measures {
            figures.push((format!("{set}-{name}"), measure(&self.ours)));
            figures.push((format!("{set}-{name}-plain"), measure(&self.plain)));
        }
        figures
    }
}

impl Pair {
    fn new(
        roots: &[PathBuf],
        texts: impl Iterator<Item = (String, String)>,
        scratch: &Path,
        name: &str,
    ) -> Result<Pair, Failure> {
        let dir = scratch.join(name);
        let options = default_options(ReadOptions::default(), true, None);
        ingest(roots, &dir, &options, &(), &AtomicBool::new(false))?;
        Ok(Pair {
            archive: Archive::open(&dir)?,
            plain: Baseline::new(texts)?,
        })
    }

    /// Asks all questions with `--match any`.
    fn rank(&self, topics: &Topics, expansion: Expansion) -> Result<Both, Failure> {
        let today = jiff::Zoned::now().date();
        let mut ours = Run::new();
        let mut plain = Run::new();
        for (id, text) in &topics.questions {
            let options = ParseOptions {
                joining: Joining::Any,
                today,
            };
            let question = parse(text, &options).map_err(|error| Failure::query(&error, text))?;
            let (question, answer) = answered(question);
            let request = Request {
                id: id.clone(),
                question,
                joining: Joining::Any,
                sort: Sort::Rank,
                limit: Some(RANKED_ARTICLES),
                offset: 0,
                copies: Copies::All,
                per_article: Some(1),
                expansion,
                like: None,
                answer,
            };
            let mut articles = Vec::new();
            for hit in self.archive.search(&request)?.hits() {
                articles.push(hit?.article);
            }
            ours.insert(id.clone(), articles);
            plain.insert(id.clone(), self.plain.rank(text, RANKED_ARTICLES)?);
        }
        Ok(Both {
            ours: measure_ranking(&topics.judgements, &ours),
            plain: measure_ranking(&topics.judgements, &plain),
        })
    }
}
