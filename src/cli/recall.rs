//! Whether searches for people find what they should.

use crate::cli::index::default_options;
use crate::cli::messages::{Failure, note};
use crate::eval::tagged_people;
use crate::index::Archive;
use crate::ingest::ingest;
use crate::query::{Filters, Joining, with_filters};
use crate::read::ReadOptions;
use crate::search::{Copies, Expansion, Request, Sort};
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// The share of the articles that a search for each person tagged should find, found: of an index
/// that does not know the tags. And how many paragraphs are taken for what their source repeats: an
/// agency has none.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of articles are far below 2^52"
)]
pub(super) fn person_recall(folder: &Path, scratch: &Path) -> Result<[(String, f64); 2], Failure> {
    let articles = scratch.join("untagged.jsonl");
    let tagged =
        tagged_people(folder, &articles).map_err(|error| Failure::file("read", folder, &error))?;
    let dir = scratch.join("untagged-index");
    let options = default_options(ReadOptions::default(), true, None);
    ingest(&[articles], &dir, &options, &(), &AtomicBool::new(false))?;
    let archive = Archive::open(&dir)?;
    let (mut found, mut all) = (0, 0);
    for (name, articles) in &tagged {
        let filters = Filters {
            people: vec![name.clone()],
            ..Filters::default()
        };
        let request = Request {
            id: name.clone(),
            question: with_filters(None, &filters),
            joining: Joining::All,
            sort: Sort::Rank,
            limit: None,
            offset: 0,
            copies: Copies::All,
            per_article: Some(1),
            expansion: Expansion::None,
            like: None,
            answer: None,
        };
        let mut missed = articles.clone();
        for hit in archive.search(&request)?.hits() {
            missed.remove(&hit?.article);
        }
        if !missed.is_empty() {
            let missed: Vec<&str> = missed.iter().map(String::as_str).collect();
            note(format_args!("{name}: not found in {}", missed.join(" ")));
        }
        found += articles.len() - missed.len();
        all += articles.len();
    }
    let repeated = archive.repeated_paragraphs()?.len();
    Ok([
        (
            "reuters-person-recall".to_owned(),
            found as f64 / all.max(1) as f64,
        ),
        ("reuters-repeated".to_owned(), repeated as f64),
    ])
}
