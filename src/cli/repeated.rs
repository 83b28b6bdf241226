//! Whether what sources repeat is told from their news, in `morgue eval`.

use crate::cli::index::default_options;
use crate::cli::messages::Failure;
use crate::eval::{SavedPage, judge_repeated, made_sites, sample_pages, saved_pages, write_pages};
use crate::index::Archive;
use crate::ingest::ingest;
use crate::read::ReadOptions;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Measures the pages of WCXB: in folders as they are, and as sites made of them.
pub(super) fn page_figures(
    folder: &Path,
    scratch: &Path,
    faults: &mut Vec<String>,
) -> Result<Vec<(String, f64)>, Failure> {
    let pages = saved_pages(folder).map_err(|error| Failure::file("read", folder, &error))?;
    let mut figures = figures("repeated-folders", &pages, scratch, faults)?;
    figures.extend(self::figures(
        "repeated-sites",
        &made_sites(&pages),
        scratch,
        faults,
    )?);
    Ok(figures)
}

/// Measures the web pages of the sample corpus.
pub(super) fn sample_figures(
    folder: &Path,
    scratch: &Path,
    faults: &mut Vec<String>,
) -> Result<Vec<(String, f64)>, Failure> {
    let pages = sample_pages(folder).map_err(|error| Failure::file("read", folder, &error))?;
    figures("repeated-sample", &pages, scratch, faults)
}

fn figures(
    name: &str,
    pages: &[SavedPage],
    scratch: &Path,
    faults: &mut Vec<String>,
) -> Result<Vec<(String, f64)>, Failure> {
    let saved = scratch.join(format!("{name}.jsonl"));
    write_pages(pages, &saved).map_err(|error| Failure::file("write", &saved, &error))?;
    let dir = scratch.join(name);
    let options = default_options(ReadOptions::default(), true, None);
    ingest(&[saved], &dir, &options, &(), &AtomicBool::new(false))?;
    let scores = judge_repeated(&Archive::open(&dir)?, pages, faults)?;
    Ok(vec![
        (format!("{name}-precision"), scores.precision()),
        (format!("{name}-recall"), scores.recall()),
    ])
}
