//! How well articles are read from web pages.
//!
//! In: a folder in the layout of [WCXB](https://github.com/murroughfoley/wcx) (CC BY 4.0):
//! `html/NAME.html.gz` beside `ground-truth/NAME.json`. Out: how much of the body, headline, date
//! and byline was read right. Headline, date and byline count only where the truth has one.

use crate::news::{Published, RawArticle};
use crate::read::html::parse;
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

/// What [`measure_pages`] found, over all pages. Shares run from 0 to 1.
#[derive(Clone, Debug, Default)]
pub struct PageScores {
    /// How many pages were read.
    pub pages: usize,
    /// Mean F1 of the words of the body.
    pub body_f1: f64,
    /// Share of the headlines that are right, case, white space and the site's name aside.
    pub headline: f64,
    /// Share of the publication days that are right.
    pub date: f64,
    /// Share of the bylines of which a name is right.
    pub byline: f64,
    /// The time half of the pages stayed below.
    pub median: Duration,
    /// The time 99 of 100 pages stayed below.
    pub p99: Duration,
    /// The page that took longest, and how long.
    pub slowest: Option<(String, Duration)>,
}

/// One page, as read and as judged.
#[derive(Clone, Debug)]
pub struct PageScore {
    /// The page's name: its file without endings.
    pub name: String,
    /// What was read.
    pub found: RawArticle,
    /// F1 of the words of the body; `None` where the truth has no body.
    pub body_f1: Option<f64>,
    /// Whether the headline is right; `None` where the truth has none.
    pub headline: Option<bool>,
    /// Whether the day is right; `None` where the truth has none.
    pub date: Option<bool>,
    /// Whether a name of the byline is right; `None` where the truth has none.
    pub byline: Option<bool>,
    /// How long reading it took, unpacking aside.
    pub took: Duration,
}

/// The part of a truth file that is compared.
#[derive(Debug, Deserialize)]
pub(super) struct TruthFile {
    #[serde(default)]
    url: Option<String>,
    pub(super) ground_truth: Truth,
}

#[derive(Debug, Deserialize)]
pub(super) struct Truth {
    pub(super) title: Option<String>,
    author: Option<String>,
    pub(super) publish_date: Option<String>,
    pub(super) main_content: Option<String>,
}

/// Reads every page of `folder` and returns how well that went.
///
/// # Errors
///
/// The folder is not laid out as said above, or a file of it cannot be read.
pub fn measure_pages(folder: &Path) -> io::Result<PageScores> {
    Ok(sum_up(&read_pages(folder)?))
}

/// Reads every page of `folder` and returns each with its judgement, in the order of their names.
///
/// # Errors
///
/// The folder is not laid out as said above, or a file of it cannot be read.
pub fn read_pages(folder: &Path) -> io::Result<Vec<PageScore>> {
    page_names(folder)?
        .par_iter()
        .map(|name| page_score(folder, name))
        .collect()
}

/// Lists the pages of `folder`, in order.
pub(super) fn page_names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.join("html"))? {
        let file = entry?.file_name();
        names.extend(
            file.to_string_lossy()
                .strip_suffix(PAGE_ENDING)
                .map(str::to_owned),
        );
    }
    names.sort();
    Ok(names)
}

/// Reads a page and what is true of it.
pub(super) fn read_page(folder: &Path, name: &str) -> io::Result<(Vec<u8>, TruthFile)> {
    let truth = fs::read(folder.join("ground-truth").join(format!("{name}.json")))?;
    let truth = serde_json::from_slice(&truth)?;
    let mut page = Vec::new();
    let packed = File::open(folder.join("html").join(format!("{name}{PAGE_ENDING}")))?;
    MultiGzDecoder::new(packed).read_to_end(&mut page)?;
    Ok((page, truth))
}

/// A text that is there.
pub(super) fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// What the names of the pages end in.
const PAGE_ENDING: &str = ".html.gz";

/// Sums up the pages.
fn sum_up(pages: &[PageScore]) -> PageScores {
    let mut times: Vec<Duration> = pages.iter().map(|page| page.took).collect();
    times.sort();
    let slowest = pages.iter().max_by_key(|page| page.took);
    PageScores {
        pages: pages.len(),
        body_f1: mean(pages.iter().filter_map(|page| page.body_f1)),
        headline: mean(pages.iter().filter_map(|page| page.headline).map(share)),
        date: mean(pages.iter().filter_map(|page| page.date).map(share)),
        byline: mean(pages.iter().filter_map(|page| page.byline).map(share)),
        median: percentile(&times, 50),
        p99: percentile(&times, 99),
        slowest: slowest.map(|page| (page.name.clone(), page.took)),
    }
}

fn page_score(folder: &Path, name: &str) -> io::Result<PageScore> {
    let (page, truth) = read_page(folder, name)?;

    let start = Instant::now();
    // A page that cannot be read counts as one from which nothing was read.
    let found = parse(&page, None, truth.url.as_deref()).unwrap_or_default();
    let took = start.elapsed();

    let truth = truth.ground_truth;
    Ok(PageScore {
        name: name.to_owned(),
        body_f1: given(truth.main_content).map(|body| word_f1(&found.body, &body)),
        headline: given(truth.title).map(|title| is_headline(&found, &title)),
        date: given(truth.publish_date).map(|day| is_day(&found, &day)),
        byline: given(truth.author).map(|author| is_byline(&found, &author)),
        found,
        took,
    })
}

/// F1 of two texts as bags of lower-cased words.
fn word_f1(found: &str, truth: &str) -> f64 {
    let (found, found_count) = bag(found);
    let (truth, truth_count) = bag(truth);
    if truth_count == 0 || found_count == 0 {
        return share(truth_count == found_count);
    }
    let shared: u32 = found
        .iter()
        .map(|(word, count)| truth.get(word).copied().unwrap_or(0).min(*count))
        .sum();
    2.0 * f64::from(shared) / f64::from(found_count + truth_count)
}

/// The words of a text, counted, and their number.
fn bag(text: &str) -> (HashMap<String, u32>, u32) {
    let mut bag = HashMap::new();
    let mut total = 0;
    for word in words(text) {
        *bag.entry(word).or_insert(0) += 1;
        total += 1;
    }
    (bag, total)
}

/// Runs of letters, digits and `_`, lower-cased.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|sign: char| !sign.is_alphanumeric() && sign != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Returns whether the headline is `title`, but for the name of the site at its end or start.
fn is_headline(found: &RawArticle, title: &str) -> bool {
    let Some(headline) = &found.headline else {
        return false;
    };
    let site = format!(
        "{} {}",
        found.source.as_deref().unwrap_or(""),
        found.url.as_deref().unwrap_or("")
    );
    let site = squashed(&site);
    let bare = |text: &str| {
        let parts: Vec<&str> = text.split(['|', '-', '–', '—', '•', '»', ':']).collect();
        match parts.as_slice() {
            [rest @ .., last] if !rest.is_empty() && site.contains(&squashed(last)) => {
                squashed(&rest.concat())
            }
            [first, rest @ ..] if !rest.is_empty() && site.contains(&squashed(first)) => {
                squashed(&rest.concat())
            }
            _ => squashed(text),
        }
    };
    squashed(headline) == squashed(title) || bare(headline) == bare(title)
}

/// A text without anything but letters and digits, lower-cased.
fn squashed(text: &str) -> String {
    words(text).collect()
}

/// Returns whether the most trusted of the days is `day`.
fn is_day(found: &RawArticle, day: &str) -> bool {
    let best: Option<&Published> = found.dates.iter().min_by_key(|claim| claim.from);
    best.is_some_and(|best| best.to_string() == day)
}

/// Returns whether one of the names of `author` was found.
fn is_byline(found: &RawArticle, author: &str) -> bool {
    let truth: Vec<String> = author
        .split([',', ';', '&', '|'])
        .flat_map(|part| part.split(" and "))
        .chain([author])
        .map(squashed)
        .collect();
    found
        .bylines
        .iter()
        .any(|byline| truth.contains(&squashed(byline)))
}

fn share(right: bool) -> f64 {
    if right { 1.0 } else { 0.0 }
}

/// The mean, or 0 of nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let mut sum = 0.0;
    let mut count = 0.0;
    for value in values {
        sum += value;
        count += 1.0;
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

/// The value that `percent` of 100 values do not exceed; `values` must be sorted.
fn percentile(values: &[Duration], percent: usize) -> Duration {
    let at = (values.len() * percent / 100).min(values.len().saturating_sub(1));
    values.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    #[test]
    fn words_are_compared_as_bags() {
        for (found, truth, expected) in [
            ("rain", "rain", 1.0),
            ("Rain, again!", "again rain", 1.0),
            ("rain rain", "rain", 2.0 / 3.0),
            ("rain", "snow", 0.0),
            ("", "snow", 0.0),
            ("", "", 1.0),
            ("a b c d", "a b", 2.0 / 3.0),
        ] {
            let score = word_f1(found, truth);
            assert!(
                (score - expected).abs() < 1e-9,
                "{found:?} {truth:?} {score}"
            );
        }
    }

    #[test]
    fn case_white_space_and_the_name_of_the_site_do_not_matter_in_headlines() {
        let found = |headline: &str| RawArticle {
            headline: Some(headline.to_owned()),
            source: Some("The Gazette".to_owned()),
            ..RawArticle::default()
        };
        assert!(is_headline(&found("Rain  in TARN"), "Rain in Tarn"));
        assert!(is_headline(
            &found("Rain in Tarn"),
            "Rain in Tarn | The Gazette"
        ));
        assert!(is_headline(
            &found("Rain in Tarn - Gazette"),
            "Rain in Tarn"
        ));
        assert!(!is_headline(&found("Rain"), "Rain in Tarn"));
        assert!(!is_headline(&RawArticle::default(), "Rain"));
    }

    #[test]
    fn one_right_name_makes_a_right_byline() {
        let found = RawArticle {
            bylines: vec!["Jane Doe".to_owned()],
            ..RawArticle::default()
        };
        assert!(is_byline(&found, "jane doe"));
        assert!(is_byline(&found, "John Roe and Jane Doe, MD"));
        assert!(!is_byline(&found, "Jane"));
    }

    #[test]
    fn a_folder_is_measured() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, html: &str, truth: &str| {
            fs::create_dir_all(folder.path().join("html")).unwrap();
            fs::create_dir_all(folder.path().join("ground-truth")).unwrap();
            let path = folder.path().join(format!("html/{name}.html.gz"));
            let mut page = GzEncoder::new(File::create(path).unwrap(), Compression::fast());
            page.write_all(html.as_bytes()).unwrap();
            page.finish().unwrap();
            let path = folder.path().join(format!("ground-truth/{name}.json"));
            fs::write(path, truth).unwrap();
        };
        write(
            "a",
            "<title>Rain</title><meta name=date content=2019-03-05><p>It rained.</p>",
            r#"{"ground_truth": {"title": "rain", "author": "Jane Doe",
            "publish_date": "2019-03-05", "main_content": "it rained"}}"#,
        );
        write(
            "b",
            "",
            r#"{"ground_truth": {"title": null, "main_content": "snow"}}"#,
        );
        let scores = measure_pages(folder.path()).unwrap();
        assert_eq!(scores.pages, 2);
        assert!((scores.body_f1 - 0.5).abs() < 1e-9, "{scores:?}");
        assert!((scores.headline - 1.0).abs() < 1e-9, "{scores:?}");
        assert!((scores.date - 1.0).abs() < 1e-9, "{scores:?}");
        assert!(scores.byline.abs() < 1e-9, "{scores:?}");
        assert!(measure_pages(&folder.path().join("none")).is_err());
    }
}
