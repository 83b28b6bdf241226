//! The contract of JSON, JSON lines and CSV: one hit, one row, these names, this order.

use crate::news::{DateMention, DateRange};
use crate::search::{Hit, NameMatch};
use serde::Serialize;

/// The names of the JSON keys and the CSV columns, in their order.
///
/// | name | means |
/// |---|---|
/// | `query` | the query it answers: its text, or its id in a file of queries |
/// | `rank` | number in the answer, from 1 |
/// | `score` | higher is better, four decimals; comparable within one query |
/// | `article` | the article's own id, else `file:record` |
/// | `headline`, `byline`, `source` | as printed; `byline` is a list |
/// | `published` | publication day, `2025-04-08`, `2025-04` or `2025`: what is known of it |
/// | `published_from` | where that was read, a word of [`Provenance`](crate::news::Provenance) |
/// | `people`, `organisations`, `places` | named in the passage, as listed |
/// | `dates` | what the passage says of time |
/// | `passage` | the words, as they stand in the article |
/// | `file`, `record` | where the article was read from |
/// | `passage_no` | number of the passage in the article, from 1 |
/// | `start_byte`, `end_byte` | where it stands in the article's body, end excluded |
/// | `copies` | how many other articles are copies of it |
/// | `group` | the article that leads the group of copies it belongs to |
/// | `url` | where it stood on the web |
/// | `sha256` | of `passage` in UTF-8, hexadecimal |
/// | `name_match` | whether those asked for by name are surely meant: `sure`, `perhaps` |
/// | `version` | what the article says of its version: `corrected`, `update 2`, `urgent` |
pub const COLUMNS: [&str; 25] = [
    "query",
    "rank",
    "score",
    "article",
    "headline",
    "byline",
    "source",
    "published",
    "published_from",
    "people",
    "organisations",
    "places",
    "dates",
    "passage",
    "file",
    "record",
    "passage_no",
    "start_byte",
    "end_byte",
    "copies",
    "group",
    "url",
    "sha256",
    "name_match",
    "version",
];

/// A hit as JSON. Fields are named and ordered like [`COLUMNS`].
#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    query: &'a str,
    rank: usize,
    score: f64,
    article: &'a str,
    headline: Option<&'a str>,
    byline: &'a [String],
    source: Option<&'a str>,
    published: Option<String>,
    published_from: Option<&'static str>,
    people: &'a [String],
    organisations: &'a [String],
    places: &'a [String],
    dates: Vec<RowDate<'a>>,
    passage: &'a str,
    file: &'a str,
    record: &'a str,
    passage_no: u32,
    start_byte: u64,
    end_byte: u64,
    copies: u64,
    group: Option<&'a str>,
    url: Option<&'a str>,
    sha256: &'a str,
    name_match: Option<&'static str>,
    version: Option<&'a str>,
    /// Only in JSON, and only when copies are listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    copy_list: Vec<RowCopy<'a>>,
}

/// A copy of a hit.
#[derive(Debug, Serialize)]
struct RowCopy<'a> {
    article: &'a str,
    headline: Option<&'a str>,
    source: Option<&'a str>,
    published: Option<String>,
}

impl<'a> Row<'a> {
    /// Borrows the hit.
    pub(super) fn new(hit: &'a Hit) -> Row<'a> {
        Row {
            query: &hit.query,
            rank: hit.rank,
            score: rounded(hit.score),
            article: &hit.article,
            headline: hit.headline.as_deref(),
            byline: &hit.bylines,
            source: hit.source.as_deref(),
            published: hit.published.map(|published| published.to_string()),
            published_from: hit.published.map(|published| published.from.as_str()),
            people: &hit.people,
            organisations: &hit.organisations,
            places: &hit.places,
            dates: hit
                .dates
                .iter()
                .map(|date| RowDate::new(date, &hit.passage))
                .collect(),
            passage: &hit.passage,
            file: &hit.file,
            record: &hit.record,
            passage_no: hit.passage_no,
            start_byte: hit.start_byte,
            end_byte: hit.end_byte,
            copies: hit.copies,
            group: hit.group.as_deref(),
            url: hit.url.as_deref(),
            sha256: &hit.sha256,
            name_match: hit.name_match.map(NameMatch::as_str),
            version: hit.version.as_deref(),
            copy_list: hit
                .copy_list
                .iter()
                .map(|copy| RowCopy {
                    article: &copy.article,
                    headline: copy.headline.as_deref(),
                    source: copy.source.as_deref(),
                    published: copy.published.map(|published| published.to_string()),
                })
                .collect(),
        }
    }
}

/// A time expression as JSON: its words, where they stand in the text, and the days they name.
#[derive(Debug, Serialize)]
pub(super) struct RowDate<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    kind: &'static str,
    value: Option<&'a str>,
    first: Option<String>,
    last: Option<String>,
}

impl<'a> RowDate<'a> {
    /// Borrows the expression; `text` is what its span counts in.
    pub(super) fn new(date: &'a DateMention, text: &'a str) -> RowDate<'a> {
        RowDate {
            text: date.span.text(text).unwrap_or_default(),
            start: date.span.start,
            end: date.span.end,
            kind: date.kind.as_str(),
            value: Some(date.value.as_str()).filter(|value| !value.is_empty()),
            first: date.days.map(|days| days.first().to_string()),
            last: date.days.map(|days| days.last().to_string()),
        }
    }
}

/// Returns the score with four decimals, so that the same bytes are written everywhere.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}

/// Returns `2025-04-08`, or `2007-01-01/2013-12-31` with both ends included.
pub(super) fn days_as_text(days: DateRange) -> String {
    if days.first() == days.last() {
        days.first().to_string()
    } else {
        format!("{}/{}", days.first(), days.last())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_have_four_decimals() {
        for (score, text) in [(12.345_678, "12.3457"), (3.0, "3"), (0.000_04, "0")] {
            assert_eq!(rounded(score).to_string(), text);
        }
    }
}
